/* tell.c - from words to tellings: which words trigger an event, what was launched, who did it, when, and whether it is told as
 * done, planned, possible or not done. See told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

/* ---------------------------------------------------------------- verbs and nouns */

static slk_told blank(const slk_tellings *t, uint32_t token, uint32_t row) {
    const char *group = slk_event_cell(t, row, SLK_EVENTS_GROUP);
    return (slk_told){.token = token,
                      .trigger = t->r->tokens.at[token].span,
                      .sentence = t->r->tokens.at[token].sentence,
                      .pred = SLK_NONE,
                      .noun = SLK_NONE,
                      .row = row,
                      .family = slk_event_family(group),
                      .type = slk_event_cell(t, row, SLK_EVENTS_TYPE),
                      .weapon = SLK_NONE,
                      .weapon_noun = SLK_NONE,
                      .actor = SLK_NONE,
                      .target = SLK_NONE,
                      .time = SLK_NONE,
                      .attribution = SLK_NONE,
                      .event = SLK_NONE};
}

/* Words that go with the head as one trigger: "test-fired", "test launch". */
static slk_span whole_trigger(const slk_tellings *t, uint32_t token) {
    slk_span s = t->r->tokens.at[token].span;
    if (token >= 2 && slk_tell_word(t, token - 1, "-") && t->r->tokens.at[token - 1].span.end == s.start)
        s.start = t->r->tokens.at[token - 2].span.start;
    return s;
}

static void set_type(const slk_tellings *t, slk_told *x) {
    if (x->weapon == SLK_NONE || x->family == SLK_FAMILY_DEED) return;
    const char *type = t->weapons.at[x->weapon].type;
    if (type && *type) x->type = type;
    bool company = x->actor != SLK_NONE && strcmp(t->r->actors.at[x->actor].sector, "BUS") == 0;
    const char *kind = t->weapons.at[x->weapon].kind;
    bool carrier = strcmp(x->type, "space-launch") == 0 || (kind && strcmp(kind, "rocket") == 0);
    if (company && carrier) x->type = "commercial-launch"; /* companies fire rockets into space */
    slk_take_victim(t, x);
}

static bool definite_start(const slk_tellings *t, uint32_t noun) {
    static const char *const words[] = {"the", "this", "that", "these", "those", "its", "their", "both", "his"};
    const slk_noun *n = &t->r->nouns.at[noun];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_tell_word(t, n->t.first, words[i])) return true;
    return n->owner != SLK_NONE;
}

static slk_err add_told(slk_tellings *t, slk_told *x) {
    x->trigger = whole_trigger(t, x->token);
    x->attribution = slk_attribution_around(t->r, x->trigger);
    set_type(t, x);
    slk_err err = SLK_ROOM(&t->r->arena, &t->told, SLK_MAX_ITEMS);
    if (err == SLK_OK) t->told.at[t->told.n++] = *x;
    return err;
}

static void adverbs(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    uint32_t first = p->verb.first > t->r->sentences.at[x->sentence].first_token ? p->verb.first - 1 : p->verb.first;
    slk_span words;
    const char *value;
    if (slk_cue_in(t, first, p->verb.last, "adverb", &words, &value)) x->other = true;
}

/* "is", "was" with a weapon as subject: what it was. */
static bool describes_weapon(const slk_tellings *t, const slk_pred *p) {
    return slk_lemma_is(t->r, p->verb.head, "be") && p->subj < t->r->nouns.n &&
           slk_weapon_in(t, slk_noun_span(t->r, p->subj)) != SLK_NONE;
}

static bool launch_without_thing(const slk_tellings *t, const slk_told *x) {
    return x->family == SLK_FAMILY_LAUNCH && x->weapon == SLK_NONE &&
           strcmp(slk_event_cell(t, x->row, SLK_EVENTS_NEEDS), "none") != 0;
}

/* An explicit subject that is no state cannot launch: companies, clubs, crowds. Pronouns and bare roles are let pass. */
static bool subject_is_stranger(const slk_tellings *t, uint32_t noun) {
    if (noun >= t->r->nouns.n) return false;
    uint32_t actor = slk_actor_of(t->r, slk_noun_span(t->r, noun));
    if (actor != SLK_NONE) {
        const char *sector = t->r->actors.at[actor].sector;
        return !slk_state_of(t->r, actor) && strcmp(sector, "MIL") != 0 && strcmp(sector, "REB") != 0 &&
               strcmp(sector, "GOV") != 0;
    }
    uint32_t head = t->r->nouns.at[noun].t.head;
    return t->r->tokens.at[head].upos != SLK_UPOS_PRON && slk_weapon_in(t, slk_noun_span(t->r, noun)) == SLK_NONE;
}

/* "after the country test-fired two missiles": read as a participle, or "after" as a preposition, though somebody stands before it and its
 * object follows. */
static bool active_in_truth(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    const slk_pred *p = &r->preds.at[x->pred];
    uint32_t behind = p->verb.last < r->tokens.n ? r->noun_of[p->verb.last] : SLK_NONE;
    uint32_t first = slk_token_at(r, whole_trigger(t, x->token).start);
    uint32_t before = first > 0 ? r->noun_of[first - 1] : SLK_NONE;
    if (p->verb.first < p->verb.head || x->family != SLK_FAMILY_LAUNCH || p->agent != SLK_NONE) return false;
    if (behind >= r->nouns.n || before >= r->nouns.n || r->nouns.at[behind].t.first != p->verb.last) return false;
    if (slk_weapon_in(t, slk_noun_span(r, behind)) == SLK_NONE ||
        slk_weapon_in(t, slk_noun_span(r, before)) != SLK_NONE)
        return false;
    static const char *const joints[] = {"after", "before", "since", "until", "as", "when", "while", "because"};
    bool joined = false;
    for (size_t i = 0; r->nouns.at[before].t.first > 0 && i < sizeof joints / sizeof *joints; i++)
        joined = joined || slk_tell_word(t, r->nouns.at[before].t.first - 1, joints[i]);
    if (!p->passive && (!joined || p->subj == before)) return false;
    slk_take_weapon(t, x, behind);
    slk_take_actor(t, x, before);
    return true;
}

static void verb_thing_and_actor(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    if (active_in_truth(t, x)) return;
    if (p->passive) {
        slk_take_weapon(t, x, p->obj != SLK_NONE ? p->obj : p->subj);
        slk_take_actor(t, x, p->agent);
        return;
    }
    slk_take_weapon(t, x, x->family == SLK_FAMILY_FLIGHT ? p->subj : p->obj);
    if (x->family != SLK_FAMILY_FLIGHT) slk_take_actor(t, x, p->subj);
    if (x->family != SLK_FAMILY_LAUNCH || x->weapon != SLK_NONE) return;
    slk_take_weapon_behind_what(t, x, p->verb.last);
    if (x->weapon == SLK_NONE && x->actor != SLK_NONE) slk_take_carrier(t, x);
    if (p->obj != SLK_NONE || x->weapon != SLK_NONE) return;
    slk_take_weapon(t, x, p->subj); /* "a missile launched at dawn" */
    if (x->weapon != SLK_NONE) x->actor = SLK_NONE;
}

/* "An avalanche struck a village", "the index sank": words of attack that need somebody who attacks or a weapon. */
static bool nobody_attacks(const slk_tellings *t, const slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    uint32_t subject = p->passive ? p->agent : p->subj;
    if (strcmp(slk_event_cell(t, x->row, SLK_EVENTS_NEEDS), "actor") != 0 || x->weapon != SLK_NONE) return false;
    if (p->passive && p->link == SLK_LINK_PARTICIPLE && p->agent == SLK_NONE) return true;
    if (p->obj == SLK_NONE) return true;
    slk_span object = slk_noun_span(t->r, p->obj); /* "sank 2.68 percent" */
    uint32_t q = slk_quantity_from(t->r, object.start);
    slk_span head = t->r->tokens.at[t->r->nouns.at[p->obj].t.head].span; /* not "killed a 35-year-old man" */
    if (q < t->r->quantities.n && slk_span_holds(t->r->quantities.at[q].span, head) && t->r->quantities.at[q].unit)
        return true;
    if (subject >= t->r->nouns.n) return false;
    if (slk_weapon_in(t, slk_noun_span(t->r, subject)) != SLK_NONE) return false;
    if (slk_noun_is(t, subject, slk_text_of("fighter")) || slk_noun_is(t, subject, slk_text_of("hostility")))
        return false; /* "Armed men attacked", "a raid killed" */
    if (x->actor != SLK_NONE && strcmp(t->r->actors.at[x->actor].sector, "BUS") == 0) return true;
    return x->actor == SLK_NONE && t->r->tokens.at[t->r->nouns.at[subject].t.head].upos != SLK_UPOS_PRON;
}

/* "It flew for 1,700 miles", "The second reached a high altitude": the subject stands for what was launched before, when the clause
 * measures a flight or ends it in water. */
static bool stands_for_thing(const slk_tellings *t, const slk_told *x) {
    static const char *const words[] = {"it",    "they", "one",   "first",   "second",
                                        "third", "both", "other", "another", "which"};
    const slk_reading *r = t->r;
    const slk_pred *p = &r->preds.at[x->pred];
    uint32_t subject = p->subj != SLK_NONE ? p->subj : p->passive ? p->obj : SLK_NONE;
    bool stands = subject == SLK_NONE && p->verb.first > 0 && slk_tell_word(t, p->verb.first - 1, "which");
    for (size_t i = 0; subject < r->nouns.n && i < sizeof words / sizeof *words; i++)
        stands = stands || slk_tell_word(t, r->nouns.at[subject].t.head, words[i]);
    if (!stands) return false;
    uint32_t end = slk_token_at(r, p->extent.end);
    slk_span w;
    const char *value;
    if (slk_cue_in(t, p->verb.last, end, "flight", &w, &value)) return true;
    for (uint32_t i = slk_quantity_from(r, p->extent.start); i < r->quantities.n; i++) {
        const slk_quantity *q = &r->quantities.at[i];
        if (q->span.start >= p->extent.end) break;
        if (q->dimension && (strcmp(q->dimension, "length") == 0 || strcmp(q->dimension, "speed") == 0)) return true;
    }
    return false;
}

/* "The launches followed Saturday's raid": events follow, missiles follow a trajectory. */
static bool event_follows(const slk_tellings *t, const slk_told *x) {
    uint32_t subject = t->r->preds.at[x->pred].subj;
    if (x->family != SLK_FAMILY_FLIGHT || strcmp(slk_event_cell(t, x->row, SLK_EVENTS_GROUP), "travel") != 0)
        return false;
    return subject < t->r->nouns.n && slk_event_longest(t, t->r->nouns.at[subject].t.head, 'n') != SLK_NONE;
}

/* "to" without a verb that says what becomes of it: a purpose ("met to discuss"), no event. */
static bool only_purpose(const slk_tellings *t, const slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    bool infinitive = p->mood == SLK_MOOD_INFINITIVE || p->link == SLK_LINK_INFINITIVE;
    return infinitive && x->turn == SLK_TURN_NONE && p->parent < t->r->preds.n && !slk_tell_governs(t, p->parent);
}

/* "Moscow said Kyiv must withdraw": whoever says so demands it of whoever is to do it. */
static void take_demand(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    uint32_t says = slk_attribution_around(r, x->trigger);
    const slk_attribution *a = says < r->attributions.n ? &r->attributions.at[says] : NULL;
    if (x->turn != SLK_TURN_DEMANDED || r->preds.at[x->pred].mood != SLK_MOOD_OBLIGED || !a || !a->source.n) return;
    x->type = "demand";
    x->reality = SLK_REAL_FACT;
    if (x->actor != SLK_NONE) x->target = x->actor, x->target_words = x->actor_words;
    x->actor = a->actor;
    x->actor_words = a->source.at[0];
}

/* What a deed's verb says beyond who did it: to whom, and how it is turned. */
static void verb_deed(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    slk_frame_take(t, x);
    slk_take_target(t, x, p->passive ? p->subj : p->obj);
    slk_take_preps(t, x);
    slk_frame_take_words(t, x);
    x->turn = slk_tell_turn(t, x->pred);
    if (x->reality == SLK_REAL_PLANNED && only_purpose(t, x)) x->reality = SLK_REAL_GENERIC;
    bool habit = x->reality == SLK_REAL_GENERIC && p->mood == SLK_MOOD_HABIT && !p->negated;
    if (habit && x->actor != SLK_NONE) x->reality = SLK_REAL_FACT; /* "Paris lifts ban": the present of headlines */
    take_demand(t, x);
    if (x->turn == SLK_TURN_REFUSED && strcmp(x->type, "rejection") == 0) x->reality = SLK_REAL_FACT;
}

/* "Given the war, ...": a participle that only says under which circumstances. */
static bool as_preposition(const slk_tellings *t, const slk_pred *p) {
    uint32_t head = p->verb.head;
    if (!slk_tell_word(t, head, "given") || p->verb.first != head) return false;
    uint8_t before =
        head > t->r->sentences.at[p->sentence].first_token ? t->r->tokens.at[head - 1].upos : SLK_UPOS_PUNCT;
    return before != SLK_UPOS_NOUN && before != SLK_UPOS_PROPN && before != SLK_UPOS_PRON && before != SLK_UPOS_AUX;
}

static slk_err tell_verb(slk_tellings *t, uint32_t pred) {
    const slk_pred *p = &t->r->preds.at[pred];
    if (as_preposition(t, p)) return SLK_OK;
    slk_place_of where = {.token = p->verb.head, .pred = pred, .noun = SLK_NONE};
    uint32_t taken, row = slk_event_sense(t, &where, &taken);
    bool describes = row == SLK_NONE && describes_weapon(t, p);
    if ((row == SLK_NONE && !describes) || (row != SLK_NONE && slk_event_light(t, row))) return SLK_OK;
    slk_told x = blank(t, p->verb.head, row);
    x.pred = pred;
    x.fresh = true;
    if (describes) x.family = SLK_FAMILY_FLIGHT;
    verb_thing_and_actor(t, &x);
    x.definite = x.weapon_noun != SLK_NONE && slk_tell_word(t, t->r->nouns.at[x.weapon_noun].t.first, "the");
    slk_take_maker(t, &x);
    if (launch_without_thing(t, &x)) return SLK_OK;
    if (x.family == SLK_FAMILY_FLIGHT && x.weapon == SLK_NONE && !stands_for_thing(t, &x)) return SLK_OK;
    if (nobody_attacks(t, &x) || event_follows(t, &x)) return SLK_OK;
    if (x.family == SLK_FAMILY_LAUNCH && subject_is_stranger(t, p->passive ? p->agent : p->subj)) return SLK_OK;
    x.time = slk_tell_time(t, &x);
    adverbs(t, &x);
    x.reality = slk_tell_pred_reality(t, pred);
    if (x.reality == SLK_REAL_GENERIC && x.time != SLK_NONE && p->mood == SLK_MOOD_HABIT) x.reality = SLK_REAL_FACT;
    if (x.family == SLK_FAMILY_DEED) verb_deed(t, &x);
    if (taken != SLK_NONE) t->taken[taken] = true;
    return add_told(t, &x);
}

/* "carried out its sixth test": the object stands behind a word that belongs to the verb. */
static uint32_t pred_of_particle(const slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    uint32_t first = r->nouns.at[noun].t.first;
    char z[96];
    if (first == 0) return SLK_NONE;
    uint32_t i = slk_prep_from(r, first - 1);
    if (i >= r->preps.n || r->preps.at[i].token != first - 1 || r->preps.at[i].pred >= r->preds.n) return SLK_NONE;
    uint32_t head = r->preds.at[r->preps.at[i].pred].verb.head;
    slk_text both = head + 1 == first - 1 ? slk_tell_lemmas(r, head, 2, z) : (slk_text){NULL, 0};
    return both.n && slk_event_row(t, both, 'v') != SLK_NONE ? r->preps.at[i].pred : SLK_NONE;
}

/* The predicate that the tree hangs a noun phrase on as its subject or object. */
static uint32_t pred_by_tree(const slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    const slk_token *head = &r->tokens.at[r->nouns.at[noun].t.head];
    bool part = head->deprel && (strncmp(head->deprel, "nsubj", 5) == 0 || strcmp(head->deprel, "obj") == 0);
    for (uint32_t i = slk_first_pred_of(r, head->sentence); part && i < r->preds.n; i++) {
        if (r->preds.at[i].sentence != head->sentence) break;
        if (r->preds.at[i].verb.head == head->head) return i;
    }
    return SLK_NONE;
}

/* The predicate that a noun phrase hangs on as object or subject, directly or through "of" ("a series of launches"). */
static uint32_t pred_of_noun(const slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    uint32_t sentence = r->tokens.at[r->nouns.at[noun].t.first].sentence, by_tree = pred_by_tree(t, noun);
    if (by_tree != SLK_NONE) return by_tree;
    for (unsigned hop = 0; hop < 3; hop++) {
        for (uint32_t i = slk_first_pred_of(r, sentence); i < r->preds.n && r->preds.at[i].sentence == sentence; i++)
            if (r->preds.at[i].obj == noun || r->preds.at[i].subj == noun) return i;
        uint32_t with = pred_of_particle(t, noun), up = noun;
        if (with != SLK_NONE) return with;
        for (uint32_t i = noun; i-- > 0 && noun - i < 6 && up == noun;)
            if (r->nouns.at[i].of == noun) up = i;
        if (up == noun) return SLK_NONE;
        noun = up;
    }
    return SLK_NONE;
}

static void noun_sequence(const slk_tellings *t, slk_told *x) {
    slk_tokens n = t->r->nouns.at[x->noun].t;
    slk_span words;
    const char *value;
    if (slk_cue_in(t, n.first, n.last, "sequence", &words, &value)) {
        bool latest = strcmp(value, "latest") == 0;
        bool ranked =
            x->light && slk_quantity_ordinal(t->r, words); /* "carried out its sixth nuclear test": the news */
        x->other = !latest && !ranked;
        if (latest) x->definite = true;
    }
}

/* "It was the North's first test this year", "..., the sixth launch in a month": the launch told of, with its place in a row; the time
 * is that of the row. */
static bool ranks_what_was_told(const slk_tellings *t, const slk_told *x) {
    static const char *const copulas[] = {"be", "mark", "represent", "become", "constitute", "come"};
    const slk_reading *r = t->r;
    slk_tokens n = r->nouns.at[x->noun].t;
    bool ranked = false, copula = false;
    for (uint32_t i = slk_quantity_from(r, r->tokens.at[n.first].span.start); i < r->quantities.n; i++) {
        if (r->quantities.at[i].span.start >= r->tokens.at[n.head].span.end) break;
        ranked = ranked || r->quantities.at[i].ordinal;
    }
    for (uint32_t i = n.first; i < n.last; i++) ranked = ranked || slk_tell_word(t, i, "first");
    if (!ranked || x->family != SLK_FAMILY_LAUNCH) return false;
    for (size_t i = 0; x->pred < r->preds.n && i < sizeof copulas / sizeof *copulas; i++)
        copula = copula || slk_lemma_is(r, r->preds.at[x->pred].verb.head, copulas[i]);
    uint32_t first = r->nouns.at[x->noun].owner != SLK_NONE ? r->nouns.at[r->nouns.at[x->noun].owner].t.first : n.first;
    bool comma = first > 0 && slk_tell_word(t, first - 1, ",");
    /* no object follows its verb behind a comma: "..., the ministry said, its second launch within a week" */
    bool object =
        x->pred < r->preds.n && r->preds.at[x->pred].obj == x->noun && r->preds.at[x->pred].verb.last + 1 != first;
    bool apposed = comma && !object;
    return copula || apposed;
}

/* "conducted a launch": who conducted, and whether such a body launches at all. False: it does not. */
static bool noun_under_light(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    slk_take_actor(t, x, p->passive ? p->agent : p->subj);
    x->fresh = x->light = true;
    if (p->subj == x->noun) return true; /* "the launch took place" */
    return x->family != SLK_FAMILY_LAUNCH || x->actor != SLK_NONE || !subject_is_stranger(t, p->subj);
}

/* "imposed sanctions": who imposes; "faces sanctions": whom they meet. */
static bool carried_by(const slk_tellings *t, slk_told *x) {
    if (x->family != SLK_FAMILY_DEED || x->pred >= t->r->preds.n || !slk_tell_carried(t, x)) return false;
    const slk_pred *p = &t->r->preds.at[x->pred];
    const char *lemma = t->r->tokens.at[p->verb.head].lemma;
    const char *v = lemma ? slk_cue_value(t->pack, slk_text_of(lemma), "carries") : NULL;
    if (v && strcmp(v, "undergo") == 0)
        slk_take_target(t, x, p->subj);
    else
        slk_take_actor(t, x, p->passive ? p->agent : p->subj);
    return true;
}

/* "launched an attack on the club's owners": an attack is told of where states, forces or weapons are. */
static bool nobody_in_attack(const slk_tellings *t, const slk_told *x) {
    if (strcmp(slk_event_cell(t, x->row, SLK_EVENTS_NEEDS), "actor") != 0 || x->weapon != SLK_NONE) return false;
    if (slk_state_of(t->r, x->actor) || slk_state_of(t->r, x->target)) return false;
    const slk_sentence *s = &t->r->sentences.at[x->sentence];
    for (uint32_t i = slk_mention_from(t->r, s->span.start); i < t->r->mentions.n; i++) {
        const slk_mention *m = &t->r->mentions.at[i];
        if (m->span.start >= s->span.end) break;
        const char *sector = t->r->actors.at[m->actor].sector;
        if ((slk_state_of(t->r, m->actor) && *sector) || strcmp(sector, "MIL") == 0 || strcmp(sector, "REB") == 0)
            return false;
    }
    slk_span words;
    const char *value;
    return !slk_cue_in(t, s->first_token, s->first_token + s->n_tokens, "victim", &words, &value);
}

/* To whom, and how it is turned by the verb that makes it ("will hold talks") or asks for it ("demanded talks"). */
static void noun_deed(const slk_tellings *t, slk_told *x) {
    slk_frame_take(t, x);
    slk_take_preps(t, x);
    slk_frame_take_words(t, x);
    if (x->pred >= t->r->preds.n) return;
    x->turn = slk_tell_carried(t, x) ? slk_tell_turn(t, x->pred) : slk_turn_under(t, x->pred);
}

static slk_err tell_noun(slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    const slk_noun *n = &r->nouns.at[noun];
    uint8_t upos = r->tokens.at[n->t.head].upos;
    if (upos != SLK_UPOS_NOUN && upos != SLK_UPOS_PROPN) return SLK_OK;
    slk_place_of where = {.token = n->t.head, .pred = pred_of_noun(t, noun), .noun = noun};
    bool part =
        n->also < r->nouns.n && t->taken[n->also] && n->t.first == n->t.head; /* "trade and visa restrictions" */
    uint32_t taken, row = part || t->taken[noun] ? SLK_NONE : slk_event_sense(t, &where, &taken);
    if (row == SLK_NONE) return SLK_OK;
    slk_told x = blank(t, n->t.head, row);
    x.noun = noun;
    x.pred = where.pred;
    slk_take_weapon(t, &x, noun);
    slk_take_blamed(t, &x);
    slk_take_actor(t, &x, n->owner);
    slk_take_actor(t, &x, n->by);
    slk_take_actor(t, &x, noun);
    if (x.family == SLK_FAMILY_LAUNCH) slk_take_from(t, &x);
    bool light = x.pred != SLK_NONE && slk_event_light(t, slk_event_longest(t, r->preds.at[x.pred].verb.head, 'v'));
    if (light && !noun_under_light(t, &x)) return SLK_OK;
    if (light && launch_without_thing(t, &x)) slk_take_weapon_behind(t, &x);
    if (launch_without_thing(t, &x)) slk_take_weapon_before(t, &x);
    light = carried_by(t, &x) || light;
    if (nobody_in_attack(t, &x)) return SLK_OK;
    slk_take_maker(t, &x);
    if (strcmp(slk_event_cell(t, row, SLK_EVENTS_GROUP), "drill") == 0 && x.weapon == SLK_NONE) slk_take_drilled(t, &x);
    x.definite = definite_start(t, noun);
    x.fresh = x.fresh || !x.definite || slk_is_new_thing(t, &x);
    noun_sequence(t, &x);
    bool ranks = ranks_what_was_told(t, &x);
    if (launch_without_thing(t, &x) && !x.definite && !light) return SLK_OK;
    if (x.family == SLK_FAMILY_DEED) noun_deed(t, &x);
    x.time = slk_tell_time(t, &x);
    if (x.time == SLK_NONE && light) {
        slk_told as_verb = x;
        as_verb.noun = SLK_NONE;
        x.time = slk_tell_time(t, &as_verb);
    }
    x.reality = slk_tell_noun_reality(t, &x);
    if (ranks) x.ranked = x.definite = true, x.other = false, x.time = SLK_NONE;
    if (ranks && (slk_tell_word(t, n->t.first, "its") || slk_tell_word(t, n->t.first, "their")))
        x.actor = SLK_NONE; /* of whoever launched what is ranked, not of who spoke last */
    return add_told(t, &x);
}

static int by_place(const void *a, const void *b) {
    const slk_told *x = a, *y = b;
    return x->trigger.start < y->trigger.start ? -1 : x->trigger.start > y->trigger.start;
}

slk_err slk_tellings_find(slk_tellings *t) {
    t->taken = slk_arena_take(&t->r->arena, ((size_t)t->r->nouns.n + 1) * sizeof *t->taken);
    slk_err err = t->taken ? slk_tell_weapons(t) : SLK_ENOMEM;
    if (err == SLK_OK) err = slk_tell_place_times(t);
    const slk_reading *r = t->r;
    for (uint32_t i = 0; err == SLK_OK && i < r->preds.n; i++)
        if (!slk_wire_of(r, r->preds.at[i].sentence)) err = tell_verb(t, i);
    for (uint32_t i = 0; err == SLK_OK && i < r->nouns.n; i++)
        if (!slk_wire_of(r, r->tokens.at[r->nouns.at[i].t.head].sentence)) err = tell_noun(t, i);
    if (err != SLK_OK) return err;
    if (t->told.n) qsort(t->told.at, t->told.n, sizeof *t->told.at, by_place);
    slk_turn_promises(t);
    slk_tellings_drop_mentioned(t);
    return SLK_OK;
}
