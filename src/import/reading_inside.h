/* reading_inside.h - what reading.c and reading_who.c share: a row on its way to a reading. */
#ifndef SLK_IMPORT_READING_INSIDE_H
#define SLK_IMPORT_READING_INSIDE_H

#include "import/reading.h"

#define SLK_ROW_FIELDS_MOST 24u

typedef struct slk_row_build {
    const slk_pack *pack;
    const slk_columns *c;
    const slk_row *row;
    slk_reading *r;
    slk_row_facts *facts;
    slk_fault *fault;
    slk_err err;                    /* the first trouble; SLK_EINPUT has filled fault */
    slk_span title;                 /* the line that says whose row it is */
    slk_span spans[SLK_CELLS_MOST]; /* of the cells in the text */
    uint32_t cell[SLK_I_COUNT];     /* of each field: the first cell that says something, UINT32_MAX where none does */
    uint32_t column[SLK_I_COUNT];   /* its row of import_columns */
    slk_field fields[SLK_ROW_FIELDS_MOST];
    uint32_t n_fields;
} slk_row_build;

bool slk_row_has(const slk_row_build *b, slk_import_field f);
slk_text slk_row_cell(const slk_row_build *b, slk_import_field f);      /* trimmed; {"", 0} where there is none */
const char *slk_row_how(const slk_row_build *b, slk_import_field f);    /* "" where there is none */
const char *slk_row_mapped(const slk_row_build *b, slk_import_field f); /* by the map of its column; NULL */
void slk_row_trouble(slk_row_build *b, slk_import_field f,
                     const char *why);                  /* a cell that cannot be read; the first is kept */
const char *slk_row_copy(slk_row_build *b, slk_text t); /* NULL with b->err where out of memory */

/* A new field whose evidence are the cells of `from` that are there, the title where none is. NULL where there is no room. */
slk_value *slk_row_put(slk_row_build *b, slk_field_name name, slk_value_kind kind, const slk_import_field *from,
                       unsigned n, slk_basis basis);
slk_field *slk_row_last(slk_row_build *b); /* the field put last */

/* (reading_who.c) */
void slk_row_put_time(slk_row_build *b);
void slk_row_put_actors(slk_row_build *b);
void slk_row_put_places(slk_row_build *b);

#endif
