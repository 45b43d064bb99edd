/* trial.c - see trial.h. */
#include "alerts/trial.h"

#include "alerts/view.h"

static slk_err one_event(slk_ledger *l, const slk_pack *pack, const slk_desk *desk, int64_t event, const char *id,
                         const slk_trial *trial, bool *go_on, slk_fault *fault) {
    slk_arena arena;
    slk_view view;
    slk_entry entry = {.row = event, .id = id};
    bool known = false;
    slk_arena_start(&arena, &slk_mem_system, SLK_DOSSIER_CEILING_B);
    slk_err err = slk_view_load(l, event, &arena, &view, fault);
    if (err == SLK_OK) err = slk_view_entry(pack, &view, 0, &arena, &entry, &known);
    for (uint32_t i = 0; err == SLK_OK && known && *go_on && i < desk->rules.n; i++)
        if (slk_view_passes(&desk->rules.at[i], &view, &entry, 0))
            *go_on = trial->passes(trial->ctx, &desk->rules.at[i], &entry);
    slk_arena_free(&arena);
    return err;
}

slk_err slk_trial_run(slk_ledger *l, const slk_pack *pack, const slk_desk *desk, const slk_trial *trial,
                      slk_fault *fault) {
    slk_filter all = SLK_FILTER_ALL;
    slk_entries *entries = NULL;
    bool go_on = true;
    slk_err err = slk_ledger_list(l, &all, &entries, fault);
    for (uint32_t i = 0; err == SLK_OK && go_on && i < entries->n; i++)
        err = one_event(l, pack, desk, entries->at[i].row, entries->at[i].id, trial, &go_on, fault);
    slk_entries_free(entries);
    return slk_store_memory(l, err, fault);
}
