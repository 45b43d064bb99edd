/* answer.h - what is sent back: a status, a few headers, a body and its packed form. Made once, then constant and shared between
 * threads, the cache and the connections that still send it; freed with its last holder. */
#ifndef SLK_SERVE_ANSWER_H
#define SLK_SERVE_ANSWER_H

#include <stdatomic.h>

#include "base/buf.h"

#define SLK_ANSWER_HEADERS 4

typedef enum slk_answer_policy {                  /* which Content-Security-Policy it goes with */
                                 SLK_POLICY_DATA, /* nothing may be loaded or run from it */
                                 SLK_POLICY_PAGE  /* scripts, styles, pictures and data of this server only */
} slk_answer_policy;

typedef struct slk_answer_header {
    const char *name; /* static */
    char value[160];
} slk_answer_header;

typedef struct slk_answer {
    atomic_uint holders;
    int status;
    const char *type;          /* media type, static; NULL: no body */
    const char *cache_control; /* static; NULL: "no-cache" */
    slk_answer_policy policy;
    char etag[40]; /* with its quotes, "" for none */
    slk_answer_header headers[SLK_ANSWER_HEADERS];
    unsigned n_headers;
    slk_text body, packed;      /* packed: gzip, n 0 where that is no gain */
    char *owned, *owned_packed; /* NULL where body stands in the program */
} slk_answer;

/* An answer without a body; NULL when out of memory. Held once, by the caller. */
slk_answer *slk_answer_new(int status);
void slk_answer_hold(const slk_answer *a);
void slk_answer_drop(const slk_answer *a); /* NULL is fine */

/* Takes the bytes out of a buffer. False, and the answer unchanged, where the buffer failed. */
bool slk_answer_take(slk_answer *a, const char *type, slk_buf *body);
/* A body that stands in the program; packed may be empty. */
void slk_answer_lend(slk_answer *a, const char *type, slk_text body, slk_text packed);
/* One header more; beyond the fourth it is left out. name: static. */
void slk_answer_header_add(slk_answer *a, const char *name, const char *value);
/* Gives the body its entity tag and, where it is worth it, its packed form. Before the answer is shared. */
void slk_answer_finish(slk_answer *a);
/* Does If-None-Match hold the answer's tag? value may be NULL. */
bool slk_answer_matches(const slk_answer *a, const char *value);

/* "Not Found" */
const char *slk_answer_reason(int status);
/* A problem as RFC 9457 has it: {"type":"about:blank","title","status","detail"}. Never NULL: without memory a bare 503. */
slk_answer *slk_answer_problem(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

#endif
