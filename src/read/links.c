/* Bare links: addresses that stand in the text without any mark-up. The rules are those of GitHub Flavored Markdown §6.9 (extended
 * autolinks); cmark-gfm's own extension is not used, since the version that Debian 12 carries reads out of bounds in it.
 * Everything here is one pass: no byte is looked at more than a few times whatever the text is. */
#include "read/internal.h"
#include <string.h>

#define HOST_LIMIT 255 /* RFC 1035 §2.3.4; also what keeps the scan linear */

static bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/* What ends an address: white space and control characters, what Markdown or prose would put behind it. */
static bool ends_address(Str text, size_t at) {
    char c = text.p[at];
    if ((unsigned char)c <= ' ' || c == 0x7F) return true;
    if (c == '<' || c == '>' || c == '"' || c == '\\' || c == '`' || c == '[' || c == ']' || c == '{' || c == '}' || c == '|')
        return true;
    if (((unsigned char)c & 0xC0) != 0xC0) return false;
    size_t next = at;
    uint32_t code = utf8_next(text, &next);
    return code == 0xA0 || code == 0xAB || code == 0xBB || (code >= 0x2000 && code <= 0x206F) ||
           (code >= 0x3000 && code <= 0x301F);
}

static bool may_precede(Str text, size_t at) {
    if (at == 0) return true;
    char c = text.p[at - 1];
    return !is_alnum(c) && c != '/' && c != '@' && c != '.' && c != '-' && c != ':' && c != '&' && c != '=';
}

/* Host names: groups of letters, digits, hyphens; an underscore in none of the last two. Returns the end, or `at` when it is no host. */
static size_t scan_host(Str text, size_t at, bool needs_dot) {
    size_t start = at, dots = 0;
    bool underscore_last = false, underscore_before = false;
    while (at < text.n && at - start < HOST_LIMIT) {
        char c = text.p[at];
        if (c == '_') {
            underscore_last = true;
        } else if (c == '.') {
            if (at + 1 >= text.n || !(is_alnum(text.p[at + 1]) || (unsigned char)text.p[at + 1] >= 0x80)) break;
            underscore_before = underscore_last;
            underscore_last = false;
            dots++;
        } else if (!is_alnum(c) && c != '-' && ((unsigned char)c < 0x80 || ends_address(text, at))) {
            break;
        }
        at++;
    }
    return at == start || underscore_last || underscore_before || (needs_dot && dots == 0) ? start : at;
}

static bool ends_sentence(char c) {
    return c == '?' || c == '!' || c == '.' || c == ',' || c == ':' || c == ';' || c == '*' || c == '_' || c == '~' || c == '\'';
}

size_t bare_link_trim(Str text, size_t from, size_t to) {
    size_t open = 0, close = 0;
    for (size_t i = from; i < to; i++) {
        open += text.p[i] == '(';
        close += text.p[i] == ')';
    }
    while (to > from) {
        char c = text.p[to - 1];
        if (c == ')' && close > open) {
            close--;
            to--;
        } else if (c == ';') {
            /* "&copy;" at the end is a character, not part of the address */
            size_t at = to - 1;
            while (at > from && is_alnum(text.p[at - 1])) at--;
            to = at > from && at < to - 1 && text.p[at - 1] == '&' ? at - 1 : to - 1;
        } else if (ends_sentence(c)) {
            to--;
        } else {
            break;
        }
    }
    return to;
}

static size_t address_end(Str text, size_t at) {
    while (at < text.n && !ends_address(text, at)) at++;
    return at;
}

static bool matches_nocase(Str text, size_t at, const char *word) {
    Str expected = str_from(word);
    return at + expected.n <= text.n && str_equal_nocase(str_slice(text, at, at + expected.n), expected);
}

/* An address that begins at `at`: "http://", "https://", "www." */
static bool find_address(Str text, size_t at, BareLink *link) {
    size_t host;
    if (matches_nocase(text, at, "http://"))
        host = at + 7;
    else if (matches_nocase(text, at, "https://"))
        host = at + 8;
    else if (matches_nocase(text, at, "www."))
        host = at;
    else
        return false;
    link->kind = host == at ? BARE_WWW : BARE_ADDRESS;
    if (!may_precede(text, at) || scan_host(text, host, host == at) == host) return false;
    link->from = at;
    link->to = bare_link_trim(text, at, address_end(text, host));
    return link->to > host;
}

static bool is_mailbox(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+'; }

/* An e-mail address around the "@" at `at`; nothing before `floor` belongs to it. */
static bool find_mail(Str text, size_t at, size_t floor, BareLink *link) {
    size_t from = at, to = at + 1, dots = 0;
    while (from > floor && is_mailbox(text.p[from - 1])) from--;
    while (from < at && text.p[from] == '.') from++;
    while (to < text.n && (is_alnum(text.p[to]) || text.p[to] == '-' || text.p[to] == '_' || text.p[to] == '.')) {
        if (text.p[to] == '.') {
            if (to + 1 >= text.n || !is_alnum(text.p[to + 1])) break;
            dots++;
        }
        to++;
    }
    if (from == at || dots == 0 || text.p[to - 1] == '-' || text.p[to - 1] == '_') return false;
    if (to < text.n && text.p[to] == '@') return false;
    if (from > 0 && (text.p[from - 1] == '/' || text.p[from - 1] == '@')) return false;
    *link = (BareLink){from, to, BARE_MAIL};
    return true;
}

/* Whether one of the signs that every address has is there: "@", "://" or "www.". Most blocks have none. */
static bool may_hold_address(Str text) {
    const char *end = text.p + text.n;
    if (text.n == 0) return false;
    if (memchr(text.p, '@', text.n)) return true;
    for (const char *p = text.p; (p = memchr(p, ':', (size_t)(end - p))); p++)
        if (end - p >= 3 && p[1] == '/' && p[2] == '/') return true;
    for (const char *p = text.p; (p = memchr(p, '.', (size_t)(end - p))); p++)
        if (p - text.p >= 3 && (p[-1] | 0x20) == 'w') return true;
    return false;
}

void bare_links_find(Arena *arena, Str text, BareLinks *out) {
    size_t floor = 0;
    out->count = 0;
    if (!may_hold_address(text)) return;
    for (size_t at = 0; at < text.n; at++) {
        char c = text.p[at];
        BareLink link;
        bool found = false;
        if (c == 'h' || c == 'H' || c == 'w' || c == 'W')
            found = find_address(text, at, &link);
        else if (c == '@')
            found = find_mail(text, at, floor, &link);
        if (!found) {
            if (c == '@') floor = at + 1;
            continue;
        }
        *PUSH(arena, out, BareLink) = link;
        floor = link.to;
        at = link.to - 1;
    }
}
