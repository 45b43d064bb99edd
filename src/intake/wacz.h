/* wacz.h - WACZ: a zip file that holds web archives. Its archives are handed out as streams, one after the other. */
#ifndef SLK_INTAKE_WACZ_H
#define SLK_INTAKE_WACZ_H

#include "intake/stream.h"

typedef struct slk_wacz slk_wacz;

bool slk_wacz_is(slk_text head);
/* Fails with SLK_EINPUT (no zip file, or one without web archives; fault says so) or SLK_ENOMEM. file must be a file's name. */
SLK_MUST slk_err slk_wacz_open(const char *file, slk_wacz **out, slk_fault *fault);
void slk_wacz_close(slk_wacz *w);
/* The next archive within, to be closed by the caller before the next call; *out NULL at the end. Fails with SLK_EINPUT or
 * SLK_ELIMIT for one that cannot be read (call again for the next), or SLK_ENOMEM. */
SLK_MUST slk_err slk_wacz_next(slk_wacz *w, slk_stream **out, slk_fault *fault);
/* Packed bytes of the archives that were handed out before the open one. */
uint64_t slk_wacz_read_b(const slk_wacz *w);

#endif
