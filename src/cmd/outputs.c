/* That no file is written twice, or over an input: found out for all before anything is done, each file being asked for once. */
#include "cmd/plan.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    Invocation *invocation;
    StrMap *inputs; /* by their place, and those that are there by device and number → Product */
    StrMap *taken; /* outputs by their place → Product */
    StrMap *folders; /* as they are named → Str, where they really are */
} Places;

/* What makes two names one file; empty when there is none. */
static Str file_key(Arena *arena, Str path) {
    struct stat about;
    if (str_is(path, "-") || stat(str_c(arena, path), &about) != 0) return STR("");
    return str_format(arena, "%ju:%ju", (uintmax_t)about.st_dev, (uintmax_t)about.st_ino);
}

/* path_identity(), with every folder looked for once. */
static Str place_of(Places *places, Str path) {
    Arena *arena = places->invocation->arena;
    Str folder = path_folder(path);
    Str *real = strmap_find(places->folders, folder);
    if (real == NULL) {
        real = NEW(arena, Str);
        *real = path_folder(path_identity(arena, path));
        strmap_put(places->folders, folder, real);
    }
    return path_join(arena, *real, path_name(path));
}

static bool output_safe(Places *places, const Product *product, Str output) {
    Invocation *invocation = places->invocation;
    if (str_is(output, "-")) {
        if (isatty(STDOUT_FILENO))
            return usage_wrong(
                invocation, "name a file with -o, or send it on with “>” or “|”", "a terminal cannot show what is made");
        return true;
    }
    Str place = place_of(places, output);
    const Product *over = strmap_find(places->inputs, place);
    if (over == NULL && !product->elsewhere) over = strmap_find(places->inputs, file_key(invocation->arena, output));
    if (over != NULL)
        return usage_wrong(invocation, "name another file with -o", "“" STR_FMT "” would be overwritten by what is made from it",
            STR_ARG(over->input));
    const Product *other = strmap_find(places->taken, place);
    if (other != NULL)
        return usage_wrong(invocation, NULL, "“" STR_FMT "” and “" STR_FMT "” would both be written to “" STR_FMT "”",
            STR_ARG(other->input), STR_ARG(product->input), STR_ARG(output));
    strmap_put(places->taken, place, (void *)(uintptr_t)product);
    return true;
}

static void input_note(Places *places, const Product *product) {
    strmap_put(places->inputs, place_of(places, product->input), (void *)(uintptr_t)product);
    if (product->elsewhere) return;
    Str key = file_key(places->invocation->arena, product->input);
    if (key.n > 0) strmap_put(places->inputs, key, (void *)(uintptr_t)product);
}

static bool depfile_safe(Places *places, Str path) {
    Invocation *invocation = places->invocation;
    if (path.n == 0 || str_is(path, "-")) return true;
    Str place = place_of(places, path), key = file_key(invocation->arena, path);
    if (strmap_find(places->inputs, key) == NULL && strmap_find(places->inputs, place) == NULL &&
        strmap_find(places->taken, place) == NULL)
        return true;
    return usage_wrong(
        invocation, "name another file with --depfile", "“" STR_FMT "” is an input, or made of one", STR_ARG(path));
}

bool outputs_safe(Invocation *invocation, const Plan *plan) {
    Arena *arena = invocation->arena;
    Places places = {invocation, strmap_new(arena), strmap_new(arena), strmap_new(arena)};
    for (uint32_t i = 0; i < plan->count; i++) input_note(&places, &plan->products[i]);
    for (uint32_t i = 0; i < plan->count; i++)
        for (int form = 0; form < FORM_COUNT; form++) {
            const Product *product = &plan->products[i];
            if (product->outputs[form].n > 0 && !output_safe(&places, product, product->outputs[form])) return false;
        }
    return depfile_safe(&places, plan->depfile.path);
}
