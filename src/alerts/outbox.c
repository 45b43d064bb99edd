/* outbox.c - see outbox.h. */
#include "alerts/outbox.h"

#include "base/fault.h"
#include "ledger/store.h"

typedef struct asking { /* one statement from its bindings to its end */
    slk_ledger *l;
    slk_fault *fault;
    slk_bind b;
    slk_err err;
} asking;

static asking ask(slk_ledger *l, slk_statement which, slk_fault *fault) {
    asking a = {.l = l, .fault = fault};
    a.b.s = slk_store_get(l, which, &a.err, fault);
    return a;
}

/* The same for one that writes: within the batch. */
static asking change(slk_ledger *l, slk_statement which, slk_fault *fault) {
    slk_err err = slk_store_batch(l, fault);
    if (err == SLK_OK) return ask(l, which, fault);
    return (asking){.l = l, .fault = fault, .err = err};
}

static void text(asking *a, const char *z) {
    if (a->err == SLK_OK) slk_bind_text(&a->b, z);
}

static void number(asking *a, int64_t v) {
    if (a->err == SLK_OK) slk_bind_int(&a->b, v);
}

static slk_err run(asking *a) { return a->err == SLK_OK ? slk_bind_run(a->l, &a->b, a->fault) : a->err; }

/* Steps: true while there is a row. */
static bool row(asking *a) {
    bool any = false;
    if (a->err == SLK_OK && a->b.rc != SQLITE_OK) a->err = slk_store_fault(a->l, a->b.rc, a->fault);
    if (a->err == SLK_OK) a->err = slk_store_step(a->l, a->b.s, &any, a->fault);
    return any;
}

static slk_err end(asking *a) {
    if (a->b.s) (void)sqlite3_reset(a->b.s); /* repeats what was told */
    return slk_store_memory(a->l, a->err, a->fault);
}

const char *slk_outbox_word(slk_outbox_state state) {
    static const char *const words[] = {"waits", "sent", "given up"};
    return words[state];
}

/* ---------------------------------------------------------------- rules */

slk_err slk_outbox_set_rules(slk_ledger *l, const slk_desk *desk, slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_RULES_SET, fault);
    text(&a, desk ? desk->kept : "");
    return run(&a);
}

slk_err slk_outbox_rules(slk_ledger *l, slk_arena *arena, const char **out, slk_fault *fault) {
    const char *kept = NULL;
    asking a = ask(l, SLK_Q_ALERT_RULES, fault);
    if (row(&a)) kept = slk_column_copy(arena, a.b.s, 1, &a.err);
    slk_err err = end(&a);
    if (err == SLK_OK) *out = kept && *kept ? kept : NULL;
    return err;
}

/* ---------------------------------------------------------------- rows */

static slk_outbox_row read_row(asking *a, slk_arena *arena) {
    sqlite3_stmt *s = a->b.s;
    slk_outbox_row r = {.row = sqlite3_column_int64(s, 0)};
    r.key = slk_column_copy(arena, s, 1, &a->err);
    r.channel = slk_column_copy(arena, s, 2, &a->err);
    r.event = slk_column_copy(arena, s, 3, &a->err);
    r.states = slk_column_copy(arena, s, 4, &a->err);
    r.raised_s = sqlite3_column_int64(s, 5);
    int64_t state = sqlite3_column_int64(s, 6);
    r.state = state == 1 ? SLK_OUTBOX_SENT : state == 2 ? SLK_OUTBOX_GIVEN_UP : SLK_OUTBOX_WAITS;
    r.tries = sqlite3_column_int64(s, 7);
    r.first_ms = sqlite3_column_int64(s, 8);
    r.not_before_ms = sqlite3_column_int64(s, 9);
    r.done_s = sqlite3_column_int64(s, 10);
    r.why = slk_column_copy(arena, s, 11, &a->err);
    r.body = slk_column_copy(arena, s, 12, &a->err);
    return r;
}

static slk_err read_rows(asking *a, slk_arena *arena, slk_outbox_rows *out) {
    slk_outbox_rows rows = {0};
    while (row(a)) {
        slk_outbox_row r = read_row(a, arena);
        if (a->err == SLK_OK) a->err = SLK_ROOM(arena, &rows.at, SLK_MAX_ROWS);
        if (a->err != SLK_OK) break;
        rows.at.at[rows.at.n++] = r;
    }
    slk_err err = end(a);
    if (err == SLK_OK) *out = rows;
    return err;
}

slk_err slk_outbox_due(slk_ledger *l, const char *channel, int64_t now_ms, slk_arena *arena, slk_outbox_row *out,
                       bool *any, slk_fault *fault) {
    slk_outbox_row r = {0};
    asking a = ask(l, SLK_Q_ALERT_DUE, fault);
    text(&a, channel);
    number(&a, now_ms);
    bool is = row(&a);
    if (is) r = read_row(&a, arena);
    slk_err err = end(&a);
    if (err != SLK_OK) return err;
    *any = is;
    if (is) *out = r;
    return SLK_OK;
}

slk_err slk_outbox_next(slk_ledger *l, const char *channel, int64_t *ms, slk_fault *fault) {
    int64_t next = INT64_MAX;
    asking a = ask(l, SLK_Q_ALERT_NEXT, fault);
    text(&a, channel);
    if (row(&a) && sqlite3_column_type(a.b.s, 0) != SQLITE_NULL) next = sqlite3_column_int64(a.b.s, 0);
    slk_err err = end(&a);
    if (err == SLK_OK) *ms = next;
    return err;
}

slk_err slk_outbox_list(slk_ledger *l, int64_t after, int state, uint32_t most, slk_arena *arena, slk_outbox_rows *out,
                        slk_fault *fault) {
    asking a = ask(l, SLK_Q_ALERT_LIST, fault);
    number(&a, after);
    number(&a, state);
    number(&a, most);
    return read_rows(&a, arena, out);
}

slk_err slk_outbox_last(slk_ledger *l, const char *channel, int64_t up_to, uint32_t most, slk_arena *arena,
                        slk_outbox_rows *out, slk_fault *fault) {
    asking a = ask(l, SLK_Q_ALERT_LAST, fault);
    text(&a, channel);
    number(&a, up_to);
    number(&a, most);
    return read_rows(&a, arena, out);
}

slk_err slk_outbox_before(slk_ledger *l, const slk_outbox_row *of, uint32_t most, slk_arena *arena,
                          slk_outbox_rows *out, slk_fault *fault) {
    asking a = ask(l, SLK_Q_ALERT_BEFORE, fault);
    text(&a, of->channel);
    text(&a, of->event);
    number(&a, of->row);
    number(&a, most);
    return read_rows(&a, arena, out);
}

/* ---------------------------------------------------------------- what becomes of them */

slk_err slk_outbox_later(slk_ledger *l, int64_t at, int64_t now_ms, int64_t not_before_ms, const char *why,
                         slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_LATER, fault);
    number(&a, now_ms);
    number(&a, not_before_ms);
    text(&a, why);
    number(&a, at);
    return run(&a);
}

slk_err slk_outbox_since(slk_ledger *l, const char *channel, int64_t now_ms, slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_SINCE, fault);
    number(&a, now_ms);
    text(&a, channel);
    return run(&a);
}

slk_err slk_outbox_sent_up_to(slk_ledger *l, const char *channel, int64_t at, int64_t now_s, uint32_t *n,
                              slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_UP_TO, fault);
    number(&a, now_s);
    text(&a, channel);
    number(&a, at);
    slk_err err = run(&a);
    if (err == SLK_OK) *n = (uint32_t)sqlite3_changes(l->db);
    return err;
}

slk_err slk_outbox_version(slk_ledger *l, int64_t *out, slk_fault *fault) {
    int64_t v = 0;
    asking a = ask(l, SLK_Q_ALERT_VERSION_OF_FILE, fault);
    if (row(&a)) v = sqlite3_column_int64(a.b.s, 0);
    slk_err err = end(&a);
    if (err == SLK_OK) *out = v;
    return err;
}

slk_err slk_outbox_done(slk_ledger *l, int64_t at, slk_outbox_state state, int64_t now_s, const char *why,
                        slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_DONE, fault);
    number(&a, state);
    number(&a, now_s);
    text(&a, why);
    number(&a, at);
    return run(&a);
}

slk_err slk_outbox_again(slk_ledger *l, const char *which, uint32_t *n, slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_AGAIN, fault);
    text(&a, which);
    slk_err err = run(&a);
    if (err == SLK_OK) *n = (uint32_t)sqlite3_changes(l->db);
    return err;
}

slk_err slk_outbox_forget(slk_ledger *l, int64_t before_s, slk_fault *fault) {
    asking a = change(l, SLK_Q_ALERT_FORGET, fault);
    number(&a, before_s);
    return run(&a);
}

slk_err slk_outbox_count_all(slk_ledger *l, slk_arena *arena, slk_outbox_counts *out, slk_fault *fault) {
    slk_outbox_counts counts = {0};
    asking a = ask(l, SLK_Q_ALERT_COUNTS, fault);
    while (row(&a)) {
        slk_outbox_count c = {.channel = slk_column_copy(arena, a.b.s, 0, &a.err)};
        int64_t state = sqlite3_column_int64(a.b.s, 1);
        c.state = state == 1 ? SLK_OUTBOX_SENT : state == 2 ? SLK_OUTBOX_GIVEN_UP : SLK_OUTBOX_WAITS;
        c.n = sqlite3_column_int64(a.b.s, 2);
        if (a.err == SLK_OK) a.err = SLK_ROOM(arena, &counts.at, SLK_MAX_ROWS);
        if (a.err != SLK_OK) break;
        counts.at.at[counts.at.n++] = c;
    }
    slk_err err = end(&a);
    if (err == SLK_OK) *out = counts;
    return err;
}
