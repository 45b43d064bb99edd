/* tags.c - names of elements to numbers. See tags.h. */
#include "intake/html/tags.h"

#include <string.h>

#define NAME_MOST 16

#define ROW(number, name, flags, start, end) {name, sizeof(name) - 1, flags},
static const struct {
    char name[NAME_MOST];
    uint8_t n, flags;
} tags[SLK_TAG_COUNT] = {{"", 0, 0}, SLK_HTML_TAGS(ROW)};
#undef ROW

/* Eight bytes as a number that sorts as the bytes do. */
static uint64_t key(const char *at) {
    uint64_t v;
    memcpy(&v, at, sizeof v);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    return v;
}

slk_tag slk_html_tag(slk_text name) {
    char padded[NAME_MOST] = {0};
    if (name.n == 0 || name.n >= NAME_MOST) return SLK_TAG_NONE;
    memcpy(padded, name.at, name.n);
    uint64_t a = key(padded), b = key(padded + 8);
    unsigned lo = 1, hi = SLK_TAG_COUNT;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        uint64_t x = key(tags[mid].name), y = key(tags[mid].name + 8);
        if (x == a && y == b) return (slk_tag)mid;
        if (x < a || (x == a && y < b))
            lo = mid + 1;
        else
            hi = mid;
    }
    return SLK_TAG_NONE;
}

const char *slk_html_tag_name(slk_tag tag) { return tags[tag].name; }
unsigned slk_html_tag_flags(slk_tag tag) { return tags[tag].flags; }
