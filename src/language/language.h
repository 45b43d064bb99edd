/* language.h - the language station: from a report's text to sentences, tokens, phrases and predicates.
 * Takes a reading whose report is set; gives sentences, tokens (lemma and UPOS), nouns, preps, preds and names. Knows nothing of
 * what things mean: later stations decide what is a launch or a source. */
#ifndef SLK_LANGUAGE_LANGUAGE_H
#define SLK_LANGUAGE_LANGUAGE_H

#include "base/reading.h"
#include "pack/pack.h"

/* Tokens after the UD English conventions, with sentences. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. O(n). (tokenize.c) */
SLK_MUST slk_err slk_tokens_find(const slk_pack *pack, slk_reading *r);
/* Its two steps: tokens, whose `sentence` counts paragraphs (tokenize.c); then sentences within these (sentences.c). */
SLK_MUST slk_err slk_tokens_cut(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_sentences_find(const slk_pack *pack, slk_reading *r);
/* UPOS and lemma of every token. (tag.c) */
SLK_MUST slk_err slk_tags_find(const slk_pack *pack, slk_reading *r);
/* Noun phrases, prepositions, predicates and how they hang together, off the trees. (tree.c and what it calls) */
SLK_MUST slk_err slk_phrases_find(const slk_pack *pack, slk_reading *r);
/* Names of persons, organisations, places, weapons; same_as within the report. (names.c) */
SLK_MUST slk_err slk_names_find(const slk_pack *pack, slk_reading *r);

#endif
