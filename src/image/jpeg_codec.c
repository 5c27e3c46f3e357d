/* What libjpeg does: it reads the header of a JPEG, and decodes and encodes the few whose pixels must be turned.
 *
 * An image that is only put upright is encoded with its own steps of quantisation and its own sampling, turned with it, and never leaves YCbCr: its
 * blocks come out as they went in, but for rounding, as long as its sides are whole blocks.
 *
 * libjpeg leaves a function by longjmp when it fails. What is changed between setjmp and the jump lies in a struct that the caller owns.
 */
#include "image/internal.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

/* Loaded when there is a JPEG. */
/* clang-format off */
#define LIBJPEG_FUNCTIONS(F) \
    F(jpeg_CreateDecompress) F(jpeg_destroy_decompress) F(jpeg_mem_src) F(jpeg_read_header) F(jpeg_std_error) \
    F(jpeg_start_decompress) F(jpeg_read_scanlines) F(jpeg_finish_decompress) \
    F(jpeg_CreateCompress) F(jpeg_destroy_compress) F(jpeg_set_defaults) F(jpeg_set_colorspace) F(jpeg_set_quality) \
    F(jpeg_alloc_quant_table) F(jpeg_start_compress) F(jpeg_write_scanlines) F(jpeg_finish_compress)
/* clang-format on */
LATE_LIBRARY(libjpeg, BRIEF_JPEG, LIBJPEG_FUNCTIONS)

#define QUALITY_OF_INKS 92

typedef struct {
    struct jpeg_error_mgr manager; /* first, so that a pointer to it is a pointer to this */
    jmp_buf back;
    char message[JMSG_LENGTH_MAX];
    bool strict; /* damaged data is a failure, not a warning */
} JpegErrors;

static void jpeg_failed(j_common_ptr common) {
    JpegErrors *errors = (JpegErrors *)common->err;
    common->err->format_message(common, errors->message);
    longjmp(errors->back, 1);
}

static void jpeg_told(j_common_ptr common, int level) {
    if (level < 0 && ((JpegErrors *)common->err)->strict) jpeg_failed(common);
}

static struct jpeg_error_mgr *errors_begin(JpegErrors *errors, bool strict) {
    struct jpeg_error_mgr *manager = libjpeg()->jpeg_std_error(&errors->manager);
    manager->error_exit = jpeg_failed;
    manager->emit_message = jpeg_told;
    errors->strict = strict;
    return manager;
}

static bool jpeg_broken(Arena *arena, ImageFault *fault, const JpegErrors *errors) {
    return image_fault(arena, fault, "image-broken", "save it again as JPEG or PNG", "is a damaged JPEG: %s", errors->message);
}

/* ---- The header --------------------------------------------------------------------------------------------------------- */

static void header_take(const struct jpeg_decompress_struct *jpeg, JpegHeader *out) {
    double per_inch = jpeg->density_unit == 1 ? 1 : jpeg->density_unit == 2 ? 2.54 : 0;
    *out = (JpegHeader){
        .width = jpeg->image_width,
        .height = jpeg->image_height,
        .components = (uint32_t)jpeg->num_components,
        .dpi = jpeg->saw_JFIF_marker ? image_dpi_plausible(jpeg->X_density * per_inch) : 0,
        .adobe = jpeg->saw_Adobe_marker,
        .rgb = jpeg->jpeg_color_space == JCS_RGB,
    };
    for (int i = 0; i < jpeg->num_components; i++)
        out->blocks += (uint64_t)jpeg->comp_info[i].width_in_blocks * jpeg->comp_info[i].height_in_blocks;
}

bool jpeg_header_read(Arena *arena, ImageFault *fault, Str file, JpegHeader *out) {
    struct jpeg_decompress_struct jpeg;
    JpegErrors errors;
    memset(&jpeg, 0, sizeof jpeg);
    jpeg.err = errors_begin(&errors, false);
    if (setjmp(errors.back) != 0) {
        libjpeg()->jpeg_destroy_decompress(&jpeg);
        return jpeg_broken(arena, fault, &errors);
    }
    libjpeg()->jpeg_CreateDecompress(&jpeg, JPEG_LIB_VERSION, sizeof jpeg);
    libjpeg()->jpeg_mem_src(&jpeg, (const unsigned char *)file.p, (unsigned long)file.n);
    libjpeg()->jpeg_read_header(&jpeg, TRUE);
    header_take(&jpeg, out);
    libjpeg()->jpeg_destroy_decompress(&jpeg);
    return true;
}

/* ---- Again -------------------------------------------------------------------------------------------------------------- */

typedef struct {
    struct jpeg_destination_mgr manager; /* first */
    JOCTET piece[1 << 14];
    Buf bytes;
} Sink;

typedef struct {
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    JpegErrors errors;
    Sink sink;
    const JpegAgain *how;
    Arena *scratch;
    uint8_t *row; /* as decoded */
    Upright upright; /* without pixels where each row goes out as it comes */
} Work;

static void sink_begin(j_compress_ptr out) {
    Sink *sink = (Sink *)out->dest;
    sink->manager.next_output_byte = sink->piece;
    sink->manager.free_in_buffer = sizeof sink->piece;
}

static boolean sink_empty(j_compress_ptr out) {
    Sink *sink = (Sink *)out->dest;
    buf_add(&sink->bytes, (Str){(const char *)sink->piece, sizeof sink->piece});
    sink_begin(out);
    return TRUE;
}

static void sink_end(j_compress_ptr out) {
    Sink *sink = (Sink *)out->dest;
    buf_add(&sink->bytes, (Str){(const char *)sink->piece, sizeof sink->piece - sink->manager.free_in_buffer});
}

static bool is_sideways(const Work *work) { return orientation_is_sideways(work->how->orientation); }
static bool is_plain(const Work *work) { return work->how->turn == NULL && work->in.jpeg_color_space != JCS_RGB; }

/* May jump. */
static void decode_begin(Work *work, Str file) {
    libjpeg()->jpeg_CreateDecompress(&work->in, JPEG_LIB_VERSION, sizeof work->in);
    libjpeg()->jpeg_mem_src(&work->in, (const unsigned char *)file.p, (unsigned long)file.n);
    libjpeg()->jpeg_read_header(&work->in, TRUE);
    bool inks = work->in.num_components == 4, grey = work->in.num_components == 1;
    work->in.out_color_space = inks ? JCS_CMYK : grey ? JCS_GRAYSCALE : is_plain(work) ? JCS_YCbCr : JCS_RGB;
    work->in.dct_method = JDCT_ISLOW;
    if (is_plain(work)) work->in.do_fancy_upsampling = FALSE; /* so that sampling down again undoes it */
    libjpeg()->jpeg_start_decompress(&work->in);
}

/* ITU-T T.81 §B.2.4.1: a step is not 0. libjpeg divides by eight times as much, in 16 bits. */
static UINT16 step_sound(UINT16 step) {
    enum { STEP_MOST = UINT16_MAX / 8 };
    return step == 0 ? 1 : step > STEP_MOST ? STEP_MOST : step;
}

/* Each component's steps and sampling. */
static void coding_copy(Work *work) {
    for (int i = 0; i < work->out.num_components; i++) {
        jpeg_component_info *to = &work->out.comp_info[i], *from = &work->in.comp_info[i];
        to->h_samp_factor = is_sideways(work) ? from->v_samp_factor : from->h_samp_factor;
        to->v_samp_factor = is_sideways(work) ? from->h_samp_factor : from->v_samp_factor;
        if (from->quant_table == NULL) continue;
        to->quant_tbl_no = i;
        if (work->out.quant_tbl_ptrs[i] == NULL)
            work->out.quant_tbl_ptrs[i] = libjpeg()->jpeg_alloc_quant_table((j_common_ptr)&work->out);
        for (int k = 0; k < DCTSIZE2; k++) {
            int turned = is_sideways(work) ? k % DCTSIZE * DCTSIZE + k / DCTSIZE : k;
            work->out.quant_tbl_ptrs[i]->quantval[k] = step_sound(from->quant_table->quantval[turned]);
        }
        work->out.quant_tbl_ptrs[i]->sent_table = FALSE;
    }
}

/* May jump. */
static void encode_begin(Work *work) {
    bool grey = work->in.num_components == 1;
    libjpeg()->jpeg_CreateCompress(&work->out, JPEG_LIB_VERSION, sizeof work->out);
    work->out.dest = &work->sink.manager;
    work->out.image_width = is_sideways(work) ? work->in.output_height : work->in.output_width;
    work->out.image_height = is_sideways(work) ? work->in.output_width : work->in.output_height;
    work->out.input_components = grey ? 1 : 3;
    work->out.in_color_space = grey ? JCS_GRAYSCALE : is_plain(work) ? JCS_YCbCr : JCS_RGB;
    libjpeg()->jpeg_set_defaults(&work->out);
    libjpeg()->jpeg_set_colorspace(&work->out, grey ? JCS_GRAYSCALE : JCS_YCbCr);
    work->out.dct_method = JDCT_ISLOW;
    if (work->how->dpi > 0) {
        work->out.density_unit = 1;
        work->out.X_density = work->out.Y_density = (UINT16)work->how->dpi;
    }
    if (work->in.jpeg_color_space == JCS_YCbCr || grey) {
        coding_copy(work);
    } else { /* steps for red, green, blue or inks say nothing of those for brightness and colour */
        libjpeg()->jpeg_set_quality(&work->out, QUALITY_OF_INKS, TRUE);
        work->out.comp_info[0].h_samp_factor = work->out.comp_info[0].v_samp_factor = 1;
    }
    libjpeg()->jpeg_start_compress(&work->out, TRUE);
}

/* May jump. */
static void rows_turn(Work *work) {
    size_t width = work->in.output_width, step = (size_t)work->out.input_components;
    work->row = NEW_ARRAY(work->scratch, uint8_t, width * (size_t)work->in.output_components);
    work->upright = (Upright){.orientation = work->how->orientation, .width = width, .height = work->in.output_height, .step = step};
    if (work->how->orientation > 1) work->upright.pixels = arena_array(work->scratch, width * work->in.output_height, step, 1);
    for (size_t y = 0; y < work->in.output_height; y++) {
        libjpeg()->jpeg_read_scanlines(&work->in, &work->row, 1);
        if (work->how->turn != NULL) colours_row(work->how->turn, work->row, work->row, width);
        if (work->upright.pixels != NULL)
            upright_place(&work->upright, work->row, y);
        else
            libjpeg()->jpeg_write_scanlines(&work->out, &work->row, 1);
    }
    libjpeg()->jpeg_finish_decompress(&work->in);
    for (size_t y = 0; work->upright.pixels != NULL && y < work->out.image_height; y++) {
        uint8_t *row = work->upright.pixels + y * work->out.image_width * step;
        libjpeg()->jpeg_write_scanlines(&work->out, &row, 1);
    }
    libjpeg()->jpeg_finish_compress(&work->out);
}

static bool work_do(Work *work, Str file) {
    if (setjmp(work->errors.back) != 0) return false;
    decode_begin(work, file);
    encode_begin(work);
    rows_turn(work);
    return true;
}

bool jpeg_again(Arena *arena, ImageFault *fault, Str file, const JpegAgain *how, Str *out) {
    Arena *scratch = arena_open();
    Work *work = NEW(scratch, Work);
    *work = (Work){.how = how, .scratch = scratch};
    work->sink = (Sink){.manager = {.init_destination = sink_begin, .empty_output_buffer = sink_empty, .term_destination = sink_end},
        .bytes = buf_new(scratch)};
    work->in.err = work->out.err = errors_begin(&work->errors, true);
    bool done = work_do(work, file);
    if (done) *out = str_copy(arena, buf_str(&work->sink.bytes));
    if (!done) jpeg_broken(arena, fault, &work->errors);
    libjpeg()->jpeg_destroy_decompress(&work->in);
    libjpeg()->jpeg_destroy_compress(&work->out);
    arena_close(scratch);
    return done;
}
