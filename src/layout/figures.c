/* figures: how large images are, and figures side by side.
 *
 * Side by side, images are equally high where the author gives no widths, and fill the measure: their columns are as wide as their
 * shapes ask for, or all the same where that would leave one too narrow for its caption. Where even equal columns are too narrow
 * there are fewer of them, and at last one. Each column is filled as a page of its own, so that what stands in it obeys the same rules.
 */
#include "layout/compose.h"

#define COLUMN_EMS 8 /* the narrowest column, in ems of what stands in it */
#define ROW_LIMIT 4 /* columns */

static Lu length_of_attribute(Str value, Lu measure, Lu em) {
    size_t at = 0;
    int64_t number = 0, divisor = 1;
    bool point = false, digits = false;
    for (; at < value.n && ((value.p[at] >= '0' && value.p[at] <= '9') || (value.p[at] == '.' && !point)); at++) {
        if (value.p[at] == '.') {
            point = true;
            continue;
        }
        digits = true;
        if (number > 1000000) return 0;
        number = number * 10 + (value.p[at] - '0');
        if (point) divisor *= 10;
    }
    Str unit = str_trim(str_slice(value, at, value.n));
    if (!digits) return 0;
    int64_t thousandths = str_is(unit, "%")               ? (int64_t)measure * 10
                          : str_is(unit, "em")            ? (int64_t)em * 1000
                          : str_is(unit, "mm")            ? (int64_t)(LU_PT * 72000 / 25.4)
                          : str_is(unit, "cm")            ? (int64_t)(LU_PT * 720000 / 25.4)
                          : str_is(unit, "in")            ? (int64_t)LU_PT * 72000
                          : str_is(unit, "pt")            ? (int64_t)LU_PT * 1000
                          : str_is(unit, "px") || !unit.n ? (int64_t)LU_PT * 750
                                                          : 0;
    return (Lu)(number * thousandths / divisor / 1000);
}

Lu image_length(Diags *d, const Tree *tree, const Node *image, const char *name, Lu whole, Lu em) {
    Str attribute = node_attribute(image, name);
    Lu length = length_of_attribute(attribute, whole, em);
    if (attribute.n && length <= 0 && d)
        diag(d, DIAG_WARNING, "image-width", node_place(tree, image), "write a length such as 60%, 80mm or 300px",
            "“" STR_FMT "” is no %s", STR_ARG(attribute), name);
    return length > 0 ? length : 0;
}

/* Never larger than the measure and than most of a page, where its caption must have room, too. */
static Lu height_limit(const Composer *c) { return c->text_height * 4 / 5; }

void image_size(const Composer *c, const Node *node, const Image *image, Lu measure, Lu *width, Lu *height) {
    Lu wanted = image_length(c->diags, c->tree, node, "width", measure, style_of(c->styles, node)->size),
       high = image_length(c->diags, c->tree, node, "height", c->text_height, style_of(c->styles, node)->size);
    int64_t w = wanted > 0 ? wanted
                : high > 0 ? (int64_t)high * image->width / image->height
                           : (int64_t)image->width * 72 * LU_PT / (image->dpi ? image->dpi : 96);
    if (w > measure) w = measure;
    int64_t h = w * image->height / image->width, limit = height_limit(c);
    if (high > 0 && high < limit) limit = high;
    if (h > limit) {
        h = limit;
        w = h * image->width / image->height;
    }
    *width = w > 0 ? (Lu)w : 1;
    *height = h > 0 ? (Lu)h : 1;
}

/* ---- Planning a row ------------------------------------------------------------------------------------------------- */

typedef struct {
    const Image *image; /* NULL: it could not be loaded */
    Lu given; /* its width, 0 if it has none */
    FigureColumn *column;
} Planned;

/* Width of an image that is `height` high; one that is missing is taken for a photograph. */
static int64_t width_at(const Planned *p, int64_t height) {
    return p->image ? height * p->image->width / p->image->height : height * 4 / 3;
}

static int64_t height_at(const Planned *p, int64_t width) {
    return p->image ? width * p->image->height / p->image->width : width * 3 / 4;
}

static Lu width_given(const Composer *c, const Node *image, const Planned *p, Lu whole) {
    Lu width = image_length(c->diags, c->tree, image, "width", whole, style_of(c->styles, image)->size),
       height = image_length(c->diags, c->tree, image, "height", c->text_height, style_of(c->styles, image)->size);
    int64_t given = width ? width : width_at(p, height < height_limit(c) ? height : height_limit(c));
    return given < whole ? (Lu)given : whole;
}

static Lu least_column(const Composer *c, const Node *figures) {
    Lu size = 0;
    for (const Node *figure = figures->first; figure; figure = figure->next)
        for (const Node *words = figure->first; words; words = words->next)
            if (words->kind != NODE_IMAGE && style_of(c->styles, words)->size > size) size = style_of(c->styles, words)->size;
    return (size ? size : style_of(c->styles, figures)->size) * COLUMN_EMS;
}

/* Widths that the author gave stand, unless they are too much together; who has none gets an equal share of the rest. */
static bool widths_given(Planned *row, uint32_t count, Lu room) {
    int64_t sum = 0;
    uint32_t without = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += row[i].given;
        without += row[i].given == 0;
    }
    if (!sum) return false;
    int64_t share = without && sum < room ? (room - sum) / without : without ? room / (int64_t)count : 0;
    if (share < room / (int64_t)count / 2 && without) share = room / (int64_t)count;
    sum += share * without;
    for (uint32_t i = 0; i < count; i++) {
        int64_t width = row[i].given ? row[i].given : share;
        row[i].column->width = (Lu)(sum > room ? width * room / sum : width);
        row[i].column->image_width = row[i].column->width;
    }
    return true;
}

/* Equal heights. `columns` are what a row has when it is full: the last may not be. */
static void widths_equal(const Composer *c, Planned *row, uint32_t count, uint32_t columns, Lu room, Lu least) {
    Lu share = room / (Lu)columns;
    int64_t unit = 1 << 20, sum = 0, height = height_limit(c) * 5 / 8;
    for (uint32_t i = 0; i < count; i++) sum += width_at(&row[i], unit);
    bool fills = count == columns && sum > 0;
    int64_t full = fills ? unit * room / sum : 0;
    for (uint32_t i = 0; i < count; i++)
        if (width_at(&row[i], full) < least || width_at(&row[i], full) < share * 3 / 5) fills = false;
    if (full > height) fills = false;
    if (fills) height = full;
    for (uint32_t i = 0; i < count && !fills; i++)
        if (height_at(&row[i], share) < height) height = height_at(&row[i], share);
    for (uint32_t i = 0; i < count; i++) {
        FigureColumn *column = row[i].column;
        column->image_width = (Lu)width_at(&row[i], height);
        column->width = fills ? column->image_width : share;
        if (column->image_width > column->width) column->image_width = column->width;
    }
}

static void row_plan(Composer *c, Planned *row, uint32_t count, uint32_t columns, Lu x, Lu width, Lu gap, Lu least) {
    Lu room = width - gap * (Lu)(columns - 1);
    if (!widths_given(row, count, room)) widths_equal(c, row, count, columns, room, least);
    for (uint32_t i = 0; i < count; i++) {
        FigureColumn *column = row[i].column;
        int64_t height = height_at(&row[i], column->image_width), limit = height_limit(c);
        if (height > limit) {
            height = limit;
            column->image_width = (Lu)width_at(&row[i], height);
        }
        column->image_width = column->image_width > 0 ? column->image_width : 1;
        column->image_height = height > 0 ? (Lu)height : 1;
        column->x = x;
        x += column->width + gap;
    }
}

/* Whether a page holds it: words in a narrow column can be long. */
static bool column_fits(Composer *c, const FigureColumn *column) {
    Lu height = column->image_height;
    for (const Node *words = column->figure->first; words; words = words->next) {
        if (words->kind == NODE_IMAGE) continue;
        const Style *style = style_of(c->styles, words);
        Lu inner =
            column->width - style->indent_left - style->indent_right - style_extent_left(style) - style_extent_right(style);
        Measure measure = {.rest = {0, inner > style->size ? inner : style->size}};
        LineBreaks lines = lines_choose(c->arena, c->room, paragraph_new(c, words, measure.rest.width), style, 0, &measure);
        height += style->space_before + style->space_after + style_extent_above(style) + style_extent_below(style);
        if (height > c->text_height || (int64_t)style->leading * lines.count > c->text_height - height) return false;
        height += style->leading * (Lu)lines.count;
    }
    return true;
}

FigureRows figures_plan(Composer *c, const Node *figures, Lu x, Lu width) {
    FigureRows rows = {0};
    const Style *style = style_of(c->styles, figures);
    Lu least = least_column(c, figures);
    uint32_t columns = figures->value < 1 ? 1 : figures->value > ROW_LIMIT ? ROW_LIMIT : (uint32_t)figures->value;
    while (columns > 1 && (width - style->gap * (Lu)(columns - 1)) / (Lu)columns < least)
        columns = columns == ROW_LIMIT ? columns / 2 : columns - 1; /* four become a square */
    if (columns < 2) return rows;
    for (const Node *figure = figures->first; figure;) {
        Planned row[ROW_LIMIT];
        FigureColumn *made = NEW_ARRAY(c->arena, FigureColumn, columns);
        uint32_t count = 0;
        for (; figure && count < columns; figure = figure->next, count++) {
            const Node *image = figure->first;
            const Image *loaded = image && image->kind == NODE_IMAGE ? c->images[image->number] : NULL;
            made[count].figure = figure;
            row[count] = (Planned){.image = loaded && loaded->width && loaded->height ? loaded : NULL, .column = &made[count]};
            if (row[count].image) row[count].given = width_given(c, image, &row[count], width);
        }
        row_plan(c, row, count, columns, x, width, style->gap, least);
        for (uint32_t i = 0; i < count; i++)
            if (!column_fits(c, &made[i])) return (FigureRows){0};
        *PUSH(c->arena, &rows, FigureRow) = (FigureRow){made, count};
    }
    c->measures[figures->number] = width;
    for (uint32_t r = 0; r < rows.count; r++)
        for (uint32_t i = 0; i < rows.items[r].count; i++)
            c->measures[rows.items[r].columns[i].figure->number] = rows.items[r].columns[i].width;
    return rows;
}

/* ---- Setting it ------------------------------------------------------------------------------------------------------ */

static void column_set(Composer *c, const FigureColumn *column, Attempt *out) {
    column_fill(c, (Cursor){.block = column->first}, column->end, INT32_MAX / 4, out);
}

Lu columns_height(Composer *c, FlowBlock *row) {
    if (row->height) return row->height;
    row->height = 1;
    for (uint32_t i = 0; i < row->column_count; i++) {
        Attempt column;
        column_set(c, &row->columns[i], &column);
        if (column.y > row->height) row->height = column.y;
    }
    return row->height;
}

void columns_place(Composer *c, Attempt *page, const FlowBlock *row, Lu top) {
    for (uint32_t i = 0; i < row->column_count && !c->measuring; i++) {
        Attempt column;
        column_set(c, &row->columns[i], &column);
        attempt_add(c, page, &column, top);
    }
}
