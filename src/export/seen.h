/* seen.h - a set of 16-byte keys: what a document has said already. 16 bytes a key, at most half full. */
#ifndef SLK_EXPORT_SEEN_H
#define SLK_EXPORT_SEEN_H

#include "sillok.h"

typedef struct slk_key { /* the first half of a SHA-256, or a UUID */
    uint64_t high, low;
} slk_key;

typedef struct slk_seen {
    slk_allocator mem;
    slk_key *at; /* open addressing; {0, 0} is free */
    size_t n, cap;
} slk_seen;

void slk_seen_start(slk_seen *s, const slk_allocator *mem);
void slk_seen_free(slk_seen *s);
/* Enters a key. *fresh: it was not there. O(1) amortised; SLK_ENOMEM. */
SLK_MUST slk_err slk_seen_enter(slk_seen *s, slk_key key, bool *fresh);
/* The key of a text: half of its SHA-256, never {0, 0}. */
slk_key slk_key_of(slk_text t);

#endif
