/* groups.c - the claims of one field side by side: which were taken back by their own source, which agree, which cannot both be
 * right, and how many independent sources stand behind a value. Computed from the rows each time; no row is changed. */
#include <stdlib.h>
#include <string.h>

#include "ledger/inside.h"

#define GROUPS_MOST 256u /* nobody reads more values of one field */
#define HELD_AGAINST 48u /* members of a group and later claims that one claim is held against: keeps the work linear */

static bool is_list(slk_field_name f) { /* several values may be right at once, also from one source */
    return f == SLK_FIELD_ACTOR || f == SLK_FIELD_TARGET || f == SLK_FIELD_INSTRUMENT || f == SLK_FIELD_PURPOSE ||
           f == SLK_FIELD_CASUALTIES;
}

static bool same_words(const slk_claim *a, const slk_claim *b) {
    return a->text && b->text && strcmp(a->text, b->text) == 0;
}

/* Does b, told later by the same source, take the place of a? Not where it only says less ("several", "on Wednesday"). */
static bool replaces(const slk_pack *pack, const slk_claim *a, const slk_claim *b) {
    if (a->report == b->report || strcmp(a->chain.root, b->chain.root) != 0) return false;
    if (slk_root_database(a->chain.root)) return true; /* a newer version of one row */
    if (same_words(a, b)) return false;
    slk_relation relation = slk_bands_relation(pack, a, b);
    if (relation == SLK_UNRELATED) return false;
    return relation == SLK_CONFLICTING || slk_bands_exactness(b) >= slk_bands_exactness(a);
}

static void supersede(const slk_pack *pack, slk_claim *claims, const slk_told_field *f) {
    uint32_t end = f->first + f->n;
    for (uint32_t i = f->first; i < end; i++) {
        claims[i].superseded_by = claims[i].group = SLK_NONE;
        if (is_list(f->field) && !slk_root_database(claims[i].chain.root)) continue;
        for (uint32_t k = i + 1; k < end && k <= i + HELD_AGAINST; k++) {
            if (!replaces(pack, &claims[i], &claims[k])) continue;
            claims[i].superseded_by = k;
            break;
        }
    }
}

/* The first group in which a claim contradicts nobody and agrees with somebody; SLK_NONE. Sets *conflict on the way. */
static uint32_t find_group(const slk_pack *pack, const slk_claim *claims, const slk_told_field *f, uint32_t claim,
                           uint32_t n_groups, bool *conflict, uint8_t *state) {
    memset(state, SLK_UNRELATED, n_groups);
    uint32_t from = claim - f->first > HELD_AGAINST ? claim - HELD_AGAINST : f->first;
    for (uint32_t k = from; k < claim; k++) {
        uint32_t g = claims[k].group;
        if (g == SLK_NONE) continue;
        slk_relation relation = slk_bands_relation(pack, &claims[claim], &claims[k]);
        bool parts = slk_roots_parts(claims[claim].chain.root, claims[k].chain.root);
        if (parts && relation == SLK_CONFLICTING) continue; /* two missiles of one salvo */
        if (relation == SLK_CONFLICTING) {
            *conflict = true;
            state[g] = SLK_CONFLICTING;
        } else if (relation == SLK_AGREEING && state[g] != SLK_CONFLICTING) {
            state[g] = SLK_AGREEING;
        }
    }
    for (uint32_t g = 0; g < n_groups; g++)
        if (state[g] == SLK_AGREEING) return g;
    return SLK_NONE;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static uint32_t distinct(const char **at, uint32_t n) {
    uint32_t count = 0;
    if (n) qsort(at, n, sizeof *at, by_text);
    for (uint32_t i = 0; i < n; i++) count += i == 0 || strcmp(at[i], at[i - 1]) != 0;
    return count;
}

/* Counts the independent sources of a group, and fills in its value. */
static slk_err describe(slk_claim *claims, const slk_told_field *f, uint32_t group, slk_group *out, slk_arena *arena) {
    const char **roots = slk_arena_take(arena, sizeof *roots * f->n);
    const char **parties = slk_arena_take(arena, sizeof *parties * f->n);
    const char **databases = slk_arena_take(arena, sizeof *databases * f->n);
    uint32_t n_roots = 0, n_parties = 0, n_databases = 0, last_report = SLK_NONE;
    slk_group g = {.claim = SLK_NONE};
    if (!roots || !parties || !databases) return SLK_ENOMEM;
    for (uint32_t i = f->first; i < f->first + f->n; i++) {
        const slk_claim *c = &claims[i];
        char key[128];
        if (c->group != group) continue;
        slk_root_group(c->chain.root, key);
        const char *kept = slk_arena_copy(arena, key, strlen(key));
        if (!kept) return SLK_ENOMEM;
        bool database = slk_root_database(c->chain.root);
        if (database)
            databases[n_databases++] = kept;
        else if (c->chain.party)
            parties[n_parties++] = kept;
        else
            roots[n_roots++] = kept;
        if (g.claim == SLK_NONE || slk_bands_exactness(c) > slk_bands_exactness(&claims[g.claim])) g.claim = i;
        g.n_claims++;
        g.n_reports += !database && c->report != last_report;
        last_report = c->report;
    }
    g.text = g.claim == SLK_NONE ? "" : claims[g.claim].text;
    g.n_roots = distinct(roots, n_roots);
    g.n_parties = distinct(parties, n_parties);
    g.n_databases = distinct(databases, n_databases);
    *out = g;
    return SLK_OK;
}

/* The value that most independent sources bear out first, then by parties, claims, order of telling. */
static bool is_behind(const slk_group *a, const slk_group *b) {
    if (a->n_roots != b->n_roots) return a->n_roots < b->n_roots;
    if (a->n_parties != b->n_parties) return a->n_parties < b->n_parties;
    if (a->n_databases != b->n_databases) return a->n_databases < b->n_databases;
    return a->n_claims < b->n_claims;
}

/* Insertion sort: stable, and groups are few. claims follow their groups. */
static void sort_groups(slk_group *groups, uint32_t n, slk_claim *claims, const slk_told_field *f) {
    uint32_t was[GROUPS_MOST], now[GROUPS_MOST];
    for (uint32_t i = 0; i < n; i++) was[i] = i;
    for (uint32_t i = 1; i < n; i++) {
        slk_group g = groups[i];
        uint32_t from = was[i], k = i;
        for (; k > 0 && is_behind(&groups[k - 1], &g); k--) {
            groups[k] = groups[k - 1];
            was[k] = was[k - 1];
        }
        groups[k] = g;
        was[k] = from;
    }
    for (uint32_t i = 0; i < n; i++) now[was[i]] = i;
    for (uint32_t i = f->first; i < f->first + f->n; i++)
        if (claims[i].group < n) claims[i].group = now[claims[i].group];
}

slk_err slk_groups_make(const slk_pack *pack, slk_claim *claims, slk_told_field *f, slk_arena *arena) {
    uint32_t n_groups = 0;
    uint8_t *state = slk_arena_take(arena, f->n);
    if (!state) return SLK_ENOMEM;
    supersede(pack, claims, f);
    for (uint32_t i = f->first; i < f->first + f->n; i++) {
        if (claims[i].superseded_by != SLK_NONE) continue;
        uint32_t g = find_group(pack, claims, f, i, n_groups, &f->conflict, state);
        claims[i].group = g == SLK_NONE ? n_groups++ : g;
    }
    slk_group *groups = slk_arena_take(arena, sizeof *groups * n_groups);
    if (!groups) return SLK_ENOMEM;
    for (uint32_t g = 0; g < n_groups && g < GROUPS_MOST; g++) {
        slk_err err = describe(claims, f, g, &groups[g], arena);
        if (err != SLK_OK) return err;
        f->corroborated = f->corroborated || groups[g].n_roots >= 2;
    }
    f->groups = groups;
    f->n_groups = n_groups < GROUPS_MOST ? n_groups : GROUPS_MOST;
    sort_groups(groups, f->n_groups, claims, f);
    return SLK_OK;
}
