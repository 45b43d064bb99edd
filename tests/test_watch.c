/* test_watch.c - the parts of `sillok watch` that need no network: robots.txt by RFC 9309, which addresses are public, and which job is
 * next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "base/text.h"
#include "watch/address.h"
#include "watch/queue.h"
#include "watch/robots.h"

typedef struct robots_case {
    const char *txt, *path;
    bool may;
} robots_case;

static const robots_case robots_cases[] = {
    {"", "/a", true},
    {"User-agent: *\nDisallow: /\n", "/a", false},
    {"User-agent: *\nDisallow: /\n", "/robots.txt", true},
    {"User-agent: *\nDisallow:\n", "/a", true},
    {"User-agent: other\nDisallow: /\n", "/a", true},
    {"user-AGENT : SILLOK/1.0 # us\ndisALLOW : /a # there\n", "/ab", false},
    {"User-agent: sillokbot\nDisallow: /\n", "/a", true},                        /* another one's name */
    {"User-agent: *\nDisallow: /\nUser-agent: sillok\nAllow: /b\n", "/a", true}, /* our group alone counts */
    {"User-agent: sillok\nUser-agent: other\nDisallow: /x\n", "/x", false},      /* one group of two */
    {"User-agent: sillok\nDisallow: /x\n\nUser-agent: sillok\nDisallow: /y\n", "/y", false}, /* two groups as one */
    {"User-agent: sillok\nDisallow: /x\n\nUser-agent: sillok\nDisallow: /y\n", "/x", false}, /* and the first */
    {"User-agent: sillok\nSitemap: /s\nDisallow: /x\n", "/x", false},                        /* parts no group */
    {"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", true},                          /* most bytes win */
    {"User-agent: *\nAllow: /a/b\nDisallow: /a/b\n", "/a/b", true},                          /* allow wins a tie */
    {"User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf", false},
    {"User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z", true},
    {"User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf/y.pdf", false}, /* the last of two */
    {"User-agent: *\nDisallow: /a*b*c\n", "/a-b-b-c-d", false},
    {"User-agent: *\nDisallow: /a*b*c\n", "/a-c-b", true},
    {"User-agent: *\nDisallow: /a$\n", "/a", false},
    {"User-agent: *\nDisallow: /a$\n", "/ab", true},
    {"User-agent: *\nDisallow: *\n", "/a", false},
    {"User-agent: *\nDisallow: /%7ejoe/\n", "/~joe/x", false},
    {"User-agent: *\nDisallow: /a%3cd\n", "/a%3Cd", false},
    {"User-agent: *\nDisallow: /caf\xC3\xA9\n", "/caf%c3%a9/1", false},
    {"\xEF\xBB\xBFUser-agent: *\rDisallow: /a\r", "/a", false},
    {"Disallow: /\nUser-agent: *\nDisallow: /b\n", "/a", true}, /* before any group */
    {"User-agent: *\nDisallow /a\nnonsense\n\x00\xFF\n:\nDisallow: /b\n", "/a", true},
};

static void robots_txt_is_understood(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof robots_cases / sizeof *robots_cases; i++) {
        const robots_case *c = &robots_cases[i];
        slk_robots *r;
        assert_int_equal(slk_robots_read(slk_text_of(c->txt), "sillok", &r), SLK_OK);
        if (slk_robots_allow(r, slk_text_of(c->path)) != c->may) fail_msg("case %zu: %s of %s", i, c->path, c->txt);
        slk_robots_free(r);
    }
}

static void a_delay_is_kept_within_reason(void **state) {
    (void)state;
    static const struct {
        const char *txt;
        unsigned s;
    } cases[] = {{"User-agent: *\nCrawl-delay: 7\n", 7},
                 {"User-agent: *\nCrawl-delay: 0.5\n", 1},
                 {"User-agent: *\nCrawl-delay: 86400\n", SLK_ROBOTS_DELAY_MOST_S},
                 {"User-agent: *\nCrawl-delay: soon\n", 0},
                 {"User-agent: *\nCrawl-delay: 7\nUser-agent: sillok\nAllow: /\n", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_robots *r;
        assert_int_equal(slk_robots_read(slk_text_of(cases[i].txt), "sillok", &r), SLK_OK);
        assert_int_equal(slk_robots_delay_s(r), cases[i].s);
        slk_robots_free(r);
    }
}

static bool is_public(const char *z) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, z, &v4.sin_addr) == 1) return slk_address_is_public((struct sockaddr *)&v4, sizeof v4);
    assert_int_equal(inet_pton(AF_INET6, z, &v6.sin6_addr), 1);
    return slk_address_is_public((struct sockaddr *)&v6, sizeof v6);
}

static void addresses_are_told_apart(void **state) {
    (void)state;
    static const char *const open[] = {"1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
                                       "100.128.0.0",      "126.255.255.255", "128.0.0.1",       "172.15.255.255",
                                       "172.32.0.0",       "192.167.255.255", "192.169.0.0",     "198.17.255.255",
                                       "198.20.0.0",       "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
                                       "64:ff9b::101:101", "::ffff:8.8.8.8",  "2002:808:808::1", "2001:4860::8888"};
    static const char *const closed[] = {"0.0.0.0",
                                         "10.0.0.1",
                                         "100.64.0.1",
                                         "127.0.0.1",
                                         "127.255.255.255",
                                         "169.254.169.254",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.0.0.1",
                                         "192.0.2.1",
                                         "192.168.1.1",
                                         "198.18.0.1",
                                         "198.51.100.1",
                                         "203.0.113.1",
                                         "224.0.0.1",
                                         "240.0.0.1",
                                         "255.255.255.255",
                                         "::",
                                         "::1",
                                         "fe80::1",
                                         "fc00::1",
                                         "fd12::1",
                                         "ff02::1",
                                         "::ffff:127.0.0.1",
                                         "::ffff:10.0.0.1",
                                         "64:ff9b::7f00:1",
                                         "2002:7f00:1::",
                                         "2002:c0a8:101::1",
                                         "2001:db8::1",
                                         "2001::1",
                                         "::127.0.0.1",
                                         "100::1",
                                         "fec0::1",
                                         "3fff::1"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (!is_public(open[i])) fail_msg("%s is public", open[i]);
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (is_public(closed[i])) fail_msg("%s is not public", closed[i]);
    struct sockaddr other = {.sa_family = AF_UNIX};
    assert_false(slk_address_is_public(&other, sizeof other));
}

static void put(slk_queue *q, const char *url, int64_t row, int64_t due_s) {
    slk_job *j = slk_job_new(SLK_JOB_PAGE, row, url, due_s);
    assert_non_null(j);
    assert_int_equal(slk_queue_put(q, j), SLK_OK);
}

static void take(slk_queue *q, int64_t now_s, int64_t now_ms, int64_t row) {
    slk_job *j = slk_queue_take(q, now_s, now_ms);
    assert_int_equal(j ? j->row : 0, row);
    slk_job_free(j);
}

static void hosts_wait_for_themselves_only(void **state) {
    (void)state;
    slk_queue q = {0};
    put(&q, "https://a.example/1", 1, 0);
    put(&q, "https://A.example:443/2", 2, 0); /* the same host */
    put(&q, "https://b.example/3", 3, 100);
    take(&q, 50, 0, 1);
    take(&q, 50, 0, 0); /* a is busy, b is not due */
    assert_int_equal(slk_queue_wait_ms(&q, 50, 0, 1000), 50000);
    assert_int_equal(slk_queue_wait_ms(&q, 50, 0, 10), -1);
    for (slk_host *h = q.hosts; h; h = h->next)
        if (strcmp(h->origin, "https://a.example") == 0) {
            h->busy = false;
            h->free_ms = 2000;
        }
    take(&q, 50, 1999, 0);
    assert_int_equal(slk_queue_wait_ms(&q, 50, 500, 10), 1500);
    take(&q, 50, 2000, 2);
    take(&q, 100, 2000, 3);
    take(&q, 100, 9000, 0);
    slk_job *bad = slk_job_new(SLK_JOB_PAGE, 9, "ftp://a.example/", 0);
    assert_int_equal(slk_queue_put(&q, bad), SLK_EINPUT);
    slk_job_free(bad);
    slk_queue_free(&q);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(robots_txt_is_understood),
        cmocka_unit_test(a_delay_is_kept_within_reason),
        cmocka_unit_test(addresses_are_told_apart),
        cmocka_unit_test(hosts_wait_for_themselves_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
