/* predicate.h - what the files on predicates share: forms of verbs (predicate.c), what the tree says of who takes part (argument.c), the
 * search for a subject by position where the tree gives none (subject.c). Internal to the language station. */
#ifndef SLK_LANGUAGE_PREDICATE_H
#define SLK_LANGUAGE_PREDICATE_H

#include "language/tree.h"

typedef enum slk_verb_form { SLK_FORM_BASE, SLK_FORM_S, SLK_FORM_ING, SLK_FORM_PAST } slk_verb_form;

slk_verb_form slk_verb_form_at(const slk_reading *r, uint32_t token);
bool slk_xpos_is(const slk_reading *r, uint32_t token, const char *xpos);
/* Whether the lemma at a token is a verb of the table of reporting words. (clause.c) */
bool slk_reports(const slk_pack *pack, const slk_reading *r, uint32_t token);

/* Subject, object and agent of a predicate that is linked already; node: its place in the tree. Those above it have theirs. (argument.c) */
void slk_arguments_take(const slk_tree *t, uint32_t pred, uint32_t node);

/* Whether a token is a mark that clauses do not reach across: quotation marks, dashes, semicolons, colons. */
bool slk_clause_break(const slk_reading *r, uint32_t token);
/* Whether a noun phrase stands behind a preposition; *start: where the prepositional phrase begins. */
bool slk_noun_governed(const slk_reading *r, uint32_t noun, uint32_t *start);
/* The subject before the finite verb group that begins at a token; SLK_NONE. Of a list, its first member. */
uint32_t slk_subject_before(const slk_reading *r, uint32_t verb);
/* The noun phrase that a relative clause or participle before a token describes: the last one that names no time; SLK_NONE. */
uint32_t slk_noun_described(const slk_reading *r, uint32_t token);
/* Whether a token is a pronoun that opens a relative clause: "which", "who", "that" where it is no conjunction. */
bool slk_is_relative(const slk_reading *r, uint32_t token);

#endif
