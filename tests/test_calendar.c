/* test_calendar.c - the calendar over ten thousand years: days and dates go there and back, weekdays and ISO weeks go on without a
 * gap, clocks carry over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/text.h"

/* Walks day by day with a plain counter of its own, from year -1999 to 8000. */
static void every_day_of_ten_thousand_years(void **state) {
    (void)state;
    int32_t y = -1999;
    unsigned m = 1, d = 1, weekday = slk_weekday(slk_days_from_civil(y, 1, 1));
    for (int64_t day = slk_days_from_civil(-1999, 1, 1), end = slk_days_from_civil(8001, 1, 1); day < end; day++) {
        int32_t year;
        uint8_t month, dom;
        slk_civil_from_days(day, &year, &month, &dom);
        if (year != y || month != m || dom != d || slk_days_from_civil(y, m, d) != day || slk_weekday(day) != weekday)
            fail_msg("%d-%u-%u", (int)y, m, d);
        weekday = weekday % 7 + 1;
        bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);
        unsigned length = m == 2 ? (leap ? 29 : 28) : m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
        if (++d <= length) continue;
        d = 1;
        if (++m <= 12) continue;
        m = 1;
        y++;
    }
    assert_int_equal(y, 8001);
}

/* A week begins on Monday and goes up by one, or to week 1 of the next year; week 1 holds 4 January (ISO 8601). */
static void weeks_go_on_without_a_gap(void **state) {
    (void)state;
    int64_t day = slk_days_from_civil(-1999, 1, 1), end = slk_days_from_civil(8001, 1, 1);
    day += 8 - slk_weekday(day);
    int32_t before_year, year;
    unsigned before, week;
    slk_iso_week(day - 7, &before_year, &before);
    for (; day < end; day += 7) {
        slk_iso_week(day, &year, &week);
        bool next = year == before_year && week == before + 1;
        bool first = year == before_year + 1 && week == 1 && (before == 52 || before == 53);
        if (!next && !first) fail_msg("week %u of %d", week, (int)year);
        int32_t sunday_year;
        unsigned sunday;
        slk_iso_week(day + 6, &sunday_year, &sunday);
        if (sunday != week || sunday_year != year) fail_msg("week %u of %d is not whole", week, (int)year);
        int64_t fourth = slk_days_from_civil(year, 1, 4);
        if ((week == 1) != (fourth >= day && fourth < day + 7)) fail_msg("week 1 of %d", (int)year);
        before = week;
        before_year = year;
    }
}

static void known_weeks(void **state) {
    (void)state;
    static const struct {
        int32_t year;
        unsigned month, day;
        int32_t week_year;
        unsigned week;
    } cases[] = {
        {2024, 12, 30, 2025, 1}, {2021, 1, 3, 2020, 53}, {2020, 12, 31, 2020, 53}, {2016, 1, 1, 2015, 53},
        {2008, 12, 29, 2009, 1}, {2023, 1, 1, 2022, 52}, {1977, 1, 2, 1976, 53},   {2000, 2, 29, 2000, 9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t year;
        unsigned week;
        slk_iso_week(slk_days_from_civil(cases[i].year, cases[i].month, cases[i].day), &year, &week);
        assert_int_equal(year, cases[i].week_year);
        assert_int_equal(week, cases[i].week);
    }
}

/* Every 97 minutes over some years, on clocks from 12 hours west to 14 hours east, written and read again. */
static void moments_go_there_and_back_on_every_clock(void **state) {
    (void)state;
    int offset = -720;
    for (int64_t s = -86400LL * 400; s < 86400LL * 400; s += 97 * 60 + 1) {
        slk_instant t = slk_instant_at(s, offset, SLK_P_SECOND), again;
        char z[40];
        assert_true(slk_instant_parse(slk_text_of(slk_instant_format(t, z)), &again));
        if (!slk_instant_eq(t, again) || slk_instant_seconds(again) != s) fail_msg("%s", z);
        offset = offset >= 840 ? -720 : offset + 15;
    }
}

static void ranges_are_as_long_as_what_they_name(void **state) {
    (void)state;
    static const struct {
        const char *z;
        int64_t seconds;
    } cases[] = {
        {"2024", 366 * 86400}, {"2023", 365 * 86400},   {"2024-02", 29 * 86400},  {"2023-12", 31 * 86400},
        {"2024-09-18", 86400}, {"2024-09-18T06", 3600}, {"2024-09-18T06:50", 60}, {"2024-09-18T06:50:09", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_instant t;
        int64_t first, last;
        assert_true(slk_instant_parse(slk_text_of(cases[i].z), &t));
        slk_instant_range(t, &first, &last);
        assert_int_equal(last - first + 1, cases[i].seconds);
    }
}

static void cutting_leaves_no_rest(void **state) {
    (void)state;
    slk_instant t;
    static const char *const cuts[] = {
        "", "2024", "2024-09", "2024-09-18", NULL /* an hour alone */, "2024-09-18T06:50+09:00"};
    assert_true(slk_instant_parse(slk_text_of("2024-09-18T06:50:09+09:00"), &t));
    for (int p = SLK_P_NONE; p <= SLK_P_MINUTE; p++) {
        char z[40];
        slk_instant cut = slk_instant_cut(t, (slk_precision)p);
        assert_int_equal(cut.precision, p);
        if (cuts[p]) assert_string_equal(slk_instant_format(cut, z), cuts[p]);
        assert_int_equal(cut.second, 0);
    }
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",
        "2024-",
        "2024-0",
        "2024-00",
        "2024-09-00",
        "2024-09-31",
        "2023-02-29",
        "1900-02-29",
        "2024-09-18T",
        "2024-09-18T6:50",
        "2024-09-18T06:60",
        "2024-09-18T24:01",
        "2024-9-18",

        "18-09-2024",
        "2024-09-18T06:50+",
        "2024-09-18T06:50+25:00",
        "20240918x",
        "2024-09-18Z9",
        "2024-09-18T06:50:",
        "+",
        "-",
        "T06:50",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        slk_instant t = {.year = 7};
        if (slk_instant_parse(slk_text_of(wrong[i]), &t)) fail_msg("\"%s\" was taken for a date", wrong[i]);
        assert_int_equal(t.year, 7); /* left alone */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_ten_thousand_years),
        cmocka_unit_test(weeks_go_on_without_a_gap),
        cmocka_unit_test(known_weeks),
        cmocka_unit_test(moments_go_there_and_back_on_every_clock),
        cmocka_unit_test(ranges_are_as_long_as_what_they_name),
        cmocka_unit_test(cutting_leaves_no_rest),
        cmocka_unit_test(what_is_no_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
