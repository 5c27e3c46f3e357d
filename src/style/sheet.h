/* A style sheet as it was read: rules with their declarations, before any node is styled. Private to style/. */
#ifndef BRIEF_STYLE_SHEET_H
#define BRIEF_STYLE_SHEET_H

#include "style/properties.h"

/* ---- Values (value.c) -------------------------------------------------------------------------------------------- */

typedef enum { UNIT_LU, UNIT_EM, UNIT_LINE } Unit; /* pt, mm, cm and in are turned into Lu when read */

#define MILLION 1000000
typedef struct {
    Unit unit;
    int64_t amount; /* in Lu, or in millionths of an em or a line */
} Length;

typedef struct {
    Str name; /* of one in the sheet's `colours`; empty: it is rgb */
    Place at;
    Colour rgb;
} ColourValue;

typedef struct {
    int32_t choice; /* TYPE_BOOL and the enumerations */
    Length length; /* lengths, and a border's width */
    bool has_colour;
    ColourValue colour;
} Value;

/* What is wrong with a value: a sentence, and what to write instead. */
typedef struct {
    Str message, hint;
} Problem;

bool value_read(Arena *arena, PropertyType type, Str text, Place at, Value *out, Problem *problem);
bool colour_read(Arena *arena, Str text, Place at, ColourValue *out, Problem *problem);
bool colour_find_name(Str name, Colour *out);
Str colour_name_at(uint32_t index); /* empty behind the last */
Str value_choices(PropertyType type, uint32_t index); /* the names a choice may have; empty behind the last */
Lu length_compute(Length length, Lu em, Lu grid);

/* ---- Selectors and rules (selector.c) ------------------------------------------------------------------------------ */

/* In the order in which the style dump shows them. */
typedef enum {
    PSEUDO_NONE,
    PSEUDO_RUNNING_HEAD,
    PSEUDO_RUNNING_FOOT,
    PSEUDO_MARKER,
    PSEUDO_PARAGRAPH_NUMBER,
    PSEUDO_NOTE_AREA,
    PSEUDO_MARKING,
    PSEUDO_WATERMARK,
    PSEUDO_COUNT
} Pseudo;
Str pseudo_name(Pseudo pseudo);
const Style **pseudo_style(Styles *styles, Pseudo pseudo); /* where `styles` keeps it */
#define KIND_ANY NODE_KIND_COUNT

typedef struct {
    NodeKind kind; /* KIND_ANY: only classes are given */
    uint8_t level; /* of a heading or an entry of the contents; 0: any */
    Pseudo pseudo;
    Str *classes;
    uint32_t class_count;
    uint32_t *class_ids; /* of each class, in Sheet.classes; set when the sheet is finished */
} Part;

#define SELECTOR_PARTS 3
typedef struct {
    Part parts[SELECTOR_PARTS + 1]; /* outermost first; the last is the node itself. Room for one more: css_nested.c */
    uint32_t part_count;
    uint32_t specificity;
} Selector;

typedef struct {
    PropertyId property;
    Value value;
} Declaration;

typedef struct {
    Declaration *items;
    uint32_t count, capacity;
} Declarations;

typedef struct {
    Selector selector;
    const Declarations *declarations;
    uint32_t first_bit; /* in a State: part i matched some ancestor, after those before it, is bit first_bit + i */
} Rule;

bool selector_read(Arena *arena, Str text, Selector *out, Problem *problem);

/* How the EPUB writes a part: alternatives, to which the part's classes are added, except the one that the element tells already.
 * None: it has no element there. */
#define CSS_ALTERNATIVES 6
uint32_t part_css(const Part *part, const char *out[CSS_ALTERNATIVES], Str *dropped);
/* What is added behind the last part: an entry of the contents holds the deeper ones in XHTML, so its own words are its link. */
const char *part_css_tail(const Part *part);
uint8_t node_level(const Node *node); /* what “heading-2” and “contents-entry-2” count; 0: its kind has no levels */
Str node_kind_class(const Node *node); /* its variant, where that counts as a class; else empty */

/* ---- One file (read.c) and a chain of them (sheet.c) --------------------------------------------------------------- */

enum { SLOT_LEFT, SLOT_CENTRE, SLOT_RIGHT, SLOT_COUNT };

typedef struct {
    PagePropertyId property;
    uint32_t slot; /* TYPE_FURNITURE: which third `text` is for */
    Str text;
    Value value;
} PageDeclaration;

typedef struct {
    Str name;
    ColourValue value;
} NamedColour;

typedef struct {
    Str name; /* empty: there is none */
    Place at;
} FaceFile;

/* A family of the sheet's own faces; without any file it is the program's own again. */
typedef struct {
    Family family;
    Place at;
    FaceFile files[FACE_STYLES];
} FaceFamily;

typedef struct {
    const Source *source;
    Str name, description;
    Str extends;
    Place extends_at;
    struct {
        Rule *items;
        uint32_t count, capacity;
    } rules;
    struct {
        PageDeclaration *items;
        uint32_t count, capacity;
    } page;
    struct {
        NamedColour *items;
        uint32_t count, capacity;
    } colours;
    struct {
        FaceFamily *items;
        uint32_t count, capacity;
    } families;
} SheetFile;

/* Reads one file's text. False when it has errors; all of them are reported. */
bool sheet_file_read(Arena *arena, Diags *d, const Source *source, SheetFile *out);
Str folder_of(Str path); /* of a sheet: "." where its path names none */

struct Sheet {
    Arena *arena;
    Str name, description;
    PageStyle page;        /* as the sheet says */
    PageStyle shown_page;  /* and in its variant */
    Variant variant;
    Lu body_size; /* as the sheet says; set with the variant */
    Style initial; /* every property's initial value */
    Rule *rules; /* weakest first */
    uint32_t rule_count;
    StrMap *classes; /* a class that some rule names → its id (uint32_t *), from 1 */
    uint32_t class_count;
    uint32_t bit_count; /* of a State */
    struct {
        SheetInput *items;
        uint32_t count, capacity;
    } inputs;
    bool has_faces;
    OwnFaces faces;
    Str family_names[FAMILY_COUNT]; /* as its own faces call themselves; empty: it has none */
};

/* ---- The sheet's own faces (faces.c) --------------------------------------------------------------------------------- */

Str face_style_name(uint32_t style); /* as a sheet calls it; empty behind the last */
/* Reads the faces that a chain of sheets names, the sheet itself first. False when a file could not be read. */
bool sheet_faces_open(Diags *d, const Root *root, const SheetFile *files, uint32_t count, Sheet *out);

/* ---- Computing (cascade.c, property.c) ----------------------------------------------------------------------------- */

/* The style of a lone node of this kind directly below the document: what CSS needs to know beforehand. */
void sheet_style_of_kind(const Sheet *sheet, NodeKind kind, Style *out);
void sheet_style_of_pseudo(const Sheet *sheet, Pseudo pseudo, Style *out);
void property_apply(const Property *property, const Value *value, const Style *parent, Lu grid, Style *style);
void property_inherit(const Property *property, const Style *from, Style *to);
bool property_equal(const Property *property, const Style *a, const Style *b);
void property_serialise(const Property *property, const Style *style, Buf *out);
void property_print(const Property *property, const void *record, Buf *out); /* as a sheet would say it; Style or PageStyle */

/* ---- Variants (vary.c) --------------------------------------------------------------------------------------------- */

/* What the cascade knows besides the style. */
typedef struct {
    NodeKind kind;
    Pseudo pseudo;
    bool emphasised;     /* italics that an inline has and the block round it has not */
    bool in_link;        /* a link, or in one */
    bool link_by_colour; /* the same, and nothing but its colour tells it */
} Varied;

bool variant_is_none(const Variant *variant); /* as far as looks go */
void variant_style(const Sheet *sheet, const Varied *of, const Style *style, Style *out);
/* The page for this tree: the variant's, with room in the margin for numbers if there are any. */
const PageStyle *variant_page(Arena *arena, const Sheet *sheet, const Tree *tree, const Style *paragraph_number);

/* ---- Colour (colour.c) --------------------------------------------------------------------------------------------- */

/* A dark colour as black and a brighter hue: colour = hue × (100 − share) %, with as much black as leaves a hue of 4.5:1 on white. On a dark
 * page white takes the place of black; where that is too little to be read there, the share is greater, and the colour darker by day.
 * False for a colour that is paler than that already. */
bool colour_split(Colour colour, uint32_t *share, Colour *hue);

#endif
