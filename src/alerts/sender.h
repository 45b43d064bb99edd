/* sender.h - brings what waits in the outbox to its channels: webhooks by libcurl (watch/fetch.h, with its refusals), Atom feeds and CAP
 * documents as files, mail by the local sendmail. An alert is marked as sent after it was sent: whatever the moment of a kill none is
 * lost, and one that was on its way is sent again with the same key.
 *
 * Each channel gets its alerts in order, one at a time. Where it cannot be reached, all that waits there waits, longer each time
 * (doubled, at most an hour, with chance in it), until what was tried for its give-up time is given up, and said. An answer of 4xx holds
 * back that one alert only.
 *
 * One loop calls slk_sender_step, or a thread of its own does it (slk_sending_start). One sender a ledger: a lock on a file beside it
 * keeps others off, and is let go by the system however this one ends. */
#ifndef SLK_ALERTS_SENDER_H
#define SLK_ALERTS_SENDER_H

#include "alerts/outbox.h"
#include "alerts/rules.h"
#include "ledger/ledger.h"

#define SLK_SENDER_PAUSE_MOST_S 3600 /* between two tries */
#define SLK_SENDER_TRY_MS 30000      /* for a webhook's answer, or a mail */
#define SLK_SENDER_ANSWER_MOST_B ((size_t)1 << 16)
#define SLK_SENDER_KEEP_S (90 * 86400) /* sent ones are forgotten after that (slk_outbox_forget) */

typedef enum slk_sent_kind {
    SLK_SENT,          /* it arrived */
    SLK_SENT_LATER,    /* not yet; why */
    SLK_SENT_GIVEN_UP, /* never, unless somebody asks for it (sillok alerts retry); why */
    SLK_SENT_TROUBLE   /* the sender itself ends: the ledger fails; why. alert NULL */
} slk_sent_kind;

typedef struct slk_sent { /* borrowed during the call; what it says is durable */
    slk_sent_kind kind;
    const char *channel, *event, *key, *why; /* of several at once (a feed): of the last; NULL where there is none */
    uint32_t n;                              /* how many */
} slk_sent;

typedef struct slk_sender_options {
    bool allow_private; /* webhooks to addresses that are not of the public internet too */
    void *ctx;
    void (*tell)(void *ctx, const slk_sent *sent); /* may be NULL; of slk_sending: from its thread */
} slk_sender_options;

typedef struct slk_sender slk_sender;

/* A sender over an open ledger (to write); all is borrowed. Fails with SLK_ENOMEM, or SLK_ELOCKED where another one sends for this
 * ledger (fault says so). path: of the ledger. */
SLK_MUST slk_err slk_sender_new(slk_ledger *l, const char *path, const slk_desk *desk,
                                const slk_sender_options *options, slk_sender **out, slk_fault *fault);
void slk_sender_free(slk_sender *s); /* what is on its way is broken off and waits on; NULL is fine */

/* Starts what is due, waits at most most_ms for something to happen, and takes what came of it. Mail and files are dealt with at once: a
 * mail may take its SLK_SENDER_TRY_MS. Fails as the ledger does; SLK_ELOCKED may be tried again. *idle: nothing waits any more, or only
 * for its time to come. */
SLK_MUST slk_err slk_sender_step(slk_sender *s, int most_ms, bool *idle, slk_fault *fault);

/* A thread that steps, with a handle of its own on the ledger, until it is stopped. pack, desk: borrowed until then. While another sender
 * holds the lock it waits for its end. Fails as slk_ledger_open does, or with SLK_ENOMEM. */
typedef struct slk_sending slk_sending;
SLK_MUST slk_err slk_sending_start(const char *path, const slk_pack *pack, const slk_desk *desk,
                                   const slk_sender_options *options, slk_sending **out, slk_fault *fault);
/* Ends it, after at most so many milliseconds for what is due now. NULL is fine. */
void slk_sending_stop(slk_sending *s, int64_t grace_ms);

#endif
