/* tries.c - builds the double-array trie of all phrases (Aoe 1989). Keys are sorted, so that the children of a node are
 * runs of keys; nodes are placed breadth first, each at the first base where all its children find room. */
#include <stdlib.h>

#include "packer.h"

static void put_utf8(char **to, uint32_t cp) {
    char *p = *to;
    if (cp < 0x80) {
        *p++ = (char)cp;
    } else if (cp < 0x800) {
        *p++ = (char)(0xC0 | cp >> 6);
        *p++ = (char)(0x80 | (cp & 0x3F));
    } else {
        if (cp >= 0x10000) *p++ = (char)(0xF0 | cp >> 18);
        *p++ = (char)((cp < 0x10000 ? 0xE0 : 0x80) | (cp >> 12 & (cp < 0x10000 ? 0x0F : 0x3F)));
        *p++ = (char)(0x80 | (cp >> 6 & 0x3F));
        *p++ = (char)(0x80 | (cp & 0x3F));
    }
    *to = p;
}

static bool has_capital(slk_text t) {
    for (const char *p = t.at, *end = p + t.n; p < end;) {
        uint32_t cp, n = slk_utf8_next(p, end, &cp);
        if (slk_cp_is_upper(cp)) return true;
        p += n;
    }
    return false;
}

bool key_add(packer_keys *keys, slk_text phrase, slk_pack_hit hit) {
    const char *p = phrase.at, *end = p + phrase.n;
    char *fold = malloc(4 * phrase.n + 1), *to = fold;
    if (!fold) stop("out of memory");
    for (uint32_t cp; (cp = slk_phrase_next(&p, end)) != 0;)
        if (cp != ' ' || (to > fold && p < end)) put_utf8(&to, cp);
    *to = '\0';
    if (p < end || to == fold) {
        free(fold);
        return false;
    }
    if (keys->n == keys->cap) {
        size_t cap = keys->cap ? 2 * keys->cap : 4096;
        packer_key *more = realloc(keys->at, cap * sizeof *more);
        if (!more) stop("out of memory");
        keys->at = more;
        keys->cap = cap;
    }
    if (has_capital(phrase)) hit.flags |= SLK_HIT_CAPITALS;
    keys->at[keys->n++] = (packer_key){fold, hit};
    return true;
}

void keys_free(packer_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) free(keys->at[i].fold);
    free(keys->at);
    *keys = (packer_keys){0};
}

static int by_fold(const void *a, const void *b) {
    const packer_key *x = a, *y = b;
    int c = strcmp(x->fold, y->fold);
    if (c) return c;
    if (x->hit.table != y->hit.table) return x->hit.table < y->hit.table ? -1 : 1;
    if (x->hit.row != y->hit.row) return x->hit.row < y->hit.row ? -1 : 1;
    if (x->hit.column != y->hit.column) return x->hit.column < y->hit.column ? -1 : 1;
    return (x->hit.phrase_at > y->hit.phrase_at) - (x->hit.phrase_at < y->hit.phrase_at);
}

/* A node to be placed: the keys that share its first `depth` bytes. */
typedef struct node {
    uint32_t unit, low, high, depth;
} node;

typedef struct builder {
    const packer_keys *keys;
    pile *units, *hits;
    node *stack; /* nodes to be placed */
    size_t n, cap;
    uint32_t free_from;
} builder;

static slk_pack_unit *unit_at(builder *b, uint32_t i) {
    while (b->units->n / sizeof(slk_pack_unit) <= i) {
        slk_pack_unit *u = pile_take(b->units, sizeof *u);
        u->check = UINT32_MAX;
    }
    return (slk_pack_unit *)(void *)b->units->at + i;
}

static void later(builder *b, node n) {
    if (b->n == b->cap) {
        size_t cap = b->cap ? 2 * b->cap : 4096;
        node *more = realloc(b->stack, cap * sizeof *more);
        if (!more) stop("out of memory");
        b->stack = more;
        b->cap = cap;
    }
    b->stack[b->n++] = n;
}

/* The hits of all equal keys from low on; returns where they begin. */
static uint32_t put_hits(builder *b, uint32_t low, uint32_t high) {
    uint32_t first = (uint32_t)(b->hits->n / sizeof(slk_pack_hit));
    for (uint32_t i = low; i < high; i++) {
        slk_pack_hit *h = pile_take(b->hits, sizeof *h);
        *h = b->keys->at[i].hit;
        if (i + 1 == high) h->flags |= SLK_HIT_LAST;
    }
    return first;
}

static uint32_t room_for(builder *b, const unsigned char *bytes, uint32_t n) {
    while (unit_at(b, b->free_from)->check != UINT32_MAX) b->free_from++;
    for (uint32_t base = b->free_from > bytes[0] ? b->free_from - bytes[0] : 1;; base++) {
        uint32_t i = 0;
        while (i < n && unit_at(b, base + bytes[i])->check == UINT32_MAX) i++;
        if (i == n) return base;
    }
}

static void place(builder *b, node at) {
    unsigned char bytes[256];
    uint32_t starts[257], n = 0;
    for (uint32_t i = at.low; i < at.high; i++) {
        unsigned char c = (unsigned char)b->keys->at[i].fold[at.depth];
        if (n == 0 || bytes[n - 1] != c) {
            bytes[n] = c;
            starts[n++] = i;
        }
    }
    starts[n] = at.high;
    uint32_t base = room_for(b, bytes, n);
    unit_at(b, at.unit)->base = base;
    for (uint32_t i = 0; i < n; i++) {
        slk_pack_unit *child = unit_at(b, base + bytes[i]);
        child->check = at.unit;
        if (bytes[i] == 0)
            child->base = put_hits(b, starts[i], starts[i + 1]);
        else
            later(b, (node){base + bytes[i], starts[i], starts[i + 1], at.depth + 1});
    }
}

void trie_build(packer_keys *keys, pile *units, pile *hits) {
    if (keys->n > 1) qsort(keys->at, keys->n, sizeof *keys->at, by_fold);
    builder b = {.keys = keys, .units = units, .hits = hits, .free_from = 1};
    unit_at(&b, 0)->check = 0; /* the root is its own parent, and nobody's child */
    if (keys->n) later(&b, (node){0, 0, (uint32_t)keys->n, 0});
    while (b.n) place(&b, b.stack[--b.n]); /* depth first: what is walked together lies together */
    free(b.stack);
}
