/* format.h - how the pack file lies in memory, for the program that maps it and the packer that writes it.
 *
 *     head | tables (slk_pack_table each) | cells (8 bytes each) | trie units | hits | zones | shifts | models | strings | gazetteer
 *
 * Everything is in the machine's own byte order and 8-byte aligned, models 64-byte; offsets count from the start of the file. */
#ifndef SLK_PACK_FORMAT_H
#define SLK_PACK_FORMAT_H

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define SLK_PACK_MODELS_MOST 8u
#define SLK_PACK_MAGIC "SILLOK\x1a\n"

typedef struct slk_pack_part { /* bytes of the file */
    uint64_t at, n;
} slk_pack_part;

/* The gazetteer stands last and has a checksum of its own, so that opening the pack touches none of it: look-ups hold every
 * number they read against the bounds. (gazetteer.c) */
typedef struct slk_pack_gazetteer {
    uint64_t at;                                    /* where it begins: behind all that is checked when opening */
    uint64_t rows, names, starts, longest, strings; /* offsets of its parts; strings end with the file */
    uint32_t n_rows, n_names;
    uint32_t bits;       /* starts has 2^bits + 1 entries, longest 2^bits */
    uint32_t n_runs;     /* of land */
    uint64_t land, runs; /* SLK_LAND_ROWS + 1 first runs; runs */
    uint64_t checksum;   /* slk_pack_sum of it */
} slk_pack_gazetteer;

typedef struct slk_pack_head {
    char magic[8];
    uint32_t version, n_tables;
    uint64_t length;   /* of the whole file */
    uint64_t checksum; /* slk_pack_sum of everything between the head and the gazetteer, and the gazetteer's */
    uint64_t tables, units, hits, zones, shifts, strings;
    uint32_t n_units, n_hits, n_zones, n_shifts;
    slk_pack_part models[SLK_PACK_MODELS_MOST];
    slk_pack_gazetteer gazetteer;
} slk_pack_head;

typedef struct slk_pack_place {  /* a row of the gazetteer */
    uint32_t geonames, people;   /* 0: not known */
    int32_t lat_e4, lon_e4;      /* ten-thousandths of a degree */
    uint32_t name_at, region_at; /* in the gazetteer's strings */
    char kind[8];                /* GeoNames feature code */
} slk_pack_place;

/* Land: rows of a thirtieth of a degree from south to north. A run reaches from `from` (182ths of a degree east of 180 west) to
 * the next one of its row; before the first is sea. */
#define SLK_LAND_ROWS 5400u
#define SLK_LAND_PER_DEGREE 30
#define SLK_LAND_COLUMNS 182
typedef struct slk_pack_run {
    uint16_t from;
    char iso2[2]; /* "**" of land that is nobody's or disputed, two NUL of sea */
} slk_pack_run;

/* Names by the hash of their folded form: those whose hash has h in its upper bits are starts[h] up to starts[h + 1]; of equal
 * hashes towns first, those with most people first. longest[h]: words of the longest name whose first word's hash is h. */
typedef struct slk_pack_name {
    uint32_t hash, row, name_at;
} slk_pack_name;

typedef struct slk_pack_table {
    uint64_t cells; /* rows x columns slk_pack_values */
    uint64_t
        index; /* slots by the hash of the first cell: row number + 1 (0: free) and the top byte of the hash above it; of
                       equal cells the first row */
    uint32_t rows, columns;
    uint32_t slots, zero; /* slots: a power of two; at least one is free */
} slk_pack_table;

typedef union slk_pack_value {
    struct {
        uint32_t at, n; /* in the strings */
    } text;
    double num;
} slk_pack_value;

/* Double-array trie (Aoe 1989): the child of unit u by byte c is unit base(u) + c if its check is u. The child by byte 0
 * ends a phrase; its base is the first of its hits. */
typedef struct slk_pack_unit {
    uint32_t base, check;
} slk_pack_unit;

typedef struct slk_pack_hit {
    uint32_t row;
    uint16_t table;
    uint8_t column;
    uint8_t flags;         /* SLK_HIT_* */
    uint32_t phrase_at, n; /* as the table writes it, in the strings */
} slk_pack_hit;

#define SLK_HIT_CAPITALS 1 /* has capitals, which the text must have too */
#define SLK_HIT_LAST 2     /* the last hit of its phrase */

typedef struct slk_pack_zone {
    uint32_t name_at, name_n; /* in the strings; zones are sorted by name */
    uint32_t first, n;        /* in the shifts; the first shift holds since ever */
} slk_pack_zone;

typedef struct slk_pack_shift {
    int64_t from_s;   /* UTC seconds since 1970 */
    int32_t offset_s; /* east of UTC from then on */
    int32_t zero;
} slk_pack_shift;

static inline uint64_t slk_pack_sum_step(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * 0x100000001b3u;
    return sum ^ sum >> 29;
}

/* FNV-1a over 8 bytes at a time in four lanes, which are then summed up the same way; n is a multiple of 8. */
static inline uint64_t slk_pack_sum(const void *at, size_t n) {
    uint64_t lane[4] = {0xcbf29ce484222325u, 1, 2, 3}, word[4] = {0};
    const char *p = at, *end = p + n;
    for (; end - p >= 32; p += 32) {
        memcpy(word, p, 32);
        for (unsigned i = 0; i < 4; i++) lane[i] = slk_pack_sum_step(lane[i], word[i]);
    }
    for (; p < end; p += 8) {
        memcpy(word, p, 8);
        lane[0] = slk_pack_sum_step(lane[0], word[0]);
    }
    for (unsigned i = 1; i < 4; i++) lane[0] = slk_pack_sum_step(lane[0], lane[i]);
    return lane[0];
}

/* FNV-1a of a key, for the index of a table. */
static inline uint32_t slk_pack_hash(slk_text key) {
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < key.n; i++) h = (h ^ (unsigned char)key.at[i]) * 0x01000193u;
    return h ^ h >> 15;
}

#define SLK_PACK_ROW 0xFFFFFFu /* the row in a slot of an index */

static inline uint32_t slk_pack_slot(uint32_t hash, uint32_t row) { return (hash & ~SLK_PACK_ROW) | (row + 1); }

/* True for what lies between the words of a phrase: white space, hyphens, dashes. */
static inline bool slk_phrase_gap(uint32_t cp) { return cp == ' ' || cp == '-' || (cp >= '\t' && cp <= '\r'); }

/* The next character of *p (below end) as the trie knows it: folded, and a run of gaps as one ' '. 0 at the end and at an
 * empty line, which no phrase crosses. */
static inline uint32_t slk_phrase_next(const char **p, const char *end) {
    uint32_t cp = 0, newlines = 0;
    bool gap = false;
    while (*p < end) {
        uint32_t n = 1;
        if ((unsigned char)**p < 0x80) {
            cp = (uint32_t)(unsigned char)slk_lower(**p);
        } else {
            n = slk_utf8_next(*p, end, &cp);
            cp = slk_cp_fold(cp);
        }
        if (!slk_phrase_gap(cp)) break;
        if (cp == '\n' && ++newlines > 1) return 0;
        gap = true;
        *p += n;
        cp = 0;
    }
    if (gap) return ' ';
    if (*p >= end) return 0;
    *p += (unsigned char)**p < 0x80 ? 1 : slk_utf8_next(*p, end, &(uint32_t){0});
    return cp;
}

#endif
