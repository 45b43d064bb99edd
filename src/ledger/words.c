/* words.c - looking for words in reports. See words.h. What people type is never given to FTS5 as it is: each word is put in quotes, so
 * that nothing in it can be an operator. */
#include "ledger/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/reading.h"
#include "base/text.h"

#define TERMS_MOST 64u
#define QUERY_MOST_B 8192u

/* ---------------------------------------------------------------- keeping */

static slk_err insert(slk_ledger *l, slk_statement which, int64_t report, const slk_report *p, slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    slk_bind_text(&b, p->title);
    slk_bind_bytes(&b, p->text);
    return slk_bind_run(l, &b, fault);
}

static bool is_unspaced(const char *language) {
    static const char *const codes[] = {"zh", "ja", "ko", "th",
                                        "lo", "km", "my"}; /* as SLK_GRAMS_FILL of views.h has them */
    for (size_t i = 0; language && i < sizeof codes / sizeof *codes; i++)
        if (strncmp(language, codes[i], 2) == 0) return true;
    return false;
}

slk_err slk_words_keep(slk_ledger *l, int64_t report, const slk_report *p, slk_fault *fault) {
    slk_err err = insert(l, SLK_Q_WORDS_ADD, report, p, fault);
    if (err == SLK_OK && is_unspaced(p->language)) err = insert(l, SLK_Q_GRAMS_ADD, report, p, fault);
    return err;
}

/* ---------------------------------------------------------------- reading what is wanted */

typedef enum script { SCRIPT_SPACED, SCRIPT_HANGUL, SCRIPT_UNSPACED } script;

/* Han, kana, Thai, Lao, Khmer, Burmese: no spaces between words. Hangul has some, but joins particles to its nouns. */
static script script_of(slk_text t, uint32_t *n_cp) {
    script s = SCRIPT_SPACED;
    *n_cp = 0;
    for (const char *at = t.at, *end = t.at + t.n; at < end; (*n_cp)++) {
        uint32_t cp;
        at += slk_utf8_next(at, end, &cp);
        bool unspaced = (cp >= 0x0e00 && cp < 0x0f00) || (cp >= 0x1000 && cp < 0x10a0) ||
                        (cp >= 0x1780 && cp < 0x1800) || (cp >= 0x3040 && cp < 0x3100) ||
                        (cp >= 0x3400 && cp < 0xa000) || (cp >= 0x20000 && cp < 0x32000);
        if (unspaced) s = SCRIPT_UNSPACED;
        if (cp >= 0xac00 && cp < 0xd7b0 && s == SCRIPT_SPACED) s = SCRIPT_HANGUL;
    }
    return s;
}

typedef struct term {
    slk_text words;
    bool phrase, begins, without;
} term;

/* The next word or "phrase"; false at the end. */
static bool next_term(slk_text *rest, term *out) {
    *out = (term){0};
    *rest = slk_text_trim(*rest);
    if (rest->n == 0) return false;
    if (rest->n > 1 && rest->at[0] == '-') {
        out->without = true;
        *rest = slk_text_part(*rest, 1, (uint32_t)rest->n);
    }
    out->phrase = rest->at[0] == '"';
    uint32_t from = out->phrase, to = from;
    while (to < rest->n && (out->phrase ? rest->at[to] != '"' : !slk_is_space(rest->at[to]))) to++;
    out->words = slk_text_part(*rest, from, to);
    *rest = slk_text_part(*rest, to + out->phrase, (uint32_t)rest->n);
    if (rest->n && rest->at[0] == '*' && out->phrase) {
        out->begins = true;
        *rest = slk_text_part(*rest, 1, (uint32_t)rest->n);
    }
    while (out->words.n && out->words.at[out->words.n - 1] == '*') {
        out->begins = true;
        out->words.n--;
    }
    return true;
}

/* Is there anything in it that the index of words has? */
static bool has_letters(slk_text t) {
    for (const char *at = t.at, *end = t.at + t.n; at < end;) {
        uint32_t cp;
        at += slk_utf8_next(at, end, &cp);
        if (slk_cp_is_word(cp) && cp != '_') return true;
    }
    return false;
}

static void put_term(slk_buf *b, const term *t, bool begins) {
    slk_buf_putc(b, '"');
    for (size_t i = 0; i < t->words.n; i++) {
        if (t->words.at[i] == '"') slk_buf_putc(b, '"');
        slk_buf_putc(b, t->words.at[i]);
    }
    slk_buf_puts(b, begins ? "\" *" : "\"");
}

static void join(slk_buf *all, slk_buf *without, slk_buf *out) {
    if (all->n && without->n)
        slk_buf_printf(out, "(%s) NOT (%s)", all->at, without->at);
    else if (all->n)
        slk_buf_puts(out, all->at);
}

typedef struct searched { /* of one index */
    slk_buf all, without;
} searched;

static void start(searched *q, const slk_allocator *mem) {
    slk_buf_start(&q->all, mem, QUERY_MOST_B);
    slk_buf_start(&q->without, mem, QUERY_MOST_B);
}

static slk_err finish(searched *q, slk_arena *arena, const char **out) {
    slk_buf whole;
    slk_buf_start(&whole, &arena->mem, 2 * QUERY_MOST_B);
    join(&q->all, &q->without, &whole);
    slk_err err = q->all.err != SLK_OK ? q->all.err : q->without.err != SLK_OK ? q->without.err : whole.err;
    if (err == SLK_OK && whole.n && !(*out = slk_arena_copy(arena, whole.at, whole.n))) err = SLK_ENOMEM;
    slk_buf_free(&q->all);
    slk_buf_free(&q->without);
    slk_buf_free(&whole);
    return err;
}

slk_err slk_words_read(const slk_ledger *l, const char *text, slk_arena *arena, slk_wanted *out, slk_fault *fault) {
    searched words, grams;
    slk_wanted w = {0};
    slk_text rest = slk_text_of(text);
    term t;
    if (slk_utf8_check(rest) != rest.n) return slk_fault_say(fault, SLK_EINPUT, "what is looked for is no UTF-8");
    start(&words, &l->mem);
    start(&grams, &l->mem);
    for (unsigned n = 0; n < TERMS_MOST && next_term(&rest, &t); n++) {
        uint32_t n_cp;
        if (!has_letters(t.words)) continue;
        script s = script_of(t.words, &n_cp);
        searched *q = s == SCRIPT_UNSPACED && n_cp >= 3 ? &grams : &words;
        bool begins = q == &words && (t.begins || (s != SCRIPT_SPACED && !t.phrase));
        slk_buf *b = t.without ? &q->without : &q->all;
        if (b->n) slk_buf_puts(b, t.without ? " OR " : " AND ");
        put_term(b, &t, begins);
    }
    slk_err err = finish(&words, arena, &w.words), other = finish(&grams, arena, &w.grams);
    if (err == SLK_OK) err = other;
    if (err == SLK_ELIMIT) return slk_fault_say(fault, SLK_EINPUT, "what is looked for is too long");
    if (err != SLK_OK) return err;
    if (!w.words && !w.grams)
        return slk_fault_say(fault, SLK_EINPUT, "there is no word to look for in \"%.60s\"", text);
    *out = w;
    return SLK_OK;
}

/* ---------------------------------------------------------------- finding */

static slk_err run_query(slk_ledger *l, slk_statement which, const char *query, slk_wanted *w, slk_arena *arena,
                         slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    w->reports.n = 0;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, query);
    slk_bind_int(&b, (int64_t)l->few + 1);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(arena, &w->reports, SLK_MAX_ROWS)) != SLK_OK) break;
        w->reports.at[w->reports.n++] = sqlite3_column_int64(b.s, 0);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    w->many = w->reports.n > l->few;
    return err;
}

static slk_err asked(slk_ledger *l, slk_statement which, const char *query, int64_t report, bool *out,
                     slk_fault *fault) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(l, which, &err, fault)};
    if (!b.s) return err;
    slk_bind_text(&b, query);
    slk_bind_int(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    err = slk_store_step(l, b.s, out, fault);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err asked_both(slk_ledger *l, const slk_wanted *w, int64_t report, bool *out, slk_fault *fault) {
    slk_err err = SLK_OK;
    *out = true;
    if (w->words) err = asked(l, SLK_Q_WORDS_OF, w->words, report, out, fault);
    if (err == SLK_OK && *out && w->grams) err = asked(l, SLK_Q_GRAMS_OF, w->grams, report, out, fault);
    return err;
}

slk_err slk_words_find(slk_ledger *l, slk_wanted *w, slk_arena *arena, slk_fault *fault) {
    slk_err err = w->grams ? run_query(l, SLK_Q_GRAMS_MATCH, w->grams, w, arena, fault)
                           : run_query(l, SLK_Q_WORDS_MATCH, w->words, w, arena, fault);
    uint32_t n = 0;
    for (uint32_t i = 0; err == SLK_OK && w->grams && w->words && !w->many && i < w->reports.n; i++) {
        bool in = false;
        err = asked(l, SLK_Q_WORDS_OF, w->words, w->reports.at[i], &in, fault);
        if (in) w->reports.at[n++] = w->reports.at[i];
    }
    if (w->grams && w->words && !w->many) w->reports.n = n;
    return err;
}

slk_err slk_words_match(slk_ledger *l, const slk_wanted *w, int64_t report, bool *out, slk_fault *fault) {
    if (w->many) return asked_both(l, w, report, out, fault);
    uint32_t i = SLK_FIRST(k, w->reports.n, w->reports.at[k] < report);
    *out = i < w->reports.n && w->reports.at[i] == report;
    return SLK_OK;
}
