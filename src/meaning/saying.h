/* saying.h - what the files that find attributions share. Internal to the station of meaning.
 *
 * cues.c finds the words of saying, sources.c (with phrases.c) who says it, contents.c what is said, stance.c how, prose.c where little is said, quotes.c what stands between quotation
 * marks, attributions.c puts all of it down. All of them look at most SLK_REACH tokens far, so that one endless sentence costs
 * linear time. Tokens are counted half open; SLK_NONE is "none". */
#ifndef SLK_MEANING_SAYING_H
#define SLK_MEANING_SAYING_H

#include "base/reading.h"
#include "pack/pack.h"

#define SLK_REACH 160u       /* tokens that a look back or ahead may cross */
#define SLK_CONTENT_MOST 24u /* pieces of one content */

typedef struct slk_quoted { /* tokens of the marks; close: the token behind the last one inside where no mark closes */
    uint32_t open, close;
    bool closed; /* false: the paragraph ended, the next one may go on with the same voice */
    bool single; /* 'British' marks */
} slk_quoted;

typedef struct slk_hearing {
    const slk_pack *pack;
    slk_reading *r;
    SLK_LIST(slk_quoted) quotes;
    uint32_t *quote_of; /* per token: the outermost quote that holds it, its marks included */
    uint32_t *noun_of;  /* per token: the noun phrase that holds it */
    uint32_t *pred_of;  /* per token: the predicate whose verb group holds it */
    bool *paragraph;    /* per token: the first of a paragraph */
    bool prose; /* the text tells for itself and hardly reports what others say: an interview, a tale, a textbook */
    bool talk;  /* prose that hardly speaks of states: talk, tales, teaching */
    bool *weak; /* per first token of a cue: counts only where it stands in nobody's content */
} slk_hearing;

typedef enum slk_cue_kind { SLK_CUE_VERB, SLK_CUE_NOUN, SLK_CUE_PHRASE } slk_cue_kind;

typedef struct slk_saying { /* an attribution in the making */
    slk_cue_kind kind;
    uint32_t row;               /* of the table of reporting words */
    uint32_t first, last, head; /* tokens of the cue; head: the word that the table knows */
    bool negated, passive, participle, infinitive;
    bool behind;        /* the source follows: "..., said the ministry" */
    bool relative;      /* the source is "who", "which", "that" */
    slk_tokens source;  /* first == last: none */
    slk_tokens speaker; /* the noun phrase to look the actor up by; mostly the source */
    slk_tokens content[SLK_CONTENT_MOST];
    uint32_t n_content;
} slk_saying;

/* Finds quotes and fills the lists per token. SLK_OK, SLK_ENOMEM or SLK_ELIMIT. O(n). (quotes.c) */
SLK_MUST slk_err slk_hearing_start(slk_hearing *h);
/* The cue at a token, if it begins or holds one there: fills kind, row, first, last, head and the flags. (cues.c) */
bool slk_cue_at(const slk_hearing *h, uint32_t token, slk_saying *s);
/* Whether a token is a verb that the table of reporting words knows; its row. (cues.c) */
uint32_t slk_cue_verb(const slk_hearing *h, uint32_t token);
bool slk_cue_takes(const slk_hearing *h, uint32_t row, char frame);
/* Finds the source of a cue. False where the words cannot be a cue without one. (sources.c) */
bool slk_source_find(const slk_hearing *h, slk_saying *s);
/* The last token + 1 of a noun phrase that begins at a token, with all that hangs on it; the token itself where none is. */
uint32_t slk_source_end(const slk_hearing *h, uint32_t token);
/* Finds the content, given the source. False where nothing is said. (contents.c) */
bool slk_content_find(const slk_hearing *h, slk_saying *s);
/* What the voice does with its content by its cue alone, and turned by what is said; how sure it is. (stance.c) */
slk_stance slk_stance_of_cue(const slk_hearing *h, const slk_saying *s);
slk_stance slk_stance_in_all(const slk_hearing *h, const slk_saying *s);
slk_certainty slk_certainty_in_all(const slk_hearing *h, const slk_saying *s);
/* Whether a text tells for itself; whether in such a text a saying with source and content is one. (prose.c) */
void slk_prose_find(slk_hearing *h);
bool slk_prose_speaks(const slk_hearing *h, const slk_saying *s);
/* Noun phrases backwards (phrases.c). The first token of the plain phrase, owners included, that ends right before `end`; SLK_NONE. */
uint32_t slk_phrase_before(const slk_hearing *h, uint32_t end);
uint32_t slk_phrase_owner(const slk_hearing *h, uint32_t noun); /* the first token of a noun phrase with its owners */
bool slk_phrase_is_time(const slk_hearing *h, uint32_t token);
uint32_t slk_phrase_over_time(const slk_hearing *h,
                              uint32_t end); /* where a day begins that ends at `end`, else `end` */
uint32_t slk_phrase_before_verb(const slk_hearing *h, uint32_t verb, uint32_t start);
uint32_t slk_phrase_grow(const slk_hearing *h, uint32_t first, uint32_t *head); /* with what stands before and leads */
uint32_t slk_phrase_list(const slk_hearing *h, uint32_t first);                 /* with the others of its list */
bool slk_phrase_goes_on(const slk_hearing *h, uint32_t token);
/* A colon or a dash that gives the word to a name: fills all of s. (headlines.c) */
bool slk_mark_cue_at(const slk_hearing *h, uint32_t token, slk_saying *s);
/* Pieces of content, and what begins and ends them. (rightward.c) */
void slk_content_add(slk_saying *s, uint32_t first, uint32_t last);
void slk_content_trimmed(const slk_hearing *h, slk_saying *s, uint32_t first,
                         uint32_t last); /* without marks at the ends */
bool slk_opens_quote(const slk_hearing *h, uint32_t token);
bool slk_is_time_at(const slk_hearing *h, uint32_t token);
bool slk_infinitive_at(const slk_hearing *h, uint32_t t);
bool slk_clause_at(const slk_hearing *h, uint32_t t, uint32_t last); /* a clause without "that" begins here */
bool slk_between_commas(const slk_hearing *h, const slk_saying *s);
uint32_t slk_over_circumstances(const slk_hearing *h, uint32_t t, uint32_t last, const slk_saying *s);
uint32_t slk_right_start(const slk_hearing *h, slk_saying *s); /* SLK_NONE: nothing is said to the right */
uint32_t slk_right_end(const slk_hearing *h, uint32_t start, const slk_saying *s);
bool slk_content_right(const slk_hearing *h, slk_saying *s);
/* Speech that ends right before a token: its first token and the one behind its last. (leftward.c) */
bool slk_left_speech(const slk_hearing *h, uint32_t end, uint32_t *first, uint32_t *last);
bool slk_content_left(const slk_hearing *h, slk_saying *s);
bool slk_left_is_better(const slk_hearing *h, slk_saying *s);

/* ---------------------------------------------------------------- small steps over tokens */

static inline uint32_t slk_sentence_first(const slk_hearing *h, uint32_t token) {
    return h->r->sentences.at[h->r->tokens.at[token].sentence].first_token;
}
static inline uint32_t slk_sentence_last(const slk_hearing *h, uint32_t token) {
    const slk_sentence *s = &h->r->sentences.at[h->r->tokens.at[token].sentence];
    return s->first_token + s->n_tokens;
}
static inline uint8_t slk_upos_of_token(const slk_hearing *h, uint32_t token) {
    return token < h->r->tokens.n ? h->r->tokens.at[token].upos : (uint8_t)SLK_UPOS_PUNCT;
}
bool slk_says(const slk_hearing *h, uint32_t token, const char *word); /* the token is this word, whatever its case */
bool slk_says_one(const slk_hearing *h, uint32_t token, const char *const *words, size_t n);
#define SLK_SAYS(h, token, words) slk_says_one((h), (token), (words), sizeof(words) / sizeof *(words))
bool slk_is_comma(const slk_hearing *h, uint32_t token);
bool slk_is_stop(const slk_hearing *h, uint32_t token); /* . ? ! */
bool slk_is_quote(const slk_hearing *h,
                  uint32_t token); /* any double quotation mark, or one that a single quote uses */
bool slk_is_dash(const slk_hearing *h, uint32_t token);
bool slk_is_finite(const slk_hearing *h, uint32_t token); /* verb or auxiliary, no participle in -ing, no infinitive */
bool slk_ends_ing(const slk_hearing *h, uint32_t token);
bool slk_names_time(
    const slk_hearing *h, uint32_t row,
    uint32_t noun); /* a row of the calendar that says a day, month or season, at a word of a noun phrase */
bool slk_is_name(const slk_hearing *h, uint32_t token); /* noun, name, number or pronoun */

#endif
