/* kernels.h - the one inner loop of the net: products of unsigned 7-bit activations with signed 8-bit weights, summed. Portable
 * C, AVX2 and AVX-512 VNNI give the same integers on every input: with activations of at most 127 no step can overflow.
 *
 *
 * Weights lie in blocks of SLK_DOT_OUTS outputs: block by block, then four inputs at a time, then output by output: the weight
 * of output o for input k is byte ((o / 16 * k_pad / 4 + k / 4) * 16 + o % 16) * 4 + k % 4. So one register holds four inputs
 * of sixteen outputs and no sum ever runs across a register. */
#ifndef SLK_LANGUAGE_KERNELS_H
#define SLK_LANGUAGE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#define SLK_DOT_OUTS 16u /* outputs are padded to a multiple of this, */
#define SLK_DOT_INS 4u   /* inputs to a multiple of this, with zeros */

static inline uint32_t slk_dot_pad(uint32_t n, uint32_t to) { return (n + to - 1) / to * to; }

static inline size_t slk_dot_place(uint32_t o, uint32_t k, uint32_t k_pad) {
    size_t four = (size_t)(o / SLK_DOT_OUTS) * (k_pad / SLK_DOT_INS) + k / SLK_DOT_INS;
    return (four * SLK_DOT_OUTS + o % SLK_DOT_OUTS) * SLK_DOT_INS + k % SLK_DOT_INS;
}

/* out[t * n_out + o] = sum over k < k_pad of a[t * stride + k] * weight(o, k). a: 0 .. 127; stride and k_pad are multiples of
 * SLK_DOT_INS, n_out of SLK_DOT_OUTS; w and out are 64-byte aligned. */
typedef void (*slk_dots)(const uint8_t *a, uint32_t stride, uint32_t n_tokens, const int8_t *w, uint32_t n_out,
                         uint32_t k_pad, int32_t *out);

typedef struct slk_kernel {
    const char *name; /* "portable", "avx2", "avx512-vnni" */
    slk_dots dots;
} slk_kernel;

/* The kernels that this processor can run, the fastest first; *n of them, at least one. Static storage. */
const slk_kernel *const *slk_kernels(unsigned *n);

#endif
