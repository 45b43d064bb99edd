/* vote.c - trees for texts that have none. See vote.h. */
#include "vote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/arcs.h"

#define BATCH 1000 /* words */

static void write_sentence(FILE *out, const labels *l, const word *words, const scores *r, uint32_t from, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        const word *w = &words[i];
        uint32_t k = from + i;
        (void)fprintf(out, "%u\t%s\t_\t%s\t%s\t%s\t%d\t%s\t_\t", i + 1, w->form, l->upos.at[r->upos[k]],
                      l->xpos.at[r->xpos[k]], l->feats.at[r->feats[k]], r->head[k] + 1, l->rel.at[r->rel[k]]);
        (void)fprintf(out, w->ner < l->ner.n ? "NER=%s\n" : "_\n", w->ner < l->ner.n ? l->ner.at[w->ner] : "");
    }
    (void)fputc('\n', out);
}

static soft certain(uint16_t label) { return (soft){.label = {label}, .p = {1}}; }

/* What the file says of names and trees needs no vote. */
static void keep_known(const word *words, uint32_t n, scores *r, uint32_t from) {
    for (uint32_t i = 0; i < n; i++) {
        const word *w = &words[i];
        soft *shares = r->shares + (size_t)(from + i) * OUTPUTS;
        if (w->ner != UINT16_MAX) shares[TO_NER] = certain(w->ner);
        if (w->head == CORPUS_NO_HEAD) continue;
        r->upos[from + i] = w->upos, shares[TO_UPOS] = certain(w->upos);
        r->xpos[from + i] = w->xpos, shares[TO_XPOS] = certain(w->xpos);
        r->feats[from + i] = w->feats, shares[TO_FEATS] = certain(w->feats);
        r->rel[from + i] = w->rel, shares[TO_REL] = certain(w->rel);
        r->head[from + i] = w->head, shares[TO_HEAD] = certain((uint16_t)(w->head + 1));
    }
}

void vote(net *const *nets, unsigned n_nets, const rows *r, labels *l, const char *path, const char *out) {
    corpus c = {0};
    corpus_read(&c, path, l, false);
    rows_apply(r, &c);
    FILE *to = fopen(out, "wb");
    if (!to) die("%s: cannot be written", out);
    soft *shares = need(calloc((size_t)c.n_words * OUTPUTS + 1, sizeof *shares));
    uint32_t order[BATCH], written = 0;
    for (uint32_t s = 0; s < c.n_sentences;) {
        uint32_t n = 0, words = 0;
        for (; s < c.n_sentences && n < BATCH && words < BATCH; s++) {
            if (c.sentences[s].n > SLK_ARCS_MOST) continue;
            words += c.sentences[s].n;
            order[n++] = s;
        }
        if (n == 0) break;
        scores v;
        net_vote(nets, n_nets, &c, order, n, &v);
        for (uint32_t i = 0, at = 0; i < n; at += c.sentences[order[i++]].n) {
            sentence sn = c.sentences[order[i]];
            keep_known(&c.words[sn.first], sn.n, &v, at);
            write_sentence(to, l, &c.words[sn.first], &v, at, sn.n);
        }
        memcpy(shares + (size_t)written * OUTPUTS, v.shares, (size_t)v.words * OUTPUTS * sizeof *shares);
        written += v.words;
        scores_free(&v);
    }
    if (fclose(to) != 0) die("%s: cannot be written", out);
    soft_write(out, shares, written, l);
    printf("%s: %u words voted on\n", out, written);
    free(shares);
}
