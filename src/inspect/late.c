/* The names that the libraries' functions have in their files are looked up once. */
#define LATE_DEFINES
#include "inspect/late.h"

#include <dlfcn.h>
#include <string.h>

Late late;

static void *library_open(Diags *d, Place place, const char *file, const char *package) {
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        diag(d, DIAG_ERROR, "library-missing", place, str_format(d->arena, "install the package %s", package).p,
            "it cannot be read on this machine: %s is not there", file);
    return library;
}

/* POSIX has functions found as objects. */
static bool function_find(Diags *d, Place place, void *library, const char *name, void *field, size_t size) {
    void *found = dlsym(library, name);
    if (found == NULL)
        diag(d, DIAG_ERROR, "library-missing", place, "install the one that brief was built with",
            "it cannot be read on this machine: a library here has no %s", name);
    memcpy(field, &found, size);
    return found != NULL;
}

bool late_load(Diags *d, Place place) {
    static bool loaded;
    if (loaded) return true;
    void *qpdf = library_open(d, place, BRIEF_QPDF, "libqpdf29"),
         *xml = qpdf ? library_open(d, place, BRIEF_XML2, "libxml2") : NULL;
    if (qpdf == NULL || xml == NULL) return false;
#define FIND_QPDF(name) function_find(d, place, qpdf, #name, &late.name##_late, sizeof late.name##_late) &&
#define FIND_XML(name) function_find(d, place, xml, #name, &late.name##_late, sizeof late.name##_late) &&
    loaded = LATE_QPDF(FIND_QPDF) LATE_XML(FIND_XML) true;
#undef FIND_QPDF
#undef FIND_XML
    return loaded;
}
