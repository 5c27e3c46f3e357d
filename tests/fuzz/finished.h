/* What the targets pdf and epub do: the commands that read finished files. What a file carries is taken out into a folder that is made once. */
#ifndef BRIEF_FUZZ_FINISHED_H
#define BRIEF_FUZZ_FINISHED_H

#include "fuzz.h"

#include <stdlib.h>
#include <stdio.h>

/* One of them, since all read the file in the same way first, which takes most of the time. */
static inline void finished_through(const uint8_t *data, size_t size) {
    static char folder[] = "/tmp/brief-fuzz-XXXXXX";
    static bool made;
    char *file = file_of(data, size);
    char text[] = "--format=text", json[] = "--format=json", force[] = "--force";
    switch (input_number(data, size) % 8) {
    case 0: command_through(&command_info, 2, (char *[]){text, file}); break;
    case 1: case 2: case 3: command_through(&command_info, 2, (char *[]){json, file}); break;
    case 4: case 5: case 6: command_through(&command_verify, 1, (char *[]){file}); break;
    default:
        if (!made && !mkdtemp(folder)) {
            perror(folder);
            exit(1);
        }
        made = true;
        command_through(&command_extract, 3, (char *[]){force, file, folder});
    }
}

#endif
