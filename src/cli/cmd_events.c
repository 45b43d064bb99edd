/* cmd_events.c - `sillok events`: the ledger's events, filtered and sorted; a table for people, whole events as JSON. */
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/open.h"
#include "export/ledger.h"
#include "export/plain.h"

#define OUT_MOST_B ((size_t)1 << 28)
#define AT_WHO 18

/* ---------------------------------------------------------------- the table */

static void add_what(slk_buf *b, const slk_entry *e) {
    slk_buf_printf(b, SLK_MARK_BOLD "%s" SLK_MARK_OFF, e->type);
    if (e->place) {
        slk_buf_puts(b, ", ");
        slk_page_z(b, e->place);
    }
    if (e->certainty != SLK_EC_REPORTED)
        slk_buf_printf(b, "  %s%s" SLK_MARK_OFF, slk_plain_certainty_mark(e->certainty),
                       slk_event_certainty_word(e->certainty));
    slk_buf_puts(b, "\n" SLK_MARK_DIM);
    slk_page_z(b, e->id);
    slk_buf_printf(b, ", %u report%s, %u source%s", e->n_reports, e->n_reports == 1 ? "" : "s", e->n_roots,
                   e->n_roots == 1 ? "" : "s");
    if (e->n_databases) slk_buf_printf(b, ", %u database%s", e->n_databases, e->n_databases == 1 ? "" : "s");
    slk_buf_puts(b, e->main ? SLK_MARK_OFF : ", background only" SLK_MARK_OFF);
}

static const char *who(const slk_entry *e) {
    return e->country_name ? e->country_name : e->actor ? e->actor : "not told";
}

static void put_row(const slk_entry *e, const slk_style *style, unsigned at_what, slk_buf *name, slk_buf *what,
                    slk_buf *out) {
    char when[40] = "no date";
    slk_instant t = slk_instant_cut(e->time, SLK_P_MINUTE);
    t.has_offset = false; /* the clock of the place: the dossier says which */
    if (t.precision != SLK_P_NONE) (void)slk_instant_format(t, when);
    char *mark = strchr(when, 'T');
    if (mark) *mark = ' ';
    slk_buf_clear(name);
    slk_buf_clear(what);
    slk_page_z(name, who(e));
    add_what(what, e);
    slk_cell cells[] = {{slk_text_of(when), 0, AT_WHO - 1},
                        {slk_page_of(name), AT_WHO, at_what - AT_WHO - 2},
                        {slk_page_of(what), at_what, 0}};
    slk_page_row(out, style, cells, 3);
}

/* The column of names is as wide as the longest, but leaves the rest its room. */
static unsigned width_of_names(const slk_entries *entries) {
    unsigned most = 8;
    for (uint32_t i = 0; i < entries->n; i++) {
        unsigned w = slk_page_width(slk_text_of(who(&entries->at[i])));
        if (w > most) most = w;
    }
    return most < 20 ? most : 20;
}

static slk_err put_table(const slk_args *args, const slk_entries *entries) {
    slk_style style = slk_style_for(args);
    slk_buf name, what, out;
    unsigned at_what = AT_WHO + width_of_names(entries) + 2;
    slk_buf_start(&name, &slk_mem_system, 1u << 16);
    slk_buf_start(&what, &slk_mem_system, 1u << 16);
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    if (entries->n == 0) slk_buf_puts(&out, "No event of the ledger is asked for.\n");
    for (uint32_t i = 0; i < entries->n && out.err == SLK_OK; i++)
        put_row(&entries->at[i], &style, at_what, &name, &what, &out);
    if (entries->more)
        slk_buf_printf(&out, "\n%u events; --after %s goes on, --limit shows more\n", entries->n, entries->next);
    bool ok = slk_put_buf(&out);
    slk_buf_free(&name);
    slk_buf_free(&what);
    slk_buf_free(&out);
    return ok ? SLK_OK : SLK_EIO;
}

/* ---------------------------------------------------------------- whole events */

typedef struct writing { /* a list of JSON, or lines of it */
    slk_ledger *ledger;
    slk_instant as_of;
    bool lines;
    bool any; /* something was written */
} writing;

/* One dossier is in memory at a time. */
static slk_err put_json(writing *w, const slk_entries *entries, slk_fault *fault) {
    slk_buf out;
    slk_err err = SLK_OK;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    for (uint32_t i = 0; err == SLK_OK && i < entries->n; i++) {
        slk_dossier *d = NULL;
        if ((err = slk_ledger_dossier(w->ledger, entries->at[i].row, w->as_of, &d, fault)) != SLK_OK) break;
        if (!w->lines) slk_buf_puts(&out, w->any ? ",\n" : "[\n");
        slk_export_dossier_json(d, false, false, &out);
        slk_dossier_free(d);
        if (!w->lines && out.n) out.n--; /* its line feed stands behind the comma */
        w->any = true;
        if (!slk_put_buf(&out)) err = SLK_EIO; /* said */
        slk_buf_clear(&out);
    }
    slk_buf_free(&out);
    return err;
}

/* What else the reports of a story tell of in common stands behind the events. */
static slk_err put_side(void *ctx, const slk_side *side, slk_fault *fault) {
    writing *w = ctx;
    slk_buf out;
    (void)fault;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    if (!w->lines) slk_buf_puts(&out, w->any ? ",\n" : "[\n");
    slk_export_side_json(side, &out);
    if (!w->lines && out.n) out.n--;
    w->any = true;
    slk_err err = slk_put_buf(&out) ? SLK_OK : SLK_EIO; /* said */
    slk_buf_free(&out);
    return err;
}

static slk_err put_side_row(void *ctx, const slk_side *side, slk_fault *fault) {
    slk_buf out;
    (void)fault;
    (void)ctx;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    slk_buf_printf(&out, "%-40s %4u report%s, %u mention%s\n", side->id, side->n_reports,
                   side->n_reports == 1 ? " " : "s", side->n_mentions, side->n_mentions == 1 ? "" : "s");
    slk_err err = slk_put_buf(&out) ? SLK_OK : SLK_EIO; /* said */
    slk_buf_free(&out);
    return err;
}

static slk_err put_end(const writing *w) {
    const char *end = w->any ? "\n]\n" : "[\n]\n";
    return w->lines || slk_put(end, strlen(end)) ? SLK_OK : SLK_EIO;
}

static slk_err put_page(void *ctx, const slk_entries *entries, slk_fault *fault) {
    return put_json(ctx, entries, fault);
}

/* In full lists for programs, and where they are asked for. */
static bool lists_sides(const slk_args *args, bool json) {
    static const slk_opt filters[] = {SLK_OPT_TYPE,      SLK_OPT_ACTOR,  SLK_OPT_TARGET, SLK_OPT_COUNTRY,
                                      SLK_OPT_PLACE,     SLK_OPT_NEAR,   SLK_OPT_BOX,    SLK_OPT_WEAPON,
                                      SLK_OPT_SOURCE,    SLK_OPT_TEXT,   SLK_OPT_SINCE,  SLK_OPT_UNTIL,
                                      SLK_OPT_CERTAINTY, SLK_OPT_STATUS, SLK_OPT_LIMIT,  SLK_OPT_AFTER};
    if (args->value[SLK_OPT_ALL]) return true;
    for (size_t i = 0; json && i < sizeof filters / sizeof *filters; i++) json = !args->value[filters[i]];
    return json;
}

static int run(const slk_args *args, slk_ledger *ledger, const slk_filter *filter) {
    const char *format = slk_args_format(args);
    slk_fault fault = {.code = SLK_OK};
    writing w = {ledger, filter->as_of, strcmp(format, "jsonl") == 0, false};
    slk_err err;
    if (strcmp(format, "text") == 0) {
        slk_entries *entries = NULL;
        err = slk_ledger_list(ledger, filter, &entries, &fault);
        if (err == SLK_OK) err = put_table(args, entries);
        slk_entries_free(entries);
        if (err == SLK_OK && lists_sides(args, false))
            err = slk_ledger_sides(ledger, filter->as_of, put_side_row, NULL, &fault);
    } else {
        err = slk_open_pages(ledger, filter, put_page, &w, &fault);
        if (err == SLK_OK && lists_sides(args, true))
            err = slk_ledger_sides(ledger, filter->as_of, put_side, &w, &fault);
        if (err == SLK_OK) err = put_end(&w);
    }
    if (err == SLK_OK && !slk_put_flush()) err = SLK_EIO;
    if (err != SLK_OK && err != SLK_EIO) slk_say_fault(NULL, &fault);
    return slk_exit_for(err);
}

int slk_cmd_events(const slk_args *args) {
    slk_opened o = {0};
    slk_filter filter;
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    if (status == SLK_EXIT_OK && !slk_open_filter(args, slk_engine_pack(o.engine), &filter)) status = SLK_EXIT_USAGE;
    if (status == SLK_EXIT_OK) status = run(args, o.ledger, &filter);
    slk_open_close(&o);
    return status;
}
