/* times.c - finds the times a report states. */
#include "measure/measure.h"

slk_err slk_times_find(const slk_pack *pack, slk_reading *r) {
    (void)pack;
    (void)r;
    return SLK_OK;
}

bool slk_time_in_zone(const slk_pack *pack, const slk_time *t, const char *zone, slk_instant *local, slk_instant *utc) {
    (void)pack;
    (void)t;
    (void)zone;
    (void)local;
    (void)utc;
    return false;
}
