/* test_happened.c - what is told as having happened and what is not. cases/happened.tsv holds sentences, the type of event asked for, and
 * whether the report tells of one as having happened: half of them do, half speak of what was denied, planned, feared, refused, asked
 * for, made up, or would be. Further: the PLOVER code of what is only meant, refused or demanded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "cases_fixture.h"
#include "engine.h"
#include "engine_fixture.h"
#include "pack/pack.h"

static slk_reading *read_text(slk_text text) {
    slk_input in = {.published = "2024-06-12", .text = text};
    slk_reading *r = NULL;
    slk_fault fault;
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_ALL, &r, &fault), SLK_OK);
    return r;
}

static bool happened(slk_event_certainty c) {
    return c == SLK_EC_CONFIRMED || c == SLK_EC_REPORTED || c == SLK_EC_CLAIMED || c == SLK_EC_ALLEGED ||
           c == SLK_EC_DISPUTED;
}

/* An event of the type or of a narrower one that is told as having happened. */
static bool tells(const slk_reading *r, slk_text type) {
    size_t n;
    const slk_event *e = slk_reading_events(r, &n);
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(e[i].type);
        bool is = length >= type.n && memcmp(e[i].type, type.at, type.n) == 0 &&
                  (length == type.n || e[i].type[type.n] == '.');
        if (is && happened(e[i].certainty)) return true;
    }
    return false;
}

/* Whether the ontology has the type and lists each field that the event has. */
static bool has_its_fields(const slk_event *e) {
    const slk_pack *pack = slk_engine_pack(engine);
    uint32_t row = slk_pack_find(pack, SLK_T_ONTOLOGY, slk_text_of(e->type));
    if (row == SLK_NONE) return false;
    for (uint32_t i = 0; i < e->n_fields; i++) {
        slk_text list = slk_pack_cell(pack, SLK_T_ONTOLOGY, row, SLK_ONTOLOGY_FIELDS), word;
        bool listed = false;
        while (slk_text_split(&list, ' ', &word))
            listed = listed || slk_text_is(word, slk_field_word(e->fields[i].name));
        if (!listed) return false;
    }
    return true;
}

static void only_what_happened_is_told_as_such(void **state) {
    (void)state;
    size_t n;
    char *bytes = read_cases("happened.tsv", &n);
    slk_text rest = {bytes, n}, line;
    unsigned wrong = 0, rows = 0, yes = 0;
    while (slk_text_split(&rest, '\n', &line)) {
        slk_text cell[3];
        if (!line.n || line.at[0] == '#' || slk_text_starts(line, "text\t")) continue;
        for (unsigned i = 0; i < 3; i++) assert_true(slk_text_split(&line, '\t', &cell[i]));
        slk_reading *r = read_text(cell[0]);
        bool want = slk_text_is(cell[2], "yes");
        rows++;
        yes += want;
        if (tells(r, cell[1]) != want) {
            (void)fprintf(stderr, "%.*s: %s %.*s\n", (int)cell[0].n, cell[0].at,
                          want ? "no" : "told as happened:", (int)cell[1].n, cell[1].at);
            wrong++;
        }
        size_t events;
        const slk_event *e = slk_reading_events(r, &events);
        for (size_t i = 0; i < events; i++)
            if (!has_its_fields(&e[i])) fail_msg("%s: a field of %s is not in the ontology", cell[0].at, e[i].type);
        slk_reading_free(r);
    }
    free(bytes);
    assert_true(rows >= 200);
    assert_int_equal(yes * 2, rows);
    assert_int_equal(wrong, 0);
}

static void a_word_is_coded_as_what_it_makes_of_the_deed(void **state) {
    (void)state;
    static const struct {
        const char *text, *plover, *aux; /* of the first event that has the code; aux NULL: a fact */
    } cases[] = {
        {"Chile released two sailors on Monday.", "RETREAT", NULL},
        {"Chile will release two sailors on Monday.", "AGREE", "future"},
        {"Chile will not release two sailors.", "REJECT", "negated"},
        {"Peru urged Chile to release two sailors.", "REQUEST", NULL},
        {"Peru said Chile must release two sailors.", "REQUEST", NULL},
        {"Chile threatened to suspend peace talks with Peru.", "THREATEN", NULL},
        {"Chile suspended military aid to Peru.", "SANCTION", NULL},
        {"Chile suspended the peace talks with Peru.", "SANCTION", NULL},
        {"Chile welcomed the decision of Peru.", "SUPPORT", NULL},
        {"Chile welcomed the Peruvian president in Santiago.", "CONSULT", NULL},
        {"Chile lifted a ban on fish from Peru.", "RETREAT", NULL},
        {"Chile called off a strike.", "CONCEDE", NULL},
        {"Chile called on Peru to disarm.", "REQUEST", NULL},
        {"The president of Chile called the president of Peru.", "CONSULT", NULL},
        {"Chile gave Peru permission to use its port.", "CONCEDE", NULL},
        {"Chile returned the stolen statues to Peru.", "RETREAT", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_reading *r = read_text(slk_text_of(cases[i].text));
        size_t n, found = 0;
        const slk_event *e = slk_reading_events(r, &n);
        for (size_t k = 0; k < n; k++) {
            bool aux = cases[i].aux ? e[k].plover_aux && strcmp(e[k].plover_aux, cases[i].aux) == 0 : !e[k].plover_aux;
            if (e[k].plover && strcmp(e[k].plover, cases[i].plover) == 0 && aux) found++;
        }
        if (!found) fail_msg("%s: no %s", cases[i].text, cases[i].plover);
        slk_reading_free(r);
    }
}

/* cases/codes.tsv: the first event of a sentence that is no mere story has this code. */
static void deeds_of_many_countries_are_coded(void **state) {
    (void)state;
    size_t n, events;
    char *bytes = read_cases("codes.tsv", &n);
    slk_text rest = {bytes, n}, line;
    unsigned rows = 0, wrong = 0;
    while (slk_text_split(&rest, '\n', &line)) {
        slk_text cell[2];
        if (!line.n || line.at[0] == '#' || slk_text_starts(line, "text\t")) continue;
        for (unsigned i = 0; i < 2; i++) assert_true(slk_text_split(&line, '\t', &cell[i]));
        slk_reading *r = read_text(cell[0]);
        const slk_event *e = slk_reading_events(r, &events);
        size_t k = 0;
        while (k < events && strcmp(e[k].type, "story") == 0) k++;
        bool right = k < events && e[k].plover && slk_text_is(cell[1], e[k].plover);
        if (!right) (void)fprintf(stderr, "%.*s: not %.*s\n", (int)cell[0].n, cell[0].at, (int)cell[1].n, cell[1].at);
        wrong += !right;
        rows++;
        slk_reading_free(r);
    }
    free(bytes);
    assert_true(rows >= 120);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_happened_is_told_as_such),
        cmocka_unit_test(a_word_is_coded_as_what_it_makes_of_the_deed),
        cmocka_unit_test(deeds_of_many_countries_are_coded),
    };
    return cmocka_run_group_tests_name("happened", tests, open_engine, close_engine);
}
