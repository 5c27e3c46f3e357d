/* Tries what a process that converts should not be able to do, from inside: tests/cli/confinement.py loads it into brief (LD_PRELOAD), and
 * BRIEF_TEST_FAULT=hang:NAME has brief call pause() when it is about to look at the document NAME. One line each on standard error: what, and
 * "allowed" or the error. Then the process ends.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static char path[8192];
static const char *outside(const char *name) {
    snprintf(path, sizeof path, "%s/%s", getenv("PROBE_OUTSIDE"), name);
    return path;
}

static pid_t other(void) { return (pid_t)atoi(getenv("PROBE_PID")); }

static void tell(const char *what, long result) {
    int error = errno;
    if (result >= 0)
        dprintf(2, "probe: %s: allowed\n", what);
    else
        dprintf(2, "probe: %s: %s\n", what, strerrorname_np(error));
}

static long close_it(int descriptor) { return descriptor < 0 ? -1 : close(descriptor); }
static long reads(const char *name) { return close_it(open(name, O_RDONLY)); }
static long makes(const char *name) { return close_it(open(name, O_WRONLY | O_CREAT | O_EXCL, 0600)); }

static long lists(const char *name) {
    DIR *folder = opendir(name);
    return folder == NULL ? -1 : closedir(folder);
}

static long connects(int family, int type, const void *address, socklen_t length) {
    int descriptor = socket(family, type, 0);
    if (descriptor < 0) return -1;
    long result = connect(descriptor, address, length);
    int error = errno;
    close(descriptor);
    errno = error;
    return result;
}

static long connects_tcp(int type) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(getenv("PROBE_PORT"))), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return connects(AF_INET, type, &to, sizeof to);
}

static long connects_unix(void) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    snprintf(to.sun_path, sizeof to.sun_path, "%s", getenv("PROBE_SOCKET"));
    return connects(AF_UNIX, SOCK_STREAM, &to, sizeof to);
}

static long connects_abstract(void) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = (size_t)snprintf(to.sun_path + 1, sizeof to.sun_path - 1, "%s", getenv("PROBE_ABSTRACT"));
    return connects(AF_UNIX, SOCK_STREAM, &to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + n));
}

static long forks(void) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    return pid < 0 ? -1 : waitpid(pid, NULL, 0);
}

static long executes(void) {
    char *const arguments[] = {"true", NULL};
    pid_t pid = fork();
    if (pid <= 0) {
        execve("/bin/true", arguments, arguments + 1);
        if (pid < 0) return -1;
        _exit(errno);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    errno = WEXITSTATUS(status);
    return errno == 0 ? 0 : -1;
}

static void *thread_run(void *of) { return of; }
static long threads(void) {
    pthread_t thread;
    errno = pthread_create(&thread, NULL, thread_run, NULL);
    return errno != 0 ? -1 : pthread_join(thread, NULL);
}

static long traces(void) {
    long result = ptrace(PTRACE_SEIZE, other(), NULL, NULL);
    if (result >= 0) ptrace(PTRACE_DETACH, other(), NULL, NULL);
    return result;
}

static char known[] = "the other process is a copy of one that has this address too";
static long reads_memory(void) {
    char byte;
    struct iovec here = {&byte, 1}, there = {known, 1};
    return process_vm_readv(other(), &here, 1, &there, 1, 0);
}

static long reads_proc(const char *file) {
    snprintf(path, sizeof path, "/proc/%d/%s", other(), file);
    return reads(path);
}

static long makes_fifo(const char *name) { return mkfifo(name, 0600); }
static long sets_times(const char *name) { return utimes(name, NULL); }
static long maps(void) {
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? -1 : munmap(memory, 4096);
}

static long sets_id(void) {
    int descriptor = open("out/own", O_WRONLY | O_CREAT, 0600);
    long result = descriptor < 0 ? -1 : fchmod(descriptor, 04755);
    int error = errno;
    if (descriptor >= 0) close(descriptor);
    unlink("out/own");
    errno = error;
    return result;
}

static long mounts(void) {
    long result = mount("none", "out", "tmpfs", 0, NULL);
    return result < 0 ? -1 : umount("out");
}

static long types_for_terminal(void) {
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0) terminal = 0;
    return ioctl(terminal, TIOCSTI, "x");
}

static void reading(void) {
    tell("read a file in the document's folder", reads("inside.txt"));
    tell("list the document's folder", lists("."));
    tell("read where libraries are", reads("/etc/ld.so.cache"));
    tell("see whether a file is there, and how large it is", access(outside("secret"), F_OK));
    tell("read a file elsewhere", reads(outside("secret")));
    tell("list a folder elsewhere", lists(getenv("PROBE_OUTSIDE")));
    tell("read /etc/passwd", reads("/etc/passwd"));
    tell("read its own environment (/proc/self/environ)", reads("/proc/self/environ"));
    tell("read another process's environment", reads_proc("environ"));
    tell("read what machine it is (/proc/cpuinfo)", reads("/proc/cpuinfo"));
    tell("read a device (/dev/zero)", reads("/dev/zero"));
}

static void writing(void) {
    tell("make a file in the output folder", makes("out/new"));
    tell("rename a file in the output folder", rename("out/new", "out/newer"));
    tell("remove a file in the output folder", unlink("out/newer"));
    tell("make a folder in the output folder", mkdir("out/folder", 0700));
    tell("remove an empty folder in the output folder", unlinkat(AT_FDCWD, "out/folder", AT_REMOVEDIR));
    tell("change the rights of a file that it may open", close_it(open("inside.txt", O_RDONLY)) | fchmod(open("inside.txt", O_RDONLY), 0640));
    tell("make a file in the document's folder", makes("made"));
    tell("write over the document", close_it(open("a.md", O_WRONLY)));
    tell("make a file elsewhere", makes(outside("made")));
    tell("write over a file elsewhere", close_it(open(outside("victim"), O_WRONLY)));
    tell("cut off a file elsewhere", truncate(outside("victim"), 1));
    tell("rename a file elsewhere", rename(outside("victim"), outside("victim")));
    tell("link a file elsewhere into the output folder", link(outside("linked"), "out/linked"));
    tell("make a symbolic link in the output folder", symlink("/etc/passwd", "out/symbolic"));
    tell("make a pipe in the output folder", makes_fifo("out/pipe"));
    tell("make its own file run as its owner (set-user-ID)", sets_id());
    tell("change the rights of a file elsewhere", chmod(outside("victim"), 0644));
    tell("change the owner of a file elsewhere", chown(outside("victim"), getuid(), getgid()));
    tell("change the date of a file elsewhere", sets_times(outside("victim")));
    tell("give a file elsewhere an attribute", setxattr(outside("victim"), "user.probe", "x", 1, 0));
    tell("remove a folder elsewhere", rmdir(outside("empty")));
    tell("remove a file elsewhere", unlink(outside("doomed")));
    tell("type for the person at the terminal (TIOCSTI)", types_for_terminal());
}

static void network(void) {
    int pair[2];
    tell("connect to a server (TCP)", connects_tcp(SOCK_STREAM));
    tell("send to a server (UDP)", connects_tcp(SOCK_DGRAM));
    tell("connect to a service of this machine (socket in a folder)", connects_unix());
    tell("connect to a service of this machine (socket without a file)", connects_abstract());
    tell("make a pair of sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    tell("ask the kernel about the network (netlink)", close_it(socket(AF_NETLINK, SOCK_RAW, 0)));
}

static void processes(void) {
    tell("begin a thread", threads());
    tell("begin another process", forks());
    tell("run another program", executes());
    tell("signal another process", kill(other(), SIGCONT));
    tell("trace another process", traces());
    tell("read another process's memory", reads_memory());
    tell("hold on to another process (pidfd)", close_it((int)syscall(SYS_pidfd_open, other(), 0)));
    tell("bound another process", prlimit(other(), RLIMIT_CORE, &(struct rlimit){0, 0}, NULL));
}

static void kernel(void) {
    tell("have memory that is writable and executable", maps());
    tell("have a file in memory (memfd)", close_it(memfd_create("probe", 0)));
    tell("mount a file system", mounts());
    tell("use the key ring", syscall(SYS_keyctl, 0, -3, 1, 0, 0));
    tell("load a program into the kernel (bpf)", syscall(SYS_bpf, 0, NULL, 0) == -1 && errno == EINVAL ? 0 : -1);
    tell("watch the machine (perf)", syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) == -1 && errno == EFAULT ? 0 : -1);
    tell("give the kernel a queue of work (io_uring)", syscall(SYS_io_uring_setup, 0, NULL) == -1 && errno == EFAULT ? 0 : -1);
    tell("serve its own page faults (userfaultfd)", close_it((int)syscall(SYS_userfaultfd, 1)));
    tell("open a file by its number", syscall(SYS_open_by_handle_at, -1, NULL, 0) == -1 && errno == EFAULT ? 0 : -1);
    struct rlimit core;
    tell("leave its memory on the disk when it crashes", getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur > 0 ? 0 : (errno = EFBIG, -1));
    tell("leave its namespaces", unshare(CLONE_NEWNET));
    tell("change its root", chroot("out"));
}

int pause(void) {
    reading();
    writing();
    network();
    processes();
    kernel();
    dprintf(2, "probe: done\n");
    _exit(0);
}
