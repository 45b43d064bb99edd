/* recorded.h - the line that says what became of a report: for add and watch. */
#ifndef SLK_CLI_RECORDED_H
#define SLK_CLI_RECORDED_H

#include "cli/out.h"
#include "ledger/ledger.h"

/* Appends "recorded NAME  events: 1 new, 0 joined; new ID". */
void slk_recorded_text(slk_buf *out, const slk_style *style, const char *name, const slk_added *a);
/* Appends the same as a line of JSON. name: the source where the report names none. */
void slk_recorded_json(slk_buf *out, const char *name, const slk_reading *r, const slk_added *a);

#endif
