/* resolve.c - fills in the place that a name means, once all that it can mean is weighed (choose.c). Names that nothing is known
 * of keep their words; what a region beside them contradicts, and what only lies near a known town, says so. */
#include <math.h>
#include <string.h>

#include "measure/measure.h"
#include "measure/placing.h"

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
    if ((c->table != SLK_T_PLACES && c->table != SLK_GAZETTEER) || !slk_comma_joined(p, index)) return false;
    const slk_naming *outer = &p->mentions.at[index + 1];
    const slk_candidate *o = &p->candidates.at[outer->first];
    if (outer->n != 1 || strcmp(o->kind, "ADM1") != 0) return false;
    return strncmp(c->kind, "PPL", 3) == 0 && slk_candidate_lies_in(c, o) <= 0;
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
    if (c->table == SLK_T_COUNTRIES || (c->company <= 0.25 && !slk_comma_joined(p, index))) forget(place);
}

static void resolve(slk_placing *p, uint32_t index) {
    const slk_naming *m = &p->mentions.at[index];
    const slk_candidate *c = p->candidates.at + m->first;
    uint32_t chosen = 0;
    for (uint32_t i = 1; i < m->n; i++)
        if (c[i].weight > c[chosen].weight) chosen = i;
    fill(p, &p->r->places.at[index], &c[chosen], 0.97 * c[chosen].weight);
    if (m->approximate) approximate(p, index, &c[chosen]);
    if (contradicted(p, index, &c[chosen])) forget(&p->r->places.at[index]);
}

void slk_places_resolve(slk_placing *p) {
    for (uint32_t i = 0; i < p->r->places.n && p->err == SLK_OK; i++) {
        if (p->mentions.at[i].n == 0)
            fill_words(p, i);
        else
            resolve(p, i);
    }
}
