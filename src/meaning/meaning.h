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

/* The actor that a noun phrase or span stands for, pronouns and "the North" included; SLK_NONE where none. O(log n). */
uint32_t slk_actor_of(const slk_reading *r, slk_span s);

#endif
