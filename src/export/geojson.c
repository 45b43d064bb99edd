/* geojson.c - events for maps (RFC 7946). An event is a feature whose geometry is the area in which its place lies (region.h): a circle
 * as wide as the place, the sector of "400 km north-east of X", the outline of a sea; never a point, and null where no place is
 * known or it is as wide as a country. Other origins told, and every landing, are features of their own with the event's id and what
 * they are; a line joins the middles of origin and landing where both have one, cut at the 180th meridian. */
#include <math.h>
#include <string.h>

#include "export/access.h"
#include "export/formats.h"
#include "export/ledger.h"
#include "export/region.h"
#include "export/value.h"

void slk_geojson_head(slk_export *x) { slk_buf_puts(x->out, "{\"type\":\"FeatureCollection\",\"features\":["); }

void slk_geojson_tail(slk_export *x) { slk_buf_puts(x->out, "\n]}\n"); }

/* ---------------------------------------------------------------- geometry */

static void put_position(slk_json *j, double lat, double lon) {
    slk_json_array(j);
    slk_json_double(j, round(lon * 1e6) / 1e6);
    slk_json_double(j, round(lat * 1e6) / 1e6);
    slk_json_end_array(j);
}

static void put_ring(slk_json *j, const slk_rings *r, unsigned i) {
    slk_json_array(j);
    slk_json_array(j);
    for (unsigned c = 0; c < r->length[i]; c++) put_position(j, r->at[i][c].lat, r->at[i][c].lon);
    slk_json_end_array(j);
    slk_json_end_array(j);
}

static void put_region(slk_json *j, const slk_region *g) {
    slk_rings rings;
    slk_region_rings(g, &rings);
    slk_json_name(j, "geometry");
    if (rings.n == 0) {
        slk_json_null(j);
        return;
    }
    slk_json_object(j);
    slk_json_put_string(j, "type", rings.n > 1 ? "MultiPolygon" : "Polygon");
    slk_json_name(j, "coordinates");
    if (rings.n > 1) slk_json_array(j);
    for (unsigned i = 0; i < rings.n; i++) put_ring(j, &rings, i);
    if (rings.n > 1) slk_json_end_array(j);
    slk_json_end_object(j);
}

static void put_reach(slk_json *j, const slk_region *g) {
    slk_json_put_string(j, "precision", g->precision);
    if (g->kind == SLK_REGION_CIRCLE || g->kind == SLK_REGION_SECTOR)
        slk_json_put_double(j, "radius_m", round(g->radius_m));
    if (g->kind != SLK_REGION_SECTOR) return;
    slk_json_name(j, "sector");
    slk_json_object(j);
    slk_value_json_point(j, g->lat, g->lon);
    slk_json_put_double(j, "from_deg", round(g->sector.from_deg * 10) / 10);
    slk_json_put_double(j, "to_deg", round(g->sector.to_deg * 10) / 10);
    slk_json_put_double(j, "least_m", round(g->sector.least_m));
    slk_json_put_double(j, "most_m", round(g->sector.most_m));
    slk_json_end_object(j);
}

/* Opens a feature up to the name of its properties. */
static void open_feature(slk_export *x, slk_json *j, const char *id) {
    slk_buf_puts(x->out, x->n++ ? ",\n" : "\n");
    slk_json_start(j, x->out, false);
    slk_json_object(j);
    slk_json_put_string(j, "type", "Feature");
    slk_json_put_string(j, "id", id);
}

static void open_properties(slk_json *j) {
    slk_json_name(j, "properties");
    slk_json_object(j);
}

static void close_feature(slk_json *j) {
    slk_json_end_object(j);
    slk_json_end_object(j);
}

/* ---------------------------------------------------------------- the event */

/* Per field the values of its groups, as text: [] where sources differ, the best first. */
static void put_fields(slk_json *j, const slk_dossier *d) {
    for (uint32_t i = 0; i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        if (!f->n_groups || f->field == SLK_FIELD_ACTOR || f->field == SLK_FIELD_TIME) continue;
        slk_json_name(j, slk_field_word(f->field));
        if (f->n_groups > 1) slk_json_array(j);
        for (uint32_t k = 0; k < f->n_groups; k++) slk_json_string(j, f->groups[k].text);
        if (f->n_groups > 1) slk_json_end_array(j);
    }
}

static void put_conflicts(slk_json *j, const slk_dossier *d) {
    if (!slk_told_conflicts(d)) return;
    slk_json_name(j, "conflicts");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].conflict) slk_json_string(j, slk_field_word(d->fields[i].field));
    slk_json_end_array(j);
}

static void put_event(slk_export *x, const slk_dossier *d) {
    slk_json j;
    slk_region g = slk_region_of_event(x->pack, d);
    open_feature(x, &j, d->entry.id);
    put_region(&j, &g);
    open_properties(&j);
    slk_export_entry_json(&d->entry, &j);
    if (d->entry.has_point || d->entry.place) put_reach(&j, &g);
    put_fields(&j, d);
    put_conflicts(&j, d);
    close_feature(&j);
}

/* ---------------------------------------------------------------- its other places, and the way between them */

static void put_place(slk_export *x, const slk_dossier *d, const slk_claim *c, const slk_region *g, bool conflict) {
    slk_json j;
    open_feature(x, &j, NULL);
    put_region(&j, g);
    open_properties(&j);
    slk_json_put_string(&j, "event", d->entry.id);
    slk_json_put_string(&j, "kind", slk_field_word(c->field));
    slk_json_put_string(&j, "text", c->text);
    slk_json_put_string(&j, "basis", slk_basis_word(c->basis));
    slk_json_put_string(&j, "source", c->chain.n ? c->chain.text : NULL);
    slk_json_put_bool(&j, "conflict", conflict);
    put_reach(&j, g);
    close_feature(&j);
}

static void put_places(slk_export *x, const slk_dossier *d, slk_field_name field) {
    const slk_told_field *f = slk_told(d, field);
    const slk_claim *own = slk_told_place(d);
    for (uint32_t i = 0; f && i < f->n_groups; i++) {
        const slk_claim *c = slk_told_claim(d, f, i);
        slk_region g = slk_region_of_claim(x->pack, c);
        if (g.kind == SLK_REGION_NONE) continue;
        if (own && c->field == own->field && c->group == own->group) continue; /* the event itself */
        put_place(x, d, c, &g, f->conflict);
    }
}

static const slk_claim *landing(const slk_dossier *d) {
    const slk_told_field *f = slk_told(d, SLK_FIELD_LANDING);
    for (uint32_t i = 0; f && i < f->n_groups; i++) {
        const slk_claim *c = slk_told_claim(d, f, i);
        if (c && c->has_point) return c;
    }
    return NULL;
}

/* Latitude at which the straight line on the map crosses the 180th meridian. */
static double crossing(double lat1, double lon1, double lat2, double lon2) {
    double east1 = lon1 < 0 ? lon1 + 360 : lon1, east2 = lon2 < 0 ? lon2 + 360 : lon2;
    return lat1 + (lat2 - lat1) * (180 - east1) / (east2 - east1);
}

static void put_line(slk_json *j, const slk_entry *e, const slk_claim *to) {
    bool cut = fabs(e->lon - to->lon) > 180;
    slk_json_name(j, "geometry");
    slk_json_object(j);
    slk_json_put_string(j, "type", cut ? "MultiLineString" : "LineString");
    slk_json_name(j, "coordinates");
    slk_json_array(j);
    if (cut) {
        double lat = crossing(e->lat, e->lon, to->lat, to->lon), side = e->lon < 0 ? -180 : 180;
        slk_json_array(j);
        put_position(j, e->lat, e->lon);
        put_position(j, lat, side);
        slk_json_end_array(j);
        slk_json_array(j);
        put_position(j, lat, -side);
        put_position(j, to->lat, to->lon);
        slk_json_end_array(j);
    } else {
        put_position(j, e->lat, e->lon);
        put_position(j, to->lat, to->lon);
    }
    slk_json_end_array(j);
    slk_json_end_object(j);
}

static void put_flight(slk_export *x, const slk_dossier *d) {
    const slk_entry *e = &d->entry;
    const slk_claim *from = slk_told_place(d), *to = landing(d);
    slk_json j;
    if (!e->has_point || !to || (from && from->field == SLK_FIELD_LANDING)) return;
    if (fabs(to->lat - e->lat) < 1e-9 && fabs(to->lon - e->lon) < 1e-9) return;
    open_feature(x, &j, NULL);
    put_line(&j, e, to);
    open_properties(&j);
    slk_json_put_string(&j, "event", e->id);
    slk_json_put_string(&j, "kind", "flight");
    slk_json_put_string(&j, "landing", to->text);
    slk_json_put_string(&j, "basis", slk_basis_word(to->basis));
    slk_json_put_string(&j, "note", "joins the middles of two areas; the way itself is not told");
    close_feature(&j);
}

void slk_geojson_event(slk_export *x, const slk_dossier *d) {
    put_event(x, d);
    put_places(x, d, SLK_FIELD_ORIGIN);
    put_places(x, d, SLK_FIELD_LANDING);
    put_flight(x, d);
}
