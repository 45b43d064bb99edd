/* net.c - running the trained net. See net.h. Compiled without contraction of floats: a * b + c is two roundings everywhere. */
#include "language/net.h"

#include <string.h>

#include "language/form.h"

struct slk_net_scratch {
    const slk_kernel *kernel;
    uint8_t *in;   /* activations, rows padded: the widest input */
    int32_t *sums; /* of one layer */
    float *x, *y;  /* the stream of the encoder; what a layer gives */
    float *state;  /* n x 2 gates */
    float *zeros;  /* gates of them: before the first word */
    uint8_t *out;  /* what the heads see, quantized */
    float *dep, *lab_dep, *lab_head, *arcs;
    uint8_t *head;                      /* candidates, quantized */
    int8_t *dep_q, *dep_w;              /* the dependents, quantized; the same as weights */
    float distance[2 * SLK_NET_WINDOW]; /* bias for head minus word plus SLK_NET_WINDOW */
    int16_t heads[SLK_NET_WINDOW];
};

/* ---------------------------------------------------------------- the view */

static uint32_t padded(uint32_t n) { return slk_dot_pad(n, SLK_DOT_INS); }
static uint32_t outs(uint32_t n) { return slk_dot_pad(n, SLK_DOT_OUTS); }

static bool inside(uint64_t at, uint64_t size, uint64_t length) {
    return at % 4 == 0 && at <= length && size <= length - at;
}

static bool layer_fits(const slk_net_layer *l, uint32_t n_in, uint32_t n_out, uint64_t length) {
    return l->n_in == n_in && l->n_out == n_out && l->k_pad == padded(n_in) && l->weights % 64 == 0 &&
           inside(l->weights, (uint64_t)outs(n_out) * l->k_pad, length) && inside(l->scale, 4ull * n_out, length) &&
           inside(l->bias, 4ull * n_out, length);
}

static bool layers_fit(const slk_net_head *h) {
    uint32_t g = h->gates, o = h->width + 2 * SLK_NET_GRUS * g;
    const uint32_t shape[SLK_NET_LAYERS][2] = {
        {3 * h->width, h->width},
        {3 * h->width, h->width},
        {3 * h->width, h->width},
        {h->width, 4 * g},
        {h->width + 2 * g, 4 * g},
        {o, h->n_labels[SLK_NET_L_UPOS]},
        {o, h->n_labels[SLK_NET_L_XPOS]},
        {o, h->n_labels[SLK_NET_L_FEATS]},
        {o, h->n_labels[SLK_NET_L_NER]},
        {o, h->arc},
        {o, h->arc},
        {o, h->lab},
        {o, h->lab},
        {h->lab, h->n_labels[SLK_NET_L_REL]},
    };
    for (unsigned i = 0; i < SLK_NET_LAYERS; i++)
        if (!layer_fits(&h->layer[i], shape[i][0], shape[i][1], h->length)) return false;
    return true;
}

static bool labels_fit(const char *at, const slk_net_head *h) {
    for (unsigned kind = 0; kind < SLK_NET_LABELS; kind++) {
        uint32_t n = h->n_labels[kind];
        if (n == 0 || n > 4096 || !inside(h->labels[kind], 4ull * n, h->length)) return false;
        const uint32_t *offsets = (const void *)(at + h->labels[kind]);
        for (uint32_t i = 0; i < n; i++)
            if (offsets[i] >= h->length || !memchr(at + offsets[i], 0, h->length - offsets[i])) return false;
    }
    return true;
}

static bool rows_fit(const char *at, const slk_net_head *h) {
    if (h->table == 0 || (h->table & (h->table - 1)) || h->table > 1u << 24 || h->rows >= h->table) return false;
    if (!inside(h->keys, 8ull * h->table, h->length) || !inside(h->embeddings, (uint64_t)h->rows * h->width, h->length))
        return false;
    const uint32_t *pairs = (const void *)(at + h->keys);
    uint32_t free_places = 0;
    for (uint32_t i = 0; i < h->table; i++) {
        if (pairs[2 * i + 1] > h->rows) return false;
        free_places += pairs[2 * i + 1] == 0;
    }
    return free_places > 0;
}

const char *slk_net_fault(slk_text bytes) {
    const slk_net_head *h = (const void *)bytes.at;
    if ((uintptr_t)bytes.at % 64 || bytes.n < sizeof *h || memcmp(h->magic, SLK_NET_MAGIC, sizeof h->magic) != 0)
        return "it is no trained net";
    if (h->version != SLK_NET_VERSION) return "the net is of another version";
    if (h->length > bytes.n) return "the net is cut short";
    bool sizes = h->width && h->width <= 1024 && h->gates && h->gates <= 512 && h->arc && h->arc <= 1024 && h->lab &&
                 h->lab <= 1024;
    if (!sizes || !labels_fit(bytes.at, h) || !rows_fit(bytes.at, h) || !layers_fit(h)) return "the net is damaged";
    if (!inside(h->embeddings_bias, 4ull * h->width, h->length) || !inside(h->arc_root, 4ull * h->arc, h->length) ||
        !inside(h->lab_root, 4ull * h->lab, h->length) || !inside(h->distance, 4ull * SLK_NET_DISTANCES, h->length))
        return "the net is damaged";
    return NULL;
}

slk_err slk_net_of(slk_text bytes, slk_net *out) {
    if (!bytes.n) return SLK_EPACK;
    *out = (slk_net){bytes.at, (const void *)bytes.at};
    return SLK_OK;
}

const char *slk_net_label(const slk_net *net, unsigned kind, uint32_t number) {
    const uint32_t *offsets = (const void *)(net->at + net->head->labels[kind]);
    return net->at + offsets[number];
}

static const float *floats_at(const slk_net *net, uint64_t at) { return (const void *)(net->at + at); }

static void *aligned(slk_arena *arena, size_t n) {
    char *p = slk_arena_take(arena, n + 64);
    return p ? p + (64 - (uintptr_t)p % 64) % 64 : NULL;
}

static uint32_t distance_bucket(int distance) {
    uint32_t d = (uint32_t)(distance < 0 ? -distance : distance);
    uint32_t k = d <= 4 ? d - 1 : d <= 6 ? 4 : d <= 9 ? 5 : d <= 14 ? 6 : d <= 24 ? 7 : 8;
    return distance > 0 ? k : 9 + k;
}

slk_net_scratch *slk_net_scratch_new(const slk_net *net, const slk_kernel *kernel, slk_arena *arena) {
    const slk_net_head *h = net->head;
    size_t n = SLK_NET_WINDOW, o = padded(h->width + 2 * SLK_NET_GRUS * h->gates), widest = 4 * h->gates;
    for (unsigned i = 0; i < SLK_NET_LAYERS; i++)
        if (outs(h->layer[i].n_out) > widest) widest = outs(h->layer[i].n_out);
    if (widest < n) widest = n; /* the scores of arcs */
    slk_net_scratch *s = slk_arena_take(arena, sizeof *s);
    if (!s) return NULL;
    s->kernel = kernel;
    const float *bias = floats_at(net, h->distance);
    for (int i = 1; i < 2 * (int)SLK_NET_WINDOW; i++)
        s->distance[i] = i == (int)SLK_NET_WINDOW ? 0 : bias[distance_bucket(i - (int)SLK_NET_WINDOW)];
    s->in = aligned(arena, n * padded(3 * h->width));
    s->sums = aligned(arena, n * widest * sizeof *s->sums);
    s->x = aligned(arena, n * h->width * sizeof *s->x);
    s->y = aligned(arena, n * widest * sizeof *s->y);
    s->state = aligned(arena, n * 2 * h->gates * sizeof *s->state);
    s->zeros = aligned(arena, h->gates * sizeof *s->zeros);
    s->out = aligned(arena, n * o);
    s->dep = aligned(arena, n * h->arc * sizeof *s->dep);
    s->lab_dep = aligned(arena, n * h->lab * sizeof *s->lab_dep);
    s->lab_head = aligned(arena, n * h->lab * sizeof *s->lab_head);
    s->arcs = aligned(arena, n * (n + 1) * sizeof *s->arcs);
    s->head = aligned(arena, n * padded(h->arc));
    s->dep_q = aligned(arena, n * padded(h->arc));
    s->dep_w = aligned(arena, n * padded(h->arc));
    bool all = s->in && s->sums && s->x && s->y && s->state && s->zeros && s->out && s->dep && s->lab_dep &&
               s->lab_head && s->arcs && s->head && s->dep_q && s->dep_w;
    return all ? s : NULL;
}

/* ---------------------------------------------------------------- layers */

/* The hot loops over floats are built for AVX2 too, chosen when the program starts; without fused products both give the same. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Rounds x / unit to 0 .. 127. */
WIDE static void quantize_all(const float *x, uint32_t n, float inverse, float zero, uint8_t *out) {
    for (uint32_t i = 0; i < n; i++) {
        float v = x[i] * inverse;
        v = v + zero;
        v = v < 0 ? 0 : v;
        v = v > 127 ? 127 : v;
        out[i] = (uint8_t)(int32_t)(v + 0.5f);
    }
}

WIDE static void scale_all(const int32_t *sums, const float *scale, const float *bias, uint32_t n, float *y) {
    for (uint32_t i = 0; i < n; i++) {
        float product = (float)sums[i] * scale[i];
        y[i] = product + bias[i];
    }
}

WIDE static void add_positive(float *x, const float *y, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] = x[i] + (y[i] > 0 ? y[i] : 0);
}

WIDE static void add_row(int16_t *sum, const int8_t *row, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) sum[i] = (int16_t)(sum[i] + row[i]);
}

/* y (n x n_out) = layer(in) */
static void linear(const slk_net *net, slk_net_scratch *s, unsigned layer, const uint8_t *in, uint32_t stride,
                   uint32_t n, float *y) {
    const slk_net_layer *l = &net->head->layer[layer];
    const float *scale = floats_at(net, l->scale), *bias = floats_at(net, l->bias);
    uint32_t wide = outs(l->n_out);
    s->kernel->dots(in, stride, n, (const int8_t *)net->at + l->weights, wide, l->k_pad, s->sums);
    for (uint32_t t = 0; t < n; t++)
        scale_all(s->sums + (size_t)t * wide, scale, bias, l->n_out, y + (size_t)t * l->n_out);
}

static const int8_t *embedding(const slk_net *net, uint32_t key) {
    const slk_net_head *h = net->head;
    const uint32_t *pairs = (const void *)(net->at + h->keys);
    for (uint32_t at = slk_net_place(key, h->table);; at = (at + 1) & (h->table - 1)) {
        uint32_t row = pairs[2 * at + 1];
        if (row == 0) return NULL;
        if (pairs[2 * at] == key) return (const int8_t *)net->at + h->embeddings + (size_t)(row - 1) * h->width;
    }
}

static void embed(const slk_net *net, slk_net_scratch *s, const slk_text *forms, uint32_t n) {
    const slk_net_head *h = net->head;
    const float *bias = floats_at(net, h->embeddings_bias);
    for (uint32_t t = 0; t < n; t++) {
        uint32_t keys[SLK_FORM_FEATURES];
        int16_t sum[1024] = {0};
        unsigned n_keys = slk_form_features(forms[t], keys);
        for (unsigned k = 0; k < n_keys; k++) {
            const int8_t *row = embedding(net, keys[k]);
            if (row) add_row(sum, row, h->width);
        }
        float *x = s->x + (size_t)t * h->width;
        for (uint32_t i = 0; i < h->width; i++) {
            float v = (float)sum[i] * h->embeddings_scale;
            v = v + bias[i];
            x[i] = v > 0 ? v : 0;
        }
    }
}

/* in: each word with those `step` before and behind it, quantized. */
static void gather(const slk_net *net, slk_net_scratch *s, uint32_t n, unsigned conv) {
    const slk_net_head *h = net->head;
    uint32_t d = h->width, pad = h->layer[SLK_NET_CONV1 + conv].k_pad, step = 1u << conv;
    float inverse = 1 / h->x_scale[conv];
    for (uint32_t t = 0; t < n; t++) {
        uint8_t *row = s->in + (size_t)t * pad;
        quantize_all(s->x + (size_t)t * d, d, inverse, 0, row + d);
        memset(row + 3 * (size_t)d, 0, pad - 3 * (size_t)d);
    }
    for (uint32_t t = 0; t < n; t++) {
        uint8_t *row = s->in + (size_t)t * pad;
        if (t >= step)
            memcpy(row, row - (size_t)step * pad + d, d);
        else
            memset(row, 0, d);
        if (t + step < n)
            memcpy(row + 2 * (size_t)d, row + (size_t)step * pad + d, d);
        else
            memset(row + 2 * (size_t)d, 0, d);
    }
}

static void convolve(const slk_net *net, slk_net_scratch *s, uint32_t n, unsigned conv) {
    gather(net, s, n, conv);
    linear(net, s, SLK_NET_CONV1 + conv, s->in, net->head->layer[SLK_NET_CONV1].k_pad, n, s->y);
    add_positive(s->x, s->y, (size_t)n * net->head->width);
}

static void quantize_x(const slk_net *net, const slk_net_scratch *s, uint32_t n, uint8_t *out, uint32_t pad) {
    const slk_net_head *h = net->head;
    float inverse = 1 / h->x_scale[SLK_NET_CONVS];
    for (uint32_t t = 0; t < n; t++)
        quantize_all(s->x + (size_t)t * h->width, h->width, inverse, 0, out + (size_t)t * pad);
}

/* h = (1 - z) before + z c for the gates of one word and direction, z and c piecewise linear. */
WIDE static void recur(const float *p, uint32_t g, const float *before, float *state) {
    for (uint32_t j = 0; j < g; j++) {
        float z = 0.25f * p[j], c = p[g + j];
        z = z + 0.5f;
        z = z < 0 ? 0 : z;
        z = z > 1 ? 1 : z;
        c = c < -1 ? -1 : c;
        c = c > 1 ? 1 : c;
        float kept = (1 - z) * before[j], come = z * c;
        state[j] = kept + come;
    }
}

static uint32_t out_stride(const slk_net *net) { return net->head->layer[SLK_NET_UPOS].k_pad; }

/* One recurrent layer: from what the heads will see so far, its states put behind it. */
static void recur_all(const slk_net *net, slk_net_scratch *s, uint32_t n, unsigned layer) {
    uint32_t g = net->head->gates, stride = out_stride(net), at = net->head->width + 2 * layer * g;
    linear(net, s, SLK_NET_GRU1 + layer, s->out, stride, n, s->y);
    for (uint32_t t = 0; t < n; t++) {
        uint32_t r = n - 1 - t;
        float *forward = s->state + (size_t)t * 2 * g, *back = s->state + (size_t)r * 2 * g + g;
        recur(s->y + (size_t)t * 4 * g, g, t ? forward - 2 * (size_t)g : s->zeros, forward);
        recur(s->y + (size_t)r * 4 * g + 2 * (size_t)g, g, t ? back + 2 * (size_t)g : s->zeros, back);
    }
    for (uint32_t t = 0; t < n; t++)
        quantize_all(s->state + (size_t)t * 2 * g, 2 * g, SLK_NET_STATE, (float)SLK_NET_ZERO,
                     s->out + (size_t)t * stride + at);
}

/* What the heads see: the stream and the states of all recurrent layers. */
static void encode(const slk_net *net, slk_net_scratch *s, const slk_text *forms, uint32_t n) {
    embed(net, s, forms, n);
    for (unsigned i = 0; i < SLK_NET_CONVS; i++) convolve(net, s, n, i);
    memset(s->out, 0, (size_t)n * out_stride(net));
    quantize_x(net, s, n, s->out, out_stride(net));
    for (unsigned i = 0; i < SLK_NET_GRUS; i++) recur_all(net, s, n, i);
}

/* ---------------------------------------------------------------- heads */

static uint32_t best_of(const float *row, uint32_t n) {
    uint32_t best = 0;
    for (uint32_t k = 1; k < n; k++)
        if (row[k] > row[best]) best = k;
    return best;
}

static void tag(const slk_net *net, slk_net_scratch *s, unsigned layer, uint32_t n, slk_net_word *out, size_t member) {
    uint32_t n_out = net->head->layer[layer].n_out;
    linear(net, s, layer, s->out, out_stride(net), n, s->y);
    for (uint32_t t = 0; t < n; t++) {
        uint16_t best = (uint16_t)best_of(s->y + (size_t)t * n_out, n_out);
        memcpy((char *)&out[t] + member, &best, sizeof best);
    }
}

WIDE static void quantize_signed(const float *x, uint32_t n, float inverse, int8_t *out) {
    for (uint32_t i = 0; i < n; i++) {
        float v = x[i] * inverse;
        v = v < -127 ? -127 : v;
        v = v > 127 ? 127 : v;
        out[i] = (int8_t)((int32_t)(v + 128.5f) - 128);
    }
}

static void arc_spaces(const slk_net *net, slk_net_scratch *s, uint32_t n) {
    const slk_net_head *h = net->head;
    uint32_t k = h->arc, pad = padded(k);
    linear(net, s, SLK_NET_ARC_DEP, s->out, out_stride(net), n, s->dep);
    linear(net, s, SLK_NET_ARC_HEAD, s->out, out_stride(net), n, s->y);
    memset(s->dep_q, 0, (size_t)n * pad);
    memset(s->head, 0, (size_t)n * pad);
    for (uint32_t t = 0; t < n; t++) {
        quantize_signed(s->dep + (size_t)t * k, k, 1 / h->dep_scale, s->dep_q + (size_t)t * pad);
        quantize_all(s->y + (size_t)t * k, k, 1 / h->head_scale, 0, s->head + (size_t)t * pad);
    }
}

/* Puts the dependents in the order that the kernels want of weights. */
static void as_weights(slk_net_scratch *s, uint32_t n, uint32_t k_pad) {
    memset(s->dep_w, 0, (size_t)outs(n) * k_pad);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < k_pad; k += SLK_DOT_INS)
            memcpy(s->dep_w + slk_dot_place(i, k, k_pad), s->dep_q + (size_t)i * k_pad + k, SLK_DOT_INS);
}

/* arcs: n x (n + 1), the last column the root. Products are computed head by word, then turned. */
static void arc_scores(const slk_net *net, slk_net_scratch *s, uint32_t n) {
    const slk_net_head *h = net->head;
    const float *bias = floats_at(net, h->distance), *root = floats_at(net, h->arc_root);
    float scale = h->head_scale * h->dep_scale;
    uint32_t wide = outs(n);
    as_weights(s, n, padded(h->arc));
    s->kernel->dots(s->head, padded(h->arc), n, s->dep_w, wide, padded(h->arc), s->sums);
    for (uint32_t i = 0; i < n; i++) {
        float *row = s->arcs + (size_t)i * (n + 1), sum = 0;
        const float *by_distance = s->distance + SLK_NET_WINDOW - i;
        for (uint32_t j = 0; j < n; j++) {
            float product = (float)s->sums[(size_t)j * wide + i] * scale;
            row[j] = product + by_distance[j];
        }
        row[i] = -1e9f;
        for (uint32_t k = 0; k < h->arc; k++) {
            float product = s->dep[(size_t)i * h->arc + k] * root[k];
            sum = sum + product;
        }
        row[n] = sum + bias[SLK_NET_DISTANCES - 1];
    }
}

static void relations(const slk_net *net, slk_net_scratch *s, uint32_t n, slk_net_word *out) {
    const slk_net_head *h = net->head;
    const float *root = floats_at(net, h->lab_root);
    uint32_t l = h->lab, pad = h->layer[SLK_NET_REL].k_pad;
    float inverse = 1 / h->hidden_scale;
    linear(net, s, SLK_NET_LAB_DEP, s->out, out_stride(net), n, s->lab_dep);
    linear(net, s, SLK_NET_LAB_HEAD, s->out, out_stride(net), n, s->lab_head);
    memset(s->in, 0, (size_t)n * pad);
    for (uint32_t t = 0; t < n; t++) {
        const float *head = s->heads[t] < 0 ? root : s->lab_head + (size_t)s->heads[t] * l;
        float *hidden = s->lab_dep + (size_t)t * l;
        for (uint32_t i = 0; i < l; i++) hidden[i] = hidden[i] + head[i];
        quantize_all(hidden, l, inverse, 0, s->in + (size_t)t * pad);
        out[t].head = s->heads[t];
    }
    uint32_t n_out = h->layer[SLK_NET_REL].n_out;
    linear(net, s, SLK_NET_REL, s->in, pad, n, s->y);
    for (uint32_t t = 0; t < n; t++) out[t].rel = (uint16_t)best_of(s->y + (size_t)t * n_out, n_out);
}

void slk_net_read(const slk_net *net, slk_net_scratch *s, const slk_text *forms, uint32_t n, unsigned wants,
                  slk_net_word *out) {
    for (uint32_t t = 0; t < n; t++) out[t] = (slk_net_word){.head = -1};
    encode(net, s, forms, n);
    if (wants & SLK_NET_TAGS) {
        tag(net, s, SLK_NET_UPOS, n, out, offsetof(slk_net_word, upos));
        tag(net, s, SLK_NET_XPOS, n, out, offsetof(slk_net_word, xpos));
    }
    if (wants & SLK_NET_FEATURES) tag(net, s, SLK_NET_FEATS, n, out, offsetof(slk_net_word, feats));
    if (wants & SLK_NET_NAMES) tag(net, s, SLK_NET_NER, n, out, offsetof(slk_net_word, ner));
    if (!(wants & SLK_NET_TREE)) return;
    arc_spaces(net, s, n);
    arc_scores(net, s, n);
    slk_arcs_decode(s->arcs, n, s->heads);
    relations(net, s, n, out);
}
