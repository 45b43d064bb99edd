/* stix.c - events as a bundle of STIX 2.1: an incident per event, identities of those who did and suffered it, a location with its
 * precision in metres, a report for each report that tells of it, and relationships between them. What STIX has no property for
 * (certainty, every source's value, conflicts) stands under an extension definition, never in bare custom properties.
 *
 * Names are UUIDs of version 5 in our own name space, times those of publication: the same ledger gives the same bundle. Identities and
 * locations stand once, however many events share them. A report without a publication date is a note, since STIX asks for one. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/ledger.h"
#include "export/region.h"
#include "export/uuid.h"

#define MADE "2026-11-25T00:00:00Z" /* when this mapping was made: the date of what no report dates */
#define ID_SIZE 80

/* ---------------------------------------------------------------- objects */

/* TYPE--UUID */
static slk_key name_object(const char *type, slk_text name, char id[ID_SIZE]) {
    char uuid[SLK_UUID_SIZE];
    slk_key key = slk_uuid_of(type, name, uuid);
    slk_text_print(id, ID_SIZE, "%s--%s", type, uuid);
    return key;
}

static void own_identity(char id[ID_SIZE]) { (void)name_object("identity", slk_text_of("\nsillok"), id); }
static void own_extension(char id[ID_SIZE]) { (void)name_object("extension-definition", slk_text_of("1"), id); }

/* Opens an object with what all have in common. */
static void open_object(slk_export *x, slk_json *j, const char *type, const char *id, const char *created,
                        const char *modified) {
    char own[ID_SIZE];
    own_identity(own);
    slk_buf_puts(x->out, x->n++ ? ",\n" : "\n");
    x->digest = slk_key_of((slk_text){(const char *)&x->digest, sizeof x->digest}); /* of all ids before */
    slk_key here = slk_key_of(slk_text_of(id));
    x->digest.high ^= here.high;
    x->digest.low ^= here.low;
    slk_json_start(j, x->out, false);
    slk_json_object(j);
    slk_json_put_string(j, "type", type);
    slk_json_put_string(j, "spec_version", "2.1");
    slk_json_put_string(j, "id", id);
    if (strcmp(id, own) != 0) slk_json_put_string(j, "created_by_ref", own);
    slk_json_put_string(j, "created", created);
    slk_json_put_string(j, "modified", modified);
}

/* True where the object was not written before. */
static bool enter(slk_export *x, slk_key key) {
    bool fresh = false;
    slk_err err = slk_seen_enter(&x->seen, key, &fresh);
    if (err != SLK_OK && x->out->err == SLK_OK) x->out->err = err;
    return err == SLK_OK && fresh;
}

static void put_strings(slk_json *j, const char *name, const char *const *z, size_t n) {
    slk_json_name(j, name);
    slk_json_array(j);
    for (size_t i = 0; i < n; i++)
        if (z[i] && *z[i]) slk_json_string(j, z[i]);
    slk_json_end_array(j);
}

static void stamp(slk_instant t, char out[32]) {
    slk_stamp_of(t, out);
    if (!*out) slk_text_print(out, 32, "%s", MADE);
}

/* ---------------------------------------------------------------- head and tail */

void slk_stix_head(slk_export *x) {
    slk_json j;
    char own[ID_SIZE], extension[ID_SIZE];
    const char *kinds[] = {"property-extension"};
    own_identity(own);
    own_extension(extension);
    slk_buf_puts(x->out, "{\"type\":\"bundle\",\"objects\":[");
    open_object(x, &j, "identity", own, MADE, MADE);
    slk_json_put_string(&j, "name", "Sillok");
    slk_json_put_string(&j, "description", "A program that reads published reports of security events");
    slk_json_put_string(&j, "identity_class", "system");
    slk_json_end_object(&j);
    open_object(x, &j, "extension-definition", extension, MADE, MADE);
    slk_json_put_string(&j, "name", "Sillok dossier");
    slk_json_put_string(&j, "description", "What reports say of an event: every value with its source and its words");
    slk_json_put_string(
        &j, "schema",
        "Members: event (id), type, certainty, time, place, conflicts (fields in which sources differ), "
        "fields (by name a list of claims: value, report, sources, stance, certainty, basis, evidence with "
        "code points and quote); as in the JSON of `sillok show`.");
    slk_json_put_string(&j, "version", "1.0.0");
    put_strings(&j, "extension_types", kinds, 1);
    slk_json_end_object(&j);
}

void slk_stix_tail(slk_export *x) {
    char id[ID_SIZE];
    (void)name_object("bundle", (slk_text){(const char *)&x->digest, sizeof x->digest}, id);
    slk_buf_printf(x->out, "\n],\"id\":\"%s\"}\n", id);
}

/* ---------------------------------------------------------------- identities, locations */

/* The identity of an actor or target; writes it where it is new. */
static bool put_identity(slk_export *x, const slk_claim *c, char id[ID_SIZE]) {
    slk_buf name;
    slk_json j;
    const char *called = c ? c->value.text ? c->value.text : c->text : NULL;
    if (!called || !*called) return false;
    slk_buf_start(&name, &x->out->mem, 1u << 20);
    slk_buf_printf(&name, "%s\n%s\n%s", called, c->country, c->sector);
    slk_key key = name_object("identity", (slk_text){name.at, name.n}, id);
    slk_buf_free(&name);
    if (!enter(x, key)) return true;
    bool state = c->value.kind == SLK_VALUE_ACTOR && *c->country && (!*c->sector || strcmp(c->sector, "GOV") == 0);
    open_object(x, &j, "identity", id, MADE, MADE);
    slk_json_put_string(&j, "name", called);
    slk_json_put_string(&j, "identity_class", state ? "organization" : "unspecified");
    if (state) {
        const char *sector = "government";
        put_strings(&j, "sectors", &sector, 1);
    }
    slk_json_end_object(&j);
    return true;
}

static bool put_location(slk_export *x, const slk_dossier *d, char id[ID_SIZE]) {
    char iso2[3];
    slk_buf name;
    slk_json j;
    slk_region g = slk_region_of_event(x->pack, d);
    bool around = g.kind == SLK_REGION_CIRCLE || g.kind == SLK_REGION_SECTOR;
    slk_told_country(x->pack, d, iso2);
    if (!around && !*iso2) return false; /* STIX wants coordinates, a country or one of its regions */
    slk_buf_start(&name, &x->out->mem, 1u << 20);
    slk_buf_printf(&name, "%s\n%s\n%.6f\n%.6f\n%.0f", d->entry.place ? d->entry.place : "", iso2, around ? g.lat : 0,
                   around ? g.lon : 0, around ? g.radius_m : 0);
    slk_key key = name_object("location", (slk_text){name.at, name.n}, id);
    slk_buf_free(&name);
    if (!enter(x, key)) return true;
    open_object(x, &j, "location", id, MADE, MADE);
    slk_json_put_string(&j, "name", d->entry.place);
    if (around) {
        slk_json_put_double(&j, "latitude", round(g.lat * 1e6) / 1e6);
        slk_json_put_double(&j, "longitude", round(g.lon * 1e6) / 1e6);
        slk_json_put_double(&j, "precision", round(g.radius_m));
    }
    if (*iso2) slk_json_put_string(&j, "country", iso2);
    slk_json_end_object(&j);
    return true;
}

/* ---------------------------------------------------------------- the event */

static void put_extension(slk_json *j, const slk_dossier *d) {
    char id[ID_SIZE];
    own_extension(id);
    slk_json_name(j, "extensions");
    slk_json_object(j);
    slk_json_name(j, id);
    slk_json_object(j);
    slk_json_put_string(j, "extension_type", "property-extension");
    slk_export_entry_json(&d->entry, j);
    slk_json_name(j, "conflicts");
    slk_json_array(j);
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].conflict) slk_json_string(j, slk_field_word(d->fields[i].field));
    slk_json_end_array(j);
    slk_export_fields_json(j, d);
    slk_json_end_object(j);
    slk_json_end_object(j);
}

static void put_incident(slk_export *x, const slk_dossier *d, const char *id, slk_buf *cell) {
    slk_json j;
    char created[32], modified[32];
    const char *labels[] = {d->entry.type, slk_event_certainty_word(d->entry.certainty)};
    stamp(slk_told_first(d), created);
    stamp(slk_told_last(d), modified);
    if (strcmp(modified, created) < 0) memcpy(modified, created, sizeof created);
    open_object(x, &j, "incident", id, created, modified);
    slk_buf_clear(cell);
    slk_event_title(d, cell);
    slk_json_put_string(&j, "name", cell->at);
    slk_buf_clear(cell);
    slk_event_notes(d, cell);
    slk_json_put_string(&j, "description", cell->at);
    put_strings(&j, "labels", labels, 2);
    put_extension(&j, d);
    slk_json_end_object(&j);
}

static void put_relationship(slk_export *x, const slk_dossier *d, const char *from, const char *what, const char *to) {
    slk_json j;
    char id[ID_SIZE], whole[3 * ID_SIZE], created[32];
    slk_text_print(whole, sizeof whole, "%s\n%s\n%s", from, what, to);
    slk_key key = name_object("relationship", slk_text_of(whole), id);
    if (!enter(x, key)) return;
    stamp(slk_told_first(d), created);
    open_object(x, &j, "relationship", id, created, created);
    slk_json_put_string(&j, "relationship_type", what);
    slk_json_put_string(&j, "source_ref", from);
    slk_json_put_string(&j, "target_ref", to);
    slk_json_end_object(&j);
}

static void put_parties(slk_export *x, const slk_dossier *d, const char *incident, slk_field_name field,
                        const char *what) {
    const slk_told_field *f = slk_told(d, field);
    char id[ID_SIZE];
    for (uint32_t i = 0; f && i < f->n_groups; i++)
        if (put_identity(x, slk_told_claim(d, f, i), id)) put_relationship(x, d, incident, what, id);
}

/* ---------------------------------------------------------------- its reports */

static void put_reference(slk_json *j, const slk_teller *r) {
    char hash[80];
    slk_json_name(j, "external_references");
    slk_json_array(j);
    slk_json_object(j);
    const char *outlet = slk_teller_outlet(r);
    slk_json_put_string(j, "source_name", outlet && *outlet ? outlet : "report");
    slk_json_put_string(j, "url", r->url);
    slk_text_print(hash, sizeof hash, "sha256:%s", r->sha256 ? r->sha256 : "");
    slk_json_put_string(j, "external_id", hash);
    slk_json_end_object(j);
    slk_json_end_array(j);
}

static void put_report(slk_export *x, const slk_teller *r, const char *incident) {
    slk_json j;
    slk_buf name;
    char id[ID_SIZE], published[32];
    bool dated = r->published.precision != SLK_P_NONE;
    const char *type = dated ? "report" : "note";
    slk_buf_start(&name, &x->out->mem, 1u << 16);
    slk_buf_printf(&name, "%s\n%s", incident, r->sha256);
    (void)name_object(type, (slk_text){name.at, name.n}, id);
    slk_buf_free(&name);
    stamp(r->published, published);
    open_object(x, &j, type, id, published, published);
    const char *title = r->title && *r->title ? r->title : r->id && *r->id ? r->id : "report";
    slk_json_put_string(&j, dated ? "name" : "content", title);
    if (dated) slk_json_put_string(&j, "published", published);
    if (r->language) slk_json_put_string(&j, "lang", r->language);
    put_strings(&j, "object_refs", &incident, 1);
    put_reference(&j, r);
    slk_json_end_object(&j);
}

void slk_stix_event(slk_export *x, const slk_dossier *d) {
    char incident[ID_SIZE], location[ID_SIZE];
    slk_buf cell;
    slk_buf_start(&cell, &x->out->mem, 1u << 24);
    (void)name_object("incident", slk_text_of(d->entry.id), incident);
    put_incident(x, d, incident, &cell);
    put_parties(x, d, incident, SLK_FIELD_ACTOR, "attributed-to");
    put_parties(x, d, incident, SLK_FIELD_TARGET, "targets");
    if (put_location(x, d, location)) put_relationship(x, d, incident, "located-at", location);
    for (uint32_t i = 0; i < d->n_reports; i++) put_report(x, &d->reports[i], incident);
    if (cell.err != SLK_OK && x->out->err == SLK_OK) x->out->err = cell.err;
    slk_buf_free(&cell);
}
