/* store.h - the inside of the ledger station: the handle, its statements, and the words for what SQLite says. A statement is
 * prepared once, at its first use, and kept. Every step goes through slk_store_step and every failure through slk_store_fault,
 * so that no return code is lost and each fault names file and cause. */
#ifndef SLK_LEDGER_STORE_H
#define SLK_LEDGER_STORE_H

#include <sqlite3.h>

#include "ledger/ledger.h"

#define SLK_LEDGER_APPLICATION 0x53696c6b /* "Silk": application_id of the files written here */
#define SLK_BUSY_MS 10000
#define SLK_DOSSIER_CEILING_B ((size_t)1 << 30)
#define SLK_FEW 20000u
#define SLK_FLOOR_B ((int64_t)64 << 20)
#define SLK_MAX_ROWS (1u << 22) /* of any list that is loaded at once */

/* X(name, SQL); each file adds its own here, so that all SQL but the schema stands in one place. */
#include "ledger/statements.h"

#define SLK_STATEMENT_NAME(name, sql) SLK_Q_##name,
typedef enum slk_statement { SLK_STATEMENTS(SLK_STATEMENT_NAME) SLK_Q_COUNT } slk_statement;
#undef SLK_STATEMENT_NAME

struct slk_ledger {
    slk_allocator mem;
    sqlite3 *db;
    char *path;
    const slk_pack *pack;
    bool writes;
    bool open_batch; /* BEGIN was said and not yet COMMIT */
    int64_t floor_b; /* of free disk, below which nothing is added */
    uint32_t few;    /* events or reports up to which lists are made whole and sorted (SLK_FEW; less in tests) */
    struct slk_desk
        *desk; /* the rules of alerts as they stood at desk_version (src/alerts/raise.c); NULL: none, or not read yet */
    int64_t desk_version;
    struct slk_deeds_kept *deeds; /* stories that were computed (sides.c) */
    sqlite3_stmt *kept[SLK_Q_COUNT];
};

/* Writes what the connection says last into fault: "FILE: cause". rc: the SQLite code. Returns the error. */
slk_err slk_store_fault(const slk_ledger *l, int rc, slk_fault *fault);

/* Says SLK_ENOMEM and SLK_ELIMIT, which arise where nobody says them; leaves others alone. Returns err. */
slk_err slk_store_memory(const slk_ledger *l, slk_err err, slk_fault *fault);

/* A kept statement, reset and without bindings; NULL on failure (fault filled, *err set). */
sqlite3_stmt *slk_store_get(slk_ledger *l, slk_statement which, slk_err *err, slk_fault *fault);

/* Steps: SLK_OK with *row true (a row stands ready) or false (done; the statement is reset). row NULL: a row is a fault. */
SLK_MUST slk_err slk_store_step(slk_ledger *l, sqlite3_stmt *s, bool *row, slk_fault *fault);
/* Begins the batch where none is open (slk_ledger_commit ends it). */
SLK_MUST slk_err slk_store_batch(slk_ledger *l, slk_fault *fault);
/* Is there room on the disk to add something? SLK_EFULL where not. */
SLK_MUST slk_err slk_store_room(slk_ledger *l, slk_fault *fault);
/* Opens a file to read, on guard against all that stands in it, whatever it is. (schema.c) */
SLK_MUST slk_err slk_store_strange(const char *path, sqlite3 **out, slk_fault *fault);
/* Runs SQL without result. */
SLK_MUST slk_err slk_store_run(slk_ledger *l, const char *sql, slk_fault *fault);

/* Binding by number from 1. Text is borrowed until the statement is reset. A failed binding is kept in *rc (first one), so
 * that one may bind many and look once. NULL, NAN and negative "none" write NULL. */
typedef struct slk_bind {
    sqlite3_stmt *s;
    int n;  /* of the parameter bound last */
    int rc; /* SQLITE_OK or the first failure */
} slk_bind;
void slk_bind_text(slk_bind *b, const char *z);
void slk_bind_bytes(slk_bind *b, slk_text t);
void slk_bind_blob(slk_bind *b, const void *at, size_t n);
void slk_bind_int(slk_bind *b, int64_t v);
void slk_bind_none(slk_bind *b);
void slk_bind_double(slk_bind *b, double v);
void slk_bind_instant(slk_bind *b, slk_instant t); /* ISO 8601, '' where not known */
/* Binds done: steps a statement without result, resets it. */
SLK_MUST slk_err slk_bind_run(slk_ledger *l, slk_bind *b, slk_fault *fault);

/* Columns: text copied into an arena (NULL where NULL; *err SLK_ENOMEM where memory ran out). */
const char *slk_column_copy(slk_arena *a, sqlite3_stmt *s, int column, slk_err *err);
slk_text slk_column_text(sqlite3_stmt *s, int column); /* borrowed until the next step */
double slk_column_double(sqlite3_stmt *s, int column); /* NAN where NULL */
slk_instant slk_column_instant(sqlite3_stmt *s, int column);

#endif
