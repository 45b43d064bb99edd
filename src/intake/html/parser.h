/* parser.h - the inside of the tree builder (WHATWG 13.2.4 and 13.2.6): the stack of open elements, the list of formatting
 * elements, and one function for each insertion mode. Only files of this folder include it. */
#ifndef SLK_INTAKE_HTML_PARSER_H
#define SLK_INTAKE_HTML_PARSER_H

#include "intake/html/token.h"

typedef enum slk_mode {
    SLK_MODE_INITIAL,
    SLK_MODE_BEFORE_HTML,
    SLK_MODE_BEFORE_HEAD,
    SLK_MODE_IN_HEAD,
    SLK_MODE_IN_HEAD_NOSCRIPT,
    SLK_MODE_AFTER_HEAD,
    SLK_MODE_IN_BODY,
    SLK_MODE_TEXT,
    SLK_MODE_IN_TABLE,
    SLK_MODE_IN_TABLE_TEXT,
    SLK_MODE_IN_CAPTION,
    SLK_MODE_IN_COLUMN_GROUP,
    SLK_MODE_IN_TABLE_BODY,
    SLK_MODE_IN_ROW,
    SLK_MODE_IN_CELL,
    SLK_MODE_IN_TEMPLATE,
    SLK_MODE_AFTER_BODY,
    SLK_MODE_IN_FRAMESET,
    SLK_MODE_AFTER_FRAMESET,
    SLK_MODE_AFTER_AFTER_BODY,
    SLK_MODE_AFTER_AFTER_FRAMESET,
    SLK_MODE_COUNT
} slk_mode;

typedef struct slk_parser {
    slk_tokenizer tokens;
    slk_arena *arena;
    slk_html_options options;
    slk_node *document, *context; /* context NULL: no fragment */
    slk_mode mode, original;      /* original: the mode that text (of <title>, ...) returns to */
    SLK_LIST(slk_node *) open;    /* the stack of open elements, the last is the current node */
    SLK_LIST(slk_node *) formats; /* active formatting elements; NULL is a marker */
    SLK_LIST(uint8_t) templates;  /* stack of template insertion modes */
    SLK_LIST(slk_piece) table_text;
    slk_node *head, *form;
    uint32_t n_nodes, n_added;
    bool frameset_ok, foster, quirks, skip_newline, stopped;
    slk_err err;
    const char *why; /* of SLK_ELIMIT */
} slk_parser;

typedef struct slk_spot { /* where a node goes: into parent, before a child of it or (NULL) at its end */
    slk_node *parent, *before;
} slk_spot;

/* ---------------------------------------------------------------- stack.c */
slk_node *slk_parser_current(const slk_parser *p); /* NULL where the stack is empty */
slk_node *slk_parser_adjusted(const slk_parser *p);
bool slk_parser_current_is(const slk_parser *p, slk_tag tag);
void slk_parser_push(slk_parser *p, slk_node *n);
void slk_parser_pop(slk_parser *p);
void slk_parser_pop_until(slk_parser *p, slk_tag tag);            /* pops the first HTML element of that tag too */
void slk_parser_pop_node(slk_parser *p, const slk_node *n);       /* pops until n was popped */
int64_t slk_parser_index(const slk_parser *p, const slk_node *n); /* in the stack, -1 where it is not there */
void slk_parser_remove(slk_parser *p, const slk_node *n);         /* from the stack, wherever it is */
void slk_parser_implied(slk_parser *p, slk_tag but);              /* generates implied end tags except for `but` */
void slk_parser_implied_all(slk_parser *p);                       /* thoroughly */

typedef enum slk_scope { SLK_SCOPE_PLAIN, SLK_SCOPE_LIST, SLK_SCOPE_BUTTON, SLK_SCOPE_TABLE } slk_scope;
bool slk_parser_in_scope(const slk_parser *p, slk_tag tag, slk_scope scope);
bool slk_parser_node_in_scope(const slk_parser *p, const slk_node *n);
bool slk_parser_heading_in_scope(const slk_parser *p);
bool slk_parser_open_has(const slk_parser *p, slk_tag tag);
void slk_parser_close_p(slk_parser *p); /* closes a <p> in button scope, if there is one */
bool slk_node_is_heading(const slk_node *n);

/* ---------------------------------------------------------------- insert.c */
slk_node *slk_parser_node(slk_parser *p, slk_node_kind kind, uint32_t from_b); /* NULL: p->err is set */
slk_spot slk_parser_place(const slk_parser *p, slk_node *target);              /* target NULL: the current node */
void slk_parser_put(slk_spot where, slk_node *n);
void slk_parser_unlink(slk_node *n);
void slk_parser_move_children(slk_node *from, slk_node *to);
slk_node *slk_parser_element(slk_parser *p, const slk_html_token *t, slk_namespace ns); /* made, put nowhere */
slk_node *slk_parser_again(slk_parser *p, const slk_node *n);                           /* another of the same tag */
slk_node *slk_parser_insert(slk_parser *p, const slk_html_token *t); /* and pushed; NULL on failure */
slk_node *slk_parser_insert_foreign(slk_parser *p, const slk_html_token *t, slk_namespace ns);
slk_node *slk_parser_insert_tag(slk_parser *p, slk_tag tag, uint32_t from_b); /* where the page has no such tag */
void slk_parser_insert_void(slk_parser *p, const slk_html_token *t);          /* and popped */
void slk_parser_text(slk_parser *p, const slk_html_token *t);
void slk_parser_piece(slk_parser *p, const slk_piece *piece);
void slk_parser_comment(slk_parser *p, const slk_html_token *t, slk_node *parent); /* parent NULL: the usual place */
void slk_parser_add_attributes(slk_parser *p, slk_node *n, const slk_html_token *t);
void slk_parser_raw(slk_parser *p, const slk_html_token *t, slk_text_mode how); /* an element whose contents are text */

/* ---------------------------------------------------------------- format.c */
void slk_parser_reconstruct(slk_parser *p);
void slk_parser_format(slk_parser *p, slk_node *n); /* onto the list of formatting elements */
void slk_parser_marker(slk_parser *p);
void slk_parser_clear_to_marker(slk_parser *p);
void slk_parser_unformat(slk_parser *p, const slk_node *n);
slk_node *slk_parser_format_before_marker(const slk_parser *p, slk_tag tag);
void slk_parser_adopt(slk_parser *p, const slk_html_token *t); /* the adoption agency algorithm */

/* ---------------------------------------------------------------- modes: t is a start tag, end tag, text, ... */
void slk_parser_run(slk_parser *p, slk_html_token *t, slk_mode mode); /* by the rules of a mode */
void slk_parser_again_as(slk_parser *p, slk_html_token *t,
                         slk_mode mode); /* switches to it and takes the token again */
void slk_parser_reset_mode(slk_parser *p);
void slk_parser_stop(slk_parser *p);

void slk_mode_initial(slk_parser *p, slk_html_token *t);
void slk_mode_before_html(slk_parser *p, slk_html_token *t);
void slk_mode_before_head(slk_parser *p, slk_html_token *t);
void slk_mode_in_head(slk_parser *p, slk_html_token *t);
void slk_mode_in_head_noscript(slk_parser *p, slk_html_token *t);
void slk_mode_after_head(slk_parser *p, slk_html_token *t);
void slk_mode_in_body(slk_parser *p, slk_html_token *t);
void slk_mode_text(slk_parser *p, slk_html_token *t);
void slk_mode_in_table(slk_parser *p, slk_html_token *t);
void slk_mode_in_table_text(slk_parser *p, slk_html_token *t);
void slk_mode_in_caption(slk_parser *p, slk_html_token *t);
void slk_mode_in_column_group(slk_parser *p, slk_html_token *t);
void slk_mode_in_table_body(slk_parser *p, slk_html_token *t);
void slk_mode_in_row(slk_parser *p, slk_html_token *t);
void slk_mode_in_cell(slk_parser *p, slk_html_token *t);
void slk_mode_in_template(slk_parser *p, slk_html_token *t);
void slk_mode_after_body(slk_parser *p, slk_html_token *t);
void slk_mode_in_frameset(slk_parser *p, slk_html_token *t);
void slk_mode_after_frameset(slk_parser *p, slk_html_token *t);
void slk_mode_after_after_body(slk_parser *p, slk_html_token *t);
void slk_mode_after_after_frameset(slk_parser *p, slk_html_token *t);

void slk_body_end(slk_parser *p, slk_html_token *t); /* an end tag in the body */
void slk_body_any_other_end(slk_parser *p, const slk_html_token *t);
void slk_template_end(slk_parser *p);

/* ---------------------------------------------------------------- foreign.c */
bool slk_parser_is_foreign(const slk_parser *p, const slk_html_token *t); /* does foreign content decide about t? */
void slk_mode_foreign(slk_parser *p, slk_html_token *t);
void slk_foreign_adjust(slk_parser *p, slk_node *n); /* names and attributes of a new foreign element */
bool slk_node_is_scope(const slk_node *n);           /* ends "in scope" */
bool slk_node_is_special(const slk_node *n);
bool slk_node_is_html_point(const slk_node *n); /* HTML integration point */

/* ---------------------------------------------------------------- white space */
static inline bool slk_html_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }
bool slk_html_blank(slk_text t);
/* Cuts leading white space off a text token: the two parts share its source. False where there is none. */
bool slk_html_split_space(slk_html_token *t, slk_html_token *space);

#endif
