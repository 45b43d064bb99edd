/* cells.c - days, clocks and figures of single cells. See cells.h. */
#include "import/cells.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

#define PARTS 3u

bool slk_cell_empty(slk_text t) {
    static const char *const words[] = {"unknown", "n/a", "na", "none", "-", "--", "null", "not available", "tbd", "?"};
    t = slk_text_trim(t);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(t, words[i])) return true;
    return t.n == 0;
}

/* ---------------------------------------------------------------- days */

typedef struct part { /* a figure or a month's name */
    int value;
    unsigned digits; /* 0: a month's name */
} part;

static int month_of(slk_text t) {
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    if (t.n < 3) return 0;
    for (int m = 0; m < 12; m++) {
        size_t i = 0, n = strlen(names[m]);
        while (i < t.n && i < n && slk_lower(t.at[i]) == names[m][i]) i++;
        if (i == t.n || (i >= 3 && i + 1 == t.n && t.at[i] == '.') || (t.n == 4 && i == 3 && m == 8))
            return m + 1; /* Sept */
    }
    return 0;
}

/* The first three figures and month's names; what stands behind them is left. */
static unsigned parts_of(slk_text t, part out[PARTS]) {
    unsigned n = 0;
    for (size_t i = 0; i < t.n && n < PARTS;) {
        size_t from = i;
        if (slk_is_digit(t.at[i])) {
            int value = 0;
            for (; i < t.n && slk_is_digit(t.at[i]); i++)
                if (i - from < 9) value = value * 10 + (t.at[i] - '0');
            if (i < t.n && t.at[i] == ':') break; /* a clock */
            out[n++] = (part){value, (unsigned)(i - from)};
        } else if (slk_is_alpha(t.at[i])) {
            while (i < t.n && (slk_is_alpha(t.at[i]) || t.at[i] == '.')) i++;
            int month = month_of((slk_text){t.at + from, i - from});
            if (month) out[n++] = (part){month, 0};
        } else {
            i++;
        }
    }
    return n;
}

static int year_of(part p) { return p.digits > 2 ? p.value : p.value + (p.value < 69 ? 2000 : 1900); }

static bool day_of(int year, int month, int day, slk_instant *out) {
    if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        (unsigned)day > slk_days_in_month(year, (unsigned)month))
        return false;
    *out = slk_instant_day(slk_days_from_civil(year, (unsigned)month, (unsigned)day));
    return true;
}

/* 20170914, 20240918061500 */
static bool packed_day(slk_text t, slk_instant *out) {
    int n[3] = {0};
    for (unsigned i = 0; i < 8; i++) n[i < 4 ? 0 : i < 6 ? 1 : 2] = n[i < 4 ? 0 : i < 6 ? 1 : 2] * 10 + (t.at[i] - '0');
    return day_of(n[0], n[1], n[2], out);
}

/* "1984-09", "Sep 1984", "1984" */
static bool coarse_day(const part *p, unsigned n, slk_instant *out) {
    unsigned year = n == 2 && p[0].digits != 4 ? 1 : 0;
    if (n == 0 || p[year].digits != 4 || !day_of(p[year].value, 1, 1, out)) return false;
    if (n == 2 && !day_of(p[year].value, p[1 - year].value, 1, out)) return false;
    *out = slk_instant_cut(*out, n == 2 ? SLK_P_MONTH : SLK_P_YEAR);
    return true;
}

bool slk_cell_day(slk_text t, const char *how, slk_instant *out) {
    part p[PARTS];
    t = slk_text_trim(t);
    size_t digits = 0;
    while (digits < t.n && slk_is_digit(t.at[digits])) digits++;
    if (digits == t.n && (digits == 8 || digits == 14)) return packed_day(t, out);
    unsigned n = parts_of(t, p);
    if (n < PARTS) return coarse_day(p, n, out);
    if (p[0].digits == 4) return p[2].digits > 0 && day_of(p[0].value, p[1].value, p[2].value, out);
    if (p[1].digits == 0)
        return p[0].digits > 0 && day_of(year_of(p[2]), p[1].value, p[0].value, out); /* 18 Sep 2024 */
    if (p[0].digits == 0) return day_of(year_of(p[2]), p[0].value, p[1].value, out);  /* Sep 18, 2024 */
    if (strcmp(how, "mdy") == 0) return day_of(year_of(p[2]), p[0].value, p[1].value, out);
    return strcmp(how, "dmy") == 0 && day_of(year_of(p[2]), p[1].value, p[0].value, out);
}

bool slk_cell_seconds(slk_text t, slk_instant *out) {
    double s;
    if (!slk_text_double(slk_text_trim(t), &s) || !(s > 0 && s < 7e9)) return false;
    *out = slk_instant_day((int64_t)s / 86400);
    return true;
}

/* ---------------------------------------------------------------- clocks */

static bool two(slk_text t, size_t *i, int most, int *out) {
    size_t from = *i;
    *out = 0;
    while (*i < t.n && *i - from < 2 && slk_is_digit(t.at[*i])) *out = *out * 10 + (t.at[(*i)++] - '0');
    return *i > from && *out <= most;
}

bool slk_cell_clock(slk_text t, slk_instant *out) {
    int hour, minute, second = 0;
    size_t i = 0;
    t = slk_text_trim(t);
    if (!two(t, &i, 23, &hour) || i >= t.n || t.at[i++] != ':' || !two(t, &i, 59, &minute)) return false;
    bool exact = i < t.n && t.at[i] == ':';
    if (exact && (i++, !two(t, &i, 59, &second))) return false;
    slk_text rest = slk_text_trim((slk_text){t.at + i, t.n - i});
    if (slk_text_starts_fold(rest, "utc") || slk_text_starts_fold(rest, "kst")) rest.n = 0;
    bool pm = slk_text_is_fold(rest, "pm") || slk_text_is_fold(rest, "p.m."),
         am = slk_text_is_fold(rest, "am") || slk_text_is_fold(rest, "a.m.");
    if (rest.n && !pm && !am && !slk_text_is(rest, "Z") && !slk_text_starts(rest, ".")) return false;
    if ((pm || am) && (hour < 1 || hour > 12)) return false;
    if (pm || am) hour = hour % 12 + (pm ? 12 : 0);
    out->hour = (uint8_t)hour;
    out->minute = (uint8_t)minute;
    out->second = (uint8_t)second;
    out->precision = exact && second ? SLK_P_SECOND : SLK_P_MINUTE;
    return true;
}

/* ---------------------------------------------------------------- figures */

/* Digits with thousands' commas and a point; false where there is none. */
static bool number(slk_text t, size_t *i, double *out) {
    char z[40];
    size_t n = 0, from = *i;
    bool minus = *i < t.n && t.at[*i] == '-';
    if (minus) (*i)++;
    for (; *i < t.n && n < sizeof z - 1; (*i)++) {
        bool comma = t.at[*i] == ',' && *i + 3 < t.n && slk_is_digit(t.at[*i + 1]) && slk_is_digit(t.at[*i + 2]) &&
                     slk_is_digit(t.at[*i + 3]);
        if (comma && n) continue;
        if (!slk_is_digit(t.at[*i]) && t.at[*i] != '.') break;
        z[n++] = t.at[*i];
    }
    if (n && slk_text_double((slk_text){z, n}, out)) {
        *out = minus ? -*out : *out;
        return true;
    }
    *i = from;
    return false;
}

static bool skip_word(slk_text t, size_t *i, const char *word) {
    slk_text rest = slk_text_trim((slk_text){t.at + *i, t.n - *i});
    if (!slk_text_starts_fold(rest, word)) return false;
    *i = (size_t)(rest.at - t.at) + strlen(word);
    return true;
}

static void skip_space(slk_text t, size_t *i) {
    while (*i < t.n && slk_is_space(t.at[*i])) (*i)++;
}

bool slk_cell_figure_of(slk_text t, slk_cell_figure *out) {
    static const struct {
        const char *word;
        slk_bound bound;
    } bounds[] = {{"~", SLK_BOUND_ABOUT},
                  {"about", SLK_BOUND_ABOUT},
                  {"approximately", SLK_BOUND_ABOUT},
                  {"approx.", SLK_BOUND_ABOUT},
                  {"approx", SLK_BOUND_ABOUT},
                  {"at least", SLK_BOUND_AT_LEAST},
                  {"more than", SLK_BOUND_MORE_THAN},
                  {">", SLK_BOUND_MORE_THAN},
                  {"less than", SLK_BOUND_LESS_THAN},
                  {"<", SLK_BOUND_LESS_THAN},
                  {"up to", SLK_BOUND_AT_MOST}};
    static const struct {
        const char *word;
        char unit[4];
    } units[] = {{"km", "km"}, {"kilometer", "km"}, {"kilometre", "km"}, {"mile", "mi"},
                 {"mi", "mi"}, {"meter", "m"},      {"metre", "m"},      {"m", "m"}};
    slk_cell_figure f = {.low = NAN, .high = NAN};
    size_t i = 0;
    t = slk_text_trim(t);
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds && f.bound == SLK_BOUND_EXACT; k++)
        if (skip_word(t, &i, bounds[k].word)) f.bound = bounds[k].bound;
    skip_space(t, &i);
    if (!number(t, &i, &f.low)) return false;
    skip_space(t, &i);
    if (i < t.n && (t.at[i] == '-' || slk_text_starts((slk_text){t.at + i, t.n - i}, "\xE2\x80\x93"))) {
        i += t.at[i] == '-' ? 1 : 3;
        skip_space(t, &i);
        if (!number(t, &i, &f.high)) return false;
        skip_space(t, &i);
    }
    slk_text rest = {t.at + i, t.n - i};
    for (size_t k = 0; k < sizeof units / sizeof *units && rest.n && !f.unit[0]; k++)
        if (slk_text_starts_fold(rest, units[k].word)) memcpy(f.unit, units[k].unit, 4);
    if (rest.n && !f.unit[0] && rest.at[0] != '(') return false;
    *out = f;
    return true;
}
