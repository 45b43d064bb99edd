/* feed_repair.c - what feeds get wrong, put right before an XML parser sees it: a bare & or <, references that XML does not know
 * (&eacute; stays what it is for the markup within), control characters. Document type declarations go altogether, and with
 * them every entity that could grow. CDATA sections, comments and tags pass unchanged. One walk, linear. */
#include <string.h>

#include "base/text.h"
#include "intake/feed_repair.h"

static bool is_control(char c) { return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

/* Whether XML knows the reference at i (a &) without a declaration. */
static bool is_reference(slk_text t, size_t i) {
    static const char *const known[] = {"amp;", "lt;", "gt;", "quot;", "apos;"};
    slk_text rest = {t.at + i + 1, t.n - i - 1};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (slk_text_starts(rest, known[k])) return true;
    if (!rest.n || rest.at[0] != '#') return false;
    bool hex = rest.n > 1 && rest.at[1] == 'x';
    uint32_t v = 0;
    size_t at = 1 + hex, start = at;
    for (; at < rest.n && at - start < 8; at++) {
        char c = slk_lower(rest.at[at]);
        bool figure = slk_is_digit(c), letter = hex && c >= 'a' && c <= 'f';
        if (!figure && !letter) break;
        v = v * (hex ? 16u : 10u) + (uint32_t)(figure ? c - '0' : c - 'a' + 10);
    }
    if (at == start || at >= rest.n || rest.at[at] != ';') return false;
    bool character = v == 9 || v == 10 || v == 13 || (v >= 0x20 && v < 0xD800) || (v > 0xDFFF && v < 0xFFFE);
    return character || (v >= 0x10000 && v <= 0x10FFFF);
}

static size_t behind(slk_text t, size_t i, const char *z) {
    const char *hit = memmem(t.at + i, t.n - i, z, strlen(z));
    return hit ? (size_t)(hit - t.at) + strlen(z) : t.n;
}

/* Behind a document type declaration with its subset in brackets. */
static size_t behind_doctype(slk_text t, size_t i) {
    bool subset = false;
    char quote = 0;
    for (; i < t.n; i++) {
        char c = t.at[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == ']') {
            subset = c == '[';
        } else if (c == '>' && !subset) {
            return i + 1;
        }
    }
    return t.n;
}

/* Copies from..to without control characters. */
static void copy(slk_text t, size_t from, size_t to, slk_buf *out) {
    size_t start = from;
    for (size_t i = from; i < to; i++) {
        if (!is_control(t.at[i])) continue;
        slk_buf_add(out, t.at + start, i - start);
        start = i + 1;
    }
    slk_buf_add(out, t.at + start, to - start);
}

void slk_feed_repair(slk_text t, slk_buf *out) {
    size_t done = 0, i = 0;
    while (i < t.n) {
        slk_text rest = {t.at + i, t.n - i};
        char c = rest.at[0];
        if (c == '&' && !is_reference(t, i)) {
            copy(t, done, i, out);
            slk_buf_puts(out, "&amp;");
            done = ++i;
        } else if (c != '<') {
            i++;
        } else if (slk_text_starts(rest, "<![CDATA[")) {
            i = behind(t, i, "]]>");
        } else if (slk_text_starts(rest, "<!--")) {
            copy(t, done, i, out); /* comments go too: two dashes within would end the parser's patience */
            done = i = behind(t, i + 4, "-->");
        } else if (slk_text_starts_fold(rest, "<!doctype")) {
            copy(t, done, i, out);
            done = i = behind_doctype(t, i);
        } else if (rest.n > 1 &&
                   (slk_is_alpha(rest.at[1]) || strchr("/?_:", rest.at[1]) || (uint8_t)rest.at[1] >= 0x80)) {
            i++;
        } else {
            copy(t, done, i, out);
            slk_buf_puts(out, "&lt;");
            done = ++i;
        }
    }
    copy(t, done, t.n, out);
}
