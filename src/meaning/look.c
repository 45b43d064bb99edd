/* look.c - looking around in a reading for the tellings: predicates and attributions around a span, cues, lemmas, states. See
 * told.h. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

uint32_t slk_first_pred_of(const slk_reading *r, uint32_t sentence) {
    return SLK_FIRST(i, r->preds.n, r->preds.at[i].sentence < sentence);
}

uint32_t slk_prep_from(const slk_reading *r, uint32_t token) {
    return SLK_FIRST(i, r->preps.n, r->preps.at[i].token < token);
}

const char *slk_state_of_place(const slk_tellings *t, slk_span s) {
    const slk_reading *r = t->r;
    for (uint32_t i = SLK_FIRST_NEAR(r->places, s.start); i < r->places.n && r->places.at[i].span.start < s.end; i++) {
        const slk_place *p = &r->places.at[i];
        if (p->span.end <= s.start || !p->country[0]) continue;
        const char *iso3 = slk_country_iso3(t->pack, p->country);
        if (iso3) return iso3;
    }
    return NULL;
}

uint32_t slk_mention_from(const slk_reading *r, uint32_t off_b) {
    return SLK_FIRST(i, r->mentions.n, r->mentions.at[i].span.start < off_b);
}

uint32_t slk_quantity_from(const slk_reading *r, uint32_t off_b) {
    return SLK_FIRST(i, r->quantities.n, r->quantities.at[i].span.start < off_b);
}

bool slk_quantity_ordinal(const slk_reading *r, slk_span s) {
    for (uint32_t i = slk_quantity_from(r, s.start); i < r->quantities.n && r->quantities.at[i].span.start < s.end; i++)
        if (r->quantities.at[i].ordinal) return true;
    return false;
}

uint32_t slk_noun_of(const slk_reading *r, uint32_t token) {
    uint32_t lo = SLK_FIRST(i, r->nouns.n, r->nouns.at[i].t.last <= token);
    return lo < r->nouns.n && r->nouns.at[lo].t.first <= token ? lo : SLK_NONE;
}

uint32_t slk_pred_around(const slk_reading *r, slk_span s) {
    uint32_t first = slk_token_at(r, s.start), top = first;
    if (first >= r->tokens.n) return SLK_NONE;
    /* the word of the span that hangs on something outside it */
    for (unsigned hop = 0; hop < 24; hop++) {
        uint32_t up = r->tokens.at[top].head;
        if (up >= r->tokens.n || up == top || r->tokens.at[up].span.start < s.start ||
            r->tokens.at[up].span.end > s.end)
            break;
        top = up;
    }
    return r->clause_of[top];
}

uint32_t slk_attribution_around(const slk_reading *r, slk_span s) {
    /* from the first whose cue ends behind the span's start: contents stand near their cues */
    uint32_t lo = SLK_FIRST(i, r->attributions.n, r->attributions.at[i].cue.at[0].end <= s.start);
    uint32_t best = SLK_NONE, length = UINT32_MAX;
    uint32_t from = lo > 12 ? lo - 12 : 0, to = lo + 12 < r->attributions.n ? lo + 12 : r->attributions.n;
    for (uint32_t i = from; i < to; i++) {
        const slk_attribution *a = &r->attributions.at[i];
        for (uint32_t k = 0; k < a->content.n; k++) {
            uint32_t n = a->content.at[k].end - a->content.at[k].start;
            if (!slk_span_holds(a->content.at[k], s) || n >= length) continue;
            best = i;
            length = n;
        }
    }
    return best;
}

const char *slk_cue_value(const slk_pack *pack, slk_text phrase, const char *kind) {
    uint32_t row = slk_pack_find(pack, SLK_T_CUES, phrase);
    for (; row != SLK_NONE && row < slk_pack_rows(pack, SLK_T_CUES); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_CUES, row, SLK_CUES_PHRASE), phrase)) return NULL;
        if (slk_text_is(slk_pack_cell(pack, SLK_T_CUES, row, SLK_CUES_KIND), kind))
            return slk_pack_str(pack, SLK_T_CUES, row, SLK_CUES_VALUE);
    }
    return NULL;
}

bool slk_cue_in(const slk_tellings *t, uint32_t first, uint32_t last, const char *kind, slk_span *words,
                const char **value) {
    slk_hit hits[12];
    for (uint32_t i = first; i < last && i < t->r->tokens.n; i++) {
        uint32_t start = t->r->tokens.at[i].span.start;
        uint32_t n = slk_phrases_at(t->pack, t->r, i, hits, 12);
        for (uint32_t k = 0; k < n; k++) {
            if (hits[k].table != SLK_T_CUES) continue;
            if (!slk_text_is(slk_pack_cell(t->pack, SLK_T_CUES, hits[k].row, SLK_CUES_KIND), kind)) continue;
            *words = (slk_span){start, hits[k].end};
            *value = slk_pack_str(t->pack, SLK_T_CUES, hits[k].row, SLK_CUES_VALUE);
            return true;
        }
    }
    return false;
}

const char *slk_state_of(const slk_reading *r, uint32_t actor) {
    const char *c = actor < r->actors.n ? r->actors.at[actor].country : "";
    if (strlen(c) != 3 || strcmp(c, "UNK") == 0 || strcmp(c, "IGO") == 0 || strcmp(c, "NGO") == 0) return NULL;
    return c;
}

bool slk_tell_word(const slk_tellings *t, uint32_t token, const char *z) {
    return token < t->r->tokens.n && slk_text_is_fold(slk_token_text(t->r, token), z);
}

slk_span slk_noun_span(const slk_reading *r, uint32_t noun) {
    return noun < r->nouns.n ? slk_tokens_span(r, r->nouns.at[noun].t) : (slk_span){0, 0};
}

/* The lemmas of n tokens from `token` on, joined as the table writes them ("shoot down", "test - fire"). */
slk_text slk_tell_lemmas(const slk_reading *r, uint32_t token, unsigned n, char out[96]) {
    size_t at = 0;
    for (unsigned i = 0; i < n; i++) {
        const char *lemma = token + i < r->tokens.n ? r->tokens.at[token + i].lemma : NULL;
        size_t k = lemma ? strlen(lemma) : 0;
        if (!k || at + k + 1 > 95) return (slk_text){NULL, 0};
        bool dash = strcmp(lemma, "-") == 0;
        bool after_dash = at && out[at - 1] == '-';
        if (at && !dash && !after_dash) out[at++] = ' ';
        memcpy(out + at, lemma, k);
        at += k;
    }
    return (slk_text){out, at};
}

bool slk_plural(const slk_reading *r, uint32_t token) {
    slk_text x = slk_token_text(r, token);
    const char *lemma = r->tokens.at[token].lemma;
    return lemma && x.n > 1 && slk_lower(x.at[x.n - 1]) == 's' && !slk_text_is_fold(x, lemma);
}
