/* main.c - which blocks of a page are its story. First the element that holds it: where most bytes of good paragraphs (whole
 * sentences that are no links) lie close together, with a word for elements that say so themselves; then which blocks of that
 * element belong to it. Pages that are no articles (lists of products, front pages) keep more of what is short. */
#include "base/text.h"
#include "intake/page/inside.h"

#define GOOD_WORDS 12u        /* of a paragraph */
#define SURE_WORDS 25u        /* without a full stop */
#define MOST_LINKS 0.5        /* share of a good paragraph's bytes */
#define DOMINANT 0.85         /* a child with this share of the good bytes is gone down into */
#define SPEAKS_FOR_ITSELF 0.4 /* an element that says it is the story needs this share */
#define ARTICLE_SHARE 0.6     /* of a page that is one article */
#define STORY_SHARE 0.5       /* of what an element around a heading must hold */
#define LIST_MOST 64
#define LEAST_GOOD_B 250u /* below this a page has no story */

static bool is_good(const slk_block *b) {
    uint32_t n = b->span.end - b->span.start;
    if (b->heading || b->link_b > MOST_LINKS * n) return false;
    return (b->n_words >= GOOD_WORDS && b->n_stops) || b->n_words >= SURE_WORDS || (b->n_words < 4 && n >= 120);
}

/* Bytes of good paragraphs and of all text, for each element what lies in it. */
static void weigh(slk_flat *f) {
    for (uint32_t i = 0; i < f->n_elements; i++)
        f->elements[i].good_b = f->elements[i].text_b = f->elements[i].all_b = 0;
    for (uint32_t i = 0; i < f->blocks.n; i++) {
        const slk_block *b = &f->blocks.at[i];
        uint32_t n = b->span.end - b->span.start, good = is_good(b) ? n - b->link_b : 0;
        bool fine = slk_block_why(f, b) <= SLK_WHY_CONTENT;
        for (const slk_node *e = b->node; e; e = e->parent) {
            f->elements[e->id].all_b += good;
            if (!fine) continue;
            f->elements[e->id].good_b += good;
            f->elements[e->id].text_b += n;
        }
    }
}

/* An element that was set aside and yet holds most of the page is the page, whatever it is called. */
static bool take_back(slk_flat *f, const slk_facts *facts) {
    uint32_t all = f->elements[f->body->id].all_b, fine = f->elements[f->body->id].good_b;
    bool any = false;
    for (const slk_node *n = f->body; n; n = slk_node_next(f->body, n, false)) {
        slk_element *e = &f->elements[n->id];
        if (e->own <= SLK_WHY_CONTENT || !e->all_b) continue;
        bool most = e->all_b > all / 2;
        if (e->own == SLK_WHY_COMMENT) most = (most && fine < LEAST_GOOD_B) || facts->forum;
        if (e->own == SLK_WHY_CAPTION || e->own == SLK_WHY_HIDDEN) most = e->all_b > all - all / 5;
        if (!most) continue;
        e->own = SLK_WHY_NOT;
        any = true;
    }
    return any;
}

static uint32_t good(const slk_flat *f, const slk_node *n) { return f->elements[n->id].good_b; }

/* The element with most good bytes among those that are marked; NULL where none has enough. */
static const slk_node *marked(const slk_flat *f, bool (*is)(const slk_flat *f, const slk_node *n)) {
    const slk_node *best = NULL;
    uint32_t most = 0, needed = (uint32_t)(SPEAKS_FOR_ITSELF * good(f, f->body));
    for (const slk_node *n = f->body; n; n = slk_node_next(f->body, n, false))
        if (n->kind == SLK_NODE_ELEMENT && good(f, n) > most && is(f, n)) {
            best = n;
            most = good(f, n);
        }
    return most >= needed && most ? best : NULL;
}

static bool says_content(const slk_flat *f, const slk_node *n) { return f->elements[n->id].own == SLK_WHY_CONTENT; }

static bool is_article(const slk_flat *f, const slk_node *n) {
    (void)f;
    return slk_node_is(n, SLK_TAG_ARTICLE) || slk_text_is_fold(slk_node_attribute(n, "role"), "article");
}

static bool is_main(const slk_flat *f, const slk_node *n) {
    (void)f;
    return slk_node_is(n, SLK_TAG_MAIN) || slk_text_is_fold(slk_node_attribute(n, "role"), "main");
}

/* From an element down to where its good paragraphs part. */
static const slk_node *go_down(const slk_flat *f, const slk_node *n) {
    for (;;) {
        const slk_node *next = NULL;
        for (const slk_node *c = n->first; c; c = c->after)
            if (c->kind == SLK_NODE_ELEMENT && slk_flat_is_block(c) && good(f, c) >= DOMINANT * good(f, n)) next = c;
        if (!next || good(f, next) == 0 || slk_node_is(next, SLK_TAG_P) || slk_node_is(next, SLK_TAG_BLOCKQUOTE))
            return n;
        n = next;
    }
}

static const slk_node *choose_root(const slk_flat *f, bool article) {
    if (good(f, f->body) < LEAST_GOOD_B) article = false;
    const slk_node *n = article ? marked(f, says_content) : NULL;
    if (!n && article) n = marked(f, is_article);
    if (!n) n = marked(f, is_main);
    if (!n) n = f->body;
    return article ? go_down(f, n) : n;
}

static bool holds(const slk_node *root, const slk_node *n) {
    while (n && n != root) n = n->parent;
    return n != NULL;
}

static bool is_title(const slk_flat *f, const slk_facts *facts, const slk_block *b) {
    slk_text t = slk_block_text(f, b);
    return facts->title && t.n > 10 && slk_text_starts_fold(slk_text_of(facts->title), "") &&
           slk_text_starts_fold(t, facts->title);
}

/* A heading that is a link stands in the story itself where the element around it holds most of it; in a list of other stories it holds
 * one of them. */
static bool heads_part(const slk_flat *f, const slk_node *root, const slk_block *b) {
    const slk_node *n = b->node;
    while (n != root && n->parent && !(n->tag >= SLK_TAG_H1 && n->tag <= SLK_TAG_H6)) n = n->parent;
    while (n != root && n->parent && good(f, n) == 0) n = n->parent;
    return b->heading && good(f, n) >= STORY_SHARE * good(f, root);
}

/* "The signs are:" and then a list of links: what is listed is part of what is said. */
static bool is_announced(const slk_flat *f, const slk_block *b) {
    const slk_block *first = f->blocks.at;
    if (b->kind != SLK_BLOCK_ITEM) return false;
    for (const slk_block *up = b; up > first && b - up < LIST_MOST;) {
        up--;
        if (up->kind == SLK_BLOCK_ITEM) continue;
        slk_text t = slk_block_text(f, up);
        return t.n && t.at[t.n - 1] == ':' && !up->link_b && slk_block_why(f, up) <= SLK_WHY_CONTENT;
    }
    return false;
}

/* Does a block of the chosen element belong to the story? */
static bool belongs(const slk_flat *f, const slk_node *root, const slk_facts *facts, const slk_block *b, bool article) {
    slk_text t = slk_block_text(f, b);
    if (slk_block_why(f, b) > SLK_WHY_CONTENT || !t.n) return false;
    if (slk_words_boilerplate(f->pack, t)) return false;
    double links = (double)b->link_b / (double)t.n;
    if (article && b->heading == 1) return false;
    if (article && is_title(f, facts, b)) return false;
    if (article && links > 0.66 && b->n_words < 30 && !heads_part(f, root, b) && !is_announced(f, b)) return false;
    if (!article && links > 0.9 && b->n_words < 4) return false;
    return true;
}

/* Short blocks behind the last paragraph and before the first are no story: names, dates, what is left of lists of links. */
static void trim(slk_flat *f) {
    uint32_t first = f->blocks.n, last = 0;
    for (uint32_t i = 0; i < f->blocks.n; i++) {
        if (!f->blocks.at[i].kept || !is_good(&f->blocks.at[i])) continue;
        if (first == f->blocks.n) first = i;
        last = i;
    }
    if (first == f->blocks.n) return;
    for (uint32_t i = 0; i < first; i++) f->blocks.at[i].kept = f->blocks.at[i].kept && f->blocks.at[i].n_words >= 8;
    for (uint32_t i = last + 1; i < f->blocks.n; i++) {
        slk_block *b = &f->blocks.at[i];
        bool goes_on = b->kind == SLK_BLOCK_ITEM || b->kind == SLK_BLOCK_CELL || b->n_stops;
        b->kept = b->kept && goes_on && !b->heading;
    }
}

/* A page of which nothing is left is a short one: what was not set aside stays, or else all. */
static void keep_something(slk_flat *f) {
    for (unsigned most = SLK_WHY_CONTENT; most <= SLK_WHY_HIDDEN; most += SLK_WHY_HIDDEN - SLK_WHY_CONTENT) {
        for (uint32_t i = 0; i < f->blocks.n; i++)
            if (f->blocks.at[i].kept) return;
        for (uint32_t i = 0; i < f->blocks.n; i++)
            f->blocks.at[i].kept = slk_block_why(f, &f->blocks.at[i]) <= (slk_why)most;
    }
}

static uint32_t first_good(const slk_flat *f, const slk_node *root) {
    uint32_t i = 0;
    while (i < f->blocks.n && (!is_good(&f->blocks.at[i]) || slk_block_why(f, &f->blocks.at[i]) > SLK_WHY_CONTENT ||
                               !holds(root, f->blocks.at[i].node)))
        i++;
    return i;
}

/* A page that says it is one, or one element that holds most of its good paragraphs. */
static bool looks_like_article(const slk_flat *f, const slk_facts *facts) {
    if (facts->article) return true;
    if (facts->forum) return false;
    const slk_node *n = marked(f, is_article);
    if (!n) n = marked(f, says_content);
    return n && good(f, n) >= ARTICLE_SHARE * good(f, f->body);
}

void slk_main_choose(slk_flat *f, slk_facts *facts) {
    if (!f->body) return;
    weigh(f);
    if (take_back(f, facts)) {
        slk_flat_inherit(f);
        weigh(f);
    }
    bool article = looks_like_article(f, facts);
    const slk_node *root = choose_root(f, article);
    slk_headline_choose(f, root, first_good(f, root), facts);
    for (uint32_t i = 0; i < f->blocks.n; i++) {
        slk_block *b = &f->blocks.at[i];
        b->kept = holds(root, b->node) && belongs(f, root, facts, b, article);
    }
    if (article) trim(f);
    keep_something(f);
}
