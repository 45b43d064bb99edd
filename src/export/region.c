/* region.c - where a place can be, as rings of corners. See region.h. */
#include "export/region.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "measure/measure.h"

#define ARC_CORNERS 48 /* of a whole circle: within 0.3 % of its radius */
#define POLE_DEG 89.999999

/* ---------------------------------------------------------------- which region */

/* The waters that words name ("the Bay of Bengal"): their row, SLK_NONE for none. */
static uint32_t waters_named(const slk_pack *pack, const char *words) {
    slk_text t = slk_text_of(words);
    for (uint32_t at = 0; at < t.n; at++) {
        slk_hit hit;
        if (at && !slk_is_space(t.at[at - 1])) continue;
        if (!slk_pack_match_in(pack, t, at, SLK_T_PLACES, &hit)) continue;
        uint32_t row = slk_pack_find(pack, SLK_T_WATERS, slk_pack_cell(pack, SLK_T_PLACES, hit.row, SLK_PLACES_ID));
        if (row != SLK_NONE) return row;
    }
    return SLK_NONE;
}

slk_region slk_region_of_claim(const slk_pack *pack, const slk_claim *c) {
    slk_region r = {.precision = "unknown", .row = SLK_NONE};
    if (!c || c->value.kind != SLK_VALUE_PLACE) return r;
    if (c->reach.sector.known) {
        r = (slk_region){SLK_REGION_SECTOR, c->reach.lat, c->reach.lon, c->reach.sector.most_m,
                         c->reach.sector,   {NULL, 0},    "sector",     SLK_NONE};
        return r;
    }
    if (!pack || !c->has_point) return r;
    r.lat = c->lat;
    r.lon = c->lon;
    r.row = slk_pack_find(pack, SLK_T_PLACE_REACH, slk_text_of(c->place_kind ? c->place_kind : "-"));
    if (r.row == SLK_NONE) r.row = slk_pack_find(pack, SLK_T_PLACE_REACH, slk_text_of("-"));
    if (r.row == SLK_NONE) return r;
    r.precision = slk_pack_str(pack, SLK_T_PLACE_REACH, r.row, SLK_PLACE_REACH_PRECISION);
    r.radius_m = slk_pack_num(pack, SLK_T_PLACE_REACH, r.row, SLK_PLACE_REACH_RADIUS_M);
    uint32_t waters = strcmp(r.precision, "sea") == 0 ? waters_named(pack, c->value.text) : SLK_NONE;
    if (waters != SLK_NONE) {
        r.kind = SLK_REGION_OUTLINE;
        r.outline = slk_pack_cell(pack, SLK_T_WATERS, waters, SLK_WATERS_OUTLINE);
    } else if (r.radius_m > 0) {
        r.kind = SLK_REGION_CIRCLE;
    }
    return r;
}

slk_region slk_region_of_event(const slk_pack *pack, const slk_dossier *d) {
    return slk_region_of_claim(pack, slk_told_place(d));
}

/* ---------------------------------------------------------------- its corners */

typedef struct ring {
    unsigned n;
    slk_corner at[SLK_REGION_CORNERS];
} ring;

static void add(ring *r, double lat, double lon) {
    if (r->n < SLK_REGION_CORNERS - 1) r->at[r->n++] = (slk_corner){lat, lon};
}

/* lon turned by whole circles to lie within 180 degrees of `by`, so that a ring does not jump. */
static double near_to(double lon, double by) { return lon - 360 * round((lon - by) / 360); }

static void add_arc(ring *r, const slk_region *g, double from_deg, double width_deg, double radius_m) {
    int steps = (int)ceil(fabs(width_deg) / 360 * ARC_CORNERS);
    if (steps < 1) steps = 1;
    bool whole = fabs(width_deg) >= 360;
    for (int i = 0; i < steps + !whole; i++) {
        double lat, lon, by = r->n ? r->at[r->n - 1].lon : g->lon;
        slk_geo_point(g->lat, g->lon, from_deg + width_deg * i / steps, radius_m, &lat, &lon);
        add(r, lat, near_to(lon, by));
    }
}

/* A circle around a pole: its corners go once around the world, so the ring is closed along the pole. */
static void close_over_pole(ring *r) {
    double turn = near_to(r->at[0].lon, r->at[r->n - 1].lon) - r->at[0].lon;
    if (fabs(turn) < 180) return;
    double pole = r->at[0].lat > 0 ? POLE_DEG : -POLE_DEG, first = r->at[0].lon;
    add(r, r->at[0].lat, first + turn);
    add(r, pole, first + turn);
    add(r, pole, first);
}

static void add_outline(ring *r, slk_text outline) {
    slk_text corner, cell;
    while (slk_text_split(&outline, ' ', &corner)) {
        double lat, lon;
        if (!slk_text_split(&corner, ',', &cell) || !slk_text_double(cell, &lat)) continue;
        if (!slk_text_split(&corner, ',', &cell) || !slk_text_double(cell, &lon)) continue;
        add(r, lat, lon);
    }
}

static double area_of(const ring *r) {
    double sum = 0;
    for (unsigned i = 0; i < r->n; i++) {
        const slk_corner *a = &r->at[i], *b = &r->at[(i + 1) % r->n];
        sum += a->lon * b->lat - b->lon * a->lat;
    }
    return sum;
}

/* The part of a ring between two meridians (Sutherland and Hodgman, once for each side). */
static void cut(const ring *in, double limit, bool keep_west, ring *out) {
    out->n = 0;
    for (unsigned i = 0; i < in->n; i++) {
        slk_corner a = in->at[i], b = in->at[(i + 1) % in->n];
        bool ain = keep_west ? a.lon <= limit : a.lon >= limit, bin = keep_west ? b.lon <= limit : b.lon >= limit;
        if (ain) add(out, a.lat, a.lon);
        if (ain != bin) add(out, a.lat + (b.lat - a.lat) * (limit - a.lon) / (b.lon - a.lon), limit);
    }
}

static double clean(double v) { return round(v * 1e6) / 1e6 + 0.0; }

/* Enters the part of a ring that lies in the world's copy number `turn`, closed and counterclockwise. */
static void enter(const ring *whole, int turn, slk_rings *out) {
    ring west, both;
    double from = -180 + 360.0 * turn, to = 180 + 360.0 * turn;
    cut(whole, to, true, &west);
    cut(&west, from, false, &both);
    double area = area_of(&both);
    if (both.n < 3 || fabs(area) < 1e-12 || out->n == SLK_REGION_RINGS) return;
    unsigned k = out->n++, n = 0;
    for (unsigned i = 0; i < both.n; i++) {
        const slk_corner *c = &both.at[area < 0 ? both.n - 1 - i : i];
        slk_corner x = {clean(c->lat), clean(c->lon - 360.0 * turn)};
        if (n && out->at[k][n - 1].lat == x.lat && out->at[k][n - 1].lon == x.lon) continue;
        out->at[k][n++] = x;
    }
    if (n > 1 && out->at[k][n - 1].lat == out->at[k][0].lat && out->at[k][n - 1].lon == out->at[k][0].lon) n--;
    out->at[k][n] = out->at[k][0];
    out->length[k] = n + 1;
    if (n < 3) out->n--; /* nothing is left of it at this precision */
}

static void add_sector(ring *r, const slk_region *g, bool whole) {
    double width = fmod(g->sector.to_deg - g->sector.from_deg + 360, 360);
    if (width == 0) width = 360;
    add_arc(r, g, g->sector.from_deg, width, g->sector.most_m);
    if (width == 360) return; /* all around, the hole is filled: a ring within a ring says no more */
    if (g->sector.least_m > 0 && !whole)
        add_arc(r, g, g->sector.to_deg, -width, g->sector.least_m);
    else
        add(r, g->lat, near_to(g->lon, r->at[r->n - 1].lon));
}

static bool crosses(const ring *r) {
    for (unsigned i = 0; i < r->n; i++)
        if (fabs(r->at[i].lon) > 180) return true;
    return false;
}

void slk_region_rings(const slk_region *g, slk_rings *out) {
    ring r = {0};
    out->n = 0;
    if (g->kind == SLK_REGION_NONE) return;
    if (g->kind == SLK_REGION_OUTLINE) add_outline(&r, g->outline);
    if (g->kind == SLK_REGION_CIRCLE) add_arc(&r, g, 0, 360, g->radius_m);
    if (g->kind == SLK_REGION_SECTOR) {
        add_sector(&r, g, false);
        if (crosses(
                &r)) { /* a hollow shape may fall into pieces that touch when it is cut: drawn from its point instead */
            r.n = 0;
            add_sector(&r, g, true);
        }
    }
    if (r.n < 3) return;
    if (g->kind != SLK_REGION_OUTLINE) close_over_pole(&r);
    for (int turn = -1; turn <= 1; turn++) enter(&r, turn, out);
}
