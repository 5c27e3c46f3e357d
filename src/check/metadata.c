/* What a document should say of itself: its language (WCAG 2.2, 3.1.1), when it is from and who answers for it. Its title is resolve's. */
#include "check/internal.h"

/* What it says was lost, and that has been said. */
static bool is_unread(const Diags *d) {
    for (uint32_t i = 0; i < d->count; i++)
        if (str_is(str_from(d->items[i].code), "front-matter") || str_is(str_from(d->items[i].code), "front-matter-open"))
            return true;
    return false;
}

void metadata_check(Diags *d, const Tree *tree) {
    const Meta *meta = &tree->meta;
    Place at = {tree->source, 0, 0};
    if (is_unread(d)) return;
    if (!meta_place(tree, "lang").line)
        diag(d, DIAG_WARNING, "language-missing", at, "write “lang:” in the front matter, as in “lang: en-GB” or “lang: cy”",
            "the document does not say which language it is in; it is taken to be British English");
    if (!meta->date_text.n && !meta->published.n && !meta->ordered.n)
        diag(d, DIAG_WARNING, "date-missing", at, "write “date:” in the front matter, as in “date: 2019-02-07”",
            "the document does not say when it is from");
    if (!meta->author_count && !meta->publisher.n && !meta->committee.n && !meta->member_count)
        diag(d, DIAG_WARNING, "author-missing", at, "write “author:” or “publisher:” in the front matter",
            "the document does not say who it is from");
}
