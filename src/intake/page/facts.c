/* facts.c - what a page says of itself for machines: title, outlet, author, address, language and what kind of page it is, from
 * JSON-LD, Open Graph, other meta elements and <title>. Evidence, not truth: none of it becomes text of the report. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/buf.h"
#include "base/text.h"
#include "intake/markup.h"
#include "intake/page/facts.h"
#include "intake/page/inside.h"

#define OBJECTS_MOST 4096u
#define TITLE_MOST_B 2000u

/* ---------------------------------------------------------------- texts of elements */

static char *joined(slk_arena *arena, const slk_node *n) {
    size_t length = 0;
    for (const slk_node *c = n; c; c = slk_node_next(n, c, false))
        if (c->kind == SLK_NODE_TEXT)
            for (const slk_piece *p = &c->piece; p; p = p->next) length += p->text.n;
    char *out = slk_arena_take(arena, length + 1);
    if (!out) return NULL;
    size_t at = 0;
    for (const slk_node *c = n; c; c = slk_node_next(n, c, false)) {
        if (c->kind != SLK_NODE_TEXT) continue;
        for (const slk_piece *p = &c->piece; p; p = p->next) {
            memcpy(out + at, p->text.at, p->text.n);
            at += p->text.n;
        }
    }
    out[at] = '\0';
    return out;
}

/* White space collapsed; NULL where nothing is left. */
static const char *tidy(slk_arena *arena, slk_text t) {
    char *out = slk_arena_take(arena, t.n + 1);
    size_t n = 0;
    if (!out) return NULL;
    for (size_t i = 0; i < t.n; i++) {
        bool space = slk_is_space(t.at[i]) || t.at[i] == '\0';
        if (!space)
            out[n++] = t.at[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n && out[n - 1] == ' ') n--;
    out[n] = '\0';
    return n ? out : NULL;
}

/* ---------------------------------------------------------------- JSON-LD */

static const char *string_of(const json_t *j) {
    if (json_is_string(j)) return *json_string_value(j) ? json_string_value(j) : NULL;
    if (json_is_array(j)) return string_of(json_array_get(j, 0));
    if (json_is_object(j)) return string_of(json_object_get(j, "name"));
    return NULL;
}

static bool type_ends(const json_t *type, const char *z) {
    size_t i;
    json_t *one;
    if (json_is_string(type)) return slk_text_ends_fold(slk_text_of(json_string_value(type)), z);
    json_array_foreach(type, i, one) if (json_is_string(one) &&
                                         slk_text_ends_fold(slk_text_of(json_string_value(one)), z)) return true;
    return false;
}

/* Some write "&amp;" and "&#8217;" within JSON too. */
static const char *plain(slk_arena *arena, const char *z) {
    slk_buf b;
    if (!strchr(z, '&')) return z;
    slk_buf_start(&b, &arena->mem, TITLE_MOST_B * 8);
    slk_markup_text(slk_text_of(z), &b);
    const char *copy = b.err == SLK_OK && b.n ? slk_arena_copy(arena, b.at, b.n) : NULL;
    slk_buf_free(&b);
    return copy ? copy : z;
}

static void keep(slk_arena *arena, const char **slot, const char *z) {
    if (!*slot && z) *slot = tidy(arena, slk_text_of(plain(arena, z)));
}

static void hear_object(const slk_pack *pack, slk_arena *arena, const json_t *o, slk_facts *facts) {
    const json_t *type = json_object_get(o, "@type");
    bool story = type_ends(type, "article") || type_ends(type, "posting") || type_ends(type, "report");
    if (type_ends(type, "DiscussionForumPosting") || type_ends(type, "QAPage")) {
        facts->forum = true;
        return;
    }
    bool page = type_ends(type, "WebPage") || type_ends(type, "ItemPage") || type_ends(type, "VideoObject");
    if (page) slk_facts_json_dates(o, &facts->page_published, &facts->page_created, &facts->page_updated, pack);
    if (!story) return;
    facts->article = true;
    keep(arena, &facts->title, string_of(json_object_get(o, "headline")));
    keep(arena, &facts->author, string_of(json_object_get(o, "author")));
    keep(arena, &facts->outlet, string_of(json_object_get(o, "publisher")));
    const char *body = string_of(json_object_get(o, "articleBody"));
    if (body && !facts->body.at) {
        char *copy = slk_arena_copy(arena, body, strlen(body));
        if (copy) facts->body = (slk_text){copy, strlen(body)};
    }
    slk_facts_json_dates(o, &facts->json_published, &facts->json_created, &facts->json_updated, pack);
}

/* All objects within a JSON value, without recursion. */
static void hear_json(const slk_pack *pack, slk_arena *arena, json_t *root, slk_facts *facts) {
    json_t **stack = malloc(OBJECTS_MOST * sizeof(json_t *));
    size_t n = 0, i;
    if (!stack) return;
    stack[n++] = root;
    while (n) {
        json_t *j = stack[--n], *member;
        const char *name;
        if (json_is_object(j)) {
            hear_object(pack, arena, j, facts);
            json_object_foreach(j, name, member) if (n < OBJECTS_MOST && !json_is_string(member)) stack[n++] = member;
        } else {
            json_array_foreach(j, i, member) if (n < OBJECTS_MOST) stack[n++] = member;
        }
    }
    free(stack);
}

/* Control characters within strings are common and mean white space. */
static void hear_script(const slk_pack *pack, slk_arena *arena, const slk_node *n, slk_facts *facts) {
    char *text = joined(arena, n);
    if (!text) return;
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20) *p = ' ';
    char *from = strpbrk(text, "{[");
    if (!from) return;
    json_t *j = json_loads(from, JSON_DISABLE_EOF_CHECK, NULL);
    if (!j) return;
    hear_json(pack, arena, j, facts);
    json_decref(j);
}

/* ---------------------------------------------------------------- meta elements */

static const struct {
    const char *name;
    size_t slot;
} metas[] = {
    {"og:title", offsetof(slk_facts, og_title)},
    {"og:site_name", offsetof(slk_facts, outlet)},
    {"og:type", offsetof(slk_facts, type)},
    {"og:url", offsetof(slk_facts, url)},
    {"author", offsetof(slk_facts, meta_author)},
    {"article:author", offsetof(slk_facts, meta_author)},
    {"dc.creator", offsetof(slk_facts, meta_author)},
    {"byl", offsetof(slk_facts, meta_author)},
    {"twitter:title", offsetof(slk_facts, og_title)},
    {"citation_title", offsetof(slk_facts, og_title)},
    {"application-name", offsetof(slk_facts, outlet_too)},
};

static void hear_meta(const slk_pack *pack, slk_arena *arena, const slk_node *n, slk_facts *facts) {
    slk_text name = slk_node_attribute(n, "property"), content = slk_node_attribute(n, "content");
    if (!name.n) name = slk_node_attribute(n, "name");
    if (!name.n) name = slk_node_attribute(n, "itemprop");
    if (!name.n || !content.n) return;
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        if (!slk_text_is_fold(name, metas[i].name)) continue;
        const char **slot = (const char **)(void *)((char *)facts + metas[i].slot);
        if (!*slot) *slot = tidy(arena, content);
    }
    slk_facts_meta_date(pack, name, content, facts);
}

static bool is_json(const slk_node *n) {
    return slk_text_starts_fold(slk_node_attribute(n, "type"), "application/ld+json");
}

/* "Two missiles fired - The Meridian": the outlet's name goes. */
static const char *without_outlet(slk_arena *arena, const char *title) {
    static const char *const seps[] = {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ", " :: "};
    slk_text t = slk_text_of(title);
    for (size_t i = t.n; i-- > 0;)
        for (size_t s = 0; s < sizeof seps / sizeof *seps; s++)
            if (slk_text_starts((slk_text){t.at + i, t.n - i}, seps[s]) && i > t.n / 3)
                return slk_arena_copy(arena, t.at, i);
    return title;
}

slk_err slk_facts_find(const slk_pack *pack, const slk_node *root, slk_arena *arena, slk_facts *facts) {
    const char *title = NULL, *h1 = NULL;
    for (const slk_node *n = root; n; n = slk_node_next(root, n, false)) {
        if (n->kind != SLK_NODE_ELEMENT || n->ns != SLK_NS_HTML) continue;
        if (n->tag == SLK_TAG_SCRIPT && is_json(n)) hear_script(pack, arena, n, facts);
        if (n->tag == SLK_TAG_META) hear_meta(pack, arena, n, facts);
        if (n->tag == SLK_TAG_TITLE && !title) title = tidy(arena, slk_text_of(joined(arena, n)));
        if (n->tag == SLK_TAG_H1 && !h1) h1 = tidy(arena, slk_text_of(joined(arena, n)));
        if (n->tag == SLK_TAG_HTML)
            keep(arena, &facts->language,
                 slk_arena_copy(arena, slk_node_attribute(n, "lang").at ? slk_node_attribute(n, "lang").at : "",
                                slk_node_attribute(n, "lang").n));
        if (n->tag == SLK_TAG_LINK && slk_text_is_fold(slk_node_attribute(n, "rel"), "canonical") && !facts->url)
            facts->url = tidy(arena, slk_node_attribute(n, "href"));
    }
    if (facts->type && strcmp(facts->type, "article") == 0) facts->article = true;
    facts->page_title = title;
    if (!facts->title) facts->title = facts->og_title;
    if (!facts->title && title) facts->title = without_outlet(arena, title);
    if (!facts->title && h1) facts->title = h1;
    if (!facts->author) facts->author = facts->meta_author;
    if (!facts->outlet) facts->outlet = facts->outlet_too;
    if (!facts->json_published.how) facts->json_published = facts->page_published;
    if (!facts->json_created.how) facts->json_created = facts->page_created;
    if (!facts->json_updated.how) facts->json_updated = facts->page_updated;
    return SLK_OK;
}
