/* cache.c - answers by question: a hash table of chains, and one list from the last used to the longest unused. See cache.h. */
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 4096u
#define OVERHEAD_B 256u

typedef struct entry {
    struct entry *chained, *newer, *older;
    uint64_t hash, generation;
    slk_answer *answer;
    size_t size_b;
    char question[];
} entry;

struct slk_cache {
    pthread_mutex_t lock;
    size_t most_b, used_b;
    entry *newest, *oldest;
    slk_cache_sums sums;
    entry *buckets[BUCKETS];
};

static uint64_t hash_of(const char *z) { /* FNV-1a */
    uint64_t h = 14695981039346656037u;
    for (; *z; z++) h = (h ^ (unsigned char)*z) * 1099511628211u;
    return h ^ (h >> 32);
}

slk_cache *slk_cache_new(size_t most_b) {
    slk_cache *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->most_b = most_b;
    if (pthread_mutex_init(&c->lock, NULL) == 0) return c;
    free(c);
    return NULL;
}

static void unlist(slk_cache *c, entry *e) {
    if (e->newer)
        e->newer->older = e->older;
    else
        c->newest = e->older;
    if (e->older)
        e->older->newer = e->newer;
    else
        c->oldest = e->newer;
}

static void list_first(slk_cache *c, entry *e) {
    e->newer = NULL;
    e->older = c->newest;
    if (c->newest)
        c->newest->newer = e;
    else
        c->oldest = e;
    c->newest = e;
}

static void drop(slk_cache *c, entry *e) {
    entry **at = &c->buckets[e->hash % BUCKETS];
    while (*at != e) at = &(*at)->chained;
    *at = e->chained;
    unlist(c, e);
    c->used_b -= e->size_b;
    slk_answer_drop(e->answer);
    free(e);
    atomic_fetch_sub(&c->sums.entries, 1);
}

static entry *find(slk_cache *c, const char *question, uint64_t hash) {
    for (entry *e = c->buckets[hash % BUCKETS]; e; e = e->chained)
        if (e->hash == hash && strcmp(e->question, question) == 0) return e;
    return NULL;
}

slk_answer *slk_cache_get(slk_cache *c, const char *question, uint64_t generation) {
    uint64_t hash = hash_of(question);
    slk_answer *a = NULL;
    (void)pthread_mutex_lock(&c->lock);
    entry *e = find(c, question, hash);
    if (e && e->generation == generation) {
        a = e->answer;
        slk_answer_hold(a);
        unlist(c, e);
        list_first(c, e);
    } else if (e && e->generation < generation) {
        drop(c, e);
    }
    (void)pthread_mutex_unlock(&c->lock);
    atomic_fetch_add(a ? &c->sums.hits : &c->sums.misses, 1);
    return a;
}

void slk_cache_put(slk_cache *c, const char *question, uint64_t generation, slk_answer *a) {
    size_t n = strlen(question), size_b = n + OVERHEAD_B + sizeof *a + a->body.n + a->packed.n;
    entry *e = size_b <= c->most_b / 8 ? calloc(1, sizeof *e + n + 1) : NULL;
    if (!e) return;
    *e = (entry){.hash = hash_of(question), .generation = generation, .answer = a, .size_b = size_b};
    memcpy(e->question, question, n + 1);
    slk_answer_hold(a);
    (void)pthread_mutex_lock(&c->lock);
    entry *old = find(c, question, e->hash);
    if (old) drop(c, old);
    while (c->oldest && c->used_b + size_b > c->most_b) drop(c, c->oldest);
    e->chained = c->buckets[e->hash % BUCKETS];
    c->buckets[e->hash % BUCKETS] = e;
    list_first(c, e);
    c->used_b += size_b;
    atomic_fetch_add(&c->sums.entries, 1);
    atomic_store(&c->sums.bytes, c->used_b);
    (void)pthread_mutex_unlock(&c->lock);
}

slk_cache_sums *slk_cache_counts(slk_cache *c) { return &c->sums; }

void slk_cache_free(slk_cache *c) {
    if (!c) return;
    while (c->oldest) drop(c, c->oldest);
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
}
