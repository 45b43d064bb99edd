/* test_export_parts.c - what the formats of `sillok export` are made of: text within markup, names that stay, what was said already, days
 * an event can have happened on, codes of types. Whole documents are read back by other readers in test_exports.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "export/access.h"
#include "export/exporter.h"
#include "export/uuid.h"
#include "export/xml.h"
#include "pack_fixture.h"

static void markup_is_text(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"<b a=\"x\" b='y'>&amp;</b>", "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;"},
        {"a\tb\nc\rd", "a\tb\nc d"},
        {"\x01\x1b[31m\x7f", "\xEF\xBF\xBD\xEF\xBF\xBD[31m\xEF\xBF\xBD"},
        {"\xC2\x9B", "\xEF\xBF\xBD"},         /* C1 */
        {"\xE2\x80\xAE", "\xEF\xBF\xBD"},     /* right-to-left override */
        {"\xEF\xBF\xBE", "\xEF\xBF\xBD"},     /* U+FFFE is no character of XML */
        {"\xF0\x9F\xBF\xBE", "\xEF\xBF\xBD"}, /* nor is U+1FFFE */
        {"\xFF", "\xEF\xBF\xBD"},             /* no UTF-8 */
        {"한국 — “x”", "한국 — “x”"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_buf b;
        slk_buf_start(&b, &slk_mem_system, 4096);
        slk_xml_z(&b, cases[i][0]);
        assert_string_equal(b.at, cases[i][1]);
        slk_buf_free(&b);
    }
}

/* Version 5, variant 1, the same again, another for another kind or name. */
static void names_stay(void **state) {
    (void)state;
    char a[SLK_UUID_SIZE], b[SLK_UUID_SIZE], c[SLK_UUID_SIZE], d[SLK_UUID_SIZE];
    slk_key first = slk_uuid_of("incident", slk_text_of("KP-1"), a),
            again = slk_uuid_of("incident", slk_text_of("KP-1"), b);
    (void)slk_uuid_of("incident", slk_text_of("KP-2"), c);
    (void)slk_uuid_of("report", slk_text_of("KP-1"), d);
    assert_string_equal(a, b);
    assert_true(first.high == again.high && first.low == again.low);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
    assert_int_equal(strlen(a), 36);
    assert_int_equal(a[14], '5');
    assert_non_null(strchr("89ab", a[19]));
    /* by Python: uuid5(UUID("6d1f0c52-8e3b-4c77-9a21-5fd30b96e418"), "incident:" + sha256(b"KP-1").hexdigest()) */
    assert_string_equal(a, "7eab2180-d223-5b58-b965-eb424e6ccf13");
}

static void what_was_said_is_remembered(void **state) {
    (void)state;
    slk_seen s;
    slk_seen_start(&s, &slk_mem_system);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 5000; i++) {
            char z[16];
            bool fresh = round == 1;
            (void)snprintf(z, sizeof z, "%d", i);
            assert_int_equal(slk_seen_enter(&s, slk_key_of(slk_text_of(z)), &fresh), SLK_OK);
            assert_true(fresh == (round == 0));
        }
    assert_int_equal(s.n, 5000);
    slk_seen_free(&s);
}

static void days_and_seconds(void **state) {
    (void)state;
    char first[32], last[32];
    slk_instant month = {.year = 2024, .month = 2, .precision = SLK_P_MONTH};
    slk_days_of(month, first, last);
    assert_string_equal(first, "2024-02-01");
    assert_string_equal(last, "2024-02-29");
    assert_int_equal(slk_days_count(month), 29);
    /* ten to seven in Korea is the evening before in Greenwich, but its day is Korea's */
    slk_instant korea = {2024, 9, 18, 6, 50, 0, SLK_P_MINUTE, true, 540};
    slk_days_of(korea, first, last);
    assert_string_equal(first, "2024-09-18");
    slk_second_of(korea, false, first);
    slk_second_of(korea, true, last);
    assert_string_equal(first, "2024-09-17T21:50:00Z");
    assert_string_equal(last, "2024-09-17T21:50:59Z");
    korea.has_offset = false; /* a clock that is not told is not Greenwich's */
    slk_second_of(korea, false, first);
    assert_string_equal(first, "2024-09-18T06:50:00");
    slk_days_of((slk_instant){.precision = SLK_P_NONE}, first, last);
    assert_string_equal(first, "");
    assert_int_equal(slk_days_count((slk_instant){.precision = SLK_P_NONE}), 0);
}

static void codes_of_types(void **state) {
    (void)state;
    assert_string_equal(slk_codes(pack, "attack.drone", SLK_EXPORT_CODES_ACLED_SUB), "Air/drone strike");
    assert_string_equal(slk_codes(pack, "weapon-test.missile.ballistic", SLK_EXPORT_CODES_ACLED_EVENT),
                        "Strategic developments");
    assert_null(slk_codes(pack, "weapon-test.missile", SLK_EXPORT_CODES_GED)); /* nobody is fought */
    assert_null(slk_codes(pack, "statement", SLK_EXPORT_CODES_ACLED_EVENT));   /* words are no event of theirs */
    assert_int_equal(slk_codes_row(pack, "no-such-type"), SLK_NONE);
}

/* Every type that has a row is one of the ontology, every context one of PLOVER's form, every sector has a side. */
static void tables_hold_together(void **state) {
    (void)state;
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_EXPORT_CODES); row++) {
        slk_text type = slk_pack_cell(pack, SLK_T_EXPORT_CODES, row, SLK_EXPORT_CODES_TYPE);
        if (slk_pack_find(pack, SLK_T_ONTOLOGY, type) == SLK_NONE)
            fail_msg("export_codes.tsv: no such type: %s", type.at);
        slk_text event = slk_pack_cell(pack, SLK_T_EXPORT_CODES, row, SLK_EXPORT_CODES_ACLED_EVENT);
        slk_text sub = slk_pack_cell(pack, SLK_T_EXPORT_CODES, row, SLK_EXPORT_CODES_ACLED_SUB);
        slk_text disorder = slk_pack_cell(pack, SLK_T_EXPORT_CODES, row, SLK_EXPORT_CODES_ACLED_DISORDER);
        assert_true(!event.n == !sub.n && !event.n == !disorder.n); /* all or none */
    }
}

static void formats_are_sorted(void **state) {
    (void)state;
    size_t n;
    const slk_format *f = slk_formats(&n);
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || strcmp(f[i - 1].word, f[i].word) < 0);
        assert_ptr_equal(slk_format_find(f[i].word), &f[i]);
        assert_true(f[i].head || f[i].event);
    }
    assert_null(slk_format_find("docx"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_text),
        cmocka_unit_test(names_stay),
        cmocka_unit_test(what_was_said_is_remembered),
        cmocka_unit_test(days_and_seconds),
        cmocka_unit_test(codes_of_types),
        cmocka_unit_test(tables_hold_together),
        cmocka_unit_test(formats_are_sorted),
    };
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
