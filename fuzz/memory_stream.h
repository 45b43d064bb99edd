/* memory_stream.h - bytes in memory as a stream, handed out in pieces of a length that the bytes themselves decide. */
#ifndef SLK_FUZZ_MEMORY_STREAM_H
#define SLK_FUZZ_MEMORY_STREAM_H

#include <stdlib.h>
#include <string.h>

#include "intake/stream.h"

typedef struct memory {
    const uint8_t *at;
    size_t n, step;
} memory;

static int64_t memory_read(void *ctx, char *to, size_t n) {
    memory *m = ctx;
    if (n > m->n) n = m->n;
    if (n > m->step) n = m->step;
    if (n) memcpy(to, m->at, n);
    m->at += n;
    m->n -= n;
    return (int64_t)n;
}

/* m must outlive the stream. */
static slk_stream *memory_open(memory *m, const uint8_t *data, size_t size) {
    slk_stream *s = NULL;
    *m = (memory){data, size, size && data[size - 1] & 1 ? 7 : 65536};
    if (slk_stream_over(memory_read, NULL, m, &s) != SLK_OK) abort();
    return s;
}

#endif
