/* train.c - trains the language net from CoNLL-U: train [--check] --train FILE[@KEEP] ... --dev FILE ... --out FILE [OPTIONS].
 * Deterministic for a seed on one machine and one version of the matrix library. Prints the figures on the development files
 * after every round; a checkpoint stands beside --out after each. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arcs.h"
#include "base/text.h"
#include "floats.h"
#include "net.h"
#include "write.h"

#define FILES_MOST 16

typedef struct options {
    const char *train[FILES_MOST], *dev[FILES_MOST], *out;
    unsigned n_train, n_dev, rounds, width, gates, arc, lab, batch, least;
    float rate, dropout, word_dropout;
    double beyond;
    const char *load;
    uint64_t seed;
} options;

static void read_files(corpus *c, char *spec, labels *l, bool grow) {
    char *keep = strchr(spec, '@');
    if (keep) *keep++ = '\0';
    corpus_read(c, spec, keep, l, grow);
}

typedef struct figures {
    unsigned words, upos, xpos, feats, uas, las;
    unsigned names, named, right; /* spans of the tree bank, of the net, the same in both */
} figures;

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

static figures evaluate(net *n, const corpus *c, const labels *l) {
    figures f = {0};
    for (uint32_t s = 0; s < c->n_sentences; s++) {
        if (c->sentences[s].n > SLK_ARCS_MOST) continue;
        scores r;
        net_read(n, c, &s, 1, &r);
        slk_net_word own[SLK_ARCS_MOST];
        for (uint32_t i = 0; i < r.words; i++)
            own[i] = (slk_net_word){r.upos[i], r.xpos[i], r.feats[i], r.rel[i], r.ner[i], r.head[i]};
        count_words(&f, l, &c->words[c->sentences[s].first], own, r.words);
        scores_free(&r);
    }
    return f;
}

static void shuffle(uint32_t *at, uint32_t n, uint64_t *seed) {
    for (uint32_t i = n; i > 1; i--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t k = (uint32_t)((*seed >> 33) % i), t = at[i - 1];
        at[i - 1] = at[k];
        at[k] = t;
    }
}

/* One round over all sentences in random order; `done` counts the batches of all rounds. */
static double round_of(net *n, const corpus *c, uint32_t *order, const options *o, uint64_t *seed, unsigned round) {
    double loss = 0;
    uint32_t used = 0;
    shuffle(order, c->n_sentences, seed);
    for (uint32_t i = 0; i < c->n_sentences;) {
        uint32_t first = i, words = 0;
        while (i < c->n_sentences && (words == 0 || words + c->sentences[order[i]].n <= o->batch))
            words += c->sentences[order[i++]].n;
        double part = net_train(n, c, order + first, i - first);
        if (!isfinite(part)) die("the loss is no number after %llu steps", (unsigned long long)n->steps);
        used += words;
        loss += part;
        float at = ((float)round + (float)i / (float)c->n_sentences) / (float)o->rounds;
        float warm = n->steps < 200 ? (float)(n->steps + 1) / 200 : 1;
        for (unsigned p = 0; p < P_COUNT; p++) /* the mean over the words, not their sum */
            for (size_t k = 0; !n->p[p].sparse && k < (size_t)n->p[p].rows * n->p[p].cols; k++)
                n->p[p].g[k] *= 10.0f / (float)words;
        for (uint32_t r = 0; r < n->p[P_EMB].rows; r++)
            for (uint32_t k = 0; n->p[P_EMB].dirty[r] && k < n->p[P_EMB].cols; k++)
                n->p[P_EMB].g[(size_t)r * n->p[P_EMB].cols + k] *= 10.0f / (float)words;
        net_step(n, o->rate * warm * (0.5f + 0.5f * cosf(3.14159265f * at)));
    }
    return loss / used;
}

static void say(const char *what, figures f) {
    double w = f.words ? f.words / 100.0 : 1;
    printf("  %-24s UPOS %.2f  XPOS %.2f  feats %.2f  UAS %.2f  LAS %.2f  names F1 %.2f\n", what, f.upos / w,
           f.xpos / w, f.feats / w, f.uas / w, f.las / w,
           f.names + f.named ? 200.0 * f.right / (f.names + f.named) : 0);
}

/* The figures of the integers, by the engine itself on the words of the tree banks. */
static figures evaluate_file(const char *path, const corpus *c, const labels *l) {
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
    slk_net_scratch *scratch = need(slk_net_scratch_new(&view, slk_kernels(&kernels)[0], &arena));
    slk_net_word out[SLK_NET_WINDOW];
    slk_text forms[SLK_NET_WINDOW];
    for (uint32_t s = 0; s < c->n_sentences; s++) {
        sentence sn = c->sentences[s];
        if (sn.n > SLK_NET_WINDOW) continue;
        for (uint32_t i = 0; i < sn.n; i++) forms[i] = slk_text_of(c->words[sn.first + i].form);
        slk_net_read(&view, scratch, forms, sn.n, SLK_NET_TAGS | SLK_NET_FEATURES | SLK_NET_TREE | SLK_NET_NAMES, out);
        count_words(&f, l, &c->words[sn.first], out, sn.n);
    }
    slk_arena_free(&arena);
    free(bytes);
    return f;
}

static void say(const char *what, figures f);

/* Writes the engine's file and measures it. */
static void finish(net *n, const options *o, const corpus *train, const corpus *dev, const labels *l, const rows *r) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s.net", o->out);
    model_save(n, l, r, train, o->beyond, path);
    printf("as integers:\n");
    for (unsigned i = 0; i < o->n_dev; i++) say(o->dev[i], evaluate_file(path, &dev[i], l));
}

static unsigned number(const char *z) {
    char *end;
    unsigned long v = strtoul(z, &end, 10);
    if (*end || end == z) die("\"%s\" is no number", z);
    return (unsigned)v;
}

static options read_options(int argc, char **argv) {
    options o = {.rounds = 30, .width = 128, .gates = 64, .arc = 96, .lab = 96, .batch = 800, .least = 2};
    o.rate = 2e-3f, o.dropout = 0.3f, o.word_dropout = 0.25f, o.seed = 1, o.beyond = 1e-4;
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *k = argv[i];
        char *v = argv[i + 1];
        if (strcmp(k, "--train") == 0 && o.n_train < FILES_MOST)
            o.train[o.n_train++] = v;
        else if (strcmp(k, "--dev") == 0 && o.n_dev < FILES_MOST)
            o.dev[o.n_dev++] = v;
        else if (strcmp(k, "--out") == 0)
            o.out = v;
        else if (strcmp(k, "--rounds") == 0)
            o.rounds = number(v);
        else if (strcmp(k, "--width") == 0)
            o.width = number(v);
        else if (strcmp(k, "--gates") == 0)
            o.gates = number(v);
        else if (strcmp(k, "--arc") == 0)
            o.arc = number(v);
        else if (strcmp(k, "--lab") == 0)
            o.lab = number(v);
        else if (strcmp(k, "--batch") == 0)
            o.batch = number(v);
        else if (strcmp(k, "--load") == 0)
            o.load = v;
        else if (strcmp(k, "--beyond") == 0)
            o.beyond = strtod(v, NULL);
        else if (strcmp(k, "--seed") == 0)
            o.seed = number(v);
        else if (strcmp(k, "--rate") == 0)
            o.rate = strtof(v, NULL);
        else if (strcmp(k, "--dropout") == 0)
            o.dropout = strtof(v, NULL);
        else if (strcmp(k, "--word-dropout") == 0)
            o.word_dropout = strtof(v, NULL);
        else
            die("\"%s\" is no option", k);
    }
    if (!o.n_train || !o.n_dev || !o.out)
        die("usage: train --train FILE[@KEEP] ... --dev FILE ... --out FILE [--rounds N] ...");
    return o;
}

/* All kernels of this processor against each other on random words. */
static bool kernels_agree(void) {
    enum { WORDS = 7, OUTS = 48, INS = 132 };
    _Alignas(64) uint8_t a[WORDS * INS];
    _Alignas(64) int8_t w[OUTS * INS];
    _Alignas(64) int32_t first[WORDS * OUTS], other[WORDS * OUTS];
    unsigned n;
    const slk_kernel *const *kernels = slk_kernels(&n);
    uint64_t seed = 7;
    for (unsigned round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof a + sizeof w; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            unsigned v = (unsigned)(seed >> 40) & 255;
            if (i < sizeof a)
                a[i] = round % 2 ? v & 127 : v & 128 ? 127 : 0; /* every other round: extremes only */
            else
                w[i - sizeof a] = (int8_t)(round % 2 ? (int)v - 128 : v & 128 ? 127 : -128);
        }
        kernels[n - 1]->dots(a, INS, WORDS, w, OUTS, INS, first);
        for (unsigned k = 0; k + 1 < n; k++) {
            kernels[k]->dots(a, INS, WORDS, w, OUTS, INS, other);
            if (memcmp(first, other, sizeof first) == 0) continue;
            printf("kernel %s differs from %s\n", kernels[k]->name, kernels[n - 1]->name);
            return false;
        }
    }
    printf("kernels: %u give the same integers\n", n);
    return true;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--check") == 0) return net_check() && kernels_agree() ? 0 : 1;
    options o = read_options(argc, argv);
    labels l = {0};
    corpus train = {0}, *dev = need(calloc(o.n_dev, sizeof *dev));
    for (unsigned i = 0; i < o.n_train; i++) read_files(&train, (char *)o.train[i], &l, true);
    for (unsigned i = 0; i < o.n_dev; i++) read_files(&dev[i], (char *)o.dev[i], &l, false);
    rows r = {0};
    rows_make(&r, &train, o.least);
    rows_apply(&r, &train);
    for (unsigned i = 0; i < o.n_dev; i++) rows_apply(&r, &dev[i]);
    shape s = {o.width, o.gates, o.arc, o.lab, l.upos.n, l.xpos.n, l.feats.n, l.rel.n, l.ner.n, r.n};
    printf("%u words, %u sentences, %u rows; labels: %u UPOS, %u XPOS, %u feats, %u relations\n", train.n_words,
           train.n_sentences, r.n, s.upos, s.xpos, s.feats, s.rel);
    net n;
    net_start(&n, s, o.seed);
    n.dropout = o.dropout;
    n.word_dropout = o.word_dropout;
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n.p[i].rows * n.p[i].cols;
        n.mean[i] = need(malloc(k * sizeof(float)));
        memcpy(n.mean[i], n.p[i].w, k * sizeof(float));
    }
    uint32_t *order = need(malloc(train.n_sentences * sizeof *order)), kept = 0;
    for (uint32_t i = 0; i < train.n_sentences; i++)
        if (train.sentences[i].n <= SLK_ARCS_MOST) order[kept++] = i;
    train.n_sentences = kept;
    uint64_t seed = o.seed;
    if (o.load) {
        net_load(&n, o.load);
        finish(&n, &o, &train, dev, &l, &r);
        return 0;
    }
    for (unsigned round = 0; round < o.rounds; round++) {
        struct timespec a, b;
        (void)clock_gettime(CLOCK_MONOTONIC, &a);
        double loss = round_of(&n, &train, order, &o, &seed, round);
        (void)clock_gettime(CLOCK_MONOTONIC, &b);
        printf("round %u: loss %.4f, %.0f s\n", round + 1, loss, (double)(b.tv_sec - a.tv_sec));
        net_swap(&n);
        for (unsigned i = 0; i < o.n_dev; i++)
            say(o.dev[i] + (strlen(o.dev[i]) > 24 ? strlen(o.dev[i]) - 24 : 0), evaluate(&n, &dev[i], &l));
        (void)fflush(stdout);
        net_save(&n, o.out);
        net_swap(&n);
    }
    net_swap(&n);
    finish(&n, &o, &train, dev, &l, &r);
    net_free(&n);
    return 0;
}
