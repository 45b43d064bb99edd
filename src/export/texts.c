/* texts.c - the texts of one event's reports. See texts.h. */
#include "export/texts.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define EVERY 256u /* code points between two marks */

typedef struct kept {
    slk_report_text *text;
    uint32_t *marks; /* byte of every EVERY-th code point */
    uint32_t length; /* code points */
    bool asked;
} kept;

struct slk_texts {
    slk_export *x;
    const slk_dossier *d;
    slk_arena arena;
    kept *at;
};

slk_texts *slk_texts_new(slk_export *x, const slk_dossier *d) {
    slk_texts *t = slk_mem_new(&x->out->mem, sizeof *t);
    if (t) {
        *t = (slk_texts){.x = x, .d = d};
        slk_arena_start(&t->arena, &x->out->mem, (size_t)1 << 30);
        t->at = slk_arena_take(&t->arena, sizeof *t->at * (d->n_reports + 1));
        if (t->at) return t;
        slk_mem_free(&x->out->mem, t);
    }
    if (x->out->err == SLK_OK) x->out->err = SLK_ENOMEM;
    return NULL;
}

void slk_texts_free(slk_texts *t) {
    if (!t) return;
    for (uint32_t i = 0; i < t->d->n_reports; i++) slk_report_text_free(t->at[i].text);
    slk_allocator mem = t->arena.mem;
    slk_arena_free(&t->arena);
    slk_mem_free(&mem, t);
}

static bool is_start(char c) { return ((unsigned char)c & 0xC0) != 0x80; }

static slk_err mark(slk_texts *t, kept *k) {
    slk_text text = k->text->text;
    k->marks = slk_arena_take(&t->arena, sizeof *k->marks * (text.n / EVERY + 2));
    if (!k->marks) return SLK_ENOMEM;
    for (size_t i = 0; i < text.n; i++) {
        if (!is_start(text.at[i])) continue;
        if (k->length % EVERY == 0) k->marks[k->length / EVERY] = (uint32_t)i;
        k->length++;
    }
    return SLK_OK;
}

static kept *load(slk_texts *t, uint32_t report) {
    if (!t || report >= t->d->n_reports || !t->x->ledger) return NULL;
    kept *k = &t->at[report];
    if (k->asked) return k->text && k->marks ? k : NULL;
    k->asked = true;
    slk_fault fault = {.code = SLK_OK};
    slk_err err = slk_ledger_text(t->x->ledger, t->d->reports[report].sha256, &k->text, &fault);
    if (err == SLK_OK) err = mark(t, k);
    if (err == SLK_OK) return k;
    if (t->x->err == SLK_OK) {
        t->x->err = err;
        t->x->fault = fault;
        t->x->fault.code = err;
    }
    return NULL;
}

/* The byte of a code point, the end for one behind the last. */
static uint32_t byte_of(const kept *k, uint32_t cp) {
    slk_text t = k->text->text;
    if (cp >= k->length) return (uint32_t)t.n;
    uint32_t at = k->marks[cp / EVERY];
    for (uint32_t left = cp % EVERY; left > 0; left--) {
        at++;
        while (at < t.n && !is_start(t.at[at])) at++;
    }
    return at;
}

slk_text slk_texts_part(slk_texts *t, uint32_t report, uint32_t start, uint32_t end) {
    const kept *k = load(t, report);
    if (!k) return (slk_text){NULL, 0};
    return slk_text_part(k->text->text, byte_of(k, start), byte_of(k, end));
}

uint32_t slk_texts_length(slk_texts *t, uint32_t report) {
    const kept *k = load(t, report);
    return k ? k->length : 0;
}
