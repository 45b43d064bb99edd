/* health.c - is the ledger sound? What SQLite can check of its file, what foreign keys promise, and the rules of our own that a
 * schema cannot say: every telling is linked, every event has a telling. Looking changes nothing. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "ledger/store.h"

typedef struct question {
    const char *sql;
    const char *trouble; /* said where the answer is not zero; NULL: the answer goes to out */
    size_t out;
} question;

#define COUNT(table, member)                                                                                           \
    { "SELECT count(*) FROM " table, NULL, offsetof(slk_health, member) }

static const question questions[] = {
    COUNT("report", reports),
    COUNT("event WHERE went IS NULL", events),
    COUNT("telling", tellings),
    COUNT("claim", claims),
    COUNT("checked", checks),
    {"SELECT count(*) FROM pragma_foreign_key_check", "rows refer to rows that are not there", 0},
    {"SELECT count(*) FROM telling WHERE row NOT IN (SELECT telling FROM link)", "tellings belong to no event", 0},
    {"SELECT count(*) FROM event WHERE went IS NULL AND row NOT IN (SELECT event FROM link)", "events have no report",
     0},
    {"SELECT count(*) FROM event WHERE facets IS NULL OR row NOT IN (SELECT event FROM posting WHERE facet ="
     " (SELECT row FROM facet WHERE kind = 'all'))",
     "events are not found by what they are", 0},
    {"SELECT count(*) FROM claim WHERE basis <> 'assumed' AND row NOT IN (SELECT claim FROM evidence)",
     "claims have no evidence", 0},
};

/* The first column of the first row, as a number and as text. */
static slk_err first_cell(slk_ledger *l, const char *sql, int64_t *number, char text[200], slk_fault *fault) {
    sqlite3_stmt *s = NULL;
    bool row = false;
    *number = 0;
    *text = '\0';
    int rc = sqlite3_prepare_v2(l->db, sql, -1, &s, NULL);
    if (rc != SQLITE_OK) return slk_store_fault(l, rc, fault);
    slk_err err = slk_store_step(l, s, &row, fault);
    if (err == SLK_OK && row) {
        slk_text t = slk_column_text(s, 0);
        *number = sqlite3_column_int64(s, 0);
        (void)snprintf(text, 200, "%.*s", (int)t.n, t.at ? t.at : "");
    }
    (void)sqlite3_finalize(s); /* repeats the code of the step */
    return err;
}

static void trouble(slk_health *h, const char *words) {
    if (!h->sound) return;
    h->sound = false;
    (void)snprintf(h->trouble, sizeof h->trouble, "%s", words);
}

static slk_err ask(slk_ledger *l, const question *q, slk_health *h, slk_fault *fault) {
    int64_t n;
    char text[200], words[256];
    slk_err err = first_cell(l, q->sql, &n, text, fault);
    if (err != SLK_OK) return err;
    if (!q->trouble) {
        memcpy((char *)h + q->out, &n, sizeof n);
    } else if (n) {
        (void)snprintf(words, sizeof words, "%lld %s", (long long)n, q->trouble);
        trouble(h, words);
    }
    return SLK_OK;
}

/* The indexes of full text have a look of their own; it writes nothing, but is an INSERT, so only a ledger opened to write has it. */
static slk_err check_words(slk_ledger *l, slk_health *h, slk_fault *fault) {
    static const char *const sql[] = {"INSERT INTO report_words(report_words) VALUES('integrity-check')",
                                      "INSERT INTO report_grams(report_grams) VALUES('integrity-check')",
                                      "INSERT INTO facet_grams(facet_grams) VALUES('integrity-check')"};
    for (size_t i = 0; l->writes && i < sizeof sql / sizeof *sql; i++) {
        slk_fault inner = {.code = SLK_OK};
        slk_err err = slk_store_run(l, sql[i], &inner);
        if (err == SLK_ECORRUPT) trouble(h, "an index of full text is damaged");
        if (err == SLK_OK || err == SLK_ECORRUPT) continue;
        if (fault) *fault = inner;
        return err;
    }
    return SLK_OK;
}

static slk_err look(slk_ledger *l, slk_health *h, slk_fault *fault) {
    int64_t n, pages, size;
    char text[200];
    slk_err err = first_cell(l, "PRAGMA user_version", &n, text, fault);
    h->schema = (int)n;
    if (err == SLK_OK) err = first_cell(l, "PRAGMA page_count", &pages, text, fault);
    if (err == SLK_OK) err = first_cell(l, "PRAGMA page_size", &size, text, fault);
    if (err != SLK_OK) return err;
    h->size_b = pages * size;
    if ((err = first_cell(l, "PRAGMA journal_mode", &n, text, fault)) != SLK_OK) return err;
    (void)snprintf(h->journal, sizeof h->journal, "%.15s", text);
    if ((err = first_cell(l, "PRAGMA integrity_check(1)", &n, text, fault)) != SLK_OK) return err;
    h->whole = strcmp(text, "ok") == 0;
    if (!h->whole) trouble(h, text);
    if (h->whole && (err = check_words(l, h, fault)) != SLK_OK) return err;
    for (size_t i = 0; err == SLK_OK && i < sizeof questions / sizeof *questions; i++)
        err = ask(l, &questions[i], h, fault);
    return err;
}

slk_err slk_ledger_health(slk_ledger *l, slk_health *out, slk_fault *fault) {
    slk_health h = {.sound = true};
    slk_fault inner = {.code = SLK_OK};
    (void)snprintf(h.engine, sizeof h.engine, "SQLite %s", sqlite3_libversion());
    slk_err err = look(l, &h, &inner);
    if (err == SLK_ECORRUPT) {
        trouble(&h, inner.message);
    } else if (err != SLK_OK) {
        if (fault) *fault = inner;
        return err;
    }
    *out = h;
    return SLK_OK;
}
