/* keep: what a finished page takes along of what was drawn for it. A page is often drawn more than once, and its lines have more room than they
 * turn out to need: kept are arrays of just the right size. */
#include "layout/compose.h"

#include <string.h>

typedef struct {
    Line *lines;
    Run *runs;
    RunPiece *pieces;
} Room;

static void room_count(const Line *lines, uint32_t count, size_t *runs, size_t *pieces) {
    for (uint32_t l = 0; l < count; l++) {
        *runs += lines[l].run_count;
        for (uint32_t r = 0; r < lines[l].run_count; r++) *pieces += lines[l].runs[r].piece_count;
    }
}

static void lines_move(Room *room, const Line *lines, uint32_t count) {
    for (uint32_t l = 0; l < count; l++) {
        Line *line = room->lines++;
        *line = lines[l];
        line->runs = room->runs;
        for (uint32_t r = 0; r < line->run_count; r++) {
            Run *run = room->runs++;
            *run = lines[l].runs[r];
            if (run->piece_count) memcpy(room->pieces, run->pieces, run->piece_count * sizeof *room->pieces);
            run->pieces = room->pieces;
            room->pieces += run->piece_count;
        }
    }
}

static Room room_new(Arena *arena, size_t lines, size_t runs, size_t pieces) {
    return (Room){NEW_ARRAY(arena, Line, lines), NEW_ARRAY(arena, Run, runs), NEW_ARRAY(arena, RunPiece, pieces)};
}

Line *lines_keep(Arena *arena, const Line *lines, uint32_t count) {
    size_t runs = 0, pieces = 0;
    room_count(lines, count, &runs, &pieces);
    Room room = room_new(arena, count, runs, pieces);
    Line *kept = room.lines;
    lines_move(&room, lines, count);
    return kept;
}

void boxes_keep(Arena *arena, LayoutBox *boxes, uint32_t count) {
    size_t lines = 0, runs = 0, pieces = 0;
    for (uint32_t b = 0; b < count; b++) {
        lines += boxes[b].line_count;
        room_count(boxes[b].lines, boxes[b].line_count, &runs, &pieces);
    }
    Room room = room_new(arena, lines, runs, pieces);
    for (uint32_t b = 0; b < count; b++) {
        const Line *drawn = boxes[b].lines;
        boxes[b].lines = room.lines;
        lines_move(&room, drawn, boxes[b].line_count);
    }
}

Run run_whole(const Run *run, Glyph *room) {
    Run whole = *run;
    if (!run->glyphs) whole.glyphs = room;
    for (uint32_t i = 0; i < run->piece_count; i++) {
        const RunPiece *piece = &run->pieces[i];
        for (uint32_t g = 0; g < piece->count; g++, room++) {
            *room = piece->glyphs[g];
            room->cluster += (uint32_t)piece->shift;
        }
    }
    return whole;
}
