/* name_fold.h - what names of the gazetteer are known by: letters without marks and case. "Malmö" is "Malmo", "Sana'a" is "Sanaa",
 * "St. Louis" is "St Louis", "Baden-Baden" is "Baden Baden". The packer and the program take names apart by the same walk. */
#ifndef SLK_PACK_NAME_FOLD_H
#define SLK_PACK_NAME_FOLD_H

#include "pack/format.h"

/* The next character of *p (below end) as a name has it: a small letter without marks, ' ' for a run of gaps, or another sign.
 * Apostrophes, full stops and marks are passed over. 0 at the end and at an empty line. O(what is passed over). */
uint32_t slk_name_next(const char **p, const char *end);

#define SLK_NAME_HASH 2166136261u
static inline uint32_t slk_name_hash(uint32_t h, uint32_t cp) { return (h ^ cp) * 16777619u; }
/* All bits of a hash matter in its upper ones. */
static inline uint32_t slk_name_mix(uint32_t h) {
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    return h ^ h >> 12;
}

#endif
