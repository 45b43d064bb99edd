/* exporter.h - the formats of `sillok export`: one file per format, each a row of the list in exporter.c.
 *
 * An export runs head, then event for each dossier, then tail; each appends to the buffer, which the caller sends off and clears
 * between the calls, so that any number of events takes the memory of one. What must be said once in a document (a source that two
 * events share) is remembered as 16 bytes a thing (seen.h). Nothing here looks at the clock: the same ledger gives the same bytes.
 * docs/exports.md says per format which of our fields becomes which of theirs, what is lost, and what becomes of a conflict. */
#ifndef SLK_EXPORT_EXPORTER_H
#define SLK_EXPORT_EXPORTER_H

#include "base/buf.h"
#include "export/seen.h"
#include "ledger/ledger.h"

typedef struct slk_export slk_export;

typedef struct slk_format { /* any of the functions may be NULL; without event no event need be read */
    const char *word;       /* as --format takes it */
    const char *media;      /* media type of the document */
    const char *ending;     /* of a file's name, without dot */
    void (*head)(slk_export *x);
    void (*event)(slk_export *x, const slk_dossier *d);
    void (*tail)(slk_export *x);
} slk_format;

struct slk_export {
    const slk_format *format;
    const slk_pack *pack; /* codes, columns, sizes of places */
    slk_ledger *ledger;   /* for the texts of reports */
    slk_buf *out;         /* owned by the caller; its err is looked at after each step */
    slk_instant as_of;    /* "as known on that day"; precision NONE: now */
    uint64_t n;           /* things written, for the commas between them */
    uint64_t left_out;    /* events that the format has no place for */
    slk_seen seen;        /* of what was said */
    char latest[32];      /* the last publication so far, where a document tells it at its end */
    slk_key digest;       /* of the names of all objects, where a document is named by them */
    slk_err err;          /* the first failure that is not of out; fault tells */
    slk_fault fault;
};

/* NULL where there is no such format. */
const slk_format *slk_format_find(const char *word);
/* All of them, in the order of their words; *n entries. */
const slk_format *slk_formats(size_t *n);

/* Everything is borrowed and must outlive the export. */
void slk_export_start(slk_export *x, const slk_format *format, slk_ledger *ledger, const slk_pack *pack,
                      slk_instant as_of, slk_buf *out);
void slk_export_free(slk_export *x);
/* Each returns SLK_OK, what out says (SLK_ENOMEM, SLK_ELIMIT), or what the ledger says to a text that is asked for. */
SLK_MUST slk_err slk_export_head(slk_export *x);
SLK_MUST slk_err slk_export_event(slk_export *x, const slk_dossier *d);
SLK_MUST slk_err slk_export_tail(slk_export *x);

#endif
