/* time_readers.h - inside the measuring station: the readers of dates that make up slk_read_date. Each takes a blank or
 * half-filled slk_said, adds what it reads and returns the lexeme behind it, or 0 (then *out is worth nothing). */
#ifndef SLK_MEASURE_TIME_READERS_H
#define SLK_MEASURE_TIME_READERS_H

#include "measure/timing.h"

/* time_date.c */
bool slk_lex_ordinal_ending(const slk_lexer *x, uint32_t i); /* "st", "nd", "rd", "th" right behind figures */
uint32_t slk_read_year_figures(const slk_lexer *x, uint32_t i, int32_t *year); /* 1000 to 2199 */
uint32_t slk_read_year_words(const slk_lexer *x, uint32_t i, int32_t *year);   /* "nineteen ninety-six" */
uint32_t slk_read_year_shift(const slk_lexer *x, uint32_t i, slk_said *out);   /* "last year" */
uint32_t slk_read_era(const slk_lexer *x, uint32_t i, slk_said *out);          /* "BC"; i where there is none */
uint32_t slk_read_with_year(const slk_lexer *x, uint32_t next, slk_said *out); /* next where no year follows */
uint32_t slk_read_figures(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_month_day(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_day_month(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_weak_day(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_weekday(const slk_lexer *x, uint32_t i, slk_said *out);

/* time_year.c */
uint8_t slk_season_of(const char *code);                           /* SP 1, SU 2, FA 3, WI 4 */
uint32_t slk_read_ordinal(const slk_lexer *x, uint32_t i, int *n); /* "third", "3rd"; "last": -1 */
uint32_t slk_read_decade(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_century(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_year(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_quarter(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_season(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_reign(const slk_lexer *x, uint32_t i, int32_t *year); /* "Juche 113" */
uint32_t slk_read_holiday(const slk_lexer *x, uint32_t i, slk_said *out);

/* time_shift.c */
uint32_t slk_read_shifted(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_deictic(const slk_lexer *x, uint32_t i, slk_said *out);
uint32_t slk_read_distance(const slk_lexer *x, uint32_t i, slk_said *out);

#endif
