/* rows_inside.h - what rows.c and rows_json.c share. */
#ifndef SLK_IMPORT_ROWS_INSIDE_H
#define SLK_IMPORT_ROWS_INSIDE_H

#include <jansson.h>

#include "import/rows.h"
#include "intake/stream.h"

#define SLK_JSON_ARRAY_MOST_B (64u << 20) /* of a JSON array, which is read whole */

struct slk_rows {
    slk_stream *stream;
    slk_rows_form form;
    bool array;  /* JSON: one array instead of lines */
    bool at_end; /* of the stream */
    char separator;
    slk_buf raw; /* bytes read; those before at are done with */
    size_t at;
    slk_buf text;       /* of the row's cells, and of JSON of their names */
    size_t line, lines; /* where at is; lines of the row handed out last, counted when the next is asked for */
    unsigned again;
    slk_text cells[SLK_CELLS_MOST], names[SLK_CELLS_MOST];
    uint32_t n;
    json_t *json; /* the array, or the object handed out last */
    size_t element;
};

slk_rows_next_is slk_rows_json_line(slk_rows *r, slk_text line, size_t number, slk_row *out, slk_fault *fault);
slk_rows_next_is slk_rows_json_element(slk_rows *r, slk_row *out, slk_fault *fault);
void slk_rows_json_close(slk_rows *r);
/* Reads all that is left. (rows.c) */
SLK_MUST slk_err slk_rows_whole(slk_rows *r, slk_fault *fault);

#endif
