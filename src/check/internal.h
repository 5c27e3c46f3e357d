/* Private to check/: the tables of rules, and the functions that find. */
#ifndef BRIEF_CHECK_INTERNAL_H
#define BRIEF_CHECK_INTERNAL_H

#include "check/check.h"

extern const Rule rules_text[], rules_front_matter[], rules_structure[], rules_notes[], rules_images[], rules_pages[], rules_sheets[],
    rules_files[];

/* images.c */
void images_check_words(Diags *d, const Tree *tree);
void images_check_size(Diags *d, const Layout *layout);

#endif
