/* test_intake.c - when a report says it was published: address, dateline, a line of its own; and what must not be taken for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/published.h"
#include "pack_fixture.h"

static void publication_days(void **state) {
    (void)state;
    static const struct {
        const char *text, *url, *day; /* day NULL: none */
        slk_published_basis basis;
    } cases[] = {
        {"SEOUL, Sept. 18, 2024 (Meridian) - The North fired.", NULL, "2024-09-18", SLK_PUB_DATELINE},
        {"PARIS, 3 March 2019 \xE2\x80\x94 A rocket rose.", NULL, "2019-03-03", SLK_PUB_DATELINE},
        {"Missile over the sea\nPublished: 5 January 2022\nThe North fired.", NULL, "2022-01-05", SLK_PUB_DATELINE},
        {"Missile over the sea\n2022-01-05\nThe North fired.", NULL, "2022-01-05", SLK_PUB_DATELINE},
        {"A test.", "https://wire.example/world/2021/10/19/missile", "2021-10-19", SLK_PUB_URL},
        {"A test.", "https://wire.example/world-2021-10-19-missile", "2021-10-19", SLK_PUB_URL},
        {"A test.", "https://wire.example/20211019/missile", "2021-10-19", SLK_PUB_URL},
        {"A test.", "https://wire.example/story/99999999", NULL, SLK_PUB_UNKNOWN},
        {"SEOUL, Sept. 18 (Meridian) - The North fired.", NULL, NULL, SLK_PUB_UNKNOWN},
        {"The North fired a missile on September 18, 2024, and another later.", NULL, NULL, SLK_PUB_UNKNOWN},
        {"SEOUL - The test of September 18, 2024 was the first.", NULL, NULL, SLK_PUB_UNKNOWN},
        {"SEOUL, Feb. 30, 2024 (Meridian) - The North fired.", NULL, NULL, SLK_PUB_UNKNOWN},
        {"", NULL, NULL, SLK_PUB_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_instant when = {0};
        slk_published_basis basis = SLK_PUB_UNKNOWN;
        char z[40];
        bool found = slk_published_find(pack, slk_text_of(cases[i].text), cases[i].url, &when, &basis);
        assert_string_equal(slk_instant_format(when, z), cases[i].day ? cases[i].day : "");
        assert_int_equal(found, cases[i].day != NULL);
        assert_int_equal(basis, cases[i].basis);
    }
}

int main(void) {
    const struct CMUnitTest all[] = {cmocka_unit_test(publication_days)};
    return cmocka_run_group_tests(all, open_pack, close_pack);
}
