/* reading_who.c - when, who and where of a row. See reading.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "import/cells.h"
#include "import/reading_inside.h"
#include "pack/gazetteer.h"

/* ---------------------------------------------------------------- countries */

/* The country named in words, the first of them: "Military Forces of North Korea (2011-)". NULL where none is. */
static const char *country_in(const slk_row_build *b, slk_text words) {
    slk_hit hits[8];
    for (uint32_t i = 0; i < words.n && i < 200; i++) {
        if (i && (slk_is_alpha(words.at[i - 1]) || (words.at[i - 1] & 0x80))) continue;
        uint32_t n = slk_pack_match(b->pack, words, i, hits, 8);
        for (uint32_t k = 0; k < n; k++) {
            bool name = hits[k].table == SLK_T_COUNTRIES &&
                        (hits[k].column == SLK_COUNTRIES_NAME || hits[k].column == SLK_COUNTRIES_ALIASES ||
                         hits[k].column == SLK_COUNTRIES_DEMONYMS);
            if (name) return slk_pack_str(b->pack, SLK_T_COUNTRIES, hits[k].row, SLK_COUNTRIES_ISO3);
        }
    }
    return NULL;
}

/* "NORTH KOREA": names are in capitals in some databases; the country table wants them as they are written. */
static const char *country_named(slk_row_build *b, slk_text words) {
    char z[128];
    bool small = false;
    if (words.n == 0 || words.n >= sizeof z) return NULL;
    for (size_t i = 0; i < words.n; i++) {
        bool first = i == 0 || !slk_is_alpha(words.at[i - 1]);
        small = small || slk_is_lower(words.at[i]);
        z[i] = first ? words.at[i] : slk_lower(words.at[i]);
    }
    return country_in(b, small ? words : (slk_text){z, words.n});
}

/* By the code of a column, as its how says. NULL where it is none that is known. */
static const char *country_by_code(const slk_row_build *b, slk_import_field f) {
    char code[4] = "";
    const char *how = slk_row_how(b, f);
    slk_text t = slk_row_cell(b, f);
    if (!slk_row_has(b, f)) return NULL;
    if (strcmp(how, "fips") == 0 || strcmp(how, "isonum") == 0) {
        while (how[0] == 'i' && t.n > 1 && t.at[0] == '0') t = (slk_text){t.at + 1, t.n - 1}; /* 004 */
        return slk_value_of(b->pack, "", how, t);
    }
    if (strcmp(how, "name") == 0) return country_in(b, t);
    if (t.n != 2 && t.n != 3) return country_in(b, t);
    for (size_t i = 0; i < t.n; i++) code[i] = slk_is_lower(t.at[i]) ? (char)(t.at[i] - 'a' + 'A') : t.at[i];
    return slk_country_iso3(b->pack, code);
}

/* Of the place; else of whose deeds all rows are. NULL. */
static const char *country_of_row(const slk_row_build *b) {
    const char *iso3 = country_by_code(b, SLK_I_COUNTRY);
    if (!iso3) iso3 = country_by_code(b, SLK_I_COUNTRY_NAME);
    return iso3 ? iso3 : b->c->format.actor;
}

/* ---------------------------------------------------------------- when */

static const char *zone_of_row(const slk_row_build *b) {
    const char *iso3 = country_of_row(b);
    return iso3 ? slk_country_zone(b->pack, iso3) : NULL;
}

/* The moment by the clock of the place, from one at Greenwich. */
static bool moment_utc(slk_row_build *b, slk_instant day, slk_instant clock, slk_instant *out, const char **note) {
    int32_t offset_s = 0;
    int64_t s = slk_instant_days(day) * 86400 + clock.hour * 3600 + clock.minute * 60 + clock.second;
    const char *zone = zone_of_row(b);
    bool known = zone && slk_zone_offset(b->pack, zone, s, &offset_s);
    *out = slk_instant_at(s, known ? offset_s / 60 : 0, (slk_precision)clock.precision);
    if (!known) return true;
    int64_t there = slk_instant_days(slk_instant_cut(*out, SLK_P_DAY)) - slk_instant_days(day);
    *note = slk_arena_printf(&b->r->arena, "%02u:%02u UTC by the clock of %s%s", clock.hour, clock.minute, zone,
                             there > 0   ? ", there the day after the one listed"
                             : there < 0 ? ", there the day before the one listed"
                                         : "");
    return *note != NULL;
}

static bool moment_there(slk_row_build *b, slk_instant day, slk_instant clock, slk_instant *out) {
    int64_t local = slk_instant_days(day) * 86400 + clock.hour * 3600 + clock.minute * 60 + clock.second, utc;
    const char *zone = zone_of_row(b);
    if (zone && slk_zone_to_utc(b->pack, zone, local, &utc)) {
        *out = slk_instant_at(utc, (int)((local - utc) / 60), (slk_precision)clock.precision);
    } else {
        *out = slk_instant_at(local, 0, (slk_precision)clock.precision);
        out->has_offset = false;
    }
    return true;
}

/* A day that the database itself says is not exact: a week, a month, a year. *text: TIMEX3. */
static slk_instant widen(slk_row_build *b, slk_instant day, const char *exact, const char **text) {
    int32_t year;
    unsigned week;
    if (strcmp(exact, "month") == 0) return slk_instant_cut(day, SLK_P_MONTH);
    if (strcmp(exact, "year") == 0) return slk_instant_cut(day, SLK_P_YEAR);
    slk_iso_week(slk_instant_days(day), &year, &week);
    *text = slk_arena_printf(&b->r->arena, "%04d-W%02u", (int)year, week);
    if (!*text) b->err = SLK_ENOMEM;
    return slk_instant_cut(day, SLK_P_MONTH);
}

/* What the row says of how exact its day is; by the last day too, where there is one. NULL: the day itself. */
static const char *exactness(slk_row_build *b, slk_instant day) {
    slk_instant end;
    const char *exact = slk_row_mapped(b, SLK_I_DAY_EXACT);
    if (slk_row_has(b, SLK_I_DAY_END) &&
        slk_cell_day(slk_row_cell(b, SLK_I_DAY_END), slk_row_how(b, SLK_I_DAY_END), &end)) {
        int64_t days = slk_instant_days(end) - slk_instant_days(day);
        if (days > 31 || day.year != end.year) return "year";
        if (days > 6) return day.month == end.month ? "month" : "year";
        if (days > 0) return "week";
    }
    return exact && strcmp(exact, "day") != 0 ? exact : NULL;
}

static const char *day_note(const slk_row_build *b) {
    switch (b->c->format.day) {
    case SLK_DAY_PUBLISHED:
        return "the day it is filed under, by the clock of the database's publishers; at the place it may be the next "
               "one";
    case SLK_DAY_UTC:
        return "without a clock: the database does not say whether this is the day at Greenwich or at the place";
    default: return NULL;
    }
}

static void trouble_day(slk_row_build *b) {
    slk_text cell = slk_row_cell(b, SLK_I_DAY);
    (void)slk_fault_at(b->fault, SLK_EINPUT, b->row->line, 0,
                       cell.n ? "no day can be read from \"%.*s\"" : "the row has no day",
                       (int)slk_text_head(cell, 60).n, cell.at);
    b->err = SLK_EINPUT;
}

void slk_row_put_time(slk_row_build *b) {
    static const slk_import_field from[] = {SLK_I_DAY, SLK_I_CLOCK_UTC, SLK_I_CLOCK_PLACE, SLK_I_DAY_END};
    slk_instant day, clock = {0}, when;
    const char *text = NULL, *note = day_note(b), *exact;
    if (!slk_row_has(b, SLK_I_DAY) || !slk_cell_day(slk_row_cell(b, SLK_I_DAY), slk_row_how(b, SLK_I_DAY), &day)) {
        trouble_day(b);
        return;
    }
    bool whole = day.precision == SLK_P_DAY;
    b->facts->dated = whole;
    b->facts->day = whole ? slk_instant_days(day) : 0;
    slk_import_field by = slk_row_has(b, SLK_I_CLOCK_UTC) ? SLK_I_CLOCK_UTC : SLK_I_CLOCK_PLACE;
    bool clocked = whole && slk_row_has(b, by) && slk_cell_clock(slk_row_cell(b, by), &clock);
    slk_basis basis = SLK_BASIS_STATED;
    exact = whole ? exactness(b, day) : NULL;
    when = day;
    if (whole && slk_row_has(b, by) && !clocked) slk_row_trouble(b, by, "no clock");
    if (clocked) {
        note = NULL;
        basis = SLK_BASIS_RESOLVED;
        (void)(by == SLK_I_CLOCK_UTC ? moment_utc(b, day, clock, &when, &note) : moment_there(b, day, clock, &when));
    } else if (exact) {
        when = widen(b, day, exact, &text);
        note = slk_arena_printf(&b->r->arena, "the database knows it to the %s only", exact);
    } else if (!whole) {
        note = NULL;
    } else if (b->c->format.day == SLK_DAY_PUBLISHED) {
        basis = SLK_BASIS_ASSUMED;
    }
    char z[40];
    slk_value *v = slk_row_put(b, SLK_FIELD_TIME, SLK_VALUE_TIME, from, 4, basis);
    if (!v) return;
    v->when = when;
    v->text = text ? text : slk_row_copy(b, slk_text_of(slk_instant_format(when, z)));
    slk_row_last(b)->note = note;
}

/* ---------------------------------------------------------------- who */

static const char *sector_by_name(slk_text name) {
    static const struct {
        const char *begin, *sector;
    } words[] = {{"Military", "MIL"},  {"Police", "COP"},     {"Government", "GOV"},
                 {"Civilians", "CVL"}, {"Protesters", "CVL"}, {"Rioters", "CVL"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_starts_fold(name, words[i].begin)) return words[i].sector;
    return "";
}

static void put_actor(slk_row_build *b, slk_import_field name, slk_import_field country, slk_import_field sector,
                      slk_field_name as) {
    slk_import_field from[] = {name, country, sector};
    slk_text words = slk_row_cell(b, name);
    const char *iso3 = country_by_code(b, country), *kind = slk_row_mapped(b, sector);
    bool fixed = as == SLK_FIELD_ACTOR && b->c->format.actor && words.n == 0;
    if (!iso3 && words.n) iso3 = country_named(b, words);
    if (fixed) iso3 = b->c->format.actor;
    if (!words.n && !iso3) return;
    uint32_t row = iso3 ? slk_country_row(b->pack, iso3) : SLK_NONE;
    slk_text country_name = {"", 0};
    if (row != SLK_NONE) {
        slk_text names = slk_pack_cell(b->pack, SLK_T_COUNTRIES, row, SLK_COUNTRIES_NAME);
        (void)slk_text_split(&names, '|', &country_name);
    }
    slk_actor a = {.name = slk_row_copy(b, words.n ? words : country_name)};
    slk_text_print(a.country, sizeof a.country, "%s", iso3 ? iso3 : "");
    slk_text_print(a.sector, sizeof a.sector, "%s", kind ? kind : fixed ? "GOV" : sector_by_name(words));
    if (b->err == SLK_OK) b->err = SLK_ROOM(&b->r->arena, &b->r->actors, 8);
    slk_value *v = b->err == SLK_OK
                       ? slk_row_put(b, as, SLK_VALUE_ACTOR, from, 3, fixed ? SLK_BASIS_ASSUMED : SLK_BASIS_STATED)
                       : NULL;
    if (!v) return;
    v->ref = b->r->actors.n;
    v->text = a.name;
    b->r->actors.at[b->r->actors.n++] = a;
    if (fixed) slk_row_last(b)->note = "all rows of the database are of this country";
}

void slk_row_put_actors(slk_row_build *b) {
    put_actor(b, SLK_I_ACTOR, SLK_I_ACTOR_COUNTRY, SLK_I_ACTOR_SECTOR, SLK_FIELD_ACTOR);
    put_actor(b, SLK_I_TARGET, SLK_I_TARGET_COUNTRY, SLK_I_TARGET_SECTOR, SLK_FIELD_TARGET);
}

/* ---------------------------------------------------------------- where */

static bool read_point(slk_row_build *b, slk_place *p) {
    double lat, lon;
    if (!slk_row_has(b, SLK_I_LAT) || !slk_row_has(b, SLK_I_LON)) return false;
    bool read = slk_text_double(slk_row_cell(b, SLK_I_LAT), &lat) && slk_text_double(slk_row_cell(b, SLK_I_LON), &lon);
    if (!read || !(fabs(lat) <= 90) || !(fabs(lon) <= 180)) {
        slk_row_trouble(b, read && fabs(lat) <= 90 ? SLK_I_LON : SLK_I_LAT, "no degrees of the globe");
        return false;
    }
    if (lat == 0 && lon == 0) return false; /* what is not known is 0, 0 in many tables */
    p->has_point = true;
    p->lat = lat;
    p->lon = lon;
    return true;
}

/* "PPL 10": kind and radius in km. */
static void set_precision(slk_row_build *b, slk_place *p, const char **note) {
    const char *value = slk_row_mapped(b, SLK_I_PLACE_EXACT);
    char kind[16];
    double km = 0;
    if (!value ||
        sscanf(value, "%15s %lf", kind, &km) != 2) { /* NOLINT(cert-err34-c): our own table, held against its form */
        p->kind = strncmp(b->c->format.type, "weapon-test", 11) == 0 && p->has_point ? "site" : NULL;
        return;
    }
    p->kind = slk_row_copy(b, slk_text_of(kind));
    b->facts->radius_m = km * 1000;
    if (!p->has_point || strncmp(kind, "PCL", 3) == 0) return;
    p->relative = (slk_relative){.known = true, .bearing_deg = NAN, .distance_m = NAN, .of = b->r->places.n};
    p->relative.sector = (slk_sector){.known = true, .from_deg = 0, .to_deg = 360, .least_m = 0, .most_m = km * 1000};
    *note = slk_arena_printf(&b->r->arena, "by the database's own precision within %.0f km", km);
}

static void set_country(slk_row_build *b, slk_place *p) {
    const char *iso3 = country_by_code(b, SLK_I_COUNTRY), *iso2 = NULL;
    char here[3] = "";
    if (!iso3) iso3 = country_by_code(b, SLK_I_COUNTRY_NAME);
    if (iso3) iso2 = slk_country_iso2(b->pack, iso3);
    if (!iso2 && p->has_point && slk_land_at(b->pack, p->lat, p->lon, here)) iso2 = here;
    slk_text_print(p->country, sizeof p->country, "%s", iso2 ? iso2 : "");
    if (iso2) p->zone = slk_country_zone(b->pack, iso2);
}

static void keep_place(slk_row_build *b, const slk_place *p, slk_field_name as, const slk_import_field *from,
                       unsigned n, const char *note) {
    if (b->err == SLK_OK) b->err = SLK_ROOM(&b->r->arena, &b->r->places, 8);
    slk_value *v = b->err == SLK_OK ? slk_row_put(b, as, SLK_VALUE_PLACE, from, n, SLK_BASIS_STATED) : NULL;
    if (!v) return;
    v->ref = b->r->places.n;
    v->text = p->name;
    b->r->places.at[b->r->places.n++] = *p;
    slk_row_last(b)->note = note;
}

static void put_landing(slk_row_build *b) {
    static const slk_import_field from = SLK_I_LANDING;
    slk_text words = slk_row_cell(b, from);
    slk_hit hit;
    if (!slk_row_has(b, from)) return;
    slk_place p = {.name = slk_row_copy(b, words), .confidence = 1};
    if (slk_pack_match_in(b->pack, words, 0, SLK_T_PLACES, &hit)) { /* "Sea of Japan or East Sea" */
        p.kind = slk_pack_str(b->pack, SLK_T_PLACES, hit.row, SLK_PLACES_KIND);
        p.lat = slk_pack_num(b->pack, SLK_T_PLACES, hit.row, SLK_PLACES_LAT);
        p.lon = slk_pack_num(b->pack, SLK_T_PLACES, hit.row, SLK_PLACES_LON);
        p.has_point = isfinite(p.lat);
    }
    keep_place(b, &p, SLK_FIELD_LANDING, &from, 1, NULL);
}

void slk_row_put_places(slk_row_build *b) {
    static const slk_import_field from[] = {SLK_I_PLACE, SLK_I_WHERE, SLK_I_LAT, SLK_I_LON};
    const char *note = NULL;
    slk_text name = slk_row_cell(b, slk_row_has(b, SLK_I_PLACE) ? SLK_I_PLACE : SLK_I_WHERE);
    slk_place p = {.name = name.n ? slk_row_copy(b, name) : NULL, .confidence = 1};
    (void)read_point(b, &p);
    if (p.has_point || p.name) {
        set_precision(b, &p, &note);
        set_country(b, &p);
        if (!p.name) p.name = "a point";
        keep_place(b, &p, SLK_FIELD_ORIGIN, from, 4, note);
    }
    put_landing(b);
}
