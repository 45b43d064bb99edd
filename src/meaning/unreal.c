/* unreal.c - what is told as if it were so and is not: the stuff of films, games and books, what would have been ("Had it fired ..."), what
 * nobody did or was done to nothing ("fired no missiles"). See told.h. */
#include <string.h>

#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/telling.h"

#define HOPS 12 /* words between one and what it hangs on, at most */

static bool is_fiction(const slk_tellings *t, uint32_t noun) {
    return noun < t->r->nouns.n && slk_noun_is(t, noun, slk_text_of("fiction"));
}

/* "a film about a raid", "The game lets players fire rockets": a word hangs on a work of fiction, or such a work makes it happen. */
bool slk_tell_fiction(const slk_tellings *t, uint32_t token, uint32_t pred) {
    const slk_reading *r = t->r;
    for (unsigned hop = 0; pred < r->preds.n && hop < 4; hop++, pred = r->preds.at[pred].parent)
        if (is_fiction(t, r->preds.at[pred].subj) && r->preds.at[pred].verb.head != token) return true;
    for (unsigned hop = 0; hop < HOPS && token < r->tokens.n; hop++) {
        uint32_t up = r->tokens.at[token].head, noun = up < r->tokens.n && up != token ? r->noun_of[up] : SLK_NONE;
        if (noun != SLK_NONE && r->nouns.at[noun].t.head == up && is_fiction(t, noun)) return true;
        if (up >= r->tokens.n || up == token) return false;
        token = up;
    }
    return false;
}

/* "Had the army fired, ...", "Were it to fire, ...": a condition by the order of words. */
bool slk_tell_counterfactual(const slk_tellings *t, uint32_t pred) {
    static const char *const words[] = {"had", "were", "should"};
    const slk_reading *r = t->r;
    for (unsigned hop = 0; pred < r->preds.n && hop < 3; hop++, pred = r->preds.at[pred].parent) {
        uint32_t first = slk_token_at(r, r->preds.at[pred].extent.start);
        bool opens = first == r->sentences.at[r->preds.at[pred].sentence].first_token;
        uint32_t end = first + r->sentences.at[r->preds.at[pred].sentence].n_tokens;
        bool asks = opens && end > 0 && end <= r->tokens.n && slk_tell_word(t, end - 1, "?");
        for (size_t i = 0; i < sizeof words / sizeof *words && !asks; i++)
            if (slk_tell_word(t, first, words[i]) && r->preds.at[pred].verb.first <= first) return true;
    }
    return false;
}

/* The phrase says that there is none: "no missiles", "nobody in the Kremlin", "neither side". */
static bool is_none(const slk_tellings *t, uint32_t noun) {
    static const char *const words[] = {"no", "nobody", "none", "nothing", "neither", "not"};
    if (noun >= t->r->nouns.n) return false;
    slk_tokens n = t->r->nouns.at[noun].t;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_tell_word(t, n.first, words[i]) || slk_tell_word(t, n.head, words[i])) return true;
    return false;
}

bool slk_tell_nobody(const slk_tellings *t, uint32_t pred) {
    const slk_pred *p = &t->r->preds.at[pred];
    return is_none(t, p->subj) || is_none(t, p->obj) || is_none(t, p->agent);
}
