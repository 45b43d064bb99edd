/* land.c - land and sea: finds the run of a row that holds a point. See gazetteer.h. */
#include <math.h>

#include "pack/gazetteer.h"
#include "pack/inside.h"

bool slk_land_at(const slk_pack *pack, double lat, double lon, char iso2[3]) {
    const slk_pack_gazetteer *g = &pack->head->gazetteer;
    const uint32_t *rows = (const void *)(pack->at + g->land);
    const slk_pack_run *runs = (const void *)(pack->at + g->runs);
    iso2[0] = iso2[1] = iso2[2] = '\0';
    double row = floor((lat + 90) * SLK_LAND_PER_DEGREE),
           east = fmod(fmod(lon + 180, 360) + 360, 360) * SLK_LAND_COLUMNS;
    if (!(row >= 0 && row < SLK_LAND_ROWS) || isnan(east)) return false;
    uint32_t first = rows[(uint32_t)row], end = rows[(uint32_t)row + 1], at = (uint32_t)east;
    if (end > g->n_runs || first >= end) return false;
    while (end - first > 1) { /* the last run that begins at or before `at` */
        uint32_t middle = first + (end - first) / 2;
        if (runs[middle].from <= at)
            first = middle;
        else
            end = middle;
    }
    if (runs[first].from > at || runs[first].iso2[0] == '\0') return false;
    if (runs[first].iso2[0] != '*') memcpy(iso2, runs[first].iso2, 2);
    return true;
}
