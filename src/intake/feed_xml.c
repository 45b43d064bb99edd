/* feed_xml.c - RSS, RDF, Atom and CDF, by their elements as they come. See feed.h.
 *
 * libxml2 hands over start tags, text and end tags; here a stack of what is open says which element is a title of an item and
 * which one of its channel. Vocabularies are told apart by namespace, or by the usual prefix where the feed forgot to declare
 * it. Of several values for one thing the better vocabulary wins: a feed's own title before Dublin Core's before Media RSS's. */
#include <string.h>

#include <libxml/parser.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/feed.h"
#include "intake/feed_repair.h"
#include "intake/markup.h"
#include "intake/url.h"

typedef enum vocabulary { MAIN, ATOM, DC, TERMS, CONTENT, MEDIA, ITUNES, BURNER, XHTML, OTHER } vocabulary;
typedef enum holder { IN_OTHER, IN_CHANNEL, IN_ITEM, IN_AUTHOR, IN_GROUP } holder; /* what an open element is */
typedef enum field { NOTHING, TITLE, LINK, GUID, AUTHOR, BODY, PUBLISHED, UPDATED, LANGUAGE } field;
typedef enum shape { AUTO, PLAIN, MARKUP, BINARY } shape; /* what a text holds */

typedef struct open_element {
    uint8_t holder;   /* enum holder */
    const char *base; /* xml:base that holds here, NULL: none */
} open_element;

typedef struct xml_reading {
    slk_arena *arena;
    const char *url;
    slk_feed feed;
    slk_feed_item item;
    open_element open[SLK_MAX_FEED_DEPTH];
    uint32_t depth, item_depth; /* item_depth 0: within no item */
    uint8_t rank[8];            /* of each field of the item: that of the value it has */
    /* the text that is being taken up */
    field field;
    shape shape;
    bool base64, nested;
    uint8_t field_rank;
    uint32_t field_depth;
    slk_buf text;
    const char *feed_author;
    xmlParserCtxtPtr parser;
    slk_err err;
} xml_reading;

static slk_text z_text(const xmlChar *z) { return slk_text_of((const char *)z); }

static vocabulary vocabulary_of(const xmlChar *prefix, const xmlChar *uri) {
    static const struct {
        const char *part, *prefix;
        vocabulary is;
    } all[] = {{"purl.org/dc/elements", "dc", DC},
               {"purl.org/dc/terms", "dcterms", TERMS},
               {"modules/content", "content", CONTENT},
               {"search.yahoo.com/mrss", "media", MEDIA},
               {"itunes", "itunes", ITUNES},
               {"feedburner", "feedburner", BURNER},
               {"1999/xhtml", "xhtml", XHTML},
               {"w3.org/2005/Atom", "atom", ATOM},
               {"purl.org/atom", "atom03", ATOM},
               {"purl.org/rss", "rss", MAIN},
               {"backend.userland.com", "rss2", MAIN},
               {"netscape.com/rdf", "rdf09", MAIN},
               {"22-rdf-syntax-ns", "rdf", MAIN}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (uri ? strstr((const char *)uri, all[i].part) != NULL
                : prefix && z_text(prefix).n && strcmp((const char *)prefix, all[i].prefix) == 0)
            return all[i].is;
    }
    return prefix ? OTHER : MAIN;
}

static bool is(slk_text name, const char *z) { return slk_text_is_fold(name, z); }

typedef struct meaning { /* of an element within an item */
    field field;
    uint8_t rank; /* the higher the better; 0 for what is not looked at */
} meaning;

static meaning main_element(slk_text n) {
    if (is(n, "title")) return (meaning){TITLE, 3};
    if (is(n, "link")) return (meaning){LINK, 3};
    if (is(n, "guid") || is(n, "id")) return (meaning){GUID, 3};
    if (is(n, "author")) return (meaning){AUTHOR, 3};
    if (is(n, "content") || is(n, "encoded") || is(n, "fulltext")) return (meaning){BODY, 4};
    if (is(n, "description") || is(n, "summary") || is(n, "abstract")) return (meaning){BODY, 2};
    if (is(n, "published")) return (meaning){PUBLISHED, 5};
    if (is(n, "issued") || is(n, "pubDate")) return (meaning){PUBLISHED, 4};
    if (is(n, "created") || is(n, "date")) return (meaning){PUBLISHED, 2};
    if (is(n, "updated") || is(n, "modified")) return (meaning){UPDATED, 3};
    return (meaning){NOTHING, 0};
}

static meaning element_means(vocabulary v, slk_text n) {
    switch (v) {
    case MAIN:
    case ATOM: return main_element(n);
    case CONTENT: return is(n, "encoded") ? (meaning){BODY, 5} : (meaning){NOTHING, 0};
    case XHTML: return is(n, "body") || is(n, "div") ? (meaning){BODY, 3} : (meaning){NOTHING, 0};
    case DC:
        if (is(n, "title")) return (meaning){TITLE, 2};
        if (is(n, "creator")) return (meaning){AUTHOR, 2};
        if (is(n, "description")) return (meaning){BODY, 1};
        return is(n, "date") ? (meaning){PUBLISHED, 3} : (meaning){NOTHING, 0};
    case TERMS:
        if (is(n, "issued")) return (meaning){PUBLISHED, 4};
        if (is(n, "created")) return (meaning){PUBLISHED, 2};
        return is(n, "modified") ? (meaning){UPDATED, 3} : (meaning){NOTHING, 0};
    case MEDIA:
        if (is(n, "title")) return (meaning){TITLE, 1};
        return is(n, "description") ? (meaning){BODY, 1} : (meaning){NOTHING, 0};
    case ITUNES: return is(n, "author") ? (meaning){AUTHOR, 1} : (meaning){NOTHING, 0};
    case BURNER: return is(n, "origLink") ? (meaning){LINK, 4} : (meaning){NOTHING, 0};
    default: return (meaning){NOTHING, 0};
    }
}

/* ---------------------------------------------------------------- attributes: five pointers each, as libxml2 hands them over */

typedef struct attributes {
    const xmlChar **at;
    int n;
} attributes;

static slk_text attribute(attributes a, const char *name) {
    for (int i = 0; i < a.n; i++) {
        const xmlChar **p = a.at + (ptrdiff_t)i * 5;
        if (p[3] && slk_text_is_fold(z_text(p[0]), name)) return (slk_text){(const char *)p[3], (size_t)(p[4] - p[3])};
    }
    return (slk_text){NULL, 0};
}

static void fail(xml_reading *r, slk_err err) {
    if (r->err == SLK_OK) r->err = err;
    if (r->parser) xmlStopParser(r->parser);
}

static const char *keep(xml_reading *r, slk_text t) {
    t = slk_text_trim(t);
    if (!t.n) return NULL;
    const char *z = slk_arena_copy(r->arena, t.at, t.n);
    if (!z) fail(r, SLK_ENOMEM);
    return z;
}

static const char *keep_link(xml_reading *r, slk_text t, const char *base) {
    slk_buf b;
    t = slk_text_trim(t);
    if (!t.n || t.n > 4096) return NULL;
    slk_buf_start(&b, &r->arena->mem, 16384);
    slk_url_resolve(slk_text_of(base), t, &b);
    const char *z = b.err == SLK_OK ? keep(r, (slk_text){b.at, b.n}) : NULL;
    slk_buf_free(&b);
    return z;
}

/* What relative links are relative to: xml:base, where the feed came from, or the page it belongs to. */
static const char *base_of(const xml_reading *r) {
    const char *base = r->depth ? r->open[r->depth - 1].base : NULL;
    return base ? base : r->url ? r->url : r->feed.link;
}

/* A field of the item gets a better value, or an equally good one where the last counts. */
static bool better(xml_reading *r, field f, uint8_t rank, bool last_counts) {
    uint8_t has = r->rank[f - 1];
    if (rank < has || (rank == has && !last_counts)) return false;
    r->rank[f - 1] = rank;
    return true;
}

/* ---------------------------------------------------------------- values */

static const uint8_t *base64_values(void) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static _Thread_local uint8_t values[256];
    if (!values['B'])
        for (uint8_t i = 0; i < 64; i++) values[(uint8_t)letters[i]] = (uint8_t)(i + 1);
    return values;
}

/* In place; what is no base64 ends it. */
static void decode_base64(slk_buf *b) {
    const uint8_t *values = base64_values();
    uint32_t bits = 0;
    unsigned have = 0;
    size_t to = 0;
    for (size_t i = 0; i < b->n && b->at[i] != '='; i++) {
        uint8_t v = values[(uint8_t)b->at[i]];
        if (!v) continue; /* white space */
        bits = bits << 6 | (v - 1u);
        have += 6;
        if (have < 8) continue;
        have -= 8;
        b->at[to++] = (char)(bits >> have);
    }
    b->n = to;
    if (b->at) b->at[to] = '\0';
    if (slk_utf8_check((slk_text){b->at, to}) < to) b->n = 0;
}

static void set_body(xml_reading *r, slk_text t, bool markup) {
    if (t.n > SLK_MAX_CONTENT_B || !slk_text_trim(t).n) return;
    if (!better(r, BODY, r->field_rank, false)) return;
    r->item.content = keep(r, t);
    r->item.content_is_markup = markup;
}

static void set_item_field(xml_reading *r, slk_text t, bool markup) {
    slk_feed_item *it = &r->item;
    slk_instant when;
    switch (r->field) {
    case TITLE:
        if (!slk_text_trim(t).n || !better(r, TITLE, r->field_rank, false)) return;
        it->title = markup ? slk_feed_plain(r->arena, t) : keep(r, t);
        return;
    case LINK:
        if (slk_text_trim(t).n && better(r, LINK, r->field_rank, false)) it->link = keep_link(r, t, base_of(r));
        return;
    case GUID:
        if (better(r, GUID, r->field_rank, false)) it->guid = keep(r, t);
        return;
    case AUTHOR:
        if (slk_text_trim(t).n && better(r, AUTHOR, r->field_rank, false)) it->author = keep(r, t);
        return;
    case BODY: set_body(r, t, markup); return;
    case PUBLISHED:
        if (slk_feed_date(t, &when) && better(r, PUBLISHED, r->field_rank, true)) it->published = when;
        return;
    case UPDATED:
        if (slk_feed_date(t, &when) && better(r, UPDATED, r->field_rank, true)) it->updated = when;
        return;
    default: return;
    }
}

static void set_feed_field(xml_reading *r, slk_text t, bool markup) {
    slk_feed *f = &r->feed;
    if (r->field == TITLE && !f->title) f->title = markup ? slk_feed_plain(r->arena, t) : keep(r, t);
    if (r->field == LINK && !f->link) f->link = keep_link(r, t, base_of(r));
    if (r->field == LANGUAGE && !f->language) f->language = keep(r, t);
    if (r->field == AUTHOR && !r->feed_author) r->feed_author = keep(r, t);
}

/* The element whose text is being taken up has ended. */
static void end_text(xml_reading *r) {
    if (r->base64) decode_base64(&r->text);
    slk_text t = {r->text.at, r->text.n};
    bool markup = r->shape == MARKUP || r->nested || ((r->shape == AUTO || r->base64) && slk_markup_is(t));
    if (r->shape != BINARY && t.n) {
        if (r->item_depth)
            set_item_field(r, t, markup);
        else
            set_feed_field(r, t, markup);
    }
    slk_buf_clear(&r->text);
    r->field = NOTHING;
}

/* ---------------------------------------------------------------- elements */

/* What type and mode say of an Atom text; RSS says nothing, and means markup wherever it looks like it. */
static void shape_of(xml_reading *r, vocabulary v, attributes a) {
    slk_text type = attribute(a, "type"), mode = attribute(a, "mode");
    r->base64 = is(mode, "base64");
    r->shape = AUTO;
    if (is(type, "text") || is(type, "text/plain")) r->shape = PLAIN;
    if (v == ATOM && !type.n && !mode.n) r->shape = PLAIN;
    if (is(type, "html") || is(type, "text/html") || is(type, "xhtml") || is(type, "application/xhtml+xml"))
        r->shape = MARKUP;
    if (slk_text_starts_fold(type, "image/") || slk_text_starts_fold(type, "audio/") ||
        slk_text_starts_fold(type, "video/"))
        r->shape = BINARY;
    if (is(type, "application/octet-stream")) r->base64 = true;
    bool other = slk_text_starts_fold(type, "application/") && r->shape == AUTO && !slk_text_ends_fold(type, "xml");
    if (r->field == BODY && other) r->shape = BINARY; /* data for programs */
}

static void begin_text(xml_reading *r, meaning m, vocabulary v, attributes a) {
    r->field = m.field;
    r->field_rank = m.rank;
    r->field_depth = r->depth;
    r->nested = false;
    slk_buf_clear(&r->text);
    shape_of(r, v, a);
}

static void link_attribute(xml_reading *r, attributes a) {
    slk_text href = attribute(a, "href"), rel = attribute(a, "rel"), type = attribute(a, "type");
    if (!href.n || (rel.n && !is(rel, "alternate"))) return;
    uint8_t rank = !type.n || slk_text_starts_fold(type, "text/html") ? 3 : 2;
    if (!r->item_depth) {
        if (!r->feed.link) r->feed.link = keep_link(r, href, base_of(r));
    } else if (better(r, LINK, rank, false)) {
        r->item.link = keep_link(r, href, base_of(r));
    }
}

static void begin_item(xml_reading *r, attributes a) {
    slk_instant when;
    slk_text about = attribute(a, "about"), href = attribute(a, "href");
    r->item = (slk_feed_item){0};
    memset(r->rank, 0, sizeof r->rank);
    r->item_depth = r->depth;
    r->item.link = keep_link(r, about.n ? about : href, base_of(r));
    if (slk_feed_date(attribute(a, "lastmod"), &when)) r->item.updated = when;
}

static void end_item(xml_reading *r) {
    slk_feed_item *it = &r->item;
    slk_text guid = slk_text_of(it->guid);
    r->item_depth = 0;
    if (!it->link && (slk_text_starts_fold(guid, "http://") || slk_text_starts_fold(guid, "https://")))
        it->link = it->guid;
    if (!it->title && !it->content && !it->link && !it->published.precision && !it->updated.precision) return;
    slk_err err = SLK_ROOM(r->arena, &r->feed.items, SLK_MAX_FEED_ITEMS);
    if (err != SLK_OK)
        fail(r, err);
    else
        r->feed.items.at[r->feed.items.n++] = *it;
}

static holder holder_of(const xml_reading *r, vocabulary v, slk_text name) {
    bool own = v == MAIN || v == ATOM;
    if (own && !r->item_depth && (is(name, "item") || is(name, "entry"))) return IN_ITEM;
    if (own && !r->item_depth && (is(name, "channel") || is(name, "feed"))) return IN_CHANNEL;
    if (own && (is(name, "author") || is(name, "creator"))) return IN_AUTHOR;
    if (v == MEDIA && (is(name, "group") || is(name, "content"))) return IN_GROUP;
    return IN_OTHER;
}

/* A start tag within a text that is being taken up is markup of that text. */
static void nested_tag(xml_reading *r, slk_text name, attributes a, bool end) {
    r->nested = true;
    if (r->shape == BINARY) return;
    slk_buf_puts(&r->text, end ? "</" : "<");
    slk_buf_add(&r->text, name.at, name.n);
    slk_text href = end ? (slk_text){NULL, 0} : attribute(a, "href");
    if (href.n && !memchr(href.at, '"', href.n)) {
        slk_buf_puts(&r->text, " href=\"");
        slk_markup_escape(href, &r->text);
        slk_buf_putc(&r->text, '"');
    }
    slk_buf_putc(&r->text, '>');
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attributes, int n_defaulted, const xmlChar **at) {
    xml_reading *r = ctx;
    attributes a = {at, n_attributes};
    slk_text name = z_text(local);
    (void)n_ns, (void)ns, (void)n_defaulted;
    if (r->err != SLK_OK) return;
    if (r->depth == SLK_MAX_FEED_DEPTH) {
        fail(r, SLK_ELIMIT);
        return;
    }
    slk_text base = attribute(a, "base");
    const char *outer = r->depth ? r->open[r->depth - 1].base : NULL;
    holder parent = r->depth ? r->open[r->depth - 1].holder : IN_OTHER;
    vocabulary v = vocabulary_of(prefix, uri);
    const char *inner = base.n ? keep_link(r, base, base_of(r)) : outer;
    open_element *e = &r->open[r->depth++];
    e->base = inner;
    e->holder = IN_OTHER;
    if (r->field && parent != IN_AUTHOR) {
        nested_tag(r, name, a, false);
        return;
    }
    e->holder = (uint8_t)holder_of(r, v, name);
    meaning m = element_means(v, name);
    if (e->holder == IN_ITEM) {
        begin_item(r, a);
    } else if (parent == IN_ITEM || (parent == IN_GROUP && v == MEDIA && r->item_depth)) {
        if (m.field == LINK) link_attribute(r, a);
        if (m.field) begin_text(r, m, v, a);
    } else if (parent == IN_AUTHOR && is(name, "name")) {
        begin_text(r, (meaning){AUTHOR, 4}, v, a);
    } else if (parent == IN_CHANNEL) {
        if (is(name, "language")) m = (meaning){LANGUAGE, 1};
        if (m.field == LINK && v == ATOM) link_attribute(r, a);
        if (m.field == TITLE || m.field == LINK || m.field == LANGUAGE || m.field == AUTHOR) begin_text(r, m, v, a);
    }
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    xml_reading *r = ctx;
    (void)prefix, (void)uri;
    if (r->err != SLK_OK || !r->depth) return;
    if (r->field && r->depth > r->field_depth) nested_tag(r, z_text(local), (attributes){NULL, 0}, true);
    if (r->field && r->depth == r->field_depth) end_text(r);
    if (r->item_depth && r->depth == r->item_depth) end_item(r);
    r->depth--;
}

static void on_text(void *ctx, const xmlChar *at, int n) {
    xml_reading *r = ctx;
    if (!r->field || r->err != SLK_OK || n <= 0) return;
    slk_text t = {(const char *)at, (size_t)n};
    if (r->nested) /* what is literal within markup stays literal */
        slk_markup_escape(t, &r->text);
    else
        slk_buf_add(&r->text, t.at, t.n);
    if (r->text.err != SLK_OK) fail(r, r->text.err);
}

static void on_fault(xml_reading *r, const xmlError *why) {
    if (r->feed.broken || why->level < XML_ERR_ERROR) return;
    r->feed.broken = true;
    slk_text_print(r->feed.first_fault, sizeof r->feed.first_fault, "line %d: %s", why->line, why->message);
    char *end = strchr(r->feed.first_fault, '\n');
    if (end) *end = '\0';
}

/* ---------------------------------------------------------------- all of it */

static slk_err parse(xml_reading *r, slk_text xml) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text};
    xmlInitParser();
    r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (!r->parser) return SLK_ENOMEM;
    (void)xmlCtxtResetPush(r->parser, NULL, 0, NULL, "UTF-8");
    (void)xmlCtxtUseOptions(r->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                           XML_PARSE_IGNORE_ENC);
    const size_t step = (size_t)1 << 20;
    for (size_t i = 0; i < xml.n && r->err == SLK_OK; i += step) {
        size_t n = xml.n - i < step ? xml.n - i : step;
        (void)xmlParseChunk(r->parser, xml.at + i, (int)n, 0);
    }
    if (r->err == SLK_OK) (void)xmlParseChunk(r->parser, NULL, 0, 1);
    const xmlError *why = xmlCtxtGetLastError(r->parser);
    if (why) on_fault(r, why);
    xmlFreeDoc(r->parser->myDoc);
    r->parser->myDoc = NULL;
    xmlFreeParserCtxt(r->parser);
    r->parser = NULL;
    return r->err;
}

/* A feed cut off leaves an item open: what it has by then still counts. */
static void end_of_feed(xml_reading *r) {
    if (r->err == SLK_ELIMIT && r->feed.items.n) { /* so many items, so deep: those before are good */
        r->err = SLK_OK;
        r->feed.broken = true;
        slk_text_print(r->feed.first_fault, sizeof r->feed.first_fault, "more items or more depth than are read");
    }
    if (r->err == SLK_OK && r->field) end_text(r);
    if (r->err == SLK_OK && r->item_depth && r->item.title) end_item(r);
    for (uint32_t i = 0; i < r->feed.items.n; i++)
        if (!r->feed.items.at[i].author) r->feed.items.at[i].author = r->feed_author;
}

slk_err slk_feed_read_xml(slk_text text, const char *url, slk_arena *arena, slk_feed *out, slk_fault *fault) {
    slk_buf repaired;
    xml_reading *r = slk_mem_new(&arena->mem, sizeof *r);
    if (!r) return SLK_ENOMEM;
    *r = (xml_reading){.arena = arena, .url = url};
    slk_buf_start(&repaired, &arena->mem, (size_t)SLK_MAX_FEED_B * 5 + 64);
    slk_buf_start(&r->text, &arena->mem, SLK_MAX_CONTENT_B);
    slk_feed_repair(text, &repaired);
    slk_err err = repaired.err;
    if (err == SLK_OK) err = parse(r, (slk_text){repaired.at, repaired.n});
    if (err == SLK_OK || err == SLK_ELIMIT) {
        end_of_feed(r);
        err = r->err;
    }
    if (err == SLK_OK && !r->feed.items.n && !r->feed.title && r->feed.broken)
        err = slk_fault_say(fault, SLK_EINPUT, "the feed cannot be read: %s", r->feed.first_fault);
    else if (err == SLK_ELIMIT)
        (void)slk_fault_say(fault, err, "the feed is nested deeper than %u elements or has more than %u items",
                            SLK_MAX_FEED_DEPTH, SLK_MAX_FEED_ITEMS);
    else if (err == SLK_OK)
        *out = r->feed;
    slk_buf_free(&r->text);
    slk_buf_free(&repaired);
    slk_mem_free(&arena->mem, r);
    return err;
}
