/* What the files of text/ share. Included from nowhere else. */
#ifndef BRIEF_TEXT_INTERNAL_H
#define BRIEF_TEXT_INTERNAL_H

#include "text/text.h"

#include <hb.h>

/* A face and HarfBuzz's handles of it. `face` stands first, so that a Face is also the OpenFace round it. */
typedef struct {
    Face face;
    hb_face_t *hb_face; /* NULL: not yet opened */
    hb_font_t *hb_font; /* scaled to the face's units */
    const uint8_t *advances; /* of its table hmtx, four bytes a glyph; NULL: HarfBuzz has to be asked */
    uint32_t advance_count;  /* further glyphs have the last one's */
    bool plain_t;       /* its ligatures that begin with "t" are not used */
    uint32_t stand_in;  /* of a document's own face: the program's, for characters that it lacks; else NO_FACE */
} OpenFace;
#define NO_FACE UINT32_MAX

/* A document's own face as it was brought: the same bytes in the same place are one face. */
typedef struct {
    OpenFace open;
    Family family;
    unsigned style; /* FACE_… */
} OwnFace;

/* A text and how it is set, whatever the face. */
typedef struct {
    unsigned features; /* SHAPE_… */
    hb_language_t language;
    Str text;
} Setting;

/* A text that has been shaped, in one piece of memory with its letters and its glyphs, which lie behind it. */
typedef struct {
    Shaped shaped;
    ShapedRun run; /* of most texts the only one */
    uint32_t length;
} Word;

/* How words of one script are put together from characters, in one face, with one set of features, in one language (assemble.c). */
typedef struct Assembly Assembly;

/* The words shaped so far in one face, with one set of features, in one language. */
typedef struct Vocabulary Vocabulary;
struct Vocabulary {
    const OpenFace *face;
    unsigned features;
    uint32_t language; /* as language_pack() gives it */
    hb_language_t hb_language;
    Assembly *assembly[2]; /* of words without and with letters of Latin; NULL: not asked for yet */
    const Glyph *space; /* of the text " ", if that is one glyph of this face; NULL: not shaped yet, or not so */
    struct WordSlot {
        uint32_t hash;
        Word *word;
    } *slots; /* open addressing, linear probing; a power of two, at most three quarters full */
    uint32_t capacity, count;
    Vocabulary *next;
};

/* A stretch of a text that is shaped by itself, in one face. */
typedef struct {
    const OpenFace *face;
    uint32_t start, length;
    bool missing; /* no face has it */
} Stretch;

typedef struct {
    Stretch *items;
    uint32_t count, capacity;
} Stretches;

/* The patterns by which words of one language are divided. */
typedef struct Patterns Patterns;
struct Patterns {
    Str name;
    struct _HyphenDict *dict; /* libhyphen's; NULL: there are none */
    Patterns *next;
};

/* The words of one language that were divided. */
typedef struct DividedWords DividedWords;
struct DividedWords {
    const Patterns *patterns;
    StrMap *words; /* in lower case: where they may be divided */
    DividedWords *next;
};

typedef struct {
    uint32_t regular, bold; /* bold: the regular one where there is no other */
} Fallback;

/* What all companions have in common. Faces are opened, and patterns read, under the lock; which faces there are is changed by fonts_use() only. */
typedef struct {
    Arena *arena;
    OpenFace *faces; /* in the order of the list in the program */
    uint32_t count;
    struct {
        OwnFace **items;
        uint32_t count, capacity;
    } own; /* documents' faces, numbered from `count` on */
    uint32_t family[FAMILY_COUNT][FACE_STYLES]; /* the program's face by family and style */
    uint32_t chosen[FAMILY_COUNT][FACE_STYLES]; /* what the document has: its own, else the program's */
    Fallback *fallback;                          /* faces of no family, in the order in which they are tried */
    uint32_t fallback_count;
    Patterns *patterns; /* those read so far */
} Faces;

struct Fonts {
    Arena *arena;
    Faces *shared;
    const OpenFace **opened; /* by number, `opened_count` of them: those that are known here to be open; else NULL */
    uint32_t opened_count;
    hb_buffer_t *buffer; /* the one that everything is shaped in */
    Stretches stretches; /* of the text being shaped; kept for its room */
    Vocabulary *vocabularies; /* the one asked for last comes first */
    DividedWords *divided; /* by language */
    Fonts *companion;      /* the next one */
};

static inline const OpenFace *open_face(const Face *face) { return (const OpenFace *)(const void *)face; }

const OpenFace *fonts_at(Fonts *fonts, uint32_t index); /* opens it if need be */
void face_read_metrics(OpenFace *face, Arena *arena);   /* fills in Face from its tables; hb_face and hb_font are there */

/* A language as text/ knows it: its primary subtag (BCP 47, two or three letters) in lower case, packed; 0 when it is none.
 * What else a tag says makes no difference to the faces that there are, and so cannot be used to flood caches. */
uint32_t language_pack(Str language);
void language_unpack(uint32_t language, char out[4]);

/* Shapes length bytes of the text from start in the fonts' buffer; clusters are offsets into the whole text. */
void buffer_shape(Fonts *fonts, const OpenFace *face, const Setting *setting, uint32_t start, uint32_t length);
bool buffer_lacks_glyphs(const Fonts *fonts); /* after buffer_shape: some character came out as .notdef */

/* UAX #14 for a text of common characters only (plain_breaks.c); false: it is none. */
bool plain_breaks(Str text, const char *language, uint8_t *breaks);

/* In joins.c: makes BREAK_LAST of breaks at spaces that hold together what they part. */
void text_join(Str text, const char *language, uint8_t *breaks);

/* Proper fractions in length bytes of the text from start (fraction.c); at most FRACTIONS_MOST, further ones stay as they are. */
#define FRACTIONS_MOST 8
typedef struct {
    uint32_t start, end; /* offsets into the whole text */
} FractionPlace;
uint32_t fractions_find(Str text, uint32_t start, uint32_t length, FractionPlace out[FRACTIONS_MOST]);

/* Divides a text that one face cannot set into fonts->stretches. */
void text_divide(Fonts *fonts, const OpenFace *face, const Setting *setting);

/* Adds the places between Thai words to what UAX #14 says. */
void thai_breaks(Str text, uint8_t *breaks);

/* What a face is asked for besides what HarfBuzz asks for by itself, for `length` bytes of the text from `start`; yields how many. */
enum { FEATURES_MAX = 11 + FRACTIONS_MOST };
unsigned features_of(const Setting *setting, uint32_t start, uint32_t length, hb_feature_t out[FEATURES_MAX]);

/* Whether a "t" stays apart from a letter behind it that the face would join to it. */
static inline bool plain_t_holds(const OpenFace *face, unsigned features) {
    return face->plain_t && !(features & SHAPE_NO_LIGATURES);
}
static inline bool joins_t(uint32_t c) { return c == 't' || c == 'i' || c == 'f' || (c >= 0xEC && c <= 0x24F); }

/* The vocabulary of a face, features and a language; the place in it of a text: its word, or NULL, where the caller puts a new one with word_keep(),
 * with room for its glyphs and one more. */
Vocabulary *vocabulary_find(Fonts *fonts, const OpenFace *face, unsigned features, uint32_t language);
Word *vocabulary_at(const Vocabulary *vocabulary, Str text, uint32_t hash);
Word *word_keep(Fonts *fonts, Vocabulary *vocabulary, Str text, uint32_t hash, uint32_t glyph_count, Glyph **glyphs);
uint32_t word_hash(Str text);

/* A word of no more than WORD_CHARACTERS characters that may be put together: what they are, and where each begins. */
enum { WORD_CHARACTERS = 64 };
typedef struct {
    uint32_t count;
    bool latin; /* it has letters */
    uint8_t clusters[WORD_CHARACTERS];
    uint16_t slots[WORD_CHARACTERS];
} PlainWord;
bool word_read(Str text, PlainWord *out); /* false: it is none */
Assembly *assembly_new(Arena *arena, const OpenFace *face, const Setting *setting, bool latin);
/* Its glyphs and their advance; yields how many there are, 0: HarfBuzz has to be asked. */
uint32_t word_assemble(Arena *arena, Assembly *assembly, const PlainWord *word, Glyph glyphs[WORD_CHARACTERS], int32_t *advance);

#endif
