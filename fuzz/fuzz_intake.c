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
        bool line = item->line != 0; /* the text of a JSON line may hold NUL characters; the engine says so */
        slk_item_prepare(item, pack);
        slk_text t = item->input.text;
        if (item->fault.code == SLK_OK && !line && slk_utf8_check(t) != t.n) abort();
    }
    slk_intake_free(in);
    return close(fd);
}
