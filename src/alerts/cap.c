/* cap.c - an alert as a document of the Common Alerting Protocol 1.2 (OASIS standard, 1 July 2010): elements in the order of its section
 * 3.2. What it says of itself is modest: drawn from published reports, for those who asked for it, no warning by an authority. */
#include "alerts/alert.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/xml.h"

#define RESTRICTION "For readers of this desk: drawn from published reports, not a warning by an authority."

static void element(slk_buf *out, unsigned indent, const char *name, const char *z) {
    if (z) slk_buf_printf(out, "%*s", (int)indent, "");
    slk_xml_element(out, name, z);
}

/* CAP wants an offset in figures, never Z. */
static void put_instant(slk_buf *out, unsigned indent, const char *name, const char *z) {
    slk_instant t;
    char figures[40];
    if (!z || !slk_instant_parse(slk_text_of(z), &t) || t.precision < SLK_P_MINUTE || !t.has_offset) return;
    int offset = t.offset_min;
    slk_text_print(figures, sizeof figures, "%04d-%02u-%02uT%02u:%02u:%02u%c%02d:%02d", (int)t.year, t.month, t.day,
                   t.hour, t.minute, t.second, offset > 0 ? '+' : '-', (offset < 0 ? -offset : offset) / 60,
                   (offset < 0 ? -offset : offset) % 60);
    element(out, indent, name, figures);
}

/* "sender,identifier,sent" of each, separated by spaces. */
static void put_references(const slk_channel *c, const slk_cap_earlier *earlier, uint32_t n, slk_buf *out) {
    if (!n) return;
    slk_buf_puts(out, "  <references>");
    for (uint32_t i = 0; i < n; i++) {
        slk_buf_printf(out, "%s%s,%s,", i ? " " : "", c->sender, earlier[i].key);
        slk_buf one;
        slk_buf_start(&one, &out->mem, 256);
        put_instant(&one, 0, "t", earlier[i].raised);
        if (one.n > 8) slk_buf_add(out, one.at + 3, one.n - 8); /* within <t> and </t> */
        slk_buf_free(&one);
    }
    slk_buf_puts(out, "</references>\n");
}

static const char *category_of(const char *type) {
    return strstr(type, "nuclear") || strstr(type, "chemical") ? "CBRNE"
           : strncmp(type, "disaster", 8) == 0                 ? "Safety"
                                                               : "Security";
}

/* How sure its tellers are, in CAP's words: Observed only what is confirmed. */
static const char *certainty_of(const char *word) {
    static const char *const words[][2] = {
        {"confirmed", "Observed"}, {"reported", "Likely"},     {"claimed", "Possible"}, {"alleged", "Possible"},
        {"disputed", "Possible"},  {"speculated", "Possible"}, {"denied", "Unlikely"},  {"did-not-happen", "Unlikely"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], word) == 0) return words[i][1];
    return "Unknown";
}

static void put_parameter(slk_buf *out, const char *name, const char *value) {
    if (!value) return;
    slk_buf_puts(out, "    <parameter>\n");
    element(out, 6, "valueName", name);
    element(out, 6, "value", value);
    slk_buf_puts(out, "    </parameter>\n");
}

/* As wide as the report can mean it (export/region.h): a point would say more than is known. */
static void put_area(const slk_alert *a, slk_buf *out) {
    const char *circle = json_string_value(json_object_get(a->area, "circle"));
    const json_t *polygons = json_object_get(a->area, "polygons");
    if (!a->place && !a->area) return;
    slk_buf_puts(out, "    <area>\n");
    element(out, 6, "areaDesc", a->place ? a->place : "where it is told to have been");
    for (size_t i = 0; i < json_array_size(polygons); i++)
        element(out, 6, "polygon", json_string_value(json_array_get(polygons, i)));
    element(out, 6, "circle", circle);
    slk_buf_puts(out, "    </area>\n");
}

static void put_description(const slk_alert *a, slk_buf *out) {
    slk_buf text;
    slk_buf_start(&text, &out->mem, (size_t)1 << 22);
    slk_alert_text(a, &text);
    element(out, 4, "description", text.at ? text.at : "");
    if (text.err != SLK_OK && out->err == SLK_OK) out->err = text.err;
    slk_buf_free(&text);
}

static void put_info(const slk_channel *c, const slk_alert *a, slk_buf *out) {
    bool ahead = strcmp(a->certainty, "planned") == 0;
    char headline[161];
    slk_text head = slk_text_head(slk_text_of(a->headline), sizeof headline - 1);
    slk_text_print(headline, sizeof headline, "%.*s", (int)head.n, head.at);
    slk_buf_puts(out, "  <info>\n    <language>en-US</language>\n");
    element(out, 4, "category", category_of(a->type));
    element(out, 4, "event", a->type);
    element(out, 4, "urgency", ahead ? "Future" : "Past");
    element(out, 4, "severity", "Unknown");
    element(out, 4, "certainty", certainty_of(a->certainty));
    put_instant(out, 4, "onset", a->time);
    element(out, 4, "senderName", c->title ? c->title : "sillok");
    element(out, 4, "headline", headline);
    put_description(a, out);
    element(out, 4, "web", a->link ? a->link : a->url);
    put_parameter(out, "sillok-event", a->event);
    put_parameter(out, "sillok-status", a->certainty);
    put_area(a, out);
    slk_buf_puts(out, "  </info>\n");
}

void slk_cap_write(const slk_channel *c, const slk_alert *a, const slk_cap_earlier *earlier, uint32_t n, slk_buf *out) {
    const char *scope = c->scope ? c->scope : "Restricted";
    slk_buf_puts(
        out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n");
    element(out, 2, "identifier", a->key);
    element(out, 2, "sender", c->sender);
    put_instant(out, 2, "sent", a->raised);
    element(out, 2, "status", c->status ? c->status : "Actual");
    element(out, 2, "msgType", n ? "Update" : "Alert");
    element(out, 2, "source", a->outlet);
    element(out, 2, "scope", scope);
    if (strcmp(scope, "Restricted") == 0) element(out, 2, "restriction", RESTRICTION);
    if (slk_alert_count(a->why)) element(out, 2, "note", slk_alert_why(a, 0));
    put_references(c, earlier, n, out);
    put_info(c, a, out);
    slk_buf_puts(out, "</alert>\n");
}
