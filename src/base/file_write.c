/* Writing files all or nothing: a temporary file beside the destination, synced, closed and renamed, each checked.
 *
 * A temporary file has no name where the file system allows it (nameless.c). Where it does not, names of temporary files lie in slots, so that
 * a signal handler can remove them; those of a worker in memory that is shared with the process that began it, which removes what one leaves
 * that was killed. What is no regular file (standard output, devices, pipes) is written directly when it is published.
 *
 * A worker does not wait for the disk: it leaves its files, by their descriptors or under their temporary names, to the process that began it,
 * which puts those of several pieces of work in place at once. They share the syncs of the file system's journal and of the folder.
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

#define SLOTS 64 /* more than WORK_HELD pieces of FILES_MOST */
#define NAME_BYTES 200 /* of the destination's name in the temporary one: the whole stays below NAME_MAX */
#define ATTEMPTS 100

/* A name is whole, and may be a file's, in a slot that is named. A worker has left what it has told of, and removes it only when the first process is no
 * more; when that has heard of it, it is kept, whatever becomes of the worker, until its file is placed and it is told. */
enum { SLOT_FREE, SLOT_TAKEN, SLOT_NAMED, SLOT_LEFT, SLOT_KEPT, SLOT_PLACED };
struct FileSlots {
    atomic_int state[SLOTS];
    char temporaries[SLOTS][PATH_MAX], destinations[SLOTS][PATH_MAX];
    char shown[SLOTS][PATH_MAX]; /* the destination as it was named */
};
static FileSlots own;
static FileSlots *slots = &own;
static FileGroup left; /* by a worker, since it was asked last */

FileSlots *file_slots_share(void) {
    void *memory = mmap(NULL, sizeof(FileSlots), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void file_slots_use(FileSlots *shared) { slots = shared; }

void file_slots_abandon(FileSlots *shared) {
    for (int i = 0; i < SLOTS; i++) {
        int state = shared->state[i];
        if (state == SLOT_NAMED || state == SLOT_LEFT) unlink(shared->temporaries[i]);
        if (state < SLOT_KEPT) shared->state[i] = SLOT_FREE;
    }
}

void file_slots_close(FileSlots *shared) {
    if (shared != NULL) munmap(shared, sizeof *shared);
}

static bool is_there(int state) { return state >= SLOT_NAMED && state <= SLOT_KEPT; }

void file_abandon(void) {
    for (int i = 0; i < SLOTS; i++)
        if (slots->state[i] == SLOT_NAMED) unlink(slots->temporaries[i]);
}

void file_abandon_bereft(void) {
    for (int i = 0; i < SLOTS; i++)
        if (is_there(slots->state[i])) unlink(slots->temporaries[i]);
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

/* Bytes of the folder part of a path, with its last "/". A worker may have written anything into a slot: also no end. */
static size_t folder_length(const char *path) { return path_folder((Str){path, strnlen(path, PATH_MAX - 1)}).n; }

static void folder_name(char out[PATH_MAX], const char *path) {
    size_t length = folder_length(path);
    memcpy(out, length == 0 ? "." : path, length == 0 ? 1 : length);
    out[length == 0 ? 1 : length] = '\0';
}

static bool is_nameless(int slot) { return slots->temporaries[slot][0] == '\0'; }

/* Makes the temporary file of a slot beside its destination. A descriptor, or -1 with errno. */
static int temporary_open(int slot) {
    const char *destination = slots->destinations[slot];
    size_t folder = folder_length(destination);
    folder_name(slots->temporaries[slot], destination);
    int nameless = nameless_open(AT_FDCWD, slots->temporaries[slot]);
    slots->temporaries[slot][0] = '\0';
    if (nameless >= 0 || errno != EOPNOTSUPP) return nameless;
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

/* Fills the temporary file. 0 or an errno. Its way to the disk begins at once, so that one sync of the journal is enough for all that are
 * filled; whether it gets there is asked later. */
static int temporary_fill(int descriptor, Str content, const struct stat *before) {
    int error = write_all(descriptor, content);
    if (error == 0 && before != NULL && fchmod(descriptor, before->st_mode & 0777) != 0) error = errno;
    if (error == 0) sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    return error;
}

/* 0 or an errno. */
static int temporary_close(int descriptor) { return close(descriptor) != 0 && errno != EINTR ? errno : 0; }

/* 0 or an errno. EINVAL: a file system that cannot sync. */
static int descriptor_sync(int descriptor) { return fsync(descriptor) != 0 && errno != EINVAL ? errno : 0; }

/* 0 or an errno. */
static int temporary_sync(int descriptor) {
    int error = descriptor_sync(descriptor), closed = temporary_close(descriptor);
    return error != 0 ? error : closed;
}

static int slot_take(const char *shown, const char *destination) {
    for (int i = 0; i < SLOTS; i++) {
        if (slots->state[i] != SLOT_FREE) continue;
        memcpy(slots->shown[i], shown, strlen(shown) + 1);
        memcpy(slots->destinations[i], destination, strlen(destination) + 1);
        slots->state[i] = SLOT_TAKEN;
        return i;
    }
    BUG("more than %d files are written at once", SLOTS);
}

static void slot_discard(FileSlots *of, int slot) {
    if (is_there(of->state[slot])) unlink(of->temporaries[slot]);
    of->state[slot] = SLOT_FREE;
}

/* The destination with symbolic links followed, so that a link stays one and its file is replaced; what is no regular file may have no path of its
 * own (/dev/stdout). 0 or an errno. */
static int destination_real(const char *path, char real[PATH_MAX], struct stat *before, bool *exists) {
    size_t length = strlen(path);
    if (length == 0) return ENOENT;
    if (length >= PATH_MAX) return ENAMETOOLONG;
    *exists = stat(path, before) == 0;
    if (!*exists && errno != ENOENT) return errno;
    if (!*exists && path[length - 1] == '/') return EISDIR;
    bool replaced = *exists && S_ISREG(before->st_mode);
    if (replaced && realpath(path, real) == NULL) return errno;
    if (!replaced) memcpy(real, path, length + 1);
    return 0;
}

bool file_stage(Diags *d, Str path, Str content, FileStage *out) {
    *out = (FileStage){path, content, -1, -1};
    if (str_is(path, "-")) return true;
    char real[PATH_MAX];
    struct stat before;
    bool exists = false;
    if (memchr(path.p == NULL ? "" : path.p, '\0', path.n) != NULL) return write_failed(d, path, EINVAL, NULL);
    const char *shown = str_c(d->arena, path);
    int error = destination_real(shown, real, &before, &exists);
    if (error == 0 && exists && S_ISDIR(before.st_mode)) error = EISDIR;
    if (error == EISDIR) return write_failed(d, path, error, "name a file, or use --out-dir for a folder");
    if (error != 0) return write_failed(d, path, error, NULL);
    if (exists && !S_ISREG(before.st_mode)) return true;
    if (exists && access(real, W_OK) != 0) return write_failed(d, path, errno, "it is write-protected");
    int slot = slot_take(shown, real);
    int descriptor = temporary_open(slot);
    error = descriptor < 0 ? errno : temporary_fill(descriptor, content, exists ? &before : NULL);
    if (error != 0) {
        if (descriptor >= 0) close(descriptor);
        slot_discard(slots, slot);
        return write_failed(d, path, error, error == ENOENT ? "its folder does not exist" : NULL);
    }
    out->slot = slot;
    out->descriptor = descriptor;
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
    folder_name(folder, destination);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

/* Gives a complete file its name; one that has none is closed. 0 or an errno. */
static int file_place(const char *temporary, const char *destination, int *descriptor) {
    if (*descriptor < 0) return rename(temporary, destination) != 0 ? errno : 0;
    int error = nameless_place(*descriptor, AT_FDCWD, destination, true);
    close(*descriptor);
    *descriptor = -1;
    return error;
}

static bool stage_place(Diags *d, FileStage *stage) {
    int slot = stage->slot, error = file_place(slots->temporaries[slot], slots->destinations[slot], &stage->descriptor);
    stage->slot = -1;
    if (error == 0)
        slots->state[slot] = SLOT_FREE;
    else
        slot_discard(slots, slot);
    return error == 0 || write_failed(d, stage->path, error, NULL);
}

/* The slot's destination stays readable until the slot is taken again. */
static bool same_folder(int a, int b) {
    return a >= 0 && b >= 0 &&
           str_equal(path_folder(str_from(slots->destinations[a])), path_folder(str_from(slots->destinations[b])));
}

/* All are written by now: the first to be synced takes the others along, and they wait for little. What has no name stays open. */
static bool stages_end(Diags *d, FileStage *stages, size_t count, bool sync) {
    for (size_t i = 0; i < count; i++) {
        int descriptor = stages[i].descriptor, error = 0;
        if (descriptor < 0) continue;
        if (is_nameless(stages[i].slot)) {
            if (sync) error = descriptor_sync(descriptor);
        } else {
            stages[i].descriptor = -1;
            error = sync ? temporary_sync(descriptor) : temporary_close(descriptor);
        }
        if (error == 0) continue;
        files_discard(stages, count);
        return write_failed(d, stages[i].path, error, NULL);
    }
    return true;
}

/* Whether the first process can put them in place: what is written directly may make its writer wait for whoever reads it. */
static bool stages_leavable(const FileStage *stages, size_t count) {
    if (slots == &own || left.count + count > FILES_MOST) return false;
    for (size_t i = 0; i < count; i++)
        if (stages[i].slot < 0) return false;
    return true;
}

static bool stages_leave(Diags *d, FileStage *stages, size_t count) {
    if (!stages_end(d, stages, count, false)) return false;
    for (size_t i = 0; i < count; i++) {
        left.descriptor[left.count] = stages[i].descriptor;
        left.slot[left.count++] = (uint8_t)stages[i].slot;
        stages[i].slot = stages[i].descriptor = -1;
    }
    return true;
}

bool files_publish(Diags *d, FileStage *stages, size_t count) {
    if (stages_leavable(stages, count)) return stages_leave(d, stages, count);
    if (!stages_end(d, stages, count, true)) return false;
    for (size_t i = 0; i < count; i++) {
        int slot = stages[i].slot, next = i + 1 < count ? stages[i + 1].slot : -1;
        if (!(slot < 0 ? stage_write_directly(d, &stages[i]) : stage_place(d, &stages[i]))) {
            files_discard(stages + i + 1, count - i - 1);
            return false;
        }
        if (slot >= 0 && !same_folder(slot, next)) folder_sync(slots->destinations[slot]); /* once for a document's two files */
    }
    return true;
}

void files_discard(FileStage *stages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (stages[i].descriptor >= 0) close(stages[i].descriptor);
        if (stages[i].slot >= 0) slot_discard(slots, stages[i].slot);
        stages[i].slot = stages[i].descriptor = -1;
    }
}

bool file_write(Diags *d, Str path, Str content) {
    FileStage stage;
    return file_stage(d, path, content, &stage) && files_publish(d, &stage, 1);
}

/* ---- What workers leave -------------------------------------------------------------------------------------------------- */

FileGroup file_group_left(void) {
    FileGroup group = left;
    group.slots = slots;
    for (unsigned i = 0; i < group.count; i++) slots->state[group.slot[i]] = SLOT_LEFT;
    left.count = 0;
    return group;
}

bool file_group_is_sound(const FileGroup *group, const FileSlots *of) {
    bool sound = group->slots == of && group->count <= FILES_MOST;
    for (unsigned i = 0; sound && i < group->count; i++) sound = group->slot[i] < SLOTS && of->state[group->slot[i]] == SLOT_LEFT;
    return sound;
}

unsigned file_group_descriptors(const FileGroup *group, int out[FILES_MOST]) {
    unsigned count = 0;
    for (unsigned i = 0; i < group->count; i++)
        if (group->descriptor[i] >= 0) out[count++] = group->descriptor[i];
    return count;
}

/* The kernel leaves out those for which there is no room. */
void file_group_keep(FileGroup *group, const int *descriptors, unsigned count) {
    unsigned next = 0;
    for (unsigned i = 0; i < group->count; i++) {
        group->slots->state[group->slot[i]] = SLOT_KEPT;
        if (group->descriptor[i] < 0) continue;
        group->descriptor[i] = next < count ? descriptors[next++] : -1;
        if (group->descriptor[i] < 0) group->error = EMFILE;
    }
}

/* Its rights are those of the file that it will replace, or what the umask leaves. */
static int temporary_open_again(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    return descriptor >= 0 || errno != EACCES ? descriptor : open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
}

/* 0 or an errno. What failed on the way to the disk before is told to who opens the file next. */
static int group_sync(FileGroup *group) {
    for (unsigned i = 0; i < group->count; i++) {
        int error, descriptor = group->descriptor[i];
        group->failed = (uint8_t)i;
        if (descriptor >= 0)
            error = descriptor_sync(descriptor);
        else if ((descriptor = temporary_open_again(group->slots->temporaries[group->slot[i]])) >= 0)
            error = temporary_sync(descriptor);
        else
            error = errno;
        if (error != 0) return error;
    }
    return 0;
}

/* 0 or an errno. `*renamed`: a destination whose folder is still to be synced; NULL: none. */
static int group_rename(FileGroup *group, const char **renamed) {
    for (unsigned i = 0; i < group->count; i++) {
        const char *destination = group->slots->destinations[group->slot[i]];
        if (*renamed != NULL && !str_equal(path_folder(str_from(*renamed)), path_folder(str_from(destination))))
            folder_sync(*renamed);
        *renamed = destination;
        group->failed = (uint8_t)i;
        int error = file_place(group->slots->temporaries[group->slot[i]], destination, &group->descriptor[i]);
        if (error != 0) return error;
        group->slots->state[group->slot[i]] = SLOT_PLACED;
    }
    return 0;
}

void file_groups_publish(FileGroup *groups, size_t count) {
    const char *renamed = NULL;
    for (size_t i = 0; i < count; i++)
        if (groups[i].error == 0) groups[i].error = group_sync(&groups[i]);
    for (size_t i = 0; i < count; i++)
        if (groups[i].error == 0) groups[i].error = group_rename(&groups[i], &renamed);
    if (renamed != NULL) folder_sync(renamed);
}

void file_group_end(FileGroup *group, Diags *d) {
    if (group->error != 0)
        write_failed(d, str_copy(d->arena, str_from(group->slots->shown[group->slot[group->failed]])), group->error, NULL);
    for (unsigned i = 0; i < group->count; i++) {
        if (group->descriptor[i] >= 0) close(group->descriptor[i]);
        slot_discard(group->slots, group->slot[i]);
    }
    group->count = 0;
}
