/* http.c - HTTP responses of archives. See http.h. Archives are careless: headers name chunks and codings that the crawler has
 * already undone. So each is undone only where it is there. */
#include "intake/http.h"

#include <string.h>

#include "base/fault.h"
#include "base/text.h"

#define HEADERS_MOST_B 65536u

slk_text slk_http_header(slk_text headers, const char *name) {
    slk_text line;
    size_t n = strlen(name);
    while (slk_text_split(&headers, '\n', &line)) {
        if (line.n <= n || line.at[n] != ':' || !slk_text_starts_fold(line, name)) continue;
        return slk_text_trim((slk_text){line.at + n + 1, line.n - n - 1});
    }
    return (slk_text){NULL, 0};
}

/* The length of the lines up to and with the first empty one; 0 where none ends them. */
static size_t headers_length(slk_text t) {
    size_t at = 0;
    while (at < t.n && at < HEADERS_MOST_B) {
        const char *nl = memchr(t.at + at, '\n', t.n - at);
        if (!nl) return 0;
        size_t end = (size_t)(nl - t.at), n = end - at;
        bool empty = n == 0 || (n == 1 && t.at[at] == '\r');
        at = end + 1;
        if (empty) return at;
    }
    return 0;
}

void slk_http_split(slk_text t, slk_http *out) {
    slk_http h = {.body = t};
    size_t n = slk_text_starts_fold(t, "HTTP/") ? headers_length(t) : 0;
    if (n) {
        slk_text headers = {t.at, n}, line;
        h.body = (slk_text){t.at + n, t.n - n};
        (void)slk_text_split(&headers, '\n', &line);
        size_t i = 5;
        while (i < line.n && line.at[i] != ' ') i++;
        while (i < line.n && line.at[i] == ' ') i++;
        for (size_t k = 0; k < 3 && i + k < line.n && slk_is_digit(line.at[i + k]); k++)
            h.status = h.status * 10 + (line.at[i + k] - '0');
        h.type = slk_http_header(headers, "Content-Type");
        h.modified = slk_http_header(headers, "Last-Modified");
        h.coding = slk_http_header(headers, "Content-Encoding");
        h.transfer = slk_http_header(headers, "Transfer-Encoding");
    }
    *out = h;
}

/* The size line of a chunk at *i: moves behind it. False where there is none. */
static bool chunk_size(slk_text t, size_t *i, size_t *size) {
    size_t v = 0, at = *i, start = at;
    for (; at < t.n && at - start < 8; at++) {
        char c = slk_lower(t.at[at]);
        if (slk_is_digit(c))
            v = v * 16 + (size_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            v = v * 16 + (size_t)(c - 'a' + 10);
        else
            break;
    }
    if (at == start) return false;
    const char *nl = memchr(t.at + at, '\n', t.n - at < 256 ? t.n - at : 256);
    if (!nl) return false;
    char next = t.at[at];
    if (next != '\r' && next != '\n' && next != ';' && next != ' ') return false;
    *i = (size_t)(nl - t.at) + 1;
    *size = v;
    return true;
}

/* Appends the chunks' contents. False where the body does not consist of chunks after all; one cut off counts as far as it goes. */
static bool dechunk(slk_text t, slk_buf *out) {
    size_t i = 0, size;
    for (bool first = true; i < t.n; first = false) {
        if (!chunk_size(t, &i, &size)) return !first;
        if (size == 0) return true;
        if (size > t.n - i) size = t.n - i;
        slk_buf_add(out, t.at + i, size);
        i += size;
        if (i < t.n && t.at[i] == '\r') i++;
        if (i < t.n && t.at[i] == '\n') i++;
    }
    return true;
}

/* Whether data are packed the way the coding names; brotli has no mark of its own, but text is told from it. */
static bool is_packed(slk_text coding, slk_text data) {
    if (data.n < 2) return false;
    if (slk_text_is_fold(coding, "gzip") || slk_text_is_fold(coding, "x-gzip"))
        return memcmp(data.at, "\x1F\x8B", 2) == 0;
    if (slk_text_is_fold(coding, "zstd")) return data.n > 4 && memcmp(data.at, "\x28\xB5\x2F\xFD", 4) == 0;
    slk_text head = slk_text_trim(slk_text_head(data, 256));
    return !(head.n && head.at[0] == '<' && slk_utf8_check(head) == head.n);
}

slk_err slk_http_body(const slk_http *http, slk_buf *room, slk_text *out, slk_fault *fault) {
    slk_text body = http->body, rest = http->coding, coding;
    slk_buf a = *room, b;
    slk_err err = SLK_OK;
    slk_buf_start(&b, &room->mem, room->ceiling_b);
    if (slk_text_is_fold(http->transfer, "chunked") && dechunk(body, &a)) body = (slk_text){a.at, a.n};
    if (a.err != SLK_OK) err = a.err;
    for (unsigned n = 0; err == SLK_OK && n < 3 && slk_text_split(&rest, ',', &coding); n++) {
        coding = slk_text_trim(coding);
        if (slk_text_is_fold(coding, "identity") || !coding.n || !is_packed(coding, body)) continue;
        slk_buf_clear(&b);
        err = slk_unpack(coding, body, &b, fault);
        if (err != SLK_OK) break;
        slk_buf other = a;
        a = b;
        b = other;
        body = (slk_text){a.at, a.n};
    }
    slk_buf_free(&b);
    *room = a;
    if (err == SLK_OK) *out = body;
    return err;
}
