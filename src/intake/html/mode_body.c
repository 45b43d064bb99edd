/* mode_body.c - the insertion mode "in body": start tags, text, the end. What each start tag does is said in tags.h; here is one
 * function for each of these doings. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

typedef void (*doing)(slk_parser *p, slk_html_token *t);

static void insert(slk_parser *p, slk_html_token *t) { (void)slk_parser_insert(p, t); }

static void start_OTHER(slk_parser *p, slk_html_token *t) {
    slk_parser_reconstruct(p);
    insert(p, t);
}

static void start_HTML(slk_parser *p, slk_html_token *t) {
    if (slk_parser_open_has(p, SLK_TAG_TEMPLATE) || !p->open.n) return;
    slk_parser_add_attributes(p, p->open.at[0], t);
}

static void start_HEAD(slk_parser *p, slk_html_token *t) { slk_parser_run(p, t, SLK_MODE_IN_HEAD); }

static void start_BODY(slk_parser *p, slk_html_token *t) {
    if (p->open.n < 2 || !slk_node_is(p->open.at[1], SLK_TAG_BODY) || slk_parser_open_has(p, SLK_TAG_TEMPLATE)) return;
    p->frameset_ok = false;
    slk_parser_add_attributes(p, p->open.at[1], t);
}

static void start_FRAMESET(slk_parser *p, slk_html_token *t) {
    if (p->open.n < 2 || !slk_node_is(p->open.at[1], SLK_TAG_BODY) || !p->frameset_ok) return;
    slk_parser_unlink(p->open.at[1]);
    p->open.n = 1;
    insert(p, t);
    p->mode = SLK_MODE_IN_FRAMESET;
}

static void start_BLOCK(slk_parser *p, slk_html_token *t) {
    slk_parser_close_p(p);
    insert(p, t);
}

static void start_HEADING(slk_parser *p, slk_html_token *t) {
    slk_parser_close_p(p);
    if (slk_node_is_heading(slk_parser_current(p))) slk_parser_pop(p);
    insert(p, t);
}

static void start_PRE(slk_parser *p, slk_html_token *t) {
    start_BLOCK(p, t);
    p->skip_newline = true;
    p->frameset_ok = false;
}

static void start_FORM(slk_parser *p, slk_html_token *t) {
    bool in_template = slk_parser_open_has(p, SLK_TAG_TEMPLATE);
    if (p->form && !in_template) return;
    slk_parser_close_p(p);
    slk_node *n = slk_parser_insert(p, t);
    if (!in_template) p->form = n;
}

/* <li>, and <dd> or <dt>: an open one of the same list is closed first. */
static void start_item(slk_parser *p, slk_html_token *t, slk_tag a, slk_tag b) {
    p->frameset_ok = false;
    for (uint32_t i = p->open.n; i-- > 0;) {
        const slk_node *n = p->open.at[i];
        if (slk_node_is(n, a) || slk_node_is(n, b)) {
            slk_tag tag = (slk_tag)n->tag;
            slk_parser_implied(p, tag);
            slk_parser_pop_until(p, tag);
            break;
        }
        bool passed = slk_node_is(n, SLK_TAG_ADDRESS) || slk_node_is(n, SLK_TAG_DIV) || slk_node_is(n, SLK_TAG_P);
        if (slk_node_is_special(n) && !passed) break;
    }
    start_BLOCK(p, t);
}

static void start_LI(slk_parser *p, slk_html_token *t) { start_item(p, t, SLK_TAG_LI, SLK_TAG_LI); }
static void start_DD(slk_parser *p, slk_html_token *t) { start_item(p, t, SLK_TAG_DD, SLK_TAG_DT); }

static void start_PLAINTEXT(slk_parser *p, slk_html_token *t) {
    start_BLOCK(p, t);
    p->tokens.mode = SLK_TEXT_PLAIN;
}

static void start_BUTTON(slk_parser *p, slk_html_token *t) {
    if (slk_parser_in_scope(p, SLK_TAG_BUTTON, SLK_SCOPE_PLAIN)) {
        slk_parser_implied(p, SLK_TAG_NONE);
        slk_parser_pop_until(p, SLK_TAG_BUTTON);
    }
    start_OTHER(p, t);
    p->frameset_ok = false;
}

static void start_FORMAT(slk_parser *p, slk_html_token *t) {
    slk_parser_reconstruct(p);
    slk_parser_format(p, slk_parser_insert(p, t));
}

static void start_A(slk_parser *p, slk_html_token *t) {
    const slk_node *old = slk_parser_format_before_marker(p, SLK_TAG_A);
    if (old) {
        slk_parser_adopt(p, t);
        slk_parser_unformat(p, old);
        slk_parser_remove(p, old);
    }
    start_FORMAT(p, t);
}

static void start_NOBR(slk_parser *p, slk_html_token *t) {
    slk_parser_reconstruct(p);
    if (slk_parser_in_scope(p, SLK_TAG_NOBR, SLK_SCOPE_PLAIN)) slk_parser_adopt(p, t);
    start_FORMAT(p, t);
}

static void start_MARKER(slk_parser *p, slk_html_token *t) {
    start_OTHER(p, t);
    slk_parser_marker(p);
    p->frameset_ok = false;
}

static void start_TABLE(slk_parser *p, slk_html_token *t) {
    if (!p->quirks) slk_parser_close_p(p);
    insert(p, t);
    p->frameset_ok = false;
    p->mode = SLK_MODE_IN_TABLE;
}

static void start_PARAM(slk_parser *p, slk_html_token *t) { slk_parser_insert_void(p, t); }

static void start_VOID(slk_parser *p, slk_html_token *t) {
    slk_parser_reconstruct(p);
    slk_parser_insert_void(p, t);
    p->frameset_ok = false;
}

static bool is_hidden(const slk_html_token *t) {
    for (uint32_t i = 0; i < t->n_attributes; i++)
        if (slk_text_is(t->attributes[i].name, "type")) return slk_text_is_fold(t->attributes[i].value, "hidden");
    return false;
}

/* In a <select>: as context of a fragment the tag is ignored (true), else the open one is closed. */
static bool leave_select(slk_parser *p, bool *was_open) {
    *was_open = false;
    if (slk_node_is(p->context, SLK_TAG_SELECT)) return true;
    *was_open = slk_parser_in_scope(p, SLK_TAG_SELECT, SLK_SCOPE_PLAIN);
    if (*was_open) slk_parser_pop_until(p, SLK_TAG_SELECT);
    return false;
}

static void start_INPUT(slk_parser *p, slk_html_token *t) {
    bool was_open, ok = p->frameset_ok && is_hidden(t);
    if (leave_select(p, &was_open)) return;
    start_VOID(p, t);
    p->frameset_ok = ok;
}

static void start_SELECT(slk_parser *p, slk_html_token *t) {
    bool was_open;
    if (leave_select(p, &was_open) || was_open) return;
    start_OTHER(p, t);
    p->frameset_ok = false;
}

static void start_HR(slk_parser *p, slk_html_token *t) {
    slk_parser_close_p(p);
    if (slk_parser_in_scope(p, SLK_TAG_SELECT, SLK_SCOPE_PLAIN)) slk_parser_implied(p, SLK_TAG_NONE);
    slk_parser_insert_void(p, t);
    p->frameset_ok = false;
}

static void start_option(slk_parser *p, slk_html_token *t, slk_tag but) {
    if (slk_parser_in_scope(p, SLK_TAG_SELECT, SLK_SCOPE_PLAIN))
        slk_parser_implied(p, but);
    else if (slk_parser_current_is(p, SLK_TAG_OPTION))
        slk_parser_pop(p);
    start_OTHER(p, t);
}

static void start_OPTION(slk_parser *p, slk_html_token *t) { start_option(p, t, SLK_TAG_OPTGROUP); }
static void start_OPTGROUP(slk_parser *p, slk_html_token *t) { start_option(p, t, SLK_TAG_NONE); }

static void start_IMAGE(slk_parser *p, slk_html_token *t) {
    t->tag = SLK_TAG_IMG;
    t->text = slk_text_of("img");
    start_VOID(p, t);
}

static void start_TEXTAREA(slk_parser *p, slk_html_token *t) {
    slk_parser_raw(p, t, SLK_TEXT_RCDATA);
    p->skip_newline = true;
    p->frameset_ok = false;
}

static void start_RAW(slk_parser *p, slk_html_token *t) { slk_parser_raw(p, t, SLK_TEXT_RAW); }

static void start_XMP(slk_parser *p, slk_html_token *t) {
    slk_parser_close_p(p);
    slk_parser_reconstruct(p);
    p->frameset_ok = false;
    start_RAW(p, t);
}

static void start_IFRAME(slk_parser *p, slk_html_token *t) {
    p->frameset_ok = false;
    start_RAW(p, t);
}

static void start_NOSCRIPT(slk_parser *p, slk_html_token *t) {
    if (p->options.scripting)
        start_RAW(p, t);
    else
        start_OTHER(p, t);
}

static void start_RB(slk_parser *p, slk_html_token *t) {
    if (slk_parser_in_scope(p, SLK_TAG_RUBY, SLK_SCOPE_PLAIN)) slk_parser_implied(p, SLK_TAG_NONE);
    insert(p, t);
}

static void start_RT(slk_parser *p, slk_html_token *t) {
    if (slk_parser_in_scope(p, SLK_TAG_RUBY, SLK_SCOPE_PLAIN)) slk_parser_implied(p, SLK_TAG_RTC);
    insert(p, t);
}

static void start_foreign(slk_parser *p, slk_html_token *t, slk_namespace ns) {
    slk_parser_reconstruct(p);
    (void)slk_parser_insert_foreign(p, t, ns);
    if (t->self_closing) slk_parser_pop(p);
}

static void start_MATH(slk_parser *p, slk_html_token *t) { start_foreign(p, t, SLK_NS_MATHML); }
static void start_SVG(slk_parser *p, slk_html_token *t) { start_foreign(p, t, SLK_NS_SVG); }

static void start_IGNORE(slk_parser *p, slk_html_token *t) {
    (void)p;
    (void)t;
}

#define START(number, name, flags, start, end) start_##start,
static const doing starts[SLK_TAG_COUNT] = {start_OTHER, SLK_HTML_TAGS(START)};
#undef START

static void body_text(slk_parser *p, const slk_html_token *t) {
    slk_parser_reconstruct(p);
    slk_parser_text(p, t);
    if (p->frameset_ok && !slk_html_blank(t->text)) p->frameset_ok = false;
}

void slk_mode_in_body(slk_parser *p, slk_html_token *t) {
    switch (t->kind) {
    case SLK_HTML_TEXT: body_text(p, t); break;
    case SLK_HTML_START: starts[t->tag](p, t); break;
    case SLK_HTML_END: slk_body_end(p, t); break;
    case SLK_HTML_COMMENT: slk_parser_comment(p, t, NULL); break;
    case SLK_HTML_EOF:
        if (p->templates.n)
            slk_parser_run(p, t, SLK_MODE_IN_TEMPLATE);
        else
            slk_parser_stop(p);
        break;
    case SLK_HTML_NUL:
    case SLK_HTML_DOCTYPE: break;
    }
}
