/* markup.c - pieces of markup as plain text. See markup.h. The few named references are those that feeds use; whole pages go
 * through the HTML reader, which knows all of them. */
#include "intake/markup.h"

#include <string.h>

#include "base/text.h"

static const struct {
    const char *name;
    uint32_t cp;
} references[] = {
    {"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},      {"apos", '\''},     {"nbsp", 0xA0},
    {"ndash", 0x2013},  {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201C},  {"rdquo", 0x201D},
    {"hellip", 0x2026}, {"bull", 0x2022},  {"euro", 0x20AC},  {"pound", 0xA3},    {"copy", 0xA9},     {"reg", 0xAE},
    {"trade", 0x2122},  {"deg", 0xB0},     {"middot", 0xB7},  {"laquo", 0xAB},    {"raquo", 0xBB},    {"eacute", 0xE9},
    {"egrave", 0xE8},   {"agrave", 0xE0},  {"ccedil", 0xE7},  {"ouml", 0xF6},     {"uuml", 0xFC},     {"auml", 0xE4},
    {"szlig", 0xDF},    {"ntilde", 0xF1},  {"aacute", 0xE1},  {"iacute", 0xED},   {"oacute", 0xF3},   {"uacute", 0xFA},
    {"shy", 0xAD},      {"times", 0xD7},   {"sect", 0xA7},    {"iexcl", 0xA1},    {"iquest", 0xBF},   {"zwnj", 0x200C},
    {"thinsp", 0x2009}, {"ensp", 0x2002},  {"emsp", 0x2003},  {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
};

static const char *const blocks[] = {"p",  "div", "br", "li", "ul", "ol", "h1",         "h2",      "h3",     "h4",
                                     "h5", "h6",  "tr", "hr", "dt", "dd", "blockquote", "section", "article"};
static const char *const dropped[] = {"script", "style", "iframe", "object", "applet", "noscript", "template"};

typedef struct state {
    slk_buf *out;
    size_t from;              /* where this text begins in out */
    bool space, broken, full; /* white space is due; a new paragraph is due; something was written */
} state;

static void put(state *s, const char *at, size_t n) {
    if (s->full && s->broken)
        slk_buf_puts(s->out, "\n\n");
    else if (s->full && s->space)
        slk_buf_putc(s->out, ' ');
    s->space = s->broken = false;
    s->full = true;
    slk_buf_add(s->out, at, n);
}

static void put_cp(state *s, uint32_t cp) {
    char z[4];
    if (cp == 0xA0 || cp == '\t' || cp == '\n' || cp == '\r' || cp == ' ') {
        s->space = true;
        return;
    }
    if (cp == 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    if (cp < 0x20) return;
    if (cp < 0x80) {
        z[0] = (char)cp;
        put(s, z, 1);
        return;
    }
    unsigned n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (unsigned i = n - 1; i; i--, cp >>= 6) z[i] = (char)(0x80 | (cp & 0x3F));
    z[0] = (char)((0xF00u >> n & 0xFFu) | cp);
    put(s, z, n);
}

static uint32_t digit(char c) {
    if (slk_is_digit(c)) return (uint32_t)(c - '0');
    c = slk_lower(c);
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 99;
}

/* The reference at i (a &): its code point and length, 0 where there is none. */
static size_t reference(slk_text t, size_t i, uint32_t *cp) {
    size_t at = i + 1;
    if (at < t.n && t.at[at] == '#') {
        uint32_t base = 10, v = 0;
        if (++at < t.n && slk_lower(t.at[at]) == 'x') base = 16, at++;
        size_t start = at;
        for (; at < t.n && digit(t.at[at]) < base; at++)
            if (v < 0x110000) v = v * base + digit(t.at[at]);
        if (at == start) return 0;
        *cp = v;
        return at - i + (at < t.n && t.at[at] == ';');
    }
    size_t n = 0;
    while (at + n < t.n && n < 8 && (slk_is_alpha(t.at[at + n]) || slk_is_digit(t.at[at + n]))) n++;
    if (at + n >= t.n || t.at[at + n] != ';') return 0;
    for (size_t k = 0; k < sizeof references / sizeof *references; k++) {
        if (!slk_text_is((slk_text){t.at + at, n}, references[k].name)) continue;
        *cp = references[k].cp;
        return n + 2;
    }
    return 0;
}

static bool listed(const char *const *list, size_t n, slk_text name) {
    for (size_t i = 0; i < n; i++)
        if (slk_text_is_fold(name, list[i])) return true;
    return false;
}

/* Just behind the > that ends the tag at i; quotes within attributes are respected. t.n where it has no end. */
static size_t tag_end(slk_text t, size_t i) {
    char quote = 0;
    for (; i < t.n; i++) {
        char c = t.at[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if ((c == '"' || c == '\'') && t.at[i - 1] == '=') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
    }
    return t.n;
}

/* Behind the end tag of an element whose contents are no text; its start tag ends at i. Where it is never closed: i. */
static size_t closing(slk_text t, size_t i, slk_text name) {
    for (size_t at = i; at + name.n + 2 < t.n; at++) {
        const char *lt = memchr(t.at + at, '<', t.n - at);
        if (!lt) break;
        at = (size_t)(lt - t.at);
        if (at + name.n + 2 > t.n || t.at[at + 1] != '/') continue;
        if (strncasecmp(t.at + at + 2, name.at, name.n) == 0) return tag_end(t, at + 2);
    }
    return i;
}

/* A tag, comment or the like at i (a <): where text goes on; i where it is just a sign. */
static size_t tag(state *s, slk_text t, size_t i, size_t *no_close) {
    if (i + 1 >= t.n) return i;
    char c = t.at[i + 1];
    if (c == '!' && t.n - i >= 4 && memcmp(t.at + i, "<!--", 4) == 0) {
        const char *end = memmem(t.at + i + 4, t.n - i - 4, "-->", 3);
        return end ? (size_t)(end - t.at) + 3 : t.n;
    }
    if (c == '!' || c == '?') return tag_end(t, i + 1);
    size_t at = i + 1 + (c == '/');
    if (at >= t.n || !slk_is_alpha(t.at[at])) return i;
    slk_text name = {t.at + at, 0};
    while (at + name.n < t.n && (slk_is_alpha(name.at[name.n]) || slk_is_digit(name.at[name.n]))) name.n++;
    size_t end = tag_end(t, at + name.n);
    if (listed(blocks, sizeof blocks / sizeof *blocks, name)) s->broken = true;
    if (c != '/' && end > *no_close && listed(dropped, sizeof dropped / sizeof *dropped, name)) {
        size_t closed = closing(t, end, name);
        if (closed == end) *no_close = t.n; /* asked once only: a million open scripts cost no square */
        return closed;
    }
    return end;
}

void slk_markup_text(slk_text t, slk_buf *out) {
    state s = {.out = out, .from = out->n};
    size_t no_close = 0;
    for (size_t i = 0; i < t.n;) {
        uint32_t cp;
        char c = t.at[i];
        size_t n = 0;
        if (c == '<') {
            size_t next = tag(&s, t, i, &no_close);
            if (next > i) {
                i = next;
                continue;
            }
        }
        if (c == '&') n = reference(t, i, &cp);
        if (!n) n = slk_utf8_next(t.at + i, t.at + t.n, &cp);
        put_cp(&s, cp);
        i += n;
    }
}

void slk_markup_escape(slk_text t, slk_buf *out) {
    for (size_t i = 0; i < t.n; i++) {
        if (t.at[i] == '&')
            slk_buf_puts(out, "&amp;");
        else if (t.at[i] == '<')
            slk_buf_puts(out, "&lt;");
        else
            slk_buf_putc(out, t.at[i]);
    }
}

bool slk_markup_is(slk_text t) {
    for (size_t i = 0; i + 1 < t.n; i++) {
        uint32_t cp;
        char c = t.at[i], next = t.at[i + 1];
        if (c == '<' && (slk_is_alpha(next) || next == '/' || next == '!')) return true;
        if (c == '&' && reference(t, i, &cp)) return true;
    }
    return false;
}
