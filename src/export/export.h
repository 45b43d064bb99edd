/* export.h - readings in the formats of others: one file per format. Writers append to a buffer whose err says how it went;
 * they know nothing of where it goes. */
#ifndef SLK_EXPORT_EXPORT_H
#define SLK_EXPORT_EXPORT_H

#include "base/buf.h"
#include "export/page.h"
#include "sillok.h"

/* One JSON object as the report schema says, with a line feed behind it. Spans in code points. pretty: indented. With SLK_LAYER_RULES
 * among the layers each event names its rules and each of its values the one that made it. (json.c) */
void slk_export_json(const slk_reading *r, unsigned layers, bool pretty, slk_buf *out);
/* {"id", "source", "line", "error": {"code", "message"}} for a report that could not be read; id, source may be NULL. */
void slk_export_json_fault(const char *id, const char *source, size_t line, const slk_fault *fault, bool pretty,
                           slk_buf *out);

/* What a report says, for people. (text.c) */
void slk_export_text(const slk_reading *r, const slk_style *style, slk_buf *out);

/* Which rule or score made each value of each event, place and time, by its id; for people. (explain.c) */
void slk_export_rules(const slk_reading *r, const slk_style *style, slk_buf *out);

/* The words of a report in CoNLL-U, version 2, as one document; needs the layer of tokens. (conllu.c) */
void slk_export_conllu(const slk_reading *r, slk_buf *out);

#endif
