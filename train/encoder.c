/* encoder.c - the shared encoder in floats, forward and backward. See floats.h and encoder.h. */
#include "encoder.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

float *floats(size_t n) { return need(calloc(n ? n : 1, sizeof(float))); }

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

void net_average(net *n) {
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        n->mean[i] = need(malloc(k * sizeof(float)));
        memcpy(n->mean[i], n->p[i].w, k * sizeof(float));
    }
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
void linear(const param *w, const param *bias, const float *x, uint32_t stride, uint32_t t, float *y) {
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
void linear_back(param *w, param *bias, const float *x, uint32_t stride, const float *dy, uint32_t t, float *dx) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)w->rows, (int)w->cols, (int)t, 1, x, (int)stride, dy,
                (int)w->cols, 1, w->g, (int)w->cols);
    for (uint32_t i = 0; bias && i < t; i++)
        for (uint32_t k = 0; k < w->cols; k++) bias->g[k] += dy[(size_t)i * w->cols + k];
    if (dx)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)t, (int)w->rows, (int)w->cols, 1, dy, (int)w->cols,
                    w->w, (int)w->cols, 1, dx, (int)stride);
}

void relu(float *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (x[i] < 0) x[i] = 0;
}

void relu_back(const float *y, float *dy, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (y[i] <= 0) dy[i] = 0;
}

/* Inverted dropout in place; the mask is kept for the way back. NULL mask: none. */
float *drop(net *n, float *x, size_t k, float rate) {
    if (rate <= 0) return NULL;
    float *mask = floats(k), keep = 1 / (1 - rate);
    for (size_t i = 0; i < k; i++) {
        mask[i] = uniform(n) < rate ? 0 : keep;
        x[i] *= mask[i];
    }
    return mask;
}

void drop_back(const float *mask, float *dx, size_t k) {
    for (size_t i = 0; mask && i < k; i++) dx[i] *= mask[i];
}

/* ---------------------------------------------------------------- a batch */

void batch_start(batch *b, const corpus *c, const uint32_t *sentences, uint32_t count) {
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

void batch_free(batch *b) {
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

void add_floats(float *to, const float *from, size_t n) {
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

void forward(net *n, batch *b) {
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

void forward_back(net *n, const batch *b, float *do_) {
    uint32_t d = n->s.width, o = b->o_n;
    float *dx[CONVS + 1];
    for (unsigned i = 0; i <= CONVS; i++) dx[i] = floats((size_t)b->t * d);
    for (unsigned i = GRUS; i-- > 0;) recur_back(n, b, i, do_);
    for (uint32_t i = 0; i < b->t; i++) memcpy(dx[CONVS] + (size_t)i * d, do_ + (size_t)i * o, d * sizeof(float));
    for (unsigned i = CONVS; i-- > 0;) convolve_back(n, b, i, dx[i + 1], dx[i]);
    embed_back(n, b, dx[0]);
    for (unsigned i = 0; i <= CONVS; i++) free(dx[i]);
}
