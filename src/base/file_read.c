/* Reading whole files that the user names: regular files and standard input. */
#include "base/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_PIECE ((size_t)64 << 10)

int file_read_all(Arena *arena, int descriptor, size_t expected, size_t limit, Str *out) {
    /* One byte more than expected, so that the end of the file is seen without another allocation. */
    size_t capacity = expected > 0 ? expected + 1 : READ_PIECE, n = 0;
    char *bytes = arena_alloc(arena, capacity, 1);
    for (;;) {
        if (n == capacity) {
            bytes = arena_grow(arena, bytes, capacity, capacity * 2, 1);
            capacity *= 2;
        }
        size_t wanted = capacity - n < ((size_t)1 << 30) ? capacity - n : (size_t)1 << 30;
        ssize_t got = read(descriptor, bytes + n, wanted);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        if (got == 0) break;
        n += (size_t)got;
        if (n > limit) return EFBIG;
    }
    *out = (Str){bytes, n};
    return 0;
}

static bool too_large(Arena *arena, Diags *d, Str path, size_t limit) {
    Source *file = NEW(d->arena, Source);
    file->name = str_copy(d->arena, path);
    const char *hint = limit == FILE_LIMIT ? limit_hint(arena, LIMIT_INPUT_SIZE) : NULL;
    diag(d, DIAG_ERROR, "file-large", (Place){.source = file}, hint, "cannot be read: it is larger than " STR_FMT,
        STR_ARG(limit_text(arena, LIMIT_INPUT_SIZE, limit)));
    return false;
}

static bool opened_read(Arena *arena, Diags *d, Str path, int descriptor, size_t limit, Str *out) {
    struct stat about;
    if (fstat(descriptor, &about) != 0) return diag_world(d, "file-read", path, NULL, "cannot be read: %s", file_reason(errno));
    if (S_ISDIR(about.st_mode))
        return diag_world(d, "file-folder", path, "name the file in it", "cannot be read: it is a folder");
    if (!S_ISREG(about.st_mode))
        return diag_world(
            d, "file-special", path, "use “-” to read from standard input", "cannot be read: it is not a regular file");
    if (about.st_size < 0 || (uintmax_t)about.st_size > limit) return too_large(arena, d, path, limit);
    int error = file_read_all(arena, descriptor, (size_t)about.st_size, limit, out);
    if (error == EFBIG) return too_large(arena, d, path, limit);
    return error == 0 || diag_world(d, "file-read", path, NULL, "cannot be read: %s", file_reason(error));
}

void file_asked(Diags *d, Str folder, Str name) {
    if (d->asked == NULL) return;
    const char *between = folder.n == 0 || str_ends(folder, STR("/")) ? "" : "/";
    *PUSH(d->arena, d->asked, Str) = str_format(d->arena, STR_FMT "%s" STR_FMT, STR_ARG(folder), between, STR_ARG(name));
}

bool file_read(Arena *arena, Diags *d, Str path, size_t limit, Str *out) {
    if (str_is(path, "-")) {
        int error = file_read_all(arena, STDIN_FILENO, 0, limit, out);
        if (error == EFBIG) return too_large(arena, d, path, limit);
        return error == 0 || diag_world(d, "file-read", path, NULL, "cannot be read: %s", file_reason(error));
    }
    file_asked(d, STR(""), path);
    /* Not blocking: opening a pipe that nobody writes to must not hang. */
    int descriptor = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        int error = errno;
        return diag_world(d, error == ENOENT ? "file-missing" : "file-read", path,
            error == ENOENT ? file_nearest_hint(arena, path_folder(path), path) : NULL, "cannot be read: %s", file_reason(error));
    }
    bool done = opened_read(arena, d, path, descriptor, limit, out);
    close(descriptor);
    return done;
}

bool file_holds(Arena *arena, Str path, Str content) {
    struct stat about;
    Str bytes;
    if (str_is(path, "-")) return false; /* standard output, whatever file has that name */
    int descriptor = open(str_c(arena, path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return false;
    bool same = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && (uintmax_t)about.st_size == content.n &&
                file_read_all(arena, descriptor, content.n, content.n, &bytes) == 0 && str_equal(bytes, content);
    close(descriptor);
    return same;
}
