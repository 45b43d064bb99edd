/* kernels_avx2.c - products for processors with AVX2. Compiled for them (meson.build); asked for only where they are. See kernels.h. */
#include <immintrin.h>
#include <string.h>

#include "language/passes.h"

#define WORDS 4u /* at a time: eight sums, two weights, a pair of inputs and ones fill the registers */

static inline __m256i four_of(const uint8_t *x) {
    int32_t v;
    memcpy(&v, x, sizeof v);
    return _mm256_set1_epi32(v);
}

/* Pairs of products are at most 2 * 127 * 128 = 32512: they fit 16 bits. */
static inline __m256i add(__m256i sum, __m256i x, __m256i w) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), _mm256_set1_epi16(1)));
}

static inline void block(const uint8_t *a, uint32_t stride, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                         int32_t *out) {
    __m256i sum[WORDS][2];
    for (unsigned t = 0; t < WORDS; t++) sum[t][0] = sum[t][1] = _mm256_setzero_si256();
    for (uint32_t k = 0; k < k_pad; k += 4, w += 4 * SLK_DOT_OUTS) {
        __m256i w0 = _mm256_load_si256((const void *)w), w1 = _mm256_load_si256((const void *)(w + 32));
#pragma GCC unroll 4
        for (unsigned t = 0; t < WORDS; t++) {
            __m256i x = four_of(a + t * (size_t)stride + k);
            sum[t][0] = add(sum[t][0], x, w0);
            sum[t][1] = add(sum[t][1], x, w1);
        }
    }
    for (unsigned t = 0; t < WORDS; t++) {
        _mm256_store_si256((void *)(out + t * (size_t)n_out), sum[t][0]);
        _mm256_store_si256((void *)(out + t * (size_t)n_out + 8), sum[t][1]);
    }
}

static void dots_avx2(const uint8_t *a, uint32_t stride, uint32_t rows, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                      int32_t *out) {
    for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS)
        for (uint32_t t = 0; t < rows; t += WORDS)
            block(a + (size_t)t * stride, stride, w + (size_t)o * k_pad, n_out, k_pad, out + (size_t)t * n_out + o);
}

const slk_kernel *slk_kernel_avx2(void) {
    static const slk_kernel avx2 = KERNEL_OF("avx2", dots_avx2);
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}
