/* time_gloss.c - times that restate one another in brackets: "6:50 a.m. (2150 GMT Tuesday)", "2150 GMT (6:50 a.m. Wednesday in
 * Seoul)". Which does, what it restates, and the day of the one that says none: that on which both clocks show one moment. Where a
 * zone is not known, any offset that clocks keep will do (-12 to +14 hours); there is then but one day, or the nearer. */
#include <stdlib.h>
#include <string.h>

#include "measure/time_finder.h"

#define LEAST_OFFSET_MIN (-720)
#define MOST_OFFSET_MIN 840

slk_text slk_times_between(const slk_time_finder *f, uint32_t a, uint32_t b) {
    return slk_reading_text(f->r, (slk_span){f->found.at[a].s.span.end, f->found.at[b].s.span.start});
}

static bool opens_gloss(slk_text t) {
    t = slk_text_trim(t);
    return slk_text_is(t, "(") || slk_text_is(t, "[") || slk_text_is(t, "/") || slk_text_is(t, "/") ||
           slk_text_is(t, ", or") || slk_text_is(t, "or") || slk_text_is(t, "; or");
}

/* Between two times of one bracket: "(2150 GMT on Tuesday; 5:50 p.m. EDT)" */
static bool goes_on_in_bracket(slk_text t) {
    t = slk_text_trim(t);
    return slk_text_is(t, ";") || slk_text_is(t, ",") || slk_text_is(t, "/") || slk_text_is(t, "or") ||
           slk_text_is(t, ", or") || slk_text_is(t, "and");
}

/* "6:50 a.m. Wednesday in Seoul": a clock time without a zone is that of the place right behind it. */
static void zone_behind(slk_time_finder *f, slk_time_found *x) {
    const slk_reading *r = f->r;
    slk_said *s = &x->s;
    if (s->what != SLK_SAID_POINT || !s->has_clock || s->zone || s->local) return;
    slk_text behind = slk_text_part(r->report.text, s->span.end, (uint32_t)r->report.text.n);
    if (!slk_text_starts(behind, " in ")) return;
    uint32_t at = s->span.end + 4;
    uint32_t k = SLK_FIRST(i, r->places.n, r->places.at[i].span.start < at);
    if (k == r->places.n || r->places.at[k].span.start != at) return;
    s->zone = r->places.at[k].zone;
    s->zone_of_place = s->zone != NULL;
}

/* "6:50 a.m. (2150 GMT Tuesday)": marks those that restate the time before them, and which it is. */
void slk_glosses_find(slk_time_finder *f) {
    for (uint32_t i = 0; i < f->found.n; i++) zone_behind(f, &f->found.at[i]);
    for (uint32_t i = 1; i < f->found.n; i++) {
        slk_time_found *x = &f->found.at[i], *before = &f->found.at[i - 1];
        slk_text gap = slk_times_between(f, i - 1, i);
        if (before->s.what != SLK_SAID_POINT || x->s.what != SLK_SAID_POINT || gap.n > 6) continue;
        if (before->gloss && before->range && i >= 2) { /* the second of a range in brackets */
            x->gloss = true;
            continue;
        }
        if (!x->s.has_clock || !(x->s.zone || (x->s.local && before->s.zone))) continue;
        x->chain = before->gloss && goes_on_in_bracket(gap);
        if (!x->chain && !opens_gloss(gap)) continue;
        x->gloss = before->s.has_clock || gap.at[slk_text_trim(gap).at - gap.at] == '(';
    }
}

uint32_t slk_gloss_target(const slk_time_finder *f, uint32_t i) {
    while (i > 1 && f->found.at[i].chain) i--;
    bool pair = f->found.at[i].range && i >= 2 && f->found.at[i - 2].range && !f->found.at[i - 2].gloss;
    bool second = i >= 1 && f->found.at[i - 1].gloss && f->found.at[i - 1].range;
    if (pair || (second && i >= 2)) return i - 2;
    return i - 1;
}

/* ---------------------------------------------------------------- days */

static int64_t minute_of(slk_instant t) { return t.hour * 60 + t.minute; }

static bool offset_min(const slk_time_finder *f, const char *zone, int64_t at_s, int64_t *out) {
    int32_t s;
    if (!zone || !slk_zone_offset(f->pack, zone, at_s, &s)) return false;
    *out = s / 60;
    return true;
}

static void put_day(slk_said *s, int64_t days) {
    slk_instant t = slk_instant_day(days);
    s->base = SLK_BASE_FIELDS;
    s->unit = SLK_TU_DAY;
    s->year = t.year;
    s->month = t.month;
    s->day = t.day;
}

/* The day on which a clock of `zone` (NULL: not known) shows `minute` at the moment when one of known_zone shows `known`. */
static int64_t same_moment(const slk_time_finder *f, slk_instant known, const char *known_zone, int64_t minute,
                           const char *zone) {
    int64_t at = slk_instant_seconds(known), total = slk_instant_days(known) * 1440 + minute_of(known), here = 0,
            there = 0;
    bool both = offset_min(f, known_zone, at, &here), mine = offset_min(f, zone, at, &there);
    int64_t day = slk_instant_days(known), best = day, least = INT64_MAX;
    for (int64_t d = day - 1; d <= day + 1; d++) {
        int64_t apart = d * 1440 + minute - total; /* what the clock shows less what the known one shows */
        int64_t cost;
        if (both && mine) {
            cost = llabs(apart - (there - here));
        } else {
            int64_t offset = both ? apart + here : mine ? there - apart : apart;
            cost = llabs(offset) + (offset <= LEAST_OFFSET_MIN || offset > MOST_OFFSET_MIN ? 10000 : 0);
        }
        if (cost >= least) continue;
        least = cost;
        best = d;
    }
    return best;
}

void slk_gloss_day(const slk_time_finder *f, const slk_time *main, slk_said *s) {
    if (main->earliest.precision < SLK_P_DAY) return;
    slk_instant t = main->earliest;
    t.has_offset = false;
    bool hour = t.precision >= SLK_P_HOUR;
    put_day(s, hour ? same_moment(f, t, main->zone, s->hour * 60 + s->minute, s->zone) : slk_instant_days(t));
}

bool slk_day_of_gloss(const slk_time_finder *f, uint32_t i, slk_said *s) {
    if (i + 1 >= f->found.n || !f->found.at[i + 1].gloss || f->found.at[i].range) return false;
    const slk_said *g = &f->found.at[i + 1].s;
    slk_time t;
    slk_time_point p;
    slk_time_lean lean = f->found.at[i].lean == SLK_LEAN_FUTURE ? SLK_LEAN_FUTURE : SLK_LEAN_PAST;
    bool day = g->base == SLK_BASE_FIELDS || g->base == SLK_BASE_WEEKDAY || (g->base == SLK_BASE_NOW && g->shift_said);
    if (!day || slk_said_resolve(f->r, &f->anchor, lean, g, &t, &p) != SLK_OK) return false;
    if (t.earliest.precision < SLK_P_HOUR) return false;
    t.earliest.has_offset = false;
    put_day(s, same_moment(f, t.earliest, g->zone, s->hour * 60 + s->minute, s->zone));
    return true;
}
