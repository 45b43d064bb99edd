/* test_times.c - times: the cases of cases/times.tsv (spans, types, values, mods), then bounds, zones, UTC and glosses, and texts
 * that are hostile or have no day of publication. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine.h"
#include "engine_fixture.h"
#include "measure/measure.h"

static slk_reading *read_text(const char *published, const char *text, size_t n) {
    slk_input in = {.published = *published ? published : NULL, .text = {text, n}};
    slk_reading *r = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_read(engine, &in, SLK_LAYER_NAMES | SLK_LAYER_TIMES | SLK_LAYER_PLACES, &r, &fault);
    if (err != SLK_OK) fail_msg("%s", fault.message);
    return r;
}

/* ---------------------------------------------------------------- the table of cases */

/* All times of a reading as the table writes them. */
static void describe(slk_reading *r, slk_buf *out) {
    size_t n;
    const slk_time *t = slk_reading_times(r, &n);
    slk_text text = slk_reading_report(r)->text;
    for (size_t i = 0; i < n; i++) {
        if (i) slk_buf_puts(out, " | ");
        slk_buf_add(out, text.at + t[i].span.start, t[i].span.end - t[i].span.start);
        slk_buf_puts(out, "=");
        slk_buf_puts(out, slk_time_type_word(t[i].type));
        slk_buf_puts(out, " ");
        slk_buf_puts(out, t[i].value ? t[i].value : "-");
        if (t[i].mod) slk_buf_puts(out, " ");
        if (t[i].mod) slk_buf_puts(out, t[i].mod);
    }
}

static void unescape(slk_text t, slk_buf *out) {
    for (size_t i = 0; i < t.n; i++) {
        bool line = t.at[i] == '\\' && i + 1 < t.n && t.at[i + 1] == 'n';
        slk_buf_add(out, line ? "\n" : t.at + i, 1);
        i += line;
    }
}

static unsigned check_case(slk_text line) {
    slk_text published = {0}, text = {0};
    slk_buf plain, found;
    char day[40];
    assert_true(slk_text_split(&line, '\t', &published) && slk_text_split(&line, '\t', &text));
    slk_buf_start(&plain, &slk_mem_system, 1 << 16);
    slk_buf_start(&found, &slk_mem_system, 1 << 16);
    unescape(text, &plain);
    slk_text_print(day, sizeof day, "%.*s", (int)published.n, published.at);
    slk_reading *r = read_text(day, plain.at, plain.n);
    describe(r, &found);
    bool same = slk_text_eq((slk_text){found.at, found.n}, line);
    if (!same)
        print_error("%.*s\n  wanted %.*s\n  found  %.*s\n", (int)text.n, text.at, (int)line.n, line.at, (int)found.n,
                    found.at);
    slk_reading_free(r);
    slk_buf_free(&plain);
    slk_buf_free(&found);
    return same ? 0 : 1;
}

static void cases_of_the_table(void **state) {
    (void)state;
    char path[1024], line[4096];
    slk_text_print(path, sizeof path, "%s/cases/times.tsv", getenv("SLK_TEST_DATA"));
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    unsigned wrong = 0, n = 0;
    while (fgets(line, sizeof line, f)) {
        size_t len = strcspn(line, "\n");
        if (line[0] == '#' || len == 0) continue;
        wrong += check_case((slk_text){line, len});
        n++;
    }
    (void)fclose(f);
    assert_true(n >= 400);
    assert_int_equal(wrong, 0);
}

/* ---------------------------------------------------------------- bounds, zones, glosses */

static const char *shown(slk_instant t, char out[40]) {
    slk_instant_format(t, out);
    return out;
}

static void bounds_are_days_of_the_local_calendar(void **state) {
    (void)state;
    static const struct {
        const char *published, *text, *earliest, *latest;
    } cases[] = {
        {"2024-09-18", "It was fired on Tuesday.", "2024-09-17", "2024-09-17"},
        {"2024-09-18", "It was fired on Tuesday night.", "2024-09-17", "2024-09-18"},
        {"2024-09-18", "It was fired last week.", "2024-09-09", "2024-09-15"},
        {"2024-09-18", "It was fired in August.", "2024-08", "2024-08"},
        {"2024-09-18", "It was fired in early August.", "2024-08-01", "2024-08-11"},
        {"2024-09-18", "It was fired in late August.", "2024-08-21", "2024-08-31"},
        {"2024-09-18", "It was fired in mid-August.", "2024-08-10", "2024-08-22"},
        {"2024-09-18", "It was built in the 1990s.", "1990", "1999"},
        {"2024-09-18", "It was built in late 2019.", "2019-09", "2019-12"},
        {"2024-09-18", "It was built in the first half of 2019.", "2019-01", "2019-06"},
        {"2024-09-18", "It was seen at 6:50 a.m. on Monday.", "2024-09-16T06:50", "2024-09-16T06:50"},
        {"2024-12-31", "It ended at midnight.", "2025-01-01T00:00", "2025-01-01T00:00"},
        {"2024-09-18", "It lasted two hours.", "", ""},
        {"", "It was fired on Tuesday.", "", ""},
        {"", "It was seen at 6:50 a.m.", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char earliest[40], latest[40];
        size_t n;
        slk_reading *r = read_text(cases[i].published, cases[i].text, strlen(cases[i].text));
        const slk_time *t = slk_reading_times(r, &n);
        assert_int_equal(n, 1);
        assert_string_equal(shown(t->earliest, earliest), cases[i].earliest);
        assert_string_equal(shown(t->latest, latest), cases[i].latest);
        slk_reading_free(r);
    }
}

/* Zone and UTC of the first clock time of a text. */
static void zones_give_utc(void **state) {
    (void)state;
    static const struct {
        const char *published, *text, *zone, *utc;
    } cases[] = {
        {"2024-09-18", "It was seen at 0650 KST.", "Asia/Seoul", "2024-09-17T21:50Z"},
        {"2016-02-07", "It rose at 9 a.m. Pyongyang time.", "Asia/Pyongyang", "2016-02-07T00:30Z"},
        {"2024-02-07", "It rose at 9 a.m. Pyongyang time.", "Asia/Pyongyang", "2024-02-07T00:00Z"},
        {"2024-07-18", "It rose at 8:05 p.m. Eastern time.", "America/New_York", "2024-07-19T00:05Z"},
        {"2024-01-18", "It rose at 8:05 p.m. Eastern time.", "America/New_York", "2024-01-19T01:05Z"},
        {"2024-01-18", "It rose at 8:05 p.m. EST.", "-05:00", "2024-01-19T01:05Z"},
        {"2024-09-18", "It rose at 9 a.m. Moscow time.", "Europe/Moscow", "2024-09-18T06:00Z"},
        {"2024-09-18", "It rose at 0840 GMT.", "Etc/UTC", "2024-09-18T08:40Z"},
        {"2024-09-18", "It rose at 6:40 p.m. (GMT +8).", "+08:00", "2024-09-18T10:40Z"},
        {"2024-09-18", "It rose at 11:30 p.m. IST near New Delhi.", "Asia/Kolkata", "2024-09-18T18:00Z"},
        {"2024-09-18", "It rose at 9 a.m.", NULL, ""},
        {"2024-09-18", "It rose at 9 a.m. local time.", NULL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char utc[40];
        size_t n;
        slk_reading *r = read_text(cases[i].published, cases[i].text, strlen(cases[i].text));
        const slk_time *t = slk_reading_times(r, &n);
        assert_int_equal(n, 1);
        if (cases[i].zone)
            assert_string_equal(t->zone, cases[i].zone);
        else
            assert_null(t->zone);
        assert_string_equal(shown(t->utc, utc), cases[i].utc);
        assert_int_equal(t->local, strstr(cases[i].text, "local time") != NULL);
        slk_reading_free(r);
    }
}

static void brackets_restate(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t n, gloss_of[4];
        const char *value[4];
    } cases[] = {
        {"It was fired at 6:50 a.m. local time (2150 GMT Tuesday).",
         2,
         {SLK_NONE, 0},
         {"2024-09-18T06:50", "2024-09-17T21:50Z"}},
        {"It was fired at 6:50 a.m. KST (2150 GMT).", 2, {SLK_NONE, 0}, {"2024-09-18T06:50", "2024-09-17T21:50Z"}},
        {"It was fired at 7 p.m. (2330 GMT).", 2, {SLK_NONE, 0}, {"2024-09-18T19:00", "2024-09-18T23:30Z"}},
        {"It was fired at 8 p.m. EDT (0000 GMT) on Monday.", 3, {SLK_NONE, 0, SLK_NONE}, {NULL, NULL, "2024-09-16"}},
        {"It was fired between 6:50 and 7:10 a.m. (2150-2210 GMT).",
         4,
         {SLK_NONE, SLK_NONE, 0, 1},
         {"2024-09-18T06:50", "2024-09-18T07:10", "2024-09-17T21:50Z", "2024-09-17T22:10Z"}},
        {"It was fired on Wednesday (2150 GMT on Tuesday).", 2, {SLK_NONE, 0}, {"2024-09-18", "2024-09-17T21:50Z"}},
        {"It was fired on Monday, and on Tuesday too.", 2, {SLK_NONE, SLK_NONE}, {"2024-09-16", "2024-09-17"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        slk_reading *r = read_text("2024-09-18", cases[i].text, strlen(cases[i].text));
        const slk_time *t = slk_reading_times(r, &n);
        assert_int_equal(n, cases[i].n);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(t[k].gloss_of, cases[i].gloss_of[k]);
            if (cases[i].value[k]) assert_string_equal(t[k].value, cases[i].value[k]);
        }
        slk_reading_free(r);
    }
}

static void a_time_is_read_in_the_zone_of_its_place(void **state) {
    (void)state;
    size_t n;
    char out[40];
    const char *text = "It was fired at 6:50 a.m. local time (2150 GMT Tuesday).";
    slk_reading *r = read_text("2024-09-18", text, strlen(text));
    const slk_time *t = slk_reading_times(r, &n);
    slk_instant local, utc;
    assert_int_equal(n, 2);
    assert_true(slk_time_in_zone(slk_engine_pack(engine), &t[0], "Asia/Seoul", &local, &utc));
    assert_string_equal(shown(local, out), "2024-09-18T06:50+09:00");
    assert_string_equal(shown(utc, out), "2024-09-17T21:50Z");
    assert_true(slk_time_in_zone(slk_engine_pack(engine), &t[1], "Asia/Seoul", &local, &utc));
    assert_string_equal(shown(local, out), "2024-09-18T06:50+09:00");
    assert_false(slk_time_in_zone(slk_engine_pack(engine), &t[0], NULL, &local, &utc));
    assert_false(slk_time_in_zone(slk_engine_pack(engine), &t[0], "Asia/Nowhere", &local, &utc));
    slk_reading_free(r);
}

/* ---------------------------------------------------------------- where the day of publication comes from */

static void datelines_say_the_day(void **state) {
    (void)state;
    static const struct {
        const char *published, *text, *day;
        slk_published_basis basis;
    } cases[] = {
        {"", "TEHRAN, January 8, 2020 (AP) -- The army fired missiles.", "2020-01-08", SLK_PUB_DATELINE},
        {"", "TEHRAN, Jan. 8 (AP) -- The army fired missiles.", "", SLK_PUB_UNKNOWN},
        {"", "The treaty of January 8, 2020 is void.", "", SLK_PUB_UNKNOWN},
        {"2020-01-09", "TEHRAN, January 8, 2020 (AP) -- The army fired missiles.", "2020-01-09", SLK_PUB_GIVEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char day[40];
        slk_reading *r = read_text(cases[i].published, cases[i].text, strlen(cases[i].text));
        assert_string_equal(shown(slk_reading_report(r)->published, day), cases[i].day);
        assert_int_equal(slk_reading_report(r)->published_basis, cases[i].basis);
        slk_reading_free(r);
    }
}

/* ---------------------------------------------------------------- hostile texts */

/* Every part repeated into a long text is read to its end, and every span lies inside the text, in order, without overlap. */
static void long_and_odd_texts_are_read(void **state) {
    (void)state;
    static const char *const parts[] = {
        "May ",
        "the the the ",
        "12:12:12 ",
        "1990s-",
        "between 6 and ",
        "first second third ",
        "a.m. p.m. ",
        "last next ",
        "Sept. 99 ",
        "2024-",
        "99999999999 years ",
        "(((2150 GMT",
        "a half and ",
        "two to three ",
        "every other day ",
        "BC AD ",
        "'90s ",
        "31 February 2023 ",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        slk_buf b;
        slk_buf_start(&b, &slk_mem_system, 1 << 20);
        while (b.n < 20000) slk_buf_puts(&b, parts[i]);
        slk_reading *r = read_text("2024-09-18", b.at, b.n);
        size_t n;
        const slk_time *t = slk_reading_times(r, &n);
        uint32_t end = 0;
        for (size_t k = 0; k < n; k++) {
            assert_true(t[k].span.start >= end && t[k].span.start < t[k].span.end && t[k].span.end <= b.n);
            end = t[k].span.end;
            assert_true(t[k].gloss_of == SLK_NONE || t[k].gloss_of < k);
        }
        slk_reading_free(r);
        slk_buf_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_of_the_table),
        cmocka_unit_test(bounds_are_days_of_the_local_calendar),
        cmocka_unit_test(zones_give_utc),
        cmocka_unit_test(brackets_restate),
        cmocka_unit_test(a_time_is_read_in_the_zone_of_its_place),
        cmocka_unit_test(datelines_say_the_day),
        cmocka_unit_test(long_and_odd_texts_are_read),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
