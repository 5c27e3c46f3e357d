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

Str option_output(const Invocation *invocation, const char *option) {
    Str path = option_value(invocation, option);
    return path_same_file(invocation->arena, path, STR("/dev/stdout")) ? STR("-") : path;
}

bool path_below_root(Arena *arena, const Root *root, Str folder, Str *below) {
    char *real = realpath(folder.n == 0 ? "." : str_c(arena, folder), NULL);
    Str path = real == NULL ? STR("") : str_copy(arena, str_from(real));
    free(real);
    size_t n = str_is(root->folder, "/") ? 0 : root->folder.n;
    *below = str_slice(path, n + 1, path.n);
    return path.n > 0 && str_starts(path, str_slice(root->folder, 0, n)) && (path.n == n || path.p[n] == '/');
}

/* As the words say; what links there are is not asked. */
static Str path_shortened(Arena *arena, Str path) {
    Buf out = buf_new(arena);
    bool absolute = path.n > 0 && path.p[0] == '/';
    size_t floor = absolute; /* what ".." does not go below: the root, or other ".." */
    if (absolute) buf_add_char(&out, '/');
    for (size_t start = 0, end; start < path.n; start = end + 1) {
        for (end = start; end < path.n && path.p[end] != '/';) end++;
        Str part = str_slice(path, start, end);
        bool up = str_is(part, "..");
        if (part.n == 0 || str_is(part, ".") || (up && absolute && out.n == floor)) continue;
        if (up && out.n > floor) {
            while (out.n > floor && out.p[out.n - 1] != '/') out.n--;
            if (out.n > floor) out.n--;
            continue;
        }
        if (out.n > absolute) buf_add_char(&out, '/');
        buf_add(&out, part);
        if (up) floor = out.n;
    }
    return buf_str(&out);
}

Str path_tidy(Arena *arena, Str path) {
    struct stat about;
    Str tidy = path_shortened(arena, path);
    bool same = stat(str_c(arena, path), &about) != 0 || path_same_file(arena, tidy, path);
    return same ? tidy : path;
}

bool path_is_folder(Arena *arena, Str path) {
    struct stat about;
    return stat(str_c(arena, path), &about) == 0 && S_ISDIR(about.st_mode);
}

bool folder_make(Diags *d, Str path) {
    if (path_is_folder(d->arena, path)) return true;
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
