/* buf.c - growable bytes with a ceiling. See buf.h. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void slk_buf_start(slk_buf *b, const slk_allocator *mem, size_t ceiling_b) {
    *b = (slk_buf){.mem = *mem, .ceiling_b = ceiling_b};
}

void slk_buf_free(slk_buf *b) {
    if (b->at) (void)b->mem.resize(b->mem.ctx, b->at, 0);
    b->at = NULL;
    b->n = b->cap = 0;
}

void slk_buf_clear(slk_buf *b) {
    b->n = 0;
    b->err = SLK_OK;
    if (b->at) b->at[0] = '\0';
}

/* Room for n more bytes and a NUL. */
static bool room(slk_buf *b, size_t n) {
    if (b->err != SLK_OK) return false;
    if (n < b->cap - b->n) return true;
    if (n >= b->ceiling_b || b->n >= b->ceiling_b - n) {
        b->err = SLK_ELIMIT;
        return false;
    }
    size_t want = b->cap ? b->cap : b->ceiling_b < 256 ? b->ceiling_b : 256;
    while (want <= b->n + n) want = want > b->ceiling_b / 2 ? b->ceiling_b : want * 2;
    char *p = b->mem.resize(b->mem.ctx, b->at, want);
    if (!p) {
        b->err = SLK_ENOMEM;
        return false;
    }
    b->at = p;
    b->cap = want;
    return true;
}

void slk_buf_add(slk_buf *b, const char *at, size_t n) {
    if (!room(b, n)) return;
    if (n) memcpy(b->at + b->n, at, n);
    b->n += n;
    b->at[b->n] = '\0';
}

void slk_buf_puts(slk_buf *b, const char *z) { slk_buf_add(b, z, strlen(z)); }

void slk_buf_putc(slk_buf *b, char c) {
    if (!room(b, 1)) return;
    b->at[b->n++] = c;
    b->at[b->n] = '\0';
}

void slk_buf_printf(slk_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n >= 0 && room(b, (size_t)n)) {
        if (vsnprintf(b->at + b->n, (size_t)n + 1, format, again) == n) b->n += (size_t)n;
    }
    va_end(again);
}
