/* gazetteer.h - all towns, regions, counties and airports of the world, as the pack has them (data/gazetteer.tsv.zst). They
 * stand apart from the tables: a name here says where places of that name lie, not that the words are a place. */
#ifndef SLK_PACK_GAZETTEER_H
#define SLK_PACK_GAZETTEER_H

#include "pack/pack.h"

typedef struct slk_gazetteer_place { /* texts are borrowed from the pack and end with a NUL */
    const char *name;
    const char *region; /* "US.TX.113": country, first and second level, as far as known */
    const char *kind;   /* GeoNames feature code */
    double lat, lon;
    uint32_t people, geonames; /* 0: not known */
} slk_gazetteer_place;

#define SLK_GAZETTEER_HITS 64

/* The rows called by the longest name that begins at byte `at` of text, where a word begins with a capital; towns first, most people first.
 * Capitals of the name must be capitals of the text; marks, case, hyphens and apostrophes are as slk_name_next has them.
 * Writes at most max rows, returns how many, and the byte behind the name in *end. O(length of the name). */
uint32_t slk_gazetteer_match(const slk_pack *pack, slk_text text, uint32_t at, uint32_t *rows, uint32_t max,
                             uint32_t *end);
/* False where there is no such row. */
bool slk_gazetteer_row(const slk_pack *pack, uint32_t row, slk_gazetteer_place *out);
uint32_t slk_gazetteer_rows(const slk_pack *pack);
/* Whether a point is on land, and in iso2 who holds it as Natural Earth draws it ("" where nobody does, and of sea); exact to about 4 km. Lakes
 * but the Caspian Sea are land. O(log n). */
bool slk_land_at(const slk_pack *pack, double lat, double lon, char iso2[3]);
/* Whether the bytes of the gazetteer and of land are those that were packed; reads all of them. */
bool slk_gazetteer_whole(const slk_pack *pack);

#endif
