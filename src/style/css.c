/* The EPUB's style sheet: what every book needs on every screen, then the sheet's rules, then what differs on wide and dark ones.
 *
 * Reading systems have the last word (EPUB 3.3 §6.3.1): no size and no colour for the whole text, lengths that follow the reader's size,
 * nothing that is wider than the screen.
 */
#include "style/css.h"

/* Browsers' own margins and sizes go, so that the sheet's rules are all there is, as on paper. */
static const char reset[] =
    ":root {\n"
    "  color-scheme: light dark;\n" /* the reading system's own colours, by night as by day */
    "}\n"
    "html, body, h1, h2, h3, h4, h5, h6, p, ul, ol, li, blockquote, figure, figcaption, pre, table, header, section, aside, "
    "dl, dt, dd {\n"
    "  margin: 0;\n"
    "  padding: 0;\n"
    "}\n"
    "h1, h2, h3, h4, h5, h6, th, caption {\n"
    "  font-size: inherit;\n"
    "  font-weight: inherit;\n"
    "  text-align: inherit;\n"
    "}\n"
    "mark {\n"
    "  background-color: transparent;\n"
    "  color: inherit;\n"
    "}\n"
    "a {\n"
    "  color: inherit;\n"
    "  text-decoration: none;\n"
    "}\n"
    "abbr {\n"
    "  text-decoration: none;\n"
    "}\n"
    "pre code {\n" /* on paper there is no code inside the block */
    "  font-size: inherit;\n"
    "}\n"
    "hr {\n"
    "  border: 0;\n"
    "}\n"
    "q::before, q::after {\n" /* the marks are in the text, as the language has them */
    "  content: none;\n"
    "}\n";

/* What holds for any sheet: nothing is lost, nothing is wider than the screen, nothing is torn apart. */
static const char frame[] = "body {\n"
                            "  overflow-wrap: break-word;\n"
                            "  widows: 2;\n"
                            "  orphans: 2;\n"
                            "  text-wrap: pretty;\n" /* no last line of one short word; what does not know it leaves it */
                            "  font-synthesis: weight style;\n" /* small capitals are a face's own, or none */
                            "}\n"
                            "h1, h2, h3, h4, h5, h6, caption, figcaption, .pull-copy, .pull-quote {\n"
                            "  text-wrap: balance;\n"
                            "}\n"
                            "h1, h2, h3, h4, h5, h6, .box-title {\n"
                            "  break-after: avoid;\n"
                            "  break-inside: avoid;\n"
                            "}\n"
                            "img, svg {\n"
                            "  max-width: 100%;\n"
                            "  height: auto;\n"
                            "}\n"
                            "figure, tr, .pull-copy, .pull-quote {\n"
                            "  break-inside: avoid;\n"
                            "}\n"
                            "figure > img, figure > svg {\n" /* no higher than the screen, and in its own shape */
                            "  display: block;\n"
                            "  max-height: 95vh;\n"
                            "  object-fit: contain;\n"
                            "  object-position: left top;\n"
                            "}\n"
                            ".figures {\n" /* each figure says how wide its column is, as on paper; narrow screens have one */
                            "  display: flex;\n"
                            "  flex-wrap: wrap;\n"
                            "  align-items: flex-start;\n"
                            "  row-gap: 1em;\n"
                            "}\n"
                            ".figures > figure {\n" /* the space round them is the row's */
                            "  flex: 0 1 auto;\n"
                            "  margin-top: 0;\n"
                            "  margin-bottom: 0;\n"
                            "}\n"
                            ".figures > .page-break {\n" /* a page begins with a row */
                            "  flex: 0 0 100%;\n"
                            "}\n"
                            "@media (max-width: 32em) {\n"
                            ".figures > figure {\n"
                            "  flex-basis: 100% !important;\n"
                            "}\n"
                            "}\n"
                            "pre {\n"
                            "  white-space: pre-wrap;\n"
                            "  overflow-wrap: anywhere;\n"
                            "}\n"
                            "table {\n"
                            "  border-collapse: collapse;\n"
                            "  max-width: 100%;\n"
                            "}\n"
                            "td, th {\n"
                            "  vertical-align: top;\n"
                            "}\n"
                            ".scroll {\n"
                            "  overflow-x: auto;\n"
                            "  margin-bottom: 1em;\n"
                            "}\n"
                            ".scroll caption {\n" /* read without scrolling, however wide the table is */
                            "  max-width: calc(100vw - 1.5rem);\n"
                            "}\n"
                            ".scroll > table {\n" /* the bar by which it scrolls stands right below it */
                            "  margin-bottom: 0.25em;\n"
                            "}\n"
                            "li.task {\n"
                            "  list-style-type: none;\n"
                            "}\n"
                            "ol.contents ol.contents {\n" /* on paper, too, an entry stands in by its depth */
                            "  margin: 0 0 0 1.333em;\n"
                            "}\n"
                            "li.contents-entry {\n"
                            "  margin-left: 0;\n"
                            "}\n"
                            ".contents-entry > a {\n" /* its page stands at the end of its last line, and words beside it */
                            "  display: block;\n"
                            "  position: relative;\n"
                            "  padding-right: 2.5em;\n"
                            "}\n"
                            ".contents-entry .page-reference {\n"
                            "  position: absolute;\n"
                            "  right: 0;\n"
                            "  bottom: 0;\n"
                            "}\n"
                            "sup > a[role=\"doc-noteref\"] {\n" /* raised and small already */
                            "  font-size: 1em;\n"
                            "  vertical-align: baseline;\n"
                            "  text-decoration: none;\n"
                            "}\n"
                            ".front {\n"
                            "  break-after: page;\n"
                            "}\n"
                            ".logo > img {\n"
                            "  max-height: 7em;\n"
                            "  width: auto;\n"
                            "}\n"
                            ".marking-repeat {\n"
                            "  text-align: center;\n"
                            "}\n"
                            ".footnotes {\n"
                            "  clear: both;\n"
                            "}\n"
                            ".paragraph-number {\n" /* in line, unless there is a margin */
                            "  white-space: nowrap;\n"
                            "}\n";

/* Cells give up their room before words are broken. */
static const char narrow[] =
    "td, th {\n"
    "  padding-left: 0.25rem;\n"
    "  padding-right: 0.25rem;\n"
    "}\n"
    ".scroll td:not(.align-right), .scroll th:not(.align-right) {\n" /* it scrolls: no need for columns of one word */
    "  min-width: 5em;\n"
    "}\n";

/* Text keeps a measure that can be read. */
static void add_measure(const CssWriter *w) {
    const PageStyle *page = &w->sheet->page;
    buf_add_c(w->out, "body {\n  margin: 0 auto;\n  padding: 0.75rem;\n  max-width: ");
    css_lu(w, page->width - page->margin_left - page->margin_right);
    buf_add_c(w->out, ";\n}\n");
}

/* Numbers of paragraphs hang in the margin where the screen has one on both sides of the measure. */
static void add_hanging_numbers(const CssWriter *w) {
    const PageStyle *page = &w->sheet->page;
    Style number;
    sheet_style_of_pseudo(w->sheet, PSEUDO_PARAGRAPH_NUMBER, &number);
    if (number.indent_left == 0) return;
    buf_add_c(w->out, "@media (min-width: ");
    css_number(
        w->out, page->width - page->margin_left - page->margin_right + 3 * (int64_t)number.indent_left, w->body.size, "em");
    buf_add_c(w->out, ") {\n.paragraph-number {\n  float: left;\n  margin-left: ");
    css_number(w->out, -(int64_t)number.indent_left, w->body.size, "rem");
    buf_add_c(w->out, ";\n}\n}\n");
}

static const char *const other_side[] = {"left", "right"};
static const char *const own_side[] = {"right", "left"};

/* A pull-quote that stands beside the text on paper does so on a wide screen, too; on a narrow one it stands in line. */
static void add_beside(const CssWriter *w, NodeKind kind, const char *selector) {
    const PageStyle *page = &w->sheet->page;
    Style style;
    sheet_style_of_kind(w->sheet, kind, &style);
    if (style.placement != PLACE_BESIDE || style.width == 0) return;
    Lu measure = page->width - page->margin_left - page->margin_right;
    Lu most = measure * 2 / 5,
       width = style.width < most ? style.width : most; /* no margin takes it here: leave the text its share */
    buf_format(
        w->out, "@media (min-width: 40em) {\n%s {\n  float: %s;\n  clear: both;\n  width: ", selector, own_side[style.side]);
    css_number(w->out, (int64_t)width * 100, measure, "%");
    buf_format(w->out, ";\n  margin-%s: ", other_side[style.side]);
    css_lu(w, style.gap);
    buf_add_c(w->out, ";\n}\n");
    /* Only running text stands beside it. */
    buf_add_c(w->out,
        "h1, h2, h3, h4, h5, h6, figure, table, pre, blockquote, hr, .box, .pull-quote, .notes, dl {\n  clear: both;\n}\n}\n");
    if (style.overhang == 0) return;
    /* Wide enough that the margin beside the measure holds what stands out. */
    buf_format(w->out, "@media (min-width: 62em) {\n%s {\n  margin-%s: ", selector, own_side[style.side]);
    css_number(w->out, -(int64_t)style.overhang, w->body.size, "rem");
    buf_add_c(w->out, ";\n}\n}\n");
}

void sheet_css(const Sheet *sheet, Buf *out) {
    CssWriter w = {.sheet = sheet, .out = out};
    sheet_style_of_kind(sheet, NODE_DOCUMENT, &w.body);
    buf_add_c(out, reset);
    buf_add_c(out, frame);
    add_measure(&w);
    css_nested(&w);
    css_rules(&w, CSS_LIGHT);
    buf_add_c(out, "@media (max-width: 30em) {\n");
    buf_add_c(out, narrow);
    css_rules(&w, CSS_NARROW);
    buf_add_c(out, "}\n");
    add_hanging_numbers(&w);
    add_beside(&w, NODE_PULL_COPY, ".pull-copy");
    add_beside(&w, NODE_PULL_QUOTE, ".pull-quote");
    buf_add_c(out, "@media (prefers-color-scheme: dark) {\n");
    buf_add_c(out, "img {\n  background-color: white;\n}\n"); /* a drawing without a ground is drawn for white paper */
    css_rules(&w, CSS_DARK);
    buf_add_c(out, "}\n");
}
