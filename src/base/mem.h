/* mem.h - the allocator behind every handle, and the arena behind every reading.
 *
 * An arena hands out memory that is freed all at once. Blocks double in size up to a limit; the sum has a hard ceiling,
 * past which requests fail cleanly. Built with -DSLK_ARENA_MALLOC each request is an allocation of its own, so that
 * sanitizers see every overrun. Not safe from several threads: one arena per reading. */
#ifndef SLK_BASE_MEM_H
#define SLK_BASE_MEM_H

#include "sillok.h"

/* malloc, realloc and free */
extern const slk_allocator slk_mem_system;

/* What a reading gives back stays with the process, where malloc can be told so, and the next one gets it without asking the system.
 * For programs that read many reports; at their start. */
void slk_mem_keep(void);

/* NULL when out of memory. n > 0. */
void *slk_mem_new(const slk_allocator *mem, size_t n);
void slk_mem_free(const slk_allocator *mem, void *p); /* NULL is fine */

typedef struct slk_block slk_block;

typedef struct slk_arena {
    slk_allocator mem;
    slk_block *last;
    size_t used_b, ceiling_b;
} slk_arena;

void slk_arena_start(slk_arena *a, const slk_allocator *mem, size_t ceiling_b);
void slk_arena_free(slk_arena *a); /* usable again afterwards */

/* n zeroed bytes, aligned for any type; NULL when out of memory or over the ceiling. n may be 0 (a valid pointer). */
void *slk_arena_take(slk_arena *a, size_t n);
/* The same with whatever stands there, at a multiple of 64: for large working space that is written before it is read. */
void *slk_arena_room(slk_arena *a, size_t n);

/* Copies with a NUL behind them. NULL when out of memory. */
char *slk_arena_copy(slk_arena *a, const char *at, size_t n);
char *slk_arena_printf(slk_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A growable list whose storage lies in an arena: SLK_LIST(slk_time) times = {0}; */
#define SLK_LIST(type)                                                                                                 \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        uint32_t n, cap;                                                                                               \
    }

/* Makes room for one more entry: SLK_OK, SLK_ENOMEM, or SLK_ELIMIT when the list already has max entries.
 *     if ((err = SLK_ROOM(arena, &times, SLK_MAX_TIMES)) != SLK_OK) return err;
 *     times.at[times.n++] = t; */
SLK_MUST slk_err slk_list_room(slk_arena *a, void **at, uint32_t *cap, uint32_t n, size_t size, uint32_t max);
#define SLK_ROOM(arena, list, max)                                                                                     \
    slk_list_room((arena), (void **)&(list)->at, &(list)->cap, (list)->n, sizeof *(list)->at, (max))

#endif
