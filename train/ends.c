/* ends.c - trains the judge of sentence ends (src/language/ends.h): a logistic regression over the keys of every gap between two
 * tokens, learned from the raw text and the CoNLL-U of tree banks, written as integers.
 *
 *     train-ends PACK OUT [--keep LIST] --train DIR ... --prose FILE ... --dev DIR ...
 *
 * DIR holds docs.jsonl (id, text) and gold.conllu; LIST, of beginnings of document ids, says which may be trained on. FILE is a
 * docs.jsonl of edited prose without a tree bank: all it teaches is that its sentences do not end where no mark stands. The pack is
 * asked for tokens and tables only, so one with older weights will do. Same input, same bytes out. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "language/ends.h"
#include "language/language.h"

#define ROUNDS 40
#define RATE 0.12
#define DECAY 1e-5
#define HEADLINE_STEP 2u
#define LEAST 3u   /* a key met less often gets no weight */
#define SCALE 16.0 /* of the integers; smaller weights are dropped */
#define MOST_KEYS (1u << 23)

/* ---------------------------------------------------------------- keys and their numbers */

typedef struct numbering {
    uint32_t *keys, *ids, n;
} numbering;

static uint32_t id_of(numbering *x, uint32_t key, bool grow) {
    uint32_t slot = (key * 0x9E3779B1u) & (MOST_KEYS - 1);
    while (x->keys[slot] && x->keys[slot] != key) slot = (slot + 1) & (MOST_KEYS - 1);
    if (x->keys[slot]) return x->ids[slot];
    if (!grow) return UINT32_MAX;
    if (x->n + 1 >= MOST_KEYS / 2) die("too many keys");
    x->keys[slot] = key;
    return x->ids[slot] = x->n++;
}

/* ---------------------------------------------------------------- documents */

typedef struct doc {
    slk_reading r;
    bool *ends; /* per token: the tree bank ends a sentence behind it */
    uint32_t gold;
    char *id;
} doc;

typedef struct docs {
    doc *at;
    size_t n, cap;
} docs;

typedef struct gold { /* sentence ends of one document, as counts of characters other than white space before them */
    char *id;
    uint32_t *ends;
    size_t n, cap;
} gold;

typedef struct golds {
    gold *at;
    size_t n, cap;
} golds;

static uint32_t visible(const char *at, size_t n) { /* characters that are no white space */
    uint32_t sum = 0, cp;
    for (const char *p = at, *end = at + n; p < end;) {
        p += slk_utf8_next(p, end, &cp);
        sum += !slk_cp_is_space(cp);
    }
    return sum;
}

static void gold_end(gold *g, uint32_t count) {
    if (g->n && g->ends[g->n - 1] == count) return;
    if (g->n == g->cap) g->ends = need(realloc(g->ends, (g->cap = g->cap ? 2 * g->cap : 64) * sizeof *g->ends));
    g->ends[g->n++] = count;
}

/* Reads one line: adds to *count what the line says of the text; *skip: words of a range that are counted already. */
static void gold_word(char *line, uint32_t *count, long *skip) {
    char *form = strchr(line, '\t'), *rest;
    if (!form) return;
    long first = strtol(line, &rest, 10), last = *rest == '-' ? strtol(rest + 1, NULL, 10) : first;
    if (*rest == '.' || (*rest != '-' && first <= *skip)) return;
    if (*rest == '-') *skip = last;
    char *end = strchr(++form, '\t');
    *count += visible(form, end ? (size_t)(end - form) : strlen(form));
}

static FILE *open_file(const char *path) {
    FILE *in = fopen(path, "r");
    if (!in) die("%s: %s", path, strerror(errno));
    return in;
}

static void read_gold(const char *dir, golds *out) {
    char path[4096], *line = NULL;
    size_t cap = 0;
    (void)snprintf(path, sizeof path, "%s/gold.conllu", dir);
    FILE *in = open_file(path);
    uint32_t count = 0;
    long skip = 0;
    gold *g = NULL;
    for (ssize_t n; (n = getline(&line, &cap, in)) > 0;) {
        if (line[n - 1] == '\n') line[--n] = '\0';
        if (strncmp(line, "# newdoc id = ", 14) == 0) {
            if (out->n == out->cap)
                out->at = need(realloc(out->at, (out->cap = out->cap ? 2 * out->cap : 64) * sizeof *g));
            g = &out->at[out->n++];
            *g = (gold){.id = need(strdup(line + 14))};
            count = 0;
        } else if (n == 0 && g) {
            gold_end(g, count);
            skip = 0;
        } else if (line[0] != '#') {
            gold_word(line, &count, &skip);
        }
    }
    free(line);
    (void)fclose(in);
}

/* Marks the tokens behind which the tree bank ends a sentence; ends inside a token are left out. */
static void mark_ends(doc *d, const gold *g) {
    size_t next = 0;
    uint32_t count = 0, from = 0;
    d->ends = need(calloc(d->r.tokens.n + 1, sizeof *d->ends));
    for (uint32_t t = 0; t < d->r.tokens.n; t++) {
        slk_span s = d->r.tokens.at[t].span;
        count += visible(d->r.report.text.at + from, s.end - from);
        from = s.end;
        while (next < g->n && g->ends[next] < count) next++;
        d->ends[t] = next < g->n && g->ends[next] == count;
    }
    d->gold = (uint32_t)g->n;
}

static bool kept(const char *id, const char *keep) {
    if (!keep) return true;
    for (const char *p = keep; *p;) {
        size_t n = strcspn(p, ",");
        if (strncmp(id, p, n) == 0) return true;
        p += n + (p[n] == ',');
    }
    return false;
}

static void read_text(const slk_pack *pack, const char *id, const char *text, doc *d) {
    *d = (doc){.r = {.mem = slk_mem_system}, .id = need(strdup(id))};
    slk_arena_start(&d->r.arena, &slk_mem_system, SLK_READING_CEILING_B);
    d->r.report.text = (slk_text){need(strdup(text)), strlen(text)};
    if (slk_tokens_cut(pack, &d->r) != SLK_OK) die("%s: no tokens", id);
}

static void read_line(const slk_pack *pack, const char *path, const char *line, doc *d) {
    json_error_t wrong;
    json_t *j = json_loads(line, 0, &wrong);
    const char *id = j ? json_string_value(json_object_get(j, "id")) : NULL;
    const char *text = j ? json_string_value(json_object_get(j, "text")) : NULL;
    if (!id || !text) die("%s: a line without id or text", path);
    read_text(pack, id, text, d);
    json_decref(j);
}

static doc *new_doc(docs *out) {
    if (out->n == out->cap) out->at = need(realloc(out->at, (out->cap = out->cap ? 2 * out->cap : 64) * sizeof(doc)));
    return &out->at[out->n++];
}

static void read_prose(const slk_pack *pack, const char *path, docs *out) {
    char *line = NULL;
    size_t cap = 0;
    FILE *in = open_file(path);
    while (getline(&line, &cap, in) > 0) read_line(pack, path, line, new_doc(out));
    free(line);
    (void)fclose(in);
}

static void read_docs(const slk_pack *pack, const char *dir, const char *keep, docs *out) {
    golds g = {0};
    read_gold(dir, &g);
    char path[4096], *line = NULL;
    size_t cap = 0, at = 0;
    (void)snprintf(path, sizeof path, "%s/docs.jsonl", dir);
    FILE *in = open_file(path);
    while (getline(&line, &cap, in) > 0) {
        doc d;
        read_line(pack, path, line, &d);
        while (at < g.n && strcmp(g.at[at].id, d.id) != 0) at++;
        if (at == g.n) die("%s: %s is not in gold.conllu, or in another order", path, d.id);
        if (!kept(d.id, keep)) continue;
        mark_ends(&d, &g.at[at]);
        *new_doc(out) = d;
    }
    free(line);
    (void)fclose(in);
}

/* ---------------------------------------------------------------- examples */

typedef struct example {
    size_t first; /* in the list of numbers */
    uint8_t n;
    bool end;
} example;

#define HEADLINE_LEAST 5u
#define HEADLINE_MOST 14u

/* A sentence as a headline: words of four letters and more with capitals, no full stop; behind it, as a paragraph of its own, the
 * sentence itself. False where it has marks within or is too long or short. */
static bool headline_of(const doc *d, uint32_t first, uint32_t last, char *out, size_t size) {
    const slk_token *t = d->r.tokens.at;
    if (last - first < HEADLINE_LEAST || last - first > HEADLINE_MOST) return false;
    if (!slk_text_is(slk_token_text(&d->r, last), ".") || 2 * (t[last].span.end - t[first].span.start) + 16 > size)
        return false;
    size_t n = 0;
    for (uint32_t i = first; i < last; i++) {
        slk_text x = slk_token_text(&d->r, i);
        if (i > first && !slk_is_alpha(x.at[0]) && !slk_is_digit(x.at[0]) && x.at[0] != '\'' && x.at[0] != '-')
            return false;
        if (i > first && t[i - 1].space_after) out[n++] = ' ';
        memcpy(out + n, x.at, x.n);
        if ((x.n >= 4 || i == first) && slk_is_lower(out[n]) && !t[i].joined) out[n] = (char)(out[n] - 'a' + 'A');
        n += x.n;
    }
    slk_text whole = slk_text_part(d->r.report.text, t[first].span.start, t[last].span.end);
    (void)snprintf(out + n, size - n, "\n\n%.*s", (int)whole.n, whole.at);
    return true;
}

/* Makes headlines of the sentences of the tree banks: titles have capitals everywhere and are one sentence all the same. */
static void make_headlines(const slk_pack *pack, const docs *from, docs *out) {
    char text[1024];
    for (size_t i = 0; i < from->n; i++) {
        const doc *d = &from->at[i];
        for (uint32_t first = 0, t = 0; t < d->r.tokens.n; t++) {
            if (!d->ends[t]) continue;
            if (headline_of(d, first, t, text, sizeof text)) read_text(pack, "headline", text, new_doc(out));
            first = t + 1;
        }
    }
}

typedef struct examples {
    example *at;
    size_t n, cap;
    uint32_t *ids;
    size_t n_ids, cap_ids;
} examples;

static void add_example(examples *x, numbering *keys, const uint32_t *at, uint32_t n, bool end) {
    if (x->n == x->cap) x->at = need(realloc(x->at, (x->cap = x->cap ? 2 * x->cap : 4096) * sizeof *x->at));
    if (x->n_ids + n > x->cap_ids)
        x->ids = need(realloc(x->ids, (x->cap_ids = 2 * x->cap_ids + 65536) * sizeof *x->ids));
    x->at[x->n++] = (example){x->n_ids, (uint8_t)n, end};
    for (uint32_t i = 0; i < n; i++) x->ids[x->n_ids++] = id_of(keys, at[i], true);
}

typedef bool (*judge)(void *with, const slk_ends *e, const doc *d, uint32_t token);

/* Goes through a document as the station does; says at each token whether a sentence ends behind it. */
static void walk(const slk_pack *pack, doc *d, judge ends, void *with) {
    slk_ends e;
    if (slk_ends_start(&e, pack, &d->r) != SLK_OK) die("out of memory");
    for (uint32_t first = 0, last; first < d->r.tokens.n; first = last + 1) {
        bool begins = true;
        for (last = first;
             last + 1 < d->r.tokens.n && d->r.tokens.at[last + 1].sentence == d->r.tokens.at[first].sentence;)
            last++;
        slk_ends_paragraph(&e, first, last);
        for (uint32_t t = first; t <= last; t++) {
            slk_ends_pass(&e, t, begins);
            begins = ends(with, &e, d, t) || t == last;
        }
    }
    slk_ends_free(&e);
}

typedef struct collector {
    examples x;
    numbering keys;
    size_t out_of_reach; /* gaps that the rules decide otherwise than the tree bank */
} collector;

static bool collect(void *with, const slk_ends *e, const doc *d, uint32_t token) {
    collector *c = with;
    uint32_t keys[SLK_ENDS_KEYS];
    if (token == e->last) return true;
    slk_end rule = slk_ends_rule(e, token);
    if (rule != SLK_END_ASK)
        c->out_of_reach += d->ends[token] != (rule == SLK_END_YES);
    else
        add_example(&c->x, &c->keys, keys, slk_ends_keys(e, token, keys), d->ends[token]);
    return d->ends[token];
}

/* Headlines: the first paragraph is one sentence. */
static bool collect_headline(void *with, const slk_ends *e, const doc *d, uint32_t token) {
    collector *c = with;
    uint32_t keys[SLK_ENDS_KEYS];
    (void)d;
    if (token == e->last) return true;
    if (e->start == 0 && slk_ends_rule(e, token) == SLK_END_ASK)
        add_example(&c->x, &c->keys, keys, slk_ends_keys(e, token, keys), false);
    return false;
}

/* Edited prose: no end where no mark stands. Its true ends are not known; those after a mark and before a capital are taken for the
 * way through the sentences, and taught nothing of. */
static bool collect_prose(void *with, const slk_ends *e, const doc *d, uint32_t token) {
    collector *c = with;
    uint32_t keys[SLK_ENDS_KEYS];
    if (token == e->last) return true;
    slk_end rule = slk_ends_rule(e, token);
    if (rule != SLK_END_ASK) return rule == SLK_END_YES;
    if (!slk_ends_marked(e, token)) {
        if (e->left_open == 0) add_example(&c->x, &c->keys, keys, slk_ends_keys(e, token, keys), false);
        return false;
    }
    uint32_t cp;
    slk_text next = slk_token_text(&d->r, token + 1), here = slk_token_text(&d->r, token);
    slk_utf8_next(next.at, next.at + next.n, &cp);
    return slk_text_is(here, ".") && slk_cp_is_upper(cp);
}

/* ---------------------------------------------------------------- learning */

typedef struct model {
    double *w, *g, *sum; /* weights, squared gradients, weights summed up over the last rounds */
    double bias, bias_g, bias_sum;
} model;

static uint64_t random_next(uint64_t *s) {
    *s = *s * 6364136223846793005u + 1442695040888963407u;
    return *s >> 33;
}

static void learn_one(model *m, const examples *x, const example *e) {
    double z = m->bias;
    for (uint32_t i = 0; i < e->n; i++) z += m->w[x->ids[e->first + i]];
    double d = 1 / (1 + exp(-z)) - e->end;
    m->bias_g += d * d;
    m->bias -= RATE * d / sqrt(m->bias_g + 1e-6);
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t id = x->ids[e->first + i];
        double d2 = d + DECAY * m->w[id];
        m->g[id] += d2 * d2;
        m->w[id] -= RATE * d2 / sqrt(m->g[id] + 1e-2);
    }
}

static void learn(model *m, examples *x, uint32_t n_keys) {
    uint64_t seed = 1;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = x->n; i > 1; i--) {
            size_t j = random_next(&seed) % i;
            example t = x->at[i - 1];
            x->at[i - 1] = x->at[j];
            x->at[j] = t;
        }
        for (size_t i = 0; i < x->n; i++) learn_one(m, x, &x->at[i]);
        if (round * 2 < ROUNDS) continue;
        for (uint32_t i = 0; i < n_keys; i++) m->sum[i] += m->w[i];
        m->bias_sum += m->bias;
    }
    int rounds = ROUNDS - (ROUNDS + 1) / 2;
    for (uint32_t i = 0; i < n_keys; i++) m->w[i] = m->sum[i] / rounds;
    m->bias = m->bias_sum / rounds;
}

/* ---------------------------------------------------------------- writing */

static slk_text image(const model *m, const numbering *keys, const uint32_t *met) {
    uint32_t n = 0, slots = 1;
    for (uint32_t i = 0; i < keys->n; i++) n += met[i] >= LEAST && lround(m->w[i] * SCALE) != 0;
    while (slots < n + n / 2 + 1) slots *= 2;
    size_t size = sizeof(slk_weights_head) + slots * sizeof(slk_weight);
    char *at = need(calloc(1, size));
    slk_weights_head *h = (void *)at;
    *h = (slk_weights_head){.magic = SLK_WEIGHTS_MAGIC,
                            .version = SLK_WEIGHTS_VERSION,
                            .slots = slots,
                            .bias = (int32_t)lround(m->bias * SCALE)};
    slk_weight *w = (void *)(h + 1);
    for (uint32_t s = 0; s < MOST_KEYS; s++) {
        uint32_t key = keys->keys[s], id = keys->ids[s];
        if (!key || met[id] < LEAST || lround(m->w[id] * SCALE) == 0) continue;
        uint32_t slot = key & (slots - 1);
        while (w[slot].key) slot = (slot + 1) & (slots - 1);
        w[slot] = (slk_weight){key, (int32_t)lround(m->w[id] * SCALE)};
    }
    printf("%u keys, %u with a weight, %zu bytes\n", keys->n, n, size);
    return (slk_text){at, size};
}

static void write_file(const char *path, slk_text file) {
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(file.at, 1, file.n, out) != file.n || fclose(out) != 0) die("%s: %s", path, strerror(errno));
}

/* ---------------------------------------------------------------- measuring */

typedef struct counts {
    slk_text file;
    bool right; /* the sentence under way began at a true end */
    uint32_t gold, said, hit;
    FILE *misses;
} counts;

static void tell(counts *c, const doc *d, uint32_t token, bool said) {
    if (!c->misses) return;
    uint32_t from = token > 5 ? token - 5 : 0, to = token + 6 < d->r.tokens.n ? token + 6 : d->r.tokens.n;
    (void)fprintf(c->misses, "%s %s:", said ? "INVENTED" : "MISSED", d->id);
    for (uint32_t t = from; t < to; t++) {
        slk_text x = slk_token_text(&d->r, t);
        (void)fprintf(c->misses, " %.*s%s", (int)x.n, x.at, t == token ? " |||" : "");
    }
    (void)fputc('\n', c->misses);
}

static bool judged(void *with, const slk_ends *e, const doc *d, uint32_t token) {
    counts *c = with;
    uint32_t keys[SLK_ENDS_KEYS];
    if (token == e->last) return true;
    slk_end rule = slk_ends_rule(e, token);
    bool end =
        rule == SLK_END_ASK ? slk_weights_sum(c->file, keys, slk_ends_keys(e, token, keys)) > 0 : rule == SLK_END_YES;
    if (end != d->ends[token]) tell(c, d, token, end);
    return end;
}

static bool counted(void *with, const slk_ends *e, const doc *d, uint32_t token) {
    counts *c = with;
    bool end = judged(c, e, d, token);
    if (end || d->ends[token]) {
        c->said += end;
        c->hit += end && d->ends[token] && c->right;
        c->right = end && d->ends[token];
    }
    return end;
}

static void measure(const slk_pack *pack, slk_text file, const docs *ds, const char *name, FILE *misses) {
    counts c = {.file = file, .misses = misses};
    for (size_t i = 0; i < ds->n; i++) {
        c.right = true;
        c.gold += ds->at[i].gold;
        walk(pack, &ds->at[i], counted, &c);
    }
    double p = 100.0 * c.hit / (c.said ? c.said : 1), r = 100.0 * c.hit / (c.gold ? c.gold : 1);
    printf("%s: sentences P %.2f R %.2f F1 %.2f\n", name, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0.0);
}

int main(int argc, char **argv) {
    if (argc < 5) die("usage: train-ends PACK OUT [--keep LIST] --train DIR ... --dev DIR ...");
    slk_pack *pack;
    slk_fault fault;
    if (slk_pack_open(argv[1], &slk_mem_system, &pack, &fault) != SLK_OK) die("%s", fault.message);
    const char *keep = NULL;
    docs train = {0}, prose = {0}, headlines = {0};
    collector c = {.keys = {need(calloc(MOST_KEYS, 4)), need(calloc(MOST_KEYS, 4)), 0}};
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--keep") == 0) keep = argv[i + 1];
        if (strcmp(argv[i], "--train") == 0) read_docs(pack, argv[i + 1], keep, &train);
        if (strcmp(argv[i], "--prose") == 0) read_prose(pack, argv[i + 1], &prose);
    }
    for (size_t i = 0; i < train.n; i++) walk(pack, &train.at[i], collect, &c);
    for (size_t i = 0; i < prose.n; i++) walk(pack, &prose.at[i], collect_prose, &c);
    make_headlines(pack, &train, &headlines);
    for (size_t i = 0; i < headlines.n; i += HEADLINE_STEP) walk(pack, &headlines.at[i], collect_headline, &c);
    printf("%zu documents, %zu gaps, %u keys; the rules are wrong at %zu\n", train.n, c.x.n, c.keys.n, c.out_of_reach);
    uint32_t *met = need(calloc(c.keys.n, sizeof *met));
    for (size_t i = 0; i < c.x.n_ids; i++) met[c.x.ids[i]]++;
    model m = {need(calloc(c.keys.n, 8)), need(calloc(c.keys.n, 8)), need(calloc(c.keys.n, 8)), 0, 0, 0};
    learn(&m, &c.x, c.keys.n);
    slk_text file = image(&m, &c.keys, met);
    write_file(argv[2], file);
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--dev") != 0) continue;
        docs dev = {0};
        read_docs(pack, argv[i + 1], NULL, &dev);
        measure(pack, file, &dev, argv[i + 1], getenv("MISSES") ? stderr : NULL);
    }
    slk_pack_close(pack);
    return 0;
}
