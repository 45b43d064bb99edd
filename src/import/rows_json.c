/* rows_json.c - objects of JSON as rows: each member that is no object or array is a cell, named by the way to it. */
#include <string.h>

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "import/rows_inside.h"

#define DEPTH_MOST 8u

typedef struct level { /* an object or array on the way */
    json_t *value;
    void *iter;    /* of an object */
    size_t index;  /* of an array */
    size_t name_n; /* of the path before it */
} level;

typedef struct flattening {
    slk_rows *r;
    level at[DEPTH_MOST];
    unsigned depth;
    char path[512];
    size_t name_at[SLK_CELLS_MOST], cell_at[SLK_CELLS_MOST], end_at[SLK_CELLS_MOST]; /* offsets into text */
} flattening;

static void put_value(slk_buf *b, const json_t *v) {
    slk_json j;
    slk_json_start(&j, b, false);
    if (json_is_string(v))
        slk_buf_add(b, json_string_value(v), json_string_length(v));
    else if (json_is_integer(v))
        slk_buf_printf(b, "%lld", (long long)json_integer_value(v));
    else if (json_is_real(v))
        slk_json_double(&j, json_real_value(v));
    else if (json_is_boolean(v))
        slk_buf_puts(b, json_is_true(v) ? "true" : "false");
}

/* The next member of the innermost level; NULL at its end. Its name is written behind the path. */
static json_t *next_member(flattening *f, size_t *path_n) {
    level *l = &f->at[f->depth - 1];
    char name[160];
    json_t *v = NULL;
    if (json_is_object(l->value)) {
        l->iter = l->iter ? json_object_iter_next(l->value, l->iter) : json_object_iter(l->value);
        if (!l->iter) return NULL;
        v = json_object_iter_value(l->iter);
        slk_text_print(name, sizeof name, "%s", json_object_iter_key(l->iter));
    } else {
        if (l->index >= json_array_size(l->value)) return NULL;
        v = json_array_get(l->value, l->index);
        slk_text_print(name, sizeof name, "%zu", l->index++);
    }
    slk_text_print(f->path + l->name_n, sizeof f->path - l->name_n, "%s%s", l->name_n ? "." : "", name);
    *path_n = strlen(f->path);
    return v;
}

static bool is_box(const json_t *v) { return json_is_object(v) || json_is_array(v); }

static slk_err flatten(flattening *f, size_t line, slk_fault *fault) {
    slk_rows *r = f->r;
    size_t path_n = 0;
    while (f->depth) {
        json_t *v = next_member(f, &path_n);
        if (!v) {
            f->depth--;
        } else if (is_box(v)) {
            if (f->depth < DEPTH_MOST) f->at[f->depth++] = (level){.value = v, .name_n = path_n};
        } else if (!json_is_null(v)) {
            if (r->n == SLK_CELLS_MOST)
                return slk_fault_at(fault, SLK_ELIMIT, line, 0, "the object has more than %u values", SLK_CELLS_MOST);
            f->name_at[r->n] = r->text.n;
            slk_buf_add(&r->text, f->path, path_n);
            f->cell_at[r->n] = r->text.n;
            put_value(&r->text, v);
            f->end_at[r->n++] = r->text.n;
        }
    }
    return r->text.err == SLK_OK ? SLK_OK : slk_fault_at(fault, r->text.err, line, 0, "the object is too long");
}

static slk_rows_next_is row_of(slk_rows *r, json_t *o, size_t line, slk_row *out, slk_fault *fault) {
    flattening f = {.r = r, .depth = 1, .at = {{.value = o}}};
    slk_buf_clear(&r->text);
    r->n = 0;
    if (!json_is_object(o)) {
        (void)slk_fault_at(fault, SLK_EINPUT, line, 0, "not a JSON object");
        return SLK_ROWS_BAD;
    }
    if (flatten(&f, line, fault) != SLK_OK) return SLK_ROWS_BAD;
    const char *at = r->text.at ? r->text.at : "";
    for (uint32_t i = 0; i < r->n; i++) {
        r->names[i] = (slk_text){at + f.name_at[i], f.cell_at[i] - f.name_at[i]};
        r->cells[i] = (slk_text){at + f.cell_at[i], f.end_at[i] - f.cell_at[i]};
    }
    *out = (slk_row){.cells = r->cells, .names = r->names, .n = r->n, .line = line};
    return SLK_ROWS_ROW;
}

slk_rows_next_is slk_rows_json_line(slk_rows *r, slk_text line, size_t number, slk_row *out, slk_fault *fault) {
    json_error_t why;
    slk_rows_json_close(r);
    r->json = json_loadb(line.at, line.n, 0, &why);
    if (r->json) return row_of(r, r->json, number, out, fault);
    (void)slk_fault_at(fault, SLK_EINPUT, number, 0, "not valid JSON: %.120s", why.text);
    return SLK_ROWS_BAD;
}

slk_rows_next_is slk_rows_json_element(slk_rows *r, slk_row *out, slk_fault *fault) {
    json_error_t why;
    if (!r->json) {
        if (slk_rows_whole(r, fault) != SLK_OK) return SLK_ROWS_BROKEN;
        r->json = json_loadb(r->raw.at + r->at, r->raw.n - r->at, 0, &why);
        if (!r->json || !json_is_array(r->json)) {
            (void)slk_fault_at(fault, SLK_EINPUT, why.line > 0 ? (size_t)why.line : 1, 0, "not valid JSON: %.120s",
                               why.text);
            return SLK_ROWS_BROKEN;
        }
    }
    if (r->element >= json_array_size(r->json)) return SLK_ROWS_END;
    json_t *o = json_array_get(r->json, r->element++);
    return row_of(r, o, r->element, out, fault);
}

void slk_rows_json_close(slk_rows *r) {
    json_decref(r->json);
    r->json = NULL;
}
