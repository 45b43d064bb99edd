/* calendar.c - days, instants, ISO 8601. See calendar.h. Civil date arithmetic after Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms" (2014): eras of 400 years, years that begin in March. */
#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

int64_t slk_days_from_civil(int32_t year, unsigned month, unsigned day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void slk_civil_from_days(int64_t days, int32_t *year, uint8_t *month, uint8_t *day) {
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1);
    *month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int32_t)(yoe + era * 400 + (*month <= 2));
}

unsigned slk_days_in_month(int32_t year, unsigned month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month < 1 || month > 12 ? 0 : month == 2 && leap ? 29u : days[month - 1];
}

unsigned slk_weekday(int64_t days) {
    int64_t w = (days + 3) % 7; /* 1970-01-01 was a Thursday */
    return (unsigned)(w < 0 ? w + 7 : w) + 1;
}

void slk_iso_week(int64_t days, int32_t *year, unsigned *week) {
    int64_t thursday = days - (int64_t)slk_weekday(days) + 4;
    uint8_t m, d;
    slk_civil_from_days(thursday, year, &m, &d);
    *week = (unsigned)((thursday - slk_days_from_civil(*year, 1, 1)) / 7) + 1;
}

slk_instant slk_instant_day(int64_t days) {
    slk_instant t = {.precision = SLK_P_DAY};
    slk_civil_from_days(days, &t.year, &t.month, &t.day);
    return t;
}

int64_t slk_instant_days(slk_instant t) {
    return slk_days_from_civil(t.year, t.precision >= SLK_P_MONTH ? t.month : 1, t.precision >= SLK_P_DAY ? t.day : 1);
}

slk_instant slk_instant_cut(slk_instant t, slk_precision p) {
    if (t.precision <= p) return t;
    t.precision = (uint8_t)p;
    if (p < SLK_P_SECOND) t.second = 0;
    if (p < SLK_P_MINUTE) t.minute = 0;
    if (p < SLK_P_HOUR) {
        t.hour = 0;
        t.has_offset = false;
        t.offset_min = 0;
    }
    if (p < SLK_P_DAY) t.day = 0;
    if (p < SLK_P_MONTH) t.month = 0;
    if (p < SLK_P_YEAR) t.year = 0;
    return t;
}

int64_t slk_instant_seconds(slk_instant t) {
    int64_t s = slk_instant_days(t) * 86400;
    if (t.precision >= SLK_P_HOUR) s += t.hour * 3600;
    if (t.precision >= SLK_P_MINUTE) s += t.minute * 60;
    if (t.precision >= SLK_P_SECOND) s += t.second;
    return t.has_offset ? s - (int64_t)t.offset_min * 60 : s;
}

slk_instant slk_instant_at(int64_t s, int offset_min, slk_precision p) {
    s += (int64_t)offset_min * 60;
    int64_t days = s / 86400, rest = s % 86400;
    if (rest < 0) rest += 86400, days--;
    slk_instant t = {.hour = (uint8_t)(rest / 3600),
                     .minute = (uint8_t)(rest / 60 % 60),
                     .second = (uint8_t)(rest % 60),
                     .precision = SLK_P_SECOND,
                     .has_offset = true,
                     .offset_min = (int16_t)offset_min};
    slk_civil_from_days(days, &t.year, &t.month, &t.day);
    return slk_instant_cut(t, p);
}

void slk_instant_range(slk_instant t, int64_t *first, int64_t *last) {
    *first = slk_instant_seconds(t);
    int64_t whole = 1;
    switch (t.precision) {
    case SLK_P_YEAR: whole = (slk_days_from_civil(t.year + 1, 1, 1) - slk_days_from_civil(t.year, 1, 1)) * 86400; break;
    case SLK_P_MONTH: whole = (int64_t)slk_days_in_month(t.year, t.month) * 86400; break;
    case SLK_P_DAY: whole = 86400; break;
    case SLK_P_HOUR: whole = 3600; break;
    case SLK_P_MINUTE: whole = 60; break;
    default: break;
    }
    *last = *first + whole - 1;
}

bool slk_instant_eq(slk_instant a, slk_instant b) {
    return a.year == b.year && a.month == b.month && a.day == b.day && a.hour == b.hour && a.minute == b.minute &&
           a.second == b.second && a.precision == b.precision && a.has_offset == b.has_offset &&
           a.offset_min == b.offset_min;
}

static const char *offset_text(slk_instant t, char out[8]) {
    if (!t.has_offset) return "";
    if (t.offset_min == 0) return "Z";
    unsigned m = (unsigned)(t.offset_min < 0 ? -t.offset_min : t.offset_min) % 6000;
    return snprintf(out, 8, "%c%02u:%02u", t.offset_min < 0 ? '-' : '+', m / 60, m % 60) > 0 ? out : "";
}

char *slk_instant_format(slk_instant t, char out[40]) {
    char zone[8];
    int n = 0;
    switch (t.precision) {
    case SLK_P_YEAR: n = snprintf(out, 40, "%04d", t.year); break;
    case SLK_P_MONTH: n = snprintf(out, 40, "%04d-%02u", t.year, t.month); break;
    case SLK_P_DAY: n = snprintf(out, 40, "%04d-%02u-%02u", t.year, t.month, t.day); break;
    case SLK_P_HOUR:
        n = snprintf(out, 40, "%04d-%02u-%02uT%02u%s", t.year, t.month, t.day, t.hour, offset_text(t, zone));
        break;
    case SLK_P_MINUTE:
        n = snprintf(out, 40, "%04d-%02u-%02uT%02u:%02u%s", t.year, t.month, t.day, t.hour, t.minute,
                     offset_text(t, zone));
        break;
    case SLK_P_SECOND:
        n = snprintf(out, 40, "%04d-%02u-%02uT%02u:%02u:%02u%s", t.year, t.month, t.day, t.hour, t.minute, t.second,
                     offset_text(t, zone));
        break;
    default: break;
    }
    if (n <= 0 || n >= 40) out[0] = '\0';
    return out;
}

/* Exactly n digits off the front. */
static bool digits(slk_text *t, unsigned n, int32_t *out) {
    int32_t v = 0;
    if (t->n < n) return false;
    for (unsigned i = 0; i < n; i++) {
        if (!slk_is_digit(t->at[i])) return false;
        v = v * 10 + (t->at[i] - '0');
    }
    t->at += n;
    t->n -= n;
    *out = v;
    return true;
}

static bool skip(slk_text *t, char c) {
    if (!t->n || t->at[0] != c) return false;
    t->at++;
    t->n--;
    return true;
}

static bool parse_offset(slk_text *t, slk_instant *out) {
    if (t->n == 0) return true;
    int32_t h, m = 0;
    out->has_offset = true;
    if (skip(t, 'Z') || skip(t, 'z')) return t->n == 0;
    bool minus = t->at[0] == '-';
    if (!skip(t, '+') && !skip(t, '-')) return false;
    if (!digits(t, 2, &h)) return false;
    if (skip(t, ':') ? !digits(t, 2, &m) : (t->n > 0 && !digits(t, 2, &m))) return false;
    if (h > 14 || m > 59) return false;
    out->offset_min = (int16_t)(minus ? -(h * 60 + m) : h * 60 + m);
    return t->n == 0;
}

static bool parse_clock(slk_text *t, slk_instant *out) {
    int32_t h, m, s;
    if (!digits(t, 2, &h) || h > 23) return false;
    out->hour = (uint8_t)h;
    out->precision = SLK_P_HOUR;
    if (skip(t, ':') || (t->n && slk_is_digit(t->at[0]))) {
        if (!digits(t, 2, &m) || m > 59) return false;
        out->minute = (uint8_t)m;
        out->precision = SLK_P_MINUTE;
        if (skip(t, ':')) {
            if (!digits(t, 2, &s) || s > 60) return false;
            out->second = (uint8_t)(s > 59 ? 59 : s);
            out->precision = SLK_P_SECOND;
            if (skip(t, '.'))
                while (t->n && slk_is_digit(t->at[0])) (void)skip(t, t->at[0]);
        }
    }
    (void)skip(t, ' ');
    return parse_offset(t, out);
}

bool slk_instant_parse(slk_text t, slk_instant *out) {
    slk_instant i = {.precision = SLK_P_YEAR};
    int32_t v;
    t = slk_text_trim(t);
    if (!digits(&t, 4, &i.year)) return false;
    if (skip(&t, '-')) {
        if (!digits(&t, 2, &v) || v < 1 || v > 12) return false;
        i.month = (uint8_t)v;
        i.precision = SLK_P_MONTH;
        if (skip(&t, '-')) {
            if (!digits(&t, 2, &v) || v < 1 || (unsigned)v > slk_days_in_month(i.year, i.month)) return false;
            i.day = (uint8_t)v;
            i.precision = SLK_P_DAY;
            if ((skip(&t, 'T') || skip(&t, 't') || skip(&t, ' ')) && !parse_clock(&t, &i)) return false;
        }
    }
    if (t.n) return false;
    *out = i;
    return true;
}
