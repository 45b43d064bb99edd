/* clause.c - how predicates hang together, by the trees: what is said, what describes, what only goes along; in whose clause each word
 * stands; and how far each clause reaches. A voice put behind or into what it says ("X fired, the ministry said") governs it here,
 * whatever way the tree has them. See tree.h. */
#include "language/predicate.h"
#include "language/words.h"

static bool verb_reports(const slk_pack *pack, slk_text key) {
    uint32_t row = slk_pack_find(pack, SLK_T_REPORTING, key);
    for (; row < slk_pack_rows(pack, SLK_T_REPORTING); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_REPORTING, row, SLK_REPORTING_LEMMA), key)) return false;
        if (slk_text_is(slk_pack_cell(pack, SLK_T_REPORTING, row, SLK_REPORTING_POS), "v")) return true;
    }
    return false;
}

bool slk_reports(const slk_pack *pack, const slk_reading *r, uint32_t token) {
    const char *lemma = token < r->tokens.n ? r->tokens.at[token].lemma : NULL;
    if (!lemma) return false;
    slk_word *w = token < r->words.n ? r->words.at[token] : NULL;
    if (!w || lemma != w->lemma_v) return verb_reports(pack, slk_text_of(lemma));
    if (!(w->parts & SLK_WORD_REPORTS)) {
        w->reports = verb_reports(pack, slk_text_of(lemma));
        w->parts |= SLK_WORD_REPORTS;
    }
    return w->reports;
}

#define SUBJECT (SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS))
#define DESCRIBES (SLK_RELS(ACL) | SLK_RELS(AMOD) | SLK_RELS(ADVCL))
#define MAIN                                                                                                           \
    (SLK_RELS(ROOT) | SLK_RELS(CONJ) | SLK_RELS(PARATAXIS) | SLK_RELS(CCOMP) | SLK_RELS(LIST) | SLK_RELS(RELCL))

static bool bare(const slk_tree *t, const slk_pred *p) {
    return p->verb.first == p->verb.head && slk_upos_at(t->r, p->verb.head) == SLK_UPOS_VERB &&
           p->mood != SLK_MOOD_INFINITIVE;
}

/* Verbs that nobody does to anything: "a rocket carrying two crew failed" tells. */
static bool never_passive(const slk_reading *r, uint32_t head) {
    static const char *const lemmas[] = {"fail",   "explode", "crash",  "land",     "fall", "occur",
                                         "happen", "come",    "arrive", "appear",   "rise", "travel",
                                         "splash", "plunge",  "soar",   "disappear"};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        if (slk_lemma_is(r, head, lemmas[i])) return true;
    return false;
}

/* "a missile fired from Kaechon": a past form that describes. With an object or a subject of its own it tells. */
static bool describes(const slk_tree *t, const slk_pred *p, uint32_t node) {
    if (!bare(t, p) || slk_verb_form_at(t->r, p->verb.head) != SLK_FORM_PAST) return false;
    if (slk_tree_child(t, node, SUBJECT) != SLK_NONE || never_passive(t->r, p->verb.head)) return false;
    if (slk_tree_is(t, node, DESCRIBES))
        return !slk_xpos_is(t->r, p->verb.head, "VBD") || slk_tree_child(t, node, SLK_RELS(OBJ)) == SLK_NONE;
    return !slk_tree_is(t, node, MAIN) && !slk_xpos_is(t->r, p->verb.head, "VBD");
}

/* ---------------------------------------------------------------- one predicate */

static slk_link link_by_form(const slk_tree *t, const slk_pred *p) {
    if (p->mood == SLK_MOOD_INFINITIVE) return SLK_LINK_INFINITIVE;
    bool ing = bare(t, p) && slk_verb_form_at(t->r, p->verb.head) == SLK_FORM_ING;
    return ing || (bare(t, p) && p->passive) ? SLK_LINK_PARTICIPLE : SLK_LINK_COORDINATE;
}

/* "notified the agencies that it planned": a conjunction, no pronoun. */
static bool says_that(const slk_tree *t, uint32_t node) {
    for (uint32_t c = t->child[node]; c != SLK_NONE && c < node; c = t->next[c])
        if (slk_tree_is(t, c, SLK_RELS(MARK)) && slk_word_is(t->r, c, "that")) return true;
    return false;
}

static slk_link link_of(const slk_tree *t, const slk_pred *p, uint32_t node) {
    slk_link form = link_by_form(t, p);
    switch (t->rel[node]) {
    case SLK_REL_ROOT: return SLK_LINK_ROOT;
    case SLK_REL_RELCL: return says_that(t, node) ? SLK_LINK_COMPLEMENT : SLK_LINK_RELATIVE;
    case SLK_REL_CCOMP:
    case SLK_REL_CSUBJ:
    case SLK_REL_CSUBJ_PASS: return form == SLK_LINK_COORDINATE ? SLK_LINK_COMPLEMENT : form;
    case SLK_REL_XCOMP: return form == SLK_LINK_COORDINATE ? SLK_LINK_INFINITIVE : form; /* "helped launch" */
    case SLK_REL_ADVCL:
    case SLK_REL_ADV_RELCL:
        if (form == SLK_LINK_INFINITIVE) return form;
        if (slk_tree_child(t, node, SLK_RELS(MARK) | SLK_RELS(CASE)) != SLK_NONE) return SLK_LINK_ADVERBIAL;
        return form == SLK_LINK_COORDINATE ? SLK_LINK_ADVERBIAL : form;
    case SLK_REL_ACL: return form == SLK_LINK_COORDINATE && !bare(t, p) ? SLK_LINK_COMPLEMENT : form;
    default: return form;
    }
}

/* "X fired, the ministry said": the tree hangs the voice on what it says. */
static bool trails(const slk_tree *t, uint32_t node) {
    const slk_reading *r = t->r;
    if (!slk_tree_is(t, node, SLK_RELS(PARATAXIS) | SLK_RELS(CONJ) | SLK_RELS(DISCOURSE) | SLK_RELS(DEP)) ||
        !slk_reports(t->pack, r, node) || slk_tree_child(t, node, SLK_RELS(NSUBJ)) == SLK_NONE ||
        slk_tree_child(t, node, SLK_RELS(CC) | SLK_RELS(MARK)) != SLK_NONE)
        return false;
    if (slk_word_is(r, node + 1, ",")) return true; /* what follows the comma goes on with what is said */
    for (uint32_t c = t->child[node]; c != SLK_NONE; c = t->next[c])
        if (c > node && slk_tree_is(t, c, SLK_RELS(CCOMP)) && t->pred_at[c] != SLK_NONE) return false;
    return true;
}

/* What the voice says takes its own place below it. */
static void put_above(slk_reading *r, uint32_t voice, uint32_t said) {
    slk_pred *v = &r->preds.at[voice], *s = &r->preds.at[said];
    v->parent = s->parent;
    v->link = s->parent == SLK_NONE ? SLK_LINK_ROOT : s->link;
    s->parent = voice;
    s->link = SLK_LINK_QUOTE;
}

/* "will fire and land": mood and negation go on where the second verb has no auxiliary of its own. */
static void share_form(const slk_tree *t, slk_pred *p, const slk_pred *with) {
    slk_verb_form form = slk_verb_form_at(t->r, p->verb.head);
    if (!bare(t, p) || slk_upos_at(t->r, with->verb.head) != SLK_UPOS_VERB) return;
    if (form == SLK_FORM_BASE && p->mood == SLK_MOOD_FACT && with->verb.first != with->verb.head) {
        p->mood = with->mood;
        bool nor = p->verb.first > 0 &&
                   (slk_word_is(t->r, p->verb.first - 1, "or") || slk_word_is(t->r, p->verb.first - 1, "nor"));
        if (nor) p->negated = with->negated;
    }
    if (slk_xpos_is(t->r, p->verb.head, "VBN") && with->passive) p->passive = true;
    if (slk_xpos_is(t->r, p->verb.head, "VBN") && with->perfect) p->perfect = true;
}

/* "before turning and hit": a finite verb goes on with the finite verb above, not with a participle or an infinitive. */
static uint32_t with_finite(const slk_tree *t, const slk_pred *p, uint32_t above) {
    slk_verb_form own = slk_verb_form_at(t->r, p->verb.head);
    bool finite = bare(t, p) && (own == SLK_FORM_S || slk_xpos_is(t->r, p->verb.head, "VBD"));
    for (unsigned hop = 0; finite && hop < 4; hop++) {
        const slk_pred *u = &t->r->preds.at[above];
        bool loose =
            u->mood == SLK_MOOD_INFINITIVE || (bare(t, u) && slk_verb_form_at(t->r, u->verb.head) == SLK_FORM_ING);
        if (!loose || u->parent == SLK_NONE) break;
        above = u->parent;
    }
    return above;
}

static void link(const slk_tree *t, uint32_t pred, uint32_t node, uint32_t above) {
    slk_reading *r = t->r;
    slk_pred *p = &r->preds.at[pred];
    if (describes(t, p, node)) p->passive = p->past = true;
    p->link = link_of(t, p, node);
    p->parent = above;
    if (above == SLK_NONE) {
        if (p->link == SLK_LINK_COORDINATE || p->link == SLK_LINK_COMPLEMENT) p->link = SLK_LINK_ROOT;
        return;
    }
    if (slk_tree_is(t, node, SLK_RELS(CONJ))) p->parent = above = with_finite(t, p, above);
    const slk_pred *u = &r->preds.at[above];
    bool says = slk_reports(t->pack, r, u->verb.head), before = p->verb.head < u->verb.head;
    bool that = slk_tree_child(t, node, SLK_RELS(MARK)) != SLK_NONE;
    if (trails(t, node))
        put_above(r, pred, above);
    else if (p->link == SLK_LINK_COMPLEMENT && says && !that && !u->passive && (before || (p->quoted && !u->quoted)))
        p->link = SLK_LINK_QUOTE;
    else if (p->link == SLK_LINK_COMPLEMENT && before && !that)
        p->link = SLK_LINK_COORDINATE; /* nothing is said: two clauses side by side */
    if (slk_tree_is(t, node, SLK_RELS(CONJ))) share_form(t, p, u);
}

/* ---------------------------------------------------------------- extents */

static void widen(slk_span *e, slk_span by) {
    if (by.start < e->start) e->start = by.start;
    if (by.end > e->end) e->end = by.end;
}

/* From the leaves up: a clause reaches as far as its words and the clauses in it, but for those that stand beside it. */
static void set_extents(const slk_tree *t, uint32_t first, uint32_t last) {
    slk_reading *r = t->r;
    uint32_t from = SLK_FIRST(i, r->preds.n, r->preds.at[i].verb.head < first);
    for (uint32_t i = from; i < r->preds.n && r->preds.at[i].verb.head < last; i++)
        r->preds.at[i].extent = slk_tokens_span(r, r->preds.at[i].verb);
    for (uint32_t i = last; i-- > first;) {
        uint32_t k = t->down[i], pred = r->clause_of[k];
        if (pred == SLK_NONE) continue;
        if (slk_upos_at(r, k) != SLK_UPOS_PUNCT) widen(&r->preds.at[pred].extent, r->tokens.at[k].span);
        const slk_pred *p = &r->preds.at[pred];
        uint32_t up = slk_tree_up(t, k), above = up == SLK_NONE ? SLK_NONE : r->clause_of[up];
        if (above != SLK_NONE && above != pred && p->link != SLK_LINK_COORDINATE && p->link != SLK_LINK_ROOT)
            widen(&r->preds.at[above].extent, p->extent);
    }
    for (uint32_t i = from; i < r->preds.n && r->preds.at[i].verb.head < last; i++)
        if (r->preds.at[i].link == SLK_LINK_ROOT)
            r->preds.at[i].extent = slk_tokens_span(r, (slk_tokens){first, last, first});
}

/* "SEOUL, May 2 (Yonhap) -- ": the first token behind a dateline that stands in one sentence with what it heads; first. */
static uint32_t behind_dateline(const slk_reading *r, uint32_t first, uint32_t last) {
    static const char *const dashes[] = {"--", "\xE2\x80\x94", "\xE2\x80\x93", "-"};
    for (uint32_t k = first + 1; k + 2 < last && k < first + 16; k++) {
        uint8_t upos = slk_upos_at(r, k);
        bool apart = r->tokens.at[k].span.start > r->tokens.at[k - 1].span.end;
        if (apart && SLK_WORD_IN(r, k, dashes)) return k + 1;
        if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX || upos == SLK_UPOS_PRON || upos == SLK_UPOS_DET) break;
    }
    return first;
}

slk_err slk_clauses_link(slk_tree *t) {
    slk_reading *r = t->r;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        uint32_t text = behind_dateline(r, first, last);
        for (uint32_t i = first; i < last; i++) {
            uint32_t k = t->down[i], up = slk_tree_up(t, k), above = up == SLK_NONE ? SLK_NONE : r->clause_of[up];
            r->clause_of[k] = above;
            if (t->pred_at[k] == SLK_NONE) continue;
            r->clause_of[k] = t->pred_at[k];
            link(t, t->pred_at[k], k, above);
            slk_arguments_take(t, t->pred_at[k], k);
        }
        for (uint32_t k = first; k < text; k++)
            if (t->pred_at[k] == SLK_NONE) r->clause_of[k] = SLK_NONE;
        set_extents(t, first, last);
    }
    return SLK_OK;
}
