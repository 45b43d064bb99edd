/* preposition.c - prepositions with their noun phrases, by the trees, and what they most likely hang on: the predicate of the clause, and
 * a noun phrase where the tree says so or where one stands right before. */
#include "language/tree.h"

/* "fell off in waters": the first of two only goes with the verb. */
static bool is_particle(const slk_reading *r, uint32_t k) {
    static const char *const particles[] = {"off", "up", "out", "down", "over", "away", "back", "on"};
    return SLK_WORD_IN(r, k, particles) && slk_upos_at(r, k + 1) == SLK_UPOS_ADP;
}

/* The noun phrase of a preposition: that of the word it marks, else the one right behind; SLK_NONE. */
static uint32_t noun_behind(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    uint32_t up = slk_tree_up(t, k);
    if (up != SLK_NONE && slk_tree_is(t, k, SLK_RELS(FIXED)) && slk_tree_is(t, up, SLK_RELS(CASE)))
        up = slk_tree_up(t, up);
    bool marks = up != SLK_NONE && up > k && slk_tree_is(t, k, SLK_RELS(CASE) | SLK_RELS(FIXED));
    uint32_t noun = marks ? r->noun_of[up] : SLK_NONE;
    if (noun != SLK_NONE && r->nouns.at[noun].t.first > k) return noun;
    noun = slk_noun_from(r, k + 1);
    if (noun >= r->nouns.n || r->nouns.at[noun].t.first > k + 3) return SLK_NONE;
    if (r->tokens.at[r->nouns.at[noun].t.first].sentence != r->tokens.at[k].sentence) return SLK_NONE;
    while (noun + 1 < r->nouns.n && r->nouns.at[noun + 1].owner == noun) noun++;
    return noun;
}

static slk_err add(const slk_tree *t, uint32_t k, uint32_t noun) {
    slk_reading *r = t->r;
    uint32_t head = r->nouns.at[noun].t.head, top = head, up = slk_tree_up(t, top);
    for (unsigned hop = 0; up != SLK_NONE && r->noun_of[up] == noun && hop < 12; hop++)
        top = up, up = slk_tree_up(t, top);
    slk_prep p = {.token = k, .noun = noun, .pred = r->clause_of[top], .on_noun = SLK_NONE};
    uint32_t before = slk_noun_before(r, k);
    if (slk_tree_is(t, top, SLK_RELS(NMOD)) && up != SLK_NONE && up < k) p.on_noun = r->noun_of[up];
    if (p.on_noun == SLK_NONE && before != SLK_NONE && r->nouns.at[before].t.last == k) p.on_noun = before;
    slk_err err = SLK_ROOM(&r->arena, &r->preps, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->preps.at[r->preps.n++] = p;
    return err;
}

slk_err slk_preps_find(const slk_tree *t) {
    const slk_reading *r = t->r;
    for (uint32_t k = 0; k < r->tokens.n; k++) {
        if (slk_upos_at(r, k) != SLK_UPOS_ADP || r->noun_of[k] != SLK_NONE || is_particle(r, k)) continue;
        uint32_t noun = noun_behind(t, k);
        slk_err err = noun == SLK_NONE ? SLK_OK : add(t, k, noun);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}
