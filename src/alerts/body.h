/* body.h - an alert as JSON, the form in which it waits in the ledger and in which a webhook gets it (docs/alerts.md). All other forms are
 * made from it (alert.h). */
#ifndef SLK_ALERTS_BODY_H
#define SLK_ALERTS_BODY_H

#include "base/buf.h"
#include "ledger/ledger.h"

typedef struct slk_reason {
    const char *state; /* "new", "status:confirmed", "conflict:count" */
    const char *says;  /* for people */
    const char *rule;  /* whose it is */
} slk_reason;

typedef struct slk_body {             /* everything borrowed */
    const char *key, *channel, *link; /* link: address of the page of an event, without its id; NULL */
    int64_t raised_s;
    const slk_reason *reasons;
    uint32_t n;
    const slk_dossier *dossier;
    uint32_t report;   /* the one that raised it: index into the dossier's */
    slk_text sentence; /* in which it tells of the event; may be empty */
} slk_body;

/* Appends one JSON object. pack: names of types; may be NULL. out->err says how it went. */
void slk_body_write(const slk_pack *pack, const slk_body *b, slk_buf *out);

#endif
