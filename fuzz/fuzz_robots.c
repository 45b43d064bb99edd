/* fuzz_robots.c - any bytes as a robots.txt (the first line the path that is asked for): it is always answered, robots.txt itself may
 * always be fetched, and a rule more that forbids a longer beginning of the path forbids it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/url.h"
#include "watch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void addresses(slk_text t) {
    slk_buf a, b;
    slk_buf_start(&a, &slk_mem_system, (size_t)1 << 26);
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 26);
    slk_url_canonical(t, &a);
    slk_url_canonical((slk_text){a.at, a.n}, &b);
    if (a.n != b.n || (a.n && memcmp(a.at, b.at, a.n) != 0)) abort(); /* the canonical form is its own */
    slk_buf_clear(&b);
    slk_url_sendable(t, &b);
    for (size_t i = 0; i < b.n; i++)
        if ((unsigned char)b.at[i] <= 0x20 || (unsigned char)b.at[i] >= 0x7F) abort();
    slk_buf_clear(&b);
    slk_url_origin(t, &b);
    slk_url_target(t, &b);
    slk_buf_free(&a);
    slk_buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_text all = {(const char *)data, size}, path;
    slk_robots *r;
    if (!slk_text_split(&all, '\n', &path)) return 0;
    if (!all.at) all = (slk_text){"", 0};
    addresses(path);
    if (slk_robots_read(all, "sillok", &r) != SLK_OK) return 0;
    (void)slk_robots_allow(r, path);
    if (!slk_robots_allow(r, slk_text_of("/robots.txt")) || slk_robots_delay_s(r) > SLK_ROBOTS_DELAY_MOST_S) abort();
    slk_robots_free(r);
    return 0;
}
