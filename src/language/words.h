/* words.h - what is true of a written form wherever it stands, worked out once and kept: its looks, what the tables and lists know of
 * it, its lemmas, what the net sees of it. Each station fills in its own part when it first meets the form; all of it follows from
 * the bytes of the form and the pack, so what is kept never changes what is read.
 *
 * A table of words belongs to one reading at a time. The engine keeps tables from reading to reading (engine.c), so that words which
 * every report has are looked up once; words beyond its ceiling go into a table of the reading's own. Internal to the language station.
 */
#ifndef SLK_LANGUAGE_WORDS_H
#define SLK_LANGUAGE_WORDS_H

#include "base/reading.h"
#include "pack/pack.h"

typedef enum slk_word_part {                        /* parts of a word that are filled in */
                             SLK_WORD_END = 1,      /* end_* */
                             SLK_WORD_NAME = 2,     /* name_*, but for name_known */
                             SLK_WORD_LISTS = 4,    /* name_known */
                             SLK_WORD_TAG = 8,      /* small, closed_row, lemma_a */
                             SLK_WORD_SUM = 16,     /* sum */
                             SLK_WORD_WALK = 32,    /* walk */
                             SLK_WORD_REPORTS = 64, /* reports */
                             SLK_WORD_VERB = 128    /* only_verb */
} slk_word_part;

typedef struct slk_word {
    slk_text text;  /* as written; NUL behind it */
    uint64_t first; /* its first eight bytes, zeros behind them */
    uint64_t head;  /* the same in small letters */
    uint16_t parts; /* slk_word_part bits */

    uint8_t end_look, end_upos, end_day; /* see ends.c */
    uint16_t end_tail;
    uint32_t end_word;

    uint8_t name_look;  /* see name_words.h */
    uint8_t name_craft; /* 'S': ships are named behind it, 'C': aircraft, 0 (names.c) */
    bool name_capital;
    uint32_t name_hash, name_known;
    uint32_t name_parts[5]; /* hashes of its ends (name_traits.c) */

    slk_text small;                          /* in small letters, NUL behind it (tag.c) */
    uint32_t closed_row;                     /* of the table of common words, or SLK_NONE */
    const char *lemma_c;                     /* the lemma that row gives it whatever it is, or NULL */
    const char *lemma_v, *lemma_n, *lemma_a; /* NULL until asked for, lemma_a where there is none */
    bool reports;                            /* lemma_v is a verb of the table of reporting words (clause.c) */
    bool only_verb;                          /* see repair.c */

    uint32_t walk; /* slk_pack_walk of it (phrases.c) */
    int16_t *sum;  /* of the net's embeddings of its features (net.h) */
} slk_word;

typedef struct slk_words slk_words;

/* Tables that are lent to one reading after another. Safe from many threads. n_sum: values of a sum. NULL when out of memory. */
typedef struct slk_shelf slk_shelf;
slk_shelf *slk_shelf_new(const slk_allocator *mem, uint32_t n_sum);
/* Readings have lemmas that stand in tables: free it, and with it all tables, after them. NULL is fine. */
void slk_shelf_free(slk_shelf *shelf);
/* A table that no other reading has; NULL when out of memory. */
slk_words *slk_words_borrow(slk_shelf *shelf);
void slk_words_give_back(slk_shelf *shelf, slk_words *words);

/* Memory that lives as long as the table of that word; zeroed. NULL when out of memory. */
void *slk_word_room(slk_reading *r, const slk_word *word, size_t n);
/* Gives every token its word (r->words, r->heads) where that is not done yet, from the table lent to the reading or from its own
 * one. SLK_OK or SLK_ENOMEM. */
SLK_MUST slk_err slk_words_ready(slk_reading *r);

#endif
