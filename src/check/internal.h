/* Private to check/: the tables of rules, and the functions that find. */
#ifndef BRIEF_CHECK_INTERNAL_H
#define BRIEF_CHECK_INTERNAL_H

#include "check/check.h"

extern const Rule rules_text[], rules_front_matter[], rules_structure[], rules_tables[], rules_notes[], rules_images[], rules_pages[],
    rules_sheets[], rules_files[], rules_language[], rules_looks[];

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

/* contrast.c: what else is judged by it */
typedef struct {
    Diags *d;
    StrMap *told; /* each is, once */
} Contrasts;
Contrasts contrasts_begin(Diags *d);
void contrast_judge(const Contrasts *contrasts, const Style *style, Colour ground, const char *name, Place at);
bool look_is_set(const Node *node); /* a leaf that is drawn in its style */
const char *look_name(const Node *leaf);

/* passage.c: blocks of text, one after the other, without what the program added */

#define PASSAGE_OBJECT "\xEF\xBF\xBC" /* stands for code, an image, an address: U+FFFC */

typedef struct {
    const Node *leaf;
    size_t from; /* in the passage's text */
    bool english;
} PassagePart;

/* Valid until the next one. */
typedef struct {
    const Node *block;
    Str text;
    const PassagePart *parts;
    uint32_t count;
} Passage;

typedef struct {
    Arena *arena;
    const Tree *tree;
    const Node *next;
    Buf text;
    struct {
        PassagePart *items;
        uint32_t count, capacity;
    } parts;
    const Node *leaf; /* the one a place was last asked for in, how far, and how many characters that is */
    size_t at;
    uint32_t characters;
} Passages;

Passages prose_of(Arena *arena, const Tree *tree);
bool prose_next(Passages *all, Passage *out);
Place prose_place(Passages *all, const Passage *passage, size_t offset);
bool prose_is_english(const Passage *passage, size_t offset);

bool letter_is_capital(uint32_t c);
bool letter_is_small(uint32_t c);
bool character_is_space(uint32_t c);
bool character_is_word(uint32_t c); /* a letter of any script, or a digit */
bool word_next(Str text, size_t *at, Str *out); /* what stands between spaces */
bool word_counts(Str word); /* it has a letter or a digit */

/* letters.c, sentences.c, plain_words.c: what is found in one passage */
typedef void PassageRule(Diags *d, Passages *all, const Passage *passage);
PassageRule capitals_find, letters_spaced_find, sentences_find, plain_words_find;

/* emphasis.c */
void emphasis_check(Diags *d, const Tree *tree);

/* looks.c: what the sheet makes of the document */
void looks_check(Diags *d, const Layout *layout);

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

#endif
