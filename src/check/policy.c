/* Which findings count, and as what: profile, what is denied, what is allowed. */
#include "check/internal.h"

static bool is_among(Str code, const Str *codes, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(code, codes[i])) return true;
    return false;
}

/* Of the findings no more are kept than some thousands, so that this costs no more than the document's length. */
static bool is_allowed_there(const Diag *found, const Tree *tree) {
    if (!tree || found->at.source != tree->source) return false;
    for (uint32_t i = 0; i < tree->allowances.count; i++) {
        const Allowance *allowance = &tree->allowances.items[i];
        if (found->at.line >= allowance->from && found->at.line <= allowance->to && str_is(allowance->code, found->code))
            return true;
    }
    return false;
}

/* False: it is not to be told. */
static bool counts(Diag *found, const Policy *policy, const Tree *tree) {
    Str code = str_from(found->code);
    const Rule *rule = rule_find(code);
    if (found->severity == DIAG_ERROR) return true;
    if (is_among(code, policy->denied, policy->denied_count)) {
        found->severity = DIAG_ERROR;
        return true;
    }
    if (rule && !(rule->profiles & (unsigned)policy->profile)) return false;
    if (is_among(code, policy->allowed, policy->allowed_count) || is_allowed_there(found, tree)) return false;
    if (policy->deny_warnings && found->severity == DIAG_WARNING) found->severity = DIAG_ERROR;
    return true;
}

static void allowances_check(Diags *d, const Tree *tree) {
    for (uint32_t i = 0; i < tree->allowances.count; i++) {
        const Allowance *allowance = &tree->allowances.items[i];
        if (rule_find(allowance->code)) continue;
        Str nearest = rule_nearest(d->arena, allowance->code);
        const char *hint = nearest.n ? str_format(d->arena, "did you mean “" STR_FMT "”?", STR_ARG(nearest)).p
                                     : "“brief explain” lists the codes";
        diag(d, DIAG_WARNING, "allow-unknown", (Place){tree->source, allowance->line, allowance->column}, hint,
            "there is no code “" STR_FMT "” to allow", STR_ARG(allowance->code));
    }
}

void check_apply(Diags *d, const Policy *policy, const Tree *tree) {
    if (tree) allowances_check(d, tree);
    uint32_t kept = 0, errors = 0, warnings = 0, errors_kept = 0, warnings_kept = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        Diag found = d->items[i];
        errors += found.severity == DIAG_ERROR;
        warnings += found.severity == DIAG_WARNING;
        if (!counts(&found, policy, tree)) continue;
        errors_kept += found.severity == DIAG_ERROR;
        warnings_kept += found.severity == DIAG_WARNING;
        d->items[kept++] = found;
    }
    /* Of those that were too many to keep, only the numbers are known: what is denied may be among them. */
    uint32_t errors_lost = d->errors - errors, warnings_lost = d->warnings - warnings;
    if (policy->deny_warnings || policy->denied_count) {
        errors_lost += warnings_lost;
        warnings_lost = 0;
    }
    d->count = kept;
    d->errors = errors_kept + errors_lost;
    d->warnings = warnings_kept + warnings_lost;
}
