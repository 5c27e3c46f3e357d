/* Names that may be put into a folder: relative, below it, and the same file on any machine. What EPUB 3.3 §4.2.3 forbids in a container is among
 * what Windows does. */
#include "record/record.h"

#define NAME_LIMIT 1024 /* bytes of a whole name */
#define PART_LIMIT 200 /* and of a part: with room for what a temporary file adds */

/* Devices on Windows, whatever the extension. */
static bool is_device(Str part) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t n = 0;
    while (n < part.n && part.p[n] != '.') n++;
    Str stem = str_trim(str_slice(part, 0, n));
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        bool numbered = i >= 4;
        if (!str_equal_nocase(str_slice(stem, 0, 3), str_from(devices[i]))) continue;
        if (stem.n == (numbered ? 4u : 3u) && (!numbered || char_is_digit(stem.p[3]))) return true;
    }
    return false;
}

static const char *part_fault(Str part) {
    if (part.n == 0) return "has an empty part";
    if (str_is(part, ".") || str_is(part, "..")) return "leads out of its folder or nowhere";
    if (part.n > PART_LIMIT) return "is too long";
    if (part.p[part.n - 1] == '.' || part.p[part.n - 1] == ' ' || part.p[0] == ' ')
        return "begins or ends with a space or a stop";
    if (is_device(part)) return "is that of a device on some machines";
    return NULL;
}

const char *record_name_fault(Str name) {
    if (name.n == 0) return "is empty";
    if (name.n > NAME_LIMIT) return "is too long";
    if (name.p[0] == '/') return "is an absolute path";
    if (utf8_find_bad(name) < name.n) return "is not UTF-8";
    for (size_t at = 0; at < name.n;) {
        uint32_t c = utf8_next(name, &at);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return "has a control character";
        if (c == 0xFFFE || c == 0xFFFF || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069))
            return "has a character that cannot be seen"; /* and may make it look like another name */
        for (const char *reserved = "\\:*?\"<>|"; *reserved; reserved++)
            if (c == (uint32_t)*reserved) return "has a character that is reserved on some machines";
    }
    for (size_t start = 0; start <= name.n;) {
        size_t end = start;
        while (end < name.n && name.p[end] != '/') end++;
        const char *fault = part_fault(str_slice(name, start, end));
        if (fault != NULL) return fault;
        start = end + 1;
    }
    return NULL;
}

Str record_name_key(Arena *arena, Str name) {
    Str key = str_copy(arena, name);
    char *p = (char *)(uintptr_t)key.p;
    for (size_t i = 0; i < key.n; i++)
        if (p[i] >= 'A' && p[i] <= 'Z') p[i] = (char)(p[i] - 'A' + 'a');
    return key;
}
