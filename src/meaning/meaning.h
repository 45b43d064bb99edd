/* meaning.h - the station of meaning: actors, attributions, events, checks within one report.
 * Takes tokens, predicates, times, quantities, places; gives who is who, who said what, what happened. Knows no other report. */
#ifndef SLK_MEANING_MEANING_H
#define SLK_MEANING_MEANING_H

#include "base/reading.h"
#include "pack/pack.h"

/* In this order; each SLK_OK, SLK_ENOMEM or SLK_ELIMIT. */
SLK_MUST slk_err slk_actors_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_attributions_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_events_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_checks_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_predicates_find(const slk_pack *pack, slk_reading *r); /* after attributions (factuality.c) */

/* The actor that a noun phrase or span stands for, pronouns and "the North" included; SLK_NONE where none. O(log n). */
uint32_t slk_actor_of(const slk_reading *r, slk_span s);

/* Whether an actor is an organ of its state, party or military, whose word is theirs ("state news-agency"). (voices.c) */
bool slk_speaks_for_state(const slk_reading *r, uint32_t actor);

#endif
