/* fuzz_intake.c - any bytes as a file of reports: texts, pages, JSON lines, feeds, web archives, packed or not, told apart by
 * content. What comes out as text is valid UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Valid UTF-8, but for NUL characters: of these the engine says that they are no text. */
static void check(slk_text t) {
    while (t.n) {
        size_t good = slk_utf8_check(t);
        if (good == t.n) return;
        if (t.at[good] != '\0') abort();
        t = (slk_text){t.at + good + 1, t.n - good - 1};
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static slk_pack *pack;
    if (!pack && slk_pack_open(getenv("SILLOK_PACK"), &slk_mem_system, &pack, NULL) != SLK_OK) abort();
    int fd = memfd_create("fuzz", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char *files[] = {path};
    slk_intake *in;
    slk_err err;
    if (slk_intake_new(files, 1, SLK_INPUT_AUTO, NULL, &in) != SLK_OK) abort();
    for (slk_item *item; (item = slk_intake_next(in, &err)) != NULL; slk_item_free(item)) {
        slk_item_prepare(item, pack);
        if (item->fault.code == SLK_OK) check(item->input.text);
    }
    slk_intake_free(in);
    return close(fd);
}
