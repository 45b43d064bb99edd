/* dates_seen.c - dates that readers see on a page. Each date of a text has its own label, the words before it ("Published 3 March,
 * updated 5 March"), else those behind it ("... 3 March, 14:05, posted in ..."); what neither says, the element's class may.
 * Dates within lists of other stories and comments are not asked, unless the headline stands in there too. */
#include "base/text.h"
#include "intake/page/date_text.h"
#include "intake/page/dates.h"

#define TEXT_MOST 160u /* of an element that is hardly more than a date */
#define NODES_MOST 48u
#define LABEL_MOST_B 60u  /* looked at before a date */
#define BEHIND_MOST_B 40u /* and behind it */
#define DATES_MOST 4u     /* in one text */
#define NEAR_BLOCKS 12u   /* around the headline */
#define LINE_MOST_B 120u  /* a block that is hardly more than a date */
#define ASIDE_LINE_B 60u
#define NOTE_MOST_B 300u /* a line beneath a story: "This article was posted on ... in ..." */
#define SENTENCE_WORDS 12u
#define BEGINNING_B 24u /* "Published on ..." */
#define UP_MOST 3u      /* elements around a <time> that may say what it is */

typedef struct place { /* where dates of a text rank, and what the element says of them */
    slk_date_rank said, plain;
    unsigned class; /* SLK_SAYS_... */
    const char *how;
    bool near; /* the headline */
} place;

static bool is_around(const slk_node *outer, const slk_node *n) {
    while (n && n != outer) n = n->parent;
    return n != NULL;
}

/* What an element is said to be apart from the story; an element that holds the headline too is not apart. */
static slk_why apart(const slk_date_search *s, const slk_node *n) {
    slk_why why = (slk_why)s->f->elements[n->id].why;
    if (why <= SLK_WHY_CONTENT || !s->headline) return why;
    while (n->parent && s->f->elements[n->id].own != why) n = n->parent;
    return is_around(n, s->headline) ? SLK_WHY_NOT : why;
}

static void hear_date(slk_date_search *s, slk_text label, slk_text behind, slk_instant when, const place *p) {
    unsigned says = slk_date_words(s->words, label);
    const unsigned both = SLK_SAYS_PUBLISHED | SLK_SAYS_CHANGED;
    if (!(says & (both | SLK_SAYS_OTHER)) && behind.n) says |= slk_date_words(s->words, behind) & both;
    if (!(says & (both | SLK_SAYS_OTHER))) says |= p->class & both;
    if (says & SLK_SAYS_PUBLISHED)
        slk_date_offer(s, p->said, when, SLK_PUB_METADATA, p->how);
    else if (says & SLK_SAYS_CHANGED)
        slk_date_offer_update(s, when);
    else if (!(says & SLK_SAYS_OTHER))
        slk_date_offer(s, p->plain, when, SLK_PUB_METADATA, p->how);
    bool changed = (says & both) == SLK_SAYS_CHANGED, said = slk_date_words(s->words, label) & SLK_SAYS_PUBLISHED;
    if ((said || (p->near && !(says & SLK_SAYS_OTHER))) && !changed && s->seen.precision == SLK_P_NONE) s->seen = when;
}

/* All dates of a text. */
static bool hear_text(slk_date_search *s, slk_text t, const place *p) {
    slk_dated d, next;
    uint32_t at = 0;
    bool more = slk_date_find(s->f->pack, t, s->month_first, &next);
    bool any = more;
    for (unsigned i = 0; more && i < DATES_MOST; i++) {
        d = next;
        slk_text label = slk_text_part(t, at, at + d.start);
        if (label.n > LABEL_MOST_B) label = (slk_text){label.at + label.n - LABEL_MOST_B, LABEL_MOST_B};
        at += d.end;
        slk_text rest = slk_text_part(t, at, (uint32_t)t.n);
        more = slk_date_find(s->f->pack, rest, s->month_first, &next);
        slk_text behind = more ? (slk_text){rest.at, 0} : slk_text_head(rest, BEHIND_MOST_B);
        hear_date(s, label, behind, d.when, p);
    }
    return any;
}

/* ---------------------------------------------------------------- elements */

typedef struct collected {
    char at[TEXT_MOST + 1];
    size_t n;
} collected;

static void collect(collected *c, const slk_node *text) {
    for (const slk_piece *p = &text->piece; p && c->n < sizeof c->at; p = p->next) {
        size_t n = p->text.n < sizeof c->at - c->n ? p->text.n : sizeof c->at - c->n;
        memcpy(c->at + c->n, p->text.at, n);
        c->n += n;
    }
    if (c->n < sizeof c->at) c->at[c->n++] = ' ';
}

/* The first characters of an element's text, up to an element within it (NULL: all). More than TEXT_MOST: not hardly a date, or more
 * elements than a date is made of. */
static slk_text text_of(const slk_node *n, const slk_node *end, collected *c) {
    unsigned nodes = 0;
    c->n = 0;
    for (const slk_node *i = n; i && i != end && c->n <= TEXT_MOST; i = slk_node_next(n, i, false)) {
        if (nodes++ == NODES_MOST) return (slk_text){c->at, sizeof c->at};
        if (end && slk_node_is(i, SLK_TAG_TIME)) c->n = 0; /* what stands before another <time> is its label */
        if (i->kind == SLK_NODE_TEXT) collect(c, i);
    }
    return (slk_text){c->at, c->n};
}

static unsigned class_says(const slk_date_search *s, const slk_node *n) {
    slk_text class = slk_node_attribute(n, "class"), id = slk_node_attribute(n, "id"),
             prop = slk_node_attribute(n, "itemprop");
    unsigned says = 0;
    if (class.n) says |= slk_date_words(s->words, class);
    if (id.n) says |= slk_date_words(s->words, id);
    if (prop.n) says |= slk_date_words(s->words, prop);
    return says;
}

/* What stands around a <time>: "Updated: <time>", <span class="modified"><time>. */
static unsigned around_says(const slk_date_search *s, const slk_node *n) {
    collected c;
    const slk_node *up = n->parent;
    for (unsigned i = 0; i < UP_MOST && up; i++, up = up->parent) {
        slk_text label = text_of(up, n, &c);
        if (label.n > TEXT_MOST || slk_node_is(up, SLK_TAG_ARTICLE) || slk_node_is(up, SLK_TAG_BODY)) break;
        unsigned says = (slk_date_words(s->words, label) | class_says(s, up)) & (SLK_SAYS_PUBLISHED | SLK_SAYS_CHANGED);
        if (says) return says;
    }
    return 0;
}

/* A date for machines in an attribute. */
static bool hear_attribute(slk_date_search *s, slk_text value, slk_text text, const place *p) {
    slk_instant when;
    if (!value.n || !slk_date_text(s->f->pack, value, s->month_first, &when)) return false;
    slk_dated shown;
    bool own = text.n <= TEXT_MOST && slk_date_find(s->f->pack, text, s->month_first, &shown);
    slk_text none = {"", 0};
    slk_text label = text.n > TEXT_MOST ? none : own ? slk_text_head(text, shown.start) : text;
    hear_date(s, label, own ? slk_text_part(text, shown.end, (uint32_t)text.n) : none, when, p);
    return true;
}

static void hear_element(slk_date_search *s, const slk_node *n) {
    collected c;
    bool time = slk_node_is(n, SLK_TAG_TIME);
    unsigned says = class_says(s, n);
    if (!time && !(says & (SLK_SAYS_PUBLISHED | SLK_SAYS_CHANGED | SLK_SAYS_DATE))) return;
    if (slk_node_is(n, SLK_TAG_A) && !(says & SLK_SAYS_DATE)) return; /* class="publication": what it leads to */
    slk_why why = apart(s, n);
    if (why == SLK_WHY_RELATED || why == SLK_WHY_COMMENT) return;
    bool property = slk_text_is_fold(slk_node_attribute(n, "itemprop"), "datePublished");
    if (time && slk_node_attribute(n, "pubdate").at) says |= SLK_SAYS_PUBLISHED;
    if (time && !(says & (SLK_SAYS_PUBLISHED | SLK_SAYS_CHANGED))) says |= around_says(s, n);
    place p = {.said = property ? SLK_RANK_PROPERTY
                       : time   ? SLK_RANK_TIME
                                : SLK_RANK_SAID,
               .plain = why == SLK_WHY_FRAME ? SLK_RANK_ASIDE
                        : time               ? SLK_RANK_ANY_TIME
                                             : SLK_RANK_NAMED,
               .class = property ? SLK_SAYS_PUBLISHED : says,
               .how = property ? "itemprop datePublished"
                      : time   ? "time element"
                               : "an element called a date"};
    if (!time && !property && (says & SLK_SAYS_PUBLISHED)) p.said = SLK_RANK_NAMED; /* only a class says so */
    slk_text t = text_of(n, NULL, &c);
    bool found = hear_attribute(s, slk_node_attribute(n, "datetime"), t, &p) ||
                 hear_attribute(s, slk_node_attribute(n, "content"), t, &p);
    if (!found && t.n <= TEXT_MOST) found = hear_text(s, t, &p);
    if (!found && slk_node_is(n, SLK_TAG_ABBR)) (void)hear_attribute(s, slk_node_attribute(n, "title"), t, &p);
}

void slk_dates_hear_elements(slk_date_search *s) {
    for (const slk_node *n = s->f->body; n; n = slk_node_next(s->f->body, n, false))
        if (n->kind == SLK_NODE_ELEMENT && (n->n_attributes || n->tag == SLK_TAG_TIME)) hear_element(s, n);
}

/* ---------------------------------------------------------------- blocks */

static bool is_sentence(const slk_block *b) { return b->n_words >= SENTENCE_WORDS && b->n_stops; }

static bool has_digit(slk_text t) {
    for (size_t i = 0; i < t.n; i++)
        if (slk_is_digit(t.at[i])) return true;
    return false;
}

static void hear_block(slk_date_search *s, const slk_block *b, bool near) {
    slk_text t = slk_block_text(s->f, b);
    slk_why why = slk_block_why(s->f, b);
    if (why > SLK_WHY_CONTENT && s->f->elements[b->node->id].why == why) why = apart(s, b->node);
    bool aside = why == SLK_WHY_RELATED || why == SLK_WHY_FRAME;
    if (why == SLK_WHY_COMMENT || t.n > NOTE_MOST_B || !has_digit(t)) return;
    place p = {.said = SLK_RANK_SAID,
               .plain = aside  ? SLK_RANK_ASIDE
                        : near ? SLK_RANK_NEAR
                               : SLK_RANK_FAR,
               .how = near ? "a date beside the headline" : "a date on the page"};
    if (b->kept && is_sentence(b) && !(slk_date_words(s->words, slk_text_head(t, BEGINNING_B)) & SLK_SAYS_PUBLISHED))
        return; /* the story speaks of that day */
    if (t.n > LINE_MOST_B || is_sentence(b)) p.plain = SLK_RANK_NONE;
    p.near = p.plain == SLK_RANK_NEAR;
    if (aside && (t.n > ASIDE_LINE_B || (b->link_b && !near))) p.plain = SLK_RANK_NONE;
    if (class_says(s, b->in) & SLK_SAYS_OTHER) p.plain = SLK_RANK_NONE; /* a clock, an event */
    if (why == SLK_WHY_RELATED) p.said = p.plain;
    (void)hear_text(s, t, &p);
}

void slk_dates_hear_blocks(slk_date_search *s) {
    const slk_flat *f = s->f;
    int64_t headline = -1;
    for (uint32_t i = 0; i < f->blocks.n && headline < 0; i++)
        if (s->headline && is_around(s->headline, f->blocks.at[i].node)) headline = i;
    for (uint32_t i = 0; i < f->blocks.n; i++) {
        int64_t far = headline < 0 ? (int64_t)i : (int64_t)i - headline;
        hear_block(s, &f->blocks.at[i], far >= -3 && far <= (int64_t)NEAR_BLOCKS);
    }
}
