/* tree: the document tree, which both outputs are made from.
 *
 * A Tree is made by read/, remade by resolve/, and changed by nobody afterwards. Nodes are numbered densely in reading order
 * (document = 0, a node before its children), so that what a later stage learns about a node lies in an array indexed by
 * node->number. Text lies in leaves only. Everything lives on the document's arena.
 *
 * Node kinds are listed once, in KINDS below; tree_kind() gives the row. Adding a kind is one line here plus its reader and
 * its layout.
 */
#ifndef BRIEF_TREE_H
#define BRIEF_TREE_H

#include "base/base.h"

typedef uint32_t NodeNumber;
#define NODE_NONE UINT32_MAX

/* What may stand where: a BLOCK holds blocks, a TEXT_BLOCK holds inlines, a BLOCK_LEAF is a block that holds nothing, an INLINE holds
 * inlines, a LEAF is an inline that holds nothing. One exception: a FIGURE holds its IMAGE directly, before its text blocks. */
typedef enum { LEVEL_BLOCK, LEVEL_TEXT_BLOCK, LEVEL_BLOCK_LEAF, LEVEL_INLINE, LEVEL_LEAF } KindLevel;

/* KIND(constant, name in dumps and sheets, level, PDF structure type, XHTML element, epub:type, ARIA role)
 * PDF types: ISO 32000-1 §14.8.4. "" means none of its own: its children stand in the parent (PDF), or no element (XHTML).
 * epub:type and role: EPUB Structural Semantics 1.1, DPUB-ARIA 1.1; never one without the other where a role exists.
 * Where the type depends on the node (H1…H6, TH or TD, ol or ul), the backend refines what stands here. */
#define KINDS(KIND) \
    KIND(DOCUMENT, "document", LEVEL_BLOCK, "Document", "body", "", "") \
    KIND(TITLE_BLOCK, "title-block", LEVEL_BLOCK, "", "header", "", "") \
    KIND(TITLE, "title", LEVEL_TEXT_BLOCK, "H1", "h1", "", "") \
    KIND(SUBTITLE, "subtitle", LEVEL_TEXT_BLOCK, "P", "p", "subtitle", "doc-subtitle") \
    KIND(STANDFIRST, "standfirst", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(BYLINE, "byline", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(DATELINE, "dateline", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(SECTION, "section", LEVEL_BLOCK, "Sect", "section", "", "") \
    KIND(HEADING, "heading", LEVEL_TEXT_BLOCK, "H", "h", "", "") \
    KIND(PARAGRAPH, "paragraph", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(BLOCK_QUOTE, "block-quote", LEVEL_BLOCK, "BlockQuote", "blockquote", "", "") \
    KIND(LIST, "list", LEVEL_BLOCK, "L", "ul", "", "") \
    KIND(ITEM, "item", LEVEL_BLOCK, "LI", "li", "", "") \
    KIND(CODE_BLOCK, "code-block", LEVEL_BLOCK_LEAF, "Code", "pre", "", "") \
    KIND(RULE, "rule", LEVEL_BLOCK_LEAF, "", "hr", "", "") \
    KIND(TABLE, "table", LEVEL_BLOCK, "Table", "table", "", "") \
    KIND(TABLE_ROW, "table-row", LEVEL_BLOCK, "TR", "tr", "", "") \
    KIND(TABLE_CELL, "table-cell", LEVEL_TEXT_BLOCK, "TD", "td", "", "") \
    KIND(FIGURE, "figure", LEVEL_BLOCK, "Figure", "figure", "", "") /* IMAGE, then CAPTION, CREDIT, DESCRIPTION: those that it has */ \
    KIND(FIGURES, "figures", LEVEL_BLOCK, "Div", "div", "", "") /* FIGUREs side by side; value: how many in a row */ \
    KIND(CAPTION, "caption", LEVEL_TEXT_BLOCK, "Caption", "figcaption", "", "") \
    KIND(CREDIT, "credit", LEVEL_TEXT_BLOCK, "P", "p", "", "") /* who made the image, or whose it is */ \
    KIND(DESCRIPTION, "description", LEVEL_TEXT_BLOCK, "P", "p", "", "") /* generated: a LINK to where the image is described at length */ \
    KIND(DIV, "div", LEVEL_BLOCK, "Div", "div", "", "") \
    KIND(PULL_QUOTE, "pull-quote", LEVEL_BLOCK, "BlockQuote", "aside", "pullquote", "doc-pullquote") \
    KIND(PULL_COPY, "pull-copy", LEVEL_TEXT_BLOCK, "", "aside", "", "") /* repeats the words of a SPAN.pull-quote: an artifact */ \
    KIND(ATTRIBUTION, "attribution", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(BOX, "box", LEVEL_BLOCK, "Sect", "aside", "", "") /* box, summary, related, note…: node->variant says which */ \
    KIND(BOX_TITLE, "box-title", LEVEL_TEXT_BLOCK, "P", "p", "", "") \
    KIND(NOTES, "notes", LEVEL_BLOCK, "Sect", "section", "endnotes", "doc-endnotes") /* `notes: end`: heading, then the notes */ \
    KIND(NOTE, "note", LEVEL_BLOCK, "Note", "li", "", "") /* in NOTES; else right after the block (of a section or the document) that first refers to it */ \
    KIND(CONTENTS, "contents", LEVEL_BLOCK, "TOC", "ol", "", "") /* generated: entries in order; variant: contents, tables, figures */ \
    KIND(CONTENTS_ENTRY, "contents-entry", LEVEL_TEXT_BLOCK, "TOCI", "li", "", "") /* one LINK: words, then PAGE_REFERENCE; value: depth from 1 */ \
    KIND(DEFINITION_LIST, "definition-list", LEVEL_BLOCK, "L", "dl", "", "") \
    KIND(DEFINITION_GROUP, "definition-group", LEVEL_BLOCK, "LI", "div", "", "") /* TERMs, then DEFINITIONs */ \
    KIND(TERM, "term", LEVEL_TEXT_BLOCK, "Lbl", "dt", "", "") \
    KIND(DEFINITION, "definition", LEVEL_BLOCK, "LBody", "dd", "", "") \
    KIND(FRONT, "front", LEVEL_BLOCK, "Sect", "section", "", "") /* generated: pages before the text; variant: cover, verso, members */ \
    KIND(FRONT_LINE, "front-line", LEVEL_TEXT_BLOCK, "P", "p", "", "") /* class: publisher, committee, session, ordered, reference, published, … */ \
    KIND(STATUS, "status", LEVEL_TEXT_BLOCK, "P", "p", "", "") /* generated notice; class: marking, embargo, draft */ \
    KIND(PAGE_BREAK, "page-break", LEVEL_BLOCK_LEAF, "", "", "", "") \
    KIND(LINE_BREAK, "line-break", LEVEL_LEAF, "", "br", "", "") \
    KIND(TEXT, "text", LEVEL_LEAF, "", "", "", "") \
    KIND(CODE, "code", LEVEL_LEAF, "Code", "code", "", "") \
    KIND(EMPHASIS, "emphasis", LEVEL_INLINE, "", "em", "", "") \
    KIND(STRONG, "strong", LEVEL_INLINE, "", "strong", "", "") \
    KIND(STRIKE, "strike", LEVEL_INLINE, "", "s", "", "") \
    KIND(SUBSCRIPT, "subscript", LEVEL_INLINE, "", "sub", "", "") \
    KIND(SUPERSCRIPT, "superscript", LEVEL_INLINE, "", "sup", "", "") \
    KIND(SMALL, "small", LEVEL_INLINE, "", "small", "", "") \
    KIND(KEYBOARD, "keyboard", LEVEL_INLINE, "", "kbd", "", "") \
    KIND(MARK, "mark", LEVEL_INLINE, "", "mark", "", "") \
    KIND(CITE, "cite", LEVEL_INLINE, "", "cite", "", "") \
    KIND(QUOTE, "quote", LEVEL_INLINE, "Quote", "q", "", "") /* its marks are TEXT, made by resolve */ \
    KIND(ABBREVIATION, "abbreviation", LEVEL_INLINE, "Span", "abbr", "", "") /* attribute title: the expansion */ \
    KIND(SPAN, "span", LEVEL_INLINE, "Span", "span", "", "") \
    KIND(LINK, "link", LEVEL_INLINE, "Link", "a", "", "") \
    KIND(IMAGE, "image", LEVEL_LEAF, "Figure", "img", "", "") \
    KIND(PAGE_REFERENCE, "page-reference", LEVEL_LEAF, "", "span", "", "") /* the page of its target: the layout knows its text */ \
    KIND(NOTE_REFERENCE, "note-reference", LEVEL_LEAF, "Reference", "a", "noteref", "doc-noteref")

typedef enum {
#define KIND(constant, name, level, pdf, xhtml, epub, role) NODE_##constant,
    KINDS(KIND)
#undef KIND
    NODE_KIND_COUNT
} NodeKind;

typedef struct {
    const char *name;
    KindLevel level;
    const char *pdf, *xhtml, *epub_type, *role;
} Kind;
const Kind *tree_kind(NodeKind kind);
bool tree_kind_find(Str name, NodeKind *out);

typedef struct {
    Str key, value;
} Attribute;

typedef enum { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } ColumnAlign;
typedef enum { TASK_NONE, TASK_OPEN, TASK_DONE } TaskState;

/* What most nodes have nothing of. Those that have none of it share one record, so that it can always be read; it is written by way of node_more(). */
typedef struct {
    Str id;             /* author's {#id}, else derived by resolve for whatever can be a target; empty = none */
    Str language;       /* BCP 47, as set on this node; empty = the parent's (tree_language()) */
    Str variant;        /* BOX, DIV: its name ("box", "summary", "related", "note", …); CODE_BLOCK: the info string's first word */
    Str *classes;       /* without the name that chose the kind */
    Attribute *attributes; /* key=value pairs other than id, class, lang */
    uint16_t class_count, attribute_count;
    Str target;     /* LINK: an address, or "#id". IMAGE: the file as written. NOTE_REFERENCE: "#" and the note's id. NOTE: "#" and the id of the
                     * first reference to it, the way back; empty if nothing refers to it. PULL_COPY: "#" and the id of the SPAN whose words it repeats */
    Str label;      /* PARAGRAPH: its number as it hangs in the margin ("34."), empty if it has none; then value is the number.
                     * NOTE: its mark, when that is not its number ("a.": the address of a link, on paper).
                     * HEADING, CAPTION: the number that its words begin with ("1.2", "Table 3:"), a TEXT of its own; CONTENTS_ENTRY: the same, in its LINK */
    Str title;      /* LINK, IMAGE: the title. BLOCK_QUOTE…: empty. IMAGE in a FIGURE: empty, it has become the CAPTION */
} NodeMore;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    NodeNumber number; /* dense, in reading order; set by tree_number() */
    Node *parent, *first, *last, *next, *previous;
    const NodeMore *more; /* never NULL */
    Str text;       /* TEXT, CODE, CODE_BLOCK: what it says; white space in TEXT is single spaces (U+0020), and a soft line break is
                     * one of them; never at both sides of a boundary between leaves, at an end of a text block or beside a LINE_BREAK; a TEXT
                     * is never empty. NOTE_REFERENCE, NOTE: empty; the number is `value`.
                     * IMAGE: the alternative text, plain. */
    uint32_t line, column; /* where it begins in its source; 0 when made from nothing the author wrote there */
    int32_t value;  /* HEADING: level 1 to 6. LIST: first number. ITEM: its number. NOTE, NOTE_REFERENCE: the number. TABLE: columns. FIGURES: figures in a row */
    uint8_t align;  /* ColumnAlign of a TABLE_CELL */
    uint8_t task;   /* TaskState of an ITEM */
    bool generated : 1; /* made by resolve, not written by the author */
    bool artifact : 1;  /* repeats words that stand elsewhere: drawn, but neither tagged nor read out (then so is all below) */
    bool ordered : 1;   /* LIST */
    bool tight : 1;     /* LIST: its paragraphs are set without space between */
    bool header : 1;    /* TABLE_ROW: in the table's head. TABLE_CELL: a header cell */
    bool has_alt : 1;   /* IMAGE: the author gave alternative text, or marked it {.decorative} (then text is empty) */
};

/* Where the value of a key of the front matter stands. */
typedef struct {
    const char *key;
    uint32_t line, column;
} MetaPlace;

/* From the front matter, and completed by resolve. Empty = not given. */
typedef struct {
    Str title, subtitle, standfirst, description, publisher, reference, rights, marking, embargo, draft, style, language;
    bool embargo_known; /* the embargo is a moment; it ends at embargo_ends, in seconds since 1970 */
    int64_t embargo_ends;
    Str date;          /* YYYY, YYYY-MM or YYYY-MM-DD when the author's date is one, else empty */
    Str date_text;     /* as it is to be shown */
    Str *authors;
    Str *keywords;
    uint32_t author_count, keyword_count;
    Str session, ordered, published, committee, logo, logo_alt; /* front of a report: lines as the author wrote them; the logo's file */
    Str *verso;        /* paragraphs of the page behind the cover */
    Str *members;      /* "Name, office": the page of members or authors */
    Str *hyphenation;  /* words as they are divided: "re-cord"; without a hyphen: never */
    uint32_t verso_count, member_count, hyphenation_count;
    bool cover;        /* a cover page of its own */
    bool toc, list_of_tables, list_of_figures, paragraph_numbers, number_sections;
    bool notes_at_end; /* `notes: end`; else at the foot of the page */
    int32_t toc_depth; /* 1 to 6; default 2 */
    int32_t recommendations; /* 1 gather at the end (default when there are any), 0 do not */
    bool smart;        /* default true */
    bool title_known;  /* false: the title is a stand-in (the file's name), claims that need one are lost */
    uint32_t title_line, title_column; /* where the title was given */
    MetaPlace *places; /* of the keys that were given */
    uint32_t place_count;
} Meta;

/* <!-- brief: allow CODE -->: what is found at lines from `from` to `to` and has that code is not told by `brief check`. */
typedef struct {
    Str code;
    uint32_t line, column; /* of the comment */
    uint32_t from, to;     /* 0 to UINT32_MAX: the whole document, and what has no line */
} Allowance;

/* What an abbreviation is short for, as the author says: *[NHS]: National Health Service. resolve/ finds where it is said. */
typedef struct {
    Str term, expansion;
    Str language; /* of where it was explained; empty = the document's */
    uint32_t line, column;
} Abbreviation;

typedef struct {
    Arena *arena;
    const Source *source;
    Meta meta;
    struct {
        Abbreviation *items;
        uint32_t count, capacity;
    } abbreviations;
    struct {
        Allowance *items;
        uint32_t count, capacity;
    } allowances;
    Node *root;
    NodeNumber count; /* nodes; set by tree_number() */
    Node **nodes;     /* by number; set by tree_number() */
} Tree;

/* Building: used by read/ and resolve/ only. */
Tree *tree_new(Arena *arena, const Source *source);
Node *node_new(Arena *arena, NodeKind kind, uint32_t line, uint32_t column);
extern const NodeMore node_nothing_more;
NodeMore *node_more(Arena *arena, Node *node); /* its own record, to be written to */
void node_append(Node *parent, Node *child);
void node_prepend(Node *parent, Node *child);
void node_insert_before(Node *node, Node *sibling);
void node_insert_after(Node *node, Node *sibling);
void node_unlink(Node *node);
Node *node_copy(Arena *arena, const Node *node);       /* deep; the copies have no parent and no id */
Node *node_copy_whole(Arena *arena, const Node *node); /* with ids: to take the place of what is copied */
void node_add_class(Arena *arena, Node *node, Str name);
void node_add_attribute(Arena *arena, Node *node, Str key, Str value);
void tree_number(Tree *tree); /* numbers all nodes in reading order and fills nodes[] */

/* Reading. Walking never recurses: depth of the document is not depth of the C stack. */
Node *node_next(const Node *node, const Node *top);      /* next in reading order inside top; NULL at the end */
Node *node_next_after(const Node *node, const Node *top); /* the same, but skips node's children */
Node *node_next_block(const Node *node, const Node *top); /* the same, but does not go into text blocks: the next block, or image of a figure */
bool node_has_class(const Node *node, const char *name);
Str node_attribute(const Node *node, const char *key); /* empty when absent */
bool node_is_artifact(const Node *node);               /* it or an ancestor */
const Node *node_ancestor(const Node *node, NodeKind kind); /* nearest of that kind, itself included, or NULL */
Str tree_language(const Tree *tree, const Node *node); /* never empty: "en-GB" at last */
Place node_place(const Tree *tree, const Node *node);
Place meta_place(const Tree *tree, const char *key); /* of a key of the front matter; of the whole file when it was not given */
/* The words of a node as plain text: leaves joined, line breaks as spaces, images as their alternative text; artifacts,
 * notes' marks and blocks that were added are left out. */
Str node_text(Arena *arena, const Node *node);

/* Places inside a leaf (places.c): for questions in about the order of the text. */
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

bool text_is_single_spaced(Str text); /* its white space is single spaces; perhaps at an end, too */

/* Marks round a quotation and one inside it, in a language (quote_marks.c). */
typedef struct {
    const char *language; /* a tag, or its beginning */
    const char *open, *close, *inner_open, *inner_close;
} QuoteMarks;
const QuoteMarks *quote_marks(Str language); /* English ones where it is not known */
bool language_is(Str language, const char *range); /* "fr" is French as spoken anywhere; "" is any */

/* "tree" and "resolved" stages of `brief dump`: one node a line, indented by depth. Stable: golden files hold it. */
void tree_dump(const Tree *tree, Buf *out);
/* Checks every rule that this header states (links between nodes, levels, white space); BUG() when one does not hold. */
void tree_verify(const Tree *tree);

#endif
