/* JPEG (ITU-T T.81): whether it is one that readers can show, what its header says, and what of it is published. Its pixels are decoded only
 * where they must be turned: upright, or to sRGB. All others are carried as they are coded.
 */
#include "image/internal.h"

#define SCANS_LIMIT 100u /* of a progressive image; programs write about ten */
#define SCANNED_LIMIT 1500000000u /* scans × pixels: decoding takes as long as the pixels do in every scan */

#define SOF_BASELINE 0xC0
#define SOF_EXTENDED 0xC1
#define SOF_PROGRESSIVE 0xC2

static bool parts_allowed(Arena *arena, ImageFault *fault, const JpegParts *parts) {
    if (parts->scans == 0 || !parts->ended)
        return image_fault(
            arena, fault, "image-broken", "copy or download it again", "is cut off: %s", "the end of the JPEG is missing");
    if (parts->frames != 1)
        return image_fault(arena, fault, "image-broken", "save it again as JPEG or PNG", "is a damaged JPEG: %s",
            "it is not one picture");
    bool usual = parts->frame == SOF_BASELINE || parts->frame == SOF_EXTENDED || parts->frame == SOF_PROGRESSIVE;
    if (usual && parts->precision == 8) return true;
    return image_fault(
        arena, fault, "image-format", "save it as an ordinary JPEG", "is %s", "a JPEG of a kind that readers cannot show");
}

/* A block is at least one bit for its mean in a progressive image, and one more for the end of its other values in any other. */
static bool header_allowed(Arena *arena, ImageFault *fault, const JpegParts *parts, const JpegHeader *header) {
    if (!image_size_allowed(arena, fault, header->width, header->height)) return false;
    if (header->components != 1 && header->components != 3 && header->components != 4)
        return image_fault(
            arena, fault, "image-format", "save it as an ordinary JPEG", "is %s", "a JPEG of a kind that readers cannot show");
    uint64_t least = header->blocks * (parts->frame == SOF_PROGRESSIVE ? 1 : 2) / 8;
    if (parts->data < least)
        return image_fault(arena, fault, "image-broken", "copy or download it again",
            "says that it has %u × %u pixels, and has not the data for them", (unsigned)header->width, (unsigned)header->height);
    if (parts->scans <= SCANS_LIMIT && (uint64_t)header->width * header->height * parts->scans <= SCANNED_LIMIT) return true;
    return image_fault(arena, fault, "image-format", "save it as an ordinary JPEG",
        "is a JPEG of %u layers, one over the other, which takes readers too long", (unsigned)parts->scans);
}

/* True: its colours are to be turned by *turn. */
static bool colours_find(Arena *arena, ImageFault *fault, const JpegParts *parts, const JpegHeader *header, ColourTurn *turn) {
    bool inks = header->components == 4, inverted = inks && header->adobe;
    Colours colours = COLOURS_ARE_SRGB;
    if (parts->profile_broken)
        colours = COLOURS_UNKNOWN;
    else if (parts->profile.n > 0)
        colours = colours_of_profile(parts->profile, header->components, inverted, false, turn);
    if (colours == COLOURS_UNKNOWN) colours_doubt(arena, fault);
    if (inks && colours != COLOURS_TURN) *turn = colours_of_inks(inverted);
    return inks || colours == COLOURS_TURN;
}

/* What is published of it, and upright. */
static bool bytes_make(Arena *arena, ImageFault *fault, Image *image, const JpegParts *parts, const JpegHeader *header) {
    uint32_t orientation = 1, exif_dpi = 0;
    exif_read(parts->exif, &orientation, &exif_dpi);
    uint32_t added_dpi = header->dpi > 0 ? 0 : exif_dpi;
    ColourTurn turn = {0};
    bool turned = colours_find(arena, fault, parts, header, &turn);
    image->dpi = header->dpi > 0 ? header->dpi : exif_dpi;
    image->plain_rgb = header->rgb && !header->adobe;
    image->bytes = jpeg_parts_needed(arena, image->bytes, parts, header->rgb ? 0 : added_dpi);
    /* JFIF, where the resolution stands, is always YCbCr. */
    if (!turned && orientation == 1 && (added_dpi == 0 || !header->rgb)) return true;
    JpegAgain how = {orientation, image->dpi, turned ? &turn : NULL};
    bool good = jpeg_again(arena, fault, image->bytes, &how, &image->bytes);
    colours_close(&turn);
    image->plain_rgb = false;
    sides_turn(image, orientation);
    return good;
}

bool jpeg_describe(Arena *arena, ImageFault *fault, Image *image) {
    JpegParts parts = jpeg_parts_read(arena, image->bytes);
    JpegHeader header;
    if (!parts_allowed(arena, fault, &parts) || !jpeg_header_read(arena, fault, image->bytes, &header) ||
        !header_allowed(arena, fault, &parts, &header))
        return false;
    image->format = IMAGE_JPEG;
    image->width = header.width;
    image->height = header.height;
    image->components = header.components == 1 ? 1 : 3;
    return bytes_make(arena, fault, image, &parts, &header);
}
