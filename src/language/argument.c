/* argument.c - who takes part in a predicate, by its tree: subject and object, also those that it shares with another clause
 * ("fired and condemned"), that another verb gives it ("ordered the army to fire") or that a relative pronoun stands for; and the agent
 * of a passive. Where the tree names no subject for a finite verb, the words before it are searched (subject.c). */
#include "language/predicate.h"

#define SUBJECT (SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS) | SLK_RELS(NSUBJ_OUTER))
#define NO_CLAUSE                                                                                                      \
    (SLK_RELS(COMPOUND) | SLK_RELS(AMOD) | SLK_RELS(NMOD) | SLK_RELS(NUMMOD) | SLK_RELS(APPOS) | SLK_RELS(NSUBJ) |     \
     SLK_RELS(OBJ) | SLK_RELS(OBL))
#define HOPS 12 /* clauses that a relative pronoun may lie deep in the clause it opens */

static uint32_t subject_of(const slk_pred *p) { return p->passive ? p->obj : p->subj; }

/* The noun phrase that a relative clause around a word describes; SLK_NONE. */
static uint32_t antecedent(const slk_tree *t, uint32_t k) {
    for (unsigned hop = 0; k != SLK_NONE && hop < HOPS; hop++) {
        uint32_t up = slk_tree_up(t, k);
        if (slk_tree_is(t, k, SLK_RELS(RELCL)) && up != SLK_NONE) return t->r->noun_of[up];
        k = up;
    }
    return SLK_NONE;
}

/* The noun phrase that a word in the place of a noun stands for. */
static uint32_t noun_at(const slk_tree *t, uint32_t k, uint32_t node) {
    static const char *const relative[] = {"which", "that", "who", "whom"};
    uint32_t noun = t->r->noun_of[k];
    if (noun != SLK_NONE || !SLK_WORD_IN(t->r, k, relative)) return noun;
    noun = antecedent(t, node);
    return noun != SLK_NONE ? noun : slk_noun_described(t->r, k);
}

/* The word of a subject: of several the last one before the verb, else the first one. */
static uint32_t subject_word(const slk_tree *t, uint32_t node, uint32_t verb) {
    uint32_t found = SLK_NONE;
    for (uint32_t c = t->child[node]; c != SLK_NONE; c = t->next[c])
        if (slk_tree_is(t, c, SUBJECT) && (found == SLK_NONE || c < verb)) found = c;
    return found;
}

/* "the North's decision to launch": the owner of a noun is to do it; else whoever the clause around it is about. */
static uint32_t of_infinitive_on_noun(const slk_tree *t, uint32_t noun, const slk_pred *up) {
    uint32_t owner = noun != SLK_NONE ? t->r->nouns.at[noun].owner : SLK_NONE;
    return owner != SLK_NONE ? owner : up ? subject_of(up) : SLK_NONE;
}

/* "called on Iran to stop": the phrase behind a preposition on the verb right before the infinitive. */
static uint32_t called_on(const slk_tree *t, uint32_t up, uint32_t verb) {
    for (uint32_t c = t->child[up]; c != SLK_NONE && c < verb; c = t->next[c]) {
        uint32_t noun = t->r->noun_of[c], by = slk_tree_child(t, c, SLK_RELS(CASE));
        bool upon = by != SLK_NONE && (slk_word_is(t->r, by, "on") || slk_word_is(t->r, by, "upon"));
        if (slk_tree_is(t, c, SLK_RELS(OBL)) && upon && noun != SLK_NONE && t->r->nouns.at[noun].t.last <= verb &&
            t->r->nouns.at[noun].t.last + 1 >= verb)
            return noun;
    }
    return SLK_NONE;
}

/* Whom the verb above an open clause gives to it: its object where there is one, else its subject. */
static uint32_t controller(const slk_tree *t, const slk_pred *p, uint32_t node) {
    const slk_pred *up = p->parent != SLK_NONE ? &t->r->preds.at[p->parent] : NULL;
    uint32_t head = slk_tree_up(t, node), noun = head != SLK_NONE ? t->r->noun_of[head] : SLK_NONE;
    if (slk_tree_is(t, node, SLK_RELS(ACL) | SLK_RELS(AMOD) | SLK_RELS(RELCL)) && noun != SLK_NONE)
        return p->mood == SLK_MOOD_INFINITIVE ? of_infinitive_on_noun(t, noun, up)
               : t->r->nouns.at[noun].time    ? slk_noun_described(t->r, p->verb.first)
                                              : noun;
    if (!up) return SLK_NONE;
    if (p->mood == SLK_MOOD_INFINITIVE && head != SLK_NONE) {
        uint32_t on = slk_lemma_is(t->r, up->verb.head, "call") ? called_on(t, head, p->verb.first) : SLK_NONE;
        if (on != SLK_NONE) return on;
    }
    bool object = slk_tree_is(t, node, SLK_RELS(XCOMP)) && !up->passive && up->obj != SLK_NONE &&
                  t->r->nouns.at[up->obj].t.last <= p->verb.first && !slk_lemma_is(t->r, up->verb.head, "be");
    return object ? up->obj : subject_of(up);
}

static bool is_finite(const slk_tree *t, const slk_pred *p) {
    slk_verb_form form = slk_verb_form_at(t->r, p->verb.head);
    bool alone = p->verb.first == p->verb.head && slk_upos_at(t->r, p->verb.head) != SLK_UPOS_AUX;
    if (p->mood == SLK_MOOD_INFINITIVE || (form == SLK_FORM_ING && alone)) return false;
    return !(p->link == SLK_LINK_PARTICIPLE);
}

/* The subject that a predicate has not in its own clause. */
static uint32_t subject_from_elsewhere(const slk_tree *t, const slk_pred *p, uint32_t node) {
    const slk_pred *up = p->parent != SLK_NONE ? &t->r->preds.at[p->parent] : NULL;
    uint32_t before = p->verb.first;
    while (before > 0 && slk_upos_at(t->r, before - 1) == SLK_UPOS_ADV) before--;
    bool and_ = before > 0 && slk_upos_at(t->r, before - 1) == SLK_UPOS_CCONJ;
    if (slk_tree_is(t, node, SLK_RELS(CONJ)) && up && (and_ || !is_finite(t, p))) return subject_of(up);
    if (!is_finite(t, p)) return controller(t, p, node);
    if (slk_tree_is(t, node, SLK_RELS(XCOMP))) return controller(t, p, node);
    uint32_t found = slk_subject_before(t->r, p->verb.first);
    if (found == SLK_NONE && up && slk_tree_is(t, node, SLK_RELS(CONJ) | SLK_RELS(PARATAXIS))) return subject_of(up);
    return found;
}

static uint32_t object(const slk_tree *t, const slk_pred *p, uint32_t node) {
    const slk_reading *r = t->r;
    if (node != p->verb.head) return node > p->verb.head ? r->noun_of[node] : SLK_NONE; /* "was a dud" */
    uint32_t word = slk_tree_child(t, node, SLK_RELS(OBJ));
    if (word == SLK_NONE) word = slk_tree_child(t, node, SLK_RELS(IOBJ));
    if (word != SLK_NONE) return noun_at(t, word, node);
    for (uint32_t c = t->child[node]; c != SLK_NONE; c = t->next[c]) { /* "flew 400 km" */
        uint32_t noun = r->noun_of[c];
        bool bare = slk_tree_is(t, c, SLK_RELS(OBL_BARE)) ||
                    (slk_tree_is(t, c, SLK_RELS(OBL)) && slk_tree_child(t, c, SLK_RELS(CASE)) == SLK_NONE);
        if (bare && noun != SLK_NONE && r->nouns.at[noun].t.first > 0)
            bare = slk_upos_at(r, r->nouns.at[noun].t.first - 1) != SLK_UPOS_ADP;
        if (bare && noun != SLK_NONE && c > node && !r->nouns.at[noun].time) return noun;
    }
    if (slk_tree_is(t, node,
                    NO_CLAUSE)) { /* a verb that the tree took for a part of a phrase: what stands right behind */
        uint32_t noun = slk_noun_from(r, p->verb.last);
        return noun < r->nouns.n && r->nouns.at[noun].t.first == p->verb.last ? noun : SLK_NONE;
    }
    /* "the missile Seoul tracked": a relative clause with a subject of its own and no object */
    bool gap = slk_tree_is(t, node, SLK_RELS(RELCL)) && subject_word(t, node, p->verb.head) != SLK_NONE;
    for (uint32_t c = t->child[node]; gap && c != SLK_NONE; c = t->next[c])
        gap = slk_upos_at(r, c) != SLK_UPOS_PRON || !slk_is_relative(r, c);
    return gap && p->subj != antecedent(t, node) ? antecedent(t, node) : SLK_NONE;
}

static uint32_t agent(const slk_tree *t, const slk_pred *p, uint32_t node) {
    const slk_reading *r = t->r;
    for (uint32_t c = t->child[node]; c != SLK_NONE; c = t->next[c]) {
        uint32_t noun = r->noun_of[c], by = slk_tree_child(t, c, SLK_RELS(CASE));
        if (!slk_tree_is(t, c, SLK_RELS(AGENT) | SLK_RELS(OBL)) || noun == SLK_NONE || c < node) continue;
        if (by != SLK_NONE && slk_word_is(r, by, "by") && !r->nouns.at[noun].time) return noun;
    }
    if (!slk_word_is(r, p->verb.last, "by")) return SLK_NONE;
    uint32_t noun = slk_noun_from(r, p->verb.last + 1);
    if (noun >= r->nouns.n || r->nouns.at[noun].t.first != p->verb.last + 1 || r->nouns.at[noun].time) return SLK_NONE;
    while (noun + 1 < r->nouns.n && r->nouns.at[noun + 1].owner == noun) noun++;
    return noun;
}

/* "SEOUL, May 2 -- Kim watched": no subject stands before a dash that nothing opens. */
static bool behind_break(const slk_tree *t, uint32_t noun, uint32_t verb) {
    static const char *const marks[] = {"--", "\xE2\x80\x94", ":", ";"};
    unsigned n = 0;
    uint32_t from = t->r->nouns.at[noun].t.last, at = SLK_NONE;
    if (from >= verb || verb - from > 24) return false;
    for (uint32_t k = from; k < verb; k++)
        if (SLK_WORD_IN(t->r, k, marks)) n++, at = k;
    return n == 1 && slk_noun_before(t->r, verb) != SLK_NONE &&
           t->r->nouns.at[slk_noun_before(t->r, verb)].t.first > at;
}

void slk_arguments_take(const slk_tree *t, uint32_t pred, uint32_t node) {
    slk_pred *p = &t->r->preds.at[pred];
    uint32_t word = subject_word(t, node, p->verb.head);
    if (word == SLK_NONE && node != p->verb.head) word = subject_word(t, p->verb.head, p->verb.head);
    uint32_t subject = word != SLK_NONE ? noun_at(t, word, node) : SLK_NONE;
    bool there = word != SLK_NONE && subject == SLK_NONE && t->pred_at[word] != SLK_NONE; /* a clause */
    if (subject != SLK_NONE && t->r->nouns.at[subject].time && slk_upos_at(t->r, node) == SLK_UPOS_VERB)
        subject = SLK_NONE; /* "on Sunday called": days do nothing */
    if (subject != SLK_NONE && behind_break(t, subject, p->verb.first)) subject = SLK_NONE;
    if (subject == SLK_NONE && !there) subject = subject_from_elsewhere(t, p, node);
    p->subj = subject;
    if (p->passive) {
        p->obj = subject;
        p->subj = SLK_NONE;
        p->agent = agent(t, p, node);
    } else {
        p->obj = object(t, p, node);
        if (p->obj == subject && word == SLK_NONE && subject != SLK_NONE) p->obj = SLK_NONE;
    }
}
