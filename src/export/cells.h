/* cells.h - what can stand in a column of a table: the words of the column `cell` in data/export_columns.tsv. */
#ifndef SLK_EXPORT_CELLS_H
#define SLK_EXPORT_CELLS_H

#include "export/exporter.h"

/* Whether there is such a cell ("lat", "field:weapon"). */
bool slk_cell_known(const char *word);
/* Appends the cell's plain text, unquoted and uncleaned; nothing where it is not known. */
void slk_cell_put(const slk_export *x, const slk_dossier *d, const char *word, slk_buf *out);
/* Whether an event has a row in the tables of a format: ACLED and GED hold only what they cover and what happened. */
bool slk_cell_row(const slk_export *x, const slk_dossier *d);

#endif
