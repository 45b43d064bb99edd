/* time_resolve.c - what a time expression means: from what its words say, the day of publication and the date told before, to
 * a stretch of the calendar, its TIMEX3 value (ISO-TimeML) and its bounds. Never guesses a day of publication: what depends on
 * one and has none stays without value. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/timing.h"

#define FAR_FUTURE_YEAR 9999

/* ---------------------------------------------------------------- points */

static slk_instant instant(int32_t year, unsigned month, unsigned day) {
    slk_instant t = {.year = year, .month = (uint8_t)month, .day = (uint8_t)day};
    t.precision = day ? SLK_P_DAY : month ? SLK_P_MONTH : SLK_P_YEAR;
    return t;
}

static slk_time_point point(slk_instant start, slk_time_unit unit) {
    return (slk_time_point){.start = start, .unit = (uint8_t)unit};
}

static slk_time_point point_day(int64_t days, slk_time_unit unit) { return point(slk_instant_day(days), unit); }

/* The month `months` after a year and month. */
static slk_instant month_after(int32_t year, unsigned month, int64_t months) {
    int64_t m = (int64_t)year * 12 + (month - 1) + months;
    int64_t y = m >= 0 ? m / 12 : -((11 - m) / 12);
    if (y > FAR_FUTURE_YEAR) y = FAR_FUTURE_YEAR;
    return instant((int32_t)y, (unsigned)(m - (m >= 0 ? m / 12 : -((11 - m) / 12)) * 12) + 1, 0);
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
static slk_time_point unit_around(slk_instant t, slk_time_unit unit) {
    int64_t days = slk_instant_days(t);
    unsigned weekday = slk_weekday(days);
    unsigned month = t.month ? t.month : 1;
    switch (unit) {
    case SLK_TU_DAY: return point_day(days, unit);
    case SLK_TU_WEEK:
    case SLK_TU_FORTNIGHT: return point_day(days - (int64_t)weekday + 1, SLK_TU_WEEK);
    case SLK_TU_WEEKEND: return point_day(days - (int64_t)weekday + 6, unit);
    case SLK_TU_MONTH: return point(instant(t.year, month, 0), unit);
    case SLK_TU_QUARTER: return point(instant(t.year, (month - 1) / 3 * 3 + 1, 0), unit);
    case SLK_TU_HALF: return point(instant(t.year, month < 7 ? 1 : 7, 0), unit);
    case SLK_TU_DECADE: return point(instant(t.year - t.year % 10, 0, 0), unit);
    case SLK_TU_CENTURY: return point(instant(t.year - t.year % 100, 0, 0), unit);
    case SLK_TU_MILLENNIUM: return point(instant(t.year - t.year % 1000, 0, 0), unit);
    default: return point(instant(t.year, 0, 0), SLK_TU_YEAR);
    }
}

/* The point n units later. */
static slk_time_point later(slk_time_point p, double n) {
    slk_time_unit unit = (slk_time_unit)p.unit;
    if (!(fabs(n) < 1e6)) return (slk_time_point){0};
    if (days_of(unit)) {
        int64_t step = unit == SLK_TU_WEEKEND ? 7 : days_of(unit);
        return point_day(slk_instant_days(p.start) + (int64_t)llround(n * (double)step), unit);
    }
    slk_instant m = month_after(p.start.year, p.start.month ? p.start.month : 1, llround(n * months_of(unit)));
    if (m.year < 0) return (slk_time_point){0};
    if (unit >= SLK_TU_YEAR) m = instant(m.year, 0, 0);
    return point(m, unit);
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

/* "12-25", "11:4:4" (fourth Thursday), "05:-1:1" (last Monday), "11:1:2+" (Tuesday after the first Monday), "E-2" */
static int64_t holiday_in(const char *rule, int32_t year) {
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

static unsigned first_month(const slk_said *s) {
    if (s->unit == SLK_TU_SEASON) return s->part * 3u;
    if (s->unit == SLK_TU_QUARTER) return (s->part - 1u) * 3 + 1;
    if (s->unit == SLK_TU_HALF) return (s->part - 1u) * 6 + 1;
    return s->month;
}

/* The thing as it falls into a year; precision NONE where it does not (29 February). */
static slk_time_point in_year(const slk_said *s, int32_t year) {
    slk_time_point p = {0};
    if (s->base == SLK_BASE_HOLIDAY) return point_day(holiday_in(s->holiday, year), SLK_TU_DAY);
    if (s->week_nth && s->month) { /* "the last week of March" */
        int64_t first = slk_days_from_civil(year, s->month, 1), last = first + slk_days_in_month(year, s->month) - 1;
        if (s->unit == SLK_TU_DAY) return point_day(s->week_nth < 0 ? last : first + s->week_nth - 1, SLK_TU_DAY);
        int64_t day = s->week_nth < 0 ? last : first + (int64_t)(s->week_nth - 1) * 7;
        return unit_around(slk_instant_day(day), (slk_time_unit)s->unit);
    }
    if (s->unit == SLK_TU_DAY) {
        if (s->day > slk_days_in_month(year, s->month)) return p;
        return point(instant(year, s->month, s->day), SLK_TU_DAY);
    }
    if (s->unit >= SLK_TU_YEAR) return point(instant(year, 0, 0), (slk_time_unit)s->unit);
    return point(instant(year, first_month(s), 0), (slk_time_unit)s->unit);
}

static int64_t last_day(slk_time_point p) {
    slk_time_point next = later(p, 1);
    int64_t span = p.unit == SLK_TU_WEEKEND ? 2 : slk_instant_days(next.start) - slk_instant_days(p.start);
    return slk_instant_days(p.start) + span - 1;
}

/* A thing that comes every year, of a year that was not said: the one before, behind or nearest to the anchor. A weekday
 * beside the date decides first: "Wednesday, Sept. 18" is only of years where that day is a Wednesday. */
static slk_time_point nearest_year(const slk_said *s, slk_instant anchor, slk_time_lean lean) {
    slk_time_point best = {0};
    double best_cost = 1e9;
    int64_t now = slk_instant_days(anchor);
    for (int32_t year = anchor.year - 4; year <= anchor.year + 2; year++) {
        bool close = year >= anchor.year - 1 && year <= anchor.year + 1;
        slk_time_point p = in_year(s, year);
        if (p.start.precision == SLK_P_NONE) continue;
        int64_t first = slk_instant_days(p.start), last = last_day(p);
        bool weekday = s->weekday && s->unit == SLK_TU_DAY && slk_weekday(first) == s->weekday;
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
        if (s->weekday && s->unit == SLK_TU_DAY && !weekday) cost += 3000;
        if (cost < best_cost) {
            best_cost = cost;
            best = p;
        }
    }
    return best;
}

/* ---------------------------------------------------------------- bases */

static slk_time_point from_fields(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    if (s->year_shifted) {
        slk_instant base = (s->year_told || a->narrative) && a->told.start.precision ? a->told.start : a->now;
        if (base.precision == SLK_P_NONE) return (slk_time_point){0};
        return in_year(s, base.year + s->year);
    }
    if (s->year != SLK_NO_YEAR) {
        slk_time_point p = in_year(s, s->year);
        p.bc = s->bc;
        return p;
    }
    if (s->weak) { /* "the 18th": of the month told before */
        if (a->told.start.precision < SLK_P_MONTH) return (slk_time_point){0};
        slk_said day = *s;
        day.month = a->told.start.month;
        return in_year(&day, a->told.start.year);
    }
    if (a->narrative) {
        if (a->told.start.precision == SLK_P_NONE) return (slk_time_point){0};
        int32_t year = a->told.start.year; /* a history goes on: in January, after October, another year has begun */
        unsigned month = first_month(s);
        if (s->base == SLK_BASE_FIELDS && a->told.start.precision >= SLK_P_MONTH && !a->told.bc &&
            month + 6u < a->told.start.month)
            year++;
        slk_time_point p = in_year(s, year);
        p.bc = a->told.bc;
        return p;
    }
    return a->now.precision >= SLK_P_MONTH ? nearest_year(s, a->now, lean) : (slk_time_point){0};
}

static slk_time_point from_weekday(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    bool told = (s->year_told || a->narrative) && a->told.unit == SLK_TU_DAY;
    slk_instant base = told ? a->told.start : a->now;
    if (base.precision < SLK_P_DAY) return (slk_time_point){0};
    int64_t now = slk_instant_days(base);
    int64_t back = ((int64_t)slk_weekday(now) - s->weekday + 7) % 7, ahead = (7 - back) % 7;
    if (s->shift_said && s->shift < 0) return point_day(now - (back ? back : 7), SLK_TU_DAY);
    if (s->shift_said && s->shift > 0) return point_day(now + (ahead ? ahead : 7), SLK_TU_DAY);
    if (told) return point_day(now + ahead, SLK_TU_DAY);
    if (a->ahead && back == 6 && !s->shift_said && lean != SLK_LEAN_FUTURE) return point_day(now + 1, SLK_TU_DAY);
    if (s->shift_said) lean = lean == SLK_LEAN_PAST ? lean : SLK_LEAN_FUTURE;
    /* the day after publication: in the east it has begun; six days ago would be told as "last Friday" or by its date */
    bool tomorrow = ahead == 1;
    return point_day(lean == SLK_LEAN_FUTURE || tomorrow ? now + ahead : now - back, SLK_TU_DAY);
}

static slk_precision needed(slk_time_unit unit) {
    return unit >= SLK_TU_YEAR ? SLK_P_YEAR : unit >= SLK_TU_MONTH ? SLK_P_MONTH : SLK_P_DAY;
}

/* "two hours ago": only where the hour counted from is known */
static slk_time_point from_clock(slk_instant base, double seconds) {
    if (base.precision < SLK_P_HOUR || !(fabs(seconds) < 1e8)) return (slk_time_point){0};
    slk_instant t = slk_instant_at(slk_instant_seconds(base) + llround(seconds), 0, (slk_precision)base.precision);
    t.has_offset = false;
    return point(t, SLK_TU_MINUTE);
}

/* "the year-ago quarter", "the year-earlier period": the same a year before what was told. */
static slk_time_point year_ago(const slk_anchor *a, const slk_said *s) {
    slk_time_point p = a->told;
    if (s->part) return point(instant(p.start.year - 1, (s->part - 1u) * 3 + 1, 0), SLK_TU_QUARTER);
    if (s->unit == SLK_TU_QUARTER && p.start.precision >= SLK_P_MONTH) p = unit_around(p.start, SLK_TU_QUARTER);
    p.start.year -= 1;
    return p;
}

static slk_time_point from_base(const slk_anchor *a, const slk_said *s) {
    bool told = s->base == SLK_BASE_TOLD || a->now.precision == SLK_P_NONE ||
                (a->narrative && !s->shift_said && s->unit >= SLK_TU_WEEK);
    int32_t shift = told && a->told.bc && s->unit >= SLK_TU_YEAR ? -s->shift : s->shift;
    slk_instant base = told && a->told.start.precision ? a->told.start : a->now;
    slk_time_unit unit = (slk_time_unit)s->unit;
    double n = s->counted ? s->number : 1;
    if (base.precision == SLK_P_NONE || isnan(n)) return (slk_time_point){0};
    if (unit < SLK_TU_DAY)
        return from_clock(base, s->shift * n * (unit == SLK_TU_HOUR ? 3600 : unit == SLK_TU_MINUTE ? 60 : 1));
    if (s->base == SLK_BASE_TOLD && s->year_told && a->told.start.precision) return year_ago(a, s);
    if (s->base == SLK_BASE_TOLD && unit == SLK_TU_QUARTER && !s->shift_said) { /* "the quarter" */
        if (a->told.unit == SLK_TU_QUARTER) return a->told;
        base = a->now;
        n = -1;
        shift = 1;
        if (base.precision < SLK_P_MONTH) return (slk_time_point){0};
    }
    if (base.precision < needed(unit)) return (slk_time_point){0};
    double rest = n - floor(n);
    if (rest > 0 && unit == SLK_TU_YEAR && base.precision >= SLK_P_MONTH) {
        unit = SLK_TU_MONTH;
        n *= 12;
    } else if (rest > 0 && unit == SLK_TU_WEEK) {
        unit = SLK_TU_DAY;
        n *= 7;
    }
    slk_time_point p = unit_around(base, unit);
    if (unit == SLK_TU_FORTNIGHT) n *= 2;
    slk_time_point out = later(p, shift * n);
    out.bc = told && a->told.bc;
    return out;
}

/* ---------------------------------------------------------------- values and bounds */

static const char *date_value(slk_time_point p, char out[64]) {
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    slk_instant t = p.start;
    const char *bc = p.bc ? "BC" : "";
    int32_t year;
    unsigned week;
    switch (p.unit) {
    case SLK_TU_WEEK:
        slk_iso_week(slk_instant_days(t), &year, &week);
        snprintf(out, 64, "%04d-W%02u", year, week);
        break;
    case SLK_TU_WEEKEND:
        slk_iso_week(slk_instant_days(t), &year, &week);
        snprintf(out, 64, "%04d-W%02u-WE", year, week);
        break;
    case SLK_TU_MONTH: snprintf(out, 64, "%s%04d-%02u", bc, t.year, t.month); break;
    case SLK_TU_SEASON: snprintf(out, 64, "%s%04d-%s", bc, t.year, seasons[(t.month / 3u + 3) % 4]); break;
    case SLK_TU_QUARTER: snprintf(out, 64, "%04d-Q%u", t.year, (t.month - 1u) / 3 + 1); break;
    case SLK_TU_HALF: snprintf(out, 64, "%04d-H%u", t.year, t.month < 7 ? 1u : 2u); break;
    case SLK_TU_YEAR: snprintf(out, 64, "%s%04d", bc, t.year); break;
    case SLK_TU_DECADE: snprintf(out, 64, "%s%03d", bc, t.year / 10); break;
    case SLK_TU_CENTURY: snprintf(out, 64, "%s%02d", bc, t.year / 100); break;
    case SLK_TU_MILLENNIUM: snprintf(out, 64, "%s%d", bc, t.year / 1000); break;
    case SLK_TU_MINUTE: slk_instant_format(t, out); break;
    default: snprintf(out, 64, "%s%04d-%02u-%02u", bc, t.year, t.month, t.day); break;
    }
    return out;
}

static slk_instant bound_day(int64_t days, slk_time_unit unit) {
    slk_instant t = slk_instant_day(days);
    return slk_instant_cut(t, unit >= SLK_TU_YEAR ? SLK_P_YEAR : unit >= SLK_TU_MONTH ? SLK_P_MONTH : SLK_P_DAY);
}

/* "early July" is its first third, to the day. */
static void fill_bounds(slk_time_point p, const char *mod, slk_time *out) {
    if (p.bc) {
        out->earliest = out->latest = instant(1 - p.start.year, 0, 0);
        return;
    }
    if (p.unit <= SLK_TU_HOUR) {
        out->earliest = out->latest = p.start;
        return;
    }
    int64_t first = slk_instant_days(p.start), last = last_day(p), third = (last - first + 1) / 3;
    slk_time_unit unit = (slk_time_unit)p.unit;
    if (mod && third >= 2 && unit >= SLK_TU_WEEK) {
        if (strcmp(mod, "START") == 0) last = first + third;
        if (strcmp(mod, "MID") == 0) first += third - 1, last -= third - 1;
        if (strcmp(mod, "END") == 0) first = last - third;
        unit = unit >= SLK_TU_YEAR ? SLK_TU_MONTH : SLK_TU_DAY;
    }
    out->earliest = bound_day(first, unit);
    out->latest = bound_day(last, unit);
}

static void put_clock(const slk_said *s, slk_instant *t) {
    t->hour = s->hour;
    t->minute = s->minute;
    t->second = s->second;
    t->precision = s->clock_precision;
    if (s->hour == 24)
        *t = slk_instant_at(slk_instant_seconds(slk_instant_cut(*t, SLK_P_DAY)) + 86400, 0, SLK_P_MINUTE);
    t->has_offset = false;
}

/* The clock behind the day: "T06:50", with Z for Greenwich, which everybody writes. */
static void add_clock(const slk_said *s, char *value, size_t room) {
    size_t n = strlen(value);
    bool utc = s->zone && (strcmp(s->zone, "Etc/UTC") == 0 || strcmp(s->zone, "Z") == 0);
    if (s->clock_precision == SLK_P_SECOND)
        snprintf(value + n, room - n, "T%02u:%02u:%02u%s", s->hour, s->minute, s->second, utc ? "Z" : "");
    else
        snprintf(value + n, room - n, "T%02u:%02u%s", s->hour, s->minute, utc ? "Z" : "");
}

/* ---------------------------------------------------------------- durations and sets */

static const char *unit_code(slk_time_unit unit) {
    static const char *const codes[] = {"X", "S", "M", "H", "D", "WE", "W",  "W",
                                        "M", "S", "Q", "H", "Y", "DE", "CE", "ML"};
    return codes[unit < sizeof codes / sizeof *codes ? unit : 0];
}

static void span_value(const slk_said *s, char out[64]) {
    char count[32] = "X", more[32] = "";
    slk_time_unit unit = (slk_time_unit)s->unit;
    double n = unit == SLK_TU_FORTNIGHT ? s->number * 2 : s->number;
    if (unit == SLK_TU_HOUR && n == 0.5) {
        n = 30;
        unit = SLK_TU_MINUTE;
    } else if (unit == SLK_TU_YEAR && n == 0.5) {
        n = 6;
        unit = SLK_TU_MONTH;
    }
    if (!isnan(n) && n < 1e12) snprintf(count, sizeof count, "%.10g", n);
    if ((unit == SLK_TU_DECADE || unit == SLK_TU_CENTURY) && !isnan(n)) { /* ISO 8601 has neither */
        n *= unit == SLK_TU_DECADE ? 10 : 100;
        unit = SLK_TU_YEAR;
    }
    bool clock = unit < SLK_TU_DAY, clock_more = s->more_unit < SLK_TU_DAY;
    if (!isnan(s->more) && s->more < 1e9)
        snprintf(more, sizeof more, "%s%.10g%s", clock_more && !clock ? "T" : "", s->more,
                 unit_code((slk_time_unit)s->more_unit));
    snprintf(out, 64, "P%s%s%s%s", clock ? "T" : "", count, unit_code(unit), more);
}

static void set_value(const slk_said *s, char out[64]) {
    if (s->value)
        snprintf(out, 64, "%s", s->value);
    else if (s->weekday)
        snprintf(out, 64, "XXXX-WXX-%u%s%s", s->weekday, s->daypart ? "T" : "", s->daypart ? s->daypart : "");
    else if (s->month)
        snprintf(out, 64, "XXXX-%02u", s->month);
    else if (s->daypart)
        snprintf(out, 64, "XXXX-XX-XXT%s", s->daypart);
    else
        span_value(s, out);
}

/* ---------------------------------------------------------------- the whole */

static slk_time_point point_of(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    switch (s->base) {
    case SLK_BASE_FIELDS:
    case SLK_BASE_HOLIDAY: return from_fields(a, lean, s);
    case SLK_BASE_WEEKDAY: return from_weekday(a, lean, s);
    case SLK_BASE_NOW:
    case SLK_BASE_TOLD: return from_base(a, s);
    default: return (slk_time_point){0};
    }
}

static void resolve_point(const slk_anchor *a, slk_time_lean lean, const slk_said *s, slk_time *out, slk_time_point *p,
                          char value[64]) {
    *p = point_of(a, lean, s);
    bool clock =
        s->has_clock && (s->base == SLK_BASE_NONE || p->start.precision == SLK_P_NONE || p->unit == SLK_TU_DAY);
    out->type = clock || s->daypart || (s->unit && s->unit < SLK_TU_DAY) ? SLK_TIME_TIME : SLK_TIME_DATE;
    if (p->start.precision == SLK_P_NONE) {
        if (s->counted && isnan(s->number)) snprintf(value, 64, "%s", s->shift < 0 ? "PAST_REF" : "FUTURE_REF");
        if (clock) {
            put_clock(s, &out->earliest);
            out->earliest.precision = SLK_P_NONE; /* no day: no point of the calendar */
        }
        return;
    }
    date_value(*p, value);
    fill_bounds(*p, s->mod, out);
    if (clock && p->unit == SLK_TU_DAY && !p->bc) {
        add_clock(s, value, 64);
        put_clock(s, &out->earliest);
        out->latest = out->earliest;
    } else if (s->daypart && p->unit == SLK_TU_DAY) {
        snprintf(value + strlen(value), 64 - strlen(value), "T%s", s->daypart);
        if (strcmp(s->daypart, "NI") == 0 && !p->bc) out->latest = slk_instant_day(slk_instant_days(p->start) + 1);
    }
}

slk_err slk_said_resolve(slk_reading *r, const slk_anchor *a, slk_time_lean lean, const slk_said *s, slk_time *out,
                         slk_time_point *p) {
    char value[64] = "";
    *p = (slk_time_point){0};
    *out = (slk_time){.span = s->span, .mod = s->mod, .zone = s->zone, .local = s->local, .gloss_of = SLK_NONE};
    switch (s->what) {
    case SLK_SAID_SPAN:
        out->type = SLK_TIME_DURATION;
        span_value(s, value);
        break;
    case SLK_SAID_SET:
        out->type = SLK_TIME_SET;
        set_value(s, value);
        break;
    case SLK_SAID_REF:
        out->type = SLK_TIME_DATE;
        snprintf(value, sizeof value, "%s", s->value);
        break;
    default: resolve_point(a, lean, s, out, p, value); break;
    }
    if (!*value) return SLK_OK;
    out->value = slk_arena_copy(&r->arena, value, strlen(value));
    return out->value ? SLK_OK : SLK_ENOMEM;
}
