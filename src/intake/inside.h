/* inside.h - what the files of the intake share: an item being made, and the input that is open. Only they include it. */
#ifndef SLK_INTAKE_INSIDE_H
#define SLK_INTAKE_INSIDE_H

#include <jansson.h>

#include "base/mem.h"
#include "intake/encoding.h"
#include "intake/feed.h"
#include "intake/intake.h"
#include "intake/stream.h"
#include "intake/wacz.h"
#include "intake/warc.h"

#define SLK_LINE_MOST_B ((size_t)64 << 20)

typedef struct slk_owned { /* behind slk_item.owned */
    json_t *json;          /* owns the strings of a JSON line */
    char *bytes;           /* of the document, from malloc */
    slk_buf text;          /* that was made of it */
    slk_decoded decoded;
    slk_arena arena;     /* strings */
    slk_origin *origins; /* of a page's text, from malloc */
    bool date_for_all;   /* input.published is the date given for all, not the document's own */
} slk_owned;

typedef enum slk_open_as {
    SLK_OPEN_NOTHING,
    SLK_OPEN_LINES,
    SLK_OPEN_WHOLE,
    SLK_OPEN_FEED,
    SLK_OPEN_WARC,
    SLK_OPEN_WACZ
} slk_open_as;

struct slk_intake {
    char *const *files;
    int n, at;
    slk_input_format format;
    const char *published;
    const char *name; /* of the open file */
    slk_stream *stream;
    slk_open_as as;
    slk_document whole_is; /* SLK_OPEN_WHOLE: text or page */
    slk_buf line;          /* of JSON lines */
    size_t line_number;
    slk_arena feed_arena; /* the feed under way */
    slk_feed feed;
    uint32_t feed_at;
    slk_warc *warc;
    slk_wacz *wacz;
    uint64_t read_b; /* of the files before the open one */
    slk_resume resume;
    void *resume_ctx;
    slk_position behind; /* documents of the open file up to here are passed over; part 0: none */
    slk_position place;  /* of the last document of the open file */
    uint64_t record_b;   /* where the record under way begins */
    bool placed;         /* place is of this archive */
};

/* An item of nothing yet; name is borrowed. NULL when out of memory. */
slk_item *slk_item_empty(const char *name);
/* Copies the document's bytes into the item. False when out of memory. */
bool slk_item_keep_bytes(slk_item *item, slk_text bytes);
/* An item for the open file, with its name and the bytes read so far; NULL when out of memory. */
slk_item *slk_item_new(slk_intake *in);
slk_owned *slk_item_owned(slk_item *item);
/* Copies into the item; "" and NULL give NULL. False when out of memory. */
bool slk_item_keep(slk_item *item, const char *z, const char **out);
/* The date by which weekdays are anchored: its own, else that given for all. */
void slk_item_published(slk_item *item, const char *own, const char *for_all);
/* The stream's fault as the item's. */
void slk_item_stream_fault(slk_item *item, const slk_stream *stream);

/* pages.c: the report of the page in own->decoded becomes the item's input; what the item has already stays. */
void slk_item_page(slk_item *item, const slk_pack *pack);

void slk_intake_close_stream(slk_intake *in);

/* archives.c: the next document of the open archive; NULL at its end. */
slk_item *slk_archive_next(slk_intake *in, slk_err *err);
/* The next document of the next archive within the open zip file that has one. */
slk_item *slk_archive_next_zipped(slk_intake *in, slk_err *err);

/* feed_items.c: the next item of the open feed, which is read first where it is a file; NULL at its end. */
slk_item *slk_feed_next(slk_intake *in, slk_err *err);
/* Whether an archive's record is a feed with items; then it is the open feed. */
bool slk_feed_of_record(slk_intake *in, const slk_warc_record *r);
/* All of the stream, at most `most` bytes and one piece more. What stopped it before stays in the stream's fault. */
SLK_MUST slk_err slk_intake_all(slk_stream *s, size_t most, slk_buf *out);

/* lines.c: the next line that is not empty, as an item; NULL at the end of the file. */
slk_item *slk_lines_next(slk_intake *in, slk_err *err);
bool slk_lines_are(slk_text head);

#endif
