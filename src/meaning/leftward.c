/* leftward.c - speech before its voice: "X, he said", also across sentences of one quote, and what of it goes on behind the voice.
 * The mark between them tells: a comma, or the end of a quote. */
#include "base/text.h"
#include "meaning/saying.h"

static const char *const openers[] = {"that", "whether", "how", "what", "why"}; /* not "said when asked" */

/* "SEOUL, South Korea (AP) - ": a dateline is nobody's word. */
static uint32_t over_dateline(const slk_hearing *h, uint32_t first, uint32_t last) {
    if (slk_upos_of_token(h, first) != SLK_UPOS_PROPN || !h->paragraph[first]) return first;
    for (uint32_t t = first; t < last && t < first + 14; t++) {
        uint8_t upos = slk_upos_of_token(h, t);
        if (slk_is_dash(h, t) || slk_says(h, t, "-")) return t + 1;
        if (upos != SLK_UPOS_PROPN && upos != SLK_UPOS_PUNCT && upos != SLK_UPOS_NUM && upos != SLK_UPOS_NOUN)
            return first;
    }
    return first;
}

/* The first token of the speech that ends right before a token: of its sentence, or of the quote that reaches across sentences. */
static uint32_t left_start(const slk_hearing *h, uint32_t end) {
    uint32_t first = over_dateline(h, slk_sentence_first(h, end - 1), end), q = h->quote_of[end - 1];
    if (q == SLK_NONE || h->quotes.at[q].open >= first) return first;
    uint32_t open = h->quotes.at[q].open, sentence = slk_sentence_first(h, open);
    for (uint32_t t = sentence; t < open; t++) /* another voice introduced the quote: "He said: ..." */
        if (slk_cue_verb(h, t) != SLK_NONE) return open;
    return sentence;
}

/* A sentence was cut behind the quote although the speech goes on to its voice: "..., " or "...?" he asked. */
static bool carries_over(const slk_hearing *h, uint32_t end) {
    if (end < 2 || end >= h->r->tokens.n || h->paragraph[end]) return false;
    return slk_is_comma(h, end - 2) || slk_says(h, end - 2, "?") || slk_says(h, end - 2, "!");
}

/* Speech before the source or the inverted verb. The mark between them tells: a comma, or the end of a quote. */
bool slk_left_speech(const slk_hearing *h, uint32_t end, uint32_t *first, uint32_t *last) {
    uint32_t start = slk_sentence_first(h, end);
    if (end == 0) return false;
    bool quote = slk_is_quote(h, end - 1) && !slk_opens_quote(h, end - 1) && h->quote_of[end - 1] != SLK_NONE;
    bool comma = slk_is_comma(h, end - 1) || slk_is_dash(h, end - 1);
    if (!quote && !comma) return false;
    if (comma && end >= 2 && slk_is_quote(h, end - 2) && !slk_opens_quote(h, end - 2)) quote = true, end--;
    if (end <= start && !(quote && carries_over(h, end))) return false;
    *last = quote ? end : end - 1;
    *first = left_start(h, *last);
    if (quote && *first < *last && slk_sentence_first(h, *last - 1) == *first) {
        uint32_t q = h->quote_of[*last - 1], open = q != SLK_NONE ? h->quotes.at[q].open : *first;
        for (uint32_t t = *first; t < open; t++) /* "He called it a lie, adding: "...", she said" */
            if (slk_cue_verb(h, t) != SLK_NONE && slk_says(h, open - 1, ":")) *first = open;
    }
    return *last > *first;
}

/* Behind "X, he said": ", Y" or "\". \"Y" goes on. */
static void goes_on_behind(const slk_hearing *h, slk_saying *s, uint32_t t, bool quoted) {
    static const char *const others[] = {"which",    "who",    "while",  "as",        "after",   "when", "but", "and",
                                         "although", "though", "citing", "according", "without", "in",   "on",  "at"};
    uint32_t last = slk_sentence_last(h, s->head);
    for (uint32_t k = t; quoted && k + 1 < last && k < t + 16; k++) { /* "..., he said of the treaty, \"...\"" */
        if (slk_is_comma(h, k) && slk_opens_quote(h, k + 1)) t = k;
        if (slk_is_quote(h, k) || slk_is_finite(h, k)) break;
    }
    if (t < last && slk_is_comma(h, t) && slk_opens_quote(h, t + 1)) {
        slk_content_trimmed(h, s, t + 1, slk_right_end(h, t + 1, s));
    } else if (t < last && slk_is_comma(h, t) && !quoted && t + 2 < last && !SLK_SAYS(h, t + 1, others) &&
               slk_upos_of_token(h, t + 1) != SLK_UPOS_VERB) {
        slk_content_trimmed(h, s, t + 1, slk_right_end(h, t + 1, s));
    }
}

bool slk_content_left(const slk_hearing *h, slk_saying *s) {
    uint32_t before =
        s->source.first < s->source.last && !s->behind && s->source.first < s->first ? s->source.first : s->first;
    uint32_t first, last;
    if (!slk_left_speech(h, before, &first, &last)) return false;
    bool quoted = slk_is_quote(h, last - 1), bare = !quoted && last - first < 40;
    for (uint32_t t = first; t < last; t++) bare = bare && !slk_is_finite(h, t);
    uint32_t behind = s->behind ? s->source.last : s->last;
    bool parted = bare && slk_is_comma(h, behind) && slk_is_finite(h, behind + 1); /* "The rocket, he said, fell" */
    if (!bare || parted) slk_content_trimmed(h, s, first, last);
    if (parted)
        slk_content_trimmed(h, s, behind + 1, slk_right_end(h, behind + 1, s));
    else
        goes_on_behind(h, s, behind, quoted);
    bool phrase = slk_upos_of_token(h, first) == SLK_UPOS_ADP; /* "After 1949, she continued" says nothing */
    if (bare && !phrase && s->n_content == 0) slk_content_trimmed(h, s, first, last); /* "No comment, he said" */
    return s->n_content > 0;
}

/* Is what stands before the source speech, and nothing to the right? */
bool slk_left_is_better(const slk_hearing *h, slk_saying *s) {
    uint32_t before = s->source.first < s->source.last && s->source.first < s->first ? s->source.first : s->first;
    uint32_t last = slk_sentence_last(h, s->head), first, end;
    if (!slk_cue_takes(h, s->row, 'q') || s->participle || s->infinitive || s->relative) return false;
    if (!slk_left_speech(h, before, &first, &end)) return false;
    uint32_t t = slk_over_circumstances(h, s->last, last, s);
    if (slk_is_quote(h, end - 1) && end - 1 > first)
        return !(t < last && (SLK_SAYS(h, t, openers) || slk_opens_quote(h, t) || slk_says(h, t, ":")));
    slk_saying probe = *s;
    return slk_right_start(h, &probe) == SLK_NONE;
}
