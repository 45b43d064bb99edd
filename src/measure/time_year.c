/* time_year.c - reads years and what is larger or nearly as large: "1998", "490 BC", "fiscal 2020", "the 1990s", "the 21st
 * century", "the third quarter of 2009", "spring 2019"; and feasts that come once a year. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_readers.h"

/* ---------------------------------------------------------------- years and more */

/* "1990s", "'90s", "nineties" */
uint32_t slk_read_decade(const slk_lexer *x, uint32_t i, slk_said *out) {
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
    return slk_read_era(x, after, out);
}

uint32_t slk_read_ordinal(const slk_lexer *x, uint32_t i, int *n) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_ORDINAL, &next);
    const slk_lex *l = slk_lex_at(x, i);
    if (s && s->number >= 1 && s->number <= 40) {
        *n = (int)s->number;
        return next;
    }
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 2 && l->value > 0 && slk_lex_ordinal_ending(x, i + 1)) {
        *n = l->value;
        return i + 2;
    }
    if (slk_lex_any(x, i, "last final")) {
        *n = -1;
        return i + 1;
    }
    return 0;
}

uint32_t slk_read_century(const slk_lexer *x, uint32_t i, slk_said *out) {
    int n;
    uint32_t next = slk_read_ordinal(x, i, &n);
    if (!next || n < 1) return 0;
    next += slk_lex_sign(x, next, '-');
    if (!slk_lex_is(x, next, "century")) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_CENTURY;
    out->year = (n - 1) * 100;
    return slk_read_era(x, next + 1, out);
}

/* "2016", "490 BC", "AD 70", "fiscal 2020", "fiscal year 2020", "FY2020" */
uint32_t slk_read_year(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, j = i;
    const slk_lex *l = slk_lex_at(x, i);
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_YEAR;
    if ((next = slk_read_reign(x, i, &out->year)) != 0) return next;
    if (slk_lex_sense(x, i, SLK_TK_FISCAL, &next) || slk_lex_is(x, i, "fy")) {
        out->fiscal = true;
        j = slk_lex_is(x, i, "fy") ? i + 1 : next;
    } else if (slk_lex_is(x, i, "year")) {
        j = i + 1;
    } else if (slk_lex_has(x, i, SLK_TK_ERA)) {
        next = slk_read_era(x, i, out);
        l = slk_lex_at(x, next);
        if (l->kind != SLK_LEX_FIGURES || l->digits > 4 || l->value < 1) return 0;
        out->year = l->value;
        return next + 1;
    }
    if (l->kind == SLK_LEX_FIGURES && l->digits <= 4 && l->value > 0 && slk_lex_has(x, i + 1, SLK_TK_ERA)) {
        out->year = l->value;
        return slk_read_era(x, i + 1, out);
    }
    next = slk_read_year_figures(x, j, &out->year);
    if (next && j == i && slk_lex_any(x, next, "period quarter")) return next + 1; /* "the 1988 period" */
    return next ? next : slk_read_year_words(x, j, &out->year);
}

/* ---------------------------------------------------------------- parts of a year */

static bool capital_at(const slk_lexer *x, uint32_t i) {
    return slk_is_upper(x->r->report.text.at[slk_lex_at(x, i)->start]);
}

/* "Q3", "3Q", "H1": a letter and a figure. *half tells which. */
static uint32_t read_short_quarter(const slk_lexer *x, uint32_t i, int *n, bool *half) {
    const slk_lex *a = slk_lex_at(x, i), *b = slk_lex_at(x, i + 1);
    bool figures_first = a->kind == SLK_LEX_FIGURES;
    if (!slk_lex_glued(x, i + 1) || slk_lex_glued(x, i + 2)) return 0;
    uint32_t letter = figures_first ? i + 1 : i;
    const slk_lex *f = figures_first ? a : b;
    if (f->kind != SLK_LEX_FIGURES || f->digits != 1 || !capital_at(x, letter)) return 0;
    *half = slk_lex_is(x, letter, "h");
    if (!*half && !slk_lex_is(x, letter, "q")) return 0;
    *n = f->value;
    return i + 2;
}

/* "the first half of August", "the second half of last month", "the latter half of the year" */
static uint32_t read_half_of(const slk_lexer *x, uint32_t i, int n, slk_said *out) {
    uint32_t j = i + 1, next, end;
    if (!slk_lex_is(x, i, "of")) return 0;
    slk_said s = slk_said_blank();
    j += slk_lex_is(x, j, "the");
    const slk_sense *u = slk_lex_sense(x, j, SLK_TK_UNIT, &end);
    next = slk_read_month_day(x, j, &s);
    if (next && s.day) next = 0;
    if (!next) next = slk_read_shifted(x, j, &s);
    if (!next && u && slk_unit_of(u->value) >= SLK_TU_WEEK &&
        slk_lower(x->r->report.text.at[slk_lex_at(x, end - 1)->end - 1]) != 's') {
        s.base = SLK_BASE_TOLD;
        s.unit = (uint8_t)slk_unit_of(u->value);
        if (s.unit == SLK_TU_YEAR) { /* has a value of its own */
            s.base = SLK_BASE_FIELDS;
            s.unit = SLK_TU_HALF;
            s.part = (uint8_t)n;
            *out = s;
            return end;
        }
        next = end;
    }
    if (!next || s.unit < SLK_TU_WEEK || s.what != SLK_SAID_POINT) return 0;
    if (s.unit == SLK_TU_YEAR && s.base == SLK_BASE_NOW) {
        s.year = s.shift;
        s.year_shifted = true;
        s.base = SLK_BASE_FIELDS;
        s.unit = SLK_TU_HALF;
        s.part = (uint8_t)n;
    } else {
        s.half = (int8_t)n;
        s.mod = n == 1 ? "START" : "END";
    }
    *out = s;
    return next;
}

/* "third quarter", "second-quarter", "fiscal first quarter", "first half of 2022", "Q3 2019", "2008's third quarter" */
uint32_t slk_read_quarter(const slk_lexer *x, uint32_t i, slk_said *out) {
    int n;
    uint32_t next, j = i;
    int32_t year;
    bool half = false;
    if ((next = slk_read_year_figures(x, j, &year)) != 0) {
        out->year = year;
        j = next;
    } else if ((next = slk_read_year_shift(x, j, out)) != 0) {
        j = next;
    }
    if (j > i && slk_lex_sign(x, j, '\'') && slk_lex_is(x, j + 1, "s")) j += 2;
    if (slk_lex_sense(x, j, SLK_TK_FISCAL, &next)) {
        out->fiscal = true;
        j = next + slk_lex_sign(x, next, '-');
    }
    bool brief = false;
    if ((next = read_short_quarter(x, j, &n, &half)) != 0) {
        brief = true;
    } else {
        next = slk_read_ordinal(x, j, &n);
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
        if (slk_lex_sign(x, next, '-') && slk_lex_any(x, next + 1, "mile miles back backs final finals pounder"))
            return 0;
    }
    if (n == -1) n = half ? 2 : 4;
    if (n < 1 || n > (half ? 2 : 4)) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = half ? SLK_TU_HALF : SLK_TU_QUARTER;
    out->part = (uint8_t)n;
    if (out->year == SLK_NO_YEAR) {
        uint32_t more = slk_read_year_tail(x, next, out);
        if (!more && half) return brief ? 0 : read_half_of(x, next, n, out); /* not of a match, of a book, ... */
        if (more) next = more;
    }
    return next;
}

/* "Juche 113", "Reiwa 6": the year of an era counted from its own first year. */
uint32_t slk_read_reign(const slk_lexer *x, uint32_t i, int32_t *year) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_REIGN, &next);
    const slk_lex *l = slk_lex_at(x, next);
    if (!s) return 0;
    if (slk_lex_is(x, next, "year")) l = slk_lex_at(x, ++next);
    if (l->kind != SLK_LEX_FIGURES || l->digits > 3 || l->value < 1 || l->value > 150 || slk_lex_glued(x, next + 1))
        return 0;
    *year = (int32_t)strtol(s->value, NULL, 10) + l->value;
    return next + 1;
}

uint8_t slk_season_of(const char *code) { return code[0] == 'F' ? 3 : code[0] == 'W' ? 4 : code[1] == 'P' ? 1 : 2; }

uint32_t slk_read_season(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    int32_t year;
    uint32_t j = slk_read_year_figures(x, i, &year);
    const slk_sense *s = slk_lex_sense(x, j ? j : i, SLK_TK_SEASON, &next);
    if (!s) return 0;
    out->base = SLK_BASE_FIELDS;
    out->unit = SLK_TU_SEASON;
    out->part = slk_season_of(s->value);
    if (j) {
        out->year = year;
        return next;
    }
    uint32_t more = slk_read_year_tail(x, next, out);
    const slk_lex *l = slk_lex_at(x, more + 1);
    if (more && slk_lex_sign(x, more, '-') && l->kind == SLK_LEX_FIGURES && l->digits == 2 && !l->spaced &&
        l->value == (out->year + 1) % 100)
        return more + 2; /* "the winter of 2021-22" */
    if (more) return more;
    bool the =
        i > 0 && (slk_lex_is(x, i - 1, "the") || slk_lex_has(x, i - 1, SLK_TK_MOD) || slk_lex_is(x, i - 1, "in"));
    bool campaign = slk_lex_any(
        x, next, "offensive offensives campaign campaigns exercise exercises drill drills fighting counteroffensive");
    if (slk_lex_any(x, i, "fall spring") && !campaign && (!the || slk_lex_is(x, next, "of")))
        return 0; /* "the fall of the town" */
    return next;
}

uint32_t slk_read_holiday(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_HOLIDAY, &next);
    if (!s) return 0;
    out->base = SLK_BASE_HOLIDAY;
    out->unit = SLK_TU_DAY;
    out->holiday = s->value;
    if (s->value[0] == '=') { /* but once */
        out->base = SLK_BASE_FIELDS;
        out->year = (int32_t)strtol(s->value + 1, NULL, 10);
        out->month = (uint8_t)strtol(s->value + 6, NULL, 10);
        out->day = (uint8_t)strtol(s->value + 9, NULL, 10);
        return next;
    }
    return slk_read_with_year(x, next, out);
}
