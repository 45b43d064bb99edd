/* arcs.h - from scores of arcs to a tree with one root. */
#ifndef SLK_LANGUAGE_ARCS_H
#define SLK_LANGUAGE_ARCS_H

#include <stdint.h>

#define SLK_ARCS_MOST 256u /* words of one window */

/* scores: n x (n + 1), a row for each word, a column for each head, the last the root; n <= SLK_ARCS_MOST. heads: n, -1 for
 * the root. Takes the best head for each word; a cycle is broken where that costs least, and of several roots the best one
 * stays: nearly always the maximum spanning tree (Chu and Liu 1965, Edmonds 1967), in O(n^2). Equal scores: the first. */
void slk_arcs_decode(const float *scores, uint32_t n, int16_t *heads);

#endif
