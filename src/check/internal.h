/* Private to check/: the tables of rules, and the functions that find. */
#ifndef BRIEF_CHECK_INTERNAL_H
#define BRIEF_CHECK_INTERNAL_H

#include "check/check.h"

extern const Rule rules_text[], rules_front_matter[], rules_structure[], rules_tables[], rules_notes[], rules_images[], rules_pages[],
    rules_sheets[], rules_files[];

/* ---- Rules, each in the file of its subject */

void metadata_check(Diags *d, const Tree *tree);
void headings_check(Diags *d, const Tree *tree);
void links_check(Diags *d, const Tree *tree);
void lists_check(Diags *d, const Tree *tree);
void tables_check(Diags *d, const Tree *tree);
void language_check(Diags *d, const Tree *tree);
void pull_quotes_check(Diags *d, const Tree *tree);
void classes_check(Diags *d, const Tree *tree, const Sheet *sheet);
/* images.c */
void images_check_words(Diags *d, const Tree *tree);
void images_check_size(Diags *d, const Layout *layout);
void images_check_motion(Diags *d, const Layout *layout);

/* What only claims ask: tongues.c, names.c, contrast.c */
void tongues_check(Diags *d, const Layout *layout);
void names_check(Diags *d, const Layout *layout);
void characters_check(Diags *d, const Layout *layout);
void contrast_check(Diags *d, const Layout *layout);

/* ---- Words (words.c) */

/* The next node inside `top` that the author wrote: without blocks that were added, and what repeats other words. */
const Node *written_next(const Node *node, const Node *top);
Str words_written(Arena *arena, const Node *node); /* of its leaves that were not added, as plain text */
Str words_key(Arena *arena, Str words); /* for comparing: small letters (ASCII), single spaces, no punctuation */
Str words_quoted(Arena *arena, Str words); /* shortened for a message */

/* Words of one language; the last has none. */
typedef struct {
    const char *language; /* "": any */
    const char *words; /* as words_key() gives them */
} Phrase;
bool phrase_find(const Phrase *phrases, Str language, Str words, bool beginning); /* equal to one, or beginning with one */

/* ---- Places in the source (source.c): for questions in about the order of the text */

typedef struct {
    Arena *arena;
    const Source *source;
    size_t *items; /* where lines begin */
    uint32_t count, capacity;
    uint32_t line, column; /* where `at` is */
    size_t at;
} SourceLines;
SourceLines source_lines(Arena *arena, const Tree *tree);
Str source_from(SourceLines *lines, Place place); /* the rest of its line; empty when there is none */
Place source_find(SourceLines *lines, Place leaf, Str word); /* of the word behind a leaf's beginning; the leaf's, if it is not there */

#endif
