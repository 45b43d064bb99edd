/* event.c - the events of the ledger as rows: made of a telling, given another, described anew by those they have, and found by what
 * holds of them (facets.h). What stands in a row of the table can always be drawn again from the tellings. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "ledger/facets.h"
#include "ledger/inside.h"

#define DAY_S 86400
#define COUNTED_MOST                                                                                                   \
    64u /* tellings up to which conflicts are looked for at each new one; beyond at every 32nd part more */

/* ---------------------------------------------------------------- new ones and links */

/* "KP-2024-09-18-weapon-test": country, day, first part of the type. */
static void series_of(const slk_pack *pack, const slk_profile *p, char out[128]) {
    char day[40];
    const char *iso2 = slk_country_iso2(pack, p->country);
    slk_instant_format(slk_instant_cut(p->time, SLK_P_DAY), day);
    day[strcspn(day, "T+Z")] = '\0';
    (void)snprintf(out, 128, "%s-%.12s-%.*s",
                   iso2          ? iso2
                   : *p->country ? p->country
                                 : "XX",
                   *day ? day : "undated", (int)strcspn(p->type, "."), p->type);
}

slk_err slk_event_make(slk_ledger *l, const slk_profile *p, int64_t *event, slk_fault *fault) {
    char series[128], id[160];
    slk_err err = SLK_OK;
    bool row = false;
    series_of(l->pack, p, series);
    slk_bind b = {.s = slk_store_get(l, SLK_Q_SERIES_ON, &err, fault)}; /* RETURNING would cost twenty times as much */
    if (!b.s) return err;
    slk_bind_text(&b, series);
    if ((err = slk_bind_run(l, &b, fault)) != SLK_OK) return err;
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_SERIES, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, series);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) != SLK_OK) return err;
    (void)snprintf(id, sizeof id, "%s-%lld", series, row ? (long long)sqlite3_column_int64(b.s, 0) : 0LL);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_EVENT_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, id);
    slk_bind_text(&b, p->kind);
    slk_bind_text(&b, p->type);
    slk_bind_text(&b, p->country);
    slk_bind_text(&b, p->actor);
    if ((err = slk_bind_run(l, &b, fault)) != SLK_OK) return err;
    *event = sqlite3_last_insert_rowid(l->db);
    return SLK_OK;
}

slk_err slk_link_new(slk_ledger *l, const slk_profile *p, const char *reason, int64_t *event, slk_fault *fault) {
    slk_err err = slk_event_make(l, p, event, fault);
    return err == SLK_OK ? slk_link_put(l, p->telling, *event, reason, fault) : err;
}

slk_err slk_link_put(slk_ledger *l, int64_t telling, int64_t event, const char *reason, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_LINK_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, telling);
    slk_bind_int(&b, event);
    slk_bind_text(&b, reason);
    return slk_bind_run(l, &b, fault);
}

/* ---------------------------------------------------------------- description */

typedef struct describing {
    slk_ledger *l;
    int64_t event;
    slk_fault *fault;
    slk_arena a;
    slk_profiles p;
    slk_entry e;
    bool timed, conflict;
    int64_t first_s, last_s;
    bool wide;                         /* the next two hold */
    int64_t wide_first_s, wide_last_s; /* all that its tellings ever meant */
    bool known;
    int64_t known_day;
} describing;

static slk_err load_reach(describing *d) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_EVENT_REACH, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, d->event);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    if ((err = slk_store_step(d->l, b.s, &row, d->fault)) != SLK_OK || !row) return err;
    d->wide = sqlite3_column_type(b.s, 0) != SQLITE_NULL;
    d->wide_first_s = sqlite3_column_int64(b.s, 0);
    d->wide_last_s = sqlite3_column_int64(b.s, 1);
    d->known = sqlite3_column_type(b.s, 2) != SQLITE_NULL;
    d->known_day = sqlite3_column_int64(b.s, 2);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return SLK_OK;
}

static int span_of(const describing *d) {
    int64_t days = d->wide ? (d->wide_last_s - d->wide_first_s) / DAY_S : 0;
    return days < 3 ? 0 : days < 40 ? 1 : days < 400 ? 2 : 3;
}

static slk_err add_facet(describing *d, slk_facets *set, const char *kind, const char *name) {
    return slk_facets_add(d->l, kind, slk_text_of(name), &d->a, set, d->fault);
}

/* Of its tellings, and what only the event as a whole is. */
static slk_err post(describing *d) {
    slk_facets set = {0};
    char reports[16];
    bool ahead = d->known && d->timed && (d->known_day + 1) * DAY_S <= d->first_s;
    slk_err err = slk_facets_of(d->l, d->event, INT64_MAX, &d->a, &set, d->fault);
    if (err == SLK_OK) err = add_facet(d, &set, SLK_FACET_ALL, "");
    if (err == SLK_OK) err = add_facet(d, &set, SLK_FACET_IS, d->e.type);
    if (err == SLK_OK) err = slk_facets_deed(d->l, d->e.type, d->e.country, &d->a, &set, d->fault);
    if (err == SLK_OK && d->e.certainty != SLK_EC_REPORTED)
        err = add_facet(d, &set, SLK_FACET_CERTAINTY, slk_event_certainty_word(d->e.certainty));
    if (err == SLK_OK && d->conflict) err = add_facet(d, &set, SLK_FACET_STATUS, "conflict");
    if (err == SLK_OK && d->e.n_roots > 1) err = add_facet(d, &set, SLK_FACET_STATUS, "corroborated");
    if (err == SLK_OK && ahead) err = add_facet(d, &set, SLK_FACET_STATUS, "ahead");
    if (err == SLK_OK && d->e.main) err = add_facet(d, &set, SLK_FACET_NEWS, "");
    if (err == SLK_OK && span_of(d)) {
        (void)snprintf(reports, sizeof reports, "%d", span_of(d));
        err = add_facet(d, &set, SLK_FACET_SPAN, reports);
    }
    if (err == SLK_OK && d->e.n_reports > 1) {
        (void)snprintf(reports, sizeof reports, "%06u", d->e.n_reports);
        err = add_facet(d, &set, SLK_FACET_REPORTS, reports);
    }
    if (err != SLK_OK) return err;
    return slk_facets_post(d->l, d->event, &set, d->timed ? d->first_s : INT64_MAX, &d->a, d->fault);
}

static void bind_maybe(slk_bind *b, bool is, int64_t v) {
    if (is)
        slk_bind_int(b, v);
    else
        slk_bind_none(b);
}

static slk_err write(describing *d) {
    const slk_entry *e = &d->e;
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_EVENT_SET, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, e->type);
    slk_bind_text(&b, e->country);
    slk_bind_text(&b, e->actor);
    slk_bind_instant(&b, e->time);
    bind_maybe(&b, d->timed, d->first_s);
    bind_maybe(&b, d->timed, d->last_s);
    slk_bind_text(&b, e->place);
    slk_bind_double(&b, e->has_point ? e->lat : NAN);
    slk_bind_double(&b, e->has_point ? e->lon : NAN);
    slk_bind_text(&b, slk_event_certainty_word(e->certainty));
    slk_bind_int(&b, e->main);
    slk_bind_int(&b, e->n_reports);
    slk_bind_int(&b, e->n_roots);
    bind_maybe(&b, d->known, d->known_day);
    bind_maybe(&b, d->wide, d->wide_first_s);
    bind_maybe(&b, d->wide, d->wide_last_s);
    slk_bind_int(&b, span_of(d));
    slk_bind_int(&b, d->conflict);
    slk_bind_int(&b, e->n_databases);
    slk_bind_int(&b, d->event);
    return slk_bind_run(d->l, &b, d->fault);
}

/* Looking for conflicts costs as much as the event has claims: where there are many, only now and then. What was found stays. */
static bool looks_for_conflicts(uint32_t n) { return n > 1 && (n <= COUNTED_MOST || n % (n / 32) == 0); }

static slk_err conflict_of(describing *d) {
    slk_err err = SLK_OK;
    bool row = false;
    if (looks_for_conflicts(d->p.n)) return slk_dossier_conflict(d->l, d->event, INT64_MAX, &d->conflict, d->fault);
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_EVENT_CONFLICT, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, d->event);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    if ((err = slk_store_step(d->l, b.s, &row, d->fault)) == SLK_OK && row && d->p.n > 1)
        d->conflict = sqlite3_column_int(b.s, 0) != 0;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err describe(describing *d) {
    d->e.row = d->event;
    slk_summary_of(d->l->pack, d->p.at, d->p.n, &d->e, &d->first_s, &d->last_s, &d->timed);
    slk_err err = load_reach(d);
    if (err == SLK_OK) err = conflict_of(d);
    if (err == SLK_OK) err = post(d); /* before the row says another moment */
    return err == SLK_OK ? write(d) : err;
}

/* One that is left without tellings is not described any more. It stays where a person moved them, or they went into another: lists
 * as of an earlier day still have it. */
static slk_err drop(describing *d) {
    slk_facets none = {0};
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_EVENT_STAYS, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, d->event);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    err = slk_store_step(d->l, b.s, &row, d->fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err != SLK_OK || row) return err;
    err = slk_facets_post(d->l, d->event, &none, 0, &d->a, d->fault);
    if (err != SLK_OK) return err;
    b = (slk_bind){.s = slk_store_get(d->l, SLK_Q_EVENT_DROP, &err, d->fault)};
    if (b.s) slk_bind_int(&b, d->event);
    return b.s ? slk_bind_run(d->l, &b, d->fault) : err;
}

slk_err slk_link_refresh(slk_ledger *l, int64_t event, slk_fault *fault) {
    describing d = {.l = l, .event = event, .fault = fault};
    slk_arena_start(&d.a, &l->mem, SLK_DOSSIER_CEILING_B);
    slk_err err = slk_profiles_load(l, event, INT64_MAX, &d.a, &d.p, fault);
    if (err == SLK_OK) err = d.p.n ? describe(&d) : drop(&d);
    slk_arena_free(&d.a);
    return err;
}

/* ---------------------------------------------------------------- moving and describing all */

slk_err slk_link_move(slk_ledger *l, int64_t telling, int64_t from, int64_t to, const char *reason, int64_t decision,
                      slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_LINK_MOVE, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, to);
    slk_bind_text(&b, reason);
    bind_maybe(&b, decision != 0, decision);
    slk_bind_int(&b, telling);
    slk_bind_int(&b, from);
    if ((err = slk_bind_run(l, &b, fault)) != SLK_OK) return err;
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_EVENT_WENT, &err, fault)}; /* only where it is empty now */
    if (!b.s) return err;
    slk_bind_int(&b, from);
    slk_bind_int(&b, to);
    if ((err = slk_bind_run(l, &b, fault)) != SLK_OK) return err;
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_EVENT_BACK, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, to);
    return slk_bind_run(l, &b, fault);
}

slk_err slk_link_is_cut(slk_ledger *l, int64_t telling, int64_t event, bool *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_CUT, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, telling);
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, out, fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Calls f for each row of a table by its number, in batches, so that no statement stays open while f writes. */
static slk_err each(slk_ledger *l, slk_statement which, slk_err (*f)(slk_ledger *l, int64_t row, slk_fault *fault),
                    slk_fault *fault) {
    int64_t rows[256], last = 0;
    slk_err err = SLK_OK;
    for (unsigned n = 1; err == SLK_OK && n;) {
        bool row = true;
        n = 0;
        slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
        if (!b.s) return err;
        slk_bind_int(&b, last);
        if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
        while (n < 256 && (err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row)
            rows[n++] = sqlite3_column_int64(b.s, 0);
        (void)sqlite3_reset(b.s); /* repeats the code of the step */
        for (unsigned i = 0; err == SLK_OK && i < n; i++) err = f(l, rows[i], fault);
        if (n) last = rows[n - 1];
    }
    return err;
}

slk_err slk_link_refresh_all(slk_ledger *l, slk_fault *fault) {
    slk_err err = slk_store_run(l, "DELETE FROM posting; UPDATE event SET facets = NULL", fault);
    if (err == SLK_OK) err = each(l, SLK_Q_TELLINGS_ALL, slk_facets_telling, fault);
    return err == SLK_OK ? each(l, SLK_Q_EVENTS_ALL, slk_link_refresh, fault) : err;
}
