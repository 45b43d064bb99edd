/* calendar.h - instants of the proleptic Gregorian calendar: counting, comparing, reading and writing ISO 8601. No clock. */
#ifndef SLK_BASE_CALENDAR_H
#define SLK_BASE_CALENDAR_H

#include "sillok.h"

int64_t slk_days_from_civil(int32_t year, unsigned month,
                            unsigned day); /* days since 1970-01-01 (H. Hinnant's method) */
void slk_civil_from_days(int64_t days, int32_t *year, uint8_t *month, uint8_t *day);
unsigned slk_days_in_month(int32_t year, unsigned month);
unsigned slk_weekday(int64_t days); /* Monday 1 ... Sunday 7 (ISO 8601) */
void slk_iso_week(int64_t days, int32_t *year, unsigned *week);

slk_instant slk_instant_day(int64_t days);
int64_t slk_instant_days(slk_instant t);                     /* missing month or day count as 1 */
slk_instant slk_instant_cut(slk_instant t, slk_precision p); /* to a coarser precision */
/* Seconds since 1970-01-01T00:00 of the instant's own clock; minus offset where it has one. Missing parts count as least. */
int64_t slk_instant_seconds(slk_instant t);
/* The instant s seconds after 1970-01-01T00:00Z as a clock offset_min east of UTC shows it. */
slk_instant slk_instant_at(int64_t s, int offset_min, slk_precision p);
/* First and last second that the instant can mean (its year, month, day, ... as a whole). */
void slk_instant_range(slk_instant t, int64_t *first, int64_t *last);
bool slk_instant_eq(slk_instant a, slk_instant b);

/* ISO 8601 to the precision known ("2024", "2024-09-18", "2024-09-18T06:50+09:00", Z for offset 0); precision NONE gives "".
 * out: at least 40 bytes. Returns out. */
char *slk_instant_format(slk_instant t, char out[40]);
/* Reads the same forms, also "2017-08-29 06:31:03Z" and "+0900"; the whole text must be one instant. */
SLK_MUST bool slk_instant_parse(slk_text t, slk_instant *out);

#endif
