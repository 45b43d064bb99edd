/* places.c - finds the places a report names.
 *
 * Walks each sentence from token to token. A name is taken from the tables of countries, places and sites (longest phrase
 * first, capitals as the pack rules), or, where no table has it, from its surroundings (unknown.c). Persons, weapons and
 * newspapers that hold a place name are no places; nor are demonyms, which only tell which countries the report speaks of. */
#include "measure/placing.h"

#include <string.h>

#include "measure/measure.h"
#include "pack/gazetteer.h"

/* ------------------------------------------------------------------ words */

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

uint32_t slk_placing_word(const slk_placing *p, uint32_t at, const char *use, uint32_t *end) {
    const slk_hit *hits;
    uint32_t n = slk_scan_hits(&p->s, at, &hits);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table != SLK_T_PLACE_WORDS) continue;
        if (!slk_text_is(slk_pack_cell(p->s.pack, SLK_T_PLACE_WORDS, hits[i].row, SLK_PLACE_WORDS_USE), use)) continue;
        *end = hits[i].end;
        return hits[i].row;
    }
    return SLK_NONE;
}

bool slk_placing_after(const slk_placing *p, uint32_t token, const char *use) {
    const slk_reading *r = p->r;
    uint32_t end = 0;
    if (token <= r->sentences.at[p->sentence].first_token) return false;
    const slk_span before = r->tokens.at[token - 1].span;
    return slk_placing_word(p, before.start, use, &end) != SLK_NONE && end == before.end;
}

uint32_t slk_placing_add(slk_placing *p, slk_span span, uint32_t place_word) {
    slk_reading *r = p->r;
    if ((p->err = SLK_ROOM(&r->arena, &r->places, SLK_MAX_ITEMS)) != SLK_OK) return SLK_NONE;
    if ((p->err = SLK_ROOM(&r->arena, &p->mentions, SLK_MAX_ITEMS)) != SLK_OK) return SLK_NONE;
    p->mentions.at[p->mentions.n++] =
        (slk_naming){.first = p->candidates.n, .sentence = p->sentence, .word = place_word, .same = r->places.n};
    r->places.at[r->places.n] = (slk_place){.span = span};
    return r->places.n++;
}

/* ------------------------------------------------------------------ names of the tables */

typedef struct match { /* what the trie says about the words at one token */
    slk_hit hits[SLK_PHRASES_MOST];
    uint32_t n;
    uint32_t place_end, blocked_end; /* ends of the longest place, and of the longest thing that is no place */
} match;

static bool is_blocking_hit(const slk_placing *p, const slk_hit *h) {
    if (h->table == SLK_T_PEOPLE || h->table == SLK_T_WEAPONS) return true;
    if (h->table == SLK_T_COUNTRIES)
        return h->column == SLK_COUNTRIES_DEMONYMS || h->column == SLK_COUNTRIES_CONTEXTUAL;
    if (h->table != SLK_T_AGENCIES) return false;
    slk_text kind = slk_pack_cell(p->s.pack, SLK_T_AGENCIES, h->row, SLK_AGENCIES_KIND);
    return slk_text_ends_fold(kind, "newspaper") || slk_text_ends_fold(kind, "news-agency") ||
           slk_text_ends_fold(kind, "broadcaster");
}

/* "TX", "Ill.": short forms that mean a state only behind a comma. */
static bool is_short_form(const slk_placing *p, const slk_hit *h, uint32_t at) {
    uint32_t back = at;
    if (h->table != SLK_T_PLACES || (h->end - at != 2 && p->s.text.at[h->end - 1] != '.')) return false;
    if (!slk_text_is(slk_pack_cell(p->s.pack, SLK_T_PLACES, h->row, SLK_PLACES_KIND), "ADM1")) return false;
    while (back > 0 && p->s.text.at[back - 1] == ' ') back--;
    return back == 0 || (p->s.text.at[back - 1] != ',' && p->s.text.at[back - 1] != '-'); /* "D-N.C." */
}

/* "IMO" is a body and "Imo" a state: few capitals within a line mean a place only where the table writes it so. */
static bool is_acronym_hit(const slk_placing *p, const slk_hit *h, uint32_t at) {
    slk_text words = slk_text_part(p->s.text, at, h->end);
    if (words.n > 4 || at == 0 || p->s.text.at[at - 1] == '\n') return false;
    for (size_t i = 0; i < words.n; i++)
        if (!slk_is_upper(words.at[i])) return false;
    slk_text cell = slk_pack_cell(p->s.pack, h->table, h->row, h->column);
    return !memmem(cell.at, cell.n, words.at, words.n);
}

static void match_at(const slk_placing *p, uint32_t at, match *m) {
    m->place_end = m->blocked_end = at;
    const slk_hit *hits;
    m->n = slk_scan_hits(&p->s, at, &hits);
    memcpy(m->hits, hits, sizeof *hits * m->n);
    for (uint32_t i = 0; i < m->n; i++) {
        const slk_hit *h = &m->hits[i];
        if (slk_is_place_hit(h) && h->end > m->place_end && !is_short_form(p, h, at) && !is_acronym_hit(p, h, at))
            m->place_end = h->end;
        if (is_blocking_hit(p, h) && h->end > m->blocked_end) m->blocked_end = h->end;
    }
}

/* Demonyms tell which countries a report is about. */
static void vote_demonyms(slk_placing *p, const match *m) {
    for (uint32_t i = 0; i < m->n; i++)
        if (m->hits[i].table == SLK_T_COUNTRIES && m->hits[i].column == SLK_COUNTRIES_DEMONYMS)
            p->votes[m->hits[i].row] += 0.5;
}

/* ------------------------------------------------------------------ persons */

bool slk_placing_person(slk_placing *p, slk_span span) {
    const slk_reading *r = p->r;
    while (p->name < r->names.n && r->names.at[p->name].span.end <= span.start) p->name++;
    for (uint32_t i = p->name; i < r->names.n && r->names.at[i].span.start < span.end; i++)
        if (r->names.at[i].type == SLK_NAME_PER && slk_span_holds(r->names.at[i].span, span)) return true;
    return false;
}

/* The names station has just these words for a person. */
static bool person_alone(const slk_placing *p, slk_span span) {
    const slk_reading *r = p->r;
    uint32_t i = SLK_FIRST(k, r->names.n, r->names.at[k].span.end <= span.start);
    return i < r->names.n && r->names.at[i].type == SLK_NAME_PER && r->names.at[i].span.start == span.start &&
           r->names.at[i].span.end == span.end;
}

static bool all_towns(const slk_placing *p, const match *m) {
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->hits[i].end != m->place_end || !slk_is_place_hit(&m->hits[i])) continue;
        if (m->hits[i].table != SLK_T_PLACES) return false;
        if (!slk_text_starts(slk_pack_cell(p->s.pack, SLK_T_PLACES, m->hits[i].row, SLK_PLACES_KIND), "PPL"))
            return false;
    }
    return true;
}

/* "Gen. Washington", "Paris Hilton": words around one word that make it a person. */
static bool looks_like_person(slk_placing *p, uint32_t token, slk_span span) {
    const slk_reading *r = p->r;
    uint32_t end = 0, first = r->sentences.at[p->sentence].first_token;
    if (slk_placing_person(p, span)) return !person_alone(p, span) || slk_evidence_here(p, token, span) < 2;
    if (token > first) {
        slk_text before = word(r, token - 1);
        uint32_t row = slk_pack_find(p->s.pack, SLK_T_ABBREVIATIONS, before);
        if (row != SLK_NONE &&
            slk_text_is(slk_pack_cell(p->s.pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND), "title"))
            return true;
        if (slk_placing_word(p, r->tokens.at[token - 1].span.start, "title", &end) != SLK_NONE) return true;
    }
    uint32_t next = slk_token_at(r, span.end);
    slk_hit hit;
    if (next < r->tokens.n && slk_scan_hit(&p->s, r->tokens.at[next].span.start, SLK_T_ROLES, &hit)) return false;
    return next < r->tokens.n && next == token + 1 && adjacent(r, token, next) && is_capital(word(r, next)) &&
           !slk_pack_closed(p->s.pack, word(r, next)) &&
           slk_placing_word(p, span.start, "given-name", &end) != SLK_NONE &&
           slk_placing_word(p, r->tokens.at[next].span.start, "after", &end) == SLK_NONE;
}

/* ------------------------------------------------------------------ one name */

/* "Washington County" is another place than Washington: a capital kind word behind a known name belongs to it. That of a
 * town or state may begin another name ("Dublin City Council"). */
static uint32_t extend(const slk_placing *p, slk_span *span, bool *other) {
    uint32_t end = 0, at = slk_scan_space(&p->s, span->end);
    if (at == span->end || at - span->end > 1) return SLK_NONE;
    uint32_t row = slk_placing_word(p, at, "after", &end);
    if (row == SLK_NONE || !is_capital(slk_text_part(p->s.text, at, end))) return row;
    slk_text kind = slk_pack_cell(p->s.pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_KIND);
    bool state = slk_text_is(kind, "ADM1"), road = slk_text_is(kind, "RD");
    uint32_t next = slk_scan_space(&p->s, end);
    if (slk_text_is(kind, "PPL") ||
        ((state || road) && next < p->s.end && is_capital(slk_text_part(p->s.text, next, p->s.end))))
        return SLK_NONE;
    span->end = end;
    *other = !state && !slk_text_is(kind, "AIRP");
    return row;
}

/* Keeps the country that "its east coast" will speak of: the last one named that is no object of a preposition and owns
 * nothing itself; any one until such a one is met. */
static void note_subject(slk_placing *p, uint32_t token, uint32_t place, uint32_t end) {
    static const char *const before[] = {"to", "toward", "towards", "over", "of", "against", "with", "by", NULL};
    uint32_t n = 0, first = p->r->sentences.at[p->sentence].first_token;
    const slk_naming *m = &p->mentions.at[place];
    if (m->n == 0 || p->candidates.at[m->first].country == SLK_NONE) return;
    bool object = slk_scan_peek(&p->s, end, &n) == '\'' || slk_placing_after(p, token, "lead");
    for (int i = 0; before[i] && token > first && !object; i++)
        object = slk_text_is_fold(word(p->r, token - 1), before[i]);
    if (!object || p->last_country == SLK_NONE) p->last_country = place;
}

/* "South Charleston": a point of the compass and a town make another town, near to it. */
static uint32_t directed(slk_placing *p, uint32_t token, uint32_t *end) {
    slk_reading *r = p->r;
    slk_hit hit;
    uint32_t next = token + 1;
    if (!slk_scan_hit(&p->s, r->tokens.at[token].span.start, SLK_T_DIRECTIONS, &hit)) return SLK_NONE;
    if (hit.end != r->tokens.at[token].span.end || next >= r->tokens.n || !adjacent(r, token, next)) return SLK_NONE;
    match m;
    match_at(p, r->tokens.at[next].span.start, &m);
    if (m.place_end == r->tokens.at[next].span.start || m.blocked_end >= m.place_end) return SLK_NONE;
    for (uint32_t i = 0; i < m.n; i++) {
        if (m.hits[i].end != m.place_end || !slk_is_place_hit(&m.hits[i])) continue;
        if (m.hits[i].table != SLK_T_PLACES) return SLK_NONE;
        slk_text kind = slk_pack_cell(p->s.pack, SLK_T_PLACES, m.hits[i].row, SLK_PLACES_KIND);
        if (!slk_text_starts(kind, "PPL")) return SLK_NONE;
    }
    slk_span span = {r->tokens.at[token].span.start, m.place_end};
    uint32_t place = slk_placing_add(p, span, SLK_NONE);
    if (place == SLK_NONE) return SLK_NONE;
    bool listed = slk_candidates_of_gazetteer(p, span) > 0;
    if (!listed) slk_candidates_of_tables(p, m.hits, m.n, m.place_end);
    p->mentions.at[place].approximate = !listed;
    p->mentions.at[place].evidence = slk_evidence_here(p, token, span);
    slk_placing_note(p, place);
    *end = span.end;
    return place;
}

/* Behind "north of", "off": "the North's coast" and "the Iranian capital" name a country or a capital too. */
static uint32_t by_country(slk_placing *p, uint32_t token, uint32_t *end) {
    const slk_hit *hits;
    slk_span span = p->r->tokens.at[token].span;
    uint32_t behind = 0, from = token > 0 ? p->r->tokens.at[token - 1].span.start : span.start;
    for (int round = 0; round < 2; round++, from = span.start) {
        uint32_t n = slk_scan_hits(&p->s, from, &hits);
        for (uint32_t i = 0; i < n; i++) {
            bool context = hits[i].column == SLK_COUNTRIES_CONTEXTUAL;
            if (hits[i].table != SLK_T_COUNTRIES || hits[i].end <= span.start) continue;
            if (!context && (from != span.start || hits[i].column != SLK_COUNTRIES_DEMONYMS)) continue;
            uint32_t row = hits[i].row;
            int table = SLK_T_COUNTRIES;
            span.end = hits[i].end;
            if (!context && slk_scan_word(&p->s, slk_scan_space(&p->s, span.end), "capital", &behind)) {
                table = SLK_CAPITAL_OF;
                span.end = behind;
            }
            uint32_t place = slk_placing_add(p, span, SLK_NONE);
            if (place == SLK_NONE || !slk_candidate_add(p, table, row)) return SLK_NONE;
            *end = span.end;
            return place;
        }
    }
    return SLK_NONE;
}

/* A person's name that is a place's too is kept until all is weighed: it speaks against the other mentions. */
static void note_person(slk_placing *p, slk_span span) {
    uint32_t place = slk_placing_add(p, span, SLK_NONE);
    if (place == SLK_NONE) return;
    p->mentions.at[place].evidence = SLK_EVIDENCE_NEVER;
    slk_placing_note(p, place);
}

/* "Lloyd Austin" speaks against "Austin" too. */
static void note_last_name(slk_placing *p, const match *m) {
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->hits[i].table != SLK_T_PEOPLE || m->hits[i].end != m->blocked_end) continue;
        uint32_t last = slk_token_at(p->r, m->blocked_end - 1);
        if (is_capital(word(p->r, last))) note_person(p, p->r->tokens.at[last].span);
        return;
    }
}

static uint32_t other_name(slk_placing *p, const match *m, uint32_t token, bool forced, uint32_t *end) {
    uint32_t place = forced ? by_country(p, token, end) : SLK_NONE;
    if (place != SLK_NONE || p->err != SLK_OK) return place;
    if (m->blocked_end > p->r->tokens.at[token].span.start) {
        *end = m->blocked_end;
        note_last_name(p, m);
        return SLK_NONE;
    }
    place = directed(p, token, end);
    return place != SLK_NONE || p->err != SLK_OK ? place : slk_placing_unknown(p, token, forced, end);
}

/* "Tennessee Colony" is another place than Tennessee: the end of a longer name that the gazetteer has, all its words large. */
static uint32_t longer_name(slk_placing *p, const match *m, uint32_t at) {
    const slk_gazetteer_look *look = slk_gazetteer_longest(p, at, p->s.end);
    uint32_t end = look->end;
    if (look->n == 0 || end <= m->place_end) return m->place_end;
    uint32_t token = slk_token_at(p->r, m->place_end), behind = 0;
    if (token >= p->r->tokens.n || !is_capital(word(p->r, token))) return m->place_end;
    return slk_placing_word(p, p->r->tokens.at[token].span.start, "after", &behind) == SLK_NONE ? end : m->place_end;
}

uint32_t slk_placing_name(slk_placing *p, uint32_t token, bool forced, uint32_t *end) {
    slk_reading *r = p->r;
    uint32_t at = r->tokens.at[token].span.start;
    match m;
    match_at(p, at, &m);
    vote_demonyms(p, &m);
    if (m.place_end == at || m.blocked_end > m.place_end) return other_name(p, &m, token, forced, end);
    slk_span span = {at, longer_name(p, &m, at)};
    bool longer = span.end > m.place_end;
    *end = span.end;
    bool person = !forced && looks_like_person(p, token, span);
    bool doubt =
        person && person_alone(p, span) && all_towns(p, &m); /* "Cairns": a town all the same if others say so */
    if (person && !doubt) {
        note_person(p, span);
        return SLK_NONE;
    }
    bool other = false;
    uint32_t name_end = span.end, kind = extend(p, &span, &other);
    uint32_t place = slk_placing_add(p, span, kind);
    if (place == SLK_NONE) return SLK_NONE;
    if (longer || (other && slk_candidates_of_gazetteer(p, span) > 0)) {
        if (!other) (void)slk_candidates_of_gazetteer(p, (slk_span){at, name_end});
        other = false;
    } else {
        slk_candidates_of_tables(p, m.hits, m.n, m.place_end);
        if (!other) (void)slk_candidates_of_gazetteer(p, (slk_span){at, m.place_end});
    }
    if (p->err != SLK_OK) return SLK_NONE;
    p->mentions.at[place].approximate = other;
    p->mentions.at[place].evidence = forced ? 3 : slk_evidence_here(p, token, span) - (doubt ? 2 : 0);
    p->mentions.at[place].dateline = slk_evidence_dateline(p, token, span.end);
    note_subject(p, token, place, span.end);
    slk_placing_note(p, place);
    *end = span.end;
    return place;
}

/* ------------------------------------------------------------------ the walk */

/* A capital, or a letter of a script that has none: Hebrew, Arabic, Korean, Chinese, ... */
static bool may_begin_name(slk_text t) {
    uint32_t cp = 0;
    if (t.n) (void)slk_utf8_next(t.at, t.at + t.n, &cp);
    return slk_cp_is_upper(cp) || (cp >= 0x590 && (cp < 0x10A0 || cp > 0x1FFF) && slk_cp_is_letter(cp));
}

static void walk_sentence(slk_placing *p) {
    slk_reading *r = p->r;
    const slk_sentence sentence = r->sentences.at[p->sentence];
    const slk_wire *w = slk_wire_of(r, p->sentence);
    uint32_t go_on = sentence.span.start;
    if (w && w->kind != SLK_WIRE_DATELINE && w->kind != SLK_WIRE_CREDIT) return;
    p->s.end = sentence.span.end;
    for (uint32_t i = 0; i < sentence.n_tokens && p->err == SLK_OK; i++) {
        uint32_t token = sentence.first_token + i, end = 0;
        if (r->tokens.at[token].span.start < go_on) continue;
        if (w && slk_span_holds(w->agency, r->tokens.at[token].span)) continue; /* "(Delhi Times)" */
        if (slk_relative_read(p, token, &end)) {
            if (end > go_on) go_on = end;
        } else if (p->err == SLK_OK && may_begin_name(word(r, token))) {
            (void)slk_placing_name(p, token, false, &end);
            if (end > go_on) go_on = end;
        }
    }
}

slk_err slk_places_find(const slk_pack *pack, slk_reading *r) {
    slk_scan_memo memo = {.r = r};
    slk_placing p = {.r = r, .s = {pack, &memo, r->report.text, 0}, .last_country = SLK_NONE};
    uint32_t countries = slk_pack_rows(pack, SLK_T_COUNTRIES);
    p.votes = slk_arena_take(&r->arena, sizeof *p.votes * (countries + 1));
    if (!p.votes) return SLK_ENOMEM;
    for (; p.sentence < r->sentences.n && p.err == SLK_OK; p.sentence++) walk_sentence(&p);
    if (p.err == SLK_OK) p.err = slk_evidence_weigh(&p);
    if (p.err == SLK_OK) p.err = slk_places_weigh(&p);
    if (p.err != SLK_OK) return p.err;
    slk_places_resolve(&p);
    slk_relative_compute(&p);
    return p.err;
}
