/* texts.h - what the measurements of speed share: the texts of a file of JSON lines in memory, the time of the processor, an end. */
#ifndef SLK_BENCH_TEXTS_H
#define SLK_BENCH_TEXTS_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

#define TEXTS_MOST 4096

typedef struct texts { /* owned copies; texts_free */
    slk_text at[TEXTS_MOST];
    size_t n, bytes;
} texts;

static inline void fail(const char *what) {
    (void)fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static inline double now(void) { /* seconds of the processor */
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void texts_load(const char *path, texts *out) {
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!in) fail("the reports cannot be read");
    while (out->n < TEXTS_MOST && getline(&line, &cap, in) > 0) {
        json_t *report = json_loads(line, 0, NULL), *text = json_object_get(report, "text");
        if (!json_is_string(text)) fail("a report has no text");
        char *copy = strdup(json_string_value(text));
        if (!copy) fail("out of memory");
        out->at[out->n++] = (slk_text){copy, strlen(copy)};
        out->bytes += strlen(copy);
        json_decref(report);
    }
    free(line);
    (void)fclose(in);
    if (!out->n) fail("there are no reports");
}

static inline void texts_free(texts *t) {
    for (size_t i = 0; i < t->n; i++) free((char *)(uintptr_t)t->at[i].at);
    t->n = 0;
}

#endif
