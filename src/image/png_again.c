/* A PNG that is not upright (eXIf), or whose colours are not sRGB's, by its profile (iCCP) or its own words (gAMA, cHRM), decoded, turned and encoded
 * again: 8 bits a component, and row by row, unless it is interlaced or is put upright.
 */
#include "image/png_reader.h"

#define POWER_LEAST 0.1 /* beyond them nobody means what gAMA says */
#define POWER_MOST 10.0

typedef struct {
    PngReader reader;
    png_structp png; /* that is written */
    png_infop info;
    Buf out;
    const PngAgain *how;
    ColourTurn turn;
    Colours colours;
    uint32_t width, height, channels; /* as stored */
    int passes;
    uint8_t *rows; /* one; all, of an interlaced image */
    Upright upright; /* without pixels where each row goes out as it comes */
} Work;

static void png_put(png_structp png, png_bytep bytes, size_t n) { buf_add(png_get_io_ptr(png), (Str){(const char *)bytes, n}); }

static Colours words_find(Work *work, uint32_t components, bool alpha) {
    double power = 0.45455, c[8];
    bool gamma = png_get_gAMA(work->reader.png, work->reader.info, &power) != 0;
    bool chroma = png_get_cHRM(work->reader.png, work->reader.info, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]) != 0;
    if (!gamma && !chroma) return COLOURS_UNKNOWN;
    if (!(power >= POWER_LEAST && power <= POWER_MOST)) return COLOURS_UNKNOWN;
    return colours_of_power(1 / power, chroma ? c : NULL, components, alpha, &work->turn);
}

/* May jump. */
static void colours_find(Work *work) {
    png_charp name;
    png_bytep bytes;
    png_uint_32 n;
    int method;
    uint32_t components = work->channels >= 3 ? 3 : 1;
    bool alpha = work->channels % 2 == 0;
    if (png_get_iCCP(work->reader.png, work->reader.info, &name, &method, &bytes, &n) != 0)
        work->colours = colours_of_profile((Str){(const char *)bytes, n}, components, false, alpha, &work->turn);
    else
        work->colours = words_find(work, components, alpha);
}

/* May jump. */
static void read_begin(Work *work) {
    png_structp png = work->reader.png;
    png_reader_header(&work->reader, true);
    png_set_expand(png);
    png_set_scale_16(png);
    work->passes = png_set_interlace_handling(png);
    png_read_update_info(png, work->reader.info);
    work->width = png_get_image_width(png, work->reader.info);
    work->height = png_get_image_height(png, work->reader.info);
    work->channels = png_get_channels(png, work->reader.info);
    if (work->how->coloured) colours_find(work);
}

static bool is_sideways(const Work *work) { return orientation_is_sideways(work->how->orientation); }
static bool is_needed(const Work *work) { return work->colours == COLOURS_TURN || work->how->orientation > 1; }

/* May jump. */
static void write_begin(Work *work) {
    static const int kinds[5] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    png_uint_32 across, down;
    int unit;
    png_set_write_fn(work->png, &work->out, png_put, NULL);
    bool sideways = is_sideways(work);
    png_set_IHDR(work->png, work->info, sideways ? work->height : work->width, sideways ? work->width : work->height, 8,
        kinds[work->channels], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (png_get_pHYs(work->reader.png, work->reader.info, &across, &down, &unit) != 0)
        png_set_pHYs(work->png, work->info, sideways ? down : across, sideways ? across : down, unit);
    png_write_info(work->png, work->info);
}

/* Grey with alpha is turned one by one: its turn is of grey alone. */
static void row_turn(Work *work, uint8_t *row) {
    if (work->channels != 2) {
        colours_row(&work->turn, row, row, work->width);
        return;
    }
    for (uint32_t x = 0; x < work->width; x++) colours_row(&work->turn, row + (size_t)x * 2, row + (size_t)x * 2, 1);
}

/* May jump. */
static void rows_turn(Work *work) {
    size_t row_bytes = (size_t)work->width * work->channels;
    work->rows = arena_array(work->reader.arena, work->passes > 1 ? work->height : 1, row_bytes, 16);
    work->upright = (Upright){.orientation = work->how->orientation, .width = work->width, .height = work->height, .step = work->channels};
    if (work->how->orientation > 1) work->upright.pixels = arena_array(work->reader.arena, work->height, row_bytes, 16);
    for (int pass = 0; pass < work->passes; pass++) {
        for (uint32_t y = 0; y < work->height; y++) {
            uint8_t *row = work->rows + (work->passes > 1 ? y * row_bytes : 0);
            png_read_row(work->reader.png, row, NULL);
            if (pass < work->passes - 1) continue;
            if (work->colours == COLOURS_TURN) row_turn(work, row);
            if (work->upright.pixels != NULL)
                upright_place(&work->upright, row, y);
            else
                png_write_row(work->png, row);
        }
    }
    png_read_end(work->reader.png, NULL);
    size_t across = is_sideways(work) ? work->height : work->width, down = is_sideways(work) ? work->width : work->height;
    for (size_t y = 0; work->upright.pixels != NULL && y < down; y++)
        png_write_row(work->png, work->upright.pixels + y * across * work->channels);
    png_write_end(work->png, NULL);
}

static bool work_do(Work *work) {
    if (setjmp(png_jmpbuf(work->reader.png)) != 0) return false;
    read_begin(work);
    if (!is_needed(work)) return true;
    write_begin(work);
    rows_turn(work);
    return true;
}

bool png_again(Arena *arena, ImageFault *fault, Str file, const PngAgain *how, Str *out, Colours *found) {
    Arena *scratch = arena_open();
    Work *work = NEW(scratch, Work);
    png_reader_open(&work->reader, scratch, file);
    work->out = buf_new(scratch);
    work->how = how;
    work->colours = COLOURS_ARE_SRGB;
    work->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, work, png_reader_failed, png_reader_silent);
    if (work->png != NULL) work->info = png_create_info_struct(work->png);
    if (work->info == NULL) BUG("libpng cannot be used");
    bool done = work_do(work);
    if (done && is_needed(work)) *out = str_copy(arena, buf_str(&work->out));
    *found = work->colours;
    if (!done) image_fault(arena, fault, "image-broken", "save it again as PNG", "is a damaged PNG: %s", work->reader.message);
    colours_close(&work->turn);
    png_destroy_write_struct(&work->png, &work->info);
    png_reader_close(&work->reader);
    arena_close(scratch);
    return done;
}
