/* tag.c - what the words of a report are: the trained net gives parts of speech, features, heads and relations, sentence by sentence
 * (net.h); lemmas follow from the part of speech by table and rule (lemma.h). A sentence longer than the net's window is read in
 * windows, whose roots hang on the first one's. See language.h. */
#include <string.h>

#include "base/words.h"
#include "language/inside.h"
#include "language/lemma.h"
#include "language/net.h"

#define KNOWN 8192 /* slots for forms; a form whose slot is taken by another is worked out again */

typedef struct form {                        /* what is true of a written form wherever it stands */
    slk_text text;                           /* in small letters, NUL behind it */
    uint32_t row;                            /* of the table of common words, or SLK_NONE */
    const char *lemma_v, *lemma_n, *lemma_a; /* NULL until asked for */
} form;

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
    form **known;                /* forms met, by hash */
    uint8_t upos[64];            /* of the net's labels */
    uint32_t most, n, n_windows; /* words at once; words and windows that wait to be read */
    uint32_t root;               /* of the sentence whose windows are read */
    window windows[SLK_NET_WINDOW];
    uint16_t lengths[SLK_NET_WINDOW];
    slk_text forms[SLK_NET_WINDOW];
    slk_net_word words[SLK_NET_WINDOW];
} tagger;

/* ---------------------------------------------------------------- lemmas */

static uint32_t hash_of(slk_text t) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < t.n; i++) h = (h ^ (unsigned char)t.at[i]) * 16777619u;
    return h;
}

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

static form *form_of(tagger *g, slk_text x) {
    char small[SLK_WORD_MOST + 1];
    form **slot = NULL;
    if (x.n <= SLK_WORD_MOST) {
        slk_text t = small_letters(x, small);
        slot = &g->known[hash_of(t) % KNOWN];
        if (*slot && slk_text_eq((*slot)->text, t)) return *slot;
    }
    form *f = slk_arena_take(&g->r->arena, sizeof *f);
    char *z = slk_arena_take(&g->r->arena, x.n + 1);
    if (!f || !z) return NULL;
    *f = (form){.text = small_letters(x, z)};
    f->row = slk_closed_row(g->pack, f->text);
    f->lemma_a = slk_irregular(g->pack, f->text, 'a').at;
    if (slot) *slot = f;
    return f;
}

static const char *keep(tagger *g, const form *f, slk_text t, const char *own) {
    if (t.at == f->text.at && t.n == f->text.n) return f->text.at;
    return t.at == own ? slk_arena_copy(&g->r->arena, t.at, t.n) : t.at;
}

static const char *lemma_of_verb(tagger *g, form *f) {
    char base[SLK_WORD_MOST];
    bool known;
    if (!f->lemma_v) f->lemma_v = keep(g, f, slk_verb_base(g->pack, f->text, base, &known), base);
    return f->lemma_v;
}

static const char *lemma_of_noun(tagger *g, form *f) {
    char base[SLK_WORD_MOST];
    bool known;
    if (!f->lemma_n) f->lemma_n = keep(g, f, slk_noun_base(g->pack, f->text, base, &known), base);
    return f->lemma_n;
}

static bool all_capitals(slk_text x) {
    for (size_t i = 0; i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 2;
}

/* Names keep their letters; those made of a plural lose its ending ("States", "the Russians"). */
static const char *lemma_of_name(tagger *g, const form *f, const slk_token *t) {
    slk_text x = slk_text_part(g->r->report.text, t->span.start, t->span.end), base;
    char small[SLK_WORD_MOST];
    bool known, plural = t->xpos && strcmp(t->xpos, "NNPS") == 0;
    if (plural && x.n == f->text.n && !all_capitals(x)) {
        base = slk_noun_base(g->pack, f->text, small, &known);
        bool cut = base.at == small && base.n < x.n && memcmp(base.at, f->text.at, base.n) == 0;
        if (cut) x.n = base.n;
    }
    return slk_arena_copy(&g->r->arena, x.at, x.n);
}

static const char *lemma_of_clitic(const tagger *g, uint32_t token, uint8_t upos) {
    if (upos == SLK_UPOS_PRON) return "we"; /* "let's" */
    if (upos != SLK_UPOS_AUX && upos != SLK_UPOS_VERB) return "'s";
    return slk_word_is(g->r, token + 1, "been") || slk_word_is(g->r, token + 1, "got") ? "have" : "be";
}

/* A word of the closed classes by its own row; NULL where the part of speech decides. */
static const char *lemma_of_row(const tagger *g, const form *f, uint32_t token) {
    const slk_token *t = &g->r->tokens.at[token];
    if (slk_text_is(f->text, "'s")) return lemma_of_clitic(g, token, t->upos);
    if (slk_text_is(f->text, "her") && t->xpos && strcmp(t->xpos, "PRP") == 0) return "she";
    if (t->upos == SLK_UPOS_NOUN && slk_text_is(f->text, "am")) return "a.m.";
    return slk_pack_str(g->pack, SLK_T_CLOSED, f->row, SLK_CLOSED_LEMMA);
}

/* "Russian", as the table of countries has it. */
static bool is_demonym(const tagger *g, const slk_token *t) {
    slk_hit h;
    return slk_pack_match_in(g->pack, g->r->report.text, t->span.start, SLK_T_COUNTRIES, &h) &&
           h.column == SLK_COUNTRIES_DEMONYMS && h.end == t->span.end;
}

static const char *lemma_of(tagger *g, uint32_t token) {
    const slk_token *t = &g->r->tokens.at[token];
    form *f = form_of(g, slk_token_text(g->r, token));
    if (!f) return NULL;
    if (t->upos == SLK_UPOS_PROPN) return lemma_of_name(g, f, t);
    const char *lemma = f->row != SLK_NONE ? lemma_of_row(g, f, token) : NULL;
    if (lemma) return lemma;
    switch (t->upos) {
    case SLK_UPOS_VERB: return lemma_of_verb(g, f);
    case SLK_UPOS_NOUN: return lemma_of_noun(g, f);
    case SLK_UPOS_ADJ: {
        slk_text x = slk_token_text(g->r, token);
        bool name = f->row == SLK_NONE || is_demonym(g, t);
        if (x.n && slk_is_upper(x.at[0]) && name && !all_capitals(x))
            return slk_arena_copy(&g->r->arena, x.at, x.n); /* "Iranian" */
        return f->lemma_a ? f->lemma_a : f->text.at;
    }
    case SLK_UPOS_ADV:
        if (f->lemma_a && strcmp(f->lemma_a, "good") == 0) return "well";
        return f->lemma_a ? f->lemma_a : f->text.at;
    case SLK_UPOS_PUNCT:
        return slk_text_is(f->text, "\xE2\x80\x9C") || slk_text_is(f->text, "\xE2\x80\x9D") ? "\"" : f->text.at;
    case SLK_UPOS_PART: return f->text.at[0] == '\'' && f->text.n == 1 ? "'s" : f->text.at;
    default: return f->text.at;
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
    slk_net_read(g->scratch, g->forms, g->lengths, g->n_windows, g->wants, g->words);
    uint32_t at = 0;
    for (uint32_t i = 0; i < g->n_windows; at += g->lengths[i++])
        take_window(g, &g->windows[i], g->lengths[i], g->words + at);
    g->n = g->n_windows = 0;
}

static void add_window(tagger *g, uint32_t first, uint32_t n, bool begins) {
    if (g->n + n > g->most) read_windows(g);
    g->windows[g->n_windows] = (window){first, begins};
    g->lengths[g->n_windows++] = (uint16_t)n;
    for (uint32_t i = 0; i < n; i++) g->forms[g->n++] = slk_token_text(g->r, first + i);
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
    g->scratch = slk_net_scratch_new(&g->net, r->kernel, g->most, &r->arena);
    g->known = slk_arena_take(&r->arena, KNOWN * sizeof(form *));
    if (!g->scratch || !g->known) return SLK_ENOMEM;
    for (uint32_t i = 0; i < g->net.head->n_labels[SLK_NET_L_UPOS] && i < sizeof g->upos; i++) {
        int u = slk_upos_of(slk_text_of(slk_net_label(&g->net, SLK_NET_L_UPOS, i)));
        g->upos[i] = u < 0 ? SLK_UPOS_X : (uint8_t)u;
    }
    read_sentences(g);
    for (uint32_t t = 0; t < r->tokens.n; t++)
        if (!(r->tokens.at[t].lemma = lemma_of(g, t))) return SLK_ENOMEM;
    return SLK_OK;
}
