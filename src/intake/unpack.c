/* unpack.c - whole documents out of gzip, deflate, brotli and zstd, with limits. See http.h. */
#include <string.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/http.h"
#include "intake/stream.h"

#define STEP_B 65536u

static slk_err damaged(slk_fault *fault, const char *what) {
    return slk_fault_say(fault, SLK_EINPUT, "the %s data are damaged", what);
}

/* Whether so much may come out of so little; put what came out onto out. */
static slk_err put(slk_buf *out, const char *at, size_t n, size_t used, slk_fault *fault) {
    slk_buf_add(out, at, n);
    if (out->err == SLK_ENOMEM) return SLK_ENOMEM;
    if (out->err == SLK_ELIMIT || out->n > SLK_UNPACKED_MOST_B)
        return slk_fault_say(fault, SLK_ELIMIT, "the document unpacks to more than %u bytes", SLK_UNPACKED_MOST_B);
    if (out->n > SLK_RATIO_FREE_B && out->n / SLK_RATIO_MOST > used)
        return slk_fault_say(fault, SLK_ELIMIT, "the document unpacks to more than %u times its size", SLK_RATIO_MOST);
    return SLK_OK;
}

/* window: zlib's bits; with 16 added gzip, negative raw deflate */
static slk_err unpack_zlib(int window, slk_text data, slk_buf *out, slk_fault *fault) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)data.at, .avail_in = (uInt)data.n};
    char step[STEP_B];
    slk_err err = SLK_OK;
    if (inflateInit2(&z, window) != Z_OK) return SLK_ENOMEM;
    for (int ok = Z_OK; ok != Z_STREAM_END && err == SLK_OK;) {
        z.next_out = (Bytef *)step;
        z.avail_out = STEP_B;
        ok = inflate(&z, Z_NO_FLUSH);
        err = put(out, step, STEP_B - z.avail_out, data.n - z.avail_in, fault);
        bool stuck = ok == Z_BUF_ERROR || (ok == Z_OK && z.avail_in == 0 && z.avail_out > 0);
        if (err == SLK_OK && stuck && out->n) break; /* cut off: what there is counts */
        if (err == SLK_OK && (stuck || (ok != Z_OK && ok != Z_STREAM_END)))
            err = damaged(fault, window > 15 ? "gzip" : "deflate");
    }
    (void)inflateEnd(&z);
    return err;
}

static slk_err unpack_deflate(slk_text data, slk_buf *out, slk_fault *fault) {
    size_t before = out->n;
    slk_err err = unpack_zlib(15, data, out, fault);
    if (err != SLK_EINPUT) return err;
    out->n = before; /* servers disagree whether deflate has zlib's two bytes before it */
    return unpack_zlib(-15, data, out, fault);
}

static slk_err unpack_brotli(slk_text data, slk_buf *out, slk_fault *fault) {
    BrotliDecoderState *s = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    const uint8_t *from = (const uint8_t *)data.at;
    size_t left = data.n;
    char step[STEP_B];
    slk_err err = s ? SLK_OK : SLK_ENOMEM;
    while (err == SLK_OK) {
        uint8_t *to = (uint8_t *)step;
        size_t room = STEP_B;
        BrotliDecoderResult ok = BrotliDecoderDecompressStream(s, &left, &from, &room, &to, NULL);
        err = put(out, step, STEP_B - room, data.n - left, fault);
        if (err != SLK_OK || ok == BROTLI_DECODER_RESULT_SUCCESS) break;
        if (ok == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && out->n) break;
        if (ok != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) err = damaged(fault, "brotli");
    }
    if (s) BrotliDecoderDestroyInstance(s);
    return err;
}

static slk_err unpack_zstd(slk_text data, slk_buf *out, slk_fault *fault) {
    ZSTD_DStream *s = ZSTD_createDStream();
    ZSTD_inBuffer in = {data.at, data.n, 0};
    char step[STEP_B];
    slk_err err = s ? SLK_OK : SLK_ENOMEM;
    if (s && ZSTD_isError(ZSTD_DCtx_setParameter(s, ZSTD_d_windowLogMax, 27))) err = SLK_ENOMEM;
    while (err == SLK_OK) {
        ZSTD_outBuffer to = {step, STEP_B, 0};
        size_t left = ZSTD_decompressStream(s, &to, &in);
        if (ZSTD_isError(left)) {
            err = damaged(fault, "zstd");
            break;
        }
        err = put(out, step, to.pos, in.pos, fault);
        if (in.pos == in.size && to.pos < STEP_B) break;
    }
    (void)ZSTD_freeDStream(s);
    return err;
}

slk_err slk_unpack(slk_text coding, slk_text data, slk_buf *out, slk_fault *fault) {
    if (data.n > SLK_UNPACKED_MOST_B) return slk_fault_say(fault, SLK_ELIMIT, "the packed document is too long");
    if (slk_text_is_fold(coding, "gzip") || slk_text_is_fold(coding, "x-gzip"))
        return unpack_zlib(15 + 16, data, out, fault);
    if (slk_text_is_fold(coding, "deflate")) return unpack_deflate(data, out, fault);
    if (slk_text_is_fold(coding, "br")) return unpack_brotli(data, out, fault);
    if (slk_text_is_fold(coding, "zstd")) return unpack_zstd(data, out, fault);
    return slk_fault_say(fault, SLK_EINPUT, "\"%.*s\" is no content coding that is known",
                         (int)(coding.n < 40 ? coding.n : 40), coding.at ? coding.at : "");
}
