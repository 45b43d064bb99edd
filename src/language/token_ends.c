/* token_ends.c - where a token ends that begins at a place of the text: words, numbers, telephone numbers, addresses, file names,
 * emoticons and runs of marks, after the UD English conventions. What the tables know (prefixes, emoticons) they say; the rest
 * is the look of the characters. Every function walks forward over what it takes and a bounded way beyond. */
#include <string.h>

#include "language/tokenizing.h"

slk_text slk_short_form(const tokenizer *z, uint32_t start, uint32_t end) {
    uint32_t row = slk_pack_find(z->pack, SLK_T_ABBREVIATIONS, (slk_text){z->at + start, end - start});
    if (row == SLK_NONE) return (slk_text){"", 0};
    return slk_pack_cell(z->pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND);
}

static bool plain_word(char c) { return slk_is_alpha(c) || slk_is_digit(c) || c == '_'; }

uint32_t slk_run_end(const tokenizer *z, uint32_t at) {
    uint32_t n, cp;
    for (;;) {
        while (at < z->n && plain_word(z->at[at])) at++;
        if ((cp = slk_char_at(z, at, &n)) < 0x80 || !slk_cp_is_word(cp)) return at;
        at += n;
    }
}

/* ---------------------------------------------------------------- numbers */

static uint32_t digits_end(const tokenizer *z, uint32_t at) {
    while (slk_digit_at(z, at)) at++;
    return at;
}

/* "713-555-0192", "1-800-555-0192", "11-20-2000": three groups or more; "555-0192" behind the bracket of an area code. The place
 * itself where it is something else. */
static uint32_t dashed_end(const tokenizer *z, uint32_t start) {
    uint32_t at = digits_end(z, start), groups = 1, last = at;
    while (at < z->n && z->at[at] == '-' && slk_digit_at(z, at + 1) && groups < 6) {
        last = at + 1;
        at = digits_end(z, at + 1);
        groups++;
    }
    bool area =
        start > 0 && (z->at[start - 1] == ')' || (start > 1 && z->at[start - 1] == ' ' && z->at[start - 2] == ')'));
    bool local = groups == 2 && area && last - start == 4 && at - last == 4;
    return (groups > 2 || local) && !slk_word_char_at(z, at) ? at : start;
}

/* Letters that stay with the figures before them: "21st", "1990s", "3D", "2S1"; "5m", "65k", "600mm" are two tokens. */
static bool stays_with_number(const tokenizer *z, uint32_t at, uint32_t end) {
    slk_text tail = {z->at + at, end - at};
    if (tail.n == 0) return false;
    if (slk_digit_at(z, end)) return true;
    if (tail.n == 1) return tail.at[0] != 'k' && tail.at[0] != 'm';
    return slk_text_is_fold(tail, "st") || slk_text_is_fold(tail, "nd") || slk_text_is_fold(tail, "rd") ||
           slk_text_is_fold(tail, "th");
}

/* "1,000.5", "6:50", "4/9/02"; of "[13,14]" the first figure. */
static uint32_t number_end(const tokenizer *z, uint32_t start) {
    uint32_t at = dashed_end(z, start);
    if (at > start) return at;
    bool cited = start > 0 && z->at[start - 1] == '[';
    for (;;) {
        at = digits_end(z, at);
        if (at + 1 >= z->n || !slk_digit_at(z, at + 1)) break;
        char c = z->at[at];
        if (c != '.' && c != ':' && c != '/' && (c != ',' || cited)) break;
        at++;
    }
    uint32_t letters = at;
    while (letters < z->n && slk_is_alpha(z->at[letters])) letters++;
    return stays_with_number(z, at, letters) ? slk_run_end(z, at) : at;
}

/* ---------------------------------------------------------------- words */

static bool is_clitic(slk_text t) {
    static const char *const words[] = {"s", "m", "d", "t", "re", "ve", "ll"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slk_text_is_fold(t, words[i])) return true;
    return false;
}

/* Whether the mark at `at`, within a word that begins at `start`, and the letters from `next` belong to it: "U.S", "R&D",
 * "O'Brien", "Sana'a", "example.com". */
static bool goes_on(const tokenizer *z, uint32_t start, uint32_t at, uint32_t next, bool quote) {
    uint32_t end = slk_run_end(z, next), tail = end - next;
    if (quote) return !is_clitic((slk_text){z->at + next, tail});
    if (z->at[at] == '&') return slk_is_upper(z->at[at - 1]) && slk_upper_at(z, next);
    if (z->at[at] != '.' || slk_digit_at(z, next)) return false;
    bool initials = at - start <= 3 && tail <= 2 && (at - start == 1 || (at >= start + 2 && z->at[at - 2] == '.'));
    bool domain = slk_is_lower(z->at[next]) && at > start + 2 && slk_is_lower(z->at[at - 1]);
    bool known =
        at - start <= 6 && end < z->n && z->at[end] == '.' && slk_short_form(z, start, end + 1).n; /* "Ph.D." */
    return initials || domain || known;
}

/* "anti-", "co-": a prefix stays with its word. */
static bool is_prefix(const tokenizer *z, uint32_t start, uint32_t dash) {
    char form[24];
    uint32_t n = dash - start;
    if (n + 1 >= sizeof form) return false;
    for (uint32_t i = 0; i < n; i++) form[i] = slk_lower(z->at[start + i]);
    form[n] = '-';
    uint32_t row = slk_pack_find(z->pack, SLK_T_ABBREVIATIONS, (slk_text){form, n + 1});
    return row != SLK_NONE &&
           slk_text_is(slk_pack_cell(z->pack, SLK_T_ABBREVIATIONS, row, SLK_ABBREVIATIONS_KIND), "prefix");
}

static uint32_t letters_end(const tokenizer *z, uint32_t start) {
    uint32_t at = slk_run_end(z, start);
    for (;;) {
        uint32_t quote = slk_apostrophe_at(z, at), next = at + (quote ? quote : 1);
        if (at >= z->n || !slk_word_char_at(z, next) || !goes_on(z, start, at, next, quote > 0)) return at;
        at = slk_run_end(z, next);
    }
}

uint32_t slk_word_end(const tokenizer *z, uint32_t start) {
    if (slk_digit_at(z, start)) return number_end(z, start);
    uint32_t end = letters_end(z, start);
    if (end >= z->n || z->at[end] != '-') return end;
    if (slk_word_char_at(z, end + 1)) return is_prefix(z, start, end) ? letters_end(z, end + 1) : end;
    bool broken = end - start <= 2 && !(start > 0 && slk_digit_at(z, start - 1)) && slk_is_alpha(z->at[start]) &&
                  slk_is_alpha(z->at[end - 1]); /* "th- the man" */
    return broken && slk_space_at(z, end + 1) ? end + 1 : end;
}

/* ---------------------------------------------------------------- addresses and file names */

static bool starts_with(const tokenizer *z, uint32_t at, const char *prefix) {
    size_t n = strlen(prefix);
    return z->n - at >= n && slk_text_starts_fold((slk_text){z->at + at, n}, prefix);
}

uint32_t slk_extension_end(const tokenizer *z, uint32_t at) {
    static const char *const kinds[] = {".csv",  ".doc", ".docx", ".exe", ".gif",  ".htm", ".html",
                                        ".jpeg", ".jpg", ".mp3",  ".mp4", ".pdf",  ".png", ".ppt",
                                        ".rtf",  ".txt", ".wav",  ".xls", ".xlsx", ".zip"};
    if (at >= z->n || z->at[at] != '.' || at + 1 >= z->n || !slk_is_alpha(z->at[at + 1])) return at;
    uint32_t end = slk_run_end(z, at + 1);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (slk_text_is_fold((slk_text){z->at + at, end - at}, kinds[i])) return end;
    return at;
}

static bool address_char(char c) {
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F && c != '<' && c != '>' && c != '"' && c != '(' &&
           c != ')';
}

/* What stands before the "@" of a mail address. */
static bool mail_char(char c) { return plain_word(c) || c == '.' || c == '-' || c == '+'; }

uint32_t slk_address_end(tokenizer *z, uint32_t at) {
    char first = slk_lower(z->at[at]);
    bool link = (first == 'h' && (starts_with(z, at, "http://") || starts_with(z, at, "https://"))) ||
                (first == 'w' && starts_with(z, at, "www."));
    if (first == 'm' && starts_with(z, at, "mailto:") && at + 7 < z->n && address_char(z->at[at + 7])) link = true;
    uint32_t end = at, mail = 0;
    if (!link && z->at[at] == '.') return slk_extension_end(z, at);
    if (!link && (at < z->plain_until || !slk_word_char_at(z, at))) return at;
    for (; end < z->n && address_char(z->at[end]); end++) {
        char c = z->at[end];
        if (c == '@') mail = end;
        if (!link && !mail && !mail_char(c)) break;
    }
    if (!link && !mail) {
        z->plain_until = end;
        return at;
    }
    while (end > at && strchr(".,;:!?'", z->at[end - 1])) end--;
    return end;
}

/* ---------------------------------------------------------------- marks */

#define SMILEY_LEAST 2u
#define SMILEY_MOST 4u

static uint32_t smiley_end(const tokenizer *z, uint32_t at) {
    if (!strchr(":;=(^<", z->at[at])) return at;
    for (uint32_t n = SMILEY_MOST; n >= SMILEY_LEAST; n--)
        if (at + n <= z->n && !slk_word_char_at(z, at + n) && slk_text_is(slk_short_form(z, at, at + n), "smiley"))
            return at + n;
    return at;
}

static uint32_t run_of(const tokenizer *z, uint32_t at, const char *marks) {
    while (at < z->n && z->at[at] != '\0' && strchr(marks, z->at[at])) at++;
    return at;
}

/* "'07", "'s" and "n't" that stand apart, "#news", "+44" */
static uint32_t marked_word_end(const tokenizer *z, uint32_t at) {
    bool opens = at == 0 || slk_space_at(z, at - 1) || z->at[at - 1] == '(' || z->at[at - 1] == ',';
    uint32_t quote = slk_apostrophe_at(z, at), next = at + (quote ? quote : 1), end = slk_run_end(z, next);
    if (!opens || end == next) return at;
    if (z->at[at] == '#') return slk_is_alpha(z->at[next]) ? end : at;
    if (z->at[at] == '+') return digits_end(z, next) == end ? end : at;
    if (!quote) return at;
    uint32_t figures = digits_end(z, next);
    if (figures == next + 2 && (end == figures || (end == figures + 1 && z->at[figures] == 's'))) return end;
    slk_text t = {z->at + next, end - next};
    return is_clitic(t) && !slk_text_is_fold(t, "t") && !slk_apostrophe_at(z, end) ? end : at;
}

/* Runs of one mark, and of the curly quotes that some write twice. */
static uint32_t same_run_end(const tokenizer *z, uint32_t at, uint32_t n) {
    bool curly = n == 3 && at + 6 <= z->n && memcmp(z->at + at, "\xE2\x80", 2) == 0 &&
                 memcmp(z->at + at + 3, "\xE2\x80", 2) == 0;
    if (curly && (z->at[at + 2] == '\x98' || z->at[at + 2] == '\x99') && z->at[at + 5] == '\x99') return at + 6;
    if (n != 1) return at + n;
    char c[2] = {z->at[at], '\0'};
    if (strchr("-*=_<>+~^", c[0])) return run_of(z, at, c);
    return (c[0] == '`' || c[0] == '\'') && at + 1 < z->n && z->at[at + 1] == c[0] ? at + 2 : at + 1;
}

uint32_t slk_mark_end(const tokenizer *z, uint32_t at) {
    uint32_t n, cp = slk_char_at(z, at, &n);
    if (cp == 0x2026) return run_of(z, at + n, ".");
    if (n == 1 && (cp == '!' || cp == '?')) return run_of(z, at, "!?");
    if (n == 1 && cp == '.') { /* "...", ".?" */
        uint32_t end = run_of(z, at, ".");
        return end == at + 1 ? run_of(z, end, "!?") : end;
    }
    uint32_t end = n == 1 ? smiley_end(z, at) : at;
    if (end == at) end = marked_word_end(z, at);
    return end > at ? end : same_run_end(z, at, n);
}
