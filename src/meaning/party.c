/* party.c - who did it and to whom: the actor of a telling, the state behind a role or a thing, whom something was aimed at. See
 * telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

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
        size_t same = 0;
        while (same < word.n && slk_lower(name.at[name.n - word.n + same]) == slk_lower(word.at[same])) same++;
        if (same == word.n) return i;
    }
    return SLK_NONE;
}

static bool is_country_word(const slk_tellings *t, uint32_t token) {
    static const char *const words[] = {"country", "nation", "regime", "state", "republic"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_tell_word(t, token, words[i])) return true;
    return false;
}

/* "the country": the state named last before it; "the Castro regime": that of who is named in it. */
static void take_last_country(const slk_reading *r, slk_told *x, uint32_t noun) {
    slk_span words = slk_noun_span(r, noun);
    uint32_t start = words.start;
    for (uint32_t i = slk_mention_from(r, start); i < r->mentions.n && r->mentions.at[i].span.end <= words.end; i++) {
        if (!slk_state_of(r, r->mentions.at[i].actor)) continue;
        x->actor = r->mentions.at[i].actor;
        return;
    }
    for (uint32_t i = slk_mention_from(r, start), hop = 0; i-- > 0 && hop < 6; hop++) {
        if (!slk_state_of(r, r->mentions.at[i].actor)) continue;
        x->actor = r->mentions.at[i].actor;
        return;
    }
}

void slk_take_actor(const slk_tellings *t, slk_told *x, uint32_t noun) {
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
void slk_take_maker(const slk_tellings *t, slk_told *x) {
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

void slk_take_target(const slk_tellings *t, slk_told *x, uint32_t noun) {
    if (noun >= t->r->nouns.n || x->target != SLK_NONE) return;
    uint32_t actor = slk_actor_of(t->r, slk_noun_span(t->r, noun)), owner = t->r->nouns.at[noun].owner;
    if (actor == SLK_NONE && owner != SLK_NONE) /* "condemned North Korea's launch": it is meant */
        actor = slk_actor_of(t->r, slk_noun_span(t->r, noun = owner));
    if (actor == SLK_NONE || actor == x->actor) return;
    x->target = actor;
    x->target_words = slk_noun_span(t->r, noun);
}

/* The partner or target behind a preposition on the predicate: "met with X", "sanctions on X", "threat to X". */
void slk_take_preps(const slk_tellings *t, slk_told *x) {
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
            if (slk_tell_word(t, p->token, toward[k])) slk_take_target(t, x, p->noun);
    }
}

/* What kind of attack a weapon makes when it is fired at somebody: by its kind, of a named system by its class. */
static const char *attack_with(const slk_tellings *t, const slk_weapon *w) {
    return slk_weapon_cell(t, w->table == SLK_T_WEAPONS ? w->weapon_class : w->kind, SLK_WEAPON_TYPES_ATTACK);
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

void slk_take_victim(const slk_tellings *t, slk_told *x) {
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
        x->type = attack_with(t, &t->weapons.at[x->weapon]);
        return;
    }
}

/* "condemned the North for its test": whose test it is, the verb of blame says, not its subject. */
void slk_take_blamed(const slk_tellings *t, slk_told *x) {
    static const char *const owners[] = {"its", "their", "his", "her"};
    const slk_reading *r = t->r;
    uint32_t first = r->nouns.at[x->noun].t.first, i = first > 0 ? slk_prep_from(r, first - 1) : r->preps.n;
    bool owned = false;
    for (size_t k = 0; k < sizeof owners / sizeof *owners; k++) owned = owned || slk_tell_word(t, first, owners[k]);
    if (!owned || i >= r->preps.n || r->preps.at[i].token != first - 1 || r->preps.at[i].pred >= r->preds.n) return;
    if (!slk_tell_word(t, first - 1, "for") && !slk_tell_word(t, first - 1, "over")) return;
    const slk_pred *p = &r->preds.at[r->preps.at[i].pred];
    uint32_t row = slk_event_longest(t, p->verb.head, 'v');
    bool deed = row != SLK_NONE && strcmp(slk_event_plover(t, slk_event_cell(t, row, SLK_EVENTS_TYPE)), "") != 0;
    if (deed) slk_take_actor(t, x, p->obj);
    for (uint32_t k = i;
         k-- > 0 && i - k < 6 && r->preps.at[k].token > p->verb.head;) /* "sanctions on the North over its" */
        if (slk_tell_word(t, r->preps.at[k].token, "on") || slk_tell_word(t, r->preps.at[k].token, "against"))
            slk_take_actor(t, x, r->preps.at[k].noun);
}

/* "a missile launch from North Korea": the state it came from, where nobody else is told to have done it. */
void slk_take_from(const slk_tellings *t, slk_told *x) {
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
