/* test_wire.c - datelines, slugs, notes to editors, continuation and end marks, corrections and credits stand apart from the story
 * (cases/wire.tsv); a dateline's day anchors the story's days, and what a correction says was wrong is no event. */
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
#include "engine_fixture.h"

static slk_reading *read_text(const char *text, const char *published, unsigned layers) {
    slk_reading *r;
    slk_fault fault;
    slk_input in = {.text = slk_text_of(text), .published = published, .language = "en"};
    assert_int_equal(slk_read(engine, &in, layers, &r, &fault), SLK_OK);
    return r;
}

static void unescape(char *z) {
    char *to = z;
    for (; *z; z++) {
        bool line = z[0] == '\\' && z[1] == 'n';
        *to++ = line ? '\n' : *z;
        z += line;
    }
    *to = '\0';
}

static bool is_span(const slk_reading *r, slk_span s, const char *z) { return slk_text_is(slk_reading_text(r, s), z); }

/* Whether the pieces of a reading are of these kinds and no others. */
static bool are_kinds(const slk_reading *r, const char *kinds) {
    static const char *const words[] = {"dateline", "slug", "more", "end", "correction", "credit"};
    slk_text rest = slk_text_of(strcmp(kinds, "-") == 0 ? "" : kinds), one;
    uint32_t n = 0;
    while (rest.n && slk_text_split(&rest, ' ', &one))
        if (n >= r->wire.n || !slk_text_is(one, words[r->wire.at[n++].kind])) return false;
    return n == r->wire.n;
}

static bool is_right(const slk_reading *r, char *const cell[6]) {
    const slk_wire none = {0}, *line = &none;
    for (uint32_t i = 0; i < r->wire.n && line == &none; i++)
        if (r->wire.at[i].kind == SLK_WIRE_DATELINE) line = &r->wire.at[i];
    uint32_t s = 0;
    while (s < r->sentences.n && slk_wire_of(r, s)) s++;
    return are_kinds(r, cell[1]) && is_span(r, line->place, cell[2]) && is_span(r, line->date, cell[3]) &&
           is_span(r, line->agency, cell[4]) && s < r->sentences.n &&
           slk_text_starts(slk_reading_text(r, r->sentences.at[s].span), cell[5]);
}

static void pieces_stand_apart(void **state) {
    (void)state;
    char path[4096], line[4096];
    int rows = 0, wrong = 0, header = 0;
    (void)snprintf(path, sizeof path, "%s/cases/wire.tsv", getenv("SLK_TEST_DATA"));
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        char *cell[6] = {line}, *next = line;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !header++) continue;
        for (int i = 1; i < 6; i++) {
            next = strchr(next, '\t');
            assert_non_null(next);
            *next++ = '\0';
            cell[i] = next;
        }
        unescape(cell[0]);
        slk_reading *r = read_text(cell[0], NULL, SLK_LAYER_SENTENCES);
        if (!is_right(r, cell)) {
            printf("not as expected: %s\n", cell[0]);
            for (uint32_t i = 0; i < r->wire.n; i++) {
                slk_text t = slk_reading_text(r, r->wire.at[i].span);
                printf("  %d: %.*s\n", (int)r->wire.at[i].kind, (int)t.n, t.at);
            }
            wrong++;
        }
        slk_reading_free(r);
        rows++;
    }
    (void)fclose(in);
    assert_int_equal(wrong, 0);
    assert_true(rows >= 25);
}

/* "Wednesday" is that of the dateline, which the agency's clock is two days ahead of here. */
static void a_dateline_anchors(void **state) {
    (void)state;
    static const char *const texts[] = {
        "MINSK, March 10. /MW/. The army fired two ballistic missiles into the sea on Wednesday, the ministry said.",
        "MINSK. March 10 (MW) - The army fired two ballistic missiles into the sea on Wednesday, the ministry said."};
    for (size_t i = 0; i < 2; i++) {
        slk_reading *r = read_text(texts[i], "2027-03-11", SLK_LAYER_ALL);
        assert_int_equal(r->times.n, 2);
        assert_string_equal(r->times.at[0].value, "2027-03-10");
        assert_string_equal(r->times.at[1].value, "2027-03-10");
        slk_reading_free(r);
    }
    slk_reading *r =
        read_text("HANOI, March 10, 2027 (Meridian) -- Two missiles rose on Tuesday.", NULL, SLK_LAYER_ALL);
    assert_int_equal(r->report.published_basis, SLK_PUB_DATELINE);
    assert_string_equal(r->times.at[1].value, "2027-03-09");
    slk_reading_free(r);
}

static void what_was_wrong_did_not_happen(void **state) {
    (void)state;
    slk_reading *r =
        read_text("An earlier version of this story said that North Korea had fired five ballistic missiles.\n\n"
                  "SEOUL, March 10 (Delhi Wire) - North Korea fired two ballistic missiles on Wednesday, "
                  "South Korea's military said. (Reporting by Ada Holm, who fired questions in Paris)",
                  "2027-03-10", SLK_LAYER_ALL);
    assert_int_equal(r->events.n, 1);
    assert_true(slk_text_is(slk_reading_text(r, r->events.at[0].trigger), "fired"));
    assert_true(r->events.at[0].trigger.start > r->wire.at[1].span.end);
    for (uint32_t i = 0; i < r->places.n; i++) /* the agency is no place */
        assert_false(slk_text_starts(slk_reading_text(r, r->places.at[i].span), "Delhi"));
    slk_reading_free(r);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(pieces_stand_apart),
        cmocka_unit_test(a_dateline_anchors),
        cmocka_unit_test(what_was_wrong_did_not_happen),
    };
    return cmocka_run_group_tests(all, open_engine, close_engine);
}
