/* decide.c - what people decide about events: these tellings are another event, these two events are one. Each decision is a row with
 * who, why and when; each telling it moves keeps where it was before, so that it can be taken back and lists as of an earlier day
 * do not know of it. A split also cuts: linking never joins those again. A telling that a person put somewhere stays there. */
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/inside.h"

#define DAY_S 86400

typedef struct decider {
    slk_ledger *l;
    const slk_decider *who;
    slk_arena a;
    slk_fault *fault;
    int64_t decision;
    SLK_LIST(int64_t) tellings;
} decider;

/* ---------------------------------------------------------------- small statements */

static slk_err run2(decider *d, slk_statement which, int64_t a, int64_t b) {
    slk_err err = SLK_OK;
    slk_bind s = {.s = slk_store_get(d->l, which, &err, d->fault)};
    if (!s.s) return err;
    slk_bind_int(&s, a);
    slk_bind_int(&s, b);
    return slk_bind_run(d->l, &s, d->fault);
}

/* Adds the numbers of the first column to the tellings. */
static slk_err take_rows(decider *d, slk_bind *b) {
    bool row = true;
    slk_err err = b->rc == SQLITE_OK ? SLK_OK : slk_store_fault(d->l, b->rc, d->fault);
    while (err == SLK_OK && (err = slk_store_step(d->l, b->s, &row, d->fault)) == SLK_OK && row)
        if ((err = SLK_ROOM(&d->a, &d->tellings, SLK_MAX_ROWS)) == SLK_OK)
            d->tellings.at[d->tellings.n++] = sqlite3_column_int64(b->s, 0);
    (void)sqlite3_reset(b->s); /* repeats the code of the step */
    return err;
}

static slk_err id_of(decider *d, int64_t event, char out[160]) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_EVENT_ID, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    err = slk_store_step(d->l, b.s, &row, d->fault);
    slk_text id = row ? slk_column_text(b.s, 0) : slk_text_of("");
    slk_text_print(out, 160, "%.*s", (int)id.n, id.at ? id.at : "");
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The event that an id leads to now, whatever it went into. */
static slk_err find_event(decider *d, const char *id, int64_t *out) {
    slk_err err = slk_ledger_find(d->l, id, out, d->fault);
    for (unsigned steps = 0; err == SLK_OK && steps < 1000; steps++) {
        bool row = false;
        int64_t to = 0;
        slk_bind b = {.s = slk_store_get(d->l, SLK_Q_WENT, &err, d->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, *out);
        if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
        if ((err = slk_store_step(d->l, b.s, &row, d->fault)) == SLK_OK && row) to = sqlite3_column_int64(b.s, 0);
        (void)sqlite3_reset(b.s); /* repeats the code of the step */
        if (to == 0) break;
        *out = to;
    }
    return err;
}

static slk_err decide(decider *d, const char *what, int64_t event, int64_t other, int64_t undoes) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_DECIDE, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, what);
    slk_bind_text(&b, d->who->by);
    slk_bind_text(&b, d->who->why);
    slk_bind_int(&b, d->who->made_s);
    slk_bind_int(&b, event);
    slk_bind_int(&b, other);
    if (undoes)
        slk_bind_int(&b, undoes);
    else
        slk_bind_none(&b);
    if ((err = slk_bind_run(d->l, &b, d->fault)) == SLK_OK) d->decision = sqlite3_last_insert_rowid(d->l->db);
    return err;
}

/* Remembers where the telling is, then moves it. */
static slk_err move(decider *d, int64_t telling, int64_t from, int64_t to, const char *reason) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_MOVED, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, telling);
    slk_bind_int(&b, d->decision);
    slk_bind_int(&b, d->who->made_s / DAY_S);
    if ((err = slk_bind_run(d->l, &b, d->fault)) != SLK_OK) return err;
    return slk_link_move(d->l, telling, from, to, reason, d->decision, d->fault);
}

static slk_err move_all(decider *d, int64_t from, int64_t to, const char *reason) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < d->tellings.n; i++) err = move(d, d->tellings.at[i], from, to, reason);
    if (err == SLK_OK) err = slk_link_refresh(d->l, to, d->fault);
    return err == SLK_OK ? slk_link_refresh(d->l, from, d->fault) : err;
}

/* ---------------------------------------------------------------- split */

/* "REPORT#3" or "REPORT": that telling, or all of the report. A report's own id may hold a #. */
static slk_err find_tellings(decider *d, int64_t event, const char *name) {
    slk_err err = SLK_OK;
    const char *mark = strrchr(name, '#');
    uint32_t before = d->tellings.n;
    for (unsigned whole = 1; err == SLK_OK && d->tellings.n == before && whole < 3; whole++) {
        bool numbered = whole == 2 && mark && slk_is_digit(mark[1]);
        if (whole == 2 && !numbered) break;
        slk_bind b = {.s = slk_store_get(d->l, SLK_Q_TELLINGS_OF, &err, d->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, event);
        slk_bind_bytes(&b, (slk_text){name, numbered ? (size_t)(mark - name) : strlen(name)});
        slk_bind_int(&b, numbered ? strtoll(mark + 1, NULL, 10) : -1);
        err = take_rows(d, &b);
    }
    if (err == SLK_OK && d->tellings.n == before)
        return slk_fault_say(d->fault, SLK_EMISSING, "that event has no report or telling %.100s", name);
    return err;
}

static int by_row(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Each once, in order of adding; some must stay. */
static slk_err check_tellings(decider *d, int64_t event) {
    decider all = {.l = d->l, .fault = d->fault};
    slk_err err = SLK_OK;
    uint32_t n = 0;
    qsort(d->tellings.at, d->tellings.n, sizeof *d->tellings.at, by_row);
    for (uint32_t i = 0; i < d->tellings.n; i++)
        if (n == 0 || d->tellings.at[n - 1] != d->tellings.at[i]) d->tellings.at[n++] = d->tellings.at[i];
    d->tellings.n = n;
    slk_arena_start(&all.a, &d->l->mem, SLK_DOSSIER_CEILING_B);
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_TELLINGS_LINKED, &err, d->fault)};
    if (b.s) slk_bind_int(&b, event);
    if (b.s) err = take_rows(&all, &b);
    if (err == SLK_OK && all.tellings.n == n)
        err = slk_fault_say(d->fault, SLK_EINPUT, "nothing would be left of that event: it has no other telling");
    slk_arena_free(&all.a);
    return err;
}

static slk_err load_profile(decider *d, int64_t telling, slk_profile *out) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_PROFILE_OF, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, telling);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    err = slk_store_step(d->l, b.s, &row, d->fault);
    if (err == SLK_OK) err = row ? slk_profile_row(b.s, &d->a, out) : SLK_EFAULT;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err split(decider *d, int64_t event, slk_decided *out) {
    static const char reason[] = "taken out of another event";
    slk_profile p;
    int64_t fresh = 0;
    slk_err err = check_tellings(d, event);
    if (err == SLK_OK) err = load_profile(d, d->tellings.at[0], &p);
    if (err == SLK_OK) err = slk_event_make(d->l, &p, &fresh, d->fault);
    if (err == SLK_OK) err = decide(d, "split", event, fresh, 0);
    for (uint32_t i = 0; err == SLK_OK && i < d->tellings.n; i++)
        err = run2(d, SLK_Q_CUT_ADD, d->tellings.at[i], event);
    if (err == SLK_OK) err = move_all(d, event, fresh, reason);
    if (err == SLK_OK) err = id_of(d, event, out->event);
    return err == SLK_OK ? id_of(d, fresh, out->other) : err;
}

/* ---------------------------------------------------------------- join */

static slk_err join(decider *d, int64_t event, int64_t other, slk_decided *out) {
    slk_err err = SLK_OK;
    if (event == other) return slk_fault_say(d->fault, SLK_EINPUT, "both are one event already");
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_TELLINGS_LINKED, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, other);
    if ((err = take_rows(d, &b)) != SLK_OK) return err;
    if ((err = decide(d, "join", event, other, 0)) != SLK_OK) return err;
    for (uint32_t i = 0; err == SLK_OK && i < d->tellings.n; i++) /* a person's later word goes over an earlier cut */
        err = run2(d, SLK_Q_CUT_DROP, d->tellings.at[i], event);
    if (err == SLK_OK) err = move_all(d, other, event, "joined by a person");
    if (err == SLK_OK) err = id_of(d, event, out->event);
    return err == SLK_OK ? id_of(d, other, out->other) : err;
}

/* ---------------------------------------------------------------- undo */

typedef struct undoing { /* a telling that a decision moved */
    int64_t telling, from, now, decision;
    const char *reason;
} undoing;

typedef SLK_LIST(undoing) undoings;

static slk_err load_moves(decider *d, int64_t decision, undoings *list) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_MOVES_OF, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, decision);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    while (err == SLK_OK && (err = slk_store_step(d->l, b.s, &row, d->fault)) == SLK_OK && row) {
        undoing u = {sqlite3_column_int64(b.s, 0), sqlite3_column_int64(b.s, 1), sqlite3_column_int64(b.s, 3),
                     sqlite3_column_int64(b.s, 4), slk_column_copy(&d->a, b.s, 2, &err)};
        if (err == SLK_OK) err = SLK_ROOM(&d->a, list, SLK_MAX_ROWS);
        if (err == SLK_OK) list->at[list->n++] = u;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err load_decision(decider *d, int64_t decision, int64_t *event, int64_t *other) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(d->l, SLK_Q_DECISION, &err, d->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, decision);
    if (b.rc != SQLITE_OK) return slk_store_fault(d->l, b.rc, d->fault);
    if ((err = slk_store_step(d->l, b.s, &row, d->fault)) != SLK_OK) return err;
    if (!row) return slk_fault_say(d->fault, SLK_EMISSING, "there is no decision %lld", (long long)decision);
    *event = sqlite3_column_int64(b.s, 1);
    *other = sqlite3_column_int64(b.s, 2);
    int64_t undone = sqlite3_column_int64(b.s, 3);
    bool is_undo = slk_text_is(slk_column_text(b.s, 0), "undo");
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (is_undo) return slk_fault_say(d->fault, SLK_EINPUT, "an undoing cannot be undone: decide anew");
    if (undone)
        return slk_fault_say(d->fault, SLK_EINPUT, "decision %lld was taken back by decision %lld already",
                             (long long)decision, (long long)undone);
    return SLK_OK;
}

/* Only those that no later decision moved. */
static slk_err undo(decider *d, int64_t decision, slk_decided *out) {
    undoings list = {0};
    int64_t event = 0, other = 0;
    slk_err err = load_decision(d, decision, &event, &other);
    if (err == SLK_OK) err = load_moves(d, decision, &list);
    if (err == SLK_OK) err = decide(d, "undo", event, other, decision);
    for (uint32_t i = 0; err == SLK_OK && i < list.n; i++) {
        const undoing *u = &list.at[i];
        if (u->decision != decision) continue;
        err = run2(d, SLK_Q_CUT_DROP, u->telling, u->from);
        if (err == SLK_OK) err = move(d, u->telling, u->now, u->from, u->reason);
        out->tellings++;
    }
    if (err == SLK_OK) err = slk_link_refresh(d->l, event, d->fault);
    if (err == SLK_OK) err = slk_link_refresh(d->l, other, d->fault);
    if (err == SLK_OK) err = id_of(d, event, out->event);
    return err == SLK_OK ? id_of(d, other, out->other) : err;
}

/* ---------------------------------------------------------------- each as one transaction */

static slk_err begin(decider *d, slk_ledger *l, const slk_decider *who, slk_fault *fault) {
    *d = (decider){.l = l, .who = who, .fault = fault};
    slk_arena_start(&d->a, &l->mem, SLK_DOSSIER_CEILING_B);
    if (!l->writes) return slk_fault_say(fault, SLK_EREADONLY, "%s: the ledger was opened to read", l->path);
    if (!who->by || !*who->by || !who->why || !*who->why)
        return slk_fault_say(fault, SLK_EINPUT, "a decision wants a name and a reason");
    slk_err err = slk_ledger_commit(l, fault);
    return err == SLK_OK ? slk_store_run(l, "BEGIN IMMEDIATE", fault) : err;
}

static slk_err end(decider *d, slk_err err, const slk_decided *done, slk_decided *out) {
    if (err == SLK_OK) err = slk_store_run(d->l, "COMMIT", d->fault);
    if (!sqlite3_get_autocommit(d->l->db) && slk_store_run(d->l, "ROLLBACK", NULL) != SLK_OK && err == SLK_OK)
        err = SLK_EFAULT;
    if (err == SLK_OK) {
        *out = *done;
        out->decision = d->decision;
        if (out->tellings == 0) out->tellings = d->tellings.n;
    }
    slk_arena_free(&d->a);
    return slk_store_memory(d->l, err, d->fault);
}

slk_err slk_ledger_split(slk_ledger *l, const char *event, const char *const *tellings, uint32_t n,
                         const slk_decider *who, slk_decided *out, slk_fault *fault) {
    decider d;
    slk_decided done = {0};
    int64_t row = 0;
    slk_err err = begin(&d, l, who, fault);
    if (err == SLK_OK) err = find_event(&d, event, &row);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = find_tellings(&d, row, tellings[i]);
    if (err == SLK_OK) err = split(&d, row, &done);
    return end(&d, err, &done, out);
}

slk_err slk_ledger_join(slk_ledger *l, const char *event, const char *other, const slk_decider *who, slk_decided *out,
                        slk_fault *fault) {
    decider d;
    slk_decided done = {0};
    int64_t row = 0, second = 0;
    slk_err err = begin(&d, l, who, fault);
    if (err == SLK_OK) err = find_event(&d, event, &row);
    if (err == SLK_OK) err = find_event(&d, other, &second);
    if (err == SLK_OK) err = join(&d, row, second, &done);
    return end(&d, err, &done, out);
}

slk_err slk_ledger_undo(slk_ledger *l, int64_t decision, const slk_decider *who, slk_decided *out, slk_fault *fault) {
    decider d;
    slk_decided done = {0};
    slk_err err = begin(&d, l, who, fault);
    if (err == SLK_OK) err = undo(&d, decision, &done);
    return end(&d, err, &done, out);
}
