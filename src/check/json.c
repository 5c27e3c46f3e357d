/* Findings as JSON (RFC 8259), in the order in which people read them. */
#include "check/internal.h"

static void string_add(Buf *out, Str text) {
    buf_add_char(out, '"');
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c == '"' || c == '\\') {
            buf_add_char(out, '\\');
            buf_add_char(out, (char)c);
        } else if (c < 0x20 || c == 0x7F) {
            buf_format(out, "\\u%04x", (unsigned)c);
        } else {
            buf_add_utf8(out, c == UTF8_BAD ? 0xFFFD : c);
        }
    }
    buf_add_char(out, '"');
}

static void number_add(Buf *out, const char *key, uint32_t number) {
    if (number)
        buf_format(out, ", \"%s\": %u", key, (unsigned)number);
    else
        buf_format(out, ", \"%s\": null", key);
}

static void text_add(Buf *out, const char *key, Str text) {
    buf_format(out, ", \"%s\": ", key);
    string_add(out, text);
}

static void finding_add(Buf *out, const Diag *found) {
    static const char *const names[] = {[DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error"};
    buf_add_c(out, "{\"file\": ");
    if (found->at.source)
        string_add(out, found->at.source->name);
    else
        buf_add_c(out, "null");
    number_add(out, "line", found->at.line);
    number_add(out, "column", found->at.line ? found->at.column : 0);
    text_add(out, "severity", str_from(names[found->severity]));
    text_add(out, "code", str_from(found->code));
    text_add(out, "message", found->message);
    text_add(out, "hint", found->hint);
    buf_add_char(out, '}');
}

void findings_json_begin(Buf *out) { buf_add_c(out, "{\"files\": ["); }

void findings_json_add(const Diags *d, Str file, bool first, Buf *out) {
    buf_add_c(out, first ? "\n  {\"file\": " : ",\n  {\"file\": ");
    string_add(out, file);
    buf_format(out, ", \"errors\": %u, \"warnings\": %u, \"dropped\": %u, \"findings\": [", (unsigned)d->errors,
        (unsigned)d->warnings, (unsigned)d->dropped);
    const Diag **found = diags_sorted(d);
    for (uint32_t i = 0; i < d->count; i++) {
        buf_add_c(out, i ? ",\n    " : "\n    ");
        finding_add(out, found[i]);
    }
    buf_add_c(out, "]}");
}

void findings_json_end(Buf *out) { buf_add_c(out, "\n]}\n"); }
