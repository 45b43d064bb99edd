/* packer.c - compiles the tables of data/ and the time zones into the pack: packer OUT DATA_DIR ZONEINFO_DIR.
 * Every table is held against src/pack/tables.h: the header line, the number of cells, the order of the rows. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "pack/pack.h"
#include "packer.h"

enum { TEXT, PHRASES, NUM };

typedef struct column {
    const char *name;
    int kind;
} column;

#define TABLE(name, file) {file},
#define NO_TABLE(name, file)
#define COLUMN(table, name, kind) {#name, kind},
#define NO_COLUMN(table, name, kind)
#define COLUMN_OF(table, name, kind) SLK_T_##table,
static const struct { const char *name; } tables[] = {SLK_TABLES(TABLE, NO_COLUMN)};
static const column columns[] = {SLK_TABLES(NO_TABLE, COLUMN)};
static const int column_table[] = {SLK_TABLES(NO_TABLE, COLUMN_OF)};

void stop(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fputs("packer: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void *pile_take(pile *p, size_t n) {
    if (p->n + n > p->cap) {
        p->cap = 2 * (p->n + n) + 4096;
        p->at = realloc(p->at, p->cap);
        if (!p->at) stop("out of memory");
    }
    void *at = p->at + p->n;
    memset(at, 0, n);
    p->n += n;
    return at;
}

uint32_t pile_string(pile *strings, slk_text t) {
    uint32_t at = (uint32_t)strings->n;
    char *to = pile_take(strings, t.n + 1);
    if (t.n) memcpy(to, t.at, t.n);
    return at;
}

static slk_text read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) stop("%s: %s", path, strerror(errno));
    pile p = {0};
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) memcpy(pile_take(&p, n), piece, n);
    if (ferror(in)) stop("%s: %s", path, strerror(errno));
    (void)fclose(in);
    if (p.n == 0) stop("%s: the table is empty", path);
    return (slk_text){p.at, p.n};
}

typedef struct sheet {
    const char *path;
    int table;
    size_t line;
    const column *columns;
    uint32_t n_columns, rows;
    slk_text before; /* the first cell of the row before */
    pile cells, *strings;
    packer_keys *keys;
} sheet;

static void check_header(const sheet *s, slk_text line) {
    slk_text cell;
    for (uint32_t c = 0; c < s->n_columns; c++)
        if (!slk_text_split(&line, '\t', &cell) || !slk_text_is_fold(cell, s->columns[c].name))
            stop("%s:%zu: column %u must be %s", s->path, s->line, c + 1, s->columns[c].name);
    if (line.at) stop("%s:%zu: there are more than %u columns", s->path, s->line, s->n_columns);
}

/* Enters each piece between bars into the trie; an empty piece is a slip. */
static void enter_phrases(sheet *s, uint32_t c, slk_text cell) {
    slk_text phrase;
    for (slk_text rest = cell; rest.n && slk_text_split(&rest, '|', &phrase);) {
        slk_pack_hit hit = {.row = s->rows, .table = (uint16_t)s->table, .column = (uint8_t)c, .n = (uint32_t)phrase.n};
        hit.phrase_at = pile_string(s->strings, phrase);
        if (!key_add(s->keys, phrase, hit)) stop("%s:%zu: an empty phrase", s->path, s->line);
    }
}

static void add_row(sheet *s, slk_text line) {
    slk_text cell, first = {0};
    for (uint32_t c = 0; c < s->n_columns; c++) {
        if (!slk_text_split(&line, '\t', &cell))
            stop("%s:%zu: %u cells, %u are needed", s->path, s->line, c, s->n_columns);
        if (c == 0) first = cell;
        slk_pack_value *v = pile_take(&s->cells, sizeof *v);
        if (s->columns[c].kind == NUM) {
            v->num = NAN;
            if (cell.n && !slk_text_double(cell, &v->num))
                stop("%s:%zu: \"%.*s\" is no number", s->path, s->line, (int)cell.n, cell.at);
            continue;
        }
        v->text.n = (uint32_t)cell.n;
        v->text.at = pile_string(s->strings, cell);
        if (s->columns[c].kind == PHRASES) enter_phrases(s, c, cell);
    }
    if (line.at) stop("%s:%zu: more than %u cells", s->path, s->line, s->n_columns);
    if (s->rows && slk_text_cmp(s->before, first) > 0)
        stop("%s:%zu: \"%.*s\" is out of order", s->path, s->line, (int)first.n, first.at);
    s->before = first;
    s->rows++;
}

static void read_table(sheet *s) {
    slk_text text = read_file(s->path), line;
    size_t bad = slk_utf8_check(text);
    if (bad < text.n) stop("%s: not UTF-8 at byte %zu", s->path, bad);
    bool header = false;
    for (slk_text rest = text; slk_text_split(&rest, '\n', &line);) {
        s->line++;
        if (line.n == 0 || (!header && slk_text_starts(line, "# "))) continue;
        if (header)
            add_row(s, line);
        else
            check_header(s, line);
        header = true;
    }
    if (!header) stop("%s: there is no header line", s->path);
}

/* Appends a part to the file image, 8-byte aligned; returns its offset. */
static uint64_t append(pile *file, const pile *part) {
    uint64_t at = file->n;
    if (part->n) memcpy(pile_take(file, part->n), part->at, part->n);
    if (file->n % 8) pile_take(file, 8 - file->n % 8);
    return at;
}

static void write_file(const char *path, const pile *file) {
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(file->at, 1, file->n, out) != file->n || fclose(out) != 0) stop("%s: %s", path, strerror(errno));
}

static void build(const char *out, const char *data_dir, const char *zone_dir) {
    pile file = {0}, strings = {0}, units = {0}, hits = {0}, zones = {0}, shifts = {0};
    packer_keys keys = {0};
    slk_pack_table directory[SLK_T_COUNT];
    pile_take(&file, sizeof(slk_pack_head) + sizeof directory);
    for (int t = 0; t < SLK_T_COUNT; t++) {
        char path[4096];
        int n = snprintf(path, sizeof path, "%s/%s.tsv", data_dir, tables[t].name);
        if (n < 0 || n >= (int)sizeof path) stop("%s: the name of the folder is too long", data_dir);
        sheet s = {.path = path, .table = t, .strings = &strings, .keys = &keys};
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
            if (column_table[c] != t) continue;
            if (!s.columns) s.columns = &columns[c];
            s.n_columns++;
        }
        read_table(&s);
        directory[t] = (slk_pack_table){append(&file, &s.cells), s.rows, s.n_columns};
    }
    trie_build(&keys, &units, &hits);
    zones_build(zone_dir, &zones, &shifts, &strings);
    slk_pack_head head = {.magic = SLK_PACK_MAGIC, .version = SLK_PACK_VERSION, .n_tables = SLK_T_COUNT};
    head.tables = sizeof head;
    head.units = append(&file, &units), head.n_units = (uint32_t)(units.n / sizeof(slk_pack_unit));
    head.hits = append(&file, &hits), head.n_hits = (uint32_t)(hits.n / sizeof(slk_pack_hit));
    head.zones = append(&file, &zones), head.n_zones = (uint32_t)(zones.n / sizeof(slk_pack_zone));
    head.shifts = append(&file, &shifts), head.n_shifts = (uint32_t)(shifts.n / sizeof(slk_pack_shift));
    head.strings = append(&file, &strings);
    head.length = file.n;
    memcpy(file.at + sizeof head, directory, sizeof directory);
    head.checksum = slk_pack_sum(file.at + sizeof head, file.n - sizeof head);
    memcpy(file.at, &head, sizeof head);
    write_file(out, &file);
    printf("%zu phrases, %u zones, %zu bytes\n", keys.n, head.n_zones, file.n);
}

int main(int argc, char **argv) {
    if (argc != 4) stop("usage: packer OUT DATA_DIR ZONEINFO_DIR");
    build(argv[1], argv[2], argv[3]);
    return 0;
}
