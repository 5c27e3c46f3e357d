/* One style sheet's YAML → its rules, page and colours, each with its place. YAML 1.1 as libyaml reads it, by events, since only they
 * say where a thing stands.
 *
 * An error does not end the reading: the thing is left out, and the next is read, so that one run shows all mistakes.
 */
#include "style/events.h"
#include "style/sheet.h"

#include <string.h>

typedef struct {
    Arena *arena;
    Diags *d;
    SheetFile *file;
    SheetEvents events;
    SheetEvent event;
    bool broken; /* not YAML: nothing more can be read */
    bool wrong; /* something was reported */
} Reader;

typedef struct {
    Str text;
    Place at;
    bool scalar; /* else it is a mapping or a list, and has been skipped unless the caller asked for it */
} Scalar;

/* ---- Reporting --------------------------------------------------------------------------------------------------------- */

static void report(Reader *r, const char *code, Place at, Str message, Str hint) {
    r->wrong = true;
    diag(r->d, DIAG_ERROR, code, at, hint.n > 0 ? str_c(r->arena, hint) : NULL, STR_FMT, STR_ARG(message));
}

static void report_unknown(Reader *r, const char *code, const char *what, Str name, Place at, const Str *known, size_t count) {
    Str nearest = str_nearest(name, known, count), hint = STR("");
    if (nearest.n > 0) {
        hint = str_format(r->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest));
    } else if (count <= 16) {
        Buf list = buf_new(r->arena);
        for (size_t i = 0; i < count; i++) buf_format(&list, "%s" STR_FMT, i > 0 ? ", " : "there are ", STR_ARG(known[i]));
        hint = buf_str(&list);
    }
    report(r, code, at, str_format(r->arena, "there is no %s “" STR_FMT "”", what, STR_ARG(name)), hint);
}

/* ---- Events ------------------------------------------------------------------------------------------------------------ */

static yaml_event_type_t event_next(Reader *r) {
    if (!r->broken && sheet_event_next(&r->events, &r->event)) return r->event.type;
    if (!r->broken) {
        const yaml_parser_t *parser = &r->events.parser;
        Place at = {r->file->source, (uint32_t)parser->problem_mark.line + 1, (uint32_t)parser->problem_mark.column + 1};
        const char *problem = parser->problem ? parser->problem : "it cannot be read";
        report(r, "style-syntax", at, str_format(r->arena, "this is not YAML: %s", problem),
            parser->error == YAML_SCANNER_ERROR ? STR("indent with spaces, not tabs; quote a text that holds a special character")
                                                : STR(""));
    }
    r->broken = true;
    return YAML_NO_EVENT;
}

/* Skips the rest of the mapping or list that the current event opens. */
static void skip_rest(Reader *r) {
    for (size_t depth = 1; depth > 0 && !r->broken;) {
        yaml_event_type_t type = event_next(r);
        if (type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT) depth++;
        if (type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT) depth--;
    }
}

static bool opens(yaml_event_type_t type) { return type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT; }

static Str event_text(const Reader *r) { return r->events.packed ? r->event.text : str_copy(r->arena, r->event.text); }

/* The next value where a single one is wanted; anything else is reported and skipped. */
static bool read_scalar(Reader *r, Str of, Str *text, Place *at) {
    yaml_event_type_t type = event_next(r);
    if (r->broken) return false;
    *at = r->event.at;
    if (type == YAML_SCALAR_EVENT) {
        *text = event_text(r);
        return true;
    }
    report(r, "style-value", *at, str_format(r->arena, "“" STR_FMT "” takes a single value", STR_ARG(of)),
        type == YAML_ALIAS_EVENT ? STR("anchors and aliases are not read in style sheets") : STR(""));
    if (opens(type)) skip_rest(r);
    return false;
}

/* Enters the mapping that is wanted next. An empty value is an empty mapping. */
static bool enter_mapping(Reader *r, Str of) {
    yaml_event_type_t type = event_next(r);
    if (r->broken) return false;
    if (type == YAML_MAPPING_START_EVENT) return true;
    if (type == YAML_SCALAR_EVENT && r->event.text.n == 0) return false;
    report(r, "style-value", r->event.at,
        str_format(r->arena, "“" STR_FMT "” takes names with values, one a line and indented", STR_ARG(of)), STR(""));
    if (opens(type)) skip_rest(r);
    return false;
}

/* The next key of the mapping; false at its end. A key that stands twice is reported, and so is one that is no name. */
static bool next_key(Reader *r, StrMap *seen, Str *key, Place *at) {
    for (;;) {
        yaml_event_type_t type = event_next(r);
        if (r->broken || type == YAML_MAPPING_END_EVENT) return false;
        *at = r->event.at;
        if (type != YAML_SCALAR_EVENT) {
            report(r, "style-key", *at, STR("a name is wanted here"), STR(""));
            if (opens(type)) skip_rest(r);
            if (opens(event_next(r))) skip_rest(r);
            continue;
        }
        *key = event_text(r);
        if (strmap_find(seen, *key))
            report(r, "style-key", *at, str_format(r->arena, "“" STR_FMT "” stands here twice", STR_ARG(*key)), STR(""));
        strmap_put(seen, *key, r);
        return true;
    }
}

static void skip_value(Reader *r) {
    if (opens(event_next(r))) skip_rest(r);
}

/* ---- Page -------------------------------------------------------------------------------------------------------------- */

static const char *const slot_names[SLOT_COUNT] = {"left", "centre", "right"};
static const char *const placeholders[] = {
    "title", "page", "pages", "page-of-pages", "publisher", "date", "reference", "section"};
#define PLACEHOLDERS (sizeof placeholders / sizeof placeholders[0])

static const struct {
    const char *name, *width, *height;
} papers[] = {{"A4", "210mm", "297mm"}, {"A5", "148mm", "210mm"}, {"B5", "176mm", "250mm"}, {"letter", "8.5in", "11in"}};
#define PAPERS (sizeof papers / sizeof papers[0])

static void page_add(Reader *r, PagePropertyId property, uint32_t slot, Str text, Value value) {
    *PUSH(r->arena, &r->file->page, PageDeclaration) = (PageDeclaration){property, slot, text, value};
}

static void check_placeholders(Reader *r, Str text, Place at) {
    Str known[PLACEHOLDERS];
    for (size_t i = 0; i < PLACEHOLDERS; i++) known[i] = str_from(placeholders[i]);
    for (size_t open = 0; open < text.n; open++) {
        if (text.p[open] != '{') continue;
        size_t close = open + 1;
        while (close < text.n && text.p[close] != '}' && text.p[close] != '{') close++;
        Str name = str_slice(text, open + 1, close);
        bool found = false;
        for (size_t i = 0; i < PLACEHOLDERS && !found; i++) found = str_equal(name, known[i]);
        if (!found) report_unknown(r, "style-placeholder", "placeholder", name, at, known, PLACEHOLDERS);
        open = close - 1;
    }
}

static void read_furniture(Reader *r, PagePropertyId property) {
    Str name = page_properties[property].name;
    yaml_event_type_t type = event_next(r);
    if (r->broken) return;
    Place at = r->event.at;
    if (type == YAML_SCALAR_EVENT && str_is(event_text(r), "none")) {
        for (uint32_t slot = 0; slot < SLOT_COUNT; slot++) page_add(r, property, slot, STR(""), (Value){0});
        return;
    }
    if (type != YAML_MAPPING_START_EVENT) {
        report(r, "style-value", at, str_format(r->arena, "“" STR_FMT "” takes left, centre and right", STR_ARG(name)),
            STR("{left: \"{title}\", right: \"{page-of-pages}\"}, or none"));
        if (opens(type)) skip_rest(r);
        return;
    }
    Str key, text, known[SLOT_COUNT];
    for (uint32_t i = 0; i < SLOT_COUNT; i++) known[i] = str_from(slot_names[i]);
    StrMap *seen = strmap_new(r->arena);
    while (next_key(r, seen, &key, &at)) {
        uint32_t slot = 0;
        while (slot < SLOT_COUNT && !str_equal(key, known[slot])) slot++;
        if (slot == SLOT_COUNT) {
            report_unknown(r, "style-key", "place", key, at, known, SLOT_COUNT);
            skip_value(r);
        } else if (read_scalar(r, key, &text, &at)) {
            check_placeholders(r, text, at);
            page_add(r, property, slot, text, (Value){0});
        }
    }
}

static void read_paper(Reader *r, Str text, Place at) {
    Str known[PAPERS];
    for (size_t i = 0; i < PAPERS; i++) {
        known[i] = str_from(papers[i].name);
        if (!str_equal_nocase(text, known[i])) continue;
        Problem problem;
        Value width, height;
        value_read(r->arena, TYPE_LEADING, str_from(papers[i].width), at, &width, &problem);
        value_read(r->arena, TYPE_LEADING, str_from(papers[i].height), at, &height, &problem);
        page_add(r, PAGE_WIDTH, 0, STR(""), width);
        page_add(r, PAGE_HEIGHT, 0, STR(""), height);
        return;
    }
    report_unknown(r, "style-value", "paper", text, at, known, PAPERS);
}

static void read_page_value(Reader *r, PagePropertyId id) {
    const Property *property = &page_properties[id];
    if (property->type == TYPE_FURNITURE) {
        read_furniture(r, id);
        return;
    }
    Str text;
    Place at;
    if (!read_scalar(r, property->name, &text, &at)) return;
    if (property->type == TYPE_PAPER) {
        read_paper(r, text, at);
        return;
    }
    Value value;
    Problem problem = {STR(""), STR("")};
    bool good = value_read(r->arena, property->type, text, at, &value, &problem);
    if (good && (value.length.unit == UNIT_EM || (id == PAGE_GRID && value.length.unit == UNIT_LINE))) {
        problem = (Problem){str_format(r->arena, "“" STR_FMT "” means nothing here", STR_ARG(text)), STR("use pt, mm, cm or in")};
        good = false;
    }
    if (good)
        page_add(r, id, 0, STR(""), value);
    else
        report(r, "style-value", at,
            str_format(r->arena, STR_FMT ": " STR_FMT, STR_ARG(property->name), STR_ARG(problem.message)), problem.hint);
}

static void read_page(Reader *r) {
    if (!enter_mapping(r, STR("page"))) return;
    StrMap *seen = strmap_new(r->arena);
    Str key, known[PAGE_PROPERTY_COUNT];
    for (int i = 0; i < PAGE_PROPERTY_COUNT; i++) known[i] = page_properties[i].name;
    Place at;
    while (next_key(r, seen, &key, &at)) {
        int id = 0;
        while (id < PAGE_PROPERTY_COUNT && !str_equal(key, known[id])) id++;
        if (id < PAGE_PROPERTY_COUNT) {
            read_page_value(r, (PagePropertyId)id);
            continue;
        }
        report_unknown(r, "style-property", "property of a page", key, at, known, PAGE_PROPERTY_COUNT);
        skip_value(r);
    }
}

/* ---- Colours ------------------------------------------------------------------------------------------------------------ */

static void read_colours(Reader *r) {
    if (!enter_mapping(r, STR("colours"))) return;
    StrMap *seen = strmap_new(r->arena);
    Str key, text;
    Place at;
    while (next_key(r, seen, &key, &at)) {
        Problem problem;
        ColourValue value;
        if (!read_scalar(r, key, &text, &at)) continue;
        if (colour_read(r->arena, str_trim(text), at, &value, &problem))
            *PUSH(r->arena, &r->file->colours, NamedColour) = (NamedColour){key, value};
        else
            report(r, "style-value", at, str_format(r->arena, STR_FMT ": " STR_FMT, STR_ARG(key), STR_ARG(problem.message)),
                problem.hint);
    }
}

/* ---- Rules -------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    PropertyId first;
} shorthands[] = {
#define SHORTHAND(name, first) {name, first},
    SHORTHANDS(SHORTHAND)
#undef SHORTHAND
};
#define SHORTHAND_COUNT (sizeof shorthands / sizeof shorthands[0])

/* The properties that a name stands for: [*first, *first + count). 0: none. */
static uint32_t find_properties(Str name, PropertyId *first) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (str_equal(name, style_properties[i].name)) return *first = (PropertyId)i, 1;
    for (size_t i = 0; i < SHORTHAND_COUNT; i++)
        if (str_is(name, shorthands[i].name)) return *first = shorthands[i].first, 4;
    return 0;
}

static void report_property(Reader *r, Str name, Place at) {
    Str known[PROPERTY_COUNT + SHORTHAND_COUNT];
    for (int i = 0; i < PROPERTY_COUNT; i++) known[i] = style_properties[i].name;
    for (size_t i = 0; i < SHORTHAND_COUNT; i++) known[PROPERTY_COUNT + i] = str_from(shorthands[i].name);
    report_unknown(r, "style-property", "property", name, at, known, PROPERTY_COUNT + SHORTHAND_COUNT);
}

static void read_declarations(Reader *r, Str selector, Declarations *out) {
    if (!enter_mapping(r, selector)) return;
    StrMap *seen = strmap_new(r->arena);
    Str key, text;
    Place at;
    while (next_key(r, seen, &key, &at)) {
        PropertyId first;
        uint32_t count = find_properties(key, &first);
        if (count == 0) {
            report_property(r, key, at);
            skip_value(r);
            continue;
        }
        if (!read_scalar(r, key, &text, &at)) continue;
        Value value;
        Problem problem = {STR(""), STR("")};
        if (!value_read(r->arena, style_properties[first].type, text, at, &value, &problem)) {
            report(r, "style-value", at, str_format(r->arena, STR_FMT ": " STR_FMT, STR_ARG(key), STR_ARG(problem.message)),
                problem.hint);
            continue;
        }
        for (uint32_t i = 0; i < count; i++) *PUSH(r->arena, out, Declaration) = (Declaration){(PropertyId)(first + i), value};
    }
}

/* "heading-1, heading-2": a rule for each. */
static void add_rules(Reader *r, Str selectors, Place at, const Declarations *declarations) {
    for (size_t start = 0; start <= selectors.n;) {
        size_t end = start;
        while (end < selectors.n && selectors.p[end] != ',') end++;
        Rule rule = {.declarations = declarations};
        Problem problem;
        if (selector_read(r->arena, str_slice(selectors, start, end), &rule.selector, &problem))
            *PUSH(r->arena, &r->file->rules, Rule) = rule;
        else
            report(r, "style-selector", at, problem.message, problem.hint);
        start = end + 1;
    }
}

static void read_rules(Reader *r) {
    if (!enter_mapping(r, STR("rules"))) return;
    StrMap *seen = strmap_new(r->arena);
    Str selectors;
    Place at;
    while (next_key(r, seen, &selectors, &at)) {
        Declarations *declarations = NEW(r->arena, Declarations);
        add_rules(r, selectors, at, declarations);
        read_declarations(r, selectors, declarations);
    }
}

/* ---- Faces -------------------------------------------------------------------------------------------------------------- */

static uint32_t find_known(Str name, const Str *known, uint32_t count) {
    uint32_t i = 0;
    while (i < count && !str_equal(name, known[i])) i++;
    return i;
}

static void read_family(Reader *r, Str name, FaceFamily *family) {
    if (!enter_mapping(r, name)) return;
    Str known[FACE_STYLES], key;
    for (uint32_t i = 0; i < FACE_STYLES; i++) known[i] = face_style_name(i);
    StrMap *seen = strmap_new(r->arena);
    Place at;
    bool any = false;
    while (next_key(r, seen, &key, &at)) {
        uint32_t style = find_known(key, known, FACE_STYLES);
        if (style == FACE_STYLES) {
            report_unknown(r, "style-key", "face of a family", key, at, known, FACE_STYLES);
            skip_value(r);
        } else if (read_scalar(r, key, &family->files[style].name, &family->files[style].at)) {
            any = true;
            if (family->files[style].name.n == 0)
                report(r, "style-value", family->files[style].at,
                    str_format(r->arena, "“" STR_FMT "” takes the name of a file", STR_ARG(key)), STR(""));
        }
    }
    if (any && !r->broken && !strmap_find(seen, known[0]))
        report(r, "style-fonts", family->at, str_format(r->arena, "“" STR_FMT "” has no regular face", STR_ARG(name)),
            STR("name it: regular: house.ttf"));
}

static void read_fonts(Reader *r) {
    if (!enter_mapping(r, STR("fonts"))) return;
    Str known[FAMILY_COUNT], key;
    for (uint32_t i = 0; i < FAMILY_COUNT; i++) known[i] = value_choices(TYPE_FAMILY, i);
    StrMap *seen = strmap_new(r->arena);
    Place at;
    while (next_key(r, seen, &key, &at)) {
        uint32_t family = find_known(key, known, FAMILY_COUNT);
        if (family < FAMILY_COUNT) {
            FaceFamily *own = PUSH(r->arena, &r->file->families, FaceFamily);
            *own = (FaceFamily){.family = (Family)family, .at = at};
            read_family(r, key, own);
        } else {
            report_unknown(r, "style-key", "family", key, at, known, FAMILY_COUNT);
            skip_value(r);
        }
    }
}

/* ---- The file ------------------------------------------------------------------------------------------------------------ */

static void read_top(Reader *r) {
    static const char *const names[] = {"name", "description", "extends", "page", "colours", "fonts", "rules"};
    Str known[sizeof names / sizeof names[0]];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) known[i] = str_from(names[i]);
    StrMap *seen = strmap_new(r->arena);
    Str key;
    Place at, unused;
    while (next_key(r, seen, &key, &at)) {
        if (str_is(key, "name")) {
            read_scalar(r, key, &r->file->name, &unused);
        } else if (str_is(key, "description")) {
            read_scalar(r, key, &r->file->description, &unused);
        } else if (str_is(key, "extends")) {
            read_scalar(r, key, &r->file->extends, &r->file->extends_at);
        } else if (str_is(key, "page")) {
            read_page(r);
        } else if (str_is(key, "colours")) {
            read_colours(r);
        } else if (str_is(key, "fonts")) {
            read_fonts(r);
        } else if (str_is(key, "rules")) {
            read_rules(r);
        } else {
            report_unknown(r, "style-key", "part of a style sheet", key, at, known, sizeof names / sizeof names[0]);
            skip_value(r);
        }
    }
}

static void read_stream(Reader *r) {
    event_next(r); /* stream start */
    yaml_event_type_t type = event_next(r);
    if (r->broken || type == YAML_STREAM_END_EVENT) return; /* an empty sheet changes nothing */
    if (enter_mapping(r, STR("a style sheet"))) read_top(r);
    if (!r->broken) type = event_next(r); /* document end */
    if (!r->broken) type = event_next(r);
    if (!r->broken && type != YAML_STREAM_END_EVENT)
        report(r, "style-syntax", r->event.at, STR("a style sheet is one YAML document, and here begins another"), STR(""));
}

bool sheet_file_read(Arena *arena, Diags *d, const Source *source, SheetFile *out) {
    *out = (SheetFile){.source = source};
    Reader r = {.arena = arena, .d = d, .file = out};
    Place bad = {source, 1, 1};
    if (utf8_find_bad(source->text) < source->text.n) {
        report(&r, "style-syntax", bad, STR("a style sheet is text in UTF-8, and this is not"), STR(""));
        return false;
    }
    sheet_events_open(arena, source, &r.events);
    read_stream(&r);
    sheet_events_close(&r.events);
    return !r.wrong;
}
