/* sides.c - the deeds of stories for whoever lists events: those that stand for themselves, and where else reports tell of an event.
 * Stories are computed when asked and kept for a while, since the events of one story are asked for together. See deeds.h. */
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "ledger/chronicle.h"
#include "ledger/deeds.h"

#define KEPT 64u        /* stories */
#define STORIES_MOST 8u /* of one event that are looked at */
#define STORY_MOST_B ((size_t)1 << 26)

typedef struct kept_story {
    int64_t story, day;
    slk_arena arena;
    slk_deeds deeds;
} kept_story;

struct slk_deeds_kept {
    kept_story at[KEPT];
};

void slk_deeds_forget(slk_ledger *l) {
    for (uint32_t i = 0; l->deeds && i < KEPT; i++)
        if (l->deeds->at[i].story) slk_arena_free(&l->deeds->at[i].arena);
    slk_mem_free(&l->mem, l->deeds);
    l->deeds = NULL;
}

/* The deeds of a story, borrowed until the next call. A ledger that is written to keeps none. */
static slk_err kept(slk_ledger *l, int64_t story, int64_t day, const slk_deeds **out, slk_fault *fault) {
    if (!l->deeds) {
        if (!(l->deeds = slk_mem_new(&l->mem, sizeof *l->deeds))) return SLK_ENOMEM;
        memset(l->deeds, 0, sizeof *l->deeds);
    }
    kept_story *k = &l->deeds->at[(uint64_t)story % KEPT];
    *out = &k->deeds;
    if (k->story == story && k->day == day && !l->writes) return SLK_OK;
    if (k->story) slk_arena_free(&k->arena);
    memset(k, 0, sizeof *k);
    slk_arena_start(&k->arena, &l->mem, STORY_MOST_B);
    slk_err err = slk_deeds_load(l, story, day, &k->arena, &k->deeds, fault);
    if (err == SLK_OK) {
        k->story = story;
        k->day = day;
    } else {
        slk_arena_free(&k->arena);
    }
    return err;
}

/* ---------------------------------------------------------------- where else an event is told of */

typedef SLK_LIST(slk_told_at) told_list;

static slk_err add(told_list *list, const slk_deeds *d, const slk_deed *x, slk_arena *arena) {
    slk_err err = SLK_OK;
    for (uint32_t i = x->first; err == SLK_OK && i < x->first + x->n; i++) {
        const slk_deed_word *w = &d->words.at[i];
        if (!w->news || w->event) continue;
        if ((err = SLK_ROOM(arena, list, SLK_MAX_ROWS)) != SLK_OK) break;
        const char *report = slk_arena_copy(arena, d->reports.at[w->report], strlen(d->reports.at[w->report]));
        if (!report) return SLK_ENOMEM;
        list->at[list->n++] = (slk_told_at){report, w->start, w->end};
    }
    return err;
}

static slk_err stories_of(slk_ledger *l, int64_t event, int64_t stories[STORIES_MOST], uint32_t *n, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_STORIES_OF, &err, fault)};
    *n = 0;
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (*n < STORIES_MOST && (err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row)
        stories[(*n)++] = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

slk_err slk_deeds_dossier(slk_ledger *l, slk_dossier *d, int64_t day, slk_arena *arena, slk_fault *fault) {
    int64_t stories[STORIES_MOST];
    uint32_t n = 0;
    told_list list = {0};
    slk_err err = stories_of(l, d->entry.row, stories, &n, fault);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) {
        const slk_deeds *deeds = NULL;
        err = kept(l, stories[i], day, &deeds, fault);
        for (uint32_t k = 0; err == SLK_OK && k < deeds->deeds.n; k++)
            if (deeds->deeds.at[k].event == d->entry.row) err = add(&list, deeds, &deeds->deeds.at[k], arena);
    }
    d->also = list.at;
    d->n_also = list.n;
    return err;
}

/* ---------------------------------------------------------------- those that stand for themselves */

typedef struct lister {
    slk_ledger *l;
    slk_side_take *take;
    void *ctx;
    slk_fault *fault;
} lister;

static slk_err list_deed(lister *k, int64_t story, const slk_deeds *d, const slk_deed *x, slk_arena *arena) {
    char id[96];
    told_list list = {0};
    const char *deed = d->words.at[x->first].deed;
    slk_err err = add(&list, d, x, arena);
    if (err != SLK_OK || list.n == 0) return err;
    (void)snprintf(id, sizeof id, "story-%lld/%s", (long long)story, deed);
    slk_side side = {.id = id, .deed = deed, .mentions = list.at, .n_mentions = list.n};
    for (uint32_t i = 0; i < list.n; i++)
        side.n_reports += i == 0 || strcmp(list.at[i - 1].report, list.at[i].report) != 0;
    return k->take(k->ctx, &side, k->fault);
}

static slk_err next_story(slk_ledger *l, int64_t *story, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_STORY_NEXT, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, *story);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, &row, fault);
    *story = err == SLK_OK && row ? sqlite3_column_int64(b.s, 0) : 0;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

slk_err slk_ledger_sides(slk_ledger *l, slk_instant as_of, slk_side_take *take, void *ctx, slk_fault *fault) {
    lister k = {l, take, ctx, fault};
    int64_t story = 0, day = slk_day_of(as_of);
    slk_err err = SLK_OK;
    while ((err = next_story(l, &story, fault)) == SLK_OK && story) {
        slk_arena arena;
        const slk_deeds *d = NULL;
        slk_arena_start(&arena, &l->mem, STORY_MOST_B);
        err = kept(l, story, day, &d, fault);
        for (uint32_t i = 0; err == SLK_OK && i < d->deeds.n; i++)
            if (!d->deeds.at[i].event) err = list_deed(&k, story, d, &d->deeds.at[i], &arena);
        slk_arena_free(&arena);
        if (err != SLK_OK) break;
    }
    return slk_store_memory(l, err, fault);
}
