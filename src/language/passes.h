/* passes.h - what happens to the sums of a layer, in plain C, once for each kind of processor: each kernels*.c includes this file
 * and is compiled for its own instructions, so that the compiler makes vectors of them. See kernels.h for what each does. Compiled
 * without contraction of floats: every operation rounds by itself, in every one of them. */
#ifndef SLK_LANGUAGE_PASSES_H
#define SLK_LANGUAGE_PASSES_H

#include <string.h>

#include "language/kernels.h"

#define ALIGNED(p) __builtin_assume_aligned((p), 64)

static inline float between(float v, float low, float high) {
    v = v < low ? low : v;
    return v > high ? high : v;
}

static inline float real_of(int32_t sum, float scale, float bias) {
    float product = (float)sum * scale;
    return product + bias;
}

static inline uint8_t step_of(float v) { return (uint8_t)(int32_t)(between(v, 0, 127) + 0.5f); }

typedef int16_t lanes __attribute__((vector_size(64)));
typedef int8_t bytes __attribute__((vector_size(32)));

static void pass_sum(const int8_t *const *rows, unsigned n_rows, uint32_t n, int16_t *restrict sum) {
    for (size_t first = 0; first < n; first += 64) {
        lanes low = {0}, high = {0};
        for (unsigned r = 0; r < n_rows; r++) {
            bytes row[2];
            memcpy(row, rows[r] + first, sizeof row);
            low += __builtin_convertvector(row[0], lanes);
            high += __builtin_convertvector(row[1], lanes);
        }
        memcpy(sum + first, &low, sizeof low);
        memcpy(sum + first + 32, &high, sizeof high);
    }
}

static void pass_embed(const int16_t *sum_, slk_affine f, uint32_t n, float inverse, float *restrict x_,
                       uint8_t *restrict q_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int16_t *sum = ALIGNED(sum_);
    float *x = ALIGNED(x_);
    uint8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) {
        float y = real_of(sum[i], scale[i], bias[i]);
        x[i] = y > 0 ? y : 0;
        q[i] = step_of(x[i] * inverse);
    }
}

static void pass_convolve(const int32_t *sums_, slk_affine f, uint32_t n, float inverse, float *restrict x_,
                          uint8_t *restrict q_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int32_t *sums = ALIGNED(sums_);
    float *x = ALIGNED(x_);
    uint8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) {
        float y = real_of(sums[i], scale[i], bias[i]);
        x[i] = x[i] + (y > 0 ? y : 0);
        q[i] = step_of(x[i] * inverse);
    }
}

static void pass_gate(const int32_t *sums_, slk_affine f, uint32_t n, float *restrict state_, uint8_t *restrict q_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const float *c_scale = scale + n, *c_bias = bias + n;
    const int32_t *sums = ALIGNED(sums_), *c_sums = sums + n;
    float *state = ALIGNED(state_);
    uint8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) {
        float z = between(real_of(sums[i], scale[i], bias[i]), 0, 1);
        float c = between(real_of(c_sums[i], c_scale[i], c_bias[i]), -63, 63);
        float step = z * (c - state[i]);
        state[i] = state[i] + step;
        q[i] = step_of(state[i] + 64);
    }
}

static void pass_positive(const int32_t *sums_, slk_affine f, uint32_t n, uint8_t *restrict q_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int32_t *sums = ALIGNED(sums_);
    uint8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) q[i] = step_of(real_of(sums[i], scale[i], bias[i]));
}

static void pass_with_sign(const int32_t *sums_, slk_affine f, uint32_t n, int8_t *restrict q_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int32_t *sums = ALIGNED(sums_);
    int8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) {
        float y = between(real_of(sums[i], scale[i], bias[i]), -127, 127);
        q[i] = (int8_t)((int32_t)(y + 128.5f) - 128);
    }
}

static void pass_wide(const int32_t *sums_, slk_affine f, uint32_t n, int16_t *restrict y_) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int32_t *sums = ALIGNED(sums_);
    int16_t *y = ALIGNED(y_);
    for (uint32_t i = 0; i < n; i++)
        y[i] = (int16_t)((int32_t)(between(real_of(sums[i], scale[i], bias[i]), -32767, 32767) + 32768.5f) - 32768);
}

static void pass_join(const int16_t *a_, const int16_t *b_, uint32_t n, uint8_t *restrict q_) {
    const int16_t *a = ALIGNED(a_), *b = ALIGNED(b_);
    uint8_t *q = ALIGNED(q_);
    for (uint32_t i = 0; i < n; i++) {
        int32_t v = (a[i] + b[i] + 32) >> 6;
        v = v < 0 ? 0 : v;
        q[i] = (uint8_t)(v > 127 ? 127 : v);
    }
}

/* A value and where it stands in one integer: the larger value wins, of equals the first. */
static uint32_t pass_best(const int32_t *sums_, slk_affine f, uint32_t n) {
    const float *scale = ALIGNED(f.scale), *bias = ALIGNED(f.bias);
    const int32_t *sums = ALIGNED(sums_);
    int32_t best = INT32_MIN;
    for (uint32_t i = 0; i < n; i++) {
        int32_t y = (int32_t)between(real_of(sums[i], scale[i], bias[i]), -4194303, 4194303);
        int32_t key = y * 512 + (511 - (int32_t)i);
        best = key > best ? key : best;
    }
    return 511u - ((uint32_t)best & 511u);
}

static void pass_raise(const int32_t *sums_, const int32_t *bias, int32_t low, uint32_t n, int32_t *restrict best_) {
    const int32_t *sums = ALIGNED(sums_);
    int32_t *best = ALIGNED(best_);
    for (uint32_t i = 0; i < n; i++) {
        int32_t y = sums[i] + bias[i];
        y = y < -4194303 ? -4194303 : y;
        y = y > 4194303 ? 4194303 : y;
        int32_t key = y * 512 + low;
        best[i] = key > best[i] ? key : best[i];
    }
}

/* A kernel of this file's passes. */
#define KERNEL_OF(the_name, the_dots)                                                                                  \
    {                                                                                                                  \
        .name = (the_name), .dots = (the_dots), .sum = pass_sum, .embed = pass_embed, .convolve = pass_convolve,       \
        .gate = pass_gate, .positive = pass_positive, .with_sign = pass_with_sign, .wide = pass_wide,                  \
        .join = pass_join, .best = pass_best, .raise = pass_raise                                                      \
    }

#endif
