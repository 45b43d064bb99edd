/* predicate.c - predicates off the trees: a verb with the auxiliaries, "to" and negation before it ("did not immediately confirm"), or
 * a copula with what follows it; mood, tense, voice and negation. What they are to one another is read in clause.c, who takes part in
 * argument.c. See tree.h. */
#include "language/predicate.h"

#include <string.h>

/* ---------------------------------------------------------------- forms of verbs */

slk_verb_form slk_verb_form_at(const slk_reading *r, uint32_t token) {
    const char *x = r->tokens.at[token].xpos;
    if (!x || x[0] != 'V' || x[1] != 'B') return SLK_FORM_BASE;
    switch (x[2]) {
    case 'Z': return SLK_FORM_S;
    case 'G': return SLK_FORM_ING;
    case 'D':
    case 'N': return SLK_FORM_PAST;
    default: return SLK_FORM_BASE;
    }
}

bool slk_xpos_is(const slk_reading *r, uint32_t token, const char *xpos) {
    const char *x = token < r->tokens.n ? r->tokens.at[token].xpos : NULL;
    return x && strcmp(x, xpos) == 0;
}

typedef struct group { /* a verb group under way */
    uint32_t first, last, head;
    bool to, negated, be, have, modal, past_aux, aux, passive;
    slk_modality mood;
} group;

static void take_aux(const slk_reading *r, uint32_t k, group *g) {
    static const char *const future[] = {"will", "shall", "'ll", "wo", "\xE2\x80\x99ll"};
    static const char *const would[] = {"would", "'d",
                                        "\xE2\x80\x99"
                                        "d"};
    static const char *const possible[] = {"may", "might", "could", "can", "ca"};
    static const char *const obliged[] = {"should", "must", "ought"};
    g->aux = true;
    if (SLK_WORD_IN(r, k, future))
        g->mood = SLK_MOOD_FUTURE, g->modal = true;
    else if (SLK_WORD_IN(r, k, would) && !slk_lemma_is(r, k, "have"))
        g->mood = SLK_MOOD_CONDITION, g->modal = true;
    else if (SLK_WORD_IN(r, k, possible))
        g->mood = SLK_MOOD_POSSIBLE, g->modal = true;
    else if (SLK_WORD_IN(r, k, obliged))
        g->mood = SLK_MOOD_OBLIGED, g->modal = true;
    else if (slk_lemma_is(r, k, "be") || slk_lemma_is(r, k, "get"))
        g->be = true;
    else if (slk_lemma_is(r, k, "have"))
        g->have = true;
    if (slk_word_is(r, k, "was") || slk_word_is(r, k, "were") || slk_word_is(r, k, "had") || slk_word_is(r, k, "did"))
        g->past_aux = true;
}

static bool is_not(const slk_reading *r, uint32_t k) {
    static const char *const words[] = {"not", "n't", "n\xE2\x80\x99t", "never"};
    return SLK_WORD_IN(r, k, words) || (slk_word_is(r, k, "longer") && k > 0 && slk_word_is(r, k - 1, "no"));
}

static bool is_to(const slk_reading *r, uint32_t k) {
    return slk_word_is(r, k, "to") && slk_upos_at(r, k) == SLK_UPOS_PART;
}

/* "have all accused" */
static bool floats(const slk_reading *r, uint32_t k) {
    static const char *const words[] = {"all", "both", "each"};
    return SLK_WORD_IN(r, k, words) && slk_upos_at(r, k + 1) == SLK_UPOS_VERB;
}

/* ---------------------------------------------------------------- one group */

#define AUXILIARY (SLK_RELS(AUX) | SLK_RELS(AUX_PASS) | SLK_RELS(COP))

/* Whether an auxiliary goes with a verb to its right: not where the tree gives it a place of its own further left or right. */
static bool goes_with(const slk_tree *t, uint32_t aux, uint32_t verb) {
    uint32_t up = t->r->tokens.at[aux].head;
    return up == verb || !slk_tree_is(t, aux, AUXILIARY) || up > verb || up + 1 == verb || up < aux;
}

/* Takes the words before the verb that belong to it; those that only might (adverbs) count where one that does stands before them. */
static void take_left(const slk_tree *t, uint32_t verb, uint32_t first, group *g) {
    const slk_reading *r = t->r;
    for (uint32_t k = verb; k-- > first && !g->to;) {
        uint8_t upos = slk_upos_at(r, k);
        if (is_not(r, k)) {
            g->negated = true;
        } else if (is_to(r, k)) {
            g->to = true;
            if (k > first && is_not(r, k - 1)) g->negated = true, k--;
        } else if (upos == SLK_UPOS_AUX && goes_with(t, k, verb)) {
            take_aux(r, k, g);
        } else if (upos == SLK_UPOS_ADV || floats(r, k) || (slk_word_is(r, k, "no") && is_not(r, k + 1)) ||
                   (k + 2 == verb && slk_verb_prefix(r, k, verb + 1)) ||
                   (k + 1 == verb && k > first && slk_verb_prefix(r, k - 1, verb + 1))) {
            continue;
        } else {
            break;
        }
        g->first = k;
    }
}

/* Auxiliaries apart from their verb ("Did the North fire") and negation anywhere on it. */
static void take_apart(const slk_tree *t, uint32_t node, group *g) {
    for (uint32_t c = t->child[node]; c != SLK_NONE; c = t->next[c]) {
        bool apart = c < g->first || c >= g->last;
        if (slk_tree_is(t, c, SLK_RELS(AUX) | SLK_RELS(AUX_PASS)) && apart && c < g->head) take_aux(t->r, c, g);
        if (slk_tree_is(t, c, SLK_RELS(AUX_PASS))) g->passive = true;
        if (slk_tree_is(t, c, SLK_RELS(ADVMOD)) && is_not(t->r, c) && c < g->head + 2) g->negated = true;
    }
}

static bool habitual(const slk_reading *r, const group *g) {
    static const char *const words[] = {"often",     "usually",   "regularly",  "routinely",    "always",
                                        "sometimes", "typically", "frequently", "periodically", "normally"};
    for (uint32_t k = g->first > 0 ? g->first - 1 : 0; k <= g->last && k < r->tokens.n; k++)
        if (SLK_WORD_IN(r, k, words)) return true;
    return false;
}

static bool in_condition(const slk_tree *t, uint32_t node) {
    static const char *const words[] = {"if", "unless", "whenever"};
    for (uint32_t c = t->child[node]; c != SLK_NONE && c < node; c = t->next[c])
        if (slk_tree_is(t, c, SLK_RELS(MARK) | SLK_RELS(ADVMOD)) && SLK_WORD_IN(t->r, c, words)) return true;
    return false;
}

static slk_err add(slk_tree *t, group *g, uint32_t node) {
    slk_reading *r = t->r;
    slk_verb_form form = slk_verb_form_at(r, g->head);
    bool copula = slk_upos_at(r, g->head) == SLK_UPOS_AUX;
    slk_pred p = {.verb = {g->first, g->last, g->head}, .subj = SLK_NONE, .obj = SLK_NONE, .agent = SLK_NONE};
    p.parent = SLK_NONE;
    p.link = SLK_LINK_ROOT;
    p.sentence = r->tokens.at[g->head].sentence;
    p.negated = g->negated;
    p.passive = !copula && (g->passive || g->be) && form == SLK_FORM_PAST;
    p.perfect = g->have;
    p.past = g->past_aux || g->have || (form == SLK_FORM_PAST && !g->be && !copula);
    p.mood = g->to ? SLK_MOOD_INFINITIVE : g->mood;
    if (p.mood == SLK_MOOD_FACT && in_condition(t, node)) p.mood = SLK_MOOD_CONDITION;
    if (p.mood == SLK_MOOD_FACT && !p.past && habitual(r, g)) p.mood = SLK_MOOD_HABIT;
    slk_err err = SLK_ROOM(&r->arena, &r->preds, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    t->pred_at[node] = r->preds.n;
    r->preds.at[r->preds.n++] = p;
    return SLK_OK;
}

/* ---------------------------------------------------------------- which words tell */

#define NO_CLAUSE                                                                                                      \
    (SLK_RELS(CASE) | SLK_RELS(MARK) | SLK_RELS(FIXED) | SLK_RELS(FLAT) | SLK_RELS(CC) | SLK_RELS(DET) |               \
     SLK_RELS(GOESWITH) | SLK_RELS(PUNCT) | SLK_RELS(PARTICLE))

static bool is_verb(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    if (slk_upos_at(r, k) != SLK_UPOS_VERB || r->noun_of[k] != SLK_NONE || slk_tree_is(t, k, NO_CLAUSE)) return false;
    return !(slk_word_is(r, k, "according") && slk_word_is(r, k + 1, "to"));
}

/* Whether an auxiliary tells by itself: a copula ("was over"), or one whose verb is left out ("they did"). */
static bool stands_alone(const slk_tree *t, uint32_t k, uint32_t *node) {
    const slk_reading *r = t->r;
    uint32_t up = slk_tree_up(t, k);
    if (slk_upos_at(r, k) != SLK_UPOS_AUX || r->noun_of[k] != SLK_NONE) return false;
    *node = k;
    if (up == SLK_NONE || !slk_tree_is(t, k, AUXILIARY)) return true;
    if (slk_upos_at(r, up) == SLK_UPOS_VERB || slk_upos_at(r, up) == SLK_UPOS_AUX) return false;
    for (uint32_t c = t->next[k]; c != SLK_NONE; c = t->next[c]) /* the last one is the copula: "has been" */
        if (slk_tree_is(t, c, AUXILIARY)) return false;
    *node = t->pred_at[up] == SLK_NONE ? up : k;
    return true;
}

static slk_err find_at(slk_tree *t, uint32_t k, uint32_t first, uint32_t last) {
    uint32_t node = k;
    bool verb = is_verb(t, k);
    if (!verb && !stands_alone(t, k, &node)) return SLK_OK;
    group g = {.first = k, .last = k + 1, .head = k, .mood = SLK_MOOD_FACT};
    if (!verb) {
        slk_modality mood = SLK_MOOD_FACT;
        take_aux(t->r, k, &g);
        mood = g.mood;
        take_left(t, k, first, &g);
        if (g.mood == SLK_MOOD_FACT) g.mood = mood;
        if (g.last < last && is_not(t->r, g.last)) g.negated = true, g.last++;
    } else {
        take_left(t, k, first, &g);
    }
    take_apart(t, node, &g);
    return add(t, &g, node);
}

static bool is_quote(const slk_reading *r, uint32_t k) {
    static const char *const words[] = {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "``", "''"};
    return SLK_WORD_IN(r, k, words);
}

slk_err slk_preds_find(slk_tree *t) {
    slk_reading *r = t->r;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        bool quoted = false;
        for (uint32_t k = first; k < last; k++) {
            uint32_t before = r->preds.n;
            if (is_quote(r, k)) quoted = !quoted;
            slk_err err = find_at(t, k, first, last);
            if (err != SLK_OK) return err;
            if (r->preds.n > before) r->preds.at[before].quoted = quoted;
        }
    }
    return SLK_OK;
}
