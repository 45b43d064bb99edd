/* attributions.c - who says what: source, cue and content, the stance of the saying and how sure the source is of it.
 *
 * Walks the tokens once; where a cue stands (cues.c), its source (sources.c) and content (contents.c) are looked for, and what
 * has enough of them is put down. Then quotes that go on over sentences find their speaker and attributions their place inside
 * one another. Definitions of source, cue and content follow PolNeAR (Newell et al. 2018), certainty follows FactBank (Sauri and
 * Pustejovsky 2009). */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/words.h"
#include "meaning/meaning.h"
#include "meaning/saying.h"

/* ---------------------------------------------------------------- putting down */

static slk_span span_of(const slk_hearing *h, slk_tokens t) { return slk_tokens_span(h->r, t); }

/* The full stop of a sentence may sit in the token of an abbreviation ("900 km."): it is not part of what is said. */
static slk_span content_span(const slk_hearing *h, slk_tokens t) {
    slk_span s = span_of(h, t);
    slk_text x = slk_token_text(h->r, t.last - 1);
    bool closes = t.last == slk_sentence_last(h, t.last - 1) && x.n > 2 && x.at[x.n - 1] == '.';
    if (closes && !memchr(x.at, '.', x.n - 1)) s.end--;
    return s;
}

/* "They said": of several that speak, the ones who spoke last go on, rather than whom they spoke of. SLK_NONE where none did near. */
static uint32_t speakers_before(const slk_hearing *h, const slk_saying *s) {
    const slk_reading *r = h->r;
    bool they = s->source.last == s->source.first + 1 && slk_says(h, s->source.first, "they");
    uint32_t sentence = r->tokens.at[s->head].sentence;
    for (uint32_t i = r->attributions.n, hop = 0; they && i-- > 0 && hop < 4; hop++) {
        const slk_attribution *a = &r->attributions.at[i];
        if (!a->source.n || a->actor == SLK_NONE) continue;
        if (slk_sentence_at(r, a->source.at[0].start) + 1 < sentence) return SLK_NONE;
        uint32_t last = slk_token_at(r, a->source.at[a->source.n - 1].end - 1);
        const char *x = last < r->tokens.n ? r->tokens.at[last].xpos : NULL;
        if (x && (strcmp(x, "NNS") == 0 || strcmp(x, "NNPS") == 0)) return a->actor;
    }
    return SLK_NONE;
}

#define ACTORS_MOST 8u

/* Does a list begin or go on at a mention of the span: "[Seoul], [Tokyo] and [the Pentagon]", not "Seoul's [military]"? */
static bool listed(const slk_hearing *h, slk_span words, const slk_mention *m) {
    static const char *const joints[] = {",", "and", "or", "&", "both"};
    uint32_t t = slk_token_at(h->r, m->span.start);
    while (t > 0 && h->r->tokens.at[t - 1].span.start >= words.start &&
           (slk_upos_of_token(h, t - 1) == SLK_UPOS_DET || slk_upos_of_token(h, t - 1) == SLK_UPOS_ADJ))
        t--;
    return h->r->tokens.at[t].span.start <= words.start || SLK_SAYS(h, t - 1, joints);
}

/* All who speak as one. SLK_OK or SLK_ENOMEM. */
static slk_err set_actors(const slk_hearing *h, slk_span words, slk_attribution *a) {
    const slk_reading *r = h->r;
    uint32_t ids[ACTORS_MOST], n = 0;
    uint32_t lo = SLK_FIRST(i, r->mentions.n, r->mentions.at[i].span.start < words.start);
    for (; lo < r->mentions.n && r->mentions.at[lo].span.end <= words.end && n < ACTORS_MOST; lo++) {
        const slk_mention *m = &r->mentions.at[lo];
        bool again = m->pronoun || !listed(h, words, m);
        for (uint32_t k = 0; k < n && !again; k++) again = ids[k] == m->actor;
        if (!again) ids[n++] = m->actor;
    }
    return n > 1 ? slk_ids_copy(h->r, ids, n, &a->actors) : SLK_OK;
}

static slk_err put_down(const slk_hearing *h, const slk_saying *s) {
    slk_reading *r = h->r;
    slk_attribution a = {.actor = SLK_NONE,
                         .inside = SLK_NONE,
                         .stance = slk_stance_in_all(h, s),
                         .certainty = slk_certainty_in_all(h, s)};
    slk_span content[SLK_CONTENT_MOST];
    for (uint32_t i = 0; i < s->n_content; i++) content[i] = content_span(h, s->content[i]);
    slk_err err = SLK_OK;
    if (s->source.first < s->source.last) {
        err = slk_spans_one(r, span_of(h, s->source), &a.source);
        a.actor = speakers_before(h, s);
        if (a.actor == SLK_NONE) a.actor = slk_actor_of(r, span_of(h, s->speaker));
        if (a.actor == SLK_NONE) a.actor = slk_actor_of(r, span_of(h, s->source));
        if (err == SLK_OK) err = set_actors(h, span_of(h, s->speaker), &a);
    }
    /* prose says "I don't know" at every turn: there the bare word is the cue, as discourse treebanks mark it */
    uint32_t first = h->talk && s->kind == SLK_CUE_VERB && s->head < s->last ? s->head : s->first;
    if (err == SLK_OK) err = slk_spans_one(r, span_of(h, (slk_tokens){first, s->last, s->head}), &a.cue);
    if (err == SLK_OK) err = slk_spans_copy(r, content, s->n_content, &a.content);
    if (err == SLK_OK) err = SLK_ROOM(&r->arena, &r->attributions, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->attributions.at[r->attributions.n++] = a;
    return err;
}

static bool overlaps(slk_tokens a, slk_tokens b) { return a.first < b.last && b.first < a.last; }

/* A source inside its own content is no source but part of what is told: the reading went wrong somewhere. */
static bool sound(const slk_saying *s) {
    for (uint32_t i = 0; i < s->n_content; i++) {
        if (s->source.first < s->source.last && overlaps(s->content[i], s->source)) return false;
        if (overlaps(s->content[i], (slk_tokens){s->first, s->last, s->head})) return false;
    }
    return s->n_content > 0;
}

/* "would respond to any attack", "will answer it": verbs that mean deeds as well give the word only where they are told as done. */
static bool told_as_done(const slk_hearing *h, const slk_saying *s) {
    uint32_t pred = h->pred_of[s->head];
    if (!slk_cue_takes(h, s->row, 'd') || s->negated || pred == SLK_NONE) return true;
    slk_modality mood = h->r->preds.at[pred].mood;
    return mood == SLK_MOOD_FACT || mood == SLK_MOOD_HABIT;
}

static bool silent(const slk_hearing *h, const slk_saying *s) {
    return slk_text_is(slk_pack_cell(h->pack, SLK_T_REPORTING, s->row, SLK_REPORTING_STANCE), "declines-to-say");
}

/* Inside a quote its speaker has the word: only a body that is known by name, saying something, is a voice of its own there
 * ("the military said ..."); "I think", "he knows" are the speaker's way to talk. */
static bool heard(const slk_hearing *h, const slk_saying *s) {
    uint32_t q = h->quote_of[s->head];
    if (q == SLK_NONE || h->quotes.at[q].single) return true;
    if (s->kind == SLK_CUE_NOUN || !slk_cue_takes(h, s->row, 'q') || s->source.first >= s->source.last) return false;
    uint32_t actor = slk_actor_of(h->r, span_of(h, s->source));
    const slk_actor *a = actor != SLK_NONE ? &h->r->actors.at[actor] : NULL;
    bool pronoun = slk_upos_of_token(h, s->source.first) == SLK_UPOS_PRON;
    return a && !pronoun && strcmp(a->country, "UNK") != 0 &&
           (strcmp(a->sector, "MIL") == 0 || strcmp(a->sector, "MED") == 0);
}

/* A silence may be told without words for what is kept back ("declined to comment"). */
static bool complete(const slk_hearing *h, slk_saying *s) {
    if (!slk_source_find(h, s)) return false;
    if (!slk_content_find(h, s)) {
        bool spoken = s->kind == SLK_CUE_PHRASE ||
                      (s->kind == SLK_CUE_VERB && s->source.first < s->source.last && !s->infinitive);
        if (!silent(h, s) || !spoken) return false;
        s->n_content = 0;
        slk_content_add(s, s->first, s->last);
        return heard(h, s);
    }
    if (s->kind == SLK_CUE_VERB && !told_as_done(h, s)) return false;
    bool owned = s->source.first < s->source.last, alone = slk_cue_takes(h, s->row, 'o');
    if (s->kind == SLK_CUE_VERB && !owned && !(s->passive && alone) && !slk_cue_takes(h, s->row, 'r')) return false;
    if (s->kind == SLK_CUE_NOUN && !owned && !alone) return false;
    return sound(s) && (h->prose ? slk_prose_speaks(h, s) : heard(h, s));
}

/* Inside what somebody says only a full saying is another voice ("Yonhap reported that officials said"), and what is denied,
 * alleged or only believed there. Attitudes told in passing ("he said she wants to run") are part of the content. */
static bool weak_inside(const slk_hearing *h, const slk_saying *s) {
    slk_text kind = slk_pack_cell(h->pack, SLK_T_REPORTING, s->row, SLK_REPORTING_KIND);
    if (s->kind == SLK_CUE_PHRASE) return false;
    bool quoted_as = s->participle && s->first > 0 && slk_says(h, s->first - 1, "as"); /* "quoted him as saying" */
    bool own = s->participle && s->source.first < s->source.last && s->source.last == s->first; /* "its navy saying" */
    if (s->kind == SLK_CUE_NOUN || s->infinitive || (s->participle && !quoted_as && !own)) return true;
    slk_stance stance = slk_stance_of_cue(h, s);
    if (stance == SLK_STANCE_DENIES || stance == SLK_STANCE_ALLEGES) return false;
    if (slk_text_is(kind, "say") || slk_text_is(kind, "appear")) return false;
    return !(slk_text_is(kind, "cognition") && s->passive);
}

static slk_err find_all(const slk_hearing *h) {
    uint32_t taken = 0; /* cues do not overlap */
    for (uint32_t t = 0; t < h->r->tokens.n; t++) {
        slk_saying s;
        if (t < taken) continue;
        const slk_wire *w =
            slk_wire_of(h->r, h->r->tokens.at[t].sentence); /* "(Corrects what the ministry said ...)" */
        bool mark = (!w || w->kind == SLK_WIRE_DATELINE) && slk_mark_cue_at(h, t, &s);
        if (!mark && (w || !slk_cue_at(h, t, &s) || !complete(h, &s))) continue;
        slk_err err = put_down(h, &s);
        if (err != SLK_OK) return err;
        h->weak[s.first] = !h->prose && weak_inside(h, &s);
        taken = s.last;
    }
    return SLK_OK;
}

static int by_cue(const void *a, const void *b) {
    const slk_span *x = ((const slk_attribution *)a)->cue.at, *y = ((const slk_attribution *)b)->cue.at;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* A verb inside a phrase was found twice: the longer cue stays. */
static void drop_doubles(slk_reading *r) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        if (n && slk_span_overlaps(r->attributions.at[n - 1].cue.at[0], r->attributions.at[i].cue.at[0])) continue;
        r->attributions.at[n++] = r->attributions.at[i];
    }
    r->attributions.n = n;
}

/* ---------------------------------------------------------------- quotes that go on */

static slk_err append(slk_reading *r, slk_attribution *a, slk_span piece) {
    slk_span all[SLK_CONTENT_MOST + 1];
    if (a->content.n >= SLK_CONTENT_MOST) return SLK_OK;
    memcpy(all, a->content.at, a->content.n * sizeof *all);
    all[a->content.n] = piece;
    return slk_spans_copy(r, all, a->content.n + 1, &a->content);
}

/* The attribution whose last piece of content ends in the quote, or SLK_NONE; *from walks along with the quotes. */
static uint32_t voice_of_quote(const slk_reading *r, slk_span quote, uint32_t *from) {
    uint32_t n = r->attributions.n;
    while (*from < n && r->attributions.at[*from].cue.at[0].end + 20000 < quote.start) (*from)++;
    uint32_t found = SLK_NONE, best = UINT32_MAX;
    for (uint32_t i = *from, seen = 0; i < n && seen < 64; i++, seen++) {
        const slk_attribution *a = &r->attributions.at[i];
        for (uint32_t k = 0; k < a->content.n; k++) {
            if (!slk_span_holds(a->content.at[k], quote)) continue;
            uint32_t length = a->content.at[k].end - a->content.at[k].start;
            if (length < best) found = i, best = length;
        }
        if (a->cue.at[0].start > quote.end + 400) break;
    }
    return found;
}

/* The quote is all of its sentences: begins one, and nothing but marks stands behind it. */
static bool whole_sentences(const slk_hearing *h, const slk_quoted *q) {
    if (q->open != slk_sentence_first(h, q->open)) return false;
    uint32_t end = q->closed ? q->close + 1 : q->close;
    return end >= h->r->tokens.n || end == slk_sentence_first(h, end);
}

/* A quote of whole sentences right behind a sentence of speech goes on with its speaker. */
static slk_err continue_quotes(const slk_hearing *h) {
    slk_reading *r = h->r;
    uint32_t speaker = SLK_NONE, speaker_sentence = 0, from = 0;
    for (uint32_t i = 0; i < h->quotes.n; i++) {
        const slk_quoted *q = &h->quotes.at[i];
        uint32_t end = q->closed ? q->close + 1 : q->close;
        slk_span span = slk_tokens_span(r, (slk_tokens){q->open, end, q->open});
        uint32_t own = voice_of_quote(r, span, &from), last = r->tokens.at[end - 1].sentence;
        if (own != SLK_NONE) {
            uint32_t cue = slk_sentence_at(r, r->attributions.at[own].cue.at[0].start);
            speaker = own;
            speaker_sentence = cue > last ? cue : last;
            continue;
        }
        bool near = speaker != SLK_NONE && r->tokens.at[q->open].sentence <= speaker_sentence + 1;
        if (!near || !whole_sentences(h, q)) continue;
        slk_err err = append(r, &r->attributions.at[speaker], span);
        if (err != SLK_OK) return err;
        speaker_sentence = last;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- nesting */

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

/* Takes out the weak ones that stand inside another content; the others keep their order. */
static void drop_weak(const slk_hearing *h) {
    slk_reading *r = h->r;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        slk_attribution a = r->attributions.at[i];
        bool weak = h->weak[slk_token_at(r, a.cue.at[0].start)];
        bool drop = weak && a.inside != SLK_NONE;
        a.inside = SLK_NONE;
        if (!drop) r->attributions.at[n++] = a;
    }
    r->attributions.n = n;
}

slk_err slk_attributions_find(const slk_pack *pack, slk_reading *r) {
    slk_hearing h = {.pack = pack, .r = r};
    slk_err err = slk_hearing_start(&h);
    if (err == SLK_OK) slk_prose_find(&h);
    if (err == SLK_OK) err = find_all(&h);
    if (err != SLK_OK) return err;
    if (r->attributions.n) qsort(r->attributions.at, r->attributions.n, sizeof *r->attributions.at, by_cue);
    drop_doubles(r);
    err = h.talk ? SLK_OK : continue_quotes(&h);
    if (err != SLK_OK) return err;
    nest(r);
    drop_weak(&h);
    nest(r);
    return SLK_OK;
}
