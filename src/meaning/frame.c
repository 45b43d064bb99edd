/* frame.c - who stands where in the clause of a word: the noun phrases that fill a grammatical role of a verb or noun (subject, object,
 * owner, a preposition), and what the frame of an event word makes of them: "subj=actor obj=weapon to=target". Where no known actor
 * fills a role, the words themselves do. See telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

#define REACH 96u /* tokens behind a word in which its prepositions are looked for */

typedef struct filler { /* noun phrases that fill a role */
    uint32_t *at;
    unsigned n;
} filler;

static void add(filler *f, uint32_t noun) {
    for (unsigned i = 0; i < f->n; i++)
        if (f->at[i] == noun) return;
    if (noun != SLK_NONE && f->n < SLK_ROLE_MOST) f->at[f->n++] = noun;
}

static bool is_particle(slk_text word) {
    static const char *const words[] = {"off", "up", "out", "down", "over", "back", "away"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(word, words[i])) return true;
    return false;
}

/* What it is done to: the object, of a passive its subject, the second object of "gave the envoy a mandate", and what stands behind a
 * particle that was taken for a preposition ("called off a strike"). */
static void add_objects(const slk_reading *r, const slk_pred *p, filler *f) {
    uint32_t object = p->obj != SLK_NONE || !p->passive ? p->obj : p->subj;
    for (unsigned hop = 0; object < r->nouns.n && hop < 3; hop++, object = r->nouns.at[object].also) add(f, object);
    uint32_t particle = slk_prep_from(r, p->verb.head + 1);
    if (particle < r->preps.n && r->preps.at[particle].token == p->verb.head + 1 && p->obj == SLK_NONE)
        if (is_particle(slk_token_text(r, p->verb.head + 1))) add(f, r->preps.at[particle].noun);
    uint32_t end = r->sentences.at[p->sentence].first_token + r->sentences.at[p->sentence].n_tokens;
    for (uint32_t k = p->verb.last; k < end && k < p->verb.last + 24; k++) {
        const char *rel = r->tokens.at[k].deprel;
        if (r->tokens.at[k].head != p->verb.head || !rel) continue;
        if (strcmp(rel, "obj") == 0 || strcmp(rel, "iobj") == 0 || strcmp(rel, "ccomp") == 0) add(f, r->noun_of[k]);
    }
}

static bool is_object(const slk_reading *r, const slk_pred *p, uint32_t noun) {
    uint32_t at[SLK_ROLE_MOST];
    filler f = {at, 0};
    add_objects(r, p, &f);
    for (unsigned i = 0; i < f.n; i++)
        if (at[i] == noun) return true;
    return false;
}

/* Behind a preposition: on the verb or on its object; on the noun or on the verb that carries it. All of a list. */
static void add_behind(const slk_tellings *t, const slk_place_of *w, slk_text role, filler *f) {
    const slk_reading *r = t->r;
    uint32_t sentence = r->tokens.at[w->token].sentence;
    uint32_t end = r->sentences.at[sentence].first_token + r->sentences.at[sentence].n_tokens;
    if (end > w->token + REACH) end = w->token + REACH;
    const slk_pred *p = w->pred < r->preds.n ? &r->preds.at[w->pred] : NULL;
    for (unsigned round = 0; round < 2; round++)
        for (uint32_t i = slk_prep_from(r, w->token); i < r->preps.n && r->preps.at[i].token < end; i++) {
            const slk_prep *q = &r->preps.at[i];
            if (!slk_text_eq_fold(slk_token_text(r, q->token), role)) continue;
            bool close = w->noun == SLK_NONE ? q->pred == w->pred && q->pred != SLK_NONE : q->on_noun == w->noun;
            bool far = w->noun == SLK_NONE ? p && q->on_noun != SLK_NONE && is_object(r, p, q->on_noun)
                                           : w->carried && q->pred == w->pred && q->pred != SLK_NONE;
            if (round == 0 ? !close : !far) continue;
            uint32_t noun = q->noun;
            for (unsigned hop = 0; noun < r->nouns.n && hop < 4; hop++, noun = r->nouns.at[noun].also) add(f, noun);
        }
}

unsigned slk_role_fill(const slk_tellings *t, const slk_place_of *w, slk_text role, uint32_t out[SLK_ROLE_MOST]) {
    const slk_reading *r = t->r;
    filler f = {out, 0};
    const slk_pred *p = w->pred < r->preds.n ? &r->preds.at[w->pred] : NULL;
    const slk_noun *n = w->noun < r->nouns.n ? &r->nouns.at[w->noun] : NULL;
    if (slk_text_is(role, "obj")) {
        if (p && !n) add_objects(r, p, &f);
    } else if (slk_text_is(role, "subj")) {
        if (p && !(n && p->subj == w->noun)) add(&f, p->passive ? p->agent : p->subj);
    } else if (slk_text_is(role, "owner")) {
        if (n) add(&f, n->owner);
    } else {
        if (n && slk_text_is(role, "of")) add(&f, n->of);
        if (n && slk_text_is(role, "by")) add(&f, n->by);
        add_behind(t, w, role, &f);
    }
    return f.n;
}

/* ---------------------------------------------------------------- filling actor and target */

/* Words that can stand for somebody although no table knows them. */
static bool may_name(const slk_tellings *t, uint32_t noun) {
    const slk_noun *n = &t->r->nouns.at[noun];
    uint8_t upos = t->r->tokens.at[n->t.head].upos;
    return !n->time && (upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_ADJ);
}

static void take_words(const slk_tellings *t, slk_told *x, uint32_t noun, bool actor) {
    slk_span *words = actor ? &x->actor_words : &x->target_words;
    if (!slk_span_empty(*words) || !may_name(t, noun)) return;
    slk_span s = slk_noun_span(t->r, noun);
    if (!actor && slk_span_overlaps(s, x->actor_words)) return;
    if (!slk_span_overlaps(s, x->trigger)) *words = s;
}

/* The next "role=field" of a frame. */
static bool next_part(slk_text *rest, slk_text *role, slk_text *field) {
    slk_text part;
    while (slk_text_split(rest, ' ', &part)) {
        uint32_t k = 0;
        while (k < part.n && part.at[k] != '=') k++;
        if (k == part.n) continue;
        *role = slk_text_part(part, 0, k);
        *field = slk_text_part(part, k + 1, (uint32_t)part.n);
        return true;
    }
    return false;
}

static void fill(const slk_tellings *t, slk_told *x, bool actor, bool words) {
    slk_place_of w = {x->token, x->pred, x->noun, x->noun != SLK_NONE && slk_tell_carried(t, x)};
    slk_text rest = slk_text_of(slk_event_cell(t, x->row, SLK_EVENTS_FRAME)), role, field;
    while (next_part(&rest, &role, &field)) {
        uint32_t nouns[SLK_ROLE_MOST];
        if (!slk_text_is(field, actor ? "actor" : "target")) continue;
        unsigned n = slk_role_fill(t, &w, role, nouns);
        for (unsigned i = 0; i < n; i++) {
            if (words)
                take_words(t, x, nouns[i], actor);
            else if (actor)
                slk_take_actor(t, x, nouns[i]);
            else
                slk_take_target(t, x, nouns[i]);
        }
    }
}

void slk_frame_take(const slk_tellings *t, slk_told *x) {
    fill(t, x, true, false);
    fill(t, x, false, false);
}

void slk_frame_take_words(const slk_tellings *t, slk_told *x) {
    if (x->actor == SLK_NONE) fill(t, x, true, true);
    if (x->target == SLK_NONE) fill(t, x, false, true);
}
