/* formats.h - every format of `sillok export`, said once. Each writer stands in the file of its name and appends to x->out; exporter.c
 * makes its list of them, and each file says what it leaves out. */
#ifndef SLK_EXPORT_FORMATS_H
#define SLK_EXPORT_FORMATS_H

#include "export/exporter.h"

/* X(word, media type, ending of files, name of the functions, head, tail): slk_NAME_event writes one event. Sorted by word. */
/* clang-format off */
#define SLK_FORMATS(X) \
    X("acled", "text/csv", "csv", table, slk_table_head, NULL) \
    X("csv", "text/csv", "csv", table, slk_table_head, NULL) \
    X("datapackage", "application/json", "json", datapackage, slk_datapackage_head, NULL) \
    X("ged", "text/csv", "csv", table, slk_table_head, NULL) \
    X("geojson", "application/geo+json", "geojson", geojson, slk_geojson_head, slk_geojson_tail) \
    X("jsonl", "application/jsonl", "jsonl", jsonl, NULL, NULL) \
    X("kml", "application/vnd.google-earth.kml+xml", "kml", kml, slk_kml_head, slk_kml_tail)
/* clang-format on */

#define SLK_FORMAT_HEAD(word, media, ending, name, head, tail)                                                         \
    void slk_##name##_event(slk_export *x, const slk_dossier *d);
SLK_FORMATS(SLK_FORMAT_HEAD)
#undef SLK_FORMAT_HEAD
void slk_table_head(slk_export *x);
void slk_datapackage_head(slk_export *x);
void slk_geojson_head(slk_export *x);
void slk_geojson_tail(slk_export *x);
void slk_kml_head(slk_export *x);
void slk_kml_tail(slk_export *x);

#endif
