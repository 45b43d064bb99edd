/* cache.h - answers that were given, by what was asked. An answer is good for one generation of the ledger; those of older ones, and
 * the longest unused when room is short, make way. Any thread. */
#ifndef SLK_SERVE_CACHE_H
#define SLK_SERVE_CACHE_H

#include "serve/answer.h"

typedef struct slk_cache slk_cache;

typedef struct slk_cache_sums {
    atomic_ullong hits, misses;
    atomic_size_t bytes;
    atomic_uint entries;
} slk_cache_sums;

slk_cache *slk_cache_new(size_t most_b); /* NULL when out of memory */
void slk_cache_free(slk_cache *c);
/* The answer to a question, held for the caller; NULL where there is none of this generation. */
slk_answer *slk_cache_get(slk_cache *c, const char *question, uint64_t generation);
/* Keeps an answer (holds it itself). One larger than an eighth of the room is not kept. */
void slk_cache_put(slk_cache *c, const char *question, uint64_t generation, slk_answer *a);
slk_cache_sums *slk_cache_counts(slk_cache *c);

#endif
