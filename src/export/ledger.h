/* ledger.h - what a ledger holds, in the formats of others. Writers append to a buffer whose err says how it went. Spans are
 * code points already. */
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

/* The dossier of one event for people. (dossier_text.c) */
void slk_export_dossier_text(const slk_dossier *d, const slk_style *style, slk_buf *out);

/* RFC 4180 with a header line: one row per event; where sources differ, a cell holds the values that are not superseded,
 * joined by " | ", the best first. (csv.c) */
void slk_export_csv_head(slk_buf *out);
void slk_export_csv_event(const slk_dossier *d, slk_buf *out);

/* RFC 7946: one feature per event with a point or without geometry; the caller wraps them with head and tail. (geojson.c) */
void slk_export_geojson_head(slk_buf *out);
void slk_export_geojson_event(const slk_dossier *d, bool first, slk_buf *out);
void slk_export_geojson_tail(slk_buf *out);

#endif
