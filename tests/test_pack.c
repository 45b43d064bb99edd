/* test_pack.c - the knowledge pack: opening and refusing files, cells, phrases with the rule of capitals, zones with history. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "pack/gazetteer.h"
#include "pack_fixture.h"

/* The phrase of the longest hit of a table at the start of text; "" where none. */
static const char *match(const char *text, int table, char out[200]) {
    slk_hit hit;
    out[0] = '\0';
    if (slk_pack_match_in(pack, slk_text_of(text), 0, table, &hit)) snprintf(out, 200, "%.*s", (int)hit.end, text);
    return out;
}

static void phrases_match_as_words(void **state) {
    (void)state;
    char out[200];
    assert_string_equal(match("short-range ballistic missiles flew", SLK_T_WEAPON_CLASSES, out),
                        "short-range ballistic missiles");
    assert_string_equal(match("Short\xE2\x80\x91Range  Ballistic\nMissile", SLK_T_WEAPON_CLASSES, out),
                        "Short\xE2\x80\x91Range  Ballistic\nMissile");
    assert_string_equal(match("ballistic\n\nmissile", SLK_T_WEAPON_CLASSES, out), "");
    assert_string_equal(match("missilery", SLK_T_WEAPON_CLASSES, out), "");
    assert_string_equal(match("missile's", SLK_T_WEAPON_CLASSES, out), "missile");
    assert_string_equal(match("", SLK_T_WEAPON_CLASSES, out), "");
}

static void capitals_decide(void **state) {
    (void)state;
    char out[200];
    assert_string_equal(match("SRBM launch", SLK_T_WEAPON_CLASSES, out), "SRBM");
    assert_string_equal(match("srbm launch", SLK_T_WEAPON_CLASSES, out), "");
    assert_string_equal(match("Agni-V", SLK_T_WEAPONS, out), "Agni-V");
    assert_string_equal(match("AGNI-V", SLK_T_WEAPONS, out), "AGNI-V");
    assert_string_equal(match("agni-v", SLK_T_WEAPONS, out), "");
}

static void cells_are_read(void **state) {
    (void)state;
    uint32_t n = slk_pack_rows(pack, SLK_T_SITES);
    assert_true(n >= 150);
    for (uint32_t i = 0; i < n; i++) {
        slk_text id = slk_pack_cell(pack, SLK_T_SITES, i, SLK_SITES_ID);
        assert_int_equal(slk_pack_find(pack, SLK_T_SITES, id), i);
        assert_true(fabs(slk_pack_num(pack, SLK_T_SITES, i, SLK_SITES_LAT)) <= 90);
        assert_true(fabs(slk_pack_num(pack, SLK_T_SITES, i, SLK_SITES_LON)) <= 180);
    }
    assert_int_equal(slk_pack_find(pack, SLK_T_SITES, slk_text_of("no such site")), SLK_NONE);
    assert_true(slk_pack_rows(pack, SLK_T_WEAPONS) >= 250);
    assert_int_equal(slk_pack_cell(pack, SLK_T_SITES, UINT32_MAX, 0).n, 0);
}

static void zones_know_history(void **state) {
    (void)state;
    static const struct {
        const char *zone;
        int64_t utc_s;
        int32_t offset_s;
    } cases[] = {
        {"Asia/Seoul", 1726609800, 32400},
        {"Asia/Pyongyang", 1454808600, 30600}, /* 2016: half an hour back */
        {"Asia/Pyongyang", 1726609800, 32400},
        {"America/New_York", 1720000000, -14400},
        {"America/New_York", 1705000000, -18000},
        {"Asia/Kolkata", 1700000000, 19800},
        {"Asia/Tehran", 1650000000, 16200},
        {"Etc/UTC", 0, 0},
        {"+05:45", 0, 20700},
        {"-0330", 0, -12600},
        {"Z", 5, 0},
    };
    int32_t offset;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(slk_zone_offset(pack, cases[i].zone, cases[i].utc_s, &offset));
        assert_int_equal(offset, cases[i].offset_s);
        int64_t utc;
        assert_true(slk_zone_to_utc(pack, cases[i].zone, cases[i].utc_s + offset, &utc));
        assert_int_equal(utc, cases[i].utc_s);
    }
    assert_false(slk_zone_offset(pack, "Asia/Nowhere", 0, &offset));
    assert_false(slk_zone_offset(pack, "+9", 0, &offset));
    assert_false(slk_zone_offset(pack, NULL, 0, &offset));
}

static void clocks_set_forward_and_back(void **state) {
    (void)state;
    int64_t utc;
    /* New York, 2024-11-03 01:30 comes twice: the earlier one (EDT); 2024-03-10 02:30 never: read as EST */
    assert_true(slk_zone_to_utc(pack, "America/New_York", 1730597400, &utc));
    assert_int_equal(utc, 1730597400 + 14400);
    assert_true(slk_zone_to_utc(pack, "America/New_York", 1710037800, &utc));
    assert_int_equal(utc, 1710037800 + 18000);
}

/* Copies the pack with its first `keep` bytes and one byte changed (or none: at = SIZE_MAX). */
static void copy_pack(const char *to, size_t keep, size_t at) {
    FILE *in = fopen(getenv("SILLOK_PACK"), "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    for (size_t i = 0; i < keep; i++) {
        int c = fgetc(in);
        if (c == EOF) break;
        fputc(i == at ? c ^ 1 : c, out);
    }
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

/* The first row of the longest name at the start of text, its end in *end; false where none. */
static bool town(const char *text, slk_gazetteer_place *out, uint32_t *end) {
    uint32_t rows[4];
    return slk_gazetteer_match(pack, slk_text_of(text), 0, rows, 4, end) && slk_gazetteer_row(pack, rows[0], out);
}

static void towns_are_found_by_name(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t end, geonames;
    } known[] = {{"Sinpo's shipyard", 5, 0}, {"Sinp'o", 6, 0},      {"Frankfurt am Main", 17, 2925533},
                 {"Malmö", 6, 2692969},      {"MALMO", 5, 2692969}, {"St. Louis", 9, 4407066},
                 {"Saint-Denis", 11, 0},     {"Kilju", 5, 0}};
    slk_gazetteer_place place;
    uint32_t end = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!town(known[i].text, &place, &end)) fail_msg("%s", known[i].text);
        assert_int_equal(end, known[i].end);
        if (known[i].geonames) assert_int_equal(place.geonames, known[i].geonames);
    }
    assert_true(town("Dayton, Ohio", &place, &end) && end == 6); /* the largest first */
    assert_int_equal(strncmp(place.region, "US.OH", 5), 0);
    static const char *const unknown[] = {"", "sinpo", "Sinpox", "Frankfurt\n\nam Main"};
    for (size_t i = 0; i < 3; i++) assert_false(town(unknown[i], &place, &end));
    assert_true(town(unknown[3], &place, &end) && end == 9);
    assert_false(slk_gazetteer_row(pack, UINT32_MAX, &place));
    assert_true(slk_gazetteer_rows(pack) > 200000 && slk_gazetteer_whole(pack));
}

static void land_is_told_from_sea(void **state) {
    (void)state;
    static const struct {
        double lat, lon;
        const char *iso2; /* NULL: sea */
    } points[] = {{39.0, 125.75, "KP"}, {39.5, 129.5, NULL},   {35.7, 139.5, "JP"}, {0, -30, NULL}, {-75, 90, "AQ"},
                  {41, 51, NULL},       {64, -179.9, NULL},    {67.5, 179.5, "RU"}, {90, 0, NULL},  {-90, 0, "AQ"},
                  {1e9, 0, NULL},       {48.85, 362.35, "FR"}, {24.0, 121.0, "TW"}};
    char iso2[3];
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        bool land = slk_land_at(pack, points[i].lat, points[i].lon, iso2);
        if (land != (points[i].iso2 != NULL)) fail_msg("%g, %g", points[i].lat, points[i].lon);
        assert_string_equal(iso2, points[i].iso2 ? points[i].iso2 : "");
    }
    assert_false(slk_land_at(pack, NAN, NAN, iso2));
}

static void damaged_packs_are_refused(void **state) {
    (void)state;
    char path[] = "/tmp/sillok-pack-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    size_t size = slk_pack_size(pack);
    static const size_t cuts[] = {0, 7, 40, 1000};
    slk_fault fault;
    slk_pack *other = NULL;
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        copy_pack(path, cuts[i], SIZE_MAX);
        assert_int_equal(slk_pack_open(path, &slk_mem_system, &other, &fault), SLK_EPACK);
        assert_non_null(strstr(fault.message, path));
    }
    static const size_t wrong[] = {0, 8, 16, 5000};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        copy_pack(path, size, wrong[i]);
        assert_int_equal(slk_pack_open(path, &slk_mem_system, &other, &fault), SLK_EPACK);
    }
    unlink(path);
    assert_int_equal(slk_pack_open(path, &slk_mem_system, &other, &fault), SLK_EIO);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(phrases_match_as_words),
        cmocka_unit_test(capitals_decide),
        cmocka_unit_test(cells_are_read),
        cmocka_unit_test(zones_know_history),
        cmocka_unit_test(clocks_set_forward_and_back),
        cmocka_unit_test(towns_are_found_by_name),
        cmocka_unit_test(land_is_told_from_sea),
        cmocka_unit_test(damaged_packs_are_refused),
    };
    return cmocka_run_group_tests(all, open_pack, close_pack);
}
