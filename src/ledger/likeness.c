/* likeness.c - how alike reports are, by the words of their gists (gist.h): the cosines of all words, of the leads, of the names and of
 * the numbers, as one likelihood that they tell one story. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/gist.h"

#define APART_DAYS 12  /* between the publications of two reports of one story */
#define CLOCKS_S 50400 /* reach of the world's clocks */
#define SLOTS 16384u   /* of a table of words, a power of two */

void slk_gist_measure(slk_gist *g) {
    memset(g->length, 0, sizeof g->length);
    for (uint32_t i = 0; i < g->n; i++)
        for (unsigned v = 0; v < SLK_GIST_VIEWS; v++)
            if (v == SLK_GIST_ALL || g->at[i].views >> v & 1u)
                g->length[v] += (double)g->at[i].weight * g->at[i].weight;
    for (unsigned v = 0; v < SLK_GIST_VIEWS; v++) g->length[v] = sqrt(g->length[v]);
}

static bool apart(const slk_gist *a, const slk_gist *b) {
    if (a->dated && b->dated && llabs(a->day - b->day) > APART_DAYS) return true;
    return a->timed && b->timed && (a->first_s > b->last_s + CLOCKS_S || b->first_s > a->last_s + CLOCKS_S);
}

/* A logistic sum over the roots of the cosines: one view that agrees well counts for more than several that agree a little. The
 * weights are round figures near what fits news stories; what they are about is in the words, so they serve any subject. */
static double likeness(const slk_gist *a, const slk_gist *b, const double shared[SLK_GIST_VIEWS]) {
    static const double weights[SLK_GIST_VIEWS] = {5, 6, 6, 2.5};
    double sum = -9.5;
    if (apart(a, b)) return 0;
    for (unsigned v = 0; v < SLK_GIST_VIEWS; v++)
        if (shared[v] > 0) sum += weights[v] * sqrt(shared[v] / (a->length[v] * b->length[v]));
    return 1 / (1 + exp(-sum));
}

/* The words of the window's reports, each with the reports that have it: most pairs share few, and only those are looked at. */
typedef struct word_list {
    uint16_t slots[SLOTS]; /* 1 + the latest entry of a hash, 0: none */
    struct {
        uint16_t report, word, before; /* before: 1 + the entry of an earlier report with the same word, 0: none */
    } at[SLK_GIST_WINDOW * SLK_GIST_MOST];
    uint32_t n;
} word_list;

static uint16_t *slot_of(const slk_gist *const *gist, word_list *list, uint32_t hash) {
    uint32_t slot = hash & (SLOTS - 1);
    while (list->slots[slot]) {
        uint32_t e = list->slots[slot] - 1u;
        if (gist[list->at[e].report]->at[list->at[e].word].hash == hash) break;
        slot = (slot + 1) & (SLOTS - 1);
    }
    return &list->slots[slot];
}

/* What report i shares with each before it, by view. */
static void share(const slk_gist *const *gist, word_list *list, uint32_t i,
                  double shared[SLK_GIST_WINDOW][SLK_GIST_VIEWS]) {
    const slk_gist *g = gist[i];
    memset(shared, 0, sizeof *shared * i);
    for (uint32_t x = 0; x < g->n; x++) {
        uint16_t *slot = slot_of(gist, list, g->at[x].hash), first = *slot;
        for (uint16_t e = first; e; e = list->at[e - 1].before) {
            uint32_t k = list->at[e - 1].report;
            const slk_gist_word *other = &gist[k]->at[list->at[e - 1].word];
            double both = (double)g->at[x].weight * other->weight;
            unsigned views = g->at[x].views & other->views;
            shared[k][SLK_GIST_ALL] += both;
            for (unsigned v = 1; v < SLK_GIST_VIEWS; v++)
                if (views >> v & 1u) shared[k][v] += both;
        }
        list->at[list->n].report = (uint16_t)i;
        list->at[list->n].word = (uint16_t)x;
        list->at[list->n].before = first;
        *slot = (uint16_t)++list->n;
    }
}

slk_err slk_gist_compare(const slk_gist *const *gist, uint32_t n, slk_arena *arena, float *alike) {
    double shared[SLK_GIST_WINDOW][SLK_GIST_VIEWS];
    word_list *list = slk_arena_take(arena, sizeof *list);
    if (!list) return SLK_ENOMEM;
    memset(list->slots, 0, sizeof list->slots);
    list->n = 0;
    for (uint32_t i = 0; i < n && i < SLK_GIST_WINDOW; i++) {
        share(gist, list, i, shared);
        alike[i * SLK_GIST_WINDOW + i] = 0;
        for (uint32_t k = 0; k < i; k++)
            alike[i * SLK_GIST_WINDOW + k] = alike[k * SLK_GIST_WINDOW + i] =
                (float)likeness(gist[i], gist[k], shared[k]);
    }
    return SLK_OK;
}
