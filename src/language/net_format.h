/* net_format.h - how the trained net lies in its file. Little-endian, sections aligned to 64 bytes, offsets from the start of the
 * net. Written by train/write.c, read by net.c. Sizes: width, gates and arc are multiples of 64, lab of 32. Scales, biases and
 * weights of a layer are padded as kernels.h says. */
#ifndef SLK_LANGUAGE_NET_FORMAT_H
#define SLK_LANGUAGE_NET_FORMAT_H

#include <stdint.h>

#define SLK_NET_MAGIC "SLKNET\x1a\n"
#define SLK_NET_VERSION 2u
#define SLK_NET_CONVS 3u
#define SLK_NET_GRUS 2u /* each sees the stream and the states of those before it */
#define SLK_NET_DISTANCES 20u
#define SLK_NET_LABELS_MOST 512u
#define SLK_NET_ZERO 64 /* what a recurrent state of 0 is as an activation; its scale is SLK_NET_STATE */
#define SLK_NET_STATE 63.0f
#define SLK_NET_FINE 64.0f       /* steps of the label spaces to one step of the activations made of them */
#define SLK_NET_VOTE 8192.0f     /* what a tag's score is multiplied with before it is rounded */
#define SLK_NET_NEVER (-4194303) /* the score of an output that is none: the least that counts (kernels.h) */

enum {                /* the linear layers, and what y = sum * scale + bias is measured in */
       SLK_NET_CONV1, /* as floats */
       SLK_NET_GRU1 = SLK_NET_CONV1 + SLK_NET_CONVS, /* for each direction: gates within 0 .. 1, candidates in steps */
       SLK_NET_UPOS = SLK_NET_GRU1 + SLK_NET_GRUS,   /* tags: in votes */
       SLK_NET_XPOS,
       SLK_NET_FEATS,
       SLK_NET_NER,
       SLK_NET_ARC_ROOT, /* one output: the score of the root as head, in products of steps of the two arc spaces */
       SLK_NET_ARC_DEP,  /* in steps */
       SLK_NET_ARC_HEAD, /* in steps */
       SLK_NET_LAB_DEP,  /* in fine steps */
       SLK_NET_LAB_HEAD, /* in fine steps */
       SLK_NET_REL,      /* in votes */
       SLK_NET_LAYERS
};

enum { SLK_NET_L_UPOS, SLK_NET_L_XPOS, SLK_NET_L_FEATS, SLK_NET_L_REL, SLK_NET_L_NER, SLK_NET_LABELS };

typedef struct slk_net_layer {
    uint32_t n_out, n_in, k_pad, zero; /* weights as in kernels.h */
    uint64_t weights, scale, bias;     /* scale and bias: floats */
} slk_net_layer;

typedef struct slk_net_head {
    char magic[8];
    uint32_t version, width, gates, arc, lab, rows, table,
        zero; /* table: places of the table of features, a power of 2 */
    uint64_t length;
    uint32_t n_labels[SLK_NET_LABELS];
    uint64_t labels[SLK_NET_LABELS];            /* n_labels offsets (uint32_t) of strings with a NUL behind */
    uint64_t keys;                              /* table pairs (uint32_t key, row + 1; 0: free) */
    uint64_t embeddings;                        /* rows x width int8_t */
    uint64_t embeddings_scale, embeddings_bias; /* width floats each */
    uint64_t lab_root;                          /* int16_t, lab of them: the root as head, in fine steps */
    uint64_t distance;                          /* SLK_NET_DISTANCES int32_t, the score for a distance, in products */
    float x_scale[SLK_NET_CONVS +
                  1]; /* of the activations behind the embeddings and each convolution: real = scale * u7 */
    slk_net_layer layer[SLK_NET_LAYERS];
} slk_net_head;

/* The place where a key is first looked for; the next ones follow, around the end. */
static inline uint32_t slk_net_place(uint32_t key, uint32_t table) { return key * 2654435769u & (table - 1); }

#endif
