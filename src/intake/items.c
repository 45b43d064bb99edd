/* items.c - one document on its way: its memory, its strings, its faults. See intake.h and inside.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/inside.h"

#define STRINGS_MOST_B ((size_t)64 << 20)

slk_owned *slk_item_owned(slk_item *item) { return item->owned; }

slk_item *slk_item_empty(const char *name) {
    slk_item *item = calloc(1, sizeof *item);
    slk_owned *o = calloc(1, sizeof *o);
    if (!item || !o) {
        free(item);
        free(o);
        return NULL;
    }
    slk_arena_start(&o->arena, &slk_mem_system, STRINGS_MOST_B);
    slk_buf_start(&o->text, &slk_mem_system, STRINGS_MOST_B);
    item->owned = o;
    item->name = name;
    return item;
}

void slk_item_free(slk_item *item) {
    if (!item) return;
    slk_owned *o = item->owned;
    json_decref(o->json);
    free(o->bytes);
    slk_buf_free(&o->text);
    slk_decoded_free(&o->decoded);
    free(o->origins);
    slk_arena_free(&o->arena);
    free(o);
    free(item);
}

bool slk_item_keep(slk_item *item, const char *z, const char **out) {
    *out = NULL;
    if (!z || !*z) return true;
    *out = slk_arena_copy(&slk_item_owned(item)->arena, z, strlen(z));
    return *out != NULL;
}

bool slk_item_keep_bytes(slk_item *item, slk_text bytes) {
    slk_owned *o = slk_item_owned(item);
    o->bytes = malloc(bytes.n + 1);
    if (!o->bytes) return false;
    if (bytes.n) memcpy(o->bytes, bytes.at, bytes.n);
    item->bytes = (slk_text){o->bytes, bytes.n};
    return true;
}

slk_item *slk_item_of(slk_document document, slk_text bytes, const slk_input *known) {
    slk_item *item = slk_item_empty(NULL);
    if (!item) return NULL;
    slk_input *to = &item->input;
    item->document = document;
    bool ok = slk_item_keep_bytes(item, bytes) && slk_item_know(item, known) &&
              slk_item_keep(item, known->published, &to->published);
    if (!ok) {
        slk_item_free(item);
        return NULL;
    }
    item->name = to->url ? to->url : "a document";
    slk_item_owned(item)->date_for_all = !to->published;
    if (document == SLK_DOC_READY) to->text = item->bytes;
    return item;
}

static bool keep_missing(slk_item *item, const char *z, const char **slot) {
    return *slot || slk_item_keep(item, z, slot);
}

bool slk_item_know(slk_item *item, const slk_input *known) {
    slk_input *to = &item->input;
    return keep_missing(item, known->id, &to->id) && keep_missing(item, known->source, &to->source) &&
           keep_missing(item, known->title, &to->title) && keep_missing(item, known->outlet, &to->outlet) &&
           keep_missing(item, known->author, &to->author) && keep_missing(item, known->url, &to->url) &&
           keep_missing(item, known->language, &to->language);
}

/* What is no date counts as none, and the item says so: the report is still worth reading. */
void slk_item_published(slk_item *item, const char *own, const char *for_all) {
    slk_instant when;
    bool any = own && *own, good = any && slk_instant_parse(slk_text_of(own), &when);
    item->input.published = good ? own : for_all;
    slk_item_owned(item)->date_for_all = !good;
    if (any && !good)
        (void)snprintf(item->note, sizeof item->note, "\"published\" is no ISO 8601 date: \"%.60s\"; %s", own,
                       for_all ? "the date given for all is taken" : "it counts as not known");
}

void slk_item_stream_fault(slk_item *item, const slk_stream *stream) {
    const slk_fault *f = slk_stream_fault(stream);
    if (f->code == SLK_EIO)
        (void)slk_fault_say(&item->fault, f->code, "%s", f->message);
    else
        (void)slk_fault_at(&item->fault, f->code, item->line, f->offset_b, "%s (at byte %zu of the file)", f->message,
                           f->offset_b);
}
