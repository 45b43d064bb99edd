/* stack.c - the stack of open elements and what is in scope. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

slk_node *slk_parser_current(const slk_parser *p) { return p->open.n ? p->open.at[p->open.n - 1] : NULL; }

slk_node *slk_parser_adjusted(const slk_parser *p) {
    return p->context && p->open.n == 1 ? p->context : slk_parser_current(p);
}

bool slk_parser_current_is(const slk_parser *p, slk_tag tag) { return slk_node_is(slk_parser_current(p), tag); }

void slk_parser_push(slk_parser *p, slk_node *n) {
    if (!n || p->err != SLK_OK) return;
    slk_err err =
        slk_list_room(p->arena, (void **)&p->open.at, &p->open.cap, p->open.n, sizeof(void *), p->options.most_depth);
    if (err != SLK_OK) {
        p->err = err;
        p->why = "elements are nested deeper";
        return;
    }
    p->open.at[p->open.n++] = n;
}

void slk_parser_pop(slk_parser *p) {
    if (p->open.n) p->open.n--;
}

void slk_parser_pop_until(slk_parser *p, slk_tag tag) {
    while (p->open.n)
        if (slk_node_is(p->open.at[--p->open.n], tag)) return;
}

void slk_parser_pop_node(slk_parser *p, const slk_node *n) {
    while (p->open.n)
        if (p->open.at[--p->open.n] == n) return;
}

int64_t slk_parser_index(const slk_parser *p, const slk_node *n) {
    for (int64_t i = (int64_t)p->open.n - 1; i >= 0; i--)
        if (p->open.at[i] == n) return i;
    return -1;
}

void slk_parser_remove(slk_parser *p, const slk_node *n) {
    int64_t i = slk_parser_index(p, n);
    if (i < 0) return;
    p->open.n--;
    for (uint32_t k = (uint32_t)i; k < p->open.n; k++) p->open.at[k] = p->open.at[k + 1];
}

void slk_parser_implied(slk_parser *p, slk_tag but) {
    for (const slk_node *n; (n = slk_parser_current(p)) != NULL; slk_parser_pop(p)) {
        bool implied = n->ns == SLK_NS_HTML && (slk_html_tag_flags((slk_tag)n->tag) & SLK_HTML_IMPLIED);
        if (!implied || (but != SLK_TAG_NONE && n->tag == but)) return;
    }
}

void slk_parser_implied_all(slk_parser *p) {
    for (const slk_node *n; (n = slk_parser_current(p)) != NULL; slk_parser_pop(p)) {
        static const slk_tag also[] = {SLK_TAG_CAPTION, SLK_TAG_COLGROUP, SLK_TAG_TBODY, SLK_TAG_TD,
                                       SLK_TAG_TFOOT,   SLK_TAG_TH,       SLK_TAG_THEAD, SLK_TAG_TR};
        bool implied = n->ns == SLK_NS_HTML && (slk_html_tag_flags((slk_tag)n->tag) & SLK_HTML_IMPLIED);
        for (size_t i = 0; i < sizeof also / sizeof *also; i++) implied = implied || slk_node_is(n, also[i]);
        if (!implied) return;
    }
}

static bool bounds(const slk_node *n, slk_scope scope) {
    if (scope == SLK_SCOPE_TABLE)
        return slk_node_is(n, SLK_TAG_HTML) || slk_node_is(n, SLK_TAG_TABLE) || slk_node_is(n, SLK_TAG_TEMPLATE);
    if (slk_node_is_scope(n)) return true;
    if (scope == SLK_SCOPE_LIST) return slk_node_is(n, SLK_TAG_OL) || slk_node_is(n, SLK_TAG_UL);
    return scope == SLK_SCOPE_BUTTON && slk_node_is(n, SLK_TAG_BUTTON);
}

bool slk_parser_in_scope(const slk_parser *p, slk_tag tag, slk_scope scope) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        const slk_node *n = p->open.at[i];
        if (slk_node_is(n, tag)) return true;
        if (bounds(n, scope)) return false;
    }
    return false;
}

bool slk_parser_node_in_scope(const slk_parser *p, const slk_node *node) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        if (p->open.at[i] == node) return true;
        if (bounds(p->open.at[i], SLK_SCOPE_PLAIN)) return false;
    }
    return false;
}

bool slk_node_is_heading(const slk_node *n) {
    return n && n->kind == SLK_NODE_ELEMENT && n->ns == SLK_NS_HTML && n->tag >= SLK_TAG_H1 && n->tag <= SLK_TAG_H6;
}

bool slk_parser_heading_in_scope(const slk_parser *p) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        if (slk_node_is_heading(p->open.at[i])) return true;
        if (bounds(p->open.at[i], SLK_SCOPE_PLAIN)) return false;
    }
    return false;
}

bool slk_parser_open_has(const slk_parser *p, slk_tag tag) {
    for (uint32_t i = p->open.n; i-- > 0;)
        if (slk_node_is(p->open.at[i], tag)) return true;
    return false;
}

void slk_parser_close_p(slk_parser *p) {
    if (!slk_parser_in_scope(p, SLK_TAG_P, SLK_SCOPE_BUTTON)) return;
    slk_parser_implied(p, SLK_TAG_P);
    slk_parser_pop_until(p, SLK_TAG_P);
}
