/* Labels: the words that the program adds, by language, and dates in words. A language is one table below and one line in
 * `languages`; the primary subtag chooses it, English is the fallback. */
#include "resolve/passes.h"

/* How a day is written: %d the day, %m the month's name, %y the year. */
typedef struct {
    const char *code; /* primary subtag, ISO 639-1 */
    const char *labels[LABEL_COUNT];
    const char *months[12]; /* as they stand after a day */
    const char *months_alone[12]; /* where they differ without one; NULL where not */
    const char *day, *month;
    const char *first; /* the first of a month, where it is not "1" */
} Words;

static const Words english = {
    .code = "en",
    .labels = {[LABEL_PAGE] = "Page",
        [LABEL_PAGE_OF] = "Page %1 of %2",
        [LABEL_CONTENTS] = "Contents",
        [LABEL_NOTES] = "Notes",
        [LABEL_NOTE] = "Note",
        [LABEL_BACK] = "Back to the text",
        [LABEL_RELATED] = "Related content",
        [LABEL_SUMMARY] = "Summary",
        [LABEL_COVER] = "Cover",
        [LABEL_TABLE] = "Table",
        [LABEL_FIGURE] = "Figure",
        [LABEL_NOTICE_NOTE] = "Note",
        [LABEL_NOTICE_TIP] = "Tip",
        [LABEL_NOTICE_IMPORTANT] = "Important",
        [LABEL_NOTICE_WARNING] = "Warning",
        [LABEL_NOTICE_CAUTION] = "Caution",
        [LABEL_DONE] = "Done",
        [LABEL_NOT_DONE] = "Not done",
        [LABEL_BEGINNING] = "Beginning",
        [LABEL_PAGES] = "Pages",
        [LABEL_BY] = "By %1",
        [LABEL_AND] = "and"},
    .months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"},
    .day = "%d %m %y",
    .month = "%m %y",
};

static const Words welsh = {
    .code = "cy",
    .labels = {[LABEL_PAGE] = "Tudalen",
        [LABEL_PAGE_OF] = "Tudalen %1 o %2",
        [LABEL_CONTENTS] = "Cynnwys",
        [LABEL_NOTES] = "Nodiadau",
        [LABEL_NOTE] = "Nodyn",
        [LABEL_BACK] = "Yn ôl i’r testun",
        [LABEL_RELATED] = "Cynnwys cysylltiedig",
        [LABEL_SUMMARY] = "Crynodeb",
        [LABEL_COVER] = "Clawr",
        [LABEL_TABLE] = "Tabl",
        [LABEL_FIGURE] = "Ffigur",
        [LABEL_NOTICE_NOTE] = "Nodyn",
        [LABEL_NOTICE_TIP] = "Awgrym",
        [LABEL_NOTICE_IMPORTANT] = "Pwysig",
        [LABEL_NOTICE_WARNING] = "Rhybudd",
        [LABEL_NOTICE_CAUTION] = "Gofal",
        [LABEL_DONE] = "Wedi’i wneud",
        [LABEL_NOT_DONE] = "Heb ei wneud",
        [LABEL_BEGINNING] = "Dechrau",
        [LABEL_PAGES] = "Tudalennau",
        [LABEL_BY] = "Gan %1",
        [LABEL_AND] = "a"},
    .months = {"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd",
        "Rhagfyr"},
    .day = "%d %m %y",
    .month = "%m %y",
};

static const Words french = {
    .code = "fr",
    .labels = {[LABEL_PAGE] = "Page",
        [LABEL_PAGE_OF] = "Page %1 sur %2",
        [LABEL_CONTENTS] = "Sommaire",
        [LABEL_NOTES] = "Notes",
        [LABEL_NOTE] = "Note",
        [LABEL_BACK] = "Retour au texte",
        [LABEL_RELATED] = "À lire aussi",
        [LABEL_SUMMARY] = "Résumé",
        [LABEL_COVER] = "Couverture",
        [LABEL_TABLE] = "Tableau",
        [LABEL_FIGURE] = "Figure",
        [LABEL_NOTICE_NOTE] = "Note",
        [LABEL_NOTICE_TIP] = "Conseil",
        [LABEL_NOTICE_IMPORTANT] = "Important",
        [LABEL_NOTICE_WARNING] = "Avertissement",
        [LABEL_NOTICE_CAUTION] = "Attention",
        [LABEL_DONE] = "Fait",
        [LABEL_NOT_DONE] = "Pas fait",
        [LABEL_BEGINNING] = "Début",
        [LABEL_PAGES] = "Pages",
        [LABEL_BY] = "Par %1",
        [LABEL_AND] = "et"},
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre"},
    .day = "%d %m %y",
    .month = "%m %y",
    .first = "1er",
};

static const Words german = {
    .code = "de",
    .labels = {[LABEL_PAGE] = "Seite",
        [LABEL_PAGE_OF] = "Seite %1 von %2",
        [LABEL_CONTENTS] = "Inhalt",
        [LABEL_NOTES] = "Anmerkungen",
        [LABEL_NOTE] = "Anmerkung",
        [LABEL_BACK] = "Zurück zum Text",
        [LABEL_RELATED] = "Verwandte Inhalte",
        [LABEL_SUMMARY] = "Zusammenfassung",
        [LABEL_COVER] = "Titelseite",
        [LABEL_TABLE] = "Tabelle",
        [LABEL_FIGURE] = "Abbildung",
        [LABEL_NOTICE_NOTE] = "Hinweis",
        [LABEL_NOTICE_TIP] = "Tipp",
        [LABEL_NOTICE_IMPORTANT] = "Wichtig",
        [LABEL_NOTICE_WARNING] = "Warnung",
        [LABEL_NOTICE_CAUTION] = "Vorsicht",
        [LABEL_DONE] = "Erledigt",
        [LABEL_NOT_DONE] = "Nicht erledigt",
        [LABEL_BEGINNING] = "Anfang",
        [LABEL_PAGES] = "Seiten",
        [LABEL_BY] = "Von %1",
        [LABEL_AND] = "und"},
    .months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember"},
    .day = "%d. %m %y",
    .month = "%m %y",
};

static const Words spanish = {
    .code = "es",
    .labels = {[LABEL_PAGE] = "Página",
        [LABEL_PAGE_OF] = "Página %1 de %2",
        [LABEL_CONTENTS] = "Índice",
        [LABEL_NOTES] = "Notas",
        [LABEL_NOTE] = "Nota",
        [LABEL_BACK] = "Volver al texto",
        [LABEL_RELATED] = "Contenido relacionado",
        [LABEL_SUMMARY] = "Resumen",
        [LABEL_COVER] = "Cubierta",
        [LABEL_TABLE] = "Tabla",
        [LABEL_FIGURE] = "Figura",
        [LABEL_NOTICE_NOTE] = "Nota",
        [LABEL_NOTICE_TIP] = "Consejo",
        [LABEL_NOTICE_IMPORTANT] = "Importante",
        [LABEL_NOTICE_WARNING] = "Advertencia",
        [LABEL_NOTICE_CAUTION] = "Precaución",
        [LABEL_DONE] = "Hecho",
        [LABEL_NOT_DONE] = "Sin hacer",
        [LABEL_BEGINNING] = "Comienzo",
        [LABEL_PAGES] = "Páginas",
        [LABEL_BY] = "Por %1",
        [LABEL_AND] = "y"},
    .months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre"},
    .day = "%d de %m de %y",
    .month = "%m de %y",
};

static const Words irish = {
    .code = "ga",
    .labels = {[LABEL_PAGE] = "Leathanach",
        [LABEL_PAGE_OF] = "Leathanach %1 as %2",
        [LABEL_CONTENTS] = "Clár ábhair",
        [LABEL_NOTES] = "Nótaí",
        [LABEL_NOTE] = "Nóta",
        [LABEL_BACK] = "Ar ais chuig an téacs",
        [LABEL_RELATED] = "Ábhar gaolmhar",
        [LABEL_SUMMARY] = "Achoimre",
        [LABEL_COVER] = "Clúdach",
        [LABEL_TABLE] = "Tábla",
        [LABEL_FIGURE] = "Fíor",
        [LABEL_NOTICE_NOTE] = "Nóta",
        [LABEL_NOTICE_TIP] = "Leid",
        [LABEL_NOTICE_IMPORTANT] = "Tábhachtach",
        [LABEL_NOTICE_WARNING] = "Rabhadh",
        [LABEL_NOTICE_CAUTION] = "Aire",
        [LABEL_DONE] = "Déanta",
        [LABEL_NOT_DONE] = "Gan déanamh",
        [LABEL_BEGINNING] = "Tús",
        [LABEL_PAGES] = "Leathanaigh",
        [LABEL_BY] = "Le %1",
        [LABEL_AND] = "agus"},
    .months = {"Eanáir", "Feabhra", "Márta", "Aibreán", "Bealtaine", "Meitheamh", "Iúil", "Lúnasa", "Meán Fómhair",
        "Deireadh Fómhair", "Samhain", "Nollaig"},
    .day = "%d %m %y",
    .month = "%m %y",
};

static const Words gaelic = {
    .code = "gd",
    .labels = {[LABEL_PAGE] = "Duilleag",
        [LABEL_PAGE_OF] = "Duilleag %1 de %2",
        [LABEL_CONTENTS] = "Clàr-innse",
        [LABEL_NOTES] = "Notaichean",
        [LABEL_NOTE] = "Nota",
        [LABEL_BACK] = "Air ais dhan teacsa",
        [LABEL_RELATED] = "Susbaint cheangailte",
        [LABEL_SUMMARY] = "Geàrr-chunntas",
        [LABEL_COVER] = "Còmhdach",
        [LABEL_TABLE] = "Clàr",
        [LABEL_FIGURE] = "Figear",
        [LABEL_NOTICE_NOTE] = "Nota",
        [LABEL_NOTICE_TIP] = "Gliocas",
        [LABEL_NOTICE_IMPORTANT] = "Cudromach",
        [LABEL_NOTICE_WARNING] = "Rabhadh",
        [LABEL_NOTICE_CAUTION] = "An aire",
        [LABEL_DONE] = "Dèanta",
        [LABEL_NOT_DONE] = "Gun dèanamh",
        [LABEL_BEGINNING] = "Toiseach",
        [LABEL_PAGES] = "Duilleagan",
        [LABEL_BY] = "Le %1",
        [LABEL_AND] = "agus"},
    .months = {"dhen Fhaoilleach", "dhen Ghearran", "dhen Mhàrt", "dhen Ghiblean", "dhen Chèitean", "dhen Ògmhios", "dhen Iuchar",
        "dhen Lùnastal", "dhen t-Sultain", "dhen Dàmhair", "dhen t-Samhain", "dhen Dùbhlachd"},
    .months_alone = {"Am Faoilleach", "An Gearran", "Am Màrt", "An Giblean", "An Cèitean", "An t-Ògmhios", "An t-Iuchar",
        "An Lùnastal", "An t-Sultain", "An Dàmhair", "An t-Samhain", "An Dùbhlachd"},
    .day = "%dmh %m %y",
    .month = "%m %y",
    .first = "1d",
};

static const Words italian = {
    .code = "it",
    .labels = {[LABEL_PAGE] = "Pagina",
        [LABEL_PAGE_OF] = "Pagina %1 di %2",
        [LABEL_CONTENTS] = "Indice",
        [LABEL_NOTES] = "Note",
        [LABEL_NOTE] = "Nota",
        [LABEL_BACK] = "Torna al testo",
        [LABEL_RELATED] = "Contenuti correlati",
        [LABEL_SUMMARY] = "Sintesi",
        [LABEL_COVER] = "Copertina",
        [LABEL_TABLE] = "Tabella",
        [LABEL_FIGURE] = "Figura",
        [LABEL_NOTICE_NOTE] = "Nota",
        [LABEL_NOTICE_TIP] = "Suggerimento",
        [LABEL_NOTICE_IMPORTANT] = "Importante",
        [LABEL_NOTICE_WARNING] = "Avvertenza",
        [LABEL_NOTICE_CAUTION] = "Attenzione",
        [LABEL_DONE] = "Fatto",
        [LABEL_NOT_DONE] = "Da fare",
        [LABEL_BEGINNING] = "Inizio",
        [LABEL_PAGES] = "Pagine",
        [LABEL_BY] = "Di %1",
        [LABEL_AND] = "e"},
    .months = {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
        "novembre", "dicembre"},
    .day = "%d %m %y",
    .month = "%m %y",
    .first = "1º",
};

static const Words dutch = {
    .code = "nl",
    .labels = {[LABEL_PAGE] = "Pagina",
        [LABEL_PAGE_OF] = "Pagina %1 van %2",
        [LABEL_CONTENTS] = "Inhoud",
        [LABEL_NOTES] = "Noten",
        [LABEL_NOTE] = "Noot",
        [LABEL_BACK] = "Terug naar de tekst",
        [LABEL_RELATED] = "Gerelateerde inhoud",
        [LABEL_SUMMARY] = "Samenvatting",
        [LABEL_COVER] = "Omslag",
        [LABEL_TABLE] = "Tabel",
        [LABEL_FIGURE] = "Figuur",
        [LABEL_NOTICE_NOTE] = "Opmerking",
        [LABEL_NOTICE_TIP] = "Tip",
        [LABEL_NOTICE_IMPORTANT] = "Belangrijk",
        [LABEL_NOTICE_WARNING] = "Waarschuwing",
        [LABEL_NOTICE_CAUTION] = "Let op",
        [LABEL_DONE] = "Gedaan",
        [LABEL_NOT_DONE] = "Niet gedaan",
        [LABEL_BEGINNING] = "Begin",
        [LABEL_PAGES] = "Pagina’s",
        [LABEL_BY] = "Door %1",
        [LABEL_AND] = "en"},
    .months = {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december"},
    .day = "%d %m %y",
    .month = "%m %y",
};

static const Words portuguese = {
    .code = "pt",
    .labels = {[LABEL_PAGE] = "Página",
        [LABEL_PAGE_OF] = "Página %1 de %2",
        [LABEL_CONTENTS] = "Índice",
        [LABEL_NOTES] = "Notas",
        [LABEL_NOTE] = "Nota",
        [LABEL_BACK] = "Voltar ao texto",
        [LABEL_RELATED] = "Conteúdo relacionado",
        [LABEL_SUMMARY] = "Resumo",
        [LABEL_COVER] = "Capa",
        [LABEL_TABLE] = "Tabela",
        [LABEL_FIGURE] = "Figura",
        [LABEL_NOTICE_NOTE] = "Nota",
        [LABEL_NOTICE_TIP] = "Sugestão",
        [LABEL_NOTICE_IMPORTANT] = "Importante",
        [LABEL_NOTICE_WARNING] = "Aviso",
        [LABEL_NOTICE_CAUTION] = "Cuidado",
        [LABEL_DONE] = "Feito",
        [LABEL_NOT_DONE] = "Por fazer",
        [LABEL_BEGINNING] = "Início",
        [LABEL_PAGES] = "Páginas",
        [LABEL_BY] = "Por %1",
        [LABEL_AND] = "e"},
    .months = {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
        "dezembro"},
    .day = "%d de %m de %y",
    .month = "%m de %y",
};

static const Words polish = {
    .code = "pl",
    .labels = {[LABEL_PAGE] = "Strona",
        [LABEL_PAGE_OF] = "Strona %1 z %2",
        [LABEL_CONTENTS] = "Spis treści",
        [LABEL_NOTES] = "Przypisy",
        [LABEL_NOTE] = "Przypis",
        [LABEL_BACK] = "Powrót do tekstu",
        [LABEL_RELATED] = "Powiązane treści",
        [LABEL_SUMMARY] = "Streszczenie",
        [LABEL_COVER] = "Okładka",
        [LABEL_TABLE] = "Tabela",
        [LABEL_FIGURE] = "Rysunek",
        [LABEL_NOTICE_NOTE] = "Uwaga",
        [LABEL_NOTICE_TIP] = "Wskazówka",
        [LABEL_NOTICE_IMPORTANT] = "Ważne",
        [LABEL_NOTICE_WARNING] = "Ostrzeżenie",
        [LABEL_NOTICE_CAUTION] = "Ostrożnie",
        [LABEL_DONE] = "Zrobione",
        [LABEL_NOT_DONE] = "Niezrobione",
        [LABEL_BEGINNING] = "Początek",
        [LABEL_PAGES] = "Strony",
        [LABEL_BY] = "Autor: %1",
        [LABEL_AND] = "i"},
    .months = {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
        "listopada", "grudnia"},
    .months_alone = {"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień", "październik",
        "listopad", "grudzień"},
    .day = "%d %m %y",
    .month = "%m %y",
};

static const Words *const languages[] = {
    &english, &welsh, &german, &spanish, &french, &irish, &gaelic, &italian, &dutch, &polish, &portuguese};

static const Words *words_of(Str language) {
    Str primary = language_primary(language);
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (str_equal_nocase(primary, str_from(languages[i]->code))) return languages[i];
    }
    return &english;
}

Str label_text(Str language, Label label) {
    if ((unsigned)label >= LABEL_COUNT) BUG("no label %d", (int)label);
    return str_from(words_of(language)->labels[label]);
}

Str label_format(Arena *arena, Str language, Label label, Str first, Str second) {
    Str pattern = label_text(language, label);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < pattern.n; i++) {
        char next = i + 1 < pattern.n ? pattern.p[i + 1] : '\0';
        if (pattern.p[i] == '%' && (next == '1' || next == '2')) {
            buf_add(&out, next == '1' ? first : second);
            i++;
        } else {
            buf_add_char(&out, pattern.p[i]);
        }
    }
    return buf_str(&out);
}

const char *label_month(Str language, int32_t month) {
    if (month < 1 || month > 12) BUG("no month %d", (int)month);
    return words_of(language)->months[month - 1];
}

/* Of the languages above, only the English of some countries puts the month before the day. */
static bool is_month_first(Str language) {
    Str region = language_primary(language).n == 2 ? str_slice(language, 3, 5) : (Str){0};
    return str_equal_nocase(language_primary(language), STR("en")) && language.n >= 5 && str_equal_nocase(region, STR("US"));
}

Str label_date(Arena *arena, Str language, Str date) {
    Date parts;
    if (!date_parse(date, &parts) || parts.month == 0) return date;
    const Words *words = words_of(language);
    const char *pattern = parts.day == 0 ? words->month : is_month_first(language) ? "%m %d, %y" : words->day;
    const char *month = words->months[parts.month - 1];
    if (parts.day == 0 && words->months_alone[parts.month - 1]) month = words->months_alone[parts.month - 1];
    Buf out = buf_new(arena);
    for (const char *p = pattern; *p; p++) {
        if (*p != '%') {
            buf_add_char(&out, *p);
            continue;
        }
        p++;
        if (*p == 'm')
            buf_add_c(&out, month);
        else if (*p == 'y')
            buf_add_int(&out, parts.year);
        else if (parts.day == 1 && words->first)
            buf_add_c(&out, words->first);
        else
            buf_add_int(&out, parts.day);
    }
    return buf_str(&out);
}
