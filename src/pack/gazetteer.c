/* gazetteer.c - looking up names of places. A name is walked once, folded; where a word ends its hash is kept, and the longest
 * that the gazetteer has is taken. Nothing of this part was looked at when the pack was opened: every number is held against
 * its bounds here. See gazetteer.h. */
#include "pack/gazetteer.h"

#include "pack/inside.h"
#include "pack/name_fold.h"

#define MOST_ENDS 12

typedef struct walk_end { /* where a word ends, and the hash of all up to there */
    uint32_t at, hash;
} walk_end;

static const slk_pack_gazetteer *part(const slk_pack *pack) { return &pack->head->gazetteer; }

static const char *string_at(const slk_pack *pack, uint32_t at) {
    const slk_pack_gazetteer *g = part(pack);
    return at < pack->size - g->strings ? pack->at + g->strings + at : "";
}

static bool word_follows(const char *p, const char *end) {
    uint32_t cp = 0;
    if (p >= end) return false;
    slk_utf8_next(p, end, &cp);
    return slk_cp_is_word(cp);
}

/* All ends of words from `at` on, as far as names that begin with the first word reach. */
static uint32_t walk(const slk_pack *pack, slk_text text, uint32_t at, walk_end ends[MOST_ENDS]) {
    const slk_pack_gazetteer *g = part(pack);
    const uint8_t *longest = (const void *)(pack->at + g->longest);
    const char *p = text.at + at, *end = text.at + text.n;
    uint32_t hash = SLK_NAME_HASH, words = 1, most = 0, n = 0, cp;
    while (n < MOST_ENDS) {
        if ((cp = slk_name_next(&p, end)) == 0) break;
        if (cp == ' ') {
            if (words == 1) most = longest[slk_name_mix(hash) >> (32 - g->bits)];
            if (words++ >= most) break;
        }
        hash = slk_name_hash(hash, cp);
        if (cp != ' ' && !word_follows(p, end)) ends[n++] = (walk_end){(uint32_t)(p - text.at), hash};
    }
    return n;
}

static bool same_name(slk_text name, slk_text words) {
    const char *a = name.at, *b = words.at;
    for (;;) {
        uint32_t x = slk_name_next(&a, name.at + name.n), y = slk_name_next(&b, words.at + words.n);
        if (x != y) return false;
        if (x == 0) return true;
    }
}

static uint32_t rows_of(const slk_pack *pack, slk_text words, uint32_t hash, uint32_t *rows, uint32_t max) {
    const slk_pack_gazetteer *g = part(pack);
    const uint32_t *starts = (const void *)(pack->at + g->starts);
    const slk_pack_name *names = (const void *)(pack->at + g->names);
    uint32_t mixed = slk_name_mix(hash), bucket = mixed >> (32 - g->bits), found = 0;
    for (uint32_t i = starts[bucket]; i < starts[bucket + 1] && i < g->n_names && found < max; i++) {
        if (names[i].hash != mixed || names[i].row >= g->n_rows) continue;
        slk_text name = slk_text_of(string_at(pack, names[i].name_at));
        if (same_name(name, words) && slk_capitals_fit(name, words)) rows[found++] = names[i].row;
    }
    return found;
}

uint32_t slk_gazetteer_match(const slk_pack *pack, slk_text text, uint32_t at, uint32_t *rows, uint32_t max,
                             uint32_t *end) {
    walk_end ends[MOST_ENDS];
    if (at >= text.n || part(pack)->n_rows == 0) return 0;
    for (uint32_t n = walk(pack, text, at, ends); n-- > 0;) {
        uint32_t found = rows_of(pack, slk_text_part(text, at, ends[n].at), ends[n].hash, rows, max);
        if (found) {
            *end = ends[n].at;
            return found;
        }
    }
    return 0;
}

bool slk_gazetteer_row(const slk_pack *pack, uint32_t row, slk_gazetteer_place *out) {
    const slk_pack_gazetteer *g = part(pack);
    if (row >= g->n_rows) return false;
    const slk_pack_place *r = (const slk_pack_place *)(const void *)(pack->at + g->rows) + row;
    const char *kind = r->kind[sizeof r->kind - 1] == '\0' ? r->kind : "PPL";
    *out = (slk_gazetteer_place){.name = string_at(pack, r->name_at),
                                 .region = string_at(pack, r->region_at),
                                 .kind = kind,
                                 .lat = r->lat_e4 / 1e4,
                                 .lon = r->lon_e4 / 1e4,
                                 .people = r->people,
                                 .geonames = r->geonames};
    return true;
}

uint32_t slk_gazetteer_rows(const slk_pack *pack) { return part(pack)->n_rows; }

bool slk_gazetteer_whole(const slk_pack *pack) {
    const slk_pack_gazetteer *g = part(pack);
    return slk_pack_sum(pack->at + g->at, pack->size - g->at) == g->checksum;
}
