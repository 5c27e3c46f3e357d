/* A grammar of the dialect, from which documents are grown: every block, inline, attribute and key of the front matter, mostly well written, in
 * every mixture. And how a document is changed: a piece is grown into it, or lines are moved. */
#include "mutate.h"

#include <string.h>

#define DEPTH_MOST 4
#define PIECE 1024

static void add(Text *t, const char *words) { text_put(t, t->n, t->n, str_from(words)); }

static void block(Text *t, Chance *c, unsigned depth);
static void inlines(Text *t, Chance *c, unsigned depth);

/* ---- Words and attributes ------------------------------------------------------------------------------------------------ */

static void word(Text *t, Chance *c) {
    static const char *const words[] = {"a", "The", "report", "1,046", "2018--19", "don't", "\"so\"", "...", "e.g.", "GCHQ", "officially",
        "https://example.org/a?b=c&d", "www.example.org", "a@example.org", "1/2", "x^2^", "H~2~O", "na\xC3\xAFve", "\xCE\x95\xCE\xBB\xCE\xBB", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
        "\xD8\xA7\xD9\x84\xD8\xB9", "\xE4\xB8\xAD\xE6\x96\x87", "\xE0\xB8\xA0\xE0\xB8\xB2\xE0\xB8\xA9\xE0\xB8\xB2", "\xE0\xA4\xB9\xE0\xA4\xBF", "\xF0\x9F\x98\x80", "&amp;", "&#x202e;", "&nbsp;", "&shy;",
        "\\*", "supercalifragilisticexpialidocious", "Bundesverfassungsgericht", "\xC2\xAD", "\xE2\x80\x8B", "e\xCC\x81", "'s", "---", "\xE2\x80\xAE", "\xFF", "5 km",
        "Table 1", "&lt;b&gt;", "\xEF\xBB\xBF", "\xE2\x80\xA8", "\\", "]", "[", "*", "_", "`", "|", "{", "}", "<", "!", "^", "~~"};
    add(t, CHOOSE(c, words));
}

static const char *id(Chance *c) {
    static const char *const ids[] = {"a", "b", "figure", "table", "note-1", "\xC3\xA9", "page-1"};
    return CHOOSE(c, ids);
}

static void attributes(Text *t, Chance *c) {
    static const char *const others[] = {".pull-quote", ".term", ".decorative", ".landscape", ".numbered", "lang=cy", "lang=ar", "lang=ja",
        "lang=de-DE", ".unnumbered", "width=50%", "credit=\"Ann\"", "longdesc=#a", "key='v'", ".small", ".no-toc", "start=3", ".allow-x", "bad", "dir=rtl",
        ".annex", ".python", "caption=\"C\"", "side=left"};
    add(t, "{");
    for (uint32_t i = 0, n = 1 + chance(c, 3); i < n; i++) {
        if (i > 0) add(t, " ");
        if (chance(c, 3) == 0) {
            add(t, "#");
            add(t, id(c));
        } else {
            add(t, CHOOSE(c, others));
        }
    }
    add(t, "}");
}

/* ---- Inlines --------------------------------------------------------------------------------------------------------------- */

static void between(Text *t, Chance *c, unsigned depth, const char *open, const char *close) {
    add(t, open);
    inlines(t, c, depth + 1);
    add(t, close);
}

static void target(Text *t, Chance *c) {
    static const char *const targets[] = {"https://example.org/", "a.png", "b.png", "#a", "#b", "#table", "#none", "../x", "javascript:x",
        "mailto:a@example.org", "a b", "<a b>", "own.yaml", "%2e%2e/x", "tel:1", ""};
    add(t, CHOOSE(c, targets));
    if (chance(c, 3) == 0) between(t, c, DEPTH_MOST, " \"", "\"");
}

static void one_inline(Text *t, Chance *c, unsigned depth) {
    static const char *const pairs[][2] = {{"*", "*"}, {"**", "**"}, {"_", "_"}, {"~~", "~~"}, {"`", "`"}, {"^", "^"}, {"~", "~"},
        {"***", "***"}, {"\"", "\""}, {"'", "'"}, {"<sub>", "</sub>"}, {"<sup>", "</sup>"}, {"<mark>", "</mark>"}, {"<kbd>", "</kbd>"},
        {"<abbr title=\"long\">", "</abbr>"}, {"<q>", "</q>"}, {"<span lang=\"fr\">", "</span>"}, {"<cite>", "</cite>"},
        {"<small>", "</small>"}, {"``", "``"}, {"<!-- ", " -->"}, {"(", ")"}, {"<b>", "</i>"}, {"<a href='x'>", "</a>"}};
    static const char *const whole[] = {"[](#a)", "[](#table)", "[^1]", "[^long]", "<br>", "\\\n", "  \n", "\n", "<https://example.org/>", "[x][ref]",
        "[ref]", "<!-- brief: allow link-bare -->", "![](a.png)", "^[A note.]", "[page](#b){.page}", "<script>", "&hellip;", "<br/>", "[](#figure)"};
    uint32_t which = depth < DEPTH_MOST ? chance(c, 16) : chance(c, 8);
    if (which < 6) {
        word(t, c);
    } else if (which < 8) {
        add(t, CHOOSE(c, whole));
    } else if (which < 11) {
        const char *const *pair = CHOOSE(c, pairs);
        between(t, c, depth, pair[0], pair[1]);
    } else if (which < 14) {
        between(t, c, depth, which == 11 ? "![" : "[", "]");
        if (which != 13) {
            add(t, "(");
            target(t, c);
            add(t, ")");
        }
        if (which == 13 || chance(c, 3) == 0) attributes(t, c);
    } else {
        between(t, c, depth, "[", "]{.pull-quote}");
    }
}

static void inlines(Text *t, Chance *c, unsigned depth) {
    for (uint32_t i = 0, n = 1 + chance(c, depth == 0 ? 12 : 4); i < n; i++) {
        if (i > 0 && chance(c, 6) > 0) add(t, " ");
        one_inline(t, c, depth);
    }
}

void grow_inline(Text *t, Chance *c) { one_inline(t, c, 1); }

/* ---- Blocks ---------------------------------------------------------------------------------------------------------------- */

/* Blocks inside another: the first line begins with `first`, the others with `rest`. */
static void inside(Text *t, Chance *c, unsigned depth, const char *first, const char *rest) {
    size_t at = t->n;
    for (uint32_t i = 0, n = 1 + chance(c, 2); i < n; i++) block(t, c, depth + 1);
    for (const char *with = first; at < t->n; with = rest) {
        text_put(t, at, at, str_from(with));
        at = text_line_end(t, at);
    }
}

static void table(Text *t, Chance *c, unsigned depth) {
    static const char *const rules[] = {"|---", "|:--", "|--:", "|:-:"};
    uint32_t columns = 1 + chance(c, 4), rows = chance(c, 5);
    for (uint32_t row = 0; row < rows + 2; row++) {
        uint32_t cells = row < 2 || chance(c, 6) > 0 ? columns : chance(c, 6);
        for (uint32_t i = 0; i < cells; i++) {
            if (row == 1) {
                add(t, CHOOSE(c, rules));
            } else {
                add(t, "| ");
                if (chance(c, 8) > 0) one_inline(t, c, depth > 2 ? DEPTH_MOST : 2);
            }
        }
        add(t, "|\n");
    }
    if (chance(c, 2) == 0) between(t, c, DEPTH_MOST, chance(c, 2) ? "\nTable: " : "\n: ", chance(c, 3) ? " {#table}\n" : "\n");
}

static void fenced_div(Text *t, Chance *c, unsigned depth) {
    static const char *const names[] = {"pull-quote", "box", "summary", "conclusion", "recommendation", "note", "tip", "important", "warning",
        "caution", "page-break", "related", "figures", "members", "verso", "{.box #a}", "{.aside lang=cy}", "{.landscape}", "annex", "unknown", "{.box",
        "{.line-block}", "{.numbered}"};
    static const char *const fences[] = {":::", "::::", ":::::"};
    const char *fence = depth < 3 ? fences[2 - depth] : ":::";
    add(t, fence);
    add(t, " ");
    add(t, CHOOSE(c, names));
    add(t, "\n");
    inside(t, c, depth, "", "");
    if (chance(c, 8) > 0) add(t, fence);
    add(t, "\n");
}

static void block(Text *t, Chance *c, unsigned depth) {
    static const char *const whole[] = {"---\n", "<!-- comment -->\n", "[ref]: https://example.org/r \"Title\"\n", "*[GCHQ]: Headquarters\n",
        "<div>\nhtml\n</div>\n", "<!-- brief: allow image-alt, link-bare -->\n", "| a line\n| another\n|   third\n", "Term\n: Definition\n\n: Another\n",
        "    code\n", "![Words](a.png \"Caption\"){#figure}\n", "- [ ] task\n- [x] done\n", "Heading\n=====\n", "::: page-break\n:::\n",
        "<table><tr><td>x</table>\n", "```\nnever closed\n", "![](a.png)\n\n![b](a.png)\n", "\xEF\xBB\xBF\n", "***\n", "\\\n", "&nbsp;\n"};
    uint32_t which = depth < DEPTH_MOST ? chance(c, 20) : chance(c, 6);
    switch (which) {
    case 0: case 1: case 2: inlines(t, c, 0); add(t, "\n"); break;
    case 3: add(t, CHOOSE(c, whole)); break;
    case 4: case 5:
        for (uint32_t i = 0, n = 1 + chance(c, 6); i < n; i++) add(t, "#");
        add(t, " ");
        inlines(t, c, 2);
        if (chance(c, 2)) attributes(t, c);
        add(t, "\n");
        break;
    case 6: table(t, c, depth); break;
    case 7: case 8: fenced_div(t, c, depth); break;
    case 9: inside(t, c, depth, "> ", chance(c, 4) ? "> " : ""); break;
    case 10: inside(t, c, depth, "> [!NOTE]\n> ", "> "); break;
    case 11: case 12: inside(t, c, depth, chance(c, 2) ? "- " : "* ", "  "); break;
    case 13: inside(t, c, depth, chance(c, 2) ? "1. " : "7) ", "   "); break;
    case 14: inside(t, c, depth, chance(c, 2) ? "[^1]: " : "[^long]: ", "    "); break;
    case 15:
        add(t, chance(c, 2) ? "```python " : "~~~");
        if (chance(c, 2)) attributes(t, c);
        add(t, "\n");
        inlines(t, c, 0);
        add(t, "\n\n\tx\n```\n");
        break;
    case 16: add(t, "Term "); inlines(t, c, 2); add(t, "\n"); inside(t, c, depth, ": ", "  "); break;
    case 17: inside(t, c, depth, "| ", "| "); break;
    case 18: between(t, c, 2, "![", "](a.png \"Caption\")"); attributes(t, c); add(t, "\n"); break;
    default: inlines(t, c, 0); add(t, "\n"); inlines(t, c, 0); add(t, "\n"); break;
    }
    if (chance(c, 8) > 0) add(t, "\n");
}

void grow_block(Text *t, Chance *c) { block(t, c, 0); }

/* ---- Documents --------------------------------------------------------------------------------------------------------------- */

void grow_key(Text *t, Chance *c) {
    static const char *const fixed[] = {"toc: true", "toc-depth: 2", "paragraph-numbers: true", "number-sections: true", "cover: true",
        "list-of-tables: true", "list-of-figures: true", "recommendations: end", "recommendations: none", "notes: end", "notes: page", "smart: false",
        "style: own.yaml", "style: plain", "style: report", "style: committee", "style: newsletter", "style: note", "style: none", "lang: en-GB", "lang: cy",
        "lang: ar", "lang: de", "lang: ja", "lang: he", "lang: x", "date: 2024-05-17", "date: 2024-02", "date: 2023-02-30", "draft: true",
        "draft: Draft of Monday", "embargo: 2024-05-17 00:01", "embargo: Friday", "marking: Official", "logo: a.png", "logo-alt: A mark",
        "author: [Ann, {name: Ben}]", "related:\n  - title: A page\n    url: https://example.org/\n  - \"[b](#a)\"", "keywords: [a, b]",
        "members: [\"Ann, Chair\", {name: Ben, office: Clerk}]", "verso: [One., Two.]", "hyphenation: [re-cord, Huawei]", "unknown: 1", "session: 2023--24",
        "ordered: 17 May 2024", "committee: The Committee", "published: Today", "reference: EX 1", "title: ~", "lang: [", "? {a: b}", "a: &x [*x]"};
    static const char *const words[] = {"title", "subtitle", "standfirst", "author", "publisher", "rights", "description", "abstract"};
    if (chance(c, 3) > 0) {
        add(t, CHOOSE(c, fixed));
    } else {
        add(t, CHOOSE(c, words));
        add(t, chance(c, 2) ? ": A " : ": |\n  ");
        inlines(t, c, 2);
    }
    add(t, "\n");
}

void grow_document(Text *t, Chance *c) {
    if (chance(c, 3) > 0) {
        add(t, "---\n");
        for (uint32_t i = 0, n = 1 + chance(c, 6); i < n; i++) grow_key(t, c);
        add(t, "---\n\n");
    }
    for (uint32_t i = 0, n = 1 + chance(c, 6); i < n; i++) block(t, c, 0);
}

void document_mutate(Text *t, Chance *c) {
    char piece[PIECE];
    Text grown = {piece, 0, sizeof piece};
    size_t line = text_line(c, t), at = chance(c, t->n + 1);
    switch (chance(c, 12)) {
    case 0:
        if (chance(c, 8) == 0) t->n = 0;
        if (t->n == 0) grow_document(t, c);
        break;
    case 1: case 2: grow_block(&grown, c); text_put(t, line, line, (Str){piece, grown.n}); break;
    case 3: grow_block(&grown, c); text_put(t, line, text_line_end(t, line), (Str){piece, grown.n}); break;
    case 4: case 5: grow_inline(&grown, c); text_put(t, at, at, (Str){piece, grown.n}); break;
    case 6: { /* what stands there becomes part of an inline */
        static const char *const opens[] = {"[", "*", "**", "`", "\"", "![", "<mark>", "^", "~~", "[^"},
            *const closes[] = {"]{.pull-quote}", "*", "**", "`", "\"", "](a.png)", "</mark>", "^", "~~", "]"};
        uint32_t which = chance(c, sizeof opens / sizeof *opens);
        text_put(t, at, at, str_from(opens[which]));
        at += chance(c, 40);
        text_put(t, at, at, str_from(closes[which]));
        break;
    }
    case 7: { /* the front matter begins at the beginning */
        size_t first = text_line_end(t, 0);
        bool has = t->n > 4 && memcmp(t->p, "---\n", 4) == 0;
        if (!has) add(&grown, "---\n");
        grow_key(&grown, c);
        if (!has) add(&grown, "---\n\n");
        text_put(t, has ? first : 0, has ? first : 0, (Str){piece, grown.n});
        break;
    }
    case 8: text_mutate(t, at, t->n); break;
    default: text_lines_mutate(t, c);
    }
}
