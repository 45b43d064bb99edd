/* cmd_backup.c - `sillok backup FILE`: a copy of the ledger while it is in use. */
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/open.h"

static bool put(const slk_args *args, int64_t pages) {
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, 1u << 16);
    if (strcmp(slk_args_format(args), "json") == 0) {
        slk_json j;
        slk_json_start(&j, &out, true);
        slk_json_object(&j);
        slk_json_put_string(&j, "file", args->operands[0]);
        slk_json_put_int(&j, "pages", pages);
        slk_json_end_object(&j);
        slk_buf_putc(&out, '\n');
    } else if (!args->value[SLK_OPT_QUIET]) {
        slk_page_z(&out, args->operands[0]);
        slk_buf_printf(&out, ": %lld pages, looked at and sound\n", (long long)pages);
    }
    bool ok = slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    return ok;
}

int slk_cmd_backup(const slk_args *args) {
    slk_opened o = {0};
    slk_fault fault = {.code = SLK_OK};
    int64_t pages = 0;
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK) {
        slk_err err = slk_ledger_backup(o.ledger, args->operands[0], &pages, &fault);
        if (err != SLK_OK) slk_say_fault(NULL, &fault);
        status = slk_exit_for(err);
    }
    if (status == SLK_EXIT_OK && !put(args, pages)) status = SLK_EXIT_SOME;
    slk_open_close(&o);
    return status;
}
