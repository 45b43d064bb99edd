/* feed.c - what feeds of all forms have in common, and JSON Feed. See feed.h. */
#include "intake/feed.h"

#include <string.h>

#include <jansson.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/markup.h"
#include "intake/url.h"

/* The name of the first element, behind declarations and comments; empty where there is none near. */
static slk_text root_name(slk_text t) {
    size_t i = 0;
    while (i < t.n) {
        const char *lt = memchr(t.at + i, '<', t.n - i);
        if (!lt || (size_t)(t.at + t.n - lt) < 5) break;
        i = (size_t)(lt - t.at);
        const char *end = lt[1] != '!' && lt[1] != '?' ? NULL
                          : memcmp(lt, "<!--", 4) == 0 ? memmem(lt, t.n - i, "-->", 3)
                                                       : memchr(lt, '>', t.n - i);
        if (lt[1] != '!' && lt[1] != '?') {
            slk_text name = {lt + 1, 0};
            while (i + 1 + name.n < t.n && !slk_is_space(name.at[name.n]) && name.at[name.n] != '>' &&
                   name.at[name.n] != '/')
                name.n++;
            return name;
        }
        if (!end) break;
        i = (size_t)(end - t.at) + 1;
    }
    return (slk_text){NULL, 0};
}

static bool is_json_feed(slk_text t) {
    return t.n && t.at[0] == '{' && memmem(t.at, t.n, "jsonfeed.org/version", strlen("jsonfeed.org/version"));
}

bool slk_feed_is(slk_text head) {
    static const char *const roots[] = {"rss", "rdf", "feed", "channel"};
    if (slk_text_starts(head, "\xEF\xBB\xBF")) head = (slk_text){head.at + 3, head.n - 3};
    head = slk_text_trim(head);
    if (is_json_feed(head)) return true;
    if (!head.n || head.at[0] != '<') return false;
    slk_text name = root_name(head);
    const char *colon = name.n ? memchr(name.at, ':', name.n) : NULL;
    if (colon) name = (slk_text){colon + 1, name.n - (size_t)(colon - name.at) - 1};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (slk_text_is_fold(name, roots[i])) return true;
    return false;
}

slk_err slk_feed_read(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault) {
    if (text.n > SLK_MAX_FEED_B)
        return slk_fault_say(fault, SLK_ELIMIT, "the feed has %zu bytes; at most %u are read", text.n, SLK_MAX_FEED_B);
    slk_text trimmed = slk_text_trim(text);
    if (trimmed.n && trimmed.at[0] == '{') return slk_feed_read_json(trimmed, url, arena, out, fault);
    return slk_feed_read_xml(trimmed, url, arena, out, fault);
}

const char *slk_feed_plain(slk_arena *arena, slk_text markup) {
    slk_buf b;
    slk_buf_start(&b, &arena->mem, SLK_MAX_CONTENT_B);
    slk_markup_text(markup, &b);
    const char *z = b.err == SLK_OK && b.n ? slk_arena_copy(arena, b.at, b.n) : NULL;
    slk_buf_free(&b);
    return z;
}

/* ---------------------------------------------------------------- JSON Feed 1.0 and 1.1 */

typedef struct json_reading {
    slk_arena *arena;
    slk_text base;
    bool failed;
} json_reading;

static slk_text member(const json_t *o, const char *name) {
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? (slk_text){json_string_value(v), json_string_length(v)} : (slk_text){NULL, 0};
}

static const char *keep(json_reading *r, slk_text t) {
    if (!t.n || t.n > SLK_MAX_CONTENT_B) return NULL;
    const char *z = slk_arena_copy(r->arena, t.at, t.n);
    r->failed |= !z;
    return z;
}

static const char *keep_link(json_reading *r, slk_text t) {
    if (!t.n || t.n > 4096) return NULL;
    slk_buf b;
    slk_buf_start(&b, &r->arena->mem, 16384);
    slk_url_resolve(r->base, t, &b);
    const char *z = b.err == SLK_OK ? keep(r, (slk_text){b.at, b.n}) : NULL;
    slk_buf_free(&b);
    return z;
}

static slk_text author_of(const json_t *o) {
    const json_t *authors = json_object_get(o, "authors");
    slk_text name = member(json_array_get(authors, 0), "name");
    return name.n ? name : member(json_object_get(o, "author"), "name");
}

static void read_item(json_reading *r, const json_t *o, slk_text feed_author, slk_feed_item *out) {
    slk_text html = member(o, "content_html"), plain = member(o, "content_text"), link = member(o, "url");
    slk_text author = author_of(o), title = member(o, "title");
    *out = (slk_feed_item){.content_is_markup = html.n > 0};
    if (title.n) out->title = slk_markup_is(title) ? slk_feed_plain(r->arena, title) : keep(r, title);
    out->link = keep_link(r, link.n ? link : member(o, "external_url"));
    out->guid = keep(r, member(o, "id"));
    out->author = keep(r, author.n ? author : feed_author);
    out->content = keep(r, html.n ? html : plain.n ? plain : member(o, "summary"));
    if (!slk_feed_date(member(o, "date_published"), &out->published)) out->published = (slk_instant){0};
    if (!slk_feed_date(member(o, "date_modified"), &out->updated)) out->updated = (slk_instant){0};
}

slk_err slk_feed_read_json(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault) {
    json_error_t why;
    slk_feed feed = {0};
    slk_err err = SLK_OK;
    json_t *root = json_loadb(text.at, text.n, JSON_ALLOW_NUL, &why);
    if (!root)
        return slk_fault_at(fault, SLK_EINPUT, (size_t)why.line, (size_t)why.position, "the feed is not valid JSON: %s",
                            why.text);
    const json_t *items = json_object_get(root, "items");
    json_reading r = {.arena = arena, .base = slk_text_of(url)};
    slk_text home = member(root, "home_page_url"), author = author_of(root);
    if (!url && home.n) r.base = home;
    feed.title = keep(&r, member(root, "title"));
    feed.link = keep_link(&r, home);
    feed.language = keep(&r, member(root, "language"));
    if (!json_is_array(items)) err = slk_fault_say(fault, SLK_EINPUT, "the JSON is no feed: it has no list of items");
    for (size_t i = 0; err == SLK_OK && i < json_array_size(items) && i < SLK_MAX_FEED_ITEMS; i++) {
        err = SLK_ROOM(arena, &feed.items, SLK_MAX_FEED_ITEMS);
        if (err == SLK_OK) read_item(&r, json_array_get(items, i), author, &feed.items.at[feed.items.n++]);
    }
    json_decref(root);
    if (err == SLK_OK && r.failed) err = SLK_ENOMEM;
    if (err == SLK_OK) *out = feed;
    return err;
}
