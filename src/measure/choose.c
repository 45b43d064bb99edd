/* choose.c - weighs what each name of a report can mean.
 *
 * A candidate's score begins with what it is worth alone: countries before capitals before towns, large before small, what the
 * tables have before what only the gazetteer has. "Atlanta, Georgia" adds much, a word of the kind beside it something. Then the
 * names of the report speak for each other: each gives its weight to places that its own candidates lie near to, that lie in
 * the same region, in the same country. Two rounds; each name once, WINDOW names before and behind. Linear in the names. */
#include <math.h>

#include "measure/measure.h"
#include "measure/placing.h"

#define WINDOW 24 /* names before and behind that are asked */
#define ROUNDS 2
#define NEAR_M 600e3 /* a town lies this near to the middle of the province it is said to lie in */
#define FAINT 0.02   /* weights below are not asked */

/* What speaks for a candidate and how much, in logarithms of odds. Found by trying on the development sets of places. */
enum {
    W_COUNTRY,
    W_CAPITAL,
    W_REGION,
    W_WATER,
    W_SITE,
    W_OTHER,
    W_COUNTY,
    W_AIRPORT,
    W_TABLE,
    W_PEOPLE,
    W_SEAT,
    W_PART,
    W_SAID_COUNTRY,
    W_SAID_REGION,
    W_KIND,
    W_VOTES,
    W_NEAR
};
static const double worth[] = {
    [W_COUNTRY] = 6,       [W_CAPITAL] = 5.7, [W_REGION] = 5.4, /* what a kind is worth */
    [W_WATER] = 4.2,       [W_SITE] = 3.7,    [W_OTHER] = 3.2,
    [W_COUNTY] = 2.2,      [W_AIRPORT] = 2,   [W_TABLE] = 0.6, /* a town that the tables have */
    [W_PEOPLE] = 0.46,     /* times the logarithm of its people, to the base of ten */
    [W_SEAT] = 0.7,        /* seat of a first-level region */
    [W_PART] = -1,         /* part of a town */
    [W_SAID_COUNTRY] = 5,  /* "Paris, France" */
    [W_SAID_REGION] = 7.5, /* "Paris, Texas" */
    [W_KIND] = 2.5,        /* "Punjab province" */
    [W_VOTES] = 3.7,       /* times the share of the report that its country has */
    [W_NEAR] = 6,          /* times how well it fits the other names */
};
#define NEAR_HALF 1.4 /* so much company is half of all that there can be */
#define INSIDE 0.8    /* company of what lies in the same region */
#define NEAR_KM 80    /* at this distance half the company is left */

static double kind_worth(const slk_candidate *c) {
    static const char *const waters[] = {"SEA", "OCN", "GULF", "STRT", "RGN", NULL};
    if (c->table == SLK_T_COUNTRIES || slk_candidate_is(c, "CONT")) return worth[W_COUNTRY];
    if (slk_candidate_is(c, "PPLC")) return worth[W_CAPITAL];
    if (c->table == SLK_T_SITES) return worth[W_SITE];
    if (slk_candidate_is(c, "ADM1")) return worth[c->table == SLK_GAZETTEER ? W_COUNTY : W_REGION];
    if (slk_candidate_is(c, "ADM2")) return worth[W_COUNTY];
    if (slk_candidate_is(c, "AIRP")) return worth[W_AIRPORT];
    for (int i = 0; waters[i]; i++)
        if (slk_candidate_is(c, waters[i])) return worth[W_WATER];
    return worth[W_OTHER];
}

/* What a candidate is worth before anything is known of the report. */
static double alone(const slk_candidate *c) {
    double people = worth[W_PEOPLE] * log10(c->people > 300 ? c->people : 300);
    if (slk_candidate_is(c, "PPLC") && c->table != SLK_GAZETTEER) return kind_worth(c);
    if (!slk_candidate_is_town(c)) return kind_worth(c);
    if (c->table == SLK_T_PLACES) people += worth[W_TABLE];
    if (slk_candidate_is(c, "PPLA")) people += worth[W_SEAT];
    if (slk_candidate_is(c, "PPLX")) people += worth[W_PART];
    return people;
}

/* ------------------------------------------------------------------ what is said beside a name */

bool slk_comma_joined(const slk_placing *p, uint32_t a) {
    if (a + 1 >= p->r->places.n) return false;
    const slk_place *left = &p->r->places.at[a], *right = left + 1;
    if (right->span.start <= left->span.end || right->span.start - left->span.end > 3) return false;
    slk_text between = slk_reading_text(p->r, (slk_span){left->span.end, right->span.start});
    return slk_text_is(slk_text_trim(between), ",");
}

double slk_candidate_lies_in(const slk_candidate *c, const slk_candidate *outer) {
    double distance_m = 0, bearing = 0;
    if (c->country == SLK_NONE || c->country != outer->country || c->table == SLK_T_COUNTRIES) return 0;
    if (outer->table == SLK_T_COUNTRIES) return worth[W_SAID_COUNTRY];
    if (strncmp(outer->kind, "ADM", 3) != 0 || isnan(c->lat) || isnan(outer->lat)) return 0;
    int by_code = slk_candidate_inside(c, outer);
    if (by_code >= 0) return worth[W_SAID_REGION] * by_code;
    slk_geo_inverse(c->lat, c->lon, outer->lat, outer->lon, &distance_m, &bearing);
    return distance_m < NEAR_M ? worth[W_SAID_REGION] * (1 - 0.3 * distance_m / NEAR_M) : 0;
}

static double best_inside(const slk_placing *p, const slk_candidate *c, const slk_naming *other, bool reverse) {
    double best = 0;
    for (uint32_t i = 0; i < other->n; i++) {
        const slk_candidate *o = &p->candidates.at[other->first + i];
        double v = reverse ? slk_candidate_lies_in(o, c) : slk_candidate_lies_in(c, o);
        if (v > best) best = v;
    }
    return best;
}

/* What the words beside this mention say for c. */
static double said(const slk_placing *p, uint32_t place, const slk_candidate *c) {
    uint32_t row = p->mentions.at[place].word;
    double v = 0;
    if (slk_comma_joined(p, place)) v += best_inside(p, c, &p->mentions.at[place + 1], false);
    if (place > 0 && slk_comma_joined(p, place - 1)) v += best_inside(p, c, &p->mentions.at[place - 1], true);
    if (row != SLK_NONE && slk_text_is(slk_pack_cell(p->s.pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_KIND), c->kind))
        v += worth[W_KIND];
    if (p->mentions.at[place].dateline && slk_candidate_is_town(c))
        v += worth[W_KIND]; /* stories are told from towns */
    return v;
}

/* ------------------------------------------------------------------ what the names of the report say for each other */

static bool is_first(const slk_placing *p, uint32_t place) { return p->mentions.at[place].same == place; }

/* Scores to weights that sum up to one. */
static void weigh(slk_placing *p, uint32_t place) {
    const slk_naming *m = &p->mentions.at[place];
    slk_candidate *c = p->candidates.at + m->first;
    double most = -HUGE_VAL, sum = 0;
    for (uint32_t i = 0; i < m->n; i++) most = fmax(most, c[i].score);
    for (uint32_t i = 0; i < m->n; i++) sum += exp(c[i].score - most);
    for (uint32_t i = 0; i < m->n; i++) c[i].weight = exp(c[i].score - most) / sum;
}

/* How much the report speaks of each country; returns the sum. */
static double vote(slk_placing *p, double *votes) {
    uint32_t countries = slk_pack_rows(p->s.pack, SLK_T_COUNTRIES);
    double total = 1;
    memcpy(votes, p->votes, sizeof *votes * countries);
    for (uint32_t i = 0; i < p->mentions.n; i++) {
        const slk_naming *m = &p->mentions.at[i];
        if (!is_first(p, i)) continue;
        for (uint32_t k = 0; k < m->n; k++) {
            const slk_candidate *c = &p->candidates.at[m->first + k];
            if (c->country != SLK_NONE) votes[c->country] += c->weight;
        }
    }
    for (uint32_t i = 0; i < countries; i++) total += votes[i];
    return total;
}

/* How near c lies to what another name means, at most 1. Countries are too large to be near to. */
static double nearness(const slk_placing *p, const slk_candidate *c, const slk_naming *m) {
    double sum = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        const slk_candidate *o = &p->candidates.at[m->first + i];
        if (o->before < FAINT || o->table == SLK_T_COUNTRIES) continue;
        double x = c->on[0] - o->on[0], y = c->on[1] - o->on[1], z = c->on[2] - o->on[2];
        double km = 6371 * sqrt(x * x + y * y + z * z), v = 0;
        if (km < 800) v = 1 / (1 + km / NEAR_KM);
        if ((o->kind[0] == 'A' && slk_candidate_inside(c, o) > 0) ||
            (c->kind[0] == 'A' && slk_candidate_inside(o, c) > 0))
            v = fmax(v, INSIDE);
        sum += o->before * v;
    }
    return sum;
}

/* What the other names around say for c; heads are the first mentions of all names, `at` the one of c. */
static double company(const slk_placing *p, const uint32_t *heads, uint32_t n, uint32_t at, const slk_candidate *c) {
    uint32_t first = at > WINDOW ? at - WINDOW : 0, last = n - at > WINDOW ? at + WINDOW : n;
    double sum = 0;
    if (c->table == SLK_T_COUNTRIES || isnan(c->lat)) return 0;
    for (uint32_t i = first; i < last; i++)
        if (i != at) sum += nearness(p, c, &p->mentions.at[heads[i]]);
    return sum / (NEAR_HALF + sum);
}

/* What a name votes itself for the country of its candidate c. */
static double own_vote(const slk_placing *p, const slk_naming *m, const slk_candidate *c) {
    double own = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        const slk_candidate *o = &p->candidates.at[m->first + i];
        if (o->country == c->country) own += o->before;
    }
    return own;
}

static void one_round(slk_placing *p, const uint32_t *heads, uint32_t n, double *votes) {
    double total = vote(p, votes);
    for (uint32_t i = 0; i < p->candidates.n; i++) p->candidates.at[i].before = (float)p->candidates.at[i].weight;
    for (uint32_t i = 0; i < n; i++) {
        const slk_naming *m = &p->mentions.at[heads[i]];
        if (m->n < 2) continue;
        for (uint32_t k = 0; k < m->n; k++) {
            slk_candidate *c = &p->candidates.at[m->first + k];
            c->company = company(p, heads, n, i, c);
            c->score = c->alone + c->said + worth[W_NEAR] * c->company;
            if (c->country != SLK_NONE) c->score += worth[W_VOTES] * (votes[c->country] - own_vote(p, m, c)) / total;
        }
        weigh(p, heads[i]);
    }
}

/* What is said beside any mention of a name is known of all of them; each mention keeps what is said beside itself. */
static void gather(slk_placing *p, uint32_t place) {
    const slk_naming *m = &p->mentions.at[place], *head = &p->mentions.at[m->same];
    for (uint32_t k = 0; k < m->n; k++) {
        slk_candidate *c = &p->candidates.at[m->first + k];
        c->alone = alone(c);
        c->said = said(p, place, c);
        c->score = c->alone + c->said;
        if (m->same == place || k >= head->n) continue;
        slk_candidate *h = &p->candidates.at[head->first + k];
        if (h->table != c->table || h->row != c->row || c->said <= h->said) continue;
        h->score += c->said - h->said;
        h->said = c->said;
    }
}

/* Later mentions mean what the first one does, unless something else is said beside them. */
static void follow(slk_placing *p, uint32_t place) {
    const slk_naming *m = &p->mentions.at[place], *head = &p->mentions.at[m->same];
    for (uint32_t k = 0; k < m->n; k++) {
        slk_candidate *c = &p->candidates.at[m->first + k];
        const slk_candidate *h = &p->candidates.at[head->first + (k < head->n ? k : 0)];
        if (k >= head->n || h->table != c->table || h->row != c->row) continue;
        c->score = h->score - h->said + fmax(c->said, 0.5 * h->said);
        c->company = h->company;
    }
    weigh(p, place);
}

SLK_MUST slk_err slk_places_weigh(slk_placing *p) {
    uint32_t n = 0, countries = slk_pack_rows(p->s.pack, SLK_T_COUNTRIES);
    uint32_t *heads = slk_arena_take(&p->r->arena, sizeof *heads * (p->mentions.n + 1));
    double *votes = slk_arena_take(&p->r->arena, sizeof *votes * (countries + 1));
    if (!heads || !votes) return SLK_ENOMEM;
    for (uint32_t i = 0; i < p->mentions.n; i++) {
        gather(p, i);
        if (is_first(p, i)) heads[n++] = i;
    }
    for (uint32_t i = 0; i < n; i++) weigh(p, heads[i]);
    for (int round = 0; round < ROUNDS; round++) one_round(p, heads, n, votes);
    for (uint32_t i = 0; i < p->mentions.n; i++)
        if (!is_first(p, i)) follow(p, i);
    return SLK_OK;
}
