/* name_fold.c - names without marks and case. See name_fold.h. */
#include "pack/name_fold.h"

#include <utf8proc.h>

/* Letters that no decomposition takes apart. */
static uint32_t plain(uint32_t cp) {
    switch (cp) {
    case 0x142: return 'l'; /* ł */
    case 0xF8: return 'o';
    case 0x111:
    case 0xF0: return 'd';
    case 0x131: return 'i';
    case 0xE6:
    case 0x259: return 'a';
    case 0xFE: return 't';
    case 0x153: return 'o';
    case 0x127: return 'h';
    default: return cp;
    }
}

static uint32_t bare(uint32_t cp) {
    utf8proc_int32_t out[8];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, out, 8,
        (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK), &boundary);
    return n > 0 ? plain((uint32_t)out[0]) : 0;
}

static bool is_passed(uint32_t cp) {
    return cp == '\'' || cp == '.' || cp == '`' || cp == 0xB4 || (cp >= 0x2B9 && cp <= 0x2BC);
}

uint32_t slk_name_next(const char **p, const char *end) {
    if (*p < end && slk_is_alpha(**p)) return (uint32_t)slk_lower(*(*p)++); /* nearly always */
    for (;;) {
        uint32_t cp = slk_phrase_next(p, end);
        if (cp == 0 || cp == ' ') return cp;
        if (is_passed(cp)) continue;
        if (cp >= 0x80) cp = bare(cp);
        if (cp != 0 && !is_passed(cp)) return cp;
    }
}
