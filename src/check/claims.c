/* Findings by which a claim would be false: of each code, which claims, and by which words. PDF/A is here level A of PDF/A-2 (ISO 19005-2),
 * which is level U without what the structure says; what PDF/A asks of any level no source can break. Where a standard says "should", or
 * judges by what a reader can make of it, nothing is taken away; nor for what is only likely: a line in bold that may be a heading, signs that may
 * be a list.
 */
#include "check/internal.h"

#define UA CLAIM_PDF_UA
#define A CLAIM_PDF_A
#define EPUB CLAIM_EPUB_A11Y

static const struct {
    const char *code;
    unsigned claims;
    const char *clauses;
} unfounded[] = {
    {"alt-long", UA, "PDF/UA 7.3: the alternative has to stand for what is shown, and only a part of it is there"},
    {"character-private", A | EPUB,
        "PDF/A-2 6.2.11.7.3: a character of the private use area, without what it stands for; WCAG 1.1.1, failure F26"},
    {"contrast", EPUB, "WCAG 1.4.3: 4.5:1, or 3:1 for large text"},
    {"glyph-missing", UA | A, "PDF/UA 7.21.8, PDF/A-2 6.2.11.8: a character without a glyph of its own"},
    {"image-alt", UA | A | EPUB, "WCAG 1.1.1, failure F65; PDF/UA 7.3; PDF/A-2 6.7.5"},
    {"image-alt-file", UA | A | EPUB, "WCAG 1.1.1, failure F30; PDF/UA 7.3; PDF/A-2 6.7.5"},
    {"image-animated", EPUB, "WCAG 2.2.2: what moves by itself can be stopped; 2.3.1: it may flash"},
    {"lang", UA | EPUB, "WCAG 3.1.2, PDF/UA 7.2: a change of language that is not declared"},
    {"language-doubtful", UA | EPUB, "WCAG 3.1.1, PDF/UA 7.2: the language of the document"},
    {"language-script", UA | EPUB, "WCAG 3.1.2, PDF/UA 7.2: a change of language that is not declared"},
    {"language-unknown", UA | EPUB, "WCAG 3.1.1, PDF/UA 7.2: a language that can be determined"},
    {"link-nameless", UA, "PDF/UA 7.18.5 and 7.1: a link without content that could be tagged as one"},
    {"table-head", UA | EPUB, "WCAG 1.3.1, PDF/UA 7.5: a table whose headers cannot be known"},
    {"table-head-empty", UA | EPUB, "WCAG 1.3.1, PDF/UA 7.5: a column whose header cannot be known"},
    {"title-missing", UA | EPUB, "WCAG 2.4.2, PDF/UA 7.1: a title that says what the document is"},
};

unsigned code_claims(Str code, const char **clauses) {
    if (clauses) *clauses = NULL;
    for (size_t i = 0; i < sizeof unfounded / sizeof *unfounded; i++) {
        if (!str_is(code, unfounded[i].code)) continue;
        if (clauses) *clauses = unfounded[i].clauses;
        return unfounded[i].claims;
    }
    return 0;
}

Str code_claims_text(Arena *arena, Str code) {
    const char *clauses, *between = "";
    unsigned claims = code_claims(code, &clauses);
    if (!claims) return STR("");
    Buf out = buf_new(arena);
    buf_add_c(&out, "While it stands, ");
    if (claims & (UA | A)) {
        buf_format(&out, "the PDF does not claim %s", claims & UA ? "PDF/UA-1" : "");
        buf_add_c(&out, claims & A ? claims & UA ? " or PDF/A-2a" : "PDF/A-2a" : "");
        between = ", nor ";
    }
    if (claims & EPUB)
        buf_format(&out, "%sthe EPUB %sEPUB Accessibility 1.1", between, claims & (UA | A) ? "" : "does not claim ");
    buf_format(&out, " (%s).", clauses);
    return buf_str(&out);
}

static void (*const claim_tree_rules[])(Diags *d, const Tree *tree) = {images_check_words, language_check, tables_check};

static void (*const claim_rules[])(Diags *d, const Layout *layout) = {
    tongues_check, names_check, characters_check, contrast_check, images_check_motion};

void check_claims(Diags *d, const Layout *layout) {
    Arena *scratch = arena_open();
    Diags found = diags_new(scratch);
    for (size_t i = 0; i < sizeof claim_rules / sizeof *claim_rules; i++) claim_rules[i](&found, layout);
    for (size_t i = 0; i < sizeof claim_tree_rules / sizeof *claim_tree_rules; i++) claim_tree_rules[i](&found, layout->tree);
    for (uint32_t i = 0; i < found.count; i++) {
        const Diag *one = &found.items[i];
        unsigned claims = code_claims(str_from(one->code), NULL);
        if (claims) diag_claim(d, claims, one->code, one->at, one->hint.n ? one->hint.p : NULL, STR_FMT, STR_ARG(one->message));
    }
    if (found.dropped) d->claims_lost |= CLAIM_ALL; /* what was too much to keep may have been one of them */
    arena_close(scratch);
}
