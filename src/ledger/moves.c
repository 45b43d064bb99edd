/* moves.c - what a report as a whole tells is of the event of its story. When another report's coming has put it into another story
 * (stories.c), its telling goes along, unless a person has cut it from that event. Nothing that was told is lost by it. */
#include <stdio.h>
#include <string.h>

#include "ledger/fit.h"

typedef struct mover {
    slk_linking *k;
    slk_arena arena;
    slk_fault *fault;
} mover;

static bool is_moved(const mover *m, int64_t report) {
    const slk_stories *s = &m->k->stories;
    for (uint32_t i = 0; i < s->moves.n; i++)
        if (s->moves.at[i].report == report) return true;
    return false;
}

slk_err slk_story_event(slk_linking *k, int64_t story, bool settled_only, int64_t *event, slk_fault *fault) {
    mover m = {.k = k};
    slk_err err = SLK_OK;
    bool row = true;
    *event = 0;
    slk_bind b = {.s = slk_store_get(k->ledger, SLK_Q_STORY_EVENTS, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, story);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->ledger, b.rc, fault);
    slk_arena_start(&m.arena, &k->ledger->mem, SLK_DOSSIER_CEILING_B);
    while (*event == 0 && (err = slk_store_step(k->ledger, b.s, &row, fault)) == SLK_OK && row) {
        slk_profile p;
        if ((err = slk_profile_row(b.s, &m.arena, &p)) != SLK_OK) break;
        if (slk_fit_is_story(&p) && !(settled_only && is_moved(&m, p.report)))
            *event = sqlite3_column_int64(b.s, SLK_PROFILE_N);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    slk_arena_free(&m.arena);
    return err;
}

/* What is the news of a report's story, with its event; *event 0 where it has no such telling. */
static slk_err find_telling(mover *m, int64_t report, slk_profile *p, int64_t *event) {
    slk_err err = SLK_OK;
    bool row = true;
    *event = 0;
    slk_bind b = {.s = slk_store_get(m->k->ledger, SLK_Q_STORY_TELLINGS, &err, m->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(m->k->ledger, b.rc, m->fault);
    while (*event == 0 && (err = slk_store_step(m->k->ledger, b.s, &row, m->fault)) == SLK_OK && row) {
        if ((err = slk_profile_row(b.s, &m->arena, p)) != SLK_OK) break;
        if (slk_fit_is_story(p)) *event = sqlite3_column_int64(b.s, SLK_PROFILE_N);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Does a telling of that event tell it apart? */
static slk_err contradicts(mover *m, const slk_profile *p, int64_t event, bool *out) {
    slk_profiles members = {0};
    slk_err err = slk_profiles_load(m->k->ledger, event, INT64_MAX, &m->arena, &members, m->fault);
    for (uint32_t i = 0; err == SLK_OK && i < members.n && !*out; i++)
        *out = members.at[i].report == p->report || !slk_fit_story(p, &members.at[i]);
    return err;
}

/* The first that comes into a new story makes its event. */
static slk_err move(mover *m, const slk_story_move *x) {
    slk_profile p = {0};
    int64_t from = 0, to = 0;
    bool no = false;
    slk_err err = find_telling(m, x->report, &p, &from);
    if (err != SLK_OK || !from) return err;
    if ((err = slk_story_event(m->k, x->to, true, &to, m->fault)) != SLK_OK || to == from) return err;
    if (to) err = slk_link_is_cut(m->k->ledger, p.telling, to, &no, m->fault);
    if (err == SLK_OK && to && !no) err = contradicts(m, &p, to, &no);
    if (err != SLK_OK || no) return err;
    if (!to) err = slk_event_make(m->k->ledger, &p, &to, m->fault);
    if (err == SLK_OK)
        err = slk_link_move(m->k->ledger, p.telling, from, to, "another report showed it to be of this story", 0,
                            m->fault);
    if (err == SLK_OK) err = slk_link_refresh(m->k->ledger, to, m->fault);
    return err == SLK_OK ? slk_link_refresh(m->k->ledger, from, m->fault) : err;
}

slk_err slk_stories_follow(slk_linking *k, slk_fault *fault) {
    mover m = {.k = k, .fault = fault};
    slk_err err = SLK_OK;
    slk_arena_start(&m.arena, &k->ledger->mem, SLK_DOSSIER_CEILING_B);
    while (err == SLK_OK && k->stories.moves.n) {
        slk_story_move x = k->stories.moves.at[0];
        err = move(&m, &x);
        memmove(k->stories.moves.at, k->stories.moves.at + 1,
                --k->stories.moves.n * sizeof x); /* it counts as there now */
    }
    slk_arena_free(&m.arena);
    return err;
}
