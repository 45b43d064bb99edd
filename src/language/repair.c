/* repair.c - what no tree of English has, put right before phrases are read off: a noun with a subject and a verb between the two
 * ("the army successfully [conducted] tests", read as tests that are conducted), a finite verb that somebody owns or that follows
 * "of" ("aware of the North's launches"), a past form that is never a noun taken for one ("Kim oversaw flights"). See tree.h. */
#include <string.h>

#include "language/lemma.h"
#include "language/predicate.h"
#include "language/words.h"

#define OPENED /* what opens a clause of its own */                                                                    \
    (SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS) | SLK_RELS(MARK) | SLK_RELS(CSUBJ) | SLK_RELS(EXPL) | SLK_RELS(CC))
#define REPAIRS 8 /* that move words, in one sentence: each makes its lists anew */
#define HOPS 64   /* words on the way up that are looked at */

/* "oversaw", "flew": forms that the table of irregular verbs has and no list of common words has as something else. */
static bool form_only_verb(const slk_tree *t, slk_text x) {
    if (x.n < 3 || !slk_is_lower(x.at[0])) return false;
    slk_text base = slk_irregular(t->pack, x, 'v');
    if (!base.n || slk_text_eq(base, x)) return false;
    uint32_t row = slk_closed_row(t->pack, x);
    return row == SLK_NONE || (!slk_closed_has(t->pack, row, "NOUN") && !slk_closed_has(t->pack, row, "ADJ"));
}

static bool only_verb(const slk_tree *t, uint32_t k) {
    slk_word *w = t->r->words.at[k];
    uint8_t upos = slk_upos_at(t->r, k);
    if (upos != SLK_UPOS_NOUN && upos != SLK_UPOS_ADJ) return false;
    if (!(w->parts & SLK_WORD_VERB)) {
        w->only_verb = form_only_verb(t, w->text);
        w->parts |= SLK_WORD_VERB;
    }
    return w->only_verb;
}

static void make_verb(const slk_tree *t, uint32_t k) {
    slk_token *x = &t->r->tokens.at[k];
    x->upos = SLK_UPOS_VERB;
    x->xpos = "VBD";
    x->feats = NULL;
    x->lemma = slk_irregular(t->pack, slk_token_text(t->r, k), 'v').at;
}

#define NOMINAL                                                                                                        \
    (SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS) | SLK_RELS(OBJ) | SLK_RELS(OBL) | SLK_RELS(NMOD) | SLK_RELS(COMPOUND) |    \
     SLK_RELS(NMOD_POSS) | SLK_RELS(APPOS))

static bool nominal(uint8_t upos) {
    return upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_NUM || upos == SLK_UPOS_PRON;
}

/* A verb in "-s" that stands where nouns stand: with an owner or a number, behind "of", with a subject behind a preposition, or with no
 * subject in a clause that needs one. */
static bool owned(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    slk_text x = slk_token_text(r, k);
    if (slk_upos_at(r, k) != SLK_UPOS_VERB || x.n < 4 || x.at[x.n - 1] != 's' || x.at[x.n - 2] == 's') return false;
    bool subject = false;
    for (uint32_t c = t->child[k]; c != SLK_NONE && c < k; c = t->next[c]) {
        if (slk_tree_is(t, c, SLK_RELS(NMOD_POSS) | SLK_RELS(DET) | SLK_RELS(AMOD) | SLK_RELS(NUMMOD))) return true;
        if (slk_tree_is(t, c, SLK_RELS(MARK) | SLK_RELS(CASE)) && slk_word_is(r, c, "of")) return true;
        if (!slk_tree_is(t, c, SLK_RELS(NSUBJ))) continue;
        subject = true;
        uint32_t by = slk_tree_child(t, c, SLK_RELS(CASE));
        if (by != SLK_NONE && slk_word_is(r, by, "of")) return true;
    }
    if (slk_tree_is(t, k, NOMINAL)) return true;
    uint8_t before = k > 0 ? slk_upos_at(r, k - 1) : SLK_UPOS_PUNCT;
    return !subject && before == SLK_UPOS_NOUN && slk_tree_is(t, k, SLK_RELS(ACL) | SLK_RELS(AMOD));
}

static void rename_to(slk_tree *t, uint32_t k, slk_rel rel, const char *z) {
    t->rel[k] = (uint8_t)rel;
    t->r->tokens.at[k].deprel = z;
}

static void make_noun(slk_tree *t, uint32_t k) {
    slk_token *x = &t->r->tokens.at[k];
    x->upos = SLK_UPOS_NOUN;
    x->xpos = "NNS";
    x->feats = NULL;
    for (uint32_t c = t->child[k]; c != SLK_NONE; c = t->next[c]) {
        if (slk_tree_is(t, c, SLK_RELS(MARK))) rename_to(t, c, SLK_REL_CASE, "case");
        if (slk_tree_is(t, c, SLK_RELS(NSUBJ)) && c < k) rename_to(t, c, SLK_REL_COMPOUND, "compound");
    }
    if (slk_tree_is(t, k, SLK_RELS(CCOMP) | SLK_RELS(ADVCL) | SLK_RELS(ACL))) rename_to(t, k, SLK_REL_OBL, "obl");
}

/* The verb between a noun and its subject that should have both; SLK_NONE. */
static uint32_t verb_inside(const slk_tree *t, uint32_t noun) {
    const slk_reading *r = t->r;
    uint32_t verb = SLK_NONE;
    bool subject = false;
    for (uint32_t c = t->child[noun]; c != SLK_NONE && c < noun; c = t->next[c]) {
        if (slk_tree_is(t, c, SLK_RELS(COP))) return SLK_NONE;
        if (slk_tree_is(t, c, SLK_RELS(NSUBJ))) subject = true;
        if (subject && slk_tree_is(t, c, SLK_RELS(AMOD) | SLK_RELS(COMPOUND)) && slk_upos_at(r, c) == SLK_UPOS_VERB)
            verb = c;
    }
    return verb;
}

#define GOES_WITH_NOUN                                                                                                 \
    (SLK_RELS(NMOD) | SLK_RELS(ACL) | SLK_RELS(RELCL) | SLK_RELS(APPOS) | SLK_RELS(CONJ) | SLK_RELS(DET) |             \
     SLK_RELS(AMOD) | SLK_RELS(COMPOUND) | SLK_RELS(FLAT) | SLK_RELS(NUMMOD) | SLK_RELS(CASE))

/* The verb takes the place of the noun, which becomes its object. */
static void put_verb_above(slk_tree *t, uint32_t verb, uint32_t noun) {
    slk_token *all = t->r->tokens.at;
    for (uint32_t c = t->child[noun]; c != SLK_NONE; c = t->next[c])
        if (c != verb && (c < verb || !slk_tree_is(t, c, GOES_WITH_NOUN))) all[c].head = verb;
    all[verb].head = all[noun].head == noun ? verb : all[noun].head;
    rename_to(t, verb, (slk_rel)t->rel[noun], all[noun].deprel);
    all[noun].head = verb;
    rename_to(t, noun, SLK_REL_OBJ, "obj");
}

/* "If Tehran [fires] again", read as a clause of fires that belong to Tehran: a plural in a clause with a conjunction. */
static bool plural_for_verb(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    char base[SLK_WORD_MOST];
    bool known = false, mark = false, subject = false;
    slk_text x = slk_token_text(r, k);
    if (slk_upos_at(r, k) != SLK_UPOS_NOUN || !slk_tree_is(t, k, SLK_RELS(ADVCL) | SLK_RELS(CCOMP)) || x.n < 4 ||
        x.n > SLK_WORD_MOST || x.at[x.n - 1] != 's' || !slk_is_lower(x.at[0]))
        return false;
    for (uint32_t c = t->child[k]; c != SLK_NONE; c = t->next[c]) {
        if (slk_tree_is(t, c, SLK_RELS(COP) | SLK_RELS(CASE) | SLK_RELS(DET) | SLK_RELS(NMOD_POSS))) return false;
        if (slk_tree_is(t, c, SLK_RELS(MARK))) mark = true;
        if (slk_tree_is(t, c, SLK_RELS(COMPOUND) | SLK_RELS(NSUBJ)) && c + 1 == k) subject = true;
    }
    uint32_t first = t->child[k] < k ? t->child[k] : k;
    mark = mark || (first > 0 && slk_upos_at(r, first - 1) == SLK_UPOS_SCONJ);
    if (!mark || !subject) return false;
    (void)slk_verb_base(t->pack, x, base, &known);
    return known;
}

static bool make_finite(slk_tree *t, uint32_t k) {
    char base[SLK_WORD_MOST];
    bool known;
    slk_token *x = &t->r->tokens.at[k];
    slk_text lemma = slk_verb_base(t->pack, slk_token_text(t->r, k), base, &known);
    const char *kept = slk_arena_copy(&t->r->arena, lemma.at, lemma.n);
    if (!kept) return false;
    x->upos = SLK_UPOS_VERB, x->xpos = "VBZ", x->feats = NULL, x->lemma = kept;
    for (uint32_t c = t->child[k]; c != SLK_NONE && c < k; c = t->next[c])
        if (slk_tree_is(t, c, SLK_RELS(COMPOUND))) rename_to(t, c, SLK_REL_NSUBJ, "nsubj");
    return true;
}

/* "at least three rockets", "around 180 missiles": no preposition governs the noun. */
static void free_degree(slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    uint32_t noun = r->tokens.at[k].head, up;
    if (noun <= k || !slk_tree_is(t, k, SLK_RELS(CASE))) return;
    bool at = slk_word_is(r, k, "at") && (slk_word_is(r, k + 1, "least") || slk_word_is(r, k + 1, "most"));
    bool around = (slk_word_is(r, k, "around") || slk_word_is(r, k, "about")) && slk_upos_at(r, k + 1) == SLK_UPOS_NUM;
    if ((!at && !around) || (k > 0 && slk_upos_at(r, k - 1) == SLK_UPOS_ADP)) return;
    while ((up = slk_tree_up(t, noun)) != SLK_NONE && up > k &&
           slk_tree_is(t, noun, SLK_RELS(NMOD) | SLK_RELS(NUMMOD) | SLK_RELS(OBL)))
        noun = up; /* "at" may hang on "least" or on the number */
    if (up == SLK_NONE || up > k || slk_upos_at(r, up) != SLK_UPOS_VERB || !slk_tree_is(t, noun, SLK_RELS(OBL))) return;
    bool thing = slk_upos_at(r, noun) == SLK_UPOS_NOUN && (at || noun > k + 1);
    if (thing && slk_tree_child(t, up, SLK_RELS(OBJ)) == SLK_NONE) rename_to(t, noun, SLK_REL_OBJ, "obj");
}

/* A clause that describes stands behind its noun; with a subject of its own before it, it is what somebody says of it: "[The jet crashed],
 * the air force said". */
static bool free_clause(slk_tree *t, uint32_t k) {
    slk_token *all = t->r->tokens.at;
    uint32_t noun = all[k].head, up = noun > k ? slk_tree_up(t, noun) : SLK_NONE;
    if (up == SLK_NONE || !slk_tree_is(t, k, SLK_RELS(ACL) | SLK_RELS(RELCL)) ||
        slk_upos_at(t->r, k) != SLK_UPOS_VERB || slk_upos_at(t->r, up) != SLK_UPOS_VERB ||
        slk_tree_child(t, k, SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS)) == SLK_NONE)
        return false;
    all[k].head = up;
    rename_to(t, k, SLK_REL_CCOMP, "ccomp");
    return true;
}

/* "The rocket used to launch it [has failed]": a finite clause without a subject or conjunction is no content of a verb; the verb above
 * describes what both are about. */
static bool swap_garden_path(slk_tree *t, uint32_t k) {
    slk_token *all = t->r->tokens.at;
    uint32_t up = slk_tree_up(t, k);
    if (up == SLK_NONE || up > k || !slk_tree_is(t, k, SLK_RELS(CCOMP) | SLK_RELS(ADVCL)) ||
        slk_upos_at(t->r, k) != SLK_UPOS_VERB)
        return false;
    bool finite = slk_xpos_is(t->r, k, "VBD") || slk_tree_child(t, k, SLK_RELS(AUX) | SLK_RELS(AUX_PASS)) != SLK_NONE;
    uint32_t subject = slk_tree_child(t, up, SLK_RELS(NSUBJ));
    if (!finite || slk_tree_child(t, k, OPENED) != SLK_NONE || subject == SLK_NONE || subject > up) return false;
    bool inserted = up > 0 && slk_word_is(t->r, up - 1, ",") && slk_tree_is(t, k, SLK_RELS(ADVCL));
    if (slk_verb_form_at(t->r, up) != SLK_FORM_PAST || (slk_reports(t->pack, t->r, up) && !inserted) ||
        slk_tree_child(t, up, SLK_RELS(AUX) | SLK_RELS(AUX_PASS) | SLK_RELS(OBJ)) != SLK_NONE)
        return false;
    all[k].head = all[up].head == up ? k : all[up].head;
    rename_to(t, k, (slk_rel)t->rel[up], all[up].deprel);
    all[subject].head = k;
    all[up].head = subject;
    rename_to(t, up, SLK_REL_ACL, "acl");
    return true;
}

/* "an M51 submarine-[launched] missile": what stands behind a hyphen before a noun tells of nothing; its noun goes with the verb before. */
static bool free_participle(slk_tree *t, uint32_t k, uint32_t first, uint32_t last) {
    slk_token *all = t->r->tokens.at;
    if (k < first + 2 || slk_upos_at(t->r, k) != SLK_UPOS_VERB || !slk_word_is(t->r, k - 1, "-") ||
        all[k - 1].span.start != all[k - 2].span.end || all[k].span.start != all[k - 1].span.end ||
        slk_verb_prefix(t->r, k - 2, last))
        return false;
    uint32_t noun = SLK_NONE, verb = k - 2;
    for (uint32_t c = t->child[k]; c != SLK_NONE && noun == SLK_NONE; c = t->next[c])
        if (c > k && slk_tree_is(t, c, SLK_RELS(OBJ))) noun = c;
    while (verb > first && slk_upos_at(t->r, verb) != SLK_UPOS_VERB) verb--;
    if (noun == SLK_NONE || slk_upos_at(t->r, verb) != SLK_UPOS_VERB ||
        slk_tree_child(t, verb, SLK_RELS(OBJ)) != SLK_NONE)
        return false;
    bool under = false;
    for (unsigned hop = 0, up = verb; all[up].head != up; up = all[up].head) {
        if (hop++ > HOPS) return false;
        under = under || all[up].head == k;
        if (!under && all[up].head == k - 2) return false; /* no rings */
    }
    if (under) { /* the verb before stands in the place that belongs to it */
        for (uint32_t c = t->child[k]; c != SLK_NONE; c = t->next[c]) all[c].head = verb;
        all[verb].head = all[k].head == k ? verb : all[k].head;
        rename_to(t, verb, (slk_rel)t->rel[k], all[k].deprel);
    }
    all[noun].head = verb;
    rename_to(t, noun, SLK_REL_OBJ, "obj");
    all[k].head = noun;
    rename_to(t, k, SLK_REL_AMOD, "amod");
    all[k - 2].head = k;
    rename_to(t, k - 2, SLK_REL_COMPOUND, "compound");
    return true;
}

/* "The jet [crashed]," said the colonel: a verb has one subject. Of two on both sides of it the first one is that of what describes it. */
static bool free_first_subject(slk_tree *t, uint32_t k) {
    slk_token *all = t->r->tokens.at;
    uint32_t before = SLK_NONE, behind = SLK_NONE;
    if (slk_upos_at(t->r, k) != SLK_UPOS_VERB || !slk_reports(t->pack, t->r, k)) return false;
    for (uint32_t c = t->child[k]; c != SLK_NONE; c = t->next[c]) {
        if (!slk_tree_is(t, c, SLK_RELS(NSUBJ))) continue;
        if (c < k) before = c;
        if (c > k && behind == SLK_NONE) behind = c;
    }
    if (before == SLK_NONE || behind == SLK_NONE) return false;
    uint32_t verb = slk_tree_child(t, before, SLK_RELS(ACL) | SLK_RELS(RELCL));
    if (verb == SLK_NONE || verb > k || slk_verb_form_at(t->r, verb) != SLK_FORM_PAST) return false;
    all[verb].head = k;
    rename_to(t, verb, SLK_REL_CCOMP, "ccomp");
    all[before].head = verb;
    return true;
}

/* "a rocket carrying [two crew] failed": of two subjects before a verb the second one is the object of what describes the first. */
static bool free_second_subject(slk_tree *t, uint32_t k) {
    uint32_t one = SLK_NONE, two = SLK_NONE;
    for (uint32_t c = t->child[k]; c != SLK_NONE && c < k; c = t->next[c]) {
        if (!slk_tree_is(t, c, SLK_RELS(NSUBJ))) continue;
        if (one == SLK_NONE)
            one = c;
        else
            two = c;
    }
    uint32_t verb = two == SLK_NONE ? SLK_NONE : slk_tree_child(t, one, SLK_RELS(ACL));
    if (verb == SLK_NONE || verb > two || slk_verb_form_at(t->r, verb) != SLK_FORM_ING ||
        slk_tree_child(t, verb, SLK_RELS(OBJ)) != SLK_NONE)
        return false;
    t->r->tokens.at[two].head = verb;
    rename_to(t, two, SLK_REL_OBJ, "obj");
    return true;
}

/* "those [fighting] the fire": no noun in the singular follows "those". */
static void free_ing(const slk_tree *t, uint32_t k) {
    slk_token *x = &t->r->tokens.at[k];
    if (k == 0 || x->upos != SLK_UPOS_NOUN || !slk_xpos_is(t->r, k, "NN")) return;
    if (!slk_word_is(t->r, k - 1, "those") && !slk_word_is(t->r, k - 1, "these")) return;
    if (slk_has_suffix(slk_token_text(t->r, k), "ing")) x->upos = SLK_UPOS_VERB, x->xpos = "VBG", x->feats = NULL;
}

/* The root of a sentence, where it is a noun without a verb. */
static uint32_t bare_root(const slk_tree *t, uint32_t first, uint32_t last) {
    const slk_reading *r = t->r;
    if (!slk_word_is(r, last - 1, ".") && !slk_word_is(r, last - 1, "\"")) return SLK_NONE;
    for (uint32_t k = first; k < last; k++) {
        if (r->tokens.at[k].head != k) continue;
        if (!nominal(slk_upos_at(r, k))) return SLK_NONE;
        uint64_t telling = SLK_RELS(COP) | SLK_RELS(NSUBJ) | SLK_RELS(PARATAXIS) | SLK_RELS(CCOMP);
        return slk_tree_child(t, k, telling) == SLK_NONE ? k : SLK_NONE;
    }
    return SLK_NONE;
}

/* Whether a past form can be the verb that a sentence with a bare noun for its root lacks: one that describes the root, one in a relative
 * clause with nothing relative in it, one in a clause without a conjunction under such a verb, one on a word that no verb describes. */
static bool may_be_main(const slk_tree *t, uint32_t k, uint32_t root) {
    const slk_reading *r = t->r;
    if (slk_upos_at(r, k) != SLK_UPOS_VERB || slk_verb_form_at(r, k) != SLK_FORM_PAST) return false;
    uint32_t up = r->tokens.at[k].head;
    bool finite = slk_xpos_is(r, k, "VBD") && slk_tree_child(t, k, OPENED) == SLK_NONE;
    if (up == root) return slk_tree_is(t, k, SLK_RELS(ACL)) || (slk_tree_is(t, k, SLK_RELS(RELCL)) && finite);
    if (slk_tree_is(t, k, SLK_RELS(ADVCL) | SLK_RELS(XCOMP)))
        return finite && slk_tree_is(t, up, SLK_RELS(ACL) | SLK_RELS(RELCL)) && r->tokens.at[up].head == root;
    return slk_tree_is(t, k, SLK_RELS(AMOD)) && !nominal(slk_upos_at(r, up));
}

/* Finite forms before participles, what stands in the open before what a comma opens. */
static bool rather(const slk_tree *t, uint32_t k, uint32_t than) {
    bool inserted = than > 0 && slk_word_is(t->r, than - 1, ",") && slk_word_is(t->r, k - 1, ",");
    return slk_xpos_is(t->r, k, "VBD") && (inserted || !slk_xpos_is(t->r, than, "VBD"));
}

/* "The ministry [detected] two missiles.", read as a ministry that is detected: the verb that a whole sentence must have. */
static bool raise_verb(slk_tree *t, uint32_t first, uint32_t last) {
    const slk_reading *r = t->r;
    slk_token *all = r->tokens.at;
    uint32_t root = bare_root(t, first, last), verb = SLK_NONE;
    if (root == SLK_NONE) return false;
    for (uint32_t k = root + 1; k < last; k++)
        if (may_be_main(t, k, root) && (verb == SLK_NONE || rather(t, k, verb))) verb = k;
    if (verb == SLK_NONE) return false;
    for (uint32_t c = t->child[root]; c != SLK_NONE; c = t->next[c])
        if (c > verb && !slk_tree_is(t, c, SLK_RELS(FLAT) | SLK_RELS(COMPOUND))) all[c].head = verb;
    all[verb].head = verb;
    all[verb].xpos = "VBD";
    rename_to(t, verb, SLK_REL_ROOT, "root");
    all[root].head = verb;
    rename_to(t, root, SLK_REL_NSUBJ, "nsubj");
    return true;
}

/* One repair that moves words, at or behind token k; false where none is left to do. */
static bool repair_at(slk_tree *t, uint32_t k, uint32_t first, uint32_t last) {
    if (free_participle(t, k, first, last) || free_clause(t, k) || swap_garden_path(t, k) || free_first_subject(t, k) ||
        free_second_subject(t, k))
        return true;
    uint8_t upos = slk_upos_at(t->r, k);
    uint32_t verb = upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN ? verb_inside(t, k) : SLK_NONE;
    if (verb != SLK_NONE) put_verb_above(t, verb, k);
    return verb != SLK_NONE;
}

void slk_tree_repair(slk_tree *t, uint32_t first, uint32_t last) {
    unsigned left = REPAIRS;
    for (uint32_t k = first; k < last; k++) {
        if (only_verb(t, k)) make_verb(t, k);
        if (owned(t, k)) make_noun(t, k);
        if (plural_for_verb(t, k)) (void)make_finite(t, k);
        free_degree(t, k);
        free_ing(t, k);
    }
    for (uint32_t k = first; k < last && left > 0; k++)
        if (repair_at(t, k, first, last)) slk_tree_hang(t, first, last), left--;
    if (raise_verb(t, first, last)) slk_tree_hang(t, first, last);
}
