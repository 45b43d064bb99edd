/* seen.c - what a document has said already. See seen.h. */
#include "export/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"

void slk_seen_start(slk_seen *s, const slk_allocator *mem) { *s = (slk_seen){.mem = *mem}; }

void slk_seen_free(slk_seen *s) {
    if (s->at) slk_mem_free(&s->mem, s->at);
    s->at = NULL;
    s->n = s->cap = 0;
}

static bool is_free(slk_key k) { return k.high == 0 && k.low == 0; }

static size_t slot_of(const slk_key *at, size_t cap, slk_key key) {
    size_t i = (size_t)key.low & (cap - 1);
    while (!is_free(at[i]) && (at[i].high != key.high || at[i].low != key.low)) i = (i + 1) & (cap - 1);
    return i;
}

static slk_err grow(slk_seen *s) {
    size_t cap = s->cap ? 2 * s->cap : 64;
    slk_key *at = slk_mem_new(&s->mem, cap * sizeof *at);
    if (!at) return SLK_ENOMEM;
    memset(at, 0, cap * sizeof *at);
    for (size_t i = 0; i < s->cap; i++)
        if (!is_free(s->at[i])) at[slot_of(at, cap, s->at[i])] = s->at[i];
    if (s->at) slk_mem_free(&s->mem, s->at);
    s->at = at;
    s->cap = cap;
    return SLK_OK;
}

slk_err slk_seen_enter(slk_seen *s, slk_key key, bool *fresh) {
    if (2 * (s->n + 1) > s->cap) {
        slk_err err = grow(s);
        if (err != SLK_OK) return err;
    }
    size_t i = slot_of(s->at, s->cap, key);
    *fresh = is_free(s->at[i]);
    s->at[i] = key;
    s->n += *fresh;
    return SLK_OK;
}

slk_key slk_key_of(slk_text t) {
    char hex[SLK_SHA256_HEX], half[17];
    slk_sha256_hex(t, hex);
    memcpy(half, hex, 16);
    half[16] = '\0';
    slk_key key = {.high = strtoull(half, NULL, 16)};
    memcpy(half, hex + 16, 16);
    key.low = strtoull(half, NULL, 16);
    if (is_free(key)) key.low = 1;
    return key;
}
