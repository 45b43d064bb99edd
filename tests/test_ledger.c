/* test_ledger.c - the ledger by itself: its file, what it records, what it joins and keeps apart, what it computes. The readings
 * are made by hand (ledger_fixture.h); cases that a reader can check stand in cases/ledger_*.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/words.h"
#include "engine.h"
#include "ledger/inside.h"
#include "ledger_fixture.h"

static slk_engine *engine;
static char folder[64], path[96];

static int start(void **state) {
    (void)state;
    slk_fault fault;
    snprintf(folder, sizeof folder, "/tmp/sillok-ledger-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    return slk_engine_open(NULL, NULL, &engine, &fault) == SLK_OK ? 0 : -1;
}

static void wipe(void) {
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char z[128];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(z, sizeof z, "%s%s", path, ends[i]);
        (void)unlink(z);
    }
}

static int stop(void **state) {
    (void)state;
    wipe();
    (void)rmdir(folder);
    slk_engine_close(engine);
    return 0;
}

static slk_ledger *open_ledger(slk_ledger_mode mode) {
    slk_ledger *l = NULL;
    slk_fault fault = {.code = SLK_OK};
    if (slk_ledger_open(path, mode, slk_engine_pack(engine), NULL, &l, &fault) != SLK_OK) fail_msg("%s", fault.message);
    return l;
}

static slk_err try_open(slk_ledger_mode mode, slk_fault *fault) {
    slk_ledger *l = NULL;
    fault->message[0] = '\0';
    slk_err err = slk_ledger_open(path, mode, slk_engine_pack(engine), NULL, &l, fault);
    slk_ledger_close(l);
    return err;
}

/* Adds a report, commits and frees it. */
static slk_added add(slk_ledger *l, fixture *f) {
    slk_added added = {0};
    slk_fault fault = {.code = SLK_OK};
    if (slk_ledger_add(l, f->r, 0, &added, &fault) != SLK_OK) fail_msg("%s", fault.message);
    if (slk_ledger_commit(l, &fault) != SLK_OK) fail_msg("%s", fault.message);
    fixture_free(f);
    return added;
}

static int64_t count(slk_ledger *l, const char *what) {
    char sql[200];
    sqlite3_stmt *s = NULL;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    assert_int_equal(sqlite3_prepare_v2(l->db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    return n;
}

static void run_sql(slk_ledger *l, const char *sql) {
    assert_int_equal(sqlite3_exec(l->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static fixture launch(const char *id, const char *published, const char *time) {
    fixture f = fixture_report(id, published, NULL, "");
    fixture_event(&f, "weapon-test.missile.ballistic", true);
    fixture_by(&f, "North Korea", "PRK");
    if (*time) fixture_at(&f, time);
    return f;
}

static slk_dossier *dossier_of(slk_ledger *l, const char *id, const char *as_of) {
    slk_fault fault = {.code = SLK_OK};
    slk_dossier *d = NULL;
    int64_t row;
    if (slk_ledger_find(l, id, &row, &fault) != SLK_OK) fail_msg("%s", fault.message);
    if (slk_ledger_dossier(l, row, fixture_instant(as_of), &d, &fault) != SLK_OK) fail_msg("%s", fault.message);
    return d;
}

static const slk_told_field *field_of(const slk_dossier *d, slk_field_name name) {
    for (uint32_t i = 0; i < d->n_fields; i++)
        if (d->fields[i].field == name) return &d->fields[i];
    fail_msg("no field %s", slk_field_word(name));
    return NULL;
}

/* ---------------------------------------------------------------- the file */

static void test_fresh(void **state) {
    (void)state;
    slk_health h;
    slk_fault fault;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    assert_int_equal(slk_ledger_health(l, &h, &fault), SLK_OK);
    assert_int_equal(h.schema, SLK_LEDGER_SCHEMA);
    assert_string_equal(h.journal, "wal");
    assert_true(h.sound);
    assert_int_equal(h.reports, 0);
    slk_ledger_close(l);
}

static void test_refuses_others(void **state) {
    (void)state;
    slk_fault fault;
    wipe();
    assert_int_equal(try_open(SLK_LEDGER_READ, &fault), SLK_ELEDGER);
    assert_non_null(strstr(fault.message, path));
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (int i = 0; i < 100; i++) fprintf(f, "This is a letter to a friend and no database at all.\n");
    fclose(f);
    assert_int_equal(try_open(SLK_LEDGER_WRITE, &fault), SLK_ELEDGER);
    assert_non_null(strstr(fault.message, "no ledger"));
    wipe();
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE recipe(name TEXT)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(try_open(SLK_LEDGER_WRITE, &fault), SLK_ELEDGER);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK); /* and it was left alone */
    assert_int_equal(sqlite3_exec(db, "SELECT name FROM recipe", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void test_newer(void **state) {
    (void)state;
    slk_fault fault;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    run_sql(l, "PRAGMA user_version = 99");
    slk_ledger_close(l);
    assert_int_equal(try_open(SLK_LEDGER_READ, &fault), SLK_ELEDGER);
    assert_non_null(strstr(fault.message, "newer"));
    assert_int_equal(try_open(SLK_LEDGER_WRITE, &fault), SLK_ELEDGER);
}

static void test_locked(void **state) {
    (void)state;
    slk_fault fault = {.code = SLK_OK};
    slk_added added = {0};
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE), *other = open_ledger(SLK_LEDGER_WRITE);
    run_sql(other, "BEGIN IMMEDIATE");
    assert_int_equal(sqlite3_busy_timeout(l->db, 20), SQLITE_OK);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_ELOCKED);
    assert_non_null(strstr(fault.message, path));
    run_sql(other, "ROLLBACK");
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_OK);
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    assert_int_equal(count(other, "report"), 1);
    fixture_free(&f);
    slk_ledger_close(l);
    slk_ledger_close(other);
}

static void test_read_only(void **state) {
    (void)state;
    slk_fault fault = {.code = SLK_OK};
    slk_added added;
    wipe();
    slk_ledger_close(open_ledger(SLK_LEDGER_WRITE));
    slk_ledger *l = open_ledger(SLK_LEDGER_READ);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_EREADONLY);
    fixture_free(&f);
    slk_ledger_close(l);
    bool root = geteuid() == 0; /* whom no mode bits hold back */
    assert_int_equal(chmod(path, 0444) | chmod(folder, 0755), 0);
    if (root) assert_int_equal(seteuid(65534), 0);
    slk_err err = try_open(SLK_LEDGER_WRITE, &fault);
    if (root) assert_int_equal(seteuid(0), 0);
    assert_int_equal(err, SLK_EREADONLY);
    assert_non_null(strstr(fault.message, "read-only"));
    assert_int_equal(chmod(path, 0644), 0);
}

static void test_full(void **state) {
    (void)state;
    slk_fault fault = {.code = SLK_OK};
    slk_added added;
    slk_health h;
    char sql[80];
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    fixture f = launch("first", "2024-09-18", "2024-09-18T06:50+09:00");
    (void)add(l, &f);
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", (int)count(l, "dbstat") + 2);
    run_sql(l, sql);
    char *words = calloc(1, 200001);
    assert_non_null(words);
    memset(words, 'w', 200000);
    f = fixture_report("large", "2024-09-19", NULL, words);
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_EFULL);
    assert_non_null(strstr(fault.message, "full"));
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    assert_int_equal(count(l, "report"), 1);
    run_sql(l, "PRAGMA max_page_count = 1000000");
    assert_false(add(l, &f).already);
    assert_int_equal(slk_ledger_health(l, &h, &fault), SLK_OK);
    assert_true(h.sound);
    assert_int_equal(h.reports, 2);
    slk_ledger_close(l);
    free(words);
}

static void test_corrupt(void **state) {
    (void)state;
    slk_fault fault = {.code = SLK_OK};
    slk_health h;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    for (int i = 0; i < 20; i++) {
        char id[16];
        snprintf(id, sizeof id, "r%d", i);
        fixture f = launch(id, "2024-09-18", "2024-09-18T06:50+09:00");
        (void)add(l, &f);
    }
    slk_ledger_close(l);
    FILE *f = fopen(path, "r+");
    assert_non_null(f);
    assert_int_equal(fseek(f, 4096, SEEK_SET), 0);
    for (int i = 0; i < 60000; i++) fputc(0x5a, f);
    fclose(f);
    slk_err err = slk_ledger_open(path, SLK_LEDGER_READ, slk_engine_pack(engine), NULL, &l, &fault);
    if (err == SLK_OK) {
        slk_entries *e = NULL;
        slk_filter all = SLK_FILTER_ALL;
        assert_int_equal(slk_ledger_list(l, &all, &e, &fault), SLK_ECORRUPT);
        assert_non_null(strstr(fault.message, "damaged"));
        assert_int_equal(slk_ledger_health(l, &h, &fault), SLK_OK);
        assert_false(h.sound);
        slk_ledger_close(l);
    } else {
        assert_int_equal(err, SLK_ECORRUPT);
    }
}

/* ---------------------------------------------------------------- recording */

static void test_same_twice(void **state) {
    (void)state;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    slk_added one = add(l, &f);
    assert_false(one.already);
    assert_int_equal(one.events_new, 1);
    assert_string_equal(one.event, "KP-2024-09-18-weapon-test-1");
    int changes = sqlite3_total_changes(l->db);
    f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    assert_true(add(l, &f).already);
    assert_int_equal(sqlite3_total_changes(l->db), changes);
    slk_ledger_close(l);
}

/* The same story as a page, in a feed, in an archive, and a newer version of it. */
static void test_same_page(void **state) {
    (void)state;
    static const struct {
        const char *id, *url, *words;
        bool already;
    } cases[] = {
        {"r", "https://www.wire.example/a/two-rise?utm_source=x", "Two missiles rose. The army says so, at noon.",
         false},
        {"r", "http://m.wire.example/a/two-rise/#top", "Two missiles rose.\n\nThe army says so, at noon.", true},
        {"r", "https://wire.example/amp/a/two-rise", "Two missiles rose.", true},
        {"r", "https://wire.example/a/two-rise", "Three missiles rose. The army says so, at noon.", false},
        {"r", "https://wire.example/a/others-rise", "Two missiles rose.", false},
        {"r", NULL, "Two missiles", false},
    };
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f = fixture_report(cases[i].id, "2027-03-08", "Meridian", cases[i].words);
        f.r->report.url = fixture_copy(&f, cases[i].url);
        assert_int_equal(add(l, &f).already, cases[i].already);
    }
    assert_int_equal(count(l, "report"), 4);
    slk_ledger_close(l);
}

static void test_uncommitted_is_gone(void **state) {
    (void)state;
    slk_added added;
    slk_fault fault;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_OK);
    fixture_free(&f);
    slk_ledger_close(l);
    l = open_ledger(SLK_LEDGER_READ);
    assert_int_equal(count(l, "report"), 0);
    slk_ledger_close(l);
}

static void test_chains(void **state) {
    (void)state;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    uint32_t outer = fixture_says(&f, "Yonhap", "KOR", "MED", SLK_NONE);
    (void)fixture_says(&f, "South Korea's military", "KOR", "MIL", outer);
    fixture_count(&f, 2, NAN, SLK_BOUND_AT_LEAST);
    fixture_count(&f, 2, NAN, SLK_BOUND_AT_LEAST); /* told twice: one row, two pieces of evidence */
    (void)fixture_says(&f, "North Korea", "PRK", "GOV", SLK_NONE);
    fixture_count(&f, 1, 1, SLK_BOUND_EXACT);
    (void)add(l, &f);
    slk_dossier *d = dossier_of(l, "KP-2024-09-18-weapon-test-1", "");
    const slk_told_field *told = field_of(d, SLK_FIELD_COUNT);
    assert_int_equal(told->n, 2);
    assert_true(told->conflict);
    const slk_claim *c = &d->claims[told->first];
    assert_int_equal(c->chain.n, 2);
    assert_string_equal(c->chain.names[0], "Yonhap");
    assert_string_equal(c->chain.text, "Yonhap, quoting South Korea's military");
    assert_string_equal(c->chain.root, "KOR/MIL");
    assert_int_equal(c->n_evidence, 2);
    assert_string_equal(c->text, "at least 2");
    assert_false(c->chain.party);
    assert_true(c[1].chain.party); /* of its own deed */
    assert_int_equal(field_of(d, SLK_FIELD_ACTOR)->n, 1);
    assert_int_equal(d->claims[field_of(d, SLK_FIELD_ACTOR)->first].chain.n, 0);
    slk_dossier_free(d);
    slk_ledger_close(l);
}

/* One story in two papers is one source; another paper's own story is a second. */
static void test_story(void **state) {
    (void)state;
    static const char story[] =
        "Two missiles rose from the hills near the town before sunrise and flew east for minutes, said a"
        " fisherman who had watched them from the pier while his nets dried and his tea went cold.";
    static const char own[] =
        "A truck driver on the coast road saw a bright light over the water and stopped, and by the time that"
        " he had found his telephone the sky was grey and quiet again, and nobody would believe him.";
    static const char *const papers[][3] = {
        {"a", "Morning Post", story}, {"b", "Evening Star", story}, {"c", "Daily Sun", own}};
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    for (size_t i = 0; i < 3; i++) {
        fixture f = fixture_report(papers[i][0], "2024-09-18", papers[i][1], papers[i][2]);
        fixture_event(&f, "weapon-test.missile.ballistic", true);
        fixture_by(&f, "North Korea", "PRK");
        fixture_at(&f, "2024-09-18T06:50+09:00");
        (void)add(l, &f);
    }
    slk_dossier *d = dossier_of(l, "KP-2024-09-18", "");
    assert_int_equal(d->n_reports, 3);
    assert_int_equal(d->reports[1].same_story, 0);
    assert_int_equal(d->reports[2].same_story, SLK_NONE);
    assert_int_equal(d->entry.n_roots, 2);
    assert_int_equal(field_of(d, SLK_FIELD_TIME)->groups[0].n_roots, 2);
    slk_dossier_free(d);
    slk_ledger_close(l);
}

/* The military says 2, then 3; the other staff says 2 all along. */
static void add_figures(slk_ledger *l) {
    static const struct {
        const char *id, *day, *who, *country;
        double n;
    } said[] = {{"r1", "2024-09-18", "South Korea's military", "KOR", 2},
                {"r2", "2024-09-18", "Japan's Defense Ministry", "JPN", 2},
                {"r3", "2024-09-20", "Joint Chiefs of Staff", "KOR", 3}};
    for (size_t i = 0; i < 3; i++) {
        fixture f = launch(said[i].id, said[i].day, "2024-09-18T06:50+09:00");
        (void)fixture_says(&f, said[i].who, said[i].country, "MIL", SLK_NONE);
        fixture_count(&f, said[i].n, said[i].n, SLK_BOUND_EXACT);
        (void)add(l, &f);
    }
}

static void test_supersedes(void **state) {
    (void)state;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    add_figures(l);
    assert_int_equal(count(l, "event"), 1);
    slk_dossier *d = dossier_of(l, "KP-2024-09-18", "");
    const slk_told_field *told = field_of(d, SLK_FIELD_COUNT);
    assert_int_equal(told->n, 3);
    assert_int_equal(d->claims[told->first].superseded_by, told->first + 2);
    assert_int_equal(d->claims[told->first + 1].superseded_by, SLK_NONE);
    assert_true(told->conflict);
    assert_int_equal(told->n_groups, 2);
    assert_false(told->corroborated);
    slk_dossier_free(d);
    d = dossier_of(l, "KP-2024-09-18", "2024-09-19"); /* as known before the military corrected itself */
    told = field_of(d, SLK_FIELD_COUNT);
    assert_int_equal(told->n, 2);
    assert_false(told->conflict);
    assert_true(told->corroborated);
    assert_int_equal(told->groups[0].n_roots, 2);
    assert_string_equal(told->groups[0].text, "2");
    slk_dossier_free(d);
    slk_ledger_close(l);
}

static void test_lists_as_of(void **state) {
    (void)state;
    slk_filter q = SLK_FILTER_ALL;
    slk_entries *e = NULL;
    slk_fault fault;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    add_figures(l);
    fixture f = launch("r4", "2024-09-25", "2024-09-24T10:00+09:00");
    (void)add(l, &f);
    q.as_of = fixture_instant("2024-09-19");
    assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_OK);
    assert_int_equal(e->n, 1);
    assert_int_equal(e->at[0].n_reports, 2);
    slk_entries_free(e);
    q = SLK_FILTER_ALL;
    q.actor = "north korea";
    q.since = fixture_instant("2024-09-19");
    assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_OK);
    assert_int_equal(e->n, 1);
    assert_string_equal(e->at[0].id, "KP-2024-09-24-weapon-test-1");
    slk_entries_free(e);
    q = SLK_FILTER_ALL;
    q.type = "weapon-test.nuclear";
    assert_int_equal(slk_ledger_list(l, &q, &e, &fault), SLK_OK);
    assert_int_equal(e->n, 0);
    slk_entries_free(e);
    slk_ledger_close(l);
}

static const slk_decider analyst = {"A. Nalyst", "other times", 1727000000}; /* 2024-09-22 */

static uint32_t listed(slk_ledger *l, slk_filter q, char ids[1000]) {
    slk_entries *e = NULL;
    slk_fault fault = {.code = SLK_OK};
    ids[0] = '\0';
    if (slk_ledger_list(l, &q, &e, &fault) != SLK_OK) fail_msg("%s", fault.message);
    uint32_t n = e->n;
    for (uint32_t i = 0; i < n && strlen(ids) < 900; i++)
        snprintf(ids + strlen(ids), 100, "%s%s", i ? " " : "", e->at[i].id);
    slk_entries_free(e);
    return n;
}

static void assert_sound(slk_ledger *l) {
    slk_health h;
    slk_fault fault;
    assert_int_equal(slk_ledger_health(l, &h, &fault), SLK_OK);
    if (!h.sound) fail_msg("%s", h.trouble);
}

static void test_split(void **state) {
    (void)state;
    static const char *const nobody[] = {"nobody"}, *const r2[] = {"r2"}, *const all[] = {"r1", "r2", "r3"};
    static const char first[] = "KP-2024-09-18-weapon-test-1", second[] = "KP-2024-09-18-weapon-test-2";
    slk_fault fault;
    slk_decided done;
    char ids[1000];
    slk_filter q = SLK_FILTER_ALL;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    add_figures(l);
    assert_int_equal(slk_ledger_split(l, first, nobody, 1, &analyst, &done, &fault), SLK_EMISSING);
    assert_int_equal(slk_ledger_split(l, first, all, 3, &analyst, &done, &fault), SLK_EINPUT);
    assert_int_equal(slk_ledger_split(l, first, r2, 1, &(slk_decider){"", "", 0}, &done, &fault), SLK_EINPUT);
    assert_int_equal(slk_ledger_split(l, first, r2, 1, &analyst, &done, &fault), SLK_OK);
    assert_string_equal(done.other, second);
    assert_int_equal(done.tellings, 1);
    assert_int_equal(count(l, "event"), 2);
    assert_int_equal(count(l, "claim"), 9);
    slk_dossier *d = dossier_of(l, second, "");
    assert_int_equal(d->n_reports, 1);
    assert_string_equal(d->reports[0].id, "r2");
    assert_string_equal(d->tellings[0].id, "r2#0");
    assert_int_equal(d->n_decisions, 1);
    assert_string_equal(d->decisions[0].by, "A. Nalyst");
    assert_string_equal(d->decisions[0].why, "other times");
    slk_dossier_free(d);
    q.as_of = fixture_instant("2024-09-21"); /* the day before the decision */
    assert_int_equal(listed(l, q, ids), 1);
    q.as_of = fixture_instant("2024-09-22");
    assert_int_equal(listed(l, q, ids), 2);
    d = dossier_of(l, first, "2024-09-21");
    assert_int_equal(d->n_reports, 3);
    slk_dossier_free(d);
    assert_sound(l);
    assert_int_equal(slk_ledger_undo(l, done.decision, &analyst, &done, &fault), SLK_OK);
    assert_int_equal(listed(l, SLK_FILTER_ALL, ids), 1);
    d = dossier_of(l, second, ""); /* leads there */
    assert_string_equal(d->entry.id, first);
    assert_int_equal(d->n_reports, 3);
    assert_int_equal(d->n_decisions, 2);
    slk_dossier_free(d);
    assert_int_equal(slk_ledger_undo(l, 1, &analyst, &done, &fault), SLK_EINPUT);
    assert_int_equal(slk_ledger_undo(l, 7, &analyst, &done, &fault), SLK_EMISSING);
    assert_int_equal(count(l, "cut"), 0);
    assert_sound(l);
    slk_ledger_close(l);
}

static void test_join(void **state) {
    (void)state;
    static const char first[] = "KP-2024-09-18-weapon-test-1", other[] = "KP-2024-09-24-weapon-test-1";
    slk_fault fault;
    slk_decided done;
    char ids[1000];
    slk_filter q = SLK_FILTER_ALL;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    add_figures(l);
    fixture f = launch("r4", "2024-09-20", "2024-09-24T10:00+09:00");
    (void)add(l, &f);
    assert_int_equal(slk_ledger_join(l, first, first, &analyst, &done, &fault), SLK_EINPUT);
    assert_int_equal(slk_ledger_join(l, first, other, &analyst, &done, &fault), SLK_OK);
    assert_string_equal(done.other, other);
    assert_int_equal(listed(l, SLK_FILTER_ALL, ids), 1);
    assert_string_equal(ids, first);
    slk_dossier *d = dossier_of(l, other, "");
    assert_string_equal(d->entry.id, first);
    assert_int_equal(d->n_reports, 4);
    slk_dossier_free(d);
    d = dossier_of(l, other, "2024-09-21");
    assert_string_equal(d->entry.id, other);
    assert_int_equal(d->n_reports, 1);
    slk_dossier_free(d);
    q.as_of = fixture_instant("2024-09-21");
    assert_int_equal(listed(l, q, ids), 2);
    assert_sound(l);
    assert_int_equal(slk_ledger_undo(l, done.decision, &analyst, &done, &fault), SLK_OK);
    assert_int_equal(listed(l, SLK_FILTER_ALL, ids), 2);
    d = dossier_of(l, other, "");
    assert_string_equal(d->entry.id, other);
    slk_dossier_free(d);
    assert_sound(l);
    slk_ledger_close(l);
}

/* ---------------------------------------------------------------- every allocation fails once */

typedef struct rationing { /* an allocator that fails at the n-th request */
    long left, live;
} rationing;

static void *ration(void *ctx, void *p, size_t n) {
    rationing *g = ctx;
    if (n == 0) {
        g->live -= p != NULL;
        free(p);
        return NULL;
    }
    if (g->left-- <= 0) return NULL;
    g->live += p == NULL;
    return realloc(p, n);
}

static slk_err whole_way(const slk_allocator *mem, fixture *f) {
    slk_fault fault = {.code = SLK_OK};
    slk_filter all = SLK_FILTER_ALL;
    slk_added added;
    slk_ledger *l = NULL;
    slk_timeline *t = NULL;
    slk_dossier *d = NULL;
    slk_verdicts *v = NULL;
    all.as_of = fixture_instant("2024-12-31");
    slk_err err = slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), mem, &l, &fault);
    if (err == SLK_OK) err = slk_ledger_add(l, f->r, 0, &added, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(l, &fault);
    if (err == SLK_OK) err = slk_ledger_timeline(l, &all, &t, &fault);
    if (err == SLK_OK) err = slk_ledger_dossier(l, t->at[0].entry->row, all.as_of, &d, &fault);
    if (err == SLK_OK) err = slk_ledger_check_all(l, &v, &fault);
    if (err != SLK_OK) assert_true(fault.message[0] != '\0');
    slk_timeline_free(t);
    slk_dossier_free(d);
    slk_verdicts_free(v);
    slk_ledger_close(l);
    return err;
}

static void test_no_memory(void **state) {
    (void)state;
    slk_err err = SLK_ENOMEM;
    long n = 0;
    for (; err == SLK_ENOMEM && n < 5000; n++) {
        rationing g = {n, 0};
        slk_allocator mem = {ration, &g};
        wipe();
        fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
        uint32_t outer = fixture_says(&f, "Yonhap", "KOR", "MED", SLK_NONE);
        (void)fixture_says(&f, "South Korea's military", "KOR", "MIL", outer);
        fixture_count(&f, 2, NAN, SLK_BOUND_AT_LEAST);
        err = whole_way(&mem, &f);
        assert_int_equal(g.live, 0);
        fixture_free(&f);
    }
    assert_int_equal(err, SLK_OK);
    assert_true(n > 5);
}

/* ---------------------------------------------------------------- linking */

typedef struct labelled { /* a telling and what it must be one event with */
    char report[32], label[16];
    int64_t event;
} labelled;

/* The event of the n-th telling of a report. */
static int64_t event_of(slk_ledger *l, const char *report, int n) {
    sqlite3_stmt *s = NULL;
    static const char sql[] = "SELECT k.event FROM link k JOIN telling t ON t.row = k.telling JOIN report r"
                              " ON r.row = t.report WHERE r.id = ? AND t.n = ?";
    assert_int_equal(sqlite3_prepare_v2(l->db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(s, 1, report, -1, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_bind_int(s, 2, n), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t event = sqlite3_column_int64(s, 0);
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    return event;
}

static unsigned judge_case(slk_ledger *l, const char *name, labelled *x, unsigned n) {
    unsigned wrong = 0;
    for (unsigned i = 0; i < n; i++) {
        int nth = 0;
        for (unsigned k = 0; k < i; k++) nth += strcmp(x[k].report, x[i].report) == 0;
        x[i].event = event_of(l, x[i].report, nth);
    }
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0; k < i; k++) {
            bool same = x[i].event == x[k].event, want = strcmp(x[i].label, x[k].label) == 0;
            if (same == want) continue;
            print_error("%s: tellings %u and %u must %sbe one event\n", name, k + 1, i + 1, want ? "" : "not ");
            wrong++;
        }
    return wrong;
}

static void add_cells(fixture *f, char *line, labelled *x) {
    const char *type = fixture_cell(&line), *main = fixture_cell(&line), *country = fixture_cell(&line);
    const char *time = fixture_cell(&line), *place = fixture_cell(&line), *lat = fixture_cell(&line);
    const char *lon = fixture_cell(&line), *weapon = fixture_cell(&line), *label = fixture_cell(&line);
    fixture_event(f, type, *main == '1');
    fixture_by(f, country, country);
    if (*time) fixture_at(f, time);
    if (*place) fixture_from(f, place, atof(lat), atof(lon), "", "PPL");
    if (*weapon) fixture_class(f, weapon);
    snprintf(x->label, sizeof x->label, "%s", label);
}

static void test_links(void **state) {
    (void)state;
    char line[512], name[512] = "", report[32] = "";
    labelled x[16];
    unsigned n = 0, cases = 0, wrong = 0;
    fixture f = {0};
    slk_ledger *l = NULL;
    FILE *table = fixture_table("ledger_links.tsv");
    assert_non_null(table);
    for (bool more = true; more;) {
        more = fgets(line, sizeof line, table) != NULL;
        if (more && (*line == '#' || *line == '\n')) continue;
        line[strcspn(line, "\n")] = '\0';
        char *rest = line;
        const char *in_case = more ? fixture_cell(&rest) : "", *id = more ? fixture_cell(&rest) : "";
        const char *published = more ? fixture_cell(&rest) : "";
        bool next_case = strcmp(in_case, name) != 0;
        if (f.r && (next_case || strcmp(id, report) != 0)) {
            (void)add(l, &f);
            f.r = NULL;
        }
        if (next_case && l) {
            wrong += judge_case(l, name, x, n);
            slk_ledger_close(l);
            l = NULL;
        }
        if (!more) break;
        if (next_case) {
            wipe();
            l = open_ledger(SLK_LEDGER_WRITE);
            n = 0;
            cases++;
        }
        if (!f.r) f = fixture_report(id, published, NULL, "");
        snprintf(name, sizeof name, "%s", in_case);
        snprintf(report, sizeof report, "%s", id);
        snprintf(x[n].report, sizeof x[n].report, "%s", id);
        add_cells(&f, rest, &x[n++]);
    }
    fclose(table);
    assert_true(cases >= 15);
    assert_int_equal(wrong, 0);
}

/* Two reports of one arrest in other words, without a date; and one of another arrest. */
static void test_near(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Harbour police in Lisbon arrested the ferry captain Duarte Valmor after finding cigarettes aboard the Santa "
        "Iria. The "
        "smuggling of cigarettes on the Santa Iria had gone on for months, inspector Ines Calado said.",
        "The captain of the Santa Iria, Duarte Valmor, was arrested in Lisbon over the smuggling of cigarettes aboard "
        "the ferry. "
        "Inspector Ines Calado of the harbour police praised her officers.",
        "Police in Oslo arrested the art dealer Henrik Solbakken, who is said to have sold forged etchings to three "
        "museums. "
        "Curator Marit Lunde had noticed that the paper was too young."};
    slk_fault fault;
    slk_added added;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    for (size_t i = 0; i < 3; i++) {
        slk_input input = {.id = texts[i], .text = slk_text_of(texts[i])};
        slk_reading *r = NULL;
        assert_int_equal(slk_read(engine, &input, SLK_LAYER_ALL, &r, &fault), SLK_OK);
        assert_int_equal(slk_ledger_add(l, r, 0, &added, &fault), SLK_OK);
        slk_reading_free(r);
    }
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK);
    assert_int_equal(count(l, "telling WHERE type LIKE 'arrest%'"), 3);
    assert_int_equal(count(l, "event WHERE type LIKE 'arrest%'"), 2);
    assert_int_equal(count(l, "event WHERE type LIKE 'arrest%' AND n_reports = 2"), 1);
    slk_ledger_close(l);
}

/* ---------------------------------------------------------------- bands */

static void parse_number(slk_value *v, const char *z) {
    static const struct {
        const char *sign;
        slk_bound bound;
    } signs[] = {
        {">=", SLK_BOUND_AT_LEAST}, {">", SLK_BOUND_MORE_THAN}, {"<", SLK_BOUND_LESS_THAN}, {"~", SLK_BOUND_ABOUT}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strncmp(z, signs[i].sign, strlen(signs[i].sign)) != 0) continue;
        v->bound = signs[i].bound;
        z += strlen(signs[i].sign);
        break;
    }
    char *end;
    v->low = strtod(z, &end);
    v->high = v->bound == SLK_BOUND_EXACT ? v->low : NAN;
    if (strncmp(end, " to ", 4) == 0) v->high = strtod(end + 4, &end);
    double si = strstr(end, "km") ? 1000 : strstr(end, "mi") ? 1609.344 : NAN;
    v->kind = isnan(si) ? SLK_VALUE_COUNT : SLK_VALUE_QUANTITY;
    v->unit = isnan(si) ? NULL : strstr(end, "km") ? "km" : "[mi_i]";
    v->si = v->low * si;
    v->si_high = v->high * si;
}

static slk_claim parse_claim(slk_field_name field, char *z) {
    slk_claim c = {.field = field, .chain = {.text = "", .root = "report:x"}, .lat = NAN, .lon = NAN};
    c.value = (slk_value){.ref = SLK_NONE, .low = NAN, .high = NAN, .si = NAN, .si_high = NAN, .text = z};
    if (field == SLK_FIELD_TIME) {
        c.value.kind = SLK_VALUE_TIME;
        c.value.when = fixture_instant(z);
    } else if (field == SLK_FIELD_DISTANCE || field == SLK_FIELD_ALTITUDE || field == SLK_FIELD_COUNT) {
        parse_number(&c.value, z);
    } else if (field == SLK_FIELD_DIRECTION) {
        c.value.kind = SLK_VALUE_DIRECTION;
        c.value.low = atof(z);
    } else if (field == SLK_FIELD_ORIGIN) {
        char *at = strchr(z, '@'), *kind = at ? strchr(at, '/') : NULL;
        c.value.kind = SLK_VALUE_PLACE;
        if (at && kind) {
            *at = *kind = '\0';
            c.has_point = true;
            c.lat = atof(at + 1);
            c.lon = atof(strchr(at + 1, ',') + 1);
            char *country = strchr(kind + 1, '/');
            *country = '\0';
            c.place_kind = kind + 1;
            snprintf(c.country, sizeof c.country, "%s", country + 1);
        }
    }
    return c;
}

static void test_bands(void **state) {
    (void)state;
    static const char *const words[] = {"unrelated", "agree", "conflict"};
    char line[512];
    unsigned n = 0, wrong = 0;
    FILE *table = fixture_table("ledger_bands.tsv");
    assert_non_null(table);
    while (fgets(line, sizeof line, table)) {
        if (*line == '#') continue;
        line[strcspn(line, "\n")] = '\0';
        char shown[512], *rest = line;
        snprintf(shown, sizeof shown, "%s", line);
        slk_field_name field = (slk_field_name)slk_field_of(slk_text_of(fixture_cell(&rest)));
        slk_claim a = parse_claim(field, fixture_cell(&rest)), b = parse_claim(field, fixture_cell(&rest));
        b.telling = 1;
        const char *want = fixture_cell(&rest);
        slk_relation one = slk_bands_relation(slk_engine_pack(engine), &a, &b);
        slk_relation other = slk_bands_relation(slk_engine_pack(engine), &b, &a);
        n++;
        if (one == other && strcmp(words[one], want) == 0) continue;
        print_error("%s: but %s, %s\n", shown, words[one], words[other]);
        wrong++;
    }
    fclose(table);
    assert_true(n >= 40);
    assert_int_equal(wrong, 0);
}

static void test_gloss_band(void **state) {
    (void)state;
    char km[] = "400 km", near[] = "249 mi", far[] = "280 mi"; /* 280 miles are 451 km: 11 % off, and 51 km */
    slk_claim a = parse_claim(SLK_FIELD_ALTITUDE, km), b = parse_claim(SLK_FIELD_ALTITUDE, near);
    slk_claim c = parse_claim(SLK_FIELD_ALTITUDE, far);
    assert_int_equal(slk_bands_relation(NULL, &a, &b), SLK_AGREEING);
    assert_int_equal(slk_bands_relation(NULL, &a, &c), SLK_CONFLICTING);
}

/* ---------------------------------------------------------------- claims of order */

static const char *verdict_on(slk_ledger *l, const char *day, const char *ordinal, const char *since, bool event,
                              char against[256]) {
    slk_verdicts *v = NULL;
    slk_fault fault;
    fixture f = launch("claim", day, day);
    slk_check c = {.kind = SLK_CHECK_NTH_IN_WINDOW, .verdict = SLK_CANNOT_TELL, .says = ""};
    c.claim = (slk_chronology){.ordinal = (uint32_t)atoi(ordinal),
                               .since = fixture_instant(since),
                               .until = fixture_instant(day),
                               .since_is_event = event,
                               .type = "weapon-test.missile",
                               .actor = SLK_NONE};
    FIXTURE_PUSH(&f, checks, c);
    assert_int_equal(slk_ledger_check(l, f.r, &v, &fault), SLK_OK);
    assert_int_equal(v->n, 1);
    *against = '\0';
    for (uint32_t i = 0; i < v->at[0].n_against; i++)
        snprintf(against + strlen(against), 256 - strlen(against), "%s%.10s", i ? " " : "", v->at[0].against[i] + 3);
    const char *word = slk_verdict_word(v->at[0].verdict);
    slk_verdicts_free(v);
    fixture_free(&f);
    return word;
}

static void test_order(void **state) {
    (void)state;
    char line[512], against[256];
    unsigned n = 0, wrong = 0;
    FILE *table = fixture_table("ledger_order.tsv");
    assert_non_null(table);
    while (fgets(line, sizeof line, table)) {
        if (*line == '#') continue;
        line[strcspn(line, "\n")] = '\0';
        char *rest = line, *name = fixture_cell(&rest), *days = fixture_cell(&rest), *day = fixture_cell(&rest);
        char *ordinal = fixture_cell(&rest), *since = fixture_cell(&rest), *event = fixture_cell(&rest);
        char *verdict = fixture_cell(&rest), *want = fixture_cell(&rest);
        wipe();
        slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
        for (char *one = strtok(days, " "); one; one = strtok(NULL, " ")) {
            fixture f = launch(one, one, one);
            (void)add(l, &f);
        }
        const char *got = verdict_on(l, day, ordinal, since, *event != '\0', against);
        n++;
        if (strcmp(got, verdict) != 0 || strcmp(against, want) != 0) {
            print_error("%s: %s, held against [%s]\n", name, got, against);
            wrong++;
        }
        slk_ledger_close(l);
    }
    fclose(table);
    assert_true(n >= 12);
    assert_int_equal(wrong, 0);
}

/* A report is no witness for its own claim. */
static void test_order_own(void **state) {
    (void)state;
    slk_fault fault;
    slk_verdicts *v = NULL;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    fixture f = launch("r", "2024-09-18", "2024-09-18T06:50+09:00");
    fixture_event(&f, "weapon-test.missile.ballistic", false);
    fixture_by(&f, "North Korea", "PRK");
    fixture_at(&f, "2024-09-12");
    slk_check c = {.kind = SLK_CHECK_NTH_IN_WINDOW, .verdict = SLK_CANNOT_TELL, .says = ""};
    c.claim = (slk_chronology){.ordinal = 2,
                               .since = fixture_instant("2024-09-11"),
                               .until = fixture_instant("2024-09-18"),
                               .type = "weapon-test.missile",
                               .actor = SLK_NONE};
    FIXTURE_PUSH(&f, checks, c);
    assert_int_equal(add(l, &f).checks, 1);
    assert_int_equal(count(l, "checked WHERE verdict = 'cannot-tell'"), 1);
    f = launch("other", "2024-09-12", "2024-09-12T07:10+09:00");
    (void)add(l, &f);
    assert_int_equal(slk_ledger_check_all(l, &v, &fault), SLK_OK); /* now another report bears it out */
    assert_int_equal(v->n, 1);
    assert_int_equal(v->at[0].verdict, SLK_AGREES);
    slk_verdicts_free(v);
    slk_ledger_close(l);
}

static void test_timeline(void **state) {
    (void)state;
    static const char *const days[] = {"2023-12-18", "2024-01-14", "2024-09-12", "2024-09-18"};
    slk_timeline *t = NULL;
    slk_filter q = SLK_FILTER_ALL;
    slk_fault fault;
    wipe();
    slk_ledger *l = open_ledger(SLK_LEDGER_WRITE);
    for (size_t i = 4; i-- > 0;) {
        fixture f = launch(days[i], days[i], days[i]);
        (void)add(l, &f);
    }
    q.since = fixture_instant("2024-09-01");
    assert_int_equal(slk_ledger_timeline(l, &q, &t, &fault), SLK_OK);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->at[1].gap_days, 6);
    assert_int_equal(t->at[1].nth, 4);
    assert_int_equal(t->at[1].in_year, 3);
    assert_int_equal(t->at[1].in_week, 2);
    assert_string_equal(t->at[1].series, "PRK weapon-test");
    slk_timeline_free(t);
    slk_ledger_close(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fresh),      cmocka_unit_test(test_refuses_others),
        cmocka_unit_test(test_newer),      cmocka_unit_test(test_locked),
        cmocka_unit_test(test_read_only),  cmocka_unit_test(test_full),
        cmocka_unit_test(test_corrupt),    cmocka_unit_test(test_same_twice),
        cmocka_unit_test(test_same_page),  cmocka_unit_test(test_uncommitted_is_gone),
        cmocka_unit_test(test_chains),     cmocka_unit_test(test_supersedes),
        cmocka_unit_test(test_story),      cmocka_unit_test(test_lists_as_of),
        cmocka_unit_test(test_split),      cmocka_unit_test(test_join),
        cmocka_unit_test(test_no_memory),  cmocka_unit_test(test_links),
        cmocka_unit_test(test_near),       cmocka_unit_test(test_bands),
        cmocka_unit_test(test_gloss_band), cmocka_unit_test(test_order),
        cmocka_unit_test(test_order_own),  cmocka_unit_test(test_timeline),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
