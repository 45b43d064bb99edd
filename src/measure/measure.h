/* measure.h - the measuring station: times, quantities and places, with what they resolve to.
 * Takes tokens; gives times (TIMEX3), quantities (UCUM, SI, bounds), places (coordinates, bearings). Knows nothing of events. */
#ifndef SLK_MEASURE_MEASURE_H
#define SLK_MEASURE_MEASURE_H

#include "base/reading.h"
#include "pack/pack.h"

/* In this order: places need quantities ("400 km north-east of Kaechon"); times need places for the zone of a dateline or a
 * "Seoul time". Each returns SLK_OK, SLK_ENOMEM or SLK_ELIMIT, is O(n) and leaves the other lists alone. */
SLK_MUST slk_err slk_quantities_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_places_find(const slk_pack *pack, slk_reading *r);
SLK_MUST slk_err slk_times_find(const slk_pack *pack, slk_reading *r);

/* The point distance_m from (lat, lon) at bearing_deg on the WGS 84 ellipsoid, and the way back (Karney 2013, by PROJ). */
void slk_geo_point(double lat, double lon, double bearing_deg, double distance_m, double *lat2, double *lon2);
void slk_geo_inverse(double lat1, double lon1, double lat2, double lon2, double *distance_m, double *bearing_deg);

/* The name of the sea that a point lies in, NULL where none is known; asks nothing about land. O(rows of waters). (sector.c) */
const char *slk_water_at(const slk_pack *pack, double lat, double lon);

/* The end of a way told by bearing and distance from a place with a point: fills end's point, region, surface and water. */
void slk_relative_end(const slk_pack *pack, const slk_place *from, double bearing_deg, double distance_m,
                      slk_place *end);

/* The moment a time means, given the zone of the place it is told of (IANA name or NULL): a time marked `local`, or one without
 * zone, is read in that zone. False where the time has no day or the zone is not known. (times) */
bool slk_time_in_zone(const slk_pack *pack, const slk_time *t, const char *zone, slk_instant *local, slk_instant *utc);

#endif
