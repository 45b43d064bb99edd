/* prescan.c - what a page says of its own encoding, before it is decoded: the algorithms "prescan a byte stream to determine its
 * encoding", "get an attribute" and "extracting a character encoding from a meta element" of the WHATWG HTML standard, and
 * the encoding declaration of XML. Works on bytes; looks at the first 64 kilobytes, once from left to right. See encoding.h. */
#include <string.h>

#include "base/text.h"
#include "intake/encoding.h"

#define PRESCAN_MOST_B                                                                                                 \
    65536u /* a browser prescans 1024 bytes, but heeds a later meta element when its parser meets it */
#define VALUE_MOST_B 128u

typedef struct cursor {
    const char *at;
    size_t n, i;
} cursor;

static void skip_spaces(cursor *c) {
    while (c->i < c->n && slk_is_html_space(c->at[c->i])) c->i++;
}

static int peek(const cursor *c) { return c->i < c->n ? (unsigned char)c->at[c->i] : -1; }
static bool ahead(const cursor *c, const char *z) {
    return slk_text_starts_fold((slk_text){c->at + c->i, c->n - c->i}, z);
}

/* Goes just behind the next occurrence of z, or to the end. */
static void pass(cursor *c, const char *z) {
    size_t n = strlen(z);
    const char *hit = memmem(c->at + c->i, c->n - c->i, z, n);
    c->i = hit ? (size_t)(hit - c->at) + n : c->n;
}

typedef struct attribute { /* in small letters, cut at their room */
    char name[VALUE_MOST_B], value[VALUE_MOST_B];
} attribute;

static void append(char *z, size_t *n, char c) {
    if (*n + 1 < VALUE_MOST_B) z[(*n)++] = slk_lower(c);
}

/* The value behind an equals sign; true when the whole attribute is there (false: the input ends within). */
static bool value(cursor *c, attribute *a) {
    size_t n = 0;
    skip_spaces(c);
    int quote = peek(c);
    if (quote == '>') return true;
    bool quoted = quote == '"' || quote == '\'';
    c->i += quoted;
    for (; c->i < c->n; c->i++) {
        char x = c->at[c->i];
        if (quoted ? x == quote : slk_is_html_space(x) || x == '>') {
            c->i += quoted;
            a->value[n] = '\0';
            return true;
        }
        append(a->value, &n, x);
    }
    return false;
}

/* The next attribute of a tag; false at the tag's end, or where the input ends within the attribute. */
static bool next_attribute(cursor *c, attribute *a) {
    size_t n = 0;
    *a = (attribute){{0}, {0}};
    while (c->i < c->n && (slk_is_html_space(c->at[c->i]) || c->at[c->i] == '/')) c->i++;
    if (peek(c) == '>' || peek(c) < 0) return false;
    for (; c->i < c->n; c->i++) {
        char x = c->at[c->i];
        if (x == '=' && n) break;
        if (slk_is_html_space(x) || x == '/' || x == '>') break;
        append(a->name, &n, x);
    }
    a->name[n] = '\0';
    if (c->i == c->n) return false;
    if (slk_is_html_space(c->at[c->i])) skip_spaces(c);
    if (peek(c) != '=') return c->i < c->n;
    c->i++;
    return value(c, a);
}

slk_text slk_encoding_parameter(slk_text content) {
    static const slk_text none = {NULL, 0};
    cursor c = {content.at, content.n, 0};
    for (;;) {
        while (c.i < c.n && !ahead(&c, "charset")) c.i++;
        if (c.i == c.n) return none;
        c.i += strlen("charset");
        skip_spaces(&c);
        if (peek(&c) == '=') break;
    }
    c.i++;
    skip_spaces(&c);
    int quote = peek(&c);
    if (quote < 0) return none;
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(c.at + c.i + 1, quote, c.n - c.i - 1);
        return end ? (slk_text){c.at + c.i + 1, (size_t)(end - c.at) - c.i - 1} : none;
    }
    size_t start = c.i;
    while (c.i < c.n && !slk_is_html_space(c.at[c.i]) && c.at[c.i] != ';') c.i++;
    return (slk_text){c.at + start, c.i - start};
}

/* A page that could say what it says in ASCII is not in UTF-16; and x-user-defined is what such pages never mean. */
static const slk_charset *as_meant(const slk_charset *c) {
    if (!c) return NULL;
    if (c->kind == SLK_CHARSET_UTF_16LE || c->kind == SLK_CHARSET_UTF_16BE)
        return slk_charset_find(slk_text_of("utf-8"));
    return c->kind == SLK_CHARSET_USER ? slk_charset_find(slk_text_of("windows-1252")) : c;
}

/* A meta tag, the cursor behind its name: the encoding it declares, or NULL. */
static const slk_charset *meta(cursor *c) {
    bool pragma = false, seen_charset = false, seen_content = false, seen_equiv = false;
    enum { NOT_NEEDED, NEEDED, UNKNOWN } need = UNKNOWN;
    const slk_charset *found = NULL;
    attribute a;
    while (next_attribute(c, &a)) {
        if (strcmp(a.name, "http-equiv") == 0 && !seen_equiv) {
            seen_equiv = true;
            if (strcmp(a.value, "content-type") == 0) pragma = true;
        } else if (strcmp(a.name, "content") == 0 && !seen_content) {
            seen_content = true;
            const slk_charset *in = slk_charset_find(slk_encoding_parameter(slk_text_of(a.value)));
            if (in && !found && !seen_charset) found = in, need = NEEDED;
        } else if (strcmp(a.name, "charset") == 0 && !seen_charset) {
            seen_charset = true;
            found = slk_charset_find(slk_text_of(a.value));
            need = NOT_NEEDED;
        }
    }
    if (peek(c) < 0) return NULL; /* the tag has no end within what is looked at */
    if (need == UNKNOWN || (need == NEEDED && !pragma)) return NULL;
    return as_meant(found);
}

/* <?xml version="1.0" encoding="..."?>, at the very beginning */
static const slk_charset *xml(slk_text bytes) {
    if (!slk_text_starts(bytes, "<?xml")) return NULL;
    const char *end = memchr(bytes.at, '>', bytes.n);
    if (!end) return NULL;
    cursor c = {bytes.at, (size_t)(end - bytes.at), 5};
    while (c.i < c.n && !ahead(&c, "encoding")) c.i++;
    if (c.i == c.n) return NULL;
    c.i += strlen("encoding");
    while (c.i < c.n && (unsigned char)c.at[c.i] <= ' ') c.i++;
    if (peek(&c) != '=') return NULL;
    c.i++;
    while (c.i < c.n && (unsigned char)c.at[c.i] <= ' ') c.i++;
    int quote = peek(&c);
    if (quote != '"' && quote != '\'') return NULL;
    size_t start = ++c.i;
    while (c.i < c.n && c.at[c.i] != quote) c.i++;
    if (c.i == c.n || memchr(c.at + start, ' ', c.i - start)) return NULL;
    return as_meant(slk_charset_find((slk_text){c.at + start, c.i - start}));
}

static const slk_charset *sixteen(slk_text bytes) {
    if (bytes.n < 6) return NULL;
    if (memcmp(bytes.at, "<\0?\0x\0", 6) == 0) return slk_charset_find(slk_text_of("utf-16le"));
    return memcmp(bytes.at, "\0<\0?\0x", 6) == 0 ? slk_charset_find(slk_text_of("utf-16be")) : NULL;
}

const slk_charset *slk_encoding_prescan(slk_text bytes) {
    const slk_charset *found = sixteen(bytes);
    cursor c = {bytes.at, bytes.n < PRESCAN_MOST_B ? bytes.n : PRESCAN_MOST_B, 0};
    attribute a;
    while (!found && c.i < c.n) {
        const char *tag = memchr(c.at + c.i, '<', c.n - c.i);
        if (!tag) break;
        c.i = (size_t)(tag - c.at);
        if (ahead(&c, "<!--")) {
            c.i += 2; /* the two dashes may also be those that end it */
            pass(&c, "-->");
        } else if (ahead(&c, "<meta") && c.i + 5 < c.n && (slk_is_html_space(c.at[c.i + 5]) || c.at[c.i + 5] == '/')) {
            c.i += 5;
            found = meta(&c);
        } else if (c.i + 1 < c.n && (slk_is_alpha(c.at[c.i + 1]) ||
                                     (c.at[c.i + 1] == '/' && c.i + 2 < c.n && slk_is_alpha(c.at[c.i + 2])))) {
            while (c.i < c.n && !slk_is_html_space(c.at[c.i]) && c.at[c.i] != '>') c.i++;
            while (next_attribute(&c, &a)) continue;
        } else if (ahead(&c, "<!") || ahead(&c, "</") || ahead(&c, "<?")) {
            pass(&c, ">");
        } else {
            c.i++;
        }
    }
    return found ? found : xml((slk_text){bytes.at, bytes.n < PRESCAN_MOST_B ? bytes.n : PRESCAN_MOST_B});
}
