/* fuzz_feed.c - any UTF-8 as a feed, as a date, as a piece of markup, as an address. Strings that come out are valid UTF-8. */
#include <stdlib.h>

#include "base/text.h"
#include "intake/feed.h"
#include "intake/markup.h"
#include "intake/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *z) {
    slk_text t = slk_text_of(z);
    if (slk_utf8_check(t) != t.n) abort();
}

static void pieces(slk_text t) {
    slk_buf b;
    slk_instant when;
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 26);
    slk_markup_text(t, &b);
    if (b.n && slk_utf8_check((slk_text){b.at, b.n}) != b.n) abort();
    slk_buf_clear(&b);
    slk_url_canonical(t, &b);
    slk_url_page(t, &b);
    slk_buf_clear(&b);
    slk_url_resolve((slk_text){t.at, t.n / 2}, (slk_text){t.at + t.n / 2, t.n - t.n / 2}, &b);
    slk_buf_free(&b);
    (void)!slk_feed_date(t, &when);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_text t = {(const char *)data, size};
    slk_arena arena;
    slk_feed feed = {0};
    slk_fault fault;
    if (slk_utf8_check(t) != t.n) return 0;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 28);
    pieces(t);
    if (slk_feed_read(t, "https://feeds.example/a/b", &arena, &feed, &fault) == SLK_OK)
        for (uint32_t i = 0; i < feed.items.n; i++) {
            check(feed.items.at[i].title);
            check(feed.items.at[i].link);
            check(feed.items.at[i].content);
        }
    slk_arena_free(&arena);
    return 0;
}
