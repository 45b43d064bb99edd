/* test_html.c - the HTML parser's own promises: where text comes from, limits, time that grows with the page and not faster. What tree
 * a page makes is held by html_conformance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "intake/html/html.h"
#include "pack_fixture.h"

#ifdef SLK_ARENA_MALLOC
#define SHAPE_B ((size_t)1 << 15) /* sanitizers make everything slow */
#else
#define SHAPE_B ((size_t)1 << 19)
#endif

static slk_err parse(slk_text source, slk_arena *arena, slk_node **root, slk_fault *fault) {
    slk_html_options options = {.scripting = true, .most_depth = SLK_MAX_PAGE_DEPTH};
    slk_arena_start(arena, &slk_mem_system, (size_t)1 << 31);
    return slk_html_parse(pack, source, &options, arena, root, fault);
}

static void tags_are_sorted_and_found(void **state) {
    (void)state;
    for (int t = SLK_TAG_NONE + 1; t < SLK_TAG_COUNT; t++) {
        const char *name = slk_html_tag_name((slk_tag)t);
        if (t > 1) assert_true(strcmp(slk_html_tag_name((slk_tag)(t - 1)), name) < 0);
        assert_int_equal(slk_html_tag(slk_text_of(name)), t);
    }
    assert_int_equal(slk_html_tag(slk_text_of("marquees")), SLK_TAG_NONE);
    assert_int_equal(slk_html_tag(slk_text_of("a-very-long-name-of-an-element")), SLK_TAG_NONE);
    assert_int_equal(slk_html_tag((slk_text){NULL, 0}), SLK_TAG_NONE);
}

/* Each piece of the only paragraph: its text and the source bytes it stands for. */
static void text_leads_back_to_the_page(void **state) {
    (void)state;
    static const char page[] = "<p>ab&amp;c\r\nd&#x2014;</p>";
    static const struct {
        const char *text;
        uint32_t from_b, to_b;
    } pieces[] = {{"ab", 3, 5}, {"&", 5, 10}, {"c", 10, 11}, {"\nd", 12, 14}, {"\xE2\x80\x94", 14, 22}};
    slk_arena arena;
    slk_node *root;
    assert_int_equal(parse(slk_text_of(page), &arena, &root, NULL), SLK_OK);
    const slk_node *n = root;
    while (n && n->kind != SLK_NODE_TEXT) n = slk_node_next(root, n, false);
    assert_non_null(n);
    size_t i = 0;
    for (const slk_piece *p = &n->piece; p; p = p->next, i++) {
        assert_true(i < sizeof pieces / sizeof *pieces);
        assert_true(slk_text_is(p->text, pieces[i].text));
        assert_int_equal(p->from_b, pieces[i].from_b);
        assert_int_equal(p->to_b, pieces[i].to_b);
    }
    assert_int_equal(i, sizeof pieces / sizeof *pieces);
    slk_arena_free(&arena);
}

static void repeat(slk_buf *b, const char *z, size_t times) {
    slk_buf_start(b, &slk_mem_system, (size_t)1 << 28);
    for (size_t i = 0; i < times; i++) slk_buf_puts(b, z);
    assert_int_equal(b->err, SLK_OK);
}

static void limits_are_said(void **state) {
    (void)state;
    static const struct {
        const char *piece, *says;
        size_t times;
    } cases[] = {
        {"<div>", "the page is over a limit at byte 1275: elements are nested deeper than 256", 1000000},
        {"<b>", "the page is over a limit at byte 765: elements are nested deeper than 256", 1000000},
        {"<p>", "the page is over a limit at byte 6291447: more elements and texts than 2097152", 2700000},
        {"x", "the page has 8388609 bytes; the limit is 8388608", SLK_MAX_PAGE_B + 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_buf page;
        slk_arena arena;
        slk_node *root;
        slk_fault fault;
        repeat(&page, cases[i].piece, cases[i].times);
        assert_int_equal(parse((slk_text){page.at, page.n}, &arena, &root, &fault), SLK_ELIMIT);
        assert_string_equal(fault.message, cases[i].says);
        slk_arena_free(&arena);
        slk_buf_free(&page);
    }
}

static double seconds(const char *piece, size_t times) {
    slk_buf page;
    slk_arena arena;
    slk_node *root;
    struct timespec a, b;
    repeat(&page, piece, times);
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    slk_err err = parse((slk_text){page.at, page.n}, &arena, &root, NULL);
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    assert_true(err == SLK_OK || err == SLK_ELIMIT);
    slk_arena_free(&arena);
    slk_buf_free(&page);
    return (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
}

/* Of several runs the best: others use the machine too. */
static double best(const char *piece, size_t times) {
    double least = 1e9;
    for (int i = 0; i < 3; i++) {
        double t = seconds(piece, times);
        if (t < least) least = t;
    }
    return least;
}

static void time_grows_with_the_page(void **state) {
    (void)state;
    static const char *const pieces[] = {"</p>",           "<a>",          "<p><b>",           "<table>x",
                                         "<!--",           "&am",          "<svg><p>",         "<i><div></i>",
                                         "<a href=\"x\">", "<script>a",    "<body b=1>",       "a\r\nb\r",
                                         "<li><dd><h1>",   "</b></table>", "<select><option>", "<td><tr>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = SHAPE_B / strlen(pieces[i]);
        double once = best(pieces[i], n), twice = best(pieces[i], 2 * n);
        if (twice > 0.02) assert_true(twice <= 3.0 * once);
        assert_true(twice < 1.0);
    }
}

/* One tag with very many attributes: each is held against the others by a hash. */
static void many_attributes(void **state) {
    (void)state;
    slk_buf page;
    slk_buf_start(&page, &slk_mem_system, (size_t)1 << 28);
    slk_buf_puts(&page, "<p");
    for (unsigned i = 0; i < 200000; i++) slk_buf_printf(&page, " a%u=1", i);
    for (unsigned i = 0; i < 200000; i++) slk_buf_printf(&page, " a%u=2", i);
    slk_buf_puts(&page, ">x");
    slk_arena arena;
    slk_node *root;
    assert_int_equal(parse((slk_text){page.at, page.n}, &arena, &root, NULL), SLK_OK);
    const slk_node *n = root;
    while (n && !slk_node_is(n, SLK_TAG_P)) n = slk_node_next(root, n, false);
    assert_non_null(n);
    assert_int_equal(n->n_attributes, 200000);
    assert_true(slk_text_is(n->attributes[7].value, "1"));
    slk_arena_free(&arena);
    slk_buf_free(&page);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(tags_are_sorted_and_found), cmocka_unit_test(text_leads_back_to_the_page),
        cmocka_unit_test(limits_are_said),           cmocka_unit_test(time_grows_with_the_page),
        cmocka_unit_test(many_attributes),
    };
    return cmocka_run_group_tests(all, open_pack, close_pack);
}
