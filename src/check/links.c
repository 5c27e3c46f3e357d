/* Links: words that say where they lead (WCAG 2.2, 2.4.4), and lead to one place. Where they lead at all is asked by resolve/. */
#include "check/internal.h"

#include <string.h>

static const Phrase empty_words[] = {{"en", "here"}, {"en", "click here"}, {"en", "click"}, {"en", "click this link"},
    {"en", "click on this link"}, {"en", "follow this link"}, {"en", "go here"}, {"en", "see here"}, {"en", "see"},
    {"en", "read here"}, {"en", "download here"}, {"en", "download"}, {"en", "this"}, {"en", "this link"}, {"en", "link"},
    {"en", "the link"}, {"en", "this page"}, {"en", "this website"}, {"en", "this site"}, {"en", "this document"}, {"en", "more"},
    {"en", "see more"}, {"en", "read more"}, {"en", "read more here"}, {"en", "learn more"}, {"en", "find out more"},
    {"en", "more information"}, {"en", "more info"}, {"en", "further information"}, {"en", "more details"}, {"en", "details"},
    {"en", "continue"}, {"en", "continue reading"},
    /* Welsh */
    {"cy", "yma"}, {"cy", "cliciwch yma"}, {"cy", "clicio yma"}, {"cy", "gweler yma"}, {"cy", "dolen"}, {"cy", "y ddolen hon"},
    {"cy", "mwy"}, {"cy", "rhagor"}, {"cy", "darllen mwy"}, {"cy", "darllenwch fwy"}, {"cy", "mwy o wybodaeth"},
    {"cy", "rhagor o wybodaeth"}, {"cy", "dysgu mwy"}, {"cy", "lawrlwytho"},
    /* French */
    {"fr", "ici"}, {"fr", "cliquez ici"}, {"fr", "cliquer ici"}, {"fr", "ce lien"}, {"fr", "lien"}, {"fr", "cette page"},
    {"fr", "voir"}, {"fr", "voir ici"}, {"fr", "plus"}, {"fr", "lire plus"}, {"fr", "lire la suite"}, {"fr", "la suite"},
    {"fr", "suite"}, {"fr", "en savoir plus"}, {"fr", "savoir plus"}, {"fr", "plus d'informations"}, {"fr", "plus d'infos"},
    {"fr", "t\xC3\xA9l\xC3\xA9"
           "charger"},
    /* German */
    {"de", "hier"}, {"de", "hier klicken"}, {"de", "klicken sie hier"}, {"de", "klick hier"}, {"de", "dieser link"},
    {"de", "link"}, {"de", "diese seite"}, {"de", "mehr"}, {"de", "weiter"}, {"de", "mehr lesen"}, {"de", "weiterlesen"},
    {"de", "mehr erfahren"}, {"de", "mehr dazu"}, {"de", "mehr informationen"}, {"de", "weitere informationen"},
    {"de", "details"}, {"de", "herunterladen"}, {0}};

static const Phrase address_beginnings[] = {{"", "http://"}, {"", "https://"}, {"", "ftp://"}, {"", "www."}, {0}};

typedef struct {
    Diags *d;
    const Tree *tree;
    Arena *scratch;
    StrMap *leads; /* words → the first link that has them */
} Links;

static Str lower(Arena *arena, Str s) {
    char *out = str_c(arena, s);
    for (size_t i = 0; i < s.n; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] - 'A' + 'a');
    return (Str){out, s.n};
}

/* "www.gov.uk" and "gov.uk/pay" are names that can be said; an address that was copied is not. */
static bool is_address(Arena *arena, Str words) {
    if (words.n && !memchr(words.p, '/', words.n)) return false;
    return words.n && !memchr(words.p, ' ', words.n) && phrase_find(address_beginnings, STR("en"), lower(arena, words), true);
}

/* Of one page, http and https, with a "/" at its end or without, are the same. */
static Str page_of(Str target) {
    if (str_starts(target, STR("http://"))) target = str_slice(target, 7, target.n);
    if (str_starts(target, STR("https://"))) target = str_slice(target, 8, target.n);
    return str_ends(target, STR("/")) ? str_slice(target, 0, target.n - 1) : target;
}

static bool has_letter(Str words) {
    for (size_t i = 0; i < words.n; i++)
        if (char_is_letter(words.p[i]) || (unsigned char)words.p[i] >= 0x80) return true;
    return false;
}

/* Words that the program put there say what they lead to. */
static bool is_worded_by_program(const Node *link) {
    for (const Node *node = link->first; node; node = node->next)
        if (!node->generated) return false;
    return true;
}

static void compare(Links *l, const Node *link, Str key) {
    const Node *first = strmap_find(l->leads, key);
    if (!first) {
        strmap_put(l->leads, key, (void *)link);
        return;
    }
    if (str_equal(page_of(first->more->target), page_of(link->more->target))) return;
    diag(l->d, DIAG_WARNING, "link-ambiguous", node_place(l->tree, link), "say in the words of each what it leads to",
        "“" STR_FMT "” leads to another place here than in line %u",
        STR_ARG(words_quoted(l->d->arena, words_written(l->d->arena, link))), (unsigned)node_place(l->tree, first).line);
}

static void link_check(Links *l, const Node *link) {
    Str words = node_text(l->scratch, link);
    if (is_address(l->scratch, words)) {
        diag(l->d, DIAG_WARNING, "link-bare", node_place(l->tree, link), "write “[what is there](address)”",
            "the words of the link are an address: “" STR_FMT "”", STR_ARG(words_quoted(l->d->arena, words)));
        return;
    }
    if (is_worded_by_program(link)) return;
    Str key = words_key(l->scratch, words);
    if (phrase_find(empty_words, tree_language(l->tree, link), key, false))
        diag(l->d, DIAG_WARNING, "link-words", node_place(l->tree, link), "make the link of words that say what is there",
            "“" STR_FMT "” does not say where the link leads", STR_ARG(words_quoted(l->d->arena, words)));
    else if (has_letter(key))
        compare(l, link, key);
}

void links_check(Diags *d, const Tree *tree) {
    Arena *scratch = arena_open();
    Links links = {.d = d, .tree = tree, .scratch = scratch, .leads = strmap_new(scratch)};
    for (const Node *node = tree->root; node; node = written_next(node, tree->root))
        if (node->kind == NODE_LINK && !node->generated) link_check(&links, node);
    arena_close(scratch);
}
