/* shifts.c - takes the time zones out of the system's tz database: for every zone the moments from 1900 to 2100 at which its
 * offset changes, found by asking the C library once a week and halving the weeks in which the answer changed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "packer.h"

#define FROM_S (-2208988800LL) /* 1900-01-01 */
#define TO_S 4102444800LL      /* 2100-01-01 */
#define WEEK_S (7 * 86400LL)

static int32_t offset_at(int64_t utc_s) {
    time_t t = (time_t)utc_s;
    struct tm local;
    if (!localtime_r(&t, &local)) stop("localtime_r failed");
    return (int32_t)local.tm_gmtoff;
}

static void put(pile *shifts, int64_t from_s, int32_t offset_s) {
    slk_pack_shift *s = pile_take(shifts, sizeof *s);
    *s = (slk_pack_shift){.from_s = from_s, .offset_s = offset_s};
}

static void scan(const char *name, slk_pack_zone *zone, pile *shifts) {
    if (setenv("TZ", name, 1) != 0) stop("out of memory");
    tzset();
    int32_t now = offset_at(FROM_S);
    zone->first = (uint32_t)(shifts->n / sizeof(slk_pack_shift));
    put(shifts, INT64_MIN, now);
    for (int64_t t = FROM_S; t < TO_S; t += WEEK_S) {
        int32_t then = offset_at(t + WEEK_S);
        if (then == now) continue;
        int64_t low = t, high = t + WEEK_S; /* the offset is still old at low and new at high */
        while (high - low > 1) {
            int64_t mid = low + (high - low) / 2;
            if (offset_at(mid) == now)
                low = mid;
            else
                high = mid;
        }
        put(shifts, high, then);
        now = then;
    }
    zone->n = (uint32_t)(shifts->n / sizeof(slk_pack_shift)) - zone->first;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The names in the third column of zone.tab, and UTC. */
static size_t names(const char *dir, char ***out) {
    char path[4096], line[1024], name[128];
    int k = snprintf(path, sizeof path, "%s/zone.tab", dir);
    if (k < 0 || k >= (int)sizeof path) stop("%s: the name of the folder is too long", dir);
    FILE *in = fopen(path, "r");
    if (!in) stop("%s: cannot be opened: the tz database (package tzdata) is needed", path);
    size_t n = 0, cap = 1024;
    char **list = malloc(cap * sizeof *list);
    if (!list) stop("out of memory");
    list[n++] = strdup("Etc/UTC");
    while (fgets(line, sizeof line, in)) {
        if (line[0] == '#' || sscanf(line, "%*s %*s %127s", name) != 1 || n == cap) continue;
        list[n++] = strdup(name);
    }
    (void)fclose(in);
    for (size_t i = 0; i < n; i++)
        if (!list[i]) stop("out of memory");
    qsort(list, n, sizeof *list, by_name);
    *out = list;
    return n;
}

void zones_build(const char *dir, pile *zones, pile *shifts, pile *strings) {
    char **list;
    size_t n = names(dir, &list);
    for (size_t i = 0; i < n; i++) {
        slk_text name = slk_text_of(list[i]);
        slk_pack_zone zone = {.name_at = pile_string(strings, name), .name_n = (uint32_t)name.n};
        scan(list[i], &zone, shifts);
        *(slk_pack_zone *)pile_take(zones, sizeof zone) = zone;
        free(list[i]);
    }
    free(list);
}
