/* pages.c - events and reports as pages that need no script: the dossier as a table of fields and sources, the report with the words that
 * were taken as evidence marked. The script of the page, where it runs, takes their place. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/access.h"
#include "export/export.h"
#include "export/plain.h"
#include "serve/inside.h"
#include "serve/site.h"

#define LIST_MOST 200u
#define SOURCES_MOST 24u /* columns of a dossier */
#define ARENA_MOST_B ((size_t)256 << 20)

static slk_answer *finish(slk_work *w, slk_err err, slk_buf *b) {
    slk_answer *a = NULL;
    if (err != SLK_OK) {
        slk_buf_free(b);
        return err == SLK_EINPUT ? slk_answer_problem(404, "%s", w->fault.message) : slk_answer_fault(err, &w->fault);
    }
    slk_site_foot(b);
    if (b->err == SLK_OK && (a = slk_answer_new(200)) != NULL) {
        a->policy = SLK_POLICY_PAGE;
        if (!slk_answer_take(a, "text/html; charset=utf-8", b)) {
            slk_answer_drop(a);
            a = NULL;
        }
    }
    slk_buf_free(b);
    return a;
}

static void put_link(slk_buf *b, const char *folder, const char *id, const char *words) {
    slk_buf_printf(b, "<a href=\"/%s/", folder);
    slk_site_escape_url(b, id);
    slk_buf_puts(b, "\" dir=\"auto\">");
    slk_site_z(b, words && *words ? words : id);
    slk_buf_puts(b, "</a>");
}

static void put_next(slk_buf *b, const char *folder, const char *next) {
    if (!next) return;
    slk_buf_printf(b, "<p><a rel=\"next\" href=\"/%s?cursor=", folder);
    slk_site_escape_url(b, next);
    slk_buf_puts(b, "\">more</a></p>\n");
}

/* ---------------------------------------------------------------- lists */

static void put_event_row(slk_buf *b, const slk_entry *e) {
    char z[40] = "no date";
    if (e->time.precision != SLK_P_NONE) (void)slk_instant_format(slk_instant_cut(e->time, SLK_P_MINUTE), z);
    slk_buf_puts(b, "<tr><td>");
    slk_site_z(b, z);
    slk_buf_puts(b, "</td><td dir=\"auto\">");
    slk_site_z(b, e->country_name ? e->country_name : e->actor);
    slk_buf_puts(b, "</td><td>");
    put_link(b, "events", e->id, e->type);
    slk_buf_puts(b, "</td><td dir=\"auto\">");
    slk_site_z(b, e->place);
    slk_buf_printf(b, "</td><td>%s</td><td>%u</td><td>%u</td></tr>\n", slk_event_certainty_word(e->certainty),
                   e->n_reports, e->n_roots);
}

slk_answer *slk_serve_event_list_page(slk_work *w) {
    slk_filter f;
    slk_entries *e = NULL;
    slk_buf b;
    slk_answer *bad = slk_ask_filter(w->call, &f);
    if (bad) return bad;
    f.limit = LIST_MOST;
    f.backwards = true;
    slk_err err = slk_ledger_list(w->ledger, &f, &e, &w->fault);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_site_head(&b, "Events");
    if (err == SLK_OK) {
        slk_buf_puts(&b, "<table>\n<thead><tr><th>when</th><th>who</th><th>what</th><th>where</th><th>certainty</th>"
                         "<th>reports</th><th>sources</th></tr></thead>\n<tbody>\n");
        for (uint32_t i = 0; i < e->n; i++) put_event_row(&b, &e->at[i]);
        slk_buf_puts(&b, "</tbody>\n</table>\n");
        put_next(&b, "events", e->next);
    }
    slk_entries_free(e);
    return finish(w, err, &b);
}

slk_answer *slk_serve_report_list_page(slk_work *w) {
    slk_report_entries *e = NULL;
    slk_buf b;
    slk_report_filter f = {
        .text = slk_param_of(w->call, "q"), .after = slk_param_of(w->call, "cursor"), .limit = LIST_MOST};
    slk_err err = slk_ledger_reports(w->ledger, &f, &e, &w->fault);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_site_head(&b, "Reports");
    slk_buf_puts(&b, "<ul>\n");
    for (uint32_t i = 0; err == SLK_OK && i < e->n; i++) {
        char z[40];
        slk_buf_puts(&b, "<li>");
        if (e->at[i].published.precision != SLK_P_NONE)
            slk_buf_printf(&b, "%s ", slk_instant_format(slk_instant_cut(e->at[i].published, SLK_P_DAY), z));
        put_link(&b, "reports", e->at[i].sha256, e->at[i].title ? e->at[i].title : e->at[i].id);
        slk_buf_puts(&b, " ");
        slk_site_z(&b, e->at[i].outlet);
        slk_buf_puts(&b, "</li>\n");
    }
    slk_buf_puts(&b, "</ul>\n");
    if (err == SLK_OK) put_next(&b, "reports", e->next);
    slk_report_entries_free(e);
    return finish(w, err, &b);
}

/* ---------------------------------------------------------------- the dossier */

typedef struct columns { /* who tells: each chain of each report that says something, once */
    const slk_dossier *d;
    uint32_t report[SOURCES_MOST];
    const char *chain[SOURCES_MOST];
    unsigned n;
} columns;

static unsigned column_of(columns *k, const slk_claim *c) {
    unsigned i = 0;
    while (i < k->n && (k->report[i] != c->report || strcmp(k->chain[i], c->chain.text) != 0)) i++;
    if (i == k->n && k->n < SOURCES_MOST) {
        k->report[k->n] = c->report;
        k->chain[k->n++] = c->chain.text;
    }
    return i;
}

static void put_column_heads(slk_buf *b, const columns *k) {
    slk_buf_puts(b, "<thead><tr><th>field</th>");
    for (unsigned i = 0; i < k->n; i++) {
        const slk_teller *r = &k->d->reports[k->report[i]];
        slk_buf_puts(b, "<th dir=\"auto\">");
        slk_site_z(b, *k->chain[i] ? k->chain[i] : "the report itself");
        slk_buf_puts(b, "<br>");
        put_link(b, "reports", r->sha256, r->outlet ? r->outlet : r->id);
        slk_buf_puts(b, "</th>");
    }
    slk_buf_puts(b, "<th>agreement</th></tr></thead>\n");
}

static void put_cell(slk_buf *b, columns *k, const slk_told_field *f, unsigned column) {
    slk_buf_puts(b, "<td dir=\"auto\">");
    for (uint32_t i = f->first; i < f->first + f->n; i++) {
        const slk_claim *c = &k->d->claims[i];
        if (column_of(k, c) != column) continue;
        bool old = c->superseded_by != SLK_NONE;
        slk_buf_puts(b, old ? "<del>" : "<span>");
        slk_site_z(b, c->text);
        slk_buf_puts(b, old ? "</del> (revised)" : "</span>");
        if (c->chain.n && c->stance == SLK_STANCE_DENIES) slk_buf_puts(b, " (denies)");
        for (uint32_t q = 0; q < c->n_evidence; q++) {
            slk_buf_puts(b, "<br><q>");
            slk_site_z(b, c->evidence[q].words);
            slk_buf_puts(b, "</q>");
        }
        slk_buf_puts(b, "<br>");
    }
    slk_buf_puts(b, "</td>");
}

static void put_fields(slk_buf *b, const slk_dossier *d) {
    columns k = {.d = d};
    for (uint32_t i = 0; i < d->n_claims; i++) (void)column_of(&k, &d->claims[i]);
    slk_buf_puts(b, "<h2>What is told</h2>\n<table>\n");
    put_column_heads(b, &k);
    slk_buf_puts(b, "<tbody>\n");
    for (uint32_t i = 0; i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        slk_buf_puts(b, "<tr><th>");
        slk_site_z(b, slk_plain_field(f->field));
        slk_buf_puts(b, "</th>");
        for (unsigned c = 0; c < k.n; c++) put_cell(b, &k, f, c);
        slk_buf_printf(b, "<td>%s</td></tr>\n",
                       f->conflict       ? "\xe2\x9a\xa0 conflict"
                       : f->corroborated ? "\xe2\x9c\x93 agree"
                                         : "");
    }
    slk_buf_puts(b, "</tbody>\n</table>\n");
}

static void put_withheld(slk_buf *b, const slk_dossier *d) {
    if (!d->n_withheld) return;
    slk_buf_puts(b, "<h2>Withheld</h2>\n<ul>\n");
    for (uint32_t i = 0; i < d->n_withheld; i++) {
        slk_buf_puts(b, "<li>");
        slk_site_z(b, d->withheld[i].field);
        slk_buf_puts(b, ": <q dir=\"auto\">");
        slk_site_z(b, d->withheld[i].quote.words);
        slk_buf_puts(b, "</q></li>\n");
    }
    slk_buf_puts(b, "</ul>\n");
}

static void put_checks(slk_buf *b, const slk_dossier *d) {
    if (!d->n_checks) return;
    slk_buf_puts(b, "<h2>Checks</h2>\n<ul>\n");
    for (uint32_t i = 0; i < d->n_checks; i++) {
        slk_buf_printf(b, "<li><b>%s</b> ", slk_verdict_word(d->checks[i].verdict));
        slk_site_z(b, d->checks[i].says);
        slk_buf_puts(b, "</li>\n");
    }
    slk_buf_puts(b, "</ul>\n");
}

static void put_tellers(slk_buf *b, const slk_dossier *d) {
    slk_buf_puts(b, "<h2>Reports</h2>\n<ul>\n");
    for (uint32_t i = 0; i < d->n_reports; i++) {
        char z[40] = "";
        const slk_teller *r = &d->reports[i];
        if (r->published.precision != SLK_P_NONE) (void)slk_instant_format(r->published, z);
        slk_buf_puts(b, "<li>");
        put_link(b, "reports", r->sha256, r->title ? r->title : r->id);
        slk_buf_puts(b, " ");
        slk_site_z(b, r->outlet);
        slk_buf_puts(b, " ");
        slk_site_z(b, z);
        if (r->same_story != SLK_NONE) slk_buf_puts(b, " (the words of an earlier report)");
        slk_buf_puts(b, "</li>\n");
    }
    slk_buf_puts(b, "</ul>\n");
}

static void put_dossier(slk_buf *b, const slk_dossier *d) {
    char z[40] = "";
    slk_buf title;
    slk_buf_start(&title, &slk_mem_system, 1u << 16);
    slk_event_title(d, &title);
    slk_site_head(b, title.at ? title.at : d->entry.id);
    slk_buf_free(&title);
    if (d->entry.time.precision != SLK_P_NONE) (void)slk_instant_format(d->entry.time, z);
    slk_buf_puts(b, "<dl>\n");
    slk_site_fact(b, "event", d->entry.id);
    slk_site_fact(b, "what", d->entry.type);
    slk_site_fact(b, "who", d->entry.country_name ? d->entry.country_name : d->entry.actor);
    slk_site_fact(b, "when", z);
    slk_site_fact(b, "where", d->entry.place);
    slk_site_fact(b, "certainty", slk_event_certainty_word(d->entry.certainty));
    slk_buf_printf(b, "<dt>told by</dt><dd>%u report%s, %u independent source%s</dd>\n</dl>\n", d->entry.n_reports,
                   d->entry.n_reports == 1 ? "" : "s", d->entry.n_roots, d->entry.n_roots == 1 ? "" : "s");
    put_fields(b, d);
    put_withheld(b, d);
    put_checks(b, d);
    put_tellers(b, d);
}

slk_answer *slk_serve_event_page(slk_work *w) {
    int64_t row = 0;
    slk_dossier *d = NULL;
    slk_instant as_of = {0};
    slk_buf b;
    slk_answer *bad = slk_ask_as_of(w->call, &as_of);
    if (bad) return bad;
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_err err = slk_ledger_find(w->ledger, w->id, &row, &w->fault);
    if (err == SLK_OK) err = slk_ledger_dossier(w->ledger, row, as_of, &d, &w->fault);
    if (err == SLK_OK) put_dossier(&b, d);
    slk_dossier_free(d);
    return finish(w, err, &b);
}

/* ---------------------------------------------------------------- the report */

static int by_start(const void *a, const void *b) {
    const slk_span *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : 0;
}

/* The spans of all evidence, joined where they overlap; *n of them, in the arena. NULL when out of memory. */
static slk_span *evidence_of(const slk_reading *r, slk_arena *a, size_t *n) {
    size_t n_events, all = 0, kept = 0;
    const slk_event *e = slk_reading_events(r, &n_events);
    for (size_t i = 0; i < n_events; i++)
        for (uint32_t f = 0; f < e[i].n_fields; f++) all += e[i].fields[f].evidence.n;
    slk_span *at = slk_arena_take(a, sizeof *at * (all + 1));
    if (!at) return NULL;
    for (size_t i = 0; i < n_events; i++)
        for (uint32_t f = 0; f < e[i].n_fields; f++)
            for (uint32_t k = 0; k < e[i].fields[f].evidence.n; k++) at[kept++] = e[i].fields[f].evidence.at[k];
    if (kept) qsort(at, kept, sizeof *at, by_start);
    *n = 0;
    for (size_t i = 0; i < kept; i++) {
        if (*n && at[i].start <= at[*n - 1].end)
            at[*n - 1].end = at[i].end > at[*n - 1].end ? at[i].end : at[*n - 1].end;
        else
            at[(*n)++] = at[i];
    }
    return at;
}

static void put_marked(slk_buf *b, slk_text text, const slk_span *spans, size_t n) {
    uint32_t at = 0;
    slk_buf_puts(b, "<div class=\"report-text\" dir=\"auto\"><pre>");
    for (size_t i = 0; i < n; i++) {
        slk_site_text(b, slk_text_part(text, at, spans[i].start));
        slk_buf_puts(b, "<mark>");
        slk_site_text(b, slk_text_part(text, spans[i].start, spans[i].end));
        slk_buf_puts(b, "</mark>");
        at = spans[i].end;
    }
    slk_site_text(b, slk_text_part(text, at, (uint32_t)text.n));
    slk_buf_puts(b, "</pre></div>\n");
}

static slk_err put_report(slk_buf *b, const slk_reading *r, slk_arena *a) {
    const slk_report *p = slk_reading_report(r);
    char z[40] = "";
    size_t n = 0;
    slk_span *spans = evidence_of(r, a, &n);
    if (!spans) return SLK_ENOMEM;
    if (p->published.precision != SLK_P_NONE) (void)slk_instant_format(p->published, z);
    slk_site_head(b, p->title ? p->title : p->id);
    slk_buf_puts(b, "<dl>\n");
    slk_site_fact(b, "outlet", p->outlet);
    slk_site_fact(b, "author", p->author);
    slk_site_fact(b, "published", z);
    slk_site_fact(b, "address", p->url); /* as text: what a stranger wrote is no link of ours */
    slk_site_fact(b, "report", p->id);
    slk_buf_puts(b, "</dl>\n");
    put_marked(b, p->text, spans, n);
    return SLK_OK;
}

slk_answer *slk_serve_report_page(slk_work *w) {
    slk_arena a;
    slk_reading *r = NULL;
    slk_buf b;
    slk_arena_start(&a, &slk_mem_system, ARENA_MOST_B);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_err err = slk_serve_read_again(w, &a, &r);
    if (err == SLK_OK) err = put_report(&b, r, &a);
    slk_reading_free(r);
    slk_arena_free(&a);
    return finish(w, err, &b);
}
