/* cmd_export.c - `sillok export`: the ledger's events in other people's formats, one after the other. */
#include <string.h>

#include "base/mem.h"
#include "cli/open.h"
#include "export/ledger.h"

#define OUT_MOST_B ((size_t)1 << 28) /* of one event */

typedef enum format { FORMAT_CSV, FORMAT_JSONL, FORMAT_GEOJSON } format;

static void put_event(format f, const slk_dossier *d, bool first, slk_buf *out) {
    switch (f) {
    case FORMAT_CSV: slk_export_csv_event(d, out); break;
    case FORMAT_JSONL: slk_export_dossier_json(d, false, false, out); break;
    case FORMAT_GEOJSON: slk_export_geojson_event(d, first, out); break;
    }
}

/* Writes all listed events; one dossier is in memory at a time. */
static slk_err put_events(slk_ledger *ledger, const slk_entries *entries, slk_instant as_of, format f, slk_buf *out,
                          slk_fault *fault) {
    for (uint32_t i = 0; i < entries->n; i++) {
        slk_dossier *d = NULL;
        slk_err err = slk_ledger_dossier(ledger, entries->at[i].row, as_of, &d, fault);
        if (err != SLK_OK) return err;
        put_event(f, d, i == 0, out);
        slk_dossier_free(d);
        if (!slk_put_buf(out)) return SLK_EIO; /* said */
        slk_buf_clear(out);
    }
    return SLK_OK;
}

static int run(const slk_args *args, slk_ledger *ledger, format f) {
    slk_filter filter = slk_open_filter(args);
    slk_entries *entries = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    slk_err err = slk_ledger_list(ledger, &filter, &entries, &fault);
    if (err == SLK_OK) {
        if (f == FORMAT_CSV) slk_export_csv_head(&out);
        if (f == FORMAT_GEOJSON) slk_export_geojson_head(&out);
        err = put_events(ledger, entries, filter.as_of, f, &out, &fault);
        if (f == FORMAT_GEOJSON) slk_export_geojson_tail(&out);
        if (err == SLK_OK && (!slk_put_buf(&out) || !slk_put_flush())) err = SLK_EIO;
    }
    if (err != SLK_OK && err != SLK_EIO) slk_say_fault(NULL, &fault);
    slk_entries_free(entries);
    slk_buf_free(&out);
    return slk_exit_for(err);
}

int slk_cmd_export(const slk_args *args) {
    const char *z = slk_args_format(args);
    format f = strcmp(z, "geojson") == 0 ? FORMAT_GEOJSON : strcmp(z, "jsonl") == 0 ? FORMAT_JSONL : FORMAT_CSV;
    slk_opened o = {0};
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK) status = run(args, o.ledger, f);
    slk_open_close(&o);
    return status;
}
