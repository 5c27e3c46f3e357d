/* Confinement: what a process gives up before it looks at what somebody else wrote. A fault in a library that reads images, fonts or PDFs is then no
 * way to other files, other machines or other programs.
 *
 * Twice: when a command knows where it writes (confine_begin), and when it knows what it reads (confine_convert). System calls are confine_calls.c's;
 * files are Landlock's (landlock(7)): what is not named in a rule is refused, also to root, and threads and processes that begin later have the
 * same. Writing and reading are two layers, because the process that begins workers puts their files in place for them, and may not write
 * elsewhere either, whatever a worker tells it. Where the kernel has none of this the program does its work without; `brief --version --verbose` says so.
 *
 * The sanitizers, and whoever writes down which lines were run, need files and calls of their own: -DBRIEF_CONFINE=OFF builds without.
 */
#define _GNU_SOURCE /* O_PATH, syscall, realpath */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's words (linux/landlock.h), of which the headers of the building machine may lack the later ones. */
enum {
    FS_EXECUTE = 1 << 0,
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_REMOVE_DIR = 1 << 4,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_DIR = 1 << 7,
    FS_MAKE_REG = 1 << 8,
    FS_MAKE_SYM = 1 << 12,
    FS_REFER = 1 << 13, /* version 2 */
    FS_TRUNCATE = 1 << 14, /* version 3 */
    FS_IOCTL_DEV = 1 << 15, /* version 5 */
    NET_TCP = 3, /* version 4: bind and connect */
    SCOPE_ALL = 3, /* version 6: signals, and sockets without a file */
    RULE_PATH_BENEATH = 1,
    ASK_VERSION = 1,
};
#define READING ((uint64_t)(FS_READ_FILE | FS_READ_DIR))
#define OF_FILES                                                                                                                 \
    ((uint64_t)(FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)) /* the rest are of folders */
/* Without the last, a folder in the place of an output would not be told from one that may not be written to. */
#define PLACING ((uint64_t)(FS_WRITE_FILE | FS_TRUNCATE | FS_MAKE_REG | FS_MAKE_DIR | FS_REMOVE_FILE | FS_REMOVE_DIR))

typedef struct {
    uint64_t files, network, scoped;
} Handled;

#ifdef __GNUC__
#define PACKED __attribute__((packed))
#endif
typedef struct PACKED {
    uint64_t allowed;
    int32_t parent;
} BeneathRule;

static bool begun, begins_workers;
static int reads = -1; /* the ruleset for whoever converts */

bool kernel_lacks(const char *what) {
#ifndef BRIEF_CONFINE
    if (strcmp(what, "openat2") != 0) return true;
#endif
    const char *without = getenv("BRIEF_WITHOUT");
    return without != NULL && strstr(without, what) != NULL;
}

/* ---- Landlock ------------------------------------------------------------------------------------------------------------- */

#ifdef SYS_landlock_create_ruleset
static int landlock_version(void) {
    static long version = -1; /* not asked yet */
    if (version < 0) version = kernel_lacks("landlock") ? 0 : syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    if (version < 0) version = 0;
    return (int)version;
}

static uint64_t rights_known(int version) {
    uint64_t known = (FS_MAKE_SYM << 1) - 1;
    if (version >= 2) known |= FS_REFER;
    if (version >= 3) known |= FS_TRUNCATE;
    if (version >= 5) known |= FS_IOCTL_DEV;
    return known;
}

/* A descriptor, or -1. */
static int ruleset_new(uint64_t files) {
    int version = landlock_version();
    if (version == 0) return -1;
    Handled handled = {files & rights_known(version), version >= 4 ? NET_TCP : 0, version >= 6 ? SCOPE_ALL : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8; /* what that version knows of it */
    return (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
}

/* Rights that only folders have are refused for a file: it gets the others. */
static void ruleset_add(int ruleset, int place, uint64_t rights) {
    BeneathRule rule = {rights & rights_known(landlock_version()), place};
    if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0 || errno != EINVAL) return;
    rule.allowed &= OF_FILES;
    syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
}

static void ruleset_enforce(int ruleset) {
    if (ruleset < 0) return;
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
}
#else
static int landlock_version(void) { return 0; }
static int ruleset_new(uint64_t files) { return (void)files, -1; }
static void ruleset_add(int ruleset, int place, uint64_t rights) { (void)ruleset, (void)place, (void)rights; }
static void ruleset_enforce(int ruleset) { (void)ruleset; }
#endif

/* What a rule is missing for would be refused later, for a reason that is not the reason. */
static _Noreturn void path_fail(const char *path) {
    fprintf(stderr, "brief: error: “%s” cannot be opened: %s\n", path, file_reason(errno));
    fflush(stderr);
    file_abandon();
    _Exit(EXIT_WORLD);
}

/* False when there is nothing of that name, or nothing that may be reached. */
static bool path_add(int ruleset, const char *path, uint64_t rights) {
    int place = open(path, O_PATH | O_CLOEXEC);
    while (place < 0 && errno == EINTR) place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM)) path_fail(path);
    if (place < 0) return false;
    ruleset_add(ruleset, place, rights);
    close(place);
    return true;
}

/* The folder, or the nearest above it that is there: it is to be made. */
static void folder_add(Arena *arena, int ruleset, StrMap *seen, Str folder, uint64_t rights) {
    if (strmap_find(seen, folder)) return;
    strmap_put(seen, folder, seen);
    while (!path_add(ruleset, folder.n > 0 ? str_c(arena, folder) : ".", rights) && folder.n > 0)
        folder = path_folder(str_slice(folder, 0, folder.n - 1));
}

/* ---- Where is written -------------------------------------------------------------------------------------------------------- */

/* A link is followed, since what it leads to is replaced; a device or a pipe is written to itself. */
static void output_add(Arena *arena, int ruleset, StrMap *seen, Str path, uint64_t folder_rights) {
    struct stat about;
    char *c = str_c(arena, path), real[PATH_MAX];
    bool is_there = stat(c, &about) == 0 && !S_ISDIR(about.st_mode);
    if (is_there && !S_ISREG(about.st_mode))
        path_add(ruleset, c, folder_rights);
    else
        folder_add(arena, ruleset, seen,
            path_folder(is_there && realpath(c, real) != NULL ? str_copy(arena, str_from(real)) : path), folder_rights);
}

static void outputs_add(Arena *arena, int ruleset, const PathList *outputs, uint64_t folder_rights) {
    StrMap *seen = strmap_new(arena);
    for (uint32_t i = 0; i < outputs->count; i++)
        if (!str_is(outputs->items[i], "-")) output_add(arena, ruleset, seen, outputs->items[i], folder_rights);
}

void confine_begin(Arena *arena, const PathList *outputs, bool workers) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    begun = true;
    begins_workers = workers;
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* what somebody wrote in confidence would lie about */
    int ruleset = ruleset_new(~READING);
    if (ruleset >= 0) outputs_add(arena, ruleset, outputs, PLACING);
    ruleset_enforce(ruleset);
    if (!kernel_lacks("seccomp")) confine_calls(workers ? CALLS_OF_FIRST : CALLS_OF_ONE);
}

/* ---- What is read ------------------------------------------------------------------------------------------------------------ */

/* Libraries that are loaded late, and what they read: where they are looked for (ld.so(8)). */
static void libraries_add(Arena *arena, int ruleset) {
    static const char *const places[] = {
        "/lib", "/lib64", "/usr/lib", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/libthai"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) path_add(ruleset, places[i], READING);
    Str more = str_from(getenv("LD_LIBRARY_PATH"));
    for (size_t at = 0, end; at < more.n; at = end + 1) {
        for (end = at; end < more.n && more.p[end] != ':' && more.p[end] != ';';) end++;
        if (end > at) path_add(ruleset, str_c(arena, str_slice(more, at, end)), READING);
    }
}

void confine_reads(Arena *arena, const PathList *files, const PathList *outputs) {
    if (!begun || (reads = ruleset_new(READING)) < 0) return;
    libraries_add(arena, reads);
    StrMap *seen = strmap_new(arena);
    for (uint32_t i = 0; i < files->count; i++) {
        Str path = files->items[i];
        if (strmap_find(seen, path)) continue;
        strmap_put(seen, path, seen);
        path_add(reads, path.n > 0 ? str_c(arena, path) : ".", READING);
    }
    outputs_add(arena, reads, outputs, FS_READ_DIR); /* a folder is opened to be synced */
}

void confine_convert(void) {
    memory_watch();
    if (!begun) return;
    ruleset_enforce(reads);
    reads = -1;
    if (begins_workers && !kernel_lacks("seccomp")) confine_calls(CALLS_OF_WORKER);
}

void confine_tell(Buf *out) {
    int version = landlock_version();
    buf_add_c(out, "files below a folder: ");
    buf_add_c(out, root_open_possible() ? "openat2\n" : "walked folder by folder (this kernel has no openat2)\n");
    buf_add_c(out, "files of a process that converts: ");
    if (version > 0)
        buf_format(out, "Landlock %d\n", version);
    else
        buf_add_c(out, "not confined (this kernel has no Landlock)\n");
    buf_add_c(out, "its system calls: ");
    bool possible = !kernel_lacks("seccomp") && confine_calls_possible();
    buf_add_c(out, possible ? "seccomp\n" : "not confined (there is no filter for this kernel or machine)\n");
}
