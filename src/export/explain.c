/* explain.c - why a reading says what it says: for each event the rules behind its type, its code, whether it happened and is the news, and
 * behind each of its values, by their ids; for places the score, for attributions the words that carry them. For people. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/reading.h"
#include "export/export.h"
#include "export/plain.h"

#define CELL_MOST_B (1u << 16)
#define WORDS_MOST_B 60
#define LABEL_COLUMNS 14u

typedef struct writer {
    slk_buf *out;
    const slk_reading *r;
    const slk_style *s;
    slk_buf value, rule; /* cells under way */
} writer;

static void put_row(writer *w, const char *label) {
    unsigned at = SLK_PAGE_LABEL + LABEL_COLUMNS, half = w->s->columns > at + 20 ? (w->s->columns - at) / 2 : 10;
    slk_cell cells[] = {{slk_text_of(label), SLK_PAGE_LABEL, LABEL_COLUMNS - 1},
                        {slk_page_of(&w->value), at, half - 1},
                        {slk_page_of(&w->rule), at + half, 0}};
    slk_page_row(w->out, w->s, cells, 3);
    slk_buf_clear(&w->value);
    slk_buf_clear(&w->rule);
}

static void put(writer *w, const char *label, const char *value, const char *rule) {
    if (!value) return;
    slk_page_z(&w->value, value);
    slk_page_z(&w->rule, rule ? rule : "-");
    put_row(w, label);
}

static void put_quote(writer *w, slk_span s) {
    slk_buf_puts(&w->value, "“");
    slk_page_words_cut(&w->value, slk_reading_text(w->r, s), WORDS_MOST_B);
    slk_buf_puts(&w->value, "”");
}

static void put_field(writer *w, const slk_field *f) {
    if (f->evidence.n)
        put_quote(w, f->evidence.at[0]);
    else
        slk_page_z(&w->value, f->note);
    slk_page_z(&w->rule, f->rule ? f->rule : "-");
    slk_buf_printf(&w->rule, " (%s)", slk_basis_word(f->basis));
    put_row(w, slk_field_word(f->name));
}

static void put_event(writer *w, size_t i, const slk_event *e) {
    char id[40];
    (void)snprintf(id, sizeof id, "event %zu", i + 1);
    slk_page_title(w->out, w->s, id);
    put_quote(w, e->trigger);
    slk_page_z(&w->rule, e->rules.type ? e->rules.type : "-");
    put_row(w, "words");
    put(w, "type", e->type, e->rules.type);
    put(w, "PLOVER", e->plover, e->rules.code);
    put(w, "mode", e->plover_mode, e->rules.code);
    put(w, "auxiliary", e->plover_aux, e->rules.happened);
    put(w, "CAMEO", e->cameo, e->rules.code);
    put(w, "certainty", slk_event_certainty_word(e->certainty), e->rules.certainty);
    put(w, "told as", e->plover_aux ? e->plover_aux : "fact", e->rules.happened);
    slk_buf_puts(&w->value, e->main ? "the news: " : "background: ");
    slk_page_z(&w->value, e->main_reason);
    slk_page_z(&w->rule, e->rules.main ? e->rules.main : "-");
    put_row(w, "news");
    for (uint32_t k = 0; k < e->n_fields; k++) put_field(w, &e->fields[k]);
}

static void put_places(writer *w) {
    size_t n;
    const slk_place *p = slk_reading_places(w->r, &n);
    if (n) slk_page_title(w->out, w->s, "places");
    for (size_t i = 0; i < n; i++) {
        put_quote(w, p[i].span);
        slk_buf_printf(&w->rule, "%s score %.2f", p[i].relative.known ? "place.relative" : "place.candidate",
                       p[i].confidence);
        put_row(w, p[i].country);
    }
}

static void put_attributions(writer *w) {
    size_t n;
    const slk_attribution *a = slk_reading_attributions(w->r, &n);
    if (n) slk_page_title(w->out, w->s, "who says");
    for (size_t i = 0; i < n; i++) {
        if (a[i].cue.n) put_quote(w, a[i].cue.at[0]);
        slk_buf_printf(&w->rule, "attribution.cue stance %s, certainty %s", slk_stance_word(a[i].stance),
                       slk_certainty_word(a[i].certainty));
        put_row(w, "cue");
    }
}

void slk_export_rules(const slk_reading *r, const slk_style *style, slk_buf *out) {
    writer w = {.out = out, .r = r, .s = style};
    size_t n;
    const slk_event *e = slk_reading_events(r, &n);
    slk_buf_start(&w.value, &slk_mem_system, CELL_MOST_B);
    slk_buf_start(&w.rule, &slk_mem_system, CELL_MOST_B);
    for (size_t i = 0; i < n; i++) put_event(&w, i, &e[i]);
    put_places(&w);
    put_attributions(&w);
    slk_buf_free(&w.value);
    slk_buf_free(&w.rule);
}
