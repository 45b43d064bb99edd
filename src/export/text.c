/* text.c - what a report says, for people: the news first, each value with its words and who said them; then what is told of
 * the past; then what the checks found. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/reading.h"
#include "base/text.h"
#include "export/export.h"

#define QUOTE_MOST_B 70

typedef struct writer {
    slk_buf *out;
    const slk_reading *r;
    const slk_style *s;
} writer;

/* The words of a span on one line, cut at a character when long. */
static void put_words(writer *w, slk_span span) {
    slk_text t = slk_reading_text(w->r, span);
    size_t n = t.n;
    if (n > QUOTE_MOST_B) {
        n = QUOTE_MOST_B;
        while (n > 0 && ((unsigned char)t.at[n] & 0xC0) == 0x80) n--;
    }
    for (size_t i = 0; i < n; i++) slk_buf_putc(w->out, slk_is_space(t.at[i]) ? ' ' : t.at[i]);
    if (n < t.n) slk_buf_puts(w->out, "…");
}

static void put_quotes(writer *w, slk_spans spans) {
    slk_buf_puts(w->out, w->s->dim);
    for (uint32_t i = 0; i < spans.n; i++) {
        slk_buf_puts(w->out, i ? " … \"" : "\"");
        put_words(w, spans.at[i]);
        slk_buf_putc(w->out, '"');
    }
    slk_buf_puts(w->out, w->s->off);
}

static void put_number(writer *w, double v) {
    char z[32];
    int n = v == floor(v) && fabs(v) < 1e15 ? snprintf(z, sizeof z, "%.0f", v) : snprintf(z, sizeof z, "%.6g", v);
    if (n > 0) slk_buf_puts(w->out, z);
}

static const char *bound_before(slk_bound b) {
    static const char *const words[] = {"", "about ", "at least ", "at most ", "more than ", "less than ", ""};
    return (unsigned)b < sizeof words / sizeof *words ? words[b] : "";
}

static void put_quantity(writer *w, const slk_value *v) {
    slk_buf_puts(w->out, bound_before(v->bound));
    put_number(w, v->low);
    if (isfinite(v->high) && v->high != v->low) {
        slk_buf_puts(w->out, " to ");
        put_number(w, v->high);
    }
    if (v->unit) slk_buf_printf(w->out, " %s", v->unit);
    bool metric = v->unit && (strcmp(v->unit, "km") == 0 || strcmp(v->unit, "m") == 0);
    if (isfinite(v->si) && v->unit && !metric && strstr(v->unit, "_i]"))
        slk_buf_printf(w->out, " = %.4g km", v->si / 1000);
}

static void put_count(writer *w, const slk_value *v) {
    put_number(w, v->low);
    if (!isfinite(v->high))
        slk_buf_puts(w->out, " or more");
    else if (v->high != v->low) {
        slk_buf_puts(w->out, " to ");
        put_number(w, v->high);
    }
}

static void put_time(writer *w, const slk_value *v) {
    char z[40];
    if (v->when.precision == SLK_P_NONE) {
        slk_buf_printf(w->out, "%s (not resolved)", v->text ? v->text : "?");
        return;
    }
    slk_buf_puts(w->out, slk_instant_format(v->when, z));
    if (v->when.has_offset && v->when.offset_min && v->when.precision >= SLK_P_HOUR) {
        slk_instant utc = slk_instant_at(slk_instant_seconds(v->when), 0, (slk_precision)v->when.precision);
        slk_buf_printf(w->out, " = %s", slk_instant_format(utc, z));
    }
    if (v->zone) slk_buf_printf(w->out, " (%s)", v->zone);
}

static void put_place(writer *w, const slk_value *v) {
    size_t n;
    const slk_place *p = slk_reading_places(w->r, &n);
    const char *name = v->text ? v->text : v->ref < n ? p[v->ref].name : NULL;
    slk_buf_puts(w->out, name ? name : "?");
    if (v->ref < n && p[v->ref].has_point) slk_buf_printf(w->out, " (%.3f, %.3f)", p[v->ref].lat, p[v->ref].lon);
}

static void put_actor(writer *w, uint32_t index, const char *otherwise) {
    size_t n;
    const slk_actor *a = slk_reading_actors(w->r, &n);
    if (index >= n) {
        slk_buf_puts(w->out, otherwise ? otherwise : "?");
        return;
    }
    slk_buf_puts(w->out, a[index].name ? a[index].name : a[index].country);
    if (*a[index].country) slk_buf_printf(w->out, " [%s]", a[index].country);
}

static void put_value(writer *w, const slk_value *v) {
    switch (v->kind) {
    case SLK_VALUE_ACTOR: put_actor(w, v->ref, v->text); break;
    case SLK_VALUE_PLACE: put_place(w, v); break;
    case SLK_VALUE_TIME: put_time(w, v); break;
    case SLK_VALUE_QUANTITY: put_quantity(w, v); break;
    case SLK_VALUE_COUNT: put_count(w, v); break;
    case SLK_VALUE_DIRECTION: slk_buf_printf(w->out, "%s (%.4g°)", v->text ? v->text : "", v->low); break;
    default: slk_buf_puts(w->out, v->text ? v->text : "?"); break;
    }
}

/* "South Korea's military, reports; inside: Yonhap" */
static void put_source(writer *w, uint32_t index) {
    size_t n;
    const slk_attribution *a = slk_reading_attributions(w->r, &n);
    for (unsigned depth = 0; index < n && depth < 8; index = a[index].inside, depth++) {
        if (depth) slk_buf_puts(w->out, ", quoted by ");
        if (a[index].source.n)
            put_words(w, a[index].source.at[0]);
        else
            slk_buf_puts(w->out, "unnamed");
        slk_buf_printf(w->out, " %s", slk_stance_word(a[index].stance));
    }
}

static void put_sources(writer *w, slk_ids ids) {
    for (uint32_t i = 0; i < ids.n; i++) {
        slk_buf_puts(w->out, i ? "; " : "  — ");
        slk_buf_puts(w->out, w->s->blue);
        put_source(w, ids.at[i]);
        slk_buf_puts(w->out, w->s->off);
    }
}

static void put_field(writer *w, const slk_field *f, bool first) {
    slk_buf_printf(w->out, "    %-13s ", first ? slk_field_word(f->name) : "");
    put_value(w, &f->value);
    if (f->basis != SLK_BASIS_STATED) slk_buf_printf(w->out, " (%s)", slk_basis_word(f->basis));
    slk_buf_puts(w->out, "  ");
    put_quotes(w, f->evidence);
    put_sources(w, f->attributions);
    if (f->note) slk_buf_printf(w->out, "  %s[%s]%s", w->s->dim, f->note, w->s->off);
    slk_buf_putc(w->out, '\n');
}

static const char *certainty_color(const writer *w, slk_event_certainty c) {
    if (c == SLK_EC_CONFIRMED || c == SLK_EC_REPORTED) return w->s->green;
    return c == SLK_EC_DENIED || c == SLK_EC_DID_NOT_HAPPEN ? w->s->red : w->s->yellow;
}

static void put_event_head(writer *w, const slk_event *e, uint32_t index) {
    slk_buf_printf(w->out, "  %se%u  %s%s  %s%s%s  ", w->s->bold, index + 1, e->type, w->s->off,
                   certainty_color(w, e->certainty), slk_event_certainty_word(e->certainty), w->s->off);
    put_quotes(w, (slk_spans){&e->trigger, 1});
    put_sources(w, e->attributions);
    if (w->s->verbose && e->main_reason) slk_buf_printf(w->out, "  %s[%s]%s", w->s->dim, e->main_reason, w->s->off);
    slk_buf_putc(w->out, '\n');
}

static void put_event(writer *w, const slk_event *e, uint32_t index) {
    put_event_head(w, e, index);
    for (unsigned name = 0; name < SLK_FIELD_NAMES; name++) {
        bool first = true;
        for (uint32_t i = 0; i < e->n_fields; i++) {
            if (e->fields[i].name != name) continue;
            put_field(w, &e->fields[i], first);
            first = false;
        }
    }
    for (uint32_t i = 0; i < e->n_withheld; i++) {
        slk_buf_printf(w->out, "    %-13s %s%s%s  ", i ? "" : "withheld", w->s->yellow, e->withheld[i].field,
                       w->s->off);
        put_quotes(w, e->withheld[i].evidence);
        uint32_t by = e->withheld[i].by;
        if (by != SLK_NONE) put_sources(w, (slk_ids){&by, 1});
        slk_buf_putc(w->out, '\n');
    }
}

/* One line: type, day, actor, words. */
static void put_short(writer *w, const slk_event *e, uint32_t index) {
    char z[40] = "";
    slk_buf_printf(w->out, "  e%-3u %-28s ", index + 1, e->type);
    uint32_t actor = SLK_NONE;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        if (e->fields[i].name == SLK_FIELD_TIME && !*z) (void)slk_instant_format(e->fields[i].value.when, z);
        if (e->fields[i].name == SLK_FIELD_ACTOR && actor == SLK_NONE) actor = e->fields[i].value.ref;
    }
    slk_buf_printf(w->out, "%-10s %s%-10s%s  ", *z ? z : "no date", certainty_color(w, e->certainty),
                   slk_event_certainty_word(e->certainty), w->s->off);
    put_actor(w, actor, "actor not told");
    slk_buf_puts(w->out, "  ");
    put_quotes(w, (slk_spans){&e->trigger, 1});
    slk_buf_putc(w->out, '\n');
}

static void put_head(writer *w) {
    const slk_report *p = slk_reading_report(w->r);
    char z[40];
    slk_buf_printf(w->out, "%s%s%s\n", w->s->bold, p->title ? p->title : p->source ? p->source : p->id, w->s->off);
    if (p->published.precision != SLK_P_NONE)
        slk_buf_printf(w->out, "published %s (%s)", slk_instant_format(p->published, z),
                       slk_published_basis_word(p->published_basis));
    else
        slk_buf_puts(w->out, "publication date not known: words such as \"Wednesday\" stay unresolved");
    if (p->outlet) slk_buf_printf(w->out, ", %s", p->outlet);
    slk_buf_putc(w->out, '\n');
}

static void put_events(writer *w) {
    size_t n;
    const slk_event *e = slk_reading_events(w->r, &n);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (!e[i].main) continue;
        if (!any) slk_buf_printf(w->out, "\n%sThe news%s\n", w->s->bold, w->s->off);
        any = true;
        put_event(w, &e[i], (uint32_t)i);
    }
    if (!any) slk_buf_puts(w->out, "\nNo security event is the news of this report.\n");
    any = false;
    for (size_t i = 0; i < n; i++) {
        if (e[i].main) continue;
        if (!any) slk_buf_printf(w->out, "\n%sAlso told%s\n", w->s->bold, w->s->off);
        any = true;
        if (w->s->verbose)
            put_event(w, &e[i], (uint32_t)i);
        else
            put_short(w, &e[i], (uint32_t)i);
    }
}

static void put_checks(writer *w) {
    size_t n;
    const slk_check *c = slk_reading_checks(w->r, &n);
    if (n) slk_buf_printf(w->out, "\n%sChecks%s\n", w->s->bold, w->s->off);
    for (size_t i = 0; i < n; i++) {
        const char *color = c[i].verdict == SLK_AGREES      ? w->s->green
                            : c[i].verdict == SLK_DISAGREES ? w->s->red
                                                            : w->s->yellow;
        slk_buf_printf(w->out, "  %s%-11s%s %s: %s  ", color, slk_verdict_word(c[i].verdict), w->s->off,
                       slk_check_word(c[i].kind), c[i].says ? c[i].says : "");
        put_quotes(w, c[i].evidence);
        slk_buf_putc(w->out, '\n');
    }
}

void slk_export_text(const slk_reading *r, const slk_style *style, slk_buf *out) {
    writer w = {out, r, style};
    put_head(&w);
    put_events(&w);
    put_checks(&w);
}
