/* fuzz_encoding.c - any bytes in any encoding: the first byte says which one is declared, if any. What comes out is valid UTF-8,
 * and every byte of it leads back to a byte of the source, in order. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(slk_text bytes, const slk_decoded *d) {
    uint32_t before = 0;
    for (uint32_t i = 0, cp; i < d->text.n; i += slk_utf8_next(d->text.at + i, d->text.at + d->text.n, &cp)) {
        uint32_t from = slk_decoded_source(d, i);
        if (from < before || from > bytes.n) abort();
        before = from;
    }
    size_t at = 0; /* NUL bytes are left to whoever reads on */
    while (at < d->text.n) {
        slk_text rest = {d->text.at + at, d->text.n - at};
        at += slk_utf8_check(rest);
        if (at < d->text.n && d->text.at[at++] != '\0') abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    slk_text bytes = {(const char *)data + 1, size - 1};
    slk_decoded d;
    const char *declared = data[0] < slk_charset_label_count ? slk_charset_labels[data[0]].label : NULL;
    if (slk_encoding_decode(&slk_mem_system, bytes, declared, data[0] % 3, &d) != SLK_OK) abort();
    look(bytes, &d);
    slk_decoded_free(&d);
    return 0;
}
