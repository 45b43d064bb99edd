/* atom.c - events as an Atom feed (RFC 4287), for readers of feeds: an entry per event with what its reports say as plain text, published
 * when the first and updated when the last of them was. When the feed was updated is known at its end, and stands there: the order of
 * a feed's children has no meaning. Where it lies is a georss:polygon, the area and never a point. What no report dates is left out. */
#include <string.h>

#include "export/access.h"
#include "export/formats.h"
#include "export/region.h"
#include "export/uuid.h"
#include "export/xml.h"

static void put_uuid(slk_buf *out, const char *kind, const char *name) {
    char uuid[SLK_UUID_SIZE];
    (void)slk_uuid_of(kind, (slk_text){name, strlen(name)}, uuid);
    slk_buf_printf(out, "<id>urn:uuid:%s</id>\n", uuid);
}

void slk_atom_events_head(slk_export *x) {
    slk_buf_puts(x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                         "xmlns:georss=\"http://www.georss.org/georss\">\n");
    put_uuid(x->out, "feed", "events");
    slk_buf_puts(x->out,
                 "<title>Events</title>\n<author><name>sillok</name></author>\n<generator version=\"" SLK_VERSION
                 "\">sillok</generator>\n");
}

void slk_atom_events_tail(slk_export *x) {
    slk_buf_printf(x->out, "<updated>%s</updated>\n</feed>\n", *x->latest ? x->latest : "1970-01-01T00:00:00Z");
}

static void put_region(slk_buf *out, const slk_region *g) {
    slk_rings rings;
    slk_region_rings(g, &rings);
    for (unsigned i = 0; i < rings.n; i++) {
        slk_buf_puts(out, "<georss:polygon>");
        for (unsigned c = 0; c < rings.length[i]; c++)
            slk_buf_printf(out, "%s%.6f %.6f", c ? " " : "", rings.at[i][c].lat, rings.at[i][c].lon);
        slk_buf_puts(out, "</georss:polygon>\n");
    }
}

static void put_entry(slk_export *x, const slk_dossier *d, const char *updated, slk_buf *cell) {
    slk_buf *out = x->out;
    char published[32];
    slk_region g = slk_region_of_event(x->pack, d);
    slk_stamp_of(slk_told_first(d), published);
    slk_buf_puts(out, "<entry>\n");
    put_uuid(out, "event", d->entry.id);
    slk_event_title(d, cell);
    slk_xml_element(out, "title", cell->at);
    slk_xml_element(out, "published", published);
    slk_xml_element(out, "updated", updated);
    slk_buf_puts(out, "<category term=\"");
    slk_xml_z(out, d->entry.type);
    slk_buf_puts(out, "\"/>\n<category scheme=\"urn:sillok:certainty\" term=\"");
    slk_xml_z(out, slk_event_certainty_word(d->entry.certainty));
    slk_buf_puts(out, "\"/>\n");
    slk_buf_clear(cell);
    slk_event_notes(d, cell);
    slk_buf_puts(out, "<content type=\"text\">");
    slk_xml_z(out, cell->at);
    slk_buf_puts(out, "</content>\n");
    put_region(out, &g);
    slk_buf_puts(out, "</entry>\n");
}

void slk_atom_event(slk_export *x, const slk_dossier *d) {
    char updated[32];
    slk_buf cell;
    slk_stamp_of(slk_told_last(d), updated);
    if (!*updated) {
        x->left_out++;
        return;
    }
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    put_entry(x, d, updated, &cell);
    if (strcmp(updated, x->latest) > 0) memcpy(x->latest, updated, sizeof updated);
    if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
    slk_buf_free(&cell);
}
