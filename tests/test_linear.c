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

#define GROWTH 8
#define MOST_TIMES 10.648 /* 2.2 for each doubling */
#define LEAST_S 0.002     /* shorter times are not told apart */

#ifdef SLK_ARENA_MALLOC
#define SMALL_B 3000u /* sanitizers make everything slow */
#else
#define SMALL_B 12000u
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

/* So that the text is taken for English, which alone is read: a fifth of it, at its beginning. */
static const char prose[] =
    "The president of the country said on Monday that the government would hold talks with its neighbours "
    "about the missile that was fired into the sea last week, and that the army was ready. ";

/* About n bytes of a shape; to be freed. */
static slk_text make(const shape *s, size_t n) {
    size_t one = strlen(s->one), two = strlen(s->two), times = n / (one + two) + 1, at = 0;
    char *z = malloc(n / 5 + sizeof prose + times * (one + two) + 1);
    assert_non_null(z);
    for (; at < n / 5; at += sizeof prose - 1) memcpy(z + at, prose, sizeof prose - 1);
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
        assert_false(slk_reading_report(r)->unread);
        assert_int_equal(out.err, SLK_OK);
        slk_buf_free(&out);
        slk_reading_free(r);
        if (took < best) best = took;
    }
    free((char *)(uintptr_t)text.at);
    return best;
}

static void eight_times_the_text_takes_about_eight_times_as_long(void **state) {
    (void)state;
    unsigned failed = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double ratio = 0;
        for (unsigned again = 0; again < 8; again++) { /* a fault shows every time, a busy machine does not */
            double small = time_of(&shapes[i], SMALL_B, 3), big = time_of(&shapes[i], GROWTH * SMALL_B, 1);
            ratio = big / (small > LEAST_S ? small : LEAST_S);
            if (ratio <= MOST_TIMES) break;
        }
        if (getenv("SLK_SHOW_RATIOS")) print_message("%6.2f  %s\n", ratio, shapes[i].name);
        if (ratio <= MOST_TIMES) continue;
        print_error("%s: %d times the text took %.1f times as long\n", shapes[i].name, GROWTH, ratio);
        failed++;
    }
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_times_the_text_takes_about_eight_times_as_long),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
