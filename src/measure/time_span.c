/* time_span.c - reads durations ("more than two months", "a 24-hour", "the past decade"), sets ("every Friday", "daily") and
 * words that mean the present, the past or the future ("now", "recently", "the near future"). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/timing.h"

/* ---------------------------------------------------------------- counts */

static uint32_t read_decimal(const slk_lexer *x, uint32_t i, double *number) {
    const slk_lex *l = slk_lex_at(x, i), *f;
    if (l->kind != SLK_LEX_FIGURES || l->value < 0) return 0;
    *number = l->value;
    i++;
    while (slk_lex_sign(x, i, ',') && slk_lex_glued(x, i + 1) && slk_lex_at(x, i + 1)->digits == 3 && *number < 1e9) {
        *number = *number * 1000 + slk_lex_at(x, i + 1)->value;
        i += 2;
    }
    f = slk_lex_at(x, i + 1);
    if (slk_lex_sign(x, i, '.') && !slk_lex_at(x, i)->spaced && f->kind == SLK_LEX_FIGURES && !f->spaced &&
        f->digits <= 3) {
        *number += f->value / pow(10, f->digits);
        return i + 2;
    }
    if (f->kind == SLK_LEX_FIGURES && slk_lex_at(x, i)->kind == SLK_LEX_FIGURES && slk_lex_sign(x, i + 1, '/'))
        return 0;
    if (slk_lex_at(x, i)->value == 1 && slk_lex_sign(x, i + 1, '/') && slk_lex_at(x, i + 2)->value == 2) { /* 2 1/2 */
        *number += 0.5;
        return i + 3;
    }
    return i;
}

/* "twenty-four", "a hundred and twenty", "two thousand" */
static uint32_t read_number_words(const slk_lexer *x, uint32_t i, double *number) {
    double total = 0, part = 0;
    uint32_t j = i, next, end = 0;
    for (unsigned turns = 0; turns < 8; turns++) {
        const slk_sense *s = slk_lex_sense(x, j, SLK_TK_CARDINAL, &next);
        if (s && s->number < 100) {
            if (part > 0 && (s->number >= 10 || ((int)part % 10 != 0))) break;
            part += s->number;
        } else if ((s = slk_lex_sense(x, j, SLK_TK_MULTIPLIER, &next)) != NULL && (end || s->number >= 100)) {
            if (!end && !(i > 0 && slk_lex_is(x, i - 1, "a"))) return 0;
            part = (part > 0 ? part : 1) * s->number;
            if (s->number >= 1000) {
                total += part;
                part = 0;
            }
        } else {
            break;
        }
        end = next;
        j = next;
        if (slk_lex_sign(x, j, '-') && slk_lex_has(x, j + 1, SLK_TK_CARDINAL)) j++;
        if (slk_lex_is(x, j, "and") && part >= 100) j++;
    }
    if (end) *number = total + part;
    return end;
}

uint32_t slk_read_count(const slk_lexer *x, uint32_t i, double *number) {
    uint32_t next, j = i;
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind == SLK_LEX_FIGURES) return read_decimal(x, i, number);
    if (l->kind != SLK_LEX_WORD) return 0;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_VAGUE, &next);
    if (s) {
        *number = NAN;
        return next + slk_lex_is(x, next, "of");
    }
    if (slk_lex_is(x, i, "half")) {
        *number = 0.5;
        next = i + 1 + slk_lex_any(x, i + 1, "a an");
        return next + slk_lex_sign(x, next, '-');
    }
    bool one = slk_lex_any(x, i, "a an");
    j += one;
    if (one && slk_lex_is(x, j, "half")) {
        *number = 0.5;
        return j + 1 + slk_lex_sign(x, j + 1, '-');
    }
    if ((s = slk_lex_sense(x, j, SLK_TK_GROUP, &next)) != NULL && s->number < 100) {
        *number = s->number;
        return next + slk_lex_is(x, next, "of");
    }
    if (slk_lex_sense(x, j, SLK_TK_VAGUE, &next)) {
        *number = NAN;
        return next + slk_lex_is(x, next, "of");
    }
    next = read_number_words(x, j, number);
    if (next) return next;
    if (one) *number = 1;
    return one ? j : 0;
}

/* ---------------------------------------------------------------- durations */

static bool plural_at(const slk_lexer *x, uint32_t behind) {
    slk_text t = x->r->report.text;
    return behind > 0 && slk_lower(t.at[slk_lex_at(x, behind - 1)->end - 1]) == 's';
}

uint32_t slk_read_approx(const slk_lexer *x, uint32_t i, const char **mod) {
    for (unsigned turns = 0; turns < 3; turns++) {
        uint32_t next;
        const slk_sense *s = slk_lex_sense(x, i, SLK_TK_APPROX, &next);
        if (!s) return i;
        if (strcmp(s->value, "EXACT") != 0) *mod = s->value;
        i = next;
    }
    return i;
}

/* "and a half", "and six months", "20 minutes" behind a first count and unit. */
static uint32_t read_second_count(const slk_lexer *x, uint32_t i, slk_said *out) {
    double n;
    uint32_t next, j = i + (slk_lex_is(x, i, "and") || slk_lex_sign(x, i, ','));
    if (j > i && slk_lex_is(x, j, "a") && slk_lex_is(x, j + 1, "half") && !slk_lex_has(x, j + 2, SLK_TK_UNIT)) {
        out->number += 0.5;
        return j + 2;
    }
    uint32_t k = slk_read_count(x, j, &n);
    const slk_sense *u = k ? slk_lex_sense(x, k, SLK_TK_UNIT, &next) : NULL;
    slk_time_unit unit = u ? slk_unit_of(u->value) : SLK_TU_NONE;
    if (unit == SLK_TU_NONE || unit >= out->unit || !(n > 0) || slk_lex_is(x, j, "a")) return i;
    out->more = n;
    out->more_unit = (uint8_t)unit;
    return next;
}

/* "old", "-long", "or so", "'" behind a duration */
static uint32_t read_span_tail(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, j = i + slk_lex_sign(x, i, '-');
    if (slk_lex_sense(x, j, SLK_TK_OLD, &next) || slk_lex_any(x, j, "olds")) {
        out->age = true;
        return j + 1;
    }
    if (slk_lex_is(x, j, "long") && j > i) return j + 1;
    if (slk_lex_is(x, i, "of") && slk_lex_is(x, i + 1, "age")) {
        out->age = true;
        return i + 2;
    }
    if (slk_lex_is(x, i, "or") && slk_lex_any(x, i + 1, "more longer") && !slk_lex_is(x, i + 2, "than")) {
        out->mod = "EQUAL_OR_MORE";
        return i + 2;
    }
    if (slk_lex_is(x, i, "or") && slk_lex_any(x, i + 1, "less fewer")) {
        out->mod = "EQUAL_OR_LESS";
        return i + 2;
    }
    if (slk_lex_is(x, i, "or") && slk_lex_is(x, i + 1, "so")) return i + 2;
    return i;
}

/* "a quarter of a century", "three quarters of an hour", "a quarter century" */
static uint32_t read_quarters(const slk_lexer *x, uint32_t i, double *n) {
    uint32_t next = i, j = i + slk_lex_any(x, i, "a one");
    bool three = slk_lex_is(x, i, "three");
    if (three) j += 1u + slk_lex_sign(x, j + 1, '-');
    if (j == i || !slk_lex_is(x, j, three ? "quarters" : "quarter")) return 0;
    uint32_t of = j + 1;
    if (slk_lex_is(x, of, "of") && slk_lex_any(x, of + 1, "a an")) of += 2;
    of += slk_lex_sign(x, of, '-');
    const slk_sense *u = slk_lex_sense(x, of, SLK_TK_UNIT, &next);
    slk_time_unit unit = u ? slk_unit_of(u->value) : SLK_TU_NONE;
    if (unit != SLK_TU_HOUR && unit != SLK_TU_CENTURY) return 0;
    *n = three ? 0.75 : 0.25;
    return of;
}

/* A range of counts: "two to three", "14 to 16". The first stands for it. */
static uint32_t read_counts(const slk_lexer *x, uint32_t i, double *n) {
    double other;
    uint32_t j = read_quarters(x, i, n), k;
    if (j) return j;
    j = slk_read_count(x, i, n);
    if (!j) return 0;
    if (slk_lex_is(x, j, "and") && slk_lex_is(x, j + 1 + slk_lex_is(x, j + 1, "a"), "half")) {
        k = j + 2 + slk_lex_is(x, j + 1, "a");
        if (slk_lex_has(x, k, SLK_TK_UNIT)) {
            *n += 0.5;
            return k;
        }
    }
    if ((slk_lex_any(x, j, "to or") || slk_lex_sign(x, j, '-')) && (k = slk_read_count(x, j + 1, &other)) != 0 &&
        other > *n)
        return k;
    return j;
}

/* Words between a count and its unit: "three more years", "five consecutive days", "eight trading days" */
static uint32_t skip_filler(const slk_lexer *x, uint32_t i) {
    i += slk_lex_sign(x, i, '-');
    if (slk_lex_any(x, i,
                    "more additional consecutive straight full whole long business trading working single extra short "
                    "calendar solid other further"))
        i++;
    return i;
}

/* Before "a year" alone: a price or a rate ("15 a year") is no stretch of time. */
static bool span_led(const slk_lexer *x, uint32_t i) {
    if (i == 0 || slk_lex_at(x, i - 1)->kind == SLK_LEX_BREAK) return true;
    return slk_lex_any(x, i - 1,
                       "for in within after than over about almost nearly of take takes took spent last lasted every "
                       "by until once such with since and as");
}

static uint32_t read_duration(const slk_lexer *x, uint32_t i, slk_said *out, uint32_t *start) {
    const char *mod = NULL;
    uint32_t next, j = i;
    uint32_t phrase = i;
    if (slk_lex_any(x, i, "within over just only exactly") &&
        !(slk_lex_sense(x, i, SLK_TK_APPROX, &phrase) && phrase > i + 1)) { /* not "just under" */
        uint32_t k = i + 1 + slk_lex_is(x, i + 1, "the");
        bool over = slk_lex_is(x, i, "over");
        if (!over || k > i + 1 || slk_lex_has(x, k, SLK_TK_VAGUE) || slk_lex_has(x, k, SLK_TK_SHIFT)) return 0;
    }
    j = slk_read_approx(x, i, &mod);
    bool the = slk_lex_is(x, j, "the"), pointed = false, past = false;
    j += the;
    if (the) j = slk_read_approx(x, j, &mod);
    if (slk_lex_any(x, j,
                    "past last next first coming previous following latest final recent early opening preceding "
                    "intervening")) {
        past = slk_lex_any(x, j, "past last");
        pointed = true;
        j++;
        if (slk_lex_any(x, j, "a an")) return 0; /* "will last a few weeks" */
    }
    double n = NAN;
    bool hyphen = false;
    uint32_t k = read_counts(x, j, &n);
    if (k) {
        hyphen = slk_lex_sign(x, k, '-');
        k = skip_filler(x, k);
    }
    const slk_sense *u = slk_lex_sense(x, k ? k : j, SLK_TK_UNIT, &next);
    if (!u) return 0;
    out->unit = (uint8_t)slk_unit_of(u->value);
    bool plural = plural_at(x, next), article = k && slk_lex_any(x, j, "a an");
    if (out->unit == SLK_TU_SECOND && n == 1) return 0;
    if (out->unit == SLK_TU_QUARTER && !pointed && (hyphen || !plural || article || slk_lex_is(x, next, "of")))
        return 0; /* a part, not a time */
    if (article && n == 1 && plural) return 0;
    if (article && n == 1 && !hyphen && !mod && !span_led(x, i) && !slk_lex_any(x, next, "after before")) return 0;
    if (slk_lex_sign(x, next, '-') && slk_lex_any(x, next + 1, "ago earlier end")) return 0;
    if (!k) { /* "recent years", "the past decade", "the past year" */
        if (pointed && past && the && !plural)
            n = 1;
        else if (!(pointed && plural))
            return 0;
    } else if (!plural && !hyphen && n != 1 && n != 0.5) {
        if (out->unit < SLK_TU_MINUTE && u->len > 3) return 0; /* "two second" */
        if (slk_lex_is(x, next, "of")) return 0;
    }
    if (the && !pointed && (!k || (n == 1 && !hyphen))) return 0;
    bool modifier = hyphen && slk_lex_sign(x, next - 2, '-');
    if (k && !plural && n > 1 && u->len > 3) modifier = true;
    bool period = slk_lex_any(x, next, "period");
    *start = i;
    if (period && modifier)
        next++;
    else if (modifier && (article || the))
        *start = j + (article && !pointed);
    out->what = SLK_SAID_SPAN;
    out->number = n;
    out->counted = true;
    out->mod = mod;
    next = read_second_count(x, next, out);
    k = read_span_tail(x, next, out);
    if (article && k == next + 2 && slk_lex_is(x, k - 1, "long")) *start = j + 1; /* "a [year-long] study" */
    return k;
}

/* "all day", "all week", "all year long" */
static uint32_t read_all(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *u = slk_lex_is(x, i, "all") ? slk_lex_sense(x, i + 1, SLK_TK_UNIT, &next) : NULL;
    if (!u || plural_at(x, next) || slk_unit_of(u->value) < SLK_TU_DAY) return 0;
    out->what = SLK_SAID_SPAN;
    out->unit = (uint8_t)slk_unit_of(u->value);
    out->number = 1;
    out->counted = true;
    return next + slk_lex_is(x, next, "long");
}

/* "15 a year", "$1 billion a month", "three times a week": how often or how much. */
static uint32_t read_rate(const slk_lexer *x, uint32_t i, slk_said *out) {
    double n;
    uint32_t next, j = i;
    uint32_t times = slk_read_count(x, i, &n);
    if (times && slk_lex_is(x, times, "times")) j = times + 1;
    if (!slk_lex_any(x, j, "a an per each every")) return 0;
    const slk_sense *u = slk_lex_sense(x, j + 1, SLK_TK_UNIT, &next);
    if (!u || plural_at(x, next) || slk_unit_of(u->value) < SLK_TU_DAY || slk_unit_of(u->value) > SLK_TU_YEAR) return 0;
    if (j == i) {
        const slk_lex *before = slk_lex_at(x, i - 1);
        if (i == 0 || !slk_lex_any(x, i, "a") || slk_lex_any(x, next, "ago earlier later before after from and or"))
            return 0;
        bool counts = before->kind == SLK_LEX_FIGURES || slk_lex_has(x, i - 1, SLK_TK_MULTIPLIER);
        bool counted = i > 1 && before->kind == SLK_LEX_WORD && slk_lex_at(x, i - 2)->kind == SLK_LEX_FIGURES &&
                       plural_at(x, i) && !slk_lex_has(x, i - 1, SLK_TK_UNIT);
        if (!counts && !counted) return 0;
    }
    out->what = SLK_SAID_SET;
    out->unit = (uint8_t)slk_unit_of(u->value);
    out->number = 1;
    return next;
}

/* "years", "decades of war", "year-long" without a count */
static uint32_t read_bare(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *u = slk_lex_sense(x, i, SLK_TK_UNIT, &next);
    if (!u || u->len < 4) return 0;
    out->what = SLK_SAID_SPAN;
    out->unit = (uint8_t)slk_unit_of(u->value);
    if (slk_lex_sign(x, next, '-') && slk_lex_any(x, next + 1, "long old")) {
        out->number = plural_at(x, next) ? NAN : 1;
        return next + 2;
    }
    if (slk_lex_any(x, next, "ago earlier")) {
        out->what = SLK_SAID_REF;
        out->value = "PAST_REF";
        return plural_at(x, next) ? next + 1 : 0;
    }
    if (!plural_at(x, next) || out->unit == SLK_TU_QUARTER || out->unit == SLK_TU_SECOND) return 0;
    if (i > 0 && slk_lex_any(x, i - 1, "for in over within after of by took takes take spent lasted or")) return next;
    return out->unit >= SLK_TU_DECADE ? next : 0;
}

/* ---------------------------------------------------------------- sets */

static uint32_t read_every(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const slk_sense *e = slk_lex_sense(x, i, SLK_TK_EVERY, &next), *s;
    if (!e) return 0;
    out->what = SLK_SAID_SET;
    out->number = e->value[0] == '2' ? 2 : 1;
    double n;
    uint32_t k = e->value[0] == '1' ? slk_read_count(x, next, &n) : 0;
    if (k && slk_lex_has(x, k, SLK_TK_UNIT)) {
        out->number = n;
        next = k;
    }
    if ((s = slk_lex_sense(x, next, SLK_TK_UNIT, &end)) != NULL) {
        out->unit = (uint8_t)slk_unit_of(s->value);
        if (e->value[0] == '0' && out->unit < SLK_TU_DAY) return 0; /* "km per hour" */
        if (out->unit == SLK_TU_DAY && out->number == 1 && e->value[0] == '1') out->value = "XXXX-XX-XX";
        return end;
    }
    if (e->value[0] == '0') return 0;
    if ((s = slk_lex_sense(x, next, SLK_TK_WEEKDAY, &end)) != NULL) {
        out->weekday = (uint8_t)(s->value[0] - '0');
        next = end;
        if ((s = slk_lex_sense(x, next, SLK_TK_DAYPART, &end)) != NULL) {
            out->daypart = s->value;
            return end;
        }
        return next;
    }
    if ((s = slk_lex_sense(x, next, SLK_TK_MONTH, &end)) != NULL) {
        out->month = (uint8_t)strtol(s->value, NULL, 10);
        bool ordinal;
        uint32_t day = slk_read_day(x, end, &out->day, &ordinal);
        if (!day) out->day = 0;
        return day ? day : end;
    }
    if ((s = slk_lex_sense(x, next, SLK_TK_SEASON, &end)) != NULL) {
        out->value = s->value[0] == 'F'   ? "XXXX-FA"
                     : s->value[0] == 'W' ? "XXXX-WI"
                     : s->value[1] == 'P' ? "XXXX-SP"
                                          : "XXXX-SU";
        return end;
    }
    if ((s = slk_lex_sense(x, next, SLK_TK_DAYPART, &end)) != NULL) {
        out->unit = SLK_TU_DAY;
        out->daypart = s->value;
        return end;
    }
    return 0;
}

static uint32_t read_set(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next, end;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_WEEKDAYS, &next);
    if (s) {
        out->what = SLK_SAID_SET;
        out->weekday = (uint8_t)(s->value[0] - '0');
        return next;
    }
    s = slk_lex_sense(x, i, SLK_TK_WEEKDAY, &next);
    if (s && slk_lex_any(x, next, "mornings afternoons evenings nights")) {
        out->what = SLK_SAID_SET;
        out->weekday = (uint8_t)(s->value[0] - '0');
        s = slk_lex_sense(x, next, SLK_TK_DAYPART, &end);
        out->daypart = s ? s->value : NULL;
        return next + 1;
    }
    s = slk_lex_sense(x, i, SLK_TK_SET, &next);
    if (!s || (slk_lex_is(x, i, "quarterly") && slk_lex_noun(x, next))) return 0;
    out->what = SLK_SAID_SET;
    out->value = s->value;
    return next;
}

/* ---------------------------------------------------------------- now and then */

static uint32_t read_ref(const slk_lexer *x, uint32_t i, slk_said *out) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_REF, &next);
    out->what = SLK_SAID_REF;
    if (s) {
        out->value = s->value;
        if (slk_lex_any(x, i, "soon shortly") && slk_lex_any(x, next, "as after before there")) return 0;
        return next;
    }
    if (slk_lex_is(x, i, "the") && (s = slk_lex_sense(x, i + 1, SLK_TK_REF_NOUN, &next)) != NULL) {
        bool noun =
            slk_lex_at(x, next)->kind != SLK_LEX_WORD ||
            slk_lex_any(x, next, "and or but to of in for is was has had that as when he it they we with by on");
        if (!noun) return 0; /* "the past president" */
        out->value = s->value;
        return next;
    }
    return 0;
}

uint32_t slk_read_span(const slk_lexer *x, uint32_t i, slk_said *out) {
    static uint32_t (*const readers[])(const slk_lexer *, uint32_t, slk_said *) = {read_every, read_set,  read_rate,
                                                                                   read_all,   read_bare, read_ref};
    slk_said s = slk_said_blank();
    uint32_t start = i, best = read_duration(x, i, &s, &start);
    if (best) *out = s;
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        s = slk_said_blank();
        uint32_t next = readers[k](x, i, &s);
        if (next <= best) continue;
        best = next;
        start = i;
        *out = s;
    }
    if (best) out->span = (slk_span){slk_lex_at(x, start)->start, slk_lex_at(x, best - 1)->end};
    return best;
}
