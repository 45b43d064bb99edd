/* tokenize.c - tokens after the UD English conventions and sentences, from raw news text: abbreviations, decimals, clock times,
 * clitics ("do|n't", "Kim|'s"), hyphenated words (three tokens, but for prefixes), URLs, bullets, headlines without a full stop.
 * One walk over the text; any bytes that are valid UTF-8. */
#include <string.h>

#include "language/tokenizing.h"

/* A sentence of more tokens is cut: no writer makes one, and what looks at pairs within a sentence stays linear in the text. */
#define SENTENCE_MOST 400u

/* ---------------------------------------------------------------- adding */

static slk_err add_token(tokenizer *z, uint32_t start, uint32_t end, bool joined) {
    slk_reading *r = z->r;
    if (start >= end) return SLK_OK;
    slk_err err = SLK_ROOM(&r->arena, &r->tokens, SLK_MAX_TOKENS);
    if (err != SLK_OK) return err;
    r->tokens.at[r->tokens.n++] = (slk_token){
        .span = {start, end}, .head = SLK_NONE, .sentence = r->sentences.n, .joined = joined, .space_after = true};
    if (r->tokens.n > 1 && r->tokens.at[r->tokens.n - 2].span.end == start)
        r->tokens.at[r->tokens.n - 2].space_after = false;
    return SLK_OK;
}

static slk_err end_sentence(tokenizer *z) {
    slk_reading *r = z->r;
    if (r->tokens.n == z->first_token) return SLK_OK;
    slk_err err = SLK_ROOM(&r->arena, &r->sentences, SLK_MAX_ITEMS);
    if (err != SLK_OK) return err;
    slk_span s = {r->tokens.at[z->first_token].span.start, r->tokens.at[r->tokens.n - 1].span.end};
    r->sentences.at[r->sentences.n++] = (slk_sentence){s, z->first_token, r->tokens.n - z->first_token};
    z->first_token = r->tokens.n;
    return SLK_OK;
}

/* ---------------------------------------------------------------- one word */

/* Behind the first part of a word of two words without an apostrophe ("can|not", "do|nt"); its end where it is one word. */
static uint32_t contraction_cut(const tokenizer *z, uint32_t start, uint32_t end) {
    char form[12];
    uint32_t n = end - start;
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

/* ---------------------------------------------------------------- ends of sentences */

static bool closes(const tokenizer *z, uint32_t at, uint32_t *n) {
    static const uint32_t marks[] = {'"', ')', ']', 0x201D, 0x2019, 0xBB, '\''};
    uint32_t cp = slk_char_at(z, at, n);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (cp == marks[i]) return true;
    return false;
}

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

/* After a full stop (its closing quotes taken): does a new sentence begin at the next word? abbreviated: the stop belongs to one. */
static bool begins_sentence(const tokenizer *z, uint32_t at, bool abbreviated) {
    uint32_t next = skip_space(z, at), n;
    if (next >= z->n) return true;
    if (next == at) return false;
    while (closes(z, next, &n) || z->at[next] == '(' || z->at[next] == '[') next += n ? n : 1;
    uint32_t cp = slk_char_at(z, next, &n);
    if (cp == 0x201C || cp == 0x2018 || cp == 0xAB) cp = slk_char_at(z, next += n, &n);
    if (abbreviated) return opener_at(z, next);
    if (n == 0) return true;
    return !(slk_cp_is_letter(cp) && n == 1 && slk_is_lower((char)cp));
}

/* Blank lines end sentences; so do line ends where the text is not wrapped. */
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

/* A word or number at *at with what belongs to it; *stop: it ends with the full stop of an abbreviation. */
static slk_err take_word(tokenizer *z, uint32_t *at, bool *stop) {
    uint32_t start = *at, end = slk_word_end(z, start), file = slk_extension_end(z, end);
    bool dot = end < z->n && z->at[end] == '.';
    bool inner = dot && memchr(z->at + start, '.', end - start) != NULL && !slk_digit_at(z, start);
    bool abbreviated = dot && file == end && (inner || is_initial(z, start, end) || keeps_stop(z, start, end));
    if (abbreviated || file > end) {
        *stop = abbreviated;
        *at = abbreviated ? end + 1 : file;
        return add_token(z, start, *at, false);
    }
    slk_err err = add_word(z, start, &end);
    *at = end;
    return err;
}

static bool is_title(const tokenizer *z, slk_span token) {
    slk_text kind = slk_short_form(z, token.start, token.end);
    if (!kind.n) return token.end - token.start == 2; /* an initial */
    return slk_text_is(kind, "title") || slk_text_is(kind, "count") || slk_text_is(kind, "month") ||
           slk_text_is(kind, "measure");
}

static slk_err take_closers(tokenizer *z, uint32_t *at) {
    uint32_t n;
    slk_err err = SLK_OK;
    while (err == SLK_OK && closes(z, *at, &n)) {
        err = add_token(z, *at, *at + n, false);
        *at += n;
    }
    return err;
}

/* A mark at *at; *stop: it ends a sentence. */
static slk_err take_mark(tokenizer *z, uint32_t *at, bool *stop) {
    uint32_t n, cp = slk_char_at(z, *at, &n), end = slk_mark_end(z, *at);
    slk_err err = add_token(z, *at, end, false);
    *stop = cp == '.' || cp == '!' || cp == '?' || cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0x2026;
    *at = end;
    return err;
}

static bool all_upper(const slk_reading *r, uint32_t token, uint32_t least) {
    slk_span s = r->tokens.at[token].span;
    for (uint32_t i = s.start; i < s.end; i++)
        if (!slk_is_upper(r->report.text.at[i])) return false;
    return s.end - s.start >= least;
}

/* "SEOUL, Jan. 4 (Yonhap) --", "TEHRAN -", "(CNN) -": the dash that ends a dateline; the report begins behind it. */
static bool ends_dateline(const tokenizer *z) {
    const slk_reading *r = z->r;
    uint32_t n = r->tokens.n, first = z->first_token;
    slk_text x = {z->at + r->tokens.at[n - 1].span.start,
                  r->tokens.at[n - 1].span.end - r->tokens.at[n - 1].span.start};
    bool dash =
        slk_text_is(x, "-") || slk_text_is(x, "--") || slk_text_is(x, "\xE2\x80\x94") || slk_text_is(x, "\xE2\x80\x93");
    if (!dash || n < first + 2 || r->tokens.at[n - 2].span.end == r->tokens.at[n - 1].span.start) return false;
    if (z->at[r->tokens.at[n - 2].span.start] == ')') {
        uint32_t open = n - 2, least = n > 7 + first ? n - 7 : first;
        while (open > least && z->at[r->tokens.at[open].span.start] != '(') open--;
        return z->at[r->tokens.at[open].span.start] == '(' && slk_is_upper(z->at[r->tokens.at[open + 1].span.start]);
    }
    if (n - first > 12 || !all_upper(r, first, 3)) return false;
    for (uint32_t t = first; t + 1 < n; t++) { /* names, days and commas; a verb would stand in small letters */
        unsigned char c = (unsigned char)z->at[r->tokens.at[t].span.start];
        if (slk_is_lower((char)c) && r->tokens.at[t].span.end - r->tokens.at[t].span.start > 3) return false;
    }
    return true;
}

static slk_err take(tokenizer *z, uint32_t *at) {
    uint32_t address = slk_address_end(z, *at);
    bool stop = false, word = slk_word_char_at(z, *at);
    slk_err err;
    if (address > *at) {
        err = add_token(z, *at, address, false);
        *at = address;
        return err;
    }
    err = word ? take_word(z, at, &stop) : take_mark(z, at, &stop);
    if (err == SLK_OK && !word && ends_dateline(z)) return end_sentence(z);
    if (err != SLK_OK || !stop) return err;
    slk_span last = z->r->tokens.at[z->r->tokens.n - 1].span;
    bool letter = *at + 1 < z->n && (z->at[*at] == 'A' || z->at[*at] == 'I') && z->at[*at + 1] == ' ';
    bool glued_next = !word && slk_upper_at(z, *at) && z->r->tokens.n > 1 && z->at[last.start] == '.' &&
                      *at + 1 < z->n && (letter || slk_is_lower(z->at[*at + 1])) && last.start > 1 &&
                      slk_is_lower(z->at[last.start - 1]);
    uint32_t before = *at;
    if ((err = take_closers(z, at)) != SLK_OK) return err;
    if (word && is_title(z, last) && *at == before) return SLK_OK;
    bool ends = glued_next || begins_sentence(z, *at, word);
    bool cjk = !word && (unsigned char)z->at[last.start] >= 0xE3;
    return ends || cjk ? end_sentence(z) : SLK_OK;
}

slk_err slk_tokens_find(const slk_pack *pack, slk_reading *r) {
    tokenizer z = {.pack = pack, .r = r, .at = r->report.text.at, .n = (uint32_t)r->report.text.n};
    z.wrapped = is_wrapped(&z);
    slk_err err = SLK_OK;
    for (uint32_t at = 0; err == SLK_OK && at < z.n;) {
        uint32_t next = skip_space(&z, at);
        if (next > at && line_ends(&z, at, next)) err = end_sentence(&z);
        at = next;
        if (err == SLK_OK && r->tokens.n - z.first_token >= SENTENCE_MOST) err = end_sentence(&z);
        if (err == SLK_OK && at < z.n) err = take(&z, &at);
    }
    return err == SLK_OK ? end_sentence(&z) : err;
}
