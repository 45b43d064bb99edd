/* tokenize.c - tokens after the UD English conventions and sentences, from raw news text: abbreviations, decimals, clock times,
 * clitics ("do|n't", "Kim|'s"), hyphenated words (three tokens, but for prefixes), URLs, bullets, headlines without a full stop.
 * One walk over the text; any bytes that are valid UTF-8. */
#include <string.h>

#include "language/inside.h"

/* A sentence of more tokens is cut: no writer makes one, and what looks at pairs within a sentence stays linear in the text. */
#define SENTENCE_MOST 400u

typedef struct tokenizer {
    const slk_pack *pack;
    slk_reading *r;
    const char *at; /* the text */
    uint32_t n;
    uint32_t first_token; /* of the sentence under way */
    uint32_t plain_until; /* up to there no mail address is under way */
    bool wrapped;         /* lines are broken within sentences */
} tokenizer;

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

/* ---------------------------------------------------------------- looking */

static uint32_t char_at(const tokenizer *z, uint32_t at, uint32_t *n) {
    uint32_t cp = 0;
    *n = 0;
    if (at >= z->n) return 0;
    if ((unsigned char)z->at[at] < 0x80) {
        *n = 1;
        return (unsigned char)z->at[at];
    }
    *n = slk_utf8_next(z->at + at, z->at + z->n, &cp);
    return cp;
}

static bool word_at(const tokenizer *z, uint32_t at) {
    uint32_t n, cp = char_at(z, at, &n);
    return n && slk_cp_is_word(cp);
}

static bool digit_at(const tokenizer *z, uint32_t at) { return at < z->n && slk_is_digit(z->at[at]); }

static bool upper_at(const tokenizer *z, uint32_t at) {
    uint32_t n, cp = char_at(z, at, &n);
    return n && slk_cp_is_upper(cp);
}

/* The length of an apostrophe at a place, 0 where there is none. */
static uint32_t apostrophe_at(const tokenizer *z, uint32_t at) {
    if (at < z->n && z->at[at] == '\'') return 1;
    return at + 2 < z->n && memcmp(z->at + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static bool is_abbreviation(const tokenizer *z, uint32_t start, uint32_t end, slk_text *kind) {
    uint32_t row = slk_pack_find(z->pack, SLK_T_ABBREVIATIONS, (slk_text){z->at + start, end - start});
    if (row == SLK_NONE) return false;
    *kind = slk_pack_cell(z->pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND);
    return true;
}

/* "anti-", "co-": a prefix stays with its word. */
static bool is_prefix(const tokenizer *z, uint32_t start, uint32_t dash) {
    char form[24];
    uint32_t n = dash - start;
    slk_text kind;
    if (n + 1 >= sizeof form) return false;
    for (uint32_t i = 0; i < n; i++) form[i] = slk_lower(z->at[start + i]);
    form[n] = '-';
    uint32_t row = slk_pack_find(z->pack, SLK_T_ABBREVIATIONS, (slk_text){form, n + 1});
    if (row == SLK_NONE) return false;
    kind = slk_pack_cell(z->pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND);
    return slk_text_is(kind, "prefix");
}

/* ---------------------------------------------------------------- one word */

static uint32_t run_of_word(const tokenizer *z, uint32_t at) {
    uint32_t n, cp;
    while ((cp = char_at(z, at, &n)) != 0 && slk_cp_is_word(cp)) at += n;
    return at;
}

/* "1,000.5", "6:50", "4/9/02", "2024-09-18", "21st", "600mm" (only the figures) */
static uint32_t number_end(const tokenizer *z, uint32_t start) {
    uint32_t at = start, dashes = 0;
    for (;;) {
        while (digit_at(z, at)) at++;
        if (at + 1 >= z->n || !digit_at(z, at + 1)) break;
        char c = z->at[at];
        bool iso = c == '-' && (at - start == 4 || dashes) && dashes < 2 && at + 2 < z->n && digit_at(z, at + 2) &&
                   (dashes || (at + 3 < z->n && z->at[at + 3] == '-'));
        if (c != ',' && c != '.' && c != ':' && c != '/' && !iso) break;
        if (iso) dashes++;
        at++;
    }
    uint32_t letters = at;
    while (letters < z->n && slk_is_alpha(z->at[letters])) letters++;
    slk_text tail = {z->at + at, letters - at};
    bool ordinal = slk_text_is_fold(tail, "st") || slk_text_is_fold(tail, "nd") || slk_text_is_fold(tail, "rd") ||
                   slk_text_is_fold(tail, "th");
    bool stays = ordinal || tail.n == 1 || (tail.n && digit_at(z, letters)); /* "3D", "1990s", "2S1" */
    return stays ? run_of_word(z, at) : at;
}

static bool is_clitic(slk_text t) {
    static const char *const words[] = {"s", "m", "d", "t", "re", "ve", "ll"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(t, words[i])) return true;
    return false;
}

/* Letters with inner full stops ("U.S.", "a.m."), ampersands ("R&D") and apostrophes ("O'Brien", "Sana'a"). */
static uint32_t word_end(const tokenizer *z, uint32_t start) {
    uint32_t at = run_of_word(z, start);
    for (;;) {
        uint32_t quote = apostrophe_at(z, at), next = at + (quote ? quote : 1);
        if (at >= z->n || !word_at(z, next)) break;
        bool dotted = z->at[at] == '.' && at - start <= 3 && run_of_word(z, next) - next <= 2 && !digit_at(z, next);
        bool initials = dotted && (at - start == 1 || (at >= start + 2 && z->at[at - 2] == '.'));
        bool amp = z->at[at] == '&' && slk_is_upper(z->at[at - 1]) && upper_at(z, next);
        bool name =
            quote && !is_clitic((slk_text){z->at + next, run_of_word(z, next) - next}); /* "O'Brien", "Shi'ite" */
        bool dot_com = z->at[at] == '.' && slk_is_lower(z->at[next]) && at > start + 2 && slk_is_lower(z->at[at - 1]);
        if (!initials && !amp && !name && !dot_com) break;
        at = run_of_word(z, next);
    }
    return at;
}

/* Where a clitic begins within a word that ends at `end`; end where there is none. */
static uint32_t clitic_start(const tokenizer *z, uint32_t start, uint32_t end) {
    static const char *const after_quote[] = {"s", "m", "d", "re", "ve", "ll"};
    slk_text w = {z->at + start, end - start};
    if (slk_text_is_fold(w, "cannot")) return start + 3;
    uint32_t quote = apostrophe_at(z, end);
    if (!quote) return end;
    uint32_t tail = run_of_word(z, end + quote);
    slk_text t = {z->at + end + quote, tail - end - quote};
    if (slk_text_is_fold(t, "t") && end > start + 1 && slk_lower(z->at[end - 1]) == 'n') return end - 1;
    for (size_t i = 0; i < sizeof after_quote / sizeof *after_quote; i++)
        if (slk_text_is_fold(t, after_quote[i])) return end;
    return UINT32_MAX;
}

/* Puts down a word with its clitic; returns the place behind. */
static slk_err add_word(tokenizer *z, uint32_t start, uint32_t *end) {
    uint32_t at = *end, cut = clitic_start(z, start, at);
    slk_err err;
    if (cut == at && !apostrophe_at(z, at)) return add_token(z, start, at, false);
    if (cut == UINT32_MAX) { /* "states'": the mark of an owner in the plural */
        err = add_token(z, start, at, false);
        uint32_t quote = apostrophe_at(z, at);
        bool owner = slk_lower(z->at[at - 1]) == 's' && !word_at(z, at + quote);
        uint32_t n, next = at + quote;
        uint32_t cp = char_at(z, next, &n);
        owner = owner && n && slk_cp_is_space(cp) && z->at[at] != '\0';
        if (err != SLK_OK || !owner) return err;
        *end = next;
        return add_token(z, at, next, true);
    }
    uint32_t last = cut == start + 3 && slk_text_is_fold((slk_text){z->at + start, at - start}, "cannot")
                        ? at
                        : run_of_word(z, at + apostrophe_at(z, at));
    err = add_token(z, start, cut, false);
    *end = last;
    return err == SLK_OK ? add_token(z, cut, last, true) : err;
}

/* ---------------------------------------------------------------- what is no word */

static bool starts_with(const tokenizer *z, uint32_t at, const char *prefix) {
    size_t n = strlen(prefix);
    return z->n - at >= n && slk_text_starts_fold((slk_text){z->at + at, n}, prefix);
}

/* The end of a URL or mail address at a place; the place itself where there is none. What one look has found free of @ is not
 * looked at again. */
static uint32_t address_end(tokenizer *z, uint32_t at) {
    uint32_t end = at;
    bool link = starts_with(z, at, "http://") || starts_with(z, at, "https://") || starts_with(z, at, "www.");
    bool mail = false;
    if (!link && (at < z->plain_until || !word_at(z, at))) return at;
    while (end < z->n && (unsigned char)z->at[end] > ' ' && (unsigned char)z->at[end] < 0x7F &&
           !strchr("<>\"()", z->at[end])) {
        if (z->at[end] == '@')
            mail = end > at;
        else if (!link && !mail && !slk_is_alpha(z->at[end]) && !slk_is_digit(z->at[end]) &&
                 !strchr(".-_+", z->at[end]))
            break;
        end++;
    }
    if (!link && !mail) {
        z->plain_until = end;
        return at;
    }
    while (end > at && strchr(".,;:!?'", z->at[end - 1])) end--;
    return end;
}

static uint32_t mark_end(const tokenizer *z, uint32_t at) {
    uint32_t n;
    char_at(z, at, &n);
    if (n != 1) return at + n;
    char c = z->at[at];
    uint32_t end = at + 1;
    if (c == '.' || c == '-' || c == '*' || c == '=' || c == '_' || c == '!' || c == '?')
        while (end < z->n && z->at[end] == c) end++;
    if ((c == '`' || c == '\'') && end < z->n && z->at[end] == c) end++;
    return end;
}

/* ---------------------------------------------------------------- ends of sentences */

static bool closes(const tokenizer *z, uint32_t at, uint32_t *n) {
    static const uint32_t marks[] = {'"', ')', ']', 0x201D, 0x2019, 0xBB, '\''};
    uint32_t cp = char_at(z, at, n);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (cp == marks[i]) return true;
    return false;
}

/* Does a capitalised word that opens sentences stand here ("The", "It", "On")? Names after "U.S." do not. */
static bool opener_at(const tokenizer *z, uint32_t at) {
    char form[24];
    uint32_t end = run_of_word(z, at), n = end - at;
    if (n == 0 || n >= sizeof form || !upper_at(z, at)) return false;
    for (uint32_t i = 0; i < n; i++) form[i] = slk_lower(z->at[at + i]);
    uint32_t row = slk_pack_find(z->pack, SLK_T_CLOSED, (slk_text){form, n});
    if (row == SLK_NONE) return false;
    slk_text upos = slk_pack_cell(z->pack, SLK_T_CLOSED, row, SLK_CLOSED_UPOS);
    return slk_text_starts(upos, "DET") || slk_text_starts(upos, "PRON") || slk_text_starts(upos, "ADP") ||
           slk_text_starts(upos, "SCONJ") || slk_text_starts(upos, "CCONJ") || slk_text_starts(upos, "ADV");
}

static uint32_t skip_space(const tokenizer *z, uint32_t at) {
    uint32_t n, cp;
    while ((cp = char_at(z, at, &n)) != 0 && slk_cp_is_space(cp)) at += n;
    return at;
}

/* After a full stop (its closing quotes taken): does a new sentence begin at the next word? abbreviated: the stop belongs to one. */
static bool begins_sentence(const tokenizer *z, uint32_t at, bool abbreviated) {
    uint32_t next = skip_space(z, at), n;
    if (next >= z->n) return true;
    if (next == at) return false;
    while (closes(z, next, &n) || z->at[next] == '(' || z->at[next] == '[') next += n ? n : 1;
    uint32_t cp = char_at(z, next, &n);
    if (cp == 0x201C || cp == 0x2018 || cp == 0xAB) cp = char_at(z, next += n, &n);
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

/* A word or number at *at with what belongs to it; *stop: it ends with the full stop of an abbreviation. */
static slk_err take_word(tokenizer *z, uint32_t *at, bool *stop) {
    uint32_t start = *at, end = digit_at(z, start) ? number_end(z, start) : word_end(z, start);
    if (end < z->n && z->at[end] == '-' && word_at(z, end + 1) && is_prefix(z, start, end)) end = word_end(z, end + 1);
    slk_text kind;
    bool dot = end < z->n && z->at[end] == '.';
    bool inner = dot && memchr(z->at + start, '.', end - start) != NULL && !digit_at(z, start);
    bool initial = dot && end - start == 1 && upper_at(z, start) && end + 1 < z->n && z->at[end + 1] == ' ' &&
                   upper_at(z, end + 2);
    if (dot && (inner || initial || is_abbreviation(z, start, end + 1, &kind))) {
        *stop = true;
        *at = end + 1;
        return add_token(z, start, end + 1, false);
    }
    slk_err err = add_word(z, start, &end);
    *at = end;
    return err;
}

static bool is_title(const tokenizer *z, slk_span token) {
    slk_text kind;
    if (!is_abbreviation(z, token.start, token.end, &kind)) return token.end - token.start == 2; /* an initial */
    return slk_text_is(kind, "title") || slk_text_is(kind, "month") || slk_text_is(kind, "measure");
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
    uint32_t n, cp = char_at(z, *at, &n), end = mark_end(z, *at);
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
    uint32_t address = address_end(z, *at);
    bool stop = false, word = word_at(z, *at);
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
    bool glued_next = !word && upper_at(z, *at) && z->r->tokens.n > 1 && z->at[last.start] == '.' && *at + 1 < z->n &&
                      (letter || slk_is_lower(z->at[*at + 1])) && last.start > 1 && slk_is_lower(z->at[last.start - 1]);
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
