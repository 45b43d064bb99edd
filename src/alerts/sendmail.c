/* sendmail.c - gives a mail to the local sendmail, by a pipe and without a shell. It takes the mail or it does not: its exit status says. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "alerts/sending.h"
#include "base/text.h"

#define STEP_MS 20

extern char **environ;

static int64_t now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Starts it with the pipe as its input and nothing for its output; 0 or the error. Signals are as a program expects them. */
static int spawn(const char *program, int from, pid_t *child) {
    char *argv[] = {(char *)program, (char *)"-i", (char *)"-t", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t none, usual;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0) return rc;
    if ((rc = posix_spawnattr_init(&how)) != 0) {
        (void)posix_spawn_file_actions_destroy(&actions);
        return rc;
    }
    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGPIPE);
    rc = posix_spawn_file_actions_adddup2(&actions, from, STDIN_FILENO);
    if (rc == 0) rc = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (rc == 0) rc = posix_spawnattr_setsigmask(&how, &none);
    if (rc == 0) rc = posix_spawnattr_setsigdefault(&how, &usual);
    if (rc == 0) rc = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (rc == 0) rc = posix_spawn(child, program, &actions, &how, argv, environ);
    (void)posix_spawnattr_destroy(&how);
    (void)posix_spawn_file_actions_destroy(&actions);
    return rc;
}

/* All of the mail into the pipe. A reader that went away shows as EPIPE: the program ignores SIGPIPE (main.c). */
static bool write_all(int fd, slk_text t, int64_t until_ms) {
    while (t.n) {
        struct pollfd p = {.fd = fd, .events = POLLOUT};
        int64_t left = until_ms - now_ms();
        if (left <= 0 || poll(&p, 1, (int)left) <= 0) return false;
        ssize_t n = write(fd, t.at, t.n);
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (n < 0) return false;
        t = (slk_text){t.at + n, t.n - (size_t)n};
    }
    return true;
}

/* Its status; one that does not end in time is ended. False then. */
static bool wait_for(pid_t child, int64_t until_ms, int *status) {
    for (;;) {
        pid_t got = waitpid(child, status, WNOHANG);
        if (got == child) return true;
        if (got < 0 && errno != EINTR) return false;
        if (now_ms() >= until_ms) break;
        struct timespec step = {0, STEP_MS * 1000000L};
        (void)nanosleep(&step, NULL);
    }
    (void)kill(child, SIGKILL);
    (void)waitpid(child, status, 0);
    return false;
}

static slk_try by_status(const char *program, int status, char why[SLK_WHY_B]) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return SLK_TRY_DONE;
    if (WIFEXITED(status))
        slk_text_print(why, SLK_WHY_B, "%s ended with status %d", program, WEXITSTATUS(status));
    else
        slk_text_print(why, SLK_WHY_B, "%s was ended by a signal", program);
    bool address = WIFEXITED(status) && (WEXITSTATUS(status) == EX_NOUSER || WEXITSTATUS(status) == EX_DATAERR);
    return address ? SLK_TRY_BAD : SLK_TRY_AWAY;
}

slk_try slk_send_mail(const char *program, slk_text mail, char why[SLK_WHY_B]) {
    int ends[2], status = 0;
    pid_t child = 0;
    int64_t until_ms = now_ms() + SLK_SENDER_TRY_MS;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        slk_text_print(why, SLK_WHY_B, "%s", strerror(errno));
        return SLK_TRY_AWAY;
    }
    int rc = spawn(program, ends[0], &child);
    (void)close(ends[0]);
    if (rc != 0) {
        (void)close(ends[1]);
        slk_text_print(why, SLK_WHY_B, "%s: %s", program, strerror(rc));
        return SLK_TRY_AWAY;
    }
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    bool written = write_all(ends[1], mail, until_ms);
    (void)close(ends[1]);
    bool ended = wait_for(child, until_ms, &status);
    slk_try how = ended ? by_status(program, status, why) : SLK_TRY_AWAY;
    if (!ended) slk_text_print(why, SLK_WHY_B, "%s did not end within %d s", program, SLK_SENDER_TRY_MS / 1000);
    if (how != SLK_TRY_DONE || written) return how;
    slk_text_print(why, SLK_WHY_B, "%s did not read the whole mail", program);
    return SLK_TRY_AWAY;
}
