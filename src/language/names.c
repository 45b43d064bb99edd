/* names.c - names in the text. A trained chain of labels (name_tags.c) finds persons, bodies and places; tables give weapons and what
 * they know for certain; words such as "Airport", "Province", "Summit" tell facilities, states and events; runs of proper nouns
 * that are none of these are MISC. A place within the name of a body is a name too ("University of Ghana"). Names of one thing lead
 * back to its first mention. */
#include <string.h>

#include "language/name_words.h"
#include "language/phrases.h"
#include "language/words.h"

#define BIT(x) (1u << (x))

typedef struct namer {
    const slk_pack *pack;
    slk_reading *r;
    slk_name_word *words;
    uint8_t *tags; /* label of each token */
    slk_name_parts parts;
    SLK_LIST(uint32_t) countries; /* of each name: its row where it is one's, SLK_NONE */
} namer;

/* By a GeoNames feature code: states and towns, buildings and roads, the rest of nature. */
static slk_name_type kind_of_code(slk_text code) {
    static const char *const built[] = {"AIR", "FRT", "PRT", "RD", "BDG", "INSM", "PRN", "RSTN"};
    if (slk_text_starts(code, "PPL") || slk_text_starts(code, "ADM") || slk_text_starts(code, "PCL"))
        return SLK_NAME_GPE;
    for (size_t i = 0; i < sizeof built / sizeof *built; i++)
        if (slk_text_starts(code, built[i])) return SLK_NAME_FAC;
    return SLK_NAME_LOC;
}

static slk_name_type type_of_place(const slk_pack *pack, uint32_t row) {
    return kind_of_code(slk_pack_cell(pack, SLK_T_PLACES, row, SLK_PLACES_KIND));
}

static bool type_of_hit(const slk_pack *pack, const slk_hit *h, slk_name_type *type) {
    switch (h->table) {
    case SLK_T_COUNTRIES:
        if (h->column == SLK_COUNTRIES_DEMONYMS || h->column == SLK_COUNTRIES_CONTEXTUAL) return false;
        *type = SLK_NAME_GPE;
        return true;
    case SLK_T_AGENCIES: *type = SLK_NAME_ORG; return true;
    case SLK_T_PEOPLE: *type = SLK_NAME_PER; return true;
    case SLK_T_SITES: *type = SLK_NAME_FAC; return true;
    case SLK_T_WEAPONS: *type = SLK_NAME_WEAPON; return true;
    case SLK_T_PLACES: *type = type_of_place(pack, h->row); return true;
    default: return false;
    }
}

/* ---------------------------------------------------------------- labels */

static slk_err label(namer *f) {
    slk_reading *r = f->r;
    const slk_name_model *m = (const void *)slk_pack_model(f->pack, SLK_MODEL_NAMES).at;
    f->tags = slk_arena_take(&r->arena, r->tokens.n + 1);
    if (!f->tags) return SLK_ENOMEM;
    slk_name_score *scores = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *scores);
    uint8_t(*back)[8] = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *back);
    if (!scores || !back) return SLK_ENOMEM;
    for (uint32_t t = 0; t < r->tokens.n;) {
        uint32_t end = slk_name_chain(r, f->words, t);
        for (uint32_t i = t; i < end; i++) slk_name_score_token(m, r, f->words, i, &scores[i]);
        if (end > t) slk_name_tags_best(m, scores + t, end - t, f->tags + t, back);
        t = end > t ? end : t + 1;
    }
    f->parts = (slk_name_parts){f->pack, r, f->words, scores, f->tags};
    return slk_name_senses_settle(r, f->words, scores, f->tags);
}

/* The end of the name that the labels begin at a token; the token itself where none begins. */
static uint32_t labelled(const namer *f, uint32_t token, uint32_t last) {
    uint32_t end = token;
    if (f->tags[token] % 2 == 1)
        for (end++; end < last && f->tags[end] == f->tags[token] + 1; end++) continue;
    return end;
}

/* ---------------------------------------------------------------- adding */

/* Are the words of one the beginning or the end of the other's: "Lee" of "Anna Lee", "Al Bayan" of "Al Bayan Holding". */
static bool is_part(slk_text longer, slk_text own, bool ends) {
    if (longer.n <= own.n + 1) return false;
    if (longer.at[own.n] == ' ' && memcmp(longer.at, own.at, own.n) == 0) return true;
    return ends && longer.at[longer.n - own.n - 1] == ' ' && memcmp(longer.at + longer.n - own.n, own.at, own.n) == 0;
}

/* Are capitals the first letters of the words of a name: "WHO" of "World Health Organization"? */
static bool is_initials(slk_text longer, slk_text own) {
    size_t at = 0;
    if (own.n < 2 || longer.n <= own.n + 2) return false;
    for (size_t i = 0; i < longer.n; i++) {
        if (!slk_is_upper(longer.at[i]) || (i > 0 && longer.at[i - 1] != ' ' && longer.at[i - 1] != '-')) continue;
        if (at == own.n || longer.at[i] != own.at[at++]) return false;
    }
    return at == own.n;
}

/* The row of the country that words name, SLK_NONE: "the US" and "United States" are one. */
static uint32_t country_of(const namer *f, uint32_t token, slk_span span) {
    slk_hit hits[16];
    uint32_t n = slk_phrases_at(f->pack, f->r, token, hits, 16);
    for (uint32_t i = 0; i < n; i++)
        if (hits[i].table == SLK_T_COUNTRIES && hits[i].end == span.end &&
            (hits[i].column == SLK_COUNTRIES_NAME || hits[i].column == SLK_COUNTRIES_ALIASES))
            return hits[i].row;
    return SLK_NONE;
}

/* Does a name mean the same as an earlier one? A run that nothing is known of takes the kind of the longer name it is part of. */
static bool same_thing(const namer *f, uint32_t before, slk_name *n, uint32_t country, bool telling) {
    const slk_name *earlier = &f->r->names.at[before];
    slk_text longer = slk_reading_text(f->r, earlier->span), own = slk_reading_text(f->r, n->span);
    if (earlier->type == n->type && slk_text_eq(longer, own)) return true;
    bool person = earlier->type == SLK_NAME_PER && (n->type == SLK_NAME_PER || n->type == SLK_NAME_MISC);
    bool body = earlier->type == SLK_NAME_ORG && (n->type == SLK_NAME_ORG || n->type == SLK_NAME_MISC);
    if ((person && is_part(longer, own, true)) ||
        (body && (is_initials(longer, own) || (telling && is_part(longer, own, false))))) {
        n->type = earlier->type;
        return true;
    }
    return n->type == SLK_NAME_GPE && earlier->type == SLK_NAME_GPE && country != SLK_NONE &&
           f->countries.at[before] == country;
}

#define LOOK_BACK 200u /* names: a page or two */

static slk_err add(namer *f, uint32_t first, uint32_t last, slk_name_type type) {
    slk_reading *r = f->r;
    slk_name n = {.span = slk_tokens_span(r, (slk_tokens){first, last, first}), .type = type, .same_as = SLK_NONE};
    if (slk_reading_text(r, n.span).n == 0) return SLK_OK;
    uint32_t from = r->names.n > LOOK_BACK ? r->names.n - LOOK_BACK : 0;
    uint32_t country = type == SLK_NAME_GPE ? country_of(f, first, n.span) : SLK_NONE;
    bool telling = true; /* "Bank" alone means no bank in particular */
    for (uint32_t t = first; t < last; t++)
        telling = telling && !(f->words[t].known & (BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_PEOPLE_OF)));
    for (uint32_t i = from; i < r->names.n && n.same_as == SLK_NONE; i++) {
        const slk_name *o = &r->names.at[i];
        if (same_thing(f, i, &n, country, telling)) n.same_as = o->same_as == SLK_NONE ? i : o->same_as;
    }
    slk_err err = SLK_ROOM(&r->arena, &r->names, SLK_MAX_ITEMS);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &f->countries, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    r->names.at[r->names.n++] = n;
    f->countries.at[f->countries.n++] = country;
    return SLK_OK;
}

/* ---------------------------------------------------------------- kinds */

/* The longest phrase of a table that names something and begins at a token; its end as a token. */
static bool known_name(const namer *f, uint32_t token, uint32_t *end, slk_name_type *type) {
    slk_hit hits[16];
    slk_reading *r = f->r;
    uint32_t n = slk_phrases_at(f->pack, r, token, hits, 16);
    for (uint32_t i = 0; i < n; i++) {
        if (!type_of_hit(f->pack, &hits[i], type)) continue;
        *end = slk_token_at(r, hits[i].end);
        return *end > token;
    }
    return false;
}

/* What kind of place: as the tables have it, else by the words in it. */
static slk_name_type kind_of_place(const namer *f, uint32_t first, uint32_t last) {
    slk_name_type type;
    uint32_t end;
    slk_hit h;
    if (known_name(f, first, &end, &type) && end == last && type != SLK_NAME_ORG && type != SLK_NAME_PER &&
        type != SLK_NAME_WEAPON)
        return type;
    for (uint32_t t = first; t < last; t++)
        if (f->words[t].known & BIT(SLK_KNOWN_END_FAC)) return SLK_NAME_FAC;
    if (slk_phrase_in(f->pack, f->r, last - 1, SLK_T_PLACE_WORDS, &h) &&
        slk_text_is(slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, h.row, SLK_PLACE_WORDS_USE), "after")) {
        slk_text kind = slk_pack_cell(f->pack, SLK_T_PLACE_WORDS, h.row, SLK_PLACE_WORDS_KIND);
        return kind_of_code(kind);
    }
    return f->words[first].known & BIT(SLK_KNOWN_BEFORE) ? SLK_NAME_LOC : SLK_NAME_GPE;
}

/* Places within the name of a body: "Ghana" in "University of Ghana". */
static slk_err add_within(namer *f, uint32_t first, uint32_t last) {
    uint32_t places = BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY);
    for (uint32_t t = first; t < last;) {
        uint32_t end;
        slk_name_type type;
        bool inner = (f->words[t].known & places) && known_name(f, t, &end, &type) && end <= last &&
                     end - t < last - first && (type == SLK_NAME_GPE || type == SLK_NAME_LOC);
        if (inner) {
            slk_err err = add(f, t, end, type);
            if (err != SLK_OK) return err;
        }
        t = inner ? end : t + 1;
    }
    return SLK_OK;
}

/* "Spring Summit", "Operation Long Night": by the last word or the first. */
static bool is_event(const namer *f, uint32_t first, uint32_t last) {
    uint32_t body = BIT(SLK_KNOWN_END_ORG);
    return ((f->words[last - 1].known | f->words[first].known) & BIT(SLK_KNOWN_END_EVENT)) &&
           !((f->words[last - 1].known | f->words[first].known) & body);
}

static slk_err add_labelled(namer *f, uint32_t first, uint32_t last) {
    uint8_t tag = slk_name_tag_of(&f->parts, first, last);
    if (tag == SLK_TAG_O) return SLK_OK;
    if (tag == SLK_TAG_B_PER) return add(f, slk_name_behind_titles(&f->parts, first, last), last, SLK_NAME_PER);
    slk_name_type type = tag == SLK_TAG_B_ORG ? SLK_NAME_ORG : kind_of_place(f, first, last);
    if (last - first > 1 && is_event(f, first, last)) type = SLK_NAME_EVENT;
    slk_err err = add(f, first, last, type);
    return err == SLK_OK && (type == SLK_NAME_ORG || type == SLK_NAME_FAC || type == SLK_NAME_EVENT)
               ? add_within(f, first, last)
               : err;
}

/* ---------------------------------------------------------------- what the labels leave */

/* The end of a run of proper nouns without labels from a token on. */
static uint32_t rest_end(const namer *f, uint32_t token, uint32_t last) {
    uint32_t end = token + 1;
    bool event = f->words[token].known & BIT(SLK_KNOWN_END_EVENT); /* "Operation Long Night" */
    while (end < last && f->tags[end] == SLK_TAG_O &&
           (((event || slk_upos_at(f->r, end) == SLK_UPOS_PROPN) && f->words[end].capital) ||
            (f->words[end].may && slk_word_is(f->r, end, "-") && end + 1 < last && f->words[end + 1].may)))
        end++;
    return end;
}

/* "Battle of Adwa", "Ministry of Works": the end of the name that "of" joins to the word for an event or a body. */
static uint32_t of_end(const namer *f, uint32_t end, uint32_t last) {
    uint32_t t = end;
    if (!(f->words[end - 1].known & (BIT(SLK_KNOWN_END_EVENT) | BIT(SLK_KNOWN_END_ORG))) || !slk_word_is(f->r, t, "of"))
        return end;
    t += slk_word_is(f->r, t + 1, "the") ? 2 : 1;
    if (t >= last || !f->words[t].capital) return end;
    uint32_t inner = labelled(f, t, last);
    return inner > t ? inner : t + 1;
}

/* A word in capitals among others that are not: "the WHO said". */
static bool stands_out(const namer *f, uint32_t token) {
    bool capitals = (f->words[token].look & 7) == 3, before = token > 0 && f->words[token - 1].capital;
    return capitals && !before && !f->words[token + 1].capital;
}

/* What a run without labels is by the words in it: "Ministry of Works", "Lisbon Summit". */
static slk_name_type type_of_rest(const namer *f, uint32_t first, uint32_t end, uint32_t all) {
    uint32_t org = BIT(SLK_KNOWN_END_ORG);
    if (all - first < 2) return f->words[first].known & BIT(SLK_KNOWN_ALONE) ? SLK_NAME_ORG : SLK_NAME_MISC;
    if (is_event(f, first, end)) return SLK_NAME_EVENT;
    return (f->words[end - 1].known & org) && (all > end || end - first > 1) ? SLK_NAME_ORG : SLK_NAME_MISC;
}

/* "the Supreme Court", whatever the tags make of "Supreme". */
static bool two_words_of_body(const namer *f, uint32_t token, uint32_t last) {
    const slk_name_word *next = &f->words[token + 1];
    return token + 1 < last && next->capital && f->tags[token + 1] == SLK_TAG_O &&
           (next->known & BIT(SLK_KNOWN_END_ORG)) && !(f->words[token].known & BIT(SLK_KNOWN_PEOPLE_OF)) &&
           (token + 2 == last || !f->words[token + 2].capital);
}

static slk_err add_rest(namer *f, uint32_t token, uint32_t last, uint32_t *next) {
    const slk_name_word *w = &f->words[token];
    uint32_t none = BIT(SLK_KNOWN_TIME) | BIT(SLK_KNOWN_PEOPLE_OF) | BIT(SLK_KNOWN_ROLE) | BIT(SLK_KNOWN_TITLE) |
                    BIT(SLK_KNOWN_TIME + SLK_KNOWN_INSIDE);
    bool head =
        (w->known & (BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_END_EVENT))) && of_end(f, token + 1, last) > token + 1;
    head |= (w->known & BIT(SLK_KNOWN_END_EVENT)) && rest_end(f, token, last) > token + 1;
    head |= !w->first && (w->known & BIT(SLK_KNOWN_ALONE)); /* "Parliament" */
    head |= !w->first && two_words_of_body(f, token, last);
    *next = token + 1;
    if (!w->capital || ((w->known & none) && !head)) return SLK_OK;
    if (slk_upos_at(f->r, token) != SLK_UPOS_PROPN && !head && !stands_out(f, token)) return SLK_OK;
    uint32_t end = rest_end(f, token, last), all = of_end(f, end, last);
    slk_name_type type = type_of_rest(f, token, end, all);
    *next = type == SLK_NAME_ORG ? all : end;
    return add(f, token, all, type);
}

/* A phrase of the tables that is sure to be a name where it stands: a weapon; a site, body or person of two words and more, against
 * the labels too; any other that the labels leave out. Its end, the token itself where there is none. */
static uint32_t sure_name(const namer *f, uint32_t token, uint32_t labelled_end, slk_name_type *type) {
    uint32_t end, named = BIT(SLK_KNOWN_WEAPON) | BIT(SLK_KNOWN_SITE) | BIT(SLK_KNOWN_BODY) | BIT(SLK_KNOWN_PERSON);
    uint32_t places = BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY);
    if (!(f->words[token].known & (named | places)) || !known_name(f, token, &end, type) || end < labelled_end)
        return token;
    bool place = *type == SLK_NAME_GPE || *type == SLK_NAME_LOC, article = slk_word_is(f->r, token, "the");
    if (*type == SLK_NAME_WEAPON || end - token > 1u + article) return place && labelled_end > token ? token : end;
    return labelled_end > token || place ? token : end;
}

static bool close_behind(const slk_reading *r, uint32_t t) {
    return t + 1 < r->tokens.n && r->tokens.at[t].span.end == r->tokens.at[t + 1].span.start;
}

/* Ships and aircraft by how they are called: "USS Farragut", "MiG-29". The end of the name; the token where none begins. */
static uint32_t craft_end(const namer *f, uint32_t token, uint32_t last) {
    const slk_reading *r = f->r;
    uint32_t end = token + 1;
    uint8_t craft = r->words.at[token]->name_craft;
    if (craft == 'S') {
        while (end < last && end < token + 5 && f->words[end].capital && slk_upos_at(r, end) != SLK_UPOS_VERB) end++;
        return end > token + 1 ? end : token;
    }
    if (craft != 'C' || !close_behind(r, token) || !slk_word_is(r, end, "-") || !close_behind(r, end)) return token;
    return end + 1 < last && slk_is_digit(r->report.text.at[r->tokens.at[end + 1].span.start]) ? end + 2 : token;
}

/* The country in "US$". */
static bool is_currency(const namer *f, uint32_t token) {
    return close_behind(f->r, token) && f->r->report.text.at[f->r->tokens.at[token].span.end] == '$';
}

static slk_err name_at(namer *f, uint32_t token, uint32_t last, uint32_t *next) {
    uint32_t end = labelled(f, token, last);
    if (is_currency(f, token)) {
        f->tags[token] = SLK_TAG_O;
        return SLK_OK;
    }
    if (end > token) {
        slk_name_part(&f->parts, token, end);
        end = labelled(f, token, last);
    }
    slk_name_type type = SLK_NAME_WEAPON;
    uint32_t sure = f->words[token].capital ? craft_end(f, token, last) : token;
    if (sure == token) sure = sure_name(f, token, end, &type);
    if (sure > token && sure <= last) {
        *next = sure;
        bool article = slk_word_is(f->r, token, "the") && sure > token + 1;
        return add(f, token + article, sure, type);
    }
    *next = end;
    return end > token ? add_labelled(f, token, end) : add_rest(f, token, last, next);
}

/* What a name of a dateline is, its place in it says. */
static void sort_dateline(slk_reading *r, const slk_wire *w, uint32_t from) {
    for (uint32_t i = from; i < r->names.n; i++) {
        slk_name *n = &r->names.at[i];
        if (slk_span_holds(w->place, n->span) && n->type != SLK_NAME_LOC && n->type != SLK_NAME_FAC)
            n->type = SLK_NAME_GPE;
        if (slk_span_holds(w->agency, n->span)) n->type = SLK_NAME_ORG;
    }
}

slk_err slk_names_find(const slk_pack *pack, slk_reading *r) {
    namer f = {.pack = pack, .r = r};
    slk_err err = slk_name_words_find(pack, r, &f.words);
    if (err == SLK_OK) err = label(&f);
    for (uint32_t s = 0; s < r->sentences.n && err == SLK_OK; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens,
                 before = r->names.n;
        const slk_wire *w = slk_wire_of(r, s);
        bool story = !w || w->kind == SLK_WIRE_DATELINE || w->kind == SLK_WIRE_CREDIT;
        for (uint32_t t = first; story && t < last && err == SLK_OK;) {
            uint32_t next = t + 1;
            err = name_at(&f, t, last, &next);
            t = next > t ? next : t + 1;
        }
        if (w && w->kind == SLK_WIRE_DATELINE) sort_dateline(r, w, before);
    }
    return err;
}
