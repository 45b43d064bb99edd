/* tokenizer_tag.c - tags with their attributes. See token.h. Names and values that stand in the page as they are meant are views of
 * it; others (capitals, references, CR, NUL) are made. */
#include <string.h>

#include "base/text.h"
#include "intake/html/token.h"

#define FEW_ATTRIBUTES 16u
#define MOST_ATTRIBUTES (1u << 22) /* cannot be reached within SLK_MAX_PAGE_B */

/* \v is no white space in HTML */
static bool ends_name(char c) { return slk_is_html_space(c) || c == '/' || c == '>'; }

/* from .. t->at as a name in small letters */
static slk_text name_from(slk_tokenizer *t, const char *from) {
    bool plain = true;
    for (const char *p = from; p < t->at; p++) plain = plain && !slk_is_upper(*p) && *p != '\0';
    if (plain) return (slk_text){from, (size_t)(t->at - from)};
    slk_buf_clear(&t->made);
    slk_tokenizer_put(t, from, t->at, true);
    return slk_tokenizer_made(t);
}

/* from .. to as an attribute's value */
static slk_text value_from(slk_tokenizer *t, const char *from, const char *to) {
    const char *p = from;
    while (p < to && *p != '&' && *p != '\r' && *p != '\0') p++;
    if (p == to) return (slk_text){from, (size_t)(to - from)};
    slk_buf_clear(&t->made);
    slk_buf_add(&t->made, from, (size_t)(p - from));
    while (p < to) {
        const char *run = p;
        while (p < to && *p != '&') p++;
        slk_tokenizer_put(t, run, p, false);
        if (p == to) break;
        char made[8];
        size_t n = 1, length = slk_html_reference(t->pack, p, to, true, made, &n);
        slk_buf_add(&t->made, length ? made : "&", length ? n : 1);
        p += length ? length : 1;
    }
    return slk_tokenizer_made(t);
}

static void skip_space(slk_tokenizer *t) {
    while (t->at < t->end && slk_is_html_space(*t->at)) t->at++;
}

/* The value behind "=": false at the end of the page. */
static bool read_value(slk_tokenizer *t, slk_text *value) {
    skip_space(t);
    if (t->at == t->end) return false;
    char quote = *t->at;
    const char *from = t->at;
    if (quote == '"' || quote == '\'') {
        from++;
        const char *to = memchr(from, quote, (size_t)(t->end - from));
        t->at = to ? to : t->end;
        if (!to) return false;
        *value = value_from(t, from, to);
        t->at++;
        return true;
    }
    while (t->at < t->end && !slk_is_html_space(*t->at) && *t->at != '>') t->at++;
    *value = value_from(t, from, t->at);
    return true;
}

static uint32_t hash(slk_text name) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < name.n; i++) h = (h ^ (uint8_t)name.at[i]) * 16777619u;
    return h;
}

/* Enters attribute i into the hash; false where one of its name is there. The hash has at least twice as many places as entries. */
static bool enter(slk_tokenizer *t, uint32_t i) {
    slk_text name = t->attributes.at[i].name;
    for (uint32_t slot = hash(name);; slot++) {
        uint32_t *place = &t->seen[slot & (t->n_seen - 1)];
        if (*place == 0) {
            *place = i + 1;
            return true;
        }
        if (slk_text_eq(t->attributes.at[*place - 1].name, name)) return false;
    }
}

/* Makes the hash large enough for n attributes and enters those before the last. */
static bool make_hash(slk_tokenizer *t, uint32_t n) {
    uint32_t size = t->n_seen ? t->n_seen : 64;
    while (size < 4 * n) size *= 2;
    if (size != t->n_seen) {
        slk_mem_free(&t->arena->mem, t->seen);
        t->n_seen = 0;
        t->seen = slk_mem_new(&t->arena->mem, size * sizeof *t->seen);
        if (!t->seen) {
            t->err = SLK_ENOMEM;
            return false;
        }
        t->n_seen = size;
    }
    memset(t->seen, 0, t->n_seen * sizeof *t->seen);
    for (uint32_t i = 0; i + 1 < n; i++) (void)enter(t, i);
    return true;
}

/* Is the last attribute of the list the first of its name? Few are compared one by one, many are hashed. */
static bool is_new(slk_tokenizer *t) {
    uint32_t n = t->attributes.n;
    if (n <= FEW_ATTRIBUTES) {
        for (uint32_t i = 0; i + 1 < n; i++)
            if (slk_text_eq(t->attributes.at[i].name, t->attributes.at[n - 1].name)) return false;
        return true;
    }
    bool first = n == FEW_ATTRIBUTES + 1;
    if ((first || 2 * n > t->n_seen) && !make_hash(t, n)) return false;
    return enter(t, n - 1);
}

/* At the first character of an attribute's name; false at the end of the page. */
static bool read_attribute(slk_tokenizer *t) {
    const char *from = t->at++;
    while (t->at < t->end && !ends_name(*t->at) && *t->at != '=') t->at++;
    slk_attribute a = {.from_b = (uint32_t)(from - t->start), .value = {"", 0}};
    a.name = name_from(t, from);
    skip_space(t);
    if (t->at == t->end) return false;
    if (*t->at == '=') {
        t->at++;
        if (!read_value(t, &a.value)) return false;
    }
    slk_err err = SLK_ROOM(t->arena, &t->attributes, MOST_ATTRIBUTES);
    if (err != SLK_OK) {
        t->err = err;
        return false;
    }
    t->attributes.at[t->attributes.n++] = a;
    if (!is_new(t)) t->attributes.n--;
    return t->err == SLK_OK;
}

void slk_tokenizer_tag(slk_tokenizer *t, slk_html_token *out, bool end_tag) {
    const char *from = t->at;
    while (t->at < t->end && !ends_name(*t->at)) t->at++;
    slk_text name = name_from(t, from);
    t->attributes.n = 0;
    bool self_closing = false;
    for (;;) {
        skip_space(t);
        if (t->at == t->end) return; /* the tag never ends: nothing comes of it */
        if (*t->at == '>') break;
        if (*t->at == '/') {
            self_closing = t->at + 1 < t->end && t->at[1] == '>';
            t->at++;
        } else if (!read_attribute(t)) {
            return;
        }
    }
    t->at++;
    out->kind = end_tag ? SLK_HTML_END : SLK_HTML_START;
    out->text = name;
    out->tag = slk_html_tag(name);
    out->self_closing = self_closing;
    out->attributes = t->attributes.at;
    out->n_attributes = t->attributes.n;
}
