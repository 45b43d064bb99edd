/* cap.c - one event as a document of the Common Alerting Protocol 1.2 (OASIS, 2010), elements in the order of its schema. CAP holds one
 * alert, so this takes one event and says so. What it says of itself is modest: drawn from published reports, restricted, no warning by
 * an authority; severity is never guessed, and Observed is only what was confirmed. The area is a circle or polygons, as wide as it is
 * known. Sent is when the last report was published: nothing here looks at the clock. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/region.h"
#include "export/uuid.h"
#include "export/xml.h"

/* CAP wants an offset in figures, never Z, and writes -00:00 for UTC. */
static void put_instant(slk_buf *out, const char *name, const char *stamp) {
    if (*stamp) slk_buf_printf(out, "<%s>%.19s-00:00</%s>\n", name, stamp, name);
}

static const char *category_of(const slk_pack *pack, const char *type) {
    const char *contexts = slk_codes(pack, type, SLK_EXPORT_CODES_CONTEXTS);
    if (contexts && strstr(contexts, "cbrn")) return "CBRNE";
    if (contexts && strstr(contexts, "disasters")) return "Geo";
    return "Security";
}

/* How sure its tellers are, in CAP's words. */
static const char *certainty_of(slk_event_certainty c) {
    switch (c) {
    case SLK_EC_CONFIRMED: return "Observed";
    case SLK_EC_REPORTED: return "Likely";
    case SLK_EC_DENIED:
    case SLK_EC_DID_NOT_HAPPEN: return "Unlikely";
    case SLK_EC_PLANNED: return "Unknown";
    default: return "Possible";
    }
}

static void put_parameter(slk_buf *out, const char *name, const char *value) {
    slk_buf_printf(out, "<parameter><valueName>%s</valueName><value>", name);
    slk_xml_z(out, value);
    slk_buf_puts(out, "</value></parameter>\n");
}

static void put_area(slk_buf *out, const slk_pack *pack, const slk_dossier *d) {
    slk_region g = slk_region_of_event(pack, d);
    slk_rings rings;
    if (!d->entry.place && g.kind == SLK_REGION_NONE) return;
    slk_buf_puts(out, "<area>\n");
    slk_xml_element(out, "areaDesc", d->entry.place ? d->entry.place : "where it is told to have been");
    if (g.kind == SLK_REGION_CIRCLE) {
        slk_buf_printf(out, "<circle>%.6f,%.6f %.3f</circle>\n", g.lat, g.lon, g.radius_m / 1000);
    } else {
        slk_region_rings(&g, &rings);
        for (unsigned i = 0; i < rings.n; i++) {
            slk_buf_puts(out, "<polygon>");
            for (unsigned c = 0; c < rings.length[i]; c++)
                slk_buf_printf(out, "%s%.6f,%.6f", c ? " " : "", rings.at[i][c].lat, rings.at[i][c].lon);
            slk_buf_puts(out, "</polygon>\n");
        }
    }
    slk_buf_puts(out, "</area>\n");
}

/* What was written into cell, cut to CAP's 160 characters for headlines. */
static void put_headline(slk_buf *out, const slk_buf *cell) {
    slk_buf_puts(out, "<headline>");
    slk_xml_text(out, slk_text_head((slk_text){cell->at, cell->n}, 160));
    slk_buf_puts(out, "</headline>\n");
}

static void put_info(slk_export *x, const slk_dossier *d, slk_buf *cell) {
    slk_buf *out = x->out;
    char onset[32] = "";
    const slk_entry *e = &d->entry;
    if (e->time.has_offset && e->time.precision >= SLK_P_MINUTE) slk_stamp_of(e->time, onset);
    slk_buf_printf(out, "<info>\n<language>en-US</language>\n<category>%s</category>\n", category_of(x->pack, e->type));
    slk_xml_element(out, "event", e->type);
    slk_buf_printf(out, "<urgency>%s</urgency>\n<severity>Unknown</severity>\n<certainty>%s</certainty>\n",
                   e->certainty == SLK_EC_PLANNED ? "Future" : "Past", certainty_of(e->certainty));
    put_instant(out, "onset", onset);
    slk_buf_puts(out, "<senderName>sillok</senderName>\n");
    slk_event_title(d, cell);
    put_headline(out, cell);
    slk_buf_clear(cell);
    slk_event_notes(d, cell);
    slk_xml_element(out, "description", cell->at);
    put_parameter(out, "sillok-event", e->id);
    put_parameter(out, "sillok-certainty", slk_event_certainty_word(e->certainty));
    put_area(out, x->pack, d);
    slk_buf_puts(out, "</info>\n");
}

static void refuse(slk_export *x, const char *why) {
    if (x->err == SLK_OK) x->err = slk_fault_say(&x->fault, SLK_EINPUT, "%s", why);
}

void slk_cap_event(slk_export *x, const slk_dossier *d) {
    char uuid[SLK_UUID_SIZE], name[128], sent[32];
    slk_buf cell;
    slk_stamp_of(slk_told_last(d), sent);
    if (x->n++) {
        refuse(x, "a CAP document holds one event: name it");
        return;
    }
    if (!*sent) {
        refuse(x, "CAP wants to know when it was sent, and no report of the event has a date");
        return;
    }
    slk_text_print(name, sizeof name, "%s %s", d->entry.id, sent); /* another when there is news of it */
    (void)slk_uuid_of("cap", slk_text_of(name), uuid);
    slk_buf_puts(
        x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n");
    slk_buf_printf(x->out, "<identifier>%s</identifier>\n<sender>sillok</sender>\n", uuid);
    put_instant(x->out, "sent", sent);
    slk_buf_puts(
        x->out, "<status>Actual</status>\n<msgType>Alert</msgType>\n<scope>Restricted</scope>\n<restriction>Drawn from "
                "published reports; not a warning by an authority.</restriction>\n");
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    put_info(x, d, &cell);
    slk_buf_puts(x->out, "</alert>\n");
    if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
    slk_buf_free(&cell);
}
