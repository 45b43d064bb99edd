/* story.c - one wire story printed by five papers is one source. Each report is known by a few marks: the least hashes of its
 * runs of six words (Broder's sketch of resemblance). A report that shares many of them with an earlier one repeats its words, and
 * its own voice is that one's. Papers cut and head stories differently, so half of the marks are enough. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "ledger/inside.h"

#define MARKS 24u
#define RUN 6u          /* words in a run */
#define FEWEST 12u      /* marks without which a text is too short to tell */
#define SHARED_OF_24 10 /* marks in common that make it the same story */

/* ---------------------------------------------------------------- marks */

static uint64_t mix(uint64_t h) { /* the finisher of MurmurHash3 */
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

/* Puts a hash among the least ones, which stand in order; the same one stands once. */
static void keep(uint64_t *least, uint32_t *n, uint64_t h) {
    if (*n == MARKS && h >= least[MARKS - 1]) return;
    uint32_t at = *n;
    while (at > 0 && least[at - 1] > h) at--;
    if (at > 0 && least[at - 1] == h) return;
    uint32_t last = *n < MARKS ? (*n)++ : MARKS - 1;
    memmove(&least[at + 1], &least[at], (last - at) * sizeof *least);
    least[at] = h;
}

/* The next word's hash, without case; letters beyond ASCII count as letters. False at the end. */
static bool next_word(slk_text t, size_t *at, uint64_t *hash) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    while (*at < t.n && !slk_is_alpha(t.at[*at]) && !slk_is_digit(t.at[*at]) && !(t.at[*at] & 0x80)) (*at)++;
    if (*at >= t.n) return false;
    for (; *at < t.n && (slk_is_alpha(t.at[*at]) || slk_is_digit(t.at[*at]) || (t.at[*at] & 0x80)); (*at)++)
        h = (h ^ (unsigned char)slk_lower(t.at[*at])) * 1099511628211u;
    *hash = h;
    return true;
}

static uint32_t marks_of(slk_text t, uint64_t least[MARKS]) {
    uint64_t words[RUN], h;
    uint32_t seen = 0, n = 0;
    for (size_t at = 0; next_word(t, &at, &h);) {
        words[seen++ % RUN] = h;
        if (seen < RUN) continue;
        uint64_t run = 0;
        for (uint32_t i = 0; i < RUN; i++) run = mix(run ^ words[(seen + i) % RUN]);
        keep(least, &n, run);
    }
    return n;
}

/* ---------------------------------------------------------------- earlier reports with the same marks */

typedef struct sharing {
    int64_t report;
    uint32_t n;
} sharing;

typedef SLK_LIST(sharing) sharings;

static slk_err count_one(sharings *list, slk_arena *arena, int64_t report) {
    uint32_t i = 0;
    while (i < list->n && list->at[i].report != report) i++;
    if (i == list->n) {
        slk_err err = SLK_ROOM(arena, list, 4096);
        if (err != SLK_OK) return err;
        list->at[list->n++] = (sharing){report, 0};
    }
    list->at[i].n++;
    return SLK_OK;
}

static slk_err find_sharing(slk_ledger *l, uint64_t mark, sharings *list, slk_arena *arena, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = true;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_MARKED, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, (int64_t)mark);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    while ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row)
        if ((err = count_one(list, arena, sqlite3_column_int64(b.s, 0))) != SLK_OK) break;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

static slk_err load_root(slk_ledger *l, int64_t report, slk_story *out, slk_arena *arena, slk_fault *fault) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(l, SLK_Q_STORY_ROOT, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(l, b.rc, fault);
    if ((err = slk_store_step(l, b.s, &row, fault)) == SLK_OK && row) {
        out->first = sqlite3_column_int64(b.s, 0);
        out->root = slk_column_copy(arena, b.s, 1, &err);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

slk_err slk_story_find(slk_ledger *l, slk_text text, slk_arena *arena, slk_story *out, slk_fault *fault) {
    sharings list = {0};
    slk_story s = {0};
    slk_err err = SLK_OK;
    s.n_marks = marks_of(text, s.marks);
    if (s.n_marks < FEWEST) s.n_marks = 0;
    for (uint32_t i = 0; err == SLK_OK && i < s.n_marks; i++) err = find_sharing(l, s.marks[i], &list, arena, fault);
    const sharing *best = NULL; /* the earliest of those that share most */
    for (uint32_t i = 0; i < list.n; i++)
        if (list.at[i].n * 24 >= SHARED_OF_24 * s.n_marks && (!best || list.at[i].n > best->n)) best = &list.at[i];
    if (err == SLK_OK && best) err = load_root(l, best->report, &s, arena, fault);
    if (err == SLK_OK) *out = s;
    return err;
}

slk_err slk_story_keep(slk_ledger *l, const slk_story *s, int64_t report, slk_fault *fault) {
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < s->n_marks; i++) {
        slk_bind b = {.s = slk_store_get(l, SLK_Q_MARK_ADD, &err, fault)};
        if (!b.s) return err;
        slk_bind_int(&b, (int64_t)s->marks[i]);
        slk_bind_int(&b, report);
        err = slk_bind_run(l, &b, fault);
    }
    return err;
}
