/* What the targets share: the world that a document finds, opened once, and one document's way to both files. Everything is in memory. */
#ifndef BRIEF_FUZZ_H
#define BRIEF_FUZZ_H

#include "cmd/internal.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size, uint8_t *out, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most); /* libFuzzer's own */

/* The files that a document can name, by name; `batch.files`. */
typedef struct {
    Arena *arena;
    Batch batch;
} World;
World *world(void);
void world_file(const char *name, Str bytes); /* puts one there, or in the place of another */
void world_rest(void); /* between two inputs: what is kept from one to the next is kept small */

/* What of a document is looked at besides both files. */
enum {
    LOOK_PRINT = 1,
    LOOK_LARGE_PRINT = 2,
    LOOK_FINAL = 4,
    LOOK_EMBED = 8,
    LOOK_CHECK = 16, /* `brief check`, with both reports */
    LOOK_DUMPS = 32,
};
/* From read to both files. */
void document_through(Str text, unsigned look);

/* The path of a file that holds these bytes, until the next: for what wants a file. It is in memory, too. */
char *file_of(const uint8_t *data, size_t size);
/* Runs a command with the words behind its name. What it prints nobody needs: -close_fd_mask=3 keeps it off the screen. */
void command_through(const Command *command, int argc, char **argv);

static inline Str input_text(const uint8_t *data, size_t size) { return (Str){(const char *)data, size}; }
/* For what is not done with every input: the same for the same one. */
static inline uint32_t input_number(const uint8_t *data, size_t size) {
    return (uint32_t)(str_hash(input_text(data, size), STR_HASH_SEED) >> 32);
}

#endif
