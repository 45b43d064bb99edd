/* words.c - tables of words by their form: open addressing, never shrinking, words never move. See words.h. */
#include "language/words.h"

#include <pthread.h>
#include <string.h>

#include "base/text.h"

#define FIRST_SLOTS 1024u
#define BLOCK 64u
#define FRONT_B ((sizeof(slk_word) + 63) / 64 * 64) /* a word before its sum */
#define KEPT_MOST_B 40u        /* longer forms are addresses and the like: no report shares them with another */
#define WORDS_MOST (12u << 10) /* in a table that is kept: nine of ten words of the news */
#define WORDS_CEILING_B ((size_t)64 << 20)

typedef struct slot {
    uint32_t at; /* number of the word, from 1; 0: free */
    uint32_t hash;
} slot;

struct slk_words {
    slk_arena own;
    slk_arena *arena; /* where words live: own, or that of a reading */
    slot *slots;
    char **blocks; /* of BLOCK words each */
    uint32_t n, most, mask, n_blocks, n_sum, stride;
    slk_words *next; /* on the shelf */
};

struct slk_shelf {
    pthread_mutex_t lock;
    slk_allocator mem;
    slk_words *first;
    uint32_t n_sum;
};

/* Up to eight bytes, zeros behind them. */
static uint64_t bytes_of(const char *at, size_t n) {
    uint64_t v = 0;
    if (n >= 8) {
        memcpy(&v, at, 8);
        return v;
    }
    if (n >= 4) { /* two halves that overlap */
        uint32_t a, b;
        memcpy(&a, at, 4);
        memcpy(&b, at + n - 4, 4);
        return a | (uint64_t)b << 8 * (n - 4);
    }
    for (size_t i = 0; i < n; i++) v |= (uint64_t)(unsigned char)at[i] << 8 * i;
    return v;
}

static uint32_t hash_of(slk_text x, uint64_t head) {
    uint64_t h = (x.n * 0x9E3779B97F4A7C15u ^ head) * 0xD6E8FEB86659FD93u;
    for (size_t i = 8; i < x.n; i += 8) {
        h ^= h >> 32;
        h = (h ^ bytes_of(x.at + i, x.n - i)) * 0xD6E8FEB86659FD93u;
    }
    return (uint32_t)(h ^ h >> 32);
}

static bool start(slk_words *w, slk_arena *arena, uint32_t most, uint32_t n_sum) {
    w->arena = arena;
    w->most = most;
    w->n_sum = n_sum;
    w->stride = (uint32_t)(FRONT_B + (n_sum * sizeof(int16_t) + 63) / 64 * 64);
    w->mask = FIRST_SLOTS - 1;
    w->slots = slk_arena_take(arena, FIRST_SLOTS * sizeof *w->slots);
    return w->slots != NULL;
}

static void free_table(slk_words *w) {
    slk_allocator mem = w->own.mem;
    slk_arena_free(&w->own);
    slk_mem_free(&mem, w);
}

static slk_words *new_table(const slk_allocator *mem, uint32_t n_sum) {
    slk_words *w = slk_mem_new(mem, sizeof *w);
    if (!w) return NULL;
    *w = (slk_words){0};
    slk_arena_start(&w->own, mem, WORDS_CEILING_B);
    if (start(w, &w->own, WORDS_MOST, n_sum)) return w;
    free_table(w);
    return NULL;
}

/* ---------------------------------------------------------------- the shelf */

slk_shelf *slk_shelf_new(const slk_allocator *mem, uint32_t n_sum) {
    slk_shelf *s = slk_mem_new(mem, sizeof *s);
    if (!s) return NULL;
    *s = (slk_shelf){.mem = *mem, .n_sum = n_sum};
    if (pthread_mutex_init(&s->lock, NULL) == 0) return s;
    slk_mem_free(mem, s);
    return NULL;
}

void slk_shelf_free(slk_shelf *shelf) {
    if (!shelf) return;
    while (shelf->first) {
        slk_words *w = shelf->first;
        shelf->first = w->next;
        free_table(w);
    }
    slk_allocator mem = shelf->mem;
    pthread_mutex_destroy(&shelf->lock);
    slk_mem_free(&mem, shelf);
}

slk_words *slk_words_borrow(slk_shelf *shelf) {
    pthread_mutex_lock(&shelf->lock);
    slk_words *w = shelf->first;
    if (w) shelf->first = w->next;
    pthread_mutex_unlock(&shelf->lock);
    return w ? w : new_table(&shelf->mem, shelf->n_sum);
}

void slk_words_give_back(slk_shelf *shelf, slk_words *words) {
    pthread_mutex_lock(&shelf->lock);
    words->next = shelf->first;
    shelf->first = words;
    pthread_mutex_unlock(&shelf->lock);
}

/* ---------------------------------------------------------------- words */

static slk_word *word_number(const slk_words *w, uint32_t i) {
    return (void *)(w->blocks[i / BLOCK] + (size_t)(i % BLOCK) * w->stride);
}

static bool is_form(const slk_word *w, slk_text form, uint64_t head) {
    return w->first == head && w->text.n == form.n && (form.n <= 8 || memcmp(w->text.at, form.at, form.n) == 0);
}

/* The word of a form; NULL where the table has none, and *free is the slot where it belongs. */
static slk_word *find(const slk_words *w, slk_text form, uint64_t head, uint32_t hash, slot **free) {
    for (uint32_t at = hash;; at++) {
        slot *s = &w->slots[at & w->mask];
        *free = s;
        if (!s->at) return NULL;
        if (s->hash != hash) continue;
        slk_word *word = word_number(w, s->at - 1);
        if (is_form(word, form, head)) return word;
    }
}

static bool grow(slk_words *w) {
    uint32_t slots = w->mask + 1;
    slot *old = w->slots, *more = slk_arena_take(w->arena, (size_t)slots * 2 * sizeof *more);
    if (!more) return false;
    w->slots = more;
    w->mask = slots * 2 - 1;
    for (uint32_t i = 0; i < slots; i++)
        if (old[i].at) {
            uint32_t at = old[i].hash;
            while (more[at & w->mask].at) at++;
            more[at & w->mask] = old[i];
        }
    return true;
}

/* Room for the word number w->n. */
static bool block_for(slk_words *w) {
    uint32_t blocks = w->n / BLOCK;
    if (blocks < w->n_blocks) return true;
    if ((blocks & (blocks - 1)) == 0) { /* the list of blocks is as long as a power of two */
        char **more = slk_arena_take(w->arena, (blocks ? 2 * (size_t)blocks : 1) * sizeof *more);
        if (!more) return false;
        if (blocks) memcpy(more, w->blocks, blocks * sizeof *more);
        w->blocks = more;
    }
    w->blocks[blocks] = slk_arena_room(w->arena, (size_t)BLOCK * w->stride);
    w->n_blocks += w->blocks[blocks] != NULL;
    return w->blocks[blocks] != NULL;
}

static slk_word *add(slk_words *w, slot *s, slk_text form, uint64_t head, uint32_t hash) {
    char *text = block_for(w) ? slk_arena_take(w->arena, form.n + 1) : NULL, small[8];
    if (!text) return NULL;
    slk_word *word = word_number(w, w->n);
    size_t n = form.n < 8 ? form.n : 8;
    memcpy(text, form.at, form.n);
    for (size_t i = 0; i < n; i++) small[i] = slk_lower(text[i]);
    *word = (slk_word){
        .text = {text, form.n}, .first = head, .head = bytes_of(small, n), .sum = (void *)((char *)word + FRONT_B)};
    *s = (slot){++w->n, hash};
    return word;
}

/* The reading's own table, for words that its other one has no place for. */
static slk_words *own_table(slk_reading *r) {
    if (r->own_words) return r->own_words;
    slk_words *w = slk_arena_take(&r->arena, sizeof *w);
    if (!w || !start(w, &r->arena, SLK_MAX_TOKENS, r->kept_words ? r->kept_words->n_sum : 0)) return NULL;
    return r->own_words = w;
}

static slk_word *word_in(slk_words *w, slk_text form, uint64_t head, uint32_t hash) {
    slot *s;
    slk_word *word = find(w, form, head, hash, &s);
    if (word) return word;
    if (4 * w->n > 3 * w->mask) {
        if (!grow(w)) return NULL;
        (void)find(w, form, head, hash, &s);
    }
    return add(w, s, form, head, hash);
}

static slk_word *word_of(slk_reading *r, slk_text form, uint64_t head, uint32_t hash) {
    slk_words *kept = r->kept_words;
    if (kept) {
        slot *s;
        slk_word *word = find(kept, form, head, hash, &s);
        if (!word && kept->n < kept->most && form.n <= KEPT_MOST_B) word = word_in(kept, form, head, hash);
        if (word) return word;
    }
    slk_words *own = own_table(r);
    return own ? word_in(own, form, head, hash) : NULL;
}

void *slk_word_room(slk_reading *r, const slk_word *word, size_t n) {
    slot *s;
    uint64_t head = word->first;
    bool kept = r->kept_words && find(r->kept_words, word->text, head, hash_of(word->text, head), &s) == word;
    return slk_arena_take(kept ? r->kept_words->arena : &r->arena, n);
}

/* The tables are larger than the near caches: slots, then words, are asked for some tokens before they are needed. */
#define AHEAD 8u
typedef struct coming {
    slk_text form;
    uint64_t head;
    uint32_t hash;
} coming;

static void ask_slot(const slk_reading *r, uint32_t token, coming *c) {
    c->form = slk_token_text(r, token);
    c->head = bytes_of(c->form.at, c->form.n);
    c->hash = hash_of(c->form, c->head);
    if (r->kept_words) __builtin_prefetch(&r->kept_words->slots[c->hash & r->kept_words->mask]);
}

static void ask_word(const slk_reading *r, const coming *c) {
    const slk_words *w = r->kept_words;
    uint32_t at = w ? w->slots[c->hash & w->mask].at : 0;
    if (!at) return;
    const char *word = (const void *)word_number(w, at - 1);
    __builtin_prefetch(word);
    __builtin_prefetch(word + 64);
}

slk_err slk_words_ready(slk_reading *r) {
    coming ring[2 * AHEAD];
    uint32_t n = r->tokens.n;
    if (r->words.n == n) return SLK_OK;
    r->words.at = slk_arena_take(&r->arena, n * sizeof(slk_word *));
    r->heads.at = slk_arena_take(&r->arena, n * sizeof *r->heads.at);
    r->words.n = r->heads.n = 0;
    if (!r->words.at || !r->heads.at) return SLK_ENOMEM;
    r->words.cap = r->heads.cap = n;
    for (uint32_t t = 0; t < n + 2 * AHEAD; t++) {
        if (t >= 2 * AHEAD) {
            const coming *c = &ring[t % (2 * AHEAD)];
            slk_word *word = word_of(r, c->form, c->head, c->hash);
            if (!word) return SLK_ENOMEM;
            r->words.at[r->words.n++] = word;
            r->heads.at[r->heads.n++] = word->head;
        }
        if (t >= AHEAD && t - AHEAD < n) ask_word(r, &ring[(t - AHEAD) % (2 * AHEAD)]);
        if (t < n) ask_slot(r, t, &ring[t % (2 * AHEAD)]);
    }
    return SLK_OK;
}
