/* measures.c - how many were launched and how far, how high and how fast they went: counts on the words for the thing, lengths by what
 * stands around them. See collecting.h. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "meaning/collecting.h"
#include "meaning/meaning.h"

static slk_err add_count(slk_collector *c, double low, double high, slk_bound bound, slk_span words) {
    slk_value v = slk_collect_blank_value(SLK_VALUE_COUNT);
    v.low = low;
    v.high = high;
    v.bound = bound;
    c->rule = "count.of-weapon-phrase";
    return slk_collect_add(c, SLK_FIELD_COUNT, v, words, SLK_BASIS_STATED);
}

static slk_err add_quantity_count(slk_collector *c, const slk_quantity *q) {
    double low = q->value, high = q->has_high ? q->high : q->value;
    switch (q->bound) {
    case SLK_BOUND_AT_LEAST: high = NAN; break;
    case SLK_BOUND_MORE_THAN: low += 1, high = NAN; break;
    case SLK_BOUND_AT_MOST: low = 0; break;
    case SLK_BOUND_LESS_THAN: low = 0, high -= 1; break;
    case SLK_BOUND_VAGUE: low = low >= 2 ? low : 2, high = NAN; break;
    default: break;
    }
    return add_count(c, low, high, q->bound, q->span);
}

/* Launches named by a noun: "a missile launch", "its fourth nuclear test" are one, "three launches" three. */
static slk_err add_noun_count(slk_collector *c, const slk_told *x) {
    slk_tokens n = c->r->nouns.at[x->noun].t;
    slk_span phrase = slk_tokens_span(c->r, n);
    bool ordinal = false;
    uint32_t i = SLK_FIRST_NEAR(c->r->quantities, phrase.start);
    for (; i < c->r->quantities.n && c->r->quantities.at[i].span.start < phrase.end; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        if (!slk_span_overlaps(q->span, phrase) || q->unit) continue;
        if (!q->ordinal) return add_quantity_count(c, q);
        ordinal = true;
    }
    bool one = ordinal || slk_collect_token_is(c, n.first, "a") || slk_collect_token_is(c, n.first, "an") ||
               slk_collect_token_is(c, n.first, "another");
    return one && !slk_plural(c->r, n.head) ? add_count(c, 1, 1, SLK_BOUND_EXACT, phrase) : SLK_OK;
}

/* How many: a number on the weapon's noun phrase; else "a missile" is one, "missiles" two or more. Definite phrases ("the
 * missiles") and launches named by a noun ("missile launch") count nothing. */
slk_err slk_collect_counts(slk_collector *c, const slk_told *x) {
    static const char *const definite[] = {"the",   "this", "that", "these", "those", "its",
                                           "their", "his",  "such", "any",   "no"};
    if (x->family != SLK_FAMILY_LAUNCH || (x->ranked && slk_collect_has(c, SLK_FIELD_COUNT))) return SLK_OK;
    if (x->noun != SLK_NONE && (x->weapon_noun == SLK_NONE || x->weapon_noun == x->noun)) return add_noun_count(c, x);
    if (x->weapon_noun == SLK_NONE) return SLK_OK;
    slk_tokens n = c->r->nouns.at[x->weapon_noun].t;
    slk_span phrase = slk_tokens_span(c->r, n);
    bool ordinal = false;
    uint32_t i = SLK_FIRST_NEAR(c->r->quantities, phrase.start);
    for (; i < c->r->quantities.n && c->r->quantities.at[i].span.start < phrase.end; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        bool on_it = slk_span_overlaps(q->span, phrase) || slk_span_overlaps(q->of, c->t->weapons.at[x->weapon].span);
        if (!on_it || q->unit) continue;
        if (q->ordinal) {
            ordinal = true;
            continue;
        }
        return add_quantity_count(c, q);
    }
    bool known = ONE_OF(c, n.first, definite) || c->r->nouns.at[x->weapon_noun].owner != SLK_NONE;
    if ((ordinal || known) && x->noun == SLK_NONE && !slk_plural(c->r, n.head) && !slk_collect_has(c, SLK_FIELD_COUNT))
        return add_count(c, 1, 1, SLK_BOUND_EXACT, phrase); /* "test-fired its Agni-V missile", "a second missile" */
    if (ordinal || known) return SLK_OK;
    uint8_t upos = c->r->tokens.at[n.head].upos;
    if (upos != SLK_UPOS_NOUN) return SLK_OK;
    if (slk_plural(c->r, n.head)) return add_count(c, 2, NAN, SLK_BOUND_VAGUE, phrase);
    bool article = slk_collect_token_is(c, n.first, "a") || slk_collect_token_is(c, n.first, "an") ||
                   slk_collect_token_is(c, n.first, "another");
    return article ? add_count(c, 1, 1, SLK_BOUND_EXACT, phrase) : SLK_OK;
}

/* What a length measures, by the words before it (back to the last quantity) and a "high" behind: altitude, range or NULL. */
static const char *measured(const slk_collector *c, uint32_t quantity) {
    const slk_quantity *q = &c->r->quantities.at[quantity];
    uint32_t first = slk_token_at(c->r, q->span.start), last = slk_token_at(c->r, q->span.end);
    uint32_t from = c->r->sentences.at[c->r->tokens.at[first].sentence].first_token;
    if (first > from + 6) from = first - 6;
    if (quantity > 0) {
        uint32_t before = slk_token_at(c->r, c->r->quantities.at[quantity - 1].span.end);
        if (before > from && before <= first) from = before;
    }
    slk_span words;
    const char *value = NULL;
    if (slk_collect_token_is(c, last, "high") ||
        (slk_collect_token_is(c, last, "in") && slk_collect_token_is(c, last + 1, "altitude")))
        return "altitude";
    if (slk_collect_token_is(c, last, "-") && slk_collect_token_is(c, last + 1, "range")) return "range";
    if (slk_collect_token_is(c, last, "range") || slk_collect_token_is(c, last, "in")
            ? slk_collect_token_is(c, last + 1, "range") || slk_collect_token_is(c, last, "range")
            : false)
        return "range";
    return slk_cue_in(c->t, from, first, "measures", &words, &value) ? value : NULL;
}

bool slk_collect_in_place(const slk_collector *c, slk_span s) {
    uint32_t i = SLK_FIRST_NEAR(c->r->places, s.start);
    for (; i < c->r->places.n && c->r->places.at[i].span.start < s.end; i++)
        if (c->r->places.at[i].relative.known && slk_span_overlaps(c->r->places.at[i].span, s)) return true;
    return false;
}

static slk_err add_length(slk_collector *c, uint32_t quantity, const slk_told *x) {
    const slk_quantity *q = &c->r->quantities.at[quantity];
    bool flown = x->family == SLK_FAMILY_FLIGHT && x->reality == SLK_REAL_FACT;
    uint32_t first = slk_token_at(c->r, q->span.start);
    bool right_behind = flown && first > x->token && first - x->token <= 3; /* "flew 800 km off its coast" */
    if (slk_collect_in_place(c, q->span) && !right_behind) return SLK_OK;
    const char *what = measured(c, quantity);
    if (!what && q->gloss_of != SLK_NONE) what = measured(c, q->gloss_of);
    if (what && strcmp(what, "range") == 0 && !flown) return SLK_OK; /* what it can do; "reached a range of" did it */
    bool altitude = what && strcmp(what, "altitude") == 0;
    if (!altitude && x->family == SLK_FAMILY_LAUNCH && q->si < 5000) return SLK_OK; /* "fired 2 km from the border" */
    slk_value v = slk_collect_blank_value(SLK_VALUE_QUANTITY);
    v.low = q->value;
    v.high = q->has_high ? q->high : NAN;
    v.unit = q->unit;
    v.si = q->si;
    v.si_high = q->has_high ? q->si_high : NAN;
    v.bound = q->bound;
    c->rule = altitude ? "altitude.cue" : "distance.length-of-flight";
    return slk_collect_add(c, altitude ? SLK_FIELD_ALTITUDE : SLK_FIELD_DISTANCE, v, q->span, SLK_BASIS_STATED);
}

static slk_err add_speed(slk_collector *c, const slk_quantity *q) {
    slk_value v = slk_collect_blank_value(SLK_VALUE_QUANTITY);
    v.low = q->value;
    v.high = q->has_high ? q->high : NAN;
    v.unit = q->unit;
    v.si = q->si;
    v.bound = q->bound;
    c->rule = "speed.of-clause";
    return slk_collect_add(c, SLK_FIELD_SPEED, v, q->span, SLK_BASIS_STATED);
}

slk_err slk_collect_quantities(slk_collector *c) {
    slk_err err = SLK_OK;
    slk_span told = slk_collect_stretch(c);
    for (uint32_t i = SLK_FIRST_NEAR(c->r->quantities, told.start); err == SLK_OK && i < c->r->quantities.n; i++) {
        const slk_quantity *q = &c->r->quantities.at[i];
        if (q->span.start >= told.end) break;
        if (!q->unit || !q->dimension || !slk_collect_told_in(c, slk_sentence_at(c->r, q->span.start))) continue;
        bool length = strcmp(q->dimension, "length") == 0 && q->si >= 1000, speed = strcmp(q->dimension, "speed") == 0;
        if (!length && !speed) continue;
        const slk_told *x = slk_collect_mine(c, q->span);
        if (!x) continue;
        err = length ? add_length(c, i, x) : add_speed(c, q);
    }
    return err;
}
