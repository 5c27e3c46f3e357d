/* The style sheet: the sheet's rules, after the few that only this room's elements need. */
#include "epub/book.h"

static const char own[] = "td.align-centre, th.align-centre {\n"
                          "  text-align: center;\n"
                          "}\n"
                          "td.align-right, th.align-right {\n"
                          "  text-align: end;\n"
                          "}\n"
                          "body.cover {\n" /* as large as the screen allows, whole, without the text's margins */
                          "  margin: 0;\n"
                          "  padding: 0;\n"
                          "  max-width: none;\n"
                          "  text-align: center;\n"
                          "}\n"
                          "body.cover img {\n"
                          "  max-height: 100vh;\n"
                          "}\n";

Str css_write(const Book *book) {
    Buf css = buf_new(book->arena);
    buf_add_c(&css, own);
    if (book->options->sheet) sheet_css(book->options->sheet, &css);
    return buf_str(&css);
}
