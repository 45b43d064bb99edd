/* phrases.c - noun phrases read backwards from where they end: with their owners ("Seoul's military"), what hangs on them ("officials in
 * Odesa"), the clauses that describe them ("a man who saw it") and the others of a list. What may be a source. See saying.h. */
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/saying.h"

static const char *const relative[] = {"who", "which", "that"};
static const char *const tails[] = {"of",     "for",        "in",      "at",     "from",   "with",    "to",
                                    "near",   "on",         "against", "about",  "inside", "within",  "among",
                                    "by",     "over",       "outside", "under",  "behind", "between", "around",
                                    "across", "throughout", "along",   "beyond", "off"};

/* A preposition that leads a noun phrase on: "officials [in]". */
bool slk_phrase_goes_on(const slk_hearing *h, uint32_t token) { return SLK_SAYS(h, token, tails); }

uint32_t slk_phrase_owner(const slk_hearing *h, uint32_t noun) {
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

/* The first token of the name that holds a token, else the token: a name is one phrase, "The South China Morning Post". */
static uint32_t name_start(const slk_hearing *h, uint32_t token) {
    const slk_reading *r = h->r;
    slk_span s = r->tokens.at[token].span;
    uint32_t lo = SLK_FIRST(i, r->names.n, r->names.at[i].span.end <= s.start);
    if (lo >= r->names.n || r->names.at[lo].span.start >= s.start || r->names.at[lo].type != SLK_NAME_ORG) return token;
    return slk_token_at(r, r->names.at[lo].span.start);
}

/* The first token of the plain noun phrase (owners included) that ends right before a token; SLK_NONE. "... Staff (JCS)". */
uint32_t slk_phrase_before(const slk_hearing *h, uint32_t end) {
    if (end == 0) return SLK_NONE;
    if (slk_says(h, end - 1, ")") || slk_says(h, end - 1, "]")) {
        for (uint32_t t = end - 1; t-- > 0 && end - t < 12;)
            if (slk_says(h, t, "(") || slk_says(h, t, "[")) return t ? slk_phrase_before(h, t) : SLK_NONE;
        return SLK_NONE;
    }
    uint32_t noun = h->noun_of[end - 1], first = end - 1;
    bool inside = noun != SLK_NONE && h->r->nouns.at[noun].t.last >= end;
    if (inside && !stands_alone(h, noun, end)) {
        uint32_t left = h->r->nouns.at[noun].t.first; /* "a US official", read as a name and an adjective */
        bool joined = left > 0 && slk_upos_of_token(h, first) == SLK_UPOS_ADJ && h->noun_of[left - 1] != SLK_NONE;
        return joined ? slk_phrase_owner(h, h->noun_of[left - 1]) : SLK_NONE;
    }
    if (inside) first = slk_phrase_owner(h, noun);
    if (!inside && !slk_is_name(h, first) && !slk_says(h, first, "others")) return SLK_NONE;
    uint32_t start = slk_sentence_first(h, first);
    while (first > start && h->noun_of[first - 1] == SLK_NONE && slk_upos_of_token(h, first - 1) == SLK_UPOS_PROPN)
        first--;
    uint32_t named = name_start(h, end - 1);
    if (named < first && named >= start && h->noun_of[named] != SLK_NONE)
        first = slk_phrase_owner(h, h->noun_of[named]);
    return first;
}

bool slk_phrase_is_time(const slk_hearing *h, uint32_t token) {
    slk_hit hit;
    return token < h->r->tokens.n && slk_phrase_in(h->pack, h->r, token, SLK_T_CALENDAR, &hit) &&
           slk_names_time(h, hit.row, h->noun_of[token]);
}

/* A day between the subject and its verb ("the ministry on Monday said"): the token it begins at, else `end`. */
uint32_t slk_phrase_over_time(const slk_hearing *h, uint32_t end) {
    uint32_t first = slk_phrase_before(h, end);
    if (first == SLK_NONE || !slk_phrase_is_time(h, first)) return end;
    uint32_t start = slk_sentence_first(h, first);
    if (first > start && slk_upos_of_token(h, first - 1) == SLK_UPOS_ADP) first--;
    return first > start ? first : end;
}

/* The noun phrase that a relative clause or a participle describes, given the verb: "a study [that appeared]", "a missile [fired]". */
uint32_t slk_phrase_before_verb(const slk_hearing *h, uint32_t verb, uint32_t start) {
    uint32_t t = verb;
    while (t > start && (slk_upos_of_token(h, t - 1) == SLK_UPOS_AUX || slk_upos_of_token(h, t - 1) == SLK_UPOS_ADV ||
                         slk_upos_of_token(h, t - 1) == SLK_UPOS_PART || slk_upos_of_token(h, t - 1) == SLK_UPOS_VERB))
        t--;
    if (t <= start) return SLK_NONE;
    if (SLK_SAYS(h, t - 1, relative)) return t - 1 > start ? slk_phrase_before(h, t - 1) : SLK_NONE;
    const slk_token *k = &h->r->tokens.at[verb];
    bool describing = k->deprel && strncmp(k->deprel, "acl", 3) == 0 && k->head < verb; /* "a poll taken in May" */
    bool participle = slk_upos_of_token(h, verb - 1) != SLK_UPOS_AUX &&
                      slk_upos_of_token(h, verb - 1) != SLK_UPOS_PART &&
                      (describing || slk_ends_ing(h, verb) || slk_says(h, verb + 1, "by"));
    return participle && !slk_is_comma(h, verb - 1) ? slk_phrase_before(h, verb) : SLK_NONE;
}

/* What stands before a noun phrase and belongs to it: "officials [in Seoul]", "X [and Y]", "a man [who saw it]". Gives the
 * start of the whole; *head the start of the noun phrase that leads. */
uint32_t slk_phrase_grow(const slk_hearing *h, uint32_t first, uint32_t *head) {
    uint32_t start = slk_sentence_first(h, first), floor = first > SLK_REACH ? first - SLK_REACH : 0;
    if (floor > start) start = floor;
    *head = first;
    for (unsigned hop = 0; hop < 12 && first > start; hop++) {
        uint32_t before = SLK_NONE;
        if (slk_phrase_goes_on(h, first - 1) && first - 1 > start) {
            before = slk_phrase_before(h, first - 1);
            if (before == SLK_NONE && slk_upos_of_token(h, first - 2) == SLK_UPOS_VERB)
                before = slk_phrase_before_verb(h, first - 2, start); /* "voters interviewed by the Times" */
            if (before != SLK_NONE && (slk_phrase_is_time(h, before) || before < start)) break;
        } else if (slk_upos_of_token(h, first - 1) == SLK_UPOS_VERB) { /* "a man who saw the launch" */
            before = slk_phrase_before_verb(h, first - 1, start);
        }
        if (before == SLK_NONE || before < start) break;
        first = *head = before;
    }
    return first;
}

/* "The US, South Korea and Ukraine": parties before "and" that are no object of a verb. */
uint32_t slk_phrase_list(const slk_hearing *h, uint32_t first) {
    uint32_t start = slk_sentence_first(h, first), at = first;
    bool joined = false;
    for (unsigned hop = 0; hop < 12 && at > start + 1; hop++) {
        bool and_ = slk_says(h, at - 1, "and") || slk_says(h, at - 1, "or") || slk_says(h, at - 1, "&");
        bool comma = slk_is_comma(h, at - 1);
        if (!and_ && !(joined && comma)) break;
        uint32_t end = and_ && slk_is_comma(h, at - 2) ? at - 2 : at - 1, head;
        if (end <= start) break;
        uint32_t before = slk_phrase_before(h, end);
        if (before == SLK_NONE || before < start || slk_phrase_is_time(h, before)) break;
        before = slk_phrase_grow(h, before, &head);
        uint8_t upos = before > start ? slk_upos_of_token(h, before - 1) : (uint8_t)SLK_UPOS_PUNCT;
        if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX || upos == SLK_UPOS_ADP) break;
        at = before;
        joined = true;
    }
    return at;
}
