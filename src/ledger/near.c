/* near.c - the gist of a report and the earlier reports that share it. Deeds without a date ("police arrested the suspect") cannot be
 * linked by day and actor alone; they may be where the reports share the words that are rare in the ledger: names above all. A
 * report is found by the rarest of its words; how alike two are is for stories.c to say. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/gist.h"

#define COUNTED 160u      /* looked at of a report: the first of its distinct words */
#define SLOTS 512u        /* of the table that finds them, a power of two */
#define LEAD 60u          /* of all its words, the first are its lead */
#define FOUND_BY 24u      /* words by which a report is found */
#define POSTINGS_MOST 64u /* latest reports that share a word */
#define NAME_COUNTS 2.0   /* a name says more of a story than a common word */
#define SHARED_LEAST 0.04 /* of a report's weight in common that makes another worth a closer look */

typedef struct term {
    uint64_t hash;
    slk_text said;
    double times, weight;
    uint8_t views;
} term;

typedef struct collector {
    term at[COUNTED];
    uint16_t slots[SLOTS]; /* 1 + index, 0: empty */
    uint32_t n, words;
} collector;

/* ---------------------------------------------------------------- words */

uint64_t slk_gist_hash(slk_text t) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; t.at && i < t.n; i++) h = (h ^ (unsigned char)slk_lower(t.at[i])) * 1099511628211u;
    return h;
}

static bool counts(const slk_token *t, slk_text words) {
    if (words.at && words.n && slk_is_digit(words.at[0]))
        return words.n >= 2; /* "6.1", "2009": what tells two earthquakes apart */
    return words.n >= 3 && (t->upos == SLK_UPOS_PROPN || t->upos == SLK_UPOS_NOUN || t->upos == SLK_UPOS_VERB);
}

/* The entry of a hash, made where there is room; NULL where there is none. */
static term *entry_of(collector *c, uint64_t hash, slk_text said) {
    uint32_t slot = (uint32_t)(hash ^ hash >> 32) & (SLOTS - 1);
    for (; c->slots[slot]; slot = (slot + 1) & (SLOTS - 1))
        if (c->at[c->slots[slot] - 1].hash == hash) return &c->at[c->slots[slot] - 1];
    if (c->n == COUNTED) return NULL;
    c->at[c->n] = (term){.hash = hash, .said = said};
    c->slots[slot] = (uint16_t)++c->n;
    return &c->at[c->n - 1];
}

static void collect(const slk_reading *r, collector *c) {
    for (uint32_t i = 0; i < r->tokens.n; i++) {
        const slk_token *t = &r->tokens.at[i];
        slk_text words = slk_token_text(r, i);
        if (!counts(t, words)) continue;
        bool name = t->upos == SLK_UPOS_PROPN, number = slk_is_digit(words.at[0]);
        c->words++;
        term *e = entry_of(c, slk_gist_hash(!name && !number && t->lemma ? slk_text_of(t->lemma) : words), words);
        if (!e) continue;
        e->times += name && !number ? NAME_COUNTS : 1.0;
        if (c->words <= LEAD) e->views |= 1u << SLK_GIST_LEAD;
        if (name && !number) e->views |= 1u << SLK_GIST_NAMES;
        if (number) e->views |= 1u << SLK_GIST_NUMBERS;
    }
}

static slk_err number(slk_ledger *l, slk_statement which, int64_t key, int64_t *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    *out = 0;
    if (!b.s) return err;
    if (which == SLK_Q_TERM_COUNT) slk_bind_int(&b, key);
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

/* Counts the words in the ledger and weighs them, the weightiest first; of more than SLK_GIST_MOST the rest is cut. */
static slk_err weigh(slk_ledger *l, collector *c, slk_fault *fault) {
    int64_t reports, seen;
    slk_err err = number(l, SLK_Q_REPORTS_SEEN, 0, &reports, fault);
    for (uint32_t i = 0; err == SLK_OK && i < c->n; i++) {
        err = number(l, SLK_Q_TERM_COUNT, (int64_t)c->at[i].hash, &seen, fault);
        double rare = log(((double)reports - 1 + SLK_GIST_PRIOR) / (double)(seen > 0 ? seen : 1));
        c->at[i].weight = rare > 0 ? (1 + log(c->at[i].times)) * rare : 0;
    }
    if (err != SLK_OK) return err;
    if (c->n) qsort(c->at, c->n, sizeof *c->at, by_weight);
    if (c->n > SLK_GIST_MOST) c->n = SLK_GIST_MOST;
    while (c->n && c->at[c->n - 1].weight <= 0) c->n--;
    return SLK_OK;
}

static uint32_t short_hash(uint64_t hash) { return (uint32_t)(hash ^ hash >> 32); }

static int by_hash(const void *a, const void *b) {
    uint32_t x = short_hash(((const term *)a)->hash), y = short_hash(((const term *)b)->hash);
    return x < y ? -1 : x > y;
}

static void fill(collector *c, slk_gist *out) {
    out->n = c->n;
    if (c->n) qsort(c->at, c->n, sizeof *c->at, by_hash);
    for (uint32_t i = 0; i < c->n; i++) {
        double weight = c->at[i].weight * 256;
        uint16_t w = weight > UINT16_MAX ? UINT16_MAX : (uint16_t)weight;
        out->at[i] = (slk_gist_word){short_hash(c->at[i].hash), w, c->at[i].views};
        out->said[i] = c->at[i].said;
    }
}

/* ---------------------------------------------------------------- reports that share them */

typedef struct sharing {
    int64_t report;
    double shared;
} sharing;

typedef SLK_LIST(sharing) sharings;

static int by_report(const void *a, const void *b) {
    const sharing *x = a, *y = b;
    return x->report < y->report ? -1 : x->report > y->report;
}

static int by_shared(const void *a, const void *b) {
    const sharing *x = a, *y = b;
    if (x->shared != y->shared) return x->shared > y->shared ? -1 : 1;
    return by_report(a, b);
}

static slk_err postings(slk_ledger *l, const term *t, sharings *list, slk_arena *arena, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_TERM_IN, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, (int64_t)t->hash);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, list, FOUND_BY * POSTINGS_MOST)) != SLK_OK) break;
        list->at[list->n++] = (sharing){sqlite3_column_int64(b.s, 0), t->weight * sqlite3_column_double(b.s, 1)};
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The reports that share most, above the least. */
static void add_up(sharings *list, double least, slk_near *out) {
    uint32_t n = 0;
    if (list->n == 0) return;
    qsort(list->at, list->n, sizeof *list->at, by_report);
    for (uint32_t i = 0; i < list->n; i++) {
        if (n && list->at[n - 1].report == list->at[i].report)
            list->at[n - 1].shared += list->at[i].shared;
        else
            list->at[n++] = list->at[i];
    }
    qsort(list->at, n, sizeof *list->at, by_shared);
    for (uint32_t i = 0; i < n && out->n < SLK_GIST_NEAR_MOST && list->at[i].shared >= least; i++)
        out->report[out->n++] = list->at[i].report;
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

slk_err slk_gist_make(slk_ledger *l, const slk_reading *r, int64_t report, slk_arena *arena, slk_gist *out,
                      slk_near *near, slk_fault *fault) {
    collector c = {.n = 0};
    sharings list = {0};
    double own = 0;
    near->n = 0;
    collect(r, &c);
    slk_err err = weigh(l, &c, fault);
    uint32_t n = c.n < FOUND_BY ? c.n : FOUND_BY;
    for (uint32_t i = 0; i < n; i++) own += c.at[i].weight * c.at[i].weight;
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = postings(l, &c.at[i], &list, arena, fault);
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = keep(l, &c.at[i], report, fault);
    if (err != SLK_OK) return err;
    add_up(&list, SHARED_LEAST * own, near);
    out->report = report;
    fill(&c, out);
    return SLK_OK;
}
