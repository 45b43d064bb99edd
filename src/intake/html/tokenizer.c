/* tokenizer.c - characters, and what "<" begins. See token.h. The standard's states for plain text, <title>, <style>, <script> and
 * CDATA sections are the modes here; a run of characters comes out whole up to where something else begins. */
#include <string.h>

#include "base/text.h"
#include "intake/html/token.h"

#define REPLACEMENT "\xEF\xBF\xBD"

void slk_tokenizer_start(slk_tokenizer *t, const slk_pack *pack, slk_arena *arena, slk_text source) {
    *t =
        (slk_tokenizer){.pack = pack, .arena = arena, .start = source.at, .at = source.at, .end = source.at + source.n};
    slk_buf_start(&t->made, &arena->mem, (size_t)SLK_MAX_PAGE_B * 4);
}

void slk_tokenizer_free(slk_tokenizer *t) {
    slk_buf_free(&t->made);
    slk_mem_free(&t->arena->mem, t->seen);
    t->seen = NULL;
}

void slk_tokenizer_put(slk_tokenizer *t, const char *from, const char *to, bool lower) {
    while (from < to) {
        char c = *from++;
        if (c == '\0') {
            slk_buf_puts(&t->made, REPLACEMENT);
        } else if (c != '\r') {
            slk_buf_putc(&t->made, lower ? slk_lower(c) : c);
        } else if (from == to || *from != '\n') {
            slk_buf_putc(&t->made, '\n');
        }
    }
}

slk_text slk_tokenizer_made(slk_tokenizer *t) {
    char *copy = t->made.err == SLK_OK ? slk_arena_copy(t->arena, t->made.at ? t->made.at : "", t->made.n) : NULL;
    if (!copy && t->err == SLK_OK) t->err = t->made.err != SLK_OK ? t->made.err : SLK_ENOMEM;
    return copy ? (slk_text){copy, t->made.n} : (slk_text){"", 0};
}

static void give_text(slk_tokenizer *t, slk_html_token *out, slk_text text, const char *to) {
    out->kind = SLK_HTML_TEXT;
    out->text = text;
    t->at = to;
}

/* The source's own characters up to `to`. */
static void give_run(slk_tokenizer *t, slk_html_token *out, const char *to) {
    give_text(t, out, (slk_text){t->at, (size_t)(to - t->at)}, to);
}

static bool stops(slk_text_mode mode, char c) {
    if (c == '\0' || c == '\r') return true;
    if (mode == SLK_TEXT_CDATA) return c == ']';
    return (c == '<' && mode != SLK_TEXT_PLAIN) || (c == '&' && mode <= SLK_TEXT_RCDATA);
}

/* A run that takes its first character whatever it is. */
static void give_from_here(slk_tokenizer *t, slk_html_token *out) {
    const char *p = t->at + 1;
    while (p < t->end && !stops(t->mode, *p)) p++;
    give_run(t, out, p);
}

static void give_reference(slk_tokenizer *t, slk_html_token *out) {
    char made[8];
    size_t n, length = slk_html_reference(t->pack, t->at, t->end, false, made, &n);
    if (!length) {
        give_from_here(t, out);
        return;
    }
    char *copy = slk_arena_copy(t->arena, made, n);
    if (!copy) t->err = SLK_ENOMEM;
    give_text(t, out, copy ? (slk_text){copy, n} : (slk_text){"", 0}, t->at + length);
}

/* CR and CRLF are LF: the CR of a pair is simply left out of the run. */
static void give_line_end(slk_tokenizer *t, slk_html_token *out) {
    if (t->at + 1 < t->end && t->at[1] == '\n') {
        t->at++;
        give_from_here(t, out);
    } else {
        give_text(t, out, (slk_text){"\n", 1}, t->at + 1);
    }
}

static void give_nul(slk_tokenizer *t, slk_html_token *out) {
    if (t->mode == SLK_TEXT_DATA || t->mode == SLK_TEXT_CDATA) {
        out->kind = SLK_HTML_NUL;
        t->at++;
    } else {
        give_text(t, out, slk_text_of(REPLACEMENT), t->at + 1);
    }
}

/* Does "</" + the name of the last start tag stand at p, and does the name end there? */
static bool ends_text(const slk_tokenizer *t, const char *p) {
    size_t n = t->last.n;
    if (!n || (size_t)(t->end - p) < n + 3 || p[1] != '/') return false;
    for (size_t i = 0; i < n; i++)
        if (slk_lower(p[2 + i]) != t->last.at[i]) return false;
    char c = p[2 + n];
    return slk_is_space(c) || c == '/' || c == '>';
}

static bool starts_with(const slk_tokenizer *t, const char *p, const char *z) {
    return slk_text_starts_fold((slk_text){p, (size_t)(t->end - p)}, z);
}

/* "<!...": false where nothing comes of it (a CDATA section begins). */
static bool declaration(slk_tokenizer *t, slk_html_token *out) {
    t->at += 2;
    if (starts_with(t, t->at, "--")) {
        t->at += 2;
        slk_tokenizer_comment(t, out);
    } else if (starts_with(t, t->at, "doctype")) {
        t->at += 7;
        slk_tokenizer_doctype(t, out);
    } else if (t->foreign && t->end - t->at >= 7 && memcmp(t->at, "[CDATA[", 7) == 0) {
        t->at += 7;
        t->mode = SLK_TEXT_CDATA;
        return false;
    } else {
        slk_tokenizer_bogus(t, out);
    }
    return true;
}

/* "<" in plain text; false where nothing comes of it. */
static bool markup(slk_tokenizer *t, slk_html_token *out) {
    size_t n = (size_t)(t->end - t->at);
    char c = n > 1 ? t->at[1] : '\0', d = n > 2 ? t->at[2] : '\0';
    if (slk_is_alpha(c)) {
        t->at++;
        slk_tokenizer_tag(t, out, false);
    } else if (c == '/' && n == 2) {
        give_run(t, out, t->end);
    } else if (c == '/' && slk_is_alpha(d)) {
        t->at += 2;
        slk_tokenizer_tag(t, out, true);
    } else if (c == '/' && d == '>') {
        t->at += 3;
        return false;
    } else if (c == '/' || c == '?') {
        t->at += c == '/' ? 2 : 1;
        slk_tokenizer_bogus(t, out);
    } else if (c == '!') {
        return declaration(t, out);
    } else {
        give_from_here(t, out);
    }
    return true;
}

/* "<" in <title>, <style>, ...: its end tag, or a character like others. */
static void maybe_end(slk_tokenizer *t, slk_html_token *out) {
    if (!ends_text(t, t->at)) {
        give_from_here(t, out);
        return;
    }
    t->mode = SLK_TEXT_DATA;
    t->escape = 0;
    t->at += 2;
    slk_tokenizer_tag(t, out, true);
}

/* Is p "<script" (or "</script") with the name's end behind it? */
static bool names_script(const slk_tokenizer *t, const char *p, const char *tag) {
    size_t n = strlen(tag);
    if (!starts_with(t, p, tag) || (size_t)(t->end - p) == n) return false;
    return slk_is_space(p[n]) || p[n] == '/' || p[n] == '>';
}

/* A run of a script up to its end tag; "<!--" and "<script" within it hide end tags. */
static void script(slk_tokenizer *t, slk_html_token *out) {
    const char *p = t->at;
    for (; p < t->end && *p != '\0' && *p != '\r'; p++) {
        if (*p == '>' && t->escape && p - t->start >= 2 && p[-1] == '-' && p[-2] == '-') t->escape = 0;
        if (*p != '<') continue;
        if (t->escape < 2 && ends_text(t, p)) break;
        if (t->escape == 0 && starts_with(t, p, "<!--")) {
            t->escape = 1;
            p += 3;
        } else if (t->escape == 1 && names_script(t, p, "<script")) {
            t->escape = 2;
        } else if (t->escape == 2 && names_script(t, p, "</script")) {
            t->escape = 1;
        }
    }
    if (p > t->at)
        give_run(t, out, p);
    else if (*p == '<')
        maybe_end(t, out);
    else if (*p == '\0')
        give_nul(t, out);
    else if (t->at + 1 < t->end && t->at[1] == '\n')
        t->at++; /* the LF goes with the next run */
    else
        give_line_end(t, out);
}

/* In a CDATA section; false where its end was passed. */
static bool section(slk_tokenizer *t, slk_html_token *out) {
    if (*t->at != ']') {
        give_from_here(t, out);
        return true;
    }
    if (!starts_with(t, t->at, "]]>")) {
        give_from_here(t, out);
        return true;
    }
    t->at += 3;
    t->mode = SLK_TEXT_DATA;
    return false;
}

/* One step; false where it gave no token. */
static bool step(slk_tokenizer *t, slk_html_token *out) {
    char c = *t->at;
    if (t->mode == SLK_TEXT_SCRIPT) {
        script(t, out);
        return out->kind != SLK_HTML_EOF;
    }
    if (c == '\0') {
        give_nul(t, out);
    } else if (c == '\r') {
        give_line_end(t, out);
    } else if (t->mode == SLK_TEXT_CDATA) {
        return section(t, out);
    } else if (c == '&' && t->mode <= SLK_TEXT_RCDATA) {
        give_reference(t, out);
    } else if (c == '<' && t->mode == SLK_TEXT_DATA) {
        return markup(t, out);
    } else if (c == '<' && t->mode != SLK_TEXT_PLAIN) {
        maybe_end(t, out);
    } else {
        give_from_here(t, out);
    }
    return true;
}

void slk_tokenizer_next(slk_tokenizer *t, slk_html_token *out) {
    do {
        *out = (slk_html_token){.kind = SLK_HTML_EOF, .from_b = (uint32_t)(t->at - t->start)};
    } while (t->err == SLK_OK && t->at < t->end && !step(t, out));
    out->to_b = (uint32_t)(t->at - t->start);
    if (out->kind == SLK_HTML_TEXT && out->to_b - out->from_b > out->text.n && out->text.at >= t->start &&
        out->text.at < t->end)
        out->from_b = (uint32_t)(out->text.at - t->start); /* a CR was left out */
    if (out->kind == SLK_HTML_START) t->last = out->text;
    if (t->err != SLK_OK) out->kind = SLK_HTML_EOF;
}
