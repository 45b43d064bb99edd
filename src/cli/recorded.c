/* recorded.c - what became of a report, in a line. See recorded.h. */
#include "cli/recorded.h"

#include "base/json.h"
#include "export/page.h"

void slk_recorded_text(slk_buf *b, const slk_style *style, const char *name, const slk_added *a) {
    slk_buf_printf(b, "%s%s%s  ", a->already ? style->dim : style->green, a->already ? "already " : "recorded",
                   style->off);
    slk_page_z(b, name); /* no control byte of a name reaches the terminal */
    if (!a->already) {
        slk_buf_printf(b, "  events: %u new, %u joined", a->events_new, a->events_joined);
        if (*a->event)
            slk_buf_printf(b, "; %s %s%s%s", a->event_new ? "new" : "joins", style->bold, a->event, style->off);
        if (a->alerts) slk_buf_printf(b, "; %u alert%s", a->alerts, a->alerts == 1 ? "" : "s");
        if (a->alerts_old) slk_buf_printf(b, "; too old for %u alert%s", a->alerts_old, a->alerts_old == 1 ? "" : "s");
    }
    slk_buf_putc(b, '\n');
}

void slk_recorded_json(slk_buf *b, const char *name, const slk_reading *r, const slk_added *a) {
    slk_json j;
    const slk_report *p = slk_reading_report(r);
    slk_json_start(&j, b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "id", p->id);
    slk_json_put_string(&j, "source", p->source ? p->source : name);
    slk_json_put_string(&j, "status", a->already ? "already" : "recorded");
    if (!a->already) {
        slk_json_put_int(&j, "events_new", a->events_new);
        slk_json_put_int(&j, "events_joined", a->events_joined);
        if (*a->event) slk_json_put_string(&j, "event", a->event);
        slk_json_put_int(&j, "checks", a->checks);
        if (a->alerts) slk_json_put_int(&j, "alerts", a->alerts);
        if (a->alerts_old) slk_json_put_int(&j, "alerts_too_old", a->alerts_old);
    }
    slk_json_end_object(&j);
    slk_buf_putc(b, '\n');
}
