/* fit.c - may two tellings be of one event? What must agree is kind, actor and time; places and weapons may forbid or support.
 * Counts, distances and outcomes are never asked: sources differ in just these, and the ledger is there to show it.
 *
 * The limits: clocks of one launch differ by some minutes between staffs (06:50, 06:53), two salvos of one day have been 21
 * minutes apart: up to twenty minutes may be one event, more may not. Launch points as told lie within 300 km of each other
 * ("near Pyongyang", "the west coast"); farther apart they are two. */
#include "ledger/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"

#define CLOCK_S 180
#define NEAR_S 1200
#define PLACE_SAME_M 10000.0
#define PLACE_NEAR_M 60000.0
#define PLACE_FAR_M 300000.0

/* ---------------------------------------------------------------- time */

static bool date_is(slk_instant day, int64_t days) {
    return day.precision >= SLK_P_DAY && slk_instant_days(slk_instant_cut(day, SLK_P_DAY)) == days;
}

static int64_t day_of(int64_t s) { return s / 86400 - (s % 86400 < 0); }

static int64_t own_day(slk_instant t) { return slk_instant_days(slk_instant_cut(t, SLK_P_DAY)); }

static slk_fit_time clocks(const slk_profile *a, const slk_profile *b) {
    int64_t apart = 0; /* between the two windows */
    if (a->first_s > b->last_s) apart = a->first_s - b->last_s;
    if (b->first_s > a->last_s) apart = b->first_s - a->last_s;
    bool exact = a->time.precision >= SLK_P_MINUTE && b->time.precision >= SLK_P_MINUTE;
    if (!a->time.has_offset || !b->time.has_offset) { /* no zone known: only the same reading on the same day will do */
        bool same = own_day(a->time) == own_day(b->time) && a->time.hour == b->time.hour &&
                    abs(a->time.minute - b->time.minute) <= CLOCK_S / 60;
        return same ? SLK_TIMES_NEAR : SLK_TIMES_DIFFER;
    }
    if (exact && llabs(a->first_s - b->first_s) <= CLOCK_S) return SLK_TIMES_CLOCK;
    return apart <= NEAR_S ? SLK_TIMES_NEAR : SLK_TIMES_DIFFER;
}

/* c has a clock, d only a day. */
static slk_fit_time clock_and_day(const slk_profile *c, const slk_profile *d) {
    bool whole = d->last_s - d->first_s >= 86399; /* not "Wednesday morning" */
    if (c->first_s >= d->first_s - 3600 && c->first_s <= d->last_s + 3600 &&
        (date_is(c->time, own_day(d->time)) || !whole))
        return SLK_TIMES_DAY;
    if (c->first_s >= d->first_s && c->first_s <= d->last_s && c->time.has_offset) return SLK_TIMES_DAY;
    if (c->time.has_offset && date_is(d->time, day_of(c->first_s)) && whole) return SLK_TIMES_DAYLINE; /* UTC */
    return SLK_TIMES_DIFFER;
}

static int64_t width(const slk_profile *p) { return p->last_s - p->first_s; }

/* One of them is dated by a week, a month or a year: does the other lie in it? Two that are both vague are not known to be one,
 * but of events so seldom that a month names them. */
static slk_fit_time coarse(const slk_profile *a, const slk_profile *b) {
    const slk_profile *wide = width(a) >= width(b) ? a : b, *fine = wide == a ? b : a;
    if (fine->first_s > wide->last_s || fine->last_s < wide->first_s) return SLK_TIMES_DIFFER;
    bool week = width(wide) < 8 * (int64_t)86400 + 26 * 3600, exact = fine->time.precision >= SLK_P_DAY;
    return week && exact ? SLK_TIMES_WEEK : SLK_TIMES_COARSE;
}

static slk_fit_time times(const slk_profile *a, const slk_profile *b) {
    if (!a->timed || !b->timed) return SLK_TIMES_UNKNOWN;
    bool overlap = a->first_s <= b->last_s && b->first_s <= a->last_s;
    if (a->assumed || b->assumed) {
        bool fine = a->assumed ? b->assumed || b->time.precision >= SLK_P_DAY : a->time.precision >= SLK_P_DAY;
        return overlap && fine ? SLK_TIMES_ASSUMED : SLK_TIMES_DIFFER;
    }
    if (a->time.precision < SLK_P_DAY || b->time.precision < SLK_P_DAY) return coarse(a, b);
    if (slk_profile_clock(a) && slk_profile_clock(b)) return clocks(a, b);
    if (slk_profile_clock(a)) return clock_and_day(a, b);
    if (slk_profile_clock(b)) return clock_and_day(b, a);
    return own_day(a->time) == own_day(b->time) && overlap ? SLK_TIMES_DAY : SLK_TIMES_DIFFER;
}

/* ---------------------------------------------------------------- type, weapon, place */

static bool is_launch(const slk_profile *p) { return strcmp(p->kind, "launch") == 0; }
static bool is_rare(const slk_profile *p) { /* so seldom that a month names it */
    return strcmp(p->kind, "nuclear") == 0 || slk_type_holds("space-launch", p->type);
}

/* Ballistic, submarine-launched and hypersonic missiles are one family; cruise missiles, anti-air missiles, shells others. Large
 * rockets from a launcher of several are of none: who fires them says artillery, who tracks them says ballistic missiles. */
static const char *family(const slk_profile *p) {
    if (p->weapon && strcmp(p->weapon, "MLRS") == 0) return NULL;
    static const char *const types[][2] = {
        {"weapon-test.missile.cruise", "cruise"},
        {"weapon-test.missile.anti-ship", "cruise"},
        {"weapon-test.missile.air-defence", "air"},
        {"weapon-test.missile.ballistic", "ballistic"},
        {"weapon-test.missile.slbm", "ballistic"},
        {"weapon-test.missile.hypersonic", "ballistic"},
        {"weapon-test.missile.anti-satellite", "space"},
        {"space-launch", "orbit"},
        {"weapon-test.space-launch", "orbit"},
        {"artillery", "shell"},
        {"weapon-test.artillery", "shell"},
        {"weapon-test.drone", "drone"},
        {"weapon-test.torpedo", "torpedo"},
        {"weapon-test.engine", "engine"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (slk_type_holds(types[i][0], p->type)) return types[i][1];
    return NULL;
}

static bool types_fit(const slk_profile *a, const slk_profile *b) {
    if (!is_launch(a)) return slk_type_holds(a->type, b->type) || slk_type_holds(b->type, a->type);
    const char *x = family(a), *y = family(b);
    return !x || !y || strcmp(x, y) == 0;
}

static bool is_special(const char *weapon) { return weapon && *weapon && strcmp(weapon, "BM") != 0; }

/* ---------------------------------------------------------------- the whole */

/* Launches and nuclear tests: kind, country and time carry it. */
static void fit_launch(const slk_profile *a, const slk_profile *b, double metres, slk_fit *f) {
    static const int points[] = {[SLK_TIMES_DIFFER] = 0, [SLK_TIMES_UNKNOWN] = 0, [SLK_TIMES_ASSUMED] = 4,
                                 [SLK_TIMES_COARSE] = 0, [SLK_TIMES_WEEK] = 5,    [SLK_TIMES_DAYLINE] = 4,
                                 [SLK_TIMES_DAY] = 6,    [SLK_TIMES_NEAR] = 9,    [SLK_TIMES_CLOCK] = 12};
    bool clock = f->time >= SLK_TIMES_NEAR, known = *a->country && *b->country;
    f->contradicts = f->time == SLK_TIMES_DIFFER || (known && strcmp(a->country, b->country) != 0) ||
                     (metres > PLACE_FAR_M && f->time != SLK_TIMES_CLOCK) || (!types_fit(a, b) && !clock);
    if (f->contradicts) return;
    f->score = points[f->time];
    if (f->time == SLK_TIMES_COARSE && is_rare(a) && is_rare(b)) f->score = 5;
    if (f->score == 0) return;
    if (!known) f->score -= clock ? 3 : 5; /* "a missile was fired": only with the clock, or day and place */
    if (!types_fit(a, b)) f->score -= 4;
    f->score += f->place ? 3 : 0;
    f->score += f->weapon ? 1 : 0;
    if (a->main && b->main) f->score += 1;
}

/* Everything else happens too often for a day and an actor to name it: who, to whom or where, on what day, and the same type. */
static void fit_deed(const slk_profile *a, const slk_profile *b, double metres, slk_fit *f) {
    bool actor = *a->country && strcmp(a->country, b->country) == 0;
    bool person = a->actor && b->actor && strcmp(a->actor, b->actor) == 0;
    bool target = *a->target && strcmp(a->target, b->target) == 0;
    bool other_target = *a->target && *b->target && !target;
    bool database = slk_root_database(a->root) || slk_root_database(b->root); /* their types are few and wide */
    bool types =
        database ? slk_type_holds(a->type, b->type) || slk_type_holds(b->type, a->type) : strcmp(a->type, b->type) == 0;
    f->contradicts = f->time == SLK_TIMES_DIFFER || !types || other_target || metres > PLACE_FAR_M ||
                     (*a->country && *b->country && !actor);
    if (f->contradicts || f->time < SLK_TIMES_DAY || !actor) return;
    bool words = strcmp(a->kind, "statement") == 0 || strcmp(a->kind, "announcement") == 0;
    f->score = 2 + (person ? 1 : 0) + (target ? 2 : 0) + (f->place ? 2 : 0) + (f->time >= SLK_TIMES_NEAR ? 3 : 0);
    if (database && metres <= PLACE_SAME_M) f->score += 1; /* databases place their events by points */
    if (words && !(person && target)) f->score = 0;
}

slk_fit slk_fit_of(const slk_profile *a, const slk_profile *b) {
    slk_fit f = {.time = times(a, b)};
    double metres = slk_profile_distance(a->lat, a->lon, b->lat, b->lon);
    f.place = metres <= PLACE_NEAR_M || (a->place && b->place && strcmp(a->place, b->place) == 0);
    f.weapon = is_special(a->weapon) && b->weapon && strcmp(a->weapon, b->weapon) == 0;
    if (strcmp(a->kind, b->kind) != 0)
        f.contradicts = true;
    else if (is_launch(a) || strcmp(a->kind, "nuclear") == 0)
        fit_launch(a, b, metres, &f);
    else
        fit_deed(a, b, metres, &f);
    return f;
}

/* Day of the week and clock of a telling, by its date where it has one; 0 and -1 where not known. */
static void week_of(const slk_profile *p, int *weekday, int *clock_min) {
    bool dated = p->timed && !p->assumed && p->time.precision >= SLK_P_DAY;
    *weekday = dated ? (int)slk_weekday(own_day(p->time)) : p->weekday;
    *clock_min = dated && p->time.precision >= SLK_P_MINUTE ? p->time.hour * 60 + p->time.minute : p->clock_min;
}

slk_fit_undated_is slk_fit_undated(const slk_profile *a, const slk_profile *b) {
    bool a_dated = a->timed && !a->assumed, b_dated = b->timed && !b->assumed;
    int day_a, day_b, clock_a, clock_b;
    if (strcmp(a->kind, b->kind) != 0 || (a_dated && b_dated) || !types_fit(a, b)) return SLK_UNDATED_NO;
    if (*a->country && *b->country && strcmp(a->country, b->country) != 0) return SLK_UNDATED_NO;
    week_of(a, &day_a, &clock_a);
    week_of(b, &day_b, &clock_b);
    bool days = day_a && day_b, clocks = clock_a >= 0 && clock_b >= 0;
    if ((days && day_a != day_b) || (clocks && abs(clock_a - clock_b) * 60 > NEAR_S)) return SLK_UNDATED_NO;
    if (days && clocks) return SLK_UNDATED_YES;
    return a->timed || b->timed ? SLK_UNDATED_DATED : SLK_UNDATED_OPEN;
}

/* A launch that a report mentions without a day of its own, and the launch that its story is about. */
bool slk_fit_answered(const slk_profile *a, const slk_profile *b) {
    bool vague = !a->timed || a->time.precision < SLK_P_DAY;
    return is_launch(a) && is_launch(b) && vague && !a->main && b->main && *a->country &&
           strcmp(a->country, b->country) == 0 && types_fit(a, b) && times(a, b) != SLK_TIMES_DIFFER &&
           slk_profile_happened(a->certainty);
}

/* The same type, and nobody and nothing that tells them apart. Launches and tests are told by their day alone, and words of speech are
 * too many to be told apart at all unless the same person says them. */
bool slk_fit_near(const slk_profile *a, const slk_profile *b) {
    static const char *const words[] = {"statement", "announcement", "prediction", "analysis", "threat", "promise"};
    slk_fit_time time = times(a, b);
    bool person = a->actor && b->actor && strcmp(a->actor, b->actor) == 0;
    bool told_apart = (*a->country && *b->country && strcmp(a->country, b->country) != 0) ||
                      (*a->target && *b->target && strcmp(a->target, b->target) != 0) ||
                      slk_profile_distance(a->lat, a->lon, b->lat, b->lon) > PLACE_FAR_M;
    if (told_apart || strcmp(a->kind, "planned") == 0) return false;
    if (is_launch(a) || strcmp(a->kind, "nuclear") == 0) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(a->kind, words[i]) == 0 && !person) return false;
    return strcmp(a->type, b->type) == 0 && time != SLK_TIMES_DIFFER;
}

bool slk_fit_is_story(const slk_profile *p) {
    static const char *const apart[] = {"launch",       "nuclear",    "planned", "statement",
                                        "announcement", "prediction", "analysis"};
    if (strcmp(p->kind, "story") == 0) return true;
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        if (strcmp(p->kind, apart[i]) == 0) return false;
    return p->main;
}

/* One report leads with the police, the other with the court a day later: what a report as a whole tells is not told apart by who does
 * its first deed, or when. */
bool slk_fit_story(const slk_profile *a, const slk_profile *b) {
    return strcmp(a->kind, "story") == 0 || strcmp(b->kind, "story") == 0 || slk_fit_near(a, b);
}
