/* facets.c - sets of what is true of events, and the index over them. See facets.h. */
#include "ledger/facets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/words.h"

#define NAME_MOST_B 120u

/* ---------------------------------------------------------------- names */

static size_t put_cp(char *out, uint32_t cp) {
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

char *slk_facet_fold(slk_text t, slk_arena *arena) {
    char *out = slk_arena_take(arena, NAME_MOST_B + 8);
    size_t n = 0;
    if (!out) return NULL;
    t = slk_text_trim(t);
    for (const char *at = t.at, *end = t.at + t.n; t.at && at < end && n < NAME_MOST_B - 4;) {
        uint32_t cp;
        at += slk_utf8_next(at, end, &cp);
        cp = slk_cp_fold(cp);
        bool space = cp <= ' ' || cp == 0x7f;
        if (space && n && out[n - 1] != ' ') out[n++] = ' ';
        if (!space) n += put_cp(out + n, cp);
    }
    while (n && out[n - 1] == ' ') n--;
    out[n] = '\0';
    return out;
}

void slk_facet_cell(double lat, double lon, char out[8]) {
    int south = (int)floor(lat) + 90, west = (int)floor(lon) + 180;
    south = south < 0 ? 0 : south > 179 ? 179 : south;
    west = west < 0 ? 0 : west > 359 ? 359 : west;
    (void)sqlite3_snprintf(8, out, "%03d%03d", south, west);
}

/* ---------------------------------------------------------------- sets */

static uint32_t place_of(const slk_facets *set, int64_t id) { return SLK_FIRST(i, set->ids.n, set->ids.at[i] < id); }

bool slk_facets_has(const slk_facets *set, int64_t id) {
    uint32_t i = place_of(set, id);
    return i < set->ids.n && set->ids.at[i] == id;
}

static slk_err put(slk_facets *set, int64_t id, slk_arena *arena) {
    uint32_t i = place_of(set, id);
    if ((i < set->ids.n && set->ids.at[i] == id) || set->ids.n >= SLK_FACETS_MOST) return SLK_OK;
    slk_err err = SLK_ROOM(arena, &set->ids, SLK_FACETS_MOST);
    if (err != SLK_OK) return err;
    memmove(&set->ids.at[i + 1], &set->ids.at[i], (set->ids.n - i) * sizeof *set->ids.at);
    set->ids.at[i] = id;
    set->ids.n++;
    return SLK_OK;
}

/* Differences as numbers of seven bits a byte, the lowest first (LEB128). */
slk_err slk_facets_read(const void *at, size_t n, slk_arena *arena, slk_facets *set) {
    const unsigned char *p = at, *end = p + n;
    int64_t last = 0;
    while (n && p < end) {
        uint64_t step = 0;
        unsigned shift = 0;
        do {
            if (shift > 56 || p == end) return SLK_ECORRUPT;
            step |= (uint64_t)(*p & 0x7f) << shift;
            shift += 7;
        } while (*p++ & 0x80);
        last += (int64_t)step;
        slk_err err = put(set, last, arena);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

bool slk_facets_meet(const void *at, size_t n, const slk_facets *any) {
    const unsigned char *p = at, *end = p + n;
    int64_t last = 0;
    while (n && p < end) {
        uint64_t step = 0;
        for (unsigned shift = 0; shift <= 56 && p < end; shift += 7) {
            step |= (uint64_t)(*p & 0x7f) << shift;
            if (!(*p++ & 0x80)) break;
        }
        last += (int64_t)step;
        if (slk_facets_has(any, last)) return true;
    }
    return false;
}

size_t slk_facets_pack(const slk_facets *set, unsigned char *out) {
    size_t n = 0;
    int64_t last = 0;
    for (uint32_t i = 0; i < set->ids.n; i++) {
        uint64_t step = (uint64_t)(set->ids.at[i] - last);
        last = set->ids.at[i];
        for (; step >= 0x80; step >>= 7) out[n++] = (unsigned char)(step | 0x80);
        out[n++] = (unsigned char)step;
    }
    return n;
}

static slk_err store_set(slk_ledger *l, slk_statement which, int64_t row, const slk_facets *set, slk_arena *arena,
                         slk_fault *fault) {
    slk_err err = SLK_OK;
    unsigned char *packed = slk_arena_take(arena, (size_t)set->ids.n * 9 + 1);
    if (!packed) return SLK_ENOMEM;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_blob(&b, packed, slk_facets_pack(set, packed));
    slk_bind_int(&b, row);
    return slk_bind_run(l, &b, fault);
}

/* ---------------------------------------------------------------- the table of facets */

static slk_err enter(slk_ledger *l, const char *kind, const char *name, int64_t *id, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_FACET_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, name);
    if ((err = slk_bind_run(l, &b, fault)) != SLK_OK) return err;
    *id = sqlite3_last_insert_rowid(l->db);
    b = (slk_bind){.s = slk_store_get(l, SLK_Q_FACET_GRAMS, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, *id);
    slk_bind_text(&b, name);
    return slk_bind_run(l, &b, fault);
}

slk_err slk_facets_find(slk_ledger *l, const char *kind, const char *name, int64_t *id, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    *id = 0;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_FACET, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, kind);
    slk_bind_text(&b, name);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) != SLK_OK || !row) return err;
    *id = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return SLK_OK;
}

static bool is_folded(const char *kind) {
    return kind[0] == 'a' || kind[0] == 'p' || kind[0] == 'w' || (kind[0] == 's' && kind[1] == 'o');
}

slk_err slk_facets_add(slk_ledger *l, const char *kind, slk_text name, slk_arena *arena, slk_facets *set,
                       slk_fault *fault) {
    int64_t id = 0;
    const char *z =
        is_folded(kind) ? slk_facet_fold(name, arena) : slk_arena_copy(arena, name.at ? name.at : "", name.n);
    if (!z) return SLK_ENOMEM;
    slk_err err = slk_facets_find(l, kind, z, &id, fault);
    if (err == SLK_OK && id == 0) err = enter(l, kind, z, &id, fault);
    return err == SLK_OK ? put(set, id, arena) : err;
}

slk_err slk_facets_deed(slk_ledger *l, const char *type, const char *country, slk_arena *arena, slk_facets *set,
                        slk_fault *fault) {
    slk_err err = SLK_OK;
    size_t whole = strlen(type);
    for (size_t n = 1; err == SLK_OK && *country && n <= whole; n++) {
        if (n < whole && type[n] != '.') continue;
        const char *deed = slk_arena_printf(arena, "%s %.*s", country, (int)n, type);
        err = deed ? slk_facets_add(l, SLK_FACET_DEED, slk_text_of(deed), arena, set, fault) : SLK_ENOMEM;
    }
    return err;
}

/* ---------------------------------------------------------------- of a telling */

typedef struct gathering {
    slk_ledger *l;
    slk_arena *a;
    slk_fault *fault;
    slk_facets set;
    slk_err err;
} gathering;

static void add(gathering *g, const char *kind, slk_text name) {
    if (g->err == SLK_OK) g->err = slk_facets_add(g->l, kind, name, g->a, &g->set, g->fault);
}

static void add_some(gathering *g, const char *kind, slk_text name) {
    if (name.n) add(g, kind, name);
}

/* A type and all above it, each also with the country whose deed it is. */
static void add_types(gathering *g, slk_text type, slk_text country) {
    for (size_t n = 1; n <= type.n && g->err == SLK_OK; n++)
        if (n == type.n || type.at[n] == '.') add(g, SLK_FACET_TYPE, (slk_text){type.at, n});
    char *t = slk_arena_copy(g->a, type.at ? type.at : "", type.n);
    char *c = slk_arena_copy(g->a, country.at ? country.at : "", country.n);
    if (g->err == SLK_OK) g->err = t && c ? slk_facets_deed(g->l, t, c, g->a, &g->set, g->fault) : SLK_ENOMEM;
}

static void add_source(gathering *g, slk_text names, slk_text root) {
    slk_text one;
    while (slk_text_split(&names, '\n', &one)) add_some(g, SLK_FACET_SOURCE, one);
    bool outlet = slk_text_starts(root, "outlet:"), report = slk_text_starts(root, "report:");
    if (!outlet && !report) add_some(g, SLK_FACET_SOURCE, root);
}

static void add_row(gathering *g, sqlite3_stmt *s) {
    slk_text outlet = slk_column_text(s, 8);
    add_types(g, slk_column_text(s, 0), slk_column_text(s, 1));
    add(g, SLK_FACET_BY, slk_column_text(s, 1));
    add_some(g, SLK_FACET_ACTOR, slk_column_text(s, 2));
    add_some(g, SLK_FACET_TARGET, slk_column_text(s, 3));
    add_some(g, SLK_FACET_PLACE, slk_column_text(s, 4));
    if (sqlite3_column_type(s, 5) != SQLITE_NULL) {
        char cell[8];
        slk_facet_cell(sqlite3_column_double(s, 5), sqlite3_column_double(s, 6), cell);
        add(g, SLK_FACET_CELL, slk_text_of(cell));
    }
    add_some(g, SLK_FACET_WEAPON, slk_column_text(s, 7));
    add_some(g, SLK_FACET_SOURCE, outlet);
    add_source(g, (slk_text){"", 0}, slk_column_text(s, 9));
}

static void add_claim(gathering *g, sqlite3_stmt *s) {
    int field = slk_field_of(slk_column_text(s, 0));
    slk_text words = slk_column_text(s, 1), country = slk_column_text(s, 2);
    bool place = field == SLK_FIELD_ORIGIN || field == SLK_FIELD_LANDING;
    if (place && slk_text_is(slk_column_text(s, 5), "place")) {
        add_some(g, SLK_FACET_PLACE, words);
        add_some(g, SLK_FACET_IN, country);
    }
    if (field == SLK_FIELD_WEAPON || field == SLK_FIELD_WEAPON_CLASS) add_some(g, SLK_FACET_WEAPON, words);
    add_source(g, slk_column_text(s, 3), slk_column_text(s, 4));
}

static void each_row(gathering *g, slk_statement which, int64_t key, void (*take)(gathering *g, sqlite3_stmt *s)) {
    slk_err err = SLK_OK;
    bool row = true;
    if (g->err != SLK_OK) return;
    slk_bind b = {.s = slk_store_get(g->l, which, &err, g->fault)};
    if (b.s) slk_bind_int(&b, key);
    if (b.s && b.rc != SQLITE_OK) err = slk_store_fault(g->l, b.rc, g->fault);
    while (b.s && err == SLK_OK && g->err == SLK_OK && (err = slk_store_step(g->l, b.s, &row, g->fault)) == SLK_OK &&
           row)
        take(g, b.s);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (g->err == SLK_OK) g->err = err;
}

slk_err slk_facets_telling(slk_ledger *l, int64_t telling, slk_fault *fault) {
    slk_arena arena;
    slk_arena_start(&arena, &l->mem, SLK_DOSSIER_CEILING_B);
    gathering g = {.l = l, .a = &arena, .fault = fault};
    each_row(&g, SLK_Q_TELLING_FACETS, telling, add_row);
    each_row(&g, SLK_Q_CLAIM_FACETS, telling, add_claim);
    if (g.err == SLK_OK) g.err = store_set(l, SLK_Q_TELLING_FACETS_SET, telling, &g.set, &arena, fault);
    slk_arena_free(&arena);
    return slk_store_memory(l, g.err, fault);
}

/* ---------------------------------------------------------------- of an event */

slk_err slk_facets_of(slk_ledger *l, int64_t event, int64_t day, slk_arena *arena, slk_facets *set, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true, ever = day == INT64_MAX;
    slk_bind b = {.s = slk_store_get(l, ever ? SLK_Q_EVENT_FACETS : SLK_Q_EVENT_FACETS_THEN, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (!ever) slk_bind_int(&b, day);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (err == SLK_OK && (err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        const void *at = sqlite3_column_blob(b.s, 0);
        err = slk_facets_read(at, at ? (size_t)sqlite3_column_bytes(b.s, 0) : 0, arena, set);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err posting(slk_ledger *l, slk_statement which, int64_t facet, int64_t first_s, int64_t event,
                       slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, facet);
    slk_bind_int(&b, first_s);
    slk_bind_int(&b, event);
    return slk_bind_run(l, &b, fault);
}

/* What was posted for the event: its set, and under which moment (undated: the last). */
static slk_err posted(slk_ledger *l, int64_t event, slk_arena *arena, slk_facets *set, int64_t *first_s,
                      slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_POSTED, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, event);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) != SLK_OK || !row) return err;
    const void *at = sqlite3_column_blob(b.s, 0);
    err = slk_facets_read(at, at ? (size_t)sqlite3_column_bytes(b.s, 0) : 0, arena, set);
    *first_s = sqlite3_column_type(b.s, 1) == SQLITE_NULL ? INT64_MAX : sqlite3_column_int64(b.s, 1);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

slk_err slk_facets_post(slk_ledger *l, int64_t event, const slk_facets *set, int64_t first_s, slk_arena *arena,
                        slk_fault *fault) {
    slk_facets old = {0};
    int64_t was = first_s;
    slk_err err = posted(l, event, arena, &old, &was, fault);
    for (uint32_t i = 0; err == SLK_OK && i < old.ids.n; i++)
        if (was != first_s || !slk_facets_has(set, old.ids.at[i]))
            err = posting(l, SLK_Q_POSTING_DROP, old.ids.at[i], was, event, fault);
    for (uint32_t i = 0; err == SLK_OK && i < set->ids.n; i++)
        if (was != first_s || !slk_facets_has(&old, set->ids.at[i]))
            err = posting(l, SLK_Q_POSTING_ADD, set->ids.at[i], first_s, event, fault);
    return err == SLK_OK ? store_set(l, SLK_Q_EVENT_FACETS_SET, event, set, arena, fault) : err;
}
