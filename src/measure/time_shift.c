/* time_shift.c - reads dates that count from another: "last Thursday", "this year", "the same day", "yesterday", "three days
 * later", "a year and a half ago". */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_readers.h"

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

/* "the day before", "the week after", "the month earlier" at the end of a clause: counted from what was told. */
static uint32_t read_unit_beside(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    bool the = i > 0 && slk_lex_is(x, i - 1, "the");
    const slk_sense *u = the ? slk_lex_sense(x, i, SLK_TK_UNIT, &next) : NULL;
    if (!u || slk_unit_of(u->value) < SLK_TU_DAY ||
        slk_lower(x->r->report.text.at[slk_lex_at(x, next - 1)->end - 1]) == 's')
        return 0;
    bool back = slk_lex_any(x, next, "before earlier previous"), on = slk_lex_any(x, next, "after later following");
    end = next + 1;
    if (!back && !on) return 0;
    if (slk_lex_at(x, end)->kind == SLK_LEX_WORD && !slk_lex_any(x, end, "and but or in at on with when as")) return 0;
    out->base = SLK_BASE_TOLD;
    out->unit = (uint8_t)slk_unit_of(u->value);
    out->shift = back ? -1 : 1;
    out->shift_said = true;
    return end;
}

/* "last Thursday", "this past spring", "next March", "the same day", "that night", "the following morning" */
uint32_t slk_read_shifted(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_SHIFT, &next), *k;
    if (!s) return read_unit_beside(x, i, out);
    uint32_t token = slk_token_at(x->r, slk_lex_at(x, i)->start);
    bool clause = token < x->r->tokens.n && x->r->tokens.at[token].upos == SLK_UPOS_SCONJ;
    if (clause && next == i + 1 && slk_lex_is(x, i, "that")) return 0; /* "told parliament that May was ..." */
    if (is_shift(s, "yearago")) {
        out->base = SLK_BASE_TOLD;
        out->unit = SLK_TU_YEAR;
        out->shift = -1;
        out->year_told = true;
        int n;
        if ((end = slk_read_ordinal(x, next, &n)) != 0 && slk_lex_is(x, end, "quarter")) {
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
        uint32_t more = slk_read_weekday(x, next, &date);
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
        out->part = slk_season_of(k->value);
        out->base = SLK_BASE_FIELDS;
        out->unit = SLK_TU_SEASON;
        return end;
    }
    if ((k = slk_lex_sense(x, next, SLK_TK_DAYPART, &end)) != NULL) {
        if (i > 0 && is_shift(s, "next") && slk_lex_is(x, i - 1, "the")) out->base = SLK_BASE_TOLD;
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

uint32_t slk_read_deictic(const slk_lexer *x, uint32_t i, slk_said *out) {
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
uint32_t slk_read_distance(const slk_lexer *x, uint32_t i, slk_said *out) {
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
