/* Scripts: which one a character belongs to (UAX #24, by HarfBuzz), and which ones a language is written in (CLDR's likely subtags, and
 * the others that are in use).
 */
#include "text/internal.h"

uint32_t character_script(uint32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? SCRIPT_LATIN : 0;
    hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c);
    return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED || script == HB_SCRIPT_UNKNOWN ? 0 : (uint32_t)script;
}

const char *script_name(uint32_t script) {
    static const struct {
        const char *code, *name;
    } names[] = {{"Arab", "Arabic"}, {"Armn", "Armenian"}, {"Beng", "Bengali"}, {"Bopo", "Bopomofo"},
        {"Cans", "Canadian syllabic"}, {"Cher", "Cherokee"}, {"Cyrl", "Cyrillic"}, {"Deva", "Devanagari"}, {"Ethi", "Ethiopic"},
        {"Geor", "Georgian"}, {"Grek", "Greek"}, {"Gujr", "Gujarati"}, {"Guru", "Gurmukhi"}, {"Hang", "Korean"},
        {"Hani", "Chinese"}, {"Hebr", "Hebrew"}, {"Hira", "Japanese"}, {"Kana", "Japanese"}, {"Khmr", "Khmer"},
        {"Knda", "Kannada"}, {"Laoo", "Lao"}, {"Latn", "Latin"}, {"Mlym", "Malayalam"}, {"Mong", "Mongolian"},
        {"Mymr", "Burmese"}, {"Orya", "Odia"}, {"Sinh", "Sinhala"}, {"Syrc", "Syriac"}, {"Taml", "Tamil"}, {"Telu", "Telugu"},
        {"Thaa", "Thaana"}, {"Thai", "Thai"}, {"Tibt", "Tibetan"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hb_tag_from_string(names[i].code, 4) == script) return names[i].name;
    return "another";
}

/* Scripts of a language, four letters each. */
static const struct {
    const char *language, *scripts;
} written_in[] = {{"ab", "Cyrl"}, {"am", "Ethi"}, {"ar", "Arab"}, {"as", "Beng"}, {"av", "Cyrl"}, {"az", "Latn Cyrl Arab"},
    {"ba", "Cyrl"}, {"be", "Cyrl Latn"}, {"bg", "Cyrl"}, {"bho", "Deva"}, {"bn", "Beng"}, {"bo", "Tibt"}, {"bs", "Latn Cyrl"},
    {"ce", "Cyrl"}, {"chr", "Cher"}, {"ckb", "Arab Latn"}, {"cr", "Cans Latn"}, {"cu", "Cyrl"}, {"cv", "Cyrl"}, {"dv", "Thaa"},
    {"dz", "Tibt"}, {"el", "Grek"}, {"fa", "Arab"}, {"ff", "Latn Adlm"}, {"grc", "Grek"}, {"gu", "Gujr"}, {"ha", "Latn Arab"},
    {"he", "Hebr"}, {"hi", "Deva"}, {"hy", "Armn"}, {"ii", "Yiii"}, {"iu", "Cans Latn"}, {"iw", "Hebr"}, {"ja", "Hani Hira Kana"},
    {"ji", "Hebr"}, {"ka", "Geor"}, {"kk", "Cyrl Latn Arab"}, {"km", "Khmr"}, {"kn", "Knda"}, {"ko", "Hang Hani"},
    {"kok", "Deva Latn"}, {"ks", "Arab Deva"}, {"ku", "Latn Arab Cyrl"}, {"kv", "Cyrl"}, {"ky", "Cyrl Arab Latn"}, {"lo", "Laoo"},
    {"mai", "Deva"}, {"mk", "Cyrl"}, {"ml", "Mlym"}, {"mn", "Cyrl Mong"}, {"mr", "Deva"}, {"ms", "Latn Arab"}, {"my", "Mymr"},
    {"ne", "Deva"}, {"nqo", "Nkoo"}, {"oj", "Cans Latn"}, {"or", "Orya"}, {"os", "Cyrl"}, {"pa", "Guru Arab"},
    {"pi", "Deva Latn"}, {"prs", "Arab"}, {"ps", "Arab"}, {"ru", "Cyrl"}, {"sa", "Deva Latn"}, {"sd", "Arab Deva"},
    {"sh", "Latn Cyrl"}, {"si", "Sinh"}, {"sr", "Cyrl Latn"}, {"syr", "Syrc"}, {"ta", "Taml"}, {"te", "Telu"},
    {"tg", "Cyrl Arab Latn"}, {"th", "Thai"}, {"ti", "Ethi"}, {"tk", "Latn Cyrl Arab"}, {"tt", "Cyrl Latn"},
    {"ug", "Arab Cyrl Latn"}, {"uk", "Cyrl"}, {"ur", "Arab"}, {"uz", "Latn Cyrl Arab"}, {"yi", "Hebr"}, {"yue", "Hani Bopo"},
    {"zh", "Hani Bopo"}};

static bool is_among(uint32_t script, const char *scripts) {
    for (; *scripts; scripts += scripts[4] ? 5 : 4)
        if (hb_tag_from_string(scripts, 4) == script) return true;
    return false;
}

/* The script that a tag names: BCP 47's one subtag of four letters. Some names stand for several scripts. */
static bool named_script(Str language, const char **scripts, char named[5]) {
    static const struct {
        const char *code, *scripts;
    } several[] = {{"hans", "Hani Bopo"}, {"hant", "Hani Bopo"}, {"hanb", "Hani Bopo"}, {"jpan", "Hani Hira Kana"},
        {"hrkt", "Hira Kana"}, {"kore", "Hang Hani"}, {"aran", "Arab"}, {"latf", "Latn"}, {"latg", "Latn"}, {"cyrs", "Cyrl"}};
    for (size_t at = 0, part = 0; at < language.n; part++) {
        size_t end = at;
        while (end < language.n && language.p[end] != '-' && language.p[end] != '_') end++;
        Str subtag = str_slice(language, at, end);
        at = end + 1;
        if (subtag.n == 1) return false;
        if (part == 0 || subtag.n != 4 || !char_is_letter(subtag.p[0])) continue;
        for (size_t i = 0; i < 4; i++) named[i] = (char)(i ? subtag.p[i] | 0x20 : subtag.p[i] & ~0x20);
        named[4] = '\0';
        *scripts = named;
        for (size_t i = 0; i < sizeof several / sizeof *several; i++)
            if (str_equal_nocase(subtag, str_from(several[i].code))) *scripts = several[i].scripts;
        return true;
    }
    return false;
}

bool language_has_script(Str language, uint32_t script) {
    const char *scripts;
    char named[5], primary[4] = "";
    if (named_script(language, &scripts, named)) return is_among(script, scripts);
    uint32_t packed = language_pack(language);
    language_unpack(packed, primary);
    Str name = str_from(primary);
    for (size_t i = 0; i < sizeof written_in / sizeof *written_in; i++)
        if (str_is(name, written_in[i].language)) return is_among(script, written_in[i].scripts);
    return name.n == 2 ? script == SCRIPT_LATIN : true;
}
