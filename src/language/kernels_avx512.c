/* kernels_avx512.c - products for processors with AVX-512 VNNI, and for those that have AMX besides, which multiplies tiles of
 * sixteen words by sixteen outputs. Compiled for them (meson.build); asked for only where they are. See kernels.h. */
#include <cpuid.h>
#include <immintrin.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "language/passes.h"

#define WORDS 8u /* at most, at a time: sixteen sums fill half of the registers and hide how long one takes */

static inline __m512i four_of(const uint8_t *x) {
    int32_t v;
    memcpy(&v, x, sizeof v);
    return _mm512_set1_epi32(v);
}

/* So many words by so many blocks of outputs, numbers that the compiler knows: all sums stay in registers. */
__attribute__((always_inline)) static inline void block(unsigned words, unsigned blocks, const uint8_t *a,
                                                        uint32_t stride, const int8_t *w, uint32_t n_out,
                                                        uint32_t k_pad, int32_t *out) {
    __m512i sum[WORDS][4];
#pragma GCC unroll 8
    for (unsigned t = 0; t < words; t++)
#pragma GCC unroll 4
        for (unsigned b = 0; b < blocks; b++) sum[t][b] = _mm512_setzero_si512();
    size_t step = (size_t)SLK_DOT_OUTS * k_pad;
    for (uint32_t k = 0; k < k_pad; k += 4, w += 4 * SLK_DOT_OUTS) {
        __m512i y[4];
#pragma GCC unroll 4
        for (unsigned b = 0; b < blocks; b++) y[b] = _mm512_load_si512((const void *)(w + b * step));
#pragma GCC unroll 8
        for (unsigned t = 0; t < words; t++) {
            __m512i x = four_of(a + t * (size_t)stride + k);
#pragma GCC unroll 4
            for (unsigned b = 0; b < blocks; b++) sum[t][b] = _mm512_dpbusd_epi32(sum[t][b], x, y[b]);
        }
    }
#pragma GCC unroll 8
    for (unsigned t = 0; t < words; t++)
#pragma GCC unroll 4
        for (unsigned b = 0; b < blocks; b++)
            _mm512_store_si512((void *)(out + t * (size_t)n_out + b * SLK_DOT_OUTS), sum[t][b]);
}

static void dots_vnni(const uint8_t *a, uint32_t stride, uint32_t rows, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                      int32_t *out) {
    for (uint32_t o = 0; o < n_out;) {
        uint32_t left = (n_out - o) / SLK_DOT_OUTS, blocks = left >= 4 ? 4 : left >= 2 ? 2 : 1;
        const int8_t *y = w + (size_t)o * k_pad;
        uint32_t words = blocks == 4 ? 4 : WORDS;
        for (uint32_t t = 0; t < rows; t += words) {
            const uint8_t *x = a + (size_t)t * stride;
            int32_t *z = out + (size_t)t * n_out + o;
            if (blocks == 4)
                block(4, 4, x, stride, y, n_out, k_pad, z);
            else if (blocks == 2)
                block(WORDS, 2, x, stride, y, n_out, k_pad, z);
            else
                block(WORDS, 1, x, stride, y, n_out, k_pad, z);
        }
        o += blocks * SLK_DOT_OUTS;
    }
}

const slk_kernel *slk_kernel_vnni(void) {
    static const slk_kernel vnni = KERNEL_OF("avx512-vnni", dots_vnni);
    __builtin_cpu_init();
    bool can = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vnni");
    return can ? &vnni : NULL;
}

/* ---------------------------------------------------------------- AMX */

#define AMX __attribute__((target("amx-tile,amx-int8")))

typedef struct tiles { /* what the processor is told of its tiles: Intel SDM volume 1, 18.3 */
    uint8_t palette, start, reserved[14];
    uint16_t row_b[16];
    uint8_t rows[16];
} tiles;

/* Two tiles of words by two of outputs: tiles 0 to 3 are sums, 4 and 5 words, 6 and 7 weights. */
AMX static void square(const uint8_t *a, uint32_t stride, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                       int32_t *out) {
    size_t step = (size_t)SLK_DOT_OUTS * k_pad, row_b = n_out * sizeof *out;
    int32_t *lower = out + (size_t)SLK_DOT_ROWS * n_out;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS) {
        const int8_t *y = w + (size_t)k * SLK_DOT_OUTS;
        _tile_loadd(4, a + k, stride);
        _tile_loadd(6, y, 64);
        _tile_loadd(7, y + step, 64);
        _tile_loadd(5, a + (size_t)SLK_DOT_ROWS * stride + k, stride);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
        _tile_dpbusd(2, 5, 6);
        _tile_dpbusd(3, 5, 7);
    }
    _tile_stored(0, out, row_b);
    _tile_stored(1, out + SLK_DOT_OUTS, row_b);
    _tile_stored(2, lower, row_b);
    _tile_stored(3, lower + SLK_DOT_OUTS, row_b);
}

/* One tile of words by one of outputs. */
AMX static void single(const uint8_t *a, uint32_t stride, const int8_t *w, uint32_t n_out, uint32_t k_pad,
                       int32_t *out) {
    _tile_zero(0);
    for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS) {
        _tile_loadd(4, a + k, stride);
        _tile_loadd(6, w + (size_t)k * SLK_DOT_OUTS, 64);
        _tile_dpbusd(0, 4, 6);
    }
    _tile_stored(0, out, n_out * sizeof *out);
}

AMX static void dots_amx(const uint8_t *a, uint32_t stride, uint32_t rows, const int8_t *w, uint32_t n_out,
                         uint32_t k_pad, int32_t *out) {
    tiles all = {.palette = 1};
    for (unsigned i = 0; i < 8; i++) {
        all.row_b[i] = 64;
        all.rows[i] = SLK_DOT_ROWS;
    }
    _tile_loadconfig(&all);
    uint32_t square_rows = rows / 32 * 32, square_outs = n_out / 32 * 32;
    for (uint32_t o = 0; o < square_outs; o += 32)
        for (uint32_t t = 0; t < square_rows; t += 32)
            square(a + (size_t)t * stride, stride, w + (size_t)o * k_pad, n_out, k_pad, out + (size_t)t * n_out + o);
    for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS)
        for (uint32_t t = o < square_outs ? square_rows : 0; t < rows; t += SLK_DOT_ROWS)
            single(a + (size_t)t * stride, stride, w + (size_t)o * k_pad, n_out, k_pad, out + (size_t)t * n_out + o);
    _tile_release();
}

/* Linux hands out the registers of AMX only to processes that ask: arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA). */
static bool may_use_tiles(void) {
#if defined(__linux__) && defined(SYS_arch_prctl)
    return syscall(SYS_arch_prctl, 0x1023, 18) == 0;
#else
    return false;
#endif
}

const slk_kernel *slk_kernel_amx(void) {
    static const slk_kernel amx = KERNEL_OF("amx", dots_amx);
    unsigned a, b, c, d = 0, both = 1u << 24 | 1u << 25; /* AMX-TILE and AMX-INT8: leaf 7, EDX */
    bool can = slk_kernel_vnni() && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & both) == both;
    return can && may_use_tiles() ? &amx : NULL;
}
