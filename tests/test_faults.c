/* test_faults.c - every allocation fails once. An allocator of our own counts requests and refuses the k-th (and all later ones);
 * opening an engine, reading a report with all layers and writing it out must then end with SLK_ENOMEM, give back everything and
 * leave the out-parameters alone. k runs through all requests at first, then in growing steps that never meet the same places. */
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
#include "base/text.h"
#include "engine.h"
#include "export/export.h"

typedef struct budget {
    size_t asked, fail_at; /* the request that fails, counted from 1; 0: none */
    size_t live;           /* blocks given and not given back */
} budget;

static void *budget_resize(void *ctx, void *p, size_t n) {
    budget *b = ctx;
    if (n == 0) {
        b->live -= p != NULL;
        free(p);
        return NULL;
    }
    b->asked++;
    if (b->fail_at && b->asked >= b->fail_at) return NULL;
    void *q = realloc(p, n);
    if (q && !p) b->live++;
    return q;
}

/* The next k: one by one up to 1200, then further and further. */
static size_t next_k(size_t k) { return k < 1200 ? k + 1 : k + k / 40 + 1 + k % 7; }

static const char story[] =
    "SEOUL, March 10 (Meridian Wire) - North Korea fired two short-range ballistic missiles toward the sea off its "
    "east coast "
    "on Wednesday, South Korea's Joint Chiefs of Staff (JCS) said, its second missile launch within a week.\n\n"
    "The missiles were launched from the Sunan area near Pyongyang at about 7:12 a.m. local time (2212 GMT on Tuesday) "
    "and "
    "flew some 380 kilometers (236 miles) to the northeast, the JCS said. It did not disclose the altitude.\n\n"
    "\"This is a grave provocation,\" a spokesman for the presidential office in Seoul told reporters. Japan's coast "
    "guard "
    "said at least three missiles had been fired, 400 km north of Kaechon. Pyongyang has denied selling arms to "
    "Russia.\n";

static void opening_fails_cleanly(void **state) {
    (void)state;
    for (size_t k = 1;; k++) {
        budget b = {.fail_at = k};
        slk_allocator mem = {budget_resize, &b};
        slk_engine *engine = NULL;
        slk_fault fault = {.code = SLK_OK};
        slk_err err = slk_engine_open(NULL, &mem, &engine, &fault);
        if (err == SLK_OK) {
            slk_engine_close(engine);
            assert_int_equal(b.live, 0);
            assert_true(k > 1); /* at least one request was refused before */
            return;
        }
        assert_int_equal(err, SLK_ENOMEM);
        assert_int_equal(fault.code, SLK_ENOMEM);
        assert_true(fault.message[0] != '\0');
        assert_null(engine);
        assert_int_equal(b.live, 0);
    }
}

static void reading_fails_cleanly(void **state) {
    (void)state;
    budget b = {0};
    slk_allocator mem = {budget_resize, &b};
    slk_engine *engine = NULL;
    assert_int_equal(slk_engine_open(NULL, &mem, &engine, NULL), SLK_OK);
    slk_input in = {.id = "r1", .published = "2027-03-10", .text = slk_text_of(story)};
    slk_reading *r = NULL;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL),
                     SLK_OK); /* the engine knows its words from now on */
    slk_reading_free(r);
    size_t base = b.live, refused = 0;
    for (size_t k = 1;; k = next_k(k)) {
        r = NULL;
        slk_fault fault = {.code = SLK_OK};
        b.asked = 0;
        b.fail_at = k;
        slk_err err = slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault);
        if (err == SLK_OK) {
            size_t n;
            (void)slk_reading_events(r, &n);
            assert_true(n > 0);
            slk_reading_free(r);
            break;
        }
        refused++;
        assert_int_equal(err, SLK_ENOMEM);
        assert_int_equal(fault.code, SLK_ENOMEM);
        assert_null(r);
        assert_int_equal(b.live, base);
    }
    assert_true(refused > 2);
    b.fail_at = 0;
    slk_engine_close(engine);
    assert_int_equal(b.live, 0);
}

/* What an engine keeps of words that it meets for the first time. */
static void first_reading_fails_cleanly(void **state) {
    (void)state;
    slk_input in = {.id = "r1", .published = "2027-03-10", .text = slk_text_of(story)};
    bool all_read = false;
    for (size_t k = 1; k < 40 && !all_read; k++) {
        budget b = {0};
        slk_allocator mem = {budget_resize, &b};
        slk_engine *engine = NULL;
        slk_reading *r = NULL;
        assert_int_equal(slk_engine_open(NULL, &mem, &engine, NULL), SLK_OK);
        b.asked = 0;
        b.fail_at = k;
        slk_err err = slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL);
        if (err != SLK_OK) assert_int_equal(err, SLK_ENOMEM);
        all_read = err == SLK_OK;
        slk_reading_free(r);
        b.fail_at = 0;
        assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL), SLK_OK); /* and it can be used as before */
        slk_reading_free(r);
        slk_engine_close(engine);
        assert_int_equal(b.live, 0);
    }
}

static void writing_fails_cleanly(void **state) {
    (void)state;
    slk_engine *engine = NULL;
    slk_reading *r = NULL;
    assert_int_equal(slk_engine_open(NULL, NULL, &engine, NULL), SLK_OK);
    slk_input in = {.published = "2027-03-10", .text = slk_text_of(story)};
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL), SLK_OK);
    static const slk_style plain = {.bold = "",
                                    .dim = "",
                                    .red = "",
                                    .green = "",
                                    .yellow = "",
                                    .cyan = "",
                                    .off = "",
                                    .columns = 80,
                                    .verbose = true};
    for (unsigned text = 0; text < 2; text++) {
        size_t refused = 0;
        for (size_t k = 1;; k++) {
            budget b = {.fail_at = k};
            slk_allocator mem = {budget_resize, &b};
            slk_buf out;
            slk_buf_start(&out, &mem, (size_t)1 << 24);
            if (text)
                slk_export_text(r, &plain, &out);
            else
                slk_export_json(r, SLK_LAYER_ALL, true, &out);
            slk_err err = out.err;
            slk_buf_free(&out);
            assert_int_equal(b.live, 0);
            if (err == SLK_OK) break;
            assert_int_equal(err, SLK_ENOMEM);
            refused++;
        }
        assert_true(refused > 1);
    }
    slk_reading_free(r);
    slk_engine_close(engine);
}

static void writing_stops_at_the_ceiling(void **state) {
    (void)state;
    slk_engine *engine = NULL;
    slk_reading *r = NULL;
    assert_int_equal(slk_engine_open(NULL, NULL, &engine, NULL), SLK_OK);
    slk_input in = {.published = "2027-03-10", .text = slk_text_of(story)};
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL), SLK_OK);
    for (size_t ceiling = 1; ceiling < 3000; ceiling += 61) {
        slk_buf out;
        slk_buf_start(&out, &slk_mem_system, ceiling);
        slk_export_json(r, SLK_LAYER_ALL, false, &out);
        assert_int_equal(out.err, SLK_ELIMIT);
        assert_true(out.n < ceiling);
        slk_buf_free(&out);
    }
    slk_reading_free(r);
    slk_engine_close(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_fails_cleanly),        cmocka_unit_test(reading_fails_cleanly),
        cmocka_unit_test(first_reading_fails_cleanly),  cmocka_unit_test(writing_fails_cleanly),
        cmocka_unit_test(writing_stops_at_the_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
