/* Which files a command needs, of those that somebody else may have written and of those that it writes; to the rest it has no way. */
#include "cmd/plan.h"

#include <sys/stat.h>

static void path_take(Arena *arena, PathList *paths, Str path) { *PUSH(arena, paths, Str) = path; }

static bool is_link(Arena *arena, Str path) {
    struct stat about;
    return lstat(str_c(arena, path), &about) == 0 && S_ISLNK(about.st_mode);
}

/* A document may name what is below its root; the document itself may be a link to elsewhere. */
static void document_take(Arena *arena, PathList *files, Str root, Str path) {
    bool piped = str_is(path, "-");
    path_take(arena, files, piped ? STR("") : path_folder(path));
    if (root.n > 0) path_take(arena, files, root);
    if (!piped && is_link(arena, path)) path_take(arena, files, path);
}

/* ---- make ------------------------------------------------------------------------------------------------------------------ */

static PathList plan_outputs(Arena *arena, const Plan *plan) {
    PathList outputs = {0};
    for (uint32_t i = 0; i < plan->count; i++)
        for (Form form = 0; form < FORM_COUNT; form++)
            if (plan->products[i].outputs[form].n > 0) path_take(arena, &outputs, plan->products[i].outputs[form]);
    if (plan->depfile.path.n > 0) path_take(arena, &outputs, plan->depfile.path);
    return outputs;
}

void plan_confine(Arena *arena, const Plan *plan) {
    PathList outputs = plan_outputs(arena, plan);
    confine_begin(arena, &outputs, jobs_workers(plan) > 0);
}

void plan_confine_reads(Arena *arena, const Plan *plan, const Batch *batch) {
    PathList outputs = plan_outputs(arena, plan), files = {0};
    for (uint32_t i = 0; i < plan->count; i++) document_take(arena, &files, batch->root, plan->products[i].input);
    for (uint32_t i = 0; plan->if_changed && i < outputs.count; i++) path_take(arena, &files, outputs.items[i]);
    confine_reads(arena, &files, &outputs);
    if (jobs_workers(plan) == 0) confine_convert();
}

/* ---- The others --------------------------------------------------------------------------------------------------------------- */

void invocation_confine(Invocation *invocation, Str folder) {
    PathList outputs = {0};
    if (folder.n > 0) path_take(invocation->arena, &outputs, folder);
    confine_begin(invocation->arena, &outputs, false);
}

static void reads_begin(Arena *arena, const PathList *files) {
    confine_reads(arena, files, &(PathList){0});
    confine_convert();
}

void documents_confine_reads(Invocation *invocation, const Batch *batch, bool projects) {
    Arena *arena = invocation->arena;
    PathList files = {0};
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        Str path = invocation->operands[i], project = projects ? project_file(arena, batch, path) : STR("");
        document_take(arena, &files, batch->root, path);
        if (project.n > 0) path_take(arena, &files, project);
    }
    reads_begin(arena, &files);
}

/* Where one is missing, its folder is looked through for the name that was meant. */
void finished_confine(Invocation *invocation, uint32_t count, Str folder) {
    Arena *arena = invocation->arena;
    PathList files = {0};
    invocation_confine(invocation, folder);
    for (uint32_t i = 0; i < count; i++) {
        Str path = invocation->operands[i];
        struct stat about;
        bool missing = stat(str_c(arena, path), &about) != 0;
        if (!str_is(path, "-")) path_take(arena, &files, missing ? path_folder(path) : path);
    }
    reads_begin(arena, &files);
}
