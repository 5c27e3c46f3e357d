/* Findings for programs: as JSON, and as SARIF 2.1.0 (OASIS, 2020; "SARIF" below and its sections). docs/checks.md says what is in the first. */
#include "check/internal.h"

#include <jansson.h>

#define SARIF_SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

struct Report {
    Arena *arena;
    ReportForm form;
    Str version;
    json_t *documents; /* JSON: files. SARIF: results */
    json_t *notifications; /* SARIF: what is said of the run */
    bool failed; /* a file could not be read */
    StrMap *seen; /* SARIF: fingerprints, and how many findings had each */
    StrMap *rules; /* SARIF: by code, the place among the rules, from 1 */
};

/* Messages and names may hold bytes that are no UTF-8, which JSON cannot. */
static json_t *text_json(Arena *arena, Str text) {
    if (utf8_find_bad(text) < text.n) {
        Buf good = buf_new(arena);
        for (size_t at = 0; at < text.n;) {
            uint32_t c = utf8_next(text, &at);
            buf_add_utf8(&good, c == UTF8_BAD ? 0xFFFD : c);
        }
        text = buf_str(&good);
    }
    return json_stringn(text.n ? text.p : "", text.n);
}

static void put(json_t *object, const char *key, json_t *value) {
    if (!value || json_object_set_new(object, key, value)) BUG("no JSON for “%s”", key);
}

static void put_text(json_t *object, const char *key, Arena *arena, Str text) { put(object, key, text_json(arena, text)); }

static void push(json_t *array, json_t *value) {
    if (!value || json_array_append_new(array, value)) BUG("no JSON for an array");
}

static json_t *message_json(Arena *arena, Str text) {
    json_t *message = json_object();
    put_text(message, "text", arena, text);
    return message;
}

static const char *severity_word(Severity severity) {
    return severity == DIAG_ERROR ? "error" : severity == DIAG_WARNING ? "warning" : "note"; /* SARIF has the same words */
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------- */

static json_t *number_json(uint32_t number) { return number ? json_integer(number) : json_null(); }

static json_t *finding_json(Arena *arena, const Diag *found) {
    json_t *finding = json_object();
    put(finding, "file", found->at.source ? text_json(arena, found->at.source->name) : json_null());
    put(finding, "line", number_json(found->at.line));
    put(finding, "column", number_json(found->at.line ? found->at.column : 0));
    put_text(finding, "severity", arena, str_from(severity_word(found->severity)));
    put_text(finding, "code", arena, str_from(found->code));
    put_text(finding, "message", arena, found->message);
    put_text(finding, "hint", arena, found->hint);
    return finding;
}

static void json_add(Report *report, const Diags *d, Str file) {
    json_t *document = json_object(), *findings = json_array();
    put_text(document, "file", d->arena, file);
    put(document, "errors", json_integer(d->errors));
    put(document, "warnings", json_integer(d->warnings));
    put(document, "dropped", json_integer(d->dropped));
    const Diag **found = diags_sorted(d);
    for (uint32_t i = 0; i < d->count; i++) push(findings, finding_json(d->arena, found[i]));
    put(document, "findings", findings);
    push(report->documents, document);
}

/* ---- SARIF ---------------------------------------------------------------------------------------------------------- */

/* RFC 3986, relative to the working folder unless the path is absolute; "-" is standard input, as it is everywhere else. */
static Str uri_of(Arena *arena, Str path) {
    static const char hex[] = "0123456789ABCDEF";
    Buf uri = buf_new(arena);
    if (str_starts(path, STR("/"))) buf_add_c(&uri, "file://");
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool plain = char_is_letter(c) || char_is_digit(c) || c == '/' || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            buf_add_char(&uri, c);
            continue;
        }
        buf_add_char(&uri, '%');
        buf_add_char(&uri, hex[(unsigned char)c >> 4]);
        buf_add_char(&uri, hex[(unsigned char)c & 15]);
    }
    return buf_str(&uri);
}

/* Places come sorted, so that a source is gone through once. */
typedef struct {
    const Source *source;
    size_t at, line_start;
    uint32_t line, column, units; /* units: UTF-16 code units before `at`, in its line */
} Walk;

static bool at_line_end(Str s, size_t at) { return at >= s.n || s.p[at] == '\n' || s.p[at] == '\r'; }

/* SARIF 3.30: columns count UTF-16 code units, from 1; a byte order mark does not count. False: the source has no such line. */
static bool walk_to(Walk *walk, Place place) {
    Str text = place.source->text;
    if (walk->source != place.source || place.line < walk->line || (place.line == walk->line && place.column < walk->column)) {
        size_t start = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
        *walk = (Walk){.source = place.source, .at = start, .line_start = start, .line = 1, .column = 1};
    }
    while (walk->line < place.line) {
        while (!at_line_end(text, walk->at)) walk->at++;
        if (walk->at >= text.n) return false;
        walk->at += text.p[walk->at] == '\r' && walk->at + 1 < text.n && text.p[walk->at + 1] == '\n' ? 2 : 1;
        walk->line++;
        walk->line_start = walk->at;
        walk->column = 1;
        walk->units = 0;
    }
    for (; walk->column < place.column && !at_line_end(text, walk->at); walk->column++)
        walk->units += utf8_next(text, &walk->at) > 0xFFFF ? 2 : 1; /* a bad byte is read as one replacement character */
    return true;
}

static Str walk_line(const Walk *walk) {
    Str text = walk->source->text;
    size_t end = walk->line_start;
    while (!at_line_end(text, end)) end++;
    return str_trim(str_slice(text, walk->line_start, end));
}

static json_t *location_json(Arena *arena, Place at, Walk *walk, Str *words) {
    json_t *location = json_object(), *physical = json_object(), *artifact = json_object();
    put_text(artifact, "uri", arena, uri_of(arena, at.source->name));
    put(physical, "artifactLocation", artifact);
    bool there = at.line > 0 && at.source->text.n > 0 && walk_to(walk, at);
    if (at.line > 0) {
        json_t *region = json_object();
        put(region, "startLine", json_integer(at.line));
        if (at.column > 0) put(region, "startColumn", json_integer(there ? walk->units + 1 : at.column));
        put(physical, "region", region);
    }
    if (there) *words = walk_line(walk);
    put(location, "physicalLocation", physical);
    return location;
}

/* The same finding in the next version of a document has the same one, unless its own line was changed (SARIF 3.27.17): the code, the file, the
 * words of the line; and which it is of those that are alike. */
static Str fingerprint(Report *report, const Diag *found, Str words) {
    Str file = found->at.source ? found->at.source->name : STR("");
    uint64_t hash = str_hash(str_from(found->code), STR_HASH_SEED);
    hash = str_hash(words, str_hash(STR("\n"), str_hash(file, str_hash(STR("\n"), hash))));
    Str name = str_format(report->arena, "%08x%08x", (unsigned)(hash >> 32), (unsigned)(hash & 0xFFFFFFFFu));
    uintptr_t count = (uintptr_t)strmap_find(report->seen, name) + 1;
    strmap_put(report->seen, name, (void *)count);
    return str_format(report->arena, STR_FMT ":%u", STR_ARG(name), (unsigned)count);
}

static void sentence_add(Buf *out, Str words) {
    if (!words.n) return;
    if (out->n) buf_add_char(out, ' ');
    char first = words.p[0];
    buf_add_char(out, first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first);
    buf_add(out, str_slice(words, 1, words.n));
    if (!str_ends(words, STR("?")) && !str_ends(words, STR("."))) buf_add_char(out, '.');
}

static json_t *result_json(Report *report, Arena *arena, const Diag *found, Walk *walk) {
    json_t *result = json_object(), *prints = json_object(), *locations = json_array();
    uintptr_t rule = (uintptr_t)strmap_find(report->rules, str_from(found->code));
    put_text(result, "ruleId", arena, str_from(found->code));
    if (rule) put(result, "ruleIndex", json_integer((json_int_t)rule - 1));
    put_text(result, "level", arena, str_from(severity_word(found->severity)));
    Buf sentences = buf_new(arena);
    sentence_add(&sentences, found->message);
    sentence_add(&sentences, found->hint);
    put(result, "message", message_json(arena, buf_str(&sentences)));
    Str words = STR("");
    if (found->at.source) push(locations, location_json(arena, found->at, walk, &words));
    put(result, "locations", locations);
    put_text(prints, "brief/v1", arena, fingerprint(report, found, words));
    put(result, "partialFingerprints", prints);
    return result;
}

static void sarif_add(Report *report, const Diags *d, Str file) {
    Walk walk = {0};
    const Diag **found = diags_sorted(d);
    for (uint32_t i = 0; i < d->count; i++) push(report->documents, result_json(report, d->arena, found[i], &walk));
    if (d->world_failed) report->failed = true;
    if (!d->dropped) return;
    json_t *notification = json_object();
    put_text(notification, "level", d->arena, STR("note"));
    put(notification, "message",
        message_json(
            d->arena, str_format(d->arena, STR_FMT ": %u more findings are not shown.", STR_ARG(file), (unsigned)d->dropped)));
    push(report->notifications, notification);
}

static json_t *rule_json(Arena *arena, const Rule *rule) {
    json_t *descriptor = json_object(), *configuration = json_object(), *properties = json_object(), *tags = json_array();
    put_text(descriptor, "id", arena, str_from(rule->code));
    put(descriptor, "shortDescription", message_json(arena, str_format(arena, "%s.", rule->title)));
    put(descriptor, "fullDescription", message_json(arena, str_from(rule->why)));
    put(descriptor, "help", message_json(arena, str_format(arena, "%s\n\n%s", rule->why, rule->mend)));
    put_text(configuration, "level", arena, str_from(severity_word(rule->severity)));
    put(descriptor, "defaultConfiguration", configuration);
    for (unsigned bit = 1; bit <= PROFILE_ALL; bit <<= 1)
        if (rule->profiles & bit) push(tags, text_json(arena, profile_names(arena, bit, "")));
    put(properties, "tags", tags);
    put(descriptor, "properties", properties);
    return descriptor;
}

static json_t *rules_json(Report *report) {
    json_t *rules = json_array();
    for (const RuleGroup *group = rule_groups; group->title; group++)
        for (const Rule *rule = group->rules; rule->code; rule++) push(rules, rule_json(report->arena, rule));
    return rules;
}

static void rules_index(Report *report) {
    uintptr_t index = 0;
    for (const RuleGroup *group = rule_groups; group->title; group++)
        for (const Rule *rule = group->rules; rule->code; rule++)
            strmap_put(report->rules, str_from(rule->code), (void *)++index);
}

static json_t *sarif_json(Report *report) {
    Arena *arena = report->arena;
    json_t *log = json_object(), *runs = json_array(), *run = json_object(), *tool = json_object(), *driver = json_object(),
           *invocation = json_object(), *invocations = json_array();
    put_text(log, "$schema", arena, STR(SARIF_SCHEMA));
    put_text(log, "version", arena, STR("2.1.0"));
    put_text(driver, "name", arena, STR("brief"));
    put_text(driver, "version", arena, report->version);
    put(driver, "rules", rules_json(report));
    put(tool, "driver", driver);
    put(run, "tool", tool);
    put(invocation, "executionSuccessful", json_boolean(!report->failed));
    if (json_array_size(report->notifications)) put(invocation, "toolExecutionNotifications", json_incref(report->notifications));
    push(invocations, invocation);
    put(run, "invocations", invocations);
    put_text(run, "columnKind", arena, STR("utf16CodeUnits"));
    put_text(run, "language", arena, STR("en-GB"));
    put(run, "results", json_incref(report->documents));
    push(runs, run);
    put(log, "runs", runs);
    return log;
}

/* ---- Both ----------------------------------------------------------------------------------------------------------- */

Report *report_open(Arena *arena, ReportForm form, Str version) {
    Report *report = NEW(arena, Report);
    *report =
        (Report){.arena = arena, .form = form, .version = version, .documents = json_array(), .notifications = json_array()};
    report->seen = strmap_new(arena);
    report->rules = strmap_new(arena);
    rules_index(report);
    return report;
}

void report_add(Report *report, const Diags *d, Str file) {
    if (report->form == REPORT_SARIF)
        sarif_add(report, d, file);
    else
        json_add(report, d, file);
}

static int text_dump(const char *bytes, size_t count, void *out) {
    buf_add(out, (Str){bytes, count});
    return 0;
}

void report_close(Report *report, Buf *out) {
    json_t *whole;
    if (report->form == REPORT_SARIF) {
        whole = sarif_json(report);
    } else {
        whole = json_object();
        put(whole, "files", json_incref(report->documents));
    }
    if (json_dump_callback(whole, text_dump, out, JSON_INDENT(1))) BUG("the JSON cannot be written");
    buf_add_char(out, '\n');
    json_decref(whole);
    json_decref(report->documents);
    json_decref(report->notifications);
}
