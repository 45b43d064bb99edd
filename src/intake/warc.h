/* warc.h - the records of a web archive, one after the other, with flat memory: WARC 1.0 and 1.1 (ISO 28500), and ARC before it.
 * Hands out what may hold a report (response, resource, conversion) and passes over the rest. What is damaged is said with its
 * place, and reading goes on at the next record. */
#ifndef SLK_INTAKE_WARC_H
#define SLK_INTAKE_WARC_H

#include "base/buf.h"
#include "intake/stream.h"

#define SLK_RECORD_MOST_B ((8u << 20) + 65536u) /* of a record's block that is kept: a document and its headers */

typedef struct slk_warc_record { /* strings live until the next call */
    char uri[4096];              /* target, without the brackets some writers put; "" where missing */
    char type[24];               /* "response", "resource", "conversion"; of ARC files "response" */
    char content_type[256];      /* of the block */
    char date[64];
    slk_buf block;     /* owned by the record, reused */
    uint64_t offset_b; /* where the record, or its packed member, begins in the file */
    slk_fault fault;   /* code SLK_OK, or why there is no block */
} slk_warc_record;

typedef struct slk_warc slk_warc;

/* Whether bytes begin like a web archive. */
bool slk_warc_is(slk_text head);

/* stream is borrowed and must outlive it. */
SLK_MUST slk_err slk_warc_new(slk_stream *stream, slk_warc **out);
void slk_warc_free(slk_warc *w);

/* The next record that may hold a report, or a fault (then ->fault.code is set, ->uri where it is known); NULL at the end. */
const slk_warc_record *slk_warc_next(slk_warc *w);

#endif
