/* words.h - the other way round: from the word of an enum to its value, -1 where there is none such. */
#ifndef SLK_BASE_WORDS_H
#define SLK_BASE_WORDS_H

#include "base/text.h"

int slk_upos_of(slk_text word);
int slk_bound_of(slk_text word);
int slk_stance_of(slk_text word);
int slk_certainty_of(slk_text word);
int slk_event_certainty_of(slk_text word);
int slk_field_of(slk_text word);
int slk_basis_of(slk_text word);
int slk_check_of(slk_text word);
int slk_verdict_of(slk_text word);
int slk_published_basis_of(slk_text word);

#endif
