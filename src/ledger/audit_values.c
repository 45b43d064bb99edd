/* audit_values.c - where a database differs from other databases and from reports on one event, field by field. Values are held side by
 * side by the bands of bands.c and never averaged. Rows that may be parts of one event (one row a missile) are together what their
 * database says: it is enough that one of them agrees; their number is held against what others count. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/auditing.h"

#define HELD 48u  /* claims of a field that are held against each other */
#define SHOWN 16u /* values in a finding */

typedef struct comparing {
    slk_audit *c;
    const slk_audited *const *of; /* the entries of the event */
    uint32_t n_of;
    const slk_dossier *d;
} comparing;

static const slk_field_name compared[] = {SLK_FIELD_TIME,      SLK_FIELD_ORIGIN,      SLK_FIELD_LANDING,
                                          SLK_FIELD_DIRECTION, SLK_FIELD_DISTANCE,    SLK_FIELD_ALTITUDE,
                                          SLK_FIELD_COUNT,     SLK_FIELD_CASUALTIES,  SLK_FIELD_OUTCOME,
                                          SLK_FIELD_WEAPON,    SLK_FIELD_WEAPON_CLASS};

/* Who says it: one key for all of a database, and for all reports of one root. */
static void voice_of(const slk_claim *x, char out[128]) { slk_root_group(x->chain.root, out); }

static const slk_audited *entry_of(const comparing *k, const slk_claim *x) {
    const char *root = x->chain.root, *id = k->d->reports[x->report].id;
    for (uint32_t i = 0; i < k->n_of; i++) {
        const slk_audited *e = k->of[i];
        if (slk_root_database(root) ? strcmp(e->p.root, root) == 0 : !e->database && strcmp(e->key, id) == 0) return e;
    }
    return NULL;
}

static bool differ(const comparing *k, const slk_claim *a, const slk_claim *b) {
    char x[128], y[128];
    voice_of(a, x);
    voice_of(b, y);
    bool database = slk_root_database(a->chain.root) || slk_root_database(b->chain.root);
    return database && strcmp(x, y) != 0 && slk_bands_relation(k->c->l->pack, a, b) == SLK_CONFLICTING;
}

/* Does another claim of the same database, if its rows are parts, agree with b? */
static bool part_agrees(const comparing *k, const slk_told_field *f, const slk_claim *a, const slk_claim *b) {
    for (uint32_t i = f->first; i < f->first + f->n && i < f->first + HELD; i++) {
        const slk_claim *x = &k->d->claims[i];
        if (x->superseded_by == SLK_NONE && slk_roots_parts(x->chain.root, a->chain.root) &&
            slk_bands_relation(k->c->l->pack, x, b) == SLK_AGREEING)
            return true;
    }
    return false;
}

static slk_err say(const comparing *k, const slk_told_field *f, const bool *in) {
    const slk_audited *who[SHOWN];
    const char *says[SHOWN], *sentence = slk_field_word(f->field);
    uint32_t n = 0;
    bool ours = false;
    for (uint32_t i = f->first; i < f->first + f->n && i < f->first + HELD && n < SHOWN; i++) {
        const slk_claim *x = &k->d->claims[i];
        const slk_audited *e = in[i - f->first] ? entry_of(k, x) : NULL;
        bool again = false;
        for (uint32_t m = 0; e && m < n && !again; m++)
            again = strcmp(says[m], x->text) == 0 && who[m]->database && e->database &&
                    strcmp(who[m]->database, e->database) == 0;
        if (!e || again) continue;
        ours = ours || slk_audit_concerns(k->c, e, NULL);
        who[n] = e;
        if (!(says[n++] = slk_arena_copy(k->c->a, x->text, strlen(x->text))))
            return SLK_ENOMEM; /* outlives the dossier */
    }
    if (n < 2 || !ours) return SLK_OK;
    for (uint32_t i = 0; i < n; i++) {
        const char *name = who[i]->database ? who[i]->database : who[i]->key;
        sentence = slk_arena_printf(k->c->a, "%s%s %s (%s)", sentence, i ? " against" : ":", says[i], name);
        if (!sentence) return SLK_ENOMEM;
    }
    return slk_audit_add_many(k->c, SLK_AUDIT_DISAGREEMENT, slk_field_word(f->field), who, says, n, sentence);
}

static slk_err compare_field(const comparing *k, const slk_told_field *f) {
    bool in[HELD] = {false}, any = false;
    const slk_claim *at = &k->d->claims[f->first];
    uint32_t n = f->n < HELD ? f->n : HELD;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++) {
            if (at[a].superseded_by != SLK_NONE || at[b].superseded_by != SLK_NONE || !differ(k, &at[a], &at[b]))
                continue;
            if (part_agrees(k, f, &at[a], &at[b]) || part_agrees(k, f, &at[b], &at[a])) continue;
            in[a] = in[b] = any = true;
        }
    return any ? say(k, f, in) : SLK_OK;
}

/* ---------------------------------------------------------------- how many */

/* May a count mean n things? */
static bool counts(const slk_value *v, double n) {
    if (!isfinite(v->low)) return true;
    double high = isfinite(v->high) ? v->high : v->low;
    switch (v->bound) {
    case SLK_BOUND_AT_LEAST: return n >= v->low;
    case SLK_BOUND_MORE_THAN: return n > v->low;
    case SLK_BOUND_AT_MOST: return n <= v->low;
    case SLK_BOUND_LESS_THAN: return n < v->low;
    case SLK_BOUND_EXACT: return n >= v->low && n <= high;
    default: return true;
    }
}

/* The rows of a database of parts are so many missiles; what do others count? */
static slk_err compare_number(const comparing *k, const slk_told_field *f) {
    const slk_audited *row = NULL;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < k->n_of; i++) {
        const slk_audited *e = k->of[i];
        if (!e->database || !e->parts || (row && strcmp(row->database, e->database) != 0)) continue;
        row = row ? row : e;
        rows++;
    }
    for (uint32_t i = f->first; row && i < f->first + f->n && i < f->first + HELD; i++) {
        const slk_claim *x = &k->d->claims[i];
        const slk_audited *e = entry_of(k, x);
        if (x->superseded_by != SLK_NONE || slk_root_database(x->chain.root) || !e || counts(&x->value, rows)) continue;
        const slk_audited *who[] = {row, e};
        const char *mine = slk_arena_printf(k->c->a, "%u row%s", rows, rows == 1 ? "" : "s"),
                   *theirs = slk_arena_copy(k->c->a, x->text, strlen(x->text)), *says[] = {mine, theirs};
        const char *sentence = slk_arena_printf(k->c->a, "%s has %u row%s, one for each missile; %s tells of %s",
                                                row->database, rows, rows == 1 ? "" : "s", e->key, x->text);
        if (!mine || !theirs || !sentence) return SLK_ENOMEM;
        if (!slk_audit_concerns(k->c, row, e)) return SLK_OK;
        return slk_audit_add_many(k->c, SLK_AUDIT_DISAGREEMENT, "count", who, says, 2, sentence);
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- all events */

static slk_err compare_event(void *ctx, const slk_audited *const *of, uint32_t n) {
    slk_audit *c = ctx;
    bool concerns = false;
    slk_dossier *d = NULL;
    for (uint32_t i = 0; i < n; i++) concerns = concerns || slk_audit_concerns(c, of[i], NULL);
    if (n < 2 || !concerns) return SLK_OK;
    slk_err err = slk_ledger_dossier(c->l, of[0]->event, (slk_instant){.precision = SLK_P_NONE}, &d, c->fault);
    if (err != SLK_OK) return err;
    comparing k = {c, of, n, d};
    for (uint32_t i = 0; err == SLK_OK && i < d->n_fields; i++) {
        const slk_told_field *f = &d->fields[i];
        for (size_t m = 0; err == SLK_OK && m < sizeof compared / sizeof *compared; m++)
            if (f->field == compared[m]) err = compare_field(&k, f);
        if (err == SLK_OK && f->field == SLK_FIELD_COUNT) err = compare_number(&k, f);
    }
    slk_dossier_free(d);
    return err;
}

static int by_event(const void *a, const void *b) {
    const slk_audited *x = *(const slk_audited *const *)a, *y = *(const slk_audited *const *)b;
    if (x->event != y->event) return x->event < y->event ? -1 : 1;
    return (x->p.telling > y->p.telling) - (x->p.telling < y->p.telling);
}

slk_err slk_audit_by_event(slk_audit *c, void *ctx, slk_err (*f)(void *ctx, const slk_audited *const *of, uint32_t n)) {
    slk_err err = SLK_OK;
    const slk_audited **at =
        slk_arena_take(c->a, sizeof(const slk_audited *) * c->all.n); /* NOLINT(bugprone-sizeof-expression) */
    if (!at) return SLK_ENOMEM;
    for (uint32_t i = 0; i < c->all.n; i++) at[i] = &c->all.at[i];
    if (c->all.n) qsort(at, c->all.n, sizeof(const slk_audited *), by_event); /* NOLINT(bugprone-sizeof-expression) */
    for (uint32_t i = 0, n = 0; err == SLK_OK && i < c->all.n; i += n) {
        for (n = 1; i + n < c->all.n && at[i + n]->event == at[i]->event; n++) {
        }
        err = f(ctx, &at[i], n);
    }
    return err;
}

slk_err slk_audit_values(slk_audit *c) { return slk_audit_by_event(c, c, compare_event); }
