/* mode_body_end.c - the insertion mode "in body": end tags. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

typedef void (*doing)(slk_parser *p, slk_html_token *t);

void slk_body_any_other_end(slk_parser *p, const slk_html_token *t) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        const slk_node *n = p->open.at[i];
        bool same =
            n->ns == SLK_NS_HTML && n->tag == t->tag && (t->tag != SLK_TAG_NONE || slk_text_eq(n->name, t->text));
        if (same) {
            slk_parser_implied(p, t->tag);
            slk_parser_pop_node(p, n);
            return;
        }
        if (slk_node_is_special(n)) return;
    }
}

static void end_OTHER(slk_parser *p, slk_html_token *t) { slk_body_any_other_end(p, t); }

static void end_TEMPLATE(slk_parser *p, slk_html_token *t) {
    (void)t;
    slk_template_end(p);
}

static void end_BODY(slk_parser *p, slk_html_token *t) {
    (void)t;
    if (slk_parser_in_scope(p, SLK_TAG_BODY, SLK_SCOPE_PLAIN)) p->mode = SLK_MODE_AFTER_BODY;
}

static void end_HTML(slk_parser *p, slk_html_token *t) {
    if (slk_parser_in_scope(p, SLK_TAG_BODY, SLK_SCOPE_PLAIN)) slk_parser_again_as(p, t, SLK_MODE_AFTER_BODY);
}

static void end_BLOCK(slk_parser *p, slk_html_token *t) {
    if (!slk_parser_in_scope(p, t->tag, SLK_SCOPE_PLAIN)) return;
    slk_parser_implied(p, SLK_TAG_NONE);
    slk_parser_pop_until(p, t->tag);
}

static void end_FORM(slk_parser *p, slk_html_token *t) {
    if (slk_parser_open_has(p, SLK_TAG_TEMPLATE)) {
        end_BLOCK(p, t);
        return;
    }
    slk_node *form = p->form;
    p->form = NULL;
    if (!form || !slk_parser_node_in_scope(p, form)) return;
    slk_parser_implied(p, SLK_TAG_NONE);
    slk_parser_remove(p, form);
}

static void end_P(slk_parser *p, slk_html_token *t) {
    if (!slk_parser_in_scope(p, SLK_TAG_P, SLK_SCOPE_BUTTON)) (void)slk_parser_insert_tag(p, SLK_TAG_P, t->from_b);
    slk_parser_close_p(p);
}

static void end_item(slk_parser *p, slk_html_token *t, slk_scope scope) {
    if (!slk_parser_in_scope(p, t->tag, scope)) return;
    slk_parser_implied(p, t->tag);
    slk_parser_pop_until(p, t->tag);
}

static void end_LI(slk_parser *p, slk_html_token *t) { end_item(p, t, SLK_SCOPE_LIST); }
static void end_DD(slk_parser *p, slk_html_token *t) { end_item(p, t, SLK_SCOPE_PLAIN); }

static void end_HEADING(slk_parser *p, slk_html_token *t) {
    (void)t;
    if (!slk_parser_heading_in_scope(p)) return;
    slk_parser_implied(p, SLK_TAG_NONE);
    while (p->open.n && !slk_node_is_heading(slk_parser_current(p))) slk_parser_pop(p);
    slk_parser_pop(p);
}

static void end_FORMAT(slk_parser *p, slk_html_token *t) { slk_parser_adopt(p, t); }

static void end_MARKER(slk_parser *p, slk_html_token *t) {
    if (!slk_parser_in_scope(p, t->tag, SLK_SCOPE_PLAIN)) return;
    end_BLOCK(p, t);
    slk_parser_clear_to_marker(p);
}

static void end_BR(slk_parser *p, slk_html_token *t) {
    slk_html_token br = {
        .kind = SLK_HTML_START, .tag = SLK_TAG_BR, .from_b = t->from_b, .to_b = t->to_b, .text = t->text};
    slk_mode_in_body(p, &br);
}

#define END(number, name, flags, start, end) end_##end,
static const doing ends[SLK_TAG_COUNT] = {end_OTHER, SLK_HTML_TAGS(END)};
#undef END

void slk_body_end(slk_parser *p, slk_html_token *t) { ends[t->tag](p, t); }
