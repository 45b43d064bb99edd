/* engine.h - what the faces of the program need of an engine beyond the public header. */
#ifndef SLK_ENGINE_H
#define SLK_ENGINE_H

#include "pack/pack.h"
#include "sillok.h"

/* The mapped pack: constant, lives as long as the engine. */
const slk_pack *slk_engine_pack(const slk_engine *engine);

/* Chooses the inner loops of the language net by name (kernels.h), for tests and measurements; the fastest is taken otherwise, and
 * all give the same. false, and nothing changes, where this processor does not have it. Not while the engine is in use. */
bool slk_engine_kernel(slk_engine *engine, const char *name);

#endif
