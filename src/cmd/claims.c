/* What finished files claim to be, told to people, and --strict: who asks for it wants every claim or no file. */
#include "cmd/plan.h"

#define REASONS_SHOWN 3 /* of one claim that is not made */

static unsigned form_claims(Form form) { return form == FORM_EPUB ? CLAIM_EPUB_A11Y : CLAIM_PDF_UA | CLAIM_PDF_A; }

/* A PDF that carries its source is of another part of PDF/A. */
static const char *claim_name(unsigned claim, bool carries) {
    if (claim == CLAIM_PDF_A) return carries ? "PDF/A-3a" : "PDF/A-2a";
    return claim == CLAIM_PDF_UA ? "PDF/UA-1" : "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
}

static void made_add(Buf *out, Form form, unsigned claims, bool carries) {
    buf_add_c(out, "  claims ");
    if (form == FORM_EPUB) {
        buf_add_c(out, "EPUB 3.3");
        if (claims & CLAIM_EPUB_A11Y) buf_format(out, ", %s", claim_name(CLAIM_EPUB_A11Y, carries));
    } else {
        if (claims & CLAIM_PDF_UA) buf_format(out, "%s, ", claim_name(CLAIM_PDF_UA, carries));
        buf_add_c(out, claims & CLAIM_PDF_A ? claim_name(CLAIM_PDF_A, carries) : carries ? "PDF/A-3u" : "PDF/A-2u");
    }
    buf_add_char(out, '\n');
}

/* "  not PDF/UA-1: article.md:12:3: the image … [image-alt]" */
static void lost_add(Buf *out, const Diags *d, unsigned claim, bool carries) {
    const char *name = claim_name(claim, carries);
    uint32_t count = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        const Diag *said = &d->items[i];
        if (!(said->claims_lost & claim) || ++count > REASONS_SHOWN) continue;
        buf_format(out, "  not %s: ", name);
        if (said->at.source) buf_add(out, said->at.source->name);
        if (said->at.line) buf_format(out, ":%u", (unsigned)said->at.line);
        if (said->at.line && said->at.column) buf_format(out, ":%u", (unsigned)said->at.column);
        buf_format(out, ": " STR_FMT " [%s]\n", STR_ARG(said->message), said->code);
    }
    if (count > REASONS_SHOWN)
        buf_format(out, "  not %s: and for %u more reasons\n", name, (unsigned)(count - REASONS_SHOWN));
    else if (count == 0)
        buf_format(out, "  not %s: there were too many warnings to tell which\n", name);
}

void claims_tell(Buf *out, const Diags *d, Form form, unsigned claims, bool carries) {
    made_add(out, form, claims, carries);
    for (unsigned claim = 1; claim < CLAIM_ALL; claim <<= 1)
        if (claim & form_claims(form) & ~claims) lost_add(out, d, claim, carries);
}

bool claims_demand(Diags *d, const Product *product, const unsigned claims[FORM_COUNT]) {
    unsigned lost = 0;
    for (Form form = 0; form < FORM_COUNT; form++)
        if (product->outputs[form].n > 0) lost |= form_claims(form) & ~claims[form];
    if (lost == 0) return true;
    uint32_t count = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        Diag *said = &d->items[i];
        if (!(said->claims_lost & lost) || said->severity != DIAG_WARNING) continue;
        said->severity = DIAG_ERROR;
        d->warnings--;
        d->errors++;
        count++;
    }
    if (count == 0) d->errors += d->dropped > 0; /* one of those that were too many to keep */
    return d->errors == 0;
}
