/* dossier.c - everything the ledger holds on one event, as known on a day. Reports that were published later are not looked at,
 * so that what is computed (supersession, groups, certainty) is what a reader could have computed then. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "ledger/chronicle.h"
#include "ledger/deeds.h"
#include "ledger/inside.h"

typedef struct kept_chain { /* a chain that was loaded before */
    int64_t row;
    slk_chain chain;
} kept_chain;

typedef struct loader {
    slk_ledger *l;
    slk_dossier *d;
    slk_arena *a;
    slk_fault *fault;
    int64_t row, day;
    SLK_LIST(slk_teller) reports;
    SLK_LIST(slk_telling) tellings;
    SLK_LIST(slk_claim) claims;
    SLK_LIST(slk_kept_withheld) withheld;
    SLK_LIST(slk_told_field) fields;
    SLK_LIST(kept_chain) chains;
    SLK_LIST(int64_t) report_rows;  /* per report */
    SLK_LIST(int64_t) telling_rows; /* per telling */
    SLK_LIST(int64_t) claim_rows;   /* per claim */
    SLK_LIST(int64_t) claim_chains; /* per claim: row of its chain, 0: own voice */
    SLK_LIST(int64_t) stories;      /* per report: row of the report whose words it repeats, or 0 */
    SLK_LIST(const char *) roots;   /* per report: of its own voice */
} loader;

#define PUSH(k, list, value)                                                                                           \
    do {                                                                                                               \
        slk_err err_ = SLK_ROOM((k)->a, &(k)->list, SLK_MAX_ROWS);                                                     \
        if (err_ != SLK_OK) return err_;                                                                               \
        (k)->list.at[(k)->list.n++] = (value);                                                                         \
    } while (0)

int64_t slk_day_of(slk_instant as_of) {
    int64_t first, last;
    if (as_of.precision == SLK_P_NONE) return INT64_MAX;
    slk_instant whole = slk_instant_cut(as_of, SLK_P_DAY);
    whole.has_offset = false;
    slk_instant_range(whole, &first, &last);
    return last / 86400 - (last % 86400 < 0);
}

int64_t slk_first_day_of(slk_instant t) {
    int64_t first, last;
    slk_instant whole = slk_instant_cut(t, SLK_P_DAY);
    whole.has_offset = false;
    slk_instant_range(whole, &first, &last);
    return first / 86400 - (first % 86400 < 0);
}

static slk_err ask(loader *k, slk_statement which, int64_t key, sqlite3_stmt **out) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(k->l, which, &err, k->fault)};
    *out = b.s;
    if (!b.s) return err != SLK_OK ? err : SLK_EFAULT;
    slk_bind_int(&b, key);
    if (which == SLK_Q_TELLERS_THEN) slk_bind_int(&b, k->day);
    return b.rc == SQLITE_OK ? SLK_OK : slk_store_fault(k->l, b.rc, k->fault);
}

/* Steps to the next row; false at the end or on failure (then *err). */
static bool next(loader *k, sqlite3_stmt *s, slk_err *err) {
    bool row = false;
    if (*err == SLK_OK) *err = slk_store_step(k->l, s, &row, k->fault);
    return *err == SLK_OK && row;
}

/* ---------------------------------------------------------------- reports and tellings */

static slk_err read_report(loader *k, sqlite3_stmt *s) {
    slk_err err = SLK_OK;
    slk_teller t = {.same_story = SLK_NONE};
    t.id = slk_column_copy(k->a, s, 1, &err);
    t.sha256 = slk_column_copy(k->a, s, 2, &err);
    t.title = slk_column_copy(k->a, s, 3, &err);
    t.outlet = slk_column_copy(k->a, s, 4, &err);
    t.url = slk_column_copy(k->a, s, 5, &err);
    t.source = slk_column_copy(k->a, s, 6, &err);
    t.published = slk_column_instant(s, 7);
    t.author = slk_column_copy(k->a, s, 22, &err);
    t.language = slk_column_copy(k->a, s, 23, &err);
    int basis = slk_published_basis_of(slk_column_text(s, 24));
    t.published_basis = basis < 0 ? SLK_PUB_UNKNOWN : (slk_published_basis)basis;
    t.reader = slk_column_copy(k->a, s, 25, &err);
    const char *root = slk_column_copy(k->a, s, 8, &err);
    if (err != SLK_OK) return err;
    PUSH(k, reports, t);
    PUSH(k, roots, root);
    PUSH(k, stories, sqlite3_column_int64(s, 21));
    PUSH(k, report_rows, sqlite3_column_int64(s, 0));
    return SLK_OK;
}

static slk_err read_telling(loader *k, sqlite3_stmt *s) {
    slk_err err = SLK_OK;
    slk_telling t = {.report = k->reports.n - 1};
    t.type = slk_column_copy(k->a, s, 10, &err);
    t.plover = slk_column_copy(k->a, s, 11, &err);
    t.plover_mode = slk_column_copy(k->a, s, 12, &err);
    t.cameo = slk_column_copy(k->a, s, 13, &err);
    t.trigger.start = (uint32_t)sqlite3_column_int64(s, 14);
    t.trigger.end = (uint32_t)sqlite3_column_int64(s, 15);
    t.trigger.words = slk_column_copy(k->a, s, 16, &err);
    t.main = sqlite3_column_int(s, 17) != 0;
    t.main_reason = slk_column_copy(k->a, s, 18, &err);
    int c = slk_event_certainty_of(slk_column_text(s, 19));
    t.certainty = c < 0 ? SLK_EC_REPORTED : (slk_event_certainty)c;
    t.link_reason = slk_column_copy(k->a, s, 20, &err);
    t.id = slk_arena_printf(k->a, "%s#%d", k->reports.at[t.report].id, sqlite3_column_int(s, 26));
    if (err == SLK_OK && !t.id) err = SLK_ENOMEM;
    if (err != SLK_OK) return err;
    PUSH(k, tellings, t);
    PUSH(k, telling_rows, sqlite3_column_int64(s, 9));
    if (t.main) k->reports.at[t.report].main = true;
    return SLK_OK;
}

/* The report among these whose words report i repeats; copies of one story refer to its first. Looks at the first 64 only. */
static uint32_t repeated(const loader *k, uint32_t i) {
    if (k->stories.at[i] == 0) return SLK_NONE;
    for (uint32_t x = 0; x < k->reports.n && x < 64; x++)
        if (x != i && k->report_rows.at[x] == k->stories.at[i]) return x;
    return SLK_NONE;
}

static slk_err load_tellings(loader *k) {
    sqlite3_stmt *s = NULL;
    int64_t last = 0;
    slk_err err = ask(k, k->day == INT64_MAX ? SLK_Q_TELLERS : SLK_Q_TELLERS_THEN, k->row, &s);
    if (err != SLK_OK) return err;
    while (next(k, s, &err)) {
        if (k->reports.n == 0 || sqlite3_column_int64(s, 0) != last) err = read_report(k, s);
        last = sqlite3_column_int64(s, 0);
        if (err == SLK_OK) err = read_telling(k, s);
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    for (uint32_t i = 0; err == SLK_OK && i < k->reports.n; i++) k->reports.at[i].same_story = repeated(k, i);
    return err;
}

/* ---------------------------------------------------------------- chains */

static slk_err split_names(loader *k, slk_text lines, slk_chain *c) {
    SLK_LIST(const char *) names = {0};
    slk_text one;
    while (slk_text_split(&lines, '\n', &one)) {
        const char *name = slk_arena_copy(k->a, one.at, one.n);
        slk_err err = SLK_ROOM(k->a, &names, 64);
        if (!name || err != SLK_OK) return SLK_ENOMEM;
        names.at[names.n++] = name;
    }
    c->names = names.at;
    c->n = names.n;
    return SLK_OK;
}

static slk_err read_chain(loader *k, int64_t row, slk_chain *out) {
    sqlite3_stmt *s = NULL;
    slk_err err = ask(k, SLK_Q_CHAIN_ROW, row, &s);
    if (err != SLK_OK) return err;
    slk_chain c = {.text = "", .root = ""};
    if (next(k, s, &err)) {
        c.text = slk_column_copy(k->a, s, 0, &err);
        if (err == SLK_OK) err = split_names(k, slk_column_text(s, 1), &c);
        c.root = slk_column_copy(k->a, s, 2, &err);
        slk_text country = slk_column_text(s, 3);
        if (country.n == 3) memcpy(c.root_country, country.at, 3);
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    if (err == SLK_OK) *out = c;
    return err;
}

/* The chain of a row, 0 for a report's own voice. party is set later, when the event's country is known. */
static slk_err chain_of(loader *k, int64_t row, uint32_t report, slk_chain *out) {
    if (row == 0) {
        *out = (slk_chain){.text = "", .root = k->roots.at[report]};
        return SLK_OK;
    }
    for (uint32_t i = k->chains.n; i-- > 0 && k->chains.n - i <= 64;) {
        if (k->chains.at[i].row != row) continue;
        *out = k->chains.at[i].chain;
        return SLK_OK;
    }
    kept_chain c = {.row = row};
    slk_err err = read_chain(k, row, &c.chain);
    if (err != SLK_OK) return err;
    PUSH(k, chains, c);
    *out = c.chain;
    return SLK_OK;
}

/* ---------------------------------------------------------------- claims */

static void read_value(loader *k, sqlite3_stmt *s, slk_value *v, slk_err *err) {
    v->kind = slk_kind_of(slk_column_text(s, 2));
    v->text = slk_column_copy(k->a, s, 3, err);
    v->unit = slk_column_copy(k->a, s, 4, err);
    v->zone = slk_column_copy(k->a, s, 5, err);
    v->ref = SLK_NONE;
    v->low = slk_column_double(s, 6);
    v->high = slk_column_double(s, 7);
    v->si = slk_column_double(s, 8);
    v->si_high = slk_column_double(s, 9);
    int bound = slk_bound_of(slk_column_text(s, 10));
    v->bound = bound < 0 ? SLK_BOUND_EXACT : (slk_bound)bound;
    v->when = slk_column_instant(s, 11);
}

static void copy_code(sqlite3_stmt *s, int column, char out[4]) {
    slk_text t = slk_column_text(s, column);
    size_t n = t.n < 3 ? t.n : 3;
    if (n) memcpy(out, t.at, n);
    out[n] = '\0';
}

static void read_reach(sqlite3_stmt *s, slk_reach *out) {
    if (sqlite3_column_type(s, 23) == SQLITE_NULL) return;
    out->lat = slk_column_double(s, 23);
    out->lon = slk_column_double(s, 24);
    out->sector = (slk_sector){true, slk_column_double(s, 25), slk_column_double(s, 26), slk_column_double(s, 27),
                               slk_column_double(s, 28)};
}

static slk_err read_claim(loader *k, sqlite3_stmt *s, uint32_t telling) {
    slk_err err = SLK_OK;
    slk_claim c = {.report = k->tellings.at[telling].report, .telling = telling};
    int field = slk_field_of(slk_column_text(s, 1)), basis = slk_basis_of(slk_column_text(s, 17));
    int stance = slk_stance_of(slk_column_text(s, 18)), certainty = slk_certainty_of(slk_column_text(s, 19));
    if (field < 0) return SLK_OK; /* of a newer program with the same schema */
    c.field = (slk_field_name)field;
    read_value(k, s, &c.value, &err);
    copy_code(s, 12, c.country);
    copy_code(s, 13, c.sector);
    c.lat = slk_column_double(s, 14);
    c.lon = slk_column_double(s, 15);
    c.has_point = isfinite(c.lat);
    c.place_kind = slk_column_copy(k->a, s, 16, &err);
    c.basis = basis < 0 ? SLK_BASIS_STATED : (slk_basis)basis;
    c.stance = stance < 0 ? SLK_STANCE_REPORTS : (slk_stance)stance;
    c.certainty = certainty < 0 ? SLK_CT_PLUS : (slk_certainty)certainty;
    c.note = slk_column_copy(k->a, s, 20, &err);
    c.rule = slk_column_copy(k->a, s, 22, &err);
    read_reach(s, &c.reach);
    if (err == SLK_OK && !(c.text = slk_value_words(&c.value, k->a))) err = SLK_ENOMEM;
    if (err != SLK_OK) return err;
    PUSH(k, claims, c);
    PUSH(k, claim_rows, sqlite3_column_int64(s, 0));
    PUSH(k, claim_chains, sqlite3_column_int64(s, 21));
    return SLK_OK;
}

static slk_err load_evidence(loader *k, uint32_t claim) {
    sqlite3_stmt *s = NULL;
    SLK_LIST(slk_quote) quotes = {0};
    slk_err err = ask(k, SLK_Q_EVIDENCE, k->claim_rows.at[claim], &s);
    if (err != SLK_OK) return err;
    while (next(k, s, &err)) {
        slk_quote q = {(uint32_t)sqlite3_column_int64(s, 0), (uint32_t)sqlite3_column_int64(s, 1), NULL};
        q.words = slk_column_copy(k->a, s, 2, &err);
        if (err == SLK_OK) err = SLK_ROOM(k->a, &quotes, SLK_MAX_ROWS);
        if (err == SLK_OK) quotes.at[quotes.n++] = q;
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    k->claims.at[claim].evidence = quotes.at;
    k->claims.at[claim].n_evidence = quotes.n;
    return err;
}

static slk_err load_claims(loader *k) {
    slk_err err = SLK_OK;
    for (uint32_t t = 0; err == SLK_OK && t < k->tellings.n; t++) {
        sqlite3_stmt *s = NULL;
        if ((err = ask(k, SLK_Q_CLAIMS, k->telling_rows.at[t], &s)) != SLK_OK) break;
        while (next(k, s, &err)) err = read_claim(k, s, t);
        (void)sqlite3_reset(s); /* repeats the code of the step */
    }
    for (uint32_t i = 0; err == SLK_OK && i < k->claims.n && k->d; i++) err = load_evidence(k, i);
    for (uint32_t i = 0; err == SLK_OK && i < k->claims.n; i++) {
        slk_claim *c = &k->claims.at[i];
        err = chain_of(k, k->claim_chains.at[i], c->report, &c->chain);
    }
    return err;
}

static slk_err read_withheld(loader *k, sqlite3_stmt *s, uint32_t telling, int64_t *chain) {
    slk_err err = SLK_OK;
    slk_kept_withheld w = {.report = k->tellings.at[telling].report};
    w.field = slk_column_copy(k->a, s, 0, &err);
    *chain = sqlite3_column_int64(s, 1);
    w.quote.start = (uint32_t)sqlite3_column_int64(s, 2);
    w.quote.end = (uint32_t)sqlite3_column_int64(s, 3);
    w.quote.words = slk_column_copy(k->a, s, 4, &err);
    if (err != SLK_OK) return err;
    PUSH(k, withheld, w);
    return SLK_OK;
}

static slk_err load_withheld(loader *k) {
    slk_err err = SLK_OK;
    for (uint32_t t = 0; err == SLK_OK && t < k->tellings.n; t++) {
        sqlite3_stmt *s = NULL;
        int64_t chain = 0;
        if ((err = ask(k, SLK_Q_WITHHELD, k->telling_rows.at[t], &s)) != SLK_OK) break;
        while (next(k, s, &err)) {
            err = read_withheld(k, s, t, &chain);
            if (err != SLK_OK) break;
            slk_kept_withheld *w = &k->withheld.at[k->withheld.n - 1];
            err = chain_of(k, chain, w->report, &w->by);
        }
        (void)sqlite3_reset(s); /* repeats the code of the step */
    }
    return err;
}

/* ---------------------------------------------------------------- fields */

/* A state's own organ speaking of that state's deed. */
static void mark_parties(loader *k) {
    const char *country = k->d->entry.country;
    for (uint32_t i = 0; i < k->claims.n; i++) {
        slk_chain *c = &k->claims.at[i].chain;
        c->party = *country && strcmp(c->root_country, country) == 0;
    }
    for (uint32_t i = 0; i < k->withheld.n; i++) {
        slk_chain *c = &k->withheld.at[i].by;
        c->party = *country && strcmp(c->root_country, country) == 0;
    }
}

/* Claims in order of field; within one they keep the order of their reports. Counting sort: stable and linear. */
static slk_err sort_claims(loader *k, uint32_t start[SLK_FIELD_NAMES + 1]) {
    slk_claim *sorted = slk_arena_take(k->a, sizeof *sorted * k->claims.n);
    uint32_t at[SLK_FIELD_NAMES + 1] = {0};
    if (!sorted) return SLK_ENOMEM;
    for (uint32_t i = 0; i < k->claims.n; i++) at[k->claims.at[i].field + 1]++;
    for (unsigned f = 0; f < SLK_FIELD_NAMES; f++) at[f + 1] += at[f];
    memcpy(start, at, sizeof at);
    for (uint32_t i = 0; i < k->claims.n; i++) sorted[at[k->claims.at[i].field]++] = k->claims.at[i];
    k->claims.at = sorted;
    return SLK_OK;
}

static slk_err make_fields(loader *k) {
    uint32_t start[SLK_FIELD_NAMES + 1];
    slk_err err = sort_claims(k, start);
    for (unsigned f = 0; err == SLK_OK && f < SLK_FIELD_NAMES; f++) {
        slk_told_field field = {.field = (slk_field_name)f, .first = start[f], .n = start[f + 1] - start[f]};
        if (field.n == 0) continue;
        if ((err = slk_groups_make(k->l->pack, k->claims.at, &field, k->a)) != SLK_OK) break;
        PUSH(k, fields, field);
    }
    return err;
}

/* ---------------------------------------------------------------- decisions */

static slk_err load_decisions(loader *k) {
    sqlite3_stmt *s = NULL;
    SLK_LIST(slk_decision) list = {0};
    slk_err err = ask(k, SLK_Q_DECISIONS, k->row, &s);
    if (err != SLK_OK) return err;
    while (next(k, s, &err)) {
        slk_decision x = {.row = sqlite3_column_int64(s, 0), .made_s = sqlite3_column_int64(s, 4)};
        if (k->day != INT64_MAX && x.made_s / 86400 > k->day) continue;
        x.what = slk_column_copy(k->a, s, 1, &err);
        x.by = slk_column_copy(k->a, s, 2, &err);
        x.why = slk_column_copy(k->a, s, 3, &err);
        x.event = slk_column_copy(k->a, s, 5, &err);
        x.other = slk_column_copy(k->a, s, 6, &err);
        x.undoes = sqlite3_column_int64(s, 7);
        x.undone = sqlite3_column_int64(s, 8);
        if (err == SLK_OK) err = SLK_ROOM(k->a, &list, SLK_MAX_ROWS);
        if (err == SLK_OK) list.at[list.n++] = x;
    }
    (void)sqlite3_reset(s); /* repeats the code of the step */
    k->d->decisions = list.at;
    k->d->n_decisions = list.n;
    return err;
}

/* The event that this one went into, as people had decided on the day; itself where it went nowhere. */
static slk_err follow(loader *k) {
    slk_err err = SLK_OK;
    for (unsigned steps = 0; err == SLK_OK && steps < 1000; steps++) {
        sqlite3_stmt *s = NULL;
        int64_t to = 0;
        if ((err = ask(k, SLK_Q_WENT, k->row, &s)) != SLK_OK) return err;
        if (next(k, s, &err)) {
            bool then = k->day == INT64_MAX || sqlite3_column_type(s, 1) == SQLITE_NULL ||
                        sqlite3_column_int64(s, 1) / 86400 <= k->day;
            if (then) to = sqlite3_column_int64(s, 0);
        }
        (void)sqlite3_reset(s); /* repeats the code of the step */
        if (to == 0) break;
        k->row = to;
    }
    return err;
}

/* ---------------------------------------------------------------- the whole */

static slk_err load_entry(loader *k) {
    sqlite3_stmt *s = NULL;
    slk_profiles p = {0};
    int64_t first, last;
    bool timed;
    slk_err err = follow(k);
    if (err == SLK_OK) err = ask(k, SLK_Q_EVENT_ID, k->row, &s);
    if (err != SLK_OK) return err;
    if (next(k, s, &err)) k->d->entry.id = slk_column_copy(k->a, s, 0, &err);
    (void)sqlite3_reset(s); /* repeats the code of the step */
    if (err == SLK_OK && !k->d->entry.id)
        return slk_fault_say(k->fault, SLK_EMISSING, "%s: there is no such event", k->l->path);
    k->d->entry.row = k->row;
    if (err == SLK_OK) err = slk_profiles_load(k->l, k->row, k->day, k->a, &p, k->fault);
    if (err != SLK_OK) return err;
    if (p.n == 0)
        return slk_fault_say(k->fault, SLK_EMISSING, "%s: not known on that day: %s", k->l->path, k->d->entry.id);
    slk_summary_of(k->l->pack, p.at, p.n, &k->d->entry, &first, &last, &timed);
    return SLK_OK;
}

static slk_err load_all(loader *k) {
    slk_dossier *d = k->d;
    slk_err err = load_entry(k);
    if (err == SLK_OK) err = load_tellings(k);
    if (err == SLK_OK) err = load_claims(k);
    if (err == SLK_OK) err = load_withheld(k);
    if (err != SLK_OK) return err;
    mark_parties(k);
    if ((err = make_fields(k)) != SLK_OK) return err;
    d->fields = k->fields.at;
    d->n_fields = k->fields.n;
    for (uint32_t i = 0; i < d->n_fields; i++) d->entry.conflict = d->entry.conflict || d->fields[i].conflict;
    if ((err = load_decisions(k)) != SLK_OK) return err;
    d->claims = k->claims.at;
    d->n_claims = k->claims.n;
    d->withheld = k->withheld.at;
    d->n_withheld = k->withheld.n;
    d->reports = k->reports.at;
    d->n_reports = k->reports.n;
    d->tellings = k->tellings.at;
    d->n_tellings = k->tellings.n;
    if ((err = slk_deeds_dossier(k->l, d, k->day, k->a, k->fault)) != SLK_OK) return err;
    return slk_chronicle_dossier(k->l, d, k->report_rows.at, k->telling_rows.at, k->day, k->fault);
}

slk_err slk_ledger_dossier(slk_ledger *l, int64_t row, slk_instant as_of, slk_dossier **out, slk_fault *fault) {
    slk_dossier *d = slk_mem_new(&l->mem, sizeof *d);
    if (!d) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", l->path);
    memset(d, 0, sizeof *d);
    slk_arena_start(&d->arena, &l->mem, SLK_DOSSIER_CEILING_B);
    loader k = {.l = l, .d = d, .a = &d->arena, .fault = fault, .row = row, .day = slk_day_of(as_of)};
    slk_err err = load_all(&k);
    if (err == SLK_OK) {
        *out = d;
        return SLK_OK;
    }
    slk_dossier_free(d);
    return slk_store_memory(l, err, fault);
}

void slk_dossier_free(slk_dossier *d) {
    if (!d) return;
    slk_allocator mem = d->arena.mem;
    slk_arena_free(&d->arena);
    slk_mem_free(&mem, d);
}

/* The claims are all that is needed: no words, no checks. */
slk_err slk_dossier_conflict(slk_ledger *l, int64_t event, int64_t day, bool *out, slk_fault *fault) {
    slk_arena arena;
    slk_arena_start(&arena, &l->mem, SLK_DOSSIER_CEILING_B);
    loader k = {.l = l, .a = &arena, .fault = fault, .row = event, .day = day};
    bool conflict = false;
    slk_err err = load_tellings(&k);
    if (err == SLK_OK) err = load_claims(&k);
    if (err == SLK_OK) err = make_fields(&k);
    for (uint32_t i = 0; err == SLK_OK && i < k.fields.n; i++) conflict = conflict || k.fields.at[i].conflict;
    slk_arena_free(&arena);
    if (err == SLK_OK) *out = conflict;
    return slk_store_memory(l, err, fault);
}
