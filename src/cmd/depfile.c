/* --depfile: what the files of a run are made from, for whoever decides what is to be made again: make, Ninja, other programs.
 *
 * An input is every file that was to be read, whether it is there or not, so that one that is put there counts; what is built into the
 * program is none. A document's part of the file is text that stands for itself: the parts of a run, in the order of its documents, are the
 * whole.
 *
 * GNU make has no grammar for names: what is quoted here is what its reader (4.3) unquotes. Ninja's (1.11) reads the same, but for names with
 * a shell's quotation marks, brackets and wildcards in them; of these it believes that they are missing.
 */
#include "cmd/json.h"
#include "cmd/plan.h"

#include <string.h>

#define JSON_BEGIN "{\"documents\": [\n"
#define JSON_END "\n]}\n"

/* What make and Ninja have a way to write. */
static bool name_possible(Str name) {
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ') return false;
    return name.n > 0 && name.p[name.n - 1] != '\\';
}

/* ---- The command line ------------------------------------------------------------------------------------------------- */

static bool format_find(Invocation *invocation, Depfile *out) {
    static const char *const names[] = {[DEPFILE_MAKE] = "make", [DEPFILE_JSON] = "json", [DEPFILE_NULL] = "null"};
    Str given = option_value(invocation, "depfile-format");
    if (given.n == 0) return true;
    for (DepfileFormat format = DEPFILE_MAKE; format <= DEPFILE_NULL; format++) {
        out->format = format;
        if (str_is(given, names[format])) return true;
    }
    return usage_wrong(invocation, "formats: make, json, null", "unknown format “" STR_FMT "”", STR_ARG(given));
}

/* Nothing in a rule that has no name there. */
static bool output_named(Invocation *invocation, const Depfile *depfile, Str output) {
    bool piped = str_is(output, "-");
    if (output.n == 0) return true;
    if (piped && str_is(depfile->path, "-")) return usage_wrong(invocation, NULL, "only one file can go to standard output");
    return depfile->format != DEPFILE_MAKE || depfile->target.n > 0 || (!piped && name_possible(output)) ||
           usage_wrong(
               invocation, "give another with --depfile-target", "“" STR_FMT "” cannot be a name in a rule", STR_ARG(output));
}

bool depfile_plan(Invocation *invocation, const Plan *plan, Depfile *out) {
    *out = (Depfile){.path = option_output(invocation, "depfile"), .target = option_value(invocation, "depfile-target")};
    if (!format_find(invocation, out)) return false;
    if (out->path.n == 0 && (out->target.n > 0 || option_given(invocation, "depfile-format")))
        return usage_wrong(invocation, NULL, "--depfile-target and --depfile-format are for --depfile");
    if (out->target.n > 0 && (out->format != DEPFILE_MAKE || !name_possible(out->target)))
        return usage_wrong(invocation, NULL, "--depfile-target is a name in a rule of make’s");
    for (uint32_t i = 0; i < plan->count && out->path.n > 0; i++)
        for (Form form = 0; form < FORM_COUNT; form++)
            if (!output_named(invocation, out, plan->products[i].outputs[form])) return false;
    return true;
}

/* ---- A document's part ------------------------------------------------------------------------------------------------ */

static void path_add(Arena *arena, StrMap *seen, PathList *out, Str path) {
    if (str_is(path, "-") || strmap_find(seen, path) != NULL) return;
    strmap_put(seen, path, out);
    *PUSH(arena, out, Str) = path;
}

/* The source as it was named, then the rest, each once. */
static PathList inputs_of(Arena *arena, const Batch *batch, const Product *product, const PathList *asked) {
    PathList out = {0};
    StrMap *seen = strmap_new(arena);
    path_add(arena, seen, &out, product->input);
    strmap_put(seen, path_tidy(arena, product->input), &out);
    const PathList *const lists[] = {batch->asked, asked};
    for (int l = 0; l < 2; l++)
        for (uint32_t i = 0; lists[l] != NULL && i < lists[l]->count; i++)
            path_add(arena, seen, &out, path_tidy(arena, lists[l]->items[i]));
    return out;
}

static PathList outputs_of(Arena *arena, const Product *product) {
    PathList out = {0};
    StrMap *seen = strmap_new(arena);
    for (Form form = 0; form < FORM_COUNT; form++)
        if (product->outputs[form].n > 0) path_add(arena, seen, &out, product->outputs[form]);
    return out;
}

/* ---- For make and Ninja ----------------------------------------------------------------------------------------------- */

static void backslashes_double(Buf *out, Str name, size_t end) {
    for (size_t i = end; i > 0 && name.p[i - 1] == '\\'; i--) buf_add_char(out, '\\');
}

/* Backslashes count only before what they quote. A "%" makes a pattern of a target; what stands behind a "|" would not count; a ";" is looked
 * for twice. */
static void name_quote(Buf *out, Str name, bool is_target) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c == ' ' || c == '#' || c == ':' || c == (is_target ? '%' : '|')) {
            backslashes_double(out, name, i);
            buf_add_char(out, '\\');
        }
        if (c == ';') buf_add_c(out, "\\\\\\");
        if (c == '$') buf_add_char(out, '$');
        buf_add_char(out, c);
    }
}

static void targets_add(Buf *out, const PathList *names) {
    for (uint32_t i = 0; i < names->count; i++) {
        if (i > 0) buf_add_char(out, ' ');
        name_quote(out, names->items[i], true);
    }
    buf_add_char(out, ':');
}

/* The rules behind the first have no recipe: an input that is gone does not stop make, and is told by its place in the source. Not for the
 * source itself: without one, nothing is made; nor where make would see a variable. */
static void rules_add(Buf *out, const PathList *targets, Str source, const PathList *inputs) {
    targets_add(out, targets);
    for (uint32_t i = 0; i < inputs->count; i++) {
        if (!name_possible(inputs->items[i])) continue;
        buf_add_c(out, i == 0 ? " " : " \\\n ");
        name_quote(out, inputs->items[i], false);
    }
    buf_add_char(out, '\n');
    for (uint32_t i = 0; i < inputs->count; i++) {
        Str name = inputs->items[i];
        if (str_equal(name, source) || !name_possible(name) || memchr(name.p, '=', name.n) != NULL) continue;
        targets_add(out, &(PathList){.items = &name, .count = 1});
        buf_add_char(out, '\n');
    }
}

/* ---- For other programs ----------------------------------------------------------------------------------------------- */

static json_t *paths_json(Arena *arena, const PathList *paths) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < paths->count; i++) json_array_append_new(list, json_path(arena, paths->items[i]));
    return list;
}

static void words_add(Buf *out, const char *what, const PathList *paths) {
    for (uint32_t i = 0; i < paths->count; i++) {
        buf_format(out, "%s " STR_FMT, what, STR_ARG(paths->items[i]));
        buf_add_char(out, '\0');
    }
}

/* ---- The whole -------------------------------------------------------------------------------------------------------- */

Str depfile_part(Arena *arena, const Depfile *depfile, const Batch *batch, const Product *product, const PathList *asked) {
    Buf out = buf_new(arena);
    PathList outputs = outputs_of(arena, product), inputs = inputs_of(arena, batch, product, asked);
    PathList target = {.items = (Str *)(uintptr_t)&depfile->target, .count = 1};
    switch (depfile->format) {
    case DEPFILE_MAKE: rules_add(&out, depfile->target.n > 0 ? &target : &outputs, product->input, &inputs); break;
    case DEPFILE_JSON:
        json_add(&out, json_pack("{s:o, s:o}", "outputs", paths_json(arena, &outputs), "inputs", paths_json(arena, &inputs)), 0);
        out.n--; /* without the end of its line */
        break;
    case DEPFILE_NULL:
        words_add(&out, "output", &outputs);
        words_add(&out, "input", &inputs);
        break;
    }
    return buf_str(&out);
}

void depfile_join(Buf *whole, const Depfile *depfile, const Batch *batch, const Product *product, Str part) {
    if (depfile->path.n == 0) return;
    if (depfile->format == DEPFILE_JSON) buf_add_c(whole, whole->n == 0 ? JSON_BEGIN : ",\n");
    buf_add(whole, part.n > 0 ? part : depfile_part(whole->arena, depfile, batch, product, NULL));
}

bool depfile_write(Diags *d, const Depfile *depfile, Buf *whole) {
    if (depfile->path.n == 0) return true;
    Str folder = path_folder(depfile->path);
    if (folder.n > 0 && !folder_make(d, folder)) return false;
    if (depfile->format == DEPFILE_JSON) buf_add_c(whole, whole->n == 0 ? JSON_BEGIN JSON_END : JSON_END);
    return file_write(d, depfile->path, buf_str(whole));
}
