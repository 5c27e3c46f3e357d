/* That no file is written twice, or over an input: found out for all before anything is done, each file being asked for once. */
#include "cmd/plan.h"

#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    Invocation *invocation;
    StrMap *inputs; /* files that are there, by device and number → Product */
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
    const Product *over = strmap_find(places->inputs, file_key(invocation->arena, output));
    if (over != NULL)
        return usage_wrong(invocation, "name another file with -o", "“" STR_FMT "” would be overwritten by what is made from it",
            STR_ARG(over->input));
    Str place = place_of(places, output);
    const Product *other = strmap_find(places->taken, place);
    if (other != NULL)
        return usage_wrong(invocation, NULL, "“" STR_FMT "” and “" STR_FMT "” would both be written to “" STR_FMT "”",
            STR_ARG(other->input), STR_ARG(product->input), STR_ARG(output));
    strmap_put(places->taken, place, (void *)(uintptr_t)product);
    return true;
}

bool outputs_safe(Invocation *invocation, const Plan *plan) {
    Arena *arena = invocation->arena;
    Places places = {invocation, strmap_new(arena), strmap_new(arena), strmap_new(arena)};
    for (uint32_t i = 0; i < plan->count; i++) {
        Str key = file_key(arena, plan->products[i].input);
        if (key.n > 0) strmap_put(places.inputs, key, &plan->products[i]);
    }
    for (uint32_t i = 0; i < plan->count; i++)
        for (int form = 0; form < FORM_COUNT; form++) {
            const Product *product = &plan->products[i];
            if (product->outputs[form].n > 0 && !output_safe(&places, product, product->outputs[form])) return false;
        }
    return true;
}
