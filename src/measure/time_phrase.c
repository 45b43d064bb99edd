/* time_phrase.c - reads a whole date: the longest of what the readers of dates find, with what stands before it ("early", "the
 * end of", "later") and behind it ("Tuesday night"), and which article belongs to it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/time_readers.h"

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
    uint32_t next, end, j = slk_read_ordinal(x, i, &n);
    bool weekend = slk_lex_is(x, i, "weekend");
    if ((weekend || slk_lex_is(x, i, "week")) && slk_lex_is(x, i + 1, "of")) { /* "the week of Sept. 2" */
        next = slk_read_month_day(x, i + 2, out);
        if (!next || !out->day) next = slk_read_day_month(x, i + 2, out);
        if (!next || !out->day) return 0;
        out->unit = weekend ? SLK_TU_WEEKEND : SLK_TU_WEEK;
        return next;
    }
    const slk_sense *w = j ? slk_lex_sense(x, j, SLK_TK_WEEKDAY, &end) : NULL;
    if (w && n >= -1 && n <= 5 && slk_lex_any(x, end, "of in")) { /* "the first Monday of September" */
        next = slk_read_month_day(x, end + 1, out);
        if (!next || out->day) return 0;
        out->week_nth = (int8_t)n;
        out->weekday = (uint8_t)(w->value[0] - '0');
        out->unit = SLK_TU_DAY;
        return next;
    }
    if (!j || n > 5 || !slk_lex_any(x, j, "week weekend day") || !slk_lex_is(x, j + 1, "of")) return 0;
    next = slk_read_month_day(x, j + 2, out);
    if (!next || out->day) return 0;
    out->week_nth = (int8_t)n;
    out->unit = slk_lex_is(x, j, "day") ? SLK_TU_DAY : slk_lex_is(x, j, "week") ? SLK_TU_WEEK : SLK_TU_WEEKEND;
    return next;
}

typedef uint32_t (*reader)(const slk_lexer *x, uint32_t i, slk_said *out);

#define K(kind) (1ull << SLK_TK_##kind)
#define ANY_WORD ~0ull

/* A reader is asked only where a lexeme has a sense that it begins with, or is what its other letters say: 1 figures, 2 a word that
 * the tables do not know, 4 a sign. */
static const struct {
    reader read;
    uint64_t kinds;
    unsigned other;
} readers[] = {{slk_read_figures, 0, 1},
               {slk_read_weekday, K(WEEKDAY) | K(WEEKDAY_SHORT), 0},
               {slk_read_month_day, K(MONTH), 0},
               {slk_read_day_month, K(ORDINAL), 1},
               {slk_read_quarter, ANY_WORD, 3},
               {slk_read_season, K(SEASON), 1},
               {slk_read_decade, K(DECADE), 1 | 4},
               {slk_read_century, K(ORDINAL), 1 | 2},
               {slk_read_year, ANY_WORD, 3},
               {read_week_of, ANY_WORD, 3},
               {slk_read_shifted, K(SHIFT) | K(UNIT), 0},
               {slk_read_deictic, K(DEICTIC), 0},
               {slk_read_distance, ANY_WORD, 3},
               {slk_read_holiday, K(HOLIDAY), 0},
               {read_year_end, K(YEAREND), 0}};

/* The longest of what the readers find at i; of equal length the first. */
static uint32_t longest(const slk_lexer *x, uint32_t i, slk_said *out) {
    const slk_lex *l = slk_lex_at(x, i);
    uint64_t kinds = (uint64_t)l->kinds[1] << 32 | l->kinds[0];
    unsigned other = l->kind == SLK_LEX_FIGURES ? 1 : l->kind == SLK_LEX_WORD ? 2 : l->kind == SLK_LEX_SIGN ? 4 : 0;
    uint32_t best = 0;
    if (!other) return 0;
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        if (!(kinds & readers[k].kinds) && !(other & readers[k].other)) continue;
        slk_said s = slk_said_blank();
        uint32_t next = readers[k].read(x, i, &s);
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

/* "[overnight] into Tuesday", "[the night] from Monday to Tuesday": the day that the night begins on. */
static uint32_t read_night(const slk_lexer *x, uint32_t i, slk_said *out) {
    slk_said second = slk_said_blank();
    uint32_t end, j;
    if (slk_lex_any(x, i, "into to") && (end = longest(x, i + 1, out)) != 0 && out->unit == SLK_TU_DAY &&
        !out->daypart) {
        out->days_off = -1;
        out->daypart = "NI";
        return end;
    }
    if (!slk_lex_any(x, i, "from between of")) return 0;
    *out = slk_said_blank();
    end = longest(x, i + 1, out);
    if (!end || out->unit != SLK_TU_DAY || out->daypart || !slk_lex_any(x, end, "to and into")) return 0;
    j = longest(x, end + 1, &second);
    if (!j || second.unit != SLK_TU_DAY) return 0;
    out->daypart = "NI";
    return j;
}

/* "the night of September 16-17", "the night of 16 to 17 September" is that of the first. */
static uint32_t second_night(const slk_lexer *x, uint32_t end, const slk_said *s) {
    uint8_t day;
    bool ordinal;
    if (!s->day || !(slk_lex_sign(x, end, '-') || slk_lex_is(x, end, "to"))) return end;
    uint32_t next = slk_read_day(x, end + 1, &day, &ordinal);
    return next && day == s->day + 1 && !slk_lex_has(x, next, SLK_TK_UNIT) ? next : end;
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
        if (end && out->unit == SLK_TU_DAY && strcmp(s->value, "NI") == 0) {
            slk_said pair = slk_said_blank();
            uint32_t both = read_night(x, next, &pair);
            if (both > end) {
                *out = pair;
                return both;
            }
            end = second_night(x, end, out);
        }
        if (end && out->unit == SLK_TU_DAY) {
            out->daypart = s->value;
            return end;
        }
    }
    if (strcmp(s->value, "NI") == 0 && (end = read_night(x, next, out)) != 0) return end;
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
        } else if (slk_lex_sense(x, i, SLK_TK_MOD_REL, &next)) {
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
static bool keeps_article(const slk_lexer *x, uint32_t i, uint32_t next, const slk_said *s) {
    bool noun = slk_lex_at(x, next)->kind == SLK_LEX_WORD && slk_lex_noun(x, next);
    if (slk_lex_ordinal_ending(x, i + 2) && s->day) return true; /* "the 26th of May" */
    if (s->day && slk_lex_has(x, i + 1, SLK_TK_ORDINAL)) return true;
    if (s->unit == SLK_TU_WEEK || s->unit == SLK_TU_WEEKEND || s->half) return true;
    if (s->base == SLK_BASE_WEEKDAY && s->year_told && !slk_lex_has(x, i + 1, SLK_TK_SHIFT)) return true;
    if (s->base == SLK_BASE_FIELDS && s->unit == SLK_TU_YEAR && s->year != SLK_NO_YEAR &&
        (slk_lex_is(x, i + 1, "year") || slk_lex_any(x, next - 1, "period quarter")))
        return true;
    if (s->weak || s->shift_said || s->daypart || s->week_nth) return true;
    if (s->base == SLK_BASE_WEEKDAY) return false;
    if (s->base == SLK_BASE_HOLIDAY) return !noun;
    if (s->base == SLK_BASE_TOLD && s->year_told) return s->unit == SLK_TU_QUARTER || s->part || !noun;
    if (s->base != SLK_BASE_FIELDS) return true;
    if (s->unit == SLK_TU_SEASON) return !noun;
    if (s->unit == SLK_TU_QUARTER || s->unit == SLK_TU_HALF) return !slk_lex_sign(x, next - 2, '-');
    return s->unit >= SLK_TU_DECADE;
}

/* "no later than Dec. 1" */
static uint32_t read_limit(const slk_lexer *x, uint32_t i, const char **mod) {
    uint32_t next;
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_APPROX, &next);
    if (!s || strncmp(s->value, "ON_OR_", 6) != 0) return i;
    *mod = s->value;
    return next + slk_lex_is(x, next, "the");
}

/* "around Nov. 1", "circa 490 BC": moves over a word of vagueness before a month, a day or, for circa, a year. */
static uint32_t read_about(const slk_lexer *x, uint32_t i) {
    uint32_t next;
    if (slk_lex_any(x, i, "circa ca c")) {
        next = i + 1 + slk_lex_sign(x, i + 1, '.');
        return slk_lex_at(x, next)->kind == SLK_LEX_FIGURES && slk_lex_at(x, next)->digits >= 3 ? next : i;
    }
    const slk_sense *s = slk_lex_sense(x, i, SLK_TK_APPROX, &next);
    return s && strcmp(s->value, "APPROX") == 0 && slk_lex_has(x, next, SLK_TK_MONTH) ? next : i;
}

uint32_t slk_read_date(const slk_lexer *x, uint32_t i, slk_said *out) {
    const char *mod = NULL;
    bool any = false;
    slk_said s = slk_said_blank(), other = slk_said_blank();
    bool the = slk_lex_is(x, i, "the");
    const char *limit = NULL;
    uint32_t led = read_limit(x, i, &limit), first = read_about(x, led + the), j;
    if (led > i) the = false;
    first = led > i ? led : first;
    j = read_mods(x, first, &mod, &any);
    uint32_t next = longest(x, j, &s), more;
    if (next) next = read_daypart_tail(x, next, &s);
    if ((more = read_part_first(x, j, &other)) > next) {
        s = other;
        next = more;
    }
    other = slk_said_blank();
    if (j > first && (more = read_part_first(x, first, &other)) > next) { /* "the early hours of Wednesday" */
        s = other;
        next = more;
        mod = NULL;
    }
    other = slk_said_blank();
    if (!next && any && (next = read_plain_unit(x, j, &other)) != 0) {
        s = other;
        if (!mod && s.unit == SLK_TU_DAY && slk_lex_is(x, j - 1, "the")) i = j - 1; /* "later in [the day]" */
    }
    if (!next && the && !any && (next = slk_read_weak_day(x, j, &other)) != 0) s = other;
    other = slk_said_blank();
    if (!next && the && !any && (next = read_article_unit(x, j, &other)) != 0) s = other;
    if (!next) return 0;
    if (limit)
        mod = limit;
    else if (first > i + the && !mod)
        mod = "APPROX";
    if (mod) s.mod = mod;
    if (the && !any && !keeps_article(x, i, next, &s)) i++;
    s.span = (slk_span){slk_lex_at(x, i)->start, slk_lex_at(x, next - 1)->end};
    *out = s;
    return next;
}
