/* The rest of the catalogue (ISO 32000-1 §7.7.2): language, what the window shows, page labels, the colours that are meant. */
#include "pdf/file.h"

/* ---- Page labels: §12.4.2 ------------------------------------------------------------------------------------------- */

typedef enum { LABELS_DECIMAL, LABELS_ROMAN, LABELS_WORDS } LabelStyle;

typedef struct {
    LabelStyle style;
    uint32_t value;
} PageLabel;

static void roman_add(Buf *b, uint32_t value) {
    static const struct {
        uint32_t value;
        const char *digits;
    } steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
        {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        for (; value >= steps[i].value; value -= steps[i].value) buf_add_c(b, steps[i].digits);
    }
}

static uint32_t roman_value(Str label) {
    static const Str digits = {"ivxlcdm", 7};
    static const uint32_t values[] = {1, 5, 10, 50, 100, 500, 1000};
    uint32_t total = 0, before = 0;
    if (label.n > 15) return 0;
    for (size_t i = 0; i < label.n; i++) {
        size_t digit = 0;
        while (digit < digits.n && digits.p[digit] != label.p[i]) digit++;
        if (digit == digits.n) return 0;
        uint32_t value = values[digit];
        total += value > before && before > 0 ? value - 2 * before : value;
        before = value;
    }
    return total < 4000 ? total : 0;
}

/* A label is a number when that number would be written so again. */
static PageLabel page_label(Arena *arena, Str label) {
    uint32_t value = 0;
    bool decimal = label.n > 0 && label.n < 9 && label.p[0] != '0';
    for (size_t i = 0; decimal && i < label.n; i++) {
        decimal = label.p[i] >= '0' && label.p[i] <= '9';
        value = value * 10 + (uint32_t)(label.p[i] - '0');
    }
    if (decimal) return (PageLabel){LABELS_DECIMAL, value};
    value = roman_value(label);
    Buf again = buf_new(arena);
    roman_add(&again, value);
    if (value > 0 && str_equal(buf_str(&again), label)) return (PageLabel){LABELS_ROMAN, value};
    return (PageLabel){LABELS_WORDS, 0};
}

static void page_labels_write(PdfFile *file, Buf *b) {
    PageLabel before = {LABELS_WORDS, 0};
    buf_add_c(b, "/PageLabels<</Nums[");
    for (uint32_t p = 0; p < file->layout->count; p++) {
        Str text = file->layout->items[p].label;
        PageLabel label = page_label(file->arena, text);
        bool goes_on = p > 0 && label.style != LABELS_WORDS && label.style == before.style && label.value == before.value + 1;
        before = label;
        if (goes_on) continue;
        buf_add_int(b, p);
        buf_add_c(b, label.style == LABELS_DECIMAL ? "<</S/D" : label.style == LABELS_ROMAN ? "<</S/r" : "<<");
        if (label.style == LABELS_WORDS && text.n > 0) {
            buf_add_c(b, "/P");
            syntax_text(b, text);
        } else if (label.value > 1) {
            buf_add_c(b, "/St ");
            buf_add_int(b, label.value);
        }
        buf_add_c(b, ">>");
    }
    buf_add_c(b, "]>>\n");
}

/* ---- Output intent: ISO 19005-2 §6.2.3 ------------------------------------------------------------------------------ */

static void output_intent_write(PdfFile *file, Buf *b) {
    Buf entries = buf_new(file->arena);
    buf_add_c(&entries, "/N 3\n");
    Ref profile = haru_stream(file->haru, &entries, embedded_find(STR("icc/srgb.icc.deflated")), STREAM_DEFLATED);
    buf_add_c(b, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                 "/RegistryName(http://www.color.org)/Info(sRGB IEC61966-2.1)/DestOutputProfile ");
    syntax_ref(b, profile);
    buf_add_c(b, ">>]\n");
}

void catalogue_write(PdfFile *file, Buf *catalogue) {
    buf_add_c(catalogue, "/Type/Catalog/Pages ");
    syntax_ref(catalogue, haru_page_tree(file->haru));
    buf_add_c(catalogue, "/Lang");
    syntax_ascii(catalogue, tree_language(file->layout->tree, file->layout->tree->root));
    buf_add_c(catalogue, "/ViewerPreferences<</DisplayDocTitle true>>\n");
    page_labels_write(file, catalogue);
    output_intent_write(file, catalogue);
    haru_set(file->haru, haru_catalogue(file->haru), catalogue);
}
