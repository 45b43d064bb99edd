/* heads.c - the heads of the float net and their losses: tags, features, names, heads of words, relations. */
#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "encoder.h"

/* What an output of a word should be: false where that is not known. */
static bool target_of(const word *w, output at, soft *t) {
    if (w->soft) {
        *t = w->soft[at];
        return t->p[0] > 0;
    }
    const uint16_t certain[OUTPUTS] = {
        w->upos, w->xpos, w->feats, w->rel, w->ner, w->head == CORPUS_NO_HEAD ? UINT16_MAX : (uint16_t)(w->head + 1)};
    *t = (soft){.label = {certain[at]}, .p = {1}};
    return certain[at] != UINT16_MAX;
}

/* Cross entropy of one row of scores against a target; turns them into their gradient times weight. */
static double entropy(float *x, uint32_t n, const soft *t, float weight) {
    float most = x[0], sum = 0, loss = 0, gold[SOFT_MOST];
    for (uint32_t i = 1; i < n; i++)
        if (x[i] > most) most = x[i];
    for (unsigned k = 0; k < SOFT_MOST; k++) gold[k] = x[t->label[k]] - most;
    for (uint32_t i = 0; i < n; i++) sum += x[i] = expf(x[i] - most);
    for (uint32_t i = 0; i < n; i++) x[i] *= weight / sum;
    for (unsigned k = 0; k < SOFT_MOST; k++) {
        loss += t->p[k] * (logf(sum) - gold[k]);
        x[t->label[k]] -= weight * t->p[k];
    }
    return (double)(loss * weight);
}

static double tag_loss(net *n, const batch *b, const float *o, float *do_, unsigned at, uint32_t n_labels, output what,
                       float weight) {
    float *y = floats((size_t)b->t * n_labels);
    double loss = 0;
    linear(&n->p[at], &n->p[at + 1], o, b->o_n, b->t, y);
    for (uint32_t i = 0; i < b->t; i++) {
        soft t;
        if (target_of(b->words[i], what, &t) && t.label[0] < n_labels)
            loss += entropy(y + (size_t)i * n_labels, n_labels, &t, weight);
        else
            memset(y + (size_t)i * n_labels, 0, n_labels * sizeof *y);
    }
    linear_back(&n->p[at], &n->p[at + 1], o, b->o_n, y, b->t, do_);
    free(y);
    return loss;
}

uint32_t distance_bucket(int distance) {
    unsigned d = (unsigned)abs(distance);
    uint32_t k = d <= 4 ? d - 1 : d <= 6 ? 4 : d <= 9 ? 5 : d <= 14 ? 6 : d <= 24 ? 7 : 8;
    return distance > 0 ? k : 9 + k;
}

/* n x (n + 1) scores of one sentence, the last column is the root; a word is not its own head. */
void arc_scores(const net *n, const batch *b, sentence s, float *out) {
    uint32_t k = n->s.arc;
    const float *root = n->p[P_ARC_ROOT].w, *bias = n->p[P_DISTANCE].w;
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)s.n, (int)s.n, (int)k, 1, b->dep + (size_t)s.first * k,
                (int)k, b->head + (size_t)s.first * k, (int)k, 0, out, (int)s.n + 1);
    for (uint32_t i = 0; i < s.n; i++) {
        float *row = out + (size_t)i * (s.n + 1);
        for (uint32_t j = 0; j < s.n; j++) row[j] = j == i ? -1e9f : row[j] + bias[distance_bucket((int)j - (int)i)];
        row[s.n] = cblas_sdot((int)k, b->dep + (size_t)(s.first + i) * k, 1, root, 1) + bias[DISTANCES - 1];
    }
}

static double arc_loss_one(net *n, const batch *b, sentence s, float *d_dep, float *d_head) {
    uint32_t k = n->s.arc, m = s.n + 1;
    float *a = floats((size_t)s.n * m);
    double loss = 0;
    arc_scores(n, b, s, a);
    for (uint32_t i = 0; i < s.n; i++) {
        soft t;
        float *row = a + (size_t)i * m;
        if (!target_of(b->words[s.first + i], TO_HEAD, &t)) {
            memset(row, 0, m * sizeof *row);
            continue;
        }
        for (unsigned k_th = 0; k_th < SOFT_MOST; k_th++)
            t.label[k_th] = t.label[k_th] == 0 ? (uint16_t)s.n : (uint16_t)(t.label[k_th] - 1);
        loss += entropy(row, m, &t, 1);
        row[i] = 0;
        for (uint32_t j = 0; j < s.n; j++)
            if (j != i) n->p[P_DISTANCE].g[distance_bucket((int)j - (int)i)] += row[j];
        n->p[P_DISTANCE].g[DISTANCES - 1] += row[s.n];
        cblas_saxpy((int)k, row[s.n], b->dep + (size_t)(s.first + i) * k, 1, n->p[P_ARC_ROOT].g, 1);
        cblas_saxpy((int)k, row[s.n], n->p[P_ARC_ROOT].w, 1, d_dep + (size_t)(s.first + i) * k, 1);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)s.n, (int)k, (int)s.n, 1, a, (int)m,
                b->head + (size_t)s.first * k, (int)k, 1, d_dep + (size_t)s.first * k, (int)k);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)s.n, (int)k, (int)s.n, 1, a, (int)m,
                b->dep + (size_t)s.first * k, (int)k, 1, d_head + (size_t)s.first * k, (int)k);
    free(a);
    return loss;
}

void arc_spaces(net *n, batch *b, const float *o) {
    uint32_t k = n->s.arc, l = n->s.lab;
    b->dep = floats((size_t)b->t * k);
    b->head = floats((size_t)b->t * k);
    b->lab_dep = floats((size_t)b->t * l);
    b->lab_head = floats((size_t)b->t * l);
    linear(&n->p[P_ARC_DEP], &n->p[P_ARC_DEP_B], o, b->o_n, b->t, b->dep);
    linear(&n->p[P_ARC_HEAD], &n->p[P_ARC_HEAD_B], o, b->o_n, b->t, b->head);
    relu(b->head, (size_t)b->t * k);
    linear(&n->p[P_LAB_DEP], &n->p[P_LAB_DEP_B], o, b->o_n, b->t, b->lab_dep);
    linear(&n->p[P_LAB_HEAD], NULL, o, b->o_n, b->t, b->lab_head);
}

static double arc_loss(net *n, const batch *b, const float *o, float *do_) {
    size_t k = (size_t)b->t * n->s.arc;
    float *d_dep = floats(k), *d_head = floats(k);
    double loss = 0;
    for (uint32_t s = 0; s < b->n_sentences; s++) loss += arc_loss_one(n, b, b->sentences[s], d_dep, d_head);
    relu_back(b->head, d_head, k);
    linear_back(&n->p[P_ARC_DEP], &n->p[P_ARC_DEP_B], o, b->o_n, d_dep, b->t, do_);
    linear_back(&n->p[P_ARC_HEAD], &n->p[P_ARC_HEAD_B], o, b->o_n, d_head, b->t, do_);
    free(d_dep);
    free(d_head);
    return loss;
}

/* hidden (T x lab) = relu(word + head), with the head of each word as given. */
void label_hidden(const net *n, const batch *b, const int16_t *heads, float *hidden) {
    uint32_t l = n->s.lab;
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t i = b->sentences[s].first; i < b->sentences[s].first + b->sentences[s].n; i++) {
            const float *head = heads[i] < 0 ? n->p[P_LAB_ROOT].w
                                             : b->lab_head + (size_t)(b->sentences[s].first + (uint16_t)heads[i]) * l;
            for (uint32_t j = 0; j < l; j++) hidden[(size_t)i * l + j] = b->lab_dep[(size_t)i * l + j] + head[j];
        }
    relu(hidden, (size_t)b->t * l);
}

static double label_loss(net *n, const batch *b, const float *o, float *do_) {
    uint32_t l = n->s.lab, r = n->s.rel;
    float *hidden = floats((size_t)b->t * l), *y = floats((size_t)b->t * r), *d = floats((size_t)b->t * l),
          *dh = floats((size_t)b->t * l);
    int16_t *heads = need(calloc(b->t + 1, sizeof *heads));
    for (uint32_t i = 0; i < b->t; i++) heads[i] = b->words[i]->head;
    label_hidden(n, b, heads, hidden);
    linear(&n->p[P_REL], &n->p[P_REL_B], hidden, l, b->t, y);
    double loss = 0;
    for (uint32_t i = 0; i < b->t; i++) {
        soft t;
        if (target_of(b->words[i], TO_REL, &t) && t.label[0] < r)
            loss += entropy(y + (size_t)i * r, r, &t, 1);
        else
            memset(y + (size_t)i * r, 0, r * sizeof *y);
    }
    linear_back(&n->p[P_REL], &n->p[P_REL_B], hidden, l, y, b->t, d);
    relu_back(hidden, d, (size_t)b->t * l);
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t i = b->sentences[s].first; i < b->sentences[s].first + b->sentences[s].n; i++)
            add_floats(heads[i] < 0 ? n->p[P_LAB_ROOT].g
                                    : dh + (size_t)(b->sentences[s].first + (uint16_t)heads[i]) * l,
                       d + (size_t)i * l, l);
    linear_back(&n->p[P_LAB_DEP], &n->p[P_LAB_DEP_B], o, b->o_n, d, b->t, do_);
    linear_back(&n->p[P_LAB_HEAD], NULL, o, b->o_n, dh, b->t, do_);
    free(hidden);
    free(y);
    free(d);
    free(dh);
    free(heads);
    return loss;
}

double net_train(net *n, const corpus *c, const uint32_t *sentences, uint32_t count) {
    batch b;
    batch_start(&b, c, sentences, count);
    b.training = true;
    forward(n, &b);
    size_t k = (size_t)b.t * b.o_n;
    float *out = need(malloc((k + 1) * sizeof *out)), *do_ = floats(k);
    memcpy(out, b.o, k * sizeof *out);
    b.o_mask = drop(n, out, k, n->dropout);
    arc_spaces(n, &b, out);
    double loss = tag_loss(n, &b, out, do_, P_UPOS, n->s.upos, TO_UPOS, 1);
    loss += tag_loss(n, &b, out, do_, P_XPOS, n->s.xpos, TO_XPOS, 0.5f);
    loss += tag_loss(n, &b, out, do_, P_FEATS, n->s.feats, TO_FEATS, 0.5f);
    loss += tag_loss(n, &b, out, do_, P_NER, n->s.ner, TO_NER, 1);
    loss += arc_loss(n, &b, out, do_);
    loss += label_loss(n, &b, out, do_);
    drop_back(b.o_mask, do_, k);
    forward_back(n, &b, do_);
    free(out);
    free(do_);
    batch_free(&b);
    return loss;
}
