/* tree.c - the tree builder: one token after the other by the rules of the insertion mode. See html.h and parser.h. */
#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "intake/html/parser.h"

typedef void (*rules)(slk_parser *p, slk_html_token *t);

static const rules modes[SLK_MODE_COUNT] = {
    [SLK_MODE_INITIAL] = slk_mode_initial,
    [SLK_MODE_BEFORE_HTML] = slk_mode_before_html,
    [SLK_MODE_BEFORE_HEAD] = slk_mode_before_head,
    [SLK_MODE_IN_HEAD] = slk_mode_in_head,
    [SLK_MODE_IN_HEAD_NOSCRIPT] = slk_mode_in_head_noscript,
    [SLK_MODE_AFTER_HEAD] = slk_mode_after_head,
    [SLK_MODE_IN_BODY] = slk_mode_in_body,
    [SLK_MODE_TEXT] = slk_mode_text,
    [SLK_MODE_IN_TABLE] = slk_mode_in_table,
    [SLK_MODE_IN_TABLE_TEXT] = slk_mode_in_table_text,
    [SLK_MODE_IN_CAPTION] = slk_mode_in_caption,
    [SLK_MODE_IN_COLUMN_GROUP] = slk_mode_in_column_group,
    [SLK_MODE_IN_TABLE_BODY] = slk_mode_in_table_body,
    [SLK_MODE_IN_ROW] = slk_mode_in_row,
    [SLK_MODE_IN_CELL] = slk_mode_in_cell,
    [SLK_MODE_IN_TEMPLATE] = slk_mode_in_template,
    [SLK_MODE_AFTER_BODY] = slk_mode_after_body,
    [SLK_MODE_IN_FRAMESET] = slk_mode_in_frameset,
    [SLK_MODE_AFTER_FRAMESET] = slk_mode_after_frameset,
    [SLK_MODE_AFTER_AFTER_BODY] = slk_mode_after_after_body,
    [SLK_MODE_AFTER_AFTER_FRAMESET] = slk_mode_after_after_frameset,
};

void slk_parser_run(slk_parser *p, slk_html_token *t, slk_mode mode) {
    if (p->err == SLK_OK) modes[mode](p, t);
}

void slk_parser_again_as(slk_parser *p, slk_html_token *t, slk_mode mode) {
    p->mode = mode;
    if (p->err != SLK_OK) return;
    if (slk_parser_is_foreign(p, t))
        slk_mode_foreign(p, t);
    else
        modes[mode](p, t);
}

void slk_parser_stop(slk_parser *p) { p->stopped = true; }

/* The mode that an open element asks for; SLK_MODE_COUNT where it asks for none. last: it is the context of a fragment or <html>. */
static slk_mode mode_of(const slk_parser *p, const slk_node *n, bool last) {
    if (n->ns != SLK_NS_HTML) return SLK_MODE_COUNT;
    switch (n->tag) {
    case SLK_TAG_TD:
    case SLK_TAG_TH: return last ? SLK_MODE_COUNT : SLK_MODE_IN_CELL;
    case SLK_TAG_TR: return SLK_MODE_IN_ROW;
    case SLK_TAG_TBODY:
    case SLK_TAG_THEAD:
    case SLK_TAG_TFOOT: return SLK_MODE_IN_TABLE_BODY;
    case SLK_TAG_CAPTION: return SLK_MODE_IN_CAPTION;
    case SLK_TAG_COLGROUP: return SLK_MODE_IN_COLUMN_GROUP;
    case SLK_TAG_TABLE: return SLK_MODE_IN_TABLE;
    case SLK_TAG_TEMPLATE: return p->templates.n ? (slk_mode)p->templates.at[p->templates.n - 1] : SLK_MODE_COUNT;
    case SLK_TAG_HEAD: return last ? SLK_MODE_COUNT : SLK_MODE_IN_HEAD;
    case SLK_TAG_BODY: return SLK_MODE_IN_BODY;
    case SLK_TAG_FRAMESET: return SLK_MODE_IN_FRAMESET;
    case SLK_TAG_HTML: return p->head ? SLK_MODE_AFTER_HEAD : SLK_MODE_BEFORE_HEAD;
    default: return SLK_MODE_COUNT;
    }
}

void slk_parser_reset_mode(slk_parser *p) {
    for (uint32_t i = p->open.n; i-- > 0;) {
        bool last = i == 0;
        const slk_node *n = last && p->context ? p->context : p->open.at[i];
        slk_mode mode = mode_of(p, n, last);
        if (mode == SLK_MODE_COUNT && !last) continue;
        p->mode = mode == SLK_MODE_COUNT ? SLK_MODE_IN_BODY : mode;
        return;
    }
    p->mode = SLK_MODE_IN_BODY;
}

/* The line end just behind <pre> and its like is no text. */
static void drop_newline(slk_parser *p, slk_html_token *t) {
    p->skip_newline = false;
    if (t->kind != SLK_HTML_TEXT || !t->text.n || t->text.at[0] != '\n') return;
    if (t->to_b - t->from_b == t->text.n) t->from_b++;
    t->text = (slk_text){t->text.at + 1, t->text.n - 1};
}

static void parse(slk_parser *p) {
    while (!p->stopped && p->err == SLK_OK) {
        slk_html_token t;
        const slk_node *n = slk_parser_adjusted(p);
        p->tokens.foreign = n && n->ns != SLK_NS_HTML;
        slk_tokenizer_next(&p->tokens, &t);
        if (p->tokens.err != SLK_OK) p->err = p->tokens.err;
        if (p->skip_newline) drop_newline(p, &t);
        if (t.kind == SLK_HTML_TEXT && !t.text.n) continue;
        slk_parser_again_as(p, &t, p->mode);
    }
}

static slk_text_mode text_mode_in(const slk_parser *p, slk_tag tag) {
    switch (tag) {
    case SLK_TAG_TITLE:
    case SLK_TAG_TEXTAREA: return SLK_TEXT_RCDATA;
    case SLK_TAG_STYLE:
    case SLK_TAG_XMP:
    case SLK_TAG_IFRAME:
    case SLK_TAG_NOEMBED:
    case SLK_TAG_NOFRAMES: return SLK_TEXT_RAW;
    case SLK_TAG_SCRIPT: return SLK_TEXT_SCRIPT;
    case SLK_TAG_NOSCRIPT: return p->options.scripting ? SLK_TEXT_RAW : SLK_TEXT_DATA;
    case SLK_TAG_PLAINTEXT: return SLK_TEXT_PLAIN;
    default: return SLK_TEXT_DATA;
    }
}

/* A fragment: its context stands for the element it is in, an <html> holds what is found. */
static slk_err start_fragment(slk_parser *p) {
    slk_text name = slk_text_of(p->options.context);
    slk_namespace ns = SLK_NS_HTML;
    if (slk_text_starts(name, "svg ")) ns = SLK_NS_SVG;
    if (slk_text_starts(name, "math ")) ns = SLK_NS_MATHML;
    size_t cut = ns == SLK_NS_SVG ? 4 : ns == SLK_NS_MATHML ? 5 : 0;
    slk_node *context = slk_parser_node(p, SLK_NODE_ELEMENT, 0), *root = NULL;
    if (!context) return p->err;
    name = slk_text_part(name, (uint32_t)cut, (uint32_t)name.n);
    context->name = name;
    char small[32];
    size_t n = !name.at ? 0 : name.n < sizeof small ? name.n : sizeof small;
    for (size_t i = 0; i < n; i++) small[i] = slk_lower(name.at[i]);
    context->tag = (uint16_t)slk_html_tag((slk_text){small, n});
    context->ns = (uint8_t)ns;
    p->context = context;
    root = slk_parser_insert_tag(p, SLK_TAG_HTML, 0);
    if (!root) return p->err;
    slk_parser_put((slk_spot){p->document, NULL}, root);
    if (ns == SLK_NS_HTML) p->tokens.mode = text_mode_in(p, (slk_tag)context->tag);
    if (slk_node_is(context, SLK_TAG_TEMPLATE)) {
        slk_err err = SLK_ROOM(p->arena, &p->templates, 1);
        if (err != SLK_OK || !p->templates.at) return err != SLK_OK ? err : SLK_ENOMEM;
        p->templates.at[p->templates.n++] = SLK_MODE_IN_TEMPLATE;
    }
    slk_parser_reset_mode(p);
    if (slk_node_is(context, SLK_TAG_FORM) || p->options.context_has_form) p->form = context;
    return SLK_OK;
}

static slk_err fail(const slk_parser *p, slk_fault *fault) {
    size_t at = (size_t)(p->tokens.at - p->tokens.start);
    if (p->err != SLK_ELIMIT || !p->why)
        return slk_fault_say(fault, p->err, "%s while the page was parsed", slk_err_meaning(p->err));
    unsigned most = strcmp(p->why, "elements are nested deeper") == 0 ? p->options.most_depth : SLK_MAX_PAGE_NODES;
    return slk_fault_at(fault, SLK_ELIMIT, 0, at, "the page is over a limit at byte %zu: %s than %u", at, p->why, most);
}

slk_err slk_html_parse(const slk_pack *pack, slk_text source, const slk_html_options *options, slk_arena *arena,
                       slk_node **root, slk_fault *fault) {
    if (source.n > SLK_MAX_PAGE_B)
        return slk_fault_say(fault, SLK_ELIMIT, "the page has %zu bytes; the limit is %u", source.n, SLK_MAX_PAGE_B);
    slk_parser p = {.arena = arena, .options = *options, .frameset_ok = true};
    if (!source.at) source = (slk_text){"", 0};
    slk_tokenizer_start(&p.tokens, pack, arena, source);
    p.document = slk_parser_node(&p, SLK_NODE_DOCUMENT, 0);
    slk_err err = p.err;
    if (err == SLK_OK && options->context) err = start_fragment(&p);
    if (err == SLK_OK) {
        parse(&p);
        err = p.err;
    }
    slk_tokenizer_free(&p.tokens);
    if (err != SLK_OK) {
        p.err = err;
        return fail(&p, fault);
    }
    *root = options->context ? p.document->first : p.document;
    return SLK_OK;
}

slk_text slk_node_attribute(const slk_node *n, const char *name) {
    for (uint32_t i = 0; n->kind == SLK_NODE_ELEMENT && i < n->n_attributes; i++)
        if (slk_text_is(n->attributes[i].name, name)) return n->attributes[i].value;
    return (slk_text){NULL, 0};
}

const slk_node *slk_node_next(const slk_node *root, const slk_node *n, bool skip) {
    if (n->first && !skip) return n->first;
    while (n && n != root && !n->after) n = n->parent;
    return n && n != root ? n->after : NULL;
}
