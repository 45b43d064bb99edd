/* summary.c - what an event is, drawn from its tellings: the type, moment and place that most of them bear out, the most exact
 * of those; its certainty; how many reports and independent sources. Nothing is averaged: each value is one that was told. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "ledger/inside.h"

#define SAME_TIME_S 180
#define SAME_PLACE_M 50000.0

void slk_root_group(const char *root, char out[128]) {
    size_t n = strlen(root);
    if (slk_root_database(root)) {
        slk_root_database_name(root, out);
        return;
    }
    if (n == 7 && root[3] == '/') n = 3; /* "KOR/MIL": the state */
    if (n > 127) n = 127;
    memcpy(out, root, n);
    out[n] = '\0';
}

/* ---------------------------------------------------------------- the value that most tellings bear out */

static bool same_moment(const slk_profile *a, const slk_profile *b) {
    if (!a->timed || !b->timed || a->assumed || b->assumed) return false;
    if (slk_profile_clock(a) && slk_profile_clock(b)) return llabs(a->first_s - b->first_s) <= SAME_TIME_S;
    return a->first_s <= b->last_s && b->first_s <= a->last_s;
}

static bool same_place(const slk_profile *a, const slk_profile *b) {
    if (!a->place || !b->place) return false;
    return strcmp(a->place, b->place) == 0 || slk_profile_distance(a->lat, a->lon, b->lat, b->lon) <= SAME_PLACE_M;
}

static bool same_type(const slk_profile *a, const slk_profile *b) { return slk_type_holds(b->type, a->type); }

static unsigned time_rank(const slk_profile *p) {
    return p->timed && !p->assumed ? p->time.precision * 2u + p->time.has_offset : 0;
}
static unsigned place_rank(const slk_profile *p) { return !p->place ? 0 : isfinite(p->lat) ? 2 : 1; }
static unsigned type_rank(const slk_profile *p) {
    unsigned dots = 1;
    for (const char *z = p->type; *z; z++) dots += *z == '.';
    return dots;
}

/* The telling with the highest rank above 0 (hours before days, points before names), of those the one that most others
 * bear out, of those the first. Only the first 64 are compared with each other: enough for a vote, and linear. */
static const slk_profile *elect(const slk_profile *p, uint32_t n, unsigned (*rank)(const slk_profile *p),
                                bool (*same)(const slk_profile *a, const slk_profile *b), bool rank_first) {
    const slk_profile *best = NULL;
    uint64_t most = 0;
    uint32_t voters = n < 64 ? n : 64;
    for (uint32_t i = 0; i < voters; i++) {
        uint64_t r = rank(&p[i]), votes = 0;
        if (r == 0) continue;
        for (uint32_t k = 0; k < voters; k++) votes += same(&p[i], &p[k]);
        uint64_t score = rank_first ? r << 32 | votes : votes << 32 | r;
        if (score <= most) continue;
        most = score;
        best = &p[i];
    }
    return best;
}

/* ---------------------------------------------------------------- certainty and counts */

static slk_event_certainty certainty_of(const slk_profile *p, uint32_t n) {
    static const slk_event_certainty order[] = {SLK_EC_CONFIRMED,      SLK_EC_REPORTED,   SLK_EC_CLAIMED,
                                                SLK_EC_ALLEGED,        SLK_EC_SPECULATED, SLK_EC_DENIED,
                                                SLK_EC_DID_NOT_HAPPEN, SLK_EC_PLANNED};
    bool told[SLK_EC_DID_NOT_HAPPEN + 1] = {false};
    for (uint32_t i = 0; i < n; i++) told[p[i].certainty] = true;
    bool yes = told[SLK_EC_CONFIRMED] || told[SLK_EC_REPORTED] || told[SLK_EC_CLAIMED] || told[SLK_EC_ALLEGED];
    bool no = told[SLK_EC_DENIED] || told[SLK_EC_DID_NOT_HAPPEN];
    if (told[SLK_EC_DISPUTED] || (yes && no)) return SLK_EC_DISPUTED;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (told[order[i]]) return order[i];
    return SLK_EC_REPORTED;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Tellings stand in order of adding, so those of one report stand together. */
static uint32_t count_reports(const slk_profile *p, uint32_t n) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += !slk_root_database(p[i].root) && (i == 0 || p[i].report != p[i - 1].report);
    return count;
}

/* Distinct groups of root sources that are no party: of databases, or of all others. Past 256 sources nobody counts any more. */
static uint32_t count_roots(const slk_profile *p, uint32_t n, bool databases) {
    char groups[256][128];
    const char *at[256];
    uint32_t filled = 0, count = 0;
    for (uint32_t i = 0; i < n && filled < 256; i++) {
        if (p[i].party || !p[i].root || slk_root_database(p[i].root) != databases) continue;
        slk_root_group(p[i].root, groups[filled]);
        at[filled] = groups[filled];
        filled++;
    }
    if (filled) qsort(at, filled, sizeof *at, by_text);
    for (uint32_t i = 0; i < filled; i++) count += i == 0 || strcmp(at[i], at[i - 1]) != 0;
    return count;
}

/* ---------------------------------------------------------------- the whole */

static void set_actor(const slk_pack *pack, const slk_profile *p, uint32_t n, slk_entry *out) {
    for (uint32_t i = 0; i < n; i++) {
        if (!*out->country && *p[i].country) memcpy(out->country, p[i].country, 4);
        if (!out->actor) out->actor = p[i].actor;
    }
    if (!*out->country || !pack) return;
    uint32_t row = slk_pack_find(pack, SLK_T_COUNTRIES, (slk_text){out->country, 3});
    if (row != SLK_NONE) out->country_name = slk_pack_str(pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
}

void slk_summary_of(const slk_pack *pack, const slk_profile *p, uint32_t n, slk_entry *out, int64_t *first_s,
                    int64_t *last_s, bool *timed) {
    slk_entry e = {.row = out->row, .id = out->id};
    const slk_profile *type = elect(p, n, type_rank, same_type, false);
    const slk_profile *when = elect(p, n, time_rank, same_moment, true);
    const slk_profile *where = elect(p, n, place_rank, same_place, true);
    e.type = type ? type->type : p[0].type;
    *timed = false;
    for (uint32_t i = 0; !when && i < n; i++)
        if (p[i].timed) when = &p[i];
    if (when) {
        e.time = when->time;
        *first_s = when->first_s;
        *last_s = when->last_s;
        *timed = true;
    }
    if (where) {
        e.place = where->place;
        e.has_point = isfinite(where->lat);
        e.lat = where->lat;
        e.lon = where->lon;
    }
    set_actor(pack, p, n, &e);
    for (uint32_t i = 0; i < n; i++) e.main = e.main || p[i].main;
    e.certainty = certainty_of(p, n);
    e.n_reports = count_reports(p, n);
    e.n_roots = count_roots(p, n, false);
    e.n_databases = count_roots(p, n, true);
    *out = e;
}
