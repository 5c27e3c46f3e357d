/* A layout made by hand → the structure tree and the file's content streams. */
#include "pdf_case.h"

/* ---- Structure ---------------------------------------------------------------------------------------------------------- */

/* One paragraph over two pages, a hyphen and a running head between its halves: one P, and its words once. */
static void cut_paragraph_is_one_element(void **state) {
    (void)state;
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "un\xC2\xAD"
                                                                   "broken words");
    layout_begin();
    set(text, 0, 4, ARTIFACT_NONE);
    set(text, 7, 8, ARTIFACT_HYPHEN);
    page_begin();
    set(text, 0, 2, ARTIFACT_HEAD);
    set(text, 4, text->text.n, ARTIFACT_NONE);
    assert_tags("Document Lang=\"en-GB\"\n  P\n    \"un\xC2\xAD"
                "broken words\"\n");
    Str content = inflated(write_with(CLAIM_ALL));
    assert_true(contains(content, "/P<</MCID 0>>BDC"));
    assert_false(contains(content, "/MCID 1>>"));
    assert_true(contains(content, "/Artifact<</Type/Layout>>BDC"));
    assert_true(contains(content, "/Artifact<</Type/Pagination/Subtype/Header"));
}

static void elements_follow_the_document(void **state) {
    (void)state;
    Node *root = layout->tree->root;
    Node *heading = add(root, NODE_HEADING);
    heading->value = 3;
    node_more(arena, heading)->id = STR("top");
    Node *list = add(root, NODE_LIST), *item = add(list, NODE_ITEM), *p = add(item, NODE_PARAGRAPH);
    list->ordered = true;
    add(root, NODE_PARAGRAPH); /* draws nothing */
    Node *h = add_text(heading, "Top"), *before = add_text(p, "go "), *link = add(p, NODE_LINK), *up = add_text(link, "up");
    Node *nowhere = add(p, NODE_LINK), *lost = add_text(nowhere, " or not");
    Node *span = add(p, NODE_SPAN), *welsh = add_text(span, " bore da");
    node_more(arena, link)->target = STR("#top");
    node_more(arena, nowhere)->target = STR("#missing");
    node_more(arena, span)->language = STR("cy");
    layout_begin();
    set_all(h);
    /* The label is drawn after the words, the link before them: the order of the tree holds all the same. */
    set_all(up);
    set_all(before);
    set_all(lost);
    set_all(welsh);
    set_words(item, RUN_LABEL, ARTIFACT_NONE, STR("1."));
    assert_tags("Document Lang=\"en-GB\"\n"
                "  H3\n    \"Top\"\n"
                "  L ListNumbering=\"Decimal\"\n    LI\n      Lbl\n        \"1.\"\n      LBody\n        P\n"
                "          \"go \"\n          Link to=\"#top\"\n            \"up\"\n          \" or not\"\n"
                "          Span Lang=\"cy\"\n            \" bore da\"\n");
    Str file = write_with(CLAIM_ALL);
    assert_true(contains(file, "/Subtype/Link/F 4"));
    assert_true(contains(file, "/Contents(\xFE\xFF")); /* "up", and the page, with a space that does not end a line */
    assert_true(contains(file, "<</Type/OBJR/Obj "));
}

static void empty_cells_keep_their_place(void **state) {
    (void)state;
    Node *table = add(layout->tree->root, NODE_TABLE), *row = add(table, NODE_TABLE_ROW);
    Node *words = add_text(add(row, NODE_TABLE_CELL), "Year");
    add(row, NODE_TABLE_CELL);
    row->header = row->first->header = row->last->header = true;
    add(add(add(layout->tree->root, NODE_TABLE), NODE_TABLE_ROW), NODE_TABLE_CELL); /* nothing of this one is drawn */
    layout_begin();
    set_all(words);
    assert_tags("Document Lang=\"en-GB\"\n  Table\n    TR\n      TH Scope=\"Column\"\n        \"Year\"\n"
                "      TD\n");
}

/* ---- Text --------------------------------------------------------------------------------------------------------------- */

/* The same glyph for two texts has two codes; a ligature says all its letters; a letter and its accent one each. */
static void glyphs_say_their_text(void **state) {
    (void)state;
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "a\xC2\xA0 a\xCC\x81");
    layout_begin();
    Run *run = set_all(text);
    Glyph *glyphs = NEW_ARRAY(arena, Glyph, 4);
    uint16_t a = run->glyphs[0].id, space = run->face->space_glyph;
    /* glyphs: a+nbsp as if it were a ligature, a space, then two glyphs for one cluster */
    glyphs[0] = (Glyph){.id = a, .cluster = 0, .advance = 500};
    glyphs[1] = (Glyph){.id = space, .cluster = 3, .advance = 200};
    glyphs[2] = (Glyph){.id = a, .cluster = 4, .advance = 500};
    glyphs[3] = (Glyph){.id = space, .cluster = 4, .advance = 0, .dy = 100};
    run->glyphs = glyphs;
    run->glyph_count = 4;
    Str content = inflated(write_with(CLAIM_ALL));
    assert_true(contains(content, "<21><006100A0>\n<22><0020>\n<23><0061>\n<24><0301>\n"));
    assert_false(contains(content, "ActualText"));
    assert_true(contains(content, " Ts\n")); /* the accent is raised */
}

/* A font with few codes has a map of its own, for codes of one byte: here from U+00C0 to `last`. */
static void codes_write(uint32_t last, Str *file, Str *content) {
    Buf words = buf_new(arena);
    for (uint32_t c = 0xC0; c <= last; c++) buf_add_utf8(&words, c);
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), buf_str(&words).p);
    layout_begin();
    set_all(text);
    *file = write_with(CLAIM_ALL);
    *content = inflated(*file);
}

static void codes_are_short_where_they_are_few(void **state) {
    (void)state;
    Str file, content;
    codes_write(0xC0 + 222, &file, &content);
    assert_true(contains(file, "/CMapName/OneByteH"));
    assert_false(contains(file, "/Encoding/Identity-H"));
    assert_true(contains(content, "<21><00C0>\n"));
    assert_true(contains(content, "<FF><019E>\n"));
}

static void codes_are_long_where_they_are_many(void **state) {
    (void)state;
    Str file, content;
    codes_write(0xC0 + 223, &file, &content);
    assert_false(contains(file, "/CMapName/OneByteH"));
    assert_true(contains(file, "/Encoding/Identity-H"));
    assert_true(contains(content, "<0001><00C0>\n"));
}

/* More glyphs than characters cannot be said by codes; a glyph that no face has is drawn as another. */
static void text_is_stated_where_codes_cannot(void **state) {
    (void)state;
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "ab");
    layout_begin();
    Run *run = set_all(text);
    Glyph *glyphs = NEW_ARRAY(arena, Glyph, 3);
    glyphs[0] = glyphs[1] = run->glyphs[0];
    glyphs[2] = (Glyph){.id = 0, .cluster = 1, .advance = 500};
    run->glyphs = glyphs;
    run->glyph_count = 3;
    Str content = inflated(write_with(CLAIM_ALL));
    assert_true(contains(content, "/Span<</ActualText(a)>>BDC"));
    assert_true(contains(content, "><0062>\n")); /* still a "b" when it is copied */
}

/* ---- The file ------------------------------------------------------------------------------------------------------------ */

static void claims_are_made_only_when_allowed(void **state) {
    (void)state;
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "Words");
    layout_begin();
    set_all(text);
    Str all = write_with(CLAIM_ALL), none = write_with(0);
    assert_true(contains(all, "<pdfaid:conformance>A</pdfaid:conformance>"));
    assert_true(contains(all, "<pdfuaid:part>1</pdfuaid:part>"));
    assert_true(contains(all, "<rdf:li xml:lang=\"x-default\">Bread &amp; butter</rdf:li>"));
    assert_true(contains(all, "/Title(Bread & butter)"));
    assert_true(contains(all, "/CreationDate(D:20190207000000Z)"));
    assert_true(contains(none, "<pdfaid:conformance>U</pdfaid:conformance>"));
    assert_false(contains(none, "pdfuaid:part"));
    assert_true(contains(none, "/StructTreeRoot"));
    Str again = write_with(CLAIM_ALL);
    assert_int_equal(again.n, all.n);
    assert_memory_equal(again.p, all.p, all.n);
}

/* Forty pages are several pieces; who draws which of them makes no difference. */
static void cores_make_no_difference(void **state) {
    (void)state;
    Node *words[40];
    for (int i = 0; i < 40; i++)
        words[i] =
            add_text(add(layout->tree->root, NODE_PARAGRAPH), str_format(arena, "Page %d of “many”, %c", i, 'A' + i % 26).p);
    layout_begin();
    for (int i = 0; i < 40; i++) {
        set_all(words[i]);
        if (i < 39) page_begin();
    }
    cores_use(1);
    Str one = write_with(CLAIM_ALL);
    cores_use(4);
    Str four = write_with(CLAIM_ALL);
    assert_int_equal(one.n, four.n);
    assert_memory_equal(one.p, four.p, one.n);
}

/* Kerning by an odd number of units leaves the pen half a thousandth off; it is not moved to and fro for that. */
static void pen_stays_when_half_a_step_off(void **state) {
    (void)state;
    Node *text = add_text(add(layout->tree->root, NODE_PARAGRAPH), "aaaaaa");
    layout_begin();
    Run *run = set_all(text);
    Glyph *glyphs = NEW_ARRAY(arena, Glyph, run->glyph_count);
    memcpy(glyphs, run->glyphs, run->glyph_count * sizeof *glyphs);
    assert_int_equal(run->face->units_per_em, 2000);
    glyphs[0].advance -= 1;
    run->glyphs = glyphs;
    Str content = inflated(write_with(CLAIM_ALL));
    assert_true(contains(content, ")Tj\n"));
    assert_false(contains(content, "]TJ"));
    glyphs[0].advance -= 1;
    assert_true(contains(inflated(write_with(CLAIM_ALL)), ")1("));
}

/* ---- Images --------------------------------------------------------------------------------------------------------------- */

static void big_endian_add(Buf *b, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) buf_add_char(b, (char)(value >> shift));
}

static void chunk_add(Buf *b, const char *type, Str data) {
    Buf body = buf_new(arena);
    buf_add_c(&body, type);
    buf_add(&body, data);
    big_endian_add(b, (uint32_t)data.n);
    buf_add(b, buf_str(&body));
    big_endian_add(b, (uint32_t)crc32(0, (const Bytef *)body.p, (uInt)body.n));
}

/* 2 by 1 pixels, RGB, after the filter `filter`. */
static Image *png_image(char filter) {
    Buf b = buf_new(arena);
    char rows[7] = {filter, 10, 20, 30, 40, 50, 60}, deflated[64];
    uLongf n = sizeof deflated;
    assert_int_equal(compress((Bytef *)deflated, &n, (const Bytef *)rows, sizeof rows), Z_OK);
    buf_add(&b, STR("\x89PNG\r\n\x1A\n"));
    chunk_add(&b, "IHDR", STR("\0\0\0\2\0\0\0\1\10\2\0\0\0"));
    chunk_add(&b, "IDAT", (Str){deflated, n});
    chunk_add(&b, "IEND", STR(""));
    Image *image = NEW(arena, Image);
    *image = (Image){.name = STR("two.png"),
        .bytes = buf_str(&b),
        .format = IMAGE_PNG,
        .width = 2,
        .height = 1,
        .components = 3};
    return image;
}

static void image_set(const Node *node, const Image *image) {
    *PUSH(arena, page, LayoutBox) = (LayoutBox){.kind = BOX_IMAGE,
        .node = node,
        .image = image,
        .rect = {LU_FROM_PT(50), LU_FROM_PT(100), LU_FROM_PT(20), LU_FROM_PT(10)}};
}

/* Data of PNG that a PDF can hold goes in unchanged, and once; what cannot be decoded is an error, not a broken file. */
static void png_data_goes_in_unchanged(void **state) {
    (void)state;
    Node *paragraph = add(layout->tree->root, NODE_PARAGRAPH), *first = add(paragraph, NODE_IMAGE);
    Node *second = add(paragraph, NODE_IMAGE), *third = add(paragraph, NODE_IMAGE);
    first->has_alt = second->has_alt = third->has_alt = true;
    first->text = STR("Two dots");
    second->text = STR("The dots again");
    layout_begin();
    Image *image = png_image(1);
    image_set(first, image);
    image_set(second, image);
    image_set(third, image); /* decorative: an artifact */
    assert_tags("Document Lang=\"en-GB\"\n  P\n    Figure Alt=\"Two dots\"\n    Figure Alt=\"The dots again\"\n");
    Str file = write_with(CLAIM_ALL), data = str_slice(image->bytes, 41, image->bytes.n - 16);
    assert_true(contains(file, "/BBox[50 490 70 500]/Width 20/Height 10>>\n/Alt(Two dots)"));
    size_t at = 0, count = 0;
    for (; at + data.n <= file.n; at++) count += memcmp(file.p + at, data.p, data.n) == 0;
    assert_int_equal(count, 1);
    *image = *png_image(7); /* no such filter */
    Str out;
    PdfOptions options = {.claims = CLAIM_ALL};
    assert_true(pdf_write(&diags, fonts, layout, &options, &out));
    assert_int_equal(diags.errors, 1);
    assert_false(contains(out, "/XObject"));
}

/* Three components are taken for YCbCr, unless the file, or we, say that they are not. */
static void plain_colours_of_a_jpeg_are_stated(void **state) {
    (void)state;
    Node *first = add(add(layout->tree->root, NODE_PARAGRAPH), NODE_IMAGE), *second = add(first->parent, NODE_IMAGE);
    layout_begin();
    Image plain = {.name = STR("a.jpg"), .bytes = STR("a"), .format = IMAGE_JPEG, .width = 2, .height = 1, .components = 3};
    Image usual = plain;
    plain.plain_rgb = true;
    usual.name = STR("b.jpg");
    image_set(first, &usual);
    assert_false(contains(write_with(CLAIM_ALL), "/ColorTransform"));
    image_set(second, &plain);
    assert_true(contains(write_with(CLAIM_ALL), "/DecodeParms<</ColorTransform 0>>/Filter/DCTDecode"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cut_paragraph_is_one_element, begin, end),
        cmocka_unit_test_setup_teardown(elements_follow_the_document, begin, end),
        cmocka_unit_test_setup_teardown(empty_cells_keep_their_place, begin, end),
        cmocka_unit_test_setup_teardown(glyphs_say_their_text, begin, end),
        cmocka_unit_test_setup_teardown(codes_are_short_where_they_are_few, begin, end),
        cmocka_unit_test_setup_teardown(codes_are_long_where_they_are_many, begin, end),
        cmocka_unit_test_setup_teardown(text_is_stated_where_codes_cannot, begin, end),
        cmocka_unit_test_setup_teardown(png_data_goes_in_unchanged, begin, end),
        cmocka_unit_test_setup_teardown(plain_colours_of_a_jpeg_are_stated, begin, end),
        cmocka_unit_test_setup_teardown(cores_make_no_difference, begin, end),
        cmocka_unit_test_setup_teardown(pen_stays_when_half_a_step_off, begin, end),
        cmocka_unit_test_setup_teardown(claims_are_made_only_when_allowed, begin, end),
    };
    return cmocka_run_group_tests(tests, group_begin, group_end);
}
