/* What layout_table.h says. */
#include "text/layout_table.h"

uint32_t layout_u16(LayoutTable *table, uint32_t at) {
    if (at > table->n || table->n - at < 2) {
        table->damaged = true;
        return 0;
    }
    return (uint32_t)table->p[at] << 8 | table->p[at + 1];
}

static uint32_t layout_u32(LayoutTable *table, uint32_t at) {
    uint32_t high = layout_u16(table, at);
    return high << 16 | layout_u16(table, at + 2);
}

void lookup_read(Arena *arena, LayoutTable *table, uint32_t lookup, uint32_t extension, Subtables *out) {
    uint32_t list = layout_u16(table, 8), at = list + layout_u16(table, list + 2 + 2 * lookup);
    uint32_t type = layout_u16(table, at), flags = layout_u16(table, at + 2), count = layout_u16(table, at + 4);
    for (uint32_t i = 0; i < count && !table->damaged; i++) {
        uint32_t subtable = at + layout_u16(table, at + 6 + 2 * i), real = type;
        if (type == extension) {
            real = layout_u16(table, subtable + 2);
            subtable += layout_u32(table, subtable + 4);
        }
        *PUSH(arena, out, Subtable) = (Subtable){real, flags, subtable, lookup};
    }
}

/* The record of a sorted list of ranges (first, last, value: six bytes) that holds a glyph; 0: none. */
static uint32_t range_find(LayoutTable *table, uint32_t at, uint32_t count, uint32_t glyph) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2, record = at + 6 * middle;
        if (glyph < layout_u16(table, record))
            high = middle;
        else if (glyph > layout_u16(table, record + 2))
            low = middle + 1;
        else
            return record;
    }
    return 0;
}

/* The number of a glyph in a sorted list whose records have `size` bytes and begin with it; -1: not there. */
static int32_t sorted_find(LayoutTable *table, uint32_t at, uint32_t count, uint32_t size, uint32_t glyph) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2, found = layout_u16(table, at + size * middle);
        if (found == glyph) return (int32_t)middle;
        if (glyph < found)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int32_t coverage_find(LayoutTable *table, uint32_t at, uint32_t glyph) {
    uint32_t format = layout_u16(table, at), count = layout_u16(table, at + 2);
    if (format == 1) return sorted_find(table, at + 4, count, 2, glyph);
    uint32_t record = format == 2 ? range_find(table, at + 4, count, glyph) : 0;
    return record ? (int32_t)(layout_u16(table, record + 4) + glyph - layout_u16(table, record)) : -1;
}

/* In a class definition table. */
static uint32_t class_find(LayoutTable *table, uint32_t at, uint32_t glyph) {
    uint32_t format = layout_u16(table, at);
    if (format == 1) {
        uint32_t first = layout_u16(table, at + 2), count = layout_u16(table, at + 4);
        return glyph >= first && glyph - first < count ? layout_u16(table, at + 6 + 2 * (glyph - first)) : 0;
    }
    uint32_t record = format == 2 ? range_find(table, at + 4, layout_u16(table, at + 2), glyph) : 0;
    return record ? layout_u16(table, record + 4) : 0;
}

uint32_t single_apply(LayoutTable *table, uint32_t at, uint32_t glyph) {
    int32_t index = coverage_find(table, subtable_coverage(table, at), glyph);
    if (index < 0) return glyph;
    if (layout_u16(table, at) == 1) return (glyph + layout_u16(table, at + 4)) & 0xFFFF;
    return (uint32_t)index < layout_u16(table, at + 4) ? layout_u16(table, at + 6 + 2 * (uint32_t)index) : glyph;
}

enum { X_ADVANCE = 4 }; /* of value formats */

bool pair_is_kerning(LayoutTable *table, uint32_t at) {
    uint32_t format = layout_u16(table, at);
    return (format == 1 || format == 2) && layout_u16(table, at + 4) == X_ADVANCE && layout_u16(table, at + 6) == 0;
}

bool pair_advance(LayoutTable *table, uint32_t at, uint32_t first, uint32_t second, int32_t *advance) {
    int32_t index = coverage_find(table, subtable_coverage(table, at), first);
    if (index < 0) return false;
    uint32_t value;
    if (layout_u16(table, at) == 1) {
        if ((uint32_t)index >= layout_u16(table, at + 8)) return false;
        uint32_t set = at + layout_u16(table, at + 10 + 2 * (uint32_t)index);
        int32_t pair = sorted_find(table, set + 2, layout_u16(table, set), 4, second);
        if (pair < 0) return false;
        value = set + 2 + 4 * (uint32_t)pair + 2;
    } else {
        /* What is of no class as the second of two goes on to the next subtable, as in HarfBuzz. */
        uint32_t of_second = class_find(table, at + layout_u16(table, at + 10), second);
        if (!of_second) return false;
        uint32_t of_first = class_find(table, at + layout_u16(table, at + 8), first), count = layout_u16(table, at + 14);
        if (of_first >= layout_u16(table, at + 12) || of_second >= count) return false;
        value = at + 16 + 2 * (of_first * count + of_second);
    }
    *advance = (int16_t)layout_u16(table, value);
    return true;
}

bool context_pair(LayoutTable *table, const Subtable *context, bool chain, uint32_t *first, uint32_t *second) {
    uint32_t at = context->at;
    if (!chain) {
        *first = at + layout_u16(table, at + 6);
        if (layout_u16(table, at + 2) < 2) return false;
        *second = at + layout_u16(table, at + 8);
        return true;
    }
    uint32_t before = at + 2, input = before + 2 + 2 * layout_u16(table, before),
             after = input + 2 + 2 * layout_u16(table, input);
    *first = at + layout_u16(table, input + 2);
    if (layout_u16(table, input) >= 2) {
        *second = at + layout_u16(table, input + 4);
    } else if (layout_u16(table, after) >= 1) {
        *second = at + layout_u16(table, after + 2);
    } else if (layout_u16(table, before) >= 1) {
        *second = *first;
        *first = at + layout_u16(table, before + 2); /* the nearest comes first */
    } else {
        return false;
    }
    return true;
}
