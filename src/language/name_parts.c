/* name_parts.c - labelled names put right before they are taken: names that the labels ran together are cut ("Ali and Ray", "Anna Lee
 * of Acme", "Acme Chairman Anna Lee", "US-China"), titles left out, kinds that the last word forbids changed, abbreviations that
 * name nothing ("GDP") dropped. The parts are judged by the scores of their own words. */
#include "language/name_words.h"

#define BIT(x) (1u << (x))
#define PLACES (BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY) | BIT(SLK_KNOWN_TOWN))

static bool has(const slk_name_parts *p, uint32_t t, uint32_t bits) { return p->words[t].known & bits; }

static bool owns(const slk_reading *r, uint32_t t) {
    return slk_word_is(r, t, "'s") || slk_word_is(r, t, "\xE2\x80\x99s");
}

static bool all_capitals(const slk_name_word *w) { return (w->look & 7) == 3; }

/* A name of the given label, without label where that is 0. */
static void relabel(const slk_name_parts *p, uint32_t first, uint32_t last, uint8_t begins) {
    for (uint32_t t = first; t < last; t++) p->tags[t] = (uint8_t)(begins ? begins + (t > first) : SLK_TAG_O);
}

/* The kind that the last word of a part or the scores of all of them speak for, as the label of its beginning. */
static uint8_t likeliest(const slk_name_parts *p, uint32_t first, uint32_t last) {
    int32_t top = INT32_MIN;
    uint8_t best = SLK_TAG_O;
    if (last - first > 1 && has(p, last - 1, BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_COMPANY))) return SLK_TAG_B_ORG;
    for (uint32_t begins = SLK_TAG_B_PER; begins < SLK_NAME_TAGS; begins += 2) {
        int32_t sum = p->scores[first].of[begins];
        for (uint32_t t = first + 1; t < last; t++) sum += p->scores[t].of[begins + 1];
        if (sum > top) {
            top = sum;
            best = (uint8_t)begins;
        }
    }
    return best;
}

static bool is_role(const slk_name_parts *p, uint32_t t) {
    uint32_t role = BIT(SLK_KNOWN_ROLE) | BIT(SLK_KNOWN_ROLE + SLK_KNOWN_INSIDE) | BIT(SLK_KNOWN_TITLE);
    uint32_t name = BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_GIVEN) | BIT(SLK_KNOWN_FAMILY);
    return p->words[t].capital && has(p, t, role) && (!has(p, t, name) || has(p, t, BIT(SLK_KNOWN_TITLE)));
}

/* "US-China": two places, none of which the tables have with the hyphen. */
static bool joins_places(const slk_name_parts *p, uint32_t t) {
    uint32_t inside = (BIT(SLK_KNOWN_COUNTRY) | BIT(SLK_KNOWN_CITY)) << SLK_KNOWN_INSIDE;
    return slk_word_is(p->r, t, "-") && has(p, t - 1, BIT(SLK_KNOWN_COUNTRY)) &&
           has(p, t + 1, BIT(SLK_KNOWN_COUNTRY)) && !has(p, t, inside);
}

/* Does a name end before a small word or hyphen within it? */
static bool cuts(const slk_name_parts *p, uint32_t first, uint32_t t) {
    static const char *const of_person[] = {"and", "of", "for", "in", "at", "on"};
    uint8_t begins = p->tags[first];
    if (p->words[t].capital) return false;
    if (begins == SLK_TAG_B_PER && SLK_WORD_IN(p->r, t, of_person)) return true;
    if (begins == SLK_TAG_B_ORG)
        return slk_word_is(p->r, t, "at") ||
               (owns(p->r, t) &&
                (has(p, first, PLACES | BIT(SLK_KNOWN_ALONE)) || (t == first + 1 && all_capitals(&p->words[first])))) ||
               joins_places(p, t);
    return begins == SLK_TAG_B_LOC && (slk_word_is(p->r, t, "and") || slk_word_is(p->r, t, "in") ||
                                       joins_places(p, t) || (owns(p->r, t) && has(p, first, PLACES)));
}

/* The end of the roles that part a name: behind them stands a person, or the name is a person's and ends ("Anna Lee Vice President"). */
static uint32_t roles_end(const slk_name_parts *p, uint32_t first, uint32_t t, uint32_t last) {
    uint32_t end = t;
    while (end < last && is_role(p, end)) end++;
    if (end == last) return p->tags[first] == SLK_TAG_B_PER ? end : t;
    bool person = has(p, end, BIT(SLK_KNOWN_GIVEN) | BIT(SLK_KNOWN_FAMILY)) && likeliest(p, end, last) == SLK_TAG_B_PER;
    return person ? end : t;
}

void slk_name_part(const slk_name_parts *p, uint32_t first, uint32_t last) {
    uint8_t begins = p->tags[first];
    for (uint32_t t = first + 1; t < last; t++) {
        uint32_t next = t;
        if (begins != SLK_TAG_B_LOC) next = roles_end(p, first, t, last);
        if (next == t && t + 1 < last && cuts(p, first, t)) next = t + 1 + slk_word_is(p->r, t + 1, "the");
        if (next == t) continue;
        bool role = p->words[t].capital;
        if (role || !slk_word_is(p->r, t, "and")) relabel(p, first, t, likeliest(p, first, t));
        relabel(p, t, next, SLK_TAG_O);
        if (next < last)
            relabel(p, next, last, role || !slk_word_is(p->r, t, "and") ? likeliest(p, next, last) : begins);
        return;
    }
}

uint8_t slk_name_tag_of(const slk_name_parts *p, uint32_t first, uint32_t last) {
    uint32_t known = p->words[last - 1].known;
    if (last - first == 1) {
        uint32_t row = slk_pack_find(p->pack, SLK_T_NAME_WORDS, slk_token_text(p->r, first));
        bool none = slk_upos_at(p->r, first) == SLK_UPOS_PRON;
        if (row != SLK_NONE)
            none |= slk_text_is(slk_pack_cell(p->pack, SLK_T_NAME_WORDS, row, SLK_NAME_WORDS_TYPE), "NONE");
        return none ? SLK_TAG_O : p->tags[first];
    }
    bool body = known & (BIT(SLK_KNOWN_END_ORG) | BIT(SLK_KNOWN_COMPANY)), family = known & BIT(SLK_KNOWN_FAMILY);
    if (body && (p->tags[first] == SLK_TAG_B_LOC || (p->tags[first] == SLK_TAG_B_PER && !family))) return SLK_TAG_B_ORG;
    if (p->tags[first] != SLK_TAG_B_PER || family) return p->tags[first];
    return known & (BIT(SLK_KNOWN_END_FAC) | BIT(SLK_KNOWN_END_LOC)) ? SLK_TAG_B_LOC : SLK_TAG_B_PER;
}

uint32_t slk_name_behind_titles(const slk_name_parts *p, uint32_t first, uint32_t last) {
    while (first + 1 < last && (has(p, first, BIT(SLK_KNOWN_TITLE)) || is_role(p, first))) {
        first++;
        if (slk_word_is(p->r, first, ".") && first + 1 < last) first++;
    }
    return first;
}
