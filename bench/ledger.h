/* ledger.h - what the two halves of bench-ledger share: the world that synthetic ledgers are drawn from. */
#ifndef BENCH_LEDGER_H
#define BENCH_LEDGER_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine.h"
#include "ledger/facets.h"

#define FIRST_DAY 9131 /* 1995-01-01, as days since 1970 */
#define DAYS 11500     /* to the middle of 2026 */

typedef struct site {
    const char *name, *iso3;
    double lat, lon;
} site;
extern const site bench_sites[];
extern const unsigned bench_n_sites;
extern const char *const bench_types[], *const bench_weapons[], *const bench_outlets[], *const bench_words[];
extern const char *const bench_countries[][2];
#define N_TYPES 24u
#define N_WEAPONS 8u
#define N_OUTLETS 40u
#define N_COUNTRIES 40u
#define N_WORDS 64u

uint64_t bench_draw(void);
unsigned bench_below(unsigned n);
/* One of n, the first ones far more often. */
unsigned bench_skewed(unsigned n);
void bench_fail(const char *what, const char *why) __attribute__((noreturn));
double bench_seconds(clockid_t clock);

/* Writes a synthetic ledger of n events into a file that is not there yet. */
void bench_make(const slk_engine *engine, const char *path, int64_t n_events);
/* Measures adding and querying; adds `added` reports. */
void bench_measure(const slk_engine *engine, const char *path, unsigned added);

#endif
