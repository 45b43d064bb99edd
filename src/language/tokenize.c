/* tokenize.c - tokens after the UD English conventions from raw news text: abbreviations, decimals, clock times, clitics
 * ("do|n't", "Kim|'s"), hyphenated words (three tokens, but for prefixes), URLs. One walk over the text, which may be anything that
 * is valid UTF-8; it also says where paragraphs end. Where sentences end within them sentences.c says. */
#include <string.h>

#include "language/phrases.h"
#include "language/tokenizing.h"
#include "language/words.h"

/* ---------------------------------------------------------------- adding */

static slk_err add_token(tokenizer *z, uint32_t start, uint32_t end, bool joined) {
    slk_reading *r = z->r;
    if (start >= end) return SLK_OK;
    slk_err err = SLK_ROOM(&r->arena, &r->tokens, SLK_MAX_TOKENS);
    if (err != SLK_OK) return err;
    r->tokens.at[r->tokens.n++] = (slk_token){
        .span = {start, end}, .head = SLK_NONE, .sentence = z->paragraph, .joined = joined, .space_after = true};
    if (r->tokens.n > 1 && r->tokens.at[r->tokens.n - 2].span.end == start)
        r->tokens.at[r->tokens.n - 2].space_after = false;
    return SLK_OK;
}

/* ---------------------------------------------------------------- one word */

/* Of words of two words without an apostrophe: which lengths, first and last letters they have. */
static uint32_t contraction_look(slk_text x) {
    return ((uint32_t)x.n * 7 + (unsigned char)slk_lower(x.at[0]) * 3u + (unsigned char)slk_lower(x.at[x.n - 1])) % 256;
}

static void note_contractions(tokenizer *z) {
    for (uint32_t row = 0; row < slk_pack_rows(z->pack, SLK_T_CONTRACTIONS); row++) {
        slk_text form = slk_pack_cell(z->pack, SLK_T_CONTRACTIONS, row, SLK_CONTRACTIONS_FORM);
        if (form.n) z->contractions[contraction_look(form) / 32] |= 1u << contraction_look(form) % 32;
    }
}

/* Behind the first part of a word of two words without an apostrophe ("can|not", "do|nt"); its end where it is one word. */
static uint32_t contraction_cut(const tokenizer *z, uint32_t start, uint32_t end) {
    char form[12];
    uint32_t n = end - start, look = contraction_look((slk_text){z->at + start, n});
    if (!(z->contractions[look / 32] >> look % 32 & 1)) return end;
    if (n >= sizeof form || (n == 2 && slk_is_upper(z->at[start + 1]))) return end; /* "IM" is none */
    for (uint32_t i = 0; i < n; i++) form[i] = slk_lower(z->at[start + i]);
    uint32_t row = slk_pack_find(z->pack, SLK_T_CONTRACTIONS, (slk_text){form, n});
    if (row == SLK_NONE) return end;
    return start + (uint32_t)slk_pack_cell(z->pack, SLK_T_CONTRACTIONS, row, SLK_CONTRACTIONS_FIRST).n;
}

/* Where the clitic behind a word begins that ends at `end` before an apostrophe; UINT32_MAX where none follows. */
static uint32_t clitic_start(const tokenizer *z, uint32_t start, uint32_t end) {
    static const char *const after_quote[] = {"s", "m", "d", "re", "ve", "ll"};
    uint32_t next = end + slk_apostrophe_at(z, end), tail = slk_run_end(z, next);
    slk_text t = {z->at + next, tail - next};
    if (slk_text_is_fold(t, "t") && end > start + 1 && slk_lower(z->at[end - 1]) == 'n') return end - 1;
    for (size_t i = 0; i < sizeof after_quote / sizeof *after_quote; i++)
        if (slk_text_is_fold(t, after_quote[i])) return end;
    return UINT32_MAX;
}

/* A word before an apostrophe that no clitic follows; "states'" has the mark of an owner in the plural. */
static slk_err add_owner(tokenizer *z, uint32_t start, uint32_t *end) {
    uint32_t at = *end, next = at + slk_apostrophe_at(z, at);
    slk_err err = add_token(z, start, at, false);
    bool owner = slk_lower(z->at[at - 1]) == 's' && next < z->n && slk_space_at(z, next);
    if (err != SLK_OK || !owner) return err;
    *end = next;
    return add_token(z, at, next, true);
}

/* Puts down a word with its clitic; *end: the place behind. */
static slk_err add_word(tokenizer *z, uint32_t start, uint32_t *end) {
    uint32_t at = *end, cut, last = at;
    if (slk_apostrophe_at(z, at)) {
        cut = clitic_start(z, start, at);
        if (cut == UINT32_MAX) return add_owner(z, start, end);
        last = slk_run_end(z, at + slk_apostrophe_at(z, at));
    } else {
        cut = contraction_cut(z, start, at);
        if (cut == at) return add_token(z, start, at, false);
    }
    slk_err err = add_token(z, start, cut, false);
    *end = last;
    return err == SLK_OK ? add_token(z, cut, last, true) : err;
}

/* ---------------------------------------------------------------- what follows */

/* Does a capitalised word that opens sentences stand here ("The", "It", "On")? Names after "U.S." do not. */
static bool opener_at(const tokenizer *z, uint32_t at) {
    char form[24];
    uint32_t end = slk_run_end(z, at), n = end - at;
    if (n == 0 || n >= sizeof form || !slk_upper_at(z, at)) return false;
    for (uint32_t i = 0; i < n; i++) form[i] = slk_lower(z->at[at + i]);
    uint32_t row = slk_pack_find(z->pack, SLK_T_CLOSED, (slk_text){form, n});
    if (row == SLK_NONE) return false;
    slk_text upos = slk_pack_cell(z->pack, SLK_T_CLOSED, row, SLK_CLOSED_UPOS);
    return slk_text_starts(upos, "DET") || slk_text_starts(upos, "PRON") || slk_text_starts(upos, "ADP") ||
           slk_text_starts(upos, "SCONJ") || slk_text_starts(upos, "CCONJ") || slk_text_starts(upos, "ADV");
}

static uint32_t skip_space(const tokenizer *z, uint32_t at) {
    uint32_t n, cp;
    while ((cp = slk_char_at(z, at, &n)) != 0 && slk_cp_is_space(cp)) at += n;
    return at;
}

/* Blank lines end paragraphs; so do line ends where the text is not wrapped. */
static bool line_ends(const tokenizer *z, uint32_t from, uint32_t to) {
    uint32_t lines = 0;
    for (uint32_t i = from; i < to; i++) lines += z->at[i] == '\n';
    return lines > 1 || (lines == 1 && !z->wrapped);
}

/* Wrapped text: many lines go on with a small letter. */
static bool is_wrapped(const tokenizer *z) {
    uint32_t lines = 0, small = 0;
    for (uint32_t i = 0; i + 1 < z->n; i++) {
        if (z->at[i] != '\n' || z->at[i + 1] == '\n' || (i > 0 && z->at[i - 1] == '\n')) continue;
        lines++;
        small += slk_is_lower(z->at[i + 1]);
    }
    return lines >= 3 && small * 4 >= lines;
}

/* ---------------------------------------------------------------- the walk */

/* Whether a full stop belongs to the word before it by the table: "No." only before a figure, "etc." not at the end of a sentence. */
static bool keeps_stop(const tokenizer *z, uint32_t start, uint32_t end) {
    slk_text kind = slk_short_form(z, start, end + 1);
    uint32_t next = skip_space(z, end + 1);
    if (slk_text_is(kind, "count")) return next < z->n && (slk_digit_at(z, next) || z->at[next] == '#');
    if (slk_text_is(kind, "tail")) return next < z->n && !slk_upper_at(z, next) && !line_ends(z, end + 1, next);
    return kind.n && !slk_text_is(kind, "prefix");
}

/* The initial of a name: "J." of "J. Rao"; not the last letter of a sentence ("plan B. It failed"). */
static bool is_initial(const tokenizer *z, uint32_t start, uint32_t end) {
    if (end - start != 1 || !slk_is_upper(z->at[start])) return false;
    uint32_t next = skip_space(z, end + 1);
    if (next >= z->n || line_ends(z, end + 1, next)) return false;
    if (z->at[start] == 'I') return next == end + 2 && slk_upper_at(z, next) && !opener_at(z, next);
    return !opener_at(z, next);
}

/* A word or number at *at with what belongs to it. */
static slk_err take_word(tokenizer *z, uint32_t *at) {
    uint32_t start = *at, end = slk_word_end(z, start), file = slk_extension_end(z, end);
    bool dot = end < z->n && z->at[end] == '.' && file == end;
    bool inner = dot && memchr(z->at + start, '.', end - start) != NULL && !slk_digit_at(z, start);
    if (file == end && dot && (inner || is_initial(z, start, end) || keeps_stop(z, start, end))) file = end + 1;
    if (file > end) {
        *at = file;
        return add_token(z, start, file, false);
    }
    slk_err err = add_word(z, start, &end);
    *at = end;
    return err;
}

static slk_err take(tokenizer *z, uint32_t *at) {
    uint32_t start = *at, end = slk_address_end(z, start);
    if (end == start && slk_word_char_at(z, start)) return take_word(z, at);
    *at = end > start ? end : slk_mark_end(z, start);
    return add_token(z, start, *at, false);
}

slk_err slk_tokens_cut(const slk_pack *pack, slk_reading *r) {
    tokenizer z = {.pack = pack, .r = r, .at = r->report.text.at, .n = (uint32_t)r->report.text.n};
    z.wrapped = is_wrapped(&z);
    note_contractions(&z);
    slk_err err = SLK_OK;
    for (uint32_t at = 0; err == SLK_OK && at < z.n;) {
        uint32_t next = skip_space(&z, at);
        z.paragraph += next > at && line_ends(&z, at, next);
        at = next;
        if (at < z.n) err = take(&z, &at);
    }
    return err;
}

slk_err slk_tokens_find(const slk_pack *pack, slk_reading *r) {
    slk_err err = slk_tokens_cut(pack, r);
    if (err == SLK_OK) err = slk_words_ready(r);
    if (err == SLK_OK) err = slk_phrases_start(r);
    return err == SLK_OK ? slk_sentences_find(pack, r) : err;
}
