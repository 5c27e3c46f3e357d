/* Metadata: the language, which everything the program says and every screen reader goes by; the date; white space put right. */
#include "resolve/passes.h"

static const char language_hint[] = "write it as in “en-GB”, “cy” or “pt-BR” (BCP 47)";

/* The first walk over all nodes: they are counted, too. */
static void resolve_language(Resolution *r) {
    Meta *meta = &r->tree->meta;
    Str given = str_trim(meta->language);
    Str tag = language_tag(r->arena, given);
    if (given.n && tag.n == 0) {
        diag(r->d, DIAG_ERROR, "language", meta_place(r->tree, "lang"), language_hint,
            "“" STR_FMT "” is no language tag; the document is taken to be in British English", STR_ARG(given));
    }
    meta->language = tag.n ? tag : STR("en-GB");
    for (Node *node = r->tree->root; node; node = node_next(node, r->tree->root)) {
        r->written[node->kind]++;
        if (node->more->language.n == 0) continue;
        tag = language_tag(r->arena, node->more->language);
        if (tag.n == 0) {
            diag(r->d, DIAG_ERROR, "language", node_place(r->tree, node), language_hint,
                "“" STR_FMT "” is no language tag; it is taken to be in the language round it", STR_ARG(node->more->language));
        }
        node_more(r->arena, node)->language = tag;
    }
}

static void resolve_date(Resolution *r) {
    Meta *meta = &r->tree->meta;
    Str given = words_clean(r->arena, meta->date_text.n ? meta->date_text : meta->date);
    if (given.n == 0) return;
    Str primary = language_primary(meta->language);
    Str iso = date_read(r->arena, primary, meta->date.n ? meta->date : given);
    if (iso.n == 0) {
        diag(r->d, DIAG_WARNING, "date-form", meta_place(r->tree, "date"), "write it as in “2019-02-07”, “2019-02” or “2019”",
            "“" STR_FMT
            "” is no date that can be understood; it is shown as it stands, but the files do not say when they are from",
            STR_ARG(given));
    }
    meta->date = iso;
    meta->date_text = iso.n && str_starts(given, iso) ? label_date(r->arena, meta->language, iso) : given;
}

/* A list is the first tree's, too, so it is made anew; what has no words is left out. */
static Str *clean_list(Arena *arena, const Str *from, uint32_t *count) {
    Str *list = NEW_ARRAY(arena, Str, *count ? *count : 1);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        Str words = words_clean(arena, from[i]);
        if (words.n) list[kept++] = words;
    }
    *count = kept;
    return list;
}

void resolve_metadata(Resolution *r) {
    Meta *meta = &r->tree->meta;
    Str *fields[] = {&meta->title, &meta->subtitle, &meta->standfirst, &meta->description, &meta->publisher, &meta->reference,
        &meta->rights, &meta->marking, &meta->embargo, &meta->draft, &meta->session, &meta->ordered, &meta->published,
        &meta->committee, &meta->logo_alt};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) *fields[i] = words_clean(r->arena, *fields[i]);
    meta->authors = clean_list(r->arena, meta->authors, &meta->author_count);
    meta->verso = clean_list(r->arena, meta->verso, &meta->verso_count);
    meta->members = clean_list(r->arena, meta->members, &meta->member_count);
    resolve_language(r);
    resolve_date(r);
}
