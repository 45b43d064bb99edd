/* wire.h - what a news agency writes around its story: datelines, slugs, notes to editors, continuation and end marks, corrections,
 * credits. Internal to the language station, which makes each of them a sentence of its own; later stations see slk_reading's list. */
#ifndef SLK_LANGUAGE_WIRE_H
#define SLK_LANGUAGE_WIRE_H

#include "base/reading.h"
#include "pack/pack.h"

/* Whether such a piece begins at byte `at` of the text, where a sentence begins; on true *out is written but for its sentence. Looks at
 * no more than some 400 bytes. */
bool slk_wire_at(const slk_pack *pack, slk_text text, uint32_t at, slk_wire *out);

#endif
