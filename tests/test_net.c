/* test_net.c - the net of the pack over a text: the same words, tags, heads and relations with every kernel of this processor, and for
 * a sentence whatever stands beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/reading.h"
#include "engine.h"
#include "engine_fixture.h"
#include "export/export.h"
#include "language/net.h"

#define WORDS_MOST 20000u

static const char *const openings[] = {"On Tuesday", "Late in the night", "According to two officials", "Nobody",
                                       "\"We will see,\" he said;"};
static const char *const doers[] = {"the frigate Aldebaran", "a team from Port Selwyn", "the ministry's own divers",
                                    "Ms. Okonjo-Reyes", "three men in a grey van"};
static const char *const deeds[] = {"towed", "had not yet found", "would sooner sell", "lost", "quietly photographed"};
static const char *const things[] = {"12 crates of tin.", "the missing buoy, which drifted 40 km north.",
                                     "what was left.", "it!", "a radar that the U.S. built (in 1998)."};

/* Sentences of our own making, each as many as the lists have. */
static char *text_of(size_t *n) {
    slk_buf b;
    slk_buf_start(&b, &slk_mem_system, 1 << 20);
    for (unsigned i = 0; i < 625; i += 2) {
        const char *parts[4] = {openings[i % 5], doers[i / 5 % 5], deeds[i / 25 % 5], things[i / 125]};
        for (unsigned k = 0; k < 4; k++) {
            slk_buf_add(&b, parts[k], strlen(parts[k]));
            slk_buf_add(&b, " ", 1);
        }
    }
    char *copy = malloc(b.n);
    assert_non_null(copy);
    memcpy(copy, b.at, b.n);
    *n = b.n;
    slk_buf_free(&b);
    return copy;
}

static slk_reading *read_with(const char *kernel, const char *at, size_t n) {
    slk_input in = {.text = {at, n}, .published = "2027-01-01", .id = "x"};
    slk_reading *r = NULL;
    assert_true(slk_engine_kernel(engine, kernel));
    assert_int_equal(slk_read(engine, &in, SLK_LAYER_SENTENCES | SLK_LAYER_TOKENS, &r, NULL), SLK_OK);
    return r;
}

static void test_kernels(void **state) {
    (void)state;
    unsigned count;
    size_t n;
    const slk_kernel *const *all = slk_kernels(&count);
    char *text = text_of(&n);
    slk_buf first, other;
    for (unsigned k = 0; k < count; k++) {
        slk_buf *to = k ? &other : &first;
        slk_reading *r = read_with(all[k]->name, text, n);
        assert_true(r->tokens.n > 2500);
        slk_buf_start(to, &slk_mem_system, 1 << 24);
        slk_export_conllu(r, to);
        assert_int_equal(to->err, SLK_OK);
        slk_reading_free(r);
        if (!k) continue;
        assert_int_equal(other.n, first.n);
        assert_memory_equal(other.at, first.at, first.n);
        slk_buf_free(&other);
    }
    slk_buf_free(&first);
    free(text);
    assert_false(slk_engine_kernel(engine, "abacus"));
}

/* Reads all sentences, `together` words at a time. */
static void read_all(const slk_reading *r, uint32_t together, slk_net_word *out) {
    slk_net net;
    slk_arena arena;
    slk_text forms[SLK_NET_WINDOW];
    uint16_t lengths[SLK_NET_WINDOW];
    assert_int_equal(slk_net_of(slk_pack_model(slk_engine_pack(engine), SLK_MODEL_NET), &net), SLK_OK);
    slk_arena_start(&arena, &slk_mem_system, (size_t)16 << 20);
    slk_net_scratch *scratch = slk_net_scratch_new(&net, r->kernel, SLK_NET_WINDOW, &arena);
    assert_non_null(scratch);
    for (uint32_t s = 0, at = 0; s < r->sentences.n;) {
        uint32_t n = 0, k = 0;
        do {
            const slk_sentence *one = &r->sentences.at[s++];
            for (uint32_t i = 0; i < one->n_tokens; i++) forms[n++] = slk_token_text(r, one->first_token + i);
            lengths[k++] = (uint16_t)one->n_tokens;
        } while (s < r->sentences.n && n + r->sentences.at[s].n_tokens <= together);
        slk_net_read(scratch, forms, NULL, lengths, k, SLK_NET_TAGS | SLK_NET_FEATURES | SLK_NET_TREE | SLK_NET_NAMES,
                     out + at);
        at += n;
    }
    slk_arena_free(&arena);
}

static void test_neighbours(void **state) {
    (void)state;
    static slk_net_word alone[WORDS_MOST], some[WORDS_MOST], many[WORDS_MOST];
    size_t n;
    char *text = text_of(&n);
    slk_reading *r = read_with("portable", text, n);
    assert_true(r->tokens.n < WORDS_MOST);
    unsigned count;
    r->kernel = slk_kernels(&count)[0];
    read_all(r, 1, alone);
    read_all(r, 60, some);
    read_all(r, SLK_NET_WINDOW, many);
    assert_memory_equal(alone, some, r->tokens.n * sizeof *alone);
    assert_memory_equal(alone, many, r->tokens.n * sizeof *alone);
    slk_reading_free(r);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_kernels), cmocka_unit_test(test_neighbours)};
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
