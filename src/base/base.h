/* base: what every room stands on: memory, strings, diagnostics, files.
 *
 * Memory   One Arena holds everything that belongs to one document and dies with it. Memory from an arena is zeroed,
 *          never freed alone, never NULL: out of memory ends the process with status 70. `malloc` appears in this room only.
 * Strings  Str is borrowed and may contain NUL bytes; Buf grows on an arena. Text is UTF-8 everywhere.
 * Errors   of three kinds. The document is wrong: diag(), and the stage goes on with a stated fallback. The world failed:
 *          diag() with the path, and the function returns false. We are wrong: BUG(), which aborts with status 70.
 */
#ifndef BRIEF_BASE_H
#define BRIEF_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"

#if defined(__GNUC__)
#define BASE_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define BASE_PRINTF(at, first)
#endif

/* ---- Exit statuses of the program ------------------------------------------------------------------------------ */

typedef enum {
    EXIT_DONE = 0,      /* done; warnings are allowed */
    EXIT_DOCUMENT = 1,  /* a document has errors */
    EXIT_USAGE = 2,     /* the command line is wrong */
    EXIT_WORLD = 3,     /* a file, a device or a library failed */
    EXIT_BUG = 70,      /* our mistake, or out of memory */
} ExitStatus;

_Noreturn void bug_at(const char *file, int line, const char *format, ...) BASE_PRINTF(3, 4);
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

/* ---- Lengths and colours ----------------------------------------------------------------------------------------- */

/* A length in layout: 1/64 pt (26.6 fixed point). An integer, so that a layout is the same from every compiler. */
typedef int32_t Lu;
#define LU_PT 64
#define LU_FROM_PT(pt) ((Lu)((pt) * LU_PT))

typedef struct {
    uint8_t r, g, b; /* sRGB */
} Colour;

/* ---- Arena -------------------------------------------------------------------------------------------------------
 * Built with BRIEF_ARENA_MALLOC every allocation is a malloc of its own, so that AddressSanitizer sees its borders. */

typedef struct Arena Arena;

Arena *arena_open(void);
void arena_close(Arena *arena); /* frees everything that came from it; NULL is allowed */
void arena_join(Arena *arena, Arena *other); /* what came from `other`, which is no more, lives as long as `arena` */
void *arena_alloc(Arena *arena, size_t size, size_t align);                    /* zeroed */
void *arena_array(Arena *arena, size_t count, size_t size, size_t align);      /* zeroed; overflow is a BUG */
size_t arena_used(const Arena *arena);                                         /* bytes handed out */
uint64_t arenas_taken(void); /* bytes that all arenas together have taken so far, given back or not */

#define NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T), _Alignof(T)))
#define NEW_ARRAY(arena, T, count) ((T *)arena_array((arena), (count), sizeof(T), _Alignof(T)))

/* Makes room for one more T in a growing array {T *items; uint32_t count, capacity;} on an arena (doubling), and yields
 * a pointer to the new, zeroed last item. Old storage stays in the arena until it is closed. */
#define PUSH(arena, list, T) \
    ((T *)(array_grow((arena), (void **)&(list)->items, &(list)->count, &(list)->capacity, sizeof(T), _Alignof(T)), \
           &(list)->items[(list)->count - 1]))
void array_grow(Arena *arena, void **items, uint32_t *count, uint32_t *capacity, size_t size, size_t align);

/* Until memory_unbound(), the process may allocate no more than `more` bytes: for libraries that unpack what strangers packed and report
 * that there is no memory; they are told, when they want much at once. What is taken from an arena meanwhile must be little. */
typedef struct {
    uint64_t before;
    bool set;
} MemoryBound;
MemoryBound memory_bound(size_t more);
void memory_unbound(const MemoryBound *bound);
/* Whether the process has been at the end of what it may have: a library that does not say so may have left something out. */
bool memory_was_short(void);

/* ---- Cores ---------------------------------------------------------------------------------------------------------
 * What runs beside something else shares nothing with it that either changes: each has an arena and diagnostics of its own. What comes of
 * it is the same on one core. */

uint32_t cores_available(void);    /* how many may be used: those that the process may run on, or what cores_use() said */
void cores_use(uint32_t count);
/* work(context, i) for every i below `count`, in that order but on all cores; returns when all are done. */
void work_share(uint32_t count, void (*work)(void *context, uint32_t index), void *context);
/* run(context) beside what follows, up to task_wait(); at once, where there is but one core. */
typedef struct Task Task;
Task *task_start(Arena *arena, void (*run)(void *context), void *context);
void task_wait(Task *task); /* once or more */
/* Pieces that one thread needs one after the other, done ahead of it by others: work(context, worker, i) for each i below `count`, by worker 0,
 * which is the thread that asks, or by another below `workers`; at most `window` pieces that have not been passed are begun. On one core each
 * is done when it is needed. */
typedef struct Ahead Ahead;
Ahead *ahead_start(Arena *arena, uint32_t count, uint32_t window, uint32_t workers,
    void (*work)(void *context, uint32_t worker, uint32_t index), void *context);
void ahead_need(Ahead *ahead, uint32_t index); /* returns when the piece is done */
void ahead_pass(Ahead *ahead, uint32_t index); /* those before it are needed no more */
void ahead_stop(Ahead *ahead);                 /* what is not begun is not done */
/* One at a time, over the whole process: for what is made once, by whoever needs it first. Held shortly, and never twice. */
void cores_lock(void);
void cores_unlock(void);

/* ---- Strings ----------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *p; /* not NUL-terminated; may be NULL only when n is 0 */
    size_t n;      /* bytes */
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

Str str_from(const char *c_string); /* borrows; NULL gives the empty string */
Str str_copy(Arena *arena, Str s);  /* the copy is also NUL-terminated behind its n bytes */
char *str_c(Arena *arena, Str s);   /* a NUL-terminated copy */
Str str_format(Arena *arena, const char *format, ...) BASE_PRINTF(2, 3);
bool str_equal(Str a, Str b);
bool str_is(Str a, const char *c_string);
bool str_equal_nocase(Str a, Str b); /* ASCII only */
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* Whether one of the signs, the last of them NULL, stands at `at`; *length is its. */
bool str_begins_any(Str s, size_t at, const char *const signs[], size_t *length);
int str_compare(Str a, Str b); /* bytewise, as memcmp */
Str str_slice(Str s, size_t from, size_t to); /* clamped to the string */
static inline bool char_is_digit(char c) { return c >= '0' && c <= '9'; } /* ASCII, whatever the locale is */
static inline bool char_is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static inline bool char_is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
Str str_trim(Str s);                          /* ASCII white space off both ends */
uint64_t str_hash(Str s, uint64_t seed);      /* FNV-1a; the same on every machine */
#define STR_HASH_SEED 14695981039346656037ull

/* The candidate nearest to `name` by edit distance, for "did you mean"; an empty Str when none is near. */
Str str_nearest(Str name, const Str *candidates, size_t count);

/* UTF-8 as in RFC 3629. */
#define UTF8_BAD 0xFFFFFFFFu
uint32_t utf8_next(Str s, size_t *at);             /* code point at *at, which advances; UTF8_BAD for a bad byte (advances 1) */
size_t utf8_encode(uint32_t code_point, char out[4]); /* bytes written, 1 to 4 */
size_t utf8_ascii_end(Str s, size_t at);              /* of the ASCII that begins at `at`, at most s.n */
size_t utf8_find_bad(Str s);                       /* offset of the first bad byte, or s.n */
size_t utf8_count(Str s);                          /* code points */
bool utf8_is_blank(Str s);                         /* nothing in it can be seen or said: spaces, and characters that have no form */

/* A growing string on an arena. Start with buf_new(); p is always NUL-terminated behind n. */
typedef struct {
    char *p;
    size_t n, capacity;
    Arena *arena;
} Buf;

Buf buf_new(Arena *arena);
void buf_add(Buf *b, Str s);
void buf_add_c(Buf *b, const char *c_string);
void buf_add_char(Buf *b, char c);
void buf_add_utf8(Buf *b, uint32_t code_point);
void buf_add_int(Buf *b, int64_t value);
void buf_format(Buf *b, const char *format, ...) BASE_PRINTF(2, 3); /* no %f: floats depend on the locale */
Str buf_str(const Buf *b);
/* Room for n more bytes, which the caller writes; and where they ended. */
char *buf_room(Buf *b, size_t n);
void buf_grow(Buf *b, const char *end);
size_t int_spell(int64_t value, char out[20]); /* in decimal, without a NUL; bytes written */

/* Marks that turn text round: embeddings, overrides and isolates (UAX #9 §2). Those that are open, the innermost last. */
typedef struct {
    bool *items; /* whether it is an isolate */
    uint32_t count, capacity;
    uint32_t isolates; /* among them */
} Turns;
/* Takes a character in: how deep it stands, from 1 on, if it opens or closes one; else 0. */
uint32_t turns_meet(Arena *arena, Turns *turns, uint32_t c);
void turns_close(Turns *turns, Buf *out);             /* adds what closes all that are open */
bool turns_next(Str text, size_t *at, uint32_t *mark); /* the next of these marks from *at on, which comes to stand behind it */

/* A map from strings to pointers, on an arena. Keys are borrowed and must outlive the map. */
typedef struct StrMap StrMap;
StrMap *strmap_new(Arena *arena);
void *strmap_find(const StrMap *map, Str key);            /* NULL when absent */
void strmap_put(StrMap *map, Str key, void *value);       /* replaces */

/* ---- Clocks -------------------------------------------------------------------------------------------------------
 * For limits, and for telling how long something took: nothing that is made depends on them. */

int64_t clock_wall(void);      /* nanoseconds since some moment; it only goes forward */
int64_t clock_ms(void);        /* the same in milliseconds */
int64_t clock_processor(void); /* nanoseconds that the whole process has used, since it began */

/* ---- Dates --------------------------------------------------------------------------------------------------------- */

/* Civil date and time, UTC, of seconds since 1970; years outside 0 to 9999 are clamped. */
typedef struct {
    int year, month, day, hour, minute, second;
} DateTime;
DateTime date_time_of(int64_t seconds);
Str date_time_text(Arena *arena, int64_t seconds); /* "2019-02-07T09:30:00Z" */
bool date_time_read(Str text, int64_t *out);       /* the same back; nothing else, and no day that the calendar has not */

/* ---- Digests ----------------------------------------------------------------------------------------------------- */

Str digest_sha256(Arena *arena, Str bytes);     /* FIPS 180-4, in 64 lower-case hexadecimal digits */
void digest_md5(Str bytes, uint8_t out[16]);    /* only where a format asks for it: it protects from accidents, not from people */
uint32_t checksum_crc32(Str data);              /* as ZIP files have it */

/* ---- Deflate ----------------------------------------------------------------------------------------------------- */

/* libdeflate's levels. Contents of pages are all but text, and most of what is packed: fast, they are 8 % larger than small, in half the time. The
 * smallest takes more than twice the time for 2 %. What is little is deflated fast if it is to be small: that is at most a few dozen bytes more. */
typedef enum { DEFLATE_FAST = 1, DEFLATE_SMALL = 6, DEFLATE_SMALLEST = 9 } DeflateLevel;
typedef enum { DEFLATE_RAW, DEFLATE_ZLIB } DeflateForm; /* RFC 1951; RFC 1950, which is what /FlateDecode wants */
Str deflated(Arena *arena, DeflateForm form, DeflateLevel level, Str data);

/* ---- Libraries ---------------------------------------------------------------------------------------------------
 * One that few documents need is loaded when it is first called, since each that is loaded takes its part of the time in which the program
 * starts. LATE_LIBRARY(zip, "libzip.so.4", F(zip_open) F(zip_close), as a macro of F) makes zip(), and zip()->zip_open(…) is the
 * library's function. A library that is not there ends the process with status 3, as it would have when the program was started. */

typedef struct {
    const char *file;         /* the name that programs are linked with */
    const char *const *names; /* of its functions; the last is NULL */
    void *functions;          /* as many pointers, in that order */
    _Atomic bool loaded;
} LateLibrary;
void library_load(LateLibrary *library);
void libraries_tell(Buf *out); /* those that are loaded by now, by the names of their files, which end in their versions */

#define LATE_NAME(function) #function,
#define LATE_MEMBER(function) __typeof__(function) *function;
#define LATE_LIBRARY(library, file, FUNCTIONS) \
    typedef struct { \
        FUNCTIONS(LATE_MEMBER) \
    } library##_Functions; \
    static const library##_Functions *library(void) { \
        static const char *const names[] = {FUNCTIONS(LATE_NAME) NULL}; \
        static library##_Functions functions; \
        static LateLibrary late = {file, names, &functions, false}; \
        library_load(&late); \
        return &functions; \
    }

/* ---- What is built into the program: "styles/briefing.yaml", "fonts/sans-regular.ttf", "icc/srgb.icc.deflated" ---- */

typedef struct {
    Str name, bytes;
} Embedded;
extern const Embedded embedded_files[]; /* made by the build; the last has an empty name */
Str embedded_find(Str name);            /* its bytes; empty when there is none */

/* ---- Sources and diagnostics ------------------------------------------------------------------------------------- */

typedef struct {
    Str name; /* as the user gave it: "article.md", "-" */
    Str text; /* what columns and excerpts refer to */
} Source;

typedef struct {
    const Source *source; /* NULL: no file, e.g. the command line */
    uint32_t line;        /* from 1; 0 means the whole file */
    uint32_t column;      /* from 1, in characters (code points); 0 means the whole line */
} Place;

typedef enum { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR } Severity;

/* What a file may say of itself in its metadata. A diagnostic can take claims away: the file is made all the same. */
typedef enum {
    CLAIM_PDF_UA = 1,    /* PDF/UA-1 (ISO 14289-1) */
    CLAIM_PDF_A = 2,     /* PDF/A-2a (ISO 19005-2, level A); without it the file claims 2u */
    CLAIM_EPUB_A11Y = 4, /* EPUB Accessibility 1.1, WCAG 2.2 AA */
    CLAIM_ALL = 7,
} Claim;

typedef struct {
    Severity severity;
    const char *code; /* stable and documented, e.g. "image-alt" */
    Place at;
    Str message; /* one sentence, no final full stop, no severity in it */
    Str hint;    /* what to do; may be empty */
    unsigned claims_lost; /* Claim bits */
} Diag;

typedef struct {
    Str *items; /* as one would name them from the working folder */
    uint32_t count, capacity;
} PathList;

typedef struct {
    Arena *arena;
    Diag *items;
    uint32_t count, capacity;
    uint32_t errors, warnings;
    unsigned claims_lost; /* of all diagnostics so far */
    bool world_failed;    /* a diag_world() among them */
    bool refused;         /* a limit is passed: nothing more is to be made of the document */
    uint32_t dropped;     /* counted above, but too many to keep and show */
    StrMap *seen;         /* what has been said already */
    const StrMap *silent; /* codes that nobody asked for (NULL: none): but for errors, they are neither kept nor counted */
    PathList *asked;      /* takes the files that are to be read meanwhile, there or not (NULL: nobody wants to know) */
} Diags;

Diags diags_new(Arena *arena);
/* The document is wrong. `hint` may be NULL. Equal diagnostics at the same place are kept once. */
void diag(Diags *d, Severity severity, const char *code, Place at, const char *hint, const char *format, ...) BASE_PRINTF(6, 7);
/* The document is wrong in a way that makes claims false: a warning that takes `claims` away. */
void diag_claim(Diags *d, unsigned claims, const char *code, Place at, const char *hint, const char *format, ...) BASE_PRINTF(6, 7);
/* The world failed, for the file `path`: always an error; returns false so that callers can return it. */
bool diag_world(Diags *d, const char *code, Str path, const char *hint, const char *format, ...) BASE_PRINTF(5, 6);
/* Adds what was said beside, in its order: strings are copied, and what has been said already is not said again. */
void diags_join(Diags *d, const Diags *beside);
/* As people read them: "file:line:col: error: message [code]", the line, a caret, the hint. */
void diags_print(const Diags *d, Buf *out, bool colour);
const Diag **diags_sorted(const Diags *d); /* all that are kept, in that order */
ExitStatus diags_status(const Diags *d);

/* ---- Limits (limits.h) -------------------------------------------------------------------------------------------- */

bool limit_find(Str name, Limit *out);
bool limit_set(Limit limit, Str text); /* digits, and perhaps K, M or G; false: none that may be set */
Str limit_text(Arena *arena, Limit limit, uint64_t value); /* "100 levels", "16 MB" */
const char *limit_hint(Arena *arena, Limit limit); /* how it is raised */
/* It is passed: an error. */
void limit_tell(Diags *d, Limit limit, Place at);

/* ---- Files ------------------------------------------------------------------------------------------------------- */

Str path_folder(Str path); /* what is before the last "/", and that itself; empty when there is none */
Str path_name(Str path);   /* what is behind it */

uint32_t terminal_columns(int descriptor); /* 80 where it cannot be told */

/* Reads a whole file, or standard input for "-". False with a diagnostic. Directories, special files and files over
 * `limit` bytes are refused. */
#define FILE_LIMIT ((size_t)limit_of(LIMIT_INPUT_SIZE))
bool file_read(Arena *arena, Diags *d, Str path, size_t limit, Str *out);

/* A document's root: the folder below which everything it names must lie, also after symbolic links are followed. */
typedef struct {
    Str folder;  /* real, absolute path of the root; empty: files in memory */
    Str base;    /* real, absolute path of the folder that relative names start from; inside the root. In memory, below the root: "in/" or "" */
    const StrMap *files; /* in memory: a name below the root → Str *; the disk is not asked */
    Str named;  /* the base as the user named it: "docs/" */
} Root;
bool root_open(Arena *arena, Diags *d, Str folder, Str base, Root *out);
/* The name of a file below the root, whatever way `name` takes to it from the base: "in/map.png". As the words say: links are not followed.
 * Empty when it leads outside, or to no file. */
Str root_name(Arena *arena, const Root *root, Str name);
/* Reads `name` (relative, with "/" between parts; as it stands in the document) below the root. A name that is absolute, a
 * URL, or leads outside is refused with an error at `at`; so is a file that is missing, unreadable or too large. */
bool root_read(Arena *arena, Diags *d, const Root *root, Str name, Place at, Str *out);

/* The real path of the nearest folder that has a file `name`: `start` (empty: the working folder) or one above it, no higher than `limit`; without
 * a limit, than the top of a repository (which has .git). Folders above that belong to somebody else, or that everybody may write to, end
 * the search. *below is the way from there to `start`. Empty: there is none. */
Str folder_above_with(Arena *arena, Str start, const char *name, Str limit, Str *below);
Str path_shown(Arena *arena, Str real); /* relative to the working folder, if it lies in it */

/* All or nothing: a temporary file beside the destination, without a name where that is possible, then flush, sync, close (each checked) and rename. "-" is
 * standard output. False with a diagnostic; then no file is left behind. */
bool file_write(Diags *d, Str path, Str content);
/* Whether there is a regular file of just these bytes. */
bool file_holds(Arena *arena, Str path, Str content);

/* The same in two steps, so that several files can appear together or not at all: file_stage() leaves the whole
 * content in a temporary file; files_publish() syncs them all, then renames them, in order, and gives up the rest when one
 * fails. A stage ends with one of publish and discard. `content` must live until then (standard output, devices and pipes are
 * written when published).
 * In a worker of work_apart(), files_publish() only leaves them to the process that began it, which does the same when the piece of work is
 * done. */
typedef struct {
    Str path, content;
    int slot; /* of the temporary file; -1: written when published */
    int descriptor; /* of that file, until it is synced, or has its name if it has none yet; -1: none */
} FileStage;
bool file_stage(Diags *d, Str path, Str content, FileStage *out);
bool files_publish(Diags *d, FileStage *stages, size_t count);
void files_discard(FileStage *stages, size_t count);

/* Writes a file below a folder, and makes the folders on its way: as `name` says, which is relative and without "..", and following no
 * symbolic link in it, so that nothing outside can be reached. A file that is there is an error, or, with `replace`, replaced (a link itself, not
 * what it leads to). `date`: when it was last changed, in seconds since 1970; -1: now. False with a diagnostic. */
typedef struct {
    bool replace;
    int64_t date;
} FolderWrite;
bool folder_write(Diags *d, Str folder, Str name, Str content, const FolderWrite *how);
/* Whether folder_write() would find something in the place of the file, or on its way to it something that is no folder: then an error. */
bool folder_vacant(Diags *d, Str folder, Str name, bool replace);

/* Removes the temporary files of writes that are under way; safe in a signal handler. */
void file_abandon(void);

/* ---- Confinement ---------------------------------------------------------------------------------------------------
 * What a process gives up before it looks at what somebody else wrote, as far as the kernel can enforce it (docs/security.md). It is never given
 * back, and goes over to the threads and processes that begin later. Call both before threads begin. */

/* From now on: no network, no other programs, and nothing is written but `outputs` (files that may not be there yet; "folder/" for any in a folder;
 * "-" is none) and the folders on the way to them. No other processes either, unless `workers`: then it may have those of work_apart(). */
void confine_begin(Arena *arena, const PathList *outputs, bool workers);
/* What a process that converts may read: `files` (empty: the working folder; a folder stands for all below it), the names in the folders of
 * `outputs`, and the libraries. */
void confine_reads(Arena *arena, const PathList *files, const PathList *outputs);
/* From now on this process converts, and keeps to that. Workers of work_apart() do so by themselves. */
void confine_convert(void);
/* What this kernel has of it, a line each. */
void confine_tell(Buf *out);

/* ---- Processes ------------------------------------------------------------------------------------------------------
 * Pieces of work in processes of their own, so that one that crashes, hangs or takes too much costs itself only. A worker is a copy of
 * this process as it is when it begins, does one piece after another, and ends when this process does, however it ends. It goes on to the next piece
 * while this process puts the files of those before on the disk, several pieces' at once. No temporary file of a worker is left behind. */

typedef enum { WORK_DONE, WORK_CRASHED, WORK_TIME, WORK_MEMORY } WorkEnd;
typedef struct {
    uint32_t index;
    WorkEnd end;
    int status, signal; /* of a crash: what the worker ended with */
    Str answer;         /* of what is done: what work() said */
    Str errors;         /* what came to its standard error meanwhile; cut off where it is long */
    const Diags *unwritten; /* of what is done: its files could not be put in place, and why; NULL: they are, or it has none */
} WorkPiece;

typedef struct {
    uint32_t count, workers;
    uint32_t seconds; /* that a piece may take; 0: any time */
    uint64_t memory;  /* that a piece may take besides what the process has when it begins; 0: any */
    void *context;
    void (*work)(void *context, uint32_t index, Buf *answer); /* in a worker */
    void (*done)(void *context, const WorkPiece *piece);          /* in this process, once for each piece, as they come; it does not outlive the call */
    void (*idle)(void *context);                              /* in this process, some times a second; NULL: never */
} WorkApart;

/* 0 when all is done; the number of a signal (SIGINT, SIGTERM, SIGHUP) that came for this process: then all workers have ended, and who calls
 * should, too; -1 with errno when no process can be had. */
int work_apart(const WorkApart *work);

#endif
