/* html_reports.c - the reports of an event in the static report: what each is, how it tells of the event and why it was taken to be this
 * one, and the SHA-256 of the text that was read, by which anybody can show that it is the same. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/html.h"

static void put_fact(slk_html *h, const char *name, const char *z) {
    if (!z || !*z) return;
    slk_buf_printf(h->out, "<dt>%s</dt><dd><bdi>", name);
    slk_xml_z(h->out, z);
    slk_buf_puts(h->out, "</bdi></dd>\n");
}

/* Only addresses of the web become links. */
static void put_address(slk_html *h, const char *url) {
    if (!url) return;
    slk_text t = slk_text_of(url);
    if (!slk_text_starts_fold(t, "http://") && !slk_text_starts_fold(t, "https://")) {
        put_fact(h, "address", url);
        return;
    }
    slk_buf_puts(h->out, "<dt>address</dt><dd><a rel=\"noreferrer noopener nofollow\" href=\"");
    slk_xml_z(h->out, url);
    slk_buf_puts(h->out, "\">");
    slk_xml_z(h->out, url);
    slk_buf_puts(h->out, "</a></dd>\n");
}

static void put_telling(slk_html *h, const slk_telling *t) {
    slk_buf_puts(h->out, "<dt>tells of it as</dt><dd>");
    slk_xml_z(h->out, t->type);
    slk_buf_printf(h->out, ", %s, %s", slk_event_certainty_word(t->certainty), t->main ? "the news" : "background");
    if (t->main_reason) {
        slk_buf_puts(h->out, ": ");
        slk_xml_z(h->out, t->main_reason);
    }
    if (t->link_reason) {
        slk_buf_puts(h->out, "; joined: ");
        slk_xml_z(h->out, t->link_reason);
    }
    slk_html_quote(h, t->report, &t->trigger);
    slk_buf_puts(h->out, "</dd>\n");
}

/* *telling: the first of this report, afterwards of the next; tellings stand in the order of their reports. */
static void put_report(slk_html *h, uint32_t i, uint32_t *telling) {
    const slk_teller *r = &h->d->reports[i];
    char z[40];
    slk_buf_puts(h->out, "<dl id=\"");
    slk_xml_z(h->out, h->d->entry.id);
    slk_buf_printf(h->out, "-r%u\">\n<dt><b>[%u]</b></dt><dd><b><bdi>", i + 1, i + 1);
    slk_xml_z(h->out, r->title ? r->title : r->id);
    slk_buf_puts(h->out, "</bdi></b></dd>\n");
    put_fact(h, "outlet", r->outlet);
    put_fact(h, "author", r->author);
    if (r->published.precision != SLK_P_NONE)
        slk_buf_printf(h->out, "<dt>published</dt><dd>%s <span class=\"small\">(%s)</span></dd>\n",
                       slk_instant_format(r->published, z), slk_published_basis_word(r->published_basis));
    put_address(h, r->url);
    put_fact(h, "source", r->source);
    put_fact(h, "id", r->id);
    put_fact(h, "language", r->language);
    if (r->same_story < h->d->n_reports) {
        slk_buf_puts(h->out, "<dt>same story as</dt><dd>");
        slk_html_report_link(h, r->same_story);
        slk_buf_puts(h->out, ", counted as one source</dd>\n");
    }
    slk_buf_puts(h->out, "<dt>SHA-256 of the text</dt><dd class=\"hash\">");
    slk_xml_z(h->out, r->sha256);
    slk_buf_puts(h->out, "</dd>\n");
    put_fact(h, "read by", r->reader ? r->reader : "a version that did not say so");
    for (; *telling < h->d->n_tellings && h->d->tellings[*telling].report == i; ++*telling)
        put_telling(h, &h->d->tellings[*telling]);
    slk_buf_puts(h->out, "</dl>\n");
}

void slk_html_reports(slk_html *h) {
    uint32_t telling = 0;
    slk_buf_puts(h->out, "<h3>Reports</h3>\n");
    for (uint32_t i = 0; i < h->d->n_reports; i++) put_report(h, i, &telling);
}
