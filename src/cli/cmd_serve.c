/* cmd_serve.c - `sillok serve`: the ledger over HTTP, with its page; `sillok serve token`: a token for those who may write. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/open.h"
#include "cli/run.h"
#include "serve/server.h"
#include "serve/tokens.h"

static void log_line(void *ctx, const char *line) {
    (void)ctx;
    slk_say("%s", line);
}

/* Where tokens are kept without --token-file: beside the ledger. */
static bool token_path(const slk_args *args, char out[SLK_PATH_MOST_B]) {
    char ledger[SLK_PATH_MOST_B];
    const char *given = args->value[SLK_OPT_TOKEN_FILE];
    if (!given && !slk_open_path(args, ledger)) return false;
    int n = given ? snprintf(out, SLK_PATH_MOST_B, "%s", given) : snprintf(out, SLK_PATH_MOST_B, "%s.tokens", ledger);
    return n > 0 && n < SLK_PATH_MOST_B;
}

static int make_token(const slk_args *args) {
    char path[SLK_PATH_MOST_B], token[SLK_TOKEN_CHARS];
    slk_fault fault = {.code = SLK_OK};
    if (!token_path(args, path)) return SLK_EXIT_USAGE;
    slk_err err = slk_token_make(path, args->n_operands > 1 ? args->operands[1] : "token", token, &fault);
    if (err != SLK_OK) {
        slk_say_fault(NULL, &fault);
        return err == SLK_EINPUT ? SLK_EXIT_USAGE : SLK_EXIT_FAULT;
    }
    if (!args->value[SLK_OPT_QUIET]) slk_say("%s has its hash; the token itself is shown only now", path);
    return slk_put(token, strlen(token)) && slk_put("\n", 1) && slk_put_flush() ? SLK_EXIT_OK : SLK_EXIT_SOME;
}

/* What ends the server is waited for by one thread; all others leave it alone. */
static bool hold_signals(void) {
    sigset_t ends;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGTERM);
    (void)sigaddset(&ends, SIGINT);
    return pthread_sigmask(SIG_BLOCK, &ends, NULL) == 0;
}

static int serve(const slk_args *args, const slk_engine *engine, const char *ledger) {
    char address[128];
    slk_fault fault = {.code = SLK_OK};
    slk_server *server = NULL;
    slk_serve_options o = {.ledger = ledger,
                           .listen = args->value[SLK_OPT_LISTEN],
                           .hosts = args->value[SLK_OPT_HOST],
                           .token_file = args->value[SLK_OPT_TOKEN_FILE],
                           .sandbox = args->value[SLK_OPT_NO_SANDBOX] == NULL,
                           .threads = slk_args_threads(args),
                           .say = args->value[SLK_OPT_VERBOSE] ? log_line : NULL};
    if (!hold_signals()) return SLK_EXIT_FAULT;
    slk_err err = slk_server_open(&o, engine, &server, address, &fault);
    if (err == SLK_OK) {
        if (!args->value[SLK_OPT_QUIET]) slk_say("http://%s/ serves %s; Ctrl-C ends it", address, ledger);
        err = slk_server_run(server, &fault);
    }
    slk_server_close(server);
    if (err == SLK_OK) return SLK_EXIT_OK;
    slk_say_fault(NULL, &fault);
    return err == SLK_EINPUT ? SLK_EXIT_USAGE : err == SLK_EIO ? SLK_EXIT_NETWORK : slk_exit_for(err);
}

int slk_cmd_serve(const slk_args *args) {
    slk_opened o = {0};
    char path[SLK_PATH_MOST_B];
    if (args->n_operands && strcmp(args->operands[0], "token") == 0) return make_token(args);
    if (args->n_operands) {
        slk_say("serve: \"%.60s\" is not known; sillok serve token makes a token", args->operands[0]);
        return SLK_EXIT_USAGE;
    }
    int status = slk_open_ledger(args, SLK_LEDGER_READ, &o); /* says what is wrong with it before anything listens */
    if (status == SLK_EXIT_OK && !slk_open_path(args, path)) status = SLK_EXIT_LEDGER;
    slk_ledger_close(o.ledger);
    o.ledger = NULL;
    if (status == SLK_EXIT_OK) status = serve(args, o.engine, path);
    slk_open_close(&o);
    return status;
}
