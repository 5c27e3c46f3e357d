/* Writing below a folder what somebody else has named. The way is walked folder by folder from the first, without following any link, so that
 * neither a name nor a link that lies there already leads out.
 */
#define _GNU_SOURCE /* O_PATH */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ATTEMPTS 100

static bool failed(Diags *d, Str folder, Str name, int error, const char *hint) {
    const char *between = folder.n == 0 || str_ends(folder, STR("/")) ? "" : "/";
    Str path = str_format(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), between, STR_ARG(name));
    if (error == EEXIST) return diag_world(d, "file-exists", path, hint, "is there already, and is not written over");
    const char *reason = error == ELOOP || error == ENOTDIR ? "on the way to it is a link, or something else that is no folder"
                                                            : file_reason(error);
    return diag_world(d, "file-write", path, hint, "cannot be written: %s", reason);
}

int way_open(Arena *arena, Str folder, Str name, bool make) {
    int at = open(folder.n == 0 ? "." : str_c(arena, folder), O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (size_t start = 0; at >= 0;) {
        size_t end = start;
        while (end < name.n && name.p[end] != '/') end++;
        if (end == name.n) return at;
        Str part = str_slice(name, start, end);
        if (part.n == 0 || str_is(part, ".") || str_is(part, "..")) BUG("“" STR_FMT "” is no name below a folder", STR_ARG(name));
        const char *c = str_c(arena, part);
        int next = make && mkdirat(at, c, 0777) != 0 && errno != EEXIST
                       ? -1
                       : openat(at, c, O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        int error = errno;
        close(at);
        errno = error;
        at = next;
        start = end + 1;
    }
    return -1;
}

bool folder_vacant(Diags *d, Str folder, Str name, bool replace) {
    int at = way_open(d->arena, folder, name, false);
    if (at < 0) return errno == ENOENT || failed(d, folder, name, errno, NULL);
    struct stat about;
    bool there = fstatat(at, str_c(d->arena, path_name(name)), &about, AT_SYMLINK_NOFOLLOW) == 0;
    bool is_folder = there && S_ISDIR(about.st_mode);
    close(at);
    if (is_folder) return failed(d, folder, name, EISDIR, NULL);
    return !there || replace || failed(d, folder, name, EEXIST, "to write over it, add --force");
}

/* 0 or an errno. */
static int fill(int descriptor, Str content, int64_t date) {
    for (size_t done = 0; done < content.n;) {
        ssize_t written =
            write(descriptor, content.p + done, content.n - done < ((size_t)1 << 30) ? content.n - done : (size_t)1 << 30);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return written < 0 ? errno : EIO;
        done += (size_t)written;
    }
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)date}};
    if (date >= 0 && futimens(descriptor, times) != 0) return errno;
    return fsync(descriptor) != 0 && errno != EINVAL ? errno : 0;
}

/* 0 or an errno; EOPNOTSUPP: there are no files without a name here. */
static int write_nameless(int at, const char *name, Str content, const FolderWrite *how) {
    int descriptor = nameless_open(at, ".");
    if (descriptor < 0) return errno;
    int error = fill(descriptor, content, how->date);
    if (error == 0) error = nameless_place(descriptor, at, name, how->replace);
    close(descriptor);
    return error;
}

/* The complete file under its own name. 0 or an errno. */
static int appear(int at, const char *temporary, const char *name, bool replace) {
    if (replace) return renameat(at, temporary, at, name) == 0 ? 0 : errno;
    if (linkat(at, temporary, at, name, 0) != 0) return errno;
    unlinkat(at, temporary, 0);
    return 0;
}

static int write_at(Arena *arena, int at, Str name, Str content, const FolderWrite *how) {
    const char *final = str_c(arena, name);
    int nameless = write_nameless(at, final, content, how);
    if (nameless != EOPNOTSUPP) return nameless;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        const char *temporary = str_format(arena, ".%.200s.%ld-%d.tmp", final, (long)getpid(), attempt).p;
        int descriptor = openat(at, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return errno;
        int error = fill(descriptor, content, how->date);
        if (close(descriptor) != 0 && error == 0) error = errno;
        if (error == 0) error = appear(at, temporary, final, how->replace);
        if (error != 0) unlinkat(at, temporary, 0);
        return error;
    }
    return EEXIST;
}

bool folder_write(Diags *d, Str folder, Str name, Str content, const FolderWrite *how) {
    int at = way_open(d->arena, folder, name, true);
    if (at < 0) return failed(d, folder, name, errno, NULL);
    int error = write_at(d->arena, at, path_name(name), content, how);
    close(at);
    return error == 0 || failed(d, folder, name, error, NULL);
}
