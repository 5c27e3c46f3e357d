/* Files built into the program. The table is made by the build (cmake/embed.cmake). */
#include "base/base.h"

Str embedded_find(Str name) {
    for (const Embedded *file = embedded_files; file->name.n > 0; file++)
        if (str_equal(file->name, name)) return file->bytes;
    return (Str){NULL, 0};
}
