/* Addresses: which schemes a document may name, and an address as a valid URI of 7-bit characters, which is what PDF takes
 * (ISO 32000-1 §12.6.4.7). RFC 3986; what a person pastes (spaces, letters with accents) is percent-encoded as RFC 3987 §3.1 says,
 * the host included. */
#include "resolve/passes.h"

static const char *const safe_schemes[] = {"http", "https", "mailto", "tel"};

static bool is_among(char c, const char *set) {
    while (*set && *set != c) set++;
    return *set != '\0';
}

static int hex_value(char c) {
    if (char_is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool is_escape(Str s, size_t at) {
    return at + 2 < s.n && s.p[at] == '%' && hex_value(s.p[at + 1]) >= 0 && hex_value(s.p[at + 2]) >= 0;
}

static void add_escape(Buf *out, char c) {
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    buf_add_char(out, '%');
    buf_add_char(out, digits[byte >> 4]);
    buf_add_char(out, digits[byte & 15]);
}

/* Percent-encodes all but what RFC 3986 §2 lets stand and the characters of `also`. */
static void add_encoded(Buf *out, Str s, const char *also) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (char_is_letter(c) || char_is_digit(c) || is_among(c, "-._~!$&'()*+,;=") || is_among(c, also) || is_escape(s, i))
            buf_add_char(out, c);
        else
            add_escape(out, c);
    }
}

/* Path, query and fragment: a second "#" may not stand. */
static void add_rest(Buf *out, Str s) {
    size_t hash = 0;
    while (hash < s.n && s.p[hash] != '#') hash++;
    add_encoded(out, str_slice(s, 0, hash), ":@/?");
    if (hash == s.n) return;
    buf_add_char(out, '#');
    add_encoded(out, str_slice(s, hash + 1, s.n), ":@/?");
}

static size_t scheme_length(Str s) {
    if (s.n == 0 || !char_is_letter(s.p[0])) return 0;
    size_t n = 1;
    while (n < s.n && (char_is_letter(s.p[n]) || char_is_digit(s.p[n]) || is_among(s.p[n], "+-."))) n++;
    return n < s.n && s.p[n] == ':' ? n : 0;
}

static Str scheme_lower(Arena *arena, Str scheme) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < scheme.n; i++) {
        char c = scheme.p[i];
        buf_add_char(&out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    return buf_str(&out);
}

/* RFC 3986 §3.2.2: a registered name, or an address in brackets; and after it perhaps a port. */
static bool host_is_sound(Str host) {
    size_t n = host.n, port = host.n;
    if (n && host.p[0] == '[') {
        size_t close = 1;
        while (close < n && (hex_value(host.p[close]) >= 0 || host.p[close] == ':' || host.p[close] == '.')) close++;
        if (close < 3 || close >= n || host.p[close] != ']') return false;
        port = close + 1;
    } else {
        for (size_t i = 0; i < n && port == n; i++) {
            char c = host.p[i];
            if (c == ':')
                port = i;
            else if (!char_is_letter(c) && !char_is_digit(c) && !is_among(c, "-._~") && (unsigned char)c < 0x80)
                return false;
        }
        if (port == 0) return false;
    }
    if (port == n) return true;
    if (host.p[port] != ':' || n - port > 6) return false;
    for (size_t i = port + 1; i < n; i++) {
        if (!char_is_digit(host.p[i])) return false;
    }
    return true;
}

static bool add_authority(Buf *out, Str authority) {
    size_t at = authority.n; /* behind the last "@" the host begins */
    while (at > 0 && authority.p[at - 1] != '@') at--;
    Str host = str_slice(authority, at, authority.n);
    if (!host_is_sound(host)) return false;
    if (at > 0) {
        add_encoded(out, str_slice(authority, 0, at - 1), ":");
        buf_add_char(out, '@');
    }
    add_encoded(out, host, ":[]");
    return true;
}

/* Browsers leave tabs and line ends out of an address, wherever they stand; so "java\nscript:" would be one. */
static Str without_breaks(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < s.n; i++) {
        if (!is_among(s.p[i], "\t\n\r") && s.p[i] != '\0') buf_add_char(&out, s.p[i]);
    }
    Str kept = buf_str(&out);
    while (kept.n && (unsigned char)kept.p[0] <= ' ') kept = str_slice(kept, 1, kept.n);
    while (kept.n && (unsigned char)kept.p[kept.n - 1] <= ' ') kept.n--;
    return kept;
}

AddressKind address_check(Arena *arena, Str address, Str *out) {
    Str s = without_breaks(arena, address);
    if (str_equal_nocase(str_slice(s, 0, 4), STR("www."))) s = str_format(arena, "http://" STR_FMT, STR_ARG(s));
    /* "//example.org": the scheme of the page that it stands on, RFC 3986 §4.2; a file has none, and would look on its own network. */
    if (str_starts(s, STR("//"))) s = str_format(arena, "https:" STR_FMT, STR_ARG(s));
    Buf uri = buf_new(arena);
    size_t n = scheme_length(s);
    if (n == 0) {
        size_t part = 0; /* a ":" in the first part of a relative reference would make it a scheme, RFC 3986 §4.2 */
        while (part < s.n && !is_among(s.p[part], "/?#:")) part++;
        if (s.n == 0 || (part < s.n && s.p[part] == ':')) return ADDRESS_BROKEN;
        return ADDRESS_RELATIVE;
    }
    Str scheme = scheme_lower(arena, str_slice(s, 0, n));
    bool safe = false;
    for (size_t i = 0; i < sizeof safe_schemes / sizeof safe_schemes[0]; i++) safe = safe || str_is(scheme, safe_schemes[i]);
    if (!safe) {
        *out = scheme;
        return ADDRESS_UNSAFE;
    }
    Str rest = str_slice(s, n + 1, s.n);
    buf_add(&uri, scheme);
    buf_add_char(&uri, ':');
    if (str_is(scheme, "mailto") || str_is(scheme, "tel")) {
        if (rest.n == 0) return ADDRESS_BROKEN;
    } else {
        if (!str_starts(rest, STR("//"))) return ADDRESS_BROKEN;
        size_t end = 2;
        while (end < rest.n && !is_among(rest.p[end], "/?#")) end++;
        buf_add_c(&uri, "//");
        if (!add_authority(&uri, str_slice(rest, 2, end))) return ADDRESS_BROKEN;
        rest = str_slice(rest, end, rest.n);
    }
    add_rest(&uri, rest);
    *out = buf_str(&uri);
    return ADDRESS_SAFE;
}

Str address_decode(Arena *arena, Str s) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < s.n; i++) {
        if (is_escape(s, i)) {
            buf_add_char(&out, (char)(hex_value(s.p[i + 1]) * 16 + hex_value(s.p[i + 2])));
            i += 2;
        } else {
            buf_add_char(&out, s.p[i]);
        }
    }
    Str decoded = buf_str(&out);
    return utf8_find_bad(decoded) == decoded.n ? decoded : s;
}
