/* traits.c - what tells whether a predicate has happened: its form and auxiliaries, negation, the words that open its clause, what it hangs
 * on up to three steps (with the negation and modals there), its adverbs, and how its sentence ends. Each trait is a hashed key; see
 * factuality.h. Lists per token are filled in one walk, so all of it is linear. */
#include <string.h>

#include "base/text.h"
#include "meaning/factuality.h"

#define STEPS 3u   /* words above a predicate that are looked at */
#define ADVERBS 4u /* adverbs on it */

/* ---------------------------------------------------------------- hashes */

static uint32_t mix(uint32_t h, uint32_t x) { /* FNV-1a over four bytes */
    for (unsigned i = 0; i < 4; i++) h = (h ^ (x >> 8 * i & 255)) * 16777619u;
    return h;
}

static uint32_t hash_text(slk_text x) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < x.n; i++) h = (h ^ (uint8_t)slk_lower(x.at[i])) * 16777619u;
    return h ? h : 1;
}

static uint32_t hash_z(const char *z) { return z ? hash_text(slk_text_of(z)) : 0; }

static uint32_t word_at(const slk_traits *t, uint32_t token) { return hash_text(slk_token_text(t->r, token)); }

static uint32_t lemma_at(const slk_traits *t, uint32_t token) { return hash_z(t->r->tokens.at[token].lemma); }

/* ---------------------------------------------------------------- what hangs on each token */

static bool is_rel(const slk_token *k, const char *rel) { return k->deprel && strcmp(k->deprel, rel) == 0; }

static bool rel_starts(const slk_token *k, const char *rel) {
    return k->deprel && strncmp(k->deprel, rel, strlen(rel)) == 0;
}

static bool one_of(slk_text x, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (slk_text_is_fold(x, words[i])) return true;
    return false;
}

static bool says_no(slk_text x) {
    static const char *const words[] = {"not", "n't",     "n\xE2\x80\x99t", "nt",     "never",
                                        "no",  "nobody",  "nothing",        "none",   "neither",
                                        "nor", "without", "hardly",         "barely", "cannot"};
    return one_of(x, words, sizeof words / sizeof *words);
}

static uint8_t form_of(const slk_token *k) {
    const char *x = k->xpos;
    if (!x || x[0] != 'V' || x[1] != 'B') return (uint8_t)(64 + k->upos);
    return x[2] ? (uint8_t)x[2] : (uint8_t)'B';
}

/* Modals by lemma, those of the past by their form: "would", "could", "might", "should". */
static uint32_t modal_of(const slk_traits *t, uint32_t token) {
    static const char *const own[] = {"would", "could", "might", "should", "'d"};
    bool past = one_of(slk_token_text(t->r, token), own, sizeof own / sizeof *own);
    return past ? word_at(t, token) : lemma_at(t, token);
}

static void take_auxiliary(slk_traits *t, uint32_t token, slk_trait *up) {
    const slk_token *k = &t->r->tokens.at[token];
    if (k->xpos && strcmp(k->xpos, "MD") == 0) {
        up->modal = modal_of(t, token);
        return;
    }
    static const char *const lemmas[] = {"do", "have", "be"};
    for (unsigned i = 0; i < 3; i++)
        if (slk_lemma_is(t->r, token, lemmas[i])) up->aux |= (uint8_t)(1u << i);
}

static void take(slk_traits *t, uint32_t token) {
    const slk_token *k = &t->r->tokens.at[token];
    slk_text x = slk_token_text(t->r, token);
    t->at[token].form = form_of(k);
    if (k->head >= t->r->tokens.n || k->head == token) return;
    slk_trait *up = &t->at[k->head];
    bool no = says_no(x);
    if (is_rel(k, "det") && no) up->none = true;
    if (no && (rel_starts(k, "advmod") || is_rel(k, "det") || rel_starts(k, "aux") || rel_starts(k, "cc") ||
               is_rel(k, "mark")))
        up->negated = true;
    if (rel_starts(k, "aux")) take_auxiliary(t, token, up);
    if (is_rel(k, "mark") && slk_text_is_fold(x, "to")) up->to = true;
    if (is_rel(k, "mark") && !slk_text_is_fold(x, "to")) {
        static const char *const ifs[] = {"if", "unless", "whether", "lest"};
        up->mark = word_at(t, token);
        up->supposed = up->supposed || one_of(x, ifs, sizeof ifs / sizeof *ifs);
    }
    if (rel_starts(k, "nsubj")) up->subject = k->upos == SLK_UPOS_PRON ? word_at(t, token) : 2;
    if (rel_starts(k, "advmod")) {
        t->next[token] = t->child[k->head];
        t->child[k->head] = token;
    }
}

/* "Nobody came", "no missile was fired", "said nothing": the subject or object denies the verb. */
static void take_denied(slk_traits *t, uint32_t token) {
    const slk_token *k = &t->r->tokens.at[token];
    if (k->head >= t->r->tokens.n || k->head == token) return;
    bool argument = rel_starts(k, "nsubj") || is_rel(k, "obj");
    if (argument && (t->at[token].none || says_no(slk_token_text(t->r, token)))) t->at[k->head].negated = true;
}

static char end_of(const slk_reading *r, const slk_sentence *s) {
    for (uint32_t k = s->first_token + s->n_tokens; k-- > s->first_token;) {
        slk_text x = slk_token_text(r, k);
        if (x.n && (x.at[0] == '.' || x.at[0] == '?' || x.at[0] == '!')) return x.at[0];
        if (r->tokens.at[k].upos != SLK_UPOS_PUNCT) break;
    }
    return '-';
}

slk_err slk_traits_start(slk_traits *t, slk_reading *r) {
    size_t n = (size_t)r->tokens.n + 1;
    *t = (slk_traits){.r = r};
    t->at = slk_arena_take(&r->arena, n * sizeof *t->at);
    t->child = slk_arena_take(&r->arena, n * sizeof *t->child);
    t->next = slk_arena_take(&r->arena, n * sizeof *t->next);
    t->end = slk_arena_take(&r->arena, (size_t)r->sentences.n + 1);
    if (!t->at || !t->child || !t->next || !t->end) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->tokens.n; i++) t->child[i] = t->next[i] = SLK_NONE;
    for (uint32_t i = 0; i < r->tokens.n; i++) take(t, i);
    for (uint32_t i = 0; i < r->tokens.n; i++) take_denied(t, i);
    for (uint32_t i = 0; i < r->sentences.n; i++) t->end[i] = end_of(r, &r->sentences.at[i]);
    return SLK_OK;
}

/* ---------------------------------------------------------------- keys */

typedef struct keys {
    uint32_t *at, n;
} keys;

/* One trait: its number and up to four parts. */
static void put(keys *k, uint32_t trait, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    if (k->n == SLK_TRAITS_MOST) return;
    uint32_t h = mix(mix(mix(mix(mix(2166136261u, trait), a), b), c), d);
    k->at[k->n++] = h ? h : 1;
}

static uint32_t form_at(const slk_traits *t, uint32_t token) { return t->at[token].to ? 'T' : t->at[token].form; }

static void put_own(const slk_traits *t, uint32_t token, keys *k) {
    const slk_token *x = &t->r->tokens.at[token];
    const slk_trait *o = &t->at[token];
    uint32_t form = form_at(t, token), rel = hash_z(x->deprel), lemma = lemma_at(t, token);
    char end = t->end[x->sentence];
    put(k, 1, form, 0, 0, 0);
    put(k, 2, o->negated, 0, 0, 0);
    put(k, 3, o->modal, 0, 0, 0);
    put(k, 4, o->mark, 0, 0, 0);
    put(k, 5, rel, 0, 0, 0);
    put(k, 6, form, o->modal, o->aux, 0);
    put(k, 7, form, o->modal, o->aux, 1u + o->negated);
    put(k, 8, rel, form, 0, 0);
    put(k, 9, o->modal, o->negated, 0, 0);
    put(k, 10, lemma, 0, 0, 0);
    put(k, 11, lemma, o->negated, 0, 0);
    put(k, 12, o->subject, 0, 0, 0);
    put(k, 13, o->subject, form, 0, 0);
    put(k, 14, o->mark, form, 0, 0);
    put(k, 15, (uint32_t)end, 0, 0, 0);
    put(k, 16, (uint32_t)end, rel, 0, 0);
    if (!o->subject && !o->to && (form == 'B' || form == 'P')) put(k, 17, rel, 0, 0, 0); /* an order */
    uint32_t adverb = t->child[token];
    for (unsigned i = 0; i < ADVERBS && adverb != SLK_NONE; i++, adverb = t->next[adverb])
        put(k, 18, lemma_at(t, adverb), 0, 0, 0);
}

/* What the predicate hangs on: the word, and what is negated, possible or supposed there. */
static void put_above(const slk_traits *t, uint32_t token, keys *k) {
    const slk_token *all = t->r->tokens.at;
    uint32_t at = token, path = 0, own = form_at(t, token);
    for (uint32_t hop = 0; hop < STEPS; hop++) {
        uint32_t up = all[at].head;
        if (up >= t->r->tokens.n || up == at) return;
        const slk_trait *o = &t->at[up];
        uint32_t rel = hash_z(all[at].deprel), lemma = lemma_at(t, up);
        path = mix(path, rel);
        if (hop == 0) {
            put(k, 20, lemma, rel, 0, 0);
            put(k, 21, lemma, rel, 1u + o->negated, 0);
            put(k, 22, rel, own, form_at(t, up), 0);
            put(k, 23, rel, o->negated, 0, 0);
            put(k, 24, rel, o->modal, o->negated, 0);
            put(k, 25, rel, o->negated, 1u + t->at[token].negated, 0);
            put(k, 26, rel, o->mark, 0, 0);
            put(k, 27, lemma, own, 0, 0);
        } else {
            put(k, 30 + hop, lemma, path, 0, 0);
            put(k, 40 + hop, path, o->modal, o->negated, 0);
            put(k, 50 + hop, path, o->mark, 0, 0);
        }
        at = up;
    }
}

uint32_t slk_traits_keys(const slk_traits *t, uint32_t token, uint32_t at[SLK_TRAITS_MOST]) {
    keys k = {at, 0};
    put_own(t, token, &k);
    put_above(t, token, &k);
    return k.n;
}
