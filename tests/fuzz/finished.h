/* What the targets pdf and epub do: the commands that read finished files. What a file carries is taken out into a folder that is made once. */
#ifndef BRIEF_FUZZ_FINISHED_H
#define BRIEF_FUZZ_FINISHED_H

#include "fuzz.h"

#include <stdlib.h>
#include <stdio.h>

static inline void finished_through(const uint8_t *data, size_t size) {
    static char folder[] = "/tmp/brief-fuzz-XXXXXX";
    static bool made;
    char *file = file_of(data, size);
    char text[] = "--format=text", json[] = "--format=json", force[] = "--force";
    command_through(&command_info, 2, (char *[]){one_in(2, data, size) ? json : text, file});
    command_through(&command_verify, 1, (char *[]){file});
    if (!one_in(4, data, size)) return;
    if (!made && !mkdtemp(folder)) {
        perror(folder);
        exit(1);
    }
    made = true;
    command_through(&command_extract, 3, (char *[]){force, file, folder});
}

#endif
