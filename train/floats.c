/* floats.c - forward, backward, Adam. See floats.h. */
#include "floats.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arcs.h"

/* ---------------------------------------------------------------- numbers */

static uint64_t next_random(net *n) { /* splitmix64 */
    uint64_t z = (n->seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static float uniform(net *n) { return (float)(next_random(n) >> 40) / (float)(1u << 24); }

static float normal(net *n) {
    float a = uniform(n) + 1e-7f, b = uniform(n);
    return sqrtf(-2 * logf(a)) * cosf(6.2831853f * b);
}

static float *floats(size_t n) { return need(calloc(n ? n : 1, sizeof(float))); }

static void param_start(net *n, unsigned at, const char *name, uint32_t n_rows, uint32_t n_cols, float spread) {
    size_t k = (size_t)n_rows * n_cols;
    param *p = &n->p[at];
    *p = (param){name, n_rows, n_cols, floats(k), floats(k), floats(k), floats(k), false, NULL};
    for (size_t i = 0; spread > 0 && i < k; i++) p->w[i] = spread * normal(n);
}

void net_start(net *n, shape s, uint64_t seed) {
    static const char *const conv_w[CONVS] = {"conv1", "conv2", "conv3"};
    static const char *const conv_b[CONVS] = {"conv1.bias", "conv2.bias", "conv3.bias"};
    static const char *const gru_w[GRUS] = {"gru1", "gru2"};
    static const char *const gru_b[GRUS] = {"gru1.bias", "gru2.bias"};
    *n = (net){.s = s, .seed = seed};
    uint32_t d = s.width, o = s.width + 2 * GRUS * s.gates;
    float by_o = sqrtf(1.0f / (float)o);
    param_start(n, P_EMB, "embeddings", s.rows, d, 0.25f);
    n->p[P_EMB].sparse = true;
    n->p[P_EMB].dirty = need(calloc(s.rows, 1));
    param_start(n, P_EMB_B, "embeddings.bias", 1, d, 0);
    for (unsigned i = 0; i < CONVS; i++) {
        param_start(n, P_CONV + 2 * i, conv_w[i], 3 * d, d, sqrtf(1.0f / (float)(3 * d)));
        param_start(n, P_CONV + 2 * i + 1, conv_b[i], 1, d, 0);
    }
    for (unsigned i = 0; i < GRUS; i++) {
        uint32_t in = d + 2 * i * s.gates;
        param_start(n, P_GRU + 2 * i, gru_w[i], in, 4 * s.gates, sqrtf(1.0f / (float)in));
        param_start(n, P_GRU + 2 * i + 1, gru_b[i], 1, 4 * s.gates, 0);
    }
    param_start(n, P_UPOS, "upos", o, s.upos, by_o);
    param_start(n, P_UPOS_B, "upos.bias", 1, s.upos, 0);
    param_start(n, P_XPOS, "xpos", o, s.xpos, by_o);
    param_start(n, P_XPOS_B, "xpos.bias", 1, s.xpos, 0);
    param_start(n, P_FEATS, "feats", o, s.feats, by_o);
    param_start(n, P_FEATS_B, "feats.bias", 1, s.feats, 0);
    param_start(n, P_NER, "ner", o, s.ner, by_o);
    param_start(n, P_NER_B, "ner.bias", 1, s.ner, 0);
    param_start(n, P_ARC_DEP, "arc.dep", o, s.arc, by_o);
    param_start(n, P_ARC_DEP_B, "arc.dep.bias", 1, s.arc, 0.1f);
    param_start(n, P_ARC_HEAD, "arc.head", o, s.arc, by_o);
    param_start(n, P_ARC_HEAD_B, "arc.head.bias", 1, s.arc, 0);
    param_start(n, P_ARC_ROOT, "arc.root", 1, s.arc, 0.1f);
    param_start(n, P_DISTANCE, "distance", 1, DISTANCES, 0);
    param_start(n, P_LAB_DEP, "label.dep", o, s.lab, by_o);
    param_start(n, P_LAB_DEP_B, "label.dep.bias", 1, s.lab, 0);
    param_start(n, P_LAB_HEAD, "label.head", o, s.lab, by_o);
    param_start(n, P_LAB_ROOT, "label.root", 1, s.lab, 0.1f);
    param_start(n, P_REL, "rel", s.lab, s.rel, sqrtf(1.0f / (float)s.lab));
    param_start(n, P_REL_B, "rel.bias", 1, s.rel, 0);
}

void net_free(net *n) {
    for (unsigned i = 0; i < P_COUNT; i++) {
        free(n->p[i].w);
        free(n->p[i].g);
        free(n->p[i].m);
        free(n->p[i].v);
        free(n->p[i].dirty);
        free(n->mean[i]);
    }
}

/* y (T x out) = x (T x in, a row every `stride` floats) w + bias */
static void linear(const param *w, const param *bias, const float *x, uint32_t stride, uint32_t t, float *y) {
    for (uint32_t i = 0; i < t; i++) {
        if (bias)
            memcpy(y + (size_t)i * w->cols, bias->w, w->cols * sizeof *y);
        else
            memset(y + (size_t)i * w->cols, 0, w->cols * sizeof *y);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)t, (int)w->cols, (int)w->rows, 1, x, (int)stride, w->w,
                (int)w->cols, 1, y, (int)w->cols);
}

/* dw += x' dy, dbias += sums of dy, dx += dy w' */
static void linear_back(param *w, param *bias, const float *x, uint32_t stride, const float *dy, uint32_t t,
                        float *dx) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)w->rows, (int)w->cols, (int)t, 1, x, (int)stride, dy,
                (int)w->cols, 1, w->g, (int)w->cols);
    for (uint32_t i = 0; bias && i < t; i++)
        for (uint32_t k = 0; k < w->cols; k++) bias->g[k] += dy[(size_t)i * w->cols + k];
    if (dx)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)t, (int)w->rows, (int)w->cols, 1, dy, (int)w->cols,
                    w->w, (int)w->cols, 1, dx, (int)stride);
}

static void relu(float *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (x[i] < 0) x[i] = 0;
}

static void relu_back(const float *y, float *dy, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (y[i] <= 0) dy[i] = 0;
}

/* Inverted dropout in place; the mask is kept for the way back. NULL mask: none. */
static float *drop(net *n, float *x, size_t k, float rate) {
    if (rate <= 0) return NULL;
    float *mask = floats(k), keep = 1 / (1 - rate);
    for (size_t i = 0; i < k; i++) {
        mask[i] = uniform(n) < rate ? 0 : keep;
        x[i] *= mask[i];
    }
    return mask;
}

static void drop_back(const float *mask, float *dx, size_t k) {
    for (size_t i = 0; mask && i < k; i++) dx[i] *= mask[i];
}

/* ---------------------------------------------------------------- a batch */

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

static void batch_start(batch *b, const corpus *c, const uint32_t *sentences, uint32_t count) {
    *b = (batch){.n_sentences = count};
    for (uint32_t i = 0; i < count; i++) b->t += c->sentences[sentences[i]].n;
    b->words = need(calloc(b->t + 1, sizeof *b->words));
    b->sentences = need(calloc(count + 1, sizeof *b->sentences));
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        sentence s = c->sentences[sentences[i]];
        b->sentences[i] = (sentence){at, s.n};
        for (uint32_t k = 0; k < s.n; k++) b->words[at++] = &c->words[s.first + k];
    }
}

static void batch_free(batch *b) {
    free(b->words);
    free(b->sentences);
    free(b->used);
    for (unsigned i = 0; i < CONVS; i++) {
        free(b->x[i]);
        free(b->cat[i]);
        free(b->y[i]);
        free(b->mask[i]);
    }
    free(b->x[CONVS]);
    for (unsigned i = 0; i < GRUS; i++) free(b->gru[i]);
    free(b->o);
    free(b->o_mask);
    free(b->dep);
    free(b->head);
    free(b->lab_dep);
    free(b->lab_head);
}

static void embed(net *n, batch *b) {
    uint32_t d = n->s.width;
    b->used = need(malloc(((size_t)b->t + 1) * SLK_FORM_FEATURES * sizeof *b->used));
    b->x[0] = floats((size_t)b->t * d);
    for (uint32_t i = 0; i < b->t; i++) {
        const word *w = b->words[i];
        unsigned keys = w->n_keys & 0x7Fu;
        float *x = b->x[0] + (size_t)i * d;
        memcpy(x, n->p[P_EMB_B].w, d * sizeof *x);
        for (unsigned k = 0; k < SLK_FORM_FEATURES; k++) {
            uint32_t row = k < keys ? w->keys[k] : UINT32_MAX;
            float rate = k == 0 && (w->n_keys & 0x80u) ? n->word_dropout : n->word_dropout / 5;
            if (b->training && row != UINT32_MAX && uniform(n) < rate) row = UINT32_MAX;
            b->used[(size_t)i * SLK_FORM_FEATURES + k] = row;
            if (row != UINT32_MAX) cblas_saxpy((int)d, 1, n->p[P_EMB].w + (size_t)row * d, 1, x, 1);
        }
    }
    relu(b->x[0], (size_t)b->t * d);
}

/* cat (T x 3 width): each word with those `step` before and behind it in its sentence, zero where there is none. */
static void gather(const batch *b, const float *x, uint32_t d, uint32_t step, float *cat) {
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t k = 0; k < b->sentences[s].n; k++) {
            size_t i = b->sentences[s].first + k;
            float *to = cat + i * 3 * d;
            if (k >= step) memcpy(to, x + (i - step) * d, d * sizeof *to);
            memcpy(to + d, x + i * d, d * sizeof *to);
            if (k + step < b->sentences[s].n) memcpy(to + 2 * d, x + (i + step) * d, d * sizeof *to);
        }
}

static void add_floats(float *to, const float *from, size_t n) {
    for (size_t i = 0; i < n; i++) to[i] += from[i];
}

static void scatter(const batch *b, const float *dcat, uint32_t d, uint32_t step, float *dx) {
    for (uint32_t s = 0; s < b->n_sentences; s++)
        for (uint32_t k = 0; k < b->sentences[s].n; k++) {
            size_t i = b->sentences[s].first + k;
            const float *from = dcat + i * 3 * d;
            if (k >= step) add_floats(dx + (i - step) * d, from, d);
            add_floats(dx + i * d, from + d, d);
            if (k + step < b->sentences[s].n) add_floats(dx + (i + step) * d, from + 2 * d, d);
        }
}

static void convolve(net *n, batch *b, unsigned i) {
    uint32_t d = n->s.width;
    size_t k = (size_t)b->t * d;
    b->cat[i] = floats(3 * k);
    b->y[i] = floats(k);
    b->x[i + 1] = floats(k);
    gather(b, b->x[i], d, 1u << i, b->cat[i]);
    linear(&n->p[P_CONV + 2 * i], &n->p[P_CONV + 2 * i + 1], b->cat[i], 3 * d, b->t, b->y[i]);
    relu(b->y[i], k);
    memcpy(b->x[i + 1], b->y[i], k * sizeof(float));
    if (b->training) b->mask[i] = drop(n, b->x[i + 1], k, n->dropout);
    add_floats(b->x[i + 1], b->x[i], k);
}

static void convolve_back(net *n, const batch *b, unsigned i, const float *dx_out, float *dx_in) {
    uint32_t d = n->s.width;
    size_t k = (size_t)b->t * d;
    float *dy = floats(k), *dcat = floats(3 * k);
    memcpy(dy, dx_out, k * sizeof(float));
    drop_back(b->mask[i], dy, k);
    relu_back(b->y[i], dy, k);
    linear_back(&n->p[P_CONV + 2 * i], &n->p[P_CONV + 2 * i + 1], b->cat[i], 3 * d, dy, b->t, dcat);
    memcpy(dx_in, dx_out, k * sizeof(float));
    scatter(b, dcat, d, 1u << i, dx_in);
    free(dy);
    free(dcat);
}

/* Piecewise linear gates: hard sigmoid and hard tanh. */
static float gate(float x) { return x <= -2 ? 0 : x >= 2 ? 1 : 0.25f * x + 0.5f; }
static float gate_back(float x) { return x <= -2 || x >= 2 ? 0 : 0.25f; }
static float clip(float x) { return x < -1 ? -1 : x > 1 ? 1 : x; }
static float clip_back(float x) { return x < -1 || x > 1 ? 0 : 1; }

/* h_t = (1 - z_t) h_{t-1} + z_t c_t in both directions; P = [z forward | c forward | z backward | c backward]. */
static void recur(net *n, batch *b, unsigned layer) {
    uint32_t g = n->s.gates, o = b->o_n, at = n->s.width + 2 * layer * g;
    b->gru[layer] = floats((size_t)b->t * 4 * g);
    linear(&n->p[P_GRU + 2 * layer], &n->p[P_GRU + 2 * layer + 1], b->o, o, b->t, b->gru[layer]);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        sentence sn = b->sentences[s];
        for (uint32_t k = 0; k < sn.n; k++) {
            size_t f = sn.first + k, r = sn.first + sn.n - 1 - k;
            const float *pf = b->gru[layer] + f * 4 * g, *pr = b->gru[layer] + r * 4 * g + 2 * g;
            float *hf = b->o + f * o + at, *hr = b->o + r * o + at + g;
            for (uint32_t j = 0; j < g; j++) {
                float zf = gate(pf[j]), zr = gate(pr[j]);
                hf[j] = (k ? (1 - zf) * (hf - o)[j] : 0) + zf * clip(pf[g + j]);
                hr[j] = (k ? (1 - zr) * (hr + o)[j] : 0) + zr * clip(pr[g + j]);
            }
        }
    }
}

/* One direction of one sentence: its part of the gates, first and last word, step to the word before in that direction. */
static void recur_back_one(const batch *b, const float *gates, uint32_t g, uint32_t offset, size_t first, size_t last,
                           ptrdiff_t back, float *h_grad, float *dp) {
    uint32_t o = b->o_n;
    for (size_t i = last;; i = (size_t)((ptrdiff_t)i + back)) {
        const float *p = gates + i * 4 * g;
        float *dh = h_grad + i * o + offset, *d = dp + i * 4 * g;
        for (uint32_t j = 0; j < g; j++) {
            float z = gate(p[j]), before = i != first ? b->o[(size_t)((ptrdiff_t)i + back) * o + offset + j] : 0;
            d[j] = dh[j] * (clip(p[g + j]) - before) * gate_back(p[j]);
            d[g + j] = dh[j] * z * clip_back(p[g + j]);
            if (i != first) h_grad[(size_t)((ptrdiff_t)i + back) * o + offset + j] += dh[j] * (1 - z);
        }
        if (i == first) return;
    }
}

/* do_: gradient of the (undropped) output, changed on the way. Note: b->o is undropped here. */
static void recur_back(net *n, const batch *b, unsigned layer, float *do_) {
    uint32_t g = n->s.gates, at = n->s.width + 2 * layer * g;
    float *dp = floats((size_t)b->t * 4 * g);
    for (uint32_t s = 0; s < b->n_sentences; s++) {
        size_t first = b->sentences[s].first, last = first + b->sentences[s].n - 1;
        recur_back_one(b, b->gru[layer], g, at, first, last, -1, do_, dp);
        recur_back_one(b, b->gru[layer] + 2 * g, g, at + g, last, first, 1, do_, dp + 2 * g);
    }
    linear_back(&n->p[P_GRU + 2 * layer], &n->p[P_GRU + 2 * layer + 1], b->o, b->o_n, dp, b->t, do_);
    free(dp);
}

static void forward(net *n, batch *b) {
    embed(n, b);
    for (unsigned i = 0; i < CONVS; i++) convolve(n, b, i);
    uint32_t d = n->s.width;
    b->o_n = d + 2 * GRUS * n->s.gates;
    b->o = floats((size_t)b->t * b->o_n);
    for (uint32_t i = 0; i < b->t; i++)
        memcpy(b->o + (size_t)i * b->o_n, b->x[CONVS] + (size_t)i * d, d * sizeof(float));
    for (unsigned i = 0; i < GRUS; i++) recur(n, b, i);
}

static void embed_back(net *n, const batch *b, float *dx) {
    uint32_t d = n->s.width;
    relu_back(b->x[0], dx, (size_t)b->t * d);
    for (uint32_t i = 0; i < b->t; i++) {
        add_floats(n->p[P_EMB_B].g, dx + (size_t)i * d, d);
        for (unsigned k = 0; k < SLK_FORM_FEATURES; k++) {
            uint32_t row = b->used[(size_t)i * SLK_FORM_FEATURES + k];
            if (row == UINT32_MAX) continue;
            n->p[P_EMB].dirty[row] = 1;
            add_floats(n->p[P_EMB].g + (size_t)row * d, dx + (size_t)i * d, d);
        }
    }
}

/* ---------------------------------------------------------------- losses */

/* Cross entropy of one row of scores; turns them into their gradient times weight. */
static double entropy(float *x, uint32_t n, uint32_t gold, float weight) {
    float most = x[0], sum = 0;
    for (uint32_t i = 1; i < n; i++)
        if (x[i] > most) most = x[i];
    for (uint32_t i = 0; i < n; i++) sum += expf(x[i] - most);
    double loss = logf(sum) - (x[gold] - most);
    for (uint32_t i = 0; i < n; i++) x[i] = weight * (expf(x[i] - most) / sum - (i == gold ? 1.0f : 0.0f));
    return loss * weight;
}

static double tag_loss(net *n, const batch *b, const float *o, float *do_, unsigned at, uint32_t n_labels,
                       size_t label_at, float weight) {
    float *y = floats((size_t)b->t * n_labels);
    double loss = 0;
    linear(&n->p[at], &n->p[at + 1], o, b->o_n, b->t, y);
    for (uint32_t i = 0; i < b->t; i++) {
        uint16_t gold;
        memcpy(&gold, (const char *)b->words[i] + label_at, sizeof gold);
        if (gold < n_labels)
            loss += entropy(y + (size_t)i * n_labels, n_labels, gold, weight);
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
static void arc_scores(const net *n, const batch *b, sentence s, float *out) {
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
        int head = b->words[s.first + i]->head;
        float *row = a + (size_t)i * m;
        if (head == CORPUS_NO_HEAD) {
            memset(row, 0, m * sizeof *row);
            continue;
        }
        loss += entropy(row, m, head < 0 ? s.n : (uint32_t)head, 1);
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

static void arc_spaces(net *n, batch *b, const float *o) {
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
static void label_hidden(const net *n, const batch *b, const int16_t *heads, float *hidden) {
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
    for (uint32_t i = 0; i < b->t; i++)
        if (b->words[i]->rel < r)
            loss += entropy(y + (size_t)i * r, r, b->words[i]->rel, 1);
        else
            memset(y + (size_t)i * r, 0, r * sizeof *y);
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
    uint32_t d = n->s.width, o = b.o_n;
    size_t k = (size_t)b.t * o;
    float *out = need(malloc((k + 1) * sizeof *out)), *do_ = floats(k), *dx[CONVS + 1];
    memcpy(out, b.o, k * sizeof *out);
    b.o_mask = drop(n, out, k, n->dropout);
    arc_spaces(n, &b, out);
    double loss = tag_loss(n, &b, out, do_, P_UPOS, n->s.upos, offsetof(word, upos), 1);
    loss += tag_loss(n, &b, out, do_, P_XPOS, n->s.xpos, offsetof(word, xpos), 0.5f);
    loss += tag_loss(n, &b, out, do_, P_FEATS, n->s.feats, offsetof(word, feats), 0.5f);
    loss += tag_loss(n, &b, out, do_, P_NER, n->s.ner, offsetof(word, ner), 1);
    loss += arc_loss(n, &b, out, do_);
    loss += label_loss(n, &b, out, do_);
    drop_back(b.o_mask, do_, k);
    for (unsigned i = 0; i <= CONVS; i++) dx[i] = floats((size_t)b.t * d);
    for (unsigned i = GRUS; i-- > 0;) recur_back(n, &b, i, do_);
    for (uint32_t i = 0; i < b.t; i++) memcpy(dx[CONVS] + (size_t)i * d, do_ + (size_t)i * o, d * sizeof(float));
    for (unsigned i = CONVS; i-- > 0;) convolve_back(n, &b, i, dx[i + 1], dx[i]);
    embed_back(n, &b, dx[0]);
    for (unsigned i = 0; i <= CONVS; i++) free(dx[i]);
    free(out);
    free(do_);
    batch_free(&b);
    return loss;
}

/* ---------------------------------------------------------------- reading */

static void best_labels(net *n, const batch *b, const float *x, uint32_t stride, unsigned at, uint32_t n_labels,
                        uint16_t *out) {
    float *y = floats((size_t)b->t * n_labels);
    linear(&n->p[at], &n->p[at + 1], x, stride, b->t, y);
    for (uint32_t i = 0; i < b->t; i++) {
        const float *row = y + (size_t)i * n_labels;
        uint32_t best = 0;
        for (uint32_t k = 1; k < n_labels; k++)
            if (row[k] > row[best]) best = k;
        out[i] = (uint16_t)best;
    }
    free(y);
}

void net_read(net *n, const corpus *c, const uint32_t *sentences, uint32_t count, scores *out) {
    batch b;
    batch_start(&b, c, sentences, count);
    forward(n, &b);
    arc_spaces(n, &b, b.o);
    *out = (scores){.words = b.t, .sentences = count};
    out->upos = need(calloc(b.t + 1, sizeof *out->upos));
    out->xpos = need(calloc(b.t + 1, sizeof *out->xpos));
    out->feats = need(calloc(b.t + 1, sizeof *out->feats));
    out->ner = need(calloc(b.t + 1, sizeof *out->ner));
    out->rel = need(calloc(b.t + 1, sizeof *out->rel));
    out->head = need(calloc(b.t + 1, sizeof *out->head));
    best_labels(n, &b, b.o, b.o_n, P_UPOS, n->s.upos, out->upos);
    best_labels(n, &b, b.o, b.o_n, P_XPOS, n->s.xpos, out->xpos);
    best_labels(n, &b, b.o, b.o_n, P_FEATS, n->s.feats, out->feats);
    best_labels(n, &b, b.o, b.o_n, P_NER, n->s.ner, out->ner);
    for (uint32_t s = 0; s < count; s++) {
        sentence sn = b.sentences[s];
        float *a = floats((size_t)sn.n * (sn.n + 1));
        arc_scores(n, &b, sn, a);
        slk_arcs_decode(a, sn.n, out->head + sn.first);
        free(a);
    }
    float *hidden = floats((size_t)b.t * n->s.lab);
    label_hidden(n, &b, out->head, hidden);
    best_labels(n, &b, hidden, n->s.lab, P_REL, n->s.rel, out->rel);
    free(hidden);
    batch_free(&b);
}

void scores_free(scores *s) {
    free(s->upos);
    free(s->xpos);
    free(s->feats);
    free(s->rel);
    free(s->ner);
    free(s->head);
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

/* ---------------------------------------------------------------- Adam */

static void step_row(param *p, size_t from, size_t n, float rate, float scale, float c1, float c2) {
    for (size_t i = from; i < from + n; i++) {
        float g = p->g[i] * scale;
        p->m[i] = 0.9f * p->m[i] + 0.1f * g;
        p->v[i] = 0.98f * p->v[i] + 0.02f * g * g;
        p->w[i] -= rate * (p->m[i] / c1) / (sqrtf(p->v[i] / c2) + 1e-8f);
        p->g[i] = 0;
    }
}

void net_step(net *n, float rate) {
    double sum = 0;
    n->steps++;
    for (unsigned i = 0; i < P_COUNT; i++) {
        const param *p = &n->p[i];
        for (uint32_t r = 0; r < p->rows; r++) {
            if (p->sparse && !p->dirty[r]) continue;
            const float *g = p->g + (size_t)r * p->cols;
            sum += (double)cblas_sdot((int)p->cols, g, 1, g, 1);
        }
    }
    float follow = n->steps < 1000 ? 1.0f / (float)(1 + n->steps / 4) : 0.002f; /* of the means */
    float length = (float)sqrt(sum), scale = length > 5 ? 5 / length : 1;
    float c1 = 1 - powf(0.9f, (float)n->steps), c2 = 1 - powf(0.98f, (float)n->steps);
    for (unsigned i = 0; i < P_COUNT; i++) {
        param *p = &n->p[i];
        if (!p->sparse) {
            step_row(p, 0, (size_t)p->rows * p->cols, rate, scale, c1, c2);
            continue;
        }
        for (uint32_t r = 0; r < p->rows; r++)
            if (p->dirty[r]) step_row(p, (size_t)r * p->cols, p->cols, rate, scale, c1, c2), p->dirty[r] = 0;
    }
    for (unsigned i = 0; i < P_COUNT; i++)
        for (size_t k = 0; n->mean[i] && k < (size_t)n->p[i].rows * n->p[i].cols; k++)
            n->mean[i][k] += follow * (n->p[i].w[k] - n->mean[i][k]);
}

void net_swap(net *n) {
    for (unsigned i = 0; i < P_COUNT; i++) {
        float *w = n->p[i].w;
        if (!n->mean[i]) continue;
        n->p[i].w = n->mean[i];
        n->mean[i] = w;
    }
}

/* ---------------------------------------------------------------- keeping */

void net_save(const net *n, const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(&n->s, sizeof n->s, 1, out) != 1) die("%s: cannot be written", path);
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        if (fwrite(n->p[i].w, sizeof(float), k, out) != k) die("%s: cannot be written", path);
    }
    if (fclose(out) != 0) die("%s: cannot be written", path);
}

void net_load(net *n, const char *path) {
    FILE *in = fopen(path, "rb");
    shape s;
    if (!in || fread(&s, sizeof s, 1, in) != 1) die("%s: cannot be read", path);
    net_start(n, s, 1);
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        if (fread(n->p[i].w, sizeof(float), k, in) != k) die("%s: is cut short", path);
    }
    if (fclose(in) != 0) die("%s: cannot be read", path);
}

/* ---------------------------------------------------------------- the gradient against differences */

/* How far the gradient of one weight is from the difference quotient, relatively; negative where the loss has a kink so near
 * that the quotients of both sides differ. */
static double check_one(net *n, const corpus *c, const uint32_t *sentences, unsigned i, size_t k, double by_hand) {
    const float step = 1e-3f;
    float keep = n->p[i].w[k];
    double here = net_train(n, c, sentences, 2);
    n->p[i].w[k] = keep + step;
    double up = (net_train(n, c, sentences, 2) - here) / (double)step;
    n->p[i].w[k] = keep - step;
    double down = (here - net_train(n, c, sentences, 2)) / (double)step;
    n->p[i].w[k] = keep;
    double quotient = (up + down) / 2;
    if (fabs(up - down) > 0.02 + 0.02 * fabs(quotient)) return -1;
    double off = fabs(quotient - by_hand) / (fabs(quotient) + fabs(by_hand) + 0.1);
    if (off > 0.05) printf("%s[%zu]: %g by hand, %g by difference\n", n->p[i].name, k, by_hand, quotient);
    return off;
}

bool net_check(void) {
    net n;
    shape s = {
        .width = 6, .gates = 3, .arc = 5, .lab = 4, .upos = 3, .xpos = 4, .feats = 2, .rel = 5, .ner = 3, .rows = 12};
    word words[9];
    sentence sentences[2] = {{0, 5}, {5, 4}};
    static const int16_t heads[9] = {1, -1, 1, 4, 2, -1, 0, 1, 0};
    for (uint32_t i = 0; i < 9; i++) {
        words[i] = (word){
            .n_keys = 3 | 0x80, .upos = (uint16_t)(i % 3), .xpos = (uint16_t)(i % 4), .feats = (uint16_t)(i % 2)};
        words[i].rel = (uint16_t)(i % 5);
        words[i].ner = i < 4 ? (uint16_t)(i % 3) : UINT16_MAX;
        words[i].head = heads[i];
        for (unsigned k = 0; k < 3; k++) words[i].keys[k] = (i * 5 + k * 3) % 12;
    }
    corpus c = {.words = words, .n_words = 9, .sentences = sentences, .n_sentences = 2};
    static const uint32_t both[2] = {0, 1};
    net_start(&n, s, 7);
    (void)net_train(&n, &c, both, 2);
    float *by_hand[P_COUNT];
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n.p[i].rows * n.p[i].cols;
        by_hand[i] = need(malloc(k * sizeof(float)));
        memcpy(by_hand[i], n.p[i].g, k * sizeof(float));
    }
    double worst = 0;
    unsigned smooth = 0, kinks = 0;
    for (unsigned i = 0; i < P_COUNT; i++) {
        for (size_t k = 0; k < (size_t)n.p[i].rows * n.p[i].cols; k++) {
            double off = check_one(&n, &c, both, i, k, (double)by_hand[i][k]);
            if (off < 0)
                kinks++;
            else
                smooth++;
            if (off > worst) worst = off;
        }
        free(by_hand[i]);
    }
    printf("gradients: %u weights, worst relative difference %.4f, %u too near a kink\n", smooth, worst, kinks);
    net_free(&n);
    return worst < 0.05 && kinks * 10 < smooth;
}
