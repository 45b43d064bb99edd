/* query.c - which events there are: lists by filter and order, and finding one by its id. Without a day the list is read from the
 * events' own descriptions; "as known on that day" describes each event anew from the tellings known then. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/chronicle.h"
#include "ledger/judge.h"

typedef struct lister {
    slk_ledger *l;
    const slk_filter *q;
    slk_arena *a;
    slk_fault *fault;
    char country[4]; /* that the actor of the filter means, "" for none */
    int64_t day;     /* the last of as_of */
    slk_listing found;
} lister;

/* ---------------------------------------------------------------- what the filter means */

static bool among(slk_text names, slk_text wanted) {
    slk_text one;
    while (slk_text_split(&names, '|', &one)) {
        size_t i = 0;
        while (i < one.n && i < wanted.n && slk_lower(one.at[i]) == slk_lower(wanted.at[i])) i++;
        if (i == one.n && i == wanted.n) return true;
    }
    return false;
}

/* The country that a word names, by code, name, demonym or capital, whatever its case. */
static void resolve_country(const slk_pack *pack, const char *word, char out[4]) {
    static const int columns[] = {SLK_COUNTRIES_ISO3,    SLK_COUNTRIES_ISO2,     SLK_COUNTRIES_NAME,
                                  SLK_COUNTRIES_ALIASES, SLK_COUNTRIES_DEMONYMS, SLK_COUNTRIES_CAPITAL};
    *out = '\0';
    if (!pack || !word) return;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_COUNTRIES); row++) {
            if (!among(slk_pack_cell(pack, SLK_T_COUNTRIES, row, columns[c]), slk_text_of(word))) continue;
            slk_text iso3 = slk_pack_cell(pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_ISO3);
            memcpy(out, iso3.n == 3 ? iso3.at : "", iso3.n == 3 ? 4 : 1);
            return;
        }
}

static bool holds_fold(const char *whole, const char *part) {
    slk_text t = slk_text_of(whole);
    size_t n = strlen(part);
    for (size_t i = 0; whole && i + n <= t.n; i++)
        if (slk_text_starts_fold(slk_text_part(t, (uint32_t)i, (uint32_t)t.n), part)) return true;
    return false;
}

static bool actor_passes(const lister *k, const slk_entry *e) {
    if (!k->q->actor) return true;
    if (*k->country) return strcmp(k->country, e->country) == 0;
    return holds_fold(e->actor, k->q->actor);
}

static bool days_pass(const lister *k, const slk_entry *e) {
    const slk_filter *q = k->q;
    int64_t first, last, from, to;
    if (q->since.precision == SLK_P_NONE && q->until.precision == SLK_P_NONE) return true;
    if (e->time.precision == SLK_P_NONE) return false;
    slk_instant t = e->time, since = q->since, until = q->until;
    t.has_offset = since.has_offset = until.has_offset = false; /* days of the place */
    slk_instant_range(t, &first, &last);
    if (since.precision != SLK_P_NONE) {
        slk_instant_range(since, &from, &to);
        if (last < from) return false;
    }
    if (until.precision != SLK_P_NONE) {
        slk_instant_range(until, &from, &to);
        if (first > to) return false;
    }
    return true;
}

/* Any origin or landing that any teller gave. */
static slk_err place_passes(const lister *k, const slk_entry *e, bool *passes) {
    slk_err err = SLK_OK;
    *passes = !k->q->place || holds_fold(e->place, k->q->place);
    if (*passes) return SLK_OK;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_PLACE_OF, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, e->row);
    slk_bind_text(&b, k->q->place);
    slk_bind_int(&b, k->day);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    err = slk_store_step(k->l, b.s, passes, k->fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err passes(const lister *k, const slk_entry *e, bool *out) {
    const slk_filter *q = k->q;
    *out = (!q->type || slk_type_holds(q->type, e->type)) && actor_passes(k, e) && days_pass(k, e) &&
           (q->certainty < 0 || (int)e->certainty == q->certainty) && (!q->main_only || e->main);
    return *out ? place_passes(k, e, out) : SLK_OK;
}

/* ---------------------------------------------------------------- reading */

static slk_err read_event(lister *k, sqlite3_stmt *s, slk_listed *out) {
    slk_err err = SLK_OK;
    slk_entry e = {.row = sqlite3_column_int64(s, 0)};
    e.id = slk_column_copy(k->a, s, 1, &err);
    e.type = slk_column_copy(k->a, s, 2, &err);
    slk_text country = slk_column_text(s, 3);
    if (country.n == 3) memcpy(e.country, country.at, 3);
    uint32_t row = *e.country && k->l->pack ? slk_pack_find(k->l->pack, SLK_T_COUNTRIES, country) : SLK_NONE;
    if (row != SLK_NONE) e.country_name = slk_pack_str(k->l->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
    e.actor = slk_column_copy(k->a, s, 4, &err);
    e.time = slk_column_instant(s, 5);
    out->timed = sqlite3_column_type(s, 6) != SQLITE_NULL;
    out->first_s = out->last_s = sqlite3_column_int64(s, 6);
    e.place = slk_column_copy(k->a, s, 7, &err);
    e.lat = slk_column_double(s, 8);
    e.lon = slk_column_double(s, 9);
    e.has_point = isfinite(e.lat);
    int certainty = slk_event_certainty_of(slk_column_text(s, 10));
    e.certainty = certainty < 0 ? SLK_EC_REPORTED : (slk_event_certainty)certainty;
    e.main = sqlite3_column_int(s, 11) != 0;
    e.n_reports = (uint32_t)sqlite3_column_int64(s, 12);
    e.n_roots = (uint32_t)sqlite3_column_int64(s, 13);
    out->entry = e;
    return err;
}

/* Reads the rows of a bound statement; without a day those that pass the filter. */
static slk_err read_rows(lister *k, sqlite3_stmt *s) {
    slk_err err = SLK_OK;
    bool row = true;
    while ((err = slk_store_step(k->l, s, &row, k->fault)) == SLK_OK && row) {
        bool in = true;
        if ((err = SLK_ROOM(k->a, &k->found, SLK_MAX_ROWS)) != SLK_OK) break;
        slk_listed *x = &k->found.at[k->found.n];
        if ((err = read_event(k, s, x)) != SLK_OK) break;
        if (k->day == INT64_MAX && (err = passes(k, &x->entry, &in)) != SLK_OK) break;
        k->found.n += in;
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    return err;
}

static slk_err read_all(lister *k) {
    slk_err err = SLK_OK;
    sqlite3_stmt *s = slk_store_get(k->l, SLK_Q_EVENTS, &err, k->fault);
    return s ? read_rows(k, s) : err;
}

/* Describes each event by what was known on the day, drops those that were not known or do not pass then. */
static slk_err as_known(lister *k) {
    uint32_t kept = 0;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < k->found.n; i++) {
        slk_profiles p = {0};
        slk_listed x = k->found.at[i];
        bool in = false;
        err = slk_profiles_load(k->l, x.entry.row, k->day, k->a, &p, k->fault);
        if (err != SLK_OK || p.n == 0) continue;
        slk_summary_of(k->l->pack, p.at, p.n, &x.entry, &x.first_s, &x.last_s, &x.timed);
        err = passes(k, &x.entry, &in);
        if (in) k->found.at[kept++] = x;
    }
    k->found.n = kept;
    return err;
}

/* ---------------------------------------------------------------- order */

static int by_time(const slk_listed *a, const slk_listed *b) {
    if (a->timed != b->timed) return a->timed ? -1 : 1;
    if (a->timed && a->first_s != b->first_s) return a->first_s < b->first_s ? -1 : 1;
    return a->entry.row < b->entry.row ? -1 : a->entry.row > b->entry.row;
}

static int order_time(const void *a, const void *b) { return by_time(a, b); }

static int order_type(const void *a, const void *b) {
    const slk_listed *x = a, *y = b;
    int c = strcmp(x->entry.type, y->entry.type);
    return c ? c : by_time(x, y);
}

static int order_actor(const void *a, const void *b) {
    const slk_listed *x = a, *y = b;
    int c = strcmp(x->entry.country, y->entry.country);
    if (!*x->entry.country != !*y->entry.country) c = -c; /* the unknown last */
    return c ? c : by_time(x, y);
}

static int order_reports(const void *a, const void *b) {
    const slk_listed *x = a, *y = b;
    if (x->entry.n_reports != y->entry.n_reports) return x->entry.n_reports > y->entry.n_reports ? -1 : 1;
    return by_time(x, y);
}

static slk_err hand_over(lister *k, slk_entries *out) {
    static int (*const orders[])(const void *, const void *) = {
        [SLK_SORT_TIME] = order_time,
        [SLK_SORT_TYPE] = order_type,
        [SLK_SORT_ACTOR] = order_actor,
        [SLK_SORT_REPORTS] = order_reports,
    };
    out->matched = k->found.n;
    if (k->found.n) qsort(k->found.at, k->found.n, sizeof *k->found.at, orders[k->q->sort]);
    out->n = k->q->limit && k->q->limit < k->found.n ? k->q->limit : k->found.n;
    slk_entry *at = slk_arena_take(k->a, sizeof *at * out->n);
    if (!at || (out->n && !k->found.at)) return SLK_ENOMEM;
    for (uint32_t i = 0; i < out->n; i++) at[i] = k->found.at[i].entry;
    out->at = at;
    return SLK_OK;
}

slk_err slk_ledger_list(slk_ledger *l, const slk_filter *filter, slk_entries **out, slk_fault *fault) {
    slk_entries *e = slk_mem_new(&l->mem, sizeof *e);
    if (!e) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(e, 0, sizeof *e);
    slk_arena_start(&e->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    lister k = {.l = l, .q = filter, .a = &e->arena, .fault = fault, .day = slk_day_of(filter->as_of)};
    resolve_country(l->pack, filter->actor, k.country);
    slk_err err = read_all(&k);
    if (err == SLK_OK && k.day != INT64_MAX) err = as_known(&k);
    if (err == SLK_OK) err = hand_over(&k, e);
    if (err == SLK_OK) {
        *out = e;
        return SLK_OK;
    }
    slk_entries_free(e);
    return slk_store_memory(l, err, fault);
}

void slk_entries_free(slk_entries *e) {
    if (!e) return;
    slk_allocator mem = e->arena.mem;
    slk_arena_free(&e->arena);
    slk_mem_free(&mem, e);
}

slk_err slk_query_span(slk_ledger *l, const char *kind, const char *country, int64_t from_s, int64_t to_s, int64_t day,
                       slk_arena *arena, slk_listing *out, slk_fault *fault) {
    slk_filter all = SLK_FILTER_ALL;
    slk_err err = SLK_OK;
    lister k = {.l = l, .q = &all, .a = arena, .fault = fault, .day = day};
    slk_bind b = {.s = slk_store_get(l, SLK_Q_SPAN, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, country);
    slk_bind_int(&b, from_s);
    slk_bind_int(&b, to_s);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = read_rows(&k, b.s)) == SLK_OK && day != INT64_MAX) err = as_known(&k);
    if (err == SLK_OK && day != INT64_MAX && k.found.n) qsort(k.found.at, k.found.n, sizeof *k.found.at, order_time);
    if (err == SLK_OK) *out = k.found;
    return err;
}

/* ---------------------------------------------------------------- by id */

slk_err slk_ledger_find(slk_ledger *l, const char *id, int64_t *row, slk_fault *fault) {
    slk_err err = SLK_OK;
    int64_t found = 0;
    unsigned n = 0;
    bool more = true, exact = false;
    char names[200] = "";
    slk_bind b = {.s = slk_store_get(l, SLK_Q_FIND, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, id);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (!exact && (err = slk_store_step(l, b.s, &more, fault)) == SLK_OK && more) {
        slk_text t = slk_column_text(b.s, 1);
        exact = slk_text_is(t, id);
        if (exact || n == 0) found = sqlite3_column_int64(b.s, 0);
        size_t used = strlen(names);
        if (used + t.n + 3 < sizeof names) {
            (void)sqlite3_snprintf((int)(sizeof names - used), names + used, "%s%.*s", n ? ", " : "", (int)t.n, t.at);
        }
        n++;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err != SLK_OK) return err;
    if (n == 0) return slk_fault_say(fault, SLK_EMISSING, "no event of the ledger is called %.80s", id);
    if (n > 1 && !exact) return slk_fault_say(fault, SLK_EINPUT, "%.60s could be %s", id, names);
    *row = found;
    return SLK_OK;
}
