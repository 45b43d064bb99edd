/* archives.c - the documents of web archives, one after the other, each with its place, so that reading can go on behind it. See
 * inside.h. */
#include "base/fault.h"
#include "base/text.h"
#include "intake/inside.h"

static slk_item *record_item(slk_intake *in, const slk_warc_record *r, slk_err *err) {
    slk_item *item = slk_item_new(in);
    bool ok = item && slk_item_keep(item, r->uri, &item->input.url) &&
              slk_item_keep(item, r->content_type, &item->content_type);
    if (ok && r->fault.code == SLK_OK) ok = slk_item_keep_bytes(item, (slk_text){r->block.at, r->block.n});
    if (!ok) {
        slk_item_free(item);
        *err = SLK_ENOMEM;
        return NULL;
    }
    if (item->input.url) item->input.source = item->input.url;
    item->fault = r->fault;
    item->input.published = in->published;
    slk_item_owned(item)->date_for_all = true;
    if (r->fault.code == SLK_OK) item->document = SLK_DOC_HTTP;
    return item;
}

/* Numbers an item's place; true where documents up to there were taken before. */
static bool number_place(slk_intake *in, slk_item *item) {
    slk_position *p = &in->place;
    const slk_position *b = &in->behind;
    if (!p->part) p->part = 1;
    bool again = in->placed && p->offset_b == in->record_b;
    *p = (slk_position){p->part, in->record_b, again ? p->n + 1 : 0};
    in->placed = true;
    item->place = *p;
    if (p->part != b->part) return p->part < b->part;
    return p->offset_b < b->offset_b || (p->offset_b == b->offset_b && p->n <= b->n);
}

static slk_item *any_next(slk_intake *in, slk_err *err) {
    if (in->feed_at < in->feed.items.n) return slk_feed_next(in, err); /* of a feed that is a record */
    const slk_warc_record *r = slk_warc_next(in->warc);
    if (!r) return NULL;
    in->record_b = r->offset_b;
    if (r->fault.code == SLK_OK && slk_feed_of_record(in, r)) return slk_feed_next(in, err);
    return record_item(in, r, err);
}

static slk_err open_archive(slk_intake *in) {
    slk_err err = slk_warc_new(in->stream, &in->warc);
    in->placed = false;
    if (err == SLK_OK && in->as == SLK_OPEN_WARC && in->behind.part)
        (void)!slk_stream_seek(in->stream, in->behind.offset_b); /* else all before it is unpacked and passed over */
    return err;
}

slk_item *slk_archive_next(slk_intake *in, slk_err *err) {
    if (!in->warc && (*err = open_archive(in)) != SLK_OK) return NULL;
    for (;;) {
        slk_item *item = any_next(in, err);
        if (!item || !number_place(in, item)) return item;
        slk_item_free(item);
    }
}

/* The next record of the next archive within the zip file that has one. */
slk_item *slk_archive_next_zipped(slk_intake *in, slk_err *err) {
    for (;;) {
        slk_fault fault;
        slk_item *item = in->stream ? slk_archive_next(in, err) : NULL;
        if (item || *err != SLK_OK) return item;
        slk_intake_close_stream(in);
        slk_err got = slk_wacz_next(in->wacz, &in->stream, &fault);
        if (got == SLK_OK && !in->stream) return NULL;
        in->place = (slk_position){.part = in->place.part + 1};
        if (in->place.part < in->behind.part) continue; /* all of it was taken before */
        if (got == SLK_OK) continue;
        item = got == SLK_ENOMEM ? NULL : slk_item_new(in);
        if (!item)
            *err = SLK_ENOMEM;
        else
            item->fault = fault;
        return item;
    }
}
