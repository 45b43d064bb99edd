/* sense.c - which of its senses a word has: "suspended aid" ends help, "suspended the talks" breaks them off, "called the envoy" is a call,
 * "called for calm" an appeal. The table of senses says for a word beside which others it means what; the table of classes says
 * which nouns are of a kind. See telling.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

/* ---------------------------------------------------------------- classes of nouns */

static bool listed(slk_text list, slk_text name) {
    slk_text piece;
    while (slk_text_split(&list, '|', &piece))
        if (slk_text_eq(piece, name)) return true;
    return false;
}

/* Whether a lemma is of a class, or is the word asked for itself. */
static bool lemma_is(const slk_tellings *t, slk_text lemma, slk_text name) {
    if (slk_text_eq_fold(lemma, name)) return true;
    uint32_t row = slk_pack_find(t->pack, SLK_T_EVENT_CLASSES, lemma);
    return row != SLK_NONE && listed(slk_pack_cell(t->pack, SLK_T_EVENT_CLASSES, row, SLK_EVENT_CLASSES_CLASSES), name);
}

/* The words that end in a token or begin with it: "travel ban", "ban", "state of emergency". */
static bool words_are(const slk_tellings *t, uint32_t token, slk_text name) {
    char z[96];
    for (unsigned n = 3; n > 1; n--) {
        slk_text lemma = slk_tell_lemmas(t->r, token, n, z);
        if (lemma.n && lemma_is(t, lemma, name)) return true;
    }
    for (unsigned n = 4; n > 0; n--) {
        slk_text lemma = token + 1 >= n ? slk_tell_lemmas(t->r, token + 1 - n, n, z) : (slk_text){NULL, 0};
        if (lemma.n && lemma_is(t, lemma, name)) return true;
    }
    return false;
}

static bool is_person(const slk_reading *r, slk_span s) {
    for (uint32_t i = SLK_FIRST_NEAR(r->names, s.start); i < r->names.n && r->names.at[i].span.start < s.end; i++)
        if (r->names.at[i].type == SLK_NAME_PER && slk_span_overlaps(r->names.at[i].span, s)) return true;
    return false;
}

/* Whether a noun phrase is of a class: by its head, by what a word like "package", "series" holds, or by whom it names. */
bool slk_noun_is(const slk_tellings *t, uint32_t noun, slk_text name) {
    const slk_reading *r = t->r;
    for (unsigned hop = 0; noun < r->nouns.n && hop < 3; hop++, noun = r->nouns.at[noun].of) {
        uint32_t head = r->nouns.at[noun].t.head;
        slk_span s = slk_noun_span(r, noun);
        if (words_are(t, head, name)) return true;
        if (slk_text_is(name, "actor") && slk_actor_of(r, s) != SLK_NONE) return true;
        if (slk_text_is(name, "state") && slk_state_of(r, slk_actor_of(r, s))) return true;
        if (slk_text_is(name, "person") && is_person(r, s)) return true;
        if (slk_text_is(name, "armament") && slk_weapon_in(t, s) != SLK_NONE) return true;
        if (slk_text_is(name, "pronoun") && r->tokens.at[head].upos == SLK_UPOS_PRON) return true;
        if (!words_are(t, head, slk_text_of("container"))) return false;
    }
    return false;
}

/* ---------------------------------------------------------------- conditions */

#define CLAUSES 16u /* clauses behind one in which those that hang on it are looked for */

/* A clause that hangs on the verb: an infinitive, or one that is said. */
static bool has_clause(const slk_tellings *t, uint32_t pred, slk_link link) {
    const slk_reading *r = t->r;
    uint32_t end = pred + CLAUSES < r->preds.n ? pred + CLAUSES : r->preds.n;
    for (uint32_t i = pred + 1; i < end && r->preds.at[i].sentence == r->preds.at[pred].sentence; i++)
        if (r->preds.at[i].parent == pred && r->preds.at[i].link == link) return true;
    return false;
}

/* A word of the class among the ten behind the trigger: "found the bank guilty", "put the army on alert". */
static bool has_word(const slk_tellings *t, uint32_t token, slk_text name) {
    const slk_sentence *s = &t->r->sentences.at[t->r->tokens.at[token].sentence];
    uint32_t end = s->first_token + s->n_tokens;
    for (uint32_t k = token + 1; k < end && k <= token + 10; k++)
        if (words_are(t, k, name)) return true;
    return false;
}

/* A word of the class before the head of a noun phrase: "legal", "joint". */
static bool has_modifier(const slk_tellings *t, uint32_t noun, slk_text name) {
    if (noun >= t->r->nouns.n) return false;
    for (uint32_t k = t->r->nouns.at[noun].t.first; k < t->r->nouns.at[noun].t.head; k++)
        if (words_are(t, k, name)) return true;
    return false;
}

static bool object_has_modifier(const slk_tellings *t, const slk_place_of *w, slk_text name) {
    uint32_t nouns[SLK_ROLE_MOST];
    unsigned n = slk_role_fill(t, w, slk_text_of("obj"), nouns);
    for (unsigned i = 0; i < n; i++)
        if (has_modifier(t, nouns[i], name)) return true;
    return false;
}

typedef struct condition { /* one test of a row: role, wanted class or "", whether it must not hold */
    slk_text role, name;
    bool not ;
} condition;

static condition condition_of(slk_text part) {
    condition c = {part, {"", 0}, part.n > 0 && part.at[0] == '!'};
    if (c.not ) c.role = slk_text_part(part, 1, (uint32_t)part.n);
    for (uint32_t k = 0; k < c.role.n; k++)
        if (c.role.at[k] == '=') {
            c.name = slk_text_part(c.role, k + 1, (uint32_t)c.role.n);
            c.role = slk_text_part(c.role, 0, k);
            break;
        }
    return c;
}

static bool holds(const slk_tellings *t, const slk_place_of *w, const condition *c, uint32_t *taken) {
    bool verb = w->noun == SLK_NONE && w->pred < t->r->preds.n;
    if (slk_text_is(c->role, "inf")) return verb && has_clause(t, w->pred, SLK_LINK_INFINITIVE);
    if (slk_text_is(c->role, "that")) return verb && has_clause(t, w->pred, SLK_LINK_COMPLEMENT);
    if (slk_text_is(c->role, "word")) return has_word(t, w->token, c->name);
    if (slk_text_is(c->role, "mod")) return has_modifier(t, w->noun, c->name);
    if (slk_text_is(c->role, "objmod")) return object_has_modifier(t, w, c->name);
    if (slk_text_is(c->role, "verb"))
        return !verb && w->pred < t->r->preds.n && words_are(t, t->r->preds.at[w->pred].verb.head, c->name);
    if (slk_text_is(c->role, "turn")) return verb && slk_turn_is(slk_tell_turn(t, w->pred), c->name);
    uint32_t nouns[SLK_ROLE_MOST];
    unsigned n = slk_role_fill(t, w, c->role, nouns);
    for (unsigned i = 0; i < n; i++) {
        if (c->name.n && !slk_noun_is(t, nouns[i], c->name)) continue;
        if (c->name.n && slk_text_is(c->role, "obj")) *taken = nouns[i];
        return true;
    }
    return false;
}

static bool all_hold(const slk_tellings *t, const slk_place_of *w, slk_text when, uint32_t *taken) {
    slk_text part;
    while (slk_text_split(&when, ' ', &part)) {
        condition c = condition_of(part);
        if (part.n && holds(t, w, &c, taken) == c.not ) return false;
    }
    return true;
}

uint32_t slk_sense_of(const slk_tellings *t, const slk_place_of *w, slk_text lemma, char pos, uint32_t *taken) {
    uint32_t rows = slk_pack_rows(t->pack, SLK_T_EVENT_SENSES), row = slk_pack_find(t->pack, SLK_T_EVENT_SENSES, lemma);
    for (; row != SLK_NONE && row < rows; row++) {
        uint32_t noun = SLK_NONE;
        if (!slk_text_eq(slk_pack_cell(t->pack, SLK_T_EVENT_SENSES, row, SLK_EVENT_SENSES_LEMMA), lemma)) break;
        slk_text p = slk_pack_cell(t->pack, SLK_T_EVENT_SENSES, row, SLK_EVENT_SENSES_POS);
        if (!p.n || p.at[0] != pos) continue;
        if (!all_hold(t, w, slk_pack_cell(t->pack, SLK_T_EVENT_SENSES, row, SLK_EVENT_SENSES_WHEN), &noun)) continue;
        *taken = noun;
        return slk_pack_rows(t->pack, SLK_T_EVENTS) + row;
    }
    return SLK_NONE;
}
