/* desk.c - see desk.h. */
#include "cli/desk.h"

#include <string.h>

#include "base/mem.h"
#include "intake/stream.h"

int slk_desk_open(const char *file, const slk_pack *pack, slk_desk **out) {
    slk_stream *s = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_buf all;
    if (slk_stream_open(file, &s, &fault) != SLK_OK) {
        slk_say_fault(file, &fault);
        return SLK_EXIT_USAGE;
    }
    slk_buf_start(&all, &slk_mem_system, SLK_DESK_MOST_B + 2);
    for (slk_text t = slk_stream_more(s); t.n && all.err == SLK_OK; t = slk_stream_more(s)) {
        slk_buf_add(&all, t.at, t.n);
        slk_stream_take(s, t.n);
    }
    fault = *slk_stream_fault(s);
    slk_stream_close(s);
    slk_err err = fault.code != SLK_OK ? fault.code : all.err;
    if (err == SLK_OK) err = slk_desk_read((slk_text){all.at ? all.at : "", all.n}, pack, true, out, &fault);
    slk_buf_free(&all);
    if (err == SLK_OK) return SLK_EXIT_OK;
    fault.code = err;
    slk_say_fault(strcmp(file, "-") == 0 ? "standard input" : file, &fault);
    return err == SLK_ENOMEM ? SLK_EXIT_FAULT : SLK_EXIT_USAGE;
}

int slk_desk_use(slk_ledger *ledger, const slk_desk *desk) {
    slk_arena arena;
    const char *kept = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_arena_start(&arena, &slk_mem_system, SLK_DESK_MOST_B * 3);
    slk_err err = slk_outbox_rules(ledger, &arena, &kept, &fault);
    if (err == SLK_OK && !(kept && strcmp(kept, desk->kept) == 0)) err = slk_outbox_set_rules(ledger, desk, &fault);
    if (err == SLK_OK) err = slk_ledger_commit(ledger, &fault);
    slk_arena_free(&arena);
    if (err != SLK_OK) slk_say_fault(NULL, &fault);
    return slk_exit_for(err);
}

void slk_desk_tell(void *ctx, const slk_sent *sent) {
    const slk_args *args = ctx;
    bool verbose = args->value[SLK_OPT_VERBOSE] != NULL;
    switch (sent->kind) {
    case SLK_SENT:
        if (verbose && sent->n > 1)
            slk_say("%u alerts sent to %s, the last on %s", sent->n, sent->channel, sent->event);
        else if (verbose)
            slk_say("alert on %s sent to %s", sent->event, sent->channel);
        break;
    case SLK_SENT_LATER:
        if (verbose) slk_say("alert on %s to %s: %s; tried again later", sent->event, sent->channel, sent->why);
        break;
    case SLK_SENT_GIVEN_UP:
        slk_say("alert on %s to %s is given up: %s; sillok alerts retry tries again", sent->event, sent->channel,
                sent->why);
        break;
    case SLK_SENT_TROUBLE: slk_say("alerts are not sent any more: %s", sent->why); break;
    }
}
