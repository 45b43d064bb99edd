/* cmd_check.c - `sillok check`: what reports say of order and number ("second within a week", "first since early July"), held
 * against the ledger: each claim with its verdict and the events that decide it. */
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/against.h"
#include "cli/open.h"
#include "cli/run.h"
#include "export/ledger.h"
#include "export/plain.h"

#define OUT_MOST_B ((size_t)1 << 28)
#define AT_SAYS 14

typedef enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL } format;

typedef struct checking {
    slk_ledger *ledger;
    format format;
    slk_style style;
    slk_buf out, cell;
    uint32_t n;
    slk_err err;
} checking;

/* verdict | "the words" (report): what the ledger says | events */
static void put_text(checking *c, const slk_verdict_on *v) {
    slk_buf *b = &c->cell;
    char day[40];
    slk_buf label;
    slk_buf_start(&label, &slk_mem_system, 256);
    slk_buf_printf(&label, "%s%s" SLK_MARK_OFF, slk_plain_verdict_mark(v->verdict), slk_verdict_word(v->verdict));
    slk_buf_clear(b);
    slk_buf_puts(b, "“");
    slk_page_words_cut(b, slk_text_of(v->quote.words ? v->quote.words : ""), 120);
    slk_buf_puts(b, "” " SLK_MARK_DIM);
    slk_page_z(b, v->report);
    if (v->published.precision != SLK_P_NONE)
        slk_buf_printf(b, ", %s", slk_instant_format(slk_instant_cut(v->published, SLK_P_DAY), day));
    slk_buf_puts(b, SLK_MARK_OFF "\n");
    slk_page_z(b, v->says);
    for (uint32_t i = 0; i < v->n_against; i++) {
        slk_buf_puts(b, i ? ", " : SLK_MARK_DIM "\n");
        slk_page_z(b, v->against[i]);
    }
    slk_buf_puts(b, SLK_MARK_OFF);
    if (v->covers) {
        slk_buf_puts(b, "\n" SLK_MARK_DIM);
        slk_page_z(b, v->covers);
        slk_buf_puts(b, SLK_MARK_OFF);
    }
    slk_cell cells[] = {{slk_page_of(&label), 0, AT_SAYS}, {slk_page_of(b), AT_SAYS, 0}};
    slk_page_row(&c->out, &c->style, cells, 2);
    slk_buf_free(&label);
}

static void put_json(checking *c, const slk_verdict_on *v) {
    slk_json j;
    char day[40];
    slk_json_start(&j, &c->out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "report", v->report);
    if (v->published.precision != SLK_P_NONE)
        slk_json_put_string(&j, "published", slk_instant_format(v->published, day));
    slk_json_put_string(&j, "claim", v->claim);
    slk_json_put_string(&j, "verdict", slk_verdict_word(v->verdict));
    slk_json_put_string(&j, "says", v->says);
    slk_json_put_string(&j, "covers", v->covers);
    slk_json_name(&j, "evidence");
    slk_json_array(&j);
    slk_json_object(&j);
    slk_json_put_int(&j, "start", v->quote.start);
    slk_json_put_int(&j, "end", v->quote.end);
    slk_json_put_string(&j, "quote", v->quote.words);
    slk_json_end_object(&j);
    slk_json_end_array(&j);
    slk_json_name(&j, "against");
    slk_json_array(&j);
    for (uint32_t i = 0; i < v->n_against; i++) slk_json_string(&j, v->against[i]);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
}

/* Prints all verdicts and frees them. False: stop. */
static bool print(checking *c, slk_verdicts *all) {
    for (uint32_t i = 0; i < all->n; i++, c->n++) {
        if (c->format == FORMAT_JSON) slk_buf_puts(&c->out, c->n ? ",\n" : "[\n");
        if (c->format == FORMAT_TEXT)
            put_text(c, &all->at[i]);
        else
            put_json(c, &all->at[i]);
        if (c->format == FORMAT_JSONL) slk_buf_putc(&c->out, '\n');
    }
    slk_verdicts_free(all);
    bool ok = slk_put_buf(&c->out);
    slk_buf_clear(&c->out);
    return ok;
}

static bool take(void *ctx, const slk_run_result *result) {
    checking *c = ctx;
    slk_verdicts *all = NULL;
    slk_fault fault = {.code = SLK_OK};
    if (!result->reading) return true; /* the fault was said */
    c->err = slk_ledger_check(c->ledger, result->reading, &all, &fault);
    if (c->err == SLK_OK) return print(c, all);
    slk_say_fault(NULL, &fault);
    return false;
}

static int check_recorded(checking *c) {
    slk_verdicts *all = NULL;
    slk_fault fault = {.code = SLK_OK};
    c->err = slk_ledger_check_all(c->ledger, &all, &fault);
    if (c->err == SLK_OK) return print(c, all) ? SLK_EXIT_OK : SLK_EXIT_SOME;
    slk_say_fault(NULL, &fault);
    return slk_exit_for(c->err);
}

/* What is wrong in the databases that were imported, behind the claims. */
static int check_databases(checking *c) {
    slk_findings *f = NULL;
    slk_fault fault = {.code = SLK_OK};
    c->err = slk_ledger_audit(c->ledger, NULL, &f, &fault);
    if (c->err != SLK_OK) {
        slk_say_fault(NULL, &fault);
        return slk_exit_for(c->err);
    }
    bool ok = true;
    for (uint32_t i = 0; ok && i < f->n; i++, c->n++) {
        if (c->format == FORMAT_JSON) slk_buf_puts(&c->out, c->n ? ",\n" : "[\n");
        if (c->format == FORMAT_TEXT)
            slk_against_text(&f->at[i], i == 0 || f->at[i - 1].rule != f->at[i].rule, &c->style, &c->out);
        else
            slk_against_json(&f->at[i], &c->out);
        if (c->format == FORMAT_JSONL) slk_buf_putc(&c->out, '\n');
        ok = slk_put_buf(&c->out);
        slk_buf_clear(&c->out);
    }
    slk_findings_free(f);
    return ok ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* What stands behind the last claim. */
static bool finish(checking *c) {
    if (c->format == FORMAT_JSON) slk_buf_puts(&c->out, c->n ? "\n]\n" : "[]\n");
    if (c->format == FORMAT_TEXT && c->n == 0) slk_buf_puts(&c->out, "Nothing is claimed of order or number.\n");
    return slk_put_buf(&c->out) && slk_put_flush();
}

int slk_cmd_check(const slk_args *args) {
    if (args->value[SLK_OPT_AGAINST]) return slk_against(args);
    const char *f = slk_args_format(args);
    checking c = {.style = slk_style_for(args)};
    c.format = strcmp(f, "json") == 0 ? FORMAT_JSON : strcmp(f, "jsonl") == 0 ? FORMAT_JSONL : FORMAT_TEXT;
    slk_opened o = {0};
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK) {
        c.ledger = o.ledger;
        slk_buf_start(&c.out, &slk_mem_system, OUT_MOST_B);
        slk_buf_start(&c.cell, &slk_mem_system, 1u << 16);
        slk_run run = {.layers = SLK_LAYER_ALL, .ctx = &c, .take = take};
        status = args->n_operands ? slk_run_reports(args, &o.engine, &run) : check_recorded(&c);
        if (status == SLK_EXIT_OK && !args->n_operands) status = check_databases(&c);
        if (c.err != SLK_OK) status = slk_exit_for(c.err);
        if (!finish(&c) && status == SLK_EXIT_OK) status = SLK_EXIT_SOME;
        slk_buf_free(&c.out);
        slk_buf_free(&c.cell);
    }
    slk_open_close(&o);
    return status;
}
