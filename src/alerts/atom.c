/* atom.c - alerts as an Atom feed (RFC 4287). Ids are made from keys and names, so a feed that is written anew is the same feed. */
#include <math.h>

#include "alerts/alert.h"
#include "base/sha256.h"
#include "base/text.h"
#include "export/xml.h"

#define KM_OF_DEGREE 111.2 /* of latitude */

static void element(slk_buf *out, unsigned indent, const char *name, const char *z) {
    if (z) slk_buf_printf(out, "%*s", (int)indent, "");
    slk_xml_element(out, name, z);
}

/* A feed is known by its channel's name and the name of its file. */
static void feed_id(const slk_channel *c, slk_buf *out) {
    char hex[SLK_SHA256_HEX];
    slk_buf b;
    slk_buf_start(&b, &out->mem, (size_t)1 << 16);
    slk_buf_printf(&b, "atom\n%s\n%s", c->name, c->file);
    slk_sha256_hex((slk_text){b.at ? b.at : "", b.n}, hex);
    slk_buf_free(&b);
    slk_buf_printf(out, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12, hex + 15, hex + 18);
}

void slk_atom_head(const slk_channel *c, const char *updated, slk_buf *out) {
    slk_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
                      " xmlns:georss=\"http://www.georss.org/georss\">\n  <id>");
    feed_id(c, out);
    slk_buf_puts(out, "</id>\n");
    element(out, 2, "title", c->title ? c->title : "Alerts");
    element(out, 2, "updated", updated);
    slk_buf_puts(out, "  <author><name>sillok</name></author>\n  <generator version=\"" SLK_VERSION
                      "\">sillok</generator>\n");
}

static void put_content(const slk_alert *a, slk_buf *out) {
    slk_buf text;
    slk_buf_start(&text, &out->mem, (size_t)1 << 22);
    slk_alert_text(a, &text);
    slk_buf_puts(out, "    <content type=\"text\">");
    slk_xml_text(out, (slk_text){text.at ? text.at : "", text.n});
    slk_buf_puts(out, "</content>\n");
    if (text.err != SLK_OK && out->err == SLK_OK) out->err = text.err;
    slk_buf_free(&text);
}

/* The numbers of "LAT,LON KM"; false where they are not these. */
static bool read_circle(const char *z, double *lat, double *lon, double *km) {
    slk_text rest = slk_text_of(z), point, x, y;
    return slk_text_split(&rest, ' ', &point) && slk_text_split(&point, ',', &x) && slk_text_split(&point, ',', &y) &&
           slk_text_double(x, lat) && slk_text_double(y, lon) && slk_text_double(rest, km);
}

/* Where it can have been, never a point: rings as they are, of a circle the box around it (none that goes over a pole or the 180th
 * meridian). GeoRSS-Simple writes "LAT LON LAT LON ...". */
static void put_area(const json_t *area, slk_buf *out) {
    const char *circle = json_string_value(json_object_get(area, "circle"));
    const json_t *polygons = json_object_get(area, "polygons"), *ring;
    double lat, lon, km;
    size_t i;
    if (circle && read_circle(circle, &lat, &lon, &km)) {
        double high = km / KM_OF_DEGREE, wide = high / fmax(0.01, cos(lat * M_PI / 180));
        if (fabs(lat) + high < 90 && fabs(lon) + wide < 180)
            slk_buf_printf(out, "    <georss:box>%.4f %.4f %.4f %.4f</georss:box>\n", lat - high, lon - wide,
                           lat + high, lon + wide);
    }
    json_array_foreach(polygons, i, ring) {
        slk_buf_puts(out, "    <georss:polygon>");
        for (const char *p = json_string_value(ring); p && *p; p++) slk_buf_printf(out, "%c", *p == ',' ? ' ' : *p);
        slk_buf_puts(out, "</georss:polygon>\n");
    }
}

void slk_atom_entry(const slk_alert *a, slk_buf *out) {
    const char *to = a->link ? a->link : a->url;
    slk_buf_puts(out, "  <entry>\n    <id>urn:uuid:");
    slk_xml_text(out, slk_text_of(a->key));
    slk_buf_puts(out, "</id>\n");
    element(out, 4, "title", a->headline);
    element(out, 4, "updated", a->raised);
    element(out, 4, "published", a->raised);
    if (to) {
        slk_buf_puts(out, "    <link rel=\"alternate\" href=\"");
        slk_xml_text(out, slk_text_of(to));
        slk_buf_puts(out, "\"/>\n");
    }
    slk_buf_puts(out, "    <category term=\"");
    slk_xml_text(out, slk_text_of(a->type));
    slk_buf_puts(out, "\"/>\n");
    if (slk_alert_count(a->why)) element(out, 4, "summary", slk_alert_why(a, 0));
    put_area(a->area, out);
    put_content(a, out);
    slk_buf_puts(out, "  </entry>\n");
}

void slk_atom_tail(slk_buf *out) { slk_buf_puts(out, "</feed>\n"); }
