/* name_sense.c - one sense per report: the same words name the same kind of thing throughout it. What the model thinks of each
 * place where a name stands is summed up over the report, and each place is judged again by its own score and by those of the
 * others; the last word of a person's name stands for the person. */
#include "language/name_words.h"

typedef struct sense { /* of a name, by the hash of its words; hash 0: free */
    uint32_t hash, n;
    int32_t sum[3]; /* persons, bodies, places: how much better than none */
} sense;

typedef struct judge {
    slk_reading *r;
    const slk_name_word *words;
    const slk_name_score *scores;
    uint8_t *tags;
    sense *senses;
    uint32_t mask;
    const slk_name_model *model;
} judge;

static sense *sense_of(const judge *j, uint32_t hash) {
    uint32_t at = hash;
    while (j->senses[at & j->mask].hash != hash && j->senses[at & j->mask].hash != 0) at++;
    sense *s = &j->senses[at & j->mask];
    s->hash = hash;
    return s;
}

static uint32_t hash_of(const judge *j, uint32_t first, uint32_t last) {
    uint32_t h = 0;
    for (uint32_t t = first; t < last; t++) h = h * 0x9E3779B1u ^ j->words[t].hash;
    return h ? h : 1;
}

/* How much better than no name at all a name of a kind is here. */
static int32_t better(const judge *j, uint32_t first, uint32_t last, uint32_t kind) {
    uint32_t begins = 1 + 2 * kind;
    int32_t s = j->scores[first].of[begins] - j->scores[first].of[SLK_TAG_O];
    for (uint32_t t = first + 1; t < last; t++) s += j->scores[t].of[begins + 1] - j->scores[t].of[SLK_TAG_O];
    return s;
}

/* The name that stands at a token: a labelled one, or one capitalised word that might be one. Its end; the token where none. */
static uint32_t name_end(const judge *j, uint32_t token) {
    uint8_t tag = j->tags[token];
    uint32_t end = token;
    if (tag % 2 == 1)
        for (end++; end < j->r->tokens.n && j->tags[end] == tag + 1; end++) continue;
    else if (tag == SLK_TAG_O && j->words[token].capital && !(j->words[token].known >> SLK_KNOWN_CLOSED & 1))
        end++;
    return end;
}

static void collect(const judge *j) {
    for (uint32_t t = 0; t < j->r->tokens.n;) {
        uint32_t end = name_end(j, t);
        if (end > t) {
            sense *s = sense_of(j, hash_of(j, t, end));
            s->n++;
            for (uint32_t k = 0; k < 3; k++) s->sum[k] += better(j, t, end, k);
            if (end - t > 1 && j->tags[t] == SLK_TAG_B_PER) {
                sense *last = sense_of(j, hash_of(j, end - 1, end));
                int32_t own = better(j, t, end, 0);
                last->n++;
                last->sum[0] += own > 100 ? 100 : own;
                last->sum[1] -= 20;
                last->sum[2] -= 20;
            }
        }
        t = end > t ? end : t + 1;
    }
}

static void settle(const judge *j) {
    for (uint32_t t = 0; t < j->r->tokens.n;) {
        uint32_t end = name_end(j, t);
        sense *s = end > t ? sense_of(j, hash_of(j, t, end)) : NULL;
        if (s && s->n > 1) {
            int32_t top = 0;
            uint32_t best = 3;
            for (uint32_t k = 0; k < 3; k++) {
                int32_t own = better(j, t, end, k), all = own + (s->sum[k] - own) / 2;
                if (all > top) {
                    top = all;
                    best = k;
                }
            }
            for (uint32_t i = t; i < end; i++) j->tags[i] = (uint8_t)(best == 3 ? SLK_TAG_O : 1 + 2 * best + (i > t));
        }
        t = end > t ? end : t + 1;
    }
}

slk_err slk_name_senses_settle(slk_reading *r, const slk_name_word *words, const slk_name_score *scores,
                               uint8_t *tags) {
    judge j = {.r = r, .words = words, .scores = scores, .tags = tags};
    uint32_t slots = 16, n = 0;
    for (uint32_t t = 0; t < r->tokens.n; t++) n += words[t].capital;
    while (slots < 4 * n) slots *= 2;
    j.senses = slk_arena_take(&r->arena, slots * sizeof *j.senses);
    if (!j.senses) return SLK_ENOMEM;
    j.mask = slots - 1;
    collect(&j);
    settle(&j);
    return SLK_OK;
}
