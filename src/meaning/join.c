/* join.c - tellings of one occurrence become one event. Walks the tellings in text order and asks of each: is this something told
 * before? A day of its own, "the"/"this"/"latest", "another"/"previous", the actor and the kind of thing decide; where nothing
 * speaks against it, a telling without a day goes on with what was told last. See told.h. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "meaning/telling.h"

typedef struct group {    /* an occurrence under way */
    uint32_t first, last; /* tellings */
    uint32_t actor, weapon, time;
    slk_family family;
    slk_reality reality;
    const char *type;
    bool lead; /* begun in the first sentences */
} group;

typedef struct joiner {
    slk_tellings *t;
    SLK_LIST(group) groups;
} joiner;

#define LEAD_SENTENCES 3u
#define LOOK_BACK 24u

/* ---------------------------------------------------------------- what fits together */

/* Days (since 1970) that a time can mean; false where it has none. */
bool slk_time_days(const slk_reading *r, uint32_t time, int64_t *first, int64_t *last) {
    if (time == SLK_NONE) return false;
    const slk_time *x = &r->times.at[time];
    if (x->earliest.precision < SLK_P_YEAR || x->latest.precision < SLK_P_YEAR) return false;
    int64_t a, b;
    slk_instant_range(slk_instant_cut(x->earliest, SLK_P_DAY), first, &a);
    slk_instant_range(slk_instant_cut(x->latest, SLK_P_DAY), &b, last);
    *first /= 86400;
    *last /= 86400;
    return true;
}

typedef enum fit { FIT_NO, FIT_OPEN, FIT_YES } fit;

/* The same day within a day (clocks differ); a month or a year holds its days. */
static fit fit_time(const slk_reading *r, uint32_t a, uint32_t b) {
    int64_t a1, a2, b1, b2;
    if (!slk_time_days(r, a, &a1, &a2) || !slk_time_days(r, b, &b1, &b2)) return FIT_OPEN;
    if (a1 > b2 || b1 > a2) return FIT_NO;
    bool both_days = a2 - a1 < 1 && b2 - b1 < 1;
    return both_days ? FIT_YES : (a2 - a1 > 40 || b2 - b1 > 40) ? FIT_OPEN : FIT_YES;
}

static fit fit_actor(const slk_reading *r, uint32_t a, uint32_t b) {
    const char *x = slk_state_of(r, a), *y = slk_state_of(r, b);
    if (!x || !y) return a != SLK_NONE && a == b ? FIT_YES : FIT_OPEN;
    return strcmp(x, y) == 0 ? FIT_YES : FIT_NO;
}

static const char *kind_of(const slk_tellings *t, uint32_t weapon) {
    const char *k = weapon == SLK_NONE ? NULL : t->weapons.at[weapon].type;
    return k ? k : "";
}

/* Missiles, rockets and satellites may be words for one thing; a nuclear test is never a launch, shells are no missiles. */
static fit fit_thing(const slk_tellings *t, uint32_t a, uint32_t b) {
    const char *x = kind_of(t, a), *y = kind_of(t, b);
    if (!*x || !*y) return FIT_OPEN;
    if (strcmp(x, y) == 0) return FIT_YES;
    bool nuclear_x = strstr(x, "nuclear") != NULL, nuclear_y = strstr(y, "nuclear") != NULL;
    if (nuclear_x != nuclear_y) return FIT_NO;
    const char *cx = t->weapons.at[a].weapon_class, *cy = t->weapons.at[b].weapon_class;
    return cx && cy && *cx && *cy ? FIT_NO : FIT_OPEN; /* "cruise missile" and "SRBM" in one report: two things */
}

static bool happened(slk_reality x) { return x == SLK_REAL_FACT; }

static bool launch_like(slk_family f) { return f != SLK_FAMILY_DEED; }

/* ---------------------------------------------------------------- launches */

static const group *lead_group(const joiner *j) {
    for (uint32_t i = 0; i < j->groups.n && j->groups.at[i].lead; i++) /* the lead comes first */
        if (launch_like(j->groups.at[i].family) && happened(j->groups.at[i].reality)) return &j->groups.at[i];
    return NULL;
}

/* Does this telling speak of group g? FIT_OPEN: nothing against it, nothing for it. */
static fit speaks_of(const joiner *j, const slk_told *x, const group *g) {
    const slk_tellings *t = j->t;
    if (launch_like(x->family) != launch_like(g->family)) return FIT_NO;
    if (x->family == SLK_FAMILY_LAUNCH && happened(x->reality) != happened(g->reality)) return FIT_NO;
    fit actor = fit_actor(t->r, x->actor, g->actor), thing = fit_thing(t, x->weapon, g->weapon);
    fit time = fit_time(t->r, x->time, g->time);
    if (actor == FIT_NO || thing == FIT_NO || time == FIT_NO) return FIT_NO;
    if (x->other && time != FIT_YES) return FIT_NO;
    return time == FIT_YES ? FIT_YES : FIT_OPEN;
}

/* A day told in words that speak of the past of the report's own event ("in January", "last year", "2014"). */
static bool told_of_past(const joiner *j, const slk_told *x) {
    int64_t a, b;
    if (!slk_time_days(j->t->r, x->time, &a, &b)) return false;
    slk_instant p = j->t->r->report.published;
    if (b - a > 6) return true;
    return p.precision >= SLK_P_DAY && slk_instant_days(p) - b > 3;
}

static uint32_t choose_launch(const joiner *j, const slk_told *x) {
    uint32_t open = SLK_NONE;
    for (uint32_t i = j->groups.n; i > 0 && j->groups.n - i < LOOK_BACK; i--) {
        fit f = speaks_of(j, x, &j->groups.at[i - 1]);
        if (f == FIT_YES) return i - 1;
        if (f == FIT_OPEN && open == SLK_NONE) open = i - 1;
    }
    bool undated = x->time == SLK_NONE;
    const group *lead = lead_group(j);
    bool near = open != SLK_NONE && j->t->told.at[j->groups.at[open].last].sentence + 1 >= x->sentence;
    if (undated && !near && lead && !x->other && speaks_of(j, x, lead) != FIT_NO)
        return (uint32_t)(lead - j->groups.at);
    if (x->family == SLK_FAMILY_FLIGHT)
        return undated || open == SLK_NONE ? open : told_of_past(j, x) ? SLK_NONE : open;
    if (x->other || open == SLK_NONE) return SLK_NONE;
    bool several = x->noun != SLK_NONE && slk_plural(j->t->r, x->token); /* "its tests on Feb. 26 and March 4" */
    if (x->definite && !undated && !several && j->groups.at[open].time == SLK_NONE)
        return open; /* "fired the missiles last week" */
    if (told_of_past(j, x)) return SLK_NONE;
    if (x->definite && !undated) return open;
    if (undated && lead && speaks_of(j, x, lead) != FIT_NO && (x->definite || j->groups.at[open].lead))
        return (uint32_t)(lead - j->groups.at);
    return undated || j->groups.at[open].time == SLK_NONE ? open : SLK_NONE;
}

/* ---------------------------------------------------------------- other deeds */

static uint32_t choose_deed(const joiner *j, const slk_told *x) {
    const slk_tellings *t = j->t;
    for (uint32_t i = j->groups.n; i > 0 && j->groups.n - i < LOOK_BACK; i--) {
        const group *g = &j->groups.at[i - 1];
        if (launch_like(g->family) || happened(g->reality) != happened(x->reality) || strcmp(g->type, x->type) != 0)
            continue;
        if (t->told.at[g->first].turn != x->turn) continue;
        if (fit_actor(t->r, x->actor, g->actor) == FIT_NO || fit_time(t->r, x->time, g->time) == FIT_NO || x->other)
            continue;
        if (g->time == SLK_NONE && told_of_past(j, x)) continue; /* the sanctions of 2006 are not today's */
        bool known = fit_actor(t->r, x->actor, g->actor) == FIT_YES;
        if (known || x->definite || t->told.at[g->last].sentence == x->sentence) return i - 1;
    }
    return SLK_NONE;
}

/* ---------------------------------------------------------------- the walk */

/* A weapon is named in the sentence of the telling or up to two before it; for the lead, up to two behind it. */
static bool weapon_before(const slk_tellings *t, const slk_told *x) {
    uint32_t first = x->sentence > 2 ? x->sentence - 2 : 0;
    uint32_t last = x->sentence < LEAD_SENTENCES ? x->sentence + 2 : x->sentence;
    if (last >= t->r->sentences.n) last = t->r->sentences.n - 1;
    slk_span s = {t->r->sentences.at[first].span.start, t->r->sentences.at[last].span.end};
    for (uint32_t i = 0; i < t->weapons.n && t->weapons.at[i].span.start < s.end; i++) {
        const char *kind = t->weapons.at[i].kind;
        bool civil = kind && (strcmp(kind, "satellite") == 0 || strcmp(kind, "rocket") == 0);
        if (t->weapons.at[i].span.end > s.start && (!civil || slk_state_of(t->r, x->actor))) return true;
    }
    return false;
}

/* "A Soyuz rocket failed after lift-off", "a Sarmat exploded in its silo": a named or somebody's weapon, and how it began or ended. */
static bool begins_by_flight(const slk_tellings *t, const slk_told *x) {
    static const char *const groups[] = {"fail", "explode", "crash", "lift-off"};
    const char *g = slk_event_cell(t, x->row, SLK_EVENTS_GROUP);
    bool fits = false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) fits = fits || strcmp(g, groups[i]) == 0;
    if (!fits || x->weapon == SLK_NONE) return false;
    return t->weapons.at[x->weapon].table == SLK_T_WEAPONS || slk_state_of(t->r, x->actor);
}

/* A flight belongs to a launch or to nothing; what is generic is no event unless it speaks of one. */
static bool may_begin(const slk_tellings *t, const slk_told *x) {
    if (x->family == SLK_FAMILY_FLIGHT && x->reality == SLK_REAL_FACT) return begins_by_flight(t, x);
    if (x->family == SLK_FAMILY_FLIGHT || x->reality == SLK_REAL_GENERIC) return false;
    const char *needs = slk_event_cell(t, x->row, SLK_EVENTS_NEEDS);
    bool bare = x->family == SLK_FAMILY_LAUNCH && x->weapon == SLK_NONE && strcmp(needs, "none") != 0;
    return !bare || weapon_before(t, x); /* "the tests showed no sign of illness" */
}

static slk_err begin(joiner *j, uint32_t told) {
    slk_told *x = &j->t->told.at[told];
    group g = {told, told, x->actor, x->weapon, x->time, x->family, x->reality, x->type, x->sentence < LEAD_SENTENCES};
    slk_err err = SLK_ROOM(&j->t->r->arena, &j->groups, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    x->event = j->groups.n;
    j->groups.at[j->groups.n++] = g;
    return SLK_OK;
}

static void go_on(joiner *j, uint32_t told, uint32_t event) {
    slk_told *x = &j->t->told.at[told];
    group *g = &j->groups.at[event];
    x->event = event;
    g->last = told;
    if (g->actor == SLK_NONE) g->actor = x->actor;
    if (x->weapon != SLK_NONE) {
        const char *had = g->weapon == SLK_NONE ? NULL : j->t->weapons.at[g->weapon].weapon_class;
        if (!had || !*had) g->weapon = x->weapon;
    }
    if (g->time == SLK_NONE) g->time = x->time;
}

slk_err slk_tellings_join(slk_tellings *t) {
    joiner j = {.t = t};
    for (uint32_t i = 0; i < t->told.n; i++) {
        const slk_told *x = &t->told.at[i];
        uint32_t event = launch_like(x->family) ? choose_launch(&j, x) : choose_deed(&j, x);
        if (x->reality == SLK_REAL_GENERIC && !x->definite) event = SLK_NONE;
        slk_err err = SLK_OK;
        bool begins = event == SLK_NONE && may_begin(t, x);
        if (begins && x->family == SLK_FAMILY_FLIGHT) t->told.at[i].family = SLK_FAMILY_LAUNCH;
        if (event != SLK_NONE)
            go_on(&j, i, event);
        else if (begins)
            err = begin(&j, i);
        if (err != SLK_OK) return err;
    }
    t->n_events = j.groups.n;
    t->first = slk_arena_take(&t->r->arena, (t->n_events + 2) * sizeof *t->first);
    t->last = slk_arena_take(&t->r->arena, (t->n_events + 2) * sizeof *t->last);
    if (!t->first || !t->last) return SLK_ENOMEM;
    for (uint32_t i = 0; i < t->n_events; i++) {
        t->first[i] = j.groups.at[i].first;
        t->last[i] = j.groups.at[i].last;
    }
    t->first[t->n_events] = t->first[t->n_events + 1] = t->told.n;
    t->last[t->n_events] = t->last[t->n_events + 1] = t->told.n; /* a statement may be added behind all */
    return SLK_OK;
}
