/* vet.h - looks at the raw bytes of a connection before any HTTP library sees them, and hands on only requests that can be read
 * in one way. What is ambiguous (two lengths, a length with a transfer coding, folded lines, bare line feeds, control
 * bytes, spaces before a colon) or too large is turned into one small request that carries the status to answer
 * with; all bytes behind it are swallowed, so that nothing can be smuggled in them. RFC 9110 and 9112.
 *
 * What comes out is written anew: "METHOD TARGET HTTP/1.1", one "Name: value" a line, and a line of the vet's own that names the
 * connection; a client that sends such a line has it taken away. What Connection says is kept here, since it is not evhttp that
 * ends connections (http_loop.c). Bodies pass through, exactly as long as announced.
 * No allocation; one vet per connection; O(bytes). */
#ifndef SLK_SERVE_VET_H
#define SLK_SERVE_VET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLK_VET_HEAD_B 16384u       /* a whole head, else 431 */
#define SLK_VET_TARGET_B 8000u      /* what is asked for, else 414 */
#define SLK_VET_HEADERS 64u         /* lines, else 431 */
#define SLK_VET_HEADER "Sillok-Vet" /* "CONNECTION STATUS": status 0 for a sound request */

typedef enum slk_vet_state { SLK_VET_HEAD, SLK_VET_BODY, SLK_VET_DEAD } slk_vet_state;

typedef struct slk_vet { /* start with slk_vet_start */
    slk_vet_state state;
    uint32_t connection; /* put into each head */
    uint64_t max_body_b;
    uint64_t body_left_b;
    uint64_t requests; /* heads handed on, bad ones too */
    int status;        /* what a bad request was answered with; 0: none was bad */
    size_t n;          /* bytes of the head so far */
    bool skipped;      /* the one empty line that may stand before a request */
    bool held;         /* a request is handed on whole: nothing more is taken until the caller says so (false again) */
    bool close;        /* the connection ends with the answer to the request handed on last */
    bool old;          /* that request was HTTP/1.0 */
    char head[SLK_VET_HEAD_B];
} slk_vet;

/* Takes what is handed on. */
typedef void (*slk_vet_put)(void *ctx, const char *at, size_t n);

void slk_vet_start(slk_vet *v, uint32_t connection, uint64_t max_body_b);
/* Looks at n more bytes, up to the end of a request; put is called zero or more times. Returns how many bytes were taken: fewer
 * than n only where held is set now; none while it is. */
size_t slk_vet_feed(slk_vet *v, const char *at, size_t n, slk_vet_put put, void *ctx);
/* Ends the connection's requests with a status of the server's own (408), as if what is under way had been bad. */
void slk_vet_end(slk_vet *v, int status, slk_vet_put put, void *ctx);
/* Something of a request is there, but not all. */
bool slk_vet_waits(const slk_vet *v);

#endif
