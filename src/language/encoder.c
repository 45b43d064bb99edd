/* encoder.c - from forms to what the heads of the net see: sums of embeddings, three convolutions, two recurrent layers, for all
 * words of a batch layer by layer. Words of different sentences never meet: where a sentence ends, zeros stand for the neighbours
 * and the state begins anew. See net.h. */
#include <string.h>

#include "language/net_inside.h"

/* ---------------------------------------------------------------- embeddings */

/* Features that the net does not know add nothing. The table and the rows are larger than the caches: each is asked for before it is
 * needed. */
void slk_net_sum(const slk_net_scratch *s, slk_text form, int16_t *sum) {
    const slk_net_head *h = s->net->head;
    const uint32_t *pairs = (const void *)(s->net->at + h->keys);
    const int8_t *embeddings = (const int8_t *)s->net->at + h->embeddings, *rows[SLK_FORM_FEATURES];
    uint32_t keys[SLK_FORM_FEATURES];
    unsigned n = slk_form_features(form, keys), found = 0;
    for (unsigned k = 0; k < n; k++) __builtin_prefetch(pairs + 2 * (size_t)slk_net_place(keys[k], h->table));
    for (unsigned k = 0; k < n; k++) {
        uint32_t at = slk_net_place(keys[k], h->table);
        while (pairs[2 * at + 1] != 0 && pairs[2 * at] != keys[k]) at = (at + 1) & (h->table - 1);
        if (pairs[2 * at + 1] == 0) continue;
        rows[found] = embeddings + (size_t)(pairs[2 * at + 1] - 1) * h->width;
        for (uint32_t b = 0; b < h->width; b += 64) __builtin_prefetch(rows[found] + b);
        found++;
    }
    s->kernel->sum(rows, found, h->width, sum);
}

/* ---------------------------------------------------------------- convolutions */

/* The activations of a word, made in the middle of its own row, are put beside those of the words `step` before and behind it. */
static void hand_out(const slk_net_scratch *s, uint8_t *in, uint32_t t, uint32_t step) {
    uint32_t d = s->net->head->width, stride = 3 * d;
    uint8_t *own = in + (size_t)t * stride;
    if (s->back[t] >= step)
        memcpy(own - (size_t)step * stride + 2 * (size_t)d, own + d, d);
    else
        memset(own, 0, d);
    if (s->ahead[t] >= step)
        memcpy(own + (size_t)step * stride, own + d, d);
    else
        memset(own + 2 * (size_t)d, 0, d);
}

static void embed(slk_net_scratch *s, const slk_text *forms, const int16_t *const *sums, uint32_t n, uint8_t *to) {
    const slk_net_head *h = s->net->head;
    slk_affine f = {(const void *)(s->net->at + h->embeddings_scale), (const void *)(s->net->at + h->embeddings_bias)};
    uint32_t d = h->width;
    for (uint32_t t = 0; t < n; t++) {
        const int16_t *sum = sums ? sums[t] : s->sum;
        if (!sums) slk_net_sum(s, forms[t], s->sum);
        s->kernel->embed(sum, f, d, 1 / h->x_scale[0], s->x + (size_t)t * d, to + (size_t)t * 3 * d + d);
        hand_out(s, to, t, 1);
    }
}

/* to: rows of the next convolution, or after the last one those that the heads see. */
static void convolve(slk_net_scratch *s, uint32_t n, unsigned conv, const uint8_t *in, uint8_t *to) {
    const slk_net_head *h = s->net->head;
    uint32_t d = h->width, wide = slk_net_outs(d), stride = 3 * d;
    bool last = conv + 1 == SLK_NET_CONVS;
    float inverse = 1 / h->x_scale[conv + 1];
    slk_affine f = slk_net_affine(s->net, &h->layer[SLK_NET_CONV1 + conv], 0);
    for (uint32_t first = 0; first < n; first += SLK_NET_STRIP) {
        uint32_t end = first + SLK_NET_STRIP < n ? first + SLK_NET_STRIP : n;
        slk_net_dots(s, SLK_NET_CONV1 + conv, 0, wide, in + (size_t)first * stride, stride, end - first);
        for (uint32_t t = first; t < end; t++) {
            uint8_t *q = last ? to + (size_t)t * slk_net_out_stride(h) : to + (size_t)t * stride + d;
            s->kernel->convolve(s->sums + (size_t)(t - first) * wide, f, d, inverse, s->x + (size_t)t * d, q);
            if (!last) hand_out(s, to, t, 2u << conv);
        }
    }
}

/* ---------------------------------------------------------------- recurrent layers */

/* One direction of one layer, strip by strip in that direction: h = (1 - z) before + z c, z and c piecewise linear. */
static void recur(slk_net_scratch *s, uint32_t n, unsigned layer, bool backward) {
    const slk_net_head *h = s->net->head;
    uint32_t g = h->gates, stride = slk_net_out_stride(h), at = h->width + 2 * layer * g + (backward ? g : 0);
    uint32_t first_out = backward ? 2 * g : 0, strips = (n + SLK_NET_STRIP - 1) / SLK_NET_STRIP;
    slk_affine f = slk_net_affine(s->net, &h->layer[SLK_NET_GRU1 + layer], first_out);
    for (uint32_t i = 0; i < strips; i++) {
        uint32_t first = (backward ? strips - 1 - i : i) * SLK_NET_STRIP;
        uint32_t words = n - first < SLK_NET_STRIP ? n - first : SLK_NET_STRIP;
        slk_net_dots(s, SLK_NET_GRU1 + layer, first_out, 2 * g, s->out + (size_t)first * stride, stride, words);
        for (uint32_t k = 0; k < words; k++) {
            uint32_t row = backward ? words - 1 - k : k, t = first + row;
            if ((backward ? s->ahead[t] : s->back[t]) == 0) memset(s->state, 0, g * sizeof *s->state);
            s->kernel->gate(s->sums + (size_t)row * 2 * g, f, g, s->state, s->out + (size_t)t * stride + at);
        }
    }
}

void slk_net_encode(slk_net_scratch *s, const slk_text *forms, const int16_t *const *sums, uint32_t n) {
    embed(s, forms, sums, n, s->in);
    const uint8_t *in = s->in;
    for (unsigned i = 0; i < SLK_NET_CONVS; i++) {
        uint8_t *to = in == s->in ? s->out : s->in;
        convolve(s, n, i, in, to);
        in = to;
    }
    for (unsigned i = 0; i < SLK_NET_GRUS; i++) {
        recur(s, n, i, false);
        recur(s, n, i, true);
    }
}
