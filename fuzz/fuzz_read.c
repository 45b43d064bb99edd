/* fuzz_read.c - any text through all stations; the reading must be whole: spans within the text and on character edges, what
 * points at a list points into it, the JSON parses, the text for people is UTF-8. The first byte decides whether a publication
 * date is given. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/reading.h"
#include "base/text.h"
#include "engine.h"
#include "export/export.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(const slk_reading *r, slk_span s) {
    if (s.start > s.end || s.end > r->report.text.n) abort();
    const char *at = r->report.text.at;
    if (s.start < r->report.text.n && ((unsigned char)at[s.start] & 0xC0) == 0x80) abort();
    if (s.end < r->report.text.n && ((unsigned char)at[s.end] & 0xC0) == 0x80) abort();
}

static void hold_spans(const slk_reading *r, slk_spans s) {
    for (uint32_t i = 0; i < s.n; i++) hold(r, s.at[i]);
}

static void within(uint32_t index, uint32_t n) {
    if (index != SLK_NONE && index >= n) abort();
}

static void hold_measures(const slk_reading *r) {
    for (uint32_t i = 0; i < r->tokens.n; i++) {
        hold(r, r->tokens.at[i].span);
        within(r->tokens.at[i].head, r->tokens.n);
    }
    for (uint32_t i = 0; i < r->sentences.n; i++) hold(r, r->sentences.at[i].span);
    for (uint32_t i = 0; i < r->names.n; i++) hold(r, r->names.at[i].span);
    for (uint32_t i = 0; i < r->times.n; i++) {
        hold(r, r->times.at[i].span);
        within(r->times.at[i].gloss_of, r->times.n);
    }
    for (uint32_t i = 0; i < r->quantities.n; i++) {
        hold(r, r->quantities.at[i].span);
        hold(r, r->quantities.at[i].of);
        within(r->quantities.at[i].gloss_of, r->quantities.n);
    }
    for (uint32_t i = 0; i < r->places.n; i++) {
        hold(r, r->places.at[i].span);
        if (r->places.at[i].relative.known) within(r->places.at[i].relative.of, r->places.n);
    }
    for (uint32_t i = 0; i < r->mentions.n; i++) {
        hold(r, r->mentions.at[i].span);
        if (r->mentions.at[i].actor >= r->actors.n) abort();
    }
}

static void hold_event(const slk_reading *r, const slk_event *e) {
    hold(r, e->trigger);
    for (uint32_t k = 0; k < e->n_fields; k++) {
        hold_spans(r, e->fields[k].evidence);
        for (uint32_t j = 0; j < e->fields[k].attributions.n; j++)
            within(e->fields[k].attributions.at[j], r->attributions.n);
    }
    for (uint32_t k = 0; k < e->n_withheld; k++) hold_spans(r, e->withheld[k].evidence);
    for (uint32_t k = 0; k < e->same_as.n; k++) within(e->same_as.at[k], r->events.n);
}

static void hold_meaning(const slk_reading *r) {
    for (uint32_t i = 0; i < r->attributions.n; i++) {
        const slk_attribution *a = &r->attributions.at[i];
        hold_spans(r, a->source);
        hold_spans(r, a->cue);
        hold_spans(r, a->content);
        within(a->actor, r->actors.n);
        within(a->inside, r->attributions.n);
    }
    for (uint32_t i = 0; i < r->events.n; i++) hold_event(r, &r->events.at[i]);
    for (uint32_t i = 0; i < r->checks.n; i++) hold_spans(r, r->checks.at[i].evidence);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static slk_engine *engine;
    if (!engine && slk_engine_open(NULL, NULL, &engine, NULL) != SLK_OK) abort();
    if (size == 0) return 0;
    slk_input in = {.published = data[0] & 1 ? "2024-09-18" : NULL};
    in.text = (slk_text){(const char *)data + 1, size - 1};
    slk_reading *r;
    if (slk_read(engine, &in, SLK_LAYER_ALL, &r, NULL) != SLK_OK) return 0;
    hold_measures(r);
    hold_meaning(r);
    slk_buf out;
    slk_buf_start(&out, &slk_mem_system, (size_t)1 << 30);
    slk_export_json(r, SLK_LAYER_ALL, false, &out);
    json_t *parsed = out.err == SLK_OK ? json_loadb(out.at, out.n, JSON_ALLOW_NUL, NULL) : NULL;
    if (!parsed) abort();
    json_decref(parsed);
    slk_buf_clear(&out);
    static const slk_style plain = {.bold = "",
                                    .dim = "",
                                    .red = "",
                                    .green = "",
                                    .yellow = "",
                                    .cyan = "",
                                    .off = "",
                                    .columns = 80,
                                    .verbose = true};
    slk_export_text(r, &plain, &out);
    if (out.err != SLK_OK || slk_utf8_check((slk_text){out.at, out.n}) != out.n) abort();
    slk_buf_free(&out);
    slk_reading_free(r);
    return 0;
}
