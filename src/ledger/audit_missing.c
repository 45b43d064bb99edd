/* audit_missing.c - events that one source tells of and another, whose rows lie around that day, does not. What a source covers is drawn
 * from what it has: of a kind and country the days from its first to its last, and the types it lists. Outside of that nothing is missed. */
#include <stdlib.h>
#include <string.h>

#include "ledger/auditing.h"

#define LEAST 3u         /* events from which on a source covers something */
#define LISTED_MOST 500u /* of one source, kind and country; the rest is counted */
#define TYPES_MOST 24u

typedef struct cover {  /* what one source has of a kind and country */
    const char *source; /* name of a database; NULL: the reports */
    const char *kind, *country;
    int64_t first, last; /* days */
    uint32_t n, listed, more;
    const char *types[TYPES_MOST];
    uint32_t n_types;
    const slk_audited *last_missing;
} cover;

typedef struct covering {
    slk_audit *c;
    SLK_LIST(cover) covers;
} covering;

static bool same_source(const char *a, const char *b) { return (!a && !b) || (a && b && strcmp(a, b) == 0); }

static bool has_type(const cover *v, const char *type) {
    for (uint32_t i = 0; i < v->n_types; i++)
        if (slk_type_holds(v->types[i], type) || slk_type_holds(type, v->types[i])) return true;
    return false;
}

static slk_err count(covering *g, const slk_audited *x) {
    cover *v = NULL;
    for (uint32_t i = 0; i < g->covers.n && !v; i++) {
        cover *at = &g->covers.at[i];
        if (same_source(at->source, x->database) && strcmp(at->kind, x->p.kind) == 0 &&
            strcmp(at->country, x->p.country) == 0)
            v = at;
    }
    if (!v) {
        slk_err err = SLK_ROOM(g->c->a, &g->covers, 4096);
        if (err != SLK_OK) return err == SLK_ELIMIT ? SLK_OK : err;
        v = &g->covers.at[g->covers.n++];
        *v = (cover){
            .source = x->database, .kind = x->p.kind, .country = x->p.country, .first = x->local, .last = x->local};
    }
    if (x->local < v->first) v->first = x->local;
    if (x->local > v->last) v->last = x->local;
    v->n++;
    if (!has_type(v, x->p.type) && v->n_types < TYPES_MOST) v->types[v->n_types++] = x->p.type;
    return SLK_OK;
}

/* Reports promise nothing: they cover what a database lists where they tell of half as many events as it does. */
static bool covers(const covering *g, const cover *v) {
    if (v->source || v->n < LEAST) return v->n >= LEAST;
    for (uint32_t i = 0; i < g->covers.n; i++) {
        const cover *x = &g->covers.at[i];
        if (x->source && strcmp(x->kind, v->kind) == 0 && strcmp(x->country, v->country) == 0 && x->n > 2 * v->n)
            return false;
    }
    return true;
}

/* Has the source something within a day of it, which may be it? */
static bool has_near(const slk_audit *c, const cover *v, const slk_audited *x) {
    uint32_t at = (uint32_t)(x - c->all.at);
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t n = 1; n <= SLK_AUDIT_HELD; n++) {
            int64_t k = (int64_t)at + way * (int64_t)n;
            if (k < 0 || k >= c->all.n) break;
            const slk_audited *y = &c->all.at[k];
            if (strcmp(y->p.kind, x->p.kind) != 0 || strcmp(y->p.country, x->p.country) != 0) break;
            if (llabs(y->p.first_s - x->p.first_s) > 3 * (int64_t)SLK_AUDIT_DAY_S) break;
            if (same_source(y->database, v->source) && (!y->exact || llabs(y->local - x->local) <= 1)) return true;
        }
    return false;
}

static bool concerns(const slk_audit *c, const cover *v, const slk_audited *x) {
    if (!v->source && !x->database) return false;
    return !c->database || (v->source && strcmp(v->source, c->database) == 0) ||
           (x->database && strcmp(x->database, c->database) == 0);
}

static slk_err look(covering *g, cover *v, const slk_audited *const *of, uint32_t n) {
    const slk_audited *x = NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (same_source(of[i]->database, v->source)) return SLK_OK; /* it has the event */
        if (!x && of[i]->exact && !of[i]->p.assumed) x = of[i];
    }
    if (!x || !covers(g, v) || strcmp(v->kind, x->p.kind) != 0 || strcmp(v->country, x->p.country) != 0) return SLK_OK;
    if (x->local <= v->first || x->local >= v->last || !has_type(v, x->p.type) || !concerns(g->c, v, x)) return SLK_OK;
    if (has_near(g->c, v, x)) return SLK_OK;
    if (v->listed == LISTED_MOST) {
        v->more++;
        v->last_missing = x;
        return SLK_OK;
    }
    v->listed++;
    const char *from = slk_audit_day(g->c, v->first), *to = slk_audit_day(g->c, v->last),
               *day = slk_audit_day(g->c, x->local);
    if (!from || !to || !day) return SLK_ENOMEM;
    return slk_audit_add(
        g->c, SLK_AUDIT_MISSING, x, NULL,
        slk_arena_printf(
            g->c->a,
            "%s tells of it; %s, with %u of this kind and country from %s to %s, ha%s none on %s or a day from it",
            x->database ? x->database : x->key, v->source ? v->source : "the reports", v->n, from, to,
            v->source ? "s" : "ve", day));
}

static slk_err look_all(void *ctx, const slk_audited *const *of, uint32_t n) {
    covering *g = ctx;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < g->covers.n; i++) err = look(g, &g->covers.at[i], of, n);
    return err;
}

slk_err slk_audit_missing(slk_audit *c) {
    covering g = {.c = c};
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < c->all.n; i++)
        if (c->all.at[i].exact) err = count(&g, &c->all.at[i]);
    if (err == SLK_OK) err = slk_audit_by_event(c, &g, look_all);
    for (uint32_t i = 0; err == SLK_OK && i < g.covers.n; i++) {
        const cover *v = &g.covers.at[i];
        if (!v->more) continue;
        err = slk_audit_add(
            c, SLK_AUDIT_MISSING, v->last_missing, NULL,
            slk_arena_printf(c->a, "and %u more that %s has not", v->more, v->source ? v->source : "the reports"));
    }
    return err;
}
