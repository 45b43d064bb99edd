/* columns.h - the columns of a format's table: rows of data/export_columns.tsv. */
#ifndef SLK_EXPORT_COLUMNS_H
#define SLK_EXPORT_COLUMNS_H

#include "pack/pack.h"

typedef struct slk_columns {
    uint32_t first, n; /* rows of export_columns */
} slk_columns;

/* n 0 where the format has no table. O(rows). */
slk_columns slk_columns_of(const slk_pack *pack, const char *format);
/* A cell of the i-th: SLK_EXPORT_COLUMNS_NAME and so on; "" where empty. */
const char *slk_column(const slk_pack *pack, const slk_columns *c, uint32_t i, int what);

#endif
