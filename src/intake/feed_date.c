/* feed_date.c - dates as feeds and headers write them. See feed.h. One walk over the words: a number with a colon is a clock time, one
 * of four figures a year, one of one or two a day, a word a month, a weekday or a zone, a sign with figures an offset. What
 * comes twice or fits nothing makes it no date. */
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "intake/feed.h"

typedef struct reading {
    int year, month, day, hour, minute, second, offset_min;
    bool has_offset, pm, am;
} reading;

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

/* Zones of RFC 822 and those of wire services; local ones that mean several are left out. */
static const struct {
    const char *name;
    int offset_min;
} zones[] = {
    {"GMT", 0},    {"UTC", 0},    {"UT", 0},     {"Z", 0},      {"EST", -300}, {"EDT", -240}, {"CST", -360},
    {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"KST", 540},  {"JST", 540},
    {"CET", 60},   {"CEST", 120}, {"MEZ", 60},   {"MESZ", 120}, {"EET", 120},  {"EEST", 180}, {"WET", 0},
    {"WEST", 60},  {"BST", 60},   {"MSK", 180},  {"HKT", 480},  {"SGT", 480},  {"PKT", 300},  {"AEST", 600},
    {"AEDT", 660}, {"NZST", 720}, {"NZDT", 780}, {"IDT", 180},
};

static bool number(slk_text t, size_t *i, int *out, unsigned *figures) {
    int v = 0;
    size_t start = *i;
    while (*i < t.n && slk_is_digit(t.at[*i]) && *i - start < 9) v = v * 10 + (t.at[(*i)++] - '0');
    *figures = (unsigned)(*i - start);
    *out = v;
    return *figures > 0;
}

static bool clock_time(slk_text t, size_t *i, int hour, reading *r) {
    unsigned figures;
    if (r->hour >= 0) return false;
    r->hour = hour;
    ++*i;
    if (!number(t, i, &r->minute, &figures) || figures != 2) return false;
    if (*i < t.n && t.at[*i] == ':') {
        ++*i;
        if (!number(t, i, &r->second, &figures) || figures != 2) return false;
        if (*i < t.n && t.at[*i] == '.') {
            int fraction;
            ++*i;
            (void)number(t, i, &fraction, &figures);
        }
    }
    return true;
}

static bool offset(slk_text t, size_t *i, reading *r) {
    int v, minutes = 0;
    unsigned figures;
    bool minus = t.at[(*i)++] == '-';
    if (!number(t, i, &v, &figures) || figures > 4) return false;
    if (figures > 2) {
        minutes = v % 100;
        v /= 100;
    } else if (*i < t.n && t.at[*i] == ':') {
        ++*i;
        if (!number(t, i, &minutes, &figures)) return false;
    }
    if (v > 15 || minutes > 59) return false;
    r->has_offset = true;
    r->offset_min = (minus ? -1 : 1) * (v * 60 + minutes);
    return true;
}

static bool word(slk_text w, reading *r) {
    if (slk_text_is_fold(w, "am") || slk_text_is_fold(w, "pm")) {
        r->pm = slk_lower(w.at[0]) == 'p';
        r->am = !r->pm;
        return true;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (!slk_text_is_fold(w, zones[i].name)) continue;
        if (!r->has_offset) r->offset_min = zones[i].offset_min; /* "+0900 (KST)" */
        r->has_offset = true;
        return true;
    }
    for (int m = 0; w.n >= 3 && m < 12; m++) {
        char three[4] = {months[m * 3], months[m * 3 + 1], months[m * 3 + 2], 0};
        if (!slk_text_starts_fold(w, three) || r->month) continue;
        r->month = m + 1;
        return true;
    }
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "at"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (slk_text_starts_fold(w, days[i])) return true;
    return w.n == 1 && slk_lower(w.at[0]) == 't';
}

/* A number that is no clock time. Two figures behind the day and the month are a year: 94 is 1994, 24 is 2024. */
static bool figure(int v, unsigned figures, reading *r) {
    if (figures == 4 && r->year < 0) return r->year = v, true;
    if (figures > 2) return false;
    if (!r->day) return r->day = v, true;
    if (r->month && r->year < 0) return r->year = v + (v < 70 ? 2000 : 1900), true;
    return false;
}

static bool walk(slk_text t, reading *r) {
    for (size_t i = 0; i < t.n;) {
        char c = t.at[i];
        int v;
        unsigned figures;
        if (slk_is_digit(c)) {
            if (!number(t, &i, &v, &figures)) return false;
            if (i < t.n && t.at[i] == ':' ? !clock_time(t, &i, v, r) : !figure(v, figures, r)) return false;
            while (i < t.n && slk_is_alpha(t.at[i]) && r->hour < 0 && slk_lower(t.at[i]) != 't') i++; /* 3rd */
        } else if ((c == '+' || c == '-') && r->hour >= 0 && i + 1 < t.n && slk_is_digit(t.at[i + 1])) {
            if (!offset(t, &i, r)) return false;
        } else if (slk_is_alpha(c)) {
            size_t start = i;
            while (i < t.n && slk_is_alpha(t.at[i])) i++;
            if (!word((slk_text){t.at + start, i - start}, r)) return false;
        } else if ((unsigned char)c >= 0x80) {
            return false;
        } else {
            i++;
        }
    }
    return true;
}

static bool finish(reading *r, slk_instant *out) {
    if (r->year < 1970 || r->year > 2999 || r->month < 1 || r->month > 12 || r->day < 1) return false;
    if ((unsigned)r->day > slk_days_in_month(r->year, (unsigned)r->month)) return false;
    if (r->pm && r->hour >= 0 && r->hour < 12) r->hour += 12;
    if (r->am && r->hour == 12) r->hour = 0;
    if (r->hour > 23 || r->minute > 59 || r->second > 60) return false;
    slk_instant t = slk_instant_day(slk_days_from_civil(r->year, (unsigned)r->month, (unsigned)r->day));
    if (r->hour >= 0) {
        t.hour = (uint8_t)r->hour;
        t.minute = (uint8_t)r->minute;
        t.second = (uint8_t)(r->second < 0 ? 0 : r->second > 59 ? 59 : r->second);
        t.precision = r->second < 0 ? SLK_P_MINUTE : SLK_P_SECOND;
        t.has_offset = r->has_offset;
        t.offset_min = (int16_t)r->offset_min;
    }
    *out = t;
    return true;
}

/* "2003-12-31T10:14:55.94Z" and its shorter forms, also with a space for the T or before the offset */
static bool iso(slk_text t, slk_instant *out) {
    reading r = {.year = -1, .hour = -1, .second = -1};
    size_t i = 0;
    unsigned figures;
    if (!number(t, &i, &r.year, &figures) || figures != 4 || i >= t.n) return false;
    char sep = t.at[i];
    if (sep != '-' && sep != '/' && sep != '.') return false;
    i++;
    if (!number(t, &i, &r.month, &figures) || figures > 2 || i >= t.n || t.at[i] != sep) return false;
    i++;
    if (!number(t, &i, &r.day, &figures) || figures > 2) return false;
    reading clock = {.year = -2, .hour = -1, .second = -1, .day = 1, .month = 1};
    if (!walk((slk_text){t.at + i, t.n - i}, &clock) || clock.year != -2) return false;
    clock.year = r.year;
    clock.month = r.month;
    clock.day = r.day;
    return finish(&clock, out);
}

bool slk_feed_date(slk_text t, slk_instant *out) {
    reading r = {.year = -1, .hour = -1, .second = -1};
    t = slk_text_trim(t);
    if (!t.n || t.n > 80) return false;
    if (slk_instant_parse(t, out) && out->precision >= SLK_P_DAY) return true;
    return iso(t, out) || (walk(t, &r) && finish(&r, out));
}
