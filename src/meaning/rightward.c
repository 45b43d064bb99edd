/* rightward.c - content to the right of a cue: where it begins, behind addressees and circumstances ("told reporters on Monday
 * that"), and where it ends: with the sentence, its quote, or where another voice begins. Looks at most SLK_REACH tokens far. */
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
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
void slk_content_trimmed(const slk_hearing *h, slk_saying *s, uint32_t first, uint32_t last) {
    static const char *const soft[] = {",", ";", ":", ".", "-"};
    while (first < last && (SLK_SAYS(h, first, soft) || slk_is_dash(h, first))) first++;
    while (first < last && !slk_is_quote(h, last - 1) && (SLK_SAYS(h, last - 1, soft) || slk_is_dash(h, last - 1)))
        last--;
    if (last > first + 1 && slk_is_quote(h, last - 1) && h->quote_of[last - 1] != h->quote_of[last - 2]) last--;
    if (last > first + 1 && slk_says(h, last - 1, ")") && !opens_bracket(h, first, last))
        last -= slk_is_stop(h, last - 2) ? 2 : 1;
    slk_content_add(s, first, last);
}

bool slk_opens_quote(const slk_hearing *h, uint32_t token) {
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
    if (row == SLK_NONE) return false;
    if (!slk_cue_takes(h, row, 'q')) /* ", state radio quoted a source as saying" */
        return slk_cue_takes(h, row, 'n') && slk_says(h, slk_source_end(h, t + 1), "as") &&
               slk_ends_ing(h, slk_source_end(h, t + 1) + 1);
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
    if (slk_says(h, t, "with") && t + 1 < last) { /* ", with its coastguard reporting that" */
        uint32_t end = slk_source_end(h, t + 1);
        if (end < last && slk_ends_ing(h, end) && slk_cue_verb(h, end) != SLK_NONE) return true;
    }
    if (SLK_SAYS(h, t, breaking) || slk_says(h, t, "which")) return true;
    if (slk_says(h, t, "and") && (other_voice(h, t + 1, last) || same_subject(h, t + 1, last, s))) return true;
    return trailing_speech(h, t, last);
}

/* "The drill, described by Tokyo as dangerous, ended": a passive without "be" behind a comma ends at the next one. */
bool slk_between_commas(const slk_hearing *h, const slk_saying *s) {
    if (!s->passive || s->first != s->head) return false;
    return s->first == slk_sentence_first(h, s->first) ||
           slk_is_comma(h, s->first - 1); /* "Asked whether it fell, he said" */
}

/* The token where a clause begins that the tree hangs on the cue itself, behind a comma or "and", so that it goes with the saying, not with
 * what is said: "criticised the test[, adding]". Not for cues that take clauses: there the tree errs too often. SLK_NONE where none does
 * before `limit`. */
static uint32_t beside_content(const slk_hearing *h, uint32_t start, uint32_t limit, const slk_saying *s) {
    const slk_token *all = h->r->tokens.at;
    bool may = s->kind == SLK_CUE_VERB && !slk_cue_takes(h, s->row, 'c');
    for (uint32_t t = start + 1; may && t < limit; t++) {
        bool mark = slk_is_comma(h, t) || slk_upos_of_token(h, t) == SLK_UPOS_CCONJ;
        uint32_t c = all[t].head;
        if (!mark || c <= t || c >= limit || all[c].head != s->head || !all[c].deprel) continue;
        if (strcmp(all[c].deprel, "advcl") == 0) return t;
    }
    return SLK_NONE;
}

/* "rejected the plan [in a ruling on Thursday]", "plans to leave [after the vote]": time and circumstance that the tree hangs on the cue itself
 * go with the saying. Only for things and infinitives: clauses keep what stands behind them. SLK_NONE where none begins before `limit`. */
static uint32_t circumstance_behind(const slk_hearing *h, uint32_t start, uint32_t limit, const slk_saying *s) {
    static const char *const cases[] = {"during", "in", "on", "at", "after", "before", "following", "amid", "since"};
    static const char *const marks[] = {"after", "before", "while", "when", "because", "until", "since"};
    const slk_token *all = h->r->tokens.at;
    bool thing = h->noun_of[start] != SLK_NONE && !SLK_SAYS(h, start, openers) && !slk_opens_quote(h, start);
    if (s->kind != SLK_CUE_VERB || s->passive || (!thing && !slk_infinitive_at(h, start))) return SLK_NONE;
    if (thing && slk_cue_takes(h, s->row, 'c') && slk_clause_at(h, start, limit)) return SLK_NONE;
    for (uint32_t t = start + 1; t < limit; t++) {
        uint32_t up = all[t].head;
        if (!all[t].deprel || up >= h->r->tokens.n || all[up].head != s->head || !all[up].deprel) continue;
        bool obl =
            strcmp(all[t].deprel, "case") == 0 && strncmp(all[up].deprel, "obl", 3) == 0 && SLK_SAYS(h, t, cases);
        bool adv = strcmp(all[t].deprel, "mark") == 0 && strcmp(all[up].deprel, "advcl") == 0 && SLK_SAYS(h, t, marks);
        if (up > t && (obl || adv)) return t;
    }
    return SLK_NONE;
}

/* "Although it did not say how many[, they condemned it]": a cue in a subordinate clause in front speaks no further than the comma before
 * the subject of its main clause. SLK_NONE where it stands in none. */
static uint32_t main_clause_behind(const slk_hearing *h, uint32_t start, const slk_saying *s) {
    const slk_reading *r = h->r;
    uint32_t pred = h->pred_of[s->head], up = pred != SLK_NONE ? r->preds.at[pred].parent : SLK_NONE;
    for (unsigned hop = 0; hop < 4 && up < r->preds.n && r->preds.at[pred].link == SLK_LINK_COMPLEMENT; hop++) {
        pred = up;
        up = r->preds.at[pred].parent;
    }
    if (up >= r->preds.n || r->preds.at[pred].link != SLK_LINK_ADVERBIAL || r->preds.at[up].verb.first <= start)
        return SLK_NONE;
    const slk_pred *p = &r->preds.at[up];
    uint32_t subject = p->subj < r->nouns.n ? p->subj : p->obj, first = p->verb.first;
    if (subject < r->nouns.n && r->nouns.at[subject].t.first > start && r->nouns.at[subject].t.first < first)
        first = r->nouns.at[subject].t.first;
    uint32_t floor = first > start + 12 ? first - 12 : start;
    for (uint32_t t = first; t-- > floor;)
        if (slk_is_comma(h, t)) return t;
    return SLK_NONE;
}

/* "I think I'm done, and I'll go", "I hope it stays dry so we can sail": in talk the main clause goes on behind what is thought. */
static bool talk_goes_on(const slk_hearing *h, uint32_t start, uint32_t t, uint32_t last) {
    static const char *const joints[] = {"and", "but", "so"}, *const reasons[] = {"because", "cause", "'cause",
                                                                                  "since"};
    static const char *const conditions[] = {"if", "when", "as", "while", "once", "unless", "although"};
    static const char *const selves[] = {"i", "you", "he", "she", "it", "we", "they", "that", "this", "there"};
    if (!h->talk || t < start + 3 || slk_is_quote(h, start) || SLK_SAYS(h, start, conditions) ||
        SLK_SAYS(h, start + 1, conditions))
        return false;
    if (SLK_SAYS(h, t, reasons)) return slk_clause_at(h, t + 1, last);
    if (!slk_is_comma(h, t)) return false;
    bool joined = SLK_SAYS(h, t + 1, joints);
    uint32_t subject = joined ? t + 2 : t + 1;
    return SLK_SAYS(h, subject, selves) &&
           (slk_is_finite(h, subject + 1) || slk_upos_of_token(h, subject + 1) == SLK_UPOS_ADV);
}

/* Where content that begins at a token ends. */
uint32_t slk_right_end(const slk_hearing *h, uint32_t start, const slk_saying *s) {
    uint32_t last = slk_sentence_last(h, start), limit = start + SLK_REACH < last ? start + SLK_REACH : last;
    uint32_t around = h->quote_of[s->head]; /* a cue inside a quote does not speak beyond it */
    if (around != SLK_NONE) {
        uint32_t end = h->quotes.at[around].close;
        if (end < last) last = end;
        if (limit > last) limit = last;
    }
    uint32_t beside = beside_content(h, start, limit, s), main = main_clause_behind(h, start, s);
    uint32_t aside = circumstance_behind(h, start, limit, s);
    bool between = s->participle && s->source.first < s->source.last && s->source.last + 1 == s->first &&
                   slk_is_comma(h, s->first - 1); /* "Bild, citing a paper, reported" */
    bool loose = between || (s->relative && s->first > 1 && slk_is_comma(h, s->first - 2)) || slk_between_commas(h, s);
    for (uint32_t t = start; t < limit; t++) {
        if (slk_opens_quote(h, t) && h->quote_of[t] != around) {
            uint32_t end = quote_end(h, t), before = end > 1 && slk_is_quote(h, end - 1) ? end - 2 : end - 1;
            if (end >= last || slk_is_stop(h, before)) return end;
            if (slk_is_comma(h, before) && voice_behind_comma(h, end, last, s)) return end;
            t = end - 1;
            continue;
        }
        if (t == beside || t == main || t == aside) return t;
        if (t > start && (slk_says(h, t, ";") || talk_goes_on(h, start, t, last))) return t;
        if (t > start && slk_is_dash(h, t) && !h->talk) return t;
        if (t > start && slk_is_comma(h, t) && (loose || voice_behind_comma(h, t + 1, last, s))) return t;
        if (t > start && (slk_says(h, t, "and") || slk_says(h, t, "but")) && same_subject(h, t + 1, last, s)) return t;
        if (t > start && slk_says(h, t, "according") && slk_says(h, t + 1, "to")) return t;
    }
    return last;
}

/* ---------------------------------------------------------------- to the right */

bool slk_is_time_at(const slk_hearing *h, uint32_t token) {
    slk_hit hit;
    uint32_t noun = token < h->r->tokens.n ? h->noun_of[token] : SLK_NONE;
    return noun != SLK_NONE && slk_phrase_in(h->pack, h->r, token, SLK_T_CALENDAR, &hit) &&
           slk_names_time(h, hit.row, noun);
}

bool slk_infinitive_at(const slk_hearing *h, uint32_t t) {
    if (slk_says(h, t, "not")) t++;
    uint8_t next = slk_upos_of_token(h, t + 1);
    return slk_says(h, t, "to") && slk_upos_of_token(h, t) != SLK_UPOS_ADP && next != SLK_UPOS_PUNCT &&
           next != SLK_UPOS_DET;
}

/* A clause without "that": a noun phrase and then a finite verb. */
bool slk_clause_at(const slk_hearing *h, uint32_t t, uint32_t last) {
    uint32_t limit = t + 40 < last ? t + 40 : last, from = t;
    while (t + 1 < limit && slk_upos_of_token(h, t) == SLK_UPOS_ADV) t++; /* "only two had landed" */
    if (t >= last || (h->noun_of[t] == SLK_NONE && !slk_is_name(h, t) && !slk_says(h, t, "there"))) return false;
    static const char *const subjects[] = {"he", "she", "they", "we", "i"};
    if (SLK_SAYS(h, t, subjects)) return true;
    for (; t < limit; t++) {
        if (slk_is_finite(h, t)) return true;
        if (slk_opens_quote(h, t) && slk_is_finite(h, t + 1)) return true; /* "the plan \"will fail\"" */
        if (slk_is_stop(h, t) || slk_is_quote(h, t) || slk_says(h, t, ";")) {
            bool owned =
                slk_opens_quote(h, t) && h->noun_of[t + 1] != SLK_NONE && t > from; /* "her \"start was slow\"" */
            if (!owned) return false;
        }
    }
    return false;
}

/* Whether content certainly begins at a token: "that", an opening quote, a colon. */
static bool sure_opening(const slk_hearing *h, uint32_t t, uint32_t last) {
    if (t >= last) return false;
    if (SLK_SAYS(h, t, openers) || slk_opens_quote(h, t) || slk_says(h, t, ":")) return true;
    return slk_is_comma(h, t) && (slk_opens_quote(h, t + 1) || slk_says(h, t + 1, "that"));
}

/* "proposed jointly owned drones": the adverb belongs to what follows. */
static bool before_modifier(const slk_hearing *h, uint32_t t) {
    uint8_t upos = slk_upos_of_token(h, t);
    return upos == SLK_UPOS_VERB || upos == SLK_UPOS_ADJ || upos == SLK_UPOS_NUM;
}

/* Over "on Monday", "in a statement", "reporters": to where what is said begins. */
uint32_t slk_over_circumstances(const slk_hearing *h, uint32_t t, uint32_t last, const slk_saying *s) {
    bool addressee = slk_cue_takes(h, s->row, 'a');
    for (unsigned hop = 0; hop < 6 && t < last; hop++) {
        if (sure_opening(h, t, last)) return t;
        uint8_t upos = slk_upos_of_token(h, t);
        if (slk_is_time_at(h, t)) {
            t = h->r->nouns.at[h->noun_of[t]].t.last;
        } else if (upos == SLK_UPOS_ADP) {
            uint32_t end = slk_source_end(h, t + 1);
            if (end <= t + 1) return t;
            bool fits = sure_opening(h, end, last) || slk_is_stop(h, end) || end >= last || slk_is_time_at(h, t + 1) ||
                        (!slk_cue_takes(h, s->row, 'n') && slk_clause_at(h, end, last)) ||
                        slk_upos_of_token(h, end) == SLK_UPOS_ADP;
            if (!fits) return t;
            t = end;
        } else if (addressee && h->noun_of[t] != SLK_NONE) {
            uint32_t end = h->r->nouns.at[h->noun_of[t]].t.last, whole = slk_source_end(h, t);
            bool clause = !sure_opening(h, whole, last) && !slk_infinitive_at(h, whole) && slk_is_finite(h, whole);
            if (clause) return t; /* "told us it was": no; "warned sanctions would follow" */
            t = sure_opening(h, whole, last) || slk_infinitive_at(h, whole) || whole > end ? whole : end;
            addressee = false;
        } else if (upos == SLK_UPOS_ADV && !slk_infinitive_at(h, t) && !before_modifier(h, t + 1)) {
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

/* "knew there was a risk": a clause without "that" which the tree hangs on the cue as what is known. */
static bool complement_at(const slk_hearing *h, const slk_saying *s, uint32_t t, uint32_t last) {
    uint32_t cue = h->pred_of[s->head], limit = t + 16 < last ? t + 16 : last;
    for (; t < limit && cue != SLK_NONE; t++) {
        const slk_pred *p = h->pred_of[t] != SLK_NONE ? &h->r->preds.at[h->pred_of[t]] : NULL;
        if (p) return p->parent == cue && p->link == SLK_LINK_COMPLEMENT;
    }
    return false;
}

/* "and he said, leave it here": written talk has no quotation marks. */
static bool talked(const slk_hearing *h, const slk_saying *s, uint32_t t) {
    return h->prose && slk_cue_takes(h, s->row, 'q') && t == s->last && s->source.last <= s->first &&
           t + 1 < slk_sentence_last(h, t) && slk_upos_of_token(h, t + 1) != SLK_UPOS_CCONJ;
}

/* The token that content to the right begins with; SLK_NONE. */
uint32_t slk_right_start(const slk_hearing *h, slk_saying *s) {
    uint32_t last = slk_sentence_last(h, s->head), t = s->last, row = s->row;
    if (slk_cue_takes(h, row, 'n') && !slk_cue_takes(h, row, 'a') && t < last &&
        (h->noun_of[t] != SLK_NONE || slk_upos_of_token(h, t) == SLK_UPOS_DET) && !slk_is_time_at(h, t))
        return t;
    t = slk_over_circumstances(h, t, last, s);
    if (t >= last || slk_is_stop(h, t)) {
        bool colon = t > s->last && slk_says(h, t - 1, ":");
        return colon && t < h->r->tokens.n && slk_opens_quote(h, t) ? t : SLK_NONE;
    }
    if (slk_says(h, t, ":")) {
        if (t == s->last) s->last = t + 1;
        return t + 1 < h->r->tokens.n ? t + 1 : SLK_NONE;
    }
    if (slk_is_comma(h, t) && talked(h, s, t)) return t + 1;
    if (slk_is_comma(h, t)) return slk_opens_quote(h, t + 1) || slk_says(h, t + 1, "that") ? t + 1 : SLK_NONE;
    if (slk_opens_quote(h, t)) return t;
    if (SLK_SAYS(h, t, openers))
        return slk_cue_takes(h, row, 'c') || slk_cue_takes(h, row, 't') || slk_cue_takes(h, row, 'n') ? t : SLK_NONE;
    if (slk_infinitive_at(h, t)) return slk_cue_takes(h, row, 'i') ? t : SLK_NONE;
    if (slk_ends_ing(h, t) && slk_upos_of_token(h, t) == SLK_UPOS_VERB)
        return slk_cue_takes(h, row, 'g') || slk_cue_takes(h, row, 'n') ? t : SLK_NONE;
    if (slk_cue_takes(h, row, 'n') && slk_upos_of_token(h, t) != SLK_UPOS_ADP) return t;
    bool clause =
        slk_cue_takes(h, row, 'c') || (slk_cue_takes(h, row, 't') && (h->prose || complement_at(h, s, t, last)));
    if (clause && (slk_clause_at(h, t, last) || (h->prose && complement_at(h, s, t, last)))) return t;
    if (slk_cue_takes(h, row, 'i') && h->noun_of[t] != SLK_NONE && slk_infinitive_at(h, slk_source_end(h, t))) return t;
    return SLK_NONE;
}

bool slk_content_right(const slk_hearing *h, slk_saying *s) {
    uint32_t start = slk_right_start(h, s);
    if (start == SLK_NONE) return false;
    slk_content_trimmed(h, s, start, slk_right_end(h, start, s));
    return s->n_content > 0;
}
