/* alert.c - an alert read back, and as text for people. See alert.h. */
#include "alerts/alert.h"

#include <string.h>

#include "base/fault.h"
#include "base/text.h"

#define LINE 100u

static const char *string_of(const json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }

slk_err slk_alert_read(const char *body, slk_alert *out, slk_fault *fault) {
    json_error_t why;
    slk_alert a = {.root = json_loads(body, JSON_REJECT_DUPLICATES, &why)};
    if (!a.root) return slk_fault_say(fault, SLK_EINPUT, "the alert's body is no JSON: %.150s", why.text);
    const json_t *event = json_object_get(a.root, "event"), *report = json_object_get(a.root, "report");
    a.key = string_of(a.root, "key");
    a.headline = string_of(a.root, "headline");
    a.raised = string_of(a.root, "raised");
    a.link = string_of(a.root, "link");
    a.event = string_of(event, "id");
    a.type = string_of(event, "type");
    a.time = string_of(event, "time");
    a.certainty = string_of(event, "certainty");
    a.place = string_of(json_object_get(event, "place"), "name");
    a.sources = (int64_t)json_integer_value(json_object_get(event, "n_sources"));
    a.reports = (int64_t)json_integer_value(json_object_get(event, "n_reports"));
    a.title = string_of(report, "title");
    a.outlet = string_of(report, "outlet");
    a.url = string_of(report, "url");
    a.sentence = string_of(report, "sentence");
    a.why = json_object_get(a.root, "why");
    a.rules = json_object_get(a.root, "rules");
    a.values = json_object_get(a.root, "values");
    a.area = json_object_get(a.root, "area");
    bool whole = a.key && a.headline && a.raised && a.event && a.type && a.certainty && json_is_array(a.why) &&
                 json_is_array(a.rules) && json_is_array(a.values);
    if (whole) {
        *out = a;
        return SLK_OK;
    }
    json_decref(a.root);
    return slk_fault_say(fault, SLK_EINPUT, "the alert's body lacks what an alert has");
}

void slk_alert_free(slk_alert *a) {
    json_decref(a->root);
    *a = (slk_alert){0};
}

uint32_t slk_alert_count(const json_t *list) { return (uint32_t)json_array_size(list); }

const char *slk_alert_why(const slk_alert *a, uint32_t i) {
    const char *z = string_of(json_array_get(a->why, i), "says");
    return z ? z : "";
}

slk_alert_value slk_alert_value_at(const slk_alert *a, uint32_t i) {
    const json_t *v = json_array_get(a->values, i);
    slk_alert_value x = {.what = string_of(v, "what"), .value = string_of(v, "value"), .words = string_of(v, "words")};
    x.by = string_of(v, "by");
    x.sources = (int64_t)json_integer_value(json_object_get(v, "sources"));
    x.conflict = json_is_true(json_object_get(v, "conflict"));
    if (!x.what) x.what = "";
    if (!x.value) x.value = "";
    return x;
}

/* ---------------------------------------------------------------- text */

/* Words of a report on one line: no control character gets through, and lines break at spaces. */
static void add_wrapped(slk_buf *out, const char *z, unsigned indent) {
    unsigned column = indent;
    slk_text rest = slk_text_of(z), word;
    while (slk_text_split(&rest, ' ', &word)) {
        if (!word.n) continue;
        if (column > indent && column + word.n + 1 > LINE) {
            slk_buf_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            slk_buf_putc(out, ' ');
            column++;
        }
        for (size_t i = 0; i < word.n; i++)
            slk_buf_putc(out, (unsigned char)word.at[i] < ' ' || word.at[i] == 0x7f ? ' ' : word.at[i]);
        column += (unsigned)word.n;
    }
}

static void add_line(slk_buf *out, const char *name, const char *z) {
    if (!z) return;
    slk_buf_printf(out, "%-10s ", name);
    add_wrapped(out, z, 11);
    slk_buf_putc(out, '\n');
}

static void add_value(slk_buf *out, const slk_alert_value *v) {
    slk_buf line;
    slk_buf_start(&line, &out->mem, (size_t)1 << 16);
    slk_buf_printf(&line, "%.300s", v->value);
    if (v->words && strcmp(v->words, v->value) != 0) slk_buf_printf(&line, "  \"%.300s\"", v->words);
    if (v->by) slk_buf_printf(&line, " - %.300s", v->by);
    if (v->conflict) slk_buf_puts(&line, "  (sources disagree)");
    add_line(out, v->what, line.at ? line.at : "");
    slk_buf_free(&line);
}

void slk_alert_text(const slk_alert *a, slk_buf *out) {
    add_wrapped(out, a->headline, 0);
    slk_buf_puts(out, "\n\n");
    for (uint32_t i = 0; i < slk_alert_count(a->why); i++) add_line(out, i ? "" : "why", slk_alert_why(a, i));
    slk_buf_printf(out, "%-10s %s, %lld independent source%s, %lld report%s\n\n", "status", a->certainty,
                   (long long)a->sources, a->sources == 1 ? "" : "s", (long long)a->reports,
                   a->reports == 1 ? "" : "s");
    for (uint32_t i = 0; i < slk_alert_count(a->values); i++) {
        slk_alert_value v = slk_alert_value_at(a, i);
        add_value(out, &v);
    }
    slk_buf_putc(out, '\n');
    add_line(out, "report", a->title);
    add_line(out, "outlet", a->outlet);
    add_line(out, "at", a->url);
    add_line(out, "it says", a->sentence);
    slk_buf_putc(out, '\n');
    add_line(out, "event", a->event);
    add_line(out, "page", a->link);
}
