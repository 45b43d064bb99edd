/* ledger.h - what a ledger holds, as pages for people and as JSON of our own; the formats of others are exporter.h. Writers append to
 * a buffer whose err says how it went. Spans are code points already. */
#ifndef SLK_EXPORT_LEDGER_H
#define SLK_EXPORT_LEDGER_H

#include "base/buf.h"
#include "base/json.h"
#include "export/page.h"
#include "ledger/ledger.h"

/* One event as one JSON object with a line feed behind it: id, type, time, place, fields with all claims, certainty, reports,
 * mentions. whole: also agreement, withheld, checks and tellings, as `sillok show` prints. (dossier_json.c) */
void slk_export_dossier_json(const slk_dossier *d, bool whole, bool pretty, slk_buf *out);
/* The members of an event that lists show too: id, type, time, actor, place, certainty, main, counts of reports and sources.
 * Within an object that the caller opened. */
void slk_export_entry_json(const slk_entry *e, slk_json *j);
/* One claim as an object; "fields" with the claims of each. Within an object that the caller opened. */
void slk_export_claim_json(slk_json *j, const slk_dossier *d, const slk_claim *c);
void slk_export_fields_json(slk_json *j, const slk_dossier *d);

/* All members of an event that lists do not show: what each source says. whole as above. */
void slk_export_told_json(const slk_dossier *d, bool whole, slk_json *j);
/* A deed that reports of one story tell of in common, as an object like those of events, of type "deed", with a line feed behind it. */
void slk_export_side_json(const slk_side *side, slk_buf *out);

/* The dossier of one event for people. (dossier_text.c) */
void slk_export_dossier_text(const slk_dossier *d, const slk_style *style, slk_buf *out);

#endif
