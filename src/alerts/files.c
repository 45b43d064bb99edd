/* files.c - a document takes the place of the one before: written beside it, forced to the disk, renamed. Readers see the old one or the
 * new one, also after a crash. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alerts/sending.h"
#include "base/text.h"

#define PATH_MOST_B 4096

static bool write_all(int fd, slk_text t) {
    while (t.n) {
        ssize_t n = write(fd, t.at, t.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        t = (slk_text){t.at + n, t.n - (size_t)n};
    }
    return fsync(fd) == 0;
}

/* The rename itself is to last. What cannot be opened to be forced (some file systems) is let be. */
static void force_folder(const char *path) {
    char z[PATH_MOST_B];
    (void)snprintf(z, sizeof z, "%s", path);
    int fd = open(dirname(z), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    (void)fsync(fd);
    (void)close(fd);
}

slk_try slk_put_file(const char *path, slk_text bytes, char why[SLK_WHY_B]) {
    char beside[PATH_MOST_B];
    int n = snprintf(beside, sizeof beside, "%s.new", path), cause = 0;
    if (n < 0 || n >= PATH_MOST_B) {
        slk_text_print(why, SLK_WHY_B, "the file's name is too long");
        return SLK_TRY_AWAY;
    }
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool good = fd >= 0 && write_all(fd, bytes);
    if (!good) cause = errno;
    if (fd >= 0 && close(fd) != 0 && good) {
        good = false;
        cause = errno;
    }
    if (good && rename(beside, path) != 0) {
        good = false;
        cause = errno;
    }
    if (good) {
        force_folder(path);
        return SLK_TRY_DONE;
    }
    slk_text_print(why, SLK_WHY_B, "%s: %s", path, strerror(cause));
    if (fd >= 0) (void)unlink(beside);
    return SLK_TRY_AWAY;
}
