/* tree.h - the dependency trees of a reading made easy to walk: relations as numbers, the words that hang on a word, and who stands
 * where among phrases and predicates. Made once per reading; what reads phrases off the trees (noun.c, predicate.c, argument.c,
 * clause.c) shares it. Internal to the language station. All indexes are of tokens of the reading. */
#ifndef SLK_LANGUAGE_TREE_H
#define SLK_LANGUAGE_TREE_H

#include "language/inside.h"

/* Relations of Universal Dependencies in byte order: X(name, words). "dep" also stands for what no line has. */
#define SLK_RELATIONS(X)                                                                                               \
    X(ACL, "acl")                                                                                                      \
    X(RELCL, "acl:relcl")                                                                                              \
    X(ADVCL, "advcl")                                                                                                  \
    X(ADV_RELCL, "advcl:relcl")                                                                                        \
    X(ADVMOD, "advmod")                                                                                                \
    X(AMOD, "amod")                                                                                                    \
    X(APPOS, "appos")                                                                                                  \
    X(AUX, "aux")                                                                                                      \
    X(AUX_PASS, "aux:pass")                                                                                            \
    X(CASE, "case")                                                                                                    \
    X(CC, "cc")                                                                                                        \
    X(CC_PRE, "cc:preconj")                                                                                            \
    X(CCOMP, "ccomp")                                                                                                  \
    X(COMPOUND, "compound")                                                                                            \
    X(PARTICLE, "compound:prt")                                                                                        \
    X(CONJ, "conj")                                                                                                    \
    X(COP, "cop")                                                                                                      \
    X(CSUBJ, "csubj")                                                                                                  \
    X(CSUBJ_OUTER, "csubj:outer")                                                                                      \
    X(CSUBJ_PASS, "csubj:pass")                                                                                        \
    X(DEP, "dep")                                                                                                      \
    X(DET, "det")                                                                                                      \
    X(DET_PRE, "det:predet")                                                                                           \
    X(DISCOURSE, "discourse")                                                                                          \
    X(DISLOCATED, "dislocated")                                                                                        \
    X(EXPL, "expl")                                                                                                    \
    X(FIXED, "fixed")                                                                                                  \
    X(FLAT, "flat")                                                                                                    \
    X(GOESWITH, "goeswith")                                                                                            \
    X(IOBJ, "iobj")                                                                                                    \
    X(LIST, "list")                                                                                                    \
    X(MARK, "mark")                                                                                                    \
    X(NMOD, "nmod")                                                                                                    \
    X(NMOD_DESC, "nmod:desc")                                                                                          \
    X(NMOD_POSS, "nmod:poss")                                                                                          \
    X(NMOD_BARE, "nmod:unmarked")                                                                                      \
    X(NSUBJ, "nsubj")                                                                                                  \
    X(NSUBJ_OUTER, "nsubj:outer")                                                                                      \
    X(NSUBJ_PASS, "nsubj:pass")                                                                                        \
    X(NUMMOD, "nummod")                                                                                                \
    X(OBJ, "obj")                                                                                                      \
    X(OBL, "obl")                                                                                                      \
    X(AGENT, "obl:agent")                                                                                              \
    X(OBL_BARE, "obl:unmarked")                                                                                        \
    X(ORPHAN, "orphan")                                                                                                \
    X(PARATAXIS, "parataxis")                                                                                          \
    X(PUNCT, "punct")                                                                                                  \
    X(REPARANDUM, "reparandum")                                                                                        \
    X(ROOT, "root")                                                                                                    \
    X(VOCATIVE, "vocative")                                                                                            \
    X(XCOMP, "xcomp")

#define SLK_RELATION_NAME(name, words) SLK_REL_##name,
typedef enum slk_rel { SLK_RELATIONS(SLK_RELATION_NAME) SLK_REL_COUNT } slk_rel;

#define SLK_RELS(name) (UINT64_C(1) << SLK_REL_##name) /* sets of relations */

typedef struct slk_tree {
    const slk_pack *pack;
    slk_reading *r;
    uint8_t *rel;           /* slk_rel of every token */
    uint32_t *child, *next; /* first word that hangs on a word, and the next one beside it, in text order; SLK_NONE */
    uint32_t *down;         /* all tokens, heads before what hangs on them, sentence by sentence */
    uint32_t *pred_at;      /* predicate whose content a token is: the verb, or what follows a copula; SLK_NONE */
    const uint8_t *days;    /* tokens that name days and months (noun.c) */
} slk_tree;

/* Makes all lists; pred_at is filled by predicate.c. SLK_OK or SLK_ENOMEM. O(n). (tree.c) */
SLK_MUST slk_err slk_tree_make(const slk_pack *pack, slk_reading *r, slk_tree *out);
/* Makes child and next of the sentence first .. last - 1 anew. O(n). (tree.c) */
void slk_tree_hang(slk_tree *t, uint32_t first, uint32_t last);
/* Puts right what no tree of English has, in the sentence first .. last - 1; it stays a tree. O(n). (repair.c) */
void slk_tree_repair(slk_tree *t, uint32_t first, uint32_t last);
/* The first word on t with a relation of the set; SLK_NONE. */
uint32_t slk_tree_child(const slk_tree *t, uint32_t token, uint64_t rels);

static inline bool slk_tree_is(const slk_tree *t, uint32_t token, uint64_t rels) {
    return (rels >> t->rel[token] & 1) != 0;
}
/* The word that a token hangs on; SLK_NONE for the root. */
static inline uint32_t slk_tree_up(const slk_tree *t, uint32_t token) {
    uint32_t up = t->r->tokens.at[token].head;
    return up == token ? SLK_NONE : up;
}

/* The steps from trees to phrases, in this order. Each SLK_OK, SLK_ENOMEM or SLK_ELIMIT; O(n). */
SLK_MUST slk_err slk_nouns_find(slk_tree *t);   /* nouns, noun_of and days (noun.c) */
SLK_MUST slk_err slk_preds_find(slk_tree *t);   /* verb groups: mood, tense, voice, negation; pred_at (predicate.c) */
SLK_MUST slk_err slk_clauses_link(slk_tree *t); /* parent, link, extent, subject, object, agent; clause_of (clause.c) */
SLK_MUST slk_err slk_preps_find(const slk_tree *t); /* prepositions (preposition.c) */

#endif
