/* salvage.c - what can still be read of a damaged ledger, in a new file. Each table is read by its key from the front until SQLite meets
 * damage, then from behind it by ever longer steps, at last from the back; what two ways reach is taken once. What is drawn from rows
 * is not carried over but made anew. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"
#include "ledger/mending.h"

#define PATH_MOST_B 4096
#define STRIDES_MOST 400000u /* looks behind damage in one table */

typedef struct kept_table {
    const char *name, *key;
    bool text; /* the key is text: no step leads behind damage */
} kept_table;

static const kept_table tables[] = {
    {"report", "row", false},        {"chain", "row", false},         {"event", "row", false},
    {"telling", "row", false},       {"decision", "row", false},      {"link", "telling", false},
    {"cut", "telling", false},       {"move", "telling", false},      {"claim", "row", false},
    {"reach", "claim", false},       {"evidence", "claim", false},    {"withheld", "telling", false},
    {"checked", "row", false},       {"series", "name", true},        {"mark", "hash", false},
    {"term", "hash", false},         {"term_seen", "hash", false},    {"db_row", "report", false},
    {"feed", "row", false},          {"feed_entry", "feed", false},   {"feed_page", "row", false},
    {"robots", "origin", true},      {"alert_rules", "one", false},   {"alert", "row", false},
    {"alert_seen", "channel", true}, {"file_position", "file", true},
};

typedef struct carrying {
    const slk_mending *m;
    sqlite3 *from;
    slk_ledger *to;
    const kept_table *t;
    sqlite3_stmt *insert;
    int columns;
    int64_t rows, all; /* carried: of this table, of all */
    bool damage;       /* met in this table */
} carrying;

/* ---------------------------------------------------------------- statements */

/* Columns that both files know, "a", "b"; empty where the old one has no such table. */
static void common_columns(carrying *c, slk_buf *names) {
    sqlite3_stmt *s = NULL;
    char sql[200];
    (void)sqlite3_snprintf(sizeof sql, sql, "SELECT name FROM pragma_table_info('%q') WHERE name <> 'facets'",
                           c->t->name);
    c->columns = 0;
    if (sqlite3_prepare_v2(c->from, sql, -1, &s, NULL) != SQLITE_OK) return;
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(s, 0);
        if (!name || sqlite3_table_column_metadata(c->to->db, "main", c->t->name, name, NULL, NULL, NULL, NULL, NULL) !=
                         SQLITE_OK)
            continue;
        slk_buf_printf(names, "%s\"%s\"", c->columns++ ? ", " : "", name);
    }
    (void)sqlite3_finalize(s); /* damage shows when rows are read */
}

static slk_err prepare_insert(carrying *c, const slk_buf *names, slk_fault *fault) {
    slk_buf sql;
    slk_buf_start(&sql, &c->to->mem, 1u << 16);
    slk_buf_printf(&sql, "INSERT OR IGNORE INTO \"%s\"(%s) VALUES(", c->t->name, names->at);
    for (int i = 0; i < c->columns; i++) slk_buf_puts(&sql, i ? ", ?" : "?");
    slk_buf_puts(&sql, ")");
    slk_err err = sql.err;
    int rc = err == SLK_OK ? sqlite3_prepare_v2(c->to->db, sql.at, -1, &c->insert, NULL) : SQLITE_OK;
    if (rc != SQLITE_OK) err = slk_store_fault(c->to, rc, fault);
    slk_buf_free(&sql);
    return err;
}

static slk_err insert_row(carrying *c, sqlite3_stmt *s, slk_fault *fault) {
    int rc = SQLITE_OK;
    for (int i = 0; rc == SQLITE_OK && i < c->columns; i++)
        rc = sqlite3_bind_value(c->insert, i + 1, sqlite3_column_value(s, i));
    if (rc == SQLITE_OK) rc = sqlite3_step(c->insert);
    (void)sqlite3_reset(c->insert);                      /* repeats the code of the step */
    if ((rc & 0xff) == SQLITE_CONSTRAINT) return SLK_OK; /* damage can look like a row */
    if (rc != SQLITE_DONE) return slk_store_fault(c->to, rc, fault);
    c->rows += sqlite3_changes(c->to->db);
    return SLK_OK;
}

/* ---------------------------------------------------------------- reading */

/* Reads rows with keys from (or, backwards, up to) a bound. *last: the key read last, as a number. Stops at damage. */
static slk_err read_run(carrying *c, const slk_buf *names, const int64_t *bound, bool backwards, int64_t *last,
                        bool *broke, slk_fault *fault) {
    sqlite3_stmt *s = NULL;
    slk_buf sql;
    slk_err err;
    slk_buf_start(&sql, &c->to->mem, 1u << 16);
    slk_buf_printf(&sql, "SELECT %s, \"%s\" FROM \"%s\"", names->at, c->t->key, c->t->name);
    if (bound) slk_buf_printf(&sql, " WHERE \"%s\" >= %lld", c->t->key, (long long)*bound);
    slk_buf_printf(&sql, " ORDER BY \"%s\"%s", c->t->key, backwards ? " DESC" : "");
    err = sql.err;
    int rc = err == SLK_OK ? sqlite3_prepare_v2(c->from, sql.at, -1, &s, NULL) : SQLITE_OK;
    while (err == SLK_OK && rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        *last = sqlite3_column_int64(s, c->columns);
        err = insert_row(c, s, fault);
        rc = SQLITE_OK;
    }
    *broke = rc != SQLITE_OK && rc != SQLITE_DONE;
    (void)sqlite3_finalize(s); /* repeats the code of the step */
    slk_buf_free(&sql);
    return err;
}

/* The greatest key that can be seen; false where none. */
static bool greatest(carrying *c, int64_t *out) {
    sqlite3_stmt *s = NULL;
    char sql[200];
    (void)sqlite3_snprintf(sizeof sql, sql, "SELECT \"%w\" FROM \"%w\" ORDER BY 1 DESC LIMIT 1", c->t->key, c->t->name);
    bool found = sqlite3_prepare_v2(c->from, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW;
    if (found) *out = sqlite3_column_int64(s, 0);
    (void)sqlite3_finalize(s); /* damage means: not found */
    return found;
}

/* Behind damage: by steps that double until rows can be read again, and begin anew at the next damage. */
static slk_err read_behind(carrying *c, const slk_buf *names, int64_t from, slk_fault *fault) {
    int64_t top = 0, at = from, last = from;
    uint64_t step = 1;
    slk_err err = SLK_OK;
    if (!greatest(c, &top)) top = INT64_MAX - 1;
    for (unsigned n = 0; err == SLK_OK && n < STRIDES_MOST && step && top > at && (uint64_t)(top - at) >= step; n++) {
        bool broke = false;
        int64_t bound = at + (int64_t)step;
        last = bound - 1;
        err = read_run(c, names, &bound, false, &last, &broke, fault);
        if (!broke) return err;
        if (last >= bound) {
            at = last;
            step = 1;
        } else {
            step *= 2;
        }
    }
    return err;
}

static slk_err carry_table(carrying *c, slk_fault *fault) {
    slk_buf names;
    bool broke = false;
    int64_t last = INT64_MIN;
    slk_buf_start(&names, &c->to->mem, 1u << 14);
    c->rows = 0;
    c->damage = false;
    common_columns(c, &names);
    slk_err err = names.err;
    if (err == SLK_OK && c->columns) {
        err = prepare_insert(c, &names, fault);
        if (err == SLK_OK) err = read_run(c, &names, NULL, false, &last, &broke, fault);
        c->damage = broke;
        if (err == SLK_OK && broke && !c->t->text) err = read_behind(c, &names, last == INT64_MIN ? 0 : last, fault);
        if (err == SLK_OK && broke) err = read_run(c, &names, NULL, true, &last, &broke, fault);
        (void)sqlite3_finalize(c->insert); /* repeats codes that were told */
        c->insert = NULL;
        if (c->rows || c->damage)
            slk_mending_tell(c->m, "%s: %lld rows%s", c->t->name, (long long)c->rows,
                             c->damage ? ", all that can be read; there is damage among them" : "");
    }
    c->all += c->rows;
    slk_buf_free(&names);
    return err;
}

/* ---------------------------------------------------------------- the whole */

static slk_err carry_all(const slk_mending *m, sqlite3 *from, slk_ledger *to, slk_fault *fault) {
    carrying c = {.m = m, .from = from, .to = to};
    slk_err err = slk_store_run(to, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", fault);
    for (size_t i = 0; err == SLK_OK && i < sizeof tables / sizeof *tables; i++) {
        c.t = &tables[i];
        err = carry_table(&c, fault);
    }
    if (err == SLK_OK && c.all == 0)
        return slk_fault_say(fault, SLK_ECORRUPT, "%s: nothing can be read of it; it stays as it is", m->path);
    if (err == SLK_OK) err = slk_mending_rows(m, to, fault);
    return err == SLK_OK ? slk_store_run(to, "COMMIT; PRAGMA foreign_keys = ON", fault) : err;
}

static slk_err check_new(slk_ledger *l, slk_fault *fault) {
    slk_health h;
    slk_err err = slk_ledger_health(l, &h, fault);
    if (err == SLK_OK && !h.sound) return slk_fault_say(fault, SLK_ELEDGER, "%s: %s", l->path, h.trouble);
    return err;
}

static void rename_beside(const char *from, const char *to, const char *end) {
    char a[PATH_MOST_B + 8], b[PATH_MOST_B + 8];
    (void)snprintf(a, sizeof a, "%s%s", from, end);
    (void)snprintf(b, sizeof b, "%s%s", to, end);
    (void)rename(a, b); /* mostly there is none */
}

static slk_err swap_files(const slk_mending *m, const char *fresh, slk_fault *fault) {
    char kept[PATH_MOST_B];
    for (unsigned i = 1; i < 1000; i++) {
        int n = snprintf(kept, sizeof kept, "%s.damaged-%u", m->path, i);
        if (n < 0 || n >= (int)sizeof kept - 8)
            return slk_fault_say(fault, SLK_EIO, "%s: the path is too long", m->path);
        if (access(kept, F_OK) != 0) break;
    }
    if (rename(m->path, kept) != 0) return slk_fault_say(fault, SLK_EIO, "%s: %s", kept, strerror(errno));
    rename_beside(m->path, kept, "-wal");
    rename_beside(m->path, kept, "-shm");
    if (rename(fresh, m->path) != 0) return slk_fault_say(fault, SLK_EIO, "%s: %s", m->path, strerror(errno));
    slk_mending_tell(m, "the damaged file is kept as %s", kept);
    return SLK_OK;
}

slk_err slk_mending_salvage(const slk_mending *m, slk_fault *fault) {
    char fresh[PATH_MOST_B];
    sqlite3 *from = NULL;
    slk_ledger *to = NULL;
    int n = snprintf(fresh, sizeof fresh, "%s.salvage-%ld", m->path, (long)getpid());
    if (n < 0 || n >= (int)sizeof fresh - 8) return slk_fault_say(fault, SLK_EIO, "%s: the path is too long", m->path);
    slk_mending_tell(m, "the file itself is damaged; what can be read of it goes into a new one");
    slk_err err = slk_store_strange(m->path, &from, fault);
    if (err == SLK_OK) err = slk_ledger_open(fresh, SLK_LEDGER_WRITE, m->pack, m->mem, &to, fault);
    if (err == SLK_OK) err = carry_all(m, from, to, fault);
    if (err == SLK_OK) err = check_new(to, fault);
    slk_ledger_close(to);
    (void)sqlite3_close(from); /* cannot fail: all statements are gone */
    if (err == SLK_OK) err = swap_files(m, fresh, fault);
    if (err != SLK_OK) (void)unlink(fresh);
    return err;
}
