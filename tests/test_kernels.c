/* test_kernels.c - every kernel of the net against the portable one, bit for bit, on ten million random inputs each: products and
 * passes; and that what comes of scores of arcs is a tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "language/arcs.h"
#include "language/kernels.h"

#define INPUTS 10000000u

enum { ROWS = 48, OUTS = 112, INS = 192, WIDTH = 128 };

static uint64_t seed;

static uint32_t random_bits(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 32);
}

static float random_float(float most) { return most * ((float)(random_bits() >> 8) / 8388608.0f - 1); }

/* Calls try with the portable kernel and each other one that this processor has. */
static void each_kernel(void (*try)(const slk_kernel *portable, const slk_kernel *other)) {
    unsigned n;
    const slk_kernel *const *all = slk_kernels(&n);
    assert_true(n >= 1);
    assert_string_equal(all[n - 1]->name, "portable");
    for (unsigned k = 0; k + 1 < n; k++) {
        seed = 7;
        try(all[n - 1], all[k]);
        print_message("%s: as portable\n", all[k]->name);
    }
}

/* ---------------------------------------------------------------- products */

typedef struct matrices {
    _Alignas(64) uint8_t a[ROWS * INS];
    _Alignas(64) int8_t w[OUTS * INS];
    _Alignas(64) int32_t one[ROWS * OUTS], other[ROWS * OUTS];
} matrices;

static void fill(matrices *m, bool extremes) {
    for (size_t i = 0; i < sizeof m->a; i++) {
        uint32_t v = random_bits() >> 16;
        m->a[i] = (uint8_t)(extremes ? (v & 1) * 127 : v & 127);
    }
    for (size_t i = 0; i < sizeof m->w; i++) {
        uint32_t v = random_bits() >> 16;
        m->w[i] = (int8_t)(extremes ? (v & 1 ? 127 : -128) : (int)(v & 255) - 128);
    }
}

static int32_t product(const matrices *m, uint32_t row, uint32_t out, uint32_t k_pad) {
    int32_t sum = 0;
    for (uint32_t k = 0; k < k_pad; k++) sum += m->a[row * INS + k] * m->w[slk_dot_place(out, k, k_pad)];
    return sum;
}

static void same_products(const slk_kernel *portable, const slk_kernel *other) {
    static matrices m;
    unsigned round = 0;
    for (size_t inputs = 0; inputs < INPUTS; inputs += sizeof m.a + sizeof m.w, round++) {
        uint32_t rows = 16 * (1 + round % 3), outs = 16 * (1 + round % 7), ins = 64 * (1 + round % 3);
        fill(&m, round % 2);
        portable->dots(m.a, INS, rows, m.w, outs, ins, m.one);
        other->dots(m.a, INS, rows, m.w, outs, ins, m.other);
        assert_memory_equal(m.one, m.other, (size_t)rows * outs * sizeof *m.one);
        assert_int_equal(m.one[0], product(&m, 0, 0, ins));
        assert_int_equal(m.one[(size_t)rows * outs - 1], product(&m, rows - 1, outs - 1, ins));
    }
}

static void test_products(void **state) {
    (void)state;
    each_kernel(same_products);
}

/* ---------------------------------------------------------------- passes */

typedef struct values { /* of one word: what goes in, and what comes out */
    _Alignas(64) int32_t sums[2 * WIDTH];
    _Alignas(64) float scale[2 * WIDTH], bias[2 * WIDTH], x[WIDTH];
    _Alignas(64) int16_t a[WIDTH], b[WIDTH];
    _Alignas(64) int32_t best[WIDTH];
    _Alignas(64) int8_t rows[10][WIDTH];
    _Alignas(64) uint8_t q[4][WIDTH];
    _Alignas(64) int8_t sign[WIDTH];
    _Alignas(64) int16_t wide[WIDTH], sum[WIDTH];
    _Alignas(64) float embedded[WIDTH];
    uint32_t label;
} values;

/* Numbers as they come in a net, and some far beyond. */
static void fill_values(values *v, unsigned round) {
    float size = round % 4 == 3 ? 1e5f : 100;
    *v = (values){0};
    for (unsigned i = 0; i < 2 * WIDTH; i++) {
        v->sums[i] = (int32_t)(random_bits() >> 10) - (1 << 21);
        v->scale[i] = random_float(size / (1 << 20));
        v->bias[i] = random_float(size);
    }
    for (unsigned i = 0; i < WIDTH; i++) {
        v->x[i] = random_float(63);
        v->a[i] = (int16_t)(random_bits() >> 16);
        v->b[i] = (int16_t)(random_bits() >> 16);
        v->best[i] = (int32_t)random_bits();
        for (unsigned r = 0; r < 10; r++) v->rows[r][i] = (int8_t)(random_bits() >> 24);
    }
}

static void run_passes(const slk_kernel *k, values *v, unsigned round) {
    slk_affine f = {v->scale, v->bias};
    const int8_t *rows[10];
    for (unsigned r = 0; r < 10; r++) rows[r] = v->rows[r];
    k->sum(rows, round % 11, WIDTH, v->sum);
    k->embed(v->sum, f, WIDTH, 0.7f, v->embedded, v->q[0]);
    k->positive(v->sums, f, WIDTH, v->q[1]);
    k->join(v->a, v->b, WIDTH, v->q[2]);
    k->with_sign(v->sums, f, WIDTH, v->sign);
    k->wide(v->sums, f, WIDTH, v->wide);
    v->label = k->best(v->sums, f, round % 2 ? WIDTH : 16 * (1 + round % 5));
    k->raise(v->sums, v->sums + WIDTH - 3, (int32_t)(round % 512), WIDTH, v->best);
    if (round % 2)
        k->convolve(v->sums, f, WIDTH, 1.3f, v->x, v->q[3]);
    else
        k->gate(v->sums, f, WIDTH, v->x, v->q[3]);
}

static void same_floats(const float *a, const float *b, const char *what) {
    for (unsigned i = 0; i < WIDTH; i++)
        if (!(a[i] == b[i])) fail_msg("%s: %a and %a", what, (double)a[i], (double)b[i]);
}

static void same_passes(const slk_kernel *portable, const slk_kernel *other) {
    static values one, two;
    for (unsigned round = 0; round < INPUTS / WIDTH; round++) {
        fill_values(&one, round);
        two = one;
        run_passes(portable, &one, round);
        run_passes(other, &two, round);
        same_floats(one.x, two.x, "the stream");
        same_floats(one.embedded, two.embedded, "embeddings");
        assert_memory_equal(one.q, two.q, sizeof one.q);
        assert_memory_equal(one.sign, two.sign, sizeof one.sign);
        assert_memory_equal(one.sum, two.sum, sizeof one.sum);
        assert_memory_equal(one.wide, two.wide, sizeof one.wide);
        assert_memory_equal(one.best, two.best, sizeof one.best);
        assert_int_equal(one.label, two.label);
    }
}

static void test_passes(void **state) {
    (void)state;
    each_kernel(same_passes);
}

/* What the passes of every kernel make of numbers that can be checked by hand. */
static void test_values(void **state) {
    (void)state;
    static values v;
    unsigned n;
    const slk_kernel *const *all = slk_kernels(&n);
    for (unsigned k = 0; k < n; k++) {
        v = (values){0};
        for (unsigned i = 0; i < 2 * WIDTH; i++) v.scale[i] = 0.5f;
        v.sums[0] = 3, v.sums[1] = -3, v.sums[2] = 1000, v.sums[3] = -1000, v.bias[4] = 0.49f;
        slk_affine f = {v.scale, v.bias};
        all[k]->positive(v.sums, f, WIDTH, v.q[0]);
        const uint8_t q[5] = {2, 0, 127, 0, 0};
        assert_memory_equal(v.q[0], q, sizeof q);
        all[k]->with_sign(v.sums, f, WIDTH, v.sign);
        const int8_t sign[5] = {2, -1, 127, -127, 0};
        assert_memory_equal(v.sign, sign, sizeof sign);
        all[k]->wide(v.sums, f, WIDTH, v.wide);
        const int16_t wide[5] = {2, -1, 500, -500, 0};
        assert_memory_equal(v.wide, wide, sizeof wide);
        assert_int_equal(all[k]->best(v.sums, f, WIDTH), 2);
        v.sums[2] = 3; /* as much as the first */
        assert_int_equal(all[k]->best(v.sums, f, WIDTH), 0);
        v.x[0] = 10, v.sums[0] = 1, v.sums[WIDTH] = 40; /* half of the way from 10 to 20 */
        all[k]->gate(v.sums, f, WIDTH, v.x, v.q[0]);
        assert_true(v.x[0] == 15);
        assert_int_equal(v.q[0][0], 79);
        v.a[0] = 64 * 5, v.b[0] = 32, v.a[1] = -700;
        all[k]->join(v.a, v.b, WIDTH, v.q[0]);
        assert_int_equal(v.q[0][0], 6);
        assert_int_equal(v.q[0][1], 0);
    }
}

/* ---------------------------------------------------------------- trees */

/* 0 and 1 want each other, the root would rather have 1: 0 hangs on 1. */
static void test_cycle(void **state) {
    (void)state;
    const int32_t scores[4] = {0, 9, 9, 0}, root[2] = {1, 2};
    int16_t heads[2];
    slk_arcs_decode(&(slk_arcs){scores, root, 2, 2, 1, false}, heads);
    assert_int_equal(heads[0], 1);
    assert_int_equal(heads[1], -1);
}

static void test_trees(void **state) {
    (void)state;
    static int32_t scores[SLK_ARCS_MOST * SLK_ARCS_MOST], root[SLK_ARCS_MOST];
    int16_t heads[SLK_ARCS_MOST];
    seed = 3;
    for (unsigned round = 0; round < 400; round++) {
        uint32_t n = round < 4 ? SLK_ARCS_MOST : 1 + random_bits() % 40;
        for (uint32_t i = 0; i < n * n; i++) scores[i] = (int32_t)(random_bits() % (round % 2 ? 3 : 100000));
        for (uint32_t i = 0; i < n; i++) root[i] = (int32_t)(random_bits() % 200000) - 100000;
        slk_arcs_decode(&(slk_arcs){scores, root, n, 1, n, false}, heads);
        assert_true(slk_arcs_are_tree(heads, n));
    }
    const int16_t ring[3] = {1, 0, -1}, two_roots[2] = {-1, -1}, good[3] = {1, -1, 1};
    assert_false(slk_arcs_are_tree(ring, 3));
    assert_false(slk_arcs_are_tree(two_roots, 2));
    assert_true(slk_arcs_are_tree(good, 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_products), cmocka_unit_test(test_passes), cmocka_unit_test(test_values),
        cmocka_unit_test(test_cycle),    cmocka_unit_test(test_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
