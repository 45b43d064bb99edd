/* test_order.c - claims of order as they are read: each case of cases/order.tsv is a text of 10 March 2027 and all claims in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/text.h"
#include "cases_fixture.h"
#include "engine_fixture.h"

/* "first-since 1 weapon-test.missile PRK 2027-01..2027-03-10 when": an ordinal "2+" is at least that; "most:distance" instead of one;
 * "when": an event happened at its begin. */
static void describe(const slk_reading *r, const slk_check *c, char out[256]) {
    const slk_chronology *x = &c->claim;
    size_t n_actors;
    const slk_actor *actors = slk_reading_actors(r, &n_actors);
    char since[40], until[40], number[40];
    (void)snprintf(number, sizeof number, x->most ? "most:%s" : "%s%u%s", x->most ? slk_field_word(x->measure) : "",
                   x->ordinal, x->at_least ? "+" : "");
    (void)snprintf(out, 256, "%s %s %s %s %s..%s%s", slk_check_word(c->kind), number, x->type ? x->type : "-",
                   x->actor < n_actors ? actors[x->actor].country : "-", slk_instant_format(x->since, since),
                   slk_instant_format(x->until, until), x->since_is_event ? " when" : "");
    size_t n = strlen(out);
    (void)snprintf(out + n, 256 - n, "%s%s%s", x->weapon ? " " : "", x->weapon ? x->weapon : "",
                   x->narrower ? " narrower" : "");
}

static void claims_are_read(void **state) {
    (void)state;
    size_t n, wrong = 0, cases = 0;
    char *bytes = read_cases("order.tsv", &n);
    slk_text rest = {bytes, n}, line;
    while (slk_text_split(&rest, '\n', &line)) {
        slk_text text, wanted;
        if (line.n == 0 || line.at[0] == '#' || !slk_text_split(&line, '\t', &text)) continue;
        slk_fault fault;
        slk_reading *r;
        slk_input in = {.text = text, .published = "2027-03-10", .language = "en"};
        assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault), SLK_OK);
        size_t n_checks;
        const slk_check *checks = slk_reading_checks(r, &n_checks);
        char told[1024] = "";
        wanted = line;
        for (size_t i = 0; i < n_checks; i++) {
            char one[256];
            if (checks[i].claim.ordinal == 0) continue;
            describe(r, &checks[i], one);
            (void)snprintf(told + strlen(told), sizeof told - strlen(told), "%s%s", *told ? "; " : "", one);
        }
        if (!slk_text_is(wanted, told)) {
            print_error("%.*s\n  wanted %.*s\n  got    %s\n", (int)text.n, text.at, (int)wanted.n, wanted.at, told);
            wrong++;
        }
        cases++;
        slk_reading_free(r);
    }
    free(bytes);
    assert_true(cases > 20);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(claims_are_read)};
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
