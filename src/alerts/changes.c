/* changes.c - see changes.h. A field is looked at twice: with the report's claims and without them. */
#include "alerts/changes.h"

#include <string.h>

#include "base/text.h"
#include "export/plain.h"
#include "ledger/inside.h"

#define CHANGES_MOST 64u
#define VALUES_SAID 3u

static slk_err push(slk_change_list *out, slk_arena *arena, slk_occasion kind, const char *state, const char *says) {
    if (!state || !says) return SLK_ENOMEM;
    for (uint32_t i = 0; i < out->at.n; i++)
        if (strcmp(out->at.at[i].state, state) == 0) return SLK_OK;
    slk_err err = SLK_ROOM(arena, &out->at, CHANGES_MOST);
    if (err == SLK_ELIMIT) return SLK_OK; /* nobody reads more */
    if (err == SLK_OK) out->at.at[out->at.n++] = (slk_change){kind, state, says};
    return err;
}

/* Was there a conflict among the claims of others? */
static slk_err before(const slk_pack *pack, const slk_dossier *d, const slk_told_field *f, uint32_t report,
                      slk_arena *arena, bool *conflict) {
    slk_told_field old = {.field = f->field};
    slk_claim *claims = slk_arena_take(arena, sizeof *claims * f->n);
    if (!claims) return SLK_ENOMEM;
    for (uint32_t i = f->first; i < f->first + f->n; i++)
        if (d->claims[i].report != report) claims[old.n++] = d->claims[i];
    *conflict = false;
    if (!old.n) return SLK_OK;
    slk_err err = slk_groups_make(pack, claims, &old, arena);
    *conflict = old.conflict;
    return err;
}

/* "sources disagree on how many: 2; at least 4" */
static const char *disagreement(const slk_told_field *f, slk_arena *arena) {
    slk_buf b;
    const char *z = NULL;
    slk_buf_start(&b, &arena->mem, 4096);
    slk_buf_printf(&b, "sources disagree on %s: ", slk_plain_field(f->field));
    for (uint32_t i = 0; i < f->n_groups && i < VALUES_SAID; i++)
        slk_buf_printf(&b, "%s%.200s", i ? "; " : "", f->groups[i].text ? f->groups[i].text : "?");
    if (b.err == SLK_OK) z = slk_arena_copy(arena, b.at, b.n);
    slk_buf_free(&b);
    return z;
}

static slk_err conflict_of(const slk_pack *pack, const slk_dossier *d, const slk_told_field *f, uint32_t report,
                           slk_arena *arena, slk_change_list *out) {
    bool was = false;
    if (!f->conflict || f->n_groups < 2) return SLK_OK;
    slk_err err = before(pack, d, f, report, arena, &was);
    if (err != SLK_OK || was) return err;
    return push(out, arena, SLK_ON_CONFLICT, slk_arena_printf(arena, "conflict:%s", slk_field_word(f->field)),
                disagreement(f, arena));
}

/* Claims that one of the report takes the place of, where the two cannot both be right: "about 400 km" said more exactly is none. */
static slk_err revisions_of(const slk_pack *pack, const slk_dossier *d, const slk_told_field *f, uint32_t report,
                            slk_arena *arena, slk_change_list *out) {
    slk_err err = SLK_OK;
    for (uint32_t i = f->first; err == SLK_OK && i < f->first + f->n; i++) {
        const slk_claim *old = &d->claims[i];
        if (old->superseded_by >= d->n_claims || old->report == report) continue;
        const slk_claim *new = &d->claims[old->superseded_by];
        if (new->report != report || slk_bands_relation(pack, old, new) != SLK_CONFLICTING) continue;
        const char *by = new->chain.n ? new->chain.names[new->chain.n - 1] : "the same source";
        err = push(out, arena, SLK_ON_REVISION,
                   slk_arena_printf(arena, "revision:%s:%.100s", slk_field_word(f->field), new->text ? new->text : ""),
                   slk_arena_printf(arena, "%s: %.100s before, %.100s now, by %.100s", slk_plain_field(f->field),
                                    old->text ? old->text : "?", new->text ? new->text : "?", by));
    }
    return err;
}

slk_err slk_changes_of(const slk_pack *pack, const slk_dossier *d, uint32_t report, slk_arena *arena,
                       slk_change_list *out) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        bool told = false;
        for (uint32_t k = f->first; k < f->first + f->n && !told; k++) told = d->claims[k].report == report;
        if (told) err = conflict_of(pack, d, f, report, arena, out);
        if (told && err == SLK_OK) err = revisions_of(pack, d, f, report, arena, out);
    }
    return err;
}
