/* test_linear_intake.c - no page, feed, archive or packed file takes time by the square of its length: hostile shapes, each taken in
 * as several short documents and as one as long as they are together. Doubling a document may take at most 2.2 times as long, that is
 * 1.1 times as long as two documents of its half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "intake/encoding.h"
#include "intake/intake.h"
#include "intake/page/page.h"
#include "pack_fixture.h"
#include "watch/robots.h"

#define GROWTH 8
#define MOST_TIMES 1.1 /* for each doubling, beside twice the half: together 2.2 */
#define LEAST_S 0.001  /* shorter times are not told apart */
#define ITEMS_MOST 4096

#ifdef SLK_ARENA_MALLOC /* sanitizers make everything slow */
#define SMALL_B 4000u
#define LARGE_B 64000u
#else
#define SMALL_B 32000u
#define LARGE_B (1u << 20)
#endif

typedef struct shape { /* head once, then one repeated (%u in it counts), then two as often */
    const char *name, *head, *one, *two;
} shape;

#define PAGE "<!doctype html><title>T</title><body>"
#define FEED "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>"
#define RESPONSE "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#define SAVED "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"

static const shape shapes[] = {
    {"nested elements", PAGE, "<div>", ""},
    {"nested and closed", PAGE, "<div>", "</div>"},
    {"nested in many kinds", PAGE, "<div><span><section><ul><li>", ""},
    {"a paragraph in each", PAGE, "<div><p>The minister said so.", ""},
    {"open formatting", PAGE, "<b>", ""},
    {"open formatting, all different", PAGE, "<b a%u>", ""},
    {"formatting over paragraphs", PAGE, "<p><b>x", ""},
    {"formatting over paragraphs, all different", PAGE, "<p><b a%u>x", ""},
    {"formatting closed in the wrong order", PAGE, "<b><i></b>", ""},
    {"links within links", PAGE, "<a href=x>", ""},
    {"links around blocks", PAGE, "<a href=x><div>", ""},
    {"formatting in tables", PAGE, "<table><b>", ""},
    {"text in tables", PAGE, "<table>x", ""},
    {"cells", PAGE "<table>", "<tr><td>x", ""},
    {"tables in cells", PAGE, "<table><tr><td>", ""},
    {"list items", PAGE "<ul>", "<li>One", ""},
    {"definitions", PAGE, "<dt>One<dd>Two", ""},
    {"closing what is not open", PAGE "<div><div>", "</x>", ""},
    {"closing paragraphs", PAGE, "</p>", ""},
    {"options", PAGE "<select>", "<option>x", ""},
    {"pictures", PAGE, "<svg><g>", ""},
    {"formulas", PAGE, "<math><mi>", ""},
    {"foreign and home again", PAGE, "<svg><desc>", ""},
    {"templates", PAGE, "<template>", ""},
    {"frames", "<frameset>", "<frameset>", ""},
    {"headings", PAGE, "<h1>", ""},
    {"attributes", PAGE "<p ", " a%u=x", ""},
    {"the same attribute", PAGE "<p ", " a=x", ""},
    {"attributes of later bodies", PAGE, "<body a%u>", ""},
    {"a long attribute", PAGE "<p a='", "xxxxxxxxxx", ""},
    {"a long tag", PAGE "<", "xxxxxxxxxx", ""},
    {"long class lists", PAGE, "<div class='a%u comment related share nav'>x</div>", ""},
    {"a class list", PAGE "<div class='", "a%u share ", ""},
    {"comments begun", PAGE, "<!--", ""},
    {"comments nearly closed", PAGE "<!--", "--!", ""},
    {"comments", PAGE, "<!-- -->", ""},
    {"unknown declarations", PAGE, "<!x>", ""},
    {"a document type", "<!doctype ", "x ", ""},
    {"sections begun", PAGE "<svg>", "<![CDATA[", ""},
    {"scripts escaped twice", PAGE "<script>", "<!--<script>", ""},
    {"scripts", PAGE, "<script>x</script>", ""},
    {"text only", PAGE "<textarea>", "</textare", ""},
    {"ampersands", PAGE, "&", ""},
    {"references", PAGE, "&amp;&notit;&#x41;", ""},
    {"a number", PAGE "&#", "1234567890", ""},
    {"angle brackets", PAGE, "<", ""},
    {"NUL stands for itself", PAGE, "<p>\x01", ""},
    {"words", PAGE "<p>", "The minister said so. ", ""},
    {"paragraphs", PAGE "<article>", "<p>The minister said on Monday that it was so, and more.</p>", ""},
    {"lines", PAGE "<p>", "The minister said so.<br>", ""},
    {"spaces", PAGE "<p>", " ", ""},
    {"links", PAGE, "<a href=/x>Read more</a> ", ""},
    {"captions", PAGE, "<figure><img><figcaption>A launch.</figcaption></figure>", ""},
    {"meta elements", "<!doctype html><head>", "<meta property='article:published_time' content='2027-03-10'>", ""},
    {"links to itself", "<!doctype html><head>", "<link rel=canonical href='https://wire.example/a/../b'>", ""},
    {"a long address", "<!doctype html><link rel=canonical href='https://wire.example", "/a/..", ""},
    {"times", PAGE, "<time datetime='2027-03-10T08:00:00Z'>10 March 2027</time> ", ""},
    {"dates in words", PAGE, "<p>Published 10 March 2027</p>", ""},
    {"time elements", PAGE, "<time></time>", ""},
    {"classes of dates", PAGE, "<b class=date></b>", ""},
    {"dates in classes", PAGE, "<div class=date>18 Sept. 2024", "</div>"},
    {"dates in figures", PAGE, "18.09.2024 ", ""},
    {"headlines", PAGE, "<h1>Two missiles rise over the coast</h1>", ""},
    {"headlines that are links", PAGE, "<h2><a href=a>Two missiles rise</a></h2>", ""},
    {"linked items", PAGE, "<li><a href=a>Two missiles rise</a>", ""},
    {"times in footers", PAGE, "<footer><time>", ""},
    {"bylines", PAGE, "<p class=byline>By A. Writer</p>", ""},
    {"datelines", PAGE, "<p>SEOUL, March 10 (Meridian Wire) - </p>", ""},
    {"data that nests", PAGE "<script type='application/ld+json'>", "[", "]"},
    {"data that nests in names", PAGE "<script type='application/ld+json'>", "{\"a\":", "}"},
    {"data of many", PAGE, "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>", ""},
    {"a list of data", PAGE "<script type='application/ld+json'>[0", ",{\"@type\":\"NewsArticle\"}", ""},
    {"items of a feed", FEED, "<item><title>T%u</title><link>/%u</link><description>D</description></item>", ""},
    {"items begun", FEED, "<item>", ""},
    {"elements in an item", FEED "<item>", "<a>", ""},
    {"references in a feed", FEED "<item><title>", "&nbsp;&", ""},
    {"sections in a feed", FEED "<item><description>", "<![CDATA[x]]>", ""},
    {"declarations of a feed", "<?xml version='1.0'?><!DOCTYPE rss [", "<!ENTITY a%u 'x'>", ""},
    {"markup in a feed", FEED "<item><description>", "&lt;b&gt;x&lt;/b&gt;", ""},
    {"a feed of data", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":0}", ",{\"id\":%u}", ""},
    {"parts of a page", SAVED, "--b\r\nContent-Type: image/png\r\n\r\nx\r\n", ""},
    {"what looks like parts", SAVED, "--bb\r\n--b c\r\n", ""},
    {"headers of a part", SAVED "--b\r\n", "A: b\r\n c\r\n", ""},
    {"codes of a part", SAVED "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
     "=20=", ""},
    {"records of an archive", "", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", ""},
    {"records begun", "", "WARC/1.0\r\n\r\n", ""},
    {"headers of a record", "WARC/1.0\r\n", "A%u: b\r\n", ""},
    {"junk between records", "WARC/1.0\r\nContent-Length: 0\r\n\r\n", "junk\r\n", ""},
    {"a nested line", "{\"text\":", "[", ""},
    {"Korean by old bytes", "", "\xB0\xA1\xB3\xAA ", ""},
    {"Japanese by old bytes", "", "\x82\xA0\x8E\x96 ", ""},
    {"bytes that mean nothing", PAGE, "\xFF\xC0\xED\xA0\x80", ""},
};

static double cpu_s(void) {
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void put(slk_buf *b, const char *z, unsigned count) {
    for (const char *mark; (mark = strstr(z, "%u")) != NULL; z = mark + 2) {
        slk_buf_add(b, z, (size_t)(mark - z));
        slk_buf_printf(b, "%u", count);
    }
    slk_buf_puts(b, z);
}

/* About n bytes of a shape. */
static void make(const shape *s, size_t n, slk_buf *b) {
    slk_buf_start(b, &slk_mem_system, (size_t)1 << 28);
    slk_buf_puts(b, s->head);
    unsigned times = 0;
    while (b->n + times * strlen(s->two) < n) put(b, s->one, times++);
    for (unsigned i = 0; i < times; i++) slk_buf_puts(b, s->two);
    assert_int_equal(b->err, SLK_OK);
}

/* What was made is kept until all is done, so that many small documents and a large one need the same memory: else the small ones
 * would run in the processor's cache alone, and the large one would look slow. */
typedef struct kept {
    slk_item *items[GROWTH * ITEMS_MOST];
    slk_arena arenas[GROWTH];
    unsigned n_items, n_arenas;
} kept;

static void forget(kept *k) {
    for (unsigned i = 0; i < k->n_items; i++) slk_item_free(k->items[i]);
    for (unsigned i = 0; i < k->n_arenas; i++) slk_arena_free(&k->arenas[i]);
    k->n_items = k->n_arenas = 0;
}

static void take_page(const slk_buf *bytes, kept *k) {
    slk_decoded d;
    slk_page page;
    slk_fault fault;
    slk_arena *arena = &k->arenas[k->n_arenas++];
    slk_arena_start(arena, &slk_mem_system, (size_t)1 << 30);
    slk_text t = {bytes->at, bytes->n};
    assert_int_equal(slk_encoding_decode(&slk_mem_system, t, NULL, SLK_DOCUMENT_HTML, &d), SLK_OK);
    slk_err err = slk_page_read(pack, d.text, "https://wire.example/x", arena, &page, &fault);
    assert_true(err == SLK_OK || err == SLK_ELIMIT);
    slk_decoded_free(&d);
}

static void take_file(int fd, kept *k) {
    char name[64];
    char *files[] = {name};
    slk_intake *in;
    slk_err err;
    (void)snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    assert_int_equal(slk_intake_new(files, 1, SLK_INPUT_AUTO, NULL, &in), SLK_OK);
    for (slk_item *item; (item = slk_intake_next(in, &err)) != NULL;) {
        slk_item_prepare(item, pack);
        item->name = NULL; /* it lies here */
        if (k->n_items < GROWTH * ITEMS_MOST)
            k->items[k->n_items++] = item;
        else
            slk_item_free(item);
    }
    assert_int_equal(err, SLK_OK);
    slk_intake_free(in);
}

/* The time that so many documents of n bytes each take. */
static double time_of(const shape *s, size_t n, unsigned times) {
    static kept all;
    slk_buf b;
    make(s, n, &b);
    bool page = s->head[0] == '<' && s->head[1] != '?';
    int fd = memfd_create("shape", 0);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, b.at, b.n), (ssize_t)b.n);
    double from = cpu_s();
    for (unsigned i = 0; i < times; i++) {
        if (page)
            take_page(&b, &all);
        else
            take_file(fd, &all);
    }
    double took = cpu_s() - from;
    forget(&all);
    slk_buf_free(&b);
    assert_int_equal(close(fd), 0);
    return took;
}

/* How much longer one document of so many times n bytes takes than so many of n bytes each; the least of some tries, since a fault
 * shows every time and a busy machine does not. Stops at most. */
static double ratio_of(const shape *s, size_t n, unsigned times, double most, unsigned tries) {
    double small = 1e9, big = 1e9, ratio = 1e9;
    for (unsigned i = 0; i < tries && ratio > most; i++) {
        double a = time_of(s, n, times), b = time_of(s, times * n, 1);
        if (a < small) small = a;
        if (b < big) big = b;
        ratio = big / (small > LEAST_S ? small : LEAST_S);
    }
    return ratio;
}

/* Small documents first, three doublings at once. Trees that no longer fit into the processor's cache while larger ones never did
 * are held against trees that are all larger than it. */
static void doubling_a_document_doubles_its_time(void **state) {
    (void)state;
    unsigned failed = 0;
    const double cubed = MOST_TIMES * MOST_TIMES * MOST_TIMES;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double first = ratio_of(&shapes[i], SMALL_B, GROWTH, cubed, 3), second = 0;
        if (first > cubed) second = ratio_of(&shapes[i], LARGE_B, 2, MOST_TIMES, 8);
        if (getenv("SLK_SHOW_RATIOS")) print_message("%6.2f %6.2f  %s\n", first, second, shapes[i].name);
        if (first <= cubed || second <= MOST_TIMES) continue;
        print_error("%s: doubling it to %u bytes takes %.2f times as long\n", shapes[i].name, 2 * LARGE_B, 2 * second);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static double time_of_robots(const char *rule, const char *step, size_t n) {
    slk_buf txt, path;
    slk_robots *r;
    slk_buf_start(&txt, &slk_mem_system, (size_t)1 << 24);
    slk_buf_start(&path, &slk_mem_system, (size_t)1 << 24);
    slk_buf_puts(&txt, "User-agent: *\n");
    while (txt.n < n) slk_buf_puts(&txt, rule);
    while (path.n < SLK_ROBOTS_PATH_MOST_B) slk_buf_puts(&path, step);
    double best = 1e9;
    for (unsigned i = 0; i < 3; i++) {
        double from = cpu_s();
        assert_int_equal(slk_robots_read((slk_text){txt.at, txt.n}, "sillok", &r), SLK_OK);
        (void)slk_robots_allow(r, (slk_text){path.at, path.n});
        slk_robots_free(r);
        double took = cpu_s() - from;
        if (took < best) best = took;
    }
    slk_buf_free(&txt);
    slk_buf_free(&path);
    return best;
}

/* The longest robots.txt and the longest path that count: an answer in well under a second, whatever the stars. */
static void the_worst_robots_txt_is_answered(void **state) {
    (void)state;
    static const char *const rules[] = {"Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n", "Disallow: *a*b*$\n",
                                        "Disallow: /%41*\n"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        double s = time_of_robots(rules[i], "/aaaaaaaaa", SLK_ROBOTS_MOST_B);
        if (s > 2.0) fail_msg("%s took %.2f s", rules[i], s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubling_a_document_doubles_its_time),
        cmocka_unit_test(the_worst_robots_txt_is_answered),
    };
    slk_mem_keep(); /* as the program does: pages of memory that the system gives anew cost time of their own */
    return cmocka_run_group_tests(tests, open_pack, close_pack);
}
