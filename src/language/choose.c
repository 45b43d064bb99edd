/* choose.c - one part of speech of those a word may have, by its neighbours: the words before it are decided, those behind it are
 * candidates. Rules for single words first ("that", "to", "as"), then for the pairs that English leaves open (noun or verb, adjective
 * or adverb). See tagging.h. */
#include "language/tagging.h"

#include <assert.h>
#include <string.h>

#define BIT SLK_BIT
#define NOMINAL SLK_NOMINAL
#define OPENS_OBJECT (BIT(DET) | BIT(NUM) | BIT(PRON) | BIT(PROPN))

typedef struct view { /* a token with what stands around it */
    const slk_tagger *g;
    const slk_word *w;
    uint32_t t, first, last;
    uint8_t before, before2; /* chosen */
    uint32_t next, next2;    /* candidates; 0 at the end */
    uint8_t best_next;       /* the commonest of next; PUNCT at the end */
    bool finite;
} view;

static bool is(const view *v, uint32_t token, const char *z) {
    return token >= v->first && token < v->last && slk_text_is(v->g->w[token].form->text, z);
}

static bool in(const view *v, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (is(v, token, words[i])) return true;
    return false;
}

#define IN(v, token, words) in((v), (token), (words), sizeof(words) / sizeof *(words))

static bool was(const view *v, const char *z) { return v->t > v->first && is(v, v->t - 1, z); }

static const slk_word *next_word(const view *v) { return v->t + 1 < v->last ? &v->g->w[v->t + 1] : NULL; }

static uint8_t chosen(const view *v, uint32_t t) { return v->g->r->tokens.at[t].upos; }

/* ---------------------------------------------------------------- what follows */

/* Is there a finite verb between here and the next mark? */
static bool clause_follows(const view *v, uint32_t far) {
    const slk_tagger *g = v->g;
    bool nominal = false, pronoun = false;
    if (!g->w) return false;
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + far; t++) {
        const slk_word *w = &g->w[t];
        if (w->best == SLK_UPOS_PUNCT && !is(v, t, "-") && !is(v, t, "\"")) return false;
        if ((w->can & BIT(AUX)) && !(w->can & (BIT(PART) | BIT(NOUN)))) return t > v->t + 1 || !nominal;
        bool verb = w->best == SLK_UPOS_VERB && !w->form->ing && (nominal || !w->form->base);
        if (t > v->t + 1 && nominal && verb && (!w->form->base || w->form->past || pronoun || !(w->can & BIT(NOUN))))
            return true;
        if (t > v->t + 1 && nominal && w->form->s && (w->can & BIT(VERB)) && !w->capital && w->form->verb &&
            t + 1 < v->last && (g->w[t + 1].can & (OPENS_OBJECT | BIT(ADP) | BIT(PART) | BIT(SCONJ))))
            return true;
        if ((w->can & BIT(SCONJ)) && !(w->can & BIT(ADP))) return false;
        if (w->can & (NOMINAL | BIT(PRON))) nominal = true;
        pronoun = w->best == SLK_UPOS_PRON && !(w->can & BIT(DET)); /* "it", "they": no noun comes next */
    }
    return false;
}

static bool participle_follows(const view *v) {
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 6; t++) {
        const slk_word *w = &v->g->w[t];
        bool participle = w->form->past && (w->can & (BIT(VERB) | BIT(ADJ))) && w->best != SLK_UPOS_NOUN;
        if (participle || is(v, t, "been") || is(v, t, "come") || is(v, t, "become") || is(v, t, "run")) return true;
        if (w->can & (BIT(ADV) | BIT(PART))) continue;
        if ((is(v, t, "test") || is(v, t, "flight") || is(v, t, "-")) && t > v->t) continue; /* "has test-fired" */
        bool asked = v->t == v->first || v->before == SLK_UPOS_ADV || v->before == SLK_UPOS_PRON;
        if (asked && t == v->t + 1 && (w->can & (BIT(PRON) | BIT(PROPN)))) continue;
        return false;
    }
    return false;
}

static bool base_verb_follows(const view *v) {
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 8; t++) {
        const slk_word *w = &v->g->w[t];
        bool denied = t > v->first && (is(v, t - 1, "not") || is(v, t - 1, "n't"));
        if (w->form->base && (w->can & BIT(VERB)) && !w->capital &&
            (w->best == SLK_UPOS_VERB || t == v->t + 1 || denied))
            return true;
        if (is(v, t, "have") || is(v, t, "be")) return true;
        if (w->best == SLK_UPOS_PUNCT || w->best == SLK_UPOS_SCONJ || w->best == SLK_UPOS_CCONJ) return false;
        if (w->best == SLK_UPOS_VERB && !w->form->base) return false;
        bool negated = is(v, v->t + 1, "n't") || is(v, v->t + 1, "not");
        bool asked = v->t == v->first || v->before == SLK_UPOS_ADV || v->before == SLK_UPOS_PRON || negated ||
                     (v->next & BIT(PRON) && v->before != SLK_UPOS_NOUN);
        if (!asked && w->best != SLK_UPOS_ADV && w->best != SLK_UPOS_PART) return false;
    }
    return false;
}

/* ---------------------------------------------------------------- single words */

static uint8_t choose_auxiliary(const view *v) {
    const slk_word *n = next_word(v);
    if (is(v, v->t, "am") && v->before == SLK_UPOS_NUM) return SLK_UPOS_NOUN;
    if (is(v, v->t, "may") && v->w->capital)
        return (n && n->best == SLK_UPOS_NUM) || v->before == SLK_UPOS_ADP || v->before == SLK_UPOS_NUM ? SLK_UPOS_PROPN
                                                                                                        : SLK_UPOS_AUX;
    static const char *const have[] = {"have", "has", "had", "having", "'ve"};
    static const char *const doing[] = {"do", "does", "did"};
    static const char *const be[] = {"is", "are", "was", "were", "be", "been"};
    static const char *const nouns[] = {"will", "can", "might", "may"};
    if (IN(v, v->t, have)) return is(v, v->t, "'ve") || participle_follows(v) ? SLK_UPOS_AUX : SLK_UPOS_VERB;
    if (IN(v, v->t, doing)) return base_verb_follows(v) ? SLK_UPOS_AUX : SLK_UPOS_VERB;
    if (IN(v, v->t, be)) {
        uint32_t t = v->t; /* "there is", "there has been" */
        while (t > v->first &&
               (chosen(v, t - 1) == SLK_UPOS_AUX || chosen(v, t - 1) == SLK_UPOS_PART ||
                chosen(v, t - 1) == SLK_UPOS_ADV) &&
               v->t - t < 4)
            t--;
        return t > v->first && is(v, t - 1, "there") && chosen(v, t - 1) == SLK_UPOS_PRON ? SLK_UPOS_VERB
                                                                                          : SLK_UPOS_AUX;
    }
    if (IN(v, v->t, nouns) && (v->w->can & BIT(NOUN)))
        return v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ ? SLK_UPOS_NOUN : SLK_UPOS_AUX;
    if (is(v, v->t, "being")) {
        bool noun = v->before == SLK_UPOS_ADJ || v->before == SLK_UPOS_DET;
        return noun && !(v->next & (BIT(ADJ) | BIT(VERB))) ? SLK_UPOS_NOUN : SLK_UPOS_AUX;
    }
    if (is(v, v->t, "need") || is(v, v->t, "dare")) return v->w->best;
    return SLK_UPOS_AUX;
}

static uint8_t choose_clitic_s(const view *v) {
    static const char *const subjects[] = {"it",   "that", "he",    "she",  "there", "what", "who",
                                           "here", "how",  "where", "when", "this",  "why",  "everything"};
    if (v->t > v->first && IN(v, v->t - 1, subjects) && !v->g->w[v->t - 1].form->s)
        return is(v, v->t - 1, "there") ? SLK_UPOS_VERB : SLK_UPOS_AUX;
    if (was(v, "let")) return SLK_UPOS_PRON;
    const slk_word *n = next_word(v);
    if (v->before == SLK_UPOS_PRON && !(v->next & (NOMINAL | BIT(ADJ)))) return SLK_UPOS_AUX;
    if (!n || v->finite) return SLK_UPOS_PART;
    bool verbal = (n->form->ing && !(n->can & BIT(NOUN))) || (n->can & (BIT(DET) | BIT(PRON))) ||
                  is(v, v->t + 1, "not") || is(v, v->t + 1, "been");
    return verbal && n->form->row != SLK_NONE ? SLK_UPOS_AUX : SLK_UPOS_PART;
}

/* "told CNN that", "notified U.N. agencies that" */
static bool told_before(const view *v) {
    static const char *const lemmas[] = {"tell",     "inform",   "notify", "warn", "assure", "remind",
                                         "persuade", "convince", "advise", "show", "teach",  "promise"};
    for (uint32_t t = v->t; t-- > v->first && v->t - t < 7;) {
        uint8_t u = chosen(v, t);
        if (u == SLK_UPOS_ADP || u == SLK_UPOS_PUNCT) return false;
        if (u != SLK_UPOS_VERB) continue;
        for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
            if (slk_lemma_is(v->g->r, t, lemmas[i])) return true;
        return false;
    }
    return false;
}

/* "that": behind a noun it stands for the noun, unless the noun has contents ("the claim that ..."). */
static uint8_t choose_that(const view *v) {
    static const char *const contents[] = {
        "fact",        "claim",        "claims",     "report",       "reports",    "statement",   "idea",
        "belief",      "hope",         "hopes",      "concern",      "concerns",   "sign",        "signs",
        "evidence",    "possibility",  "threat",     "warning",      "warnings",   "assessment",  "doubt",
        "suggestion",  "suggestions",  "allegation", "allegations",  "accusation", "accusations", "confirmation",
        "fear",        "fears",        "indication", "indications",  "view",       "conclusion",  "condition",
        "news",        "rumor",        "rumors",     "speculation",  "assertion",  "proof",       "notion",
        "impression",  "suspicion",    "suspicions", "announcement", "message",    "chance",      "denial",
        "expectation", "expectations", "assurances", "assurance",    "likelihood", "argument"};
    static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday",  "friday", "saturday",
                                       "sunday", "today",   "statement", "yesterday", "week",   "month"};
    bool verb_next = (v->next & (BIT(VERB) | BIT(AUX))) && !(v->next & NOMINAL);
    bool noun_next = (v->next & NOMINAL) && !(v->next & BIT(AUX)) && v->best_next != SLK_UPOS_VERB;
    if (is(v, v->t + 1, "'s") || is(v, v->t + 1, "is") || is(v, v->t + 1, "was")) return SLK_UPOS_PRON;
    bool noun_before = v->before == SLK_UPOS_NOUN || v->before == SLK_UPOS_PROPN;
    if (v->t > v->first && IN(v, v->t - 1, days) && !verb_next) return SLK_UPOS_SCONJ; /* "said on Thursday that" */
    if (verb_next) return SLK_UPOS_PRON;
    if (noun_before && told_before(v)) return SLK_UPOS_SCONJ;
    if (noun_before) return v->t > v->first && IN(v, v->t - 1, contents) ? SLK_UPOS_SCONJ : SLK_UPOS_PRON;
    if (v->before == SLK_UPOS_VERB || v->before == SLK_UPOS_ADJ || v->before == SLK_UPOS_ADV || was(v, "so")) {
        bool clause = clause_follows(v, 16);
        if (clause || !noun_next)
            return v->next == 0 || v->best_next == SLK_UPOS_PUNCT ? SLK_UPOS_PRON : SLK_UPOS_SCONJ;
        return SLK_UPOS_DET;
    }
    if (v->before == SLK_UPOS_PRON && v->before2 == SLK_UPOS_VERB) return SLK_UPOS_SCONJ; /* "told them that" */
    if (noun_next && !(v->next & (BIT(DET) | BIT(PRON))) && v->best_next != SLK_UPOS_PROPN) return SLK_UPOS_DET;
    if (v->best_next == SLK_UPOS_PROPN || (v->next & (BIT(DET) | BIT(PRON)))) return SLK_UPOS_SCONJ;
    return SLK_UPOS_PRON;
}

static uint8_t choose_to(const view *v) {
    static const char *const takes_noun[] = {"according", "due",      "thanks",   "prior",   "access",   "response",
                                             "contrary",  "close",    "next",     "related", "relation", "subject",
                                             "return",    "returned", "up",       "back",    "similar",  "led",
                                             "addition",  "from",     "compared", "respect", "equal",    "reference"};
    const slk_word *n = next_word(v);
    if (!n || n->best == SLK_UPOS_PUNCT) return n ? SLK_UPOS_PART : SLK_UPOS_ADP;
    if (n->capital && n->best == SLK_UPOS_PROPN) return SLK_UPOS_ADP;
    if (n->best == SLK_UPOS_AUX) return SLK_UPOS_PART;
    if ((n->can & BIT(VERB)) && n->form->base) {
        bool noun = (n->can & BIT(NOUN)) && n->best == SLK_UPOS_NOUN;
        return noun && v->t > v->first && IN(v, v->t - 1, takes_noun) ? SLK_UPOS_ADP : SLK_UPOS_PART;
    }
    if ((v->next & BIT(ADV)) && !(v->next & (BIT(ADJ) | BIT(NOUN))) && (v->next2 & BIT(VERB))) return SLK_UPOS_PART;
    /* a word that no table has: a verb where its object follows */
    bool stranger = n->form->row == SLK_NONE && n->can == BIT(NOUN) && !n->form->s && !n->form->noun && !n->capital;
    if (stranger && (v->next2 & (BIT(DET) | BIT(PRON)))) return SLK_UPOS_PART;
    return n->form->ing && (n->can & BIT(VERB)) && n->best == SLK_UPOS_VERB ? SLK_UPOS_SCONJ : SLK_UPOS_ADP;
}

static uint8_t choose_as(const view *v) {
    if (is(v, v->t + 1, "well") || is(v, v->t + 1, "many") || is(v, v->t + 1, "much") || is(v, v->t + 1, "few"))
        return SLK_UPOS_ADV;
    for (uint32_t t = v->t + 2; t < v->last && t < v->t + 5; t++)
        if (is(v, t, "as") && (v->next & (BIT(ADJ) | BIT(ADV))) && !is(v, v->t + 1, "such")) return SLK_UPOS_ADV;
    if (is(v, v->t + 1, "if") || is(v, v->t + 1, "though")) return SLK_UPOS_SCONJ;
    if (is(v, v->t + 1, "of") || is(v, v->t + 1, "to") || was(v, "such")) return SLK_UPOS_ADP;
    if (was(v, "well") && v->t > v->first + 1 && is(v, v->t - 2, "as")) return SLK_UPOS_ADP;
    const slk_word *n = next_word(v);
    if (n && n->form->past && n->best == SLK_UPOS_VERB) return SLK_UPOS_SCONJ;
    return clause_follows(v, 14) ? SLK_UPOS_SCONJ : SLK_UPOS_ADP;
}

/* Before a clause a conjunction, before a noun phrase a preposition; some are conjunctions only before "-ing". */
static uint8_t choose_connective(const view *v) {
    static const char *const only_ing[] = {"of",      "by",   "for",     "in",      "with",   "without",
                                           "from",    "on",   "about",   "at",      "upon",   "over",
                                           "through", "into", "despite", "between", "against"};
    static const char *const both[] = {"after",   "before", "since", "until", "till",
                                       "because", "than",   "like",  "except"};
    const slk_word *n = next_word(v);
    if (!n) return v->w->best == SLK_UPOS_SCONJ ? SLK_UPOS_ADV : v->w->best;
    bool gerund = n->form->ing && n->best == SLK_UPOS_VERB && !n->capital &&
                  !((v->next2 & NOMINAL) && !(v->next2 & (OPENS_OBJECT | BIT(VERB))) && (n->can & BIT(ADJ)));
    if (IN(v, v->t, only_ing)) return gerund ? SLK_UPOS_SCONJ : SLK_UPOS_ADP;
    if (!IN(v, v->t, both)) return SLK_UPOS_X;
    if (gerund) return SLK_UPOS_SCONJ;
    if (is(v, v->t, "because")) return is(v, v->t + 1, "of") ? SLK_UPOS_ADP : SLK_UPOS_SCONJ;
    if (n->best == SLK_UPOS_PUNCT && (v->w->can & BIT(ADV))) return SLK_UPOS_ADV;
    if (n->best == SLK_UPOS_NUM && !clause_follows(v, 6)) return SLK_UPOS_ADP;
    return clause_follows(v, 14) ? SLK_UPOS_SCONJ : SLK_UPOS_ADP;
}

static uint8_t choose_degree(const view *v) { /* "more", "most", "less", "least", "much" */
    const slk_word *n = next_word(v);
    if (was(v, "at")) return SLK_UPOS_ADJ;
    if (!n) return v->before == SLK_UPOS_VERB ? SLK_UPOS_ADV : SLK_UPOS_ADJ;
    if (is(v, v->t + 1, "than")) return SLK_UPOS_ADJ;
    if ((n->can & (BIT(ADJ) | BIT(ADV))) && n->best != SLK_UPOS_NOUN) return SLK_UPOS_ADV;
    if (n->best == SLK_UPOS_VERB && n->form->past) return SLK_UPOS_ADV;
    if ((n->can & NOMINAL) || is(v, v->t + 1, "of")) return SLK_UPOS_ADJ;
    return v->before == SLK_UPOS_VERB || v->before == SLK_UPOS_PRON || v->before == SLK_UPOS_NOUN ? SLK_UPOS_ADV
                                                                                                  : SLK_UPOS_ADJ;
}

static uint8_t choose_both(const view *v) {
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 7; t++) {
        if (is(v, t, "and")) return SLK_UPOS_CCONJ;
        if (v->g->w[t].best == SLK_UPOS_PUNCT) break;
    }
    return SLK_UPOS_DET;
}

static uint8_t choose_one(const view *v) {
    bool noun_next = v->next & (BIT(NOUN) | BIT(ADJ) | BIT(NUM));
    if (noun_next || is(v, v->t + 1, "of") || is(v, v->t + 1, "-")) return SLK_UPOS_NUM;
    if (v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ) return SLK_UPOS_NOUN;
    return v->next & (BIT(AUX) | BIT(VERB)) && v->before != SLK_UPOS_ADP ? SLK_UPOS_PRON : SLK_UPOS_NUM;
}

/* "about 30", "over a hundred": a word of degree. Else a preposition, an adverb at the end. */
static uint8_t choose_preposition(const view *v) {
    static const char *const degree[] = {"about", "around", "over"};
    static const char *const alone[] = {"before",  "below", "above", "around", "inside",
                                        "outside", "since", "along", "over"};
    const slk_word *n = next_word(v);
    bool number = n && (n->best == SLK_UPOS_NUM || is(v, v->t + 1, "half"));
    if (IN(v, v->t, degree) && number) {
        const slk_word *m = v->t + 2 < v->last ? &v->g->w[v->t + 2] : NULL;
        bool year = n->form->text.n == 4 && slk_is_digit(n->form->text.at[0]) && (!m || !(m->can & NOMINAL));
        return year ? SLK_UPOS_ADP : SLK_UPOS_ADV;
    }
    bool end = !n || n->best == SLK_UPOS_PUNCT || n->best == SLK_UPOS_CCONJ || n->best == SLK_UPOS_AUX;
    if (end && IN(v, v->t, alone)) return SLK_UPOS_ADV;
    bool modifies =
        (v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ) && (v->w->can & BIT(ADJ)) && (v->next & NOMINAL);
    if (modifies) return SLK_UPOS_ADJ;
    if ((v->before == SLK_UPOS_DET) && (v->w->can & BIT(NOUN)) && !(v->next & NOMINAL)) return SLK_UPOS_NOUN;
    return SLK_UPOS_ADP;
}

/* ---------------------------------------------------------------- pairs */

static bool opens_noun(uint8_t before) {
    return before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_NUM || before == SLK_UPOS_ADP;
}

static bool owner_before(const view *v) {
    static const char *const words[] = {"its", "their", "his", "our", "my", "your", "whose"};
    if (v->t == v->first) return false;
    if (IN(v, v->t - 1, words)) return true;
    if (was(v, "her")) return v->before2 != SLK_UPOS_VERB || v->w->best == SLK_UPOS_NOUN;
    return v->before == SLK_UPOS_PART && (was(v, "'s") || was(v, "'"));
}

/* Does the verb of the clause come later ("New sanctions on Iran were")? Before an object only an auxiliary counts. */
static bool verb_ahead(const view *v, bool object) {
    assert(v->g->w);
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 12; t++) {
        const slk_word *w = v->w + (t - v->t);
        if (w->best == SLK_UPOS_PUNCT || w->best == SLK_UPOS_SCONJ || w->best == SLK_UPOS_CCONJ) return false;
        if (w->best == SLK_UPOS_PRON && !(w->can & BIT(DET))) return false;
        if (is(v, t, "that") || is(v, t, "as") || is(v, t, "when") || is(v, t, "after")) return false;
        if (w->best == SLK_UPOS_AUX) return true;
        if (!object && w->best == SLK_UPOS_VERB && w->form->past && !(w->can & BIT(NOUN))) return true;
    }
    return false;
}

/* Behind a noun: the verb of the clause, where it has none yet and what follows can stand behind a verb. */
static uint8_t noun_then(const view *v) {
    const slk_word *w = v->w, *b = &v->g->w[v->t - 1], *n = next_word(v);
    if (v->finite || (w->capital && !v->g->title)) return SLK_UPOS_NOUN;
    bool plural = v->before == SLK_UPOS_NOUN && b->form->s;
    bool agrees = w->form->s ? !plural : w->form->base && !w->form->past ? plural || v->before == SLK_UPOS_PROPN : true;
    if (!agrees) return SLK_UPOS_NOUN;
    bool object = (v->next & (BIT(DET) | BIT(PRON) | BIT(NUM))) || is(v, v->t + 1, "that") || is(v, v->t + 1, "to") ||
                  (n && n->best == SLK_UPOS_PROPN);
    if (w->best == SLK_UPOS_NOUN && v->before == SLK_UPOS_NOUN && is(v, v->t + 1, "to")) object = false;
    if (w->best == SLK_UPOS_NOUN && verb_ahead(v, object)) return SLK_UPOS_NOUN;
    bool rest = v->next & (BIT(ADP) | BIT(ADV) | BIT(ADJ) | BIT(SCONJ));
    if (w->form->s && v->g->verbless) return object || rest || (v->next & BIT(NOUN)) ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    if (w->form->base && !w->form->past && v->before == SLK_UPOS_PROPN)
        return object && w->best == SLK_UPOS_VERB ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    if (w->best == SLK_UPOS_VERB)
        return object || rest || n == NULL || n->best == SLK_UPOS_PUNCT || (v->next & BIT(NOUN)) ? SLK_UPOS_VERB
                                                                                                 : SLK_UPOS_NOUN;
    if (v->before == SLK_UPOS_PROPN && w->form->s && rest && !is(v, v->t + 1, "of")) return SLK_UPOS_VERB;
    return object ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
}

/* Behind "and": like what stands before it. */
static uint8_t noun_or_verb_joined(const view *v) {
    const slk_word *w = v->w;
    uint32_t t = v->t - 1, back = 0;
    bool object = v->next & (BIT(DET) | BIT(PRON));
    bool phrase_end = (v->next & (BIT(ADP) | BIT(PUNCT))) || v->next == 0;
    bool nouns = w->form->base && phrase_end && v->before2 == SLK_UPOS_NOUN && !object;
    if (nouns) return SLK_UPOS_NOUN; /* "restraint and caution in" */
    if (w->best == SLK_UPOS_VERB || object) return SLK_UPOS_VERB;
    for (; t > v->first && back < 8; back++) { /* "to test and launch" */
        uint8_t u = chosen(v, --t);
        if (u == SLK_UPOS_NOUN || u == SLK_UPOS_PROPN) return SLK_UPOS_NOUN;
        if (u == SLK_UPOS_VERB) return v->g->w[t].form->base == w->form->base ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    }
    return w->best;
}

/* Noun or verb: the forms that can be both. */
static uint8_t choose_noun_or_verb(const view *v) {
    static const char *const helps[] = {"help", "helped", "let", "lets", "go", "come", "helping", "helps"};
    const slk_word *w = v->w;
    if (owner_before(v)) return SLK_UPOS_NOUN;
    bool base = w->form->base;
    switch (v->before) {
    case SLK_UPOS_PART: return base ? SLK_UPOS_VERB : SLK_UPOS_NOUN; /* "to", "not" */
    case SLK_UPOS_AUX: {
        bool be = slk_lemma_is(v->g->r, v->t - 1, "be");
        return be && !w->form->past ? SLK_UPOS_NOUN : SLK_UPOS_VERB;
    }
    case SLK_UPOS_PRON:
        if (was(v, "it") || was(v, "he") || was(v, "she") || was(v, "this"))
            return v->finite && !w->form->base ? w->best : SLK_UPOS_VERB;
        return SLK_UPOS_VERB;
    case SLK_UPOS_DET:
    case SLK_UPOS_ADJ:
    case SLK_UPOS_NUM:
        if (v->before == SLK_UPOS_NUM && w->form->past && !v->finite) return w->best;
        return SLK_UPOS_NOUN;
    case SLK_UPOS_ADP: return w->best == SLK_UPOS_VERB && !v->finite && w->form->past ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    case SLK_UPOS_NOUN:
    case SLK_UPOS_PROPN: return noun_then(v);
    case SLK_UPOS_CCONJ: return noun_or_verb_joined(v);
    case SLK_UPOS_ADV:
        if (v->before2 == SLK_UPOS_AUX || v->before2 == SLK_UPOS_PART || v->before2 == SLK_UPOS_PRON)
            return SLK_UPOS_VERB;
        return !v->finite && (v->before2 == SLK_UPOS_NOUN || v->before2 == SLK_UPOS_PROPN) &&
                       (v->next & (OPENS_OBJECT | BIT(NOUN) | BIT(ADP)))
                   ? SLK_UPOS_VERB
                   : w->best;
    case SLK_UPOS_VERB:
        if (IN(v, v->t - 1, helps) && base) return SLK_UPOS_VERB;
        return w->best == SLK_UPOS_VERB && w->form->past ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    case SLK_UPOS_SCONJ: return base && (v->next & BIT(AUX)) ? SLK_UPOS_NOUN : w->best;
    default: break;
    }
    if (base && v->t == v->first) return (v->next & (BIT(DET) | BIT(PRON))) ? SLK_UPOS_VERB : w->best;
    if (v->before == SLK_UPOS_PUNCT && base && (v->next & (BIT(DET) | BIT(PRON))) && !is(v, v->t + 1, "that"))
        return SLK_UPOS_VERB;
    return w->best;
}

static uint8_t choose_ing(const view *v) {
    const slk_word *w = v->w;
    bool noun = w->form->row != SLK_NONE && (w->can & BIT(NOUN));
    if (v->before == SLK_UPOS_AUX) return w->best == SLK_UPOS_ADJ ? SLK_UPOS_ADJ : SLK_UPOS_VERB;
    bool opened = v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ || owner_before(v);
    if (opened && (is(v, v->t + 1, "of") || !(v->next & (NOMINAL | BIT(ADJ))))) return SLK_UPOS_NOUN;
    if (w->best == SLK_UPOS_ADJ && (v->next & (NOMINAL | BIT(ADJ)))) return SLK_UPOS_ADJ;
    bool object = v->next & (BIT(DET) | BIT(PRON) | BIT(NUM));
    if (noun && w->best == SLK_UPOS_NOUN && !object && v->before != SLK_UPOS_VERB) return SLK_UPOS_NOUN;
    if (noun && v->before == SLK_UPOS_NOUN && !object && w->best == SLK_UPOS_NOUN) return SLK_UPOS_NOUN;
    return SLK_UPOS_VERB;
}

static uint8_t choose_participle(const view *v) { /* verb or adjective */
    const slk_word *w = v->w;
    bool modifies = (opens_noun(v->before) || owner_before(v)) && (v->next & (NOMINAL | BIT(ADJ)));
    if (w->form->base) { /* "open", "clear", "complete" */
        if (v->before == SLK_UPOS_PART && !was(v, "'s")) return was(v, "to") ? SLK_UPOS_VERB : w->best;
        if (modifies || owner_before(v)) return SLK_UPOS_ADJ;
        if (v->before == SLK_UPOS_AUX) return slk_lemma_is(v->g->r, v->t - 1, "be") ? SLK_UPOS_ADJ : SLK_UPOS_VERB;
        return w->best == SLK_UPOS_VERB || (v->next & (BIT(DET) | BIT(PRON))) ? SLK_UPOS_VERB : SLK_UPOS_ADJ;
    }
    if (w->best != SLK_UPOS_ADJ) return SLK_UPOS_VERB;
    bool finite =
        !v->finite && (v->before == SLK_UPOS_NOUN || v->before == SLK_UPOS_PROPN || v->before == SLK_UPOS_PRON);
    if (finite && !(v->next & NOMINAL)) return SLK_UPOS_VERB;
    return finite || is(v, v->t + 1, "by") ? SLK_UPOS_VERB : SLK_UPOS_ADJ;
}

static uint8_t choose_adjective(const view *v) {
    const slk_word *w = v->w;
    bool noun_next = (v->next & NOMINAL) && v->best_next != SLK_UPOS_VERB && v->best_next != SLK_UPOS_ADP;
    bool end_of_noun = !(v->next & (NOMINAL | BIT(ADJ) | BIT(NUM)));
    bool opened = opens_noun(v->before) || owner_before(v);
    if ((w->can & BIT(ADV)) && (w->best == SLK_UPOS_ADV || !(w->can & BIT(ADJ)))) {
        bool right = (w->can & BIT(NOUN)) && (v->before == SLK_UPOS_NOUN || opened) && is(v, v->t + 1, "to");
        if (right) return SLK_UPOS_NOUN; /* "a sovereign right to" */
        if (w->best == SLK_UPOS_ADV && v->before != SLK_UPOS_DET && v->before != SLK_UPOS_ADJ) return SLK_UPOS_ADV;
        return (w->can & BIT(ADJ)) && noun_next                ? SLK_UPOS_ADJ
               : (w->can & BIT(NOUN)) && opened && end_of_noun ? SLK_UPOS_NOUN
                                                               : w->best;
    }
    if ((w->can & BIT(NOUN)) && end_of_noun && opened && !is(v, v->t + 1, "-")) {
        if (w->best == SLK_UPOS_NOUN || v->before == SLK_UPOS_DET || owner_before(v)) return SLK_UPOS_NOUN;
    }
    bool closes = v->before == SLK_UPOS_NOUN && (v->next == 0 || (v->next & (BIT(PUNCT) | BIT(AUX) | BIT(PART))));
    if ((w->can & BIT(NOUN)) && closes && !(w->can & BIT(ADV))) return SLK_UPOS_NOUN; /* "a security official," */
    if ((w->can & BIT(ADV)) && !noun_next && !opened && v->before != SLK_UPOS_AUX)
        return v->before == SLK_UPOS_VERB || v->before == SLK_UPOS_NOUN || (v->next & BIT(VERB)) ? SLK_UPOS_ADV
                                                                                                 : w->best;
    if (v->before == SLK_UPOS_AUX && (w->can & BIT(ADJ)) && !noun_next) return SLK_UPOS_ADJ;
    return w->best;
}

/* "This marks": a verb, since no plural follows "this". */
static bool singular_clash(const view *v) {
    const slk_word *n = next_word(v);
    return n && n->form->s && n->form->verb && !n->capital && n->form->row == SLK_NONE;
}

/* ---------------------------------------------------------------- all words */

static uint8_t choose_word(const view *v) {
    static const char *const degree[] = {"more", "most", "less", "least", "much"};
    static const char *const spoken[] = {"well", "no", "yes", "okay", "ok", "please", "yeah", "oh"};
    const slk_word *w = v->w;
    if (is(v, v->t, "'s")) return choose_clitic_s(v);
    if (is(v, v->t, "that")) return choose_that(v);
    if ((is(v, v->t, "am") || is(v, v->t, "pm")) && v->before == SLK_UPOS_NUM) return SLK_UPOS_NOUN;
    if (is(v, v->t, "this") && singular_clash(v)) return SLK_UPOS_PRON;
    if (is(v, v->t, "to")) return choose_to(v);
    if (is(v, v->t, "am") && v->before == SLK_UPOS_NUM) return SLK_UPOS_NOUN; /* "7:22 AM" */
    if (is(v, v->t, "as")) return choose_as(v);
    if (is(v, v->t, "both")) return choose_both(v);
    if (is(v, v->t, "one")) return choose_one(v);
    if (is(v, v->t, "there"))
        return (v->next & BIT(AUX)) || ((v->next & BIT(VERB)) && v->before != SLK_UPOS_ADP && is(v, v->t + 2, "to"))
                   ? SLK_UPOS_PRON
                   : SLK_UPOS_ADV;
    if (is(v, v->t, "so"))
        return v->before == SLK_UPOS_PUNCT && v->t > v->first && clause_follows(v, 10) ? SLK_UPOS_SCONJ : SLK_UPOS_ADV;
    if (is(v, v->t, "her")) return SLK_UPOS_PRON;
    if (is(v, v->t, "such")) return is(v, v->t + 1, "a") || is(v, v->t + 1, "an") ? SLK_UPOS_DET : SLK_UPOS_ADJ;
    if (is(v, v->t, "which") || is(v, v->t, "what"))
        return v->best_next == SLK_UPOS_NOUN && (v->before == SLK_UPOS_ADP || is(v, v->t, "what")) &&
                       !(v->next & BIT(VERB))
                   ? SLK_UPOS_DET
                   : SLK_UPOS_PRON;
    if (IN(v, v->t, degree)) return choose_degree(v);
    if (IN(v, v->t, spoken) && (w->can & SLK_BIT(INTJ)) && w->first) {
        const slk_word *n = next_word(v);
        if (!n || n->best == SLK_UPOS_PUNCT) return SLK_UPOS_INTJ;
    }
    return SLK_UPOS_X;
}

/* "Japanese and South Korean airlines" */
static bool joined_demonym(const view *v) {
    for (uint32_t t = v->t + 2; t + 1 < v->last && t < v->t + 4; t++) {
        const slk_word *w = &v->g->w[t];
        if (!w->capital) return false;
        if ((w->can & BIT(ADJ)) && (w->can & BIT(PROPN))) return (v->g->w[t + 1].can & BIT(NOUN)) != 0;
    }
    return false;
}

static uint8_t choose(const view *v) {
    const slk_word *w = v->w;
    uint8_t u = choose_word(v);
    if (u != SLK_UPOS_X) return u;
    bool stranger = w->form->row == SLK_NONE && w->can == BIT(NOUN) && !w->form->s && !w->form->noun && !w->capital;
    if (stranger && v->before == SLK_UPOS_PART && was(v, "to")) return SLK_UPOS_VERB;
    if (is(v, v->t, "like") && v->t > v->first) {
        bool modal = v->before == SLK_UPOS_AUX && !slk_lemma_is(v->g->r, v->t - 1, "be");
        if (modal || was(v, "to") || was(v, "n't") || (v->before == SLK_UPOS_PRON && !v->finite)) return SLK_UPOS_VERB;
    }
    if (w->can & (BIT(ADP) | BIT(SCONJ))) {
        u = choose_connective(v);
        if (u != SLK_UPOS_X && (u != SLK_UPOS_ADP || !(w->can & (BIT(ADV) | BIT(VERB))))) return u;
        if (u == SLK_UPOS_X && w->best != SLK_UPOS_ADP && !(w->can & BIT(ADP)) && w->can & BIT(SCONJ)) return w->best;
    }
    bool opened = v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ || v->before == SLK_UPOS_ADP;
    if (w->can == BIT(VERB) && w->form->s && opened && !v->g->title) return SLK_UPOS_NOUN; /* "on coordinates" */
    if ((w->can & (w->can - 1)) == 0) return w->best;
    if (w->can & BIT(AUX)) return choose_auxiliary(v);
    if ((w->can & BIT(ADP)) && w->best == SLK_UPOS_ADP) return choose_preposition(v);
    if (w->form->ing && (w->can & BIT(VERB))) return choose_ing(v);
    if ((w->can & BIT(VERB)) && (w->can & BIT(NOUN))) return choose_noun_or_verb(v);
    if ((w->can & BIT(VERB)) && (w->can & BIT(ADJ))) return choose_participle(v);
    if ((w->can & BIT(ADJ)) && (w->can & BIT(PROPN))) {
        if (is(v, v->t + 1, "-")) return SLK_UPOS_ADJ;
        if (is(v, v->t + 1, "and") || is(v, v->t + 1, "or")) return joined_demonym(v) ? SLK_UPOS_ADJ : SLK_UPOS_PROPN;
        bool plural = w->form->s && !slk_text_ends_fold(w->form->text, "ese"); /* "the Russians" */
        if (plural || v->best_next == SLK_UPOS_AUX || v->best_next == SLK_UPOS_PUNCT) return SLK_UPOS_PROPN;
        return (v->next & NOMINAL) || (v->next & BIT(ADJ)) ? SLK_UPOS_ADJ : SLK_UPOS_PROPN;
    }
    if ((w->can & BIT(DET)) && (w->can & BIT(PRON)))
        return v->next & (NOMINAL | BIT(ADJ) | BIT(NUM)) && !(v->next & (BIT(AUX) | BIT(ADP))) &&
                       v->best_next != SLK_UPOS_VERB && v->best_next != SLK_UPOS_ADV
                   ? SLK_UPOS_DET
                   : SLK_UPOS_PRON;
    if ((w->can & BIT(PRON)) && (w->can & BIT(NOUN)))
        return v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ ? SLK_UPOS_NOUN : w->best; /* "a mine" */
    if (w->can & (BIT(ADJ) | BIT(ADV))) return choose_adjective(v);
    return w->best;
}

uint8_t slk_tag_choose(const slk_tagger *g, uint32_t t, uint32_t first, uint32_t last, bool finite) {
    view v = {.g = g, .w = &g->w[t], .t = t, .first = first, .last = last, .finite = finite};
    v.before = v.before2 = v.best_next = SLK_UPOS_PUNCT;
    if (t > first) v.before = g->r->tokens.at[t - 1].upos;
    if (t > first + 1) v.before2 = g->r->tokens.at[t - 2].upos;
    if (t + 1 < last) v.next = g->w[t + 1].can, v.best_next = g->w[t + 1].best;
    if (t + 2 < last) v.next2 = g->w[t + 2].can;
    if (v.before == SLK_UPOS_PUNCT && t > first + 1 && is(&v, t - 1, "-") &&
        g->r->tokens.at[t - 1].span.end == g->r->tokens.at[t].span.start)
        v.before = SLK_UPOS_ADJ;
    return choose(&v);
}
