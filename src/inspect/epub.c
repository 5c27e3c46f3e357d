/* An EPUB (2 and 3): container.xml names the package document, which says the rest (EPUB 3.3 §4.2, §5). */
#include "inspect/internal.h"

#define PART_LIMIT ((size_t)32 << 20) /* of a document of the container */
#define SPACE_OPF "http://www.idpf.org/2007/opf"
#define SPACE_OPS "http://www.idpf.org/2007/ops"
#define SPACE_XML "http://www.w3.org/XML/1998/namespace"

typedef struct {
    Inspection *at;
    Archive *archive;
    Str folder; /* of the package document */
    Str prefixes; /* its attribute: "name: URI name: URI" */
    StrMap *spine; /* ids */
    Str navigation; /* the entry of the navigation document; empty: none */
} Package;

/* ---- Paths --------------------------------------------------------------------------------------------------------- */

static int hex(char c) {
    if (char_is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A reference in a document in `folder` as the name of an entry: escapes undone, "." and ".." taken out, never above the root. */
static Str entry_name(Arena *arena, Str folder, Str reference) {
    Buf out = buf_new(arena);
    buf_add(&out, folder);
    for (size_t i = 0; i < reference.n && reference.p[i] != '#' && reference.p[i] != '?'; i++) {
        char c = reference.p[i];
        bool escaped = c == '%' && i + 2 < reference.n && hex(reference.p[i + 1]) >= 0 && hex(reference.p[i + 2]) >= 0;
        if (escaped) {
            c = (char)(hex(reference.p[i + 1]) * 16 + hex(reference.p[i + 2]));
            i += 2;
        }
        buf_add_char(&out, c);
    }
    Str whole = buf_str(&out);
    Buf path = buf_new(arena);
    for (size_t from = 0; from < whole.n;) {
        size_t to = from;
        while (to < whole.n && whole.p[to] != '/') to++;
        Str part = str_slice(whole, from, to);
        from = to + 1;
        if (str_is(part, "..")) {
            if (path.n > 0) path.n--;
            while (path.n > 0 && path.p[path.n - 1] != '/') path.n--;
        } else if (part.n > 0 && !str_is(part, ".")) {
            buf_add(&path, part);
            if (to < whole.n) buf_add_char(&path, '/');
        }
    }
    return buf_str(&path);
}

/* ---- Statements ---------------------------------------------------------------------------------------------------- */

/* What a prefix stands for: as the package declares it, else as reserved (EPUB 3.3 §D.2). */
static Str prefix_space(const Package *package, Str prefix) {
    static const char *const reserved[][2] = {{"a11y", "http://www.idpf.org/epub/vocab/package/a11y/#"},
        {"dcterms", SPACE_DCTERMS}, {"marc", "http://id.loc.gov/vocabulary/"},
        {"media", "http://www.idpf.org/epub/vocab/overlays/#"},
        {"onix", "http://www.editeur.org/ONIX/book/codelists/current.html#"},
        {"rendition", "http://www.idpf.org/vocab/rendition/#"}, {"schema", "http://schema.org/"},
        {"xsd", "http://www.w3.org/2001/XMLSchema#"}};
    Str rest = str_trim(package->prefixes);
    while (rest.n > 0) {
        Str words[2];
        for (int i = 0; i < 2; i++) {
            size_t end = 0;
            while (end < rest.n && !char_is_space(rest.p[end])) end++;
            words[i] = str_slice(rest, 0, end);
            rest = str_trim(str_slice(rest, end, rest.n));
        }
        if (words[0].n == prefix.n + 1 && str_starts(words[0], prefix) && words[0].p[prefix.n] == ':') return words[1];
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (str_is(prefix, reserved[i][0])) return str_from(reserved[i][1]);
    return prefix;
}

static void statement_add(const Package *package, Str property, Str value, Str refines) {
    size_t colon = 0;
    while (colon < property.n && property.p[colon] != ':') colon++;
    bool prefixed = colon < property.n;
    Str space =
        prefixed ? prefix_space(package, str_slice(property, 0, colon)) : STR("http://idpf.org/epub/vocab/package/meta/#");
    property_add(package->at, space, prefixed ? str_slice(property, colon + 1, property.n) : property, value,
        str_starts(refines, STR("#")) ? str_slice(refines, 1, refines.n) : refines);
}

static void metadata_read(const Package *package, const MarkupNode *metadata) {
    Arena *arena = package->at->arena;
    for (const MarkupNode *node = markup_first(metadata); node != NULL; node = markup_next(node, metadata)) {
        Str refines = markup_attribute(arena, node, NULL, "refines");
        if (str_is(markup_space(node), SPACE_DC)) {
            property_add(package->at, STR(SPACE_DC), str_copy(arena, markup_name(node)), markup_text(arena, node), STR(""));
        } else if (markup_is(node, SPACE_OPF, "meta")) {
            Str property = markup_attribute(arena, node, NULL, "property"), name = markup_attribute(arena, node, NULL, "name");
            if (property.n > 0)
                statement_add(package, property, markup_text(arena, node), refines);
            else if (name.n > 0)
                property_add(package->at, STR(""), name, markup_attribute(arena, node, NULL, "content"), STR(""));
        } else if (markup_is(node, SPACE_OPF, "link")) {
            statement_add(
                package, markup_attribute(arena, node, NULL, "rel"), markup_attribute(arena, node, NULL, "href"), refines);
        }
    }
}

/* ---- Manifest and spine -------------------------------------------------------------------------------------------- */

static bool words_have(Str words, const char *word) {
    Str wanted = str_from(word);
    for (size_t from = 0; from < words.n;) {
        size_t to = from;
        while (to < words.n && !char_is_space(words.p[to])) to++;
        if (str_equal(str_slice(words, from, to), wanted)) return true;
        from = to + 1;
    }
    return false;
}

/* What a book is shown with (EPUB 3.3 §3.2), and other fonts, pictures, sounds. */
static bool is_shown(Str type) {
    static const char *const types[] = {"application/xhtml+xml", "text/css", "text/javascript", "application/javascript",
        "application/ecmascript", "application/font-sfnt", "application/font-woff", "application/vnd.ms-opentype",
        "application/x-font-ttf", "application/x-font-otf", "application/smil+xml", "application/pls+xml",
        "application/x-dtbncx+xml"};
    if (str_starts(type, STR("image/")) || str_starts(type, STR("font/")) || str_starts(type, STR("audio/")) ||
        str_starts(type, STR("video/")))
        return true;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i])) return true;
    return false;
}

static bool is_font(Str type) {
    return str_starts(type, STR("font/")) || str_starts(type, STR("application/font-")) ||
           str_starts(type, STR("application/x-font-")) || str_is(type, "application/vnd.ms-opentype");
}

static Str name_stem(Str path) {
    Str name = path_name(path);
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.') return str_slice(name, 0, i - 1);
    return name;
}

static void item_read(Package *package, const MarkupNode *node) {
    Inspection *at = package->at;
    Arena *arena = at->arena;
    Str id = markup_attribute(arena, node, NULL, "id"), type = markup_attribute(arena, node, NULL, "media-type");
    Str entry = entry_name(arena, package->folder, markup_attribute(arena, node, NULL, "href"));
    bool navigation = words_have(markup_attribute(arena, node, NULL, "properties"), "nav");
    if (navigation) package->navigation = entry;
    if (is_font(type)) font_add(at, text_clean(arena, name_stem(entry)), true, false);
    if (navigation || str_is(type, "application/x-dtbncx+xml") || strmap_find(package->spine, id) != NULL) return;
    if (at->attachments.count >= INSPECT_COUNT) {
        at->out->cut = true;
        return;
    }
    *PUSH(arena, &at->attachments, InspectAttachment) = (InspectAttachment){.name = text_clean(arena, entry),
        .id = id,
        .media_type = type,
        .associated = !is_shown(type),
        .size = archive_size(package->archive, entry),
        .entry = entry};
}

/* The page list's entries (EPUB 3.3 §7.4.3). */
static void pages_count(Package *package) {
    Str bytes;
    Arena *arena = package->at->arena;
    if (package->navigation.n == 0 ||
        archive_read(package->archive, arena, package->navigation, PART_LIMIT, &bytes) != ARCHIVE_READ)
        return;
    Markup *document = markup_read(bytes, true);
    if (document == NULL) return;
    const MarkupNode *root = markup_root(document);
    for (const MarkupNode *node = root; node != NULL; node = markup_next(node, root)) {
        if (!markup_is(node, NULL, "nav") || !words_have(markup_attribute(arena, node, SPACE_OPS, "type"), "page-list")) continue;
        for (const MarkupNode *entry = markup_next(node, node); entry != NULL; entry = markup_next(entry, node))
            if (markup_is(entry, NULL, "li")) package->at->out->pages++;
        break;
    }
    markup_free(document);
}

/* ---- What it says of itself ---------------------------------------------------------------------------------------- */

/* EPUB Accessibility 1.1 §2.5; 1.0 named addresses instead. */
static Str conformance(Arena *arena, Str value) {
    Str old = STR("http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-");
    if (!str_starts(value, old)) return value;
    Str level = str_slice(value, old.n, old.n + 3);
    return str_format(arena, "EPUB Accessibility 1.0 - WCAG 2.0 Level %s",
        str_is(level, "aaa")  ? "AAA"
        : str_is(level, "aa") ? "AA"
                              : "A");
}

static void claims_read(Inspection *at) {
    bool names_version = false;
    Str *values;
    uint32_t count = properties_find(at, SPACE_DCTERMS, "conformsTo", &values);
    for (uint32_t i = 0; i < count; i++) {
        static const char *const versions[][2] = {
            {"https://www.w3.org/TR/epub-33/", "EPUB 3.3"}, {"https://www.w3.org/TR/epub/", "EPUB 3"}};
        Str claim = conformance(at->arena, values[i]);
        for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) {
            if (!str_is(values[i], versions[v][0])) continue;
            claim = str_from(versions[v][1]);
            names_version = true;
        }
        claim_add(at, claim);
    }
    /* "3.0" is what a package document says in all versions of EPUB 3. */
    if (!names_version && at->out->version.n > 0)
        claim_add(
            at, str_format(at->arena, "EPUB " STR_FMT, STR_ARG(str_is(at->out->version, "3.0") ? STR("3") : at->out->version)));
}

static void statements_settle(Inspection *at) {
    Inspected *out = at->out;
    out->title = property_find(at, SPACE_DC, "title");
    out->language = property_find(at, SPACE_DC, "language");
    out->date = property_find(at, SPACE_DC, "date");
    if (out->date.n == 0) out->date = property_find(at, SPACE_DCTERMS, "modified");
    out->marking = property_find(at, SPACE_DCTERMS, "accessRights");
    out->program = property_find(at, "", "generator");
    subjects_read(at);
    if (property_find(at, "http://schema.org/", "creativeWorkStatus").n > 0) out->draft = true;
    claims_read(at);
}

/* ---- The whole ----------------------------------------------------------------------------------------------------- */

static void package_read(Package *package, const MarkupNode *root) {
    Arena *arena = package->at->arena;
    package->at->out->version = markup_attribute(arena, root, NULL, "version");
    package->prefixes = markup_attribute(arena, root, NULL, "prefix");
    for (const MarkupNode *part = markup_first(root); part != NULL; part = markup_sibling(part)) {
        if (markup_is(part, SPACE_OPF, "metadata")) metadata_read(package, part);
        if (!markup_is(part, SPACE_OPF, "spine")) continue;
        for (const MarkupNode *reference = markup_first(part); reference != NULL; reference = markup_sibling(reference))
            strmap_put(package->spine, markup_attribute(arena, reference, NULL, "idref"), package);
    }
    for (const MarkupNode *part = markup_first(root); part != NULL; part = markup_sibling(part)) {
        if (!markup_is(part, SPACE_OPF, "manifest")) continue;
        for (const MarkupNode *node = markup_first(part); node != NULL; node = markup_sibling(node))
            if (markup_is(node, SPACE_OPF, "item")) item_read(package, node);
    }
    pages_count(package);
}

/* A document of the container that must be there and well-formed; NULL with one error. */
static Markup *part_read(Inspection *at, Archive *archive, Str entry, const char *what) {
    Str bytes = {NULL, 0};
    ArchiveStatus status = archive_read(archive, at->arena, entry, PART_LIMIT, &bytes);
    Markup *document = status == ARCHIVE_READ ? markup_read(bytes, false) : NULL;
    if (document != NULL) return document;
    if (status == ARCHIVE_MISSING)
        inspection_refuse(at, "file-damaged", NULL, "it is a zip file with no %s in it, so it is no whole EPUB", what);
    else if (status == ARCHIVE_LARGE)
        inspection_refuse(at, "file-damaged", NULL, "its %s is too large", what);
    else if (status == ARCHIVE_LOCKED)
        inspection_refuse(at, "file-locked", NULL, "its %s is encrypted", what);
    else
        inspection_refuse(at, "file-damaged", NULL, "its %s is damaged", what);
    return NULL;
}

/* The path of the package document. */
static bool container_read(Inspection *at, Archive *archive, Str *out) {
    Markup *container = part_read(at, archive, STR("META-INF/container.xml"), "META-INF/container.xml");
    if (container == NULL) return false;
    const MarkupNode *root = markup_root(container), *node = root;
    while (node != NULL && !markup_is(node, NULL, "rootfile")) node = markup_next(node, root);
    if (node != NULL) *out = entry_name(at->arena, STR(""), markup_attribute(at->arena, node, NULL, "full-path"));
    markup_free(container);
    return node != NULL || inspection_refuse(at, "file-damaged", NULL, "its META-INF/container.xml names no package document");
}

bool epub_inspect(Inspection *at, Archive **handle) {
    Archive *archive = archive_open(at->arena, at->bytes);
    *handle = archive;
    if (archive == NULL)
        return inspection_refuse(at, "file-damaged", NULL, "it begins like an EPUB, but its list of contents is damaged");
    Str path;
    if (!container_read(at, archive, &path)) return false;
    Markup *document = part_read(at, archive, path, "package document");
    if (document == NULL) return false;
    at->out->tagged = true;
    at->out->cut = at->out->cut || archive_cut(archive);
    at->out->encrypted = archive_has(archive, STR("META-INF/encryption.xml"));
    Package package = {.at = at, .archive = archive, .folder = path_folder(path), .spine = strmap_new(at->arena)};
    package_read(&package, markup_root(document));
    markup_free(document);
    statements_settle(at);
    return true;
}
