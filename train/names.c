/* names.c - trains the model of names: a linear chain (CRF) over the traits that src/language/name_traits.c gives, by AdaGrad with
 * weight decay; the words themselves are hidden now and then, so that tables, looks and neighbours must do. Same seed, same
 * weights.
 *
 * usage: train-names PACK OUT [--rounds N] [--rows LOG2] [--copies N] --train FILE... --dev FILE...
 * --copies may come again: how often each file behind it is taken, each time with other words kept from the lists.
 * A file holds texts as train/prepare_names.py writes them: "D <bytes>" and the text, then "S <start> <end> <TYPE>" lines. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "language/name_words.h"

#define TAGS SLK_NAME_TAGS

typedef struct token {
    uint32_t traits, n, own; /* where its traits begin, how many, how many of the word itself */
} token;

typedef struct chain {
    uint32_t first, n; /* tokens */
} chain;

typedef struct set { /* all chains of some files */
    uint32_t *traits;
    size_t n_traits, cap_traits;
    token *tokens;
    uint8_t *gold;
    size_t n_tokens, cap_tokens;
    chain *chains;
    size_t n_chains, cap_chains;
    size_t spans, lost; /* gold spans of the three kinds; those no chain can hold */
    size_t outside;     /* gold spans with words no chain holds */
    const char *name;
    float blind; /* share of words of which lists are forgotten */
} set;

typedef struct crf {
    uint32_t rows, least; /* traits met less often than `least` get no weight */
    float *w, *g2;        /* rows x 8, and sums of squared gradients */
    float follows[8][8], f2[8][8];
    uint32_t *count;
} crf;

static void stop(const char *what) {
    fprintf(stderr, "train-names: %s\n", what);
    exit(1);
}

static void *grown(void *at, size_t n, size_t *cap, size_t size) {
    if (n < *cap) return at;
    *cap = *cap ? 2 * *cap : 1024;
    at = realloc(at, *cap * size);
    if (!at) stop("out of memory");
    return at;
}

static uint64_t seed = 88172645463325252u;
static uint32_t chance(void) { /* xorshift */
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32);
}

/* ---------------------------------------------------------------- texts */

typedef struct span {
    uint32_t start, end;
    int kind; /* 0 PER, 1 ORG, 2 LOC */
} span;

static int kind_of(const char *z) { return strcmp(z, "PER") == 0 ? 0 : strcmp(z, "ORG") == 0 ? 1 : 2; }

static uint8_t gold_tag(const slk_reading *r, uint32_t t, const span *s, size_t n) {
    slk_span k = r->tokens.at[t].span;
    for (size_t i = 0; i < n; i++)
        if (k.start < s[i].end && s[i].start < k.end) return (uint8_t)(1 + 2 * s[i].kind + (k.start > s[i].start));
    return SLK_TAG_O;
}

/* Takes from some words what lists of names know of them: the world has more names than any list. */
static void forget(const slk_reading *r, slk_name_word *words, float share) {
    uint32_t lists = 1u << SLK_KNOWN_GIVEN | 1u << SLK_KNOWN_FAMILY | 1u << SLK_KNOWN_TOWN | 1u << SLK_KNOWN_CITY |
                     1u << SLK_KNOWN_PERSON | 1u << (SLK_KNOWN_PERSON + SLK_KNOWN_INSIDE) | 1u << SLK_KNOWN_BODY |
                     1u << (SLK_KNOWN_BODY + SLK_KNOWN_INSIDE);
    uint32_t salt = chance();
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        uint32_t h = (words[t].hash ^ salt) * 0x9E3779B1u;
        if ((float)(h >> 8) / 16777216.0f < share) {
            words[t].known &= ~lists;
            words[t].gaz = 0;
        }
    }
}

static void add_text(set *x, const slk_engine *engine, uint32_t mask, slk_text text, const span *s, size_t n) {
    slk_input in = {.text = text, .published = "2024-01-01"};
    slk_reading *r = NULL;
    slk_name_word *words = NULL;
    slk_fault fault;
    if (slk_read(engine, &in, SLK_LAYER_SENTENCES | SLK_LAYER_TOKENS, &r, &fault) != SLK_OK) stop(fault.message);
    if (slk_name_words_find(slk_engine_pack(engine), r, &words) != SLK_OK) stop("out of memory");
    if (x->blind > 0) forget(r, words, x->blind);
    x->spans += n;
    for (uint32_t t = 0; t < r->tokens.n;) {
        uint32_t end = slk_name_chain(r, words, t);
        if (end == t) {
            t++;
            continue;
        }
        x->chains = grown(x->chains, x->n_chains, &x->cap_chains, sizeof *x->chains);
        x->chains[x->n_chains++] = (chain){(uint32_t)x->n_tokens, end - t};
        uint8_t before = SLK_TAG_O;
        for (; t < end; t++) {
            uint32_t traits[SLK_NAME_TRAITS_MOST], own, m = slk_name_traits(r, words, t, traits, &own);
            size_t cap = x->cap_tokens;
            x->tokens = grown(x->tokens, x->n_tokens, &cap, sizeof *x->tokens);
            x->gold = grown(x->gold, x->n_tokens, &x->cap_tokens, 1);
            uint8_t g = gold_tag(r, t, s, n);
            if (g && g % 2 == 0 && before != g && before + 1 != g) g--; /* the beginning lies outside the chain */
            before = g;
            x->gold[x->n_tokens] = g;
            x->tokens[x->n_tokens++] = (token){(uint32_t)x->n_traits, m, own};
            for (uint32_t i = 0; i < m; i++) {
                x->traits = grown(x->traits, x->n_traits, &x->cap_traits, sizeof *x->traits);
                x->traits[x->n_traits++] = traits[i] & mask;
            }
        }
    }
    slk_reading_free(r);
}

static void load(set *x, const slk_engine *engine, uint32_t mask, const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) stop(path);
    x->name = path;
    char line[256], kind[16];
    size_t n_text = 0, n = 0, cap = 0;
    char *text = NULL;
    span *s = NULL;
    while (fgets(line, sizeof line, f)) {
        size_t bytes;
        span k;
        if (sscanf(line, "D %zu", &bytes) == 1) {
            if (text) add_text(x, engine, mask, (slk_text){text, n_text}, s, n);
            free(text);
            text = malloc(bytes + 1);
            if (!text || fread(text, 1, bytes + 1, f) != bytes + 1) stop("a text is cut");
            n_text = bytes;
            n = 0;
        } else if (sscanf(line, "S %u %u %15s", &k.start, &k.end, kind) == 3) {
            k.kind = kind_of(kind);
            s = grown(s, n, &cap, sizeof *s);
            s[n++] = k;
        }
    }
    if (text) add_text(x, engine, mask, (slk_text){text, n_text}, s, n);
    free(text);
    free(s);
    fclose(f);
}

/* ---------------------------------------------------------------- the chain */

static void scores(const crf *m, const set *x, const chain *c, float hide, double (*out)[8], uint8_t *hidden) {
    for (uint32_t i = 0; i < c->n; i++) {
        const token *t = &x->tokens[c->first + i];
        hidden[i] = hide > 0 && (float)chance() / 4294967296.0f < hide;
        for (int k = 0; k < 8; k++) out[i][k] = 0;
        for (uint32_t j = hidden[i] ? t->own : 0; j < t->n; j++) {
            const float *row = m->w + (size_t)x->traits[t->traits + j] * 8;
            for (int k = 0; k < TAGS; k++) out[i][k] += (double)row[k];
        }
    }
}

static bool may(uint32_t i, uint32_t before, uint32_t tag) { return slk_name_tag_may(i ? before : SLK_TAG_O, tag); }

static double sum_log(const double *v, int n) {
    double top = v[0], s = 0;
    for (int i = 1; i < n; i++)
        if (v[i] > top) top = v[i];
    for (int i = 0; i < n; i++) s += exp(v[i] - top);
    return top + log(s);
}

#define NEVER (-1e30)

typedef struct room {
    double (*s)[8], (*a)[8], (*b)[8];
    uint8_t *hidden;
    uint32_t cap;
} room;

static void need(room *o, uint32_t n) {
    if (n <= o->cap) return;
    o->cap = n * 2;
    o->s = realloc(o->s, o->cap * sizeof *o->s);
    o->a = realloc(o->a, o->cap * sizeof *o->a);
    o->b = realloc(o->b, o->cap * sizeof *o->b);
    o->hidden = realloc(o->hidden, o->cap);
    if (!o->s || !o->a || !o->b || !o->hidden) stop("out of memory");
}

static double forward_back(const crf *m, room *o, uint32_t n) {
    double v[8];
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < TAGS; k++) {
            if (i == 0) {
                o->a[0][k] = may(0, 0, k) ? o->s[0][k] + (double)m->follows[7][k] : NEVER;
                continue;
            }
            for (uint32_t b = 0; b < TAGS; b++) v[b] = may(i, b, k) ? o->a[i - 1][b] + (double)m->follows[b][k] : NEVER;
            o->a[i][k] = sum_log(v, TAGS) + o->s[i][k];
        }
    for (uint32_t i = n; i-- > 0;)
        for (uint32_t k = 0; k < TAGS; k++) {
            o->b[i][k] = 0;
            if (i + 1 == n) continue;
            for (uint32_t b = 0; b < TAGS; b++)
                v[b] = may(i + 1, k, b) ? o->b[i + 1][b] + (double)m->follows[k][b] + o->s[i + 1][b] : NEVER;
            o->b[i][k] = sum_log(v, TAGS);
        }
    return sum_log(o->a[n - 1], TAGS);
}

static void step(float *w, float *g2, double g, float rate, float decay) {
    g += (double)(decay * *w);
    *g2 += (float)(g * g);
    *w -= rate * (float)g / (sqrtf(*g2) + 1e-6f);
}

static double learn_chain(crf *m, const set *x, const chain *c, room *o, float rate, float decay, float hide) {
    need(o, c->n);
    scores(m, x, c, hide, o->s, o->hidden);
    double z = forward_back(m, o, c->n), gold = 0;
    const uint8_t *g = x->gold + c->first;
    for (uint32_t i = 0; i < c->n; i++) {
        gold += o->s[i][g[i]] + (double)m->follows[i ? g[i - 1] : 7][g[i]];
    }
    double pair[8][8] = {{0}};
    for (uint32_t i = 0; i < c->n; i++)
        for (uint32_t k = 0; k < TAGS; k++) {
            if (i == 0) {
                pair[7][k] += (may(0, 0, k) ? exp(o->a[0][k] + o->b[0][k] - z) : 0) - (k == g[0]);
                continue;
            }
            for (uint32_t b = 0; b < TAGS; b++)
                pair[b][k] +=
                    (may(i, b, k) ? exp(o->a[i - 1][b] + (double)m->follows[b][k] + o->s[i][k] + o->b[i][k] - z) : 0) -
                    (k == g[i] && b == g[i - 1]);
        }
    for (uint32_t i = 0; i < c->n; i++) {
        const token *t = &x->tokens[c->first + i];
        double p[8];
        for (uint32_t k = 0; k < TAGS; k++) p[k] = exp(o->a[i][k] + o->b[i][k] - z) - (k == g[i]);
        for (uint32_t j = o->hidden[i] ? t->own : 0; j < t->n; j++) {
            size_t row = x->traits[t->traits + j];
            if (m->count[row] < m->least) continue;
            for (uint32_t k = 0; k < TAGS; k++)
                if (fabs(p[k]) > 1e-4) step(&m->w[row * 8 + k], &m->g2[row * 8 + k], p[k], rate, decay);
        }
    }
    for (uint32_t b = 0; b < 8; b++)
        for (uint32_t k = 0; k < TAGS; k++)
            if (pair[b][k] != 0) step(&m->follows[b][k], &m->f2[b][k], pair[b][k], rate, decay);
    return z - gold;
}

/* ---------------------------------------------------------------- measuring what is written */

static slk_name_model *integers(const crf *m, float scale, float bold, uint32_t always) {
    slk_name_model *q = calloc(1, sizeof *q + (size_t)m->rows * 8);
    if (!q) stop("out of memory");
    memcpy(q->magic, SLK_NAME_MODEL_MAGIC, sizeof q->magic);
    q->rows = m->rows;
    int8_t *rows = (int8_t *)(q + 1);
    for (size_t i = 0; i < (size_t)m->rows * 8; i++) {
        float v = roundf(m->w[i] * scale);
        rows[i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
    }
    int v = rows[(size_t)always * 8] - (int)roundf(bold * scale);
    rows[(size_t)always * 8] = (int8_t)(v < -127 ? -127 : v);
    for (int b = 0; b < 8; b++)
        for (int k = 0; k < 8; k++) q->follows[b][k] = (int16_t)roundf(m->follows[b][k] * scale);
    return q;
}

static void measure(const slk_name_model *q, const set *x) {
    size_t named[3] = {0}, right[3] = {0}, gold[3] = {0};
    for (size_t c = 0; c < x->n_chains; c++) {
        uint32_t n = x->chains[c].n, first = x->chains[c].first;
        slk_name_score *s = calloc(n, sizeof *s);
        uint8_t *tags = calloc(n + 1, 1), (*back)[8] = calloc(n, 8);
        if (!s || !tags || !back) stop("out of memory");
        const int8_t *rows = (const int8_t *)(q + 1);
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < x->tokens[first + i].n; j++)
                for (int k = 0; k < 8; k++)
                    s[i].of[k] += rows[(size_t)x->traits[x->tokens[first + i].traits + j] * 8 + (size_t)k];
        slk_name_tags_best(q, s, n, tags, back);
        const uint8_t *g = x->gold + first;
        for (uint32_t i = 0; i < n; i++) {
            bool mine = tags[i] % 2 == 1, its = g[i] % 2 == 1;
            if (mine) named[tags[i] / 2]++;
            if (its) gold[g[i] / 2]++;
            if (!mine || tags[i] != g[i]) continue;
            uint32_t a = i + 1, b = i + 1;
            while (a < n && tags[a] == tags[i] + 1) a++;
            while (b < n && g[b] == g[i] + 1) b++;
            right[tags[i] / 2] += a == b;
        }
        free(s);
        free(tags);
        free(back);
    }
    size_t N = 0, R = 0;
    printf("  %-28s", strrchr(x->name, '/') ? strrchr(x->name, '/') + 1 : x->name);
    for (int k = 0; k < 3; k++) {
        N += named[k];
        R += right[k];
        printf(" %s P %.1f R %.1f",
               k == 0   ? "PER"
               : k == 1 ? "ORG"
                        : "LOC",
               100.0 * (double)right[k] / (double)(named[k] + !named[k]),
               100.0 * (double)right[k] / (double)(gold[k] + !gold[k]));
    }
    printf("  F1 %.2f  (spans %zu, in chains %zu)\n", 200.0 * (double)R / (double)(N + x->spans), x->spans,
           gold[0] + gold[1] + gold[2]);
}

int main(int argc, char **argv) {
    if (argc < 3) stop("usage: train-names PACK OUT [--rounds N] [--rows LOG2] --train FILE... --dev FILE...");
    int rounds = 10, copies = 2;
    uint32_t log2_rows = 17;
    float hide = 0.3f, decay = 0.03f, rate = 0.008f, bold = 0;
    set train = {.blind = 0.3f}, *dev = calloc(16, sizeof *dev);
    size_t n_dev = 0;
    slk_engine *engine = NULL;
    slk_fault fault;
    if (!dev || slk_engine_open(argv[1], NULL, &engine, &fault) != SLK_OK) stop(fault.message);
    int mode = 0;
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--rounds") == 0)
            rounds = atoi(argv[++i]);
        else if (strcmp(argv[i], "--rows") == 0)
            log2_rows = (uint32_t)atoi(argv[++i]);
        else if (strcmp(argv[i], "--hide") == 0)
            hide = strtof(argv[++i], NULL);
        else if (strcmp(argv[i], "--decay") == 0)
            decay = strtof(argv[++i], NULL);
        else if (strcmp(argv[i], "--rate") == 0)
            rate = strtof(argv[++i], NULL);
        else if (strcmp(argv[i], "--bold") == 0)
            bold = strtof(argv[++i], NULL);
        else if (strcmp(argv[i], "--blind") == 0)
            train.blind = strtof(argv[++i], NULL);
        else if (strcmp(argv[i], "--train") == 0)
            mode = 1;
        else if (strcmp(argv[i], "--dev") == 0)
            mode = 2;
        else if (strcmp(argv[i], "--copies") == 0)
            copies = atoi(argv[++i]);
        else if (mode == 1)
            for (int c = 0; c < copies; c++) load(&train, engine, (1u << log2_rows) - 1, argv[i]);
        else if (mode == 2 && n_dev < 16)
            load(&dev[n_dev++], engine, (1u << log2_rows) - 1, argv[i]);
    }
    crf m = {.rows = 1u << log2_rows, .least = 2};
    m.w = calloc((size_t)m.rows * 8, sizeof *m.w);
    m.g2 = calloc((size_t)m.rows * 8, sizeof *m.g2);
    m.count = calloc(m.rows, sizeof *m.count);
    uint32_t *order = calloc(train.n_chains + 1, sizeof *order);
    if (!m.w || !m.g2 || !m.count || !order) stop("out of memory");
    for (size_t i = 0; i < train.n_traits; i++) m.count[train.traits[i]]++;
    printf("chains %zu, tokens %zu, traits %zu\n", train.n_chains, train.n_tokens, train.n_traits);
    for (size_t i = 0; i < train.n_chains; i++) order[i] = (uint32_t)i;
    room o = {0};
    crf mean = {.rows = m.rows, .w = calloc((size_t)m.rows * 8, sizeof *m.w)}; /* of the weights after each round */
    if (!mean.w) stop("out of memory");
    for (int round = 1; round <= rounds; round++) {
        double loss = 0;
        for (size_t i = train.n_chains; i > 1; i--) {
            size_t j = chance() % i;
            uint32_t swap = order[i - 1];
            order[i - 1] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < train.n_chains; i++)
            loss += learn_chain(&m, &train, &train.chains[order[i]], &o, rate, decay, hide);
        for (size_t i = 0; i < (size_t)m.rows * 8; i++) mean.w[i] += m.w[i];
        for (int b = 0; b < 64; b++) mean.follows[b / 8][b % 8] += m.follows[b / 8][b % 8];
        if (round != rounds) continue;
        printf("round %d loss %.4f\n", round, loss / (double)train.n_tokens);
        for (size_t i = 0; i < (size_t)m.rows * 8; i++) mean.w[i] /= (float)rounds;
        for (int b = 0; b < 64; b++) mean.follows[b / 8][b % 8] /= (float)rounds;
        slk_name_model *q = integers(&mean, 24, bold, slk_name_trait_always() & (m.rows - 1));
        for (size_t d = 0; d < n_dev; d++) measure(q, &dev[d]);
        if (round == rounds) {
            measure(q, &train);
            FILE *f = fopen(argv[2], "wb");
            if (!f || fwrite(q, sizeof *q + (size_t)m.rows * 8, 1, f) != 1 || fclose(f)) stop("cannot write");
        }
        free(q);
        fflush(stdout);
    }
    slk_engine_close(engine);
    return 0;
}
