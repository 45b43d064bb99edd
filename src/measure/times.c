/* times.c - finds the times a report states. Two walks: the first reads expressions off the text (time_date.c, time_clock.c,
 * time_span.c) and joins clock, day and zone; the second resolves them in order, each by the day of publication, by what was
 * told before it and by its neighbours: a clock time takes the day of its sentence, "(2150 GMT)" restates the time before it.
 * Where no day of publication is given, the text's own dateline may say it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "measure/timing.h"

typedef struct found { /* an expression of the text on its way */
    slk_said s;
    uint32_t sentence;
    uint32_t time; /* its index in the list of times */
    uint8_t lean;  /* slk_time_lean */
    bool range;    /* the first of a pair: "between 6 and 7 a.m." */
    bool gloss;    /* restates the one before it, or, behind a range, its counterpart */
    bool dateline; /* "SEOUL, March 4 (Reuters) -" */
} found;

typedef struct finder {
    const slk_pack *pack;
    slk_reading *r;
    slk_lexer *x;
    SLK_LIST(found) found;
    uint32_t name, quantity, pred; /* where the walk stands in these lists */
    slk_anchor anchor;
    uint32_t told_sentence;           /* where anchor.told was told */
    uint32_t year_sentence, year_end; /* where a year was last said */
} finder;

/* ---------------------------------------------------------------- may it be a time at all? */

static bool can_start(const slk_lexer *x, uint32_t i) {
    const slk_lex *l = slk_lex_at(x, i), *before = slk_lex_at(x, i - 1);
    if (l->kind == SLK_LEX_WORD) {
        if (slk_lex_glued(x, i) && i > 0 && before->kind == SLK_LEX_FIGURES) return false;
        uint32_t n = l->end - l->start;
        return l->n > 0 || (n == 3 && slk_lex_is(x, i, "the")) || (n <= 2 && l->sign == 'a') ||
               (n == 4 && slk_lex_is(x, i, "year")) || (n == 1 && l->sign == 'q') ||
               (n >= 4 && slk_lex_any(x, i, "last final latter recent coming early first"));
    }
    if (l->kind == SLK_LEX_SIGN) return l->sign == '\'' && slk_lex_at(x, i + 1)->kind == SLK_LEX_FIGURES;
    if (l->kind != SLK_LEX_FIGURES) return false;
    if (i == 0 || l->spaced) return true;
    if (before->kind != SLK_LEX_SIGN) return false; /* "KN23" */
    if (before->sign == '(' || before->sign == '"' || before->sign == '\'' || before->sign == '\x7f') return true;
    if (before->sign == '-' || before->sign == '/') /* "2015-2017", not "KN-23" */
        return before->spaced || i < 2 || slk_lex_at(x, i - 2)->kind == SLK_LEX_FIGURES ||
               slk_lex_has(x, i - 2, SLK_TK_MONTH) || slk_lex_has(x, i - 2, SLK_TK_MOD);
    return false;
}

/* Figures that count or cost something are no year: "1,998 men", "2000 km", "$1999". */
static bool counts(finder *f, slk_span s) {
    const slk_reading *r = f->r;
    while (f->quantity < r->quantities.n && r->quantities.at[f->quantity].span.end <= s.start) f->quantity++;
    if (f->quantity == r->quantities.n) return false;
    const slk_quantity *q = &r->quantities.at[f->quantity];
    return slk_span_overlaps(q->span, s) && q->unit && !(q->dimension && strcmp(q->dimension, "time") == 0);
}

static bool plain_year(const slk_said *s) {
    return s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_YEAR && !s->bc && !s->fiscal && !s->year_shifted &&
           s->span.end - s->span.start == 4;
}

static bool year_fits(finder *f, uint32_t i, uint32_t next, const slk_said *s) {
    const slk_lexer *x = f->x;
    if (counts(f, s->span)) return false;
    if (slk_lex_has(x, next, SLK_TK_UNIT) ||
        slk_lex_any(x, next, "people troops soldiers men dead hours gmt feet votes"))
        return false;
    if (i > 0 && slk_lex_any(x, i - 1, "resolution boeing flight number no")) return false;
    if (slk_lex_sign(x, i - 1, '$') || slk_lex_sign(x, i - 1, '#')) return false;
    bool modern = s->year >= 1900 && s->year <= 2100;
    if (modern) return true;
    return i > 0 &&
           (slk_lex_any(x, i - 1, "in since until by of from to and before after during till between year circa") ||
            slk_lex_sign(x, i - 1, '(') || (slk_lex_sign(x, i - 1, '-') && slk_lex_at(x, i - 2)->digits == 4));
}

/* A month or weekday that is part of a person's name: "Theresa May said". */
static bool in_name(finder *f, slk_span s) {
    const slk_reading *r = f->r;
    while (f->name < r->names.n && r->names.at[f->name].span.end <= s.start) f->name++;
    for (uint32_t i = f->name; i < r->names.n && r->names.at[i].span.start < s.end && i < f->name + 4; i++)
        if (r->names.at[i].type == SLK_NAME_PER && slk_span_holds(r->names.at[i].span, s) &&
            r->names.at[i].span.start < s.start)
            return true;
    return false;
}

static bool fits(finder *f, uint32_t i, uint32_t next, const slk_said *s) {
    const slk_lexer *x = f->x;
    if (plain_year(s)) return year_fits(f, i, next, s);
    if (s->what != SLK_SAID_POINT) return true;
    bool bare_month = s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_MONTH && next == i + 1;
    if (bare_month && slk_lex_is(x, i, "march") && i > 0 && slk_lex_any(x, next, "of for on battalion")) return false;
    const slk_lex *l = slk_lex_at(x, i);
    if (bare_month && l->end - l->start == 3 && l->sign != 'm') return false; /* "Jan", "Dec": names, but for "Jan." */
    if (bare_month && slk_lex_is(x, i, "may") && slk_lex_any(x, next, "i we you he she they it the said says told"))
        return false;
    if (bare_month || s->base == SLK_BASE_WEEKDAY) return !in_name(f, s->span);
    return true;
}

/* ---------------------------------------------------------------- clock and day together */

static void take_day(slk_said *clock, const slk_said *day) {
    slk_said s = *day;
    s.has_clock = true;
    s.hour = clock->hour;
    s.minute = clock->minute;
    s.second = clock->second;
    s.clock_precision = clock->clock_precision;
    s.hour12 = clock->hour12;
    s.zone = clock->zone;
    s.local = clock->local;
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
        take_day(&clock, &day);
        next = k;
        if (!clock.zone && !clock.local && (k = slk_read_zone(x, next, &clock)) != 0) next = k;
    }
    clock.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
    *out = clock;
    return next;
}

/* Words before a clock time: "about 6:50 a.m.", "just before 3 p.m." */
static uint32_t read_clock_phrase(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const char *mod = NULL;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_APPROX, &next);
    if (!s) s = slk_lex_sense(x, i, SLK_TK_NEARBY, &next);
    if (!s) return read_clock_day(x, i, out);
    if (strcmp(s->value, "EXACT") != 0) mod = s->value;
    end = read_clock_day(x, next, out);
    if (!end) return 0;
    out->mod = mod;
    out->span.start = slk_lex_at(x, i)->start;
    return end;
}

/* "Sunday at 5 p.m.", "May 8 1:00 a.m." */
static uint32_t read_day_clock(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said clock;
    uint32_t next = slk_read_date(x, i, out), j, k;
    if (!next || !is_day(out) || out->weak) return next;
    j = next + slk_lex_sign(x, next, ',');
    j += slk_lex_is(x, j, "at");
    k = read_clock_phrase(x, j, &clock);
    if (!k || clock.base != SLK_BASE_NONE || (j == next && clock.clock_precision < SLK_P_HOUR)) return next;
    slk_span whole = {slk_lex_at(x, i)->start, slk_lex_at(x, k - 1)->end};
    take_day(&clock, out);
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
static uint32_t read_clock_range(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at,
                                 slk_said *second) {
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
    next = read_clock_phrase(x, k, second);
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
        take_day(&a, &day);
    }
    a.span = (slk_span){l->start, slk_lex_at(x, j - 1)->end};
    *first = a;
    *second_at = k;
    return next;
}

/* "Aug. 19 to 29", "March 7-11, 2016": a second day behind a month and day. */
static uint32_t read_day_behind(const slk_lexer *x, uint32_t i, slk_said *first, slk_said *second) {
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
static uint32_t read_day_before(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at,
                                slk_said *second) {
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

/* ---------------------------------------------------------------- the first walk */

static slk_time_lean lean_of(finder *f, slk_span s) {
    const slk_reading *r = f->r;
    while (f->pred + 1 < r->preds.n && r->preds.at[f->pred + 1].extent.start <= s.start) f->pred++;
    const slk_pred *best = NULL;
    for (uint32_t i = f->pred + 1, looked = 0; i-- > 0 && looked < 24; looked++) {
        if (i >= r->preds.n) continue;
        const slk_pred *p = &r->preds.at[i];
        if (!slk_span_holds(p->extent, s)) continue;
        if (!best || p->extent.end - p->extent.start < best->extent.end - best->extent.start) best = p;
    }
    if (!best) return SLK_LEAN_NONE;
    switch (best->mood) {
    case SLK_MOOD_FUTURE: return SLK_LEAN_FUTURE;
    case SLK_MOOD_INFINITIVE:
    case SLK_MOOD_POSSIBLE:
    case SLK_MOOD_OBLIGED: return best->perfect ? SLK_LEAN_PAST : SLK_LEAN_FUTURE;
    default: return best->past || best->perfect ? SLK_LEAN_PAST : SLK_LEAN_NONE;
    }
}

/* "announced Wednesday", "said on Friday": done, unless something in front puts it off ("will be announced Wednesday"). */
static bool done_before(const slk_lexer *x, uint32_t i) {
    uint32_t k = i - (i > 0 && slk_lex_any(x, i - 1, "on in"));
    const slk_lex *verb = slk_lex_at(x, k - 1);
    if (k == 0 || verb->kind != SLK_LEX_WORD || verb->end - verb->start < 4) return false;
    slk_text w = slk_reading_text(x->r, (slk_span){verb->start, verb->end});
    if (!slk_text_ends_fold(w, "ed") && !slk_text_is_fold(w, "said") && !slk_text_is_fold(w, "told")) return false;
    for (uint32_t m = 2; m <= 5 && m <= k; m++)
        if (slk_lex_any(x, k - m, "will would to be could may might should shall")) return false;
    return true;
}

/* Words just before or behind that tell more than the tense: "scheduled for Nov. 15", "since March", "until Tuesday",
 * "Wednesday's ruling". */
static slk_time_lean cue_before(const slk_lexer *x, uint32_t i, const slk_said *said, slk_time_lean lean) {
    uint32_t next, end = i;
    bool weekday = said->base == SLK_BASE_WEEKDAY;
    while (end < x->n && end < i + SLK_LOOKAHEAD && x->lex[end].start < said->span.end) end++;
    if (weekday && slk_lex_sign(x, end, '\'') && slk_lex_is(x, end + 1, "s")) return SLK_LEAN_PAST;
    if (i > 0 && slk_lex_any(x, i - 1, "by until till through before"))
        lean = weekday ? SLK_LEAN_FUTURE : SLK_LEAN_NONE;
    if (i > 1 && slk_lex_is(x, i - 1, "as") && slk_lex_any(x, i - 2, "early soon")) return SLK_LEAN_FUTURE;
    for (uint32_t k = 1; k <= 7 && k <= i; k++) {
        const slk_lex *l = slk_lex_at(x, i - k);
        if (l->kind == SLK_LEX_BREAK || (l->kind == SLK_LEX_SIGN && l->sign == '.')) break;
        if (k == 1 && slk_lex_any(x, i - k, "since")) return SLK_LEAN_PAST;
        const slk_sense *s = slk_lex_sense(x, i - k, SLK_TK_TENSE, &next);
        if (s) return s->value[0] == 'f' ? SLK_LEAN_FUTURE : lean == SLK_LEAN_FUTURE ? lean : SLK_LEAN_PAST;
    }
    return lean;
}

static slk_err put(finder *f, uint32_t i, const slk_said *s, bool range) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->found, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    found *x = &f->found.at[f->found.n++];
    *x = (found){.s = *s, .range = range};
    x->sentence = slk_sentence_at(f->r, s->span.start);
    slk_time_lean lean = lean_of(f, s->span);
    x->lean = (uint8_t)(done_before(f->x, i) ? SLK_LEAN_PAST : cue_before(f->x, i, s, lean));
    return SLK_OK;
}

/* Reads what begins at i; *next is moved behind it, or to i + 1. */
static slk_err step(finder *f, uint32_t i, uint32_t *next) {
    const slk_lexer *x = f->x;
    slk_said s, other;
    uint32_t second_at = 0, end, more;
    slk_err err;
    *next = i + 1;
    if (!can_start(x, i)) return SLK_OK;
    if ((end = read_clock_range(x, i, &s, &second_at, &other)) != 0 ||
        (end = read_day_before(x, i, &s, &second_at, &other)) != 0) {
        *next = end;
        if ((err = put(f, i, &s, true)) != SLK_OK) return err;
        return put(f, second_at, &other, false);
    }
    end = read_clock_phrase(x, i, &s);
    if ((more = read_day_clock(x, i, &other)) > end) {
        end = more;
        s = other;
    }
    if ((more = slk_read_span(x, i, &other)) > end) {
        end = more;
        s = other;
    }
    if (!end || !fits(f, i, end, &s)) return SLK_OK;
    *next = end;
    if (s.age) return SLK_OK;
    more = s.what == SLK_SAID_POINT ? read_day_behind(x, end, &s, &other) : 0;
    if (more) *next = more;
    if ((err = put(f, i, &s, more != 0)) != SLK_OK) return err;
    return more ? put(f, end + 1, &other, false) : SLK_OK;
}

static slk_err walk(finder *f) {
    uint32_t i = 0;
    bool more = true;
    while (more) {
        more = slk_lexer_fill(f->x, i);
        uint32_t stop = more && f->x->n > SLK_LOOKAHEAD ? f->x->n - SLK_LOOKAHEAD : f->x->n;
        for (i = more ? 0 : 0; i < stop;) {
            slk_err err = step(f, i, &i);
            if (err != SLK_OK) return err;
        }
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- what kind of text, of which day */

static slk_text between(const finder *f, uint32_t a, uint32_t b) {
    return slk_reading_text(f->r, (slk_span){f->found.at[a].s.span.end, f->found.at[b].s.span.start});
}

static uint32_t line_start(slk_text t, uint32_t at) {
    uint32_t n = 0;
    while (at > 0 && t.at[at - 1] != '\n' && n++ < 160) at--;
    return at;
}

/* A date in the first lines that stands alone on its line or in a dateline: "SEOUL, March 4 (Reuters) -". */
static bool is_dateline(const finder *f, const found *x) {
    slk_text t = f->r->report.text;
    const slk_said *s = &x->s;
    if (s->what != SLK_SAID_POINT || s->unit != SLK_TU_DAY || s->base != SLK_BASE_FIELDS || s->weak || !s->month)
        return false;
    if (s->span.start > 1200) return false;
    uint32_t from = line_start(t, s->span.start), to = s->span.end;
    if (s->span.start - from > 100) return false;
    slk_text before = slk_text_trim(slk_text_part(t, from, s->span.start));
    while (to < t.n && t.at[to] == ' ') to++;
    bool line_ends = to >= t.n || t.at[to] == '\n' || t.at[to] == '\r';
    slk_text behind = slk_text_part(t, to, (uint32_t)t.n);
    bool dash = slk_text_starts(behind, "--") || slk_text_starts(behind, "- ") ||
                slk_text_starts(behind, "\xE2\x80\x94") || slk_text_starts(behind, "\xE2\x80\x93");
    if (line_ends && before.n <= 24 && !slk_text_ends_fold(before, " on")) return true;
    bool city = before.n > 2 && before.at[before.n - 1] == ',' && slk_is_upper(before.at[0]);
    return city && (dash || slk_text_starts(behind, "("));
}

/* Published on Saturday in the west, a report tells what happened on "Sunday" in the east: has the next day begun there? Asks
 * the first places of the report; a time of publication without zone counts as UTC, midnight as no time at all. */
static bool next_day_there(const finder *f) {
    const slk_reading *r = f->r;
    slk_instant p = r->report.published;
    int32_t offset;
    bool hour = p.precision >= SLK_P_HOUR && (p.hour || p.minute || p.second);
    if (p.precision < SLK_P_DAY) return false;
    for (uint32_t i = 0; i < r->places.n && i < 12; i++) {
        if (!slk_zone_offset(f->pack, r->places.at[i].zone, slk_instant_seconds(p), &offset)) continue;
        if (!hour) return offset >= 5 * 3600;
        slk_instant there = slk_instant_at(slk_instant_seconds(p), offset / 60, SLK_P_DAY);
        return slk_instant_days(there) > slk_instant_days(slk_instant_cut(p, SLK_P_DAY));
    }
    return false;
}

static void choose_anchor(finder *f) {
    slk_report *report = &f->r->report;
    slk_anchor *a = &f->anchor;
    slk_time t;
    slk_time_point p = {0};
    a->now = slk_instant_cut(report->published, SLK_P_DAY);
    a->ahead = next_day_there(f);
    for (uint32_t i = 0; i < f->found.n && f->found.at[i].s.span.start <= 1200; i++) {
        found *x = &f->found.at[i];
        if (!is_dateline(f, x)) continue;
        x->dateline = true;
        slk_said s = x->s;
        s.has_clock = false;
        bool said = s.year != SLK_NO_YEAR;
        if (a->now.precision == SLK_P_NONE && !said) continue;
        if (slk_said_resolve(f->r, a, SLK_LEAN_NONE, &s, &t, &p) != SLK_OK || p.start.precision != SLK_P_DAY) continue;
        if (report->published.precision == SLK_P_NONE) {
            report->published = p.start;
            report->published_basis = SLK_PUB_DATELINE;
        } else if (a->now.precision >= SLK_P_DAY) {
            int64_t d = slk_instant_days(p.start) - slk_instant_days(a->now);
            if (d < -10 || d > 1) continue;
        } else if (!slk_instant_eq(slk_instant_cut(p.start, (slk_precision)a->now.precision), a->now)) {
            continue;
        }
        a->ahead = a->ahead && slk_instant_eq(a->now, p.start);
        a->now = p.start;
        return;
    }
}

/* A history says its years and months; news says its weekdays. */
static void choose_manner(finder *f) {
    uint32_t years = 0, news = 0;
    for (uint32_t i = 0; i < f->found.n; i++) {
        const slk_said *s = &f->found.at[i].s;
        if (s->what != SLK_SAID_POINT) continue;
        if (s->base == SLK_BASE_FIELDS && s->year != SLK_NO_YEAR && !s->year_shifted) {
            int32_t d = s->year - f->anchor.now.year;
            years += s->bc || f->anchor.now.precision == SLK_P_NONE || d < -1 || d > 1;
        }
        news += s->base == SLK_BASE_NOW || s->base == SLK_BASE_WEEKDAY;
    }
    f->anchor.narrative = f->anchor.now.precision == SLK_P_NONE || (years >= 4 && years > 2 * news);
}

/* ---------------------------------------------------------------- glosses */

static bool opens_gloss(slk_text t) {
    t = slk_text_trim(t);
    return slk_text_is(t, "(") || slk_text_is(t, "[") || slk_text_is(t, "/") || slk_text_is(t, "/") ||
           slk_text_is(t, ", or") || slk_text_is(t, "or") || slk_text_is(t, "; or");
}

/* "6:50 a.m. (2150 GMT Tuesday)": marks those that restate the time before them, and which it is. */
static void find_glosses(finder *f) {
    for (uint32_t i = 1; i < f->found.n; i++) {
        found *x = &f->found.at[i], *before = &f->found.at[i - 1];
        slk_text gap = between(f, i - 1, i);
        if (before->s.what != SLK_SAID_POINT || x->s.what != SLK_SAID_POINT || gap.n > 6) continue;
        if (before->gloss && before->range && i >= 2) { /* the second of a range in brackets */
            x->gloss = true;
            continue;
        }
        if (!x->s.has_clock || !x->s.zone || !opens_gloss(gap)) continue;
        x->gloss = before->s.has_clock || gap.at[slk_text_trim(gap).at - gap.at] == '(';
    }
}

static uint32_t gloss_target(const finder *f, uint32_t i) {
    bool pair = f->found.at[i].range && i >= 2 && f->found.at[i - 2].range && !f->found.at[i - 2].gloss;
    bool second = i >= 1 && f->found.at[i - 1].gloss && f->found.at[i - 1].range;
    if (pair || (second && i >= 2)) return i - 2;
    return i - 1;
}

static int minute_of(slk_instant t) { return t.hour * 60 + t.minute; }

/* The day of a gloss that says none: the one that makes both clocks show the same moment. */
static void gloss_day(const finder *f, const slk_time *main, slk_said *s) {
    if (main->earliest.precision < SLK_P_DAY) return;
    slk_instant day = slk_instant_cut(main->earliest, SLK_P_DAY);
    int64_t shift = 0;
    if (main->earliest.precision >= SLK_P_HOUR) {
        int apart = minute_of(main->earliest) - (s->hour * 60 + s->minute); /* local - gloss, were they of one day */
        int32_t here, there;
        int64_t at = slk_instant_seconds(main->earliest);
        if (main->zone && slk_zone_offset(f->pack, main->zone, at, &here) &&
            slk_zone_offset(f->pack, s->zone, at, &there)) {
            int64_t local = slk_instant_days(day) * 1440 + minute_of(main->earliest);
            int64_t other = local - (here - there) / 60;
            shift = (other - (other % 1440 + 1440) % 1440) / 1440 - slk_instant_days(day);
        } else {
            shift = apart <= -720 ? -1 : apart > 840 ? 1 : 0;
        }
    }
    slk_instant t = slk_instant_day(slk_instant_days(day) + shift);
    s->base = SLK_BASE_FIELDS;
    s->unit = SLK_TU_DAY;
    s->year = t.year;
    s->month = t.month;
    s->day = t.day;
}

/* ---------------------------------------------------------------- the second walk */

static bool gives_day(const found *x, uint32_t sentence) {
    return x->sentence == sentence && x->s.what == SLK_SAID_POINT && x->s.unit == SLK_TU_DAY &&
           x->s.base != SLK_BASE_NONE && !x->gloss && !x->s.weak;
}

/* The day of a clock time that says none: of its range, of its sentence (before it, else behind), told before, or today. */
static void borrow_day(const finder *f, uint32_t i, slk_said *s, bool *told) {
    const found *x = &f->found.at[i];
    const found *from = NULL;
    if (x->range && i + 1 < f->found.n && gives_day(&f->found.at[i + 1], x->sentence)) from = &f->found.at[i + 1];
    if (!from && i + 1 < f->found.n && gives_day(&f->found.at[i + 1], x->sentence) && between(f, i, i + 1).n <= 12 &&
        !memchr(between(f, i, i + 1).at, '(', between(f, i, i + 1).n))
        from = &f->found.at[i + 1];
    for (uint32_t k = i; !from && k-- > 0 && k + 6 > i;)
        if (gives_day(&f->found.at[k], x->sentence)) from = &f->found.at[k];
    for (uint32_t k = i + 1; !from && k < f->found.n && k < i + 6; k++)
        if (gives_day(&f->found.at[k], x->sentence)) from = &f->found.at[k];
    slk_said clock = *s;
    if (from) {
        slk_said day = from->s;
        take_day(&clock, &day);
        *s = clock;
        return;
    }
    slk_said day = slk_said_blank();
    day.base = *told ? SLK_BASE_TOLD : SLK_BASE_NOW;
    day.unit = SLK_TU_DAY;
    day.shift_said = true;
    take_day(&clock, &day);
    *s = clock;
}

/* May a clock time without day lean on the date told before? If that is a day close to the report's own, or in a history. */
static bool told_is_near(const finder *f) {
    const slk_anchor *a = &f->anchor;
    if (a->told.unit != SLK_TU_DAY || a->told.start.precision < SLK_P_DAY) return false;
    if (a->narrative || a->now.precision < SLK_P_DAY) return true;
    int64_t d = slk_instant_days(a->told.start) - slk_instant_days(a->now);
    return d >= -2 && d <= 1;
}

static slk_err no_day(slk_reading *r, const slk_said *s, slk_time *out) {
    if (out->value || !s->has_clock) return SLK_OK;
    out->value = slk_arena_printf(&r->arena, "XXXX-XX-XXT%02u:%02u", s->hour, s->minute);
    return out->value ? SLK_OK : SLK_ENOMEM;
}

/* A year alone moves a history on where something is said to be "in" it, not where it is named in passing ("since 2017"). */
static bool aside(const finder *f, const found *x) {
    uint32_t start = x->s.span.start;
    if (!plain_year(&x->s) || f->anchor.told.start.precision == SLK_P_NONE) return false;
    return start < 3 || !slk_text_is_fold(slk_reading_text(f->r, (slk_span){start - 3, start}), "in ");
}

/* "In April and June 1955", "between March 7 and April 2, 2016": the year stands with the second. */
static bool year_behind(const finder *f, uint32_t i, slk_said *s) {
    static const char *const links[] = {"and", "to",      "-",     "\xE2\x80\x93", "or",
                                        ",",   "through", "until", "and in",       "and on"};
    for (uint32_t k = i + 1; k < f->found.n && k < i + 4; k++) {
        const slk_said *n = &f->found.at[k].s;
        slk_text gap = slk_text_trim(between(f, k - 1, k));
        bool linked = false;
        for (size_t m = 0; m < sizeof links / sizeof *links; m++) linked = linked || slk_text_is(gap, links[m]);
        if (!linked || n->base != SLK_BASE_FIELDS || n->unit < SLK_TU_DAY || n->unit > SLK_TU_SEASON) return false;
        if (n->year == SLK_NO_YEAR && !n->year_shifted) continue;
        s->year = n->year;
        s->year_shifted = n->year_shifted;
        s->year_told = n->year_told;
        s->bc = n->bc;
        if (!s->year_shifted && s->month > n->month && n->month) s->year--;
        return true;
    }
    return false;
}

static slk_err resolve_one(finder *f, uint32_t i) {
    slk_reading *r = f->r;
    found *x = &f->found.at[i];
    slk_said s = x->s;
    slk_time t;
    slk_time_point p;
    slk_anchor a = f->anchor;
    const slk_time *main = x->gloss ? &r->times.at[f->found.at[gloss_target(f, i)].time] : NULL;
    bool told = told_is_near(f);
    if (main && s.base == SLK_BASE_NONE) gloss_day(f, main, &s);
    if (main && s.base == SLK_BASE_WEEKDAY &&
        main->earliest.precision >= SLK_P_DAY) { /* the one next to the main day */
        a.now = slk_instant_day(slk_instant_days(main->earliest) + 1);
        x->lean = SLK_LEAN_PAST;
    }
    if (s.has_clock && s.base == SLK_BASE_NONE) borrow_day(f, i, &s, &told);
    if (s.daypart && s.base == SLK_BASE_TOLD && s.shift == 0 && !told) s.base = SLK_BASE_NOW;
    bool no_year = s.base == SLK_BASE_FIELDS && s.year == SLK_NO_YEAR && !s.shift_said && !s.weekday && !s.weak;
    if (no_year && !year_behind(f, i, &s) && a.now.precision && a.told.start.year < a.now.year &&
        a.told.start.precision && f->year_end && s.span.start - f->year_end < 100 && f->year_sentence == x->sentence &&
        x->lean != SLK_LEAN_FUTURE)
        a.narrative = true; /* "In 2017, ... in July" */
    if (!a.narrative && s.base == SLK_BASE_TOLD && x->sentence > f->told_sentence + 2 && a.now.precision) {
        a.told = (slk_time_point){0}; /* too far back to be meant */
    }
    if (s.what == SLK_SAID_REF && x->lean == SLK_LEAN_PAST && strcmp(s.value, "FUTURE_REF") == 0) {
        return SLK_OK; /* "soon fled" */
    }
    slk_err err = slk_said_resolve(r, &a, x->dateline ? SLK_LEAN_NONE : (slk_time_lean)x->lean, &s, &t, &p);
    if (err == SLK_OK) err = no_day(r, &s, &t);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &r->times, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    if (x->gloss) t.gloss_of = f->found.at[gloss_target(f, i)].time;
    slk_time_fill_utc(f->pack, &t);
    x->time = r->times.n;
    r->times.at[r->times.n++] = t;
    if (p.start.precision && !x->gloss && !x->dateline && !aside(f, x)) {
        f->anchor.told = p;
        if (t.type == SLK_TIME_TIME && t.earliest.precision >= SLK_P_HOUR) {
            f->anchor.told.start = t.earliest;
            f->anchor.told.start.has_offset = false;
        }
        f->told_sentence = x->sentence;
        if (s.year != SLK_NO_YEAR && !s.year_shifted) {
            f->year_sentence = x->sentence;
            f->year_end = s.span.end;
        }
    }
    return SLK_OK;
}

slk_err slk_times_find(const slk_pack *pack, slk_reading *r) {
    finder f = {.pack = pack, .r = r};
    f.x = slk_arena_take(&r->arena, sizeof *f.x);
    if (!f.x) return SLK_ENOMEM;
    slk_err err = slk_lexer_start(f.x, pack, r);
    if (err == SLK_OK) err = walk(&f);
    if (err != SLK_OK) return err;
    choose_anchor(&f);
    choose_manner(&f);
    find_glosses(&f);
    for (uint32_t i = 0; err == SLK_OK && i < f.found.n; i++) err = resolve_one(&f, i);
    return err;
}
