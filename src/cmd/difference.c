/* Where a finished file first says something else than the one made again. Both are read by inspect/; places are told by the layout and the text of
 * the one made again, which is ours.
 */
#include "cmd/provenance.h"

#include <string.h>

#define WORDS 48 /* bytes of a paragraph's beginning */

static size_t prefix_length(Str a, Str b) {
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n;
}

/* The last `what` that begins before `end`; SIZE_MAX: none. */
static size_t find_before(Str text, size_t end, Str what) {
    for (size_t i = end < text.n ? end + 1 : text.n; i-- > 0;)
        if (i + what.n <= text.n && memcmp(text.p + i, what.p, what.n) == 0) return i;
    return SIZE_MAX;
}

/* The beginning of a text, cut between words. */
static Str beginning(Arena *arena, Str text) {
    text = str_trim(text);
    if (text.n <= WORDS) return text;
    size_t n = WORDS;
    while (n > WORDS / 2 && text.p[n] != ' ') n--;
    while (n > 0 && ((uint8_t)text.p[n] & 0xC0) == 0x80) n--;
    return str_format(arena, STR_FMT "…", STR_ARG(str_trim(str_slice(text, 0, n))));
}

/* ---- PDF --------------------------------------------------------------------------------------------------------------- */

/* The block of text that a node stands in. */
static const Node *block_of(const Node *node) {
    while (node->parent != NULL && tree_kind(node->kind)->level >= LEVEL_INLINE) node = node->parent;
    return node;
}

static Str node_words(Arena *arena, const Rebuilt *rebuilt, const Node *node) {
    const Node *block = block_of(node);
    Place at = node_place(rebuilt->document.tree, block);
    Str words = beginning(arena, node->kind == NODE_IMAGE ? node->more->target : node_text(arena, block));
    const char *what = node->kind == NODE_IMAGE ? "image" : tree_kind(block->kind)->name;
    Str line = at.line > 0 ? str_format(arena, " of line %u", (unsigned)at.line) : STR("");
    return str_format(arena, "the %s “" STR_FMT "”" STR_FMT, what, STR_ARG(words), STR_ARG(line));
}

/* What marked content a place of a page's content stands in: the last that begins before it. */
static const Node *content_node(const Rebuilt *rebuilt, uint32_t page, Str content, size_t at) {
    size_t mark = find_before(content, at, STR("/MCID ")), artifact = find_before(content, at, STR("/Artifact"));
    if (mark == SIZE_MAX || (artifact != SIZE_MAX && artifact > mark)) return NULL;
    uint32_t mcid = 0;
    for (size_t i = mark + 6; i < content.n && char_is_digit(content.p[i]) && mcid < UINT32_MAX / 20; i++)
        mcid = mcid * 10 + (uint32_t)(content.p[i] - '0');
    return pdf_marked_node(rebuilt->document.layout, page, mcid);
}

static Str page_words(Arena *arena, const Rebuilt *rebuilt, uint32_t page, Str theirs, Str ours) {
    const Layout *layout = rebuilt->document.layout;
    const Node *node = content_node(rebuilt, page, ours, prefix_length(theirs, ours));
    Str label = page < layout->count ? layout->items[page].label : STR("");
    if (label.n == 0) label = str_format(arena, "%u", (unsigned)page + 1);
    if (node == NULL)
        return str_format(arena, "page " STR_FMT " first differs in what is no text of the document", STR_ARG(label));
    return str_format(
        arena, "page " STR_FMT " first differs in " STR_FMT, STR_ARG(label), STR_ARG(node_words(arena, rebuilt, node)));
}

/* What an object is, by its dictionary as we write it. */
static const char *object_kind(Str dictionary) {
    static const struct {
        const char *entry, *kind;
    } kinds[] = {{"/Type/StructElem", "the tags"}, {"/Type/StructTreeRoot", "the tags"}, {"/ParentTree", "the tags"},
        {"/Subtype/Image", "an image"}, {"/Length1", "a font"}, {"/Type/Font", "a font"},
        {"/Type/EmbeddedFile", "an attached file"}, {"/Type/Filespec", "an attached file"}, {"/Subtype/Link", "a link"},
        {"/Type/Page", "a page"}, {"/Type/Metadata", "the metadata"}, {"/Type/Catalog", "the catalogue"}, {"/S/", "the tags"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (find_before(dictionary, dictionary.n, str_from(kinds[i].entry)) != SIZE_MAX) return kinds[i].kind;
    return NULL;
}

/* The object of our file in which a byte lies. */
static Str object_words(Arena *arena, Str ours, size_t at) {
    size_t begin = at, digits;
    do {
        begin = find_before(ours, begin == at ? at : begin - 1, STR(" 0 obj"));
        for (digits = begin; begin != SIZE_MAX && digits > 0 && char_is_digit(ours.p[digits - 1]);) digits--;
    } while (begin != SIZE_MAX && begin > 0 && (digits == begin || digits == 0 || ours.p[digits - 1] != '\n'));
    size_t table = find_before(ours, at, STR("\nxref\n"));
    if (begin == SIZE_MAX || begin == 0 || table != SIZE_MAX) return STR("");
    size_t end = begin;
    while (end + 6 <= ours.n && end < begin + 2000 && memcmp(ours.p + end, "endobj", 6) != 0 &&
           memcmp(ours.p + end, "stream", 6) != 0)
        end++;
    const char *kind = object_kind(str_slice(ours, begin, end));
    Str number = str_slice(ours, digits, begin);
    return kind != NULL ? str_format(arena, ", in %s (object " STR_FMT ")", kind, STR_ARG(number))
                        : str_format(arena, ", in object " STR_FMT, STR_ARG(number));
}

/* ---- EPUB -------------------------------------------------------------------------------------------------------------- */

/* Elements that hold text, as content documents have them. */
static size_t block_begin(Str xhtml, size_t at) {
    static const char *const blocks[] = {
        "<p", "<h1", "<h2", "<h3", "<h4", "<h5", "<h6", "<li", "<td", "<th", "<dt", "<dd", "<figcaption", "<pre", "<title"};
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        size_t found = find_before(xhtml, at, str_from(blocks[i])), n = strlen(blocks[i]);
        while (found != SIZE_MAX && found > 0 && found + n < xhtml.n && xhtml.p[found + n] != '>' && xhtml.p[found + n] != ' ')
            found = find_before(xhtml, found - 1, str_from(blocks[i]));
        if (found != SIZE_MAX && (last == SIZE_MAX || found > last)) last = found;
    }
    return last;
}

/* The words behind a tag, to the end of its line: that is where a block ends. */
static Str words_from(Arena *arena, Str xhtml, size_t at) {
    Buf words = buf_new(arena);
    bool in_tag = false;
    for (; at < xhtml.n && words.n <= WORDS * 2 && (xhtml.p[at] != '\n' || words.n == 0); at++) {
        if (xhtml.p[at] == '<') in_tag = true;
        if (!in_tag) buf_add_char(&words, xhtml.p[at]);
        if (xhtml.p[at] == '>') in_tag = false;
    }
    return beginning(arena, buf_str(&words));
}

static Str file_words(Arena *arena, Str name, Str page, Str theirs, Str ours) {
    size_t at = prefix_length(theirs, ours), block = str_ends(name, STR(".xhtml")) ? block_begin(ours, at) : SIZE_MAX;
    Str place = page.n > 0 ? str_format(arena, ", on page " STR_FMT, STR_ARG(page)) : STR("");
    if (block == SIZE_MAX) return str_format(arena, "“" STR_FMT "” in it differs from byte %zu on", STR_ARG(name), at + 1);
    return str_format(arena, "“" STR_FMT "” in it first differs at the words “" STR_FMT "”" STR_FMT, STR_ARG(name),
        STR_ARG(words_from(arena, ours, block)), STR_ARG(place));
}

/* The label of the last page that begins before `end`; empty: none. */
static Str page_before(Str xhtml, size_t end) {
    size_t mark = find_before(xhtml, end, STR("doc-pagebreak"));
    if (mark == SIZE_MAX) return STR("");
    size_t at = mark;
    while (at < xhtml.n && xhtml.p[at] != '"') at++;
    for (; at + 12 < xhtml.n && xhtml.p[at] != '>'; at++) {
        if (memcmp(xhtml.p + at, "aria-label=\"", 12) != 0) continue;
        size_t start = at + 12, stop = start;
        while (stop < xhtml.n && xhtml.p[stop] != '"') stop++;
        Str words = str_slice(xhtml, start, stop);
        for (size_t i = words.n; i > 0; i--)
            if (words.p[i - 1] == ' ') return str_slice(words, i, words.n);
        return words;
    }
    return STR("");
}

/* ---- Both -------------------------------------------------------------------------------------------------------------- */

static Str properties_words(Arena *arena, const Inspected *theirs, const Inspected *ours) {
    for (uint32_t i = 0; i < theirs->property_count || i < ours->property_count; i++) {
        const InspectProperty *a = i < theirs->property_count ? &theirs->properties[i] : NULL;
        const InspectProperty *b = i < ours->property_count ? &ours->properties[i] : NULL;
        if (a != NULL && b != NULL && str_equal(a->name, b->name) && str_equal(a->value, b->value) &&
            str_equal(a->space, b->space))
            continue;
        const InspectProperty *said = b != NULL ? b : a;
        return str_format(arena, "its metadata differ, in “" STR_FMT "”", STR_ARG(said->name));
    }
    return STR("");
}

static Str parts_words(Arena *arena, const Provenance *provenance, const Rebuilt *rebuilt, const Inspected *ours) {
    const Inspected *theirs = &provenance->inspected;
    bool pdf = ours->format == INSPECT_PDF;
    uint32_t their_count = inspect_part_count(theirs), our_count = inspect_part_count(ours);
    Str page = STR("");
    for (uint32_t i = 0; i < their_count && i < our_count; i++) {
        InspectPart a, b;
        inspect_part(arena, theirs, i, &a);
        inspect_part(arena, ours, i, &b);
        if (!str_equal(a.name, b.name))
            return str_format(arena, "“" STR_FMT "” stands in it where “" STR_FMT "” was", STR_ARG(a.name), STR_ARG(b.name));
        if (pdf && !str_equal(a.bytes, b.bytes)) return page_words(arena, rebuilt, i, a.bytes, b.bytes);
        bool same = str_equal(a.bytes, b.bytes);
        Str now = page_before(b.bytes, same ? b.bytes.n : prefix_length(a.bytes, b.bytes));
        if (now.n > 0) page = now;
        if (!same) return file_words(arena, b.name, page, a.bytes, b.bytes);
    }
    if (their_count == our_count) return STR("");
    return str_format(
        arena, "it has %u %s, and not %u", (unsigned)their_count, pdf ? "pages" : "files in it", (unsigned)our_count);
}

Str difference_words(Arena *arena, const Provenance *provenance, const Rebuilt *rebuilt) {
    Diags unsaid = diags_new(arena);
    Inspected ours;
    if (!inspect_open(arena, &unsaid, provenance->file->name, rebuilt->bytes, &ours)) BUG("what was made cannot be read");
    Str words = parts_words(arena, provenance, rebuilt, &ours);
    if (words.n == 0) words = properties_words(arena, &provenance->inspected, &ours);
    size_t at = prefix_length(provenance->file->text, rebuilt->bytes);
    if (words.n == 0 && ours.format == INSPECT_PDF)
        words = str_format(arena, "its pages draw the same, but byte %zu differs" STR_FMT, at + 1,
            STR_ARG(object_words(arena, rebuilt->bytes, at)));
    else if (words.n == 0)
        words = str_format(arena, "the files in it are the same, but byte %zu of the container differs", at + 1);
    inspect_close(&ours);
    return words;
}
