/* tokenizer_comment.c - comments and doctypes. See token.h. */
#include <string.h>

#include "base/text.h"
#include "intake/html/token.h"

static void skip_space(slk_tokenizer *t) {
    while (t->at < t->end && slk_is_html_space(*t->at)) t->at++;
}

/* from .. to as the standard reads it */
static slk_text string_from(slk_tokenizer *t, const char *from, const char *to, bool lower) {
    slk_buf_clear(&t->made);
    slk_tokenizer_put(t, from, to, lower);
    return slk_tokenizer_made(t);
}

static void give_comment(slk_tokenizer *t, slk_html_token *out, const char *from, const char *to, const char *next) {
    out->kind = SLK_HTML_COMMENT;
    out->text = string_from(t, from, to, false);
    t->at = next;
}

void slk_tokenizer_bogus(slk_tokenizer *t, slk_html_token *out) {
    const char *to = memchr(t->at, '>', (size_t)(t->end - t->at));
    give_comment(t, out, t->at, to ? to : t->end, to ? to + 1 : t->end);
}

/* The page ends within a comment: what could have been the start of "-->" is not part of it. */
static const char *without_end(const char *from, const char *to) {
    size_t n = (size_t)(to - from);
    if (n >= 3 && memcmp(to - 3, "--!", 3) == 0) return to - 3;
    if (n >= 2 && memcmp(to - 2, "--", 2) == 0) return to - 2;
    return n >= 1 && to[-1] == '-' ? to - 1 : to;
}

void slk_tokenizer_comment(slk_tokenizer *t, slk_html_token *out) {
    const char *from = t->at;
    size_t n = (size_t)(t->end - from);
    if (n >= 1 && from[0] == '>') {
        give_comment(t, out, from, from, from + 1);
        return;
    }
    if (n >= 2 && from[0] == '-' && from[1] == '>') {
        give_comment(t, out, from, from, from + 2);
        return;
    }
    for (const char *p = from; (p = memchr(p, '-', (size_t)(t->end - p))) != NULL; p++) {
        size_t left = (size_t)(t->end - p);
        if (left < 3 || p[1] != '-') continue;
        size_t length = p[2] == '>' ? 3 : left > 3 && p[2] == '!' && p[3] == '>' ? 4 : 0;
        if (!length) continue;
        give_comment(t, out, from, p, p + length);
        return;
    }
    give_comment(t, out, from, without_end(from, t->end), t->end);
}

/* A public or system identifier in quotes at t->at; false where it has no end. */
static bool quoted(slk_tokenizer *t, slk_doctype *d, slk_text *out) {
    char quote = *t->at++;
    const char *from = t->at;
    while (t->at < t->end && *t->at != quote && *t->at != '>') t->at++;
    *out = string_from(t, from, t->at, false);
    if (t->at < t->end && *t->at == quote) {
        t->at++;
        return true;
    }
    d->quirks = true;
    return false;
}

static bool is_quote(const slk_tokenizer *t) { return t->at < t->end && (*t->at == '"' || *t->at == '\''); }
static bool is_over(const slk_tokenizer *t) { return t->at == t->end || *t->at == '>'; }

/* What follows the name: PUBLIC and SYSTEM with their identifiers. */
static void identifiers(slk_tokenizer *t, slk_doctype *d) {
    slk_text rest = {t->at, (size_t)(t->end - t->at)};
    bool public_id = slk_text_starts_fold(rest, "public");
    if (!public_id && !slk_text_starts_fold(rest, "system")) {
        d->quirks = true;
        return;
    }
    t->at += 6;
    skip_space(t);
    if (!is_quote(t)) {
        d->quirks = true;
        return;
    }
    if (public_id) {
        if (!quoted(t, d, &d->public_id)) return;
        skip_space(t);
        if (is_over(t)) return;
        if (!is_quote(t)) {
            d->quirks = true;
            return;
        }
    }
    if (quoted(t, d, &d->system_id)) skip_space(t);
}

void slk_tokenizer_doctype(slk_tokenizer *t, slk_html_token *out) {
    out->kind = SLK_HTML_DOCTYPE;
    slk_doctype *d = &out->doctype;
    skip_space(t);
    const char *from = t->at;
    while (!is_over(t) && !slk_is_html_space(*t->at)) t->at++;
    if (t->at > from)
        d->name = string_from(t, from, t->at, true);
    else
        d->quirks = true;
    skip_space(t);
    if (!is_over(t)) identifiers(t, d);
    if (t->at == t->end) {
        d->quirks = true;
        return;
    }
    const char *to = memchr(t->at, '>', (size_t)(t->end - t->at));
    t->at = to ? to + 1 : t->end;
}
