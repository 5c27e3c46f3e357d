/* dump: the "layout" stage as text. Lengths in points with two decimals; what runs say is quoted. */
#include "layout/layout.h"

static const char *artifact_name(ArtifactKind kind) {
    switch (kind) {
    case ARTIFACT_NONE: return "";
    case ARTIFACT_HEAD: return " head";
    case ARTIFACT_FOOT: return " foot";
    case ARTIFACT_PULL_QUOTE: return " pull-quote";
    case ARTIFACT_DECORATION: return " decoration";
    case ARTIFACT_HYPHEN: return " hyphen";
    case ARTIFACT_TABLE_HEAD: return " table-head";
    case ARTIFACT_LEADER: return " leader";
    case ARTIFACT_MARKING: return " marking";
    case ARTIFACT_WATERMARK: return " watermark";
    }
    return "";
}

static void points_add(Buf *out, Lu length) {
    int64_t hundredths = ((int64_t)length * 100 + (length >= 0 ? 32 : -32)) / LU_PT;
    if (hundredths < 0) buf_add_char(out, '-');
    if (hundredths < 0) hundredths = -hundredths;
    buf_format(out, "%lld.%02lld", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

static void rect_add(Buf *out, Rect r) {
    Lu values[4] = {r.x, r.y, r.width, r.height};
    for (int i = 0; i < 4; i++) {
        buf_add_char(out, ' ');
        points_add(out, values[i]);
    }
}

static void quoted_add(Buf *out, Str text) {
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"' || text.p[i] == '\\') buf_add_char(out, '\\');
        if (text.p[i] == '\n')
            buf_add_c(out, "\\n");
        else
            buf_add_char(out, text.p[i]);
    }
    buf_add_char(out, '"');
}

static void run_dump(const Run *run, const LayoutBox *box, Buf *out) {
    buf_add_c(out, run->role == RUN_LABEL ? "      label " : run->role == RUN_PAGE ? "      page " : "      run ");
    points_add(out, run->x);
    if (run->y) {
        buf_add_char(out, ' ');
        points_add(out, run->width);
    }
    buf_format(out, " " STR_FMT " ", STR_ARG(run->face->name));
    points_add(out, run->size);
    if (run->turned) buf_add_c(out, " turned");
    if (run->artifact != box->artifact) buf_add_c(out, artifact_name(run->artifact));
    if (run->node) buf_format(out, " #%u+%u", (unsigned)run->node->number, (unsigned)run->start);
    buf_add_char(out, ' ');
    quoted_add(out, run->text);
    buf_add_char(out, '\n');
}

static void box_dump(const LayoutBox *box, Buf *out) {
    buf_add_c(out, box->kind == BOX_LINES ? "  text" : box->kind == BOX_FILL ? "  fill" : "  image");
    rect_add(out, box->rect);
    if (box->kind == BOX_FILL) buf_format(out, " #%02x%02x%02x", box->colour.r, box->colour.g, box->colour.b);
    if (box->node) buf_format(out, " %s #%u", tree_kind(box->node->kind)->name, (unsigned)box->node->number);
    buf_add_c(out, artifact_name(box->artifact));
    buf_add_char(out, '\n');
    for (uint32_t l = 0; l < box->line_count; l++) {
        buf_add_c(out, "    line ");
        points_add(out, box->lines[l].baseline);
        buf_add_char(out, '\n');
        for (uint32_t r = 0; r < box->lines[l].run_count; r++) run_dump(&box->lines[l].runs[r], box, out);
    }
}

void layout_dump(const Layout *layout, Buf *out) {
    for (uint32_t p = 0; p < layout->count; p++) {
        const Page *page = &layout->items[p];
        buf_format(out, "page " STR_FMT, STR_ARG(page->label));
        rect_add(out, (Rect){0, 0, page->width, page->height});
        if (page->start_node) buf_format(out, " begins #%u+%u", (unsigned)page->start_node->number, (unsigned)page->start_offset);
        buf_add_char(out, '\n');
        for (uint32_t b = 0; b < page->count; b++) box_dump(&page->items[b], out);
    }
}
