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
void ids_name(Ids *ids, Str name, Node *node); /* another name that links may use, unless something has it */
size_t ids_list(const Ids *ids, const Str **out); /* every id that a link may name, in the order they were taken */

/* ---- The passes ---------------------------------------------------------------------------------------------------- */

/* A conclusion or recommendation. */
typedef struct {
    Node *box; /* its value is its number */
    const Node *chapter; /* the top-level SECTION that it stands in, or NULL */
    Str language; /* of its words */
} Recommendation;

typedef struct {
    Recommendation *items;
    uint32_t count, capacity;
} Recommendations;

/* What a reference calls something that has a number: "Table 2". */
typedef struct {
    Label label;
    int32_t number;
} Numbered;

typedef struct {
    Arena *arena;
    Diags *d;
    Tree *tree; /* the new one, which the passes change */
    Ids *ids;
    Node *title; /* the TITLE; NULL when the document has none */
    StrMap *numbered; /* Numbered by id */
    Recommendations recommendations; /* in reading order */
    Edition edition;
    uint32_t written[NODE_KIND_COUNT]; /* nodes that the author wrote: what is about a kind that there is none of need not look for it */
    uint32_t hints; /* nearest ids that were sought */
} Resolution;

Node *opening_last(
    const Resolution *r); /* of the document's children, before its text begins; NULL when there is none (contents.c) */
int32_t level_top(const Resolution *r); /* of the document's highest headings */
void numbered_put(Resolution *r, const Node *node, Label label, int32_t number);

void resolve_metadata(Resolution *r);
void resolve_turns(Resolution *r);
void resolve_title(Resolution *r);
void resolve_headings(Resolution *r);
void resolve_sections(Resolution *r);
void resolve_boxes(Resolution *r);
void resolve_figures(Resolution *r);
void resolve_ids(Resolution *r);
void resolve_section_numbers(Resolution *r);
void resolve_captions(Resolution *r);
void resolve_columns(Resolution *r);
void resolve_paragraph_numbers(Resolution *r);
void resolve_notes(Resolution *r);
void resolve_references(Resolution *r);
void resolve_descriptions(Resolution *r);
void resolve_recommendations(Resolution *r);
void resolve_front(Resolution *r);
void resolve_contents(Resolution *r);
void resolve_pull_quotes(Resolution *r);
void resolve_status(Resolution *r);
void resolve_quotes(Resolution *r);
void resolve_abbreviations(Resolution *r);
void resolve_links(Resolution *r);
void resolve_addresses(Resolution *r);

/* ---- Links into the document (references.c) ----------------------------------------------------------------------------- */

/* The link's target as it is published, and if the link is `blank` the words for it in `language`. False when nothing has that id. */
typedef struct References References;
References *references_new(Resolution *r);
bool reference_resolve(References *references, Node *link, Str language, bool blank);
/* "page 12" at the end of `link`: words, a PAGE_REFERENCE, words, as a label's pattern says. */
void page_append(Resolution *r, Node *link, Str pattern, Str target);
/* What to write instead of an id that nothing has. */
const char *reference_hint(Resolution *r, Str name);
bool link_is_blank(const Node *link); /* no words of the author's */
/* A LINK whose target is resolved already has this value; resolve_links() takes it away. */
#define LINK_RESOLVED 1

/* ---- Copies (copies.c) --------------------------------------------------------------------------------------------------- */

typedef struct {
    const Node *skip; /* a child of `from` that is left out */
    bool image_words; /* an image's description stands for it; else images are left out */
} WordsCopy;
/* Appends copies of what `from` (a text block or an inline) holds to `to`: words and their marking, without links, references and
 * pull-quotes. */
void words_copy(Arena *arena, const Node *from, Node *to, WordsCopy how);
/* A block as it may stand a second time: generated, without ids, numbers, notes' marks, pull-quotes and headings. NULL
 * when nothing is left of it. */
Node *block_copy(Arena *arena, const Node *block);

/* ---- Words (words.c) ------------------------------------------------------------------------------------------------- */

Str words_clean(Arena *arena, Str s); /* white space and controls become single spaces, none at either end */
Str words_cut(Arena *arena, Str s, size_t characters); /* at the end of a word, with "…" when something was cut */
uint32_t words_count(Str s);
bool words_has(uint32_t c); /* letters, digits, marks: what words are made of */
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
/* A moment (moment.c): "2019-02-07 00:01 GMT", or a day alone, which then is its beginning. */
typedef struct {
    Str words;
    int64_t seconds; /* since 1970 */
    bool timed, zoned; /* the text says the time of day, and the zone: else UTC */
    Str unknown_zone; /* when nothing else is wrong with it */
} Moment;
bool moment_read(Arena *arena, Str language, Str text, Moment *out);
Str label_colon(Str language); /* between a label and the words that it labels */
const char *label_month(Str language, int32_t month); /* its name; 1 to 12 (labels.c) */

/* What an address is (address.c). */
typedef enum {
    ADDRESS_SAFE, /* an absolute URI with a scheme that is allowed */
    ADDRESS_RELATIVE, /* a reference to a file beside the document */
    ADDRESS_UNSAFE, /* another scheme */
    ADDRESS_BROKEN, /* no URI: empty, without host, … */
} AddressKind;
/* `*out` is a safe address as a valid URI of 7-bit characters (RFC 3986); of an unsafe one its scheme. */
AddressKind address_check(Arena *arena, Str address, Str *out);
Str address_decode(Arena *arena, Str s); /* %XX undone; unchanged when that is not UTF-8 */

/* ---- Making nodes and looking at them (nodes.c) -------------------------------------------------------------------------- */

Node *text_new(Arena *arena, Str text, const Node *beside, bool generated); /* a TEXT with the place of `beside` (may be NULL) */
Node *added_new(Resolution *r, NodeKind kind,
    const char *name); /* generated, from nothing the author wrote; `name` (may be NULL): its class */
Node *line_new(Resolution *r, NodeKind kind, const char *name, Str words); /* the same, with words in it */
Node *heading_new(Resolution *r, int32_t level, Str id, Str words); /* the same, for a HEADING that is not numbered */
void text_prepend(Arena *arena, Node *block, Str words); /* a generated TEXT at the front of a text block: a number */
bool node_is_blank(const Node *node); /* nothing in it to see or to read */
Node *node_child(const Node *node, NodeKind kind); /* its first of that kind, or NULL */
bool box_is_recommendation(const Node *node); /* or a conclusion */

/* A walk in reading order that knows the language of each node without asking its ancestors. */
typedef struct {
    Arena *arena;
    const Node *top;
    Str *items; /* of the node's ancestors, where they set one */
    uint32_t count, capacity;
} LanguageWalk;
LanguageWalk language_walk(const Resolution *r);
Str language_at(const LanguageWalk *walk, const Node *node); /* of the node that the walk is at */
Node *language_next(LanguageWalk *walk, const Node *node);
Node *language_next_block(LanguageWalk *walk, const Node *node); /* as node_next_block() */

#endif
