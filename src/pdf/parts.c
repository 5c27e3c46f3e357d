/* What is made of parts that need nothing of each other, on all cores: pictures; then the structure, the programs of fonts, and the pages' contents.
 * What comes of fonts and pages is put into the file afterwards, in the order of the document.
 */
#include "pdf/draw.h"
#include "pdf/font.h"
#include "pdf/picture.h"

static void picture_part(void *context, uint32_t index) {
    PdfFile *file = context;
    picture_prepare(&file->pictures->list.items[index]);
}

typedef struct {
    PdfFile *file;
    Font **fonts; /* those that are used */
    uint32_t font_count;
    Buf *catalogue;
} Parts;

static void part_make(void *context, uint32_t index) {
    Parts *parts = context;
    if (index == 0)
        tags_write(parts->file, parts->catalogue);
    else if (index <= parts->font_count)
        font_prepare(parts->fonts[index - 1]);
    else
        piece_draw(&parts->file->pieces[index - parts->font_count - 1]);
}

void parts_make(PdfFile *file, Buf *catalogue) {
    FontSet *set = file->font_set;
    work_share(file->pictures->list.count, picture_part, file);
    for (uint32_t i = 0; i < file->pictures->list.count; i++) diags_join(file->diags, &file->pictures->list.items[i].said);
    Parts parts = {.file = file, .fonts = NEW_ARRAY(file->arena, Font *, set->count), .catalogue = catalogue};
    for (uint32_t i = 0; i < set->count; i++)
        if (set->by_face[i]) parts.fonts[parts.font_count++] = set->by_face[i];
    uint32_t count = 1 + parts.font_count + pieces_plan(file);
    if (file->piece_count == 1) /* it is done before another thread has begun */
        for (uint32_t i = 0; i < count; i++) part_make(&parts, i);
    else
        work_share(count, part_make, &parts);
}
