/* fuzz_read.c - any text through all stations; the reading must be whole: spans within the text and on character edges. The
 * first byte decides whether a publication date is given. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/reading.h"
#include "engine.h"
#include "export/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(const slk_reading *r, slk_span s) {
    if (s.start > s.end || s.end > r->report.text.n) abort();
    const char *at = r->report.text.at;
    if (s.start < r->report.text.n && ((unsigned char)at[s.start] & 0xC0) == 0x80) abort();
    if (s.end < r->report.text.n && ((unsigned char)at[s.end] & 0xC0) == 0x80) abort();
}

static void hold_all(const slk_reading *r) {
    for (uint32_t i = 0; i < r->tokens.n; i++) hold(r, r->tokens.at[i].span);
    for (uint32_t i = 0; i < r->times.n; i++) hold(r, r->times.at[i].span);
    for (uint32_t i = 0; i < r->quantities.n; i++) hold(r, r->quantities.at[i].span);
    for (uint32_t i = 0; i < r->places.n; i++) hold(r, r->places.at[i].span);
    for (uint32_t i = 0; i < r->mentions.n; i++) hold(r, r->mentions.at[i].span);
    for (uint32_t i = 0; i < r->events.n; i++)
        for (uint32_t k = 0; k < r->events.at[i].n_fields; k++)
            for (uint32_t j = 0; j < r->events.at[i].fields[k].evidence.n; j++)
                hold(r, r->events.at[i].fields[k].evidence.at[j]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static slk_engine *engine;
    if (!engine && slk_engine_open(NULL, NULL, &engine, NULL) != SLK_OK) abort();
    if (size == 0) return 0;
    slk_input in = {.published = data[0] & 1 ? "2024-09-18" : NULL};
    in.text = (slk_text){(const char *)data + 1, size - 1};
    slk_reading *r;
    if (slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL) != SLK_OK) return 0;
    hold_all(r);
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, (size_t)1 << 30);
    slk_export_json(&out, r, SLK_LAYER_ALL, false);
    slk_buf_free(&out);
    slk_reading_free(r);
    return 0;
}
