/* insert.c - nodes into the tree: where they go (foster parenting included), and text onto text. See parser.h. */
#include <string.h>

#include "base/text.h"
#include "intake/html/parser.h"

slk_node *slk_parser_node(slk_parser *p, slk_node_kind kind, uint32_t from_b) {
    if (p->err != SLK_OK) return NULL;
    if (p->n_nodes >= SLK_MAX_PAGE_NODES) {
        p->err = SLK_ELIMIT;
        p->why = "more elements and texts";
        return NULL;
    }
    slk_node *n = slk_arena_take(p->arena, sizeof *n);
    if (!n) {
        p->err = SLK_ENOMEM;
        return NULL;
    }
    n->id = p->n_nodes++;
    n->kind = (uint8_t)kind;
    n->from_b = from_b;
    return n;
}

void slk_parser_put(slk_spot where, slk_node *n) {
    if (!n || !where.parent) return;
    n->parent = where.parent;
    n->after = where.before;
    n->before = where.before ? where.before->before : where.parent->last;
    *(n->before ? &n->before->after : &where.parent->first) = n;
    *(where.before ? &where.before->before : &where.parent->last) = n;
}

void slk_parser_unlink(slk_node *n) {
    if (!n->parent) return;
    *(n->before ? &n->before->after : &n->parent->first) = n->after;
    *(n->after ? &n->after->before : &n->parent->last) = n->before;
    n->parent = n->before = n->after = NULL;
}

void slk_parser_move_children(slk_node *from, slk_node *to) {
    while (from->first) {
        slk_node *n = from->first;
        slk_parser_unlink(n);
        slk_parser_put((slk_spot){to, NULL}, n);
    }
}

/* Where a foster child goes: before the last table, unless a template is nearer. */
static slk_spot foster_place(const slk_parser *p) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        slk_node *n = p->open.at[i];
        if (slk_node_is(n, SLK_TAG_TEMPLATE)) return (slk_spot){n->content, NULL};
        if (!slk_node_is(n, SLK_TAG_TABLE)) continue;
        if (n->parent) return (slk_spot){n->parent, n};
        if (i > 0) return (slk_spot){p->open.at[i - 1], NULL};
    }
    return (slk_spot){p->open.n ? p->open.at[0] : NULL, NULL};
}

slk_spot slk_parser_place(const slk_parser *p, slk_node *target) {
    if (!target) target = slk_parser_current(p);
    slk_spot where = {target, NULL};
    if (p->foster &&
        (slk_node_is(target, SLK_TAG_TABLE) || slk_node_is(target, SLK_TAG_TBODY) ||
         slk_node_is(target, SLK_TAG_TFOOT) || slk_node_is(target, SLK_TAG_THEAD) || slk_node_is(target, SLK_TAG_TR)))
        where = foster_place(p);
    if (slk_node_is(where.parent, SLK_TAG_TEMPLATE)) where = (slk_spot){where.parent->content, NULL};
    return where;
}

static void add_content(slk_parser *p, slk_node *n) {
    if (slk_node_is(n, SLK_TAG_TEMPLATE)) n->content = slk_parser_node(p, SLK_NODE_FRAGMENT, n->from_b);
}

slk_node *slk_parser_element(slk_parser *p, const slk_html_token *t, slk_namespace ns) {
    slk_node *n = slk_parser_node(p, SLK_NODE_ELEMENT, t->from_b);
    if (!n) return NULL;
    n->ns = (uint8_t)ns;
    n->tag = (uint16_t)t->tag;
    n->name = t->text;
    if (t->n_attributes) {
        n->attributes = slk_arena_take(p->arena, t->n_attributes * sizeof *n->attributes);
        if (!n->attributes) {
            p->err = SLK_ENOMEM;
            return NULL;
        }
        memcpy(n->attributes, t->attributes, t->n_attributes * sizeof *n->attributes);
        n->n_attributes = t->n_attributes;
    }
    add_content(p, n);
    if (ns != SLK_NS_HTML) slk_foreign_adjust(p, n);
    return n;
}

slk_node *slk_parser_again(slk_parser *p, const slk_node *old) {
    slk_node *n = slk_parser_node(p, SLK_NODE_ELEMENT, old->from_b);
    if (!n) return NULL;
    n->ns = old->ns;
    n->tag = old->tag;
    n->name = old->name;
    n->attributes = old->attributes;
    n->n_attributes = old->n_attributes;
    return n;
}

slk_node *slk_parser_insert_foreign(slk_parser *p, const slk_html_token *t, slk_namespace ns) {
    slk_node *n = slk_parser_element(p, t, ns);
    slk_parser_put(slk_parser_place(p, NULL), n);
    slk_parser_push(p, n);
    return p->err == SLK_OK ? n : NULL;
}

slk_node *slk_parser_insert(slk_parser *p, const slk_html_token *t) {
    return slk_parser_insert_foreign(p, t, SLK_NS_HTML);
}

slk_node *slk_parser_insert_tag(slk_parser *p, slk_tag tag, uint32_t from_b) {
    slk_html_token t = {
        .kind = SLK_HTML_START, .tag = tag, .from_b = from_b, .text = slk_text_of(slk_html_tag_name(tag))};
    return slk_parser_insert(p, &t);
}

void slk_parser_insert_void(slk_parser *p, const slk_html_token *t) {
    (void)slk_parser_insert(p, t);
    slk_parser_pop(p);
}

/* Onto the text node n. */
static void append(slk_parser *p, slk_node *n, const slk_piece *piece) {
    slk_piece *last = n->last_piece;
    bool verbatim = piece->to_b - piece->from_b == piece->text.n && last->to_b - last->from_b == last->text.n;
    if (verbatim && last->text.at + last->text.n == piece->text.at &&
        last->to_b == piece->from_b) { /* it goes on there */
        last->text.n += piece->text.n;
        last->to_b = piece->to_b;
        return;
    }
    slk_piece *next = slk_arena_take(p->arena, sizeof *next);
    if (!next) {
        p->err = SLK_ENOMEM;
        return;
    }
    *next = *piece;
    next->next = NULL;
    last->next = next;
    n->last_piece = next;
}

void slk_parser_piece(slk_parser *p, const slk_piece *piece) {
    slk_spot where = slk_parser_place(p, NULL);
    if (!piece->text.n || !where.parent || where.parent->kind == SLK_NODE_DOCUMENT) return;
    slk_node *before = where.before ? where.before->before : where.parent->last;
    if (before && before->kind == SLK_NODE_TEXT) {
        append(p, before, piece);
        return;
    }
    slk_node *n = slk_parser_node(p, SLK_NODE_TEXT, piece->from_b);
    if (!n) return;
    n->piece = *piece;
    n->piece.next = NULL;
    n->last_piece = &n->piece;
    slk_parser_put(where, n);
}

void slk_parser_text(slk_parser *p, const slk_html_token *t) {
    slk_piece piece = {.text = t->text, .from_b = t->from_b, .to_b = t->to_b};
    slk_parser_piece(p, &piece);
}

void slk_parser_comment(slk_parser *p, const slk_html_token *t, slk_node *parent) {
    slk_node *n = slk_parser_node(p, SLK_NODE_COMMENT, t->from_b);
    if (!n) return;
    n->piece = (slk_piece){.text = t->text, .from_b = t->from_b, .to_b = t->to_b};
    n->last_piece = &n->piece;
    slk_parser_put(parent ? (slk_spot){parent, NULL} : slk_parser_place(p, NULL), n);
}

void slk_parser_add_attributes(slk_parser *p, slk_node *n, const slk_html_token *t) {
    for (uint32_t i = 0; i < t->n_attributes && p->n_added < SLK_MAX_ADDED_ATTRIBUTES; i++) {
        bool there = false;
        for (uint32_t k = 0; k < n->n_attributes && !there; k++)
            there = slk_text_eq(n->attributes[k].name, t->attributes[i].name);
        if (there) continue;
        slk_attribute *more = slk_arena_take(p->arena, (n->n_attributes + 1) * sizeof *more);
        if (!more) {
            p->err = SLK_ENOMEM;
            return;
        }
        if (n->n_attributes) memcpy(more, n->attributes, n->n_attributes * sizeof *more);
        more[n->n_attributes++] = t->attributes[i];
        n->attributes = more;
        p->n_added++;
    }
}

void slk_parser_raw(slk_parser *p, const slk_html_token *t, slk_text_mode how) {
    (void)slk_parser_insert(p, t);
    p->tokens.mode = how;
    p->original = p->mode;
    p->mode = SLK_MODE_TEXT;
}
