/* reference.c - character references: "&amp;", "&#8212;", "&#x2014;". The 2,231 names of the standard are a table of the pack. */
#include "base/text.h"
#include "intake/html/token.h"

#define NAME_MOST_B 32u /* the longest name has 31 letters and ";" */
#define OLD_MOST_B 6u   /* the longest of those that need no ";" */
#define REPLACEMENT 0xFFFDu

static size_t put_utf8(uint32_t cp, char *out) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* What a number stands for: windows-1252 for 80 to 9F, as old pages meant it (the standard's table). */
static uint32_t meant(uint32_t cp) {
    static const uint16_t old[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (cp >= 0x80 && cp <= 0x9F) return old[cp - 0x80];
    return cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF) ? REPLACEMENT : cp;
}

static int digit_value(char c, bool hex) {
    if (slk_is_digit(c)) return c - '0';
    if (hex && slk_lower(c) >= 'a' && slk_lower(c) <= 'f') return slk_lower(c) - 'a' + 10;
    return -1;
}

/* "&#..." */
static size_t by_number(const char *p, const char *end, char out[8], size_t *n) {
    const char *at = p + 2;
    bool hex = at < end && (*at == 'x' || *at == 'X');
    if (hex) at++;
    uint32_t cp = 0;
    const char *first = at;
    for (int v; at < end && (v = digit_value(*at, hex)) >= 0; at++)
        if (cp <= 0x10FFFF) cp = cp * (hex ? 16 : 10) + (uint32_t)v;
    if (at == first) return 0;
    if (at < end && *at == ';') at++;
    *n = put_utf8(meant(cp), out);
    return (size_t)(at - p);
}

/* A cell "3D 20E5" into characters. */
static size_t from_cell(slk_text cell, char out[8]) {
    size_t n = 0;
    uint32_t cp = 0;
    for (size_t i = 0; i <= cell.n; i++) {
        int v = i < cell.n ? digit_value(cell.at[i], true) : -1;
        if (v >= 0) {
            cp = cp * 16 + (uint32_t)v;
        } else {
            n += put_utf8(cp, out + n);
            cp = 0;
        }
    }
    return n;
}

static bool by_row(const slk_pack *pack, slk_text name, char out[8], size_t *n) {
    uint32_t row = slk_pack_find(pack, SLK_T_CHARACTERS, name);
    if (row == SLK_NONE) return false;
    *n = from_cell(slk_pack_cell(pack, SLK_T_CHARACTERS, row, SLK_CHARACTERS_CODES), out);
    return true;
}

static bool is_word(char c) { return slk_is_alpha(c) || slk_is_digit(c); }

size_t slk_html_reference(const slk_pack *pack, const char *p, const char *end, bool in_attribute, char out[8],
                          size_t *n) {
    const char *name = p + 1;
    if (end - p > 2 && *name == '#') return by_number(p, end, out, n);
    if (!pack || name == end || !is_word(*name)) return 0;
    size_t len = 0, most = (size_t)(end - name) < NAME_MOST_B ? (size_t)(end - name) : NAME_MOST_B;
    while (len < most && is_word(name[len])) len++;
    if (len < most && name[len] == ';' && by_row(pack, (slk_text){name, len + 1}, out, n)) return len + 2;
    for (size_t k = len < OLD_MOST_B ? len : OLD_MOST_B; k >= 2; k--) {
        if (!by_row(pack, (slk_text){name, k}, out, n)) continue;
        bool goes_on = name + k < end && (name[k] == '=' || is_word(name[k]));
        return in_attribute && goes_on ? 0 : k + 1;
    }
    return 0;
}
