/* against.c - `sillok check --against SOURCE|FILE|all`. A FILE is imported into the open transaction of the ledger, looked at there as if it
 * had been recorded, and taken back with it: nothing of it stays. */
#include "cli/against.h"

#include <string.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "export/ledger.h"
#include "import/import.h"

#define OUT_MOST_B ((size_t)1 << 28)
#define AT_SAYS 14
#define FLUSH_B ((size_t)1 << 20)

/* ---------------------------------------------------------------- one finding */

static void put_row(slk_buf *b, const slk_finding_row *r) {
    slk_buf_puts(b, "\n" SLK_MARK_DIM);
    if (r->source) slk_page_z(b, r->source);
    slk_buf_puts(b, r->source ? " " : "report ");
    slk_page_z(b, r->key ? r->key : "");
    if (r->file) {
        slk_buf_puts(b, " (");
        slk_page_z(b, r->file);
        slk_buf_printf(b, ":%lld)", (long long)r->line);
    }
    if (r->says) {
        slk_buf_puts(b, ": ");
        slk_page_z(b, r->says);
    }
    slk_buf_puts(b, ", ");
    slk_page_z(b, r->event ? r->event : "");
    slk_buf_puts(b, SLK_MARK_OFF);
}

void slk_against_text(const slk_finding *f, bool first_of_rule, const slk_style *style, slk_buf *out) {
    char day[40];
    slk_buf label, cell;
    slk_buf_start(&label, &slk_mem_system, 512);
    slk_buf_start(&cell, &slk_mem_system, 1u << 16);
    if (first_of_rule) slk_buf_printf(out, "%s: %s\n", slk_audit_rule_word(f->rule), slk_audit_rule_says(f->rule));
    slk_buf_printf(&label, "  %s", slk_instant_format(slk_instant_day(f->day), day));
    slk_page_z(&cell, f->says);
    for (uint32_t i = 0; i < f->n_rows; i++) put_row(&cell, &f->rows[i]);
    slk_cell cells[] = {{slk_page_of(&label), 0, AT_SAYS}, {slk_page_of(&cell), AT_SAYS, 0}};
    slk_page_row(out, style, cells, 2);
    slk_buf_free(&label);
    slk_buf_free(&cell);
}

void slk_against_json(const slk_finding *f, slk_buf *out) {
    slk_json j;
    char day[40];
    slk_json_start(&j, out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "rule", slk_audit_rule_word(f->rule));
    slk_json_put_string(&j, "field", f->field);
    slk_json_put_string(&j, "day", slk_instant_format(slk_instant_day(f->day), day));
    slk_json_put_string(&j, "says", f->says);
    slk_json_name(&j, "rows");
    slk_json_array(&j);
    for (uint32_t i = 0; i < f->n_rows; i++) {
        const slk_finding_row *r = &f->rows[i];
        slk_json_object(&j);
        slk_json_put_string(&j, "source", r->source);
        slk_json_put_string(&j, r->source ? "row" : "report", r->key);
        slk_json_put_string(&j, "file", r->file);
        if (r->file) slk_json_put_int(&j, "line", r->line);
        slk_json_put_string(&j, "event", r->event);
        slk_json_put_string(&j, "says", r->says);
        slk_json_end_object(&j);
    }
    slk_json_end_array(&j);
    slk_json_end_object(&j);
}

/* ---------------------------------------------------------------- all findings */

static bool print(const slk_args *args, const slk_findings *f) {
    const char *format = slk_args_format(args);
    bool json = strcmp(format, "json") == 0, jsonl = strcmp(format, "jsonl") == 0, ok = true;
    slk_style style = slk_style_for(args);
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    for (uint32_t i = 0; ok && i < f->n; i++) {
        if (json) slk_buf_puts(&out, i ? ",\n" : "[\n");
        if (json || jsonl)
            slk_against_json(&f->at[i], &out);
        else
            slk_against_text(&f->at[i], i == 0 || f->at[i - 1].rule != f->at[i].rule, &style, &out);
        if (jsonl) slk_buf_putc(&out, '\n');
        if (out.n < FLUSH_B) continue;
        ok = slk_put_buf(&out);
        slk_buf_clear(&out);
    }
    if (json) slk_buf_puts(&out, f->n ? "\n]\n" : "[]\n");
    if (!json && !jsonl)
        slk_buf_printf(&out, "%s%u finding%s in %u row%s of databases\n", f->n ? "\n" : "", f->n, f->n == 1 ? "" : "s",
                       f->rows, f->rows == 1 ? "" : "s");
    ok = ok && slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    return ok;
}

static int audit(const slk_args *args, slk_ledger *ledger, const char *database) {
    slk_findings *f = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_ledger_audit(ledger, database, &f, &fault);
    if (err != SLK_OK) {
        slk_say_fault(NULL, &fault);
        return slk_exit_for(err);
    }
    bool ok = print(args, f);
    slk_findings_free(f);
    return ok ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* ---------------------------------------------------------------- a file that is not recorded */

static void say(void *ctx, const char *file, const slk_fault *fault, bool bad) {
    const slk_args *args = ctx;
    if (bad || !args->value[SLK_OPT_QUIET]) slk_say_fault(file, fault);
}

static int audit_file(const slk_args *args, const slk_opened *o, const char *file) {
    slk_import_counts counts = {0};
    slk_fault fault = {.code = SLK_OK};
    const char *as = args->value[SLK_OPT_AS];
    slk_import how = {.pack = slk_engine_pack(o->engine),
                      .ledger = o->ledger,
                      .as = as && strcmp(as, "auto") != 0 ? as : NULL,
                      .keep_open = true,
                      .ctx = (void *)args,
                      .say = say};
    slk_err err = slk_import_file(&how, file, &counts, &fault);
    if (err != SLK_OK) {
        fault.code = err;
        slk_say_fault(file, &fault);
        return slk_exit_for(err);
    }
    int status = audit(args, o->ledger, counts.database);
    return status == SLK_EXIT_OK && counts.bad ? SLK_EXIT_SOME : status;
}

int slk_against(const slk_args *args) {
    const char *what = args->value[SLK_OPT_AGAINST];
    bool file = strcmp(what, "-") == 0 || access(what, F_OK) == 0, all = strcmp(what, "all") == 0;
    slk_opened o = {0};
    int status = slk_open_ledger(args, file && !all ? SLK_LEDGER_WRITE : SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK)
        status = file && !all ? audit_file(args, &o, what) : audit(args, o.ledger, all ? NULL : what);
    slk_open_close(&o); /* takes back what was not committed */
    return status;
}
