/* tokenizing.h - what the files that cut a text into tokens share: the walk under way, and where things end in its text.
 * Internal. Offsets are bytes of the text, which is valid UTF-8; nothing here looks behind its end. */
#ifndef SLK_LANGUAGE_TOKENIZING_H
#define SLK_LANGUAGE_TOKENIZING_H

#include "language/inside.h"

typedef struct tokenizer {
    const slk_pack *pack;
    slk_reading *r;
    const char *at; /* the text */
    uint32_t n;
    uint32_t paragraph;       /* under way */
    uint32_t plain_until;     /* up to there no mail address is under way */
    bool wrapped;             /* lines are broken within sentences */
    uint32_t contractions[8]; /* which looks words of two words have (tokenize.c), a bit each */
} tokenizer;

/* The character at a place and its length in bytes; 0 and 0 at the end. */
static inline uint32_t slk_char_at(const tokenizer *z, uint32_t at, uint32_t *n) {
    uint32_t cp = 0;
    *n = 0;
    if (at >= z->n) return 0;
    if ((unsigned char)z->at[at] < 0x80) {
        *n = 1;
        return (unsigned char)z->at[at];
    }
    *n = slk_utf8_next(z->at + at, z->at + z->n, &cp);
    return cp;
}

static inline bool slk_word_char_at(const tokenizer *z, uint32_t at) {
    uint32_t n, cp = slk_char_at(z, at, &n);
    return n && slk_cp_is_word(cp);
}

static inline bool slk_digit_at(const tokenizer *z, uint32_t at) { return at < z->n && slk_is_digit(z->at[at]); }

static inline bool slk_upper_at(const tokenizer *z, uint32_t at) {
    uint32_t n, cp = slk_char_at(z, at, &n);
    return n && slk_cp_is_upper(cp);
}

static inline bool slk_space_at(const tokenizer *z, uint32_t at) { /* the end of the text counts as space */
    uint32_t n, cp = slk_char_at(z, at, &n);
    return n == 0 || slk_cp_is_space(cp);
}

/* The length of an apostrophe at a place, 0 where there is none. */
static inline uint32_t slk_apostrophe_at(const tokenizer *z, uint32_t at) {
    if (at < z->n && z->at[at] == '\'') return 1;
    return at + 2 < z->n && memcmp(z->at + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* The kind that the table of abbreviations gives for the bytes start .. end - 1; {"", 0} where it does not know them. */
slk_text slk_short_form(const tokenizer *z, uint32_t start, uint32_t end);

/* Behind the letters, digits, marks and underscores that begin at a place. (token_ends.c) */
uint32_t slk_run_end(const tokenizer *z, uint32_t at);
/* Behind the word or number that begins at a place, without what a clitic or a full stop would add. */
uint32_t slk_word_end(const tokenizer *z, uint32_t start);
/* Behind ".doc", ".xls" and the like at a place; the place itself where none stands there. */
uint32_t slk_extension_end(const tokenizer *z, uint32_t at);
/* Behind the address that begins at a place; the place itself where there is none. What one look
 * has found free of "@" is not looked at again. */
uint32_t slk_address_end(tokenizer *z, uint32_t at);
/* Behind the mark or run of marks that begins at a place. */
uint32_t slk_mark_end(const tokenizer *z, uint32_t at);

#endif
