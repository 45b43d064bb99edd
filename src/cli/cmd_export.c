/* cmd_export.c - `sillok export`: the ledger's events in other people's formats, one after the other: those that are named, else all
 * that pass the filter. One dossier is in memory at a time. */
#include <string.h>

#include "base/mem.h"
#include "cli/open.h"
#include "export/exporter.h"

#define OUT_MOST_B ((size_t)1 << 28) /* of one event */

/* Sends off what was written. */
static slk_err flush(slk_export *x, slk_err err) {
    if (err == SLK_OK && !slk_put_buf(x->out)) return SLK_EIO; /* said */
    slk_buf_clear(x->out);
    return err;
}

static slk_err put_event(slk_export *x, int64_t row, slk_fault *fault) {
    slk_dossier *d = NULL;
    slk_err err = slk_ledger_dossier(x->ledger, row, x->as_of, &d, fault);
    if (err != SLK_OK) return err;
    err = slk_export_event(x, d);
    slk_dossier_free(d);
    if (err != SLK_OK) *fault = x->fault;
    return flush(x, err);
}

static slk_err put_named(slk_export *x, const slk_args *args, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (int i = 0; err == SLK_OK && i < args->n_operands; i++) {
        int64_t row = 0;
        err = slk_ledger_find(x->ledger, args->operands[i], &row, fault);
        if (err == SLK_OK) err = put_event(x, row, fault);
    }
    return err;
}

static slk_err put_page(void *ctx, const slk_entries *entries, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < entries->n; i++) err = put_event(ctx, entries->at[i].row, fault);
    return err;
}

static slk_err put_all(slk_export *x, const slk_args *args, const slk_filter *filter, slk_fault *fault) {
    slk_err err = flush(x, slk_export_head(x));
    if (err == SLK_OK && x->format->event)
        err = args->n_operands ? put_named(x, args, fault) : slk_open_pages(x->ledger, filter, put_page, x, fault);
    if (err == SLK_OK) err = flush(x, slk_export_tail(x));
    if (err == SLK_OK && !slk_put_flush()) err = SLK_EIO;
    return err;
}

static int run(const slk_args *args, const slk_opened *o, const slk_format *format, const slk_filter *filter) {
    slk_fault fault = {.code = SLK_OK};
    slk_export x;
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    slk_export_start(&x, format, o->ledger, slk_engine_pack(o->engine), slk_open_as_of(args), &out);
    slk_err err = put_all(&x, args, filter, &fault);
    if (err != SLK_OK && err != SLK_EIO) slk_say_fault(NULL, fault.code != SLK_OK ? &fault : &x.fault);
    if (err == SLK_OK && x.left_out && !args->value[SLK_OPT_QUIET])
        slk_say("%llu event%s left out: %s has no place for what they are", (unsigned long long)x.left_out,
                x.left_out == 1 ? " was" : "s were", format->word);
    slk_export_free(&x);
    slk_buf_free(&out);
    return slk_exit_for(err);
}

/* Events that are named are not filtered. */
static bool filtered(const slk_args *args) {
    static const slk_opt filters[] = {SLK_OPT_TYPE,      SLK_OPT_ACTOR,  SLK_OPT_TARGET, SLK_OPT_COUNTRY,
                                      SLK_OPT_PLACE,     SLK_OPT_NEAR,   SLK_OPT_BOX,    SLK_OPT_WEAPON,
                                      SLK_OPT_SOURCE,    SLK_OPT_TEXT,   SLK_OPT_SINCE,  SLK_OPT_UNTIL,
                                      SLK_OPT_CERTAINTY, SLK_OPT_STATUS, SLK_OPT_LIMIT,  SLK_OPT_AFTER};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (args->value[filters[i]]) return true;
    return false;
}

int slk_cmd_export(const slk_args *args) {
    slk_opened o = {0};
    const slk_format *format = slk_format_find(slk_args_format(args));
    if (!format) return SLK_EXIT_FAULT; /* the list of commands.c has a word that the list of formats has not */
    if (args->n_operands && filtered(args)) {
        slk_say("export: name events or filter them, not both");
        return SLK_EXIT_USAGE;
    }
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    slk_filter filter;
    if (status == SLK_EXIT_OK && !slk_open_filter(args, slk_engine_pack(o.engine), &filter)) status = SLK_EXIT_USAGE;
    if (status == SLK_EXIT_OK) status = run(args, &o, format, &filter);
    slk_open_close(&o);
    return status;
}
