/* time_date.c - reads days: "March 4, 2016", "7 February", "2016-02-07", "Friday, Sept. 18", "the 18th", and the year behind a
 * month. Says what the words say; which day that is, is worked out by time_resolve.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_readers.h"

slk_said slk_said_blank(void) {
    static const slk_said blank = {.what = SLK_SAID_POINT, .year = SLK_NO_YEAR, .number = NAN, .more = NAN};
    return blank;
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

bool slk_lex_ordinal_ending(const slk_lexer *x, uint32_t i) {
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
        if (slk_lex_ordinal_ending(x, next)) {
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

uint32_t slk_read_year_figures(const slk_lexer *x, uint32_t i, int32_t *year) {
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind != SLK_LEX_FIGURES || l->digits != 4 || l->value < 1000 || l->value > 2199) return 0;
    if (slk_lex_glued(x, i + 1) || figures_go_on(x, i + 1)) return 0;
    *year = l->value;
    return i + 1;
}

/* "nineteen ninety-six", "two thousand", "two thousand and five" */
uint32_t slk_read_year_words(const slk_lexer *x, uint32_t i, int32_t *year) {
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
uint32_t slk_read_year_shift(const slk_lexer *x, uint32_t i, slk_said *out) {
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

uint32_t slk_read_era(const slk_lexer *x, uint32_t i, slk_said *out) {
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
    if ((next = slk_read_reign(x, j, &out->year)) != 0) return next;
    if (j > i && slk_lex_sense(x, j, SLK_TK_FISCAL, &next) && slk_read_year_figures(x, next, &year)) {
        out->year = year;
        out->fiscal = true;
        return next + 1;
    }
    next = slk_read_year_figures(x, j, &year);
    if (!next && !slk_lex_sign(x, i, ',')) next = slk_read_year_words(x, j, &year);
    if (next) {
        out->year = year;
        return slk_read_era(x, next, out);
    }
    if (slk_lex_sign(x, j, '\'') && slk_lex_at(x, j + 1)->kind == SLK_LEX_FIGURES &&
        slk_lex_at(x, j + 1)->digits == 2 && !slk_lex_at(x, j + 1)->spaced &&
        !slk_lex_glued(x, j + 2)) { /* "May '16" */
        out->year = slk_lex_at(x, j + 1)->value + (slk_lex_at(x, j + 1)->value < 50 ? 2000 : 1900);
        return j + 2;
    }
    if (j == i + 1 && slk_lex_sign(x, i, ',')) return 0;
    next = slk_read_year_shift(x, j, out);
    if (next) return next;
    const slk_lex *l = slk_lex_at(x, j);
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 4 && l->value > 0 && slk_lex_has(x, j + 1, SLK_TK_ERA)) {
        out->year = l->value;
        return slk_read_era(x, j + 1, out);
    }
    return 0;
}

/* ---------------------------------------------------------------- written in figures */

static bool good_date(int32_t year, int32_t month, int32_t day) {
    return year >= 1000 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
           (unsigned)day <= slk_days_in_month(year, (unsigned)month);
}

/* "2016-02-07", "12/25/2019", "25.12.2019", "4/9/02" (month first, as American papers write, where both could be) */
uint32_t slk_read_figures(const slk_lexer *x, uint32_t i, slk_said *out) {
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

uint32_t slk_read_with_year(const slk_lexer *x, uint32_t next, slk_said *out) {
    uint32_t more = slk_read_year_tail(x, next, out);
    return more ? more : next;
}

uint32_t slk_read_month_day(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_MONTH, &next);
    bool ordinal;
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->month = (uint8_t)strtol(s->value, NULL, 10);
    out->unit = SLK_TU_DAY;
    uint32_t j = next + slk_lex_is(x, next, "the"), day = slk_read_day(x, j, &out->day, &ordinal);
    if (day && (j == next || ordinal) && !slk_lex_has(x, day, SLK_TK_AMPM)) return slk_read_with_year(x, day, out);
    out->day = 0;
    out->unit = SLK_TU_MONTH;
    return slk_read_with_year(x, next, out);
}

uint32_t slk_read_day_month(const slk_lexer *x, uint32_t i, slk_said *out) {
    bool ordinal;
    uint32_t next, day = slk_read_day(x, i, &out->day, &ordinal);
    if (!day) return 0;
    bool dash = slk_lex_sign(x, day, '-') && !slk_lex_at(x, day)->spaced && !slk_lex_at(x, day + 1)->spaced;
    const slk_sense *s = slk_lex_sense(x, day + (slk_lex_is(x, day, "of") || dash), SLK_TK_MONTH, &next);
    if (!s && ordinal && slk_lex_is(x, day, "of")) { /* "the 17th of this month" */
        uint8_t number = out->day;
        slk_said month = slk_said_blank();
        next = slk_read_shifted(x, day + 1 + slk_lex_is(x, day + 1, "the"), &month);
        if (!next || month.unit != SLK_TU_MONTH || month.month || month.counted) return 0;
        *out = month;
        out->day = number;
        out->unit = SLK_TU_DAY;
        return next;
    }
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_DAY;
    out->month = (uint8_t)strtol(s->value, NULL, 10);
    if (dash) { /* "9-May-2006" */
        day = slk_lex_sign(x, next, '-') ? slk_read_year_figures(x, next + 1, &out->year) : 0;
        return day;
    }
    return slk_read_with_year(x, next, out);
}

/* "the 18th": a day of the month told before, where nothing is counted by it */
uint32_t slk_read_weak_day(const slk_lexer *x, uint32_t i, slk_said *out) {
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

/* "[Thursday] last week", "[Monday] of next week", "[Monday] week", "the [Friday] before" */
static uint32_t read_weekday_tail(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t j = i + slk_lex_is(x, i, "of"), next;
    const slk_sense *s = slk_lex_sense(x, j, SLK_TK_SHIFT, &next);
    if (s && slk_lex_is(x, next, "week")) {
        bool last = strcmp(s->value, "last") == 0,
             ahead = strcmp(s->value, "next") == 0 || strcmp(s->value, "coming") == 0;
        if (!last && !ahead && strcmp(s->value, "this") != 0) return i;
        out->in_week = true;
        out->shift = last ? -1 : ahead ? 1 : 0;
        return next + 1;
    }
    bool ends = slk_lex_at(x, i + 1)->kind != SLK_LEX_WORD;
    if (slk_lex_is(x, i, "week") && (ends || slk_lex_any(x, i + 1, "in at and to for"))) {
        out->days_off = 7;
        out->shift_said = true;
        out->shift = 1;
        return i + 1;
    }
    if (slk_lex_any(x, i, "before earlier previous") && ends) {
        out->year_told = true;
        out->shift_said = true;
        out->shift = -1;
        return i + 1;
    }
    return i;
}

/* "Friday", "Friday, March 4, 2016", "Fri. 4 March", "Monday of last week" */
uint32_t slk_read_weekday(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_WEEKDAY, &next);
    bool brief = !s;
    if (brief) s = slk_lex_sense(x, i, SLK_TK_WEEKDAY_SHORT, &next);
    if (!s) return 0;
    uint8_t weekday = (uint8_t)(s->value[0] - '0');
    slk_said date = *out;
    uint32_t j = next + slk_lex_sign(x, next, ',');
    if (slk_lex_is(x, j, "the") && slk_lex_ordinal_ending(x, j + 2)) j++; /* "Friday the 19th of February" */
    uint32_t behind = slk_read_month_day(x, j, &date);
    if (!behind || !date.day) {
        date = *out;
        behind = slk_read_day_month(x, j, &date);
    }
    if (!behind || !date.day) {
        date = *out;
        behind = slk_read_figures(x, j, &date);
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
    return read_weekday_tail(x, next, out);
}
