/* plover.c - events as records of PLOVER 2.0, a JSON object a line: for each event and code one, with what PLOVER asks for (event, mode,
 * contexts, date, actors and recipients with country and sector, location, quad) and the CAMEO code of the same sense. An event whose
 * reports are coded differently gives a record for each code. Words that PLOVER has no code for are left out. What is planned, only
 * feared or denied is a record with its auxiliary mode, never a plain deed. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/ledger.h"
#include "export/region.h"

static bool same_z(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool same_code(const slk_telling *a, const slk_telling *b) {
    return same_z(a->plover, b->plover) && same_z(a->plover_mode, b->plover_mode);
}

/* "future", "hypothetical", "negated"; NULL for plain fact. */
static const char *aux_of(slk_event_certainty c) {
    switch (c) {
    case SLK_EC_PLANNED: return "future";
    case SLK_EC_SPECULATED: return "hypothetical";
    case SLK_EC_DENIED:
    case SLK_EC_DID_NOT_HAPPEN: return "negated";
    default: return NULL;
    }
}

static void put_parties(slk_json *j, const char *name, const slk_dossier *d, slk_field_name field) {
    const slk_told_field *f = slk_told(d, field);
    slk_json_name(j, name);
    slk_json_array(j);
    for (uint32_t i = 0; f && i < f->n_groups; i++) {
        const slk_claim *c = slk_told_claim(d, f, i);
        if (!c) continue;
        slk_json_object(j);
        slk_json_put_string(j, "name", c->value.text ? c->value.text : c->text);
        if (*c->country) slk_json_put_string(j, "country", c->country);
        if (*c->sector) slk_json_put_string(j, "sector", c->sector);
        if (*c->country) {
            char code[8];
            slk_text_print(code, sizeof code, "%s%s", c->country, c->sector);
            slk_json_put_string(j, "code", code);
        }
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_location(slk_json *j, const slk_pack *pack, const slk_dossier *d) {
    char iso2[3];
    const slk_entry *e = &d->entry;
    slk_region g = slk_region_of_event(pack, d);
    slk_json_name(j, "location");
    slk_json_array(j);
    if (e->place || e->has_point) {
        slk_json_object(j);
        slk_json_put_string(j, "name", e->place);
        slk_told_country(pack, d, iso2);
        if (*iso2) slk_json_put_string(j, "country", slk_country_iso3(pack, iso2));
        if (e->has_point) {
            slk_json_put_double(j, "lat", round(e->lat * 1e6) / 1e6);
            slk_json_put_double(j, "lon", round(e->lon * 1e6) / 1e6);
        }
        slk_json_put_string(j, "precision", g.precision);
        if (g.radius_m > 0) slk_json_put_double(j, "radius_m", round(g.radius_m));
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_contexts(slk_json *j, const char *contexts) {
    slk_text rest = slk_text_of(contexts), one;
    slk_json_name(j, "context");
    slk_json_array(j);
    while (rest.n && slk_text_split(&rest, '|', &one)) slk_json_text(j, one);
    slk_json_end_array(j);
}

static void put_code(slk_json *j, const slk_pack *pack, const slk_dossier *d, const slk_telling *t) {
    uint32_t row = slk_pack_find(pack, SLK_T_PLOVER, slk_text_of(t->plover));
    slk_json_put_string(j, "event", t->plover);
    slk_json_put_string(j, "mode", t->plover_mode);
    slk_json_put_string(j, "aux", aux_of(d->entry.certainty));
    put_contexts(j, slk_codes(pack, t->type, SLK_EXPORT_CODES_CONTEXTS));
    if (row != SLK_NONE) slk_json_put_int(j, "quad", (int64_t)slk_pack_num(pack, SLK_T_PLOVER, row, SLK_PLOVER_QUAD));
    slk_json_put_string(j, "cameo", t->cameo);
}

/* The reports that are coded so. */
static void put_sources(slk_json *j, const slk_dossier *d, const slk_telling *code) {
    uint32_t last = SLK_NONE;
    slk_json_name(j, "source");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_tellings; i++) {
        const slk_telling *t = &d->tellings[i];
        char first[16], end[16];
        if (!same_code(t, code) || t->report == last || t->report >= d->n_reports) continue;
        const slk_teller *r = &d->reports[last = t->report];
        slk_json_object(j);
        slk_json_put_string(j, "id", r->id);
        slk_json_put_string(j, "name", slk_teller_outlet(r));
        slk_days_of(r->published, first, end);
        slk_json_put_string(j, "date", *first ? first : NULL);
        slk_json_put_string(j, "headline", r->title);
        slk_json_put_string(j, "url", r->url);
        slk_json_put_string(j, "text", t->trigger.words);
        slk_json_end_object(j);
    }
    slk_json_end_array(j);
}

static void put_record(slk_export *x, const slk_dossier *d, const slk_telling *t, unsigned n) {
    slk_json j;
    slk_buf id;
    char first[16], last[16];
    slk_days_of(d->entry.time, first, last);
    slk_buf_start(&id, &x->out->mem, 4096);
    slk_buf_printf(&id, n ? "%s/%u" : "%s", d->entry.id, n + 1);
    slk_json_start(&j, x->out, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "id", id.at);
    slk_json_put_string(&j, "date", *first ? first : NULL);
    if (*last && strcmp(first, last) != 0) slk_json_put_string(&j, "date_end", last);
    put_code(&j, x->pack, d, t);
    put_parties(&j, "actor", d, SLK_FIELD_ACTOR);
    put_parties(&j, "recip", d, SLK_FIELD_TARGET);
    put_location(&j, x->pack, d);
    put_sources(&j, d, t);
    slk_json_put_string(&j, "status", slk_event_certainty_word(d->entry.certainty));
    slk_json_put_string(&j, "type", t->type);
    slk_json_end_object(&j);
    slk_buf_putc(x->out, '\n');
    slk_buf_free(&id);
    x->n++;
}

void slk_plover_event(slk_export *x, const slk_dossier *d) {
    const slk_telling *codes[16]; /* more codes for one event than PLOVER has events */
    unsigned n = 0;
    for (uint32_t i = 0; i < d->n_tellings && n < 16; i++) {
        const slk_telling *t = &d->tellings[i];
        bool known = !t->plover;
        for (unsigned k = 0; k < n; k++) known = known || same_code(codes[k], t);
        if (known) continue;
        codes[n] = t;
        put_record(x, d, t, n);
        n++;
    }
    x->left_out += n == 0;
}
