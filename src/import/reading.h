/* reading.h - a row of somebody's database as a reading: a small text whose lines are the row's cells, and one event whose every
 * value points at the cell that says it. The ledger takes it like any other reading. */
#ifndef SLK_IMPORT_READING_H
#define SLK_IMPORT_READING_H

#include "base/reading.h"
#include "import/formats.h"

typedef struct slk_row_name { /* whose row it is */
    const char *database;     /* name of the source: "ged" */
    const char *title;        /* for people: "UCDP GED 23.1" */
    const char *file;         /* for people, with the line: where the row stood */
    const char *key;          /* tells it from the other rows of the database */
    uint32_t revision;        /* 1 for the row as it was first taken */
    slk_instant published;    /* of the database; precision NONE where the row says it itself, or nobody */
} slk_row_name;

typedef struct slk_row_facts { /* of the row, beside what its claims say */
    bool dated;
    int64_t day;       /* since 1970, as its column of days has it */
    double radius_m;   /* within which the place lies; NAN where the database does not say */
    char trouble[200]; /* a cell that could not be read, "" where all could */
} slk_row_facts;

/* The row's identity by its key columns, into out: by its place in the file among equal ones where there are none. False where the key
 * cell is empty. */
bool slk_row_key(const slk_pack *pack, const slk_columns *c, const slk_row *row, char out[128]);

/* Builds the reading; free with slk_reading_free. Fails with SLK_EINPUT (a needed cell cannot be read: fault with line and cause),
 * SLK_ELIMIT or SLK_ENOMEM. */
SLK_MUST slk_err slk_row_reading(const slk_pack *pack, const slk_columns *c, const slk_row *row,
                                 const slk_row_name *name, slk_reading **out, slk_row_facts *facts, slk_fault *fault);

/* The text of a row's cells, by which two versions of it are compared: without the lines that name it. */
SLK_MUST slk_err slk_row_body(const slk_columns *c, const slk_row *row, slk_buf *out);

#endif
