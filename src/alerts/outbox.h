/* outbox.h - the alerts that wait in the ledger, and those that were sent: rows, asked for and changed. raise.c puts them in. What is
 * written belongs to the open batch of the ledger: slk_ledger_commit makes it durable, and it should come at once: other programs wait.
 * All functions fail as the ledger does, and leave *out untouched then. */
#ifndef SLK_ALERTS_OUTBOX_H
#define SLK_ALERTS_OUTBOX_H

#include "alerts/rules.h"
#include "ledger/ledger.h"

typedef enum slk_outbox_state { SLK_OUTBOX_WAITS, SLK_OUTBOX_SENT, SLK_OUTBOX_GIVEN_UP } slk_outbox_state;
const char *slk_outbox_word(slk_outbox_state state);

typedef struct slk_outbox_row { /* strings in the caller's arena */
    int64_t row;
    const char *key, *channel, *event;
    const char *states; /* by line: "new", "status:confirmed" */
    int64_t raised_s;
    slk_outbox_state state;
    int64_t tries, first_ms, not_before_ms; /* since 1970; first_ms 0: not tried yet */
    int64_t done_s;                         /* 0: not done */
    const char *why;                        /* why not yet, or given up; NULL */
    const char *body;                       /* JSON (body.h) */
} slk_outbox_row;

typedef struct slk_outbox_rows {
    SLK_LIST(slk_outbox_row) at;
} slk_outbox_rows;

/* What raises alerts from now on, in all programs that record reports in this ledger; NULL: nothing any more. */
SLK_MUST slk_err slk_outbox_set_rules(slk_ledger *l, const slk_desk *desk, slk_fault *fault);
/* The text of what does; NULL: nothing. */
SLK_MUST slk_err slk_outbox_rules(slk_ledger *l, slk_arena *arena, const char **out, slk_fault *fault);

/* The first of a channel that is due; *any false where there is none. */
SLK_MUST slk_err slk_outbox_due(slk_ledger *l, const char *channel, int64_t now_ms, slk_arena *arena,
                                slk_outbox_row *out, bool *any, slk_fault *fault);
/* When the next of a channel is due; INT64_MAX where none waits. */
SLK_MUST slk_err slk_outbox_next(slk_ledger *l, const char *channel, int64_t *ms, slk_fault *fault);
/* Those behind row `after`, the first `most`, in order; state -1: of any. */
SLK_MUST slk_err slk_outbox_list(slk_ledger *l, int64_t after, int state, uint32_t most, slk_arena *arena,
                                 slk_outbox_rows *out, slk_fault *fault);
/* The last `most` of a channel up to row `up_to`, newest first; those of one of its events before a row, oldest first. */
SLK_MUST slk_err slk_outbox_last(slk_ledger *l, const char *channel, int64_t up_to, uint32_t most, slk_arena *arena,
                                 slk_outbox_rows *out, slk_fault *fault);
SLK_MUST slk_err slk_outbox_before(slk_ledger *l, const slk_outbox_row *of, uint32_t most, slk_arena *arena,
                                   slk_outbox_rows *out, slk_fault *fault);

/* A try at now_ms failed; the next is not before not_before_ms. */
SLK_MUST slk_err slk_outbox_later(slk_ledger *l, int64_t row, int64_t now_ms, int64_t not_before_ms, const char *why,
                                  slk_fault *fault);
/* A channel cannot be reached: all that wait there count as tried since now_ms, so that they are given up in their time. */
SLK_MUST slk_err slk_outbox_since(slk_ledger *l, const char *channel, int64_t now_ms, slk_fault *fault);
/* All of a channel up to a row are sent; *n: how many. */
SLK_MUST slk_err slk_outbox_sent_up_to(slk_ledger *l, const char *channel, int64_t row, int64_t now_s, uint32_t *n,
                                       slk_fault *fault);
/* It waits no longer. */
SLK_MUST slk_err slk_outbox_done(slk_ledger *l, int64_t row, slk_outbox_state state, int64_t now_s, const char *why,
                                 slk_fault *fault);
/* Those that were given up, or failed so far, are tried again: all (""), or of a key or channel. *n: how many. */
SLK_MUST slk_err slk_outbox_again(slk_ledger *l, const char *which, uint32_t *n, slk_fault *fault);
/* Done ones from before a moment are let go, but for the last hundred of each channel. That they were told stays known. */
SLK_MUST slk_err slk_outbox_forget(slk_ledger *l, int64_t before_s, slk_fault *fault);

/* A number that changes whenever another connection writes to the file. */
SLK_MUST slk_err slk_outbox_version(slk_ledger *l, int64_t *out, slk_fault *fault);

typedef struct slk_outbox_count {
    const char *channel;
    slk_outbox_state state;
    int64_t n;
} slk_outbox_count;
typedef struct slk_outbox_counts {
    SLK_LIST(slk_outbox_count) at; /* by channel, state */
} slk_outbox_counts;
SLK_MUST slk_err slk_outbox_count_all(slk_ledger *l, slk_arena *arena, slk_outbox_counts *out, slk_fault *fault);

#endif
