/* The parts of a JPEG file (ITU-T T.81 Annex B): what they say besides the pixels, and the file without those that decoding does not need.
 *
 * Frame, tables, restart interval and scans stay, and of APP0 and APP14 the few bytes that JFIF (T.871) and Adobe define: they say how
 * colours are coded. All else goes: EXIF with its thumbnail, XMP, IPTC, profiles, other pictures (MPF), comments, bytes between parts and behind the end.
 */
#include "image/internal.h"

#include <string.h>

#define DHT 0xC4
#define JPG 0xC8
#define DAC 0xCC
#define SOI 0xD8
#define EOI 0xD9
#define SOS 0xDA
#define DQT 0xDB
#define DRI 0xDD
#define APP0 0xE0
#define APP1 0xE1
#define APP2 0xE2
#define APP14 0xEE

#define EXIF_LABEL STR("Exif\0\0")
#define JFIF_LABEL STR("JFIF\0")
#define ADOBE_LABEL STR("Adobe")
#define PROFILE_LABEL STR("ICC_PROFILE\0") /* then the part's number from 1, and how many there are (ICC.1 Annex B.4) */
#define JFIF_BYTES 14 /* without a thumbnail */
#define ADOBE_BYTES 12

static uint8_t byte_at(Str bytes, size_t at) { return (uint8_t)bytes.p[at]; }

/* The offset of the next marker's code at or behind `at` (T.81 §B.1.1.2: 0xFF, not followed by 0 or 0xFF), or n. */
static size_t marker_find(Str bytes, size_t at) {
    while (at < bytes.n) {
        const char *found = memchr(bytes.p + at, 0xFF, bytes.n - at);
        if (found == NULL) return bytes.n;
        at = (size_t)(found - bytes.p) + 1;
        if (at < bytes.n && byte_at(bytes, at) != 0 && byte_at(bytes, at) != 0xFF) return at;
    }
    return bytes.n;
}

static bool is_restart(unsigned marker) { return marker >= 0xD0 && marker <= 0xD7; }
static bool stands_alone(unsigned marker) { return marker == 0x01 || is_restart(marker) || marker == SOI || marker == EOI; }
static bool is_frame(unsigned marker) { return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC; }

typedef struct {
    unsigned marker;
    Str whole; /* from its marker on; of a scan, with its data */
    Str body;
} Part;

/* The part that begins at or behind *at, which moves behind it; false: there is none, or it is cut off. */
static bool part_next(Str file, size_t *at, Part *out) {
    size_t code = marker_find(file, *at), end = code + 1;
    if (code == file.n) return false;
    *out = (Part){.marker = byte_at(file, code)};
    if (!stands_alone(out->marker)) {
        if (file.n - end < 2) return false;
        size_t length = (size_t)byte_at(file, end) << 8 | byte_at(file, end + 1);
        if (length < 2 || length > file.n - end) return false;
        out->body = str_slice(file, end + 2, end + length);
        end += length;
    }
    if (out->marker == SOS) {
        size_t next = end;
        do next = marker_find(file, next);
        while (next < file.n && is_restart(byte_at(file, next)));
        if (next < file.n) next--;
        while (next > end && next < file.n && byte_at(file, next - 1) == 0xFF) next--;
        end = next;
    }
    out->whole = str_slice(file, code - 1, end);
    *at = end;
    return true;
}

/* ---- What they say ------------------------------------------------------------------------------------------------------ */

typedef struct {
    Str parts[256]; /* by number */
    unsigned count, found;
    bool broken;
} Profile;

static void profile_take(Profile *profile, Str body) {
    Str rest = str_slice(body, PROFILE_LABEL.n, body.n);
    if (rest.n < 2) {
        profile->broken = true;
        return;
    }
    unsigned number = byte_at(rest, 0), count = byte_at(rest, 1);
    bool fits = number > 0 && number <= count && (profile->count == 0 || profile->count == count) && profile->parts[number].n == 0;
    profile->broken = profile->broken || !fits;
    profile->count = count;
    profile->parts[number] = str_slice(rest, 2, rest.n);
    profile->found++;
}

static void profile_join(Arena *arena, const Profile *profile, JpegParts *out) {
    out->profile_broken = profile->broken || profile->found != profile->count;
    if (profile->found == 0 || out->profile_broken) return;
    Buf joined = buf_new(arena);
    for (unsigned i = 1; i <= profile->count; i++) buf_add(&joined, profile->parts[i]);
    out->profile = buf_str(&joined);
    out->profile_broken = joined.n == 0;
}

static void part_take(JpegParts *parts, Profile *profile, const Part *part) {
    Str body = part->body;
    if (is_frame(part->marker)) {
        parts->frame = part->marker;
        parts->frames++;
        parts->precision = body.n > 0 ? byte_at(body, 0) : 0;
    } else if (part->marker == SOS) {
        parts->scans++;
        parts->data += part->whole.n - body.n - 4;
    } else if (part->marker == APP0 && parts->jfif.n == 0 && body.n >= JFIF_BYTES && str_starts(body, JFIF_LABEL)) {
        parts->jfif = body;
    } else if (part->marker == APP1 && parts->exif.n == 0 && str_starts(body, EXIF_LABEL)) {
        parts->exif = str_slice(body, EXIF_LABEL.n, body.n);
    } else if (part->marker == APP2 && str_starts(body, PROFILE_LABEL)) {
        profile_take(profile, body);
    } else if (part->marker == APP14 && parts->adobe.n == 0 && body.n >= ADOBE_BYTES && str_starts(body, ADOBE_LABEL)) {
        parts->adobe = body;
    }
}

JpegParts jpeg_parts_read(Arena *arena, Str file) {
    JpegParts parts = {0};
    Profile profile = {0};
    Part part;
    for (size_t at = 2; !parts.ended && part_next(file, &at, &part);) {
        part_take(&parts, &profile, &part);
        parts.ended = part.marker == EOI;
    }
    profile_join(arena, &profile, &parts);
    return parts;
}

/* ---- What is needed ----------------------------------------------------------------------------------------------------- */

static Str segment(Arena *arena, unsigned marker, Str body) {
    Buf out = buf_new(arena);
    buf_add_char(&out, (char)0xFF);
    buf_add_char(&out, (char)marker);
    buf_add_char(&out, (char)((body.n + 2) >> 8));
    buf_add_char(&out, (char)((body.n + 2) & 0xFF));
    buf_add(&out, body);
    return buf_str(&out);
}

/* T.871 §10.1: version 1.2 where none is given, the unit (1: dots an inch), across, down, a thumbnail of no size. */
static Str jfif_segment(Arena *arena, Str jfif, uint32_t dpi) {
    char body[JFIF_BYTES] = "JFIF\0\1\2\0\0\1\0\1\0";
    if (jfif.n > 0) memcpy(body, jfif.p, JFIF_BYTES - 2);
    if (dpi > 0) {
        body[7] = 1;
        body[8] = body[10] = (char)(dpi >> 8);
        body[9] = body[11] = (char)(dpi & 0xFF);
    }
    return segment(arena, APP0, (Str){body, JFIF_BYTES});
}

static bool is_bare(Str jfif) { return jfif.n == JFIF_BYTES && jfif.p[12] == 0 && jfif.p[13] == 0; }

Str jpeg_parts_needed(Arena *arena, Str file, const JpegParts *parts, uint32_t dpi) {
    Pieces pieces = {0};
    Part part;
    piece_add(arena, &pieces, str_slice(file, 0, 2));
    if (dpi > 0 && parts->jfif.n == 0) piece_add(arena, &pieces, jfif_segment(arena, parts->jfif, dpi));
    for (size_t at = 2; part_next(file, &at, &part);) {
        unsigned marker = part.marker;
        if (is_frame(marker) || marker == DHT || marker == DQT || marker == DRI || marker == SOS || marker == EOI)
            piece_add(arena, &pieces, part.whole);
        else if (parts->jfif.n > 0 && part.body.p == parts->jfif.p)
            piece_add(arena, &pieces, is_bare(part.body) && dpi == 0 ? part.whole : jfif_segment(arena, parts->jfif, dpi));
        else if (parts->adobe.n > 0 && part.body.p == parts->adobe.p)
            piece_add(arena, &pieces,
                part.body.n == ADOBE_BYTES ? part.whole : segment(arena, APP14, str_slice(part.body, 0, ADOBE_BYTES)));
        if (marker == EOI) break;
    }
    return pieces_join(arena, &pieces);
}
