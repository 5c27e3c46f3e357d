/* The tables of rules, found and told. */
#include "check/internal.h"

#include <string.h>

const RuleGroup rule_groups[] = {
    {"Text and marks", rules_text},
    {"Front matter", rules_front_matter},
    {"Headings and links", rules_structure},
    {"Tables", rules_tables},
    {"Notes and pull-quotes", rules_notes},
    {"Images", rules_images},
    {"Lines, tables and pages", rules_pages},
    {"Style sheets", rules_sheets},
    {"Files and the command line", rules_files},
    {0},
};

#define RULE_LIMIT 400

static const struct {
    const char *name;
    Profile profile;
} profiles[] = {{"basic", PROFILE_BASIC}, {"public-sector", PROFILE_PUBLIC_SECTOR}, {"print", PROFILE_PRINT}};

#define PROFILE_COUNT (sizeof profiles / sizeof *profiles)

const Rule *rule_find(Str code) {
    for (const RuleGroup *group = rule_groups; group->title; group++)
        for (const Rule *rule = group->rules; rule->code; rule++)
            if (str_is(code, rule->code)) return rule;
    return NULL;
}

Str rule_nearest(Arena *arena, Str code) {
    Str *names = NEW_ARRAY(arena, Str, RULE_LIMIT);
    size_t count = 0;
    for (const RuleGroup *group = rule_groups; group->title; group++)
        for (const Rule *rule = group->rules; rule->code; rule++) {
            if (count == RULE_LIMIT) BUG("more than %d rules", RULE_LIMIT);
            names[count++] = str_from(rule->code);
        }
    return str_nearest(code, names, count);
}

bool profile_find(Str name, Profile *out) {
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        if (!str_is(name, profiles[i].name)) continue;
        *out = profiles[i].profile;
        return true;
    }
    return false;
}

Str profile_names(Arena *arena, unsigned bits, const char *between) {
    Buf names = buf_new(arena);
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        if (!(bits & (unsigned)profiles[i].profile)) continue;
        if (names.n) buf_add_c(&names, between);
        buf_add_c(&names, profiles[i].name);
    }
    return buf_str(&names);
}

static const char *severity_name(Severity severity) {
    return severity == DIAG_ERROR ? "error" : severity == DIAG_WARNING ? "warning" : "note";
}

static bool is_everywhere(const Rule *rule) { return rule->profiles == PROFILE_ALL; }

/* ---- As text ---------------------------------------------------------------------------------------------------------- */

/* Words of `text` in lines of at most `columns`, behind `indent` spaces. */
static void paragraph_add(Buf *out, const char *text, uint32_t indent, uint32_t columns) {
    Str rest = str_from(text);
    uint32_t column = 0;
    while (rest.n) {
        const char *space = memchr(rest.p, ' ', rest.n);
        Str word = str_slice(rest, 0, space ? (size_t)(space - rest.p) : rest.n);
        uint32_t width = (uint32_t)utf8_count(word);
        if (column && column + 1 + width > columns) {
            buf_add_char(out, '\n');
            column = 0;
        }
        if (column) {
            buf_add_char(out, ' ');
            column++;
        }
        for (; column < indent; column++) buf_add_char(out, ' ');
        buf_add(out, word);
        column += width;
        rest = str_slice(rest, word.n + (space != NULL), rest.n);
    }
    buf_add_char(out, '\n');
}

void rule_explain(const Rule *rule, uint32_t columns, Buf *out) {
    buf_format(out, "%s: %s (%s", rule->code, rule->title, severity_name(rule->severity));
    if (!is_everywhere(rule)) {
        Str names = profile_names(out->arena, rule->profiles, ", ");
        buf_format(out, "; profile " STR_FMT, STR_ARG(names));
    }
    buf_add_c(out, ")\n\n");
    paragraph_add(out, rule->why, 2, columns);
    buf_add_char(out, '\n');
    Str claims = code_claims_text(out->arena, str_from(rule->code));
    if (claims.n) {
        paragraph_add(out, claims.p, 2, columns);
        buf_add_char(out, '\n');
    }
    paragraph_add(out, rule->mend, 2, columns);
}

void rules_list(Buf *out) {
    size_t width = 0;
    for (const RuleGroup *group = rule_groups; group->title; group++)
        for (const Rule *rule = group->rules; rule->code; rule++)
            if (strlen(rule->code) > width) width = strlen(rule->code);
    for (const RuleGroup *group = rule_groups; group->title; group++) {
        buf_format(out, "%s%s\n", group == rule_groups ? "" : "\n", group->title);
        for (const Rule *rule = group->rules; rule->code; rule++) {
            buf_format(out, "  %s", rule->code);
            for (size_t n = strlen(rule->code); n < width + 2; n++) buf_add_char(out, ' ');
            buf_format(out, "%s\n", rule->title);
        }
    }
}

/* ---- As Markdown ------------------------------------------------------------------------------------------------------ */

static const char head[] = "# What `brief check` finds\n"
                           "\n"
                           "<!-- Made by `brief explain --markdown`. Change src/check/rules_*.c, and make it again. -->\n"
                           "\n"
                           "Each finding ends in its code, in brackets. `brief explain CODE` says the same as this page. A rule "
                           "is in all profiles unless others\n"
                           "are named; errors keep the files from being made, and cannot be allowed.\n"
                           "\n"
                           "Findings can be allowed with `--allow CODE`, or in the document, by a comment in lines of its own:\n"
                           "\n"
                           "```markdown\n"
                           "<!-- brief: allow pull-quote-near widow -->\n"
                           "```\n"
                           "\n"
                           "It holds for the block that follows; before the first block, for the whole document. `--deny CODE` "
                           "makes an error of a finding, whatever\n"
                           "the document allows, and `--deny warnings` of all that are left.\n"
                           "\n"
                           "`--format=json` gives one object. `files` has one for each document, with its name (`file`), the "
                           "numbers of `errors` and `warnings`, how\n"
                           "many findings more there were than are kept (`dropped`), and `findings`: `file` (a sheet or an image "
                           "may be another than the\n"
                           "document; `null`: none), `line` and `column` (from 1, in characters; `null`: the whole file or "
                           "line), `severity` (`error`, `warning`\n"
                           "or `note`), `code`, `message` and `hint` (which may be empty).\n";

/* What Markdown would take for a mark. */
static void escaped_add(Buf *out, const char *text) {
    for (; *text; text++) {
        if (strchr("\\`*_[]<>|#{}", *text)) buf_add_char(out, '\\');
        buf_add_char(out, *text);
    }
}

void rules_markdown(Buf *out) {
    buf_add_c(out, head);
    for (const RuleGroup *group = rule_groups; group->title; group++) {
        buf_format(out, "\n## %s\n", group->title);
        for (const Rule *rule = group->rules; rule->code; rule++) {
            buf_format(out, "\n### %s\n\n**", rule->code);
            escaped_add(out, rule->title);
            buf_format(out, ".** (%s", severity_name(rule->severity));
            if (!is_everywhere(rule)) {
                Str names = profile_names(out->arena, rule->profiles, ", ");
                buf_format(out, "; profile " STR_FMT, STR_ARG(names));
            }
            buf_add_c(out, ")\n\n");
            escaped_add(out, rule->why);
            buf_add_c(out, "\n\n");
            Str claims = code_claims_text(out->arena, str_from(rule->code));
            if (claims.n) {
                escaped_add(out, claims.p);
                buf_add_c(out, "\n\n");
            }
            escaped_add(out, rule->mend);
            buf_add_char(out, '\n');
        }
    }
}
