/* tag.c - UPOS and lemma of every token: candidates from the tables and from spelling, then one of them by its neighbours. The
 * neighbours' rules stand in one list, the first that fits decides. See language.h. */
#include <string.h>

#include "language/inside.h"
#include "language/lemma.h"

#define BIT(upos) (1u << SLK_UPOS_##upos)
#define NOMINAL (BIT(NOUN) | BIT(PROPN))

typedef struct word { /* a token while it is being tagged */
    slk_text form;    /* in small letters */
    uint32_t row;     /* of the table of common words, or SLK_NONE */
    uint32_t can;     /* bits of UPOS */
    uint8_t best;     /* the commonest of them */
    bool capital, first, verb_s, ed, ing, base;
} word;

typedef struct tagger {
    const slk_pack *pack;
    slk_reading *r;
    word *w;
    bool title; /* the sentence writes most of its words large: capitals say nothing */
} tagger;

static uint8_t upos_of(slk_text name) {
    static const char *const names[] = {"X",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                        "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (slk_text_is(name, names[i])) return (uint8_t)i;
    return SLK_UPOS_X;
}

/* ---------------------------------------------------------------- candidates */

static bool small_letters(tagger *g, uint32_t token, slk_text *out) {
    slk_text x = slk_token_text(g->r, token);
    char *z = slk_arena_take(&g->r->arena, x.n + 1);
    if (!z) return false;
    for (size_t i = 0; i < x.n; i++) z[i] = slk_lower(x.at[i]);
    if (x.n > 2 && memcmp(z, "\xE2\x80\x99", 3) == 0) { /* a curly apostrophe opens a clitic: as in the table */
        z[0] = '\'';
        memmove(z + 1, z + 3, x.n - 2);
        x.n -= 2;
    } else if (x.n > 3 && memcmp(z + 1, "\xE2\x80\x99", 3) == 0 && z[0] == 'n') {
        z[1] = '\'';
        memmove(z + 2, z + 4, x.n - 3);
        x.n -= 2;
    }
    *out = (slk_text){z, x.n};
    return true;
}

static bool ends_in(slk_text t, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (t.n > strlen(list[i]) + 2 && slk_text_ends_fold(t, list[i])) return true;
    return false;
}

/* Words that no table knows, by their last letters. */
static void by_spelling(const tagger *g, word *w) {
    static const char *const adjective[] = {"ous", "ful", "less", "able", "ible", "ical", "ial", "onal",
                                            "ic",  "ive", "ary",  "ish",  "like", "ese",  "ern"};
    static const char *const noun[] = {"tion", "sion", "ment", "ness", "ity",  "ship",
                                       "ance", "ence", "ism",  "ist",  "hood", "logy"};
    static const char *const verb[] = {"ize", "ise", "ify", "yze"};
    char base[SLK_WORD_MOST];
    bool verb_known, noun_known;
    (void)slk_verb_base(g->pack, w->form, base, &verb_known);
    (void)slk_noun_base(g->pack, w->form, base, &noun_known);
    w->best = SLK_UPOS_NOUN;
    w->can = BIT(NOUN);
    if (slk_irregular(g->pack, w->form, 'v').n) {
        w->can = BIT(VERB) | (noun_known ? BIT(NOUN) : 0), w->best = SLK_UPOS_VERB;
    } else if (slk_irregular(g->pack, w->form, 'a').n) {
        w->can = BIT(ADJ) | BIT(ADV), w->best = SLK_UPOS_ADJ;
    } else if (w->ing) {
        w->can = BIT(VERB) | BIT(NOUN) | BIT(ADJ), w->best = SLK_UPOS_VERB;
    } else if (w->ed) {
        w->can = BIT(VERB) | BIT(ADJ), w->best = SLK_UPOS_VERB;
    } else if (w->form.n > 4 && slk_text_ends_fold(w->form, "ly")) {
        w->can = BIT(ADV) | BIT(ADJ), w->best = SLK_UPOS_ADV;
    } else if (ends_in(w->form, noun, sizeof noun / sizeof *noun)) {
        return;
    } else if (ends_in(w->form, adjective, sizeof adjective / sizeof *adjective)) {
        w->can = BIT(ADJ) | BIT(NOUN), w->best = SLK_UPOS_ADJ;
    } else if (verb_known && w->verb_s) {
        w->can = BIT(VERB) | BIT(NOUN), w->best = noun_known ? SLK_UPOS_NOUN : SLK_UPOS_VERB;
    } else if (verb_known || ends_in(w->form, verb, sizeof verb / sizeof *verb)) {
        w->can = BIT(VERB) | (noun_known ? BIT(NOUN) : 0), w->best = SLK_UPOS_VERB;
    }
}

static void by_table(const tagger *g, word *w) {
    slk_text rest = slk_pack_cell(g->pack, SLK_T_CLOSED, w->row, SLK_CLOSED_UPOS), piece;
    w->can = 0;
    while (rest.n && slk_text_split(&rest, '|', &piece)) {
        uint8_t u = upos_of(piece);
        if (!w->can) w->best = u;
        w->can |= 1u << u;
    }
    if (slk_irregular(g->pack, w->form, 'v').n && !(w->can & BIT(AUX))) w->can |= BIT(VERB);
}

static bool is_function_word(const word *w) {
    return w->row != SLK_NONE &&
           (w->can & (BIT(DET) | BIT(PRON) | BIT(ADP) | BIT(CCONJ) | BIT(SCONJ) | BIT(AUX) | BIT(PART))) != 0;
}

/* A demonym before a noun is an adjective ("Korean missile"), else a name. */
static bool is_demonym(const tagger *g, uint32_t token) {
    slk_hit hits[12];
    uint32_t n = slk_pack_match(g->pack, g->r->report.text, g->r->tokens.at[token].span.start, hits, 12);
    for (uint32_t i = 0; i < n; i++)
        if (hits[i].table == SLK_T_COUNTRIES && hits[i].column == SLK_COUNTRIES_DEMONYMS &&
            hits[i].end == g->r->tokens.at[token].span.end)
            return true;
    return false;
}

/* Does a name of the tables begin here? For words at the start of sentences and in titles, where all is large. */
static bool begins_name(const tagger *g, uint32_t token) {
    slk_hit hits[12];
    uint32_t n = slk_pack_match(g->pack, g->r->report.text, g->r->tokens.at[token].span.start, hits, 12);
    for (uint32_t i = 0; i < n; i++) switch (hits[i].table) {
        case SLK_T_COUNTRIES:
        case SLK_T_PEOPLE:
        case SLK_T_PLACES:
        case SLK_T_SITES:
        case SLK_T_AGENCIES: return true;
        default: break;
        }
    return false;
}

static bool capital_next(const tagger *g, uint32_t token) {
    if (token + 1 >= g->r->tokens.n || g->r->tokens.at[token + 1].sentence != g->r->tokens.at[token].sentence)
        return false;
    slk_text x = slk_token_text(g->r, token + 1);
    return x.n && slk_is_upper(x.at[0]);
}

static void capitals(const tagger *g, uint32_t token, word *w) {
    bool weak = w->first || g->title, function = is_function_word(w);
    if (function && !(w->can & BIT(PROPN))) return;
    bool name = !weak || begins_name(g, token) ||
                (w->row == SLK_NONE && !g->title && capital_next(g, token) && !w->ing && !w->ed);
    if (!name && w->row == SLK_NONE && w->first && !g->title && w->best == SLK_UPOS_NOUN && !w->verb_s && w->form.n < 5)
        name = true;
    if (!name) return;
    w->can = BIT(PROPN), w->best = SLK_UPOS_PROPN;
    if (is_demonym(g, token)) w->can |= BIT(ADJ);
}

static bool has_digit(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (slk_is_digit(t.at[i])) return true;
    return false;
}

/* Signs and figures; false for words. */
static bool by_signs(word *w, slk_text x) {
    uint32_t cp;
    slk_utf8_next(x.at, x.at + x.n, &cp);
    if (slk_is_digit(x.at[0])) {
        bool ordinal = slk_text_ends_fold(x, "st") || slk_text_ends_fold(x, "nd") || slk_text_ends_fold(x, "rd") ||
                       slk_text_ends_fold(x, "th");
        w->best = ordinal ? SLK_UPOS_ADJ : slk_text_ends_fold(x, "s") ? SLK_UPOS_NOUN : SLK_UPOS_NUM;
    } else if (!slk_cp_is_word(cp)) {
        bool clitic = cp == '\'' || cp == 0x2019;
        if (clitic && x.n > 1 && slk_is_alpha(x.at[x.n - 1])) return false;
        bool symbol = cp == '$' || cp == '%' || cp == '+' || cp == '=' || cp == '<' || cp == '>' || cp == '#' ||
                      cp == '&' || (cp >= 0x20A0 && cp <= 0x20CF) || cp == 0xA3 || cp == 0xA5 || cp == 0xB0;
        w->best = symbol ? SLK_UPOS_SYM : SLK_UPOS_PUNCT;
        if (x.n > 4 && strchr("hw", x.at[0])) w->best = SLK_UPOS_X;
    } else {
        return false;
    }
    w->can = 1u << w->best;
    return true;
}

static bool find_candidates(tagger *g, uint32_t token) {
    slk_text x = slk_token_text(g->r, token);
    word *w = &g->w[token];
    *w = (word){.row = SLK_NONE};
    if (!small_letters(g, token, &w->form)) return false;
    uint32_t first = g->r->sentences.at[g->r->tokens.at[token].sentence].first_token;
    w->first = token == first || (token > first && g->w[token - 1].best == SLK_UPOS_PUNCT &&
                                  (token == first + 1 || slk_word_is(g->r, token - 1, "\"") ||
                                   slk_word_is(g->r, token - 1, ":") || slk_word_is(g->r, token - 1, "\xE2\x80\x9C")));
    if (by_signs(w, x)) return true;
    if (x.n == 1 && token > first && g->r->tokens.at[token].joined && x.at[0] == '\'') {
        w->can = BIT(PART), w->best = SLK_UPOS_PART;
        return true;
    }
    w->capital = slk_cp_is_upper((unsigned char)x.at[0] < 0x80 ? (unsigned char)x.at[0] : 0);
    if ((unsigned char)x.at[0] >= 0x80) {
        uint32_t cp;
        slk_utf8_next(x.at, x.at + x.n, &cp);
        w->capital = slk_cp_is_upper(cp);
    }
    w->ing = w->form.n > 4 && slk_text_ends_fold(w->form, "ing");
    w->ed = w->form.n > 3 && slk_text_ends_fold(w->form, "ed");
    w->verb_s = w->form.n > 3 && slk_text_ends_fold(w->form, "s") && !slk_text_ends_fold(w->form, "ss");
    w->row = slk_closed_row(g->pack, w->form);
    if (w->row != SLK_NONE)
        by_table(g, w);
    else
        by_spelling(g, w);
    w->base = (w->can & BIT(VERB)) && !w->ing && !w->ed && !w->verb_s;
    if (w->capital) capitals(g, token, w);
    if (has_digit(w->form) && w->row == SLK_NONE) w->can = BIT(PROPN), w->best = SLK_UPOS_PROPN;
    return true;
}

/* ---------------------------------------------------------------- choice by neighbours */

typedef struct view { /* a token with what stands around it */
    const tagger *g;
    uint32_t t, first, last;
    uint8_t before, before2; /* chosen */
    uint32_t next, next2;    /* candidates; 0 at the end */
} view;

static bool is(const view *v, uint32_t token, const char *z) {
    return token >= v->first && token < v->last && slk_text_is(v->g->w[token].form, z);
}

/* Is there a finite verb between here and the next mark? */
static bool clause_follows(const view *v) {
    const tagger *g = v->g;
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 14; t++) {
        const word *w = &g->w[t];
        if (w->best == SLK_UPOS_PUNCT && !slk_text_is(w->form, "-")) return false;
        if (w->can & BIT(AUX)) return true;
        if (t > v->t + 1 && (w->can & BIT(VERB)) && w->best == SLK_UPOS_VERB && !w->ing && !w->base) return true;
        if (w->best == SLK_UPOS_SCONJ || w->best == SLK_UPOS_CCONJ) return false;
    }
    return false;
}

static bool participle_follows(const view *v) {
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 5; t++) {
        const word *w = &v->g->w[t];
        bool past = (w->can & BIT(VERB)) &&
                    (w->ed || slk_irregular(v->g->pack, w->form, 'v').n || (w->row == SLK_NONE && !w->base));
        if (past || slk_text_is(w->form, "been")) return true;
        if (w->best != SLK_UPOS_ADV && w->best != SLK_UPOS_PART && w->best != SLK_UPOS_PRON) return false;
    }
    return false;
}

static bool base_verb_follows(const view *v) {
    for (uint32_t t = v->t + 1; t < v->last && t < v->t + 6; t++) {
        const word *w = &v->g->w[t];
        if ((w->can & BIT(VERB)) && w->base && w->best != SLK_UPOS_ADJ) return true;
        if (w->best != SLK_UPOS_ADV && w->best != SLK_UPOS_PART && w->best != SLK_UPOS_PRON &&
            w->best != SLK_UPOS_PROPN && w->best != SLK_UPOS_DET)
            return false;
    }
    return false;
}

static uint8_t choose_auxiliary(const view *v, const word *w) {
    slk_text lemma = slk_pack_cell(v->g->pack, SLK_T_CLOSED, w->row, SLK_CLOSED_LEMMA);
    if (slk_text_is(lemma, "have") || slk_text_is(w->form, "'ve"))
        return participle_follows(v) ? SLK_UPOS_AUX : SLK_UPOS_VERB;
    if (slk_text_is(lemma, "do")) return base_verb_follows(v) ? SLK_UPOS_AUX : SLK_UPOS_VERB;
    return SLK_UPOS_AUX;
}

static uint8_t choose_clitic_s(const view *v) {
    bool pronoun = v->before == SLK_UPOS_PRON || v->before == SLK_UPOS_ADV || v->before == SLK_UPOS_SCONJ;
    const word *n = v->t + 1 < v->last ? &v->g->w[v->t + 1] : NULL;
    if (pronoun) return SLK_UPOS_AUX;
    bool verbal = n && (n->ing || (n->can & (BIT(DET) | BIT(PRON))) || slk_text_is(n->form, "not") ||
                        slk_text_is(n->form, "been"));
    return verbal && n->row != SLK_NONE ? SLK_UPOS_AUX : SLK_UPOS_PART;
}

static uint8_t choose_that(const view *v) {
    bool noun_like = v->next & (NOMINAL | BIT(DET) | BIT(PRON) | BIT(NUM) | BIT(ADJ));
    bool verb_like = (v->next & (BIT(VERB) | BIT(AUX))) && !(v->next & NOMINAL);
    if (verb_like) return SLK_UPOS_PRON;
    if (v->before == SLK_UPOS_VERB || v->before == SLK_UPOS_NOUN || v->before == SLK_UPOS_ADJ ||
        v->before == SLK_UPOS_PROPN)
        return noun_like && clause_follows(v) ? SLK_UPOS_SCONJ : (v->next & BIT(NOUN)) ? SLK_UPOS_DET : SLK_UPOS_SCONJ;
    if (v->before == SLK_UPOS_ADP || v->t == v->first) return (v->next & BIT(NOUN)) ? SLK_UPOS_DET : SLK_UPOS_PRON;
    return noun_like ? SLK_UPOS_SCONJ : SLK_UPOS_PRON;
}

static uint8_t choose_to(const view *v) {
    const word *n = v->t + 1 < v->last ? &v->g->w[v->t + 1] : NULL;
    if (!n) return SLK_UPOS_ADP;
    if (n->can & BIT(AUX)) return SLK_UPOS_PART;
    if ((n->can & BIT(VERB)) && n->base && !n->capital) {
        /* "to launch a", "to test": verbs; "to test sites": the noun behind wants no article */
        bool noun_too = n->can & BIT(NOUN),
             noun_behind = v->next2 & BIT(NOUN) && !(v->next2 & (BIT(DET) | BIT(ADJ) | BIT(VERB)));
        return noun_too && noun_behind && n->best == SLK_UPOS_NOUN && v->before == SLK_UPOS_NOUN ? SLK_UPOS_ADP
                                                                                                 : SLK_UPOS_PART;
    }
    if ((v->next & BIT(ADV)) && (v->next2 & BIT(VERB))) return SLK_UPOS_PART;
    return SLK_UPOS_ADP;
}

static bool opens_noun(uint8_t before) {
    return before == SLK_UPOS_DET || before == SLK_UPOS_ADJ || before == SLK_UPOS_NUM || before == SLK_UPOS_ADP;
}

static bool owner_before(const view *v) {
    static const char *const words[] = {"its", "their", "his", "her", "our", "my", "your", "whose"};
    if (v->t == v->first) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is(v, v->t - 1, words[i])) return true;
    return v->before == SLK_UPOS_PART && (is(v, v->t - 1, "'s") || is(v, v->t - 1, "'"));
}

/* Noun or verb: the forms that can be both. */
static uint8_t choose_noun_or_verb(const view *v, const word *w) {
    uint32_t object = BIT(DET) | BIT(NUM) | BIT(PRON) | BIT(PROPN);
    if (owner_before(v)) return SLK_UPOS_NOUN;
    if (v->before == SLK_UPOS_PART) return w->base ? SLK_UPOS_VERB : SLK_UPOS_NOUN; /* "to", "not" */
    if (v->before == SLK_UPOS_AUX) return SLK_UPOS_VERB;
    if (v->before == SLK_UPOS_ADV && (v->before2 == SLK_UPOS_AUX || v->before2 == SLK_UPOS_PART)) return SLK_UPOS_VERB;
    if (opens_noun(v->before)) return SLK_UPOS_NOUN;
    if (v->before == SLK_UPOS_PRON) return SLK_UPOS_VERB;
    if (v->before == SLK_UPOS_NOUN || v->before == SLK_UPOS_PROPN) {
        const word *b = &v->g->w[v->t - 1];
        bool plural = b->verb_s && v->before == SLK_UPOS_NOUN;
        if (w->base) return plural && !(v->next & BIT(AUX)) ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
        return (v->next & object) || is(v, v->t + 1, "that") ||
                       (v->before == SLK_UPOS_PROPN && (v->next & (BIT(ADJ) | BIT(ADV))))
                   ? SLK_UPOS_VERB
                   : SLK_UPOS_NOUN;
    }
    if (v->before == SLK_UPOS_CCONJ)
        return v->before2 == SLK_UPOS_VERB ? SLK_UPOS_VERB : (v->next & BIT(DET)) ? SLK_UPOS_VERB : SLK_UPOS_NOUN;
    return v->before == SLK_UPOS_VERB ? SLK_UPOS_NOUN : w->best;
}

static uint8_t choose_ing(const view *v, const word *w) {
    bool noun = w->can & BIT(NOUN);
    if (v->before == SLK_UPOS_AUX) return SLK_UPOS_VERB;
    bool opened = v->before == SLK_UPOS_DET || v->before == SLK_UPOS_ADJ || owner_before(v);
    if (opened && (is(v, v->t + 1, "of") || !(v->next & (NOMINAL | BIT(ADJ)))))
        return noun ? SLK_UPOS_NOUN : SLK_UPOS_VERB;
    if (w->row != SLK_NONE && w->best == SLK_UPOS_NOUN && v->before != SLK_UPOS_PUNCT) return SLK_UPOS_NOUN;
    return SLK_UPOS_VERB;
}

static uint8_t choose_adjective(const view *v, const word *w) {
    bool noun_next = v->next & NOMINAL, end_of_noun = !(v->next & (NOMINAL | BIT(ADJ) | BIT(NUM)));
    if ((w->can & BIT(NOUN)) && end_of_noun && (opens_noun(v->before) || owner_before(v)) && w->best == SLK_UPOS_NOUN)
        return SLK_UPOS_NOUN;
    if (noun_next) return SLK_UPOS_ADJ;
    if (v->before == SLK_UPOS_AUX) return SLK_UPOS_ADJ;
    if ((w->can & BIT(ADV)) && !opens_noun(v->before))
        return v->before == SLK_UPOS_VERB || v->before == SLK_UPOS_NOUN ? SLK_UPOS_ADV : w->best;
    if ((w->can & BIT(NOUN)) && end_of_noun && opens_noun(v->before)) return SLK_UPOS_NOUN;
    return w->best;
}

static uint8_t choose(const view *v) {
    const word *w = &v->g->w[v->t];
    if ((w->can & (w->can - 1)) == 0) return w->best;
    if (slk_text_is(w->form, "'s")) return choose_clitic_s(v);
    if (slk_text_is(w->form, "that")) return choose_that(v);
    if (slk_text_is(w->form, "to")) return choose_to(v);
    if (w->can & BIT(AUX)) return choose_auxiliary(v, w);
    if ((w->can & BIT(SCONJ)) && (w->can & BIT(ADP)))
        return clause_follows(v) && !(v->next & BIT(NUM)) ? SLK_UPOS_SCONJ : SLK_UPOS_ADP;
    if (w->ing && (w->can & BIT(VERB))) return choose_ing(v, w);
    if ((w->can & BIT(VERB)) && (w->can & BIT(NOUN))) return choose_noun_or_verb(v, w);
    if ((w->can & BIT(VERB)) && (w->can & BIT(ADJ))) {
        bool modifies = (opens_noun(v->before) || owner_before(v)) && (v->next & (NOMINAL | BIT(ADJ)));
        return modifies && w->best == SLK_UPOS_ADJ ? SLK_UPOS_ADJ
               : v->before == SLK_UPOS_AUX && w->best == SLK_UPOS_ADJ && !slk_lemma_is(v->g->r, v->t - 1, "have")
                   ? SLK_UPOS_ADJ
                   : SLK_UPOS_VERB;
    }
    if ((w->can & BIT(ADJ)) && (w->can & BIT(PROPN))) return (v->next & NOMINAL) ? SLK_UPOS_ADJ : SLK_UPOS_PROPN;
    if (w->can & BIT(ADJ)) return choose_adjective(v, w);
    if ((w->can & BIT(DET)) && (w->can & BIT(PRON)))
        return v->next & (NOMINAL | BIT(ADJ) | BIT(NUM)) && !(v->next & BIT(AUX)) ? SLK_UPOS_DET : SLK_UPOS_PRON;
    return w->best;
}

/* ---------------------------------------------------------------- lemmas */

static const char *keep(tagger *g, slk_text t) { return slk_arena_copy(&g->r->arena, t.at, t.n); }

static const char *lemma_of(tagger *g, uint32_t token, uint8_t upos) {
    const word *w = &g->w[token];
    char base[SLK_WORD_MOST];
    bool known;
    if (upos == SLK_UPOS_PUNCT || upos == SLK_UPOS_SYM || upos == SLK_UPOS_NUM) return w->form.at;
    if (upos == SLK_UPOS_PROPN) {
        slk_text x = slk_token_text(g->r, token);
        return keep(g, x);
    }
    if (upos == SLK_UPOS_VERB) {
        slk_text v = slk_verb_base(g->pack, w->form, base, &known);
        return v.at == w->form.at ? w->form.at : v.at == base ? keep(g, v) : v.at;
    }
    if (upos == SLK_UPOS_NOUN) {
        slk_text n = slk_noun_base(g->pack, w->form, base, &known);
        return n.at == w->form.at ? w->form.at : n.at == base ? keep(g, n) : n.at;
    }
    if (upos == SLK_UPOS_ADJ || upos == SLK_UPOS_ADV) {
        slk_text a = slk_irregular(g->pack, w->form, 'a');
        return a.n ? a.at : w->form.at;
    }
    if (w->row != SLK_NONE) {
        if (slk_text_is(w->form, "'s")) return upos == SLK_UPOS_AUX ? "be" : "'s";
        const char *lemma = slk_pack_str(g->pack, SLK_T_CLOSED, w->row, SLK_CLOSED_LEMMA);
        if (lemma) return lemma;
    }
    return w->form.at;
}

/* ---------------------------------------------------------------- all sentences */

static bool is_title(const slk_reading *r, uint32_t first, uint32_t last) {
    uint32_t large = 0, words = 0;
    for (uint32_t t = first; t < last; t++) {
        slk_text x = slk_token_text(r, t);
        if (x.n < 4 || !slk_is_alpha(x.at[0])) continue;
        words++;
        large += slk_is_upper(x.at[0]);
    }
    return words >= 4 && large * 5 >= words * 4;
}

/* "test-fired": a verb of two words, unless it stands within a noun phrase ("the test-fired missile"). */
static bool is_joined_verb(const view *v) {
    static const char *const firsts[] = {"test", "flight", "air"};
    const slk_reading *r = v->g->r;
    if (v->t < v->first + 2 || !slk_word_is(r, v->t - 1, "-") || !SLK_WORD_IN(r, v->t - 2, firsts)) return false;
    if (!slk_text_ends_fold(slk_token_text(r, v->t), "ed") || !(v->g->w[v->t].can & BIT(VERB))) return false;
    uint8_t before = v->t > v->first + 2 ? r->tokens.at[v->t - 3].upos : SLK_UPOS_PUNCT;
    return !opens_noun(before) && !(v->t > v->first + 2 && slk_word_is(r, v->t - 3, "its"));
}

static slk_err tag_sentence(tagger *g, uint32_t first, uint32_t last) {
    g->title = is_title(g->r, first, last);
    for (uint32_t t = first; t < last; t++)
        if (!find_candidates(g, t)) return SLK_ENOMEM;
    for (uint32_t t = first; t < last; t++) {
        view v = {.g = g, .t = t, .first = first, .last = last, .before = SLK_UPOS_PUNCT, .before2 = SLK_UPOS_PUNCT};
        if (t > first) v.before = g->r->tokens.at[t - 1].upos;
        if (t > first + 1) v.before2 = g->r->tokens.at[t - 2].upos;
        v.next = t + 1 < last ? g->w[t + 1].can : 0;
        v.next2 = t + 2 < last ? g->w[t + 2].can : 0;
        if (v.before == SLK_UPOS_PUNCT && t > first + 1 && slk_word_is(g->r, t - 1, "-")) v.before = SLK_UPOS_ADJ;
        uint8_t upos = is_joined_verb(&v) ? SLK_UPOS_VERB : choose(&v);
        g->r->tokens.at[t].upos = upos;
        const char *lemma = lemma_of(g, t, upos);
        if (!lemma) return SLK_ENOMEM;
        g->r->tokens.at[t].lemma = lemma;
    }
    return SLK_OK;
}

slk_err slk_tags_find(const slk_pack *pack, slk_reading *r) {
    tagger g = {.pack = pack, .r = r};
    g.w = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *g.w);
    if (!g.w) return SLK_ENOMEM;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token;
        slk_err err = tag_sentence(&g, first, first + r->sentences.at[s].n_tokens);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}
