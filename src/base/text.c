/* text.c - views of text, UTF-8, folding. See text.h. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

slk_text slk_text_trim(slk_text t) {
    while (t.n && slk_is_space(t.at[0])) t.at++, t.n--;
    while (t.n && slk_is_space(t.at[t.n - 1])) t.n--;
    return t;
}

bool slk_text_starts_fold(slk_text a, const char *z) {
    for (size_t i = 0; z[i]; i++)
        if (i >= a.n || slk_lower(a.at[i]) != slk_lower(z[i])) return false;
    return true;
}

bool slk_text_starts(slk_text a, const char *z) {
    size_t n = strlen(z);
    return a.n >= n && (n == 0 || memcmp(a.at, z, n) == 0);
}

bool slk_text_ends_fold(slk_text a, const char *z) {
    size_t n = strlen(z);
    return a.n >= n && slk_text_starts_fold((slk_text){a.at + (a.n - n), n}, z);
}

bool slk_text_holds_fold(slk_text a, slk_text b) {
    for (size_t i = 0; i + b.n <= a.n; i++)
        if (slk_text_eq_fold((slk_text){a.at + i, b.n}, b)) return true;
    return false;
}

int slk_text_cmp(slk_text a, slk_text b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

slk_text slk_text_head(slk_text t, size_t most) {
    if (t.n <= most) return t;
    while (most > 0 && ((unsigned char)t.at[most] & 0xC0) == 0x80) most--;
    return (slk_text){t.at, most};
}

void slk_text_vprint(char *out, size_t size, const char *format, va_list args) {
    int n = vsnprintf(out, size, format, args);
    if (n < 0) out[0] = '\0';
    if (n < 0 || (size_t)n < size) return;
    size_t last = size - 1; /* where the last character that may be cut begins */
    while (last > 0 && ((unsigned char)out[last - 1] & 0xC0) == 0x80) last--;
    if (last == 0 || (unsigned char)out[--last] < 0xC0) return;
    uint32_t cp;
    if (slk_utf8_next(out + last, out + size - 1, &cp) == 1) out[last] = '\0';
}

void slk_text_print(char *out, size_t size, const char *format, ...) {
    va_list args;
    va_start(args, format);
    slk_text_vprint(out, size, format, args);
    va_end(args);
}

bool slk_text_split(slk_text *rest, char sep, slk_text *piece) {
    if (!rest->at) return false;
    const char *stop = rest->n ? memchr(rest->at, sep, rest->n) : NULL;
    size_t n = stop ? (size_t)(stop - rest->at) : rest->n;
    *piece = (slk_text){rest->at, n};
    *rest = stop ? (slk_text){stop + 1, rest->n - n - 1} : (slk_text){NULL, 0};
    return true;
}

/* Digits with at most one point: summed exactly as long as they fit 2^53, scaled once; enough for tables and news. */
bool slk_text_double(slk_text t, double *out) {
    size_t i = 0;
    bool minus = false;
    if (t.n && (t.at[0] == '-' || t.at[0] == '+')) minus = t.at[i++] == '-';
    double v = 0, scale = 1;
    bool point = false, digits = false;
    for (; i < t.n; i++) {
        if (t.at[i] == '.' && !point) {
            point = true;
        } else if (slk_is_digit(t.at[i])) {
            digits = true;
            v = v * 10 + (t.at[i] - '0');
            if (point) scale *= 10;
        } else {
            break;
        }
    }
    if (!digits) return false;
    v /= scale;
    if (i < t.n && (t.at[i] == 'e' || t.at[i] == 'E')) {
        int e = 0, sign = 1;
        if (++i < t.n && (t.at[i] == '-' || t.at[i] == '+')) sign = t.at[i++] == '-' ? -1 : 1;
        if (i == t.n) return false;
        for (; i < t.n && slk_is_digit(t.at[i]) && e < 400; i++) e = e * 10 + (t.at[i] - '0');
        double p = 1;
        for (int k = 0; k < e; k++) p *= 10;
        v = sign < 0 ? v / p : v * p;
    }
    if (i != t.n) return false;
    *out = minus ? -v : v;
    return true;
}

uint32_t slk_utf8_next(const char *p, const char *end, uint32_t *cp) {
    utf8proc_int32_t c = -1;
    if ((unsigned char)*p < 0x80) {
        *cp = (unsigned char)*p;
        return 1;
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, end - p, &c);
    if (n <= 0 || c < 0) {
        *cp = 0xFFFD;
        return 1;
    }
    *cp = (uint32_t)c;
    return (uint32_t)n;
}

size_t slk_utf8_check(slk_text t) {
    size_t i = 0;
    while (i < t.n) {
        unsigned char c = (unsigned char)t.at[i];
        if (c && c < 0x80) {
            i++;
            continue;
        }
        utf8proc_int32_t cp = -1;
        utf8proc_ssize_t n =
            c ? utf8proc_iterate((const utf8proc_uint8_t *)t.at + i, (utf8proc_ssize_t)(t.n - i), &cp) : -1;
        if (n <= 0) return i;
        i += (size_t)n;
    }
    return t.n;
}

static utf8proc_category_t category(uint32_t cp) {
    return cp > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)cp);
}

bool slk_cp_is_letter(uint32_t cp) {
    if (cp < 0x80) return slk_is_alpha((char)cp);
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool slk_cp_is_upper(uint32_t cp) {
    if (cp < 0x80) return slk_is_upper((char)cp);
    utf8proc_category_t c = category(cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool slk_cp_is_space(uint32_t cp) {
    if (cp < 0x80) return slk_is_space((char)cp);
    utf8proc_category_t c = category(cp);
    return (c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP) || cp == 0x85;
}

bool slk_cp_is_word(uint32_t cp) {
    if (cp < 0x80) return slk_is_alpha((char)cp) || slk_is_digit((char)cp) || cp == '_';
    utf8proc_category_t c = category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

uint32_t slk_cp_fold(uint32_t cp) {
    if (cp < 0x80) return (unsigned char)slk_lower((char)cp);
    if (cp == 0xA0 || cp == 0x202F || cp == 0x3000 || (cp >= 0x2000 && cp <= 0x200A)) return ' ';
    if (cp == 0x2018 || cp == 0x2019 || cp == 0x201B || cp == 0x2032 || cp == 0x02BC || cp == 0xB4) return '\'';
    if (cp == 0x201C || cp == 0x201D || cp == 0x201F || cp == 0x2033) return '"';
    if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63 || cp == 0xFF0D) return '-';
    if (cp >= 0xFF01 && cp <= 0xFF5E) return slk_cp_fold(cp - 0xFEE0);
    if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) return cp + 0x20;
    if (cp >= 0x100 && cp <= 0x17F) return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    return cp;
}

uint32_t slk_origin_of(const slk_origin *origins, uint32_t n, size_t text_b, uint32_t off_b) {
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (origins[mid].at_b <= off_b)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == 0) return 0;
    const slk_origin *o = &origins[lo - 1];
    uint32_t next_b = lo < n ? origins[lo].at_b : (uint32_t)text_b, length = o->to_b - o->from_b;
    if (off_b >= next_b) return o->to_b; /* the end of the text */
    return next_b - o->at_b == length ? o->from_b + (off_b - o->at_b) : o->from_b;
}
