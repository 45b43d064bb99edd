/* arcs.h - from scores of arcs to a tree with one root. */
#ifndef SLK_LANGUAGE_ARCS_H
#define SLK_LANGUAGE_ARCS_H

#include <stdbool.h>
#include <stdint.h>

#define SLK_ARCS_MOST 256u /* words of one window */

typedef struct slk_arcs { /* scores of sentence of n <= SLK_ARCS_MOST words; more than -2^30 and less than 2^30 */
    const int32_t *scores,
        *root; /* of head j for word i: scores[i * by_word + j * by_head]; of the root for word i: root[i] */
    uint32_t n, by_word, by_head;
    bool begun; /* heads hold the best head of each word already */
} slk_arcs;

/* heads: n, -1 for the root. Takes the best head for each word; a cycle is broken where that costs least, and of several roots the
 * best one stays: nearly always the maximum spanning tree (Chu and Liu 1965, Edmonds 1967), in O(n^2). A word is never its own
 * head. Equal scores: the first, the root before all. */
void slk_arcs_decode(const slk_arcs *arcs, int16_t *heads);

/* Whether heads are a tree with one root. O(n). */
bool slk_arcs_are_tree(const int16_t *heads, uint32_t n);

#endif
