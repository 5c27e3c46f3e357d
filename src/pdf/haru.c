/* libharu as object and file writer (ISO 32000-1 §7.5). Its own ways to make pages, fonts, annotations and outlines know nothing of
 * tags and are not used; see haru.h for what is. */
#include "pdf/haru.h"

#include <string.h>

#include <hpdf.h>

/* Loaded when a PDF is made. */
/* clang-format off */
#define HPDF_FUNCTIONS(F) \
    F(HPDF_CallbackReader_New) F(HPDF_CallbackWriter_New) F(HPDF_DictStream_New) F(HPDF_Dict_Add) F(HPDF_Dict_New) \
    F(HPDF_Dict_RemoveElement) F(HPDF_List_ItemAt) F(HPDF_NewEx) F(HPDF_Stream_Free) F(HPDF_Stream_Write) \
    F(HPDF_Xref_Add) F(HPDF_Xref_GetEntry) F(HPDF_Xref_WriteToStream)
/* clang-format on */
LATE_LIBRARY(hpdf, BRIEF_HARU, HPDF_FUNCTIONS)

struct Haru {
    Arena *arena;
    HPDF_Doc document;
    size_t size; /* of the file to come, at most */
    Ref catalogue, page_tree, information;
    HPDF_STATUS failure;
};

typedef struct {
    Str text;
} Body;

typedef struct {
    Str data;
    size_t at; /* where it is read next */
} Data;

/* libharu only tells; every call's status is looked at where it is made. */
static void error_ignored(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    (void)error;
    (void)detail;
    (void)user;
}

static void fail(Haru *haru, HPDF_STATUS status) {
    if (haru->failure == HPDF_OK) haru->failure = status == HPDF_OK ? HPDF_FAILD_TO_ALLOC_MEM : status;
}

static HPDF_STATUS body_write(HPDF_Dict dictionary, HPDF_Stream stream) {
    const Body *body = dictionary->attr;
    return body ? hpdf()->HPDF_Stream_Write(stream, (const HPDF_BYTE *)body->text.p, (HPDF_UINT)body->text.n) : HPDF_OK;
}

static Ref dictionary_ref(HPDF_Dict dictionary) { return dictionary->header.obj_id & 0x00FFFFFF; }

/* A list of libharu's grows by a constant block; made to double, it grows in linear time. */
static void xref_grow(HPDF_Xref xref) {
    HPDF_List list = xref->entries;
    if (list->count >= list->block_siz && list->block_siz > 0) list->items_per_block = list->block_siz;
}

/* Takes over a dictionary that libharu makes for itself: what it put there goes, what we say stands there instead. */
static Ref dictionary_take(HPDF_Dict dictionary) {
    while (dictionary->list->count > 0) {
        HPDF_DictElement element = hpdf()->HPDF_List_ItemAt(dictionary->list, 0);
        if (hpdf()->HPDF_Dict_RemoveElement(dictionary, element->key) != HPDF_OK) break;
    }
    dictionary->before_write_fn = NULL;
    dictionary->write_fn = body_write;
    return dictionary_ref(dictionary);
}

/* libharu's memory lies on the document's arena: nothing needs to be taken apart in the end. A pool of its own would be unaligned. Objects are made by
 * one thread after another, so each that makes one says where. */
static _Thread_local Arena *memory;

static void *HPDF_STDCALL memory_take(HPDF_UINT size) { return arena_alloc(memory, size, _Alignof(void *)); }

static void HPDF_STDCALL memory_give(void *taken) { (void)taken; }

Haru *haru_open(Arena *arena) {
    Haru *haru = NEW(arena, Haru);
    haru->arena = arena;
    memory = arena;
    haru->document = hpdf()->HPDF_NewEx(error_ignored, memory_take, memory_give, 0, NULL);
    if (!haru->document) return NULL;
    haru->document->pdf_version = HPDF_VER_17;
    haru->catalogue = dictionary_take(haru->document->catalog);
    haru->page_tree = dictionary_take(haru->document->root_pages);
    haru->information = dictionary_take(haru->document->info);
    return haru;
}

Ref haru_catalogue(const Haru *haru) { return haru->catalogue; }
Ref haru_page_tree(const Haru *haru) { return haru->page_tree; }
Ref haru_information(const Haru *haru) { return haru->information; }

Ref haru_reserve(Haru *haru) {
    if (haru->failure != HPDF_OK) return 0;
    memory = haru->arena;
    HPDF_Dict dictionary = hpdf()->HPDF_Dict_New(haru->document->mmgr);
    if (!dictionary) {
        fail(haru, HPDF_FAILD_TO_ALLOC_MEM);
        return 0;
    }
    dictionary->write_fn = body_write;
    xref_grow(haru->document->xref);
    HPDF_STATUS status = hpdf()->HPDF_Xref_Add(haru->document->xref, dictionary); /* frees the dictionary when it fails */
    if (status != HPDF_OK) {
        fail(haru, status);
        return 0;
    }
    return dictionary_ref(dictionary);
}

static void body_set(Haru *haru, HPDF_Dict dictionary, const Buf *text) {
    Body *body = NEW(haru->arena, Body);
    body->text = str_copy(haru->arena, buf_str(text));
    dictionary->attr = body;
    haru->size += text->n + 64; /* and object number, brackets, cross-reference entry */
}

void haru_set(Haru *haru, Ref ref, const Buf *body) {
    if (haru->failure != HPDF_OK) return;
    HPDF_XrefEntry entry = hpdf()->HPDF_Xref_GetEntry(haru->document->xref, ref);
    if (ref == 0 || !entry) BUG("no object %u", (unsigned)ref);
    HPDF_Dict dictionary = entry->obj;
    if (dictionary->attr) BUG("object %u is set twice", (unsigned)ref);
    body_set(haru, dictionary, body);
}

Ref haru_add(Haru *haru, const Buf *body) {
    Ref ref = haru_reserve(haru);
    if (ref != 0) haru_set(haru, ref, body);
    return ref;
}

static HPDF_STATUS data_read(HPDF_Stream stream, HPDF_BYTE *to, HPDF_UINT *n) {
    Data *data = stream->attr;
    size_t left = data->data.n - data->at;
    HPDF_STATUS status = left < *n ? HPDF_STREAM_EOF : HPDF_OK;
    if (left < *n) *n = (HPDF_UINT)left;
    if (*n > 0) memcpy(to, data->data.p + data->at, *n);
    data->at += *n;
    return status;
}

static HPDF_STATUS data_seek(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode) {
    if (mode != HPDF_SEEK_SET) return HPDF_INVALID_OPERATION;
    ((Data *)stream->attr)->at = (size_t)at;
    return HPDF_OK;
}

static HPDF_UINT32 data_size(HPDF_Stream stream) { return (HPDF_UINT32)((Data *)stream->attr)->data.n; }

/* libharu's own streams are copies; this one only looks at its data. */
static HPDF_STATUS data_attach(Haru *haru, HPDF_Dict dictionary, Str bytes) {
    Data *data = NEW(haru->arena, Data);
    data->data = bytes;
    HPDF_Stream stream = hpdf()->HPDF_CallbackReader_New(haru->document->mmgr, data_read, data_seek, NULL, data_size, data);
    if (!stream) return HPDF_FAILD_TO_ALLOC_MEM;
    stream->size = (HPDF_UINT)bytes.n;
    hpdf()->HPDF_Stream_Free(dictionary->stream);
    dictionary->stream = stream;
    return HPDF_OK;
}

Ref haru_stream(Haru *haru, const Buf *entries, Str data, StreamCoding coding) {
    if (haru->failure != HPDF_OK) return 0;
    memory = haru->arena;
    xref_grow(haru->document->xref);
    HPDF_Dict dictionary = hpdf()->HPDF_DictStream_New(haru->document->mmgr, haru->document->xref);
    if (!dictionary) {
        fail(haru, haru->document->error.error_no);
        return 0;
    }
    Buf body = buf_new(haru->arena);
    if (entries) buf_add(&body, buf_str(entries));
    if (coding == STREAM_DEFLATED) buf_add_c(&body, "/Filter/FlateDecode\n");
    dictionary->write_fn = body_write;
    body_set(haru, dictionary, &body);
    HPDF_STATUS status = data.n > INT32_MAX ? HPDF_STREAM_EOF : data_attach(haru, dictionary, data);
    if (status != HPDF_OK) fail(haru, status);
    haru->size += data.n + 128;
    return dictionary_ref(dictionary);
}

static HPDF_STATUS output_write(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT n) {
    buf_add(stream->attr, (Str){(const char *)bytes, n});
    return HPDF_OK;
}

/* Eight bytes at a time: a file has many, and all other work waits for it. */
static uint64_t bytes_hash(Str bytes, uint64_t hash) {
    size_t at = 0;
    for (; bytes.n - at >= 8; at += 8) {
        const uint8_t *p = (const uint8_t *)bytes.p + at;
        uint64_t word = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
                        (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
                        (uint64_t)p[7] << 56; /* which compilers know as one load */
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return str_hash(str_slice(bytes, at, bytes.n), hash);
}

/* The identifier (§14.4) depends on nothing but what the file says: the same input gives the same bytes. */
static HPDF_STATUS trailer_write(HPDF_Dict trailer, HPDF_Stream stream) {
    const Haru *haru = trailer->attr;
    Str written = buf_str(stream->attr);
    uint64_t hash[2] = {bytes_hash(written, STR_HASH_SEED), 0};
    hash[1] = str_hash((Str){(const char *)hash, sizeof hash[0]}, hash[0] ^ written.n);
    Buf b = buf_new(haru->arena);
    buf_add_c(&b, "/ID[<");
    for (int copy = 0; copy < 2; copy++) {
        for (int i = 0; i < 2; i++) {
            syntax_hex(&b, (uint32_t)(hash[i] >> 32), 8);
            syntax_hex(&b, (uint32_t)hash[i], 8);
        }
        buf_add_c(&b, copy == 0 ? "><" : ">]\n");
    }
    return hpdf()->HPDF_Stream_Write(stream, (const HPDF_BYTE *)b.p, (HPDF_UINT)b.n);
}

static HPDF_STATUS save(Haru *haru, Buf *out) {
    static const char header[] = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n"; /* four bytes beyond ASCII: a binary file (§7.5.2) */
    HPDF_Doc document = haru->document;
    if (haru->failure != HPDF_OK) return haru->failure;
    if (document->error.error_no != HPDF_OK) return document->error.error_no;
    HPDF_Stream stream = hpdf()->HPDF_CallbackWriter_New(document->mmgr, output_write, out);
    if (!stream) return HPDF_FAILD_TO_ALLOC_MEM;
    document->trailer->write_fn = trailer_write;
    document->trailer->attr = haru;
    HPDF_STATUS status = hpdf()->HPDF_Stream_Write(stream, (const HPDF_BYTE *)header, sizeof header - 1);
    if (status == HPDF_OK) status = hpdf()->HPDF_Dict_Add(document->trailer, "Root", document->catalog);
    if (status == HPDF_OK) status = hpdf()->HPDF_Dict_Add(document->trailer, "Info", document->info);
    if (status == HPDF_OK) status = hpdf()->HPDF_Xref_WriteToStream(document->xref, stream, NULL);
    if (status == HPDF_OK) status = document->error.error_no;
    hpdf()->HPDF_Stream_Free(stream);
    return status;
}

bool haru_save(Haru *haru, Diags *d, Arena *arena, Str *out) {
    memory = haru->arena;
    HPDF_STATUS status = haru->failure;
    size_t capacity = haru->size + 4096;
    if (status == HPDF_OK && capacity > INT32_MAX) {
        return diag_world(d, "pdf-size", STR(""), "split the document", "the PDF would be larger than 2 GiB");
    }
    if (status == HPDF_OK) {
        Buf file = {NEW_ARRAY(arena, char, capacity), 0, capacity, arena};
        status = save(haru, &file);
        *out = buf_str(&file);
    }
    if (status == HPDF_OK) return true;
    if (status == HPDF_XREF_COUNT_ERR) {
        return diag_world(d, "pdf-size", STR(""), "split the document", "the PDF would have more than 8,388,607 objects");
    }
    return diag_world(d, "pdf-write", STR(""), NULL, "libharu could not make the PDF (error %04lX)", (unsigned long)status);
}
