/* ends.c - what is seen at a gap between two tokens that may be the end of a sentence: looks and words on both sides, how long the
 * sentence is, what is open in it, how the paragraph and the text are written. See ends.h. Linear in the text. */
#include "language/ends.h"

#include <string.h>

#include "base/text.h"
#include "base/words.h"
#include "language/phrases.h"
#include "language/words.h"

enum look { /* how a token looks; marks that do the same look the same */
            NONE,
            SMALL,
            CAPITAL,
            UPPER,   /* two capitals or more */
            LETTER,  /* one capital letter */
            MIXED,   /* "iPhone", "T-72", other scripts without case */
            FIGURES, /* "400" */
            FIGURE,  /* "1" to "99" */
            NUMBER,  /* "6:50", "4/9/02", "1,000", "21st" */
            STOP,
            ASKS,   /* "?", "!", "?!" */
            TRAILS, /* "...", the character of the same look */
            COMMA,
            COLON,
            SEMICOLON,
            DASH,
            DASHES, /* "--", "---" */
            OPENS,  /* an opening quote */
            CLOSES, /* a closing quote */
            BRACKET,
            UNBRACKET,
            SHORT, /* an abbreviation that names or counts may follow */
            TITLE, /* one that never ends a sentence: "Gen.", "Sept.", "No.", "J." */
            ADDRESS,
            SMILEY,
            BULLET, /* "*", a bullet, ">", "|" */
            LINE,   /* "====", "____" */
            OTHER,
            JOINED /* second part of a word of two */
};

#define MIX 0x9E3779B1u

static uint32_t mix(uint32_t h, uint32_t x) {
    h = (h ^ x) * MIX;
    return h ^ h >> 15;
}

/* ---------------------------------------------------------------- one token */

static bool ends_mark(uint8_t look) { return look == STOP || look == ASKS || look == TRAILS; }
static bool capital(uint8_t look) { return look == CAPITAL || look == UPPER || look == LETTER; }
static bool word_look(uint8_t look) { return look >= SMALL && look <= NUMBER; }

static uint8_t letters_look(slk_text x) {
    size_t upper = 0, lower = 0, other = 0;
    for (size_t i = 0; i < x.n; i++) {
        if (slk_is_upper(x.at[i]))
            upper++;
        else if (slk_is_lower(x.at[i]))
            lower++;
        else
            other += x.at[i] != '\'' && x.at[i] != '&' && x.at[i] != '.';
    }
    uint32_t first;
    slk_utf8_next(x.at, x.at + x.n, &first);
    bool big = slk_cp_is_upper(first);
    if (upper == 0 && !big) return other && !lower ? MIXED : SMALL;
    if (big && upper <= 1 && lower + other > 0) return CAPITAL;
    if (lower == 0) return upper == 1 && other == 0 ? LETTER : UPPER;
    return big ? CAPITAL : MIXED;
}

static uint8_t figures_look(slk_text x) {
    for (size_t i = 0; i < x.n; i++)
        if (!slk_is_digit(x.at[i])) return NUMBER;
    return x.n <= 2 ? FIGURE : FIGURES;
}

/* Straight quotes open where a space stands before them and none behind. */
static uint8_t quote_look(uint32_t cp, bool space_before, bool space_after) {
    if (cp == 0x201C || cp == 0x2018 || cp == 0xAB || cp == '`') return OPENS;
    if (cp == 0x201D || cp == 0xBB || (cp == 0x2019 && !space_before)) return CLOSES;
    if (cp != '"' && cp != '\'' && cp != 0x2019) return NONE;
    return space_before && !space_after ? OPENS : CLOSES;
}

static uint8_t mark_look(slk_text x, uint32_t cp, bool space_before, bool space_after) {
    uint8_t quote = quote_look(cp, space_before, space_after);
    if (quote) return quote;
    if (cp == 0x2026 || (cp == '.' && x.n > 1 && x.at[1] == '.')) return TRAILS;
    if (cp == '.' || cp == 0x3002) return STOP;
    if (cp == '!' || cp == '?' || cp == 0xFF01 || cp == 0xFF1F) return ASKS;
    if (cp == ',') return COMMA;
    if (cp == ';') return SEMICOLON;
    if (cp == ':' && x.n == 1) return COLON;
    if (cp == 0x2013 || cp == 0x2014) return DASHES;
    if (cp == '-') return x.n == 1 ? DASH : x.n < 4 ? DASHES : LINE;
    if (cp == '(' && x.n == 1) return BRACKET;
    if (cp == '[' || cp == '{') return BRACKET;
    if (cp == ')' || cp == ']' || cp == '}') return UNBRACKET;
    if ((cp == ':' || cp == '=' || cp == '(' || cp == '^' || cp == '<') && x.n > 1 && x.at[1] != x.at[0]) return SMILEY;
    if (x.n > 3 && x.at[0] == x.at[1]) return LINE;
    return cp == '*' || cp == '>' || cp == '|' || cp == 0x2022 || cp == 0xB7 || cp == '<' || cp == '~' ? BULLET : OTHER;
}

static uint8_t short_look(const slk_pack *pack, slk_text x) {
    uint32_t row = slk_pack_find(pack, SLK_T_ABBREVIATIONS, x);
    if (row == SLK_NONE) return x.n == 2 ? TITLE : SHORT;
    slk_text kind = slk_pack_cell(pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND);
    bool title = slk_text_is(kind, "title") || slk_text_is(kind, "month") || slk_text_is(kind, "measure") ||
                 slk_text_is(kind, "count");
    return title ? TITLE : SHORT;
}

/* The look of a form by itself; NONE of marks, whose neighbours decide. */
static uint8_t own_look(const slk_pack *pack, slk_text x) {
    uint32_t cp;
    slk_utf8_next(x.at, x.at + x.n, &cp);
    if (!slk_cp_is_word(cp) && !(x.n > 1 && slk_is_digit(x.at[x.n - 1]))) return NONE;
    if (x.n > 6 && (memchr(x.at, '@', x.n) || memchr(x.at, '/', x.n)) && !slk_is_digit(x.at[0])) return ADDRESS;
    if (x.n > 1 && x.at[x.n - 1] == '.') return short_look(pack, x);
    return slk_is_digit(x.at[0]) ? figures_look(x) : letters_look(x);
}

static uint8_t look_of(const slk_reading *r, uint32_t token) {
    const slk_token *k = &r->tokens.at[token];
    const slk_word *w = r->words.at[token];
    if (k->joined || w->end_look) return k->joined ? JOINED : w->end_look;
    uint32_t cp;
    slk_utf8_next(w->text.at, w->text.at + w->text.n, &cp);
    return mark_look(w->text, cp, token == 0 || r->tokens.at[token - 1].space_after, k->space_after);
}

/* The part of a word that is asked of here: small letters, figures as 0. */
static void look_at(const slk_pack *pack, slk_word *w) {
    char form[32];
    slk_text x = w->text;
    size_t n = x.n < sizeof form ? x.n : sizeof form;
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < n; i++) {
        form[i] = slk_is_digit(x.at[i]) ? '0' : slk_lower(x.at[i]);
        h = (h ^ (unsigned char)form[i]) * 0x01000193u;
    }
    w->end_word = h ^ h >> 15;
    uint32_t tail = 0x811C9DC5u;
    for (size_t i = n > 3 ? n - 3 : 0; i < n; i++) tail = (tail ^ (unsigned char)form[i]) * 0x01000193u;
    w->end_tail = (uint16_t)(tail ^ tail >> 16);
    w->end_look = own_look(pack, x);
    w->end_day = w->end_look == SHORT && (slk_text_is_fold(x, "a.m.") || slk_text_is_fold(x, "p.m.")) ? 2 : 0;
    w->parts |= SLK_WORD_END;
    uint32_t row = slk_pack_find(pack, SLK_T_CLOSED, (slk_text){form, n});
    if (row == SLK_NONE) return;
    slk_text all = slk_pack_cell(pack, SLK_T_CLOSED, row, SLK_CLOSED_UPOS), first;
    int upos = slk_text_split(&all, '|', &first) ? slk_upos_of(first) : -1;
    if (upos >= 0) w->end_upos = (uint8_t)(upos + 1);
}

/* The word as the keys know it: marks by their look alone. */
static void name_word(const slk_word *w, slk_end_token *t) {
    t->word = w->end_word;
    t->tail = w->end_tail;
    if (word_look(t->look) || t->look == JOINED)
        t->upos = w->end_upos;
    else if (t->look < SHORT || t->look > TITLE)
        t->word = t->look; /* all quotes, all dashes are one word */
}

static bool is_day(const slk_pack *pack, const slk_reading *r, uint32_t token) {
    slk_hit hit;
    if (!slk_phrase_in(pack, r, token, SLK_T_CALENDAR, &hit)) return false;
    slk_text kind = slk_pack_cell(pack, SLK_T_CALENDAR, hit.row, SLK_CALENDAR_KIND);
    return slk_text_is(kind, "weekday") || slk_text_is(kind, "month");
}

static uint8_t day_of(const slk_pack *pack, const slk_reading *r, uint32_t token, uint8_t look) {
    if (look == SHORT && r->words.at[token]->end_day) return r->words.at[token]->end_day;
    return (look == CAPITAL || look == TITLE) && is_day(pack, r, token);
}

/* ---------------------------------------------------------------- all tokens */

static uint8_t length_class(uint32_t n) {
    static const uint8_t most[] = {1, 2, 3, 4, 6, 9, 14, 22, 35};
    uint8_t i = 0;
    while (i < sizeof most && n > most[i]) i++;
    return i;
}

static uint8_t share_class(uint32_t part, uint32_t all) { /* 0: none counted; 1 .. 6 */
    if (all == 0) return 0;
    return part == 0 ? 1 : part == all ? 6 : (uint8_t)(2 + part * 4 / all);
}

static uint8_t gap_before(const slk_reading *r, uint32_t token) {
    if (token == 0) return 2;
    uint32_t from = r->tokens.at[token - 1].span.end, to = r->tokens.at[token].span.start;
    if (from == to) return 0;
    return memchr(r->report.text.at + from, '\n', to - from) ? 2 : 1;
}

/* From the end: how far the next mark is, how many capitals stand in a row; and how this text is written. */
static void look_back(slk_ends *e) {
    const slk_reading *r = e->r;
    uint32_t far = 0, small = 0, marks = 0, open = 0, paragraphs = 0;
    for (uint32_t i = r->tokens.n; i-- > 0;) {
        slk_end_token *t = &e->t[i];
        bool last = i + 1 == r->tokens.n || r->tokens.at[i].sentence != r->tokens.at[i + 1].sentence;
        const slk_end_token *next = last ? NULL : &e->t[i + 1];
        far = last ? 1000 : far + 1;
        if (ends_mark(t->look)) {
            far = 0;
            if (next && next->gap && (next->look == SMALL || capital(next->look)))
                marks++, small += next->look == SMALL;
        }
        t->to_mark = length_class(far);
        t->caps = !capital(t->look) ? 0 : next && next->caps < 7 ? (uint8_t)(next->caps + 1) : next ? 7 : 1;
        paragraphs += last;
        open += last && !ends_mark(t->look) && t->look != CLOSES && t->look != UNBRACKET;
    }
    e->small = share_class(small, marks);
    e->open = share_class(open, paragraphs);
}

slk_err slk_ends_start(slk_ends *e, const slk_pack *pack, slk_reading *r) {
    *e = (slk_ends){.r = r};
    if (r->tokens.n == 0) return SLK_OK;
    slk_err err = slk_words_ready(r);
    if (err != SLK_OK) return err;
    e->t = slk_mem_new(&r->mem, r->tokens.n * sizeof *e->t);
    if (!e->t) return SLK_ENOMEM;
    for (uint32_t i = 0; i < r->tokens.n; i++) {
        slk_word *word = r->words.at[i];
        if (!(word->parts & SLK_WORD_END)) look_at(pack, word);
        e->t[i] = (slk_end_token){.look = look_of(r, i), .gap = gap_before(r, i)};
        e->t[i].day = day_of(pack, r, i, e->t[i].look);
        name_word(word, &e->t[i]);
    }
    look_back(e);
    return SLK_OK;
}

void slk_ends_free(slk_ends *e) {
    if (e->r) slk_mem_free(&e->r->mem, e->t);
    e->t = NULL;
}

/* ---------------------------------------------------------------- the way through a paragraph */

void slk_ends_paragraph(slk_ends *e, uint32_t first, uint32_t last) {
    uint32_t marks = 0, words = 0, capitals = 0;
    for (uint32_t i = first; i <= last; i++) {
        uint8_t look = e->t[i].look;
        marks += ends_mark(look);
        words += word_look(look);
        capitals += capital(look);
    }
    e->start = first;
    e->last = last;
    e->marks = length_class(marks);
    e->title = share_class(capitals, words);
    uint8_t end = e->t[last].look;
    e->left_open = ends_mark(end) ? 0 : end == CLOSES || end == UNBRACKET ? 1 : 2;
    e->before = NONE;
}

void slk_ends_pass(slk_ends *e, uint32_t token, bool begins) {
    const slk_end_token *t = &e->t[token];
    if (begins) {
        if (token > e->start) e->before = e->t[token - 1].look;
        e->first = token;
        e->words = e->smalls = 0;
        e->brackets = 0;
        e->quotes = e->verb = 0;
    }
    e->words += word_look(t->look);
    e->smalls += t->look == SMALL;
    e->brackets += (t->look == BRACKET) - (t->look == UNBRACKET && e->brackets > 0);
    if (t->look == OPENS) e->quotes = 1;
    if (t->look == CLOSES) e->quotes = 2;
    if (t->upos == 1 + SLK_UPOS_VERB || t->upos == 1 + SLK_UPOS_AUX) e->verb = 1;
}

/* Behind closing quotes and brackets: the look of what they close. */
static uint8_t closed_look(const slk_ends *e, uint32_t token) {
    while (token > e->first && (e->t[token].look == CLOSES || e->t[token].look == UNBRACKET)) token--;
    return e->t[token].look;
}

/* "in the U.S. The", "at Rao Corp. \"We": a word that opens sentences, or a quotation, behind an abbreviation. */
static bool opens_sentence(const slk_ends *e, uint32_t token) {
    static const uint8_t openers[] = {SLK_UPOS_DET,   SLK_UPOS_PRON, SLK_UPOS_SCONJ,
                                      SLK_UPOS_CCONJ, SLK_UPOS_ADP,  SLK_UPOS_ADV};
    const slk_end_token *t = &e->t[token];
    if (t->look == OPENS) return token < e->last && t[1].look == CAPITAL;
    return (t->look == CAPITAL || t->look == LETTER) && t->upos && memchr(openers, t->upos - 1, sizeof openers);
}

static bool wide_mark(const slk_ends *e,
                      uint32_t token) { /* the full stop of Chinese and Japanese, and what stands with it */
    return (e->t[token].look == STOP || e->t[token].look == ASKS) &&
           (unsigned char)slk_token_text(e->r, token).at[0] >= 0xE3;
}

slk_end slk_ends_rule(const slk_ends *e, uint32_t token) {
    const slk_end_token *a = &e->t[token], *b = a + 1;
    if (b->look == JOINED) return SLK_END_NO;
    if (a->day == 2 && (b->day || b->look == UPPER)) return SLK_END_NO;         /* "6 a.m. Friday", "6 a.m. EST" */
    if (a->look == CLOSES && closed_look(e, token) == COMMA) return SLK_END_NO; /* "...," Ms. Rao said. */
    if (wide_mark(e, token) || (a->look == SHORT && b->gap && opens_sentence(e, token + 1))) return SLK_END_YES;
    bool mark = ends_mark(a->look) || (a->look >= CLOSES && a->look != SHORT && a->look != TITLE);
    bool small = b->look == SMALL && (a->look == SMALL || a->look == COMMA || a->look == CAPITAL);
    return b->gap ? (small ? SLK_END_NO : SLK_END_ASK) : (mark ? SLK_END_ASK : SLK_END_NO);
}

bool slk_ends_marked(const slk_ends *e, uint32_t token) {
    uint8_t look = closed_look(e, token);
    return look == STOP || look == ASKS || look == TRAILS || look == COLON || look == SEMICOLON || look == DASH ||
           look == DASHES || look == SMILEY || look == SHORT;
}

/* ---------------------------------------------------------------- keys */

typedef struct keyring {
    uint32_t *at, n;
    uint32_t next, where; /* next: the look behind the gap; where: the looks on both sides, part of most keys */
} keyring;

static inline __attribute__((always_inline)) void add(keyring *k, uint32_t a, uint32_t b) {
    uint32_t key = mix(mix(mix(0x51ED270Bu, k->n), a), b);
    k->at[k->n++] = key ? key : 1;
}

static void add_here(keyring *k, uint32_t a) { add(k, k->where, a); }

/* As the first word of a sentence "Gen." is a word with a capital like others, "U.S." one all in capitals. */
static uint32_t look_ahead(const slk_ends *e, uint32_t token) {
    uint8_t look = e->t[token].look;
    if (look != TITLE && look != SHORT) return look;
    return slk_is_upper(slk_token_text(e->r, token).at[0]) ? (look == TITLE ? CAPITAL : UPPER) : SMALL;
}

static uint32_t pair(uint32_t a, uint32_t b) { return mix(mix(0x2545F491u, a), b); }

static const slk_end_token nothing = {0};

static void add_words(keyring *k, const slk_end_token *const t[6]) {
    const slk_end_token *p2 = t[1], *p1 = t[2], *n1 = t[3], *n2 = t[4];
    add(k, p1->word, k->next);
    add(k, n1->word, p1->look);
    add(k, p1->word, n1->word);
    add(k, pair(p2->word, p1->word), k->next);
    add(k, pair(p2->word, p1->look), k->next);
    add(k, pair(p1->look, n2->word), k->next);
    add(k, pair(n1->word, n2->word), p1->look);
    add(k, p1->tail, k->next);
    add(k, n1->tail, p1->look);
    add(k, p1->word, n1->gap);
    add(k, n1->word, n1->gap);
    add(k, pair(p1->word, k->next), n2->look);
}

static void add_looks(keyring *k, const slk_end_token *const t[6]) {
    const slk_end_token *p3 = t[0], *p2 = t[1], *p1 = t[2], *n1 = t[3], *n2 = t[4], *n3 = t[5];
    add_here(k, n1->gap);
    add_here(k, p2->look);
    add_here(k, n2->look);
    add_here(k, pair(p2->look, n2->look));
    add_here(k, pair(n2->look, n3->look));
    add_here(k, pair(p3->look, p2->look));
    add_here(k, pair(pair(p2->look, n2->look), n3->look));
    add_here(k, pair(n1->upos, n1->day));
    add_here(k, pair(p1->upos, p1->day));
    add_here(k, pair(p1->upos, n1->upos));
    add_here(k, pair(n1->upos, n2->upos));
    add_here(k, pair(p2->upos, p1->upos));
    add_here(k, pair(p2->upos, n1->upos));
}

static void add_state(keyring *k, const slk_ends *e, uint32_t token) {
    const slk_end_token *n1 = &e->t[token + 1];
    uint8_t length = length_class(token - e->first + 1), rest = length_class(e->last - token);
    uint32_t open = pair(e->brackets > 0, e->quotes);
    add_here(k, length);
    add_here(k, rest);
    add_here(k, pair(length, n1->to_mark));
    add_here(k, open);
    add_here(k, pair(open, length > 3));
    add_here(k, e->before);
    add_here(k, pair(e->t[e->first].look, length));
    add_here(k, e->t[e->first].word);
    add_here(k, pair(e->marks, e->left_open));
    add_here(k, pair(e->title, e->left_open));
    add_here(k, pair(e->small, e->open));
    add_here(k, e->small);
    add_here(k, pair(share_class(e->smalls, e->words), length > 4));
    add_here(k, pair(e->verb, n1->upos));
    add_here(k, pair(n1->caps, n1->to_mark));
}

uint32_t slk_ends_keys(const slk_ends *e, uint32_t token, uint32_t keys[SLK_ENDS_KEYS]) {
    const slk_end_token *t[6];
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t at = token + i;
        t[i] = at < e->first + 2 || at - 2 > e->last ? &nothing : &e->t[at - 2];
    }
    uint32_t next = look_ahead(e, token + 1);
    keyring k = {.at = keys, .next = next, .where = pair(t[2]->look, next)};
    add_looks(&k, t);
    add_words(&k, t);
    add_state(&k, e, token);
    return k.n;
}
