/* browse.c - whether the ledger has changed, what was told since, and who tells. See browse.h. */
#include "ledger/browse.h"

#include <string.h>

#include "ledger/store.h"

/* The only number that a statement gives; 0 where it gives none. */
static slk_err number(slk_ledger *l, slk_statement which, int64_t *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    sqlite3_stmt *s = slk_store_get(l, which, &err, fault);
    if (!s) return err;
    err = slk_store_step(l, s, &row, fault);
    if (err == SLK_OK) *out = row ? sqlite3_column_int64(s, 0) : 0;
    (void)sqlite3_reset(s); /* repeats the code of the step */
    return err;
}

slk_err slk_browse_version(slk_ledger *l, int64_t *out, slk_fault *fault) {
    return number(l, SLK_Q_VERSION, out, fault);
}

slk_err slk_browse_count(slk_ledger *l, int64_t *out, slk_fault *fault) {
    return number(l, SLK_Q_COUNT_EVENTS, out, fault);
}

slk_err slk_browse_last(slk_ledger *l, int64_t *out, slk_fault *fault) {
    return number(l, SLK_Q_LAST_TOLD, out, fault);
}

slk_err slk_browse_changes(slk_ledger *l, int64_t behind, uint32_t most, slk_arena *arena, slk_changes *out,
                           slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TOLD_SINCE, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, behind);
    slk_bind_int(&b, most);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, &out->list, most)) != SLK_OK) break;
        out->list.at[out->list.n++] = (slk_change){.row = sqlite3_column_int64(b.s, 0),
                                                   .at = sqlite3_column_int64(b.s, 1),
                                                   .fresh = sqlite3_column_int(b.s, 2) != 0};
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return slk_store_memory(l, err, fault);
}

static slk_err voices(slk_ledger *l, slk_statement which, uint32_t most, slk_arena *arena, slk_voices *out,
                      slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, most);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, &out->list, most)) != SLK_OK) break;
        slk_voice v = {.reports = sqlite3_column_int64(b.s, 2), .claims = sqlite3_column_int64(b.s, 3)};
        v.name = slk_column_copy(arena, b.s, 0, &err);
        v.country = slk_column_copy(arena, b.s, 1, &err);
        if (err != SLK_OK) break;
        out->list.at[out->list.n++] = v;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return slk_store_memory(l, err, fault);
}

slk_err slk_browse_outlets(slk_ledger *l, uint32_t most, slk_arena *arena, slk_voices *out, slk_fault *fault) {
    return voices(l, SLK_Q_OUTLETS, most, arena, out, fault);
}

slk_err slk_browse_sources(slk_ledger *l, uint32_t most, slk_arena *arena, slk_voices *out, slk_fault *fault) {
    return voices(l, SLK_Q_SOURCES, most, arena, out, fault);
}
