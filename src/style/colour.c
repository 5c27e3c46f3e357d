/* Contrast as WCAG 2.2 defines it, in integers, and how a colour is mixed from black and a brighter hue. */
#include "style/sheet.h"

/* IEC 61966-2-1: sRGB value → light, of 65535. A table, since the power function differs between C libraries. */
static const uint16_t light[256] = {0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264, 288, 313, 340, 367, 396, 427,
    458, 491, 526, 562, 599, 637, 677, 718, 761, 805, 851, 898, 947, 997, 1048, 1101, 1156, 1212, 1270, 1330, 1391, 1453, 1517,
    1583, 1651, 1720, 1790, 1863, 1937, 2013, 2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058, 3157, 3258,
    3360, 3464, 3570, 3678, 3788, 3900, 4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124, 5257, 5392, 5530, 5669, 5810,
    5953, 6099, 6246, 6395, 6547, 6700, 6856, 7014, 7174, 7335, 7500, 7666, 7834, 8004, 8177, 8352, 8528, 8708, 8889, 9072, 9258,
    9445, 9635, 9828, 10022, 10219, 10417, 10619, 10822, 11028, 11235, 11446, 11658, 11873, 12090, 12309, 12530, 12754, 12980,
    13209, 13440, 13673, 13909, 14146, 14387, 14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456,
    17727, 18001, 18277, 18556, 18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407, 22721,
    23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662, 26001, 26344, 26688, 27036, 27386, 27739, 28094, 28452, 28813,
    29176, 29542, 29911, 30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143, 34544, 34948, 35355, 35764,
    36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891, 41337, 41785, 42236, 42690, 43147, 43606,
    44069, 44534, 45002, 45473, 45947, 46423, 46903, 47385, 47871, 48359, 48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369,
    52884, 53401, 53921, 54445, 54971, 55500, 56032, 56567, 57105, 57646, 58190, 58737, 59287, 59840, 60396, 60955, 61517, 62082,
    62650, 63221, 63795, 64372, 64952, 65535};

#define LIGHT_FULL 65535
#define GLARE (LIGHT_FULL / 20) /* WCAG adds 0.05 for light that falls on the screen */

static uint32_t luminance(Colour c) {
    return (uint32_t)((2126ull * light[c.r] + 7152ull * light[c.g] + 722ull * light[c.b]) / 10000);
}

bool colour_equal(Colour a, Colour b) { return a.r == b.r && a.g == b.g && a.b == b.b; }

uint32_t colour_contrast(Colour a, Colour b) {
    uint64_t one = luminance(a) + GLARE, other = luminance(b) + GLARE;
    return (uint32_t)(one > other ? one * 1000 / other : other * 1000 / one);
}

/* The channel of the brighter hue, when `share` percent are black: c = hue × (100 − share) %. */
static uint32_t brighten(uint8_t channel, uint32_t share) { return (channel * 100u + (100 - share) / 2) / (100 - share); }

/* As add_mixture() has it on a dark page. */
static Colour mix_with_white(Colour hue, uint32_t share) {
    return (Colour){(uint8_t)((255 * share + hue.r * (100 - share)) / 100),
        (uint8_t)((255 * share + hue.g * (100 - share)) / 100), (uint8_t)((255 * share + hue.b * (100 - share)) / 100)};
}

bool colour_split(Colour colour, uint32_t *share, Colour *hue) {
    static const Colour white = {255, 255, 255};
    static const Colour night = {
        49, 49, 49}; /* the palest ground that a tint makes of a dark page, which is #121212 in browsers */
    if (colour_contrast(colour, white) < 4500) return false;
    *share = 0;
    *hue = colour;
    for (uint32_t percent = 5; percent <= 85; percent += 5) {
        uint32_t r = brighten(colour.r, percent), g = brighten(colour.g, percent), b = brighten(colour.b, percent);
        if (r > 255 || g > 255 || b > 255) break;
        Colour brighter = {(uint8_t)r, (uint8_t)g, (uint8_t)b};
        if (colour_contrast(brighter, white) < 4500) break; /* the hue alone must do where mixtures are mixed again */
        *share = percent;
        *hue = brighter;
    }
    /* A strong colour that is hardly dark enough by day gives up some of its strength for the night. */
    while (*share < 85 && colour_contrast(mix_with_white(*hue, *share), night) < 4500) *share += 5;
    return true;
}
