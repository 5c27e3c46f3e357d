/* Confinement: files that a document names are read below its root only, also after symbolic links are followed.
 *
 * The name is resolved with realpath(3) and compared with the root; then the way is gone again from the root, and this time no link is followed, so
 * that one put in between does not lead out either: by the kernel with openat2(2), or folder by folder where it has none. What was opened is
 * asked what it is, whatever was there before; what is no file is not even opened, unless it came at that very moment.
 */
#define _GNU_SOURCE /* realpath, O_PATH, syscall */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#define OPEN_FLAGS                                                                                                               \
    (O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY) /* a pipe must not make us wait, nor a terminal become ours */

/* The real path of `path` on the arena, or an empty string with errno. */
static Str path_real(Arena *arena, Str path) {
    char *real = realpath(str_c(arena, path), NULL);
    Str copy = real == NULL ? (Str){NULL, 0} : str_copy(arena, str_from(real));
    int error = errno;
    free(real);
    errno = error;
    return copy;
}

/* The part of `path` below `folder`, without a leading "/"; false when it lies outside. */
static bool path_below(Str folder, Str path, Str *below) {
    if (str_is(folder, "/")) {
        *below = str_slice(path, 1, path.n);
        return true;
    }
    if (!str_starts(path, folder) || (path.n > folder.n && path.p[folder.n] != '/')) return false;
    *below = str_slice(path, folder.n + 1, path.n);
    return true;
}

static bool folder_real(Arena *arena, Diags *d, Str path, Str *out) {
    *out = path_real(arena, path.n == 0 ? STR(".") : path);
    if (out->n == 0)
        return diag_world(d, errno == ENOENT ? "file-missing" : "file-read", path,
            errno == ENOENT ? file_nearest_hint(arena, path_folder(path), path) : NULL, "cannot be used as the root: %s",
            file_reason(errno));
    struct stat about;
    if (stat(out->p, &about) != 0 || !S_ISDIR(about.st_mode))
        return diag_world(d, "root-not-folder", path, NULL, "cannot be used as the root: it is not a folder");
    return true;
}

bool root_open(Arena *arena, Diags *d, Str folder, Str base, Root *out) {
    *out = (Root){.named = base};
    if (!folder_real(arena, d, folder, &out->folder)) return false;
    out->base = out->folder;
    if (!str_equal(base, folder) && !folder_real(arena, d, base, &out->base)) return false;
    Str below;
    return path_below(out->folder, out->base, &below) ||
           diag_world(d, "root-outside", base.n == 0 ? STR(".") : base, "choose a folder that holds the document",
               "lies outside the root “" STR_FMT "”", STR_ARG(folder));
}

Str root_name(Arena *arena, const Root *root, Str name) {
    Str below = root->base;
    if (root->files == NULL && !path_below(root->folder, root->base, &below)) return (Str){NULL, 0};
    Str whole = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(below), STR_ARG(name));
    Buf out = buf_new(arena);
    if (name.n == 0 || name.p[0] == '/' || str_ends(name, STR("/"))) return (Str){NULL, 0};
    for (size_t start = 0; start < whole.n;) {
        size_t end = start;
        while (end < whole.n && whole.p[end] != '/') end++;
        Str part = str_slice(whole, start, end);
        start = end + 1;
        if (part.n == 0 || str_is(part, ".")) continue;
        if (str_is(part, "..")) {
            if (out.n == 0) return (Str){NULL, 0};
            while (out.n > 0 && out.p[--out.n] != '/') continue;
            continue;
        }
        if (out.n > 0) buf_add_char(&out, '/');
        buf_add(&out, part);
    }
    return buf_str(&out);
}

/* RFC 3986 §3.1: scheme ":" */
static bool has_scheme(Str name) {
    if (name.n == 0 || !char_is_letter(name.p[0])) return false;
    for (size_t i = 1; i < name.n; i++) {
        char c = name.p[i];
        if (c == ':') return true;
        if (!char_is_letter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
    }
    return false;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986 §2.1; a "%" that begins no pair of digits stands for itself. */
static Str percent_decoded(Arena *arena, Str name) {
    Buf decoded = buf_new(arena);
    for (size_t i = 0; i < name.n; i++) {
        int high = name.p[i] == '%' && i + 2 < name.n ? hex_value(name.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(name.p[i + 2]) : -1;
        buf_add_char(&decoded, low >= 0 ? (char)(high * 16 + low) : name.p[i]);
        if (low >= 0) i += 2;
    }
    return buf_str(&decoded);
}

/* ENOSYS: the kernel has no such call. */
static int open_beneath(int folder, const char *below) {
    const struct open_how how = {.flags = OPEN_FLAGS, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    if (!kernel_lacks("openat2")) return (int)syscall(SYS_openat2, folder, below, &how, sizeof how);
    errno = ENOSYS;
    return -1;
}

bool root_open_possible(void) {
    int descriptor = open_beneath(AT_FDCWD, ".");
    if (descriptor >= 0) close(descriptor);
    return descriptor >= 0 || (errno != ENOSYS && errno != EPERM);
}

/* The same folder by folder. */
static int open_walking(Arena *arena, Str folder, Str below) {
    int at = way_open(arena, folder, below, false);
    if (at < 0) return -1;
    int descriptor = openat(at, str_c(arena, path_name(below)), OPEN_FLAGS), error = errno;
    close(at);
    errno = error;
    return descriptor;
}

/* Opens `below` (a path without links) from `folder`. A descriptor, or -1 with errno. */
static int open_below(Arena *arena, const char *folder, Str below) {
    int root = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) return -1;
    int descriptor = open_beneath(root, str_c(arena, below));
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
        descriptor = open_walking(arena, str_from(folder), below); /* EPERM: a container's filter */
    int error = errno;
    close(root);
    errno = error;
    return descriptor;
}

static bool refuse(Diags *d, const char *code, Place at, const char *hint, Str name, const char *what) {
    diag(d, DIAG_ERROR, code, at, hint, "“" STR_FMT "” %s", STR_ARG(name), what);
    return false;
}

static bool name_allowed(Diags *d, Str name, Place at) {
    if (name.n == 0) {
        diag(d, DIAG_ERROR, "file-name", at, NULL, "a file is wanted here, but no name is given");
        return false;
    }
    if (memchr(name.p, '\0', name.n) != NULL) return refuse(d, "file-name", at, NULL, name, "is not a file name");
    if (str_starts(name, STR("//")) || has_scheme(name))
        return refuse(d, "file-url", at, "save the file beside the document and name it here", name,
            "is an address; nothing is fetched from a network");
    if (name.p[0] == '/') return refuse(d, "file-absolute", at, "name it relative to the document", name, "is an absolute path");
    return true;
}

static bool kind_allowed(Diags *d, const struct stat *about, Str name, Place at) {
    if (S_ISDIR(about->st_mode)) return refuse(d, "file-folder", at, NULL, name, "is a folder");
    return S_ISREG(about->st_mode) || refuse(d, "file-special", at, NULL, name, "is not a regular file");
}

/* What the kernel tells of this machine and of its processes looks like a file; with --root=/ it is below the root. */
static bool is_of_kernel(int descriptor) {
    struct statfs about;
    return fstatfs(descriptor, &about) == 0 && (about.f_type == PROC_SUPER_MAGIC || about.f_type == SYSFS_MAGIC);
}

static bool read_opened(Arena *arena, Diags *d, int descriptor, Str name, Place at, Str *out) {
    struct stat about;
    if (fstat(descriptor, &about) != 0) return refuse(d, "file-read", at, NULL, name, "cannot be read");
    if (!kind_allowed(d, &about, name, at)) return false;
    if (is_of_kernel(descriptor))
        return refuse(d, "file-special", at, NULL, name, "is no file but what the system tells of itself");
    bool large = about.st_size < 0 || (uintmax_t)about.st_size > FILE_LIMIT;
    int error = large ? EFBIG : file_read_all(arena, descriptor, (size_t)about.st_size, FILE_LIMIT, out);
    if (error == EFBIG) {
        diag(d, DIAG_ERROR, "file-large", at, limit_hint(arena, LIMIT_INPUT_SIZE), "“" STR_FMT "” is larger than " STR_FMT,
            STR_ARG(name), STR_ARG(limit_text(arena, LIMIT_INPUT_SIZE, FILE_LIMIT)));
        return false;
    }
    if (error == 0) return true;
    diag(d, DIAG_ERROR, "file-read", at, NULL, "“" STR_FMT "” cannot be read: %s", STR_ARG(name), file_reason(error));
    return false;
}

/* The hint for a missing file; a folder outside the root tells nothing of what is in it. */
static const char *missing_hint(Arena *arena, const Root *root, Str wanted, Str name) {
    Str folder = path_real(arena, path_folder(wanted)), below;
    return folder.n > 0 && path_below(root->folder, folder, &below) ? file_nearest_hint(arena, folder, name) : NULL;
}

static bool memory_read(Arena *arena, Diags *d, const Root *root, Str name, Place at, Str *out) {
    const Str *bytes = strmap_find(root->files, root_name(arena, root, name));
    if (bytes == NULL) return refuse(d, "file-missing", at, NULL, name, "cannot be read: it does not exist");
    *out = *bytes;
    return true;
}

bool root_read(Arena *arena, Diags *d, const Root *root, Str name, Place at, Str *out) {
    if (!name_allowed(d, name, at)) return false;
    if (root->files != NULL) return memory_read(arena, d, root, name, at, out);
    Str wanted = str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(root->base), STR_ARG(name));
    Str path = path_real(arena, wanted), asked = name;
    if (path.n == 0 && errno == ENOENT && memchr(name.p, '%', name.n) != NULL) {
        Str decoded = percent_decoded(arena, name);
        if (memchr(decoded.p, '\0', decoded.n) == NULL)
            path = path_real(arena, str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(root->base), STR_ARG(decoded)));
        if (path.n > 0) asked = decoded;
    }
    if (path.n == 0 && errno == ENOENT) { /* "plans/../map.png", where there is no folder “plans” */
        Str plain = root_name(arena, root, name);
        if (plain.n > 0) path = path_real(arena, str_format(arena, STR_FMT "/" STR_FMT, STR_ARG(root->folder), STR_ARG(plain)));
    }
    int missing = errno;
    file_asked(d, root->named, asked);
    Str below = {NULL, 0};
    if (path.n > 0 && !path_below(root->folder, path, &below))
        return refuse(d, "file-outside", at, "move the file there, or name a wider folder with --root", name,
            "lies outside the document's folder");
    struct stat about;
    if (path.n > 0 && lstat(path.p, &about) == 0 && !kind_allowed(d, &about, name, at)) return false;
    int descriptor = path.n == 0 ? -1 : open_below(arena, root->folder.p, below);
    if (descriptor < 0) {
        int error = path.n == 0 ? missing : errno;
        diag(d, DIAG_ERROR, error == ENOENT ? "file-missing" : "file-read", at,
            error == ENOENT ? missing_hint(arena, root, wanted, name) : NULL, "“" STR_FMT "” cannot be read: %s", STR_ARG(name),
            file_reason(error));
        return false;
    }
    bool done = read_opened(arena, d, descriptor, name, at, out);
    close(descriptor);
    return done;
}
