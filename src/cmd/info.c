/* `brief info`: what finished files are and say of themselves, for people or as JSON. Nothing here judges: a claim is told as it is made. */
#include "cmd/internal.h"
#include "cmd/json.h"
#include "inspect/inspect.h"

#define LABEL_WIDTH 11
#define SHOWN 40 /* fonts and attached files that are told to people; all are in the JSON */

/* ---- For people ---------------------------------------------------------------------------------------------------- */

static void line_begin(Buf *out, const char *label) {
    size_t start = out->n;
    buf_format(out, "  %s", label);
    while (out->n - start < LABEL_WIDTH) buf_add_char(out, ' ');
}

static void line_add(Buf *out, const char *label, Str value, const char *missing) {
    if (value.n == 0 && missing == NULL) return;
    line_begin(out, label);
    buf_add(out, value.n > 0 ? value : str_from(missing));
    buf_add_char(out, '\n');
}

/* 1234567 as "1,234,567". */
static void number_add(Buf *out, uint64_t number) {
    char digits[32];
    size_t n = 0, at = sizeof digits;
    do {
        if (n > 0 && n % 3 == 0) digits[--at] = ',';
        digits[--at] = (char)('0' + number % 10);
        n++;
    } while ((number /= 10) > 0);
    buf_add(out, (Str){digits + at, sizeof digits - at});
}

static void count_add(Buf *out, uint64_t count, const char *word) {
    number_add(out, count);
    buf_format(out, " %s%s", word, count == 1 ? "" : "s");
}

static void list_add(Buf *out, const char *label, const Str *values, uint32_t count, const char *missing) {
    if (count == 0 && missing == NULL) return;
    line_begin(out, label);
    if (count == 0) buf_add_c(out, missing);
    for (uint32_t i = 0; i < count && i < SHOWN; i++) {
        if (i > 0) buf_add_c(out, ", ");
        buf_add(out, values[i]);
    }
    if (count > SHOWN) buf_format(out, " and %u more", (unsigned)(count - SHOWN));
    buf_add_char(out, '\n');
}

static void format_add(Buf *out, const Inspected *file) {
    line_begin(out, "Format");
    buf_add_c(out, file->format == INSPECT_PDF ? "PDF " : "EPUB ");
    buf_add(out, file->version);
    if (file->format == INSPECT_PDF || file->pages > 0) {
        buf_add_c(out, ", ");
        count_add(out, file->pages, "page");
    }
    if (file->format == INSPECT_PDF) buf_add_c(out, file->tagged ? ", tagged" : ", not tagged");
    if (file->encrypted) buf_add_c(out, ", encrypted");
    buf_add_c(out, ", ");
    count_add(out, file->size, "byte");
    buf_add_char(out, '\n');
}

/* "Lato-Bold, Lato-Regular" and, of those that are not in the file, that they are not. */
static void fonts_add(Buf *out, const Inspected *file) {
    line_begin(out, "Fonts");
    if (file->font_count == 0) buf_add_c(out, file->format == INSPECT_PDF ? "none" : "the reader's own");
    for (uint32_t i = 0; i < file->font_count && i < SHOWN; i++) {
        if (i > 0) buf_add_c(out, ", ");
        buf_add(out, file->fonts[i].name);
        if (!file->fonts[i].embedded) buf_add_c(out, " (not embedded)");
    }
    if (file->font_count > SHOWN) buf_format(out, " and %u more", (unsigned)(file->font_count - SHOWN));
    buf_add_char(out, '\n');
}

static bool is_source(const InspectAttachment *attached) {
    return attached->associated && (str_is(attached->relationship, "Source") || str_is(attached->media_type, "text/markdown"));
}

/* What an EPUB shows is not told: it is the book. */
static bool is_told(const Inspected *file, const InspectAttachment *attached) {
    return file->format == INSPECT_PDF || attached->associated;
}

static void attached_add(Buf *out, const InspectAttachment *attached) {
    line_begin(out, is_source(attached) ? "Source" : "Attached");
    buf_add(out, attached->name.n > 0 ? attached->name : STR("(no name)"));
    const char *before = " (";
    if (attached->media_type.n > 0) {
        buf_format(out, "%s" STR_FMT, before, STR_ARG(attached->media_type));
        before = ", ";
    }
    if (attached->size >= 0) {
        buf_add_c(out, before);
        count_add(out, (uint64_t)attached->size, "byte");
        before = ", ";
    }
    buf_add_c(out, before[0] == ',' ? ")\n" : "\n");
}

static void attachments_add(Buf *out, const Inspected *file) {
    bool has_source = false;
    uint32_t told = 0;
    for (uint32_t i = 0; i < file->attachment_count; i++) {
        if (is_source(&file->attachments[i])) has_source = true;
        if (is_told(file, &file->attachments[i]) && ++told <= SHOWN) attached_add(out, &file->attachments[i]);
    }
    if (told > SHOWN) {
        line_begin(out, "Attached");
        buf_format(out, "and %u more\n", (unsigned)(told - SHOWN));
    }
    if (!has_source) line_add(out, "Source", STR("not in the file"), NULL);
}

/* Ours say their version, too. */
static Str program_words(Arena *arena, const Inspected *file) {
    Str version = inspect_property(file, RECORD_NAMESPACE, "version", 0);
    return version.n > 0 ? str_format(arena, "brief " STR_FMT, STR_ARG(version)) : file->program;
}

static void file_describe(Buf *out, const Inspected *file) {
    buf_add(out, str_is(file->name, "-") ? STR("standard input") : file->name);
    buf_add_char(out, '\n');
    line_add(out, "Title", file->title, "none");
    list_add(out, "Author", file->authors, file->author_count, NULL);
    line_add(out, "Language", file->language, "none");
    line_add(out, "Date", file->date, NULL);
    line_add(out, "Marking", file->marking, NULL);
    if (file->draft) line_add(out, "Status", STR("draft"), NULL);
    format_add(out, file);
    list_add(out, "Claims", file->claims, file->claim_count, "none");
    fonts_add(out, file);
    attachments_add(out, file);
    line_add(out, "Program", program_words(out->arena, file), NULL);
    line_add(out, "Digest", inspect_property(file, RECORD_NAMESPACE, "sourceDigest", 0), NULL);
    if (file->damaged)
        line_add(out, "Note", STR("the file is damaged: it was mended to be read, and may say more than this"), NULL);
    if (file->cut) line_add(out, "Note", STR("the file has more pages, fonts or attached files than are counted here"), NULL);
}

/* ---- For programs: docs/info.md says what is in it ------------------------------------------------------------------ */

static json_t *text_json(Str text) { return text.n > 0 ? json_stringn(text.p, text.n) : json_null(); }

static json_t *texts_json(const Str *texts, uint32_t count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) json_array_append_new(list, json_stringn(texts[i].p, texts[i].n));
    return list;
}

static json_t *font_json(const InspectFont *font) {
    json_t *out = json_object();
    json_object_set_new(out, "name", text_json(font->name));
    json_object_set_new(out, "embedded", json_boolean(font->embedded));
    json_object_set_new(out, "subset", json_boolean(font->subset));
    return out;
}

static json_t *attachment_json(const InspectAttachment *attached) {
    json_t *out = json_object();
    json_object_set_new(out, "name", text_json(attached->name));
    json_object_set_new(out, "description", text_json(attached->description));
    json_object_set_new(out, "media_type", text_json(attached->media_type));
    json_object_set_new(out, "relationship", text_json(attached->relationship));
    json_object_set_new(out, "bytes", attached->size < 0 ? json_null() : json_integer(attached->size));
    json_object_set_new(out, "source", json_boolean(is_source(attached)));
    return out;
}

/* How it was made (record.h): a name and its value, or those of `input` in a list; null where it does not say. */
static json_t *record_json(const Inspected *file) {
    json_t *out = NULL;
    for (uint32_t i = 0; i < file->property_count; i++) {
        const InspectProperty *property = &file->properties[i];
        if (!str_is(property->space, RECORD_NAMESPACE) || property->refines.n > 0) continue;
        if (out == NULL) out = json_object();
        json_t *value = json_stringn(property->value.p, property->value.n);
        if (!str_is(property->name, "input")) {
            json_object_setn_new(out, property->name.p, property->name.n, value);
            continue;
        }
        json_t *inputs = json_object_get(out, "input");
        if (inputs == NULL) json_object_set_new(out, "input", inputs = json_array());
        json_array_append_new(inputs, value);
    }
    return out != NULL ? out : json_null();
}

static json_t *file_json(Arena *arena, const Inspected *file) {
    json_t *out = json_object(), *fonts = json_array(), *attachments = json_array();
    for (uint32_t i = 0; i < file->font_count; i++) json_array_append_new(fonts, font_json(&file->fonts[i]));
    for (uint32_t i = 0; i < file->attachment_count; i++)
        if (is_told(file, &file->attachments[i])) json_array_append_new(attachments, attachment_json(&file->attachments[i]));
    json_object_set_new(out, "file", json_path(arena, file->name));
    json_object_set_new(out, "format", json_string(file->format == INSPECT_PDF ? "pdf" : "epub"));
    json_object_set_new(out, "version", text_json(file->version));
    json_object_set_new(out, "bytes", json_integer((json_int_t)file->size));
    json_object_set_new(out, "title", text_json(file->title));
    json_object_set_new(out, "authors", texts_json(file->authors, file->author_count));
    json_object_set_new(out, "language", text_json(file->language));
    json_object_set_new(out, "date", text_json(file->date));
    json_object_set_new(out, "marking", text_json(file->marking));
    json_object_set_new(out, "draft", json_boolean(file->draft));
    json_object_set_new(out, "pages", file->format == INSPECT_EPUB && file->pages == 0 ? json_null() : json_integer(file->pages));
    json_object_set_new(out, "tagged", json_boolean(file->tagged));
    json_object_set_new(out, "claims", texts_json(file->claims, file->claim_count));
    json_object_set_new(out, "fonts", fonts);
    json_object_set_new(out, "attachments", attachments);
    json_object_set_new(out, "program", text_json(program_words(arena, file)));
    json_object_set_new(out, "record", record_json(file));
    json_object_set_new(out, "encrypted", json_boolean(file->encrypted));
    json_object_set_new(out, "damaged", json_boolean(file->damaged));
    json_object_set_new(out, "incomplete", json_boolean(file->cut));
    return out;
}

static json_t *refused_json(const Diags *d, Str path) {
    json_t *out = json_object();
    json_object_set_new(out, "file", json_path(d->arena, path));
    json_object_set_new(out, "error", d->count > 0 ? json_stringn(d->items[0].message.p, d->items[0].message.n) : json_null());
    return out;
}

/* ---- The command --------------------------------------------------------------------------------------------------- */

static ExitStatus file_tell(Invocation *invocation, uint32_t index, json_t *files) {
    Arena *arena = arena_open();
    Diags d = diags_new(arena);
    Str path = invocation->operands[index], bytes;
    Inspected file;
    Buf text = buf_new(arena);
    bool good = file_read(arena, &d, path, FILE_LIMIT, &bytes) && inspect_open(arena, &d, path, bytes, &file);
    if (files != NULL) {
        json_array_append_new(files, good ? file_json(arena, &file) : refused_json(&d, path));
    } else if (good) {
        if (index > 0) buf_add_char(&text, '\n');
        file_describe(&text, &file);
    }
    if (good) inspect_close(&file);
    diags_show(&d);
    ExitStatus status = diags_status(&d), shown = text.n > 0 ? text_show(invocation, &text) : EXIT_DONE;
    arena_close(arena);
    return shown > status ? shown : status;
}

static ExitStatus json_show(Invocation *invocation, json_t *files) {
    json_t *whole = json_object();
    json_object_set_new(whole, "files", files);
    Buf out = buf_new(invocation->arena);
    json_add(&out, whole, JSON_INDENT(2));
    return text_show(invocation, &out);
}

static bool invocation_allowed(Invocation *invocation, bool *json) {
    static const char *const formats[] = {"text", "json", NULL};
    uint32_t format;
    if (!format_read(invocation, formats, &format)) return false;
    *json = format == 1;
    if (invocation->operand_count == 0) return usage_wrong(invocation, NULL, "no file given");
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        Str path = invocation->operands[i];
        if (path.n == 0) return usage_wrong(invocation, NULL, "a file has an empty name");
        if (str_is(path, "-") && invocation->operand_count > 1)
            return usage_wrong(invocation, NULL, "standard input must be the only file");
        if (!str_ends(path, STR(".md")) && !str_ends(path, STR(".markdown"))) continue;
        return usage_wrong(
            invocation, "name what was made of it", "“" STR_FMT "” is a source: info tells of finished files", STR_ARG(path));
    }
    return true;
}

static ExitStatus info_run(Invocation *invocation) {
    bool json;
    if (!invocation_allowed(invocation, &json)) return EXIT_USAGE;
    finished_confine(invocation, invocation->operand_count, STR(""));
    ExitStatus worst = EXIT_DONE;
    json_t *files = json ? json_array() : NULL;
    for (uint32_t i = 0; i < invocation->operand_count; i++) {
        ExitStatus status = file_tell(invocation, i, files);
        if (status > worst) worst = status;
    }
    if (!json) return worst;
    ExitStatus shown = json_show(invocation, files);
    return shown > worst ? shown : worst;
}

static const Option info_options[] = {
    {"format", 0, "FORMAT", "text, or json for programs"},
    {0},
};

const Command command_info = {
    .name = "info",
    .arguments = "FILE…",
    .summary = "Tell what a PDF or an EPUB is and claims to be",
    .text = "Any PDF or EPUB, whoever made it: title, language, pages, claims, fonts, marking, attached files, the program that "
            "made\n"
            "it. Claims are told as the file makes them; whether they are true, a validator says. “-” is standard input.\n",
    .options = info_options,
    .run = info_run,
};
