/* reading.c - the lists of a reading for those outside, and looking things up by place. See sillok.h and reading.h. */
#include "base/reading.h"

#include <string.h>

#include "base/text.h"

#define LIST_ACCESS(type, name)                                                                                        \
    const type *slk_reading_##name(const slk_reading *r, size_t *n) {                                                  \
        *n = r->name.n;                                                                                                \
        return r->name.at;                                                                                             \
    }

LIST_ACCESS(slk_sentence, sentences)
LIST_ACCESS(slk_token, tokens)
LIST_ACCESS(slk_name, names)
LIST_ACCESS(slk_time, times)
LIST_ACCESS(slk_quantity, quantities)
LIST_ACCESS(slk_place, places)
LIST_ACCESS(slk_actor, actors)
LIST_ACCESS(slk_attribution, attributions)
LIST_ACCESS(slk_predicate, predicates)
LIST_ACCESS(slk_event, events)
LIST_ACCESS(slk_check, checks)

const slk_report *slk_reading_report(const slk_reading *r) { return &r->report; }

#define MARK_EVERY_B 256u

static uint32_t count_starts(const char *at, size_t n) {
    uint32_t starts = 0;
    for (size_t i = 0; i < n; i++) starts += ((unsigned char)at[i] & 0xC0) != 0x80;
    return starts;
}

slk_err slk_reading_mark(slk_reading *r) {
    slk_text t = r->report.text;
    uint32_t cp = 0;
    for (size_t at = 0; at <= t.n; at += MARK_EVERY_B) {
        slk_err err = SLK_ROOM(&r->arena, &r->cp_marks, SLK_MAX_TOKENS);
        if (err != SLK_OK) return err;
        r->cp_marks.at[r->cp_marks.n++] = cp;
        cp += count_starts(t.at + at, t.n - at < MARK_EVERY_B ? t.n - at : MARK_EVERY_B);
    }
    return SLK_OK;
}

uint32_t slk_reading_cp(const slk_reading *r, uint32_t off_b) {
    slk_text t = r->report.text;
    if (off_b > t.n) off_b = (uint32_t)t.n;
    uint32_t mark = off_b / MARK_EVERY_B;
    size_t from = (size_t)mark * MARK_EVERY_B;
    return r->cp_marks.at[mark] + count_starts(t.at + from, off_b - from);
}

slk_span slk_tokens_span(const slk_reading *r, slk_tokens t) {
    if (t.first >= t.last || t.last > r->tokens.n) return (slk_span){0, 0};
    return (slk_span){r->tokens.at[t.first].span.start, r->tokens.at[t.last - 1].span.end};
}

uint32_t slk_token_at(const slk_reading *r, uint32_t off_b) {
    return SLK_FIRST(i, r->tokens.n, r->tokens.at[i].span.end <= off_b);
}

uint32_t slk_sentence_at(const slk_reading *r, uint32_t off_b) {
    return SLK_FIRST(i, r->sentences.n, r->sentences.at[i].span.end <= off_b);
}

const slk_wire *slk_wire_of(const slk_reading *r, uint32_t sentence) {
    uint32_t at = SLK_FIRST(i, r->wire.n, r->wire.at[i].sentence < sentence);
    return at < r->wire.n && r->wire.at[at].sentence == sentence ? &r->wire.at[at] : NULL;
}

bool slk_lemma_is(const slk_reading *r, uint32_t token, const char *lemma) {
    const char *have = token < r->tokens.n ? r->tokens.at[token].lemma : NULL;
    return have && strcmp(have, lemma) == 0;
}

slk_err slk_spans_copy(slk_reading *r, const slk_span *at, uint32_t n, slk_spans *out) {
    slk_span *copy = slk_arena_take(&r->arena, n * sizeof *copy);
    if (!copy) return SLK_ENOMEM;
    if (n) memcpy(copy, at, n * sizeof *copy);
    *out = (slk_spans){copy, n};
    return SLK_OK;
}

slk_err slk_spans_one(slk_reading *r, slk_span s, slk_spans *out) { return slk_spans_copy(r, &s, 1, out); }

slk_err slk_ids_copy(slk_reading *r, const uint32_t *at, uint32_t n, slk_ids *out) {
    uint32_t *copy = slk_arena_take(&r->arena, n * sizeof *copy);
    if (!copy) return SLK_ENOMEM;
    if (n) memcpy(copy, at, n * sizeof *copy);
    *out = (slk_ids){copy, n};
    return SLK_OK;
}

uint32_t slk_reading_source(const slk_reading *r, uint32_t off_b) {
    const slk_report *p = &r->report;
    return p->origins ? slk_origin_of(p->origins, p->n_origins, p->text.n, off_b) : off_b;
}
