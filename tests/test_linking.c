/* test_linking.c - which reports tell one story, and what follows from it for their events: whole reports, read by the engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "engine.h"
#include "engine_fixture.h"
#include "ledger/ledger.h"
#include "ledger/store.h"

typedef struct paper {
    const char *id, *published, *text;
} paper;

static slk_ledger *open_ledger(const char *path) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char z[96];
    slk_ledger *l = NULL;
    slk_fault fault = {.code = SLK_OK};
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(z, sizeof z, "%s%s", path, ends[i]);
        (void)unlink(z);
    }
    if (slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK)
        fail_msg("%s", fault.message);
    return l;
}

static slk_ledger *fresh(void) {
    static char path[64];
    (void)snprintf(path, sizeof path, "/tmp/sillok-linking-%d.db", (int)getpid());
    return open_ledger(path);
}

static void done(slk_ledger *l) {
    char path[96];
    (void)snprintf(path, sizeof path, "%s", l->path);
    slk_ledger_close(l);
    (void)unlink(path);
}

static void add(slk_ledger *l, const paper *p) {
    slk_fault fault = {.code = SLK_OK};
    slk_added added;
    slk_reading *r = NULL;
    slk_input input = {.id = p->id, .text = slk_text_of(p->text), .published = p->published};
    if (slk_read(engine, &input, SLK_LAYER_ALL, &r, &fault) != SLK_OK) fail_msg("%s", fault.message);
    if (slk_ledger_add(l, r, 0, &added, &fault) != SLK_OK) fail_msg("%s", fault.message);
    slk_reading_free(r);
    if (slk_ledger_commit(l, &fault) != SLK_OK) fail_msg("%s", fault.message);
}

static int64_t number(slk_ledger *l, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(l->db, sql, -1, &s, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(l->db));
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    (void)sqlite3_finalize(s);
    return n;
}

/* Are two reports of one story, and is what they tell as a whole one event? */
static bool together(slk_ledger *l, const char *a, const char *b) {
    char sql[512];
    (void)snprintf(
        sql, sizeof sql,
        "SELECT count(DISTINCT gist.story) FROM gist JOIN report ON report.row = gist.report WHERE id IN ('%s', '%s')",
        a, b);
    bool story = number(l, sql) == 1;
    (void)snprintf(
        sql, sizeof sql,
        "SELECT count(DISTINCT k.event) FROM telling AS t JOIN link AS k ON k.telling = t.row JOIN report AS r"
        " ON r.row = t.report WHERE t.kind = 'story' AND r.id IN ('%s', '%s')",
        a, b);
    assert_int_equal(story, number(l, sql) == 1);
    return story;
}

/* ---------------------------------------------------------------- stories */

/* Two fires in mills of two towns, told by three papers each: much the same words, other names. */
static const paper mills[] = {
    {"a1", NULL,
     "A fire destroyed the Kestrel paper mill in Brenholm on Monday, killing four workers. Fire chief Odette Marlin "
     "said the"
     " blaze began in the drying hall. Mayor Tobias Fennick closed the harbour road in Brenholm."},
    {"a2", NULL,
     "Four workers died when flames swept through the drying hall of the Kestrel mill, the largest employer of "
     "Brenholm."
     " The fire chief, Odette Marlin, said nobody else was missing. Tobias Fennick, the mayor, spoke of a black day."},
    {"a3", NULL,
     "Investigators searched the ruins of the Kestrel mill in Brenholm, where a fire killed four people. Odette Marlin"
     " said a spark in the drying hall was the likely cause. Families of the Kestrel workers met Mayor Fennick."},
    {"b1", NULL,
     "A fire gutted the Oaksway flour mill near Tarrelund on Friday and injured nine workers. Police inspector Ruben "
     "Castell"
     " said arson was suspected. The Oaksway mill belongs to the Dessau family of Tarrelund."},
    {"b2", NULL,
     "Nine workers were hurt in a fire at the flour mill of Oaksway, outside Tarrelund. Inspector Ruben Castell said "
     "somebody"
     " had poured petrol. Helga Dessau, who owns the Oaksway mill, offered a reward."},
    {"b3", NULL,
     "Police in Tarrelund arrested a man over the fire at the Oaksway flour mill, in which nine workers were injured. "
     "Ruben"
     " Castell praised his officers. The Dessau family thanked the inspector."},
};

static void test_any_order(void **state) {
    (void)state;
    static const unsigned orders[][6] = {
        {0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {0, 3, 1, 4, 2, 5}, {3, 2, 5, 0, 4, 1}};
    for (size_t k = 0; k < 4; k++) {
        slk_ledger *l = fresh();
        for (size_t i = 0; i < 6; i++) add(l, &mills[orders[k][i]]);
        assert_true(together(l, "a1", "a2") && together(l, "a1", "a3"));
        assert_true(together(l, "b1", "b2") && together(l, "b1", "b3"));
        assert_false(together(l, "a1", "b1"));
        assert_int_equal(number(l, "SELECT count(*) FROM event WHERE kind = 'story' AND n_reports = 3 AND main"), 2);
        done(l);
    }
}

/* The same words a month later are another day's story. */
static void test_apart_in_time(void **state) {
    (void)state;
    paper early = mills[0], late = mills[1];
    early.published = "2027-03-02";
    late.published = "2027-04-10";
    slk_ledger *l = fresh();
    add(l, &early);
    add(l, &late);
    assert_false(together(l, "a1", "a2"));
    done(l);
    late.published = "2027-03-04";
    l = fresh();
    add(l, &early);
    add(l, &late);
    assert_true(together(l, "a1", "a2"));
    done(l);
}

/* What a person took out of an event does not come back when the story is clustered anew. */
static void test_cut_stays(void **state) {
    (void)state;
    char id[96];
    slk_fault fault = {.code = SLK_OK};
    slk_decided decided;
    sqlite3_stmt *s = NULL;
    slk_ledger *l = fresh();
    add(l, &mills[0]);
    add(l, &mills[1]);
    assert_int_equal(sqlite3_prepare_v2(l->db, "SELECT id FROM event WHERE kind = 'story'", -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    (void)snprintf(id, sizeof id, "%s", (const char *)sqlite3_column_text(s, 0));
    (void)sqlite3_finalize(s);
    const char *const tellings[] = {"a2"};
    assert_int_equal(slk_ledger_split(l, id, tellings, 1, &(slk_decider){"test", "another fire", 1}, &decided, &fault),
                     SLK_OK);
    add(l, &mills[2]);
    assert_int_equal(number(l,
                            "SELECT count(DISTINCT event) FROM link JOIN telling ON telling.row = link.telling"
                            " JOIN report ON report.row = telling.report WHERE kind = 'story' AND id IN ('a1', 'a2')"),
                     2);
    done(l);
}

/* ---------------------------------------------------------------- launches */

static const paper launches[] = {
    {"dated", "2027-03-10",
     "SEOUL - North Korea fired a ballistic missile toward the East Sea at 7:12 a.m. on Wednesday, South Korea's Joint "
     "Chiefs of"
     " Staff said. The missile flew some 380 kilometers after it rose from Wonsan, the Joint Chiefs of Staff said."},
    {"bare", NULL,
     "North Korea fired a ballistic missile toward the East Sea on Wednesday. South Korea's Joint Chiefs of Staff said "
     "the"
     " missile rose from Wonsan around 7:10 a.m. and flew some 380 kilometers."},
    {"other-clock", NULL,
     "North Korea fired a ballistic missile toward the East Sea on Wednesday. South Korea's Joint Chiefs of Staff said "
     "the"
     " missile rose from Wonsan around 11:40 a.m. and flew some 380 kilometers."},
    {"other-day", NULL,
     "North Korea fired a ballistic missile toward the East Sea on Friday. South Korea's Joint Chiefs of Staff said the"
     " missile rose from Wonsan around 7:10 a.m. and flew some 380 kilometers."},
    {"day-only", NULL,
     "North Korea fired a ballistic missile toward the East Sea on Wednesday. South Korea's Joint Chiefs of Staff said "
     "the"
     " missile rose from Wonsan and flew some 380 kilometers."},
};

/* Day of the week and clock name a launch, among reports with like words; one of them alone does not. */
static void test_undated(void **state) {
    (void)state;
    for (size_t i = 1; i < 5; i++) {
        slk_ledger *l = fresh();
        add(l, &launches[0]);
        add(l, &launches[i]);
        assert_int_equal(number(l, "SELECT count(DISTINCT event) FROM link JOIN telling ON telling.row = link.telling"
                                   " WHERE kind = 'launch' AND main"),
                         i == 1 ? 1 : 2);
        done(l);
    }
}

/* A statement about a launch is a report of it, and its own words stay an event of their own. */
static void test_answered(void **state) {
    (void)state;
    static const paper answer = {"answer", "2027-03-11",
                                 "TOKYO - Japan on Thursday condemned North Korea for its missile launch from Wonsan "
                                 "toward the East Sea. Tokyo said that"
                                 " North Korea launched a ballistic missile and lodged a protest. The Joint Chiefs of "
                                 "Staff in South Korea said it flew 380"
                                 " kilometers."};
    slk_ledger *l = fresh();
    add(l, &launches[0]);
    add(l, &answer);
    assert_int_equal(
        number(l, "SELECT count(DISTINCT t.report) FROM telling AS t JOIN link AS k ON k.telling = t.row JOIN event"
                  " AS e ON e.row = k.event WHERE e.kind = 'launch' AND e.main AND t.main"),
        2);
    assert_int_equal(number(l, "SELECT count(*) FROM event WHERE kind = 'launch' AND main"), 1);
    assert_int_equal(number(l, "SELECT count(*) FROM event WHERE kind <> 'launch' AND main AND n_reports = 1"), 1);
    done(l);
}

/* ---------------------------------------------------------------- deeds of a story */

typedef struct counted {
    unsigned n, mentions, reports;
} counted;

static slk_err take_side(void *ctx, const slk_side *side, slk_fault *fault) {
    counted *m = ctx;
    (void)fault;
    if (strcmp(side->deed, "begin") != 0) return SLK_OK;
    m->n++;
    m->mentions += side->n_mentions;
    m->reports += side->n_reports;
    return SLK_OK;
}

/* "began" and "the beginning" in two reports of one story are one deed; a report alone has none in common with others. */
static void test_deeds(void **state) {
    (void)state;
    static const paper papers[] = {
        {"a1", NULL,
         "Four workers died on Monday in a fire at the Kestrel paper mill in Brenholm. Fire chief Odette Marlin said "
         "the blaze"
         " began in the drying hall. Mayor Tobias Fennick closed the harbour road in Brenholm."},
        {"a2", NULL,
         "Fire chief Odette Marlin saw the beginning of the blaze at the Kestrel mill in Brenholm, where four workers "
         "died. Mayor"
         " Tobias Fennick spoke of the drying hall of the Kestrel mill."},
        {"b1", NULL,
         "Tarrelund began to collect money for the baker Ilse Dessau, whose bread had won prizes in Vienna. Her son "
         "Konrad Dessau"
         " said that she had died in her sleep."}};
    slk_fault fault = {.code = SLK_OK};
    counted m = {0};
    slk_ledger *l = fresh();
    for (size_t i = 0; i < 3; i++) add(l, &papers[i]);
    assert_true(together(l, "a1", "a2"));
    assert_false(together(l, "a1", "b1"));
    assert_int_equal(slk_ledger_sides(l, (slk_instant){0}, take_side, &m, &fault), SLK_OK);
    assert_int_equal(m.n, 1);
    assert_int_equal(m.mentions, 2);
    assert_int_equal(m.reports, 2);
    done(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order), cmocka_unit_test(test_apart_in_time), cmocka_unit_test(test_cut_stays),
        cmocka_unit_test(test_undated),   cmocka_unit_test(test_answered),      cmocka_unit_test(test_deeds),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
