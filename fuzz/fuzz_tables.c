/* fuzz_tables.c - any bytes as a table of data/: the packer refuses it with a message or takes it into a trie. The first byte says
 * which table. The packer's stop() jumps back here instead of ending the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "pack/pack.h"
#include "packer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static jmp_buf back;
static struct {
    pile strings, units, hits;
    packer_table table;
    packer_keys keys;
} work;

void stop(const char *format, ...) {
    char message[512];
    va_list args;
    va_start(args, format);
    if (vsnprintf(message, sizeof message, format, args) < 3) abort();
    va_end(args);
    longjmp(back, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    if (setjmp(back) == 0) {
        slk_text text = {(const char *)data + 1, size - 1};
        table_read("table.tsv", text, data[0] % SLK_T_COUNT, &work.table, &work.strings, &work.keys);
        if (work.table.cells.n != (size_t)work.table.rows * work.table.columns * sizeof(slk_pack_value)) abort();
        trie_build(&work.keys, &work.units, &work.hits);
        if (work.hits.n / sizeof(slk_pack_hit) != work.keys.n) abort();
    }
    pile_free(&work.strings);
    pile_free(&work.units);
    pile_free(&work.hits);
    pile_free(&work.table.cells);
    work.table = (packer_table){0};
    keys_free(&work.keys);
    return 0;
}
