/* record: what a finished file says of how it was made, so that it can be made again: the program's version, every file that was read with its
 * SHA-256 digest, and what was asked for that matters to the bytes.
 *
 * A record is a list of properties, name and value, and the same in every format: in a PDF they stand in the XMP, in an EPUB in the package
 * document, both under RECORD_NAMESPACE. It holds no path outside the document's root, no user, no host and no clock.
 *
 *   version       of the program
 *   sourceDigest  of the Markdown: files of one document have it in common
 *   build         a digest of all below but `variant`: the files that one command made of one document have it in common
 *   input         "ROLE DIGEST NAME", once for each file that was read; the first is the source; of an image, the digest of what is published of it
 *   style         the sheet that the command line named: a built-in one, or an input's name
 *   variant       "large-print 20", "print", "print blank-pages"; absent for what a reader on a screen has, and in an EPUB
 *   final         "True" for a final version
 *   embedded      "True": the file carries its inputs
 *   date          where the document states none: the one that was taken, UTC
 */
#ifndef BRIEF_RECORD_H
#define BRIEF_RECORD_H

#include "base/base.h"

/* Nobody has to own a name of this kind, so nobody can lose it (RFC 9562). */
#define RECORD_NAMESPACE "urn:uuid:617faee0-c704-4c2c-aeca-51665452598f#"
#define RECORD_PREFIX "brief"

typedef enum { INPUT_SOURCE, INPUT_SHEET, INPUT_IMAGE, INPUT_FONT, INPUT_ROLE_COUNT } InputRole;
const char *input_role_name(InputRole role); /* "source" */

typedef struct {
    InputRole role;
    Str name;   /* below the document's root, with "/" between parts */
    Str digest; /* SHA-256, in 64 digits */
    Str bytes;  /* empty where only the digest is known */
} Input;

typedef struct {
    Str version, style;
    int32_t large_print; /* points; 0: none */
    bool print, blank_pages, final, embedded;
    bool dated;   /* `date` is not the document's own */
    int64_t date; /* seconds since 1970 */
    Input *items; /* the inputs; the first is the source */
    uint32_t count, capacity;
} Record;

/* Adds an input, once. */
void record_add(Arena *arena, Record *record, InputRole role, Str name, Str bytes);
const Input *record_find(const Record *record, Str name); /* NULL: none */

typedef struct {
    const char *name;
    Str value;
} RecordProperty;

typedef struct {
    RecordProperty *items; /* those of one name stand together */
    uint32_t count, capacity;
} RecordProperties;

/* How the properties of a name are described in XMP (ISO 16684-1 §8.2). */
typedef struct {
    const char *name, *type; /* "Text", "Boolean", "Date", "seq Text" */
    const char *description;
} RecordKind;
extern const RecordKind record_kinds[]; /* in the order of the list; the last has no name */

RecordProperties record_properties(Arena *arena, const Record *record);
/* The digest that the files of one build have in common. */
Str record_build(Arena *arena, const Record *record);

/* What a file says back into a record. `problem` is what keeps it from being one, as the end of a sentence about the file. */
bool record_read(Arena *arena, const RecordProperties *properties, Record *out, Str *problem);

/* What is wrong with a name of a file that is to be put into a folder, on any machine, as the end of "the name … "; NULL: nothing. So nothing that is
 * taken out of a file, or put into one, can lie anywhere but below its folder. */
const char *record_name_fault(Str name);
/* Two names that some machine takes for one have the same key. */
Str record_name_key(Arena *arena, Str name);

/* What a file is (RFC 6838), by its role and what it is called. */
const char *input_media_type(const Input *input);

#endif
