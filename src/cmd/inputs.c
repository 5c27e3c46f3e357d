/* Which documents: the operands, and the names in the file of --files-from.
 *
 * A name stands on a line of its own, and a line may end in CRLF. If there is a NUL in the file, names are parted by NUL instead (find
 * -print0, git ls-files -z), and may hold anything. A name is never an option, nor standard input.
 */
#include "cmd/plan.h"

#include <string.h>

typedef struct {
    Str *items;
    uint32_t count, capacity;
} Names;

static void name_take(Arena *arena, Names *names, Str name) {
    if (name.n == 0) return;
    *PUSH(arena, names, Str) = str_is(name, "-") ? STR("./-") : str_copy(arena, name);
}

static void names_read(Arena *arena, Names *names, Str list) {
    bool by_nul = list.n > 0 && memchr(list.p, '\0', list.n) != NULL;
    if (!by_nul && str_starts(list, STR("\xEF\xBB\xBF"))) list = str_slice(list, 3, list.n);
    while (list.n > 0) {
        const char *end = memchr(list.p, by_nul ? '\0' : '\n', list.n);
        size_t n = end == NULL ? list.n : (size_t)(end - list.p);
        Str name = str_slice(list, 0, n);
        if (!by_nul && str_ends(name, STR("\r"))) name.n--;
        name_take(arena, names, name);
        list = str_slice(list, end == NULL ? n : n + 1, list.n);
    }
}

bool inputs_collect(Invocation *invocation) {
    if (!option_given(invocation, "files-from")) return true;
    Arena *arena = invocation->arena;
    Str list;
    if (!file_read(arena, &invocation->diags, option_value(invocation, "files-from"), FILE_LIMIT, &list)) return false;
    Names names = {0};
    for (uint32_t i = 0; i < invocation->operand_count; i++) *PUSH(arena, &names, Str) = invocation->operands[i];
    names_read(arena, &names, list);
    invocation->operands = names.items;
    invocation->operand_count = names.count;
    return true;
}
