/* Writing files all or nothing: a temporary file beside the destination, synced, closed and renamed, each checked.
 *
 * Names of temporary files lie in slots, so that a signal handler can remove them; those of a worker in memory that is shared with the
 * process that began it, which removes what one leaves that was killed. What is no regular file (standard output, devices, pipes) is
 * written directly when it is published.
 */
#define _GNU_SOURCE /* realpath, MAP_ANONYMOUS */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SLOTS 8
#define NAME_BYTES 200 /* of the destination's name in the temporary one: the whole stays below NAME_MAX */
#define ATTEMPTS 100

/* A name is whole, and may be a file's, in a slot that is named. */
enum { SLOT_FREE, SLOT_TAKEN, SLOT_NAMED };
struct FileSlots {
    atomic_int state[SLOTS];
    char temporaries[SLOTS][PATH_MAX], destinations[SLOTS][PATH_MAX];
};
static FileSlots own;
static FileSlots *slots = &own;

FileSlots *file_slots_share(void) {
    void *memory = mmap(NULL, sizeof(FileSlots), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void file_slots_use(FileSlots *shared) { slots = shared; }

void file_slots_abandon(FileSlots *shared) {
    for (int i = 0; i < SLOTS; i++)
        if (atomic_exchange(&shared->state[i], SLOT_FREE) == SLOT_NAMED) unlink(shared->temporaries[i]);
}

void file_slots_close(FileSlots *shared) {
    if (shared != NULL) munmap(shared, sizeof *shared);
}

void file_abandon(void) {
    for (int i = 0; i < SLOTS; i++)
        if (slots->state[i] == SLOT_NAMED) unlink(slots->temporaries[i]);
}

static bool write_failed(Diags *d, Str path, int error, const char *hint) {
    Str name = str_is(path, "-") ? STR("standard output") : path;
    return diag_world(d, "file-write", name, hint, "cannot be written: %s", file_reason(error));
}

/* 0 or an errno. */
static int write_all(int descriptor, Str content) {
    for (size_t at = 0; at < content.n;) {
        size_t piece = content.n - at < ((size_t)1 << 30) ? content.n - at : (size_t)1 << 30;
        ssize_t written = write(descriptor, content.p + at, piece);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return EIO;
        at += (size_t)written;
    }
    return 0;
}

/* Bytes of the folder part of a path, with its last "/". */
static size_t folder_length(const char *path) { return path_folder(str_from(path)).n; }

/* Makes the temporary file of a slot beside its destination. A descriptor, or -1 with errno. */
static int temporary_open(int slot) {
    const char *destination = slots->destinations[slot];
    size_t folder = folder_length(destination);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        slots->state[slot] = SLOT_TAKEN;
        int length = snprintf(slots->temporaries[slot], PATH_MAX, "%.*s.%.*s.%ld-%d.tmp", (int)folder, destination, NAME_BYTES,
            destination + folder, (long)getpid(), attempt);
        if (length < 0 || length >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        slots->state[slot] = SLOT_NAMED;
        int descriptor = open(slots->temporaries[slot], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor >= 0) return descriptor;
        slots->state[slot] = SLOT_TAKEN; /* what is there is not ours */
        if (errno != EEXIST) return -1;
    }
    return -1;
}

/* Fills the temporary file. 0 or an errno. */
static int temporary_fill(int descriptor, Str content, const struct stat *before) {
    int error = write_all(descriptor, content);
    if (error == 0 && before != NULL && fchmod(descriptor, before->st_mode & 0777) != 0) error = errno;
    /* EINVAL: a file system that cannot sync. */
    if (error == 0 && fsync(descriptor) != 0 && errno != EINVAL) error = errno;
    if (close(descriptor) != 0 && error == 0 && errno != EINTR) error = errno;
    return error;
}

static int slot_take(const char *destination) {
    for (int i = 0; i < SLOTS; i++) {
        if (slots->state[i] != SLOT_FREE) continue;
        memcpy(slots->destinations[i], destination, strlen(destination) + 1);
        slots->state[i] = SLOT_TAKEN;
        return i;
    }
    BUG("more than %d files are written at once", SLOTS);
}

static void slot_discard(int slot) {
    if (slots->state[slot] == SLOT_NAMED) unlink(slots->temporaries[slot]);
    slots->state[slot] = SLOT_FREE;
}

/* The destination with symbolic links followed, so that a link stays one and its file is replaced. 0 or an errno. */
static int destination_real(const char *path, char real[PATH_MAX], struct stat *before, bool *exists) {
    size_t length = strlen(path);
    if (length == 0) return ENOENT;
    if (length >= PATH_MAX) return ENAMETOOLONG;
    *exists = stat(path, before) == 0;
    if (!*exists && errno != ENOENT) return errno;
    if (!*exists && path[length - 1] == '/') return EISDIR;
    if (*exists && realpath(path, real) == NULL) return errno;
    if (!*exists) memcpy(real, path, length + 1);
    return 0;
}

bool file_stage(Diags *d, Str path, Str content, FileStage *out) {
    *out = (FileStage){path, content, -1};
    if (str_is(path, "-")) return true;
    char real[PATH_MAX];
    struct stat before;
    bool exists = false;
    if (memchr(path.p == NULL ? "" : path.p, '\0', path.n) != NULL) return write_failed(d, path, EINVAL, NULL);
    int error = destination_real(str_c(d->arena, path), real, &before, &exists);
    if (error == 0 && exists && S_ISDIR(before.st_mode)) error = EISDIR;
    if (error == EISDIR) return write_failed(d, path, error, "name a file, or use --out-dir for a folder");
    if (error != 0) return write_failed(d, path, error, NULL);
    if (exists && !S_ISREG(before.st_mode)) return true;
    if (exists && access(real, W_OK) != 0) return write_failed(d, path, errno, "it is write-protected");
    int slot = slot_take(real);
    int descriptor = temporary_open(slot);
    error = descriptor < 0 ? errno : temporary_fill(descriptor, content, exists ? &before : NULL);
    if (error != 0) {
        slot_discard(slot);
        return write_failed(d, path, error, error == ENOENT ? "its folder does not exist" : NULL);
    }
    out->slot = slot;
    return true;
}

static bool stage_write_directly(Diags *d, const FileStage *stage) {
    if (str_is(stage->path, "-")) {
        int error = write_all(STDOUT_FILENO, stage->content);
        return error == 0 || write_failed(d, stage->path, error, NULL);
    }
    int descriptor = open(str_c(d->arena, stage->path), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return write_failed(d, stage->path, errno, NULL);
    int error = write_all(descriptor, stage->content);
    if (close(descriptor) != 0 && error == 0) error = errno;
    return error == 0 || write_failed(d, stage->path, error, NULL);
}

/* A rename is kept only when its folder is synced. What cannot be synced (some network file systems) is done all the same. */
static void folder_sync(const char *destination) {
    char folder[PATH_MAX];
    size_t length = folder_length(destination);
    memcpy(folder, length == 0 ? "." : destination, length == 0 ? 1 : length);
    folder[length == 0 ? 1 : length] = '\0';
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

static bool stage_rename(Diags *d, FileStage *stage) {
    int slot = stage->slot;
    stage->slot = -1;
    if (rename(slots->temporaries[slot], slots->destinations[slot]) != 0) {
        int error = errno;
        slot_discard(slot);
        return write_failed(d, stage->path, error, NULL);
    }
    slots->state[slot] = SLOT_FREE;
    return true;
}

/* The slot's destination stays readable until the slot is taken again. */
static bool same_folder(int a, int b) {
    return a >= 0 && b >= 0 &&
           str_equal(path_folder(str_from(slots->destinations[a])), path_folder(str_from(slots->destinations[b])));
}

bool files_publish(Diags *d, FileStage *stages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int slot = stages[i].slot, next = i + 1 < count ? stages[i + 1].slot : -1;
        if (!(slot < 0 ? stage_write_directly(d, &stages[i]) : stage_rename(d, &stages[i]))) {
            files_discard(stages + i + 1, count - i - 1);
            return false;
        }
        if (slot >= 0 && !same_folder(slot, next)) folder_sync(slots->destinations[slot]); /* once for a document's two files */
    }
    return true;
}

void files_discard(FileStage *stages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (stages[i].slot >= 0) slot_discard(stages[i].slot);
        stages[i].slot = -1;
    }
}

bool file_write(Diags *d, Str path, Str content) {
    FileStage stage;
    return file_stage(d, path, content, &stage) && files_publish(d, &stage, 1);
}
