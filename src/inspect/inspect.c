/* From bytes to what they are: the format is told by how the file begins, whatever it is called. */
#include "inspect/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_WITHIN 1024 /* where readers look for "%PDF-" (ISO 32000-1, annex H.3) */

Str text_clean(Arena *arena, Str text) {
    Buf out = buf_new(arena);
    for (size_t at = 0; at < text.n && out.n < INSPECT_TEXT - 4;) {
        uint32_t c = utf8_next(text, &at);
        bool directs = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); /* would reorder what is printed behind it */
        if (c == '\t' || c == '\n' || c == '\r')
            c = ' ';
        else if (c == UTF8_BAD || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || directs)
            c = 0xFFFD;
        buf_add_utf8(&out, c);
    }
    return str_trim(buf_str(&out));
}

bool inspection_refuse(Inspection *at, const char *code, const char *hint, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) BUG("the format “%s” failed", format);
    diag(at->d, DIAG_ERROR, code, (Place){at->source, 0, 0}, hint, "cannot be read: %s", text);
    return false;
}

void font_add(Inspection *at, Str name, bool embedded, bool subset) {
    if (at->fonts.count >= INSPECT_COUNT) {
        at->out->cut = true;
        return;
    }
    *PUSH(at->arena, &at->fonts, InspectFont) = (InspectFont){name, embedded, subset};
}

void property_add(Inspection *at, Str space, Str name, Str value, Str refines) {
    if (at->properties.count >= INSPECT_COUNT) {
        at->out->cut = true;
        return;
    }
    *PUSH(at->arena, &at->properties, InspectProperty) = (InspectProperty){space, name, value, refines};
}

void claim_add(Inspection *at, Str claim) {
    if (at->claims.count < INSPECT_COUNT) *PUSH(at->arena, &at->claims, Str) = claim;
}

static Str nth_value(const InspectProperty *properties, uint32_t count, const char *space, const char *name, uint32_t n) {
    for (uint32_t i = 0; i < count; i++) {
        const InspectProperty *property = &properties[i];
        if (str_is(property->name, name) && str_is(property->space, space) && n-- == 0) return property->value;
    }
    return STR("");
}

Str property_find(const Inspection *at, const char *space, const char *name) {
    return nth_value(at->properties.items, at->properties.count, space, name, 0);
}

uint32_t properties_find(const Inspection *at, const char *space, const char *name, Str **out) {
    struct {
        Str *items;
        uint32_t count, capacity;
    } found = {0};
    for (uint32_t i = 0; i < at->properties.count; i++) {
        const InspectProperty *property = &at->properties.items[i];
        if (str_is(property->name, name) && str_is(property->space, space) && property->value.n > 0)
            *PUSH(at->arena, &found, Str) = property->value;
    }
    *out = found.items;
    return found.count;
}

void subjects_read(Inspection *at) {
    Str *subjects;
    uint32_t count = properties_find(at, SPACE_DC, "subject", &subjects);
    for (uint32_t i = 0; i < count; i++)
        if (str_is(subjects[i], "Draft")) at->out->draft = true;
    at->out->author_count = properties_find(at, SPACE_DC, "creator", &at->out->authors);
}

Str inspect_property(const Inspected *inspected, const char *space, const char *name, uint32_t n) {
    return nth_value(inspected->properties, inspected->property_count, space, name, n);
}

static int fonts_compare(const void *a, const void *b) {
    const InspectFont *one = a, *other = b;
    int order = str_compare(one->name, other->name);
    if (order != 0) return order;
    if (one->embedded != other->embedded) return one->embedded ? 1 : -1;
    return (int)one->subset - (int)other->subset;
}

/* Sorted, each once. */
static void fonts_settle(Inspection *at) {
    if (at->fonts.count > 1) qsort(at->fonts.items, at->fonts.count, sizeof *at->fonts.items, fonts_compare);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < at->fonts.count; i++)
        if (kept == 0 || fonts_compare(&at->fonts.items[kept - 1], &at->fonts.items[i]) != 0)
            at->fonts.items[kept++] = at->fonts.items[i];
    at->out->fonts = at->fonts.items;
    at->out->font_count = kept;
}

static bool is_pdf(Str bytes) {
    Str head = str_slice(bytes, 0, HEADER_WITHIN);
    for (size_t i = 0; i + 5 <= head.n; i++)
        if (memcmp(head.p + i, "%PDF-", 5) == 0) return true;
    return false;
}

static bool inspect_format(Inspection *at, InspectHandle *handle) {
    if (str_starts(at->bytes, STR("PK\3\4"))) {
        at->out->format = INSPECT_EPUB;
        return epub_inspect(at, &handle->archive);
    }
    if (is_pdf(at->bytes)) {
        at->out->format = INSPECT_PDF;
        return pdf_inspect(at, &handle->pdf);
    }
    return inspection_refuse(at, "file-foreign", NULL, at->bytes.n == 0 ? "it is empty" : "it is neither a PDF nor an EPUB");
}

bool inspect_open(Arena *arena, Diags *d, Str name, Str bytes, Inspected *out) {
    Source *source = NEW(arena, Source);
    source->name = str_copy(arena, name);
    *out = (Inspected){.name = source->name, .size = bytes.n, .handle = NEW(arena, InspectHandle)};
    Inspection at = {.arena = arena, .d = d, .source = source, .bytes = bytes, .out = out};
    if (!inspect_format(&at, out->handle)) {
        inspect_close(out);
        return false;
    }
    fonts_settle(&at);
    out->claims = at.claims.items;
    out->claim_count = at.claims.count;
    out->attachments = at.attachments.items;
    out->attachment_count = at.attachments.count;
    out->properties = at.properties.items;
    out->property_count = at.properties.count;
    return true;
}

void inspect_close(Inspected *inspected) {
    if (inspected->handle == NULL) return;
    if (inspected->handle->pdf) pdf_close(inspected->handle->pdf);
    if (inspected->handle->archive) archive_close(inspected->handle->archive);
    inspected->handle = NULL;
}

bool inspect_attachment(Arena *arena, Diags *d, const Inspected *inspected, const InspectAttachment *attachment, Str *out) {
    const InspectHandle *handle = inspected->handle;
    if (handle == NULL) BUG("the file is closed");
    ArchiveStatus status = ARCHIVE_DAMAGED;
    if (handle->archive)
        status = archive_read(handle->archive, arena, attachment->entry, INSPECT_BYTES, out);
    else if (pdf_attachment(handle->pdf, attachment->index, arena, out))
        status = ARCHIVE_READ;
    if (status == ARCHIVE_READ) return true;
    static const char *const reasons[] = {[ARCHIVE_READ] = "",
        [ARCHIVE_MISSING] = "it is not in the file",
        [ARCHIVE_LARGE] = "it is too large",
        [ARCHIVE_LOCKED] = "it is encrypted",
        [ARCHIVE_DAMAGED] = "it is damaged, or too large"};
    Source *source = NEW(d->arena, Source);
    source->name = inspected->name;
    diag(d, DIAG_ERROR, "file-attached", (Place){source, 0, 0}, NULL, "the attached file “" STR_FMT "” cannot be read: %s",
        STR_ARG(attachment->name), reasons[status]);
    return false;
}

uint32_t inspect_part_count(const Inspected *inspected) {
    const InspectHandle *handle = inspected->handle;
    if (handle == NULL) BUG("the file is closed");
    return handle->archive ? archive_count(handle->archive) : pdf_page_count(handle->pdf);
}

void inspect_part(Arena *arena, const Inspected *inspected, uint32_t n, InspectPart *out) {
    const InspectHandle *handle = inspected->handle;
    if (n >= inspect_part_count(inspected)) BUG("it has no part %u", (unsigned)n);
    *out = (InspectPart){0};
    if (handle->archive) {
        out->name = archive_name(handle->archive, n);
        out->whole = archive_read(handle->archive, arena, out->name, INSPECT_BYTES, &out->bytes) == ARCHIVE_READ;
        out->name = text_clean(arena, out->name);
    } else {
        out->whole = pdf_page_content(handle->pdf, n, arena, &out->bytes);
    }
}
