/* Style sheets: finding them by name or path, following `extends`, and putting the chain together. */
#include "style/sheet.h"

#include <string.h>

#define CHAIN_LIMIT 16
#define SHEET_LIMIT ((size_t)1 << 20)
#define BASE_NAME "base" /* what a sheet extends that does not say */

/* ---- Finding ----------------------------------------------------------------------------------------------------------- */

Str folder_of(Str path) {
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/') return str_slice(path, 0, i > 1 ? i - 1 : 1);
    return STR(".");
}

static bool is_path(Str name) {
    if (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))) return true;
    return name.n > 0 && memchr(name.p, '/', name.n) != NULL;
}

static Str embedded_name(Arena *arena, Str name) { return str_format(arena, "styles/" STR_FMT ".yaml", STR_ARG(name)); }

/* The name in "styles/NAME.yaml"; empty for anything else, and for those that are only there to be extended. */
static Str public_name(Str embedded) {
    if (!str_starts(embedded, STR("styles/")) || !str_ends(embedded, STR(".yaml"))) return STR("");
    Str name = str_slice(embedded, 7, embedded.n - 5);
    return str_starts(name, STR(BASE_NAME)) ? STR("") : name;
}

bool sheet_is_built_in(Str name) {
    for (const Embedded *e = embedded_files; e->name.n > 0; e++)
        if (name.n > 0 && str_equal(public_name(e->name), name)) return true;
    return false;
}

static void report_unknown(Arena *arena, Diags *d, Str name, Place at) {
    struct {
        Str *items;
        uint32_t count, capacity;
    } known = {0};
    for (const Embedded *e = embedded_files; e->name.n > 0; e++)
        if (public_name(e->name).n > 0) *PUSH(arena, &known, Str) = public_name(e->name);
    Str nearest = str_nearest(name, known.items, known.count);
    Buf hint = buf_new(arena);
    if (nearest.n > 0) {
        buf_format(&hint, "did you mean “" STR_FMT "”?", STR_ARG(nearest));
    } else {
        buf_add_c(&hint, "there are ");
        for (uint32_t i = 0; i < known.count; i++) buf_format(&hint, "%s" STR_FMT, i > 0 ? ", " : "", STR_ARG(known.items[i]));
        buf_add_c(&hint, "; a sheet of your own is named by its file, as in house.yaml");
    }
    diag(d, DIAG_ERROR, "style-unknown", at, hint.p, "there is no style “" STR_FMT "”", STR_ARG(name));
}

static bool load(Arena *arena, Diags *d, const Root *root, Str folder, Str name, Place at, Source *out) {
    if (!is_path(name)) {
        out->name = embedded_name(arena, name);
        out->text = embedded_find(out->name);
        if (out->text.n > 0) return true;
        report_unknown(arena, d, name, at);
        return false;
    }
    while (str_starts(name, STR("./"))) name = str_slice(name, 2, name.n); /* or a cycle would find new names for old sheets */
    bool here = str_is(folder, ".") || str_starts(name, STR("/"));
    out->name = here ? name : str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
    if (root != NULL) return root_read(arena, d, root, out->name, at, &out->text);
    return file_read(arena, d, out->name, SHEET_LIMIT, &out->text);
}

/* ---- The chain --------------------------------------------------------------------------------------------------------- */

typedef struct {
    SheetFile files[CHAIN_LIMIT]; /* the sheet itself, what it extends, what that extends … */
    uint32_t count;
} Chain;

static bool report_cycle(Diags *d, const Chain *chain, Str name, Place at) {
    Buf way = buf_new(d->arena);
    for (uint32_t i = 0; i < chain->count; i++) buf_format(&way, STR_FMT " → ", STR_ARG(chain->files[i].source->name));
    buf_add(&way, name);
    diag(d, DIAG_ERROR, "style-cycle", at, way.p, "“" STR_FMT "” extends itself", STR_ARG(name));
    return false;
}

static bool chain_open(Arena *arena, Diags *d, const Root *root, Str name, Place at, Chain *chain) {
    Str folder = STR(".");
    bool good = true;
    for (;;) {
        Source *source = NEW(arena, Source);
        if (!load(arena, d, root, folder, name, at, source)) return false;
        for (uint32_t i = 0; i < chain->count; i++)
            if (str_equal(chain->files[i].source->name, source->name)) return report_cycle(d, chain, source->name, at);
        if (chain->count == CHAIN_LIMIT) {
            diag(d, DIAG_ERROR, "style-cycle", at, NULL, "more than %d sheets extend one another", CHAIN_LIMIT);
            return false;
        }
        SheetFile *file = &chain->files[chain->count++];
        if (!sheet_file_read(arena, d, source, file)) good = false;
        if (is_path(name)) folder = folder_of(source->name);
        if (file->extends.n == 0 && str_equal(source->name, STR("styles/" BASE_NAME ".yaml"))) return good;
        name = file->extends.n > 0 ? file->extends : STR(BASE_NAME);
        at = file->extends_at;
    }
}

/* ---- Putting it together ----------------------------------------------------------------------------------------------- */

typedef struct {
    Arena *arena;
    Diags *d;
    StrMap *named; /* → NamedColour */
    struct {
        Str *items;
        uint32_t count, capacity;
    } names;
    bool wrong;
} Palette;

static void palette_read(Palette *palette, const Chain *chain) {
    for (uint32_t i = chain->count; i-- > 0;) {
        const SheetFile *file = &chain->files[i];
        for (uint32_t c = 0; c < file->colours.count; c++) {
            strmap_put(palette->named, file->colours.items[c].name, &file->colours.items[c]);
            *PUSH(palette->arena, &palette->names, Str) = file->colours.items[c].name;
        }
    }
    Str name;
    for (uint32_t i = 0; (name = colour_name_at(i)).n > 0; i++) *PUSH(palette->arena, &palette->names, Str) = name;
}

/* A name becomes the colour it stands for: the sheet's own first, then ours. A colour of the sheet may be another's name. */
static void palette_resolve(Palette *palette, ColourValue *value) {
    Str name = value->name;
    for (uint32_t step = 0; name.n > 0; step++) {
        const NamedColour *own = strmap_find(palette->named, name);
        if (own && step <= palette->names.count && !str_equal(own->value.name, name)) {
            value->rgb = own->value.rgb;
            name = own->value.name;
            continue;
        }
        if (!colour_find_name(name, &value->rgb)) {
            Str nearest = str_nearest(name, palette->names.items, palette->names.count);
            Str hint = nearest.n > 0 ? str_format(palette->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest))
                                     : STR("name it under colours, or write it as \"#003366\"");
            palette->wrong = true;
            diag(palette->d, DIAG_ERROR, "style-colour", value->at, str_c(palette->arena, hint),
                "there is no colour “" STR_FMT "”", STR_ARG(name));
        }
        break;
    }
    value->name = STR("");
}

static void resolve_colours(Palette *palette, Chain *chain) {
    for (uint32_t i = chain->count; i-- > 0;) {
        SheetFile *file = &chain->files[i];
        const Declarations *last = NULL; /* rules of one group share theirs */
        for (uint32_t r = 0; r < file->rules.count; r++) {
            const Declarations *declarations = file->rules.items[r].declarations;
            for (uint32_t k = 0; k < declarations->count && declarations != last; k++)
                if (declarations->items[k].value.has_colour) palette_resolve(palette, &declarations->items[k].value.colour);
            last = declarations;
        }
        for (uint32_t p = 0; p < file->page.count; p++)
            if (file->page.items[p].value.has_colour) palette_resolve(palette, &file->page.items[p].value.colour);
    }
}

static Str *slot_of(Furniture *furniture, uint32_t slot) {
    return slot == SLOT_LEFT ? &furniture->left : slot == SLOT_CENTRE ? &furniture->centre : &furniture->right;
}

static void page_apply(PageStyle *page, const PageDeclaration *declaration) {
    const Property *property = &page_properties[declaration->property];
    void *field = (char *)page + property->offset;
    if (property->type == TYPE_FURNITURE) {
        *slot_of(field, declaration->slot) = declaration->text;
    } else if (property->type == TYPE_BORDER) {
        Border *border = field;
        *border = (Border){length_compute(declaration->value.length, 0, page->grid), declaration->value.colour.rgb};
    } else if (property->type == TYPE_BOOL) {
        *(bool *)field = declaration->value.choice != 0;
    } else {
        *(Lu *)field = length_compute(declaration->value.length, 0, page->grid);
    }
}

/* The grid comes first: a margin may be given in lines. A first page whose head or foot is not given has that of the others. */
static void page_compute(Arena *arena, const Chain *chain, PageStyle *page) {
    bool first_given[2][SLOT_COUNT] = {{false}};
    for (int id = 0; id < PAGE_PROPERTY_COUNT; id++) {
        const Property *property = &page_properties[id];
        if (property->type == TYPE_FURNITURE || property->type == TYPE_PAPER) continue;
        PageDeclaration initial = {.property = (PagePropertyId)id};
        Problem problem;
        if (!value_read(arena, property->type, property->initial, (Place){0}, &initial.value, &problem))
            BUG("initial value of page." STR_FMT, STR_ARG(property->name));
        page_apply(page, &initial);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = chain->count; i-- > 0;) {
            const SheetFile *file = &chain->files[i];
            for (uint32_t p = 0; p < file->page.count; p++) {
                const PageDeclaration *declaration = &file->page.items[p];
                if ((declaration->property == PAGE_GRID) == (pass > 0)) continue;
                page_apply(page, declaration);
                if (declaration->property == PAGE_FIRST_HEAD) first_given[0][declaration->slot] = true;
                if (declaration->property == PAGE_FIRST_FOOT) first_given[1][declaration->slot] = true;
            }
        }
    }
    for (uint32_t slot = 0; slot < SLOT_COUNT; slot++) {
        if (!first_given[0][slot]) *slot_of(&page->first_head, slot) = *slot_of(&page->head, slot);
        if (!first_given[1][slot]) *slot_of(&page->first_foot, slot) = *slot_of(&page->foot, slot);
    }
}

/* A page must have room for text: at least ten ems of a measure, and five lines. */
static bool check_page(Diags *d, const PageStyle *page, Place at) {
    Lu measure = page->width - page->margin_left - page->margin_right;
    Lu depth = page->height - page->margin_top - page->margin_bottom;
    if (page->grid >= LU_PT && measure >= LU_FROM_PT(120) && depth >= 5 * page->grid) return true;
    diag(d, DIAG_ERROR, "style-page", at, "its margins and grid must leave at least 120pt across and five lines",
        "the page leaves no room for text");
    return false;
}

/* Weakest first; equal ones stay in the order in which they were given. Merge sort, bottom up. */
static void sort_rules(Arena *arena, Rule **rules, uint32_t count) {
    Rule *from = *rules, *to = NEW_ARRAY(arena, Rule, count);
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t start = 0; start < count; start += 2 * width) {
            uint32_t middle = start + width < count ? start + width : count;
            uint32_t end = start + 2 * width < count ? start + 2 * width : count;
            for (uint32_t a = start, b = middle, i = start; i < end; i++) {
                bool left = a < middle && (b >= end || from[a].selector.specificity <= from[b].selector.specificity);
                to[i] = left ? from[a++] : from[b++];
            }
        }
        Rule *swap = from;
        from = to;
        to = swap;
    }
    *rules = from;
}

static void number_classes(Arena *arena, Sheet *sheet, Part *part) {
    part->class_ids = NEW_ARRAY(arena, uint32_t, part->class_count);
    for (uint32_t i = 0; i < part->class_count; i++) {
        uint32_t *id = strmap_find(sheet->classes, part->classes[i]);
        if (!id) {
            id = NEW(arena, uint32_t);
            *id = ++sheet->class_count;
            strmap_put(sheet->classes, part->classes[i], id);
        }
        part->class_ids[i] = *id;
    }
}

static void collect_rules(Arena *arena, const Chain *chain, Sheet *sheet) {
    for (uint32_t i = 0; i < chain->count; i++) sheet->rule_count += chain->files[i].rules.count;
    sheet->rules = NEW_ARRAY(arena, Rule, sheet->rule_count);
    uint32_t at = 0;
    for (uint32_t i = chain->count; i-- > 0;)
        for (uint32_t r = 0; r < chain->files[i].rules.count; r++) sheet->rules[at++] = chain->files[i].rules.items[r];
    if (sheet->rule_count > 1) sort_rules(arena, &sheet->rules, sheet->rule_count);
    sheet->classes = strmap_new(arena);
    for (uint32_t r = 0; r < sheet->rule_count; r++) {
        Rule *rule = &sheet->rules[r];
        for (uint32_t p = 0; p < rule->selector.part_count; p++) number_classes(arena, sheet, &rule->selector.parts[p]);
        rule->first_bit = sheet->bit_count;
        sheet->bit_count += rule->selector.part_count - 1;
    }
}

static void initial_style(Arena *arena, const PageStyle *page, Style *style) {
    for (int id = 0; id < PROPERTY_COUNT; id++) {
        const Property *property = &style_properties[id];
        Value value;
        Problem problem;
        if (!value_read(arena, property->type, property->initial, (Place){0}, &value, &problem))
            BUG("initial value of " STR_FMT, STR_ARG(property->name));
        if (value.has_colour && !colour_find_name(value.colour.name, &value.colour.rgb)) BUG("initial colour");
        property_apply(property, &value, NULL, page->grid, style);
    }
}

static void collect_inputs(const Chain *chain, Sheet *sheet) {
    for (uint32_t i = 0; i < chain->count; i++) {
        const Source *source = chain->files[i].source;
        if (source->text.p == embedded_find(source->name).p) continue;
        *PUSH(sheet->arena, &sheet->inputs, SheetInput) = (SheetInput){source->name, source->text, false};
    }
}

uint32_t sheet_inputs(const Sheet *sheet, const SheetInput **out) {
    *out = sheet->inputs.items;
    return sheet->inputs.count;
}

Sheet *sheet_open(Arena *arena, Diags *d, Str name_or_path, Place at, const Root *root) {
    Chain *chain = NEW(arena, Chain);
    if (!chain_open(arena, d, root, name_or_path, at, chain)) return NULL;
    Palette palette = {.arena = arena, .d = d, .named = strmap_new(arena)};
    palette_read(&palette, chain);
    resolve_colours(&palette, chain);
    Sheet *sheet = NEW(arena, Sheet);
    sheet->arena = arena;
    sheet->name = chain->files[0].name.n > 0 ? chain->files[0].name : name_or_path;
    sheet->description = chain->files[0].description;
    page_compute(arena, chain, &sheet->page);
    sheet->shown_page = sheet->page;
    if (palette.wrong || !check_page(d, &sheet->page, (Place){chain->files[0].source, 0, 0})) return NULL;
    initial_style(arena, &sheet->page, &sheet->initial);
    collect_rules(arena, chain, sheet);
    collect_inputs(chain, sheet);
    return sheet_faces_open(d, root, chain->files, chain->count, sheet) ? sheet : NULL;
}

const PageStyle *sheet_page(const Sheet *sheet) { return &sheet->shown_page; }

uint32_t sheet_names(Arena *arena, SheetName **out) {
    struct {
        SheetName *items;
        uint32_t count, capacity;
    } names = {0};
    for (const Embedded *e = embedded_files; e->name.n > 0; e++) {
        Str name = public_name(e->name);
        if (name.n == 0) continue;
        Diags unseen = diags_new(arena);
        Source *source = NEW(arena, Source);
        *source = (Source){e->name, e->bytes};
        SheetFile file;
        sheet_file_read(arena, &unseen, source, &file);
        *PUSH(arena, &names, SheetName) = (SheetName){name, file.description};
        uint32_t i = names.count - 1; /* insertion sort: there are a handful */
        for (; i > 0 && str_compare(names.items[i - 1].name, name) > 0; i--) names.items[i] = names.items[i - 1];
        names.items[i] = (SheetName){name, file.description};
    }
    *out = names.items;
    return names.count;
}

uint32_t sheet_class_names(Arena *arena, const Sheet *sheet, Str **out) {
    Str *names = *out = NEW_ARRAY(arena, Str, sheet->class_count ? sheet->class_count : 1);
    for (uint32_t r = 0; r < sheet->rule_count; r++)
        for (uint32_t p = 0; p < sheet->rules[r].selector.part_count; p++) {
            const Part *part = &sheet->rules[r].selector.parts[p];
            for (uint32_t c = 0; c < part->class_count; c++) names[part->class_ids[c] - 1] = part->classes[c];
        }
    return sheet->class_count;
}
