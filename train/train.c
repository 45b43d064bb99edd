/* train.c - trains the language net from CoNLL-U: train --train FILE[@TIMES] ... --dev FILE ... --out FILE [OPTIONS].
 * TIMES: how often a round sees its sentences. Deterministic for a seed on one machine and one version of the matrix library.
 * Prints the figures on the development files after every round; OUT is the net of the last round, OUT.state all that is needed
 * to go on: the same command does, where one was cut off. At the end OUT.net is what the engine reads.
 *   --load NET              only writes OUT.net of it, and measures that
 *   --net NET ... --vote TEXT  only measures the vote of some nets, trained with these --train files, and lets them vote on TEXT
 *   --numbered N            only what stands in the first N files gets rows and labels: such nets can vote with those trained on
 *                           these files alone
 *   --check                 gradients against differences */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "figures.h"
#include "floats.h"
#include "language/arcs.h"
#include "vote.h"
#include "write.h"

#define FILES_MOST 32

typedef struct options {
    const char *train[FILES_MOST], *dev[FILES_MOST], *nets[FILES_MOST];
    unsigned n_train, n_dev, n_nets;
    const char *out, *load, *vote;
    unsigned rounds, width, gates, arc, lab, batch, least, seed, hard, numbered;
    double rate, dropout, word_dropout, beyond;
} options;

typedef struct course { /* the sentences of one round, some of them several times */
    uint32_t *at, *order, n;
    uint32_t numbered; /* words whose features get rows: those of the first files */
} course;

static void add_to_course(course *k, const corpus *c, uint32_t first, unsigned times) {
    k->at = need(realloc(k->at, (k->n + (size_t)times * (c->n_sentences - first) + 1) * sizeof *k->at));
    for (unsigned t = 0; t < times; t++)
        for (uint32_t s = first; s < c->n_sentences; s++)
            if (c->sentences[s].n <= SLK_ARCS_MOST) k->at[k->n++] = s;
}

static unsigned number(const char *z) {
    char *end;
    unsigned long v = strtoul(z, &end, 10);
    if (*end || end == z) die("\"%s\" is no number", z);
    return (unsigned)v;
}

static void read_files(const options *o, corpus *c, course *k, labels *l) {
    for (unsigned i = 0; i < o->n_train; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s", o->train[i]);
        char *times = strchr(path, '@');
        if (times) *times++ = '\0';
        uint32_t first = c->n_sentences;
        corpus_read(c, path, l, true);
        add_to_course(k, c, first, times ? number(times) : 1);
        if (i + 1 == o->numbered || !o->numbered) k->numbered = c->n_words;
    }
    for (uint32_t i = 0; o->hard && i < c->n_words; i++) c->words[i].soft = NULL;
    k->order = need(malloc((k->n + 1) * sizeof *k->order));
}

/* The order of each round depends on the seed and the round alone. */
static void shuffle(course *k, uint64_t seed) {
    if (k->n == 0) return;
    memcpy(k->order, k->at, k->n * sizeof *k->at);
    for (uint32_t i = k->n; i > 1; i--) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t j = (uint32_t)((seed >> 33) % i), t = k->order[i - 1];
        k->order[i - 1] = k->order[j];
        k->order[j] = t;
    }
}

static void scale(param *p, uint32_t row, float by) {
    for (uint32_t i = 0; i < p->cols; i++) p->g[(size_t)row * p->cols + i] *= by;
}

/* One round over all sentences in random order. The gradient is the mean over the words, not their sum; the rate rises over the
 * first steps and falls with the cosine over all rounds. */
static double round_of(net *n, const corpus *c, course *k, const options *o, unsigned round) {
    double loss = 0;
    uint32_t used = 0;
    shuffle(k, o->seed + (uint64_t)round * 0x9E3779B97F4A7C15u);
    for (uint32_t i = 0; i < k->n;) {
        uint32_t first = i, words = 0;
        while (i < k->n && (words == 0 || words + c->sentences[k->order[i]].n <= o->batch))
            words += c->sentences[k->order[i++]].n;
        double part = net_train(n, c, k->order + first, i - first);
        if (!isfinite(part)) die("the loss is no number after %llu steps", (unsigned long long)n->steps);
        used += words;
        loss += part;
        float at = ((float)round + (float)i / (float)k->n) / (float)o->rounds;
        float warm = n->steps < 200 ? (float)(n->steps + 1) / 200 : 1;
        for (unsigned p = 0; p < P_COUNT; p++)
            for (uint32_t r = 0; r < n->p[p].rows; r++)
                if (!n->p[p].sparse || n->p[p].dirty[r]) scale(&n->p[p], r, 10.0f / (float)words);
        net_step(n, (float)o->rate * warm * (0.5f + 0.5f * cosf(3.14159265f * at)));
    }
    return loss / used;
}

/* Writes the engine's file and measures it; not for nets of other sizes, which only vote. */
static void finish(net *n, const options *o, const corpus *train, const corpus *dev, const labels *l, const rows *r) {
    char path[4096];
    if (!model_fits(n)) {
        printf("not written as integers: the engine takes other sizes\n");
        return;
    }
    (void)snprintf(path, sizeof path, "%s.net", o->out);
    model_save(n, l, r, train, o->beyond, path);
    printf("as integers:\n");
    for (unsigned i = 0; i < o->n_dev; i++) figures_say(o->dev[i], figures_of_file(path, &dev[i], l));
}

static options read_options(int argc, char **argv) {
    static options o = {.rounds = 30, .width = 128, .gates = 64, .arc = 128, .lab = 96, .batch = 800, .least = 2};
    o.rate = 2e-3, o.dropout = 0.3, o.word_dropout = 0.25, o.seed = 1, o.beyond = 1e-4;
    static const struct {
        const char *name;
        unsigned *number;
        double *real;
        const char **text;
        unsigned *list; /* where text is one: its length */
    } known[] = {
        {"--train", NULL, NULL, o.train, &o.n_train},
        {"--dev", NULL, NULL, o.dev, &o.n_dev},
        {"--net", NULL, NULL, o.nets, &o.n_nets},
        {"--out", NULL, NULL, &o.out, NULL},
        {"--load", NULL, NULL, &o.load, NULL},
        {"--vote", NULL, NULL, &o.vote, NULL},
        {"--rounds", &o.rounds, NULL, NULL, NULL},
        {"--width", &o.width, NULL, NULL, NULL},
        {"--gates", &o.gates, NULL, NULL, NULL},
        {"--arc", &o.arc, NULL, NULL, NULL},
        {"--lab", &o.lab, NULL, NULL, NULL},
        {"--batch", &o.batch, NULL, NULL, NULL},
        {"--least", &o.least, NULL, NULL, NULL},
        {"--seed", &o.seed, NULL, NULL, NULL},
        {"--hard", &o.hard, NULL, NULL, NULL},
        {"--numbered", &o.numbered, NULL, NULL, NULL},
        {"--rate", NULL, &o.rate, NULL, NULL},
        {"--dropout", NULL, &o.dropout, NULL, NULL},
        {"--word-dropout", NULL, &o.word_dropout, NULL, NULL},
        {"--beyond", NULL, &o.beyond, NULL, NULL},
    };
    for (int i = 1; i < argc; i += 2) {
        unsigned k = 0;
        while (k < sizeof known / sizeof *known && strcmp(argv[i], known[k].name) != 0) k++;
        if (k == sizeof known / sizeof *known || i + 1 == argc) die("\"%s\" is no option, or has no value", argv[i]);
        if (known[k].number) *known[k].number = number(argv[i + 1]);
        if (known[k].real) *known[k].real = strtod(argv[i + 1], NULL);
        if (known[k].list && *known[k].list == FILES_MOST) die("too many %s", argv[i]);
        if (known[k].text) known[k].text[known[k].list ? (*known[k].list)++ : 0] = argv[i + 1];
    }
    if (!o.n_train || !o.n_dev || !o.out || (o.vote && (!o.n_nets || o.n_nets > NETS_MOST)))
        die("usage: train --train FILE[@TIMES] ... --dev FILE ... --out FILE [--rounds N] ...");
    return o;
}

/* All rounds that are not done yet. */
static void all_rounds(net *n, const options *o, const corpus *train, course *k, const corpus *dev, const labels *l) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s.state", o->out);
    for (unsigned round = net_resume(n, path); round < o->rounds; round++) {
        struct timespec a, b;
        (void)clock_gettime(CLOCK_MONOTONIC, &a);
        double loss = round_of(n, train, k, o, round);
        (void)clock_gettime(CLOCK_MONOTONIC, &b);
        printf("round %u: loss %.4f, %.0f s\n", round + 1, loss, (double)(b.tv_sec - a.tv_sec));
        net_pause(n, path, round + 1);
        net_swap(n);
        for (unsigned i = 0; i < o->n_dev; i++) figures_say(o->dev[i], figures_of_floats(&n, 1, &dev[i], l));
        (void)fflush(stdout);
        net_save(n, o->out);
        net_swap(n);
    }
}

/* A net that was trained with the same files, in whatever widths. */
static void load(net *n, const char *path, shape s) {
    net_load(n, path);
    shape t = n->s;
    t.width = s.width, t.gates = s.gates, t.arc = s.arc, t.lab = s.lab;
    if (memcmp(&t, &s, sizeof s) != 0) die("%s: was trained with other files", path);
}

static void all_votes(const options *o, shape s, const corpus *dev, labels *l, const rows *r) {
    net *nets[NETS_MOST];
    for (unsigned i = 0; i < o->n_nets; i++) {
        nets[i] = need(calloc(1, sizeof *nets[i]));
        load(nets[i], o->nets[i], s);
    }
    for (unsigned i = 0; i < o->n_dev; i++) {
        for (unsigned k = 0; k < o->n_nets; k++) figures_say(o->nets[k], figures_of_floats(&nets[k], 1, &dev[i], l));
        figures_say(o->dev[i], figures_of_floats(nets, o->n_nets, &dev[i], l));
    }
    vote(nets, o->n_nets, r, l, o->vote, o->out);
    for (unsigned i = 0; i < o->n_nets; i++) {
        net_free(nets[i]);
        free(nets[i]);
    }
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--check") == 0) return net_check() ? 0 : 1;
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 30); /* the batches' memory stays: no pages to be cleared anew for each */
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
    options o = read_options(argc, argv);
    labels l = {0};
    corpus train = {0}, *dev = need(calloc(o.n_dev, sizeof *dev));
    course k = {0};
    read_files(&o, &train, &k, &l);
    for (unsigned i = 0; i < o.n_dev; i++) corpus_read(&dev[i], o.dev[i], &l, false);
    rows r = {0};
    rows_make(&r, &train, k.numbered, o.least);
    rows_apply(&r, &train);
    for (unsigned i = 0; i < o.n_dev; i++) rows_apply(&r, &dev[i]);
    shape s = {o.width, o.gates, o.arc, o.lab, l.upos.n, l.xpos.n, l.feats.n, l.rel.n, l.ner.n, r.n};
    printf(
        "%u words, %u sentences, %u a round, %u rows; labels: %u UPOS, %u XPOS, %u feats, %u relations, %u of names\n",
        train.n_words, train.n_sentences, k.n, r.n, s.upos, s.xpos, s.feats, s.rel, s.ner);
    if (o.vote) {
        all_votes(&o, s, dev, &l, &r);
        return 0;
    }
    net n;
    if (o.load) {
        load(&n, o.load, s);
    } else {
        net_start(&n, s, o.seed);
        net_average(&n);
        n.dropout = (float)o.dropout;
        n.word_dropout = (float)o.word_dropout;
        all_rounds(&n, &o, &train, &k, dev, &l);
        net_swap(&n);
    }
    finish(&n, &o, &train, dev, &l, &r);
    net_free(&n);
    return 0;
}
