/* Private to read/: what its files share while one document is read.
 *
 * cmark-gfm finds the blocks. Its tree is turned into ours block by block, and the inlines of a block are parsed only then, by cmark's
 * own parser on a copy of the block's text, so that every piece of text still points into that copy: this is what makes exact lines
 * and columns possible (cmark's own columns are bytes, and wrong after the first line of a block). It needs the headers that
 * Debian installs in cmark-gfm/: the library's file name carries its full version, so they fit what is linked.
 */
#ifndef BRIEF_READ_INTERNAL_H
#define BRIEF_READ_INTERNAL_H

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm/parser.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm-core-extensions.h>

#include "tree/tree.h"

/* Exported by the extensions' library, in none of its public headers. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

/* Blocks in blocks, and inlines in inlines; deeper ones are flattened, so that the tree is sound, and told: nothing is made of it. */
#define BLOCK_NESTING ((uint32_t)limit_of(LIMIT_BLOCK_NESTING))
#define INLINE_NESTING ((uint32_t)limit_of(LIMIT_INLINE_NESTING))

typedef struct {
    uint32_t line, column;
} Spot;

/* How many characters stand before a byte of a line, for the byte last asked for. */
typedef struct {
    uint32_t line;
    size_t byte, characters;
} PlaceCache;

/* A footnote's definition. */
typedef struct {
    cmark_node *definition;
    Str id;          /* "fn-LABEL" */
    Spot at;
    Node *in_place;  /* where it stands if nothing refers to it */
    bool used;       /* has its place in the list of notes */
    bool read;       /* its blocks are in the tree */
} Note;

typedef struct {
    Note **items;
    uint32_t count, capacity;
} NoteList;

typedef struct YamlValue YamlValue;

/* What cmark takes (cmark_memory.c). */
#define CMARK_SMALL 1024 /* bytes; larger pieces are powers of two */
typedef struct CmarkFree CmarkFree;
typedef struct {
    Arena *arena;
    char *step, *unused; /* taken from the arena last, and where its rest begins */
    size_t left;
    bool spilled;        /* one step was not enough */
    CmarkFree *free[CMARK_SMALL / 16 + 32]; /* given back, by size */
} CmarkMemory;

typedef struct {
    size_t from, to;
    enum { BARE_ADDRESS, BARE_WWW, BARE_MAIL } kind;
} BareLink;
typedef struct {
    BareLink *items;
    uint32_t count, capacity;
} BareLinks;

typedef enum { SCRIPT_NONE, SCRIPT_OPENS, SCRIPT_CLOSES } ScriptSign;

/* The signs of sub- and superscripts in the text that cmark is parsing. */
typedef struct {
    const BareLinks *links; /* of that text */
    size_t open[2];         /* behind the "~" and the "^" that wait for their partners; 0: none does */
} ScriptScan;

/* Addresses and titles of reference definitions that are too long to be copied for each use: cmark is given a token instead. */
typedef struct {
    Str *items;
    uint32_t count, capacity;
} LongTexts;

typedef struct {
    Arena *arena;
    Arena *nodes;          /* of the nodes alone */
    Node *spare;           /* nodes that were given up, by `next` (white_space.c) */
    Diags *d;
    const Source *source;
    Tree *tree;
    Str text;              /* the source as valid UTF-8 without NUL, without its byte order mark; line and character numbers unchanged */
    bool has_mark;         /* a byte order mark stood before it */
    uint32_t *line_starts; /* offsets into text; one more than there are lines */
    uint32_t line_count;
    PlaceCache *place_cache;
    size_t body;           /* offset of the Markdown behind the front matter */
    uint32_t body_line;    /* lines before it */
    const YamlValue *front_matter; /* NULL: none, or not readable */
    Node *related;         /* the box that the front matter asks for at the end */

    cmark_parser *parser;
    CmarkMemory blocks;    /* of all blocks */
    CmarkMemory inlines;   /* of those that are parsed at the moment */
    bool is_part;          /* others are read at the same time: parts.c */
    cmark_node *holder;    /* the block whose inlines are parsed at the moment */
    bool trailing_allowed; /* attributes may stand at the end of that block's text */
    bool plain;            /* only the words are wanted: no notes are counted */
    ScriptScan scripts;
    bool nesting_told;
    Limit nesting;         /* which of the two */
    Spot nesting_at;
    const cmark_node *notice;  /* the paragraph whose first line was "[!NOTE]" or the like */
    size_t table_cells, empty_cells; /* so far, for the guard against huge tables */
    StrMap *notes_by_id;
    LongTexts long_texts;
    uint64_t reference_bytes;  /* that they come to, each time they are used, so far */
    Spot reference_at;         /* the first use */
    NoteList notes;            /* as defined */
    NoteList used_notes;       /* in order of first reference */
} Reader;

/* ---- decode.c: bytes, lines, places ---- */
void decode_source(Reader *r);
Str decode_value(Reader *r, Str text, Spot at); /* the same for a text that escapes may have made: "\0" in YAML */
void lines_find(Reader *r);
size_t characters_count(const char *p, size_t n);
Str line_text(const Reader *r, uint32_t line); /* without its end; empty out of range */
Spot spot_at(const Reader *r, uint32_t line, size_t byte); /* byte from 0 in that line */
Spot spot_at_offset(const Reader *r, size_t offset);       /* in the whole text */
Place reader_place(const Reader *r, Spot spot);
Spot node_spot(const Reader *r, const cmark_node *node);

/* ---- The text of a block, and where each byte of it stands in the source ---- */
#define LINE_CONTINUES (-1)
typedef struct {
    int32_t *items; /* for each line of a line block, the spaces it begins with; LINE_CONTINUES: it goes on with the one before */
    uint32_t count, capacity;
    uint32_t first_line;
} LineStarts;

typedef struct {
    const char *p;
    size_t n;
    size_t whole;     /* readable bytes from p to the end of the block: lines are measured with it */
    bool fixed;       /* all of it stands at `spot` (a value in the front matter) */
    bool pipes;       /* a table cell, in which "\|" has become "|" */
    const LineStarts *lines; /* a line block; else NULL */
    size_t at;        /* the offset last asked for, and its place; to begin with 0 */
    Spot spot;
} Content;
Content content_new(const Reader *r, const char *p, size_t n, uint32_t line, size_t byte);
Content content_fixed(Str text, Spot spot);
Content content_of_lines(const Reader *r, const cmark_node *block); /* paragraph, underlined heading */
void content_skip(const Reader *r, Content *c, size_t bytes);       /* drops bytes at the beginning */
Spot content_spot(const Reader *r, Content *c, size_t offset);      /* offsets must not go back */

/* ---- attributes.c: {#id .class key=value} ---- */
size_t attributes_scan(Str s); /* bytes of the attributes that s begins with; 0: none */
void attributes_apply(Reader *r, Str raw, Node *node, Spot at);
void attribute_set(Reader *r, Node *node, Str key, Str value, Spot at); /* id, class and lang go where they belong */
void classes_add(Reader *r, Node *node, Str words);

/* ---- front_matter.c, yaml.c ---- */
struct YamlValue {
    enum { YAML_SCALAR, YAML_LIST, YAML_MAP } kind;
    Str text;           /* of a scalar */
    bool plain;         /* a scalar without quotation marks */
    Spot at;
    YamlValue *first, *next; /* members; in a map keys and values take turns */
};
/* NULL with a diagnostic when it is not YAML: with `code`, and `what` it would have been */
const YamlValue *yaml_read(Reader *r, const char *code, const char *what, Str text, uint32_t first_line);
void front_matter_find(Reader *r);
bool front_matter_smart(const Reader *r);
Str front_matter_language(const Reader *r); /* what stands there, a tag or not */
void front_matter_apply(Reader *r);

/* ---- syntax.c: what cmark-gfm is taught ---- */
cmark_parser *syntax_parser_open(Reader *r, void (*read_blocks)(Reader *));
void syntax_parse(Reader *r);
void syntax_parse_inlines(Reader *r, cmark_node *holder, cmark_mem *mem);
Str syntax_reference(Reader *r, const cmark_chunk *chunk, Spot at); /* an address or a title of a link; a copy */
bool syntax_is_div(const cmark_node *node);
bool syntax_is_closed_div(const cmark_node *node);
size_t syntax_fence(Str line, Str *name, Str *attributes); /* 0: not a div's opening fence */
ScriptSign syntax_script(const cmark_node *node); /* what a node of cmark's that holds nothing but a sign does */

/* ---- definition.c: finding definition lists for cmark, and reading them ---- */
void definition_types_add(void);
bool definition_is_list(const cmark_node *node); /* NULL is none */
bool definition_is(const cmark_node *node);
bool definition_may_contain(const cmark_node *node, cmark_node_type child);
bool definition_continues(cmark_parser *parser, unsigned char *input, int len, cmark_node *node);
cmark_node *definition_try(
    cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *parent, unsigned char *input, int len);
Node *definition_list_open(Reader *r, const cmark_node *node, Node *parent);
Node *definition_open(Reader *r, const cmark_node *node, Node *list);
void definition_terms_read(Reader *r, Node *list, Content *content);

/* ---- line_block.c ---- */
bool line_block_read(Reader *r, Node *parent, const Content *content); /* false: it is none */
void line_break_read(Reader *r, Node *parent, const LineStarts *lines, Spot at, Spot next); /* at a line's end; `next` is the next line's text */
void line_indent_read(Reader *r, Node *parent, int32_t indent, Spot next);

/* ---- script.c: sub- and superscripts ---- */
void script_scan_begin(ScriptScan *scan, const BareLinks *links);
ScriptSign script_sign(ScriptScan *scan, Str text, size_t at); /* the "~" or "^" at `at`; to be asked in order */
void script_finish(Node *node);

/* ---- abbreviations.c: takes the definitions out of a paragraph's lines ---- */
void abbreviations_read(Reader *r, const Node *parent, Content *content);

/* ---- cmark_memory.c ---- */
cmark_mem *cmark_memory_use(CmarkMemory *memory);   /* the thread takes from it from now on */
cmark_mem *cmark_memory_renew(CmarkMemory *memory); /* the same, and what was taken before is given up */
void cmark_memory_close(CmarkMemory *memory);

/* ---- blocks.c, parts.c, div.c, table.c, notes.c, html_block.c, allow.c ---- */
void blocks_read_document(Reader *r);
void blocks_read(Reader *r, cmark_node *first, const cmark_node *end, Node *parent); /* siblings up to `end` */
void parts_read(Reader *r); /* all blocks of the document */
Node *paragraph_read(Reader *r, Node *parent, NodeKind kind, Content *content); /* NULL when nothing is in it */
void nesting_tell(Reader *r, Limit limit, Spot at);
Node *div_open(Reader *r, cmark_node *node, Node *parent);
void div_close(Reader *r, cmark_node *node, Node *ours);
bool notice_find(Reader *r, cmark_node *quote, Str *variant);
void table_read(Reader *r, cmark_node *table, Node *parent);
bool caption_read(Reader *r, Node *parent, Content *content);
void notes_collect(Reader *r);
void note_read_definition(Reader *r, cmark_node *node, Node *parent);
void notes_finish(Reader *r);
void note_use(Reader *r, Note *note); /* something refers to it */
bool note_reference_read(Reader *r, Str label, Spot at, Node *parent);
void html_block_read(Reader *r, cmark_node *node, Node *parent);
void allowances_read(Reader *r, const cmark_node *node, Str comment, Spot at); /* allow.c: what is between <!-- and --> */

/* ---- cursor.c: where cmark's inlines stood in the text ---- */
typedef struct {
    const char *p;
    size_t n;
    size_t at;      /* everything before it is accounted for */
    long line_base; /* the offset that cmark's columns count from */
} Cursor;
Str chunk_str(const cmark_chunk *chunk);
bool cursor_holds(const Cursor *c, const cmark_chunk *chunk); /* is it a piece of the text itself? */
void cursor_move(Cursor *c, size_t offset);                   /* never back */
size_t cursor_find(const Cursor *c, char sign);               /* the next one, or the cursor itself */
size_t cursor_run(const Cursor *c, size_t at, char sign);     /* how many of them stand there */
/* Each returns where the node begins, and moves behind it. */
size_t cursor_text(Cursor *c, const cmark_node *node);
size_t cursor_code(Cursor *c); /* where the words inside begin */
size_t cursor_break(Cursor *c, const cmark_node *node);
void cursor_note_reference(Cursor *c, const cmark_node *node); /* which begins at the cursor: moves behind it */
void cursor_move_to_end(Cursor *c, const cmark_node *node); /* of a link, an image */

/* ---- inlines.c, tag.c, links.c, white_space.c ---- */
/* Reads the inlines of `content` into `parent`. `trailing` takes attributes at the end of the text; NULL: they are text. */
void inlines_read(Reader *r, Node *parent, Content *content, Node *trailing);
Str inlines_plain(Reader *r, Str text, Spot at);

typedef struct {
    Str name;       /* lower case; empty: a comment, a declaration, not a tag */
    bool closing, comment;
    Str attributes; /* what stands between the name and the end */
} Tag;
Tag tag_read(Arena *arena, Str literal);
bool tag_next_attribute(Arena *arena, Str *attributes, Str *key, Str *value);
bool tag_kind(Str name, NodeKind *kind); /* the elements with a plain meaning */
void tag_apply(Reader *r, const Tag *tag, Node *node, Spot at);
void tag_left_out(Reader *r, Str what, Spot at, const char *why);

void bare_links_find(Arena *arena, Str text, BareLinks *out);
size_t bare_link_trim(Str text, size_t from, size_t to); /* without the punctuation that belongs to the sentence */

#define SMART_MARK 1 /* the value of a TEXT that cmark made of a straight quotation mark, until smart_marks() */
void smart_marks(Reader *r, Node *block);  /* before leaves are joined */
void smart_spaces(Reader *r, Node *block); /* after */
void text_block_finish(Reader *r, Node *block, bool fixed);
Node *inline_new(Reader *r, NodeKind kind, Spot at); /* of one that was given up, if there is any */

#endif
