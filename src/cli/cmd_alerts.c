/* cmd_alerts.c - `sillok alerts`: what raises alerts in this ledger and what became of them; rules tried out, put in, taken off; what
 * waits sent, or tried again. The work itself is src/alerts/. */
#include <signal.h>
#include <string.h>
#include <time.h>

#include "alerts/trial.h"
#include "base/calendar.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/desk.h"
#include "cli/run.h"

#define OUT_MOST_B ((size_t)1 << 28)
#define ROWS_AT_ONCE 500u
#define STEP_MS 200

typedef struct alerting {
    const slk_args *args;
    slk_opened o;
    slk_buf out;
    slk_json json;
    bool as_json, lines; /* --format json, jsonl */
    uint32_t n;          /* of what is listed */
    slk_desk *desk;
} alerting;

static volatile sig_atomic_t stop; /* set by SIGINT and SIGTERM */

static void on_signal(int signal_number) {
    (void)signal_number;
    stop = 1;
}

static int fail(slk_err err, slk_fault *fault) {
    fault->code = err;
    slk_say_fault(NULL, fault);
    return slk_exit_for(err);
}

static bool put(alerting *g) {
    bool ok = slk_put_buf(&g->out);
    slk_buf_clear(&g->out);
    return ok;
}

/* ---------------------------------------------------------------- lists of objects */

static void open_list(alerting *g) {
    slk_json_start(&g->json, &g->out, g->as_json);
    if (g->as_json) slk_json_array(&g->json);
}

static void close_object(alerting *g) {
    slk_json_end_object(&g->json);
    if (!g->lines) return;
    slk_buf_putc(&g->out, '\n');
    slk_json_start(&g->json, &g->out, false);
}

static void close_list(alerting *g) {
    if (!g->as_json) return;
    slk_json_end_array(&g->json);
    slk_buf_putc(&g->out, '\n');
}

/* ---------------------------------------------------------------- list */

static void put_count(alerting *g, const slk_outbox_count *c) {
    if (g->as_json || g->lines) {
        slk_json_object(&g->json);
        slk_json_put_string(&g->json, "channel", c->channel);
        slk_json_put_string(&g->json, "state", slk_outbox_word(c->state));
        slk_json_put_int(&g->json, "n", c->n);
        close_object(g);
        return;
    }
    slk_page_z(&g->out, c->channel);
    slk_buf_printf(&g->out, ": %lld %s\n", (long long)c->n, slk_outbox_word(c->state));
}

/* Line by line, as they were written. */
static void put_rules(alerting *g, const char *kept) {
    slk_text rest = slk_text_of(kept), line;
    if (!kept) slk_buf_puts(&g->out, "This ledger has no rules of alerts; sillok alerts set FILE gives it some.\n");
    while (slk_text_split(&rest, '\n', &line)) {
        if (!line.n && !rest.n) break;
        slk_page_words(&g->out, line);
        slk_buf_putc(&g->out, '\n');
    }
    slk_buf_putc(&g->out, '\n');
}

static int list(alerting *g) {
    slk_arena arena;
    slk_outbox_counts counts = {0};
    const char *kept = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_arena_start(&arena, &slk_mem_system, OUT_MOST_B);
    slk_err err = slk_outbox_rules(g->o.ledger, &arena, &kept, &fault);
    if (err == SLK_OK) err = slk_outbox_count_all(g->o.ledger, &arena, &counts, &fault);
    if (err == SLK_OK && !g->as_json && !g->lines) put_rules(g, kept);
    if (err == SLK_OK) open_list(g);
    for (uint32_t i = 0; err == SLK_OK && i < counts.at.n; i++) put_count(g, &counts.at.at[i]);
    if (err == SLK_OK) close_list(g);
    slk_arena_free(&arena);
    if (err != SLK_OK) return fail(err, &fault);
    return put(g) ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* ---------------------------------------------------------------- outbox */

static void put_instant(slk_json *j, const char *name, int64_t s) {
    char z[40];
    if (s) slk_json_put_string(j, name, slk_instant_format(slk_instant_at(s, 0, SLK_P_SECOND), z));
}

static void put_row_json(alerting *g, const slk_outbox_row *r) {
    slk_json *j = &g->json;
    slk_json_object(j);
    slk_json_put_string(j, "key", r->key);
    slk_json_put_string(j, "channel", r->channel);
    slk_json_put_string(j, "event", r->event);
    slk_json_name(j, "states");
    slk_json_array(j);
    slk_text rest = slk_text_of(r->states), one;
    while (slk_text_split(&rest, '\n', &one)) slk_json_text(j, one);
    slk_json_end_array(j);
    slk_json_put_string(j, "state", slk_outbox_word(r->state));
    put_instant(j, "raised", r->raised_s);
    slk_json_put_int(j, "tries", r->tries);
    if (r->state == SLK_OUTBOX_WAITS) put_instant(j, "not_before", r->not_before_ms / 1000);
    put_instant(j, "done", r->done_s);
    slk_json_put_string(j, "why", r->why);
    if (g->args->value[SLK_OPT_VERBOSE]) slk_json_put_string(j, "body", r->body);
    close_object(g);
}

static void put_row_text(alerting *g, const slk_outbox_row *r) {
    char when[40];
    slk_text rest = slk_text_of(r->states), one;
    slk_buf_printf(&g->out, "%s  %-8s  ", slk_instant_format(slk_instant_at(r->raised_s, 0, SLK_P_SECOND), when),
                   slk_outbox_word(r->state));
    slk_page_z(&g->out, r->channel);
    slk_buf_puts(&g->out, "  ");
    slk_page_z(&g->out, r->event);
    for (const char *sep = "  "; slk_text_split(&rest, '\n', &one); sep = ", ") {
        slk_buf_puts(&g->out, sep);
        slk_page_words(&g->out, one);
    }
    slk_buf_printf(&g->out, "\n                      %s", r->key);
    if (r->tries && r->state != SLK_OUTBOX_SENT)
        slk_buf_printf(&g->out, ", tried %lld time%s", (long long)r->tries, r->tries == 1 ? "" : "s");
    if (r->why) {
        slk_buf_puts(&g->out, ": ");
        slk_page_z(&g->out, r->why);
    }
    slk_buf_putc(&g->out, '\n');
}

/* What waits and what was given up; with --verbose what was sent too. */
static int outbox(alerting *g) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = SLK_OK;
    int64_t after = 0;
    bool more = true, ok = true, all = g->args->value[SLK_OPT_VERBOSE] != NULL;
    open_list(g);
    while (err == SLK_OK && more && ok) {
        slk_arena arena;
        slk_outbox_rows rows = {0};
        slk_arena_start(&arena, &slk_mem_system, OUT_MOST_B);
        err = slk_outbox_list(g->o.ledger, after, -1, ROWS_AT_ONCE, &arena, &rows, &fault);
        more = err == SLK_OK && rows.at.n == ROWS_AT_ONCE;
        for (uint32_t i = 0; err == SLK_OK && i < rows.at.n; i++) {
            const slk_outbox_row *r = &rows.at.at[i];
            after = r->row;
            if (r->state == SLK_OUTBOX_SENT && !all) continue;
            g->n++;
            if (g->as_json || g->lines)
                put_row_json(g, r);
            else
                put_row_text(g, r);
            if (!g->as_json) ok = ok && put(g);
        }
        slk_arena_free(&arena);
    }
    if (err != SLK_OK) return fail(err, &fault);
    close_list(g);
    if (!g->n && !g->as_json && !g->lines)
        slk_buf_puts(&g->out, all ? "The outbox is empty.\n" : "Nothing waits, and nothing was given up.\n");
    return ok && put(g) ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* ---------------------------------------------------------------- test */

static bool put_passing(void *ctx, const slk_rule *rule, const slk_entry *e) {
    alerting *g = ctx;
    char when[40] = "no date";
    g->n++;
    if (e->time.precision != SLK_P_NONE) (void)slk_instant_format(e->time, when);
    if (g->as_json || g->lines) {
        slk_json_object(&g->json);
        slk_json_put_string(&g->json, "rule", rule->name);
        slk_json_put_string(&g->json, "event", e->id);
        slk_json_put_string(&g->json, "type", e->type);
        if (e->time.precision != SLK_P_NONE) slk_json_put_string(&g->json, "time", when);
        slk_json_put_string(&g->json, "certainty", slk_event_certainty_word(e->certainty));
        slk_json_put_int(&g->json, "n_sources", e->n_roots);
        slk_json_put_int(&g->json, "n_reports", e->n_reports);
        close_object(g);
    } else {
        slk_page_z(&g->out, rule->name);
        slk_buf_printf(&g->out, ": %s  %s, %s, %s, %u source%s, %u report%s\n", e->id, e->type, when,
                       slk_event_certainty_word(e->certainty), e->n_roots, e->n_roots == 1 ? "" : "s", e->n_reports,
                       e->n_reports == 1 ? "" : "s");
    }
    return g->as_json || put(g);
}

static int test(alerting *g) {
    slk_fault fault = {.code = SLK_OK};
    slk_trial trial = {.ctx = g, .passes = put_passing};
    open_list(g);
    slk_err err = slk_trial_run(g->o.ledger, slk_engine_pack(g->o.engine), g->desk, &trial, &fault);
    if (err != SLK_OK) return fail(err, &fault);
    close_list(g);
    if (!g->n && !g->as_json && !g->lines) slk_buf_puts(&g->out, "No event of the ledger passes any of these rules.\n");
    return put(g) ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* ---------------------------------------------------------------- set, off, retry, send */

static int set(alerting *g) {
    if (g->args->value[SLK_OPT_DRY_RUN]) return test(g);
    int status = slk_desk_use(g->o.ledger, g->desk);
    if (status == SLK_EXIT_OK && !g->args->value[SLK_OPT_QUIET])
        slk_say("%u rule%s from now on", g->desk->rules.n, g->desk->rules.n == 1 ? "" : "s");
    return status;
}

static int off(alerting *g) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_outbox_set_rules(g->o.ledger, NULL, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->o.ledger, &fault);
    return err == SLK_OK ? SLK_EXIT_OK : fail(err, &fault);
}

static int retry(alerting *g) {
    uint32_t n = 0;
    slk_fault fault = {.code = SLK_OK};
    const char *which = g->args->n_operands > 1 ? g->args->operands[1] : "";
    slk_err err = slk_outbox_again(g->o.ledger, which, &n, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(g->o.ledger, &fault);
    if (err != SLK_OK) return fail(err, &fault);
    if (!g->args->value[SLK_OPT_QUIET]) slk_say("%u alert%s again", n, n == 1 ? " waits" : "s wait");
    return n || !*which ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

typedef struct sums {
    const slk_args *args;
    uint32_t sent, later, given_up;
} sums;

static void tell(void *ctx, const slk_sent *sent) {
    sums *s = ctx;
    s->sent += sent->kind == SLK_SENT ? sent->n : 0;
    s->later += sent->kind == SLK_SENT_LATER;
    s->given_up += sent->kind == SLK_SENT_GIVEN_UP;
    slk_desk_tell((void *)s->args, sent);
}

/* All that is due now, once: what fails is left for later. */
static int send_now(alerting *g) {
    char path[SLK_PATH_MOST_B];
    slk_sender *sender = NULL;
    slk_fault fault = {.code = SLK_OK};
    sums s = {.args = g->args};
    slk_sender_options how = {.allow_private = g->args->value[SLK_OPT_ALLOW_PRIVATE] != NULL, .ctx = &s, .tell = tell};
    struct sigaction act = {.sa_handler = on_signal};
    if (!slk_open_path(g->args, path)) return SLK_EXIT_USAGE;
    if (sigaction(SIGINT, &act, NULL) != 0 || sigaction(SIGTERM, &act, NULL) != 0) return SLK_EXIT_FAULT;
    slk_err err = slk_sender_new(g->o.ledger, path, g->desk, &how, &sender, &fault);
    for (bool idle = false; err == SLK_OK && !idle && !stop;) err = slk_sender_step(sender, STEP_MS, &idle, &fault);
    slk_sender_free(sender);
    if (err != SLK_OK) return fail(err, &fault);
    if (!g->args->value[SLK_OPT_QUIET])
        slk_say("%u sent, %u %s, %u given up", s.sent, s.later, s.later == 1 ? "waits on" : "wait on", s.given_up);
    return s.later || s.given_up ? SLK_EXIT_SOME : SLK_EXIT_OK;
}

static int send_all(alerting *g) {
    if (g->args->value[SLK_OPT_DRY_RUN]) return outbox(g);
    return send_now(g);
}

/* ---------------------------------------------------------------- the command */

static const struct verb {
    const char *name;
    bool file; /* the second word is the file of rules */
    slk_ledger_mode mode;
    int (*run)(alerting *g);
} verbs[] = {
    {"list", false, SLK_LEDGER_READ, list},    {"outbox", false, SLK_LEDGER_READ, outbox},
    {"test", true, SLK_LEDGER_READ, test},     {"set", true, SLK_LEDGER_WRITE, set},
    {"off", false, SLK_LEDGER_WRITE, off},     {"send", true, SLK_LEDGER_WRITE, send_all},
    {"retry", false, SLK_LEDGER_WRITE, retry},
};

static const struct verb *verb_of(const slk_args *args) {
    const char *word = args->n_operands ? args->operands[0] : "list";
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, word) == 0) return &verbs[i];
    slk_say("sillok alerts does not know \"%.60s\": list, outbox, test, set, off, send, retry", word);
    return NULL;
}

static int run(alerting *g, const struct verb *v) {
    g->o.engine = slk_run_engine();
    if (!g->o.engine) return SLK_EXIT_FAULT;
    int status = v->file ? slk_desk_open(g->args->operands[1], slk_engine_pack(g->o.engine), &g->desk) : SLK_EXIT_OK;
    if (status == SLK_EXIT_OK) status = slk_open_ledger(g->args, v->mode, &g->o);
    return status == SLK_EXIT_OK ? v->run(g) : status;
}

int slk_cmd_alerts(const slk_args *args) {
    alerting g = {.args = args};
    const char *format = slk_args_format(args);
    const struct verb *v = verb_of(args);
    if (!v) return SLK_EXIT_USAGE;
    bool which = strcmp(v->name, "retry") == 0;
    if (v->file && args->n_operands < 2) {
        slk_say("sillok alerts %s needs the file of rules", v->name);
        return SLK_EXIT_USAGE;
    }
    if (!v->file && !which && args->n_operands > 1) {
        slk_say("sillok alerts %s takes nothing more, so \"%.60s\" is too much", v->name, args->operands[1]);
        return SLK_EXIT_USAGE;
    }
    g.as_json = strcmp(format, "json") == 0;
    g.lines = strcmp(format, "jsonl") == 0;
    slk_buf_start(&g.out, &slk_mem_system, OUT_MOST_B);
    int status = run(&g, v);
    if (!slk_put_flush() && status == SLK_EXIT_OK) status = SLK_EXIT_SOME;
    slk_buf_free(&g.out);
    slk_desk_free(g.desk);
    slk_open_close(&g.o);
    return status;
}
