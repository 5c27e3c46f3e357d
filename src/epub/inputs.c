/* What the book was made from, as the container carries it: below "source/", by the names that the document knows, but in plain ASCII without
 * spaces (EPUB 3.3 §4.2.3); the package document has the names themselves. An image that is shown is in the book already.
 */
#include "epub/book.h"

static Str clean_name(Arena *arena, Str name) {
    Buf clean = buf_new(arena);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = char_is_letter(c) || char_is_digit(c) || c == '/' || c == '.' || c == '-' || c == '_';
        buf_add_char(&clean, plain ? c : '-');
    }
    return buf_str(&clean);
}

/* Told apart also where case counts for nothing. The extension stays where it is: it tells people what a file is. */
static Str carried_name(const Book *book, StrMap *taken, Str name) {
    Str clean = clean_name(book->arena, name), key = record_name_key(book->arena, clean);
    size_t dot = clean.n;
    for (size_t i = clean.n; i-- > 0 && clean.p[i] != '/';) {
        if (clean.p[i] == '.' && dot == clean.n) dot = i;
    }
    char *tail = str_c(book->arena, str_slice(key, dot, key.n));
    Str unique = name_unique(book->arena, taken, str_slice(key, 0, dot), tail);
    return str_format(book->arena, "source/" STR_FMT, STR_ARG(str_equal(unique, key) ? clean : unique));
}

/* The images that are shown, by their bytes → their number in the book, from 1. */
static StrMap *shown_images(const Book *book) {
    StrMap *shown = strmap_new(book->arena);
    for (uint32_t i = 0; i < book->images.count; i++)
        strmap_put(shown, book->images.items[i].image->bytes, (void *)((uintptr_t)i + 1));
    return shown;
}

void book_name_inputs(Book *book) {
    const Record *record = book->options ? book->options->record : NULL;
    if (record == NULL || !record->embedded) return;
    StrMap *taken = strmap_new(book->arena), *shown = shown_images(book);
    for (uint32_t i = 0; i < record->count; i++) {
        const Input *input = &record->items[i];
        BookInput *carried = PUSH(book->arena, &book->inputs, BookInput);
        *carried = (BookInput){.input = input};
        uintptr_t image = input->role == INPUT_IMAGE ? (uintptr_t)strmap_find(shown, input->bytes) : 0;
        carried->shown = image > 0;
        carried->name = carried->shown ? book->images.items[image - 1].name : carried_name(book, taken, input->name);
        carried->id = carried->shown ? str_format(book->arena, "image-%u", (unsigned)image)
                                     : str_format(book->arena, "source-%u", (unsigned)i + 1);
    }
}
