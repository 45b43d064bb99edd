/* guess.c - which encoding bytes look like, and which of what is said and what is seen is believed. See encoding.h.
 *
 * UTF-8 proves itself: hardly any other text of some length is flawless UTF-8. Of the encodings with pairs of bytes each is
 * asked how many pairs it knows and how many of these stand where its everyday characters stand. Of those with one byte a
 * character each is asked how well the letters fit that texts in it use most (data/charset_letters.tsv), and whether capitals
 * stand where capitals do: KOI8-R and windows-1251 differ in little else. */
#include <string.h>

#include "base/text.h"
#include "intake/encoding.h"

#define SAMPLE_MOST 65536u /* bytes beyond ASCII that are asked */
#define DOUBT_MOST_B ((size_t)1 << 20)

const slk_charset *slk_charset_find(slk_text label) {
    char small[64];
    label = slk_text_trim(label);
    if (!label.n || label.n >= sizeof small) return NULL;
    for (size_t i = 0; i < label.n; i++) small[i] = slk_lower(label.at[i]);
    slk_text key = {small, label.n};
    unsigned low = 0, high = slk_charset_label_count;
    while (low < high) {
        unsigned mid = (low + high) / 2;
        int order = slk_text_cmp(slk_text_of(slk_charset_labels[mid].label), key);
        if (order == 0) return &slk_charsets[slk_charset_labels[mid].charset];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

static const slk_charset *named(const char *z) { return slk_charset_find(slk_text_of(z)); }

/* ---------------------------------------------------------------- what the bytes look like */

typedef struct look { /* of the sample, by an encoding with pairs */
    unsigned pairs, broken, common;
} look;

/* Everyday characters: kana and the first level of kanji, the syllables of KS X 1001, the first level of GB 2312 and Big5. */
static bool is_common(const slk_charset *c, uint8_t lead, uint8_t trail) {
    switch (c->kind) {
    case SLK_CHARSET_EUC_JP: return lead == 0xA4 || lead == 0xA5 || (lead >= 0xB0 && lead <= 0xCF) || lead == 0xA1;
    case SLK_CHARSET_SHIFT_JIS: return lead == 0x82 || lead == 0x83 || (lead >= 0x88 && lead <= 0x97) || lead == 0x81;
    case SLK_CHARSET_GB18030: return trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || lead == 0xA3 || lead == 0xA1);
    default: break;
    }
    if (c->plane2) return lead >= 0xA1 && lead <= 0xC6 && (trail <= 0x7E || trail >= 0xA1);
    return trail >= 0xA1 && lead >= 0xB0 && lead <= 0xC8;
}

/* The number of bytes that one character takes, 0 where there is none. */
static unsigned pair_at(const slk_charset *c, const uint8_t *p, size_t n, bool *common) {
    bool jp = c->kind == SLK_CHARSET_EUC_JP, sj = c->kind == SLK_CHARSET_SHIFT_JIS;
    *common = false;
    if (sj && p[0] >= 0xA1 && p[0] <= 0xDF) return 1;
    if (jp && n > 1 && p[0] == 0x8E && p[1] >= 0xA1 && p[1] <= 0xDF) return 2;
    if (jp && n > 2 && p[0] == 0x8F && p[1] >= 0xA1 && p[2] >= 0xA1) return 3;
    if (n < 2 || p[0] < 0x81 || p[0] == 0xFF || p[1] < 0x40 || p[1] == 0xFF) return 0;
    if (jp && (p[0] < 0xA1 || p[1] < 0xA1)) return 0;
    if (!c->pairs[(p[0] - 0x81u) * SLK_CHARSET_TRAILS + (p[1] - 0x40u)]) return 0;
    *common = is_common(c, p[0], p[1]);
    return 2;
}

static look look_at(const slk_charset *c, slk_text t) {
    look l = {0, 0, 0};
    const uint8_t *p = (const uint8_t *)t.at, *end = p + t.n;
    while (p < end && l.pairs + l.broken < SAMPLE_MOST / 2) {
        if (*p < 0x80) {
            p++;
            continue;
        }
        bool common;
        unsigned n = pair_at(c, p, (size_t)(end - p), &common);
        if (n == 0 && p + 1 == end) break; /* cut within a pair */
        l.pairs += n > 0;
        l.common += common;
        l.broken += n == 0;
        p += n ? n : 1;
    }
    return l;
}

/* Per mille: how much of the sample the encoding knows as everyday text of its own; below 0 for what it cannot be. */
static int pairs_score(const slk_charset *c, slk_text t) {
    look l = look_at(c, t);
    if (!l.pairs || l.broken * 50 > l.pairs) return -1;
    return (int)((l.common * 1000ull) / l.pairs) - (int)(l.broken * 1000ull / l.pairs) * 5;
}

static int of(unsigned part, unsigned all) { return all ? (int)(part * 1000ull / all) : 0; }

typedef struct
    leads { /* how often pairs of two high bytes begin with some bytes, and trails that only some encodings have */
    unsigned all, kana, korean, han2, low_trail, shift;
} leads;

static leads count_leads(slk_text t) {
    leads l = {0};
    const uint8_t *p = (const uint8_t *)t.at, *end = p + t.n;
    for (; p + 1 < end && l.all < SAMPLE_MOST / 2; p++) {
        if (*p < 0x80) continue;
        l.all++;
        l.kana += *p == 0xA4 || *p == 0xA5;
        l.korean += *p >= 0xB0 && *p <= 0xC8 && p[1] >= 0xA1;
        l.han2 += *p >= 0xC9 && *p <= 0xD7;
        l.low_trail += p[1] < 0x80;
        l.shift += *p < 0xA1;
        p++;
    }
    return l;
}

/* Texts in these differ in plain ways: Japanese is a third kana, Korean keeps to the rows of its syllables, Big5 and Shift_JIS
 * have trail bytes below 0x80 and Shift_JIS leads below 0xA1; what is left is Chinese of the mainland. */
static const slk_charset *guess_pairs(slk_text t) {
    leads l = count_leads(t);
    if (l.all < 4) return NULL;
    static const char *const names[] = {"euc-jp", "euc-kr", "shift_jis", "big5", "gb18030"};
    int fit[5];
    for (unsigned i = 0; i < 5; i++) fit[i] = pairs_score(named(names[i]), t);
    if (fit[0] >= 700 && of(l.kana, l.all) >= 150) return named(names[0]);
    if (fit[1] >= 800 && of(l.han2, l.all) < 100 && of(l.korean, l.all) >= 750) return named(names[1]);
    if (fit[2] >= 800 && of(l.shift, l.all) >= 400) return named(names[2]);
    if (fit[3] >= 800 && of(l.low_trail, l.all) >= 200 && of(l.shift, l.all) < 50) return named(names[3]);
    return fit[4] >= 700 ? named(names[4]) : NULL;
}

/* Mean weight of the bytes beyond ASCII, times 100. A capital behind a small letter, a letter of another script than its
 * neighbour: each costs. Encodings of scripts of their own have runs of such bytes, those of Latin letters hardly. */
static int single_score(const slk_charset *c, slk_text t) {
    int64_t sum = 0;
    unsigned n = 0;
    bool latin = c->high['\xE9' & 0x7F] < 0x250; /* what stands where ISO 8859-1 has an e with accent */
    for (size_t i = 0; i < t.n && n < SAMPLE_MOST; i++) {
        uint8_t b = (uint8_t)t.at[i], before = i ? (uint8_t)t.at[i - 1] : ' ';
        if (b < 0x80) continue;
        n++;
        int8_t w = c->weights[b - 0x80];
        sum += w;
        uint32_t cp = c->high[b - 0x80], last = before < 0x80 ? before : c->high[before - 0x80];
        if (w <= 2 || !slk_cp_is_letter(cp) || !slk_cp_is_letter(last)) continue;
        if (slk_cp_is_upper(cp) && !slk_cp_is_upper(last)) sum -= 5;
        bool last_latin = last < 0x250;
        if (latin ? before >= 0x80 : last_latin) sum -= 2;
    }
    return n ? (int)(sum * 100 / n) : -10000;
}

static const slk_charset *guess_single(slk_text t) {
    const slk_charset *best = named("windows-1252");
    int most = single_score(best, t) + 30; /* the usual one unless another is clearly better */
    for (unsigned i = 0; i < slk_charset_count; i++) {
        const slk_charset *c = &slk_charsets[i];
        if (!c->weights) continue;
        int score = single_score(c, t);
        if (score > most) most = score, best = c;
    }
    return best;
}

/* Every second byte of an ASCII text in UTF-16 is zero. */
static const slk_charset *guess_sixteen(slk_text t) {
    size_t n = t.n < 4096 ? t.n : 4096, zero[2] = {0, 0};
    for (size_t i = 0; i < n; i++) zero[i % 2] += t.at[i] == 0;
    if (n < 8 || (zero[0] && zero[1] && zero[0] * 8 > zero[1] && zero[1] * 8 > zero[0])) return NULL;
    if (zero[1] * 4 > n) return named("utf-16le");
    return zero[0] * 4 > n ? named("utf-16be") : NULL;
}

/* A stretch of text around where bytes beyond ASCII begin. */
static slk_text sample(slk_text t) {
    size_t i = 0;
    while (i < t.n && (uint8_t)t.at[i] < 0x80) i++;
    if (i > 64) t = (slk_text){t.at + i - 64, t.n - i + 64};
    return t.n > DOUBT_MOST_B ? (slk_text){t.at, DOUBT_MOST_B} : t;
}

typedef struct eights { /* sequences beyond ASCII as UTF-8 */
    size_t good, broken;
} eights;

/* Overlong forms, surrogates and the like: a lead byte and as many following bytes as it calls for, and still no UTF-8. No text
 * in another encoding looks so throughout. */
static bool is_malformed_utf8(slk_text t) {
    size_t n = 0;
    for (size_t i = 0; i < t.n; i += n) {
        uint8_t b = (uint8_t)t.at[i];
        n = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        if (b >= 0x80 && (b < 0xC0 || b > 0xF7)) return false;
        for (size_t k = 1; k < n && i + k < t.n; k++)
            if (((uint8_t)t.at[i + k] & 0xC0) != 0x80) return false;
    }
    return true;
}

static eights count_eights(slk_text t) {
    eights e = {0, 0};
    const char *p = t.at, *end = p + t.n;
    while (p < end) {
        uint32_t cp;
        if ((uint8_t)*p < 0x80) {
            p++;
            continue;
        }
        uint32_t n = slk_utf8_next(p, end, &cp);
        if (n == 1 && end - p < 4) break; /* the sample may be cut within a character */
        e.good += n > 1;
        e.broken += n == 1;
        p += n;
    }
    return e;
}

const slk_charset *slk_encoding_guess(slk_text bytes) {
    const slk_charset *found = guess_sixteen(bytes);
    if (found) return found;
    slk_text t = sample(bytes);
    eights e = count_eights(t);
    if (!e.good && !e.broken) {
        bool escapes = memmem(bytes.at, bytes.n, "\x1B$B", 3) || memmem(bytes.at, bytes.n, "\x1B$@", 3);
        return escapes && memmem(bytes.at, bytes.n, "\x1B(", 2) ? named("iso-2022-jp") : NULL;
    }
    if (e.good > 20 * e.broken || is_malformed_utf8(t)) return named("utf-8");
    found = guess_pairs(t);
    return found ? found : guess_single(t);
}

/* ---------------------------------------------------------------- what is believed */

static const slk_charset *by_mark(slk_text t) {
    if (slk_text_starts(t, "\xEF\xBB\xBF")) return named("utf-8");
    if (slk_text_starts(t, "\xFE\xFF")) return named("utf-16be");
    return slk_text_starts(t, "\xFF\xFE") ? named("utf-16le") : NULL;
}

static const slk_charset *by_header(const char *declared) {
    if (!declared) return NULL;
    const slk_charset *c = named(declared);
    return c ? c : slk_charset_find(slk_encoding_parameter(slk_text_of(declared)));
}

bool slk_encoding_contradicts(slk_text bytes, const slk_charset *c) {
    bool utf8 = c->kind == SLK_CHARSET_UTF_8;
    if (c->kind == SLK_CHARSET_UTF_16LE || c->kind == SLK_CHARSET_UTF_16BE)
        return bytes.n >= 8 && memchr(bytes.at, 0, bytes.n < 4096 ? bytes.n : 4096) == NULL &&
               slk_text_starts(slk_text_trim(bytes), "<");
    if (c->kind == SLK_CHARSET_ISO_2022_JP || c->kind == SLK_CHARSET_REPLACEMENT) return false;
    eights e = count_eights(sample(bytes));
    return utf8 ? e.broken >= 8 && e.broken > 2 * e.good : e.good >= 2 && !e.broken;
}

const slk_charset *slk_encoding_find(slk_text bytes, const char *declared, slk_document_kind kind,
                                     slk_charset_basis *basis) {
    slk_charset_basis none, *why = basis ? basis : &none;
    const slk_charset *c = by_mark(bytes);
    *why = SLK_CHARSET_BY_MARK;
    if (c) return c;
    c = by_header(declared);
    *why = SLK_CHARSET_BY_HEADER;
    if (!c && kind != SLK_DOCUMENT_TEXT) {
        c = slk_encoding_prescan(bytes);
        *why = SLK_CHARSET_BY_DOCUMENT;
    }
    if (c) return c;
    const slk_charset *seen = slk_encoding_guess(bytes);
    *why = seen ? SLK_CHARSET_BY_BYTES : SLK_CHARSET_BY_DEFAULT;
    if (seen) return seen;
    return named(kind == SLK_DOCUMENT_HTML ? "windows-1252" : "utf-8");
}
