/* item.c - an event as the page draws it. See item.h. */
#include "serve/item.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "export/access.h"
#include "export/ledger.h"
#include "export/region.h"
#include "export/value.h"
#include "measure/measure.h"

#define SOURCES_MOST 12u

static void put_title(const slk_dossier *d, slk_json *j) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1u << 16);
    slk_event_title(d, &b);
    if (b.err == SLK_OK && b.at) slk_json_put_string(j, "title", b.at);
    slk_buf_free(&b);
}

/* The title of the first report whose news it is. */
static void put_headline(const slk_dossier *d, slk_json *j) {
    for (uint32_t i = 0; i < d->n_reports; i++)
        if (d->reports[i].main && d->reports[i].title && *d->reports[i].title) {
            slk_json_put_string(j, "headline", d->reports[i].title);
            return;
        }
}

/* ---------------------------------------------------------------- time */

static void put_time(const slk_dossier *d, slk_json *j) {
    char z[40], bound[32];
    const slk_claim *c = slk_told_best(d, SLK_FIELD_TIME);
    if (d->entry.time.precision == SLK_P_NONE) return;
    slk_json_put_string(j, "time", slk_instant_format(d->entry.time, z));
    slk_second_of(d->entry.time, false, bound);
    slk_json_put_string(j, "earliest", bound);
    slk_second_of(d->entry.time, true, bound);
    slk_json_put_string(j, "latest", bound);
    if (c) slk_json_put_string(j, "zone", c->value.zone);
}

/* ---------------------------------------------------------------- places */

static void put_sector(const slk_region *r, slk_json *j) {
    if (r->kind != SLK_REGION_SECTOR) return;
    slk_json_name(j, "region");
    slk_json_object(j);
    slk_value_json_point(j, r->lat, r->lon);
    slk_json_put_double(j, "from_deg", r->sector.from_deg);
    slk_json_put_double(j, "to_deg", r->sector.to_deg);
    slk_json_put_double(j, "least_m", r->sector.least_m);
    slk_json_put_double(j, "most_m", r->sector.most_m);
    slk_json_end_object(j);
}

static void put_place(const char *member, const char *name, bool has_point, double lat, double lon, const slk_region *r,
                      slk_json *j) {
    slk_json_name(j, member);
    slk_json_object(j);
    slk_json_put_string(j, "name", name);
    if (has_point) slk_value_json_point(j, lat, lon);
    if (r) {
        slk_json_put_string(j, "precision", r->precision);
        if (r->kind != SLK_REGION_NONE && isfinite(r->radius_m)) slk_json_put_double(j, "radius_m", r->radius_m);
    }
    slk_json_end_object(j);
}

static double measured(const slk_dossier *d, slk_field_name field) {
    const slk_claim *c = slk_told_best(d, field);
    return !c ? NAN : field == SLK_FIELD_DIRECTION ? c->value.low : c->value.si;
}

/* Where it came down: as told, else by its bearing and distance from where it began. */
static void put_end(const slk_pack *pack, const slk_dossier *d, const slk_claim *from, double bearing, double distance,
                    slk_json *j) {
    const slk_claim *landing = slk_told_best(d, SLK_FIELD_LANDING);
    double lat, lon;
    if (landing && landing != from && landing->has_point) {
        slk_region r = slk_region_of_claim(pack, landing);
        put_place("end", landing->value.text, true, landing->lat, landing->lon, &r, j);
    } else if (from && from->field == SLK_FIELD_ORIGIN && from->has_point && isfinite(bearing) && isfinite(distance)) {
        slk_region computed = {.kind = SLK_REGION_NONE, .precision = "computed"};
        slk_geo_point(from->lat, from->lon, bearing, distance, &lat, &lon);
        put_place("end", landing ? landing->value.text : NULL, true, lat, lon, &computed, j);
    }
}

static void put_places(const slk_pack *pack, const slk_dossier *d, slk_json *j) {
    const slk_entry *e = &d->entry;
    const slk_claim *from = slk_told_place(d);
    double bearing = measured(d, SLK_FIELD_DIRECTION), distance = measured(d, SLK_FIELD_DISTANCE);
    if (e->place || e->has_point) {
        slk_region r = slk_region_of_event(pack, d);
        put_place("place", e->place, e->has_point, e->lat, e->lon, &r, j);
        put_sector(&r, j);
    }
    put_end(pack, d, from, bearing, distance, j);
    if (isfinite(bearing)) slk_json_put_double(j, "bearing_deg", bearing);
    if (isfinite(distance)) slk_json_put_double(j, "distance_m", distance);
}

/* ---------------------------------------------------------------- sources */

static bool denied(const slk_dossier *d) {
    if (d->entry.certainty == SLK_EC_DENIED || d->entry.certainty == SLK_EC_DISPUTED) return true;
    for (uint32_t i = 0; i < d->n_claims; i++)
        if (d->claims[i].chain.n && d->claims[i].stance == SLK_STANCE_DENIES) return true;
    return false;
}

static bool revised(const slk_dossier *d) {
    for (uint32_t i = 0; i < d->n_claims; i++)
        if (d->claims[i].superseded_by != SLK_NONE) return true;
    return false;
}

static void put_groups(const slk_dossier *d, slk_field_name field, slk_json *j) {
    const slk_told_field *f = slk_told(d, field);
    for (uint32_t i = 0; f && i < f->n_groups; i++) slk_json_string(j, f->groups[i].text);
}

static void put_weapons(const slk_dossier *d, slk_json *j) {
    if (!slk_told(d, SLK_FIELD_WEAPON) && !slk_told(d, SLK_FIELD_WEAPON_CLASS)) return;
    slk_json_name(j, "weapon");
    slk_json_array(j);
    put_groups(d, SLK_FIELD_WEAPON, j);
    put_groups(d, SLK_FIELD_WEAPON_CLASS, j);
    slk_json_end_array(j);
}

/* Root sources quoted, each once. */
static void put_sources(const slk_dossier *d, slk_json *j) {
    const char *seen[SOURCES_MOST];
    unsigned n = 0;
    for (uint32_t i = 0; i < d->n_claims && n < SOURCES_MOST; i++) {
        const slk_chain *c = &d->claims[i].chain;
        unsigned k = 0;
        if (!c->n) continue;
        while (k < n && strcmp(seen[k], c->names[c->n - 1]) != 0) k++;
        if (k == n) seen[n++] = c->names[c->n - 1];
    }
    if (!n) return;
    slk_json_name(j, "sources");
    slk_json_array(j);
    for (unsigned k = 0; k < n; k++) slk_json_string(j, seen[k]);
    slk_json_end_array(j);
}

static void put_flags(const slk_dossier *d, slk_json *j) {
    slk_json_put_bool(j, "conflict", slk_told_conflicts(d));
    slk_json_put_bool(j, "denial", denied(d));
    slk_json_put_bool(j, "withheld", d->n_withheld > 0);
    slk_json_put_bool(j, "revised", revised(d));
}

void slk_item_json(const slk_pack *pack, const slk_dossier *d, bool full, slk_json *j) {
    const slk_entry *e = &d->entry;
    slk_json_object(j);
    slk_json_put_string(j, "id", e->id);
    slk_json_put_string(j, "type", e->type);
    put_title(d, j);
    put_headline(d, j);
    put_time(d, j);
    slk_json_put_string(j, "actor", e->actor);
    if (*e->country) slk_json_put_string(j, "country", e->country);
    put_places(pack, d, j);
    slk_json_put_string(j, "certainty", slk_event_certainty_word(e->certainty));
    slk_json_put_bool(j, "main", e->main);
    slk_json_put_int(j, "n_reports", e->n_reports);
    slk_json_put_int(j, "n_sources", e->n_roots);
    put_flags(d, j);
    put_weapons(d, j);
    put_sources(d, j);
    if (full) slk_export_told_json(d, false, j);
    slk_json_end_object(j);
}
