/* dossier_text.c - one event of the ledger for people: per field the values that sources give, those that agree together, the
 * sources under one another, what was replaced at the end; then what is withheld, the checks, the reports.
 * "[2]" is the second of the reports below. See ledger.h. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/ledger.h"
#include "export/plain.h"

#define QUOTE_MOST_B 90
#define CELL_MOST_B (1u << 16)
#define REPORTS_MOST 8 /* numbers of reports behind one source; more are counted */

typedef struct writer {
    const slk_dossier *d;
    const slk_style *s;
    slk_buf *out;
    slk_buf label, left, right;
} writer;

static void add_quote(slk_buf *out, const char *words) {
    if (!words || !*words) return;
    slk_buf_puts(out, SLK_MARK_DIM "“");
    slk_page_words_cut(out, slk_text_of(words), QUOTE_MOST_B);
    slk_buf_puts(out, "”" SLK_MARK_OFF);
}

static void add_report(slk_buf *out, uint32_t report) { slk_buf_printf(out, "[%u]", report + 1); }

static void put_row(writer *w) {
    slk_buf_putc(&w->label, '\n');
    slk_text label = slk_page_of(&w->label);
    slk_page_fact(w->out, w->s, label.n ? w->label.at : "", slk_page_of(&w->left), slk_page_of(&w->right));
    slk_buf_clear(&w->label);
    slk_buf_clear(&w->left);
    slk_buf_clear(&w->right);
}

/* ---------------------------------------------------------------- fields */

static bool same_z(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* The same value from the same source, in whatever report. */
static bool same_claim(const slk_claim *a, const slk_claim *b) {
    return a->group == b->group && (a->superseded_by == SLK_NONE) == (b->superseded_by == SLK_NONE) &&
           a->stance == b->stance && same_z(a->text, b->text) && same_z(a->chain.text, b->chain.text);
}

static void add_voice(const writer *w, slk_buf *out, const slk_claim *c) {
    if (c->chain.n) {
        slk_buf_puts(out, slk_plain_stance_mark(c->stance));
        slk_page_z(out, c->chain.text);
        if (c->stance != SLK_STANCE_REPORTS) slk_buf_printf(out, " %s", slk_stance_word(c->stance));
    } else {
        const slk_teller *r = c->report < w->d->n_reports ? &w->d->reports[c->report] : NULL;
        slk_buf_puts(out, SLK_MARK_CYAN);
        slk_page_z(out, r && r->outlet ? r->outlet : "the report itself");
    }
    slk_buf_puts(out, SLK_MARK_OFF);
    if (c->chain.party) slk_buf_puts(out, SLK_MARK_YELLOW " (of itself)" SLK_MARK_OFF);
}

static void add_claim(writer *w, const slk_told_field *f, uint32_t k, bool with_value) {
    const slk_claim *c = &w->d->claims[k];
    bool old = c->superseded_by != SLK_NONE;
    if (with_value) {
        if (old) slk_buf_puts(&w->left, SLK_MARK_DIM);
        slk_page_z(&w->left, c->text);
        if (c->has_point && c->value.kind == SLK_VALUE_PLACE) {
            slk_buf_putc(&w->left, '\n');
            slk_plain_point(&w->left, c->lat, c->lon);
        }
        if (old) slk_buf_puts(&w->left, SLK_MARK_OFF);
    }
    add_voice(w, &w->right, c);
    slk_buf_putc(&w->right, ' ');
    unsigned shown = 0, more = 0;
    uint32_t last = SLK_NONE;
    for (uint32_t i = k; i < f->first + f->n; i++) {
        const slk_claim *x = &w->d->claims[i];
        if (!same_claim(c, x) || x->report == last) continue;
        last = x->report;
        if (shown < REPORTS_MOST)
            add_report(&w->right, x->report);
        else
            more++;
        shown++;
    }
    if (more) slk_buf_printf(&w->right, " and %u more", more);
    slk_buf_putc(&w->right, ' ');
    add_quote(&w->right, c->n_evidence ? c->evidence[0].words : NULL);
    if (c->basis == SLK_BASIS_COMPUTED || c->basis == SLK_BASIS_ASSUMED)
        slk_buf_printf(&w->right, SLK_MARK_YELLOW " %s" SLK_MARK_OFF, slk_basis_word(c->basis));
    if (old && c->superseded_by < w->d->n_claims) {
        slk_buf_puts(&w->right, SLK_MARK_DIM " replaced by " SLK_MARK_OFF);
        slk_page_z(&w->right, w->d->claims[c->superseded_by].text);
        slk_buf_putc(&w->right, ' ');
        add_report(&w->right, w->d->claims[c->superseded_by].report);
    }
}

static bool first_of_its_kind(const writer *w, const slk_told_field *f, uint32_t k) {
    for (uint32_t i = f->first; i < k; i++)
        if (same_claim(&w->d->claims[i], &w->d->claims[k])) return false;
    return true;
}

/* The field's name at its first row; whether its sources agree at the second, or under the name where there is no second. */
static void add_label(writer *w, const slk_told_field *f, uint32_t row, bool only) {
    if (row == 0) slk_buf_puts(&w->label, slk_plain_field(f->field));
    if (row != (only ? 0u : 1u)) return;
    const char *gap = row == 0 ? "\n" : "";
    if (f->conflict)
        slk_buf_printf(&w->label, "%s" SLK_MARK_RED "differ" SLK_MARK_OFF, gap);
    else if (f->corroborated)
        slk_buf_printf(&w->label, "%s" SLK_MARK_GREEN "agree" SLK_MARK_OFF, gap);
}

static uint32_t count_rows(const writer *w, const slk_told_field *f) {
    uint32_t n = 0;
    for (uint32_t k = f->first; k < f->first + f->n && n < 2; k++) n += first_of_its_kind(w, f, k);
    return n;
}

/* All claims of one group (SLK_NONE: the replaced ones), from row *row of the field on. */
static void put_group(writer *w, const slk_told_field *f, uint32_t group, uint32_t *row, bool only) {
    const char *value = NULL;
    for (uint32_t k = f->first; k < f->first + f->n; k++) {
        const slk_claim *c = &w->d->claims[k];
        if (c->group != group || !first_of_its_kind(w, f, k)) continue;
        add_label(w, f, (*row)++, only);
        add_claim(w, f, k, !same_z(value, c->text));
        value = c->text;
        put_row(w);
    }
}

static void put_fields(writer *w) {
    for (uint32_t i = 0; i < w->d->n_fields; i++) {
        const slk_told_field *f = &w->d->fields[i];
        uint32_t row = 0;
        bool only = count_rows(w, f) < 2;
        for (uint32_t g = 0; g < f->n_groups; g++) put_group(w, f, g, &row, only);
        put_group(w, f, SLK_NONE, &row, only);
    }
}

/* ---------------------------------------------------------------- withheld, checks, reports */

static void put_withheld(writer *w) {
    for (uint32_t i = 0; i < w->d->n_withheld; i++) {
        const slk_kept_withheld *x = &w->d->withheld[i];
        if (i == 0) slk_buf_puts(&w->label, "withheld");
        slk_buf_puts(&w->left, SLK_MARK_YELLOW);
        slk_page_z(&w->left, x->field);
        slk_buf_puts(&w->left, SLK_MARK_OFF);
        slk_buf_puts(&w->right, SLK_MARK_CYAN);
        slk_page_z(&w->right, x->by.n ? x->by.text : "the report itself");
        slk_buf_puts(&w->right, SLK_MARK_OFF " ");
        add_report(&w->right, x->report);
        slk_buf_putc(&w->right, ' ');
        add_quote(&w->right, x->quote.words);
        put_row(w);
    }
}

/* label | words over the rest of the page */
static void put_wide(writer *w, unsigned at) {
    slk_cell cells[] = {{slk_page_of(&w->label), SLK_PAGE_LABEL, at - SLK_PAGE_LABEL}, {slk_page_of(&w->left), at, 0}};
    slk_page_row(w->out, w->s, cells, 2);
    slk_buf_clear(&w->label);
    slk_buf_clear(&w->left);
}

static void put_checks(writer *w) {
    if (w->d->n_checks) slk_page_title(w->out, w->s, "Checks");
    for (uint32_t i = 0; i < w->d->n_checks; i++) {
        const slk_kept_check *c = &w->d->checks[i];
        slk_buf_printf(&w->label, "%s%s" SLK_MARK_OFF, slk_plain_verdict_mark(c->verdict),
                       slk_verdict_word(c->verdict));
        slk_page_z(&w->left, c->says ? c->says : slk_check_word(c->kind));
        slk_buf_putc(&w->left, ' ');
        add_report(&w->left, c->report);
        if (!c->says || !strchr(c->says, '"')) {
            slk_buf_putc(&w->left, ' ');
            add_quote(&w->left, c->quote.words);
        }
        put_wide(w, SLK_PAGE_VALUE);
    }
}

static void put_reports(writer *w) {
    slk_page_title(w->out, w->s, "Reports");
    for (uint32_t i = 0; i < w->d->n_reports; i++) {
        const slk_teller *r = &w->d->reports[i];
        char z[40];
        add_report(&w->label, i);
        slk_page_z(&w->left, r->outlet ? r->outlet : r->source ? r->source : "");
        if (r->published.precision != SLK_P_NONE)
            slk_buf_printf(&w->left, " %s", slk_instant_format(slk_instant_cut(r->published, SLK_P_MINUTE), z));
        if (r->title) {
            slk_buf_puts(&w->left, ": ");
            slk_page_z(&w->left, r->title);
        }
        slk_buf_puts(&w->left, SLK_MARK_DIM " ");
        slk_page_z(&w->left, r->id);
        if (!r->main) slk_buf_puts(&w->left, ", as background");
        slk_buf_puts(&w->left, SLK_MARK_OFF);
        if (r->same_story < w->d->n_reports) {
            slk_buf_puts(&w->left, SLK_MARK_YELLOW " the same story as " SLK_MARK_OFF);
            add_report(&w->left, r->same_story);
        }
        put_wide(w, 7);
        for (uint32_t k = 0; w->s->verbose && k < w->d->n_tellings; k++) {
            const slk_telling *t = &w->d->tellings[k];
            if (t->report != i) continue;
            slk_page_z(&w->left, t->id);
            slk_buf_printf(&w->left, ": %s, %s ", t->type, slk_event_certainty_word(t->certainty));
            add_quote(&w->left, t->trigger.words);
            if (t->main_reason) slk_buf_printf(&w->left, " %s: ", t->main ? "the news" : "background");
            slk_page_z(&w->left, t->main_reason);
            if (t->link_reason) slk_buf_puts(&w->left, "; joined: ");
            slk_page_z(&w->left, t->link_reason);
            put_wide(w, 7);
        }
    }
}

/* "[2] split 2024-09-22 by A. Nalyst: other times; KP-...-1 and KP-...-2" */
static void put_decisions(writer *w) {
    if (w->d->n_decisions) slk_page_title(w->out, w->s, "Decisions");
    for (uint32_t i = 0; i < w->d->n_decisions; i++) {
        const slk_decision *x = &w->d->decisions[i];
        char z[40];
        slk_buf_printf(&w->label, "%lld", (long long)x->row);
        slk_buf_printf(&w->left, SLK_MARK_BOLD "%s" SLK_MARK_OFF " %s by ", x->what,
                       slk_instant_format(slk_instant_at(x->made_s, 0, SLK_P_DAY), z));
        slk_page_z(&w->left, x->by);
        slk_buf_puts(&w->left, ": ");
        slk_page_z(&w->left, x->why);
        slk_buf_puts(&w->left, SLK_MARK_DIM " ");
        slk_page_z(&w->left, x->event);
        slk_buf_puts(&w->left, strcmp(x->what, "join") == 0 ? " took in " : " and ");
        slk_page_z(&w->left, x->other);
        if (x->undoes) slk_buf_printf(&w->left, ", takes back %lld", (long long)x->undoes);
        if (x->undone) slk_buf_printf(&w->left, ", taken back by %lld", (long long)x->undone);
        slk_buf_puts(&w->left, SLK_MARK_OFF);
        put_wide(w, 7);
    }
}

static void put_head(writer *w) {
    const slk_entry *e = &w->d->entry;
    slk_buf *b = &w->left;
    slk_buf_puts(b, SLK_MARK_BOLD);
    slk_page_z(b, e->id);
    slk_buf_printf(b, SLK_MARK_OFF "\n%s  %s%s" SLK_MARK_OFF, e->type, slk_plain_certainty_mark(e->certainty),
                   slk_event_certainty_word(e->certainty));
    slk_buf_printf(b, "  %u report%s, %u independent source%s", e->n_reports, e->n_reports == 1 ? "" : "s", e->n_roots,
                   e->n_roots == 1 ? "" : "s");
    if (e->n_databases) slk_buf_printf(b, ", %u database%s", e->n_databases, e->n_databases == 1 ? "" : "s");
    if (!e->main) slk_buf_puts(b, ", background in all of them");
    slk_cell head = {slk_page_of(b), 0, 0};
    slk_page_row(w->out, w->s, &head, 1);
    slk_buf_clear(b);
    slk_buf_putc(w->out, '\n');
}

void slk_export_dossier_text(const slk_dossier *d, const slk_style *style, slk_buf *out) {
    writer w = {.d = d, .s = style, .out = out};
    slk_buf_start(&w.label, &out->mem, CELL_MOST_B);
    slk_buf_start(&w.left, &out->mem, CELL_MOST_B);
    slk_buf_start(&w.right, &out->mem, CELL_MOST_B);
    put_head(&w);
    put_fields(&w);
    put_withheld(&w);
    put_checks(&w);
    put_reports(&w);
    put_decisions(&w);
    slk_buf_free(&w.label);
    slk_buf_free(&w.left);
    slk_buf_free(&w.right);
}
