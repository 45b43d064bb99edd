/* time_zone.c - from a clock reading and its zone to UTC and back. Zone rules, history included, are those of the pack. */
#include "base/calendar.h"
#include "measure/measure.h"
#include "measure/timing.h"

/* The UTC second of a clock reading in a zone, and the zone's offset then. */
static bool moment(const slk_pack *pack, slk_instant t, const char *zone, int64_t *utc_s, int32_t *offset_s) {
    t.has_offset = false;
    if (t.precision < SLK_P_HOUR || !slk_zone_to_utc(pack, zone, slk_instant_seconds(t), utc_s)) return false;
    return slk_zone_offset(pack, zone, *utc_s, offset_s);
}

bool slk_time_in_zone(const slk_pack *pack, const slk_time *t, const char *zone, slk_instant *local, slk_instant *utc) {
    int64_t s;
    int32_t offset;
    const char *own = t->zone ? t->zone : zone;
    if (!own || !slk_instant_eq(t->earliest, t->latest) || !moment(pack, t->earliest, own, &s, &offset)) return false;
    if (zone && zone != own && !slk_zone_offset(pack, zone, s, &offset)) return false;
    *local = slk_instant_at(s, offset / 60, (slk_precision)t->earliest.precision);
    *utc = slk_instant_at(s, 0, (slk_precision)t->earliest.precision);
    return true;
}

void slk_time_fill_utc(const slk_pack *pack, slk_time *t) {
    slk_instant local, utc;
    if (!t->zone || t->type != SLK_TIME_TIME || !slk_time_in_zone(pack, t, t->zone, &local, &utc)) return;
    t->utc = utc;
    t->earliest = t->latest = local;
}
