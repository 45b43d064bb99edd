/* webanno.c - every claim as a W3C Web Annotation (2017): the body is the value, with the claim as JSON beside it; the target is the
 * report's text with a TextQuoteSelector (with what stands around it) and a TextPositionSelector in code points for each piece of
 * evidence. The text is named by its SHA-256, since positions hold for that text and not for the page it came from; the page's address
 * stands beside it. A claim without words of its own (assumed) targets the whole text. Replaced claims are kept and say so. */
#include <string.h>

#include "base/text.h"
#include "export/access.h"
#include "export/formats.h"
#include "export/ledger.h"
#include "export/texts.h"
#include "export/uuid.h"

#define AROUND 32 /* code points of prefix and suffix */

typedef struct annotator {
    slk_export *x;
    const slk_dossier *d;
    slk_texts *texts;
    slk_json j;
} annotator;

void slk_webanno_head(slk_export *x) {
    slk_buf_puts(x->out,
                 "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:sillok:annotations\",\"type\":"
                 "\"AnnotationCollection\",\"label\":\"Claims of a Sillok ledger\",\"first\":{\"id\":"
                 "\"urn:sillok:annotations:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[");
}

void slk_webanno_tail(slk_export *x) { slk_buf_printf(x->out, "\n]},\"total\":%llu}\n", (unsigned long long)x->n); }

static void put_id(annotator *a, uint32_t claim) {
    const slk_claim *c = &a->d->claims[claim];
    char uuid[SLK_UUID_SIZE];
    slk_buf name;
    slk_buf_start(&name, &a->x->out->mem, 1u << 20);
    slk_buf_printf(&name, "%s\n%s\n%s\n%s\n%s\n%u", a->d->entry.id, a->d->reports[c->report].sha256,
                   slk_field_word(c->field), c->chain.text, c->text, c->n_evidence ? c->evidence[0].start : 0);
    (void)slk_uuid_of("annotation", (slk_text){name.at, name.n}, uuid);
    slk_buf_clear(&name);
    slk_buf_printf(&name, "urn:uuid:%s", uuid);
    slk_json_put_string(&a->j, "id", name.at);
    if (name.err != SLK_OK && a->x->out->err == SLK_OK) a->x->out->err = name.err;
    slk_buf_free(&name);
}

static void put_text_body(annotator *a, const char *purpose, const char *format, const char *value) {
    slk_json_object(&a->j);
    slk_json_put_string(&a->j, "type", "TextualBody");
    slk_json_put_string(&a->j, "purpose", purpose);
    slk_json_put_string(&a->j, "format", format);
    slk_json_put_string(&a->j, "value", value ? value : "");
    slk_json_end_object(&a->j);
}

static void put_bodies(annotator *a, const slk_claim *c) {
    slk_buf claim;
    slk_json inner;
    slk_buf_start(&claim, &a->x->out->mem, 1u << 25);
    slk_json_start(&inner, &claim, false);
    slk_export_claim_json(&inner, a->d, c);
    slk_json_name(&a->j, "body");
    slk_json_array(&a->j);
    put_text_body(a, "tagging", "text/plain", slk_field_word(c->field));
    put_text_body(a, "describing", "text/plain", c->text);
    put_text_body(a, "describing", "application/json", claim.at);
    slk_json_end_array(&a->j);
    if (claim.err != SLK_OK && a->x->out->err == SLK_OK) a->x->out->err = claim.err;
    slk_buf_free(&claim);
}

static void put_source(annotator *a, const slk_teller *r) {
    char id[128];
    slk_text_print(id, sizeof id, "urn:sillok:sha256:%s", r->sha256);
    slk_json_name(&a->j, "source");
    slk_json_object(&a->j);
    slk_json_put_string(&a->j, "id", id);
    slk_json_put_string(&a->j, "type", "Text");
    slk_json_put_string(&a->j, "format", "text/plain");
    slk_json_put_string(&a->j, "language", r->language);
    slk_json_put_string(&a->j, "via", r->url);
    slk_json_end_object(&a->j);
}

static void put_selectors(annotator *a, uint32_t report, const slk_quote *q) {
    uint32_t from = q->start > AROUND ? q->start - AROUND : 0;
    slk_text before = slk_texts_part(a->texts, report, from, q->start);
    slk_text behind = slk_texts_part(a->texts, report, q->end, q->end + AROUND);
    slk_json_name(&a->j, "selector");
    slk_json_array(&a->j);
    slk_json_object(&a->j);
    slk_json_put_string(&a->j, "type", "TextQuoteSelector");
    slk_json_put_string(&a->j, "exact", q->words);
    if (before.n) slk_json_name(&a->j, "prefix"), slk_json_text(&a->j, before);
    if (behind.n) slk_json_name(&a->j, "suffix"), slk_json_text(&a->j, behind);
    slk_json_end_object(&a->j);
    slk_json_object(&a->j);
    slk_json_put_string(&a->j, "type", "TextPositionSelector");
    slk_json_put_int(&a->j, "start", q->start);
    slk_json_put_int(&a->j, "end", q->end);
    slk_json_end_object(&a->j);
    slk_json_end_array(&a->j);
}

static void put_targets(annotator *a, const slk_claim *c) {
    slk_json_name(&a->j, "target");
    slk_json_array(&a->j);
    for (uint32_t i = 0; i < c->n_evidence || i == 0; i++) {
        slk_json_object(&a->j);
        slk_json_put_string(&a->j, "type", "SpecificResource");
        put_source(a, &a->d->reports[c->report]);
        if (i < c->n_evidence) put_selectors(a, c->report, &c->evidence[i]);
        slk_json_end_object(&a->j);
    }
    slk_json_end_array(&a->j);
}

static void put_annotation(annotator *a, uint32_t claim) {
    const slk_claim *c = &a->d->claims[claim];
    slk_buf_puts(a->x->out, a->x->n++ ? ",\n" : "\n");
    slk_json_start(&a->j, a->x->out, false);
    slk_json_object(&a->j);
    put_id(a, claim);
    slk_json_put_string(&a->j, "type", "Annotation");
    slk_json_put_string(&a->j, "motivation", "describing");
    slk_json_name(&a->j, "generator");
    slk_json_object(&a->j);
    slk_json_put_string(&a->j, "id", "urn:sillok:program");
    slk_json_put_string(&a->j, "type", "Software");
    slk_json_put_string(&a->j, "name", "Sillok " SLK_VERSION);
    slk_json_end_object(&a->j);
    put_bodies(a, c);
    put_targets(a, c);
    slk_json_end_object(&a->j);
}

void slk_webanno_event(slk_export *x, const slk_dossier *d) {
    annotator a = {.x = x, .d = d, .texts = slk_texts_new(x, d)};
    for (uint32_t i = 0; a.texts && i < d->n_claims; i++)
        if (d->claims[i].report < d->n_reports) put_annotation(&a, i);
    slk_texts_free(a.texts);
}
