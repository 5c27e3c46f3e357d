/* Libraries that are loaded when they are first called. Whoever packages the program depends on them all the same. */
#define _GNU_SOURCE /* dl_iterate_phdr, realpath */
#include "base/base.h"

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the loader does when a library of the program's own is not there. */
static _Noreturn void late_fail(void) {
    fprintf(
        stderr, "brief: error: a library cannot be loaded: %s\n  hint: install the one that brief was built with\n", dlerror());
    fflush(stderr);
    file_abandon();
    _Exit(EXIT_WORLD);
}

/* POSIX has functions found as objects. */
static void functions_find(const LateLibrary *library) {
    void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    if (!handle) late_fail();
    for (size_t i = 0; library->names[i]; i++) {
        void *found = dlsym(handle, library->names[i]);
        if (!found) late_fail();
        memcpy((char *)library->functions + i * sizeof found, &found, sizeof found);
    }
}

void library_load(LateLibrary *library) {
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    if (library->loaded) return;
    if (pthread_mutex_lock(&one_at_a_time) != 0) BUG("a lock that cannot be had");
    if (!library->loaded) functions_find(library);
    library->loaded = true;
    if (pthread_mutex_unlock(&one_at_a_time) != 0) BUG("a lock that is not held");
}

static int library_tell(struct dl_phdr_info *library, size_t size, void *of) {
    char real[PATH_MAX];
    Buf *out = of;
    (void)size;
    if (realpath(library->dlpi_name, real) == NULL) return 0; /* the program itself, and what the kernel adds */
    if (out->n > 0 && out->p[out->n - 1] != ' ') buf_add_c(out, ", ");
    buf_add(out, path_name(str_from(real)));
    return 0;
}

void libraries_tell(Buf *out) { dl_iterate_phdr(library_tell, out); }
