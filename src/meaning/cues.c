/* cues.c - the words by which a report gives the word to a source: verbs with their whole group ("has also repeatedly said",
 * "went on to say", "is widely believed"), nouns ("their claim that"), phrases ("according to"). What each word may take stands
 * in the frames of the table of reporting words: c clause, q speech before or behind it, i infinitive, n noun phrase,
 * a addressee before the content, g form in -ing. */
#include <string.h>

#include "base/text.h"
#include "language/phrases.h"
#include "meaning/saying.h"

bool slk_cue_takes(const slk_hearing *h, uint32_t row, char frame) {
    slk_text frames = slk_pack_cell(h->pack, SLK_T_REPORTING, row, SLK_REPORTING_FRAME);
    return frames.n && memchr(frames.at, frame, frames.n) != NULL;
}

static bool row_is(const slk_hearing *h, uint32_t row, int column, const char *word) {
    return slk_text_is(slk_pack_cell(h->pack, SLK_T_REPORTING, row, column), word);
}

/* The row of a lemma with one letter of part of speech; SLK_NONE. */
static uint32_t row_of(const slk_hearing *h, slk_text lemma, const char *pos) {
    uint32_t row = slk_pack_find(h->pack, SLK_T_REPORTING, lemma), n = slk_pack_rows(h->pack, SLK_T_REPORTING);
    for (; row < n; row++) {
        if (!slk_text_eq(slk_pack_cell(h->pack, SLK_T_REPORTING, row, SLK_REPORTING_LEMMA), lemma)) return SLK_NONE;
        if (row_is(h, row, SLK_REPORTING_POS, pos)) return row;
    }
    return SLK_NONE;
}

/* The same for a lemma and the lemma behind it: "call for", "point out". */
static uint32_t row_of_two(const slk_hearing *h, uint32_t token, const char *pos) {
    if (token + 1 >= h->r->tokens.n) return SLK_NONE;
    if (slk_says(h, token + 1, "to") && slk_upos_of_token(h, token + 1) == SLK_UPOS_PART)
        return SLK_NONE; /* "agreed to lend" */
    const char *a = h->r->tokens.at[token].lemma, *b = h->r->tokens.at[token + 1].lemma;
    char two[64];
    size_t m = a ? strlen(a) : 0, n = b ? strlen(b) : 0;
    if (!m || !n || m + n + 2 > sizeof two) return SLK_NONE;
    memcpy(two, a, m);
    two[m] = ' ';
    memcpy(two + m + 1, b, n);
    return row_of(h, (slk_text){two, m + n + 1}, pos);
}

static uint32_t row_at(const slk_hearing *h, uint32_t token, const char *pos, bool *two) {
    const char *lemma = token < h->r->tokens.n ? h->r->tokens.at[token].lemma : NULL;
    uint32_t row = row_of_two(h, token, pos);
    *two = row != SLK_NONE;
    return *two || !lemma ? row : row_of(h, slk_text_of(lemma), pos);
}

/* "Kim plans to", "Tehran claims it": a name, a form in -s that is a verb as well, and what follows verbs only. */
static bool verb_behind_name(const slk_hearing *h, uint32_t token) {
    slk_text x = slk_token_text(h->r, token);
    uint8_t before = slk_upos_of_token(h, token - 1), behind = slk_upos_of_token(h, token + 1);
    bool follows =
        behind == SLK_UPOS_PRON || behind == SLK_UPOS_DET || behind == SLK_UPOS_SCONJ || slk_says(h, token + 1, "to");
    return slk_text_ends_fold(x, "s") && (before == SLK_UPOS_PROPN || before == SLK_UPOS_PRON) && follows &&
           !slk_says(h, token - 1, "'s");
}

/* "The senator doubts that it will hold": a noun in -s as the root of a sentence, with a noun before it and "that" behind, is a verb. */
static bool verb_as_root(const slk_hearing *h, uint32_t token) {
    const slk_token *k = &h->r->tokens.at[token];
    return k->head == token && slk_text_ends_fold(slk_token_text(h->r, token), "s") &&
           slk_upos_of_token(h, token - 1) == SLK_UPOS_NOUN && slk_says(h, token + 1, "that");
}

/* A finite verb that the tagger took for a noun: "the ministry says". The table says which words are hardly ever nouns. */
static bool verb_in_disguise(const slk_hearing *h, uint32_t token) {
    const char *lemma = h->r->tokens.at[token].lemma;
    if (slk_upos_of_token(h, token) != SLK_UPOS_NOUN || !lemma || token == 0) return false;
    uint32_t row = row_of(h, slk_text_of(lemma), "v");
    if (row == SLK_NONE) return false;
    if (verb_behind_name(h, token) || verb_as_root(h, token)) return true;
    if (!slk_cue_takes(h, row, 'v')) return false;
    uint8_t before = slk_upos_of_token(h, token - 1);
    return slk_is_name(h, token - 1) || before == SLK_UPOS_ADV || before == SLK_UPOS_AUX || before == SLK_UPOS_PUNCT ||
           slk_says(h, token - 1, "to");
}

uint32_t slk_cue_verb(const slk_hearing *h, uint32_t token) {
    bool two;
    if (token >= h->r->tokens.n) return SLK_NONE;
    bool verb = slk_upos_of_token(h, token) == SLK_UPOS_VERB || verb_in_disguise(h, token);
    return verb ? row_at(h, token, "v", &two) : SLK_NONE;
}

/* Adverbs right before a verb group belong to it ("also", "first", "repeatedly"); words that open a clause do not. */
static uint32_t over_adverbs(const slk_hearing *h, uint32_t first) {
    static const char *const opening[] = {"when", "where", "why",       "how",     "however", "then",  "so",
                                          "yet",  "thus",  "meanwhile", "instead", "today",   "there", "here"};
    uint32_t start = slk_sentence_first(h, first);
    for (unsigned i = 0; i < 3 && first > start; i++) {
        if (slk_upos_of_token(h, first - 1) != SLK_UPOS_ADV || SLK_SAYS(h, first - 1, opening)) break;
        if (h->noun_of[first - 1] != SLK_NONE) break;
        first--;
    }
    return first;
}

/* "went on to say", "tried to explain": a verb that only says how the saying goes on joins the group. */
static uint32_t over_light_verb(const slk_hearing *h, uint32_t to) {
    uint32_t start = slk_sentence_first(h, to);
    for (uint32_t back = 1; back <= 2 && to >= start + back; back++) {
        bool two;
        uint32_t row = row_at(h, to - back, "l", &two);
        if (row == SLK_NONE || two != (back == 2)) continue;
        uint32_t pred = h->pred_of[to - back];
        return pred != SLK_NONE ? h->r->preds.at[pred].verb.first : to - back;
    }
    return SLK_NONE;
}

static bool has_aux(const slk_hearing *h, uint32_t first, uint32_t head) {
    for (uint32_t t = first; t < head; t++)
        if (slk_upos_of_token(h, t) == SLK_UPOS_AUX) return true;
    return false;
}

/* Forms of "have" and "be" right before the group belong to it, whatever the tagger took them for. */
static uint32_t over_auxiliaries(const slk_hearing *h, uint32_t first) {
    static const char *const forms[] = {"has",  "have", "had", "is",  "are", "was", "were",
                                        "been", "'ve",  "'s",  "not", "n't", "did", "does"};
    uint32_t start = slk_sentence_first(h, first);
    static const char *const floating[] = {"all", "both", "each"};
    if (first > start + 1 && SLK_SAYS(h, first - 1, floating) && SLK_SAYS(h, first - 2, forms))
        first--; /* "have all accused" */
    while (first > start && h->noun_of[first - 1] == SLK_NONE && SLK_SAYS(h, first - 1, forms)) {
        uint8_t upos = slk_upos_of_token(h, first - 1);
        if (upos != SLK_UPOS_VERB && upos != SLK_UPOS_AUX && upos != SLK_UPOS_PART && upos != SLK_UPOS_ADV) break;
        first--;
    }
    return first;
}

static bool has_be(const slk_hearing *h, uint32_t first, uint32_t head) {
    for (uint32_t t = first; t < head; t++)
        if (slk_lemma_is(h->r, t, "be") || slk_says(h, t, "'s") || slk_says(h, t, "'re") ||
            slk_lemma_is(h->r, t, "get"))
            return true;
    return false;
}

/* A participle without "be" is passive only where its words say so: "a man identified as", "supplies reported by". */
static bool describes(const slk_hearing *h, uint32_t token) {
    static const char *const behind[] = {"by", "as", "to"};
    const slk_token *k = &h->r->tokens.at[token];
    bool reduced = k->deprel && strcmp(k->deprel, "acl") == 0 && k->xpos && strcmp(k->xpos, "VBN") == 0 &&
                   k->head < token; /* "missiles dubbed Musudan" */
    return reduced || SLK_SAYS(h, token + 1, behind);
}

/* "Asked whether it had failed, he said": a participle that opens its clause has no subject of its own. */
static bool opens_passive(const slk_hearing *h, const slk_saying *s) {
    static const char *const before[] = {"when", "if", "as", "unless", "once"};
    slk_text x = slk_token_text(h->r, s->head);
    uint32_t start = slk_sentence_first(h, s->head);
    bool opens = s->first == start || SLK_SAYS(h, s->first - 1, before);
    return opens && s->first == s->head && slk_text_ends_fold(x, "ed");
}

/* The negation stands with the verb, not in speech before it: "Never," he said. */
static bool negation_near(const slk_hearing *h, uint32_t first, uint32_t head) {
    static const char *const words[] = {"not", "n't", "n\xE2\x80\x99t", "never", "no", "neither", "nor", "longer"};
    uint32_t start = slk_sentence_first(h, head), floor = first > start + 3 ? first - 3 : start;
    for (uint32_t t = head + 1; t-- > floor;) {
        if (t < first && (slk_is_comma(h, t) || slk_is_quote(h, t))) return false;
        if (SLK_SAYS(h, t, words)) return true;
    }
    return SLK_SAYS(h, head + 1, words);
}

static void set_group(const slk_hearing *h, uint32_t token, slk_saying *s) {
    s->first = token;
    uint32_t pred = h->pred_of[token];
    if (pred != SLK_NONE) {
        const slk_pred *p = &h->r->preds.at[pred];
        if (p->verb.first <= token) s->first = p->verb.first;
        s->negated = p->negated && negation_near(h, s->first, token);
        s->passive = p->passive;
    }
    s->first = over_auxiliaries(h, s->first);
    bool aux = has_aux(h, s->first, token);
    s->passive = s->passive && (has_be(h, s->first, token) || describes(h, token));
    s->infinitive = slk_says(h, s->first, "to") || (slk_says(h, s->first, "not") && slk_says(h, s->first + 1, "to"));
    s->participle = slk_ends_ing(h, token) && !aux;
    if (s->infinitive) {
        uint32_t light = over_light_verb(h, s->first);
        if (light != SLK_NONE) {
            s->first = light;
            s->infinitive = slk_says(h, light, "to");
            s->participle = slk_ends_ing(h, light);
            pred = h->pred_of[light];
            if (pred != SLK_NONE && h->r->preds.at[pred].negated) s->negated = true;
        }
    }
    if (opens_passive(h, s)) s->passive = true;
    static const char *const neither[] = {"neither", "nor"};
    if (s->first > slk_sentence_first(h, token) && SLK_SAYS(h, s->first - 1, neither)) s->negated = true;
    s->first = over_adverbs(h, s->first);
}

/* "a worrying sign", "the North's ruling party": a participle that only describes a noun gives nobody the word. */
static bool describes_noun(const slk_hearing *h, uint32_t token) {
    const slk_token *k = &h->r->tokens.at[token];
    bool owned = token > 0 && slk_upos_of_token(h, token - 1) == SLK_UPOS_PART && slk_says(h, token - 1, "'s");
    bool between = token > 0 && slk_upos_of_token(h, token - 1) == SLK_UPOS_DET &&
                   slk_upos_of_token(h, token + 1) == SLK_UPOS_NOUN;
    return slk_ends_ing(h, token) && (owned || between || (k->deprel && strcmp(k->deprel, "amod") == 0));
}

static bool verb_cue(const slk_hearing *h, uint32_t token, slk_saying *s) {
    bool two;
    if (describes_noun(h, token)) return false;
    uint32_t row = row_at(h, token, "v", &two);
    if (row == SLK_NONE || (slk_cue_takes(h, row, 'z') && !h->prose)) return false;
    *s = (slk_saying){.kind = SLK_CUE_VERB, .row = row, .head = token, .last = token + (two ? 2 : 1)};
    set_group(h, token, s);
    return true;
}

/* "is confident that", "remains wary of": an adjective behind a copula. */
static bool adjective_cue(const slk_hearing *h, uint32_t token, slk_saying *s) {
    static const char *const copulas[] = {"be", "remain", "feel", "become", "seem"};
    bool two, joined = false;
    uint32_t row = row_at(h, token, "j", &two), start = slk_sentence_first(h, token), k = token;
    if (row == SLK_NONE) return false;
    for (unsigned i = 0; i < 4 && k > start && !joined; i++) {
        uint8_t upos = slk_upos_of_token(h, --k);
        for (size_t c = 0; c < sizeof copulas / sizeof *copulas; c++)
            joined = joined || slk_lemma_is(h->r, k, copulas[c]);
        if (!joined && upos != SLK_UPOS_ADV && upos != SLK_UPOS_PART) return false;
    }
    if (!joined) return false;
    *s = (slk_saying){.kind = SLK_CUE_VERB, .row = row, .head = token, .last = token + (two ? 2 : 1)};
    set_group(h, token, s);
    if (s->first > k) s->first = k;
    s->first = over_adverbs(h, over_auxiliaries(h, s->first));
    s->passive = s->participle = false;
    return true;
}

static bool noun_cue(const slk_hearing *h, uint32_t token, slk_saying *s) {
    bool two;
    uint32_t row = row_at(h, token, "n", &two);
    if (row == SLK_NONE) return false;
    *s = (slk_saying){.kind = SLK_CUE_NOUN, .row = row, .first = token, .head = token, .last = token + (two ? 2 : 1)};
    return true;
}

/* Phrases stand in the trie of the pack; the longest one counts. */
static bool phrase_cue(const slk_hearing *h, uint32_t token, slk_saying *s) {
    slk_hit hits[8];
    if (slk_upos_of_token(h, token) == SLK_UPOS_PUNCT || h->r->tokens.at[token].joined) return false;
    uint32_t n = slk_phrases_at(h->pack, h->r, token, hits, 8);
    for (uint32_t i = 0; i < n; i++) {
        if (hits[i].table != SLK_T_REPORTING || !row_is(h, hits[i].row, SLK_REPORTING_POS, "p")) continue;
        uint32_t last = token;
        while (last < h->r->tokens.n && h->r->tokens.at[last].span.start < hits[i].end) last++;
        *s = (slk_saying){.kind = SLK_CUE_PHRASE, .row = hits[i].row, .first = token, .last = last, .head = token};
        return true;
    }
    return false;
}

/* "and she was like, no way": talk gives its words so. A thing is only like another. */
static bool be_like_cue(const slk_hearing *h, uint32_t token, slk_saying *s) {
    static const char *const who[] = {"i", "he", "she", "they", "we", "you", "who"};
    uint32_t next = token + 2;
    if (!h->prose || token == 0 || !slk_says(h, token + 1, "like") || !slk_lemma_is(h->r, token, "be")) return false;
    bool person = SLK_SAYS(h, token - 1, who) || slk_upos_of_token(h, token - 1) == SLK_UPOS_PROPN;
    uint8_t after = slk_upos_of_token(h, next);
    bool speech = slk_is_quote(h, next) || slk_is_comma(h, next) || after == SLK_UPOS_INTJ ||
                  slk_clause_at(h, next, slk_sentence_last(h, token));
    uint32_t row = row_of(h, slk_text_of("be like"), "v");
    if (!person || !speech || row == SLK_NONE) return false;
    *s = (slk_saying){.kind = SLK_CUE_VERB, .row = row, .first = token, .head = token, .last = next};
    return true;
}

bool slk_cue_at(const slk_hearing *h, uint32_t token, slk_saying *s) {
    if (be_like_cue(h, token, s)) return true;
    if (phrase_cue(h, token, s)) return true;
    switch (slk_upos_of_token(h, token)) {
    case SLK_UPOS_VERB: return verb_cue(h, token, s);
    case SLK_UPOS_NOUN: return verb_in_disguise(h, token) ? verb_cue(h, token, s) : noun_cue(h, token, s);
    case SLK_UPOS_ADJ: return adjective_cue(h, token, s);
    default: return false;
    }
}
