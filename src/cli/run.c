/* run.c - reports through the engine on several threads, results in order. See run.h. */
#include "cli/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/pool.h"

#define OUT_MOST_B ((size_t)1 << 30)

typedef struct job {
    slk_item *item;
    slk_reading *reading;
    slk_fault fault;
    slk_buf out;
} job;

typedef struct running {
    const slk_run *run;
    const slk_engine *engine;
    slk_intake *intake;
    slk_progress progress;
    slk_err err; /* of the intake itself */
    uint64_t n, failed;
    bool stopped, quiet;
} running;

static void *next_job(void *ctx) {
    running *g = ctx;
    job *j = calloc(1, sizeof *j);
    if (!j) {
        g->err = SLK_ENOMEM;
        return NULL;
    }
    j->item = slk_intake_next(g->intake, &g->err);
    if (!j->item) {
        free(j);
        return NULL;
    }
    slk_buf_start(&j->out, &slk_mem_system, OUT_MOST_B);
    return j;
}

static void work_job(void *ctx, void *p) {
    running *g = ctx;
    job *j = p;
    slk_item_prepare(j->item, slk_engine_pack(g->engine));
    j->fault = j->item->fault;
    if (j->fault.code == SLK_OK) {
        slk_fault fault = {.code = SLK_OK};
        slk_err err = slk_read(g->engine, &j->item->input, g->run->layers, &j->reading, &fault);
        if (err != SLK_OK) {
            j->fault = fault;
            j->fault.code = err;
            if (j->item->line) j->fault.line = j->item->line; /* the line of the file, not of the text within */
        }
    }
    slk_run_result result = {j->item, j->reading, &j->fault, &j->out};
    if (j->reading && g->run->prepare) g->run->prepare(g->run->ctx, &result);
}

static bool done_job(void *ctx, void *p) {
    running *g = ctx;
    job *j = p;
    if (!g->stopped) {
        g->n++;
        slk_run_result result = {j->item, j->reading, &j->fault, &j->out};
        if (!j->reading) {
            g->failed++;
            slk_say_fault(j->item->name, &j->fault);
        } else if (*j->item->note && !g->quiet) {
            slk_fault note = {.code = SLK_OK, .line = j->item->line};
            (void)snprintf(note.message, sizeof note.message, "%s", j->item->note);
            slk_say_fault(j->item->name, &note);
        }
        g->stopped = !g->run->take(g->run->ctx, &result);
        slk_progress_step(&g->progress, j->item->read_b);
    }
    slk_buf_free(&j->out);
    slk_reading_free(j->reading);
    slk_item_free(j->item);
    free(j);
    return !g->stopped;
}

/* The pack that belongs to this program wherever it was put: beside it, as in a build folder, or in share/sillok next to its
 * bin folder. False where there is none; then the library knows a place. */
static bool pack_beside(char out[4096]) {
    static const char *const names[] = {"/sillok.pack", "/share/sillok/sillok.pack"};
    char at[4096 - 64];
    if (getenv("SILLOK_PACK")) return false;
    ssize_t n = readlink("/proc/self/exe", at, sizeof at - 1);
    if (n <= 0) return false;
    at[n] = '\0';
    for (size_t i = 0; i < 2; i++) {
        char *slash = strrchr(at, '/'); /* the program's name goes first, then its folder's */
        if (!slash) return false;
        *slash = '\0';
        if (snprintf(out, 4096, "%s%s", at, names[i]) > 0 && access(out, R_OK) == 0) return true;
    }
    return false;
}

slk_engine *slk_run_engine(void) {
    slk_engine *engine = NULL;
    slk_fault fault;
    char beside[4096];
    if (slk_engine_open(pack_beside(beside) ? beside : NULL, NULL, &engine, &fault) == SLK_OK) return engine;
    slk_say_fault(NULL, &fault);
    return NULL;
}

static slk_input_format input_format(const slk_args *args) {
    const char *z = args->value[SLK_OPT_INPUT];
    static const char *const words[] = {"auto", "text", "html", "jsonl", "feed", "warc"};
    for (unsigned i = 0; z && i < sizeof words / sizeof *words; i++)
        if (strcmp(z, words[i]) == 0) return (slk_input_format)i;
    return SLK_INPUT_AUTO;
}

int slk_run_reports(const slk_args *args, slk_engine **engine, const slk_run *run) {
    running g = {.run = run, .quiet = args->value[SLK_OPT_QUIET] != NULL};
    if (!*engine) *engine = slk_run_engine();
    if (!*engine) return SLK_EXIT_FAULT;
    g.engine = *engine;
    if (args->n_operands == 0 && isatty(STDIN_FILENO) && !args->value[SLK_OPT_QUIET])
        slk_say("reading a report from standard input; end it with Ctrl-D");
    slk_err err =
        slk_intake_new(args->operands, args->n_operands, input_format(args), args->value[SLK_OPT_PUBLISHED], &g.intake);
    if (err != SLK_OK) {
        slk_say("%s", slk_err_meaning(err));
        return SLK_EXIT_FAULT;
    }
    slk_intake_resume(g.intake, run->resume, run->ctx);
    slk_progress_start(&g.progress, args, "reports", slk_intake_total(g.intake));
    slk_pool_jobs jobs = {&g, next_job, work_job, done_job};
    err = slk_pool_run(&jobs, slk_args_threads(args));
    slk_progress_end(&g.progress);
    slk_intake_free(g.intake);
    if (err == SLK_OK) err = g.err;
    if (err != SLK_OK) {
        slk_say("%s", slk_err_meaning(err));
        return SLK_EXIT_FAULT;
    }
    if (args->value[SLK_OPT_VERBOSE])
        slk_say("%llu reports read, %llu failed", (unsigned long long)(g.n - g.failed), (unsigned long long)g.failed);
    return g.failed ? SLK_EXIT_SOME : SLK_EXIT_OK;
}
