/* sandbox.c - Landlock, seccomp and limits. See sandbox.h. */
#include "serve/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fault.h"

#define MEMORY_MOST_B ((rlim_t)1 << 30) /* beyond what is mapped read-only */
#define SECONDS_MOST 20

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

static slk_err limit(int what, rlim_t most, const char *name, slk_fault *fault) {
    struct rlimit r = {most, most};
    if (setrlimit((__rlimit_resource_t)what, &r) == 0) return SLK_OK;
    return slk_fault_say(fault, SLK_EIO, "no limit on %s: %s", name, strerror(errno));
}

slk_err slk_sandbox_limits(slk_fault *fault) {
    slk_err err = limit(RLIMIT_CORE, 0, "core files", fault);
    if (err == SLK_OK) err = limit(RLIMIT_FSIZE, 0, "files", fault);
    if (err == SLK_OK) err = limit(RLIMIT_CPU, SECONDS_MOST, "time", fault);
#ifndef SANITIZED /* whose shadow is larger than all memory */
    if (err == SLK_OK) err = limit(RLIMIT_DATA, MEMORY_MOST_B, "memory", fault);
#endif
    return err;
}

/* No path of the file system may be touched in any way that this kernel can forbid. */
static slk_err forbid_files(slk_fault *fault) {
    struct landlock_ruleset_attr all = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return slk_fault_say(fault, SLK_EIO, "this system has no Landlock (Linux 5.13 or later, lsm=landlock): %s",
                             strerror(errno));
    int fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (fd < 0) return slk_fault_say(fault, SLK_EIO, "Landlock: %s", strerror(errno));
    long rc = syscall(SYS_landlock_restrict_self, fd, 0);
    int why = errno;
    (void)close(fd);
    return rc == 0 ? SLK_OK : slk_fault_say(fault, SLK_EIO, "Landlock: %s", strerror(why));
}

/* What a reading needs: its pipe, memory, the end. Opening files fails plainly, since libraries may ask for one; all else kills. */
static int add_rules(scmp_filter_ctx f) {
    static const int allowed[] = {
        SCMP_SYS(read),          SCMP_SYS(write),      SCMP_SYS(mmap),        SCMP_SYS(munmap),
        SCMP_SYS(mremap),        SCMP_SYS(madvise),    SCMP_SYS(brk),         SCMP_SYS(mprotect),
        SCMP_SYS(exit),          SCMP_SYS(exit_group), SCMP_SYS(futex),       SCMP_SYS(rt_sigreturn),
        SCMP_SYS(clock_gettime), SCMP_SYS(getrandom),  SCMP_SYS(sched_yield),
#ifdef SANITIZED
        SCMP_SYS(getpid),        SCMP_SYS(gettid),     SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigaction),  SCMP_SYS(getrlimit),  SCMP_SYS(prlimit64),
#endif
        SCMP_SYS(close)};
    static const int refused[] = {SCMP_SYS(open),   SCMP_SYS(openat),   SCMP_SYS(stat), SCMP_SYS(newfstatat),
                                  SCMP_SYS(access), SCMP_SYS(readlink), SCMP_SYS(fstat)};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < sizeof allowed / sizeof *allowed; i++)
        rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; rc == 0 && i < sizeof refused / sizeof *refused; i++) {
        rc = seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
        if (rc == -EDOM) rc = 0; /* this processor has no such call */
    }
    return rc;
}

static slk_err forbid_calls(slk_fault *fault) {
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!f) return slk_fault_say(fault, SLK_EIO, "seccomp: no filter can be made");
    int rc = add_rules(f);
    if (rc == 0) rc = seccomp_load(f);
    seccomp_release(f);
    return rc == 0 ? SLK_OK : slk_fault_say(fault, SLK_EIO, "seccomp: %s", strerror(-rc));
}

slk_err slk_sandbox_enter(slk_fault *fault) {
    slk_err err = slk_sandbox_limits(fault);
    if (err != SLK_OK) return err;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return slk_fault_say(fault, SLK_EIO, "prctl: %s", strerror(errno));
    err = forbid_files(fault);
    if (err == SLK_OK) err = forbid_calls(fault);
    return err;
}
