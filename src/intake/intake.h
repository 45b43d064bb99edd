/* intake.h - the intake station: files and standard input in, reports out, one after the other. Tells texts, pages, JSON lines,
 * feeds and web archives apart by content, unpacks gzip and zstd on the way, and holds no more than one document at a time.
 * What cannot be read comes out as an item with its fault, and the run goes on.
 *
 * Work comes in two steps: slk_intake_next takes the next document off the input, one at a time; slk_item_prepare makes text of
 * it (encoding, HTTP codings, markup) and may run on many threads at once, each with its own item. */
#ifndef SLK_INTAKE_INTAKE_H
#define SLK_INTAKE_INTAKE_H

#include "base/buf.h"
#include "pack/pack.h"
#include "sillok.h"

typedef enum slk_document {                /* what slk_item_prepare still has to make text of */
                            SLK_DOC_READY, /* nothing: input.text is there */
                            SLK_DOC_TEXT,  /* bytes of a text in any encoding */
                            SLK_DOC_PAGE,  /* bytes of an HTML page in any encoding */
                            SLK_DOC_MHTML, /* bytes of a page saved with its parts */
                            SLK_DOC_PIECE, /* a piece of markup in UTF-8 (a feed item's content) */
                            SLK_DOC_HTTP   /* an HTTP response, or a document that an archive holds */
} slk_document;

typedef struct slk_position { /* of a document in an archive; places of one file ascend as it is read */
    uint32_t part;            /* which archive within a WACZ file, from 1; 1 for other files; 0: no place at all */
    uint64_t offset_b; /* of its record or the packed member that holds it, in the file (within WACZ: in its archive) */
    uint32_t n;        /* documents before it at this very offset */
} slk_position;

typedef struct slk_item { /* owns its memory; free with slk_item_free */
    slk_input input;      /* points into the item; text is there once it was prepared */
    const char *name;     /* the file's name or "standard input", for messages */
    size_t line;          /* line of a JSON lines file, 0 for a text */
    uint64_t read_b;      /* bytes of all inputs read so far, for progress */
    slk_fault fault;      /* code SLK_OK, or why there is no report here */
    char note[200];       /* what was passed over in a report that is here; "" for nothing */
    slk_position place;   /* behind which reading can go on, see slk_intake_resume */
    slk_document document;
    slk_text bytes;           /* of the document */
    const char *content_type; /* that the transport declared for it; NULL for none */
    void *owned;
} slk_item;

typedef enum slk_input_format {
    SLK_INPUT_AUTO,
    SLK_INPUT_TEXT,
    SLK_INPUT_HTML,
    SLK_INPUT_JSONL,
    SLK_INPUT_FEED,
    SLK_INPUT_WARC
} slk_input_format;

#define SLK_MAX_DOCUMENT_B (8u << 20) /* bytes of a page or of a document in an archive */

typedef struct slk_intake slk_intake;

/* files: borrowed, n may be 0 for standard input; "-" is standard input. published: anchors reports that carry no date; may
 * be NULL. */
SLK_MUST slk_err slk_intake_new(char *const *files, int n, slk_input_format format, const char *published,
                                slk_intake **out);
void slk_intake_free(slk_intake *in);
/* The sum of the sizes of all files, 0 where one of them has none (a pipe). */
uint64_t slk_intake_total(const slk_intake *in);

/* Asked for each archive when it is opened: true where documents up to and with *behind were taken before; they are passed over then,
 * without being read where the file allows it. ctx and function are kept. */
typedef bool (*slk_resume)(void *ctx, const char *file, slk_position *behind);
void slk_intake_resume(slk_intake *in, slk_resume resume, void *ctx);

/* The next document or fault; NULL at the end. Only SLK_ENOMEM of the item itself ends early (then *err is set). */
slk_item *slk_intake_next(slk_intake *in, slk_err *err);
/* An item of a document that is in memory, with what is known of it (its published date counts as the document's own). All is
 * copied. NULL when out of memory. */
slk_item *slk_item_of(slk_document document, slk_text bytes, const slk_input *known);
/* Fills in what the item does not know of itself: id, source, title, outlet, author, url, language. False when out of memory. */
SLK_MUST bool slk_item_know(slk_item *item, const slk_input *known);
/* Makes input.text of what the item holds; sets its fault where that fails. Does nothing to an item that is ready or has a
 * fault. O(length). */
void slk_item_prepare(slk_item *item, const slk_pack *pack);
void slk_item_free(slk_item *item);

#endif
