/* stories.c - which reports tell one story. A report that comes is held against those near it and all of their stories; these few are
 * clustered anew by average link, so that a report between two stories joins them and a late one sets an early mistake right. A
 * story that has outgrown the window is settled: it takes reports in, and stays as it is. Two reports printed far apart, or with
 * launches of different days for news, are never of one story, however alike their words. See gist.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "ledger/gist.h"

#define WINDOW SLK_GIST_WINDOW
#define STORY_MOST 48u  /* of a story that is not settled */
#define LIKELY 0.46f    /* average likelihood from which two clusters are one story */
#define ALIKE_LEAST 0.3 /* of reports of other stories that are worth a look */
#define SAID_MOST 4u    /* words that are named as a reason */
#define WORD_B 7u       /* of a word in the file: hash, weight, views, least byte first */

/* ---------------------------------------------------------------- in the file */

static slk_err write_gist(slk_ledger *l, const slk_gist *g, slk_fault *fault) {
    char words[SLK_GIST_MOST * WORD_B], *at = words;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; i < g->n; i++) {
        for (unsigned k = 0; k < 4; k++) *at++ = (char)(unsigned char)(g->at[i].hash >> 8 * k);
        for (unsigned k = 0; k < 2; k++) *at++ = (char)(unsigned char)(g->at[i].weight >> 8 * k);
        *at++ = (char)g->at[i].views;
    }
    slk_bind b = {.s = slk_store_get(l, SLK_Q_GIST_ADD, &err, fault)};
    if (!b.s) return err;
    slk_bind_int(&b, g->report);
    slk_bind_int(&b, g->story);
    if (g->dated)
        slk_bind_int(&b, g->day);
    else
        slk_bind_none(&b);
    if (g->timed) {
        slk_bind_int(&b, g->first_s);
        slk_bind_int(&b, g->last_s);
    } else {
        slk_bind_none(&b);
        slk_bind_none(&b);
    }
    slk_bind_blob(&b, words, (size_t)g->n * WORD_B);
    return slk_bind_run(l, &b, fault);
}

/* A row of GIST: report, story, day, first_s, last_s, words. */
static void read_row(sqlite3_stmt *s, slk_gist *g) {
    const unsigned char *at = sqlite3_column_blob(s, 5);
    size_t n = (size_t)sqlite3_column_bytes(s, 5) / WORD_B;
    g->report = sqlite3_column_int64(s, 0);
    g->story = sqlite3_column_int64(s, 1);
    g->dated = sqlite3_column_type(s, 2) != SQLITE_NULL;
    g->day = sqlite3_column_int64(s, 2);
    g->timed = sqlite3_column_type(s, 3) != SQLITE_NULL;
    g->first_s = sqlite3_column_int64(s, 3);
    g->last_s = sqlite3_column_int64(s, 4);
    g->n = n > SLK_GIST_MOST ? SLK_GIST_MOST : (uint32_t)n;
    for (uint32_t i = 0; i < g->n; i++, at += WORD_B) {
        g->at[i].hash = at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        g->at[i].weight = (uint16_t)(at[4] | at[5] << 8);
        g->at[i].views = at[6];
    }
    slk_gist_measure(g);
}

/* ---------------------------------------------------------------- the window */

typedef struct window {
    slk_ledger *l;
    slk_arena *arena;
    slk_fault *fault;
    slk_gist *gist[WINDOW];
    bool settled[WINDOW]; /* its story has outgrown the window */
    uint32_t n;
    uint32_t cluster[WINDOW], size[WINDOW]; /* of each report; of each cluster, 0 where it went into another */
    float own_alike[WINDOW];                /* of it and each other */
    float alike[WINDOW][WINDOW];            /* of clusters, on average */
} window;

static uint32_t place_of(const window *w, int64_t report) {
    uint32_t i = 0;
    while (i < w->n && w->gist[i]->report != report) i++;
    return i;
}

static slk_err take(window *w, sqlite3_stmt *s, bool settled) {
    if (w->n == WINDOW || place_of(w, sqlite3_column_int64(s, 0)) < w->n) return SLK_OK;
    slk_gist *g = slk_arena_take(w->arena, sizeof *g);
    if (!g) return SLK_ENOMEM;
    read_row(s, g);
    w->settled[w->n] = settled;
    w->gist[w->n++] = g;
    return SLK_OK;
}

static slk_err take_report(window *w, int64_t report, int64_t *story) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(w->l, SLK_Q_GIST, &err, w->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, report);
    if (b.rc != SQLITE_OK) return slk_store_fault(w->l, b.rc, w->fault);
    err = slk_store_step(w->l, b.s, &row, w->fault);
    if (err == SLK_OK && row) {
        *story = sqlite3_column_int64(b.s, 1);
        err = take(w, b.s, false);
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* The other reports of a story; of one that has outgrown the window only those that are here, marked as settled. */
static slk_err take_story(window *w, int64_t story) {
    slk_err err = SLK_OK;
    bool row = true;
    uint32_t n = 0, was = w->n;
    slk_bind b = {.s = slk_store_get(w->l, SLK_Q_GISTS_OF, &err, w->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, story);
    slk_bind_int(&b, STORY_MOST + 1);
    if (b.rc != SQLITE_OK) return slk_store_fault(w->l, b.rc, w->fault);
    while ((err = slk_store_step(w->l, b.s, &row, w->fault)) == SLK_OK && row) {
        n++;
        if (w->n == WINDOW && place_of(w, sqlite3_column_int64(b.s, 0)) == w->n) n = STORY_MOST + 1;
        if ((err = take(w, b.s, false)) != SLK_OK) break;
    }
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    if (err != SLK_OK || n <= STORY_MOST) return err;
    w->n = was;
    for (uint32_t i = 0; i < w->n; i++) w->settled[i] = w->settled[i] || w->gist[i]->story == story;
    return SLK_OK;
}

static slk_err fill(window *w, const slk_near *near) {
    int64_t stories[SLK_GIST_NEAR_MOST];
    uint32_t n = 0;
    slk_err err = SLK_OK;
    for (uint32_t i = 0; err == SLK_OK && i < near->n; i++) {
        int64_t story = 0;
        uint32_t k = 0;
        err = take_report(w, near->report[i], &story);
        while (k < n && stories[k] != story) k++;
        if (k == n && story) stories[n++] = story;
    }
    for (uint32_t i = 0; err == SLK_OK && i < n; i++) err = take_story(w, stories[i]);
    return err;
}

/* ---------------------------------------------------------------- clusters */

/* In the order of their coming, whatever the order in which they were found. */
static void sort(window *w) {
    for (uint32_t i = 1; i < w->n; i++) {
        slk_gist *x = w->gist[i];
        bool settled = w->settled[i];
        uint32_t k = i;
        for (; k > 0 && w->gist[k - 1]->report > x->report; k--) {
            w->gist[k] = w->gist[k - 1];
            w->settled[k] = w->settled[k - 1];
        }
        w->gist[k] = x;
        w->settled[k] = settled;
    }
}

static void merge(window *w, uint32_t into, uint32_t from) {
    float a = (float)w->size[into], b = (float)w->size[from];
    for (uint32_t i = 0; i < w->n; i++) {
        w->alike[into][i] = (w->alike[into][i] * a + w->alike[from][i] * b) / (a + b);
        w->alike[i][into] = w->alike[into][i];
    }
    for (uint32_t i = 0; i < w->n; i++)
        if (w->cluster[i] == from) w->cluster[i] = into;
    w->size[into] += w->size[from];
    w->size[from] = 0;
}

/* Reports of a settled story stay together; of the rest the two most alike clusters go together until none are alike enough. */
static void cluster(window *w) {
    for (uint32_t i = 0; i < w->n; i++)
        for (uint32_t k = 0; k < i && w->settled[i]; k++)
            if (w->settled[k] && w->gist[k]->story == w->gist[i]->story && w->cluster[k] == k) {
                merge(w, k, i);
                break;
            }
    for (;;) {
        uint32_t a = 0, b = 0;
        float most = LIKELY;
        for (uint32_t i = 0; i < w->n; i++)
            for (uint32_t k = 0; k < i && w->size[i]; k++)
                if (w->size[k] && w->alike[i][k] > most) {
                    most = w->alike[i][k];
                    a = k;
                    b = i;
                }
        if (a == b) return;
        merge(w, a, b);
    }
}

/* ---------------------------------------------------------------- stories of the clusters */

/* The story that most of a cluster's reports were of, by number where as many were of several; *n: how many. 0 for none. */
static int64_t most_of(const window *w, uint32_t c, uint32_t *n) {
    int64_t best = 0;
    *n = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t k = 0;
        if (w->cluster[i] != c || !w->gist[i]->story) continue;
        for (uint32_t j = 0; j < w->n; j++) k += w->cluster[j] == c && w->gist[j]->story == w->gist[i]->story;
        if (w->settled[i]) k += WINDOW; /* there are more of it than are seen here */
        if (k > *n || (k == *n && w->gist[i]->story < best)) {
            *n = k;
            best = w->gist[i]->story;
        }
    }
    return best;
}

static slk_err fresh_story(window *w, int64_t *out) {
    slk_err err = SLK_OK;
    bool row = false;
    slk_bind b = {.s = slk_store_get(w->l, SLK_Q_GIST_NEXT, &err, w->fault)};
    if (!b.s) return err;
    err = slk_store_step(w->l, b.s, &row, w->fault);
    if (err == SLK_OK) *out = row ? sqlite3_column_int64(b.s, 0) : 1;
    (void)sqlite3_reset(b.s); /* repeats the code of the step */
    return err;
}

/* A story goes on in the cluster that holds most of it; where several are of it, the others are new ones. */
static slk_err name(window *w, int64_t stories[WINDOW]) {
    uint32_t n[WINDOW];
    int64_t next = 0;
    slk_err err = SLK_OK;
    for (uint32_t c = 0; c < w->n; c++) stories[c] = w->size[c] ? most_of(w, c, &n[c]) : 0;
    for (uint32_t c = 0; c < w->n; c++)
        for (uint32_t d = 0; d < w->n && stories[c]; d++)
            if (d != c && stories[d] == stories[c] && (n[d] > n[c] || (n[d] == n[c] && d < c))) stories[c] = 0;
    for (uint32_t c = 0; err == SLK_OK && c < w->n; c++) {
        if (!w->size[c] || stories[c]) continue;
        if (!next) err = fresh_story(w, &next);
        stories[c] = next++;
    }
    return err;
}

static slk_err set_story(window *w, int64_t report, int64_t story) {
    slk_err err = SLK_OK;
    slk_bind b = {.s = slk_store_get(w->l, SLK_Q_GIST_SET, &err, w->fault)};
    if (!b.s) return err;
    slk_bind_int(&b, story);
    slk_bind_int(&b, report);
    return slk_bind_run(w->l, &b, w->fault);
}

static bool is_behind(const slk_story_mate *a, const slk_story_mate *b) {
    return a->same != b->same ? b->same : a->alike < b->alike;
}

/* The reports most like it, those of its own story first. */
static void find_mates(const window *w, uint32_t own, slk_stories *out) {
    out->n_mates = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        slk_story_mate m = {w->gist[i]->report, (double)w->own_alike[i], w->cluster[i] == w->cluster[own]};
        if (i == own || (!m.same && m.alike < ALIKE_LEAST)) continue;
        uint32_t k = out->n_mates < SLK_GIST_MATES_MOST ? out->n_mates++ : SLK_GIST_MATES_MOST;
        for (; k > 0 && is_behind(&out->mates[k - 1], &m); k--)
            if (k < SLK_GIST_MATES_MOST) out->mates[k] = out->mates[k - 1];
        if (k < SLK_GIST_MATES_MOST) out->mates[k] = m;
    }
}

/* The weightiest words that the report shares with another: "Valmor, Iria, cigarettes". */
static void say_shared(const slk_gist *own, const slk_gist *other, char out[96]) {
    uint32_t best[SAID_MOST], n = 0;
    size_t used = 0;
    for (uint32_t i = 0, k = 0; i < own->n && k < other->n;) {
        if (own->at[i].hash == other->at[k].hash) {
            uint32_t at = n < SAID_MOST ? n++ : SAID_MOST;
            for (; at > 0 && own->at[best[at - 1]].weight < own->at[i].weight; at--)
                if (at < SAID_MOST) best[at] = best[at - 1];
            if (at < SAID_MOST) best[at] = i;
            i++;
            k++;
        } else if (own->at[i].hash < other->at[k].hash) {
            i++;
        } else {
            k++;
        }
    }
    *out = '\0';
    for (uint32_t i = 0; i < n; i++) {
        slk_text t = own->said[best[i]];
        if (used + t.n + 3 >= 96) continue;
        if (used) used += (size_t)snprintf(out + used, 96 - used, ", ");
        memcpy(out + used, t.at, t.n);
        out[used += t.n] = '\0';
    }
}

static slk_err settle(window *w, slk_gist *own, slk_stories *out) {
    int64_t stories[WINDOW];
    slk_err err = name(w, stories);
    for (uint32_t i = 0; err == SLK_OK && i < w->n; i++) {
        slk_gist *g = w->gist[i];
        int64_t to = stories[w->cluster[i]];
        if (g == own) {
            g->story = out->story = to;
            err = write_gist(w->l, g, w->fault);
        } else if (g->story != to && !w->settled[i]) {
            if ((err = SLK_ROOM(w->arena, &out->moves, WINDOW)) != SLK_OK) break;
            out->moves.at[out->moves.n++] = (slk_story_move){g->report, g->story, to};
            err = set_story(w, g->report, to);
        }
    }
    return err;
}

slk_err slk_stories_place(slk_ledger *l, slk_gist *g, const slk_near *near, slk_arena *arena, slk_stories *out,
                          slk_fault *fault) {
    window *w = slk_arena_take(arena, sizeof *w);
    if (!w) return SLK_ENOMEM;
    memset(w, 0, offsetof(window, alike));
    w->l = l;
    w->arena = arena;
    w->fault = fault;
    slk_gist_measure(g);
    g->story = 0;
    w->gist[w->n++] = g;
    out->moves.n = 0;
    slk_err err = g->n ? fill(w, near) : SLK_OK;
    if (err != SLK_OK) return err;
    sort(w);
    if ((err = slk_gist_compare((const slk_gist *const *)w->gist, w->n, w->arena, &w->alike[0][0])) != SLK_OK)
        return err;
    for (uint32_t i = 0; i < w->n; i++) {
        w->cluster[i] = i;
        w->size[i] = 1;
    }
    uint32_t own = place_of(w, g->report);
    memcpy(w->own_alike, w->alike[own], sizeof w->own_alike);
    cluster(w);
    find_mates(w, own, out);
    *out->shared = '\0';
    if (out->n_mates && out->mates[0].same) say_shared(g, w->gist[place_of(w, out->mates[0].report)], out->shared);
    return settle(w, g, out);
}
