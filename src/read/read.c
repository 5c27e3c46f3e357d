/* read_markdown(): the order of things. */
#include "read/internal.h"
#include "read/read.h"

Tree *read_markdown(Arena *arena, Diags *d, const Source *source) { return read_markdown_apart(arena, arena, d, source); }

Tree *read_markdown_apart(Arena *arena, Arena *nodes, Diags *d, const Source *source) {
    Reader reader = {.arena = arena, .nodes = nodes, .d = d, .source = source};
    Reader *r = &reader;
    r->tree = tree_new(arena, source);
    decode_source(r);
    front_matter_find(r);
    r->tree->meta.smart = front_matter_smart(r);
    r->tree->meta.language = front_matter_language(r); /* as written: words of the front matter may stand before it */
    if (d->refused) return r->tree;
    r->parser = syntax_parser_open(r, blocks_read_document);
    syntax_parse(r);
    cmark_memory_close(&r->inlines);
    cmark_memory_close(&r->blocks);
    return r->tree;
}
