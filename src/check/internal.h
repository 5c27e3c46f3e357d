/* Private to check/: the tables of rules, and the functions that find. */
#ifndef BRIEF_CHECK_INTERNAL_H
#define BRIEF_CHECK_INTERNAL_H

#include "check/check.h"

extern const Rule rules_text[], rules_front_matter[], rules_structure[], rules_notes[], rules_images[], rules_pages[], rules_sheets[],
    rules_files[];

/* images.c */
void images_check_words(Diags *d, const Tree *tree);
void images_check_size(Diags *d, const Layout *layout);
void images_check_motion(Diags *d, const Layout *layout);

/* What only claims ask: tongues.c, names.c, contrast.c */
void tongues_check(Diags *d, const Layout *layout);
void names_check(Diags *d, const Layout *layout);
void characters_check(Diags *d, const Layout *layout);
void contrast_check(Diags *d, const Layout *layout);

#endif
