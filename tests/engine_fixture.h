/* engine_fixture.h - one engine for all tests of a program, from the pack that SILLOK_PACK names. */
#ifndef SLK_TESTS_ENGINE_FIXTURE_H
#define SLK_TESTS_ENGINE_FIXTURE_H

#include "sillok.h"

static slk_engine *engine;

static int open_engine(void **state) {
    (void)state;
    slk_fault fault;
    return slk_engine_open(NULL, NULL, &engine, &fault) == SLK_OK ? 0 : -1;
}

static int close_engine(void **state) {
    (void)state;
    slk_engine_close(engine);
    return 0;
}

#endif
