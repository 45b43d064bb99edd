/* link.c - which event of the ledger a telling is of. Of the events of its kind, country and days, those are left that none of
 * their tellings forbids; the best of them is taken when it is clearly better than the next. Else the telling is an event of
 * its own: two that should be one can be joined later, one that should be two misleads everybody. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "ledger/fit.h"
#include "ledger/inside.h"

#define DAY_S 86400
#define NEAR_DAYS 4 /* between the publications of two reports of one story */
#define CLEARLY 2   /* points between the best and the next */
#define CANDIDATES_MOST 400u
#define CHOSEN_MOST 256u /* tellings of one report that look for an event; honest reports have a dozen */

typedef struct candidate {
    int64_t event;
    slk_fit fit;
} candidate;

typedef struct choosing {
    slk_linking *k;
    const slk_profile *p;
    slk_arena arena; /* of one telling */
    slk_fault *fault;
    SLK_LIST(int64_t) events;
    candidate best, next;
} choosing;

/* ---------------------------------------------------------------- candidates */

static slk_err gather(choosing *c, const char *country) {
    const slk_profile *p = c->p;
    slk_err err = SLK_OK;
    bool row = true;
    bool rare = strcmp(p->kind, "nuclear") == 0 || slk_type_holds("space-launch", p->type);
    slk_bind b = {.s = slk_store_get(c->k->ledger, SLK_Q_CANDIDATES, &err, c->fault)};
    if (!b.s) return err;
    slk_bind_text(&b, p->kind);
    slk_bind_text(&b, country);
    slk_bind_int(&b, p->first_s - (rare ? 370 : 2) * (int64_t)DAY_S);
    slk_bind_int(&b, p->last_s + 2 * (int64_t)DAY_S);
    if (b.rc != SQLITE_OK) return slk_store_fault(c->k->ledger, b.rc, c->fault);
    while ((err = slk_store_step(c->k->ledger, b.s, &row, c->fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(&c->arena, &c->events, 2 * CANDIDATES_MOST)) != SLK_OK) break;
        c->events.at[c->events.n++] = sqlite3_column_int64(b.s, 0);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* Holds the telling against every telling of an event: one that contradicts is enough against it, and so is one of the same
 * report, which tells two events apart. */
static slk_err weigh(choosing *c, int64_t event) {
    slk_profiles members = {0};
    candidate x = {.event = event};
    slk_err err = slk_profiles_load(c->k->ledger, event, INT64_MAX, &c->arena, &members, c->fault);
    if (err != SLK_OK) return err;
    for (uint32_t i = 0; i < members.n; i++) {
        if (c->k->row && strcmp(members.at[i].root, c->p->root) == 0) continue; /* an earlier version of the row */
        slk_fit f = slk_fit_of(c->p, &members.at[i]);
        if (f.contradicts || members.at[i].report == c->p->report) return SLK_OK;
        if (slk_roots_apart(members.at[i].root, c->p->root)) return SLK_OK; /* their database tells them apart */
        if (f.score > x.fit.score) x.fit = f;
    }
    if (members.n == 0 || x.fit.score < SLK_FIT_ENOUGH) return SLK_OK;
    if (x.fit.score > c->best.fit.score) {
        c->next = c->best;
        c->best = x;
    } else if (x.fit.score > c->next.fit.score) {
        c->next = x;
    }
    return SLK_OK;
}

static slk_err choose(choosing *c) {
    bool launch = strcmp(c->p->kind, "launch") == 0 || strcmp(c->p->kind, "nuclear") == 0;
    if (!c->p->timed || (c->p->assumed && !launch))
        return SLK_OK; /* a deed on about that day is never sure enough (fit.c) */
    slk_err err = gather(c, c->p->country);
    if (err == SLK_OK && *c->p->country) err = gather(c, "");
    for (uint32_t i = 0; err == SLK_OK && i < c->events.n; i++) err = weigh(c, c->events.at[i]);
    return err;
}

/* ---------------------------------------------------------------- one reading */

static void reason_of(const slk_fit *f, char out[160]) {
    static const char *const times[] = {
        [SLK_TIMES_DIFFER] = "",
        [SLK_TIMES_UNKNOWN] = "",
        [SLK_TIMES_ASSUMED] = "news of about that day",
        [SLK_TIMES_COARSE] = "the only one of that month or year",
        [SLK_TIMES_WEEK] = "the only one known of that week",
        [SLK_TIMES_DAYLINE] = "same day by another clock",
        [SLK_TIMES_DAY] = "same day",
        [SLK_TIMES_NEAR] = "clocks within twenty minutes",
        [SLK_TIMES_CLOCK] = "same clock",
    };
    (void)snprintf(out, 160, "same kind and actor, %s%s%s", times[f->time], f->place ? ", same place" : "",
                   f->weapon ? ", same weapon class" : "");
}

/* Another telling of this reading that is said to be of the same occurrence and is linked already. */
static int64_t same_in_reading(const slk_linking *k, uint32_t n) {
    slk_ids same = k->r->events.at[n].same_as;
    for (uint32_t i = 0; i < same.n; i++)
        if (same.at[i] < k->r->events.n && same.at[i] != n && k->events[same.at[i]]) return k->events[same.at[i]];
    return 0;
}

/* Can a newer version of a row stay in the event of the earlier ones? Yes where nobody else there contradicts it. */
static slk_err may_stay(choosing *c, bool *stays) {
    slk_profiles members = {0};
    slk_err err = slk_profiles_load(c->k->ledger, c->k->before, INT64_MAX, &c->arena, &members, c->fault);
    *stays = err == SLK_OK;
    for (uint32_t i = 0; i < members.n && *stays; i++)
        *stays = strcmp(members.at[i].root, c->p->root) == 0 || !slk_fit_of(c->p, &members.at[i]).contradicts;
    return err;
}

/* A launch that the report's news answers counts among what it is about. */
static slk_err link_kin(slk_linking *k, uint32_t n, const slk_kin *kin, slk_fault *fault) {
    char reason[160];
    slk_err err = SLK_OK;
    const char *shared = k->stories.shared;
    (void)snprintf(reason, sizeof reason, "%s%s%s", kin->why, *shared ? ", by its words: " : "", shared);
    k->added->events_joined++;
    k->events[n] = kin->event;
    if (kin->answered) {
        slk_bind b = {.s = slk_store_get(k->ledger, SLK_Q_TELLING_NEWS, &err, fault)};
        if (!b.s) return err;
        slk_bind_int(&b, k->profiles[n].telling);
        slk_bind_text(&b, "the report's news answers it, as its story shows");
        if ((err = slk_bind_run(k->ledger, &b, fault)) != SLK_OK) return err;
    }
    return slk_link_put(k->ledger, k->profiles[n].telling, kin->event, reason, fault);
}

static slk_err link_one(slk_linking *k, uint32_t n, bool looks, slk_fault *fault) {
    const slk_profile *p = &k->profiles[n];
    choosing c = {.k = k, .p = p, .fault = fault};
    char reason[160] = "first telling";
    int64_t event = same_in_reading(k, n);
    if (event) {
        k->events[n] = event;
        return slk_link_put(k->ledger, p->telling, event, "the report says it is the same", fault);
    }
    slk_arena_start(&c.arena, &k->ledger->mem, SLK_DOSSIER_CEILING_B);
    slk_err err = looks ? choose(&c) : SLK_OK;
    slk_kin kin = {0};
    if (err == SLK_OK && looks && !c.best.event) err = slk_kin_find(k, n, &c.arena, &kin, fault);
    bool clear = c.best.event && c.best.fit.score >= c.next.fit.score + CLEARLY, stays = false;
    if (err == SLK_OK && k->before && !clear) err = may_stay(&c, &stays);
    slk_arena_free(&c.arena);
    if (err != SLK_OK) return err;
    if (stays) {
        k->events[n] = k->before;
        return slk_link_put(k->ledger, p->telling, k->before, "a newer version of the row", fault);
    }
    if (kin.event) return link_kin(k, n, &kin, fault);
    if (c.best.event && !clear) (void)snprintf(reason, sizeof reason, "could be one of several events of that day");
    if (!clear) {
        k->added->events_new++;
        k->profiles[n].fresh = true;
        return slk_link_new(k->ledger, p, reason, &k->events[n], fault);
    }
    k->added->events_joined++;
    reason_of(&c.best.fit, reason);
    k->events[n] = c.best.event;
    return slk_link_put(k->ledger, p->telling, c.best.event, reason, fault);
}

/* News before background, exact times before days: the surest tellings choose first. */
static unsigned rank(const slk_profile *p) {
    unsigned time = p->timed && !p->assumed ? p->time.precision * 2u + p->time.has_offset : 0;
    return (p->main ? 64u : 0) + time;
}

/* The id of the report's news, for the caller. */
static slk_err name_news(slk_linking *k, slk_fault *fault) {
    uint32_t i = 0;
    slk_err err = SLK_OK;
    bool row = false;
    while (i < k->r->events.n && !k->r->events.at[i].main) i++;
    if (i == k->r->events.n) return SLK_OK;
    slk_bind b = {.s = slk_store_get(k->ledger, SLK_Q_EVENT_ID, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, k->events[i]);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->ledger, b.rc, fault);
    err = slk_store_step(k->ledger, b.s, &row, fault);
    slk_text id = row ? slk_column_text(b.s, 0) : (slk_text){"", 0};
    (void)snprintf(k->added->event, sizeof k->added->event, "%.*s", (int)id.n, id.at ? id.at : "");
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    k->added->event_new = k->profiles[i].fresh;
    return err;
}

slk_err slk_link_all(slk_linking *k, slk_fault *fault) {
    slk_err err = SLK_OK;
    uint32_t n = k->r->events.n, looked = 0;
    err = slk_stories_follow(k, fault);
    for (unsigned wanted = 128; err == SLK_OK && wanted-- > 0;)
        for (uint32_t i = 0; err == SLK_OK && i < n; i++)
            if (rank(&k->profiles[i]) == wanted) err = link_one(k, i, looked++ < CHOSEN_MOST, fault);
    if (err == SLK_OK && k->before && n && k->events[0] != k->before)
        err = slk_ledger_row_move(k->ledger, k->row, k->before, k->events[0], fault);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = slk_link_refresh(k->ledger, k->events[i], fault);
    return err == SLK_OK ? name_news(k, fault) : err;
}
