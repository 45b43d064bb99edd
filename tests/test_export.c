/* test_export.c - pages and values for people, regions of places, CSV and GeoJSON of a dossier made by hand. What readings look like as a whole is
 * asked from outside, in test_cli.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "export/cells.h"
#include "export/ledger.h"
#include "export/plain.h"
#include "export/region.h"
#include "pack_fixture.h"

static slk_buf buf(void) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1u << 20);
    return b;
}

static const slk_style plain_style = {"", "", "", "", "", "", "", 40, false};

static void assert_buf(slk_buf *b, const char *wanted) {
    assert_int_equal(b->err, SLK_OK);
    assert_string_equal(b->at ? b->at : "", wanted);
    slk_buf_free(b);
}

/* ---------------------------------------------------------------- pages */

static void words_are_cleaned(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"two  short-range\n\t missiles ", "two short-range missiles"},
        {"\x1b[31mred\x07", "\xEF\xBF\xBD[31mred\xEF\xBF\xBD"},
        {"\xC2\x9B"
         "31m",
         "\xEF\xBF\xBD"
         "31m"}, /* C1 control sequence introducer */
        {"a\xE2\x80\xAE"
         "b",
         "a\xEF\xBF\xBD"
         "b"}, /* right-to-left override */
        {"한국 — “x”", "한국 — “x”"},
        {"", ""},
        {"  ", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_buf b = buf();
        slk_page_z(&b, cases[i][0]);
        assert_buf(&b, cases[i][1]);
    }
}

static void words_are_cut_at_a_word(void **state) {
    (void)state;
    slk_buf b = buf();
    slk_page_words_cut(&b, slk_text_of("the sea off its east coast"), 14);
    assert_buf(&b, "the sea off…");
    b = buf();
    slk_page_words_cut(&b, slk_text_of("한국한국한국"), 10); /* never within a character */
    assert_buf(&b, "한국한…");
    b = buf();
    slk_page_words_cut(&b, slk_text_of("short"), 14);
    assert_buf(&b, "short");
}

static void row(slk_buf *b, const slk_style *s, const char *left, unsigned width, const char *right) {
    slk_cell cells[] = {{slk_text_of(left), 2, width}, {slk_text_of(right), 12, 0}};
    slk_page_row(b, s, cells, 2);
}

static void cells_wrap_side_by_side(void **state) {
    (void)state;
    slk_buf b = buf();
    row(&b, &plain_style, "how many", 8, "at least three missiles were fired, they say");
    assert_buf(&b, "  how many  at least three missiles were\n            fired, they say\n");
    b = buf();
    row(&b, &plain_style, "one two three", 8, "x");
    assert_buf(&b, "  one two   x\n  three\n"); /* no spaces at the end of a line */
    b = buf();
    row(&b, &plain_style, "a\nb", 8, "");
    assert_buf(&b, "  a\n  b\n");
    b = buf();
    row(&b, &plain_style, "", 8, "한국한국한국한국 abc"); /* two columns a character, 28 in all */
    assert_buf(&b, "            한국한국한국한국 abc\n");
    b = buf();
    row(&b, &plain_style, "incomprehensible", 8, "");
    assert_buf(&b, "  incompre\n  hensible\n");
}

static void looks_end_with_the_line(void **state) {
    (void)state;
    slk_style s = {"<b>", "<d>", "", "", "", "<c>", "</>", 40, false};
    slk_buf b = buf();
    row(&b, &s, "", 8, SLK_MARK_DIM "twenty eight columns of words" SLK_MARK_OFF " end");
    assert_buf(&b, "            <d>twenty eight columns of</>\n            <d>words</> end\n");
    assert_int_equal(slk_page_width(slk_text_of(SLK_MARK_DIM "ab" SLK_MARK_OFF "\n한")), 2);
}

/* ---------------------------------------------------------------- values */

static slk_instant at(int year, int month, int day, int hour, int minute, slk_precision p, int offset) {
    return (slk_instant){.year = year,
                         .month = (uint8_t)month,
                         .day = (uint8_t)day,
                         .hour = (uint8_t)hour,
                         .minute = (uint8_t)minute,
                         .precision = (uint8_t)p,
                         .has_offset = offset != 9999,
                         .offset_min = (int16_t)(offset == 9999 ? 0 : offset)};
}

static void moments(void **state) {
    (void)state;
    slk_buf b = buf();
    slk_plain_instant(&b, at(2027, 3, 10, 7, 12, SLK_P_MINUTE, 540), true);
    assert_buf(&b, "Wed 2027-03-10 07:12 +09:00\nTue 2027-03-09 22:12 UTC");
    b = buf();
    slk_plain_instant(&b, at(2016, 2, 7, 9, 0, SLK_P_MINUTE, 510), true);
    assert_buf(&b, "Sun 2016-02-07 09:00 +08:30\nSun 2016-02-07 00:30 UTC");
    b = buf();
    slk_plain_instant(&b, at(2027, 3, 0, 0, 0, SLK_P_MONTH, 9999), true);
    assert_buf(&b, "2027-03");
    b = buf();
    slk_plain_instant(&b, at(2027, 3, 10, 22, 12, SLK_P_MINUTE, 0), true);
    assert_buf(&b, "Wed 2027-03-10 22:12 UTC");
}

static void figures(void **state) {
    (void)state;
    const struct {
        slk_value v;
        const char *wanted;
    } quantities[] = {
        {{.low = 400, .high = NAN, .si = 400000, .si_high = NAN, .unit = "km", .bound = SLK_BOUND_ABOUT},
         "about 400 km"},
        {{.low = 249, .high = NAN, .si = 400726.656, .si_high = NAN, .unit = "[mi_i]"}, "249 mi = 401 km"},
        {{.low = 250, .high = 800, .si = NAN, .si_high = NAN, .unit = "km"}, "250 to 800 km"},
        {{.low = 1.5, .high = NAN, .si = NAN, .si_high = NAN, .unit = "t", .bound = SLK_BOUND_MORE_THAN},
         "more than 1.5 t"},
    };
    for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
        slk_buf b = buf();
        slk_plain_quantity(&b, &quantities[i].v);
        assert_buf(&b, quantities[i].wanted);
    }
    const struct {
        slk_value v;
        const char *wanted;
    } counts[] = {
        {{.low = 2, .high = 2}, "2"},
        {{.low = 3, .high = NAN, .bound = SLK_BOUND_AT_LEAST}, "at least 3"},
        {{.low = 2, .high = NAN, .bound = SLK_BOUND_VAGUE}, "2 or more"},
        {{.low = 2, .high = 4}, "2 to 4"},
        {{.low = 10, .high = 10, .bound = SLK_BOUND_ABOUT}, "about 10"},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        slk_buf b = buf();
        slk_plain_count(&b, &counts[i].v);
        assert_buf(&b, counts[i].wanted);
    }
    slk_buf b = buf();
    slk_plain_point(&b, -33.5, 151.25);
    assert_buf(&b, "33.500 S 151.250 E");
}

/* ---------------------------------------------------------------- a dossier in other people's formats */

static slk_claim claims[] = {
    {.field = SLK_FIELD_COUNT,
     .value = {.kind = SLK_VALUE_COUNT, .low = 2, .high = 2},
     .text = "2",
     .superseded_by = SLK_NONE},
    {.field = SLK_FIELD_COUNT,
     .value = {.kind = SLK_VALUE_COUNT, .low = 3, .high = NAN, .bound = SLK_BOUND_AT_LEAST},
     .text = "at least 3",
     .group = 1,
     .superseded_by = SLK_NONE},
    {.field = SLK_FIELD_LANDING,
     .value = {.kind = SLK_VALUE_PLACE, .text = "=Kura, \"range\""},
     .text = "=Kura, \"range\"",
     .has_point = true,
     .lat = 52,
     .lon = -170,
     .basis = SLK_BASIS_RESOLVED,
     .superseded_by = SLK_NONE},
};
static const slk_group count_groups[] = {{.text = "2", .claim = 0}, {.text = "at least 3", .claim = 1}};
static const slk_group landing_groups[] = {{.text = "=Kura, \"range\"", .claim = 2}};
static const slk_told_field told[] = {
    {.field = SLK_FIELD_LANDING, .first = 2, .n = 1, .groups = landing_groups, .n_groups = 1},
    {.field = SLK_FIELD_COUNT, .first = 0, .n = 2, .groups = count_groups, .n_groups = 2, .conflict = true},
};
static const slk_teller reports[] = {{.id = "a", .main = true, .same_story = SLK_NONE},
                                     {.id = "b", .same_story = SLK_NONE}};

static slk_dossier dossier(void) {
    slk_dossier d = {
        .fields = told, .n_fields = 2, .claims = claims, .n_claims = 3, .reports = reports, .n_reports = 2};
    d.entry = (slk_entry){.id = "XX-1",
                          .type = "weapon-test.missile",
                          .actor = "Nowhere",
                          .country = "XKX",
                          .place = "Somewhere",
                          .has_point = true,
                          .lat = 62.9,
                          .lon = 170.5,
                          .certainty = SLK_EC_REPORTED,
                          .main = true,
                          .n_reports = 2,
                          .n_roots = 1};
    d.entry.time = at(2027, 3, 10, 7, 12, SLK_P_MINUTE, 540);
    return d;
}

/* What a format makes of one event, between its head and its tail where whole. */
static slk_buf exported(const char *word, const slk_dossier *d, bool whole) {
    slk_export x;
    slk_buf b = buf();
    const slk_format *format = slk_format_find(word);
    assert_non_null(format);
    slk_export_start(&x, format, NULL, pack, (slk_instant){.precision = SLK_P_NONE}, &b);
    if (whole) assert_int_equal(slk_export_head(&x), SLK_OK);
    if (d) assert_int_equal(slk_export_event(&x, d), SLK_OK);
    if (whole) assert_int_equal(slk_export_tail(&x), SLK_OK);
    slk_export_free(&x);
    return b;
}

static void csv(void **state) {
    (void)state;
    slk_dossier d = dossier();
    slk_buf b = exported("csv", &d, false);
    assert_buf(&b, "XX-1,weapon-test.missile,2027-03-10T07:12+09:00,2027-03-09T22:12Z,Nowhere,XKX,Somewhere,62.9,170.5,"
                   "reported,true,2,1,"
                   ",,,,\"'=Kura, \"\"range\"\"\",,,,,,2 | at least 3,,,,,,,2,2,count,a | b,,\r\n");
    slk_buf head = exported("csv", NULL, true);
    size_t commas = 0;
    for (size_t i = 0; i < head.n; i++) commas += head.at[i] == ',';
    assert_int_equal(commas, 35); /* as many cells as a row has: 13 + 14 + 9 */
    slk_buf_free(&head);
}

/* Every cell that a table asks for is one that there is. */
static void columns_are_known(void **state) {
    (void)state;
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_EXPORT_COLUMNS); row++) {
        const char *word = slk_pack_str(pack, SLK_T_EXPORT_COLUMNS, row, SLK_EXPORT_COLUMNS_CELL);
        assert_non_null(word);
        if (!slk_cell_known(word)) fail_msg("export_columns.tsv: no such cell: %s", word);
    }
}

static void geojson(void **state) {
    (void)state;
    slk_dossier d = dossier();
    slk_buf b = exported("geojson", &d, false);
    assert_non_null(strstr(b.at, "\"geometry\":null")); /* no claim says how wide the place is */
    assert_null(strstr(b.at, "\"Point\""));
    assert_non_null(strstr(b.at, "\"count\":[\"2\",\"at least 3\"]"));
    assert_non_null(strstr(b.at, "\"kind\":\"landing\",\"text\":\"=Kura, \\\"range\\\"\""));
    /* from 170.5 E to 170 W the way crosses the 180th meridian: 9.5 of 19.5 degrees on, 62.9 - 10.9 * 9.5 / 19.5 */
    assert_non_null(strstr(b.at, "{\"type\":\"MultiLineString\",\"coordinates\":[[[170.5,62.9],[180,57.589744]],"
                                 "[[-180,57.589744],[-170,52]]]}"));
    slk_buf_free(&b);
    d.entry.has_point = false;
    b = exported("geojson", &d, false);
    assert_null(strstr(b.at, "LineString"));
    slk_buf_free(&b);
}

/* ---------------------------------------------------------------- regions */

static double area_of(const slk_rings *r, unsigned i) {
    double sum = 0;
    for (unsigned c = 0; c + 1 < r->length[i]; c++)
        sum += r->at[i][c].lon * r->at[i][c + 1].lat - r->at[i][c + 1].lon * r->at[i][c].lat;
    return sum / 2;
}

static void assert_sound(const slk_rings *r) {
    for (unsigned i = 0; i < r->n; i++) {
        assert_true(r->length[i] >= 4);
        assert_true(r->at[i][0].lat == r->at[i][r->length[i] - 1].lat);
        assert_true(r->at[i][0].lon == r->at[i][r->length[i] - 1].lon);
        assert_true(area_of(r, i) > 0); /* counterclockwise */
        for (unsigned c = 0; c < r->length[i]; c++) assert_true(fabs(r->at[i][c].lon) <= 180);
    }
}

static void regions(void **state) {
    (void)state;
    slk_rings r;
    slk_region g = {.kind = SLK_REGION_CIRCLE, .lat = 0, .lon = 100, .radius_m = 111000};
    slk_region_rings(&g, &r);
    assert_int_equal(r.n, 1);
    assert_sound(&r);
    assert_true(fabs(area_of(&r, 0) - 3.13) < 0.05); /* pi square degrees at the equator */
    g.lon = 179.9;                                   /* over the 180th meridian: two rings that are one circle */
    slk_region_rings(&g, &r);
    assert_int_equal(r.n, 2);
    assert_sound(&r);
    assert_true(fabs(area_of(&r, 0) + area_of(&r, 1) - 3.13) < 0.05);
    g.lat = 89.5; /* around the pole: all longitudes */
    g.lon = 30;
    slk_region_rings(&g, &r);
    assert_true(r.n >= 1);
    assert_sound(&r);
    double west = 0, east = 0;
    for (unsigned i = 0; i < r.n; i++)
        for (unsigned c = 0; c < r.length[i]; c++) {
            west = fmin(west, r.at[i][c].lon);
            east = fmax(east, r.at[i][c].lon);
        }
    assert_true(west == -180 && east == 180);
    /* 90 degrees wide between 100 and 200 km: a quarter of the ring, pi (4 - 1) / 4 square degrees */
    slk_region s = {.kind = SLK_REGION_SECTOR, .lat = 0, .lon = 0, .sector = {true, 45, 135, 111000, 222000}};
    slk_region_rings(&s, &r);
    assert_int_equal(r.n, 1);
    assert_sound(&r);
    assert_true(fabs(area_of(&r, 0) - 2.35) < 0.05);
    slk_region none = {.kind = SLK_REGION_NONE};
    slk_region_rings(&none, &r);
    assert_int_equal(r.n, 0);
}

/* Do two edges cross, ends apart? */
static bool cross(const slk_corner *a, const slk_corner *b, const slk_corner *c, const slk_corner *d) {
    double abc = (b->lon - a->lon) * (c->lat - a->lat) - (b->lat - a->lat) * (c->lon - a->lon);
    double abd = (b->lon - a->lon) * (d->lat - a->lat) - (b->lat - a->lat) * (d->lon - a->lon);
    double cda = (d->lon - c->lon) * (a->lat - c->lat) - (d->lat - c->lat) * (a->lon - c->lon);
    double cdb = (d->lon - c->lon) * (b->lat - c->lat) - (d->lat - c->lat) * (b->lon - c->lon);
    return abc * abd < 0 && cda * cdb < 0;
}

static void assert_simple(const slk_rings *r, const char *name) {
    for (unsigned i = 0; i < r->n; i++)
        for (unsigned a = 0; a + 1 < r->length[i]; a++)
            for (unsigned b = a + 1; b + 1 < r->length[i]; b++)
                if (cross(&r->at[i][a], &r->at[i][a + 1], &r->at[i][b], &r->at[i][b + 1]))
                    fail_msg("%s: edges %u and %u cross", name, a, b);
}

static void waters_are_areas(void **state) {
    (void)state;
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_WATERS); row++) {
        slk_rings r;
        slk_region g = {.kind = SLK_REGION_OUTLINE,
                        .outline = slk_pack_cell(pack, SLK_T_WATERS, row, SLK_WATERS_OUTLINE)};
        slk_region_rings(&g, &r);
        assert_true(r.n >= 1);
        assert_sound(&r);
        assert_simple(&r, slk_pack_str(pack, SLK_T_WATERS, row, SLK_WATERS_ID));
    }
}

/* Sectors everywhere, also over the 180th meridian. */
static void sectors_are_areas(void **state) {
    (void)state;
    for (int lon = -180; lon < 180; lon++)
        for (int bearing = 0; bearing < 360; bearing += 40) {
            slk_rings r;
            slk_region g = {.kind = SLK_REGION_SECTOR, .lat = lon % 70, .lon = lon};
            g.sector = (slk_sector){true, bearing, (bearing + 60) % 360, 140000, 212000};
            slk_region_rings(&g, &r);
            assert_true(r.n >= 1);
            assert_sound(&r);
            assert_simple(&r, "sector");
        }
}

static void regions_by_kind(void **state) {
    (void)state;
    slk_claim c = claims[2];
    c.place_kind = "PPLA";
    slk_region g = slk_region_of_claim(pack, &c);
    assert_true(g.kind == SLK_REGION_CIRCLE && g.radius_m >= 5000 && g.radius_m <= 20000);
    assert_string_equal(g.precision, "town");
    c.place_kind = "PCLI"; /* a country is no circle */
    g = slk_region_of_claim(pack, &c);
    assert_true(g.kind == SLK_REGION_NONE);
    assert_string_equal(g.precision, "country");
    c.place_kind = "BAY";
    c.value.text = "the Bay of Bengal";
    g = slk_region_of_claim(pack, &c);
    assert_true(g.kind == SLK_REGION_OUTLINE);
    c.reach = (slk_reach){39.15, 127.44, {true, 30, 60, 10000, 30000}};
    g = slk_region_of_claim(pack, &c);
    assert_true(g.kind == SLK_REGION_SECTOR && g.lat == 39.15 && g.radius_m == 30000);
}

static void dossier_says_who_differs(void **state) {
    (void)state;
    slk_dossier d = dossier();
    slk_style wide = plain_style;
    wide.columns = 100;
    slk_buf b = buf();
    slk_export_dossier_text(&d, &wide, &b);
    assert_non_null(strstr(b.at, "XX-1\nweapon-test.missile  reported  2 reports, 1 independent source\n"));
    assert_non_null(strstr(b.at, "  how many    2 "));
    assert_non_null(strstr(b.at, "  differ"));
    assert_non_null(strstr(b.at, "at least 3"));
    assert_non_null(strstr(b.at, "52.000 N 170.000 W"));
    slk_buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cleaned),
        cmocka_unit_test(words_are_cut_at_a_word),
        cmocka_unit_test(cells_wrap_side_by_side),
        cmocka_unit_test(looks_end_with_the_line),
        cmocka_unit_test(moments),
        cmocka_unit_test(figures),
        cmocka_unit_test(csv),
        cmocka_unit_test(columns_are_known),
        cmocka_unit_test(geojson),
        cmocka_unit_test(regions),
        cmocka_unit_test(regions_by_kind),
        cmocka_unit_test(waters_are_areas),
        cmocka_unit_test(sectors_are_areas),
        cmocka_unit_test(dossier_says_who_differs),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
