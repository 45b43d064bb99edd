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
    h->embeddings_scale = most_of(p->w, k, 1) / 127;
    h->embeddings = section(m, k);
    for (size_t i = 0; i < k; i++) m->at[h->embeddings + i] = round8(p->w[i] / h->embeddings_scale);
    h->embeddings_bias = put(m, n->p[P_EMB_B].w, p->cols * sizeof(float));
}

/* One linear layer. unit: what one step of each input is worth; inputs from `zero_from` on have 64 for zero. */
static void put_layer(image *m, slk_net_layer *l, const param *w, const param *bias, const float *unit,
                      uint32_t zero_from) {
    uint32_t in = w->rows, out = w->cols, pad = slk_dot_pad(in, SLK_DOT_INS);
    *l = (slk_net_layer){.n_in = in, .n_out = out, .k_pad = pad};
    l->weights = section(m, (size_t)slk_dot_pad(out, SLK_DOT_OUTS) * pad);
    float *scale = need(calloc(out, sizeof *scale)), *b = need(calloc(out, sizeof *b)),
          *column = need(calloc(in, sizeof *column));
    for (uint32_t o = 0; o < out; o++) {
        int32_t zeros = 0;
        for (uint32_t i = 0; i < in; i++) column[i] = w->w[(size_t)i * out + o] * unit[i];
        scale[o] = most_of(column, in, 1) / 127;
        for (uint32_t i = 0; i < in; i++) {
            int8_t q = round8(column[i] / scale[o]);
            m->at[l->weights + slk_dot_place(o, i, pad)] = q;
            if (i >= zero_from) zeros += q;
        }
        b[o] = (bias ? bias->w[o] : 0) - scale[o] * (float)(SLK_NET_ZERO * zeros);
    }
    l->scale = put(m, scale, out * sizeof *scale);
    l->bias = put(m, b, out * sizeof *b);
    free(scale);
    free(b);
    free(column);
}

static void set_scales(slk_net_head *h, const ranges *r, double beyond) {
    for (unsigned i = 0; i <= CONVS; i++) h->x_scale[i] = range_top(&r->x[i], beyond) / 127;
    h->head_scale = range_top(&r->head, beyond) / 127;
    h->dep_scale = range_top(&r->dep, beyond) / 127;
    h->hidden_scale = range_top(&r->hidden, beyond) / 127;
}

static void put_layers(image *m, slk_net_head *h, const net *n) {
    static const struct {
        unsigned layer, param;
        bool bias;
    } heads[] = {
        {SLK_NET_UPOS, P_UPOS, true},       {SLK_NET_XPOS, P_XPOS, true},          {SLK_NET_FEATS, P_FEATS, true},
        {SLK_NET_NER, P_NER, true},         {SLK_NET_ARC_DEP, P_ARC_DEP, true},    {SLK_NET_ARC_HEAD, P_ARC_HEAD, true},
        {SLK_NET_LAB_DEP, P_LAB_DEP, true}, {SLK_NET_LAB_HEAD, P_LAB_HEAD, false},
    };
    uint32_t d = n->s.width, o = d + 2 * GRUS * n->s.gates, widest = 3 * d > o ? 3 * d : o;
    float *unit = need(calloc(widest, sizeof *unit));
    for (unsigned i = 0; i < CONVS; i++) {
        for (uint32_t k = 0; k < 3 * d; k++) unit[k] = h->x_scale[i];
        put_layer(m, &h->layer[SLK_NET_CONV1 + i], &n->p[P_CONV + 2 * i], &n->p[P_CONV + 2 * i + 1], unit, 3 * d);
    }
    for (uint32_t k = 0; k < o; k++) unit[k] = k < d ? h->x_scale[CONVS] : 1 / SLK_NET_STATE;
    for (unsigned i = 0; i < GRUS; i++)
        put_layer(m, &h->layer[SLK_NET_GRU1 + i], &n->p[P_GRU + 2 * i], &n->p[P_GRU + 2 * i + 1], unit, d);
    for (unsigned i = 0; i < sizeof heads / sizeof *heads; i++)
        put_layer(m, &h->layer[heads[i].layer], &n->p[heads[i].param], heads[i].bias ? &n->p[heads[i].param + 1] : NULL,
                  unit, d);
    for (uint32_t k = 0; k < n->s.lab; k++) unit[k] = h->hidden_scale;
    put_layer(m, &h->layer[SLK_NET_REL], &n->p[P_REL], &n->p[P_REL_B], unit, n->s.lab);
    free(unit);
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
    set_scales(&h, seen, beyond);
    put_layers(&m, &h, n);
    h.arc_root = put(&m, n->p[P_ARC_ROOT].w, n->s.arc * sizeof(float));
    h.lab_root = put(&m, n->p[P_LAB_ROOT].w, n->s.lab * sizeof(float));
    h.distance = put(&m, n->p[P_DISTANCE].w, DISTANCES * sizeof(float));
    (void)section(&m, 0);
    m.n = (m.n + 63) / 64 * 64;
    h.length = m.n;
    memcpy(m.at, &h, sizeof h);
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(m.at, 1, m.n, out) != m.n || fclose(out) != 0) die("%s: cannot be written", path);
    free(m.at);
    free(seen);
}
