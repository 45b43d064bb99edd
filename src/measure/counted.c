/* counted.c - what a number is about: refuses numbers that are no quantities, finds what quantities count or measure, and
 * ties "(249 miles)" to what it restates.
 *
 * Works on the words next to a number: tokens, their tags and noun phrases where the language station gives them, else
 * closed-class words and endings. Never looks further than a handful of tokens, so that a reading stays linear. */
#include "measure/counted.h"

#include <string.h>

#define LOOK_BACK 6
#define PHRASE_TOKENS 7

static slk_text word(const slk_reading *r, uint32_t token) {
    return token < r->tokens.n ? slk_token_text(r, token) : (slk_text){NULL, 0};
}

static bool is_word(slk_text t) {
    uint32_t cp = 0;
    if (t.n == 0) return false;
    (void)slk_utf8_next(t.at, t.at + t.n, &cp);
    return slk_cp_is_letter(cp);
}

static bool is_capital(slk_text t) {
    uint32_t cp = 0;
    if (t.n == 0) return false;
    (void)slk_utf8_next(t.at, t.at + t.n, &cp);
    return slk_cp_is_upper(cp);
}

static bool one_of(slk_text t, const char *const *words) {
    for (; *words; words++)
        if (slk_text_is_fold(t, *words)) return true;
    return false;
}

/* A phrase of the calendar of this kind (or any, kind NULL) begins at byte `at`. */
static bool calendar_at(const slk_pack *pack, slk_text text, uint32_t at, const char *kind) {
    slk_hit hits[8];
    uint32_t n = slk_pack_match(pack, text, at, hits, 8);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table != SLK_T_CALENDAR) continue;
        if (!kind || slk_text_is(slk_pack_cell(pack, SLK_T_CALENDAR, hits[i].row, SLK_CALENDAR_KIND), kind))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ what is no quantity */

/* "September 18", "Sept. 18 and 19", "18 September", "the 18th of May" */
static bool is_month_day(const slk_count_context *c, uint32_t token) {
    static const char *const joints[] = {"and", "to", "-", "\xE2\x80\x93", "through", "or", NULL};
    const slk_reading *r = c->r;
    slk_scan s = {c->pack, c->memo, r->report.text, r->sentences.at[c->sentence].span.end};
    uint32_t end = 0, at = slk_scan_space(&s, c->end);
    if (c->unit || c->number.value < 1 || c->number.value > 31) return false;
    if (!c->number.figures && !c->number.ordinal) return false;
    if (slk_scan_word(&s, at, "of", &end)) at = slk_scan_space(&s, end);
    if (at < s.end && calendar_at(c->pack, r->report.text, at, "month")) return true;
    uint32_t first = r->sentences.at[c->sentence].first_token;
    for (uint32_t k = 1; k <= LOOK_BACK && token >= first + k; k++) {
        slk_text t = word(r, token - k);
        if (calendar_at(c->pack, r->report.text, r->tokens.at[token - k].span.start, "month")) return true;
        if (!(t.n && slk_is_digit(t.at[0])) && !slk_text_is(t, ".") && !one_of(t, joints) &&
            !slk_text_is_fold(t, "the"))
            return false;
    }
    return false;
}

/* Four bare digits that news means as a year, unless a bound and a noun make them a count. */
static bool is_year(const slk_count_context *c, uint32_t token) {
    static const char *const before[] = {"in",    "since",  "by",  "of",     "until", "till",    "from",  "before",
                                         "after", "during", "the", "and",    "to",    "between", "circa", "(",
                                         "early", "late",   "mid", "around", "about", NULL};
    const slk_number *v = &c->number;
    if (!v->plain || !v->figures || v->ordinal || c->unit || c->hyphen) return false;
    if (v->span.end - v->span.start != 4 || v->value < 1000 || v->value > 2100) return false;
    slk_text next = word(c->r, slk_token_at(c->r, c->end));
    bool noun = is_word(next) && !is_capital(next) && !slk_pack_closed(c->pack, next);
    slk_text previous = token > 0 ? word(c->r, token - 1) : (slk_text){NULL, 0};
    bool led = one_of(previous, before);
    if (v->value < 1900) return led && !(c->bounded && noun);
    if (c->bounded) return !noun;
    return v->value != 2000 || !noun || led;
}

static bool is_clock(const slk_count_context *c) {
    static const char *const words[] = {"a.m", "p.m", "am", "pm", "o'clock", "o\u2019clock", NULL};
    const slk_reading *r = c->r;
    slk_scan s = {c->pack, c->memo, r->report.text, r->sentences.at[c->sentence].span.end};
    uint32_t end = 0, at = slk_scan_space(&s, c->number.span.end), at2 = slk_scan_space(&s, c->end);
    slk_hit hit;
    for (int i = 0; words[i]; i++)
        if (slk_scan_word(&s, at, words[i], &end) || slk_scan_word(&s, at2, words[i], &end)) return true;
    return c->number.figures && c->number.plain && !c->unit && slk_scan_hit(&s, at, SLK_T_ZONES, &hit);
}

static bool all_capitals(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (!slk_is_upper(t.at[i])) return false;
    return t.n >= 2;
}

/* "Article 5", "phase 3", "Voyager 2": the number belongs to the name before it. A weekday or a place before it does not. */
static bool is_label(const slk_count_context *c, uint32_t token) {
    const slk_reading *r = c->r;
    uint32_t first = r->sentences.at[c->sentence].first_token;
    slk_hit hits[8];
    if (!c->number.figures || !c->number.plain || c->unit || c->bounded || c->number.ordinal || token <= first)
        return false;
    slk_text before = word(r, token - 1);
    if (slk_text_is(before, ".") && token > first + 1) before = word(r, token - 2); /* "No. 3" */
    if (slk_text_is_fold(before, "no.")) return true;
    if (before.at && before.at + before.n < r->report.text.at + c->start && slk_text_is_fold(before, "no") &&
        r->report.text.at[(size_t)(before.at - r->report.text.at) + before.n] == '.')
        return true;
    if (c->number.span.end - c->number.span.start >= 5 && all_capitals(before)) return true; /* "IMO 9187629" */
    if (!is_word(before)) return false;
    uint32_t n = slk_pack_match(c->pack, r->report.text, (uint32_t)(before.at - r->report.text.at), hits, 8);
    for (uint32_t i = 0; i < n; i++) {
        int table = hits[i].table;
        if (table == SLK_T_CALENDAR || table == SLK_T_COUNTRIES || table == SLK_T_PLACES || table == SLK_T_SITES)
            return false;
        if (table == SLK_T_NUMBERS &&
            slk_text_is(slk_pack_cell(c->pack, SLK_T_NUMBERS, hits[i].row, SLK_NUMBERS_KIND), "label"))
            return true;
    }
    return is_capital(before) && !slk_pack_closed(c->pack, before);
}

/* "(22)", "[1]": a reference, a footnote or an age */
static bool is_reference(const slk_count_context *c) {
    slk_scan s = {c->pack, c->memo, c->r->report.text, (uint32_t)c->r->report.text.n};
    uint32_t n = 0, before = slk_scan_before(&s, c->start), behind = slk_scan_peek(&s, c->end, &n);
    if (c->unit || !c->number.figures || c->bounded) return false;
    return (before == '[' && behind == ']') || (before == '(' && behind == ')' && c->number.plain);
}

/* "no one", "the one", "one another", "one is enough" */
static bool is_pronoun(const slk_count_context *c, uint32_t token) {
    static const char *const before[] = {"no",    "the",     "this", "that",  "which", "each", "any",
                                         "every", "another", "some", "these", "those", NULL};
    static const char *const behind[] = {"another", "day", "thing", "side", NULL};
    const slk_reading *r = c->r;
    if (c->number.figures || c->number.value != 1 || c->number.ordinal || c->unit || c->range) return false;
    uint32_t next = slk_token_at(r, c->end);
    slk_text follows = word(r, next);
    if (token > 0 && one_of(word(r, token - 1), before)) return true;
    if (c->bounded) return false;
    if (!is_word(follows) || one_of(follows, behind)) return true;
    return slk_pack_closed(c->pack, follows) && !slk_text_is_fold(follows, "of") && !slk_text_is_fold(follows, "more");
}

/* "3D", "2S1", "4x4", "88-86": letters or more figures glued to figures that are no unit and no range */
static bool is_glued(const slk_count_context *c) {
    slk_scan s = {c->pack, c->memo, c->r->report.text, (uint32_t)c->r->report.text.n};
    uint32_t n = 0, m = 0, behind = slk_scan_peek(&s, c->end, &n);
    if (!c->number.figures || c->unit) return false;
    if (behind == '-') {
        uint32_t next = slk_scan_peek(&s, c->end + n, &m);
        return (next >= '0' && next <= '9') || c->number.value < 0 || (c->number.value == 0 && !c->range);
    }
    return !slk_scan_word_ends(&s, c->end);
}

/* "the first half", "the other half": a part of a match or a meeting */
static bool is_half(const slk_count_context *c, uint32_t token) {
    static const char *const before[] = {"first", "second", "the", "this",   "that",
                                         "other", "last",   "top", "bottom", NULL};
    return c->number.fraction && !c->number.figures && !c->unit && token > 0 && one_of(word(c->r, token - 1), before);
}

/* "the Second Economy Commission", "First Lady": an ordinal inside a name */
static bool is_named(const slk_count_context *c, uint32_t token) {
    static const char *const nouns[] = {"century", "centuries", "parallel", NULL};
    const slk_reading *r = c->r;
    uint32_t next = slk_token_at(r, c->end);
    if (c->number.ordinal && one_of(word(r, next), nouns)) return true; /* "the 38th parallel" */
    if (!c->number.ordinal || c->unit || token <= r->sentences.at[c->sentence].first_token) return false;
    if (!c->number.figures && !is_capital(word(r, token))) return false;
    return is_capital(word(r, next)) && r->tokens.at[next].span.start == c->end + 1;
}

bool slk_count_is_other(const slk_count_context *c) {
    uint32_t token = slk_token_at(c->r, c->start);
    if (c->number.leading_zero && !c->unit) return true;
    return is_glued(c) || is_reference(c) || is_clock(c) || is_month_day(c, token) || is_year(c, token) ||
           is_label(c, token) || is_pronoun(c, token) || is_half(c, token) || is_named(c, token);
}

/* ------------------------------------------------------------------ what is counted */

typedef struct look { /* over all quantities in text order */
    slk_reading *r;
    const slk_pack *pack;
    slk_scan_memo *memo;
    uint32_t noun; /* first noun phrase that may hold or follow the place under way */
} look;

static bool is_plural(slk_text t) {
    static const char *const irregular[] = {"people", "men",       "women", "children", "aircraft", "troops",
                                            "police", "personnel", "feet",  "crew",     NULL};
    if (one_of(t, irregular)) return true;
    return t.n > 3 && t.at[t.n - 1] == 's' && t.at[t.n - 2] != 's' && t.at[t.n - 2] != 'u';
}

static bool tag_ends_phrase(uint8_t upos) {
    return upos == SLK_UPOS_VERB || upos == SLK_UPOS_AUX || upos == SLK_UPOS_ADP || upos == SLK_UPOS_PUNCT ||
           upos == SLK_UPOS_PRON || upos == SLK_UPOS_CCONJ || upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_PART ||
           upos == SLK_UPOS_ADV || upos == SLK_UPOS_DET;
}

/* The last token of the noun phrase that begins with `token`, SLK_NONE where none does. */
static uint32_t phrase_end(look *k, uint32_t token, uint32_t stop, bool plural) {
    const slk_reading *r = k->r;
    uint32_t last = SLK_NONE;
    while (k->noun < r->nouns.n && r->nouns.at[k->noun].t.last <= token) k->noun++;
    if (k->noun < r->nouns.n && r->nouns.at[k->noun].t.first <= token) return r->nouns.at[k->noun].t.last - 1;
    for (uint32_t i = token; i < stop && i < token + PHRASE_TOKENS; i++) {
        slk_text t = word(r, i);
        uint8_t upos = r->tokens.at[i].upos;
        if (slk_text_is(t, "-") && last != SLK_NONE) continue;
        if (!is_word(t) || (upos != SLK_UPOS_X ? tag_ends_phrase(upos) : slk_pack_closed(k->pack, t))) break;
        last = i;
        if (upos == SLK_UPOS_X && plural && is_plural(t)) break;
    }
    return last;
}

static void take_phrase(look *k, slk_quantity *q, uint32_t token, uint32_t stop) {
    slk_scan s = {k->pack, k->memo, k->r->report.text, (uint32_t)k->r->report.text.n};
    slk_hit hit, land;
    if (token >= stop) return;
    uint32_t at = k->r->tokens.at[token].span.start;
    bool way = slk_scan_hit(&s, at, SLK_T_DIRECTIONS, &hit); /* "400 km north", but "15,000 North Korean troops" */
    if (way && !(slk_scan_hit(&s, at, SLK_T_COUNTRIES, &land) && land.end > hit.end)) return;
    uint32_t last = phrase_end(k, token, stop, !q->unit && q->value != 1);
    if (last == SLK_NONE || last >= stop) return;
    q->of = (slk_span){k->r->tokens.at[token].span.start, k->r->tokens.at[last].span.end};
}

/* Over "of" and a determiner behind the quantity: "two of its missiles", "tons of plutonium". */
static uint32_t over_of(const look *k, uint32_t token, uint32_t stop) {
    static const char *const determiners[] = {"the", "its", "their", "his", "her", "these", "those", "our", NULL};
    if (token >= stop || !slk_text_is_fold(word(k->r, token), "of")) return token;
    token++;
    return token < stop && one_of(word(k->r, token), determiners) ? token + 1 : token;
}

/* "an altitude of [about] 60 km", "a range exceeding 5,500 km": the noun before a measure. */
static void take_before(look *k, slk_quantity *q, uint32_t token, uint32_t first) {
    static const char *const joints[] = {"of", "at", "exceeding", "is", "was", "reached", NULL};
    if (token < first + 2 || !one_of(word(k->r, token - 1), joints)) return;
    const slk_token *noun = &k->r->tokens.at[token - 2];
    slk_text t = word(k->r, token - 2);
    if (is_word(t) && !slk_pack_closed(k->pack, t) && noun->upos != SLK_UPOS_VERB && noun->upos != SLK_UPOS_AUX)
        q->of = noun->span;
}

static void find_of(look *k, slk_quantity *q) {
    const slk_reading *r = k->r;
    uint32_t sentence = slk_sentence_at(r, q->span.start);
    const slk_sentence *in = &r->sentences.at[sentence];
    uint32_t stop = in->first_token + in->n_tokens, token = slk_token_at(r, q->span.end);
    if (token >= stop) {
        if (q->unit) take_before(k, q, slk_token_at(r, q->span.start), in->first_token);
        return;
    }
    bool glued = r->tokens.at[token].span.start < q->span.end; /* "two-stage" as one token */
    bool hyphen = slk_text_is(word(r, token), "-") && r->tokens.at[token].span.start == q->span.end;
    uint32_t behind = over_of(k, token + (glued || hyphen), stop);
    if (!q->unit) {
        take_phrase(k, q, behind, stop);
        return;
    }
    slk_text t = slk_reading_text(r, q->span);
    bool tied = hyphen || memchr(t.at, '-', t.n) != NULL || (t.n && !memchr(t.at, ' ', t.n));
    if (behind > token + (glued || hyphen))
        take_phrase(k, q, behind, stop);
    else
        take_before(k, q, slk_token_at(r, q->span.start), in->first_token);
    if (slk_span_empty(q->of) && tied) take_phrase(k, q, behind, stop);
    if (slk_span_empty(q->of) && slk_text_is_fold(word(r, token), "in")) take_phrase(k, q, token + 1, stop);
}

/* ------------------------------------------------------------------ what is restated */

/* "400 km (249 miles)", "1,000 km, or about 621 miles" */
static bool is_gloss(const slk_reading *r, const slk_quantity *a, const slk_quantity *b) {
    if (!a->unit || !b->unit || strcmp(a->dimension, b->dimension) != 0 || strcmp(a->unit, b->unit) == 0) return false;
    if (b->span.start - a->span.end > 24) return false;
    slk_text between = slk_text_trim(slk_reading_text(r, (slk_span){a->span.end, b->span.start}));
    if (between.n == 0) return false;
    char last = between.at[between.n - 1];
    bool joined = last == '(' || last == '[' || last == '/' || slk_text_is(between, "or") ||
                  slk_text_is(between, ", or") || slk_text_is(between, "- or");
    /* in brackets a figure is a conversion even where it is wrong by a power of ten */
    if (joined && strcmp(a->dimension, "money") == 0) return last == '(' || last == '['; /* another currency */
    double most = last == '(' || last == '[' || slk_text_is(between, ", or") ? 25 : 4;
    return joined && a->si > 0 && b->si < a->si * most && b->si > a->si / most;
}

/* "95 kph (59 mph; 51 knots)": a second conversion in the bracket. */
static bool goes_on(const slk_reading *r, const slk_quantity *a, const slk_quantity *b) {
    if (a->gloss_of == SLK_NONE || !b->unit || strcmp(a->dimension, b->dimension) != 0) return false;
    if (strcmp(a->unit, b->unit) == 0 || b->span.start - a->span.end > 4) return false;
    slk_text between = slk_text_trim(slk_reading_text(r, (slk_span){a->span.end, b->span.start}));
    return slk_text_is(between, ";") || slk_text_is(between, "/") || slk_text_is(between, ",") ||
           slk_text_is(between, "or");
}

slk_err slk_counted_find(const slk_pack *pack, slk_scan_memo *memo, slk_reading *r) {
    look k = {.r = r, .pack = pack, .memo = memo};
    for (uint32_t i = 0; i < r->quantities.n; i++) {
        slk_quantity *q = &r->quantities.at[i];
        find_of(&k, q);
        if (i > 0 && is_gloss(r, q - 1, q)) q->gloss_of = i - 1;
        if (i > 0 && q->gloss_of == SLK_NONE && goes_on(r, q - 1, q)) q->gloss_of = (q - 1)->gloss_of;
    }
    return SLK_OK;
}
