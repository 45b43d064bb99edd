/* out.h - what a command says: results on standard output, messages and progress on standard error, colour where wanted. */
#ifndef SLK_CLI_OUT_H
#define SLK_CLI_OUT_H

#include "base/buf.h"
#include "cli/args.h"
#include "export/page.h"
#include "sillok.h"

/* How text on standard output looks: colours on a terminal, "" each where not wanted (no terminal, --no-color, NO_COLOR,
 * TERM=dumb); the terminal's width within reason, 100 columns elsewhere; verbose as the option says. */
slk_style slk_style_for(const slk_args *args);

/* One line "sillok: message" on standard error; control characters become "?", a progress bar makes way. */
void slk_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same with place: "sillok: FILE:LINE: message"; line 0 is left out, name may be NULL. */
void slk_say_fault(const char *name, const slk_fault *fault);

/* Writes all bytes to standard output. False when that failed (said once on standard error; a closed pipe is not said). */
bool slk_put(const char *at, size_t n);
bool slk_put_buf(const slk_buf *b);
bool slk_put_flush(void); /* at the end of a command */

/* The exit status for an error of the ledger or of something else. */
int slk_exit_for(slk_err err);

/* A bar on standard error: at most ten times a second, only where wanted. total 0: not known. */
typedef struct slk_progress {
    bool on;
    uint64_t done, total; /* of the measure that fills the bar */
    uint64_t n;           /* things done, shown as "n what" */
    int64_t shown_ms, started_ms;
    uint64_t first; /* done when the first thing was: what was passed over counts for no rate */
    const char *what;
} slk_progress;

void slk_progress_start(slk_progress *p, const slk_args *args, const char *what, uint64_t total);
void slk_progress_step(slk_progress *p, uint64_t done); /* one more thing */
void slk_progress_end(slk_progress *p);

#endif
