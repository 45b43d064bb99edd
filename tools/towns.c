/* towns.c - reads data/gazetteer.tsv.zst and compiles it into the last part of the pack: rows, names by the hash of their folded
 * form, and strings. The table is made by ./run gazetteer; it is held against its header line, its order and its numbers. */
#include <math.h>
#include <stdlib.h>

#include "pack/name_fold.h"
#include "packer.h"

static const char header[] = "region\tname\taliases\tlat\tlon\tkind\tpopulation\tgeonames";
enum { REGION, NAME, ALIASES, LAT, LON, KIND, POPULATION, GEONAMES, COLUMNS };

typedef struct towns {
    const char *path;
    size_t line;
    slk_text before; /* region of the row before */
    uint32_t region_at;
    pile rows, names, strings, longest;
    uint32_t bits;
} towns;

static double number(const towns *t, slk_text cell, double least, double most) {
    double v = 0;
    if (!slk_text_double(cell, &v) || v < least || v > most)
        stop("%s:%zu: \"%.*s\" is no such number", t->path, t->line, (int)cell.n, cell.at);
    return v;
}

/* One name: its hash over the folded form, and how many words names with this first word have. */
static void add_name(towns *t, slk_text name, uint32_t row, uint32_t name_at) {
    const char *p = name.at, *end = p + name.n;
    uint32_t hash = SLK_NAME_HASH, first = 0, words = 1, cp;
    while ((cp = slk_name_next(&p, end)) != 0) {
        if (cp == ' ' && words++ == 1) first = hash;
        hash = slk_name_hash(hash, cp);
    }
    if (p < end || hash == SLK_NAME_HASH) stop("%s:%zu: a name is empty", t->path, t->line);
    slk_pack_name *n = pile_take(&t->names, sizeof *n);
    *n = (slk_pack_name){.hash = slk_name_mix(hash), .row = row, .name_at = name_at};
    uint8_t *most = (uint8_t *)t->longest.at + (slk_name_mix(first) >> (32 - t->bits));
    if (words > 1 && words > *most) *most = words < 255 ? (uint8_t)words : 255;
}

static void add_row(towns *t, slk_text line) {
    slk_text c[COLUMNS], alias;
    for (int i = 0; i < COLUMNS; i++)
        if (!slk_text_split(&line, '\t', &c[i])) stop("%s:%zu: %d cells, %d are needed", t->path, t->line, i, COLUMNS);
    if (line.at || c[REGION].n < 2 || c[NAME].n == 0 || c[KIND].n == 0)
        stop("%s:%zu: a row is ill formed", t->path, t->line);
    int order = slk_text_cmp(t->before, c[REGION]);
    if (order > 0) stop("%s:%zu: \"%.*s\" is out of order", t->path, t->line, (int)c[REGION].n, c[REGION].at);
    if (order != 0) t->region_at = pile_string(&t->strings, c[REGION]);
    t->before = c[REGION];
    slk_pack_place *row = pile_take(&t->rows, sizeof *row);
    uint32_t index = (uint32_t)(t->rows.n / sizeof *row) - 1;
    if (c[KIND].n >= sizeof row->kind) stop("%s:%zu: the kind is too long", t->path, t->line);
    memcpy(row->kind, c[KIND].at, c[KIND].n);
    row->region_at = t->region_at;
    row->name_at = pile_string(&t->strings, c[NAME]);
    row->lat_e4 = (int32_t)lrint(1e4 * number(t, c[LAT], -90, 90));
    row->lon_e4 = (int32_t)lrint(1e4 * number(t, c[LON], -180, 180));
    if (c[POPULATION].n) row->people = (uint32_t)number(t, c[POPULATION], 0, UINT32_MAX);
    if (c[GEONAMES].n) row->geonames = (uint32_t)number(t, c[GEONAMES], 0, UINT32_MAX);
    add_name(t, c[NAME], index, row->name_at);
    for (slk_text rest = c[ALIASES]; rest.n && slk_text_split(&rest, '|', &alias);)
        add_name(t, alias, index, pile_string(&t->strings, alias));
}

static const slk_pack_place *sorted_rows; /* qsort hands nothing through */

static int by_hash(const void *a, const void *b) {
    const slk_pack_name *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    bool town = sorted_rows[x->row].kind[0] == 'P';
    if (town != (sorted_rows[y->row].kind[0] == 'P')) return town ? -1 : 1;
    uint32_t p = sorted_rows[x->row].people, q = sorted_rows[y->row].people;
    if (p != q) return p > q ? -1 : 1;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->name_at > y->name_at) - (x->name_at < y->name_at);
}

/* Sorts the names and says where those of each bucket begin. */
static void index_names(towns *t, pile *starts) {
    slk_pack_name *names = (void *)t->names.at;
    uint32_t n = (uint32_t)(t->names.n / sizeof *names), k = 0, buckets = 1u << t->bits;
    sorted_rows = (void *)t->rows.at;
    if (n) qsort(names, n, sizeof *names, by_hash);
    uint32_t *to = pile_take(starts, (buckets + 1) * sizeof *to);
    for (uint32_t b = 0; b <= buckets; b++) {
        while (k < n && names[k].hash >> (32 - t->bits) < b) k++;
        to[b] = k;
    }
}

void towns_build(const char *path, slk_text packed, pile *file, slk_pack_gazetteer *out) {
    towns t = {.path = path, .bits = 18};
    pile text = unpack(path, packed), starts = {0};
    slk_text all = {text.at, text.n}, line;
    bool head = false;
    if (slk_utf8_check(all) < all.n) stop("%s: not UTF-8", path);
    pile_take(&t.longest, (size_t)1 << t.bits);
    while (slk_text_split(&all, '\n', &line)) {
        t.line++;
        if (line.n == 0 || (!head && slk_text_starts(line, "# "))) continue;
        if (!head && !slk_text_is(line, header)) stop("%s:%zu: the header line must be %s", path, t.line, header);
        if (head) add_row(&t, line);
        head = true;
    }
    if (!head) stop("%s: there is no header line", path);
    index_names(&t, &starts);
    out->bits = t.bits;
    out->n_rows = (uint32_t)(t.rows.n / sizeof(slk_pack_place));
    out->n_names = (uint32_t)(t.names.n / sizeof(slk_pack_name));
    out->rows = pile_append(file, &t.rows);
    out->names = pile_append(file, &t.names);
    out->starts = pile_append(file, &starts);
    out->longest = pile_append(file, &t.longest);
    pile_take(&t.strings, 1);
    out->strings = pile_append(file, &t.strings);
    pile_free(&t.rows);
    pile_free(&t.names);
    pile_free(&t.strings);
    pile_free(&t.longest);
    pile_free(&starts);
    pile_free(&text);
}
