/* Images: alternative text that tells nothing, and too few pixels for paper, or far too many. */
#include "check/internal.h"

#define DPI_LEAST 150
#define DPI_MOST 600
#define BYTES_MOST ((size_t)1 << 20)
#define ALT_MOST 250 /* characters of an alternative text */

static const char *const file_endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".tif", ".tiff", ".pdf", ".bmp"};

/* What programs put there when nobody says anything (WCAG 2.2, failure F30). */
static const char *const placeholders[] = {"image", "picture", "photo", "photograph", "figure", "graphic", "logo", "icon",
    "spacer", "alt", "alt text", "alternative text", "image description", "description", "untitled", "null", "undefined", "todo",
    "tbd", "bild", "foto", "grafik", "imagen", "immagine"};

static Str letters_lower(Arena *arena, Str text) {
    Buf lower = buf_new(arena);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_add_char(&lower, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buf_str(&lower);
}

/* "image", "IMG_1234.jpg", or the name of the image's own file with or without its ending. */
static bool is_file_name(Arena *arena, Str alt, Str target) {
    Str words = letters_lower(arena, str_trim(alt)), name = letters_lower(arena, path_name(target));
    if (!words.n) return false;
    if (str_equal(words, name)) return true;
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (str_is(words, placeholders[i])) return true;
    for (size_t i = 0; i < sizeof file_endings / sizeof *file_endings; i++) {
        Str ending = str_from(file_endings[i]);
        if (str_ends(words, ending)) return true;
        /* "bridge" for bridge.png may be meant; "dsc_0042" or "old-bridge" for such a file is not */
        Str stem = str_ends(name, ending) ? str_slice(name, 0, name.n - ending.n) : STR("");
        bool made = false;
        for (size_t k = 0; k < stem.n; k++) made = made || char_is_digit(stem.p[k]) || stem.p[k] == '_' || stem.p[k] == '-';
        if (made && str_equal(words, stem)) return true;
    }
    return false;
}

/* A voice says that it is an image before it reads what stands there. */
static const Phrase image_beginnings[] = {{"en", "image of "}, {"en", "an image of "}, {"en", "the image of "},
    {"en", "picture of "}, {"en", "a picture of "}, {"en", "photo of "}, {"en", "a photo of "}, {"en", "graphic of "},
    {"en", "a graphic of "}, {"en", "image showing "}, {"en", "an image showing "}, {"en", "picture showing "},
    {"en", "a picture showing "}, {"en", "this image "}, {"en", "this picture "}, {"en", "this photo "},
    {"en", "the image shows "}, {"en", "the picture shows "}, {"cy", "llun o "}, {"cy", "delwedd o "}, {"cy", "llun yn dangos "},
    {"cy", "delwedd yn dangos "}, {"fr", "image de "}, {"fr", "image d'"}, {"fr", "image du "}, {"fr", "image des "},
    {"fr", "une image d"}, {"fr", "photo de "}, {"fr", "photo d'"}, {"fr", "photo du "}, {"fr", "photo des "},
    {"fr", "une photo d"}, {"de", "bild von "}, {"de", "ein bild von "}, {"de", "bild des "}, {"de", "bild der "},
    {"de", "foto von "}, {"de", "ein foto von "}, {"de", "dieses bild "}, {0}};

static void words_check(Diags *d, const Tree *tree, const Node *image, Str alt) {
    size_t length = utf8_count(alt);
    if (phrase_find(image_beginnings, tree_language(tree, image), words_key(d->arena, alt), true))
        diag(d, DIAG_WARNING, "image-alt-begins", node_place(tree, image), "begin with what can be seen",
            "the alternative text begins by saying that it is an image, which a screen reader says before it");
    if (length > ALT_MOST && !node_attribute(image, "longdesc").n)
        diag(d, DIAG_WARNING, "image-alt-long", node_place(tree, image),
            "say the most important in a sentence, and the rest in the text, with longdesc=\"#its-id\" on the image",
            "the alternative text has %u characters; more than %d at once cannot be listened to", (unsigned)length, ALT_MOST);
}

static void image_check(Diags *d, const Tree *tree, const Node *image) {
    Str alt = str_trim(image->text);
    if (!alt.n) return;
    if (is_file_name(d->arena, alt, image->more->target)) {
        diag(d, DIAG_WARNING, "image-alt-file", node_place(tree, image), "say what the image shows",
            "the alternative text “" STR_FMT "” is a file's name or a stand-in, and says nothing of the image", STR_ARG(alt));
        return;
    }
    words_check(d, tree, image, alt);
    if (image->parent->kind != NODE_FIGURE) return;
    for (const Node *part = image->next; part; part = part->next) {
        if (part->kind != NODE_CAPTION) continue;
        if (str_equal_nocase(words_written(d->arena, part), alt)) /* without "Figure 2: " */
            diag(d, DIAG_WARNING, "image-alt-caption", node_place(tree, image),
                "say what can be seen, and leave the rest to the caption", "the alternative text is the caption again");
    }
}

void images_check_words(Diags *d, const Tree *tree) {
    for (NodeNumber n = 0; n < tree->count; n++)
        if (tree->nodes[n]->kind == NODE_IMAGE && !node_is_artifact(tree->nodes[n])) image_check(d, tree, tree->nodes[n]);
}

void images_check_size(Diags *d, const Layout *layout) {
    for (uint32_t p = 0; p < layout->count; p++)
        for (uint32_t b = 0; b < layout->items[p].count; b++) {
            const LayoutBox *box = &layout->items[p].items[b];
            if (box->kind != BOX_IMAGE || !box->image || !box->node || box->rect.width <= 0) continue;
            uint64_t dpi = (uint64_t)box->image->width * 72 * LU_PT / (uint64_t)box->rect.width;
            Place at = node_place(layout->tree, box->node);
            if (dpi > DPI_MOST && box->image->bytes.n > BYTES_MOST)
                diag(d, DIAG_WARNING, "image-heavy", at, "make it smaller: 300 dots an inch are enough",
                    "the image has %u dots an inch as it is set, and %u.%u MB", (unsigned)dpi,
                    (unsigned)(box->image->bytes.n >> 20), (unsigned)((box->image->bytes.n >> 10) % 1024 * 10 / 1024));
            if (dpi < DPI_LEAST)
                diag(d, DIAG_WARNING, "image-coarse", at, "use an image of more pixels, or set it smaller with width=",
                    "the image has %u dots an inch as it is set; print wants %d", (unsigned)dpi, DPI_LEAST);
        }
}

/* Readers of EPUBs play them, again and again, and have no button that stops them (WCAG 2.2, 2.2.2 and 2.3.1). */
void images_check_motion(Diags *d, const Layout *layout) {
    const Tree *tree = layout->tree;
    for (NodeNumber n = 0; n < tree->count; n++)
        if (layout->images[n] && layout->images[n]->animated)
            diag(d, DIAG_WARNING, "image-animated", node_place(tree, tree->nodes[n]),
                "save one of its pictures as a PNG of its own", "the image moves in the EPUB, where nobody can stop it");
}
