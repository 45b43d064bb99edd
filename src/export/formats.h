/* formats.h - every format of `sillok export`, said once. Each writer stands in the file of its name and appends to x->out; exporter.c
 * makes its list of them, and each file says what it leaves out. */
#ifndef SLK_EXPORT_FORMATS_H
#define SLK_EXPORT_FORMATS_H

#include "export/exporter.h"

/* X(word, media type, ending of files, head, event, tail). Sorted by word; NULL where there is nothing to write. */
/* clang-format off */
#define SLK_FORMATS(X) \
    X("acled", "text/csv", "csv", slk_table_head, slk_table_event, NULL) \
    X("atom", "application/atom+xml", "atom", slk_atom_events_head, slk_atom_event, slk_atom_events_tail) \
    X("bibtex", "application/x-bibtex", "bib", NULL, slk_bibtex_event, NULL) \
    X("cap", "application/cap+xml", "xml", NULL, slk_cap_event, NULL) \
    X("csv", "text/csv", "csv", slk_table_head, slk_table_event, NULL) \
    X("datapackage", "application/json", "json", slk_datapackage_head, NULL, NULL) \
    X("ged", "text/csv", "csv", slk_table_head, slk_table_event, NULL) \
    X("geojson", "application/geo+json", "geojson", slk_geojson_head, slk_geojson_event, slk_geojson_tail) \
    X("html", "text/html;charset=utf-8", "html", slk_html_head, slk_html_event, slk_html_tail) \
    X("jsonl", "application/jsonl", "jsonl", NULL, slk_jsonl_event, NULL) \
    X("kml", "application/vnd.google-earth.kml+xml", "kml", slk_kml_head, slk_kml_event, slk_kml_tail) \
    X("plover", "application/jsonl", "jsonl", NULL, slk_plover_event, NULL) \
    X("stix", "application/stix+json;version=2.1", "json", slk_stix_head, slk_stix_event, slk_stix_tail) \
    X("timelinejs", "application/json", "json", slk_timelinejs_head, slk_timelinejs_event, slk_timelinejs_tail) \
    X("webanno", "application/ld+json", "jsonld", slk_webanno_head, slk_webanno_event, slk_webanno_tail)
/* clang-format on */

void slk_atom_events_head(slk_export *x);
void slk_table_head(slk_export *x);
void slk_datapackage_head(slk_export *x);
void slk_geojson_head(slk_export *x);
void slk_html_head(slk_export *x);
void slk_kml_head(slk_export *x);
void slk_stix_head(slk_export *x);
void slk_timelinejs_head(slk_export *x);
void slk_webanno_head(slk_export *x);
void slk_atom_event(slk_export *x, const slk_dossier *d);
void slk_bibtex_event(slk_export *x, const slk_dossier *d);
void slk_cap_event(slk_export *x, const slk_dossier *d);
void slk_geojson_event(slk_export *x, const slk_dossier *d);
void slk_html_event(slk_export *x, const slk_dossier *d);
void slk_jsonl_event(slk_export *x, const slk_dossier *d);
void slk_kml_event(slk_export *x, const slk_dossier *d);
void slk_plover_event(slk_export *x, const slk_dossier *d);
void slk_stix_event(slk_export *x, const slk_dossier *d);
void slk_table_event(slk_export *x, const slk_dossier *d);
void slk_timelinejs_event(slk_export *x, const slk_dossier *d);
void slk_webanno_event(slk_export *x, const slk_dossier *d);
void slk_atom_events_tail(slk_export *x);
void slk_geojson_tail(slk_export *x);
void slk_html_tail(slk_export *x);
void slk_kml_tail(slk_export *x);
void slk_stix_tail(slk_export *x);
void slk_timelinejs_tail(slk_export *x);
void slk_webanno_tail(slk_export *x);

#endif
