/* near.c - reports that tell the same story in their own words. Deeds without a date ("police arrested the suspect") cannot be
 * linked by day and actor alone; they may be where the reports share the words that are rare in the ledger: names above all.
 * Each report keeps its weightiest words (tf-idf with the counts of the ledger so far, as one-pass topic detection does). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/inside.h"

#define TERMS 32u          /* kept of a report */
#define COUNTED 160u       /* looked at of a report: the first of its distinct words */
#define POSTINGS_MOST 64u  /* latest reports that share a word */
#define PRIOR_REPORTS 40.0 /* as if so many reports had been seen before the first */
#define NAME_COUNTS 2.0    /* a name says more of a story than a common word */

typedef struct term {
    uint64_t hash;
    double weight; /* first how often, then tf-idf of unit length */
} term;

/* ---------------------------------------------------------------- words */

static uint64_t hash_fold(slk_text t) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; t.at && i < t.n; i++) h = (h ^ (unsigned char)slk_lower(t.at[i])) * 1099511628211u;
    return h;
}

static bool counts(const slk_token *t, slk_text words) {
    if (words.at && words.n && slk_is_digit(words.at[0]))
        return words.n >= 2; /* "6.1", "2009": what tells two earthquakes apart */
    return words.n >= 3 && (t->upos == SLK_UPOS_PROPN || t->upos == SLK_UPOS_NOUN || t->upos == SLK_UPOS_VERB);
}

/* The first distinct words of a report, by hash, with how often they occur. */
static uint32_t collect(const slk_reading *r, term terms[COUNTED]) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->tokens.n && n < COUNTED; i++) {
        const slk_token *t = &r->tokens.at[i];
        slk_text words = slk_token_text(r, i);
        if (!counts(t, words)) continue;
        bool name = t->upos == SLK_UPOS_PROPN;
        uint64_t h = hash_fold(!name && t->lemma ? slk_text_of(t->lemma) : words);
        uint32_t k = 0;
        while (k < n && terms[k].hash != h) k++;
        if (k == n) terms[n++] = (term){h, 0};
        terms[k].weight += name ? NAME_COUNTS : 1.0;
    }
    return n;
}

static slk_err number(slk_ledger *l, slk_statement which, int64_t key, int64_t *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    *out = 0;
    if (!b.s) return err;
    if (which == SLK_Q_TERM_SEEN) slk_bind_int(&b, key);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, &row, fault);
    if (err == SLK_OK && row) *out = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static int by_weight(const void *a, const void *b) {
    const term *x = a, *y = b;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* tf-idf of unit length, the weightiest first; of more than TERMS the rest is cut. */
static slk_err weigh(slk_ledger *l, term *terms, uint32_t *n, slk_fault *fault) {
    int64_t reports, seen;
    double sum = 0;
    slk_err err = number(l, SLK_Q_REPORTS_SEEN, 0, &reports, fault);
    for (uint32_t i = 0; err == SLK_OK && i < *n; i++) {
        err = number(l, SLK_Q_TERM_SEEN, (int64_t)terms[i].hash, &seen, fault);
        terms[i].weight = (1 + log(terms[i].weight)) * log(((double)reports + PRIOR_REPORTS) / ((double)seen + 1));
        if (terms[i].weight < 0) terms[i].weight = 0;
    }
    if (err != SLK_OK) return err;
    qsort(terms, *n, sizeof *terms, by_weight);
    if (*n > TERMS) *n = TERMS;
    for (uint32_t i = 0; i < *n; i++) sum += terms[i].weight * terms[i].weight;
    for (uint32_t i = 0; i < *n && sum > 0; i++) terms[i].weight /= sqrt(sum);
    return SLK_OK;
}

/* ---------------------------------------------------------------- reports that share them */

static int by_report(const void *a, const void *b) {
    const slk_near_one *x = a, *y = b;
    return x->report < y->report ? -1 : x->report > y->report;
}

static int by_cosine(const void *a, const void *b) {
    const slk_near_one *x = a, *y = b;
    if (x->cosine != y->cosine) return x->cosine > y->cosine ? -1 : 1;
    return by_report(a, b);
}

typedef SLK_LIST(slk_near_one) nears;

static slk_err postings(slk_ledger *l, const term *t, nears *list, slk_arena *arena, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TERM_IN, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, (int64_t)t->hash);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, list, TERMS * POSTINGS_MOST)) != SLK_OK) break;
        list->at[list->n++] = (slk_near_one){sqlite3_column_int64(b.s, 0), t->weight * sqlite3_column_double(b.s, 1)};
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static void add_up(nears *list, slk_near *out) {
    uint32_t n = 0;
    if (list->n == 0) return;
    qsort(list->at, list->n, sizeof *list->at, by_report);
    for (uint32_t i = 0; i < list->n; i++) {
        if (n && list->at[n - 1].report == list->at[i].report)
            list->at[n - 1].cosine += list->at[i].cosine;
        else
            list->at[n++] = list->at[i];
    }
    qsort(list->at, n, sizeof *list->at, by_cosine);
    while (out->n < SLK_NEAR_MOST && out->n < n && list->at[out->n].cosine >= SLK_NEAR_STORY) {
        out->at[out->n] = list->at[out->n];
        out->n++;
    }
}

static slk_err keep(slk_ledger *l, const term *t, int64_t report, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TERM_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, (int64_t)t->hash);
    slk_bind_int(&b, report);
    slk_bind_double(&b, t->weight);
    return slk_bind_run(l, &b, fault);
}

static slk_err count_term(slk_ledger *l, const term *t, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TERM_COUNT, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, (int64_t)t->hash);
    return slk_bind_run(l, &b, fault);
}

slk_err slk_near_find(slk_ledger *l, const slk_reading *r, int64_t report, slk_arena *arena, slk_near *out,
                      slk_fault *fault) {
    term terms[COUNTED];
    nears list = {0};
    uint32_t n = collect(r, terms);
    slk_err err = SLK_OK;
    out->n = 0;
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = count_term(l, &terms[i], fault);
    if (err == SLK_OK) err = weigh(l, terms, &n, fault);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = postings(l, &terms[i], &list, arena, fault);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++)
        if (terms[i].weight > 0) err = keep(l, &terms[i], report, fault);
    if (err == SLK_OK) add_up(&list, out);
    return err;
}
