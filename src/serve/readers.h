/* readers.h - the processes that read what is posted: one for each text, made before it is needed, without network and files
 * (sandbox.h). What breaks one breaks one text. */
#ifndef SLK_SERVE_READERS_H
#define SLK_SERVE_READERS_H

#include "serve/parts.h"

typedef struct slk_readers slk_readers;

/* Makes the first reader and waits until it is in its sandbox. most: at once. Fails with SLK_EIO where there is no sandbox to be had
 * (fault says why) or no process. */
SLK_MUST slk_err slk_readers_start(bool sandbox, unsigned most, slk_readers **out, slk_fault *fault);
void slk_readers_stop(slk_readers *r); /* NULL is fine */

/* Has parts read (KIND, BODY, and what is known of them); the answer in arena. Waits up to 30 s; any thread. SLK_OK; what the reader
 * says to the text; SLK_ELIMIT where it took too long; SLK_EFAULT where the reader ended or none could be made. */
SLK_MUST slk_err slk_readers_read(slk_readers *r, const slk_parts *asked, slk_arena *arena, slk_parts *answer,
                                  slk_fault *fault);

#endif
