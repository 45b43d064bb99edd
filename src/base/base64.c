/* base64.c - three bytes are four letters. See base64.h. */
#include "base/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void slk_base64_write(slk_text t, unsigned line, slk_buf *out) {
    unsigned column = 0;
    for (size_t i = 0; i < t.n; i += 3) {
        size_t n = t.n - i < 3 ? t.n - i : 3;
        uint32_t v = 0;
        char z[4] = {'=', '=', '=', '='};
        for (size_t k = 0; k < 3; k++) v = v << 8 | (k < n ? (unsigned char)t.at[i + k] : 0);
        for (size_t k = 0; k <= n; k++) z[k] = letters[v >> (18 - 6 * k) & 63];
        slk_buf_add(out, z, 4);
        column += 4;
        if (line && column >= line) {
            slk_buf_putc(out, '\n');
            column = 0;
        }
    }
    if (line && column) slk_buf_putc(out, '\n');
}

bool slk_base64_read(slk_text t, slk_buf *out) {
    size_t before = out->n;
    uint32_t v = 0;
    unsigned bits = 0;
    for (unsigned pads = 0; t.n && t.at[t.n - 1] == '=' && pads < 2; pads++) t.n--;
    bool good = t.n % 4 != 1;
    for (size_t i = 0; good && i < t.n; i++) {
        const char *at = t.at[i] ? strchr(letters, t.at[i]) : NULL;
        good = at != NULL;
        if (!good) break;
        v = v << 6 | (uint32_t)(at - letters);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        slk_buf_putc(out, (char)(v >> bits & 0xff));
    }
    if (!good) out->n = before;
    return good && out->err == SLK_OK;
}
