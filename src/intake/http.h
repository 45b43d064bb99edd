/* http.h - an HTTP response as archives keep it: status, headers, body in chunks, content codings (gzip, deflate, br, zstd). */
#ifndef SLK_INTAKE_HTTP_H
#define SLK_INTAKE_HTTP_H

#include "base/buf.h"

#define SLK_UNPACKED_MOST_B (64u << 20) /* of one document */

typedef struct slk_http { /* borrowed from the response */
    int status;           /* 0: there is no status line; all is body */
    slk_text type;        /* Content-Type, {NULL, 0} where missing */
    slk_text modified;    /* Last-Modified */
    slk_text coding, transfer;
    slk_text body; /* as it stands there */
} slk_http;

/* Takes a response apart. Never fails: what has no status line is a body without headers. */
void slk_http_split(slk_text response, slk_http *out);

/* The body without chunks and codings. Where it needed neither, *out is the body itself; else it lies in room. Codings that are
 * named but not there (archives often keep bodies unpacked) are passed over. Fails with SLK_EINPUT (damaged; fault says how),
 * SLK_ELIMIT or SLK_ENOMEM. */
SLK_MUST slk_err slk_http_body(const slk_http *http, slk_buf *room, slk_text *out, slk_fault *fault);

/* The value of a header among lines "Name: value" (any case); {NULL, 0} where missing. */
slk_text slk_http_header(slk_text headers, const char *name);

/* Unpacks data of a coding (gzip, x-gzip, deflate, br, zstd) onto out. Fails with SLK_EINPUT, SLK_ELIMIT (more than 64 MiB or
 * 100:1) or SLK_ENOMEM. */
SLK_MUST slk_err slk_unpack(slk_text coding, slk_text data, slk_buf *out, slk_fault *fault);

#endif
