/* time_date.c - reads dates: "March 4, 2016", "7 February", "Friday", "last Thursday", "the third quarter of 2009", "early
 * July", "the 1990s", "three days later", "yesterday morning". Says what the words say; which day that is, is worked out by
 * time_resolve.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/timing.h"

slk_said slk_said_blank(void) {
    slk_said s = {.what = SLK_SAID_POINT, .year = SLK_NO_YEAR, .number = NAN, .more = NAN};
    return s;
}

slk_time_unit slk_unit_of(const char *code) {
    static const struct {
        const char *code;
        slk_time_unit unit;
    } units[] = {{"S", SLK_TU_SECOND},     {"MIN", SLK_TU_MINUTE}, {"H", SLK_TU_HOUR},       {"D", SLK_TU_DAY},
                 {"WE", SLK_TU_WEEKEND},   {"W", SLK_TU_WEEK},     {"FN", SLK_TU_FORTNIGHT}, {"M", SLK_TU_MONTH},
                 {"Q", SLK_TU_QUARTER},    {"Y", SLK_TU_YEAR},     {"DE", SLK_TU_DECADE},    {"CE", SLK_TU_CENTURY},
                 {"ML", SLK_TU_MILLENNIUM}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(code, units[i].code) == 0) return units[i].unit;
    return SLK_TU_NONE;
}

/* ---------------------------------------------------------------- days and years */

static bool ordinal_ending(const slk_lexer *x, uint32_t i) {
    return slk_lex_glued(x, i) && slk_lex_any(x, i, "st nd rd th");
}

/* Figures that go on behind: "12,000", "3.5", "6:50", "4/9", "12%". */
static bool figures_go_on(const slk_lexer *x, uint32_t i) {
    const slk_lex *sign = slk_lex_at(x, i), *next = slk_lex_at(x, i + 1);
    if (sign->kind != SLK_LEX_SIGN || sign->spaced) return false;
    if (sign->sign == '%') return true;
    bool glued = next->kind == SLK_LEX_FIGURES && !next->spaced;
    return glued &&
           (sign->sign == '.' || sign->sign == ':' || sign->sign == '/' || (sign->sign == ',' && next->digits == 3));
}

uint32_t slk_read_day(const slk_lexer *x, uint32_t i, uint8_t *day, bool *ordinal) {
    const slk_lex *l = slk_lex_at(x, i);
    uint32_t next = i + 1;
    double value;
    *ordinal = false;
    if (l->kind == SLK_LEX_FIGURES) {
        if (l->digits > 2) return 0;
        value = l->value;
        if (ordinal_ending(x, next)) {
            *ordinal = true;
            next++;
        } else if (slk_lex_glued(x, next) || figures_go_on(x, next)) {
            return 0;
        }
    } else {
        const slk_sense *s = slk_lex_sense(x, i, SLK_TK_ORDINAL, &next);
        if (!s) return 0;
        *ordinal = true;
        value = s->number;
    }
    if (!(value >= 1 && value <= 31)) return 0;
    *day = (uint8_t)value;
    return next;
}

static uint32_t read_year_figures(const slk_lexer *x, uint32_t i, int32_t *year) {
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind != SLK_LEX_FIGURES || l->digits != 4 || l->value < 1000 || l->value > 2199) return 0;
    if (slk_lex_glued(x, i + 1) || figures_go_on(x, i + 1)) return 0;
    *year = l->value;
    return i + 1;
}

/* "nineteen ninety-six", "two thousand", "two thousand and five" */
static uint32_t read_year_words(const slk_lexer *x, uint32_t i, int32_t *year) {
    uint32_t next, j, k;
    const slk_sense *a = slk_lex_sense(x, i, SLK_TK_CARDINAL, &next), *b, *c;
    if (!a) return 0;
    if (a->number == 2 && slk_lex_is(x, next, "thousand")) {
        *year = 2000;
        j = next + 1 + slk_lex_is(x, next + 1, "and");
        b = slk_lex_sense(x, j, SLK_TK_CARDINAL, &k);
        if (!b) return next + 1;
        *year = 2000 + (int32_t)b->number;
        return k;
    }
    if (!(a->number >= 15 && a->number <= 20)) return 0;
    b = slk_lex_sense(x, next, SLK_TK_CARDINAL, &j);
    if (!b || b->number < 10 || b->number > 99) return 0;
    *year = (int32_t)(a->number * 100 + b->number);
    k = j + slk_lex_sign(x, j, '-');
    c = (int32_t)b->number % 10 == 0 && b->number >= 20 ? slk_lex_sense(x, k, SLK_TK_CARDINAL, &next) : NULL;
    if (!c || c->number > 9) return j;
    *year += (int32_t)c->number;
    return next;
}

/* [the] last|this|next|that|previous|following year ['s] */
static uint32_t read_year_shift(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t j = i + slk_lex_is(x, i, "the"), next;
    const slk_sense *s = slk_lex_sense(x, j, SLK_TK_SHIFT, &next);
    if (!s || !slk_lex_is(x, next, "year")) return 0;
    const char *v = s->value;
    bool told = strcmp(v, "that") == 0 || strcmp(v, "previous") == 0 || strcmp(v, "following") == 0;
    int32_t shift = 0;
    if (strcmp(v, "last") == 0 || strcmp(v, "past") == 0 || strcmp(v, "previous") == 0) shift = -1;
    if (strcmp(v, "next") == 0 || strcmp(v, "coming") == 0 || strcmp(v, "following") == 0) shift = 1;
    out->year = shift;
    out->year_shifted = true;
    out->year_told = told;
    return next + 1;
}

static uint32_t read_era(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_ERA, &next);
    if (!s) return i;
    out->bc = s->value[0] == 'B';
    return next;
}

uint32_t slk_read_year_tail(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t j = i, next;
    int32_t year;
    if (slk_lex_sign(x, j, ',') || slk_lex_is(x, j, "of") || slk_lex_is(x, j, "in")) j++;
    next = read_year_figures(x, j, &year);
    if (!next && j == i) next = read_year_words(x, j, &year);
    if (next) {
        out->year = year;
        return read_era(x, next, out);
    }
    if (slk_lex_sign(x, j, '\'') && slk_lex_at(x, j + 1)->kind == SLK_LEX_FIGURES &&
        slk_lex_at(x, j + 1)->digits == 2 && !slk_lex_at(x, j + 1)->spaced &&
        !slk_lex_glued(x, j + 2)) { /* "May '16" */
        out->year = slk_lex_at(x, j + 1)->value + (slk_lex_at(x, j + 1)->value < 50 ? 2000 : 1900);
        return j + 2;
    }
    if (j == i + 1 && slk_lex_sign(x, i, ',')) return 0;
    next = read_year_shift(x, j, out);
    if (next) return next;
    const slk_lex *l = slk_lex_at(x, j);
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 4 && l->value > 0 && slk_lex_has(x, j + 1, SLK_TK_ERA)) {
        out->year = l->value;
        return read_era(x, j + 1, out);
    }
    return 0;
}

/* ---------------------------------------------------------------- written in figures */

static bool good_date(int32_t year, int32_t month, int32_t day) {
    return year >= 1000 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
           (unsigned)day <= slk_days_in_month(year, (unsigned)month);
}

/* "2016-02-07", "12/25/2019", "25.12.2019", "4/9/02" (month first, as American papers write, where both could be) */
static uint32_t read_figures(const slk_lexer *x, uint32_t i, slk_said *out) {
    const slk_lex *a = slk_lex_at(x, i), *b = slk_lex_at(x, i + 2), *c = slk_lex_at(x, i + 4);
    char sign = slk_lex_at(x, i + 1)->sign;
    if (slk_lex_at(x, i + 1)->kind != SLK_LEX_SIGN || slk_lex_at(x, i + 3)->sign != sign) return 0;
    if (a->kind != SLK_LEX_FIGURES || b->kind != SLK_LEX_FIGURES || c->kind != SLK_LEX_FIGURES) return 0;
    if (b->spaced || c->spaced || b->digits > 2 || slk_lex_at(x, i + 1)->spaced || slk_lex_at(x, i + 3)->spaced)
        return 0;
    if (sign != '-' && sign != '/' && sign != '.') return 0;
    int32_t y = c->value, m = a->value, d = b->value;
    if (a->digits == 4 && c->digits <= 2) {
        y = a->value;
        m = b->value;
        d = c->value;
    } else if (a->digits <= 2 && (c->digits == 4 || (c->digits == 2 && sign == '/'))) {
        if (c->digits == 2) y += y < 50 ? 2000 : 1900;
        if (m > 12 || sign == '.') {
            m = b->value;
            d = a->value;
        }
    } else {
        return 0;
    }
    if (!good_date(y, m, d) || (slk_lex_at(x, i + 5)->sign == sign && !slk_lex_at(x, i + 5)->spaced &&
                                slk_lex_at(x, i + 6)->kind == SLK_LEX_FIGURES && !slk_lex_at(x, i + 6)->spaced))
        return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_DAY;
    out->year = y;
    out->month = (uint8_t)m;
    out->day = (uint8_t)d;
    return i + 5;
}

/* ---------------------------------------------------------------- months and days */

static uint32_t with_year(const slk_lexer *x, uint32_t next, slk_said *out) {
    uint32_t more = slk_read_year_tail(x, next, out);
    return more ? more : next;
}

static uint32_t read_month_day(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_MONTH, &next);
    bool ordinal;
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->month = (uint8_t)strtol(s->value, NULL, 10);
    out->unit = SLK_TU_DAY;
    uint32_t j = next + slk_lex_is(x, next, "the"), day = slk_read_day(x, j, &out->day, &ordinal);
    if (day && (j == next || ordinal) && !slk_lex_has(x, day, SLK_TK_AMPM)) return with_year(x, day, out);
    out->day = 0;
    out->unit = SLK_TU_MONTH;
    return with_year(x, next, out);
}

static uint32_t read_day_month(const slk_lexer *x, uint32_t i, slk_said *out) {
    bool ordinal;
    uint32_t next, day = slk_read_day(x, i, &out->day, &ordinal);
    if (!day) return 0;
    bool dash = slk_lex_sign(x, day, '-') && !slk_lex_at(x, day)->spaced && !slk_lex_at(x, day + 1)->spaced;
    const slk_sense *s = slk_lex_sense(x, day + (slk_lex_is(x, day, "of") || dash), SLK_TK_MONTH, &next);
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_DAY;
    out->month = (uint8_t)strtol(s->value, NULL, 10);
    if (dash) { /* "9-May-2006" */
        day = slk_lex_sign(x, next, '-') ? read_year_figures(x, next + 1, &out->year) : 0;
        return day;
    }
    return with_year(x, next, out);
}

/* "the 18th": a day of the month told before, where nothing is counted by it */
static uint32_t read_weak_day(const slk_lexer *x, uint32_t i, slk_said *out) {
    bool ordinal;
    uint32_t next = slk_read_day(x, i, &out->day, &ordinal);
    if (!next || !ordinal || slk_lex_at(x, i)->kind != SLK_LEX_FIGURES) return 0;
    if (slk_lex_at(x, next)->kind == SLK_LEX_WORD &&
        !slk_lex_any(x, next, "and or of to in at on when as but after before that for while with by he it they she"))
        return 0;
    if (slk_lex_sign(x, next, '-')) return 0;
    if (slk_lex_is(x, next, "of")) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_DAY;
    out->weak = true;
    return next;
}

/* "Friday", "Friday, March 4, 2016", "Fri. 4 March", "Monday of last week" */
static uint32_t read_weekday(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_WEEKDAY, &next);
    bool brief = !s;
    if (brief) s = slk_lex_sense(x, i, SLK_TK_WEEKDAY_SHORT, &next);
    if (!s) return 0;
    uint8_t weekday = (uint8_t)(s->value[0] - '0');
    slk_said date = *out;
    uint32_t j = next + slk_lex_sign(x, next, ',');
    uint32_t behind = read_month_day(x, j, &date);
    if (!behind || !date.day) {
        date = *out;
        behind = read_day_month(x, j, &date);
    }
    if (behind && date.day) {
        *out = date;
        out->weekday = weekday;
        return behind;
    }
    if (brief) return 0;
    out->base = SLK_BASE_WEEKDAY;
    out->unit = SLK_TU_DAY;
    out->weekday = weekday;
    return next;
}

/* ---------------------------------------------------------------- years and more */

/* "1990s", "'90s", "nineties" */
static uint32_t read_decade(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, j = i + slk_lex_sign(x, i, '\'');
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_DECADE, &next);
    const slk_lex *l = slk_lex_at(x, j);
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_DECADE;
    if (s) {
        out->year = 1900 + (int32_t)strtol(s->value, NULL, 10);
        return next;
    }
    if (l->kind != SLK_LEX_FIGURES || l->value % 10) return 0;
    bool tail = (slk_lex_glued(x, j + 1) && slk_lex_is(x, j + 1, "s"));
    uint32_t after = j + 2;
    if (!tail && slk_lex_sign(x, j + 1, '\'') && slk_lex_glued(x, j + 2) && slk_lex_is(x, j + 2, "s")) {
        tail = true;
        after = j + 3;
    }
    if (!tail) return 0;
    if (l->digits == 4 && l->value >= 1000 && l->value <= 2190) {
        out->year = l->value;
    } else if (l->digits == 2 && (j > i || (l->value >= 20 && slk_lex_any(x, i - 1, "the and early late mid")))) {
        out->year = l->value + (l->value < 20 ? 2000 : 1900);
    } else if (l->digits == 3 && slk_lex_has(x, after, SLK_TK_ERA)) {
        out->year = l->value;
    } else {
        return 0;
    }
    return read_era(x, after, out);
}

static uint32_t read_ordinal(const slk_lexer *x, uint32_t i, int *n) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_ORDINAL, &next);
    const slk_lex *l = slk_lex_at(x, i);
    if (s && s->number >= 1 && s->number <= 40) {
        *n = (int)s->number;
        return next;
    }
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 2 && l->value > 0 && ordinal_ending(x, i + 1)) {
        *n = l->value;
        return i + 2;
    }
    if (slk_lex_any(x, i, "last final")) {
        *n = -1;
        return i + 1;
    }
    return 0;
}

static uint32_t read_century(const slk_lexer *x, uint32_t i, slk_said *out) {
    int n;
    uint32_t next = read_ordinal(x, i, &n);
    if (!next || n < 1) return 0;
    next += slk_lex_sign(x, next, '-');
    if (!slk_lex_is(x, next, "century")) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_CENTURY;
    out->year = (n - 1) * 100;
    return read_era(x, next + 1, out);
}

/* "2016", "490 BC", "AD 70", "fiscal 2020", "fiscal year 2020", "FY2020" */
static uint32_t read_year(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, j = i;
    const slk_lex *l = slk_lex_at(x, i);
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_YEAR;
    if (slk_lex_sense(x, i, SLK_TK_FISCAL, &next)) {
        out->fiscal = true;
        j = next;
    } else if (slk_lex_is(x, i, "year")) {
        j = i + 1;
    } else if (slk_lex_has(x, i, SLK_TK_ERA)) {
        next = read_era(x, i, out);
        l = slk_lex_at(x, next);
        if (l->kind != SLK_LEX_FIGURES || l->digits > 4 || l->value < 1) return 0;
        out->year = l->value;
        return next + 1;
    }
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 4 && l->value > 0 && slk_lex_has(x, i + 1, SLK_TK_ERA)) {
        out->year = l->value;
        return read_era(x, i + 1, out);
    }
    next = read_year_figures(x, j, &out->year);
    return next ? next : read_year_words(x, j, &out->year);
}

/* ---------------------------------------------------------------- parts of a year */

/* "third quarter", "second-quarter", "fiscal first quarter", "first half of 2022", "Q3 2019", "2008's third quarter" */
static uint32_t read_quarter(const slk_lexer *x, uint32_t i, slk_said *out) {
    int n;
    uint32_t next, j = i;
    int32_t year;
    bool half = false;
    if ((next = read_year_figures(x, j, &year)) != 0) {
        out->year = year;
        j = next;
    } else if ((next = read_year_shift(x, j, out)) != 0) {
        j = next;
    }
    if (j > i && slk_lex_sign(x, j, '\'') && slk_lex_is(x, j + 1, "s")) j += 2;
    if (slk_lex_sense(x, j, SLK_TK_FISCAL, &next)) {
        out->fiscal = true;
        j = next + slk_lex_sign(x, next, '-');
    }
    const slk_lex *l = slk_lex_at(x, j);
    bool q = slk_lex_is(x, j, "q") && slk_lex_at(x, j + 1)->kind == SLK_LEX_FIGURES && !slk_lex_at(x, j + 1)->spaced;
    if (q && slk_is_upper(x->r->report.text.at[l->start])) {
        n = slk_lex_at(x, j + 1)->value;
        next = j + 2;
    } else {
        next = read_ordinal(x, j, &n);
        if (!next && slk_lex_is(x, j, "latter")) {
            n = 2;
            next = j + 1;
        }
        if (!next) return 0;
        next += slk_lex_sign(x, next, '-');
        if (slk_lex_sense(x, next, SLK_TK_FISCAL, &j)) next = j;
        half = slk_lex_is(x, next, "half");
        if (!half && !slk_lex_any(x, next, "quarter quarters")) return 0;
        next++;
    }
    if (n == -1) n = half ? 2 : 4;
    if (n < 1 || n > (half ? 2 : 4)) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = half ? SLK_TU_HALF : SLK_TU_QUARTER;
    out->part = (uint8_t)n;
    if (out->year == SLK_NO_YEAR) {
        uint32_t more = slk_read_year_tail(x, next, out);
        if (!more && half) return 0; /* of a match, of a book, ... */
        if (more) next = more;
    }
    return next;
}

static uint8_t season_of(const char *code) { return code[0] == 'F' ? 3 : code[0] == 'W' ? 4 : code[1] == 'P' ? 1 : 2; }

static uint32_t read_season(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    int32_t year;
    uint32_t j = read_year_figures(x, i, &year);
    const slk_sense *s = slk_lex_sense(x, j ? j : i, SLK_TK_SEASON, &next);
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_SEASON;
    out->part = season_of(s->value);
    if (j) {
        out->year = year;
        return next;
    }
    uint32_t more = slk_read_year_tail(x, next, out);
    if (more) return more;
    bool the =
        i > 0 && (slk_lex_is(x, i - 1, "the") || slk_lex_has(x, i - 1, SLK_TK_MOD) || slk_lex_is(x, i - 1, "in"));
    if (slk_lex_any(x, i, "fall spring") && (!the || slk_lex_is(x, next, "of"))) return 0; /* "the fall of the town" */
    return next;
}

static uint32_t read_holiday(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_HOLIDAY, &next);
    if (!s) return 0;
    out->base = SLK_BASE_HOLIDAY;
    out->unit = SLK_TU_DAY;
    out->holiday = s->value;
    return with_year(x, next, out);
}

/* ---------------------------------------------------------------- this, last, next */

static bool is_shift(const slk_sense *s, const char *what) { return strcmp(s->value, what) == 0; }

static bool shift_of(const slk_sense *s, slk_said *out) {
    out->base = SLK_BASE_NOW;
    out->shift_said = true;
    out->shift = 0;
    if (is_shift(s, "last") || is_shift(s, "past")) {
        out->shift = -1;
    } else if (is_shift(s, "next") || is_shift(s, "coming")) {
        out->shift = 1;
    } else if (is_shift(s, "previous")) {
        out->base = SLK_BASE_TOLD;
        out->shift = -1;
    } else if (is_shift(s, "following")) {
        out->base = SLK_BASE_TOLD;
        out->shift = 1;
    } else if (is_shift(s, "that")) {
        out->base = SLK_BASE_TOLD;
    } else if (!is_shift(s, "this")) {
        return false;
    }
    return true;
}

/* A unit behind a shift: "week", "fiscal year", "quarter". The past decade is a duration; so is what has a number. */
static uint32_t read_shifted_unit(const slk_lexer *x, uint32_t i, const slk_sense *shift, slk_said *out) {
    uint32_t next, j = i;
    if (slk_lex_sense(x, i, SLK_TK_FISCAL, &next) && !slk_lex_is(x, next - 1, "year")) {
        out->fiscal = true;
        j = next;
    } else if (slk_lex_sense(x, i, SLK_TK_FISCAL, &next)) {
        out->fiscal = true;
        j = next - 1;
    }
    const slk_sense *u = slk_lex_sense(x, j, SLK_TK_UNIT, &next);
    if (!u) return 0;
    out->unit = (uint8_t)slk_unit_of(u->value);
    if (out->unit == SLK_TU_QUARTER && is_shift(shift, "last") && slk_lex_is(x, i - 1, "latest")) out->shift = -1;
    bool plural = slk_lower(x->r->report.text.at[slk_lex_at(x, next - 1)->end - 1]) == 's' && out->unit != SLK_TU_NONE;
    if (plural || out->unit < SLK_TU_DAY) return 0;
    if (is_shift(shift, "past")) return 0;
    if (slk_lex_is(x, i - 2, "the") && is_shift(shift, "last") && out->unit >= SLK_TU_DECADE) return 0;
    if (out->unit == SLK_TU_DAY && (is_shift(shift, "last") || is_shift(shift, "this"))) return 0;
    if (slk_lex_is(x, next, "or") && slk_lex_is(x, next + 1, "so")) next += 2;
    if (slk_lex_is(x, i - 2, "the") && is_shift(shift, "next")) out->base = SLK_BASE_TOLD;
    return next;
}

/* "last Thursday", "this past spring", "next March", "the same day", "that night", "the following morning" */
static uint32_t read_shifted(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_SHIFT, &next), *k;
    if (!s) return 0;
    if (is_shift(s, "yearago")) {
        out->base = SLK_BASE_TOLD;
        out->unit = SLK_TU_YEAR;
        out->shift = -1;
        out->year_told = true;
        int n;
        if ((end = read_ordinal(x, next, &n)) != 0 && slk_lex_is(x, end, "quarter")) {
            out->part = (uint8_t)(n < 1 || n > 4 ? 4 : n);
            return end + 1;
        }
        if (slk_lex_is(x, next, "quarter")) out->unit = SLK_TU_QUARTER;
        return slk_lex_any(x, next, "quarter period month week half") ? next + 1 : next;
    }
    if (!shift_of(s, out)) return 0;
    if ((end = read_shifted_unit(x, next, s, out)) != 0) return end;
    out->base = (uint8_t)(out->base == SLK_BASE_TOLD ? SLK_BASE_TOLD : SLK_BASE_NOW);
    if ((k = slk_lex_sense(x, next, SLK_TK_WEEKDAY, &end)) != NULL) {
        out->weekday = (uint8_t)(k->value[0] - '0');
        out->year_told = out->base == SLK_BASE_TOLD;
        out->base = SLK_BASE_WEEKDAY;
        out->unit = SLK_TU_DAY;
        slk_said date = *out;
        uint32_t more = read_weekday(x, next, &date);
        if (more > end) *out = date;
        return more > end ? more : end;
    }
    if ((k = slk_lex_sense(x, next, SLK_TK_MONTH, &end)) != NULL) {
        out->month = (uint8_t)strtol(k->value, NULL, 10);
        out->base = SLK_BASE_FIELDS;
        out->unit = SLK_TU_MONTH;
        bool ordinal;
        uint32_t day = slk_read_day(x, end, &out->day, &ordinal);
        if (!day) out->day = 0;
        if (day) out->unit = SLK_TU_DAY;
        return day ? day : end;
    }
    if ((k = slk_lex_sense(x, next, SLK_TK_SEASON, &end)) != NULL) {
        out->part = season_of(k->value);
        out->base = SLK_BASE_FIELDS;
        out->unit = SLK_TU_SEASON;
        return end;
    }
    if ((k = slk_lex_sense(x, next, SLK_TK_DAYPART, &end)) != NULL) {
        out->daypart = k->value;
        out->unit = SLK_TU_DAY;
        return end;
    }
    if ((k = slk_lex_sense(x, next, SLK_TK_HOLIDAY, &end)) != NULL) {
        out->holiday = k->value;
        out->base = SLK_BASE_HOLIDAY;
        out->unit = SLK_TU_DAY;
        return end;
    }
    return 0;
}

/* ---------------------------------------------------------------- yesterday, three days later */

static uint32_t read_deictic(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_DEICTIC, &next);
    if (!s) return 0;
    char *end;
    out->base = SLK_BASE_NOW;
    out->unit = SLK_TU_DAY;
    out->shift_said = true;
    out->shift = (int32_t)strtol(s->value, &end, 10);
    if (*end) out->daypart = end;
    return next;
}

/* The direction of a distance in time: "ago", "later", "from now". */
static uint32_t read_direction(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_OFFSET, &next);
    if (!s) return 0;
    const char *v = s->value;
    if (strcmp(v, "ago") == 0 || strcmp(v, "hence") == 0) {
        out->base = SLK_BASE_NOW;
        out->shift = v[0] == 'a' ? -1 : 1;
    } else {
        out->base = SLK_BASE_TOLD;
        out->shift = strcmp(v, "later") == 0 ? 1 : -1;
        if (strcmp(v, "before") == 0 && slk_lex_at(x, next)->kind == SLK_LEX_WORD) return 0; /* "before the vote" */
    }
    return next;
}

/* "three days later", "a year and a half ago", "more than two months earlier" */
static uint32_t read_distance(const slk_lexer *x, uint32_t i, slk_said *out) {
    double n, rest;
    const char *mod = NULL;
    uint32_t next, k, j = slk_read_count(x, slk_read_approx(x, i, &mod), &n);
    if (!j) return 0;
    const slk_sense *u = slk_lex_sense(x, j, SLK_TK_UNIT, &next);
    if (!u) return 0;
    out->unit = (uint8_t)slk_unit_of(u->value);
    if (slk_lex_is(x, next, "and") && (k = slk_read_count(x, next + 1, &rest)) != 0) {
        uint32_t end;
        const slk_sense *v = slk_lex_sense(x, k, SLK_TK_UNIT, &end);
        if (rest < 1 && !v) {
            n += rest;
            next = k;
        }
    }
    if (slk_lex_is(x, next, "or") && slk_lex_is(x, next + 1, "so")) next += 2;
    j = read_direction(x, next, out);
    if (!j) return 0;
    out->number = n;
    out->mod = mod;
    out->counted = true;
    out->shift_said = true;
    return j;
}

/* ---------------------------------------------------------------- the whole */

/* "year-end", "the month's end" */
static uint32_t read_year_end(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_YEAREND, &next);
    if (!s || slk_lex_at(x, next)->sign == '-') return 0;
    out->base = SLK_BASE_NOW;
    out->unit = (uint8_t)slk_unit_of(s->value);
    return next;
}

/* "for the quarter", "over the weekend", "for the year ended": units that news writes with their article alone. */
static uint32_t read_article_unit(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t j = i + slk_lex_any(x, i, "full entire whole"), next;
    bool led = i > 1 && slk_lex_any(x, i - 2, "for of in during throughout over");
    if (slk_lex_sense(x, j, SLK_TK_FISCAL, &next) && slk_lex_is(x, next - 1, "year")) j = next - 1;
    bool year = slk_lex_is(x, j, "year") && (led || j > i) && slk_lex_at(x, j + 1)->kind != SLK_LEX_FIGURES &&
                !slk_lex_any(x, j + 1, "before after when that of");
    bool quarter = slk_lex_is(x, j, "quarter") && !slk_lex_any(x, j + 1, "of final finals mile");
    bool weekend = slk_lex_is(x, j, "weekend");
    bool week = slk_lex_is(x, j, "week") && led && slk_lex_at(x, j + 1)->kind != SLK_LEX_WORD;
    if (!year && !quarter && !weekend && !week) return 0;
    out->base = quarter ? SLK_BASE_TOLD : SLK_BASE_NOW;
    out->unit = quarter ? SLK_TU_QUARTER : weekend ? SLK_TU_WEEKEND : week ? SLK_TU_WEEK : SLK_TU_YEAR;
    out->shift = weekend ? -1 : 0;
    return j + 1;
}

/* The last week of a month: "the first week of July". */
static uint32_t read_week_of(const slk_lexer *x, uint32_t i, slk_said *out) {
    int n;
    uint32_t j = read_ordinal(x, i, &n);
    if (!j || n > 5 || !slk_lex_any(x, j, "week weekend day") || !slk_lex_is(x, j + 1, "of")) return 0;
    uint32_t next = read_month_day(x, j + 2, out);
    if (!next || out->day) return 0;
    out->week_nth = (int8_t)n;
    out->unit = slk_lex_is(x, j, "day") ? SLK_TU_DAY : slk_lex_is(x, j, "week") ? SLK_TU_WEEK : SLK_TU_WEEKEND;
    return next;
}

typedef uint32_t (*reader)(const slk_lexer *x, uint32_t i, slk_said *out);

/* The longest of what the readers find at i; of equal length the first. */
static uint32_t longest(const slk_lexer *x, uint32_t i, slk_said *out) {
    static const reader readers[] = {read_figures, read_weekday, read_month_day, read_day_month, read_quarter,
                                     read_season,  read_decade,  read_century,   read_year,      read_week_of,
                                     read_shifted, read_deictic, read_distance,  read_holiday,   read_year_end};
    uint32_t best = 0;
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        slk_said s = slk_said_blank();
        uint32_t next = readers[k](x, i, &s);
        if (next <= best) continue;
        best = next;
        *out = s;
    }
    return best;
}

/* A part of the day behind a day: "Tuesday night", "yesterday in the morning". */
static uint32_t read_daypart_tail(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, j = i;
    if (out->unit != SLK_TU_DAY || out->daypart) return i;
    if (slk_lex_is(x, j, "in") && slk_lex_is(x, j + 1, "the"))
        j += 2;
    else if (slk_lex_is(x, j, "at"))
        j++;
    static const char *const mods[] = {"early", "late", "mid"};
    for (size_t k = 0; k < 3; k++)
        if (slk_lex_is(x, j, mods[k]) && slk_lex_has(x, j + 1 + slk_lex_sign(x, j + 1, '-'), SLK_TK_DAYPART))
            j += 1 + slk_lex_sign(x, j + 1, '-');
    const slk_sense *s = slk_lex_sense(x, j, SLK_TK_DAYPART, &next);
    if (!s) return i;
    out->daypart = s->value;
    return next;
}

/* "the end of the year", "later in the week": a unit that is known by its article */
static uint32_t read_plain_unit(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_UNIT, &next);
    if (!s) return 0;
    out->unit = (uint8_t)slk_unit_of(s->value);
    out->base = SLK_BASE_TOLD;
    bool plural = slk_lower(x->r->report.text.at[slk_lex_at(x, next - 1)->end - 1]) == 's';
    return out->unit >= SLK_TU_DAY && !plural ? next : 0;
}

/* "the morning of March 4", "the night" */
static uint32_t read_part_first(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_DAYPART, &next);
    if (!s) return 0;
    if (slk_lex_is(x, next, "hours") || slk_lex_is(x, next, "hour")) next++;
    if (slk_lex_is(x, next, "of") || slk_lex_is(x, next, "on")) {
        uint32_t j = next + 1 + slk_lex_is(x, next + 1, "the");
        end = longest(x, j, out);
        if (end && out->unit == SLK_TU_DAY) {
            out->daypart = s->value;
            return end;
        }
    }
    bool the = i > 0 && slk_lex_any(x, i - 1, "the mid");
    bool alone = slk_lex_is(x, i, "overnight");
    if (!the && !alone && !(i > 1 && slk_lex_sign(x, i - 1, '-') && slk_lex_is(x, i - 2, "mid"))) {
        end = longest(x, next, out); /* "overnight Friday", "mid-afternoon yesterday" */
        if (!end || out->unit != SLK_TU_DAY || out->daypart) return 0;
        out->daypart = s->value;
        return end;
    }
    *out = slk_said_blank();
    end = longest(x, next, out);
    if (end && out->unit == SLK_TU_DAY && !out->daypart) {
        out->daypart = s->value;
        return end;
    }
    *out = slk_said_blank();
    out->base = SLK_BASE_TOLD;
    out->unit = SLK_TU_DAY;
    out->daypart = s->value;
    return next;
}

/* "early", "mid-", "the end of", "later", "sometime": words before a date that place within it. */
static uint32_t read_mods(const slk_lexer *x, uint32_t i, const char **mod, bool *any) {
    for (unsigned turns = 0; turns < 3; turns++) {
        uint32_t next;
        const slk_sense *s = slk_lex_sense(x, i, SLK_TK_MOD, &next);
        if (s) {
            *mod = s->value;
            next += slk_lex_sign(x, next, '-') || slk_lex_any(x, next, "of in on");
        } else if ((s = slk_lex_sense(x, i, SLK_TK_MOD_REL, &next)) != NULL) {
            next += slk_lex_any(x, next, "in on");
        } else {
            return i;
        }
        next += slk_lex_is(x, next, "the");
        *any = true;
        i = next;
    }
    return i;
}

/* "the 1990s", "the third quarter", "the 18th" have their article; in "the Nov. 1 deadline", "the third-quarter loss", "the
 * summer offensive" it is that of the noun behind. */
static bool keeps_article(const slk_lexer *x, uint32_t next, const slk_said *s) {
    bool noun = slk_lex_at(x, next)->kind == SLK_LEX_WORD && slk_lex_noun(x, next);
    if (s->weak || s->shift_said || s->daypart || s->week_nth) return true;
    if (s->base == SLK_BASE_WEEKDAY) return false;
    if (s->base == SLK_BASE_HOLIDAY) return !noun;
    if (s->base == SLK_BASE_TOLD && s->year_told) return s->unit == SLK_TU_QUARTER || s->part || !noun;
    if (s->base != SLK_BASE_FIELDS) return true;
    if (s->unit == SLK_TU_SEASON) return !noun;
    if (s->unit == SLK_TU_QUARTER || s->unit == SLK_TU_HALF) return !slk_lex_sign(x, next - 2, '-');
    return s->unit >= SLK_TU_DECADE;
}

uint32_t slk_read_date(const slk_lexer *x, uint32_t i, slk_said *out) {
    const char *mod = NULL;
    bool any = false;
    slk_said s = slk_said_blank(), other = slk_said_blank();
    bool the = slk_lex_is(x, i, "the");
    uint32_t j = read_mods(x, i + the, &mod, &any);
    uint32_t next = longest(x, j, &s), more;
    if (next) next = read_daypart_tail(x, next, &s);
    if ((more = read_part_first(x, j, &other)) > next) {
        s = other;
        next = more;
    }
    other = slk_said_blank();
    if (!next && any && (next = read_plain_unit(x, j, &other)) != 0) s = other;
    if (!next && the && !any && (next = read_weak_day(x, j, &other)) != 0) s = other;
    other = slk_said_blank();
    if (!next && the && !any && (next = read_article_unit(x, j, &other)) != 0) s = other;
    if (!next) return 0;
    if (mod) s.mod = mod;
    if (the && !any && !keeps_article(x, next, &s)) i++;
    s.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
    *out = s;
    return next;
}
