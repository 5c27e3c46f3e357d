/* What the files of base/ share among themselves. No other room includes it. */
#ifndef BRIEF_BASE_INTERNAL_H
#define BRIEF_BASE_INTERNAL_H

#include "base/base.h"

#include <stdatomic.h>

/* ---- blocks.c: memory for arenas, from any thread */

#define BLOCK_LEAST ((size_t)64 << 10)
typedef struct {
    unsigned char *p; /* NULL: there is no memory */
    size_t size;
    size_t dirty; /* bytes from the beginning that may be other than zero: it was in use before */
} MemoryBlock;
MemoryBlock block_take(size_t least); /* of at least so many bytes */
void block_give(MemoryBlock block);   /* `dirty` says what was used of it */

/* Grows the allocation [old, old + old_size) of `arena` to new_size bytes: in place when it is the arena's last and its block
 * has room, else as a copy. What is added is zeroed. */
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size, size_t align);

/* file_write.c: where the names of temporary files are kept. Shared with processes that begin later; NULL: there is no memory. */
typedef struct FileSlots FileSlots;
FileSlots *file_slots_share(void);
void file_slots_use(FileSlots *shared);     /* from now on, in this process */
void file_slots_abandon(FileSlots *shared); /* removes what a process that is no more left behind */
void file_slots_close(FileSlots *shared);
void file_abandon_bereft(void); /* as file_abandon(), and what was left to a process that is no more; may be called from a signal handler */

/* What files_publish() leaves in a worker to the process that began it: files that are whole but for the disk, and get their names together or
 * not at all. */
#define FILES_MOST 4
typedef struct {
    FileSlots *slots;
    uint8_t count, slot[FILES_MOST];
    int descriptor[FILES_MOST]; /* of one without a name; -1: it has one */
    uint8_t failed; /* which of them, if any has */
    int error;      /* errno; 0: all are in place */
} FileGroup;
FileGroup file_group_left(void);                              /* in the worker: since it was asked last */
bool file_group_is_sound(const FileGroup *group, const FileSlots *slots); /* whether a worker that has these slots can have left it */
unsigned file_group_descriptors(const FileGroup *group, int out[FILES_MOST]); /* those of it, to be sent; how many */
/* From now on it is this process's, whatever becomes of the worker; with the descriptors that came, in their order. */
void file_group_keep(FileGroup *group, const int *descriptors, unsigned count);
void file_groups_publish(FileGroup *groups, size_t count);    /* those of several pieces; from any thread */
void file_group_end(FileGroup *group, Diags *d);              /* says what failed, and removes what is not in place */

/* channel.c: all the bytes, and descriptors along with the first of them (at most FILES_MOST), which stay open here as well. False: nobody is there. */
bool channel_send(int channel, const void *bytes, size_t count, const int *descriptors, unsigned descriptor_count);
bool channel_read(int channel, void *bytes, size_t count);
bool channel_is_closed(int channel); /* at its other end */
/* What there is, as recv(2) says; when descriptors have come, they and how many there are. */
ptrdiff_t channel_look(int channel, void *bytes, size_t count, int descriptors[FILES_MOST], unsigned *descriptor_count);

/* file_below.c: opens (O_PATH) the folder below `folder` that `name` lies in, following no link on the way; `make`: makes those that are missing.
 * A descriptor, or -1 with errno. */
int way_open(Arena *arena, Str folder, Str name, bool make);

/* nameless.c: a temporary file that has no name. A descriptor, or -1 with errno; EOPNOTSUPP: there is none to be had here. */
int nameless_open(int folder, const char *path); /* in the folder `path`, below `folder` as for openat(2) */
/* Gives it a name, `over` whatever file has that. 0 or an errno; EEXIST: not over it. It stays open. */
int nameless_place(int descriptor, int folder, const char *destination, bool over);

/* memory.c: the process ends when there is no memory, and with which status; but
 * while that is not 0, who asks for much at once is told. */
_Noreturn void memory_exhausted(void);
extern int memory_exhausted_status;
extern atomic_int memory_told;
#define MEMORY_TOLD ((size_t)1 << 20) /* bytes: who asks for more at once says when there is none */

/* memory_bound.c: as memory_bound(), but the process ends there. False: there is none. */
bool memory_limit(uint64_t more);

/* memory_bound.c: keeps open what says how much memory this process has. */
void memory_watch(void);

/* confine_calls.c: from now on, in this process. False: there is no such filter here. */
typedef enum { CALLS_OF_ONE, CALLS_OF_FIRST, CALLS_OF_WORKER } CallsOf;
bool confine_calls(CallsOf process);
bool confine_calls_possible(void);
/* For tests, and to find faults: BRIEF_WITHOUT=landlock,seccomp,openat2 has the program do without, as on a kernel that lacks them. */
bool kernel_lacks(const char *what);
bool root_open_possible(void); /* root.c: with openat2 */

/* The plain name of a file failure, without a final stop: "it does not exist", "permission denied". */
const char *file_reason(int error);

/* "did you mean “notes/article.md”?" when `folder` (empty: the working folder) has a name like the last part of `path`; else NULL. */
const char *file_nearest_hint(Arena *arena, Str folder, Str path);

/* A file is to be read: `name` from `folder`. */
void file_asked(Diags *d, Str folder, Str name);

/* Reads the open regular file or stream `descriptor` to its end. 0, or an errno; EFBIG when there are more than `limit` bytes. */
int file_read_all(Arena *arena, int descriptor, size_t expected, size_t limit, Str *out);

/* Text from outside, as it may be shown on a terminal: bad bytes, control and bidirectional formatting characters are replaced. */
uint32_t harmless_character(uint32_t code_point);
void buf_add_harmless(Buf *b, Str s);
/* Columns that a character takes on a terminal: 0, 1 or 2. */
int terminal_width(uint32_t code_point);

#endif
