/* rows.h - rows of a table in a file: CSV (RFC 4180; commas, semicolons), tab separated lines, JSON lines or one JSON array of objects;
 * packed with gzip, zstd or zip or not. Which it is the content tells. One row in memory at a time; a row that cannot be read is
 * a fault with its line, and reading goes on behind it.
 *
 * libcsv was looked at and not taken: it keeps no line numbers, lets a cell grow without limit, and cannot go on behind a row that
 * is broken. */
#ifndef SLK_IMPORT_ROWS_H
#define SLK_IMPORT_ROWS_H

#include "base/buf.h"
#include "sillok.h"

#define SLK_ROW_MOST_B (1u << 20) /* of one row; GDELT's are below 4 kB, ACLED's notes below 10 kB */
#define SLK_CELLS_MOST 512u

typedef struct slk_rows slk_rows;

typedef enum slk_rows_form { SLK_ROWS_CSV, SLK_ROWS_TSV, SLK_ROWS_JSON } slk_rows_form;

typedef struct slk_row { /* valid until the next call; texts are valid UTF-8, unaltered but for the quotes of CSV */
    const slk_text *cells;
    const slk_text *names; /* of JSON: the path of each cell, "source.0.country"; NULL otherwise */
    uint32_t n;
    size_t line; /* of its first byte, from 1; of a JSON array the number of the element */
} slk_row;

/* file "-" is standard input (not zip). Fails with SLK_EIO, SLK_EINPUT or SLK_ENOMEM. */
SLK_MUST slk_err slk_rows_open(const char *file, slk_rows **out, slk_fault *fault);
/* The same over bytes in memory, borrowed. */
SLK_MUST slk_err slk_rows_over(slk_text bytes, slk_rows **out, slk_fault *fault);
void slk_rows_close(slk_rows *rows);
slk_rows_form slk_rows_form_of(const slk_rows *rows);

typedef enum slk_rows_next_is { SLK_ROWS_ROW, SLK_ROWS_BAD, SLK_ROWS_END, SLK_ROWS_BROKEN } slk_rows_next_is;

/* ROW: *out. BAD: this row cannot be read (fault with line), the next call goes on behind it. BROKEN: nothing more can be read. */
slk_rows_next_is slk_rows_next(slk_rows *rows, slk_row *out, slk_fault *fault);

#endif
