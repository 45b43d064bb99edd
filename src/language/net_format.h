/* net_format.h - how the trained net lies in its file. Little-endian,
 * sections aligned to 64 bytes, offsets from the start of the net. Written by train/, read by net.c. */
#ifndef SLK_LANGUAGE_NET_FORMAT_H
#define SLK_LANGUAGE_NET_FORMAT_H

#include <stdint.h>

#define SLK_NET_MAGIC "SLKNET\x1a\n"
#define SLK_NET_VERSION 1u
#define SLK_NET_CONVS 3u
#define SLK_NET_GRUS 2u /* each sees the stream and the states of those before it */
#define SLK_NET_DISTANCES 20u
#define SLK_NET_ZERO 64 /* what a recurrent state of 0 is as an activation; its scale is SLK_NET_STATE */
#define SLK_NET_STATE 63.0f

enum { /* the linear layers */
       SLK_NET_CONV1,
       SLK_NET_GRU1 = SLK_NET_CONV1 + SLK_NET_CONVS,
       SLK_NET_UPOS = SLK_NET_GRU1 + SLK_NET_GRUS,
       SLK_NET_XPOS,
       SLK_NET_FEATS,
       SLK_NET_NER,
       SLK_NET_ARC_DEP,
       SLK_NET_ARC_HEAD,
       SLK_NET_LAB_DEP,
       SLK_NET_LAB_HEAD,
       SLK_NET_REL,
       SLK_NET_LAYERS
};

enum { SLK_NET_L_UPOS, SLK_NET_L_XPOS, SLK_NET_L_FEATS, SLK_NET_L_REL, SLK_NET_L_NER, SLK_NET_LABELS };

typedef struct slk_net_layer {         /* out = scale * (weights . activations) + bias */
    uint32_t n_out, n_in, k_pad, zero; /* weights as in kernels.h */
    uint64_t weights, scale, bias;
} slk_net_layer;

typedef struct slk_net_head {
    char magic[8];
    uint32_t version, width, gates, arc, lab, rows, table,
        zero; /* table: places of the table of features, a power of 2 */
    uint64_t length;
    uint32_t n_labels[SLK_NET_LABELS];
    uint64_t labels[SLK_NET_LABELS]; /* n_labels offsets (uint32_t) of strings with a NUL behind */
    uint64_t keys;                   /* table pairs (uint32_t key, row + 1; 0: free) */
    uint64_t embeddings;             /* rows x width int8_t */
    uint64_t embeddings_bias;        /* width floats */
    uint64_t arc_root, lab_root, distance;
    float embeddings_scale;
    float x_scale[SLK_NET_CONVS +
                  1]; /* of the activations behind the embeddings and each convolution: real = scale * u7 */
    float head_scale, dep_scale, hidden_scale;
    slk_net_layer layer[SLK_NET_LAYERS];
} slk_net_head;

/* The place where a key is first looked for; the next ones follow, around the end. */
static inline uint32_t slk_net_place(uint32_t key, uint32_t table) { return key * 2654435769u & (table - 1); }

#endif
