/* inside.h - what the files of the language station share. Internal. */
#ifndef SLK_LANGUAGE_INSIDE_H
#define SLK_LANGUAGE_INSIDE_H

#include "base/text.h"
#include "language/language.h"

/* The first eight bytes of a word in small letters; worked out by the compiler where it knows the word. */
static inline __attribute__((always_inline)) uint64_t slk_head_of(const char *z, size_t n) {
    uint64_t head = 0;
#pragma GCC unroll 8
    for (size_t i = 0; i < 8; i++)
        if (i < n) head |= (uint64_t)(unsigned char)slk_lower(z[i]) << 8 * i;
    return head;
}

/* Whether a token is a word, in any case. Most words differ in their first letters, all of which are looked at together. */
static inline __attribute__((always_inline)) bool slk_word_is(const slk_reading *r, uint32_t token, const char *z) {
    size_t n = strlen(z);
    if (token >= r->heads.n || r->heads.at[token] != slk_head_of(z, n)) return false;
    return n < 8 || slk_text_is_fold(slk_token_text(r, token), z);
}

static inline __attribute__((always_inline)) bool slk_word_in(const slk_reading *r, uint32_t token,
                                                              const char *const *words, size_t n) {
    bool is = false;
#pragma GCC unroll 40
    for (size_t i = 0; i < n; i++) is = is || slk_word_is(r, token, words[i]);
    return is;
}

#define SLK_WORD_IN(r, token, words) slk_word_in((r), (token), (words), sizeof(words) / sizeof *(words))

static inline uint8_t slk_upos_at(const slk_reading *r, uint32_t token) {
    return token < r->tokens.n ? r->tokens.at[token].upos : SLK_UPOS_PUNCT;
}

/* Whether a token is the first part of a verb of two words: "test" of "test-fired". (noun.c) */
bool slk_verb_prefix(const slk_reading *r, uint32_t token, uint32_t last);
/* The last noun phrase that ends at or before a token, at or behind the first token of its sentence; SLK_NONE. */
uint32_t slk_noun_before(const slk_reading *r, uint32_t token);
/* The first noun phrase that begins at or behind a token; nouns.n where none. */
uint32_t slk_noun_from(const slk_reading *r, uint32_t token);
/* The token where a noun phrase begins with its owners and its words of degree: "at least two missiles", "the North's army". */
uint32_t slk_noun_start(const slk_reading *r, uint32_t noun);
/* Whether the lemma at a token is a verb of the table of reporting words. */
bool slk_reports(const slk_pack *pack, const slk_reading *r, uint32_t token);

#endif
