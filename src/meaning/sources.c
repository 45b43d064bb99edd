/* sources.c - who says it. The subject before the verb, with the whole noun phrase ("a spokesman for the ministry, Gen. Park,"),
 * the noun phrase behind an inverted verb, the agent of a passive, the owner of a noun ("their claim"), the speaker of the clause
 * above for participles ("..., adding that"). Extents follow PolNeAR: appositions and relative clauses belong to the source. */
#include <string.h>

#include "base/text.h"
#include "meaning/saying.h"

static const char *const relative[] = {"who", "which", "that"};
/* ---------------------------------------------------------------- subjects */

/* What opens between commas: an apposition or a relative clause belongs to the source, anything else is only passed over. */
static bool belongs(const slk_hearing *h, uint32_t token) {
    static const char *const relatives[] = {"who", "which", "whose", "whom", "including"};
    uint8_t upos = slk_upos_of_token(h, token);
    if (SLK_SAYS(h, token, relatives)) return true;
    if (slk_phrase_is_time(h, token)) return false;
    return upos == SLK_UPOS_DET || upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN ||
           upos == SLK_UPOS_NUM;
}

/* The noun phrase before a comma that the phrase first .. end - 1 behind it names again; SLK_NONE. */
static uint32_t renamed(const slk_hearing *h, uint32_t first, uint32_t end) {
    const slk_reading *r = h->r;
    if (first < 2 || !slk_is_comma(h, first - 1)) return SLK_NONE;
    for (uint32_t t = first; t < end; t++) {
        const slk_token *k = &r->tokens.at[t];
        if (k->head < first && k->deprel && strcmp(k->deprel, "appos") == 0) return slk_phrase_before(h, first - 1);
    }
    return SLK_NONE;
}

/* The subject that ends right before a token. False where none. */
static bool subject_before(const slk_hearing *h, uint32_t end, slk_saying *s) {
    static const char *const floating[] = {"each", "all", "both", "neither"};
    uint32_t start = slk_sentence_first(h, end), last = end, tail = SLK_NONE;
    if (end > start + 1 && SLK_SAYS(h, end - 1, floating) && slk_is_name(h, end - 2)) end--; /* "officials each told" */
    end = slk_phrase_over_time(h, end);
    last = end;
    if (end > start + 2 && slk_is_dash(h, end - 1)) { /* "The envoy - who asked not to be named - said" */
        uint32_t open = end - 1, floor = end > 40 + start ? end - 40 : start;
        while (open-- > floor && !slk_is_dash(h, open)) {
        }
        if (open == UINT32_MAX || open <= floor) return false;
        end = last = open;
    }
    for (unsigned hop = 0; hop < 3 && end > start + 1 && slk_is_comma(h, end - 1); hop++) {
        uint32_t open = end - 1;
        while (open-- > start && !slk_is_comma(h, open))
            if (end - open > 60) return false;
        if (open == UINT32_MAX || open <= start || !slk_is_comma(h, open)) {
            /* "Citing the report, he said" has no comma before: nothing to pass over */
            return false;
        }
        if (belongs(h, open + 1) && tail == SLK_NONE) tail = end;
        end = open;
        if (tail == SLK_NONE) last = end;
    }
    uint32_t first = slk_phrase_before(h, end), head, named = first != SLK_NONE ? renamed(h, first, end) : SLK_NONE;
    if (named != SLK_NONE && named > start) { /* "Kim, head of the agency, which ..., said" */
        if (tail == SLK_NONE) tail = last;
        end = last = first - 1;
        first = named;
    }
    if (first == SLK_NONE && end > start + 1 && slk_upos_of_token(h, end - 1) == SLK_UPOS_VERB)
        first = slk_phrase_before_verb(h, end - 1, start); /* "officials who asked not to be named said" */
    if (first == SLK_NONE || first < start) return false;
    if (slk_phrase_is_time(h, first) && slk_upos_of_token(h, first) != SLK_UPOS_PRON) return false;
    first = slk_phrase_grow(h, first, &head);
    uint32_t list = slk_phrase_list(h, first);
    s->source = (slk_tokens){list, tail != SLK_NONE ? tail : last, head};
    s->speaker = (slk_tokens){list, end, head};
    return true;
}

/* The relative pronoun right before a verb group is the source; its antecedent names the speaker. */
static bool relative_before(const slk_hearing *h, uint32_t first, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, first);
    if (first <= start || !SLK_SAYS(h, first - 1, relative)) return false;
    s->relative = true;
    s->source = (slk_tokens){first - 1, first, first - 1};
    s->speaker = s->source;
    uint32_t end = first - 1;
    if (end > start && slk_is_comma(h, end - 1)) end--;
    uint32_t noun = end > start ? slk_phrase_before(h, end) : SLK_NONE, head;
    if (noun == SLK_NONE) return !slk_says(h, first - 1, "that");
    s->speaker = (slk_tokens){noun, end, noun};
    uint32_t whole = slk_phrase_grow(h, noun, &head); /* "officials in Seoul who said": the officials */
    if (head != noun && slk_says(h, first - 1, "who")) s->speaker.first = whole;
    return true;
}

/* The subject of the first finite verb of the sentence before a token: who speaks on in "..., adding that". */
static bool subject_above(const slk_hearing *h, uint32_t token, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, token), quote = h->quote_of[token];
    if (token - start > SLK_REACH) return false;
    for (uint32_t t = token; t-- > start;) { /* the nearest main clause to the left that has a subject */
        if (!slk_is_finite(h, t) || h->quote_of[t] != quote) continue;
        uint32_t pred = h->pred_of[t], first = pred != SLK_NONE ? h->r->preds.at[pred].verb.first : t;
        if (first > start && slk_says(h, first - 1, "that")) continue;
        slk_saying other = {.first = first};
        while (first > start && slk_upos_of_token(h, first - 1) == SLK_UPOS_ADV) first--;
        if (first > start && SLK_SAYS(h, first - 1, relative)) continue;
        if (first <= start || !subject_before(h, first, &other)) continue;
        uint32_t before = other.source.first;
        if (before > start && (slk_says(h, before - 1, "that") || slk_upos_of_token(h, before - 1) == SLK_UPOS_SCONJ))
            continue;
        if (before > start && slk_upos_of_token(h, before - 1) == SLK_UPOS_VERB)
            continue; /* "said [the North fired]" */
        s->source = other.source;
        s->speaker = other.speaker;
        return true;
    }
    return false;
}

/* The subject of the main clause behind a participle that opens the sentence: "Citing X, the ministry said". */
static bool subject_below(const slk_hearing *h, uint32_t token, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, token), limit = token + SLK_REACH < last ? token + SLK_REACH : last;
    for (uint32_t t = token; t + 1 < limit; t++) {
        if (!slk_is_comma(h, t)) continue;
        uint32_t noun = h->noun_of[t + 1];
        if (noun == SLK_NONE) continue;
        uint32_t end = slk_source_end(h, t + 1);
        if (end > t + 1 && (slk_is_finite(h, end) || slk_upos_of_token(h, end) == SLK_UPOS_ADV)) {
            s->source = s->speaker = (slk_tokens){t + 1, end, t + 1};
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------------- noun phrases forwards */

static uint32_t phrase_end(const slk_hearing *h, uint32_t token, uint32_t last) {
    uint32_t noun = token < last ? h->noun_of[token] : SLK_NONE;
    if (noun == SLK_NONE) return slk_is_name(h, token) && token < last ? token + 1 : token;
    uint32_t end = h->r->nouns.at[noun].t.last;
    for (unsigned hop = 0; hop < 6 && noun + 1 < h->r->nouns.n && h->r->nouns.at[noun + 1].owner == noun; hop++)
        end = h->r->nouns.at[++noun].t.last;
    if (end < last && slk_says(h, end, "("))
        for (uint32_t t = end + 1; t < last && t < end + 10; t++)
            if (slk_says(h, t, ")")) return t + 1;
    return end < last ? end : last;
}

/* An apposition or relative clause behind a comma, up to its comma, or to the end of the sentence; `end` where none. */
static uint32_t over_apposition(const slk_hearing *h, uint32_t end, uint32_t last) {
    if (!slk_is_comma(h, end) || end + 1 >= last || !belongs(h, end + 1)) return end;
    bool clause = slk_says(h, end + 1, "who") || slk_says(h, end + 1, "which") || slk_says(h, end + 1, "whose");
    uint32_t limit = end + 60 < last ? end + 60 : last;
    for (uint32_t t = end + 1; t < limit; t++) {
        if (slk_is_comma(h, t)) return t;
        if (slk_is_quote(h, t)) return end;
        if (slk_is_stop(h, t)) return t;
        if (slk_says(h, t, "who") || slk_says(h, t, "which") || slk_says(h, t, "that")) clause = true;
        if (!clause && slk_is_finite(h, t)) return end; /* ", the ministry said": another clause */
    }
    return limit < last ? end : last;
}

uint32_t slk_source_end(const slk_hearing *h, uint32_t token) {
    uint32_t last = slk_sentence_last(h, token), end = phrase_end(h, token, last);
    for (unsigned hop = 0; hop < 12 && end > token && end < last; hop++) {
        uint32_t next = end;
        bool and_ = slk_says(h, end, "and") && end + 1 < last && h->noun_of[end + 1] != SLK_NONE;
        if (slk_phrase_goes_on(h, end) && !slk_phrase_is_time(h, end + 1)) next = phrase_end(h, end + 1, last);
        if (and_) {
            next = phrase_end(h, end + 1, last);
            if (next < last && (slk_is_finite(h, next) || slk_upos_of_token(h, next) == SLK_UPOS_ADV)) next = end;
        }
        if (next <= end + (next == end ? 0u : 1u)) break;
        end = next;
    }
    uint8_t after = slk_upos_of_token(h, end + 1);
    bool that = slk_says(h, end, "that") && (after == SLK_UPOS_VERB || after == SLK_UPOS_AUX) &&
                !slk_ends_ing(h, end + 1) && !slk_phrase_is_time(h, end - 1);
    if (end > token && end < last && (slk_says(h, end, "who") || that)) {
        uint32_t t = end; /* "officials who declined to be named": to the comma or the end */
        while (t < last && !slk_is_comma(h, t) && !slk_is_stop(h, t) && !slk_is_quote(h, t) && t - end < 40) t++;
        if (t < last && t - end < 40) end = t;
    }
    return end;
}

static bool source_behind(const slk_hearing *h, uint32_t token, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head);
    if (token >= last) return false;
    uint32_t end = slk_source_end(h, token);
    if (end <= token) return false;
    s->speaker = (slk_tokens){token, end, token};
    s->source = (slk_tokens){token, over_apposition(h, end, last), token};
    for (unsigned hop = 0; hop < 2 && s->source.last > end;
         hop++) { /* "Kim, a lawyer in Seoul, who advises the firm" */
        end = s->source.last;
        s->source.last = over_apposition(h, end, last);
    }
    return true;
}

/* ---------------------------------------------------------------- the three kinds of cue */

/* "its" before quoted words of what is said: 'the command, based in Nebraska, said its "systems tracked ..."'. */
static bool bare_owner(const slk_hearing *h, uint32_t token, uint32_t end) {
    static const char *const owners[] = {"his", "her", "their", "its", "my", "our", "your", "whose"};
    return end == token + 1 && SLK_SAYS(h, token, owners);
}

/* "..., said the ministry": speech or a clause before, the speaker behind. */
static bool inverted(const slk_hearing *h, const slk_saying *s) {
    uint32_t start = slk_sentence_first(h, s->head);
    if (!slk_cue_takes(h, s->row, 'q') || s->participle || s->infinitive || s->last >= h->r->tokens.n) return false;
    uint32_t first = s->first;
    bool mark = first == start || slk_is_comma(h, first - 1) || slk_is_quote(h, first - 1) || slk_is_dash(h, first - 1);
    if (!mark || slk_says(h, s->last, "that") || slk_is_quote(h, s->last)) return false;
    if (first == start && (start == 0 || h->quote_of[start - 1] == SLK_NONE)) return false;
    uint32_t end = slk_source_end(h, s->last);
    bool speech = first == start ||
                  slk_is_quote(h, first - 1); /* or a clause: "Kim, speaking there, described the test" has none */
    for (uint32_t t = first; !speech && t-- > start;) speech = slk_is_finite(h, t) || slk_is_quote(h, t);
    if (bare_owner(h, s->last, end)) return false;
    return speech && end > s->last && end <= slk_sentence_last(h, s->head) && !slk_is_finite(h, end);
}

/* The agent of a passive: "by X" close behind. */
static bool agent_behind(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head);
    for (uint32_t t = s->last; t < last && t < s->last + 4; t++) {
        if (slk_says(h, t, "by")) {
            s->last = s->last == t ? t : s->last;
            return source_behind(h, t + 1, s);
        }
        if (slk_upos_of_token(h, t) != SLK_UPOS_ADV) break;
    }
    return false;
}

/* "..., said the minister, adding that": the voice last put down in the sentence speaks on. */
static bool speaker_before(const slk_hearing *h, slk_saying *s) {
    const slk_reading *r = h->r;
    if (!s->participle || r->attributions.n == 0) return false;
    const slk_attribution *a = &r->attributions.at[r->attributions.n - 1];
    if (!a->source.n || a->source.at[0].end > r->tokens.at[s->first].span.start) return false;
    uint32_t first = slk_token_at(r, a->source.at[0].start), last = slk_token_at(r, a->source.at[0].end - 1) + 1;
    if (first < slk_sentence_first(h, s->head)) return false;
    s->source = s->speaker = (slk_tokens){first, last, first};
    return true;
}

/* "Navy Commander Benham, a spokesman, told Reuters": who stands behind a verb that takes an addressee is no speaker where a subject stands
 * before it. */
static bool addressed(const slk_hearing *h, const slk_saying *s) {
    slk_saying probe = *s;
    return slk_cue_takes(h, s->row, 'a') && s->first > slk_sentence_first(h, s->head) &&
           subject_before(h, s->first, &probe);
}

/* "The army, which rarely speaks, dismissed the claim": an aside about the subject stands before the verb, no speech. */
static bool behind_aside(const slk_hearing *h, const slk_saying *s) {
    static const char *const opening[] = {"who", "which", "whose", "where"};
    uint32_t start = slk_sentence_first(h, s->head), first = s->first;
    if (first < start + 3 || !slk_is_comma(h, first - 1)) return false;
    uint32_t open = first - 1, floor = first > 60 + start ? first - 60 : start;
    while (open-- > floor && !slk_is_comma(h, open))
        if (slk_is_quote(h, open)) return false;
    slk_saying probe = *s;
    return open > floor && open != UINT32_MAX && slk_is_comma(h, open) && SLK_SAYS(h, open + 1, opening) &&
           subject_before(h, first, &probe);
}

/* ", citing an official, said": a participle between commas right behind the subject of what follows. */
static bool between_subject_and_verb(const slk_hearing *h, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, s->head), last = slk_sentence_last(h, s->head), head;
    if (!s->participle || s->first < start + 2 || !slk_is_comma(h, s->first - 1)) return false;
    uint32_t first = slk_phrase_before(h, s->first - 1), close = s->last;
    while (close < last && close < s->last + 30 && !slk_is_comma(h, close)) close++;
    if (first == SLK_NONE || first < start || close >= last || !slk_is_comma(h, close)) return false;
    uint32_t verb = close + 1;
    while (verb < last && slk_upos_of_token(h, verb) == SLK_UPOS_ADV) verb++;
    if (verb >= last || !slk_is_finite(h, verb)) return false;
    first = slk_phrase_grow(h, first, &head);
    s->source = s->speaker = (slk_tokens){first, s->first - 1, head};
    return true;
}

/* "The words chosen for this oath say": the tree's subject begins before the phrase that stands next to the verb. */
static void widen_by_tree(const slk_hearing *h, slk_saying *s) {
    const slk_reading *r = h->r;
    uint32_t pred = h->pred_of[s->head], subject = pred != SLK_NONE ? r->preds.at[pred].subj : SLK_NONE;
    if (subject >= r->nouns.n) return;
    slk_tokens t = r->nouns.at[subject].t;
    uint32_t owner = r->nouns.at[subject].owner;
    if (owner < r->nouns.n && r->nouns.at[owner].t.first < t.first) t.first = r->nouns.at[owner].t.first;
    if (t.last > s->source.first || t.first < slk_sentence_first(h, s->head) || s->source.first - t.first > 20) return;
    for (uint32_t k = t.last; k < s->source.first; k++)
        if (slk_is_quote(h, k) || slk_is_comma(h, k)) return;
    s->source.first = t.first;
    s->speaker = (slk_tokens){t.first, t.last, t.head};
}

static bool verb_source(const slk_hearing *h, slk_saying *s) {
    if (inverted(h, s) && !addressed(h, s) && !behind_aside(h, s)) {
        s->behind = true;
        s->passive = false;
        return source_behind(h, s->last, s);
    }
    uint32_t start = slk_sentence_first(h, s->head);
    if (s->passive) {
        agent_behind(h, s);
        return true;
    }
    if (relative_before(h, s->first, s)) return true;
    if (s->participle && s->first > start + 1 && slk_says(h, s->first - 1, "as")) {
        uint32_t head, noun = slk_phrase_before(h, s->first - 1); /* "quoted an official as saying" */
        if (noun != SLK_NONE && noun >= start) {
            s->source = s->speaker = (slk_tokens){slk_phrase_grow(h, noun, &head), s->first - 1, noun};
            return true;
        }
    }
    if (between_subject_and_verb(h, s)) return true;
    if (s->participle || s->infinitive) {
        bool opens = s->first == start || slk_upos_of_token(h, s->first - 1) == SLK_UPOS_SCONJ ||
                     slk_upos_of_token(h, s->first - 1) == SLK_UPOS_ADP;
        uint32_t near =
            s->participle && !opens && !slk_is_comma(h, s->first - 1) ? slk_phrase_before(h, s->first) : SLK_NONE;
        if (near != SLK_NONE && near > start && slk_upos_of_token(h, near - 1) != SLK_UPOS_VERB) {
            uint32_t head; /* "the officials saying": who speaks stands right before */
            uint32_t first = slk_phrase_grow(h, near, &head);
            s->source = s->speaker = (slk_tokens){first, s->first, head};
            return true;
        }
        if (opens && subject_below(h, s->last, s)) return true;
        return subject_above(h, s->first, s) || speaker_before(h, s);
    }
    if (s->first > start && subject_before(h, s->first, s)) {
        widen_by_tree(h, s);
        return true;
    }
    bool and_ =
        s->first > start && (slk_upos_of_token(h, s->first - 1) == SLK_UPOS_CCONJ || slk_is_comma(h, s->first - 1));
    return and_ && subject_above(h, s->first, s);
}

/* "their claim that", "Seoul's claim", "criticism from the North", "a report by Yonhap". */
static bool noun_source(const slk_hearing *h, slk_saying *s) {
    static const char *const of_whom[] = {"by", "from", "among"};
    static const char *const owners[] = {"his", "her", "their", "its", "my", "our", "your", "whose"};
    uint32_t noun = h->noun_of[s->head];
    if (noun == SLK_NONE) return true;
    const slk_noun *n = &h->r->nouns.at[noun];
    if (n->owner != SLK_NONE) {
        uint32_t first = slk_phrase_owner(h, noun), last = h->r->nouns.at[n->owner].t.last;
        s->source = s->speaker = (slk_tokens){first, last, first};
        s->first = n->t.first;
    } else if (SLK_SAYS(h, n->t.first, owners)) {
        s->source = s->speaker = (slk_tokens){n->t.first, n->t.first + 1, n->t.first};
        s->first = n->t.first + 1;
    } else if (SLK_SAYS(h, s->last, of_whom)) {
        s->first = n->t.first;
        return source_behind(h, s->last + 1, s);
    } else {
        s->first = n->t.first;
        if (slk_upos_of_token(h, s->first) == SLK_UPOS_DET) s->first++;
    }
    return true;
}

bool slk_source_find(const slk_hearing *h, slk_saying *s) {
    switch (s->kind) {
    case SLK_CUE_VERB: return verb_source(h, s);
    case SLK_CUE_NOUN: return noun_source(h, s);
    default: return !slk_cue_takes(h, s->row, 's') || source_behind(h, s->last, s);
    }
}
