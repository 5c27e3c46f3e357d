/* The document's status, before anything else: protective marking, embargo, draft. Each is said once, in words; what is drawn on every page
 * repeats it. A final publication no longer says that it was embargoed.
 */
#include "resolve/passes.h"

static const char embargo_hint[] =
    "write the day, the time and the zone, as in “2019-02-07 00:01 GMT” or “2019-02-07T00:01+01:00”";

static void embargo_unread(Resolution *r, const Moment *moment) {
    Place at = meta_place(r->tree, "embargo");
    Str given = words_cut(r->arena, r->tree->meta.embargo, 120);
    if (moment->unknown_zone.n)
        diag(r->d, DIAG_ERROR, "embargo-zone", at,
            "write “GMT”, “BST”, “CET” or the like, or how far it is ahead of UTC: “+01:00”",
            "“" STR_FMT "” is no time zone that is known, so the embargo “" STR_FMT "” ends at no certain moment",
            STR_ARG(words_cut(r->arena, moment->unknown_zone, 60)), STR_ARG(given));
    else
        diag(r->d, DIAG_ERROR, "embargo-form", at, embargo_hint, "the embargo “" STR_FMT "” is no moment that can be understood",
            STR_ARG(given));
}

static void embargo_incomplete(Resolution *r, const Moment *moment) {
    Str given = words_cut(r->arena, r->tree->meta.embargo, 120);
    if (!moment->timed)
        diag(r->d, DIAG_WARNING, "embargo-form", meta_place(r->tree, "embargo"), embargo_hint,
            "the embargo “" STR_FMT "” has no time of day: it is taken to end when that day begins, at 00:00 UTC",
            STR_ARG(given));
    else if (!moment->zoned)
        diag(r->d, DIAG_WARNING, "embargo-zone", meta_place(r->tree, "embargo"), embargo_hint,
            "the embargo “" STR_FMT "” has no time zone: it is taken to be in UTC", STR_ARG(given));
}

/* In words, and the moment if it is one: a text that begins with no digit may be a sentence of the author's. */
static void resolve_embargo(Resolution *r) {
    Meta *meta = &r->tree->meta;
    Moment moment;
    meta->embargo_known = false;
    if (meta->embargo.n == 0) return;
    bool read = moment_read(r->arena, meta->language, meta->embargo, &moment);
    bool begins_with_digit = meta->embargo.p[0] >= '0' && meta->embargo.p[0] <= '9';
    if (!read && !begins_with_digit && moment.unknown_zone.n == 0) return;
    if (read) {
        embargo_incomplete(r, &moment);
        meta->embargo_known = true;
        meta->embargo_ends = moment.seconds;
    } else {
        embargo_unread(r, &moment);
    }
    meta->embargo = label_format(r->arena, meta->language, LABEL_EMBARGO, read ? moment.words : meta->embargo, (Str){0});
}

/* `draft: true`, or words such as "Consultation draft". */
static void resolve_draft(Resolution *r) {
    Str *draft = &r->tree->meta.draft;
    if (str_equal_nocase(*draft, STR("true"))) *draft = label_text(r->tree->meta.language, LABEL_DRAFT);
    if (str_equal_nocase(*draft, STR("false"))) *draft = (Str){0};
}

void resolve_status(Resolution *r) {
    Meta *meta = &r->tree->meta;
    resolve_draft(r);
    resolve_embargo(r);
    if (r->edition.final) meta->embargo = (Str){0};
    const struct {
        const char *name;
        Str words;
    } notices[] = {{"draft", meta->draft}, {"embargo", meta->embargo}, {"marking", meta->marking}};
    Node *cover = r->tree->root->first;
    Node *in = cover && cover->kind == NODE_FRONT && str_is(cover->more->variant, "cover") ? cover : r->tree->root;
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++) {
        if (notices[i].words.n) node_prepend(in, line_new(r, NODE_STATUS, notices[i].name, notices[i].words));
    }
}
