/* test_kill.c - kill -9 at any moment: what `sillok add` said to be recorded is, nothing is there twice, and the same command run
 * again makes the ledger that an undisturbed run makes, row by row. Forty kills, or SLK_TEST_KILLS, at moments drawn from a fixed seed;
 * most runs go on over what a killed one left. Usage: test_kill SILLOK. SILLOK_PACK names the pack. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#define TIMES 40
#define REPORTS 200

static char folder[64], input[96], ledger[96], output[96];
static const char *program;
static uint64_t seed = 20240918;

static void die(const char *what) {
    (void)fprintf(stderr, "test_kill: %s\n", what);
    exit(1);
}

static unsigned draw(unsigned below) { /* Knuth's MMIX generator */
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((seed >> 33) % below);
}

static void write_input(void) {
    static const char *const who[] = {"North Korea", "Iran", "India", "Pakistan", "Russia", "China"};
    static const char *const said[] = {"the defence ministry", "state television", "a military spokesman", "officials"};
    FILE *f = fopen(input, "w");
    if (!f) die("cannot write the input");
    for (int i = 0; i < REPORTS; i++) {
        unsigned month = 1 + draw(12), day = 1 + draw(28);
        (void)fprintf(
            f,
            "{\"id\": \"r%d\", \"published\": \"2024-%02u-%02u\", \"text\": \"%s fired %u short-range ballistic "
            "missiles on 2024-%02u-%02u, %s said. They flew %u km.\"}\n",
            i, month, day, who[draw(6)], 1 + draw(5), month, day, said[draw(4)], 100 + 10 * draw(60));
    }
    if (fclose(f) != 0) die("cannot write the input");
}

static void remove_ledger(void) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    char z[128];
    for (int i = 0; i < 3; i++) {
        (void)snprintf(z, sizeof z, "%s%s", ledger, ends[i]);
        (void)unlink(z);
    }
}

static pid_t spawn(void) {
    pid_t child = fork();
    if (child < 0) die("cannot fork");
    if (child > 0) return child;
    int to = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (to < 0 || dup2(to, STDOUT_FILENO) < 0) _exit(126);
    (void)execl(program, program, "add", "--ledger", ledger, "--format", "jsonl", input, (char *)NULL);
    _exit(127);
}

static int wait_for(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child) die("cannot wait");
    return status;
}

static sqlite3 *open_db(void) {
    sqlite3 *db = NULL;
    if (sqlite3_open(ledger, &db) != SQLITE_OK) die("the ledger cannot be opened");
    return db;
}

/* A hash over all rows of all tables in order of their keys; times of recording left out. */
static uint64_t fingerprint(void) {
    static const char *const rows[] = {
        "SELECT row, sha256, id, published, known_day, root, story FROM report ORDER BY row",
        "SELECT * FROM chain ORDER BY row",
        "SELECT * FROM facet ORDER BY row",
        "SELECT * FROM posting ORDER BY facet, first_s, event",
        "SELECT * FROM event ORDER BY row",
        "SELECT * FROM series ORDER BY name",
        "SELECT * FROM telling ORDER BY row",
        "SELECT * FROM link ORDER BY telling",
        "SELECT * FROM claim ORDER BY row",
        "SELECT * FROM evidence ORDER BY claim, n",
        "SELECT * FROM withheld ORDER BY telling, n",
        "SELECT * FROM checked ORDER BY row",
        "SELECT * FROM mark ORDER BY hash, report",
        "SELECT * FROM term ORDER BY hash, report",
        "SELECT * FROM term_seen ORDER BY hash",
    };
    uint64_t h = 14695981039346656037u;
    sqlite3 *db = open_db();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sqlite3_stmt *s = NULL;
        if (sqlite3_prepare_v2(db, rows[i], -1, &s, NULL) != SQLITE_OK) die(sqlite3_errmsg(db));
        while (sqlite3_step(s) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(s); c++) {
                const char *z = (const char *)sqlite3_column_text(s, c);
                for (; z && *z; z++) h = (h ^ (unsigned char)*z) * 1099511628211u;
                h = (h ^ 0xff) * 1099511628211u;
            }
        if (sqlite3_finalize(s) != SQLITE_OK) die(sqlite3_errmsg(db));
    }
    (void)sqlite3_close(db);
    return h;
}

/* Every report that was said to be recorded is in the ledger, once. Returns how many were said. */
static int check_said(void) {
    sqlite3 *db = open_db();
    sqlite3_stmt *s = NULL;
    char line[4096];
    int said = 0;
    FILE *f = fopen(output, "r");
    if (!f) die("no output");
    while (fgets(line, sizeof line, f)) {
        char id[64];
        if (!strchr(line, '\n') || sscanf(line, "{\"id\":\"%63[^\"]", id) != 1) continue; /* cut off by the kill */
        said++;
        if (!s && sqlite3_prepare_v2(db, "SELECT count(*) FROM report WHERE id = ?", -1, &s, NULL) != SQLITE_OK)
            die(sqlite3_errmsg(db));
        (void)sqlite3_bind_text(s, 1, id, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(s) != SQLITE_ROW || sqlite3_column_int(s, 0) != 1)
            die("a report that was acknowledged is lost");
        (void)sqlite3_reset(s);
    }
    (void)fclose(f);
    (void)sqlite3_finalize(s);
    (void)sqlite3_close(db);
    return said;
}

static int64_t now_us(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) die("no clock");
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void sleep_us(unsigned us) {
    struct timespec t = {us / 1000000, (long)(us % 1000000) * 1000};
    (void)nanosleep(&t, NULL);
}

static void run_to_end(void) {
    int status = wait_for(spawn());
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) die("sillok add failed");
}

/* Kills runs over one ledger until all is recorded, and begins anew, until enough were killed. */
static int kill_many(int wanted, unsigned took, uint64_t clean) {
    int killed = 0, whole = 0;
    for (int tries = 0; killed < wanted && tries < 20 * wanted; tries++) {
        pid_t child = spawn();
        sleep_us(draw(took));
        (void)kill(child, SIGKILL);
        bool hit = WIFSIGNALED(wait_for(child));
        killed += hit;
        if (access(ledger, F_OK) == 0) (void)check_said();
        if (hit && tries % 8 != 7) continue; /* the next one goes on where this one was killed */
        run_to_end();
        if (fingerprint() != clean) die("a run after a kill made another ledger");
        whole++;
        remove_ledger();
    }
    printf("%d runs killed under way, on the way to %d ledgers; all as undisturbed\n", killed, whole);
    return killed;
}

int main(int argc, char **argv) {
    if (argc != 2) die("usage: test_kill SILLOK");
    program = argv[1];
    const char *kills = getenv("SLK_TEST_KILLS");
    int wanted = kills ? (int)strtol(kills, NULL, 10) : TIMES;
    (void)snprintf(folder, sizeof folder, "/tmp/sillok-kill-XXXXXX");
    if (!mkdtemp(folder)) die("no folder");
    (void)snprintf(input, sizeof input, "%s/reports.jsonl", folder);
    (void)snprintf(ledger, sizeof ledger, "%s/ledger.db", folder);
    (void)snprintf(output, sizeof output, "%s/output", folder);
    write_input();
    run_to_end(); /* once to warm up */
    remove_ledger();
    int64_t begun = now_us();
    run_to_end();
    unsigned took = (unsigned)(now_us() - begun);
    if (check_said() != REPORTS) die("not all reports were acknowledged");
    uint64_t clean = fingerprint();
    remove_ledger();
    int killed = kill_many(wanted, took, clean);
    remove_ledger();
    (void)unlink(input);
    (void)unlink(output);
    (void)rmdir(folder);
    return killed >= wanted ? 0 : 1;
}
