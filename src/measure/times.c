/* times.c - finds the times a report states. Two walks: the first reads expressions off the text (time_date.c, time_clock.c,
 * time_span.c) and joins clock, day and zone; the second resolves them in order, each by the day of publication, by what was
 * told before it and by its neighbours: a clock time takes the day of its sentence, "(2150 GMT)" restates the time before it.
 * Where no day of publication is given, the text's own dateline may say it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "measure/time_finder.h"

/* ---------------------------------------------------------------- what kind of text, of which day */

static uint32_t line_start(slk_text t, uint32_t at) {
    uint32_t n = 0;
    while (at > 0 && t.at[at - 1] != '\n' && n++ < 160) at--;
    return at;
}

/* A date in the first lines that stands alone on its line or in a dateline: "SEOUL, March 4 (Reuters) -". */
static bool is_dateline(const slk_time_finder *f, const slk_time_found *x) {
    slk_text t = f->r->report.text;
    const slk_said *s = &x->s;
    if (s->what != SLK_SAID_POINT || s->unit != SLK_TU_DAY || s->base != SLK_BASE_FIELDS || s->weak || !s->month)
        return false;
    const slk_wire *w = slk_wire_of(f->r, slk_sentence_at(f->r, s->span.start));
    if (w && slk_span_overlaps(w->date, s->span)) return true;
    if (s->span.start > 1200) return false;
    uint32_t from = line_start(t, s->span.start), to = s->span.end;
    if (s->span.start - from > 100) return false;
    slk_text before = slk_text_trim(slk_text_part(t, from, s->span.start));
    while (to < t.n && t.at[to] == ' ') to++;
    bool line_ends = to >= t.n || t.at[to] == '\n' || t.at[to] == '\r';
    slk_text behind = slk_text_part(t, to, (uint32_t)t.n);
    bool dash = slk_text_starts(behind, "--") || slk_text_starts(behind, "- ") ||
                slk_text_starts(behind, "\xE2\x80\x94") || slk_text_starts(behind, "\xE2\x80\x93");
    if (line_ends && before.n <= 24 && !slk_text_ends_fold(before, " on")) return true;
    bool city = before.n > 2 && before.at[before.n - 1] == ',' && slk_is_upper(before.at[0]);
    return city && (dash || slk_text_starts(behind, "("));
}

/* Published on Saturday in the west, a report tells what happened on "Sunday" in the east: has the next day begun there? Asks
 * the first places of the report, of which that of the dateline is one, so that any of them may say so; a time of publication without zone counts as UTC, midnight as no time at all. */
static bool next_day_there(const slk_time_finder *f, slk_instant now) {
    const slk_reading *r = f->r;
    slk_instant p = r->report.published;
    int32_t offset;
    bool hour = p.precision >= SLK_P_HOUR && (p.hour || p.minute || p.second);
    if (p.precision < SLK_P_DAY) return false;
    for (uint32_t i = 0; i < r->places.n && i < 12; i++) {
        if (!slk_zone_offset(f->pack, r->places.at[i].zone, slk_instant_seconds(p), &offset)) continue;
        slk_instant there = slk_instant_at(slk_instant_seconds(p), offset / 60, SLK_P_DAY);
        if (hour && slk_instant_days(there) > slk_instant_days(now)) return true;
        if (!hour && offset >= 5 * 3600) return true;
    }
    return false;
}

/* The zone of the place of a dateline, "SEOUL, Sept. 18 (Meridian) -", "TOKYO - ": at the start of one of the first lines, with a
 * bracket or a dash not far behind; NULL where there is none. */
static const char *dateline_zone(const slk_time_finder *f) {
    slk_text t = f->r->report.text;
    for (uint32_t i = 0; i < f->r->places.n && i < 6; i++) {
        const slk_place *p = &f->r->places.at[i];
        if (p->span.start > 1200) break;
        if (!p->zone || slk_text_trim(slk_text_part(t, line_start(t, p->span.start), p->span.start)).n) continue;
        slk_text behind = slk_text_head(slk_text_part(t, p->span.end, (uint32_t)t.n), 48);
        for (size_t k = 0; k < behind.n && behind.at[k] != '\n' && behind.at[k] != '.'; k++) {
            slk_text rest = slk_text_part(behind, (uint32_t)k, (uint32_t)behind.n);
            if (slk_text_starts(rest, " (") || slk_text_starts(rest, " --") || slk_text_starts(rest, " - ") ||
                slk_text_starts(rest, " \xE2\x80\x94") || slk_text_starts(rest, " \xE2\x80\x93"))
                return p->zone;
        }
    }
    return NULL;
}

/* The day of publication by the clock of the place the report is dated from: at 23:30 of Greenwich it is tomorrow in Seoul. Without
 * such a place the day as it was given. */
static slk_instant day_of_publication(const slk_time_finder *f) {
    slk_instant p = f->r->report.published;
    int32_t offset;
    const char *zone =
        p.precision >= SLK_P_HOUR && p.has_offset && (p.hour || p.minute || p.second) ? dateline_zone(f) : NULL;
    if (!zone || !slk_zone_offset(f->pack, zone, slk_instant_seconds(p), &offset)) return slk_instant_cut(p, SLK_P_DAY);
    p = slk_instant_at(slk_instant_seconds(p), offset / 60, SLK_P_DAY);
    p.has_offset = false;
    return p;
}

static void choose_anchor(slk_time_finder *f) {
    slk_report *report = &f->r->report;
    slk_anchor *a = &f->anchor;
    slk_time t;
    slk_time_point p = {0};
    a->now = day_of_publication(f);
    a->ahead = next_day_there(f, a->now);
    for (uint32_t i = 0; i < f->found.n && f->found.at[i].s.span.start <= 1200; i++) {
        slk_time_found *x = &f->found.at[i];
        if (!is_dateline(f, x)) continue;
        x->dateline = true;
        slk_said s = x->s;
        s.has_clock = false;
        bool said = s.year != SLK_NO_YEAR;
        if (a->now.precision == SLK_P_NONE && !said) continue;
        if (slk_said_resolve(f->r, a, SLK_LEAN_NONE, &s, &t, &p) != SLK_OK || p.start.precision != SLK_P_DAY) continue;
        if (report->published.precision == SLK_P_NONE) {
            report->published = p.start;
            report->published_basis = SLK_PUB_DATELINE;
        } else if (a->now.precision >= SLK_P_DAY) {
            int64_t d = slk_instant_days(p.start) - slk_instant_days(a->now);
            if (d < -10 || d > 1) continue;
        } else if (!slk_instant_eq(slk_instant_cut(p.start, (slk_precision)a->now.precision), a->now)) {
            continue;
        }
        a->ahead = a->ahead && slk_instant_eq(a->now, p.start);
        a->now = p.start;
        return;
    }
}

/* A history says its years and months; news says its weekdays. */
static void choose_manner(slk_time_finder *f) {
    uint32_t years = 0, news = 0;
    for (uint32_t i = 0; i < f->found.n; i++) {
        const slk_said *s = &f->found.at[i].s;
        if (s->what != SLK_SAID_POINT) continue;
        if (s->base == SLK_BASE_FIELDS && s->year != SLK_NO_YEAR && !s->year_shifted) {
            int32_t d = s->year - f->anchor.now.year;
            years += s->bc || f->anchor.now.precision == SLK_P_NONE || d < -1 || d > 1;
        }
        news += s->base == SLK_BASE_NOW || s->base == SLK_BASE_WEEKDAY;
    }
    f->anchor.narrative = f->anchor.now.precision == SLK_P_NONE || (years >= 4 && years > 2 * news);
}

/* ---------------------------------------------------------------- the second walk */

static bool gives_day(const slk_time_found *x, uint32_t sentence) {
    return x->sentence == sentence && x->s.what == SLK_SAID_POINT && x->s.unit == SLK_TU_DAY &&
           x->s.base != SLK_BASE_NONE && !x->gloss && !x->s.weak;
}

/* The day of a clock time that says none: of its range, of its sentence (before it, else behind), told before, or today. */
static void borrow_day(const slk_time_finder *f, uint32_t i, slk_said *s, bool *told) {
    const slk_time_found *x = &f->found.at[i];
    const slk_time_found *from = NULL;
    if (x->range && i + 1 < f->found.n && gives_day(&f->found.at[i + 1], x->sentence)) from = &f->found.at[i + 1];
    if (!from && i + 1 < f->found.n && gives_day(&f->found.at[i + 1], x->sentence) &&
        slk_times_between(f, i, i + 1).n <= 12 &&
        !memchr(slk_times_between(f, i, i + 1).at, '(', slk_times_between(f, i, i + 1).n))
        from = &f->found.at[i + 1];
    for (uint32_t k = i; !from && k-- > 0 && k + 6 > i;)
        if (gives_day(&f->found.at[k], x->sentence)) from = &f->found.at[k];
    for (uint32_t k = i + 1; !from && k < f->found.n && k < i + 6; k++)
        if (gives_day(&f->found.at[k], x->sentence)) from = &f->found.at[k];
    slk_said clock = *s;
    if (from) {
        slk_said day = from->s;
        slk_said_take_day(&clock, &day);
        *s = clock;
        return;
    }
    slk_said day = slk_said_blank();
    day.base = *told ? SLK_BASE_TOLD : SLK_BASE_NOW;
    day.unit = SLK_TU_DAY;
    day.shift_said = true;
    slk_said_take_day(&clock, &day);
    *s = clock;
}

/* May a clock time without day lean on the date told before? If that is a day close to the report's own, or in a history. */
static bool told_is_near(const slk_time_finder *f) {
    const slk_anchor *a = &f->anchor;
    if (a->told.unit != SLK_TU_DAY || a->told.start.precision < SLK_P_DAY) return false;
    if (a->narrative || a->now.precision < SLK_P_DAY) return true;
    int64_t d = slk_instant_days(a->told.start) - slk_instant_days(a->now);
    return d >= -2 && d <= 1;
}

/* In a heading: a short line without a full stop at its end. */
static bool in_heading(const slk_time_finder *f, slk_span s) {
    slk_text t = f->r->report.text;
    uint32_t from = line_start(t, s.start), to = s.end;
    while (to < t.n && t.at[to] != '\n' && to - from < 100) to++;
    slk_text line = slk_text_trim(slk_text_part(t, from, to));
    return line.n > 0 && line.n < 90 && (to >= t.n || t.at[to] == '\n') && !memchr(".!?\"", line.at[line.n - 1], 4);
}

/* A year alone moves a history on where something is said to be "in" it or in a heading, not where it is named in passing
 * ("since 2017"). */
static bool aside(const slk_time_finder *f, const slk_time_found *x) {
    uint32_t start = x->s.span.start;
    if (!slk_said_plain_year(&x->s) || f->anchor.told.start.precision == SLK_P_NONE) return false;
    if (f->anchor.narrative && in_heading(f, x->s.span)) return false;
    return start < 3 || !slk_text_is_fold(slk_reading_text(f->r, (slk_span){start - 3, start}), "in ");
}

#define FAR_YEARS 5

static bool says_year(const slk_said *s) {
    return s->what == SLK_SAID_POINT && s->base == SLK_BASE_FIELDS && s->year != SLK_NO_YEAR && !s->year_shifted;
}

/* The next year said behind an expression, 0 where none is near. */
static int32_t next_year(const slk_time_finder *f, uint32_t i) {
    for (uint32_t k = i + 1; k < f->found.n && k < i + 9; k++) {
        const slk_said *s = &f->found.at[k].s;
        if (says_year(s) && !s->bc && s->unit <= SLK_TU_YEAR) return s->year;
    }
    return 0;
}

static int32_t signed_year(slk_time_point p) { return p.bc ? -p.start.year : p.start.year; }

/* A history names another year in the middle of a sentence ("papers opened in 2005 showed", "planned for 1976"): far off, or coarser
 * than what it tells of. It does not go on from there unless it says that year again. */
static bool digresses(const slk_time_finder *f, const slk_time_found *x, slk_time_point p) {
    const slk_anchor *a = &f->anchor;
    if (!a->narrative || !says_year(&x->s) || a->told.start.precision == SLK_P_NONE || in_heading(f, x->s.span))
        return false;
    if (x->sentence >= f->r->sentences.n) return false;
    if (x->s.span.start < f->r->sentences.at[x->sentence].span.start + 24) return false;
    int32_t apart = abs(signed_year(p) - signed_year(a->told));
    bool coarse = p.unit == SLK_TU_YEAR && a->told.start.precision >= SLK_P_MONTH && apart > 0;
    if (apart <= FAR_YEARS && !coarse) return false;
    if (!f->aside.start.precision) return true;
    return abs(signed_year(p) - signed_year(f->aside)) > (apart > FAR_YEARS ? FAR_YEARS : 0);
}

/* The date that one without year leans on: what was named in passing where it stands in the same sentence, or where the story does
 * not come to it within half a year. */
static slk_time_point leans_on(const slk_time_finder *f, const slk_time_found *x, const slk_said *s) {
    const slk_anchor *a = &f->anchor;
    if (!f->aside.start.precision) return a->told;
    if (f->aside_sentence == x->sentence) return f->aside;
    if (!a->narrative || s->base != SLK_BASE_FIELDS || !s->month || a->told.start.precision < SLK_P_MONTH || a->told.bc)
        return a->told;
    if (abs(signed_year(f->aside) - signed_year(a->told)) > FAR_YEARS) return a->told;
    for (int32_t year = a->told.start.year; year <= a->told.start.year + 1; year++) {
        slk_time_point p = slk_point_in_year(s, year);
        int64_t ahead = slk_instant_days(p.start) - slk_instant_days(a->told.start);
        if (p.start.precision && ahead >= -31 && ahead <= 183) return a->told;
    }
    return f->aside;
}

/* "In April and June 1955", "between March 7 and April 2, 2016": the year stands with the second. */
static bool year_behind(const slk_time_finder *f, uint32_t i, slk_said *s) {
    static const char *const links[] = {"and", "to",      "-",     "\xE2\x80\x93", "or",
                                        ",",   "through", "until", "and in",       "and on"};
    for (uint32_t k = i + 1; k < f->found.n && k < i + 4; k++) {
        const slk_said *n = &f->found.at[k].s;
        slk_text gap = slk_text_trim(slk_times_between(f, k - 1, k));
        bool linked = false;
        for (size_t m = 0; m < sizeof links / sizeof *links; m++) linked = linked || slk_text_is(gap, links[m]);
        if (!linked || n->base != SLK_BASE_FIELDS || n->unit < SLK_TU_DAY || n->unit > SLK_TU_SEASON) return false;
        if (n->year == SLK_NO_YEAR && !n->year_shifted) continue;
        s->year = n->year;
        s->year_shifted = n->year_shifted;
        s->year_told = n->year_told;
        s->bc = n->bc;
        if (!s->year_shifted && s->month > n->month && n->month) s->year--;
        return true;
    }
    return false;
}

/* What is counted from now or back from what was told does not move the story on. */
static bool looks_back(const slk_time_finder *f, const slk_said *s) {
    if (slk_said_year_ago(s)) return true;
    if (!f->anchor.narrative) return false;
    return s->base == SLK_BASE_NOW || (s->base == SLK_BASE_TOLD && s->shift < 0 && s->unit >= SLK_TU_MONTH);
}

static slk_err resolve_one(slk_time_finder *f, uint32_t i) {
    slk_reading *r = f->r;
    slk_time_found *x = &f->found.at[i];
    slk_said s = x->s;
    slk_time t;
    slk_time_point p;
    slk_anchor a = f->anchor;
    a.next_year = next_year(f, i);
    a.told = leans_on(f, x, &s);
    const slk_time *main = x->gloss ? &r->times.at[f->found.at[slk_gloss_target(f, i)].time] : NULL;
    bool told = told_is_near(f);
    if (main && s.base == SLK_BASE_NONE) slk_gloss_day(f, main, &s);
    if (main && s.base == SLK_BASE_WEEKDAY &&
        main->earliest.precision >= SLK_P_DAY) { /* the one next to the main day */
        a.now = slk_instant_day(slk_instant_days(main->earliest) + 1);
        x->lean = SLK_LEAN_PAST;
    }
    if (s.has_clock && s.base == SLK_BASE_NONE && !slk_day_of_gloss(f, i, &s)) borrow_day(f, i, &s, &told);
    bool close = x->sentence <= f->told_sentence + 1 && s.shift_said; /* "that night": of what has just been told */
    if (s.daypart && s.base == SLK_BASE_TOLD && s.shift == 0 && !told && !close) s.base = SLK_BASE_NOW;
    bool no_year = s.base == SLK_BASE_FIELDS && s.year == SLK_NO_YEAR && !s.shift_said && !s.weekday && !s.weak;
    if (no_year && !year_behind(f, i, &s) && a.now.precision && a.told.start.year < a.now.year &&
        a.told.start.precision && f->year_end && s.span.start - f->year_end < 100 && f->year_sentence == x->sentence &&
        x->lean != SLK_LEAN_FUTURE)
        a.narrative = true; /* "In 2017, ... in July" */
    bool goes_on = no_year && x->lean == SLK_LEAN_PAST && s.base == SLK_BASE_FIELDS && s.month &&
                   x->sentence == f->told_sentence + 1 && f->year_sentence == f->told_sentence && f->told_years == 1;
    if (goes_on && s.year == SLK_NO_YEAR && a.told.unit == SLK_TU_MONTH && s.month > a.told.start.month)
        a.narrative = true; /* "They left in July 2019. In August ..." */
    if (!a.narrative && s.base == SLK_BASE_TOLD && x->sentence > f->told_sentence + 2 && a.now.precision) {
        a.told = (slk_time_point){0}; /* too far back to be meant */
    }
    if (s.what == SLK_SAID_REF && x->lean == SLK_LEAN_PAST && strcmp(s.value, "FUTURE_REF") == 0) {
        return SLK_OK; /* "soon fled" */
    }
    slk_err err = slk_said_resolve(r, &a, x->dateline ? SLK_LEAN_NONE : (slk_time_lean)x->lean, &s, &t, &p);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &r->times, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    if (x->gloss) t.gloss_of = f->found.at[slk_gloss_target(f, i)].time;
    slk_time_fill_utc(f->pack, &t);
    x->time = r->times.n;
    r->times.at[r->times.n++] = t;
    if (p.start.precision && !x->gloss && !x->dateline && !aside(f, x) && !looks_back(f, &s)) {
        if (digresses(f, x, p)) {
            f->aside = p;
            f->aside_sentence = x->sentence;
            return SLK_OK;
        }
        f->aside = (slk_time_point){0};
        f->anchor.told = p;
        if (t.type == SLK_TIME_TIME && t.earliest.precision >= SLK_P_HOUR) {
            f->anchor.told.start = t.earliest;
            f->anchor.told.start.has_offset = false;
        }
        f->told_sentence = x->sentence;
        f->told_years = says_year(&s) ? 1 : 0;
        if (s.year != SLK_NO_YEAR && !s.year_shifted) {
            f->year_sentence = x->sentence;
            f->year_end = s.span.end;
        }
    }
    return SLK_OK;
}

slk_err slk_times_find(const slk_pack *pack, slk_reading *r) {
    slk_time_finder f = {.pack = pack, .r = r};
    f.x = slk_lexer_start(pack, r);
    if (!f.x) return SLK_ENOMEM;
    slk_err err = slk_times_walk(&f);
    if (err != SLK_OK) return err;
    choose_anchor(&f);
    choose_manner(&f);
    slk_glosses_find(&f);
    for (uint32_t i = 0; err == SLK_OK && i < f.found.n; i++) err = resolve_one(&f, i);
    return err;
}
