/* content: a page's content stream, operator by operator (ISO 32000-1 §7.8.2, §9.4, §14.6).
 *
 * Positions are kept as the reader of the file will have them, in thousandths of a point, so that nothing drifts; within a line of
 * glyphs they are millionths of the font size, and a correction is written where the shaped position and the widths in
 * the font differ by more than half a thousandth: kerning, justification, offsets all come out of that.
 */
#ifndef BRIEF_PDF_CONTENT_H
#define BRIEF_PDF_CONTENT_H

#include "pdf/spelling.h"

typedef struct {
    Rect rect;
    Colour colour;
} Stroke;

typedef struct {
    Arena *arena;
    const FontSet *fonts; /* with a code for all that will be shown */
    Buf out;
    bool *font_used; /* by face index: on this page */
    Lu height; /* of the page */
    bool in_text; /* between BT and ET */
    /* what the reader of the file has set */
    const Font *font;
    Lu size;
    int64_t spacing, rise; /* Tc, Ts: thousandths of a point */
    int32_t expansion; /* Tz: ten-thousandths above or below 100 %; what follows and Tc are in the text space that it widens */
    bool has_colour;
    Colour colour;
    int64_t line_x, line_y; /* start of the line, as Td has left it */
    int64_t pen; /* from there, in millionths of the size */
    GlyphRoom room; /* for those of the run under way */
    Buf shown; /* operand of the TJ under way */
    bool string_open, adjusted;
    struct {
        Stroke *items; /* underlines and the like: drawn when the page is complete, so that they stand in no text */
        uint32_t count, capacity;
    } strokes;
} Content;

void content_open(Content *content, Arena *arena, const FontSet *fonts);
void content_page(Content *content, Lu height, bool *font_used); /* begins a page: what was there is gone */
void content_finish(Content *content); /* ends it: underlines */

void content_mark_begin(Content *content, const char *tag, uint32_t mcid);
void content_artifact_begin(Content *content, ArtifactKind kind, const Rect *box); /* where it lies, or NULL */
void content_mark_end(Content *content);

void content_run(Content *content, const Run *run, bool ends_line);
void content_fill(Content *content, Rect rect, Colour colour);
/* Draws an image XObject in a rectangle. */
void content_image(Content *content, uint32_t name, Rect rect);

/* A run's width without the space that hangs beyond the measure at a line's end. */
Lu run_visible_width(const Run *run, bool ends_line);

#endif
