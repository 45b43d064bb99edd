/* fuzz_json.c - any strings and numbers through the JSON writer: what another reader of JSON (jansson) finds is what went in. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(slk_json *j, slk_text t, const char *name, double d, int64_t i) {
    slk_json_array(j);
    slk_json_text(j, t);
    slk_json_double(j, d);
    slk_json_int(j, i);
    slk_json_object(j);
    slk_json_put_string(j, name, name);
    slk_json_end_object(j);
    slk_json_array(j);
    slk_json_bool(j, true);
    slk_json_null(j);
    slk_json_end_array(j);
    slk_json_end_array(j);
}

static void compare(const slk_buf *b, slk_text t, double d, int64_t i) {
    json_t *o = json_loadb(b->at, b->n, JSON_ALLOW_NUL, NULL);
    if (!o) abort();
    const json_t *s = json_array_get(o, 0), *number = json_array_get(o, 1);
    if (json_string_length(s) != t.n || (t.n && memcmp(json_string_value(s), t.at, t.n) != 0)) abort();
    if (isfinite(d) ? json_number_value(number) != d : !json_is_null(number)) abort();
    if (json_integer_value(json_array_get(o, 2)) != i) abort();
    json_decref(o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    double d;
    int64_t i;
    if (size < 17) return 0;
    memcpy(&d, data, 8);
    memcpy(&i, data + 8, 8);
    slk_text t = {(const char *)data + 16, size - 16};
    t.n = slk_utf8_check(t); /* the writer is given valid UTF-8 only; NUL is not */
    char name[33] = "";
    memcpy(name, t.at, t.n < 32 ? t.n : 32);
    name[slk_utf8_check(slk_text_of(name))] = '\0';
    for (int pretty = 0; pretty < 2; pretty++) {
        slk_buf b;
        slk_json j;
        slk_buf_start(&b, &slk_mem_system, (size_t)1 << 26);
        slk_json_start(&j, &b, pretty);
        write_all(&j, t, name, d, i);
        if (b.err != SLK_OK || slk_utf8_check((slk_text){b.at, b.n}) != b.n) abort();
        compare(&b, t, d, i);
        slk_buf_free(&b);
    }
    return 0;
}
