/* write.c - from floats to the net's file. See write.h. */
#include "write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/kernels.h"
#include "language/net_format.h"

typedef struct image { /* the file as it grows; sections are aligned to 64 bytes */
    char *at;
    size_t n, cap;
} image;

static uint64_t section(image *m, size_t size) {
    size_t at = (m->n + 63) / 64 * 64;
    if (at + size > m->cap) {
        size_t cap = 2 * (at + size) + 65536;
        m->at = need(realloc(m->at, cap));
        memset(m->at + m->cap, 0, cap - m->cap);
        m->cap = cap;
    }
    m->n = at + size;
    return at;
}

static uint64_t put(image *m, const void *from, size_t size) {
    uint64_t at = section(m, size);
    memcpy(m->at + at, from, size);
    return at;
}

static uint64_t put_labels(image *m, const names *list) {
    uint32_t *offsets = need(calloc(list->n, sizeof *offsets));
    for (uint32_t i = 0; i < list->n; i++) offsets[i] = (uint32_t)put(m, list->at[i], strlen(list->at[i]) + 1);
    uint64_t at = put(m, offsets, list->n * sizeof *offsets);
    free(offsets);
    return at;
}

static void put_rows(image *m, slk_net_head *h, const rows *r) {
    h->table = r->cap;
    h->rows = r->n;
    h->keys = section(m, 8 * (size_t)r->cap);
    for (uint32_t i = 0; i < r->cap; i++) {
        if (r->row[i] == UINT32_MAX) continue;
        uint32_t at = slk_net_place(r->keys[i], r->cap), pair[2] = {r->keys[i], r->row[i] + 1}, there[2];
        for (;; at = (at + 1) & (r->cap - 1)) {
            memcpy(there, m->at + h->keys + 8 * (size_t)at, 8);
            if (there[1] == 0) break;
        }
        memcpy(m->at + h->keys + 8 * (size_t)at, pair, 8);
    }
}

static float most_of(const float *w, size_t n, size_t step) {
    float most = 1e-6f;
    for (size_t i = 0; i < n; i++) most = fmaxf(most, fabsf(w[i * step]));
    return most;
}

static int8_t round8(float x) {
    float v = roundf(x);
    return (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
}

static void put_embeddings(image *m, slk_net_head *h, const net *n) {
    const param *p = &n->p[P_EMB];
    size_t k = (size_t)p->rows * p->cols;
    float scale = most_of(p->w, k, 1) / 127, *scales = need(calloc(p->cols, sizeof *scales));
    for (uint32_t i = 0; i < p->cols; i++) scales[i] = scale;
    h->embeddings = section(m, k);
    for (size_t i = 0; i < k; i++) m->at[h->embeddings + i] = round8(p->w[i] / scale);
    h->embeddings_scale = put(m, scales, p->cols * sizeof(float));
    h->embeddings_bias = put(m, n->p[P_EMB_B].w, p->cols * sizeof(float));
    free(scales);
}

/* What is put into a layer, and what comes out: y = times * (weights . inputs + bias) + plus. */
typedef struct linear {
    const float *w, *bias; /* in x out; out, or NULL */
    uint32_t in, out;
    const float *unit;  /* in: what one step of each input is worth; */
    uint32_t zero_from; /* inputs from here on have 64 for zero */
    float times, plus;
    float never; /* y of the outputs that only fill the last block */
} linear;

static void put_layer(image *m, slk_net_layer *l, const linear *from) {
    uint32_t in = from->in, out = from->out, pad = slk_dot_pad(in, SLK_DOT_INS), wide = slk_dot_pad(out, SLK_DOT_OUTS);
    *l = (slk_net_layer){.n_in = in, .n_out = out, .k_pad = pad};
    l->weights = section(m, (size_t)wide * pad);
    float *scale = need(calloc(wide, sizeof *scale)), *b = need(calloc(wide, sizeof *b)),
          *column = need(calloc(in, sizeof *column));
    for (uint32_t o = 0; o < wide; o++) b[o] = from->never;
    for (uint32_t o = 0; o < out; o++) {
        int32_t zeros = 0;
        for (uint32_t i = 0; i < in; i++) column[i] = from->w[(size_t)i * out + o] * from->unit[i];
        float step = most_of(column, in, 1) / 127;
        for (uint32_t i = 0; i < in; i++) {
            int8_t q = round8(column[i] / step);
            m->at[l->weights + slk_dot_place(o, i, pad)] = q;
            if (i >= from->zero_from) zeros += q;
        }
        float real = (from->bias ? from->bias[o] : 0) - step * (float)(SLK_NET_ZERO * zeros);
        scale[o] = step * from->times;
        b[o] = real * from->times + from->plus;
    }
    l->scale = put(m, scale, wide * sizeof *scale);
    l->bias = put(m, b, wide * sizeof *b);
    free(scale);
    free(b);
    free(column);
}

/* Update gates as 0.25 y + 0.5, candidates in steps of the state, both directions. */
static void put_gates(image *m, slk_net_layer *l, const linear *from, uint32_t gates) {
    put_layer(m, l, from);
    float *scale = (void *)(m->at + l->scale), *bias = (void *)(m->at + l->bias);
    for (uint32_t o = 0; o < from->out; o++) {
        bool update = o / gates % 2 == 0;
        scale[o] *= update ? 0.25f : SLK_NET_STATE;
        bias[o] = update ? 0.25f * bias[o] + 0.5f : SLK_NET_STATE * bias[o];
    }
}

/* The root is a head that is the same for all words, and the space of dependents is linear: its score is one output. */
static void put_root(image *m, slk_net_head *h, const net *n, const linear *heads, float product) {
    const param *w = &n->p[P_ARC_DEP];
    const float *root = n->p[P_ARC_ROOT].w;
    float *column = need(calloc(w->rows, sizeof *column)), bias = n->p[P_DISTANCE].w[DISTANCES - 1];
    for (uint32_t k = 0; k < w->cols; k++) bias += n->p[P_ARC_DEP_B].w[k] * root[k];
    for (uint32_t i = 0; i < w->rows; i++)
        for (uint32_t k = 0; k < w->cols; k++) column[i] += w->w[(size_t)i * w->cols + k] * root[k];
    linear from = *heads;
    from.w = column, from.bias = &bias, from.out = 1, from.times = 1 / product;
    put_layer(m, &h->layer[SLK_NET_ARC_ROOT], &from);
    free(column);
}

typedef struct steps { /* what one step of an activation is worth */
    float head, dep, hidden;
} steps;

static steps set_scales(slk_net_head *h, const ranges *r, double beyond) {
    for (unsigned i = 0; i <= CONVS; i++) h->x_scale[i] = range_top(&r->x[i], beyond) / 127;
    return (steps){range_top(&r->head, beyond) / 127, range_top(&r->dep, beyond) / 127,
                   range_top(&r->hidden, beyond) / 127};
}

static linear of(const net *n, unsigned w, unsigned bias, const float *unit, uint32_t zero_from) {
    const param *p = &n->p[w];
    return (linear){p->w, bias < P_COUNT ? n->p[bias].w : NULL, p->rows, p->cols, unit, zero_from, 1, 0, 0};
}

static void put_encoder(image *m, slk_net_head *h, const net *n, float *unit, uint32_t o) {
    uint32_t d = n->s.width;
    for (unsigned i = 0; i < CONVS; i++) {
        for (uint32_t k = 0; k < 3 * d; k++) unit[k] = h->x_scale[i];
        linear from = of(n, P_CONV + 2 * i, P_CONV + 2 * i + 1, unit, 3 * d);
        put_layer(m, &h->layer[SLK_NET_CONV1 + i], &from);
    }
    for (uint32_t k = 0; k < o; k++) unit[k] = k < d ? h->x_scale[CONVS] : 1 / SLK_NET_STATE;
    for (unsigned i = 0; i < GRUS; i++) {
        linear from = of(n, P_GRU + 2 * i, P_GRU + 2 * i + 1, unit, d);
        put_gates(m, &h->layer[SLK_NET_GRU1 + i], &from, n->s.gates);
    }
}

static void put_layers(image *m, slk_net_head *h, const net *n, steps s) {
    uint32_t d = n->s.width, o = d + 2 * GRUS * n->s.gates, widest = 3 * d > o ? 3 * d : o;
    const float fine = SLK_NET_FINE / s.hidden, vote = SLK_NET_VOTE, never = (float)SLK_NET_NEVER;
    const struct {
        unsigned layer, param, bias;
        float times, never;
    } heads[] = {
        {SLK_NET_UPOS, P_UPOS, P_UPOS_B, vote, never},
        {SLK_NET_XPOS, P_XPOS, P_XPOS_B, vote, never},
        {SLK_NET_FEATS, P_FEATS, P_FEATS_B, vote, never},
        {SLK_NET_NER, P_NER, P_NER_B, vote, never},
        {SLK_NET_ARC_DEP, P_ARC_DEP, P_ARC_DEP_B, 1 / s.dep, 0},
        {SLK_NET_ARC_HEAD, P_ARC_HEAD, P_ARC_HEAD_B, 1 / s.head, 0},
        {SLK_NET_LAB_DEP, P_LAB_DEP, P_LAB_DEP_B, fine, 0},
        {SLK_NET_LAB_HEAD, P_LAB_HEAD, P_COUNT, fine, 0},
    };
    float *unit = need(calloc(widest, sizeof *unit));
    put_encoder(m, h, n, unit, o);
    for (unsigned i = 0; i < sizeof heads / sizeof *heads; i++) {
        linear from = of(n, heads[i].param, heads[i].bias, unit, d);
        from.times = heads[i].times, from.never = heads[i].never;
        put_layer(m, &h->layer[heads[i].layer], &from);
        if (heads[i].layer == SLK_NET_ARC_DEP) put_root(m, h, n, &from, s.head * s.dep);
    }
    for (uint32_t k = 0; k < n->s.lab; k++) unit[k] = s.hidden;
    linear rel = of(n, P_REL, P_REL_B, unit, n->s.lab);
    rel.times = vote, rel.never = never;
    put_layer(m, &h->layer[SLK_NET_REL], &rel);
    free(unit);
}

/* What is added to products and sums of steps is rounded to whole ones. */
static void put_arcs(image *m, slk_net_head *h, const net *n, steps s) {
    int32_t distance[DISTANCES];
    int16_t *root = need(calloc(n->s.lab, sizeof *root));
    for (unsigned i = 0; i < DISTANCES; i++) distance[i] = (int32_t)roundf(n->p[P_DISTANCE].w[i] / (s.head * s.dep));
    for (uint32_t i = 0; i < n->s.lab; i++) {
        float v = roundf(n->p[P_LAB_ROOT].w[i] * SLK_NET_FINE / s.hidden);
        root[i] = (int16_t)(v > 32767 ? 32767 : v < -32767 ? -32767 : v);
    }
    h->distance = put(m, distance, sizeof distance);
    h->lab_root = put(m, root, n->s.lab * sizeof *root);
    free(root);
}

bool model_fits(const net *n) {
    return n->s.width % 64 == 0 && n->s.gates % 64 == 0 && n->s.arc % 64 == 0 && n->s.lab % 32 == 0;
}

void model_save(net *n, const labels *l, const rows *r, const corpus *c, double beyond, const char *path) {
    ranges *seen = need(calloc(1, sizeof *seen));
    for (uint32_t s = 0; s < c->n_sentences; s += 8) net_observe(n, c, &s, 1, seen);
    image m = {0};
    slk_net_head h = {.magic = SLK_NET_MAGIC, .version = SLK_NET_VERSION};
    (void)section(&m, sizeof h);
    h.width = n->s.width, h.gates = n->s.gates, h.arc = n->s.arc, h.lab = n->s.lab;
    const names *kinds[SLK_NET_LABELS] = {&l->upos, &l->xpos, &l->feats, &l->rel, &l->ner};
    const uint32_t counts[SLK_NET_LABELS] = {n->s.upos, n->s.xpos, n->s.feats, n->s.rel, n->s.ner};
    for (unsigned i = 0; i < SLK_NET_LABELS; i++) {
        h.labels[i] = put_labels(&m, kinds[i]);
        h.n_labels[i] = counts[i];
    }
    put_rows(&m, &h, r);
    put_embeddings(&m, &h, n);
    steps s = set_scales(&h, seen, beyond);
    put_layers(&m, &h, n, s);
    put_arcs(&m, &h, n, s);
    (void)section(&m, 0);
    m.n = (m.n + 63) / 64 * 64;
    h.length = m.n;
    memcpy(m.at, &h, sizeof h);
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(m.at, 1, m.n, out) != m.n || fclose(out) != 0) die("%s: cannot be written", path);
    free(m.at);
    free(seen);
}
