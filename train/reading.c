/* reading.c - reading with one float net or with several that vote, and how large activations become. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "encoder.h"
#include "language/arcs.h"

static void add_softmax(float *x, uint32_t n, float *to) {
    float most = x[0], sum = 0;
    for (uint32_t i = 1; i < n; i++) most = fmaxf(most, x[i]);
    for (uint32_t i = 0; i < n; i++) sum += x[i] = expf(x[i] - most);
    for (uint32_t i = 0; i < n; i++) to[i] += x[i] / sum;
}

/* Adds the shares that a net gives to the labels of each word: sum (T x n_labels) += softmax(x w + bias). */
static void add_shares(const net *n, const batch *b, const float *x, uint32_t stride, unsigned at, uint32_t n_labels,
                       float *sum) {
    float *y = floats((size_t)b->t * n_labels);
    linear(&n->p[at], &n->p[at + 1], x, stride, b->t, y);
    for (uint32_t i = 0; i < b->t; i++) add_softmax(y + (size_t)i * n_labels, n_labels, sum + (size_t)i * n_labels);
    free(y);
}

/* The likeliest labels with their shares of what these have together. */
static soft likeliest(const float *sum, uint32_t n) {
    soft t = {0};
    float all = 0;
    for (uint32_t i = 0; i < n; i++) {
        unsigned k = SOFT_MOST;
        while (k > 0 && sum[i] > t.p[k - 1]) k--;
        if (k == SOFT_MOST) continue;
        for (unsigned j = SOFT_MOST - 1; j > k; j--) t.p[j] = t.p[j - 1], t.label[j] = t.label[j - 1];
        t.p[k] = sum[i];
        t.label[k] = (uint16_t)i;
    }
    for (unsigned k = 0; k < SOFT_MOST; k++) all += t.p[k];
    for (unsigned k = 0; k < SOFT_MOST; k++) t.p[k] /= all;
    return t;
}

static void take_shares(scores *out, output at, const float *sum, uint32_t n_labels, uint16_t *best) {
    for (uint32_t i = 0; i < out->words; i++) {
        soft t = likeliest(sum + (size_t)i * n_labels, n_labels);
        best[i] = t.label[0];
        out->shares[(size_t)i * OUTPUTS + at] = t;
    }
}

static void vote_on_labels(net *const *nets, const batch *b, unsigned n_nets, output at, scores *out, uint16_t *best) {
    static const unsigned layer[OUTPUTS] = {P_UPOS, P_XPOS, P_FEATS, P_REL, P_NER, 0};
    uint32_t n_labels = nets[0]->p[layer[at]].cols;
    float *sum = floats((size_t)out->words * n_labels);
    for (unsigned i = 0; i < n_nets; i++) {
        if (at != TO_REL) {
            add_shares(nets[i], &b[i], b[i].o, b[i].o_n, layer[at], n_labels, sum);
            continue;
        }
        float *hidden = floats((size_t)out->words * nets[i]->s.lab);
        label_hidden(nets[i], &b[i], out->head, hidden);
        add_shares(nets[i], &b[i], hidden, nets[i]->s.lab, P_REL, n_labels, sum);
        free(hidden);
    }
    take_shares(out, at, sum, n_labels, best);
    free(sum);
}

/* The tree of one sentence: shares of all nets added, their logarithms decoded. */
static void vote_on_heads(net *const *nets, const batch *b, unsigned n_nets, sentence s, scores *out) {
    size_t m = s.n + 1, k = s.n * m;
    float *sum = floats(k), *a = floats(k);
    for (unsigned i = 0; i < n_nets; i++) {
        arc_scores(nets[i], &b[i], s, a);
        for (uint32_t w = 0; w < s.n; w++) add_softmax(a + w * m, (uint32_t)m, sum + w * m);
    }
    for (uint32_t w = 0; w < s.n; w++) {
        soft t = likeliest(sum + w * m, (uint32_t)m);
        for (unsigned i = 0; i < SOFT_MOST; i++) t.label[i] = t.label[i] == s.n ? 0 : (uint16_t)(t.label[i] + 1);
        out->shares[(size_t)(s.first + w) * OUTPUTS + TO_HEAD] = t;
    }
    int32_t *whole = need(calloc(k + s.n + 1, sizeof *whole)), *root = whole + k;
    for (size_t i = 0; i < k; i++) whole[i] = (int32_t)(16000 * logf(fmaxf(sum[i], 1e-30f)));
    for (uint32_t w = 0; w < s.n; w++) root[w] = whole[w * m + s.n];
    slk_arcs_decode(&(slk_arcs){whole, root, s.n, (uint32_t)m, 1, false}, out->head + s.first);
    free(whole);
    free(sum);
    free(a);
}

void net_vote(net *const *nets, unsigned n_nets, const corpus *c, const uint32_t *sentences, uint32_t count,
              scores *out) {
    batch b[NETS_MOST] = {0};
    for (unsigned i = 0; i < n_nets; i++) {
        batch_start(&b[i], c, sentences, count);
        forward(nets[i], &b[i]);
        arc_spaces(nets[i], &b[i], b[i].o);
    }
    uint32_t t = b[0].t;
    *out = (scores){.words = t};
    out->shares = need(calloc((size_t)t * OUTPUTS + 1, sizeof *out->shares));
    uint16_t **best[TO_HEAD] = {&out->upos, &out->xpos, &out->feats, &out->rel, &out->ner};
    out->head = need(calloc(t + 1, sizeof *out->head));
    for (uint32_t s = 0; s < count; s++) vote_on_heads(nets, b, n_nets, b[0].sentences[s], out);
    for (unsigned i = 0; i < TO_HEAD; i++) {
        *best[i] = need(calloc(t + 1, sizeof **best[i]));
        vote_on_labels(nets, b, n_nets, i, out, *best[i]);
    }
    for (unsigned i = 0; i < n_nets; i++) batch_free(&b[i]);
}

void scores_free(scores *s) {
    free(s->upos);
    free(s->xpos);
    free(s->feats);
    free(s->rel);
    free(s->ner);
    free(s->head);
    free(s->shares);
}

/* ---------------------------------------------------------------- ranges */

static void observe(range *r, const float *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float v = fabsf(x[i]) / RANGE_BIN;
        r->bin[v < RANGE_BINS - 1 ? (size_t)v : RANGE_BINS - 1]++;
    }
    r->n += n;
}

float range_top(const range *r, double beyond) {
    uint64_t left = (uint64_t)((double)r->n * beyond), sum = 0;
    for (unsigned i = RANGE_BINS; i-- > 0;) {
        sum += r->bin[i];
        if (sum > left) return (float)(i + 1) * RANGE_BIN;
    }
    return RANGE_BIN;
}

void net_observe(net *n, const corpus *c, const uint32_t *sentences, uint32_t count, ranges *r) {
    batch b;
    batch_start(&b, c, sentences, count);
    forward(n, &b);
    arc_spaces(n, &b, b.o);
    for (unsigned i = 0; i <= CONVS; i++) observe(&r->x[i], b.x[i], (size_t)b.t * n->s.width);
    observe(&r->head, b.head, (size_t)b.t * n->s.arc);
    observe(&r->dep, b.dep, (size_t)b.t * n->s.arc);
    float *hidden = floats((size_t)b.t * n->s.lab);
    int16_t *heads = need(calloc(b.t + 1, sizeof *heads));
    for (uint32_t i = 0; i < b.t; i++) heads[i] = b.words[i]->head;
    label_hidden(n, &b, heads, hidden);
    observe(&r->hidden, hidden, (size_t)b.t * n->s.lab);
    free(hidden);
    free(heads);
    batch_free(&b);
}
