/* judge.c - "the second launch within a week": is it? The ledger's events of that country and type are counted in the window up
 * to the event spoken of. What the claiming report alone tells of is left out, or the report would bear itself out. A ledger
 * that knows too many disproves a claim; one that knows too few proves nothing, since it need not hold every event. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/fit.h"
#include "ledger/judge.h"

#define DAY_S 86400
#define REACH_DAYS 800 /* how far before a window an earlier event is looked for */
#define SHOWN 12u      /* ids in a verdict */

typedef struct judging {
    slk_ledger *l;
    const slk_asked *q;
    slk_arena *a;
    slk_fault *fault;
    int64_t day;                     /* of the event spoken of */
    int64_t since_first, since_last; /* days that the claim's since may mean */
    bool ever;
    slk_listing events;
    SLK_LIST(const char *) within, possible, before, at_since;
    const char *last_day; /* of the latest event before the window, for people */
    uint32_t edge;        /* of within: on the first day of the window */
    uint32_t same_day;    /* of within: a second one on a day that had one */
    uint32_t measured;    /* of within: with a figure, where the claim is of the most */
    const char *greatest; /* id of the one with the greatest figure */
    double most;          /* that figure */
} judging;

static const char *kind_of_type(const char *type) {
    if (slk_type_holds("weapon-test.nuclear", type)) return "nuclear";
    if (strncmp(type, "weapon-test", 11) == 0 || strncmp(type, "space-launch", 12) == 0 ||
        strncmp(type, "artillery", 9) == 0 || strncmp(type, "launch-failure", 14) == 0)
        return "launch";
    return NULL;
}

/* ---------------------------------------------------------------- windows */

static bool set_day(judging *j) {
    slk_instant t = j->q->spoken.kind ? j->q->spoken.time : j->q->until;
    if (t.precision < SLK_P_DAY) t = j->q->until;
    if (t.precision < SLK_P_DAY) t = j->q->published;
    if (t.precision < SLK_P_DAY) return false;
    j->day = slk_instant_days(slk_instant_cut(t, SLK_P_DAY));
    return true;
}

static void set_since(judging *j) {
    int64_t first, last;
    slk_instant t = j->q->since;
    j->ever = t.precision == SLK_P_NONE;
    if (j->ever) return;
    t.has_offset = false;
    slk_instant_range(t, &first, &last);
    j->since_first = first / DAY_S - (first % DAY_S < 0);
    j->since_last = last / DAY_S - (last % DAY_S < 0);
}

/* ---------------------------------------------------------------- sorting the ledger's events */

static slk_err note(judging *j, const char *id, void *list) {
    SLK_LIST(const char *) *ids = list;
    slk_err err = SLK_ROOM(j->a, ids, SLK_MAX_ROWS);
    if (err == SLK_OK) ids->at[ids->n++] = id;
    return err;
}

/* Is it told by the claiming report and nobody else? */
static slk_err is_own(judging *j, const slk_entry *e, bool *own) {
    slk_err err = SLK_OK;
    bool row = false;
    *own = false;
    if (e->n_reports + e->n_databases > 1 || j->q->report == 0) return SLK_OK;
    slk_bind b = {.s = slk_store_get(j->l, SLK_Q_TOLD_BY, &err, j->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, e->row);
    slk_bind_int(&b, j->q->report);
    if (b.rc != SQLITE_OK) return slk_store_fault(j->l, b.rc, j->fault);
    err = slk_store_step(j->l, b.s, &row, j->fault);
    *own = row;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Is it the event spoken of? Known where that is recorded, else by what fits. */
static slk_err is_spoken(judging *j, const slk_entry *e, bool *same) {
    slk_profiles p = {0};
    *same = j->q->event && e->row == j->q->event;
    if (j->q->event || !j->q->spoken.kind) return SLK_OK;
    slk_err err = slk_profiles_load(j->l, e->row, j->q->day, j->a, &p, j->fault);
    for (uint32_t i = 0; err == SLK_OK && i < p.n && !*same; i++) {
        slk_fit f = slk_fit_of(&j->q->spoken, &p.at[i]);
        *same = !f.contradicts && f.score >= SLK_FIT_ENOUGH && f.time >= SLK_TIMES_DAYLINE;
    }
    return err;
}

static bool is_before(const judging *j, const slk_listed *x, int64_t day) {
    if (day != j->day) return day < j->day;
    const slk_profile *s = &j->q->spoken; /* on the same day the clocks decide, where both are known */
    return s->kind && slk_profile_clock(s) && x->entry.time.precision >= SLK_P_HOUR && x->first_s < s->first_s;
}

slk_err slk_told_most(slk_ledger *l, slk_statement which, int64_t row, int64_t day, slk_field_name field, double *out,
                      slk_fault *fault) {
    slk_err err = SLK_OK;
    bool any = false;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, row);
    slk_bind_text(&b, slk_field_word(field));
    if (which == SLK_Q_TOLD_MOST) slk_bind_int(&b, day);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, &any, fault);
    if (err == SLK_OK) *out = any ? slk_column_double(b.s, 0) : NAN;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Keeps the greatest figure of the field that the claim measures by. */
static slk_err measure(judging *j, const slk_entry *e) {
    double here = NAN;
    if (!j->q->most) return SLK_OK;
    slk_err err = slk_told_most(j->l, SLK_Q_TOLD_MOST, e->row, j->q->day, j->q->measure, &here, j->fault);
    if (err != SLK_OK || isnan(here)) return err;
    if (j->measured++ && here <= j->most) return SLK_OK;
    j->most = here;
    j->greatest = e->id;
    return SLK_OK;
}

static slk_err sort_dated(judging *j, const slk_listed *x, int64_t *last) {
    int64_t day = slk_instant_days(slk_instant_cut(x->entry.time, SLK_P_DAY));
    bool sure = !j->q->type || slk_type_holds(j->q->type, x->entry.type);
    char z[40];
    if (!is_before(j, x, day)) return SLK_OK;
    if (!j->ever && day < j->since_first) {
        if (!sure) return SLK_OK;
        slk_instant_format(slk_instant_cut(x->entry.time, SLK_P_DAY), z);
        z[strcspn(z, "+Z")] = '\0';
        if (!(j->last_day = slk_arena_copy(j->a, z, strlen(z)))) return SLK_ENOMEM;
        return note(j, x->entry.id, &j->before);
    }
    if (j->q->since_is_event && !j->ever && day <= j->since_last) return note(j, x->entry.id, &j->at_since);
    if (!sure) return note(j, x->entry.id, &j->possible);
    if (!j->ever && day == j->since_first && j->since_first == j->since_last) j->edge++;
    if (day == *last) j->same_day++;
    *last = day;
    slk_err err = measure(j, &x->entry);
    return err == SLK_OK ? note(j, x->entry.id, &j->within) : err;
}

/* One that is dated by a month or a year only: may lie in the window. */
static slk_err sort_coarse(judging *j, const slk_listed *x) {
    int64_t first, last;
    slk_instant t = x->entry.time;
    t.has_offset = false;
    slk_instant_range(t, &first, &last);
    int64_t from = first / DAY_S, to = last / DAY_S;
    if (from > j->day || (!j->ever && to < j->since_first)) return SLK_OK;
    if (j->q->since_is_event && !j->ever && from >= j->since_first && to <= j->since_last)
        return note(j, x->entry.id, &j->at_since);
    return note(j, x->entry.id, &j->possible);
}

/* One that may be of the class counted: may lie in the window. */
static slk_err sort_unsure(judging *j, const slk_listed *x) {
    int64_t day = slk_instant_days(slk_instant_cut(x->entry.time, SLK_P_DAY));
    if (x->entry.time.precision < SLK_P_DAY) return sort_coarse(j, x);
    bool in = is_before(j, x, day) && (j->ever || day >= j->since_first);
    return in ? note(j, x->entry.id, &j->possible) : SLK_OK;
}

/* Is it of the class counted? 1 yes, 0 nobody says, -1 no. */
static slk_err class_of(judging *j, const slk_entry *e, int *is) {
    slk_err err = SLK_OK;
    bool row = true, other = false;
    *is = j->q->weapon ? 0 : 1;
    slk_bind b = {.s = j->q->weapon ? slk_store_get(j->l, SLK_Q_EVENT_WEAPONS, &err, j->fault) : NULL};
    if (!b.s) return err;
    slk_bind_int(&b, e->row);
    if (b.rc != SQLITE_OK) return slk_store_fault(j->l, b.rc, j->fault);
    while ((err = slk_store_step(j->l, b.s, &row, j->fault)) == SLK_OK && row) {
        slk_text t = slk_column_text(b.s, 0);
        bool general = t.n == 0 || slk_text_is(t, "BM") || slk_text_is(t, "missile");
        if (slk_text_is(t, j->q->weapon)) *is = 1;
        other = other || !general;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (*is == 0 && other) *is = -1;
    return err;
}

static slk_err sort_events(judging *j) {
    int64_t last = INT64_MIN;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < j->events.n; i++) {
        const slk_listed *x = &j->events.at[i];
        bool skip = false;
        if (!slk_profile_happened(x->entry.certainty) || x->entry.time.precision == SLK_P_NONE) continue;
        if (j->q->type && !slk_type_holds(j->q->type, x->entry.type) && !slk_type_holds(x->entry.type, j->q->type))
            continue;
        err = is_spoken(j, &x->entry, &skip);
        if (err == SLK_OK && !skip) err = is_own(j, &x->entry, &skip);
        int class = 1;
        if (err == SLK_OK && !skip) err = class_of(j, &x->entry, &class);
        if (err != SLK_OK || skip || class < 0) continue;
        if (class == 0)
            err = sort_unsure(j, x);
        else
            err = x->entry.time.precision >= SLK_P_DAY ? sort_dated(j, x, &last) : sort_coarse(j, x);
    }
    return err;
}

/* ---------------------------------------------------------------- verdicts */

static slk_err answer(judging *j, slk_verdict v, const char *says, const char *const *ids, uint32_t n,
                      slk_judged *out) {
    if (!says) return SLK_ENOMEM;
    out->verdict = v;
    out->says = says;
    out->against = n > SHOWN ? ids + (n - SHOWN) : ids; /* the latest */
    out->n_against = n > SHOWN ? SHOWN : n;
    return j->events.n || n == 0 ? SLK_OK : SLK_EFAULT;
}

static const char *events_word(uint32_t n) { return n == 1 ? "event" : "events"; }

/* "second within a week": ordinal - 1 others in the window. Salvos of one day may have been counted as one, and one on the
 * first day of the window in or out of it. */
static slk_err judge_nth(judging *j, slk_judged *out) {
    uint32_t n = j->within.n, wanted = j->q->ordinal - 1;
    uint32_t least = n - (j->edge > n ? n : j->edge);
    least = least > j->same_day ? least - j->same_day : (least ? 1 : 0);
    uint32_t most = n + j->possible.n;
    bool enough = j->q->at_least && n >= wanted && n;
    const char *where = j->ever ? "before it" : "before it in that window";
    if (enough || (wanted >= least && wanted <= n && (n || wanted == 0))) {
        if (n == 0 && j->before.n == 0)
            return answer(j, SLK_CANNOT_TELL, "the ledger knows of no earlier such event", NULL, 0, out);
        return answer(j, SLK_AGREES,
                      slk_arena_printf(j->a, "the ledger knows of %u such %s %s", n, events_word(n), where),
                      n ? j->within.at : j->before.at, n ? n : j->before.n, out);
    }
    if (wanted < least)
        return answer(j, SLK_DISAGREES,
                      slk_arena_printf(j->a, "the ledger knows of %u such %s %s, so it would be number %u", n,
                                       events_word(n), where, n + 1),
                      j->within.at, n, out);
    const char *why = wanted <= most ? "some are not told exactly enough" : "it need not know all";
    return answer(j, SLK_CANNOT_TELL,
                  slk_arena_printf(j->a, "the ledger knows of only %u such %s %s; %s", n, events_word(n), where, why),
                  j->within.at, n, out);
}

/* "first since early July": none in between, and one then. "first in over two months": none in between, and one before. */
static slk_err judge_first(judging *j, slk_judged *out) {
    uint32_t between = j->within.n;
    bool edge_only = !j->q->since_is_event && between && between == j->edge;
    if (between && !edge_only)
        return answer(
            j, SLK_DISAGREES,
            slk_arena_printf(j->a, "the ledger knows of %u such %s in between", between, events_word(between)),
            j->within.at, between, out);
    if (j->possible.n)
        return answer(j, SLK_CANNOT_TELL, "an event of the ledger that is not told exactly enough may lie in between",
                      j->possible.at, j->possible.n, out);
    if (j->q->since_is_event && j->at_since.n)
        return answer(j, SLK_AGREES, "the ledger knows of one then and of none in between", j->at_since.at,
                      j->at_since.n, out);
    if (j->q->since_is_event)
        return answer(j, SLK_CANNOT_TELL, "the ledger knows of none then and of none in between", NULL, 0, out);
    if (j->before.n == 0)
        return answer(j, SLK_CANNOT_TELL, "the ledger knows of none in that window, and of none before it either", NULL,
                      0, out);
    return answer(
        j, SLK_AGREES,
        slk_arena_printf(j->a, "the ledger knows of none in that window; the last one before was on %s", j->last_day),
        j->before.at + (j->before.n - 1), 1, out);
}

/* The figure of a field for people: a length in km, others as they are. */
static const char *figure(judging *j, double value) {
    bool length = j->q->measure == SLK_FIELD_DISTANCE || j->q->measure == SLK_FIELD_ALTITUDE;
    return slk_arena_printf(j->a, length ? "%.0f km" : "%g", length ? value / 1000 : value);
}

/* "the longest flight since 2017": none in between has a greater figure. */
static slk_err judge_most(judging *j, slk_judged *out) {
    const char *field = slk_field_word(j->q->measure);
    if (isnan(j->q->value))
        return answer(j, SLK_CANNOT_TELL, slk_arena_printf(j->a, "the report gives no %s to compare", field), NULL, 0,
                      out);
    if (!j->measured)
        return answer(j, SLK_CANNOT_TELL, slk_arena_printf(j->a, "the ledger knows of no %s of an earlier one", field),
                      NULL, 0, out);
    const char *mine = figure(j, j->q->value), *theirs = figure(j, j->most);
    const char **id = slk_arena_take(j->a, sizeof *id);
    if (!mine || !theirs || !id) return SLK_ENOMEM;
    *id = j->greatest;
    bool more = j->most > j->q->value * (1 + 1e-9);
    return answer(j, more ? SLK_DISAGREES : SLK_AGREES,
                  slk_arena_printf(j->a, "its %s is %s; the greatest of %u before it with a figure is %s", field, mine,
                                   j->measured, theirs),
                  id, 1, out);
}

/* ---------------------------------------------------------------- the whole */

/* The day of a moment in the country whose events are counted. */
static void day_there(const judging *j, int64_t s, char out[40]) {
    const char *zone = j->l->pack ? slk_country_zone(j->l->pack, j->q->country) : NULL;
    int32_t offset_s = 0;
    if (zone && !slk_zone_offset(j->l->pack, zone, s, &offset_s)) offset_s = 0;
    slk_instant_format(slk_instant_at(s + offset_s, 0, SLK_P_DAY), out);
    out[strcspn(out, "+Z")] = '\0';
}

/* "; cns lists 40 of them, from 2016-03-03 to 2017-11-28" */
static slk_err covered_by(judging *j, const char *kind, const char **out) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(j->l, SLK_Q_COVERED_BY, &err, j->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, j->q->country);
    if (b.rc != SQLITE_OK) return slk_store_fault(j->l, b.rc, j->fault);
    while ((err = slk_store_step(j->l, b.s, &row, j->fault)) == SLK_OK && row) {
        char from[40], to[40];
        slk_text name = slk_column_text(b.s, 0);
        day_there(j, sqlite3_column_int64(b.s, 2), from);
        day_there(j, sqlite3_column_int64(b.s, 3), to);
        *out = slk_arena_printf(j->a, "%s; %.*s lists %lld of them, from %s to %s", *out, (int)name.n,
                                name.at ? name.at : "", (long long)sqlite3_column_int64(b.s, 1), from, to);
        if (!*out) err = SLK_ENOMEM;
        if (err != SLK_OK) break;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* How much the ledger knows of such events at all: a verdict is worth no more than that. */
static slk_err set_covers(judging *j, const char *kind, slk_judged *out) {
    slk_err err = SLK_OK;
    bool row = false;
    char from[40], to[40];
    slk_bind b = {.s = slk_store_get(j->l, SLK_Q_COVERED, &err, j->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, j->q->country);
    if (b.rc != SQLITE_OK) return slk_store_fault(j->l, b.rc, j->fault);
    err = slk_store_step(j->l, b.s, &row, j->fault);
    int64_t n = row ? sqlite3_column_int64(b.s, 0) : 0;
    day_there(j, row ? sqlite3_column_int64(b.s, 1) : 0, from);
    day_there(j, row ? sqlite3_column_int64(b.s, 2) : 0, to);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err != SLK_OK || n == 0) return err;
    const char *databases = "";
    if ((err = covered_by(j, kind, &databases)) != SLK_OK) return err;
    out->covers = slk_arena_printf(j->a, "of this kind and country the ledger knows %lld %s, from %s to %s%s",
                                   (long long)n, events_word((uint32_t)n), from, to, databases);
    return out->covers ? SLK_OK : SLK_ENOMEM;
}

static const char *claim_words(const judging *j) {
    const slk_asked *q = j->q;
    char since[40], until[40];
    slk_instant_format(slk_instant_cut(q->since, SLK_P_DAY), since);
    slk_instant_format(slk_instant_cut(q->until, SLK_P_DAY), until);
    since[strcspn(since, "+Z")] = until[strcspn(until, "+Z")] = '\0';
    const char *which = q->most ? slk_arena_printf(j->a, "the greatest %s", slk_field_word(q->measure))
                                : slk_arena_printf(j->a, "number %s%u", q->at_least ? "at least " : "", q->ordinal);
    if (!which) return NULL;
    return slk_arena_printf(j->a, "%s of %s by %s%s%s%s%s%s", which, q->type ? q->type : "such events",
                            q->actor      ? q->actor
                            : *q->country ? q->country
                                          : "anybody",
                            *since ? " since " : "", since, q->since_is_event ? ", when one happened," : "",
                            *until ? " until " : "", until);
}

static slk_err gather(judging *j, const char *kind) {
    int64_t from = j->ever ? INT64_MIN / 4 : (j->since_first - REACH_DAYS) * DAY_S;
    return slk_query_span(j->l, kind, j->q->country, from, (j->day + 2) * DAY_S, j->q->day, j->a, &j->events, j->fault);
}

slk_err slk_judge(slk_ledger *l, const slk_asked *q, slk_arena *arena, slk_judged *out, slk_fault *fault) {
    judging j = {.l = l, .q = q, .a = arena, .fault = fault};
    const char *kind = q->type ? kind_of_type(q->type) : NULL;
    if (!(out->claim = claim_words(&j))) return SLK_ENOMEM;
    if (!kind && q->spoken.kind) kind = q->spoken.kind;
    if (!kind || !*q->country)
        return answer(&j, SLK_CANNOT_TELL, "the report does not say whose events are counted", NULL, 0, out);
    if (!set_day(&j)) return answer(&j, SLK_CANNOT_TELL, "the day of the event spoken of is not known", NULL, 0, out);
    set_since(&j);
    slk_err err = set_covers(&j, kind, out);
    if (err != SLK_OK) return err;
    if (j.ever && q->since_is_event)
        return answer(&j, SLK_CANNOT_TELL, "the year from which on it counts is not known", NULL, 0, out);
    err = gather(&j, kind);
    if (err == SLK_OK) err = sort_events(&j);
    if (err != SLK_OK) return err;
    if (q->most) return judge_most(&j, out);
    bool first = q->ordinal == 1 && !j.ever;
    err = first ? judge_first(&j, out) : judge_nth(&j, out);
    if (err != SLK_OK || out->verdict != SLK_DISAGREES || !q->narrower) return err;
    out->verdict = SLK_CANNOT_TELL;
    out->says = slk_arena_printf(arena, "%s; the report may count only some of them", out->says);
    return out->says ? SLK_OK : SLK_ENOMEM;
}
