/* weights.h - the weights of a linear judge as they lie in a file of the pack: a hashed list of keys with integers, so that a sum is the
 * same on every machine. What the keys mean is the judge's own matter (language/ends.c, meaning/traits.c). */
#ifndef SLK_BASE_WEIGHTS_H
#define SLK_BASE_WEIGHTS_H

#include "base/text.h"

/* The file: this head, then `slots` (a power of two, at least one free) entries of key and weight by open addressing; key 0: free. */
#define SLK_WEIGHTS_MAGIC "SLKENDS\n"
#define SLK_WEIGHTS_VERSION 1u
typedef struct slk_weight {
    uint32_t key;
    int32_t weight;
} slk_weight;
typedef struct slk_weights_head {
    char magic[8];
    uint32_t version, slots;
    int32_t bias;
    uint32_t zero[3];
} slk_weights_head;

/* What is wrong with the bytes of such a file, in words; NULL when it can be used. O(slots). */
const char *slk_weights_fault(slk_text file);
/* The sum of the weights of keys, bias included; keys without a weight count nothing. file: one without fault. O(n). */
int64_t slk_weights_sum(slk_text file, const uint32_t *keys, uint32_t n);

#endif
