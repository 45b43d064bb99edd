/* point.c - where a place lies that somebody names in a question. */
#include <math.h>

#include "base/text.h"
#include "ledger/ledger.h"
#include "pack/gazetteer.h"

static bool from_table(const slk_pack *pack, slk_text name, int table, int lat_column, int lon_column, double *lat,
                       double *lon) {
    slk_hit hit;
    if (!slk_pack_match_in(pack, name, 0, table, &hit) || hit.end != name.n) return false;
    *lat = slk_pack_num(pack, table, hit.row, lat_column);
    *lon = slk_pack_num(pack, table, hit.row, lon_column);
    return isfinite(*lat) && isfinite(*lon);
}

bool slk_query_point(const slk_pack *pack, const char *name, double *lat, double *lon) {
    slk_text t = slk_text_trim(slk_text_of(name));
    slk_gazetteer_place place;
    uint32_t row, end = 0;
    if (!pack || t.n == 0) return false;
    if (from_table(pack, t, SLK_T_SITES, SLK_SITES_LAT, SLK_SITES_LON, lat, lon)) return true;
    if (from_table(pack, t, SLK_T_PLACES, SLK_PLACES_LAT, SLK_PLACES_LON, lat, lon)) return true;
    if (!slk_gazetteer_match(pack, t, 0, &row, 1, &end) || end != t.n || !slk_gazetteer_row(pack, row, &place))
        return false;
    *lat = place.lat;
    *lon = place.lon;
    return true;
}
