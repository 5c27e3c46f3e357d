/* Addresses. Inside the book a link gets the name of the file that holds its target. What leads out of it has been through resolve/, so it
 * is a whole URI with a safe scheme; the rules below are what EPUB's reading systems and its checker ask for besides.
 */
#include "epub/content.h"

static size_t scheme_length(Str address) {
    for (size_t i = 0; i < address.n; i++) {
        if (address.p[i] == ':') return i;
        if (address.p[i] == '/' || address.p[i] == '?' || address.p[i] == '#') return 0;
    }
    return 0;
}

static bool is_one_of(Str scheme, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal_nocase(scheme, str_from(names[i]))) return true;
    }
    return false;
}

/* A port that is one, RFC 3986 §3.2.3. */
static bool port_valid(Str port) {
    uint32_t number = 0;
    for (size_t i = 0; i < port.n; i++) {
        if (port.p[i] < '0' || port.p[i] > '9') return false;
        number = number * 10 + (uint32_t)(port.p[i] - '0');
        if (number > 65535) return false;
    }
    return true;
}

/* After "//": a host without empty labels, and perhaps a port. */
static bool host_valid(Str rest) {
    if (!str_starts(rest, STR("//"))) return false;
    size_t begin = 2, end = 2;
    for (; end < rest.n && rest.p[end] != '/' && rest.p[end] != '?' && rest.p[end] != '#'; end++) {
        if (rest.p[end] == ' ') return false;
        if (rest.p[end] == '@') begin = end + 1;
    }
    Str host = str_slice(rest, begin, end);
    if (host.n > 0 && host.p[0] == '[') return host.p[host.n - 1] == ']';
    size_t label = 0, at = 0;
    for (; at < host.n && host.p[at] != ':'; at++) {
        if (host.p[at] == '.' && label == 0) return false;
        label = host.p[at] == '.' ? 0 : label + 1;
    }
    return at > 0 && port_valid(str_slice(host, at + 1, host.n));
}

static bool outside_address(Str address) {
    static const char *const with_host[] = {"https", "http"}, *const without[] = {"mailto", "tel"};
    size_t length = scheme_length(address);
    Str scheme = str_slice(address, 0, length), rest = str_slice(address, length + 1, address.n);
    if (is_one_of(scheme, with_host, sizeof with_host / sizeof *with_host)) return host_valid(rest);
    return rest.n > 0 && is_one_of(scheme, without, sizeof without / sizeof *without);
}

bool link_address(const Writer *w, const Node *link, Str *address) {
    Book *book = w->book;
    if (link->more->target.n > 0 && link->more->target.p[0] == '#') {
        const Node *target = strmap_find(book->targets, str_slice(link->more->target, 1, link->more->target.n));
        if (!target) return false;
        *address = book_href(book, w->file, target);
        return true;
    }
    *address = link->more->target;
    if (outside_address(link->more->target)) return true;
    if (book->diags)
        diag(book->diags, DIAG_WARNING, "epub-link", node_place(book->tree, link),
            "give the whole address, beginning with https://",
            "“" STR_FMT "” leads nowhere from inside an EPUB; there the words are kept without the link",
            STR_ARG(link->more->target));
    return false;
}
