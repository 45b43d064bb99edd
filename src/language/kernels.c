/* kernels.c - the kernel that runs everywhere, and which ones this processor can run. See kernels.h. */
#include "language/kernels.h"

#include <stdatomic.h>
#include <string.h>

#include "language/passes.h"

/* Sixteen outputs of one word at a time. */
static void dots_portable(const uint8_t *a, uint32_t stride, uint32_t rows, const int8_t *w, uint32_t n_out,
                          uint32_t k_pad, int32_t *out) {
    for (uint32_t o = 0; o < n_out; o += SLK_DOT_OUTS)
        for (uint32_t t = 0; t < rows; t++) {
            const int8_t *y = w + (size_t)o * k_pad;
            const uint8_t *x = a + (size_t)t * stride;
            int32_t sums[SLK_DOT_OUTS] = {0};
            for (uint32_t k = 0; k < k_pad; k += 4, y += 4 * SLK_DOT_OUTS)
                for (uint32_t i = 0; i < SLK_DOT_OUTS; i++)
                    sums[i] +=
                        x[k] * y[4 * i] + x[k + 1] * y[4 * i + 1] + x[k + 2] * y[4 * i + 2] + x[k + 3] * y[4 * i + 3];
            memcpy(out + (size_t)t * n_out + o, sums, sizeof sums);
        }
}

static const slk_kernel portable = KERNEL_OF("portable", dots_portable);

#if !defined(__x86_64__)
const slk_kernel *slk_kernel_avx2(void) { return NULL; }
const slk_kernel *slk_kernel_vnni(void) { return NULL; }
const slk_kernel *slk_kernel_amx(void) { return NULL; }
#endif

/* Found once; threads that look at the same time find the same. */
const slk_kernel *const *slk_kernels(unsigned *n) {
    static const slk_kernel *all[4];
    static _Atomic unsigned found;
    unsigned count = atomic_load_explicit(&found, memory_order_acquire);
    if (!count) {
        const slk_kernel *const candidates[] = {slk_kernel_amx(), slk_kernel_vnni(), slk_kernel_avx2(), &portable};
        for (unsigned i = 0; i < 4; i++)
            if (candidates[i]) all[count++] = candidates[i];
        atomic_store_explicit(&found, count, memory_order_release);
    }
    *n = count;
    return all;
}
