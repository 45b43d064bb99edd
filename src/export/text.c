/* text.c - what a report says, for people: the news first, each value with its words and who said them; then what is told of
 * besides; then who claims, denies or guesses what; then what the checks found.
 *
 * A value without a source behind it is in the report's own voice; a source without a word before it says so plainly, any
 * other stance is named. What is not known is not printed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/reading.h"
#include "base/text.h"
#include "export/export.h"
#include "export/plain.h"

#define QUOTE_MOST_B 100
#define CONTENT_MOST_B 220
#define NEST_MOST 4
#define CELL_MOST_B (1u << 16)

typedef struct writer {
    slk_buf *out;
    const slk_reading *r;
    const slk_style *s;
    slk_buf left, right; /* cells under way */
    slk_buf last;        /* the value of the row before */
    const slk_actor *actors;
    const slk_attribution *said;
    const slk_event *events;
    const slk_place *places;
    size_t n_actors, n_said, n_events, n_places;
} writer;

/* ---------------------------------------------------------------- words and sources */

static void add_quotes(const writer *w, slk_buf *out, slk_spans spans, size_t most_b) {
    slk_buf_puts(out, SLK_MARK_DIM);
    for (uint32_t i = 0; i < spans.n; i++) {
        slk_buf_puts(out, i ? " … “" : "“");
        slk_page_words_cut(out, slk_reading_text(w->r, spans.at[i]), most_b);
        slk_buf_puts(out, "”");
    }
    slk_buf_puts(out, SLK_MARK_OFF);
}

/* The name of who speaks: the known actor, else the words, else "unnamed". */
static void add_speaker(const writer *w, slk_buf *out, const slk_attribution *a) {
    if (a->actor < w->n_actors && w->actors[a->actor].name)
        slk_page_z(out, w->actors[a->actor].name);
    else if (a->source.n)
        slk_page_words_cut(out, slk_reading_text(w->r, a->source.at[0]), 60);
    else
        slk_buf_puts(out, "unnamed source");
}

/* "KCNA claims", "Joint Chiefs of Staff, by way of Yonhap" */
static void add_source(const writer *w, slk_buf *out, uint32_t index) {
    const slk_attribution *a = &w->said[index];
    slk_buf_puts(out, slk_plain_stance_mark(a->stance));
    add_speaker(w, out, a);
    if (a->stance != SLK_STANCE_REPORTS) slk_buf_printf(out, " %s", slk_stance_word(a->stance));
    const char *sure = slk_plain_certainty(a->certainty);
    if (*sure) slk_buf_printf(out, " (%s)", sure);
    uint32_t outer = a->inside;
    for (unsigned depth = 0; outer < w->n_said && depth < NEST_MOST; outer = w->said[outer].inside, depth++) {
        slk_buf_puts(out, ", by way of ");
        add_speaker(w, out, &w->said[outer]);
    }
    slk_buf_puts(out, SLK_MARK_OFF);
}

/* Does an earlier id of the list stand for the same words on the page? */
static bool told_before(const writer *w, slk_ids ids, uint32_t i) {
    const slk_attribution *a = &w->said[ids.at[i]];
    for (uint32_t k = 0; k < i; k++) {
        if (ids.at[k] >= w->n_said) continue;
        const slk_attribution *b = &w->said[ids.at[k]];
        if (a->actor != SLK_NONE && a->actor == b->actor && a->stance == b->stance && a->inside == b->inside)
            return true;
    }
    return false;
}

static void add_sources(const writer *w, slk_buf *out, slk_ids ids) {
    bool any = false;
    for (uint32_t i = 0; i < ids.n; i++) {
        if (ids.at[i] >= w->n_said || told_before(w, ids, i)) continue;
        slk_buf_puts(out, any ? "; " : " — ");
        any = true;
        add_source(w, out, ids.at[i]);
    }
}

/* ---------------------------------------------------------------- values */

static void add_actor(const writer *w, slk_buf *out, uint32_t index, const char *otherwise) {
    if (index >= w->n_actors) {
        slk_page_z(out, otherwise ? otherwise : "?");
        return;
    }
    const slk_actor *a = &w->actors[index];
    slk_page_z(out, a->name ? a->name : a->country);
    if (*a->country && strcmp(a->country, "UNK") != 0) slk_buf_printf(out, " (%s)", a->country);
}

static void add_place(const writer *w, slk_buf *out, const slk_value *v) {
    const slk_place *p = v->ref < w->n_places ? &w->places[v->ref] : NULL;
    slk_page_z(out, v->text ? v->text : p ? p->name : "?");
    if (!p || !p->has_point) return;
    slk_buf_putc(out, '\n');
    slk_plain_point(out, p->lat, p->lon);
}

static void add_time(slk_buf *out, const slk_value *v, bool both) {
    if (v->when.precision != SLK_P_NONE) {
        slk_plain_instant(out, v->when, both);
    } else {
        slk_page_z(out, v->text);
        slk_buf_puts(out, v->text ? " (date not known)" : "date not known");
    }
}

static void add_value(const writer *w, slk_buf *out, const slk_value *v) {
    switch (v->kind) {
    case SLK_VALUE_ACTOR: add_actor(w, out, v->ref, v->text); break;
    case SLK_VALUE_PLACE: add_place(w, out, v); break;
    case SLK_VALUE_TIME: add_time(out, v, true); break;
    case SLK_VALUE_QUANTITY: slk_plain_quantity(out, v); break;
    case SLK_VALUE_COUNT: slk_plain_count(out, v); break;
    case SLK_VALUE_DIRECTION: slk_plain_direction(out, v); break;
    default: slk_page_z(out, v->text ? v->text : "?"); break;
    }
}

/* ---------------------------------------------------------------- rows */

/* label, what stands in left, what stands in right; both are emptied. */
static void put_row(writer *w, const char *label) {
    slk_page_fact(w->out, w->s, label, slk_page_of(&w->left), slk_page_of(&w->right));
    slk_buf_clear(&w->left);
    slk_buf_clear(&w->right);
}

/* One cell over the whole width, hanging at a column. */
static void put_wide(writer *w, const char *label, unsigned at) {
    slk_cell cells[] = {{slk_text_of(label), SLK_PAGE_LABEL, at - SLK_PAGE_LABEL}, {slk_page_of(&w->left), at, 0}};
    slk_page_row(w->out, w->s, cells, 2);
    slk_buf_clear(&w->left);
}

/* Do two values of a field look the same, or mean the same moment on two clocks? */
static bool says_again(const slk_value *a, const slk_value *b, slk_text words, slk_text before) {
    bool moments = a->kind == SLK_VALUE_TIME && b->kind == SLK_VALUE_TIME && a->when.has_offset && b->when.has_offset &&
                   a->when.precision >= SLK_P_HOUR && a->when.precision == b->when.precision;
    return moments ? slk_instant_seconds(a->when) == slk_instant_seconds(b->when) : slk_text_eq(words, before);
}

/* A row for one value; before is the field of the row before, NULL for none: what it said is not said again. */
static void put_field(writer *w, const slk_field *f, const slk_field *before) {
    add_value(w, &w->left, &f->value);
    bool same = before && says_again(&f->value, &before->value, slk_page_of(&w->left), slk_page_of(&w->last));
    if (same) {
        slk_buf_clear(&w->left);
    } else {
        slk_buf_clear(&w->last);
        slk_buf_add(&w->last, slk_page_of(&w->left).at, slk_page_of(&w->left).n);
    }
    add_quotes(w, &w->right, f->evidence, QUOTE_MOST_B);
    add_sources(w, &w->right, f->attributions);
    if (f->basis == SLK_BASIS_COMPUTED || f->basis == SLK_BASIS_ASSUMED || (w->s->verbose && f->basis))
        slk_buf_printf(&w->right, " %s%s%s", SLK_MARK_YELLOW, slk_basis_word(f->basis), SLK_MARK_OFF);
    if (f->note) {
        slk_buf_puts(&w->right, SLK_MARK_DIM " [");
        slk_page_z(&w->right, f->note);
        slk_buf_puts(&w->right, "]" SLK_MARK_OFF);
    }
    put_row(w, before ? "" : slk_plain_field(f->name));
}

/* What is withheld in the same words by the same source stands in one row. */
static void put_withheld(writer *w, const slk_event *e) {
    bool first = true;
    for (uint32_t i = 0; i < e->n_withheld; i++) {
        const slk_withheld *x = &e->withheld[i];
        bool merged = i > 0 && x->by == x[-1].by && x->evidence.n && x[-1].evidence.n &&
                      x->evidence.at[0].start == x[-1].evidence.at[0].start;
        if (merged) continue;
        slk_buf_puts(&w->left, SLK_MARK_YELLOW);
        slk_page_z(&w->left, x->field);
        for (uint32_t k = i + 1; k < e->n_withheld; k++) {
            const slk_withheld *y = &e->withheld[k];
            if (y->by != x->by || !y->evidence.n || !x->evidence.n ||
                y->evidence.at[0].start != x->evidence.at[0].start)
                break;
            slk_buf_puts(&w->left, ", ");
            slk_page_z(&w->left, y->field);
        }
        slk_buf_puts(&w->left, SLK_MARK_OFF);
        add_quotes(w, &w->right, x->evidence, QUOTE_MOST_B);
        if (x->by < w->n_said) {
            slk_buf_puts(&w->right, " — " SLK_MARK_CYAN);
            add_speaker(w, &w->right, &w->said[x->by]);
            slk_buf_puts(&w->right, SLK_MARK_OFF);
        }
        put_row(w, first ? "withheld" : "");
        first = false;
    }
}

static void add_id(slk_buf *out, uint32_t index) { slk_buf_printf(out, "e%u", index + 1); }

static void put_event(writer *w, const slk_event *e, uint32_t index) {
    slk_buf *b = &w->left;
    char id[32];
    if (snprintf(id, sizeof id, SLK_MARK_BOLD "e%u", index + 1) < 0) return;
    slk_buf_printf(b, SLK_MARK_BOLD "%s" SLK_MARK_OFF "  %s%s" SLK_MARK_OFF "  ", e->type,
                   slk_plain_certainty_mark(e->certainty), slk_event_certainty_word(e->certainty));
    add_quotes(w, b, (slk_spans){&e->trigger, 1}, QUOTE_MOST_B);
    add_sources(w, b, e->attributions);
    if (w->s->verbose && e->main_reason) {
        slk_buf_printf(b, SLK_MARK_DIM " [%s: ", e->main ? "the news" : "background");
        slk_page_z(b, e->main_reason);
        slk_buf_puts(b, "]" SLK_MARK_OFF);
    }
    slk_cell head[] = {{slk_text_of(id), 0, 4}, {slk_page_of(b), 4, 0}};
    slk_page_row(w->out, w->s, head, 2);
    slk_buf_clear(b);
    for (unsigned name = 0; name < SLK_FIELD_NAMES; name++) {
        const slk_field *before = NULL;
        for (uint32_t i = 0; i < e->n_fields; i++) {
            if (e->fields[i].name != name) continue;
            put_field(w, &e->fields[i], before);
            before = &e->fields[i];
        }
    }
    put_withheld(w, e);
}

/* ---------------------------------------------------------------- what is told besides, one line each */

/* The first value of a field that a line has room for, behind words. False where there is none. */
static bool add_first(const writer *w, slk_buf *out, const slk_event *e, slk_field_name name, const char *before) {
    for (uint32_t i = 0; i < e->n_fields; i++) {
        const slk_value *v = &e->fields[i].value;
        if (e->fields[i].name != name) continue;
        slk_buf_puts(out, before);
        if (v->kind == SLK_VALUE_PLACE)
            slk_page_z(out, v->text ? v->text : v->ref < w->n_places ? w->places[v->ref].name : "?");
        else if (v->kind == SLK_VALUE_ACTOR && v->ref < w->n_actors && w->actors[v->ref].name)
            slk_page_z(out, w->actors[v->ref].name);
        else
            add_value(w, out, v);
        return true;
    }
    return false;
}

static void add_short(const writer *w, slk_buf *out, const slk_event *e) {
    static const struct {
        slk_field_name name;
        const char *before;
    } shown[] = {{SLK_FIELD_TARGET, " → "},     {SLK_FIELD_WEAPON, ", "},     {SLK_FIELD_COUNT, ", × "},
                 {SLK_FIELD_ORIGIN, ", from "}, {SLK_FIELD_LANDING, ", to "}, {SLK_FIELD_DISTANCE, ", "},
                 {SLK_FIELD_OUTCOME, ", "}};
    bool any = add_first(w, out, e, SLK_FIELD_ACTOR, "");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const char *before = shown[i].before;
        if (!any && *before == ',') before += 2;
        any = add_first(w, out, e, shown[i].name, before) || any;
    }
    if (any) slk_buf_putc(out, ' ');
    add_quotes(w, out, (slk_spans){&e->trigger, 1}, QUOTE_MOST_B);
    add_sources(w, out, e->attributions);
    for (uint32_t i = 0; i < e->same_as.n; i++) {
        slk_buf_puts(out, i ? ", " : " = ");
        add_id(out, e->same_as.at[i]);
    }
}

static const slk_value *first_time(const slk_event *e) {
    for (uint32_t i = 0; i < e->n_fields; i++)
        if (e->fields[i].name == SLK_FIELD_TIME) return &e->fields[i].value;
    return NULL;
}

/* id | day | all the rest; where no event of the page has a day, there is no column for it. */
static void put_short(writer *w, const slk_event *e, uint32_t index, bool days) {
    char id[16], day[40] = "";
    slk_buf *b = &w->left;
    const slk_value *t = first_time(e);
    if (snprintf(id, sizeof id, "e%u", index + 1) < 0) return;
    if (t) (void)slk_instant_format(slk_instant_cut(t->when, SLK_P_DAY), day);
    slk_buf_printf(b, SLK_MARK_BOLD "%s" SLK_MARK_OFF "  ", e->type);
    if (e->certainty != SLK_EC_REPORTED)
        slk_buf_printf(b, "%s%s" SLK_MARK_OFF "  ", slk_plain_certainty_mark(e->certainty),
                       slk_event_certainty_word(e->certainty));
    add_short(w, b, e);
    unsigned at = days ? 19 : 7;
    slk_cell cells[] = {{slk_text_of(id), SLK_PAGE_LABEL, 5}, {slk_text_of(day), 7, 11}, {slk_page_of(b), at, 0}};
    if (!days) cells[1] = cells[2];
    slk_page_row(w->out, w->s, cells, days ? 3 : 2);
    slk_buf_clear(b);
}

static bool any_day(const writer *w) {
    for (size_t i = 0; i < w->n_events; i++) {
        const slk_value *t = w->events[i].main ? NULL : first_time(&w->events[i]);
        if (t && t->when.precision != SLK_P_NONE) return true;
    }
    return false;
}

static void put_events(writer *w) {
    bool any = false, days = any_day(w);
    for (size_t i = 0; i < w->n_events; i++) {
        if (!w->events[i].main) continue;
        if (any)
            slk_buf_putc(w->out, '\n');
        else
            slk_page_title(w->out, w->s, "The news");
        any = true;
        put_event(w, &w->events[i], (uint32_t)i);
    }
    const slk_report *p = slk_reading_report(w->r);
    if (p->unread)
        slk_buf_printf(w->out, "\nThis report is in another language (%s) and was not read.\n", p->language);
    else if (!any)
        slk_buf_puts(w->out, "\nNo security event is the news of this report.\n");
    any = false;
    for (size_t i = 0; i < w->n_events; i++) {
        if (w->events[i].main) continue;
        if (!any) slk_page_title(w->out, w->s, "Also told");
        any = true;
        if (w->s->verbose)
            put_event(w, &w->events[i], (uint32_t)i);
        else
            put_short(w, &w->events[i], (uint32_t)i, days);
    }
}

/* ---------------------------------------------------------------- who says what, checks */

/* Is this what an event of the news was told by? Then it stands there. */
static bool tells_news(const writer *w, uint32_t index) {
    for (size_t i = 0; i < w->n_events; i++)
        for (uint32_t k = 0; w->events[i].main && k < w->events[i].attributions.n; k++)
            if (w->events[i].attributions.at[k] == index) return true;
    return false;
}

static bool is_listed(const writer *w, uint32_t index) {
    slk_stance s = w->said[index].stance;
    if (w->s->verbose) return true;
    if (s == SLK_STANCE_REPORTS) return false;
    return (s != SLK_STANCE_CLAIMS && s != SLK_STANCE_CONFIRMS) || !tells_news(w, index);
}

/* Plain telling is seen at the values; what is claimed, denied, guessed or refused deserves a list of its own. */
static void put_said(writer *w) {
    bool any = false;
    for (size_t i = 0; i < w->n_said; i++) {
        const slk_attribution *a = &w->said[i];
        if (!is_listed(w, (uint32_t)i)) continue;
        if (!any) slk_page_title(w->out, w->s, w->s->verbose ? "Who says what" : "Claimed, denied, guessed, asked");
        any = true;
        add_speaker(w, &w->left, a);
        add_quotes(w, &w->right, a->content.n ? a->content : a->cue, CONTENT_MOST_B);
        const char *sure = slk_plain_certainty(a->certainty);
        if (*sure) slk_buf_printf(&w->right, " (%s)", sure);
        unsigned words = slk_page_words_at(w->s) + 4;
        slk_buf stance;
        slk_buf_start(&stance, &w->out->mem, CELL_MOST_B);
        slk_buf_printf(&stance, "%s%s" SLK_MARK_OFF, slk_plain_stance_mark(a->stance), slk_stance_word(a->stance));
        slk_cell cells[] = {{slk_page_of(&stance), SLK_PAGE_LABEL, 16},
                            {slk_page_of(&w->left), 19, words - 21},
                            {slk_page_of(&w->right), words, 0}};
        slk_page_row(w->out, w->s, cells, 3);
        slk_buf_free(&stance);
        slk_buf_clear(&w->left);
        slk_buf_clear(&w->right);
    }
}

static void put_checks(writer *w) {
    size_t n;
    const slk_check *c = slk_reading_checks(w->r, &n);
    if (n) slk_page_title(w->out, w->s, "Checks");
    for (size_t i = 0; i < n; i++) {
        char label[64];
        int k = snprintf(label, sizeof label, "%s%s" SLK_MARK_OFF, slk_plain_verdict_mark(c[i].verdict),
                         slk_verdict_word(c[i].verdict));
        slk_page_z(&w->left, c[i].says ? c[i].says : slk_check_word(c[i].kind));
        bool quoted = c[i].says && strchr(c[i].says, '"');
        if (!quoted) {
            slk_buf_putc(&w->left, ' ');
            add_quotes(w, &w->left, c[i].evidence, QUOTE_MOST_B);
        }
        put_wide(w, k > 0 ? label : "", SLK_PAGE_VALUE);
    }
}

/* ---------------------------------------------------------------- the page */

static void put_head(writer *w) {
    const slk_report *p = slk_reading_report(w->r);
    char z[40];
    slk_buf *b = &w->left;
    slk_buf_puts(b, SLK_MARK_BOLD);
    slk_page_z(b, p->title ? p->title : p->source ? p->source : p->id);
    slk_buf_puts(b, SLK_MARK_OFF "\n");
    if (p->outlet) {
        slk_page_z(b, p->outlet);
        slk_buf_puts(b, ", ");
    }
    if (p->published.precision != SLK_P_NONE)
        slk_buf_printf(b, "published %s (%s)", slk_instant_format(p->published, z),
                       slk_published_basis_word(p->published_basis));
    else
        slk_buf_puts(b, SLK_MARK_YELLOW "publication date not known: days such as \"Wednesday\" stay unresolved; give "
                                        "it with --published" SLK_MARK_OFF);
    slk_cell head = {slk_page_of(b), 0, 0};
    slk_page_row(w->out, w->s, &head, 1);
    slk_buf_clear(b);
}

void slk_export_text(const slk_reading *r, const slk_style *style, slk_buf *out) {
    writer w = {.out = out, .r = r, .s = style};
    slk_buf_start(&w.left, &out->mem, CELL_MOST_B);
    slk_buf_start(&w.right, &out->mem, CELL_MOST_B);
    slk_buf_start(&w.last, &out->mem, CELL_MOST_B);
    w.actors = slk_reading_actors(r, &w.n_actors);
    w.said = slk_reading_attributions(r, &w.n_said);
    w.events = slk_reading_events(r, &w.n_events);
    w.places = slk_reading_places(r, &w.n_places);
    put_head(&w);
    put_events(&w);
    put_said(&w);
    put_checks(&w);
    slk_buf_free(&w.left);
    slk_buf_free(&w.right);
    slk_buf_free(&w.last);
}
