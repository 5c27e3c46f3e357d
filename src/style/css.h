/* What the two halves of the CSS writer share. Private to style/. */
#ifndef BRIEF_STYLE_CSS_H
#define BRIEF_STYLE_CSS_H

#include "style/sheet.h"

typedef struct {
    const Sheet *sheet;
    Style body; /* of the document: its size is the reader's, that is 1rem */
    Buf *out;
} CssWriter;

typedef enum {
    CSS_LIGHT, /* everything */
    CSS_DARK, /* only what is to be otherwise on a dark page */
    CSS_NARROW, /* and on a screen of few words in a line: large type */
} CssPass;

void css_rules(const CssWriter *w, CssPass pass); /* one block for each rule of the sheet */
void css_nested(const CssWriter *w); /* what keeps a mixture from being mixed again; before the rules */

/* Every way to write the selector, separated by ", "; false when the EPUB has no such element. */
bool css_selector(const CssWriter *w, const Selector *selector);
bool css_selector_equal(const Selector *a, const Selector *b);
/* What rules of this selector say of a property in the end, NULL when nothing. */
const Value *css_value_of(const Sheet *sheet, const Selector *selector, PropertyId property);
/* Whether a text colour is written as a mixture with the colour around it. */
bool css_is_mixed(const CssWriter *w, const Value *colour, const Value *background);

/* numerator / denominator in three decimals, and a unit. */
void css_number(Buf *out, int64_t numerator, int64_t denominator, const char *unit);
void css_lu(const CssWriter *w, Lu length); /* in rem */

#endif
