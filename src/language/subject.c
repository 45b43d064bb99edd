/* subject.c - the noun phrases of a predicate by position: the subject before it, the object behind it, the agent of a passive. Going
 * back from a verb, what cannot be its subject is stepped over: insertions between commas or brackets, times, prepositional phrases,
 * participles and relative clauses. See predicate.h. */
#include "language/predicate.h"

#define HOPS 24 /* phrases looked at before the search for a subject ends */

bool slk_clause_break(const slk_reading *r, uint32_t t) {
    static const char *const words[] = {";", ":", "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "--", "\xE2\x80\x94"};
    return SLK_WORD_IN(r, t, words);
}

static bool slk_says_bare(const slk_reading *r, uint32_t token) {
    static const char *const lemmas[] = {"say",         "think",  "believe", "claim",  "report", "announce", "add",
                                         "hope",        "fear",   "insist",  "tell",   "know",   "suggest",  "warn",
                                         "estimate",    "assume", "allege",  "mean",   "feel",   "show",     "argue",
                                         "acknowledge", "admit",  "state",   "confirm"};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        if (slk_lemma_is(r, token, lemmas[i])) return true;
    return false;
}

bool slk_noun_governed(const slk_reading *r, uint32_t noun, uint32_t *start) {
    uint32_t at = slk_noun_start(r, noun), s = r->sentences.at[r->tokens.at[at].sentence].first_token;
    while (at > s && slk_upos_at(r, at - 1) == SLK_UPOS_ADV) at--;
    bool governed = at > s && (slk_upos_at(r, at - 1) == SLK_UPOS_ADP ||
                               (slk_word_is(r, at - 1, "to") && slk_upos_at(r, at - 1) == SLK_UPOS_PART));
    if (at > s + 1 && slk_word_is(r, at - 1, "to") && slk_word_is(r, at - 2, "according")) at--;
    *start = governed ? at - 1 : at;
    return governed;
}

/* The comma or bracket that opens the insertion which the mark at t closes; t where there is none. */
static uint32_t opening(const slk_reading *r, uint32_t t, uint32_t first) {
    bool bracket = slk_word_is(r, t, ")");
    for (uint32_t k = t; k-- > first;) {
        if (bracket ? slk_word_is(r, k, "(") : slk_word_is(r, k, ",")) return k > first ? k : t;
        if (!bracket && slk_clause_break(r, k)) return t;
    }
    return t;
}

/* "Kim, who met Putin, flew": a comma closes an insertion only where the words within are one, not the subject itself. */
static bool closes_insertion(const slk_reading *r, uint32_t open, uint32_t close) {
    if (open == close || close - open > 40) return false;
    uint8_t before = slk_upos_at(r, open - 1);
    bool behind_noun = before == SLK_UPOS_NOUN || before == SLK_UPOS_PROPN || before == SLK_UPOS_NUM ||
                       before == SLK_UPOS_PRON || slk_word_is(r, open - 1, ")");
    bool adverbs = before == SLK_UPOS_ADV || before == SLK_UPOS_CCONJ || before == SLK_UPOS_SCONJ;
    return behind_noun || adverbs;
}

/* The first member of the list that noun phrase n ends; n itself where there is none. Behind a comma a phrase with a preposition is no
 * member: "fired by the North, the first stage and the fairing fell". */
static uint32_t slk_list_first(const slk_reading *r, uint32_t n) {
    uint32_t first = n, start;
    for (unsigned hop = 0; hop < 12 && first > 0; hop++) {
        uint32_t k = first, at = slk_noun_start(r, first);
        while (k > 0 && first - k < 4 && r->nouns.at[k - 1].also != first) k--;
        if (k == 0 || r->nouns.at[k - 1].also != first) break;
        if (at > 0 && slk_word_is(r, at - 1, ",") && slk_noun_governed(r, k - 1, &start)) break;
        first = k - 1;
    }
    return first;
}

/* That first member as a subject: not where a verb before the list governs it ("fired a missile and Japan said"). */
static uint32_t list_start(const slk_reading *r, uint32_t n) {
    uint32_t first = slk_list_first(r, n);
    if (first == n) return n;
    uint32_t at = slk_noun_start(r, first), s = r->sentences.at[r->tokens.at[at].sentence].first_token;
    bool verb = at > s && (slk_upos_at(r, at - 1) == SLK_UPOS_VERB || slk_upos_at(r, at - 1) == SLK_UPOS_AUX);
    return verb && !slk_says_bare(r, at - 1) ? n : first;
}

/* The object of an infinitive or a participle is no subject: "used to launch [the satellite] is", but "saying [the North] fired". */
static bool is_object(const slk_reading *r, uint32_t start, uint32_t first, uint32_t *verb) {
    if (start <= first || slk_upos_at(r, start - 1) != SLK_UPOS_VERB || slk_says_bare(r, start - 1)) return false;
    slk_verb_form form = slk_verb_form_at(r, start - 1);
    bool infinitive = form == SLK_FORM_BASE && start - 1 > first && slk_word_is(r, start - 2, "to");
    *verb = infinitive ? start - 2 : start - 1;
    return infinitive || form == SLK_FORM_ING;
}

typedef struct search {
    const slk_reading *r;
    uint32_t first;   /* token of the sentence */
    uint32_t t;       /* what stands before this token is looked at */
    uint32_t apposed; /* a noun phrase between commas, for want of a better one */
    bool verb;        /* a participle or the verb of a relative clause was stepped over */
} search;

/* What stands between a noun phrase and s->t: true where it can be stepped over. Adverbs can, and a participle that touches the phrase
 * ("missiles fired from Kaechon landed"). */
static bool gap_passes(search *s, uint32_t from) {
    for (uint32_t k = from; k < s->t; k++) {
        uint8_t upos = slk_upos_at(s->r, k);
        if (slk_clause_break(s->r, k) || upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_AUX) return false;
        if (upos == SLK_UPOS_CCONJ && k + 1 < s->t) return false;
        if (upos != SLK_UPOS_VERB) continue;
        slk_verb_form form = slk_verb_form_at(s->r, k);
        bool infinitive = form == SLK_FORM_BASE && k > from && slk_word_is(s->r, k - 1, "to");
        if (form == SLK_FORM_PAST || form == SLK_FORM_ING || infinitive)
            s->verb = true;
        else
            return false;
    }
    return true;
}

bool slk_is_relative(const slk_reading *r, uint32_t t) {
    static const char *const words[] = {"which", "that", "who", "whom", "whose"};
    return SLK_WORD_IN(r, t, words) && slk_upos_at(r, t) != SLK_UPOS_SCONJ && slk_upos_at(r, t) != SLK_UPOS_DET;
}

/* Whether the clause before a phrase has its verb: "fired missiles off its coast and its leader ordered". */
static bool told_before(const search *s, uint32_t t) {
    while (t-- > s->first) {
        uint8_t upos = slk_upos_at(s->r, t);
        if (slk_clause_break(s->r, t) || upos == SLK_UPOS_SCONJ) return false;
        if (upos == SLK_UPOS_AUX) return true;
        if (upos == SLK_UPOS_VERB && slk_verb_form_at(s->r, t) != SLK_FORM_ING) return !slk_says_bare(s->r, t);
    }
    return false;
}

/* Steps over one thing before s->t that cannot be the subject, or puts the subject into *out. False where the search ends. */
static bool step(search *s, uint32_t *out) {
    const slk_reading *r = s->r;
    *out = SLK_NONE;
    while (s->t > s->first && slk_upos_at(r, s->t - 1) == SLK_UPOS_ADV) s->t--;
    if (s->t == s->first) return false;
    if (slk_word_is(r, s->t - 1, ",") || slk_word_is(r, s->t - 1, ")")) {
        uint32_t open = opening(r, s->t - 1, s->first);
        if (closes_insertion(r, open, s->t - 1)) return s->t = open, true;
        s->t--;
    }
    uint32_t n = slk_noun_before(r, s->t), start;
    if (n == SLK_NONE || !gap_passes(s, r->nouns.at[n].t.last)) return false;
    bool governed = slk_noun_governed(r, slk_list_first(r, n), &start);
    bool list = slk_list_first(r, n) != n && !(governed && told_before(s, start));
    if (!list) governed = false;
    if (!governed) governed = slk_noun_governed(r, n, &start);
    bool comma = start > s->first && slk_word_is(r, start - 1, ",");
    if (governed || r->nouns.at[n].time) return s->t = start, true;
    uint32_t verb_at;
    if (is_object(r, start, s->first, &verb_at)) return s->verb = true, s->t = verb_at, true;
    if (s->verb && start > s->first && slk_is_relative(r, start - 1)) return s->t = start - 1, true;
    if (comma && slk_word_is(r, r->nouns.at[n].t.last, ",") && list_start(r, n) == n) {
        if (s->apposed == SLK_NONE) s->apposed = n;
        return s->t = start - 1, true;
    }
    *out = list ? list_start(r, n) : n;
    return true;
}

uint32_t slk_noun_described(const slk_reading *r, uint32_t token) {
    uint32_t n = slk_noun_before(r, token), start;
    for (unsigned hop = 0; n != SLK_NONE && r->nouns.at[n].time && hop < 3; hop++) {
        (void)slk_noun_governed(r, n, &start);
        uint32_t before = slk_noun_before(r, start);
        if (before == SLK_NONE) break;
        n = before;
    }
    return n;
}

uint32_t slk_subject_before(const slk_reading *r, uint32_t verb) {
    search s = {
        .r = r, .t = verb, .apposed = SLK_NONE, .first = r->sentences.at[r->tokens.at[verb].sentence].first_token};
    if (s.t > s.first + 2 && slk_word_is(r, s.t - 1, "-") && slk_verb_prefix(r, s.t - 2, s.t + 1)) s.t -= 2;
    while (s.t > s.first && slk_upos_at(r, s.t - 1) == SLK_UPOS_ADV) s.t--;
    if (s.t > s.first && slk_word_is(r, s.t - 1, "what")) return SLK_NONE;
    static const char *const floating[] = {"all", "both", "each"};
    if (s.t > s.first && SLK_WORD_IN(r, s.t - 1, floating)) s.t--;
    if (s.t > s.first && slk_word_is(r, s.t - 1, "there")) return SLK_NONE;
    if (s.t > s.first && slk_is_relative(r, s.t - 1)) return slk_noun_described(r, s.t - 1);
    if (s.t > s.first && slk_upos_at(r, s.t - 1) == SLK_UPOS_CCONJ) return SLK_NONE; /* "and landed": shares one */
    uint32_t found = SLK_NONE;
    for (unsigned hop = 0; hop < HOPS && found == SLK_NONE; hop++)
        if (!step(&s, &found)) break;
    return found != SLK_NONE ? found : s.apposed;
}
