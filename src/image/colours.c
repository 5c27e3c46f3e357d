/* Colours as sRGB, by lcms: of images whose profile (ICC.1) or whose own words for it say that they are others.
 *
 * A profile is a stranger's as much as the image is: only the plain kinds are taken, of the size that they have, and what lcms may allocate for one
 * is bounded.
 */
#include "image/internal.h"

#include <stdlib.h>

#include <lcms2.h>

/* Loaded when there is a profile. */
/* clang-format off */
#define LCMS_FUNCTIONS(F) \
    F(cmsOpenProfileFromMem) F(cmsCloseProfile) F(cmsGetColorSpace) F(cmsGetPCS) F(cmsGetDeviceClass) F(cmsCreate_sRGBProfile) \
    F(cmsCreateRGBProfile) F(cmsBuildGamma) F(cmsFreeToneCurve) F(cmsCreateTransform) F(cmsDeleteTransform) F(cmsDoTransform)
/* clang-format on */
LATE_LIBRARY(lcms, BRIEF_LCMS, LCMS_FUNCTIONS)

#define PROFILE_LIMIT ((size_t)8 << 20)
#define PROFILE_MEMORY ((size_t)256 << 20)
#define SAME 3 /* of 255: nobody sees it, and profiles for sRGB differ by as much */

/* ---- What they are ------------------------------------------------------------------------------------------------------ */

static bool profile_is_plain(cmsHPROFILE profile, uint32_t components) {
    cmsColorSpaceSignature space = lcms()->cmsGetColorSpace(profile), meeting = lcms()->cmsGetPCS(profile);
    cmsProfileClassSignature class = lcms()->cmsGetDeviceClass(profile);
    bool kind = class == cmsSigInputClass || class == cmsSigDisplayClass || class == cmsSigOutputClass || class == cmsSigColorSpaceClass;
    bool fits = components == 4 ? space == cmsSigCmykData : space == cmsSigRgbData || (components == 1 && space == cmsSigGrayData);
    return kind && fits && (meeting == cmsSigXYZData || meeting == cmsSigLabData);
}

static cmsHTRANSFORM transform_new(cmsHPROFILE from, cmsUInt32Number in, cmsUInt32Number out) {
    cmsHPROFILE srgb = lcms()->cmsCreate_sRGBProfile();
    cmsHTRANSFORM transform = srgb == NULL ? NULL
                                           : lcms()->cmsCreateTransform(from, in, srgb, out, INTENT_RELATIVE_COLORIMETRIC,
                                                 cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA);
    if (srgb != NULL) lcms()->cmsCloseProfile(srgb);
    return transform;
}

/* Every grey, alone or as three equal components: what it becomes is as grey. */
static Colours grey_turn(cmsHPROFILE profile, ColourTurn *out) {
    bool alone = lcms()->cmsGetColorSpace(profile) == cmsSigGrayData;
    cmsHTRANSFORM transform = transform_new(profile, alone ? TYPE_GRAY_8 : TYPE_RGB_8, TYPE_RGB_8);
    if (transform == NULL) return COLOURS_UNKNOWN;
    bool same = true;
    for (int i = 0; i < 256; i++) {
        uint8_t in[3] = {(uint8_t)i, (uint8_t)i, (uint8_t)i}, turned[3] = {0};
        lcms()->cmsDoTransform(transform, in, turned, 1);
        out->grey[i] = turned[1];
        same = same && abs(turned[1] - i) <= SAME;
    }
    lcms()->cmsDeleteTransform(transform);
    return same ? COLOURS_ARE_SRGB : COLOURS_TURN;
}

static bool is_srgb(cmsHPROFILE profile) {
    cmsHTRANSFORM transform = transform_new(profile, TYPE_RGB_8, TYPE_RGB_8);
    bool same = transform != NULL;
    for (unsigned i = 0; same && i < 6 * 6 * 6; i++) {
        uint8_t in[3] = {(uint8_t)(i % 6 * 51), (uint8_t)(i / 6 % 6 * 51), (uint8_t)(i / 36 * 51)}, turned[3];
        lcms()->cmsDoTransform(transform, in, turned, 1);
        for (int k = 0; k < 3; k++) same = same && abs(turned[k] - in[k]) <= SAME;
    }
    if (transform != NULL) lcms()->cmsDeleteTransform(transform);
    return same;
}

static Colours turn_of(cmsHPROFILE profile, bool alpha, ColourTurn *out) {
    if (out->components == 1) return grey_turn(profile, out);
    if (out->components == 3 && is_srgb(profile)) return COLOURS_ARE_SRGB;
    cmsUInt32Number rgb = alpha ? TYPE_RGBA_8 : TYPE_RGB_8;
    cmsUInt32Number in = out->components == 3 ? rgb : out->inverted ? TYPE_CMYK_8_REV : TYPE_CMYK_8;
    out->transform = transform_new(profile, in, rgb);
    return out->transform != NULL ? COLOURS_TURN : COLOURS_UNKNOWN;
}

Colours colours_of_profile(Str bytes, uint32_t components, bool inverted, bool alpha, ColourTurn *out) {
    *out = (ColourTurn){.components = components, .inverted = inverted};
    if (bytes.n > PROFILE_LIMIT) return COLOURS_UNKNOWN;
    lcms(); /* the library itself is not bounded */
    MemoryBound bound = memory_bound(PROFILE_MEMORY);
    cmsHPROFILE profile = lcms()->cmsOpenProfileFromMem(bytes.p, (cmsUInt32Number)bytes.n);
    Colours found = profile != NULL && profile_is_plain(profile, components) ? turn_of(profile, alpha, out) : COLOURS_UNKNOWN;
    if (profile != NULL) lcms()->cmsCloseProfile(profile);
    memory_unbound(&bound);
    return found;
}

Colours colours_of_power(double power, const double chromaticities[8], uint32_t components, bool alpha, ColourTurn *out) {
    static const double srgb[8] = {0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06};
    const double *c = chromaticities != NULL ? chromaticities : srgb;
    *out = (ColourTurn){.components = components};
    cmsCIExyY white = {c[0], c[1], 1};
    cmsCIExyYTRIPLE primaries = {{c[2], c[3], 1}, {c[4], c[5], 1}, {c[6], c[7], 1}};
    cmsToneCurve *curve = lcms()->cmsBuildGamma(NULL, power);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = curve != NULL ? lcms()->cmsCreateRGBProfile(&white, &primaries, curves) : NULL;
    Colours found = profile != NULL ? turn_of(profile, alpha, out) : COLOURS_UNKNOWN;
    if (profile != NULL) lcms()->cmsCloseProfile(profile);
    if (curve != NULL) lcms()->cmsFreeToneCurve(curve);
    return found;
}

ColourTurn colours_of_inks(bool inverted) { return (ColourTurn){.components = 4, .inverted = inverted}; }

/* ---- What becomes of them ----------------------------------------------------------------------------------------------- */

/* Cyan, magenta, yellow, black → red, green, blue: r = (1 − c)(1 − k), and so on. */
static void inks_row(const ColourTurn *turn, const uint8_t *in, uint8_t *out, size_t pixels) {
    unsigned flip = turn->inverted ? 0 : 255;
    for (size_t i = 0; i < pixels; i++, in += 4, out += 3) {
        unsigned key = in[3] ^ flip;
        for (int k = 0; k < 3; k++) out[k] = (uint8_t)(((in[k] ^ flip) * key + 127) / 255);
    }
}

void colours_row(const ColourTurn *turn, const uint8_t *in, uint8_t *out, size_t pixels) {
    if (turn->transform != NULL)
        lcms()->cmsDoTransform(turn->transform, in, out, (cmsUInt32Number)pixels);
    else if (turn->components == 4)
        inks_row(turn, in, out, pixels);
    else
        for (size_t i = 0; i < pixels; i++) out[i] = turn->grey[in[i]];
}

void colours_close(ColourTurn *turn) {
    if (turn->transform != NULL) lcms()->cmsDeleteTransform(turn->transform);
    turn->transform = NULL;
}

bool colours_doubt(Arena *arena, ImageFault *fault) {
    image_fault(arena, fault, "image-colours", "save it again with the colours of sRGB", "has a colour profile that cannot be used: %s",
        "its colours are shown without it");
    return true;
}
