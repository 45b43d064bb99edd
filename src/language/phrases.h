/* phrases.h - which phrases of the tables begin at a token: looked up when it is first asked for, and remembered for all stations that
 * ask again. */
#ifndef SLK_LANGUAGE_PHRASES_H
#define SLK_LANGUAGE_PHRASES_H

#include "base/reading.h"
#include "pack/pack.h"

#define SLK_PHRASES_MOST 64u /* that begin at one token */

/* Gets ready to remember, when all tokens are known; a reading that is not ready is answered too. SLK_OK or SLK_ENOMEM. */
SLK_MUST slk_err slk_phrases_start(slk_reading *r);

/* The first `max` of the phrases that begin at a token, in slk_pack_match's order; returns how many. Never fails. */
uint32_t slk_phrases_at(const slk_pack *pack, const slk_reading *r, uint32_t token, slk_hit *hits, uint32_t max);
/* All that begin at a byte of the text where a word begins; remembered where that is a token. *hits points into `room` or to what is
 * remembered, good as long as the reading. *near: the token where it was last found, 0 at first: who goes through the text in its
 * order finds it at once. */
uint32_t slk_phrases_from(const slk_pack *pack, const slk_reading *r, uint32_t off_b, uint32_t *near,
                          slk_hit room[SLK_PHRASES_MOST], const slk_hit **hits);
/* The tables that have a phrase which begins at a token, as a set: a first look that spares others. */
#define SLK_PHRASE_OF(table) (UINT64_C(1) << (table))
uint64_t slk_phrases_tables(const slk_pack *pack, const slk_reading *r, uint32_t token);
/* The longest phrase of one table at a token; false where none. */
bool slk_phrase_in(const slk_pack *pack, const slk_reading *r, uint32_t token, int table, slk_hit *hit);

#endif
