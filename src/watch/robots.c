/* robots.c - robots.txt. See robots.h. Rules are kept normalised: percent-codes of letters and digits as these, others in capitals,
 * bytes beyond ASCII as percent-codes; paths are brought into the same form, so that comparing is comparing bytes. A pattern is
 * cut at its stars and each piece looked for once behind the one before, so that no pattern costs more than its path is long. */
#include "watch/robots.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

typedef struct rule { /* of the pattern that stands in patterns at at_b */
    uint32_t at_b, n;
    bool allow;
} rule;

typedef struct rules {
    rule *at;
    uint32_t n, cap;
    unsigned delay_s;
    bool named; /* a group for this agent was seen at all */
} rules;

struct slk_robots {
    slk_buf patterns;
    rules ours, anyones;
    const rules *valid;
};

/* ---------------------------------------------------------------- one form for patterns and paths */

static int hex(char c) {
    if (slk_is_digit(c)) return c - '0';
    c = slk_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_unreserved(int c) {
    return c < 0x80 && (slk_is_alpha((char)c) || slk_is_digit((char)c) || (c && strchr("-._~", c)));
}

static void put_code(slk_buf *out, unsigned c) {
    static const char digits[] = "0123456789ABCDEF";
    slk_buf_putc(out, '%');
    slk_buf_putc(out, digits[c >> 4]);
    slk_buf_putc(out, digits[c & 15]);
}

static void normalise(slk_text t, slk_buf *out) {
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.at[i];
        bool code = c == '%' && i + 2 < t.n && hex(t.at[i + 1]) >= 0 && hex(t.at[i + 2]) >= 0;
        if (code) {
            int v = hex(t.at[i + 1]) * 16 + hex(t.at[i + 2]);
            i += 2;
            if (is_unreserved(v))
                slk_buf_putc(out, (char)v);
            else
                put_code(out, (unsigned)v);
        } else if (c >= 0x80 || c < 0x20) {
            put_code(out, c);
        } else {
            slk_buf_putc(out, (char)c);
        }
    }
}

/* ---------------------------------------------------------------- reading */

static slk_err add_rule(slk_robots *r, rules *to, slk_text pattern, bool allow) {
    if (!pattern.n) return SLK_OK; /* "Disallow:" forbids nothing */
    if (to->n == to->cap) {
        uint32_t cap = to->cap ? 2 * to->cap : 32;
        rule *more = realloc(to->at, cap * sizeof *more);
        if (!more) return SLK_ENOMEM;
        to->at = more;
        to->cap = cap;
    }
    size_t at = r->patterns.n;
    normalise(pattern, &r->patterns);
    to->at[to->n++] = (rule){(uint32_t)at, (uint32_t)(r->patterns.n - at), allow};
    return r->patterns.err;
}

/* The product token at the beginning of a User-agent line's value. */
static slk_text token(slk_text t) {
    size_t n = 0;
    while (n < t.n && (slk_is_alpha(t.at[n]) || t.at[n] == '_' || t.at[n] == '-')) n++;
    return (slk_text){t.at, n};
}

static unsigned delay(slk_text t) {
    double s;
    if (!slk_text_double(t, &s) || s <= 0) return 0;
    return s > SLK_ROBOTS_DELAY_MOST_S ? SLK_ROBOTS_DELAY_MOST_S : s < 1 ? 1 : (unsigned)s;
}

typedef struct reading {
    slk_robots *r;
    const char *agent;
    bool in_agents; /* the line before named an agent: one group may name several */
    bool for_us, for_any;
} reading;

static slk_err read_rule(reading *g, slk_text value, bool allow) {
    slk_err err = SLK_OK;
    if (g->for_us) err = add_rule(g->r, &g->r->ours, value, allow);
    if (err == SLK_OK && g->for_any) err = add_rule(g->r, &g->r->anyones, value, allow);
    return err;
}

static void read_agent(reading *g, slk_text value) {
    if (!g->in_agents) g->for_us = g->for_any = false;
    g->in_agents = true;
    if (value.n && value.at[0] == '*') g->for_any = true;
    if (slk_text_is_fold(token(value), g->agent)) g->for_us = g->r->ours.named = true;
}

static slk_err read_line(reading *g, slk_text line) {
    const char *comment = line.n ? memchr(line.at, '#', line.n) : NULL;
    if (comment) line.n = (size_t)(comment - line.at);
    const char *colon = line.n ? memchr(line.at, ':', line.n) : NULL;
    if (!colon) return SLK_OK;
    slk_text key = slk_text_trim((slk_text){line.at, (size_t)(colon - line.at)});
    slk_text value = slk_text_trim((slk_text){colon + 1, line.n - (size_t)(colon - line.at) - 1});
    bool allow = slk_text_is_fold(key, "allow");
    if (slk_text_is_fold(key, "user-agent")) {
        read_agent(g, value);
    } else if (allow || slk_text_is_fold(key, "disallow")) {
        g->in_agents = false;
        return read_rule(g, value, allow);
    } else if (slk_text_is_fold(key, "crawl-delay")) {
        g->in_agents = false;
        if (g->for_us) g->r->ours.delay_s = delay(value);
        if (g->for_any) g->r->anyones.delay_s = delay(value);
    }
    return SLK_OK;
}

/* The next line, ended by CR, LF or both. */
static bool next_line(slk_text *rest, slk_text *line) {
    if (!rest->n) return false;
    size_t n = 0;
    while (n < rest->n && rest->at[n] != '\n' && rest->at[n] != '\r') n++;
    *line = (slk_text){rest->at, n};
    n += n < rest->n;
    *rest = (slk_text){rest->at + n, rest->n - n};
    return true;
}

slk_err slk_robots_read(slk_text body, const char *agent, slk_robots **out) {
    slk_robots *r = calloc(1, sizeof *r);
    if (!r) return SLK_ENOMEM;
    slk_buf_start(&r->patterns, &slk_mem_system, (size_t)8 * SLK_ROBOTS_MOST_B);
    reading g = {.r = r, .agent = agent};
    slk_text line;
    slk_err err = SLK_OK;
    if (body.n > SLK_ROBOTS_MOST_B) body.n = SLK_ROBOTS_MOST_B;
    if (slk_text_starts(body, "\xEF\xBB\xBF")) body = (slk_text){body.at + 3, body.n - 3};
    while (err == SLK_OK && next_line(&body, &line)) err = read_line(&g, line);
    if (err != SLK_OK) {
        slk_robots_free(r);
        return err;
    }
    r->valid = r->ours.named ? &r->ours : &r->anyones;
    *out = r;
    return SLK_OK;
}

void slk_robots_free(slk_robots *r) {
    if (!r) return;
    slk_buf_free(&r->patterns);
    free(r->ours.at);
    free(r->anyones.at);
    free(r);
}

/* ---------------------------------------------------------------- asking */

/* Does the pattern match a beginning of the path, or with "$" behind it all of it? */
static bool matches(slk_text pattern, slk_text path) {
    bool to_end = pattern.n && pattern.at[pattern.n - 1] == '$';
    if (to_end) pattern.n--;
    const char *at = path.at, *end = path.at + path.n;
    for (bool first = true;; first = false) {
        const char *star = pattern.n ? memchr(pattern.at, '*', pattern.n) : NULL;
        slk_text piece = {pattern.at, star ? (size_t)(star - pattern.at) : pattern.n};
        if ((size_t)(end - at) < piece.n) return false;
        if (first) {
            if (piece.n && memcmp(at, piece.at, piece.n) != 0) return false;
        } else if (!star && to_end) {
            return !piece.n || memcmp(end - piece.n, piece.at, piece.n) == 0;
        } else if (piece.n) {
            at = memmem(at, (size_t)(end - at), piece.at, piece.n);
            if (!at) return false;
        }
        at += piece.n;
        if (!star) return !to_end || at == end;
        pattern = (slk_text){star + 1, pattern.n - piece.n - 1};
    }
}

bool slk_robots_allow(const slk_robots *r, slk_text path) {
    slk_buf b;
    bool allowed = true;
    uint32_t longest = 0;
    if (path.n > SLK_ROBOTS_PATH_MOST_B) path.n = SLK_ROBOTS_PATH_MOST_B;
    slk_buf_start(&b, &slk_mem_system, (size_t)4 * SLK_ROBOTS_PATH_MOST_B);
    normalise(path, &b);
    slk_text t = {b.at ? b.at : "", b.n};
    if (b.err == SLK_OK && !slk_text_is(t, "/robots.txt"))
        for (uint32_t i = 0; i < r->valid->n; i++) {
            rule one = r->valid->at[i];
            if (one.n < longest || (one.n == longest && !one.allow)) continue;
            if (!matches((slk_text){r->patterns.at + one.at_b, one.n}, t)) continue;
            longest = one.n;
            allowed = one.allow;
        }
    slk_buf_free(&b);
    return allowed;
}

unsigned slk_robots_delay_s(const slk_robots *r) { return r->valid->delay_s; }
