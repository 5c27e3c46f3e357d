/* Spaces at which a line does not end: "12 March", "£1.55 bn", "HC 123", "Mr Lamb", "J. Smith", "Table 2", "30 per cent".
 *
 * A rule of the text and not of its characters: what the author wrote is copied as written, and where a measure is too narrow for both
 * words the space may still end a line (BREAK_LAST). Names of months, titles and parts of a document depend on the language; English ones
 * count in the other languages of these islands too, which share pages with it. Units, currencies and short forms are the same everywhere.
 */
#include "text/internal.h"

#include <string.h>

/* A list of words, with spaces before, between and behind; `language` NULL: all. */
typedef struct {
    const char *language, *words;
} Words;

static const Words months[] = {
    {"en", " January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug "
           "Sep Sept Oct "
           "Nov Dec "},
    {"cy", " Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr "},
    {"ga", " Eanáir Feabhra Márta Aibreán Bealtaine Meitheamh Iúil Lúnasa Meán Deireadh Samhain Nollaig "},
    {"gd", " Faoilleach Gearran Màrt Giblean Cèitean Ògmhios Iuchar Lùnastal Sultain Dàmhair Samhain Dùbhlachd "},
    {"fr", " janvier février mars avril mai juin juillet août septembre octobre novembre décembre "},
    {"de", " Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember "},
    {"es", " de enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "},
    {"it", " gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "},
    {"pt", " de janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro "},
    {"nl", " januari februari maart april mei juni juli augustus september oktober november december "},
    {"pl", " stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "},
};

/* Before a name. */
static const Words titles[] = {
    {"en", " Mr Mrs Ms Miss Mx Messrs Dr Prof Professor Sir Dame Lord Lady Baroness Baron Viscount Viscountess Earl Countess Rev "
           "Revd St Cllr "
           "Councillor Capt Col Gen Lt Maj Sgt Judge Justice "},
    {"cy", " Syr Fonesig Arglwydd Athro Parch Cyng "},
    {"ga", " tUasal Uasal Teachta Seanadóir Ollamh "},
    {"gd", " Mgr Ridire Àrd-ollamh Oll "},
    {"fr", " M MM Mme Mmes Mlle Dr Pr Me Mgr "},
    {"de", " Herr Herrn Frau Dr Prof Hr Fr St Sankt "},
    {"es", " Sr Sra Srta Dr Dra D Dña Don Doña San Santa "},
    {"it", " Sig Dott Prof On Avv Ing San Santa "},
    {"pt", " Sr Sra Dr Dra Prof Dom São "},
    {"nl", " dhr mevr mw dr mr prof ir drs "},
    {"pl", " Pan Pani Pana dr prof św "},
};

/* Parts of a document, before their number or letter; the first letter may be a capital. */
static const Words parts[] = {
    {"en",
        " table tables figure figures chapter chapters section sections part parts annex annexes appendix article articles "
        "paragraph "
        "paragraphs clause clauses schedule rule box boxes page pages note notes footnote question questions volume regulation "
        "recommendation recommendations conclusion conclusions map chart option step amendment number "},
    {"cy", " tabl ffigur pennod adran rhan atodiad erthygl paragraff tudalen nodyn argymhelliad casgliad cwestiwn rhif "},
    {"ga", " tábla fíor caibidil alt cuid aguisín airteagal mír leathanach nóta uimhir "},
    {"gd", " clàr figear caibideil earrann pàirt leas-phàipear artaigil paragraf duilleag nota àireamh "},
    {"fr", " tableau figure chapitre section partie annexe article articles paragraphe page pages note volume numéro "},
    {"de", " tabelle abbildung kapitel abschnitt teil anhang anlage artikel absatz seite seiten nummer ziffer paragraf fußnote "
           "band "},
    {"es", " tabla cuadro figura capítulo sección parte anexo artículo párrafo página nota número "},
    {"it", " tabella figura capitolo sezione parte allegato articolo paragrafo pagina nota numero "},
    {"pt", " tabela quadro figura capítulo secção parte anexo artigo parágrafo página nota número "},
    {"nl", " tabel figuur hoofdstuk paragraaf deel bijlage artikel pagina noot nummer "},
    {"pl", " tabela rysunek rozdział część załącznik artykuł strona przypis "},
};

/* Before a number. */
static const Words short_forms[] = {
    {NULL, " HC HL HCP HLP HCWS HLWS CP Cm Cmd Cmnd Cd p pp P No Nos no nos Nr n° nº N° Vol vol vols Fig fig figs Tab Abb Ch ch "
           "chs chap Kap cap "
           "cl cls Art art arts Arts Abs s ss S para paras pt Pt col cols Col Cols Q Qq q r rr reg regs n nn Sch sch Bd t tt § "
           "§§ ¶ EUR "
           "GBP USD CHF US$ c ca No. núm pág rys str "},
};

/* Behind a number. */
static const Words units[] = {
    {NULL, " km m cm mm µm μm nm mi ft in yd km² m² cm² m³ ha kg g mg t lb oz l ml cl hl GW MW kW W TWh GWh MWh kWh GJ MJ kJ J "
           "Hz kHz MHz GHz V kV "
           "A °C °F °K K Pa kPa hPa bar dB h hr hrs min s sec ms mph kph km/h m/s bit kB KB MB GB TB Mbit/s Gbit/s Mbps Gbps "
           "kbit/s px pt "
           "% ‰ per bn m tn trn k million millions billion billions trillion thousand hundred mn Mio Mrd Mia pc pct a.m p.m am "
           "pm BC AD BCE CE GMT BST UTC CET "
           "€ £ $ EUR GBP USD CHF milliard milliards Million Millionen Milliarde Milliarden millones millón Prozent pour por "
           "miliwn biliwn "
           "milliún billiún "},
};

/* What a word in a list may look like, as bits; most words look like none of it, and need not be searched for. */
enum { LISTS = 5, ROWS_MOST = 16, LOOKS = 512 };
typedef struct {
    const Words *list;
    uint32_t count;
    uint64_t looks[ROWS_MOST][LOOKS / 64];
} WordList;

static uint32_t look_of(const char *word, size_t n) {
    return ((unsigned char)word[0] * 31u + (unsigned char)word[n - 1] * 7u + (uint32_t)n * 3u) % LOOKS;
}

static void list_look(WordList *list, const Words *rows, size_t count) {
    if (count > ROWS_MOST) BUG("%zu languages in a list", count);
    list->list = rows;
    list->count = (uint32_t)count;
    for (size_t row = 0; row < count; row++)
        for (const char *word = rows[row].words + 1, *end; (end = strchr(word, ' ')); word = end + 1) {
            uint32_t look = look_of(word, (size_t)(end - word));
            list->looks[row][look / 64] |= (uint64_t)1 << look % 64;
        }
}

enum { MONTHS, TITLES, PARTS, SHORT_FORMS, UNITS };
static WordList lists[LISTS];

/* Once for the process, by whoever comes first. */
static void lists_begin(void) {
    static bool ready;
    cores_lock();
    if (!ready) {
#define LIST(which, rows) list_look(&lists[which], rows, sizeof(rows) / sizeof *(rows))
        LIST(MONTHS, months);
        LIST(TITLES, titles);
        LIST(PARTS, parts);
        LIST(SHORT_FORMS, short_forms);
        LIST(UNITS, units);
#undef LIST
    }
    ready = true;
    cores_unlock();
}

static bool words_hold(const char *words, Str word) {
    for (const char *at = words; (at = strchr(at, ' ')) && at[1]; at++)
        if (at[1] == word.p[0] && strncmp(at + 1, word.p, word.n) == 0 && at[1 + word.n] == ' ') return true;
    return false;
}

static bool is_in(uint32_t which, Str word, const char *language) {
    if (!word.n || word.n > 20 || memchr(word.p, ' ', word.n) || memchr(word.p, 0, word.n)) return false;
    const WordList *list = &lists[which];
    uint32_t look = look_of(word.p, word.n);
    for (uint32_t i = 0; i < list->count; i++) {
        if (!(list->looks[i][look / 64] >> look % 64 & 1)) continue;
        const char *of = list->list[i].language;
        bool isles = of && strcmp(of, "en") == 0 &&
                     (strcmp(language, "cy") == 0 || strcmp(language, "ga") == 0 || strcmp(language, "gd") == 0);
        if ((!of || strcmp(of, language) == 0 || isles) && words_hold(list->list[i].words, word)) return true;
    }
    return false;
}

static bool is_capital(Str s) {
    uint32_t c = s.n ? utf8_next(s, &(size_t){0}) : 0;
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x100 && c < 0x180 && !(c & 1));
}

/* Without the brackets and quotation marks before it. */
static Str without_opening(Str token) {
    static const char *const marks[] = {"(", "[", "\"", "'", "“", "‘", "„", "«", "—", "–", NULL};
    while (token.n && !char_is_letter(token.p[0]) && !char_is_digit(token.p[0])) {
        size_t length;
        if (!str_begins_any(token, 0, marks, &length)) break;
        token = str_slice(token, length, token.n);
    }
    return token;
}

/* Without the stops, brackets and quotation marks behind it. */
static Str without_closing(Str token) {
    static const char *const marks[] = {".", ",", ";", ":", "!", "?", ")", "]", "\"", "'", "”", "’", "»", "…"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
        if (!token.n || char_is_letter(token.p[token.n - 1]) || char_is_digit(token.p[token.n - 1])) return token;
        Str mark = str_from(marks[i]);
        bool ends = str_ends(token, mark);
        if (ends) token.n -= mark.n;
        i = ends ? 0 : i + 1;
    }
    return token;
}

/* "12", "£1.55", "(2,000", "½": it ends in a figure. */
static bool is_number(Str token) {
    if (!token.n) return false;
    if (char_is_digit(token.p[token.n - 1])) return true;
    return str_ends(token, STR("½")) || str_ends(token, STR("¼")) || str_ends(token, STR("¾"));
}

/* "12", "12th", "12.", "1er", "1º": of a day. */
static bool is_day(Str token) {
    size_t n = 0;
    while (n < token.n && char_is_digit(token.p[n])) n++;
    return n >= 1 && n <= 2 && token.n - n <= 2;
}

/* "J.", "J.K.", "J.-P.", of a person. */
static bool is_initials(Str token) {
    size_t at = 0;
    while (at < token.n) {
        if (token.p[at] == '-' && at) at++;
        if (!is_capital(str_slice(token, at, token.n))) return false;
        utf8_next(token, &at);
        if (at >= token.n || token.p[at++] != '.') return false;
    }
    return token.n > 0;
}

/* A number of a part: "2", "4.1", "B", "IV". */
static bool is_part_number(Str token) {
    if (token.n && char_is_digit(token.p[0])) return true;
    size_t n = 0;
    while (n < token.n && strchr("IVXLC", token.p[n])) n++;
    return token.n && (n == token.n || (token.n == 1 && token.p[0] >= 'A' && token.p[0] <= 'Z'));
}

static bool is_part(Str word, const char *language) {
    char lower[24];
    if (!word.n || word.n >= sizeof lower) return false;
    memcpy(lower, word.p, word.n);
    if (lower[0] >= 'A' && lower[0] <= 'Z') lower[0] = (char)(lower[0] + ('a' - 'A'));
    return is_in(PARTS, ((Str){lower, word.n}), language);
}

static bool all_digits(Str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i])) return false;
    return s.n > 0;
}

/* Whether a line may not end between the tokens `left` and `right`. */
static bool holds_together(Str left, Str right, const char *language) {
    Str bare = without_opening(left);
    if (!bare.n || !right.n) return false;
    if (is_number(bare)) {
        Str unit = without_closing(right);
        if (is_in(UNITS, unit, language)) return true;
        if (all_digits(bare) && bare.n <= 3 && all_digits(unit) && unit.n == 3) return true; /* "12 000" */
    }
    if (char_is_digit(bare.p[0]) && is_day(bare)) return is_in(MONTHS, without_closing(right), language);
    Str word = without_closing(bare);
    bool stopped = word.n + 1 == bare.n && bare.p[word.n] == '.';
    if (word.n != bare.n && !stopped) return false;
    if (char_is_digit(right.p[0]) && is_in(SHORT_FORMS, word, language)) return true;
    if (is_capital(right) && (is_in(TITLES, word, language) || is_initials(bare))) return true;
    if (stopped) return false;
    if (is_part_number(without_closing(right)) && is_part(word, language)) return true;
    if (str_is(word, "per") && str_is(without_closing(right), "cent")) return true;
    if (char_is_digit(right.p[0]) && is_day(without_closing(right))) return is_in(MONTHS, word, language) && !str_is(word, "de");
    bool of = str_is(word, "de") && (strcmp(language, "es") == 0 || strcmp(language, "pt") == 0);
    return of && is_in(MONTHS, without_closing(right), language);
}

static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/* Two words of which nothing has to be looked up, as most are: the first has no figure at either end and no bracket or mark before it, and a word in
 * small letters follows. */
static bool are_plain(Str left, char right) {
    if (!left.n || !is_small(right) || !char_is_letter(left.p[0])) return false;
    char last = left.p[left.n - 1];
    if ((unsigned char)last >= 0x80 || char_is_digit(last)) return false;
    return left.n > 3 || (left.p[0] != 'p' && left.p[0] != 'd') || (!str_is(left, "per") && !str_is(left, "de"));
}

/* The token from `from` on. */
static Str token_at(Str text, size_t from) {
    const char *end = memchr(text.p + from, ' ', text.n - from);
    return str_slice(text, from, end ? (size_t)(end - text.p) : text.n);
}

void text_join(Str text, const char *language, uint8_t *breaks) {
    lists_begin();
    size_t start = 0; /* of the token before the space */
    for (size_t space = 0; space + 1 < text.n; space++) {
        if (text.p[space] != ' ') continue;
        Str left = {text.p + start, space - start};
        start = space + 1;
        if (breaks[space] != BREAK_MAY || are_plain(left, text.p[start])) continue;
        if (holds_together(left, token_at(text, start), language)) breaks[space] = BREAK_LAST;
    }
}
