/* nearest.c - the optimal string alignment distance over short words. See nearest.h. */
#include "base/nearest.h"

#include <string.h>

#include "base/text.h"

#define LONGEST 31

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

unsigned slk_nearest_slips(slk_text a, slk_text b) {
    unsigned rows[3][LONGEST + 1]; /* the row before the last, the last, this one; they take turns */
    if (a.n > LONGEST || b.n > LONGEST) return 99;
    for (size_t k = 0; k <= b.n; k++) rows[0][k] = (unsigned)k;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t k = 1; k <= b.n; k++) {
            unsigned changed = last[k - 1] + (a.at[i - 1] != b.at[k - 1]);
            now[k] = least(changed, least(last[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] && a.at[i - 2] == b.at[k - 1])
                now[k] = least(now[k], before[k - 2] + 1);
        }
    }
    return rows[a.n % 3][b.n];
}

void slk_nearest_try(slk_nearest *n, const char *candidate) {
    slk_text c = slk_text_of(candidate);
    unsigned slips = slk_nearest_slips(n->word, c);
    bool begins = n->word.n >= 3 && n->word.n < c.n && memcmp(c.at, n->word.at, n->word.n) == 0;
    if (begins && slips > 1) slips = 1; /* "--pub" */
    if (slips >= n->slips || 2 * (size_t)slips >= c.n) return;
    n->found = candidate;
    n->slips = slips;
}
