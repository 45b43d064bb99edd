/* fuzz_mhtml.c - any bytes as an MHTML file: what is found lies in the file or was decoded from it, and is no longer than the file. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/mhtml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(slk_text part, slk_text whole) {
    if (part.n && (part.at < whole.at || part.at + part.n > whole.at + whole.n)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_text file = {(const char *)data, size};
    slk_mhtml page;
    slk_buf room;
    slk_fault fault;
    (void)slk_mhtml_is(file);
    slk_buf_start(&room, &slk_mem_system, (size_t)1 << 24);
    if (slk_mhtml_page(file, &room, &page, &fault) == SLK_OK) {
        inside(page.type, file);
        inside(page.location, file);
        if (page.body.n > size) abort();
        if (!room.at || page.body.at != room.at) inside(page.body, file);
    }
    slk_buf_free(&room);
    return 0;
}
