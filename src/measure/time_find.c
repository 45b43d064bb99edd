/* time_find.c - the walk over the text: where an expression may begin, the longest that begins there, whether it is a time at
 * all ("2000 troops", "Theresa May" are none), and whether its clause looks back or ahead. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_finder.h"

/* ---------------------------------------------------------------- may it be a time at all? */

/* "the", "a" and "all" begin something only before a word of time, a number or a word that places. */
static bool article_leads(const slk_lexer *x, uint32_t i) {
    const slk_lex *next = slk_lex_at(x, i + 1);
    if (next->kind != SLK_LEX_WORD) return next->kind != SLK_LEX_BREAK;
    if (next->n || slk_lex_has(x, i + 2, SLK_TK_UNIT)) return true; /* "an additional year" */
    return slk_lex_any(
        x, i + 1,
        "last final latter recent coming early first next past full entire whole year half quarter little "
        "number rest better q h fy two three");
}

#define K(kind) (UINT64_C(1) << SLK_TK_##kind)
#define NEVER_FIRST (K(TENSE) | K(LABEL))
#define NUMBERS (K(CARDINAL) | K(ORDINAL) | K(VAGUE) | K(MULTIPLIER) | K(GROUP))
#define NUMBER_B 8 /* lexemes from a number to what makes a time of it */

static uint64_t kinds_of(const slk_lex *l) { return (uint64_t)l->kinds[1] << 32 | l->kinds[0]; }

/* A number is read on only where something of time stands close behind it, or where it may be a year by itself. */
static bool number_leads(const slk_lexer *x, uint32_t i) {
    const slk_lex *l = slk_lex_at(x, i);
    if (l->digits >= 4 || slk_lex_glued(x, i + 1)) return true; /* "30s", "18th" */
    for (uint32_t k = i + 1; k < i + NUMBER_B; k++) {
        l = slk_lex_at(x, k);
        uint64_t kinds = kinds_of(l);
        if (l->kind == SLK_LEX_BREAK) return false;
        if (l->digits >= 4 || (kinds & ~(NEVER_FIRST | NUMBERS | K(APPROX) | K(SHIFT)))) return true;
        if (k == i + 1 &&
            ((kinds & NUMBERS) || l->kind == SLK_LEX_FIGURES || (l->kind == SLK_LEX_SIGN && strchr(":/'", l->sign))))
            return true;
    }
    return false;
}

/* A word that the tables of time know begins something, if what it leads to stands behind it. */
static bool known_leads(const slk_lexer *x, uint32_t i) {
    const slk_lex *l = slk_lex_at(x, i);
    uint64_t kinds = kinds_of(l) & ~NEVER_FIRST;
    uint32_t next;
    if (!kinds) return false;
    if (!(kinds & ~NUMBERS)) return number_leads(x, i);
    if (kinds == K(SHIFT) && l->sign == 't') return article_leads(x, i); /* "that", "this" */
    if (kinds == K(APPROX) && slk_lex_sense(x, i, SLK_TK_APPROX, &next)) /* "about", "more than" */
        return article_leads(x, next - 1) || slk_lex_any(x, next, "a an the at");
    return true;
}

static bool can_start(const slk_lexer *x, uint32_t i) {
    const slk_lex *l = slk_lex_at(x, i), *before = slk_lex_at(x, i - 1);
    if (l->kind == SLK_LEX_WORD) {
        if (slk_lex_glued(x, i) && i > 0 && before->kind == SLK_LEX_FIGURES) return false;
        uint32_t n = l->end - l->start;
        if (n == 3 && slk_lex_is(x, i, "the")) return article_leads(x, i);
        if (l->sign == 'a' && (n == 1 || slk_lex_any(x, i, "an all"))) return article_leads(x, i);
        if (known_leads(x, i)) return true;
        if (n == 1) return l->sign == 'q' || l->sign == 'h';
        if (n == 2) return slk_lex_is(x, i, "fy");
        return (n == 4 && slk_lex_is(x, i, "year")) ||
               (n >= 4 && n <= 6 && strchr("lfrce", l->sign) &&
                slk_lex_any(x, i, "last final latter recent coming early first"));
    }
    if (l->kind == SLK_LEX_SIGN) return l->sign == '\'' && slk_lex_at(x, i + 1)->kind == SLK_LEX_FIGURES;
    if (l->kind != SLK_LEX_FIGURES) return false;
    if (!number_leads(x, i)) return false;
    if (i == 0 || l->spaced) return true;
    if (before->kind != SLK_LEX_SIGN) return false; /* "KN23" */
    if (before->sign == '(' || before->sign == '"' || before->sign == '\'' || before->sign == '\x7f') return true;
    if (before->sign == '/' && i >= 3 && slk_lex_sign(x, i - 2, '.') && slk_lex_is(x, i - 3, "m")) return true;
    if (before->sign == '/' && i >= 2 && (slk_lex_has(x, i - 2, SLK_TK_AMPM) || slk_lex_has(x, i - 2, SLK_TK_ZONE)))
        return true;
    if (before->sign == '-' || before->sign == '/') /* "2015-2017", not "KN-23" */
        return before->spaced || i < 2 || slk_lex_at(x, i - 2)->kind == SLK_LEX_FIGURES ||
               slk_lex_has(x, i - 2, SLK_TK_MONTH) || slk_lex_has(x, i - 2, SLK_TK_MOD);
    return false;
}

/* Figures that count or cost something are no year: "1,998 men", "2000 km", "$1999". */
static bool counts(slk_time_finder *f, slk_span s) {
    const slk_reading *r = f->r;
    while (f->quantity < r->quantities.n && r->quantities.at[f->quantity].span.end <= s.start) f->quantity++;
    if (f->quantity == r->quantities.n) return false;
    const slk_quantity *q = &r->quantities.at[f->quantity];
    return slk_span_overlaps(q->span, s) && q->unit && !(q->dimension && strcmp(q->dimension, "time") == 0);
}

bool slk_said_plain_year(const slk_said *s) {
    return s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_YEAR && !s->bc && !s->fiscal && !s->year_shifted &&
           s->span.end - s->span.start == 4;
}

static bool year_fits(slk_time_finder *f, uint32_t i, uint32_t next, const slk_said *s) {
    const slk_lexer *x = f->x;
    if (counts(f, s->span)) return false;
    if (slk_lex_has(x, next, SLK_TK_UNIT) ||
        slk_lex_any(x, next, "people troops soldiers men dead hours gmt feet votes"))
        return false;
    if (i > 0 && (slk_lex_any(x, i - 1, "resolution boeing flight number no") || slk_lex_has(x, i - 1, SLK_TK_LABEL)))
        return false;
    if (slk_lex_sign(x, i - 1, '$') || slk_lex_sign(x, i - 1, '#')) return false;
    if (s->year >= 1900 && s->year <= 2100) return true;
    const slk_lex *behind = slk_lex_at(x, next + 1);
    if (slk_lex_sign(x, next, '-') && behind->digits == 4 && behind->value > s->year && behind->value < s->year + 400)
        return true;
    if (i == 0 || slk_lex_sign(x, i - 1, '(')) return true;
    if (slk_lex_sign(x, i - 1, '-')) return slk_lex_at(x, i - 2)->digits == 4;
    return slk_lex_any(x, i - 1,
                       "in since until by of from to and before after during till between year circa for the early "
                       "late mid summer winter spring autumn");
}

/* "Prime Minister May", "General March": a title stands right before. */
static bool titled(const slk_time_finder *f, slk_span s) {
    uint32_t k = slk_token_at(f->r, s.start);
    slk_hit hits[8];
    for (uint32_t back = 1; back <= 3 && back <= k; back++) {
        slk_span word = f->r->tokens.at[k - back].span;
        uint32_t n = slk_pack_match(f->pack, f->r->report.text, word.start, hits, 8);
        for (uint32_t i = 0; i < n; i++)
            if (hits[i].table == SLK_T_ROLES && hits[i].end + 1 >= s.start) return true;
    }
    return false;
}

/* A month or weekday that is part of a person's name: "Theresa May said". */
static bool in_name(slk_time_finder *f, slk_span s) {
    const slk_reading *r = f->r;
    while (f->name < r->names.n && r->names.at[f->name].span.end <= s.start) f->name++;
    for (uint32_t i = f->name; i < r->names.n && r->names.at[i].span.start < s.end && i < f->name + 4; i++) {
        const slk_name *n = &r->names.at[i];
        if (!slk_span_holds(n->span, s)) continue;
        if (n->type == SLK_NAME_PER) return n->span.start < s.start || n->span.end > s.end;
        if (n->type == SLK_NAME_ORG && n->span.end > s.end) return true; /* "Sunday Times" */
    }
    return false;
}

/* "the Long March", "his March to the Sea", "March of the ...": those that are walked. */
static bool on_foot(const slk_lexer *x, uint32_t i, uint32_t next) {
    if (i == 0 || slk_lex_any(x, i - 1, "in by since until of last this next early late mid from through to and or"))
        return false;
    if (slk_lex_any(x, next, "of for on battalion")) return true;
    const slk_lex *before = slk_lex_at(x, i - 1);
    bool led = slk_lex_any(x, i - 1, "the a his her its their our this that long");
    bool named = before->kind == SLK_LEX_WORD && slk_is_upper(x->r->report.text.at[before->start]);
    return (led || named) && !(slk_lex_at(x, next)->kind == SLK_LEX_WORD && slk_lex_noun(x, next));
}

static bool fits(slk_time_finder *f, uint32_t i, uint32_t next, const slk_said *s) {
    const slk_lexer *x = f->x;
    if (slk_said_plain_year(s)) return year_fits(f, i, next, s);
    if (s->what != SLK_SAID_POINT) return true;
    bool bare_month = s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_MONTH && next == i + 1;
    if (bare_month && slk_lex_is(x, i, "march") && on_foot(x, i, next)) return false;
    const slk_lex *l = slk_lex_at(x, i);
    if (bare_month && l->end - l->start == 3 && l->sign != 'm') return false; /* "Jan", "Dec": names, but for "Jan." */
    if (bare_month && slk_lex_is(x, i, "may") && slk_lex_any(x, next, "i we you he she they it the said says told"))
        return false;
    bool season = s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_SEASON && next == i + 1;
    bool part = s->daypart && s->base == SLK_BASE_TOLD && next <= i + 2; /* "The Dawn newspaper" */
    slk_span words = s->span;
    if (slk_lex_is(x, i, "the") && i + 1 < next) words.start = slk_lex_at(x, i + 1)->start;
    if (bare_month && i > 0 && slk_is_upper(x->r->report.text.at[slk_lex_at(x, i - 1)->start]) &&
        (slk_lex_any(x, i - 1, "mrs mr ms dr judge justice sir lady lord miss senator") || titled(f, words)))
        return false;
    if (bare_month || season || part || s->base == SLK_BASE_WEEKDAY) return !in_name(f, words);
    return true;
}

/* ---------------------------------------------------------------- the first walk */

static slk_time_lean lean_of(slk_time_finder *f, slk_span s) {
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
    if (slk_lex_has(x, k - 1, SLK_TK_TENSE)) return false; /* "expected Friday" */
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
    bool done = lean == SLK_LEAN_PAST && i > 0 && slk_lex_any(x, i - 1, "by before");
    if (i > 0 && !done && slk_lex_any(x, i - 1, "by until till through before"))
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

static slk_err put(slk_time_finder *f, uint32_t i, const slk_said *s, bool range) {
    slk_err err = SLK_ROOM(&f->r->arena, &f->found, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    slk_time_found *x = &f->found.at[f->found.n++];
    *x = (slk_time_found){.s = *s, .range = range};
    x->sentence = slk_sentence_at(f->r, s->span.start);
    slk_time_lean lean = lean_of(f, s->span);
    x->lean = (uint8_t)(done_before(f->x, i) ? SLK_LEAN_PAST : cue_before(f->x, i, s, lean));
    return SLK_OK;
}

/* "2015-16": the second year of a range. */
static uint32_t read_year_behind(const slk_lexer *x, uint32_t i, const slk_said *first, slk_said *second) {
    const slk_lex *l = slk_lex_at(x, i + 1);
    if (!slk_lex_sign(x, i, '-') || l->kind != SLK_LEX_FIGURES || l->spaced || l->digits != 2) return 0;
    if (l->value <= first->year % 100 || slk_lex_glued(x, i + 2) || slk_lex_sign(x, i + 2, '-')) return 0;
    *second = *first;
    second->year = first->year - first->year % 100 + l->value;
    second->span = (slk_span){l->start, l->end};
    return i + 2;
}

/* "September 2[, 4 and 6]": further days of the month, where the list ends in "and" and a day. */
static slk_err put_days_listed(slk_time_finder *f, uint32_t i, const slk_said *first, uint32_t *next) {
    const slk_lexer *x = f->x;
    slk_said days[6];
    uint32_t at[6], n = 0, j = i;
    bool ordinal, last = false;
    if (first->base != SLK_BASE_FIELDS || first->unit != SLK_TU_DAY || !first->day || first->has_clock || first->weak)
        return SLK_OK;
    while (n < 6 && !last && slk_lex_sign(x, j, ',')) {
        uint32_t k = j + 1;
        last = slk_lex_is(x, k, "and");
        k += last;
        days[n] = *first;
        uint32_t end = slk_read_day(x, k, &days[n].day, &ordinal);
        if (!end || slk_lex_at(x, k)->kind != SLK_LEX_FIGURES || days[n].day <= (n ? days[n - 1].day : first->day))
            return SLK_OK;
        days[n].span = (slk_span){slk_lex_at(x, k)->start, slk_lex_at(x, end - 1)->end};
        at[n++] = k;
        j = end;
        if (!last && slk_lex_is(x, j, "and") && n < 6) {
            days[n] = *first;
            end = slk_read_day(x, j + 1, &days[n].day, &ordinal);
            if (!end || days[n].day <= days[n - 1].day) return SLK_OK;
            days[n].span = (slk_span){slk_lex_at(x, j + 1)->start, slk_lex_at(x, end - 1)->end};
            at[n++] = j + 1;
            j = end;
            last = true;
        }
    }
    if (!last || n < 2 || slk_lex_has(x, j, SLK_TK_UNIT) || slk_lex_noun(x, j)) return SLK_OK;
    for (uint32_t k = 0; k < n; k++) {
        slk_err err = put(f, at[k], &days[k], false);
        if (err != SLK_OK) return err;
    }
    *next = j;
    return SLK_OK;
}

/* "between [40] and [50 minutes]", "[ten] or [fifteen years]": two durations, of which the first takes its unit from the second. */
static uint32_t read_paired_span(const slk_lexer *x, uint32_t i, slk_said *first, uint32_t *second_at,
                                 slk_said *second) {
    double n;
    uint32_t j = slk_read_count(x, i, &n), end;
    if (!j || slk_lex_any(x, i, "a an the") || !(n > 0)) return 0;
    bool between = i > 0 && slk_lex_is(x, i - 1, "between") && slk_lex_is(x, j, "and");
    if (!between && !slk_lex_is(x, j, "or")) return 0;
    end = slk_read_span(x, j + 1, second);
    if (!end || second->what != SLK_SAID_SPAN || !second->counted || !(second->number > n) || second->age) return 0;
    if (second->span.start != slk_lex_at(x, j + 1)->start) return 0;
    *first = *second;
    first->number = n;
    first->more = NAN;
    first->span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, j - 1)->end};
    *second_at = j + 1;
    return end;
}

/* Reads what begins at i; *next is moved behind it, or to i + 1. */
static slk_err step(slk_time_finder *f, uint32_t i, uint32_t *next) {
    const slk_lexer *x = f->x;
    slk_said s, other;
    uint32_t second_at = 0, end, more;
    slk_err err;
    *next = i + 1;
    if (!can_start(x, i)) return SLK_OK;
    if ((end = slk_read_clock_range(x, i, &s, &second_at, &other)) != 0 ||
        (end = slk_read_day_before(x, i, &s, &second_at, &other)) != 0 ||
        (end = read_paired_span(x, i, &s, &second_at, &other)) != 0) {
        *next = end;
        if ((err = put(f, i, &s, true)) != SLK_OK) return err;
        return put(f, second_at, &other, false);
    }
    end = slk_read_clock_phrase(x, i, &s);
    if ((more = slk_read_day_clock(x, i, &other)) > end) {
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
    more = s.what == SLK_SAID_POINT ? slk_read_day_behind(x, end, &s, &other) : 0;
    if (!more && s.what == SLK_SAID_POINT && s.base == SLK_BASE_FIELDS && s.unit == SLK_TU_YEAR && !s.year_shifted &&
        !s.bc)
        more = read_year_behind(x, end, &s, &other);
    if (more) *next = more;
    if ((err = put(f, i, &s, more != 0)) != SLK_OK) return err;
    if (more) return put(f, end + 1, &other, false);
    return put_days_listed(f, end, &s, next);
}

#define KEPT 8 /* lexemes before the place of the walk that readers may look back at */

slk_err slk_times_walk(slk_time_finder *f) {
    uint32_t i = 0;
    bool more = true;
    while (more) {
        uint32_t used = i > KEPT ? i - KEPT : 0;
        more = slk_lexer_fill(f->x, used);
        uint32_t stop = more ? f->x->n - SLK_LOOKAHEAD : f->x->n;
        for (i -= used; i < stop;) {
            slk_err err = step(f, i, &i);
            if (err != SLK_OK) return err;
        }
    }
    return SLK_OK;
}
