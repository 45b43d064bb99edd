/* tell.c - from words to tellings: which words trigger an event, what was launched, who did it, when, and whether it is told as
 * done, planned, possible or not done. See told.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

/* ---------------------------------------------------------------- triggers */

static const char *event_cell(const slk_tellings *t, uint32_t row, int column) {
    const char *z = row == SLK_NONE ? NULL : slk_pack_str(t->pack, SLK_T_EVENTS, row, column);
    return z ? z : "";
}

/* The row of a lemma with this part of speech; SLK_NONE. */
static uint32_t event_row(const slk_tellings *t, slk_text lemma, char pos) {
    uint32_t row = slk_pack_find(t->pack, SLK_T_EVENTS, lemma);
    for (; row != SLK_NONE && row < slk_pack_rows(t->pack, SLK_T_EVENTS); row++) {
        if (!slk_text_eq(slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_LEMMA), lemma)) return SLK_NONE;
        slk_text p = slk_pack_cell(t->pack, SLK_T_EVENTS, row, SLK_EVENTS_POS);
        if (p.n && p.at[0] == pos) return row;
    }
    return SLK_NONE;
}

/* The longest row for the lemma at a token, with what stands before a hyphen ("test-fired") or behind ("carried out"). */
static uint32_t longest_row(const slk_tellings *t, uint32_t token, char pos) {
    char z[96];
    if (token >= 2 && slk_tell_word(t, token - 1, "-")) {
        uint32_t row = event_row(t, slk_tell_lemmas(t->r, token - 2, 3, z), pos);
        if (row != SLK_NONE) return row;
    }
    for (unsigned n = 4; pos == 'n' && n > 1;
         n--) { /* "nuclear test", "ballistic missile launch": the head stands last */
        slk_text lemma = token + 1 >= n ? slk_tell_lemmas(t->r, token + 1 - n, n, z) : (slk_text){NULL, 0};
        uint32_t row = lemma.n ? event_row(t, lemma, pos) : SLK_NONE;
        if (row != SLK_NONE) return row;
    }
    for (unsigned n = 3; n > 0; n--) {
        slk_text lemma = slk_tell_lemmas(t->r, token, n, z);
        uint32_t row = lemma.n ? event_row(t, lemma, pos) : SLK_NONE;
        if (row != SLK_NONE) return row;
    }
    return SLK_NONE;
}

static slk_family family_of(const char *group) {
    static const char *const launch[] = {"launch", "fire", "test", "test-fire", "shoot", "detonate", "lob"};
    static const char *const flight[] = {"fly",   "land",  "fail", "explode",  "fall",  "travel",
                                         "crash", "reach", "hit",  "lift-off", "splash"};
    for (size_t i = 0; i < sizeof launch / sizeof *launch; i++)
        if (strcmp(group, launch[i]) == 0) return SLK_FAMILY_LAUNCH;
    for (size_t i = 0; i < sizeof flight / sizeof *flight; i++)
        if (strcmp(group, flight[i]) == 0) return SLK_FAMILY_FLIGHT;
    return SLK_FAMILY_DEED;
}

static bool is_light(const slk_tellings *t, uint32_t row) {
    const char *g = event_cell(t, row, SLK_EVENTS_GROUP);
    return strcmp(g, "conduct") == 0 || strcmp(g, "light") == 0;
}

/* What was launched: the weapon in a noun phrase or in what follows its "of". */
static void take_weapon(const slk_tellings *t, slk_told *x, uint32_t noun) {
    for (unsigned hop = 0; noun < t->r->nouns.n && hop < 3; hop++, noun = t->r->nouns.at[noun].of) {
        uint32_t w = slk_weapon_in(t, slk_noun_span(t->r, noun));
        if (w == SLK_NONE) continue;
        x->weapon = w;
        x->weapon_noun = noun;
        return;
    }
}

/* "Kim Jong Un, general secretary of the party and president of ..., oversaw": the first name of the clause speaks for its roles. */
static uint32_t state_before(const slk_reading *r, uint32_t noun) {
    slk_span words = slk_noun_span(r, noun);
    const slk_sentence *s = &r->sentences.at[r->tokens.at[r->nouns.at[noun].t.first].sentence];
    for (uint32_t i = slk_mention_from(r, s->span.start); i < r->mentions.n; i++) {
        const slk_mention *m = &r->mentions.at[i];
        if (m->span.start >= words.start) break;
        if (slk_state_of(r, m->actor) && strcmp(r->actors.at[m->actor].sector, "MED") != 0) return i;
    }
    return SLK_NONE;
}

/* "The administration" behind "the Missile Administration": the body of a state whose name ends in the word; SLK_NONE. */
static uint32_t namesake(const slk_reading *r, uint32_t noun) {
    slk_text word = slk_token_text(r, r->nouns.at[noun].t.head);
    for (uint32_t i = 0; i < r->actors.n && i < 64 && word.n > 4; i++) {
        slk_text name = slk_text_of(r->actors.at[i].name);
        if (!slk_state_of(r, i) || name.n <= word.n) continue;
        slk_text tail = {name.at + name.n - word.n, word.n};
        char z[40];
        snprintf(z, sizeof z, "%.*s", (int)(word.n < 39 ? word.n : 39), word.at);
        if (slk_text_is_fold(tail, z)) return i;
    }
    return SLK_NONE;
}

static bool is_country_word(const slk_tellings *t, uint32_t token) {
    static const char *const words[] = {"country", "nation", "regime", "state", "republic"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_tell_word(t, token, words[i])) return true;
    return false;
}

/* "the country": the state named last before it. */
static void take_last_country(const slk_reading *r, slk_told *x, uint32_t noun) {
    uint32_t start = slk_noun_span(r, noun).start;
    for (uint32_t i = slk_mention_from(r, start), hop = 0; i-- > 0 && hop < 6; hop++) {
        if (!slk_state_of(r, r->mentions.at[i].actor)) continue;
        x->actor = r->mentions.at[i].actor;
        return;
    }
}

static void take_actor(const slk_tellings *t, slk_told *x, uint32_t noun) {
    const slk_reading *r = t->r;
    if (noun >= r->nouns.n || x->actor != SLK_NONE) return;
    uint32_t actor = slk_actor_of(r, slk_noun_span(r, noun));
    if (actor == SLK_NONE) return;
    x->actor = actor;
    x->actor_words = slk_noun_span(r, noun);
    uint8_t upos = r->tokens.at[r->nouns.at[noun].t.head].upos;
    bool bare_role = strcmp(r->actors.at[actor].country, "UNK") == 0 && upos == SLK_UPOS_NOUN;
    if (bare_role && is_country_word(t, r->nouns.at[noun].t.head)) {
        take_last_country(r, x, noun);
        return;
    }
    uint32_t same = bare_role ? namesake(r, noun) : SLK_NONE;
    if (same != SLK_NONE) x->actor = same;
    uint32_t m = bare_role && same == SLK_NONE ? state_before(r, noun) : SLK_NONE;
    if (m == SLK_NONE) return;
    x->actor = r->mentions.at[m].actor;
    x->actor_words = r->mentions.at[m].span;
}

/* "two North Korean missiles were launched": the state that the words for the thing name. */
static void take_maker(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    if (x->actor != SLK_NONE || x->weapon_noun == SLK_NONE) return;
    slk_span words = slk_noun_span(r, x->weapon_noun);
    uint32_t owner = r->nouns.at[x->weapon_noun].owner;
    if (owner != SLK_NONE) words.start = slk_noun_span(r, owner).start;
    for (uint32_t i = slk_mention_from(r, words.start); i < r->mentions.n && r->mentions.at[i].span.start < words.end;
         i++) {
        if (!slk_state_of(r, r->mentions.at[i].actor)) continue;
        x->actor = r->mentions.at[i].actor;
        x->actor_words = r->mentions.at[i].span;
        return;
    }
}

static void take_target(const slk_tellings *t, slk_told *x, uint32_t noun) {
    if (noun >= t->r->nouns.n || x->target != SLK_NONE) return;
    uint32_t actor = slk_actor_of(t->r, slk_noun_span(t->r, noun)), owner = t->r->nouns.at[noun].owner;
    if (actor == SLK_NONE && owner != SLK_NONE) /* "condemned North Korea's launch": it is meant */
        actor = slk_actor_of(t->r, slk_noun_span(t->r, noun = owner));
    if (actor == SLK_NONE || actor == x->actor) return;
    x->target = actor;
    x->target_words = slk_noun_span(t->r, noun);
}

/* The partner or target behind a preposition on the predicate: "met with X", "sanctions on X", "threat to X". */
static void take_preps(const slk_tellings *t, slk_told *x) {
    static const char *const toward[] = {"with", "on", "against", "to", "at", "of", "for", "between"};
    const slk_reading *r = t->r;
    const slk_sentence *s = &r->sentences.at[x->sentence];
    for (uint32_t i = slk_prep_from(r, s->first_token); i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (p->token >= s->first_token + s->n_tokens) break;
        bool mine = (x->noun == SLK_NONE && p->pred == x->pred && x->pred != SLK_NONE) ||
                    (x->noun != SLK_NONE && p->on_noun == x->noun);
        if (!mine) continue;
        for (size_t k = 0; k < sizeof toward / sizeof *toward; k++)
            if (slk_tell_word(t, p->token, toward[k])) take_target(t, x, p->noun);
    }
}

/* What kind of attack a weapon makes when it is fired at somebody. */
static const char *attack_with(const char *kind) {
    static const char *const types[][2] = {{"drone", "attack.drone"},
                                           {"rocket", "attack.rocket"},
                                           {"artillery", "attack.artillery"},
                                           {"projectile", "attack.artillery"},
                                           {"torpedo", "attack.naval"}};
    for (size_t i = 0; kind && i < sizeof types / sizeof *types; i++)
        if (strcmp(kind, types[i][0]) == 0) return types[i][1];
    return "attack.missile";
}

/* "fired at Israel", "launched at a cargo ship": whom or what it was meant to hit; mock targets do not count. */
static bool is_victim(const slk_tellings *t, const slk_told *x, uint32_t noun) {
    slk_tokens n = t->r->nouns.at[noun].t;
    slk_span words;
    const char *value;
    if (slk_cue_in(t, n.first, n.last, "mock", &words, &value)) return false;
    uint32_t actor = slk_actor_of(t->r, slk_noun_span(t->r, noun));
    const char *mine = slk_state_of(t->r, x->actor), *theirs = slk_state_of(t->r, actor);
    if (theirs && (!mine || strcmp(mine, theirs) != 0)) return true;
    const char *land = slk_state_of_place(t, slk_noun_span(t->r, noun));
    if (land && (!mine || strcmp(mine, land) != 0)) return true;
    return slk_cue_in(t, n.head, n.head + 1, "victim", &words, &value);
}

static void take_victim(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    const slk_sentence *s = &r->sentences.at[x->sentence];
    for (uint32_t i = slk_prep_from(r, s->first_token); i < r->preps.n && x->weapon != SLK_NONE; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (p->token >= s->first_token + s->n_tokens) break;
        bool on_thing = p->on_noun == x->weapon_noun && p->on_noun != SLK_NONE;
        bool mine =
            on_thing || (x->noun == SLK_NONE ? p->pred == x->pred && x->pred != SLK_NONE : p->on_noun == x->noun);
        bool at = slk_tell_word(t, p->token, "at") || slk_tell_word(t, p->token, "against");
        if (!mine || !at || p->token < x->token || !is_victim(t, x, p->noun)) continue;
        x->target_words = slk_noun_span(r, p->noun);
        x->target = slk_actor_of(r, x->target_words);
        const char *land = slk_state_of_place(t, x->target_words);
        for (uint32_t k = 0; land && x->target == SLK_NONE && k < r->actors.n; k++)
            if (strcmp(r->actors.at[k].country, land) == 0) x->target = k;
        x->type = attack_with(t->weapons.at[x->weapon].kind);
        return;
    }
}

/* ---------------------------------------------------------------- verbs and nouns */

static slk_told blank(const slk_tellings *t, uint32_t token, uint32_t row) {
    const char *group = event_cell(t, row, SLK_EVENTS_GROUP);
    return (slk_told){.token = token,
                      .trigger = t->r->tokens.at[token].span,
                      .sentence = t->r->tokens.at[token].sentence,
                      .pred = SLK_NONE,
                      .noun = SLK_NONE,
                      .row = row,
                      .family = family_of(group),
                      .type = event_cell(t, row, SLK_EVENTS_TYPE),
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
    if (company && strcmp(x->type, "space-launch") == 0) x->type = "commercial-launch";
    take_victim(t, x);
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
           strcmp(event_cell(t, x->row, SLK_EVENTS_NEEDS), "none") != 0;
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

/* "fired what appeared to be two short-range missiles": the thing stands behind the words of doubt. */
static void take_weapon_behind_what(const slk_tellings *t, slk_told *x, uint32_t token) {
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    if (!slk_tell_word(t, token, "what")) return;
    for (uint32_t i = token + 1; i < end && i < token + 16 && x->weapon == SLK_NONE; i++) {
        uint32_t w = slk_weapon_in(t, r->tokens.at[i].span);
        if (w == SLK_NONE || slk_tell_word(t, i, ",")) continue;
        x->weapon = w;
        x->weapon_noun = slk_noun_of(r, i);
    }
}

/* "launched its first mission to the sun aboard a PSLV rocket": a state's launch, by the rocket that carried it. */
static void take_carrier(const slk_tellings *t, slk_told *x) {
    static const char *const words[] = {"aboard", "atop", "on", "with", "using", "by", "carrying"};
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    if (!slk_state_of(r, x->actor) && strcmp(r->actors.at[x->actor].sector, "BUS") != 0) return;
    for (uint32_t i = x->token + 1; i + 1 < end && x->weapon == SLK_NONE; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            uint32_t noun = slk_tell_word(t, i, words[k]) ? slk_noun_of(r, i + 1) : SLK_NONE;
            uint32_t w = noun == SLK_NONE ? SLK_NONE : slk_weapon_in(t, slk_noun_span(r, noun));
            if (w == SLK_NONE || !t->weapons.at[w].type || strcmp(t->weapons.at[w].type, "space-launch") != 0) continue;
            x->weapon = w;
            x->weapon_noun = noun;
        }
}

static void verb_thing_and_actor(const slk_tellings *t, slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    if (p->passive) {
        take_weapon(t, x, p->obj != SLK_NONE ? p->obj : p->subj);
        take_actor(t, x, p->agent);
        return;
    }
    take_weapon(t, x, x->family == SLK_FAMILY_FLIGHT ? p->subj : p->obj);
    if (x->family != SLK_FAMILY_FLIGHT) take_actor(t, x, p->subj);
    if (x->family != SLK_FAMILY_LAUNCH || x->weapon != SLK_NONE) return;
    take_weapon_behind_what(t, x, p->verb.last);
    if (x->weapon == SLK_NONE && x->actor != SLK_NONE) take_carrier(t, x);
    if (p->obj != SLK_NONE || x->weapon != SLK_NONE) return;
    take_weapon(t, x, p->subj); /* "a missile launched at dawn" */
    if (x->weapon != SLK_NONE) x->actor = SLK_NONE;
}

/* "An avalanche struck a village", "the index sank": words of attack that need somebody who attacks or a weapon. */
static bool nobody_attacks(const slk_tellings *t, const slk_told *x) {
    const slk_pred *p = &t->r->preds.at[x->pred];
    uint32_t subject = p->passive ? p->agent : p->subj;
    if (strcmp(event_cell(t, x->row, SLK_EVENTS_NEEDS), "actor") != 0 || x->weapon != SLK_NONE) return false;
    if (p->passive && p->link == SLK_LINK_PARTICIPLE && p->agent == SLK_NONE) return true;
    if (p->obj == SLK_NONE) return true;
    slk_span object = slk_noun_span(t->r, p->obj); /* "sank 2.68 percent" */
    uint32_t q = slk_quantity_from(t->r, object.start);
    if (q < t->r->quantities.n && t->r->quantities.at[q].span.start < object.end && t->r->quantities.at[q].unit) return true;
    if (subject >= t->r->nouns.n) return false;
    if (slk_weapon_in(t, slk_noun_span(t->r, subject)) != SLK_NONE) return false;
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

static slk_err tell_verb(slk_tellings *t, uint32_t pred) {
    const slk_pred *p = &t->r->preds.at[pred];
    uint32_t row = longest_row(t, p->verb.head, 'v');
    bool describes = row == SLK_NONE && describes_weapon(t, p);
    if ((row == SLK_NONE && !describes) || (row != SLK_NONE && is_light(t, row))) return SLK_OK;
    slk_told x = blank(t, p->verb.head, row);
    x.pred = pred;
    x.fresh = true;
    if (describes) x.family = SLK_FAMILY_FLIGHT;
    verb_thing_and_actor(t, &x);
    x.definite = x.weapon_noun != SLK_NONE && slk_tell_word(t, t->r->nouns.at[x.weapon_noun].t.first, "the");
    take_maker(t, &x);
    if (launch_without_thing(t, &x)) return SLK_OK;
    if (x.family == SLK_FAMILY_FLIGHT && x.weapon == SLK_NONE && !stands_for_thing(t, &x)) return SLK_OK;
    if (nobody_attacks(t, &x)) return SLK_OK;
    if (x.family == SLK_FAMILY_LAUNCH && subject_is_stranger(t, p->passive ? p->agent : p->subj)) return SLK_OK;
    if (x.family == SLK_FAMILY_DEED) {
        take_target(t, &x, p->passive ? p->subj : p->obj);
        take_preps(t, &x);
    }
    x.time = slk_tell_time(t, &x);
    adverbs(t, &x);
    x.reality = slk_tell_pred_reality(t, pred);
    if (x.reality == SLK_REAL_GENERIC && x.time != SLK_NONE && p->mood == SLK_MOOD_HABIT) x.reality = SLK_REAL_FACT;
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
    return both.n && event_row(t, both, 'v') != SLK_NONE ? r->preps.at[i].pred : SLK_NONE;
}

/* The predicate that a noun phrase hangs on as object or subject, directly or through "of" ("a series of launches"). */
static uint32_t pred_of_noun(const slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    uint32_t sentence = r->tokens.at[r->nouns.at[noun].t.first].sentence;
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

/* "oversaw the test-fire for verifying the performance of a new rocket launcher": the thing stands behind. */
static void take_weapon_behind(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    uint32_t end = r->sentences.at[x->sentence].first_token + r->sentences.at[x->sentence].n_tokens;
    for (uint32_t i = x->token + 1; i < end && i < x->token + 14 && !slk_tell_word(t, i, ","); i++) {
        uint32_t w = slk_weapon_in(t, r->tokens.at[i].span);
        if (w == SLK_NONE) continue;
        x->weapon = w;
        x->weapon_noun = slk_noun_of(r, i);
        return;
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
    take_actor(t, x, p->passive ? p->agent : p->subj);
    x->fresh = x->light = true;
    return x->family != SLK_FAMILY_LAUNCH || x->actor != SLK_NONE || !subject_is_stranger(t, p->subj);
}

/* "condemned the North for its test": whose test it is, the verb of blame says, not its subject. */
static void take_blamed(const slk_tellings *t, slk_told *x) {
    static const char *const owners[] = {"its", "their", "his", "her"};
    const slk_reading *r = t->r;
    uint32_t first = r->nouns.at[x->noun].t.first, i = first > 0 ? slk_prep_from(r, first - 1) : r->preps.n;
    bool owned = false;
    for (size_t k = 0; k < sizeof owners / sizeof *owners; k++) owned = owned || slk_tell_word(t, first, owners[k]);
    if (!owned || i >= r->preps.n || r->preps.at[i].token != first - 1 || r->preps.at[i].pred >= r->preds.n) return;
    if (!slk_tell_word(t, first - 1, "for") && !slk_tell_word(t, first - 1, "over")) return;
    const slk_pred *p = &r->preds.at[r->preps.at[i].pred];
    uint32_t row = longest_row(t, p->verb.head, 'v');
    bool deed = row != SLK_NONE && strcmp(event_cell(t, row, SLK_EVENTS_PLOVER), "") != 0;
    if (deed) take_actor(t, x, p->obj);
    for (uint32_t k = i;
         k-- > 0 && i - k < 6 && r->preps.at[k].token > p->verb.head;) /* "sanctions on the North over its" */
        if (slk_tell_word(t, r->preps.at[k].token, "on") || slk_tell_word(t, r->preps.at[k].token, "against"))
            take_actor(t, x, r->preps.at[k].noun);
}

/* "a missile launch from North Korea": the state it came from, where nobody else is told to have done it. */
static void take_from(const slk_tellings *t, slk_told *x) {
    const slk_reading *r = t->r;
    for (uint32_t i = slk_prep_from(r, x->token); x->actor == SLK_NONE && i < r->preps.n; i++) {
        const slk_prep *p = &r->preps.at[i];
        if (p->token > x->token + 6 || r->tokens.at[p->token].sentence != x->sentence) return;
        if (!slk_tell_word(t, p->token, "from") || (p->on_noun != x->noun && p->on_noun != x->weapon_noun)) continue;
        uint32_t actor = slk_actor_of(r, slk_noun_span(r, p->noun));
        if (!slk_state_of(r, actor)) continue;
        x->actor = actor;
        x->actor_words = slk_noun_span(r, p->noun);
    }
}

/* "its test of a long-range missile": new, whatever "its" says. */
static bool new_thing(const slk_tellings *t, const slk_told *x) {
    if (x->weapon_noun == SLK_NONE || x->weapon_noun == x->noun) return false;
    uint32_t first = t->r->nouns.at[x->weapon_noun].t.first;
    return slk_tell_word(t, first, "a") || slk_tell_word(t, first, "an") || t->r->tokens.at[first].upos == SLK_UPOS_NUM;
}

/* "Sunday's drill involving a hypersonic missile": the firing of it. */
static void drill_with(const slk_tellings *t, slk_told *x) {
    if (!slk_tell_word(t, x->token + 1, "involving") && !slk_tell_word(t, x->token + 1, "firing")) return;
    uint32_t noun = slk_noun_of(t->r, x->token + 2);
    take_weapon(t, x, noun);
    if (x->weapon != SLK_NONE) x->family = SLK_FAMILY_LAUNCH;
}

/* "imposed sanctions": who imposes; "faces sanctions": whom they meet. */
static bool carried_by(const slk_tellings *t, slk_told *x) {
    if (x->family != SLK_FAMILY_DEED || x->pred >= t->r->preds.n || !slk_tell_carried(t, x)) return false;
    const slk_pred *p = &t->r->preds.at[x->pred];
    const char *lemma = t->r->tokens.at[p->verb.head].lemma;
    const char *v = lemma ? slk_cue_value(t->pack, slk_text_of(lemma), "carries") : NULL;
    if (v && strcmp(v, "undergo") == 0)
        take_target(t, x, p->subj);
    else
        take_actor(t, x, p->passive ? p->agent : p->subj);
    return true;
}

/* "terminated a Minuteman missile because of an anomaly during a test launch": the thing stands before, in the same sentence. */
static void take_weapon_before(const slk_tellings *t, slk_told *x) {
    const slk_sentence *s = &t->r->sentences.at[x->sentence];
    uint32_t w = slk_weapon_in(t, (slk_span){s->span.start, x->trigger.start});
    if (w == SLK_NONE || x->definite || x->token <= s->first_token) return;
    const char *kind = t->weapons.at[w].kind;
    if (kind && strcmp(kind, "satellite") == 0) return;
    x->weapon = w;
    x->weapon_noun = slk_noun_of(t->r, slk_token_at(t->r, t->weapons.at[w].span.start));
}

/* "launched an attack on the club's owners": an attack is told of where states, forces or weapons are. */
static bool nobody_in_attack(const slk_tellings *t, const slk_told *x) {
    if (strcmp(event_cell(t, x->row, SLK_EVENTS_NEEDS), "actor") != 0 || x->weapon != SLK_NONE) return false;
    if (slk_state_of(t->r, x->actor) || slk_state_of(t->r, x->target)) return false;
    const slk_sentence *s = &t->r->sentences.at[x->sentence];
    for (uint32_t i = slk_mention_from(t->r, s->span.start); i < t->r->mentions.n; i++) {
        const slk_mention *m = &t->r->mentions.at[i];
        if (m->span.start >= s->span.end) break;
        const char *sector = t->r->actors.at[m->actor].sector;
        if (slk_state_of(t->r, m->actor) || strcmp(sector, "MIL") == 0 || strcmp(sector, "REB") == 0) return false;
    }
    slk_span words;
    const char *value;
    return !slk_cue_in(t, s->first_token, s->first_token + s->n_tokens, "victim", &words, &value);
}

static slk_err tell_noun(slk_tellings *t, uint32_t noun) {
    const slk_reading *r = t->r;
    const slk_noun *n = &r->nouns.at[noun];
    uint8_t upos = r->tokens.at[n->t.head].upos;
    if (upos != SLK_UPOS_NOUN && upos != SLK_UPOS_PROPN) return SLK_OK;
    uint32_t row = longest_row(t, n->t.head, 'n');
    if (row == SLK_NONE) return SLK_OK;
    slk_told x = blank(t, n->t.head, row);
    x.noun = noun;
    x.pred = pred_of_noun(t, noun);
    take_weapon(t, &x, noun);
    take_blamed(t, &x);
    take_actor(t, &x, n->owner);
    take_actor(t, &x, n->by);
    take_actor(t, &x, noun);
    if (x.family == SLK_FAMILY_LAUNCH) take_from(t, &x);
    bool light = x.pred != SLK_NONE && is_light(t, longest_row(t, r->preds.at[x.pred].verb.head, 'v'));
    if (light && !noun_under_light(t, &x)) return SLK_OK;
    if (light && launch_without_thing(t, &x)) take_weapon_behind(t, &x);
    if (launch_without_thing(t, &x)) take_weapon_before(t, &x);
    light = carried_by(t, &x) || light;
    if (nobody_in_attack(t, &x)) return SLK_OK;
    take_maker(t, &x);
    if (strcmp(event_cell(t, row, SLK_EVENTS_GROUP), "drill") == 0 && x.weapon == SLK_NONE) drill_with(t, &x);
    x.definite = definite_start(t, noun);
    x.fresh = x.fresh || !x.definite || new_thing(t, &x);
    noun_sequence(t, &x);
    bool ranks = ranks_what_was_told(t, &x);
    if (launch_without_thing(t, &x) && !x.definite && !light) return SLK_OK;
    if (x.family == SLK_FAMILY_DEED) take_preps(t, &x);
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
    slk_err err = slk_tell_weapons(t);
    if (err == SLK_OK) err = slk_tell_place_times(t);
    for (uint32_t i = 0; err == SLK_OK && i < t->r->preds.n; i++) err = tell_verb(t, i);
    for (uint32_t i = 0; err == SLK_OK && i < t->r->nouns.n; i++) err = tell_noun(t, i);
    if (err == SLK_OK && t->told.n) qsort(t->told.at, t->told.n, sizeof *t->told.at, by_place);
    return err;
}
