/* encoder.h - a batch of sentences on its way through the encoder; shared by the files of the float net only. */
#ifndef SLK_TRAIN_ENCODER_H
#define SLK_TRAIN_ENCODER_H

#include "floats.h"

typedef struct batch {
    const word **words; /* T of them, sentence after sentence */
    uint32_t t, n_sentences;
    sentence *sentences; /* first: within the batch */
    bool training;
    uint32_t *used; /* per word: rows that were not dropped, SLK_FORM_FEATURES each, UINT32_MAX for none */
    float *x[CONVS + 1], *cat[CONVS], *y[CONVS], *mask[CONVS], *gru[GRUS], *o, *o_mask;
    uint32_t o_n; /* o: T x o_n, o_n = width + 2 gates for each recurrent layer */
    float *dep, *head, *lab_dep, *lab_head;
} batch;

void batch_start(batch *b, const corpus *c, const uint32_t *sentences, uint32_t count);
void batch_free(batch *b);

/* Fills b up to o; with dropout where b->training. */
void forward(net *n, batch *b);
/* From the gradient of o (T x o_n, changed on the way) to those of all weights of the encoder; b->o is not dropped. */
void forward_back(net *n, const batch *b, float *do_);

/* n floats, zero. */
float *floats(size_t n);
void add_floats(float *to, const float *from, size_t n);
/* y (T x out) = x (T x in, a row every `stride` floats) w + bias; bias NULL: none */
void linear(const param *w, const param *bias, const float *x, uint32_t stride, uint32_t t, float *y);
/* dw += x' dy, dbias += sums of dy, dx += dy w' (dx NULL: not wanted) */
void linear_back(param *w, param *bias, const float *x, uint32_t stride, const float *dy, uint32_t t, float *dx);
void relu(float *x, size_t n);
void relu_back(const float *y, float *dy, size_t n);
/* Inverted dropout in place; gives the mask for the way back, the caller's to free; NULL where nothing is dropped. */
float *drop(net *n, float *x, size_t k, float rate);
void drop_back(const float *mask, float *dx, size_t k);

/* heads.c: the spaces of heads and relations; what a label sees of a word and its head (T x lab); scores of the arcs of one
 * sentence, n x (n + 1), the last column is the root. */
void arc_spaces(net *n, batch *b, const float *o);
void label_hidden(const net *n, const batch *b, const int16_t *heads, float *hidden);
void arc_scores(const net *n, const batch *b, sentence s, float *out);

#endif
