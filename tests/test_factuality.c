/* test_factuality.c - what has happened and how sure who tells it is: cases/factuality.tsv, and the weights of a judge that are not what
 * they should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/reading.h"
#include "base/text.h"
#include "base/weights.h"
#include "engine_fixture.h"

static slk_reading *read_text(slk_text text) {
    slk_input in = {.language = "en", .text = text};
    slk_reading *r = NULL;
    slk_fault fault;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_PREDICATES, &r, &fault), SLK_OK);
    return r;
}

static bool sign_fits(float happened, slk_text sign) {
    if (slk_text_is(sign, "+")) return happened >= 1.5F;
    if (slk_text_is(sign, "-")) return happened <= -1.5F;
    if (slk_text_is(sign, "0")) return happened > -1.5F && happened < 1.5F;
    return slk_text_is(sign, "?");
}

static unsigned check(slk_text text, slk_text word, slk_text certainty, slk_text sign) {
    slk_reading *r = read_text(text);
    size_t n;
    const slk_predicate *p = slk_reading_predicates(r, &n);
    bool fits = false;
    for (size_t i = 0; i < n; i++) {
        if (!slk_text_eq(slk_reading_text(r, p[i].word), word)) continue;
        fits = slk_text_is(certainty, slk_certainty_word(p[i].certainty)) && sign_fits(p[i].happened, sign);
        if (!fits) print_error("%s %.2f: ", slk_certainty_word(p[i].certainty), (double)p[i].happened);
    }
    if (!fits) print_error("%.*s in: %.*s\n", (int)word.n, word.at, (int)text.n, text.at);
    slk_reading_free(r);
    return !fits;
}

static void cases_hold(void **state) {
    (void)state;
    char path[512], line[1024];
    unsigned faults = 0, lines = 0;
    (void)snprintf(path, sizeof path, "%s/cases/factuality.tsv", getenv("SLK_TEST_DATA"));
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        slk_text rest = {line, strcspn(line, "\n")}, cell[4] = {{NULL, 0}};
        if (line[0] == '#' || strncmp(line, "text\t", 5) == 0) continue;
        for (unsigned i = 0; i < 4; i++) assert_true(slk_text_split(&rest, '\t', &cell[i]));
        faults += check(cell[0], cell[1], cell[2], cell[3]);
        lines++;
    }
    assert_int_equal(fclose(f), 0);
    assert_true(lines >= 25);
    assert_int_equal(faults, 0);
}

/* Predicates stand in text order, inside the text, on the scale, and name an attribution that is there. */
static void predicates_are_sound(void **state) {
    (void)state;
    slk_reading *r = read_text(slk_text_of("Oslo said the ferry sank. \"It did not,\" its owner said. Was it stolen? "
                                           "The stolen ferry may be found if they look."));
    size_t n, said;
    const slk_predicate *p = slk_reading_predicates(r, &n);
    (void)slk_reading_attributions(r, &said);
    assert_true(n >= 6);
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || p[i - 1].word.start < p[i].word.start);
        assert_true(p[i].group.start <= p[i].word.start && p[i].word.end <= p[i].group.end);
        assert_true(p[i].happened >= -3 && p[i].happened <= 3);
        assert_true(p[i].attribution == SLK_NONE || p[i].attribution < said);
    }
    slk_reading_free(r);
}

static void broken_weights_are_refused(void **state) {
    (void)state;
    struct {
        slk_weights_head head;
        slk_weight at[2];
    } file = {{SLK_WEIGHTS_MAGIC, SLK_WEIGHTS_VERSION, 2, 5, {0, 0, 0}}, {{2, 7}, {0, 0}}};
    slk_text bytes = {(const char *)&file, sizeof file};
    uint32_t keys[] = {2, 3};
    assert_null(slk_weights_fault(bytes));
    assert_int_equal(slk_weights_sum(bytes, keys, 2), 12);
    for (size_t n = 0; n < sizeof file; n++) assert_non_null(slk_weights_fault((slk_text){bytes.at, n}));
    file.at[1].key = 9; /* no free place: a search would never end */
    assert_non_null(slk_weights_fault(bytes));
    file.at[1].key = 0;
    file.head.slots = 3;
    assert_non_null(slk_weights_fault(bytes));
    file.head.slots = 2;
    file.head.version++;
    assert_non_null(slk_weights_fault(bytes));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_hold),
        cmocka_unit_test(predicates_are_sound),
        cmocka_unit_test(broken_weights_are_refused),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
