/* The project file: YAML whose keys are looked up level by level. What is not known is an error: a misspelt key would check less than was
 * meant, and nobody would notice. */
#include "read/internal.h"
#include "read/read.h"

static bool key_unknown(Reader *r, const YamlValue *key, const char *where, const char *const *known, size_t count) {
    Str names[4];
    for (size_t i = 0; i < count; i++) names[i] = str_from(known[i]);
    Str text = key->kind == YAML_SCALAR ? key->text : STR("?"), nearest = str_nearest(text, names, count);
    Buf hint = buf_new(r->arena);
    if (nearest.n) {
        buf_format(&hint, "did you mean “" STR_FMT "”?", STR_ARG(nearest));
    } else {
        for (size_t i = 0; i < count; i++) buf_format(&hint, "%s%s", i ? ", " : "there are ", known[i]);
    }
    diag(r->d, DIAG_ERROR, "project-key", reader_place(r, key->at), buf_str(&hint).p, "%s has no key “" STR_FMT "”", where,
        STR_ARG(text));
    return false;
}

static bool value_wrong(Reader *r, const YamlValue *value, const char *name, const char *wanted) {
    diag(r->d, DIAG_ERROR, "project-value", reader_place(r, value->at), NULL, "“%s” must be %s", name, wanted);
    return false;
}

static bool is_null(const YamlValue *value) {
    return value->kind == YAML_SCALAR && value->plain &&
           (!value->text.n || str_is(value->text, "~") || str_is(value->text, "null"));
}

static void word_add(Reader *r, const YamlValue *value, ProjectWords *out) {
    *PUSH(r->arena, out, ProjectWord) = (ProjectWord){value->text, reader_place(r, value->at)};
}

/* One word, or a list of them. */
static bool words_read(Reader *r, const YamlValue *value, const char *name, ProjectWords *out) {
    static const char wanted[] = "a word or a list of words";
    if (is_null(value)) return true;
    if (value->kind == YAML_MAP) return value_wrong(r, value, name, wanted);
    for (const YamlValue *word = value->kind == YAML_LIST ? value->first : value; word;
         word = value->kind == YAML_LIST ? word->next : NULL) {
        if (word->kind != YAML_SCALAR) return value_wrong(r, word, name, wanted);
        word_add(r, word, out);
    }
    return true;
}

/* The keys of `check`, and of each of its `files`, which cannot have files again. *files is what stands there. */
static bool rules_read(Reader *r, const YamlValue *map, const char *where, ProjectRules *out, const YamlValue **files) {
    static const char *const known[] = {"profile", "deny", "allow", "files"};
    bool good = true;
    for (const YamlValue *key = map->first; key && key->next; key = key->next->next) {
        const YamlValue *value = key->next;
        if (key->kind == YAML_SCALAR && str_is(key->text, "profile"))
            good = words_read(r, value, "profile", &out->profiles) && good;
        else if (key->kind == YAML_SCALAR && str_is(key->text, "deny"))
            good = words_read(r, value, "deny", &out->denied) && good;
        else if (key->kind == YAML_SCALAR && str_is(key->text, "allow"))
            good = words_read(r, value, "allow", &out->allowed) && good;
        else if (key->kind == YAML_SCALAR && files && str_is(key->text, "files"))
            *files = value;
        else
            good = key_unknown(r, key, where, known, files ? 4 : 3);
    }
    return good;
}

static bool check_read(Reader *r, const YamlValue *map, Project *out) {
    const YamlValue *files = NULL;
    ProjectRules *all = PUSH(r->arena, out, ProjectRules);
    if (map->kind != YAML_MAP) return is_null(map) || value_wrong(r, map, "check", "a map");
    bool good = rules_read(r, map, "check", all, &files);
    if (!files || is_null(files)) return good;
    if (files->kind != YAML_MAP) return value_wrong(r, files, "files", "a map of patterns, each with a map");
    for (const YamlValue *key = files->first; key && key->next; key = key->next->next) {
        ProjectRules *some = PUSH(r->arena, out, ProjectRules);
        if (key->kind != YAML_SCALAR || !key->text.n || key->next->kind != YAML_MAP)
            good = value_wrong(r, key, "files", "a map of patterns, each with a map");
        else
            good = rules_read(r, key->next, "a pattern of files", some, NULL) && good;
        some->match = key->text;
    }
    return good;
}

bool read_project(Arena *arena, Diags *d, const Source *source, Project *out) {
    static const char *const known[] = {"check"};
    Reader reader = {.arena = arena, .nodes = arena, .d = d, .source = source}, *r = &reader;
    uint32_t errors = d->errors;
    bool good = true;
    *out = (Project){0};
    const YamlValue *root = yaml_read(r, "project", "the project file", source->text, 1);
    if (!root || is_null(root)) return d->errors == errors;
    if (root->kind != YAML_MAP) return value_wrong(r, root, "the project file", "a map, such as “check: {profile: print}”");
    for (const YamlValue *key = root->first; key && key->next; key = key->next->next) {
        bool is_check = key->kind == YAML_SCALAR && str_is(key->text, "check");
        good = (is_check ? check_read(r, key->next, out) : key_unknown(r, key, "the project file", known, 1)) && good;
    }
    return good;
}

/* ---- Patterns --------------------------------------------------------------------------------------------------------- */

/* "?" is a character, "*" any number of them, both but "/"; "**" is any number of whatever. Going back to the last star alone is enough for each
 * kind: a later one can do what an earlier one could. */
bool pattern_matches(Str pattern, Str path) {
    size_t p = 0, at = 0;
    size_t star = SIZE_MAX, star_at = 0, stars = SIZE_MAX,
           stars_at = 0; /* behind the last "*" and "**", and where each began to take */
    while (at < path.n || p < pattern.n) {
        if (str_starts(str_slice(pattern, p, pattern.n), STR("**"))) {
            for (; p < pattern.n && pattern.p[p] == '*'; p++) continue;
            if (p < pattern.n && pattern.p[p] == '/' && (at == 0 || path.p[at - 1] == '/')) p++; /* also no folder at all */
            stars = p;
            stars_at = at;
            star = SIZE_MAX;
            continue;
        }
        if (p < pattern.n && pattern.p[p] == '*') {
            star = ++p;
            star_at = at;
            continue;
        }
        if (p < pattern.n && at < path.n && (pattern.p[p] == path.p[at] || (pattern.p[p] == '?' && path.p[at] != '/'))) {
            p++;
            at++;
            continue;
        }
        if (star != SIZE_MAX && star_at < path.n && path.p[star_at] != '/') {
            p = star;
            at = ++star_at;
        } else if (stars != SIZE_MAX && stars_at < path.n) {
            p = stars;
            at = ++stars_at;
            star = SIZE_MAX;
        } else {
            return false;
        }
    }
    return true;
}
