/* What the file was made from, as associated files of the document: ISO 19005-3 §6.8 and annex E, ISO 32000-1 §7.11. */
#include "pdf/file.h"

#include <stdlib.h>

typedef struct {
    Str name;
    Str order; /* the bytes of its name as a text string, by which a name tree is sorted (§7.9.6) */
    Ref ref;
} Attachment;

/* The Markdown is what the pages come from; images are the data of what they show; sheets and faces belong to it. */
static const char *relationship(InputRole role) {
    return role == INPUT_SOURCE ? "Source" : role == INPUT_IMAGE ? "Data" : "Supplement";
}

static Ref bytes_write(PdfFile *file, const Input *input) {
    uint8_t checksum[16];
    digest_md5(input->bytes, checksum);
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/Type/EmbeddedFile/Subtype");
    syntax_name(&b, str_from(input_media_type(input)));
    buf_add_c(&b, "/Params<</Size ");
    buf_add_int(&b, (int64_t)input->bytes.n);
    buf_add_c(&b, "/ModDate");
    syntax_text(&b, date_write(file->arena, file->options->date));
    buf_add_c(&b, "/CheckSum");
    syntax_bytes(&b, checksum, sizeof checksum);
    buf_add_c(&b, ">>\n");
    return haru_stream(file->haru, &b, deflated(file->arena, DEFLATE_ZLIB, DEFLATE_SMALL, input->bytes), STREAM_DEFLATED);
}

static Ref specification_write(PdfFile *file, const Input *input) {
    Ref bytes = bytes_write(file, input);
    Buf b = buf_new(file->arena);
    buf_add_c(&b, "/Type/Filespec/F");
    syntax_text(&b, input->name);
    buf_add_c(&b, "/UF");
    syntax_text(&b, input->name);
    buf_format(&b, "/AFRelationship/%s/Desc", relationship(input->role));
    syntax_text(&b,
        str_format(file->arena, "%s of the document", input->role == INPUT_SOURCE ? "Markdown" : input_role_name(input->role)));
    buf_add_c(&b, "/EF<</F ");
    syntax_ref(&b, bytes);
    buf_add_c(&b, "/UF ");
    syntax_ref(&b, bytes);
    buf_add_c(&b, ">>\n");
    return haru_add(file->haru, &b);
}

static int attachment_compare(const void *a, const void *b) {
    return str_compare(((const Attachment *)a)->order, ((const Attachment *)b)->order);
}

static Str name_order(Arena *arena, Str name) {
    if (syntax_text_size(name) == name.n) return name; /* ASCII */
    Buf units = buf_new(arena);
    buf_add_c(&units, "\xFE\xFF");
    for (size_t at = 0; at < name.n;) {
        uint16_t pair[2];
        int count = utf16_units(utf8_next(name, &at), pair);
        for (int i = 0; i < count; i++) {
            buf_add_char(&units, (char)(pair[i] >> 8));
            buf_add_char(&units, (char)(pair[i] & 0xFF));
        }
    }
    return buf_str(&units);
}

void attachments_write(PdfFile *file, Buf *catalogue) {
    const Record *record = file->options->record;
    if (record == NULL || !record->embedded) return;
    Attachment *attached = NEW_ARRAY(file->arena, Attachment, record->count);
    buf_add_c(catalogue, "/AF[");
    for (uint32_t i = 0; i < record->count; i++) {
        Str name = record->items[i].name;
        attached[i] = (Attachment){name, name_order(file->arena, name), specification_write(file, &record->items[i])};
        if (i > 0) buf_add_char(catalogue, ' ');
        syntax_ref(catalogue, attached[i].ref);
    }
    buf_add_c(catalogue, "]\n/Names<</EmbeddedFiles<</Names[");
    qsort(attached, record->count, sizeof *attached, attachment_compare);
    for (uint32_t i = 0; i < record->count; i++) {
        syntax_text(catalogue, attached[i].name);
        syntax_ref(catalogue, attached[i].ref);
    }
    buf_add_c(catalogue, "]>>>>\n");
}
