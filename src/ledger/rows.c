/* rows.c - rows of other people's databases in the ledger: what was recorded of a row before, and all versions of a row as one thing. A row's
 * root source is "database:NAME/KEY" ("+" for "/" where rows may be parts of one event): versions of it replace each other, and the database
 * as a whole is one source of a kind of its own. It compiles what others reported, so it never counts as one more independent report. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/inside.h"

#define PREFIX "database:"

bool slk_root_database(const char *root) { return root && strncmp(root, PREFIX, sizeof PREFIX - 1) == 0; }

/* The length of "database:NAME". */
static size_t name_n(const char *root) { return sizeof PREFIX - 1 + strcspn(root + sizeof PREFIX - 1, "/+"); }

bool slk_roots_apart(const char *a, const char *b) {
    if (!slk_root_database(a) || !slk_root_database(b) || strcmp(a, b) == 0) return false;
    size_t n = name_n(a);
    return n == name_n(b) && strncmp(a, b, n) == 0 && a[n] == '/' && b[n] == '/';
}

bool slk_roots_parts(const char *a, const char *b) {
    if (!slk_root_database(a) || !slk_root_database(b)) return false;
    size_t n = name_n(a);
    return n == name_n(b) && strncmp(a, b, n) == 0 && a[n] == '+' && b[n] == '+';
}

void slk_root_database_name(const char *root, char out[128]) {
    size_t n = name_n(root);
    if (n > 127) n = 127;
    memcpy(out, root, n);
    out[n] = '\0';
}

const char *slk_ledger_row_root(const slk_ledger_row *row, slk_arena *arena) {
    char name[64];
    slk_text_print(name, sizeof name, "%s", row->database);
    for (char *c = name; *c; c++) *c = *c == '/' || *c == '+' ? '-' : *c;
    return slk_arena_printf(arena, PREFIX "%s%c%s", name, row->parts ? '+' : '/', row->key);
}

slk_err slk_ledger_row_find(slk_ledger *l, const char *database, const char *key, slk_row_known *out,
                            slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_row_known known = {0};
    slk_bind b = {.s = slk_store_get(l, SLK_Q_DB_ROW, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, database);
    slk_bind_text(&b, key);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, &row, fault);
    if (err == SLK_OK && row) {
        slk_text body = slk_column_text(b.s, 1);
        known.revision = (uint32_t)sqlite3_column_int64(b.s, 0);
        slk_text_print(known.body, sizeof known.body, "%.*s", (int)body.n, body.at ? body.at : "");
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK) *out = known;
    return err;
}

slk_err slk_ledger_row_write(slk_ledger *l, const slk_ledger_row *row, int64_t report, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_DB_ROW_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    slk_bind_text(&b, row->database);
    slk_bind_text(&b, row->key);
    slk_bind_int(&b, row->revision);
    slk_bind_text(&b, row->body);
    slk_bind_int(&b, row->parts);
    slk_bind_text(&b, row->file);
    slk_bind_int(&b, row->line);
    slk_bind_text(&b, row->edition);
    if (row->dated)
        slk_bind_int(&b, row->day);
    else
        slk_bind_none(&b);
    slk_bind_double(&b, row->radius_m);
    return slk_bind_run(l, &b, fault);
}

slk_err slk_ledger_row_move(slk_ledger *l, const slk_ledger_row *row, int64_t from, int64_t to, slk_fault *fault) {
    int64_t tellings[256];
    uint32_t n = 0;
    slk_err err = SLK_OK;
    bool more = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_DB_ROW_TELLINGS, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, row->database);
    slk_bind_text(&b, row->key);
    slk_bind_int(&b, from);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (n < 256 && (err = slk_store_step(l, b.s, &more, fault)) == SLK_OK && more)
        tellings[n++] = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    for (uint32_t i = 0; err == SLK_OK && i < n; i++)
        err = slk_link_move(l, tellings[i], from, to, "an earlier version of the row", 0, fault);
    return err == SLK_OK ? slk_link_refresh(l, from, fault) : err;
}
