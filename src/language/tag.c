/* tag.c - UPOS and lemma of every token: candidates from the tables, else from spelling; then one of them by its neighbours (choose.c).
 * What is true of a form is worked out once and kept. See language.h. */
#include <string.h>

#include "base/words.h"
#include "language/tagging.h"

#define BIT SLK_BIT
#define FUNCTION (BIT(DET) | BIT(PRON) | BIT(ADP) | BIT(CCONJ) | BIT(SCONJ) | BIT(AUX) | BIT(PART))
#define KNOWN 8192 /* slots for forms; a form whose slot is taken by another is worked out again */

/* ---------------------------------------------------------------- what is true of a form */

static bool ends_in(slk_text t, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (t.n > strlen(list[i]) + 2 && slk_text_ends_fold(t, list[i])) return true;
    return false;
}

#define ENDS_IN(t, list) ends_in((t), (list), sizeof(list) / sizeof *(list))

/* Words that no table knows, by their last letters. */
static void by_spelling(slk_form *f) {
    static const char *const adjective[] = {"ous", "ful", "less", "able", "ible", "ical", "ial", "onal",
                                            "ic",  "ive", "ish",  "like", "ese",  "ern",  "ant", "eous"};
    static const char *const noun[] = {"tion", "sion", "ment", "ness", "ity",    "ship", "ance", "ence",
                                       "ism",  "ist",  "hood", "logy", "graphy", "er",   "or"};
    static const char *const verb[] = {"ize", "ise", "ify", "yze"};
    uint32_t also = f->noun ? BIT(NOUN) : 0;
    f->best = SLK_UPOS_NOUN;
    f->can = BIT(NOUN);
    if (f->past) {
        f->can = BIT(VERB) | BIT(ADJ) | also, f->best = SLK_UPOS_VERB;
    } else if (f->ing) {
        f->can = BIT(VERB) | BIT(NOUN) | BIT(ADJ), f->best = SLK_UPOS_VERB;
    } else if (f->lemma_a) {
        f->can = BIT(ADJ) | BIT(ADV), f->best = SLK_UPOS_ADJ;
    } else if (f->verb) {
        f->can = BIT(VERB) | also, f->best = also ? SLK_UPOS_NOUN : SLK_UPOS_VERB;
    } else if (f->noun) {
        return;
    } else if (f->text.n > 4 && slk_text_ends_fold(f->text, "ly")) {
        f->can = BIT(ADV), f->best = SLK_UPOS_ADV;
    } else if (ENDS_IN(f->text, noun)) {
        return;
    } else if (ENDS_IN(f->text, adjective)) {
        f->can = BIT(ADJ) | BIT(NOUN), f->best = SLK_UPOS_ADJ;
    } else if (ENDS_IN(f->text, verb)) {
        f->can = BIT(VERB), f->best = SLK_UPOS_VERB;
    }
}

/* "re-route" is what "route" is. */
static uint32_t behind_prefix(const slk_tagger *g, slk_text t) {
    static const char *const prefixes[] = {"re-", "co-", "pre-", "counter-", "mis-", "over-"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (slk_text_starts(t, prefixes[i]) && t.n > n + 2)
            return slk_closed_row(g->pack, (slk_text){t.at + n, t.n - n});
    }
    return SLK_NONE;
}

static void by_table(const slk_tagger *g, slk_form *f, uint32_t row) {
    slk_text rest = slk_pack_cell(g->pack, SLK_T_CLOSED, row, SLK_CLOSED_UPOS), piece;
    f->can = 0;
    while (rest.n && slk_text_split(&rest, '|', &piece)) {
        int u = slk_upos_of(piece);
        if (u < 0) continue;
        if (!f->can) f->best = (uint8_t)u;
        f->can |= 1u << u;
    }
    if ((f->past || f->ing) && f->verb && !(f->can & (BIT(AUX) | BIT(ADP)))) f->can |= BIT(VERB);
    if (f->can & BIT(VERB)) f->verb = true;
}

static void shapes(const slk_tagger *g, slk_form *f, bool letter) {
    char base[SLK_WORD_MOST];
    slk_text t = f->text;
    if (!letter) return;
    f->ing = t.n > 4 && slk_has_suffix(t, "ing");
    f->s = t.n > 3 && t.at[t.n - 1] == 's' && t.at[t.n - 2] != 's' && t.at[t.n - 2] != '\'';
    bool ed = t.n > 3 && slk_text_ends_fold(t, "ed");
    slk_text irregular = slk_irregular(g->pack, t, 'v');
    bool other = irregular.n && !slk_text_eq(irregular, t) && !f->ing && !(f->s && !slk_text_is(t, "was"));
    (void)slk_verb_base(g->pack, t, base, &f->verb);
    (void)slk_noun_base(g->pack, t, base, &f->noun);
    if (slk_text_ends_fold(t, "eed") && !irregular.n && slk_closed_has(g->pack, f->row, "VERB"))
        ed = false; /* "need" */
    f->past = ed ? t.n > 4 || f->verb : other;
    f->lemma_a = NULL;
    slk_text a = slk_irregular(g->pack, t, 'a');
    if (a.n) f->lemma_a = a.at;
}

static void work_out(const slk_tagger *g, slk_form *f) {
    unsigned char c = (unsigned char)f->text.at[0];
    bool letter = slk_is_alpha((char)c) || c >= 0x80;
    f->row = slk_closed_row(g->pack, f->text);
    shapes(g, f, letter);
    uint32_t inner = f->row == SLK_NONE ? behind_prefix(g, f->text) : f->row;
    if (inner != SLK_NONE)
        by_table(g, f, inner);
    else
        by_spelling(f);
    f->function = f->row != SLK_NONE && (f->can & FUNCTION) != 0;
    f->base = (f->can & BIT(VERB)) && !f->ing && !f->past && !f->s;
    static const char *const both[] = {"put",  "hit",    "cut",       "set",      "let",  "read", "cost",
                                       "hurt", "shut",   "split",     "spread",   "beat", "cast", "burst",
                                       "quit", "thrust", "broadcast", "forecast", "shed", "upset"};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        if (slk_text_is(f->text, both[i])) f->base = f->past = true;
}

static uint32_t hash_of(slk_text t) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < t.n; i++) h = (h ^ (unsigned char)t.at[i]) * 16777619u;
    return h;
}

/* In small letters; a curly apostrophe becomes the straight one that the tables have. Writes x.n bytes and a NUL at most. */
static slk_text small_letters(slk_text x, char *z) {
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++) {
        if (i + 2 < x.n && memcmp(x.at + i, "\xE2\x80\x99", 3) == 0) {
            z[n++] = '\'';
            i += 2;
        } else {
            z[n++] = slk_lower(x.at[i]);
        }
    }
    z[n] = '\0';
    return (slk_text){z, n};
}

static slk_form *form_of(slk_tagger *g, slk_text x) {
    char small[SLK_WORD_MOST + 1];
    slk_form_slot *slot = NULL;
    if (x.n <= SLK_WORD_MOST) {
        slk_text t = small_letters(x, small);
        slot = &g->known[hash_of(t) % KNOWN];
        if (slot->form && slk_text_eq(slot->form->text, t)) return slot->form;
    }
    slk_form *f = slk_arena_take(&g->r->arena, sizeof *f);
    char *z = slk_arena_take(&g->r->arena, x.n + 1);
    if (!f || !z) return NULL;
    *f = (slk_form){.text = small_letters(x, z)};
    work_out(g, f);
    if (slot) slot->form = f;
    return f;
}

/* ---------------------------------------------------------------- what is true of a token */

static slk_hit name_hit(const slk_tagger *g, uint32_t token, bool whole, bool demonym) {
    slk_hit hits[12];
    slk_span span = g->r->tokens.at[token].span;
    uint32_t n = slk_pack_match(g->pack, g->r->report.text, span.start, hits, 12);
    for (uint32_t i = 0; i < n; i++) {
        if (whole && hits[i].end != span.end) continue;
        bool is_demonym = hits[i].table == SLK_T_COUNTRIES && hits[i].column == SLK_COUNTRIES_DEMONYMS;
        if (demonym
                ? is_demonym
                : hits[i].table == SLK_T_COUNTRIES || hits[i].table == SLK_T_PEOPLE || hits[i].table == SLK_T_PLACES ||
                      hits[i].table == SLK_T_SITES || hits[i].table == SLK_T_AGENCIES)
            return hits[i];
    }
    return (slk_hit){.end = 0};
}

/* A demonym before a noun is an adjective ("Korean missile"), else a name. */
static bool is_demonym(const slk_tagger *g, uint32_t token, slk_text form) {
    static const char *const ends[] = {"ian", "ean", "ese"};
    return name_hit(g, token, true, true).end > 0 || ENDS_IN(form, ends);
}

static bool capital_at(const slk_tagger *g, uint32_t token) {
    uint32_t cp;
    slk_text x = slk_token_text(g->r, token);
    if (x.n == 0 || !x.at) return false;
    if ((unsigned char)x.at[0] < 0x80) return slk_is_upper(x.at[0]);
    slk_utf8_next(x.at, x.at + x.n, &cp);
    return slk_cp_is_upper(cp);
}

static bool capital_next(const slk_tagger *g, uint32_t token) {
    return token + 1 < g->r->tokens.n && g->r->tokens.at[token + 1].sentence == g->r->tokens.at[token].sentence &&
           capital_at(g, token + 1);
}

static bool all_capitals(slk_text x) {
    for (size_t i = 0; i < x.n; i++)
        if (!slk_is_upper(x.at[i])) return false;
    return x.n >= 2;
}

/* A capital makes a name, but not where every word gets one: at the start and in titles only what is no common word does. */
static bool is_name(const slk_tagger *g, uint32_t token, const slk_word *w) {
    const slk_form *f = w->form;
    slk_text x = slk_token_text(g->r, token);
    bool upper = all_capitals(x);
    if (f->function && !(f->can & BIT(PROPN))) return upper && !g->title && x.n == 2 && slk_text_is(f->text, "us");
    if (!w->first && !g->title) return true;
    if (upper && !g->title && f->row == SLK_NONE) return true;
    bool stranger = f->row == SLK_NONE && !f->noun && !f->verb && !f->ing && !f->lemma_a &&
                    (g->title || !(f->can & (BIT(ADV) | BIT(ADJ))));
    if (f->best == SLK_UPOS_PROPN) return true;
    if (stranger && (g->title || !f->s || capital_next(g, token))) return true;
    if ((f->ing || f->past) && f->row == SLK_NONE && !f->verb && !f->noun) return true; /* "Schilling", "Ahmed" */
    if (f->best == SLK_UPOS_ADV || f->best == SLK_UPOS_NUM) return false;
    return name_hit(g, token, false, false).end > 0;
}

static void capitals(const slk_tagger *g, uint32_t token, slk_word *w) {
    if (!is_name(g, token, w)) return;
    w->can = BIT(PROPN), w->best = SLK_UPOS_PROPN;
    if (is_demonym(g, token, w->form->text)) w->can |= BIT(ADJ);
}

static bool has_digit(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (slk_is_digit(t.at[i])) return true;
    return false;
}

static bool ordinal(slk_text x) {
    return slk_text_ends_fold(x, "st") || slk_text_ends_fold(x, "nd") || slk_text_ends_fold(x, "rd") ||
           slk_text_ends_fold(x, "th");
}

static bool is_symbol(uint32_t cp) {
    return (cp < 0x80 && strchr("$%+=#/~", (int)cp) != NULL) || (cp >= 0x20A0 && cp <= 0x20CF) || cp == 0xA3 ||
           cp == 0xA5 || cp == 0xB0 || cp == 0xA7 || cp == 0xD7;
}

/* Signs and figures; false for words. */
static bool by_signs(slk_word *w, slk_text x, bool joined) {
    uint32_t cp = (unsigned char)x.at[0];
    if (cp >= 0x80) slk_utf8_next(x.at, x.at + x.n, &cp);
    if (slk_is_digit(x.at[0])) {
        w->best = ordinal(x)                    ? SLK_UPOS_ADJ
                  : slk_text_ends_fold(x, "s")  ? SLK_UPOS_NOUN
                  : slk_is_upper(x.at[x.n - 1]) ? SLK_UPOS_PROPN
                                                : SLK_UPOS_NUM;
    } else if (slk_cp_is_word(cp)) {
        if (!memchr(x.at, '/', x.n) && !memchr(x.at, '@', x.n)) return false;
        w->best = SLK_UPOS_X; /* an address */
        if (x.n < 7) return false;
    } else if (cp == '\'' || cp == 0x2019) {
        if (x.n > 1 && slk_is_alpha(x.at[x.n - 1])) return false;
        w->best = joined ? SLK_UPOS_PART : SLK_UPOS_PUNCT;
    } else {
        w->best = cp == '&' && x.n == 1 ? SLK_UPOS_CCONJ : is_symbol(cp) ? SLK_UPOS_SYM : SLK_UPOS_PUNCT;
    }
    w->can = 1u << w->best;
    return true;
}

/* "de", "bin", "al" between capitals */
static bool is_particle(const slk_tagger *g, uint32_t token, slk_text form) {
    static const char *const words[] = {"de",  "la", "von", "van", "bin", "al", "el", "ibn", "der",
                                        "den", "du", "dos", "da",  "ben", "di", "le", "abu", "ul"};
    if (form.n > 3 || token + 2 >= g->r->tokens.n) return false;
    bool dash = slk_word_is(g->r, token + 1, "-");
    if (!capital_at(g, token + 1) && !(dash && capital_at(g, token + 2))) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is(form, words[i])) return true;
    return false;
}

/* "Tongchang-ri", "Moo-jin": a strange word behind the hyphen of a name */
static bool is_name_part(const slk_tagger *g, uint32_t token, uint32_t first, const slk_form *f) {
    if (token < first + 2 || f->verb || f->past || f->ing) return false;
    bool given = token >= first + 3 && f->text.n < 6 && (g->w[token - 3].can & BIT(PROPN)) != 0; /* "Ban Ki-moon" */
    if (!given && (f->row != SLK_NONE || f->noun)) return false;
    const slk_token *t = &g->r->tokens.at[token - 1];
    bool tight = t->span.end == t[1].span.start && t->span.start == t[-1].span.end;
    return tight && slk_word_is(g->r, token - 1, "-") && (g->w[token - 2].can & BIT(PROPN)) != 0 &&
           !(f->can & (BIT(ADJ) | BIT(ADV)));
}

static bool opens(const slk_tagger *g, uint32_t token, uint32_t first) {
    if (token == first) return true;
    if (g->w[token - 1].best != SLK_UPOS_PUNCT) return false;
    static const char *const marks[] = {"\"", ":",  "\xE2\x80\x9C", "\xE2\x80\x98",
                                        "``", "--", "\xE2\x80\x94", "\xE2\x80\xA2"};
    return token == first + 1 || SLK_WORD_IN(g->r, token - 1, marks);
}

static bool find_candidates(slk_tagger *g, uint32_t token, uint32_t first) {
    slk_text x = slk_token_text(g->r, token);
    slk_word *w = &g->w[token];
    if (!x.at) x = (slk_text){"", 0};
    *w = (slk_word){.form = form_of(g, x)};
    if (!w->form) return false;
    w->first = opens(g, token, first);
    if (by_signs(w, x, g->r->tokens.at[token].joined)) return true;
    w->can = w->form->can, w->best = w->form->best;
    w->capital = capital_at(g, token);
    if (w->capital)
        capitals(g, token, w);
    else if (is_particle(g, token, w->form->text) || is_name_part(g, token, first, w->form))
        w->can = BIT(PROPN), w->best = SLK_UPOS_PROPN;
    if (w->form->row == SLK_NONE && has_digit(w->form->text)) w->can = BIT(PROPN), w->best = SLK_UPOS_PROPN;
    return true;
}

/* ---------------------------------------------------------------- lemmas */

static const char *keep(slk_tagger *g, const slk_form *f, slk_text t, const char *own) {
    if (t.at == f->text.at && t.n == f->text.n) return f->text.at;
    return t.at == own ? slk_arena_copy(&g->r->arena, t.at, t.n) : t.at;
}

/* "her" before its noun; elsewhere it stands for "she". */
static bool owns(const slk_tagger *g, uint32_t token) {
    const uint32_t nominal = SLK_NOMINAL | BIT(ADJ) | BIT(NUM);
    if (token + 1 >= g->r->tokens.n || g->r->tokens.at[token + 1].sentence != g->r->tokens.at[token].sentence)
        return false;
    return (g->w[token + 1].can & nominal) && !(g->w[token + 1].can & (BIT(ADP) | BIT(PART)));
}

/* Names keep their letters; those made of a plural lose its ending ("States"). */
static const char *lemma_of_name(slk_tagger *g, uint32_t token) {
    const slk_form *f = g->w[token].form;
    slk_text x = slk_token_text(g->r, token), base;
    char small[SLK_WORD_MOST];
    bool known;
    if (f->s && f->noun && x.n == f->text.n && !all_capitals(x)) {
        base = slk_noun_base(g->pack, f->text, small, &known);
        bool cut = base.at == small && base.n < x.n && memcmp(base.at, f->text.at, base.n) == 0;
        if (cut) x.n = base.n;
    }
    if (f->s && !f->noun && (g->w[token].can & BIT(ADJ)) && !all_capitals(x)) x.n--; /* "the Russians" */
    return slk_arena_copy(&g->r->arena, x.at, x.n);
}

static const char *lemma_of_clitic(const slk_tagger *g, uint32_t token, uint8_t upos) {
    if (upos == SLK_UPOS_PRON) return "we"; /* "let's" */
    if (upos != SLK_UPOS_AUX && upos != SLK_UPOS_VERB) return "'s";
    return slk_word_is(g->r, token + 1, "been") || slk_word_is(g->r, token + 1, "got") ? "have" : "be";
}

static const char *lemma_of(slk_tagger *g, uint32_t token, uint8_t upos) {
    slk_form *f = g->w[token].form;
    char base[SLK_WORD_MOST];
    bool known;
    if (f->row != SLK_NONE && upos != SLK_UPOS_PROPN) {
        if (slk_text_is(f->text, "'s")) return lemma_of_clitic(g, token, upos);
        if (slk_text_is(f->text, "her") && !owns(g, token)) return "she";
        if (upos == SLK_UPOS_NOUN && slk_text_is(f->text, "am")) return "a.m.";
        const char *lemma = slk_pack_str(g->pack, SLK_T_CLOSED, f->row, SLK_CLOSED_LEMMA);
        if (lemma) return lemma;
    }
    switch (upos) {
    case SLK_UPOS_PROPN: return lemma_of_name(g, token);
    case SLK_UPOS_VERB:
        if (!f->lemma_v) f->lemma_v = keep(g, f, slk_verb_base(g->pack, f->text, base, &known), base);
        return f->lemma_v;
    case SLK_UPOS_NOUN:
        if (!f->lemma_n) f->lemma_n = keep(g, f, slk_noun_base(g->pack, f->text, base, &known), base);
        return f->lemma_n;
    case SLK_UPOS_ADJ:
        if (g->w[token].can & BIT(PROPN)) return lemma_of_name(g, token); /* "Iranian" */
        return f->lemma_a ? f->lemma_a : f->text.at;
    case SLK_UPOS_ADV:
        if (f->lemma_a && strcmp(f->lemma_a, "good") == 0) return "well";
        return f->lemma_a ? f->lemma_a : f->text.at;
    case SLK_UPOS_PUNCT:
        return slk_text_is(f->text, "\xE2\x80\x9C") || slk_text_is(f->text, "\xE2\x80\x9D") ? "\"" : f->text.at;
    case SLK_UPOS_PART: return f->text.at[0] == '\'' && f->text.n == 1 ? "'s" : f->text.at;
    default: return f->text.at;
    }
}

/* ---------------------------------------------------------------- all sentences */

static bool is_title(const slk_reading *r, uint32_t first, uint32_t last) {
    uint32_t large = 0, words = 0;
    for (uint32_t t = first; t < last; t++) {
        slk_text x = slk_token_text(r, t);
        if (x.n < 4 || !x.at || !slk_is_alpha(x.at[0])) continue;
        words++;
        large += slk_is_upper(x.at[0]);
    }
    return words >= 4 && large * 5 >= words * 4;
}

static bool is_verbless(const slk_tagger *g, uint32_t first, uint32_t last) {
    for (uint32_t t = first; t < last; t++) {
        const slk_word *w = &g->w[t];
        if (w->best == SLK_UPOS_AUX) return false;
        if (w->best == SLK_UPOS_VERB && !(w->can & BIT(NOUN)) && !w->form->ing && !w->form->base) return false;
    }
    return true;
}

/* Whether a new clause begins behind this token, with a verb of its own. */
static bool ends_clause(const slk_tagger *g, uint32_t t, uint8_t upos) {
    static const char *const marks[] = {";", ":", "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "--", "\xE2\x80\x94"};
    static const char *const relative[] = {"that", "which", "who", "what", "when", "where"};
    if (upos == SLK_UPOS_SCONJ || upos == SLK_UPOS_CCONJ) return true;
    if (upos == SLK_UPOS_PUNCT) return SLK_WORD_IN(g->r, t, marks);
    return (upos == SLK_UPOS_PRON || upos == SLK_UPOS_ADV) && SLK_WORD_IN(g->r, t, relative);
}

static slk_err tag_sentence(slk_tagger *g, uint32_t first, uint32_t last) {
    g->title = is_title(g->r, first, last);
    for (uint32_t t = first; t < last; t++)
        if (!find_candidates(g, t, first)) return SLK_ENOMEM;
    g->verbless = is_verbless(g, first, last);
    bool finite = false;
    for (uint32_t t = first; t < last; t++) {
        uint8_t upos = slk_tag_choose(g, t, first, last, finite);
        g->r->tokens.at[t].upos = upos;
        if (!(g->r->tokens.at[t].lemma = lemma_of(g, t, upos))) return SLK_ENOMEM;
        const slk_form *f = g->w[t].form;
        if (upos == SLK_UPOS_AUX || (upos == SLK_UPOS_VERB && !f->ing &&
                                     !(f->base && t > first && g->r->tokens.at[t - 1].upos == SLK_UPOS_PART)))
            finite = true;
        if (ends_clause(g, t, upos)) finite = false;
    }
    return SLK_OK;
}

slk_err slk_tags_find(const slk_pack *pack, slk_reading *r) {
    slk_tagger g = {.pack = pack, .r = r};
    g.w = slk_arena_take(&r->arena, (r->tokens.n + 1) * sizeof *g.w);
    g.known = slk_arena_take(&r->arena, KNOWN * sizeof *g.known);
    if (!g.w || !g.known) return SLK_ENOMEM;
    for (uint32_t s = 0; s < r->sentences.n; s++) {
        uint32_t first = r->sentences.at[s].first_token;
        slk_err err = tag_sentence(&g, first, first + r->sentences.at[s].n_tokens);
        if (err != SLK_OK) return err;
    }
    return SLK_OK;
}
