/* arcs.c - best heads, made a tree. See arcs.h. */
#include "language/arcs.h"

typedef struct making {
    const slk_arcs *a;
    uint32_t n;
    int16_t *heads;
} making;

static int32_t score(const making *m, uint32_t word, int head) {
    return head < 0 ? m->a->root[word] : m->a->scores[(uint64_t)word * m->a->by_word + (uint64_t)head * m->a->by_head];
}

/* The best head among those that `allowed` marks (the root always is). */
static int best_head(const making *m, uint32_t word, const bool *allowed, bool root) {
    int best = -1;
    int32_t most = root ? score(m, word, -1) : INT32_MIN;
    for (uint32_t j = 0; j < m->n; j++) {
        if (j == word || (allowed && !allowed[j])) continue;
        int32_t s = score(m, word, (int)j);
        if (s > most) {
            most = s;
            best = (int)j;
        }
    }
    return best;
}

/* Marks all words whose way up does not lead through a word of `closed`; a ring without one counts as outside. O(n). */
static void mark_outside(const making *m, const bool *closed, bool *outside) {
    uint8_t state[SLK_ARCS_MOST] = {0}; /* 1: on the way now, 2: outside, 3: leads to a closed word */
    for (uint32_t i = 0; i < m->n; i++) {
        int at = (int)i;
        while (at >= 0 && state[at] == 0 && !closed[at]) {
            state[at] = 1;
            at = m->heads[at];
        }
        uint8_t found = at >= 0 && (closed[at] || state[at] == 3) ? 3 : 2;
        for (at = (int)i; at >= 0 && state[at] == 1; at = m->heads[at]) state[at] = found;
    }
    for (uint32_t i = 0; i < m->n; i++) outside[i] = !closed[i] && state[i] == 2;
}

/* A word on a cycle, or -1. */
static int on_cycle(const int16_t *heads, uint32_t n) {
    uint8_t state[SLK_ARCS_MOST] = {0}; /* 1: on the way now, 2: done */
    for (uint32_t i = 0; i < n; i++) {
        int at = (int)i;
        while (at >= 0 && state[at] == 0) {
            state[at] = 1;
            at = heads[at];
        }
        if (at >= 0 && state[at] == 1) return at;
        for (at = (int)i; at >= 0 && state[at] == 1; at = heads[at]) state[at] = 2;
    }
    return -1;
}

/* Gives the word of `closed` that loses least another head outside. */
static void break_open(making *m, const bool *closed, bool root) {
    bool outside[SLK_ARCS_MOST];
    mark_outside(m, closed, outside);
    int word = -1, head = -1;
    int32_t least = INT32_MAX;
    for (uint32_t i = 0; i < m->n; i++) {
        if (!closed[i]) continue;
        int h = best_head(m, i, outside, root);
        if (h < 0 && !root) continue;
        int32_t loss = score(m, i, m->heads[i]) - score(m, i, h);
        if (word < 0 || loss < least) {
            least = loss;
            word = (int)i;
            head = h;
        }
    }
    if (word >= 0) m->heads[word] = (int16_t)head;
}

/* Of several roots the best stays; the others find a head outside what hangs on them. */
static void leave_one_root(making *m) {
    int root = -1;
    for (uint32_t i = 0; i < m->n; i++)
        if (m->heads[i] < 0 && (root < 0 || score(m, i, -1) > score(m, (uint32_t)root, -1))) root = (int)i;
    for (uint32_t i = 0; i < m->n; i++) {
        if (m->heads[i] >= 0 || (int)i == root) continue;
        bool closed[SLK_ARCS_MOST] = {false}, outside[SLK_ARCS_MOST];
        closed[i] = true;
        mark_outside(m, closed, outside);
        int head = best_head(m, i, outside, false);
        m->heads[i] = (int16_t)(head < 0 ? root : head);
    }
}

static void close_cycle(const making *m, int at, bool *closed) {
    for (int i = m->heads[at]; i != at; i = m->heads[i]) closed[i] = true;
    closed[at] = true;
}

bool slk_arcs_are_tree(const int16_t *heads, uint32_t n) {
    unsigned roots = 0;
    for (uint32_t i = 0; i < n; i++) roots += heads[i] < 0;
    return roots == 1 && on_cycle(heads, n) < 0;
}

void slk_arcs_decode(const slk_arcs *arcs, int16_t *heads) {
    uint32_t n = arcs->n;
    making m = {arcs, n, heads};
    for (uint32_t i = 0; i < n && !arcs->begun; i++) heads[i] = (int16_t)best_head(&m, i, 0, true);
    for (int at = on_cycle(heads, n); at >= 0; at = on_cycle(heads, n)) {
        bool closed[SLK_ARCS_MOST] = {false};
        close_cycle(&m, at, closed);
        break_open(&m, closed, true);
    }
    bool any = false;
    for (uint32_t i = 0; i < n; i++) any |= heads[i] < 0;
    if (any) leave_one_root(&m);
}
