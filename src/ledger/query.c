/* query.c - lists of events: in order, by page, from the rarest of what is asked for. See asking.h.
 *
 * By time, a term of one facet is walked in its own order until the page is full. What is found otherwise (several facets, words,
 * events whose time is told so coarsely that they begin long before the days asked for) is taken whole, as far as it is not many, and
 * sorted. Other orders are walked group by group: each type, each country, each count of reports is a facet with its own order. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "ledger/asking.h"
#include "ledger/chronicle.h"
#include "ledger/judge.h"

#define DAY_S 86400

/* ---------------------------------------------------------------- order */

typedef struct order {
    slk_sort sort;
    bool backwards;
} order;

/* Negative: a stands before b. Those without a date come last, whichever way. */
static int compare(order o, const char *group_a, int64_t key_a, int64_t row_a, const char *group_b, int64_t key_b,
                   int64_t row_b) {
    int c = strcmp(group_a, group_b);
    if (o.sort == SLK_SORT_REPORTS) c = -c;
    if (o.sort == SLK_SORT_ACTOR && c && (!*group_a || !*group_b)) c = *group_a ? -1 : 1;
    if (c) return c;
    if ((key_a == INT64_MAX) != (key_b == INT64_MAX)) return key_a == INT64_MAX ? 1 : -1;
    c = key_a < key_b ? -1 : key_a > key_b ? 1 : row_a < row_b ? -1 : row_a > row_b;
    return o.backwards && key_a != INT64_MAX ? -c : c;
}

static int compare_found(const void *a, const void *b, void *ctx) {
    const slk_found *x = a, *y = b;
    return compare(*(const order *)ctx, x->group, x->key_s, x->entry.row, y->group, y->key_s, y->entry.row);
}

static bool behind_cursor(const slk_asking *k, const char *group, int64_t key_s, int64_t row) {
    const slk_cursor *c = &k->cursor;
    order o = {k->q->sort, k->q->backwards};
    return !c->set || compare(o, group, key_s, row, c->group, c->key_s, c->row) > 0;
}

/* ---------------------------------------------------------------- cursors: "t.1726609800.17.": order, moment, row, group */

static char letter_of(const slk_filter *q) { return (q->backwards ? "TYAR" : "tyar")[q->sort]; }

static slk_err write_cursor(slk_asking *k, const slk_found *x, const char **out) {
    *out = slk_arena_printf(k->a, "%c.%lld.%lld.%s", letter_of(k->q), (long long)x->key_s, (long long)x->entry.row,
                            x->group);
    return *out ? SLK_OK : SLK_ENOMEM;
}

static bool read_number(const char **z, int64_t *out) {
    char *end;
    if (**z != '-' && !slk_is_digit(**z)) return false;
    *out = strtoll(*z, &end, 10);
    if (*end != '.') return false;
    *z = end + 1;
    return true;
}

static slk_err read_cursor(slk_asking *k) {
    const char *z = k->q->after;
    if (!z) return SLK_OK;
    bool fine = z[0] == letter_of(k->q) && z[1] == '.';
    if (fine) z += 2;
    fine = fine && read_number(&z, &k->cursor.key_s) && read_number(&z, &k->cursor.row) && strlen(z) < 200;
    if (!fine) return slk_fault_say(k->fault, SLK_EINPUT, "\"%.60s\" is no place in a list of this order", k->q->after);
    k->cursor.group = z;
    k->cursor.set = true;
    return SLK_OK;
}

/* ---------------------------------------------------------------- looking at events */

static bool is_full(const slk_asking *k) { return k->q->limit && k->found.n > k->q->limit; }

static slk_err look_at(slk_asking *k, sqlite3_stmt *s) {
    bool passes = false;
    slk_err err = SLK_ROOM(k->a, &k->found, SLK_MAX_ROWS);
    if (err == SLK_OK) err = slk_terms_pass(k, s, &k->found.at[k->found.n], &passes);
    if (err == SLK_OK && passes) k->found.n++;
    return err;
}

/* An event by its row, unless it stands before the cursor, or not between low_s and high_s. */
static slk_err look_at_row(slk_asking *k, int64_t event) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_EVENT_ROW, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) {
        int64_t key_s = sqlite3_column_int64(b.s, 0);
        if (key_s >= k->low_s && key_s <= k->high_s) {
            err = look_at(k, b.s);
            slk_found *x = k->found.n ? &k->found.at[k->found.n - 1] : NULL;
            if (x && x->entry.row == event && !behind_cursor(k, x->group, x->key_s, event)) k->found.n--;
        }
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* ---------------------------------------------------------------- walking a facet in order */

typedef struct walk {
    int64_t facet;
    int64_t after_s, after_row; /* the walk begins behind these (before them, where it goes down) */
    int64_t end_s;
    bool down;
    const char *group; /* only events of this group; NULL: all */
} walk;

static bool of_group(const slk_asking *k, sqlite3_stmt *s, const char *group) {
    if (!group) return true;
    switch (k->q->sort) {
    case SLK_SORT_TYPE: return slk_text_is(slk_column_text(s, 3), group);
    case SLK_SORT_ACTOR: return slk_text_is(slk_column_text(s, 4), group);
    case SLK_SORT_REPORTS: return sqlite3_column_int64(s, 13) == strtoll(group, NULL, 10);
    default: return true;
    }
}

static slk_err walk_on(slk_asking *k, const walk *w) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(k->l, w->down ? SLK_Q_WALK_DOWN : SLK_Q_WALK_UP, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, w->facet);
    slk_bind_int(&b, w->after_s);
    slk_bind_int(&b, w->after_row);
    slk_bind_int(&b, w->end_s);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while (err == SLK_OK && !is_full(k) && (err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        if (of_group(k, b.s, w->group)) err = look_at(k, b.s);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* A facet in order of time between low_s and high_s, from the cursor on (cursor of this group, or none). */
static slk_err walk_facet(slk_asking *k, int64_t facet, const char *group, const slk_cursor *c) {
    bool dateless = c && c->key_s == INT64_MAX;
    slk_err err = SLK_OK;
    if (!k->q->backwards) {
        walk up = {facet, k->low_s, INT64_MIN, k->high_s, false, group};
        if (c && c->key_s >= k->low_s) up = (walk){facet, c->key_s, c->row, k->high_s, false, group};
        return walk_on(k, &up);
    }
    int64_t top_s = k->high_s == INT64_MAX ? INT64_MAX - 1 : k->high_s;
    if (!dateless) {
        walk down = {facet, top_s, INT64_MAX, k->low_s, true, group};
        if (c && c->key_s <= top_s) down = (walk){facet, c->key_s, c->row, k->low_s, true, group};
        err = walk_on(k, &down);
    }
    if (err != SLK_OK || k->high_s != INT64_MAX || is_full(k)) return err;
    walk rest = {facet, INT64_MAX, dateless ? c->row : INT64_MIN, INT64_MAX, false, group};
    return walk_on(k, &rest);
}

/* ---------------------------------------------------------------- taking events whole */

typedef struct hit { /* an event and its moment in the postings */
    int64_t key_s, row;
} hit;

typedef SLK_LIST(hit) hits;

static slk_err note_hit(slk_asking *k, hits *list, int64_t key_s, int64_t row) {
    slk_err err = SLK_ROOM(k->a, list, SLK_MAX_ROWS);
    if (err == SLK_OK) list->at[list->n++] = (hit){key_s, row};
    return err;
}

static slk_err hits_of_facet(slk_asking *k, int64_t facet, hits *list) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_POSTINGS_OF, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, facet);
    slk_bind_int(&b, k->low_s);
    slk_bind_int(&b, k->high_s);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        if ((err = note_hit(k, list, sqlite3_column_int64(b.s, 1), sqlite3_column_int64(b.s, 0))) != SLK_OK) break;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err hits_of_report(slk_asking *k, int64_t report, hits *list) {
    slk_err err = SLK_OK;
    bool row = true;
    bool now = k->day == INT64_MAX;
    slk_bind b = {.s = slk_store_get(k->l, now ? SLK_Q_EVENTS_TOLD : SLK_Q_EVENTS_EVER_TOLD, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        if ((err = note_hit(k, list, 0, sqlite3_column_int64(b.s, 0))) != SLK_OK) break;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static int compare_hits(const void *a, const void *b, void *ctx) {
    const hit *x = a, *y = b;
    return compare(*(const order *)ctx, "", x->key_s, x->row, "", y->key_s, y->row);
}

/* term NULL: the events of the reports that hold the words. Where moments are known and asked for, the page is filled in order. */
static slk_err take_whole(slk_asking *k, const slk_term *term) {
    hits list = {0};
    order o = {SLK_SORT_TIME, k->q->backwards};
    bool in_order = term && k->q->sort == SLK_SORT_TIME;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && term && i < term->any.ids.n; i++)
        err = hits_of_facet(k, term->any.ids.at[i], &list);
    for (uint32_t i = 0; err == SLK_OK && !term && i < k->wanted.reports.n; i++)
        err = hits_of_report(k, k->wanted.reports.at[i], &list);
    if (err == SLK_OK && list.n) qsort_r(list.at, list.n, sizeof *list.at, compare_hits, &o);
    for (uint32_t i = 0; err == SLK_OK && i < list.n && !(in_order && is_full(k)); i++) {
        const hit *h = &list.at[i];
        bool again = i && h[-1].row == h->row && h[-1].key_s == h->key_s;
        if (!again && !(in_order && !behind_cursor(k, "", h->key_s, h->row))) err = look_at_row(k, h->row);
    }
    return err;
}

/* ---------------------------------------------------------------- what begins long before, as it is told */

/* Events of a span whose moment lies between, in order, until a page of them is full. */
static slk_err walk_span(slk_asking *k, const char *span, int64_t low_s, int64_t high_s) {
    slk_asking part = *k; /* with a page of its own */
    int64_t id = 0;
    slk_err err = slk_facets_find(k->l, SLK_FACET_SPAN, span, &id, k->fault);
    if (err != SLK_OK || id == 0 || low_s > high_s) return err;
    part.low_s = low_s;
    part.high_s = high_s;
    part.found.at = NULL;
    part.found.n = part.found.cap = 0;
    if (k->q->sort == SLK_SORT_TIME) {
        err = walk_facet(&part, id, NULL, k->cursor.set ? &k->cursor : NULL);
    } else {
        slk_filter whole = *k->q; /* in another order the first of them are not the first of the list */
        whole.limit = 0;
        part.q = &whole;
        err = walk_facet(&part, id, NULL, NULL);
    }
    for (uint32_t i = 0; err == SLK_OK && i < part.found.n; i++) {
        const slk_found *x = &part.found.at[i];
        if (!behind_cursor(k, x->group, x->key_s, x->entry.row)) continue;
        if ((err = SLK_ROOM(k->a, &k->found, SLK_MAX_ROWS)) == SLK_OK) k->found.at[k->found.n++] = *x;
    }
    return err;
}

/* What is told so coarsely that its moment lies before low_s and it may still reach into the days asked for; as of a day also what
 * was told to lie in them and is known to lie later now. */
static slk_err take_spanning(slk_asking *k) {
    static const struct {
        const char *span;
        int64_t days;
    } spans[] = {{"1", 41}, {"2", 401}, {"3", 4000 * 366}};
    slk_err err = SLK_OK;
    for (size_t i = 0; err == SLK_OK && k->bounded && i < 3; i++) {
        int64_t reach_s = spans[i].days * DAY_S;
        if (k->since_s != INT64_MIN) err = walk_span(k, spans[i].span, k->since_s - reach_s, k->low_s - 1);
        if (err == SLK_OK && k->day != INT64_MAX && k->until_s != INT64_MAX)
            err = walk_span(k, spans[i].span, k->high_s + 1, k->until_s + reach_s);
    }
    return err;
}

/* ---------------------------------------------------------------- other orders */

typedef struct group {
    int64_t facet;
    const char *name;
} group;

/* The facets of a kind whose names stand between, in their order. */
static slk_err groups_of(slk_asking *k, slk_statement which, const char *kind, const char *from, const char *to,
                         void *list) {
    SLK_LIST(group) *groups = list;
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(k->l, which, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, from);
    slk_bind_text(&b, to);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while (err == SLK_OK && (err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) {
        group g = {sqlite3_column_int64(b.s, 0), slk_column_copy(k->a, b.s, 1, &err)};
        if (err == SLK_OK) err = SLK_ROOM(k->a, groups, SLK_MAX_ROWS);
        if (err == SLK_OK) groups->at[groups->n++] = g;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err all_facet(slk_asking *k, int64_t *out) {
    return slk_facets_find(k->l, SLK_FACET_ALL, "", out, k->fault);
}

static slk_err walk_groups(slk_asking *k) {
    static const char last[] = "\xf4\x8f\xbf\xbf";
    SLK_LIST(group) groups = {0};
    group rest = {0, "000001"};
    slk_err err;
    if (k->q->sort == SLK_SORT_REPORTS) {
        err = groups_of(k, SLK_Q_FACETS_FALLING, SLK_FACET_REPORTS, "0", "9", &groups);
        if (err == SLK_OK) err = all_facet(k, &rest.facet);
    } else if (k->q->sort == SLK_SORT_TYPE) {
        err = groups_of(k, SLK_Q_FACETS_BETWEEN, SLK_FACET_IS, "", last, &groups);
    } else {
        err = groups_of(k, SLK_Q_FACETS_BETWEEN, SLK_FACET_BY, "A", last, &groups);
        rest.name = "";
        if (err == SLK_OK) err = slk_facets_find(k->l, SLK_FACET_BY, "", &rest.facet, k->fault);
    }
    if (err == SLK_OK && rest.facet && (err = SLK_ROOM(k->a, &groups, SLK_MAX_ROWS)) == SLK_OK)
        groups.at[groups.n++] = rest;
    for (uint32_t i = 0; err == SLK_OK && i < groups.n && !is_full(k); i++) {
        const group *g = &groups.at[i];
        bool here = k->cursor.set && strcmp(g->name, k->cursor.group) == 0;
        if (!here && !behind_cursor(k, g->name, 0, 0)) continue;
        err = walk_facet(k, g->facet, g->name, here ? &k->cursor : NULL);
    }
    return err;
}

/* ---------------------------------------------------------------- what drives */

/* How many events a term has between low_s and high_s, at most l->few + 1. */
static slk_err count_term(slk_asking *k, const slk_facets *any, int64_t *out) {
    slk_err err = SLK_OK;
    *out = 0;
    for (uint32_t i = 0; err == SLK_OK && i < any->ids.n && *out <= k->l->few; i++) {
        bool row = false;
        slk_bind b = {.s = slk_store_get(k->l, SLK_Q_POSTINGS, &err, k->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, any->ids.at[i]);
        slk_bind_int(&b, k->low_s);
        slk_bind_int(&b, k->high_s);
        slk_bind_int(&b, (int64_t)k->l->few + 1);
        if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
        if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) *out += sqlite3_column_int64(b.s, 0);
        (void)sqlite3_reset(b.s); /* repeats the code of the step */
    }
    return err;
}

typedef struct driver {
    int64_t n; /* events it has, at most l->few + 1 */
    const slk_term *term;
    bool words; /* the reports that hold the words */
} driver;

static slk_err count_reports(slk_asking *k, int64_t *out) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_REPORTS_SEEN, &err, k->fault)};
    if (!b.s) return err;
    if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) *out = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The rarest; of equals one that can be walked in order. */
static slk_err choose(slk_asking *k, slk_term *all, driver *out) {
    slk_err err = count_term(k, &all->any, &out->n);
    out->term = all;
    for (uint32_t i = 0; err == SLK_OK && i < k->terms.n; i++) {
        const slk_term *t = &k->terms.at[i];
        int64_t n;
        if ((err = count_term(k, &t->any, &n)) != SLK_OK) break;
        bool single = t->any.ids.n == 1, was_single = out->term->any.ids.n == 1;
        if (n < out->n || (n == out->n && single && (!was_single || out->term == all))) *out = (driver){n, t, false};
    }
    int64_t n = k->wanted.reports.n, reports = 0;
    if (err != SLK_OK || !k->worded || k->wanted.many || n > out->n) return err;
    /* To take n reports' events whole costs as n; to walk all events until a page is full as one in n of all reports. */
    if (out->term == all && k->q->limit && k->q->sort == SLK_SORT_TIME && (err = count_reports(k, &reports)) != SLK_OK)
        return err;
    if (reports == 0 || n * n < 30 * reports) *out = (driver){n, NULL, true};
    return err;
}

static slk_err find_all(slk_asking *k) {
    slk_term all = {0};
    driver d = {0};
    int64_t id = 0;
    slk_err err = all_facet(k, &id);
    if (err != SLK_OK || id == 0) return err; /* an empty ledger */
    all.any.ids.at = &id;
    all.any.ids.n = 1;
    if ((err = choose(k, &all, &d)) != SLK_OK) return err;
    if (d.words) return take_whole(k, NULL);
    bool single = d.term->any.ids.n == 1;
    if (k->q->sort == SLK_SORT_TIME && (single || d.n > k->l->few))
        return walk_facet(k, single ? d.term->any.ids.at[0] : id, NULL, k->cursor.set ? &k->cursor : NULL);
    bool asked = d.term != &all || k->worded; /* without any condition the first group fills the page */
    return d.n <= k->l->few && (asked || !k->q->limit) ? take_whole(k, d.term) : walk_groups(k);
}

/* ---------------------------------------------------------------- the whole */

static slk_err find(slk_asking *k) {
    slk_err err = read_cursor(k);
    if (err == SLK_OK) err = slk_terms_read(k);
    if (err != SLK_OK || k->nothing) return err;
    err = find_all(k);
    slk_asking walked = *k; /* the page so far, to which the others are added behind its own limit */
    k->found.at = NULL;
    k->found.n = k->found.cap = 0;
    if (err == SLK_OK) err = take_spanning(k);
    for (uint32_t i = 0; err == SLK_OK && i < walked.found.n; i++) {
        if ((err = SLK_ROOM(k->a, &k->found, SLK_MAX_ROWS)) == SLK_OK) k->found.at[k->found.n++] = walked.found.at[i];
    }
    return err;
}

static int by_time_then(const void *a, const void *b) {
    const slk_found *x = a, *y = b;
    if (x->timed != y->timed) return x->timed ? -1 : 1;
    if (x->timed && x->first_s != y->first_s) return x->first_s < y->first_s ? -1 : 1;
    return x->entry.row < y->entry.row ? -1 : x->entry.row > y->entry.row;
}

static slk_err hand_over(slk_asking *k, slk_entries *out) {
    order o = {k->q->sort, k->q->backwards};
    uint32_t n = k->found.n;
    bool whole = k->day != INT64_MAX && !k->q->limit && !k->q->after && k->q->sort == SLK_SORT_TIME && !o.backwards;
    if (n) qsort_r(k->found.at, n, sizeof *k->found.at, compare_found, &o);
    if (n && whole) qsort(k->found.at, n, sizeof *k->found.at, by_time_then); /* no page has to be found again */
    out->more = k->q->limit && n > k->q->limit;
    out->n = out->more ? k->q->limit : n;
    slk_entry *at = slk_arena_take(k->a, sizeof *at * out->n);
    if (!at) return SLK_ENOMEM;
    for (uint32_t i = 0; i < out->n; i++) at[i] = k->found.at[i].entry;
    out->at = at;
    return out->more ? write_cursor(k, &k->found.at[out->n - 1], &out->next) : SLK_OK;
}

slk_err slk_ledger_list(slk_ledger *l, const slk_filter *filter, slk_entries **out, slk_fault *fault) {
    slk_entries *e = slk_mem_new(&l->mem, sizeof *e);
    if (!e) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(e, 0, sizeof *e);
    slk_arena_start(&e->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    slk_asking k = {.l = l, .q = filter, .a = &e->arena, .fault = fault, .day = slk_day_of(filter->as_of)};
    slk_err err = find(&k);
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
    bool row = true;
    slk_asking k = {.l = l, .q = &all, .a = arena, .fault = fault, .day = day};
    slk_bind b = {.s = slk_store_get(l, SLK_Q_SPAN, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, country);
    slk_bind_int(&b, from_s);
    slk_bind_int(&b, to_s);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        bool known = false;
        slk_found x;
        if ((err = slk_terms_known(&k, b.s, &x, &known)) != SLK_OK) break;
        if (!known) continue;
        if ((err = SLK_ROOM(arena, &k.found, SLK_MAX_ROWS)) != SLK_OK) break;
        k.found.at[k.found.n++] = x;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err != SLK_OK) return err;
    if (day != INT64_MAX && k.found.n) qsort(k.found.at, k.found.n, sizeof *k.found.at, by_time_then);
    slk_listed *at = slk_arena_take(arena, sizeof *at * k.found.n);
    if (!at) return SLK_ENOMEM;
    for (uint32_t i = 0; i < k.found.n; i++)
        at[i] = (slk_listed){k.found.at[i].entry, k.found.at[i].first_s, k.found.at[i].last_s, k.found.at[i].timed};
    *out = (slk_listing){.at = at, .n = k.found.n, .cap = k.found.n};
    return SLK_OK;
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
