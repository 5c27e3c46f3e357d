/* The passes of resolve/, in the order in which resolve.c runs them, and what they share. Private to this room. */
#ifndef BRIEF_RESOLVE_PASSES_H
#define BRIEF_RESOLVE_PASSES_H

#include "resolve/resolve.h"

/* ---- Ids (ids.c) ------------------------------------------------------------------------------------------------- */

/* Who has which id: both as the author wrote it (what links name) and as it will be published. */
typedef struct Ids Ids;
Ids *ids_new(Arena *arena);
Str ids_take(Ids *ids, Str wanted, Node *node); /* gives node an id: `wanted`, or with "-2", "-3"… when it is taken */
Node *ids_find(const Ids *ids, Str written); /* what a link to "#written" means; NULL when nothing has it */
size_t ids_list(const Ids *ids, const Str **out); /* every id that a link may name, in the order they were taken */

/* ---- The passes ---------------------------------------------------------------------------------------------------- */

typedef struct {
    Arena *arena;
    Diags *d;
    Tree *tree; /* the new one, which the passes change */
    Ids *ids;
    Node *title; /* the TITLE; NULL when the document has none */
} Resolution;

void resolve_metadata(Resolution *r);
void resolve_title(Resolution *r);
void resolve_headings(Resolution *r);
void resolve_sections(Resolution *r);
void resolve_boxes(Resolution *r);
void resolve_figures(Resolution *r);
void resolve_ids(Resolution *r);
void resolve_notes(Resolution *r);
void resolve_pull_quotes(Resolution *r);
void resolve_quotes(Resolution *r);
void resolve_links(Resolution *r);

/* ---- Words (words.c) ------------------------------------------------------------------------------------------------- */

Str words_clean(Arena *arena, Str s); /* white space and controls become single spaces, none at either end */
Str words_cut(Arena *arena, Str s, size_t characters); /* at the end of a word, with "…" when something was cut */
uint32_t words_count(Str s);
/* A text as an id: lower case, punctuation dropped, "-" for spaces (pandoc's rule); at most `limit` words. May be empty, and may
 * begin with a digit. */
Str words_slug(Arena *arena, Str s, uint32_t limit);
/* `s` with what may not stand in an NCName (Namespaces in XML 1.0 §3) replaced, and its beginning mended. Never empty. */
Str words_ncname(Arena *arena, Str s);

/* ---- Languages, dates, addresses ------------------------------------------------------------------------------------- */

/* BCP 47 §2.1: in its recommended case, or empty when `tag` is not well formed (language.c). */
Str language_tag(Arena *arena, Str tag);
Str language_primary(Str tag); /* "en" of "en-GB" */

/* A date as people write it ("2019-02-07", "7 February 2019", "February 2019") → YYYY[-MM[-DD]], or empty (date.c). */
Str date_read(Arena *arena, Str language, Str text);
typedef struct {
    int32_t year, month, day; /* month, day: 0 when not said */
} Date;
bool date_parse(Str iso, Date *out); /* only a day that the calendar has */
const char *label_month(Str language, int32_t month); /* its name; 1 to 12 (labels.c) */

/* What an address is (address.c). */
typedef enum {
    ADDRESS_SAFE, /* an absolute URI with a scheme that is allowed */
    ADDRESS_RELATIVE, /* a reference to a file beside the document */
    ADDRESS_UNSAFE, /* another scheme */
    ADDRESS_BROKEN, /* no URI: empty, without host, … */
} AddressKind;
/* `*out` is the address as a valid URI of 7-bit characters (RFC 3986); for ADDRESS_UNSAFE its scheme. */
AddressKind address_check(Arena *arena, Str address, Str *out);
Str address_decode(Arena *arena, Str s); /* %XX undone; unchanged when that is not UTF-8 */

/* ---- Making nodes (resolve.c) ---------------------------------------------------------------------------------------- */

Node *text_new(Arena *arena, Str text, const Node *beside, bool generated); /* a TEXT with the place of `beside` (may be NULL) */
bool node_is_blank(const Node *node); /* nothing in it to see or to read */

#endif
