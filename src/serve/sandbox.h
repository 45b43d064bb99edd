/* sandbox.h - takes all rights from this process but to think: no files (Landlock, and no system call that opens one), no network,
 * no other programs (seccomp: what is not on the short list kills the process), bounded memory and time. For the process that reads
 * what strangers post. */
#ifndef SLK_SERVE_SANDBOX_H
#define SLK_SERVE_SANDBOX_H

#include "sillok.h"

/* Goes in; there is no way back. Descriptors that are open stay usable for read and write. Fails with SLK_EIO where the system lacks
 * a part of it (fault says which); the process is to end then. One thread only. */
SLK_MUST slk_err slk_sandbox_enter(slk_fault *fault);
/* The limits alone: memory, processor time, size of files. */
SLK_MUST slk_err slk_sandbox_limits(slk_fault *fault);

#endif
