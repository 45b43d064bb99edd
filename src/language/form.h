/* form.h - what the net sees of a word: the features of its written form, as 32-bit keys. The floats and the integers share
 * this file, so that both see the same. */
#ifndef SLK_LANGUAGE_FORM_H
#define SLK_LANGUAGE_FORM_H

#include "sillok.h"

#define SLK_FORM_FEATURES 10u

/* The keys of a form's features: the form in small letters, its first one to three and last one to five characters, and its
 * shape ("Xx-d" for "Agni-5"). Writes at most SLK_FORM_FEATURES keys, the whole form's first; returns how many. Depends on
 * nothing but the bytes. O(length). */
unsigned slk_form_features(slk_text form, uint32_t keys[SLK_FORM_FEATURES]);

#endif
