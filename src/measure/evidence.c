/* evidence.c - weighs whether a name of the tables is a place where it stands.
 *
 * "Taylor", "Mobile" and "Lincoln" are towns, and mostly something else. The words around each mention speak for a place
 * ("in Mobile", "Mobile, Ala.", a dateline) or against it ("Brandi Taylor", "Taylor said"); the mentions of a report
 * speak for each other. Countries, capitals, regions, seas and sites need no witness, small towns with one-word names do.
 * One pass to gather, one to take out; linear in the number of places. */
#include <math.h>
#include <string.h>

#include "measure/placing.h"

#define PERSON (-3)   /* behind another name: "George Washington" */
#define SURE 2        /* from here on a mention needs no other */
#define DATELINE_B 48 /* longest "TOKYO, Sept. 18 (" */
#define LARGE 400e3   /* people of a town that is known well enough to need no witness */
#define MIDDLE 50e3   /* ... that needs little of one */

typedef enum strength { DOUBTFUL, SMALL, FAIR, STRONG } strength;

/* ------------------------------------------------------------------ around a mention */

static slk_text word(const slk_reading *r, uint32_t token) {
    return token < r->tokens.n ? slk_token_text(r, token) : (slk_text){"", 0};
}

static bool is_capital(slk_text t) {
    uint32_t cp = 0;
    if (t.n == 0) return false;
    (void)slk_utf8_next(t.at, t.at + t.n, &cp);
    return slk_cp_is_upper(cp);
}

static bool is_use(const slk_placing *p, const slk_hit *h, const char *use) {
    return h->table == SLK_T_PLACE_WORDS &&
           slk_text_is(slk_pack_cell(p->s.pack, h->table, h->row, SLK_PLACE_WORDS_USE), use);
}

/* "TOKYO (AP) -", "KABUL, Afghanistan —" at the start of a line. */
bool slk_evidence_dateline(const slk_placing *p, uint32_t token, uint32_t end) {
    const slk_reading *r = p->r;
    const char *text = r->report.text.at;
    const slk_wire *w = slk_wire_of(r, p->sentence);
    if (w && slk_span_holds(w->place, r->tokens.at[token].span)) return true;
    if (token != r->sentences.at[p->sentence].first_token) return false;
    uint32_t start = r->tokens.at[token].span.start, stop = end + DATELINE_B;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) start--;
    if (start > 0 && text[start - 1] != '\n') return false;
    if (stop > p->s.end) stop = p->s.end;
    for (uint32_t i = end; i + 1 < stop; i++) {
        bool gap = text[i] == ' ';
        if (gap && (text[i + 1] == '(' || text[i + 1] == '-' || text[i + 1] == '\xE2')) return true;
        if (!gap && text[i] != ',' && text[i] != '.' && !slk_is_alpha(text[i]) && !slk_is_digit(text[i])) return false;
    }
    return false;
}

/* "Paris, Texas", "Melville, Sask.": a country or a region behind a comma */
static bool container_follows(const slk_placing *p, uint32_t end) {
    const slk_hit *hits;
    uint32_t size = 0;
    if (slk_scan_peek(&p->s, end, &size) != ',') return false;
    uint32_t at = slk_scan_space(&p->s, end + size), n = slk_scan_hits(&p->s, at, &hits);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table == SLK_T_COUNTRIES)
            return hits[i].column == SLK_COUNTRIES_NAME || hits[i].column == SLK_COUNTRIES_ALIASES;
        if (hits[i].table == SLK_T_PLACES &&
            slk_text_is(slk_pack_cell(p->s.pack, SLK_T_PLACES, hits[i].row, SLK_PLACES_KIND), "ADM1"))
            return true;
    }
    return false;
}

/* The word at `token` is known as something that stands before names of places and is no name of a person. */
static bool goes_before_places(const slk_placing *p, uint32_t token) {
    const slk_span span = p->r->tokens.at[token].span;
    const slk_hit *hits;
    uint32_t n = slk_scan_hits(&p->s, span.start, &hits);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].end < span.end) continue;
        if (is_use(p, &hits[i], "given-name")) return false;
        switch (hits[i].table) {
        case SLK_T_COUNTRIES:
        case SLK_T_PLACES:
        case SLK_T_SITES:
        case SLK_T_DIRECTIONS:
        case SLK_T_CALENDAR:
        case SLK_T_ROLES:
        case SLK_T_AGENCIES:
        case SLK_T_PLACE_WORDS: return true;
        default: break;
        }
    }
    return false;
}

/* A capitalised word right before the name that makes it part of a longer one: "Brandi Taylor", "Virgin Atlantic". */
static bool name_before(const slk_placing *p, uint32_t token) {
    const slk_reading *r = p->r;
    if (token <= r->sentences.at[p->sentence].first_token) return false;
    const slk_token *before = &r->tokens.at[token - 1];
    slk_text t = word(r, token - 1);
    if (r->tokens.at[token].span.start != before->span.end + 1 || r->report.text.at[before->span.end] != ' ')
        return false;
    if (!is_capital(t) || (before->upos != SLK_UPOS_PROPN && before->upos != SLK_UPOS_X)) return false;
    return !goes_before_places(p, token - 1);
}

/* A capitalised word right behind it that no table knows as part of a place: "Taylor Swift", "Golden Globe". */
static bool name_behind(const slk_placing *p, slk_span span) {
    const slk_reading *r = p->r;
    uint32_t next = slk_token_at(r, span.end), end = 0;
    if (next >= r->tokens.n || r->tokens.at[next].span.start != span.end + 1) return false;
    if (!is_capital(word(r, next)) || r->tokens.at[next].upos != SLK_UPOS_PROPN) return false;
    return slk_placing_word(p, r->tokens.at[next].span.start, "after", &end) == SLK_NONE;
}

static bool speaks(const slk_placing *p, uint32_t token) {
    if (token >= p->r->tokens.n || p->r->tokens.at[token].upos != SLK_UPOS_VERB || !p->r->tokens.at[token].lemma)
        return false;
    return slk_pack_find(p->s.pack, SLK_T_REPORTING, slk_text_of(p->r->tokens.at[token].lemma)) != SLK_NONE;
}

static bool direction_before(const slk_placing *p, uint32_t token) {
    slk_hit hit;
    return token > p->r->sentences.at[p->sentence].first_token &&
           slk_scan_hit(&p->s, p->r->tokens.at[token - 1].span.start, SLK_T_DIRECTIONS, &hit);
}

int slk_evidence_here(const slk_placing *p, uint32_t token, slk_span span) {
    uint32_t n = 0;
    int sum = 0;
    if (name_before(p, token)) return PERSON;
    if (slk_evidence_dateline(p, token, span.end) || container_follows(p, span.end)) sum += SURE;
    if (slk_placing_after(p, token, "lead"))
        sum += SURE;
    else if (slk_placing_after(p, token, "way") || direction_before(p, token))
        sum += 1;
    if (slk_scan_peek(&p->s, span.end, &n) == '-') sum += 1; /* "Omaha-based" */
    if (slk_placing_word(p, slk_scan_space(&p->s, span.end), "civic", &n) != SLK_NONE) sum += 1;
    if (name_behind(p, span)) sum -= 2;
    if (speaks(p, slk_token_at(p->r, span.end))) sum -= 1;
    return sum;
}

/* ------------------------------------------------------------------ what a name is worth alone */

static double people_of(const slk_placing *p, const slk_naming *m) {
    double most = 0;
    for (uint32_t i = 0; i < m->n; i++) most = fmax(most, p->candidates.at[m->first + i].people);
    return most;
}

/* The words can be something else: a common word, a family name. */
static bool is_doubtful(const slk_placing *p, slk_span span) {
    slk_scan whole = p->s;
    const slk_hit *hits;
    whole.end = span.end;
    uint32_t n = slk_scan_hits(&whole, span.start, &hits);
    for (uint32_t i = 0; i < n; i++)
        if (hits[i].end == span.end && (is_use(p, &hits[i], "weak") || is_use(p, &hits[i], "given-name"))) return true;
    return false;
}

/* Countries and their regions stay what they are behind other names: "Nazi Germany", "Team Alberta". */
static bool is_land(const slk_placing *p, const slk_naming *m) {
    const slk_candidate *c = &p->candidates.at[m->first];
    bool land = m->n && !m->unlisted && (c->table == SLK_T_COUNTRIES || slk_candidate_is(c, "ADM1"));
    return land && !m->doubtful;
}

static strength strength_of(const slk_placing *p, uint32_t place, double people) {
    const slk_naming *m = &p->mentions.at[place];
    slk_span span = p->r->places.at[place].span;
    slk_text t = slk_reading_text(p->r, span);
    bool county = m->n && slk_candidate_is(&p->candidates.at[m->first], "ADM2");
    if ((m->approximate || county) && m->word != SLK_NONE) return STRONG; /* "Butler County" */
    if (m->n == 0 || m->unlisted || m->word != SLK_NONE) return FAIR;     /* found by the words around it */
    for (uint32_t i = 0; i < m->n; i++)
        if (p->candidates.at[m->first + i].table != SLK_GAZETTEER &&
            !slk_candidate_is_town(&p->candidates.at[m->first + i]))
            return STRONG;
    if (m->doubtful) return DOUBTFUL;
    return people >= LARGE || !t.at || memchr(t.at, ' ', t.n) || memchr(t.at, '-', t.n) ? FAIR : SMALL;
}

/* ------------------------------------------------------------------ taking out */

typedef struct group { /* what the mentions with the same words say together */
    int best, worst;
    bool last, given; /* the report has a person with this family name, with this given name */
} group;

static void note_part(const slk_placing *p, group *groups, slk_text words, bool last) {
    uint32_t place = slk_placing_known(p, words);
    if (place == SLK_NONE) return;
    if (last)
        groups[place].last = true;
    else
        groups[place].given = true;
}

/* "Kimberley Walsh": what the report calls Walsh or Kimberley later is no place. */
static void note_people(const slk_placing *p, group *groups) {
    const slk_reading *r = p->r;
    for (uint32_t i = 0; i < r->names.n; i++) {
        if (r->names.at[i].type != SLK_NAME_PER) continue;
        uint32_t first = slk_token_at(r, r->names.at[i].span.start),
                 last = slk_token_at(r, r->names.at[i].span.end - 1);
        if (last == first || last >= r->tokens.n) continue;
        note_part(p, groups, slk_token_text(r, first), false);
        note_part(p, groups, slk_token_text(r, last), true);
    }
}

static bool stays(const slk_placing *p, uint32_t place, const group *g) {
    const slk_naming *m = &p->mentions.at[place];
    if (m->referred || p->r->places.at[place].relative.known) return true;
    if (m->evidence <= SLK_EVIDENCE_NEVER) return false;
    double people = people_of(p, m);
    strength own = strength_of(p, place, people);
    if (own == STRONG && g->given && g->best < SURE) return false;
    if (own == STRONG) return m->evidence > PERSON || is_land(p, m);
    if ((g->last || g->given) && m->evidence <= SURE && g->best <= SURE) return false;
    if ((m->n == 0 || m->unlisted) && !m->approximate)
        return m->evidence >= SURE || (m->evidence >= 0 && g->worst >= 0) || m->word != SLK_NONE;
    if (own == FAIR) return m->evidence >= 0 || (m->evidence > PERSON && g->best > 0);
    if (m->evidence >= SURE) return true;
    if (g->worst <= PERSON) return false;
    if (g->best >= SURE && m->evidence > PERSON) return true;
    return own == SMALL ? m->evidence >= 0 : m->evidence > 0 && people >= MIDDLE;
}

/* Moves what stays together; to[] says where each place went. */
static void pack_places(slk_placing *p, const bool *keep, uint32_t *to) {
    slk_reading *r = p->r;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->places.n; i++) to[i] = keep[i] ? n++ : SLK_NONE;
    for (uint32_t i = 0; i < r->places.n; i++) {
        if (!keep[i]) continue;
        slk_place *place = &r->places.at[i];
        if (place->relative.known && place->relative.of != SLK_NONE) place->relative.of = to[place->relative.of];
        r->places.at[to[i]] = *place;
        p->mentions.at[to[i]] = p->mentions.at[i];
    }
    r->places.n = p->mentions.n = n;
    for (uint32_t i = 0; i < p->n_slots; i++) p->slots[i].place = SLK_NONE;
    p->used_slots = 0;
    for (uint32_t i = 0; i < n && p->err == SLK_OK; i++) slk_placing_note(p, i);
}

slk_err slk_evidence_weigh(slk_placing *p) {
    uint32_t n = p->r->places.n;
    if (n == 0) return SLK_OK;
    group *groups = slk_arena_take(&p->r->arena, sizeof *groups * n);
    bool *keep = slk_arena_take(&p->r->arena, sizeof *keep * n);
    uint32_t *to = slk_arena_take(&p->r->arena, sizeof *to * n);
    if (!groups || !keep || !to) return SLK_ENOMEM;
    memset(groups, 0, sizeof *groups * n);
    for (uint32_t i = 0; i < n; i++) {
        const slk_naming *m = &p->mentions.at[i];
        group *g = &groups[m->same];
        if (m->evidence > g->best) g->best = m->evidence;
        if (m->evidence < g->worst) g->worst = m->evidence;
        if (p->r->places.at[i].relative.known && p->r->places.at[i].relative.of != SLK_NONE)
            p->mentions.at[p->r->places.at[i].relative.of].referred = true;
    }
    note_people(p, groups);
    for (uint32_t i = 0; i < n; i++) p->mentions.at[i].doubtful = is_doubtful(p, p->r->places.at[i].span);
    for (uint32_t i = 0; i < n; i++) keep[i] = stays(p, i, &groups[p->mentions.at[i].same]);
    pack_places(p, keep, to);
    return p->err;
}
