/* html_event.c - one event of the static report: what it is, its fields against its reports, what is withheld, the checks. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/formats.h"
#include "export/html.h"
#include "export/plain.h"
#include "export/region.h"

#define COLUMNS 4 /* reports beside each other; more go into further tables */
#define AROUND 70 /* code points shown on each side of a quotation */

/* ---------------------------------------------------------------- pieces */

void slk_html_report_link(slk_html *h, uint32_t report) {
    slk_buf_puts(h->out, "<a href=\"#");
    slk_xml_z(h->out, h->d->entry.id);
    slk_buf_printf(h->out, "-r%u\">[%u]</a>", report + 1, report + 1);
}

void slk_html_event_link(slk_html *h, const char *id) {
    slk_buf_puts(h->out, "<a href=\"#");
    slk_xml_z(h->out, id);
    slk_buf_puts(h->out, "\">");
    slk_xml_z(h->out, id);
    slk_buf_puts(h->out, "</a>");
}

void slk_html_quote(slk_html *h, uint32_t report, const slk_quote *q) {
    uint32_t from = q->start > AROUND ? q->start - AROUND : 0;
    slk_text before = slk_texts_part(h->texts, report, from, q->start);
    slk_text behind = slk_texts_part(h->texts, report, q->end, q->end + AROUND);
    bool cut = from > 0 && before.n;
    while (cut && before.n > 1 && !slk_is_space(*before.at)) before.at++, before.n--; /* to a whole word */
    slk_buf_puts(h->out, "<q><bdi>");
    if (cut) slk_buf_puts(h->out, "…");
    slk_xml_text(h->out, before);
    slk_buf_puts(h->out, "<mark>");
    slk_xml_z(h->out, q->words);
    slk_buf_puts(h->out, "</mark>");
    slk_xml_text(h->out, behind);
    if (behind.n && q->end + AROUND < slk_texts_length(h->texts, report)) slk_buf_puts(h->out, "…");
    slk_buf_printf(h->out, "</bdi> <span class=\"small\">%u–%u</span></q>", q->start, q->end);
}

static void put_words(slk_html *h, const char *z) {
    slk_buf_puts(h->out, "<bdi>");
    slk_xml_z(h->out, z);
    slk_buf_puts(h->out, "</bdi>");
}

/* ---------------------------------------------------------------- claims */

static void put_voice(slk_html *h, const slk_claim *c) {
    slk_buf_puts(h->out, " <span class=\"by\">");
    if (c->chain.n) {
        put_words(h, c->chain.text);
        slk_buf_printf(h->out, " %s", slk_stance_word(c->stance));
        if (*slk_plain_certainty(c->certainty)) slk_buf_printf(h->out, " (%s)", slk_plain_certainty(c->certainty));
    } else {
        slk_buf_puts(h->out, "the report itself");
    }
    if (c->chain.party) slk_buf_puts(h->out, ", speaking of itself");
    slk_buf_printf(h->out, "; %s", slk_basis_word(c->basis));
    if (c->note) {
        slk_buf_puts(h->out, ": ");
        put_words(h, c->note);
    }
    slk_buf_puts(h->out, "</span>");
    if (!c->rule) return;
    slk_buf_puts(h->out, " <span class=\"rule\">");
    slk_xml_z(h->out, c->rule);
    slk_buf_puts(h->out, "</span>");
}

static void put_place(slk_html *h, const slk_claim *c) {
    slk_region g = slk_region_of_claim(h->x->pack, c);
    if (c->value.kind != SLK_VALUE_PLACE || (!c->has_point && g.kind == SLK_REGION_NONE)) return;
    slk_buf_puts(h->out, " <span class=\"by\">");
    if (c->has_point) slk_plain_point(h->out, c->lat, c->lon);
    slk_buf_printf(h->out, " (%s", g.precision);
    if (g.radius_m > 0) slk_buf_printf(h->out, ", within %.0f km", g.radius_m / 1000);
    slk_buf_puts(h->out, ")</span>");
}

static void put_claim(slk_html *h, const slk_claim *c) {
    bool old = c->superseded_by < h->d->n_claims;
    bool denied = c->chain.n && (c->stance == SLK_STANCE_DENIES || c->certainty == SLK_CT_MINUS);
    slk_buf_printf(h->out, "<div class=\"claim%s%s\">", old ? " replaced" : "", denied ? " denied" : "");
    if (denied) slk_buf_puts(h->out, "<span class=\"state\">✕ denied</span> ");
    slk_buf_puts(h->out, "<b>");
    put_words(h, c->text);
    slk_buf_puts(h->out, "</b>");
    if (old) {
        slk_buf_puts(h->out, " <span class=\"state\">↻ replaced by ");
        put_words(h, h->d->claims[c->superseded_by].text);
        slk_buf_puts(h->out, " in ");
        slk_html_report_link(h, h->d->claims[c->superseded_by].report);
        slk_buf_puts(h->out, "</span>");
    }
    put_place(h, c);
    put_voice(h, c);
    for (uint32_t i = 0; i < c->n_evidence; i++) slk_html_quote(h, c->report, &c->evidence[i]);
    slk_buf_puts(h->out, "</div>\n");
}

/* The first claim of a field that stands in this report or a later one: claims of a field stand in the order of their reports. */
static uint32_t claims_from(const slk_html *h, const slk_told_field *f, uint32_t report) {
    uint32_t low = f->first, high = f->first + f->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (h->d->claims[middle].report < report)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_cell(slk_html *h, const slk_told_field *f, uint32_t report) {
    slk_buf_puts(h->out, "<td>");
    for (uint32_t k = claims_from(h, f, report); k < f->first + f->n && h->d->claims[k].report == report; k++)
        put_claim(h, &h->d->claims[k]);
    slk_buf_puts(h->out, "</td>");
}

static const char *state_of(const slk_told_field *f) {
    return f->conflict       ? "<span class=\"state differ\">▲ differ</span>"
           : f->corroborated ? "<span class=\"state agree\">● agree</span>"
                             : "<span class=\"state\">○ one</span>";
}

static bool told_in(const slk_html *h, const slk_told_field *f, uint32_t first, uint32_t end) {
    uint32_t k = claims_from(h, f, first);
    return k < f->first + f->n && h->d->claims[k].report < end;
}

/* The fields of some of the reports, side by side. */
static void put_table(slk_html *h, uint32_t first, uint32_t end) {
    slk_buf_puts(h->out, "<table>\n<thead><tr><th scope=\"col\">field</th>");
    for (uint32_t r = first; r < end; r++) {
        slk_buf_puts(h->out, "<th scope=\"col\">");
        slk_html_report_link(h, r);
        slk_buf_putc(h->out, ' ');
        put_words(h, slk_teller_outlet(&h->d->reports[r]));
        slk_buf_puts(h->out, "</th>");
    }
    slk_buf_puts(h->out, "</tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < h->d->n_fields; i++) {
        const slk_told_field *f = &h->d->fields[i];
        if (!told_in(h, f, first, end)) continue;
        slk_buf_printf(h->out, "<tr><th scope=\"row\">%s<br>%s</th>", slk_plain_field(f->field), state_of(f));
        for (uint32_t r = first; r < end; r++) put_cell(h, f, r);
        slk_buf_puts(h->out, "</tr>\n");
    }
    slk_buf_puts(h->out, "</tbody>\n</table>\n");
}

/* ---------------------------------------------------------------- withheld, checks */

static void put_withheld(slk_html *h) {
    if (h->d->n_withheld) slk_buf_puts(h->out, "<h3>◌ Withheld</h3>\n<ul>\n");
    for (uint32_t i = 0; i < h->d->n_withheld; i++) {
        const slk_kept_withheld *w = &h->d->withheld[i];
        slk_buf_puts(h->out, "<li><b>");
        put_words(h, w->field);
        slk_buf_puts(h->out, "</b> <span class=\"by\">not told by ");
        put_words(h, w->by.n ? w->by.text : "the report itself");
        slk_buf_puts(h->out, "</span> ");
        slk_html_report_link(h, w->report);
        slk_html_quote(h, w->report, &w->quote);
        slk_buf_puts(h->out, "</li>\n");
    }
    if (h->d->n_withheld) slk_buf_puts(h->out, "</ul>\n");
}

static void put_check(slk_html *h, const slk_kept_check *c) {
    static const char *const shapes[] = {[SLK_AGREES] = "✓", [SLK_DISAGREES] = "✗", [SLK_CANNOT_TELL] = "?"};
    const char *word = slk_verdict_word(c->verdict);
    slk_buf_printf(h->out, "<li><span class=\"state %s\">%s %s</span> <span class=\"rule\">%s</span> ", word,
                   shapes[c->verdict], c->verdict == SLK_CANNOT_TELL ? "cannot tell" : word, slk_check_word(c->kind));
    put_words(h, c->says);
    slk_buf_putc(h->out, ' ');
    slk_html_report_link(h, c->report);
    slk_html_quote(h, c->report, &c->quote);
    if (c->n_against) slk_buf_puts(h->out, "<span class=\"small\">held against</span>");
    for (uint32_t i = 0; i < c->n_against; i++) {
        slk_buf_putc(h->out, ' ');
        slk_html_event_link(h, c->against[i]);
    }
    slk_buf_puts(h->out, "</li>\n");
}

static void put_checks(slk_html *h) {
    if (h->d->n_checks) slk_buf_puts(h->out, "<h3>Checks</h3>\n<ul>\n");
    for (uint32_t i = 0; i < h->d->n_checks; i++) put_check(h, &h->d->checks[i]);
    if (h->d->n_checks) slk_buf_puts(h->out, "</ul>\n");
}

/* ---------------------------------------------------------------- the whole */

static void put_summary(slk_html *h) {
    const slk_entry *e = &h->d->entry;
    char z[40];
    slk_buf_printf(h->out, "<dl>\n<dt>id</dt><dd>");
    slk_xml_z(h->out, e->id);
    slk_buf_printf(h->out, "</dd>\n<dt>certainty</dt><dd>%s, %u report%s, %u independent source%s%s</dd>\n",
                   slk_event_certainty_word(e->certainty), e->n_reports, e->n_reports == 1 ? "" : "s", e->n_roots,
                   e->n_roots == 1 ? "" : "s", e->main ? "" : "; background in all of them");
    if (e->time.precision != SLK_P_NONE) {
        slk_buf_puts(h->out, "<dt>when</dt><dd>");
        slk_plain_instant(h->out, e->time, false);
        slk_instant utc = slk_instant_at(slk_instant_seconds(e->time), 0, (slk_precision)e->time.precision);
        if (e->time.has_offset && e->time.offset_min && e->time.precision >= SLK_P_HOUR)
            slk_buf_printf(h->out, " (%s)", slk_instant_format(utc, z));
        slk_buf_puts(h->out, "</dd>\n");
    }
    slk_buf_puts(h->out, "</dl>\n");
}

void slk_html_event(slk_export *x, const slk_dossier *d) {
    slk_html h = {.x = x, .out = x->out, .d = d, .texts = slk_texts_new(x, d)};
    slk_buf title;
    if (!h.texts) return;
    x->n++;
    slk_buf_start(&title, &x->out->mem, 1u << 24);
    slk_event_title(d, &title);
    slk_buf_puts(h.out, "<article id=\"");
    slk_xml_z(h.out, d->entry.id);
    slk_buf_puts(h.out, "\">\n<h2>");
    put_words(&h, title.at);
    slk_buf_puts(h.out, "</h2>\n");
    put_summary(&h);
    for (uint32_t r = 0; r < d->n_reports; r += COLUMNS)
        put_table(&h, r, r + COLUMNS < d->n_reports ? r + COLUMNS : d->n_reports);
    put_withheld(&h);
    put_checks(&h);
    slk_html_reports(&h);
    slk_buf_puts(h.out, "</article>\n");
    if (title.err != SLK_OK && x->out->err == SLK_OK) x->out->err = title.err;
    slk_buf_free(&title);
    slk_texts_free(h.texts);
}
