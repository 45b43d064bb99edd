/* net.h - the trained net at work: tags, features, heads and relations of one sentence, in integers. One small encoder for all
 * of them: embeddings of form features (form.h), dilated convolutions, a bidirectional minGRU (Feng et al. 2024), heads for tags
 * and for head selection (Dozat and Manning 2017). Every processor gives the same answer bit for bit: products are integers,
 * what is float is done in a fixed order without fused operations. The trainer measures with it what it
 * wrote. */
#ifndef SLK_LANGUAGE_NET_H
#define SLK_LANGUAGE_NET_H

#include "base/mem.h"
#include "language/arcs.h"
#include "language/kernels.h"
#include "language/net_format.h"
#include "sillok.h"

#define SLK_NET_WINDOW SLK_ARCS_MOST /* words of one sentence; longer ones are cut by the caller */

typedef struct slk_net { /* a view of the bytes of a net; borrowed, constant */
    const char *at;
    const slk_net_head *head;
} slk_net;

/* Checks that every part lies within the bytes, which are 64-byte aligned. NULL when all is well, else what is wrong. */
const char *slk_net_fault(slk_text bytes);
/* The view of bytes that were checked. SLK_EPACK where there are none. */
SLK_MUST slk_err slk_net_of(slk_text bytes, slk_net *out);

/* The text of a label, kind SLK_NET_L_*: borrowed, lives as long as the net. */
const char *slk_net_label(const slk_net *net, unsigned kind, uint32_t number);

typedef struct slk_net_word {
    uint16_t upos, xpos, feats, rel, ner; /* numbers of labels */
    int16_t head;                         /* index within the sentence, -1: root */
} slk_net_word;

typedef enum slk_net_wants {
    SLK_NET_TAGS = 1,
    SLK_NET_FEATURES = 2,
    SLK_NET_TREE = 4,
    SLK_NET_NAMES = 8
} slk_net_wants;

typedef struct slk_net_scratch slk_net_scratch;

/* Memory for one sentence at a time, from the arena; NULL when out of memory. */
slk_net_scratch *slk_net_scratch_new(const slk_net *net, const slk_kernel *kernel, slk_arena *arena);

/* Reads one sentence of n forms, 1 <= n <= SLK_NET_WINDOW. wants: UPOS and XPOS; FEATS; heads and relations; names (what is not wanted
 * is left at 0 and -1). O(n^2) for the tree, else O(n). Allocates nothing. */
void slk_net_read(const slk_net *net, slk_net_scratch *s, const slk_text *forms, uint32_t n, unsigned wants,
                  slk_net_word *out);

#endif
