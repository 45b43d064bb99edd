/* hub.h - knows when the ledger has changed, whoever changed it, and tells those who listen (GET /api/v1/stream). One thread looks ten
 * times a second at SQLite's data version; a change raises the generation, by which answers are cached.
 *
 * Events are sent in the order of their tellings; an event's number is that of its last telling, so that a client that comes again with
 * Last-Event-ID gets what it missed, also what came while no server ran. */
#ifndef SLK_SERVE_HUB_H
#define SLK_SERVE_HUB_H

#include "ledger/ledger.h"
#include "serve/http.h"

#define SLK_HUB_STREAMS 512u

typedef struct slk_hub slk_hub;

/* Opens the ledger once more and starts the thread. */
SLK_MUST slk_err slk_hub_start(const char *ledger, const slk_pack *pack, slk_hub **out, slk_fault *fault);
/* Ends the thread; nobody listens any longer. NULL is fine. */
void slk_hub_stop(slk_hub *h);
/* After the loops are gone. */
void slk_hub_free(slk_hub *h);

/* From 1; another number: another ledger. */
uint64_t slk_hub_generation(const slk_hub *h);
/* The ledger was just changed by this program: what is asked from now on is asked anew. */
void slk_hub_touch(slk_hub *h);
unsigned slk_hub_listeners(slk_hub *h);
/* The last time, by the monotonic clock, at which the ledger could be looked at. */
int64_t slk_hub_seen_ns(const slk_hub *h);

/* Makes a listener of a call (GET), on its loop's thread. False where there are too many, or no memory: the call is still the
 * caller's. */
bool slk_hub_listen(slk_hub *h, slk_call *call);

#endif
