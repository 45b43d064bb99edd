/* cmd_decide.c - `sillok split`, `sillok join`, `sillok undo`: what people decide about events. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "cli/open.h"

static bool who(const slk_args *args, slk_decider *out) {
    const struct passwd *account = getpwuid(getuid());
    out->by = args->value[SLK_OPT_BY] ? args->value[SLK_OPT_BY] : account ? account->pw_name : NULL;
    out->why = args->value[SLK_OPT_WHY];
    out->made_s = (int64_t)time(NULL);
    if (!out->why || !*out->why) slk_say("give the reason with --why; it is kept with the decision");
    if (!out->by || !*out->by) slk_say("give the name of who decides with --by");
    return out->why && *out->why && out->by && *out->by;
}

static bool put(const slk_args *args, const slk_decided *d) {
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, 1u << 16);
    if (strcmp(slk_args_format(args), "json") == 0) {
        slk_json j;
        slk_json_start(&j, &out, true);
        slk_json_object(&j);
        slk_json_put_int(&j, "decision", d->decision);
        slk_json_put_string(&j, "what", args->command->name);
        slk_json_put_string(&j, "event", d->event);
        slk_json_put_string(&j, "other", d->other);
        slk_json_put_int(&j, "tellings", d->tellings);
        slk_json_end_object(&j);
        slk_buf_putc(&out, '\n');
    } else if (!args->value[SLK_OPT_QUIET]) {
        const char *how = args->command->bit == SLK_CMD_JOIN ? "took in" : "and";
        slk_buf_printf(&out, "decision %lld: %s %s %s, %u telling%s moved\n", (long long)d->decision, d->event, how,
                       d->other, d->tellings, d->tellings == 1 ? "" : "s");
    }
    bool ok = slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    return ok;
}

static slk_err decide(const slk_args *args, slk_ledger *l, const slk_decider *by, slk_decided *out, slk_fault *fault) {
    char **x = args->operands;
    switch (args->command->bit) {
    case SLK_CMD_SPLIT:
        return slk_ledger_split(l, x[0], (const char *const *)x + 1, (uint32_t)args->n_operands - 1, by, out, fault);
    case SLK_CMD_JOIN: return slk_ledger_join(l, x[0], x[1], by, out, fault);
    default: return slk_ledger_undo(l, strtoll(x[0], NULL, 10), by, out, fault);
    }
}

static int run(const slk_args *args) {
    slk_opened o = {0};
    slk_decider by;
    slk_decided done;
    slk_fault fault = {.code = SLK_OK};
    if (!who(args, &by)) return SLK_EXIT_USAGE;
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o); /* which must be there */
    slk_open_close(&o);
    if (status == SLK_EXIT_OK) status = slk_open_ledger(args, SLK_LEDGER_WRITE, &o);
    if (status == SLK_EXIT_OK) {
        slk_err err = decide(args, o.ledger, &by, &done, &fault);
        if (err != SLK_OK) slk_say_fault(NULL, &fault);
        status = slk_exit_for(err);
    }
    if (status == SLK_EXIT_OK && !put(args, &done)) status = SLK_EXIT_SOME;
    slk_open_close(&o);
    return status;
}

int slk_cmd_split(const slk_args *args) { return run(args); }
int slk_cmd_join(const slk_args *args) { return run(args); }
int slk_cmd_undo(const slk_args *args) { return run(args); }
