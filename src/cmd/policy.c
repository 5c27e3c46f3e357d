/* What `brief check` asks of a document: the command line, and the project file. */
#include "cmd/internal.h"

#define PROJECT_FILE ".brief.yaml"

/* ---- The command line ------------------------------------------------------------------------------------------------- */

/* Splits a value at its commas, and holds every part to be a code. */
static bool codes_read(Invocation *invocation, const char *option, Str value, const Str **out, uint32_t *count, bool *warnings) {
    Arena *arena = invocation->arena;
    Str *codes = NEW_ARRAY(arena, Str, value.n / 2 + 1);
    *count = 0;
    for (size_t at = 0; at < value.n;) {
        size_t end = at;
        while (end < value.n && value.p[end] != ',') end++;
        Str code = str_trim(str_slice(value, at, end));
        at = end + 1;
        if (!code.n) continue;
        if (warnings && str_is(code, "warnings")) {
            *warnings = true;
            continue;
        }
        const Rule *rule = rule_find(code);
        if (!rule) {
            Str nearest = rule_nearest(arena, code);
            const char *hint = nearest.n ? str_format(arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                         : "“brief explain” lists the codes";
            return usage_wrong(invocation, hint, "--%s: there is no code “" STR_FMT "”", option, STR_ARG(code));
        }
        codes[(*count)++] = str_from(rule->code);
    }
    *out = codes;
    return true;
}

/* Names with commas between them, each a bit; 0: none is given. */
static bool profiles_read(Invocation *invocation, Str value, unsigned *out) {
    *out = 0;
    for (size_t at = 0; at < value.n;) {
        size_t end = at;
        while (end < value.n && value.p[end] != ',') end++;
        Str name = str_trim(str_slice(value, at, end));
        at = end + 1;
        Profile profile;
        if (!profile_find(name, &profile)) {
            Str names = profile_names(invocation->arena, PROFILE_ALL, ", ");
            return usage_wrong(invocation, str_format(invocation->arena, "profiles: " STR_FMT, STR_ARG(names)).p,
                "unknown profile “" STR_FMT "”", STR_ARG(name));
        }
        *out |= (unsigned)profile;
    }
    return true;
}

bool policy_read(Invocation *invocation, Policy *out) {
    *out = (Policy){0};
    if (!profiles_read(invocation, option_value(invocation, "profile"), &out->profiles)) return false;
    Str deny = option_value(invocation, "deny"), allow = option_value(invocation, "allow");
    return codes_read(invocation, "deny", deny, &out->denied, &out->denied_count, &out->deny_warnings) &&
           codes_read(invocation, "allow", allow, &out->allowed, &out->allowed_count, NULL);
}

/* ---- The project file ------------------------------------------------------------------------------------------------- */

static bool word_unknown(Diags *d, const ProjectWord *word, const char *hint, const char *what) {
    diag(d, DIAG_ERROR, "project-value", word->at, hint, "there is no %s “" STR_FMT "”", what, STR_ARG(word->text));
    return false;
}

static bool codes_take(Diags *d, const ProjectWords *words, Str *codes, uint32_t *count, bool *warnings) {
    bool good = true;
    for (uint32_t i = 0; i < words->count; i++) {
        const ProjectWord *word = &words->items[i];
        if (warnings && str_is(word->text, "warnings")) {
            *warnings = true;
            continue;
        }
        const Rule *rule = rule_find(word->text);
        if (rule) {
            codes[(*count)++] = str_from(rule->code);
            continue;
        }
        Str nearest = rule_nearest(d->arena, word->text);
        const char *hint = nearest.n ? str_format(d->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                     : "“brief explain” lists the codes";
        good = word_unknown(d, word, hint, "code");
    }
    return good;
}

static bool profiles_take(Diags *d, const ProjectWords *words, unsigned *out) {
    bool good = true;
    if (words->count) *out = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        Profile profile;
        if (profile_find(words->items[i].text, &profile)) {
            *out |= (unsigned)profile;
            continue;
        }
        Str names = profile_names(d->arena, PROFILE_ALL, ", ");
        good = word_unknown(d, &words->items[i], str_format(d->arena, "profiles: " STR_FMT, STR_ARG(names)).p, "profile");
    }
    return good;
}

static bool is_among(Str code, const Str *codes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(code, codes[i])) return true;
    return false;
}

/* What the project says first, then what the command line does, which can forgive what the project denies. */
bool policy_join(Diags *d, const Project *project, Str path, Policy *policy) {
    uint32_t denied = policy->denied_count, allowed = policy->allowed_count;
    for (uint32_t i = 0; i < project->count; i++) {
        denied += project->items[i].denied.count;
        allowed += project->items[i].allowed.count;
    }
    Policy joined = {.profiles = PROFILE_BASIC};
    Str *denied_codes = NEW_ARRAY(d->arena, Str, denied + 1), *allowed_codes = NEW_ARRAY(d->arena, Str, allowed + 1);
    bool good = true;
    for (uint32_t i = 0; i < project->count; i++) {
        const ProjectRules *rules = &project->items[i];
        Policy some = joined;
        good = profiles_take(d, &rules->profiles, &some.profiles) && good;
        good = codes_take(d, &rules->denied, denied_codes, &some.denied_count, &some.deny_warnings) && good;
        good = codes_take(d, &rules->allowed, allowed_codes, &some.allowed_count, NULL) && good;
        if (!rules->match.n || pattern_matches(rules->match, path)) joined = some;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < joined.denied_count; i++)
        if (!is_among(denied_codes[i], policy->allowed, policy->allowed_count)) denied_codes[kept++] = denied_codes[i];
    joined.denied_count = kept;
    for (uint32_t i = 0; i < policy->denied_count; i++) denied_codes[joined.denied_count++] = policy->denied[i];
    for (uint32_t i = 0; i < policy->allowed_count; i++) allowed_codes[joined.allowed_count++] = policy->allowed[i];
    if (policy->profiles) joined.profiles = policy->profiles;
    joined.deny_warnings = joined.deny_warnings || policy->deny_warnings;
    joined.denied = denied_codes;
    joined.allowed = allowed_codes;
    *policy = joined;
    return good;
}

bool project_apply(Document *document, const Batch *batch, bool alone, Policy *policy) {
    Arena *arena = document->arena;
    Diags *d = &document->diags;
    Str name = document->source.name, below = STR("");
    bool piped = str_is(name, "-");
    Str folder = STR("");
    if (!alone) folder = folder_above_with(arena, piped ? STR("") : path_folder(name), PROJECT_FILE, batch->root, &below);
    Project project = {0};
    bool good = true;
    if (folder.n) {
        /* As the document's images are: a link that leads out of the folder would show what is in another file. */
        Root root;
        Source *source = NEW(arena, Source);
        source->name = path_shown(arena, path_join(arena, folder, STR(PROJECT_FILE)));
        good = root_open(arena, d, folder, folder, &root) &&
               root_read(arena, d, &root, STR(PROJECT_FILE), (Place){source, 0, 0}, &source->text) &&
               read_project(arena, d, source, &project);
    }
    Str path = piped ? below : below.n ? path_join(arena, below, path_name(name)) : path_name(name);
    return policy_join(d, &project, path, policy) && good;
}
