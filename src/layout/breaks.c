/* breaks: the best set of lines for a whole paragraph.
 *
 * Knuth and Plass (1981): every place where a line can end is a state, reached by the cheapest way; active states are those from
 * which a line can still be made. Line numbers matter only as long as the measure varies from line to line (beside a
 * pull-quote); after that all ways to one place compete. Ragged text has rigid spaces, and what counts is how far each line falls
 * short of the measure; justified text stretches and shrinks its spaces, and lines next to each other should be alike (fitness
 * classes). No more than two hyphens follow each other: ways to one place that end in one and in two are states of their own.
 * It is tried first without dividing words, then with, each time with lines that are no worse than a tolerance; only where that cannot be
 * had is every line allowed. So there are no more hyphens than are good for something, and few states. Rejected: first fit, which leaves
 * one line very short because the one before was filled; a stretchable right margin alone, which does not mind wedges; and hyphens in one
 * go, which divides a word for a line that was good enough.
 * Where the sheet lets glyphs expand, a line first gives by up to 2 % of its width, as in pdfTeX (Thành, "Micro-typographic extensions to
 * the TeX typesetting system", 2000): the eye does not see it, and the spaces need do only the rest.
 * A paragraph can be had in more lines or fewer than it is best (TeX's \looseness), for a page that has room to fill.
 */
#include "layout/compose.h"

#define DEMERITS_STEP 1500.0 /* ragged: a long line next to a short one, for each unit of difference */
#define DEMERITS_CLASS 10000.0 /* justified: a tight line next to a loose one */
#define DEMERITS_LAST_SHORT 30000.0 /* a last line shorter than a word or two: LAST_SHORT ems */
#define LAST_SHORT 5
#define DEMERITS_HYPHENS 8000.0 /* two hyphens in a row */
#define DEMERITS_HYPHEN_LAST 5000.0 /* the last line but one ends in a hyphen */
#define DEMERITS_HYPHENS_MANY 5e10 /* more of them than HYPHENS_MOST: only where a line would else stand out of the measure */
#define DEMERITS_OVERFULL 1e12
#define DEMERITS_LINE 10.0 /* of the best of lines, before they are squared */
#define DEMERITS_LEAST (DEMERITS_LINE * DEMERITS_LINE)
#define BADNESS_CUBIC 10000.0
#define BADNESS_MOST 100000.0
#define HYPHENS_MOST 2 /* in a row */

/* How bad the worst line may be, as line_ratio() has it: for words whole, for words divided. */
#define RAGGED_WHOLE 4 /* ragged lines that are less than this part of the measure short are good enough with words whole */
#define TOLERANCE_WHOLE_JUSTIFIED 1.35
#define TOLERANCE 1.5
#define TOLERANCE_NONE 1e9
#define RAGGED_IN 9 /* the same, in so many lines as are wanted */
#define TOLERANCE_IN 1.2

#define EXPANSION_MOST 200 /* ten-thousandths: more can be seen */
#define RAGGED_EMS 2.0
#define GLYPHS_COST 0.05 /* of what they give, as if spaces gave it: of two lines that fit, the one that fits by itself */

typedef enum { FITNESS_TIGHT, FITNESS_EVEN, FITNESS_LOOSE, FITNESS_WIDE, FITNESS_COUNT } Fitness;

typedef struct {
    uint32_t item; /* the line after it begins here */
    uint32_t line; /* lines so far */
    uint32_t previous; /* state, or NO_INDEX */
    Lu width, spaces; /* of all items before `item`, and of the glue among them */
    Lu hang; /* how far a line that begins here stands out to the left */
    double demerits;
    double ratio; /* of the line that ends here */
    uint8_t fitness;
    uint8_t hyphens; /* lines in a row that end in one */
} State;

/* A state from which a line can still be made, with what is asked at every place. */
typedef struct {
    uint32_t state, line;
    Lu from, spaces; /* where the line's width begins, what hangs left out; and its spaces */
    double demerits; /* the state's */
} Active;

struct LineRoom {
    Arena *arena;
    struct {
        State *items;
        uint32_t count, capacity;
    } states;
    struct {
        Active *items;
        uint32_t count, capacity;
    } active; /* fewer lines first */
    uint32_t waiting; /* this state and those after it are not active yet */
};

LineRoom *line_room_new(Arena *arena) {
    LineRoom *room = NEW(arena, LineRoom);
    room->arena = arena;
    return room;
}

/* As PUSH, without a call as long as there is room. */
#define ADD(room, list, T)                                                                                                       \
    ((room)->list.count < (room)->list.capacity ? &(room)->list.items[(room)->list.count++]                                      \
                                                : PUSH((room)->arena, &(room)->list, T))

typedef struct {
    LineRoom *room;
    const Paragraph *p;
    const Style *style;
    const Measure *measure;
    bool justified;
    Fitness loosest; /* the last of the classes that its lines can have; the first is FITNESS_TIGHT, or in ragged text the last */
    double expansion; /* the part of a line's width that its glyphs can give */
    double ragged_give; /* what a ragged line may well fall short */
    Lu width, spaces; /* of all items before the place that is tried, and of the glue among them */
    Lu narrowest; /* of all lines */
    Lu nearest; /* where the first line from an active state begins */
    bool hangs; /* punctuation */
    double tolerance;
    int64_t reach; /* what a ragged line in the narrowest measure may lack within the tolerance */
    bool failed; /* no line within the tolerance */
    bool last_long; /* a short last line is as bad as none */
    uint32_t wanted; /* lines; 0: as many as are best, or nothing is known of them */
    int64_t total, least, most; /* of the text; what a line that is not the last takes of it; what any can */
} Breaker;

static bool expands(const Style *style) { return style->expand && (style->align == TEXT_JUSTIFY || style->align == TEXT_LEFT); }

/* How a line of natural width `width` stands in `measure`: 0 is perfect, 1 the most one likes; below -1 it does not fit. Spaces stretch
 * and shrink as TeX's do; a ragged line may fall short two ems. What its glyphs can give costs next to nothing. */
static double line_ratio(const Breaker *b, Lu width, Lu spaces, Lu measure) {
    double lack = (double)(measure - width), glyphs = width * b->expansion;
    double rest = lack > glyphs ? lack - glyphs : lack < -glyphs ? lack + glyphs : lack * GLYPHS_COST;
    if (!b->justified) {
        if (lack >= 0) return rest / b->ragged_give;
        return lack < -glyphs ? -2 : 0;
    }
    double give = rest >= 0 ? spaces * 0.5 : spaces * 0.33;
    if (give > 0) return rest / give;
    return rest < 0 ? -2 : rest / (b->style->size * 0.125);
}

int32_t line_expansion(const Style *style, Lu width, Lu measure, bool forced) {
    int64_t share = measure - width, most = (int64_t)width * EXPANSION_MOST / 10000;
    if (!expands(style) || width <= 0 || (forced && share > 0)) return 0;
    if (share > most) share = most;
    if (share < -most) share = -most;
    return (int32_t)(share * 10000 / width);
}

/* Badness grows fast, then slowly: lines can be so bad that there is nothing in it, and none is a reason for what is worse than any line. */
static double line_demerits(double ratio, int32_t penalty) {
    double r = ratio < 0 ? -ratio : ratio, badness = 100.0 * r * r * r;
    if (badness > BADNESS_CUBIC) badness = BADNESS_CUBIC + 1000.0 * r;
    if (badness > BADNESS_MOST) badness = BADNESS_MOST;
    double sum = DEMERITS_LINE + badness + penalty;
    return sum * sum;
}

static Fitness line_fitness(const Breaker *b, double ratio) {
    if (!b->justified) return FITNESS_EVEN;
    return ratio < -0.5 ? FITNESS_TIGHT : ratio <= 0.5 ? FITNESS_EVEN : ratio <= 1 ? FITNESS_LOOSE : FITNESS_WIDE;
}

static uint8_t hyphens_after(const State *s, bool hyphen) {
    if (!hyphen) return 0;
    return s->hyphens < HYPHENS_MOST ? (uint8_t)(s->hyphens + 1) : HYPHENS_MOST;
}

static void state_add(Breaker *b, const State *state) {
    State *added = ADD(b->room, states, State);
    *added = *state;
    if (b->hangs) added->hang = hang_before(b->p, state->item);
}

static void state_activate(Breaker *b, uint32_t index) {
    LineRoom *room = b->room;
    const State *s = &room->states.items[index];
    Lu from = s->width + s->hang;
    ADD(room, active, Active);
    uint32_t at = room->active.count - 1;
    for (; at && room->active.items[at - 1].line > s->line; at--) room->active.items[at] = room->active.items[at - 1];
    room->active.items[at] = (Active){index, s->line, from, s->spaces, s->demerits};
    if (from < b->nearest) b->nearest = from;
}

/* The cost of going from state `s` to a line of ratio `ratio` that ends at `item` (NULL: the paragraph's end). */
static double way_demerits(const Breaker *b, const State *s, const Item *item, double ratio, Lu width) {
    bool forced = !item || item->kind == ITEM_FORCED, hyphen = item && item->hyphen, after_line = s->previous != NO_INDEX;
    double d = s->demerits + line_demerits(ratio, item ? item->penalty : 0);
    if (after_line && !forced) {
        double step = ratio - s->ratio;
        int classes = (int)line_fitness(b, ratio) - s->fitness;
        if (!b->justified)
            d += DEMERITS_STEP * (step < 0 ? -step : step);
        else if (classes > 1 || classes < -1)
            d += DEMERITS_CLASS;
    }
    if (forced && after_line && width < b->style->size * LAST_SHORT) d += b->last_long ? DEMERITS_OVERFULL : DEMERITS_LAST_SHORT;
    if (forced && s->hyphens) d += DEMERITS_HYPHEN_LAST;
    if (hyphen && s->hyphens) d += s->hyphens < HYPHENS_MOST ? DEMERITS_HYPHENS : DEMERITS_HYPHENS_MANY;
    return d;
}

typedef struct {
    uint32_t previous; /* state, or NO_INDEX */
    uint8_t hyphens;
    double demerits, ratio;
} Way;

/* The best ways to one place, in so many lines: by the fitness of the last, and whether it is the second in a row with a hyphen. */
typedef struct {
    Way ways[FITNESS_COUNT][HYPHENS_MOST];
    double least; /* demerits of the best of all */
} Best;

static Fitness tightest(const Breaker *b) { return b->justified ? FITNESS_TIGHT : b->loosest; }

static void best_clear(const Breaker *b, Best *best) {
    for (Fitness f = tightest(b); f <= b->loosest; f++)
        for (int h = 0; h < HYPHENS_MOST; h++) best->ways[f][h].previous = NO_INDEX;
    best->least = 0;
}

static void best_offer(Best *best, Fitness fitness, Way way) {
    Way *place = &best->ways[fitness][way.hyphens > 1];
    if (place->previous == NO_INDEX || way.demerits < place->demerits) *place = way;
    if (best->least <= 0 || way.demerits < best->least) best->least = way.demerits;
}

/* Whether as many lines as are wanted can come of a way: those that are left are all full but for the last, and none is too full. */
static bool may_go_on(const Breaker *b, uint32_t lines, Lu width) {
    int64_t left = (int64_t)b->wanted - lines, rest = b->total - width;
    return !b->wanted || (rest >= b->least * (left - 1) && rest <= b->most * left);
}

/* A way that costs more than another, by more than its ending can ever be better, need not be followed. */
static void best_take(Breaker *b, const Best *best, State state) {
    if (best->least <= 0) return;
    for (Fitness f = tightest(b); f <= b->loosest; f++)
        for (int h = 0; h < HYPHENS_MOST; h++) {
            const Way *way = &best->ways[f][h], *one = &best->ways[f][0];
            if (way->previous == NO_INDEX || way->demerits > best->least + DEMERITS_CLASS + DEMERITS_HYPHENS) continue;
            if (h && one->previous != NO_INDEX && one->demerits <= way->demerits) continue;
            state.line = b->room->states.items[way->previous].line + 1;
            if (!may_go_on(b, state.line, state.width)) continue;
            state.previous = way->previous;
            state.demerits = way->demerits;
            state.ratio = way->ratio;
            state.fitness = (uint8_t)f;
            state.hyphens = way->hyphens;
            state_add(b, &state);
        }
}

/* A line narrower than that, by what it lacks, is worse than the tolerance for certain; so most ways are known at once to be none yet. */
static double lack_most(const Breaker *b, Lu spaces, Lu measure) {
    if (b->tolerance >= TOLERANCE_NONE || (b->justified && spaces <= 0)) return TOLERANCE_NONE;
    double give = b->justified ? spaces * 0.5 : b->ragged_give;
    return b->tolerance * give + measure * b->expansion + 1;
}

/* Where a line must begin to be no worse than the tolerance. */
static int64_t line_farthest(const Breaker *b, Lu width_to, Lu spaces, Lu measure) {
    if (!b->justified && measure == b->narrowest) return width_to - measure + b->reach;
    return width_to - measure + (int64_t)lack_most(b, spaces, measure);
}

/* From a state so near to the place there is no line yet; nor is there from those after it, which are nearer. */
static bool state_waits(const Breaker *b, const State *s, Lu width_to) {
    Lu spaces = b->spaces - s->spaces, least = b->style->size / 4 + 1; /* a line without spaces gives as much: line_ratio() */
    return s->width > line_farthest(b, width_to, spaces > least ? spaces : least, b->narrowest);
}

static void states_activate(Breaker *b, Lu width_to, bool all) {
    LineRoom *room = b->room;
    while (room->waiting < room->states.count && (all || !state_waits(b, &room->states.items[room->waiting], width_to)))
        state_activate(b, room->waiting++);
}

/* Tries every active state as the beginning of a line that ends before item `end`, at `item`; `next` is the first item of the line after
 * it. */
static void place_try(Breaker *b, uint32_t end, uint32_t next, const Item *item) {
    LineRoom *room = b->room;
    bool forced = !item || item->kind == ITEM_FORCED, hyphen = item && item->hyphen, justified = b->justified;
    Lu width_to = b->width + (hyphen ? b->p->hyphen_width : 0);
    states_activate(b, width_to, forced);
    if (!room->active.count || (!forced && !justified && b->nearest > line_farthest(b, width_to, 0, b->narrowest))) return;
    if (b->hangs) width_to -= hang_after(b->p, end, hyphen);
    bool glue = item && item->kind == ITEM_GLUE;
    State after = {.item = next, .width = b->width + (glue ? item->width : 0), .spaces = b->spaces + (glue ? item->width : 0)};
    uint32_t kept = 0, longest = NO_INDEX;
    Lu nearest = INT32_MAX;
    Best best;
    for (uint32_t a = 0; a < room->active.count;) {
        /* A group: states after which the next line has the same number, or at least the same shape. */
        uint32_t line = room->active.items[a].line;
        Lu measure = shape_at(b->measure, line).width;
        int64_t farthest = line_farthest(b, width_to, 0, measure);
        bool offered = false;
        for (; a < room->active.count; a++) {
            const Active active = room->active.items[a];
            if (active.line != line && line < b->measure->count) break;
            if (justified) farthest = line_farthest(b, width_to, b->spaces - active.spaces, measure);
            /* In ragged text the best way so far may be better than one can be whatever its line is like. */
            bool lost = active.from > farthest || (offered && !justified && !hyphen && width_to - active.from <= measure &&
                                                      active.demerits + DEMERITS_LEAST >= best.ways[FITNESS_EVEN][0].demerits);
            if (lost && !forced) {
                if (kept != a) room->active.items[kept] = active;
                kept++;
                if (active.from < nearest) nearest = active.from;
                continue;
            }
            Lu width = width_to - active.from;
            const State *s = &room->states.items[active.state];
            double ratio = line_ratio(b, width, b->spaces - active.spaces, measure);
            bool fits = ratio >= -1.0;
            if (forced && ratio > 0) ratio = 0;
            bool many = hyphen && s->hyphens >= HYPHENS_MOST && b->tolerance < TOLERANCE_NONE;
            if (fits && ratio <= b->tolerance && !many) {
                if (!offered) best_clear(b, &best);
                offered = true;
                Way way = {active.state, hyphens_after(s, hyphen), way_demerits(b, s, item, ratio, width), ratio};
                best_offer(&best, line_fitness(b, ratio), way);
            } else if (!fits && (longest == NO_INDEX || s->item >= room->states.items[longest].item)) {
                longest = active.state;
            }
            /* Too long for this place is too long for all later ones; and nothing goes past a forced end. */
            if (!fits || forced) continue;
            room->active.items[kept++] = active;
            if (active.from < nearest) nearest = active.from;
        }
        if (offered) best_take(b, &best, after);
    }
    room->active.count = kept;
    b->nearest = nearest;
    if (!kept && room->waiting == room->states.count) { /* nothing fits: the line stands out of the measure */
        b->failed = true;
        if (b->tolerance < TOLERANCE_NONE || longest == NO_INDEX) return;
        const State *s = &room->states.items[longest];
        after.line = s->line + 1;
        after.previous = longest;
        after.demerits = s->demerits + DEMERITS_OVERFULL;
        after.fitness = FITNESS_EVEN;
        after.hyphens = hyphens_after(s, hyphen);
        state_add(b, &after);
    }
}

/* The state at the end of the best way within the tolerance; NO_INDEX if there is none. */
static uint32_t way_find(Breaker *b, uint32_t from, bool divide, double tolerance) {
    LineRoom *room = b->room;
    uint32_t count = b->p->list.count;
    room->states.count = room->active.count = room->waiting = 0;
    b->width = b->spaces = 0;
    b->tolerance = tolerance;
    b->reach = (int64_t)lack_most(b, 0, b->narrowest);
    b->nearest = INT32_MAX;
    b->failed = false;
    state_add(b, &(State){.item = from, .previous = NO_INDEX, .fitness = FITNESS_EVEN});
    bool ended = false; /* a forced end was the last item: there is no further line */
    for (uint32_t i = from; i < count; i++) {
        const Item *item = &b->p->list.items[i];
        if (item->kind == ITEM_BOX) {
            b->width += item->width;
            continue;
        }
        bool skipped = (item->hyphen && !divide) || (item->penalty >= PENALTY_LAST && tolerance < TOLERANCE_NONE);
        if (!skipped) {
            ended = item->kind == ITEM_FORCED && i + 1 == count;
            if (item->kind == ITEM_FORCED || item->kind == ITEM_BREAK || item->breakable)
                if (i > from || item->kind == ITEM_FORCED) place_try(b, i, i + 1, item);
            if (b->failed && tolerance < TOLERANCE_NONE) return NO_INDEX;
        }
        if (item->kind != ITEM_GLUE) continue;
        b->width += item->width;
        b->spaces += item->width;
    }
    if (!ended) place_try(b, count, count, NULL);
    states_activate(b, b->width, true);
    if (b->failed && tolerance < TOLERANCE_NONE) return NO_INDEX;
    uint32_t best = NO_INDEX;
    for (uint32_t a = 0; a < room->active.count; a++) {
        uint32_t state = room->active.items[a].state;
        if (best == NO_INDEX || room->states.items[state].demerits < room->states.items[best].demerits) best = state;
    }
    return best;
}

/* Whether the last line is so short that dividing a word may be better. */
static bool last_is_short(const Breaker *b, uint32_t way) {
    const State *s = &b->room->states.items[way];
    if (s->line < 2) return false;
    Lu width = s->width - b->room->states.items[s->previous].width;
    return width < b->style->size * LAST_SHORT;
}

static uint32_t way_best(Breaker *b, uint32_t from, bool hyphens) {
    bool ragged = !b->justified;
    double whole = ragged ? b->measure->rest.width / (b->style->size * RAGGED_EMS * RAGGED_WHOLE) : TOLERANCE_WHOLE_JUSTIFIED;
    uint32_t way = hyphens ? way_find(b, from, false, whole) : NO_INDEX;
    if (way != NO_INDEX && (ragged || !last_is_short(b, way))) return way;
    way = way_find(b, from, true, ragged ? whole : TOLERANCE);
    return way != NO_INDEX ? way : way_find(b, from, true, TOLERANCE_NONE);
}

static Breaker breaker_new(LineRoom *room, const Paragraph *p, const Style *style, const Measure *measure) {
    Breaker b = {.room = room, .p = p, .style = style, .measure = measure, .hangs = hangs_punctuation(p, style)};
    b.justified = style->align == TEXT_JUSTIFY;
    b.loosest = b.justified ? FITNESS_WIDE : FITNESS_EVEN;
    b.expansion = expands(style) ? EXPANSION_MOST / 10000.0 : 0;
    b.ragged_give = style->size * RAGGED_EMS;
    b.narrowest = measure->rest.width;
    for (uint32_t i = 0; i < measure->count; i++)
        if (measure->lines[i].width < b.narrowest) b.narrowest = measure->lines[i].width;
    return b;
}

static LineBreaks way_lines(Arena *arena, const Breaker *b, uint32_t way) {
    if (way == NO_INDEX) return (LineBreaks){0};
    const State *states = b->room->states.items;
    uint32_t count = states[way].line;
    LineBreaks lines = {NEW_ARRAY(arena, LineBreak, count), count, count};
    for (uint32_t s = way, line = count; line-- > 0; s = states[s].previous) {
        const State *state = &states[s], *before = &states[state->previous];
        LineBreak *made = &lines.items[line];
        *made = (LineBreak){.from = before->item,
            .to = state->item,
            .hyphen = state->hyphens > 0,
            .shape = shape_at(b->measure, line),
            .hang_left = before->hang};
        if (!b->hangs) continue;
        uint32_t end = made->to > made->from && b->p->list.items[made->to - 1].kind != ITEM_BOX ? made->to - 1 : made->to;
        made->hang_right = hang_after(b->p, end, made->hyphen);
    }
    return lines;
}

static bool has_hyphens(const Paragraph *p, uint32_t from) {
    for (uint32_t i = from; p->divided && i < p->list.count; i++)
        if (p->list.items[i].hyphen) return true;
    return false;
}

/* The whole of it in one line, with room to spare: nothing can be better. */
static bool fits_one_line(const Paragraph *p, uint32_t from, Lu width) {
    for (uint32_t i = from; i < p->list.count; i++) {
        if (p->list.items[i].kind == ITEM_FORCED) return false;
        width -= p->list.items[i].width;
        if (width < 0) return false;
    }
    return true;
}

static LineBreaks lines_best(
    Arena *arena, LineRoom *room, const Paragraph *p, const Style *style, uint32_t from, const Measure *measure) {
    Breaker b = breaker_new(room, p, style, measure);
    if (fits_one_line(p, from, shape_at(measure, 0).width)) {
        LineBreaks lines = {NEW(arena, LineBreak), 1, 1};
        *lines.items = (LineBreak){.from = from, .to = p->list.count, .shape = shape_at(measure, 0)};
        if (b.hangs) lines.items->hang_left = hang_before(p, from);
        if (b.hangs) lines.items->hang_right = hang_after(p, p->list.count, false);
        return lines;
    }
    return way_lines(arena, &b, way_best(&b, from, has_hyphens(p, from)));
}

/* What is known of lines if there are to be `count`. Not where some end as they must, or where spaces give. */
static void lines_wanted(Breaker *b, uint32_t count, Lu measure) {
    int64_t give = (int64_t)(measure * b->expansion + b->style->size * 2);
    if (b->justified) return;
    for (uint32_t i = 0; i < b->p->list.count; i++) {
        if (b->p->list.items[i].kind == ITEM_FORCED) return;
        b->total += b->p->list.items[i].width;
    }
    b->least = measure - (int64_t)lack_most(b, 0, measure) - give;
    b->most = measure + give;
    b->wanted = count;
}

LineBreaks lines_in(Arena *arena, LineRoom *room, const Paragraph *p, const Style *style, Shape shape, uint32_t count) {
    if (p->code || !count) return (LineBreaks){0};
    Measure each = {NEW_ARRAY(arena, Shape, count), count, shape}; /* so that ways with more lines are ways of their own */
    for (uint32_t i = 0; i < count; i++) ((Shape *)each.lines)[i] = shape;
    Breaker b = breaker_new(room, p, style, &each);
    b.last_long = true;
    bool ragged = !b.justified;
    b.tolerance = ragged ? shape.width / (style->size * RAGGED_EMS * RAGGED_IN) : TOLERANCE_IN;
    lines_wanted(&b, count, shape.width);
    if (!may_go_on(&b, 0, 0)) return (LineBreaks){0};
    way_find(&b, 0, !ragged, b.tolerance);
    if (b.failed) return (LineBreaks){0};
    uint32_t best = NO_INDEX;
    for (uint32_t a = 0; a < room->active.count; a++) {
        uint32_t state = room->active.items[a].state;
        const State *states = room->states.items;
        if (states[state].line == count && (best == NO_INDEX || states[state].demerits < states[best].demerits)) best = state;
    }
    return best == NO_INDEX || last_is_short(&b, best) ? (LineBreaks){0} : way_lines(arena, &b, best);
}

LineBreaks lines_choose(
    Arena *arena, LineRoom *room, const Paragraph *p, const Style *style, uint32_t from, const Measure *measure) {
    if (from >= p->list.count) return (LineBreaks){0};
    return p->code ? lines_first_fit(arena, p, style, from, measure) : lines_best(arena, room, p, style, from, measure);
}
