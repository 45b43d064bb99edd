/* readers.c - makes readers, gives them their text, takes their answer. See readers.h. */
#include "serve/readers.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/text.h"
#include "serve/http_inside.h"

#define READY_S 20
#define READ_S 30
#define SPARE 2

extern char **environ;

typedef struct reader {
    pid_t pid;
    int fd; /* -1: none */
} reader;

struct slk_readers {
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool sandbox;
    unsigned most, busy;
    reader spare[SPARE];
};

/* ---------------------------------------------------------------- processes */

/* This program again, as a reader, with its end of the pipe as standard input and output. */
static bool spawn(bool sandbox, reader *made) {
    int pair[2];
    static char name[] = "sillok", what[] = "--reader", in[] = "sandbox", out_of[] = "bare";
    char *const args[] = {name, what, sandbox ? in : out_of, NULL};
    posix_spawn_file_actions_t actions;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
    bool ok = posix_spawn_file_actions_init(&actions) == 0;
    if (ok) {
        ok = posix_spawn_file_actions_adddup2(&actions, pair[1], STDIN_FILENO) == 0 &&
             posix_spawn_file_actions_adddup2(&actions, pair[1], STDOUT_FILENO) == 0 &&
             posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1) == 0 &&
             posix_spawn(&made->pid, "/proc/self/exe", &actions, NULL, args, environ) == 0;
        (void)posix_spawn_file_actions_destroy(&actions);
    }
    (void)close(pair[1]);
    if (ok) {
        made->fd = pair[0];
        return true;
    }
    (void)close(pair[0]);
    return false;
}

/* Ends a reader; returns the signal that ended it, 0 where it ended by itself. */
static int end(reader *r) {
    int status = 0;
    if (r->fd < 0) return 0;
    (void)close(r->fd);
    r->fd = -1;
    (void)kill(r->pid, SIGKILL); /* it has nothing to lose; where it is dead already, what it died of stays */
    while (waitpid(r->pid, &status, 0) < 0)
        if (errno != EINTR) return 0;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Waits until it says that it is in its sandbox. */
static slk_err ready(reader *r, slk_fault *fault) {
    slk_arena a;
    slk_parts p = {0};
    slk_err err = SLK_OK;
    slk_arena_start(&a, &slk_mem_system, 1u << 16);
    if (!slk_parts_read(r->fd, slk_http_now_ns() + READY_S * INT64_C(1000000000), &a, &p))
        err = slk_fault_say(fault, SLK_EIO, "the reader of posted texts does not start");
    else if (!slk_text_is(p.at[SLK_PART_STATUS], "ready"))
        err =
            slk_fault_say(fault, SLK_EIO, "posted texts cannot be read in a sandbox: %.160s; --no-sandbox goes without",
                          p.at[SLK_PART_MESSAGE].at ? p.at[SLK_PART_MESSAGE].at : "");
    slk_arena_free(&a);
    return err;
}

slk_err slk_readers_start(bool sandbox, unsigned most, slk_readers **out, slk_fault *fault) {
    slk_readers *r = calloc(1, sizeof *r);
    if (!r || pthread_mutex_init(&r->lock, NULL) != 0 || pthread_cond_init(&r->woken, NULL) != 0) {
        free(r);
        return slk_fault_say(fault, SLK_ENOMEM, "no memory for readers");
    }
    r->sandbox = sandbox;
    r->most = most;
    for (unsigned i = 0; i < SPARE; i++) r->spare[i].fd = -1;
    reader first = {.fd = -1};
    slk_err err = SLK_OK;
    if (!spawn(sandbox, &first))
        err = slk_fault_say(fault, SLK_EIO, "the reader of posted texts cannot be started: %s", strerror(errno));
    if (err == SLK_OK) err = ready(&first, fault);
    if (err != SLK_OK) {
        (void)end(&first);
        slk_readers_stop(r);
        return err;
    }
    (void)end(&first); /* the next ones are made when they are wanted; this one only showed that they can be */
    *out = r;
    return SLK_OK;
}

void slk_readers_stop(slk_readers *r) {
    if (!r) return;
    for (unsigned i = 0; i < SPARE; i++) (void)end(&r->spare[i]);
    (void)pthread_cond_destroy(&r->woken);
    (void)pthread_mutex_destroy(&r->lock);
    free(r);
}

/* ---------------------------------------------------------------- one text */

static bool take(slk_readers *r, reader *out) {
    *out = (reader){.fd = -1};
    (void)pthread_mutex_lock(&r->lock);
    while (r->busy == r->most) (void)pthread_cond_wait(&r->woken, &r->lock);
    r->busy++;
    for (unsigned i = 0; i < SPARE && out->fd < 0; i++) {
        *out = r->spare[i];
        r->spare[i].fd = -1;
    }
    (void)pthread_mutex_unlock(&r->lock);
    return out->fd >= 0 || spawn(r->sandbox, out);
}

/* Makes the next reader while nobody waits for it. */
static void give_back(slk_readers *r) {
    reader next = {.fd = -1};
    bool made = spawn(r->sandbox, &next);
    (void)pthread_mutex_lock(&r->lock);
    r->busy--;
    for (unsigned i = 0; made && i < SPARE; i++) {
        if (r->spare[i].fd >= 0) continue;
        r->spare[i] = next;
        next.fd = -1;
        made = false;
    }
    (void)pthread_cond_signal(&r->woken);
    (void)pthread_mutex_unlock(&r->lock);
    (void)end(&next);
}

static slk_err error_called(slk_text name) {
    for (int e = SLK_OK; e < SLK_ERR_COUNT; e++)
        if (slk_text_is(name, slk_err_word((slk_err)e))) return (slk_err)e;
    return SLK_EFAULT;
}

static slk_err talk(reader *x, const slk_parts *asked, slk_arena *arena, slk_parts *answer, slk_fault *fault) {
    slk_err err = ready(x, fault);
    if (err != SLK_OK) return SLK_EFAULT;
    int64_t until = slk_http_now_ns() + READ_S * INT64_C(1000000000);
    bool told = slk_parts_write(x->fd, asked) && slk_parts_read(x->fd, until, arena, answer);
    if (told && slk_text_is(answer->at[SLK_PART_STATUS], "ok")) return SLK_OK;
    if (told) {
        const char *says = answer->at[SLK_PART_MESSAGE].at;
        return slk_fault_say(fault, error_called(answer->at[SLK_PART_STATUS]), "%s", says ? says : "");
    }
    if (slk_http_now_ns() >= until)
        return slk_fault_say(fault, SLK_ELIMIT, "reading it takes longer than %d s", READ_S);
    int signal = end(x);
    return slk_fault_say(fault, signal == SIGXCPU ? SLK_ELIMIT : SLK_EFAULT,
                         "its reading ended before it was done (signal %d)", signal);
}

slk_err slk_readers_read(slk_readers *r, const slk_parts *asked, slk_arena *arena, slk_parts *answer,
                         slk_fault *fault) {
    reader x;
    slk_err err = SLK_EFAULT;
    if (take(r, &x))
        err = talk(&x, asked, arena, answer, fault);
    else
        err = slk_fault_say(fault, SLK_EFAULT, "no reader can be started: %s", strerror(errno));
    (void)end(&x);
    give_back(r);
    return err;
}
