/* intake.h - the intake station: files and standard input in, reports out, one after the other. Tells text from JSON lines by
 * content. What cannot be read comes out as an item with its fault, and the run goes on. */
#ifndef SLK_INTAKE_INTAKE_H
#define SLK_INTAKE_INTAKE_H

#include "base/buf.h"
#include "sillok.h"

typedef struct slk_item { /* owns its memory; free with slk_item_free */
    slk_input input;      /* points into the item */
    const char *name;     /* the file's name or "standard input", for messages */
    size_t line;          /* line of a JSON lines file, 0 for a text */
    uint64_t read_b;      /* bytes of all inputs read so far, for progress */
    slk_fault fault;      /* code SLK_OK, or why there is no report here */
    char note[160];       /* what was passed over in a report that is here; "" for nothing */
    void *owned;
} slk_item;

typedef enum slk_input_format { SLK_INPUT_AUTO, SLK_INPUT_TEXT, SLK_INPUT_JSONL } slk_input_format;

typedef struct slk_intake slk_intake;

/* files: borrowed, n may be 0 for standard input; "-" is standard input. published: anchors reports that carry no date; may
 * be NULL. */
SLK_MUST slk_err slk_intake_new(char *const *files, int n, slk_input_format format, const char *published,
                                slk_intake **out);
void slk_intake_free(slk_intake *in);
/* The sum of the sizes of all files, 0 where one of them has none (a pipe). */
uint64_t slk_intake_total(const slk_intake *in);

/* The next report or fault; NULL at the end. Only SLK_ENOMEM of the item itself ends early (then *err is set). */
slk_item *slk_intake_next(slk_intake *in, slk_err *err);
void slk_item_free(slk_item *item);

#endif
