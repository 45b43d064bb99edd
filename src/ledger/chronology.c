/* chronology.c - claims of order in readings and in the ledger: recording them, judging them again, one by one (judge.c). */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/chronicle.h"
#include "ledger/judge.h"

static bool is_claim(const slk_check *c) { return c->claim.ordinal > 0; }

/* ---------------------------------------------------------------- of a reading */

/* The most that an event's own report tells of a field. */
static double value_in(const slk_event *e, slk_field_name field) {
    double most = NAN;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        const slk_value *v = &e->fields[i].value;
        double here = isnan(v->si) ? v->low : v->si;
        if (e->fields[i].name == field && (isnan(most) || here > most)) most = here;
    }
    return most;
}

/* What a check of a reading asks. profiles: one per event of the reading. */
static void ask_of(const slk_reading *r, const slk_check *c, const slk_profile *profiles, slk_asked *q) {
    const slk_chronology *x = &c->claim;
    *q = (slk_asked){.ordinal = x->ordinal, .since = x->since, .until = x->until, .since_is_event = x->since_is_event};
    q->type = x->type;
    q->published = r->report.published;
    q->day = INT64_MAX;
    q->at_least = x->at_least;
    q->narrower = x->narrower;
    q->weapon = x->weapon;
    q->most = x->most;
    q->measure = x->measure;
    q->value = x->most && x->event < r->events.n ? value_in(&r->events.at[x->event], x->measure) : NAN;
    if (x->event < r->events.n) q->spoken = profiles[x->event];
    memcpy(q->country, q->spoken.country, 4);
    if (x->actor < r->actors.n) {
        const slk_actor *a = &r->actors.at[x->actor];
        q->actor = a->name;
        if (strlen(a->country) == 3 && strcmp(a->country, "UNK") != 0) memcpy(q->country, a->country, 4);
    } else {
        q->actor = q->spoken.actor;
    }
}

static slk_err quote_of(const slk_reading *r, slk_spans s, slk_arena *arena, slk_quote *out) {
    slk_span span = s.n ? s.at[0] : (slk_span){0, 0};
    slk_text words = slk_reading_text(r, span);
    out->start = slk_reading_cp(r, span.start);
    out->end = slk_reading_cp(r, span.end);
    out->words = slk_arena_copy(arena, words.at ? words.at : "", words.n);
    return out->words ? SLK_OK : SLK_ENOMEM;
}

static slk_err check_reading(slk_ledger *l, const slk_reading *r, slk_verdicts *v, slk_fault *fault) {
    SLK_LIST(slk_verdict_on) list = {0};
    slk_err err = SLK_OK;
    slk_profile *profiles = slk_arena_take(&v->arena, sizeof *profiles * r->events.n);
    if (!profiles) return SLK_ENOMEM;
    for (uint32_t i = 0; err == SLK_OK && i < r->events.n; i++)
        err = slk_profile_of(l->pack, r, &r->events.at[i], &v->arena, &profiles[i]);
    for (uint32_t i = 0; err == SLK_OK && i < r->checks.n; i++) {
        slk_verdict_on x = {.check = i, .report = r->report.id, .published = r->report.published};
        slk_judged judged = {0};
        slk_asked q;
        if (!is_claim(&r->checks.at[i])) continue;
        ask_of(r, &r->checks.at[i], profiles, &q);
        if ((err = slk_judge(l, &q, &v->arena, &judged, fault)) != SLK_OK) break;
        if ((err = quote_of(r, r->checks.at[i].evidence, &v->arena, &x.quote)) != SLK_OK) break;
        x.claim = judged.claim;
        x.verdict = judged.verdict;
        x.says = judged.says;
        x.covers = judged.covers;
        x.against = judged.against;
        x.n_against = judged.n_against;
        if ((err = SLK_ROOM(&v->arena, &list, SLK_MAX_ROWS)) == SLK_OK) list.at[list.n++] = x;
    }
    v->at = list.at;
    v->n = list.n;
    return err;
}

/* ---------------------------------------------------------------- recording */

static slk_err write_check(slk_linking *k, int64_t report, uint32_t n, const slk_asked *q, const slk_judged *judged,
                           slk_fault *fault) {
    const slk_check *c = &k->r->checks.at[n];
    slk_quote quote;
    const char *against = "";
    slk_err err = quote_of(k->r, c->evidence, k->arena, &quote);
    for (uint32_t i = 0; err == SLK_OK && i < judged->n_against; i++)
        if (!(against = slk_arena_printf(k->arena, "%s%s%s", against, i ? "\n" : "", judged->against[i])))
            err = SLK_ENOMEM;
    if (err != SLK_OK) return err;
    slk_bind b = {.s = slk_store_get(k->ledger, SLK_Q_CHECKED_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    slk_bind_int(&b, n);
    slk_bind_text(&b, slk_check_word(c->kind));
    slk_bind_text(&b, slk_verdict_word(judged->verdict));
    slk_bind_text(&b, judged->says ? judged->says : "");
    slk_bind_text(&b, against);
    slk_bind_int(&b, quote.start);
    slk_bind_int(&b, quote.end);
    slk_bind_text(&b, quote.words);
    if (q->spoken.telling)
        slk_bind_int(&b, q->spoken.telling);
    else
        slk_bind_none(&b);
    slk_bind_int(&b, q->ordinal);
    slk_bind_instant(&b, q->since);
    slk_bind_instant(&b, q->until);
    slk_bind_int(&b, q->since_is_event);
    slk_bind_text(&b, q->type);
    slk_bind_text(&b, q->country);
    slk_bind_text(&b, q->actor);
    slk_bind_int(&b, q->at_least);
    slk_bind_text(&b, q->most ? slk_field_word(q->measure) : NULL);
    slk_bind_int(&b, q->narrower);
    slk_bind_text(&b, q->weapon);
    return slk_bind_run(k->ledger, &b, fault);
}

slk_err slk_chronicle_record(slk_linking *k, int64_t report, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < k->r->checks.n; i++) {
        const slk_check *c = &k->r->checks.at[i];
        slk_judged judged = {.verdict = c->verdict, .says = c->says};
        slk_asked q;
        ask_of(k->r, c, k->profiles, &q);
        if (is_claim(c)) {
            q.report = report;
            if (c->claim.event < k->r->events.n) q.event = k->events[c->claim.event];
            err = slk_judge(k->ledger, &q, k->arena, &judged, fault);
            k->added->checks++;
        }
        if (err == SLK_OK) err = write_check(k, report, i, &q, &judged, fault);
    }
    return slk_store_memory(k->ledger, err, fault);
}

/* ---------------------------------------------------------------- of the ledger */

typedef struct kept_check { /* a row of the table of checks */
    slk_asked q;
    int64_t telling;
    slk_check_kind kind;
    slk_judged judged;
    slk_quote quote;
    const char *report;
} kept_check;

static slk_err split_ids(slk_text lines, slk_arena *arena, slk_judged *out) {
    SLK_LIST(const char *) ids = {0};
    slk_text one;
    while (slk_text_split(&lines, '\n', &one)) {
        if (one.n == 0) continue;
        slk_err err = SLK_ROOM(arena, &ids, 1024);
        const char *id = slk_arena_copy(arena, one.at, one.n);
        if (err != SLK_OK || !id) return SLK_ENOMEM;
        ids.at[ids.n++] = id;
    }
    out->against = ids.at;
    out->n_against = ids.n;
    return SLK_OK;
}

static slk_err read_check(sqlite3_stmt *s, slk_arena *a, kept_check *out) {
    slk_err err = SLK_OK;
    kept_check c = {.q.report = sqlite3_column_int64(s, 0)};
    int kind = slk_check_of(slk_column_text(s, 1)), verdict = slk_verdict_of(slk_column_text(s, 2));
    c.kind = kind < 0 ? SLK_CHECK_OTHER : (slk_check_kind)kind;
    c.judged.verdict = verdict < 0 ? SLK_CANNOT_TELL : (slk_verdict)verdict;
    c.judged.says = slk_column_copy(a, s, 3, &err);
    if (err == SLK_OK) err = split_ids(slk_column_text(s, 4), a, &c.judged);
    c.quote.start = (uint32_t)sqlite3_column_int64(s, 5);
    c.quote.end = (uint32_t)sqlite3_column_int64(s, 6);
    c.quote.words = slk_column_copy(a, s, 7, &err);
    c.telling = sqlite3_column_int64(s, 8);
    c.q.ordinal = (uint32_t)sqlite3_column_int64(s, 9);
    c.q.since = slk_column_instant(s, 10);
    c.q.until = slk_column_instant(s, 11);
    c.q.since_is_event = sqlite3_column_int(s, 12) != 0;
    c.q.type = slk_column_copy(a, s, 13, &err);
    slk_text country = slk_column_text(s, 14);
    if (country.n == 3) memcpy(c.q.country, country.at, 3);
    c.q.actor = slk_column_copy(a, s, 15, &err);
    c.report = slk_column_copy(a, s, 16, &err);
    c.q.published = slk_column_instant(s, 17);
    c.q.at_least = sqlite3_column_int(s, 18) != 0;
    c.q.value = NAN;
    int measure = slk_field_of(slk_column_text(s, 19));
    c.q.most = measure >= 0;
    if (c.q.most) c.q.measure = (slk_field_name)measure;
    c.q.narrower = sqlite3_column_int(s, 20) != 0;
    c.q.weapon = slk_column_copy(a, s, 21, &err);
    c.q.day = INT64_MAX;
    if (err == SLK_OK) *out = c;
    return err;
}

/* The telling a claim speaks of, and the event it is linked to. */
static slk_err load_spoken(slk_ledger *l, kept_check *c, slk_arena *a, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    if (c->telling == 0) return SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_PROFILE_OF, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, c->telling);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        err = slk_profile_row(b.s, a, &c->q.spoken);
        c->q.event = sqlite3_column_int64(b.s, SLK_PROFILE_N);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK && c->q.most)
        err = slk_told_most(l, SLK_Q_TELLING_MOST, c->telling, 0, c->q.measure, &c->q.value, fault);
    return err;
}

typedef SLK_LIST(kept_check) kept_checks;

static slk_err load_checks(slk_ledger *l, slk_statement which, int64_t key, slk_arena *a, kept_checks *out,
                           slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    if (which == SLK_Q_CHECKS_OF) slk_bind_int(&b, key);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(a, out, SLK_MAX_ROWS)) != SLK_OK) break;
        if ((err = read_check(b.s, a, &out->at[out->n])) != SLK_OK) break;
        out->n++;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err check_all(slk_ledger *l, slk_verdicts *v, slk_fault *fault) {
    kept_checks kept = {0};
    slk_err err = load_checks(l, SLK_Q_CLAIMS_OF_ORDER, 0, &v->arena, &kept, fault);
    slk_verdict_on *at = slk_arena_take(&v->arena, sizeof *at * kept.n);
    if (err == SLK_OK && !at) err = SLK_ENOMEM;
    for (uint32_t i = 0; err == SLK_OK && i < kept.n; i++) {
        kept_check *c = &kept.at[i];
        if ((err = load_spoken(l, c, &v->arena, fault)) != SLK_OK) break;
        if ((err = slk_judge(l, &c->q, &v->arena, &c->judged, fault)) != SLK_OK) break;
        at[i] = (slk_verdict_on){.report = c->report,
                                 .published = c->q.published,
                                 .quote = c->quote,
                                 .claim = c->judged.claim,
                                 .verdict = c->judged.verdict,
                                 .says = c->judged.says,
                                 .covers = c->judged.covers,
                                 .against = c->judged.against,
                                 .n_against = c->judged.n_against};
    }
    v->at = at;
    v->n = kept.n;
    return err;
}

static slk_err verdicts(slk_ledger *l, const slk_reading *r, slk_verdicts **out, slk_fault *fault) {
    slk_verdicts *v = slk_mem_new(&l->mem, sizeof *v);
    if (!v) return slk_store_memory(l, SLK_ENOMEM, fault);
    memset(v, 0, sizeof *v);
    slk_arena_start(&v->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    slk_err err = r ? check_reading(l, r, v, fault) : check_all(l, v, fault);
    if (err == SLK_OK)
        *out = v;
    else
        slk_verdicts_free(v);
    return slk_store_memory(l, err, fault);
}

slk_err slk_ledger_check(slk_ledger *l, const slk_reading *r, slk_verdicts **out, slk_fault *fault) {
    return verdicts(l, r, out, fault);
}

slk_err slk_ledger_check_all(slk_ledger *l, slk_verdicts **out, slk_fault *fault) {
    return verdicts(l, NULL, out, fault);
}

void slk_verdicts_free(slk_verdicts *v) {
    if (!v) return;
    slk_allocator mem = v->arena.mem;
    slk_arena_free(&v->arena);
    slk_mem_free(&mem, v);
}

/* ---------------------------------------------------------------- of a dossier */

static bool speaks_of(const slk_dossier *d, const int64_t *tellings, const kept_check *c) {
    bool ours = c->telling == 0;
    for (uint32_t i = 0; i < d->n_tellings && !ours; i++) ours = tellings[i] == c->telling;
    return ours;
}

slk_err slk_chronicle_dossier(slk_ledger *l, slk_dossier *d, const int64_t *reports, const int64_t *tellings,
                              int64_t day, slk_fault *fault) {
    SLK_LIST(slk_kept_check) list = {0};
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < d->n_reports; i++) {
        kept_checks kept = {0};
        err = load_checks(l, SLK_Q_CHECKS_OF, reports[i], &d->arena, &kept, fault);
        for (uint32_t k = 0; err == SLK_OK && k < kept.n; k++) {
            kept_check *c = &kept.at[k];
            if (!speaks_of(d, tellings, c)) continue;
            c->q.day = day;
            if (c->q.ordinal && (err = load_spoken(l, c, &d->arena, fault)) != SLK_OK) break;
            if (c->q.ordinal && (err = slk_judge(l, &c->q, &d->arena, &c->judged, fault)) != SLK_OK) break;
            if ((err = SLK_ROOM(&d->arena, &list, SLK_MAX_ROWS)) != SLK_OK) break;
            list.at[list.n++] = (slk_kept_check){c->kind,  c->judged.verdict, c->judged.says,     i,
                                                 c->quote, c->judged.against, c->judged.n_against};
        }
    }
    d->checks = list.at;
    d->n_checks = list.n;
    return err;
}
