/* sending.h - what the files of sender.c share. Only they include it. */
#ifndef SLK_ALERTS_SENDING_H
#define SLK_ALERTS_SENDING_H

#include "alerts/alert.h"
#include "alerts/sender.h"
#include "watch/fetch.h"

/* How a try ended. */
typedef enum slk_try {
    SLK_TRY_DONE,
    SLK_TRY_AWAY, /* the channel cannot be reached, or wants to be left alone */
    SLK_TRY_BAD,  /* it takes others perhaps, but not this one */
    SLK_TRY_NEVER /* it cannot be */
} slk_try;

#define SLK_WHY_B 256u

/* webhook.c: starts the request for an alert; *how SLK_TRY_DONE: it is on its way, else why says why not. who: handed back by the fetcher. */
SLK_MUST slk_err slk_webhook_start(slk_fetcher *f, const slk_channel *c, const slk_outbox_row *row, int64_t now_s,
                                   void *who, slk_try *how, char why[SLK_WHY_B]);
slk_try slk_webhook_end(const slk_fetched *done, char why[SLK_WHY_B]);

/* files.c: a document in the place of what was there, whole or not at all. */
slk_try slk_put_file(const char *path, slk_text bytes, char why[SLK_WHY_B]);

/* sendmail.c: gives a mail to the program; at most SLK_SENDER_TRY_MS. */
slk_try slk_send_mail(const char *program, slk_text mail, char why[SLK_WHY_B]);

#endif
