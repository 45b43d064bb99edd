/* lemma.c - base forms of English words: the tables of irregular and common words first, then the rules of spelling ("stopped",
 * "fired", "flies"). See lemma.h. */
#include "language/lemma.h"

#include <string.h>

#include "base/text.h"

uint32_t slk_closed_row(const slk_pack *pack, slk_text form) { return slk_pack_find(pack, SLK_T_CLOSED, form); }

bool slk_closed_has(const slk_pack *pack, uint32_t row, const char *upos) {
    if (row == SLK_NONE) return false;
    slk_text rest = slk_pack_cell(pack, SLK_T_CLOSED, row, SLK_CLOSED_UPOS), piece;
    while (rest.n && slk_text_split(&rest, '|', &piece))
        if (slk_text_is(piece, upos)) return true;
    return false;
}

slk_text slk_irregular(const slk_pack *pack, slk_text form, char pos) {
    uint32_t row = slk_pack_find(pack, SLK_T_IRREGULAR, form);
    for (; row < slk_pack_rows(pack, SLK_T_IRREGULAR); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_IRREGULAR, row, SLK_IRREGULAR_FORM), form)) break;
        slk_text p = slk_pack_cell(pack, SLK_T_IRREGULAR, row, SLK_IRREGULAR_POS);
        if (p.n && p.at[0] == pos) return slk_pack_cell(pack, SLK_T_IRREGULAR, row, SLK_IRREGULAR_LEMMA);
    }
    return (slk_text){NULL, 0};
}

static bool known_verb(const slk_pack *pack, slk_text base) {
    if (slk_closed_has(pack, slk_closed_row(pack, base), "VERB")) return true;
    for (int pass = 0; pass < 2; pass++) {
        int table = pass ? SLK_T_REPORTING : SLK_T_EVENTS, pos = pass ? SLK_REPORTING_POS : SLK_EVENTS_POS;
        uint32_t row = slk_pack_find(pack, table, base);
        for (; row < slk_pack_rows(pack, table) && slk_text_eq(slk_pack_cell(pack, table, row, 0), base); row++)
            if (slk_text_is(slk_pack_cell(pack, table, row, pos), "v")) return true;
    }
    return false;
}

static bool known_noun(const slk_pack *pack, slk_text base) {
    if (slk_closed_has(pack, slk_closed_row(pack, base), "NOUN")) return true;
    uint32_t row = slk_pack_find(pack, SLK_T_EVENTS, base);
    for (; row < slk_pack_rows(pack, SLK_T_EVENTS) && slk_text_eq(slk_pack_cell(pack, SLK_T_EVENTS, row, 0), base);
         row++)
        if (slk_text_is(slk_pack_cell(pack, SLK_T_EVENTS, row, SLK_EVENTS_POS), "n")) return true;
    return false;
}

static bool vowel(char c) { return c != '\0' && strchr("aeiou", c) != NULL; }

/* Does a stem before -ed or -ing want its e back? By its last letters. */
static bool wants_e(const char *s, size_t n) {
    if (n < 2) return false;
    char a = s[n - 1], b = s[n - 2], c = n > 2 ? s[n - 3] : '\0';
    size_t syllables = 0;
    for (size_t i = 0; i < n; i++) syllables += vowel(s[i]) && (i == 0 || !vowel(s[i - 1]));
    if (a == 'c' || a == 'v' || a == 'u' || a == 'z') return true;
    if (a == 's') return b != 's';
    if (a == 'l') return strchr("bpdtgckf", b) != NULL;
    if (a == 'g') return strchr("drl", b) != NULL || (b == 'n' && (c == 'a' || c == 'e')) || vowel(b);
    if (!vowel(b) || vowel(c)) return false;
    if (syllables < 2) return strchr("wxy", a) == NULL; /* a short stem that was not doubled */
    if (a == 'r') return b == 'a' || b == 'i' || b == 'u' || b == 'o';
    if (a == 't') return b == 'a' || b == 'u' || (b == 'o' && syllables > 1);
    if (a == 'd') return true;
    if (a == 'n') return b == 'i';
    if (a == 'm') return b == 'u' || b == 'o';
    return a == 'k';
}

/* Takes -ed or -ing off: the stem, the stem with e, the stem without its double letter; the first that is a known verb. */
static slk_text unsuffixed(const slk_pack *pack, slk_text form, size_t suffix, char out[SLK_WORD_MOST], bool *known) {
    size_t n = form.n - suffix;
    memcpy(out, form.at, n);
    bool doubled = n > 3 && out[n - 1] == out[n - 2] && !vowel(out[n - 1]);
    if (known_verb(pack, (slk_text){out, n})) return *known = true, (slk_text){out, n};
    out[n] = 'e';
    if (known_verb(pack, (slk_text){out, n + 1})) return *known = true, (slk_text){out, n + 1};
    if (doubled && known_verb(pack, (slk_text){out, n - 1})) return *known = true, (slk_text){out, n - 1};
    if (doubled && strchr("lszf", out[n - 1]) == NULL) return (slk_text){out, n - 1};
    return (slk_text){out, n + wants_e(out, n)};
}

/* Takes -s off: "launches" launch, "flies" fly, "fires" fire. */
static slk_text unplural(slk_text form, char out[SLK_WORD_MOST]) {
    size_t n = form.n;
    memcpy(out, form.at, n);
    slk_text t = {out, n};
    if (n > 4 && slk_text_ends_fold(t, "ies")) {
        out[n - 3] = 'y';
        return (slk_text){out, n - 2};
    }
    bool es =
        n > 4 && (slk_text_ends_fold(t, "ches") || slk_text_ends_fold(t, "shes") || slk_text_ends_fold(t, "sses") ||
                  slk_text_ends_fold(t, "xes") || slk_text_ends_fold(t, "zzes") || slk_text_ends_fold(t, "oes"));
    return (slk_text){out, n - (es ? 2 : 1)};
}

static bool plural_s(slk_text form) {
    return form.n > 2 && form.at[form.n - 1] == 's' && !slk_text_ends_fold(form, "ss") &&
           !slk_text_ends_fold(form, "us") && !slk_text_ends_fold(form, "is") && form.at[form.n - 2] != '\'';
}

bool slk_has_suffix(slk_text form, const char *suffix) {
    size_t n = strlen(suffix);
    if (form.n < n + 2 || !slk_text_ends_fold(form, suffix)) return false;
    for (size_t i = 0; i + n < form.n; i++)
        if (vowel(form.at[i]) || form.at[i] == 'y') return true;
    return false; /* "bring", "spring" */
}

slk_text slk_verb_base(const slk_pack *pack, slk_text form, char out[SLK_WORD_MOST], bool *known) {
    *known = true;
    slk_text base = slk_irregular(pack, form, 'v');
    if (base.n) return base;
    *known = slk_closed_has(pack, slk_closed_row(pack, form), "VERB");
    bool inner = slk_text_ends_fold(form, "eed") || !(slk_has_suffix(form, "ed") || slk_has_suffix(form, "ing"));
    if (*known && inner) return form; /* "need", "bring", "focus" */
    if (form.n >= SLK_WORD_MOST - 2) return form;
    if (form.n > 4 && slk_text_ends_fold(form, "ied")) {
        memcpy(out, form.at, form.n);
        out[form.n - 3] = 'y';
        *known = known_verb(pack, (slk_text){out, form.n - 2});
        return (slk_text){out, form.n - 2};
    }
    if (form.n > 3 && slk_text_ends_fold(form, "ed")) return unsuffixed(pack, form, 2, out, known);
    if (form.n > 4 && slk_has_suffix(form, "ing")) return unsuffixed(pack, form, 3, out, known);
    if (plural_s(form)) {
        base = unplural(form, out);
        *known = known_verb(pack, base);
        return base;
    }
    *known = known_verb(pack, form);
    return form;
}

slk_text slk_noun_base(const slk_pack *pack, slk_text form, char out[SLK_WORD_MOST], bool *known) {
    *known = true;
    slk_text base = slk_irregular(pack, form, 'n');
    if (base.n) return base;
    if (form.n < SLK_WORD_MOST - 2 && plural_s(form)) {
        base = unplural(form, out);
        *known = known_noun(pack, base);
        return base;
    }
    *known = known_noun(pack, form);
    return form;
}
