/* inspect: what is told of a PDF made here byte by byte, and what is refused. EPUBs and hostile files: tests/cli/info.py. */
#include "inspect/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    Arena *arena;
    Diags diags;
} Case;

static int case_open(void **state) {
    static Case made;
    made.arena = arena_open();
    made.diags = diags_new(made.arena);
    *state = &made;
    return 0;
}

static int case_close(void **state) {
    arena_close(((Case *)*state)->arena);
    return 0;
}

#define XMP                                                                                                                      \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"                      \
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:id='http://www.aiim.org/pdfa/ns/id/' "                   \
    "xmlns:own='urn:own' "                                                                                                       \
    "own:attribute='one' id:part='3'><dc:title><rdf:Alt><rdf:li xml:lang='cy'>Teitl</rdf:li><rdf:li xml:lang='x-default'>A "     \
    "title</rdf:li>"                                                                                                             \
    "</rdf:Alt></dc:title><id:conformance>A</id:conformance><own:list><rdf:Seq><rdf:li>two</rdf:li><rdf:li>three</rdf:li></"     \
    "rdf:Seq></own:list>"                                                                                                        \
    "<own:part rdf:parseType='Resource'><own:inner>x</own:inner></own:part></rdf:Description></rdf:RDF></x:xmpmeta>"

/* A PDF without a table of references, which libqpdf mends. */
static Str document(Arena *arena) {
    return str_format(arena,
        "%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Lang(cy)/Metadata 4 0 R/AF[5 0 R]>>\nendobj\n"
        "2 0 obj\n<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>\nendobj\n3 0 obj\n<</Type/Page/MediaBox[0 0 9 9]>>\nendobj\n"
        "4 0 obj\n<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        "5 0 obj\n<</Type/Filespec/F(a.md)/UF(a.md)/AFRelationship/Source/EF<</F 6 0 R>>>>\nendobj\n"
        "6 0 obj\n<</Type/EmbeddedFile/Subtype/text#2fmarkdown/Length 6/Params<</Size 6>>>>\nstream\nWords.\nendstream\nendobj\n"
        "trailer\n<</Root 1 0 R/Size 7>>\n%%%%EOF\n",
        (int)strlen(XMP), XMP);
}

static void a_document_is_told(void **state) {
    Case *made = *state;
    Inspected file;
    assert_true(inspect_open(made->arena, &made->diags, STR("a.pdf"), document(made->arena), &file));
    assert_int_equal(INSPECT_PDF, file.format);
    assert_true(str_is(file.title, "A title"));
    assert_true(str_is(file.language, "cy"));
    assert_int_equal(1, file.pages); /* named twice */
    assert_true(file.damaged);
    assert_false(file.tagged || file.encrypted || file.cut);
    assert_int_equal(1, file.claim_count);
    assert_true(str_is(file.claims[0], "PDF/A-3a"));
    inspect_close(&file);
    inspect_close(&file); /* twice is allowed */
}

static void properties_are_found_by_name(void **state) {
    Case *made = *state;
    Inspected file;
    assert_true(inspect_open(made->arena, &made->diags, STR("a.pdf"), document(made->arena), &file));
    assert_true(str_is(inspect_property(&file, "urn:own", "attribute", 0), "one"));
    assert_true(str_is(inspect_property(&file, "urn:own", "list", 0), "two"));
    assert_true(str_is(inspect_property(&file, "urn:own", "list", 1), "three"));
    assert_int_equal(0, inspect_property(&file, "urn:own", "list", 2).n);
    assert_int_equal(0, inspect_property(&file, "urn:own", "part", 0).n);
    assert_int_equal(0, inspect_property(&file, "urn:other", "list", 0).n);
    inspect_close(&file);
}

static void attached_files_are_given(void **state) {
    Case *made = *state;
    Inspected file;
    Str bytes;
    assert_true(inspect_open(made->arena, &made->diags, STR("a.pdf"), document(made->arena), &file));
    assert_int_equal(1, file.attachment_count);
    const InspectAttachment *attached = &file.attachments[0];
    assert_true(str_is(attached->name, "a.md") && str_is(attached->media_type, "text/markdown"));
    assert_true(str_is(attached->relationship, "Source") && attached->associated);
    assert_int_equal(6, attached->size);
    assert_true(inspect_attachment(made->arena, &made->diags, &file, attached, &bytes));
    assert_true(str_is(bytes, "Words."));
    InspectAttachment other = *attached;
    other.index = 7;
    assert_false(inspect_attachment(made->arena, &made->diags, &file, &other, &bytes));
    assert_int_equal(1, made->diags.errors);
    inspect_close(&file);
}

static void what_cannot_be_read_costs_one_error(void **state) {
    Case *made = *state;
    Inspected file;
    const Str refused[] = {STR(""), STR("Words."), STR("%PDF-1.7\n"), STR("PK\3\4 and no more"),
        STR("%PDF-1.7\n1 0 obj\n<</Pages 1>>\nendobj\ntrailer\n<</Root 1 0 R>>\n")};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_false(inspect_open(made->arena, &made->diags, str_format(made->arena, "%zu", i), refused[i], &file));
        assert_int_equal(i + 1, made->diags.errors);
    }
    assert_int_equal(EXIT_DOCUMENT, diags_status(&made->diags));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_document_is_told, case_open, case_close),
        cmocka_unit_test_setup_teardown(properties_are_found_by_name, case_open, case_close),
        cmocka_unit_test_setup_teardown(attached_files_are_given, case_open, case_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_costs_one_error, case_open, case_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
