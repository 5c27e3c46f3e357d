/* What is kept from one EPUB for the next: the style sheet as CSS, which is most of what a short one has and deflated as small as can be. */
#include "epub/kept.h"

typedef struct {
    const Sheet *sheet;
    bool right_to_left;
    Packed css;
} KeptCss;

struct EpubKept {
    Arena *arena;
    struct {
        KeptCss *items;
        uint32_t count, capacity;
    } css;
};

EpubKept *epub_kept_open(void) {
    Arena *arena = arena_open();
    EpubKept *kept = NEW(arena, EpubKept);
    kept->arena = arena;
    return kept;
}

void epub_kept_close(EpubKept *kept) {
    if (kept != NULL) arena_close(kept->arena);
}

Packed kept_css(const Book *book) {
    EpubKept *kept = book->options->kept;
    if (kept == NULL) return container_pack(book->arena, DEFLATE_SMALLEST, css_write(book));
    const Sheet *sheet = book->options->sheet;
    for (uint32_t i = 0; i < kept->css.count; i++) {
        const KeptCss *found = &kept->css.items[i];
        if (found->sheet == sheet && found->right_to_left == book->right_to_left) return found->css;
    }
    KeptCss *made = PUSH(kept->arena, &kept->css, KeptCss);
    *made = (KeptCss){sheet, book->right_to_left, container_pack(kept->arena, DEFLATE_SMALLEST, css_write(book))};
    return made->css;
}
