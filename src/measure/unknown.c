/* unknown.c - names of places that no table has, found by their surroundings: "in Xyz", "Xyz province", "the town of Xyz",
 * "Xyz-ri", "Xyz, Texas", a dateline. They have words and perhaps a kind, but no point. */
#include <assert.h>
#include <string.h>

#include "measure/placing.h"
#include "pack/gazetteer.h"

#define RUN_TOKENS 6

static slk_text word(const slk_reading *r, uint32_t token) {
    return token < r->tokens.n ? slk_token_text(r, token) : (slk_text){"", 0};
}

static bool is_capital(slk_text t) {
    uint32_t cp = 0;
    if (t.n == 0) return false;
    (void)slk_utf8_next(t.at, t.at + t.n, &cp);
    return slk_cp_is_upper(cp);
}

static bool adjacent(const slk_reading *r, uint32_t a, uint32_t b) {
    return r->tokens.at[b].span.start - r->tokens.at[a].span.end <= 1;
}

/* Small words inside names: "Rio de Janeiro", "Stratford upon Avon". */
static bool is_connector(const slk_placing *p, uint32_t token) {
    uint32_t end = 0;
    const slk_span span = p->r->tokens.at[token].span;
    return slk_placing_word(p, span.start, "inside", &end) != SLK_NONE && end == span.end;
}

/* The last token of the run of capitalised words that begins with `token`; SLK_NONE where none does. */
static uint32_t capital_run(const slk_placing *p, uint32_t token) {
    const slk_reading *r = p->r;
    const slk_sentence *in = &r->sentences.at[p->sentence];
    uint32_t stop = in->first_token + in->n_tokens, last = token;
    if (token >= stop || !is_capital(word(r, token)) || slk_pack_closed(p->s.pack, word(r, token))) return SLK_NONE;
    for (uint32_t i = token + 1; i < stop && i < token + RUN_TOKENS && adjacent(r, i - 1, i); i++) {
        slk_text t = word(r, i);
        bool glued = r->tokens.at[i].span.start == r->tokens.at[i - 1].span.end;
        if (glued && slk_text_is(t, "-") && i + 1 < stop &&
            r->tokens.at[i + 1].span.start == r->tokens.at[i].span.end) {
            last = ++i;
        } else if (is_capital(t) && !glued && !slk_pack_closed(p->s.pack, t)) {
            last = i;
        } else if (!(is_connector(p, i) && i + 1 < stop && is_capital(word(r, i + 1)) && adjacent(r, i, i + 1))) {
            break;
        }
    }
    return last;
}

/* The kind of place that the words around an unknown name say: "Xyz province", "the town of Xyz", "Lake Xyz", "Xyz-ri". */
static uint32_t kind_word(const slk_placing *p, uint32_t token, uint32_t last) {
    const slk_reading *r = p->r;
    uint32_t end = 0, row, first = r->sentences.at[p->sentence].first_token;
    uint32_t stop = r->tokens.at[last].span.end, next = slk_scan_space(&p->s, stop);
    if (last > token && (row = slk_placing_word(p, r->tokens.at[last].span.start, "after", &end)) != SLK_NONE &&
        end == stop)
        return row;
    if (next > stop && (row = slk_placing_word(p, next, "after", &end)) != SLK_NONE) return row;
    if (last > token && (row = slk_placing_word(p, r->tokens.at[token].span.start, "before", &end)) != SLK_NONE)
        return row;
    slk_text t = word(r, last);
    assert(t.at);
    for (uint32_t i = 1; i + 1 < t.n; i++)
        if (t.at[i] == '-' &&
            (row = slk_placing_word(p, r->tokens.at[last].span.start + i + 1, "suffix", &end)) != SLK_NONE)
            return row;
    if (last > token && slk_text_is(word(r, last - 1), "-") &&
        (row = slk_placing_word(p, r->tokens.at[last].span.start, "suffix", &end)) != SLK_NONE)
        return row;
    if (token < first + 2 || !slk_text_is_fold(word(r, token - 1), "of")) return SLK_NONE;
    return slk_placing_word(p, r->tokens.at[token - 2].span.start, "of", &end);
}

/* Something else of the tables begins here: a month, an agency, a demonym, a title, a point of the compass. whole: only
 * what takes in all of the words ("Islamic State", "Secretary of State"). */
static bool is_something_else(const slk_placing *p, slk_span span, bool whole) {
    const slk_hit *hits;
    uint32_t n = slk_scan_hits(&p->s, span.start, &hits);
    for (uint32_t i = 0; i < n; i++) {
        int table = hits[i].table;
        bool all = hits[i].end >= span.end;
        if (whole && !all) continue;
        if (table == SLK_T_CALENDAR || table == SLK_T_PEOPLE || table == SLK_T_AGENCIES || table == SLK_T_WEAPONS ||
            table == SLK_T_ROLES || table == SLK_T_WEAPON_CLASSES || table == SLK_T_ZONES)
            return true;
        if ((table == SLK_T_COUNTRIES || table == SLK_T_DIRECTIONS) && all) return true;
        if (table == SLK_T_PLACE_WORDS &&
            slk_text_is(slk_pack_cell(p->s.pack, table, hits[i].row, SLK_PLACE_WORDS_USE), "not"))
            return true;
    }
    return false;
}

/* "FIFA", "EKU": letters that stand for a body */
static bool is_acronym(slk_text t) {
    if (!t.at || t.n > 6) return false;
    for (size_t i = 0; i < t.n; i++)
        if (!slk_is_upper(t.at[i])) return false;
    return true;
}

/* "Butler County Coroner": the run of capitals ends where a county of the gazetteer does. */
static uint32_t county_end(const slk_placing *p, uint32_t token, uint32_t last) {
    const slk_reading *r = p->r;
    uint32_t row, end = 0, stop = 0;
    slk_gazetteer_place place;
    slk_text text = slk_text_part(p->s.text, 0, r->tokens.at[last].span.end);
    if (last == token || !slk_gazetteer_match(p->s.pack, text, r->tokens.at[token].span.start, &row, 1, &end))
        return last;
    uint32_t cut = slk_token_at(r, end - 1);
    if (cut == token || !slk_gazetteer_row(p->s.pack, row, &place) || strcmp(place.kind, "ADM2") != 0) return last;
    return slk_placing_word(p, r->tokens.at[cut].span.start, "after", &stop) != SLK_NONE && stop == end ? cut : last;
}

/* The names station has just these words for a country, a region or a town, and the gazetteer knows a place so called. */
static bool named_place(const slk_placing *p, slk_span span) {
    const slk_reading *r = p->r;
    uint32_t row, end = 0, i = SLK_FIRST(k, r->names.n, r->names.at[k].span.start < span.start);
    if (i >= r->names.n || r->names.at[i].span.start != span.start || r->names.at[i].span.end != span.end) return false;
    if (r->names.at[i].type != SLK_NAME_GPE && r->names.at[i].type != SLK_NAME_LOC) return false;
    slk_text text = slk_text_part(p->s.text, 0, span.end);
    return slk_gazetteer_match(p->s.pack, text, span.start, &row, 1, &end) && end == span.end;
}

uint32_t slk_placing_unknown(slk_placing *p, uint32_t token, bool forced, uint32_t *end) {
    const slk_reading *r = p->r;
    uint32_t last = capital_run(p, token), first = r->sentences.at[p->sentence].first_token;
    if (last == SLK_NONE) return SLK_NONE;
    last = county_end(p, token, last);
    slk_span span = {r->tokens.at[token].span.start, r->tokens.at[last].span.end};
    uint32_t kind = kind_word(p, token, last);
    int evidence = slk_evidence_here(p, token, span);
    if (!forced && (slk_placing_person(p, span) || is_something_else(p, span, kind != SLK_NONE))) return SLK_NONE;
    if (!forced && kind == SLK_NONE) {
        bool known = (evidence >= 0 && named_place(p, span)) ||
                     (evidence >= 0 && slk_placing_known(p, slk_reading_text(r, span)) != SLK_NONE);
        if ((evidence < 2 && !known) || (is_acronym(slk_reading_text(r, span)) && token != first)) return SLK_NONE;
    }
    uint32_t place = slk_placing_add(p, span, kind);
    if (place == SLK_NONE) return SLK_NONE;
    p->mentions.at[place].unlisted = true;
    p->mentions.at[place].evidence = evidence < 0 || forced ? 0 : evidence;
    (void)slk_candidates_of_gazetteer(p, span);
    slk_placing_note(p, place);
    *end = span.end;
    return place;
}
