/* scan.h - inside the measuring station: walking a stretch of text character by character, folded, and reading the numbers
 * and units that stand in it. Every reader starts at a byte where a word (or a glued unit) begins, never looks past
 * scan.end, allocates nothing unless it says so, and costs no more than what it reads. */
#ifndef SLK_MEASURE_SCAN_H
#define SLK_MEASURE_SCAN_H

#include "base/reading.h"
#include "base/text.h"
#include "language/phrases.h"
#include "pack/pack.h"

#define SLK_SCAN_PLACES 8 /* a power of two */

typedef struct slk_scan_place { /* phrases at a byte of the text, for scans up to `end`; end 0: nothing here yet */
    uint32_t at, end, n;
    const slk_hit *hits; /* into `room`, or what the reading remembers */
    slk_hit room[SLK_PHRASES_MOST];
} slk_scan_place;

typedef struct slk_scan_memo { /* the phrases last looked up: readers ask for the same place several times over */
    const slk_reading *r;      /* whose text is scanned, or NULL: what it remembers of its tokens */
    uint32_t near;             /* the token that was asked for last */
    slk_scan_place places[SLK_SCAN_PLACES];
} slk_scan_memo;

typedef struct slk_scan { /* text[.. end) may be read; end is usually that of the sentence */
    const slk_pack *pack;
    slk_scan_memo *memo; /* zeroed before first use but for r; of one text only */
    slk_text text;
    uint32_t end;
} slk_scan;

/* The folded character at `at` and its length in bytes; 0 and 0 at the end. */
static inline uint32_t slk_scan_peek(const slk_scan *s, uint32_t at, uint32_t *n) {
    uint32_t cp = 0;
    *n = at < s->end;
    if (at >= s->end) return 0;
    if ((unsigned char)s->text.at[at] < 0x80) return (uint32_t)(unsigned char)slk_lower(s->text.at[at]);
    *n = slk_utf8_next(s->text.at + at, s->text.at + s->end, &cp);
    return slk_cp_fold(cp);
}

/* The folded character before `at`, 0 at the start of the text. */
uint32_t slk_scan_before(const slk_scan *s, uint32_t at);
/* `at` moved behind white space. */
uint32_t slk_scan_space(const slk_scan *s, uint32_t at);
/* True where the small-letter ASCII word z stands at `at` in any case and ends there; *end is moved behind it. */
bool slk_scan_word_at(const slk_scan *s, uint32_t at, const char *z, uint32_t *end);
static inline bool slk_scan_word(const slk_scan *s, uint32_t at, const char *z, uint32_t *end) {
    return at < s->end && slk_lower(s->text.at[at]) == z[0] && slk_scan_word_at(s, at, z, end);
}
/* True where a word ends at `at`: no letter, digit or mark follows. */
bool slk_scan_word_ends(const slk_scan *s, uint32_t at);
/* All phrases of all tables there within scan.end, as slk_pack_match gives them; good until the next look-up. */
uint32_t slk_scan_look(const slk_scan *s, uint32_t at, const slk_hit **hits);
static inline uint32_t slk_scan_hits(const slk_scan *s, uint32_t at, const slk_hit **hits) {
    const slk_scan_place *place = &s->memo->places[at & (SLK_SCAN_PLACES - 1)];
    if (at >= s->end || place->at != at || place->end != s->end) return slk_scan_look(s, at, hits);
    *hits = place->hits;
    return place->n;
}
/* The longest phrase of a table there, within scan.end. */
bool slk_scan_hit(const slk_scan *s, uint32_t at, int table, slk_hit *hit);

typedef struct slk_number {
    slk_span span; /* the number alone: no bound, no unit */
    double value;
    bool figures;  /* written in digits */
    bool plain;    /* nothing but digits: no separator, point, sign or multiplier word ("2017") */
    bool ordinal;  /* "21st", "second" */
    bool fraction; /* "half", "two-thirds", "1/4" */
    bool vague;    /* "several", "dozens", "tens of thousands": value is the least that is meant */
    bool leading_zero;
    double multiplier; /* the last multiplier word ("million": 1e6), 1 where none */
} slk_number;

/* Reads the number that starts at `at`: figures with separators, decimals, exponents and fractions ("1,500,000", "2 1/2",
 * "4e14", "½"), number words of data/numbers.tsv ("a hundred and two", "two and a half", "half a million"), or figures
 * with words ("1.5 million"). False where there is none, or where the figures are part of a date, clock time, decade,
 * version or address. (numbers.c) */
SLK_MUST bool slk_number_read(const slk_scan *s, uint32_t at, slk_number *out);

typedef struct slk_unit {
    uint32_t end;
    const char *ucum, *dimension; /* borrowed from the pack or the arena */
    double si, si_zero;           /* SI value = value * si + si_zero */
    bool abbreviated;             /* three letters or fewer: "in", "km" */
    bool power;                   /* has a power, a divisor or factors of its own */
} slk_unit;

/* Reads the unit at `at`: a form of data/units.tsv, with "square", "cubic", "^2", "²", "squared", and with a divisor ("/h",
 * " per second"). Compound codes are written into the arena. False where there is none; *err is SLK_ENOMEM when out of
 * memory, else unchanged. (units.c) */
SLK_MUST bool slk_unit_read(const slk_scan *s, slk_arena *arena, uint32_t at, slk_unit *out, slk_err *err);

#endif
