/* structure: the structure tree (ISO 32000-1 §14.7, §14.8), walked from the document and never from the pages: a paragraph cut by
 * a page is one element.
 *
 * First structure_new() says which elements a document has and which of them owns the content of which node; then marks.h gives every
 * marked-content sequence of the pages to one of them; then structure_close() leaves out those that drew nothing and puts
 * each element's children in order. What comes out is written as objects (structure_write.c) or as text (tags_dump.c).
 */
#ifndef BRIEF_PDF_STRUCTURE_H
#define BRIEF_PDF_STRUCTURE_H

#include "layout/layout.h"
#include "pdf/syntax.h"

typedef uint32_t ElementNumber;
#define ELEMENT_NONE UINT32_MAX
#define KID_NONE UINT32_MAX

/* A node may have more than one element: an item is LI with Lbl and LBody; the number of a note is a Lbl with a Link, the way back to the first
 * reference; the number of an entry of the contents is a Lbl beside its Reference; the first entry of a deeper level of the contents has the TOC of that level round it, the first row of a table's head or
 * body the THead or TBody. */
typedef enum { PART_OUTER, PART_WHOLE, PART_LABEL, PART_LABEL_LINK, PART_INNER } ElementPart;

typedef struct {
    const Node *node;
    const char *type; /* standard structure type: no role map is needed */
    ElementNumber parent; /* ELEMENT_NONE: the structure tree root's */
    ElementPart part;
    bool kept; /* it or something in it was drawn */
    uint32_t first_kid, last_kid; /* KID_NONE: no children */
    Ref ref; /* its object, once there is one */
} Element;

typedef enum { KID_ELEMENT, KID_MARK, KID_ANNOTATION } KidKind;
typedef struct {
    KidKind kind;
    uint32_t value; /* number of the element, mark or link area */
    uint32_t next;
} Kid;

typedef struct {
    Arena *arena;
    const Layout *layout;
    Element *items; /* in reading order: a parent before its children */
    uint32_t count, capacity;
    struct {
        Kid *items;
        uint32_t count, capacity;
    } kids;
    ElementNumber *first; /* by node number, and one more: how many elements the nodes before it have */
    ElementNumber *owner; /* by node number: the element its content and its children belong to; ELEMENT_NONE in artifacts */
    ElementNumber *link; /* by node number: the Link that it stands in, or ELEMENT_NONE */
    StrMap *targets; /* id → Node */
} Structure;

Structure *structure_new(Arena *arena, const Layout *layout);
static inline Element *element_at(const Structure *s, ElementNumber number) { return &s->items[number]; }

/* The element that a label (bullet, number of a note or paragraph) of this node belongs to. */
ElementNumber structure_label(const Structure *s, const Node *node);

/* The Link that a run stands in, or ELEMENT_NONE. */
ElementNumber structure_link(const Structure *s, const Run *run);

/* Whether elements begin between two nodes that have none of their own, the first of them earlier in reading order. */
bool structure_between(const Structure *s, NodeNumber earlier, NodeNumber later);

/* The longest address of a link: a string of PDF/A, when every byte must be written as three (%C3). */
#define STRUCTURE_ADDRESS_LIMIT (SYNTAX_STRING_LIMIT / 3)

/* Where a link of any kind leads: a node that was set, or else an address; false: nowhere, and it is no link. */
bool structure_link_target(const Structure *s, const Node *link, const Node **node, Str *address);

/* What is said instead of a label that is a sign: a task's box; empty where its own text says it. */
Str element_label_words(const Structure *s, const Element *e);

/* The picture that an element of type Figure stands for; NULL when it is no Figure. */
const Node *element_image(const Element *e);

/* How far the words of a subscript or superscript stand above those round them, or below (negative); 0 for anything else. */
Lu element_shift(const Structure *s, const Element *e);

/* Whether it states that its words are struck out. */
bool element_is_struck(const Structure *s, const Element *e);

/* The language to state on an element: empty when it is the one it stands in. */
Str element_language(const Structure *s, const Element *e);

/* A list's ListNumbering (Table 347). */
const char *element_list_numbering(const Structure *s, const Element *e);

/* A header cell's Scope (Table 349): "Column" in the table's head, else "Row"; "Both" where the head meets a column of headers. */
const char *element_scope(const Element *e);

/* An identifier that no other element has; empty where none is needed. */
Str element_id(const Structure *s, const Element *e);

#endif
