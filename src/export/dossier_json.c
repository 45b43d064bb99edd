/* dossier_json.c - one event of the ledger as JSON: every source's value side by side, nothing merged. See ledger.h. */
#include <string.h>

#include "base/calendar.h"
#include "export/formats.h"
#include "export/ledger.h"
#include "export/value.h"

static void put_instant(slk_json *j, const char *name, slk_instant t) {
    char z[40];
    if (t.precision != SLK_P_NONE) slk_json_put_string(j, name, slk_instant_format(t, z));
}

static void put_country(slk_json *j, const char *name, const char *code) {
    if (*code) slk_json_put_string(j, name, code);
}

void slk_export_entry_json(const slk_entry *e, slk_json *j) {
    slk_json_put_string(j, "id", e->id);
    slk_json_put_string(j, "type", e->type);
    put_instant(j, "time", e->time);
    slk_json_put_string(j, "actor", e->actor);
    put_country(j, "country", e->country);
    if (e->place || e->has_point) {
        slk_json_name(j, "place");
        slk_value_json_place(j, e->place, SLK_NONE, e->has_point, e->lat, e->lon);
    }
    slk_json_put_string(j, "certainty", slk_event_certainty_word(e->certainty));
    slk_json_put_bool(j, "main", e->main);
    slk_json_put_int(j, "n_reports", e->n_reports);
    slk_json_put_int(j, "n_sources", e->n_roots);
    slk_json_put_int(j, "n_databases", e->n_databases);
}

static const char *report_id(const slk_dossier *d, uint32_t report) {
    return report < d->n_reports ? d->reports[report].id : NULL;
}

static void put_quote(slk_json *j, const slk_quote *q) {
    slk_json_object(j);
    slk_json_put_int(j, "start", q->start);
    slk_json_put_int(j, "end", q->end);
    slk_json_put_string(j, "quote", q->words);
    slk_json_end_object(j);
}

/* "sources" from the outermost to the root; empty: the report's own voice. */
static void put_chain(slk_json *j, const slk_chain *c) {
    slk_json_name(j, "sources");
    slk_json_array(j);
    for (uint32_t i = 0; i < c->n; i++) slk_json_string(j, c->names[i]);
    slk_json_end_array(j);
    if (c->n) slk_json_put_string(j, "root", c->root);
    if (c->party) slk_json_put_bool(j, "party", true);
}

void slk_export_claim_json(slk_json *j, const slk_dossier *d, const slk_claim *c) {
    slk_json_object(j);
    slk_json_name(j, "value");
    if (c->value.kind == SLK_VALUE_PLACE)
        slk_value_json_place(j, c->value.text, SLK_NONE, c->has_point, c->lat, c->lon);
    else
        slk_value_json(j, &c->value);
    slk_json_put_string(j, "text", c->text);
    put_country(j, "country", c->country);
    slk_json_put_string(j, "report", report_id(d, c->report));
    put_chain(j, &c->chain);
    if (c->chain.n) {
        slk_json_put_string(j, "stance", slk_stance_word(c->stance));
        slk_json_put_string(j, "certainty", slk_certainty_word(c->certainty));
    }
    slk_json_put_string(j, "basis", slk_basis_word(c->basis));
    slk_json_put_string(j, "note", c->note);
    slk_json_put_string(j, "rule", c->rule);
    slk_json_name(j, "evidence");
    slk_json_array(j);
    for (uint32_t i = 0; i < c->n_evidence; i++) put_quote(j, &c->evidence[i]);
    slk_json_end_array(j);
    if (c->group != SLK_NONE) slk_json_put_int(j, "group", c->group);
    if (c->superseded_by < d->n_claims)
        slk_json_put_string(j, "superseded_by", report_id(d, d->claims[c->superseded_by].report));
    slk_json_end_object(j);
}

void slk_export_fields_json(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "fields");
    slk_json_object(j);
    for (uint32_t i = 0; i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        slk_json_name(j, slk_field_word(f->field));
        slk_json_array(j);
        for (uint32_t k = f->first; k < f->first + f->n; k++) slk_export_claim_json(j, d, &d->claims[k]);
        slk_json_end_array(j);
    }
    slk_json_end_object(j);
}

/* Per field: do the sources agree, and on what. */
static void put_agreement(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "agreement");
    slk_json_object(j);
    for (uint32_t i = 0; i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        slk_json_name(j, slk_field_word(f->field));
        slk_json_object(j);
        slk_json_put_bool(j, "conflict", f->conflict);
        slk_json_put_bool(j, "corroborated", f->corroborated);
        slk_json_name(j, "groups");
        slk_json_array(j);
        for (uint32_t k = 0; k < f->n_groups; k++) {
            const slk_group *g = &f->groups[k];
            slk_json_object(j);
            slk_json_put_string(j, "text", g->text);
            slk_json_put_int(j, "claims", g->n_claims);
            slk_json_put_int(j, "reports", g->n_reports);
            slk_json_put_int(j, "sources", g->n_roots);
            slk_json_put_int(j, "databases", g->n_databases);
            slk_json_put_int(j, "parties", g->n_parties);
            slk_json_end_object(j);
        }
        slk_json_end_array(j);
        slk_json_end_object(j);
    }
    slk_json_end_object(j);
}

static void put_reports(slk_json *j, const slk_dossier *d, bool whole) {
    slk_json_name(j, "reports");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_reports; i++) {
        const slk_teller *r = &d->reports[i];
        slk_json_object(j);
        slk_json_put_string(j, "id", r->id);
        slk_json_put_bool(j, "main", r->main);
        if (whole) {
            slk_json_put_string(j, "sha256", r->sha256);
            slk_json_put_string(j, "title", r->title);
            slk_json_put_string(j, "outlet", r->outlet);
            slk_json_put_string(j, "source", r->source);
            slk_json_put_string(j, "url", r->url);
            put_instant(j, "published", r->published);
            slk_json_put_string(j, "same_story", report_id(d, r->same_story));
        }
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_told_at(slk_json *j, const char *report, uint32_t start, uint32_t end) {
    slk_json_object(j);
    slk_json_put_string(j, "report", report);
    slk_json_put_int(j, "start", start);
    slk_json_put_int(j, "end", end);
    slk_json_end_object(j);
}

static void put_mentions(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "mentions");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_tellings; i++) {
        const slk_telling *t = &d->tellings[i];
        if (strcmp(t->type, "story") == 0) continue; /* it is told by the report as a whole */
        put_told_at(j, report_id(d, t->report), t->trigger.start, t->trigger.end);
    }
    for (uint32_t i = 0; i < d->n_also; i++) put_told_at(j, d->also[i].report, d->also[i].start, d->also[i].end);
    slk_json_end_array(j);
}

static void put_tellings(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "tellings");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_tellings; i++) {
        const slk_telling *t = &d->tellings[i];
        slk_json_object(j);
        slk_json_put_string(j, "id", t->id);
        slk_json_put_string(j, "report", report_id(d, t->report));
        slk_json_put_string(j, "type", t->type);
        slk_json_put_string(j, "plover", t->plover);
        slk_json_put_string(j, "plover_mode", t->plover_mode);
        slk_json_put_string(j, "cameo", t->cameo);
        slk_json_name(j, "trigger");
        put_quote(j, &t->trigger);
        slk_json_put_bool(j, "main", t->main);
        slk_json_put_string(j, "main_reason", t->main_reason);
        slk_json_put_string(j, "certainty", slk_event_certainty_word(t->certainty));
        slk_json_put_string(j, "link_reason", t->link_reason);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_withheld(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "withheld");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_withheld; i++) {
        const slk_kept_withheld *x = &d->withheld[i];
        slk_json_object(j);
        slk_json_put_string(j, "field", x->field);
        slk_json_put_string(j, "report", report_id(d, x->report));
        put_chain(j, &x->by);
        slk_json_name(j, "evidence");
        slk_json_array(j);
        put_quote(j, &x->quote);
        slk_json_end_array(j);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_checks(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "checks");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_checks; i++) {
        const slk_kept_check *c = &d->checks[i];
        slk_json_object(j);
        slk_json_put_string(j, "kind", slk_check_word(c->kind));
        slk_json_put_string(j, "verdict", slk_verdict_word(c->verdict));
        slk_json_put_string(j, "says", c->says);
        slk_json_put_string(j, "report", report_id(d, c->report));
        slk_json_name(j, "evidence");
        slk_json_array(j);
        put_quote(j, &c->quote);
        slk_json_end_array(j);
        slk_json_name(j, "against");
        slk_json_array(j);
        for (uint32_t k = 0; k < c->n_against; k++) slk_json_string(j, c->against[k]);
        slk_json_end_array(j);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_decisions(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "decisions");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_decisions; i++) {
        const slk_decision *x = &d->decisions[i];
        slk_json_object(j);
        slk_json_put_int(j, "number", x->row);
        slk_json_put_string(j, "what", x->what);
        slk_json_put_string(j, "by", x->by);
        slk_json_put_string(j, "why", x->why);
        put_instant(j, "made", slk_instant_at(x->made_s, 0, SLK_P_SECOND));
        slk_json_put_string(j, "event", x->event);
        slk_json_put_string(j, "other", x->other);
        if (x->undoes) slk_json_put_int(j, "undoes", x->undoes);
        if (x->undone) slk_json_put_int(j, "undone_by", x->undone);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

void slk_export_told_json(const slk_dossier *d, bool whole, slk_json *j) {
    slk_export_fields_json(j, d);
    if (whole) {
        put_agreement(j, d);
        put_withheld(j, d);
        put_checks(j, d);
    }
    put_reports(j, d, whole);
    put_mentions(j, d);
    if (whole) put_tellings(j, d);
    if (whole && d->n_decisions) put_decisions(j, d);
}

void slk_export_dossier_json(const slk_dossier *d, bool whole, bool pretty, slk_buf *out) {
    slk_json j;
    slk_json_start(&j, out, pretty);
    slk_json_object(&j);
    slk_export_entry_json(&d->entry, &j);
    slk_export_told_json(d, whole, &j);
    slk_json_end_object(&j);
    slk_buf_putc(out, '\n');
}

void slk_jsonl_event(slk_export *x, const slk_dossier *d) { slk_export_dossier_json(d, false, false, x->out); }

void slk_export_side_json(const slk_side *side, slk_buf *out) {
    slk_json j;
    slk_json_start(&j, out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "id", side->id);
    slk_json_put_string(&j, "type", "deed");
    slk_json_put_string(&j, "deed", side->deed);
    slk_json_put_string(&j, "certainty", slk_event_certainty_word(SLK_EC_REPORTED));
    slk_json_put_bool(&j, "main", false);
    slk_json_put_int(&j, "n_reports", side->n_reports);
    slk_json_name(&j, "fields");
    slk_json_object(&j);
    slk_json_end_object(&j);
    slk_json_name(&j, "reports");
    slk_json_array(&j);
    for (uint32_t i = 0; i < side->n_mentions; i++) {
        if (i > 0 && strcmp(side->mentions[i - 1].report, side->mentions[i].report) == 0) continue;
        slk_json_object(&j);
        slk_json_put_string(&j, "id", side->mentions[i].report);
        slk_json_put_bool(&j, "main", false);
        slk_json_end_object(&j);
    }
    slk_json_end_array(&j);
    slk_json_name(&j, "mentions");
    slk_json_array(&j);
    for (uint32_t i = 0; i < side->n_mentions; i++)
        put_told_at(&j, side->mentions[i].report, side->mentions[i].start, side->mentions[i].end);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
    slk_buf_putc(out, '\n');
}
