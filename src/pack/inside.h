/* inside.h - the opened pack, for the files of this folder only. */
#ifndef SLK_PACK_INSIDE_H
#define SLK_PACK_INSIDE_H

#include "pack/format.h"
#include "pack/pack.h"

#define SLK_PACK_ISO2 (26 * 26)

struct slk_pack {
    slk_allocator mem;
    char *path;
    const char *at; /* the mapped file */
    size_t size;
    const slk_pack_head *head;
    const slk_pack_table *tables;
    const slk_pack_unit *units;
    const slk_pack_hit *hits;
    const slk_pack_zone *zones;
    const slk_pack_shift *shifts;
    const char *strings;
    uint16_t countries[SLK_PACK_ISO2]; /* rows by two letters, counted from 1 */
};

/* What is wrong with the bytes of a pack file, 8-byte aligned, in words; NULL when all of it fits together. (check.c) */
const char *slk_pack_fault(const char *at, size_t n);

/* Fills pack->countries, when the rest is ready. (zones.c) */
void slk_countries_index(slk_pack *pack);

/* The rule of capitals, word by word: what the phrase writes large is large in the text. (match.c) */
bool slk_capitals_fit(slk_text phrase, slk_text words);

#endif
