/* weights.c - see weights.h. */
#include "base/weights.h"

#include <string.h>

const char *slk_weights_fault(slk_text file) {
    const slk_weights_head *h = (const void *)file.at;
    if (file.n < sizeof *h || memcmp(h->magic, SLK_WEIGHTS_MAGIC, sizeof h->magic) != 0) return "no weights of a judge";
    if (h->version != SLK_WEIGHTS_VERSION) return "the weights of a judge are of another version";
    if (h->slots == 0 || (h->slots & (h->slots - 1)) || file.n != sizeof *h + (uint64_t)h->slots * sizeof(slk_weight))
        return "the weights of a judge are cut";
    const slk_weight *w = (const void *)(h + 1);
    for (uint32_t i = 0; i < h->slots; i++)
        if (w[i].key == 0) return NULL;
    return "the weights of a judge have no free place";
}

int64_t slk_weights_sum(slk_text file, const uint32_t *keys, uint32_t n) {
    const slk_weights_head *h = (const void *)file.at;
    const slk_weight *w = (const void *)(h + 1);
    int64_t sum = h->bias;
    for (uint32_t i = 0; i < n; i++) __builtin_prefetch(&w[keys[i] & (h->slots - 1)]); /* larger than the near caches */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t slot = keys[i] & (h->slots - 1);
        while (w[slot].key && w[slot].key != keys[i]) slot = (slot + 1) & (h->slots - 1);
        if (w[slot].key) sum += w[slot].weight;
    }
    return sum;
}
