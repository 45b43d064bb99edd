/* test_base.c - the base room: memory, text, JSON, calendar, ordered threads. Values that a reader can check by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/pool.h"
#include "base/reading.h"
#include "base/text.h"
#include "base/words.h"

static slk_text T(const char *z) { return slk_text_of(z); }

static void arena_gives_zeroed_memory_up_to_its_ceiling(void **state) {
    (void)state;
    slk_arena a;
    slk_arena_start(&a, &slk_mem_system, 1 << 20);
    char *p = slk_arena_take(&a, 1000);
    assert_non_null(p);
    for (int i = 0; i < 1000; i++) assert_int_equal(p[i], 0);
    assert_null(slk_arena_take(&a, 1 << 20));
    assert_null(slk_arena_take(&a, SIZE_MAX - 3));
    assert_string_equal(slk_arena_printf(&a, "%d km", 400), "400 km");
    slk_arena_free(&a);
}

static void an_arena_gives_all_it_may_and_no_byte_more(void **state) {
    (void)state;
    for (size_t piece = 1; piece < 5000; piece = piece * 3 + 1) {
        slk_arena a;
        slk_arena_start(&a, &slk_mem_system, 100000);
        size_t given = 0, n = 0;
        char *p, *before = NULL;
        for (; (p = slk_arena_take(&a, piece)) != NULL; given += piece, n++) {
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            assert_true(p != before);
            memset(p, 0xAA, piece); /* sanitizers see what is too much */
            before = p;
        }
        size_t each = (piece + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
        assert_int_equal(n, 100000 / each);
        assert_true(a.used_b <= a.ceiling_b && given <= 100000);
        assert_null(slk_arena_copy(&a, "0123456789abcdef", SIZE_MAX));
        slk_arena_free(&a);
        assert_non_null(slk_arena_take(&a, piece)); /* usable again */
        slk_arena_free(&a);
    }
}

static void lists_stop_at_their_ceiling(void **state) {
    (void)state;
    slk_arena a;
    slk_arena_start(&a, &slk_mem_system, 1 << 20);
    SLK_LIST(int) list = {0};
    for (int i = 0; i < 20; i++) {
        assert_int_equal(SLK_ROOM(&a, &list, 20), SLK_OK);
        list.at[list.n++] = i;
    }
    assert_int_equal(SLK_ROOM(&a, &list, 20), SLK_ELIMIT);
    assert_int_equal(list.at[19], 19);
    slk_arena_free(&a);
}

static void utf8_is_checked_to_the_byte(void **state) {
    (void)state;
    assert_int_equal(slk_utf8_check(T("Kaechon 개천 é")), strlen("Kaechon 개천 é"));
    assert_int_equal(slk_utf8_check((slk_text){"ab\xC3", 3}), 2);
    assert_int_equal(slk_utf8_check((slk_text){"a\0b", 3}), 1);
    assert_int_equal(slk_utf8_check(T("x\xED\xA0\x80")), 1); /* a surrogate */
    uint32_t cp;
    const char *e = "é";
    assert_int_equal(slk_utf8_next(e, e + 2, &cp), 2);
    assert_int_equal(cp, 0xE9);
}

static void folding_makes_quotes_and_dashes_plain(void **state) {
    (void)state;
    assert_int_equal(slk_cp_fold(0x2019), '\'');
    assert_int_equal(slk_cp_fold(0x2013), '-');
    assert_int_equal(slk_cp_fold('K'), 'k');
    assert_int_equal(slk_cp_fold(0xC9), 0xE9);
    assert_int_equal(slk_cp_fold(0xFF11), '1');
}

static void numbers_are_read_whole_or_not_at_all(void **state) {
    (void)state;
    double v;
    assert_true(slk_text_double(T("-12.5"), &v) && v == -12.5);
    assert_true(slk_text_double(T("1e3"), &v) && v == 1000);
    assert_false(slk_text_double(T("12km"), &v));
    assert_false(slk_text_double(T(""), &v));
    assert_false(slk_text_double(T("."), &v));
}

static void splitting_keeps_empty_pieces(void **state) {
    (void)state;
    slk_text rest = T("a||b"), piece;
    assert_true(slk_text_split(&rest, '|', &piece) && slk_text_is(piece, "a"));
    assert_true(slk_text_split(&rest, '|', &piece) && piece.n == 0);
    assert_true(slk_text_split(&rest, '|', &piece) && slk_text_is(piece, "b"));
    assert_false(slk_text_split(&rest, '|', &piece));
}

static void json_is_escaped_and_nested(void **state) {
    (void)state;
    slk_buf b;
    slk_json j;
    slk_buf_start(&b, &slk_mem_system, 1 << 16);
    slk_json_start(&j, &b, false);
    slk_json_object(&j);
    slk_json_put_string(&j, "words", "\"at least\"\n\x01");
    slk_json_put_string(&j, "none", NULL);
    slk_json_name(&j, "values");
    slk_json_array(&j);
    slk_json_int(&j, -3);
    slk_json_double(&j, 0.1);
    slk_json_double(&j, 400);
    slk_json_bool(&j, true);
    slk_json_end_array(&j);
    slk_json_end_object(&j);
    assert_string_equal(b.at, "{\"words\":\"\\\"at least\\\"\\n\\u0001\",\"values\":[-3,0.1,400,true]}");
    slk_buf_free(&b);
}

static void buffers_keep_their_first_failure(void **state) {
    (void)state;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 300);
    for (int i = 0; i < 40; i++) slk_buf_puts(&b, "0123456789");
    assert_int_equal(b.err, SLK_ELIMIT);
    assert_true(b.n < 300);
    slk_buf_clear(&b);
    slk_buf_puts(&b, "again");
    assert_string_equal(b.at, "again");
    slk_buf_free(&b);
}

static void days_and_weekdays(void **state) {
    (void)state;
    assert_int_equal(slk_days_from_civil(1970, 1, 1), 0);
    assert_int_equal(slk_days_from_civil(2024, 9, 18), 19984);
    assert_int_equal(slk_weekday(slk_days_from_civil(2024, 9, 18)), 3); /* a Wednesday */
    int32_t y;
    uint8_t m, d;
    unsigned week;
    slk_civil_from_days(-1, &y, &m, &d);
    assert_true(y == 1969 && m == 12 && d == 31);
    slk_iso_week(slk_days_from_civil(2021, 1, 3), &y, &week);
    assert_true(y == 2020 && week == 53);
    assert_int_equal(slk_days_in_month(2024, 2), 29);
    assert_int_equal(slk_days_in_month(1900, 2), 28);
}

static void instants_go_there_and_back(void **state) {
    (void)state;
    static const char *const same[] = {"2024",
                                       "2024-09",
                                       "2024-09-18",
                                       "2024-09-18T06:50",
                                       "2024-09-18T06:50+09:00",
                                       "2024-09-17T21:50Z",
                                       "2017-08-29T06:31:03Z"};
    char out[40];
    slk_instant t;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(slk_instant_parse(T(same[i]), &t));
        assert_string_equal(slk_instant_format(t, out), same[i]);
    }
    assert_true(slk_instant_parse(T("2017-08-29 06:31:03Z"), &t));
    static const char *const wrong[] = {"2024-13", "2024-02-30", "24-01-01", "2024-09-18T25:00", "soon", "2024-09-18x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(slk_instant_parse(T(wrong[i]), &t));
}

static void one_moment_on_two_clocks(void **state) {
    (void)state;
    slk_instant seoul, gmt;
    assert_true(slk_instant_parse(T("2024-09-18T06:50+09:00"), &seoul));
    assert_true(slk_instant_parse(T("2024-09-17T21:50Z"), &gmt));
    assert_true(slk_instant_seconds(seoul) == slk_instant_seconds(gmt));
    assert_true(slk_instant_eq(slk_instant_at(slk_instant_seconds(gmt), 540, SLK_P_MINUTE), seoul));
    int64_t first, last;
    assert_true(slk_instant_parse(T("2024-02"), &gmt));
    slk_instant_range(gmt, &first, &last);
    assert_int_equal(last - first + 1, 29 * 86400);
}

typedef struct counting {
    int next, done, n;
    bool in_order;
} counting;

static void *take(void *ctx) {
    counting *c = ctx;
    if (c->next == c->n) return NULL;
    int *job = malloc(sizeof *job);
    if (job) *job = c->next++;
    return job;
}

static void work(void *ctx, void *job) {
    (void)ctx;
    volatile int spin = (*(int *)job * 7919) % 1000;
    while (spin > 0) spin--;
}

static bool done(void *ctx, void *job) {
    counting *c = ctx;
    c->in_order = c->in_order && *(int *)job == c->done;
    c->done++;
    free(job);
    return true;
}

static void threads_hand_back_in_order(void **state) {
    (void)state;
    static const unsigned threads[] = {1, 2, 7, 0};
    for (size_t i = 0; i < 4; i++) {
        counting c = {.n = 5000, .in_order = true};
        slk_pool_jobs jobs = {&c, take, work, done};
        assert_int_equal(slk_pool_run(&jobs, threads[i]), SLK_OK);
        assert_int_equal(c.done, 5000);
        assert_true(c.in_order);
    }
}

static bool done_until_100(void *ctx, void *job) {
    counting *c = ctx;
    (void)done(ctx, job);
    return c->done < 100;
}

static void every_number_of_threads_stops_early_and_loses_no_job(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 16; threads++) {
        counting c = {.n = 1000, .in_order = true};
        slk_pool_jobs jobs = {&c, take, work, done_until_100};
        assert_int_equal(slk_pool_run(&jobs, threads), SLK_OK);
        assert_true(c.in_order);
        assert_int_equal(c.done, c.next); /* what was begun was handed back */
        assert_true(c.done >= 100 && c.done <= 100 + 5 * (int)threads);
    }
}

static void spans_turn_into_code_points(void **state) {
    (void)state;
    char text[2000];
    slk_reading r = {.mem = slk_mem_system};
    slk_arena_start(&r.arena, &slk_mem_system, 1 << 20);
    for (int i = 0; i < 600; i++) memcpy(text + (size_t)i * 3, "개", 3);
    r.report.text = (slk_text){text, 1800};
    assert_int_equal(slk_reading_mark(&r), SLK_OK);
    for (uint32_t i = 0; i <= 600; i++) assert_int_equal(slk_reading_cp(&r, i * 3), i);
    slk_arena_free(&r.arena);
}

static void words_lead_back_to_their_values(void **state) {
    (void)state;
    assert_string_equal(slk_stance_word(SLK_STANCE_DECLINES), "declines-to-say");
    assert_int_equal(slk_stance_of(T("declines-to-say")), SLK_STANCE_DECLINES);
    assert_string_equal(slk_field_word(SLK_FIELD_PURPOSE), "purpose");
    assert_string_equal(slk_certainty_word(SLK_U_U), "Uu");
    assert_string_equal(slk_upos_word(SLK_UPOS_VERB), "VERB");
    assert_int_equal(slk_bound_of(T("nearly")), -1);
}

static void a_cut_message_stays_valid(void **state) {
    (void)state;
    char z[400];
    for (int i = 0; i < 130; i++) memcpy(z + (size_t)i * 3, "개", 4);
    slk_fault f;
    assert_int_equal(slk_fault_at(&f, SLK_EINPUT, 3, 4, "a%s", z), SLK_EINPUT);
    assert_int_equal(slk_utf8_check(T(f.message)), strlen(f.message));
    assert_int_equal(f.line, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_memory_up_to_its_ceiling),
        cmocka_unit_test(an_arena_gives_all_it_may_and_no_byte_more),
        cmocka_unit_test(lists_stop_at_their_ceiling),
        cmocka_unit_test(utf8_is_checked_to_the_byte),
        cmocka_unit_test(folding_makes_quotes_and_dashes_plain),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(splitting_keeps_empty_pieces),
        cmocka_unit_test(json_is_escaped_and_nested),
        cmocka_unit_test(buffers_keep_their_first_failure),
        cmocka_unit_test(days_and_weekdays),
        cmocka_unit_test(instants_go_there_and_back),
        cmocka_unit_test(one_moment_on_two_clocks),
        cmocka_unit_test(threads_hand_back_in_order),
        cmocka_unit_test(every_number_of_threads_stops_early_and_loses_no_job),
        cmocka_unit_test(spans_turn_into_code_points),
        cmocka_unit_test(words_lead_back_to_their_values),
        cmocka_unit_test(a_cut_message_stays_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
