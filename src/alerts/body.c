/* body.c - see body.h. */
#include "alerts/body.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "export/ledger.h"
#include "export/plain.h"
#include "export/region.h"

#define GROUPS_MOST 4u
#define SENTENCE_MOST_B 600u

static void put_instant(slk_json *j, const char *name, slk_instant t) {
    char z[40];
    if (t.precision != SLK_P_NONE) slk_json_put_string(j, name, slk_instant_format(t, z));
}

/* "North Korea: launch of a ballistic missile, Kaechon, Wed 2027-03-10": who, what, where, when. */
static void headline(const slk_pack *pack, const slk_entry *e, slk_buf *out) {
    uint32_t row = pack ? slk_pack_find(pack, SLK_T_ONTOLOGY, slk_text_of(e->type)) : SLK_NONE;
    const char *what = row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_NAME);
    const char *who = e->country_name ? e->country_name : e->actor;
    if (who) slk_buf_printf(out, "%.100s: ", who);
    slk_buf_puts(out, what ? what : e->type);
    if (e->place) slk_buf_printf(out, ", %.100s", e->place);
    if (e->time.precision == SLK_P_NONE) return;
    slk_buf_puts(out, ", ");
    slk_plain_instant(out, slk_instant_cut(e->time, SLK_P_MINUTE), false);
}

static void put_text_of(slk_json *j, const char *name, const slk_buf *b) {
    slk_json_name(j, name);
    slk_json_text(j, (slk_text){b->at ? b->at : "", b->n});
}

static void put_reasons(slk_json *j, const slk_body *b) {
    slk_json_name(j, "rules");
    slk_json_array(j);
    for (uint32_t i = 0; i < b->n; i++) {
        bool said = false;
        for (uint32_t k = 0; k < i && !said; k++) said = strcmp(b->reasons[k].rule, b->reasons[i].rule) == 0;
        if (!said) slk_json_string(j, b->reasons[i].rule);
    }
    slk_json_end_array(j);
    slk_json_name(j, "why");
    slk_json_array(j);
    for (uint32_t i = 0; i < b->n; i++) {
        slk_json_object(j);
        slk_json_put_string(j, "state", b->reasons[i].state);
        slk_json_put_string(j, "says", b->reasons[i].says);
        slk_json_put_string(j, "rule", b->reasons[i].rule);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_value(slk_json *j, const slk_dossier *d, const slk_told_field *f, const slk_group *g) {
    if (g->claim >= d->n_claims) return;
    const slk_claim *c = &d->claims[g->claim];
    slk_json_object(j);
    slk_json_put_string(j, "field", slk_field_word(f->field));
    slk_json_put_string(j, "what", slk_plain_field(f->field));
    slk_json_put_string(j, "value", g->text);
    slk_json_put_int(j, "sources", g->n_roots);
    slk_json_put_int(j, "parties", g->n_parties);
    slk_json_put_int(j, "reports", g->n_reports);
    slk_json_put_bool(j, "conflict", f->conflict);
    if (c->n_evidence) slk_json_put_string(j, "words", c->evidence[0].words);
    if (c->chain.n) slk_json_put_string(j, "by", c->chain.text);
    slk_json_put_string(j, "report", d->reports[c->report].id);
    slk_json_end_object(j);
}

static void put_values(slk_json *j, const slk_dossier *d) {
    slk_json_name(j, "values");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_fields; i++)
        for (uint32_t g = 0; g < d->fields[i].n_groups && g < GROUPS_MOST; g++)
            put_value(j, d, &d->fields[i], &d->fields[i].groups[g]);
    slk_json_end_array(j);
}

/* Where it can have been, as CAP writes it: "LAT,LON KM" or rings "LAT,LON LAT,LON ...". */
static void put_area(slk_json *j, const slk_pack *pack, const slk_dossier *d, slk_buf *line) {
    slk_region r = slk_region_of_event(pack, d);
    slk_rings rings = {0};
    if (r.kind == SLK_REGION_NONE) return;
    slk_json_name(j, "area");
    slk_json_object(j);
    slk_json_put_string(j, "precision", r.precision);
    slk_buf_clear(line);
    if (r.kind == SLK_REGION_CIRCLE) {
        slk_buf_printf(line, "%.4f,%.4f %.1f", r.lat, r.lon, r.radius_m / 1000);
        put_text_of(j, "circle", line);
    } else {
        slk_region_rings(&r, &rings);
        slk_json_name(j, "polygons");
        slk_json_array(j);
        for (unsigned i = 0; i < rings.n; i++) {
            slk_buf_clear(line);
            for (unsigned k = 0; k < rings.length[i]; k++)
                slk_buf_printf(line, "%s%.4f,%.4f", k ? " " : "", rings.at[i][k].lat, rings.at[i][k].lon);
            slk_json_text(j, (slk_text){line->at ? line->at : "", line->n});
        }
        slk_json_end_array(j);
    }
    slk_json_end_object(j);
}

/* The report by which it is known, and the sentence in which. */
static void put_report(slk_json *j, const slk_body *b) {
    const slk_teller *r = &b->dossier->reports[b->report];
    slk_json_name(j, "report");
    slk_json_object(j);
    slk_json_put_string(j, "id", r->id);
    slk_json_put_string(j, "sha256", r->sha256);
    slk_json_put_string(j, "title", r->title);
    slk_json_put_string(j, "outlet", r->outlet);
    slk_json_put_string(j, "url", r->url);
    slk_json_put_string(j, "source", r->source);
    put_instant(j, "published", r->published);
    slk_text s = slk_text_head(b->sentence, SENTENCE_MOST_B);
    if (s.n) {
        slk_json_name(j, "sentence");
        slk_json_text(j, s);
    }
    slk_json_end_object(j);
}

void slk_body_write(const slk_pack *pack, const slk_body *b, slk_buf *out) {
    slk_json j;
    slk_buf line;
    const slk_dossier *d = b->dossier;
    slk_buf_start(&line, &out->mem, (size_t)1 << 16);
    slk_json_start(&j, out, false);
    slk_json_object(&j);
    slk_json_put_int(&j, "version", 1);
    slk_json_put_string(&j, "key", b->key);
    slk_json_put_string(&j, "channel", b->channel);
    put_instant(&j, "raised", slk_instant_at(b->raised_s, 0, SLK_P_SECOND));
    headline(pack, &d->entry, &line);
    put_text_of(&j, "headline", &line);
    put_reasons(&j, b);
    if (b->link) {
        slk_buf_clear(&line);
        slk_buf_printf(&line, "%s%s", b->link, d->entry.id);
        put_text_of(&j, "link", &line);
    }
    slk_json_name(&j, "event");
    slk_json_object(&j);
    slk_export_entry_json(&d->entry, &j);
    slk_json_end_object(&j);
    if (pack) put_area(&j, pack, d, &line);
    put_values(&j, d);
    put_report(&j, b);
    slk_json_end_object(&j);
    if (line.err != SLK_OK && out->err == SLK_OK) out->err = line.err;
    slk_buf_free(&line);
}
