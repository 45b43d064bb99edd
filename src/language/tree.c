/* tree.c - one dependency tree per sentence in the relations of Universal Dependencies, drawn from the noun phrases, prepositions and
 * predicates that are already known: no parser, one pass over each of their lists. Every sentence gets exactly one root; what fits
 * nowhere hangs on it. Nothing later reads the trees but the export of words. */
#include <string.h>

#include "language/predicate.h"

typedef struct planter {
    slk_reading *r;
    uint32_t first, last;      /* tokens of the sentence */
    uint32_t nouns, nouns_end; /* its lists */
    uint32_t preps, preps_end;
    uint32_t preds, preds_end;
    uint32_t root;
    uint32_t *clause; /* per predicate of the reading: the token that stands for its clause */
    uint8_t *seen;    /* per token: 1 on the way, 2 leads to the root */
} planter;

static slk_token *token(const planter *p, uint32_t t) { return &p->r->tokens.at[t]; }

static uint32_t head_of(const planter *p, uint32_t noun) { return p->r->nouns.at[noun].t.head; }

/* Hangs a token on another where it hangs nowhere yet. */
static void hang(planter *p, uint32_t t, uint32_t on, const char *relation) {
    if (t == on || t < p->first || t >= p->last || on < p->first || on >= p->last) return;
    slk_token *x = token(p, t);
    if (x->head != SLK_NONE) return;
    x->head = on;
    x->deprel = relation;
}

/* ---------------------------------------------------------------- inside noun phrases */

static const char *inside_relation(uint8_t upos) {
    switch (upos) {
    case SLK_UPOS_DET: return "det";
    case SLK_UPOS_ADJ:
    case SLK_UPOS_VERB: return "amod";
    case SLK_UPOS_NUM: return "nummod";
    case SLK_UPOS_PRON: return "nmod:poss";
    case SLK_UPOS_ADV: return "advmod";
    case SLK_UPOS_CCONJ: return "cc";
    case SLK_UPOS_PUNCT: return "punct";
    case SLK_UPOS_NOUN:
    case SLK_UPOS_PROPN: return "compound";
    default: return "dep";
    }
}

static void plant_noun(planter *p, uint32_t noun) {
    const slk_noun *n = &p->r->nouns.at[noun];
    for (uint32_t t = n->t.first; t < n->t.last; t++) {
        uint8_t upos = token(p, t)->upos;
        bool dash_next = t + 2 < n->t.last && slk_word_is(p->r, t + 1, "-");
        bool dash = slk_word_is(p->r, t, "-") && t + 1 < n->t.last;
        uint32_t on = dash_next ? t + 2 : dash ? t + 1 : n->t.head; /* "short-range missile": short on range */
        if (upos == SLK_UPOS_ADV && t + 1 < n->t.last) on = t + 1;
        hang(p, t, on, t > n->t.head && upos == SLK_UPOS_PROPN ? "flat" : inside_relation(upos));
    }
    if (n->owner != SLK_NONE) {
        uint32_t owner = head_of(p, n->owner), mark = p->r->nouns.at[n->owner].t.last;
        hang(p, owner, n->t.head, "nmod:poss");
        if (slk_upos_at(p->r, mark) == SLK_UPOS_PART) hang(p, mark, owner, "case");
    }
}

static void plant_list(planter *p, uint32_t noun) {
    const slk_noun *n = &p->r->nouns.at[noun];
    if (n->also == SLK_NONE || n->also >= p->nouns_end) return;
    uint32_t lead = head_of(p, slk_list_first(p->r, noun)), next = head_of(p, n->also);
    hang(p, next, lead, "conj");
    for (uint32_t t = n->t.last; t < p->r->nouns.at[n->also].t.first; t++) {
        uint8_t upos = slk_upos_at(p->r, t);
        if (upos == SLK_UPOS_CCONJ || upos == SLK_UPOS_PUNCT) hang(p, t, next, upos == SLK_UPOS_PUNCT ? "punct" : "cc");
    }
}

static void plant_prep(planter *p, const slk_prep *x) {
    uint32_t noun = head_of(p, x->noun);
    hang(p, x->token, noun, "case");
    bool of = slk_word_is(p->r, x->token, "of");
    bool before = x->pred == SLK_NONE || p->r->preds.at[x->pred].verb.head > x->token;
    if (x->on_noun != SLK_NONE && (of || before))
        hang(p, noun, head_of(p, x->on_noun), "nmod");
    else if (x->pred != SLK_NONE)
        hang(p, noun, p->clause[x->pred], "obl");
}

/* ---------------------------------------------------------------- predicates */

/* What a form of "be" says of its subject: the noun, adjective or phrase behind it stands for the clause. */
static uint32_t behind_copula(const planter *p, const slk_pred *x) {
    if (x->obj != SLK_NONE && head_of(p, x->obj) > x->verb.head) return head_of(p, x->obj);
    uint32_t t = x->verb.last;
    while (t < p->last && slk_upos_at(p->r, t) == SLK_UPOS_ADV) t++;
    if (slk_upos_at(p->r, t) == SLK_UPOS_ADJ && t < p->last) return t;
    if (slk_upos_at(p->r, t) != SLK_UPOS_ADP || t >= p->last) return x->verb.head;
    uint32_t n = slk_noun_from(p->r, t);
    return n < p->nouns_end && p->r->nouns.at[n].t.first <= t + 2 ? head_of(p, n) : x->verb.head;
}

static bool is_copula(const planter *p, const slk_pred *x) {
    return token(p, x->verb.head)->upos == SLK_UPOS_AUX && slk_lemma_is(p->r, x->verb.head, "be");
}

static void plant_group(planter *p, uint32_t pred) {
    const slk_pred *x = &p->r->preds.at[pred];
    uint32_t clause = p->clause[pred];
    for (uint32_t t = x->verb.first; t < x->verb.last; t++) {
        uint8_t upos = token(p, t)->upos;
        bool be = slk_lemma_is(p->r, t, "be");
        if (upos == SLK_UPOS_AUX)
            hang(p, t, clause, t == x->verb.head ? "cop" : be && x->passive ? "aux:pass" : "aux");
        else if (upos == SLK_UPOS_PART)
            hang(p, t, clause, slk_word_is(p->r, t, "to") ? "mark" : "advmod");
        else if (upos == SLK_UPOS_ADV || upos == SLK_UPOS_DET)
            hang(p, t, clause, upos == SLK_UPOS_ADV ? "advmod" : "det");
    }
}

static bool own(const planter *p, const slk_pred *x, uint32_t noun) {
    bool control = x->link == SLK_LINK_INFINITIVE || x->link == SLK_LINK_PARTICIPLE;
    return noun != SLK_NONE && noun >= p->nouns && noun < p->nouns_end &&
           !(control && head_of(p, noun) < x->verb.first);
}

static void plant_arguments(planter *p, uint32_t pred) {
    static const char *const pronouns[] = {"which", "that", "who", "whom", "what"};
    const slk_pred *x = &p->r->preds.at[pred];
    uint32_t clause = p->clause[pred], t = x->verb.first;
    while (t > p->first && slk_upos_at(p->r, t - 1) == SLK_UPOS_ADV) t--;
    if (t > p->first && SLK_WORD_IN(p->r, t - 1, pronouns) && slk_upos_at(p->r, t - 1) == SLK_UPOS_PRON)
        hang(p, t - 1, clause, x->passive ? "nsubj:pass" : "nsubj");
    else if (x->passive ? own(p, x, x->obj) : own(p, x, x->subj))
        hang(p, head_of(p, x->passive ? x->obj : x->subj), clause, x->passive ? "nsubj:pass" : "nsubj");
    bool object = !x->passive && own(p, x, x->obj) && head_of(p, x->obj) > x->verb.head;
    if (object && head_of(p, x->obj) != clause) hang(p, head_of(p, x->obj), clause, "obj");
    if (x->agent != SLK_NONE) hang(p, head_of(p, x->agent), clause, "obl");
}

/* Where a clause hangs and how. */
static void plant_clause(planter *p, uint32_t pred) {
    const slk_pred *x = &p->r->preds.at[pred];
    uint32_t clause = p->clause[pred], up = x->parent != SLK_NONE ? p->clause[x->parent] : p->root;
    uint32_t noun = slk_noun_before(p->r, x->verb.first);
    bool touches = noun != SLK_NONE && p->r->nouns.at[noun].t.last == x->verb.first && !p->r->nouns.at[noun].time;
    switch (x->link) {
    case SLK_LINK_COMPLEMENT:
    case SLK_LINK_QUOTE: hang(p, clause, up, "ccomp"); break;
    case SLK_LINK_RELATIVE:
        noun = x->subj != SLK_NONE && head_of(p, x->subj) < x->verb.first && x->obj == SLK_NONE ? x->subj : noun;
        hang(p, clause, noun != SLK_NONE ? head_of(p, noun) : up, "acl:relcl");
        break;
    case SLK_LINK_PARTICIPLE: hang(p, clause, touches ? head_of(p, noun) : up, touches ? "acl" : "advcl"); break;
    case SLK_LINK_COORDINATE: hang(p, clause, up, "conj"); break;
    case SLK_LINK_INFINITIVE:
        if (touches && x->parent != SLK_NONE && p->r->preds.at[x->parent].obj == noun)
            hang(p, clause, up, "xcomp");
        else
            hang(p, clause, touches ? head_of(p, noun) : up, touches ? "acl" : "xcomp");
        break;
    default: hang(p, clause, up, x->link == SLK_LINK_ADVERBIAL ? "advcl" : "parataxis"); break;
    }
}

/* ---------------------------------------------------------------- what is left */

static uint32_t pred_from(const planter *p, uint32_t t) {
    for (uint32_t i = p->preds; i < p->preds_end; i++)
        if (p->r->preds.at[i].verb.head >= t) return p->clause[i];
    return p->root;
}

static const char *loose_relation(uint8_t upos) {
    switch (upos) {
    case SLK_UPOS_PUNCT: return "punct";
    case SLK_UPOS_ADV: return "advmod";
    case SLK_UPOS_SCONJ: return "mark";
    case SLK_UPOS_CCONJ: return "cc";
    case SLK_UPOS_ADP: return "compound:prt";
    case SLK_UPOS_NUM: return "nummod";
    case SLK_UPOS_INTJ: return "discourse";
    case SLK_UPOS_NOUN:
    case SLK_UPOS_PROPN: return "obl";
    default: return "dep";
    }
}

/* Connectives and adverbs go with the next verb or the one before, an apposition with its noun, the rest with the last verb met. */
static void plant_rest(planter *p) {
    uint32_t near = p->root, i = p->preds;
    for (uint32_t n = p->nouns; n < p->nouns_end; n++) {
        uint32_t start = p->r->nouns.at[n].t.first, before = n > p->nouns ? n - 1 : SLK_NONE;
        bool comma = start > p->first && (slk_word_is(p->r, start - 1, ",") || slk_word_is(p->r, start - 1, "("));
        bool apposed = comma && before != SLK_NONE && p->r->nouns.at[before].t.last == start - 1;
        if (apposed && !p->r->nouns.at[n].time && head_of(p, n) != p->root)
            hang(p, head_of(p, n), head_of(p, before), "appos");
    }
    uint32_t next = pred_from(p, p->first);
    for (uint32_t t = p->first; t < p->last; t++) {
        while (i < p->preds_end && p->r->preds.at[i].verb.head < t) {
            near = p->clause[i++];
            next = i < p->preds_end ? p->clause[i] : p->root;
        }
        if (token(p, t)->head != SLK_NONE || t == p->root) continue;
        uint8_t upos = token(p, t)->upos;
        bool forward = upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_CCONJ;
        uint32_t on = upos == SLK_UPOS_PUNCT ? p->root : forward ? next : near;
        hang(p, t, on != t ? on : p->root, loose_relation(upos));
    }
}

/* Everything leads to the root: a ring is cut where it closes. */
static void cut_rings(planter *p) {
    slk_token *root = token(p, p->root);
    root->head = p->root;
    root->deprel = "root";
    p->seen[p->root] = 2;
    for (uint32_t t = p->first; t < p->last; t++) {
        uint32_t up = t, next;
        while (p->seen[up] == 0) {
            p->seen[up] = 1;
            next = token(p, up)->head;
            if (next == SLK_NONE || p->seen[next] == 1) {
                token(p, up)->head = next = p->root;
                token(p, up)->deprel = "dep";
            }
            up = next;
        }
        for (up = t; p->seen[up] == 1; up = token(p, up)->head) p->seen[up] = 2;
    }
}

static void find_root(planter *p) {
    p->root = SLK_NONE;
    for (uint32_t i = p->preds; i < p->preds_end && p->root == SLK_NONE; i++)
        if (p->r->preds.at[i].link == SLK_LINK_ROOT && p->r->preds.at[i].parent == SLK_NONE) p->root = p->clause[i];
    if (p->root == SLK_NONE && p->preds < p->preds_end) p->root = p->clause[p->preds];
    if (p->root == SLK_NONE && p->nouns < p->nouns_end) p->root = head_of(p, p->nouns);
    if (p->root == SLK_NONE) p->root = p->first;
}

static void plant(planter *p) {
    for (uint32_t i = p->preds; i < p->preds_end; i++) {
        const slk_pred *x = &p->r->preds.at[i];
        p->clause[i] = is_copula(p, x) ? behind_copula(p, x) : x->verb.head;
    }
    find_root(p);
    for (uint32_t i = p->nouns; i < p->nouns_end; i++) plant_noun(p, i);
    for (uint32_t i = p->preds; i < p->preds_end; i++) plant_group(p, i);
    for (uint32_t i = p->preds; i < p->preds_end; i++) {
        if (p->clause[i] != p->root) plant_clause(p, i);
        plant_arguments(p, i);
    }
    for (uint32_t i = p->nouns; i < p->nouns_end; i++) plant_list(p, i);
    for (uint32_t i = p->preps; i < p->preps_end; i++) plant_prep(p, &p->r->preps.at[i]);
    plant_rest(p);
    cut_rings(p);
}

slk_err slk_trees_plant(slk_reading *r) {
    planter p = {.r = r};
    p.clause = slk_arena_take(&r->arena, (r->preds.n + 1) * sizeof *p.clause);
    p.seen = slk_arena_take(&r->arena, r->tokens.n + 1);
    if (!p.clause || !p.seen) return SLK_ENOMEM;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        p.first = r->sentences.at[s].first_token, p.last = p.first + r->sentences.at[s].n_tokens;
        p.nouns = p.nouns_end, p.preps = p.preps_end, p.preds = p.preds_end;
        while (p.nouns_end < r->nouns.n && r->nouns.at[p.nouns_end].t.first < p.last) p.nouns_end++;
        while (p.preps_end < r->preps.n && r->preps.at[p.preps_end].token < p.last) p.preps_end++;
        while (p.preds_end < r->preds.n && r->preds.at[p.preds_end].sentence == s) p.preds_end++;
        plant(&p);
    }
    return SLK_OK;
}
