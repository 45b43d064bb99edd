/* test_import.c - reading other people's tables: days, clocks and figures of cells, rows of CSV, tabs and JSON with what is broken in
 * them, and which database a header line is of. The command itself is tested by test_import.py. */
#include <math.h>
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
#include "engine.h"
#include "engine_fixture.h"
#include "import/cells.h"
#include "import/formats.h"

static void days_are_read(void **state) {
    (void)state;
    static const struct {
        const char *cell, *how, *day;
    } cases[] = {{"2017-09-14", "", "2017-09-14"},
                 {"2030-09-18 00:00:00.000", "ymd", "2030-09-18"},
                 {"20300918", "ymd", "2030-09-18"},
                 {"20300919001500", "ymd", "2030-09-19"},
                 {"9/14/2017", "mdy", "2017-09-14"},
                 {"14/9/2017", "dmy", "2017-09-14"},
                 {"14/9/2017", "mdy", ""},
                 {"9/14/2017", "ymd", ""},
                 {"14-Sep-31", "mdy", "2031-09-14"},
                 {"14-Sept-98", "mdy", "1998-09-14"},
                 {"18 September 2024", "dmy", "2024-09-18"},
                 {"September 18, 2024", "mdy", "2024-09-18"},
                 {"29 February 2023", "dmy", ""},
                 {"3/6/2031 10:34 PM", "mdy", "2031-03-06"},
                 {"2031", "ymd", "2031"},
                 {"1984-09", "mdy", "1984-09"},
                 {"Sept 1984", "mdy", "1984-09"},
                 {"1984-13", "mdy", ""},
                 {"soon", "mdy", ""},
                 {"", "mdy", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_instant t;
        char z[40] = "";
        if (slk_cell_day(slk_text_of(cases[i].cell), cases[i].how, &t)) (void)slk_instant_format(t, z);
        if (strcmp(z, cases[i].day) != 0) fail_msg("%s: got \"%s\"", cases[i].cell, z);
    }
}

static void clocks_are_read(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        int minute; /* of the day, -1: none */
    } cases[] = {{"9:33:00 PM", 21 * 60 + 33},
                 {"12:05 AM", 5},
                 {"12:05 PM", 725},
                 {"21:33", 1293},
                 {"06:30:05", 390},
                 {"25:10", -1},
                 {"13:00 PM", -1},
                 {"7", -1},
                 {"", -1},
                 {"21:33 UTC", 1293}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_instant t = {0};
        bool read = slk_cell_clock(slk_text_of(cases[i].cell), &t);
        int got = read ? t.hour * 60 + t.minute : -1;
        if (got != cases[i].minute) fail_msg("%s: got %d", cases[i].cell, got);
    }
}

static void figures_are_read(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        double low, high;
        slk_bound bound;
        const char *unit;
    } cases[] = {{"134 km", 134, NAN, SLK_BOUND_EXACT, "km"},    {"1,000", 1000, NAN, SLK_BOUND_EXACT, ""},
                 {"~400 km", 400, NAN, SLK_BOUND_ABOUT, "km"},   {"400-500 km", 400, 500, SLK_BOUND_EXACT, "km"},
                 {"at least 3", 3, NAN, SLK_BOUND_AT_LEAST, ""}, {"0.5", 0.5, NAN, SLK_BOUND_EXACT, ""},
                 {"250 miles", 250, NAN, SLK_BOUND_EXACT, "mi"}, {"3,700 km", 3700, NAN, SLK_BOUND_EXACT, "km"},
                 {"Unknown", NAN, NAN, SLK_BOUND_EXACT, ""},     {"12 parsecs", NAN, NAN, SLK_BOUND_EXACT, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_cell_figure f = {.low = NAN};
        bool read = slk_cell_figure_of(slk_text_of(cases[i].cell), &f), wanted = !isnan(cases[i].low);
        bool right = read == wanted && (!read || (f.low == cases[i].low && f.bound == cases[i].bound &&
                                                  strcmp(f.unit, cases[i].unit) == 0 &&
                                                  (isnan(f.high) ? isnan(cases[i].high) : f.high == cases[i].high)));
        if (!right) fail_msg("%s: read %d, %g", cases[i].cell, read, f.low);
    }
}

/* All rows as "line:cell|cell;", a bad one as "line!;". */
static void rows_as(const char *bytes, char out[512]) {
    slk_rows *rows;
    slk_row row;
    slk_fault fault = {.code = SLK_OK};
    slk_rows_next_is what;
    *out = '\0';
    assert_int_equal(slk_rows_over(slk_text_of(bytes), &rows, &fault), SLK_OK);
    while ((what = slk_rows_next(rows, &row, &fault)) == SLK_ROWS_ROW || what == SLK_ROWS_BAD) {
        size_t n = strlen(out);
        if (what == SLK_ROWS_BAD) {
            slk_text_print(out + n, 512 - n, "%zu!;", fault.line);
            continue;
        }
        slk_text_print(out + n, 512 - n, "%zu:", row.line);
        for (uint32_t i = 0; i < row.n; i++) {
            n = strlen(out);
            if (row.names)
                slk_text_print(out + n, 512 - n, "%s%.*s=%.*s", i ? "|" : "", (int)row.names[i].n, row.names[i].at,
                               (int)row.cells[i].n, row.cells[i].at);
            else
                slk_text_print(out + n, 512 - n, "%s%.*s", i ? "|" : "", (int)row.cells[i].n, row.cells[i].at);
        }
        n = strlen(out);
        slk_text_print(out + n, 512 - n, ";");
    }
    if (what == SLK_ROWS_BROKEN) slk_text_print(out + strlen(out), 512 - strlen(out), "broken");
    slk_rows_close(rows);
}

static void rows_are_read(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *rows;
    } cases[] = {
        {"a,b\r\n1,2\r\n", "1:a|b;2:1|2;"},
        {"\xEF\xBB\xBF"
         "a,b\n1,\n",
         "1:a|b;2:1|;"},
        {"a,b\n\n\"x\ny\",\"say \"\"no\"\"\"\n3,4", "1:a|b;3:x\ny|say \"no\";5:3|4;"},
        {"a;b\n1,5;2\n", "1:a|b;2:1,5|2;"},
        {"a\tb\n\"1\t2\"\n", "1:a|b;2:\"1|2\";"},
        {"a,b\n1,\"open\n2,3\n", "1:a|b;2!;3:2|3;"}, /* a quote that is never closed */
        {"a,b\n1,\"x\"y\n2,3\n", "1:a|b;2!;3:2|3;"}, /* something behind a closing quote */
        {"a,b\n\xFF,1\n2,3\n", "1:a|b;2!;3:2|3;"},   /* not UTF-8 */
        {"{\"a\":1,\"b\":{\"c\":[\"x\",true,null,2.5]}}\n\n[1]\n{\"d\":\"e\"}\n",
         "1:a=1|b.c.0=x|b.c.1=true|b.c.3=2.5;3!;4:d=e;"},
        {"[{\"a\":1},{\"a\":2}]", "1:a=1;2:a=2;"},
        {"[{\"a\":1},", "broken"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[512];
        rows_as(cases[i].bytes, got);
        if (strcmp(got, cases[i].rows) != 0) fail_msg("case %zu: wanted %s, got %s", i, cases[i].rows, got);
    }
}

/* A row that is too long, and a quote that swallows more than a row may be: said, and passed over. */
static void long_rows_are_passed_over(void **state) {
    (void)state;
    size_t n = 3 * SLK_ROW_MOST_B;
    char *bytes = malloc(n + 64), got[512];
    assert_non_null(bytes);
    memcpy(bytes, "a,b\n", 4);
    memset(bytes + 4, 'x', n);
    memcpy(bytes + 4 + n, "\n1,2\n", sizeof "\n1,2\n");
    rows_as(bytes, got);
    assert_string_equal(got, "1:a|b;2!;3:1|2;");
    free(bytes);
}

static const char *database_of(const char *header, const char *as) {
    static char words[300];
    slk_rows *rows;
    slk_row row;
    slk_fault fault = {.code = SLK_OK};
    slk_columns *c = calloc(1, sizeof *c);
    bool is_header;
    assert_non_null(c);
    assert_int_equal(slk_rows_over(slk_text_of(header), &rows, &fault), SLK_OK);
    assert_int_equal(slk_rows_next(rows, &row, &fault), SLK_ROWS_ROW);
    slk_err err = slk_columns_find(slk_engine_pack(engine), &row, as, c, &is_header, &fault);
    slk_text_print(words, sizeof words, "%s", err == SLK_OK ? c->format.id : fault.message);
    slk_rows_close(rows);
    free(c);
    return words;
}

static void databases_are_recognized(void **state) {
    (void)state;
    assert_string_equal(database_of("F1,Date,Launch Time (UTC),Missile Name,Facility Name\n", NULL), "cns");
    assert_string_equal(database_of("row_id,date_utc,time_utc,weapon,place\n", NULL), "cns");
    assert_string_equal(database_of("EVENT_ID_CNTY,EVENT DATE,event_type,actor1,geo_precision\n", NULL), "acled");
    assert_string_equal(database_of("id,type_of_violence,side_a,side_b,date_start,where_prec,date_prec\n", NULL),
                        "ged");
    assert_string_equal(database_of("Date,Type,Provocation\n", "csis"), "csis");
    assert_string_equal(
        database_of("{\"id\":\"1\",\"date\":\"2030-09-18\",\"event\":\"AID\",\"source\":[{\"country\":\"MLI\"}]}",
                    NULL),
        "plover");
    assert_non_null(strstr(database_of("a,b,c\n1,2,3\n", NULL), "--as"));
    assert_non_null(strstr(database_of("event_id_cnty,event_type,actor1\n", "acled"), "event_date"));
}

/* Every column gives something that is known, every map that a column names is there, every type is one of the ontology. */
static void tables_hold_together(void **state) {
    (void)state;
    const slk_pack *pack = slk_engine_pack(engine);
    static const char *const plain[] = {"", "mdy", "dmy", "ymd", "km", "iso3", "name", "seconds"};
    for (uint32_t row = 0; row < slk_pack_rows(pack, SLK_T_IMPORT_COLUMNS); row++) {
        slk_text key = slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_KEY);
        const char *how = slk_column_how(pack, row);
        bool none = slk_text_is(slk_pack_cell(pack, SLK_T_IMPORT_COLUMNS, row, SLK_IMPORT_COLUMNS_FIELD), "none"),
             known = false;
        if (!none && slk_column_field(pack, row) == SLK_I_NONE) fail_msg("%.*s: no such field", (int)key.n, key.at);
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) known = known || strcmp(how, plain[i]) == 0;
        char begin[80];
        bool common = strcmp(how, "fips") == 0 || strcmp(how, "isonum") == 0;
        slk_text_print(begin, sizeof begin,
                       "%.*s%s%s=", common ? 0 : (int)(memchr(key.at, '.', key.n) - (void *)key.at), key.at,
                       common ? "" : ".", how);
        for (uint32_t v = 0; !known && v < slk_pack_rows(pack, SLK_T_IMPORT_VALUES); v++)
            known = slk_text_starts(slk_pack_cell(pack, SLK_T_IMPORT_VALUES, v, SLK_IMPORT_VALUES_KEY), begin);
        if (!known) fail_msg("%.*s: no map %s", (int)key.n, key.at, begin);
    }
    for (uint32_t v = 0; v < slk_pack_rows(pack, SLK_T_IMPORT_VALUES); v++) {
        slk_text key = slk_pack_cell(pack, SLK_T_IMPORT_VALUES, v, SLK_IMPORT_VALUES_KEY);
        slk_text value = slk_pack_cell(pack, SLK_T_IMPORT_VALUES, v, SLK_IMPORT_VALUES_VALUE);
        bool type = memmem(key.at, key.n, "type=", 5) || slk_text_starts(key, "gdelt.cameo=") ||
                    slk_text_starts(key, "plover.event=") || slk_text_starts(key, "ged.type_of");
        bool place = memmem(key.at, key.n, "geo_type=", 9) != NULL;
        if (type && !place && !slk_text_is(value, "?") && slk_pack_find(pack, SLK_T_ONTOLOGY, value) == SLK_NONE)
            fail_msg("%.*s: no type %.*s", (int)key.n, key.at, (int)value.n, value.at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(clocks_are_read),
        cmocka_unit_test(figures_are_read),
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(long_rows_are_passed_over),
        cmocka_unit_test(databases_are_recognized),
        cmocka_unit_test(tables_hold_together),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
