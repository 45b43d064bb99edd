/* lines.c - JSON lines: one report a line. See intake.h. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/fault.h"
#include "base/text.h"
#include "intake/inside.h"

/* Does the beginning look like JSON lines? A first character { and a name in quotes: no wire story begins so. */
bool slk_lines_are(slk_text t) {
    t = slk_text_trim(t);
    if (t.n < 2 || t.at[0] != '{') return false;
    t = slk_text_trim((slk_text){t.at + 1, t.n - 1});
    return t.n && (t.at[0] == '"' || t.at[0] == '}');
}

static const char *member(const json_t *o, const char *name) { return json_string_value(json_object_get(o, name)); }

static void fill_from_json(slk_item *item, const json_t *o, const char *published) {
    const json_t *text = json_object_get(o, "text"), *html = json_object_get(o, "html");
    slk_input *in = &item->input;
    in->id = member(o, "id");
    in->title = member(o, "title");
    in->outlet = member(o, "outlet");
    in->author = member(o, "author");
    in->url = member(o, "url");
    in->language = member(o, "language");
    slk_item_published(item, member(o, "published"), published);
    if (in->url) in->source = in->url;
    if (json_is_string(text)) {
        in->text = (slk_text){json_string_value(text), json_string_length(text)};
    } else if (json_is_string(html)) {
        item->document = SLK_DOC_PAGE;
        item->bytes = (slk_text){json_string_value(html), json_string_length(html)};
        item->content_type = "utf-8";
    } else {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line has no \"text\"");
    }
}

static void parse_line(slk_item *item, slk_text line, const char *published) {
    json_error_t why;
    slk_owned *own = slk_item_owned(item);
    size_t bad = slk_utf8_check(line);
    if (bad < line.n) {
        (void)slk_fault_at(&item->fault, SLK_EENCODING, item->line, bad, "the line is not valid UTF-8 at byte %zu",
                           bad);
        return;
    }
    own->json = json_loadb(line.at, line.n, JSON_ALLOW_NUL, &why);
    if (!own->json) {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line is not valid JSON: %s", why.text);
    } else if (!json_is_object(own->json)) {
        (void)slk_fault_at(&item->fault, SLK_EINPUT, item->line, 0, "the line is no JSON object");
    } else {
        fill_from_json(item, own->json, published);
    }
}

typedef enum taken { TAKEN_LINE, TAKEN_END, TAKEN_TOO_LONG, TAKEN_BROKEN, TAKEN_NO_MEMORY } taken;

/* The next line of the stream in in->line. One that is too long is passed over to its end. */
static taken take_line(slk_intake *in) {
    bool any = false;
    slk_buf_clear(&in->line);
    for (;;) {
        slk_text t = slk_stream_more(in->stream);
        if (!t.n) {
            if (slk_stream_fault(in->stream)->code != SLK_OK) return TAKEN_BROKEN;
            if (!any) return TAKEN_END;
            break;
        }
        const char *nl = memchr(t.at, '\n', t.n);
        size_t n = nl ? (size_t)(nl - t.at) : t.n;
        any = true;
        if (in->line.err == SLK_OK) slk_buf_add(&in->line, t.at, n);
        slk_stream_take(in->stream, n + (nl != NULL));
        if (nl) break;
    }
    if (in->line.err == SLK_ELIMIT) return TAKEN_TOO_LONG;
    return in->line.err == SLK_OK ? TAKEN_LINE : TAKEN_NO_MEMORY;
}

slk_item *slk_lines_next(slk_intake *in, slk_err *err) {
    taken what;
    slk_text line;
    do {
        what = take_line(in);
        in->line_number++;
        line = slk_text_trim((slk_text){in->line.at, in->line.n});
    } while (what == TAKEN_LINE && line.n == 0);
    if (what == TAKEN_END) return NULL;
    slk_item *item = what == TAKEN_NO_MEMORY ? NULL : slk_item_new(in);
    if (!item) {
        *err = SLK_ENOMEM;
        return NULL;
    }
    item->line = in->line_number;
    if (what == TAKEN_LINE) parse_line(item, line, in->published);
    if (what == TAKEN_BROKEN) {
        slk_item_stream_fault(item, in->stream);
        slk_stream_clear(in->stream);
        if (slk_stream_fault(in->stream)->code != SLK_OK) in->as = SLK_OPEN_NOTHING; /* there is nothing behind it */
    }
    if (what == TAKEN_TOO_LONG)
        (void)slk_fault_at(&item->fault, SLK_ELIMIT, item->line, 0, "the line is longer than %zu bytes",
                           SLK_LINE_MOST_B);
    return item;
}
