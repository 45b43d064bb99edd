/* lemma.h - base forms by table and rule. Internal to the language station. */
#ifndef SLK_LANGUAGE_LEMMA_H
#define SLK_LANGUAGE_LEMMA_H

#include "base/mem.h"
#include "pack/pack.h"

#define SLK_WORD_MOST 48 /* longer words are their own lemma */

/* The row of the table of common words for a small-letter form, SLK_NONE. */
uint32_t slk_closed_row(const slk_pack *pack, slk_text form);
/* Whether that row lists a part of speech ("NOUN") among its candidates. */
bool slk_closed_has(const slk_pack *pack, uint32_t row, const char *upos);

/* The base of a small-letter form as a verb (v) or noun (n): irregular forms by table, else by rule, trying known words first.
 * Writes at most SLK_WORD_MOST bytes to out; a view into out or the pack. known: whether the base is a known word. */
slk_text slk_verb_base(const slk_pack *pack, slk_text form, char out[SLK_WORD_MOST], bool *known);
slk_text slk_noun_base(const slk_pack *pack, slk_text form, char out[SLK_WORD_MOST], bool *known);
/* Whether a form ends in "ed" or "ing" behind a syllable of its own: "fired", not "bring". */
bool slk_has_suffix(slk_text form, const char *suffix);
/* The lemma that the table of irregular forms has for a form with this part of speech; {NULL, 0} where none. */
slk_text slk_irregular(const slk_pack *pack, slk_text form, char pos);

#endif
