/* prose.c - texts that tell for themselves and hardly report what others say: interviews, tales, letters, textbooks. There much that is a
 * voice in news is none. See saying.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/saying.h"

#define PROSE_LEAST 300u /* tokens; of shorter texts nothing is known */

/* A noun or name of which news says that it says something, or "according to". */
static bool voice_of_others(const slk_hearing *h, uint32_t t) {
    const slk_token *k = &h->r->tokens.at[t];
    if (slk_says(h, t, "according") && slk_says(h, t + 1, "to")) return true;
    bool named = k->upos == SLK_UPOS_NOUN || k->upos == SLK_UPOS_PROPN;
    if (!named || !k->deprel || strncmp(k->deprel, "nsubj", 5) != 0 || k->head >= h->r->tokens.n) return false;
    static const char *const tells[] = {"say", "tell", "add"};
    for (size_t i = 0; i < sizeof tells / sizeof *tells; i++)
        if (slk_lemma_is(h->r, k->head, tells[i])) return true;
    return false;
}

/* How often a state, its bodies or who holds office there are spoken of. */
static uint64_t public_life(const slk_reading *r) {
    uint64_t n = 0;
    for (uint32_t i = 0; i < r->mentions.n; i++) {
        const char *country = r->actors.at[r->mentions.at[i].actor].country;
        n += *country && strcmp(country, "UNK") != 0;
    }
    return n;
}

/* Sets whether a text tells for itself: it hardly speaks of states and offices, and it has, per thousand tokens, hardly a voice of others, or few
 * and many words of its own "I", "we", "you". News has a dozen voices, forty words for states, and none of these. */
void slk_prose_find(slk_hearing *h) {
    static const char *const own[] = {"i", "we", "you", "me", "us", "my", "our", "your"};
    uint64_t voices = 0, selves = 0, n = h->r->tokens.n, states = public_life(h->r);
    for (uint32_t t = 0; t < n; t++) {
        voices += voice_of_others(h, t);
        selves += h->quote_of[t] == SLK_NONE && SLK_SAYS(h, t, own);
    }
    bool quiet = voices * 1000 < 3 * n, personal = selves * 100 >= n;
    bool of_states = states * 1000 >= 20 * n;
    h->talk = n >= PROSE_LEAST && !of_states && (quiet || (personal && voices * 1000 < 8 * n));
    h->prose = h->talk || (n >= PROSE_LEAST && (voices == 0 || (voices * 1000 < n && states * 1000 < 60 * n)));
}

/* "a plan which I think is neat": a pronoun before the voice, and what goes on behind it. */
static bool fused(const slk_hearing *h, const slk_saying *s) {
    static const char *const gaps[] = {"that", "which", "who"};
    slk_tokens c = s->content[0];
    return s->n_content > 1 && c.last == c.first + 1 && c.last <= s->first && SLK_SAYS(h, c.first, gaps);
}

/* "I mean", "you know": talk that fills a pause. "Let's see": nobody says. */
static bool filler(const slk_hearing *h, const slk_saying *s, uint32_t content) {
    static const char *const selves[] = {"i", "you", "'s", "\xE2\x80\x99s"};
    static const char *const openers[] = {"that", "what", "how", "why", "whether", "if", "where"};
    bool self = s->source.last == s->source.first + 1 && SLK_SAYS(h, s->source.first, selves);
    bool lets = self && !slk_says(h, s->source.first, "i") && !slk_says(h, s->source.first, "you");
    bool pause = slk_lemma_is(h->r, s->head, "mean") ||
                 (slk_lemma_is(h->r, s->head, "know") && slk_says(h, s->source.first, "you"));
    return lets || (self && pause && !SLK_SAYS(h, content, openers));
}

/* In prose that tells for itself much that looks like a voice is none ("she wants to swim", "is called a fjord"): there only what takes a
 * clause or speech gives somebody the word, and it does so within a quote as well. */
bool slk_prose_speaks(const slk_hearing *h, const slk_saying *s) {
    if (s->kind == SLK_CUE_PHRASE) return s->source.first < s->source.last;
    if (s->kind == SLK_CUE_NOUN || s->source.first >= s->source.last || s->passive) return false;
    const slk_tokens *c = &s->content[s->n_content - 1];
    static const char *const things[] = {"it", "this", "there"};
    if (s->source.last == s->source.first + 1 && SLK_SAYS(h, s->source.first, things)) return false;
    if (slk_is_quote(h, c->first) || fused(h, s)) return true; /* speech */
    if (c->last <= s->first)
        return !s->infinitive && slk_is_quote(h, c->last - 1);                   /* not "After 1949, she continued" */
    if (filler(h, s, c->first) || slk_says(h, c->first + 1, "to")) return false; /* "knows how to swim" */
    if (slk_is_comma(h, c->first - 1)) return !s->infinitive;
    uint32_t cue = h->pred_of[s->head];
    for (uint32_t t = c->first; t < c->last && t < c->first + 60; t++) {
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        if (p && p->parent == cue && (p->link == SLK_LINK_COMPLEMENT || p->link == SLK_LINK_QUOTE)) return true;
    }
    static const char *const openers[] = {"what", "how", "why", "whether", "who"};
    if (SLK_SAYS(h, c->first, openers)) return !s->infinitive && c->last > c->first + 1;
    return slk_says(h, c->first, "that") && c->last > c->first + 1;
}
