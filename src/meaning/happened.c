/* happened.c - whether what a verb or noun tells of is told as done, planned, possible, not done or only spoken of in general: by the
 * form of its own predicate, the verbs it hangs on and the words before it. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

static slk_reality reality_of_value(const char *v, slk_reality otherwise) {
    if (!v) return otherwise;
    if (strcmp(v, "fact") == 0) return SLK_REAL_FACT;
    if (strcmp(v, "planned") == 0) return SLK_REAL_PLANNED;
    if (strcmp(v, "possible") == 0) return SLK_REAL_POSSIBLE;
    if (strcmp(v, "generic") == 0) return SLK_REAL_GENERIC;
    return strcmp(v, "not") == 0 ? SLK_REAL_NOT : otherwise;
}

const char *slk_tell_governs(const slk_tellings *t, uint32_t pred) {
    char z[96];
    uint32_t head = t->r->preds.at[pred].verb.head;
    for (unsigned n = 2; n > 0; n--) {
        slk_text lemma = slk_tell_lemmas(t->r, head, n, z);
        const char *v = lemma.n ? slk_cue_value(t->pack, lemma, "governs") : NULL;
        if (v) return v;
    }
    return NULL;
}

bool slk_tell_carried(const slk_tellings *t, const slk_told *x) {
    char z[96];
    if (x->light) return true;
    if (x->pred >= t->r->preds.n) return false;
    for (unsigned n = 2; n > 0; n--) {
        slk_text lemma = slk_tell_lemmas(t->r, t->r->preds.at[x->pred].verb.head, n, z);
        if (lemma.n && slk_cue_value(t->pack, lemma, "carries")) return true;
    }
    return false;
}

/* The word right before a phrase or up to four before it that says what becomes of it ("signs of", "capable of"); NULL. */
static const char *modified(const slk_tellings *t, uint32_t first, uint32_t last) {
    const slk_reading *r = t->r;
    uint32_t start = r->sentences.at[r->tokens.at[first].sentence].first_token;
    uint32_t before = first >= start + 4 ? first - 4 : start;
    slk_span words;
    const char *value;
    for (uint32_t i = before; i < last; i++) {
        if (!slk_cue_in(t, i, i + 1, "modifies", &words, &value)) continue;
        if (i >= first || words.end + 1 >= r->tokens.at[first].span.start) return value ? value : "planned";
    }
    return NULL;
}

/* "denied that it conducted": what is denied, refused, prevented did not happen to those who say so. */
static bool under_denial(const slk_tellings *t, uint32_t pred) {
    const slk_pred *p = &t->r->preds.at[pred];
    for (unsigned hop = 0; hop < 3 && p->parent < t->r->preds.n; hop++) {
        if (p->link != SLK_LINK_COMPLEMENT && p->link != SLK_LINK_COORDINATE && p->link != SLK_LINK_INFINITIVE)
            return false;
        bool complement = p->link != SLK_LINK_COORDINATE;
        const char *v = slk_tell_governs(t, p->parent);
        if (complement && v && strcmp(v, "not") == 0) return !t->r->preds.at[p->parent].negated;
        p = &t->r->preds.at[p->parent];
    }
    return false;
}

/* "said it would launch": the future seen from the past, not a condition. */
static bool announced(const slk_tellings *t, const slk_pred *p) {
    bool would = false;
    for (uint32_t k = p->verb.first; k < p->verb.head; k++) would = would || slk_tell_word(t, k, "would");
    if (!would || p->parent >= t->r->preds.n || p->link != SLK_LINK_COMPLEMENT) return false;
    const char *lemma = t->r->tokens.at[t->r->preds.at[p->parent].verb.head].lemma;
    return lemma && slk_pack_find(t->pack, SLK_T_REPORTING, slk_text_of(lemma)) != SLK_NONE;
}

/* "Suppose they fired": what a verb only imagines. */
static bool supposed(const slk_tellings *t, const slk_pred *p) {
    const char *above =
        p->link == SLK_LINK_COMPLEMENT && p->parent < t->r->preds.n ? slk_tell_governs(t, p->parent) : NULL;
    return above && strcmp(above, "generic") == 0;
}

/* "too weak to fire" */
static bool too_much(const slk_tellings *t, const slk_pred *p) {
    uint32_t start = t->r->sentences.at[p->sentence].first_token;
    for (uint32_t k = p->verb.first; k > start && p->verb.first - k < 4; k--)
        if (slk_tell_word(t, k - 1, "too")) return true;
    return false;
}

/* A clause without a subject of its own in the place of an object: "considered bombing", "ruled out sending". */
static bool is_complement(const slk_reading *r, const slk_pred *p) {
    const char *rel = r->tokens.at[p->verb.head].deprel;
    return p->parent < r->preds.n && p->link == SLK_LINK_PARTICIPLE && rel &&
           (strncmp(rel, "xcomp", 5) == 0 || strncmp(rel, "ccomp", 5) == 0);
}

/* A predicate by its own form and, for infinitives, by the verb above it. */
slk_reality slk_tell_pred_reality(const slk_tellings *t, uint32_t pred) {
    const slk_reading *r = t->r;
    const slk_pred *p = &r->preds.at[pred];
    if (under_denial(t, pred)) return SLK_REAL_NOT;
    if (slk_tell_fiction(t, p->verb.head, pred) || slk_tell_counterfactual(t, pred)) return SLK_REAL_GENERIC;
    if (supposed(t, p)) return SLK_REAL_GENERIC;
    if (slk_tell_word(t, slk_token_at(r, p->extent.start), "whether")) return SLK_REAL_POSSIBLE;
    bool ahead = p->mood == SLK_MOOD_FUTURE || p->mood == SLK_MOOD_OBLIGED;
    if (ahead) return p->negated ? SLK_REAL_NOT : SLK_REAL_PLANNED;
    if (p->mood == SLK_MOOD_CONDITION)
        return !announced(t, p) ? SLK_REAL_GENERIC : p->negated ? SLK_REAL_NOT : SLK_REAL_PLANNED;
    if (p->negated || slk_tell_nobody(t, pred)) return SLK_REAL_NOT;
    if (p->mood == SLK_MOOD_POSSIBLE) return SLK_REAL_POSSIBLE;
    bool infinitive = p->mood == SLK_MOOD_INFINITIVE || p->link == SLK_LINK_INFINITIVE;
    bool hangs = infinitive || p->link == SLK_LINK_PARTICIPLE || p->link == SLK_LINK_ADVERBIAL;
    const char *value =
        hangs ? modified(t, p->verb.first, p->verb.first) : NULL; /* "capable of firing", "about to fire" */
    if (value) return reality_of_value(value, SLK_REAL_PLANNED);
    if (infinitive && too_much(t, p)) return SLK_REAL_NOT;
    if (infinitive) {
        if (p->parent >= r->preds.n) return SLK_REAL_PLANNED;
        const slk_pred *up = &r->preds.at[p->parent];
        slk_reality above = reality_of_value(slk_tell_governs(t, p->parent), SLK_REAL_PLANNED);
        return up->negated && above == SLK_REAL_FACT ? SLK_REAL_NOT : above;
    }
    const char *above = is_complement(r, p) ? slk_tell_governs(t, p->parent) : NULL; /* "considers bombing" */
    if (above && strcmp(above, "fact") != 0) return reality_of_value(above, SLK_REAL_FACT);
    return p->mood == SLK_MOOD_HABIT ? SLK_REAL_GENERIC : SLK_REAL_FACT;
}

/* "failed during a test launch", "condemned the North over two tests": what went on beside something that happened. */
static bool in_told_clause(const slk_tellings *t, const slk_told *x) {
    static const char *const words[] = {"during", "after", "following", "over", "since", "because", "by", "in", "with"};
    const slk_reading *r = t->r;
    uint32_t first = r->nouns.at[x->noun].t.first;
    for (uint32_t i = slk_prep_from(r, first > 3 ? first - 3 : 0); i < r->preps.n && r->preps.at[i].token < first;
         i++) {
        const slk_prep *p = &r->preps.at[i];
        uint32_t pred = p->pred < r->preds.n ? p->pred : slk_pred_around(r, r->tokens.at[p->token].span);
        if (p->noun != x->noun || pred >= r->preds.n) continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (slk_tell_word(t, p->token, words[k]))
                return r->preds.at[pred].past && slk_tell_pred_reality(t, pred) == SLK_REAL_FACT;
    }
    return false;
}

/* "Sunday's drill was designed to test ...": what has a purpose is there. */
static bool has_purpose(const slk_tellings *t, const slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    const char *lemma = t->r->tokens.at[p->verb.head].lemma;
    return p->passive && p->obj == x->noun && lemma && slk_cue_value(t->pack, slk_text_of(lemma), "purpose");
}

/* A noun by the words within and before it, then by the verb it hangs on. */
slk_reality slk_tell_noun_reality(const slk_tellings *t, const slk_told *x) {
    const slk_reading *r = t->r;
    slk_tokens n = r->nouns.at[x->noun].t;
    if (slk_tell_fiction(t, n.head, x->pred)) return SLK_REAL_GENERIC;
    const char *value = modified(t, n.first, n.last);
    bool told_as_done = x->pred != SLK_NONE && r->preds.at[x->pred].past && r->preds.at[x->pred].mood == SLK_MOOD_FACT;
    if (value && !(strcmp(value, "later") == 0 && told_as_done)) return reality_of_value(value, SLK_REAL_PLANNED);
    slk_reality above = SLK_REAL_GENERIC;
    if (x->pred != SLK_NONE) {
        slk_reality own = slk_tell_pred_reality(t, x->pred);
        const char *v = has_purpose(t, x) ? NULL : slk_tell_governs(t, x->pred);
        bool does = r->preds.at[x->pred].subj == x->noun && !r->preds.at[x->pred].passive;
        if (v && strcmp(v, "not") == 0 && does) v = "fact";          /* "the launch failed" took place */
        if (v && strcmp(v, "generic") == 0) return SLK_REAL_GENERIC; /* "simulated the firing" */
        above = reality_of_value(v, SLK_REAL_GENERIC);
        if (own == SLK_REAL_FACT && slk_tell_carried(t, x)) above = own;
        if (own == SLK_REAL_NOT && !v) above = own;
        if (above == SLK_REAL_FACT && own != SLK_REAL_FACT) above = own;
        bool denied = v && strcmp(v, "not") == 0;
        if (denied && own == SLK_REAL_NOT) above = SLK_REAL_GENERIC; /* "did not deny" */
    } else if (in_told_clause(t, x)) {
        above = SLK_REAL_FACT;
    }
    if (above == SLK_REAL_PLANNED || above == SLK_REAL_NOT || above == SLK_REAL_POSSIBLE) return above;
    if (x->time != SLK_NONE || x->definite) return SLK_REAL_FACT;
    return slk_plural(t->r, x->token) && above != SLK_REAL_FACT ? SLK_REAL_GENERIC : above;
}
