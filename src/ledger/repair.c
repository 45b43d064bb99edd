/* repair.c - putting a ledger right. What is drawn from other rows is drawn anew; rows that refer to nothing go; a telling without an
 * event gets one. Where the file itself is damaged, all rows that can still be read are carried into a new one (salvage.c).
 * Nothing is done to a ledger in which something is wrong before a copy of it, or itself, was put aside; all that is done is said. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/mending.h"
#include "ledger/views.h"

#define PATH_MOST_B 4096

void slk_mending_tell(const slk_mending *m, const char *format, ...) {
    char words[600];
    va_list args;
    va_start(args, format);
    slk_text_vprint(words, sizeof words, format, args);
    va_end(args);
    if (m->tell) m->tell(m->ctx, words);
}

/* Runs SQL that changes rows, and says how many where there are any. */
static slk_err change(const slk_mending *m, slk_ledger *l, const char *sql, const char *words, slk_fault *fault) {
    int before = sqlite3_total_changes(l->db);
    slk_err err = slk_store_run(l, sql, fault);
    int n = sqlite3_total_changes(l->db) - before;
    if (err == SLK_OK && n > 0 && words) slk_mending_tell(m, "%d %s", n, words);
    return err;
}

/* ---------------------------------------------------------------- rows that refer to nothing */

/* Those whose table has no number of rows; the rest is found by SQLite's own look at foreign keys. */
static const char *const orphans[] = {
    "UPDATE report SET story = NULL WHERE story IS NOT NULL AND story NOT IN (SELECT row FROM report)",
    "UPDATE checked SET telling = NULL WHERE telling IS NOT NULL AND telling NOT IN (SELECT row FROM telling)",
    "UPDATE link SET decision = NULL WHERE decision IS NOT NULL AND decision NOT IN (SELECT row FROM decision)",
    "DELETE FROM telling WHERE report NOT IN (SELECT row FROM report)",
    "DELETE FROM claim WHERE telling NOT IN (SELECT row FROM telling) OR chain NOT IN (SELECT row FROM chain)",
    "DELETE FROM evidence WHERE claim NOT IN (SELECT row FROM claim)",
    "DELETE FROM withheld WHERE telling NOT IN (SELECT row FROM telling) OR chain NOT IN (SELECT row FROM chain)",
    "DELETE FROM link WHERE telling NOT IN (SELECT row FROM telling) OR event NOT IN (SELECT row FROM event)",
    "DELETE FROM move WHERE telling NOT IN (SELECT row FROM telling) OR from_event NOT IN (SELECT row FROM event)",
    "DELETE FROM move WHERE decision NOT IN (SELECT row FROM decision)",
    "DELETE FROM mark WHERE report NOT IN (SELECT row FROM report)",
    "DELETE FROM term WHERE report NOT IN (SELECT row FROM report)",
    "DELETE FROM feed_entry WHERE feed NOT IN (SELECT row FROM feed)",
};

static slk_err drop_by_keys(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (unsigned rounds = 0; err == SLK_OK && rounds < 100000; rounds++) {
        sqlite3_stmt *s = NULL;
        char sql[200] = "";
        int rc = sqlite3_prepare_v2(
            l->db, "SELECT \"table\", rowid FROM pragma_foreign_key_check WHERE rowid IS NOT NULL", -1, &s, NULL);
        if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
            (void)sqlite3_snprintf(sizeof sql, sql, "DELETE FROM \"%w\" WHERE rowid = %lld", sqlite3_column_text(s, 0),
                                   sqlite3_column_int64(s, 1));
        (void)sqlite3_finalize(s); /* repeats the code of the step */
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) return slk_store_fault(l, rc, fault);
        if (rc == SQLITE_DONE) break;
        err = change(m, l, sql, "row referred to something that is not there, and is left out", fault);
    }
    return err;
}

static slk_err drop_orphans(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (size_t i = 0; err == SLK_OK && i < sizeof orphans / sizeof *orphans; i++)
        err = change(m, l, orphans[i],
                     "rows referred to something that is not there; they are left out, or no longer refer", fault);
    return err == SLK_OK ? drop_by_keys(m, l, fault) : err;
}

/* ---------------------------------------------------------------- tellings without an event */

static slk_err next_loose(slk_ledger *l, int64_t after, slk_arena *a, slk_profile *p, bool *any, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_LOOSE, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, after);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, any, fault);
    if (err == SLK_OK && *any) err = slk_profile_row(b.s, a, p);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err tie_loose(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    unsigned n = 0;
    int64_t last = 0;
    for (bool any = true; err == SLK_OK && any;) {
        slk_arena a;
        slk_profile p;
        int64_t event = 0;
        slk_arena_start(&a, &l->mem, SLK_DOSSIER_CEILING_B);
        err = next_loose(l, last, &a, &p, &any, fault);
        if (err == SLK_OK && any) err = slk_link_new(l, &p, "its event was lost", &event, fault);
        n += err == SLK_OK && any;
        if (any) last = p.telling;
        slk_arena_free(&a);
    }
    if (n) slk_mending_tell(m, "%u tellings belonged to no event; each is one of its own now", n);
    return err;
}

/* ---------------------------------------------------------------- all that is drawn from rows */

/* No id is given twice: the counters stand at least where the ids do. */
static const char counters[] =
    "INSERT INTO series(name, n) SELECT rtrim(rtrim(id, '0123456789'), '-'),"
    " max(CAST(substr(id, length(rtrim(id, '0123456789')) + 1) AS INTEGER)) FROM event GROUP BY 1"
    " ON CONFLICT(name) DO UPDATE SET n = excluded.n WHERE excluded.n > n";

slk_err slk_mending_rows(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_err err = drop_orphans(m, l, fault);
    if (err == SLK_OK)
        err = change(m, l, "DELETE FROM claim WHERE basis <> 'assumed' AND row NOT IN (SELECT claim FROM evidence)",
                     "claims had lost the words that say them and are left out", fault);
    if (err == SLK_OK) err = drop_by_keys(m, l, fault);
    if (err == SLK_OK) err = change(m, l, counters, NULL, fault);
    if (err == SLK_OK) err = tie_loose(m, l, fault);
    if (err == SLK_OK)
        err = change(m, l,
                     "DELETE FROM event WHERE went IS NULL AND row NOT IN (SELECT event FROM link) AND row NOT IN"
                     " (SELECT from_event FROM move) AND row NOT IN (SELECT event FROM decision) AND row NOT IN"
                     " (SELECT other FROM decision)",
                     "events had no report and are left out", fault);
    if (err == SLK_OK)
        err = slk_store_run(l, "DELETE FROM facet; INSERT INTO facet_grams(facet_grams) VALUES('rebuild')", fault);
    if (err == SLK_OK)
        err = slk_store_run(l, "INSERT INTO report_words(report_words) VALUES('rebuild');" SLK_GRAMS_FILL, fault);
    if (err == SLK_OK) err = slk_link_refresh_all(l, fault);
    if (err == SLK_OK) slk_mending_tell(m, "full text, index and descriptions of events were made anew");
    return err;
}

/* ---------------------------------------------------------------- the whole */

static slk_err in_one(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_err err =
        slk_store_run(l, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", fault); /* rows go one table after another */
    if (err != SLK_OK) return err;
    err = slk_store_run(l, "REINDEX", fault);
    if (err == SLK_OK) err = slk_mending_rows(m, l, fault);
    if (err == SLK_OK) err = slk_store_run(l, "COMMIT", fault);
    if (!sqlite3_get_autocommit(l->db))
        (void)sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL); /* the first fault is told */
    slk_err on = slk_store_run(l, "PRAGMA foreign_keys = ON", err == SLK_OK ? fault : NULL);
    return err == SLK_OK ? on : err;
}

static slk_err put_aside(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    char copy[PATH_MOST_B];
    for (unsigned i = 1; i < 1000; i++) {
        int n = snprintf(copy, sizeof copy, "%s.before-repair-%u", l->path, i);
        if (n < 0 || n >= (int)sizeof copy) return slk_fault_say(fault, SLK_EIO, "%s: the path is too long", l->path);
        if (access(copy, F_OK) != 0) break;
    }
    slk_err err = slk_ledger_backup(l, copy, NULL, fault);
    if (err == SLK_OK) slk_mending_tell(m, "as it was, it is kept in %s", copy);
    return err;
}

/* SLK_ECORRUPT: only a new file helps. */
static slk_err mend(const slk_mending *m, slk_ledger *l, slk_fault *fault) {
    slk_health before, after;
    slk_err err = slk_ledger_health(l, &before, fault);
    if (err != SLK_OK) return err;
    slk_mending_tell(m, before.sound ? "nothing wrong was found" : "found: %s", before.trouble);
    if (!before.sound && (err = put_aside(m, l, fault)) != SLK_OK) return err;
    if ((err = in_one(m, l, fault)) != SLK_OK) return err;
    if ((err = slk_ledger_health(l, &after, fault)) != SLK_OK) return err;
    if (after.sound) return SLK_OK;
    return slk_fault_say(fault, after.whole ? SLK_ELEDGER : SLK_ECORRUPT, "%s: %s", l->path, after.trouble);
}

slk_err slk_ledger_repair(const char *path, const slk_pack *pack, const slk_allocator *mem,
                          void (*tell)(void *ctx, const char *words), void *ctx, slk_fault *fault) {
    slk_mending m = {path, pack, mem, tell, ctx};
    slk_ledger *l = NULL;
    if (access(path, F_OK) != 0) return slk_fault_say(fault, SLK_ELEDGER, "%s: %s", path, strerror(errno));
    slk_err err = slk_ledger_open(path, SLK_LEDGER_WRITE, pack, mem, &l, fault);
    if (err == SLK_OK) err = mend(&m, l, fault);
    slk_ledger_close(l);
    return err == SLK_ECORRUPT ? slk_mending_salvage(&m, fault) : err;
}
