/* mem.c - system allocator and arena. See mem.h. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#define ALIGN_B _Alignof(max_align_t)
#define BLOCK_FIRST_B ((size_t)16 << 10)
#define BLOCK_MOST_B ((size_t)4 << 20)

struct slk_block {
    slk_block *before;
    size_t n, cap;
    _Alignas(max_align_t) char bytes[];
};

static void *system_resize(void *ctx, void *p, size_t n) {
    (void)ctx;
    if (n == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, n);
}

const slk_allocator slk_mem_system = {system_resize, NULL};

void slk_mem_keep(void) {
#if defined(__GLIBC__)
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

void *slk_mem_new(const slk_allocator *mem, size_t n) { return mem->resize(mem->ctx, NULL, n); }

void slk_mem_free(const slk_allocator *mem, void *p) {
    if (p) (void)mem->resize(mem->ctx, p, 0);
}

void slk_arena_start(slk_arena *a, const slk_allocator *mem, size_t ceiling_b) {
    *a = (slk_arena){.mem = *mem, .ceiling_b = ceiling_b};
}

void slk_arena_free(slk_arena *a) {
    while (a->last) {
        slk_block *b = a->last;
        a->last = b->before;
        slk_mem_free(&a->mem, b);
    }
    a->used_b = 0;
}

/* A block with room for n more bytes at its end. */
static slk_block *block_for(slk_arena *a, size_t n) {
#ifdef SLK_ARENA_MALLOC
    size_t cap = n;
#else
    if (a->last && a->last->cap - a->last->n >= n) return a->last;
    size_t cap = a->last ? a->last->cap * 2 : BLOCK_FIRST_B;
    if (cap > BLOCK_MOST_B) cap = BLOCK_MOST_B;
    if (cap < n) cap = n;
#endif
    slk_block *b = slk_mem_new(&a->mem, sizeof *b + cap);
    if (!b) return NULL;
    *b = (slk_block){.before = a->last, .cap = cap};
    a->last = b;
    return b;
}

static void *take(slk_arena *a, size_t n) {
    if (n > SIZE_MAX - ALIGN_B - sizeof(slk_block)) return NULL;
    size_t want = (n + ALIGN_B - 1) / ALIGN_B * ALIGN_B;
    if (want == 0) want = ALIGN_B;
    if (want > a->ceiling_b - a->used_b) return NULL;
    slk_block *b = block_for(a, want);
    if (!b) return NULL;
    void *p = b->bytes + b->n;
    b->n += want;
    a->used_b += want;
    return p;
}

void *slk_arena_take(slk_arena *a, size_t n) {
    void *p = take(a, n);
    return p ? memset(p, 0, n) : NULL;
}

void *slk_arena_room(slk_arena *a, size_t n) {
    char *p = n <= SIZE_MAX - 64 ? take(a, n + 64) : NULL;
    return p ? p + (64 - (uintptr_t)p % 64) % 64 : NULL;
}

char *slk_arena_copy(slk_arena *a, const char *at, size_t n) {
    if (n == SIZE_MAX) return NULL;
    char *p = slk_arena_take(a, n + 1);
    if (p && n) memcpy(p, at, n);
    return p;
}

char *slk_arena_printf(slk_arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n < 0 ? NULL : slk_arena_take(a, (size_t)n + 1);
    if (p && vsnprintf(p, (size_t)n + 1, format, again) != n) p = NULL;
    va_end(again);
    return p;
}

slk_err slk_list_room(slk_arena *a, void **at, uint32_t *cap, uint32_t n, size_t size, uint32_t max) {
    if (n < *cap) return SLK_OK;
    if (n >= max) return SLK_ELIMIT;
    uint32_t more = *cap < 8 ? 8 : *cap > max / 2 ? max : *cap * 2;
    if (more > max) more = max;
    void *p = slk_arena_take(a, (size_t)more * size);
    if (!p) return SLK_ENOMEM;
    if (n) memcpy(p, *at, (size_t)n * size);
    *at = p;
    *cap = more;
    return SLK_OK;
}
