/* language.c - how fast the language station is: bench-language REPORTS [KERNEL [PASSES]]. REPORTS: a file of JSON lines with "text".
 * For each kernel of the net that this processor has, or the one named, prints on a line: its name, bytes and words of the texts,
 * seconds for one pass through the whole station (tokens, sentences, tags, lemmas, trees, phrases, names), and for one of the net
 * alone; each the best of several passes, in the time of the processor, warm. With PASSES only so many are made, and without measuring the net: for a
 * counter of instructions. Words are the words and marks that the tree banks count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/reading.h"
#include "engine.h"
#include "language/net.h"
#include "texts.h"

#define AT_ONCE 256u
#define LEAST_S 2.0

static slk_reading *read_one(const slk_engine *engine, slk_text text) {
    slk_input in = {.text = text, .published = "2027-03-10", .id = "-"};
    slk_reading *r = NULL;
    if (slk_read(engine, &in, SLK_LAYER_NAMES, &r, NULL) != SLK_OK) fail("a report cannot be read");
    return r;
}

/* Words of one pass through the station. */
static size_t pass(const slk_engine *engine, const texts *t) {
    size_t words = 0;
    for (size_t i = 0; i < t->n; i++) {
        slk_reading *r = read_one(engine, t->at[i]);
        words += r->tokens.n;
        slk_reading_free(r);
    }
    return words;
}

/* The net over sentences that lie ready, as many at once as the station takes. */
static double net_pass(const slk_engine *engine, const texts *t, double least_s) {
    slk_net net;
    slk_arena arena;
    slk_net_word words[AT_ONCE];
    slk_text forms[AT_ONCE];
    uint16_t lengths[AT_ONCE];
    if (slk_net_of(slk_pack_model(slk_engine_pack(engine), SLK_MODEL_NET), &net) != SLK_OK) fail("there is no net");
    double best = 1e9, spent = 0;
    while (spent < least_s) {
        double seconds = 0;
        for (size_t i = 0; i < t->n; i++) {
            slk_reading *r = read_one(engine, t->at[i]);
            slk_arena_start(&arena, &slk_mem_system, (size_t)64 << 20);
            slk_net_scratch *scratch = slk_net_scratch_new(&net, r->kernel, AT_ONCE, &arena);
            if (!scratch) fail("out of memory");
            for (uint32_t s = 0; s < r->sentences.n;) {
                uint32_t n = 0, k = 0;
                for (; s < r->sentences.n && n + r->sentences.at[s].n_tokens <= AT_ONCE; s++) {
                    lengths[k++] = (uint16_t)r->sentences.at[s].n_tokens;
                    for (uint32_t w = 0; w < r->sentences.at[s].n_tokens; w++, n++)
                        forms[n] = slk_token_text(r, r->sentences.at[s].first_token + w);
                }
                if (!k) fail("a sentence is too long for this measurement");
                double start = now();
                slk_net_read(scratch, forms, NULL, lengths, k, SLK_NET_TAGS | SLK_NET_TREE | SLK_NET_NAMES, words);
                seconds += now() - start;
            }
            slk_arena_free(&arena);
            slk_reading_free(r);
        }
        best = seconds < best ? seconds : best;
        spent += seconds;
    }
    return best;
}

static void measure(const slk_engine *engine, const char *name, const texts *t) {
    size_t words = pass(engine, t);
    double best = 1e9;
    for (double begin = now(); now() - begin < LEAST_S;) {
        double start = now();
        (void)pass(engine, t);
        double seconds = now() - start;
        best = seconds < best ? seconds : best;
    }
    printf("%s %zu %zu %.9f %.9f\n", name, t->bytes, words, best, net_pass(engine, t, LEAST_S / 4));
    (void)fflush(stdout);
}

int main(int argc, char **argv) {
    static texts t;
    slk_engine *engine;
    slk_fault fault;
    slk_mem_keep();
    if (argc < 2) fail("REPORTS [KERNEL [PASSES]]");
    texts_load(argv[1], &t);
    if (slk_engine_open(NULL, NULL, &engine, &fault) != SLK_OK) fail(fault.message);
    unsigned n;
    const slk_kernel *const *kernels = slk_kernels(&n);
    for (unsigned i = 0; i < n; i++) {
        if (argc > 2 && strcmp(argv[2], kernels[i]->name) != 0) continue;
        if (!slk_engine_kernel(engine, kernels[i]->name)) fail("there is no such kernel");
        if (argc <= 3) {
            measure(engine, kernels[i]->name, &t);
            continue;
        }
        size_t words = 0;
        for (long passes = strtol(argv[3], NULL, 10); passes > 0; passes--) words += pass(engine, &t);
        printf("%s %zu\n", kernels[i]->name, words);
    }
    slk_engine_close(engine);
    texts_free(&t);
    return 0;
}
