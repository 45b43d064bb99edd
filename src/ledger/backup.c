/* backup.c - a copy of a ledger that is in use, and the room that a ledger leaves on its disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fault.h"
#include "ledger/store.h"

#define PAGES_AT_ONCE 256 /* copied before writers may go on */
#define PAUSE_MS 20
#define PATH_MOST_B 4096

/* ---------------------------------------------------------------- room */

void slk_ledger_set_floor(slk_ledger *l, int64_t bytes) { l->floor_b = bytes; }

slk_err slk_store_room(slk_ledger *l, slk_fault *fault) {
    struct statvfs disk;
    if (l->floor_b <= 0 || statvfs(l->path, &disk) != 0) return SLK_OK; /* where nobody can say, writing will show */
    int64_t free_b = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
    if (free_b >= l->floor_b) return SLK_OK;
    return slk_fault_say(fault, SLK_EFULL, "%s: only %lld MB are free on its disk; nothing more is added below %lld MB",
                         l->path, (long long)(free_b >> 20), (long long)(l->floor_b >> 20));
}

/* ---------------------------------------------------------------- copies */

static slk_err cannot(const char *file, slk_fault *fault) {
    return slk_fault_say(fault, errno == ENOSPC ? SLK_EFULL : SLK_EIO, "%s: %s", file, strerror(errno));
}

static slk_err copy_pages(slk_ledger *l, sqlite3 *to, const char *file, int64_t *pages, slk_fault *fault) {
    sqlite3_backup *b = sqlite3_backup_init(to, "main", l->db, "main");
    int rc = SQLITE_OK;
    unsigned waits = 0;
    if (!b) return slk_fault_say(fault, SLK_ELEDGER, "%s: %s", file, sqlite3_errmsg(to));
    do {
        rc = sqlite3_backup_step(b, PAGES_AT_ONCE);
        if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED) continue;
        if (++waits > SLK_BUSY_MS / PAUSE_MS) break;
        (void)sqlite3_sleep(PAUSE_MS);
        rc = SQLITE_OK;
    } while (rc == SQLITE_OK);
    *pages = sqlite3_backup_pagecount(b);
    (void)sqlite3_backup_finish(b); /* repeats the code of the step */
    if (rc == SQLITE_DONE) return SLK_OK;
    if (rc == SQLITE_FULL) return slk_fault_say(fault, SLK_EFULL, "%s: the disk is full", file);
    return slk_store_fault(l, rc, fault);
}

/* SQLite's own look at every page, and whose file it is. */
static slk_err check_copy(sqlite3 *db, const char *file, slk_fault *fault) {
    static const char *const sql[] = {"PRAGMA integrity_check(1)", "PRAGMA application_id"};
    for (size_t i = 0; i < 2; i++) {
        sqlite3_stmt *s = NULL;
        int rc = sqlite3_prepare_v2(db, sql[i], -1, &s, NULL);
        if (rc == SQLITE_OK) rc = sqlite3_step(s);
        const char *z = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : sqlite3_errmsg(db);
        bool fine =
            rc == SQLITE_ROW && z && (i ? sqlite3_column_int(s, 0) == SLK_LEDGER_APPLICATION : strcmp(z, "ok") == 0);
        slk_err err =
            fine ? SLK_OK : slk_fault_say(fault, SLK_ECORRUPT, "%s: the copy is not sound: %s", file, z ? z : "");
        (void)sqlite3_finalize(s); /* repeats the code of the step */
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

static slk_err sync_path(const char *path, int flags, slk_fault *fault) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return cannot(path, fault);
    slk_err err = fsync(fd) == 0 || errno == EINVAL ? SLK_OK : cannot(path, fault);
    (void)close(fd); /* nothing was written through it */
    return err;
}

static slk_err sync_folder(const char *file, slk_fault *fault) {
    char folder[PATH_MOST_B];
    const char *end = strrchr(file, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", end ? (int)(end - file) + 1 : 1, end ? file : ".");
    return sync_path(folder, O_RDONLY | O_DIRECTORY, fault);
}

static void remove_beside(const char *file) {
    static const char *const ends[] = {"", "-journal", "-wal", "-shm"};
    char z[PATH_MOST_B];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(z, sizeof z, "%s%s", file, ends[i]);
        (void)unlink(z); /* most are not there */
    }
}

static slk_err make_copy(slk_ledger *l, const char *file, int64_t *pages, slk_fault *fault) {
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    slk_err err = rc == SQLITE_OK ? SLK_OK : slk_fault_say(fault, SLK_EIO, "%s: %s", file, sqlite3_errmsg(db));
    if (err == SLK_OK) err = copy_pages(l, db, file, pages, fault);
    if (err == SLK_OK) err = check_copy(db, file, fault);
    (void)sqlite3_close(db); /* cannot fail: all statements are gone */
    return err;
}

slk_err slk_ledger_backup(slk_ledger *l, const char *to, int64_t *pages, slk_fault *fault) {
    char file[PATH_MOST_B];
    int64_t n = 0;
    int length = snprintf(file, sizeof file, "%s.part-%ld", to, (long)getpid());
    if (length < 0 || length >= (int)sizeof file - 16)
        return slk_fault_say(fault, SLK_EIO, "%s: the path is too long", to);
    slk_err err = slk_ledger_commit(l, fault);
    if (err != SLK_OK) return err;
    remove_beside(file);
    err = make_copy(l, file, &n, fault);
    if (err == SLK_OK) err = sync_path(file, O_RDONLY, fault);
    if (err == SLK_OK && rename(file, to) != 0) err = cannot(to, fault);
    if (err == SLK_OK) err = sync_folder(to, fault);
    remove_beside(file);
    if (err == SLK_OK && pages) *pages = n;
    return err;
}
