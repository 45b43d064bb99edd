/* noun.c - noun phrases off the trees: a head with its determiners, numbers, adjectives and the parts of its name that stand with it
 * in one run of words. What hangs behind ("of", relative clauses, appositions) is a phrase or clause of its own; owners ("Korea's
 * launch") are phrases too. Where the tree tears a run apart, each piece is a phrase. */
#include <string.h>

#include "language/phrases.h"
#include "language/tree.h"

/* ---------------------------------------------------------------- words that matter here */

/* Marks the tokens that name days and months, by the table of the calendar: "a missile Wednesday" is two phrases. */
static const uint8_t *mark_days(const slk_pack *pack, slk_reading *r) {
    uint8_t *days = slk_arena_take(&r->arena, r->tokens.n + 2);
    for (uint32_t t = 0; days && t < r->tokens.n; t++) {
        slk_text x = slk_token_text(r, t);
        slk_hit h;
        if (x.n < 3 || r->tokens.at[t].upos == SLK_UPOS_PUNCT) continue;
        if (!slk_is_upper(x.at[0]) && !slk_text_starts_fold(x, "to") && !slk_text_starts_fold(x, "y")) continue;
        if (!slk_phrase_in(pack, r, t, SLK_T_CALENDAR, &h)) continue;
        if (h.end != r->tokens.at[t].span.end) continue;
        slk_text kind = slk_pack_cell(pack, SLK_T_CALENDAR, h.row, SLK_CALENDAR_KIND);
        days[t] = slk_text_is(kind, "weekday") || slk_text_is(kind, "weekday-short") || slk_text_is(kind, "month") ||
                  slk_text_is(kind, "deictic");
    }
    return days;
}

static bool is_part_of_day(const slk_reading *r, uint32_t token) {
    static const char *const parts[] = {"morning", "afternoon", "evening", "night", "week", "month", "year"};
    return SLK_WORD_IN(r, token, parts);
}

static bool nominal(uint8_t upos) { return upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN; }

static bool glued(const slk_reading *r, uint32_t token) {
    return token > 0 && r->tokens.at[token - 1].span.end == r->tokens.at[token].span.start;
}

static bool is_dash(const slk_reading *r, uint32_t token) {
    return slk_word_is(r, token, "-") || slk_word_is(r, token, "\xE2\x80\x91") ||
           slk_word_is(r, token, "\xE2\x80\x93") || slk_word_is(r, token, "/");
}

static bool tight_dash(const slk_reading *r, uint32_t token) {
    return is_dash(r, token) && glued(r, token) && glued(r, token + 1);
}

static bool is_quote(const slk_reading *r, uint32_t token) {
    return slk_word_is(r, token, "\"") || slk_word_is(r, token, "\xE2\x80\x9C") ||
           slk_word_is(r, token, "\xE2\x80\x9D") || slk_word_is(r, token, "``") || slk_word_is(r, token, "''");
}

bool slk_verb_prefix(const slk_reading *r, uint32_t token, uint32_t last) {
    uint8_t before = token > 0 ? r->tokens.at[token - 1].upos : SLK_UPOS_PUNCT;
    if (before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_ADP || before == SLK_UPOS_NUM)
        return false;
    return token + 2 < last && slk_word_is(r, token + 1, "-") && glued(r, token + 1) && glued(r, token + 2) &&
           r->tokens.at[token + 2].upos == SLK_UPOS_VERB && slk_text_ends_fold(slk_token_text(r, token + 2), "ed") &&
           (slk_word_is(r, token, "test") || slk_word_is(r, token, "flight") || slk_word_is(r, token, "air"));
}

/* ---------------------------------------------------------------- which phrase a word belongs to */

#define ALWAYS_INSIDE                                                                                                  \
    (SLK_RELS(DET) | SLK_RELS(DET_PRE) | SLK_RELS(COMPOUND) | SLK_RELS(FLAT) | SLK_RELS(GOESWITH) | SLK_RELS(NUMMOD) | \
     SLK_RELS(NMOD_DESC) | SLK_RELS(FIXED))
#define NOMINAL_PLACES                                                                                                 \
    (SLK_RELS(NSUBJ) | SLK_RELS(NSUBJ_PASS) | SLK_RELS(NSUBJ_OUTER) | SLK_RELS(OBJ) | SLK_RELS(IOBJ) | SLK_RELS(OBL) | \
     SLK_RELS(OBL_BARE) | SLK_RELS(AGENT) | SLK_RELS(NMOD) | SLK_RELS(NMOD_BARE) | SLK_RELS(NMOD_POSS) |               \
     SLK_RELS(APPOS) | SLK_RELS(EXPL) | SLK_RELS(VOCATIVE) | SLK_RELS(DISLOCATED))

static bool participle(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    const char *x = r->tokens.at[k].xpos;
    uint8_t before = k > 0 ? slk_upos_at(r, k - 1) : SLK_UPOS_PUNCT;
    if (before == SLK_UPOS_AUX || nominal(before)) return false;
    bool behind_article = before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_NUM;
    if (k > 1 && is_dash(r, k - 1)) return !slk_verb_prefix(r, k - 2, k + 1); /* "submarine-launched" */
    bool place = slk_tree_is(t, k, SLK_RELS(AMOD) | SLK_RELS(COMPOUND) | SLK_RELS(NMOD)) || !x || strcmp(x, "VBD") != 0;
    if (place && behind_article) return true;
    return x && (strcmp(x, "VBN") == 0 || strcmp(x, "VBG") == 0 || x[0] == 'J' || x[0] == 'N');
}

/* Whether a word is part of the phrase of what it hangs on. phrase: head of that phrase. */
static bool inside(const slk_tree *t, uint32_t k, uint32_t up, uint32_t phrase) {
    uint8_t upos = slk_upos_at(t->r, k);
    if (slk_tree_is(t, k, SLK_RELS(AMOD))) return k < up && (upos != SLK_UPOS_VERB || participle(t, k));
    bool told = slk_upos_at(t->r, k) == SLK_UPOS_VERB && !participle(t, k);
    if (slk_tree_is(t, k, ALWAYS_INSIDE)) return upos != SLK_UPOS_AUX && upos != SLK_UPOS_PUNCT && !told;
    if (slk_tree_is(t, k, SLK_RELS(NMOD_POSS))) return upos == SLK_UPOS_PRON || upos == SLK_UPOS_DET;
    if (slk_tree_is(t, k, SLK_RELS(APPOS) | SLK_RELS(NMOD_BARE)))
        return nominal(upos) && k > up; /* "leader Kim": the run decides */
    if (up == phrase) return false;
    if (slk_tree_is(t, k, SLK_RELS(ADVMOD))) return upos == SLK_UPOS_ADV || upos == SLK_UPOS_ADJ;
    if (slk_tree_is(t, k, SLK_RELS(CC)))
        return slk_tree_is(t, up, SLK_RELS(CONJ)); /* "nuclear and ballistic missiles" */
    if (slk_tree_is(t, k, SLK_RELS(CONJ))) return up < phrase && k < phrase;
    return k < up && tight_dash(t->r, k + 1); /* "U.S.-led" */
}

/* A part of a name by its finer tag, whatever its part of speech. */
static bool names(const slk_reading *r, uint32_t k) {
    const char *x = r->tokens.at[k].xpos;
    return x && strncmp(x, "NNP", 3) == 0;
}

/* Whether a word can head a phrase. */
static bool heads(const slk_tree *t, uint32_t k) {
    static const char *const linking[] = {"which", "who", "whom", "what", "there"};
    const slk_reading *r = t->r;
    if (slk_tree_is(t, k, SLK_RELS(FIXED) | SLK_RELS(GOESWITH) | SLK_RELS(MARK) | SLK_RELS(CC))) return false;
    switch (slk_upos_at(r, k)) {
    case SLK_UPOS_NOUN:
    case SLK_UPOS_PROPN:
    case SLK_UPOS_NUM: return true;
    case SLK_UPOS_SYM: return !slk_tree_is(t, k, SLK_RELS(CASE) | SLK_RELS(PUNCT));
    case SLK_UPOS_PRON:
        if (slk_word_is(r, k, "that")) /* "That would put": stands for itself */
            return r->sentences.at[r->tokens.at[k].sentence].first_token == k ||
                   (slk_upos_at(r, k + 1) != SLK_UPOS_VERB && slk_tree_is(t, k, SLK_RELS(OBJ) | SLK_RELS(OBL)) &&
                    k > r->tokens.at[k].head);
        return !SLK_WORD_IN(r, k, linking);
    case SLK_UPOS_ADJ:
        if (names(r, k)) return true;
        if (slk_tree_is(t, k, SLK_RELS(AMOD)) && k > r->tokens.at[k].head) /* hung on the noun before by mistake */
            return nominal(slk_upos_at(r, k + 1)) ||
                   (slk_upos_at(r, k + 1) == SLK_UPOS_CCONJ && slk_upos_at(r, k + 2) == SLK_UPOS_ADJ);
        return slk_tree_is(t, k, NOMINAL_PLACES);
    case SLK_UPOS_DET:
    case SLK_UPOS_X: return slk_tree_is(t, k, NOMINAL_PLACES);
    default: return false;
    }
}

/* noun_of holds heads of phrases while they are found. */
static void give_words(const slk_tree *t, uint32_t first, uint32_t last) {
    uint32_t *of = t->r->noun_of;
    for (uint32_t i = first; i < last; i++) {
        uint32_t k = t->down[i], up = slk_tree_up(t, k), phrase = up == SLK_NONE ? SLK_NONE : of[up];
        bool verb = slk_upos_at(t->r, k) == SLK_UPOS_VERB && k > 0 && slk_verb_prefix(t->r, k - 1, last);
        if (phrase != SLK_NONE && !verb && inside(t, k, up, phrase))
            of[k] = phrase;
        else
            of[k] = heads(t, k) ? k : SLK_NONE;
    }
}

/* ---------------------------------------------------------------- runs of words */

static bool loud(slk_text x) {
    for (size_t i = 0; x.at && i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 3;
}

/* "SEOUL North Korea launched", "SEOUL/TOKYO Japan said": the first token behind a dateline without a mark, or first. */
static uint32_t behind_dateline(const slk_pack *pack, const slk_reading *r, uint32_t first, uint32_t last) {
    slk_hit hits[8];
    bool place = false;
    if (!loud(slk_token_text(r, first))) return first;
    uint32_t n = slk_phrases_at(pack, r, first, hits, 8), t = first;
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table == SLK_T_AGENCIES && hits[i].end > r->tokens.at[first].span.end) place = true;
        place = place || hits[i].table == SLK_T_PLACES || hits[i].table == SLK_T_SITES ||
                (hits[i].table == SLK_T_COUNTRIES &&
                 (hits[i].column == SLK_COUNTRIES_CAPITAL || hits[i].column == SLK_COUNTRIES_METONYMS));
    }
    while (t < last && t < first + 6 && (loud(slk_token_text(r, t)) || is_dash(r, t))) t++;
    slk_text x = t < last ? slk_token_text(r, t) : (slk_text){NULL, 0};
    bool name = x.at && slk_is_upper(x.at[0]);
    return place && t > first && name ? t : first;
}

/* Times stand apart from what is no time: "a missile [Wednesday]", "tests [last week]", "Wednesday [two missiles]". */
static bool parts_at_time(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    uint8_t upos = slk_upos_at(r, k), before = slk_upos_at(r, k - 1);
    if (t->days[k] && nominal(before) && !t->days[k - 1]) return true;
    if (upos == SLK_UPOS_ADJ && nominal(before) && (t->days[k + 1] || is_part_of_day(r, k + 1))) return true;
    if (is_part_of_day(r, k - 1) && upos == SLK_UPOS_PROPN) return true;
    return t->days[k - 1] && !is_part_of_day(r, k) && upos != SLK_UPOS_NUM && upos != SLK_UPOS_PUNCT;
}

static bool is_owner_word(const slk_reading *r, uint32_t k) {
    static const char *const words[] = {"its", "their", "his", "her", "our", "my", "your", "whose"};
    return SLK_WORD_IN(r, k, words);
}

/* "officials each told", "have all accused": belongs to the verb. */
static bool floats(const slk_reading *r, uint32_t k) {
    static const char *const words[] = {"all", "both", "each"};
    uint8_t next = slk_upos_at(r, k + 1);
    return SLK_WORD_IN(r, k, words) && (next == SLK_UPOS_VERB || next == SLK_UPOS_AUX);
}

/* A participle that stands as an adjective before its noun: "the launching state", "a submarine-launched missile". */
static bool before_noun(const slk_tree *t, uint32_t k, uint32_t last) {
    const slk_reading *r = t->r;
    uint8_t behind = k + 1 < last ? slk_upos_at(r, k + 1) : SLK_UPOS_PUNCT;
    return participle(t, k) && (nominal(behind) || behind == SLK_UPOS_ADJ);
}

/* Marks within a phrase: Hwasong[-]18, a ["]medium-range missile", a long[,] costly war. */
static bool joins_mark(const slk_tree *t, uint32_t k, uint32_t last) {
    const slk_reading *r = t->r;
    const uint32_t *of = r->noun_of;
    uint8_t before = slk_upos_at(r, k - 1), behind = k + 1 < last ? slk_upos_at(r, k + 1) : SLK_UPOS_PUNCT;
    if (k + 1 >= last || of[k - 1] == SLK_NONE) return false;
    if (tight_dash(r, k))
        return behind != SLK_UPOS_PUNCT &&
               (of[k + 1] != SLK_NONE || behind != SLK_UPOS_VERB || before_noun(t, k + 1, last));
    if (is_quote(r, k) && (before == SLK_UPOS_DET || before == SLK_UPOS_ADJ))
        return nominal(behind) || behind == SLK_UPOS_ADJ || behind == SLK_UPOS_NUM;
    if (slk_word_is(r, k, ",")) return before == SLK_UPOS_ADJ && behind == SLK_UPOS_ADJ && of[k - 1] == of[k + 1];
    return false;
}

/* "nuclear and ballistic missiles", "a dangerous and reckless step": adjectives before one noun, by the tree or by their kind. */
static bool joins_and(const slk_tree *t, uint32_t k, uint32_t last) {
    const slk_reading *r = t->r;
    const uint32_t *of = r->noun_of;
    if (k + 1 >= last || of[k - 1] == SLK_NONE || slk_upos_at(r, k - 1) != SLK_UPOS_ADJ || slk_word_is(r, k, "but"))
        return false;
    bool kind = slk_tree_is(t, k - 1, SLK_RELS(AMOD)) && slk_upos_at(r, k + 1) == SLK_UPOS_ADJ && k + 2 < last &&
                nominal(slk_upos_at(r, k + 2));
    return of[k - 1] == of[k + 1] || kind;
}

/* "engineer John Schilling": two phrases side by side that hang on each other or, alike, on the same word are one. */
static bool of_one(const slk_tree *t, uint32_t a, uint32_t b) {
    a = t->r->noun_of[a], b = t->r->noun_of[b];
    if (a == SLK_NONE || b == SLK_NONE) return false;
    uint32_t up_a = slk_tree_up(t, a), up_b = slk_tree_up(t, b);
    return up_a == b || up_b == a || (up_a == up_b && t->rel[a] == t->rel[b]);
}

/* Words that make one phrase although the tree has them apart: an article and its noun, the words of a name. */
static bool joins_by_kind(const slk_tree *t, uint32_t k) {
    const slk_reading *r = t->r;
    uint8_t upos = slk_upos_at(r, k), before = slk_upos_at(r, k - 1);
    bool noun = nominal(upos), number = upos == SLK_UPOS_NUM;
    switch (before) {
    case SLK_UPOS_DET:
        return noun || number || upos == SLK_UPOS_ADJ ||
               (upos == SLK_UPOS_VERB && !floats(r, k - 1) && before_noun(t, k, r->tokens.n));
    case SLK_UPOS_VERB:
        return (noun || upos == SLK_UPOS_ADJ) && r->noun_of[k - 1] == SLK_NONE && k > 1 &&
               (slk_upos_at(r, k - 2) == SLK_UPOS_DET || tight_dash(r, k - 2));
    case SLK_UPOS_PRON: return is_owner_word(r, k - 1) && (noun || number || upos == SLK_UPOS_ADJ);
    case SLK_UPOS_ADJ: return noun && r->noun_of[k - 1] != SLK_NONE;
    case SLK_UPOS_NUM: return (noun || number || upos == SLK_UPOS_ADJ) && !(k > 1 && t->days[k - 2]);
    case SLK_UPOS_NOUN: return (upos == SLK_UPOS_PROPN || (upos == SLK_UPOS_ADJ && names(r, k))) && of_one(t, k - 1, k);
    case SLK_UPOS_PROPN:
        return upos == SLK_UPOS_PROPN || number || (t->days[k - 1] && is_part_of_day(r, k)) ||
               (noun && of_one(t, k - 1, k));
    case SLK_UPOS_SYM: return number;
    default: return false;
    }
}

/* Whether token k goes on with the phrase that token k - 1 belongs to. */
static bool goes_on(const slk_tree *t, uint32_t k, uint32_t last) {
    const slk_reading *r = t->r;
    const uint32_t *of = r->noun_of;
    if (parts_at_time(t, k) || is_owner_word(r, k) || slk_verb_prefix(r, k, last)) return false;
    if (k > 1 && tight_dash(r, k - 1) && of[k - 2] != SLK_NONE)
        return slk_upos_at(r, k) != SLK_UPOS_PUNCT &&
               (of[k] != SLK_NONE || slk_upos_at(r, k) != SLK_UPOS_VERB || before_noun(t, k, last));
    switch (slk_upos_at(r, k)) {
    case SLK_UPOS_PUNCT: return joins_mark(t, k, last);
    case SLK_UPOS_CCONJ: return joins_and(t, k, last);
    default: break;
    }
    if (is_dash(r, k)) return joins_mark(t, k, last);
    bool behind_mark = slk_upos_at(r, k - 1) == SLK_UPOS_PUNCT || slk_upos_at(r, k - 1) == SLK_UPOS_CCONJ;
    if (behind_mark) return true; /* the mark joined */
    return (of[k] != SLK_NONE && of[k] == of[k - 1]) || joins_by_kind(t, k);
}

/* "least" of "at least", "more" of "more than", "about": words of degree before a number begin no phrase. */
static bool is_degree(const slk_tree *t, uint32_t k) {
    static const char *const words[] = {"least", "most", "more", "less", "fewer", "than",
                                        "as",    "up",   "to",   "many", "over"};
    uint8_t upos = slk_upos_at(t->r, k), next = slk_upos_at(t->r, k + 1);
    if (upos == SLK_UPOS_ADV || upos == SLK_UPOS_ADP || upos == SLK_UPOS_CCONJ || is_dash(t->r, k)) return true;
    if (!SLK_WORD_IN(t->r, k, words)) return false;
    bool number = next == SLK_UPOS_NUM || slk_word_is(t->r, k + 1, "than") || slk_word_is(t->r, k + 1, "as");
    return number && t->rel[k] != SLK_REL_DET && (next != SLK_UPOS_NUM || !slk_word_is(t->r, k, "more"));
}

/* The head: the last noun or name; else the last number or pronoun; else, of a run the tree has as a phrase, its last word. */
static uint32_t head_of(const slk_tree *t, uint32_t first, uint32_t last, bool phrase) {
    for (uint32_t k = last; k-- > first;)
        if (nominal(slk_upos_at(t->r, k))) return k;
    for (uint32_t k = last; k-- > first;)
        if (slk_upos_at(t->r, k) == SLK_UPOS_NUM || slk_upos_at(t->r, k) == SLK_UPOS_PRON) return k;
    return phrase ? last - 1 : SLK_NONE;
}

/* The word of a phrase that hangs on something outside it; the head where several do. */
static uint32_t top_of(const slk_tree *t, slk_tokens n) {
    uint32_t top = n.head;
    for (unsigned hop = 0; hop < 12; hop++) {
        uint32_t up = slk_tree_up(t, top);
        if (up == SLK_NONE || up < n.first || up >= n.last) break;
        top = up;
    }
    return top;
}

static slk_err add(slk_tree *t, uint32_t first, uint32_t last, bool phrase) {
    slk_reading *r = t->r;
    while (first < last && is_degree(t, first)) first++;
    while (last > first && (is_dash(r, last - 1) || (slk_upos_at(r, last - 1) == SLK_UPOS_ADV &&
                                                     !(last > first + 2 && tight_dash(r, last - 2)))))
        last--;
    uint32_t head = first < last ? head_of(t, first, last, phrase) : SLK_NONE;
    if (head != SLK_NONE && nominal(slk_upos_at(r, head)))
        while (last > head + 1 && slk_upos_at(r, last - 1) != SLK_UPOS_NUM && !tight_dash(r, last - 2) &&
               r->noun_of[last - 1] != last - 1)
            last--;
    if (head != SLK_NONE && r->noun_of[last - 1] == last - 1 && slk_upos_at(r, last - 1) == SLK_UPOS_ADJ)
        head = last - 1; /* "a war deterrent" */
    if (head == SLK_NONE || (last == first + 1 && floats(r, first))) return SLK_OK;
    slk_noun n = {.t = {first, last, head}, .of = SLK_NONE, .owner = SLK_NONE, .by = SLK_NONE, .also = SLK_NONE};
    slk_err err = SLK_ROOM(&r->arena, &r->nouns, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->nouns.at[r->nouns.n++] = n;
    return err;
}

static slk_err find_in(slk_tree *t, uint32_t first, uint32_t last) {
    const slk_reading *r = t->r;
    uint32_t part = behind_dateline(t->pack, r, first, last);
    give_words(t, first, last);
    for (uint32_t k = part; k < last;) {
        uint32_t end = k + 1;
        bool phrase = r->noun_of[k] != SLK_NONE;
        uint8_t upos = slk_upos_at(r, k);
        bool prefix = slk_verb_prefix(r, k, last);
        bool may = (phrase && !prefix) || upos == SLK_UPOS_DET || upos == SLK_UPOS_PRON;
        while (may && end < last && goes_on(t, end, last)) phrase |= r->noun_of[end] != SLK_NONE, end++;
        slk_err err = may && phrase ? add(t, k, end, phrase) : SLK_OK;
        if (err != SLK_OK) return err;
        k = end;
    }
    return SLK_OK;
}

/* From heads to indexes. */
static void number(slk_reading *r) {
    for (uint32_t k = 0; k < r->tokens.n; k++) r->noun_of[k] = SLK_NONE;
    for (uint32_t i = 0; i < r->nouns.n; i++)
        for (uint32_t k = r->nouns.at[i].t.first; k < r->nouns.at[i].t.last; k++) r->noun_of[k] = i;
}

/* ---------------------------------------------------------------- degree, lists, times */

/* Where words of degree before a number begin: "at least two", "as many as ten", "more than a dozen"; else first itself. */
static uint32_t degree_start(const slk_reading *r, uint32_t first) {
    static const char *const pairs[][2] = {{"at", "least"},  {"at", "most"},  {"more", "than"}, {"fewer", "than"},
                                           {"less", "than"}, {"up", "to"},    {"close", "to"},  {"as", "many"},
                                           {"many", "as"},   {"much", "as"},  {"few", "as"},    {"no", "more"},
                                           {"little", "as"}, {"no", "fewer"}, {"no", "less"}};
    static const char *const singles[] = {"about",   "around", "over",  "nearly", "almost", "approximately",
                                          "roughly", "some",   "under", "as",     "only",   "just"};
    uint32_t s = r->sentences.at[r->tokens.at[first].sentence].first_token;
    bool number = slk_upos_at(r, first) == SLK_UPOS_NUM || slk_word_is(r, first, "a") || slk_word_is(r, first, "half");
    if (!number) return first;
    for (unsigned hop = 0; hop < 4; hop++) {
        bool pair = false;
        for (size_t i = 0; first >= s + 2 && !pair && i < sizeof pairs / sizeof *pairs; i++)
            pair = slk_word_is(r, first - 2, pairs[i][0]) && slk_word_is(r, first - 1, pairs[i][1]);
        if (pair)
            first -= 2;
        else if (first > s && SLK_WORD_IN(r, first - 1, singles) && (hop || slk_upos_at(r, first) == SLK_UPOS_NUM))
            first--;
        else
            break;
    }
    return first;
}

uint32_t slk_noun_start(const slk_reading *r, uint32_t noun) {
    for (unsigned hop = 0; r->nouns.at[noun].owner != SLK_NONE && hop < 4; hop++) noun = r->nouns.at[noun].owner;
    return degree_start(r, r->nouns.at[noun].t.first);
}

static bool is_time(const slk_tree *t, uint32_t noun) {
    static const char *const kinds[] = {"unit",   "daypart", "weekday", "weekdays",
                                        "season", "month",   "deictic", "holiday"};
    const slk_reading *r = t->r;
    uint32_t head = r->nouns.at[noun].t.head;
    slk_hit h;
    if (t->days[head]) return true;
    slk_span span = r->tokens.at[head].span;
    if (slk_upos_at(r, head) == SLK_UPOS_PRON) return false;
    if (!slk_phrase_in(t->pack, r, head, SLK_T_CALENDAR, &h) || h.end != span.end) return false;
    slk_text kind = slk_pack_cell(t->pack, SLK_T_CALENDAR, h.row, SLK_CALENDAR_KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slk_text_is(kind, kinds[i])) return true;
    return false;
}

static bool is_mark_of_owner(const slk_reading *r, uint32_t token) {
    slk_text x = slk_token_text(r, token);
    return slk_upos_at(r, token) == SLK_UPOS_PART && x.n <= 4 && x.n &&
           (x.at[0] == '\'' || (unsigned char)x.at[0] == 0xE2);
}

/* "Korea's launch", "Korea's (DPRK) decision": the phrase in front of the mark of the owner. */
static void link_owner(const slk_tree *t, uint32_t noun) {
    slk_noun *n = &t->r->nouns.at[noun];
    if (noun == 0 || n->t.first == 0) return;
    uint32_t mark = n->t.first - 1;
    if (mark > 3 && slk_word_is(t->r, mark, ")") && slk_word_is(t->r, mark - 2, "(")) mark -= 3, noun--;
    if (noun == 0 || !is_mark_of_owner(t->r, mark) || t->r->nouns.at[noun - 1].t.last != mark) return;
    n->owner = noun - 1;
}

/* The list that a phrase goes on with: "A, B and C", each leads to the next. last: per phrase, the last member known of its list. */
static void link_list(const slk_tree *t, uint32_t noun, uint32_t *last) {
    slk_noun *all = t->r->nouns.at;
    uint32_t head = top_of(t, all[noun].t), up = t->r->tokens.at[head].head;
    last[noun] = noun;
    if (t->rel[head] != SLK_REL_CONJ || up == head || up > head) return;
    uint32_t with = t->r->noun_of[up];
    if (with == SLK_NONE || with >= noun || all[with].time != all[noun].time) return;
    uint32_t end = last[with];
    if (end < noun && all[end].also == SLK_NONE) all[end].also = noun;
    last[with] = noun;
}

static void link_of(slk_reading *r) {
    for (uint32_t i = 0; i + 1 < r->nouns.n; i++) {
        uint32_t end = r->nouns.at[i].t.last, next = r->nouns.at[i + 1].t.first;
        if (r->tokens.at[end - 1].sentence != r->tokens.at[next].sentence) continue;
        bool near = next > end && next <= end + 3;
        if (near && slk_word_is(r, end, "of")) r->nouns.at[i].of = i + 1;
    }
    for (uint32_t i = r->nouns.n; i-- > 0;) { /* an owner before the owned: "of" of what is owned counts */
        uint32_t last = i;
        for (unsigned hop = 0; hop < 4 && r->nouns.at[last].of != SLK_NONE; hop++) last = r->nouns.at[last].of;
        if (last + 1 >= r->nouns.n) continue;
        uint32_t end = r->nouns.at[last].t.last, next = r->nouns.at[last + 1].t.first;
        if (next == end + 1 && slk_word_is(r, end, "by")) r->nouns.at[i].by = last + 1;
    }
}

slk_err slk_nouns_find(slk_tree *t) {
    slk_reading *r = t->r;
    t->days = mark_days(t->pack, r);
    if (!t->days) return SLK_ENOMEM;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token;
        slk_err err = find_in(t, first, first + r->sentences.at[s].n_tokens);
        if (err != SLK_OK) return err;
    }
    number(r);
    uint32_t *last = slk_arena_take(&r->arena, (r->nouns.n + 1) * sizeof *last);
    if (!last) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->nouns.n; i++) {
        r->nouns.at[i].time = is_time(t, i);
        link_owner(t, i);
        link_list(t, i, last);
    }
    link_of(r);
    return SLK_OK;
}

uint32_t slk_noun_from(const slk_reading *r, uint32_t token) {
    return SLK_FIRST(i, r->nouns.n, r->nouns.at[i].t.first < token);
}

uint32_t slk_noun_before(const slk_reading *r, uint32_t token) {
    uint32_t i = slk_noun_from(r, token);
    while (i > 0 && r->nouns.at[i - 1].t.last > token) i--;
    if (i == 0 || token >= r->tokens.n) return i == 0 ? SLK_NONE : i - 1;
    return r->tokens.at[r->nouns.at[i - 1].t.first].sentence == r->tokens.at[token].sentence ? i - 1 : SLK_NONE;
}
