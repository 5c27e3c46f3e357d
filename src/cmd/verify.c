/* `brief verify`: whether a file is what its source gives. First the inputs are held against their digests, then the program's version against
 * the one that the file records, then the file is made again, and every byte compared.
 */
#include "cmd/provenance.h"

/* Where an input lies on the disk. */
typedef struct {
    Str source; /* --source */
    Str root; /* the folder that names begin from */
    Str style; /* --style; empty: not given */
    Str style_place; /* the folder that the recorded sheet is named in */
} Places;

/* "a/b/" and "a/c.yaml" → "../c.yaml" */
static Str path_relative(Arena *arena, Str folder, Str name) {
    size_t same = 0;
    for (size_t i = 0; i < folder.n && i < name.n && folder.p[i] == name.p[i]; i++)
        if (folder.p[i] == '/') same = i + 1;
    Buf out = buf_new(arena);
    for (size_t i = same; i < folder.n; i++)
        if (folder.p[i] == '/') buf_add_c(&out, "../");
    buf_add(&out, str_slice(name, same, name.n));
    return buf_str(&out);
}

static Places places_of(Invocation *invocation, const Record *record) {
    Arena *arena = invocation->arena;
    Str source = option_value(invocation, "source"), below = path_folder(record->items[0].name);
    Buf root = buf_new(arena);
    buf_add(&root, path_folder(source));
    for (size_t i = 0; i < below.n; i++)
        if (below.p[i] == '/') buf_add_c(&root, "../");
    return (Places){source, buf_str(&root), option_value(invocation, "style"), path_folder(record->style)};
}

static Str input_path(Arena *arena, const Places *places, const Input *input) {
    if (input->role == INPUT_SOURCE) return places->source;
    bool sheet = input->role == INPUT_SHEET || input->role == INPUT_FONT;
    if (!sheet || places->style.n == 0) return path_join(arena, places->root, input->name);
    return path_join(arena, path_folder(places->style), path_relative(arena, places->style_place, input->name));
}

/* The first line in which two texts differ. */
static uint32_t line_differing(Str a, Str b) {
    uint32_t line = 1;
    for (size_t i = 0; i < a.n && i < b.n && a.p[i] == b.p[i]; i++)
        if (a.p[i] == '\n') line++;
    return line;
}

static bool input_changed(Diags *d, const Input *input, const Source *now, bool carried) {
    bool words = input->role == INPUT_SOURCE || input->role == INPUT_SHEET;
    if (carried && words)
        diag(d, DIAG_ERROR, "source-changed", (Place){now, line_differing(input->bytes, now->text), 0},
            "“brief extract” gives the one that it was",
            "the %s is not the one that the file was made from: here they first differ", input_role_name(input->role));
    else
        diag(d, DIAG_ERROR, "source-changed", (Place){now, 0, 0}, NULL,
            "the %s is not the one that the file was made from, “" STR_FMT "”", input_role_name(input->role),
            STR_ARG(input->name));
    return false;
}

/* With --source: the inputs are those on the disk. */
static bool inputs_compare(Invocation *invocation, Provenance *provenance) {
    Diags *d = &invocation->diags;
    Record *record = &provenance->record;
    Places places = places_of(invocation, record);
    bool good = true;
    for (uint32_t i = 0; i < record->count; i++) {
        Input *input = &record->items[i];
        Source *now = NEW(invocation->arena, Source);
        now->name = input_path(invocation->arena, &places, input);
        if (!file_read(invocation->arena, d, now->name, FILE_LIMIT, &now->text)) {
            good = false;
            continue;
        }
        if (input->role == INPUT_IMAGE) now->text = image_published(invocation->arena, now->text); /* as it was recorded */
        bool same = str_equal(digest_sha256(invocation->arena, now->text), input->digest);
        if (!same) good = input_changed(d, input, now, provenance->carried[i]);
        input->bytes = now->text;
    }
    return good;
}

static bool inputs_known(Invocation *invocation, Provenance *provenance) {
    Diags *d = &invocation->diags;
    if (!provenance_inputs(invocation->arena, d, provenance)) return false;
    if (option_given(invocation, "source")) return inputs_compare(invocation, provenance);
    if (provenance->record.embedded) return true;
    return provenance_refuse(d, provenance, "name it with --source");
}

static bool version_same(Diags *d, const Provenance *provenance) {
    if (str_is(provenance->record.version, BRIEF_VERSION)) return true;
    diag(d, DIAG_ERROR, "other-version", (Place){provenance->file, 0, 0}, "verify it with that one",
        "it was made by brief " STR_FMT ", and this is brief " BRIEF_VERSION ": whether all else is the same cannot be told",
        STR_ARG(provenance->record.version));
    return false;
}

static void bytes_compare(Invocation *invocation, const Provenance *provenance, const Rebuilt *rebuilt) {
    if (str_equal(provenance->file->text, rebuilt->bytes)) {
        Buf text = buf_new(invocation->arena);
        buf_format(&text, STR_FMT ": identical\n", STR_ARG(provenance->file->name));
        if (!option_given(invocation, "quiet")) text_show(invocation, &text);
        return;
    }
    Str words = difference_words(invocation->arena, provenance, rebuilt);
    diag(&invocation->diags, DIAG_ERROR, "file-changed", (Place){provenance->file, 0, 0}, NULL,
        "it is not what its source gives: " STR_FMT, STR_ARG(words));
}

static void verify(Invocation *invocation, Provenance *provenance) {
    Diags *d = &invocation->diags;
    if (!inputs_known(invocation, provenance) || !version_same(d, provenance)) return;
    Rebuilt rebuilt;
    if (provenance_rebuild(invocation->arena, provenance, &rebuilt)) {
        bytes_compare(invocation, provenance, &rebuilt);
    } else {
        if (rebuilt.document.arena != NULL) diags_show(&rebuilt.document.diags);
        diag(d, DIAG_ERROR, "file-changed", (Place){provenance->file, 0, 0}, NULL,
            "it cannot be what its source gives: that has errors, and no file is made of it");
    }
    rebuilt_close(&rebuilt);
}

static ExitStatus verify_run(Invocation *invocation) {
    if (invocation->operand_count != 1) {
        usage_wrong(invocation, NULL, invocation->operand_count == 0 ? "no file given" : "one file at a time");
        return EXIT_USAGE;
    }
    if (option_given(invocation, "style") && !option_given(invocation, "source")) {
        usage_wrong(invocation, NULL, "--style is for --source: it says where the sheet lies");
        return EXIT_USAGE;
    }
    /* With --source the file says where the inputs lie from there: that is known when it has been read. */
    if (option_given(invocation, "source"))
        invocation_confine(invocation, STR(""));
    else
        finished_confine(invocation, 1, STR(""));
    Provenance provenance;
    if (!provenance_open(invocation->arena, &invocation->diags, invocation->operands[0], &provenance))
        return diags_status(&invocation->diags);
    verify(invocation, &provenance);
    provenance_close(&provenance);
    return diags_status(&invocation->diags);
}

static const Option verify_options[] = {
    {"source", 0, "FILE", "The Markdown; sheets and images are looked for where it names them"},
    {"style", 0, "FILE", "With --source: the sheet that “brief make --style” was given"},
    LIMIT_OPTION,
    {"quiet", 'q', NULL, "Say nothing of a file that is identical"},
    {0},
};

const Command command_verify = {
    .name = "verify",
    .arguments = "FILE",
    .summary = "Tell whether a PDF or EPUB is what its source gives",
    .text =
        "The file is made again from the source that it carries, or from that of --source, with the options and dates that it\n"
        "records, and every byte is compared. “identical”, and status 0; else status 1 and what differs: an input, by name and\n"
        "line; the version of the program; or the page and paragraph. Clock, time zone, locale and folder make no difference.\n",
    .options = verify_options,
    .run = verify_run,
};
