/* test_measure.c - quantities and places, held against cases/quantities.tsv and cases/places.tsv: one sentence a line, then all
 * that must be found in it, in order and nothing else; "-" for nothing. Items are separated by "; ", their parts by "|":
 *
 *   quantities   words | value, "2..4" a range, "2th" an ordinal | UCUM unit, - for a count | bound
 *   measures     words | SI value, "2..4" a range, - for a count | dimension | what is counted or measured, - where not found
 *                | number of the item that it restates, from 1, - for none
 *   places       words | ISO 3166-1 alpha-2, - where none | lat,lon to a tenth of a degree, - where not known
 *                | bearing/km/name of the reference of a relative place, - for any other
 *
 * Then texts that nobody writes: whatever the bytes, every span lies in the text and every reference in its list. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/reading.h"
#include "base/text.h"
#include "engine.h"
#include "engine_fixture.h"
#include "measure/measure.h"

#define LINE_B 4096
#define NOISE_B 20000u

static slk_reading *read_text(slk_text text) {
    slk_input in = {.text = text, .published = "2024-09-18"};
    slk_reading *r = NULL;
    slk_fault fault;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_QUANTITIES | SLK_LAYER_PLACES, &r, &fault), SLK_OK);
    return r;
}

/* ---------------------------------------------------------------- what was found, as the cases write it */

static const char *bound_word(slk_bound b) {
    static const char *const words[] = {"exact", "about", "at-least", "at-most", "more-than", "less-than", "vague"};
    return words[b];
}

static void put(char out[LINE_B], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(char out[LINE_B], const char *format, ...) {
    size_t n = strlen(out);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(out + n, LINE_B - n, format, args);
    va_end(args);
}

static void put_words(char out[LINE_B], const slk_reading *r, slk_span span) {
    slk_text t = slk_reading_text(r, span);
    put(out, "%s%.*s|", out[0] ? "; " : "", (int)t.n, t.at);
}

static void quantities_of(const slk_reading *r, char out[LINE_B]) {
    out[0] = '\0';
    for (uint32_t i = 0; i < r->quantities.n; i++) {
        const slk_quantity *q = &r->quantities.at[i];
        put_words(out, r, q->span);
        put(out, "%.6g", q->value);
        if (q->has_high) put(out, "..%.6g", q->high);
        put(out, "%s|%s|%s", q->ordinal ? "th" : "", q->unit ? q->unit : "-", bound_word(q->bound));
    }
    if (!out[0]) put(out, "-");
}

static void measures_of(const slk_reading *r, char out[LINE_B]) {
    out[0] = '\0';
    for (uint32_t i = 0; i < r->quantities.n; i++) {
        const slk_quantity *q = &r->quantities.at[i];
        slk_text of = slk_reading_text(r, q->of);
        put_words(out, r, q->span);
        if (!q->unit)
            put(out, "-|");
        else if (q->has_high)
            put(out, "%.6g..%.6g|", q->si, q->si_high);
        else
            put(out, "%.6g|", q->si);
        put(out, "%s|%.*s|", q->dimension, of.n ? (int)of.n : 1, of.n ? of.at : "-");
        if (q->gloss_of == SLK_NONE)
            put(out, "-");
        else
            put(out, "%u", q->gloss_of + 1);
    }
    if (!out[0]) put(out, "-");
}

static void put_relative(char out[LINE_B], const slk_reading *r, const slk_relative *to) {
    if (!to->known) {
        put(out, "-");
        return;
    }
    if (isnan(to->bearing_deg))
        put(out, "-/");
    else
        put(out, "%.6g/", to->bearing_deg);
    if (isnan(to->distance_m))
        put(out, "-/");
    else
        put(out, "%.6g/", to->distance_m / 1000);
    put(out, "%s", to->of == SLK_NONE ? "-" : r->places.at[to->of].name);
}

static void places_of(const slk_reading *r, char out[LINE_B]) {
    out[0] = '\0';
    for (uint32_t i = 0; i < r->places.n; i++) {
        const slk_place *p = &r->places.at[i];
        put_words(out, r, p->span);
        put(out, "%s|", p->country[0] ? p->country : "-");
        if (p->has_point)
            put(out, "%.1f,%.1f|", p->lat, p->lon);
        else
            put(out, "-|");
        put_relative(out, r, &p->relative);
    }
    if (!out[0]) put(out, "-");
}

/* ---------------------------------------------------------------- cases */

static void hold(const char *file, void (*of)(const slk_reading *r, char out[LINE_B]), uint32_t at_least) {
    char path[1024], line[LINE_B], got[LINE_B];
    (void)snprintf(path, sizeof path, "%s/cases/%s", getenv("SLK_TEST_DATA"), file);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    uint32_t n = 0, bad = 0;
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        char *want = strchr(line, '\t');
        if (line[0] == '#' || !want) continue;
        *want++ = '\0';
        slk_reading *r = read_text(slk_text_of(line));
        of(r, got);
        slk_reading_free(r);
        n++;
        if (strcmp(got, want) == 0) continue;
        bad++;
        print_error("%s: %s\n  want %s\n  got  %s\n", file, line, want, got);
    }
    assert_int_equal(fclose(in), 0);
    assert_int_equal(bad, 0);
    assert_true(n >= at_least);
}

static void quantities_are_found(void **state) {
    (void)state;
    hold("quantities.tsv", quantities_of, 200);
    hold("measures.tsv", measures_of, 40);
}

static void places_are_found(void **state) {
    (void)state;
    hold("places.tsv", places_of, 60);
}

/* Earlier mentions and company decide: cases of more than one sentence. */
static void company_decides(void **state) {
    static const char far_east[] = "Vladivostok and Nakhodka lie in Russia. The road goes on to Birmingham.";
    static const char south[] = "Montgomery, Tuscaloosa and Huntsville are in Alabama. The road goes on to Birmingham.";
    (void)state;
    slk_reading *a = read_text(slk_text_of(far_east)), *b = read_text(slk_text_of(south));
    assert_string_equal(a->places.at[a->places.n - 1].country, "GB");
    assert_string_equal(b->places.at[b->places.n - 1].country, "US");
    slk_reading_free(a);
    slk_reading_free(b);
}

/* The region of a relative place, and what lies there. */
static void regions_are_stated(void **state) {
    static const struct {
        const char *text;
        double from_deg, to_deg, least_km, most_km; /* to half a degree, half a kilometre; least_km 0: none stated */
        slk_surface surface;
        const char *water;
    } cases[] = {
        {"It fell 350 km east of Wonsan.", 57, 123, 245, 363.5, SLK_SURFACE_SEA, "Sea of Japan"},
        {"A blast 20 km south-west of Isfahan was heard.", 195, 255, 14, 23.6, SLK_SURFACE_LAND, NULL},
        {"It came down 60 km north of Wonsan.", 327, 33, 42, 64.8, SLK_SURFACE_EITHER, "Sea of Japan"},
        {"The ship sank 100 miles south-east of Aden.", 106, 164, 112.7, 168.8, SLK_SURFACE_SEA, "Gulf of Aden"},
        {"The depot lies 12 km outside Homs.", 0, 360, 8.4, 15.4, SLK_SURFACE_UNKNOWN, NULL},
        {"It fell 200 to 300 km east of Wonsan.", 57, 123, 140, 312, SLK_SURFACE_SEA, "Sea of Japan"},
        {"It fell far off the coast of Wonsan.", 0, 0, 0, 0, SLK_SURFACE_UNKNOWN, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_reading *r = read_text(slk_text_of(cases[i].text));
        assert_true(r->places.n > 0 && r->places.at[0].relative.known);
        const slk_place *p = &r->places.at[0];
        const slk_sector *s = &p->relative.sector;
        assert_int_equal(s->known, cases[i].least_km > 0);
        if (fabs(s->from_deg - cases[i].from_deg) > 0.7 || fabs(s->to_deg - cases[i].to_deg) > 1.5 ||
            fabs(s->least_m / 1e3 - cases[i].least_km) > 0.5 || fabs(s->most_m / 1e3 - cases[i].most_km) > 0.5)
            fail_msg("%s: %g to %g degrees, %g to %g m", cases[i].text, s->from_deg, s->to_deg, s->least_m, s->most_m);
        if (p->surface != cases[i].surface) fail_msg("%s: surface %d", cases[i].text, (int)p->surface);
        assert_string_equal(p->water ? p->water : "", cases[i].water ? cases[i].water : "");
        slk_reading_free(r);
    }
}

/* Every outline of waters.tsv holds a point that nobody would call by another name. */
static void waters_are_told_apart(void **state) {
    static const struct {
        double lat, lon;
        const char *name;
    } points[] = {
        {39, 131.5, "Sea of Japan"},      {35.5, 124, "Yellow Sea"},         {26.5, 52, "Persian Gulf"},
        {26.3, 56.7, "Strait of Hormuz"}, {15, 65, "Arabian Sea"},           {43, 34, "Black Sea"},
        {12, 113, "South China Sea"},     {24.3, 119.2, "Taiwan Strait"},    {58.5, 180, "Bering Sea"},
        {58.5, -178, "Bering Sea"},       {20, -150, "North Pacific Ocean"}, {-30, 10, "South Atlantic Ocean"},
        {60, 26, "Gulf of Finland"},      {35, 18, "Mediterranean Sea"},     {25, -90, "Gulf of Mexico"}};
    (void)state;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++)
        assert_string_equal(slk_water_at(slk_engine_pack(engine), points[i].lat, points[i].lon), points[i].name);
    assert_null(slk_water_at(slk_engine_pack(engine), 1000, NAN));
}

/* Large countries keep more than one clock. */
static void places_have_their_clock(void **state) {
    static const struct {
        const char *text, *zone;
    } cases[] = {{"It was fired from Vandenberg Space Force Base.", "America/Los_Angeles"},
                 {"It was fired at White Sands.", "America/Denver"},
                 {"It rose from Cape Canaveral.", "America/New_York"},
                 {"It flew over Kauai.", "Pacific/Honolulu"},
                 {"It rose from Plesetsk.", "Europe/Moscow"},
                 {"It rose from Vostochny Cosmodrome.", "Asia/Yakutsk"},
                 {"The shell hit Irkutsk.", "Asia/Irkutsk"},
                 {"It rose from Jiuquan.", "Asia/Shanghai"},
                 {"It left Urumqi.", "Asia/Shanghai"},
                 {"It was seen in Perth.", "Australia/Perth"},
                 {"It fell near Wonsan.", "Asia/Pyongyang"},
                 {"The war in Russia went on.", "Europe/Moscow"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_reading *r = read_text(slk_text_of(cases[i].text));
        assert_true(r->places.n > 0);
        assert_non_null(r->places.at[0].zone);
        assert_string_equal(r->places.at[0].zone, cases[i].zone);
        slk_reading_free(r);
    }
}

/* ---------------------------------------------------------------- geodesics */

static void points_and_ways_agree(void **state) {
    static const double from[][2] = {{39.02, 125.75}, {-33.9, 151.2}, {0, 0}, {71, -179.5}, {-62, 58}};
    (void)state;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        for (int eighth = 0; eighth < 8; eighth++) {
            double bearing = 45 * eighth, lat, lon, distance_m, back_deg;
            slk_geo_point(from[i][0], from[i][1], bearing, 400e3, &lat, &lon);
            slk_geo_inverse(from[i][0], from[i][1], lat, lon, &distance_m, &back_deg);
            assert_true(fabs(distance_m - 400e3) < 0.001);
            assert_true(fabs(remainder(back_deg - bearing, 360)) < 1e-6);
        }
    double distance_m, bearing;
    slk_geo_inverse(0, 0, 0, 1, &distance_m, &bearing); /* a degree of the equator of WGS 84 */
    assert_true(fabs(distance_m - 111319.491) < 0.001 && fabs(bearing - 90) < 1e-9);
}

/* ---------------------------------------------------------------- whatever the bytes */

static void check_references(const slk_reading *r) {
    for (uint32_t i = 0; i < r->quantities.n; i++) {
        const slk_quantity *q = &r->quantities.at[i];
        assert_true(q->span.start < q->span.end && q->span.end <= r->report.text.n && q->of.end <= r->report.text.n);
        assert_true(isfinite(q->value) && (!q->has_high || isfinite(q->high)));
        assert_true(q->gloss_of == SLK_NONE || q->gloss_of < i);
    }
    for (uint32_t i = 0; i < r->places.n; i++) {
        const slk_place *p = &r->places.at[i];
        assert_true(p->span.start < p->span.end && p->span.end <= r->report.text.n);
        assert_non_null(p->name);
        assert_true(!p->has_point || (fabs(p->lat) <= 90 && fabs(p->lon) <= 180));
        assert_true(!p->relative.known || p->relative.of == SLK_NONE ||
                    (p->relative.of < r->places.n && p->relative.of != i));
    }
}

/* Pieces of all the grammars in any order: the same on every run. */
static void noise_is_survived(void **state) {
    static const char *const pieces[] = {"400 km ",
                                         "north ",
                                         "of ",
                                         "off ",
                                         "the ",
                                         "coast ",
                                         "Kaechon",
                                         "Paris",
                                         ", ",
                                         "Texas",
                                         "(",
                                         ")",
                                         "249 ",
                                         "mi",
                                         "-",
                                         "'s ",
                                         "more ",
                                         "than ",
                                         "about ",
                                         "or ",
                                         "between ",
                                         "and ",
                                         "1/2",
                                         "1e308",
                                         "9",
                                         "$",
                                         "Mach ",
                                         "%",
                                         "\xE2\x80\x9D",
                                         "\xC2\xBD",
                                         "\n",
                                         "Syrian ",
                                         "capital ",
                                         "its ",
                                         "east ",
                                         "Lake ",
                                         "St. ",
                                         "in ",
                                         "waters ",
                                         "the North",
                                         "U.S.",
                                         "IL",
                                         "\xE6\xBC\xA2",
                                         "0"};
    uint32_t seed = 20240918;
    (void)state;
    for (int round = 0; round < 40; round++) {
        char *text = malloc(NOISE_B + 32);
        assert_non_null(text);
        size_t n = 0;
        while (n < NOISE_B / 10) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        slk_reading *r = read_text((slk_text){text, n});
        check_references(r);
        slk_reading_free(r);
        free(text);
    }
}

static void one_shape_without_end(void **state) {
    static const char *const shapes[] = {"400 km north of ",
                                         "off the coast of ",
                                         "Paris, Texas, ",
                                         "the Syrian city of ",
                                         "more than about ",
                                         "5 to ",
                                         "1,",
                                         "north-east of its ",
                                         "South ",
                                         "in Xyz province ",
                                         "(5 km ",
                                         "Springfield "};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        size_t n = strlen(shapes[i]), times = NOISE_B / n;
        char *text = malloc(n * times);
        assert_non_null(text);
        for (size_t k = 0; k < times; k++) memcpy(text + k * n, shapes[i], n);
        slk_reading *r = read_text((slk_text){text, n * times});
        check_references(r);
        slk_reading_free(r);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_are_found),    cmocka_unit_test(places_are_found),
        cmocka_unit_test(places_have_their_clock), cmocka_unit_test(company_decides),
        cmocka_unit_test(regions_are_stated),      cmocka_unit_test(waters_are_told_apart),
        cmocka_unit_test(points_and_ways_agree),   cmocka_unit_test(noise_is_survived),
        cmocka_unit_test(one_shape_without_end),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
