/* fuzz_import.c - any bytes as somebody's table: CSV, tabs or JSON. Rows are read or said to be bad, never past the ceilings; what is of a
 * known database becomes a reading whose every span lies in its text, or a fault with a line. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "engine.h"
#include "import/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const slk_pack *pack(void) {
    static slk_engine *engine;
    slk_fault fault;
    if (!engine && slk_engine_open(NULL, NULL, &engine, &fault) != SLK_OK) abort();
    return slk_engine_pack(engine);
}

static void look(const slk_reading *r) {
    size_t n;
    const slk_event *e = slk_reading_events(r, &n);
    size_t most = slk_reading_report(r)->text.n;
    if (slk_utf8_check(slk_reading_report(r)->text) < most) abort();
    for (size_t i = 0; i < n; i++)
        for (uint32_t f = 0; f < e[i].n_fields; f++) {
            slk_spans s = e[i].fields[f].evidence;
            if (s.n == 0) abort();
            for (uint32_t k = 0; k < s.n; k++)
                if (s.at[k].start >= s.at[k].end || s.at[k].end > most) abort();
        }
}

static void take(const slk_columns *c, const slk_row *row) {
    slk_row_name name = {.database = "db", .title = "DB", .file = "f", .revision = 1};
    slk_reading *r = NULL;
    slk_row_facts facts;
    slk_fault fault = {.code = SLK_OK};
    char key[128];
    if ((!row->names && row->n != c->n) || !slk_row_key(pack(), c, row, key)) return;
    name.key = key;
    if (slk_row_reading(pack(), c, row, &name, &r, &facts, &fault) == SLK_OK)
        look(r);
    else if (!fault.message[0])
        abort();
    slk_reading_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_rows *rows = NULL;
    slk_row row;
    slk_fault fault = {.code = SLK_OK};
    slk_columns *c = calloc(1, sizeof *c);
    bool known = false, header = false;
    slk_rows_next_is what;
    if (!c) abort();
    if (slk_rows_over((slk_text){(const char *)data, size}, &rows, &fault) == SLK_OK) {
        while ((what = slk_rows_next(rows, &row, &fault)) == SLK_ROWS_ROW || what == SLK_ROWS_BAD) {
            if (what == SLK_ROWS_BAD && (!fault.message[0] || !fault.line)) abort();
            if (what == SLK_ROWS_BAD) continue;
            if (row.n == 0 || row.n > SLK_CELLS_MOST) abort();
            bool first = !known;
            known = known || slk_columns_find(pack(), &row, NULL, c, &header, &fault) == SLK_OK;
            if (known && !(first && header)) take(c, &row);
        }
    }
    slk_rows_close(rows);
    free(c);
    return 0;
}
