/* prepare.c - the second step of the intake: text out of one document's bytes. See intake.h. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/http.h"
#include "intake/inside.h"
#include "intake/markup.h"
#include "intake/mhtml.h"

static void fail(slk_item *item, slk_err err) {
    if (item->fault.code == SLK_OK) (void)slk_fault_say(&item->fault, err, "%s", slk_err_meaning(err));
}

static void say_replaced(slk_item *item, const slk_decoded *d) {
    if (!d->replaced || *item->note) return;
    slk_text_print(item->note, sizeof item->note,
                   "%u bytes mean nothing in %s and are shown as U+FFFD, the first at byte %u", d->replaced,
                   d->charset->name, d->first_bad_b);
}

/* Decodes the bytes into own->decoded; false after a fault. */
static bool decode(slk_item *item, slk_text bytes, slk_document_kind kind) {
    slk_owned *own = slk_item_owned(item);
    slk_err err = slk_encoding_decode(&slk_mem_system, bytes, item->content_type, kind, &own->decoded);
    if (err != SLK_OK) fail(item, err);
    return err == SLK_OK;
}

static void plain_text(slk_item *item, slk_text bytes) {
    if (!decode(item, bytes, SLK_DOCUMENT_TEXT)) return;
    slk_owned *own = slk_item_owned(item);
    if (own->decoded.replaced > 8 && own->decoded.replaced > own->decoded.text.n / 64)
        (void)slk_fault_at(&item->fault, SLK_EENCODING, 0, own->decoded.first_bad_b,
                           "this is no text in %s: %u bytes mean nothing, the first at byte %u",
                           own->decoded.charset->name, own->decoded.replaced, own->decoded.first_bad_b);
    say_replaced(item, &own->decoded);
    item->input.text = own->decoded.text;
}

static void piece(slk_item *item, slk_text markup) {
    slk_buf *to = &slk_item_owned(item)->text;
    slk_markup_text(markup, to);
    if (to->err == SLK_OK && !to->n && item->input.title)
        slk_buf_puts(to, item->input.title); /* pictures and the like */
    if (to->err != SLK_OK)
        fail(item, to->err);
    else
        item->input.text = (slk_text){to->at, to->n};
}

static void page(slk_item *item, const slk_pack *pack, slk_text bytes) {
    if (bytes.n > SLK_MAX_DOCUMENT_B) {
        (void)slk_fault_say(&item->fault, SLK_ELIMIT, "the page has more than %u bytes", SLK_MAX_DOCUMENT_B);
        return;
    }
    if (!decode(item, bytes, SLK_DOCUMENT_HTML)) return;
    say_replaced(item, &slk_item_owned(item)->decoded);
    slk_item_page(item, pack);
}

static bool type_is(slk_text type, const char *z) {
    size_t n = strlen(z);
    if (!type.at || !slk_text_starts_fold(type, z)) return false;
    return type.n == n || strchr("; ,", type.at[n]) != NULL;
}

/* Where the item's text lies in the room, the item keeps the room. */
static void keep_room(slk_item *item, slk_buf *room) {
    slk_owned *own = slk_item_owned(item);
    const char *text = own->decoded.owned ? NULL : own->decoded.text.at;
    if (room->at && text >= room->at && text <= room->at + room->n) {
        slk_mem_free(&slk_mem_system, own->bytes);
        own->bytes = room->at;
        room->at = NULL;
    }
    slk_buf_free(room);
}

/* The page's own headers decide its encoding; places in its source are counted in the page as it was decoded. */
static void saved_page(slk_item *item, const slk_pack *pack, slk_text bytes) {
    slk_buf room;
    slk_mhtml found;
    slk_owned *own = slk_item_owned(item);
    slk_buf_start(&room, &slk_mem_system, (size_t)SLK_MAX_MHTML_B + 1);
    slk_err err = slk_mhtml_page(bytes, &room, &found, &item->fault);
    if (err == SLK_OK) {
        item->content_type = slk_arena_copy(&own->arena, found.type.at ? found.type.at : "", found.type.n);
        const char *url = slk_arena_copy(&own->arena, found.location.at ? found.location.at : "", found.location.n);
        if (!item->content_type || !url) err = SLK_ENOMEM;
        if (err == SLK_OK && !item->input.url && *url) item->input.url = item->input.source = url;
    }
    if (err != SLK_OK)
        fail(item, err);
    else if (slk_text_starts_fold(found.type, "text/plain") || !found.type.at)
        plain_text(item, found.body);
    else
        page(item, pack, found.body);
    keep_room(item, &room);
}

/* A document out of an archive by its type, or by its looks where the type says nothing. */
static void archived(slk_item *item, const slk_pack *pack, slk_text type, slk_text body) {
    slk_text head = slk_text_trim(slk_text_head(body, 512));
    bool unsaid = !type.n || type_is(type, "application/octet-stream");
    bool markup = head.n && head.at[0] == '<';
    if (body.n > SLK_MAX_DOCUMENT_B)
        (void)slk_fault_say(&item->fault, SLK_ELIMIT, "the document has more than %u bytes", SLK_MAX_DOCUMENT_B);
    else if (!head.n)
        (void)slk_fault_say(&item->fault, SLK_EEMPTY, "the document is empty");
    else if (type_is(type, "text/html") || type_is(type, "application/xhtml+xml") || (unsaid && markup))
        page(item, pack, body);
    else if (type_is(type, "multipart/related") || type_is(type, "application/x-mimearchive"))
        saved_page(item, pack, body);
    else if (type_is(type, "text/plain") || (unsaid && slk_utf8_check(head) == head.n))
        plain_text(item, body);
    else
        (void)slk_fault_say(&item->fault, SLK_EINPUT, "a document of type \"%.*s\" is no report",
                            (int)(type.n < 80 ? type.n : 80), type.at ? type.at : "");
}

static void response(slk_item *item, const slk_pack *pack) {
    slk_http http;
    slk_buf room;
    slk_text body;
    slk_owned *own = slk_item_owned(item);
    slk_http_split(item->bytes, &http);
    if (http.status && (http.status < 200 || http.status > 299)) {
        (void)slk_fault_say(&item->fault, SLK_EINPUT, "the server answered with status %d", http.status);
        return;
    }
    slk_buf_start(&room, &slk_mem_system, (size_t)SLK_UNPACKED_MOST_B + 65536);
    slk_err err = slk_http_body(&http, &room, &body, &item->fault);
    slk_text type = http.status ? http.type : slk_text_of(item->content_type);
    if (err == SLK_OK && http.status) {
        item->content_type = type.n ? slk_arena_copy(&own->arena, type.at, type.n) : NULL;
        if (type.n && !item->content_type) err = SLK_ENOMEM;
        type = slk_text_of(item->content_type);
    }
    if (err != SLK_OK) {
        fail(item, err);
        slk_buf_free(&room);
        return;
    }
    archived(item, pack, type, body);
    keep_room(item, &room);
}

void slk_item_prepare(slk_item *item, const slk_pack *pack) {
    if (item->fault.code != SLK_OK) return;
    switch (item->document) {
    case SLK_DOC_TEXT: plain_text(item, item->bytes); break;
    case SLK_DOC_PAGE: page(item, pack, item->bytes); break;
    case SLK_DOC_MHTML: saved_page(item, pack, item->bytes); break;
    case SLK_DOC_PIECE: piece(item, item->bytes); break;
    case SLK_DOC_HTTP: response(item, pack); break;
    default: break;
    }
    item->document = SLK_DOC_READY;
}
