/* check: what is wrong with a document, and what is known of each kind of mistake.
 *
 * Every code that a diagnostic of the program can have is a Rule: how grave it is, in which profiles, what it says, why it matters and how
 * it is mended. They stand in the files rules_….c, by subject; `brief explain` prints them, and docs/checks.md is made from them.
 * What is not found on the way to the pages is found here, on the document as it is published: check_tree() and check_layout() go
 * through a list of functions, each in the file of its subject. Nothing is changed, and nothing in the files depends on it.
 *
 * A new rule: an entry in its rules_….c, a function in the file of its subject, a line in `tree_rules` or `layout_rules` (check.c), a
 * document in tests/checks/ that breaks it and one that does not.
 */
#ifndef BRIEF_CHECK_H
#define BRIEF_CHECK_H

#include "layout/layout.h"

/* ---- What is known of each code */

/* What is asked of a document: `basic` what every reader is owed, the others that and more. */
typedef enum { PROFILE_BASIC = 1, PROFILE_PUBLIC_SECTOR = 2, PROFILE_PRINT = 4, PROFILE_ALL = 7 } Profile;

typedef struct {
    const char *code;
    Severity severity; /* at its gravest */
    unsigned profiles; /* Profile bits; whatever `brief make` says is in all of them */
    const char *title; /* one line, without a full stop */
    const char *why, *mend;
} Rule;

typedef struct {
    const char *title;
    const Rule *rules; /* by code; the last has none */
} RuleGroup;

extern const RuleGroup rule_groups[]; /* the last has no title */
const Rule *rule_find(Str code); /* NULL: there is none */
Str rule_nearest(Arena *arena, Str code); /* empty: none is near */
bool profile_find(Str name, Profile *out);
Str profile_names(Arena *arena, unsigned profiles, const char *between);

/* Why and how, as text of at most `columns`, and all rules as one page of Markdown. */
void rule_explain(const Rule *rule, uint32_t columns, Buf *out);
void rules_list(Buf *out); /* a line for each */
void rules_markdown(Buf *out);

/* ---- Finding */

void check_tree(Diags *d, const Tree *tree, const Sheet *sheet); /* the sheet: which classes it knows */
void check_layout(Diags *d, const Layout *layout); /* what differs between the versions of a document, layout_faults() among it */

/* ---- What a file may claim */

/* What is found by which a claim would be false by its standard's words: reported with diag_claim(). `brief make` asks it, too, and
 * neither a profile nor an allowance changes what is true. */
void check_claims(Diags *d, const Layout *layout);
/* Which claims a finding of this code takes away, and by which words of the standards; 0 and NULL: none. */
unsigned code_claims(Str code, const char **clauses);
Str code_claims_text(Arena *arena, Str code); /* as a sentence; empty: none */

/* ---- Which findings count */

typedef struct {
    Profile profile;
    const Str *denied, *allowed; /* codes */
    uint32_t denied_count, allowed_count;
    bool deny_warnings;
} Policy;

/* Takes out what the profile does not ask for and what is allowed, on the command line or in `tree` (which may be NULL); makes errors of
 * what is denied, which neither can forgive. Errors stay. Reports codes allowed in the tree that are none. */
void check_apply(Diags *d, const Policy *policy, const Tree *tree);

/* ---- Findings for programs: docs/checks.md says what is in it. Documents one by one between begin and end. */

void findings_json_begin(Buf *out);
void findings_json_add(const Diags *d, Str file, bool first, Buf *out);
void findings_json_end(Buf *out);

#endif
