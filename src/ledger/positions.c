/* positions.c - places in files. See positions.h. */
#include "ledger/positions.h"

#include "ledger/store.h"

static slk_err bind_and_run(slk_ledger *l, slk_statement which, const slk_file_position *p, slk_fault *fault) {
    slk_err err = slk_store_batch(l, fault);
    if (err != SLK_OK) return err;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, p->file);
    if (which == SLK_Q_POSITION_SET) {
        slk_bind_int(&b, p->size_b);
        slk_bind_int(&b, p->changed_ns);
        slk_bind_int(&b, p->part);
        slk_bind_int(&b, p->offset_b);
        slk_bind_int(&b, p->n);
    }
    return slk_bind_run(l, &b, fault);
}

slk_err slk_positions_get(slk_ledger *l, slk_file_position *p, bool *found, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_POSITION, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, p->file);
    slk_bind_int(&b, p->size_b);
    slk_bind_int(&b, p->changed_ns);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, found, fault);
    if (err != SLK_OK || !*found) return err;
    p->part = sqlite3_column_int64(b.s, 0);
    p->offset_b = sqlite3_column_int64(b.s, 1);
    p->n = sqlite3_column_int64(b.s, 2);
    (void)sqlite3_reset(b.s); /* repeats what was told */
    return SLK_OK;
}

slk_err slk_positions_set(slk_ledger *l, const slk_file_position *p, slk_fault *fault) {
    return bind_and_run(l, SLK_Q_POSITION_SET, p, fault);
}

slk_err slk_positions_drop(slk_ledger *l, const char *file, slk_fault *fault) {
    return bind_and_run(l, SLK_Q_POSITION_DROP, &(slk_file_position){.file = file}, fault);
}
