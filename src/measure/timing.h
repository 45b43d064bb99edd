/* timing.h - inside the measuring station: what the files about times share. The way of a time expression:
 *   time_words.c    text to lexemes: words, figures and signs, with the senses that the tables know (one look-up a word)
 *   time_clock.c    clock times with their zones
 *   time_date.c, time_year.c, time_shift.c, time_phrase.c    days, years, what counts from another date, the whole of it
 *   time_span.c     durations, sets, words like "now"
 *   time_join.c     clock and day together, ranges
 *   time_find.c     the walk over the text: what is read, from lexemes to a slk_said: what the words say, nothing resolved
 *   time_point.c, time_resolve.c    a slk_said to days, bounds and a TIMEX3 value
 *   time_zone.c     zones and UTC
 *   times.c         the whole: the day of publication, glosses, the list of times
 * Readers take an index of a lexeme and give the index behind what they read, 0 where they read nothing; each looks ahead
 * a bounded number of lexemes and allocates nothing. */
#ifndef SLK_MEASURE_TIMING_H
#define SLK_MEASURE_TIMING_H

#include "base/calendar.h"
#include "base/reading.h"
#include "base/text.h"
#include "pack/pack.h"

/* ---------------------------------------------------------------- lexemes */

/* X(NAME, word in the kind column of data/calendar.tsv; those of other tables have none) */
#define SLK_TIME_KINDS(X)                                                                                              \
    X(MONTH, "month")                                                                                                  \
    X(WEEKDAY, "weekday")                                                                                              \
    X(WEEKDAYS, "weekdays")                                                                                            \
    X(WEEKDAY_SHORT, "weekday-short")                                                                                  \
    X(DAYPART, "daypart")                                                                                              \
    X(CLOCK, "clock")                                                                                                  \
    X(SEASON, "season")                                                                                                \
    X(HOLIDAY, "holiday")                                                                                              \
    X(UNIT, "unit")                                                                                                    \
    X(DEICTIC, "deictic")                                                                                              \
    X(REF, "ref")                                                                                                      \
    X(REF_NOUN, "ref-noun")                                                                                            \
    X(SET, "set")                                                                                                      \
    X(EVERY, "every")                                                                                                  \
    X(SHIFT, "shift")                                                                                                  \
    X(MOD, "mod")                                                                                                      \
    X(MOD_REL, "mod-rel")                                                                                              \
    X(APPROX, "approx")                                                                                                \
    X(NEARBY, "nearby")                                                                                                \
    X(OFFSET, "offset")                                                                                                \
    X(AMPM, "ampm")                                                                                                    \
    X(LOCAL, "local")                                                                                                  \
    X(OCLOCK, "oclock")                                                                                                \
    X(ERA, "era")                                                                                                      \
    X(REIGN, "reign")                                                                                                  \
    X(FISCAL, "fiscal")                                                                                                \
    X(HALF, "half")                                                                                                    \
    X(OLD, "old")                                                                                                      \
    X(TENSE, "tense")                                                                                                  \
    X(DECADE, "decade")                                                                                                \
    X(YEAREND, "end")                                                                                                  \
    X(LABEL, "")                                                                                                       \
    X(CARDINAL, "")                                                                                                    \
    X(ORDINAL, "")                                                                                                     \
    X(MULTIPLIER, "")                                                                                                  \
    X(GROUP, "")                                                                                                       \
    X(VAGUE, "")                                                                                                       \
    X(ZONE, "")

#define SLK_TIME_KIND_NAME(name, word) SLK_TK_##name,
typedef enum slk_time_kind { SLK_TK_NONE, SLK_TIME_KINDS(SLK_TIME_KIND_NAME) SLK_TK_COUNT } slk_time_kind;

typedef struct slk_sense { /* one reading of the words that begin at a lexeme */
    uint8_t kind;          /* slk_time_kind */
    uint16_t len;          /* bytes from the start of the lexeme */
    uint32_t row;          /* of the table */
    const char *value;     /* of calendar and zones: the cell; borrowed from the pack */
    double number;         /* of the number kinds */
} slk_sense;

#define SLK_SENSES 6

typedef enum slk_lex_kind { SLK_LEX_WORD, SLK_LEX_FIGURES, SLK_LEX_SIGN, SLK_LEX_BREAK } slk_lex_kind;

typedef struct slk_lex {
    uint32_t start, end; /* bytes */
    uint8_t kind;        /* slk_lex_kind */
    uint8_t n;           /* senses */
    uint8_t digits;      /* of figures */
    bool spaced;         /* white space before it */
    char sign;           /* folded; of a word its first letter, small */
    int32_t value;       /* of figures; -1 when they are more than nine */
    uint32_t kinds[2];   /* bits of the kinds of its senses */
    slk_sense senses[SLK_SENSES];
} slk_lex;

#define SLK_LEXEMES 256  /* held at a time */
#define SLK_LOOKAHEAD 48 /* no expression is longer */

typedef struct slk_lexer {
    const slk_pack *pack;
    const slk_reading *r;
    uint8_t *kind_of; /* kind of each row of calendar, 0: not asked for yet */
    uint32_t at;      /* next byte to be split */
    uint32_t sentence;
    uint32_t near; /* token at or before it */
    uint32_t n;
    slk_lex lex[SLK_LEXEMES];
} slk_lexer;

/* At the start of the text; in the reading's arena. NULL when out of memory. */
slk_lexer *slk_lexer_start(const slk_pack *pack, slk_reading *r);
/* Drops the first `used` lexemes and splits on until the buffer is full or the text ends. False at the end of the text. */
bool slk_lexer_fill(slk_lexer *x, uint32_t used);

static inline const slk_lex *slk_lex_at(const slk_lexer *x, uint32_t i) {
    static const slk_lex end = {.kind = SLK_LEX_BREAK};
    return i < x->n ? &x->lex[i] : &end;
}
static inline bool slk_lex_has(const slk_lexer *x, uint32_t i, slk_time_kind kind) {
    return (slk_lex_at(x, i)->kinds[kind >> 5] >> (kind & 31) & 1) != 0;
}
/* The sense of a kind at i, the longest; NULL where none. *next: the lexeme behind it. */
const slk_sense *slk_lex_sense(const slk_lexer *x, uint32_t i, slk_time_kind kind, uint32_t *next);
bool slk_lex_is(const slk_lexer *x, uint32_t i, const char *word);   /* the small-letter word, any case */
bool slk_lex_any(const slk_lexer *x, uint32_t i, const char *words); /* one of " words in blanks " */
bool slk_lex_noun(const slk_lexer *x, uint32_t i);                   /* tagged as a noun or name */
static inline bool slk_lex_sign(const slk_lexer *x, uint32_t i, char sign) {
    return slk_lex_at(x, i)->kind == SLK_LEX_SIGN && slk_lex_at(x, i)->sign == sign;
}
static inline bool slk_lex_glued(const slk_lexer *x, uint32_t i) { /* figures or a word right behind the one before */
    return i < x->n && !x->lex[i].spaced && x->lex[i].kind != SLK_LEX_SIGN && x->lex[i].kind != SLK_LEX_BREAK;
}

/* ---------------------------------------------------------------- what is said */

typedef enum slk_time_unit { /* from fine to coarse */
                             SLK_TU_NONE,
                             SLK_TU_SECOND,
                             SLK_TU_MINUTE,
                             SLK_TU_HOUR,
                             SLK_TU_DAY,
                             SLK_TU_WEEKEND,
                             SLK_TU_WEEK,
                             SLK_TU_FORTNIGHT,
                             SLK_TU_MONTH,
                             SLK_TU_SEASON,
                             SLK_TU_QUARTER,
                             SLK_TU_HALF,
                             SLK_TU_YEAR,
                             SLK_TU_DECADE,
                             SLK_TU_CENTURY,
                             SLK_TU_MILLENNIUM
} slk_time_unit;

typedef enum slk_said_base {                   /* where a date is counted from */
                             SLK_BASE_NONE,    /* no date said: a clock time alone */
                             SLK_BASE_FIELDS,  /* by its own parts: "March 4", "2016" */
                             SLK_BASE_NOW,     /* the day of publication: "yesterday", "last month", "two days ago" */
                             SLK_BASE_TOLD,    /* what was told before: "the same day", "three days later" */
                             SLK_BASE_WEEKDAY, /* "Friday", "last Friday" */
                             SLK_BASE_HOLIDAY
} slk_said_base;

typedef enum slk_said_what { SLK_SAID_POINT, SLK_SAID_SPAN, SLK_SAID_SET, SLK_SAID_REF } slk_said_what;

#define SLK_NO_YEAR INT32_MIN

typedef struct slk_said {
    slk_span span;
    uint8_t what; /* slk_said_what */
    uint8_t base; /* slk_said_base */
    uint8_t unit; /* slk_time_unit: how fine the date is, or what a duration counts */
    int32_t year; /* SLK_NO_YEAR: not said */
    bool bc, fiscal;
    bool year_shifted; /* the year is `year` years from now ("June last year") or from the one told (year_told) */
    bool year_told;
    uint8_t month, day, weekday,
        part;        /* 0: not said; part: quarter, half, season 1-4 (spring, summer, autumn, winter) */
    int8_t week_nth; /* "the last week of March": -1; "first": 1; 0 none */
    const char *holiday;
    int8_t half;         /* "the first half of August": 1, the second: 2 */
    int8_t days_off;     /* days from the day said: "overnight into Tuesday" -1, "Monday week" 7 */
    bool in_week;        /* "Thursday last week": the weekday of the week that is `shift` weeks from now */
    int32_t shift;       /* in units, from the base; of a weekday: -1 "last", +1 "next", 0 by tense */
    bool shift_said;     /* "this", "last", "next": the tense of the clause says nothing more */
    const char *daypart; /* "MO", or NULL */
    const char *mod;     /* TIMEX3 mod, or NULL */
    bool has_clock;
    uint8_t hour, minute, second, clock_precision; /* slk_precision */
    bool hour12;                                   /* on a clock of twelve hours, half of the day not said */
    const char *zone;                              /* borrowed from the pack */
    bool local, zone_of_place;
    double number; /* of a duration or distance; NAN: vague, or none said */
    double more;   /* a second count in a finer unit ("two years and six months"); NAN: none */
    uint8_t more_unit;
    bool counted;      /* a number was said, even if a vague one */
    const char *value; /* of refs and sets: the TIMEX3 value */
    bool age;          /* "10-year-old": says how old, not when */
    bool weak;         /* read only where a date stands just before ("the 18th") */
} slk_said;

/* Readers. x, i: the lexeme to begin at; *out is written only when they read something. */
uint32_t slk_read_clock(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_iso_clock(const slk_lexer *x, uint32_t i, slk_said *out); /* "T21:50:00Z" right behind a day */
uint32_t slk_read_zone(const slk_lexer *x, uint32_t i, slk_said *out);      /* "GMT", "(Seoul time)", "local time" */
uint32_t slk_read_date(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_span(const slk_lexer *x, uint32_t i, slk_said *out);
/* "two and a half", "24", "a few" (vague, NAN); as a count of units. */
uint32_t slk_read_count(const slk_lexer *x, uint32_t i, double *number);
/* "about", "more than", "just": moves over them; *mod is what they say. */
uint32_t slk_read_approx(const slk_lexer *x, uint32_t i, const char **mod);
/* 1 to 31 as figures or a word with its ending ("3rd", "eighth"); *ordinal says whether it had one. */
uint32_t slk_read_day(const slk_lexer *x, uint32_t i, uint8_t *day, bool *ordinal);
/* A year behind a month or a weekday: ", 2016", "of 2016", "last year". Fills year, year_shifted, year_told. */
uint32_t slk_read_year_tail(const slk_lexer *x, uint32_t i, slk_said *out);
slk_time_unit slk_unit_of(const char *code); /* "D", "W", ... of data/calendar.tsv */
slk_said slk_said_blank(void);
bool slk_said_year_ago(const slk_said *s); /* "a year earlier", "the year-ago quarter": held against what was told */

/* ---------------------------------------------------------------- resolving */

typedef enum slk_time_lean { SLK_LEAN_NONE, SLK_LEAN_PAST, SLK_LEAN_FUTURE } slk_time_lean;

typedef struct
    slk_time_point {   /* a stretch of the calendar: one unit long from its first day (or hour, or minute) on */
    slk_instant start; /* precision NONE: not known */
    uint8_t unit;      /* slk_time_unit */
    bool bc;
} slk_time_point;

typedef struct slk_anchor {
    slk_instant now;     /* day of publication; precision NONE: not known */
    slk_time_point told; /* the last date told */
    int32_t next_year;   /* the next year said in the text, 0 where none is near: a history does not run ahead of it */
    bool narrative;      /* a history: dates lean on those told before, not on the day of publication */
    bool ahead;          /* where the news happened, the day after `now` may have begun when it was published */
} slk_anchor;

/* Points (time_point.c). precision NONE of start: there is no such point. */
slk_instant slk_point_instant(int32_t year, unsigned month, unsigned day); /* month 0, day 0: not said */
slk_time_point slk_point(slk_instant start, slk_time_unit unit);
slk_time_point slk_point_day(int64_t days, slk_time_unit unit);
slk_time_point slk_point_around(slk_instant t, slk_time_unit unit); /* the week, month, quarter, decade that holds t */
slk_time_point slk_point_later(slk_time_point p, double n);         /* n units later; earlier when n < 0 */
slk_time_point slk_point_in_year(const slk_said *s, int32_t year);  /* "Feb. 29", "spring", "Easter" of a year */
int64_t slk_point_last_day(slk_time_point p);
unsigned slk_said_first_month(const slk_said *s);
/* What comes every year, of a year that was not said: the one that lean, weekday and distance from the anchor make likely. */
slk_time_point slk_point_nearest_year(const slk_said *s, slk_instant anchor, slk_time_lean lean);

/* Works out one expression: type, value, mod, earliest, latest, zone, local, and the date as a point. value is NULL where it
 * cannot be known. SLK_OK or SLK_ENOMEM. */
SLK_MUST slk_err slk_said_resolve(slk_reading *r, const slk_anchor *a, slk_time_lean lean, const slk_said *s,
                                  slk_time *out, slk_time_point *point);

/* ---------------------------------------------------------------- zones */

/* utc of a time with zone and an hour. */
void slk_time_fill_utc(const slk_pack *pack, slk_time *t);

#endif
