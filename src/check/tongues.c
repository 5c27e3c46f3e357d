/* The language that a voice will read in (WCAG 2.2, 3.1.1 and 3.1.2): one that there is, and, where none is named, the one that the words
 * are in. Without a name it is taken to be English; whether it is, the commonest words tell; of other scripts language.c tells.
 */
#include "check/internal.h"

#define WORDS_ENOUGH 20000 /* to tell a language by */
#define WORDS_FEWEST 3 /* of another language's commonest, before anything is said */

/* ISO 639-1, of which the subtags of two letters are (RFC 5646 §2.2.1). There is none of more than three letters. */
static const char two_letters[] = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
                                  "da de dv dz ee el en eo es et eu fa "
                                  "ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it "
                                  "iu iw ja ji jv jw ka kg ki kj kk kl "
                                  "km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb "
                                  "nd ne ng nl nn no nr nv ny oc oj om "
                                  "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
                                  "sw ta te tg th ti tk tl tn to tr ts "
                                  "tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

static bool words_hold(const char *words, Str word) {
    Str all = str_from(words);
    for (size_t at = 0; at + word.n + 2 <= all.n; at++)
        if (all.p[at] == ' ' && all.p[at + 1 + word.n] == ' ' && str_equal(str_slice(all, at + 1, at + 1 + word.n), word))
            return true;
    return false;
}

/* "und" and "mis" say that nobody knows. */
static bool is_known(Str tag) {
    size_t length = 0;
    while (length < tag.n && tag.p[length] != '-') length++;
    Str primary = str_slice(tag, 0, length);
    if (primary.n == 1) return true; /* private use */
    if (primary.n == 2) return words_hold(two_letters, primary);
    return primary.n == 3 && !str_is(primary, "und") && !str_is(primary, "mis");
}

static void tag_check(Diags *d, Str tag, Place at) {
    if (tag.n == 0 || is_known(tag)) return;
    diag(d, DIAG_WARNING, "language-unknown", at, "write a tag such as “en-GB”, “cy” or “fr” (ISO 639)",
        "there is no language “" STR_FMT "”: no voice can be chosen by it", STR_ARG(tag));
}

/* ---- A language that nobody named ----------------------------------------------------------------------------------- */

/* Words that stand in nearly every sentence, and in no other of these languages as often. */
static const char english[] = " the of and to is that for with by are this from have which has will their its been be it they ";
static const char others[] = " le les et des du une dans pour que qui est pas avec sur au nous vous der das und ist nicht ein "
                             "eine mit von dem f\xC3\xBCr auf sich "
                             "el los las por con para una del se il di che della per non sono gli het een van voor niet dat "
                             "wordt och att det som av \xC3\xA4r "
                             "f\xC3\xB6r inte og af ikke til med os uma n\xC3\xA3o dos si\xC4\x99 \xC5\xBC"
                             "e jest nie mae yn wedi gan gyda ac fod agus t\xC3\xA1 ";

typedef struct {
    uint32_t words, english, others;
    char word[16];
    size_t length; /* of the word so far; more than there is room for: a long one */
} Census;

static void word_end(Census *census) {
    Str word = {census->word, census->length};
    if (word.n > 0) census->words++;
    if (word.n > 1 && word.n <= sizeof census->word) {
        if (words_hold(english, word)) census->english++;
        if (words_hold(others, word)) census->others++;
    }
    census->length = 0;
}

static void letter_count(Census *census, Str bytes) {
    for (size_t i = 0; i < bytes.n; i++, census->length++) {
        char byte = bytes.p[i];
        if (census->length < sizeof census->word)
            census->word[census->length] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
}

static void text_count(Census *census, Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool ascii = c < 0x80 && char_is_letter((char)c);
        bool beyond = c != UTF8_BAD && (c >= 0xC0) && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) &&
                      (c < 0x3000 || c > 0x303F) && c < 0x1F000;
        if (ascii || beyond)
            letter_count(census, str_slice(text, from, at));
        else
            word_end(census);
    }
    word_end(census);
}

static void unnamed_check(Diags *d, const Tree *tree) {
    Census census = {0};
    for (const Node *node = tree->root; node && census.words < WORDS_ENOUGH;) {
        bool counts = node == tree->root || (node->more->language.n == 0 && !node->generated && !node->artifact);
        if (counts && node->kind == NODE_TEXT) text_count(&census, node->text);
        node = counts ? node_next(node, tree->root) : node_next_after(node, tree->root);
    }
    bool other_words = census.others >= WORDS_FEWEST && census.others > census.english;
    if (!other_words) return;
    diag(d, DIAG_WARNING, "language-doubtful", (Place){tree->source, 0, 0}, "write “lang:” in the front matter, as in “lang: fr”",
        "the document does not say its language and is taken to be in English, but its words are not");
}

void tongues_check(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    bool named = meta_place(tree, "lang").line > 0;
    if (named) tag_check(d, tree->meta.language, meta_place(tree, "lang"));
    if (!named) unnamed_check(d, tree);
    for (NodeNumber n = 0; n < tree->count; n++) tag_check(d, tree->nodes[n]->more->language, node_place(tree, tree->nodes[n]));
}
