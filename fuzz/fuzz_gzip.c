/* fuzz_gzip.c - any bytes as a packed file: members of gzip, frames of zstd, or plain. Every damage is told and passed over, counts of
 * bytes agree, and no member gives more than its ratio. The same bytes as one document in each coding. */
#include "base/mem.h"
#include "base/text.h"
#include "intake/http.h"
#include "memory_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_stream(const uint8_t *data, size_t size) {
    memory m;
    slk_stream *s = memory_open(&m, data, size);
    uint64_t got = 0;
    if (slk_stream_peek(s).n > SLK_STREAM_PEEK_B * 2) abort();
    for (unsigned faults = 0;;) {
        slk_text t = slk_stream_more(s);
        if (!t.n && slk_stream_fault(s)->code == SLK_OK) break;
        if (!t.n) {
            if (++faults > size + 1) abort(); /* each fault moves on */
            slk_stream_clear(s);
            if (slk_stream_fault(s)->code != SLK_OK) break;
        }
        size_t n = t.n > 3 ? t.n - 1 : t.n;
        slk_stream_take(s, n);
        got += n;
        if (slk_stream_offset(s) > size) abort();
    }
    if (got != slk_stream_unpacked_b(s) || slk_stream_raw_b(s) > size) abort();
    if (got > (uint64_t)size * SLK_RATIO_MOST + ((uint64_t)size / 8 + 1) * (SLK_RATIO_FREE_B + 4 * SLK_STREAM_PEEK_B))
        abort();
    slk_stream_close(s);
}

/* The last byte says which coding. */
static void as_document(const uint8_t *data, size_t size) {
    static const char *const codings[] = {"gzip", "deflate", "br", "zstd"};
    slk_buf out;
    slk_fault fault;
    slk_buf_start(&out, &slk_mem_system, (size_t)1 << 22);
    slk_text coding = slk_text_of(codings[data[size - 1] & 3]);
    slk_err err = slk_unpack(coding, (slk_text){(const char *)data, size - 1}, &out, &fault);
    if (err == SLK_OK && out.n > SLK_RATIO_FREE_B && out.n / SLK_RATIO_MOST > size) abort();
    slk_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    as_stream(data, size);
    if (size) as_document(data, size);
    return 0;
}
