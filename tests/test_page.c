/* test_page.c - what is taken from a page: its text and nothing beside it, its headline and outlet, when it was published and how that is
 * known, and that every byte of the text leads back to the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/text.h"
#include "intake/page/date_text.h"
#include "intake/page/page.h"
#include "pack_fixture.h"

#define FIRST "Two missiles rose from the coast on Monday morning, the ministry said in a short statement."
#define SECOND "They flew some 300 kilometers and fell into the sea, and nobody was hurt, it added later that day."
#define THIRD "The ministry gave no other details of the flight, nor did it say what kind of missile had been used."

static const char story[] =
    "<!doctype html><html lang=en><head><title>Two missiles rise | Meridian</title>"
    "<meta property=\"og:site_name\" content=\"Meridian\">"
    "<meta property=article:modified_time content=2027-03-10T10:00Z></head><body>"
    "<header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav></header>"
    "<div class=cookie-notice><p>We and our partners put cookies on your machine to show you what you like to "
    "see.</p></div>"
    "<article><h1>Two missiles rise</h1><div class=byline>By Ada Holm</div>"
    "<time datetime=\"2027-03-08T09:30:00+09:00\" class=published>Monday</time>"
    "<p>" FIRST "</p><figure><img src=a><figcaption>The coast, seen from the sea</figcaption></figure>"
    "<p>" SECOND "</p><p class=read-more><a href=/x>An older story about the same coast and its ships</a></p>"
    "<p>" THIRD "</p><div class=\"share-tools\">Share</div></article>"
    "<aside class=related><p>Another story that has nothing to do with this one was told here last week.</p></aside>"
    "<section id=comments><p>I do not believe a word of what the ministry said there, and never will "
    "again.</p></section>"
    "<footer><p>Copyright 2027 Meridian, all rights are kept by those who hold them, wherever they are.</p></footer>";

static void read_page(const char *source, const char *url, slk_arena *arena, slk_page *page) {
    slk_fault fault;
    slk_arena_start(arena, &slk_mem_system, (size_t)1 << 30);
    assert_int_equal(slk_page_read(pack, slk_text_of(source), url, arena, page, &fault), SLK_OK);
}

static void the_story_and_nothing_else(void **state) {
    (void)state;
    slk_arena arena;
    slk_page page;
    char when[40];
    read_page(story, NULL, &arena, &page);
    assert_true(slk_text_is(page.text, FIRST "\n\n" SECOND "\n\n" THIRD));
    assert_int_equal(page.n_blocks, 3);
    assert_string_equal(page.title, "Two missiles rise");
    assert_string_equal(page.outlet, "Meridian");
    assert_string_equal(page.language, "en");
    assert_int_equal(page.n_captions, 1);
    assert_true(slk_text_is(page.captions[0], "The coast, seen from the sea"));
    assert_string_equal(slk_instant_format(page.published, when), "2027-03-08T09:30:00+09:00");
    assert_int_equal(page.published_basis, SLK_PUB_METADATA);
    assert_string_equal(slk_instant_format(page.updated, when), "2027-03-10T10:00Z");
    slk_arena_free(&arena);
}

static void every_byte_leads_back(void **state) {
    (void)state;
    slk_arena arena;
    slk_page page;
    read_page(story, NULL, &arena, &page);
    for (uint32_t i = 0; i < page.text.n; i++) {
        uint32_t from_b = slk_page_source(&page, i);
        assert_true(from_b < sizeof story);
        if (page.text.at[i] != '\n') assert_int_equal(story[from_b], page.text.at[i]);
    }
    slk_arena_free(&arena);
    static const char marked[] =
        "<p>The army&rsquo;s\r\n  spokesman said that <b>two</b> of the missiles had flown for about ten minutes.</p>"
        "<p>The others, he said, had fallen into the sea within sight of the coast; a ship was sent out to look for "
        "what was left of them, and divers were asked to wait for better weather before they went down there.</p>";
    read_page(marked, NULL, &arena, &page);
    assert_true(slk_text_starts(page.text, "The army\xE2\x80\x99s spokesman said that two of"));
    assert_int_equal(slk_page_source(&page, 8), 11);  /* the reference */
    assert_int_equal(slk_page_source(&page, 11), 18); /* the s behind it */
    assert_int_equal(slk_page_source(&page, 13), 23); /* spokesman */
    slk_arena_free(&arena);
}

static void where_the_date_is_said(void **state) {
    (void)state;
    static const struct {
        const char *head, *body, *url, *when;
        slk_published_basis basis;
    } cases[] = {
        {"<script "
         "type=application/"
         "ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"datePublished\":\"2027-03-08T08:05:00+09:00\"}]}</script>"
         "<meta name=date content=2027-03-01>",
         "", NULL, "2027-03-08T08:05:00+09:00", SLK_PUB_METADATA},
        {"<meta property=\"article:published_time\" content=\"2027-03-08T08:05Z\">", "<time datetime=2027-02-01>", NULL,
         "2027-03-08T08:05Z", SLK_PUB_METADATA},
        {"", "<span itemprop=datePublished content=2027-03-08>Monday</span>", NULL, "2027-03-08", SLK_PUB_METADATA},
        {"", "<div class=post-date>8 March 2027, 14:05</div>", NULL, "2027-03-08T14:05", SLK_PUB_METADATA},
        {"", "", "https://wire.example/2027/03/08/two-rise", "2027-03-08", SLK_PUB_URL},
        {"", "<h1>Two missiles rise</h1><div>Monday, March 8, 2027</div>", NULL, "2027-03-08", SLK_PUB_METADATA},
        {"", "<p>PORT ELLEN, March 8, 2027 (Meridian) - " FIRST "</p>", NULL, "2027-03-08", SLK_PUB_DATELINE},
        {"<meta property=\"article:modified_time\" content=\"2027-03-08\">", "", NULL, "2027-03-08", SLK_PUB_INFERRED},
        {"", "<h1>Two rise</h1><p class=date>Written: 2027-03-08 15:03 / Updated: 2027-03-09 16:30</p>", NULL,
         "2027-03-08T15:03", SLK_PUB_METADATA},
        {"", "<h1>Two rise</h1><p>Updated on 9 March 2027, first published 8 March 2027</p>", NULL, "2027-03-08",
         SLK_PUB_METADATA},
        {"",
         "<span class=modified><time datetime=2027-03-10>Wednesday</time></span><time "
         "datetime=2027-03-08>Monday</time>",
         NULL, "2027-03-08", SLK_PUB_METADATA},
        {"", "<div id=clock>10 March 2027</div><div class=box>8 March 2027</div>", NULL, "2027-03-08",
         SLK_PUB_METADATA},
        {"", "<header><h1>Two rise</h1><span class=meta-date>March 8, 2027</span></header>", NULL, "2027-03-08",
         SLK_PUB_METADATA},
        {"", "<p>8.3.2027 - " FIRST "</p>", NULL, "2027-03-08", SLK_PUB_DATELINE},
        {"", "<div class=post-footer>This was posted on 8 March 2027 by Ada, in Coast and in Missiles</div>", NULL,
         "2027-03-08", SLK_PUB_METADATA},
        {"<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2027-05-08\",\"dateModified\":"
         "\"2027-05-08\"}</script>",
         "<h1>Two rise</h1><p>March 8, 2027</p>", NULL, "2027-03-08", SLK_PUB_METADATA},
        {"<script type=application/ld+json>{\"@type\":\"Article\",\"datePublished\":\"2027-03-09T03:05Z\"}</script>",
         "<time datetime=2027-03-08T19:05-08:00>Monday</time>", NULL, "2027-03-08T19:05-08:00", SLK_PUB_METADATA},
        {"", "<div class=related><time datetime=2027-03-08>8 March</time></div><p>Copyright 8 March 2027</p>", NULL, "",
         SLK_PUB_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char source[4096], when[40];
        slk_arena arena;
        slk_page page;
        (void)snprintf(source, sizeof source,
                       "<head>%s</head><body>%s<p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p>", cases[i].head,
                       cases[i].body);
        read_page(source, cases[i].url, &arena, &page);
        assert_string_equal(slk_instant_format(page.published, when), cases[i].when);
        assert_int_equal(page.published_basis, cases[i].basis);
        slk_arena_free(&arena);
    }
}

static void dates_in_many_forms(void **state) {
    (void)state;
    static const struct {
        const char *text, *when;
        bool month_first;
    } cases[] = {
        {"2027-03-08T08:05:09.123+09:00", "2027-03-08T08:05:09+09:00", false},
        {"Mon, 08 Mar 2027 08:05:09 GMT", "2027-03-08T08:05:09Z", false},
        {"20270308", "2027-03-08", false},
        {"08.03.2027 um 14.05 Uhr", "2027-03-08T14:05", false},
        {"8. M\xC3\xA4rz 2027", "2027-03-08", false},
        {"8 de marzo de 2027", "2027-03-08", false},
        {"5. - 8. M\xC3\xA4rz 2027", "", false},
        {"8.03.27 14:05", "2027-03-08T14:05", false},
        {"3/8/2027 2:05 PM", "2027-03-08T14:05", true},
        {"8/3/2027", "2027-03-08", false},
        {"3/18/2027", "2027-03-18", false},
        {"Published March 8th, 2027 at 12:05 a.m. EST", "2027-03-08T00:05-05:00", true},
        {"2027\xE5\xB9\xB4"
         "3\xE6\x9C\x88"
         "8\xE6\x97\xA5",
         "2027-03-08", false},
        {"2027. 3. 8.", "2027-03-08", false},
        {"8 \xD0\xBC\xD0\xB0\xD1\x80\xD1\x82\xD0\xB0 2027", "2027-03-08", false},
        {"31.02.2027", "", false},
        {"March 2027", "", false},
        {"version 1.2.3", "", false},
        {"3 March", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        slk_instant when = {0};
        char z[40];
        bool found = slk_date_text(pack, slk_text_of(cases[i].text), cases[i].month_first, &when);
        assert_string_equal(slk_instant_format(when, z), cases[i].when);
        assert_int_equal(found, *cases[i].when != '\0');
    }
}

/* The heading over the story, not the site's name and not the title that was made for search engines. */
static void the_headline_readers_see(void **state) {
    (void)state;
    static const struct {
        const char *head, *body, *title;
    } cases[] = {
        {"<title>Two missiles rise - Meridian</title>",
         "<header><h1><a href=/>Meridian</a></h1></header><article><h1>Two missiles rise</h1>", "Two missiles rise"},
        {"<title>Missile launch 2027: all you must know</title>", "<article><h1>Two missiles rise over the coast</h1>",
         "Two missiles rise over the coast"},
        {"<title>Two missiles rise | Meridian</title>", "<h1>The Meridian Wire</h1><main><h2>Two missiles rise</h2>",
         "Two missiles rise"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Rise &amp; fall: "
         "&#8216;two&#8217; "
         "missiles\"}</script>",
         "<article>", "Rise & fall: \xE2\x80\x98two\xE2\x80\x99 missiles"},
        {"<title>Two missiles rise | Meridian</title>", "<main><h1>World</h1>", "Two missiles rise"},
        {"<title>Two missiles rise</title>", "<aside class=related><h1>Another story of last week</h1></aside><main>",
         "Two missiles rise"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char source[4096];
        slk_arena arena;
        slk_page page;
        (void)snprintf(source, sizeof source,
                       "<head>%s</head><body>%s<p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p>", cases[i].head,
                       cases[i].body);
        read_page(source, NULL, &arena, &page);
        assert_string_equal(page.title, cases[i].title);
        slk_arena_free(&arena);
    }
}

/* Headings are part of the story whatever their anchors are called, and also where they lead to themselves. */
static void headings_stay(void **state) {
    (void)state;
    static const char source[] =
        "<article><p>" FIRST "</p><p>It could hit:</p><ul><li><a href=/a>Northport</a><li><a href=/b>"
        "Westham</a></ul><h2 id=toc-social-7>Why they rose</h2><p>" SECOND "</p>"
        "<h2><a href=/coast>The coast</a></h2><p>" THIRD "</p><div class=card><h3><a href=/x>"
        "Another story</a></h3><p>It is told elsewhere.</p></div></article>";
    slk_arena arena;
    slk_page page;
    read_page(source, NULL, &arena, &page);
    assert_true(slk_text_starts(page.text, FIRST "\n\nIt could hit:\n\nNorthport\n\nWestham\n\nWhy they rose\n\n" SECOND
                                                 "\n\nThe coast\n\n" THIRD));
    slk_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(the_story_and_nothing_else), cmocka_unit_test(every_byte_leads_back),
        cmocka_unit_test(where_the_date_is_said),     cmocka_unit_test(dates_in_many_forms),
        cmocka_unit_test(the_headline_readers_see),   cmocka_unit_test(headings_stay),
    };
    return cmocka_run_group_tests(all, open_pack, close_pack);
}
