/* same.c - one report got in several ways: as a page, as an item of a feed, out of an archive. It is the same one when the address is
 * that of the same page (url.h) and its words are those of a report that is there, or a part of them: a feed gives the first
 * paragraphs, an archive the page without a line or two of its frame. Other words at the same address are a newer version, which is a
 * report of its own: what it changed must not be lost. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/url.h"
#include "ledger/inside.h"

#define PAGE_MOST_B 2048u
#define WORDS_LEAST_B 40u /* fewer are no text of their own: "Video" */

/* The words of a text in small letters, each between spaces. */
static slk_text words_of(slk_text t, slk_arena *arena) {
    char *out = slk_arena_take(arena, t.n + 2);
    size_t n = 0;
    if (!out) return (slk_text){NULL, 0};
    out[n++] = ' ';
    for (size_t i = 0; i < t.n; i++) {
        bool letter = slk_is_alpha(t.at[i]) || slk_is_digit(t.at[i]) || (unsigned char)t.at[i] >= 0x80;
        if (letter)
            out[n++] = slk_lower(t.at[i]);
        else if (out[n - 1] != ' ')
            out[n++] = ' ';
    }
    if (out[n - 1] != ' ') out[n++] = ' ';
    return (slk_text){out, n};
}

static slk_err page_of(const slk_report *report, slk_arena *arena, const char **page) {
    slk_buf b;
    slk_buf_start(&b, &arena->mem, PAGE_MOST_B);
    *page = NULL;
    if (report->url) slk_url_page(slk_text_of(report->url), &b);
    slk_err err = b.err == SLK_ELIMIT ? SLK_OK : b.err; /* an address so long is none to know a page by */
    if (b.err == SLK_OK && b.n && !(*page = slk_arena_copy(arena, b.at, b.n))) err = SLK_ENOMEM;
    slk_buf_free(&b);
    return err;
}

slk_err slk_same_find(slk_ledger *l, const slk_report *report, slk_arena *arena, const char **page, bool *found,
                      slk_fault *fault) {
    slk_err err = page_of(report, arena, page);
    bool row = true, same = false;
    *found = false;
    if (err != SLK_OK || !*page) return err;
    slk_text words = words_of(report->text, arena);
    if (!words.at) return SLK_ENOMEM;
    if (words.n < WORDS_LEAST_B) return SLK_OK;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_REPORTS_OF_PAGE, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, *page);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while (err == SLK_OK && !same && (err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        slk_text there = words_of(slk_column_text(b.s, 0), arena);
        if (!there.at) err = SLK_ENOMEM;
        same = err == SLK_OK && there.n >= words.n && memmem(there.at, there.n, words.at, words.n);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err == SLK_OK) *found = same;
    return err;
}
