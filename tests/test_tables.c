/* test_tables.c - the packer and bad tables: each is refused with file, line and cause; a good one comes out as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack/pack.h"
#include "packer.h"

static jmp_buf back;
static char said[512];
static struct {
    pile strings, units, hits;
    packer_table table;
    packer_keys keys;
} work;

void stop(const char *format, ...) {
    va_list args;
    va_start(args, format);
    slk_text_vprint(said, sizeof said, format, args);
    va_end(args);
    longjmp(back, 1);
}

static void clear(void) {
    pile_free(&work.strings);
    pile_free(&work.units);
    pile_free(&work.hits);
    pile_free(&work.table.cells);
    work.table = (packer_table){0};
    keys_free(&work.keys);
}

/* "" when the table was taken, else what the packer says. What was read stays until clear(). */
static const char *read_directions(const char *text, size_t n) {
    clear();
    said[0] = '\0';
    if (setjmp(back) == 0)
        table_read("d.tsv", (slk_text){text, n}, SLK_T_DIRECTIONS, &work.table, &work.strings, &work.keys);
    return said;
}

#define HEAD "# where the needle points\nphrase\tdeg\tsource\n"

static void bad_tables_are_refused_with_their_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "d.tsv: the table is empty"},
        {"# only a comment\n", "d.tsv: there is no header line"},
        {"phrase\tdeg\n", "d.tsv:1: column 3 must be SOURCE"},
        {"phrase\tsource\tdeg\n", "d.tsv:1: column 2 must be DEG"},
        {"phrase\tdeg\tsource\tnote\n", "d.tsv:1: there are more than 3 columns"},
        {HEAD "east\t90\n", "d.tsv:3: 2 cells, 3 are needed"},
        {HEAD "east\t90\tx\ty\n", "d.tsv:3: more than 3 cells"},
        {HEAD "east\tninety\tx\n", "d.tsv:3: \"ninety\" is no number"},
        {HEAD "east\t90\tx\n\nabove\t0\tx\n", "d.tsv:5: \"above\" is out of order"},
        {HEAD "east||west\t90\tx\n", "d.tsv:3: an empty phrase"},
        {HEAD "|east\t90\tx\n", "d.tsv:3: an empty phrase"},
        {HEAD "east|\t90\tx\n", "d.tsv:3: an empty phrase"},
        {HEAD "- -\t90\tx\n", "d.tsv:3: an empty phrase"},
        {"phrase\xFF\n", "d.tsv: not UTF-8 at byte 6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_directions(cases[i].text, strlen(cases[i].text)), cases[i].says);
    clear();
}

static void a_good_table_comes_out_as_it_is_written(void **state) {
    (void)state;
    static const char text[] = HEAD "east|Eastward\t90\tx\nnorth\t0\tx\n\nup\t\t\n";
    assert_string_equal(read_directions(text, sizeof text - 1), "");
    assert_int_equal(work.table.rows, 3);
    assert_int_equal(work.table.columns, 3);
    assert_int_equal(work.keys.n, 4);
    const slk_pack_value *v = (const void *)work.table.cells.at;
    assert_string_equal(work.strings.at + v[0].text.at, "east|Eastward");
    assert_true(v[1].num == 90);
    assert_true(v[7].num != v[7].num); /* an empty number is NAN */
    trie_build(&work.keys, &work.units, &work.hits);
    assert_int_equal(work.hits.n / sizeof(slk_pack_hit), 4);
    clear();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_tables_are_refused_with_their_place),
        cmocka_unit_test(a_good_table_comes_out_as_it_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
