/* Reads a file of hyphenation patterns with libhyphen, and writes the automaton that comes of it: pack_patterns IN.dic OUT. See
 * src/text/patterns.h. Run by embed.cmake when the build is configured. */
#include "../src/text/patterns.h"

#include <hyphen.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *what) {
    fprintf(stderr, "pack_patterns: %s\n", what);
    exit(1);
}

static void *memory(size_t size) {
    void *p = calloc(1, size + 1);
    if (!p) fail("out of memory");
    return p;
}

static char *file_read(const char *path, size_t *size) {
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END) != 0) fail("the patterns cannot be read");
    *size = (size_t)ftell(in);
    rewind(in);
    char *text = memory(*size);
    if (fread(text, 1, *size, in) != *size) fail("the patterns cannot be read");
    fclose(in);
    return text;
}

/* The first line names the character set. In UTF-8 words need not be converted. */
static char *decode(char *text, size_t size) {
    char *end = strchr(text, '\n');
    if (!end) fail("no line");
    char set[32] = "";
    sscanf(text, "%31s", set);
    if (strcmp(set, "UTF-8") == 0) return text;
    iconv_t to = iconv_open("UTF-8", set);
    if (to == (iconv_t)-1) fail("an unknown character set");
    size_t left = size - (size_t)(end - text), room = 2 * size + 8;
    char *out = memory(room), *p = out + sprintf(out, "UTF-8");
    if (iconv(to, &end, &left, &p, &room) == (size_t)-1) fail("bytes that are no characters");
    iconv_close(to);
    return out;
}

/* A pattern is its letters; figures say where it divides. Of two with the same letters in a level the later counts, and libhyphen forgets to
 * free the earlier: it is left out. */
typedef struct {
    const char *line;
    size_t size, number;
    char *key;
    bool out;
} Line;

static int by_key(const void *a, const void *b) {
    const Line *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : (left->number > right->number) - (left->number < right->number);
}

static int by_number(const void *a, const void *b) {
    const Line *left = a, *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

static char *prune(const char *text, size_t *size) {
    size_t count = 0, at = 0;
    for (const char *p = text; *p; p++) count += *p == '\n';
    Line *lines = memory((count + 1) * sizeof *lines);
    char level = '1';
    count = 0;
    for (const char *p = text; *p; count++) {
        const char *end = strchr(p, '\n');
        end = end ? end + 1 : p + strlen(p);
        char *key = memory((size_t)(end - p) + 2), *k = key;
        *k++ = level;
        for (const char *c = p; c < end && (unsigned char)*c > ' '; c++)
            if (*c < '0' || *c > '9') *k++ = *c;
        lines[count] = (Line){.line = p, .size = (size_t)(end - p), .number = count, .key = key};
        if (strncmp(p, "NEXTLEVEL", 9) == 0) level++;
        p = end;
    }
    qsort(lines, count, sizeof *lines, by_key);
    for (size_t i = 0; i + 1 < count; i++) lines[i].out = strcmp(lines[i].key, lines[i + 1].key) == 0;
    qsort(lines, count, sizeof *lines, by_number);
    char *kept = memory(strlen(text));
    for (size_t i = 0; i < count; i++) {
        if (lines[i].out) continue;
        memcpy(kept + at, lines[i].line, lines[i].size);
        at += lines[i].size;
    }
    *size = at;
    return kept;
}

static size_t string_size(const char *s) { return s ? strlen(s) + 1 : 0; }

/* nohyphen is as many strings, one behind the other. */
static size_t no_hyphen_size(const HyphenDict *level) {
    size_t size = 0;
    for (int i = 0; level->nohyphen && i <= level->nohyphenl; i++) size += strlen(level->nohyphen + size) + 1;
    return size;
}

static uint32_t string_put(char *strings, uint32_t *at, const char *s, size_t size) {
    if (!s) return PATTERN_NONE;
    uint32_t start = *at;
    memcpy(strings + start, s, size);
    *at += (uint32_t)size;
    return start;
}

static void level_write(FILE *out, const HyphenDict *dict) {
    size_t size = no_hyphen_size(dict), transitions = 0;
    for (int i = 0; i < dict->num_states; i++) {
        const HyphenState *s = &dict->states[i];
        size += string_size(s->match) + string_size(s->repl);
        if (s->num_trans > UINT8_MAX) fail("a state with too many transitions");
        transitions += (size_t)s->num_trans;
    }
    size = (size + 3) / 4 * 4;
    char *strings = memory(size);
    HyphenTrans *trans = memory(transitions * sizeof *trans);
    PatternState *states = memory((size_t)dict->num_states * sizeof *states);
    uint32_t at = 0, first = 0;
    PatternLevel level = {.left = dict->lhmin,
        .right = dict->rhmin,
        .compound_left = dict->clhmin,
        .compound_right = dict->crhmin,
        .utf8 = dict->utf8,
        .no_hyphen_count = dict->nohyphenl,
        .states = (uint32_t)dict->num_states,
        .transitions = (uint32_t)transitions,
        .strings = (uint32_t)size};
    level.no_hyphen = string_put(strings, &at, dict->nohyphen, no_hyphen_size(dict));
    for (int i = 0; i < dict->num_states; i++) {
        const HyphenState *s = &dict->states[i];
        /* Where nothing is replaced libhyphen leaves the replacement's place as the memory was. */
        states[i] = (PatternState){.replace_index = s->repl ? s->replindex : 0,
            .replace_cut = s->repl ? s->replcut : 0,
            .fallback = s->fallback_state,
            .first = first,
            .transitions = (uint8_t)s->num_trans};
        states[i].match = string_put(strings, &at, s->match, string_size(s->match));
        states[i].replacement = string_put(strings, &at, s->repl, string_size(s->repl));
        for (int t = 0; t < s->num_trans; t++, first++) { /* one by one: what lies between the members is nought */
            trans[first].ch = s->trans[t].ch;
            trans[first].new_state = s->trans[t].new_state;
        }
    }
    bool written = fwrite(&level, sizeof level, 1, out) == 1 &&
                   fwrite(states, sizeof *states, level.states, out) == level.states &&
                   fwrite(trans, sizeof *trans, transitions, out) == transitions && fwrite(strings, 1, size, out) == size;
    if (!written) fail("the file cannot be written");
}

int main(int count, char **words) {
    if (count != 3) fail("two names, please");
    size_t size;
    char *text = file_read(words[1], &size);
    text = prune(decode(text, size), &size);
    FILE *stream = fmemopen(text, size, "r"), *out = fopen(words[2], "wb");
    HyphenDict *dict = stream ? hnj_hyphen_load_file(stream) : NULL;
    if (!dict || !out) fail("the patterns cannot be taken in, or the file not be made");
    for (const HyphenDict *level = dict; level; level = level->nextlevel) level_write(out, level);
    if (fclose(out) != 0) fail("the file cannot be written");
    return 0;
}
