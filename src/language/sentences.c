/* sentences.c - sentences within paragraphs: behind each token the trained judge (ends.h) is asked whether one ends there. Two things
 * are written, not learned: what an agency writes around its story (wire.h) is a sentence of its own, and one of too many tokens is cut. */
#include <string.h>

#include "language/ends.h"
#include "language/language.h"
#include "language/wire.h"

/* A sentence of more tokens is cut: no writer makes one, and what looks at pairs within a sentence stays linear in the text. */
#define SENTENCE_MOST 400u

static slk_text text_at(const slk_reading *r, uint32_t token) { return slk_token_text(r, token); }

static bool is_dash(slk_text x) {
    return slk_text_is(x, "-") || slk_text_is(x, "--") || slk_text_is(x, "\xE2\x80\x94") ||
           slk_text_is(x, "\xE2\x80\x93");
}

/* A dateline within a line, behind a headline that was not parted from it: "... SEOUL, Jan. 4 (Meridian) --". At the beginning of a
 * sentence wire.c knows more. */
static bool ends_dateline(const slk_reading *r, uint32_t first, uint32_t dash) {
    if (dash < first + 1 || !r->tokens.at[dash - 1].space_after || !is_dash(text_at(r, dash))) return false;
    if (!slk_text_is(text_at(r, dash - 1), ")")) return false;
    uint32_t open = dash - 1, least = dash > 6 + first ? dash - 6 : first;
    while (open > least && !slk_text_is(text_at(r, open), "(")) open--;
    return slk_text_is(text_at(r, open), "(") && slk_is_upper(text_at(r, open + 1).at[0]);
}

static slk_err add_sentence(slk_reading *r, uint32_t first, uint32_t last) {
    slk_err err = SLK_ROOM(&r->arena, &r->sentences, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    slk_span span = {r->tokens.at[first].span.start, r->tokens.at[last].span.end};
    for (uint32_t t = first; t <= last; t++) r->tokens.at[t].sentence = r->sentences.n;
    r->sentences.at[r->sentences.n++] = (slk_sentence){span, first, last - first + 1};
    return SLK_OK;
}

static bool ends_behind(const slk_ends *e, slk_text weights, uint32_t token) {
    uint32_t keys[SLK_ENDS_KEYS];
    if (ends_dateline(e->r, e->first, token)) return true;
    if (token - e->first + 1 >= SENTENCE_MOST) return true;
    slk_end rule = token < e->last ? slk_ends_rule(e, token) : SLK_END_YES;
    if (rule != SLK_END_ASK) return rule == SLK_END_YES;
    return slk_weights_sum(weights, keys, slk_ends_keys(e, token, keys)) > 0;
}

/* What the agency wrote around its story, if it begins with this token: *end is where it ends, 0 where it does not. */
static slk_err find_wire(const slk_pack *pack, slk_reading *r, uint32_t token, uint32_t *end) {
    slk_wire w;
    *end = 0;
    if (!slk_wire_at(pack, r->report.text, r->tokens.at[token].span.start, &w)) return SLK_OK;
    slk_err err = SLK_ROOM(&r->arena, &r->wire, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    w.sentence = r->sentences.n;
    r->wire.at[r->wire.n++] = w;
    *end = w.span.end;
    return SLK_OK;
}

static slk_err cut_paragraph(slk_ends *e, const slk_pack *pack, slk_reading *r, uint32_t first, uint32_t last) {
    slk_text weights = slk_pack_model(pack, SLK_MODEL_ENDS);
    slk_err err = SLK_OK;
    bool begins = true;
    uint32_t wire_end = 0;
    slk_ends_paragraph(e, first, last);
    for (uint32_t t = first; err == SLK_OK && t <= last; t++) {
        if (begins) err = find_wire(pack, r, t, &wire_end);
        slk_ends_pass(e, t, begins);
        begins = wire_end ? t == last || r->tokens.at[t].span.end >= wire_end : ends_behind(e, weights, t);
        if (begins && err == SLK_OK) err = add_sentence(r, e->first, t);
    }
    return err;
}

slk_err slk_sentences_find(const slk_pack *pack, slk_reading *r) {
    slk_ends e;
    slk_err err = slk_ends_start(&e, pack, r);
    for (uint32_t first = 0, last; err == SLK_OK && first < r->tokens.n; first = last + 1) {
        uint32_t paragraph = r->tokens.at[first].sentence;
        for (last = first; last + 1 < r->tokens.n && r->tokens.at[last + 1].sentence == paragraph;) last++;
        err = cut_paragraph(&e, pack, r, first, last);
    }
    slk_ends_free(&e);
    return err;
}
