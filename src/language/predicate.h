/* predicate.h - what the files on predicates share: forms of verbs (predicate.c) and the noun phrases around them (subject.c). Internal to
 * the language station. */
#ifndef SLK_LANGUAGE_PREDICATE_H
#define SLK_LANGUAGE_PREDICATE_H

#include "language/inside.h"

typedef enum slk_verb_form { SLK_FORM_BASE, SLK_FORM_S, SLK_FORM_ING, SLK_FORM_PAST } slk_verb_form;

slk_verb_form slk_verb_form_at(const slk_reading *r, uint32_t token);
/* Whether a token is a mark that clauses do not reach across: quotation marks, dashes, semicolons, colons. */
bool slk_clause_break(const slk_reading *r, uint32_t token);
/* Whether a noun phrase stands behind a preposition; *start: where the prepositional phrase begins. */
bool slk_noun_governed(const slk_reading *r, uint32_t noun, uint32_t *start);
/* The subject before the finite verb group that begins at a token; SLK_NONE. Of a list, its first member. */
uint32_t slk_subject_before(const slk_pack *pack, const slk_reading *r, uint32_t verb);
/* The noun phrase right behind a verb group that ends before a token, over adverbs; SLK_NONE. */
uint32_t slk_object_behind(const slk_reading *r, uint32_t token, uint32_t last);
/* The noun phrase of the "by" of a passive; SLK_NONE. */
uint32_t slk_agent_behind(const slk_reading *r, uint32_t token, uint32_t last);
/* The noun phrase that a relative clause or participle before a token describes: the last one that names no time; SLK_NONE. */
uint32_t slk_noun_described(const slk_reading *r, uint32_t token);
/* The first member of the list that a noun phrase ends; the phrase itself where there is none. */
uint32_t slk_list_first(const slk_reading *r, uint32_t noun);
/* Whether a token is a pronoun that opens a relative clause: "which", "who", "that" where it is no conjunction. */
bool slk_is_relative(const slk_reading *r, uint32_t token);
/* Verbs of saying whose contents may follow without "that". */
bool slk_says_bare(const slk_reading *r, uint32_t token);

#endif
