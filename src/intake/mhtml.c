/* mhtml.c - the page out of an MHTML file. See mhtml.h. One entity after the other, from the outermost inwards: headers, then either
 * the page itself or parts, of which the right one is the next entity. */
#include "intake/mhtml.h"

#include <string.h>

#include "base/fault.h"
#include "base/text.h"

#define BOUNDARY_MOST_B 200u
#define HEADERS_MOST_B 65536u

typedef struct entity {
    slk_text headers, body;
} entity;

/* ---------------------------------------------------------------- headers */

/* Lines up to the first empty one; without one all is headers. */
static entity split(slk_text t) {
    size_t at = 0;
    while (at < t.n) {
        const char *nl = memchr(t.at + at, '\n', t.n - at);
        size_t end = nl ? (size_t)(nl - t.at) : t.n;
        bool empty = end == at || (end == at + 1 && t.at[at] == '\r');
        size_t next = nl ? end + 1 : t.n;
        if (empty && nl) return (entity){{t.at, at}, {t.at + next, t.n - next}};
        at = next;
    }
    return (entity){t, {t.at + t.n, 0}};
}

/* A header's value with its continuation lines, {NULL, 0} where missing. */
static slk_text header(slk_text headers, const char *name) {
    size_t length = strlen(name), at = 0;
    while (at < headers.n) {
        slk_text rest = {headers.at + at, headers.n - at};
        const char *nl = memchr(rest.at, '\n', rest.n);
        size_t end = nl ? (size_t)(nl - rest.at) + 1 : rest.n;
        if (end > length && rest.at[length] == ':' && slk_text_starts_fold(rest, name)) {
            while (end < rest.n && (rest.at[end] == ' ' || rest.at[end] == '\t')) {
                nl = memchr(rest.at + end, '\n', rest.n - end);
                end = nl ? (size_t)(nl - rest.at) + 1 : rest.n;
            }
            return slk_text_trim((slk_text){rest.at + length + 1, end - length - 1});
        }
        at += end;
    }
    return (slk_text){NULL, 0};
}

/* The value at the beginning of t: in quotes, or up to the next ; or white space. *used is its length as it stands there. */
static slk_text value_at(slk_text t, size_t *used) {
    size_t n = 0;
    if (t.n && t.at[0] == '"') {
        for (n = 1; n < t.n && t.at[n] != '"';) n++;
        *used = n < t.n ? n + 1 : n;
        return (slk_text){t.at + 1, n - 1};
    }
    while (n < t.n && t.at[n] != ';' && !slk_is_space(t.at[n])) n++;
    *used = n;
    return (slk_text){t.at, n};
}

/* A parameter of a header ("boundary" of "multipart/related; boundary=x"); {NULL, 0} where missing. */
static slk_text parameter(slk_text value, const char *name) {
    size_t at = 0, used;
    while (at < value.n && value.at[at] != ';') at++;
    while (at < value.n) {
        while (at < value.n && (value.at[at] == ';' || slk_is_space(value.at[at]))) at++;
        size_t from = at;
        while (at < value.n && value.at[at] != '=' && value.at[at] != ';') at++;
        slk_text key = slk_text_trim((slk_text){value.at + from, at - from});
        if (at == value.n || value.at[at] == ';') continue;
        at++;
        while (at < value.n && slk_is_space(value.at[at])) at++;
        slk_text v = value_at((slk_text){value.at + at, value.n - at}, &used);
        if (slk_text_is_fold(key, name)) return v;
        at += used;
        while (at < value.n && value.at[at] != ';') at++;
    }
    return (slk_text){NULL, 0};
}

static bool type_is(slk_text type, const char *z) {
    size_t n = strlen(z);
    if (!type.at || !slk_text_starts_fold(type, z)) return false;
    return z[n - 1] == '/' || type.n == n || type.at[n] == ';' || slk_is_space(type.at[n]);
}

static bool is_page(slk_text type) { return type_is(type, "text/html") || type_is(type, "application/xhtml+xml"); }

bool slk_mhtml_is(slk_text head) {
    size_t n = 0;
    if (slk_text_starts(head, "\xEF\xBB\xBF")) head = (slk_text){head.at + 3, head.n - 3};
    while (n < head.n && (slk_is_alpha(head.at[n]) || head.at[n] == '-')) n++;
    if (!n || n == head.n || head.at[n] != ':') return false;
    entity e = split(head.n > HEADERS_MOST_B ? (slk_text){head.at, HEADERS_MOST_B} : head);
    slk_text type = header(e.headers, "Content-Type");
    return header(e.headers, "MIME-Version").at && (type_is(type, "multipart/") || is_page(type));
}

/* ---------------------------------------------------------------- parts */

/* The next line "--boundary" in t from *at on: *line is where it begins, *at behind it. False where there is none. */
static bool delimiter(slk_text t, slk_text boundary, size_t *at, size_t *line, bool *last) {
    char mark[BOUNDARY_MOST_B + 2] = "--";
    memcpy(mark + 2, boundary.at, boundary.n);
    size_t n = boundary.n + 2;
    while (*at < t.n) {
        const char *found = memmem(t.at + *at, t.n - *at, mark, n);
        if (!found) return false;
        size_t from = (size_t)(found - t.at), i = from + n;
        *at = i;
        if (from && t.at[from - 1] != '\n') continue;
        *last = t.n - i >= 2 && t.at[i] == '-' && t.at[i + 1] == '-';
        if (*last) i += 2;
        while (i < t.n && (t.at[i] == ' ' || t.at[i] == '\t' || t.at[i] == '\r')) i++;
        if (i < t.n && t.at[i] != '\n') continue; /* a longer boundary that begins alike */
        *line = from;
        *at = i < t.n ? i + 1 : i;
        return true;
    }
    return false;
}

static slk_text without_brackets(slk_text t) {
    bool any = t.n > 1 && t.at[0] == '<' && t.at[t.n - 1] == '>';
    return any ? (slk_text){t.at + 1, t.n - 2} : t;
}

/* How well a part stands for the whole: the one named as its start, a page, parts of parts, plain text. */
static int fitness(const entity *part, slk_text start) {
    slk_text id = without_brackets(header(part->headers, "Content-ID")), type = header(part->headers, "Content-Type");
    if (start.n && slk_text_eq(id, without_brackets(start))) return 4;
    if (is_page(type)) return 3;
    if (type_is(type, "multipart/")) return 2;
    return !type.at || type_is(type, "text/plain") ? 1 : 0;
}

/* The part to go on with; the first of the fittest. False where none fits. */
static bool choose(const entity *whole, slk_text type, entity *out) {
    slk_text boundary = parameter(type, "boundary"), start = parameter(type, "start");
    size_t at = 0, line, from;
    bool last = false;
    int best = 0;
    if (!boundary.n || boundary.n > BOUNDARY_MOST_B) return false;
    if (!delimiter(whole->body, boundary, &at, &line, &last)) return false;
    while (!last && best < 4) {
        from = at;
        bool any = delimiter(whole->body, boundary, &at, &line, &last);
        size_t end = any ? line : whole->body.n;
        if (any && end > from && whole->body.at[end - 1] == '\n') end--; /* the line end belongs to the delimiter */
        if (any && end > from && whole->body.at[end - 1] == '\r') end--;
        entity part = split((slk_text){whole->body.at + from, end - from});
        int fit = fitness(&part, start);
        if (fit > best) {
            best = fit;
            *out = part;
        }
        if (!any) break;
    }
    return best > 0;
}

/* ---------------------------------------------------------------- transfer encodings */

static int hex(char c) {
    if (slk_is_digit(c)) return c - '0';
    c = slk_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What is no code stays as it is, as RFC 2045 advises. */
static void put_quoted(slk_text t, slk_buf *out) {
    for (size_t i = 0; i < t.n; i++) {
        if (t.at[i] != '=') {
            const char *next = memchr(t.at + i, '=', t.n - i);
            size_t n = (next ? (size_t)(next - t.at) : t.n) - i;
            slk_buf_add(out, t.at + i, n);
            i += n - 1;
            continue;
        }
        size_t k = i + 1;
        while (k < t.n && (t.at[k] == ' ' || t.at[k] == '\t' || t.at[k] == '\r')) k++;
        if (k == t.n || t.at[k] == '\n') { /* a line that goes on */
            i = k;
        } else if (i + 2 < t.n && hex(t.at[i + 1]) >= 0 && hex(t.at[i + 2]) >= 0) {
            slk_buf_putc(out, (char)(hex(t.at[i + 1]) * 16 + hex(t.at[i + 2])));
            i += 2;
        } else {
            slk_buf_putc(out, '=');
        }
    }
}

static int digit64(char c) {
    if (slk_is_upper(c)) return c - 'A';
    if (slk_is_lower(c)) return c - 'a' + 26;
    if (slk_is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void put_base64(slk_text t, slk_buf *out) {
    uint32_t bits = 0;
    unsigned n = 0;
    for (size_t i = 0; i < t.n && t.at[i] != '='; i++) {
        int v = digit64(t.at[i]);
        if (v < 0) continue; /* line ends, and whatever else crept in */
        bits = bits << 6 | (uint32_t)v;
        n += 6;
        if (n < 8) continue;
        n -= 8;
        slk_buf_putc(out, (char)(bits >> n & 0xFF));
    }
}

static slk_err decode(const entity *e, slk_buf *room, slk_text *out) {
    slk_text how = header(e->headers, "Content-Transfer-Encoding");
    bool quoted = slk_text_is_fold(how, "quoted-printable");
    *out = e->body;
    if (!quoted && !slk_text_is_fold(how, "base64")) return SLK_OK;
    if (quoted)
        put_quoted(e->body, room);
    else
        put_base64(e->body, room);
    *out = (slk_text){room->at ? room->at : "", room->n};
    return room->err;
}

/* ---------------------------------------------------------------- the page */

static bool is_web(slk_text url) {
    return slk_text_starts_fold(url, "http://") || slk_text_starts_fold(url, "https://");
}

/* Where the page is from, by the innermost headers that say so. */
static void locate(slk_text headers, slk_mhtml *out) {
    static const char *const names[] = {"Snapshot-Content-Location", "Content-Location"};
    for (size_t i = 0; i < 2; i++) {
        slk_text url = header(headers, names[i]);
        if (is_web(url) && url.n < 4096) out->location = url;
    }
}

slk_err slk_mhtml_page(slk_text file, slk_buf *room, slk_mhtml *out, slk_fault *fault) {
    slk_mhtml page = {0};
    entity e = split(file);
    if (file.n > SLK_MAX_MHTML_B)
        return slk_fault_say(fault, SLK_ELIMIT, "the MHTML file has more than %u bytes", SLK_MAX_MHTML_B);
    for (unsigned depth = 0;; depth++) {
        slk_text type = header(e.headers, "Content-Type");
        locate(e.headers, &page);
        page.type = type;
        if (!type_is(type, "multipart/")) break;
        if (depth == SLK_MHTML_NESTED_MOST)
            return slk_fault_say(fault, SLK_ELIMIT, "the MHTML file nests its parts deeper than %u",
                                 SLK_MHTML_NESTED_MOST);
        entity part;
        if (!choose(&e, type, &part)) return slk_fault_say(fault, SLK_EINPUT, "no part of the MHTML file is a page");
        e = part;
    }
    if (page.type.at && !is_page(page.type) && !type_is(page.type, "text/plain"))
        return slk_fault_say(fault, SLK_EINPUT, "no part of the MHTML file is a page");
    slk_err err = decode(&e, room, &page.body);
    if (err != SLK_OK) return slk_fault_say(fault, err, "the page in the MHTML file: %s", slk_err_meaning(err));
    *out = page;
    return SLK_OK;
}
