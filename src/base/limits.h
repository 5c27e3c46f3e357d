/* How much a document may ask for. Each limit is generous for real work, can be set with `--limit NAME=VALUE`, and speaks when it is passed: an error
 * with a place, which names the limit. Nothing is cut silently, and nothing crashes: what is refused is not set, and gives no file.
 *
 * They hold for the process: the command line sets them before the first document is read, and before a thread or a worker begins. What a
 * document may take in time and memory is held to by the workers that make it: --time-limit, --memory-limit.
 */
#ifndef BRIEF_BASE_LIMITS_H
#define BRIEF_BASE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#define LIMIT_KB ((uint64_t)1 << 10)
#define LIMIT_MB ((uint64_t)1 << 20)
#define LIMIT_GB ((uint64_t)1 << 30)
#define LIMIT_BYTES NULL /* the unit of a size */

/* L(name here, name of the option, code, usual, least, most, unit, what it bounds, how one is told that it is passed) */
#define LIMITS(L) \
    L(INPUT_SIZE, "input-size", "file-large", 256 * LIMIT_MB, 64, LIMIT_GB, LIMIT_BYTES, "a file that is read: the document, what it names", \
        "it is larger than") \
    L(FRONT_MATTER, "front-matter", "front-matter-size", LIMIT_MB, 16, 64 * LIMIT_MB, LIMIT_BYTES, "the front matter", \
        "the front matter is larger than") \
    L(LINE_LENGTH, "line-length", "line-size", 16 * LIMIT_MB, 16, LIMIT_GB, LIMIT_BYTES, "a line of the document", "this line is longer than") \
    L(HEADING_LENGTH, "heading-length", "heading-size", 16 * LIMIT_KB, 16, LIMIT_MB, LIMIT_BYTES, "a heading, or the title", \
        "a heading is longer than") \
    L(BLOCK_NESTING, "block-nesting", "nesting", 100, 1, 200, "levels", "lists, quotations and boxes in each other", \
        "lists, quotations and boxes are nested deeper than") \
    L(INLINE_NESTING, "inline-nesting", "nesting", 100, 1, 200, "levels", "emphasis, links and spans in each other", \
        "emphasis, links and spans are nested deeper than") \
    L(TABLE_COLUMNS, "table-columns", "table-size", 400, 1, 10000, "columns", "the columns of a table", "a table has more than") \
    L(TABLE_CELLS, "table-cells", "table-size", 4000000, 1, 1000000000, "cells", "the cells of all tables", "the tables have more than") \
    L(EMPTY_CELLS, "empty-cells", "table-size", 50000, 1, 1000000000, "cells", "the cells that rows lack, in all tables", \
        "the rows of the tables lack more than") \
    L(NOTES, "notes", "notes-many", 100000, 1, 10000000, "notes", "the notes", "the document has more than") \
    L(REFERENCES, "references", "references-size", 64 * LIMIT_MB, 64, LIMIT_GB, LIMIT_BYTES, "long addresses that links refer to, each time", \
        "the addresses that links refer to come to more than") \
    L(FILES, "files", "files-many", 5000, 1, 9000, "files", "the files that a document names", "the document names more than") \
    L(IMAGE_PIXELS, "image-pixels", "image-large", 100000000, 1, 1000000000, "pixels", "an image", "it has more than") \
    L(ALL_PIXELS, "all-pixels", "image-large", 15000000000, 1, 1000000000000, "pixels", "all images together", "the images have more than") \
    L(PAGES, "pages", "pages-many", 100000, 1, 1000000, "pages", "the pages of the PDF", "the document has more than") \
    L(OUTPUT_SIZE, "output-size", "output-size", 2000 * LIMIT_MB, 1024, 4000 * LIMIT_MB, LIMIT_BYTES, "a PDF or EPUB that is made", \
        "what would be made is larger than")

#define LIMIT_CONSTANT(constant, ...) LIMIT_##constant,
typedef enum { LIMITS(LIMIT_CONSTANT) LIMIT_COUNT } Limit;
#undef LIMIT_CONSTANT

typedef struct {
    const char *name, *code;
    uint64_t usual, least, most;
    const char *unit, *what, *excess;
} LimitAbout;

extern const LimitAbout limits_about[LIMIT_COUNT];
extern uint64_t limits_now[LIMIT_COUNT]; /* only limit_set() changes them */

static inline uint64_t limit_of(Limit limit) { return limits_now[limit]; }

#endif
