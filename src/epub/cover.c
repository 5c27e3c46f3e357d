/* The cover: an SVG drawing on the sheet's accent colour, with the title in large lines, and a page that shows it. It is shown as an image with
 * alternative text, so its words are no part of the document's text.
 *
 * No font is embedded and none can be measured here, so widths are estimated on the wide side.
 */
#include "epub/book.h"

#include "resolve/resolve.h"

enum { COVER_WIDTH = 1200, COVER_HEIGHT = 1800, COVER_MARGIN = 110, COVER_MEASURE = COVER_WIDTH - 2 * COVER_MARGIN };

/* ---- Colour ------------------------------------------------------------------------------------------------------ */

static int chroma(Colour c) {
    int high = c.r > c.g ? c.r : c.g, low = c.r < c.g ? c.r : c.g;
    return (c.b > high ? c.b : high) - (c.b < low ? c.b : low);
}

/* The first coloured thing among what a sheet gives colour to; a dark slate when all is grey. */
static Colour accent(const Book *book) {
    static const NodeKind kinds[] = {
        NODE_TITLE_BLOCK, NODE_TITLE, NODE_PULL_COPY, NODE_PULL_QUOTE, NODE_HEADING, NODE_BOX, NODE_LINK};
    const Colour slate = {0x24, 0x34, 0x47};
    const Layout *layout = book->layout;
    if (!layout->styles) return slate;
    size_t best = sizeof kinds / sizeof *kinds;
    Colour found = slate;
    for (NodeNumber i = 0; i < book->tree->count && best > 0; i++) {
        for (size_t k = 0; k < best; k++) {
            if (book->tree->nodes[i]->kind != kinds[k]) continue;
            const Style *style = layout->styles->by_node[i];
            const Colour candidates[] = {style->border_left.colour, style->border_top.colour, style->colour};
            const bool drawn[] = {style->border_left.width > 0, style->border_top.width > 0, true};
            for (size_t c = 0; c < 3; c++) {
                if (!drawn[c] || chroma(candidates[c]) < 48) continue;
                found = candidates[c];
                best = k;
                break;
            }
        }
    }
    return found;
}

/* Dark enough for white words: a weighted sum of the components, near enough to luminance, below a third. */
static Colour darkened(Colour c) {
    while (c.r * 30 + c.g * 59 + c.b * 11 > 100 * 85) {
        c.r = (uint8_t)(c.r * 9 / 10);
        c.g = (uint8_t)(c.g * 9 / 10);
        c.b = (uint8_t)(c.b * 9 / 10);
    }
    return c;
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

/* A character's advance in hundredths of an em, in a bold sans. */
static int advance(uint32_t c) {
    if (c >= 0x2E80) return 105;
    if (c >= 0x300 && c <= 0x36F) return 0;
    if (c > 0x7F) return 66;
    if (c == ' ') return 28;
    static const char narrow[] = "ijl.,:;'|!It()f-r[]\"", wide[] = "mwMW@%";
    for (size_t i = 0; narrow[i]; i++) {
        if (c == (unsigned char)narrow[i]) return 36;
    }
    for (size_t i = 0; wide[i]; i++) {
        if (c == (unsigned char)wide[i]) return 94;
    }
    return c >= 'A' && c <= 'Z' ? 73 : 60;
}

typedef struct {
    Str *items;
    uint32_t count, capacity;
} Lines;

static int longest_word(Str text, int size) {
    int64_t longest = 0, width = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        width = c == ' ' ? 0 : width + (int64_t)advance(c) * size;
        if (width > longest) longest = width;
    }
    return longest / 100 > INT32_MAX ? INT32_MAX : (int)(longest / 100);
}

/* Breaks text at spaces, and inside words that are too long. */
static Lines break_lines(Arena *arena, Str text, int size, uint32_t limit, int measure) {
    Lines lines = {0};
    size_t begin = 0, at = 0, space = SIZE_MAX;
    int64_t width = 0;
    while (at < text.n) {
        size_t next = at;
        uint32_t c = utf8_next(text, &next);
        if (c == ' ') space = at;
        width += (int64_t)advance(c) * size;
        if (width > (int64_t)measure * 100 && at > begin && c != ' ') {
            size_t end = space != SIZE_MAX ? space : at;
            *PUSH(arena, &lines, Str) = str_slice(text, begin, end);
            if (lines.count > limit) return lines;
            at = begin = space != SIZE_MAX ? space + 1 : at;
            space = SIZE_MAX;
            width = 0;
            continue;
        }
        at = next;
    }
    if (begin < text.n) *PUSH(arena, &lines, Str) = str_slice(text, begin, text.n);
    return lines;
}

/* The same number of lines in the narrowest measure that allows it, so that none is much shorter than the others. */
static Lines balanced_lines(Arena *arena, Str text, int size, uint32_t limit) {
    Lines lines = break_lines(arena, text, size, limit, COVER_MEASURE);
    if (lines.count < 2 || lines.count > limit) return lines;
    for (int measure = COVER_MEASURE * 95 / 100; measure > COVER_MEASURE / 2; measure -= COVER_MEASURE / 20) {
        if (longest_word(text, size) > measure) break;
        Lines narrower = break_lines(arena, text, size, limit, measure);
        if (narrower.count > lines.count) break;
        lines = narrower;
    }
    return lines;
}

static void write_line(Xml *xml, const Book *book, int y, int size, bool bold, const char *fill, Str text) {
    xml_open(xml, "text");
    Arena *arena = book->arena;
    xml_attribute(xml, "x", str_format(arena, "%d", book->right_to_left ? COVER_WIDTH - COVER_MARGIN : COVER_MARGIN));
    xml_attribute(xml, "y", str_format(arena, "%d", y));
    xml_attribute(xml, "font-size", str_format(arena, "%d", size));
    if (bold) xml_attribute_c(xml, "font-weight", "700");
    xml_attribute_c(xml, "fill", fill);
    xml_text(xml, text);
    xml_close(xml, "text");
    xml_line(xml);
}

/* Writes text from the baseline of its first line down, at most `limit` lines; yields the baseline below its last. */
static int write_lines(Xml *xml, const Book *book, int y, int size, bool bold, const char *fill, Str text, uint32_t limit) {
    Arena *arena = book->arena;
    Lines lines = balanced_lines(arena, text, size, limit);
    for (uint32_t i = 0; i < lines.count && i < limit; i++) {
        Str line = str_trim(lines.items[i]);
        if (i + 1 == limit && lines.count > limit) line = str_format(arena, STR_FMT "\xE2\x80\xA6", STR_ARG(line));
        write_line(xml, book, y, size, bold, fill, line);
        y += size * 118 / 100;
    }
    return y;
}

/* A marking or the like is smaller rather than cut. Its last line stands at `y`; returns how much higher its first one does. */
static int write_status(Xml *xml, const Book *book, int y, Str text) {
    static const int sizes[] = {42, 34, 28, 22};
    enum { COUNT = sizeof sizes / sizeof *sizes };
    if (text.n == 0) return 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t limit = i + 1, count = break_lines(book->arena, text, sizes[i], limit, COVER_MEASURE).count;
        if (count > limit && i + 1 < COUNT) continue;
        int height = (int)((count > limit ? limit : count) - 1) * (sizes[i] * 118 / 100);
        write_lines(xml, book, y - height, sizes[i], true, "#ffffff", text, limit);
        return height;
    }
    return 0;
}

static void write_rect(Xml *xml, Arena *arena, int x, int y, int width, int height, Str fill) {
    const struct {
        const char *name;
        int value;
    } sides[] = {{"x", x}, {"y", y}, {"width", width}, {"height", height}};
    xml_open(xml, "rect");
    for (size_t i = 0; i < 4; i++) xml_attribute(xml, sides[i].name, str_format(arena, "%d", sides[i].value));
    xml_attribute(xml, "fill", fill);
    xml_close(xml, "rect");
    xml_line(xml);
}

static Str date_shown(const Book *book) {
    const Meta *meta = &book->tree->meta;
    return meta->date_text.n > 0 ? meta->date_text : label_date(book->arena, book->language, meta->date);
}

/* What must be seen before anything else: protective marking, embargo, draft. */
static Str warnings(const Book *book) {
    const Meta *meta = &book->tree->meta;
    const Str parts[] = {meta->marking, meta->embargo, meta->draft};
    Buf line = buf_new(book->arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Str part = str_trim(parts[i]);
        if (part.n == 0) continue;
        if (line.n > 0) buf_add(&line, STR(" \xC2\xB7 "));
        buf_add(&line, part);
    }
    return buf_str(&line);
}

static Str cover_words(const Book *book) {
    const Meta *meta = &book->tree->meta;
    Str label = label_text(book->language, LABEL_COVER);
    Buf words = buf_new(book->arena);
    buf_format(&words, STR_FMT ": " STR_FMT, STR_ARG(label), STR_ARG(book->title));
    const Str more[] = {meta->subtitle, book_authors(book), meta->publisher, date_shown(book), warnings(book)};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        if (str_trim(more[i]).n > 0) buf_format(&words, ". " STR_FMT, STR_ARG(str_trim(more[i])));
    }
    return buf_str(&words);
}

enum { TITLE_LINES = 9 };

/* The size that takes the fewest lines of the largest three, when four are enough; else the largest at which as many as look well are.
 * A word is broken only at the smallest. */
static int title_size(const Book *book) {
    static const struct {
        int size;
        uint32_t lines;
    } choices[] = {{150, 4}, {132, 4}, {116, 4}, {102, 6}, {90, 7}, {80, 8}, {70, TITLE_LINES}};
    enum { COUNT = sizeof choices / sizeof *choices, LARGE = 3 };
    uint32_t fewest = TITLE_LINES + 1;
    int best = 0;
    for (size_t i = 0; i < COUNT && (i < LARGE || best == 0); i++) {
        if (longest_word(book->title, choices[i].size) > COVER_MEASURE) continue;
        uint32_t lines = break_lines(book->arena, book->title, choices[i].size, TITLE_LINES, COVER_MEASURE).count;
        if (lines > choices[i].lines || lines >= fewest) continue;
        fewest = lines;
        best = choices[i].size;
    }
    return best > 0 ? best : choices[COUNT - 1].size;
}

Str cover_svg(const Book *book) {
    Arena *arena = book->arena;
    const Meta *meta = &book->tree->meta;
    Colour c = darkened(accent(book));
    Str colour = str_format(arena, "#%02x%02x%02x", c.r, c.g, c.b);
    Buf out = buf_new(arena);
    Xml xml = xml_new(&out);
    xml_open(&xml, "svg");
    xml_attribute_c(&xml, "xmlns", "http://www.w3.org/2000/svg");
    xml_attribute(&xml, "viewBox", str_format(arena, "0 0 %d %d", COVER_WIDTH, COVER_HEIGHT));
    xml_attribute(&xml, "width", str_format(arena, "%d", COVER_WIDTH));
    xml_attribute(&xml, "height", str_format(arena, "%d", COVER_HEIGHT));
    xml_attribute_c(&xml, "role", "img");
    xml_attribute_c(&xml, "font-family", "'Open Sans', 'Source Sans 3', 'Noto Sans', Helvetica, Arial, sans-serif");
    xml_attribute(&xml, "xml:lang", book->language);
    if (book->right_to_left) xml_attribute_c(&xml, "direction", "rtl");
    xml_line(&xml);
    xml_leaf(&xml, "title", cover_words(book));
    xml_line(&xml);
    write_rect(&xml, arena, 0, 0, COVER_WIDTH, COVER_HEIGHT, colour);
    int size = title_size(book);
    Str head = str_trim(meta->reference.n > 0 ? meta->reference : meta->publisher);
    if (head.n > 0) write_lines(&xml, book, 190, 42, false, "#ffffff", head, 1);
    write_status(&xml, book, 120, warnings(book));
    int raised = write_status(&xml, book, COVER_HEIGHT - 36, str_trim(meta->marking)); /* at the foot, too */
    write_rect(&xml, arena, book->right_to_left ? COVER_WIDTH - COVER_MARGIN - 180 : COVER_MARGIN, 240, 180, 12, STR("#ffffff"));
    int y = write_lines(&xml, book, 330 + size, size, true, "#ffffff", book->title, TITLE_LINES);
    Str subtitle = str_trim(meta->subtitle);
    if (subtitle.n > 0) write_lines(&xml, book, y + 40, 56, false, "#ffffff", subtitle, 4);
    const Str foot[] = {book_authors(book), meta->reference.n > 0 ? meta->publisher : (Str){0}, date_shown(book)};
    int lines = 0;
    for (size_t i = 0; i < 3; i++) lines += str_trim(foot[i]).n > 0;
    y = COVER_HEIGHT - COVER_MARGIN - 62 * (lines - 1) - raised;
    for (size_t i = 0; i < 3; i++) {
        if (str_trim(foot[i]).n == 0) continue;
        write_lines(&xml, book, y, 46, i == 0, "#ffffff", str_trim(foot[i]), 1);
        y += 62;
    }
    xml_close(&xml, "svg");
    xml_finish(&xml);
    return buf_str(&out);
}

Str cover_xhtml(const Book *book) {
    Buf out = buf_new(book->arena);
    Xml xml = xml_new(&out);
    xhtml_begin(&xml, book, book->title);
    xml_attribute_c(&xml, "class", "cover");
    xml_line(&xml);
    xml_open(&xml, "img");
    xml_attribute_c(&xml, "epub:type", "cover");
    xml_attribute_c(&xml, "role", "doc-cover");
    xml_attribute_c(&xml, "src", "cover.svg");
    xml_attribute(&xml, "alt", cover_words(book));
    xml_close(&xml, "img");
    xml_line(&xml);
    xhtml_end(&xml);
    return buf_str(&out);
}
