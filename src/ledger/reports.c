/* reports.c - which reports the ledger has, and one of them whole. The latest recorded stand first: rows only grow, so that a page stays
 * as it is whatever is added meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/chronicle.h"
#include "ledger/inside.h"
#include "ledger/words.h"

#define SHORTEST_SHA 8u

typedef struct reporter {
    slk_ledger *l;
    const slk_report_filter *q;
    slk_arena *a;
    slk_fault *fault;
    int64_t since, until, below; /* days known, inclusive; rows below */
    slk_wanted wanted;
    SLK_LIST(slk_report_entry) found;
} reporter;

/* ---------------------------------------------------------------- one row */

static slk_err read_row(sqlite3_stmt *s, slk_arena *a, slk_report_entry *out) {
    slk_err err = SLK_OK;
    slk_report_entry e = {.row = sqlite3_column_int64(s, 0)};
    e.id = slk_column_copy(a, s, 1, &err);
    e.sha256 = slk_column_copy(a, s, 2, &err);
    e.title = slk_column_copy(a, s, 3, &err);
    e.outlet = slk_column_copy(a, s, 4, &err);
    e.author = slk_column_copy(a, s, 5, &err);
    e.url = slk_column_copy(a, s, 6, &err);
    e.source = slk_column_copy(a, s, 7, &err);
    e.language = slk_column_copy(a, s, 8, &err);
    e.published = slk_column_instant(s, 9);
    e.story = slk_column_copy(a, s, 10, &err);
    e.n_events = (uint32_t)sqlite3_column_int64(s, 11);
    if (err == SLK_OK) *out = e;
    return err;
}

static bool outlet_passes(const reporter *k, slk_text outlet) {
    if (!k->q->outlet) return true;
    for (uint32_t i = 0; i < outlet.n; i++)
        if (slk_text_starts_fold(slk_text_part(outlet, i, (uint32_t)outlet.n), k->q->outlet)) return true;
    return false;
}

static bool language_passes(const reporter *k, slk_text language) {
    size_t n = k->q->language ? strlen(k->q->language) : 0;
    return n == 0 || (slk_text_starts_fold(language, k->q->language) && (language.n == n || language.at[n] == '-'));
}

static bool day_passes(const reporter *k, sqlite3_stmt *s) {
    bool known = sqlite3_column_type(s, 12) != SQLITE_NULL;
    int64_t day = sqlite3_column_int64(s, 12);
    if (!known) return k->since == INT64_MIN && k->until == INT64_MAX;
    return day >= k->since && day <= k->until;
}

static slk_err snippet_of(reporter *k, slk_report_entry *e) {
    slk_err err = SLK_OK;
    bool row = false;
    const char *query = k->wanted.words ? k->wanted.words : k->wanted.grams;
    slk_bind b = {.s =
                      slk_store_get(k->l, k->wanted.words ? SLK_Q_WORDS_SNIPPET : SLK_Q_GRAMS_SNIPPET, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, query);
    slk_bind_int(&b, e->row);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        e->snippet = slk_column_copy(k->a, b.s, 0, &err);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Takes the row where it passes. */
static slk_err take(reporter *k, sqlite3_stmt *s) {
    slk_report_entry e;
    bool in = day_passes(k, s) && outlet_passes(k, slk_column_text(s, 4)) && language_passes(k, slk_column_text(s, 8));
    slk_err err = SLK_OK;
    if (in && k->q->text) err = slk_words_match(k->l, &k->wanted, sqlite3_column_int64(s, 0), &in, k->fault);
    if (err != SLK_OK || !in) return err;
    if ((err = read_row(s, k->a, &e)) == SLK_OK && k->q->text) err = snippet_of(k, &e);
    if (err == SLK_OK) err = SLK_ROOM(k->a, &k->found, SLK_MAX_ROWS);
    if (err == SLK_OK) k->found.at[k->found.n++] = e;
    return err;
}

/* ---------------------------------------------------------------- lists */

static bool is_full(const reporter *k) { return k->q->limit && k->found.n > k->q->limit; }

static slk_err walk(reporter *k) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_REPORTS_BELOW, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, k->below);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while (err == SLK_OK && !is_full(k) && (err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row)
        err = take(k, b.s);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err pick(reporter *k) {
    slk_err err = SLK_OK;
    for (uint32_t i = k->wanted.reports.n; err == SLK_OK && i-- > 0 && !is_full(k);) {
        bool row = false;
        if (k->wanted.reports.at[i] >= k->below) continue;
        slk_bind b = {.s = slk_store_get(k->l, SLK_Q_REPORT_ROW, &err, k->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, k->wanted.reports.at[i]);
        if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
        if ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) err = take(k, b.s);
        (void)sqlite3_reset(b.s); /* repeats the code of the step */
    }
    return err;
}

static slk_err find(reporter *k) {
    const slk_report_filter *q = k->q;
    char *end = NULL;
    int64_t day = slk_day_of(q->as_of);
    k->since = q->since.precision == SLK_P_NONE ? INT64_MIN : slk_first_day_of(q->since);
    k->until = slk_day_of(q->until);
    if (day < k->until) k->until = day;
    k->below = INT64_MAX;
    if (q->after) {
        k->below = strtoll(q->after, &end, 10);
        if (!slk_is_digit(*q->after) || *end)
            return slk_fault_say(k->fault, SLK_EINPUT, "\"%.60s\" is no place in a list of reports", q->after);
    }
    if (!q->text) return walk(k);
    slk_err err = slk_words_read(k->l, q->text, k->a, &k->wanted, k->fault);
    if (err == SLK_OK) err = slk_words_find(k->l, &k->wanted, k->a, k->fault);
    if (err != SLK_OK) return err;
    return k->wanted.many ? walk(k) : pick(k);
}

slk_err slk_ledger_reports(slk_ledger *l, const slk_report_filter *filter, slk_report_entries **out, slk_fault *fault) {
    slk_report_entries *e = slk_mem_new(&l->mem, sizeof *e);
    if (!e) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(e, 0, sizeof *e);
    slk_arena_start(&e->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    reporter k = {.l = l, .q = filter, .a = &e->arena, .fault = fault};
    slk_err err = find(&k);
    e->more = is_full(&k);
    e->n = e->more ? filter->limit : k.found.n;
    e->at = k.found.at;
    if (err == SLK_OK && e->more && !(e->next = slk_arena_printf(&e->arena, "%lld", (long long)e->at[e->n - 1].row)))
        err = SLK_ENOMEM;
    if (err == SLK_OK) {
        *out = e;
        return SLK_OK;
    }
    slk_report_entries_free(e);
    return slk_store_memory(l, err, fault);
}

void slk_report_entries_free(slk_report_entries *e) {
    if (!e) return;
    slk_allocator mem = e->arena.mem;
    slk_arena_free(&e->arena);
    slk_mem_free(&mem, e);
}

/* ---------------------------------------------------------------- one whole */

slk_err slk_ledger_report(slk_ledger *l, const char *id, slk_arena *arena, slk_report_entry *out, slk_text *text,
                          slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_report_entry e = {0};
    slk_text words = {0};
    slk_bind b = {.s = slk_store_get(l, SLK_Q_REPORT_FIND, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, id);
    slk_bind_text(&b, strlen(id) >= SHORTEST_SHA ? id : "-"); /* no SHA-256 begins so */
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        err = read_row(b.s, arena, &e);
        slk_text t = slk_column_text(b.s, 13);
        char *z = slk_arena_copy(arena, t.at ? t.at : "", t.n);
        if (!z) err = SLK_ENOMEM;
        words = (slk_text){z, t.n};
        int basis = slk_published_basis_of(slk_column_text(b.s, 14));
        e.published_basis = basis < 0 ? SLK_PUB_UNKNOWN : (slk_published_basis)basis;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK && !row) return slk_fault_say(fault, SLK_EMISSING, "no report of the ledger is called %.80s", id);
    if (err != SLK_OK) return slk_store_memory(l, err, fault);
    *out = e;
    *text = words;
    return SLK_OK;
}
