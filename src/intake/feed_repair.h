/* feed_repair.h - makes XML of what feeds publish as XML. */
#ifndef SLK_INTAKE_FEED_REPAIR_H
#define SLK_INTAKE_FEED_REPAIR_H

#include "base/buf.h"

/* Appends text (valid UTF-8) to out with the usual faults of feeds put right and without any document type declaration. */
void slk_feed_repair(slk_text text, slk_buf *out);

#endif
