/* predicate.c - predicates: verb groups ("did not immediately confirm", "is believed to have fired") with mood, tense, voice and
 * negation, and their subject and object by position. What the clauses are to one another is worked out in clause.c. */
#include <string.h>

#include "language/predicate.h"

/* ---------------------------------------------------------------- forms of verbs */

slk_verb_form slk_verb_form_at(const slk_reading *r, uint32_t token) {
    slk_text x = slk_token_text(r, token);
    const char *lemma = r->tokens.at[token].lemma;
    if (x.n > 4 && slk_text_ends_fold(x, "ing"))
        return lemma && slk_text_is_fold(x, lemma) ? SLK_FORM_BASE : SLK_FORM_ING;
    if (!lemma || slk_text_is_fold(x, lemma)) return SLK_FORM_BASE;
    if (slk_text_ends_fold(x, "s") && !slk_text_ends_fold(x, "ss") && !slk_word_is(r, token, "was")) return SLK_FORM_S;
    return SLK_FORM_PAST;
}

/* Forms that are both base and past: without "to" or an auxiliary they tell of the past. */
static bool both_forms(const slk_reading *r, uint32_t token) {
    static const char *const forms[] = {"hit",  "put",   "set",  "cut",  "hurt",   "shut",      "split",    "spread",
                                        "cast", "burst", "quit", "shed", "thrust", "broadcast", "forecast", "beat"};
    return SLK_WORD_IN(r, token, forms);
}

static bool only_participle(const slk_reading *r, uint32_t token) {
    static const char *const forms[] = {"flown",  "fallen", "broken", "seen",   "known",   "given",  "taken",
                                        "shown",  "done",   "gone",   "been",   "written", "driven", "drawn",
                                        "thrown", "chosen", "risen",  "shaken", "begun"};
    return SLK_WORD_IN(r, token, forms);
}

typedef struct group { /* a verb group under way */
    uint32_t first, last, head;
    bool to, negated, be, have, copula;
    slk_modality mood;
    slk_verb_form form;
    bool past_aux, modal;
} group;

static void take_aux(const slk_reading *r, uint32_t t, group *g) {
    static const char *const future[] = {"will", "shall", "'ll", "wo"};
    static const char *const would[] = {"would", "'d"};
    static const char *const possible[] = {"may", "might", "could", "can", "ca"};
    static const char *const obliged[] = {"should", "must", "ought"};
    if (SLK_WORD_IN(r, t, future))
        g->mood = SLK_MOOD_FUTURE, g->modal = true;
    else if (SLK_WORD_IN(r, t, would))
        g->mood = SLK_MOOD_CONDITION, g->modal = true;
    else if (SLK_WORD_IN(r, t, possible))
        g->mood = SLK_MOOD_POSSIBLE, g->modal = true;
    else if (SLK_WORD_IN(r, t, obliged))
        g->mood = SLK_MOOD_OBLIGED, g->modal = true;
    else if (slk_lemma_is(r, t, "be"))
        g->be = true;
    else if (slk_lemma_is(r, t, "have"))
        g->have = true;
    if (slk_word_is(r, t, "was") || slk_word_is(r, t, "were") || slk_word_is(r, t, "had") || slk_word_is(r, t, "did"))
        g->past_aux = true;
}

static bool is_not(const slk_reading *r, uint32_t t) {
    static const char *const words[] = {"not", "n't", "n\xE2\x80\x99t", "never", "no longer"};
    return SLK_WORD_IN(r, t, words);
}

static bool is_to(const slk_reading *r, uint32_t t) {
    return slk_word_is(r, t, "to") && slk_upos_at(r, t) == SLK_UPOS_PART;
}

/* "have all accused" */
static bool floats(const slk_reading *r, uint32_t t) {
    static const char *const words[] = {"all", "both", "each"};
    return SLK_WORD_IN(r, t, words) && slk_upos_at(r, t + 1) == SLK_UPOS_VERB;
}

/* Reads one group that begins at t; false where no verb is in it. Adverbs within belong to it, behind it they do not. */
static bool read_group(const slk_reading *r, uint32_t t, uint32_t last, group *g) {
    *g = (group){.first = t, .head = SLK_NONE, .mood = SLK_MOOD_FACT};
    uint32_t aux = SLK_NONE, end = t;
    for (; end < last; end++) {
        uint8_t upos = r->tokens.at[end].upos;
        if (is_not(r, end) && (end > t || end + 1 < last)) {
            g->negated = true;
        } else if (is_to(r, end) && (end == t || (end == t + 1 && g->negated))) {
            g->to = true;
        } else if (upos == SLK_UPOS_AUX) {
            take_aux(r, end, g);
            aux = end;
        } else if (upos == SLK_UPOS_VERB) {
            g->head = end++;
            break;
        } else if (end > t && (upos == SLK_UPOS_ADV || floats(r, end))) {
            continue;
        } else if (end > t && slk_verb_prefix(r, end, last)) {
            end++;
        } else {
            break;
        }
    }
    if (g->head == SLK_NONE) {
        if (aux == SLK_NONE) return false;
        g->head = aux; /* "is a missile", "did" */
        g->copula = slk_lemma_is(r, aux, "be");
        end = aux + 1;
        if (end < last && is_not(r, end)) g->negated = true, end++;
    }
    g->last = end;
    g->form = slk_verb_form_at(r, g->head);
    bool bare = !g->to && (g->be || g->have || aux == SLK_NONE);
    if (bare && both_forms(r, g->head)) g->form = SLK_FORM_PAST;
    if (g->to) g->mood = SLK_MOOD_INFINITIVE;
    return true;
}

/* ---------------------------------------------------------------- subject and object */

/* Whether words between two tokens tell something: a finite verb is among them. */
static bool tells(const slk_reading *r, uint32_t from, uint32_t to) {
    for (uint32_t t = from; t < to; t++) {
        uint8_t upos = slk_upos_at(r, t);
        if (upos == SLK_UPOS_AUX || (upos == SLK_UPOS_VERB && slk_verb_form_at(r, t) != SLK_FORM_ING)) return true;
    }
    return false;
}

/* "said [the drill] was over": the phrase behind has a verb of its own. */
static bool has_own_verb(const slk_reading *r, uint32_t noun) {
    while (noun + 1 < r->nouns.n && r->nouns.at[noun + 1].owner == noun) noun++;
    uint32_t t = r->nouns.at[noun].t.last;
    uint8_t upos = slk_upos_at(r, t);
    return upos == SLK_UPOS_AUX || (upos == SLK_UPOS_VERB && slk_verb_form_at(r, t) != SLK_FORM_ING);
}

/* "..., said the ministry", "\"...\" he said": speech before, speaker behind. */
static bool inverted(const slk_pack *pack, const slk_reading *r, const group *g) {
    uint32_t first = r->sentences.at[r->tokens.at[g->head].sentence].first_token;
    if (g->first != g->head || g->first <= first) return false;
    static const char *const quotes[] = {"\"", "\xE2\x80\x9D", "''"};
    bool quoted = SLK_WORD_IN(r, g->first - 1, quotes) && g->form == SLK_FORM_PAST;
    if (!quoted && !slk_reports(pack, r, g->head)) return false;
    bool mark = slk_word_is(r, g->first - 1, ",") || slk_clause_break(r, g->first - 1);
    uint32_t n = slk_noun_from(r, g->last);
    if (!mark || n >= r->nouns.n || r->nouns.at[n].t.first > g->last || g->form == SLK_FORM_ING) return false;
    if (slk_word_is(r, g->first - 1, ",") && !tells(r, first, g->first)) return false;
    return !has_own_verb(r, n);
}

/* ---------------------------------------------------------------- bare past forms: told, or only describing */

/* Does a finite verb that can take this subject follow within the clause, without a subject of its own? Then the form at hand only
 * describes: "the missile [fired on Monday] fell". */
static bool another_verb_waits(const slk_reading *r, uint32_t t, uint32_t last) {
    static const char *const openers[] = {"that", "which", "who", "what", "where", "how", "why"};
    bool bare_noun = false, taken = false;
    uint32_t start;
    for (; t < last; t++) {
        uint8_t upos = slk_upos_at(r, t);
        if (slk_clause_break(r, t) || slk_word_is(r, t, ",") || upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_CCONJ)
            return false;
        if (SLK_WORD_IN(r, t, openers)) return false;
        if (is_to(r, t)) { /* "used to launch the satellite could": the object of the infinitive is no subject */
            while (t + 1 < last && slk_upos_at(r, t + 1) != SLK_UPOS_VERB && slk_upos_at(r, t + 1) != SLK_UPOS_PUNCT)
                t++;
            taken = true, t++;
            continue;
        }
        if (upos == SLK_UPOS_AUX) return !bare_noun;
        if (upos == SLK_UPOS_VERB && slk_verb_form_at(r, t) != SLK_FORM_ING && slk_verb_form_at(r, t) != SLK_FORM_BASE)
            return !bare_noun;
        uint32_t n = slk_noun_from(r, t);
        if (n < r->nouns.n && r->nouns.at[n].t.first == t) {
            if (taken && (n + 1 >= r->nouns.n || r->nouns.at[n + 1].owner != n)) {
                taken = false;
                t = r->nouns.at[n].t.last - 1;
                continue;
            }
            if (taken) { /* an owner: what it owns is the object */
                t = r->nouns.at[n].t.last;
                continue;
            }
            bool bare = !slk_noun_governed(r, n, &start) && !r->nouns.at[n].time;
            bare_noun = bare || (bare_noun && r->nouns.at[n].time);
            if (bare && slk_upos_at(r, r->nouns.at[n].t.head) == SLK_UPOS_PROPN) return false;
            t = r->nouns.at[n].t.last - 1;
        }
    }
    return false;
}

/* Whether the verb at a token was found to be a participle that describes. */
static bool describes(const slk_reading *r, uint32_t t) {
    for (uint32_t i = r->preds.n; i > 0 && r->preds.n - i < 16; i--)
        if (r->preds.at[i - 1].verb.head == t) return r->preds.at[i - 1].link == SLK_LINK_PARTICIPLE;
    return false;
}

static bool finite_before(const slk_reading *r, uint32_t first, uint32_t t) {
    while (t-- > first) {
        uint8_t upos = slk_upos_at(r, t);
        if (slk_clause_break(r, t) || slk_word_is(r, t, ",") || upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_CCONJ)
            return false;
        if (slk_word_is(r, t, "that") || slk_word_is(r, t, "which") || slk_word_is(r, t, "who")) return false;
        if (upos == SLK_UPOS_AUX) return true;
        if (upos == SLK_UPOS_VERB && slk_verb_form_at(r, t) != SLK_FORM_ING && !describes(r, t)) return true;
    }
    return false;
}

/* ", designed to hit Israel, were": an insertion that a comma ends before the verb of the clause. */
static bool closed_by_comma(const slk_reading *r, uint32_t t, uint32_t last) {
    for (; t + 1 < last; t++) {
        uint8_t upos = slk_upos_at(r, t), next = slk_upos_at(r, t + 1);
        if (slk_clause_break(r, t) || upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_CCONJ) return false;
        if (!slk_word_is(r, t, ",")) continue;
        return next == SLK_UPOS_AUX || (next == SLK_UPOS_VERB && slk_verb_form_at(r, t + 1) != SLK_FORM_ING);
    }
    return false;
}

/* ", located north of Seoul": the clause has its verb already, and no relative clause ends at this comma. */
static bool verb_before_insertion(const slk_reading *r, uint32_t first, uint32_t comma) {
    uint32_t t = comma;
    while (t > first && !slk_word_is(r, t - 1, ",") && !slk_clause_break(r, t - 1)) t--;
    if (t > first && slk_word_is(r, t - 1, ",")) {
        bool relative = slk_word_is(r, t, "who") || slk_word_is(r, t, "which");
        return !relative && finite_before(r, first, t - 1);
    }
    return finite_before(r, first, comma);
}

static bool takes_no_object(const slk_reading *r, uint32_t t, uint32_t last) {
    uint32_t n = slk_object_behind(r, t, last);
    return n == SLK_NONE || r->nouns.at[n].time;
}

/* "Based on its path, it ...", "Isolated North Korea says" */
static bool opens_sentence(const slk_reading *r, uint32_t first, uint32_t t) {
    while (t > first && (slk_upos_at(r, t - 1) == SLK_UPOS_ADV || slk_word_is(r, t - 1, "\"") ||
                         slk_word_is(r, t - 1, "\xE2\x80\x9C") || slk_upos_at(r, t - 1) == SLK_UPOS_CCONJ))
        t--;
    return t == first;
}

/* Verbs that nobody does to anything: "a rocket carrying two crew failed" tells. */
static bool never_passive(const slk_reading *r, uint32_t head) {
    static const char *const lemmas[] = {"fail",   "explode", "crash",  "land",     "fall", "occur",
                                         "happen", "come",    "arrive", "appear",   "rise", "travel",
                                         "splash", "plunge",  "soar",   "disappear"};
    for (size_t i = 0; i < sizeof lemmas / sizeof *lemmas; i++)
        if (slk_lemma_is(r, head, lemmas[i])) return true;
    return false;
}

/* "a missile fired from Kaechon landed", "tracked a missile fired by the North", ", launched at dawn,": no clause of its own. */
static bool reduced(const slk_pack *pack, const slk_reading *r, const group *g, uint32_t first, uint32_t last) {
    if (g->form != SLK_FORM_PAST || g->be || g->have || g->modal || g->to || slk_upos_at(r, g->head) != SLK_UPOS_VERB)
        return false;
    if (g->first != g->head && g->negated) return false;
    if (never_passive(r, g->head)) return false;
    if (only_participle(r, g->head)) return true;
    uint32_t t = g->first;
    if (opens_sentence(r, first, t)) return g->form == SLK_FORM_PAST;
    if (t > first && slk_word_is(r, t - 1, ",")) {
        uint32_t next = slk_noun_from(r, g->last);
        bool object = next < r->nouns.n && r->nouns.at[next].t.first == g->last;
        if (object || inverted(pack, r, g)) return false;
        if (slk_word_is(r, g->last, "by") || closed_by_comma(r, g->last, last)) return true;
        uint8_t behind = slk_upos_at(r, g->last);
        bool phrase = behind == SLK_UPOS_ADP || behind == SLK_UPOS_ADV || (g->last < last && is_to(r, g->last));
        return phrase && verb_before_insertion(r, first, t - 1);
    }
    uint32_t n = slk_noun_before(r, t);
    if (n == SLK_NONE || r->nouns.at[n].t.last < t) return slk_word_is(r, g->last, "by");
    if (slk_upos_at(r, r->nouns.at[n].t.head) == SLK_UPOS_PRON) return false;
    uint32_t at = slk_noun_start(r, n);
    if (at > first && slk_is_relative(r, at - 1)) return false; /* "the missile that Seoul tracked" */
    if (slk_word_is(r, g->last, "by") && !slk_lemma_is(r, g->head, "follow")) return true;
    bool describes_object = finite_before(r, first, r->nouns.at[n].t.first);
    uint32_t list = slk_list_first(r, n);
    if (!describes_object && list != n && takes_no_object(r, g->last, last)) /* "talks and the deal reached" */
        return finite_before(r, first, r->nouns.at[list].t.first) || another_verb_waits(r, g->last, last);
    if (describes_object) {
        /* "said North Korea fired a missile": a clause may follow a verb of saying without "that" */
        uint32_t k = r->nouns.at[n].t.first;
        while (k > first && slk_upos_at(r, k - 1) != SLK_UPOS_VERB && slk_upos_at(r, k - 1) != SLK_UPOS_AUX) k--;
        if (k > first && slk_says_bare(r, k - 1)) return another_verb_waits(r, g->last, last);
        return true;
    }
    uint32_t start;
    if (slk_noun_governed(r, n, &start) && takes_no_object(r, g->last, last) &&
        slk_subject_before(pack, r, t) == SLK_NONE)
        return true; /* "after scaling back its work under the deal reached last year" */
    return another_verb_waits(r, g->last, last);
}

/* ---------------------------------------------------------------- all together */

static bool habitual(const slk_reading *r, const group *g) {
    static const char *const words[] = {"often",     "usually",   "regularly",  "routinely",    "always",
                                        "sometimes", "typically", "frequently", "periodically", "normally"};
    for (uint32_t t = g->first > 0 ? g->first - 1 : 0; t <= g->last && t < r->tokens.n; t++)
        if (SLK_WORD_IN(r, t, words)) return true;
    return false;
}

static bool in_condition(const slk_reading *r, uint32_t first, uint32_t verb) {
    static const char *const words[] = {"if", "unless", "whenever", "should"};
    for (uint32_t t = verb; t-- > first;) {
        if (SLK_WORD_IN(r, t, words)) return slk_upos_at(r, t) != SLK_UPOS_AUX;
        if (slk_clause_break(r, t) || slk_word_is(r, t, ",") || slk_upos_at(r, t) == SLK_UPOS_VERB) return false;
    }
    return false;
}

static slk_err add_group(const slk_pack *pack, slk_reading *r, group *g, uint32_t first, uint32_t last) {
    slk_pred p = {.verb = {g->first, g->last, g->head}, .subj = SLK_NONE, .obj = SLK_NONE, .agent = SLK_NONE};
    p.parent = SLK_NONE;
    p.sentence = r->tokens.at[g->head].sentence;
    p.negated = g->negated;
    bool describing = reduced(pack, r, g, first, last);
    p.passive = describing || (g->be && !g->copula && g->form == SLK_FORM_PAST);
    p.perfect = g->have;
    p.past = g->past_aux || g->have || (g->form == SLK_FORM_PAST && !g->be) || describing;
    p.mood = g->mood;
    bool bare_ing = g->form == SLK_FORM_ING && !g->be;
    p.link = g->to ? SLK_LINK_INFINITIVE : describing || bare_ing ? SLK_LINK_PARTICIPLE : SLK_LINK_ROOT;
    if (p.mood == SLK_MOOD_FACT && in_condition(r, first, g->first)) p.mood = SLK_MOOD_CONDITION;
    if (p.mood == SLK_MOOD_FACT && !p.past && habitual(r, g)) p.mood = SLK_MOOD_HABIT;
    uint32_t behind = slk_object_behind(r, g->last, last);
    bool adjective = behind != SLK_NONE && slk_upos_at(r, r->nouns.at[behind].t.head) == SLK_UPOS_ADJ &&
                     slk_upos_at(r, r->nouns.at[behind].t.first) == SLK_UPOS_ADJ;
    if (adjective && !g->copula) behind = SLK_NONE; /* "fell short" */
    if (inverted(pack, r, g)) {
        p.subj = behind;
    } else {
        if (p.link == SLK_LINK_ROOT) p.subj = slk_subject_before(pack, r, g->first);
        if (describing) p.subj = slk_noun_described(r, g->first);
        if (!p.passive) p.obj = behind;
    }
    if (g->first > first && slk_word_is(r, g->first - 1, "there") && p.subj == SLK_NONE && !p.passive)
        p.subj = p.obj, p.obj = SLK_NONE; /* "there is no evidence" */
    if (p.passive) {
        p.obj = p.subj;
        p.subj = SLK_NONE;
        p.agent = slk_agent_behind(r, g->last, last);
    }
    slk_err err = SLK_ROOM(&r->arena, &r->preds, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->preds.at[r->preds.n++] = p;
    return err;
}

static bool in_noun(const slk_reading *r, uint32_t token, uint32_t *end) {
    uint32_t i = slk_noun_from(r, token + 1);
    if (i == 0 || r->nouns.at[i - 1].t.last <= token) return false;
    *end = r->nouns.at[i - 1].t.last;
    return true;
}

static bool may_begin(const slk_reading *r, uint32_t t, uint32_t last) {
    uint8_t upos = slk_upos_at(r, t);
    if (slk_word_is(r, t, "according") && slk_word_is(r, t + 1, "to")) return false;
    if (upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX) return true;
    uint8_t next = t + 1 < last ? slk_upos_at(r, t + 1) : SLK_UPOS_PUNCT;
    if (is_to(r, t)) return next == SLK_UPOS_VERB || next == SLK_UPOS_AUX || next == SLK_UPOS_ADV || is_not(r, t + 1);
    return is_not(r, t) && (next == SLK_UPOS_VERB || (t + 1 < last && is_to(r, t + 1)));
}

slk_err slk_preds_find(const slk_pack *pack, slk_reading *r) {
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token, last = first + r->sentences.at[s].n_tokens;
        bool quoted = false;
        for (uint32_t t = first; t < last;) {
            uint32_t end;
            if (slk_word_is(r, t, "\"") || slk_word_is(r, t, "\xE2\x80\x9C") || slk_word_is(r, t, "\xE2\x80\x9D") ||
                slk_word_is(r, t, "``") || slk_word_is(r, t, "''"))
                quoted = !quoted;
            if (in_noun(r, t, &end)) {
                t = end;
                continue;
            }
            group g;
            if (!may_begin(r, t, last) || !read_group(r, t, last, &g)) {
                t++;
                continue;
            }
            slk_err err = add_group(pack, r, &g, first, last);
            if (err != SLK_OK) return err;
            r->preds.at[r->preds.n - 1].quoted = quoted;
            t = g.last > t ? g.last : t + 1;
        }
    }
    return SLK_OK;
}
