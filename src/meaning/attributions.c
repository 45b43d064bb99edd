/* attributions.c - who says what: source, cue and content, the stance of the saying and how sure the source is of it.
 *
 * Two kinds of cue: predicates whose verb the table of reporting words knows ("said", "did not confirm", "was quoted as
 * saying"), and phrases ("according to", "there was no immediate comment from"). The content of a predicate is what hangs on
 * it; of a phrase, the clause it stands in. Definitions of source, cue and content follow PolNeAR (Newell et al. 2018). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/words.h"
#include "meaning/meaning.h"

#define CONTENT_MOST 16

typedef struct finder {
    const slk_pack *pack;
    slk_reading *r;
    uint32_t *first_child; /* per predicate: first predicate that hangs on it; then next_child */
    uint32_t *next_child;
} finder;

typedef struct draft {
    slk_span source, cue, content[CONTENT_MOST];
    uint32_t n_content, row;
    bool negated, no_source;
} draft;

/* ---------------------------------------------------------------- small steps over tokens */

static bool is_mark(const slk_reading *r, uint32_t token, const char *marks) {
    slk_text t = token < r->tokens.n ? slk_token_text(r, token) : (slk_text){"", 0};
    return t.n == 1 && strchr(marks, t.at[0]) != NULL;
}

static bool is_quote(const slk_reading *r, uint32_t token) {
    slk_text t = token < r->tokens.n ? slk_token_text(r, token) : (slk_text){"", 0};
    return slk_text_is(t, "\"") || slk_text_is(t, "\xE2\x80\x9C") || slk_text_is(t, "\xE2\x80\x9D") ||
           slk_text_is(t, "``") || slk_text_is(t, "''");
}

/* The tokens first .. last - 1 without punctuation and conjunctions at the ends; quotation marks stay with what they hold. */
static slk_span trimmed(const slk_reading *r, uint32_t first, uint32_t last) {
    while (first < last && (is_mark(r, first, ",;:-.") || slk_text_is(slk_token_text(r, first), "\xE2\x80\x94")))
        first++;
    while (last > first && (is_mark(r, last - 1, ",;:-.") || slk_text_is(slk_token_text(r, last - 1), "\xE2\x80\x94")))
        last--;
    return slk_tokens_span(r, (slk_tokens){first, last, first});
}

static slk_span trim_span(const slk_reading *r, slk_span s) {
    if (slk_span_empty(s)) return s;
    uint32_t first = slk_token_at(r, s.start), last = first;
    while (last < r->tokens.n && r->tokens.at[last].span.start < s.end) last++;
    return trimmed(r, first, last);
}

static void sentence_tokens(const slk_reading *r, uint32_t sentence, uint32_t *first, uint32_t *last) {
    *first = r->sentences.at[sentence].first_token;
    *last = *first + r->sentences.at[sentence].n_tokens;
}

static bool has_verb(const slk_reading *r, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++)
        if (r->tokens.at[t].upos == SLK_UPOS_VERB || r->tokens.at[t].upos == SLK_UPOS_AUX) return true;
    return false;
}

/* The first noun phrase that begins at or after a token. */
static uint32_t noun_from(const slk_reading *r, uint32_t token) {
    uint32_t lo = 0, hi = r->nouns.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (r->nouns.at[mid].t.first < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Where a source that begins with a noun phrase ends: prepositional tails and one apposition belong to it, up to `last`. */
static uint32_t source_end(const slk_reading *r, uint32_t noun, uint32_t last) {
    uint32_t end = r->nouns.at[noun].t.last;
    bool apposed = false;
    for (uint32_t next = noun_from(r, end); next < r->nouns.n; next = noun_from(r, end)) {
        slk_tokens t = r->nouns.at[next].t;
        if (t.last > last || t.first - end > 2 || has_verb(r, end, t.first)) break;
        bool tail = end < last && r->tokens.at[end].upos == SLK_UPOS_ADP && t.first - end == 1 &&
                    (slk_text_is(slk_token_text(r, end), "of") || slk_text_is(slk_token_text(r, end), "for") ||
                     slk_text_is(slk_token_text(r, end), "in") || slk_text_is(slk_token_text(r, end), "at"));
        bool apposition = !apposed && is_mark(r, end, ",") && t.first == end + 1;
        if (!tail && !apposition) break;
        apposed = apposed || apposition;
        end = t.last;
    }
    if (end + 2 < last && is_mark(r, end, "(") && is_mark(r, end + 2, ")")) end += 3;
    return end;
}

/* ---------------------------------------------------------------- the table of reporting words */

/* The row for a lemma, with the particle or preposition behind it first ("point out", "call for"); SLK_NONE. pos is v, n or p. */
static uint32_t reporting_row(const finder *f, slk_text lemma, char pos) {
    uint32_t row = slk_pack_find(f->pack, SLK_T_REPORTING, lemma);
    for (; row != SLK_NONE && row < slk_pack_rows(f->pack, SLK_T_REPORTING); row++) {
        if (!slk_text_eq(slk_pack_cell(f->pack, SLK_T_REPORTING, row, SLK_REPORTING_LEMMA), lemma)) return SLK_NONE;
        slk_text p = slk_pack_cell(f->pack, SLK_T_REPORTING, row, SLK_REPORTING_POS);
        if (p.n && p.at[0] == pos) return row;
    }
    return SLK_NONE;
}

static uint32_t verb_row(const finder *f, const slk_pred *p, uint32_t *cue_last) {
    const slk_reading *r = f->r;
    const char *lemma = p->verb.head < r->tokens.n ? r->tokens.at[p->verb.head].lemma : NULL;
    *cue_last = p->verb.last;
    if (!lemma) return SLK_NONE;
    uint32_t behind = p->verb.head + 1;
    if (behind < r->tokens.n && r->tokens.at[behind].lemma) {
        char two[64];
        size_t a = strlen(lemma), b = strlen(r->tokens.at[behind].lemma);
        if (a + b + 2 <= sizeof two) {
            memcpy(two, lemma, a);
            two[a] = ' ';
            memcpy(two + a + 1, r->tokens.at[behind].lemma, b);
            uint32_t row = reporting_row(f, (slk_text){two, a + b + 1}, 'v');
            if (row != SLK_NONE) {
                if (behind >= *cue_last) *cue_last = behind + 1;
                return row;
            }
        }
    }
    return reporting_row(f, slk_text_of(lemma), 'v');
}

static bool kind_is(const finder *f, uint32_t row, const char *kind) {
    return slk_text_is(slk_pack_cell(f->pack, SLK_T_REPORTING, row, SLK_REPORTING_KIND), kind);
}

/* ---------------------------------------------------------------- content */

static void add_content(draft *d, slk_span s) {
    if (slk_span_empty(s) || d->n_content == CONTENT_MOST) return;
    if (d->n_content && s.start <= d->content[d->n_content - 1].end + 1 &&
        s.start >= d->content[d->n_content - 1].start) {
        slk_span *last = &d->content[d->n_content - 1];
        if (s.end > last->end) last->end = s.end;
        return;
    }
    d->content[d->n_content++] = s;
}

/* What hangs on the predicate as said, known, ordered: complements and quotes. */
static void content_below(const finder *f, uint32_t pred, draft *d) {
    const slk_reading *r = f->r;
    for (uint32_t c = f->first_child[pred]; c != SLK_NONE; c = f->next_child[c]) {
        slk_link link = r->preds.at[c].link;
        if (link == SLK_LINK_COMPLEMENT || link == SLK_LINK_QUOTE || link == SLK_LINK_INFINITIVE)
            add_content(d, trim_span(r, r->preds.at[c].extent));
    }
}

/* Inverted or trailing speech where no clause was found ("No comment, he said"): what stands before the source. */
static void content_before(const finder *f, const slk_pred *p, const draft *d, draft *out) {
    const slk_reading *r = f->r;
    uint32_t first, last;
    sentence_tokens(r, p->sentence, &first, &last);
    uint32_t source = slk_token_at(r, d->source.start), cue = p->verb.first;
    uint32_t end = !slk_span_empty(d->source) && source < cue ? source : cue;
    if (end > first + 1 && (is_mark(r, end - 1, ",") || is_quote(r, end - 1))) add_content(out, trimmed(r, first, end));
}

/* Objects and all that follows the cue in its clause: "condemned the launch as a provocation", "announced sanctions". */
static void content_behind(const finder *f, const slk_pred *p, uint32_t cue_last, const draft *d, draft *out) {
    const slk_reading *r = f->r;
    uint32_t first = cue_last, last = first;
    uint32_t sentence_first, sentence_last;
    sentence_tokens(r, p->sentence, &sentence_first, &sentence_last);
    while (last < sentence_last && r->tokens.at[last].span.end <= p->extent.end) last++;
    if (!slk_span_empty(d->source)) {
        uint32_t source = slk_token_at(r, d->source.start);
        if (source >= first && source < last) return; /* "said the ministry": what follows is the source */
    }
    add_content(out, trimmed(r, first, last));
}

static bool content_holds(const draft *d, slk_span s) {
    for (uint32_t i = 0; i < d->n_content; i++)
        if (slk_span_overlaps(d->content[i], s)) return true;
    return false;
}

/* ---------------------------------------------------------------- predicates */

static slk_span source_of(const finder *f, uint32_t pred, draft *d) {
    const slk_reading *r = f->r;
    const slk_pred *p = &r->preds.at[pred];
    uint32_t noun = p->passive ? p->agent : p->subj;
    /* "issued a statement saying", "warned on Friday, adding": the one above speaks */
    for (unsigned up = 0; noun == SLK_NONE && !p->passive && up < 3 && p->parent != SLK_NONE; up++) {
        if (p->link != SLK_LINK_PARTICIPLE && p->link != SLK_LINK_COORDINATE && p->link != SLK_LINK_INFINITIVE) break;
        p = &r->preds.at[p->parent];
        noun = p->subj;
    }
    if (noun >= r->nouns.n) {
        d->no_source = true;
        return (slk_span){0, 0};
    }
    p = &r->preds.at[pred];
    uint32_t first = r->nouns.at[noun].t.first, limit = p->verb.first;
    uint32_t owner = r->nouns.at[noun].owner;
    if (owner < r->nouns.n && r->nouns.at[owner].t.first < first) first = r->nouns.at[owner].t.first;
    if (first >= limit) {
        uint32_t sentence_first;
        sentence_tokens(r, p->sentence, &sentence_first, &limit);
    }
    return slk_tokens_span(r, (slk_tokens){first, source_end(r, noun, limit), first});
}

static bool read_pred(const finder *f, uint32_t pred, draft *d) {
    const slk_pred *p = &f->r->preds.at[pred];
    uint32_t cue_last;
    uint32_t row = verb_row(f, p, &cue_last);
    if (row == SLK_NONE || p->mood == SLK_MOOD_CONDITION) return false;
    *d = (draft){.row = row, .negated = p->negated};
    d->cue = slk_tokens_span(f->r, (slk_tokens){p->verb.first, cue_last, p->verb.head});
    d->source = source_of(f, pred, d);
    content_below(f, pred, d);
    if (d->n_content == 0) content_before(f, p, d, d);
    if (d->n_content == 0) content_behind(f, p, cue_last, d, d);
    if (kind_is(f, row, "judgement") &&
        p->obj < f->r->nouns.n) { /* "accuse X of", "condemn X": X belongs to what is said */
        d->n_content = 0;
        content_behind(f, p, cue_last, d, d);
    }
    /* "the missile said to be ...", "talks", "shows": verbs that say something only with a speaker or a clause */
    if (d->no_source && d->n_content == 0) return false;
    if (!slk_span_empty(d->source) && content_holds(d, d->source)) return false;
    return d->n_content > 0;
}

/* ---------------------------------------------------------------- phrases */

/* The clause around a phrase: its sentence without the phrase and its source. */
static void content_around(const finder *f, uint32_t first, uint32_t last, draft *d) {
    const slk_reading *r = f->r;
    uint32_t from, to;
    sentence_tokens(r, r->tokens.at[first].sentence, &from, &to);
    slk_span before = trimmed(r, from, first), behind = trimmed(r, last, to);
    if (first > from + 1) add_content(d, before);
    if (last + 1 < to && (first <= from + 1 || is_mark(r, last, ","))) add_content(d, behind);
}

static bool read_phrase(const finder *f, uint32_t token, const slk_hit *h, draft *d, uint32_t *next) {
    const slk_reading *r = f->r;
    uint32_t last = token, from, to;
    while (last < r->tokens.n && r->tokens.at[last].span.start < h->end) last++;
    sentence_tokens(r, r->tokens.at[token].sentence, &from, &to);
    *d = (draft){.row = h->row, .cue = slk_tokens_span(r, (slk_tokens){token, last, token})};
    *next = last;
    bool silent = slk_text_is(slk_pack_cell(f->pack, SLK_T_REPORTING, h->row, SLK_REPORTING_STANCE), "declines-to-say");
    uint32_t noun = noun_from(r, last);
    if (silent) {
        d->no_source = true;
        add_content(d, trimmed(r, last, to));
        if (d->n_content == 0) add_content(d, trimmed(r, from, token));
        if (d->n_content == 0) add_content(d, d->cue);
        return true;
    }
    if (noun >= r->nouns.n || r->nouns.at[noun].t.first > last + 1 || r->nouns.at[noun].t.last > to) return false;
    uint32_t end = source_end(r, noun, to);
    d->source = slk_tokens_span(r, (slk_tokens){r->nouns.at[noun].t.first, end, last});
    content_around(f, token, end, d);
    *next = end;
    return d->n_content > 0;
}

/* ---------------------------------------------------------------- putting them down */

static slk_certainty certainty_of(const finder *f, const draft *d) {
    int c = slk_certainty_of(slk_pack_cell(f->pack, SLK_T_REPORTING, d->row, SLK_REPORTING_CERTAINTY));
    if (c < 0) c = SLK_CT_PLUS;
    return d->negated ? SLK_U_U : (slk_certainty)c;
}

static slk_stance stance_of(const finder *f, const draft *d) {
    int s = -1;
    if (d->negated) s = slk_stance_of(slk_pack_cell(f->pack, SLK_T_REPORTING, d->row, SLK_REPORTING_NEGATED));
    if (s < 0) s = slk_stance_of(slk_pack_cell(f->pack, SLK_T_REPORTING, d->row, SLK_REPORTING_STANCE));
    return s < 0 ? SLK_STANCE_REPORTS : (slk_stance)s;
}

static slk_err put_down(finder *f, const draft *d) {
    slk_reading *r = f->r;
    slk_attribution a = {
        .actor = SLK_NONE, .inside = SLK_NONE, .stance = stance_of(f, d), .certainty = certainty_of(f, d)};
    slk_err err = SLK_OK;
    if (!slk_span_empty(d->source)) {
        err = slk_spans_one(r, d->source, &a.source);
        a.actor = slk_actor_of(r, d->source);
    }
    if (err == SLK_OK) err = slk_spans_one(r, d->cue, &a.cue);
    if (err == SLK_OK) err = slk_spans_copy(r, d->content, d->n_content, &a.content);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &r->attributions, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->attributions.at[r->attributions.n++] = a;
    return err;
}

static slk_err index_children(finder *f) {
    slk_reading *r = f->r;
    f->first_child = slk_arena_take(&r->arena, r->preds.n * sizeof *f->first_child);
    f->next_child = slk_arena_take(&r->arena, r->preds.n * sizeof *f->next_child);
    if (!f->first_child || !f->next_child) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->preds.n; i++) f->first_child[i] = f->next_child[i] = SLK_NONE;
    for (uint32_t i = r->preds.n; i > 0; i--) { /* from behind, so that children stand in text order */
        uint32_t parent = r->preds.at[i - 1].parent;
        if (parent >= r->preds.n) continue;
        f->next_child[i - 1] = f->first_child[parent];
        f->first_child[parent] = i - 1;
    }
    return SLK_OK;
}

static slk_err find_preds(finder *f) {
    for (uint32_t i = 0; i < f->r->preds.n; i++) {
        draft d;
        if (!read_pred(f, i, &d)) continue;
        slk_err err = put_down(f, &d);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}

static bool phrase_hit(const finder *f, uint32_t token, slk_hit *out) {
    slk_hit hits[8];
    uint32_t n = slk_pack_match(f->pack, f->r->report.text, f->r->tokens.at[token].span.start, hits, 8);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table != SLK_T_REPORTING) continue;
        if (!slk_text_is(slk_pack_cell(f->pack, SLK_T_REPORTING, hits[i].row, SLK_REPORTING_POS), "p")) continue;
        *out = hits[i];
        return true;
    }
    return false;
}

static slk_err find_phrases(finder *f) {
    for (uint32_t t = 0; t < f->r->tokens.n;) {
        slk_hit h;
        draft d;
        uint32_t next = t + 1;
        uint8_t upos = f->r->tokens.at[t].upos;
        bool open =
            upos != SLK_UPOS_PUNCT && upos != SLK_UPOS_PROPN && upos != SLK_UPOS_NUM && !f->r->tokens.at[t].joined;
        if (open && phrase_hit(f, t, &h) && read_phrase(f, t, &h, &d, &next)) {
            slk_err err = put_down(f, &d);
            if (err != SLK_OK) return err;
        }
        t = next > t ? next : t + 1;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- order, quotes that go on, nesting */

static int by_cue(const void *a, const void *b) {
    uint32_t x = ((const slk_attribution *)a)->cue.at[0].start, y = ((const slk_attribution *)b)->cue.at[0].start;
    if (x != y) return x < y ? -1 : 1;
    uint32_t p = ((const slk_attribution *)a)->cue.at[0].end, q = ((const slk_attribution *)b)->cue.at[0].end;
    return p > q ? -1 : p < q;
}

/* A verb inside a phrase ("is quoted as saying") was found twice: the longer cue stays. */
static void drop_doubles(slk_reading *r) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        slk_span cue = r->attributions.at[i].cue.at[0];
        if (n && slk_span_overlaps(r->attributions.at[n - 1].cue.at[0], cue)) continue;
        r->attributions.at[n++] = r->attributions.at[i];
    }
    r->attributions.n = n;
}

/* A sentence that is all quotation, behind one whose speaker was named, goes on with that speaker's words. */
static slk_err continue_quotes(slk_reading *r) {
    uint32_t a = 0, speaker = SLK_NONE;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first, last, own = SLK_NONE;
        sentence_tokens(r, s, &first, &last);
        while (a < r->attributions.n && r->attributions.at[a].cue.at[0].start < r->sentences.at[s].span.end) own = a++;
        bool opened = first < last && is_quote(r, first);
        if (own != SLK_NONE) {
            slk_attribution *x = &r->attributions.at[own];
            bool speech = x->content.n && is_quote(r, slk_token_at(r, x->content.at[0].start));
            speaker = speech || opened ? own : SLK_NONE;
        } else if (opened && speaker != SLK_NONE && r->attributions.at[speaker].content.n < CONTENT_MOST) {
            slk_attribution *x = &r->attributions.at[speaker];
            slk_span all[CONTENT_MOST + 1];
            memcpy(all, x->content.at, x->content.n * sizeof *all);
            all[x->content.n] = trimmed(r, first, last);
            slk_err err = slk_spans_copy(r, all, x->content.n + 1, &x->content);
            if (err != SLK_OK) return err;
        } else {
            speaker = SLK_NONE;
        }
    }
    return SLK_OK;
}

/* The innermost other attribution whose content holds this one's cue. Contents reach few sentences: looking at the 24
 * neighbours on each side is enough and keeps this linear. */
static void nest(slk_reading *r) {
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        slk_span cue = r->attributions.at[i].cue.at[0];
        uint32_t best_length = UINT32_MAX;
        uint32_t from = i > 24 ? i - 24 : 0, to = i + 24 < r->attributions.n ? i + 24 : r->attributions.n;
        for (uint32_t j = from; j < to; j++) {
            const slk_attribution *o = &r->attributions.at[j];
            for (uint32_t k = 0; j != i && k < o->content.n; k++) {
                uint32_t length = o->content.at[k].end - o->content.at[k].start;
                if (!slk_span_holds(o->content.at[k], cue) || length >= best_length) continue;
                if (o->inside == i) continue; /* two that claim to hold each other: the first keeps its place */
                best_length = length;
                r->attributions.at[i].inside = j;
            }
        }
    }
}

slk_err slk_attributions_find(const slk_pack *pack, slk_reading *r) {
    finder f = {.pack = pack, .r = r};
    slk_err err = index_children(&f);
    if (err == SLK_OK) err = find_preds(&f);
    if (err == SLK_OK) err = find_phrases(&f);
    if (err != SLK_OK) return err;
    if (r->attributions.n) qsort(r->attributions.at, r->attributions.n, sizeof *r->attributions.at, by_cue);
    drop_doubles(r);
    err = continue_quotes(r);
    nest(r);
    return err;
}
