/* ledger_fixture.h - readings made by hand for the tests of the ledger: what a report says is written down, not read. */
#ifndef LEDGER_FIXTURE_H
#define LEDGER_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/reading.h"
#include "base/text.h"

typedef struct fixture { /* a report under way; all strings live in the reading's arena */
    slk_reading *r;
    slk_event *e;         /* the event at work */
    slk_field *fields;    /* of it, room for 32 */
    uint32_t attribution; /* under which fields are given, SLK_NONE: the report's own voice */
} fixture;

#define FIXTURE_TEXT "The report of %s: words that stand for every piece of evidence. %s"

static inline void *fixture_take(fixture *f, size_t n) {
    void *p = slk_arena_take(&f->r->arena, n);
    if (!p) abort();
    return p;
}

static inline const char *fixture_copy(fixture *f, const char *z) {
    return z ? slk_arena_copy(&f->r->arena, z, strlen(z)) : NULL;
}

static inline slk_instant fixture_instant(const char *z) {
    slk_instant t = {.precision = SLK_P_NONE};
    if (z && *z && !slk_instant_parse(slk_text_of(z), &t)) abort();
    return t;
}

/* id also makes the text, unless words differ: two reports of the same id and words are the same report. */
static inline fixture fixture_report(const char *id, const char *published, const char *outlet, const char *words) {
    fixture f = {.r = calloc(1, sizeof(slk_reading)), .attribution = SLK_NONE};
    if (!f.r) abort();
    f.r->mem = slk_mem_system;
    slk_arena_start(&f.r->arena, &slk_mem_system, (size_t)1 << 26);
    char *text = slk_arena_printf(&f.r->arena, FIXTURE_TEXT, id, words);
    f.r->report =
        (slk_report){.id = fixture_copy(&f, id), .outlet = fixture_copy(&f, outlet), .text = slk_text_of(text)};
    f.r->report.published = fixture_instant(published);
    f.r->report.published_basis = published && *published ? SLK_PUB_GIVEN : SLK_PUB_UNKNOWN;
    if (slk_reading_mark(f.r) != SLK_OK) abort();
    return f;
}

#define FIXTURE_PUSH(f, list, value)                                                                                   \
    do {                                                                                                               \
        if (SLK_ROOM(&(f)->r->arena, &(f)->r->list, 1000) != SLK_OK) abort();                                          \
        (f)->r->list.at[(f)->r->list.n++] = (value);                                                                   \
    } while (0)

static inline uint32_t fixture_actor(fixture *f, const char *name, const char *country, const char *sector) {
    slk_actor a = {.name = fixture_copy(f, name)};
    snprintf(a.country, sizeof a.country, "%s", country);
    snprintf(a.sector, sizeof a.sector, "%s", sector);
    FIXTURE_PUSH(f, actors, a);
    return f->r->actors.n - 1;
}

/* Who says what follows; inside: the attribution that quotes it, or SLK_NONE. Returns the attribution. */
static inline uint32_t fixture_says(fixture *f, const char *name, const char *country, const char *sector,
                                    uint32_t inside) {
    slk_attribution a = {.inside = inside, .stance = SLK_STANCE_REPORTS, .certainty = SLK_CT_PLUS};
    a.actor = fixture_actor(f, name, country, sector);
    if (slk_spans_one(f->r, (slk_span){4, 10}, &a.source) != SLK_OK) abort();
    FIXTURE_PUSH(f, attributions, a);
    f->attribution = f->r->attributions.n - 1;
    return f->attribution;
}

static inline void fixture_event(fixture *f, const char *type, bool main) {
    slk_event e = {.type = fixture_copy(f, type), .main = main, .certainty = SLK_EC_REPORTED, .trigger = {4, 10}};
    f->fields = fixture_take(f, 32 * sizeof *f->fields);
    e.fields = f->fields;
    FIXTURE_PUSH(f, events, e);
    f->e = &f->r->events.at[f->r->events.n - 1];
}

static inline slk_value *fixture_field(fixture *f, slk_field_name name, slk_value_kind kind) {
    slk_field *x = &f->fields[f->e->n_fields++];
    x->name = name;
    x->value = (slk_value){.kind = kind, .ref = SLK_NONE, .low = NAN, .high = NAN, .si = NAN, .si_high = NAN};
    if (slk_spans_one(f->r, (slk_span){11, 20}, &x->evidence) != SLK_OK) abort();
    if (f->attribution != SLK_NONE && slk_ids_copy(f->r, &f->attribution, 1, &x->attributions) != SLK_OK) abort();
    return &x->value;
}

static inline void fixture_by(fixture *f, const char *name, const char *country) {
    uint32_t actor = fixture_actor(f, name, country, "GOV");
    fixture_field(f, SLK_FIELD_ACTOR, SLK_VALUE_ACTOR)->ref = actor;
}

static inline void fixture_at(fixture *f, const char *time) {
    slk_value *v = fixture_field(f, SLK_FIELD_TIME, SLK_VALUE_TIME);
    v->text = fixture_copy(f, time);
    const char *part = strstr(time, "TMO") ? "TMO" : strstr(time, "TEV") ? "TEV" : NULL;
    char day[11];
    snprintf(day, sizeof day, "%.10s", time);
    v->when = fixture_instant(strchr(time, 'W') ? "" : part ? day : time);
}

static inline void fixture_from(fixture *f, const char *name, double lat, double lon, const char *iso2,
                                const char *kind) {
    slk_place p = {.name = fixture_copy(f, name),
                   .has_point = isfinite(lat),
                   .lat = lat,
                   .lon = lon,
                   .kind = fixture_copy(f, kind)};
    snprintf(p.country, sizeof p.country, "%s", iso2);
    FIXTURE_PUSH(f, places, p);
    fixture_field(f, SLK_FIELD_ORIGIN, SLK_VALUE_PLACE)->ref = f->r->places.n - 1;
}

static inline void fixture_count(fixture *f, double low, double high, slk_bound bound) {
    slk_value *v = fixture_field(f, SLK_FIELD_COUNT, SLK_VALUE_COUNT);
    v->low = low;
    v->high = high;
    v->bound = bound;
}

static inline void fixture_km(fixture *f, slk_field_name name, double km) {
    slk_value *v = fixture_field(f, name, SLK_VALUE_QUANTITY);
    v->low = km;
    v->unit = "km";
    v->si = km * 1000;
}

static inline void fixture_class(fixture *f, const char *weapon) {
    fixture_field(f, SLK_FIELD_WEAPON_CLASS, SLK_VALUE_TEXT)->text = fixture_copy(f, weapon);
}

static inline void fixture_free(fixture *f) {
    slk_arena_free(&f->r->arena);
    free(f->r);
}

/* The next cell of a line of a table, "" where it has no more. Writes NUL bytes into the line. */
static inline char *fixture_cell(char **line) {
    char *at = *line, *end = at ? strchr(at, '\t') : NULL;
    if (!at) return (char *)"";
    if (end) *end = '\0';
    *line = end ? end + 1 : NULL;
    return at;
}

/* Opens a table of cases beside the tests; lines that begin with # are comments. */
static inline FILE *fixture_table(const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/cases/%s", getenv("SLK_TEST_DATA") ? getenv("SLK_TEST_DATA") : "tests", name);
    return fopen(path, "r");
}

#endif
