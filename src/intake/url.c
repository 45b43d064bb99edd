/* url.c - addresses. See url.h. */
#include "intake/url.h"

#include <string.h>

#include "base/text.h"

typedef struct parts { /* {NULL, 0} for what is missing; path may be empty */
    slk_text scheme, authority, path, query, fragment;
} parts;

static slk_text from_to(const char *a, const char *b) { return (slk_text){a, (size_t)(b - a)}; }

static parts split(slk_text t) {
    parts p = {0};
    const char *at = t.at, *end = t.at + t.n, *c = at;
    if (!t.n) return p;
    while (c < end && (slk_is_alpha(*c) || slk_is_digit(*c) || *c == '+' || *c == '-' || *c == '.')) c++;
    if (c > at && c < end && *c == ':' && slk_is_alpha(*at)) {
        p.scheme = from_to(at, c);
        at = c + 1;
    }
    if (end - at >= 2 && at[0] == '/' && at[1] == '/') {
        for (c = at + 2; c < end && *c != '/' && *c != '?' && *c != '#';) c++;
        p.authority = from_to(at + 2, c);
        at = c;
    }
    for (c = at; c < end && *c != '?' && *c != '#';) c++;
    p.path = from_to(at, c);
    if (c < end && *c == '?') {
        for (at = ++c; c < end && *c != '#';) c++;
        p.query = from_to(at, c);
    }
    if (c < end) p.fragment = from_to(c + 1, end);
    return p;
}

/* Removes "." and ".." from what stands in out from `from` on (RFC 3986, 5.2.4), in place. */
static void remove_dots(slk_buf *out, size_t from) {
    if (out->err != SLK_OK) return;
    char *z = out->at;
    size_t to = from, i = from, n = out->n;
    while (i < n) {
        size_t end = i + 1;
        while (end < n && z[end] != '/') end++;
        size_t length = end - i;
        bool last = end == n;
        if (length == 2 && z[i] == '/' && z[i + 1] == '.') {
            if (last) z[to++] = '/';
        } else if (length == 3 && z[i] == '/' && z[i + 1] == '.' && z[i + 2] == '.') {
            while (to > from && z[--to] != '/') continue;
            if (last) z[to++] = '/';
        } else {
            memmove(z + to, z + i, length);
            to += length;
        }
        i = end;
    }
    out->n = to;
    z[to] = '\0';
}

static void add(slk_buf *out, const char *before, slk_text t) {
    if (!t.at) return;
    slk_buf_puts(out, before);
    slk_buf_add(out, t.at, t.n);
}

void slk_url_resolve(slk_text base, slk_text reference, slk_buf *out) {
    reference = slk_text_trim(reference);
    parts r = split(reference), b = split(slk_text_trim(base));
    if (r.scheme.at || !b.scheme.at) {
        slk_buf_add(out, reference.at, reference.n);
        return;
    }
    slk_buf_add(out, b.scheme.at, b.scheme.n);
    slk_buf_putc(out, ':');
    slk_text authority = r.authority.at ? r.authority : b.authority, query = r.query;
    add(out, "//", authority);
    size_t from = out->n;
    if (r.authority.at || (r.path.n && r.path.at[0] == '/')) {
        slk_buf_add(out, r.path.at, r.path.n);
    } else if (!r.path.n) {
        slk_buf_add(out, b.path.at, b.path.n);
        if (!r.query.at) query = b.query;
    } else {
        size_t keep = b.path.n;
        while (keep && b.path.at[keep - 1] != '/') keep--;
        if (!keep && authority.at) slk_buf_putc(out, '/');
        slk_buf_add(out, b.path.at, keep);
        slk_buf_add(out, r.path.at, r.path.n);
    }
    remove_dots(out, from);
    add(out, "?", query);
    add(out, "#", r.fragment);
}

/* Parameters that say how a reader came, not what he reads. */
static bool only_says_whence(slk_text p) {
    static const char *const names[] = {
        "utm_",     "fbclid=", "gclid=",     "dclid=",    "msclkid=",   "yclid=",   "twclid=",   "mc_cid=",
        "mc_eid=",  "cmpid=",  "cmp=",       "ocid=",     "igshid=",    "igsh=",    "srsltid=",  "smid=",
        "sref=",    "ncid=",   "ito=",       "xtor=",     "at_medium=", "ref_src=", "referrer=", "_ga=",
        "feature=", "share=",  "sharefrom=", "wt.mc_id=", "gaa_at="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slk_text_starts_fold(p, names[i])) return true;
    return false;
}

static void add_lower(slk_buf *out, slk_text t) {
    for (size_t i = 0; i < t.n; i++) slk_buf_putc(out, slk_lower(t.at[i]));
}

void slk_url_origin(slk_text url, slk_buf *out) {
    parts p = split(slk_text_trim(url));
    bool https = slk_text_is_fold(p.scheme, "https");
    if (!p.authority.n || (!https && !slk_text_is_fold(p.scheme, "http"))) return;
    slk_buf_puts(out, https ? "https://" : "http://");
    const char *port = https ? ":443" : ":80";
    while (slk_text_ends_fold(p.authority, port)) p.authority.n -= strlen(port);
    add_lower(out, p.authority);
}

void slk_url_target(slk_text url, slk_buf *out) {
    parts p = split(slk_text_trim(url));
    if (!p.path.n) slk_buf_putc(out, '/');
    slk_buf_add(out, p.path.at, p.path.n);
    add(out, "?", p.query);
}

void slk_url_sendable(slk_text url, slk_buf *out) {
    url = slk_text_trim(url);
    for (size_t i = 0; i < url.n && url.at[i] != '#'; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c <= 0x20 || c >= 0x7F || strchr("\"<>\\^`{|}", c))
            slk_buf_printf(out, "%%%02X", c);
        else
            slk_buf_putc(out, (char)c);
    }
}

/* As browsers read an address: without control characters, spaces within as percent-codes. */
static void add_clean(slk_buf *out, slk_text url) {
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c == ' ')
            slk_buf_puts(out, "%20");
        else if (c > ' ' && c != 0x7F)
            slk_buf_putc(out, (char)c);
    }
}

static void add_canonical(slk_text url, slk_buf *out) {
    parts p = split(url);
    slk_url_origin(url, out);
    size_t from = out->n;
    if (!p.path.n) slk_buf_putc(out, '/');
    slk_buf_add(out, p.path.at, p.path.n);
    remove_dots(out, from);
    slk_text rest = p.query, piece;
    bool any = false;
    while (rest.at && slk_text_split(&rest, '&', &piece)) {
        if (!piece.n || only_says_whence(piece)) continue;
        slk_buf_putc(out, any ? '&' : '?');
        slk_buf_add(out, piece.at, piece.n);
        any = true;
    }
}

void slk_url_canonical(slk_text url, slk_buf *out) {
    slk_buf clean;
    size_t before = out->n;
    url = slk_text_trim(url);
    slk_url_origin(url, out);
    bool web = out->n > before;
    out->n = before;
    if (!web) {
        slk_buf_add(out, url.at, url.n);
        return;
    }
    slk_buf_start(&clean, &out->mem, 3 * url.n + 64);
    add_clean(&clean, url);
    if (clean.err == SLK_OK)
        add_canonical((slk_text){clean.at, clean.n}, out);
    else
        out->err = clean.err;
    slk_buf_free(&clean);
}

/* ---------------------------------------------------------------- one page, however it was linked */

static bool ends_take(slk_text *t, const char *z) {
    if (!slk_text_ends_fold(*t, z)) return false;
    t->n -= strlen(z);
    return true;
}

static void host_of(slk_text *host) {
    static const char *const before[] = {"www.", "m.", "mobile.", "amp.", "edition.", "ww2.", "www2."};
    for (size_t i = 0; host->at && i < sizeof before / sizeof *before; i++) {
        size_t n = strlen(before[i]);
        if (!host->at || !slk_text_starts_fold(*host, before[i])) continue;
        if (!memchr(host->at + n, '.', host->n - n)) continue;
        *host = (slk_text){host->at + n, host->n - n};
        return;
    }
}

static void path_of(slk_text *path) {
    static const char *const ends[] = {"/",    "/index.html", "/index.htm", "/index.php",
                                       "/amp", ".amp",        ".amp.html",  "/amphtml"};
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) again = ends_take(path, ends[i]) || again;
    }
    if (slk_text_is(*path, "/")) path->n = 0;
    if (slk_text_starts_fold(*path, "/amp/")) *path = (slk_text){path->at + 4, path->n - 4};
}

static bool says_edition(slk_text p) {
    static const char *const words[] = {"amp",      "amp=1",       "amp=true", "outputtype=amp",
                                        "mobile=1", "view=mobile", "print=1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(p, words[i])) return true;
    return false;
}

#define PARAMETERS_MOST 32u

/* Parameters in order, so that "?a=1&b=2" is "?b=2&a=1"; of an address with more, the first ones. */
static void add_parameters(slk_text query, slk_buf *out) {
    slk_text all[PARAMETERS_MOST], piece;
    size_t n = 0;
    while (query.at && n < PARAMETERS_MOST && slk_text_split(&query, '&', &piece)) {
        if (!piece.n || only_says_whence(piece) || says_edition(piece)) continue;
        size_t at = n++;
        for (; at > 0 && slk_text_cmp(all[at - 1], piece) > 0; at--) all[at] = all[at - 1];
        all[at] = piece;
    }
    for (size_t i = 0; i < n; i++) {
        slk_buf_putc(out, i ? '&' : '?');
        slk_buf_add(out, all[i].at, all[i].n);
    }
}

void slk_url_page(slk_text url, slk_buf *out) {
    parts p = split(slk_text_trim(url));
    bool https = slk_text_is_fold(p.scheme, "https");
    if (!p.authority.n || (!https && !slk_text_is_fold(p.scheme, "http"))) return;
    if (!ends_take(&p.authority, ":443")) (void)ends_take(&p.authority, ":80");
    host_of(&p.authority);
    add_lower(out, p.authority);
    path_of(&p.path);
    size_t from = out->n;
    slk_buf_add(out, p.path.at, p.path.n);
    if (p.path.n) remove_dots(out, from);
    add_parameters(p.query, out);
}

bool slk_url_same_site(slk_text a, slk_text b) {
    parts p = split(slk_text_trim(a)), q = split(slk_text_trim(b));
    host_of(&p.authority);
    host_of(&q.authority);
    if (!p.authority.n || p.authority.n != q.authority.n) return false;
    for (size_t i = 0; i < p.authority.n; i++)
        if (slk_lower(p.authority.at[i]) != slk_lower(q.authority.at[i])) return false;
    return true;
}
