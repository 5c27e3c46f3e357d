/* Failures of files in plain words, and the name that may have been meant. */
#include "base/internal.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define NAMES_LIMIT 2000 /* names of a folder that are compared */

const char *file_reason(int error) {
    switch (error) {
    case ENOENT: return "it does not exist";
    case ENOTDIR: return "a part of its path is not a folder";
    case EISDIR: return "it is a folder";
    case EACCES:
    case EPERM: return "permission denied";
    case EROFS: return "the file system is read-only";
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "the disk quota is used up";
    case EFBIG: return "the file would be larger than allowed";
    case ELOOP: return "too many symbolic links";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    case EPIPE: return "nobody is reading it any more";
    case EBADF: return "it is closed";
    case EIO: return "input/output error";
    default: return strerror(error);
    }
}

Str path_folder(Str path) {
    size_t end = path.n;
    while (end > 0 && path.p[end - 1] != '/') end--;
    return str_slice(path, 0, end);
}

Str path_name(Str path) { return str_slice(path, path_folder(path).n, path.n); }

const char *file_nearest_hint(Arena *arena, Str folder, Str path) {
    Str shown_folder = path_folder(path);
    DIR *open_folder = opendir(folder.n == 0 ? "." : str_c(arena, folder));
    if (open_folder == NULL) return NULL;
    struct {
        Str *items;
        uint32_t count, capacity;
    } names = {0};
    for (struct dirent *entry; names.count < NAMES_LIMIT && (entry = readdir(open_folder)) != NULL;)
        if (entry->d_name[0] != '.') *PUSH(arena, &names, Str) = str_copy(arena, str_from(entry->d_name));
    closedir(open_folder);
    Str nearest = str_nearest(path_name(path), names.items, names.count);
    if (nearest.n == 0) return NULL;
    return str_format(arena, "did you mean “" STR_FMT STR_FMT "”?", STR_ARG(shown_folder), STR_ARG(nearest)).p;
}
