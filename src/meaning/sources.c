/* sources.c - who says it. The subject before the verb, with the whole noun phrase ("a spokesman for the ministry, Gen. Park,"),
 * the noun phrase behind an inverted verb, the agent of a passive, the owner of a noun ("their claim"), the speaker of the clause
 * above for participles ("..., adding that"). Extents follow PolNeAR: appositions and relative clauses belong to the source. */
#include "base/text.h"
#include "meaning/saying.h"

static const char *const relative[] = {"who", "which", "that"};
static const char *const tails[] = {"of",   "for",  "in",      "at",    "from",   "with",   "to",
                                    "near", "on",   "against", "about", "inside", "within", "among",
                                    "by",   "over", "outside", "under", "behind", "between"};

/* ---------------------------------------------------------------- noun phrases backwards */

static uint32_t owner_first(const slk_hearing *h, uint32_t noun) {
    uint32_t first = h->r->nouns.at[noun].t.first;
    for (unsigned hop = 0; h->r->nouns.at[noun].owner != SLK_NONE && hop < 6; hop++) {
        noun = h->r->nouns.at[noun].owner;
        first = h->r->nouns.at[noun].t.first;
    }
    return first;
}

/* Some noun or pronoun is in the phrase up to `end`; an article or an adjective alone ("a [worrying sign]") is no source. */
static bool stands_alone(const slk_hearing *h, uint32_t noun, uint32_t end) {
    static const char *const words[] = {"this", "these", "those", "that",    "some", "many",    "both",
                                        "all",  "each",  "most",  "several", "few",  "neither", "another"};
    uint32_t first = h->r->nouns.at[noun].t.first;
    for (uint32_t t = first; t < end; t++)
        if (slk_is_name(h, t) || SLK_SAYS(h, t, words)) return true;
    return slk_upos_of_token(h, end - 1) == SLK_UPOS_ADJ && end > first + 1; /* "the poor" */
}

/* The first token of the plain noun phrase (owners included) that ends right before a token; SLK_NONE. "... Staff (JCS)". */
static uint32_t phrase_before(const slk_hearing *h, uint32_t end) {
    if (end == 0) return SLK_NONE;
    if (slk_says(h, end - 1, ")") || slk_says(h, end - 1, "]")) {
        for (uint32_t t = end - 1; t-- > 0 && end - t < 12;)
            if (slk_says(h, t, "(") || slk_says(h, t, "[")) return t ? phrase_before(h, t) : SLK_NONE;
        return SLK_NONE;
    }
    uint32_t noun = h->noun_of[end - 1], first = end - 1;
    bool inside = noun != SLK_NONE && h->r->nouns.at[noun].t.last >= end;
    if (inside && !stands_alone(h, noun, end)) {
        uint32_t left = h->r->nouns.at[noun].t.first; /* "a US official", read as a name and an adjective */
        bool joined = left > 0 && slk_upos_of_token(h, first) == SLK_UPOS_ADJ && h->noun_of[left - 1] != SLK_NONE;
        return joined ? owner_first(h, h->noun_of[left - 1]) : SLK_NONE;
    }
    if (inside) first = owner_first(h, noun);
    if (!inside && !slk_is_name(h, first) && !slk_says(h, first, "others")) return SLK_NONE;
    uint32_t start = slk_sentence_first(h, first);
    while (first > start && h->noun_of[first - 1] == SLK_NONE && slk_upos_of_token(h, first - 1) == SLK_UPOS_PROPN)
        first--;
    return first;
}

static bool is_time(const slk_hearing *h, uint32_t token) {
    slk_hit hit;
    return token < h->r->tokens.n &&
           slk_pack_match_in(h->pack, h->r->report.text, h->r->tokens.at[token].span.start, SLK_T_CALENDAR, &hit) &&
           slk_names_time(h, hit.row);
}

/* A day between the subject and its verb ("the ministry on Monday said"): the token it begins at, else `end`. */
static uint32_t over_time(const slk_hearing *h, uint32_t end) {
    uint32_t first = phrase_before(h, end);
    if (first == SLK_NONE || !is_time(h, first)) return end;
    uint32_t start = slk_sentence_first(h, first);
    if (first > start && slk_upos_of_token(h, first - 1) == SLK_UPOS_ADP) first--;
    return first > start ? first : end;
}

/* The noun phrase that a relative clause or a participle describes, given the verb: "a study [that appeared]", "a missile [fired]". */
static uint32_t before_verb(const slk_hearing *h, uint32_t verb, uint32_t start) {
    uint32_t t = verb;
    while (t > start && (slk_upos_of_token(h, t - 1) == SLK_UPOS_AUX || slk_upos_of_token(h, t - 1) == SLK_UPOS_ADV ||
                         slk_upos_of_token(h, t - 1) == SLK_UPOS_PART || slk_upos_of_token(h, t - 1) == SLK_UPOS_VERB))
        t--;
    if (t <= start) return SLK_NONE;
    if (SLK_SAYS(h, t - 1, relative)) return t - 1 > start ? phrase_before(h, t - 1) : SLK_NONE;
    bool participle = slk_upos_of_token(h, verb - 1) != SLK_UPOS_AUX &&
                      slk_upos_of_token(h, verb - 1) != SLK_UPOS_PART &&
                      (slk_ends_ing(h, verb) || slk_says(h, verb + 1, "by"));
    return participle && !slk_is_comma(h, verb - 1) ? phrase_before(h, verb) : SLK_NONE;
}

/* What stands before a noun phrase and belongs to it: "officials [in Seoul]", "X [and Y]", "a man [who saw it]". Gives the
 * start of the whole; *head the start of the noun phrase that leads. */
static uint32_t grow_left(const slk_hearing *h, uint32_t first, uint32_t *head) {
    uint32_t start = slk_sentence_first(h, first), floor = first > SLK_REACH ? first - SLK_REACH : 0;
    if (floor > start) start = floor;
    *head = first;
    for (unsigned hop = 0; hop < 12 && first > start; hop++) {
        uint32_t before = SLK_NONE;
        if (SLK_SAYS(h, first - 1, tails) && first - 1 > start) {
            before = phrase_before(h, first - 1);
            if (before == SLK_NONE && slk_upos_of_token(h, first - 2) == SLK_UPOS_VERB)
                before = before_verb(h, first - 2, start); /* "voters interviewed by the Times" */
            if (before != SLK_NONE && (is_time(h, before) || before < start)) break;
        } else if (slk_upos_of_token(h, first - 1) == SLK_UPOS_VERB) { /* "a man who saw the launch" */
            before = before_verb(h, first - 1, start);
        }
        if (before == SLK_NONE || before < start) break;
        first = *head = before;
    }
    return first;
}

/* "The US, South Korea and Ukraine": parties before "and" that are no object of a verb. */
static uint32_t grow_list(const slk_hearing *h, uint32_t first) {
    uint32_t start = slk_sentence_first(h, first), at = first;
    bool joined = false;
    for (unsigned hop = 0; hop < 12 && at > start + 1; hop++) {
        bool and_ = slk_says(h, at - 1, "and") || slk_says(h, at - 1, "or") || slk_says(h, at - 1, "&");
        bool comma = slk_is_comma(h, at - 1);
        if (!and_ && !(joined && comma)) break;
        uint32_t end = and_ && slk_is_comma(h, at - 2) ? at - 2 : at - 1, head;
        if (end <= start) break;
        uint32_t before = phrase_before(h, end);
        if (before == SLK_NONE || before < start || is_time(h, before)) break;
        before = grow_left(h, before, &head);
        uint8_t upos = before > start ? slk_upos_of_token(h, before - 1) : (uint8_t)SLK_UPOS_PUNCT;
        if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX || upos == SLK_UPOS_ADP) break;
        at = before;
        joined = true;
    }
    return at;
}

/* ---------------------------------------------------------------- subjects */

/* What opens between commas: an apposition or a relative clause belongs to the source, anything else is only passed over. */
static bool belongs(const slk_hearing *h, uint32_t token) {
    static const char *const relatives[] = {"who", "which", "whose", "whom"};
    uint8_t upos = slk_upos_of_token(h, token);
    if (SLK_SAYS(h, token, relatives)) return true;
    if (is_time(h, token)) return false;
    return upos == SLK_UPOS_DET || upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN ||
           upos == SLK_UPOS_NUM;
}

/* The subject that ends right before a token. False where none. */
static bool subject_before(const slk_hearing *h, uint32_t end, slk_saying *s) {
    static const char *const floating[] = {"each", "all", "both"};
    uint32_t start = slk_sentence_first(h, end), last = end, tail = SLK_NONE;
    if (end > start + 1 && SLK_SAYS(h, end - 1, floating) && slk_is_name(h, end - 2)) end--; /* "officials each told" */
    end = over_time(h, end);
    last = end;
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
    uint32_t first = phrase_before(h, end), head;
    if (first == SLK_NONE && end > start + 1 && slk_upos_of_token(h, end - 1) == SLK_UPOS_VERB)
        first = before_verb(h, end - 1, start); /* "officials who asked not to be named said" */
    if (first == SLK_NONE || first < start) return false;
    if (is_time(h, first) && slk_upos_of_token(h, first) != SLK_UPOS_PRON) return false;
    first = grow_left(h, first, &head);
    uint32_t list = grow_list(h, first);
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
    uint32_t noun = end > start ? phrase_before(h, end) : SLK_NONE, head;
    if (noun == SLK_NONE) return !slk_says(h, first - 1, "that");
    s->speaker = (slk_tokens){noun, end, noun};
    uint32_t whole = grow_left(h, noun, &head); /* "officials in Seoul who said": the officials */
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
        if (!clause && slk_is_finite(h, t)) return end; /* ", the ministry said": another clause */
    }
    return limit < last ? end : last;
}

uint32_t slk_source_end(const slk_hearing *h, uint32_t token) {
    uint32_t last = slk_sentence_last(h, token), end = phrase_end(h, token, last);
    for (unsigned hop = 0; hop < 12 && end > token && end < last; hop++) {
        uint32_t next = end;
        bool and_ = slk_says(h, end, "and") && end + 1 < last && h->noun_of[end + 1] != SLK_NONE;
        if (SLK_SAYS(h, end, tails) && !is_time(h, end + 1)) next = phrase_end(h, end + 1, last);
        if (and_) {
            next = phrase_end(h, end + 1, last);
            if (next < last && (slk_is_finite(h, next) || slk_upos_of_token(h, next) == SLK_UPOS_ADV)) next = end;
        }
        if (next <= end + (next == end ? 0u : 1u)) break;
        end = next;
    }
    uint8_t after = slk_upos_of_token(h, end + 1);
    bool that = slk_says(h, end, "that") && (after == SLK_UPOS_VERB || after == SLK_UPOS_AUX) &&
                !slk_ends_ing(h, end + 1) && !is_time(h, end - 1);
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
    return true;
}

/* ---------------------------------------------------------------- the three kinds of cue */

/* "..., said the ministry": speech or a clause before, the speaker behind. */
static bool inverted(const slk_hearing *h, const slk_saying *s) {
    uint32_t start = slk_sentence_first(h, s->head);
    if (!slk_cue_takes(h, s->row, 'q') || s->participle || s->infinitive || s->last >= h->r->tokens.n) return false;
    uint32_t first = s->first;
    bool mark = first == start || slk_is_comma(h, first - 1) || slk_is_quote(h, first - 1) || slk_is_dash(h, first - 1);
    if (!mark || slk_says(h, s->last, "that") || slk_is_quote(h, s->last)) return false;
    if (first == start && (start == 0 || h->quote_of[start - 1] == SLK_NONE)) return false;
    uint32_t end = slk_source_end(h, s->last);
    return end > s->last && end <= slk_sentence_last(h, s->head) && !slk_is_finite(h, end);
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

static bool verb_source(const slk_hearing *h, slk_saying *s) {
    if (inverted(h, s)) {
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
        uint32_t head, noun = phrase_before(h, s->first - 1); /* "quoted an official as saying" */
        if (noun != SLK_NONE && noun >= start) {
            s->source = s->speaker = (slk_tokens){grow_left(h, noun, &head), s->first - 1, noun};
            return true;
        }
    }
    if (s->participle || s->infinitive) {
        bool opens = s->first == start || slk_upos_of_token(h, s->first - 1) == SLK_UPOS_SCONJ ||
                     slk_upos_of_token(h, s->first - 1) == SLK_UPOS_ADP;
        uint32_t near =
            s->participle && !opens && !slk_is_comma(h, s->first - 1) ? phrase_before(h, s->first) : SLK_NONE;
        if (near != SLK_NONE && near > start && slk_upos_of_token(h, near - 1) != SLK_UPOS_VERB) {
            uint32_t head; /* "the officials saying": who speaks stands right before */
            uint32_t first = grow_left(h, near, &head);
            s->source = s->speaker = (slk_tokens){first, s->first, head};
            return true;
        }
        if (opens && subject_below(h, s->last, s)) return true;
        return subject_above(h, s->first, s);
    }
    if (s->first > start && subject_before(h, s->first, s)) return true;
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
        uint32_t first = owner_first(h, noun), last = h->r->nouns.at[n->owner].t.last;
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
