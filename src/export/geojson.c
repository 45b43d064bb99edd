/* geojson.c - events of a ledger for maps (RFC 7946): a feature per event at its place, without geometry where none is known,
 * and a line from origin to landing where both are. A line over the 180th meridian is cut there, as the RFC asks. */
#include <math.h>

#include "export/ledger.h"
#include "export/value.h"

void slk_export_geojson_head(slk_buf *out) { slk_buf_puts(out, "{\"type\":\"FeatureCollection\",\"features\":["); }

void slk_export_geojson_tail(slk_buf *out) { slk_buf_puts(out, "\n]}\n"); }

static void put_position(slk_json *j, double lat, double lon) {
    slk_json_array(j);
    slk_json_double(j, round(lon * 1e6) / 1e6);
    slk_json_double(j, round(lat * 1e6) / 1e6);
    slk_json_end_array(j);
}

static void put_point(slk_json *j, const slk_entry *e) {
    slk_json_name(j, "geometry");
    if (!e->has_point) {
        slk_json_null(j);
        return;
    }
    slk_json_object(j);
    slk_json_put_string(j, "type", "Point");
    slk_json_name(j, "coordinates");
    put_position(j, e->lat, e->lon);
    slk_json_end_object(j);
}

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

static const slk_claim *landing(const slk_dossier *d) {
    for (uint32_t i = 0; i < d->n_claims; i++)
        if (d->claims[i].field == SLK_FIELD_LANDING && d->claims[i].has_point && d->claims[i].superseded_by == SLK_NONE)
            return &d->claims[i];
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

static void put_flight(const slk_dossier *d, const slk_claim *to, slk_buf *out) {
    slk_json j;
    slk_json_start(&j, out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "type", "Feature");
    put_line(&j, &d->entry, to);
    slk_json_name(&j, "properties");
    slk_json_object(&j);
    slk_json_put_string(&j, "event", d->entry.id);
    slk_json_put_string(&j, "kind", "flight");
    slk_json_put_string(&j, "landing", to->text);
    slk_json_put_string(&j, "basis", slk_basis_word(to->basis));
    slk_json_end_object(&j);
    slk_json_end_object(&j);
}

void slk_export_geojson_event(const slk_dossier *d, bool first, slk_buf *out) {
    slk_json j;
    const slk_claim *to = d->entry.has_point ? landing(d) : NULL;
    slk_buf_puts(out, first ? "\n" : ",\n");
    slk_json_start(&j, out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "type", "Feature");
    slk_json_put_string(&j, "id", d->entry.id);
    put_point(&j, &d->entry);
    slk_json_name(&j, "properties");
    slk_json_object(&j);
    slk_export_entry_json(&d->entry, &j);
    put_fields(&j, d);
    slk_json_end_object(&j);
    slk_json_end_object(&j);
    if (!to || (fabs(to->lat - d->entry.lat) < 1e-9 && fabs(to->lon - d->entry.lon) < 1e-9)) return;
    slk_buf_puts(out, ",\n");
    put_flight(d, to, out);
}
