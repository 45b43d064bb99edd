/* sector.c - how far the words of a relative place can be trusted, and what lies there. "20 km north-east of X" is said of places
 * from 14 to 24 km away and up to 30 degrees off: such words round. The region given holds nine of ten true places of 6,600
 * phrases of this form with known ends (docs/measurements.md); the point alone would promise what nobody said. Whether the region
 * is land or sea comes from the coastline, which sea from data/waters.tsv. */
#include <math.h>

#include "measure/measure.h"
#include "measure/placing.h"
#include "pack/gazetteer.h"

/* Half of the angle, by how many points the compass of the words has; and how much the middle of a town blurs it close by. */
#define HALF_OF_4 33.0
#define HALF_OF_8 29.0
#define HALF_OF_16 20.0
#define BLUR_M 400.0
/* Ways by road are longer than straight ones, which few stories say; the middle of a place is not its edge. */
#define LEAST 0.7
#define MOST 1.03
#define MOST_MORE_M 3000.0
#define STEPS 4 /* points looked at along each side of the region */

static double half_angle(double bearing_deg, double distance_m) {
    double half = fmod(bearing_deg, 45) != 0 ? HALF_OF_16 : fmod(bearing_deg, 90) != 0 ? HALF_OF_8 : HALF_OF_4;
    return half + atan2(BLUR_M, distance_m) * 180 / M_PI;
}

static slk_sector sector_of(const slk_relative *to) {
    slk_sector s = {.known = true, .from_deg = 0, .to_deg = 360};
    if (!(to->distance_m > 0)) return (slk_sector){.known = false};
    s.least_m = LEAST * (to->sector.least_m > 0 ? to->sector.least_m : to->distance_m);
    s.most_m = MOST * fmax(to->sector.most_m, to->distance_m) + MOST_MORE_M;
    if (isnan(to->bearing_deg)) return s;
    double half = half_angle(to->bearing_deg, to->distance_m);
    s.from_deg = fmod(to->bearing_deg - half + 360, 360);
    s.to_deg = fmod(to->bearing_deg + half, 360);
    return s;
}

/* ------------------------------------------------------------------ land and sea */

/* How many of the points looked at in the region around the place `of` lie on land. */
static unsigned on_land(const slk_pack *pack, const slk_place *of, const slk_sector *s) {
    double width = fmod(s->to_deg - s->from_deg + 360, 360);
    unsigned land = 0;
    char iso2[3];
    if (width == 0) width = 360;
    for (int i = 0; i <= STEPS; i++)
        for (int k = 0; k <= STEPS; k++) {
            double lat, lon, bearing = s->from_deg + width * i / STEPS;
            slk_geo_point(of->lat, of->lon, bearing, s->least_m + (s->most_m - s->least_m) * k / STEPS, &lat, &lon);
            land += slk_land_at(pack, lat, lon, iso2);
        }
    return land;
}

/* Twice the area of an outline in square degrees, where it holds the point; 0 where not. Even-odd rule. */
static double holds(slk_text outline, double lat, double lon) {
    double first[2] = {0}, before[2] = {0}, at[2], area = 0;
    bool inside = false, any = false;
    slk_text corner, cell;
    for (bool more = true; more;) {
        more = slk_text_split(&outline, ' ', &corner);
        if (more) {
            for (int i = 0; i < 2; i++)
                if (!slk_text_split(&corner, ',', &cell) || !slk_text_double(cell, &at[i])) return 0;
        } else {
            memcpy(at, first, sizeof at);
        }
        if (!any) memcpy(first, at, sizeof at);
        if (any && (at[0] > lat) != (before[0] > lat) &&
            lon < before[1] + (lat - before[0]) / (at[0] - before[0]) * (at[1] - before[1]))
            inside = !inside;
        if (any) area += before[1] * at[0] - at[1] * before[0];
        memcpy(before, at, sizeof at);
        any = true;
    }
    return inside ? fabs(area) : 0;
}

const char *slk_water_at(const slk_pack *pack, double lat, double lon) {
    double least = HUGE_VAL;
    uint32_t best = SLK_NONE, rows = slk_pack_rows(pack, SLK_T_WATERS);
    for (uint32_t i = 0; i < rows; i++) {
        slk_text outline = slk_pack_cell(pack, SLK_T_WATERS, i, SLK_WATERS_OUTLINE);
        double area = holds(outline, lat, lon);
        if (area == 0) area = holds(outline, lat, lon + 360);
        if (area > 0 && area < least) least = area, best = i;
    }
    if (best == SLK_NONE) return NULL;
    uint32_t row = slk_pack_find(pack, SLK_T_PLACES, slk_pack_cell(pack, SLK_T_WATERS, best, SLK_WATERS_ID));
    return slk_pack_str(pack, SLK_T_PLACES, row, SLK_PLACES_NAME);
}

void slk_sector_fill(const slk_pack *pack, const slk_place *of, slk_place *place) {
    char iso2[3];
    place->relative.sector = sector_of(&place->relative);
    if (!place->has_point) return;
    bool land = slk_land_at(pack, place->lat, place->lon, iso2);
    unsigned all = (STEPS + 1) * (STEPS + 1), share = on_land(pack, of, &place->relative.sector);
    place->surface = land ? SLK_SURFACE_LAND : SLK_SURFACE_SEA;
    if (share != (land ? all : 0)) place->surface = SLK_SURFACE_EITHER;
    if (!land || place->surface == SLK_SURFACE_EITHER) place->water = slk_water_at(pack, place->lat, place->lon);
}

void slk_relative_end(const slk_pack *pack, const slk_place *from, double bearing_deg, double distance_m,
                      slk_place *end) {
    *end = (slk_place){.has_point = true};
    end->relative = (slk_relative){.known = true, .bearing_deg = bearing_deg, .distance_m = distance_m, .of = SLK_NONE};
    slk_geo_point(from->lat, from->lon, bearing_deg, distance_m, &end->lat, &end->lon);
    slk_sector_fill(pack, from, end);
}
