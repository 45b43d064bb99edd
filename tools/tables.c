/* tables.c - reads one table of data/ and holds it against src/pack/tables.h: the header line, the number of cells, the order
 * of the rows, numbers that are numbers, phrases that are not empty. Stops at the first fault with file, line and cause. */
#include <math.h>
#include <stdlib.h>

#include "pack/pack.h"
#include "packer.h"

enum { TEXT, PHRASES, NUM };

typedef struct column {
    const char *name;
    int kind;
} column;

#define TABLE(name, file) file,
#define NO_TABLE(name, file)
#define COLUMN(table, name, kind) {#name, kind},
#define NO_COLUMN(table, name, kind)
#define COLUMN_OF(table, name, kind) SLK_T_##table,
static const char *const names[] = {SLK_TABLES(TABLE, NO_COLUMN)};
static const column columns[] = {SLK_TABLES(NO_TABLE, COLUMN)};
static const int column_table[] = {SLK_TABLES(NO_TABLE, COLUMN_OF)};

void *pile_take(pile *p, size_t n) {
    if (p->n + n > p->cap) {
        size_t cap = 2 * (p->n + n) + 4096;
        char *more = realloc(p->at, cap);
        if (!more) stop("out of memory");
        p->at = more;
        p->cap = cap;
    }
    void *at = p->at + p->n;
    memset(at, 0, n);
    p->n += n;
    return at;
}

void pile_free(pile *p) {
    free(p->at);
    *p = (pile){0};
}

uint64_t pile_append(pile *file, const pile *part) {
    uint64_t at = file->n;
    if (part->n) memcpy(pile_take(file, part->n), part->at, part->n);
    if (file->n % 8) pile_take(file, 8 - file->n % 8);
    return at;
}

uint32_t pile_string(pile *strings, slk_text t) {
    uint32_t at = (uint32_t)strings->n;
    char *to = pile_take(strings, t.n + 1);
    if (t.n) memcpy(to, t.at, t.n);
    return at;
}

const char *table_name(int table) { return names[table]; }

typedef struct sheet {
    const char *path;
    int table;
    size_t line;
    const column *columns;
    slk_text before; /* the first cell of the row before */
    packer_table *out;
    pile *strings;
    packer_keys *keys;
} sheet;

static void check_header(const sheet *s, slk_text line) {
    slk_text cell;
    for (uint32_t c = 0; c < s->out->columns; c++)
        if (!slk_text_split(&line, '\t', &cell) || !slk_text_is_fold(cell, s->columns[c].name))
            stop("%s:%zu: column %u must be %s", s->path, s->line, c + 1, s->columns[c].name);
    if (line.at) stop("%s:%zu: there are more than %u columns", s->path, s->line, s->out->columns);
}

/* Enters each piece between bars into the trie; an empty piece is a slip. */
static void enter_phrases(sheet *s, uint32_t c, slk_text cell) {
    slk_text phrase;
    for (slk_text rest = cell; rest.n && slk_text_split(&rest, '|', &phrase);) {
        slk_pack_hit hit = {
            .row = s->out->rows, .table = (uint16_t)s->table, .column = (uint8_t)c, .n = (uint32_t)phrase.n};
        hit.phrase_at = pile_string(s->strings, phrase);
        if (!key_add(s->keys, phrase, hit)) stop("%s:%zu: an empty phrase", s->path, s->line);
    }
    if (cell.n && cell.at[cell.n - 1] == '|') stop("%s:%zu: an empty phrase", s->path, s->line);
}

static void add_cell(sheet *s, uint32_t c, slk_text cell) {
    slk_pack_value *v = pile_take(&s->out->cells, sizeof *v);
    if (s->columns[c].kind == NUM) {
        v->num = NAN;
        if (cell.n && !slk_text_double(cell, &v->num))
            stop("%s:%zu: \"%.*s\" is no number", s->path, s->line, (int)cell.n, cell.at);
        return;
    }
    v->text.n = (uint32_t)cell.n;
    v->text.at = pile_string(s->strings, cell);
    if (s->columns[c].kind == PHRASES) enter_phrases(s, c, cell);
}

static void add_row(sheet *s, slk_text line) {
    slk_text cell, first = {0};
    for (uint32_t c = 0; c < s->out->columns; c++) {
        if (!slk_text_split(&line, '\t', &cell))
            stop("%s:%zu: %u cells, %u are needed", s->path, s->line, c, s->out->columns);
        if (c == 0) first = cell;
        add_cell(s, c, cell);
    }
    if (line.at) stop("%s:%zu: more than %u cells", s->path, s->line, s->out->columns);
    if (s->out->rows && slk_text_cmp(s->before, first) > 0)
        stop("%s:%zu: \"%.*s\" is out of order", s->path, s->line, (int)first.n, first.at);
    s->before = first;
    s->out->rows++;
}

void table_read(const char *path, slk_text text, int table, packer_table *out, pile *strings, packer_keys *keys) {
    sheet s = {.path = path, .table = table, .out = out, .strings = strings, .keys = keys};
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        if (column_table[c] != table) continue;
        if (!s.columns) s.columns = &columns[c];
        out->columns++;
    }
    if (text.n == 0) stop("%s: the table is empty", path);
    size_t bad = slk_utf8_check(text);
    if (bad < text.n) stop("%s: not UTF-8 at byte %zu", path, bad);
    bool header = false;
    slk_text line;
    for (slk_text rest = text; slk_text_split(&rest, '\n', &line);) {
        s.line++;
        if (line.n == 0 || (!header && slk_text_starts(line, "# "))) continue;
        if (header)
            add_row(&s, line);
        else
            check_header(&s, line);
        header = true;
    }
    if (!header) stop("%s: there is no header line", path);
}

void table_index(const packer_table *t, const pile *strings, pile *index) {
    uint32_t slots = 2;
    if (t->rows >= SLK_PACK_ROW) stop("a table has too many rows");
    while (slots < 2 * t->rows) slots *= 2;
    uint32_t *to = pile_take(index, slots * sizeof *to);
    const slk_pack_value *cells = (const void *)t->cells.at;
    for (uint32_t row = 0; row < t->rows; row++) {
        slk_pack_value v = cells[(size_t)row * t->columns];
        slk_text key = {strings->at + v.text.at, v.text.n};
        uint32_t hash = slk_pack_hash(key), slot = hash;
        for (;; slot++) {
            uint32_t other = to[slot & (slots - 1)] & SLK_PACK_ROW;
            if (other == 0) break;
            v = cells[(size_t)(other - 1) * t->columns];
            if (slk_text_eq(key, (slk_text){strings->at + v.text.at, v.text.n})) break;
        }
        if (to[slot & (slots - 1)] == 0) to[slot & (slots - 1)] = slk_pack_slot(hash, row);
    }
}
