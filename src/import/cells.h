/* cells.h - what stands in one cell: days, clocks, figures, as people's spreadsheets write them. No locale, no zone of the machine. */
#ifndef SLK_IMPORT_CELLS_H
#define SLK_IMPORT_CELLS_H

#include "sillok.h"

/* Nothing, "Unknown", "N/A", "-", "none": says nothing. */
bool slk_cell_empty(slk_text t);

/* A day (or month, year, where there is no more): "2017-09-14", "20170914", "14-Sep-17", "18 September 2024", "September 18, 2024", and with figures alone in the order that how says
 * ("mdy", "dmy", else the year first). What stands behind it (a clock) is left. Two figures of a year are of 1969 to 2068. */
SLK_MUST bool slk_cell_day(slk_text t, const char *how, slk_instant *out);
/* A clock: "9:33:00 PM", "21:33"; fills in hour, minute, second and precision. */
SLK_MUST bool slk_cell_clock(slk_text t, slk_instant *out);
/* Seconds since 1970 as the day they are in at Greenwich. */
SLK_MUST bool slk_cell_seconds(slk_text t, slk_instant *out);

typedef struct slk_cell_figure {
    double low, high; /* high NAN where it is one figure */
    slk_bound bound;
    char unit[4]; /* "km", "m", "mi"; "" where none is written */
} slk_cell_figure;

/* A figure: "134 km", "1,000", "~400 km", "400-500 km", "at least 3". */
SLK_MUST bool slk_cell_figure_of(slk_text t, slk_cell_figure *out);

#endif
