/* kernels.h - the inner loops of the net. Products: unsigned 7-bit activations with signed 8-bit weights, summed in 32 bits.
 * Passes: what happens to the sums of a layer, in floats whose every operation rounds by itself. Portable C, AVX2, AVX-512 VNNI
 * and AMX give the same bits on every input: with activations of at most 127 no product can overflow, and no pass adds floats
 * across lanes or multiplies and adds in one rounding.
 *
 * Weights lie in blocks of SLK_DOT_OUTS outputs: block by block, then four inputs at a time, then output by output: the weight
 * of output o for input k is byte ((o / 16 * k_pad / 4 + k / 4) * 16 + o % 16) * 4 + k % 4. So one register holds four inputs
 * of sixteen outputs and no sum ever runs across a register; sixteen such registers are one tile of AMX. */
#ifndef SLK_LANGUAGE_KERNELS_H
#define SLK_LANGUAGE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#define SLK_DOT_OUTS 16u /* outputs are padded to a multiple of this, */
#define SLK_DOT_INS 64u  /* inputs to a multiple of this, both with zeros; */
#define SLK_DOT_ROWS 16u /* words too, with whatever stands there */

static inline uint32_t slk_dot_pad(uint32_t n, uint32_t to) { return (n + to - 1) / to * to; }

static inline size_t slk_dot_place(uint32_t o, uint32_t k, uint32_t k_pad) {
    size_t four = (size_t)(o / SLK_DOT_OUTS) * (k_pad / 4) + k / 4;
    return (four * SLK_DOT_OUTS + o % SLK_DOT_OUTS) * 4 + k % 4;
}

/* What makes real values of sums: y = (float)sum * scale + bias, one of each per output, 64-byte aligned. */
typedef struct slk_affine {
    const float *scale, *bias;
} slk_affine;

/* Every pass takes n values of one word, n a multiple of SLK_DOT_OUTS, all arrays 64-byte aligned, and rounds to the nearest step,
 * halves up, within 0 .. 127 (q) or -127 .. 127. */
typedef struct slk_kernel {
    const char *name; /* "portable", "avx2", "avx512-vnni", "amx" */

    /* out[t * n_out + o] = sum over k < k_pad of a[t * stride + k] * weight(o, k), for t < rows. a: 0 .. 127; rows, n_out and k_pad
     * are padded as above, stride is a multiple of SLK_DOT_INS; a, w and out are 64-byte aligned. */
    void (*dots)(const uint8_t *a, uint32_t stride, uint32_t rows, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                 int32_t *out);
    /* sum = sum of the rows. n_rows at most 255, n at most 1024. */
    void (*sum)(const int8_t *const *rows, unsigned n_rows, uint32_t n, int16_t *sum);
    /* x = positive part of y; q = x * inverse */
    void (*embed)(const int16_t *sum, slk_affine f, uint32_t n, float inverse, float *x, uint8_t *q);
    /* x += positive part of y; q = x * inverse */
    void (*convolve)(const int32_t *sums, slk_affine f, uint32_t n, float inverse, float *x, uint8_t *q);
    /* sums: n update gates, then n candidates. z = y within 0 .. 1; state += z * (candidate within -63 .. 63 - state); q = state + 64 */
    void (*gate)(const int32_t *sums, slk_affine f, uint32_t n, float *state, uint8_t *q);
    /* q = y; the same with a sign; the same in 16 bits (y within -32767 .. 32767) */
    void (*positive)(const int32_t *sums, slk_affine f, uint32_t n, uint8_t *q);
    void (*with_sign)(const int32_t *sums, slk_affine f, uint32_t n, int8_t *q);
    void (*wide)(const int32_t *sums, slk_affine f, uint32_t n, int16_t *y);
    /* q = (a + b) / 64 */
    void (*join)(const int16_t *a, const int16_t *b, uint32_t n, uint8_t *q);
    /* The output with the largest y, rounded; of equals the first. n at most 512. */
    uint32_t (*best)(const int32_t *sums, slk_affine f, uint32_t n);
    /* best[i] = max(best[i], ((sums[i] + bias[i]) within -2^22 + 1 .. 2^22 - 1) * 512 + low) */
    void (*raise)(const int32_t *sums, const int32_t *bias, int32_t low, uint32_t n, int32_t *best);
} slk_kernel;

/* The kernels that this processor can run, the fastest first; *n of them, at least one. Static storage. Asks the system for the use
 * of AMX where the processor has it. Safe from many threads. */
const slk_kernel *const *slk_kernels(unsigned *n);

/* One for each kind of processor; NULL where this one or the compiler cannot. (kernels_avx2.c, kernels_avx512.c) */
const slk_kernel *slk_kernel_avx2(void);
const slk_kernel *slk_kernel_vnni(void);
const slk_kernel *slk_kernel_amx(void);

#endif
