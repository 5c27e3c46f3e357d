/* text: fonts, fallback, shaping, where a line may break, and which way it runs. The only room that knows HarfBuzz, FriBidi,
 * libunibreak, libthai and libhyphen.
 *
 * Faces are TrueType, embedded in the program or a document's own, opened when first used. A word is shaped once for a face and language and then
 * comes from a cache. Characters that the chosen face lacks come from the fallback faces in a fixed order.
 * Glyph metrics are in font units (face->units_per_em); everything else is in Lu.
 */
#ifndef BRIEF_TEXT_H
#define BRIEF_TEXT_H

#include "base/base.h"

typedef enum { FAMILY_SANS, FAMILY_SERIF, FAMILY_MONO, FAMILY_COUNT } Family;

typedef struct {
    int index;            /* dense; the order in which faces are listed in the program, then that in which documents bring them */
    Str name;             /* PostScript name */
    Str file;             /* the whole TrueType file */
    int32_t units_per_em;
    int32_t ascent, descent; /* descent is negative */
    int32_t cap_height, x_height;
    int32_t underline_position, underline_thickness; /* position: centre of the stroke, negative = below the baseline */
    int32_t strike_position, strike_thickness;       /* the same, above the baseline */
    int32_t bbox[4];      /* head table: xMin yMin xMax yMax */
    int32_t italic_angle; /* degrees, counter-clockwise */
    uint32_t glyph_count;
    int32_t space_advance;
    uint16_t space_glyph;
    bool bold, italic, serif, fixed_pitch;
    uint32_t weight;      /* OS/2 usWeightClass */
} Face;

typedef struct Fonts Fonts;
Fonts *fonts_open(void); /* cheap: faces are read when first used. One per process; keeps its caches across documents. */
void fonts_close(Fonts *fonts); /* and its companions */
size_t fonts_memory(const Fonts *fonts); /* bytes that it and its companions have taken so far */
/* The companion number `which` (from 0 on) of `fonts`, for another thread: the same faces, under the same pointers, and caches of its own. Given
 * out by the thread that has `fonts`, after fonts_use(), while no companion is at work; what was given before is given again. Each may be used
 * by one thread at a time. What they say is the same; words that are shaped by one are other pointers from another, and live as long as `fonts`. */
Fonts *fonts_companion(Fonts *fonts, uint32_t which);
uint32_t fonts_count(const Fonts *fonts);               /* faces known so far, opened or not: index < count */
const Face *fonts_face(Fonts *fonts, Family family, bool bold, bool italic);

/* A document's own faces: TrueType files that font_file_fault() finds no fault with, by family and style. A family that has one has a
 * regular one; for other styles that it lacks the nearest stands in, for characters that a face lacks the program's own. */
enum { FACE_BOLD = 1, FACE_ITALIC = 2, FACE_STYLES = 4 };
typedef struct {
    Str file[FAMILY_COUNT][FACE_STYLES]; /* empty: none */
} OwnFaces;
/* From now on fonts_face() gives these; with NULL the program's own. Faces that were given before stay. `own` need not live on. Not for a
 * companion. */
void fonts_use(Fonts *fonts, const OwnFaces *own);

/* Why a font file cannot be used (font_file.c). */
typedef enum {
    FONT_SOUND,
    FONT_LARGE,          /* over 32 MB */
    FONT_NOT_TRUETYPE,
    FONT_POSTSCRIPT,     /* OpenType with CFF outlines */
    FONT_COLLECTION,     /* several faces in one file */
    FONT_WEB,            /* WOFF */
    FONT_NO_OUTLINES,
    FONT_NO_SPACE,       /* no character map, or one without a space */
    FONT_DAMAGED,
    FONT_RESTRICTED,     /* OS/2 fsType: no embedding, bitmaps only, no subsets */
    FONT_BITMAP_ONLY,
    FONT_WHOLE_ONLY,
    FONT_RIGHTS_UNKNOWN, /* no OS/2 table */
} FontFault;
FontFault font_file_fault(Str file);
Str font_file_family(Arena *arena, Str file); /* the name of its family; may be empty, and hold anything that is UTF-8 */
int32_t face_advance(const Face *face, uint16_t glyph); /* nominal horizontal advance */

typedef struct {
    uint32_t cluster; /* offset of its first byte in the text that was shaped */
    uint16_t id;      /* 0: .notdef, no face has the character */
    int16_t advance;  /* as shaped (kerning is in it) */
    int16_t dx, dy;   /* offset from the pen, y upwards */
} Glyph;

/* A piece of shaped text in one face and one direction. Glyphs are in visual order: clusters do not decrease in text from left to
 * right, and do not increase in text from right to left. A default ignorable (soft hyphen, zero-width space, joiner…) has no
 * glyph: its bytes belong to the cluster before it, at the beginning to the one after it; a run may have no glyph at all. */
typedef struct {
    const Face *face;
    const Glyph *glyphs;
    uint32_t glyph_count;
    uint32_t start, length; /* bytes of the shaped text that it covers; clusters are offsets into the whole text */
    int32_t advance;        /* sum of its glyphs' advances */
} ShapedRun;

/* Runs are in the order of the text. */
typedef struct {
    const ShapedRun *runs;
    uint32_t run_count;
    bool missing; /* some glyph is .notdef */
    bool spaced;  /* it is one run, behind whose glyphs lies one more, of a space after it: that of the text " ", its cluster being the text's length */
} Shaped;

/* Features, where the face has them (small capitals: the serif only). Monospace implies no ligatures. Figures are lining ones unless
 * old-style ones are asked for. Fractions: "1/2" is drawn as a fraction and remains three characters (fraction.c says which are). A text is
 * shaped from left to right unless SHAPE_RIGHT_TO_LEFT says that its level is odd: text_levels() tells. */
enum {
    SHAPE_TABULAR = 1,
    SHAPE_NO_LIGATURES = 2,
    SHAPE_SMALL_CAPITALS = 4,
    SHAPE_OLD_STYLE = 8,
    SHAPE_FRACTIONS = 16,
    SHAPE_RIGHT_TO_LEFT = 32,
    SHAPE_SUPERSCRIPTS = 64, /* drawn as such, to be set at the size of what is round them: text_has_feature() says whether a face has them */
    SHAPE_SUBSCRIPTS = 128
};

/* Shapes a word (text between spaces, or any short text; with spaces, too). The result lives as long as `fonts` and is shared:
 * equal arguments give the same pointer. `language` is BCP 47; its primary subtag counts. Any bytes are allowed; white space of any
 * kind is set as a space. */
const Shaped *text_shape(Fonts *fonts, const Face *face, unsigned features, Str language, Str text);
/* Whether the face itself has every character of a text in the form that `feature` (one of SHAPE_…) asks for besides `features`. */
bool text_has_feature(Fonts *fonts, const Face *face, unsigned features, unsigned feature, Str language, Str text);
int32_t text_advance_lu(const Face *face, int32_t units, Lu size); /* font units at a size, in Lu, rounded to nearest */

/* UAX #9. A paragraph runs as its language does; in a language that runs from left to right, as its first strong letter does. */
bool language_is_right_to_left(Str language); /* BCP 47, with a script if the tag names one */
typedef enum { STRONG_NONE, STRONG_LEFT_TO_RIGHT, STRONG_RIGHT_TO_LEFT } Strong;
Strong text_strong(Str text); /* its first strong letter */
bool text_is_right_to_left(Str language, Str text);
/* Bytes of a paragraph that have a direction of their own, as if RLI or LRI stood before them and PDI behind; in the order of their beginnings, an
 * outer one before those in it. One that is not over when its line is ends there. */
typedef struct {
    uint32_t start, end;
    bool right_to_left;
} Isolate;
/* The level of each byte of a paragraph; odd ones run from right to left. False, and nothing is written, if all are 0. */
bool text_levels(Arena *scratch, Str text, bool right_to_left, const Isolate *isolates, uint32_t count, uint8_t *levels);
/* The pieces of a line by their levels, white space at its end having the paragraph's: which of them stands where, from left to right. */
void levels_order(const uint8_t *levels, uint32_t count, uint32_t *order);

/* The script of a character, as the four letters of ISO 15924 packed into a number; 0 for what several scripts share (digits, spaces, marks). */
#define SCRIPT(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define SCRIPT_LATIN SCRIPT('L', 'a', 't', 'n')
uint32_t character_script(uint32_t c);
const char *script_name(uint32_t script); /* in English: "Cyrillic"; "another" when it has no name here */
/* Whether a language (BCP 47) is written in a script: in the one that its tag names, or those that are usual. True where that is not known. */
bool language_has_script(Str language, uint32_t script);

/* Where a line may break: for each byte of `text`, BREAK_… says what may happen after it. UAX #14 by libunibreak, words in Thai by libthai, and ours: never
 * after a hyphen that begins a word, inside an address only at sensible places (after "/", before "?", "&", "#", "="…). After
 * the last byte it is BREAK_NO, unless the text ends in a line feed. */
typedef enum {
    BREAK_NO,
    BREAK_MAY,
    BREAK_MUST,
    BREAK_LAST,   /* a space that holds together what it parts ("12 March", "5 km"): only where nothing else will do */
    BREAK_HYPHEN, /* inside a word, with a hyphen that is not in the text: text_hyphenate() */
    BREAK_HYPHEN_NAME, /* the same, in a word with a capital, where nouns have none: better another one */
} BreakKind;
void text_breaks(Str text, Str language, uint8_t *breaks); /* breaks[text.n] is the caller's */

/* Words that a document's author divides as they say: "re-cord"; without a hyphen ("Huawei"), never. NULL where there are none. */
typedef struct HyphenExceptions HyphenExceptions;
HyphenExceptions *hyphen_exceptions(Arena *arena, const Str *words, uint32_t count);
/* The first of them at or behind `at`, which is no place inside a word: text[from, to), and behind how many of its bytes it may be divided. */
typedef struct {
    size_t from, to;
    const uint8_t *ends;
    uint32_t count;
} DividedWord;
bool hyphen_exceptions_next(const HyphenExceptions *own, Str text, size_t at, DividedWord *out);
/* Marks with BREAK_HYPHEN… where words of text[from, to) may be divided, of what is BREAK_NO so far. Words that go on beyond it are left
 * whole; so are all words of a language without patterns, unless they are among the author's. */
void text_hyphenate(
    Fonts *fonts, const HyphenExceptions *own, Str language, Str text, uint32_t from, uint32_t to, uint8_t *breaks);

/* A subset of a face that holds only the glyphs marked in `used` (1 or 0 for each glyph id, face->glyph_count of them) and glyph 0. */
typedef struct {
    Str file;               /* a TrueType file */
    const uint16_t *new_id; /* by old glyph id; 0 for those not used */
    uint32_t glyph_count;   /* of the subset */
} Subset;
bool face_subset(Arena *arena, const Face *face, const uint8_t *used, Subset *out); /* false: HarfBuzz failed */

#endif
