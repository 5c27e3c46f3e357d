/* Text from outside on a terminal: what it may contain, and how wide it is. */
#include "base/internal.h"

#include <stdlib.h>
#include <sys/ioctl.h>

typedef struct {
    uint32_t first, last;
} Range;

/* Unicode general categories Mn, Me and Cf, as far as they are met in writing. */
static const Range zero_width[] = {
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x0591, 0x05BD},
    {0x05BF, 0x05BF},
    {0x05C1, 0x05C2},
    {0x05C4, 0x05C5},
    {0x0610, 0x061A},
    {0x064B, 0x065F},
    {0x0670, 0x0670},
    {0x06D6, 0x06DC},
    {0x093C, 0x093C},
    {0x0941, 0x0948},
    {0x094D, 0x094D},
    {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200D},
    {0x2060, 0x2064},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF},
    {0x1F3FB, 0x1F3FF},
    {0xE0100, 0xE01EF},
};

/* East Asian Width W and F (UAX #11), and pictographs. */
static const Range double_width[] = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F3FA},
    {0x1F400, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

static int range_order(const void *key, const void *element) {
    uint32_t code_point = *(const uint32_t *)key;
    const Range *range = element;
    return code_point < range->first ? -1 : code_point > range->last;
}

#define IN(ranges, code_point)                                                                                                   \
    (bsearch(&(code_point), (ranges), sizeof(ranges) / sizeof(Range), sizeof(Range), range_order) != NULL)

int terminal_width(uint32_t code_point) {
    if (code_point < 0x300) return 1;
    if (IN(zero_width, code_point)) return 0;
    return IN(double_width, code_point) ? 2 : 1;
}

uint32_t harmless_character(uint32_t code_point) {
    if (code_point < 0x20) return 0x2400 + code_point; /* the control's picture */
    if (code_point == 0x7F) return 0x2421;
    bool control = code_point >= 0x80 && code_point < 0xA0;
    /* Marks, embeddings, overrides and isolates of writing direction, and separators: they make a line look like another. */
    bool direction = code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
                     (code_point >= 0x2028 && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
    return code_point == UTF8_BAD || control || direction ? 0xFFFD : code_point;
}

void buf_add_harmless(Buf *b, Str s) {
    for (size_t at = 0; at < s.n;) buf_add_utf8(b, harmless_character(utf8_next(s, &at)));
}

uint32_t terminal_columns(int descriptor) {
    struct winsize size = {0};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}
