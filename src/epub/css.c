/* The style sheet: first what the structure needs whatever the sheet says, then the sheet's own rules. */
#include "epub/book.h"

static const char structure[] =
    /* Quotation marks are in the text. */
    "q { quotes: none; }\n"
    "q::before, q::after { content: none; }\n"
    "img { max-width: 100%; height: auto; }\n"
    "pre { white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "body { overflow-wrap: break-word; }\n"
    "table { border-collapse: collapse; }\n"
    ".wide-table { overflow-x: auto; }\n"
    ".align-centre { text-align: center; }\n"
    ".align-right { text-align: right; }\n"
    "li.task { list-style-type: none; }\n"
    /* A superscript must not push lines apart. */
    "sup, sub { line-height: 0; }\n"
    "h1, h2, h3, h4, h5, h6 { break-after: avoid; break-inside: avoid; }\n"
    "figure { break-inside: avoid; margin-left: 0; margin-right: 0; }\n"
    "body.cover { margin: 0; padding: 0; text-align: center; }\n"
    "body.cover img { max-height: 100vh; }\n";

Str css_write(const Book *book) {
    Buf css = buf_new(book->arena);
    buf_add_c(&css, structure);
    if (book->options->sheet) sheet_css(book->options->sheet, &css);
    return buf_str(&css);
}
