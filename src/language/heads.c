/* heads.c - from what the encoder saw to tags, heads and relations; the memory of the net at work. See net.h. */
#include <string.h>

#include "language/net_inside.h"

/* ---------------------------------------------------------------- memory */

static size_t up(size_t n) { return (n + 63) / 64 * 64; }

/* x, sums and in, and in the same place the scores of arcs, which come when those are done with. */
static bool take_work(slk_net_scratch *s, uint32_t rows, slk_arena *arena) {
    const slk_net_head *h = s->net->head;
    uint32_t widest = 2 * h->gates;
    for (unsigned i = 0; i < SLK_NET_LAYERS; i++) {
        bool recurrent = i >= SLK_NET_GRU1 && i < SLK_NET_GRU1 + SLK_NET_GRUS;
        uint32_t n = slk_net_outs(h->layer[i].n_out);
        if (!recurrent && n > widest) widest = n;
    }
    uint32_t strip = rows < SLK_NET_STRIP ? rows : SLK_NET_STRIP;
    size_t x = up((size_t)rows * h->width * sizeof *s->x), sums = up((size_t)strip * widest * sizeof *s->sums),
           in = (size_t)rows * 3 * h->width, arcs = (size_t)rows * rows * sizeof *s->arcs;
    char *at = slk_arena_room(arena, x + sums + in > arcs ? x + sums + in : arcs);
    if (!at) return false;
    s->x = (void *)at;
    s->sums = (void *)(at + x);
    s->in = (void *)(at + x + sums);
    s->arcs = (void *)at;
    return true;
}

static uint32_t distance_bucket(int distance) {
    uint32_t d = (uint32_t)(distance < 0 ? -distance : distance);
    uint32_t k = d <= 4 ? d - 1 : d <= 6 ? 4 : d <= 9 ? 5 : d <= 14 ? 6 : d <= 24 ? 7 : 8;
    return distance > 0 ? k : 9 + k;
}

static void set_distances(slk_net_scratch *s) {
    const int32_t *score = (const void *)(s->net->at + s->net->head->distance);
    for (int i = 0; i < (int)(sizeof s->distance / sizeof *s->distance); i++) {
        int distance = (int)SLK_NET_WINDOW - i;                                           /* head minus word */
        s->distance[i] = distance ? score[distance_bucket(distance)] : 2 * SLK_NET_NEVER; /* no word heads itself */
    }
}

slk_net_scratch *slk_net_scratch_new(const slk_net *net, const slk_kernel *kernel, uint32_t most, slk_arena *arena) {
    const slk_net_head *h = net->head;
    slk_net_scratch *s = slk_arena_take(arena, sizeof *s);
    if (!s) return NULL;
    uint32_t rows = slk_dot_pad(most, SLK_DOT_ROWS), more = rows + SLK_DOT_ROWS; /* a sentence's rows end anywhere */
    s->net = net;
    s->kernel = kernel;
    s->most = most;
    s->back = slk_arena_room(arena, 2 * (size_t)rows);
    s->sum = slk_arena_room(arena, h->width * sizeof *s->sum);
    uint32_t out = slk_net_out_stride(h), conv = 3 * h->width; /* it serves as input of convolutions before */
    s->out = slk_arena_room(arena, (size_t)rows * (out > conv ? out : conv));
    s->state = slk_arena_room(arena, h->gates * sizeof *s->state);
    s->head = slk_arena_room(arena, (size_t)more * h->arc);
    s->dep = slk_arena_room(arena, (size_t)rows * h->arc);
    s->dep_w = slk_arena_room(arena, (size_t)rows * h->arc);
    s->lab_dep = slk_arena_room(arena, (size_t)rows * h->lab * sizeof *s->lab_dep);
    s->lab_head = slk_arena_room(arena, (size_t)rows * h->lab * sizeof *s->lab_head);
    s->root = slk_arena_room(arena, rows * sizeof *s->root);
    s->best = slk_arena_room(arena, rows * sizeof *s->best);
    s->heads = slk_arena_room(arena, rows * sizeof *s->heads);
    bool all = take_work(s, rows, arena) && s->back && s->sum && s->out && s->state && s->head && s->dep && s->dep_w &&
               s->lab_dep && s->lab_head && s->root && s->best && s->heads;
    if (!all) return NULL;
    s->ahead = s->back + rows;
    set_distances(s);
    return s;
}

/* ---------------------------------------------------------------- heads of single words */

static uint32_t strip_at(uint32_t first, uint32_t n) { return n - first < SLK_NET_STRIP ? n - first : SLK_NET_STRIP; }

static const uint8_t *seen(const slk_net_scratch *s, uint32_t t) {
    return s->out + (size_t)t * slk_net_out_stride(s->net->head);
}

/* The most likely label of each of the strip's words. in: the words' activations. */
static void tag(const slk_net_scratch *s, unsigned layer, const uint8_t *in, uint32_t stride, uint32_t words,
                slk_net_word *out, size_t member) {
    const slk_net_layer *l = &s->net->head->layer[layer];
    uint32_t wide = slk_net_outs(l->n_out);
    slk_affine f = slk_net_affine(s->net, l, 0);
    slk_net_dots(s, layer, 0, wide, in, stride, words);
    for (uint32_t t = 0; t < words; t++) {
        uint32_t best = s->kernel->best(s->sums + (size_t)t * wide, f, wide);
        uint16_t label = (uint16_t)(best < l->n_out ? best : 0);
        memcpy((char *)&out[t] + member, &label, sizeof label);
    }
}

static void tag_all(const slk_net_scratch *s, uint32_t first, uint32_t words, unsigned wants, slk_net_word *out) {
    uint32_t stride = slk_net_out_stride(s->net->head);
    const uint8_t *in = seen(s, first);
    if (wants & SLK_NET_TAGS) {
        tag(s, SLK_NET_UPOS, in, stride, words, out, offsetof(slk_net_word, upos));
        tag(s, SLK_NET_XPOS, in, stride, words, out, offsetof(slk_net_word, xpos));
    }
    if (wants & SLK_NET_FEATURES) tag(s, SLK_NET_FEATS, in, stride, words, out, offsetof(slk_net_word, feats));
    if (wants & SLK_NET_NAMES) tag(s, SLK_NET_NER, in, stride, words, out, offsetof(slk_net_word, ner));
}

/* The spaces in which heads and relations are looked for, for one strip. */
static void spaces(const slk_net_scratch *s, uint32_t first, uint32_t words) {
    const slk_net_head *h = s->net->head;
    const slk_kernel *k = s->kernel;
    uint32_t stride = slk_net_out_stride(h), a = h->arc, l = h->lab;
    const uint8_t *in = seen(s, first);
    slk_net_dots(s, SLK_NET_ARC_ROOT, 0, SLK_DOT_OUTS, in, stride, words);
    slk_affine f = slk_net_affine(s->net, &h->layer[SLK_NET_ARC_ROOT], 0);
    for (uint32_t t = 0; t < words; t++) {
        float product = (float)s->sums[(size_t)t * SLK_DOT_OUTS] * f.scale[0], y = product + f.bias[0];
        y = y < SLK_NET_NEVER ? SLK_NET_NEVER : y;
        s->root[first + t] = (int32_t)(y > -SLK_NET_NEVER ? -SLK_NET_NEVER : y);
    }
    slk_net_dots(s, SLK_NET_ARC_DEP, 0, a, in, stride, words);
    f = slk_net_affine(s->net, &h->layer[SLK_NET_ARC_DEP], 0);
    for (uint32_t t = 0; t < words; t++) k->with_sign(s->sums + (size_t)t * a, f, a, s->dep + (size_t)(first + t) * a);
    slk_net_dots(s, SLK_NET_ARC_HEAD, 0, a, in, stride, words);
    f = slk_net_affine(s->net, &h->layer[SLK_NET_ARC_HEAD], 0);
    for (uint32_t t = 0; t < words; t++) k->positive(s->sums + (size_t)t * a, f, a, s->head + (size_t)(first + t) * a);
    slk_net_dots(s, SLK_NET_LAB_DEP, 0, l, in, stride, words);
    f = slk_net_affine(s->net, &h->layer[SLK_NET_LAB_DEP], 0);
    for (uint32_t t = 0; t < words; t++) k->wide(s->sums + (size_t)t * l, f, l, s->lab_dep + (size_t)(first + t) * l);
    slk_net_dots(s, SLK_NET_LAB_HEAD, 0, l, in, stride, words);
    f = slk_net_affine(s->net, &h->layer[SLK_NET_LAB_HEAD], 0);
    for (uint32_t t = 0; t < words; t++) k->wide(s->sums + (size_t)t * l, f, l, s->lab_head + (size_t)(first + t) * l);
}

/* ---------------------------------------------------------------- trees */

/* Puts the dependents of a sentence in the order that the kernels want of weights. */
static void as_weights(const slk_net_scratch *s, uint32_t first, uint32_t n) {
    uint32_t a = s->net->head->arc;
    for (uint32_t i = 0; i < n; i++) {
        const int8_t *from = s->dep + (size_t)(first + i) * a;
        int8_t *to = s->dep_w + slk_dot_place(i, 0, a);
        for (uint32_t k = 0; k < a; k += 4) memcpy(to + (size_t)k * SLK_DOT_OUTS, from + k, 4);
    }
}

/* The best head of each word by itself; where that is no tree, the best tree that can be found. */
static void find_heads(const slk_net_scratch *s, uint32_t first, uint32_t n) {
    uint32_t a = s->net->head->arc, wide = slk_net_outs(n);
    int16_t *heads = s->heads + first;
    as_weights(s, first, n);
    s->kernel->dots(s->head + (size_t)first * a, a, slk_dot_pad(n, SLK_DOT_ROWS), s->dep_w, wide, a, s->arcs);
    for (uint32_t i = 0; i < n; i++) s->best[i] = s->root[first + i] * 512 + 511;
    for (uint32_t j = 0; j < n; j++)
        s->kernel->raise(s->arcs + (size_t)j * wide, s->distance + SLK_NET_WINDOW - j, 510 - (int32_t)j, wide, s->best);
    bool all = true; /* scores at the end of their scale do not tell which is the best */
    for (uint32_t i = 0; i < n; i++) {
        heads[i] = (int16_t)(510 - (int32_t)((uint32_t)s->best[i] & 511u));
        all = all && s->best[i] >> 9 < -SLK_NET_NEVER && s->best[i] >> 9 > SLK_NET_NEVER;
    }
    if (slk_arcs_are_tree(heads, n)) return;
    for (uint32_t j = 0; j < n; j++)
        for (uint32_t i = 0; i < n; i++) s->arcs[(size_t)j * wide + i] += s->distance[SLK_NET_WINDOW - j + i];
    slk_arcs_decode(&(slk_arcs){s->arcs, s->root + first, n, 1, wide, all}, heads);
}

/* The relations of the strip's words to the heads they have got. */
static void relations(const slk_net_scratch *s, uint32_t first, uint32_t words, slk_net_word *out) {
    const slk_net_head *h = s->net->head;
    const int16_t *root = (const void *)(s->net->at + h->lab_root);
    uint32_t l = h->lab, stride = h->layer[SLK_NET_REL].k_pad;
    for (uint32_t t = first; t < first + words; t++) {
        uint32_t begin = t - s->back[t];
        const int16_t *head = s->heads[t] < 0 ? root : s->lab_head + (size_t)(begin + (uint16_t)s->heads[t]) * l;
        s->kernel->join(s->lab_dep + (size_t)t * l, head, l, s->in + (size_t)(t - first) * stride);
        out[t].head = s->heads[t];
    }
    tag(s, SLK_NET_REL, s->in, stride, words, out + first, offsetof(slk_net_word, rel));
}

void slk_net_read(slk_net_scratch *s, const slk_text *forms, const int16_t *const *sums, const uint16_t *lengths,
                  uint32_t n_sentences, unsigned wants, slk_net_word *out) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_sentences; i++)
        for (uint32_t k = 0; k < lengths[i]; k++, n++) {
            s->back[n] = (uint8_t)k;
            s->ahead[n] = (uint8_t)(lengths[i] - 1 - k);
            out[n] = (slk_net_word){.head = -1};
        }
    slk_net_encode(s, forms, sums, n);
    for (uint32_t t = 0; t < n; t += SLK_NET_STRIP) {
        tag_all(s, t, strip_at(t, n), wants, out + t);
        if (wants & SLK_NET_TREE) spaces(s, t, strip_at(t, n));
    }
    if (!(wants & SLK_NET_TREE)) return;
    for (uint32_t i = 0, first = 0; i < n_sentences; first += lengths[i++]) find_heads(s, first, lengths[i]);
    for (uint32_t t = 0; t < n; t += SLK_NET_STRIP) relations(s, t, strip_at(t, n), out);
}
