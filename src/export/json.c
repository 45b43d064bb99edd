/* json.c - a reading as one JSON object, as the report schema says. Absent means not known: nothing is written for it. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/json.h"
#include "base/text.h"
#include "export/export.h"
#include "export/value.h"

typedef struct writer {
    slk_json j;
    const slk_reading *r;
    bool rules; /* name the rule behind each value */
} writer;

static void put_start_end(writer *w, slk_span s) {
    slk_json_put_int(&w->j, "start", slk_reading_cp(w->r, s.start));
    slk_json_put_int(&w->j, "end", slk_reading_cp(w->r, s.end));
}

static void put_span(writer *w, slk_span s) {
    slk_json_object(&w->j);
    put_start_end(w, s);
    slk_json_end_object(&w->j);
}

static void put_spans(writer *w, const char *name, slk_spans s) {
    slk_json_name(&w->j, name);
    slk_json_array(&w->j);
    for (uint32_t i = 0; i < s.n; i++) put_span(w, s.at[i]);
    slk_json_end_array(&w->j);
}

static void put_instant(writer *w, const char *name, slk_instant t) {
    char z[40];
    if (t.precision == SLK_P_NONE) return;
    slk_json_put_string(&w->j, name, slk_instant_format(t, z));
}

/* Ids of lists as the output writes them: actors "a1", attributions "s1", events "e1". */
static void id_of(char prefix, uint32_t index, char out[12]) {
    char digits[11];
    size_t n = 0, k = 0;
    for (uint32_t v = index + 1; v; v /= 10) digits[n++] = (char)('0' + v % 10);
    out[k++] = prefix;
    while (n) out[k++] = digits[--n];
    out[k] = '\0';
}

static void put_id(writer *w, const char *name, char prefix, uint32_t index) {
    char z[12];
    if (index == SLK_NONE) return;
    id_of(prefix, index, z);
    slk_json_put_string(&w->j, name, z);
}

static void put_ids(writer *w, const char *name, char prefix, slk_ids ids) {
    char z[12];
    slk_json_name(&w->j, name);
    slk_json_array(&w->j);
    for (uint32_t i = 0; i < ids.n; i++) {
        id_of(prefix, ids.at[i], z);
        slk_json_string(&w->j, z);
    }
    slk_json_end_array(&w->j);
}

static void put_report(writer *w) {
    const slk_report *p = slk_reading_report(w->r);
    slk_json_name(&w->j, "report");
    slk_json_object(&w->j);
    slk_json_put_string(&w->j, "id", p->id);
    slk_json_put_string(&w->j, "source", p->source ? p->source : p->url);
    slk_json_put_string(&w->j, "title", p->title);
    slk_json_put_string(&w->j, "outlet", p->outlet);
    slk_json_put_string(&w->j, "author", p->author);
    put_instant(w, "published", p->published);
    slk_json_put_string(&w->j, "published_basis", slk_published_basis_word(p->published_basis));
    put_instant(w, "updated", p->updated);
    slk_json_put_string(&w->j, "language", p->language);
    if (p->unread) slk_json_put_bool(&w->j, "unread", true);
    slk_json_name(&w->j, "text");
    slk_json_text(&w->j, p->text);
    slk_json_end_object(&w->j);
}

static void put_sentences(writer *w) {
    size_t n;
    const slk_sentence *s = slk_reading_sentences(w->r, &n);
    for (size_t i = 0; i < n; i++) put_span(w, s[i].span);
}

static void put_tokens(writer *w) {
    size_t n;
    const slk_token *t = slk_reading_tokens(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, t[i].span);
        if (t[i].lemma) {
            slk_json_put_string(&w->j, "lemma", t[i].lemma);
            slk_json_put_string(&w->j, "upos", slk_upos_word(t[i].upos));
        }
        slk_json_put_string(&w->j, "xpos", t[i].xpos);
        slk_json_put_string(&w->j, "feats", t[i].feats);
        if (t[i].head != SLK_NONE) slk_json_put_int(&w->j, "head", t[i].head == i ? -1 : (int64_t)t[i].head);
        slk_json_put_string(&w->j, "deprel", t[i].deprel);
        slk_json_end_object(&w->j);
    }
}

static void put_names(writer *w) {
    size_t n;
    const slk_name *x = slk_reading_names(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, x[i].span);
        slk_json_put_string(&w->j, "type", slk_name_type_word(x[i].type));
        if (x[i].same_as != SLK_NONE) slk_json_put_int(&w->j, "same_as", x[i].same_as);
        slk_json_end_object(&w->j);
    }
}

/* How the zone of a clock time is known, or why it is not. */
static const char *zone_basis(const slk_time *t) {
    if (t->zone) return t->zone_of_place ? "place" : "stated";
    return t->local ? "local" : NULL;
}

static void put_times(writer *w) {
    size_t n;
    const slk_time *t = slk_reading_times(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, t[i].span);
        slk_json_put_string(&w->j, "type", slk_time_type_word(t[i].type));
        slk_json_put_string(&w->j, "value", t[i].value ? t[i].value : "");
        slk_json_put_string(&w->j, "mod", t[i].mod);
        put_instant(w, "earliest", t[i].earliest);
        put_instant(w, "latest", t[i].latest);
        put_instant(w, "utc", t[i].utc);
        slk_json_put_string(&w->j, "zone", t[i].zone);
        slk_json_put_string(&w->j, "zone_basis", zone_basis(&t[i]));
        if (t[i].gloss_of != SLK_NONE) slk_json_put_int(&w->j, "restates", t[i].gloss_of);
        slk_json_end_object(&w->j);
    }
}

static void put_quantities(writer *w) {
    size_t n;
    const slk_quantity *q = slk_reading_quantities(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, q[i].span);
        slk_json_put_double(&w->j, "value", q[i].value);
        if (q[i].has_high) slk_json_put_double(&w->j, "high", q[i].high);
        slk_json_put_string(&w->j, "unit", q[i].unit);
        if (q[i].unit && isfinite(q[i].si)) slk_json_put_double(&w->j, "si", q[i].si);
        if (q[i].unit && q[i].has_high && isfinite(q[i].si_high)) slk_json_put_double(&w->j, "si_high", q[i].si_high);
        slk_json_put_string(&w->j, "dimension", q[i].dimension);
        if (q[i].ordinal) slk_json_put_bool(&w->j, "ordinal", true);
        slk_json_put_string(&w->j, "bound", slk_bound_word(q[i].bound));
        if (q[i].of.start < q[i].of.end) {
            slk_json_name(&w->j, "of");
            put_span(w, q[i].of);
        }
        if (q[i].gloss_of != SLK_NONE) slk_json_put_int(&w->j, "restates", q[i].gloss_of);
        slk_json_end_object(&w->j);
    }
}

static void put_relative(writer *w, const slk_relative *x) {
    slk_json_name(&w->j, "relative");
    slk_json_object(&w->j);
    if (isfinite(x->bearing_deg)) slk_json_put_double(&w->j, "bearing_deg", x->bearing_deg);
    if (isfinite(x->distance_m)) slk_json_put_double(&w->j, "distance_m", x->distance_m);
    if (x->of != SLK_NONE) slk_json_put_int(&w->j, "of", x->of);
    if (x->sector.known) {
        slk_json_name(&w->j, "region");
        slk_json_object(&w->j);
        slk_json_put_double(&w->j, "share", 0.9);
        slk_json_put_double(&w->j, "from_deg", round(x->sector.from_deg * 10) / 10);
        slk_json_put_double(&w->j, "to_deg", round(x->sector.to_deg * 10) / 10);
        slk_json_put_double(&w->j, "least_m", round(x->sector.least_m));
        slk_json_put_double(&w->j, "most_m", round(x->sector.most_m));
        slk_json_end_object(&w->j);
    }
    slk_json_end_object(&w->j);
}

static const char *const surfaces[] = {NULL, "land", "sea", "land or sea"};

static void put_places(writer *w) {
    size_t n;
    const slk_place *p = slk_reading_places(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, p[i].span);
        slk_json_put_string(&w->j, "name", p[i].name);
        if (p[i].has_point) slk_value_json_point(&w->j, p[i].lat, p[i].lon);
        if (p[i].geonames) slk_json_put_int(&w->j, "geonames", p[i].geonames);
        if (*p[i].country) slk_json_put_string(&w->j, "country", p[i].country);
        slk_json_put_string(&w->j, "kind", p[i].kind);
        if (p[i].confidence > 0) slk_json_put_double(&w->j, "confidence", round(p[i].confidence * 1000) / 1000);
        if (p[i].relative.known) put_relative(w, &p[i].relative);
        slk_json_put_string(&w->j, "surface", surfaces[p[i].surface]);
        slk_json_put_string(&w->j, "water", p[i].water);
        slk_json_end_object(&w->j);
    }
}

static void put_actors(writer *w) {
    size_t n;
    const slk_actor *a = slk_reading_actors(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_id(w, "id", 'a', (uint32_t)i);
        slk_json_put_string(&w->j, "name", a[i].name);
        if (*a[i].country) slk_json_put_string(&w->j, "country", a[i].country);
        if (*a[i].sector) slk_json_put_string(&w->j, "sector", a[i].sector);
        slk_json_put_string(&w->j, "role", a[i].role);
        put_spans(w, "mentions", a[i].mentions);
        slk_json_end_object(&w->j);
    }
}

static void put_attributions(writer *w) {
    size_t n;
    const slk_attribution *a = slk_reading_attributions(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_id(w, "id", 's', (uint32_t)i);
        put_spans(w, "source", a[i].source);
        put_spans(w, "cue", a[i].cue);
        put_spans(w, "content", a[i].content);
        put_id(w, "actor", 'a', a[i].actor);
        if (a[i].actors.n) put_ids(w, "actors", 'a', a[i].actors);
        put_id(w, "inside", 's', a[i].inside);
        slk_json_put_string(&w->j, "stance", slk_stance_word(a[i].stance));
        slk_json_put_string(&w->j, "certainty", slk_certainty_word(a[i].certainty));
        slk_json_end_object(&w->j);
    }
}

static void put_predicates(writer *w) {
    size_t n;
    const slk_predicate *p = slk_reading_predicates(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_start_end(w, p[i].word);
        slk_json_name(&w->j, "group");
        put_span(w, p[i].group);
        slk_json_put_string(&w->j, "certainty", slk_certainty_word(p[i].certainty));
        slk_json_put_double(&w->j, "happened", round(p[i].happened * 100.0) / 100);
        put_id(w, "attribution", 's', p[i].attribution);
        slk_json_end_object(&w->j);
    }
}

static void put_value(writer *w, const slk_value *v) {
    char z[40];
    size_t n;
    const slk_place *p = slk_reading_places(w->r, &n);
    slk_json_name(&w->j, "value");
    if (v->kind == SLK_VALUE_ACTOR && v->ref != SLK_NONE) {
        id_of('a', v->ref, z);
        slk_json_string(&w->j, z);
    } else if (v->kind == SLK_VALUE_PLACE && v->ref < n) {
        p += v->ref;
        slk_value_json_place(&w->j, v->text ? v->text : p->name, v->ref, p->has_point, p->lat, p->lon);
    } else if (v->kind == SLK_VALUE_PLACE) {
        slk_value_json_place(&w->j, v->text, SLK_NONE, false, 0, 0);
    } else {
        slk_value_json(&w->j, v);
    }
}

static void put_field(writer *w, const slk_field *f) {
    slk_json_object(&w->j);
    put_value(w, &f->value);
    put_spans(w, "evidence", f->evidence);
    slk_json_put_string(&w->j, "basis", slk_basis_word(f->basis));
    put_ids(w, "attributions", 's', f->attributions);
    slk_json_put_string(&w->j, "note", f->note);
    if (w->rules) slk_json_put_string(&w->j, "rule", f->rule);
    slk_json_end_object(&w->j);
}

static void put_fields(writer *w, const slk_event *e) {
    slk_json_name(&w->j, "fields");
    slk_json_object(&w->j);
    for (unsigned name = 0; name < SLK_FIELD_NAMES; name++) {
        bool open = false;
        for (uint32_t i = 0; i < e->n_fields; i++) {
            if (e->fields[i].name != name) continue;
            if (!open) {
                slk_json_name(&w->j, slk_field_word((slk_field_name)name));
                slk_json_array(&w->j);
                open = true;
            }
            put_field(w, &e->fields[i]);
        }
        if (open) slk_json_end_array(&w->j);
    }
    slk_json_end_object(&w->j);
}

static void put_withheld(writer *w, const slk_event *e) {
    slk_json_name(&w->j, "withheld");
    slk_json_array(&w->j);
    for (uint32_t i = 0; i < e->n_withheld; i++) {
        slk_json_object(&w->j);
        slk_json_put_string(&w->j, "field", e->withheld[i].field);
        put_id(w, "by", 's', e->withheld[i].by);
        put_spans(w, "evidence", e->withheld[i].evidence);
        slk_json_end_object(&w->j);
    }
    slk_json_end_array(&w->j);
}

static void put_rules(writer *w, const slk_rules *rules) {
    slk_json_name(&w->j, "rules");
    slk_json_object(&w->j);
    slk_json_put_string(&w->j, "type", rules->type);
    slk_json_put_string(&w->j, "code", rules->code);
    slk_json_put_string(&w->j, "happened", rules->happened);
    slk_json_put_string(&w->j, "certainty", rules->certainty);
    slk_json_put_string(&w->j, "main", rules->main);
    slk_json_end_object(&w->j);
}

static void put_events(writer *w) {
    size_t n;
    const slk_event *e = slk_reading_events(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        put_id(w, "id", 'e', (uint32_t)i);
        slk_json_put_string(&w->j, "type", e[i].type);
        slk_json_put_string(&w->j, "plover", e[i].plover);
        slk_json_put_string(&w->j, "plover_mode", e[i].plover_mode);
        slk_json_put_string(&w->j, "plover_aux", e[i].plover_aux);
        slk_json_put_string(&w->j, "cameo", e[i].cameo);
        slk_json_name(&w->j, "trigger");
        put_span(w, e[i].trigger);
        slk_json_put_bool(&w->j, "main", e[i].main);
        slk_json_put_string(&w->j, "main_reason", e[i].main_reason);
        if (e[i].same_as.n) put_ids(w, "same_as", 'e', e[i].same_as);
        slk_json_put_string(&w->j, "certainty", slk_event_certainty_word(e[i].certainty));
        put_fields(w, &e[i]);
        put_ids(w, "attributions", 's', e[i].attributions);
        put_withheld(w, &e[i]);
        if (w->rules) put_rules(w, &e[i].rules);
        slk_json_end_object(&w->j);
    }
}

static void put_checks(writer *w) {
    size_t n;
    const slk_check *c = slk_reading_checks(w->r, &n);
    for (size_t i = 0; i < n; i++) {
        slk_json_object(&w->j);
        slk_json_put_string(&w->j, "kind", slk_check_word(c[i].kind));
        slk_json_put_string(&w->j, "verdict", slk_verdict_word(c[i].verdict));
        slk_json_put_string(&w->j, "says", c[i].says);
        put_spans(w, "evidence", c[i].evidence);
        if (c[i].n_against) {
            slk_json_name(&w->j, "against");
            slk_json_array(&w->j);
            for (uint32_t k = 0; k < c[i].n_against; k++) slk_json_string(&w->j, c[i].against[k]);
            slk_json_end_array(&w->j);
        }
        slk_json_end_object(&w->j);
    }
}

static const struct {
    unsigned bit;
    const char *name;
    void (*put)(writer *w);
} layers_in_order[] = {
    {SLK_LAYER_SENTENCES, "sentences", put_sentences},
    {SLK_LAYER_TOKENS, "tokens", put_tokens},
    {SLK_LAYER_NAMES, "names", put_names},
    {SLK_LAYER_TIMES, "times", put_times},
    {SLK_LAYER_QUANTITIES, "quantities", put_quantities},
    {SLK_LAYER_PLACES, "places", put_places},
    {SLK_LAYER_ACTORS, "actors", put_actors},
    {SLK_LAYER_ATTRIBUTIONS, "attributions", put_attributions},
    {SLK_LAYER_PREDICATES, "predicates", put_predicates},
    {SLK_LAYER_EVENTS, "events", put_events},
    {SLK_LAYER_CHECKS, "checks", put_checks},
};

void slk_export_json(const slk_reading *r, unsigned layers, bool pretty, slk_buf *out) {
    writer w = {.r = r, .rules = (layers & SLK_LAYER_RULES) != 0};
    slk_json_start(&w.j, out, pretty);
    slk_json_object(&w.j);
    put_report(&w);
    for (size_t i = 0; i < sizeof layers_in_order / sizeof *layers_in_order; i++) {
        if (!(layers & layers_in_order[i].bit)) continue;
        slk_json_name(&w.j, layers_in_order[i].name);
        slk_json_array(&w.j);
        layers_in_order[i].put(&w);
        slk_json_end_array(&w.j);
    }
    slk_json_end_object(&w.j);
    slk_buf_putc(out, '\n');
}

void slk_export_json_fault(const char *id, const char *source, size_t line, const slk_fault *fault, bool pretty,
                           slk_buf *out) {
    slk_json j;
    slk_json_start(&j, out, pretty);
    slk_json_object(&j);
    slk_json_name(&j, "id");
    slk_json_string(&j, id);
    slk_json_put_string(&j, "source", source);
    if (line) slk_json_put_int(&j, "line", (int64_t)line);
    slk_json_name(&j, "error");
    slk_json_object(&j);
    slk_json_put_string(&j, "code", slk_err_word(fault->code));
    slk_json_put_string(&j, "message", fault->message[0] ? fault->message : slk_err_meaning(fault->code));
    slk_json_end_object(&j);
    slk_json_end_object(&j);
    slk_buf_putc(out, '\n');
}
