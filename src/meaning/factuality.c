/* factuality.c - the predicates of a report with how sure their teller is and how far they have happened. Certainty follows FactBank (Sauri and
 * Pustejovsky 2009): what the words commit their source to, whether it lies ahead or not; the source is the innermost voice around, else
 * the report. Whether it has happened is judged by trained weights. See factuality.h. */
#include "meaning/factuality.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/weights.h"
#include "meaning/meaning.h"
#include "meaning/told.h"

typedef struct judging {
    const slk_pack *pack;
    slk_reading *r;
    slk_traits traits;
    slk_text weights;
} judging;

typedef enum degree { DEGREE_NONE, DEGREE_POSSIBLE, DEGREE_PROBABLE, DEGREE_CERTAIN } degree;

static bool says(const slk_reading *r, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (slk_text_is_fold(slk_token_text(r, token), words[i])) return true;
    return false;
}
#define SAYS(r, token, words) says((r), (token), (words), sizeof(words) / sizeof *(words))

/* What the words of the verb group and its adverbs leave of certainty. */
static degree degree_of_group(const judging *j, const slk_pred *p) {
    static const char *const may[] = {"may", "might", "could", "perhaps", "possibly", "maybe"};
    static const char *const likely[] = {"probably", "likely", "presumably", "apparently", "seemingly"};
    degree d = DEGREE_CERTAIN;
    for (uint32_t t = p->verb.first; t < p->verb.last; t++) {
        if (t != p->verb.head && SAYS(j->r, t, may)) d = DEGREE_POSSIBLE;
        if (SAYS(j->r, t, likely) && d == DEGREE_CERTAIN) d = DEGREE_PROBABLE;
    }
    uint32_t adverb = j->traits.child[p->verb.head];
    for (unsigned i = 0; i < 6 && adverb != SLK_NONE; i++, adverb = j->traits.next[adverb]) {
        if (SAYS(j->r, adverb, may)) d = DEGREE_POSSIBLE;
        if (SAYS(j->r, adverb, likely) && d == DEGREE_CERTAIN) d = DEGREE_PROBABLE;
    }
    return d;
}

/* The row of reporting words for a lemma as a part of speech, or SLK_NONE. */
static uint32_t reporting_row(const judging *j, uint32_t token, const char *pos) {
    const char *lemma = j->r->tokens.at[token].lemma;
    uint32_t row = lemma ? slk_pack_find(j->pack, SLK_T_REPORTING, slk_text_of(lemma)) : SLK_NONE;
    for (; row != SLK_NONE && row < slk_pack_rows(j->pack, SLK_T_REPORTING); row++) {
        if (!slk_text_is(slk_pack_cell(j->pack, SLK_T_REPORTING, row, SLK_REPORTING_LEMMA), lemma)) return SLK_NONE;
        if (slk_text_is(slk_pack_cell(j->pack, SLK_T_REPORTING, row, SLK_REPORTING_POS), pos)) return row;
    }
    return SLK_NONE;
}

/* The value of a lemma in the table of cues for a kind, or "". */
static slk_text cue_of(const judging *j, uint32_t token, const char *kind) {
    const char *lemma = j->r->tokens.at[token].lemma;
    return slk_text_of(lemma ? slk_cue_value(j->pack, slk_text_of(lemma), kind) : NULL);
}

/* What a verb or adjective leaves of what hangs on it, as a FactBank value: of the reporting words where it is less than certain, else by
 * what it does to a deed ("failed to", "prevented"), else "". */
static slk_text value_under(const judging *j, uint32_t token) {
    uint32_t row = reporting_row(j, token, "w");
    slk_text v = {"", 0};
    if (row != SLK_NONE) return slk_pack_cell(j->pack, SLK_T_REPORTING, row, SLK_REPORTING_CERTAINTY);
    row = reporting_row(j, token, "v");
    if (row != SLK_NONE) v = slk_pack_cell(j->pack, SLK_T_REPORTING, row, SLK_REPORTING_CERTAINTY);
    if (v.n && !slk_text_is(v, "CT+")) return v;
    slk_text governs = cue_of(j, token, "governs");
    if (slk_text_is(governs, "not")) return slk_text_of("CT-");
    return slk_text_is(governs, "planned") && !v.n ? slk_text_of("CTu") : v;
}

/* An infinitive or a clause that is wanted, planned, asked for or denied is as sure as the word above leaves it; *turned: denied. */
static degree degree_under(const judging *j, const slk_pred *p, bool *turned) {
    static const char *const from[] = {"from"};
    if (p->parent >= j->r->preds.n) return DEGREE_CERTAIN;
    bool under = p->link == SLK_LINK_INFINITIVE || p->link == SLK_LINK_COMPLEMENT || p->link == SLK_LINK_QUOTE ||
                 (p->verb.first > 0 && SAYS(j->r, p->verb.first - 1, from)); /* "kept them from entering" */
    const slk_pred *up = &j->r->preds.at[p->parent];
    slk_text c = under ? value_under(j, up->verb.head) : (slk_text){"", 0};
    if (!c.n) return up->negated && p->link == SLK_LINK_INFINITIVE ? DEGREE_NONE : DEGREE_CERTAIN;
    *turned = slk_text_ends_fold(c, "-");
    if (up->negated && !slk_text_starts(c, "CT+")) return DEGREE_NONE;
    if (slk_text_ends_fold(c, "u")) return DEGREE_NONE;
    return slk_text_starts(c, "PR") ? DEGREE_PROBABLE : slk_text_starts(c, "PS") ? DEGREE_POSSIBLE : DEGREE_CERTAIN;
}

static slk_certainty certainty_of(const judging *j, const slk_pred *p) {
    static const slk_certainty plus[] = {SLK_U_U, SLK_PS_PLUS, SLK_PR_PLUS, SLK_CT_PLUS},
                               minus[] = {SLK_U_U, SLK_PS_MINUS, SLK_PR_MINUS, SLK_CT_MINUS};
    bool turned = false;
    degree d = degree_of_group(j, p), above = degree_under(j, p, &turned);
    if (above < d) d = above;
    if (p->mood == SLK_MOOD_OBLIGED || p->mood == SLK_MOOD_CONDITION || j->traits.at[p->verb.head].supposed)
        d = DEGREE_NONE;
    if (j->traits.end[p->sentence] == '?' && p->link == SLK_LINK_ROOT) d = DEGREE_NONE;
    bool negated = p->negated || j->traits.at[p->verb.head].negated;
    return negated != turned ? minus[d] : plus[d];
}

/* The judge's sum; what is said not to have happened has not, whatever else speaks for it. */
static float happened_of(const judging *j, uint32_t token, slk_certainty c) {
    uint32_t keys[SLK_TRAITS_MOST], n = slk_traits_keys(&j->traits, token, keys);
    int64_t sum = slk_weights_sum(j->weights, keys, n), most = 3 * SLK_HAPPENED_SCALE;
    if (c == SLK_CT_MINUS && sum > -2 * SLK_HAPPENED_SCALE) sum = -2 * SLK_HAPPENED_SCALE;
    if ((c == SLK_PR_MINUS || c == SLK_PS_MINUS) && sum > -SLK_HAPPENED_SCALE) sum = -SLK_HAPPENED_SCALE;
    sum = sum > most ? most : sum < -most ? -most : sum;
    return (float)sum / SLK_HAPPENED_SCALE;
}

static slk_err add(judging *j, slk_tokens verb, slk_certainty c) {
    slk_reading *r = j->r;
    slk_span word = r->tokens.at[verb.head].span;
    slk_predicate x = {.word = word,
                       .group = slk_tokens_span(r, verb),
                       .certainty = c,
                       .happened = happened_of(j, verb.head, c),
                       .attribution = slk_attribution_around(r, word)};
    slk_err err = SLK_ROOM(&r->arena, &r->predicates, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->predicates.at[r->predicates.n++] = x;
    return err;
}

/* Participles that only describe a noun ("the stolen car") tell of something too. */
static slk_err add_describing(judging *j) {
    slk_reading *r = j->r;
    bool *taken = slk_arena_take(&r->arena, (size_t)r->tokens.n + 1);
    if (!taken) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->preds.n; i++)
        for (uint32_t t = r->preds.at[i].verb.first; t < r->preds.at[i].verb.last; t++) taken[t] = true;
    slk_err err = SLK_OK;
    for (uint32_t t = 0; err == SLK_OK && t < r->tokens.n; t++)
        if (!taken[t] && r->tokens.at[t].upos == SLK_UPOS_VERB)
            err = add(j, (slk_tokens){t, t + 1, t}, j->traits.at[t].negated ? SLK_CT_MINUS : SLK_CT_PLUS);
    return err;
}

static int in_text_order(const void *a, const void *b) {
    const slk_span x = ((const slk_predicate *)a)->word, y = ((const slk_predicate *)b)->word;
    return x.start < y.start ? -1 : x.start > y.start;
}

slk_err slk_predicates_find(const slk_pack *pack, slk_reading *r) {
    judging j = {.pack = pack, .r = r, .weights = slk_pack_model(pack, SLK_MODEL_HAPPENED)};
    slk_err err = slk_traits_start(&j.traits, r);
    for (uint32_t i = 0; err == SLK_OK && i < r->preds.n; i++)
        err = add(&j, r->preds.at[i].verb, certainty_of(&j, &r->preds.at[i]));
    if (err == SLK_OK) err = add_describing(&j);
    if (r->predicates.n) qsort(r->predicates.at, r->predicates.n, sizeof *r->predicates.at, in_text_order);
    return err;
}
