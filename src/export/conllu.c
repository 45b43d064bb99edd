/* conllu.c - the words of a report in CoNLL-U, version 2 (universaldependencies.org/format.html): one document per report, one line
 * per word, with lemma, part of speech, head and relation. Words that share a written token ("don't", "Kim's") stand under its
 * range. What is not analysed is "_". Uses tokens and sentences alone. */
#include "base/reading.h"
#include "base/text.h"
#include "export/export.h"

/* Text in a cell or a comment: no line breaks or tabs, which would end them. */
static void put_clean(slk_buf *out, slk_text t) {
    size_t from = 0;
    for (size_t i = 0; i <= t.n; i++) {
        if (i < t.n && (unsigned char)t.at[i] >= ' ') continue;
        if (i > from) slk_buf_add(out, t.at + from, i - from);
        if (i < t.n) slk_buf_putc(out, ' ');
        from = i + 1;
    }
}

static void put_cell(slk_buf *out, const char *z) {
    slk_buf_putc(out, '\t');
    if (z && *z)
        put_clean(out, slk_text_of(z));
    else
        slk_buf_putc(out, '_');
}

/* The head as the number of a word of its sentence, 0 for the root. */
static void put_head(slk_buf *out, const slk_token *t, uint32_t self, uint32_t first) {
    if (t->head == SLK_NONE) {
        slk_buf_puts(out, "\t_\t_");
        return;
    }
    slk_buf_printf(out, "\t%u", t->head == self ? 0 : t->head - first + 1);
    put_cell(out, t->head == self ? "root" : t->deprel);
}

static void put_misc(slk_buf *out, bool space_after) { slk_buf_puts(out, space_after ? "\t_\n" : "\tSpaceAfter=No\n"); }

static void put_word(const slk_reading *r, uint32_t token, uint32_t first, bool in_range, slk_buf *out) {
    const slk_token *t = &r->tokens.at[token];
    slk_buf_printf(out, "%u\t", token - first + 1);
    put_clean(out, slk_token_text(r, token));
    put_cell(out, t->lemma);
    put_cell(out, slk_upos_word(t->upos));
    put_cell(out, t->xpos);
    put_cell(out, t->feats);
    put_head(out, t, token, first);
    slk_buf_puts(out, "\t_");
    put_misc(out, in_range || t->space_after);
}

/* "1-2 don't _ ...": the written token of the words that are joined to one another. */
static void put_range(const slk_reading *r, uint32_t from, uint32_t to, uint32_t first, slk_buf *out) {
    slk_span s = {r->tokens.at[from].span.start, r->tokens.at[to - 1].span.end};
    slk_buf_printf(out, "%u-%u\t", from - first + 1, to - first);
    put_clean(out, slk_reading_text(r, s));
    slk_buf_puts(out, "\t_\t_\t_\t_\t_\t_\t_");
    put_misc(out, r->tokens.at[to - 1].space_after);
}

static void put_sentence(const slk_reading *r, uint32_t sentence, slk_buf *out) {
    const slk_sentence *s = &r->sentences.at[sentence];
    slk_buf_puts(out, "# sent_id = ");
    put_clean(out, slk_text_of(r->report.id));
    slk_buf_printf(out, "-%u\n# text = ", sentence + 1);
    put_clean(out, slk_reading_text(r, s->span));
    slk_buf_putc(out, '\n');
    uint32_t last = s->first_token + s->n_tokens, range = 0; /* first word behind the range under way */
    for (uint32_t t = s->first_token; t < last; t++) {
        uint32_t end = t + 1;
        while (t >= range && end < last && r->tokens.at[end].joined) end++;
        if (end > t + 1) put_range(r, t, range = end, s->first_token, out);
        put_word(r, t, s->first_token, t < range, out);
    }
    slk_buf_putc(out, '\n');
}

void slk_export_conllu(const slk_reading *r, slk_buf *out) {
    slk_buf_puts(out, "# newdoc id = ");
    put_clean(out, slk_text_of(r->report.id));
    slk_buf_putc(out, '\n');
    for (uint32_t s = 0; s < r->sentences.n && out->err == SLK_OK; s++) put_sentence(r, s, out);
}
