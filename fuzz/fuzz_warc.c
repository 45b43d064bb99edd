/* fuzz_warc.c - any bytes as a web archive, packed or not: its records come to an end, strings of them are text, none is longer than
 * the limit, and each stands behind the one before. */
#include "base/text.h"
#include "intake/warc.h"
#include "memory_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void is_text(const char *z) {
    if (slk_utf8_check(slk_text_of(z)) != strlen(z)) abort();
    for (; *z; z++)
        if ((unsigned char)*z < 0x20) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory m;
    slk_warc *w;
    slk_stream *s = memory_open(&m, data, size);
    (void)slk_warc_is(slk_stream_peek(s));
    if (slk_warc_new(s, &w) != SLK_OK) abort();
    const slk_warc_record *r;
    uint64_t before_b = 0;
    for (size_t n = 0; (r = slk_warc_next(w)) != NULL; n++) {
        if (n > size) abort(); /* a record has at least its first line */
        is_text(r->uri);
        is_text(r->type);
        is_text(r->content_type);
        is_text(r->date);
        if (r->block.n > SLK_RECORD_MOST_B || r->offset_b > size || r->offset_b < before_b) abort();
        if (r->fault.code != SLK_OK && !r->fault.message[0]) abort();
        before_b = r->offset_b;
    }
    slk_warc_free(w);
    slk_stream_close(s);
    return 0;
}
