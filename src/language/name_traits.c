/* name_traits.c - what a token looks like to the model of names: hashes of its word, its look, what tables and the rest of the
 * report know of it and its neighbours. The trainer and the program see the same traits because both ask here. */
#include "language/name_words.h"
#include "language/words.h"

#define BIT(x) (1u << (x))

typedef struct traits {
    const slk_reading *r;
    const slk_name_word *words;
    uint32_t first, last; /* of the sentence */
    uint32_t *out, n;
} traits;

static inline uint32_t mix(uint32_t a, uint32_t b) {
    uint32_t h = (a ^ b * 0x9E3779B1u) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

/* One trait of a kind with two values. */
static inline void put(traits *x, uint32_t kind, uint32_t a, uint32_t b) {
    if (x->n < SLK_NAME_TRAITS_MOST) x->out[x->n++] = mix(mix(kind * 0x27D4EB2Fu + 1, a), b);
}

static const slk_name_word edge = {.hash = 7};

static const slk_name_word *word_at(const traits *x, uint32_t token) {
    return token >= x->first && token < x->last ? &x->words[token] : &edge;
}

/* Hash of the first (from < 0: last) few bytes of a token. */
static uint32_t part(slk_text t, int from) {
    uint32_t n = (uint32_t)(from < 0 ? -from : from), h = 2166136261u;
    if (t.n < n) n = (uint32_t)t.n;
    const char *p = from < 0 ? t.at + t.n - n : t.at;
    for (uint32_t i = 0; i < n; i++) h = (h ^ (unsigned char)slk_lower(p[i])) * 16777619u;
    return h;
}

void slk_name_form_ends(slk_text form, uint32_t parts[5]) {
    static const int from[5] = {-3, -4, -2, 3, 4};
    for (unsigned i = 0; i < 5; i++) parts[i] = part(form, from[i]);
}

static void put_word(traits *x, uint32_t t) {
    const uint32_t *parts = x->r->words.at[t]->name_parts;
    const slk_name_word *w = &x->words[t];
    put(x, 1, w->hash, 0);
    put(x, 1, w->hash, w->look);
    for (uint32_t i = 0; i < 5; i++) put(x, 2, parts[i], i);
}

static void put_bits(traits *x, uint32_t kind, uint32_t bits, uint32_t with) {
    for (; bits; bits &= bits - 1) put(x, kind, (uint32_t)__builtin_ctz(bits), with);
}

/* The kinds of phrase and list that tell most, for pairs. */
static uint32_t gist(const slk_name_word *w) {
    uint32_t k = w->known;
    if (k & BIT(SLK_KNOWN_TITLE)) return 1;
    if (k & BIT(SLK_KNOWN_END_ORG)) return 2;
    if (k & BIT(SLK_KNOWN_END_LOC)) return 3;
    if (k & BIT(SLK_KNOWN_END_FAC)) return 4;
    if (k & (BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_COUNTRY + SLK_KNOWN_INSIDE))) return 5;
    if (k & BIT(SLK_KNOWN_PEOPLE_OF)) return 6;
    if (k & (BIT(SLK_KNOWN_BODY) | BIT(SLK_KNOWN_BODY + SLK_KNOWN_INSIDE))) return 7;
    if (k & BIT(SLK_KNOWN_TIME)) return 8;
    if (k & BIT(SLK_KNOWN_CLOSED)) return 9;
    if (k & BIT(SLK_KNOWN_CITY)) return k & BIT(SLK_KNOWN_GIVEN) ? 10 : 11;
    if (k & BIT(SLK_KNOWN_GIVEN)) return k & BIT(SLK_KNOWN_FAMILY) ? 12 : 13;
    if (k & BIT(SLK_KNOWN_FAMILY)) return k & BIT(SLK_KNOWN_COMMON) ? 14 : 15;
    if (k & BIT(SLK_KNOWN_TOWN)) return 16;
    if (k & BIT(SLK_KNOWN_COMMON)) return 17;
    return k ? 18 : 0;
}

static void put_tables(traits *x, uint32_t t) {
    const slk_name_word *w = &x->words[t], *b = word_at(x, t - 1), *n = word_at(x, t + 1);
    put_bits(x, 10, w->known, 0);
    put_bits(x, 11, b->known, 0);
    put_bits(x, 12, n->known, 0);
    put_bits(x, 13, w->seen, 0);
    uint32_t own = gist(w), before = gist(b), next = gist(n);
    put(x, 14, own, before + 32 * (b->look & 7));
    put(x, 15, own, next + 32 * (n->look & 7));
    put(x, 16, own * 32 + before, next);
    put(x, 17, own, w->first);
    put(x, 18, own, w->look);
    put(x, 19, own, b->hash);
    put(x, 20, own, n->hash);
    put(x, 21, own, w->seen);
    if (w->gaz) {
        put(x, 22, w->gaz, w->look);
        put(x, 23, w->gaz, own);
        put(x, 24, w->gaz, x->r->tokens.at[t].upos);
    }
}

/* The run of capitalised words around: its length, the token's place in it, what its first and last words say. */
static void put_run(traits *x, uint32_t t) {
    const slk_name_word *w = &x->words[t];
    if (w->run == SLK_NONE) return;
    uint32_t end = t + w->ahead, n = end - w->run, at = t - w->run;
    uint32_t any = 0;
    for (uint32_t i = w->run; i < end && i < w->run + 10; i++) any |= x->words[i].known;
    const slk_name_word *head = &x->words[w->run], *tail = word_at(x, end - 1);
    const slk_name_word *b = word_at(x, w->run - 1), *a = word_at(x, end), *a2 = word_at(x, end + 1),
                        *b2 = word_at(x, w->run - 2);
    uint32_t place = (at > 3 ? 3 : at) * 8 + (w->ahead > 4 ? 4 : w->ahead);
    uint32_t ends = BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_END_LOC) | BIT(SLK_KNOWN_END_FAC) |
                    BIT(SLK_KNOWN_END_EVENT) | BIT(SLK_KNOWN_COMPANY) | BIT(SLK_KNOWN_TITLE);
    put(x, 30, n > 5 ? 5 : n, at > 3 ? 3 : at);
    put(x, 31, gist(head), gist(tail));
    put(x, 32, gist(head) * 32 + gist(tail), place);
    put(x, 33, tail->hash, 0);
    put(x, 34, head->hash, at == 0);
    put(x, 35, any & ends, 0);
    put(x, 36, any & ends, place);
    put(x, 37, a->hash, 0);
    put(x, 38, b->hash, 0);
    put(x, 39, b->hash, a->hash);
    put(x, 40, a->hash, a2->hash);
    put(x, 41, b2->hash, b->hash);
    put(x, 43, gist(b), n > 3 ? 3 : n);
    put(x, 44, gist(a), n > 3 ? 3 : n);
}

static void put_neighbours(traits *x, uint32_t t) {
    const slk_name_word *w = &x->words[t], *b = word_at(x, t - 1), *n = word_at(x, t + 1);
    const slk_name_word *b2 = word_at(x, t - 2), *n2 = word_at(x, t + 2);
    put(x, 50, b->hash, 0);
    put(x, 51, n->hash, 0);
    put(x, 52, b2->hash, 0);
    put(x, 53, n2->hash, 0);
    put(x, 54, b->hash, w->look);
    put(x, 55, n->hash, w->look);
    put(x, 56, w->look, w->first);
    put(x, 57, w->look, b->look);
    put(x, 58, w->look, n->look);
    put(x, 59, w->look * 64u + b->look, n->look);
    put(x, 60, b2->hash, b->hash);
    put(x, 61, n->hash, n2->hash);
}

static uint32_t relation(const traits *x, uint32_t t) {
    const char *z = x->r->tokens.at[t].deprel;
    return z ? part(slk_text_of(z), 12) : 0;
}

/* What the tree says: the part of speech, and how the run hangs on the words outside it. */
static void put_tree(traits *x, uint32_t t) {
    const slk_token *at = x->r->tokens.at;
    const slk_name_word *w = &x->words[t];
    uint32_t first = w->run == SLK_NONE ? t : w->run, end = w->run == SLK_NONE ? t + 1 : t + w->ahead;
    uint32_t top = t, up = at[t].head;
    for (uint32_t n = 0; n < 8 && up >= first && up < end && up != top; n++) {
        top = up;
        up = at[top].head;
    }
    uint32_t above = up == top || up < x->first || up >= x->last ? edge.hash : x->words[up].hash;
    uint32_t own = relation(x, t), out = relation(x, top);
    put(x, 70, at[t].upos, w->look);
    put(x, 71, at[t].upos, t > x->first ? at[t - 1].upos : 30);
    put(x, 72, at[t].upos, t + 1 < x->last ? at[t + 1].upos : 30);
    put(x, 73, own, top == t);
    put(x, 74, own, at[t].upos);
    put(x, 75, out, gist(w));
    put(x, 76, out, above);
    put(x, 77, above, up > top);
    put(x, 78, out, up < x->last ? at[up].upos : 0);
}

uint32_t slk_name_trait_always(void) {
    uint32_t one;
    traits x = {.out = &one};
    put(&x, 0, 0, 0);
    return one;
}

uint32_t slk_name_traits(const slk_reading *r, const slk_name_word *words, uint32_t token, uint32_t *out,
                         uint32_t *n_own) {
    const slk_sentence *s = &r->sentences.at[r->tokens.at[token].sentence];
    traits x = {.r = r, .words = words, .first = s->first_token, .last = s->first_token + s->n_tokens, .out = out};
    put_word(&x, token);
    *n_own = x.n;
    put(&x, 0, 0, 0);
    put_tables(&x, token);
    put_run(&x, token);
    put_neighbours(&x, token);
    put_tree(&x, token);
    return x.n;
}
