/* Images: made in memory, broken in known ways, and read through the room's door. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "image/image.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <jpeglib.h>
#include <png.h>

static Arena *arena;
static Diags diags;
static Root root;
static char folder[] = "/tmp/brief-unit-XXXXXX";

static int begin(void **state) {
    (void)state;
    arena = arena_open();
    diags = diags_new(arena);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return mkdtemp(folder) == NULL || chdir(folder) != 0 || !root_open(arena, &diags, str_from(folder), str_from(folder), &root);
}

static int end(void **state) {
    (void)state;
    arena_close(arena);
    remove("image");
    return chdir("/") != 0 || rmdir(folder) != 0;
}

static const Image *load(Str bytes) {
    assert_true(file_write(&diags, STR("image"), bytes));
    diags = diags_new(arena);
    const Image *image = image_load(images_new(arena, &root), &diags, STR("image"), (Place){0});
    assert_int_equal(diags.errors, image == NULL);
    return image;
}

static void assert_refused(Str bytes, const char *code, const char *words) {
    assert_null(load(bytes));
    assert_string_equal(diags.items[0].code, code);
    assert_non_null(strstr(diags.items[0].message.p, words));
}

/* ---- Makers ------------------------------------------------------------------------------------------------------------- */

static void png_append(png_structp png, png_bytep bytes, size_t n) {
    buf_add(png_get_io_ptr(png), (Str){(const char *)bytes, n});
}

typedef struct {
    int kind, depth, interlace;
    bool transparent; /* tRNS */
    uint32_t per_metre;
    double power; /* gAMA; 0: none */
} PngMaker;

/* 5 × 3 samples, all of the value (x + 5y) in the top 4 bits of their depth; alpha the same, reversed. */
static Str png_made(PngMaker maker) {
    Buf *out = NEW(arena, Buf);
    *out = buf_new(arena);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, out, png_append, NULL);
    png_set_IHDR(png, info, 5, 3, maker.depth, maker.kind, maker.interlace, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    png_color palette[16];
    for (int i = 0; i < 16; i++) palette[i] = (png_color){(png_byte)(i * 16), (png_byte)(i * 8), (png_byte)i};
    png_byte palette_alpha[2] = {0, 128};
    if (maker.kind == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, palette, 1 << maker.depth);
    if (maker.transparent) png_set_tRNS(png, info, palette_alpha, 2, &(png_color_16){.gray = 0});
    if (maker.per_metre > 0) png_set_pHYs(png, info, maker.per_metre, maker.per_metre, PNG_RESOLUTION_METER);
    if (maker.power > 0) png_set_gAMA(png, info, maker.power);
    png_write_info(png, info);
    int channels = png_get_channels(png, info), wide = maker.depth == 16 ? 2 : 1;
    png_set_packing(png);
    png_byte rows[3][5 * 4 * 2];
    png_bytep pointers[3];
    for (int y = 0; y < 3; y++) {
        pointers[y] = rows[y];
        for (int i = 0; i < 5 * channels; i++) {
            int value = i / channels + 5 * y;
            bool alpha = (maker.kind & PNG_COLOR_MASK_ALPHA) != 0 && i % channels == channels - 1;
            if (alpha) value = 15 - value;
            png_byte sample = (png_byte)(maker.depth >= 8 && maker.kind != PNG_COLOR_TYPE_PALETTE ? value * 17 : value);
            if (maker.depth < 4) sample = (png_byte)(value & 1);
            rows[y][i * wide] = sample;
            if (wide == 2) rows[y][i * wide + 1] = sample;
        }
    }
    png_write_image(png, pointers);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return buf_str(out);
}

static bool keep_rgb; /* no turn to YCbCr, and no marker that says so */

static Str jpeg_made(int components, J_COLOR_SPACE space, uint16_t dpi, Str app1) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &n);
    jpeg.image_width = 40;
    jpeg.image_height = 30;
    jpeg.input_components = components;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    if (keep_rgb) {
        jpeg_set_colorspace(&jpeg, JCS_RGB);
        jpeg.write_Adobe_marker = FALSE;
    }
    jpeg.density_unit = dpi > 0;
    if (dpi > 0) jpeg.X_density = jpeg.Y_density = dpi;
    jpeg_start_compress(&jpeg, TRUE);
    if (app1.n > 0) jpeg_write_marker(&jpeg, JPEG_APP0 + 1, (const JOCTET *)app1.p, (unsigned)app1.n);
    JSAMPLE row[40 * 4] = {0};
    JSAMPROW rows[1] = {row};
    for (int y = 0; y < 30; y++) {
        for (size_t i = 0; i < sizeof row; i++) row[i] = (JSAMPLE)(i * 7 + (size_t)y * 3);
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    Str made = str_copy(arena, (Str){(const char *)bytes, n});
    jpeg_destroy_compress(&jpeg);
    free(bytes);
    return made;
}

/* ---- PNG ------------------------------------------------------------------------------------------------------------------ */

static unsigned colour_at(const Pixels *pixels, size_t pixel, size_t component) {
    return (unsigned char)pixels->colour.p[pixel * pixels->components + component];
}

static void every_kind_of_png_becomes_grey_or_rgb(void **state) {
    (void)state;
    static const PngMaker makers[] = {
        {PNG_COLOR_TYPE_GRAY, 8, 0, false, 0, 0},
        {PNG_COLOR_TYPE_GRAY, 16, 0, false, 0, 0},
        {PNG_COLOR_TYPE_GRAY, 4, 1, false, 0, 0},
        {PNG_COLOR_TYPE_RGB, 8, 1, false, 0, 0},
        {PNG_COLOR_TYPE_RGB, 16, 0, false, 0, 0},
        {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 1, false, 0, 0},
        {PNG_COLOR_TYPE_GRAY_ALPHA, 16, 0, false, 0, 0},
        {PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, false, 0, 0},
    };
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        const Image *image = load(png_made(makers[i]));
        assert_non_null(image);
        assert_int_equal(image->width, 5);
        assert_int_equal(image->height, 3);
        bool alpha = (makers[i].kind & PNG_COLOR_MASK_ALPHA) != 0;
        assert_int_equal(image->components, (makers[i].kind & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1);
        assert_int_equal(image->alpha, alpha);
        Pixels pixels;
        assert_true(image_pixels(arena, &diags, image, (Place){0}, &pixels));
        assert_int_equal(pixels.components, image->components);
        assert_int_equal(pixels.colour.n, 15 * image->components);
        assert_int_equal(pixels.alpha.n, alpha ? 15 : 0);
        for (size_t pixel = 0; pixel < 15; pixel++) {
            assert_int_equal(colour_at(&pixels, pixel, image->components - 1), pixel * 17);
            if (alpha) assert_int_equal((unsigned char)pixels.alpha.p[pixel], (15 - pixel) * 17);
        }
    }
}

static void palettes_and_single_transparent_colours(void **state) {
    (void)state;
    Pixels pixels;
    const Image *image = load(png_made((PngMaker){PNG_COLOR_TYPE_PALETTE, 4, 0, true, 11811, 0}));
    assert_non_null(image);
    assert_int_equal(image->components, 3);
    assert_int_equal(image->dpi, 300);
    assert_true(image->alpha);
    assert_true(image_pixels(arena, &diags, image, (Place){0}, &pixels));
    assert_int_equal(colour_at(&pixels, 7, 0), 112);
    assert_int_equal((unsigned char)pixels.alpha.p[0], 0);
    assert_int_equal((unsigned char)pixels.alpha.p[1], 128);
    assert_int_equal((unsigned char)pixels.alpha.p[2], 255);
    image = load(png_made((PngMaker){PNG_COLOR_TYPE_GRAY, 1, 0, true, 0, 0}));
    assert_non_null(image);
    assert_true(image_pixels(arena, &diags, image, (Place){0}, &pixels));
    assert_int_equal(pixels.components, 1);
    assert_int_equal(colour_at(&pixels, 1, 0), 255);
    assert_int_equal((unsigned char)pixels.alpha.p[0], 0);
    image = load(png_made((PngMaker){PNG_COLOR_TYPE_PALETTE, 1, 0, false, 0, 0}));
    assert_true(image_pixels(arena, &diags, image, (Place){0}, &pixels));
    assert_int_equal(pixels.alpha.n, 0);
}

static void damaged_pngs_are_refused(void **state) {
    (void)state;
    Str whole = png_made((PngMaker){PNG_COLOR_TYPE_RGB, 8, 0, false, 0, 0});
    for (size_t n = 1; n < whole.n; n++) assert_null(load(str_slice(whole, 0, n)));
    char *large = str_c(arena, whole);
    large[16] = 0x7F; /* IHDR: width */
    assert_refused((Str){large, whole.n}, "image-large", "too large");
    char *many = str_c(arena, whole);
    memcpy(many + 16, "\0\0\x7F\xFF\0\0\x7F\xFF", 8);
    assert_refused((Str){many, whole.n}, "image-large", "32767 × 32767");
    char *header = str_c(arena, whole);
    header[24] = 5; /* IHDR: depth */
    assert_refused((Str){header, whole.n}, "image-broken", "damaged PNG");
    /* What is not what its checksum says is found at once; pixels that do not unpack, when they are asked for. */
    char *pixels_wrong = str_c(arena, whole);
    const char *data = memchr(whole.p, 'I', whole.n);
    for (data = whole.p + 30; memcmp(data, "IDAT", 4) != 0;) data++;
    pixels_wrong[data - whole.p + 8] ^= 0x55;
    assert_refused((Str){pixels_wrong, whole.n}, "image-broken", "its part “IDAT” is not what its checksum says");
    size_t length = (unsigned char)data[-1];
    uint32_t sum = checksum_crc32((Str){pixels_wrong + (data - whole.p), length + 4});
    for (int i = 0; i < 4; i++) pixels_wrong[(size_t)(data - whole.p) + 4 + length + (size_t)i] = (char)(sum >> (24 - 8 * i));
    const Image *image = load((Str){pixels_wrong, whole.n});
    assert_non_null(image);
    Pixels pixels;
    assert_false(image_pixels(arena, &diags, image, (Place){0}, &pixels));
    assert_string_equal(diags.items[0].code, "image-broken");
}

/* ---- JPEG ----------------------------------------------------------------------------------------------------------------- */

static void what_a_jpeg_is(void **state) {
    (void)state;
    const Image *image = load(jpeg_made(3, JCS_RGB, 200, STR("")));
    assert_non_null(image);
    assert_int_equal(image->format, IMAGE_JPEG);
    assert_int_equal(image->width, 40);
    assert_int_equal(image->height, 30);
    assert_int_equal(image->components, 3);
    assert_int_equal(image->dpi, 200);
    assert_false(image->plain_rgb);
    keep_rgb = true;
    assert_true(load(jpeg_made(3, JCS_RGB, 0, STR("")))->plain_rgb);
    keep_rgb = false;
    assert_int_equal(load(jpeg_made(1, JCS_GRAYSCALE, 0, STR("")))->components, 1);
    image = load(jpeg_made(4, JCS_CMYK, 0, STR("")));
    assert_int_equal(image->components, 3); /* inks have become sRGB */
    assert_int_equal(image->dpi, 0);
}

static void exif_turns_and_measures(void **state) {
    (void)state;
    static const char little[] = "Exif\0\0II*\0\x08\0\0\0\x03\0"
                                 "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"
                                 "\x1A\x01\x05\0\x01\0\0\0\x32\0\0\0"
                                 "\x28\x01\x03\0\x01\0\0\0\x02\0\0\0"
                                 "\0\0\0\0\x2C\x01\0\0\x01\0\0\0";
    const Image *image = load(jpeg_made(3, JCS_RGB, 0, (Str){little, sizeof little - 1}));
    assert_non_null(image);
    assert_int_equal(image->width, 30);
    assert_int_equal(image->height, 40);
    assert_int_equal(image->dpi, 300);
    static const char big[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0";
    assert_int_equal(load(jpeg_made(3, JCS_RGB, 0, (Str){big, sizeof big - 1}))->width, 40);
    static const char hostile[] = "Exif\0\0II*\0\xFF\xFF\xFF\xFF\x03\0";
    assert_int_equal(load(jpeg_made(3, JCS_RGB, 0, (Str){hostile, sizeof hostile - 1}))->width, 40);
    for (size_t n = 6; n < sizeof little; n++) assert_non_null(load(jpeg_made(3, JCS_RGB, 0, (Str){little, n})));
}

static void damaged_jpegs_are_refused(void **state) {
    (void)state;
    Str whole = jpeg_made(3, JCS_RGB, 0, STR(""));
    for (size_t n = 1; n < whole.n; n += n < 700 ? 13 : 1) assert_null(load(str_slice(whole, 0, n)));
    assert_refused(str_slice(whole, 0, whole.n - 2), "image-broken", "cut off");
    Buf behind = buf_new(arena);
    buf_add(&behind, whole);
    buf_add_c(&behind, "what a camera leaves behind the image");
    assert_non_null(load(buf_str(&behind)));
}

/* ---- What is published ------------------------------------------------------------------------------------------------------ */

static bool holds(Str bytes, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= bytes.n; i++)
        if (memcmp(bytes.p + i, word, length) == 0) return true;
    return false;
}

/* Nothing of `word` is left; and what is published would be published as it is. */
static const Image *assert_left_out(Str file, const char *word) {
    assert_true(holds(file, word));
    const Image *image = load(file);
    assert_non_null(image);
    assert_false(holds(image->bytes, word));
    assert_true(str_equal(image_published(arena, file), image->bytes));
    assert_true(str_equal(image_published(arena, image->bytes), image->bytes));
    return image;
}

static Str with_chunk(Str png, const char *type, Str data) {
    Buf chunk = buf_new(arena);
    buf_add_c(&chunk, type);
    buf_add(&chunk, data);
    uint32_t numbers[2] = {(uint32_t)data.n, checksum_crc32(buf_str(&chunk))};
    Buf out = buf_new(arena);
    buf_add(&out, str_slice(png, 0, 33));
    for (int i = 24; i >= 0; i -= 8) buf_add_char(&out, (char)(numbers[0] >> i));
    buf_add(&out, buf_str(&chunk));
    for (int i = 24; i >= 0; i -= 8) buf_add_char(&out, (char)(numbers[1] >> i));
    buf_add(&out, str_slice(png, 33, png.n));
    return buf_str(&out);
}

static void what_pixels_do_not_need_is_left_out(void **state) {
    (void)state;
    Str plain = jpeg_made(3, JCS_RGB, 200, STR(""));
    assert_true(str_equal(load(plain)->bytes, plain));
    Str marked = jpeg_made(3, JCS_RGB, 200, STR("http://ns.adobe.com/xap/1.0/\0 a name"));
    assert_true(str_equal(assert_left_out(marked, "a name")->bytes, plain));
    Buf more = buf_new(arena);
    buf_add(&more, plain);
    buf_add_c(&more, "PK a name");
    assert_true(str_equal(assert_left_out(buf_str(&more), "a name")->bytes, plain));
    Str png = png_made((PngMaker){PNG_COLOR_TYPE_RGB, 8, 0, false, 11811, 0});
    assert_true(str_equal(load(png)->bytes, png));
    static const char *const types[] = {"tEXt", "zTXt", "iTXt", "eXIf", "tIME", "prVt"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_true(str_equal(assert_left_out(with_chunk(png, types[i], STR("Author\0 a name")), "a name")->bytes, png));
    assert_refused(with_chunk(png, "CrIT", STR("")), "image-broken", "its part “CrIT” is of a kind that is not known");
}

static void a_png_is_put_upright(void **state) {
    (void)state;
    static const char block[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
    Pixels stored, shown;
    Str png = png_made((PngMaker){PNG_COLOR_TYPE_GRAY_ALPHA, 8, 1, false, 11811, 0});
    const Image *before = load(png);
    const Image *after = assert_left_out(with_chunk(png, "eXIf", (Str){block, sizeof block - 1}), "eXIf");
    assert_int_equal(after->width, before->height);
    assert_int_equal(after->height, before->width);
    assert_int_equal(after->dpi, 300);
    assert_true(image_pixels(arena, &diags, before, (Place){0}, &stored));
    assert_true(image_pixels(arena, &diags, after, (Place){0}, &shown));
    for (uint32_t y = 0; y < before->height; y++)
        for (uint32_t x = 0; x < before->width; x++) /* the top of what is stored is on the right */
            assert_int_equal(shown.alpha.p[x * after->width + after->width - 1 - y], stored.alpha.p[y * before->width + x]);
}

static void other_colours_become_srgb(void **state) {
    (void)state;
    Pixels pixels;
    /* Half the light (gAMA 1) is 188 of 255 in sRGB. */
    Str linear = png_made((PngMaker){PNG_COLOR_TYPE_GRAY_ALPHA, 8, 1, false, 11811, 1.0});
    const Image *image = assert_left_out(linear, "gAMA");
    assert_int_equal(image->dpi, 300);
    assert_true(image_pixels(arena, &diags, image, (Place){0}, &pixels));
    assert_in_range(colour_at(&pixels, 8, 0), 190, 200); /* 136 of 255 */
    assert_int_equal((unsigned char)pixels.alpha.p[8], 7 * 17);
    Str usual = png_made((PngMaker){PNG_COLOR_TYPE_RGB, 8, 0, false, 0, 0.45455});
    assert_true(str_equal(load(usual)->bytes, usual));
    /* A profile that is none: the image is taken as it is, with a warning. */
    image = load(with_chunk(png_made((PngMaker){PNG_COLOR_TYPE_RGB, 8, 0, false, 0, 0}), "iCCP", STR("name\0\0 no profile")));
    assert_non_null(image);
    assert_int_equal(diags.warnings, 1);
    assert_string_equal(diags.items[0].code, "image-colours");
}

/* ---- Others --------------------------------------------------------------------------------------------------------------- */

static void other_files_are_named(void **state) {
    (void)state;
    assert_refused((Str){"RIFF\x10\0\0\0WEBPVP8 ", 16}, "image-format", "a WebP file");
    assert_refused(STR("GIF89a\1\0\1\0"), "image-format", "a GIF file");
    assert_refused(STR("<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg xmlns=\"\"/>"), "image-format", "an SVG drawing");
    assert_refused(STR("\0\0\0\x1C"
                       "ftypavif\0\0\0\0"),
        "image-format", "an AVIF file");
    assert_refused(STR("MM\0*\0\0\0\x08"), "image-format", "a TIFF file");
    assert_refused(STR("%PDF-1.7\n"), "image-format", "a PDF file");
    assert_refused(STR("words"), "image-format", "is no image");
    assert_refused(STR(""), "image-broken", "empty file");
}

static void each_name_is_read_once_and_told_everywhere(void **state) {
    (void)state;
    Source source = {STR("a.md"), STR("x\ny\n")};
    ImageSet *set = images_new(arena, &root);
    assert_true(file_write(&diags, STR("image"), png_made((PngMaker){PNG_COLOR_TYPE_GRAY, 8, 0, false, 0, 0})));
    const Image *first = image_load(set, &diags, STR("image"), (Place){&source, 1, 1});
    assert_non_null(first);
    assert_ptr_equal(first, image_load(set, &diags, STR("image"), (Place){&source, 2, 1}));
    assert_null(image_load(set, &diags, STR("gone"), (Place){&source, 1, 1}));
    assert_null(image_load(set, &diags, STR("gone"), (Place){&source, 2, 1}));
    assert_int_equal(diags.errors, 2);
    assert_string_equal(diags.items[1].code, "file-missing");
    assert_int_equal(diags.items[1].at.line, 2);
    assert_null(image_load(images_new(arena, NULL), &diags, STR("image"), (Place){&source, 1, 1}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_of_png_becomes_grey_or_rgb, begin, end),
        cmocka_unit_test_setup_teardown(palettes_and_single_transparent_colours, begin, end),
        cmocka_unit_test_setup_teardown(damaged_pngs_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(what_a_jpeg_is, begin, end),
        cmocka_unit_test_setup_teardown(exif_turns_and_measures, begin, end),
        cmocka_unit_test_setup_teardown(damaged_jpegs_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(what_pixels_do_not_need_is_left_out, begin, end),
        cmocka_unit_test_setup_teardown(a_png_is_put_upright, begin, end),
        cmocka_unit_test_setup_teardown(other_colours_become_srgb, begin, end),
        cmocka_unit_test_setup_teardown(other_files_are_named, begin, end),
        cmocka_unit_test_setup_teardown(each_name_is_read_once_and_told_everywhere, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
