/* withheld.c - what is said not to be known or told: "did not specify the number", "it was not immediately clear where they
 * landed", "declined to give details". Words of silence and the words of a field in one sentence; hung on the event that the
 * report is about. See told.h. */
#include "base/text.h"
#include "meaning/told.h"

#define WITHHELD_MOST 32u
#define REACH 14u /* tokens from the words of silence to the words of the field */

typedef struct finding {
    slk_tellings *t;
    slk_reading *r;
    slk_withheld found[WITHHELD_MOST];
    uint32_t n;
} finding;

static slk_err add(finding *f, const char *field, slk_span words) {
    if (f->n == WITHHELD_MOST) return SLK_OK;
    slk_withheld *w = &f->found[f->n];
    *w = (slk_withheld){.field = field, .by = slk_attribution_around(f->r, words)};
    for (uint32_t i = 0; w->by == SLK_NONE && i < f->r->attributions.n; i++)
        if (slk_span_overlaps(f->r->attributions.at[i].cue.at[0], words)) w->by = i;
    slk_err err = slk_spans_one(f->r, words, &w->evidence);
    if (err == SLK_OK) f->n++;
    return err;
}

/* Fields named in tokens [first, last), each once: the words reach from the silence to the field, whichever comes first. */
static slk_err fields_near(finding *f, slk_span silence, uint32_t first, uint32_t last, bool *any) {
    slk_err err = SLK_OK;
    for (uint32_t k = first; err == SLK_OK && k < last; k++) {
        slk_span words;
        const char *field;
        if (!slk_cue_in(f->t, k, k + 1, "withholds", &words, &field) || !field) continue;
        slk_span both = silence;
        if (words.start < both.start) both.start = words.start;
        if (words.end > both.end) both.end = words.end;
        bool doubled = false;
        for (uint32_t i = 0; i < f->n; i++)
            doubled = doubled || (f->found[i].field == field && slk_span_overlaps(f->found[i].evidence.at[0], both));
        if (!doubled) err = add(f, field, both);
        *any = true;
        while (k + 1 < last && f->r->tokens.at[k + 1].span.start < words.end) k++;
    }
    return err;
}

/* The clause mark that ends what a silence speaks of. */
static bool ends_clause(const slk_reading *r, uint32_t token) {
    slk_text x = slk_token_text(r, token);
    return slk_text_is(x, ";") || slk_text_is_fold(x, "but") || slk_text_is_fold(x, "although");
}

/* "has not said whether it breaks the pact": a question that no field answers. */
static slk_err question_behind(finding *f, slk_span silence, uint32_t behind, uint32_t last) {
    static const char *const words[] = {"whether", "if", "why", "who", "what", "how"};
    for (size_t i = 0; behind < last && i < sizeof words / sizeof *words; i++)
        if (slk_tell_word(f->t, behind, words[i]))
            return add(f, "details", (slk_span){silence.start, f->r->tokens.at[behind].span.end});
    return SLK_OK;
}

static slk_err silence_at(finding *f, uint32_t token, uint32_t *next) {
    slk_span words;
    const char *none;
    if (!slk_cue_in(f->t, token, token + 1, "silence", &words, &none)) return SLK_OK;
    const slk_sentence *s = &f->r->sentences.at[f->r->tokens.at[token].sentence];
    uint32_t end = s->first_token + s->n_tokens, behind = slk_token_at(f->r, words.end), last = behind;
    while (last < end && last < behind + REACH && !ends_clause(f->r, last)) last++;
    bool any = false;
    slk_err err = fields_near(f, words, token, last, &any); /* also within the silence itself: "no further details" */
    uint32_t from = token > s->first_token + 8 ? token - 8 : s->first_token;
    if (err == SLK_OK && !any) err = fields_near(f, words, from, token, &any);
    if (err == SLK_OK && !any) err = question_behind(f, words, behind, last);
    *next = behind > token ? behind : token + 1;
    return err;
}

slk_err slk_withheld_find(slk_tellings *t) {
    finding f = {.t = t, .r = t->r};
    slk_event *main = NULL;
    for (uint32_t i = 0; i < t->r->events.n; i++)
        if (t->r->events.at[i].main) main = &t->r->events.at[i];
    if (!main) return SLK_OK;
    for (uint32_t k = 0; k < t->r->tokens.n && f.n < WITHHELD_MOST;) {
        uint32_t next = k + 1;
        slk_err err = silence_at(&f, k, &next);
        if (err != SLK_OK) return err;
        k = next;
    }
    slk_withheld *list = slk_arena_take(&t->r->arena, f.n * sizeof *list);
    if (!list) return SLK_ENOMEM;
    for (uint32_t i = 0; i < f.n; i++) list[i] = f.found[i];
    main->withheld = list;
    main->n_withheld = f.n;
    return SLK_OK;
}
