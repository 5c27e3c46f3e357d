/* libyaml's events → a small tree of values with their places. Aliases and tags are not for front matter; nesting is bounded. */
#include "read/internal.h"
#include <yaml.h>

#define DEPTH_LIMIT 10

typedef struct {
    Reader *r;
    yaml_parser_t parser;
    uint32_t first_line; /* source line of the text's first */
    const char *code, *what; /* for what is wrong with it: "front-matter", "the front matter" */
    bool failed;
} YamlReader;

static Spot mark_spot(const YamlReader *y, yaml_mark_t mark) {
    return (Spot){y->first_line + (uint32_t)mark.line, (uint32_t)mark.column + 1};
}

static void fail(YamlReader *y, Spot at, const char *message, const char *hint) {
    if (!y->failed) {
        const char *code = y->code;
        diag(y->r->d, DIAG_ERROR, code, reader_place(y->r, at), hint, "%s is not valid YAML and is left out: %s", y->what,
            message);
    }
    y->failed = true;
}

static const char *hint_for(const char *problem) {
    if (str_equal(str_from(problem), STR("mapping values are not allowed in this context"))) {
        return "a value with a colon in it needs quotation marks: title: \"One: two\"";
    }
    if (str_equal(str_from(problem), STR("found character that cannot start any token"))) {
        return "indent with spaces, not tabs, and put values that begin with @, ` or % in quotation marks";
    }
    return NULL;
}

/* Bytes that YAML does not allow at all are told by their offset only. */
static void fail_reader(YamlReader *y, Str text) {
    size_t offset = y->parser.problem_offset < text.n ? y->parser.problem_offset : text.n;
    Spot at = {y->first_line, 1};
    for (size_t i = 0; i < offset; i++) {
        if (text.p[i] == '\n')
            at = (Spot){at.line + 1, 1};
        else if (((unsigned char)text.p[i] & 0xC0) != 0x80)
            at.column++;
    }
    fail(y, at, y->parser.problem ? y->parser.problem : "a character that is not allowed", NULL);
}

static bool next_event(YamlReader *y, Str text, yaml_event_t *event) {
    if (y->failed) return false;
    if (yaml_parser_parse(&y->parser, event)) return true;
    if (y->parser.error == YAML_READER_ERROR) {
        fail_reader(y, text);
    } else {
        const char *problem = y->parser.problem ? y->parser.problem : "it cannot be read";
        fail(y, mark_spot(y, y->parser.problem_mark), problem, hint_for(problem));
    }
    return false;
}

static YamlValue *value_new(YamlReader *y, const yaml_event_t *event) {
    YamlValue *value = NEW(y->r->arena, YamlValue);
    value->at = mark_spot(y, event->start_mark);
    value->kind = event->type == YAML_SEQUENCE_START_EVENT  ? YAML_LIST
                  : event->type == YAML_MAPPING_START_EVENT ? YAML_MAP
                                                            : YAML_SCALAR;
    if (event->type == YAML_SCALAR_EVENT) {
        value->text = str_copy(y->r->arena, (Str){(const char *)event->data.scalar.value, event->data.scalar.length});
        value->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        /* quotation marks and the sign of a block are not part of the text */
        if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
            event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE) {
            value->at.column++;
        }
        value->text = decode_value(y->r, value->text, value->at);
    }
    return value;
}

static YamlValue *read_values(YamlReader *y, Str text) {
    YamlValue *open[DEPTH_LIMIT] = {0}, *last[DEPTH_LIMIT] = {0}, *root = NULL;
    int depth = 0;
    yaml_event_t event;
    while (next_event(y, text, &event)) {
        yaml_event_type_t type = event.type;
        bool value = type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT;
        if (type == YAML_ALIAS_EVENT) fail(y, mark_spot(y, event.start_mark), "aliases are not allowed", NULL);
        if (type == YAML_DOCUMENT_START_EVENT && root)
            fail(y, mark_spot(y, event.start_mark), "it is more than one document", NULL);
        if ((type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT) && depth) depth--;
        if (value) {
            YamlValue *made = value_new(y, &event);
            if (depth == 0)
                root = made;
            else if (last[depth - 1])
                last[depth - 1]->next = made;
            else
                open[depth - 1]->first = made;
            if (depth) last[depth - 1] = made;
            if (made->kind != YAML_SCALAR && depth == DEPTH_LIMIT) {
                fail(y, made->at, "it is nested too deep", NULL);
            } else if (made->kind != YAML_SCALAR) {
                open[depth] = made;
                last[depth++] = NULL;
            }
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT) return root;
    }
    return NULL;
}

const YamlValue *yaml_read(Reader *r, const char *code, const char *what, Str text, uint32_t first_line) {
    YamlReader y = {.r = r, .first_line = first_line, .code = code, .what = what};
    if (!yaml_parser_initialize(&y.parser)) BUG("libyaml does not start");
    yaml_parser_set_encoding(&y.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y.parser, (const unsigned char *)text.p, text.n);
    YamlValue *root = read_values(&y, text);
    yaml_parser_delete(&y.parser);
    return root;
}
