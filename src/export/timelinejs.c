/* timelinejs.c - events for TimelineJS: a slide per event, at the clock of its place and only as exact as it is known (a month has no
 * day), its values with their sources below. Headline and text are HTML there, so all that reports say is escaped; no medium is named,
 * so that showing the file asks no other host. Events without a date are left out: a timeline has no place for them. */
#include <string.h>

#include "base/calendar.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/plain.h"
#include "export/xml.h"

void slk_timelinejs_head(slk_export *x) {
    slk_buf_puts(x->out, "{\"scale\":\"human\",\"title\":{\"text\":{\"headline\":\"Events\"}},\"events\":[");
}

void slk_timelinejs_tail(slk_export *x) { slk_buf_puts(x->out, "\n]}\n"); }

static void put_date(slk_json *j, slk_instant t) {
    slk_json_name(j, "start_date");
    slk_json_object(j);
    slk_json_put_int(j, "year", t.year);
    if (t.precision >= SLK_P_MONTH) slk_json_put_int(j, "month", t.month);
    if (t.precision >= SLK_P_DAY) slk_json_put_int(j, "day", t.day);
    if (t.precision >= SLK_P_HOUR) slk_json_put_int(j, "hour", t.hour);
    if (t.precision >= SLK_P_MINUTE) slk_json_put_int(j, "minute", t.minute);
    if (t.precision >= SLK_P_SECOND) slk_json_put_int(j, "second", t.second);
    slk_json_end_object(j);
}

/* A member whose value is HTML, made of plain text. */
static void put_html(slk_export *x, slk_json *j, const char *name, const slk_buf *plain) {
    slk_buf html;
    slk_buf_start(&html, &x->out->mem, 1u << 25);
    slk_xml_z(&html, plain->at);
    slk_json_put_string(j, name, html.at ? html.at : "");
    if (html.err != SLK_OK && x->out->err == SLK_OK) x->out->err = html.err;
    slk_buf_free(&html);
}

static void put_slide(slk_export *x, const slk_dossier *d, slk_buf *cell) {
    slk_json j;
    slk_json_start(&j, x->out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "unique_id", d->entry.id);
    put_date(&j, d->entry.time);
    slk_plain_instant(cell, d->entry.time, false);
    slk_json_put_string(&j, "display_date", cell->at);
    if (d->entry.country_name) slk_json_put_string(&j, "group", d->entry.country_name);
    slk_json_name(&j, "text");
    slk_json_object(&j);
    slk_buf_clear(cell);
    slk_event_title(d, cell);
    put_html(x, &j, "headline", cell);
    slk_buf_clear(cell);
    slk_event_notes(d, cell);
    put_html(x, &j, "text", cell);
    slk_json_end_object(&j);
    slk_json_end_object(&j);
}

void slk_timelinejs_event(slk_export *x, const slk_dossier *d) {
    slk_buf cell;
    if (d->entry.time.precision == SLK_P_NONE) {
        x->left_out++;
        return;
    }
    slk_buf_puts(x->out, x->n++ ? ",\n" : "\n");
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    put_slide(x, d, &cell);
    if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
    slk_buf_free(&cell);
}
