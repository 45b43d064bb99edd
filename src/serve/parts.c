/* parts.c - reading and writing named parts. See parts.h. */
#include "serve/parts.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ns(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Waits for bytes; a reader in its sandbox has no poll and no end of patience. */
static bool wait_for(int fd, int64_t until_ns) {
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (!until_ns) return true;
    int64_t left_ms = (until_ns - now_ns()) / 1000000;
    return left_ms > 0 && poll(&p, 1, (int)left_ms) == 1;
}

static bool read_all(int fd, int64_t until_ns, char *at, size_t n) {
    while (n) {
        if (!wait_for(fd, until_ns)) return false;
        ssize_t k = read(fd, at, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        n -= (size_t)k;
    }
    return true;
}

static bool write_all(int fd, const char *at, size_t n) {
    while (n) {
        ssize_t k = write(fd, at, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        n -= (size_t)k;
    }
    return true;
}

bool slk_parts_read(int fd, int64_t until_ns, slk_arena *arena, slk_parts *out) {
    size_t sum = 0;
    for (;;) {
        uint32_t head[2];
        if (!read_all(fd, until_ns, (char *)head, sizeof head)) return false;
        if (head[0] == SLK_PART_END) return head[1] == 0;
        if (head[0] >= SLK_PART_COUNT || out->at[head[0]].at) return false;
        sum += head[1];
        char *at = sum <= SLK_PARTS_MOST_B ? slk_arena_take(arena, (size_t)head[1] + 1) : NULL;
        if (!at || !read_all(fd, until_ns, at, head[1])) return false;
        out->at[head[0]] = (slk_text){at, head[1]};
    }
}

bool slk_parts_write(int fd, const slk_parts *p) {
    for (uint32_t i = 1; i < SLK_PART_COUNT; i++) {
        if (!p->at[i].at) continue;
        if (p->at[i].n > SLK_PARTS_MOST_B) return false;
        uint32_t head[2] = {i, (uint32_t)p->at[i].n};
        if (!write_all(fd, (const char *)head, sizeof head) || !write_all(fd, p->at[i].at, p->at[i].n)) return false;
    }
    const uint32_t end[2] = {SLK_PART_END, 0};
    return write_all(fd, (const char *)end, sizeof end);
}
