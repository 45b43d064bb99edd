/* buf.h - a growable byte buffer with a hard ceiling. The first failure is kept: callers may append many times and look
 * once. Contents are always NUL-terminated behind n. */
#ifndef SLK_BASE_BUF_H
#define SLK_BASE_BUF_H

#include "sillok.h"

typedef struct slk_buf {
    slk_allocator mem;
    char *at; /* NULL until something was written */
    size_t n, cap, ceiling_b;
    slk_err err; /* SLK_OK, SLK_ENOMEM or SLK_ELIMIT; nothing is appended after a failure */
} slk_buf;

void slk_buf_start(slk_buf *b, const slk_allocator *mem, size_t ceiling_b);
void slk_buf_free(slk_buf *b);
void slk_buf_clear(slk_buf *b); /* keeps the memory, forgets contents and failure */
void slk_buf_add(slk_buf *b, const char *at, size_t n);
void slk_buf_puts(slk_buf *b, const char *z);
void slk_buf_putc(slk_buf *b, char c);
void slk_buf_printf(slk_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
