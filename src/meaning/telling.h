/* telling.h - what the files that make tellings share: tell.c walks verbs and nouns, trigger.c reads the table of event words,
 * party.c finds who and to whom, thing.c what was launched. Internal; all of them borrow, none fails, each O(length of its sentence). */
#ifndef SLK_MEANING_TELLING_H
#define SLK_MEANING_TELLING_H

#include "meaning/told.h"

/* The table of event words: a cell ("" where empty or no row); the row of a lemma with a part of speech ('v', 'n'), SLK_NONE; the row of
 * the longest lemma around a token ("test-fire", "carry out", "nuclear test"); the family of a group of words; whether a verb only
 * carries the event of its noun. (trigger.c) */
const char *slk_event_cell(const slk_tellings *t, uint32_t row, int column);
uint32_t slk_event_row(const slk_tellings *t, slk_text lemma, char pos);
uint32_t slk_event_longest(const slk_tellings *t, uint32_t token, char pos);
slk_family slk_event_family(const char *group);
bool slk_event_light(const slk_tellings *t, uint32_t row);

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

#endif
