/* kml.c - events for Google Earth and its like (OGC KML 2.3): a Placemark per event with a TimeSpan from the first to the last second
 * it can have happened, and the area in which its place lies as polygons. An event without such an area has no geometry, so that no
 * viewer shows a point that nobody told. Styles tell apart by their names what happened and what is only said. */
#include <stdio.h>
#include <string.h>

#include "export/access.h"
#include "export/formats.h"
#include "export/region.h"
#include "export/xml.h"

void slk_kml_head(slk_export *x) {
    static const struct {
        const char *id, *line, *fill; /* aabbggrr */
    } styles[] = {{"told", "ff1f5fd0", "401f5fd0"}, {"doubtful", "ff808080", "40808080"}};
    slk_buf_puts(x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\" "
                         "version=\"2.3\">\n<Document>\n<name>Events</name>\n");
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        slk_buf_printf(x->out,
                       "<Style id=\"%s\"><LineStyle><color>%s</color><width>2</width></LineStyle><PolyStyle><color>%s"
                       "</color></PolyStyle><BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n",
                       styles[i].id, styles[i].line, styles[i].fill);
}

void slk_kml_tail(slk_export *x) { slk_buf_puts(x->out, "</Document>\n</kml>\n"); }

static void put_number(slk_buf *out, double v) {
    slk_json j;
    slk_json_start(&j, out, false);
    slk_json_double(&j, v);
}

static void put_span(slk_buf *out, slk_instant t) {
    char first[32], last[32];
    slk_second_of(t, false, first);
    slk_second_of(t, true, last);
    if (!*first) return;
    if (t.precision < SLK_P_HOUR) { /* days are those of the place, whose clock the days do not tell */
        slk_days_of(t, first, last);
    }
    slk_buf_printf(out, "<TimeSpan><begin>%s</begin><end>%s</end></TimeSpan>\n", first, last);
}

static void put_ring(slk_buf *out, const slk_rings *r, unsigned i) {
    slk_buf_puts(out, "<Polygon><outerBoundaryIs><LinearRing><coordinates>");
    for (unsigned c = 0; c < r->length[i]; c++) {
        if (c) slk_buf_putc(out, ' ');
        put_number(out, r->at[i][c].lon);
        slk_buf_putc(out, ',');
        put_number(out, r->at[i][c].lat);
    }
    slk_buf_puts(out, "</coordinates></LinearRing></outerBoundaryIs></Polygon>\n");
}

static void put_region(slk_buf *out, const slk_region *g) {
    slk_rings rings;
    slk_region_rings(g, &rings);
    if (rings.n > 1) slk_buf_puts(out, "<MultiGeometry>\n");
    for (unsigned i = 0; i < rings.n; i++) put_ring(out, &rings, i);
    if (rings.n > 1) slk_buf_puts(out, "</MultiGeometry>\n");
}

static void put_datum(slk_buf *out, const char *name, const char *z) {
    if (!z || !*z) return;
    slk_buf_printf(out, "<Data name=\"%s\"><value>", name);
    slk_xml_z(out, z);
    slk_buf_puts(out, "</value></Data>\n");
}

static void put_data(slk_export *x, const slk_dossier *d, const slk_region *g, slk_buf *cell) {
    slk_buf *out = x->out;
    char z[40];
    slk_buf_puts(out, "<ExtendedData>\n");
    put_datum(out, "id", d->entry.id);
    put_datum(out, "type", d->entry.type);
    put_datum(out, "certainty", slk_event_certainty_word(d->entry.certainty));
    put_datum(out, "precision", slk_told_place(d) ? g->precision : NULL);
    for (uint32_t i = 0; i < d->n_fields; i++) {
        slk_buf_clear(cell);
        slk_told_join(d, d->fields[i].field, 0, " | ", cell);
        put_datum(out, slk_field_word(d->fields[i].field), cell->at);
    }
    slk_buf_clear(cell);
    slk_told_conflict_words(d, cell);
    put_datum(out, "conflicts", cell->at);
    (void)snprintf(z, sizeof z, "%u", d->entry.n_reports);
    put_datum(out, "reports", z);
    (void)snprintf(z, sizeof z, "%u", d->entry.n_roots);
    put_datum(out, "sources", z);
    slk_buf_puts(out, "</ExtendedData>\n");
}

/* Viewers show what stands here as HTML: so it is HTML, in which everything is text. */
static void put_description(slk_buf *out, const slk_buf *notes) {
    slk_buf html;
    slk_buf_start(&html, &out->mem, 1u << 25);
    slk_xml_z(&html, notes->at);
    slk_xml_element(out, "description", html.at);
    if (html.err != SLK_OK && out->err == SLK_OK) out->err = html.err;
    slk_buf_free(&html);
}

static void put_placemark(slk_export *x, const slk_dossier *d, const slk_region *g, const char *id, slk_buf *cell) {
    slk_buf *out = x->out;
    slk_buf_puts(out, "<Placemark id=\"");
    slk_xml_z(out, id);
    slk_buf_puts(out, "\">\n");
    slk_buf_clear(cell);
    slk_event_title(d, cell);
    slk_xml_element(out, "name", cell->at);
    slk_buf_clear(cell);
    slk_event_notes(d, cell);
    put_description(out, cell);
    put_span(out, d->entry.time);
    slk_buf_printf(out, "<styleUrl>#%s</styleUrl>\n", slk_told_happened(d) ? "told" : "doubtful");
    put_data(x, d, g, cell);
    put_region(out, g);
    slk_buf_puts(out, "</Placemark>\n");
}

void slk_kml_event(slk_export *x, const slk_dossier *d) {
    slk_buf cell;
    slk_region g = slk_region_of_event(x->pack, d);
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    put_placemark(x, d, &g, d->entry.id, &cell);
    if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
    slk_buf_free(&cell);
}
