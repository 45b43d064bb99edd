/* name_words.c - what is known of each word when names are looked for: its look, the phrases and lists of the tables it stands
 * in, the run of capitalised words around it, and what the rest of the report does with the same word. Three walks over the
 * tokens; nothing here decides what a name is. */
#include <string.h>

#include "language/name_words.h"
#include "language/phrases.h"
#include "language/words.h"
#include "pack/gazetteer.h"

typedef struct seen_word { /* a capitalised word of the report, by its hash; hash 0: free */
    uint32_t hash;
    uint16_t bits;
} seen_word;

typedef struct finder {
    const slk_pack *pack;
    slk_reading *r;
    slk_name_word *words;
    seen_word *seen;
    uint32_t mask; /* slots of seen - 1 */
} finder;

#define BIT(x) (1u << (x))

/* ---------------------------------------------------------------- looks */

static uint32_t hash_small(slk_text x) { /* FNV-1a of the word in small letters, never 0 */
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < x.n; i++) h = (h ^ (unsigned char)slk_lower(x.at[i])) * 16777619u;
    return h ? h : 1;
}

/* A number from the classes of the first letter, of the others, and whether digits or marks stand among them. */
static uint8_t look_of(slk_text x, bool *capital) {
    bool upper = false, lower = false, digit = false, mark = false, first = false;
    for (size_t i = 0; i < x.n;) {
        char c = x.at[i];
        if ((unsigned char)c < 0x80) {
            upper |= slk_is_upper(c) && i > 0;
            first |= slk_is_upper(c) && i == 0;
            lower |= slk_is_lower(c);
            digit |= slk_is_digit(c);
            mark |= !slk_is_alpha(c) && !slk_is_digit(c);
            i++;
            continue;
        }
        uint32_t cp, n = slk_utf8_next(x.at + i, x.at + x.n, &cp);
        bool large = slk_cp_is_upper(cp);
        upper |= large && i > 0;
        first |= large && i == 0;
        lower |= !large && slk_cp_is_letter(cp);
        mark |= !slk_cp_is_letter(cp);
        i += n;
    }
    *capital = first || upper;
    return (uint8_t)(first | upper << 1 | lower << 2 | digit << 3 | mark << 4 | (x.n == 1) << 5);
}

#define ALL_CAPITALS(look) (((look)&7) == 3)

/* ---------------------------------------------------------------- tables */

static uint32_t known_by_hit(const slk_pack *pack, const slk_hit *h) {
    switch (h->table) {
    case SLK_T_COUNTRIES:
        if (h->column == SLK_COUNTRIES_CONTEXTUAL || h->column == SLK_COUNTRIES_METONYMS) return 0;
        if (h->column == SLK_COUNTRIES_DEMONYMS) return BIT(SLK_KNOWN_PEOPLE_OF);
        return BIT(h->column == SLK_COUNTRIES_CAPITAL ? SLK_KNOWN_CITY : SLK_KNOWN_COUNTRY);
    case SLK_T_PLACES: {
        double people = slk_pack_num(pack, SLK_T_PLACES, h->row, SLK_PLACES_POPULATION);
        return BIT(people < 200000 ? SLK_KNOWN_TOWN : SLK_KNOWN_CITY); /* where none is given: a region or water */
    }
    case SLK_T_AGENCIES: return BIT(SLK_KNOWN_BODY);
    case SLK_T_PEOPLE: return BIT(SLK_KNOWN_PERSON);
    case SLK_T_SITES: return BIT(SLK_KNOWN_SITE);
    case SLK_T_WEAPONS: return BIT(SLK_KNOWN_WEAPON);
    case SLK_T_ROLES: return BIT(SLK_KNOWN_ROLE);
    case SLK_T_CALENDAR: return BIT(SLK_KNOWN_TIME);
    default: return 0;
    }
}

static uint32_t known_by_place_word(const slk_pack *pack, uint32_t row) {
    slk_text use = slk_pack_cell(pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_USE);
    if (slk_text_is(use, "after")) return BIT(SLK_KNOWN_END_LOC);
    if (slk_text_is(use, "before")) return BIT(SLK_KNOWN_BEFORE);
    if (slk_text_is(use, "title")) return BIT(SLK_KNOWN_TITLE);
    return slk_text_is(use, "given-name") ? BIT(SLK_KNOWN_GIVEN) : 0;
}

/* Puts down the phrases that begin at a token. */
static void note_phrases(const finder *f, uint32_t token) {
    const slk_reading *r = f->r;
    slk_hit hits[24];
    uint32_t n = slk_phrases_at(f->pack, r, token, hits, 24);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table == SLK_T_PLACE_WORDS) {
            uint32_t bits = known_by_place_word(f->pack, hits[i].row);
            if (hits[i].end == r->tokens.at[token].span.end) f->words[token].known |= bits;
            for (uint32_t t = token; (bits & BIT(SLK_KNOWN_TITLE)) && t < r->tokens.n; t++) { /* "Crown Prince" */
                if (r->tokens.at[t].span.start >= hits[i].end) break;
                f->words[t].known |= bits;
            }
            continue;
        }
        uint32_t bits = known_by_hit(f->pack, &hits[i]);
        if (!bits) continue;
        f->words[token].known |= bits;
        for (uint32_t t = token + 1; t < r->tokens.n && r->tokens.at[t].span.end <= hits[i].end; t++)
            f->words[t].known |= bits << SLK_KNOWN_INSIDE;
    }
}

/* Puts down the place of the gazetteer whose name begins at a token. */
static void note_place(const finder *f, uint32_t token) {
    const slk_reading *r = f->r;
    uint32_t row, end, last = token;
    slk_gazetteer_place place;
    if (!slk_gazetteer_match(f->pack, r->report.text, r->tokens.at[token].span.start, &row, 1, &end) ||
        !slk_gazetteer_row(f->pack, row, &place))
        return;
    while (last < r->tokens.n && r->tokens.at[last].span.end <= end) last++;
    uint32_t bits = last > token + 1 ? SLK_GAZ_LONG : 0;
    if (strncmp(place.kind, "ADM", 3) == 0) bits |= SLK_GAZ_REGION;
    if (place.people >= 100000) bits |= SLK_GAZ_LARGE;
    for (uint32_t t = token; t < last; t++)
        f->words[t].gaz |= (uint8_t)(bits | (t > token ? SLK_GAZ_INSIDE : SLK_GAZ_BEGINS));
}

/* The word with a capital and small letters behind it, as lists have it. */
static slk_text as_listed(slk_text x, uint8_t look, char *room, size_t size) {
    if (!ALL_CAPITALS(look) || x.n > size || x.n < 4) return x;
    for (size_t i = 0; i < x.n; i++) room[i] = i ? slk_lower(x.at[i]) : x.at[i];
    return (slk_text){room, x.n};
}

static uint32_t known_by_lists(const finder *f, slk_text x, uint8_t look) {
    char room[40], small[40];
    slk_text listed = as_listed(x, look, room, sizeof room);
    uint32_t known = 0, row = slk_pack_find(f->pack, SLK_T_NAME_LISTS, listed);
    if (row != SLK_NONE) {
        slk_text use = slk_pack_cell(f->pack, SLK_T_NAME_LISTS, row, SLK_NAME_LISTS_USE);
        for (slk_text piece; slk_text_split(&use, '|', &piece);)
            known |= slk_text_is(piece, "given")    ? BIT(SLK_KNOWN_GIVEN)
                     : slk_text_is(piece, "family") ? BIT(SLK_KNOWN_FAMILY)
                                                    : BIT(SLK_KNOWN_TOWN);
    }
    if ((row = slk_pack_find(f->pack, SLK_T_NAME_WORDS, listed)) != SLK_NONE) {
        slk_text type = slk_pack_cell(f->pack, SLK_T_NAME_WORDS, row, SLK_NAME_WORDS_TYPE);
        known |= slk_text_is(type, "BODY")    ? BIT(SLK_KNOWN_ALONE) | BIT(SLK_KNOWN_END_ORG)
                 : slk_text_is(type, "ORG")   ? BIT(SLK_KNOWN_END_ORG)
                 : slk_text_is(type, "FAC")   ? BIT(SLK_KNOWN_END_FAC)
                 : slk_text_is(type, "EVENT") ? BIT(SLK_KNOWN_END_EVENT)
                 : slk_text_is(type, "NONE")  ? BIT(SLK_KNOWN_COMMON)
                                              : 0;
    }
    if ((row = slk_pack_find(f->pack, SLK_T_ABBREVIATIONS, x)) != SLK_NONE) {
        slk_text kind = slk_pack_cell(f->pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND);
        known |= slk_text_is(kind, "title") ? BIT(SLK_KNOWN_TITLE) : 0;
        known |= slk_text_is(kind, "company") ? BIT(SLK_KNOWN_COMPANY) : 0;
    }
    if (x.n <= sizeof small) {
        for (size_t i = 0; i < x.n; i++) small[i] = slk_lower(x.at[i]);
        if ((row = slk_pack_find(f->pack, SLK_T_CLOSED, (slk_text){small, x.n})) != SLK_NONE)
            known |= BIT(slk_pack_cell(f->pack, SLK_T_CLOSED, row, SLK_CLOSED_LEMMA).n ? SLK_KNOWN_CLOSED
                                                                                       : SLK_KNOWN_COMMON);
    }
    return known;
}

/* Whether names of ships or of aircraft stand behind a word: "USS", "MiG". */
static uint8_t craft_of(const slk_pack *pack, slk_text x) {
    uint32_t row = slk_pack_find(pack, SLK_T_NAME_WORDS, x);
    if (row == SLK_NONE) return 0;
    slk_text type = slk_pack_cell(pack, SLK_T_NAME_WORDS, row, SLK_NAME_WORDS_TYPE);
    return slk_text_is(type, "SHIP") ? 'S' : slk_text_is(type, "CRAFT") ? 'C' : 0;
}

static uint32_t known_form(const finder *f, slk_word *w) {
    if (!(w->parts & SLK_WORD_LISTS)) {
        w->name_known = known_by_lists(f, w->text, w->name_look);
        w->name_craft = craft_of(f->pack, w->text);
        w->parts |= SLK_WORD_LISTS;
    }
    return w->name_known;
}

static void look_at_form(slk_word *w) {
    w->name_hash = hash_small(w->text);
    w->name_look = look_of(w->text, &w->name_capital);
    slk_name_form_ends(w->text, w->name_parts);
    w->parts |= SLK_WORD_NAME;
}

/* ---------------------------------------------------------------- walks */

static bool opens(const slk_reading *r, uint32_t token) {
    uint8_t upos = r->tokens.at[token].upos;
    return upos == SLK_UPOS_PUNCT || upos == SLK_UPOS_SYM;
}

/* Looks and tables, for all words. Phrases are looked up at capitalised words, and roles before them. */
static void look_at_words(const finder *f) {
    const slk_reading *r = f->r;
    bool fresh = true;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        slk_name_word *w = &f->words[t];
        slk_word *form = r->words.at[t];
        if (!(form->parts & SLK_WORD_NAME)) look_at_form(form);
        if (t == 0 || r->tokens.at[t].sentence != r->tokens.at[t - 1].sentence) fresh = true;
        w->hash = form->name_hash;
        w->look = form->name_look;
        w->capital = form->name_capital;
        w->run = SLK_NONE;
        w->first = fresh;
        if (!opens(r, t)) fresh = false;
        if (w->capital) {
            w->known |= known_form(f, form);
            note_phrases(f, t);
            if (!(w->known & BIT(SLK_KNOWN_CLOSED))) note_place(f, t);
        }
        w->may = w->capital;
    }
    for (uint32_t t = 0; t + 1 < r->tokens.n; t++) { /* the small word before a name: "spokesman" */
        slk_hit h;
        if (f->words[t].capital || !f->words[t + 1].capital || opens(r, t)) continue;
        if (slk_phrase_in(f->pack, r, t, SLK_T_ROLES, &h)) f->words[t].known |= BIT(SLK_KNOWN_ROLE);
    }
}

/* Small words that may stand within a name. */
static bool joins(const slk_reading *r, uint32_t t) {
    static const char *const words[] = {
        "of", "and", "the",           "for", "on",   "at",  "&",   "-",   "\xE2\x80\x93", "/",   "'",   "'s",
        "de", "la",  "las",           "los", "del",  "da",  "do",  "dos", "das",          "du",  "des", "le",
        "el", "al",  "bin",           "ibn", "bint", "van", "von", "der", "den",          "ter", "di",  "e",
        "y",  "in",  "\xE2\x80\x99s", "."};
    slk_text x = slk_token_text(r, t);
    return x.n <= 4 && SLK_WORD_IN(r, t, words);
}

static bool same_sentence(const slk_reading *r, uint32_t a, uint32_t b) {
    return b < r->tokens.n && r->tokens.at[a].sentence == r->tokens.at[b].sentence;
}

/* A word, a hyphen and a word, with nothing between them. */
static bool hyphened(const slk_reading *r, uint32_t t) {
    return same_sentence(r, t, t + 2) && slk_word_is(r, t + 1, "-") &&
           r->tokens.at[t].span.end == r->tokens.at[t + 1].span.start &&
           r->tokens.at[t + 1].span.end == r->tokens.at[t + 2].span.start;
}

/* Small words and figures beside capitalised ones; runs of capitalised words, hyphens between them included. */
static void look_at_runs(const finder *f) {
    const slk_reading *r = f->r;
    slk_name_word *w = f->words;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        if (!w[t].capital) continue;
        uint32_t next = t + 1;
        while (same_sentence(r, t, next) && !w[next].capital && next - t <= 3 && joins(r, next)) next++;
        if (same_sentence(r, t, next) && w[next].capital)
            for (uint32_t i = t + 1; i < next; i++) w[i].may = true;
        if (hyphened(r, t) && !w[t + 2].capital) w[t + 1].may = w[t + 2].may = true; /* "Kim Jae-min" */
        if (same_sentence(r, t, t + 1) && (w[t + 1].look & 8)) w[t + 1].may = true;  /* "Unit 61" */
        if (t > 0 && same_sentence(r, t - 1, t) && (w[t - 1].look & 8)) w[t - 1].may = true;
    }
    for (uint32_t t = 0; t < r->tokens.n;) {
        uint32_t end = t;
        while (same_sentence(r, t, end) && (w[end].capital || (end > t && slk_word_is(r, end, "-") && w[end].may)))
            end++;
        for (uint32_t i = t; i < end; i++) {
            w[i].run = t;
            w[i].ahead = (uint8_t)(end - i > 255 ? 255 : end - i);
        }
        t = end > t ? end : t + 1;
    }
}

/* ---------------------------------------------------------------- the rest of the report */

static seen_word *slot_of(const finder *f, uint32_t hash, bool make) {
    for (uint32_t at = hash;; at++) {
        seen_word *s = &f->seen[at & f->mask];
        if (s->hash == hash) return s;
        if (s->hash == 0) {
            if (!make) return NULL;
            s->hash = hash;
            return s;
        }
    }
}

static bool says(const finder *f, uint32_t t) {
    if (t >= f->r->tokens.n || f->r->tokens.at[t].upos != SLK_UPOS_VERB || !f->r->tokens.at[t].lemma) return false;
    return slk_reports(f->pack, f->r, t);
}

static uint16_t seen_here(const finder *f, uint32_t t) {
    static const char *const at[] = {"in", "at", "near", "from"};
    const slk_reading *r = f->r;
    const slk_name_word *w = f->words;
    uint32_t first = w[t].run, end = t + w[t].ahead, bits = 0, in_run = 0;
    for (uint32_t i = first; i < end && i < first + 12; i++) in_run |= w[i].known;
    bits |= w[t].first ? 0 : BIT(SLK_SEEN_MID);
    bits |= t > 0 && (w[t - 1].known & BIT(SLK_KNOWN_TITLE)) ? BIT(SLK_SEEN_TITLED) : 0;
    bits |= says(f, end) || (first > 0 && says(f, first - 1)) ? BIT(SLK_SEEN_SPEAKS) : 0;
    bits |= t == first && t > 0 && SLK_WORD_IN(r, t - 1, at) ? BIT(SLK_SEEN_AT) : 0;
    bits |= t == first && t > 0 && slk_word_is(r, t - 1, "the") ? BIT(SLK_SEEN_THE) : 0;
    bits |= end < r->tokens.n && t + 1 == end && (slk_word_is(r, end, "'s") || slk_word_is(r, end, "\xE2\x80\x99s"))
                ? BIT(SLK_SEEN_OWNER)
                : 0;
    bool person = end - first >= 2 && end - first <= 4 && (w[first].known & BIT(SLK_KNOWN_GIVEN)) &&
                  !(in_run & (BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_END_LOC)));
    bits |= person && t + 1 == end ? BIT(SLK_SEEN_FAMILY) : 0;
    bits |= person && t == first + 1 ? BIT(SLK_SEEN_AFTER_GIVEN) : 0;
    bits |= end - first > 1 && (in_run & BIT(SLK_KNOWN_END_ORG)) ? BIT(SLK_SEEN_ORG_RUN) : 0;
    bits |= end - first > 1 && (in_run & BIT(SLK_KNOWN_END_LOC)) ? BIT(SLK_SEEN_LOC_RUN) : 0;
    bits |= t > 0 && slk_word_is(r, t - 1, "(") && slk_word_is(r, t + 1, ")") ? BIT(SLK_SEEN_BRACKETS) : 0;
    return (uint16_t)bits;
}

static slk_err look_around(finder *f) {
    slk_reading *r = f->r;
    uint32_t capitals = 0, slots = 16;
    for (uint32_t t = 0; t < r->tokens.n; t++) capitals += f->words[t].capital;
    while (slots < 2 * capitals) slots *= 2;
    f->seen = slk_arena_take(&r->arena, slots * sizeof *f->seen);
    f->mask = slots - 1;
    if (!f->seen) return SLK_ENOMEM;
    for (uint32_t t = 0; t < r->tokens.n; t++)
        if (f->words[t].capital) {
            seen_word *s = slot_of(f, f->words[t].hash, true);
            s->bits = (uint16_t)(s->bits | seen_here(f, t));
        }
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        if (f->words[t].capital) continue;
        seen_word *s = slot_of(f, f->words[t].hash, false);
        if (s) s->bits |= BIT(SLK_SEEN_SMALL);
    }
    for (uint32_t t = 0; t < r->tokens.n; t++)
        if (f->words[t].capital) f->words[t].seen = slot_of(f, f->words[t].hash, true)->bits;
    return SLK_OK;
}

slk_err slk_name_words_find(const slk_pack *pack, slk_reading *r, slk_name_word **out) {
    finder f = {.pack = pack, .r = r};
    slk_err err = slk_words_ready(r);
    if (err != SLK_OK) return err;
    f.words = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *f.words);
    if (!f.words) return SLK_ENOMEM;
    look_at_words(&f);
    look_at_runs(&f);
    err = look_around(&f);
    if (err == SLK_OK) *out = f.words;
    return err;
}

uint32_t slk_name_chain(const slk_reading *r, const slk_name_word *words, uint32_t token) {
    uint32_t end = token;
    while (same_sentence(r, token, end) && words[end].may) end++;
    return end;
}
