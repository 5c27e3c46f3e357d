/* Where files go below --out-dir: as their inputs lie below the deepest folder that holds them all.
 *
 * Folders are what the words say, with "." and ".." reckoned away and no link followed: the same names give the same folders on every machine,
 * and none leads out of --out-dir.
 */
#include "cmd/plan.h"

#include <limits.h>
#include <unistd.h>

static void part_add(Buf *path, Str part) {
    if (part.n == 0 || str_is(part, ".")) return;
    if (str_is(part, "..")) {
        path->n = path->n > 1 ? path_folder((Str){path->p, path->n - 1}).n : 1;
        return;
    }
    buf_add(path, part);
    buf_add_char(path, '/');
}

static void parts_add(Buf *path, Str folder) {
    for (size_t at = 0, end; at < folder.n; at = end + 1) {
        for (end = at; end < folder.n && folder.p[end] != '/';) end++;
        part_add(path, str_slice(folder, at, end));
    }
}

/* The folder of an input from "/" on, with a "/" at its end. */
static Str folder_whole(Arena *arena, Str here, Str input) {
    Buf path = buf_new(arena);
    buf_add_char(&path, '/');
    if (!str_starts(input, STR("/"))) parts_add(&path, here);
    parts_add(&path, path_folder(input));
    return buf_str(&path);
}

static Str folder_common(Str a, Str b) {
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return path_folder(str_slice(a, 0, n));
}

Str *folders_below(Arena *arena, Str out_dir, const Str *inputs, uint32_t count) {
    char here[PATH_MAX];
    Str from = getcwd(here, sizeof here) == NULL ? STR("/") : str_from(here);
    Str *folders = NEW_ARRAY(arena, Str, count);
    Str common = {NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        folders[i] = folder_whole(arena, from, inputs[i]);
        common = i == 0 ? folders[i] : folder_common(common, folders[i]);
    }
    for (uint32_t i = 0; i < count; i++) folders[i] = path_join(arena, out_dir, str_slice(folders[i], common.n, folders[i].n));
    return folders;
}
