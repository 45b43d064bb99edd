/* zones.c - time zones with their history: for each IANA zone the moments at which its offset changed. See pack.h. */
#include "pack/inside.h"

static const slk_pack_zone *find(const slk_pack *pack, slk_text name) {
    uint32_t low = 0, high = pack->head->n_zones;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        const slk_pack_zone *z = &pack->zones[mid];
        int c = slk_text_cmp((slk_text){pack->strings + z->name_at, z->name_n}, name);
        if (c == 0) return z;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* "Z", "+09:00", "-0530" */
static bool fixed(const char *z, int32_t *offset_s) {
    if (z[0] == 'Z' && !z[1]) return *offset_s = 0, true;
    if ((z[0] != '+' && z[0] != '-') || !slk_is_digit(z[1]) || !slk_is_digit(z[2])) return false;
    const char *m = z + 3 + (z[3] == ':');
    if (!slk_is_digit(m[0]) || !slk_is_digit(m[1]) || m[2]) return false;
    int minutes = ((z[1] - '0') * 10 + (z[2] - '0')) * 60 + (m[0] - '0') * 10 + (m[1] - '0');
    *offset_s = (z[0] == '-' ? -60 : 60) * minutes;
    return true;
}

/* The shift in force at a moment. */
static uint32_t in_force(const slk_pack *pack, const slk_pack_zone *z, int64_t utc_s) {
    uint32_t low = z->first, high = z->first + z->n;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (pack->shifts[mid].from_s <= utc_s)
            low = mid;
        else
            high = mid;
    }
    return low;
}

bool slk_zone_offset(const slk_pack *pack, const char *zone, int64_t utc_s, int32_t *offset_s) {
    if (!zone || !*zone) return false;
    if (fixed(zone, offset_s)) return true;
    const slk_pack_zone *z = find(pack, slk_text_of(zone));
    if (!z) return false;
    *offset_s = pack->shifts[in_force(pack, z, utc_s)].offset_s;
    return true;
}

bool slk_zone_to_utc(const slk_pack *pack, const char *zone, int64_t local_s, int64_t *utc_s) {
    int32_t offset;
    if (!zone || !*zone) return false;
    if (fixed(zone, &offset)) return *utc_s = local_s - offset, true;
    const slk_pack_zone *z = find(pack, slk_text_of(zone));
    if (!z) return false;
    /* no zone is more than 15 hours from UTC: the shifts in force a day earlier and later enclose all that could apply */
    uint32_t first = in_force(pack, z, local_s - 86400), last = in_force(pack, z, local_s + 86400);
    for (uint32_t i = first; i <= last; i++) {
        int64_t utc = local_s - pack->shifts[i].offset_s;
        if (in_force(pack, z, utc) == i) return *utc_s = utc, true;
    }
    *utc_s = local_s - pack->shifts[first].offset_s; /* in a gap: as if the clock had not been moved yet */
    return true;
}

/* Where a country stands in the index by two letters, SLK_PACK_ISO2 where these are none. */
static uint32_t iso2_slot(slk_text iso) {
    if (iso.n != 2 || !slk_is_upper(iso.at[0]) || !slk_is_upper(iso.at[1])) return SLK_PACK_ISO2;
    return (uint32_t)(iso.at[0] - 'A') * 26 + (uint32_t)(iso.at[1] - 'A');
}

void slk_countries_index(slk_pack *pack) {
    for (uint32_t i = slk_pack_rows(pack, SLK_T_COUNTRIES); i-- > 0;) {
        uint32_t slot = iso2_slot(slk_pack_cell(pack, SLK_T_COUNTRIES, i, SLK_COUNTRIES_ISO2));
        if (slot < SLK_PACK_ISO2 && i < UINT16_MAX) pack->countries[slot] = (uint16_t)(i + 1);
    }
}

uint32_t slk_country_row(const slk_pack *pack, const char *iso) {
    slk_text key = slk_text_of(iso);
    if (key.n == 3) return slk_pack_find(pack, SLK_T_COUNTRIES, key);
    uint32_t slot = iso2_slot(key);
    return slot < SLK_PACK_ISO2 && pack->countries[slot] ? pack->countries[slot] - 1u : SLK_NONE;
}

static const char *country_str(const slk_pack *pack, const char *iso, int column) {
    uint32_t row = slk_country_row(pack, iso);
    return row == SLK_NONE ? NULL : slk_pack_str(pack, SLK_T_COUNTRIES, row, column);
}

const char *slk_country_zone(const slk_pack *pack, const char *iso) {
    return country_str(pack, iso, SLK_COUNTRIES_ZONE);
}

const char *slk_country_iso2(const slk_pack *pack, const char *iso) {
    return country_str(pack, iso, SLK_COUNTRIES_ISO2);
}

const char *slk_country_iso3(const slk_pack *pack, const char *iso) {
    return country_str(pack, iso, SLK_COUNTRIES_ISO3);
}

static bool among(slk_text names, slk_text wanted) {
    slk_text one;
    while (slk_text_split(&names, '|', &one))
        if (slk_text_eq_fold(one, wanted)) return true;
    return false;
}

bool slk_country_named(const slk_pack *pack, slk_text word, char out[4]) {
    static const int columns[] = {SLK_COUNTRIES_ISO3,    SLK_COUNTRIES_ISO2,     SLK_COUNTRIES_NAME,
                                  SLK_COUNTRIES_ALIASES, SLK_COUNTRIES_DEMONYMS, SLK_COUNTRIES_CAPITAL};
    *out = '\0';
    if (!pack) return false;
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_COUNTRIES); row++) {
            if (!among(slk_pack_cell(pack, SLK_T_COUNTRIES, row, columns[c]), word)) continue;
            slk_text iso3 = slk_pack_cell(pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_ISO3);
            if (iso3.n != 3) return false;
            memcpy(out, iso3.at, 4);
            return true;
        }
    return false;
}
