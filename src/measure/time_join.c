/* time_join.c - joins clock times with days ("10 p.m. Wednesday", "Sunday at 5 p.m.") and reads ranges, whose first half takes
 * from the second what it does not say: "between 6 and 7 a.m.", "Aug. 19 to 29", "7-11 March 2016". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_finder.h"

/* ---------------------------------------------------------------- clock and day together */

void slk_said_take_day(slk_said *clock, const slk_said *day) {
    slk_said s = *day;
    s.has_clock = true;
    s.hour = clock->hour;
    s.minute = clock->minute;
    s.second = clock->second;
    s.clock_precision = clock->clock_precision;
    s.hour12 = clock->hour12;
    s.zone = clock->zone;
    s.local = clock->local;
    s.zone_of_place = clock->zone_of_place;
    if (clock->mod) s.mod = clock->mod;
    if (day->daypart && clock->hour12 && clock->hour < 12 && strcmp(day->daypart, "MO") != 0)
        s.hour = (uint8_t)(clock->hour + 12);
    s.daypart = NULL;
    s.span = clock->span;
    *clock = s;
}

static bool is_day(const slk_said *s) { return s->what == SLK_SAID_POINT && s->unit == SLK_TU_DAY && !s->has_clock; }

/* "10 p.m. Wednesday", "2150 GMT on Tuesday", "5 p.m. EST, Nov. 6", "5:47 p.m. Thursday GMT" */
static uint32_t read_clock_day(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said clock, day;
    uint32_t next = slk_read_clock(x, i, &clock), j, k;
    if (!next) return 0;
    j = next + slk_lex_sign(x, next, ',');
    j += slk_lex_any(x, j, "on of");
    k = slk_read_date(x, j, &day);
    if (k && is_day(&day) && day.base != SLK_BASE_TOLD) {
        slk_said_take_day(&clock, &day);
        next = k;
        if (!clock.zone && !clock.local && (k = slk_read_zone(x, next, &clock)) != 0) next = k;
    }
    clock.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
    *out = clock;
    return next;
}

/* Words before a clock time: "about 6:50 a.m.", "just before 3 p.m." */
uint32_t slk_read_clock_phrase(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const char *mod = NULL;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_APPROX, &next), *near = slk_lex_sense(x, i, SLK_TK_NEARBY, &end);
    if (near && (!s || near->len > s->len)) { /* "just before", not "just" */
        s = near;
        next = end;
    }
    if (!s) return read_clock_day(x, i, out);
    if (strcmp(s->value, "EXACT") != 0) mod = s->value;
    end = read_clock_day(x, next, out);
    if (!end) return 0;
    out->mod = mod;
    out->span.start = slk_lex_at(x, i)->start;
    return end;
}

/* "Sunday at 5 p.m.", "May 8 1:00 a.m." */
uint32_t slk_read_day_clock(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said clock;
    uint32_t next = slk_read_date(x, i, out), j, k;
    if (!next || !is_day(out) || out->weak) return next;
    k = slk_read_iso_clock(x, next, &clock);
    if (k) {
        slk_span whole = {slk_lex_at(x, i)->start, slk_lex_at(x, k - 1)->end};
        slk_said_take_day(&clock, out);
        *out = clock;
        out->span = whole;
        return k;
    }
    j = next + slk_lex_sign(x, next, ',');
    j += slk_lex_is(x, j, "at");
    k = slk_read_clock_phrase(x, j, &clock);
    if (!k || clock.base != SLK_BASE_NONE || (j == next && clock.clock_precision < SLK_P_HOUR)) return next;
    slk_span whole = {slk_lex_at(x, i)->start, slk_lex_at(x, k - 1)->end};
    slk_said_take_day(&clock, out);
    *out = clock;
    out->span = whole;
    return k;
}

/* ---------------------------------------------------------------- ranges */

static uint32_t read_connective(const slk_lexer *x, uint32_t i, bool strict) {
    if (slk_lex_sign(x, i, '-')) return i + 1;
    if (slk_lex_any(x, i, "to through until till")) return i + 1;
    return !strict && slk_lex_any(x, i, "and or") ? i + 1 : 0;
}

/* "6:50 and 7:10 a.m.", "6 to 7 a.m.", "2150-2210 GMT": the first takes what the second says. */
uint32_t slk_read_clock_range(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at, slk_said *second) {
    const slk_lex *l = slk_lex_at(x, i);
    uint32_t j = i + 1, k, next;
    if (l->kind != SLK_LEX_FIGURES || l->value < 0) return 0;
    slk_said a = slk_said_blank();
    if (l->digits == 4 && l->value <= 2400 && l->value % 100 < 60) {
        a.hour = (uint8_t)(l->value / 100);
        a.minute = (uint8_t)(l->value % 100);
        a.clock_precision = SLK_P_MINUTE;
    } else if (l->digits <= 2 && l->value <= 24) {
        a.hour = (uint8_t)l->value;
        a.clock_precision = SLK_P_HOUR;
        const slk_lex *m = slk_lex_at(x, i + 2);
        if (slk_lex_sign(x, i + 1, ':') && m->kind == SLK_LEX_FIGURES && m->digits == 2 && m->value < 60) {
            a.minute = (uint8_t)m->value;
            a.clock_precision = SLK_P_MINUTE;
            j = i + 3;
        }
    } else {
        return 0;
    }
    k = read_connective(x, j, false);
    if (!k) return 0;
    next = slk_read_clock_phrase(x, k, second);
    if (!next || (l->digits == 4 && !second->zone && !second->local)) return 0;
    if (slk_lex_at(x, k)->kind == SLK_LEX_FIGURES && (slk_lex_at(x, k)->digits == 4) != (l->digits == 4)) return 0;
    bool half = !second->hour12 && l->digits < 4 && second->clock_precision != SLK_P_NONE;
    if (a.clock_precision == SLK_P_HOUR && second->hour12) return 0;
    if (half && second->hour >= 12 && a.hour < 12 && a.hour + 12 <= second->hour) a.hour = (uint8_t)(a.hour + 12);
    if (half && second->hour < 12 && a.hour == 12) a.hour = 0;
    a.has_clock = true;
    a.zone = second->zone;
    a.local = second->local;
    slk_said whole = *second;
    if (whole.base != SLK_BASE_NONE) {
        slk_said day = whole;
        day.has_clock = false;
        a.hour12 = false;
        slk_said_take_day(&a, &day);
    }
    a.span = (slk_span){l->start, slk_lex_at(x, j - 1)->end};
    *first = a;
    *second_at = k;
    return next;
}

/* "Aug. 19 to 29", "March 7-11, 2016": a second day behind a month and day. */
uint32_t slk_read_day_behind(const slk_lexer *x, uint32_t i, slk_said *first, slk_said *second) {
    bool ordinal;
    uint32_t j = read_connective(x, i, false), next;
    uint8_t day;
    if (!j || first->unit != SLK_TU_DAY || !first->day || first->has_clock || first->week_nth) return 0;
    next = slk_read_day(x, j, &day, &ordinal);
    if (!next || slk_lex_at(x, j)->kind != SLK_LEX_FIGURES || day <= first->day) return 0;
    if (slk_lex_has(x, next, SLK_TK_AMPM) || slk_lex_has(x, next, SLK_TK_UNIT) || slk_lex_has(x, next, SLK_TK_MONTH))
        return 0;
    if (!read_connective(x, i, true) && slk_lex_at(x, next)->kind == SLK_LEX_WORD &&
        !slk_lex_any(x, next, "in to at of for when as but and on by with last this"))
        return 0;
    *second = *first;
    second->weekday = 0;
    second->day = day;
    uint32_t more = first->year == SLK_NO_YEAR ? slk_read_year_tail(x, next, second) : 0;
    if (more) {
        next = more;
        first->year = second->year;
        first->year_shifted = second->year_shifted;
        first->year_told = second->year_told;
    }
    second->span = (slk_span){slk_lex_at(x, j)->start, slk_lex_at(x, next - 1)->end};
    return next;
}

/* "19-29 August", "7 and 8 July 2016" */
uint32_t slk_read_day_before(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at, slk_said *second) {
    bool ordinal;
    uint8_t day;
    uint32_t j = slk_read_day(x, i, &day, &ordinal), k = j ? read_connective(x, j, false) : 0, next;
    if (!k || slk_lex_at(x, i)->kind != SLK_LEX_FIGURES || slk_lex_at(x, k)->kind != SLK_LEX_FIGURES) return 0;
    if (slk_lex_at(x, k)->digits > 2 || slk_lex_has(x, j, SLK_TK_MONTH)) return 0;
    next = slk_read_date(x, k, second);
    if (!next || second->base != SLK_BASE_FIELDS || second->day <= day || !second->month || second->week_nth) return 0;
    *first = *second;
    first->day = day;
    first->span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, j - 1)->end};
    *second_at = k;
    return next;
}
