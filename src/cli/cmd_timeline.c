/* cmd_timeline.c - `sillok timeline`: events in order of time, with the gaps and counts that claims of order speak of. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/open.h"
#include "export/ledger.h"
#include "export/plain.h"

#define OUT_MOST_B ((size_t)1 << 30)
#define AT_GAP 18
#define AT_WHAT 26

static const char *ordinal_end(uint32_t n) {
    if (n % 100 / 10 == 1) return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* Of its series: events of this kind by this country. */
static void add_counts(slk_buf *b, const slk_step *s) {
    if (s->nth == 1)
        slk_buf_puts(b, "; the first of its kind here");
    else
        slk_buf_printf(b, "; %u%s this year, %u%s in 7 days, %u%s in the ledger", s->in_year, ordinal_end(s->in_year),
                       s->in_week, ordinal_end(s->in_week), s->nth, ordinal_end(s->nth));
}

static void add_what(slk_buf *b, const slk_step *s) {
    const slk_entry *e = s->entry;
    slk_page_z(b, e->country_name ? e->country_name : e->actor ? e->actor : "actor not told");
    slk_buf_printf(b, "  " SLK_MARK_BOLD "%s" SLK_MARK_OFF, e->type);
    if (e->place) {
        slk_buf_puts(b, ", ");
        slk_page_z(b, e->place);
    }
    if (e->certainty != SLK_EC_REPORTED)
        slk_buf_printf(b, "  %s%s" SLK_MARK_OFF, slk_plain_certainty_mark(e->certainty),
                       slk_event_certainty_word(e->certainty));
    slk_buf_puts(b, SLK_MARK_DIM "\n");
    slk_page_z(b, e->id);
    if (e->n_reports > 1) slk_buf_printf(b, ", %u reports", e->n_reports);
    if (s->dated && s->nth > 0) add_counts(b, s);
    slk_buf_puts(b, SLK_MARK_OFF);
}

/* when | days since the one before | who, what, where; id and counts below */
static void put_step(const slk_step *s, const slk_style *style, slk_buf *what, slk_buf *out) {
    char when[40] = "no date", gap[32] = "";
    slk_instant t = slk_instant_cut(s->entry->time, SLK_P_MINUTE);
    t.has_offset = false; /* the clock of the place: the dossier says which */
    if (t.precision != SLK_P_NONE) (void)slk_instant_format(t, when);
    char *mark = strchr(when, 'T');
    if (mark) *mark = ' ';
    if (s->dated && s->gap_days >= 0 && snprintf(gap, sizeof gap, "+%d d", (int)s->gap_days) < 0) gap[0] = '\0';
    slk_buf_clear(what);
    add_what(what, s);
    slk_cell cells[] = {{slk_text_of(when), 0, AT_GAP - 1},
                        {slk_text_of(gap), AT_GAP, AT_WHAT - AT_GAP - 1},
                        {slk_page_of(what), AT_WHAT, 0}};
    slk_page_row(out, style, cells, 3);
}

/* What has no date at all has no place in time: such background is counted, and listed only where more is asked for. */
static bool is_shown(const slk_step *s, const slk_style *style) {
    return s->entry->time.precision != SLK_P_NONE || s->entry->main || style->verbose;
}

static void put_text(const slk_timeline *t, const slk_style *style, slk_buf *out) {
    slk_buf what;
    uint32_t passed = 0;
    bool dated = true;
    slk_buf_start(&what, &slk_mem_system, 1u << 16);
    if (t->n == 0) slk_buf_puts(out, "No event of the ledger is asked for.\n");
    for (uint32_t i = 0; i < t->n; i++) {
        const slk_step *s = &t->at[i];
        if (!is_shown(s, style)) {
            passed++;
            continue;
        }
        if (dated && s->entry->time.precision == SLK_P_NONE && !s->dated) {
            slk_page_title(out, style, "Without a date");
            dated = false;
        }
        put_step(s, style, &what, out);
    }
    if (passed) slk_buf_printf(out, "\n%u more without a date, told as background; --verbose lists them\n", passed);
    if (t->entries && t->entries->more)
        slk_buf_printf(out, "\n%u events; --after %s goes on, --limit shows more\n", t->n, t->entries->next);
    slk_buf_free(&what);
}

static void put_json(const slk_timeline *t, bool lines, slk_buf *out) {
    slk_json j;
    slk_json_start(&j, out, !lines);
    if (!lines) slk_json_array(&j);
    for (uint32_t i = 0; i < t->n; i++) {
        const slk_step *s = &t->at[i];
        if (lines) slk_json_start(&j, out, false);
        slk_json_object(&j);
        slk_export_entry_json(s->entry, &j);
        if (s->dated) {
            if (s->gap_days >= 0) slk_json_put_int(&j, "gap_days", s->gap_days);
            slk_json_put_int(&j, "nth", s->nth);
            slk_json_put_int(&j, "in_week", s->in_week);
            slk_json_put_int(&j, "in_year", s->in_year);
            slk_json_put_string(&j, "series", s->series);
        }
        slk_json_end_object(&j);
        if (lines) slk_buf_putc(out, '\n');
    }
    if (lines) return;
    slk_json_end_array(&j);
    slk_buf_putc(out, '\n');
}

static bool print(const slk_args *args, const slk_timeline *t) {
    const char *format = slk_args_format(args);
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, OUT_MOST_B);
    if (strcmp(format, "text") == 0) {
        slk_style style = slk_style_for(args);
        put_text(t, &style, &out);
    } else {
        put_json(t, strcmp(format, "jsonl") == 0, &out);
    }
    bool ok = slk_put_buf(&out) && slk_put_flush();
    slk_buf_free(&out);
    return ok;
}

int slk_cmd_timeline(const slk_args *args) {
    slk_opened o = {0};
    slk_fault fault = {.code = SLK_OK};
    slk_timeline *timeline = NULL;
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o);
    slk_filter filter;
    if (status == SLK_EXIT_OK && !slk_open_filter(args, slk_engine_pack(o.engine), &filter)) status = SLK_EXIT_USAGE;
    if (status == SLK_EXIT_OK) {
        slk_err err = slk_ledger_timeline(o.ledger, &filter, &timeline, &fault);
        if (err != SLK_OK) slk_say_fault(NULL, &fault);
        status = slk_exit_for(err);
    }
    if (status == SLK_EXIT_OK && !print(args, timeline)) status = SLK_EXIT_SOME;
    slk_timeline_free(timeline);
    slk_open_close(&o);
    return status;
}
