/* net.h - the trained net at work: tags, features, heads and relations of sentences, in integers. One small encoder for all of
 * them: embeddings of form features (form.h), dilated convolutions, a bidirectional minGRU (Feng et al. 2024), heads for tags
 * and for head selection (Dozat and Manning 2017). Every processor gives the same answer bit for bit: products are integers,
 * what is float is done in a fixed order without fused operations (kernels.h). Several sentences of a report are read at once,
 * so that each weight is fetched once for all of their words. */
#ifndef SLK_LANGUAGE_NET_H
#define SLK_LANGUAGE_NET_H

#include "base/mem.h"
#include "language/arcs.h"
#include "language/kernels.h"
#include "language/net_format.h"
#include "sillok.h"

#define SLK_NET_WINDOW SLK_ARCS_MOST /* words read at once; longer sentences are cut by the caller */

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

/* Memory for at most `most` words at a time, 1 <= most <= SLK_NET_WINDOW, from the arena: about 2.5 KB a word and 70 KB; NULL when
 * out of memory. net and kernel must outlive it. */
slk_net_scratch *slk_net_scratch_new(const slk_net *net, const slk_kernel *kernel, uint32_t most, slk_arena *arena);

/* What the features of a form sum up to, the first thing that the net makes of it: width values. The same for the same form, so it
 * may be kept. */
void slk_net_sum(const slk_net_scratch *s, slk_text form, int16_t *sum);

/* Reads sentences that stand one behind the other in `forms`: lengths[i] words each, 1 or more, together at most what the scratch
 * was made for. wants: UPOS and XPOS; FEATS; heads and relations; names (what is not wanted is left at 0 and -1). out: for each
 * form. sums: of each form its sum, or NULL:
 * made here. A sentence's answer does not depend on those beside it. O(n^2) in a sentence for the tree, else O(n). Allocates
 * nothing. */
void slk_net_read(slk_net_scratch *s, const slk_text *forms, const int16_t *const *sums, const uint16_t *lengths,
                  uint32_t n_sentences, unsigned wants, slk_net_word *out);

#endif
