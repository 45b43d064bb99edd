/* audit.c - the audit's entries, its findings, and the run over all rules. See audit.h. */
#include "ledger/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "ledger/auditing.h"

#define FOUND_MOST (1u << 20)
#define PLACE_M 30000.0

static const char *const words[] = {
#define RULE(name, word, says) word,
    SLK_AUDIT_RULES(RULE)
#undef RULE
};
static const char *const meanings[] = {
#define RULE(name, word, says) says,
    SLK_AUDIT_RULES(RULE)
#undef RULE
};

const char *slk_audit_rule_word(slk_audit_rule rule) { return rule < SLK_AUDIT_COUNT ? words[rule] : ""; }
const char *slk_audit_rule_says(slk_audit_rule rule) { return rule < SLK_AUDIT_COUNT ? meanings[rule] : ""; }

/* ---------------------------------------------------------------- entries */

static slk_err read_entry(slk_audit *c, sqlite3_stmt *s, slk_audited *out) {
    slk_audited x = {.local = INT64_MIN, .radius_m = NAN};
    slk_err err = slk_profile_row(s, c->a, &x.p);
    if (err != SLK_OK) return err;
    x.event = sqlite3_column_int64(s, SLK_PROFILE_N);
    x.event_id = slk_column_copy(c->a, s, SLK_PROFILE_N + 1, &err);
    x.database = slk_column_copy(c->a, s, SLK_PROFILE_N + 2, &err);
    x.key = slk_column_copy(c->a, s, SLK_PROFILE_N + 3, &err);
    x.file = slk_column_copy(c->a, s, SLK_PROFILE_N + 4, &err);
    x.line = sqlite3_column_int64(s, SLK_PROFILE_N + 5);
    x.parts = sqlite3_column_int(s, SLK_PROFILE_N + 6) != 0;
    x.listed = sqlite3_column_type(s, SLK_PROFILE_N + 7) != SQLITE_NULL;
    x.day = sqlite3_column_int64(s, SLK_PROFILE_N + 7);
    x.radius_m = slk_column_double(s, SLK_PROFILE_N + 8);
    x.text = slk_column_copy(c->a, s, SLK_PROFILE_N + 9, &err);
    x.exact = x.p.timed && !x.p.assumed && x.p.time.precision >= SLK_P_DAY;
    x.clock = x.exact && x.p.time.precision >= SLK_P_HOUR && x.p.time.has_offset;
    if (x.exact) x.local = slk_instant_days(slk_instant_cut(x.p.time, SLK_P_DAY));
    if (!x.database) {
        x.listed = x.exact;
        x.day = x.exact ? x.local : 0;
    }
    if (err == SLK_OK) *out = x;
    return err;
}

static int by_order(const void *a, const void *b) {
    const slk_audited *x = a, *y = b;
    int order = strcmp(x->p.kind, y->p.kind);
    if (order == 0) order = strcmp(x->p.country, y->p.country);
    if (order == 0) order = (x->p.first_s > y->p.first_s) - (x->p.first_s < y->p.first_s);
    return order ? order : (x->p.telling > y->p.telling) - (x->p.telling < y->p.telling);
}

static slk_err load(slk_audit *c) {
    slk_err err = SLK_OK;
    bool row = true;
    sqlite3_stmt *s = slk_store_get(c->l, SLK_Q_AUDITED, &err, c->fault);
    if (!s) return err;
    while ((err = slk_store_step(c->l, s, &row, c->fault)) == SLK_OK && row) {
        slk_audited x;
        if ((err = read_entry(c, s, &x)) != SLK_OK) break;
        if (!slk_profile_happened(x.p.certainty) || !x.p.timed) continue;
        if ((err = SLK_ROOM(c->a, &c->all, SLK_MAX_ROWS)) != SLK_OK) break;
        c->all.at[c->all.n++] = x;
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    if (err == SLK_OK && c->all.n) qsort(c->all.at, c->all.n, sizeof *c->all.at, by_order);
    return err;
}

bool slk_audit_concerns(const slk_audit *c, const slk_audited *a, const slk_audited *b) {
    bool database = a->database || (b && b->database);
    if (!c->database) return database;
    return (a->database && strcmp(a->database, c->database) == 0) ||
           (b && b->database && strcmp(b->database, c->database) == 0);
}

bool slk_audit_known_place(const slk_audited *a, const slk_audited *b) {
    return (isfinite(a->p.lat) && isfinite(b->p.lat)) || (a->p.place && b->p.place);
}

bool slk_audit_same_place(const slk_audited *a, const slk_audited *b) {
    double metres = slk_profile_distance(a->p.lat, a->p.lon, b->p.lat, b->p.lon);
    if (isfinite(metres))
        return metres <=
               fmax(PLACE_M, fmax(isnan(a->radius_m) ? 0 : a->radius_m, isnan(b->radius_m) ? 0 : b->radius_m));
    return !a->p.place || !b->p.place || strcmp(a->p.place, b->p.place) == 0;
}

/* ---------------------------------------------------------------- words */

const char *slk_audit_day(slk_audit *c, int64_t day) {
    char z[40];
    slk_instant_format(slk_instant_day(day), z);
    return slk_arena_copy(c->a, z, strlen(z));
}

const char *slk_audit_moment(slk_audit *c, const slk_audited *x) {
    char z[40], utc[40];
    if (!x->clock) {
        slk_instant_format(x->p.time, z);
        return x->listed && x->database ? slk_audit_day(c, x->day) : slk_arena_copy(c->a, z, strlen(z));
    }
    slk_instant_format(slk_instant_cut(x->p.time, SLK_P_MINUTE), z);
    slk_instant_format(slk_instant_at(x->p.first_s, 0, SLK_P_MINUTE), utc);
    return slk_arena_printf(c->a, "%s (%s)", z, utc);
}

/* ---------------------------------------------------------------- findings */

slk_err slk_audit_add_many(slk_audit *c, slk_audit_rule rule, const char *field, const slk_audited *const *who,
                           const char *const *says, uint32_t n, const char *sentence) {
    slk_finding_row *rows = slk_arena_take(c->a, sizeof *rows * n);
    if (!rows || !sentence) return SLK_ENOMEM;
    for (uint32_t i = 0; i < n; i++) {
        rows[i] = (slk_finding_row){who[i]->database, who[i]->key,      who[i]->file,
                                    who[i]->line,     who[i]->event_id, says ? says[i] : NULL};
        if (!rows[i].says && !(rows[i].says = slk_audit_moment(c, who[i]))) return SLK_ENOMEM;
    }
    slk_err err = SLK_ROOM(c->a, &c->found, FOUND_MOST);
    if (err != SLK_OK) return err;
    c->found.at[c->found.n++] = (slk_finding){
        rule, field, sentence, rows, n, who[0]->listed ? who[0]->day : who[0]->p.first_s / SLK_AUDIT_DAY_S};
    return SLK_OK;
}

slk_err slk_audit_add(slk_audit *c, slk_audit_rule rule, const slk_audited *a, const slk_audited *b, const char *says) {
    const slk_audited *who[] = {a, b};
    return slk_audit_add_many(c, rule, NULL, who, NULL, b ? 2 : 1, says);
}

slk_err slk_audit_claim(slk_audit *c, const slk_audited *x, slk_field_name field, slk_text *text, double *figure) {
    slk_err err = SLK_OK;
    bool row = false;
    *text = (slk_text){"", 0};
    *figure = NAN;
    slk_bind b = {.s = slk_store_get(c->l, SLK_Q_CLAIM_OF, &err, c->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, x->p.telling);
    slk_bind_text(&b, slk_field_word(field));
    if (b.rc != SQLITE_OK) return slk_store_fault(c->l, b.rc, c->fault);
    err = slk_store_step(c->l, b.s, &row, c->fault);
    if (err == SLK_OK && row) {
        const char *z = slk_column_copy(c->a, b.s, 0, &err);
        if (z) *text = slk_text_of(z);
        *figure = slk_column_double(b.s, 1);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

slk_err slk_audit_country(slk_audit *c, const slk_audited *x, char out[4]) {
    slk_err err = SLK_OK;
    bool row = false;
    memcpy(out, "", 1);
    slk_bind b = {.s = slk_store_get(c->l, SLK_Q_PLACE_COUNTRY, &err, c->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, x->p.telling);
    if (b.rc != SQLITE_OK) return slk_store_fault(c->l, b.rc, c->fault);
    err = slk_store_step(c->l, b.s, &row, c->fault);
    slk_text t = row ? slk_column_text(b.s, 0) : (slk_text){"", 0};
    if (t.n == 3) memcpy(out, t.at, 4);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* ---------------------------------------------------------------- the run */

static int by_rule(const void *a, const void *b) {
    const slk_finding *x = a, *y = b;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    int order = strcmp(x->rows[0].key, y->rows[0].key);
    return order ? order : strcmp(x->says, y->says);
}

static slk_err has_rows(slk_audit *c) {
    if (!c->database) return SLK_OK;
    for (uint32_t i = 0; i < c->all.n; i++)
        if (c->all.at[i].database && strcmp(c->all.at[i].database, c->database) == 0) return SLK_OK;
    return slk_fault_say(c->fault, SLK_EMISSING,
                         "the ledger has no rows of a database \"%.60s\"; sillok import takes them", c->database);
}

static slk_err audit(slk_audit *c, slk_findings *f) {
    slk_err err = load(c);
    if (err == SLK_OK) err = has_rows(c);
    if (err == SLK_OK) err = slk_audit_days(c);
    if (err == SLK_OK) err = slk_audit_places(c);
    if (err == SLK_OK) err = slk_audit_values(c);
    if (err == SLK_OK) err = slk_audit_missing(c);
    if (err != SLK_OK) return err;
    if (c->found.n) qsort(c->found.at, c->found.n, sizeof *c->found.at, by_rule);
    for (uint32_t i = 0; i < c->all.n; i++) f->rows += c->all.at[i].database != NULL;
    f->at = c->found.at;
    f->n = c->found.n;
    f->tellings = c->all.n;
    return SLK_OK;
}

slk_err slk_ledger_audit(slk_ledger *l, const char *database, slk_findings **out, slk_fault *fault) {
    slk_findings *f = slk_mem_new(&l->mem, sizeof *f);
    if (!f) return slk_store_memory(l, SLK_ENOMEM, fault);
    memset(f, 0, sizeof *f);
    slk_arena_start(&f->arena, &l->mem, (size_t)4 << 30);
    slk_audit c = {.l = l, .database = database, .a = &f->arena, .fault = fault};
    slk_err err = audit(&c, f);
    if (err == SLK_OK)
        *out = f;
    else
        slk_findings_free(f);
    return slk_store_memory(l, err, fault);
}

void slk_findings_free(slk_findings *f) {
    if (!f) return;
    slk_allocator mem = f->arena.mem;
    slk_arena_free(&f->arena);
    slk_mem_free(&mem, f);
}
