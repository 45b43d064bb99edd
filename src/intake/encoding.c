/* encoding.c - decoding into UTF-8 with the way back. See encoding.h. Flawless UTF-8 is borrowed as it is; one-byte encodings go
 * through a table of 128 entries; the others through one function that takes a character off the source at a time, as the
 * decoders of the WHATWG Encoding Standard do, errors included (an ASCII byte is never swallowed by a broken pair). */
#include "intake/encoding.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define BAD 0xFFFDu
#define MARK_EVERY_B 256u

struct slk_decoded_mark { /* the character that holds byte 256 * k of the text */
    uint32_t text_b, source_b, character;
};

/* ---------------------------------------------------------------- one character off the source */

typedef struct jp_state { /* of ISO-2022-JP */
    enum { JP_ASCII, JP_ROMAN, JP_KATAKANA, JP_PAIRS } set;
} jp_state;

typedef struct taken {
    uint32_t cp[2]; /* none, one or two code points; BAD for bytes that mean nothing */
    unsigned n_cp, n_b;
    bool bad;
} taken;

static taken one(uint32_t cp, unsigned n_b) { return (taken){{cp, 0}, 1, n_b, false}; }
static taken bad(unsigned n_b) { return (taken){{BAD, 0}, 1, n_b, true}; }

/* Length of the well-formed UTF-8 sequence at p, or minus the length of the longest part of one (Unicode 15, table 3-7). */
static int utf8_length(const uint8_t *p, size_t n) {
    unsigned need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2, got;
    if (p[0] < 0xC2 || p[0] > 0xF4) return -1;
    uint8_t low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    uint8_t high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    for (got = 1; got < need; got++, low = 0x80, high = 0xBF)
        if (got >= n || p[got] < low || p[got] > high) return -(int)got;
    return (int)need;
}

static taken take_utf8(const uint8_t *p, size_t n) {
    if (p[0] < 0x80) return one(p[0], 1);
    int length = utf8_length(p, n);
    if (length < 0) return bad((unsigned)-length);
    uint32_t cp = p[0] & (0xFFu >> (length + 1));
    for (int i = 1; i < length; i++) cp = cp << 6 | (p[i] & 0x3Fu);
    return one(cp, (unsigned)length);
}

static taken take_utf16(const uint8_t *p, size_t n, bool big) {
    if (n < 2) return bad(1);
    uint32_t u = big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
    if (u < 0xD800 || u > 0xDFFF) return one(u, 2);
    if (u >= 0xDC00 || n < 4) return bad(n < 4 && u < 0xDC00 ? (unsigned)n : 2);
    uint32_t v = big ? (uint32_t)p[2] << 8 | p[3] : (uint32_t)p[3] << 8 | p[2];
    if (v < 0xDC00 || v > 0xDFFF) return bad(2);
    return one(0x10000 + ((u - 0xD800) << 10) + (v - 0xDC00), 4);
}

static uint32_t pair(const slk_charset *c, uint8_t lead, uint8_t trail) {
    if (lead < 0x81 || lead == 0xFF || trail < 0x40 || trail == 0xFF) return 0;
    unsigned i = (lead - 0x81u) * SLK_CHARSET_TRAILS + (trail - 0x40u);
    uint32_t cp = c->pairs[i];
    return c->plane2 && (c->plane2[i / 8] >> i % 8 & 1) ? cp | 0x20000 : cp;
}

/* What a broken pair costs: its lead byte, and the trail too unless that is ASCII and may begin something of its own. */
static taken bad_pair(const uint8_t *p, size_t n) { return bad(n > 1 && p[1] >= 0x80 ? 2 : 1); }

static taken take_pair(const slk_charset *c, const uint8_t *p, size_t n) {
    static const struct {
        uint8_t lead, trail;
        uint16_t letter, accent;
    } both[] = {
        {0x88, 0x62, 0xCA, 0x304}, {0x88, 0x64, 0xCA, 0x30C}, {0x88, 0xA3, 0xEA, 0x304}, {0x88, 0xA5, 0xEA, 0x30C}};
    if (n < 2) return bad(1);
    uint32_t cp = pair(c, p[0], p[1]);
    if (cp) return one(cp, 2);
    for (size_t i = 0; c->plane2 && c->kind == SLK_CHARSET_PAIRS && i < sizeof both / sizeof *both; i++)
        if (both[i].lead == p[0] && both[i].trail == p[1])
            return (taken){{both[i].letter, both[i].accent}, 2, 2, false}; /* Big5 with two characters in one pair */
    return bad_pair(p, n);
}

static uint32_t gb_four(uint32_t number) {
    if (number >= 189000 && number <= 1237575) return 0x10000 + number - 189000;
    if (number > 39419) return 0;
    unsigned low = 0, high = slk_gb_range_count;
    while (high - low > 1) {
        unsigned mid = (low + high) / 2;
        if (slk_gb_ranges[mid].number <= number)
            low = mid;
        else
            high = mid;
    }
    return slk_gb_ranges[low].cp + (number - slk_gb_ranges[low].number);
}

static taken take_gb(const slk_charset *c, const uint8_t *p, size_t n) {
    if (p[0] == 0x80) return one(0x20AC, 1);
    if (p[0] == 0xFF) return bad(1);
    if (n < 2 || !slk_is_digit((char)p[1])) return take_pair(c, p, n);
    if (n < 4) return bad((unsigned)n);
    if (p[2] < 0x81 || p[2] == 0xFF || !slk_is_digit((char)p[3])) return bad(1);
    uint32_t cp = gb_four(((p[0] - 0x81u) * 10 + (p[1] - 0x30u)) * 1260 + (p[2] - 0x81u) * 10 + (p[3] - 0x30u));
    return cp ? one(cp, 4) : bad(4);
}

static taken take_euc_jp(const slk_charset *c, const uint8_t *p, size_t n) {
    if (n > 1 && p[0] == 0x8E && p[1] >= 0xA1 && p[1] <= 0xDF) return one(0xFF61u + p[1] - 0xA1u, 2);
    if (p[0] == 0x8F && n > 1 && p[1] >= 0xA1 && p[1] != 0xFF) {
        if (n < 3) return bad(2);
        unsigned i = (p[1] - 0x81u) * SLK_CHARSET_TRAILS + (p[2] - 0x40u);
        uint32_t cp = p[2] >= 0xA1 && p[2] != 0xFF ? c->triple[i] : 0;
        return cp ? one(cp, 3) : bad(p[2] < 0x80 ? 2 : 3);
    }
    if (p[0] >= 0xA1 && n > 1 && p[1] >= 0xA1) return take_pair(c, p, n);
    return p[0] == 0x8E || p[0] == 0x8F || p[0] >= 0xA1 ? bad_pair(p, n) : bad(1);
}

static taken take_shift_jis(const slk_charset *c, const uint8_t *p, size_t n) {
    if (p[0] == 0x80) return one(0x80, 1);
    if (p[0] >= 0xA1 && p[0] <= 0xDF) return one(0xFF61u + p[0] - 0xA1u, 1);
    if (p[0] == 0xA0 || p[0] > 0xFC) return bad(1);
    return take_pair(c, p, n);
}

/* The set that an escape sequence switches to; n_b its length, 0 where it is none. */
static unsigned jp_escape(const uint8_t *p, size_t n, jp_state *s) {
    static const struct {
        const char *z;
        int set;
    } escapes[] = {{"(B", JP_ASCII}, {"(J", JP_ROMAN}, {"(I", JP_KATAKANA}, {"$@", JP_PAIRS}, {"$B", JP_PAIRS}};
    if (n < 3 || p[0] != 0x1B) return 0;
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (p[1] != (uint8_t)escapes[i].z[0] || p[2] != (uint8_t)escapes[i].z[1]) continue;
        s->set = (unsigned)escapes[i].set;
        return 3;
    }
    return 0;
}

static taken take_iso_2022_jp(const slk_charset *c, const uint8_t *p, size_t n, jp_state *s) {
    unsigned escape = jp_escape(p, n, s);
    if (escape) return (taken){{0, 0}, 0, escape, false};
    if (p[0] == 0x1B || p[0] >= 0x80 || p[0] == 0x0E || p[0] == 0x0F) return bad(1);
    if (s->set == JP_ROMAN && p[0] == 0x5C) return one(0xA5, 1);
    if (s->set == JP_ROMAN && p[0] == 0x7E) return one(0x203E, 1);
    if (s->set == JP_ASCII || s->set == JP_ROMAN || p[0] < 0x21) return one(p[0], 1);
    if (s->set == JP_KATAKANA) return p[0] <= 0x5F ? one(0xFF61u + p[0] - 0x21u, 1) : bad(1);
    if (n < 2 || p[1] < 0x21 || p[1] > 0x7E) return bad(1);
    uint32_t cp = pair(c, p[0] | 0x80, p[1] | 0x80);
    return cp ? one(cp, 2) : bad(2);
}

static taken take(const slk_charset *c, const uint8_t *p, size_t n, jp_state *s) {
    switch (c->kind) {
    case SLK_CHARSET_UTF_8: return take_utf8(p, n);
    case SLK_CHARSET_UTF_16LE: return take_utf16(p, n, false);
    case SLK_CHARSET_UTF_16BE: return take_utf16(p, n, true);
    case SLK_CHARSET_ISO_2022_JP: return take_iso_2022_jp(c, p, n, s);
    case SLK_CHARSET_REPLACEMENT: return bad((unsigned)n);
    default: break;
    }
    if (p[0] < 0x80) return one(p[0], 1);
    switch (c->kind) {
    case SLK_CHARSET_GB18030: return take_gb(c, p, n);
    case SLK_CHARSET_EUC_JP: return take_euc_jp(c, p, n);
    case SLK_CHARSET_SHIFT_JIS: return take_shift_jis(c, p, n);
    case SLK_CHARSET_PAIRS: return p[0] == 0x80 || p[0] == 0xFF ? bad(1) : take_pair(c, p, n);
    case SLK_CHARSET_SINGLE: return c->high[p[0] - 0x80] ? one(c->high[p[0] - 0x80], 1) : bad(1);
    default: return one(0xF780u + p[0] - 0x80u, 1); /* x-user-defined */
    }
}

/* ---------------------------------------------------------------- the text and the way back */

typedef struct writer {
    slk_decoded *d;
    size_t n, cap; /* of the text */
    uint32_t characters, cap_widths;
    uint32_t n_marks, cap_marks;
    bool failed;
} writer;

static void *grow(writer *w, void *at, size_t need) {
    void *more = w->d->mem.resize(w->d->mem.ctx, at, need);
    if (!more) w->failed = true;
    return more;
}

static void room_for_text(writer *w) {
    if (w->n + 8 <= w->cap) return;
    size_t cap = w->cap + w->cap / 2 + 4096;
    char *more = grow(w, w->d->owned, cap);
    if (!more) return;
    w->d->owned = more;
    w->cap = cap;
}

/* Enters every multiple of 256 that lies within the character about to be written. */
static void mark(writer *w, uint32_t source_b, unsigned length) {
    while ((size_t)w->n_marks * MARK_EVERY_B < w->n + length) {
        if (w->n_marks == w->cap_marks) {
            uint32_t cap = w->cap_marks * 2 + 64;
            slk_decoded_mark *more = grow(w, w->d->marks, cap * sizeof *more);
            if (!more) return;
            w->d->marks = more;
            w->cap_marks = cap;
        }
        w->d->marks[w->n_marks++] = (slk_decoded_mark){(uint32_t)w->n, source_b, w->characters};
    }
}

/* n_b more source bytes belong to the character written last (escape sequences), or to the one about to be written. */
static void width(writer *w, uint32_t character, unsigned n_b) {
    if (character >= w->cap_widths) {
        uint32_t cap = w->cap_widths * 2 + 1024;
        uint8_t *more = grow(w, w->d->widths, cap);
        if (!more) return;
        memset(more + w->cap_widths, 0, cap - w->cap_widths);
        w->d->widths = more;
        w->cap_widths = cap;
    }
    unsigned sum = w->d->widths[character] + n_b;
    w->d->widths[character] = (uint8_t)(sum < 255 ? sum : 255);
}

static unsigned encode(char *to, uint32_t cp) {
    if (cp < 0x80) return to[0] = (char)cp, 1;
    unsigned n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (unsigned i = n - 1; i; i--, cp >>= 6) to[i] = (char)(0x80 | (cp & 0x3F));
    to[0] = (char)((0xF00u >> n & 0xFFu) | cp);
    return n;
}

static void put(writer *w, uint32_t cp, uint32_t source_b) {
    room_for_text(w);
    if (w->failed) return;
    unsigned length = encode(w->d->owned + w->n, cp);
    mark(w, source_b, length);
    w->n += length;
    w->characters++;
}

static void put_taken(writer *w, const taken *t, uint32_t source_b, bool widths) {
    if (t->bad && !w->d->replaced++) w->d->first_bad_b = source_b;
    if (!t->n_cp && w->characters && widths) width(w, w->characters - 1, t->n_b);
    for (unsigned i = 0; i < t->n_cp && !w->failed; i++) {
        if (widths) width(w, w->characters, i + 1 == t->n_cp ? t->n_b : 0);
        if (!w->failed) put(w, t->cp[i], source_b);
    }
}

static bool is_utf8(slk_text t) {
    const uint8_t *p = (const uint8_t *)t.at, *end = p + t.n;
    while (p < end) {
        uint64_t eight;
        while (end - p >= 8 && (memcpy(&eight, p, 8), !(eight & 0x8080808080808080u))) p += 8;
        if (p == end) break;
        int length = *p < 0x80 ? 1 : utf8_length(p, (size_t)(end - p));
        if (length < 0) return false;
        p += length;
    }
    return true;
}

static unsigned mark_length(slk_text bytes, const slk_charset *c) {
    if (c->kind == SLK_CHARSET_UTF_8 && slk_text_starts(bytes, "\xEF\xBB\xBF")) return 3;
    if (c->kind == SLK_CHARSET_UTF_16LE && slk_text_starts(bytes, "\xFF\xFE")) return 2;
    return c->kind == SLK_CHARSET_UTF_16BE && slk_text_starts(bytes, "\xFE\xFF") ? 2 : 0;
}

static void decode_all(writer *w, slk_text bytes, const slk_charset *c) {
    const uint8_t *from = (const uint8_t *)bytes.at, *end = from + bytes.n;
    jp_state state = {JP_ASCII};
    bool widths = c->kind != SLK_CHARSET_SINGLE && c->kind != SLK_CHARSET_USER;
    for (const uint8_t *p = from + w->d->skipped_b; p < end && !w->failed;) {
        taken t = take(c, p, (size_t)(end - p), &state);
        put_taken(w, &t, (uint32_t)(p - from), widths);
        p += t.n_b;
    }
    mark(w, (uint32_t)bytes.n, 1); /* the end of the text leads to the end of the source */
}

slk_err slk_encoding_decode_as(const slk_allocator *mem, slk_text bytes, const slk_charset *charset, slk_decoded *out) {
    if (bytes.n > SLK_DECODED_MOST_B) return SLK_ELIMIT;
    if (!bytes.at) bytes.at = ""; /* nothing at all is an empty text */
    slk_decoded d = {.charset = charset, .mem = *mem, .skipped_b = mark_length(bytes, charset)};
    slk_text rest = {bytes.at + d.skipped_b, bytes.n - d.skipped_b};
    if (charset->kind == SLK_CHARSET_UTF_8 && is_utf8(rest)) {
        d.text = rest;
        *out = d;
        return SLK_OK;
    }
    writer w = {.d = &d};
    room_for_text(&w);
    if (!w.failed) decode_all(&w, bytes, charset);
    if (w.failed) {
        slk_decoded_free(&d);
        return SLK_ENOMEM;
    }
    d.owned[w.n] = '\0';
    d.text = (slk_text){d.owned, w.n};
    *out = d;
    return SLK_OK;
}

slk_err slk_encoding_decode(const slk_allocator *mem, slk_text bytes, const char *declared, slk_document_kind kind,
                            slk_decoded *out) {
    slk_charset_basis basis;
    if (!bytes.at) bytes.at = "";
    const slk_charset *c = slk_encoding_find(bytes, declared, kind, &basis), *seen = NULL;
    bool told = basis == SLK_CHARSET_BY_HEADER || basis == SLK_CHARSET_BY_DOCUMENT;
    if (told && slk_encoding_contradicts(bytes, c)) seen = slk_encoding_guess(bytes);
    if (seen) c = seen, basis = SLK_CHARSET_BY_BYTES;
    slk_err err = slk_encoding_decode_as(mem, bytes, c, out);
    if (err == SLK_OK) out->basis = basis;
    return err;
}

void slk_decoded_free(slk_decoded *d) {
    if (d->owned) slk_mem_free(&d->mem, d->owned);
    if (d->marks) slk_mem_free(&d->mem, d->marks);
    if (d->widths) slk_mem_free(&d->mem, d->widths);
    d->owned = NULL;
    d->marks = NULL;
    d->widths = NULL;
    d->text = (slk_text){NULL, 0};
}

uint32_t slk_decoded_source(const slk_decoded *d, uint32_t off_b) {
    if (off_b > d->text.n) off_b = (uint32_t)d->text.n;
    while (!d->marks && off_b && off_b < d->text.n && ((uint8_t)d->text.at[off_b] & 0xC0) == 0x80) off_b--;
    if (!d->marks) return off_b + d->skipped_b;
    slk_decoded_mark m = d->marks[off_b / MARK_EVERY_B];
    while (m.text_b < off_b && m.text_b < d->text.n) {
        uint32_t cp, length = slk_utf8_next(d->text.at + m.text_b, d->text.at + d->text.n, &cp);
        if (m.text_b + length > off_b) break;
        m.text_b += length;
        m.source_b += d->widths ? d->widths[m.character] : 1;
        m.character++;
    }
    return m.source_b;
}
