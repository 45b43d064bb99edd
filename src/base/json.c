/* json.c - the JSON writer. See json.h. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void slk_json_start(slk_json *j, slk_buf *out, bool pretty) {
    *j = (slk_json){.out = out, .pretty = pretty};
    j->first[0] = true;
}

static void newline(slk_json *j) {
    if (!j->pretty) return;
    slk_buf_putc(j->out, '\n');
    for (unsigned i = 0; i < j->depth; i++) slk_buf_add(j->out, "  ", 2);
}

/* What stands before a value: nothing after a name, else a comma and a new line. */
static void before(slk_json *j) {
    if (j->named) {
        j->named = false;
        return;
    }
    if (!j->first[j->depth]) slk_buf_putc(j->out, ',');
    j->first[j->depth] = false;
    if (j->depth > 0) newline(j);
}

static void open(slk_json *j, char c) {
    before(j);
    slk_buf_putc(j->out, c);
    if (j->depth + 1 < SLK_JSON_DEPTH)
        j->first[++j->depth] = true;
    else
        j->out->err = SLK_ELIMIT;
}

static void end(slk_json *j, char c) {
    bool empty = j->first[j->depth];
    if (j->depth) j->depth--;
    if (!empty) newline(j);
    slk_buf_putc(j->out, c);
}

void slk_json_object(slk_json *j) { open(j, '{'); }
void slk_json_array(slk_json *j) { open(j, '['); }
void slk_json_end_object(slk_json *j) { end(j, '}'); }
void slk_json_end_array(slk_json *j) { end(j, ']'); }

/* Bytes of a character at i that must not stand as it is though it is no ASCII: C1 controls, line and paragraph separator (some readers of
 * lines end one there), and what turns the order of what follows; 0 for any other. *cp: the character. */
static size_t steers(slk_text t, size_t i, unsigned *cp) {
    const unsigned char *p = (const unsigned char *)t.at + i;
    if (p[0] == 0xC2 && i + 1 < t.n && p[1] < 0xA0) {
        *cp = p[1];
        return 2;
    }
    if (p[0] != 0xE2 || i + 2 >= t.n) return 0;
    *cp = 0x2000u | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    return (*cp >= 0x2028 && *cp <= 0x202E) || (*cp >= 0x2066 && *cp <= 0x2069) ? 3 : 0;
}

static const char *short_escape(unsigned char c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\t': return "\\t";
    case '\r': return "\\r";
    default: return NULL;
    }
}

static void escaped(slk_buf *b, slk_text t) {
    size_t from = 0;
    slk_buf_putc(b, '"');
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.at[i];
        unsigned cp = c;
        size_t n = 1;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) {
            if ((c != 0xC2 && c != 0xE2) || (n = steers(t, i, &cp)) == 0) continue;
        }
        slk_buf_add(b, t.at + from, i - from);
        from = i + n;
        i = from - 1;
        const char *two = n == 1 ? short_escape(c) : NULL;
        if (two)
            slk_buf_add(b, two, 2);
        else
            slk_buf_printf(b, "\\u%04x", cp);
    }
    slk_buf_add(b, t.at ? t.at + from : "", t.n - from);
    slk_buf_putc(b, '"');
}

void slk_json_name(slk_json *j, const char *name) {
    before(j);
    escaped(j->out, slk_text_of(name));
    slk_buf_puts(j->out, j->pretty ? ": " : ":");
    j->named = true;
}

void slk_json_text(slk_json *j, slk_text t) {
    before(j);
    escaped(j->out, t);
}

void slk_json_string(slk_json *j, const char *z) {
    if (z)
        slk_json_text(j, slk_text_of(z));
    else
        slk_json_null(j);
}

void slk_json_int(slk_json *j, int64_t v) {
    before(j);
    char z[20]; /* digits from the end */
    size_t at = sizeof z;
    uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do z[--at] = (char)('0' + left % 10);
    while ((left /= 10) != 0);
    if (v < 0) z[--at] = '-';
    slk_buf_add(j->out, z + at, sizeof z - at);
}

/* Shortest of 15, 16 or 17 significant digits that reads back the same. A locale's decimal comma is turned into a point. */
void slk_json_double(slk_json *j, double v) {
    if (!isfinite(v)) {
        slk_json_null(j);
        return;
    }
    if (v == floor(v) && fabs(v) < 1e15) {
        slk_json_int(j, (int64_t)v);
        return;
    }
    before(j);
    char z[40];
    for (int digits = 15; digits <= 17; digits++) {
        int n = snprintf(z, sizeof z, "%.*g", digits, v);
        if (n < 0) break;
        if (strtod(z, NULL) == v) break;
    }
    for (char *p = z; *p; p++)
        if (*p == ',') *p = '.';
    slk_buf_puts(j->out, z);
}

void slk_json_bool(slk_json *j, bool v) {
    before(j);
    slk_buf_puts(j->out, v ? "true" : "false");
}

void slk_json_null(slk_json *j) {
    before(j);
    slk_buf_puts(j->out, "null");
}

void slk_json_put_string(slk_json *j, const char *name, const char *z) {
    if (!z) return;
    slk_json_name(j, name);
    slk_json_string(j, z);
}

void slk_json_put_int(slk_json *j, const char *name, int64_t v) {
    slk_json_name(j, name);
    slk_json_int(j, v);
}

void slk_json_put_double(slk_json *j, const char *name, double v) {
    slk_json_name(j, name);
    slk_json_double(j, v);
}

void slk_json_put_bool(slk_json *j, const char *name, bool v) {
    slk_json_name(j, name);
    slk_json_bool(j, v);
}
