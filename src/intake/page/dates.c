/* dates.c - when a page says it was published, and how that is known: JSON-LD, meta elements, <time> and elements that call themselves
 * a date, the address, a date near the headline, the dateline. What says it was changed is kept apart. Dates of other stories on the
 * page (lists of links, comments) are not asked. The machine's clock is not asked either. */
#include "base/calendar.h"
#include "base/text.h"
#include "intake/page/date_text.h"
#include "intake/page/inside.h"
#include "intake/published.h"

#define NEAR_BLOCKS 12u /* around the headline */
#define ASIDE_LINE_B 60u
#define DATE_LINE_B 120u /* a block that is hardly more than a date */

/* How sure a place is; the least number wins. */
typedef enum rank {
    RANK_JSON,
    RANK_META,
    RANK_PROPERTY, /* itemprop="datePublished" */
    RANK_TIME,     /* <time pubdate>, <time class="published"> */
    RANK_URL,
    RANK_ANY_TIME, /* <time datetime> in the story's element */
    RANK_NAMED,    /* class="date" */
    RANK_NEAR,     /* beside the headline */
    RANK_DATELINE,
    RANK_CREATED,
    RANK_FAR,   /* the first date that stands by itself anywhere */
    RANK_ASIDE, /* the same beside the story */
    RANK_NONE
} rank;

typedef struct search {
    const slk_flat *f;
    const slk_facts *facts;
    slk_page *out;
    rank best;
    bool month_first;
} search;

static void offer(search *s, rank r, slk_instant when, slk_published_basis basis, const char *how) {
    if (r >= s->best || when.precision < SLK_P_DAY) return;
    s->best = r;
    s->out->published = when;
    s->out->published_basis = basis;
    s->out->published_how = how;
}

static void offer_update(search *s, slk_instant when) {
    if (s->out->updated.precision == SLK_P_NONE) s->out->updated = when;
}

/* Months first in American pages, and in English ones that do not say which English. */
static bool months_come_first(const char *language) {
    if (!language) return true;
    slk_text l = slk_text_of(language);
    return slk_text_starts_fold(l, "en-us") || slk_text_starts_fold(l, "en_us") || slk_text_is_fold(l, "en");
}

static bool contains(slk_text t, const char *z) {
    for (size_t i = 0; i < t.n; i++)
        if (slk_lower(t.at[i]) == z[0] && slk_text_starts_fold((slk_text){t.at + i, t.n - i}, z)) return true;
    return false;
}

static bool any_of(slk_text t, const char *const *words, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (contains(t, words[i])) return true;
    return false;
}

static bool says_changed(slk_text t) {
    static const char *const words[] = {"modif",  "updat",           "aktualis",           "revis",
                                        "edited", "ge\xC3\xA4ndert", "mise \xC3\xA0 jour", "actualiz"};
    return any_of(t, words, sizeof words / sizeof *words);
}

static bool says_published(slk_text t) {
    static const char *const words[] = {"publi",      "pubdate",       "entry-date", "post-date",
                                        "postdate",   "posted",        "issued",     "article-date",
                                        "entry-time", "article__date", "post__date", "created"};
    return any_of(t, words, sizeof words / sizeof *words);
}

static bool says_date(slk_text t) {
    static const char *const words[] = {"date",      "datum",     "time",       "publi",        "posted",
                                        "fecha",     "byline",    "created",    "postinfo",     "post-info",
                                        "postmeta",  "post-meta", "entry-meta", "article-meta", "article-info",
                                        "submitted", "meta",      "autor",      "author"};
    return any_of(t, words, sizeof words / sizeof *words);
}

/* The first characters of an element's text. */
static slk_text text_of(const slk_node *n, char *room, size_t size) {
    size_t at = 0;
    for (const slk_node *c = n; c; c = slk_node_next(n, c, false)) {
        if (c->kind != SLK_NODE_TEXT) continue;
        for (const slk_piece *p = &c->piece; p; p = p->next)
            for (size_t i = 0; i < p->text.n; i++) {
                if (at == size) return (slk_text){room, size};
                room[at++] = p->text.at[i];
            }
        if (at < size) room[at++] = ' ';
    }
    return (slk_text){room, at};
}

/* Elements of other stories, comments and menus speak of other dates. */
static bool speaks_of_page(const search *s, const slk_node *n) {
    slk_why why = (slk_why)s->f->elements[n->id].why;
    return why != SLK_WHY_RELATED && why != SLK_WHY_COMMENT;
}

static void hear_element(search *s, const slk_node *n) {
    char room[161];
    slk_instant when;
    slk_text prop = slk_node_attribute(n, "itemprop"), class = slk_node_attribute(n, "class"),
             id = slk_node_attribute(n, "id");
    slk_text datetime = slk_node_attribute(n, "datetime"), content = slk_node_attribute(n, "content"),
             title = slk_node_attribute(n, "title");
    bool time = slk_node_is(n, SLK_TAG_TIME), property = slk_text_is_fold(prop, "datePublished");
    bool named = property || says_date(class) || says_date(id) || slk_text_is_fold(prop, "dateModified") ||
                 slk_text_is_fold(prop, "dateCreated");
    if ((!time && !named) || !speaks_of_page(s, n)) return;
    slk_text t = text_of(n, room, sizeof room);
    bool found = (datetime.n && slk_date_text(s->f->pack, datetime, s->month_first, &when)) ||
                 (content.n && slk_date_text(s->f->pack, content, s->month_first, &when));
    bool is_short = t.n <= 160;
    if (!found) found = is_short && slk_date_text(s->f->pack, t, s->month_first, &when);
    if (!found && title.n &&
        slk_text_is_fold(
            slk_html_tag_name((slk_tag)n->tag)[0] ? slk_text_of(slk_html_tag_name((slk_tag)n->tag)) : class, "abbr"))
        found = slk_date_text(s->f->pack, title, s->month_first, &when);
    if (!found) return;
    bool changed =
        says_changed(prop) || says_changed(class) || (is_short && !property && says_changed(t) && !says_published(t));
    if (changed && !property && !says_published(class)) {
        offer_update(s, when);
        return;
    }
    slk_why why = (slk_why)s->f->elements[n->id].why;
    if (property)
        offer(s, RANK_PROPERTY, when, SLK_PUB_METADATA, "itemprop datePublished");
    else if (time && (slk_node_attribute(n, "pubdate").at || says_published(class)))
        offer(s, RANK_TIME, when, SLK_PUB_METADATA, "time element");
    else if (time && why != SLK_WHY_FRAME)
        offer(s, RANK_ANY_TIME, when, SLK_PUB_METADATA, "time element");
    else if (!time && why != SLK_WHY_FRAME)
        offer(s, RANK_NAMED, when, SLK_PUB_METADATA, "an element called a date");
}

static bool is_copyright(slk_text t) {
    static const char *const words[] = {"\xC2\xA9", "copyright", "all rights"};
    return any_of(t, words, sizeof words / sizeof *words);
}

/* Blocks that are hardly more than a date: beside the headline, else anywhere. */
static void hear_blocks(search *s) {
    const slk_flat *f = s->f;
    int64_t headline = -1;
    for (uint32_t i = 0; i < f->blocks.n && headline < 0; i++)
        if (f->blocks.at[i].heading == 1) headline = i;
    for (uint32_t i = 0; i < f->blocks.n; i++) {
        const slk_block *b = &f->blocks.at[i];
        slk_text t = slk_block_text(f, b);
        slk_instant when;
        slk_why why = slk_block_why(f, b);
        bool aside = why == SLK_WHY_RELATED || why == SLK_WHY_FRAME;
        if (t.n > (aside ? ASIDE_LINE_B : DATE_LINE_B) || why == SLK_WHY_COMMENT || (aside && b->link_b) ||
            is_copyright(t))
            continue;
        if (!slk_date_text(f->pack, t, s->month_first, &when)) continue;
        int64_t apart = headline < 0 ? (int64_t)i : (int64_t)i - headline;
        bool near = apart >= -3 && apart <= (int64_t)NEAR_BLOCKS;
        if (says_changed(t) && !says_published(t))
            offer_update(s, when);
        else
            offer(s,
                  aside  ? RANK_ASIDE
                  : near ? RANK_NEAR
                         : RANK_FAR,
                  when, SLK_PUB_METADATA, near ? "a date beside the headline" : "a date on the page");
    }
}

void slk_facts_json_dates(const json_t *object, slk_said *published, slk_said *created, slk_said *updated,
                          const slk_pack *pack) {
    static const char *const names[] = {"datePublished", "dateCreated", "dateModified"};
    static const char *const hows[] = {"JSON-LD datePublished", "JSON-LD dateCreated", "JSON-LD dateModified"};
    slk_said *slots[] = {published, created, updated};
    for (size_t i = 0; i < 3; i++) {
        const char *z = json_string_value(json_object_get(object, names[i]));
        slk_instant when;
        if (slots[i]->how || !z || !slk_date_text(pack, slk_text_of(z), true, &when)) continue;
        *slots[i] = (slk_said){when, hows[i]};
    }
}

void slk_facts_meta_date(const slk_pack *pack, slk_text name, slk_text content, slk_facts *facts) {
    uint32_t row;
    char small[64];
    slk_instant when;
    if (name.n > sizeof small) return;
    for (size_t i = 0; i < name.n; i++) small[i] = slk_lower(name.at[i]);
    row = slk_pack_find(pack, SLK_T_PAGE_METAS, (slk_text){small, name.n});
    if (row == SLK_NONE || !slk_date_text(pack, content, true, &when)) return;
    slk_text kind = slk_pack_cell(pack, SLK_T_PAGE_METAS, row, SLK_PAGE_METAS_KIND);
    const char *how = slk_pack_str(pack, SLK_T_PAGE_METAS, row, SLK_PAGE_METAS_NAME);
    slk_said *slot = slk_text_is(kind, "published") ? &facts->meta_published
                     : slk_text_is(kind, "created") ? &facts->meta_created
                                                    : &facts->meta_updated;
    if (!slot->how) *slot = (slk_said){when, how};
}

void slk_dates_find(const slk_flat *f, const slk_facts *facts, const char *url, slk_page *out) {
    search s = {
        .f = f, .facts = facts, .out = out, .best = RANK_NONE, .month_first = months_come_first(facts->language)};
    slk_instant when;
    slk_published_basis basis;
    offer(&s, RANK_JSON, facts->json_published.when, SLK_PUB_METADATA, facts->json_published.how);
    offer(&s, RANK_META, facts->meta_published.when, SLK_PUB_METADATA, facts->meta_published.how);
    offer(&s, RANK_CREATED, facts->json_created.when, SLK_PUB_METADATA, facts->json_created.how);
    offer(&s, RANK_CREATED, facts->meta_created.when, SLK_PUB_METADATA, facts->meta_created.how);
    offer_update(&s, facts->json_updated.when);
    offer_update(&s, facts->meta_updated.when);
    static const slk_text none = {"", 0};
    if (slk_published_find(f->pack, none, url, &when, &basis) ||
        slk_published_find(f->pack, none, facts->url, &when, &basis))
        offer(&s, RANK_URL, when, SLK_PUB_URL, "the address");
    for (const slk_node *n = f->body; n; n = slk_node_next(f->body, n, false))
        if (n->kind == SLK_NODE_ELEMENT && (n->n_attributes || n->tag == SLK_TAG_TIME)) hear_element(&s, n);
    if (slk_published_find(f->pack, out->text, NULL, &when, &basis)) offer(&s, RANK_DATELINE, when, basis, "dateline");
    hear_blocks(&s);
}
