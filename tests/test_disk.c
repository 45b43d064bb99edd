/* test_disk.c - a disk that fails. A layer under SQLite (VFS) counts every write, sync and truncation; the k-th fails, or all that would
 * make the files larger than a limit. What was said to be recorded must be there, nothing twice, the ledger sound, and adding again
 * must make, row by row, the ledger that an undisturbed run makes. Then four processes that add at once.
 * SLK_TEST_LONG set: every k and 100 sizes; else a sample. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine.h"
#include "ledger/inside.h"
#include "ledger_fixture.h"

#define REPORTS 10
#define PROCESSES 4
#define EACH 25

static slk_engine *engine;
static char folder[64], path[96];

/* ---------------------------------------------------------------- the layer */

static long ops, fail_at;       /* counted; the one that fails, 0 for none */
static int64_t size_limit = -1; /* of each file, -1 for none */
static long refused;

typedef struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
} shim_file;

static sqlite3_file *real_of(sqlite3_file *f) { return ((shim_file *)f)->real; }
static bool fails(void) {
    ops++;
    if (ops == fail_at) refused++;
    return ops == fail_at;
}

static int shim_close(sqlite3_file *f) {
    int rc = real_of(f)->pMethods ? real_of(f)->pMethods->xClose(real_of(f)) : SQLITE_OK;
    return rc;
}
static int shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) {
    return real_of(f)->pMethods->xRead(real_of(f), p, n, at);
}
static int shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at) {
    if (fails()) return SQLITE_IOERR_WRITE;
    if (size_limit >= 0 && at + n > size_limit) {
        refused++;
        return SQLITE_FULL;
    }
    return real_of(f)->pMethods->xWrite(real_of(f), p, n, at);
}
static int shim_truncate(sqlite3_file *f, sqlite3_int64 n) {
    return fails() ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), n);
}
static int shim_sync(sqlite3_file *f, int flags) {
    return fails() ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}
static int shim_size(sqlite3_file *f, sqlite3_int64 *n) { return real_of(f)->pMethods->xFileSize(real_of(f), n); }
static int shim_lock(sqlite3_file *f, int l) { return real_of(f)->pMethods->xLock(real_of(f), l); }
static int shim_unlock(sqlite3_file *f, int l) { return real_of(f)->pMethods->xUnlock(real_of(f), l); }
static int shim_reserved(sqlite3_file *f, int *l) { return real_of(f)->pMethods->xCheckReservedLock(real_of(f), l); }
static int shim_control(sqlite3_file *f, int op, void *p) {
    return real_of(f)->pMethods->xFileControl(real_of(f), op, p);
}
static int shim_sector(sqlite3_file *f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); }
static int shim_traits(sqlite3_file *f) { return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)); }
static int shim_map(sqlite3_file *f, int region, int size, int extend, void volatile **p) {
    return real_of(f)->pMethods->xShmMap(real_of(f), region, size, extend, p);
}
static int shim_shm_lock(sqlite3_file *f, int at, int n, int flags) {
    return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void shim_barrier(sqlite3_file *f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); }
static int shim_unmap(sqlite3_file *f, int drop) { return real_of(f)->pMethods->xShmUnmap(real_of(f), drop); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits,
    .xShmMap = shim_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static sqlite3_vfs *below, shim;

static int shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
    (void)v;
    shim_file *x = (shim_file *)f;
    x->real = (sqlite3_file *)(x + 1);
    int rc = below->xOpen(below, name, x->real, flags, out);
    x->base.pMethods = x->real->pMethods ? &methods : NULL;
    return rc;
}

static int start(void **state) {
    (void)state;
    slk_fault fault;
    bool memory = access("/dev/shm", W_OK) == 0; /* where a sync costs nothing: the layer decides what fails */
    snprintf(folder, sizeof folder, "%s/sillok-disk-XXXXXX", memory ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/ledger.db", folder);
    below = sqlite3_vfs_find(NULL);
    shim = *below;
    shim.pNext = NULL;
    shim.zName = "failing";
    shim.szOsFile = (int)sizeof(shim_file) + below->szOsFile;
    shim.xOpen = shim_open;
    if (sqlite3_vfs_register(&shim, 1) != SQLITE_OK) return -1;
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
    return sqlite3_vfs_unregister(&shim) == SQLITE_OK ? 0 : -1;
}

/* ---------------------------------------------------------------- a run */

static fixture report(unsigned who, unsigned n) {
    char id[32], day[16], text[600];
    memset(text, 'w', sizeof text);
    for (size_t i = 5; i < sizeof text; i += 6) text[i] = ' ';
    snprintf(id, sizeof id, "p%u-r%u", who, n);
    snprintf(text + 300, sizeof text - 300, "%u of %u", n, who);
    snprintf(day, sizeof day, "2024-%02u-%02u", 1 + n % 12, 1 + (n * 7 + who) % 28);
    fixture f = fixture_report(id, day, who % 2 ? "Meridian Wire" : "Harbour Post", text);
    fixture_event(&f, "weapon-test.missile.ballistic", true);
    fixture_by(&f, who % 2 ? "Iran" : "India", who % 2 ? "IRN" : "IND");
    fixture_at(&f, day);
    fixture_from(&f, "Semnan", 35.23, 53.92, "IR", "site");
    return f;
}

static slk_ledger *try_open(void) {
    slk_ledger *l = NULL;
    slk_fault fault;
    return slk_ledger_open(path, SLK_LEDGER_WRITE, slk_engine_pack(engine), NULL, &l, &fault) == SLK_OK ? l : NULL;
}

/* Adds the reports with a commit for each; said[i] where it was told to be recorded. Goes on after failures. */
static void add_all(bool said[REPORTS]) {
    slk_ledger *l = try_open();
    for (unsigned i = 0; l && i < REPORTS; i++) {
        slk_added added;
        slk_fault fault;
        fixture f = report(1, i);
        slk_err err = slk_ledger_add(l, f.r, 0, &added, &fault);
        if (err == SLK_OK) err = slk_ledger_commit(l, &fault);
        said[i] = said[i] || err == SLK_OK;
        fixture_free(&f);
        if (err != SLK_OK) break; /* as `sillok add` does */
    }
    slk_ledger_close(l);
}

static int64_t number(sqlite3 *db, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int64_t n = sqlite3_column_int64(s, 0);
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    return n;
}

static uint64_t fingerprint(sqlite3 *db) {
    static const char *const rows[] = {"SELECT row, id, root, story FROM report ORDER BY row",
                                       "SELECT * FROM event ORDER BY row",
                                       "SELECT * FROM telling ORDER BY row",
                                       "SELECT * FROM link ORDER BY telling",
                                       "SELECT * FROM claim ORDER BY row",
                                       "SELECT * FROM evidence ORDER BY claim, n",
                                       "SELECT * FROM posting ORDER BY facet, first_s, event",
                                       "SELECT * FROM facet ORDER BY row",
                                       "SELECT * FROM mark ORDER BY hash, report"};
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sqlite3_stmt *s = NULL;
        assert_int_equal(sqlite3_prepare_v2(db, rows[i], -1, &s, NULL), SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(s); c++) {
                const unsigned char *z = sqlite3_column_blob(s, c);
                for (int n = sqlite3_column_bytes(s, c); z && n-- > 0; z++) h = (h ^ *z) * 1099511628211u;
                h = (h ^ 0xff) * 1099511628211u;
            }
        assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    }
    return h;
}

/* Everything that was said is there once; adding again makes the undisturbed ledger. */
static void check(const bool said[REPORTS], uint64_t clean, long what) {
    bool again[REPORTS] = {false};
    slk_health h;
    slk_fault fault;
    slk_ledger *l = try_open();
    if (!l) fail_msg("%ld: the ledger cannot be opened again", what);
    for (unsigned i = 0; i < REPORTS; i++) {
        char sql[100];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM report WHERE id = 'p1-r%u'", i);
        int64_t n = number(l->db, sql);
        if (n > 1 || (said[i] && n != 1)) fail_msg("%ld: report %u is there %d times", what, i, (int)n);
    }
    if (slk_ledger_health(l, &h, &fault) != SLK_OK || !h.sound) fail_msg("%ld: %s", what, h.trouble);
    slk_ledger_close(l);
    add_all(again);
    l = try_open();
    assert_non_null(l);
    if (fingerprint(l->db) != clean) fail_msg("%ld: another ledger than an undisturbed run makes", what);
    slk_ledger_close(l);
}

static uint64_t clean_run(long *n_ops, int64_t *size) {
    bool said[REPORTS] = {false};
    wipe();
    ops = 0;
    fail_at = 0;
    add_all(said);
    *n_ops = ops;
    slk_ledger *l = try_open();
    assert_non_null(l);
    uint64_t clean = fingerprint(l->db);
    *size = number(l->db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    slk_ledger_close(l);
    return clean;
}

static void test_each_write_fails(void **state) {
    (void)state;
    long n;
    int64_t size;
    uint64_t clean = clean_run(&n, &size);
    long step = getenv("SLK_TEST_LONG") ? 1 : n / 60 + 1;
    refused = 0;
    for (long k = 1; k <= n; k += step) {
        bool said[REPORTS] = {false};
        wipe();
        ops = 0;
        fail_at = k;
        add_all(said);
        fail_at = 0;
        check(said, clean, k);
    }
    print_message("%ld writes, syncs and truncations; %ld failed, each in a run of its own\n", n, refused);
    assert_true(refused >= n / step - 1);
}

static void test_full_disk(void **state) {
    (void)state;
    long n;
    int64_t size;
    uint64_t clean = clean_run(&n, &size);
    int steps = getenv("SLK_TEST_LONG") ? 100 : 20;
    for (int i = 1; i <= steps; i++) {
        bool said[REPORTS] = {false};
        wipe();
        refused = 0;
        size_limit = size * 3 * i / (2 * steps); /* the log may be larger than the ledger */
        add_all(said);
        size_limit = -1;
        if (i < steps / 3) assert_true(refused > 0);
        check(said, clean, i);
    }
}

/* ---------------------------------------------------------------- several at once */

static int add_as(unsigned who) {
    slk_ledger *l = try_open();
    if (!l) return 1;
    for (unsigned i = 0; i < EACH; i++) {
        slk_added added;
        slk_fault fault;
        fixture f = report(who, i), shared = report(9, i); /* its own, and one that all of them add */
        if (slk_ledger_add(l, f.r, 0, &added, &fault) != SLK_OK ||
            slk_ledger_add(l, shared.r, 0, &added, &fault) != SLK_OK || slk_ledger_commit(l, &fault) != SLK_OK) {
            (void)fprintf(stderr, "%s\n", fault.message);
            return 2;
        }
        fixture_free(&f);
        fixture_free(&shared);
    }
    slk_ledger_close(l);
    return 0;
}

static void test_at_once(void **state) {
    (void)state;
    pid_t children[PROCESSES];
    slk_health h;
    slk_fault fault;
    wipe();
    for (unsigned p = 0; p < PROCESSES; p++) {
        children[p] = fork();
        assert_true(children[p] >= 0);
        if (children[p] == 0) _exit(add_as(p));
    }
    for (unsigned p = 0; p < PROCESSES; p++) {
        int status = -1;
        assert_int_equal(waitpid(children[p], &status, 0), children[p]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    slk_ledger *l = try_open();
    assert_non_null(l);
    assert_int_equal(number(l->db, "SELECT count(*) FROM report"), (PROCESSES + 1) * EACH);
    assert_int_equal(number(l->db, "SELECT count(DISTINCT id) FROM report"), (PROCESSES + 1) * EACH);
    assert_int_equal(slk_ledger_health(l, &h, &fault), SLK_OK);
    if (!h.sound) fail_msg("%s", h.trouble);
    slk_ledger_close(l);
}

/* ---------------------------------------------------------------- room */

static void test_floor(void **state) {
    (void)state;
    slk_added added;
    slk_fault fault;
    wipe();
    slk_ledger *l = try_open();
    assert_non_null(l);
    fixture f = report(1, 1), g = report(1, 2);
    assert_int_equal(slk_ledger_add(l, f.r, 0, &added, &fault), SLK_OK);
    slk_ledger_set_floor(l, INT64_MAX);
    assert_int_equal(slk_ledger_add(l, g.r, 0, &added, &fault), SLK_EFULL);
    assert_non_null(strstr(fault.message, "free"));
    assert_int_equal(slk_ledger_commit(l, &fault), SLK_OK); /* what was added before is kept */
    assert_int_equal(number(l->db, "SELECT count(*) FROM report"), 1);
    slk_ledger_set_floor(l, 0);
    assert_int_equal(slk_ledger_add(l, g.r, 0, &added, &fault), SLK_OK);
    slk_ledger_close(l);
    fixture_free(&f);
    fixture_free(&g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_write_fails),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_floor),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
