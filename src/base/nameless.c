/* Temporary files without a name (open(2), O_TMPFILE): they are gone with whoever has them open, however that ends.
 *
 * Such a file gets its name at once where there is none of that name. A link replaces nothing, though: to replace a file it is linked under a hidden name
 * beside it first, and renamed. It is locked meanwhile, and a lock ends with its process: so what a process has left that was killed just then is known
 * from what another one is about to rename, and the next to replace the same file removes it.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#define NAME_BYTES 200 /* of the destination's name in the hidden one: the whole stays below NAME_MAX */
#define ATTEMPTS 100

int nameless_open(int folder, const char *path) {
    if (access("/proc/self/fd", X_OK) != 0) { /* it is the way to the name */
        errno = EOPNOTSUPP;
        return -1;
    }
    int descriptor = openat(folder, path, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (descriptor < 0 && (errno == EISDIR || errno == EINVAL))
        errno = EOPNOTSUPP; /* kernels and file systems that do not know it */
    return descriptor;
}

static bool hidden_name(char out[PATH_MAX], const char *destination, int attempt) {
    int folder = (int)path_folder(str_from(destination)).n;
    int length =
        snprintf(out, PATH_MAX, "%.*s.%.*s.brief-%d.tmp", folder, destination, NAME_BYTES, destination + folder, attempt);
    return length > 0 && length < PATH_MAX;
}

/* Removes a hidden file that no process has locked. */
static bool orphan_remove(int folder, const char *name) {
    int descriptor = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return errno == ENOENT;
    bool removed = flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlinkat(folder, name, 0) == 0;
    close(descriptor);
    return removed;
}

/* 0 or an errno. */
static int link_to(const char *self, int folder, const char *name) {
    return linkat(AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* 0 or an errno. */
static int replace(const char *self, int folder, const char *destination) {
    char hidden[PATH_MAX];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!hidden_name(hidden, destination, attempt)) return ENAMETOOLONG;
        int error = link_to(self, folder, hidden);
        if (error == EEXIST && orphan_remove(folder, hidden)) error = link_to(self, folder, hidden);
        if (error == EEXIST) continue; /* somebody is about to rename it */
        if (error != 0) return error;
        if (renameat(folder, hidden, folder, destination) == 0) return 0;
        error = errno;
        unlinkat(folder, hidden, 0);
        if (error != ENOENT) return error; /* else it was taken for an orphan: the one that was had just been renamed */
    }
    return EEXIST;
}

int nameless_place(int descriptor, int folder, const char *destination, bool over) {
    char self[32];
    snprintf(self, sizeof self, "/proc/self/fd/%d", descriptor);
    int error = link_to(self, folder, destination);
    if (error != EEXIST || !over) return error;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* what would end the process must wait for the rename */
    flock(descriptor, LOCK_EX | LOCK_NB);
    error = replace(self, folder, destination);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}
