/* name_tags.c - the model of names at work: scores of labels for a token from the rows of its traits, and the best chain of labels
 * (Viterbi). Integers only: the same labels on every machine. */
#include <string.h>

#include "language/name_words.h"

const char *slk_name_model_fault(slk_text bytes) {
    const slk_name_model *m = (const void *)bytes.at;
    if (bytes.n < sizeof *m || memcmp(m->magic, SLK_NAME_MODEL_MAGIC, sizeof m->magic) != 0)
        return "the model of names is none";
    if (m->rows == 0 || (m->rows & (m->rows - 1)) || bytes.n < sizeof *m + (size_t)m->rows * 8)
        return "the model of names is cut";
    return NULL;
}

typedef int8_t row __attribute__((vector_size(8)));
typedef int16_t weights __attribute__((vector_size(16)));

void slk_name_score_token(const slk_name_model *m, const slk_reading *r, const slk_name_word *words, uint32_t token,
                          slk_name_score *out) {
    uint32_t traits[SLK_NAME_TRAITS_MOST], own, n = slk_name_traits(r, words, token, traits, &own);
    const int8_t *rows = (const int8_t *)(m + 1);
    weights sum = {0}; /* SLK_NAME_TRAITS_MOST times 128 fits */
    for (uint32_t i = 0; i < n; i++) __builtin_prefetch(rows + (size_t)(traits[i] & (m->rows - 1)) * 8);
    for (uint32_t i = 0; i < n; i++) {
        row one;
        memcpy(&one, rows + (size_t)(traits[i] & (m->rows - 1)) * 8, sizeof one);
        sum += __builtin_convertvector(one, weights);
    }
    for (unsigned k = 0; k < 8; k++) out->of[k] = sum[k];
}

void slk_name_tags_best(const slk_name_model *m, const slk_name_score *scores, uint32_t n, uint8_t *tags,
                        uint8_t (*back)[8]) {
    int32_t best[8], next[8];
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < SLK_NAME_TAGS; k++) {
            int32_t top = INT32_MIN;
            uint8_t from = 0;
            for (uint32_t b = 0; b < SLK_NAME_TAGS; b++) {
                if (!slk_name_tag_may(i ? b : SLK_TAG_O, k) || (i == 0 && b > 0)) continue;
                if (i && best[b] == INT32_MIN) continue; /* no way leads there */
                int32_t s = i ? best[b] + m->follows[b][k] : m->follows[7][k];
                if (s > top) {
                    top = s;
                    from = (uint8_t)b;
                }
            }
            next[k] = top == INT32_MIN ? top : top + scores[i].of[k];
            back[i][k] = from;
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t at = 0;
    for (uint8_t k = 1; n && k < SLK_NAME_TAGS; k++)
        if (best[k] > best[at]) at = k;
    for (uint32_t i = n; i > 0; i--) {
        tags[i - 1] = at;
        at = back[i - 1][at];
    }
}
