/* Paths of inputs and outputs. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cmd/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

Str path_stem(Str path) {
    Str name = path_name(path);
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.') return str_slice(name, 0, i - 1);
    return name;
}

Str path_join(Arena *arena, Str folder, Str name) {
    const char *between = folder.n == 0 || str_ends(folder, STR("/")) ? "" : "/";
    return str_format(arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), between, STR_ARG(name));
}

Str path_identity(Arena *arena, Str path) {
    Str folder = path_folder(path);
    char *real = realpath(folder.n == 0 ? "." : str_c(arena, folder), NULL);
    if (real == NULL) return path;
    Str identity = path_join(arena, str_from(real), path_name(path));
    free(real);
    return identity;
}

bool path_same_file(Arena *arena, Str a, Str b) {
    struct stat one, other;
    if (stat(str_c(arena, a), &one) != 0 || stat(str_c(arena, b), &other) != 0) return false;
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool path_below_root(Arena *arena, const Root *root, Str folder, Str *below) {
    char *real = realpath(folder.n == 0 ? "." : str_c(arena, folder), NULL);
    Str path = real == NULL ? STR("") : str_copy(arena, str_from(real));
    free(real);
    size_t n = str_is(root->folder, "/") ? 0 : root->folder.n;
    *below = str_slice(path, n + 1, path.n);
    return path.n > 0 && str_starts(path, str_slice(root->folder, 0, n)) && (path.n == n || path.p[n] == '/');
}

bool path_is_folder(Arena *arena, Str path) {
    struct stat about;
    return stat(str_c(arena, path), &about) == 0 && S_ISDIR(about.st_mode);
}

bool folder_make(Diags *d, Str path) {
    char *whole = str_c(d->arena, path);
    for (size_t i = 1; i <= path.n; i++) {
        if (i < path.n && whole[i] != '/') continue;
        whole[i] = '\0';
        bool made = mkdir(whole, 0777) == 0;
        int error = errno;
        if (!made && !path_is_folder(d->arena, str_from(whole))) {
            const char *reason = error == EEXIST || error == ENOTDIR ? "it is a file" : strerror(error);
            return diag_world(d, "out-dir", str_from(whole), NULL, "cannot be the folder for what is made: %s", reason);
        }
        if (i < path.n) whole[i] = '/';
    }
    return true;
}
