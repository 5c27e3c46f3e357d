/* --final: whether a document may be published yet. */
#include "cmd/internal.h"

static bool is_draft(const Document *document) {
    Str draft = str_trim(document->written->meta.draft);
    return draft.n > 0 && !str_equal_nocase(draft, STR("false"));
}

/* Reported, and no file is made. */
void release_check(Document *document, const Batch *batch) {
    const Meta *meta = &document->tree->meta;
    Place at = meta_place(document->tree, "embargo");
    Str embargo = str_trim(document->written->meta.embargo);
    if (is_draft(document))
        diag(&document->diags, DIAG_ERROR, "draft", meta_place(document->tree, "draft"), "take “draft” out of its front matter",
            "the document says that it is a draft, so it has no final version");
    if (embargo.n == 0 || batch->break_embargo || document->diags.errors > 0) return;
    if (embargo.n > 120) embargo = STR("…");
    if (!meta->embargo_known)
        diag(&document->diags, DIAG_ERROR, "embargo", at, "when it is over, take it out, or add --break-embargo",
            "the embargo “" STR_FMT "” names no moment, so nobody can tell whether a final version may be made",
            STR_ARG(embargo));
    else if (batch->now < meta->embargo_ends)
        diag(&document->diags, DIAG_ERROR, "embargo", at, "to make it beforehand all the same, add --break-embargo",
            "the document is under embargo until “" STR_FMT "”, so its final version is not made yet", STR_ARG(embargo));
}
