/* net.c - the view of a trained net's bytes, and whether they are one. See net.h, net_format.h. */
#include "language/net.h"

#include <string.h>

static uint32_t padded(uint32_t n) { return slk_dot_pad(n, SLK_DOT_INS); }
static uint32_t outs(uint32_t n) { return slk_dot_pad(n, SLK_DOT_OUTS); }

static bool inside(uint64_t at, uint64_t size, uint64_t length) {
    return at % 64 == 0 && at <= length && size <= length - at;
}

static bool layer_fits(const slk_net_layer *l, uint32_t n_in, uint32_t n_out, uint64_t length) {
    return l->n_in == n_in && l->n_out == n_out && l->k_pad == padded(n_in) &&
           inside(l->weights, (uint64_t)outs(n_out) * l->k_pad, length) &&
           inside(l->scale, 4ull * outs(n_out), length) && inside(l->bias, 4ull * outs(n_out), length);
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
        {o, 1},
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
        if (n == 0 || n > SLK_NET_LABELS_MOST || !inside(h->labels[kind], 4ull * n, h->length)) return false;
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

static bool size_fits(uint32_t n, uint32_t step) { return n > 0 && n <= 512 && n % step == 0; }

const char *slk_net_fault(slk_text bytes) {
    const slk_net_head *h = (const void *)bytes.at;
    if ((uintptr_t)bytes.at % 64 || bytes.n < sizeof *h || memcmp(h->magic, SLK_NET_MAGIC, sizeof h->magic) != 0)
        return "it is no trained net";
    if (h->version != SLK_NET_VERSION) return "the net is of another version";
    if (h->length > bytes.n) return "the net is cut short";
    bool sizes = size_fits(h->width, 64) && size_fits(h->gates, 64) && size_fits(h->arc, 64) && size_fits(h->lab, 32);
    if (!sizes || !labels_fit(bytes.at, h) || !rows_fit(bytes.at, h) || !layers_fit(h)) return "the net is damaged";
    if (!inside(h->embeddings_scale, 4ull * h->width, h->length) ||
        !inside(h->embeddings_bias, 4ull * h->width, h->length) || !inside(h->lab_root, 2ull * h->lab, h->length) ||
        !inside(h->distance, 4ull * SLK_NET_DISTANCES, h->length))
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
