/* Addresses. Inside the book a link gets the name of the file that holds its target. Outside, EPUB 3.3 §3.6 allows only whole
 * addresses: a relative one would name a file of the container that is not there.
 */
#include "epub/content.h"

/* Schemes that reading systems can follow and EPUBCheck knows as registered. */
static bool scheme_known(Str address, size_t *end) {
    static const char *const schemes[] = {"https", "http", "mailto", "tel", "ftp", "sftp", "news", "irc", "xmpp", "sip", "geo", "doi"};
    size_t colon = 0;
    while (colon < address.n && address.p[colon] != ':') colon++;
    *end = colon + 1;
    if (colon == address.n) return false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (str_equal_nocase(str_slice(address, 0, colon), str_from(schemes[i]))) return true;
    }
    return false;
}

/* RFC 3986 §2: what an address may not hold as it stands; and a "%" that begins no escape. */
static bool must_escape(Str address, size_t at) {
    unsigned char c = (unsigned char)address.p[at];
    if (c <= 0x20 || c == 0x7F) return true;
    if (c == '%') {
        static const char digits[] = "0123456789abcdefABCDEF";
        for (size_t i = at + 1; i < at + 3; i++) {
            bool hexadecimal = false;
            for (size_t k = 0; k + 1 < sizeof digits; k++) hexadecimal |= i < address.n && address.p[i] == digits[k];
            if (!hexadecimal) return true;
        }
        return false;
    }
    static const char refused[] = "\"<>\\^`{|}";
    for (size_t k = 0; k + 1 < sizeof refused; k++) {
        if (address.p[at] == refused[k]) return true;
    }
    return false;
}

static bool is_host_end(char c) { return c == '/' || c == '?' || c == '#'; }

/* After the scheme: "//", then a host that is not empty and holds nothing that a host cannot. */
static bool host_valid(Str rest) {
    if (!str_starts(rest, STR("//"))) return false;
    size_t at = 2, colons = 0;
    for (; at < rest.n && !is_host_end(rest.p[at]); at++) {
        if (must_escape(rest, at) || rest.p[at] == '%' || rest.p[at] == '[' || rest.p[at] == ']') return false;
        if (rest.p[at] == '@') colons = 0;
        else if (rest.p[at] == ':') colons++;
        else if (colons > 0 && (rest.p[at] < '0' || rest.p[at] > '9')) return false;
        if (colons > 1) return false;
    }
    return at > 2 && rest.p[2] != ':' && rest.p[2] != '@';
}

static Str address_escaped(Arena *arena, Str address) {
    static const char digits[] = "0123456789ABCDEF";
    Buf out = buf_new(arena);
    for (size_t at = 0; at < address.n; at++) {
        if (must_escape(address, at)) {
            unsigned char c = (unsigned char)address.p[at];
            buf_add_char(&out, '%');
            buf_add_char(&out, digits[c >> 4]);
            buf_add_char(&out, digits[c & 15]);
        } else {
            buf_add_char(&out, address.p[at]);
        }
    }
    return buf_str(&out);
}

static bool outside_address(Arena *arena, Str target, Str *address) {
    size_t after_scheme;
    if (!scheme_known(target, &after_scheme)) return false;
    Str rest = str_slice(target, after_scheme, target.n);
    bool web = target.p[0] == 'h' || target.p[0] == 'H' || target.p[0] == 'f' || target.p[0] == 'F';
    if (web ? !host_valid(rest) : rest.n == 0) return false;
    *address = address_escaped(arena, target);
    return true;
}

bool link_address(const Writer *w, const Node *link, Str *address) {
    Book *book = w->book;
    if (link->target.n > 0 && link->target.p[0] == '#') {
        const Node *target = strmap_find(book->targets, str_slice(link->target, 1, link->target.n));
        if (!target) return false;
        *address = book_href(book, w->file, target);
        return true;
    }
    if (outside_address(book->arena, link->target, address)) return true;
    if (book->diags) {
        diag(book->diags, DIAG_WARNING, "epub-link", node_place(book->tree, link), "give the whole address, beginning with https://",
            "“" STR_FMT "” leads nowhere from inside an EPUB; the words are kept without the link", STR_ARG(link->target));
    }
    return false;
}
