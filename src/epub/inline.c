/* What stands in a line: text, with the markers of the pages that begin inside it, and inline elements. */
#include "epub/content.h"

#include "resolve/resolve.h"

void write_mark(Writer *w, const PageMark *mark, const char *element) {
    const Book *book = w->book;
    Str label = book->layout->items[mark->page].label;
    Str word = label_text(book->language, LABEL_PAGE);
    xml_open(w->xml, element);
    xml_attribute(w->xml, "id", mark->id);
    xml_attribute_c(w->xml, "class", "page-break");
    xml_attribute_c(w->xml, "epub:type", "pagebreak");
    xml_attribute_c(w->xml, "role", "doc-pagebreak");
    xml_attribute(w->xml, "aria-label", str_format(book->arena, STR_FMT " " STR_FMT, STR_ARG(word), STR_ARG(label)));
    if (mark->node) {
        Str language = tree_language(book->tree, mark->node);
        if (!str_equal_nocase(language, book->language)) write_language(w, book->language);
    }
    xml_close(w->xml, element);
}

void write_marks(Writer *w, const Node *node) {
    KindLevel level = tree_kind(node->kind)->level;
    bool in_line = level == LEVEL_INLINE || level == LEVEL_LEAF || marks_inside(node);
    for (uint32_t i = w->book->first_mark[node->number]; i != INDEX_NONE; i = w->book->marks[i].next) {
        if (w->book->marks[i].offset > 0) continue; /* stands inside its text */
        write_mark(w, &w->book->marks[i], in_line ? "span" : "div");
        if (!in_line) xml_line(w->xml);
    }
}

/* A word that the author divides is kept from the reading system's own division. The places where it may be divided are the style sheet's
 * soft hyphens, not the text's: what is searched for, copied and read out is the word as it was written. */
static void write_divided_word(Writer *w, const DividedWord *word, Str text) {
    size_t done = word->from;
    xml_open(w->xml, "span");
    xml_attribute_c(w->xml, "class", "divided");
    for (uint32_t i = 0; i <= word->count; i++) {
        size_t end = i < word->count ? word->from + word->ends[i] : word->to;
        if (i > 0) {
            xml_open(w->xml, "span");
            xml_attribute_c(w->xml, "class", "part");
        }
        xml_text(w->xml, str_slice(text, done, end));
        if (i > 0) xml_close(w->xml, "span");
        done = end;
    }
    xml_close(w->xml, "span");
}

static void write_words(Writer *w, const Node *node, size_t from, size_t to) {
    DividedWord word;
    Str text = str_slice(node->text, 0, to); /* what a page's end cuts is no word */
    bool divided = node->kind == NODE_TEXT;
    while (divided && hyphen_exceptions_next(w->book->hyphenation, text, from, &word)) {
        xml_text(w->xml, str_slice(text, from, word.from));
        write_divided_word(w, &word, text);
        from = word.to;
    }
    xml_text(w->xml, str_slice(text, from, to));
}

/* A leaf's text, with a marker at each place where a page begins in it. */
static void write_marked_text(Writer *w, const Node *node) {
    size_t done = 0;
    uint32_t i = w->in_artifact ? INDEX_NONE : w->book->first_mark[node->number];
    for (; i != INDEX_NONE; i = w->book->marks[i].next) {
        const PageMark *mark = &w->book->marks[i];
        if (mark->offset == 0) continue; /* stands before the node */
        size_t at = mark->offset < done ? done : mark->offset;
        write_words(w, node, done, at);
        done = at;
        write_mark(w, mark, "span");
    }
    write_words(w, node, done, node->text.n);
}

static Str page_text(const Writer *w, const Node *node) {
    return w->book->layout->page_texts ? w->book->layout->page_texts[node->number] : (Str){0};
}

static bool link_has_words(const Writer *w, const Node *link) {
    if (node_text(w->book->arena, link).n > 0) return true;
    for (const Node *node = link; node; node = node_next(node, link)) {
        if (node->kind == NODE_PAGE_REFERENCE && page_text(w, node).n > 0) return true;
    }
    return false;
}

static void open_link(Writer *w, const Node *node) {
    Str address;
    if (w->in_artifact || w->link || !link_address(w, node, &address)) {
        xml_open(w->xml, "span");
        write_attributes(w, node);
        return;
    }
    w->link = node;
    xml_open(w->xml, "a");
    write_attributes(w, node);
    xml_attribute(w->xml, "href", address);
    if (node->more->title.n > 0) xml_attribute(w->xml, "title", node->more->title);
    /* A link round a decoration has no words: it is called what it leads to (WCAG 2.2, 2.4.4). */
    else if (!link_has_words(w, node))
        xml_attribute(w->xml, "aria-label", node->more->target);
}

/* The number stands in <sup> and the link in it: tags inside the link keep some reading systems from showing the note. */
static void write_note_reference(Writer *w, const Node *node) {
    if (w->in_artifact) return; /* a copy of words refers to nothing */
    Str address, number = str_format(w->book->arena, "%d", (int)node->value);
    xml_open(w->xml, "sup");
    if (w->link || !link_address(w, node, &address)) {
        write_id(w, node);
        xml_text(w->xml, number);
    } else {
        xml_open(w->xml, "a");
        write_attributes(w, node);
        xml_attribute(w->xml, "href", address);
        xml_text(w->xml, number);
        xml_close(w->xml, "a");
    }
    xml_close(w->xml, "sup");
}

void write_back_link(Writer *w, const Node *note) {
    Str address;
    if (w->in_artifact || !link_address(w, note, &address)) return;
    xml_open(w->xml, "a");
    xml_attribute_c(w->xml, "epub:type", "backlink");
    xml_attribute_c(w->xml, "role", "doc-backlink");
    xml_attribute(w->xml, "href", address);
    Str label = label_text(tree_language(w->book->tree, note), LABEL_BACK);
    xml_attribute(w->xml, "aria-label", str_format(w->book->arena, STR_FMT " (%d)", STR_ARG(label), (int)note->value));
    xml_text(w->xml, STR("\u2191"));
    xml_close(w->xml, "a");
}

/* The page's label, as in the PDF. On paper the leader keeps it apart from the words before it. */
static void write_page_reference(Writer *w, const Node *node) {
    const Node *before = node->previous;
    while (before && before->last) before = before->last;
    bool apart = !before || before->text.n == 0 || before->text.p[before->text.n - 1] == ' ';
    if (!apart && node_ancestor(node, NODE_CONTENTS_ENTRY)) xml_text(w->xml, STR(" "));
    xml_open(w->xml, "span");
    write_attributes(w, node);
    xml_text(w->xml, page_text(w, node));
    xml_close(w->xml, "span");
}

static const LayoutBox *image_box(const Layout *layout, const Node *node) {
    uint32_t page = layout->places ? layout->places[node->number].page : UINT32_MAX;
    for (uint32_t i = 0; page < layout->count && i < layout->items[page].count; i++) {
        const LayoutBox *box = &layout->items[page].items[i];
        if (box->kind == BOX_IMAGE && box->node == node) return box;
    }
    return NULL;
}

/* The widest an image is shown: only when the author gave a size, or it stands beside others; and as a share of the measure, since
 * the screen has another. */
static Str image_width(const Writer *w, const Node *node) {
    Str width = node_attribute(node, "width");
    bool beside = node->parent->parent && node->parent->parent->kind == NODE_FIGURES;
    if (width.n == 0 && node_attribute(node, "height").n == 0 && !beside) return width;
    size_t digits = 0;
    int share = 0;
    while (digits < width.n && digits < 3 && width.p[digits] >= '0' && width.p[digits] <= '9') {
        share = share * 10 + (width.p[digits++] - '0');
    }
    if (!beside && digits + 1 == width.n && width.p[digits] == '%' && share >= 1 && share <= 100) return width;
    const Layout *layout = w->book->layout;
    const LayoutBox *box = image_box(layout, node);
    Lu measure = box && layout->measures ? layout->measures[node->number] : 0;
    if (measure <= 0) return (Str){0};
    int64_t percent = ((int64_t)box->rect.width * 100 + measure / 2) / measure;
    if (percent < 1 || (percent >= 100 && !beside)) return (Str){0};
    return str_format(w->book->arena, "%d%%", percent > 100 ? 100 : (int)percent);
}

/* In a line of text an image is as high as on paper, in the size of that text. */
static Str image_height(const Writer *w, const Node *node) {
    const Layout *layout = w->book->layout;
    const LayoutBox *box = image_box(layout, node);
    Lu size = box && layout->styles ? style_of(layout->styles, node)->size : 0;
    if (size <= 0) return (Str){0};
    int64_t hundredths = (int64_t)box->rect.height * 100 / size;
    return str_format(w->book->arena, "%d.%02dem", (int)(hundredths / 100), (int)(hundredths % 100));
}

static void write_image(Writer *w, const Node *node) {
    const Image *image = w->book->layout->images ? w->book->layout->images[node->number] : NULL;
    const Str *name = image && !w->in_artifact ? book_image_name(w->book, image) : NULL;
    if (!name) { /* could not be loaded: what it would have said stands for it */
        xml_open(w->xml, "span");
        write_attributes(w, node);
        xml_text(w->xml, node->text);
        xml_close(w->xml, "span");
        return;
    }
    xml_open(w->xml, "img");
    write_attributes(w, node);
    xml_attribute(w->xml, "src", *name);
    /* Without the author's words there is no alternative text: an empty one would hide the image. */
    if (node->has_alt) xml_attribute(w->xml, "alt", node->text);
    if (node->has_alt && node->text.n == 0) xml_attribute_c(w->xml, "role", "presentation");
    const Node *description = image_description(w->book, node);
    if (description) xml_attribute(w->xml, "aria-details", w->book->ids[description->number]);
    bool in_line = node->parent->kind != NODE_FIGURE;
    Str width = in_line ? (Str){0} : image_width(w, node), height = in_line ? image_height(w, node) : (Str){0};
    if (height.n > 0) xml_attribute(w->xml, "style", str_format(w->book->arena, "height: " STR_FMT, STR_ARG(height)));
    if (width.n > 0) xml_attribute(w->xml, "style", str_format(w->book->arena, "width: " STR_FMT, STR_ARG(width)));
    if (node->more->title.n > 0) xml_attribute(w->xml, "title", node->more->title);
    xml_close(w->xml, "img");
}

static void write_code(Writer *w, const Node *node) {
    xml_open(w->xml, "code");
    write_attributes(w, node);
    write_marked_text(w, node);
    xml_close(w->xml, "code");
}

static void write_line_break(Writer *w, const Node *node) {
    xml_open(w->xml, "br");
    write_id(w, node);
    xml_close(w->xml, "br");
}

static void (*const leaf_writers[NODE_KIND_COUNT])(Writer *w, const Node *node) = {
    [NODE_TEXT] = write_marked_text,
    [NODE_CODE] = write_code,
    [NODE_CODE_BLOCK] = write_marked_text, /* inside the <code> of its <pre> */
    [NODE_LINE_BREAK] = write_line_break,
    [NODE_IMAGE] = write_image,
    [NODE_PAGE_REFERENCE] = write_page_reference,
    [NODE_NOTE_REFERENCE] = write_note_reference,
};

bool inline_open(Writer *w, const Node *node) {
    const Kind *kind = tree_kind(node->kind);
    if (kind->level != LEVEL_INLINE) {
        if (!leaf_writers[node->kind]) BUG("%s stands in no line", kind->name);
        leaf_writers[node->kind](w, node);
        return false;
    }
    if (node->kind == NODE_LINK) {
        open_link(w, node);
        return true;
    }
    xml_open(w->xml, kind->xhtml);
    write_attributes(w, node);
    if (node->kind == NODE_ABBREVIATION) {
        Str expansion = node_attribute(node, "title");
        if (expansion.n > 0) xml_attribute(w->xml, "title", expansion);
    }
    return true;
}
