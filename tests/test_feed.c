/* test_feed.c - feeds and what they consist of: items of every form of feed (cases/feeds), dates as they are written
 * (cases/feed_dates.tsv), addresses (cases/urls.tsv), pieces of markup (cases/markup.tsv); limits and linear time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/text.h"
#include "intake/feed.h"
#include "intake/markup.h"
#include "intake/url.h"

static FILE *open_case(const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/cases/%s", getenv("SLK_TEST_DATA"), name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    return in;
}

static int each_case(const char *file, void (*check)(char **cells)) {
    char line[8192];
    int rows = 0, header = 0;
    FILE *in = open_case(file);
    while (fgets(line, sizeof line, in)) {
        static char none[] = "";
        char *cells[4] = {none, none, none, none}, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || !header++) continue;
        for (int i = 0; i < 4 && rest; i++) cells[i] = strsep(&rest, "\t");
        check(cells);
        rows++;
    }
    (void)fclose(in);
    return rows;
}

static void check_date(char **c) {
    slk_instant when = {0};
    char z[40];
    bool found = slk_feed_date(slk_text_of(c[0]), &when);
    assert_string_equal(found ? slk_instant_format(when, z) : "", c[1]);
}

static void dates_are_read_as_they_are_written(void **state) {
    (void)state;
    assert_true(each_case("feed_dates.tsv", check_date) >= 20);
}

static void check_url(char **c) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 4096);
    if (strcmp(c[0], "canonical") == 0)
        slk_url_canonical(slk_text_of(c[1]), &b);
    else if (strcmp(c[0], "page") == 0)
        slk_url_page(slk_text_of(c[1]), &b);
    else
        slk_url_resolve(slk_text_of(c[0]), slk_text_of(c[1]), &b);
    assert_string_equal(b.at ? b.at : "", c[2]);
    slk_buf_free(&b);
}

static void addresses_are_resolved(void **state) {
    (void)state;
    assert_true(each_case("urls.tsv", check_url) >= 15);
}

static void check_markup(char **c) {
    slk_buf b;
    char *nl;
    while ((nl = strstr(c[1], "\\n")) != NULL) {
        *nl = '\n';
        memmove(nl + 1, nl + 2, strlen(nl + 2) + 1);
    }
    slk_buf_start(&b, &slk_mem_system, 4096);
    slk_markup_text(slk_text_of(c[0]), &b);
    assert_string_equal(b.at ? b.at : "", c[1]);
    slk_buf_free(&b);
}

static void markup_becomes_text(void **state) {
    (void)state;
    assert_true(each_case("markup.tsv", check_markup) >= 10);
}

static const char *or_none(const char *z) { return z ? z : ""; }

/* A feed in lines, as the .expect files have it. */
static void describe(const slk_feed *f, slk_buf *out) {
    char when[40], updated[40];
    slk_buf_printf(out, "feed\t%s\t%s\t%s\t%s\n", or_none(f->title), or_none(f->link), or_none(f->language),
                   f->broken ? "broken" : "sound");
    for (uint32_t i = 0; i < f->items.n; i++) {
        const slk_feed_item *it = &f->items.at[i];
        slk_buf_printf(out, "item\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", or_none(it->title), or_none(it->link),
                       slk_instant_format(it->published, when), slk_instant_format(it->updated, updated),
                       or_none(it->author),
                       !it->content            ? ""
                       : it->content_is_markup ? "markup"
                                               : "text",
                       or_none(it->content));
    }
}

static void check_feed(const char *file, const char *expect) {
    static char bytes[65536], want[65536];
    FILE *in = open_case(file);
    slk_text t = {bytes, fread(bytes, 1, sizeof bytes, in)};
    (void)fclose(in);
    in = open_case(expect);
    want[fread(want, 1, sizeof want - 1, in)] = '\0';
    (void)fclose(in);
    slk_arena arena;
    slk_feed feed;
    slk_fault fault;
    slk_buf got;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 26);
    slk_buf_start(&got, &slk_mem_system, 65536);
    assert_true(slk_feed_is(t));
    assert_int_equal(slk_feed_read(t, NULL, &arena, &feed, &fault), SLK_OK);
    describe(&feed, &got);
    assert_string_equal(got.at, want);
    slk_buf_free(&got);
    slk_arena_free(&arena);
}

static void every_form_of_feed_gives_its_items(void **state) {
    (void)state;
    check_feed("feeds/rss2.xml", "feeds/rss2.expect");
    check_feed("feeds/atom.xml", "feeds/atom.expect");
    check_feed("feeds/rdf.xml", "feeds/rdf.expect");
    check_feed("feeds/cdf.xml", "feeds/cdf.expect");
    check_feed("feeds/bad.xml", "feeds/bad.expect");
    check_feed("feeds/feed.json", "feeds/feed.expect");
}

static slk_err read_only(const char *at, size_t n, uint32_t *items) {
    slk_arena arena;
    slk_feed feed = {0};
    slk_fault fault;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 28);
    slk_err err = slk_feed_read((slk_text){at, n}, NULL, &arena, &feed, &fault);
    *items = feed.items.n;
    slk_arena_free(&arena);
    return err;
}

static void what_is_no_feed_is_said(void **state) {
    (void)state;
    uint32_t n;
    assert_int_equal(read_only("{\"a\": 1}", 8, &n), SLK_EINPUT);
    assert_int_equal(read_only("{\"a\": ", 6, &n), SLK_EINPUT);
    assert_false(slk_feed_is(slk_text_of("<html><title>rss</title>")));
    assert_false(slk_feed_is(slk_text_of("{\"id\": \"1\", \"text\": \"x\"}")));
    assert_false(slk_feed_is(slk_text_of("")));
    assert_true(slk_feed_is(slk_text_of("\xEF\xBB\xBF <?xml version='1.0'?><!-- x --><!DOCTYPE rss><rss>")));
}

/* before + n times unit + after */
static char *repeat(const char *before, const char *unit, size_t n, const char *after, size_t *length) {
    size_t b = strlen(before), u = strlen(unit), a = strlen(after);
    char *z = malloc(b + u * n + a + 1);
    assert_non_null(z);
    memcpy(z, before, b);
    for (size_t i = 0; i < n; i++) memcpy(z + b + i * u, unit, u);
    memcpy(z + b + u * n, after, a + 1);
    *length = b + u * n + a;
    return z;
}

static void limits_are_kept(void **state) {
    (void)state;
    size_t n;
    uint32_t items;
    char *deep = repeat("<rss><channel><item><title>x</title></item><item><description>", "<b>", 100000, "", &n);
    assert_int_equal(read_only(deep, n, &items), SLK_OK); /* the item before what is too deep */
    assert_int_equal(items, 1);
    free(deep);
    char *many =
        repeat("<rss><channel>", "<item><title>x</title></item>", SLK_MAX_FEED_ITEMS + 10, "</channel></rss>", &n);
    assert_int_equal(read_only(many, n, &items), SLK_OK);
    assert_int_equal(items, SLK_MAX_FEED_ITEMS);
    free(many);
    char *entities =
        repeat("<!DOCTYPE rss [", "<!ENTITY a \"&a;&a;\">", 1000, "]><rss><channel><item><title>&a;</title>", &n);
    assert_int_equal(read_only(entities, n, &items), SLK_OK);
    assert_int_equal(items, 1);
    free(entities);
}

static double seconds_for(const char *before, const char *unit, size_t n) {
    size_t length;
    uint32_t items;
    char *z = repeat(before, unit, n, "", &length);
    clock_t start = clock();
    (void)!read_only(z, length, &items);
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, (size_t)1 << 26);
    slk_markup_text((slk_text){z, length}, &b);
    slk_buf_free(&b);
    free(z);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void time_grows_with_length(void **state) {
    (void)state;
    static const char *const units[] = {"<script>", "<!--", "<![CDATA[", "&", "<a href='", "<item><title>x</title>",
                                        "]]>"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double one = seconds_for("<rss><channel>", units[i], 50000),
               two = seconds_for("<rss><channel>", units[i], 200000);
        if (two > 0.2) assert_true(two < one * 10); /* four times the length; a square would be sixteen times */
    }
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(dates_are_read_as_they_are_written),
        cmocka_unit_test(addresses_are_resolved),
        cmocka_unit_test(markup_becomes_text),
        cmocka_unit_test(every_form_of_feed_gives_its_items),
        cmocka_unit_test(what_is_no_feed_is_said),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(time_grows_with_length),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
