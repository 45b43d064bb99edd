/* html.h - the parts of the static report (html.c: the document, html_event.c: one event, html_reports.c: its reports). Everything a
 * report says passes slk_xml_text, so nothing of it can be markup; there is no script, and nothing is fetched. */
#ifndef SLK_EXPORT_HTML_H
#define SLK_EXPORT_HTML_H

#include "export/access.h"
#include "export/exporter.h"
#include "export/texts.h"
#include "export/xml.h"

typedef struct slk_html { /* one event on its way into the document */
    slk_export *x;
    slk_buf *out;
    const slk_dossier *d;
    slk_texts *texts;
} slk_html;

/* Words of a report with what stands around them; the words themselves marked. */
void slk_html_quote(slk_html *h, uint32_t report, const slk_quote *q);
/* "[2]" as a link to the report of this event. */
void slk_html_report_link(slk_html *h, uint32_t report);
/* The id of an event as a link to where it stands in the document. */
void slk_html_event_link(slk_html *h, const char *id);
/* The sections on how reports tell of it and on the reports themselves, with their hashes. (html_reports.c) */
void slk_html_reports(slk_html *h);

#endif
