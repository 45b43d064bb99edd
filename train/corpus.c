/* corpus.c - reading tree banks. See corpus.h. */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

uint32_t names_of(names *list, const char *z, bool grow) {
    for (uint32_t i = 0; i < list->n; i++)
        if (strcmp(list->at[i], z) == 0) return i;
    if (!grow) return UINT32_MAX;
    if (list->n == list->cap) {
        list->cap = list->cap ? 2 * list->cap : 64;
        list->at = need(realloc(list->at, list->cap * sizeof *list->at));
    }
    list->at[list->n] = need(strdup(z));
    return list->n++;
}

static word *add_word(corpus *c) {
    if (c->n_words == c->cap_words) {
        c->cap_words = c->cap_words ? 2 * c->cap_words : 4096;
        c->words = need(realloc(c->words, c->cap_words * sizeof *c->words));
    }
    return &c->words[c->n_words++];
}

static void end_sentence(corpus *c, uint32_t first, const char *path) {
    if (c->n_words == first) return;
    for (uint32_t i = first; i < c->n_words; i++)
        if (c->words[i].head >= (int)(c->n_words - first)) die("%s: a head is no word of its sentence", path);
    if (c->n_sentences == c->cap_sentences) {
        c->cap_sentences = c->cap_sentences ? 2 * c->cap_sentences : 1024;
        c->sentences = need(realloc(c->sentences, c->cap_sentences * sizeof *c->sentences));
    }
    c->sentences[c->n_sentences++] = (sentence){first, c->n_words - first};
}

static uint16_t label(names *list, const char *z, bool grow) {
    uint32_t v = names_of(list, z, grow);
    return v >= UINT16_MAX ? UINT16_MAX : (uint16_t)v;
}

/* One line of ten columns, cut in place. */
static void take_line(corpus *c, char *line, labels *l, bool grow, const char *path, unsigned number) {
    char *column[10], *p = line;
    for (unsigned i = 0; i < 10; i++) {
        column[i] = p;
        p = p ? strchr(p, '\t') : NULL;
        if (p) *p++ = '\0';
        if (!column[i]) die("%s:%u: %u columns, 10 are needed", path, number, i);
    }
    if (strpbrk(column[0], "-.")) return;
    word w = {.upos = UINT16_MAX, .xpos = UINT16_MAX, .feats = UINT16_MAX, .rel = UINT16_MAX, .ner = UINT16_MAX};
    w.n_keys = (uint8_t)slk_form_features(slk_text_of(column[1]), w.keys);
    w.head = CORPUS_NO_HEAD;
    if (strcmp(column[3], "_") != 0) { /* has a tree */
        w.head = (int16_t)(strtol(column[6], NULL, 10) - 1);
        if (w.head < -1) die("%s:%u: no head", path, number);
        w.upos = label(&l->upos, column[3], grow);
        w.xpos = label(&l->xpos, column[4], grow);
        w.feats = label(&l->feats, column[5], grow);
        w.rel = label(&l->rel, column[7], grow);
    }
    if (strncmp(column[9], "NER=", 4) == 0) w.ner = label(&l->ner, column[9] + 4, grow);
    w.form = need(strdup(column[1]));
    *add_word(c) = w;
}

/* The numbers here of the labels that a file of shares was written with. */
static uint16_t *labels_in(FILE *in, const char *path, names *list, uint32_t *n) {
    char *line = NULL;
    size_t cap = 0;
    if (fread(n, sizeof *n, 1, in) != 1 || *n > UINT16_MAX) die("%s.soft: is cut short", path);
    uint16_t *map = need(calloc(*n + 1, sizeof *map));
    for (uint32_t i = 0; i < *n; i++) {
        ssize_t k = getdelim(&line, &cap, 0, in);
        if (k <= 0) die("%s.soft: is cut short", path);
        map[i] = label(list, line, true);
    }
    free(line);
    return map;
}

static names *list_of(labels *l, output at) {
    names *const lists[OUTPUTS] = {&l->upos, &l->xpos, &l->feats, &l->rel, &l->ner, NULL};
    return lists[at];
}

static void soft_read(const char *path, word *words, uint32_t n, labels *l) {
    char name[4096];
    (void)snprintf(name, sizeof name, "%s.soft", path);
    FILE *in = fopen(name, "rb");
    if (!in) return;
    uint32_t there, counts[OUTPUTS] = {0};
    uint16_t *maps[OUTPUTS] = {0};
    if (fread(&there, sizeof there, 1, in) != 1 || there != n) die("%s: does not fit %s", name, path);
    for (unsigned i = 0; i < TO_HEAD; i++) maps[i] = labels_in(in, path, list_of(l, i), &counts[i]);
    soft *all = need(calloc((size_t)n * OUTPUTS + 1, sizeof *all));
    if (fread(all, sizeof *all, (size_t)n * OUTPUTS, in) != (size_t)n * OUTPUTS) die("%s: is cut short", name);
    (void)fclose(in);
    for (size_t i = 0; i < (size_t)n * OUTPUTS; i++)
        for (unsigned k = 0; i % OUTPUTS < TO_HEAD && k < SOFT_MOST; k++) {
            if (all[i].label[k] >= counts[i % OUTPUTS]) die("%s: is damaged", name);
            all[i].label[k] = maps[i % OUTPUTS][all[i].label[k]];
        }
    for (uint32_t i = 0; i < n; i++) words[i].soft = &all[(size_t)i * OUTPUTS];
    for (unsigned i = 0; i < OUTPUTS; i++) free(maps[i]);
}

void soft_write(const char *path, const soft *from, uint32_t n, const labels *l) {
    char name[4096];
    (void)snprintf(name, sizeof name, "%s.soft", path);
    char part[4200];
    (void)snprintf(part, sizeof part, "%s.part", name);
    FILE *out = fopen(part, "wb");
    bool well = out && fwrite(&n, sizeof n, 1, out) == 1;
    for (unsigned i = 0; well && i < TO_HEAD; i++) {
        const names *list = list_of((labels *)l, i);
        well = fwrite(&list->n, sizeof list->n, 1, out) == 1;
        for (uint32_t k = 0; well && k < list->n; k++) well = fwrite(list->at[k], strlen(list->at[k]) + 1, 1, out) == 1;
    }
    size_t all = (size_t)n * OUTPUTS;
    if (!well || fwrite(from, sizeof *from, all, out) != all || fclose(out) != 0 || rename(part, name) != 0)
        die("%s: cannot be written", name);
}

void corpus_read(corpus *c, const char *path, labels *l, bool grow) {
    FILE *in = fopen(path, "rb");
    if (!in) die("%s: cannot be opened", path);
    char *line = NULL;
    size_t cap = 0;
    uint32_t first = c->n_words, before = c->n_words;
    for (unsigned number = 1;; number++) {
        ssize_t n = getline(&line, &cap, in);
        if (n <= 0) break;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) line[--n] = '\0';
        if (n == 0) {
            end_sentence(c, first, path);
            first = c->n_words;
        } else if (line[0] != '#') {
            take_line(c, line, l, grow, path, number);
        }
    }
    end_sentence(c, first, path);
    free(line);
    if (fclose(in) != 0) die("%s: cannot be read", path);
    if (grow) soft_read(path, c->words + before, c->n_words - before, l);
}

static uint32_t place_of(const rows *r, uint32_t key) {
    uint32_t at = key * 2654435769u & (r->cap - 1);
    while (r->row[at] != UINT32_MAX && r->keys[at] != key) at = (at + 1) & (r->cap - 1);
    return at;
}

uint32_t rows_find(const rows *r, uint32_t key) { return r->row[place_of(r, key)]; }

static void rows_start(rows *r, uint32_t cap) {
    r->cap = cap;
    r->n = 0;
    r->keys = need(calloc(cap, sizeof *r->keys));
    r->row = need(malloc(cap * sizeof *r->row));
    memset(r->row, 0xFF, cap * sizeof *r->row);
}

void rows_make(rows *r, const corpus *c, uint32_t n_words, unsigned least) {
    rows seen;
    rows_start(&seen, 1u << 21);
    uint32_t *count = need(calloc(seen.cap, sizeof *count));
    for (uint32_t i = 0; i < n_words; i++)
        for (unsigned k = 0; k < c->words[i].n_keys; k++) {
            uint32_t at = place_of(&seen, c->words[i].keys[k]);
            seen.row[at] = 0;
            seen.keys[at] = c->words[i].keys[k];
            count[at]++;
        }
    uint32_t n = 0;
    for (uint32_t i = 0; i < seen.cap; i++) n += count[i] >= least;
    uint32_t cap = 1;
    while (cap < 2 * n) cap *= 2;
    rows_start(r, cap);
    for (uint32_t i = 0; i < seen.cap; i++) {
        if (count[i] < least) continue;
        uint32_t at = place_of(r, seen.keys[i]);
        r->keys[at] = seen.keys[i];
        r->row[at] = r->n++;
    }
    free(seen.keys);
    free(seen.row);
    free(count);
}

void rows_apply(const rows *r, corpus *c) {
    for (uint32_t i = 0; i < c->n_words; i++) {
        word *w = &c->words[i];
        unsigned n = 0;
        bool whole = rows_find(r, w->keys[0]) != UINT32_MAX;
        for (unsigned k = 0; k < w->n_keys; k++) {
            uint32_t row = rows_find(r, w->keys[k]);
            if (row != UINT32_MAX) w->keys[n++] = row;
        }
        w->n_keys = (uint8_t)(n | (whole ? 0x80u : 0)); /* the high bit: the first row is the whole form's */
    }
}
