/* happened.c - trains the judge of how far predicates have happened (src/meaning/factuality.h): a linear sum over their traits, learned
 * from words of sentences with a value from -3 to +3, written as integers.
 *
 *     train-happened PACK OUT --train DIR ... --dev DIR ...
 *
 * DIR holds docs.jsonl (id, text) and gold.jsonl (doc, start, end in code points, value). The traits are read off the trees that the pack's
 * net makes, so a pack with another net wants this run again; its own weights of this judge are not asked. Same input, same bytes out.
 * The loss is Huber's: absolute beyond half a step, so that a value which annotators saw otherwise does not pull. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/weights.h"
#include "fail.h"
#include "meaning/factuality.h"

#define ROUNDS 6
#define RATE 0.1
#define DECAY 1e-5
#define LEAST 3u /* a key met less often gets no weight */
#define MOST_KEYS (1u << 22)

/* ---------------------------------------------------------------- examples */

typedef struct example {
    uint32_t keys[SLK_TRAITS_MOST], n;
    double value;
} example;

typedef struct examples {
    example *at;
    size_t n, cap;
} examples;

static example *new_example(examples *x) {
    if (x->n == x->cap) x->at = need(realloc(x->at, (x->cap = x->cap ? 2 * x->cap : 4096) * sizeof *x->at));
    return &x->at[x->n++];
}

static FILE *open_file(const char *dir, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *in = fopen(path, "r");
    if (!in) die("%s: %s", path, strerror(errno));
    return in;
}

static json_t *next_line(FILE *in, char **line, size_t *cap) {
    json_error_t wrong;
    if (getline(line, cap, in) <= 0) return NULL;
    json_t *j = json_loads(*line, 0, &wrong);
    if (!j) die("a line is no JSON: %s", wrong.text);
    return j;
}

/* The byte of a code point of the text. */
static uint32_t byte_of(slk_text text, json_int_t cp) {
    uint32_t at = 0;
    for (; cp > 0 && at < text.n; at++)
        if (at + 1 == text.n || ((unsigned char)text.at[at + 1] & 0xC0) != 0x80) cp--;
    return at;
}

static const char *string_of(const json_t *j, const char *name) {
    const char *z = json_string_value(json_object_get(j, name));
    if (!z) die("a line without %s", name);
    return z;
}

/* Takes all gold lines of one document; *gold is the line under way, NULL at the end. */
static void take_doc(const slk_engine *engine, const json_t *doc, FILE *in, json_t **gold, char **line, size_t *cap,
                     examples *out) {
    const char *id = string_of(doc, "id"), *text = string_of(doc, "text");
    slk_input input = {.id = id, .text = {text, strlen(text)}, .language = "en"};
    slk_reading *r;
    slk_fault fault;
    slk_traits t;
    if (slk_read(engine, &input, SLK_LAYER_TOKENS, &r, &fault) != SLK_OK) die("%s: %s", id, fault.message);
    if (slk_traits_start(&t, r) != SLK_OK) die("out of memory");
    while (*gold && strcmp(string_of(*gold, "doc"), id) == 0) {
        uint32_t end = byte_of(r->report.text, json_integer_value(json_object_get(*gold, "end")));
        uint32_t token = slk_token_at(r, end > 0 ? end - 1 : 0);
        if (token < r->tokens.n) {
            example *e = new_example(out);
            e->n = slk_traits_keys(&t, token, e->keys);
            e->value = json_number_value(json_object_get(*gold, "value"));
        }
        json_decref(*gold);
        *gold = next_line(in, line, cap);
    }
    slk_reading_free(r);
}

static void read_folder(const slk_engine *engine, const char *dir, examples *out) {
    FILE *docs = open_file(dir, "docs.jsonl"), *golds = open_file(dir, "gold.jsonl");
    char *doc_line = NULL, *gold_line = NULL;
    size_t doc_cap = 0, gold_cap = 0;
    json_t *gold = next_line(golds, &gold_line, &gold_cap);
    for (json_t *doc; (doc = next_line(docs, &doc_line, &doc_cap)); json_decref(doc))
        take_doc(engine, doc, golds, &gold, &gold_line, &gold_cap, out);
    if (gold) die("%s: gold.jsonl is in another order than docs.jsonl", dir);
    free(doc_line);
    free(gold_line);
    (void)fclose(docs);
    (void)fclose(golds);
}

/* ---------------------------------------------------------------- learning */

typedef struct slot { /* of a hashed list of all keys */
    uint32_t key, met;
    double w, g;
} slot;

static slot *slot_of(slot *all, uint32_t key) {
    uint32_t at = (key * 0x9E3779B1u) & (MOST_KEYS - 1);
    for (unsigned hop = 0; all[at].key && all[at].key != key; hop++) {
        if (hop > MOST_KEYS / 2) die("too many keys");
        at = (at + 1) & (MOST_KEYS - 1);
    }
    all[at].key = key;
    return &all[at];
}

static void learn_one(slot *all, const example *e, double bias) {
    double sum = bias;
    for (uint32_t i = 0; i < e->n; i++) sum += slot_of(all, e->keys[i])->w;
    double d = (sum - e->value) * 2;
    d = d > 1 ? 1 : d < -1 ? -1 : d;
    for (uint32_t i = 0; i < e->n; i++) {
        slot *s = slot_of(all, e->keys[i]);
        if (s->met < LEAST) continue;
        double step = d + DECAY * s->w;
        s->g += step * step;
        s->w -= RATE * step / sqrt(s->g + 1e-6);
    }
}

static void learn(slot *all, examples *x, double bias) {
    uint64_t seed = 1;
    for (size_t i = 0; i < x->n; i++)
        for (uint32_t k = 0; k < x->at[i].n; k++) slot_of(all, x->at[i].keys[k])->met++;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = x->n; i > 1; i--) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            size_t j = (seed >> 33) % i;
            example swap = x->at[i - 1];
            x->at[i - 1] = x->at[j];
            x->at[j] = swap;
        }
        for (size_t i = 0; i < x->n; i++) learn_one(all, &x->at[i], bias);
    }
}

/* ---------------------------------------------------------------- writing and measuring */

static slk_text image(const slot *all, double bias) {
    uint32_t n = 0, slots = 1;
    for (uint32_t i = 0; i < MOST_KEYS; i++) n += lround(all[i].w * SLK_HAPPENED_SCALE) != 0;
    while (slots < n + n / 2 + 1) slots *= 2;
    size_t size = sizeof(slk_weights_head) + slots * sizeof(slk_weight);
    char *at = need(calloc(1, size));
    slk_weights_head *h = (void *)at;
    *h = (slk_weights_head){.magic = SLK_WEIGHTS_MAGIC,
                            .version = SLK_WEIGHTS_VERSION,
                            .slots = slots,
                            .bias = (int32_t)lround(bias * SLK_HAPPENED_SCALE)};
    slk_weight *w = (void *)(h + 1);
    for (uint32_t i = 0; i < MOST_KEYS; i++) {
        int32_t weight = (int32_t)lround(all[i].w * SLK_HAPPENED_SCALE);
        uint32_t place = all[i].key & (slots - 1);
        if (!weight) continue;
        while (w[place].key) place = (place + 1) & (slots - 1);
        w[place] = (slk_weight){all[i].key, weight};
    }
    printf("%u keys with a weight, %zu bytes\n", n, size);
    return (slk_text){at, size};
}

static void measure(slk_text file, const examples *x, const char *name) {
    double error = 0, p = 0, g = 0, pp = 0, gg = 0, pg = 0, n = (double)x->n;
    for (size_t i = 0; i < x->n; i++) {
        double v = (double)slk_weights_sum(file, x->at[i].keys, x->at[i].n) / SLK_HAPPENED_SCALE, w = x->at[i].value;
        v = v > 3 ? 3 : v < -3 ? -3 : v;
        error += fabs(v - w);
        p += v, g += w, pp += v * v, gg += w * w, pg += v * w;
    }
    double r = (n * pg - p * g) / sqrt((n * pp - p * p) * (n * gg - g * g));
    printf("%s: %zu values, mean error %.3f, correlation %.3f\n", name, x->n, error / n, r);
}

int main(int argc, char **argv) {
    if (argc < 5) die("usage: train-happened PACK OUT --train DIR ... --dev DIR ...");
    slk_engine *engine;
    slk_fault fault;
    if (slk_engine_open(argv[1], NULL, &engine, &fault) != SLK_OK) die("%s", fault.message);
    examples train = {0};
    double bias = 0;
    for (int i = 3; i + 1 < argc; i += 2)
        if (strcmp(argv[i], "--train") == 0) read_folder(engine, argv[i + 1], &train);
    for (size_t i = 0; i < train.n; i++) bias += train.at[i].value / (double)train.n;
    slot *all = need(calloc(MOST_KEYS, sizeof *all));
    learn(all, &train, bias);
    slk_text file = image(all, bias);
    FILE *out = fopen(argv[2], "wb");
    if (!out || fwrite(file.at, 1, file.n, out) != file.n || fclose(out) != 0) die("%s: %s", argv[2], strerror(errno));
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--dev") != 0) continue;
        examples dev = {0};
        read_folder(engine, argv[i + 1], &dev);
        measure(file, &dev, argv[i + 1]);
        free(dev.at);
    }
    slk_engine_close(engine);
    return 0;
}
