/* fuzz_http.c - any bytes as an HTTP response: split, without chunks and codings; what is left keeps within the limits. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "intake/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(slk_text part, slk_text whole) {
    if (part.at && (part.at < whole.at || part.at + part.n > whole.at + whole.n)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    slk_text all = {(const char *)data, size}, body = {NULL, 0};
    slk_http h;
    slk_buf room;
    slk_fault fault;
    slk_http_split(all, &h);
    inside(h.type, all);
    inside(h.modified, all);
    inside(h.coding, all);
    inside(h.transfer, all);
    inside(h.body, all);
    if (h.status < 0 || h.status > 999) abort();
    slk_buf_start(&room, &slk_mem_system, (size_t)1 << 23);
    slk_err err = slk_http_body(&h, &room, &body, &fault);
    if (err == SLK_OK) {
        bool own = room.at && body.at >= room.at && body.at + body.n <= room.at + room.n;
        if (!own) inside(body, all);
    }
    slk_buf_free(&room);
    return 0;
}
