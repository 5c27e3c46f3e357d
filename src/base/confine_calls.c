/* What a confined process may ask of the system: a filter of system calls (seccomp(2), filter mode). Everything that is not listed here is answered
 * as by a system that does not have it, so that libraries fall back on what is there.
 *
 * A list of what is allowed, because the next kernel has calls that nobody has thought of. The calls that are allowed whatever their arguments are a
 * table of bits, which is asked first; then come those of which it depends. The filter sees numbers only: files are Landlock's affair (confine.c).
 */
#define _GNU_SOURCE /* syscall, CLONE_… */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__aarch64__) /* what else there is has other numbers, and other words for the same */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static const uint16_t allowed[] = {
    /* What is open. Nothing here leads to a file that has another name than Landlock allows. */
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_lseek,
    SYS_close,
    SYS_fstat,
    SYS_dup,
    SYS_dup3,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fadvise64,
    SYS_fsync,
    SYS_fdatasync,
    SYS_sync_file_range,
    SYS_flock,
    SYS_getdents64,
    SYS_fstatfs,
    SYS_ppoll,
    SYS_pselect6,
    SYS_copy_file_range,
    /* Names of files. */
    SYS_openat,
    SYS_newfstatat,
    SYS_statx,
    SYS_readlinkat,
    SYS_faccessat,
    SYS_getcwd,
    SYS_unlinkat,
    SYS_renameat,
    SYS_linkat,
    SYS_mkdirat,
    SYS_statfs,
#ifdef SYS_openat2
    SYS_openat2,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_renameat2
    SYS_renameat2,
#endif
#ifdef __x86_64__ /* the same by older names */
    SYS_open,
    SYS_stat,
    SYS_lstat,
    SYS_readlink,
    SYS_access,
    SYS_unlink,
    SYS_rename,
    SYS_link,
    SYS_mkdir,
    SYS_poll,
    SYS_select,
    SYS_dup2,
    SYS_pause,
    SYS_time,
    SYS_getdents,
    SYS_getrlimit,
#endif
    /* Memory and threads. */
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_set_robust_list,
    SYS_set_tid_address,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_sched_setaffinity,
    SYS_gettid,
    SYS_getcpu,
    SYS_exit,
    SYS_exit_group,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_membarrier
    SYS_membarrier,
#endif
    /* Itself, and what time it is. */
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_rt_sigsuspend,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_getpid,
    SYS_getppid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_times,
    SYS_getitimer,
    SYS_setitimer,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
#ifdef SYS_landlock_create_ruleset /* each makes the process poorer */
    SYS_landlock_create_ruleset,
    SYS_landlock_add_rule,
    SYS_landlock_restrict_self,
#endif
};

/* Workers and the first process speak with each other. */
static const uint16_t allowed_channel[] = {SYS_recvfrom, SYS_recvmsg, SYS_sendmsg};
/* The first begins them, and ends them. */
static const uint16_t allowed_first[] = {SYS_wait4, SYS_kill, SYS_socketpair, SYS_pipe2};

typedef enum { IS, LACKS, NOT_ALL, NO_ADDRESS } Test;
typedef struct {
    uint16_t number;
    uint8_t argument;
    Test test;
    uint32_t value; /* IS: it; LACKS: none of these bits; NOT_ALL: at most some of them */
} Condition;

#define THREAD                                                                                                                   \
    (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID |     \
        CLONE_CHILD_CLEARTID)
#define THREAD_OF_MUSL (THREAD | 0x400000)
#define COPY (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD)
#define SET_ID_BITS 07000

static const Condition conditions[] = {
    {SYS_mmap, 2, NOT_ALL, PROT_WRITE | PROT_EXEC},
    {SYS_mprotect, 1, NOT_ALL, PROT_WRITE | PROT_EXEC},
    {SYS_clone, 0, IS, THREAD},
    {SYS_clone, 0, IS, THREAD_OF_MUSL},
    {SYS_fcntl, 1, IS, F_GETFD},
    {SYS_fcntl, 1, IS, F_SETFD},
    {SYS_fcntl, 1, IS, F_GETFL},
    {SYS_fcntl, 1, IS, F_SETFL},
    {SYS_fcntl, 1, IS, F_DUPFD_CLOEXEC},
    {SYS_fcntl, 1, IS, F_GETLK},
    {SYS_fcntl, 1, IS, F_SETLK},
    {SYS_ioctl, 1, IS, TCGETS},
    {SYS_ioctl, 1, IS, TIOCGWINSZ},
    {SYS_fchmod, 1, LACKS, SET_ID_BITS},
    {SYS_utimensat, 1, NO_ADDRESS, 0}, /* of what is open */
    {SYS_sendto, 4, NO_ADDRESS, 0}, /* to whom the socket was made for */
    {SYS_prlimit64, 0, IS, 0},
    {SYS_prctl, 0, IS, PR_SET_NAME},
    {SYS_prctl, 0, IS, PR_SET_PDEATHSIG},
    {SYS_prctl, 0, IS, PR_SET_NO_NEW_PRIVS},
    {SYS_seccomp, 0, IS, SECCOMP_SET_MODE_FILTER},
};
static const Condition conditions_first[] = {{SYS_clone, 0, IS, COPY}, {SYS_clone, 0, IS, SIGCHLD}};

/* ---- The filter, in the words of its machine ----------------------------------------------------------------------------- */

#define NUMBERS 512
#define WORD_BITS 32
#define INSTRUCTIONS 256
#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct {
    struct sock_filter items[INSTRUCTIONS];
    uint16_t count;
} Program;

static void put(Program *p, int code, uint32_t k, int jump_true, int jump_false) {
    if (p->count == INSTRUCTIONS) BUG("a filter of more than %d instructions", INSTRUCTIONS);
    p->items[p->count++] = (struct sock_filter){(uint16_t)code, (uint8_t)jump_true, (uint8_t)jump_false, k};
}

static void put_load(Program *p, size_t offset) { put(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }
static void put_number(Program *p) { put_load(p, offsetof(struct seccomp_data, nr)); }
static void put_answer(Program *p, uint32_t answer) { put(p, BPF_RET | BPF_K, answer, 0, 0); }
static void put_allow(Program *p) { put_answer(p, SECCOMP_RET_ALLOW); }
static void put_deny(Program *p) { put_answer(p, SECCOMP_RET_ERRNO | ENOSYS); }

/* Calls of another architecture's (32 bits) have other numbers. */
static void put_architecture(Program *p) {
    put_load(p, offsetof(struct seccomp_data, arch));
    put(p, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    put_answer(p, SECCOMP_RET_KILL_PROCESS);
}

static void bits_set(uint32_t bits[], const uint16_t *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) bits[numbers[i] / WORD_BITS] |= (uint32_t)1 << numbers[i] % WORD_BITS;
}

static void put_table(Program *p, const uint32_t bits[NUMBERS / WORD_BITS]) {
    enum { WORDS = NUMBERS / WORD_BITS };
    put_number(p);
    put(p, BPF_JMP | BPF_JGE | BPF_K, NUMBERS, 0, 1);
    put_deny(p);
    put(p, BPF_ALU | BPF_AND | BPF_K, WORD_BITS - 1, 0, 0);
    put(p, BPF_MISC | BPF_TAX, 0, 0, 0);
    put_number(p);
    put(p, BPF_ALU | BPF_RSH | BPF_K, 5, 0, 0);
    for (uint32_t word = 0; word < WORDS; word++) {
        put(p, BPF_JMP | BPF_JEQ | BPF_K, word, 0, 2);
        put(p, BPF_LD | BPF_IMM, bits[word], 0, 0);
        put(p, BPF_JMP | BPF_JA, 3 * (WORDS - 1 - word), 0, 0);
    }
    put(p, BPF_ALU | BPF_RSH | BPF_X, 0, 0, 0);
    put(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, 1);
    put_allow(p);
}

static void put_condition(Program *p, const Condition *condition) {
    size_t at =
        offsetof(struct seccomp_data, args) + 8 * (size_t)condition->argument; /* both architectures have the low half first */
    static const uint8_t lengths[] = {[IS] = 3, [LACKS] = 3, [NOT_ALL] = 4, [NO_ADDRESS] = 5};
    put_number(p);
    put(p, BPF_JMP | BPF_JEQ | BPF_K, condition->number, 0, lengths[condition->test]);
    put_load(p, at);
    switch (condition->test) {
    case IS: put(p, BPF_JMP | BPF_JEQ | BPF_K, condition->value, 0, 1); break;
    case LACKS: put(p, BPF_JMP | BPF_JSET | BPF_K, condition->value, 1, 0); break;
    case NOT_ALL:
        put(p, BPF_ALU | BPF_AND | BPF_K, condition->value, 0, 0);
        put(p, BPF_JMP | BPF_JEQ | BPF_K, condition->value, 1, 0);
        break;
    case NO_ADDRESS:
        put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
        put_load(p, at + 4);
        put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
        break;
    }
    put_allow(p);
}

bool confine_calls(CallsOf process) {
    bool first = process == CALLS_OF_FIRST;
    uint32_t bits[NUMBERS / WORD_BITS] = {0}, self = (uint32_t)getpid();
    const Condition own[] = {{SYS_tgkill, 0, IS, self}, {SYS_kill, 0, IS, self}}; /* signals to itself: abort() */
    Program p = {.count = 0};
    bits_set(bits, allowed, COUNT(allowed));
    if (process != CALLS_OF_ONE) bits_set(bits, allowed_channel, COUNT(allowed_channel));
    if (first) bits_set(bits, allowed_first, COUNT(allowed_first));
    put_architecture(&p);
    put_table(&p, bits);
    for (size_t i = 0; i < COUNT(conditions); i++) put_condition(&p, &conditions[i]);
    for (size_t i = 0; first && i < COUNT(conditions_first); i++) put_condition(&p, &conditions_first[i]);
    for (size_t i = 0; i < COUNT(own); i++) put_condition(&p, &own[i]);
    put_deny(&p);
    const struct sock_fprog filter = {p.count, p.items};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0;
}

bool confine_calls_possible(void) {
    const uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

#else

bool confine_calls(CallsOf process) {
    (void)process;
    return false;
}

bool confine_calls_possible(void) { return false; }

#endif
