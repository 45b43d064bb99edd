/* json.h - writes JSON onto a buffer: commas, escapes and nesting are its business. Strings must be valid UTF-8. Numbers are
 * written as the shortest decimal that reads back the same, independent of the locale; NAN and infinities as null. */
#ifndef SLK_BASE_JSON_H
#define SLK_BASE_JSON_H

#include "base/buf.h"

#define SLK_JSON_DEPTH 32

typedef struct slk_json {
    slk_buf *out;
    bool pretty; /* two spaces a level, "name": value; else as short as can be */
    uint8_t depth;
    bool first[SLK_JSON_DEPTH];
    bool named; /* a member name was just written */
} slk_json;

void slk_json_start(slk_json *j, slk_buf *out, bool pretty);
void slk_json_object(slk_json *j); /* { */
void slk_json_array(slk_json *j);  /* [ */
void slk_json_end_object(slk_json *j);
void slk_json_end_array(slk_json *j);
void slk_json_name(slk_json *j, const char *name);
void slk_json_text(slk_json *j, slk_text t);
void slk_json_string(slk_json *j, const char *z); /* NULL writes null */
void slk_json_int(slk_json *j, int64_t v);
void slk_json_double(slk_json *j, double v);
void slk_json_bool(slk_json *j, bool v);
void slk_json_null(slk_json *j);
/* name and value in one; the string forms write nothing at all where z is NULL. */
void slk_json_put_string(slk_json *j, const char *name, const char *z);
void slk_json_put_int(slk_json *j, const char *name, int64_t v);
void slk_json_put_double(slk_json *j, const char *name, double v);
void slk_json_put_bool(slk_json *j, const char *name, bool v);

#endif
