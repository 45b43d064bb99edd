/* figures.c - counting what a net gets right. See figures.h. */
#include "figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "language/arcs.h"
#include "language/net.h"

/* The part of a relation before the colon decides, as in the scorer. */
static bool same_relation(const labels *l, uint16_t a, uint16_t b) {
    if (a == b) return true;
    if (a >= l->rel.n || b >= l->rel.n) return false;
    size_t n = strcspn(l->rel.at[a], ":"), m = strcspn(l->rel.at[b], ":");
    return n == m && strncmp(l->rel.at[a], l->rel.at[b], n) == 0;
}

/* The span of a name that begins at word i under BIO labels: its end, 0 where none begins. An I- that continues nothing begins. */
static uint32_t name_at(const labels *l, const uint16_t *ner, uint32_t n, uint32_t i) {
    const char *z = ner[i] < l->ner.n ? l->ner.at[ner[i]] : "O";
    if (*z == 'O') return 0;
    const char *before = i && ner[i - 1] < l->ner.n ? l->ner.at[ner[i - 1]] : "O";
    if (*z == 'I' && *before != 'O' && strcmp(before + 1, z + 1) == 0) return 0;
    uint32_t end = i + 1;
    while (end < n && ner[end] < l->ner.n && l->ner.at[ner[end]][0] == 'I' &&
           strcmp(l->ner.at[ner[end]] + 1, z + 1) == 0)
        end++;
    return end;
}

static void count_names(figures *f, const labels *l, const uint16_t *gold, const uint16_t *own, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (gold[i] == UINT16_MAX) return;
        uint32_t a = name_at(l, gold, n, i), b = name_at(l, own, n, i);
        f->names += a > 0;
        f->named += b > 0;
        f->right += a && a == b && strcmp(l->ner.at[gold[i]] + 1, l->ner.at[own[i]] + 1) == 0;
    }
}

static void count_words(figures *f, const labels *l, const word *words, const slk_net_word *own, uint32_t n) {
    uint16_t gold[SLK_ARCS_MOST], ner[SLK_ARCS_MOST];
    for (uint32_t i = 0; i < n; i++) {
        const word *w = &words[i];
        bool head = own[i].head == w->head;
        gold[i] = w->ner;
        ner[i] = own[i].ner;
        if (w->head == CORPUS_NO_HEAD) continue;
        f->words++;
        f->upos += own[i].upos == w->upos;
        f->xpos += own[i].xpos == w->xpos;
        f->feats += own[i].feats == w->feats;
        f->uas += head;
        f->las += head && same_relation(l, own[i].rel, w->rel);
    }
    count_names(f, l, gold, ner, n);
}

figures figures_of_floats(net *const *nets, unsigned n_nets, const corpus *c, const labels *l) {
    figures f = {0};
    for (uint32_t s = 0; s < c->n_sentences; s++) {
        if (c->sentences[s].n > SLK_ARCS_MOST) continue;
        scores r;
        net_vote(nets, n_nets, c, &s, 1, &r);
        slk_net_word own[SLK_ARCS_MOST];
        for (uint32_t i = 0; i < r.words; i++)
            own[i] = (slk_net_word){r.upos[i], r.xpos[i], r.feats[i], r.rel[i], r.ner[i], r.head[i]};
        count_words(&f, l, &c->words[c->sentences[s].first], own, r.words);
        scores_free(&r);
    }
    return f;
}

figures figures_of_file(const char *path, const corpus *c, const labels *l) {
    figures f = {0};
    FILE *in = fopen(path, "rb");
    if (!in) die("%s: cannot be read", path);
    char *bytes = need(aligned_alloc(64, (size_t)64 << 20));
    size_t n = fread(bytes, 1, (size_t)64 << 20, in);
    (void)fclose(in);
    slk_net view;
    const char *wrong = slk_net_fault((slk_text){bytes, n});
    if (!wrong && slk_net_of((slk_text){bytes, n}, &view) != SLK_OK) wrong = "empty";
    if (wrong) die("%s: %s", path, wrong);
    slk_arena arena;
    unsigned kernels;
    slk_arena_start(&arena, &slk_mem_system, (size_t)1 << 30);
    slk_net_scratch *scratch = need(slk_net_scratch_new(&view, slk_kernels(&kernels)[0], SLK_NET_WINDOW, &arena));
    slk_net_word out[SLK_NET_WINDOW];
    slk_text forms[SLK_NET_WINDOW];
    for (uint32_t s = 0; s < c->n_sentences; s++) {
        sentence sn = c->sentences[s];
        if (sn.n > SLK_NET_WINDOW) continue;
        for (uint32_t i = 0; i < sn.n; i++) forms[i] = slk_text_of(c->words[sn.first + i].form);
        uint16_t length = (uint16_t)sn.n;
        slk_net_read(scratch, forms, NULL, &length, 1, SLK_NET_TAGS | SLK_NET_FEATURES | SLK_NET_TREE | SLK_NET_NAMES,
                     out);
        count_words(&f, l, &c->words[sn.first], out, sn.n);
    }
    slk_arena_free(&arena);
    free(bytes);
    return f;
}

void figures_say(const char *what, figures f) {
    size_t n = strlen(what);
    if (n > 24) what += n - 24;
    double w = f.words ? f.words / 100.0 : 1;
    printf("  %-24s UPOS %.2f  XPOS %.2f  feats %.2f  UAS %.2f  LAS %.2f  names F1 %.2f\n", what, f.upos / w,
           f.xpos / w, f.feats / w, f.uas / w, f.las / w,
           f.names + f.named ? 200.0 * f.right / (f.names + f.named) : 0);
}
