/* fuzz_page.c - any UTF-8 as a page's main text: it is valid UTF-8 without NUL, its blocks lie in it in order, and every byte of it
 * leads back into the page. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "intake/page/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void is_text(slk_text t) {
    if (t.n && (slk_utf8_check(t) != t.n || memchr(t.at, '\0', t.n))) abort();
}

static void hold(const slk_page *p, size_t source_n) {
    uint32_t at = 0;
    is_text(p->text);
    for (uint32_t i = 0; i < p->n_blocks; i++) {
        slk_span s = p->blocks[i].span;
        if (s.start < at || s.end < s.start || s.end > p->text.n) abort();
        at = s.end;
    }
    for (uint32_t i = 0; i < p->n_captions; i++) is_text(p->captions[i]);
    for (uint32_t i = 0; i < p->text.n; i++)
        if (slk_page_source(p, i) > source_n) abort();
    is_text(slk_text_of(p->title));
    is_text(slk_text_of(p->outlet));
    is_text(slk_text_of(p->author));
    is_text(slk_text_of(p->url));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static slk_pack *pack;
    slk_text source = {(const char *)data, size};
    slk_arena arena;
    slk_page page;
    slk_fault fault;
    if (!pack && slk_pack_open(getenv("SILLOK_PACK"), &slk_mem_system, &pack, NULL) != SLK_OK) abort();
    for (size_t at = 0; at < size;) { /* valid, but for NUL */
        size_t good = slk_utf8_check((slk_text){source.at + at, size - at});
        if (at + good == size) break;
        if (data[at + good]) return 0;
        at += good + 1;
    }
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 30);
    slk_err err = slk_page_read(pack, source, "https://wire.example/2027/03/10/story", &arena, &page, &fault);
    if (err == SLK_OK) hold(&page, size);
    if (err != SLK_OK && err != SLK_ELIMIT) abort();
    slk_arena_free(&arena);
    return 0;
}
