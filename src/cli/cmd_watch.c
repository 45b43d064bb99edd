/* cmd_watch.c - `sillok watch`: which feeds are followed, how, and what is said of it. The following itself is watch/follow.c. One
 * watcher a ledger: a lock on a file beside it keeps a second one off, and is let go by the system however this one ends. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "cli/desk.h"
#include "cli/open.h"
#include "cli/recorded.h"
#include "export/export.h"
#include "intake/stream.h"
#include "intake/url.h"
#include "watch/follow.h"

#define LIST_MOST_B ((size_t)4 << 20)
#define FEEDS_MOST 100000u
#define LINES_MOST_B ((size_t)1 << 20)
#define EVERY_MS (15 * 60000)
#define PAUSE_MS 2000
#define GRACE_MS 2000 /* at the end, for alerts that are due */
#define GRACE_ONCE_MS 60000

typedef struct watching {
    const slk_args *args;
    slk_arena arena; /* of the addresses */
    SLK_LIST(char *) feeds;
    slk_buf line;
    slk_style style;
    bool jsonl, quiet, verbose, mute;
} watching;

static volatile sig_atomic_t stop; /* set by SIGINT and SIGTERM */

static void on_signal(int signal_number) {
    (void)signal_number;
    stop = 1;
}

/* ---------------------------------------------------------------- which feeds */

static int no_memory(void) {
    slk_say("%s", slk_err_meaning(SLK_ENOMEM));
    return SLK_EXIT_FAULT;
}

static bool is_address(slk_text t) {
    slk_buf origin;
    slk_buf_start(&origin, &slk_mem_system, 8192);
    slk_url_origin(t, &origin);
    bool is = origin.n > 0 && origin.err == SLK_OK;
    slk_buf_free(&origin);
    return is;
}

static int add_feed(watching *w, slk_text address) {
    for (uint32_t i = 0; i < w->feeds.n; i++)
        if (slk_text_is(address, w->feeds.at[i])) return SLK_EXIT_OK;
    slk_err err = SLK_ROOM(&w->arena, &w->feeds, FEEDS_MOST);
    char *z = err == SLK_OK ? slk_arena_copy(&w->arena, address.at, address.n) : NULL;
    if (err == SLK_ELIMIT) {
        slk_say("more than %u feeds cannot be followed", FEEDS_MOST);
        return SLK_EXIT_USAGE;
    }
    if (!z) return no_memory();
    w->feeds.at[w->feeds.n++] = z;
    return SLK_EXIT_OK;
}

/* One address a line; empty lines and what follows # (at a line's beginning or behind a space) do not count. */
static int add_lines(watching *w, const char *name, slk_text list) {
    slk_text line;
    int status = SLK_EXIT_OK;
    for (size_t n = 1; status == SLK_EXIT_OK && slk_text_split(&list, '\n', &line); n++) {
        line = slk_text_trim(line);
        for (size_t i = 0; i < line.n; i++)
            if (line.at[i] == '#' && (i == 0 || slk_is_space(line.at[i - 1]))) line.n = i;
        line = slk_text_trim(line);
        if (!line.n) continue;
        if (is_address(line)) {
            status = add_feed(w, line);
            continue;
        }
        slk_say("%s:%zu: \"%.*s\" is no address of http or https", name, n, (int)(line.n < 60 ? line.n : 60), line.at);
        status = SLK_EXIT_USAGE;
    }
    return status;
}

static int add_file(watching *w, const char *file) {
    slk_stream *s = NULL;
    slk_fault fault = {.code = SLK_OK};
    slk_buf all;
    if (slk_stream_open(file, &s, &fault) != SLK_OK) {
        slk_say_fault(file, &fault);
        return SLK_EXIT_USAGE;
    }
    slk_buf_start(&all, &slk_mem_system, LIST_MOST_B);
    for (slk_text t = slk_stream_more(s); t.n && all.err == SLK_OK; t = slk_stream_more(s)) {
        slk_buf_add(&all, t.at, t.n);
        slk_stream_take(s, t.n);
    }
    fault = *slk_stream_fault(s);
    slk_stream_close(s);
    int status = SLK_EXIT_OK;
    if (fault.code != SLK_OK || all.err != SLK_OK) {
        if (all.err != SLK_OK) fault = (slk_fault){.code = all.err};
        slk_say_fault(file, &fault);
        status = SLK_EXIT_USAGE;
    } else {
        status = add_lines(w, strcmp(file, "-") == 0 ? "standard input" : file, (slk_text){all.at, all.n});
    }
    slk_buf_free(&all);
    return status;
}

static int add_operand(watching *w, const char *word) {
    if (is_address(slk_text_of(word))) return add_feed(w, slk_text_of(word));
    if (!strstr(word, "://")) return add_file(w, word);
    slk_say("%s: only http and https are fetched", word);
    return SLK_EXIT_USAGE;
}

/* ---------------------------------------------------------------- what is said */

static void say_report(watching *w, const slk_told *t) {
    slk_buf_clear(&w->line);
    if (t->why && !w->quiet) slk_say("%s: %s; recorded is what the feed says of it", t->url, t->why);
    if (w->jsonl)
        slk_recorded_json(&w->line, t->url, t->reading, t->added);
    else if (!w->quiet)
        slk_recorded_text(&w->line, &w->style, t->url, t->added);
    if (!w->mute && !(slk_put_buf(&w->line) && slk_put_flush())) w->mute = true; /* recording goes on */
}

static void say_given_up(watching *w, const slk_told *t) {
    slk_say("%s: %s", t->url, t->why);
    if (!w->jsonl) return;
    slk_fault fault = {.code = SLK_EINPUT};
    slk_text_print(fault.message, sizeof fault.message, "%s", t->why);
    slk_buf_clear(&w->line);
    slk_export_json_fault(NULL, t->url, 0, &fault, false, &w->line);
    if (!w->mute && !(slk_put_buf(&w->line) && slk_put_flush())) w->mute = true;
}

static void tell(void *ctx, const slk_told *t) {
    watching *w = ctx;
    switch (t->kind) {
    case SLK_TOLD_REPORT: say_report(w, t); break;
    case SLK_TOLD_GIVEN_UP: say_given_up(w, t); break;
    case SLK_TOLD_FEED_BAD: slk_say("%s: %s", t->url, t->why); break;
    case SLK_TOLD_LATER:
        if (w->verbose) slk_say("%s: %s; tried again later", t->url, t->why);
        break;
    case SLK_TOLD_UNCHANGED:
        if (w->verbose) slk_say("%s: as it was", t->url);
        break;
    case SLK_TOLD_FEED:
        if (w->verbose) slk_say("%s: %u new or changed entries", t->url, t->entries);
        break;
    }
}

static int sum_up(const watching *w, const slk_follow_sums *s, bool once) {
    if (w->verbose)
        slk_say("%llu recorded, %llu already there, %llu given up; feeds read %llu times, not read %llu times",
                (unsigned long long)s->recorded, (unsigned long long)s->already, (unsigned long long)s->given_up,
                (unsigned long long)s->feeds_read, (unsigned long long)s->feeds_failed);
    if (!once) return SLK_EXIT_OK;
    if (s->waiting && !w->quiet)
        slk_say("%u page%s or feed%s left alone for now; a later run tries again", s->waiting,
                s->waiting == 1 ? "" : "s", s->waiting == 1 ? " is" : "s are");
    if (s->feeds_failed && !s->feeds_read) return SLK_EXIT_NETWORK;
    return s->feeds_failed || s->given_up || s->waiting ? SLK_EXIT_SOME : SLK_EXIT_OK;
}

/* ---------------------------------------------------------------- the command */

/* Keeps other watchers off this ledger; -1 where that fails (said). Never opens the ledger's own file: closing it would let SQLite's
 * locks go. */
static int lock_beside(const char *ledger) {
    char path[SLK_PATH_MOST_B + 8];
    (void)snprintf(path, sizeof path, "%s.watch", ledger);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    if (fd >= 0 && errno == EWOULDBLOCK)
        slk_say("%s: another sillok watch follows feeds for this ledger", ledger);
    else
        slk_say("%s: %s", path, strerror(errno));
    if (fd >= 0) (void)close(fd);
    return -1;
}

static int64_t time_of(const slk_args *args, slk_opt opt, int64_t without_ms) {
    int64_t ms = without_ms;
    if (args->value[opt] && !slk_args_time(args->value[opt], &ms)) return without_ms;
    return ms;
}

static int follow(watching *w, slk_opened *o) {
    char agent[256];
    slk_fault fault = {.code = SLK_OK};
    slk_follow_sums sums;
    const char *contact = w->args->value[SLK_OPT_CONTACT];
    bool once = w->args->value[SLK_OPT_ONCE] != NULL;
    slk_text_print(agent, sizeof agent, contact ? "sillok/%s (+%s)" : "sillok/%s (reads news feeds)", SLK_VERSION,
                   contact);
    struct sigaction act = {.sa_handler = on_signal};
    if (sigaction(SIGINT, &act, NULL) != 0 || sigaction(SIGTERM, &act, NULL) != 0) return SLK_EXIT_FAULT;
    slk_follow_options options = {.once = once,
                                  .allow_private = w->args->value[SLK_OPT_ALLOW_PRIVATE] != NULL,
                                  .every_s = time_of(w->args, SLK_OPT_EVERY, EVERY_MS) / 1000,
                                  .pause_ms = time_of(w->args, SLK_OPT_PAUSE, PAUSE_MS),
                                  .agent = agent,
                                  .stop = &stop,
                                  .ctx = w,
                                  .tell = tell};
    slk_err err = slk_follow(o->engine, o->ledger, w->feeds.at, w->feeds.n, &options, &sums, &fault);
    int status = sum_up(w, &sums, once);
    if (err == SLK_OK) return status == SLK_EXIT_OK && w->mute ? SLK_EXIT_SOME : status;
    fault.code = err;
    slk_say_fault(NULL, &fault);
    return err == SLK_ENOMEM ? SLK_EXIT_FAULT : slk_exit_for(err);
}

/* --alerts: its rules hold from now on, and what they raise is sent by a thread of its own while feeds are followed. */
static int with_alerts(watching *w, slk_opened *o, const char *path) {
    slk_desk *desk = NULL;
    slk_sending *sending = NULL;
    slk_fault fault = {.code = SLK_OK};
    bool once = w->args->value[SLK_OPT_ONCE] != NULL;
    slk_sender_options how = {
        .allow_private = w->args->value[SLK_OPT_ALLOW_PRIVATE] != NULL, .ctx = (void *)w->args, .tell = slk_desk_tell};
    if (!w->args->value[SLK_OPT_ALERTS]) return follow(w, o);
    int status = slk_desk_open(w->args->value[SLK_OPT_ALERTS], slk_engine_pack(o->engine), &desk);
    if (status == SLK_EXIT_OK) status = slk_desk_use(o->ledger, desk);
    if (status == SLK_EXIT_OK) {
        slk_err err = slk_sending_start(path, slk_engine_pack(o->engine), desk, &how, &sending, &fault);
        if (err != SLK_OK) {
            slk_say_fault(NULL, &fault);
            status = slk_exit_for(err);
        }
    }
    if (status == SLK_EXIT_OK) status = follow(w, o);
    slk_sending_stop(sending, once ? GRACE_ONCE_MS : GRACE_MS);
    slk_desk_free(desk);
    return status;
}

static int run(watching *w) {
    slk_opened o = {0};
    char path[SLK_PATH_MOST_B];
    int status = SLK_EXIT_OK, lock = -1;
    for (int i = 0; status == SLK_EXIT_OK && i < w->args->n_operands; i++)
        status = add_operand(w, w->args->operands[i]);
    if (status != SLK_EXIT_OK) return status;
    if (!w->feeds.n) {
        slk_say("the lists name no feed");
        return SLK_EXIT_USAGE;
    }
    status = slk_open_ledger(w->args, SLK_LEDGER_WRITE, &o);
    if (status == SLK_EXIT_OK && slk_open_path(w->args, path) && (lock = lock_beside(path)) < 0)
        status = SLK_EXIT_LEDGER;
    if (status == SLK_EXIT_OK) status = with_alerts(w, &o, path);
    slk_open_close(&o);
    if (lock >= 0) (void)close(lock);
    return status;
}

int slk_cmd_watch(const slk_args *args) {
    watching w = {.args = args, .style = slk_style_for(args)};
    w.jsonl = strcmp(slk_args_format(args), "jsonl") == 0;
    w.quiet = args->value[SLK_OPT_QUIET] != NULL;
    w.verbose = args->value[SLK_OPT_VERBOSE] != NULL;
    slk_arena_start(&w.arena, &slk_mem_system, (size_t)64 << 20);
    slk_buf_start(&w.line, &slk_mem_system, LINES_MOST_B);
    int status = run(&w);
    slk_buf_free(&w.line);
    slk_arena_free(&w.arena);
    return status;
}
