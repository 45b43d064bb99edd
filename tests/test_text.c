/* test_text.c - text at its edges: UTF-8 that is none, characters cut in half, code points at every byte, JSON numbers and escapes,
 * SHA-256 after the vectors of FIPS 180-4. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/reading.h"
#include "base/sha256.h"
#include "base/text.h"

static slk_text T(const char *z) { return slk_text_of(z); }

static void what_is_no_utf8_is_found_at_its_byte(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n, bad; /* bad == n: all valid */
    } cases[] = {
        {"", 0, 0},
        {"plain", 5, 5},
        {"\x7F", 1, 1},
        {"\xC2\x80", 2, 2},                 /* the least of two bytes */
        {"\xDF\xBF\xE0\xA0\x80", 5, 5},     /* the most of two, the least of three */
        {"\xED\x9F\xBF\xEE\x80\x80", 6, 6}, /* around the surrogates */
        {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 8, 8},
        {"a\xC0\xAF", 3, 1},        /* overlong / */
        {"\xC1\xBF", 2, 0},         /* overlong */
        {"a\xE0\x9F\xBF", 4, 1},    /* overlong */
        {"\xF0\x8F\xBF\xBF", 4, 0}, /* overlong */
        {"ab\xED\xA0\x80", 5, 2},   /* the first surrogate */
        {"ab\xED\xBF\xBF", 5, 2},   /* the last one */
        {"\xF4\x90\x80\x80", 4, 0}, /* past U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 0}, /* no such byte */
        {"\xFF", 1, 0},
        {"abc\x80", 4, 3},         /* a rest without a beginning */
        {"abc\xE2\x82", 5, 3},     /* cut after two of three */
        {"abc\xF0\x9F\x9A", 6, 3}, /* cut after three of four */
        {"\xE2\x28\xA1", 3, 0},    /* not a rest */
        {"ok\xC3\xA9\xC3", 5, 4},
        {"nul\0", 4, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* in a block of its own size, so that sanitizers see a read past its end */
        char *p = malloc(cases[i].n ? cases[i].n : 1);
        assert_non_null(p);
        memcpy(p, cases[i].bytes, cases[i].n);
        assert_int_equal(slk_utf8_check((slk_text){p, cases[i].n}), cases[i].bad);
        for (size_t k = 0; k < cases[i].n; k++) {
            uint32_t cp, n = slk_utf8_next(p + k, p + cases[i].n, &cp);
            assert_true(n >= 1 && k + n <= cases[i].n);
            assert_true(cp <= 0x10FFFF);
        }
        free(p);
    }
}

/* one, two, three and four bytes */
static const char mixed[] = "a\xC3\xA9\xEA\xB0\x9C\xF0\x9F\x9A\x80";
static const uint32_t lengths[] = {1, 2, 3, 4};

static void code_points_are_counted_at_every_character(void **state) {
    (void)state;
    enum { TIMES = 300 };
    static char text[10 * TIMES];
    for (size_t i = 0; i < TIMES; i++) memcpy(text + 10 * i, mixed, 10);
    for (uint32_t n = 0; n <= sizeof text; n += n < 600 ? 10u : 300u) {
        slk_reading r = {.mem = slk_mem_system};
        slk_arena_start(&r.arena, &slk_mem_system, 1 << 20);
        r.report.text = (slk_text){text, n};
        assert_int_equal(slk_reading_mark(&r), SLK_OK);
        uint32_t at = 0, cp = 0;
        for (; at < n; at += lengths[cp % 4], cp++) assert_int_equal(slk_reading_cp(&r, at), cp);
        assert_int_equal(slk_reading_cp(&r, n), cp);
        slk_arena_free(&r.arena);
    }
}

static void text_is_cut_at_whole_characters(void **state) {
    (void)state;
    static const size_t heads[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (size_t most = 0; most < 12; most++) assert_int_equal(slk_text_head(T(mixed), most).n, heads[most]);
    char z[12];
    for (size_t size = 1; size <= 12; size++) {
        slk_text_print(z, size, "%s", mixed);
        assert_int_equal(strlen(z), heads[size - 1]);
    }
    slk_text_print(z, sizeof z, "%d km", 400);
    assert_string_equal(z, "400 km");
}

/* What the writer makes of one value. */
static const char *written(slk_buf *b, double d) {
    slk_json j;
    slk_buf_clear(b);
    slk_json_start(&j, b, false);
    slk_json_double(&j, d);
    return b->at;
}

static void numbers_are_written_as_short_as_they_can_be(void **state) {
    (void)state;
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1 << 16);
    static const struct {
        double d;
        const char *z;
    } cases[] = {
        {0, "0"},
        {-0.5, "-0.5"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {380000, "380000"},
        {39.224, "39.224"},
        {1e14, "100000000000000"},
        {0.1 + 0.2, "0.30000000000000004"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(written(&b, cases[i].d), cases[i].z);
    static const double back[] = {DBL_MAX, -DBL_MAX, DBL_MIN, 5e-324, 1e15, 1e300, 123456789.123456789, 2.5e-8};
    for (size_t i = 0; i < sizeof back / sizeof *back; i++) assert_true(strtod(written(&b, back[i]), NULL) == back[i]);
    assert_string_equal(written(&b, (double)NAN), "null");
    assert_string_equal(written(&b, (double)INFINITY), "null");
    assert_string_equal(written(&b, -(double)INFINITY), "null");
    slk_json j;
    slk_buf_clear(&b);
    slk_json_start(&j, &b, false);
    slk_json_array(&j);
    slk_json_int(&j, INT64_MIN);
    slk_json_int(&j, INT64_MAX);
    slk_json_end_array(&j);
    assert_string_equal(b.at, "[-9223372036854775808,9223372036854775807]");
    slk_buf_free(&b);
}

static void every_ascii_character_is_escaped_rightly(void **state) {
    (void)state;
    slk_buf b;
    slk_json j;
    slk_buf_start(&b, &slk_mem_system, 1 << 16);
    for (int c = 0; c < 128; c++) {
        char one = (char)c, want[16];
        slk_buf_clear(&b);
        slk_json_start(&j, &b, false);
        slk_json_text(&j, (slk_text){&one, 1});
        if (c == '"' || c == '\\')
            slk_text_print(want, sizeof want, "\"\\%c\"", c);
        else if (c == '\n' || c == '\r' || c == '\t')
            slk_text_print(want, sizeof want, "\"\\%c\"", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
        else if (c < 0x20 || c == 0x7F)
            slk_text_print(want, sizeof want, "\"\\u%04x\"", (unsigned)c);
        else
            slk_text_print(want, sizeof want, "\"%c\"", c);
        assert_string_equal(b.at, want);
    }
    slk_buf_clear(&b);
    slk_json_start(&j, &b, false);
    slk_json_text(&j, (slk_text){NULL, 0});
    assert_string_equal(b.at, "\"\"");
    slk_buf_free(&b);
}

static void nesting_stops_at_its_ceiling(void **state) {
    (void)state;
    slk_buf b;
    slk_json j;
    slk_buf_start(&b, &slk_mem_system, 1 << 16);
    slk_json_start(&j, &b, true);
    for (int i = 0; i < SLK_JSON_DEPTH - 1; i++) slk_json_array(&j);
    assert_int_equal(b.err, SLK_OK);
    slk_json_array(&j);
    assert_int_equal(b.err, SLK_ELIMIT);
    slk_buf_free(&b);
}

static void digests_are_those_of_the_standard(void **state) {
    (void)state;
    char hex[SLK_SHA256_HEX], *million = malloc(1000000);
    assert_non_null(million);
    memset(million, 'a', 1000000);
    slk_sha256_hex(T(""), hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    slk_sha256_hex(T("abc"), hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    slk_sha256_hex(T("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    slk_sha256_hex((slk_text){million, 1000000}, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_utf8_is_found_at_its_byte),
        cmocka_unit_test(code_points_are_counted_at_every_character),
        cmocka_unit_test(text_is_cut_at_whole_characters),
        cmocka_unit_test(numbers_are_written_as_short_as_they_can_be),
        cmocka_unit_test(every_ascii_character_is_escaped_rightly),
        cmocka_unit_test(nesting_stops_at_its_ceiling),
        cmocka_unit_test(digests_are_those_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
