/* time_resolve.c - what a time expression means: from what its words say, the day of publication and the date told before, to
 * a stretch of the calendar, its TIMEX3 value (ISO-TimeML) and its bounds. Never guesses a day of publication: what depends on
 * one and has none stays without value. */
#include <math.h>
#include <string.h>

#include "measure/timing.h"

#define VALUE_ROOM 64

/* ---------------------------------------------------------------- bases */

static slk_time_point from_fields(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    if (s->year_shifted) {
        slk_instant base = (s->year_told || a->narrative) && a->told.start.precision ? a->told.start : a->now;
        if (base.precision == SLK_P_NONE) return (slk_time_point){0};
        return slk_point_in_year(s, base.year + s->year);
    }
    if (s->year != SLK_NO_YEAR) {
        slk_time_point p = slk_point_in_year(s, s->year);
        if (s->base == SLK_BASE_HOLIDAY && p.start.precision == SLK_P_NONE) /* its day is not in the tables */
            p = slk_point(slk_point_instant(s->year, 0, 0), SLK_TU_YEAR);
        p.bc = s->bc;
        return p;
    }
    if (s->weak) { /* "the 18th": of the month told before */
        if (a->told.start.precision < SLK_P_MONTH) return (slk_time_point){0};
        slk_said day = *s;
        day.month = a->told.start.month;
        return slk_point_in_year(&day, a->told.start.year);
    }
    if (a->narrative && (a->told.start.precision || a->now.precision < SLK_P_MONTH)) {
        if (a->told.start.precision == SLK_P_NONE) return (slk_time_point){0};
        int32_t year = a->told.start.year; /* a history goes on: in January, after October, another year has begun */
        unsigned month = slk_said_first_month(s);
        if (s->base == SLK_BASE_FIELDS && a->told.start.precision >= SLK_P_MONTH && !a->told.bc &&
            month + 6u < a->told.start.month && (a->next_year == 0 || a->next_year > year))
            year++;
        slk_time_point p = slk_point_in_year(s, year);
        p.bc = a->told.bc;
        return p;
    }
    return a->now.precision >= SLK_P_MONTH ? slk_point_nearest_year(s, a->now, lean) : (slk_time_point){0};
}

static slk_time_point from_weekday(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    bool told = (s->year_told || a->narrative) && a->told.unit == SLK_TU_DAY;
    slk_instant base = told ? a->told.start : a->now;
    if (base.precision < SLK_P_DAY) return (slk_time_point){0};
    int64_t now = slk_instant_days(base);
    int64_t back = ((int64_t)slk_weekday(now) - s->weekday + 7) % 7, ahead = (7 - back) % 7;
    if (s->shift_said && s->shift < 0) return slk_point_day(now - (back ? back : 7), SLK_TU_DAY);
    if (s->shift_said && s->shift > 0) return slk_point_day(now + (ahead ? ahead : 7), SLK_TU_DAY);
    if (told) return slk_point_day(now + ahead, SLK_TU_DAY);
    if (s->shift_said) lean = lean == SLK_LEAN_PAST ? lean : SLK_LEAN_FUTURE;
    /* the day after publication: in the east it has begun; without a verb in the past it is more likely than six days ago */
    bool tomorrow = ahead == 1 && !s->shift_said && (a->ahead || lean == SLK_LEAN_NONE);
    return slk_point_day(lean == SLK_LEAN_FUTURE || tomorrow ? now + ahead : now - back, SLK_TU_DAY);
}

static slk_precision needed(slk_time_unit unit) {
    return unit >= SLK_TU_YEAR ? SLK_P_YEAR : unit >= SLK_TU_MONTH ? SLK_P_MONTH : SLK_P_DAY;
}

/* "two hours ago": only where the hour counted from is known */
static slk_time_point from_clock(slk_instant base, double seconds) {
    if (base.precision < SLK_P_HOUR || !(fabs(seconds) < 1e8)) return (slk_time_point){0};
    slk_instant t = slk_instant_at(slk_instant_seconds(base) + llround(seconds), 0, (slk_precision)base.precision);
    t.has_offset = false;
    return slk_point(t, SLK_TU_MINUTE);
}

/* "the year-ago quarter", "the year-earlier period": the same a year before what was told. */
static slk_time_point year_ago(const slk_anchor *a, const slk_said *s) {
    slk_time_point p = a->told;
    if (p.start.precision == SLK_P_NONE) { /* nothing told: a year before the last quarter, or before this year */
        if (a->now.precision < SLK_P_MONTH) return p;
        p = slk_point_around(a->now, s->unit == SLK_TU_QUARTER ? SLK_TU_QUARTER : SLK_TU_YEAR);
        if (s->unit == SLK_TU_QUARTER) p = slk_point_later(p, -1);
    }
    if (s->part) return slk_point(slk_point_instant(p.start.year - 1, (s->part - 1u) * 3 + 1, 0), SLK_TU_QUARTER);
    if (s->unit == SLK_TU_QUARTER && p.start.precision >= SLK_P_MONTH) p = slk_point_around(p.start, SLK_TU_QUARTER);
    p.start.year -= 1;
    return p;
}

bool slk_said_year_ago(const slk_said *s) {
    if (s->unit == SLK_TU_YEAR && s->counted && s->number == 1 && s->shift < 0) return true;
    return s->base == SLK_BASE_TOLD && s->year_told && s->shift < 0;
}

static slk_time_point from_base(const slk_anchor *a, const slk_said *s) {
    bool told = s->base == SLK_BASE_TOLD || a->now.precision == SLK_P_NONE ||
                (a->narrative && (!s->shift_said || s->counted) && s->unit >= SLK_TU_WEEK);
    int32_t shift = told && a->told.bc && s->unit >= SLK_TU_YEAR ? -s->shift : s->shift;
    slk_instant base = told && a->told.start.precision ? a->told.start : a->now;
    slk_time_unit unit = (slk_time_unit)s->unit;
    double n = s->counted ? s->number : 1;
    if (base.precision == SLK_P_NONE || isnan(n)) return (slk_time_point){0};
    if (unit < SLK_TU_DAY)
        return from_clock(base, s->shift * n * (unit == SLK_TU_HOUR ? 3600 : unit == SLK_TU_MINUTE ? 60 : 1));
    if (s->base == SLK_BASE_TOLD && s->year_told) return year_ago(a, s);
    if (slk_said_year_ago(s) && (a->told.unit == SLK_TU_QUARTER || a->told.unit == SLK_TU_HALF)) {
        slk_time_point same = a->told; /* the quarter's figures are held against those of the same quarter */
        same.start.year -= 1;
        return same;
    }
    if (s->base == SLK_BASE_TOLD && unit == SLK_TU_QUARTER && !s->shift_said) { /* "the quarter" */
        if (a->told.unit == SLK_TU_QUARTER) return a->told;
        base = a->now;
        n = -1;
        shift = 1;
        if (base.precision < SLK_P_MONTH) return (slk_time_point){0};
    }
    if (base.precision < needed(unit)) return (slk_time_point){0};
    if (unit == SLK_TU_WEEKEND && !s->shift_said && slk_weekday(slk_instant_days(base)) >= 6)
        n = 0; /* it is the weekend */
    double rest = n - floor(n);
    if (rest > 0 && unit == SLK_TU_YEAR && base.precision >= SLK_P_MONTH) {
        unit = SLK_TU_MONTH;
        n *= 12;
    } else if (rest > 0 && unit == SLK_TU_WEEK) {
        unit = SLK_TU_DAY;
        n *= 7;
    }
    slk_time_point p = slk_point_around(base, unit);
    if (unit == SLK_TU_FORTNIGHT) n *= 2;
    slk_time_point out = slk_point_later(p, shift * n);
    out.bc = told && a->told.bc;
    return out;
}

/* ---------------------------------------------------------------- values and bounds */

/* Figures with noughts before them; returns where the next go. */
static char *put_figures(char *out, unsigned n, int width) {
    for (int i = width; i-- > 0; n /= 10) out[i] = (char)('0' + n % 10);
    out[width] = '\0';
    return out + width;
}

/* "2016-03-04", what most values are. False for years that it does not hold. */
static bool put_day(char *out, const slk_instant *t) {
    if (t->year < 0 || t->year > 9999 || t->month > 99 || t->day > 99) return false;
    out = put_figures(out, (unsigned)t->year, 4);
    *out = '-';
    out = put_figures(out + 1, t->month, 2);
    *out = '-';
    put_figures(out + 1, t->day, 2);
    return true;
}

static const char *date_value(slk_time_point p, char out[VALUE_ROOM]) {
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    slk_instant t = p.start;
    const char *bc = p.bc ? "BC" : "";
    int32_t year;
    unsigned week;
    switch (p.unit) {
    case SLK_TU_WEEK:
        slk_iso_week(slk_instant_days(t), &year, &week);
        slk_text_print(out, VALUE_ROOM, "%04d-W%02u", year, week);
        break;
    case SLK_TU_WEEKEND:
        slk_iso_week(slk_instant_days(t), &year, &week);
        slk_text_print(out, VALUE_ROOM, "%04d-W%02u-WE", year, week);
        break;
    case SLK_TU_MONTH: slk_text_print(out, VALUE_ROOM, "%s%04d-%02u", bc, t.year, t.month); break;
    case SLK_TU_SEASON:
        slk_text_print(out, VALUE_ROOM, "%s%04d-%s", bc, t.year, seasons[(t.month / 3u + 3) % 4]);
        break;
    case SLK_TU_QUARTER: slk_text_print(out, VALUE_ROOM, "%04d-Q%u", t.year, (t.month - 1u) / 3 + 1); break;
    case SLK_TU_HALF: slk_text_print(out, VALUE_ROOM, "%04d-H%u", t.year, t.month < 7 ? 1u : 2u); break;
    case SLK_TU_YEAR: slk_text_print(out, VALUE_ROOM, "%s%04d", bc, t.year); break;
    case SLK_TU_DECADE: slk_text_print(out, VALUE_ROOM, "%s%03d", bc, t.year / 10); break;
    case SLK_TU_CENTURY: slk_text_print(out, VALUE_ROOM, "%s%02d", bc, t.year / 100); break;
    case SLK_TU_MILLENNIUM: slk_text_print(out, VALUE_ROOM, "%s%d", bc, t.year / 1000); break;
    case SLK_TU_MINUTE: slk_instant_format(t, out); break;
    default:
        if (p.bc || !put_day(out, &t)) slk_text_print(out, VALUE_ROOM, "%s%04d-%02u-%02u", bc, t.year, t.month, t.day);
        break;
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
        out->earliest = out->latest = slk_point_instant(1 - p.start.year, 0, 0);
        return;
    }
    if (p.unit <= SLK_TU_HOUR) {
        out->earliest = out->latest = p.start;
        return;
    }
    int64_t first = slk_instant_days(p.start), last = slk_point_last_day(p), third = (last - first + 1) / 3;
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

/* "the first half of August" */
static void halve(slk_time_point p, int half, slk_time *out) {
    int64_t first = slk_instant_days(p.start), last = slk_point_last_day(p), middle = first + (last - first) / 2;
    if (p.bc || p.unit <= SLK_TU_HOUR) return;
    if (half == 1)
        out->latest = bound_day(middle, SLK_TU_DAY);
    else
        out->earliest = bound_day(middle + 1, SLK_TU_DAY);
    if (half == 1) out->earliest = bound_day(first, SLK_TU_DAY);
    if (half == 2) out->latest = bound_day(last, SLK_TU_DAY);
}

static void put_clock(const slk_said *s, slk_instant *t) {
    t->hour = s->hour;
    t->minute = s->minute;
    t->second = s->second;
    t->precision = s->clock_precision == SLK_P_SECOND ? SLK_P_SECOND : SLK_P_MINUTE; /* "9 a.m." is 09:00 */
    if (s->hour == 24)
        *t = slk_instant_at(slk_instant_seconds(slk_instant_cut(*t, SLK_P_DAY)) + 86400, 0, SLK_P_MINUTE);
    t->has_offset = false;
}

/* The clock behind the day: "T06:50", with Z for Greenwich, which everybody writes. */
static void add_clock(const slk_said *s, char *value, size_t room) {
    size_t n = strlen(value);
    bool utc = s->zone && (strcmp(s->zone, "Etc/UTC") == 0 || strcmp(s->zone, "Z") == 0);
    if (room - n < sizeof "T00:00:00Z") return;
    value[n] = 'T';
    char *out = put_figures(value + n + 1, s->hour, 2);
    *out = ':';
    out = put_figures(out + 1, s->minute, 2);
    if (s->clock_precision == SLK_P_SECOND) {
        *out = ':';
        out = put_figures(out + 1, s->second, 2);
    }
    if (utc) memcpy(out, "Z", 2);
}

/* ---------------------------------------------------------------- durations and sets */

static const char *unit_code(slk_time_unit unit) {
    static const char *const codes[] = {"X", "S", "M", "H", "D", "WE", "W",  "W",
                                        "M", "S", "Q", "H", "Y", "DE", "CE", "ML"};
    return codes[unit < sizeof codes / sizeof *codes ? unit : 0];
}

static void span_value(const slk_said *s, char out[VALUE_ROOM]) {
    char count[32] = "X", more[32] = "";
    slk_time_unit unit = (slk_time_unit)s->unit;
    double n = unit == SLK_TU_FORTNIGHT ? s->number * 2 : s->number;
    if (unit == SLK_TU_HOUR && n < 1) {
        n *= 60;
        unit = SLK_TU_MINUTE;
    } else if (unit == SLK_TU_YEAR && n == 0.5) {
        n = 6;
        unit = SLK_TU_MONTH;
    }
    if ((unit == SLK_TU_DECADE || unit == SLK_TU_CENTURY) && !isnan(n)) { /* ISO 8601 has neither */
        n *= unit == SLK_TU_DECADE ? 10 : 100;
        unit = SLK_TU_YEAR;
    }
    if (!isnan(n) && n < 1e12) slk_text_print(count, sizeof count, "%.10g", n);
    bool clock = unit < SLK_TU_DAY, clock_more = s->more_unit < SLK_TU_DAY;
    if (!isnan(s->more) && s->more < 1e9)
        slk_text_print(more, sizeof more, "%s%.10g%s", clock_more && !clock ? "T" : "", s->more,
                       unit_code((slk_time_unit)s->more_unit));
    slk_text_print(out, VALUE_ROOM, "P%s%s%s%s", clock ? "T" : "", count, unit_code(unit), more);
}

static void set_value(const slk_said *s, char out[VALUE_ROOM]) {
    if (s->value)
        slk_text_print(out, VALUE_ROOM, "%s", s->value);
    else if (s->weekday)
        slk_text_print(out, VALUE_ROOM, "XXXX-WXX-%u%s%s", s->weekday, s->daypart ? "T" : "",
                       s->daypart ? s->daypart : "");
    else if (s->month && s->day)
        slk_text_print(out, VALUE_ROOM, "XXXX-%02u-%02u", s->month, s->day);
    else if (s->month)
        slk_text_print(out, VALUE_ROOM, "XXXX-%02u", s->month);
    else if (s->daypart)
        slk_text_print(out, VALUE_ROOM, "XXXX-XX-XXT%s", s->daypart);
    else
        span_value(s, out);
}

/* ---------------------------------------------------------------- the whole */

/* "Thursday last week": of the week so many weeks from that of publication. */
static slk_time_point in_week(const slk_anchor *a, const slk_said *s) {
    if (a->now.precision < SLK_P_DAY) return (slk_time_point){0};
    int64_t monday = slk_instant_days(slk_point_around(a->now, SLK_TU_WEEK).start);
    return slk_point_day(monday + (int64_t)s->shift * 7 + s->weekday - 1, SLK_TU_DAY);
}

/* "the 17th of this month" */
static slk_time_point day_of_month(const slk_anchor *a, const slk_said *s) {
    slk_said month = *s;
    month.day = 0;
    month.unit = SLK_TU_MONTH;
    slk_time_point p = from_base(a, &month);
    if (p.start.precision < SLK_P_MONTH || s->day > slk_days_in_month(p.start.year, p.start.month))
        return (slk_time_point){0};
    return slk_point(slk_point_instant(p.start.year, p.start.month, s->day), SLK_TU_DAY);
}

static slk_time_point base_point(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    if (s->in_week) return in_week(a, s);
    if (s->day && (s->base == SLK_BASE_NOW || s->base == SLK_BASE_TOLD)) return day_of_month(a, s);
    switch (s->base) {
    case SLK_BASE_FIELDS:
    case SLK_BASE_HOLIDAY: return from_fields(a, lean, s);
    case SLK_BASE_WEEKDAY: return from_weekday(a, lean, s);
    case SLK_BASE_NOW:
    case SLK_BASE_TOLD: return from_base(a, s);
    default: return (slk_time_point){0};
    }
}

static slk_time_point point_of(const slk_anchor *a, slk_time_lean lean, const slk_said *s) {
    slk_time_point p = base_point(a, lean, s);
    if (s->days_off && p.start.precision == SLK_P_DAY && !p.bc)
        p = slk_point_day(slk_instant_days(p.start) + s->days_off, (slk_time_unit)p.unit);
    return p;
}

/* What is known of a date whose year or day is not: "XXXX-09-18", "XXXX-WXX-3", "XXXX-XX", as TIMEX3 writes it. */
static void open_value(const slk_said *s, char out[VALUE_ROOM]) {
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    static const char *const units[] = {"",         "",         "",        "", "XXXX-XX-XX", "XXXX-WXX-WE",
                                        "XXXX-WXX", "XXXX-WXX", "XXXX-XX", "", "XXXX-QX",    "XXXX-HX",
                                        "XXXX",     "XXX",      "XX",      "X"};
    if (s->weekday && s->base == SLK_BASE_WEEKDAY && !s->days_off)
        slk_text_print(out, VALUE_ROOM, "XXXX-WXX-%u", s->weekday);
    else if (s->base == SLK_BASE_HOLIDAY && slk_is_digit(s->holiday[0]) && s->holiday[2] == '-')
        slk_text_print(out, VALUE_ROOM, "XXXX-%.5s", s->holiday);
    else if (s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_DAY && !s->week_nth && s->month &&
             s->day <= slk_days_in_month(2000, s->month))
        slk_text_print(out, VALUE_ROOM, "XXXX-%02u-%02u", s->month, s->day);
    else if (s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_MONTH)
        slk_text_print(out, VALUE_ROOM, "XXXX-%02u", s->month);
    else if (s->unit == SLK_TU_SEASON)
        slk_text_print(out, VALUE_ROOM, "XXXX-%s", seasons[(s->part + 3u) % 4]);
    else if (s->base == SLK_BASE_FIELDS && s->part && (s->unit == SLK_TU_QUARTER || s->unit == SLK_TU_HALF))
        slk_text_print(out, VALUE_ROOM, "XXXX-%c%u", s->unit == SLK_TU_QUARTER ? 'Q' : 'H', s->part);
    else if (s->weak)
        slk_text_print(out, VALUE_ROOM, "XXXX-XX-%02u", s->day);
    else if (s->base == SLK_BASE_NONE || s->unit == SLK_TU_NONE)
        slk_text_print(out, VALUE_ROOM, "%s", s->has_clock ? "XXXX-XX-XX" : "");
    else if (s->base != SLK_BASE_FIELDS)
        slk_text_print(out, VALUE_ROOM, "%s", s->unit < sizeof units / sizeof *units ? units[s->unit] : "");
}

static void resolve_point(const slk_anchor *a, slk_time_lean lean, const slk_said *s, slk_time *out, slk_time_point *p,
                          char value[VALUE_ROOM]) {
    *p = point_of(a, lean, s);
    bool clock =
        s->has_clock && (s->base == SLK_BASE_NONE || p->start.precision == SLK_P_NONE || p->unit == SLK_TU_DAY);
    out->type = clock || s->daypart || (s->unit && s->unit < SLK_TU_DAY) ? SLK_TIME_TIME : SLK_TIME_DATE;
    if (p->start.precision == SLK_P_NONE) {
        if (s->counted && isnan(s->number))
            slk_text_print(value, VALUE_ROOM, "%s", s->shift < 0 ? "PAST_REF" : "FUTURE_REF");
        else
            open_value(s, value);
        bool day = s->unit == SLK_TU_DAY || s->base == SLK_BASE_NONE;
        if (clock && day && *value) add_clock(s, value, VALUE_ROOM);
        if (s->daypart && !clock && day && *value)
            slk_text_print(value + strlen(value), VALUE_ROOM - strlen(value), "T%s", s->daypart);
        if (clock) {
            put_clock(s, &out->earliest);
            out->earliest.precision = SLK_P_NONE; /* no day: no point of the calendar */
        }
        return;
    }
    date_value(*p, value);
    fill_bounds(*p, s->mod, out);
    if (s->half) halve(*p, s->half, out);
    if (s->fiscal && !p->bc) { /* when it begins is not said: somewhere in the year or the one before */
        out->earliest = slk_point_instant(p->start.year - 1, 0, 0);
        out->latest = slk_point_instant(p->start.year, 0, 0);
    }
    if (clock && p->unit == SLK_TU_DAY && !p->bc) {
        add_clock(s, value, VALUE_ROOM);
        put_clock(s, &out->earliest);
        out->latest = out->earliest;
    } else if (s->daypart && p->unit == SLK_TU_DAY) {
        slk_text_print(value + strlen(value), VALUE_ROOM - strlen(value), "T%s", s->daypart);
        if (strcmp(s->daypart, "NI") == 0 && !p->bc) out->latest = slk_instant_day(slk_instant_days(p->start) + 1);
    }
}

slk_err slk_said_resolve(slk_reading *r, const slk_anchor *a, slk_time_lean lean, const slk_said *s, slk_time *out,
                         slk_time_point *p) {
    char value[VALUE_ROOM] = "";
    *p = (slk_time_point){0};
    *out = (slk_time){.span = s->span,
                      .mod = s->mod,
                      .zone = s->zone,
                      .local = s->local,
                      .zone_of_place = s->zone_of_place,
                      .gloss_of = SLK_NONE};
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
        slk_text_print(value, VALUE_ROOM, "%s", s->value);
        break;
    default: resolve_point(a, lean, s, out, p, value); break;
    }
    if (!*value) return SLK_OK;
    out->value = slk_arena_copy(&r->arena, value, strlen(value));
    return out->value ? SLK_OK : SLK_ENOMEM;
}
