/* corpus.h - tree banks for the trainer: CoNLL-U read into flat arrays, labels and features numbered. */
#ifndef SLK_TRAIN_CORPUS_H
#define SLK_TRAIN_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "fail.h"
#include "language/form.h"

typedef struct names { /* strings numbered in order of arrival */
    char **at;
    uint32_t n, cap;
} names;

/* The number of a string, added where it is new and `grow`; UINT32_MAX where it is not there. */
uint32_t names_of(names *list, const char *z, bool grow);

#define CORPUS_NO_HEAD INT16_MIN

typedef enum output { TO_UPOS, TO_XPOS, TO_FEATS, TO_REL, TO_NER, TO_HEAD, OUTPUTS } output; /* of the net */

#define SOFT_MOST 3u

typedef struct soft {          /* what a vote says: the likeliest labels, their shares sum to 1 (or are 0: not known) */
    uint16_t label[SOFT_MOST]; /* of TO_HEAD: 0 the root, else 1 + the head */
    float p[SOFT_MOST];
} soft;

typedef struct word {
    const char *form;
    uint32_t keys[SLK_FORM_FEATURES]; /* then rows of the embeddings */
    uint8_t n_keys;
    uint16_t upos, xpos, feats, rel, ner; /* numbers of labels; UINT16_MAX: not known */
    int16_t head;                         /* within the sentence, -1: root, CORPUS_NO_HEAD: not known */
    const soft *soft;                     /* OUTPUTS of them, NULL: the labels above are certain */
} word;

typedef struct sentence {
    uint32_t first, n;
} sentence;

typedef struct corpus {
    word *words;
    uint32_t n_words, cap_words;
    sentence *sentences;
    uint32_t n_sentences, cap_sentences;
} corpus;

typedef struct labels {
    names upos, xpos, feats, rel, ner;
} labels;

/* Appends a CoNLL-U file. grow: new labels are numbered (training), else unknown. Empty nodes and ranges are passed over. Where
 * a file of the same name with .soft behind stands beside it, its shares are taken too. Stops the program with file and line
 * on malformed input. */
void corpus_read(corpus *c, const char *path, labels *l, bool grow);

/* Writes shares (OUTPUTS for each of n words) beside the CoNLL-U file `path`; labels are kept as strings. */
void soft_write(const char *path, const soft *from, uint32_t n, const labels *l);

typedef struct rows {     /* key of a feature -> row of the embeddings: open addressing, a power of two of places */
    uint32_t *keys, *row; /* row UINT32_MAX: free */
    uint32_t cap, n;
} rows;

/* Numbers the features that stand at least `least` times in the first n words; then replaces the keys of all words by rows (those without are dropped). */
void rows_make(rows *r, const corpus *c, uint32_t n, unsigned least);
void rows_apply(const rows *r, corpus *c);
uint32_t rows_find(const rows *r, uint32_t key);

#endif
