/* stream.h - the bytes of a file or of standard input, unpacked on the way where they are gzip (member after member) or zstd (frame
 * after frame). Flat memory whatever the length. A damaged member is said once, with its offset in the file; reading goes on at
 * the next one. Bombs end at a ratio. */
#ifndef SLK_INTAKE_STREAM_H
#define SLK_INTAKE_STREAM_H

#include "sillok.h"

#define SLK_STREAM_PEEK_B 65536u
#define SLK_RATIO_MOST 100u         /* unpacked bytes for one packed byte, within one member or document ... */
#define SLK_RATIO_FREE_B (1u << 20) /* ... beyond this many */

typedef struct slk_stream slk_stream;

/* file "-" is standard input. Fails with SLK_EIO (fault says why: it cannot be opened, is a folder) or SLK_ENOMEM. */
SLK_MUST slk_err slk_stream_open(const char *file, slk_stream **out, slk_fault *fault);
/* Reads through a function instead of a file: it returns how many bytes it wrote to `to`, 0 at the end, -1 on failure. ctx is
 * closed with close (may be NULL). */
SLK_MUST slk_err slk_stream_over(int64_t (*read)(void *ctx, char *to, size_t n), void (*close)(void *ctx), void *ctx,
                                 slk_stream **out);
void slk_stream_close(slk_stream *s);

/* The next bytes without taking them: as many as there are, up to SLK_STREAM_PEEK_B. Valid until the next call. */
slk_text slk_stream_peek(slk_stream *s);
/* What is buffered, at least one byte unless the end is reached or a fault occurred; take with slk_stream_take. */
slk_text slk_stream_more(slk_stream *s);
void slk_stream_take(slk_stream *s, size_t n);

/* Goes on reading at a place of the file where a member, or with nothing packed anything, begins (slk_stream_offset gave it). False,
 * and nothing changes, where that cannot be: standard input, a pipe, a stream within another file. */
SLK_MUST bool slk_stream_seek(slk_stream *s, uint64_t offset_b);

/* The fault that stopped the last read, SLK_OK for none. slk_stream_clear lets reading go on behind what is damaged (where the
 * file can be read at all). */
const slk_fault *slk_stream_fault(const slk_stream *s);
void slk_stream_clear(slk_stream *s);

uint64_t slk_stream_raw_b(const slk_stream *s);      /* bytes read from the file so far */
uint64_t slk_stream_unpacked_b(const slk_stream *s); /* bytes handed out so far */
bool slk_stream_packed(const slk_stream *s);
/* The place of the next byte in the file: its offset, or that of the member it is in. */
uint64_t slk_stream_offset(const slk_stream *s);

#endif
