/* import.c - the run over one file. See import.h. Rows of one database are told apart by the columns that name them; where a table has
 * none, by day and type, and by their order among equal ones. A name that comes twice in a file is two rows, so that nothing is lost
 * and `sillok check` can find it. */
#include "import/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/sha256.h"
#include "base/text.h"
#include "import/cells.h"
#include "import/reading.h"

#define BATCH 500u /* rows in one commit */
#define SEEN_MOST (1u << 26)

typedef struct seen_key { /* how often a key came in this file */
    uint64_t hash;        /* 0: free */
    uint32_t n;
} seen_key;

typedef struct importing {
    const slk_import *how;
    const char *file;
    slk_columns columns;
    const char *database;
    char title[160];
    slk_import_counts *counts;
    slk_buf body;
    seen_key *seen;
    size_t n_seen, room; /* room: a power of two */
    uint32_t waiting;    /* rows of the open batch */
    slk_fault *fault;
} importing;

/* ---------------------------------------------------------------- keys */

static uint64_t hash_of(const char *z) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *z; z++) h = (h ^ (unsigned char)*z) * 1099511628211u;
    return h ? h : 1;
}

static seen_key *slot_of(seen_key *at, size_t room, uint64_t hash) {
    size_t i = (size_t)hash & (room - 1);
    while (at[i].hash && at[i].hash != hash) i = (i + 1) & (room - 1);
    return &at[i];
}

static slk_err make_room(importing *m) {
    if (m->n_seen * 2 < m->room) return SLK_OK;
    size_t room = m->room ? m->room * 2 : 1024;
    seen_key *at = room <= SEEN_MOST ? calloc(room, sizeof *at) : NULL;
    if (!at) return room <= SEEN_MOST ? SLK_ENOMEM : SLK_ELIMIT;
    for (size_t i = 0; i < m->room; i++)
        if (m->seen[i].hash) *slot_of(at, room, m->seen[i].hash) = m->seen[i];
    free(m->seen);
    m->seen = at;
    m->room = room;
    return SLK_OK;
}

/* The row's own name, or what stands for it. */
static slk_err name_row(importing *m, const slk_row *row, char key[160], slk_fault *fault) {
    char own[128], mark = '#';
    if (!slk_row_key(m->how->pack, &m->columns, row, own))
        return slk_fault_at(fault, SLK_EINPUT, row->line, 0, "the row's identifier is empty or too long");
    if (!*own) {
        mark = '~'; /* no name of the database's own */
        slk_instant day;
        char z[40] = "undated";
        for (uint32_t i = 0; i < row->n; i++) {
            uint32_t column =
                row->names ? slk_column_row(m->how->pack, &m->columns.format, row->names[i]) : m->columns.rows[i];
            slk_import_field f = slk_column_field(m->how->pack, column);
            if (f == SLK_I_DAY && slk_cell_day(row->cells[i], slk_column_how(m->how->pack, column), &day))
                (void)slk_instant_format(day, z);
        }
        slk_text_print(own, sizeof own, "%s", z);
    }
    slk_err err = make_room(m);
    if (err != SLK_OK) return slk_fault_at(fault, err, row->line, 0, "%s", slk_err_meaning(err));
    seen_key *k = slot_of(m->seen, m->room, hash_of(own));
    if (!k->hash) m->n_seen++;
    k->hash = hash_of(own);
    k->n++;
    slk_text_print(key, 160, k->n > 1 ? "%s%c%u" : "%s", own, mark, (unsigned)k->n);
    return SLK_OK;
}

/* ---------------------------------------------------------------- one row */

static bool is_ledger_trouble(slk_err err) {
    return err != SLK_OK && err != SLK_EINPUT && err != SLK_ELIMIT && err != SLK_EENCODING && err != SLK_EEMPTY;
}

static slk_err write_row(importing *m, const slk_row *row, const char *key, const char *body, uint32_t revision,
                         slk_fault *fault) {
    slk_row_name name = {.database = m->database,
                         .title = m->title,
                         .file = m->file,
                         .key = key,
                         .revision = revision,
                         .published = m->how->published};
    slk_row_facts facts;
    slk_reading *r = NULL;
    slk_added added = {0};
    slk_err err = slk_row_reading(m->how->pack, &m->columns, row, &name, &r, &facts, fault);
    if (err != SLK_OK) return err;
    slk_ledger_row kept = {.database = m->database,
                           .key = key,
                           .body = body,
                           .parts = m->columns.format.parts,
                           .revision = revision,
                           .file = m->file,
                           .line = (int64_t)row->line,
                           .edition = m->how->edition,
                           .dated = facts.dated,
                           .day = facts.day,
                           .radius_m = facts.radius_m};
    err = slk_ledger_add_row(m->how->ledger, r, &kept, m->how->added_s, &added, m->fault);
    if (err != SLK_OK) *fault = *m->fault;
    slk_reading_free(r);
    if (err != SLK_OK) return err == SLK_EINPUT || err == SLK_ELIMIT ? SLK_ELEDGER : err; /* not the row's fault */
    m->counts->added += revision == 1;
    m->counts->revised += revision > 1;
    m->counts->events_new += added.events_new;
    m->counts->events_joined += added.events_joined;
    m->waiting++;
    if (!facts.trouble[0]) return SLK_OK;
    slk_fault note = {.code = SLK_OK, .line = row->line};
    slk_text_print(note.message, sizeof note.message, "%s; the cell is kept as text only", facts.trouble);
    m->counts->troubled++;
    m->how->say(m->how->ctx, m->file, &note, false);
    return SLK_OK;
}

static slk_err take_row(importing *m, const slk_row *row, slk_fault *fault) {
    char key[160], sha256[SLK_SHA256_HEX];
    slk_row_known known = {0};
    if (!row->names && row->n != m->columns.n)
        return slk_fault_at(fault, SLK_EINPUT, row->line, 0, "the row has %u cells, the table %u columns", row->n,
                            m->columns.n);
    slk_err err = name_row(m, row, key, fault);
    if (err != SLK_OK) return err;
    slk_buf_clear(&m->body);
    if ((err = slk_row_body(&m->columns, row, &m->body)) != SLK_OK)
        return slk_fault_at(fault, err, row->line, 0, "%s", slk_err_meaning(err));
    slk_sha256_hex((slk_text){m->body.at ? m->body.at : "", m->body.n}, sha256);
    if ((err = slk_ledger_row_find(m->how->ledger, m->database, key, &known, m->fault)) != SLK_OK) {
        *fault = *m->fault;
        return err;
    }
    if (known.revision && strcmp(known.body, sha256) == 0) {
        m->counts->already++;
        return SLK_OK;
    }
    return write_row(m, row, key, sha256, known.revision + 1, fault);
}

static slk_err commit(importing *m) {
    if (!m->waiting || m->how->keep_open) return SLK_OK;
    m->waiting = 0;
    return slk_ledger_commit(m->how->ledger, m->fault);
}

static slk_err one_row(importing *m, const slk_row *row) {
    slk_fault fault = {.code = SLK_OK};
    slk_err err = take_row(m, row, &fault);
    m->counts->rows++;
    if (is_ledger_trouble(err)) {
        *m->fault = fault;
        return err;
    }
    if (err != SLK_OK) {
        m->counts->bad++;
        m->how->say(m->how->ctx, m->file, &fault, true);
    }
    if (m->how->step) m->how->step(m->how->ctx);
    return m->waiting >= BATCH ? commit(m) : SLK_OK;
}

/* ---------------------------------------------------------------- the file */

static void note(importing *m, const char *words, const char *names) {
    slk_fault f = {.code = SLK_OK, .line = 0};
    if (!*names) return;
    slk_text_print(f.message, sizeof f.message, "%s: %s", words, names);
    m->how->say(m->how->ctx, m->file, &f, false);
}

static slk_err know_columns(importing *m, const slk_row *first, bool *header) {
    char names[400];
    slk_err err = slk_columns_find(m->how->pack, first, m->how->as, &m->columns, header, m->fault);
    if (err != SLK_OK) return err;
    m->database = m->how->source ? m->how->source : m->columns.format.columns;
    slk_text_print(m->counts->database, sizeof m->counts->database, "%s", m->database);
    slk_text_print(m->title, sizeof m->title, "%s%s%s", m->how->source ? m->how->source : m->columns.format.name,
                   m->how->edition ? " " : "", m->how->edition ? m->how->edition : "");
    slk_columns_unknown(&m->columns, names);
    note(m, "columns that are not known and kept as text only", names);
    slk_columns_missing(m->how->pack, &m->columns, names);
    note(m, "columns that are not there", names);
    return SLK_OK;
}

static slk_err run(importing *m, slk_rows *rows) {
    slk_row row;
    slk_fault fault = {.code = SLK_OK};
    bool known = false, header = false;
    slk_err err = SLK_OK;
    while (err == SLK_OK) {
        slk_rows_next_is what = slk_rows_next(rows, &row, &fault);
        if (what == SLK_ROWS_END) break;
        if (what == SLK_ROWS_BROKEN) {
            (void)commit(m);
            *m->fault = fault;
            return fault.code;
        }
        if (what == SLK_ROWS_BAD) {
            m->counts->rows++;
            m->counts->bad++;
            m->how->say(m->how->ctx, m->file, &fault, true);
            continue;
        }
        if (!known) {
            if ((err = know_columns(m, &row, &header)) != SLK_OK) break;
            known = true;
            if (header) continue;
        }
        err = one_row(m, &row);
    }
    if (err == SLK_OK && !known) return slk_fault_say(m->fault, SLK_EEMPTY, "the file holds no rows");
    return err == SLK_OK ? commit(m) : err;
}

slk_err slk_import_file(const slk_import *how, const char *file, slk_import_counts *counts, slk_fault *fault) {
    importing *m = calloc(1, sizeof *m);
    slk_rows *rows = NULL;
    if (!m) return slk_fault_say(fault, SLK_ENOMEM, "out of memory");
    *m = (importing){.how = how, .file = file, .counts = counts, .fault = fault};
    slk_buf_start(&m->body, &slk_mem_system, 4 * SLK_ROW_MOST_B);
    slk_err err = slk_rows_open(file, &rows, fault);
    if (err == SLK_OK) err = run(m, rows);
    slk_rows_close(rows);
    slk_buf_free(&m->body);
    free(m->seen);
    free(m);
    return err;
}
