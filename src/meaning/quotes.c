/* quotes.c - what stands between quotation marks, and the small steps over tokens that the finders of attributions share.
 *
 * Curly marks say themselves whether they open; straight ones by the white space around them, else in turn. A mark that opens
 * while a quote is open closes nothing: it begins a paragraph of the same speech or a quote within the quote. A quote that its
 * paragraph does not close ends with the paragraph: the next one may go on with it. One pass. */
#include <string.h>

#include "base/text.h"
#include "meaning/saying.h"

bool slk_says(const slk_hearing *h, uint32_t token, const char *word) {
    return token < h->r->tokens.n && slk_text_is_fold(slk_token_text(h->r, token), word);
}

bool slk_says_one(const slk_hearing *h, uint32_t token, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (slk_says(h, token, words[i])) return true;
    return false;
}

bool slk_is_comma(const slk_hearing *h, uint32_t token) { return slk_says(h, token, ","); }

bool slk_is_stop(const slk_hearing *h, uint32_t token) {
    static const char *const marks[] = {".", "?", "!", "...", "\xE2\x80\xA6", "?!"};
    return SLK_SAYS(h, token, marks);
}

bool slk_is_dash(const slk_hearing *h, uint32_t token) {
    static const char *const marks[] = {"\xE2\x80\x94", "--", "\xE2\x80\x93", "---"};
    if (SLK_SAYS(h, token, marks)) return true;
    if (!slk_says(h, token, "-")) return false; /* "word - word", no "self-made" */
    return token > 0 && h->r->tokens.at[token - 1].space_after && h->r->tokens.at[token].space_after;
}

bool slk_ends_ing(const slk_hearing *h, uint32_t token) {
    slk_text t = token < h->r->tokens.n ? slk_token_text(h->r, token) : (slk_text){"", 0};
    return t.n > 4 && slk_text_ends_fold(t, "ing");
}

bool slk_is_finite(const slk_hearing *h, uint32_t token) {
    uint8_t upos = slk_upos_of_token(h, token);
    if (upos != SLK_UPOS_VERB && upos != SLK_UPOS_AUX) return false;
    if (slk_ends_ing(h, token) || slk_says(h, token, "be") || slk_says(h, token, "been")) return false;
    return token == 0 || !slk_says(h, token - 1, "to");
}

bool slk_is_name(const slk_hearing *h, uint32_t token) {
    uint8_t upos = slk_upos_of_token(h, token);
    return upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_NUM || upos == SLK_UPOS_PRON;
}

/* Rows of the calendar that say a time: days, months, seasons by themselves; "this", "last", "every" only where the noun does ("these
 * officials" are no time); "some" and "about" never. */
bool slk_names_time(const slk_hearing *h, uint32_t row, uint32_t noun) {
    static const char *const kinds[] = {"weekday", "weekday-short", "weekdays", "month",
                                        "deictic", "season",        "daypart",  "holiday"};
    static const char *const pointing[] = {"shift", "every", "set"};
    slk_text kind = slk_pack_cell(h->pack, SLK_T_CALENDAR, row, SLK_CALENDAR_KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slk_text_is(kind, kinds[i])) return true;
    for (size_t i = 0; i < sizeof pointing / sizeof *pointing; i++)
        if (slk_text_is(kind, pointing[i])) return noun < h->r->nouns.n && h->r->nouns.at[noun].time;
    return false;
}

/* ---------------------------------------------------------------- marks */

typedef enum mark { MARK_NONE, MARK_OPENS, MARK_CLOSES, MARK_EITHER } mark;

static bool space_before(const slk_hearing *h, uint32_t token) {
    if (token == 0 || h->r->tokens.at[token - 1].span.end < h->r->tokens.at[token].span.start) return true;
    slk_text before = slk_token_text(h->r, token - 1);
    return before.n && (strchr("([-", before.at[before.n - 1]) != NULL || slk_is_dash(h, token - 1));
}

static bool space_behind(const slk_hearing *h, uint32_t token) {
    return token + 1 >= h->r->tokens.n || h->r->tokens.at[token].span.end < h->r->tokens.at[token + 1].span.start;
}

/* Two single marks in one: the tokenizer parted "''" behind a full stop. `first`: the first of the two. */
static bool half_of_double(const slk_hearing *h, uint32_t token, bool first) {
    uint32_t other = first ? token + 1 : token - 1;
    if ((!first && token == 0) || other >= h->r->tokens.n || !slk_says(h, token, "'") || !slk_says(h, other, "'"))
        return false;
    uint32_t a = first ? token : other, b = first ? other : token;
    return h->r->tokens.at[a].span.end == h->r->tokens.at[b].span.start;
}

static mark double_mark(const slk_hearing *h, uint32_t token) {
    slk_text t = slk_token_text(h->r, token);
    if (half_of_double(h, token, false) && !space_before(h, token - 1)) return MARK_CLOSES;
    if (half_of_double(h, token, true) && space_before(h, token)) return MARK_OPENS;
    if (slk_text_is(t, "\xE2\x80\x9C") || slk_text_is(t, "\xE2\x80\x9E") || slk_text_is(t, "``") ||
        slk_text_is(t, "\xC2\xAB"))
        return MARK_OPENS;
    if (slk_text_is(t, "\xE2\x80\x9D") || slk_text_is(t, "\xC2\xBB")) return MARK_CLOSES;
    bool straight = slk_text_is(t, "\"") || slk_text_is(t, "''");
    if (!straight) return MARK_NONE;
    bool before = space_before(h, token), behind = space_behind(h, token);
    return before == behind ? MARK_EITHER : before ? MARK_OPENS : MARK_CLOSES;
}

/* A single mark opens only after white space and before a letter; it closes at a word's end before white space or punctuation. */
static mark single_mark(const slk_hearing *h, uint32_t token) {
    slk_text t = slk_token_text(h->r, token);
    if (slk_text_is(t, "\xE2\x80\x98")) return MARK_OPENS;
    if (!slk_text_is(t, "'") && !slk_text_is(t, "\xE2\x80\x99")) return MARK_NONE;
    if (half_of_double(h, token, true) || half_of_double(h, token, false)) return MARK_NONE;
    bool before = space_before(h, token), behind = space_behind(h, token);
    if (before && !behind && slk_text_is(t, "'")) return MARK_OPENS;
    if (before) return MARK_NONE;
    bool marked = token > 0 && slk_upos_of_token(h, token - 1) == SLK_UPOS_PUNCT;
    return behind || marked || slk_upos_of_token(h, token + 1) == SLK_UPOS_PUNCT ? MARK_CLOSES : MARK_NONE;
}

static slk_err add_quote(slk_hearing *h, slk_quoted q) {
    slk_err err = SLK_ROOM(&h->r->arena, &h->quotes, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    uint32_t last = q.closed ? q.close + 1 : q.close;
    for (uint32_t t = q.open; t < last; t++) h->quote_of[t] = h->quotes.n;
    h->quotes.at[h->quotes.n++] = q;
    return SLK_OK;
}

/* Double marks of the whole text. */
static slk_err find_double(slk_hearing *h) {
    uint32_t open = SLK_NONE;
    slk_err err = SLK_OK;
    for (uint32_t t = 0; t < h->r->tokens.n && err == SLK_OK; t++) {
        if (open != SLK_NONE && h->paragraph[t]) {
            err = add_quote(h, (slk_quoted){open, t, false, false});
            open = SLK_NONE;
        }
        mark m = double_mark(h, t);
        if (m == MARK_EITHER) m = open == SLK_NONE ? MARK_OPENS : MARK_CLOSES;
        if (m == MARK_OPENS && open == SLK_NONE) {
            open = t;
        } else if (m == MARK_CLOSES && open != SLK_NONE && err == SLK_OK) {
            err = add_quote(h, (slk_quoted){open, t, true, false});
            open = SLK_NONE;
        }
    }
    if (open != SLK_NONE && err == SLK_OK) err = add_quote(h, (slk_quoted){open, h->r->tokens.n, false, false});
    return err;
}

/* Single marks, where no double ones stand around and the pair closes within its paragraph. */
static slk_err find_single(slk_hearing *h) {
    uint32_t open = SLK_NONE;
    slk_err err = SLK_OK;
    for (uint32_t t = 0; t < h->r->tokens.n && err == SLK_OK; t++) {
        if (h->paragraph[t] || h->quote_of[t] != SLK_NONE) open = SLK_NONE;
        if (h->quote_of[t] != SLK_NONE) continue;
        mark m = single_mark(h, t);
        if (m == MARK_OPENS && open == SLK_NONE) {
            open = t;
        } else if (m == MARK_CLOSES && open != SLK_NONE) {
            if (t > open + 1) err = add_quote(h, (slk_quoted){open, t, true, true});
            open = SLK_NONE;
        }
    }
    return err;
}

static int by_open(const slk_quoted *a, const slk_quoted *b) { return a->open < b->open ? -1 : a->open > b->open; }

/* Merges the single quotes (behind the first n) into text order and numbers the tokens again. */
static slk_err order_quotes(slk_hearing *h, uint32_t n) {
    if (n == h->quotes.n) return SLK_OK;
    uint32_t all = h->quotes.n, a = 0, b = n;
    slk_quoted *sorted = slk_arena_take(&h->r->arena, all * sizeof *sorted);
    if (!sorted) return SLK_ENOMEM;
    for (uint32_t i = 0; i < all; i++) {
        bool left = b == all || (a < n && by_open(&h->quotes.at[a], &h->quotes.at[b]) < 0);
        sorted[i] = h->quotes.at[left ? a++ : b++];
        uint32_t last = sorted[i].closed ? sorted[i].close + 1 : sorted[i].close;
        for (uint32_t t = sorted[i].open; t < last; t++) h->quote_of[t] = i;
    }
    h->quotes.at = sorted;
    h->quotes.cap = all;
    return SLK_OK;
}

bool slk_is_quote(const slk_hearing *h, uint32_t token) {
    if (token >= h->r->tokens.n) return false;
    uint32_t q = h->quote_of[token];
    if (q != SLK_NONE && (h->quotes.at[q].open == token || (h->quotes.at[q].closed && h->quotes.at[q].close == token)))
        return true;
    return double_mark(h, token) != MARK_NONE;
}

/* ---------------------------------------------------------------- lists per token */

/* A paragraph begins behind a line break that ends a sentence, or behind an empty line. */
static bool new_paragraph(const slk_hearing *h, uint32_t token) {
    if (token == 0) return true;
    slk_span gap = {h->r->tokens.at[token - 1].span.end, h->r->tokens.at[token].span.start};
    if (gap.start >= gap.end) return false;
    slk_text t = slk_reading_text(h->r, gap);
    const char *first = memchr(t.at, '\n', t.n);
    if (!first) return false;
    size_t rest = t.n - (size_t)(first + 1 - t.at);
    return h->r->tokens.at[token].sentence != h->r->tokens.at[token - 1].sentence || memchr(first + 1, '\n', rest);
}

static void mark_tokens(slk_hearing *h) {
    const slk_reading *r = h->r;
    for (uint32_t t = 0; t < r->tokens.n; t++) {
        h->quote_of[t] = h->noun_of[t] = h->pred_of[t] = SLK_NONE;
        h->paragraph[t] = new_paragraph(h, t);
    }
    for (uint32_t i = 0; i < r->nouns.n; i++)
        for (uint32_t t = r->nouns.at[i].t.first; t < r->nouns.at[i].t.last; t++) h->noun_of[t] = i;
    for (uint32_t i = 0; i < r->preds.n; i++)
        for (uint32_t t = r->preds.at[i].verb.first; t < r->preds.at[i].verb.last; t++) h->pred_of[t] = i;
}

slk_err slk_hearing_start(slk_hearing *h) {
    size_t n = (size_t)h->r->tokens.n + 1;
    slk_arena *a = &h->r->arena;
    h->quote_of = slk_arena_take(a, n * sizeof *h->quote_of);
    h->noun_of = slk_arena_take(a, n * sizeof *h->noun_of);
    h->pred_of = slk_arena_take(a, n * sizeof *h->pred_of);
    h->paragraph = slk_arena_take(a, n * sizeof *h->paragraph);
    h->weak = slk_arena_take(a, n * sizeof *h->weak);
    if (!h->weak || !h->quote_of || !h->noun_of || !h->pred_of || !h->paragraph) return SLK_ENOMEM;
    mark_tokens(h);
    slk_err err = find_double(h);
    uint32_t n_double = h->quotes.n;
    if (err == SLK_OK) err = find_single(h);
    return err == SLK_OK ? order_quotes(h, n_double) : err;
}
