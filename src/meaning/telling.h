/* telling.h - what the files that make tellings share: tell.c walks verbs and nouns, trigger.c reads the tables of event words, sense.c
 * chooses among the senses of a word, turn.c says how it is turned ("must", "will not"), frame.c who fills which role, party.c who
 * did it and to whom, thing.c what was launched. Internal; all of them borrow, none fails, each O(length of its sentence). */
#ifndef SLK_MEANING_TELLING_H
#define SLK_MEANING_TELLING_H

#include "meaning/told.h"

typedef struct slk_place_of { /* where a word stands */
    uint32_t token;
    uint32_t pred; /* the predicate it heads, or that governs its noun; SLK_NONE */
    uint32_t noun; /* its noun phrase; SLK_NONE for a verb */
    bool carried;  /* the predicate makes the noun's event ("imposed sanctions") */
} slk_place_of;

/* The tables of event words. A row below the number of event words is one of these, one from there on a row of the table of senses. A
 * cell (column of the event words; "" where empty or no row); the row of a lemma with a part of speech ('v', 'n'), SLK_NONE; the row
 * of the longest lemma around a token ("test-fire", "carry out", "nuclear test"), and the same with the senses, *taken the object that
 * is part of the sense ("lifted the ban") or SLK_NONE; the family of a group of words; whether a verb only carries the event of its
 * noun. (trigger.c) */
const char *slk_event_cell(const slk_tellings *t, uint32_t row, int column);
uint32_t slk_event_row(const slk_tellings *t, slk_text lemma, char pos);
uint32_t slk_event_longest(const slk_tellings *t, uint32_t token, char pos);
uint32_t slk_event_sense(const slk_tellings *t, const slk_place_of *w, uint32_t *taken);
slk_family slk_event_family(const char *group);
const char *slk_event_plover(const slk_tellings *t, const char *type); /* PLOVER event of a type, "" for none */
bool slk_event_light(const slk_tellings *t, uint32_t row);

/* Whether a noun phrase is of a class of the table of classes, or "actor", "state", "person", "armament", "pronoun". The first sense of a lemma whose conditions hold, as a row behind those of the event words; SLK_NONE. (sense.c) */
bool slk_noun_is(const slk_tellings *t, uint32_t noun, slk_text name);
uint32_t slk_sense_of(const slk_tellings *t, const slk_place_of *w, slk_text lemma, char pos, uint32_t *taken);

/* The noun phrases that fill a role ("subj", "obj", "owner", a preposition), at most SLK_ROLE_MOST; their number. Sets actor and target of
 * a telling by the frame of its word: those that are actors, then by words alone. (frame.c) */
#define SLK_ROLE_MOST 6u
unsigned slk_role_fill(const slk_tellings *t, const slk_place_of *w, slk_text role, uint32_t out[SLK_ROLE_MOST]);
void slk_frame_take(const slk_tellings *t, slk_told *x);
void slk_frame_take_words(const slk_tellings *t, slk_told *x);

/* How a predicate is turned: by its own form, or by the verb it hangs on; what a verb makes of what hangs on it. Whether a turn is
 * called so in the tables. (turn.c) */
slk_turn slk_tell_turn(const slk_tellings *t, uint32_t pred);
slk_turn slk_turn_under(const slk_tellings *t, uint32_t pred);
bool slk_turn_is(slk_turn turn, slk_text name);
void slk_turn_promises(slk_tellings *t); /* makes threats of promises to do violence, when all stand in text order */

/* Who and to whom: each sets the actor or target of a telling, with the words, where it has none yet: from a noun phrase, from the words
 * for the thing, from prepositions, from what it was aimed at, from a verb of blame, from "launch from". (party.c) */
void slk_take_actor(const slk_tellings *t, slk_told *x, uint32_t noun);
void slk_take_maker(const slk_tellings *t, slk_told *x);
void slk_take_target(const slk_tellings *t, slk_told *x, uint32_t noun);
void slk_take_preps(const slk_tellings *t, slk_told *x);
void slk_take_victim(const slk_tellings *t, slk_told *x);
void slk_take_blamed(const slk_tellings *t, slk_told *x);
void slk_take_from(const slk_tellings *t, slk_told *x);

/* What was launched: in a noun phrase; behind "what appeared to be"; the rocket that carried it; behind or before a launch that names
 * nothing; in a drill "involving" it. Whether the phrase for the thing is new ("a missile"). (thing.c) */
void slk_take_weapon(const slk_tellings *t, slk_told *x, uint32_t noun);
void slk_take_weapon_behind_what(const slk_tellings *t, slk_told *x, uint32_t token);
void slk_take_carrier(const slk_tellings *t, slk_told *x);
void slk_take_weapon_behind(const slk_tellings *t, slk_told *x);
void slk_take_weapon_before(const slk_tellings *t, slk_told *x);
void slk_take_drilled(const slk_tellings *t, slk_told *x);
bool slk_is_new_thing(const slk_tellings *t, const slk_told *x);

/* Takes out the tellings, in text order, whose words only mention what stands. (mentioned.c) */
void slk_tellings_drop_mentioned(slk_tellings *t);

#endif
