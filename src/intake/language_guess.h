/* language_guess.h - which language a text is in: by its script where that is of one language, else by runs of letters
 * (data/languages.tsv, data/language_grams.tsv). */
#ifndef SLK_INTAKE_LANGUAGE_GUESS_H
#define SLK_INTAKE_LANGUAGE_GUESS_H

#include "pack/pack.h"

typedef struct slk_language_guess {
    const char *code; /* BCP 47, borrowed from the pack; NULL where the text has too few letters to tell */
    const char *name; /* in English */
    bool sure;        /* long enough and far enough from every other language, and from English in particular */
} slk_language_guess;

/* text: valid UTF-8. Looks at 2 kB of its beginning and some of its middle, fewer where the answer is clear: O(1). */
slk_language_guess slk_language_find(const slk_pack *pack, slk_text text);
/* The English name of a language by its code ("ko-KR" as well as "ko"); NULL where it is not known. */
const char *slk_language_name(const slk_pack *pack, const char *code);

#endif
