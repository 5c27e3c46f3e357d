/* The options of a command: one parser for all of them, by the command's table. */
#include "cmd/internal.h"

#include <stdio.h>
#include <string.h>

bool format_read(Invocation *invocation, const char *const formats[], uint32_t *out) {
    Str given = option_value(invocation, "format");
    *out = 0;
    if (!given.n) return true;
    Buf hint = buf_new(invocation->arena);
    for (; formats[*out] != NULL; (*out)++) {
        if (str_is(given, formats[*out])) return true;
        buf_format(&hint, "%s%s", *out ? ", " : "formats: ", formats[*out]);
    }
    return usage_wrong(invocation, buf_str(&hint).p, "unknown format “" STR_FMT "”", STR_ARG(given));
}

bool usage_wrong(Invocation *invocation, const char *hint, const char *format, ...) {
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (hint == NULL)
        hint = invocation->command == NULL
                   ? "“brief help” lists the commands"
                   : str_format(invocation->arena, "“brief help %s” says how it is used", invocation->command->name).p;
    diag(&invocation->diags, DIAG_ERROR, "usage", (Place){0}, hint, "%s", message);
    return false;
}

static size_t option_count(const Command *command) {
    size_t count = 0;
    while (command->options[count].name != NULL) count++;
    return count;
}

static size_t option_index(const Invocation *invocation, const char *name) {
    for (size_t i = 0; invocation->command->options[i].name != NULL; i++)
        if (strcmp(invocation->command->options[i].name, name) == 0) return i;
    BUG("“%s” has no option “%s”", invocation->command->name, name);
}

static bool limit_apply(Invocation *invocation, Str word) {
    const char *equals = word.n > 0 ? memchr(word.p, '=', word.n) : NULL;
    Str name = equals == NULL ? word : str_slice(word, 0, (size_t)(equals - word.p)), names[LIMIT_COUNT];
    Limit limit;
    for (Limit i = 0; i < LIMIT_COUNT; i++) names[i] = str_from(limits_about[i].name);
    if (!limit_find(name, &limit)) {
        Str nearest = str_nearest(name, names, LIMIT_COUNT);
        const char *hint = nearest.n == 0 ? "“brief help limits” lists them"
                                          : str_format(invocation->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p;
        return usage_wrong(invocation, hint, "there is no limit “" STR_FMT "”", STR_ARG(name));
    }
    if (limit_set(limit, str_slice(word, name.n + (equals != NULL), word.n))) return true;
    Str least = limit_text(invocation->arena, limit, limits_about[limit].least),
        most = limit_text(invocation->arena, limit, limits_about[limit].most);
    return usage_wrong(invocation, str_format(invocation->arena, "from " STR_FMT " to " STR_FMT, STR_ARG(least), STR_ARG(most)).p,
        "“" STR_FMT "” is no value that this limit can have: write --limit %s=NUMBER", STR_ARG(word), limits_about[limit].name);
}

bool limits_apply(Invocation *invocation) {
    const Option *option = invocation->command->options;
    while (option->name != NULL && strcmp(option->name, "limit") != 0) option++;
    Str rest = option->name == NULL ? STR("") : option_value(invocation, "limit");
    while (rest.n > 0) {
        const char *comma = memchr(rest.p, ',', rest.n);
        Str word = comma == NULL ? rest : str_slice(rest, 0, (size_t)(comma - rest.p));
        rest = str_slice(rest, word.n + (comma != NULL), rest.n);
        if (!limit_apply(invocation, word)) return false;
    }
    return true;
}

bool option_given(const Invocation *invocation, const char *name) { return invocation->given[option_index(invocation, name)]; }

Str option_value(const Invocation *invocation, const char *name) { return invocation->values[option_index(invocation, name)]; }

static bool option_unknown(Invocation *invocation, Str name) {
    const Option *options = invocation->command->options;
    size_t count = option_count(invocation->command);
    Str *names = NEW_ARRAY(invocation->arena, Str, count + 1);
    for (size_t i = 0; i < count; i++) names[i] = str_from(options[i].name);
    names[count] = STR("help");
    Str nearest = str_nearest(name, names, count + 1);
    const char *hint = nearest.n == 0 ? NULL : str_format(invocation->arena, "did you mean “--" STR_FMT "”?", STR_ARG(nearest)).p;
    return usage_wrong(invocation, hint, "unknown option “--" STR_FMT "”", STR_ARG(name));
}

static bool is_optional(const Option *option) { return option->value != NULL && option->value[0] == '['; }

static bool is_many(const Option *option) { return option->value != NULL && str_ends(str_from(option->value), STR("…")); }

static bool option_set(Invocation *invocation, size_t option, Str value, bool left_out) {
    if (invocation->command->options[option].value != NULL && value.n == 0 && !left_out)
        return usage_wrong(invocation, NULL, "--%s wants a value", invocation->command->options[option].name);
    Str *held = &invocation->values[option];
    bool joined = invocation->given[option] && is_many(&invocation->command->options[option]);
    *held = joined ? str_format(invocation->arena, STR_FMT "," STR_FMT, STR_ARG(*held), STR_ARG(value))
                   : value; /* the last one counts */
    invocation->given[option] = true;
    return true;
}

static bool is_number(const char *word) {
    if (word == NULL || word[0] == '\0') return false;
    for (; *word != '\0'; word++)
        if (*word < '0' || *word > '9') return false;
    return true;
}

/* Without "=": the value that may be left out is. A number behind it was meant to be it. */
static bool option_alone(Invocation *invocation, size_t option, const char *next) {
    const char *name = invocation->command->options[option].name;
    if (is_number(next))
        return usage_wrong(invocation,
            str_format(invocation->arena, "write “--%s=%s”; a file of that name is “./%s”", name, next, next).p,
            "--%s takes its value with “=”", name);
    return option_set(invocation, option, STR(""), true);
}

/* "--name", "--name=value", "--name value"; *at is the word's index and moves over a value behind it. */
static bool long_option(Invocation *invocation, int argc, char **argv, int *at) {
    Str word = str_from(argv[*at] + 2), name = word;
    const char *equals = memchr(word.p, '=', word.n);
    if (equals != NULL) name.n = (size_t)(equals - word.p);
    const Option *options = invocation->command->options;
    size_t option = 0;
    while (options[option].name != NULL && !str_is(name, options[option].name)) option++;
    if (options[option].name == NULL) return option_unknown(invocation, name);
    if (options[option].value == NULL) {
        if (equals != NULL) return usage_wrong(invocation, NULL, "--%s takes no value", options[option].name);
        return option_set(invocation, option, STR(""), true);
    }
    if (equals != NULL) return option_set(invocation, option, str_slice(word, name.n + 1, word.n), false);
    if (is_optional(&options[option])) return option_alone(invocation, option, *at + 1 < argc ? argv[*at + 1] : NULL);
    if (*at + 1 >= argc) return usage_wrong(invocation, NULL, "--%s wants a value", options[option].name);
    return option_set(invocation, option, str_from(argv[++*at]), false);
}

/* "-q", "-qo FILE", "-oFILE", "-j", "-j4" */
static bool short_options(Invocation *invocation, int argc, char **argv, int *at) {
    const Option *options = invocation->command->options;
    const char *word = argv[*at];
    for (size_t i = 1; word[i] != '\0'; i++) {
        size_t option = 0;
        while (options[option].name != NULL && options[option].letter != word[i]) option++;
        if (options[option].name == NULL) return usage_wrong(invocation, NULL, "unknown option “%s”", word);
        if (options[option].value == NULL) {
            if (!option_set(invocation, option, STR(""), true)) return false;
            continue;
        }
        if (word[i + 1] != '\0') return option_set(invocation, option, str_from(word + i + 1), false);
        if (is_optional(&options[option])) return option_alone(invocation, option, *at + 1 < argc ? argv[*at + 1] : NULL);
        if (*at + 1 >= argc) return usage_wrong(invocation, NULL, "-%c wants a value", word[i]);
        return option_set(invocation, option, str_from(argv[++*at]), false);
    }
    return true;
}

bool options_parse(Invocation *invocation, int argc, char **argv) {
    size_t count = option_count(invocation->command);
    invocation->values = NEW_ARRAY(invocation->arena, Str, count + 1);
    invocation->given = NEW_ARRAY(invocation->arena, bool, count + 1);
    invocation->operands = NEW_ARRAY(invocation->arena, Str, (size_t)argc + 1);
    bool ended = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (ended || word[0] != '-' || word[1] == '\0')
            invocation->operands[invocation->operand_count++] = str_from(word);
        else if (strcmp(word, "--") == 0)
            ended = true;
        else if (!(word[1] == '-' ? long_option(invocation, argc, argv, &i) : short_options(invocation, argc, argv, &i)))
            return false;
    }
    return true;
}
