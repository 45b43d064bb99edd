/* net_inside.h - what the two halves of the net share: the encoder (encoder.c) and the heads (heads.c). See net.h. */
#ifndef SLK_LANGUAGE_NET_INSIDE_H
#define SLK_LANGUAGE_NET_INSIDE_H

#include "language/form.h"
#include "language/net.h"

#define SLK_NET_STRIP 64u /* words whose sums of one layer are held at a time: they stay in the nearest cache */

struct slk_net_scratch {
    const slk_net *net;
    const slk_kernel *kernel;
    uint32_t most;         /* words */
    uint8_t *back, *ahead; /* of each word: how many of its sentence stand before and behind it */
    int16_t *sum;          /* of the features of a form whose sum nobody keeps */
    float *x;              /* the stream of the encoder */
    int32_t *sums;         /* of one layer for a strip */
    uint8_t *in;   /* activations of a convolution: each word between its neighbours; later the hidden label space */
    int32_t *arcs; /* where x, sums and in are: a row for each head, a column for each word */
    uint8_t *out;  /* what the heads see; before, the input of every other convolution */
    float *state;  /* of one direction of a recurrent layer */
    uint8_t *head; /* the arc space of heads */
    int8_t *dep, *dep_w; /* that of dependents; one sentence of it in the order of weights */
    int16_t *lab_dep, *lab_head;
    int32_t *root, *best; /* the score of the root as head of each word; the best score and its head */
    int16_t *heads;
    int32_t distance[2 * SLK_NET_WINDOW + SLK_DOT_ROWS]; /* score by word minus head plus SLK_NET_WINDOW */
};

static inline uint32_t slk_net_outs(uint32_t n) { return slk_dot_pad(n, SLK_DOT_OUTS); }
static inline uint32_t slk_net_out_stride(const slk_net_head *h) { return h->width + 2 * SLK_NET_GRUS * h->gates; }

static inline slk_affine slk_net_affine(const slk_net *net, const slk_net_layer *l, uint32_t first) {
    return (slk_affine){(const float *)(const void *)(net->at + l->scale) + first,
                        (const float *)(const void *)(net->at + l->bias) + first};
}

/* The sums of outputs first .. first + n_out of a layer, for the words `from` .. of the strip; see slk_kernel's dots. */
static inline void slk_net_dots(const slk_net_scratch *s, unsigned layer, uint32_t first, uint32_t n_out,
                                const uint8_t *in, uint32_t stride, uint32_t words) {
    const slk_net_layer *l = &s->net->head->layer[layer];
    s->kernel->dots(in, stride, slk_dot_pad(words, SLK_DOT_ROWS),
                    (const int8_t *)s->net->at + l->weights + (size_t)first * l->k_pad, n_out, l->k_pad, s->sums);
}

/* Fills s->out for n words, whose back and ahead are set; sums may be NULL. (encoder.c) */
void slk_net_encode(slk_net_scratch *s, const slk_text *forms, const int16_t *const *sums, uint32_t n);

#endif
