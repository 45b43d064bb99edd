/* store.c - statements and faults of the ledger's file. See store.h. */
#include "ledger/store.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"

static const char *const sql_of[SLK_Q_COUNT] = {
#define SLK_STATEMENT_SQL(name, sql) [SLK_Q_##name] = (sql),
    SLK_STATEMENTS(SLK_STATEMENT_SQL)
#undef SLK_STATEMENT_SQL
};

static bool disk_is_full(const slk_ledger *l) {
    int cause = l->db ? sqlite3_system_errno(l->db) : 0;
    return cause == ENOSPC || cause == EDQUOT;
}

/* The error a SQLite code stands for. */
static slk_err error_of(const slk_ledger *l, int rc) {
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return SLK_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return SLK_ELOCKED;
    case SQLITE_FULL: return SLK_EFULL;
    case SQLITE_IOERR: return disk_is_full(l) ? SLK_EFULL : SLK_ELEDGER;
    case SQLITE_READONLY: return SLK_EREADONLY;
    case SQLITE_CORRUPT: return SLK_ECORRUPT;
    case SQLITE_NOMEM: return SLK_ENOMEM;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_ERROR: return SLK_EFAULT;
    default: return SLK_ELEDGER;
    }
}

slk_err slk_store_fault(const slk_ledger *l, int rc, slk_fault *fault) {
    slk_err err = error_of(l, rc);
    int cause = l->db ? sqlite3_system_errno(l->db) : 0;
    switch (err) {
    case SLK_ELOCKED:
        return slk_fault_say(fault, err, "%s: another program holds the ledger (waited %d s)", l->path,
                             SLK_BUSY_MS / 1000);
    case SLK_EFULL: return slk_fault_say(fault, err, "%s: the disk is full", l->path);
    case SLK_EREADONLY: return slk_fault_say(fault, err, "%s: the ledger is read-only", l->path);
    case SLK_ECORRUPT: return slk_fault_say(fault, err, "%s: the ledger is damaged", l->path);
    case SLK_ENOMEM: return slk_fault_say(fault, err, "%s: out of memory", l->path);
    case SLK_ELEDGER:
        if ((rc & 0xff) == SQLITE_NOTADB) return slk_fault_say(fault, err, "%s: this is no ledger", l->path);
        if (cause) return slk_fault_say(fault, err, "%s: %s", l->path, strerror(cause));
        return slk_fault_say(fault, err, "%s: %s", l->path, sqlite3_errstr(rc));
    default: return slk_fault_say(fault, err, "%s: %s", l->path, l->db ? sqlite3_errmsg(l->db) : sqlite3_errstr(rc));
    }
}

slk_err slk_store_memory(const slk_ledger *l, slk_err err, slk_fault *fault) {
    if (err != SLK_ENOMEM && err != SLK_ELIMIT) return err;
    return slk_fault_say(fault, err, "%s: %s", l->path, slk_err_meaning(err));
}

sqlite3_stmt *slk_store_get(slk_ledger *l, slk_statement which, slk_err *err, slk_fault *fault) {
    if (!l->kept[which]) {
        int rc = sqlite3_prepare_v3(l->db, sql_of[which], -1, SQLITE_PREPARE_PERSISTENT, &l->kept[which], NULL);
        if (rc != SQLITE_OK) {
            *err = slk_store_fault(l, rc, fault);
            return NULL;
        }
    }
    (void)sqlite3_reset(l->kept[which]); /* repeats the code of a step that was already told */
    (void)sqlite3_clear_bindings(l->kept[which]);
    return l->kept[which];
}

slk_err slk_store_step(slk_ledger *l, sqlite3_stmt *s, bool *row, slk_fault *fault) {
    int rc = sqlite3_step(s);
    if (rc == SQLITE_ROW && row) {
        *row = true;
        return SLK_OK;
    }
    slk_err err = SLK_OK;
    if (rc == SQLITE_ROW)
        err = slk_fault_say(fault, SLK_EFAULT, "%s: a row came where none was asked for", l->path);
    else if (rc != SQLITE_DONE)
        err = slk_store_fault(l, rc, fault);
    else if (row)
        *row = false;
    (void)sqlite3_reset(s); /* repeats the code of the step */
    return err;
}

slk_err slk_store_run(slk_ledger *l, const char *sql, slk_fault *fault) {
    int rc = sqlite3_exec(l->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? SLK_OK : slk_store_fault(l, rc, fault);
}

slk_err slk_store_batch(slk_ledger *l, slk_fault *fault) {
    slk_err err = SLK_OK;
    if (!l->writes) return slk_fault_say(fault, SLK_EREADONLY, "%s: the ledger was opened to read", l->path);
    if (l->open_batch) return SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_BEGIN, &err, fault)};
    if (b.s) err = slk_bind_run(l, &b, fault);
    l->open_batch = err == SLK_OK;
    return err;
}

/* ---------------------------------------------------------------- bindings and columns */

static void keep(slk_bind *b, int rc) {
    if (b->rc == SQLITE_OK) b->rc = rc;
}

void slk_bind_bytes(slk_bind *b, slk_text t) {
    int n = ++b->n;
    keep(b, t.at ? sqlite3_bind_text64(b->s, n, t.at, t.n, SQLITE_STATIC, SQLITE_UTF8) : sqlite3_bind_null(b->s, n));
}

void slk_bind_text(slk_bind *b, const char *z) { slk_bind_bytes(b, (slk_text){z, z ? strlen(z) : 0}); }

void slk_bind_blob(slk_bind *b, const void *at, size_t n) {
    keep(b, sqlite3_bind_blob64(b->s, ++b->n, n ? at : "", n, SQLITE_STATIC));
}

void slk_bind_int(slk_bind *b, int64_t v) { keep(b, sqlite3_bind_int64(b->s, ++b->n, v)); }

void slk_bind_none(slk_bind *b) { keep(b, sqlite3_bind_null(b->s, ++b->n)); }

void slk_bind_double(slk_bind *b, double v) {
    int n = ++b->n;
    keep(b, isfinite(v) ? sqlite3_bind_double(b->s, n, v) : sqlite3_bind_null(b->s, n));
}

void slk_bind_instant(slk_bind *b, slk_instant t) {
    char z[40];
    slk_instant_format(t, z);
    keep(b, sqlite3_bind_text(b->s, ++b->n, z, -1, SQLITE_TRANSIENT));
}

slk_err slk_bind_run(slk_ledger *l, slk_bind *b, slk_fault *fault) {
    if (b->rc != SQLITE_OK) return slk_store_fault(l, b->rc, fault);
    return slk_store_step(l, b->s, NULL, fault);
}

slk_text slk_column_text(sqlite3_stmt *s, int column) {
    const unsigned char *at = sqlite3_column_text(s, column);
    return (slk_text){(const char *)at, at ? (size_t)sqlite3_column_bytes(s, column) : 0};
}

const char *slk_column_copy(slk_arena *a, sqlite3_stmt *s, int column, slk_err *err) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return NULL;
    slk_text t = slk_column_text(s, column);
    const char *z = t.at ? slk_arena_copy(a, t.at, t.n) : NULL;
    if (!z) *err = SLK_ENOMEM;
    return z;
}

double slk_column_double(sqlite3_stmt *s, int column) {
    return sqlite3_column_type(s, column) == SQLITE_NULL ? NAN : sqlite3_column_double(s, column);
}

slk_instant slk_column_instant(sqlite3_stmt *s, int column) {
    slk_instant t = {.precision = SLK_P_NONE};
    if (!slk_instant_parse(slk_column_text(s, column), &t)) t = (slk_instant){.precision = SLK_P_NONE};
    return t;
}
