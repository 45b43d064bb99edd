/* server.h - what `sillok serve` is made of: the routes and who answers them. The face of the ledger for browsers and programs.
 *
 * A request comes in on a loop (http.h). What is in the cache, or needs no ledger, is answered there; all else waits for a worker: a
 * thread with a handle of its own on the ledger. Answers are cached by what was asked and the ledger's generation, a number
 * that rises with every change of the file, whoever makes it (hub.c looks ten times a second).
 *
 * What always holds: without a token nothing is written; text of a report reaches a client only as JSON string or escaped text. */
#ifndef SLK_SERVE_SERVER_H
#define SLK_SERVE_SERVER_H

#include "base/json.h"
#include "engine.h"
#include "ledger/ledger.h"
#include "serve/http.h"

#define SLK_SERVE_LISTEN "127.0.0.1:8420"

typedef struct slk_serve_options { /* borrowed; must outlive the server */
    const char *ledger;            /* its file */
    const char *pack;              /* of the engine, for the readers; NULL: as they find it */
    const char *listen;
    const char *hosts;      /* further names by which clients may call the server, separated by commas; NULL: none */
    const char *token_file; /* NULL: nothing can be written */
    bool sandbox;           /* posted text is read in a process without network and files */
    unsigned threads;       /* loops, and as many workers at least; 0: as many as the machine has cores */
    void (*say)(void *ctx, const char *line); /* of the log; from any thread; NULL: none */
    void *ctx;
} slk_serve_options;

typedef struct slk_server slk_server;

/* Opens everything and listens. *address: where. The engine is borrowed. */
SLK_MUST slk_err slk_server_open(const slk_serve_options *options, const slk_engine *engine, slk_server **out,
                                 char address[128], slk_fault *fault);
/* Serves until one of SIGTERM and SIGINT, which the caller has blocked in all threads, comes; then ends what is under way. */
SLK_MUST slk_err slk_server_run(slk_server *s, slk_fault *fault);
void slk_server_close(slk_server *s); /* NULL is fine */

/* Every route as a line "METHOD PATH PARAMETER...", for tests. */
void slk_server_routes(slk_buf *out);

#endif
