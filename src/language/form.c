/* form.c - features of written forms. See form.h. Only the first and last FORM_MOST_B bytes of a long form are looked at. */
#include "language/form.h"

#include "base/text.h"

#define FORM_MOST_B 64u

/* FNV-1a; the kind of feature is hashed first, so that the suffix "a" is not the prefix "a". */
static uint32_t start_key(unsigned kind) { return (2166136261u ^ kind) * 16777619u; }
static uint32_t go_on(uint32_t key, unsigned char b) { return (key ^ b) * 16777619u; }

static uint32_t key_of(unsigned kind, const char *at, size_t n) {
    uint32_t key = start_key(kind);
    for (size_t i = 0; i < n; i++) key = go_on(key, (unsigned char)slk_lower(at[i]));
    return key;
}

static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/* Bytes of the first (or, from the end, the last) `chars` characters; 0 when the form has not more than so many. */
static size_t head_bytes(slk_text t, unsigned chars) {
    size_t i = 0;
    for (; chars && i < t.n; chars--) do
            i++;
        while (i < t.n && continues(t.at[i]));
    return i < t.n && chars == 0 ? i : 0;
}

static size_t tail_bytes(slk_text t, unsigned chars) {
    size_t i = t.n;
    for (; chars && i > 0; chars--) do
            i--;
        while (i > 0 && continues(t.at[i]));
    return i > 0 && chars == 0 ? t.n - i : 0;
}

static unsigned char shape_of(unsigned char b) {
    if (slk_is_upper((char)b)) return 'X';
    if (slk_is_lower((char)b)) return 'x';
    if (slk_is_digit((char)b)) return 'd';
    return b < 0x80 ? b : 'u';
}

/* Runs of one kind count as one; a run of two or more capitals as two ("NATO" is not "Nato"). */
static uint32_t shape_key(slk_text t) {
    uint32_t key = start_key(9);
    unsigned char last = 0;
    unsigned run = 0;
    for (size_t i = 0; i < t.n; i++) {
        unsigned char s = shape_of((unsigned char)t.at[i]);
        run = s == last ? run + 1 : 1;
        if (run == 1 || (run == 2 && s == 'X')) key = go_on(key, s);
        last = s;
    }
    return key;
}

unsigned slk_form_features(slk_text form, uint32_t keys[SLK_FORM_FEATURES]) {
    unsigned n = 0;
    slk_text head = form.n > FORM_MOST_B ? (slk_text){form.at, FORM_MOST_B} : form;
    slk_text tail = form.n > FORM_MOST_B ? (slk_text){form.at + form.n - FORM_MOST_B, FORM_MOST_B} : form;
    keys[n++] = key_of(0, form.at, form.n);
    keys[n++] = shape_key(head);
    for (unsigned c = 1; c <= 3; c++) {
        size_t b = head_bytes(head, c);
        if (b) keys[n++] = key_of(c, head.at, b);
    }
    for (unsigned c = 1; c <= 5; c++) {
        size_t b = tail_bytes(tail, c);
        if (b) keys[n++] = key_of(3 + c, tail.at + tail.n - b, b);
    }
    return n;
}
