/* headlines.c - voices told by a mark alone: "Ban: launch is a mistake", "North Korea fires missile: Seoul", a quote signed with a
 * dash and a name. Only at the beginning of a paragraph, where headlines, transcripts and signed quotes stand. */
#include "base/text.h"
#include "meaning/meaning.h"
#include "meaning/saying.h"

#define DATELINE_MOST 16u /* tokens of a dateline up to its dash */
#define NAME_MOST 8u      /* tokens of a name before or behind the mark */
#define LABEL_MOST 4u     /* tokens of a label in a transcript */
#define LABEL_NEAR 400u   /* tokens within which another label stands */

/* A name and nothing else: names, and words within names; no verb. */
static bool only_name(const slk_hearing *h, uint32_t first, uint32_t last) {
    bool name = false;
    if (first >= last || last - first > NAME_MOST) return false;
    for (uint32_t t = first; t < last; t++) {
        uint8_t upos = slk_upos_of_token(h, t);
        name = name || upos == SLK_UPOS_PROPN;
        bool fine = upos == SLK_UPOS_PROPN || upos == SLK_UPOS_NOUN || upos == SLK_UPOS_ADJ || slk_says(h, t, "'s") ||
                    slk_says(h, t, "of") || slk_says(h, t, "the") || slk_says(h, t, "\xE2\x80\x99s");
        if (!fine) return false;
    }
    return name;
}

static bool known(const slk_hearing *h, uint32_t first, uint32_t last) {
    return slk_actor_of(h->r, slk_tokens_span(h->r, (slk_tokens){first, last, first})) != SLK_NONE;
}

static bool holds_verb(const slk_hearing *h, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last && t < first + SLK_REACH; t++)
        if (slk_upos_of_token(h, t) == SLK_UPOS_VERB || slk_upos_of_token(h, t) == SLK_UPOS_AUX) return true;
    return false;
}

static void set(slk_saying *s, uint32_t mark, uint32_t first, uint32_t last) {
    s->first = s->head = mark;
    s->last = mark + 1;
    s->source = s->speaker = (slk_tokens){first, last, first};
}

/* "Ban: launch is a mistake", "North Korea fires missile: Seoul military". */
static bool colon(const slk_hearing *h, uint32_t t, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, t), last = slk_sentence_last(h, t);
    if (!h->paragraph[start] || h->quote_of[t] != SLK_NONE) return false;
    uint32_t end = last;
    while (end > t + 1 && slk_is_stop(h, end - 1) && end - t < 200) end--;
    if (only_name(h, start, t) && known(h, start, t) && holds_verb(h, t + 1, end)) {
        set(s, t, start, t);
        slk_content_add(s, t + 1, end);
        return true;
    }
    bool closing = last == h->r->tokens.n || h->paragraph[last];
    if (closing && only_name(h, t + 1, end) && known(h, t + 1, end) && holds_verb(h, start, t)) {
        set(s, t, t + 1, end);
        slk_content_add(s, start, t);
        return true;
    }
    return false;
}

/* "WALLACE:" at the beginning of a paragraph, whatever mark stands before it: the first token of the name, or SLK_NONE. */
static uint32_t label_at(const slk_hearing *h, uint32_t colon) {
    uint32_t first = colon, tokens = 0;
    while (first > 0 && tokens < LABEL_MOST && !h->paragraph[first]) {
        slk_text x = slk_token_text(h->r, first - 1);
        bool capitals = x.n >= 2 || (x.n == 1 && tokens > 0);
        for (size_t i = 0; i < x.n; i++)
            capitals = capitals && ((x.at[i] >= 'A' && x.at[i] <= 'Z') || x.at[i] == '.' || x.at[i] == '-');
        if (!capitals) break;
        first--, tokens++;
    }
    bool opens = first < colon && (h->paragraph[first] || (slk_is_quote(h, first - 1) && h->paragraph[first - 1]));
    return opens ? first : SLK_NONE;
}

/* A transcript has several such labels near each other; "NOTE:" stands alone. */
static bool transcript(const slk_hearing *h, uint32_t t) {
    uint32_t from = t > LABEL_NEAR ? t - LABEL_NEAR : 0;
    for (uint32_t k = t; k-- > from;)
        if (slk_says(h, k, ":") && label_at(h, k) != SLK_NONE) return true;
    for (uint32_t k = t + 1; k < h->r->tokens.n && k < t + LABEL_NEAR; k++)
        if (slk_says(h, k, ":") && label_at(h, k) != SLK_NONE) return true;
    return false;
}

/* "WALLACE: Let's start.": in a transcript the rest of the paragraph is said by whom the label names. */
static bool label(const slk_hearing *h, uint32_t t, slk_saying *s) {
    static const char *const notes[] = {"note", "notes",  "update",     "updated", "correction", "source", "sources",
                                        "more", "photo",  "photos",     "related", "watch",      "read",   "credit",
                                        "by",   "editor", "references", "contact", "background", "embargo"};
    uint32_t first = label_at(h, t), last = t + 1;
    if (first == SLK_NONE || SLK_SAYS(h, first, notes) || !transcript(h, t)) return false;
    while (last < h->r->tokens.n && !h->paragraph[last] && last - t < 4 * SLK_REACH) last++;
    set(s, t, first, t);
    slk_content_add(s, t + 1, last);
    return last > t + 1;
}

/* A whole quote and, behind a dash, who said it. */
static bool signature(const slk_hearing *h, uint32_t t, slk_saying *s) {
    uint32_t q = t > 0 ? h->quote_of[t - 1] : SLK_NONE;
    if (q == SLK_NONE || !h->quotes.at[q].closed || h->quotes.at[q].close != t - 1 ||
        !h->paragraph[h->quotes.at[q].open])
        return false;
    uint32_t end = t + 1;
    while (end < h->r->tokens.n && !h->paragraph[end] && end - t < NAME_MOST + 2 && !slk_is_stop(h, end)) end++;
    if (!only_name(h, t + 1, end)) return false;
    set(s, t, t + 1, end);
    slk_content_add(s, h->quotes.at[q].open, t);
    return true;
}

/* "Pyongyang, May 4 (KCNA) -- ...": behind the dateline of an organ of the state the whole paragraph is its word. */
static bool organ(const slk_hearing *h, uint32_t t, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, t), open = t;
    if (t < 3 || !h->paragraph[start] || t - start > DATELINE_MOST || !slk_says(h, t - 1, ")")) return false;
    while (open > start && !slk_says(h, open, "(")) open--;
    if (!slk_says(h, open, "(") || open + 2 > t - 1) return false;
    slk_span words = slk_tokens_span(h->r, (slk_tokens){open + 1, t - 1, open + 1});
    uint32_t last = t + 1;
    while (last < h->r->tokens.n && !h->paragraph[last] && last - t < 4 * SLK_REACH) last++;
    if (!slk_speaks_for_state(h->r, slk_actor_of(h->r, words)) || last <= t + 1) return false;
    set(s, t, open + 1, t - 1);
    slk_content_trimmed(h, s, t + 1, last);
    return s->n_content > 0;
}

bool slk_mark_cue_at(const slk_hearing *h, uint32_t token, slk_saying *s) {
    bool dash = slk_is_dash(h, token) || slk_says(h, token, "\xE2\x80\x95");
    if (!dash && !slk_says(h, token, ":")) return false;
    *s = (slk_saying){.kind = SLK_CUE_PHRASE};
    s->row = slk_pack_find(h->pack, SLK_T_REPORTING, slk_text_of("according to"));
    if (s->row == SLK_NONE) return false;
    return dash ? organ(h, token, s) || signature(h, token, s) : label(h, token, s) || colon(h, token, s);
}
