/* Looking for a file in a folder and in those above it: how far that may go, so that nothing is taken that somebody else put there. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Str path_real(Arena *arena, Str path) {
    char *real = realpath(path.n ? str_c(arena, path) : ".", NULL);
    Str copy = real ? str_copy(arena, str_from(real)) : STR("");
    free(real);
    return copy;
}

static Str joined(Arena *arena, Str folder, const char *name) {
    return str_format(arena, STR_FMT "%s%s", STR_ARG(folder), str_is(folder, "/") ? "" : "/", name);
}

/* What cannot be looked at is taken to be there: whoever reads it then says why it cannot be. */
static bool is_there(Arena *arena, Str folder, const char *name) {
    struct stat about;
    return lstat(joined(arena, folder, name).p, &about) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* As far as folders belong to whom the first one does, and are not open to everybody. */
static bool may_look(Arena *arena, Str folder, uid_t owner) {
    struct stat about;
    return stat(str_c(arena, folder), &about) == 0 && about.st_uid == owner && !(about.st_mode & S_IWOTH);
}

Str folder_above_with(Arena *arena, Str start, const char *name, Str limit, Str *below) {
    Str folder = path_real(arena, start), first = folder, top = limit.n ? path_real(arena, limit) : STR("");
    struct stat about;
    *below = STR("");
    if (!folder.n || stat(folder.p, &about) != 0) return STR("");
    bool inside = !top.n || str_is(top, "/") || (str_starts(folder, top) && (folder.n == top.n || folder.p[top.n] == '/'));
    for (;;) {
        if (is_there(arena, folder, name)) {
            size_t from = str_is(folder, "/") ? 1 : folder.n + (folder.n < first.n);
            *below = str_slice(first, from, first.n);
            return folder;
        }
        if (!inside || str_equal(folder, top) || (!top.n && is_there(arena, folder, ".git")) || folder.n < 2) return STR("");
        size_t end = folder.n;
        while (end > 1 && folder.p[end - 1] != '/') end--;
        folder = str_copy(arena, str_slice(folder, 0, end > 1 ? end - 1 : 1));
        if (!may_look(arena, folder, about.st_uid)) return STR("");
    }
}

Str path_shown(Arena *arena, Str real) {
    Str here = path_real(arena, STR("."));
    if (!here.n || str_is(here, "/") || !str_starts(real, here) || real.n <= here.n || real.p[here.n] != '/') return real;
    return str_slice(real, here.n + 1, real.n);
}
