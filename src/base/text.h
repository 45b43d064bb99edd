/* text.h - views of text: comparing, folding and walking UTF-8. Nothing here reads past a view or needs a NUL. */
#ifndef SLK_BASE_TEXT_H
#define SLK_BASE_TEXT_H

#include <stdarg.h>
#include <string.h>

#include "sillok.h"

slk_text slk_text_trim(slk_text t); /* without ASCII white space at both ends */
bool slk_text_starts(slk_text a, const char *z);
bool slk_text_starts_fold(slk_text a, const char *z);
bool slk_text_ends_fold(slk_text a, const char *z);
bool slk_text_holds_fold(slk_text a, slk_text b); /* b stands somewhere in a, but for ASCII case; O(a times b) */
int slk_text_cmp(slk_text a, slk_text b);         /* byte order, like memcmp */
slk_text slk_text_head(slk_text t, size_t most);  /* at most so many bytes, whole characters */
/* Prints into out; what does not fit is cut off behind a whole character. size > 0. */
void slk_text_vprint(char *out, size_t size, const char *format, va_list args) __attribute__((format(printf, 3, 0)));
void slk_text_print(char *out, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The next piece of *rest up to sep (or the end), taken off *rest. False when nothing is left. */
bool slk_text_split(slk_text *rest, char sep, slk_text *piece);
bool slk_text_double(slk_text t, double *out); /* a whole decimal number and nothing else; no locale */

/* ASCII classes, no locale. */
static inline bool slk_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool slk_is_html_space(char c) { return slk_is_space(c) && c != '\v'; } /* ASCII white space of WHATWG */
static inline bool slk_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool slk_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool slk_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool slk_is_alpha(char c) { return slk_is_upper(c) || slk_is_lower(c); }
static inline char slk_lower(char c) { return slk_is_upper(c) ? (char)(c + ('a' - 'A')) : c; }

/* These are asked of every word, with texts known when compiling. */
static inline slk_text slk_text_of(const char *z) { return z ? (slk_text){z, strlen(z)} : (slk_text){NULL, 0}; }

static inline slk_text slk_text_part(slk_text t, uint32_t start, uint32_t end) { /* clipped to t */
    if (end > t.n) end = (uint32_t)t.n;
    if (start >= end) return (slk_text){t.at + (start < t.n ? start : t.n), 0};
    return (slk_text){t.at + start, end - start};
}

static inline bool slk_text_eq(slk_text a, slk_text b) {
    return a.n == b.n && (a.n == 0 || (a.at && b.at && memcmp(a.at, b.at, a.n) == 0));
}

/* equal, byte for byte */
static inline bool slk_text_is(slk_text a, const char *z) {
    size_t n = strlen(z);
    return a.n == n && (n == 0 || (a.at && memcmp(a.at, z, n) == 0));
}

/* equal but for ASCII case */
static inline bool slk_text_is_fold(slk_text a, const char *z) {
    for (size_t i = 0; i < a.n; i++) /* most words differ in their first letters: no length is counted */
        if (!z[i] || slk_lower(a.at[i]) != slk_lower(z[i])) return false;
    return z[a.n] == '\0';
}
static inline bool slk_text_eq_fold(slk_text a, slk_text b) { /* ASCII letters of any case are equal */
    for (size_t i = 0; i < a.n && a.n == b.n; i++)
        if (slk_lower(a.at[i]) != slk_lower(b.at[i])) return false;
    return a.n == b.n;
}

/* The source byte that byte off_b of a text comes from, by its origins. O(log n). */
uint32_t slk_origin_of(const slk_origin *origins, uint32_t n, size_t text_b, uint32_t off_b);
/* Decodes one character at p (p < end, valid UTF-8); returns its length in bytes. On invalid bytes: 1 and U+FFFD. */
uint32_t slk_utf8_next(const char *p, const char *end, uint32_t *cp);
/* Offset of the first byte that is not valid UTF-8, or t.n when all is valid. NUL bytes count as invalid. */
size_t slk_utf8_check(slk_text t);
/* Classes by Unicode general category (utf8proc). */
bool slk_cp_is_letter(uint32_t cp); /* letters and marks */
bool slk_cp_is_upper(uint32_t cp);  /* upper or title case */
bool slk_cp_is_space(uint32_t cp);
bool slk_cp_is_word(uint32_t cp); /* letters, marks, digits, underscore */

/* The canonical ASCII look of a character in matching: curly quotes give ', dashes and hyphens give -, no-break spaces
 * give a space, full-width forms give ASCII, A-Z and Latin-1/Latin Extended-A capitals their small letters; others unchanged. */
uint32_t slk_cp_fold(uint32_t cp);

#endif
