/* tag.c - what the words of a report are: the trained net gives parts of speech, features, heads and relations, sentence by sentence
 * (net.h); lemmas follow from the part of speech by table and rule (lemma.h). A sentence longer than the net's window is read in
 * windows, whose roots hang on the first one's. See language.h. */
#include <string.h>

#include "base/words.h"
#include "language/inside.h"
#include "language/lemma.h"
#include "language/net.h"
#include "language/phrases.h"
#include "language/words.h"

typedef struct window { /* a sentence, or a part of one that is longer than the net reads at once */
    uint32_t first;     /* token */
    bool begins;        /* the sentence */
} window;

typedef struct tagger {
    const slk_pack *pack;
    slk_reading *r;
    slk_net net;
    slk_net_scratch *scratch;
    unsigned wants;
    uint8_t upos[64];            /* of the net's labels */
    uint32_t most, n, n_windows; /* words at once; words and windows that wait to be read */
    uint32_t root;               /* of the sentence whose windows are read */
    window windows[SLK_NET_WINDOW];
    uint16_t lengths[SLK_NET_WINDOW];
    slk_text forms[SLK_NET_WINDOW];
    const int16_t *sums[SLK_NET_WINDOW]; /* of their words */
    slk_net_word words[SLK_NET_WINDOW];
} tagger;

/* ---------------------------------------------------------------- lemmas */

/* In small letters; a curly apostrophe becomes the straight one that the tables have. Writes x.n bytes and a NUL at most. */
static slk_text small_letters(slk_text x, char *z) {
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++) {
        if (i + 2 < x.n && memcmp(x.at + i, "\xE2\x80\x99", 3) == 0) {
            z[n++] = '\'';
            i += 2;
        } else {
            z[n++] = slk_lower(x.at[i]);
        }
    }
    z[n] = '\0';
    return (slk_text){z, n};
}

/* The word of a token with the part that is asked of here; NULL when out of memory. */
static slk_word *word_of(tagger *g, uint32_t token) {
    slk_word *w = g->r->words.at[token];
    if (w->parts & SLK_WORD_TAG) return w;
    char *z = slk_word_room(g->r, w, w->text.n + 1);
    if (!z) return NULL;
    w->small = small_letters(w->text, z);
    w->closed_row = slk_closed_row(g->pack, w->small);
    w->lemma_a = slk_irregular(g->pack, w->small, 'a').at;
    if (w->closed_row != SLK_NONE) w->lemma_c = slk_pack_str(g->pack, SLK_T_CLOSED, w->closed_row, SLK_CLOSED_LEMMA);
    w->parts |= SLK_WORD_TAG;
    return w;
}

static const char *keep(tagger *g, const slk_word *w, slk_text t, const char *own) {
    if (t.at == w->small.at && t.n == w->small.n) return w->small.at;
    if (t.at != own) return t.at;
    char *z = slk_word_room(g->r, w, t.n + 1);
    if (z) memcpy(z, t.at, t.n);
    return z;
}

static const char *lemma_of_verb(tagger *g, slk_word *w) {
    char base[SLK_WORD_MOST];
    bool known;
    if (!w->lemma_v) w->lemma_v = keep(g, w, slk_verb_base(g->pack, w->small, base, &known), base);
    return w->lemma_v;
}

static const char *lemma_of_noun(tagger *g, slk_word *w) {
    char base[SLK_WORD_MOST];
    bool known;
    if (!w->lemma_n) w->lemma_n = keep(g, w, slk_noun_base(g->pack, w->small, base, &known), base);
    return w->lemma_n;
}

static bool all_capitals(slk_text x) {
    for (size_t i = 0; i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 2;
}

/* Names keep their letters; those made of a plural lose its ending ("States", "the Russians"). */
static const char *lemma_of_name(tagger *g, const slk_word *f, const slk_token *t) {
    slk_text x = slk_text_part(g->r->report.text, t->span.start, t->span.end), base;
    char small[SLK_WORD_MOST];
    bool known, plural = t->xpos && strcmp(t->xpos, "NNPS") == 0;
    if (plural && x.n == f->small.n && !all_capitals(x)) {
        base = slk_noun_base(g->pack, f->small, small, &known);
        bool cut = base.at == small && base.n < x.n && memcmp(base.at, f->small.at, base.n) == 0;
        if (cut) return slk_arena_copy(&g->r->arena, x.at, base.n);
    }
    return f->text.at;
}

static const char *lemma_of_clitic(const tagger *g, uint32_t token, uint8_t upos) {
    if (upos == SLK_UPOS_PRON) return "we"; /* "let's" */
    if (upos != SLK_UPOS_AUX && upos != SLK_UPOS_VERB) return "'s";
    return slk_word_is(g->r, token + 1, "been") || slk_word_is(g->r, token + 1, "got") ? "have" : "be";
}

/* A word of the closed classes by its own row; NULL where the part of speech decides. */
static const char *lemma_of_row(const tagger *g, const slk_word *f, uint32_t token) {
    const slk_token *t = &g->r->tokens.at[token];
    if (slk_text_is(f->small, "'s")) return lemma_of_clitic(g, token, t->upos);
    if (slk_text_is(f->small, "her") && t->xpos && strcmp(t->xpos, "PRP") == 0) return "she";
    if (t->upos == SLK_UPOS_NOUN && slk_text_is(f->small, "am")) return "a.m.";
    return f->lemma_c;
}

/* "Russian", as the table of countries has it. */
static bool is_demonym(const tagger *g, uint32_t token) {
    slk_hit h;
    return slk_phrase_in(g->pack, g->r, token, SLK_T_COUNTRIES, &h) && h.column == SLK_COUNTRIES_DEMONYMS &&
           h.end == g->r->tokens.at[token].span.end;
}

static const char *lemma_of(tagger *g, uint32_t token) {
    const slk_token *t = &g->r->tokens.at[token];
    slk_word *f = word_of(g, token);
    if (!f) return NULL;
    if (t->upos == SLK_UPOS_PROPN) return lemma_of_name(g, f, t);
    const char *lemma = f->closed_row != SLK_NONE ? lemma_of_row(g, f, token) : NULL;
    if (lemma) return lemma;
    switch (t->upos) {
    case SLK_UPOS_VERB: return lemma_of_verb(g, f);
    case SLK_UPOS_NOUN: return lemma_of_noun(g, f);
    case SLK_UPOS_ADJ: {
        slk_text x = slk_token_text(g->r, token);
        bool name = f->closed_row == SLK_NONE || is_demonym(g, token);
        if (x.n && slk_is_upper(x.at[0]) && name && !all_capitals(x)) return f->text.at; /* "Iranian" */
        return f->lemma_a ? f->lemma_a : f->small.at;
    }
    case SLK_UPOS_ADV:
        if (f->lemma_a && strcmp(f->lemma_a, "good") == 0) return "well";
        return f->lemma_a ? f->lemma_a : f->small.at;
    case SLK_UPOS_PUNCT:
        return slk_text_is(f->small, "\xE2\x80\x9C") || slk_text_is(f->small, "\xE2\x80\x9D") ? "\"" : f->small.at;
    case SLK_UPOS_PART: return f->small.at[0] == '\'' && f->small.n == 1 ? "'s" : f->small.at;
    default: return f->small.at;
    }
}

/* ---------------------------------------------------------------- tags and trees */

static void take_word(const tagger *g, slk_token *t, const slk_net_word *w, uint32_t first, uint32_t self,
                      uint32_t root) {
    t->upos = g->upos[w->upos];
    t->xpos = slk_net_label(&g->net, SLK_NET_L_XPOS, w->xpos);
    if (g->wants & SLK_NET_FEATURES) t->feats = slk_net_label(&g->net, SLK_NET_L_FEATS, w->feats);
    t->deprel = slk_net_label(&g->net, SLK_NET_L_REL, w->rel);
    t->head = root == SLK_NONE ? self : root;
    if (w->head >= 0) t->head = first + (uint16_t)w->head;
    if (w->head < 0) t->deprel = root == SLK_NONE ? "root" : "parataxis";
}

static void take_window(tagger *g, const window *w, uint32_t n, const slk_net_word *words) {
    uint32_t root = w->begins ? SLK_NONE : g->root;
    for (uint32_t i = 0; i < n; i++) {
        take_word(g, &g->r->tokens.at[w->first + i], &words[i], w->first, w->first + i, root);
        if (w->begins && words[i].head < 0) g->root = w->first + i;
    }
}

/* Reads the windows that wait. */
static void read_windows(tagger *g) {
    slk_net_read(g->scratch, g->forms, g->sums, g->lengths, g->n_windows, g->wants, g->words);
    uint32_t at = 0;
    for (uint32_t i = 0; i < g->n_windows; at += g->lengths[i++])
        take_window(g, &g->windows[i], g->lengths[i], g->words + at);
    g->n = g->n_windows = 0;
}

static void add_window(tagger *g, uint32_t first, uint32_t n, bool begins) {
    if (g->n + n > g->most) read_windows(g);
    g->windows[g->n_windows] = (window){first, begins};
    g->lengths[g->n_windows++] = (uint16_t)n;
    for (uint32_t i = 0; i < n; i++) {
        slk_word *w = g->r->words.at[first + i];
        for (uint32_t b = 0; b < g->net.head->width; b += 32) __builtin_prefetch(w->sum + b); /* 64 bytes each */
        if (!(w->parts & SLK_WORD_SUM)) slk_net_sum(g->scratch, w->text, w->sum);
        w->parts |= SLK_WORD_SUM;
        g->forms[g->n] = w->text;
        g->sums[g->n++] = w->sum;
    }
}

static uint32_t cut(uint32_t n) { return n < SLK_NET_WINDOW ? n : SLK_NET_WINDOW; }

static void read_sentences(tagger *g) {
    for (uint32_t s = 0; s < g->r->sentences.n; s++) {
        uint32_t first = g->r->sentences.at[s].first_token, last = first + g->r->sentences.at[s].n_tokens;
        for (uint32_t t = first; t < last; t += SLK_NET_WINDOW) add_window(g, t, cut(last - t), t == first);
    }
    if (g->n) read_windows(g);
}

/* As many words at once as the longest sentence has, and more where there are more. */
static uint32_t words_at_once(const slk_reading *r) {
    enum { ENOUGH = 128 };
    uint32_t most = r->tokens.n < ENOUGH ? r->tokens.n : ENOUGH;
    for (uint32_t s = 0; s < r->sentences.n; s++)
        if (cut(r->sentences.at[s].n_tokens) > most) most = cut(r->sentences.at[s].n_tokens);
    return most ? most : 1;
}

slk_err slk_tags_find(const slk_pack *pack, slk_reading *r) {
    tagger *g = slk_arena_take(&r->arena, sizeof *g);
    if (!g) return SLK_ENOMEM;
    *g = (tagger){.pack = pack, .r = r, .wants = SLK_NET_TAGS | SLK_NET_TREE};
    if (r->layers & SLK_LAYER_TOKENS) g->wants |= SLK_NET_FEATURES;
    g->most = words_at_once(r);
    if (slk_net_of(slk_pack_model(pack, SLK_MODEL_NET), &g->net) != SLK_OK) return SLK_EPACK;
    slk_err err =
        r->kept_words ? slk_words_ready(r) : SLK_EPACK; /* whose words have room for what the net makes of them */
    if (err != SLK_OK) return err;
    g->scratch = slk_net_scratch_new(&g->net, r->kernel, g->most, &r->arena);
    if (!g->scratch) return SLK_ENOMEM;
    for (uint32_t i = 0; i < g->net.head->n_labels[SLK_NET_L_UPOS] && i < sizeof g->upos; i++) {
        int u = slk_upos_of(slk_text_of(slk_net_label(&g->net, SLK_NET_L_UPOS, i)));
        g->upos[i] = u < 0 ? SLK_UPOS_X : (uint8_t)u;
    }
    read_sentences(g);
    for (uint32_t t = 0; t < r->tokens.n; t++)
        if (!(r->tokens.at[t].lemma = lemma_of(g, t))) return SLK_ENOMEM;
    return SLK_OK;
}
