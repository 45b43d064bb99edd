/* time_point.c - stretches of the calendar: the week, month or decade around a day, the one so many units later, and the year
 * of a date that says none. Easter after Meeus, Jones and Butcher. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/timing.h"

#define FAR_FUTURE_YEAR 9999
#define NEWS_DAYS 10

/* ---------------------------------------------------------------- points */

slk_instant slk_point_instant(int32_t year, unsigned month, unsigned day) {
    slk_instant t = {.year = year, .month = (uint8_t)month, .day = (uint8_t)day};
    t.precision = day ? SLK_P_DAY : month ? SLK_P_MONTH : SLK_P_YEAR;
    return t;
}

slk_time_point slk_point(slk_instant start, slk_time_unit unit) {
    return (slk_time_point){.start = start, .unit = (uint8_t)unit};
}

slk_time_point slk_point_day(int64_t days, slk_time_unit unit) { return slk_point(slk_instant_day(days), unit); }

/* The month `months` after a year and month. */
static slk_instant month_after(int32_t year, unsigned month, int64_t months) {
    int64_t m = (int64_t)year * 12 + (month - 1) + months;
    int64_t y = m >= 0 ? m / 12 : -((11 - m) / 12);
    if (y > FAR_FUTURE_YEAR) y = FAR_FUTURE_YEAR;
    return slk_point_instant((int32_t)y, (unsigned)(m - (m >= 0 ? m / 12 : -((11 - m) / 12)) * 12) + 1, 0);
}

static unsigned months_of(slk_time_unit unit) {
    switch (unit) {
    case SLK_TU_MONTH: return 1;
    case SLK_TU_SEASON:
    case SLK_TU_QUARTER: return 3;
    case SLK_TU_HALF: return 6;
    case SLK_TU_YEAR: return 12;
    case SLK_TU_DECADE: return 120;
    case SLK_TU_CENTURY: return 1200;
    case SLK_TU_MILLENNIUM: return 12000;
    default: return 0;
    }
}

static int64_t days_of(slk_time_unit unit) {
    switch (unit) {
    case SLK_TU_DAY: return 1;
    case SLK_TU_WEEKEND: return 2;
    case SLK_TU_WEEK: return 7;
    case SLK_TU_FORTNIGHT: return 14;
    default: return 0;
    }
}

/* The unit of the calendar that holds an instant: its week, month, quarter, decade. */
slk_time_point slk_point_around(slk_instant t, slk_time_unit unit) {
    int64_t days = slk_instant_days(t);
    unsigned weekday = slk_weekday(days);
    unsigned month = t.month ? t.month : 1;
    switch (unit) {
    case SLK_TU_DAY: return slk_point_day(days, unit);
    case SLK_TU_WEEK:
    case SLK_TU_FORTNIGHT: return slk_point_day(days - (int64_t)weekday + 1, SLK_TU_WEEK);
    case SLK_TU_WEEKEND: return slk_point_day(days - (int64_t)weekday + 6, unit);
    case SLK_TU_MONTH: return slk_point(slk_point_instant(t.year, month, 0), unit);
    case SLK_TU_QUARTER: return slk_point(slk_point_instant(t.year, (month - 1) / 3 * 3 + 1, 0), unit);
    case SLK_TU_HALF: return slk_point(slk_point_instant(t.year, month < 7 ? 1 : 7, 0), unit);
    case SLK_TU_DECADE: return slk_point(slk_point_instant(t.year - t.year % 10, 0, 0), unit);
    case SLK_TU_CENTURY: return slk_point(slk_point_instant(t.year - t.year % 100, 0, 0), unit);
    case SLK_TU_MILLENNIUM: return slk_point(slk_point_instant(t.year - t.year % 1000, 0, 0), unit);
    default: return slk_point(slk_point_instant(t.year, 0, 0), SLK_TU_YEAR);
    }
}

/* The point n units later. */
slk_time_point slk_point_later(slk_time_point p, double n) {
    slk_time_unit unit = (slk_time_unit)p.unit;
    if (!(fabs(n) < 1e6)) return (slk_time_point){0};
    if (days_of(unit)) {
        int64_t step = unit == SLK_TU_WEEKEND ? 7 : days_of(unit);
        return slk_point_day(slk_instant_days(p.start) + (int64_t)llround(n * (double)step), unit);
    }
    slk_instant m = month_after(p.start.year, p.start.month ? p.start.month : 1, llround(n * months_of(unit)));
    if (m.year < 0) return (slk_time_point){0};
    if (unit >= SLK_TU_YEAR) m = slk_point_instant(m.year, 0, 0);
    return slk_point(m, unit);
}

/* ---------------------------------------------------------------- years not said */

/* Which of the years around the anchor: `first` gives the day the thing begins in a year, -1 where it has none. */
typedef struct yearly {
    const slk_said *s;
    slk_time_unit unit;
} yearly;

static int64_t easter(int32_t year) { /* after Meeus, Jones and Butcher */
    int32_t a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int32_t h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return slk_days_from_civil(year, (unsigned)(n / 31), (unsigned)(n % 31 + 1));
}

/* "1990 0127 0215 ...": a year, and month and day of the feast in it and in each that follows. */
static int64_t listed_in(const char *list, int32_t year) {
    char *end;
    int32_t at = (int32_t)strtol(list, &end, 10);
    if (year < at || (size_t)(year - at) * 5 + 5 > strlen(end)) return -1;
    unsigned long day = strtoul(end + (size_t)(year - at) * 5, NULL, 10);
    return day ? slk_days_from_civil(year, (unsigned)(day / 100), (unsigned)(day % 100)) : -1;
}

/* "12-25", "11:4:4" (fourth Thursday), "05:-1:1" (last Monday), "11:1:2+" (Tuesday after the first Monday), "E-2" */
static int64_t holiday_in(const char *rule, int32_t year) {
    if (rule[0] == '@') return listed_in(rule + 1, year);
    if (rule[0] == 'E') return easter(year) + strtol(rule + 1, NULL, 10);
    unsigned month = (unsigned)strtol(rule, NULL, 10);
    if (month < 1 || month > 12) return -1;
    if (rule[2] == '-') return slk_days_from_civil(year, month, (unsigned)strtol(rule + 3, NULL, 10));
    int nth = (int)strtol(rule + 3, NULL, 10);
    const char *w = strchr(rule + 3, ':');
    int weekday = w ? w[1] - '0' : 1;
    bool behind_monday = w && w[2] == '+';
    if (behind_monday) weekday = 1;
    int64_t first = slk_days_from_civil(year, month, 1), last = first + slk_days_in_month(year, month) - 1;
    if (nth < 0) return last - ((int)slk_weekday(last) - weekday + 7) % 7;
    int64_t day = first + (weekday - (int)slk_weekday(first) + 7) % 7 + (int64_t)(nth - 1) * 7;
    return behind_monday ? day + 1 : day;
}

unsigned slk_said_first_month(const slk_said *s) {
    if (s->unit == SLK_TU_SEASON) return s->part * 3u;
    if (s->unit == SLK_TU_QUARTER) return (s->part - 1u) * 3 + 1;
    if (s->unit == SLK_TU_HALF) return (s->part - 1u) * 6 + 1;
    return s->month;
}

/* The thing as it falls into a year; precision NONE where it does not (29 February). */
slk_time_point slk_point_in_year(const slk_said *s, int32_t year) {
    slk_time_point p = {0};
    if (s->base == SLK_BASE_HOLIDAY) {
        int64_t day = holiday_in(s->holiday, year);
        return day >= 0 || year < 1970 ? slk_point_day(day, SLK_TU_DAY) : p;
    }
    if (s->week_nth && s->month) { /* "the last week of March" */
        int64_t first = slk_days_from_civil(year, s->month, 1), last = first + slk_days_in_month(year, s->month) - 1;
        if (s->weekday && s->week_nth < 0)
            return slk_point_day(last - ((int)slk_weekday(last) - s->weekday + 7) % 7, SLK_TU_DAY);
        if (s->weekday) {
            int64_t nth = first + (s->weekday - (int)slk_weekday(first) + 7) % 7 + (int64_t)(s->week_nth - 1) * 7;
            return nth <= last ? slk_point_day(nth, SLK_TU_DAY) : p;
        }
        if (s->unit == SLK_TU_DAY) return slk_point_day(s->week_nth < 0 ? last : first + s->week_nth - 1, SLK_TU_DAY);
        int64_t day = s->week_nth < 0 ? last : first + (int64_t)(s->week_nth - 1) * 7;
        return slk_point_around(slk_instant_day(day), (slk_time_unit)s->unit);
    }
    if (s->unit == SLK_TU_DAY) {
        if (s->day > slk_days_in_month(year, s->month)) return p;
        return slk_point(slk_point_instant(year, s->month, s->day), SLK_TU_DAY);
    }
    if (s->day && (s->unit == SLK_TU_WEEK || s->unit == SLK_TU_WEEKEND)) { /* "the week of Sept. 2" */
        if (s->day > slk_days_in_month(year, s->month)) return p;
        return slk_point_around(slk_point_instant(year, s->month, s->day), (slk_time_unit)s->unit);
    }
    if (s->unit >= SLK_TU_YEAR) return slk_point(slk_point_instant(year, 0, 0), (slk_time_unit)s->unit);
    return slk_point(slk_point_instant(year, slk_said_first_month(s), 0), (slk_time_unit)s->unit);
}

int64_t slk_point_last_day(slk_time_point p) {
    slk_time_point next = slk_point_later(p, 1);
    int64_t span = p.unit == SLK_TU_WEEKEND ? 2 : slk_instant_days(next.start) - slk_instant_days(p.start);
    return slk_instant_days(p.start) + span - 1;
}

/* A thing that comes every year, of a year that was not said: the one before, behind or nearest to the anchor. A weekday
 * beside the date decides first: "Wednesday, Sept. 18" is only of years where that day is a Wednesday. */
slk_time_point slk_point_nearest_year(const slk_said *s, slk_instant anchor, slk_time_lean lean) {
    slk_time_point best = {0};
    double best_cost = 1e9;
    int64_t now = slk_instant_days(anchor);
    for (int32_t year = anchor.year - 4; year <= anchor.year + 2; year++) {
        bool close = year >= anchor.year - 1 && year <= anchor.year + 1;
        slk_time_point p = slk_point_in_year(s, year);
        if (p.start.precision == SLK_P_NONE) continue;
        int64_t first = slk_instant_days(p.start), last = slk_point_last_day(p);
        bool weekday = s->weekday && !s->week_nth && s->unit == SLK_TU_DAY && slk_weekday(first) == s->weekday;
        if (!close && !(weekday && year < anchor.year)) continue;
        double cost = first > now ? (double)(first - now) : last < now ? (double)(now - last) : 0;
        if (s->shift_said) {
            if (s->shift < 0 && last >= now) cost += 1e5;
            if (s->shift > 0 && first <= now) cost += 1e5;
            if (s->shift == 0 && p.start.year != anchor.year) cost += 1e5;
        } else if (lean == SLK_LEAN_PAST && first > now + 2) {
            cost += s->unit == SLK_TU_DAY ? 200 : 300; /* nobody says "Nov. 10" of a day nearly a year ago */
        } else if (lean == SLK_LEAN_FUTURE && last < now - 1) {
            cost += s->unit == SLK_TU_DAY ? 200 : s->unit == SLK_TU_QUARTER ? 100 : 300;
        } else if (lean == SLK_LEAN_NONE && first > now) {
            cost *= 1.3;
        }
        bool fresh = cost <= NEWS_DAYS; /* of the news: a weekday that does not fit is then a slip, not another year */
        if (s->weekday && !s->week_nth && s->unit == SLK_TU_DAY && !weekday && !fresh) cost += 3000;
        if (cost < best_cost) {
            best_cost = cost;
            best = p;
        }
    }
    return best;
}
