/* floats.h - the net that the trainer trains: embeddings of form features summed, dilated convolutions, a bidirectional minimal
 * gated recurrent layer (minGRU: Feng et al. 2024), heads for tags, head selection by a bilinear score with a bias for the
 * distance (Dozat and Manning 2017, without their LSTMs), and relations. Float, one batch at a time; all activations are
 * piecewise linear, so that integers can follow. The gradient of every parameter is written by hand and checked by
 * differences in --check. */
#ifndef SLK_TRAIN_FLOATS_H
#define SLK_TRAIN_FLOATS_H

#include "corpus.h"

#define CONVS 3
#define GRUS 2       /* each sees the convolutions and the states of those before it */
#define DISTANCES 20 /* buckets of the distance between a word and its head, the last for the root */

typedef struct param { /* a matrix, row major, with its gradient and Adam's two moments */
    const char *name;
    uint32_t rows, cols;
    float *w, *g, *m, *v;
    bool sparse;    /* embeddings: only rows that were touched are updated */
    uint8_t *dirty; /* per row, where sparse */
} param;

enum {
    P_EMB,
    P_EMB_B,
    P_CONV,                     /* CONVS times: weights, bias */
    P_GRU = P_CONV + 2 * CONVS, /* GRUS times: weights, bias */
    P_UPOS = P_GRU + 2 * GRUS,
    P_UPOS_B,
    P_XPOS,
    P_XPOS_B,
    P_FEATS,
    P_FEATS_B,
    P_NER,
    P_NER_B,
    P_ARC_DEP,
    P_ARC_DEP_B,
    P_ARC_HEAD,
    P_ARC_HEAD_B,
    P_ARC_ROOT, /* the root's row among the heads */
    P_DISTANCE,
    P_LAB_DEP,
    P_LAB_DEP_B,
    P_LAB_HEAD,
    P_LAB_ROOT,
    P_REL,
    P_REL_B,
    P_COUNT
};

typedef struct shape {
    uint32_t width, gates, arc,
        lab; /* of the encoder, of the recurrent layer per direction, of the two parsing spaces */
    uint32_t upos, xpos, feats, rel, ner; /* labels */
    uint32_t rows;                        /* of the embeddings */
} shape;

typedef struct net {
    shape s;
    param p[P_COUNT];
    float *mean[P_COUNT]; /* the weights averaged over the last steps: what is read with and kept, where not NULL */
    float dropout, word_dropout;
    uint64_t seed;
    uint64_t steps;
} net;

void net_start(net *n, shape s, uint64_t seed);
void net_average(net *n); /* from here on means of the weights are kept */
void net_free(net *n);

#define NETS_MOST 8u /* that vote */

typedef struct scores { /* of a batch of words; owned by the caller, freed with scores_free */
    uint32_t words;
    uint16_t *upos, *xpos, *feats, *rel, *ner;
    int16_t *head; /* of the tree */
    soft *shares;  /* OUTPUTS for each word */
} scores;

/* Forward and backward over some sentences; adds to the gradients; returns the loss. */
double net_train(net *n, const corpus *c, const uint32_t *sentences, uint32_t count);
/* Only forward, without dropout: the shares that 1 .. NETS_MOST nets of the same labels give on average, trees and labels from
 * them. The nets see the words' features as the rows they were trained with: all of them with those of c. */
void net_vote(net *const *nets, unsigned n_nets, const corpus *c, const uint32_t *sentences, uint32_t count,
              scores *out);
void scores_free(scores *s);
/* One step of Adam (Kingma and Ba 2015) with the gradients so far, which are cleared. */
void net_step(net *n, float rate);

/* The bucket of a distance (head minus word). */
uint32_t distance_bucket(int distance);

/* How large activations become: histograms of those that are quantized. */
#define RANGE_BINS 8192
#define RANGE_BIN 0.01f

typedef struct range {
    uint64_t bin[RANGE_BINS];
    uint64_t n;
} range;

typedef struct ranges {
    range x[CONVS + 1], head, dep, hidden;
} ranges;

void net_observe(net *n, const corpus *c, const uint32_t *sentences, uint32_t count, ranges *r);
/* The value that all but the part `beyond` of what was seen stay under. */
float range_top(const range *r, double beyond);

/* Exchanges the weights with their means (twice: as before). */
void net_swap(net *n);
/* The weights alone. */
void net_save(const net *n, const char *path);
void net_load(net *n, const char *path);
/* All that is needed to go on after `rounds` rounds. net_resume: rounds done; 0, and nothing changed, where there is no such file
 * or it is of another shape. */
void net_pause(const net *n, const char *path, uint32_t rounds);
uint32_t net_resume(net *n, const char *path);

/* Compares gradients with differences on a small net; prints the worst ratio; false when one is wrong. */
bool net_check(void);

#endif
