/* A library for LD_PRELOAD that has the n-th call of an operation fail, be interrupted or do less than it was asked to.
 *
 *     FAULT_OP=write FAULT_AT=3 FAULT_HOW=ENOSPC|short|count FAULT_FILE=counter
 *
 * FAULT_NAMED=1 has every file system know no files without a name (O_TMPFILE).
 *
 * FAULT_FILE holds two numbers of 32 bits that all processes of a run share: how many calls there were, and whether the fault has come. Calls are those of
 * the program and of its libraries; what the C library does inside itself is not seen. Memory is taken where the program's own malloc takes it.
 * The message of a failure must get through, or nobody could tell one from silence: writing to standard error is interrupted and shortened, and
 * never fails.
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    atomic_uint calls, fired;
} *shared;
static const char *operation;
static unsigned at;
static int error; /* 0: short */

static const struct {
    const char *name;
    int error;
} errors[] = {{"short", 0}, {"count", -1}, {"EACCES", EACCES}, {"EAGAIN", EAGAIN}, {"EINTR", EINTR}, {"EIO", EIO}, {"EMFILE", EMFILE},
    {"ENOMEM", ENOMEM}, {"ENOSPC", ENOSPC}, {"EXDEV", EXDEV}};

/* The C library's function, or another library's that comes before it. */
static void *found(void **function, const char *name) {
    if (*function == NULL) *function = dlsym(RTLD_NEXT, name);
    return *function;
}
#define REAL(name) static void *real_##name
#define FIND(name) ((__typeof__(&name))found(&real_##name, #name))
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
REAL(__libc_malloc);
REAL(__libc_calloc);
REAL(__libc_realloc);
REAL(mmap);

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("FAULT_FILE"), *how = getenv("FAULT_HOW"), *number = getenv("FAULT_AT");
    FIND(__libc_malloc);
    FIND(__libc_calloc);
    FIND(__libc_realloc);
    FIND(mmap);
    if (file == NULL || how == NULL || number == NULL) return;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, how) == 0) error = errors[i].error;
    at = (unsigned)strtoul(number, NULL, 10);
    int descriptor = open(file, O_RDWR | O_CLOEXEC);
    void *memory = FIND(mmap)(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    operation = getenv("FAULT_OP");
    if (memory != MAP_FAILED) shared = memory;
}

/* Whether this call is the one; errno is set. */
static int strikes(const char *name) {
    if (shared == NULL || strcmp(name, operation) != 0) return 0;
    if (atomic_fetch_add(&shared->calls, 1) + 1 != at || error < 0) return 0;
    shared->fired = 1;
    errno = error;
    return 1;
}

static size_t less(size_t n) { return n > 1 ? (n + 1) / 2 : n; }

/* A call that fails: CALL(operation, type, name, (parameters), (arguments), what it returns) */
#define CALL(op, type, name, parameters, arguments, failed) \
    REAL(name); \
    type name parameters { return strikes(op) && error != 0 ? failed : FIND(name) arguments; }

/* One that reads or writes may do less as well; `count` is its parameter that says how much. */
#define TRANSFER(op, name, parameters, arguments, descriptor, count) \
    REAL(name); \
    ssize_t name parameters { \
        int spared = strcmp(op, "write") == 0 && descriptor == STDERR_FILENO && error != EINTR && error != 0; \
        if (!spared && strikes(op)) { \
            if (error != 0) return -1; \
            count = less(count); \
        } \
        return FIND(name) arguments; \
    }

void *__libc_malloc(size_t n) {
    return strikes("alloc") ? NULL : FIND(__libc_malloc)(n);
}
void *__libc_calloc(size_t n, size_t size) {
    static _Alignas(16) char early[4096]; /* dlsym() asks for some before it can be found */
    static size_t used;
    if (real___libc_calloc == NULL) return used += 1024, early + used - 1024;
    return strikes("alloc") ? NULL : FIND(__libc_calloc)(n, size);
}
void *__libc_realloc(void *p, size_t n) {
    return strikes("alloc") ? NULL : FIND(__libc_realloc)(p, n);
}
void *mmap(void *where, size_t n, int protection, int flags, int descriptor, off_t offset) {
    return strikes("mmap") ? MAP_FAILED : FIND(mmap)(where, n, protection, flags, descriptor, offset);
}

TRANSFER("read", read, (int d, void *p, size_t n), (d, p, n), d, n)
TRANSFER("read", pread, (int d, void *p, size_t n, off_t o), (d, p, n, o), d, n)
TRANSFER("read", recv, (int d, void *p, size_t n, int f), (d, p, n, f), d, n)
CALL("read", ssize_t, recvmsg, (int d, struct msghdr *m, int f), (d, m, f), -1)
TRANSFER("write", write, (int d, const void *p, size_t n), (d, p, n), d, n)
TRANSFER("write", pwrite, (int d, const void *p, size_t n, off_t o), (d, p, n, o), d, n)
TRANSFER("write", send, (int d, const void *p, size_t n, int f), (d, p, n, f), d, n)
CALL("write", ssize_t, sendmsg, (int d, const struct msghdr *m, int f), (d, m, f), -1)
CALL("fsync", int, fsync, (int d), (d), -1)
CALL("fsync", int, fdatasync, (int d), (d), -1)
CALL("fsync", int, sync_file_range, (int d, off64_t o, off64_t n, unsigned f), (d, o, n, f), -1)
CALL("rename", int, rename, (const char *a, const char *b), (a, b), -1)
CALL("rename", int, renameat, (int c, const char *a, int d, const char *b), (c, a, d, b), -1)
CALL("rename", int, linkat, (int c, const char *a, int d, const char *b, int f), (c, a, d, b, f), -1)
CALL("mkdir", int, mkdir, (const char *p, mode_t m), (p, m), -1)
CALL("mkdir", int, mkdirat, (int d, const char *p, mode_t m), (d, p, m), -1)
CALL("stat", int, stat, (const char *p, struct stat *s), (p, s), -1)
CALL("stat", int, lstat, (const char *p, struct stat *s), (p, s), -1)
CALL("stat", int, fstat, (int d, struct stat *s), (d, s), -1)
CALL("stat", int, fstatat, (int d, const char *p, struct stat *s, int f), (d, p, s, f), -1)
CALL("stat", int, access, (const char *p, int m), (p, m), -1)
CALL("stat", char *, realpath, (const char *p, char *r), (p, r), NULL)
CALL("stat", char *, getcwd, (char *p, size_t n), (p, n), NULL)
CALL("mode", int, fchmod, (int d, mode_t m), (d, m), -1)
CALL("mode", int, futimens, (int d, const struct timespec t[2]), (d, t), -1)
CALL("unlink", int, unlink, (const char *p), (p), -1)
CALL("unlink", int, unlinkat, (int d, const char *p, int f), (d, p, f), -1)
CALL("process", int, fork, (void), (), -1)
CALL("process", int, socketpair, (int a, int b, int c, int v[2]), (a, b, c, v), -1)
CALL("process", int, pipe2, (int v[2], int f), (v, f), -1)
CALL("process", int, waitpid, (pid_t p, int *s, int o), (p, s, o), -1)
CALL("process", int, poll, (struct pollfd *p, nfds_t n, int t), (p, n, t), -1)
CALL("library", void *, dlopen, (const char *p, int f), (p, f), NULL)
CALL("open", DIR *, opendir, (const char *p), (p), NULL)
CALL("open", FILE *, fopen, (const char *p, const char *m), (p, m), NULL)

REAL(pthread_create);
int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*run)(void *), void *of) {
    return strikes("thread") ? error : FIND(pthread_create)(t, a, run, of);
}

/* Closed it is, whatever it says. */
REAL(close);
int close(int d) {
    int result = FIND(close)(d);
    return strikes("close") ? -1 : result;
}

static mode_t mode_of(va_list more, int flags) {
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}
REAL(open);
int open(const char *p, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(more, flags);
    va_end(more);
    return strikes("open") ? -1 : FIND(open)(p, flags, mode);
}
/* Whether it asks for what is not to be had. */
static int nameless_refused(int flags) {
    if ((flags & O_TMPFILE) != O_TMPFILE || getenv("FAULT_NAMED") == NULL) return 0;
    errno = EOPNOTSUPP;
    return 1;
}
REAL(openat);
int openat(int d, const char *p, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = mode_of(more, flags);
    va_end(more);
    return strikes("open") || nameless_refused(flags) ? -1 : FIND(openat)(d, p, flags, mode);
}

/* What _FORTIFY_SOURCE makes of them. */
extern int __open_2(const char *, int), __openat_2(int, const char *, int);
int __open_2(const char *p, int flags) { return open(p, flags); }
int __openat_2(int d, const char *p, int flags) { return openat(d, p, flags); }
extern char *__realpath_chk(const char *, char *, size_t);
char *__realpath_chk(const char *p, char *r, size_t n) { return (void)n, realpath(p, r); }
extern char *__getcwd_chk(char *, size_t, size_t);
char *__getcwd_chk(char *p, size_t n, size_t m) { return (void)m, getcwd(p, n); }
extern ssize_t __read_chk(int, void *, size_t, size_t), __recv_chk(int, void *, size_t, size_t, int);
ssize_t __read_chk(int d, void *p, size_t n, size_t m) { return (void)m, read(d, p, n); }
ssize_t __recv_chk(int d, void *p, size_t n, size_t m, int f) { return (void)m, recv(d, p, n, f); }
extern int __poll_chk(struct pollfd *, nfds_t, int, size_t);
int __poll_chk(struct pollfd *p, nfds_t n, int t, size_t m) { return (void)m, poll(p, n, t); }
