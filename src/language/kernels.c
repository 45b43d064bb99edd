/* kernels.c - the inner loop of the net, one function for each kind of processor. See kernels.h. */
#include "language/kernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static void dots_portable(const uint8_t *a, uint32_t stride, uint32_t n_tokens, const int8_t *w, uint32_t n_out,
                          uint32_t k_pad, int32_t *out) {
    for (uint32_t t = 0; t < n_tokens; t++)
        for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS) {
            const int8_t *y = w + (size_t)o * k_pad;
            int32_t sums[SLK_DOT_OUTS] = {0};
            for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS, y += SLK_DOT_OUTS * SLK_DOT_INS) {
                const uint8_t *x = a + (size_t)t * stride + k;
                for (uint32_t i = 0; i < SLK_DOT_OUTS; i++)
                    sums[i] += x[0] * y[4 * i] + x[1] * y[4 * i + 1] + x[2] * y[4 * i + 2] + x[3] * y[4 * i + 3];
            }
            memcpy(out + (size_t)t * n_out + o, sums, sizeof sums);
        }
}

#if defined(__x86_64__)
static inline int32_t four_of(const uint8_t *x) {
    int32_t v;
    memcpy(&v, x, sizeof v);
    return v;
}

/* Pairs of products are at most 2 * 127 * 128 = 32512: they fit 16 bits. */
__attribute__((target("avx2"))) static inline __m256i add_avx2(__m256i sum, __m256i x, const int8_t *w) {
    __m256i y = _mm256_load_si256((const __m256i *)(const void *)w);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, y), _mm256_set1_epi16(1)));
}

/* One block of outputs for up to two words at a time. */
__attribute__((target("avx2"))) static void dots_avx2(const uint8_t *a, uint32_t stride, uint32_t n_tokens,
                                                      const int8_t *w, uint32_t n_out, uint32_t k_pad, int32_t *out) {
    for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS)
        for (uint32_t t = 0; t < n_tokens; t += 2) {
            const int8_t *y = w + (size_t)o * k_pad;
            const uint8_t *x0 = a + (size_t)t * stride, *x1 = t + 1 < n_tokens ? x0 + stride : x0;
            __m256i s00 = _mm256_setzero_si256(), s01 = s00, s10 = s00, s11 = s00;
            for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS, y += SLK_DOT_OUTS * SLK_DOT_INS) {
                __m256i v0 = _mm256_set1_epi32(four_of(x0 + k)), v1 = _mm256_set1_epi32(four_of(x1 + k));
                s00 = add_avx2(s00, v0, y);
                s01 = add_avx2(s01, v0, y + 32);
                s10 = add_avx2(s10, v1, y);
                s11 = add_avx2(s11, v1, y + 32);
            }
            int32_t *z = out + (size_t)t * n_out + o;
            _mm256_store_si256((__m256i *)(void *)z, s00);
            _mm256_store_si256((__m256i *)(void *)(z + 8), s01);
            if (t + 1 == n_tokens) continue;
            _mm256_store_si256((__m256i *)(void *)(z + n_out), s10);
            _mm256_store_si256((__m256i *)(void *)(z + n_out + 8), s11);
        }
}

#define VNNI "avx512f,avx512bw,avx512vl,avx512vnni"

/* One block of outputs for up to four words at a time. */
__attribute__((target(VNNI))) static void block_vnni(const uint8_t *a, uint32_t stride, uint32_t m, const int8_t *y,
                                                     uint32_t n_out, uint32_t k_pad, int32_t *z) {
    const uint8_t *x0 = a, *x1 = m > 1 ? a + stride : a, *x2 = m > 2 ? x1 + stride : a, *x3 = m > 3 ? x2 + stride : a;
    __m512i s0 = _mm512_setzero_si512(), s1 = s0, s2 = s0, s3 = s0;
    for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS, y += SLK_DOT_OUTS * SLK_DOT_INS) {
        __m512i v = _mm512_load_si512((const void *)y);
        s0 = _mm512_dpbusd_epi32(s0, _mm512_set1_epi32(four_of(x0 + k)), v);
        s1 = _mm512_dpbusd_epi32(s1, _mm512_set1_epi32(four_of(x1 + k)), v);
        s2 = _mm512_dpbusd_epi32(s2, _mm512_set1_epi32(four_of(x2 + k)), v);
        s3 = _mm512_dpbusd_epi32(s3, _mm512_set1_epi32(four_of(x3 + k)), v);
    }
    _mm512_store_si512((void *)z, s0);
    if (m > 1) _mm512_store_si512((void *)(z + n_out), s1);
    if (m > 2) _mm512_store_si512((void *)(z + 2 * (size_t)n_out), s2);
    if (m > 3) _mm512_store_si512((void *)(z + 3 * (size_t)n_out), s3);
}

__attribute__((target(VNNI))) static void dots_vnni(const uint8_t *a, uint32_t stride, uint32_t n_tokens,
                                                    const int8_t *w, uint32_t n_out, uint32_t k_pad, int32_t *out) {
    for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS)
        for (uint32_t t = 0; t < n_tokens; t += 4)
            block_vnni(a + (size_t)t * stride, stride, n_tokens - t, w + (size_t)o * k_pad, n_out, k_pad,
                       out + (size_t)t * n_out + o);
}
#endif

static const slk_kernel portable = {"portable", dots_portable};
#if defined(__x86_64__)
static const slk_kernel avx2 = {"avx2", dots_avx2};
static const slk_kernel vnni = {"avx512-vnni", dots_vnni};
#endif

const slk_kernel *const *slk_kernels(unsigned *n) {
#if defined(__x86_64__)
    static const slk_kernel *const all[] = {&vnni, &avx2, &portable};
    __builtin_cpu_init();
    unsigned skip = 2;
    if (__builtin_cpu_supports("avx2")) skip = 1;
    if (skip == 1 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        skip = 0;
#else
    static const slk_kernel *const all[] = {&portable};
    unsigned skip = 0;
#endif
    *n = (unsigned)(sizeof all / sizeof *all) - skip;
    return all + skip;
}
