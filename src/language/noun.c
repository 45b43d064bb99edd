/* noun.c - noun phrases: determiner or owner, numbers, adjectives, nouns; the last noun is the head. Then what hangs on them:
 * "of", the owner ("Korea's launch"), "by". Works on UPOS tags alone, one pass. */
#include <string.h>

#include "language/inside.h"

/* Marks the tokens that name days and months, by the table of the calendar: "a missile Wednesday" is two phrases. */
static const uint8_t *mark_days(const slk_pack *pack, slk_reading *r) {
    uint8_t *days = slk_arena_take(&r->arena, r->tokens.n + 1);
    for (uint32_t t = 0; days && t < r->tokens.n; t++) {
        slk_text x = slk_token_text(r, t);
        slk_hit h;
        if (x.n < 3 || r->tokens.at[t].upos == SLK_UPOS_PUNCT) continue;
        if (!slk_is_upper(x.at[0]) && !slk_text_starts_fold(x, "to") && !slk_text_starts_fold(x, "y")) continue;
        if (!slk_pack_match_in(pack, r->report.text, r->tokens.at[t].span.start, SLK_T_CALENDAR, &h)) continue;
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

static bool is_owner_word(const slk_reading *r, uint32_t token) {
    static const char *const words[] = {"its", "their", "his", "her", "our", "my", "your", "whose"};
    return SLK_WORD_IN(r, token, words);
}

static bool is_mark_of_owner(const slk_reading *r, uint32_t token) {
    slk_text x = slk_token_text(r, token);
    return r->tokens.at[token].upos == SLK_UPOS_PART && x.n <= 4 && x.n &&
           (x.at[0] == '\'' || (unsigned char)x.at[0] == 0xE2);
}

static bool glued(const slk_reading *r, uint32_t token) {
    return token > 0 && r->tokens.at[token - 1].span.end == r->tokens.at[token].span.start;
}

static bool is_dash(const slk_reading *r, uint32_t token) {
    return slk_word_is(r, token, "-") || slk_word_is(r, token, "\xE2\x80\x91") ||
           slk_word_is(r, token, "\xE2\x80\x93") || slk_word_is(r, token, "/");
}

static bool is_quote(const slk_reading *r, uint32_t token) {
    return slk_word_is(r, token, "\"") || slk_word_is(r, token, "\xE2\x80\x9C");
}

static bool nominal(uint8_t upos) { return upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN; }

/* A participle before its noun: "a suspected missile", "the launching state". */
static bool is_modifier_verb(const slk_reading *r, uint32_t first, uint32_t token, uint32_t last) {
    if (token == first || token + 1 >= last) return false;
    slk_text x = slk_token_text(r, token);
    bool form = slk_text_is_fold(x, "made") || slk_text_is_fold(x, "built") || slk_text_ends_fold(x, "ed") ||
                slk_text_ends_fold(x, "ing") || slk_text_ends_fold(x, "en");
    uint8_t before = r->tokens.at[token - 1].upos, behind = r->tokens.at[token + 1].upos;
    bool opened = before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_NUM ||
                  before == SLK_UPOS_ADV || is_owner_word(r, token - 1) || is_dash(r, token - 1);
    return form && opened && (nominal(behind) || behind == SLK_UPOS_ADJ);
}

bool slk_verb_prefix(const slk_reading *r, uint32_t token, uint32_t last) {
    uint8_t before = token > 0 ? r->tokens.at[token - 1].upos : SLK_UPOS_PUNCT;
    if (before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_ADP || before == SLK_UPOS_NUM ||
        (token > 0 && is_owner_word(r, token - 1)))
        return false;
    return token + 2 < last && slk_word_is(r, token + 1, "-") && glued(r, token + 1) && glued(r, token + 2) &&
           r->tokens.at[token + 2].upos == SLK_UPOS_VERB && slk_text_ends_fold(slk_token_text(r, token + 2), "ed") &&
           (slk_word_is(r, token, "test") || slk_word_is(r, token, "flight") || slk_word_is(r, token, "air"));
}

static bool is_quantity(const slk_reading *r, uint32_t token) {
    static const char *const words[] = {"many", "several", "few", "more", "most", "other", "such", "some"};
    return SLK_WORD_IN(r, token, words);
}

/* "is entirely [peaceful]": no noun follows such an adjective. */
static bool predicative(const slk_reading *r, uint32_t first) {
    uint32_t t = first;
    while (t > 0 && slk_upos_at(r, t - 1) == SLK_UPOS_ADV) t--;
    return t > 0 && slk_upos_at(r, t - 1) == SLK_UPOS_AUX;
}

/* "nuclear and ballistic missiles", "Japanese and South Korean airlines" */
static bool joins_adjectives(const slk_reading *r, uint32_t first, uint32_t token, uint32_t last) {
    uint32_t t = token + 1;
    if (predicative(r, first) || slk_word_is(r, token, "but") || t >= last || is_quantity(r, t)) return false;
    if (slk_upos_at(r, t) == SLK_UPOS_PROPN && t + 1 < last) t++;
    return slk_upos_at(r, t) == SLK_UPOS_ADJ && t + 1 < last && nominal(slk_upos_at(r, t + 1));
}

/* Whether the phrase that began at first goes on with this token. */
static bool goes_on(const slk_reading *r, const uint8_t *days, uint32_t first, uint32_t token, uint32_t last) {
    uint8_t upos = r->tokens.at[token].upos, before = r->tokens.at[token - 1].upos;
    uint8_t behind = token + 1 < last ? r->tokens.at[token + 1].upos : SLK_UPOS_PUNCT;
    if (slk_verb_prefix(r, token, last)) return false;
    if (is_dash(r, token))
        return glued(r, token) && token + 1 < last && glued(r, token + 1) && behind != SLK_UPOS_PUNCT;
    if (token > first + 1 && is_dash(r, token - 1) && glued(r, token)) return true;
    if (is_owner_word(r, token)) return false;
    if (upos == SLK_UPOS_ADJ && nominal(before) && token + 1 < last && days[token + 1]) return false;
    if (upos == SLK_UPOS_ADJ && nominal(before) && is_part_of_day(r, token + 1)) return false; /* "tests last week" */
    if (days[token] && nominal(before) && !days[token - 1]) return false;
    if (days[token - 1] && !is_part_of_day(r, token) && upos != SLK_UPOS_NUM) return false;
    if (is_part_of_day(r, token - 1) && upos == SLK_UPOS_PROPN) return false;
    switch (upos) {
    case SLK_UPOS_NOUN:
    case SLK_UPOS_PROPN:
    case SLK_UPOS_SYM: return true;
    case SLK_UPOS_NUM: return true;
    case SLK_UPOS_ADJ:
        if (behind == SLK_UPOS_ADJ && token > first + 2 && is_dash(r, token - 2))
            return true; /* "long-range strategic" */
        if (before == SLK_UPOS_PROPN && behind == SLK_UPOS_ADJ && token + 2 < last &&
            nominal(r->tokens.at[token + 2].upos))
            return true; /* "Sarmat intercontinental ballistic missile" */
        return !nominal(before) || nominal(behind) || is_dash(r, token + 1 < last ? token + 1 : token);
    case SLK_UPOS_DET: return before == SLK_UPOS_DET || slk_word_is(r, token - 1, "such");
    case SLK_UPOS_ADV:
        if (behind == SLK_UPOS_VERB && token + 1 < last && before == SLK_UPOS_DET)
            return is_modifier_verb(r, first, token + 1, last); /* "a domestically made missile" */
        return (behind == SLK_UPOS_ADJ || behind == SLK_UPOS_NUM) && !nominal(before);
    case SLK_UPOS_VERB:
        return !days[token - 1] && !(before == SLK_UPOS_NUM && token > 1 && days[token - 2]) &&
               is_modifier_verb(r, first, token, last);
    case SLK_UPOS_PUNCT:
        if (is_quote(r, token) && (before == SLK_UPOS_DET || before == SLK_UPOS_ADJ) && behind != SLK_UPOS_PUNCT)
            return behind != SLK_UPOS_VERB; /* a "medium-range missile" */
        return slk_word_is(r, token, ",") && before == SLK_UPOS_ADJ && behind == SLK_UPOS_ADJ && token + 2 < last &&
               !predicative(r, first) && !is_quantity(r, token + 1) &&
               (nominal(r->tokens.at[token + 2].upos) || r->tokens.at[token + 2].upos == SLK_UPOS_ADJ);
    case SLK_UPOS_CCONJ: return before == SLK_UPOS_ADJ && joins_adjectives(r, first, token, last);
    default: return false;
    }
}

/* "officials each told", "have all accused": belongs to the verb. */
static bool floats(const slk_reading *r, uint32_t token) {
    static const char *const words[] = {"all", "both", "each"};
    uint8_t next = slk_upos_at(r, token + 1);
    return SLK_WORD_IN(r, token, words) && (next == SLK_UPOS_VERB || next == SLK_UPOS_AUX);
}

/* "firing tests": no; "suspected missiles", "Korea's growing arsenal": yes. */
static bool begins_with_verb(const slk_reading *r, uint32_t token, uint32_t last) {
    slk_text x = slk_token_text(r, token);
    if (!x.at) return false;
    bool nominal_next =
        token + 1 < last && (nominal(slk_upos_at(r, token + 1)) || slk_upos_at(r, token + 1) == SLK_UPOS_ADJ);
    bool form = slk_text_ends_fold(x, "ed") || slk_text_ends_fold(x, "ing");
    if (form && nominal_next && token > 0 && is_mark_of_owner(r, token - 1)) return true;
    return slk_text_is_fold(x, "suspected") || slk_text_is_fold(x, "alleged");
}

/* "least" of "at least", "more" of "more than": no nouns begin there. */
static bool in_degree(const slk_reading *r, uint32_t token) {
    static const char *const words[] = {"least", "most"};
    static const char *const before[] = {"more", "less", "fewer"};
    if (token > 0 && SLK_WORD_IN(r, token, words) && slk_word_is(r, token - 1, "at")) return true;
    if (SLK_WORD_IN(r, token, before) && slk_word_is(r, token + 1, "than")) return true;
    return token > 0 && slk_word_is(r, token - 1, "as") && slk_word_is(r, token + 1, "as");
}

static bool begins(const slk_reading *r, uint32_t token, uint32_t last) {
    static const char *const linking[] = {"that", "which", "who", "whom", "what", "there"};
    uint8_t upos = r->tokens.at[token].upos;
    if (slk_verb_prefix(r, token, last)) return false;
    bool verb_next = token + 1 < last && r->tokens.at[token + 1].upos == SLK_UPOS_VERB;
    if (verb_next && (slk_word_is(r, token, "last") || slk_word_is(r, token, "first")))
        return false; /* "last tested" */
    if (is_owner_word(r, token)) return true;
    if (upos == SLK_UPOS_PRON && slk_word_is(r, token, "that")) /* "That would put": stands for itself */
        return r->sentences.at[r->tokens.at[token].sentence].first_token == token;
    if (upos == SLK_UPOS_PRON) return !SLK_WORD_IN(r, token, linking);
    if (upos == SLK_UPOS_DET) return token + 1 < last && !floats(r, token);
    if (upos == SLK_UPOS_VERB) return begins_with_verb(r, token, last);
    if (in_degree(r, token)) return false;
    return nominal(upos) || upos == SLK_UPOS_NUM || upos == SLK_UPOS_ADJ || upos == SLK_UPOS_SYM;
}

/* The head: the last noun, name or number; else the last token. */
static uint32_t head_of(const slk_reading *r, uint32_t first, uint32_t last) {
    for (uint32_t t = last; t > first; t--)
        if (nominal(r->tokens.at[t - 1].upos)) return t - 1;
    for (uint32_t t = last; t > first; t--)
        if (r->tokens.at[t - 1].upos == SLK_UPOS_NUM || r->tokens.at[t - 1].upos == SLK_UPOS_PRON) return t - 1;
    return last - 1;
}

static slk_err add(slk_reading *r, uint32_t first, uint32_t last, uint32_t owner) {
    slk_noun n = {.t = {first, last, head_of(r, first, last)}, .of = SLK_NONE, .owner = owner, .by = SLK_NONE};
    n.also = SLK_NONE;
    slk_err err = SLK_ROOM(&r->arena, &r->nouns, SLK_MAX_ITEMS);
    if (err == SLK_OK) r->nouns.at[r->nouns.n++] = n;
    return err;
}

static bool loud(slk_text x) {
    for (size_t i = 0; x.at && i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 3;
}

/* "SEOUL North Korea launched", "SEOUL/TOKYO Japan said": the first token behind a dateline without a mark, or first. */
static uint32_t behind_dateline(const slk_pack *pack, const slk_reading *r, uint32_t first, uint32_t last) {
    slk_hit hits[8];
    bool place = false;
    uint32_t n = slk_pack_match(pack, r->report.text, r->tokens.at[first].span.start, hits, 8), t = first;
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

/* The phrases of one sentence; an owner and what it owns are two phrases. */
static slk_err find_in(const slk_pack *pack, slk_reading *r, const uint8_t *days, uint32_t first, uint32_t last) {
    uint32_t owner = SLK_NONE;
    for (uint32_t t = behind_dateline(pack, r, first, last); t < last;) {
        if (!begins(r, t, last)) {
            owner = SLK_NONE;
            t++;
            continue;
        }
        uint32_t end = t + 1;
        bool alone = r->tokens.at[t].upos == SLK_UPOS_PRON && !is_owner_word(r, t);
        while (!alone && end < last && goes_on(r, days, t, end, last)) end++;
        while (end > t + 1 && (is_dash(r, end - 1) || r->tokens.at[end - 1].upos == SLK_UPOS_ADV)) end--;
        slk_err err = add(r, t, end, owner);
        if (err != SLK_OK) return err;
        owner = SLK_NONE;
        t = end;
        if (t < last && is_mark_of_owner(r, t)) {
            owner = r->nouns.n - 1;
            t++;
            if (t + 2 < last && slk_word_is(r, t, "(") && slk_word_is(r, t + 2, ")"))
                t += 3; /* "Korea's (DPRK) decision" */
        }
    }
    return SLK_OK;
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

/* "A and B", "A, B and C": from the end, so that a comma counts only where an "and" follows. */
static void link_lists(slk_reading *r) {
    for (uint32_t i = r->nouns.n; i-- > 1;) {
        uint32_t k = i - 1, from = r->nouns.at[k].t.last, to = slk_noun_start(r, i);
        while (k > 0 && r->nouns.at[i].owner == k) { /* the owner of i is part of i */
            k--, from = r->nouns.at[k].t.last;
        }
        if (to <= from || to > from + 2 || r->tokens.at[from - 1].sentence != r->tokens.at[to].sentence) continue;
        if (r->nouns.at[k].time != r->nouns.at[i].time) continue;
        bool comma = slk_word_is(r, from, ","), joint = slk_upos_at(r, to - 1) == SLK_UPOS_CCONJ;
        if (slk_word_is(r, to - 1, "but")) continue;
        if (joint ? to == from + 1 || comma : comma && to == from + 1 && r->nouns.at[i].also != SLK_NONE)
            r->nouns.at[k].also = i;
    }
}

static bool is_time(const slk_pack *pack, const slk_reading *r, uint32_t noun, const uint8_t *days) {
    static const char *const kinds[] = {"unit",   "daypart", "weekday", "weekdays",
                                        "season", "month",   "deictic", "holiday"};
    uint32_t head = r->nouns.at[noun].t.head;
    slk_hit h;
    if (days[head]) return true;
    slk_span span = r->tokens.at[head].span;
    if (slk_upos_at(r, head) == SLK_UPOS_PRON) return false;
    if (!slk_pack_match_in(pack, r->report.text, span.start, SLK_T_CALENDAR, &h) || h.end != span.end) return false;
    slk_text kind = slk_pack_cell(pack, SLK_T_CALENDAR, h.row, SLK_CALENDAR_KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slk_text_is(kind, kinds[i])) return true;
    return false;
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

slk_err slk_nouns_find(const slk_pack *pack, slk_reading *r) {
    const uint8_t *days = mark_days(pack, r);
    if (!days) return SLK_ENOMEM;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token;
        slk_err err = find_in(pack, r, days, first, first + r->sentences.at[s].n_tokens);
        if (err != SLK_OK) return err;
    }
    for (uint32_t i = 0; i < r->nouns.n; i++) r->nouns.at[i].time = is_time(pack, r, i, days);
    link_of(r);
    link_lists(r);
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
