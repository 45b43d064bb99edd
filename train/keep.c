/* keep.c - steps of Adam, means of the weights, and the files that keep them. See floats.h. */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "floats.h"

#define MEAN_EVERY 4 /* steps */

static void step_row(param *p, size_t from, size_t n, float rate, float scale, float c1, float c2) {
    for (size_t i = from; i < from + n; i++) {
        float g = p->g[i] * scale;
        p->m[i] = 0.9f * p->m[i] + 0.1f * g;
        p->v[i] = 0.98f * p->v[i] + 0.02f * g * g;
        p->w[i] -= rate * (p->m[i] / c1) / (sqrtf(p->v[i] / c2) + 1e-8f);
        p->g[i] = 0;
    }
}

/* The means follow the weights. */
static void follow(net *n) {
    float part = n->steps < 1000 ? 1.0f / (1 + (float)n->steps / 4 / MEAN_EVERY) : 0.002f * MEAN_EVERY;
    for (unsigned i = 0; i < P_COUNT; i++)
        for (size_t k = 0; n->mean[i] && k < (size_t)n->p[i].rows * n->p[i].cols; k++)
            n->mean[i][k] += part * (n->p[i].w[k] - n->mean[i][k]);
}

void net_step(net *n, float rate) {
    double sum = 0;
    n->steps++;
    for (unsigned i = 0; i < P_COUNT; i++) {
        const param *p = &n->p[i];
        for (uint32_t r = 0; r < p->rows; r++) {
            if (p->sparse && !p->dirty[r]) continue;
            const float *g = p->g + (size_t)r * p->cols;
            sum += (double)cblas_sdot((int)p->cols, g, 1, g, 1);
        }
    }
    float length = (float)sqrt(sum), scale = length > 5 ? 5 / length : 1;
    float c1 = 1 - powf(0.9f, (float)n->steps), c2 = 1 - powf(0.98f, (float)n->steps);
    for (unsigned i = 0; i < P_COUNT; i++) {
        param *p = &n->p[i];
        if (!p->sparse) {
            step_row(p, 0, (size_t)p->rows * p->cols, rate, scale, c1, c2);
            continue;
        }
        for (uint32_t r = 0; r < p->rows; r++)
            if (p->dirty[r]) step_row(p, (size_t)r * p->cols, p->cols, rate, scale, c1, c2), p->dirty[r] = 0;
    }
    if (n->steps % MEAN_EVERY == 0) follow(n);
}

void net_swap(net *n) {
    for (unsigned i = 0; i < P_COUNT; i++) {
        float *w = n->p[i].w;
        if (!n->mean[i]) continue;
        n->p[i].w = n->mean[i];
        n->mean[i] = w;
    }
}

/* ---------------------------------------------------------------- keeping */

void net_save(const net *n, const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out || fwrite(&n->s, sizeof n->s, 1, out) != 1) die("%s: cannot be written", path);
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        if (fwrite(n->p[i].w, sizeof(float), k, out) != k) die("%s: cannot be written", path);
    }
    if (fclose(out) != 0) die("%s: cannot be written", path);
}

void net_load(net *n, const char *path) {
    FILE *in = fopen(path, "rb");
    shape s;
    if (!in || fread(&s, sizeof s, 1, in) != 1) die("%s: cannot be read", path);
    net_start(n, s, 1);
    for (unsigned i = 0; i < P_COUNT; i++) {
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        if (fread(n->p[i].w, sizeof(float), k, in) != k) die("%s: is cut short", path);
    }
    if (fclose(in) != 0) die("%s: cannot be read", path);
}

static bool all_floats(const net *n, FILE *f, bool write) {
    for (unsigned i = 0; i < P_COUNT; i++) {
        float *const parts[] = {n->p[i].w, n->mean[i], n->p[i].m, n->p[i].v};
        size_t k = (size_t)n->p[i].rows * n->p[i].cols;
        for (unsigned j = 0; j < sizeof parts / sizeof *parts; j++)
            if ((write ? fwrite(parts[j], sizeof(float), k, f) : fread(parts[j], sizeof(float), k, f)) != k)
                return false;
    }
    return true;
}

typedef struct state {
    shape s;
    uint32_t rounds;
    uint64_t seed, steps;
} state;

void net_pause(const net *n, const char *path, uint32_t rounds) {
    char name[4096];
    state st;
    memset(&st, 0, sizeof st); /* the gaps too: they go to the file */
    st.s = n->s, st.rounds = rounds, st.seed = n->seed, st.steps = n->steps;
    (void)snprintf(name, sizeof name, "%s.part", path);
    FILE *out = fopen(name, "wb");
    if (!out || fwrite(&st, sizeof st, 1, out) != 1 || !all_floats(n, out, true) || fclose(out) != 0 ||
        rename(name, path) != 0)
        die("%s: cannot be written", path);
}

uint32_t net_resume(net *n, const char *path) {
    FILE *in = fopen(path, "rb");
    state st = {0};
    if (!in) return 0;
    if (fread(&st, sizeof st, 1, in) == 1 && memcmp(&st.s, &n->s, sizeof st.s) == 0) {
        if (!all_floats(n, in, false)) die("%s: is cut short", path);
        n->seed = st.seed;
        n->steps = st.steps;
    } else {
        st.rounds = 0;
    }
    (void)fclose(in);
    return st.rounds;
}
