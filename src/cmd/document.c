/* The way of one document: file → tree → resolved tree → styles and images → layout → files. One stage after the other, each
 * into the struct, and each only read by the next. */
#include "cmd/internal.h"

#define SHEET_DEFAULT "briefing"

bool batch_open(Invocation *invocation, Batch *out, ExitStatus *status) {
    *out = (Batch){.root = option_value(invocation, "root"),
        .final = option_given(invocation, "final"),
        .break_embargo = option_given(invocation, "break-embargo")};
    *status = EXIT_USAGE;
    out->arena = invocation->arena;
    out->sheets = strmap_new(out->arena);
    if (!date_environment(invocation, &out->epoch_given, &out->epoch)) return false;
    out->now = out->epoch_given ? out->epoch : date_now();
    if (out->break_embargo && !out->final)
        return usage_wrong(invocation, NULL, "--break-embargo is for --final: other versions say that they are embargoed");
    if (!option_given(invocation, "style")) return true;
    Diags *d = &invocation->diags;
    out->asked = d->asked = NEW(invocation->arena, PathList);
    out->style = option_value(invocation, "style");
    out->sheet = sheet_open(invocation->arena, d, option_value(invocation, "style"), (Place){0}, NULL);
    if (out->sheet != NULL && d->errors == 0) return true;
    bool in_sheet = false; /* a mistake in the sheet, not in how it was named */
    for (uint32_t i = 0; i < d->count; i++)
        if (d->items[i].at.source != NULL) in_sheet = true;
    *status = d->world_failed ? EXIT_WORLD : in_sheet ? EXIT_DOCUMENT : EXIT_USAGE;
    return false;
}

void batch_close(Batch *batch) {
    if (batch->fonts != NULL) fonts_close(batch->fonts);
    epub_kept_close(batch->kept);
    batch->fonts = NULL;
    batch->kept = NULL;
}

#define FONTS_MEMORY ((size_t)24 << 20) /* what shaped words and documents' own faces may keep from one document to the next */

void batch_rest(Batch *batch) {
    if (batch->fonts != NULL && fonts_memory(batch->fonts) > FONTS_MEMORY) batch_close(batch);
}

static bool is_blank(Str text) {
    return str_trim(str_starts(text, STR("\xEF\xBB\xBF")) ? str_slice(text, 3, text.n) : text).n == 0;
}

static bool document_parse(Document *document) {
    if (is_blank(document->source.text)) {
        diag(&document->diags, DIAG_ERROR, "empty", (Place){&document->source, 0, 0}, NULL,
            "there is nothing to set: the file is empty");
        return false;
    }
    document->written = read_markdown_apart(document->arena, document->nodes, &document->diags, &document->source);
    document->claims_lost = document->diags.claims_lost;
    document->versions = 1;
    return !document->diags.refused;
}

static EpubKept *batch_kept(Batch *batch) {
    if (batch->kept == NULL) batch->kept = epub_kept_open();
    return batch->kept;
}

static bool document_date(Document *document, const Batch *batch) {
    if (date_seconds(document->tree->meta.date, &document->date)) return true;
    document->date = batch->epoch;
    return batch->epoch_given || date_of_file(&document->diags, document->source.name, &document->date);
}

/* One that is built in is the same for every document. */
static const Sheet *sheet_kept(Batch *batch, Diags *d, Str name) {
    const Sheet *sheet = strmap_find(batch->sheets, name);
    if (sheet != NULL) return sheet;
    name = str_copy(batch->arena, name);
    sheet = sheet_open(batch->arena, d, name, (Place){0}, NULL);
    strmap_put(batch->sheets, name, (void *)(uintptr_t)sheet);
    return sheet;
}

/* The sheet that --style names, else the document, else the default. A path in a document is as confined as its images. */
static bool document_sheet(Document *document, Batch *batch) {
    Str name = document->tree->meta.style;
    Place at = meta_place(document->tree, "style");
    if (document->original != NULL) return true;
    if (name.n == 0) name = STR(SHEET_DEFAULT);
    if (batch->sheet != NULL)
        document->original = batch->sheet;
    else if (batch->sheets != NULL && sheet_is_built_in(name))
        document->original = sheet_kept(batch, &document->diags, name);
    if (document->original != NULL)
        document->kept = batch_kept(batch);
    else
        document->original = sheet_open(document->arena, &document->diags, name, at, &document->root);
    return document->original != NULL;
}

static const Image **document_images(Document *document) {
    timing_begin(document->timings, TIMED_IMAGES);
    const Image **images = NEW_ARRAY(document->arena, const Image *, document->tree->count);
    if (document->images == NULL) document->images = images_new(document->arena, &document->root);
    for (NodeNumber i = 0; i < document->tree->count; i++) {
        const Node *node = document->tree->nodes[i];
        if (node->kind == NODE_IMAGE)
            images[i] = image_load(document->images, &document->diags, node->more->target, node_place(document->tree, node));
    }
    timing_end(document->timings, TIMED_IMAGES);
    return images;
}

static void pages_limit(Document *document) {
    const Layout *layout = document->layout;
    uint64_t most = limit_of(LIMIT_PAGES);
    if (layout->count <= most) return;
    const Node *node = layout->items[most].start_node;
    limit_tell(&document->diags, LIMIT_PAGES, node ? node_place(document->tree, node) : (Place){&document->source, 0, 0});
}

static Fonts *batch_fonts(Batch *batch) {
    if (batch->fonts != NULL) return batch->fonts;
    timing_begin(batch->timings, TIMED_FONTS);
    batch->fonts = fonts_open();
    timing_end(batch->timings, TIMED_FONTS);
    return batch->fonts;
}

void batch_warm(Batch *batch) {
    Diags d = diags_new(batch->arena);
    if (batch->sheet == NULL) sheet_kept(batch, &d, STR(SHEET_DEFAULT));
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (unsigned style = 0; style < FACE_STYLES; style++)
            fonts_face(batch_fonts(batch), (Family)family, style & FACE_BOLD, style & FACE_ITALIC);
}

/* The tree as written has been copied, and nothing else is made of it: a long table's would be as much memory again. */
static void written_close(Document *document) {
    arena_close(document->nodes);
    document->nodes = NULL;
    document->written = NULL;
}

/* What only a variant is warned of must say so: the words may stand beside what is said of the others. */
static void diags_name_variant(Document *document, uint32_t from, const Variant *variant) {
    const char *name = variant->large_print > 0 ? "in large print" : variant->print ? "in the version for print" : NULL;
    for (uint32_t i = from; i < document->diags.count && name != NULL; i++) {
        Diag *said = &document->diags.items[i];
        said->message = str_format(document->arena, STR_FMT " (%s)", STR_ARG(said->message), name);
    }
}

static void document_begin(Document *document, Str name) {
    Arena *arena = arena_open();
    *document = (Document){.arena = arena, .nodes = arena_open(), .diags = diags_new(arena), .source = {.name = name}};
    document->diags.asked = NEW(arena, PathList);
}

static bool document_read(Document *document, const Batch *batch, Str path) {
    Arena *arena = document->arena;
    Str folder = str_is(path, "-") ? STR("") : path_folder(path);
    if (!file_read(arena, &document->diags, path, FILE_LIMIT, &document->source.text)) return false;
    if (is_blank(document->source.text)) return document_parse(document);
    return root_open(arena, &document->diags, batch->root.n > 0 ? batch->root : folder, folder, &document->root) &&
           document_parse(document);
}

bool document_open(Document *document, const Batch *batch, Str path) {
    document_begin(document, path);
    document->timings = batch->timings;
    timing_begin(document->timings, TIMED_READ);
    bool read = document_read(document, batch, path);
    timing_end(document->timings, TIMED_READ);
    return read;
}

bool document_open_again(Document *document, const Batch *batch, Str name, Str text) {
    document_begin(document, name);
    document->source.text = text;
    document->root = (Root){.base = path_folder(name), .files = batch->files};
    return document_parse(document);
}

bool document_make(Document *document, Batch *batch, const Variant *variant, Stage stage) {
    Arena *arena = document->arena;
    if (stage == STAGE_TREE) return true;
    document->diags.claims_lost = document->claims_lost; /* what is said again, and so not kept, still takes its claims away */
    timing_begin(document->timings, TIMED_RESOLVE);
    Edition edition = {.paper = variant->print, .final = batch->final};
    document->tree = resolve_edition(&document->diags, document->written, &edition);
    if (batch->final) release_check(document, batch);
    if (document->versions > 1)
        document->versions--;
    else
        written_close(document);
    timing_end(document->timings, TIMED_RESOLVE);
    if (stage == STAGE_RESOLVED) return true;
    timing_begin(document->timings, TIMED_STYLE);
    if (!document_date(document, batch) || !document_sheet(document, batch)) return false;
    document->sheet = sheet_vary(arena, document->original, variant);
    document->styles = styles_compute(arena, document->sheet, document->tree);
    timing_end(document->timings, TIMED_STYLE);
    if (stage == STAGE_STYLE) return true;
    const Image **images = document_images(document);
    if (document->diags.refused) return false;
    Fonts *fonts = batch_fonts(batch);
    uint32_t said = document->diags.count;
    timing_begin(document->timings, TIMED_LAYOUT);
    document->layout = layout_document(arena, &document->diags, fonts, document->tree, document->styles, images);
    timing_end(document->timings, TIMED_LAYOUT);
    pages_limit(document);
    diags_name_variant(document, said, variant);
    if (document->diags.refused) return false;
    timing_begin(document->timings, TIMED_CLAIMS);
    check_claims(&document->diags, document->layout);
    timing_end(document->timings, TIMED_CLAIMS);
    timing_begin(document->timings, TIMED_RECORD);
    if (document->diags.errors == 0) document_record(document, batch, variant, images);
    timing_end(document->timings, TIMED_RECORD);
    return true;
}

void document_check(Document *document, const Variant *variant) {
    check_tree(&document->diags, document->tree, document->original);
    uint32_t said = document->diags.count;
    check_layout(&document->diags, document->layout);
    diags_name_variant(document, said, variant);
}

unsigned document_claims(const Document *document) { return CLAIM_ALL & ~document->diags.claims_lost; }

bool document_pdf(Document *document, Batch *batch, Str *out) {
    PdfOptions options = {.date = document->date, .claims = document_claims(document), .record = &document->record};
    timing_begin(document->timings, TIMED_PDF);
    bool made = pdf_write(&document->diags, batch_fonts(batch), document->layout, &options, out);
    timing_end(document->timings, TIMED_PDF);
    return made;
}

EpubOptions document_epub_options(const Document *document) {
    return (EpubOptions){.date = document->date,
        .claims = document_claims(document),
        .sheet = document->original,
        .kept = document->kept,
        .record = document->record.count > 0 ? &document->record : NULL};
}

/* The EPUB on its way: it has memory and diagnostics of its own. */
struct EpubWork {
    Arena *arena;
    Diags diags;
    EpubOptions options;
    const Layout *layout;
    Timings *timings;
    Str file;
    bool made;
    Task *task; /* NULL: it is made when it is asked for */
};

static void epub_make(void *of) {
    EpubWork *work = of;
    timing_begin(work->timings, TIMED_EPUB);
    work->made = epub_write(work->arena, &work->diags, work->layout, &work->options, &work->file);
    timing_end(work->timings, TIMED_EPUB);
}

static EpubWork *epub_work(Document *document) {
    Arena *arena = arena_open();
    EpubWork *work = NEW(arena, EpubWork);
    *work = (EpubWork){.arena = arena,
        .diags = diags_new(arena),
        .options = document_epub_options(document),
        .layout = document->layout,
        .timings = document->timings};
    return work;
}

static void epub_close(Document *document) {
    EpubWork *work = document->epub;
    document->epub = NULL;
    if (work == NULL) return;
    if (work->task) task_wait(work->task);
    arena_close(work->arena);
}

void document_epub_begin(Document *document) {
    epub_close(document);
    EpubWork *work = document->epub = epub_work(document);
    work->task = task_start(work->arena, epub_make, work);
}

bool document_epub(Document *document, Str *out) {
    if (document->epub == NULL) epub_make(document->epub = epub_work(document));
    EpubWork *work = document->epub;
    if (work->task) task_wait(work->task);
    diags_join(&document->diags, &work->diags);
    *out = work->file;
    return work->made;
}

void document_close(Document *document) {
    epub_close(document);
    written_close(document);
    arena_close(document->arena);
    document->arena = NULL;
}
