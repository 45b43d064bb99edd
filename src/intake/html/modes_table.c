/* modes_table.c - insertion modes inside a table. See parser.h. */
#include "base/text.h"
#include "intake/html/parser.h"

#define TABLE_TEXTS_MOST (1u << 22)

static bool starts(const slk_html_token *t, slk_tag tag) { return t->kind == SLK_HTML_START && t->tag == tag; }
static bool ends(const slk_html_token *t, slk_tag tag) { return t->kind == SLK_HTML_END && t->tag == tag; }

static bool is_section(slk_tag tag) { return tag == SLK_TAG_TBODY || tag == SLK_TAG_TFOOT || tag == SLK_TAG_THEAD; }
static bool is_cell(slk_tag tag) { return tag == SLK_TAG_TD || tag == SLK_TAG_TH; }
static bool is_column(slk_tag tag) { return tag == SLK_TAG_CAPTION || tag == SLK_TAG_COL || tag == SLK_TAG_COLGROUP; }
static bool is_part(slk_tag tag) { return is_section(tag) || is_cell(tag) || is_column(tag) || tag == SLK_TAG_TR; }

static bool in_table_scope(const slk_parser *p, slk_tag tag) { return slk_parser_in_scope(p, tag, SLK_SCOPE_TABLE); }

/* Pops to the nearest of the elements (or <html>, <template>), which stays. */
static void clear_back(slk_parser *p, bool table, bool section, bool row) {
    for (const slk_node *n; (n = slk_parser_current(p)) != NULL; slk_parser_pop(p)) {
        slk_tag tag = n->ns == SLK_NS_HTML ? (slk_tag)n->tag : SLK_TAG_NONE;
        if (tag == SLK_TAG_HTML || tag == SLK_TAG_TEMPLATE || (table && tag == SLK_TAG_TABLE) ||
            (section && is_section(tag)) || (row && tag == SLK_TAG_TR))
            return;
    }
}

static void clear_to_table(slk_parser *p) { clear_back(p, true, false, false); }

static void to_mode(slk_parser *p, slk_mode mode) {
    slk_parser_pop(p);
    p->mode = mode;
}

static void anything_else(slk_parser *p, slk_html_token *t) {
    p->foster = true;
    slk_parser_run(p, t, SLK_MODE_IN_BODY);
    p->foster = false;
}

static bool takes_text(const slk_node *n) {
    return slk_node_is(n, SLK_TAG_TABLE) || slk_node_is(n, SLK_TAG_TEMPLATE) || slk_node_is(n, SLK_TAG_TR) ||
           (n && n->ns == SLK_NS_HTML && is_section((slk_tag)n->tag));
}

static void open_part(slk_parser *p, slk_html_token *t, slk_mode mode) {
    clear_to_table(p);
    (void)slk_parser_insert(p, t);
    p->mode = mode;
}

static void imply_part(slk_parser *p, slk_html_token *t, slk_tag tag, slk_mode mode) {
    clear_to_table(p);
    (void)slk_parser_insert_tag(p, tag, t->from_b);
    slk_parser_again_as(p, t, mode);
}

static void close_table(slk_parser *p, slk_html_token *t, bool again) {
    if (!in_table_scope(p, SLK_TAG_TABLE)) return;
    slk_parser_pop_until(p, SLK_TAG_TABLE);
    slk_parser_reset_mode(p);
    if (again) slk_parser_again_as(p, t, p->mode);
}

static bool is_hidden_input(const slk_html_token *t) {
    for (uint32_t i = 0; i < t->n_attributes; i++)
        if (slk_text_is(t->attributes[i].name, "type")) return slk_text_is_fold(t->attributes[i].value, "hidden");
    return false;
}

static void table_form(slk_parser *p, const slk_html_token *t) {
    if (p->form || slk_parser_open_has(p, SLK_TAG_TEMPLATE)) return;
    p->form = slk_parser_insert(p, t);
    slk_parser_pop(p);
}

static void table_start(slk_parser *p, slk_html_token *t) {
    switch (t->tag) {
    case SLK_TAG_CAPTION:
        clear_to_table(p);
        slk_parser_marker(p);
        open_part(p, t, SLK_MODE_IN_CAPTION);
        break;
    case SLK_TAG_COLGROUP: open_part(p, t, SLK_MODE_IN_COLUMN_GROUP); break;
    case SLK_TAG_COL: imply_part(p, t, SLK_TAG_COLGROUP, SLK_MODE_IN_COLUMN_GROUP); break;
    case SLK_TAG_TBODY:
    case SLK_TAG_TFOOT:
    case SLK_TAG_THEAD: open_part(p, t, SLK_MODE_IN_TABLE_BODY); break;
    case SLK_TAG_TD:
    case SLK_TAG_TH:
    case SLK_TAG_TR: imply_part(p, t, SLK_TAG_TBODY, SLK_MODE_IN_TABLE_BODY); break;
    case SLK_TAG_TABLE: close_table(p, t, true); break;
    case SLK_TAG_STYLE:
    case SLK_TAG_SCRIPT:
    case SLK_TAG_TEMPLATE: slk_parser_run(p, t, SLK_MODE_IN_HEAD); break;
    case SLK_TAG_FORM: table_form(p, t); break;
    case SLK_TAG_INPUT:
        if (is_hidden_input(t))
            slk_parser_insert_void(p, t);
        else
            anything_else(p, t);
        break;
    default: anything_else(p, t); break;
    }
}

void slk_mode_in_table(slk_parser *p, slk_html_token *t) {
    if ((t->kind == SLK_HTML_TEXT || t->kind == SLK_HTML_NUL) && takes_text(slk_parser_current(p))) {
        p->table_text.n = 0;
        p->original = p->mode;
        slk_parser_again_as(p, t, SLK_MODE_IN_TABLE_TEXT);
    } else if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, NULL);
    } else if (t->kind == SLK_HTML_START) {
        table_start(p, t);
    } else if (ends(t, SLK_TAG_TABLE)) {
        close_table(p, t, false);
    } else if (ends(t, SLK_TAG_TEMPLATE)) {
        slk_template_end(p);
    } else if (t->kind == SLK_HTML_END && (is_part(t->tag) || t->tag == SLK_TAG_BODY || t->tag == SLK_TAG_HTML)) {
        return;
    } else if (t->kind == SLK_HTML_EOF) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    } else if (t->kind != SLK_HTML_DOCTYPE) {
        anything_else(p, t);
    }
}

/* All texts that were held back: into the table where they are white space, else before it. */
static void give_table_text(slk_parser *p) {
    bool blank = true;
    for (uint32_t i = 0; i < p->table_text.n; i++) blank = blank && slk_html_blank(p->table_text.at[i].text);
    for (uint32_t i = 0; i < p->table_text.n && p->err == SLK_OK; i++) {
        const slk_piece *piece = &p->table_text.at[i];
        if (blank) {
            slk_parser_piece(p, piece);
            continue;
        }
        slk_html_token t = {.kind = SLK_HTML_TEXT, .text = piece->text, .from_b = piece->from_b, .to_b = piece->to_b};
        anything_else(p, &t);
    }
    p->table_text.n = 0;
}

void slk_mode_in_table_text(slk_parser *p, slk_html_token *t) {
    if (t->kind == SLK_HTML_NUL) return;
    if (t->kind == SLK_HTML_TEXT) {
        slk_err err = SLK_ROOM(p->arena, &p->table_text, TABLE_TEXTS_MOST);
        if (err != SLK_OK)
            p->err = err;
        else
            p->table_text.at[p->table_text.n++] = (slk_piece){.text = t->text, .from_b = t->from_b, .to_b = t->to_b};
        return;
    }
    give_table_text(p);
    slk_parser_again_as(p, t, p->original);
}

/* Closes the caption; false where there is none. */
static bool close_caption(slk_parser *p) {
    if (!in_table_scope(p, SLK_TAG_CAPTION)) return false;
    slk_parser_implied(p, SLK_TAG_NONE);
    slk_parser_pop_until(p, SLK_TAG_CAPTION);
    slk_parser_clear_to_marker(p);
    p->mode = SLK_MODE_IN_TABLE;
    return true;
}

void slk_mode_in_caption(slk_parser *p, slk_html_token *t) {
    bool start = t->kind == SLK_HTML_START, end = t->kind == SLK_HTML_END;
    if (ends(t, SLK_TAG_CAPTION)) {
        (void)close_caption(p);
    } else if ((start && is_part(t->tag)) || ends(t, SLK_TAG_TABLE)) {
        if (close_caption(p)) slk_parser_again_as(p, t, SLK_MODE_IN_TABLE);
    } else if (!(end && (is_part(t->tag) || t->tag == SLK_TAG_BODY || t->tag == SLK_TAG_HTML))) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    }
}

void slk_mode_in_column_group(slk_parser *p, slk_html_token *t) {
    slk_html_token space;
    if (slk_html_split_space(t, &space)) slk_parser_text(p, &space);
    if (t->kind == SLK_HTML_DOCTYPE || (t->kind == SLK_HTML_TEXT && t->text.n == 0) || ends(t, SLK_TAG_COL)) return;
    if (t->kind == SLK_HTML_COMMENT) {
        slk_parser_comment(p, t, NULL);
    } else if (starts(t, SLK_TAG_HTML) || t->kind == SLK_HTML_EOF) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    } else if (starts(t, SLK_TAG_COL)) {
        slk_parser_insert_void(p, t);
    } else if (starts(t, SLK_TAG_TEMPLATE) || ends(t, SLK_TAG_TEMPLATE)) {
        slk_parser_run(p, t, SLK_MODE_IN_HEAD);
    } else if (slk_parser_current_is(p, SLK_TAG_COLGROUP)) {
        to_mode(p, SLK_MODE_IN_TABLE);
        if (!ends(t, SLK_TAG_COLGROUP)) slk_parser_again_as(p, t, SLK_MODE_IN_TABLE);
    }
}

void slk_mode_in_table_body(slk_parser *p, slk_html_token *t) {
    bool start = t->kind == SLK_HTML_START, end = t->kind == SLK_HTML_END;
    if (starts(t, SLK_TAG_TR)) {
        clear_back(p, false, true, false);
        (void)slk_parser_insert(p, t);
        p->mode = SLK_MODE_IN_ROW;
    } else if (start && is_cell(t->tag)) {
        clear_back(p, false, true, false);
        (void)slk_parser_insert_tag(p, SLK_TAG_TR, t->from_b);
        slk_parser_again_as(p, t, SLK_MODE_IN_ROW);
    } else if (end && is_section(t->tag)) {
        if (!in_table_scope(p, t->tag)) return;
        clear_back(p, false, true, false);
        to_mode(p, SLK_MODE_IN_TABLE);
    } else if ((start && (is_column(t->tag) || is_section(t->tag))) || ends(t, SLK_TAG_TABLE)) {
        if (!in_table_scope(p, SLK_TAG_TBODY) && !in_table_scope(p, SLK_TAG_THEAD) && !in_table_scope(p, SLK_TAG_TFOOT))
            return;
        clear_back(p, false, true, false);
        slk_parser_pop(p);
        slk_parser_again_as(p, t, SLK_MODE_IN_TABLE);
    } else if (!(end && (is_column(t->tag) || is_cell(t->tag) || t->tag == SLK_TAG_TR || t->tag == SLK_TAG_BODY ||
                         t->tag == SLK_TAG_HTML))) {
        slk_parser_run(p, t, SLK_MODE_IN_TABLE);
    }
}

/* Closes the row; false where there is none. */
static bool close_row(slk_parser *p) {
    if (!in_table_scope(p, SLK_TAG_TR)) return false;
    clear_back(p, false, false, true);
    to_mode(p, SLK_MODE_IN_TABLE_BODY);
    return true;
}

void slk_mode_in_row(slk_parser *p, slk_html_token *t) {
    bool start = t->kind == SLK_HTML_START, end = t->kind == SLK_HTML_END;
    if (start && is_cell(t->tag)) {
        clear_back(p, false, false, true);
        (void)slk_parser_insert(p, t);
        p->mode = SLK_MODE_IN_CELL;
        slk_parser_marker(p);
    } else if (ends(t, SLK_TAG_TR)) {
        (void)close_row(p);
    } else if ((start && (is_column(t->tag) || is_section(t->tag) || t->tag == SLK_TAG_TR)) || ends(t, SLK_TAG_TABLE)) {
        if (close_row(p)) slk_parser_again_as(p, t, SLK_MODE_IN_TABLE_BODY);
    } else if (end && is_section(t->tag)) {
        if (in_table_scope(p, t->tag) && close_row(p)) slk_parser_again_as(p, t, SLK_MODE_IN_TABLE_BODY);
    } else if (!(end && (is_column(t->tag) || is_cell(t->tag) || t->tag == SLK_TAG_BODY || t->tag == SLK_TAG_HTML))) {
        slk_parser_run(p, t, SLK_MODE_IN_TABLE);
    }
}

static void close_cell(slk_parser *p) {
    slk_parser_implied(p, SLK_TAG_NONE);
    while (p->open.n && !slk_parser_current_is(p, SLK_TAG_TD) && !slk_parser_current_is(p, SLK_TAG_TH))
        slk_parser_pop(p);
    slk_parser_pop(p);
    slk_parser_clear_to_marker(p);
    p->mode = SLK_MODE_IN_ROW;
}

void slk_mode_in_cell(slk_parser *p, slk_html_token *t) {
    bool start = t->kind == SLK_HTML_START, end = t->kind == SLK_HTML_END;
    if (end && is_cell(t->tag)) {
        if (!in_table_scope(p, t->tag)) return;
        slk_parser_implied(p, SLK_TAG_NONE);
        slk_parser_pop_until(p, t->tag);
        slk_parser_clear_to_marker(p);
        p->mode = SLK_MODE_IN_ROW;
    } else if (start && is_part(t->tag)) {
        if (!in_table_scope(p, SLK_TAG_TD) && !in_table_scope(p, SLK_TAG_TH)) return;
        close_cell(p);
        slk_parser_again_as(p, t, SLK_MODE_IN_ROW);
    } else if (end && (is_section(t->tag) || t->tag == SLK_TAG_TABLE || t->tag == SLK_TAG_TR)) {
        if (!in_table_scope(p, t->tag)) return;
        close_cell(p);
        slk_parser_again_as(p, t, SLK_MODE_IN_ROW);
    } else if (!(end && (is_column(t->tag) || t->tag == SLK_TAG_BODY || t->tag == SLK_TAG_HTML))) {
        slk_parser_run(p, t, SLK_MODE_IN_BODY);
    }
}
