/* pack_fixture.h - one knowledge pack for all tests of a program, the one that SILLOK_PACK names. */
#ifndef SLK_TESTS_PACK_FIXTURE_H
#define SLK_TESTS_PACK_FIXTURE_H

#include <stdlib.h>

#include "base/mem.h"
#include "pack/pack.h"

static slk_pack *pack;

static int open_pack(void **state) {
    (void)state;
    slk_fault fault;
    return slk_pack_open(getenv("SILLOK_PACK"), &slk_mem_system, &pack, &fault) == SLK_OK ? 0 : -1;
}

static int close_pack(void **state) {
    (void)state;
    slk_pack_close(pack);
    return 0;
}

#endif
