/* texts.c - the text of a recorded report, as it was read: spans of the ledger count its code points. */
#include <string.h>

#include "base/fault.h"
#include "ledger/store.h"

static slk_err load(slk_ledger *l, const char *sha256, slk_report_text *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TEXT, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, sha256);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, &row, fault);
    if (err == SLK_OK && row) {
        slk_text t = slk_column_text(b.s, 0);
        const char *at = slk_arena_copy(&out->arena, t.at ? t.at : "", t.n);
        if (at) out->text = (slk_text){at, t.n};
        if (!at) err = SLK_ENOMEM;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK && !row)
        return slk_fault_say(fault, SLK_EMISSING, "%s: no report of SHA-256 %.64s", l->path, sha256);
    return err;
}

slk_err slk_ledger_text(slk_ledger *l, const char *sha256, slk_report_text **out, slk_fault *fault) {
    slk_report_text *t = slk_mem_new(&l->mem, sizeof *t);
    if (!t) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(t, 0, sizeof *t);
    slk_arena_start(&t->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    slk_err err = load(l, sha256, t, fault);
    if (err == SLK_OK) {
        *out = t;
        return SLK_OK;
    }
    slk_report_text_free(t);
    return slk_store_memory(l, err, fault);
}

void slk_report_text_free(slk_report_text *t) {
    if (!t) return;
    slk_allocator mem = t->arena.mem;
    slk_arena_free(&t->arena);
    slk_mem_free(&mem, t);
}
