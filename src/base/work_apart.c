/* Work in processes: a crew of workers, each a copy of this process with a channel for its orders and answers and a pipe for what it says on
 * standard error.
 *
 * An order is a piece's number, an answer a Head and its bytes, with the descriptors of files that have no name yet. The files of a piece are
 * put in place by a thread of this process, several pieces' at once, and then it is done: workers go on meanwhile, and never wait for the disk.
 * This process keeps the time and ends a worker that is over it; the kernel keeps the bound of memory, and of the time that is computed in,
 * should this process wait for somebody who reads what it tells. The names of a worker's temporary files that have one lie in memory that both
 * see, so that they can be removed when it has been killed. When this process dies the kernel tells each worker, which removes its own.
 */
#define _GNU_SOURCE /* pipe2 */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define MALLOC_KEPT (8 << 20) /* bytes that malloc keeps from one piece to the next */
#define STATUS_MEMORY 71 /* a worker had no memory; only this file knows it */
#define ERRORS_MOST 16384 /* bytes of a worker's standard error that are kept */
#define READ_PIECE 65536
#define IDLE_MS 100
#define KERNEL_LATER 5 /* seconds after which the kernel ends what this process should have ended */
#define STOPPED_MS 1000 /* whoever comes back so late was not busy but stopped */
#define WORK_HELD 15 /* pieces of a worker that wait for the disk, before it gets no other; fewer where files cannot be open */

typedef struct {
    uint32_t length;
    bool last; /* the worker ends with this answer */
    FileGroup files;
} Head;

/* A place for a worker: when one has ended another takes it. */
typedef struct {
    pid_t pid; /* 0: nobody */
    int channel, errors;
    bool busy;
    uint32_t index; /* of the piece it is busy with */
    int64_t deadline; /* in ms; 0: none */
    FileSlots *slots;
    uint32_t held; /* pieces that wait for the disk */
    Arena *arena; /* of what came of this piece so far */
    Buf answer, said;
    int descriptors[FILES_MOST]; /* of its files */
    unsigned descriptor_count;
} Seat;

/* A piece whose files are to be put in place. */
typedef struct {
    WorkPiece piece;
    Seat *seat;
    Arena *arena;
} Held;

typedef struct {
    Held *pieces;
    FileGroup *files; /* theirs */
    uint32_t count;
} Shelf;

typedef struct {
    const WorkApart *work;
    Arena *arena;
    Seat *seats;
    uint32_t next, done, held_most;
    pid_t self;
    Shelf waiting, moving; /* the thread has those that are moving */
    Task *mover; /* NULL: there is no thread */
    atomic_bool moved;
} Crew;

static volatile sig_atomic_t signal_come;
static int
    wake[2]; /* a signal writes here, so that it is not missed between two looks, and the thread that has put files in place */

static void loop_wake(void) {
    int error = errno;
    while (write(wake[1], "", 1) < 0 && errno == EINTR) continue; /* when it is full, that wakes as well */
    errno = error;
}

static void wakes_forget(void) {
    char bytes[64];
    while (read(wake[0], bytes, sizeof bytes) > 0) continue;
}

/* ---- In a worker --------------------------------------------------------------------------------------------------- */

/* SIGPROF comes when so much has been computed, on all cores together. Who waits for an order computes nothing. */
static void time_bound(uint32_t seconds) {
    struct itimerval bound = {.it_value.tv_sec = ((time_t)seconds + KERNEL_LATER) * cores_available()};
    setitimer(ITIMER_PROF, &bound, NULL);
}

/* Its files are this process's no more. */
static bool answer_send(int channel, Str answer, const FileGroup *files) {
    int descriptors[FILES_MOST];
    unsigned count = file_group_descriptors(files, descriptors);
    bool sent = channel_send(channel, answer.p, answer.n, descriptors, count);
    while (count > 0) close(descriptors[--count]);
    return sent;
}

/* The channel is closed when there is nothing more to do, or when the process that began the workers is no more, of which the kernel tells only later.
 * After the last answer it is closed as well, but then what was left is to be put in place. */
static _Noreturn void worker_end(int channel, bool last) {
    if (!last && channel_is_closed(channel))
        file_abandon_bereft();
    else
        file_abandon();
    _Exit(EXIT_DONE);
}

static _Noreturn void worker_run(const WorkApart *work, int channel) {
    bool last = false;
    for (uint32_t index; !last && channel_read(channel, &index, sizeof index);) {
        Arena *arena = arena_open();
        Buf answer = buf_new(arena);
        Head head;
        buf_grow(&answer, buf_room(&answer, sizeof head) + sizeof head);
        if (work->seconds > 0) time_bound(work->seconds);
        work->work(work->context, index, &answer);
        head = (Head){(uint32_t)(answer.n - sizeof head), work->memory > 0 && memory_was_short(), file_group_left()};
        memcpy(answer.p, &head, sizeof head);
        if (!answer_send(channel, buf_str(&answer), &head.files)) break;
        last = head.last;
        arena_close(arena);
    }
    worker_end(channel, last);
}

/* The process that began the workers is no more. */
static void worker_bereft(int number) {
    file_abandon_bereft();
    _Exit(128 + number);
}

/* Ctrl-C is for the process that began the workers: it ends them. */
static void worker_signals(void) {
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPROF, SIG_DFL);
    signal(SIGTERM, worker_bereft);
}

/* The C library would reserve 64 MB and more of address space for each thread; and what one piece gives back, the next would ask for again. */
static void memory_keep(uint64_t bytes) {
    mallopt(M_MMAP_THRESHOLD, MALLOC_KEPT / 2);
    mallopt(M_TRIM_THRESHOLD, MALLOC_KEPT);
    if (bytes == 0) return;
    mallopt(M_ARENA_MAX, 1);
    memory_limit(bytes);
}

static _Noreturn void worker_begin(Crew *crew, Seat *seat, int channel, int errors) {
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != crew->self) _Exit(EXIT_BUG);
    for (uint32_t i = 0; i < crew->work->workers; i++) {
        if (crew->seats[i].pid == 0) continue;
        close(crew->seats[i].channel);
        close(crew->seats[i].errors);
    }
    close(wake[0]);
    close(wake[1]);
    dup2(errors, STDERR_FILENO);
    close(errors);
    file_slots_use(seat->slots);
    memory_exhausted_status = STATUS_MEMORY;
    memory_keep(crew->work->memory);
    confine_convert();
    worker_run(crew->work, channel);
}

/* ---- In the process that has them ------------------------------------------------------------------------------------ */

/* False with errno. */
static bool seat_fill(Crew *crew, Seat *seat) {
    int channel[2], errors[2];
    if (seat->slots == NULL && (seat->slots = file_slots_share()) == NULL) return false;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) return false;
    if (pipe2(errors, O_CLOEXEC) != 0) {
        close(channel[0]);
        close(channel[1]);
        return false;
    }
    if (crew->mover != NULL) task_wait(crew->mover); /* what a thread holds locked just then would stay locked in the copy */
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* what comes for this process must not be taken by the copy of its handler */
    pid_t pid = fork();
    if (pid == 0) {
        close(channel[0]);
        close(errors[0]);
        worker_signals();
        sigprocmask(SIG_SETMASK, &before, NULL);
        worker_begin(crew, seat, channel[1], errors[1]);
    }
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(channel[1]);
    close(errors[1]);
    if (pid < 0) {
        close(channel[0]);
        close(errors[0]);
        errno = error;
        return false;
    }
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    seat->pid = pid;
    seat->channel = channel[0];
    seat->errors = errors[0];
    seat->busy = false;
    return true;
}

/* Waits until the worker has ended, which it has been told or seen to do. */
static int seat_empty(Seat *seat) {
    int status = 0;
    close(seat->channel);
    while (seat->descriptor_count > 0) close(seat->descriptors[--seat->descriptor_count]);
    while (waitpid(seat->pid, &status, 0) < 0 && errno == EINTR) continue;
    close(seat->errors);
    file_slots_abandon(seat->slots);
    seat->pid = 0;
    return status;
}

static bool order_give(Crew *crew, Seat *seat) {
    uint32_t index = crew->next;
    if (!channel_send(seat->channel, &index, sizeof index, NULL, 0)) return false;
    crew->next++;
    seat->index = index;
    seat->busy = true;
    seat->arena = arena_open();
    seat->answer = buf_new(seat->arena);
    seat->said = buf_new(seat->arena);
    seat->deadline = crew->work->seconds > 0 ? clock_ms() + (int64_t)crew->work->seconds * 1000 : 0;
    return true;
}

/* Everybody gets something to do, as long as there is something. False with errno: nobody can. */
static bool crew_employ(Crew *crew) {
    bool any = false;
    for (uint32_t i = 0; i < crew->work->workers; i++) {
        Seat *seat = &crew->seats[i];
        bool may = seat->held < crew->held_most;
        for (int attempt = 0; attempt < 2 && may && !seat->busy && crew->next < crew->work->count; attempt++) {
            if (seat->pid == 0 && !seat_fill(crew, seat)) break;
            if (order_give(crew, seat)) continue;
            kill(seat->pid, SIGKILL); /* if it did not die idle: another takes its place */
            seat_empty(seat);
        }
        any = any || seat->busy || seat->held > 0;
    }
    return any;
}

static void errors_read(Seat *seat) {
    char bytes[4096];
    for (ssize_t got; (got = read(seat->errors, bytes, sizeof bytes)) > 0;) {
        size_t room = ERRORS_MOST - seat->said.n;
        buf_add(&seat->said, (Str){bytes, (size_t)got < room ? (size_t)got : room});
    }
}

static void piece_tell(Crew *crew, const WorkPiece *piece, Arena *arena) {
    crew->done++;
    crew->work->done(crew->work->context, piece);
    arena_close(arena);
}

/* `files`: what is to be put in place first; NULL: none. */
static void piece_end(Crew *crew, Seat *seat, WorkPiece piece, const FileGroup *files) {
    piece.index = seat->index;
    piece.errors = buf_str(&seat->said);
    seat->busy = false;
    if (files == NULL || files->count == 0) {
        piece_tell(crew, &piece, seat->arena);
        return;
    }
    Shelf *waiting = &crew->waiting;
    waiting->files[waiting->count] = *files;
    waiting->pieces[waiting->count++] = (Held){piece, seat, seat->arena};
    seat->held++;
}

static void worker_lost(Crew *crew, Seat *seat, bool late) {
    errors_read(seat);
    int status = seat_empty(seat);
    WorkPiece piece = {.end = WORK_CRASHED};
    if (WIFSIGNALED(status)) piece.signal = WTERMSIG(status);
    if (WIFEXITED(status)) piece.status = WEXITSTATUS(status);
    if (late || piece.signal == SIGPROF) piece.end = WORK_TIME;
    if (piece.status == STATUS_MEMORY) piece.end = WORK_MEMORY;
    piece_end(crew, seat, piece, NULL);
}

static bool answer_is_whole(const Seat *seat, Head *head) {
    if (seat->answer.n < sizeof *head) return false;
    memcpy(head, seat->answer.p, sizeof *head);
    return seat->answer.n >= sizeof *head + head->length;
}

/* What there is of the answer; the piece is done when it is whole. */
static void answer_read(Crew *crew, Seat *seat) {
    Head head;
    while (!answer_is_whole(seat, &head)) {
        char bytes[READ_PIECE];
        ptrdiff_t got = channel_look(seat->channel, bytes, sizeof bytes, seat->descriptors, &seat->descriptor_count);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) {
            worker_lost(crew, seat, false);
            return;
        }
        buf_add(&seat->answer, (Str){bytes, (size_t)got});
    }
    errors_read(seat);
    if (!file_group_is_sound(&head.files, seat->slots)) { /* what the document holds has got the better of the worker */
        kill(seat->pid, SIGKILL);
        worker_lost(crew, seat, false);
        return;
    }
    file_group_keep(&head.files, seat->descriptors, seat->descriptor_count);
    seat->descriptor_count = 0;
    if (head.last) seat_empty(seat);
    WorkPiece piece = {.end = WORK_DONE, .answer = {seat->answer.p + sizeof head, head.length}};
    piece_end(crew, seat, piece, &head.files);
}

/* ---- Onto the disk ----------------------------------------------------------------------------------------------------- */

static Shelf shelf_new(Crew *crew) {
    size_t most = (size_t)crew->work->workers * WORK_HELD;
    return (Shelf){NEW_ARRAY(crew->arena, Held, most), NEW_ARRAY(crew->arena, FileGroup, most), 0};
}

/* In a thread. */
static void shelf_move(void *of) {
    Crew *crew = of;
    file_groups_publish(crew->moving.files, crew->moving.count);
    crew->moved = true;
    loop_wake();
}

static void mover_begin(Crew *crew) {
    if (crew->mover != NULL || crew->waiting.count == 0) return;
    Shelf empty = crew->moving;
    crew->moving = crew->waiting;
    crew->waiting = empty;
    crew->moved = false;
    crew->mover = task_start(crew->arena, shelf_move, crew);
}

static void shelf_clear(Crew *crew, Shelf *shelf, bool tell) {
    for (uint32_t i = 0; i < shelf->count; i++) {
        Held *held = &shelf->pieces[i];
        Diags d = diags_new(held->arena);
        file_group_end(&shelf->files[i], &d);
        if (d.errors > 0) held->piece.unwritten = &d;
        held->seat->held--;
        if (tell)
            piece_tell(crew, &held->piece, held->arena);
        else
            arena_close(held->arena);
    }
    shelf->count = 0;
}

static void mover_end(Crew *crew) {
    if (crew->mover == NULL) return;
    task_wait(crew->mover);
    crew->mover = NULL;
    shelf_clear(crew, &crew->moving, true);
}

/* Half of the descriptors that this process may have are for files. */
static uint32_t held_most(uint32_t workers) {
    struct rlimit limit;
    if (workers == 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0) return WORK_HELD;
    uint64_t room = limit.rlim_cur / 2 / workers / FILES_MOST;
    return room < 1 ? 1 : room < WORK_HELD ? (uint32_t)room : WORK_HELD;
}

/* ---- Time, and what comes ------------------------------------------------------------------------------------------------- */

/* Time in which the workers were stopped with this process (Ctrl-Z) is none of theirs. When that began nobody knows: after the last look. */
static void stop_forgive(Crew *crew, int64_t waited, int64_t wanted) {
    if (waited - wanted < STOPPED_MS) return;
    for (uint32_t i = 0; i < crew->work->workers; i++)
        if (crew->seats[i].deadline > 0) crew->seats[i].deadline += waited;
}

static void late_end(Crew *crew) {
    int64_t now = clock_ms();
    for (uint32_t i = 0; i < crew->work->workers; i++) {
        Seat *seat = &crew->seats[i];
        if (!seat->busy || seat->deadline == 0 || now < seat->deadline) continue;
        kill(seat->pid, SIGKILL);
        worker_lost(crew, seat, true);
    }
}

static int wait_ms(const Crew *crew) {
    bool look = crew->work->idle != NULL || crew->mover != NULL; /* at what the thread has done, should its word get lost */
    int64_t now = clock_ms(), least = look ? IDLE_MS : -1;
    for (uint32_t i = 0; i < crew->work->workers; i++) {
        const Seat *seat = &crew->seats[i];
        if (!seat->busy || seat->deadline == 0) continue;
        int64_t left = seat->deadline > now ? seat->deadline - now + 1 : 0;
        if (least < 0 || left < least) least = left;
    }
    return (int)least;
}

static void crew_listen(Crew *crew, struct pollfd *polled) {
    uint32_t workers = crew->work->workers;
    polled[2 * workers] = (struct pollfd){.fd = wake[0], .events = POLLIN};
    for (uint32_t i = 0; i < workers; i++) {
        const Seat *seat = &crew->seats[i];
        polled[2 * i] = (struct pollfd){.fd = seat->busy ? seat->channel : -1, .events = POLLIN};
        polled[2 * i + 1] = (struct pollfd){.fd = seat->busy ? seat->errors : -1, .events = POLLIN};
    }
    int64_t begin = clock_ms();
    int least = wait_ms(crew), ready = poll(polled, 2 * workers + 1, least);
    if (least >= 0) stop_forgive(crew, clock_ms() - begin, least);
    if (ready > 0 && polled[2 * workers].revents != 0) wakes_forget();
    for (uint32_t i = 0; ready > 0 && i < workers && signal_come == 0; i++) {
        if (polled[2 * i + 1].revents != 0) errors_read(&crew->seats[i]);
        if (polled[2 * i].revents != 0) answer_read(crew, &crew->seats[i]);
    }
}

static void crew_dismiss(Crew *crew, bool at_once) {
    for (uint32_t i = 0; i < crew->work->workers; i++) {
        Seat *seat = &crew->seats[i];
        if (seat->pid != 0 && at_once) kill(seat->pid, SIGKILL);
        if (seat->pid != 0) seat_empty(seat);
        if (seat->busy) arena_close(seat->arena);
        file_slots_close(seat->slots);
    }
}

/* ---- Signals ----------------------------------------------------------------------------------------------------------- */

static const int endings[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDINGS = sizeof endings / sizeof *endings };

static void signal_note(int number) {
    signal_come = number;
    loop_wake();
}

/* A second one ends this process at once. */
static void signals_catch(struct sigaction before[ENDINGS]) {
    struct sigaction note;
    memset(&note, 0, sizeof note);
    note.sa_handler = signal_note;
    note.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&note.sa_mask);
    for (int i = 0; i < ENDINGS; i++) {
        sigaction(endings[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) sigaction(endings[i], &note, NULL);
    }
}

static void signals_restore(const struct sigaction before[ENDINGS]) {
    for (int i = 0; i < ENDINGS; i++) sigaction(endings[i], &before[i], NULL);
}

int work_apart(const WorkApart *work) {
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    Arena *arena = arena_open();
    Crew crew = {.work = work, .arena = arena, .seats = NEW_ARRAY(arena, Seat, work->workers), .self = getpid()};
    crew.held_most = held_most(work->workers);
    crew.waiting = shelf_new(&crew);
    crew.moving = shelf_new(&crew);
    struct pollfd *polled = NEW_ARRAY(arena, struct pollfd, 2 * (size_t)work->workers + 1);
    struct sigaction before[ENDINGS];
    signal_come = 0;
    signals_catch(before);
    int ended = 0, error = 0;
    while (crew.done < work->count && ended == 0) {
        if (!crew_employ(&crew)) {
            error = errno;
            ended = -1;
            break;
        }
        mover_begin(&crew);
        crew_listen(&crew, polled);
        if (crew.moved) mover_end(&crew);
        if (signal_come == 0) late_end(&crew);
        if (signal_come == 0 && work->idle != NULL) work->idle(work->context);
        ended = (int)signal_come;
    }
    mover_end(&crew);
    shelf_clear(&crew, &crew.waiting, false);
    crew_dismiss(&crew, ended != 0);
    signals_restore(before);
    close(wake[0]);
    close(wake[1]);
    arena_close(arena);
    errno = error;
    return ended;
}
