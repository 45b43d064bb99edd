/* cmd_show.c - `sillok show EVENT`: one event's dossier. */
#include <string.h>

#include "base/mem.h"
#include "cli/open.h"
#include "export/ledger.h"

#define OUT_MOST_B ((size_t)1 << 30)

static bool print(const slk_args *args, const slk_dossier *d) {
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    if (strcmp(slk_args_format(args), "text") == 0) {
        slk_style style = slk_style_for(args);
        slk_export_dossier_text(d, &style, &out);
    } else {
        slk_export_dossier_json(d, true, true, &out);
    }
    bool ok = slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    return ok;
}

int slk_cmd_show(const slk_args *args) {
    slk_opened o = {0};
    slk_fault fault = {.code = SLK_OK};
    slk_dossier *dossier = NULL;
    int64_t row = 0;
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK) {
        slk_err err = slk_ledger_find(o.ledger, args->operands[0], &row, &fault);
        if (err == SLK_OK) err = slk_ledger_dossier(o.ledger, row, slk_open_as_of(args), &dossier, &fault);
        if (err != SLK_OK) slk_say_fault(NULL, &fault);
        status = slk_exit_for(err);
    }
    if (status == SLK_EXIT_OK && !print(args, dossier)) status = SLK_EXIT_SOME;
    slk_dossier_free(dossier);
    slk_open_close(&o);
    return status;
}
