/* The world that fuzzed documents live in: fonts, sheets and a few files in memory, opened once; and the way of one document. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define FONTS_MOST ((size_t)24 << 20)

/* Where memory was taken from is told in full by ASAN_OPTIONS=malloc_context_size=30. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "quarantine_size_mb=16:malloc_context_size=2:max_malloc_fill_size=256"; }

/* The smallest of each: a pixel. */
static const unsigned char png_pixel[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0,
    0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8, 0x0f, 0, 1, 4, 1,
    0, 0x5f, 0xe5, 0xc3, 0x4b, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

static const char sheet_own[] = "extends: plain\n"
                                "page: {width: 90mm, height: 120mm, two-sided: true}\n"
                                "colours: {accent: \"#804000\"}\n"
                                "rules:\n"
                                "  paragraph: {align: justify, hyphenate: true}\n"
                                "  .term: {bold: true}\n";

static World the_world;

World *world(void) {
    World *w = &the_world;
    if (w->arena) return w;
    cores_use(1);
    w->arena = arena_open();
    StrMap *files = strmap_new(w->arena);
    w->batch = (Batch){.arena = w->arena, .files = files, .sheets = strmap_new(w->arena), .epoch_given = true, .epoch = 1700000000,
        .now = 1700000000, .break_embargo = true};
    world_file("a.png", (Str){(const char *)png_pixel, sizeof png_pixel});
    world_file("own.yaml", (Str){sheet_own, sizeof sheet_own - 1});
    batch_warm(&w->batch);
    return w;
}

void world_file(const char *name, Str bytes) {
    Str *file = strmap_find(world()->batch.files, str_from(name));
    if (!file) {
        file = NEW(world()->arena, Str);
        strmap_put((StrMap *)(uintptr_t)world()->batch.files, str_from(name), file);
    }
    *file = bytes;
}

void world_rest(void) {
    if (fonts_memory(world()->batch.fonts) < FONTS_MOST) return;
    batch_close(&world()->batch);
    batch_warm(&world()->batch);
}

static void reports_make(Document *document) {
    for (ReportForm form = REPORT_JSON; form <= REPORT_SARIF; form++) {
        Buf out = buf_new(document->arena);
        Report *report = report_open(document->arena, form, STR("0"));
        report_add(report, &document->diags, document->source.name);
        report_close(report, &out);
    }
}

static void dumps_make(Document *document) {
    Buf out = buf_new(document->arena);
    EpubOptions options = document_epub_options(document);
    tree_dump(document->tree, &out);
    styles_dump(document->styles, document->tree, &out);
    layout_dump(document->layout, &out);
    pdf_tags_dump(document->layout, &out);
    epub_xhtml_dump(document->layout, &options, &out);
}

void document_through(Str text, unsigned look) {
    Document document;
    Batch *batch = &world()->batch;
    Variant variant = {.print = look & LOOK_PRINT, .large_print = look & LOOK_LARGE_PRINT ? LARGE_PRINT_USUAL : 0};
    batch->final = look & LOOK_FINAL;
    batch->embed = look & LOOK_EMBED;
    if (document_open_again(&document, batch, STR("a.md"), text) && document_make(&document, batch, &variant, STAGE_LAYOUT)) {
        Str file;
        layout_verify(document.layout);
        if (look & LOOK_CHECK) document_check(&document, &variant);
        if (look & LOOK_DUMPS) dumps_make(&document);
        if (document.diags.errors == 0) {
            document_pdf(&document, batch, &file);
            document_epub(&document, &file);
        }
    }
    if (look & LOOK_CHECK) reports_make(&document);
    Buf said = buf_new(document.arena);
    diags_print(&document.diags, &said, look & LOOK_DUMPS);
    document_close(&document);
    world_rest();
}

static _Noreturn void unable(const char *what) {
    perror(what);
    exit(1);
}

char *file_of(const uint8_t *data, size_t size) {
    static char path[40];
    static int file = -1;
    if (file < 0) {
        file = memfd_create("input", MFD_CLOEXEC);
        if (file < 0) unable("memfd_create");
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size) unable("memfd");
    return path;
}

void command_through(const Command *command, int argc, char **argv) {
    Arena *arena = arena_open();
    Invocation invocation = {.arena = arena, .diags = diags_new(arena), .command = command};
    if (options_parse(&invocation, argc, argv)) command->run(&invocation);
    diags_show(&invocation.diags);
    arena_close(arena);
}
