/* resolve.c - decides which place a name means.
 *
 * Every candidate has a prior (countries before capitals before towns, large before small), gains from the countries the
 * report speaks of, from other places named nearby that lie near it, and from its neighbour in "Atlanta, Georgia"; the
 * same words mean the same place throughout a report. Linear: each place looks at WINDOW others at most. */
#include <math.h>
#include <string.h>

#include "measure/measure.h"
#include "measure/placing.h"

#define WINDOW 24    /* places before and behind that are asked how near they lie */
#define NEAR_M 600e3 /* a town lies this near to the middle of the province it is said to lie in */

/* ------------------------------------------------------------------ names met before */

static uint64_t hash_words(slk_text t) {
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < t.n;) {
        uint32_t cp = 0;
        i += slk_utf8_next(t.at + i, t.at + t.n, &cp);
        h = (h ^ slk_cp_fold(cp)) * 1099511628211u;
    }
    return h;
}

uint32_t slk_placing_known(const slk_placing *p, slk_text words) {
    if (p->n_slots == 0) return SLK_NONE;
    uint64_t hash = hash_words(words);
    for (uint32_t i = (uint32_t)hash & (p->n_slots - 1); p->slots[i].place != SLK_NONE; i = (i + 1) & (p->n_slots - 1))
        if (p->slots[i].hash == hash) return p->slots[i].place;
    return SLK_NONE;
}

static void insert(slk_name_slot *slots, uint32_t n, uint64_t hash, uint32_t place) {
    uint32_t i = (uint32_t)hash & (n - 1);
    while (slots[i].place != SLK_NONE) i = (i + 1) & (n - 1);
    slots[i] = (slk_name_slot){hash, place};
}

void slk_placing_note(slk_placing *p, uint32_t place) {
    slk_text words = slk_reading_text(p->r, p->r->places.at[place].span);
    uint32_t known = slk_placing_known(p, words);
    p->mentions.at[place].same = known == SLK_NONE ? place : known;
    if (known != SLK_NONE) return;
    if (2 * p->used_slots >= p->n_slots) {
        uint32_t n = p->n_slots ? 2 * p->n_slots : 64;
        slk_name_slot *slots = slk_arena_take(&p->r->arena, sizeof *slots * n);
        if (!slots) {
            p->err = SLK_ENOMEM;
            return;
        }
        for (uint32_t i = 0; i < n; i++) slots[i].place = SLK_NONE;
        for (uint32_t i = 0; i < p->n_slots; i++)
            if (p->slots[i].place != SLK_NONE) insert(slots, n, p->slots[i].hash, p->slots[i].place);
        p->slots = slots;
        p->n_slots = n;
    }
    insert(p->slots, p->n_slots, hash_words(words), place);
    p->used_slots++;
}

/* ------------------------------------------------------------------ candidates */

/* What a candidate is worth before anything is known of the report. */
static double prior(const slk_candidate *c) {
    static const struct {
        const char *kind;
        double worth;
    } worths[] = {{"PCLI", 2.4}, {"PPLC", 2.1}, {"ADM1", 1.6}, {"SEA", 1.7},  {"OCN", 1.7}, {"GULF", 1.7},
                  {"STRT", 1.7}, {"CONT", 2.4}, {"PPLA", 0.2}, {"site", 1.5}, {"RGN", 1.7}};
    bool town = slk_candidate_is_town(c);
    double worth = town ? 0 : 1.3;
    for (size_t i = 0; i < sizeof worths / sizeof *worths; i++)
        if (slk_candidate_is(c, worths[i].kind)) worth = worths[i].worth;
    if (c->table == SLK_GAZETTEER && !town) worth = 0.9;
    if (!town) return worth;
    return worth + (c->people < 1000 ? 0.7 : 0.25 * log10(c->people));
}

/* The countries that names without ambiguity speak of. */
static double vote(slk_placing *p) {
    double total = 1;
    for (uint32_t i = 0; i < p->mentions.n; i++) {
        const slk_naming *m = &p->mentions.at[i];
        if (m->n == 0) continue;
        const slk_candidate *c = p->candidates.at + m->first;
        uint32_t same = 1;
        while (same < m->n && c[same].country == c[0].country) same++;
        if (same < m->n || c[0].country == SLK_NONE) continue;
        p->votes[c[0].country] += c[0].table == SLK_T_COUNTRIES ? 1 : 1.5;
    }
    uint32_t countries = slk_pack_rows(p->s.pack, SLK_T_COUNTRIES);
    for (uint32_t i = 0; i < countries; i++) total += p->votes[i];
    return total;
}

/* True where only a comma stands between places a and a + 1: "Atlanta, Georgia". */
static bool comma_joined(const slk_placing *p, uint32_t a) {
    if (a + 1 >= p->r->places.n) return false;
    const slk_place *left = &p->r->places.at[a], *right = left + 1;
    if (right->span.start <= left->span.end || right->span.start - left->span.end > 3) return false;
    slk_text between = slk_reading_text(p->r, (slk_span){left->span.end, right->span.start});
    return slk_text_is(slk_text_trim(between), ",");
}

/* How well candidate c lies inside candidate outer: 0 not at all. */
static double inside(const slk_candidate *c, const slk_candidate *outer) {
    double distance_m = 0, bearing = 0;
    if (c->country == SLK_NONE || c->country != outer->country || c->table == SLK_T_COUNTRIES) return 0;
    if (outer->table == SLK_T_COUNTRIES) return 2;
    if (strncmp(outer->kind, "ADM", 3) != 0 || isnan(c->lat) || isnan(outer->lat)) return 0;
    int by_code = slk_candidate_inside(c, outer);
    if (by_code >= 0) return 3 * by_code;
    slk_geo_inverse(c->lat, c->lon, outer->lat, outer->lon, &distance_m, &bearing);
    return distance_m < NEAR_M ? 2.5 + 0.5 * (1 - distance_m / NEAR_M) : 0;
}

static double best_inside(const slk_placing *p, const slk_candidate *c, const slk_naming *outer, bool reverse) {
    double best = 0;
    for (uint32_t i = 0; i < outer->n; i++) {
        const slk_candidate *o = &p->candidates.at[outer->first + i];
        double v = reverse ? inside(o, c) : inside(c, o);
        if (v > best) best = v;
    }
    return best;
}

/* How near c lies to the candidates of a mention, at most 1. Countries and seas are too large to be near to. */
static double nearness(const slk_placing *p, const slk_candidate *c, const slk_naming *m) {
    double best = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        const slk_candidate *o = &p->candidates.at[m->first + i];
        double x = c->on[0] - o->on[0], y = c->on[1] - o->on[1], z = c->on[2] - o->on[2];
        double chord_km = 6371 * sqrt(x * x + y * y + z * z);
        if (o->table == SLK_T_COUNTRIES || isnan(chord_km) || chord_km > 800) continue;
        double v = 1 / (1 + chord_km / 80);
        if (v > best) best = v;
    }
    return best / (1 + 0.3 * (m->n - 1));
}

/* What the other places named around it say for c. */
static double company(const slk_placing *p, uint32_t place, const slk_candidate *c) {
    uint32_t first = place > WINDOW ? place - WINDOW : 0, last = place + WINDOW;
    double sum = 0;
    if (c->table == SLK_T_COUNTRIES || isnan(c->lat)) return 0;
    if (last > p->mentions.n) last = p->mentions.n;
    for (uint32_t i = first; i < last; i++) {
        const slk_naming *m = &p->mentions.at[i];
        if (m->same != i && m->same >= first && m->same < last) continue; /* each name once */
        if (m->n == 0 || m->n > 24 || m->same == p->mentions.at[place].same) continue;
        sum += nearness(p, c, m);
    }
    return 2.4 * sum / (1 + sum);
}

static double score(const slk_placing *p, uint32_t place, const slk_candidate *c, double total) {
    uint32_t row = p->mentions.at[place].word;
    double v = prior(c);
    if (c->country != SLK_NONE) v += 1.5 * p->votes[c->country] / total;
    if (p->mentions.at[place].n > 1) v += company(p, place, c);
    if (comma_joined(p, place)) v += best_inside(p, c, &p->mentions.at[place + 1], false);
    if (place > 0 && comma_joined(p, place - 1)) v += best_inside(p, c, &p->mentions.at[place - 1], true);
    if (row != SLK_NONE && slk_text_is(slk_pack_cell(p->s.pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_KIND), c->kind))
        v += 1; /* "Punjab province" */
    return v;
}

/* ------------------------------------------------------------------ filling in */

/* The clock at a point: that of the nearest town that zone_points.tsv has of the country, else that of the capital. */
static const char *zone_at(const slk_pack *pack, const slk_place *place) {
    uint32_t row = slk_pack_find(pack, SLK_T_ZONE_POINTS, slk_text_of(place->country)), best = SLK_NONE;
    double least = 0;
    if (row == SLK_NONE || !place->has_point || strncmp(place->kind, "PCL", 3) == 0)
        return slk_country_zone(pack, place->country);
    for (; row < slk_pack_rows(pack, SLK_T_ZONE_POINTS); row++) {
        if (strcmp(slk_pack_cell(pack, SLK_T_ZONE_POINTS, row, SLK_ZONE_POINTS_COUNTRY).at, place->country) != 0) break;
        double y = slk_pack_num(pack, SLK_T_ZONE_POINTS, row, SLK_ZONE_POINTS_LAT) - place->lat;
        double x = remainder(slk_pack_num(pack, SLK_T_ZONE_POINTS, row, SLK_ZONE_POINTS_LON) - place->lon, 360) *
                   cos(place->lat * M_PI / 180);
        if (best != SLK_NONE && x * x + y * y >= least) continue;
        best = row;
        least = x * x + y * y;
    }
    return slk_pack_str(pack, SLK_T_ZONE_POINTS, best, SLK_ZONE_POINTS_ZONE);
}

static void fill(slk_placing *p, slk_place *place, const slk_candidate *c, double confidence) {
    place->name = slk_candidate_name(p, c);
    if (!place->name) p->err = SLK_ENOMEM;
    place->kind = c->kind;
    place->confidence = confidence;
    place->lat = c->lat;
    place->lon = c->lon;
    place->has_point = !isnan(place->lat) && !isnan(place->lon);
    if (!place->has_point) place->lat = place->lon = 0;
    place->geonames = c->geonames;
    if (c->country == SLK_NONE) return;
    const char *iso2 = slk_pack_str(p->s.pack, SLK_T_COUNTRIES, c->country, SLK_COUNTRIES_ISO2);
    if (!iso2) return;
    strncpy(place->country, iso2, sizeof place->country - 1);
    place->zone = zone_at(p->s.pack, place);
}

/* A name the tables do not have, or a relative place: its own words, and the kind that a word beside it says. */
static void fill_words(slk_placing *p, uint32_t index) {
    slk_place *place = &p->r->places.at[index];
    uint32_t row = p->mentions.at[index].word;
    slk_text t = slk_reading_text(p->r, place->span);
    place->name = slk_arena_copy(&p->r->arena, t.at, t.n);
    if (!place->name) p->err = SLK_ENOMEM;
    if (place->relative.known) return;
    if (row != SLK_NONE) place->kind = slk_pack_str(p->s.pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_KIND);
    place->confidence = row != SLK_NONE ? 0.7 : 0.5;
}

/* "Taylor, Texas": a region that none of the towns called so lies in says that another one is meant. */
static bool contradicted(const slk_placing *p, uint32_t index, const slk_candidate *c) {
    if ((c->table != SLK_T_PLACES && c->table != SLK_GAZETTEER) || !comma_joined(p, index)) return false;
    const slk_naming *outer = &p->mentions.at[index + 1];
    const slk_candidate *o = &p->candidates.at[outer->first];
    if (outer->n != 1 || strcmp(o->kind, "ADM1") != 0) return false;
    return strncmp(c->kind, "PPL", 3) == 0 && inside(c, o) <= 0;
}

static void forget(slk_place *place) {
    place->has_point = false;
    place->lat = place->lon = 0;
    place->geonames = 0;
}

/* "Anderson County", "South Charleston": no such row, but a town of that name that the company points to lies near. */
static void approximate(slk_placing *p, uint32_t index, const slk_candidate *c) {
    slk_place *place = &p->r->places.at[index];
    uint32_t row = p->mentions.at[index].word;
    slk_text t = slk_reading_text(p->r, place->span);
    place->name = slk_arena_copy(&p->r->arena, t.at, t.n);
    if (!place->name) p->err = SLK_ENOMEM;
    place->kind = row != SLK_NONE ? slk_pack_str(p->s.pack, SLK_T_PLACE_WORDS, row, SLK_PLACE_WORDS_KIND) : "PPL";
    place->confidence *= 0.5;
    place->geonames = 0;
    if (c->table == SLK_T_COUNTRIES || (company(p, index, c) <= 0.5 && !comma_joined(p, index))) forget(place);
}

static void resolve(slk_placing *p, uint32_t index, double total) {
    const slk_naming *m = &p->mentions.at[index];
    const slk_candidate *c = p->candidates.at + m->first;
    double best = -1, sum = 0;
    uint32_t chosen = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        double v = score(p, index, &c[i], total);
        sum += exp(3 * v);
        if (v > best) best = v, chosen = i;
    }
    fill(p, &p->r->places.at[index], &c[chosen], 0.97 * exp(3 * best) / sum);
    if (m->approximate) approximate(p, index, &c[chosen]);
    if (contradicted(p, index, &c[chosen])) forget(&p->r->places.at[index]);
}

/* "... in Springfield": what the same words meant before, unless a comma says more here. */
static bool same_as_before(slk_placing *p, uint32_t index) {
    slk_place *place = &p->r->places.at[index];
    uint32_t before = slk_placing_known(p, slk_reading_text(p->r, place->span));
    if (before == SLK_NONE || before >= index || comma_joined(p, index)) return false;
    slk_span span = place->span;
    *place = p->r->places.at[before];
    place->span = span;
    return true;
}

void slk_places_resolve(slk_placing *p) {
    double total = vote(p);
    for (uint32_t i = 0; i < p->r->places.n && p->err == SLK_OK; i++) {
        if (p->mentions.at[i].n == 0)
            fill_words(p, i);
        else if (!same_as_before(p, i))
            resolve(p, i, total);
    }
}
