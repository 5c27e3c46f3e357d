/* A sheet's own faces: the files that its `fonts` name, read and looked through.
 *
 * A file that cannot be read is an error, as for images and sheets; one that is no use (damaged, of another kind, not to be embedded)
 * is a warning, and the text is set in what there is. A family belongs together: the last sheet of the chain that names one names all of
 * it, and without its regular face it is the program's own.
 */
#include "style/sheet.h"

static const char *const style_names[FACE_STYLES] = {"regular", "bold", "italic", "bold-italic"};

Str face_style_name(uint32_t style) { return style < FACE_STYLES ? str_from(style_names[style]) : STR(""); }

typedef struct {
    const char *code, *what, *hint;
} Fault;

static const Fault faults[] = {
    [FONT_LARGE] = {"font-large", "is larger than 32 MB", "use a face with fewer characters"},
    [FONT_NOT_TRUETYPE] = {"font-format", "is not a TrueType font", "name a file that ends in .ttf"},
    [FONT_POSTSCRIPT] = {"font-format", "is an OpenType font with PostScript outlines",
        "get the face as TrueType (.ttf), or have it converted if its licence allows that"},
    [FONT_COLLECTION] = {"font-format", "is a collection of fonts", "name a file that holds one face"},
    [FONT_WEB] = {"font-format", "is a font packed for the web", "get the face as TrueType (.ttf)"},
    [FONT_NO_OUTLINES] = {"font-format", "holds no outlines", "get the face as TrueType (.ttf)"},
    [FONT_NO_SPACE] = {"font-format", "has no glyph for a space", "use a face made for running text"},
    [FONT_DAMAGED] = {"font-damaged", "is damaged", "get the file anew from where it came from"},
    [FONT_RESTRICTED] = {"font-licence", "may not be embedded, as it says itself",
        "use a face that may be, or ask its maker for a licence and a file that says so"},
    [FONT_BITMAP_ONLY] = {"font-licence", "may be embedded as bitmaps only, as it says itself",
        "use a face that may be embedded, or ask its maker for a licence and a file that says so"},
    [FONT_WHOLE_ONLY] = {"font-licence", "may not be embedded in part, as it says itself, and only what is used would be",
        "use a face that may be, or ask its maker for a licence and a file that says so"},
    [FONT_RIGHTS_UNKNOWN] = {"font-licence", "does not say whether it may be embedded",
        "use a face that does, or ask its maker for a file that says so"},
};

typedef struct {
    Arena *arena;
    Diags *d;
    const Root *root;
} FaceReader;

/* A sheet's file is named from the sheet's folder; where nothing confines the sheet, nothing confines it either. */
static bool file_open(const FaceReader *r, const SheetFile *sheet, const FaceFile *file, Str *out) {
    Str folder = folder_of(sheet->source->name), name = file->name;
    if (r->root == NULL) {
        Root root;
        return root_open(r->arena, r->d, STR("/"), folder, &root) && root_read(r->arena, r->d, &root, name, file->at, out);
    }
    if (!str_is(folder, ".") && !str_starts(name, STR("/")))
        name = str_format(r->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
    return root_read(r->arena, r->d, r->root, name, file->at, out);
}

/* False when the world or the name is wrong; *out stays empty when the file is no use. */
static bool face_open(const FaceReader *r, const SheetFile *sheet, const FaceFamily *family, unsigned style, Str *out) {
    const FaceFile *file = &family->files[style];
    Str bytes;
    if (!file_open(r, sheet, file, &bytes)) return false;
    FontFault found = font_file_fault(bytes);
    if (found == FONT_SOUND) {
        *out = bytes;
        return true;
    }
    const Fault *fault = &faults[found];
    diag(r->d, DIAG_WARNING, fault->code, file->at, fault->hint, "“" STR_FMT "” %s; %s is set in %s", STR_ARG(file->name),
        fault->what, style == 0 ? "the family" : style_names[style],
        style == 0 ? "the built-in faces" : "the nearest face of the family");
    return true;
}

/* What a designer may not have meant: said once a family. */
static void report_missing(const FaceReader *r, const FaceFamily *family) {
    Buf missing = buf_new(r->arena);
    for (unsigned style = 1; style < FACE_STYLES; style++)
        if (family->files[style].name.n == 0) buf_format(&missing, "%s%s", missing.n > 0 ? ", " : "", style_names[style]);
    if (missing.n == 0) return;
    Str name = value_choices(TYPE_FAMILY, (uint32_t)family->family);
    diag(r->d, DIAG_NOTE, "font-style", family->at, "name a file for each; it may be the same one, if that is meant",
        "“" STR_FMT "” has no face for %s; the nearest of the family stands in", STR_ARG(name), missing.p);
}

static bool family_open(const FaceReader *r, const SheetFile *sheet, const FaceFamily *family, Sheet *out) {
    Str *files = out->faces.file[family->family];
    bool good = true;
    for (unsigned style = 0; style < FACE_STYLES; style++)
        if (family->files[style].name.n > 0) good = face_open(r, sheet, family, style, &files[style]) && good;
    if (files[0].n > 0) {
        report_missing(r, family);
        out->family_names[family->family] = font_file_family(r->arena, files[0]);
        out->has_faces = true;
    } else {
        for (unsigned style = 0; style < FACE_STYLES; style++) files[style] = STR("");
    }
    return good;
}

bool sheet_faces_open(Diags *d, const Root *root, const SheetFile *files, uint32_t count, Sheet *out) {
    const FaceReader r = {out->arena, d, root};
    bool said[FAMILY_COUNT] = {false}, good = true;
    for (uint32_t i = 0; i < count; i++) { /* the sheet itself first */
        const SheetFile *file = &files[i];
        for (uint32_t f = 0; f < file->families.count; f++) {
            const FaceFamily *family = &file->families.items[f];
            if (!said[family->family]) good = family_open(&r, file, family, out) && good;
            said[family->family] = true;
        }
    }
    return good;
}
