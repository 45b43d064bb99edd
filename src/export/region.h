/* region.h - where a place can be: never a point, since no report says one. A town is a circle as wide as towns are, a place told by
 * bearing and distance the sector in which nine of ten places told so lie, a sea its outline; a country or words without a place of
 * the gazetteer have no region at all. Sizes by kind stand in data/place_reach.tsv. WGS 84, degrees and metres. */
#ifndef SLK_EXPORT_REGION_H
#define SLK_EXPORT_REGION_H

#include "export/access.h"

typedef enum slk_region_kind {
    SLK_REGION_NONE,
    SLK_REGION_CIRCLE,
    SLK_REGION_SECTOR,
    SLK_REGION_OUTLINE
} slk_region_kind;

typedef struct slk_region {
    slk_region_kind kind;
    double lat,
        lon; /* middle of the circle; the point a sector is measured from; of an outline the gazetteer's point */
    double radius_m;       /* of a circle; of a sector how far it reaches */
    slk_sector sector;     /* known where kind is SECTOR */
    slk_text outline;      /* of waters: "LAT,LON LAT,LON ..." */
    const char *precision; /* "site", "town", "district", "region", "country", "sea", "sector", "unknown"; never NULL */
    uint32_t row;          /* of place_reach, SLK_NONE */
} slk_region;

/* The region of a claim of a place; kind NONE where it says no place that can be drawn. */
slk_region slk_region_of_claim(const slk_pack *pack, const slk_claim *c);
/* The region of an event: of the claim its place is from. */
slk_region slk_region_of_event(const slk_pack *pack, const slk_dossier *d);

typedef struct slk_corner {
    double lat, lon;
} slk_corner;

#define SLK_REGION_CORNERS 320 /* most of one ring, after cutting */
#define SLK_REGION_RINGS 3     /* a ring that crosses the 180th meridian is cut there */

typedef struct slk_rings { /* closed rings: the last corner repeats the first; counterclockwise (RFC 7946, 3.1.6) */
    unsigned n;
    unsigned length[SLK_REGION_RINGS];
    slk_corner at[SLK_REGION_RINGS][SLK_REGION_CORNERS];
} slk_rings;

/* The outer rings of a region, each within -180 to 180 degrees of longitude (RFC 7946, 3.1.9); n 0 for none. */
void slk_region_rings(const slk_region *r, slk_rings *out);

#endif
