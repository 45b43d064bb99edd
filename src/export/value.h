/* value.h - values as JSON, one form for the reading of one report and for the ledger. */
#ifndef SLK_EXPORT_VALUE_H
#define SLK_EXPORT_VALUE_H

#include "base/json.h"

/* Writes a value that needs nothing but itself: quantities, counts and directions as objects, times as ISO 8601, the rest as
 * its text. */
void slk_value_json(slk_json *j, const slk_value *v);
/* {"name", "place", "lat", "lon"}: place is an index into the reading's places, SLK_NONE leaves it out; name may be NULL. */
void slk_value_json_place(slk_json *j, const char *name, uint32_t place, bool has_point, double lat, double lon);
/* Members "lat" and "lon" at six decimals. */
void slk_value_json_point(slk_json *j, double lat, double lon);

#endif
