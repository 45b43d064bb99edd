/* stance.c - what a voice does with its content, and how sure it is of it: by the word of saying, turned by what is said ("it was a grave
 * provocation" condemns) and by the form of the predicate that leads it. Certainty follows FactBank (Sauri and Pustejovsky 2009). See
 * saying.h. */
#include <string.h>

#include "base/text.h"
#include "base/words.h"
#include "language/phrases.h"
#include "meaning/meaning.h"
#include "meaning/saying.h"

slk_stance slk_stance_of_cue(const slk_hearing *h, const slk_saying *s) {
    int x = -1;
    if (s->negated) x = slk_stance_of(slk_pack_cell(h->pack, SLK_T_REPORTING, s->row, SLK_REPORTING_NEGATED));
    if (x < 0) x = slk_stance_of(slk_pack_cell(h->pack, SLK_T_REPORTING, s->row, SLK_REPORTING_STANCE));
    return x < 0 ? SLK_STANCE_REPORTS : (slk_stance)x;
}

/* Words in the content that turn a plain saying: "it was a grave provocation" condemns. Looked for where the content judges:
 * its leading verb is a form of "be" or none, or it begins with the speaker's own "we condemn". */
static int stance_of_words(const slk_hearing *h, slk_tokens piece) {
    uint32_t limit = piece.last < piece.first + 40 ? piece.last : piece.first + 40;
    for (uint32_t t = piece.first; t < limit; t++) {
        slk_hit hits[8];
        if (slk_upos_of_token(h, t) == SLK_UPOS_PUNCT) continue;
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        uint32_t n = p && p->negated && p->verb.head == t ? 0 : slk_phrases_at(h->pack, h->r, t, hits, 8);
        for (uint32_t i = 0; i < n; i++) {
            if (hits[i].table != SLK_T_REPORTING) continue;
            if (slk_text_is(slk_pack_cell(h->pack, SLK_T_REPORTING, hits[i].row, SLK_REPORTING_POS), "e"))
                return slk_stance_of(slk_pack_cell(h->pack, SLK_T_REPORTING, hits[i].row, SLK_REPORTING_STANCE));
        }
        uint32_t verb = slk_cue_verb(h, t); /* another voice in the content judges for itself */
        if (verb != SLK_NONE && slk_cue_takes(h, verb, 'q') &&
            slk_text_is(slk_pack_cell(h->pack, SLK_T_REPORTING, verb, SLK_REPORTING_KIND), "say"))
            return -1;
    }
    return -1;
}

static const char *country_at(const slk_hearing *h, slk_tokens t) {
    uint32_t actor = t.first < t.last ? slk_actor_of(h->r, slk_tokens_span(h->r, t)) : SLK_NONE;
    const char *c = actor != SLK_NONE ? h->r->actors.at[actor].country : "UNK";
    return strcmp(c, "UNK") == 0 ? NULL : c;
}

/* "Tehran said its tests did not break the deal": a party that negates what is said of it denies. */
static bool speaks_of_itself(const slk_hearing *h, const slk_saying *s, const slk_pred *p) {
    uint32_t subject = p->subj != SLK_NONE ? p->subj : p->obj;
    if (subject >= h->r->nouns.n) return false;
    const char *speaker = country_at(h, s->speaker), *told = country_at(h, h->r->nouns.at[subject].t);
    uint32_t owner = h->r->nouns.at[subject].owner;
    if (!told && owner < h->r->nouns.n) told = country_at(h, h->r->nouns.at[owner].t);
    return speaker && told && strcmp(speaker, told) == 0;
}

/* The predicate that leads the content: the one on the cue, else the first one with a clause of its own, else the first one. */
static const slk_pred *leading_pred(const slk_hearing *h, const slk_saying *s) {
    const slk_tokens *c = &s->content[s->n_content - 1];
    uint32_t limit = c->last < c->first + 60 ? c->last : c->first + 60, cue = h->pred_of[s->head];
    const slk_pred *first = NULL;
    for (uint32_t t = c->first; t < limit && cue != SLK_NONE; t++) { /* the one that the tree hangs on the cue */
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        if (p && p->parent == cue && (p->link == SLK_LINK_COMPLEMENT || p->link == SLK_LINK_QUOTE)) return p;
    }
    for (uint32_t t = c->first; t < limit; t++) {
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        if (!p) continue;
        if (!first) first = p;
        if (p->link != SLK_LINK_PARTICIPLE && p->link != SLK_LINK_ADVERBIAL && p->link != SLK_LINK_RELATIVE &&
            p->link != SLK_LINK_INFINITIVE)
            return p;
    }
    return first;
}

/* "may have flown", "could reach": told as a guess; "can" is an ability. */
static bool guessed(const slk_hearing *h, const slk_pred *p) {
    static const char *const words[] = {"may", "might", "could", "perhaps", "possibly"};
    if (p->mood != SLK_MOOD_POSSIBLE) return false;
    for (uint32_t t = p->verb.first; t < p->verb.head; t++)
        if (SLK_SAYS(h, t, words)) return true;
    return false;
}

/* Does the content tell a deed of the table of events ("two missiles were fired, a grave provocation")? Then it reports. */
static bool tells_deed(const slk_hearing *h, const slk_pred *p) {
    const char *lemma = p ? h->r->tokens.at[p->verb.head].lemma : NULL;
    uint32_t row = lemma ? slk_pack_find(h->pack, SLK_T_EVENTS, slk_text_of(lemma)) : SLK_NONE;
    if (row == SLK_NONE) return false;
    slk_text group = slk_pack_cell(h->pack, SLK_T_EVENTS, row, SLK_EVENTS_GROUP);
    static const char *const groups[] = {"launch", "fire",  "test",      "fly", "travel",
                                         "attack", "shell", "intercept", "fail"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (slk_text_is(group, groups[i])) return true;
    return false;
}

/* The stance of the cue, turned by what is said where the cue only says. */
slk_stance slk_stance_in_all(const slk_hearing *h, const slk_saying *s) {
    slk_stance x = slk_stance_of_cue(h, s);
    if (x == SLK_STANCE_DEMANDS && !s->negated && s->n_content &&
        stance_of_words(h, s->content[0]) == SLK_STANCE_CONDEMNS)
        return SLK_STANCE_CONDEMNS; /* "urged the North to cease its provocations" */
    if (x != SLK_STANCE_REPORTS || s->negated || s->kind == SLK_CUE_NOUN) return x;
    if (!slk_cue_takes(h, s->row, 'c') && !slk_cue_takes(h, s->row, 'n')) return x;
    const slk_pred *p = leading_pred(h, s);
    if (p && p->negated && speaks_of_itself(h, s, p)) return SLK_STANCE_DENIES;
    int turned_to = tells_deed(h, p) ? -1 : stance_of_words(h, s->content[0]);
    if (turned_to < 0 && p && guessed(h, p) && slk_cue_takes(h, s->row, 'c')) return SLK_STANCE_SPECULATES;
    return turned_to < 0 ? x : (slk_stance)turned_to;
}

static slk_certainty weakened(const slk_hearing *h, slk_certainty c, const slk_pred *p) {
    if (c != SLK_CT_PLUS && c != SLK_PR_PLUS) return c;
    static const char *const likely[] = {"probably", "likely", "apparently", "presumably"};
    if (guessed(h, p)) return SLK_PS_PLUS;
    for (uint32_t t = p->verb.first; c == SLK_CT_PLUS && t < p->verb.last + 2; t++)
        if (SLK_SAYS(h, t, likely)) return SLK_PR_PLUS;
    return p->mood == SLK_MOOD_OBLIGED ? SLK_U_U : c; /* what is to come may be certain to its source */
}

static slk_certainty turned(slk_certainty c) {
    switch (c) {
    case SLK_CT_PLUS: return SLK_CT_MINUS;
    case SLK_PR_PLUS: return SLK_PR_MINUS;
    case SLK_PS_PLUS: return SLK_PS_MINUS;
    case SLK_CT_MINUS: return SLK_CT_PLUS;
    default: return c;
    }
}

/* The source's commitment: what the word says, less where the content is itself possible, to come, or denied; none where the
 * saying is negated. */
slk_certainty slk_certainty_in_all(const slk_hearing *h, const slk_saying *s) {
    int x = slk_certainty_of(slk_pack_cell(h->pack, SLK_T_REPORTING, s->row, SLK_REPORTING_CERTAINTY));
    slk_certainty c = x < 0 ? SLK_CT_PLUS : (slk_certainty)x;
    if (s->negated) return SLK_U_U;
    const slk_pred *p = leading_pred(h, s);
    if (!p || !slk_cue_takes(h, s->row, 'c')) return c;
    c = weakened(h, c, p);
    return p->negated ? turned(c) : c;
}
