/* sign.c - see sign.h. */
#include "alerts/sign.h"

#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/text.h"

#define PREFIX "whsec_"

slk_err slk_sign(slk_text secret, const char *key, int64_t seconds, slk_text body, slk_buf *out) {
    unsigned char sum[SLK_SHA256_B];
    slk_buf bytes, signed_text;
    slk_buf_start(&bytes, &slk_mem_system, (size_t)1 << 16);
    slk_buf_start(&signed_text, &slk_mem_system, body.n + 256);
    slk_text use = secret;
    bool good = true;
    if (slk_text_starts(secret, PREFIX)) {
        slk_text letters = {secret.at + strlen(PREFIX), secret.n - strlen(PREFIX)};
        good = slk_base64_read(letters, &bytes);
        use = (slk_text){bytes.at ? bytes.at : "", bytes.n};
    }
    slk_buf_printf(&signed_text, "%s.%lld.", key, (long long)seconds);
    slk_buf_add(&signed_text, body.at, body.n);
    slk_err err = !good ? (bytes.err == SLK_OK ? SLK_EINPUT : bytes.err) : signed_text.err;
    if (err == SLK_OK) {
        slk_hmac_sha256(use, (slk_text){signed_text.at, signed_text.n}, sum);
        slk_buf_puts(out, "v1,");
        slk_base64_write((slk_text){(const char *)sum, sizeof sum}, 0, out);
        err = out->err;
    }
    if (bytes.at) explicit_bzero(bytes.at, bytes.cap);
    slk_buf_free(&bytes);
    slk_buf_free(&signed_text);
    return err;
}
