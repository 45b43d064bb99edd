/* corpus.h - tree banks for the trainer: CoNLL-U read into flat arrays, labels and features numbered. */
#ifndef SLK_TRAIN_CORPUS_H
#define SLK_TRAIN_CORPUS_H

#include <stdbool.h>
#include <stdint.h>

#include "form.h"

typedef struct names { /* strings numbered in order of arrival */
    char **at;
    uint32_t n, cap;
} names;

/* The number of a string, added where it is new and `grow`; UINT32_MAX where it is not there. */
uint32_t names_of(names *list, const char *z, bool grow);

#define CORPUS_NO_HEAD INT16_MIN

typedef struct word {
    const char *form;
    uint32_t keys[SLK_FORM_FEATURES]; /* then rows of the embeddings */
    uint8_t n_keys;
    uint16_t upos, xpos, feats, rel, ner; /* numbers of labels; UINT16_MAX: not known */
    int16_t head;                         /* within the sentence, -1: root, CORPUS_NO_HEAD: not known */
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

/* Appends a CoNLL-U file. keep: comma list of beginnings of document ids ("GUM_news,GUM_bio"), NULL for all. grow: new labels
 * are numbered (training), else unknown. Empty nodes and ranges are passed over. Stops the program with file and line on
 * malformed input. */
void corpus_read(corpus *c, const char *path, const char *keep, labels *l, bool grow);

typedef struct rows {     /* key of a feature -> row of the embeddings: open addressing, a power of two of places */
    uint32_t *keys, *row; /* row UINT32_MAX: free */
    uint32_t cap, n;
} rows;

/* Numbers the features that stand at least `least` times; then replaces the keys of all words by rows (those without are dropped). */
void rows_make(rows *r, const corpus *c, unsigned least);
void rows_apply(const rows *r, corpus *c);
uint32_t rows_find(const rows *r, uint32_t key);

void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void *need(void *p); /* stops the program when p is NULL */

#endif
