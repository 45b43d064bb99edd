/* schema.c - opening a ledger and bringing its schema up to date. Each step of the schema is run once, in one transaction that
 * also writes its number into user_version: a crash between two steps leaves the older number and is made good at the next
 * opening. A file with tables and without our application_id is somebody else's and left alone. */
#include <string.h>
#include <unistd.h>

#include "alerts/rules.h"
#include "base/fault.h"
#include "ledger/deeds.h"
#include "ledger/inside.h"
#include "ledger/views.h"

#define DESCRIBED_SINCE 11 /* events of older ledgers are described anew: they lack facets */

/* steps[n] leads from version n to n + 1. Never change a step that was released: add one. */
static const char *const steps[SLK_LEDGER_SCHEMA] = {
    /* 0 -> 1: everything */
    "CREATE TABLE report("
    " row INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, id TEXT NOT NULL, source TEXT, title TEXT, outlet TEXT,"
    " author TEXT, url TEXT, language TEXT, published TEXT NOT NULL, published_basis TEXT NOT NULL,"
    " known_day INTEGER," /* days since 1970: published, else recorded; from then on the report is known */
    " added_s INTEGER, root TEXT NOT NULL, text TEXT NOT NULL) STRICT;"
    "CREATE INDEX report_id ON report(id);"
    "CREATE TABLE chain(" /* of sources, outermost first; the report's own voice is no chain */
    " row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, text TEXT NOT NULL, names TEXT NOT NULL, root TEXT NOT NULL,"
    " root_country TEXT NOT NULL) STRICT;"
    "CREATE TABLE event(" /* id and what lists are filtered by, drawn from its tellings */
    " row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, type TEXT NOT NULL, country TEXT NOT NULL,"
    " actor TEXT, time TEXT NOT NULL, first_s INTEGER, last_s INTEGER, place TEXT, lat REAL, lon REAL,"
    " certainty TEXT NOT NULL, main INTEGER NOT NULL, n_reports INTEGER NOT NULL, n_roots INTEGER NOT NULL) STRICT;"
    "CREATE INDEX event_when ON event(kind, country, first_s);"
    "CREATE TABLE telling(" /* an event of one report, with what it is linked by */
    " row INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report(row), n INTEGER NOT NULL, kind TEXT NOT NULL,"
    " type TEXT NOT NULL, plover TEXT, plover_mode TEXT, cameo TEXT, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
    " words TEXT NOT NULL, main INTEGER NOT NULL, main_reason TEXT, certainty TEXT NOT NULL, country TEXT NOT NULL,"
    " actor TEXT, target TEXT NOT NULL, time TEXT NOT NULL, first_s INTEGER, last_s INTEGER, assumed INTEGER NOT NULL,"
    " place TEXT, lat REAL, lon REAL, weapon TEXT, root TEXT NOT NULL, party INTEGER NOT NULL,"
    " UNIQUE(report, n)) STRICT;"
    "CREATE TABLE link(" /* a telling is of this event; cutting it loses nothing */
    " telling INTEGER PRIMARY KEY REFERENCES telling(row), event INTEGER NOT NULL REFERENCES event(row),"
    " reason TEXT NOT NULL) STRICT;"
    "CREATE INDEX link_event ON link(event, telling);"
    "CREATE TABLE series(" /* how many events were ever numbered in "KP-2024-09-18-weapon-test": no id is used twice */
    " name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE cut(" /* a link that was taken back */
    " telling INTEGER NOT NULL REFERENCES telling(row), event INTEGER NOT NULL REFERENCES event(row),"
    " reason TEXT NOT NULL, PRIMARY KEY(telling, event)) STRICT;"
    "CREATE TABLE claim(" /* one row per field, value and chain of sources */
    " row INTEGER PRIMARY KEY, telling INTEGER NOT NULL REFERENCES telling(row), field TEXT NOT NULL,"
    " chain INTEGER REFERENCES chain(row), kind TEXT NOT NULL, text TEXT, unit TEXT, zone TEXT, low REAL, high REAL,"
    " si REAL, si_high REAL, bound TEXT NOT NULL, time TEXT NOT NULL, country TEXT NOT NULL, sector TEXT NOT NULL,"
    " lat REAL, lon REAL, place_kind TEXT, basis TEXT NOT NULL, stance TEXT NOT NULL, certainty TEXT NOT NULL, note "
    "TEXT) STRICT;"
    "CREATE INDEX claim_telling ON claim(telling);"
    "CREATE TABLE evidence(" /* the words of a claim, in code points of the report's text */
    " claim INTEGER NOT NULL REFERENCES claim(row), n INTEGER NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT "
    "NULL,"
    " words TEXT NOT NULL, PRIMARY KEY(claim, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE withheld("
    " telling INTEGER NOT NULL REFERENCES telling(row), n INTEGER NOT NULL, field TEXT NOT NULL,"
    " chain INTEGER REFERENCES chain(row), start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, words TEXT NOT NULL,"
    " PRIMARY KEY(telling, n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE checked(" /* checks within a report, and its claims of order as they stood when it was added */
    " row INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES report(row), n INTEGER NOT NULL, kind TEXT NOT NULL,"
    " verdict TEXT NOT NULL, says TEXT NOT NULL, against TEXT NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT "
    "NULL,"
    " words TEXT NOT NULL, telling INTEGER REFERENCES telling(row), ordinal INTEGER NOT NULL, since TEXT NOT NULL,"
    " until TEXT NOT NULL, since_is_event INTEGER NOT NULL, type TEXT, country TEXT NOT NULL, actor TEXT,"
    " UNIQUE(report, n)) STRICT;",
    /* 1 -> 2: one story in several papers */
    "ALTER TABLE report ADD COLUMN story INTEGER;" /* the earlier report whose words it repeats */
    "CREATE TABLE mark("                           /* of reports, to find such (story.c) */
    " hash INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report(row), PRIMARY KEY(hash, report)) STRICT, WITHOUT"
    " ROWID;",
    /* 2 -> 3: one story in other words */
    "CREATE TABLE term(" /* the weightiest words of a report (near.c) */
    " hash INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report(row), weight REAL NOT NULL,"
    " PRIMARY KEY(hash, report)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE term_seen(" /* in how many reports a word was seen */
    " hash INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;",
    /* 3 -> 4: feeds that are followed (feeds.c) */
    "CREATE TABLE feed("
    " row INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, etag TEXT, modified TEXT, asked_s INTEGER NOT NULL,"
    " not_before_s INTEGER NOT NULL, failures INTEGER NOT NULL, gone INTEGER NOT NULL) STRICT;"
    "CREATE TABLE feed_entry(" /* what a feed said of an address last */
    " feed INTEGER NOT NULL REFERENCES feed(row), url TEXT NOT NULL, guid TEXT, hash TEXT NOT NULL,"
    " PRIMARY KEY(feed, url)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX feed_entry_guid ON feed_entry(feed, guid, hash);"
    "CREATE TABLE feed_page(" /* state 0: waits, 1: read, 2: given up */
    " row INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, feed INTEGER NOT NULL REFERENCES feed(row), link TEXT,"
    " title TEXT, author TEXT, outlet TEXT, content TEXT, markup INTEGER NOT NULL, published TEXT, etag TEXT,"
    " modified TEXT, state INTEGER NOT NULL, tries INTEGER NOT NULL, not_before_s INTEGER NOT NULL) STRICT;"
    "CREATE INDEX feed_page_waiting ON feed_page(row) WHERE state = 0;"
    "CREATE TABLE robots("
    " origin TEXT PRIMARY KEY, fetched_s INTEGER NOT NULL, status INTEGER NOT NULL, body BLOB) STRICT, WITHOUT ROWID;",
    /* 4 -> 5: one page got in several ways */
    "ALTER TABLE report ADD COLUMN page TEXT;" /* its address without what does not tell pages apart (same.c) */
    "CREATE INDEX report_page ON report(page) WHERE page IS NOT NULL;",
    /* 5 -> 6: how far a file was read (positions.c) */
    "CREATE TABLE file_position("
    " file TEXT PRIMARY KEY, size_b INTEGER NOT NULL, changed_ns INTEGER NOT NULL, part INTEGER NOT NULL,"
    " offset_b INTEGER NOT NULL, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
    /* 6 -> 7: what made a value, and how far a place can be trusted */
    "ALTER TABLE report ADD COLUMN reader TEXT;" /* version and pack of the program that read it */
    "ALTER TABLE claim ADD COLUMN rule TEXT;"    /* id of the rule that made it */
    "CREATE TABLE reach(" /* of a place told by its distance from a point: the sector around it in which it lies */
    " claim INTEGER PRIMARY KEY REFERENCES claim(row), lat REAL NOT NULL, lon REAL NOT NULL, from_deg REAL NOT NULL,"
    " to_deg REAL NOT NULL, least_m REAL NOT NULL, most_m REAL NOT NULL) STRICT;",
    /* 7 -> 8: what events are found by (facets.c), full text, and what people decided (decide.c). Events are described anew after it */
    "CREATE TABLE facet(" /* something that is true of events: kind "in", name "KOR" */
    " row INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE(kind, name)) STRICT;"
    "CREATE VIRTUAL TABLE facet_grams USING fts5(name, content='facet', content_rowid='row', tokenize=\"trigram\");"
    "CREATE TABLE posting(" /* events by facet, in order of time; those without a date last */
    " facet INTEGER NOT NULL, first_s INTEGER NOT NULL, event INTEGER NOT NULL,"
    " PRIMARY KEY(facet, first_s, event)) STRICT, WITHOUT ROWID;"
    "ALTER TABLE telling ADD COLUMN facets BLOB;"
    "ALTER TABLE event ADD COLUMN facets BLOB;"
    "ALTER TABLE event ADD COLUMN known_day INTEGER;"    /* the first day on which a report of it was known */
    "ALTER TABLE event ADD COLUMN wide_first_s INTEGER;" /* all its tellings lie between */
    "ALTER TABLE event ADD COLUMN wide_last_s INTEGER;"
    "ALTER TABLE event ADD COLUMN span INTEGER NOT NULL DEFAULT 0;" /* 0: up to three days, 1: 40, 2: 400, 3: more */
    "ALTER TABLE event ADD COLUMN conflict INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE event ADD COLUMN went INTEGER;" /* it has no tellings left: the event they went to */
    "CREATE INDEX event_span ON event(span, wide_first_s, wide_last_s) WHERE span > 0;"
    "CREATE INDEX cut_event ON cut(event);"
    "CREATE INDEX report_known ON report(known_day);"
    "CREATE TABLE decision("
    " row INTEGER PRIMARY KEY, what TEXT NOT NULL, \"by\" TEXT NOT NULL, why TEXT NOT NULL, made_s INTEGER NOT NULL,"
    " event INTEGER NOT NULL REFERENCES event(row), other INTEGER NOT NULL REFERENCES event(row),"
    " undoes INTEGER UNIQUE REFERENCES decision(row)) STRICT;"
    "CREATE INDEX decision_event ON decision(event);"
    "CREATE INDEX decision_other ON decision(other);"
    "CREATE TABLE move(" /* a telling was of this event until that day */
    " telling INTEGER NOT NULL REFERENCES telling(row), decision INTEGER NOT NULL REFERENCES decision(row),"
    " from_event INTEGER NOT NULL REFERENCES event(row), until_day INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY(telling, decision)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX move_from ON move(from_event, telling);"
    "CREATE INDEX move_decision ON move(decision);"
    "ALTER TABLE link ADD COLUMN decision INTEGER REFERENCES decision(row);" /* that put it there; none: the program */
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='report', content_rowid='row',"
    " tokenize=\"unicode61 remove_diacritics 2\");"
    "INSERT INTO report_words(report_words) VALUES('rebuild');",
    /* 8 -> 9: claims of order that ask for more than a number (judge.c); rows of other people's databases (rows.c) */
    "CREATE TABLE db_row(" /* a version of a row; body: SHA-256 of its cells; parts: rows may be parts of one event */
    " report INTEGER PRIMARY KEY REFERENCES report(row), database TEXT NOT NULL, key TEXT NOT NULL,"
    " revision INTEGER NOT NULL, body TEXT NOT NULL, parts INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL,"
    " edition TEXT, day INTEGER, radius_m REAL, UNIQUE(database, key, revision)) STRICT;"
    "ALTER TABLE event ADD COLUMN n_databases INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE checked ADD COLUMN at_least INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE checked ADD COLUMN measure TEXT;", /* field in which none comes up to it */
    /* 9 -> 10: alerts (src/alerts) */
    "CREATE TABLE alert_rules(" /* one row: what raises alerts, as text; no channels, no secrets */
    " one INTEGER PRIMARY KEY CHECK(one = 1), version INTEGER NOT NULL, text TEXT NOT NULL) STRICT;"
    "CREATE TABLE alert(" /* the outbox; state 0: waits, 1: sent, 2: given up. first_ms: of the first try, 0 for none */
    " row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, event TEXT NOT NULL,"
    " states TEXT NOT NULL, raised_s INTEGER NOT NULL, body TEXT NOT NULL, state INTEGER NOT NULL,"
    " tries INTEGER NOT NULL, first_ms INTEGER NOT NULL, not_before_ms INTEGER NOT NULL, done_s INTEGER,"
    " why TEXT) STRICT;"
    "CREATE INDEX alert_waiting ON alert(channel, row) WHERE state = 0;"
    "CREATE INDEX alert_channel ON alert(channel);"
    "CREATE INDEX alert_event ON alert(channel, event);"
    "CREATE TABLE alert_seen(" /* what a channel was told of an event: nothing is told twice */
    " channel TEXT NOT NULL, event TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY(channel, event, state)) STRICT,"
    " WITHOUT ROWID;",
    /* 10 -> 11: views for other programs; the program itself uses none, so that those of a strange file are never run */
    "DROP TABLE IF EXISTS report_grams;" /* some had one over a view */
    "DROP VIEW IF EXISTS report_unspaced;"
    "CREATE VIRTUAL TABLE report_grams USING fts5(title, text, content='report', content_rowid='row',"
    " tokenize=\"trigram\");" SLK_GRAMS_FILL "DROP INDEX event_span;" /* a facet says it now */
    SLK_VIEWS,
    /* 11 -> 12: what exactly a claim of order counts (judge.c) */
    "ALTER TABLE checked ADD COLUMN narrower INTEGER NOT NULL DEFAULT 0;" /* less than its type */
    "ALTER TABLE checked ADD COLUMN weapon TEXT;",                        /* class */
    /* 12 -> 13: which reports tell one story (stories.c) */
    "CREATE TABLE gist(" /* deeds: what else it tells of (deeds.c) */
    " report INTEGER PRIMARY KEY REFERENCES report(row), story INTEGER NOT NULL, day INTEGER, first_s INTEGER,"
    " last_s INTEGER, words BLOB NOT NULL, deeds BLOB) STRICT;"
    "CREATE INDEX gist_story ON gist(story, report);"
    "DELETE FROM term;"                               /* its weights were of another scale */
    "ALTER TABLE telling ADD COLUMN weekday INTEGER;" /* 1 Monday to 7, of a telling without a date */
    "ALTER TABLE telling ADD COLUMN clock_min INTEGER;",
};

static slk_err number_of(slk_ledger *l, const char *sql, int64_t *out, slk_fault *fault) {
    sqlite3_stmt *s = NULL;
    bool row = false;
    int rc = sqlite3_prepare_v2(l->db, sql, -1, &s, NULL);
    if (rc != SQLITE_OK) return slk_store_fault(l, rc, fault);
    slk_err err = slk_store_step(l, s, &row, fault);
    if (err == SLK_OK) *out = row ? sqlite3_column_int64(s, 0) : 0;
    (void)sqlite3_finalize(s); /* repeats the code of the step */
    return err;
}

/* Whose file is it, and how old? Refuses what is not ours or newer than this program. */
static slk_err look(slk_ledger *l, int64_t *version, slk_fault *fault) {
    int64_t tables = 0, application = 0;
    slk_err err = number_of(l, "SELECT count(*) FROM sqlite_master", &tables, fault);
    if (err == SLK_OK) err = number_of(l, "PRAGMA application_id", &application, fault);
    if (err == SLK_OK) err = number_of(l, "PRAGMA user_version", version, fault);
    if (err != SLK_OK) return err;
    bool fresh = tables == 0 && application == 0;
    if (!fresh && application != SLK_LEDGER_APPLICATION)
        return slk_fault_say(fault, SLK_ELEDGER, "%s: this database is no ledger", l->path);
    if (*version > SLK_LEDGER_SCHEMA)
        return slk_fault_say(fault, SLK_ELEDGER,
                             "%s: the ledger was written by a newer sillok (schema %d, this one knows %d)", l->path,
                             (int)*version, SLK_LEDGER_SCHEMA);
    int64_t strange = 0;
    err =
        number_of(l,
                  "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' OR (type <> 'table' AND name IN ('report',"
                  " 'chain', 'event', 'telling', 'link', 'claim', 'evidence', 'checked', 'posting', 'facet'))",
                  &strange, fault);
    if (err == SLK_OK && strange)
        return slk_fault_say(fault, SLK_ELEDGER, "%s: it holds triggers or views that no ledger has", l->path);
    return err;
}

static slk_err step_up(slk_ledger *l, int64_t from, slk_fault *fault) {
    char mark[96];
    (void)sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                           SLK_LEDGER_APPLICATION, (int)from + 1);
    slk_err err = slk_store_run(l, steps[from], fault);
    return err == SLK_OK ? slk_store_run(l, mark, fault) : err;
}

/* All missing steps in one transaction; looks again behind the lock, since another program may have been first. */
static slk_err migrate(slk_ledger *l, slk_fault *fault) {
    int64_t version = 0;
    slk_err err = slk_store_run(l, "BEGIN IMMEDIATE", fault);
    if (err != SLK_OK) return err;
    err = look(l, &version, fault);
    bool anew = version > 0 && version < DESCRIBED_SINCE;
    for (; err == SLK_OK && version < SLK_LEDGER_SCHEMA; version++) err = step_up(l, version, fault);
    if (err == SLK_OK && anew) err = slk_link_refresh_all(l, fault);
    if (err == SLK_OK) err = slk_store_run(l, "COMMIT", fault);
    if (err != SLK_OK && !sqlite3_get_autocommit(l->db)) (void)sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
    return err;
}

/* A ledger may come from anywhere: nothing that stands in it is run. Views and triggers are off, functions that do more than compute are
 * not called by its schema, extensions cannot be loaded, other files not be attached, cells are looked at before they are believed. */
static int put_on_guard(sqlite3 *db) {
    static const struct {
        int id, most;
    } limits[] = {{SQLITE_LIMIT_LENGTH, 256 << 20}, {SQLITE_LIMIT_ATTACHED, 0},       {SQLITE_LIMIT_EXPR_DEPTH, 200},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 1},  {SQLITE_LIMIT_WORKER_THREADS, 0}, {SQLITE_LIMIT_COLUMN, 200}};
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) (void)sqlite3_limit(db, limits[i].id, limits[i].most);
    return rc;
}

/* journal_mode answers with a row, so it cannot fail by code alone: a file system without shared memory keeps its rollback
 * journal, which is as safe, only slower. */
static slk_err set_up(slk_ledger *l, slk_fault *fault) {
    int rc = sqlite3_busy_timeout(l->db, SLK_BUSY_MS);
    if (rc == SQLITE_OK) rc = sqlite3_extended_result_codes(l->db, 1);
    if (rc != SQLITE_OK) return slk_store_fault(l, rc, fault);
    slk_err err = slk_store_run(l, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000", fault);
    if (err == SLK_OK && l->writes) err = slk_store_run(l, "PRAGMA journal_mode = WAL", fault);
    if (err == SLK_OK && l->writes)
        err = slk_store_run(l, "PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST", fault);
    return err;
}

static slk_err connect(slk_ledger *l, int flags, const char *name, slk_fault *fault) {
    int rc = sqlite3_open_v2(name, &l->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) rc = put_on_guard(l->db);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(l->db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
    if (rc == SQLITE_OK) return SLK_OK;
    slk_err err = slk_store_fault(l, rc, fault);
    (void)sqlite3_close(l->db);
    l->db = NULL;
    return err;
}

slk_err slk_store_strange(const char *path, sqlite3 **out, slk_fault *fault) {
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) rc = put_on_guard(db);
    if (rc == SQLITE_OK) {
        *out = db;
        return SLK_OK;
    }
    slk_err err = slk_fault_say(fault, SLK_ELEDGER, "%s: %s", path, sqlite3_errstr(rc));
    (void)sqlite3_close(db); /* cannot fail: nothing was asked */
    return err;
}

static void disconnect(slk_ledger *l) {
    for (int i = 0; i < SLK_Q_COUNT; i++) {
        (void)sqlite3_finalize(l->kept[i]); /* repeats codes that were told */
        l->kept[i] = NULL;
    }
    (void)sqlite3_close_v2(l->db); /* cannot fail when all statements are gone */
    l->db = NULL;
}

static slk_err open_to_write(slk_ledger *l, slk_fault *fault) {
    int64_t version = 0;
    l->writes = true;
    slk_err err = connect(l, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, l->path, fault);
    if (err != SLK_OK) return err;
    if (sqlite3_db_readonly(l->db, "main") == 1)
        return slk_fault_say(fault, SLK_EREADONLY, "%s: the ledger is read-only", l->path);
    (void)sqlite3_busy_timeout(l->db, SLK_BUSY_MS); /* set again, and looked at, in set_up */
    err = look(l, &version, fault);                 /* before anything is changed: it may be somebody else's file */
    if (err == SLK_OK) err = set_up(l, fault);
    if (err == SLK_OK && version < SLK_LEDGER_SCHEMA) err = migrate(l, fault);
    return err;
}

static slk_err open_to_read(slk_ledger *l, slk_fault *fault) {
    int64_t version = 0;
    if (access(l->path, F_OK) != 0)
        return slk_fault_say(fault, SLK_ELEDGER, "%s: there is no ledger; sillok add makes one", l->path);
    slk_err err = connect(l, SQLITE_OPEN_READONLY, l->path, fault);
    if (err == SLK_OK) err = set_up(l, fault);
    if (err == SLK_OK) err = look(l, &version, fault);
    if (err != SLK_OK || version == SLK_LEDGER_SCHEMA) return err;
    disconnect(l);
    return open_to_write(l, fault);
}

slk_err slk_ledger_open(const char *path, slk_ledger_mode mode, const slk_pack *pack, const slk_allocator *mem,
                        slk_ledger **out, slk_fault *fault) {
    const slk_allocator *m = mem ? mem : &slk_mem_system;
    slk_ledger *l = slk_mem_new(m, sizeof *l + strlen(path) + 1);
    if (!l) return slk_fault_say(fault, SLK_ENOMEM, "%s: out of memory", path);
    memset(l, 0, sizeof *l);
    l->mem = *m;
    l->pack = pack;
    l->few = SLK_FEW;
    l->floor_b = SLK_FLOOR_B;
    l->path = (char *)(l + 1);
    memcpy(l->path, path, strlen(path) + 1);
    slk_err err = mode == SLK_LEDGER_WRITE ? open_to_write(l, fault) : open_to_read(l, fault);
    if (err != SLK_OK) {
        slk_ledger_close(l);
        return err;
    }
    *out = l;
    return SLK_OK;
}

void slk_ledger_close(slk_ledger *l) {
    if (!l) return;
    slk_deeds_forget(l);
    if (l->db && !sqlite3_get_autocommit(l->db))
        (void)sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL); /* closing would do it too */
    disconnect(l);
    slk_desk_free(l->desk);
    slk_allocator mem = l->mem;
    slk_mem_free(&mem, l);
}
