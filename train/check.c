/* check.c - the gradient of every weight against differences. See floats.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "floats.h"

/* How far the gradient of one weight is from the difference quotient, relatively; negative where the loss has a kink so near
 * that the quotients of both sides differ. */
static double check_one(net *n, const corpus *c, const uint32_t *sentences, unsigned i, size_t k, double by_hand) {
    const float step = 1e-3f;
    float keep = n->p[i].w[k];
    double here = net_train(n, c, sentences, 2);
    n->p[i].w[k] = keep + step;
    double up = (net_train(n, c, sentences, 2) - here) / (double)step;
    n->p[i].w[k] = keep - step;
    double down = (here - net_train(n, c, sentences, 2)) / (double)step;
    n->p[i].w[k] = keep;
    double quotient = (up + down) / 2;
    if (fabs(up - down) > 0.01 + 0.02 * fabs(quotient)) return -1;
    double off = fabs(quotient - by_hand) / (fabs(quotient) + fabs(by_hand) + 0.1);
    if (off > 0.05) printf("%s[%zu]: %g by hand, %g by difference\n", n->p[i].name, k, by_hand, quotient);
    return off;
}

bool net_check(void) {
    net n;
    shape s = {
        .width = 6, .gates = 3, .arc = 5, .lab = 4, .upos = 3, .xpos = 4, .feats = 2, .rel = 5, .ner = 3, .rows = 12};
    word words[9];
    sentence sentences[2] = {{0, 5}, {5, 4}};
    static const soft voted[OUTPUTS] = {{{0, 2, 1}, {0.5f, 0.3f, 0.2f}},
                                        {{3, 1, 0}, {0.8f, 0.1f, 0.1f}},
                                        {{1}, {1}},
                                        {{4, 0, 2}, {0.6f, 0.4f, 0}},
                                        {{0}, {0}},
                                        {{1, 3, 0}, {0.7f, 0.2f, 0.1f}}};
    static const int16_t heads[9] = {1, -1, 1, 4, 2, -1, 0, 1, 0};
    for (uint32_t i = 0; i < 9; i++) {
        words[i] = (word){
            .n_keys = 3 | 0x80, .upos = (uint16_t)(i % 3), .xpos = (uint16_t)(i % 4), .feats = (uint16_t)(i % 2)};
        words[i].rel = (uint16_t)(i % 5);
        words[i].ner = i < 4 ? (uint16_t)(i % 3) : UINT16_MAX;
        words[i].head = heads[i];
        words[i].soft = i == 1 || i == 6 ? voted : NULL;
        for (unsigned k = 0; k < 3; k++) words[i].keys[k] = (i * 5 + k * 3) % 12;
    }
    corpus c = {.words = words, .n_words = 9, .sentences = sentences, .n_sentences = 2};
    static const uint32_t both[2] = {0, 1};
    net_start(&n, s, 7);
    (void)net_train(&n, &c, both, 2);
    float *by_hand[P_COUNT];
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n.p[i].rows * n.p[i].cols;
        by_hand[i] = need(malloc(k * sizeof(float)));
        memcpy(by_hand[i], n.p[i].g, k * sizeof(float));
    }
    double worst = 0;
    unsigned smooth = 0, kinks = 0;
    for (unsigned i = 0; i < P_COUNT; i++) {
        for (size_t k = 0; k < (size_t)n.p[i].rows * n.p[i].cols; k++) {
            double off = check_one(&n, &c, both, i, k, (double)by_hand[i][k]);
            if (off < 0)
                kinks++;
            else
                smooth++;
            if (off > worst) worst = off;
        }
        free(by_hand[i]);
    }
    printf("gradients: %u weights, worst relative difference %.4f, %u too near a kink\n", smooth, worst, kinks);
    net_free(&n);
    return worst < 0.05 && kinks * 10 < smooth;
}
