/* packer.h - the tool that compiles data/NAME.tsv and the time zones into the pack: what its files share. It runs at build
 * time on files of the project: it stops at the first fault with a line that names file, line and cause. */
#ifndef SLK_TOOLS_PACKER_H
#define SLK_TOOLS_PACKER_H

#include "pack/format.h"

/* An array that grows; exits when memory runs out. */
typedef struct pile {
    char *at;
    size_t n, cap;
} pile;

void *pile_take(pile *p, size_t n); /* n more bytes, zeroed */
void pile_free(pile *p);
uint32_t pile_string(pile *strings, slk_text t); /* with a NUL behind; returns its offset */
void stop(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn)); /* says why and exits 1 */

/* A phrase for the trie: the folded form is the key. */
typedef struct packer_key {
    char *fold;
    slk_pack_hit hit;
} packer_key;

typedef struct packer_keys {
    packer_key *at;
    size_t n, cap;
} packer_keys;

void keys_free(packer_keys *keys);

typedef struct packer_table { /* cells: rows x columns slk_pack_values */
    pile cells;
    uint32_t rows, columns;
} packer_table;

/* tables.c: the name of a table's file; reads its text (path is for messages; text is borrowed while reading). */
const char *table_name(int table);
/* Enters each row by the hash of its first cell; slots row numbers + 1, a power of two. */
void table_index(const packer_table *t, const pile *strings, pile *index);
void table_read(const char *path, slk_text text, int table, packer_table *out, pile *strings, packer_keys *keys);
/* tries.c: enters one phrase; builds units and hits out of all. */
bool key_add(packer_keys *keys, slk_text phrase, slk_pack_hit hit);
void trie_build(packer_keys *keys, pile *units, pile *hits);
uint64_t pile_append(pile *file, const pile *part); /* a part of the file image, 8-byte aligned; returns its offset */
/* land.c: what zstd compressed (path is for messages); land and sea, appended to the file image. */
pile unpack(const char *path, slk_text packed);
void land_build(const char *path, slk_text packed, pile *file, slk_pack_gazetteer *out);
/* towns.c: appends the gazetteer to the file image, strings last. */
void towns_build(const char *path, slk_text packed, pile *file, slk_pack_gazetteer *out);
/* shifts.c: reads the system's tz database. */
void zones_build(const char *dir, pile *zones, pile *shifts, pile *strings);

#endif
