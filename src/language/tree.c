/* tree.c - dependency trees made easy to walk, and the way from trees to phrases. See tree.h. */
#include "language/tree.h"

#include <string.h>

#define SLOTS 128 /* relations met, by where their words stand: they are a few constants of the net */

typedef struct relations {
    const char *words[SLOTS];
    uint8_t rel[SLOTS];
} relations;

static uint8_t look_up(const char *z) {
#define SLK_RELATION_WORDS(name, words) words,
    static const char *const words[] = {SLK_RELATIONS(SLK_RELATION_WORDS)};
    if (!z) return SLK_REL_DEP;
    uint32_t i = SLK_FIRST(k, SLK_REL_COUNT, strcmp(words[k], z) < 0);
    return (uint8_t)(i < SLK_REL_COUNT && strcmp(words[i], z) == 0 ? i : SLK_REL_DEP);
}

static uint8_t relation(relations *known, const char *z) {
    size_t slot = ((uintptr_t)z ^ (uintptr_t)z >> 7) % SLOTS;
    if (!z) return SLK_REL_DEP;
    if (known->words[slot] != z) known->words[slot] = z, known->rel[slot] = look_up(z);
    return known->rel[slot];
}

/* Heads before what hangs on them: the list itself is the queue. */
static void order(const slk_tree *t, uint32_t first, uint32_t last) {
    uint32_t end = first;
    for (uint32_t k = first; k < last; k++)
        if (t->r->tokens.at[k].head == k) t->down[end++] = k;
    for (uint32_t at = first; at < end; at++)
        for (uint32_t c = t->child[t->down[at]]; c != SLK_NONE; c = t->next[c]) t->down[end++] = c;
    for (uint32_t k = first; end < last; k++) t->down[end++] = k; /* no tree: never, but every place is filled */
}

void slk_tree_hang(slk_tree *t, uint32_t first, uint32_t last) {
    for (uint32_t k = first; k < last; k++) t->child[k] = t->next[k] = SLK_NONE;
    for (uint32_t k = last; k-- > first;) {
        uint32_t up = t->r->tokens.at[k].head;
        if (up == k || up < first || up >= last) continue;
        t->next[k] = t->child[up];
        t->child[up] = k;
    }
}

slk_err slk_tree_make(const slk_pack *pack, slk_reading *r, slk_tree *out) {
    uint32_t n = r->tokens.n + 1;
    slk_tree t = {.pack = pack, .r = r};
    relations known = {.words = {NULL}};
    t.rel = slk_arena_take(&r->arena, n);
    t.child = slk_arena_take(&r->arena, n * sizeof *t.child);
    t.next = slk_arena_take(&r->arena, n * sizeof *t.next);
    t.down = slk_arena_take(&r->arena, n * sizeof *t.down);
    t.pred_at = slk_arena_take(&r->arena, n * sizeof *t.pred_at);
    r->noun_of = slk_arena_take(&r->arena, n * sizeof *r->noun_of);
    r->clause_of = slk_arena_take(&r->arena, n * sizeof *r->clause_of);
    if (!t.rel || !t.child || !t.next || !t.down || !t.pred_at || !r->noun_of || !r->clause_of) return SLK_ENOMEM;
    for (uint32_t k = 0; k < n; k++) {
        t.pred_at[k] = r->noun_of[k] = r->clause_of[k] = SLK_NONE;
        t.rel[k] = k < r->tokens.n ? relation(&known, r->tokens.at[k].deprel) : (uint8_t)SLK_REL_DEP;
    }
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        slk_tree_hang(&t, first, last);
        slk_tree_repair(&t, first, last);
        order(&t, first, last);
    }
    *out = t;
    return SLK_OK;
}

uint32_t slk_tree_child(const slk_tree *t, uint32_t token, uint64_t rels) {
    for (uint32_t c = t->child[token]; c != SLK_NONE; c = t->next[c])
        if (slk_tree_is(t, c, rels)) return c;
    return SLK_NONE;
}

slk_err slk_phrases_find(const slk_pack *pack, slk_reading *r) {
    slk_tree t;
    slk_err err = slk_tree_make(pack, r, &t);
    if (err == SLK_OK) err = slk_nouns_find(&t);
    if (err == SLK_OK) err = slk_preds_find(&t);
    if (err == SLK_OK) err = slk_clauses_link(&t);
    return err == SLK_OK ? slk_preps_find(&t) : err;
}
