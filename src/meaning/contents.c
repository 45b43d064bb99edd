/* contents.c - what is said. To the right of the cue a clause, an infinitive, a noun phrase or a quote, up to the end of the
 * sentence or to where another voice begins; to the left, speech before "he said", which may go on behind it. Of passives and
 * raising verbs ("is believed to have flown") the subject belongs to the content. Extents follow PolNeAR: no mark at the end
 * but a closing quotation mark, "that" included. */
#include "base/text.h"
#include "meaning/saying.h"

static const char *const openers[] = {"that", "whether", "if", "how", "what", "why", "where", "when", "who", "which"};

void slk_content_add(slk_saying *s, uint32_t first, uint32_t last) {
    if (first >= last || s->n_content == SLK_CONTENT_MOST) return;
    s->content[s->n_content++] = (slk_tokens){first, last, first};
}

static bool opens_bracket(const slk_hearing *h, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last && t < first + SLK_REACH; t++)
        if (slk_says(h, t, "(")) return true;
    return false;
}

/* first .. last - 1 without marks at the ends; quotation marks stay with what they hold. */
static void add_trimmed(const slk_hearing *h, slk_saying *s, uint32_t first, uint32_t last) {
    static const char *const soft[] = {",", ";", ":", ".", "-"};
    while (first < last && (SLK_SAYS(h, first, soft) || slk_is_dash(h, first))) first++;
    while (first < last && !slk_is_quote(h, last - 1) && (SLK_SAYS(h, last - 1, soft) || slk_is_dash(h, last - 1)))
        last--;
    if (last > first + 1 && slk_is_quote(h, last - 1) && h->quote_of[last - 1] != h->quote_of[last - 2]) last--;
    if (last > first + 1 && slk_says(h, last - 1, ")") && !opens_bracket(h, first, last))
        last -= slk_is_stop(h, last - 2) ? 2 : 1;
    slk_content_add(s, first, last);
}

static bool opens_quote(const slk_hearing *h, uint32_t token) {
    uint32_t q = token < h->r->tokens.n ? h->quote_of[token] : SLK_NONE;
    return q != SLK_NONE && h->quotes.at[q].open == token;
}

static uint32_t quote_end(const slk_hearing *h, uint32_t token) {
    const slk_quoted *q = &h->quotes.at[h->quote_of[token]];
    return q->closed ? q->close + 1 : q->close;
}

/* ---------------------------------------------------------------- where another voice begins */

/* ", the ministry said", ", he added": a noun phrase, a verb of speech, and then a stop or a mark. */
static bool trailing_speech(const slk_hearing *h, uint32_t token, uint32_t last) {
    uint32_t t = token;
    bool verb_first = slk_cue_verb(h, t) != SLK_NONE && !slk_ends_ing(h, t);
    if (!verb_first) {
        if (h->noun_of[t] == SLK_NONE) return false;
        t = slk_source_end(h, t);
        while (t < last && (slk_upos_of_token(h, t) == SLK_UPOS_ADV || slk_upos_of_token(h, t) == SLK_UPOS_AUX)) t++;
    }
    uint32_t row = t < last ? slk_cue_verb(h, t) : SLK_NONE;
    if (row == SLK_NONE || !slk_cue_takes(h, row, 'q')) return false;
    if (verb_first) return slk_source_end(h, t + 1) > t + 1 && !slk_ends_ing(h, t);
    t++;
    return t >= last || slk_is_stop(h, t) || slk_is_comma(h, t) || slk_upos_of_token(h, t) == SLK_UPOS_ADP ||
           slk_upos_of_token(h, t) == SLK_UPOS_SCONJ || slk_is_quote(h, t);
}

/* Does a clause with its own verb of saying begin at a token ("and the ministry said that")? */
static bool other_voice(const slk_hearing *h, uint32_t token, uint32_t last) {
    uint32_t t = token;
    while (t < last && slk_upos_of_token(h, t) == SLK_UPOS_ADV) t++;
    if (t < last && h->noun_of[t] != SLK_NONE) t = slk_source_end(h, t);
    while (t < last && (slk_upos_of_token(h, t) == SLK_UPOS_ADV || slk_upos_of_token(h, t) == SLK_UPOS_AUX)) t++;
    uint32_t row = t < last ? slk_cue_verb(h, t) : SLK_NONE;
    return row != SLK_NONE && t > token && slk_cue_takes(h, row, 'q');
}

/* "and urged", "but did not say": a verb of saying that goes on with the form of the cue. */
static bool same_subject(const slk_hearing *h, uint32_t token, uint32_t last, const slk_saying *s) {
    uint32_t t = token;
    bool aux = false;
    while (t < last && (slk_upos_of_token(h, t) == SLK_UPOS_ADV || slk_upos_of_token(h, t) == SLK_UPOS_AUX ||
                        slk_upos_of_token(h, t) == SLK_UPOS_PART)) {
        aux = aux || slk_upos_of_token(h, t) == SLK_UPOS_AUX;
        t++;
    }
    if (t >= last || slk_upos_of_token(h, t) != SLK_UPOS_VERB || slk_cue_verb(h, t) == SLK_NONE) return false;
    if (s->infinitive || aux) return false;
    return slk_ends_ing(h, t) == slk_ends_ing(h, s->head) && !slk_says(h, t - 1, "to");
}

static bool voice_behind_comma(const slk_hearing *h, uint32_t t, uint32_t last, const slk_saying *s) {
    static const char *const breaking[] = {"but", "while", "though", "although", "whereas"};
    if (t >= last) return true;
    if (slk_ends_ing(h, t) && slk_cue_verb(h, t) != SLK_NONE) return true;
    if (slk_says(h, t, "according") || slk_says(h, t, "citing")) return true;
    if (SLK_SAYS(h, t, breaking) || slk_says(h, t, "which")) return true;
    if (slk_says(h, t, "and") && (other_voice(h, t + 1, last) || same_subject(h, t + 1, last, s))) return true;
    return trailing_speech(h, t, last);
}

/* "The drill, described by Tokyo as dangerous, ended": a passive without "be" behind a comma ends at the next one. */
static bool between_commas(const slk_hearing *h, const slk_saying *s) {
    if (!s->passive || s->first != s->head) return false;
    return s->first == slk_sentence_first(h, s->first) ||
           slk_is_comma(h, s->first - 1); /* "Asked whether it fell, he said" */
}

/* Where content that begins at a token ends. */
static uint32_t right_end(const slk_hearing *h, uint32_t start, const slk_saying *s) {
    uint32_t last = slk_sentence_last(h, start), limit = start + SLK_REACH < last ? start + SLK_REACH : last;
    uint32_t around = h->quote_of[s->head]; /* a cue inside a quote does not speak beyond it */
    if (around != SLK_NONE) {
        uint32_t end = h->quotes.at[around].close;
        if (end < last) last = end;
        if (limit > last) limit = last;
    }
    bool loose = (s->relative && s->first > 1 && slk_is_comma(h, s->first - 2)) || between_commas(h, s);
    for (uint32_t t = start; t < limit; t++) {
        if (opens_quote(h, t) && h->quote_of[t] != around) {
            uint32_t end = quote_end(h, t), before = end > 1 && slk_is_quote(h, end - 1) ? end - 2 : end - 1;
            if (end >= last || slk_is_stop(h, before)) return end;
            if (slk_is_comma(h, before) && voice_behind_comma(h, end, last, s)) return end;
            t = end - 1;
            continue;
        }
        if (t > start && slk_says(h, t, ";")) return t;
        if (t > start && slk_is_dash(h, t)) return t;
        if (t > start && slk_is_comma(h, t) && (loose || voice_behind_comma(h, t + 1, last, s))) return t;
        if (t > start && (slk_says(h, t, "and") || slk_says(h, t, "but")) && same_subject(h, t + 1, last, s)) return t;
        if (t > start && slk_says(h, t, "according") && slk_says(h, t + 1, "to")) return t;
    }
    return last;
}

/* ---------------------------------------------------------------- to the right */

static bool is_time(const slk_hearing *h, uint32_t token) {
    slk_hit hit;
    return token < h->r->tokens.n && h->noun_of[token] != SLK_NONE &&
           slk_pack_match_in(h->pack, h->r->report.text, h->r->tokens.at[token].span.start, SLK_T_CALENDAR, &hit) &&
           slk_names_time(h, hit.row);
}

static bool infinitive_at(const slk_hearing *h, uint32_t t) {
    if (slk_says(h, t, "not")) t++;
    uint8_t next = slk_upos_of_token(h, t + 1);
    return slk_says(h, t, "to") && slk_upos_of_token(h, t) != SLK_UPOS_ADP && next != SLK_UPOS_PUNCT &&
           next != SLK_UPOS_DET;
}

/* A clause without "that": a noun phrase and then a finite verb. */
static bool clause_at(const slk_hearing *h, uint32_t t, uint32_t last) {
    uint32_t limit = t + 40 < last ? t + 40 : last;
    if (t >= last || (h->noun_of[t] == SLK_NONE && !slk_is_name(h, t) && !slk_says(h, t, "there"))) return false;
    static const char *const subjects[] = {"he", "she", "they", "we", "i"};
    if (SLK_SAYS(h, t, subjects)) return true;
    for (; t < limit; t++) {
        if (slk_is_finite(h, t)) return true;
        if (slk_is_stop(h, t) || slk_is_quote(h, t) || slk_says(h, t, ";")) return false;
    }
    return false;
}

/* Whether content certainly begins at a token: "that", an opening quote, a colon. */
static bool sure_opening(const slk_hearing *h, uint32_t t, uint32_t last) {
    if (t >= last) return false;
    if (SLK_SAYS(h, t, openers) || opens_quote(h, t) || slk_says(h, t, ":")) return true;
    return slk_is_comma(h, t) && (opens_quote(h, t + 1) || slk_says(h, t + 1, "that"));
}

/* "proposed jointly owned drones": the adverb belongs to what follows. */
static bool before_modifier(const slk_hearing *h, uint32_t t) {
    uint8_t upos = slk_upos_of_token(h, t);
    return upos == SLK_UPOS_VERB || upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NUM;
}

/* Over "on Monday", "in a statement", "reporters": to where what is said begins. */
static uint32_t over_circumstances(const slk_hearing *h, uint32_t t, uint32_t last, const slk_saying *s) {
    bool addressee = slk_cue_takes(h, s->row, 'a');
    for (unsigned hop = 0; hop < 6 && t < last; hop++) {
        if (sure_opening(h, t, last)) return t;
        uint8_t upos = slk_upos_of_token(h, t);
        if (is_time(h, t)) {
            t = h->r->nouns.at[h->noun_of[t]].t.last;
        } else if (upos == SLK_UPOS_ADP) {
            uint32_t end = slk_source_end(h, t + 1);
            if (end <= t + 1) return t;
            bool fits = sure_opening(h, end, last) || slk_is_stop(h, end) || end >= last || is_time(h, t + 1) ||
                        (!slk_cue_takes(h, s->row, 'n') && clause_at(h, end, last)) ||
                        slk_upos_of_token(h, end) == SLK_UPOS_ADP;
            if (!fits) return t;
            t = end;
        } else if (addressee && h->noun_of[t] != SLK_NONE) {
            uint32_t end = h->r->nouns.at[h->noun_of[t]].t.last, whole = slk_source_end(h, t);
            bool clause = !sure_opening(h, whole, last) && !infinitive_at(h, whole) && slk_is_finite(h, whole);
            if (clause) return t; /* "told us it was": no; "warned sanctions would follow" */
            t = sure_opening(h, whole, last) || infinitive_at(h, whole) || whole > end ? whole : end;
            addressee = false;
        } else if (upos == SLK_UPOS_ADV && !infinitive_at(h, t) && !before_modifier(h, t + 1)) {
            t++;
        } else if (slk_is_comma(h, t) && t + 1 < last) {
            uint32_t close = t + 1;
            while (close < last && close < t + 12 && !slk_is_comma(h, close)) close++;
            if (close >= last || !slk_is_comma(h, close) || !sure_opening(h, close + 1, last)) return t;
            t = close + 1;
        } else {
            return t;
        }
    }
    return t;
}

/* The token that content to the right begins with; SLK_NONE. */
static uint32_t right_start(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head), t = s->last, row = s->row;
    if (slk_cue_takes(h, row, 'n') && !slk_cue_takes(h, row, 'a') && t < last &&
        (h->noun_of[t] != SLK_NONE || slk_upos_of_token(h, t) == SLK_UPOS_DET) && !is_time(h, t))
        return t;
    t = over_circumstances(h, t, last, s);
    if (t >= last || slk_is_stop(h, t)) {
        bool colon = t > s->last && slk_says(h, t - 1, ":");
        return colon && t < h->r->tokens.n && opens_quote(h, t) ? t : SLK_NONE;
    }
    if (slk_says(h, t, ":")) {
        if (t == s->last) s->last = t + 1;
        return t + 1 < h->r->tokens.n ? t + 1 : SLK_NONE;
    }
    if (slk_is_comma(h, t)) return opens_quote(h, t + 1) || slk_says(h, t + 1, "that") ? t + 1 : SLK_NONE;
    if (opens_quote(h, t)) return t;
    if (SLK_SAYS(h, t, openers))
        return slk_cue_takes(h, row, 'c') || slk_cue_takes(h, row, 't') || slk_cue_takes(h, row, 'n') ? t : SLK_NONE;
    if (infinitive_at(h, t)) return slk_cue_takes(h, row, 'i') ? t : SLK_NONE;
    if (slk_ends_ing(h, t) && slk_upos_of_token(h, t) == SLK_UPOS_VERB)
        return slk_cue_takes(h, row, 'g') || slk_cue_takes(h, row, 'n') ? t : SLK_NONE;
    if (slk_cue_takes(h, row, 'n') && slk_upos_of_token(h, t) != SLK_UPOS_ADP) return t;
    if (slk_cue_takes(h, row, 'c') && clause_at(h, t, last)) return t;
    if (slk_cue_takes(h, row, 'i') && h->noun_of[t] != SLK_NONE && infinitive_at(h, slk_source_end(h, t))) return t;
    return SLK_NONE;
}

static bool content_right(const slk_hearing *h, slk_saying *s) {
    uint32_t start = right_start(h, s);
    if (start == SLK_NONE) return false;
    add_trimmed(h, s, start, right_end(h, start, s));
    return s->n_content > 0;
}

/* ---------------------------------------------------------------- to the left */

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
static bool left_speech(const slk_hearing *h, uint32_t end, uint32_t *first, uint32_t *last) {
    uint32_t start = slk_sentence_first(h, end);
    if (end == 0) return false;
    bool quote = slk_is_quote(h, end - 1) && !opens_quote(h, end - 1) && h->quote_of[end - 1] != SLK_NONE;
    bool comma = slk_is_comma(h, end - 1) || slk_is_dash(h, end - 1);
    if (!quote && !comma) return false;
    if (comma && end >= 2 && slk_is_quote(h, end - 2) && !opens_quote(h, end - 2)) quote = true, end--;
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
        if (slk_is_comma(h, k) && opens_quote(h, k + 1)) t = k;
        if (slk_is_quote(h, k) || slk_is_finite(h, k)) break;
    }
    if (t < last && slk_is_comma(h, t) && opens_quote(h, t + 1)) {
        add_trimmed(h, s, t + 1, right_end(h, t + 1, s));
    } else if (t < last && slk_is_comma(h, t) && !quoted && t + 2 < last && !SLK_SAYS(h, t + 1, others) &&
               slk_upos_of_token(h, t + 1) != SLK_UPOS_VERB) {
        add_trimmed(h, s, t + 1, right_end(h, t + 1, s));
    }
}

static bool content_left(const slk_hearing *h, slk_saying *s) {
    uint32_t before =
        s->source.first < s->source.last && !s->behind && s->source.first < s->first ? s->source.first : s->first;
    uint32_t first, last;
    if (!left_speech(h, before, &first, &last)) return false;
    bool quoted = slk_is_quote(h, last - 1), bare = !quoted && last - first < 40;
    for (uint32_t t = first; t < last; t++) bare = bare && !slk_is_finite(h, t);
    uint32_t behind = s->behind ? s->source.last : s->last;
    bool parted = bare && slk_is_comma(h, behind) && slk_is_finite(h, behind + 1); /* "The rocket, he said, fell" */
    if (!bare || parted) add_trimmed(h, s, first, last);
    if (parted)
        add_trimmed(h, s, behind + 1, right_end(h, behind + 1, s));
    else
        goes_on_behind(h, s, behind, quoted);
    if (bare && s->n_content == 0) add_trimmed(h, s, first, last); /* "No comment, he said" */
    return s->n_content > 0;
}

/* Is what stands before the source speech, and nothing to the right? */
static bool left_is_better(const slk_hearing *h, slk_saying *s) {
    uint32_t before = s->source.first < s->source.last && s->source.first < s->first ? s->source.first : s->first;
    uint32_t last = slk_sentence_last(h, s->head), first, end;
    if (!slk_cue_takes(h, s->row, 'q') || s->participle || s->infinitive || s->relative) return false;
    if (!left_speech(h, before, &first, &end)) return false;
    uint32_t t = over_circumstances(h, s->last, last, s);
    if (slk_is_quote(h, end - 1) && end - 1 > first)
        return !(t < last && (SLK_SAYS(h, t, openers) || opens_quote(h, t) || slk_says(h, t, ":")));
    slk_saying probe = *s;
    return right_start(h, &probe) == SLK_NONE;
}

/* ---------------------------------------------------------------- passives, nouns, phrases */

static uint32_t noun_before(const slk_hearing *h, uint32_t token) {
    uint32_t start = slk_sentence_first(h, token);
    while (token > start && slk_upos_of_token(h, token - 1) == SLK_UPOS_ADV) token--;
    if (token <= start || h->noun_of[token - 1] == SLK_NONE) return SLK_NONE;
    uint32_t noun = h->noun_of[token - 1];
    return h->r->nouns.at[noun].t.last == token ? noun : SLK_NONE;
}

/* The subject of a passive or raising verb, read as if it were a source. */
static bool subject_of(const slk_hearing *h, const slk_saying *s, slk_tokens *out) {
    slk_saying as_active = *s;
    as_active.passive = false;
    as_active.behind = as_active.participle = as_active.infinitive = false;
    as_active.source = as_active.speaker = (slk_tokens){0, 0, 0};
    if (!slk_source_find(h, &as_active) || as_active.behind || as_active.source.first >= as_active.source.last)
        return false;
    *out = as_active.source;
    return out->last <= s->first;
}

/* The noun phrase before a comma that a participle describes. */
static bool described(const slk_hearing *h, const slk_saying *s, slk_tokens *out) {
    uint32_t noun =
        between_commas(h, s) && s->first > 1 && slk_is_comma(h, s->first - 1) ? noun_before(h, s->first - 1) : SLK_NONE;
    if (noun != SLK_NONE) *out = h->r->nouns.at[noun].t;
    return noun != SLK_NONE;
}

static bool passive_content(const slk_hearing *h, slk_saying *s) {
    slk_tokens subject;
    uint32_t last = slk_sentence_last(h, s->head), behind = s->last;
    if (s->source.first < s->source.last && s->source.first >= s->last) behind = s->source.last;
    bool addressee = slk_cue_takes(h, s->row, 'a');
    uint32_t t = behind;
    while (t < last && (slk_upos_of_token(h, t) == SLK_UPOS_ADV || is_time(h, t))) t++;
    bool clause = t < last && (SLK_SAYS(h, t, openers) || opens_quote(h, t) || slk_says(h, t, ":"));
    bool rest =
        t < last && (infinitive_at(h, t) || slk_says(h, t, "as") || slk_says(h, t, "for") || slk_says(h, t, "of"));
    bool it = s->first > 0 && slk_says(h, s->first - 1, "it");
    if (!it && !(addressee && (clause || rest)) && (described(h, s, &subject) || subject_of(h, s, &subject))) {
        if (clause) rest = true;
        add_trimmed(h, s, subject.first, subject.last);
        if (s->relative) s->relative = false;
    } else if (!clause && !rest) {
        return content_left(h, s);
    }
    if (slk_says(h, t, ":") && t == s->last) s->last = ++t;
    if (clause || rest) add_trimmed(h, s, t, right_end(h, t, s));
    return s->n_content > 0;
}

/* "appears to have failed": the subject is no source but part of what is thought. */
static bool raising_content(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head), t = s->last;
    slk_tokens subject = s->source;
    s->source = s->speaker = (slk_tokens){0, 0, 0};
    if (t >= last || !(infinitive_at(h, t) || slk_says(h, t, "that") || slk_says(h, t, "as") ||
                       slk_says(h, t, "like") || slk_upos_of_token(h, t) == SLK_UPOS_ADJ || clause_at(h, t, last)))
        return false;
    bool it = subject.last == subject.first + 1 && slk_says(h, subject.first, "it") && !infinitive_at(h, t);
    if (!it && subject.first < subject.last) add_trimmed(h, s, subject.first, subject.last);
    s->relative = false;
    add_trimmed(h, s, t, right_end(h, t, s));
    return s->n_content > 0;
}

/* What hangs on a noun ends where the clause of the noun goes on: at a comma, at its finite verb. */
static uint32_t clause_inside(const slk_hearing *h, uint32_t first) {
    uint32_t last = slk_sentence_last(h, first), limit = first + 50 < last ? first + 50 : last;
    bool inner = false; /* a relative pronoun or "that" opened a clause: the next finite verb is its own */
    for (uint32_t t = first; t < limit; t++) {
        if (slk_is_comma(h, t) || slk_is_stop(h, t) || slk_says(h, t, ";") || slk_says(h, t, ":") || slk_is_dash(h, t))
            return t;
        if (slk_is_quote(h, t) && !opens_quote(h, t)) return h->quote_of[first] == h->quote_of[t] ? t : t + 1;
        if (SLK_SAYS(h, t, openers)) inner = true;
        if (t > first && slk_upos_of_token(h, t) == SLK_UPOS_SCONJ && !inner) return t;
        bool past_participle = slk_upos_of_token(h, t) == SLK_UPOS_VERB &&
                               slk_upos_of_token(h, t - 1) != SLK_UPOS_AUX &&
                               slk_upos_of_token(h, t + 1) == SLK_UPOS_ADP;
        if (t > first + 1 && slk_is_finite(h, t) && !past_participle && h->noun_of[t] == SLK_NONE) {
            if (!inner) return t;
            inner = false;
            while (t + 1 < limit &&
                   (slk_upos_of_token(h, t + 1) == SLK_UPOS_VERB || slk_upos_of_token(h, t + 1) == SLK_UPOS_AUX ||
                    slk_upos_of_token(h, t + 1) == SLK_UPOS_ADV || slk_upos_of_token(h, t + 1) == SLK_UPOS_PART))
                t++;
        }
    }
    return limit;
}

/* Is the noun an object, or does its sentence still wait for its verb ("Their claim that it flew was met with doubt")? */
static bool verb_before(const slk_hearing *h, uint32_t token) {
    uint32_t start = slk_sentence_first(h, token), floor = token > SLK_REACH ? token - SLK_REACH : 0;
    for (uint32_t t = token; t-- > (start > floor ? start : floor);)
        if (slk_is_finite(h, t)) return true;
    return false;
}

static bool noun_content(const slk_hearing *h, slk_saying *s) {
    static const char *const of[] = {"of", "about", "for", "on", "over", "against", "to", "as", "with"};
    uint32_t t = s->source.first >= s->last ? s->source.last : s->last, last = slk_sentence_last(h, s->head);
    if (t >= last) return false;
    if (s->last > s->head + 1) { /* "reports of": the preposition is part of the cue */
        add_trimmed(h, s, t, clause_inside(h, t));
        return s->n_content > 0;
    }
    if (slk_says(h, t, "that") && slk_cue_takes(h, s->row, 'c')) {
        add_trimmed(h, s, t, verb_before(h, s->first) ? right_end(h, t, s) : clause_inside(h, t));
        return s->n_content > 0;
    }
    if (slk_says(h, t, "to") && slk_cue_takes(h, s->row, 'i')) {
        add_trimmed(h, s, t, clause_inside(h, t));
        return s->n_content > 0;
    }
    if (!slk_cue_takes(h, s->row, 'n') || !SLK_SAYS(h, t, of)) return false;
    bool wh = SLK_SAYS(h, t + 1, openers);
    uint32_t end = wh ? right_end(h, t + 1, s) : clause_inside(h, t + 1);
    if (t == s->last) s->last = t + 1;
    add_trimmed(h, s, t + 1, end);
    return s->n_content > 0;
}

/* The clause around a phrase: what stands before it and, behind a comma, after it. */
static bool phrase_content(const slk_hearing *h, slk_saying *s) {
    uint32_t start = slk_sentence_first(h, s->head), last = slk_sentence_last(h, s->head);
    uint32_t behind = s->source.first < s->source.last ? s->source.last : s->last;
    uint32_t first = start, end = s->first;
    bool lead = s->first <= start + 1;
    if (!lead) {
        bool parted = slk_is_comma(h, end - 1) || slk_is_quote(h, end - 1);
        if (parted && left_speech(h, end, &first, &end))
            add_trimmed(h, s, first, end);
        else
            add_trimmed(h, s, start, s->first);
    }
    uint32_t t = behind;
    if (t < last && slk_is_comma(h, t)) t++;
    if (t + 1 < last && (lead || (slk_is_comma(h, behind) && slk_upos_of_token(h, t) != SLK_UPOS_CCONJ &&
                                  !slk_says(h, t, "which") && !slk_says(h, t, "who"))))
        add_trimmed(h, s, t, right_end(h, t, s));
    else if (!lead && s->source.first == s->source.last && t + 1 < last)
        add_trimmed(h, s, t, right_end(h, t, s));
    return s->n_content > 0;
}

/* "the bill [the senator] opposes": the content stands before its voice. */
static bool gap_content(const slk_hearing *h, slk_saying *s) {
    if (!slk_cue_takes(h, s->row, 'n') && !slk_cue_takes(h, s->row, 'i')) return false;
    uint32_t at = s->source.first;
    if (s->source.first >= s->source.last || s->relative || at == 0) return false;
    bool pronoun = slk_says(h, at - 1, "that") || slk_says(h, at - 1, "which") || slk_says(h, at - 1, "what");
    if (pronoun) {
        slk_content_add(s, at - 1, at);
        return true;
    }
    uint32_t noun = noun_before(h, at);
    if (noun == SLK_NONE || slk_upos_of_token(h, at - 1) == SLK_UPOS_PRON) return false;
    add_trimmed(h, s, h->r->nouns.at[noun].t.first, h->r->nouns.at[noun].t.last);
    return s->n_content > 0;
}

bool slk_content_find(const slk_hearing *h, slk_saying *s) {
    if (s->kind == SLK_CUE_PHRASE) return phrase_content(h, s);
    if (s->kind == SLK_CUE_NOUN) return noun_content(h, s);
    if (slk_cue_takes(h, s->row, 'r') && !s->passive) return raising_content(h, s);
    if (s->behind) return content_left(h, s);
    if (s->passive) return passive_content(h, s);
    if (left_is_better(h, s)) return content_left(h, s);
    return content_right(h, s) || gap_content(h, s);
}
