/* counted.h - inside the measuring station: what a number is about. Decides from the words around a number whether it is a
 * quantity at all, and for each quantity found, what it counts or measures and which one it restates. */
#ifndef SLK_MEASURE_COUNTED_H
#define SLK_MEASURE_COUNTED_H

#include "base/reading.h"
#include "measure/scan.h"

typedef struct slk_count_context { /* a number read at [start, end), bounds and unit included */
    const slk_reading *r;
    const slk_pack *pack;
    slk_scan_memo *memo;
    uint32_t sentence, start, end;
    slk_number number;
    bool range, unit, hyphen, bounded;
} slk_count_context;

/* True where the number is not a quantity: a year, a day of a month, a clock time, a label ("Article 5"), a reference in
 * brackets, "one" as a pronoun. O(1). */
bool slk_count_is_other(const slk_count_context *c);

/* Fills `of` and `gloss_of` of all quantities of the reading. SLK_OK always; O(n). */
SLK_MUST slk_err slk_counted_find(const slk_pack *pack, slk_scan_memo *memo, slk_reading *r);

#endif
