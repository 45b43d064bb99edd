/* audit_places.c - places that cannot be: a launch site in the sea, a point far from the place it is named after or in another country
 * than the row says, and an end that no flight of the stated length from the site can reach. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "ledger/auditing.h"
#include "measure/measure.h"
#include "pack/gazetteer.h"

#define NEAR_SHORE_M 10000.0
#define NEAR_BORDER_M 25000.0
#define FAR_M 100000.0
#define BEARINGS 72
#define STEP_M 10000.0
#define FARTHEST 200 /* steps */
#define FARTHEST_M (FARTHEST * STEP_M)

static double radius_of(const slk_audited *x) { return isnan(x->radius_m) ? 0 : x->radius_m; }

/* Is there land within a distance, of this country where one is given? */
static bool land_near(const slk_pack *pack, double lat, double lon, double metres, const char *iso2) {
    char here[3];
    if (slk_land_at(pack, lat, lon, here) && (!iso2 || strcmp(here, iso2) == 0)) return true;
    for (int ring = 1; ring <= 2; ring++)
        for (int i = 0; i < 16; i++) {
            double y, x;
            slk_geo_point(lat, lon, i * 22.5, metres * ring / 2, &y, &x);
            if (slk_land_at(pack, y, x, here) && (!iso2 || strcmp(here, iso2) == 0)) return true;
        }
    return false;
}

/* Launched from under or on the sea, or over it, by what the row says itself. */
static bool may_be_at_sea(const slk_audited *x) {
    static const char *const classes[] = {"SLBM", "SLCM", "AShM", "torpedo", "naval-drone"};
    for (size_t i = 0; x->p.weapon && i < sizeof classes / sizeof *classes; i++)
        if (strcmp(x->p.weapon, classes[i]) == 0) return true;
    return slk_type_holds("weapon-test.missile.slbm", x->p.type) || radius_of(x) >= 150000;
}

static slk_err check_sea(slk_audit *c, const slk_audited *x) {
    bool launch = strcmp(x->p.kind, "launch") == 0 || strcmp(x->p.kind, "nuclear") == 0;
    double within = fmax(NEAR_SHORE_M, radius_of(x));
    if (!launch || may_be_at_sea(x) || land_near(c->l->pack, x->p.lat, x->p.lon, within, NULL)) return SLK_OK;
    const char *water = slk_water_at(c->l->pack, x->p.lat, x->p.lon);
    return slk_audit_add(c, SLK_AUDIT_IMPOSSIBLE, x, NULL,
                         slk_arena_printf(c->a,
                                          "the launch site %s at %.4f, %.4f lies in %s, with no land within %.0f km",
                                          x->p.place, x->p.lat, x->p.lon, water ? water : "the sea", within / 1000));
}

/* The nearest place of that name in the table of sites and, within the country, in the gazetteer; INFINITY where there is none: names
 * of other countries are no witness. */
static double nearest_named(const slk_pack *pack, const slk_audited *x, const char *iso2, double *lat, double *lon) {
    slk_text name = slk_text_of(x->p.place);
    uint32_t rows[SLK_GAZETTEER_HITS], end = 0;
    double best = INFINITY;
    slk_hit hit;
    if (slk_pack_match_in(pack, name, 0, SLK_T_SITES, &hit) && hit.end == name.n) {
        *lat = slk_pack_num(pack, SLK_T_SITES, hit.row, SLK_SITES_LAT);
        *lon = slk_pack_num(pack, SLK_T_SITES, hit.row, SLK_SITES_LON);
        return slk_profile_distance(*lat, *lon, x->p.lat, x->p.lon);
    }
    uint32_t n = slk_gazetteer_match(pack, name, 0, rows, SLK_GAZETTEER_HITS, &end);
    for (uint32_t i = 0; i < n && end == name.n; i++) {
        slk_gazetteer_place p;
        if (!slk_gazetteer_row(pack, rows[i], &p) || !p.region || strncmp(p.region, iso2, 2) != 0) continue;
        double metres = slk_profile_distance(p.lat, p.lon, x->p.lat, x->p.lon);
        if (!(metres < best)) continue;
        best = metres;
        *lat = p.lat;
        *lon = p.lon;
    }
    return best;
}

static slk_err check_name(slk_audit *c, const slk_audited *x) {
    double lat = 0, lon = 0;
    char iso3[4] = "";
    if (!x->p.place || radius_of(x) >= 60000) return SLK_OK;
    slk_err err = slk_audit_country(c, x, iso3);
    const char *iso2 = err == SLK_OK && *iso3 ? slk_country_iso2(c->l->pack, iso3) : NULL;
    if (!iso2) return err;
    double metres = nearest_named(c->l->pack, x, iso2, &lat, &lon);
    if (!isfinite(metres) || metres <= FAR_M + 2 * radius_of(x)) return SLK_OK;
    return slk_audit_add(c, SLK_AUDIT_IMPOSSIBLE, x, NULL,
                         slk_arena_printf(c->a, "the point %.4f, %.4f is %.0f km from %s, which lies at %.4f, %.4f",
                                          x->p.lat, x->p.lon, metres / 1000, x->p.place, lat, lon));
}

/* ---------------------------------------------------------------- an end that no flight reaches */

/* Does some way of this length end in that water? */
static bool reaches(const slk_audit *c, const slk_audited *x, double metres, const char *water) {
    char here[3];
    for (int i = 0; i < BEARINGS; i++) {
        double lat, lon;
        slk_geo_point(x->p.lat, x->p.lon, i * (360.0 / BEARINGS), metres, &lat, &lon);
        if (slk_land_at(c->l->pack, lat, lon, here)) continue;
        const char *there = slk_water_at(c->l->pack, lat, lon);
        if (there && strcmp(there, water) == 0) return true;
    }
    return false;
}

/* The name of a water with an outline that words name: "Sea of Japan or East Sea". NULL. */
static const char *water_named(const slk_pack *pack, slk_text words) {
    slk_hit hit;
    if (!words.n || !slk_pack_match_in(pack, words, 0, SLK_T_PLACES, &hit)) return NULL;
    slk_text id = slk_pack_cell(pack, SLK_T_PLACES, hit.row, SLK_PLACES_ID);
    if (slk_pack_find(pack, SLK_T_WATERS, id) == SLK_NONE) return NULL;
    return slk_pack_str(pack, SLK_T_PLACES, hit.row, SLK_PLACES_NAME);
}

static slk_err check_end(slk_audit *c, const slk_audited *x) {
    slk_text landing, t;
    double metres, none;
    slk_err err = slk_audit_claim(c, x, SLK_FIELD_LANDING, &landing, &none);
    if (err == SLK_OK) err = slk_audit_claim(c, x, SLK_FIELD_DISTANCE, &t, &metres);
    const char *water = err == SLK_OK && metres > 0 && metres < FARTHEST_M ? water_named(c->l->pack, landing) : NULL;
    if (!water) return err;
    for (int share = 90; share <= 110; share += 5)
        if (reaches(c, x, metres * share / 100, water)) return SLK_OK;
    int steps = 1;
    while (steps < FARTHEST && !reaches(c, x, steps * STEP_M, water)) steps++;
    double nearest = steps * STEP_M;
    if (nearest >= FARTHEST_M) return SLK_OK; /* its outline is not good enough to say more */
    return slk_audit_add(
        c, SLK_AUDIT_IMPOSSIBLE, x, NULL,
        slk_arena_printf(c->a, "no flight of %.0f km from %s ends in the %s, whose nearest water is about %.0f km away",
                         metres / 1000, x->p.place ? x->p.place : "its site", water, nearest / 1000));
}

static slk_err check_country(slk_audit *c, const slk_audited *x) {
    char iso3[4] = "";
    slk_err err = slk_audit_country(c, x, iso3);
    if (err != SLK_OK || !*iso3) return err;
    const char *iso2 = slk_country_iso2(c->l->pack, iso3);
    double within = fmax(NEAR_BORDER_M, radius_of(x));
    char here[3] = "";
    if (!iso2 || !slk_land_at(c->l->pack, x->p.lat, x->p.lon, here) || !*here) return SLK_OK;
    if (land_near(c->l->pack, x->p.lat, x->p.lon, within, iso2)) return SLK_OK;
    const char *other = slk_country_iso3(c->l->pack, here);
    return slk_audit_add(
        c, SLK_AUDIT_IMPOSSIBLE, x, NULL,
        slk_arena_printf(c->a, "the point %.4f, %.4f is said to be in %s and lies in %s, more than %.0f km from it",
                         x->p.lat, x->p.lon, iso3, other ? other : here, within / 1000));
}

slk_err slk_audit_places(slk_audit *c) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < c->all.n; i++) {
        const slk_audited *x = &c->all.at[i];
        uint32_t before = c->found.n;
        if (!x->database || !isfinite(x->p.lat) || !c->l->pack || !slk_audit_concerns(c, x, NULL)) continue;
        err = check_sea(c, x);
        if (err == SLK_OK && c->found.n == before) err = check_country(c, x);
        if (err == SLK_OK && c->found.n == before) err = check_name(c, x);
        if (err == SLK_OK && c->found.n == before) err = check_end(c, x);
    }
    return err;
}
