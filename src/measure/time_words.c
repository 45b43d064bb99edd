/* time_words.c - splits text into words, figures and signs for the readers of times, and looks every word up once. Splits by
 * itself, not by the tokens of the language station: "9:30pm", "mid-1990s" and "2015-16" must come apart the same way
 * wherever they stand. A blank line, and a line that ends a sentence, give a break that no expression crosses. */
#include <math.h>
#include <string.h>

#include "language/phrases.h"
#include "measure/timing.h"

static uint8_t kind_named(slk_text word) {
#define SLK_TIME_KIND_WORD(name, text) text,
    static const char *const words[] = {"", SLK_TIME_KINDS(SLK_TIME_KIND_WORD)};
#undef SLK_TIME_KIND_WORD
    for (size_t i = 1; i < sizeof words / sizeof *words; i++)
        if (word.n && *words[i] == word.at[0] && slk_text_is(word, words[i])) return (uint8_t)i;
    return SLK_TK_NONE;
}

slk_lexer *slk_lexer_start(const slk_pack *pack, slk_reading *r) {
    slk_lexer *x = slk_arena_room(&r->arena, sizeof *x);
    if (!x) return NULL;
    x->pack = pack;
    x->r = r;
    x->at = x->sentence = x->n = x->near = 0;
    x->kind_of = slk_arena_take(&r->arena, slk_pack_rows(pack, SLK_T_CALENDAR));
    return x->kind_of ? x : NULL;
}

static uint8_t calendar_kind(const slk_lexer *x, uint32_t row) {
    if (!x->kind_of[row]) x->kind_of[row] = kind_named(slk_pack_cell(x->pack, SLK_T_CALENDAR, row, SLK_CALENDAR_KIND));
    return x->kind_of[row];
}

/* ---------------------------------------------------------------- senses */

static uint8_t number_kind(slk_text kind) {
    if (slk_text_is(kind, "cardinal")) return SLK_TK_CARDINAL;
    if (slk_text_is(kind, "ordinal")) return SLK_TK_ORDINAL;
    if (slk_text_is(kind, "multiplier")) return SLK_TK_MULTIPLIER;
    if (slk_text_is(kind, "group")) return SLK_TK_GROUP;
    if (slk_text_is(kind, "label")) return SLK_TK_LABEL;
    return slk_text_is(kind, "vague") ? SLK_TK_VAGUE : SLK_TK_NONE;
}

static void add_sense(const slk_lexer *x, slk_lex *l, const slk_hit *hit) {
    slk_sense s = {.kind = SLK_TK_NONE, .row = hit->row, .number = NAN};
    if (l->n == SLK_SENSES || hit->end - l->start > UINT16_MAX) return;
    s.len = (uint16_t)(hit->end - l->start);
    if (hit->table == SLK_T_CALENDAR) {
        s.kind = calendar_kind(x, hit->row);
        s.value = slk_pack_cell(x->pack, SLK_T_CALENDAR, hit->row, SLK_CALENDAR_VALUE).at;
    } else if (hit->table == SLK_T_ZONES) {
        s.kind = SLK_TK_ZONE;
        s.value = slk_pack_cell(x->pack, SLK_T_ZONES, hit->row, SLK_ZONES_ZONE).at;
    } else if (hit->table == SLK_T_NUMBERS) {
        s.kind = number_kind(slk_pack_cell(x->pack, SLK_T_NUMBERS, hit->row, SLK_NUMBERS_KIND));
        s.number = slk_pack_num(x->pack, SLK_T_NUMBERS, hit->row, SLK_NUMBERS_VALUE);
    }
    if (s.kind == SLK_TK_NONE) return;
    l->kinds[s.kind >> 5] |= 1u << (s.kind & 31);
    l->senses[l->n++] = s;
}

static void look_up(slk_lexer *x, slk_lex *l) {
    static const uint64_t wanted =
        SLK_PHRASE_OF(SLK_T_CALENDAR) | SLK_PHRASE_OF(SLK_T_ZONES) | SLK_PHRASE_OF(SLK_T_NUMBERS);
    slk_hit room[SLK_PHRASES_MOST];
    const slk_hit *hits;
    const slk_reading *r = x->r;
    while (x->near + 1 < r->tokens.n && r->tokens.at[x->near + 1].span.start <= l->start) x->near++;
    if (x->near < r->tokens.n && r->tokens.at[x->near].span.start == l->start &&
        !(slk_phrases_tables(x->pack, r, x->near) & wanted))
        return;
    uint32_t n = slk_phrases_from(x->pack, x->r, l->start, &x->near, room, &hits);
    for (uint32_t i = 0; i < n; i++)
        if (SLK_PHRASE_OF(hits[i].table) & wanted) add_sense(x, l, &hits[i]);
}

/* ---------------------------------------------------------------- splitting */

static uint32_t word_end(slk_text t, uint32_t at) {
    uint32_t cp, n;
    while (at < t.n) {
        if (slk_is_alpha(t.at[at])) {
            at++;
            continue;
        }
        if ((unsigned char)t.at[at] < 0x80) break;
        n = slk_utf8_next(t.at + at, t.at + t.n, &cp);
        if (!slk_cp_is_letter(cp)) break;
        at += n;
    }
    return at;
}

static void take_figures(slk_text t, slk_lex *l) {
    int64_t v = 0;
    uint32_t at = l->start, n = 0;
    for (; at < t.n && slk_is_digit(t.at[at]); at++, n++)
        if (n < 9) v = v * 10 + (t.at[at] - '0');
    l->kind = SLK_LEX_FIGURES;
    l->end = at;
    l->digits = (uint8_t)(n > 255 ? 255 : n);
    l->value = n > 9 ? -1 : (int32_t)v;
}

static void take_lexeme(slk_lexer *x, slk_text t, slk_lex *l) {
    uint32_t cp, n = slk_utf8_next(t.at + x->at, t.at + t.n, &cp);
    l->start = x->at;
    if (slk_is_digit(t.at[x->at])) {
        take_figures(t, l);
    } else if (slk_cp_is_letter(cp)) {
        l->kind = SLK_LEX_WORD;
        l->end = word_end(t, x->at);
        uint32_t folded = slk_cp_fold(cp);
        l->sign = folded < 0x80 ? (char)folded : '\0';
        look_up(x, l);
    } else {
        uint32_t folded = slk_cp_fold(cp);
        l->kind = SLK_LEX_SIGN;
        l->end = x->at + n;
        l->sign = folded < 0x80 ? (char)folded : '\x7f';
    }
    x->at = l->end;
}

/* Moves over white space; returns how many ends of lines it held. */
static uint32_t skip_space(slk_lexer *x, slk_text t) {
    uint32_t lines = 0, cp, n;
    while (x->at < t.n) {
        n = slk_utf8_next(t.at + x->at, t.at + t.n, &cp);
        if (!slk_cp_is_space(cp)) break;
        lines += cp == '\n';
        x->at += n;
    }
    return lines;
}

/* Whether a new sentence begins between the lexeme before and x->at. */
static bool new_sentence(slk_lexer *x) {
    uint32_t before = x->sentence;
    while (x->sentence < x->r->sentences.n && x->r->sentences.at[x->sentence].span.start <= x->at) x->sentence++;
    return x->sentence != before;
}

bool slk_lexer_fill(slk_lexer *x, uint32_t used) {
    slk_text t = x->r->report.text;
    if (used) memmove(x->lex, x->lex + used, (x->n - used) * sizeof *x->lex);
    x->n -= used;
    while (x->n + 1 < SLK_LEXEMES) {
        uint32_t before = x->at, lines = skip_space(x, t);
        if (x->at >= t.n) return false;
        bool fresh = new_sentence(x);
        bool stop = x->n && x->lex[x->n - 1].kind == SLK_LEX_SIGN && x->lex[x->n - 1].sign == '.';
        if (lines > 1 || (lines == 1 && fresh && !stop))
            x->lex[x->n++] = (slk_lex){.kind = SLK_LEX_BREAK, .start = before, .end = before};
        slk_lex *l = &x->lex[x->n];
        memset(l, 0, offsetof(slk_lex, senses));
        l->spaced = x->at > before || x->at == 0;
        take_lexeme(x, t, l);
        x->n++;
    }
    return true;
}

/* ---------------------------------------------------------------- asking */

const slk_sense *slk_lex_sense(const slk_lexer *x, uint32_t i, slk_time_kind kind, uint32_t *next) {
    const slk_lex *l = slk_lex_at(x, i);
    if (!slk_lex_has(x, i, kind)) return NULL;
    for (uint32_t k = 0; k < l->n; k++) {
        if (l->senses[k].kind != kind) continue;
        uint32_t end = l->start + l->senses[k].len, j = i + 1;
        while (j < x->n && j < i + SLK_LOOKAHEAD && x->lex[j].start < end) j++;
        *next = j;
        return &l->senses[k];
    }
    return NULL;
}

bool slk_lex_is(const slk_lexer *x, uint32_t i, const char *word) {
    const slk_lex *l = slk_lex_at(x, i);
    if (l->kind != SLK_LEX_WORD || l->sign != word[0]) return false;
    return slk_text_is_fold(slk_reading_text(x->r, (slk_span){l->start, l->end}), word);
}

bool slk_lex_noun(const slk_lexer *x, uint32_t i) {
    uint32_t token = slk_token_at(x->r, slk_lex_at(x, i)->start);
    if (token >= x->r->tokens.n) return false;
    uint8_t upos = x->r->tokens.at[token].upos;
    return upos == SLK_UPOS_NOUN || upos == SLK_UPOS_PROPN || upos == SLK_UPOS_ADJ;
}

bool slk_lex_any(const slk_lexer *x, uint32_t i, const char *words) {
    const slk_lex *l = slk_lex_at(x, i);
    uint32_t len = l->end - l->start;
    if (l->kind != SLK_LEX_WORD || len > 15 || !l->sign) return false;
    const char *w = x->r->report.text.at + l->start;
    for (const char *p = strchr(words, l->sign); p; p = strchr(p + 1, l->sign)) {
        uint32_t k = 1;
        if (p > words && p[-1] != ' ') continue;
        while (k < len && slk_lower(w[k]) == p[k]) k++;
        if (k == len && (p[k] == ' ' || p[k] == '\0')) return true;
    }
    return false;
}
