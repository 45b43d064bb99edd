/* unlink.c - taking a report's tellings out of an event again. The cut is written down, so that the two are never joined anew
 * without a person's word; the tellings become one event of their own. Nothing that was told is lost. */
#include <string.h>

#include "base/fault.h"
#include "ledger/inside.h"

typedef struct cutter {
    slk_ledger *l;
    slk_arena arena;
    slk_fault *fault;
    SLK_LIST(int64_t) tellings;
} cutter;

static slk_err find_tellings(cutter *c, int64_t event, const char *report) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(c->l, SLK_Q_TELLINGS_OF, &err, c->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    slk_bind_text(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(c->l, b.rc, c->fault);
    while ((err = slk_store_step(c->l, b.s, &row, c->fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(&c->arena, &c->tellings, SLK_MAX_ROWS)) != SLK_OK) break;
        c->tellings.at[c->tellings.n++] = sqlite3_column_int64(b.s, 0);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK && c->tellings.n == 0)
        return slk_fault_say(c->fault, SLK_EMISSING, "that event has no report %.100s", report);
    return err;
}

static slk_err cut_one(cutter *c, int64_t telling, int64_t event) {
    static const slk_statement which[] = {SLK_Q_CUT_ADD, SLK_Q_LINK_DROP};
    slk_err err = SLK_OK;
    for (size_t i = 0; err == SLK_OK && i < 2; i++) {
        slk_bind b = {.s = slk_store_get(c->l, which[i], &err, c->fault)};
        if (!b.s) return err;
        slk_bind_int(&b, telling);
        slk_bind_int(&b, event);
        err = slk_bind_run(c->l, &b, c->fault);
    }
    return err;
}

static slk_err load_profile(cutter *c, int64_t telling, slk_profile *out) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(c->l, SLK_Q_PROFILE_OF, &err, c->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, telling);
    if (b.rc != SQLITE_OK) return slk_store_fault(c->l, b.rc, c->fault);
    err = slk_store_step(c->l, b.s, &row, c->fault);
    if (err == SLK_OK) err = row ? slk_profile_row(b.s, &c->arena, out) : SLK_EFAULT;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err cut_all(cutter *c, int64_t event) {
    slk_profile p;
    int64_t fresh = 0;
    slk_err err = load_profile(c, c->tellings.at[0], &p);
    for (uint32_t i = 0; err == SLK_OK && i < c->tellings.n; i++) err = cut_one(c, c->tellings.at[i], event);
    if (err == SLK_OK) err = slk_link_new(c->l, &p, "taken out of another event", &fresh, c->fault);
    for (uint32_t i = 1; err == SLK_OK && i < c->tellings.n; i++)
        err = slk_link_put(c->l, c->tellings.at[i], fresh, "taken out of another event", c->fault);
    if (err == SLK_OK) err = slk_link_refresh(c->l, fresh, c->fault);
    if (err == SLK_OK) err = slk_link_refresh(c->l, event, c->fault);
    return err;
}

slk_err slk_ledger_unlink(slk_ledger *l, const char *event, const char *report, slk_fault *fault) {
    cutter c = {.l = l, .fault = fault};
    int64_t row = 0;
    if (!l->writes) return slk_fault_say(fault, SLK_EREADONLY, "%s: the ledger was opened to read", l->path);
    slk_err err = slk_ledger_commit(l, fault);
    if (err == SLK_OK) err = slk_store_run(l, "BEGIN IMMEDIATE", fault);
    if (err != SLK_OK) return err;
    slk_arena_start(&c.arena, &l->mem, SLK_DOSSIER_CEILING_B);
    err = slk_ledger_find(l, event, &row, fault);
    if (err == SLK_OK) err = find_tellings(&c, row, report);
    if (err == SLK_OK) err = cut_all(&c, row);
    if (err == SLK_OK) err = slk_store_run(l, "COMMIT", fault);
    if (!sqlite3_get_autocommit(l->db) && slk_store_run(l, "ROLLBACK", NULL) != SLK_OK && err == SLK_OK)
        err = SLK_EFAULT;
    slk_arena_free(&c.arena);
    return slk_store_memory(l, err, fault);
}
