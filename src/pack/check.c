/* check.c - is the mapped file a pack that may be trusted? Magic, version, length and checksum come first; then every offset and
 * count is held against the part it points into, so that no look-up needs to ask again. Once per opening, in one pass. */
#include "pack/inside.h"

enum { TEXT, PHRASES, NUM };
#define NO_TABLE(name, file)
#define KIND(table, name, kind) kind,
#define TABLE_OF(table, name, kind) SLK_T_##table,
static const uint8_t kinds[] = {SLK_TABLES(NO_TABLE, KIND)};
static const uint8_t table_of[] = {SLK_TABLES(NO_TABLE, TABLE_OF)};

typedef struct checker {
    const char *at;
    size_t n;
    const slk_pack_head *head;
    size_t strings_n;
} checker;

/* Do n things of a size lie within the file from an offset on? */
static bool inside(const checker *c, uint64_t offset, uint64_t n, size_t size) {
    return offset % 8 == 0 && offset >= sizeof *c->head && offset <= c->n && n <= (c->n - offset) / size;
}

/* A text of the strings, with its NUL. */
static bool text_fits(const checker *c, uint32_t at, uint32_t n) {
    return at < c->strings_n && n < c->strings_n - at && c->at[c->head->strings + at + n] == '\0';
}

static bool table_fits(const checker *c, const slk_pack_table *t, const uint8_t *kind, uint32_t columns) {
    if (t->columns != columns || !inside(c, t->cells, (uint64_t)t->rows * columns, sizeof(slk_pack_value)))
        return false;
    const slk_pack_value *v = (const void *)(c->at + t->cells);
    for (size_t i = 0, n = (size_t)t->rows * columns; i < n; i++)
        if (kind[i % columns] != NUM && !text_fits(c, v[i].text.at, v[i].text.n)) return false;
    return true;
}

/* The index of a table names its rows and has a free slot, so that every search ends. */
static bool index_fits(const checker *c, const slk_pack_table *t) {
    if (t->slots == 0 || (t->slots & (t->slots - 1)) || !inside(c, t->index, t->slots, sizeof(uint32_t))) return false;
    const uint32_t *index = (const void *)(c->at + t->index);
    uint32_t free = 0;
    for (uint32_t i = 0; i < t->slots; i++) {
        if ((index[i] & SLK_PACK_ROW) > t->rows) return false;
        free += (index[i] & SLK_PACK_ROW) == 0;
    }
    return free > 0;
}

static bool tables_fit(const checker *c) {
    if (!inside(c, c->head->tables, SLK_T_COUNT, sizeof(slk_pack_table))) return false;
    const slk_pack_table *t = (const void *)(c->at + c->head->tables);
    size_t first = 0, all = sizeof kinds / sizeof *kinds;
    for (int i = 0; i < SLK_T_COUNT; i++) {
        size_t next = first;
        while (next < all && table_of[next] == i) next++;
        if (kinds[first] == NUM || !table_fits(c, &t[i], kinds + first, (uint32_t)(next - first))) return false;
        if (!index_fits(c, &t[i])) return false;
        first = next;
    }
    return true;
}

/* Ends of phrases point at hits; each run of hits has its last one. */
static bool trie_fits(const checker *c) {
    const slk_pack_head *h = c->head;
    if (!inside(c, h->units, h->n_units, sizeof(slk_pack_unit)) || !inside(c, h->hits, h->n_hits, sizeof(slk_pack_hit)))
        return false;
    const slk_pack_unit *u = (const void *)(c->at + h->units);
    const slk_pack_hit *hit = (const void *)(c->at + h->hits);
    const slk_pack_table *t = (const void *)(c->at + h->tables);
    if (h->n_units == 0 || (h->n_hits && !(hit[h->n_hits - 1].flags & SLK_HIT_LAST))) return false;
    for (uint32_t i = 0; i < h->n_units; i++) {
        if (u[i].base > UINT32_MAX - 256) return false;
        bool ends = u[i].check < h->n_units && u[u[i].check].base == i; /* the child by byte 0 */
        if (ends && u[i].check != i && u[i].base >= h->n_hits) return false;
    }
    for (uint32_t i = 0; i < h->n_hits; i++)
        if (hit[i].table >= SLK_T_COUNT || hit[i].row >= t[hit[i].table].rows ||
            hit[i].column >= t[hit[i].table].columns || hit[i].phrase_at >= c->strings_n ||
            hit[i].n >= c->strings_n - hit[i].phrase_at)
            return false;
    return true;
}

static bool zones_fit(const checker *c) {
    const slk_pack_head *h = c->head;
    if (!inside(c, h->zones, h->n_zones, sizeof(slk_pack_zone)) ||
        !inside(c, h->shifts, h->n_shifts, sizeof(slk_pack_shift)))
        return false;
    const slk_pack_zone *z = (const void *)(c->at + h->zones);
    for (uint32_t i = 0; i < h->n_zones; i++)
        if (!text_fits(c, z[i].name_at, z[i].name_n) || z[i].n == 0 || z[i].first >= h->n_shifts ||
            z[i].n > h->n_shifts - z[i].first)
            return false;
    return true;
}

static bool models_fit(const checker *c) {
    const slk_pack_part *m = c->head->models;
    for (int i = 0; i < SLK_MODEL_COUNT; i++)
        if (m[i].at % 64 || !inside(c, m[i].at, m[i].n, 1)) return false;
    return true;
}

/* The parts lie within the file, which ends with a NUL; what stands in them is held against its bounds where it is read. */
static bool gazetteer_fits(const checker *c) {
    const slk_pack_gazetteer *g = &c->head->gazetteer;
    if (g->bits < 1 || g->bits > 24) return false;
    return inside(c, g->rows, g->n_rows, sizeof(slk_pack_place)) &&
           inside(c, g->names, g->n_names, sizeof(slk_pack_name)) &&
           inside(c, g->starts, (1u << g->bits) + 1, sizeof(uint32_t)) && inside(c, g->longest, 1u << g->bits, 1) &&
           inside(c, g->land, SLK_LAND_ROWS + 1, sizeof(uint32_t)) &&
           inside(c, g->runs, g->n_runs, sizeof(slk_pack_run)) && inside(c, g->strings, 1, 1) &&
           c->at[c->n - 1] == '\0';
}

const char *slk_pack_fault(const char *at, size_t n) {
    checker c = {.at = at, .n = n, .head = (const void *)at};
    if (n < sizeof *c.head || memcmp(c.head->magic, SLK_PACK_MAGIC, sizeof c.head->magic) != 0)
        return "it is not a knowledge pack";
    if (c.head->version != SLK_PACK_VERSION || c.head->n_tables != SLK_T_COUNT)
        return "it was built for another version of the program";
    if (c.head->length != n) return "it is cut short or has grown";
    const slk_pack_gazetteer *g = &c.head->gazetteer;
    if (n % 8 || !inside(&c, g->at, 0, 1) ||
        c.head->checksum != (slk_pack_sum(at + sizeof *c.head, g->at - sizeof *c.head) ^ g->checksum))
        return "its checksum does not match: it is damaged";
    if (!inside(&c, c.head->strings, 0, 1) || c.head->strings > g->at) return "its parts do not fit together";
    c.strings_n = g->at - c.head->strings;
    bool fits = tables_fit(&c) && trie_fits(&c) && zones_fit(&c) && models_fit(&c) && gazetteer_fits(&c);
    return fits ? NULL : "its parts do not fit together";
}
