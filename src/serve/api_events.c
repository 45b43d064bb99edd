/* api_events.c - events, dossiers, histories, claims, the timeline and exports over HTTP. Each takes a page of events from the ledger and
 * has one dossier in memory at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/access.h"
#include "export/exporter.h"
#include "export/ledger.h"
#include "ledger/browse.h"
#include "serve/inside.h"
#include "serve/item.h"

#define EVENTS_USUAL 100u
#define EVENTS_MOST 1000u
#define EXPORT_MOST 100000u
#define DAYS_MOST 200u /* of a history */

static const slk_pack *pack_of(const slk_work *w) { return slk_engine_pack(w->server->engine); }

/* The page of events that is asked for; NULL, or the problem. */
static slk_answer *list(slk_work *w, uint32_t usual, uint32_t most, slk_filter *f, slk_entries **out) {
    slk_answer *bad = slk_ask_filter(w->call, f);
    if (!bad) bad = slk_ask_limit(w->call, usual, most, &f->limit);
    if (bad) return bad;
    slk_err err = slk_ledger_list(w->ledger, f, out, &w->fault);
    return err == SLK_OK ? NULL : slk_answer_fault(err, &w->fault);
}

/* Does a parameter choose among the events? */
static bool is_narrowed(const slk_call *call) {
    static const char *const others[] = {"limit", "view", "sort", "cursor"};
    unsigned n = call->n_params;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) n -= slk_param_of(call, others[i]) != NULL;
    return n > 0;
}

/* Writes the end of a page: where to go on, and how many there are where that was not narrowed down. */
static slk_err put_end(slk_work *w, const slk_filter *f, const slk_entries *e, slk_json *j) {
    int64_t total = 0;
    bool all = !f->after && !e->more;
    slk_err err = SLK_OK;
    slk_json_name(j, "next");
    slk_json_string(j, e->next);
    bool narrowed = is_narrowed(w->call);
    if (all)
        slk_json_put_int(j, "total", e->n);
    else if (!narrowed && (err = slk_browse_count(w->ledger, &total, &w->fault)) == SLK_OK)
        slk_json_put_int(j, "total", total);
    else
        slk_json_name(j, "total"), slk_json_null(j);
    return err;
}

static slk_err each_event(slk_work *w, const slk_filter *f, const slk_entries *e,
                          void (*put)(slk_work *w, const slk_dossier *d, void *ctx), void *ctx, const slk_buf *out) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && out->err == SLK_OK && i < e->n; i++) {
        slk_dossier *d = NULL;
        err = slk_ledger_dossier(w->ledger, e->at[i].row, f->as_of, &d, &w->fault);
        if (err == SLK_OK) put(w, d, ctx);
        slk_dossier_free(d);
        if (err == SLK_EMISSING) err = SLK_OK; /* it went while the page was made */
    }
    return err;
}

static slk_answer *finish(slk_work *w, slk_err err, slk_buf *b) {
    if (err == SLK_OK) return slk_answer_json(b);
    slk_buf_free(b);
    return slk_answer_fault(err, &w->fault);
}

/* ---------------------------------------------------------------- events */

static void put_full(slk_work *w, const slk_dossier *d, void *j) { slk_item_json(pack_of(w), d, true, j); }
static void put_short(slk_work *w, const slk_dossier *d, void *j) { slk_item_json(pack_of(w), d, false, j); }

slk_answer *slk_serve_events(slk_work *w) {
    slk_filter f;
    slk_entries *e = NULL;
    slk_buf b;
    slk_json j;
    const char *view = slk_param_of(w->call, "view");
    if (view && strcmp(view, "full") != 0 && strcmp(view, "list") != 0)
        return slk_answer_problem(400, "view=%.40s: full or list is wanted", view);
    slk_answer *bad = list(w, EVENTS_USUAL, EVENTS_MOST, &f, &e);
    if (bad) return bad;
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_name(&j, "events");
    slk_json_array(&j);
    slk_err err = each_event(w, &f, e, view && *view == 'l' ? put_short : put_full, &j, &b);
    slk_json_end_array(&j);
    if (err == SLK_OK) err = put_end(w, &f, e, &j);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_entries_free(e);
    return finish(w, err, &b);
}

/* The dossier that the path names; NULL, or the problem. */
static slk_answer *dossier(slk_work *w, slk_instant as_of, slk_dossier **out) {
    int64_t row = 0;
    slk_err err = slk_ledger_find(w->ledger, w->id, &row, &w->fault);
    if (err == SLK_OK) err = slk_ledger_dossier(w->ledger, row, as_of, out, &w->fault);
    if (err == SLK_OK && *out) return NULL;
    return err == SLK_EINPUT ? slk_answer_problem(404, "%s", w->fault.message) : slk_answer_fault(err, &w->fault);
}

slk_answer *slk_serve_event(slk_work *w) {
    slk_instant as_of = {0};
    slk_dossier *d = NULL;
    slk_buf b;
    slk_answer *bad = slk_ask_as_of(w->call, &as_of);
    if (!bad) bad = dossier(w, as_of, &d);
    if (!d) return bad;
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_export_dossier_json(d, true, false, &b);
    slk_dossier_free(d);
    return slk_answer_json(&b);
}

/* ---------------------------------------------------------------- history */

/* One day: the reports that came on it, and what was known then. */
static void put_day(const slk_dossier *d, slk_instant day, slk_json *j) {
    char z[40];
    slk_json_object(j);
    slk_json_put_string(j, "as_of", slk_instant_format(day, z));
    slk_json_name(j, "reports");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_reports; i++)
        if (slk_instant_eq(slk_instant_cut(d->reports[i].published, SLK_P_DAY), day))
            slk_json_string(j, d->reports[i].id);
    slk_json_end_array(j);
    slk_json_put_string(j, "type", d->entry.type);
    slk_json_put_string(j, "certainty", slk_event_certainty_word(d->entry.certainty));
    slk_json_put_int(j, "n_reports", d->entry.n_reports);
    slk_json_put_int(j, "n_sources", d->entry.n_roots);
    slk_json_name(j, "values");
    slk_json_object(j);
    for (uint32_t i = 0; i < d->n_fields; i++) {
        slk_json_name(j, slk_field_word(d->fields[i].field));
        slk_json_array(j);
        for (uint32_t k = 0; k < d->fields[i].n_groups; k++) slk_json_string(j, d->fields[i].groups[k].text);
        slk_json_end_array(j);
    }
    slk_json_end_object(j);
    slk_json_end_object(j);
}

static slk_instant day_of(slk_instant t) {
    t = slk_instant_cut(t, SLK_P_DAY);
    t.has_offset = false;
    return t;
}

/* Each day on which a report of it was published, with what was known at its end. */
static slk_err put_days(slk_work *w, const slk_dossier *all, slk_json *j) {
    slk_err err = SLK_OK;
    slk_instant last = {0};
    unsigned n = 0;
    for (uint32_t i = 0; err == SLK_OK && i < all->n_reports && n < DAYS_MOST; i++) { /* by publication */
        slk_instant day = day_of(all->reports[i].published);
        slk_dossier *then = NULL;
        if (day.precision < SLK_P_DAY || slk_instant_eq(day, last)) continue;
        err = slk_ledger_dossier(w->ledger, all->entry.row, day, &then, &w->fault);
        if (err == SLK_OK) put_day(then, day, j);
        if (err == SLK_EMISSING) err = SLK_OK;
        slk_dossier_free(then);
        last = day;
        n++;
    }
    return err;
}

slk_answer *slk_serve_history(slk_work *w) {
    slk_dossier *d = NULL;
    slk_buf b;
    slk_json j;
    slk_answer *bad = dossier(w, (slk_instant){0}, &d);
    if (!d) return bad;
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "id", d->entry.id);
    slk_json_name(&j, "history");
    slk_json_array(&j);
    slk_err err = put_days(w, d, &j);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_dossier_free(d);
    return finish(w, err, &b);
}

/* ---------------------------------------------------------------- claims */

typedef struct claiming {
    slk_json *j;
    const char *field, *by;
} claiming;

static bool holds_fold(const char *whole, const char *part) {
    slk_text t = slk_text_of(whole);
    for (uint32_t i = 0; i < t.n; i++)
        if (slk_text_starts_fold(slk_text_part(t, i, (uint32_t)t.n), part)) return true;
    return false;
}

static bool said_by(const slk_dossier *d, const slk_claim *c, const char *by) {
    if (!by) return true;
    for (uint32_t i = 0; i < c->chain.n; i++)
        if (holds_fold(c->chain.names[i], by)) return true;
    return c->report < d->n_reports && d->reports[c->report].outlet && holds_fold(d->reports[c->report].outlet, by);
}

static void put_claims(slk_work *w, const slk_dossier *d, void *ctx) {
    const claiming *k = ctx;
    (void)w;
    for (uint32_t i = 0; i < d->n_claims; i++) {
        const slk_claim *c = &d->claims[i];
        if (k->field && strcmp(k->field, slk_field_word(c->field)) != 0) continue;
        if (!said_by(d, c, k->by)) continue;
        slk_json_object(k->j);
        slk_json_put_string(k->j, "event", d->entry.id);
        slk_json_put_string(k->j, "field", slk_field_word(c->field));
        slk_json_name(k->j, "claim");
        slk_export_claim_json(k->j, d, c);
        slk_json_end_object(k->j);
    }
}

static slk_answer *claims_of_one(slk_work *w, const claiming *k) {
    slk_instant as_of = {0};
    slk_dossier *d = NULL;
    w->id = slk_param_of(w->call, "event");
    slk_answer *bad = slk_ask_as_of(w->call, &as_of);
    if (!bad) bad = dossier(w, as_of, &d);
    if (!d) return bad;
    put_claims(w, d, (void *)k);
    slk_dossier_free(d);
    return NULL;
}

slk_answer *slk_serve_claims(slk_work *w) {
    slk_buf b;
    slk_json j;
    slk_filter f = SLK_FILTER_ALL;
    slk_entries *e = NULL;
    slk_err err = SLK_OK;
    slk_answer *bad = NULL;
    claiming k = {&j, slk_param_of(w->call, "field"), slk_param_of(w->call, "by")};
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_name(&j, "claims");
    slk_json_array(&j);
    if (slk_param_of(w->call, "event"))
        bad = claims_of_one(w, &k);
    else if (!(bad = list(w, EVENTS_USUAL, EVENTS_MOST, &f, &e)))
        err = each_event(w, &f, e, put_claims, &k, &b);
    slk_json_end_array(&j);
    slk_json_name(&j, "next");
    slk_json_string(&j, e ? e->next : NULL);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_entries_free(e);
    if (bad) slk_buf_free(&b);
    return bad ? bad : finish(w, err, &b);
}

/* ---------------------------------------------------------------- timeline */

static void put_step(const slk_step *s, slk_json *j) {
    slk_json_object(j);
    slk_export_entry_json(s->entry, j);
    if (s->dated) {
        if (s->gap_days >= 0) slk_json_put_int(j, "gap_days", s->gap_days);
        slk_json_put_int(j, "nth", s->nth);
        slk_json_put_int(j, "in_week", s->in_week);
        slk_json_put_int(j, "in_year", s->in_year);
        slk_json_put_string(j, "series", s->series);
    }
    slk_json_end_object(j);
}

slk_answer *slk_serve_timeline(slk_work *w) {
    slk_filter f;
    slk_timeline *t = NULL;
    slk_buf b;
    slk_json j;
    slk_answer *bad = slk_ask_filter(w->call, &f);
    if (!bad) bad = slk_ask_limit(w->call, EVENTS_MOST, EXPORT_MOST, &f.limit);
    if (bad) return bad;
    slk_err err = slk_ledger_timeline(w->ledger, &f, &t, &w->fault);
    if (err != SLK_OK) return slk_answer_fault(err, &w->fault);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_name(&j, "timeline");
    slk_json_array(&j);
    for (uint32_t i = 0; i < t->n; i++) put_step(&t->at[i], &j);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    slk_timeline_free(t);
    return slk_answer_json(&b);
}

/* ---------------------------------------------------------------- export */

typedef struct exporting {
    slk_export x;
    slk_err err;
} exporting;

static void put_exported(slk_work *w, const slk_dossier *d, void *ctx) {
    exporting *k = ctx;
    if (k->err == SLK_OK) k->err = slk_export_event(&k->x, d);
    if (k->err != SLK_OK) w->fault = k->x.fault;
}

/* The answer of a document; a file's name for those who save it. */
static slk_answer *document(slk_work *w, const slk_format *format, slk_err err, slk_buf *b) {
    char name[96];
    if (err == SLK_ELIMIT || b->err == SLK_ELIMIT) {
        slk_buf_free(b);
        return slk_answer_problem(422, "the document would be too large: ask for less, or use sillok export");
    }
    slk_answer *a = err == SLK_OK ? slk_answer_new(200) : slk_answer_fault(err, &w->fault);
    if (a && err == SLK_OK && !slk_answer_take(a, format->media, b)) {
        slk_answer_drop(a);
        a = NULL;
    }
    slk_buf_free(b);
    if (a && err == SLK_OK) {
        slk_text_print(name, sizeof name, "attachment; filename=\"sillok.%s\"", format->ending);
        slk_answer_header_add(a, "Content-Disposition", name);
    }
    return a;
}

/* One event that is named, or all that pass. */
static slk_answer *export_events(slk_work *w, exporting *k, const slk_buf *b) {
    slk_filter f;
    slk_entries *e = NULL;
    slk_dossier *d = NULL;
    slk_answer *bad;
    w->id = slk_param_of(w->call, "event");
    if (w->id) {
        if ((bad = slk_ask_as_of(w->call, &k->x.as_of)) || (bad = dossier(w, k->x.as_of, &d))) return bad;
        put_exported(w, d, k);
        slk_dossier_free(d);
        return NULL;
    }
    if ((bad = list(w, EXPORT_MOST, EXPORT_MOST, &f, &e))) return bad;
    k->x.as_of = f.as_of;
    slk_err err = each_event(w, &f, e, put_exported, k, b);
    if (k->err == SLK_OK) k->err = err;
    slk_entries_free(e);
    return NULL;
}

slk_answer *slk_serve_export(slk_work *w) {
    slk_buf b;
    exporting k = {.err = SLK_OK};
    const char *word = slk_param_of(w->call, "format");
    const slk_format *format = slk_format_find(word ? word : "jsonl");
    if (!format) return slk_answer_problem(400, "format=%.40s: no such format; see /api/v1/about", word);
    slk_buf_start(&b, &slk_mem_system, SLK_ANSWER_MOST_B);
    slk_export_start(&k.x, format, w->ledger, pack_of(w), (slk_instant){0}, &b);
    k.err = slk_export_head(&k.x);
    slk_answer *bad = export_events(w, &k, &b);
    if (!bad && k.err == SLK_OK) k.err = slk_export_tail(&k.x);
    slk_export_free(&k.x);
    if (bad) slk_buf_free(&b);
    return bad ? bad : document(w, format, k.err, &b);
}
