/* test_linear.c - no report takes time by the square of its length: hostile shapes, each read at one size and at eight times that
 * size. Time is the thread's own CPU time, the best of some tries; what is linear takes 8 times as long, what is quadratic 64 times.
 * The limit lies between, so that a busy machine does not fail the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "engine.h"
#include "export/export.h"
#include "intake/page/page.h"

#define GROWTH 8
#define MOST_TIMES 22.0 /* 2.8 for each doubling */
#define LEAST_S 0.002   /* shorter times are not told apart */

#ifdef SLK_ARENA_MALLOC
#define SMALL_B 3000u /* sanitizers make everything slow */
#define SMALL_PAGE_B 10000u
#else
#define SMALL_B 12000u
#define SMALL_PAGE_B 100000u
#endif

typedef struct shape { /* head once, then one repeated, then two as often */
    const char *name, *one, *two;
} shape;

static const shape shapes[] = {
    {"no spaces", "abcdefghij", ""},
    {"only quotes", "\"", ""},
    {"open curly quotes", "\xE2\x80\x9C", ""},
    {"nested curly quotes", "\xE2\x80\x9C", "\xE2\x80\x9D"},
    {"nested brackets", "(", ")"},
    {"brackets with a word", "(Iran ", ")"},
    {"only digits", "1234567890", ""},
    {"digits and spaces", "12 ", ""},
    {"digits and commas", "1,234,", ""},
    {"full stops", ".", ""},
    {"dashes", "-", ""},
    {"dashes between letters", "a-", ""},
    {"letters and full stops", "U.S.A.", ""},
    {"mail addresses begun", "a.b_", ""},
    {"apostrophes", "'", ""},
    {"spaces", " ", "x"},
    {"line ends", "\n", "x"},
    {"one sentence", "the minister of the army said that the missile was fired by the ", ""},
    {"a list", "Iran, ", ""},
    {"a list with and", "Iran and ", ""},
    {"weekdays", "Monday ", ""},
    {"dates", "on Sept. 18, 2024, ", ""},
    {"clocks", "6:50 a.m. (2150 GMT) ", ""},
    {"said", "said ", ""},
    {"he said", "he said ", ""},
    {"who said", "who said ", ""},
    {"said that", "said that ", ""},
    {"speech", "\"No\", he said. ", ""},
    {"according to", "according to ", ""},
    {"one name", "Kim Jong Un ", ""},
    {"names in sentences", "Kim Jong Un met Vladimir Putin. ", ""},
    {"the North", "the North ", ""},
    {"spokesmen", "a spokesman for the spokesman of ", ""},
    {"pronouns", "It said it. ", ""},
    {"fired", "fired a missile ", ""},
    {"launches", "Iran fired 3 missiles at Israel on Sept. 18, 2024, the army said. ", ""},
    {"order", "It was the second launch within a week. ", ""},
    {"silence", "The JCS declined to comment on the type. ", ""},
    {"lengths in brackets", "5 km (3 miles) ", ""},
    {"places in chains", "400 km north of Kaechon ", ""},
    {"million", "million ", ""},
    {"from to", "from 5 to ", ""},
    {"zero-width characters", "a\xE2\x80\x8B", ""},
    {"combining marks", "e\xCC\x81\xCC\x81", ""},
    {"mixed scripts", "a\xCE\xB2\xD0\xB3\xE6\xBC\xA2\xEA\xB0\x80 ", ""},
    {"capitals", "NORTH KOREA ", ""},
    {"datelines", "SEOUL, March 4 (Reuters) - ", ""},
    {"lines of datelines", "SEOUL, March 4 (Reuters) - \n", ""},
    {"slugs", "(LEAD) (2nd LD)\n", ""},
    {"prefixes", "UPDATE 1-", ""},
};

static const shape page_shapes[] = {
    {"time elements", "<time></time>", ""},
    {"dates in time elements", "<time datetime=2024-09-18>today</time> ", ""},
    {"classes of dates", "<b class=date></b>", ""},
    {"dates in classes", "<div class=date>18 Sept. 2024", "</div>"},
    {"many dates", "18.09.2024 ", ""},
    {"headlines", "<h1>Two missiles rise over the coast</h1>", ""},
    {"headlines that are links", "<h2><a href=a>Two missiles rise</a></h2>", ""},
    {"linked items", "<li><a href=a>Two missiles rise</a>", ""},
    {"paragraphs", "<p>Two missiles rose from the coast on Monday morning, the ministry said in a statement.", ""},
    {"nested in footers", "<footer><time>", ""},
    {"meta elements", "<meta name=date content=x>", ""},
};

static slk_engine *engine;

static int start(void **state) {
    (void)state;
    return slk_engine_open(NULL, NULL, &engine, NULL) == SLK_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    slk_engine_close(engine);
    return 0;
}

static double cpu_s(void) {
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* About n bytes of a shape; to be freed. */
static slk_text make(const shape *s, size_t n) {
    size_t one = strlen(s->one), two = strlen(s->two), times = n / (one + two) + 1, at = 0;
    char *z = malloc(times * (one + two) + 1);
    assert_non_null(z);
    for (size_t i = 0; i < times; i++, at += one) memcpy(z + at, s->one, one);
    for (size_t i = 0; i < times; i++, at += two) memcpy(z + at, s->two, two);
    return (slk_text){z, at};
}

static double time_of(const shape *s, size_t n, unsigned tries) {
    slk_text text = make(s, n);
    slk_input in = {.published = "2024-09-18", .text = text};
    double best = 1e9;
    for (unsigned i = 0; i < tries; i++) {
        slk_reading *r = NULL;
        slk_buf out;
        slk_buf_start(&out, &slk_mem_system, (size_t)1 << 30);
        double from = cpu_s();
        assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL), SLK_OK);
        slk_export_json(r, SLK_LAYER_ALL, false, &out);
        double took = cpu_s() - from;
        assert_int_equal(out.err, SLK_OK);
        slk_buf_free(&out);
        slk_reading_free(r);
        if (took < best) best = took;
    }
    free((char *)(uintptr_t)text.at);
    return best;
}

static double page_time_of(const shape *s, size_t n, unsigned tries) {
    slk_text source = make(s, n);
    double best = 1e9;
    for (unsigned i = 0; i < tries; i++) {
        slk_arena arena;
        slk_page page;
        slk_fault fault;
        slk_arena_start(&arena, &slk_mem_system, (size_t)2 << 30);
        double from = cpu_s();
        slk_err err = slk_page_read(slk_engine_pack(engine), source, NULL, &arena, &page, &fault);
        double took = cpu_s() - from;
        assert_true(err == SLK_OK || err == SLK_ELIMIT); /* too deep is an answer too */
        slk_arena_free(&arena);
        if (took < best) best = took;
    }
    free((char *)(uintptr_t)source.at);
    return best;
}

static unsigned failures(const shape *all, size_t n, size_t small_b, double (*time)(const shape *, size_t, unsigned)) {
    unsigned failed = 0;
    for (size_t i = 0; i < n; i++) {
        double ratio = 0;
        for (unsigned again = 0; again < 3; again++) { /* a fault shows every time, a busy machine does not */
            double small = time(&all[i], small_b, 3), big = time(&all[i], GROWTH * small_b, 1);
            ratio = big / (small > LEAST_S ? small : LEAST_S);
            if (ratio <= MOST_TIMES) break;
        }
        if (ratio <= MOST_TIMES) continue;
        print_error("%s: %d times the text took %.1f times as long\n", all[i].name, GROWTH, ratio);
        failed++;
    }
    return failed;
}

static void eight_times_the_text_takes_about_eight_times_as_long(void **state) {
    (void)state;
    assert_int_equal(failures(shapes, sizeof shapes / sizeof *shapes, SMALL_B, time_of), 0);
}

static void so_do_pages(void **state) {
    (void)state;
    assert_int_equal(failures(page_shapes, sizeof page_shapes / sizeof *page_shapes, SMALL_PAGE_B, page_time_of), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_times_the_text_takes_about_eight_times_as_long),
        cmocka_unit_test(so_do_pages),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
