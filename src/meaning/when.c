/* when.c - the time of a telling: that of its own clause for a verb, one within or right beside its phrase for a noun. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

/* The predicate that a time belongs to: the innermost around it. */
slk_err slk_tell_place_times(slk_tellings *t) {
    t->time_pred = slk_arena_take(&t->r->arena, t->r->times.n * sizeof *t->time_pred);
    if (!t->time_pred) return SLK_ENOMEM;
    for (uint32_t i = 0; i < t->r->times.n; i++) t->time_pred[i] = slk_pred_around(t->r, t->r->times.at[i].span);
    return SLK_OK;
}

static uint32_t first_time_from(const slk_reading *r, uint32_t off_b) {
    return SLK_FIRST(i, r->times.n, r->times.at[i].span.start < off_b);
}

static bool is_point(const slk_time *x) { return x->type == SLK_TIME_DATE || x->type == SLK_TIME_TIME; }

static slk_text lemma_of(const slk_reading *r, uint32_t token) {
    const char *z = r->tokens.at[token].lemma;
    return z ? slk_text_of(z) : (slk_text){"", 0};
}

static bool is_vague(const slk_time *x) {
    return x->value && (strcmp(x->value, "PRESENT_REF") == 0 || strcmp(x->value, "PAST_REF") == 0 ||
                        strcmp(x->value, "FUTURE_REF") == 0);
}

/* Nothing but prepositions, articles and marks stands between two places: "launch on", "tests (". */
static bool only_small(const slk_reading *r, uint32_t from, uint32_t to) {
    for (uint32_t i = slk_token_at(r, from); i < r->tokens.n && r->tokens.at[i].span.start < to; i++) {
        uint8_t u = r->tokens.at[i].upos;
        if (u == SLK_UPOS_VERB || u == SLK_UPOS_AUX || u == SLK_UPOS_NOUN || u == SLK_UPOS_CCONJ) return false;
    }
    return true;
}

/* A time in a participle or in "what appeared to be ..." under the verb is the verb's too, unless that clause tells of something. */
static bool belongs(const slk_tellings *t, uint32_t pred, uint32_t verb) {
    const slk_reading *r = t->r;
    for (unsigned hop = 0; pred < r->preds.n && hop < 4; hop++) {
        const slk_pred *p = &r->preds.at[pred];
        if (pred == verb) return true;
        bool what = p->link == SLK_LINK_COMPLEMENT && p->verb.first > 0 && slk_tell_word(t, p->verb.first - 1, "what");
        bool called =
            p->link == SLK_LINK_PARTICIPLE && p->passive && slk_cue_value(t->pack, lemma_of(r, p->verb.head), "names");
        if (!what && !called && p->link != SLK_LINK_INFINITIVE) return false;
        pred = p->parent;
    }
    return false;
}

/* Whether the phrase of a token is put behind a comma. */
static bool behind_comma(const slk_reading *r, uint32_t k) {
    uint32_t noun = r->noun_of[k], first = k;
    for (unsigned hop = 0; noun != SLK_NONE && hop < 4; hop++, noun = r->nouns.at[noun].owner)
        first = r->nouns.at[noun].t.first;
    return first > 0 && slk_text_is(slk_token_text(r, first - 1), ",");
}

/* Whether the tree hangs a word on an apposition before it reaches a verb. s: words that do not count. */
static bool under_apposition(const slk_reading *r, uint32_t k, slk_span s) {
    for (unsigned hop = 0; k < r->tokens.n && hop < 8; hop++) {
        const slk_token *x = &r->tokens.at[k];
        if (x->upos == SLK_UPOS_VERB || x->head == k || x->head >= r->tokens.n) return false;
        if (x->deprel && strcmp(x->deprel, "appos") == 0 && !slk_span_holds(s, x->span) && behind_comma(r, k))
            return true;
        k = x->head;
    }
    return false;
}

/* "fired a missile, the first launch since 2017": the time of what is put behind the clause, not of its verb. */
static bool in_apposition(const slk_reading *r, slk_span s) {
    uint32_t k = slk_token_at(r, s.start);
    if (under_apposition(r, k, s)) return true;
    while (k > 0 && (r->tokens.at[k - 1].upos == SLK_UPOS_ADP || r->tokens.at[k - 1].upos == SLK_UPOS_SCONJ)) k--;
    uint32_t noun = k > 0 ? r->noun_of[k - 1] : SLK_NONE;
    return noun != SLK_NONE && under_apposition(r, r->nouns.at[noun].t.head, s);
}

/* The time of a telling: for a verb, the nearest of its own clause; for a noun, one within or right behind its phrase. A clock
 * time wins over a day, a day over a month: the finer one says more. */
uint32_t slk_tell_time(const slk_tellings *t, const slk_told *x) {
    const slk_reading *r = t->r;
    slk_span sentence = r->sentences.at[x->sentence].span, phrase = slk_noun_span(r, x->noun);
    slk_span owner = x->noun != SLK_NONE ? slk_noun_span(r, r->nouns.at[x->noun].owner) : (slk_span){0, 0};
    uint32_t of = x->noun != SLK_NONE ? r->nouns.at[x->noun].of : SLK_NONE; /* "launch of two missiles on Monday" */
    for (unsigned hop = 0; of != SLK_NONE && hop < 3; hop++, of = r->nouns.at[of].of)
        phrase.end = slk_noun_span(r, of).end;
    uint32_t best = SLK_NONE, best_far = UINT32_MAX;
    for (uint32_t i = first_time_from(r, sentence.start); i < r->times.n && r->times.at[i].span.start < sentence.end;
         i++) {
        const slk_time *z = &r->times.at[i];
        if (!is_point(z) || is_vague(z) || z->gloss_of != SLK_NONE) continue;
        bool near;
        if (x->noun == SLK_NONE)
            near = belongs(t, t->time_pred[i], x->pred) && !in_apposition(r, z->span);
        else
            near = slk_span_overlaps(z->span, phrase) ||
                   (z->span.start >= phrase.end && z->span.start - phrase.end <= 12 &&
                    only_small(r, phrase.end, z->span.start)) ||
                   slk_span_overlaps(z->span, owner) || /* "Sunday's launch" */
                   (z->span.end <= phrase.start && phrase.start - z->span.end <= 4);
        if (!near) continue;
        uint32_t far =
            z->span.start > x->trigger.start ? z->span.start - x->trigger.start : x->trigger.start - z->span.start + 40;
        if (far >= best_far) continue;
        best = i;
        best_far = far;
    }
    return best;
}
