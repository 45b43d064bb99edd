/* prose.c - texts that tell for themselves and hardly report what others say: interviews, tales, letters, textbooks. There much that is a
 * voice in news is none. See saying.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/saying.h"

#define PROSE_LEAST 300u /* tokens; of shorter texts nothing is known */

/* A noun or name that is the subject of a verb of speech, or "according to". */
static bool voice_of_others(const slk_hearing *h, uint32_t t) {
    const slk_token *k = &h->r->tokens.at[t];
    if (slk_says(h, t, "according") && slk_says(h, t + 1, "to")) return true;
    bool named = k->upos == SLK_UPOS_NOUN || k->upos == SLK_UPOS_PROPN;
    if (!named || !k->deprel || strncmp(k->deprel, "nsubj", 5) != 0 || k->head >= h->r->tokens.n) return false;
    uint32_t row = slk_cue_verb(h, k->head);
    return row != SLK_NONE && slk_cue_takes(h, row, 'q') &&
           slk_text_is(slk_pack_cell(h->pack, SLK_T_REPORTING, row, SLK_REPORTING_KIND), "say");
}

/* Whether a text tells for itself: per thousand tokens hardly a voice of others, or few and many words of its own "I", "we", "you". News
 * has a dozen voices and none of these. */
bool slk_prose_is(const slk_hearing *h) {
    static const char *const own[] = {"i", "we", "you", "me", "us", "my", "our", "your"};
    uint64_t voices = 0, selves = 0, n = h->r->tokens.n;
    for (uint32_t t = 0; t < n; t++) {
        voices += voice_of_others(h, t);
        selves += h->quote_of[t] == SLK_NONE && SLK_SAYS(h, t, own);
    }
    return n >= PROSE_LEAST && (voices * 1000 < 2 * n || (selves * 100 >= n && voices * 1000 < 5 * n));
}

/* In prose that tells for itself much that looks like a voice is none ("she wants to swim", "is called a fjord"): there only what takes a
 * clause or speech gives somebody the word, and it does so within a quote as well. */
bool slk_prose_speaks(const slk_hearing *h, const slk_saying *s) {
    if (s->kind == SLK_CUE_PHRASE) return s->source.first < s->source.last;
    if (s->kind == SLK_CUE_NOUN || s->source.first >= s->source.last || s->passive || s->infinitive) return false;
    const slk_tokens *c = &s->content[s->n_content - 1];
    if (c->last <= s->first || slk_is_quote(h, c->first)) return true; /* speech */
    uint32_t cue = h->pred_of[s->head];
    for (uint32_t t = c->first; t < c->last && t < c->first + 60; t++) {
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        if (p && p->parent == cue && (p->link == SLK_LINK_COMPLEMENT || p->link == SLK_LINK_QUOTE)) return true;
    }
    static const char *const openers[] = {"that", "what", "how", "why", "whether", "who"};
    return SLK_SAYS(h, c->first, openers) && c->last > c->first + 1;
}
