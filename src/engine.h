/* engine.h - what the faces of the program need of an engine beyond the public header. */
#ifndef SLK_ENGINE_H
#define SLK_ENGINE_H

#include "pack/pack.h"
#include "sillok.h"

/* The mapped pack: constant, lives as long as the engine. */
const slk_pack *slk_engine_pack(const slk_engine *engine);

#endif
