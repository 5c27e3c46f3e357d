/* Front matter: YAML between "---" and "---" or "..." at the very beginning (pandoc's yaml_metadata_block), with pandoc's names where one
 * exists. Words in it are read by the same inline parser as the text and become plain text. */
#include "read/internal.h"

typedef enum {
    KEY_WORDS, /* a string of prose: smart punctuation, mark-up taken away */
    KEY_CODE, /* a string that is kept to the letter */
    KEY_LANGUAGE,
    KEY_DATE,
    KEY_AUTHORS,
    KEY_KEYWORDS,
    KEY_SMART,
    KEY_RELATED,
    KEY_SWITCH, /* true or false */
    KEY_DEPTH, /* of headings */
    KEY_NOTES,
    KEY_RECOMMENDATIONS,
    KEY_PARAGRAPHS, /* a list of strings of prose */
    KEY_MEMBERS,
    KEY_HYPHENATION,
} KeyKind;

typedef struct {
    const char *name;
    KeyKind kind;
    size_t field; /* of Meta, for strings and switches */
} Key;

#define FIELD(name) offsetof(Meta, name)
static const Key keys[] = {
    {"title", KEY_WORDS, FIELD(title)},
    {"subtitle", KEY_WORDS, FIELD(subtitle)},
    {"standfirst", KEY_WORDS, FIELD(standfirst)},
    {"description", KEY_WORDS, FIELD(description)},
    {"abstract", KEY_WORDS, FIELD(description)},
    {"subject", KEY_WORDS, FIELD(description)},
    {"author", KEY_AUTHORS, 0},
    {"authors", KEY_AUTHORS, 0},
    {"date", KEY_DATE, 0},
    {"lang", KEY_LANGUAGE, 0},
    {"keywords", KEY_KEYWORDS, 0},
    {"rights", KEY_WORDS, FIELD(rights)},
    {"publisher", KEY_WORDS, FIELD(publisher)},
    {"reference", KEY_CODE, FIELD(reference)},
    {"marking", KEY_WORDS, FIELD(marking)},
    {"embargo", KEY_CODE, FIELD(embargo)},
    {"draft", KEY_CODE, FIELD(draft)},
    {"style", KEY_CODE, FIELD(style)},
    {"smart", KEY_SMART, 0},
    {"related", KEY_RELATED, 0},
    {"session", KEY_WORDS, FIELD(session)},
    {"ordered", KEY_WORDS, FIELD(ordered)},
    {"ordered-to-be-printed", KEY_WORDS, FIELD(ordered)},
    {"published", KEY_WORDS, FIELD(published)},
    {"committee", KEY_WORDS, FIELD(committee)},
    {"logo", KEY_CODE, FIELD(logo)},
    {"logo-alt", KEY_WORDS, FIELD(logo_alt)},
    {"verso", KEY_PARAGRAPHS, 0},
    {"members", KEY_MEMBERS, 0},
    {"cover", KEY_SWITCH, FIELD(cover)},
    {"toc", KEY_SWITCH, FIELD(toc)},
    {"toc-depth", KEY_DEPTH, 0},
    {"list-of-tables", KEY_SWITCH, FIELD(list_of_tables)},
    {"list-of-figures", KEY_SWITCH, FIELD(list_of_figures)},
    {"paragraph-numbers", KEY_SWITCH, FIELD(paragraph_numbers)},
    {"number-sections", KEY_SWITCH, FIELD(number_sections)},
    {"notes", KEY_NOTES, 0},
    {"recommendations", KEY_RECOMMENDATIONS, 0},
    {"hyphenation", KEY_HYPHENATION, 0},
};
#define KEY_COUNT (sizeof keys / sizeof *keys)

/* ---- Where it is ---- */

static bool is_marker(Str line, bool end) {
    while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t')) line.n--;
    return str_is(line, "---") || (end && str_is(line, "..."));
}

static bool is_key_line(Str line) {
    size_t n = 0;
    while (n < line.n && ((line.p[n] >= 'a' && line.p[n] <= 'z') || line.p[n] == '-')) n++;
    return n && n < line.n && line.p[n] == ':' && (n + 1 == line.n || line.p[n + 1] == ' ');
}

void front_matter_find(Reader *r) {
    if (!is_marker(line_text(r, 1), false) || str_trim(line_text(r, 2)).n == 0) return;
    for (uint32_t line = 2; line <= r->line_count; line++) {
        if (!is_marker(line_text(r, line), true)) continue;
        r->body = r->line_starts[line];
        r->body_line = line;
        Str text = str_slice(r->text, r->line_starts[1], r->line_starts[line - 1]);
        if (line == 2) return;
        if (text.n > limit_of(LIMIT_FRONT_MATTER)) {
            limit_tell(r->d, LIMIT_FRONT_MATTER, reader_place(r, (Spot){1, 1}));
            return;
        }
        const YamlValue *root = yaml_read(r, "front-matter", "the front matter", text, 2);
        if (root && root->kind != YAML_MAP) {
            diag(r->d, DIAG_ERROR, "front-matter", reader_place(r, root->at), "write lines such as \"title: My title\"",
                "the front matter is not a list of keys and values, and is left out");
            root = NULL;
        }
        r->front_matter = root;
        return;
    }
    if (is_key_line(line_text(r, 2)))
        diag(r->d, DIAG_WARNING, "front-matter-open", reader_place(r, (Spot){1, 1}), "end it with a line of three hyphens",
            "this looks like front matter but has no end, and is set as text");
}

/* ---- Values ---- */

static const char *kind_name(const YamlValue *value) {
    switch (value->kind) {
    case YAML_SCALAR: return "a string";
    case YAML_LIST: return "a list";
    case YAML_MAP: return "keys and values";
    }
    BUG("no such kind of YAML value");
}

static void wrong_type(Reader *r, const YamlValue *value, Str key, const char *wanted) {
    diag(r->d, DIAG_ERROR, "front-matter-type", reader_place(r, value->at), NULL, STR_FMT " must be %s, not %s; it is left out",
        STR_ARG(key), wanted, kind_name(value));
}

/* A scalar that is not one of those that the key knows. */
static void wrong_choice(Reader *r, const YamlValue *value, Str key, const char *wanted) {
    if (value->kind != YAML_SCALAR) {
        wrong_type(r, value, key, wanted);
        return;
    }
    Str text = str_slice(value->text, 0, 40);
    diag(r->d, DIAG_ERROR, "front-matter-type", reader_place(r, value->at), NULL,
        STR_FMT " must be %s, not \"" STR_FMT "\"; it is left out", STR_ARG(key), wanted, STR_ARG(text));
}

static bool is_null(const YamlValue *value) {
    return value->kind == YAML_SCALAR && value->plain &&
           (value->text.n == 0 || str_is(value->text, "null") || str_is(value->text, "~"));
}

/* YAML 1.1's booleans, as pandoc reads them. False: it is none. */
static bool as_boolean(const YamlValue *value, bool *out) {
    static const char *const yes[] = {"true", "yes", "on", "y"}, *const no[] = {"false", "no", "off", "n"};
    if (value->kind != YAML_SCALAR) return false;
    for (size_t i = 0; i < 4; i++) {
        bool is_yes = str_equal_nocase(value->text, str_from(yes[i]));
        if (!is_yes && !str_equal_nocase(value->text, str_from(no[i]))) continue;
        *out = is_yes;
        return true;
    }
    return false;
}

static Str words(Reader *r, const YamlValue *value) { return inlines_plain(r, value->text, value->at); }

static const YamlValue *map_find(const YamlValue *map, const char *name) {
    for (const YamlValue *key = map->first; key && key->next; key = key->next->next) {
        if (key->kind == YAML_SCALAR && str_is(key->text, name)) return key->next;
    }
    return NULL;
}

bool front_matter_smart(const Reader *r) {
    bool smart = true;
    const YamlValue *value = r->front_matter ? map_find(r->front_matter, "smart") : NULL;
    return value && as_boolean(value, &smart) ? smart : true;
}

Str front_matter_language(const Reader *r) {
    const YamlValue *value = r->front_matter ? map_find(r->front_matter, "lang") : NULL;
    return value && value->kind == YAML_SCALAR ? str_trim(value->text) : (Str){0};
}

/* ---- Keys ---- */

typedef struct {
    Str *items;
    uint32_t count, capacity;
} StrList;

/* "Ann", [Ann, Ben], or pandoc's [{name: Ann}]. */
static void read_author(Reader *r, const YamlValue *value, Str key, StrList *out) {
    const YamlValue *name = value->kind == YAML_MAP ? map_find(value, "name") : value;
    if (!name || name->kind != YAML_SCALAR) {
        wrong_type(r, value, key, "a name, a list of names, or a list of maps with a name");
        return;
    }
    Str text = words(r, name);
    if (text.n) *PUSH(r->arena, out, Str) = text;
}

static void read_authors(Reader *r, const YamlValue *value, Str key) {
    StrList out = {r->tree->meta.authors, r->tree->meta.author_count, r->tree->meta.author_count};
    if (value->kind != YAML_LIST)
        read_author(r, value, key, &out);
    else
        for (const YamlValue *item = value->first; item; item = item->next) read_author(r, item, key, &out);
    r->tree->meta.authors = out.items;
    r->tree->meta.author_count = out.count;
}

static void read_keywords(Reader *r, const YamlValue *value, Str key) {
    StrList out = {0};
    if (value->kind == YAML_MAP) {
        wrong_type(r, value, key, "a list, or a string with commas");
        return;
    }
    for (const YamlValue *item = value->kind == YAML_LIST ? value->first : value; item;
         item = value->kind == YAML_LIST ? item->next : NULL) {
        if (item->kind != YAML_SCALAR) {
            wrong_type(r, item, key, "a list of strings");
            continue;
        }
        Str text = words(r, item);
        for (size_t at = 0; at <= text.n;) {
            size_t end = at;
            while (end < text.n && (value->kind == YAML_LIST || text.p[end] != ',')) end++;
            Str word = str_trim(str_slice(text, at, end));
            if (word.n) *PUSH(r->arena, &out, Str) = word;
            at = end + 1;
        }
    }
    r->tree->meta.keywords = out.items;
    r->tree->meta.keyword_count = out.count;
}

static bool digits(Str s, size_t from, size_t to, int least, int most) {
    int number = 0;
    for (size_t i = from; i < to; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        number = number * 10 + (s.p[i] - '0');
    }
    return number >= least && number <= most;
}

/* ISO 8601 calendar dates: YYYY, YYYY-MM, YYYY-MM-DD. */
static bool is_date(Str s) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (s.n != 4 && s.n != 7 && s.n != 10) return false;
    if (!digits(s, 0, 4, 1, 9999)) return false;
    if (s.n > 4 && (s.p[4] != '-' || !digits(s, 5, 7, 1, 12))) return false;
    if (s.n == 10) {
        int month = (s.p[5] - '0') * 10 + (s.p[6] - '0');
        if (s.p[7] != '-' || !digits(s, 8, 10, 1, days[month - 1])) return false;
        int year = (s.p[0] - '0') * 1000 + (s.p[1] - '0') * 100 + (s.p[2] - '0') * 10 + (s.p[3] - '0');
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (month == 2 && !leap && !digits(s, 8, 10, 1, 28)) return false;
    }
    return true;
}

static void read_date(Reader *r, const YamlValue *value) {
    Str text = str_trim(value->text);
    if (is_date(text))
        r->tree->meta.date = text;
    else
        r->tree->meta.date_text = words(r, value);
}

/* ---- Related content: a box at the end of the document ---- */

static void add_related(Reader *r, Node *list, const YamlValue *value, const YamlValue *title, const YamlValue *url) {
    Spot at = value->at;
    Node *item = node_new(r->nodes, NODE_ITEM, at.line, at.column);
    Node *paragraph = node_new(r->nodes, NODE_PARAGRAPH, at.line, at.column);
    node_append(item, paragraph);
    if (value->kind == YAML_SCALAR) {
        Content content = content_fixed(value->text, at);
        r->plain = true; /* notes belong to the text */
        inlines_read(r, paragraph, &content, NULL);
        r->plain = false;
    } else {
        Node *link = node_new(r->nodes, NODE_LINK, title->at.line, title->at.column);
        Node *text = node_new(r->nodes, NODE_TEXT, title->at.line, title->at.column);
        text->text = words(r, title);
        node_more(r->nodes, link)->target = str_trim(url->text);
        node_append(paragraph, link);
        if (text->text.n) node_append(link, text);
    }
    if (paragraph->first) node_append(list, item);
}

static void read_related(Reader *r, const YamlValue *value, Str key) {
    if (value->kind != YAML_LIST) {
        wrong_type(r, value, key, "a list");
        return;
    }
    Node *box = node_new(r->nodes, NODE_BOX, value->at.line, value->at.column);
    Node *list = node_new(r->nodes, NODE_LIST, value->at.line, value->at.column);
    node_more(r->nodes, box)->variant = STR("related");
    list->tight = true;
    node_append(box, list);
    for (const YamlValue *item = value->first; item; item = item->next) {
        const YamlValue *title = item->kind == YAML_MAP ? map_find(item, "title") : NULL;
        const YamlValue *url = item->kind == YAML_MAP ? map_find(item, "url") : NULL;
        bool complete = title && url && title->kind == YAML_SCALAR && url->kind == YAML_SCALAR;
        if (item->kind == YAML_SCALAR || complete)
            add_related(r, list, item, title, url);
        else
            wrong_type(r, item, key, "a list of \"[words](address)\" or of maps with title and url");
    }
    if (list->first) r->related = box;
}

/* ---- All of it ---- */

static void read_string(Reader *r, const Key *key, const YamlValue *value, Str name) {
    Str *field = (Str *)(void *)((char *)&r->tree->meta + key->field);
    if (value->kind != YAML_SCALAR) {
        wrong_type(r, value, name, "a string");
        return;
    }
    bool boolean;
    if (key->field == FIELD(draft) && as_boolean(value, &boolean)) {
        if (boolean) *field = STR("true");
        return;
    }
    Str text = key->kind == KEY_WORDS ? words(r, value) : str_trim(value->text);
    /* "description" goes before "abstract" and "subject", whatever their order */
    if (field->n && key->field == FIELD(description) && !str_is(name, "description")) return;
    *field = text;
    if (key->field == FIELD(title) && text.n) {
        r->tree->meta.title_known = true;
        r->tree->meta.title_line = value->at.line;
        r->tree->meta.title_column = value->at.column;
    }
}

static void read_language(Reader *r, const YamlValue *value, Str name) {
    Node probe = {.more = &node_nothing_more};
    if (value->kind != YAML_SCALAR) {
        wrong_type(r, value, name, "a language tag");
        return;
    }
    attribute_set(r, &probe, STR("lang"), value->text, value->at);
    r->tree->meta.language = probe.more->language;
}

static void read_switch(Reader *r, const Key *key, const YamlValue *value, Str name) {
    bool *field = (bool *)(void *)((char *)&r->tree->meta + key->field);
    if (!as_boolean(value, field)) wrong_choice(r, value, name, "true or false");
}

static void read_depth(Reader *r, const YamlValue *value, Str name) {
    Str text = value->kind == YAML_SCALAR ? str_trim(value->text) : (Str){0};
    if (text.n == 1 && text.p[0] >= '1' && text.p[0] <= '6')
        r->tree->meta.toc_depth = text.p[0] - '0';
    else
        wrong_choice(r, value, name, "a number from 1 to 6");
}

static void read_notes(Reader *r, const YamlValue *value, Str name) {
    bool scalar = value->kind == YAML_SCALAR, at_end = scalar && str_is(value->text, "end");
    if (at_end || (scalar && str_is(value->text, "page")))
        r->tree->meta.notes_at_end = at_end;
    else
        wrong_choice(r, value, name, "page or end");
}

static void read_recommendations(Reader *r, const YamlValue *value, Str name) {
    bool scalar = value->kind == YAML_SCALAR, gather = scalar && str_is(value->text, "end");
    if (gather || (scalar && str_is(value->text, "none")) || as_boolean(value, &gather))
        r->tree->meta.recommendations = gather;
    else
        wrong_choice(r, value, name, "end or none");
}

/* ---- Lists of words ---- */

static void read_paragraphs(Reader *r, const YamlValue *value, Str name) {
    StrList out = {0};
    for (const YamlValue *item = value->kind == YAML_LIST ? value->first : value; item;
         item = value->kind == YAML_LIST ? item->next : NULL) {
        Str text = item->kind == YAML_SCALAR ? words(r, item) : (Str){0};
        if (item->kind != YAML_SCALAR) wrong_type(r, item, name, "a string, or a list of strings");
        if (text.n) *PUSH(r->arena, &out, Str) = text;
    }
    r->tree->meta.verso = out.items;
    r->tree->meta.verso_count = out.count;
}

/* Words to the letter: a hyphen says where one may be divided. */
static void read_hyphenation(Reader *r, const YamlValue *value, Str name) {
    static const char wanted[] = "a list of words, with hyphens where they may be divided";
    StrList out = {0};
    bool list = value->kind == YAML_LIST, boolean;
    if (!list && as_boolean(value, &boolean)) { /* that is a matter of the sheet */
        wrong_type(r, value, name, wanted);
        return;
    }
    for (const YamlValue *item = list ? value->first : value; item; item = list ? item->next : NULL) {
        Str word = item->kind == YAML_SCALAR ? str_trim(item->text) : (Str){0};
        if (!word.n || memchr(word.p, ' ', word.n))
            wrong_type(r, item, name, wanted);
        else
            *PUSH(r->arena, &out, Str) = word;
    }
    r->tree->meta.hyphenation = out.items;
    r->tree->meta.hyphenation_count = out.count;
}

/* "A Member, Chair", or {name: A Member, office: Chair}. */
static void read_members(Reader *r, const YamlValue *value, Str key) {
    static const char wanted[] = "a list of strings, or of maps with name and office";
    StrList out = {0};
    if (value->kind != YAML_LIST) {
        wrong_type(r, value, key, wanted);
        return;
    }
    for (const YamlValue *item = value->first; item; item = item->next) {
        const YamlValue *name = item->kind == YAML_MAP ? map_find(item, "name") : item;
        const YamlValue *office = item->kind == YAML_MAP ? map_find(item, "office") : NULL;
        if (!name || name->kind != YAML_SCALAR || (office && office->kind != YAML_SCALAR)) {
            wrong_type(r, item, key, wanted);
            continue;
        }
        Str text = words(r, name), role = office && !is_null(office) ? words(r, office) : (Str){0};
        if (text.n && role.n) text = str_format(r->arena, STR_FMT ", " STR_FMT, STR_ARG(text), STR_ARG(role));
        if (text.n) *PUSH(r->arena, &out, Str) = text;
    }
    r->tree->meta.members = out.items;
    r->tree->meta.member_count = out.count;
}

/* ---- The table of keys at work ---- */

static void read_key(Reader *r, const YamlValue *name, const YamlValue *value) {
    const Key *key = NULL;
    Str names[KEY_COUNT];
    for (size_t i = 0; i < KEY_COUNT; i++) {
        names[i] = str_from(keys[i].name);
        if (str_equal(names[i], name->text)) key = &keys[i];
    }
    if (name->kind != YAML_SCALAR || !key) {
        Str near = name->kind == YAML_SCALAR ? str_nearest(name->text, names, KEY_COUNT) : (Str){0};
        Str hint = near.n ? str_format(r->arena, "did you mean \"" STR_FMT "\"?", STR_ARG(near)) : (Str){0};
        diag(r->d, DIAG_WARNING, "front-matter-key", reader_place(r, name->at), near.n ? hint.p : NULL,
            "\"" STR_FMT "\" is not a known key of the front matter", STR_ARG(name->text));
        return;
    }
    if (is_null(value)) return;
    Meta *meta = &r->tree->meta;
    meta->places[meta->place_count++] = (MetaPlace){key->name, value->at.line, value->at.column};
    switch (key->kind) {
    case KEY_WORDS:
    case KEY_CODE: read_string(r, key, value, name->text); break;
    case KEY_LANGUAGE: read_language(r, value, name->text); break;
    case KEY_DATE:
        if (value->kind == YAML_SCALAR)
            read_date(r, value);
        else
            wrong_type(r, value, name->text, "a date");
        break;
    case KEY_AUTHORS: read_authors(r, value, name->text); break;
    case KEY_KEYWORDS: read_keywords(r, value, name->text); break;
    case KEY_SMART: {
        bool boolean;
        if (!as_boolean(value, &boolean)) wrong_choice(r, value, name->text, "true or false");
        break;
    }
    case KEY_RELATED: read_related(r, value, name->text); break;
    case KEY_SWITCH: read_switch(r, key, value, name->text); break;
    case KEY_DEPTH: read_depth(r, value, name->text); break;
    case KEY_NOTES: read_notes(r, value, name->text); break;
    case KEY_RECOMMENDATIONS: read_recommendations(r, value, name->text); break;
    case KEY_PARAGRAPHS: read_paragraphs(r, value, name->text); break;
    case KEY_HYPHENATION: read_hyphenation(r, value, name->text); break;
    case KEY_MEMBERS: read_members(r, value, name->text); break;
    }
}

void front_matter_apply(Reader *r) {
    if (!r->front_matter) return;
    uint32_t count = 0;
    for (const YamlValue *key = r->front_matter->first; key && key->next; key = key->next->next) count++;
    r->tree->meta.places = NEW_ARRAY(r->arena, MetaPlace, count ? count : 1);
    for (const YamlValue *key = r->front_matter->first; key && key->next; key = key->next->next) read_key(r, key, key->next);
}
