/* The document's status, before anything else: protective marking, embargo, draft. Each is said once, in words; what is drawn on every page
 * repeats it.
 */
#include "resolve/passes.h"

static Str embargo_words(const Resolution *r) {
    Str language = r->tree->meta.language, given = r->tree->meta.embargo;
    Str moment = label_moment(r->arena, language, given);
    bool begins_with_digit = given.n && given.p[0] >= '0' && given.p[0] <= '9';
    if (moment.n == 0 && !begins_with_digit) return given; /* a sentence of the author's, or nothing */
    return label_format(r->arena, language, LABEL_EMBARGO, moment.n ? moment : given, (Str){0});
}

/* `draft: true`, or words such as "Consultation draft". */
static void resolve_draft(Resolution *r) {
    Str *draft = &r->tree->meta.draft;
    if (str_equal_nocase(*draft, STR("true"))) *draft = label_text(r->tree->meta.language, LABEL_DRAFT);
    if (str_equal_nocase(*draft, STR("false"))) *draft = (Str){0};
}

void resolve_status(Resolution *r) {
    resolve_draft(r);
    const struct {
        const char *name;
        Str words;
    } notices[] = {{"draft", r->tree->meta.draft}, {"embargo", embargo_words(r)}, {"marking", r->tree->meta.marking}};
    Node *cover = r->tree->root->first;
    Node *in = cover && cover->kind == NODE_FRONT && str_is(cover->variant, "cover") ? cover : r->tree->root;
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++) {
        if (notices[i].words.n) node_prepend(in, line_new(r, NODE_STATUS, notices[i].name, notices[i].words));
    }
}
