/* deeds.c - the words of a report that tell of something done, and what the reports of one story tell of in common. Verbs tell of a deed
 * by their lemma; verbs, nouns and adjectives of data/deeds.tsv by the deed they have in common ("slaying", "murdered": kill). Within
 * a story words of one deed tell of one. Which sentences are about what the story is about is judged by their place and by how many
 * other reports lead with the same deeds: a report's tenth sentence seldom is, unless others lead with it. See deeds.h. */
#include "ledger/deeds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/gist.h"

#define REPORTS_MOST 256 /* of a story */
#define FEWEST 5u        /* words of a sentence that tells of something */
#define LEAD 4u          /* first sentences, with which a report leads */
#define KEY_MOST 40u     /* bytes of a deed's name */
#define ABOUT 1.63 /* what a sentence must come to: its reports' common deeds against its place; round figures near */
#define PER_SENTENCE 0.5 /* what fits news stories */
#define PER_COMMON 1.1
#define ENOUGH (-1.55)

/* ---------------------------------------------------------------- words of a reading */

static bool is_pos(slk_text cell, slk_upos upos) {
    return slk_text_is(cell, upos == SLK_UPOS_VERB ? "v" : upos == SLK_UPOS_ADJ ? "a" : "n");
}

/* The deed of a word of the table as a part of speech; an empty text where it has none. */
static slk_text listed(const slk_pack *pack, slk_text word, slk_upos upos) {
    uint32_t row = slk_pack_find(pack, SLK_T_DEEDS, word);
    for (; row != SLK_NONE && row < slk_pack_rows(pack, SLK_T_DEEDS); row++) {
        if (!slk_text_eq(slk_pack_cell(pack, SLK_T_DEEDS, row, SLK_DEEDS_WORD), word)) break;
        if (is_pos(slk_pack_cell(pack, SLK_T_DEEDS, row, SLK_DEEDS_POS), upos))
            return slk_pack_cell(pack, SLK_T_DEEDS, row, SLK_DEEDS_DEED);
    }
    return (slk_text){"", 0};
}

/* The deed that a token tells of; word is room for its lemma in small letters. Empty where it tells of none. */
static slk_text deed_of(const slk_pack *pack, const slk_token *t, char word[KEY_MOST]) {
    slk_text lemma = slk_text_of(t->lemma);
    slk_upos upos = t->upos == SLK_UPOS_PROPN ? SLK_UPOS_NOUN : t->upos;
    if (lemma.n < 2 || lemma.n >= KEY_MOST || (upos != SLK_UPOS_VERB && upos != SLK_UPOS_NOUN && upos != SLK_UPOS_ADJ))
        return (slk_text){"", 0};
    for (size_t i = 0; i < lemma.n; i++) word[i] = slk_lower(lemma.at[i]);
    slk_text w = {word, lemma.n}, deed = listed(pack, w, upos);
    if (deed.n) return slk_text_is(deed, "-") ? (slk_text){"", 0} : deed;
    if (upos == SLK_UPOS_VERB) return w;
    bool plural = upos == SLK_UPOS_NOUN && w.at[w.n - 1] == 's';
    slk_text one = {word, lemma.n - 1};
    if (plural) deed = listed(pack, one, SLK_UPOS_NOUN);
    return plural && !deed.n ? listed(pack, one, SLK_UPOS_VERB) : deed; /* "Man Kills Two": a headline's verb */
}

static void put(slk_buf *out, uint32_t start, uint32_t end, uint32_t sentence, slk_text deed) {
    uint32_t n = end - start > 255 ? 255 : end - start;
    for (unsigned k = 0; k < 4; k++) slk_buf_putc(out, (char)(unsigned char)(start >> 8 * k));
    slk_buf_putc(out, (char)(unsigned char)n);
    slk_buf_putc(out, (char)sentence);
    slk_buf_putc(out, (char)(unsigned char)deed.n);
    slk_buf_add(out, deed.at, deed.n);
}

static bool tells(const slk_reading *r, uint32_t sentence) {
    uint32_t pred = SLK_FIRST(i, r->preds.n, r->preds.at[i].sentence < sentence);
    return r->sentences.at[sentence].n_tokens >= FEWEST && pred < r->preds.n &&
           r->preds.at[pred].sentence == sentence && !slk_wire_of(r, sentence);
}

slk_err slk_deeds_pack(const slk_pack *pack, const slk_reading *r, slk_buf *out) {
    char word[KEY_MOST];
    uint32_t n = 0, kept = 0;
    for (uint32_t s = 0; s < r->sentences.n && n < SLK_DEEDS_SENTENCES; s++) {
        if (!tells(r, s)) continue;
        const slk_sentence *x = &r->sentences.at[s];
        for (uint32_t k = x->first_token; k < x->first_token + x->n_tokens && kept < SLK_DEEDS_MOST; k++) {
            slk_text deed = deed_of(pack, &r->tokens.at[k], word);
            if (!deed.n) continue;
            slk_span span = r->tokens.at[k].span;
            put(out, slk_reading_cp(r, span.start), slk_reading_cp(r, span.end), n, deed);
            kept++;
        }
        n++;
    }
    return out->err;
}

/* ---------------------------------------------------------------- words of a story */

typedef struct loader {
    slk_ledger *l;
    slk_arena *arena;
    slk_deeds *d;
    slk_fault *fault;
    double *common; /* per report and sentence: how much others lead with its deeds */
} loader;

static slk_err take_words(loader *k, uint32_t report, const unsigned char *at, size_t n) {
    const unsigned char *end = at + n;
    while (at && end - at >= 7 && end - at >= 7 + at[6]) {
        slk_err err = SLK_ROOM(k->arena, &k->d->words, REPORTS_MOST * SLK_DEEDS_MOST);
        if (err != SLK_OK) return err;
        const char *deed = slk_arena_copy(k->arena, (const char *)at + 7, at[6]);
        if (!deed) return SLK_ENOMEM;
        uint32_t start = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        uint8_t sentence = at[5] < SLK_DEEDS_SENTENCES ? at[5] : SLK_DEEDS_SENTENCES - 1;
        k->d->words.at[k->d->words.n++] = (slk_deed_word){deed, report, start, start + at[4], sentence, 0, false};
        at += 7 + at[6];
    }
    return SLK_OK;
}

static slk_err take_reports(loader *k, int64_t story, int64_t day) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_DEEDS_OF, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, story);
    slk_bind_int(&b, day);
    slk_bind_int(&b, REPORTS_MOST);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) {
        if ((err = SLK_ROOM(k->arena, &k->d->rows, REPORTS_MOST)) != SLK_OK) break;
        if ((err = SLK_ROOM(k->arena, &k->d->reports, REPORTS_MOST)) != SLK_OK) break;
        k->d->rows.at[k->d->rows.n++] = sqlite3_column_int64(b.s, 0);
        k->d->reports.at[k->d->reports.n++] = slk_column_copy(k->arena, b.s, 1, &err);
        if (err == SLK_OK)
            err = take_words(k, k->d->rows.n - 1, sqlite3_column_blob(b.s, 2), (size_t)sqlite3_column_bytes(b.s, 2));
        if (err != SLK_OK) break;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static int by_deed(const void *a, const void *b) {
    const slk_deed_word *x = a, *y = b;
    int c = strcmp(x->deed, y->deed);
    if (c) return c;
    if (x->report != y->report) return x->report < y->report ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

static slk_err group(loader *k) {
    slk_deeds *d = k->d;
    qsort(d->words.at, d->words.n, sizeof *d->words.at, by_deed);
    for (uint32_t i = 0; i < d->words.n; i++) {
        if (i == 0 || strcmp(d->words.at[i - 1].deed, d->words.at[i].deed) != 0) {
            slk_err err = SLK_ROOM(k->arena, &d->deeds, REPORTS_MOST * SLK_DEEDS_MOST);
            if (err != SLK_OK) return err;
            d->deeds.at[d->deeds.n++] = (slk_deed){i, 0, 0};
        }
        d->deeds.at[d->deeds.n - 1].n++;
    }
    return SLK_OK;
}

/* ---------------------------------------------------------------- what the story is about */

static slk_err number(loader *k, slk_statement which, uint64_t key, int64_t *out) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(k->l, which, &err, k->fault)};
    *out = 0;
    if (!b.s) return err;
    if (which == SLK_Q_TERM_SEEN) slk_bind_int(&b, (int64_t)key);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    err = slk_store_step(k->l, b.s, &row, k->fault);
    if (err == SLK_OK && row) *out = sqlite3_column_int64(b.s, 0);
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* How many reports lead with a deed. */
static uint32_t leading(const slk_deeds *d, const slk_deed *x) {
    uint32_t n = 0, last = SLK_NONE;
    for (uint32_t i = x->first; i < x->first + x->n; i++) {
        const slk_deed_word *w = &d->words.at[i];
        if (w->sentence >= LEAD || w->report == last) continue;
        last = w->report;
        n++;
    }
    return n;
}

/* Adds to each sentence with the deed what it has in common with other reports by it: the share of them that lead with it, by its
 * weight in the ledger. */
static void add_common(loader *k, const slk_deed *x, double weight) {
    const slk_deeds *d = k->d;
    uint32_t leads = leading(d, x), end = x->first + x->n;
    for (uint32_t i = x->first; i < end;) {
        uint32_t report = d->words.at[i].report, seen = 0;
        bool own = false;
        uint32_t k2 = i;
        for (; k2 < end && d->words.at[k2].report == report; k2++) own = own || d->words.at[k2].sentence < LEAD;
        for (; i < k2; i++) {
            uint32_t bit = 1u << d->words.at[i].sentence;
            if (!(seen & bit))
                k->common[report * SLK_DEEDS_SENTENCES + d->words.at[i].sentence] +=
                    weight * (double)(leads - own) / (double)(d->rows.n - 1);
            seen |= bit;
        }
    }
}

static slk_err judge(loader *k) {
    int64_t reports, seen;
    slk_deeds *d = k->d;
    size_t n = (size_t)d->rows.n * SLK_DEEDS_SENTENCES;
    slk_err err = number(k, SLK_Q_REPORTS_SEEN, 0, &reports);
    if (!(k->common = slk_arena_take(k->arena, n * sizeof *k->common))) return SLK_ENOMEM;
    for (size_t i = 0; i < n; i++) k->common[i] = 0;
    for (uint32_t i = 0; err == SLK_OK && i < d->deeds.n; i++) {
        err = number(k, SLK_Q_TERM_SEEN, slk_gist_hash(slk_text_of(d->words.at[d->deeds.at[i].first].deed)), &seen);
        double weight = log(((double)reports + SLK_GIST_PRIOR) / ((double)seen + 1));
        if (weight > 0) add_common(k, &d->deeds.at[i], weight);
    }
    for (uint32_t i = 0; err == SLK_OK && i < d->words.n; i++) {
        slk_deed_word *w = &d->words.at[i];
        double common = k->common[w->report * SLK_DEEDS_SENTENCES + w->sentence];
        w->news = PER_COMMON * sqrt(common) - PER_SENTENCE * w->sentence - ABOUT >= ENOUGH;
    }
    return err;
}

/* ---------------------------------------------------------------- events of the ledger among them */

typedef struct telling_at {
    uint32_t report, start;
    int64_t event;
} telling_at;

typedef SLK_LIST(telling_at) tellings_at;

static int by_place(const void *a, const void *b) {
    const telling_at *x = a, *y = b;
    if (x->report != y->report) return x->report < y->report ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

static slk_err take_tellings(loader *k, int64_t story, tellings_at *list) {
    slk_err err = SLK_OK;
    bool row = true;
    uint32_t report = 0;
    slk_bind b = {.s = slk_store_get(k->l, SLK_Q_TELLINGS_IN, &err, k->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, story);
    slk_bind_int(&b, REPORTS_MOST * 64);
    if (b.rc != SQLITE_OK) return slk_store_fault(k->l, b.rc, k->fault);
    while ((err = slk_store_step(k->l, b.s, &row, k->fault)) == SLK_OK && row) {
        while (report < k->d->rows.n && k->d->rows.at[report] < sqlite3_column_int64(b.s, 0)) report++;
        if (report == k->d->rows.n || k->d->rows.at[report] != sqlite3_column_int64(b.s, 0)) continue;
        if ((err = SLK_ROOM(k->arena, list, REPORTS_MOST * 64)) != SLK_OK) break;
        list->at[list->n++] =
            (telling_at){report, (uint32_t)sqlite3_column_int64(b.s, 1), sqlite3_column_int64(b.s, 2)};
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The event that most of a deed's words begin a telling of; the first made where as many are of several. */
static int64_t event_of(const slk_deeds *d, const slk_deed *x) {
    int64_t best = 0;
    uint32_t most = 0;
    for (uint32_t i = x->first; i < x->first + x->n && i < x->first + 512; i++) {
        int64_t event = d->words.at[i].event;
        uint32_t n = 0;
        if (!event || event == best) continue;
        for (uint32_t j = x->first; j < x->first + x->n; j++) n += d->words.at[j].event == event;
        if (n > most || (n == most && event < best)) {
            most = n;
            best = event;
        }
    }
    return best;
}

static slk_err find_events(loader *k, int64_t story) {
    tellings_at list = {0};
    slk_deeds *d = k->d;
    slk_err err = take_tellings(k, story, &list);
    if (err != SLK_OK || list.n == 0) return err;
    qsort(list.at, list.n, sizeof *list.at, by_place);
    for (uint32_t i = 0; i < d->words.n; i++) {
        telling_at key = {d->words.at[i].report, d->words.at[i].start, 0};
        const telling_at *t = bsearch(&key, list.at, list.n, sizeof *list.at, by_place);
        if (t) d->words.at[i].event = t->event;
    }
    for (uint32_t i = 0; i < d->deeds.n; i++) d->deeds.at[i].event = event_of(d, &d->deeds.at[i]);
    return SLK_OK;
}

slk_err slk_deeds_load(slk_ledger *l, int64_t story, int64_t day, slk_arena *arena, slk_deeds *out, slk_fault *fault) {
    slk_deeds d = {0};
    loader k = {.l = l, .arena = arena, .d = &d, .fault = fault};
    slk_err err = take_reports(&k, story, day);
    if (err == SLK_OK && d.rows.n < 2) d.words.n = 0;
    if (err == SLK_OK && d.words.n) {
        err = group(&k);
        if (err == SLK_OK) err = judge(&k);
        if (err == SLK_OK) err = find_events(&k, story);
    }
    if (err == SLK_OK) *out = d;
    return err;
}
