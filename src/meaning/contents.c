/* contents.c - what is said. To the right of the cue a clause, an infinitive, a noun phrase or a quote (rightward.c), to the left
 * speech before "he said" (leftward.c); of passives and raising verbs ("is believed to have flown") the subject belongs to the
 * content; nouns and phrases have theirs around them. Extents follow PolNeAR: no mark at the end but a closing quotation mark,
 * "that" included. */
#include "base/text.h"
#include "meaning/saying.h"

static const char *const openers[] = {"that", "whether", "if", "how", "what", "why", "where", "when", "who", "which"};

static uint32_t noun_before(const slk_hearing *h, uint32_t token) {
    uint32_t start = slk_sentence_first(h, token);
    while (token > start && slk_upos_of_token(h, token - 1) == SLK_UPOS_ADV) token--;
    if (token <= start || h->noun_of[token - 1] == SLK_NONE) return SLK_NONE;
    uint32_t noun = h->noun_of[token - 1];
    return h->r->nouns.at[noun].t.last == token ? noun : SLK_NONE;
}

/* The subject of a passive or raising verb, read as if it were a source. */
static bool subject_of(const slk_hearing *h, const slk_saying *s, slk_tokens *out) {
    slk_saying as_active = *s;
    as_active.passive = false;
    as_active.behind = as_active.participle = as_active.infinitive = false;
    as_active.source = as_active.speaker = (slk_tokens){0, 0, 0};
    if (!slk_source_find(h, &as_active) || as_active.behind || as_active.source.first >= as_active.source.last)
        return false;
    *out = as_active.source;
    return out->last <= s->first;
}

/* The noun phrase before a comma that a participle describes. */
static bool described(const slk_hearing *h, const slk_saying *s, slk_tokens *out) {
    uint32_t noun = slk_between_commas(h, s) && s->first > 1 && slk_is_comma(h, s->first - 1)
                        ? noun_before(h, s->first - 1)
                        : SLK_NONE;
    if (noun != SLK_NONE) *out = h->r->nouns.at[noun].t;
    return noun != SLK_NONE;
}

static bool passive_content(const slk_hearing *h, slk_saying *s) {
    slk_tokens subject;
    uint32_t last = slk_sentence_last(h, s->head), behind = s->last;
    if (s->source.first < s->source.last && s->source.first >= s->last) behind = s->source.last;
    bool addressee = slk_cue_takes(h, s->row, 'a');
    uint32_t t = behind;
    while (t < last && (slk_upos_of_token(h, t) == SLK_UPOS_ADV || slk_is_time_at(h, t))) t++;
    bool clause = t < last && (SLK_SAYS(h, t, openers) || slk_opens_quote(h, t) || slk_says(h, t, ":"));
    bool rest =
        t < last && (slk_infinitive_at(h, t) || slk_says(h, t, "as") || slk_says(h, t, "for") || slk_says(h, t, "of"));
    bool it = s->first > 0 && slk_says(h, s->first - 1, "it");
    if (!it && !(addressee && (clause || rest)) && (described(h, s, &subject) || subject_of(h, s, &subject))) {
        if (clause) rest = true;
        slk_content_trimmed(h, s, subject.first, subject.last);
        if (s->relative) s->relative = false;
    } else if (!clause && !rest) {
        return slk_content_left(h, s);
    }
    if (slk_says(h, t, ":") && t == s->last) s->last = ++t;
    if (clause || rest) slk_content_trimmed(h, s, t, slk_right_end(h, t, s));
    return s->n_content > 0;
}

/* "appears to have failed": the subject is no source but part of what is thought. */
static bool raising_content(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head), t = s->last;
    slk_tokens subject = s->source;
    s->source = s->speaker = (slk_tokens){0, 0, 0};
    if (t >= last || !(slk_infinitive_at(h, t) || slk_says(h, t, "that") || slk_says(h, t, "as") ||
                       slk_says(h, t, "like") || slk_upos_of_token(h, t) == SLK_UPOS_ADJ || slk_clause_at(h, t, last)))
        return false;
    bool it = subject.last == subject.first + 1 && slk_says(h, subject.first, "it") && !slk_infinitive_at(h, t);
    if (!it && subject.first < subject.last) slk_content_trimmed(h, s, subject.first, subject.last);
    s->relative = false;
    slk_content_trimmed(h, s, t, slk_right_end(h, t, s));
    return s->n_content > 0;
}

/* What hangs on a noun ends where the clause of the noun goes on: at a comma, at its finite verb. */
static uint32_t clause_inside(const slk_hearing *h, uint32_t first) {
    uint32_t last = slk_sentence_last(h, first), limit = first + 50 < last ? first + 50 : last;
    bool inner = false; /* a relative pronoun or "that" opened a clause: the next finite verb is its own */
    for (uint32_t t = first; t < limit; t++) {
        if (slk_is_comma(h, t) || slk_is_stop(h, t) || slk_says(h, t, ";") || slk_says(h, t, ":") || slk_is_dash(h, t))
            return t;
        if (slk_is_quote(h, t) && !slk_opens_quote(h, t)) return h->quote_of[first] == h->quote_of[t] ? t : t + 1;
        if (SLK_SAYS(h, t, openers)) inner = true;
        if (t > first && slk_upos_of_token(h, t) == SLK_UPOS_SCONJ && !inner) return t;
        bool past_participle = slk_upos_of_token(h, t) == SLK_UPOS_VERB &&
                               slk_upos_of_token(h, t - 1) != SLK_UPOS_AUX &&
                               slk_upos_of_token(h, t + 1) == SLK_UPOS_ADP;
        if (t > first + 1 && slk_is_finite(h, t) && !past_participle && h->noun_of[t] == SLK_NONE) {
            if (!inner) return t;
            inner = false;
            while (t + 1 < limit &&
                   (slk_upos_of_token(h, t + 1) == SLK_UPOS_VERB || slk_upos_of_token(h, t + 1) == SLK_UPOS_AUX ||
                    slk_upos_of_token(h, t + 1) == SLK_UPOS_ADV || slk_upos_of_token(h, t + 1) == SLK_UPOS_PART))
                t++;
        }
    }
    return limit;
}

/* Is the noun an object, or does its sentence still wait for its verb ("Their claim that it flew was met with doubt")? */
static bool verb_before(const slk_hearing *h, uint32_t token) {
    uint32_t start = slk_sentence_first(h, token), floor = token > SLK_REACH ? token - SLK_REACH : 0;
    for (uint32_t t = token; t-- > (start > floor ? start : floor);)
        if (slk_is_finite(h, t)) return true;
    return false;
}

static bool noun_content(const slk_hearing *h, slk_saying *s) {
    static const char *const of[] = {"of", "about", "for", "on", "over", "against", "to", "as", "with"};
    uint32_t t = s->source.first >= s->last ? s->source.last : s->last, last = slk_sentence_last(h, s->head);
    if (t >= last) return false;
    if (s->last > s->head + 1) { /* "reports of": the preposition is part of the cue */
        slk_content_trimmed(h, s, t, clause_inside(h, t));
        return s->n_content > 0;
    }
    if (slk_says(h, t, "that") && slk_cue_takes(h, s->row, 'c')) {
        slk_content_trimmed(h, s, t, verb_before(h, s->first) ? slk_right_end(h, t, s) : clause_inside(h, t));
        return s->n_content > 0;
    }
    if (slk_says(h, t, "to") && slk_cue_takes(h, s->row, 'i')) {
        slk_content_trimmed(h, s, t, clause_inside(h, t));
        return s->n_content > 0;
    }
    if (!slk_cue_takes(h, s->row, 'n') || !SLK_SAYS(h, t, of)) return false;
    bool wh = SLK_SAYS(h, t + 1, openers);
    uint32_t end = wh ? slk_right_end(h, t + 1, s) : clause_inside(h, t + 1);
    if (t == s->last) s->last = t + 1;
    slk_content_trimmed(h, s, t + 1, end);
    return s->n_content > 0;
}

/* The clause around a phrase: what stands before it and, behind a comma, after it. */
static bool phrase_content(const slk_hearing *h, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, s->head), last = slk_sentence_last(h, s->head);
    uint32_t behind = s->source.first < s->source.last ? s->source.last : s->last;
    uint32_t first = start, end = s->first;
    bool lead = s->first <= start + 1;
    if (!lead) {
        bool parted = slk_is_comma(h, end - 1) || slk_is_quote(h, end - 1);
        if (parted && slk_left_speech(h, end, &first, &end))
            slk_content_trimmed(h, s, first, end);
        else
            slk_content_trimmed(h, s, start, s->first);
    }
    uint32_t t = behind;
    if (t < last && slk_is_comma(h, t)) t++;
    if (t + 1 < last && (lead || (slk_is_comma(h, behind) && slk_upos_of_token(h, t) != SLK_UPOS_CCONJ &&
                                  !slk_says(h, t, "which") && !slk_says(h, t, "who"))))
        slk_content_trimmed(h, s, t, slk_right_end(h, t, s));
    else if (!lead && s->source.first == s->source.last && t + 1 < last)
        slk_content_trimmed(h, s, t, slk_right_end(h, t, s));
    return s->n_content > 0;
}

/* "the bill [the senator] opposes": the content stands before its voice. */
static bool gap_content(const slk_hearing *h, slk_saying *s) {
    if (!slk_cue_takes(h, s->row, 'n') && !slk_cue_takes(h, s->row, 'i')) return false;
    uint32_t at = s->source.first;
    if (s->source.first >= s->source.last || s->relative || at == 0) return false;
    bool pronoun = slk_says(h, at - 1, "that") || slk_says(h, at - 1, "which") || slk_says(h, at - 1, "what");
    if (pronoun) {
        slk_content_add(s, at - 1, at);
        return true;
    }
    uint32_t noun = noun_before(h, at);
    if (noun == SLK_NONE || slk_upos_of_token(h, at - 1) == SLK_UPOS_PRON) return false;
    slk_content_trimmed(h, s, h->r->nouns.at[noun].t.first, h->r->nouns.at[noun].t.last);
    return s->n_content > 0;
}

/* "fired what it said was a new rocket", "rockets that it said hit the mark": the content is the pronoun and what follows the voice, up to
 * the end of the noun phrase there. */
static bool fused_content(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head), t = s->last, at = s->source.first;
    if (s->source.first >= s->source.last || s->source.last > s->first || s->relative || at == 0) return false;
    static const char *const gaps[] = {"what", "that", "which", "who"};
    if (!SLK_SAYS(h, at - 1, gaps) || t >= last) return false;
    bool names = slk_says(h, at - 1, "what") && slk_cue_takes(h, s->row, 'n'); /* "what he called a lie" */
    if (!slk_is_finite(h, t) && !names) return false;
    while (t < last && (slk_is_finite(h, t) || slk_upos_of_token(h, t) == SLK_UPOS_ADV || slk_says(h, t, "to") ||
                        slk_says(h, t, "be") || slk_says(h, t, "been")))
        t++;
    uint32_t end = slk_says(h, t, "that") ? slk_right_end(h, t, s) : slk_source_end(h, t);
    if (end <= t) return false;
    slk_content_add(s, at - 1, at);
    slk_content_trimmed(h, s, s->last, end);
    return true;
}

/* "..., state television quoted an official as saying": the speech stands before the clause that quotes. */
static bool quoted_before(const slk_hearing *h, slk_saying *s) {
    uint32_t pred = s->source.first > 0 ? h->pred_of[s->source.first - 1] : SLK_NONE, first, last;
    if (!s->participle || s->source.last + 1 != s->first || !slk_says(h, s->first - 1, "as") || pred == SLK_NONE)
        return false;
    uint32_t subject = h->r->preds.at[pred].subj;
    for (unsigned hop = 0; hop < 4 && subject < h->r->nouns.n && h->r->nouns.at[subject].owner < h->r->nouns.n; hop++)
        subject = h->r->nouns.at[subject].owner; /* "Israel's radio" begins with Israel */
    if (subject >= h->r->nouns.n || !slk_left_speech(h, h->r->nouns.at[subject].t.first, &first, &last)) return false;
    slk_content_trimmed(h, s, first, last);
    return s->n_content > 0;
}

bool slk_content_find(const slk_hearing *h, slk_saying *s) {
    if (s->kind == SLK_CUE_PHRASE) return phrase_content(h, s);
    if (s->kind == SLK_CUE_NOUN) return noun_content(h, s);
    if (slk_cue_takes(h, s->row, 'r') && !s->passive) return raising_content(h, s);
    if (s->behind) return slk_content_left(h, s);
    if (s->passive) return passive_content(h, s);
    if (slk_left_is_better(h, s)) return slk_content_left(h, s);
    return fused_content(h, s) || slk_content_right(h, s) || gap_content(h, s) || quoted_before(h, s);
}
