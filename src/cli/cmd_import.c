/* cmd_import.c - `sillok import`: other people's databases into the ledger. A file that cannot be read, and rows that cannot be taken, are
 * said with their place and cause while the run goes on. */
#include <string.h>
#include <time.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/open.h"
#include "import/import.h"

#define SAID_MOST 50u /* rows of one file that are said one by one */

typedef struct importing {
    const slk_args *args;
    slk_progress progress;
    uint64_t said; /* of the file at work */
    bool quiet;
} importing;

static void say(void *ctx, const char *file, const slk_fault *fault, bool bad) {
    importing *g = ctx;
    if (!bad && g->quiet) return;
    g->said++;
    if (g->said <= SAID_MOST) slk_say_fault(file, fault);
    if (g->said == SAID_MOST) slk_say("%s: more of this file is only counted", file);
}

static void step(void *ctx) {
    importing *g = ctx;
    slk_progress_step(&g->progress, g->progress.done + 1);
}

static void put_text(const char *file, const slk_import_counts *c) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1u << 16);
    slk_buf_printf(
        &b,
        "%s: %llu row%s: %llu new, %llu revised, %llu already there, %llu not taken; events: %llu new, %llu joined\n",
        file, (unsigned long long)c->rows, c->rows == 1 ? "" : "s", (unsigned long long)c->added,
        (unsigned long long)c->revised, (unsigned long long)c->already, (unsigned long long)c->bad,
        (unsigned long long)c->events_new, (unsigned long long)c->events_joined);
    (void)slk_put_buf(&b); /* said where it failed */
    slk_buf_free(&b);
}

static void put_json(const char *file, const slk_import_counts *c) {
    slk_buf b;
    slk_json j;
    slk_buf_start(&b, &slk_mem_system, 1u << 16);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "file", file);
    slk_json_put_int(&j, "rows", (int64_t)c->rows);
    slk_json_put_int(&j, "new", (int64_t)c->added);
    slk_json_put_int(&j, "revised", (int64_t)c->revised);
    slk_json_put_int(&j, "already", (int64_t)c->already);
    slk_json_put_int(&j, "bad", (int64_t)c->bad);
    slk_json_put_int(&j, "unread_cells", (int64_t)c->troubled);
    slk_json_put_int(&j, "events_new", (int64_t)c->events_new);
    slk_json_put_int(&j, "events_joined", (int64_t)c->events_joined);
    slk_json_end_object(&j);
    slk_buf_putc(&b, '\n');
    (void)slk_put_buf(&b); /* said where it failed */
    slk_buf_free(&b);
}

/* One file after the other; what the ledger refuses ends the run. */
static int run(importing *g, slk_import *how) {
    int status = SLK_EXIT_OK;
    bool jsonl = strcmp(slk_args_format(g->args), "jsonl") == 0;
    for (int i = 0; i < g->args->n_operands; i++) {
        const char *file = g->args->operands[i];
        slk_import_counts c = {0};
        slk_fault fault = {.code = SLK_OK};
        g->said = 0;
        slk_err err = slk_import_file(how, file, &c, &fault);
        if (err != SLK_OK) {
            fault.code = err;
            slk_say_fault(strcmp(file, "-") == 0 ? "standard input" : file, &fault);
            int worse = slk_exit_for(err);
            bool of_file =
                err == SLK_EINPUT || err == SLK_EIO || err == SLK_EEMPTY || err == SLK_EENCODING || err == SLK_ELIMIT;
            status = of_file ? SLK_EXIT_SOME : worse;
            if (!of_file) return status;
        }
        if (c.bad) status = SLK_EXIT_SOME;
        if (jsonl)
            put_json(file, &c);
        else if (!g->quiet)
            put_text(file, &c);
    }
    return status;
}

/* The day of --published. */
static bool published(const slk_args *args, slk_instant *out) {
    const char *z = args->value[SLK_OPT_PUBLISHED];
    if (!z) return true;
    if (slk_instant_parse(slk_text_of(z), out)) return true;
    slk_say("--published: \"%s\" is no date", z);
    return false;
}

int slk_cmd_import(const slk_args *args) {
    importing g = {.args = args, .quiet = args->value[SLK_OPT_QUIET] != NULL};
    slk_import how = {.ctx = &g, .say = say, .step = step, .added_s = (int64_t)time(NULL)};
    const char *as = args->value[SLK_OPT_AS];
    slk_opened o = {0};
    if (!published(args, &how.published)) return SLK_EXIT_USAGE;
    int status = slk_open_ledger(args, SLK_LEDGER_WRITE, &o);
    if (status == SLK_EXIT_OK) {
        how.pack = slk_engine_pack(o.engine);
        how.ledger = o.ledger;
        how.as = as && strcmp(as, "auto") != 0 ? as : NULL;
        how.source = args->value[SLK_OPT_NAME];
        how.edition = args->value[SLK_OPT_EDITION];
        slk_progress_start(&g.progress, args, "rows", 0);
        status = run(&g, &how);
        slk_progress_end(&g.progress);
        if (!slk_put_flush() && status == SLK_EXIT_OK) status = SLK_EXIT_SOME;
    }
    slk_open_close(&o);
    return status;
}
