/* out.c - results, messages, colour, progress. See out.h. */
#include "cli/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static unsigned columns(void) {
    struct winsize w;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col == 0) return 100;
    return w.ws_col < 60 ? 60 : w.ws_col > 140 ? 140 : w.ws_col;
}

slk_style slk_style_for(const slk_args *args) {
    slk_style s = {"", "", "", "", "", "", "", columns(), args->value[SLK_OPT_VERBOSE] != NULL};
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    bool dumb = !term || strcmp(term, "dumb") == 0;
    if (args->value[SLK_OPT_NO_COLOR] || (no && *no) || dumb || !isatty(STDOUT_FILENO)) return s;
    s.bold = "\033[1m";
    s.dim = "\033[2m";
    s.red = "\033[31m";
    s.green = "\033[32m";
    s.yellow = "\033[33m";
    s.cyan = "\033[36m";
    s.off = "\033[0m";
    return s;
}

static bool bar_stands; /* a progress bar is the last thing on standard error */

static void clear_bar(void) {
    if (!bar_stands) return;
    bar_stands = false;
    (void)fputs(isatty(STDERR_FILENO) ? "\r\033[K" : "\n", stderr);
}

void slk_say(const char *format, ...) {
    char line[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0) return;
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = '?';
    clear_bar();
    (void)fprintf(stderr, "sillok: %s\n", line);
}

void slk_say_fault(const char *name, const slk_fault *fault) {
    const char *message = fault->message[0] ? fault->message : slk_err_meaning(fault->code);
    if (name && fault->line)
        slk_say("%s:%zu: %s", name, fault->line, message);
    else if (name)
        slk_say("%s: %s", name, message);
    else
        slk_say("%s", message);
}

static bool said_failed;

static bool failed(void) {
    if (!said_failed && errno != EPIPE) slk_say("standard output: %s", strerror(errno));
    said_failed = true;
    return false;
}

bool slk_put(const char *at, size_t n) {
    if (said_failed) return false;
    return n == 0 || fwrite(at, 1, n, stdout) == n || failed();
}

bool slk_put_buf(const slk_buf *b) {
    if (b->err != SLK_OK) {
        slk_say("%s while writing the output", slk_err_meaning(b->err));
        return false;
    }
    return slk_put(b->at, b->n);
}

bool slk_put_flush(void) { return !said_failed && (fflush(stdout) == 0 || failed()); }

int slk_exit_for(slk_err err) {
    switch (err) {
    case SLK_OK: return SLK_EXIT_OK;
    case SLK_ELEDGER:
    case SLK_ELOCKED:
    case SLK_EFULL:
    case SLK_EREADONLY:
    case SLK_ECORRUPT: return SLK_EXIT_LEDGER;
    case SLK_EFAULT: return SLK_EXIT_FAULT;
    default: return SLK_EXIT_SOME;
    }
}

static int64_t now_ms(void) {
    struct timespec t;
    if (clock_gettime(CLOCK_MONOTONIC, &t) != 0) return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void slk_progress_start(slk_progress *p, const slk_args *args, const char *what, uint64_t total) {
    const char *when = args->value[SLK_OPT_PROGRESS];
    bool wanted = when && strcmp(when, "always") == 0;
    /* a bar on the terminal where the results scroll by would only be in their way */
    bool alone = args->command->bit == SLK_CMD_ADD || !isatty(STDOUT_FILENO);
    if (!when || strcmp(when, "auto") == 0) wanted = alone && isatty(STDERR_FILENO) && !args->value[SLK_OPT_QUIET];
    *p = (slk_progress){.on = wanted, .total = total, .what = what, .shown_ms = now_ms(), .started_ms = now_ms()};
}

/* "12 s", "4 min", "3 h 20 min" */
static void print_time(int64_t s, char out[40]) {
    if (s < 100)
        (void)snprintf(out, 40, "%lld s", (long long)s);
    else if (s < 6000)
        (void)snprintf(out, 40, "%lld min", (long long)(s + 30) / 60);
    else
        (void)snprintf(out, 40, "%lld h %lld min", (long long)s / 3600, (long long)(s % 3600) / 60);
}

/* How many things a second, and where the end is known how long it still takes at this pace. Nothing at the very beginning. */
static void print_pace(const slk_progress *p) {
    char left[40];
    int64_t ms = p->shown_ms - p->started_ms;
    if (ms < 300 || !p->n) return;
    double rate = (double)p->n * 1000.0 / (double)ms;
    (void)fprintf(stderr, rate < 10 ? "  %.1f/s" : "  %.0f/s", rate);
    if (!p->total || p->done <= p->first || p->done >= p->total) return;
    print_time((int64_t)((double)(p->total - p->done) * (double)ms / (double)(p->done - p->first) / 1000.0), left);
    (void)fprintf(stderr, "  %s left ", left);
}

static void draw(const slk_progress *p) {
    const char *start = isatty(STDERR_FILENO) ? "\r\033[K" : "\r";
    if (p->total) {
        char bar[31];
        uint64_t done = p->done > p->total ? p->total : p->done;
        size_t full = (size_t)(30 * done / p->total);
        memset(bar, '-', 30);
        memset(bar, '#', full);
        bar[30] = '\0';
        (void)fprintf(stderr, "%s[%s] %3u%%  %llu %s", start, bar, (unsigned)(100 * done / p->total),
                      (unsigned long long)p->n, p->what);
    } else {
        (void)fprintf(stderr, "%s%llu %s", start, (unsigned long long)p->n, p->what);
    }
    print_pace(p);
    (void)fflush(stderr);
    bar_stands = true;
}

void slk_progress_step(slk_progress *p, uint64_t done) {
    if (!p->n) p->first = done;
    p->done = done;
    p->n++;
    if (!p->on) return;
    int64_t now = now_ms();
    if (now - p->shown_ms < 100) return;
    p->shown_ms = now;
    draw(p);
}

void slk_progress_end(slk_progress *p) {
    if (!p->on) return;
    p->shown_ms = now_ms();
    draw(p);
    (void)fputc('\n', stderr);
    bar_stands = false;
    p->on = false;
}
